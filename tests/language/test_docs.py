"""Docs of reports: offsets kept, sentence boundaries where the layout says so, quotes that the parser can read."""

from __future__ import annotations

import pytest

from kg.language import Language, ModelNotFound
from kg.language.docs import readable
from kg.model import Report


@pytest.fixture(scope="module")
def language() -> Language:
    return Language()


def sentences(language: Language, text: str, body: int = 0) -> list[str]:
    doc = language.doc(Report(id="r", text=text, body=body))
    return [sentence.text.strip() for sentence in doc.sents if sentence.text.strip()]


LAYOUTS: list[tuple[str, list[str]]] = [
    ("Rebels leave Goma\n\nThe rebels left on Monday.", ["Rebels leave Goma", "The rebels left on Monday."]),
    ("GOMA (AFP)\n \t\nThe rebels left.", ["GOMA (AFP)", "The rebels left."]),
    ("The rebels left. The army came.", ["The rebels left.", "The army came."]),
    ("The rebels left\nGoma on Monday.", ["The rebels left\nGoma on Monday."]),
    # Where a report was filed is no part of its first sentence.
    ("GOMA, May 2 (agency) - Rebels left.", ["GOMA, May 2 (agency) -", "Rebels left."]),
    ("(Goma) – Rebels left.", ["(Goma) –", "Rebels left."]),
    ("May 2 (Agency) - Rebels left.", ["May 2 (Agency) -", "Rebels left."]),
    ("Rebels - all of them - left.", ["Rebels - all of them - left."]),
]


@pytest.mark.parametrize(("text", "found"), LAYOUTS, ids=[case[0] for case in LAYOUTS])
def test_layout_ends_sentences(language: Language, text: str, found: list[str]) -> None:
    assert sentences(language, text) == found


LISTS = [
    "Strikes today:\n- Near Goma, one strike\n- Near Bukavu, two",
    "Killed:\n1. Two soldiers\n2. One nurse",
    "Seen\n• a convoy of 12 lorries\n• a helicopter over Goma",
]


@pytest.mark.parametrize("text", LISTS)
def test_no_sentence_runs_over_two_items_of_a_list(language: Language, text: str) -> None:
    found = sentences(language, text)
    assert not any("\n" in sentence for sentence in found)
    assert "".join("".join(found).split()).casefold() == "".join(text.split()).casefold()


QUOTED = [
    "“They left,” he said.",
    "‘They left,’ he said.",
    "«They left», he said.",
    "He said: „They left”.",
    "The army’s convoy left\u00a0Goma.",
]


@pytest.mark.parametrize("text", QUOTED)
def test_every_token_stands_at_its_offset_in_the_report(language: Language, text: str) -> None:
    report = Report(id="r", text=f"date 2017-11-08 {text}", body=16)
    assert len(readable(report)) == len(report.text)
    for token in language.doc(report):
        if token.is_alpha:
            assert report.text[token.idx : token.idx + len(token)] == token.text


def test_the_date_line_is_not_read(language: Language) -> None:
    assert sentences(language, "date 2017-11-08 Rebels left Goma.", 16) == ["Rebels left Goma."]


NAMES: list[tuple[str, str]] = [
    ("IS has captured the town.", "PROPN"),
    ("Troops fought IS in the town.", "PROPN"),
    ("The town is calm.", "AUX"),
]


@pytest.mark.parametrize(("text", "part"), NAMES, ids=[case[0] for case in NAMES])
def test_an_abbreviation_is_no_verb(language: Language, text: str, part: str) -> None:
    doc = language.doc(Report(id="r", text=text))
    assert next(token for token in doc if token.text.lower() == "is").pos_ == part


@pytest.mark.parametrize(
    ("model", "cure"),
    [
        ("en_core_web_trf", "python -m spacy download en_core_web_trf"),
        ("no_such_model", "python -m spacy download no_such_model"),
    ],
)
def test_an_absent_model_is_named_with_its_cure(model: str, cure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("kg.language.docs.load_model", absent)
    with pytest.raises(ModelNotFound, match=cure):
        Language(model)


def test_several_reports_come_in_their_order(language: Language) -> None:
    reports = [Report(id=str(number), text=f"Report {number}.") for number in range(40)]
    assert [doc.text for doc in language.pipe(reports)] == [report.text for report in reports]


def test_an_empty_report_is_an_empty_doc(language: Language) -> None:
    assert len(language.doc(Report(id="r", text=""))) == 0


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Soldiers had come to the camp in the morning and were met by\nGeneral Abdou.", 1),
        ("The coalition \n conducted five strikes near Mosul.", 1),
        ("Rebels left.\nThe army came.", 2),
    ],
)
def test_a_line_that_ends_without_a_stop_goes_on_in_the_next(text: str, sentences: int) -> None:
    doc = Language().doc(Report(id="report", text=text))
    assert len(list(doc.sents)) == sentences
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc if not token.is_space)


def test_marks_without_width_part_words_as_spaces_do() -> None:
    assert readable(Report(id="report", text="Minister\u200e Haider")) == "Minister  Haider"


def test_where_one_line_is_long_no_line_goes_on_in_the_next() -> None:
    heading = "Rebels who had held the town for most of the year leave Goma today"
    wrapped, written = (f"{heading}\nThe army came {'back ' * number}." for number in (2, 40))
    assert "\n" not in readable(Report(id="r", text=wrapped))
    assert "\n" in readable(Report(id="r", text=written))


def test_the_stop_behind_a_letter_of_a_name_is_a_stop(language: Language) -> None:
    doc = language.doc(Report(id="r", text="Troops fought the SPLM-N."))
    assert [token.text for token in doc][-2:] == ["N", "."]
