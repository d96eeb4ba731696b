"""Who speaks in a quotation, over sentences and paragraphs, until it closes or another speaker takes over."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.claims.quotations import Quotations
from tests.linked import linked

NAMES = ("Ministry", "Front", "Marines")

SPEAKERS: list[tuple[str, str, str]] = [
    # text, words that stand in it, who speaks them ("" where nobody does: "-" where they stand in no quotation)
    ('"They captured the whole town," the Ministry said.', "captured", "Ministry"),
    ('The Ministry said: "They captured the whole town."', "captured", "Ministry"),
    ('"We fled at once," the Ministry said. "They captured the whole town."', "captured", "Ministry"),
    ('"They fled at once. They captured the whole town," the Ministry said.', "captured", "Ministry"),
    ('"They fled at once," the Ministry said. The Front captured the town.', "captured", "-"),
    ("The Ministry said the Front captured the town.", "captured", "-"),
    ('The so-called "captured town" was calm, the Ministry said.', "captured", "-"),
    (
        '"They fled at once from us," the Front said.\n\n"They captured the whole town," the Ministry said.',
        "captured",
        "Ministry",
    ),
    (
        'The Ministry said in a statement.\n\n"They captured the whole town and burned it.',
        "captured",
        "Ministry",
    ),
    ('""They captured the whole town,"" the Ministry said.', "captured", "Ministry"),
    ("The Ministry said:\n\nThey captured the town.\n\nThey burned it.", "burned", "Ministry"),
    (
        "The Ministry said:\n\nThe report states that much.\n\nThey captured the town.",
        "captured",
        "Ministry",
    ),
    (
        "The Ministry said:\n\nThey captured the town.\n\nThe Front said that it had fled.\n\nThey burned it.",
        "burned",
        "-",
    ),
]


@pytest.mark.parametrize(("text", "at", "speaker"), SPEAKERS, ids=[case[0] for case in SPEAKERS])
def test_speaker(nlp: Language, text: str, at: str, speaker: str) -> None:
    doc = nlp(text)
    fillers = linked(doc, actors=", ".join(name for name in NAMES if name in text))
    quotation = Quotations(doc, fillers).of(next(token for token in doc if token.text == at))
    if speaker == "-":
        assert quotation is None
    else:
        assert quotation is not None
        assert [fillers.actors(token)[0].label for token in quotation.speakers] == [speaker]


def test_a_quotation_that_nobody_speaks_has_no_speaker(nlp: Language) -> None:
    doc = nlp('"They captured the whole town." The rest is known.')
    quotation = Quotations(doc, linked(doc)).of(next(token for token in doc if token.text == "captured"))
    assert quotation is not None
    assert quotation.speakers == ()


@pytest.mark.parametrize("text", ['"', '""', 'He said "', '" " "', "''``''", '"a" "b" "c"'])
def test_stray_marks_are_no_quotation(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert all(Quotations(doc, linked(doc)).of(token) is None for token in doc if token.is_alpha)
