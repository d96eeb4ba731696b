"""Which words may name an event, and which senses a word's company rules out."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg import lexicon
from kg.claims.triggers import figurative_sentences, find_candidates, frame
from kg.model import Report
from kg.pipeline import Pipeline

CANDIDATES: list[tuple[str, str, set[str]]] = [
    # sentence, word, classes that it may stand for
    ("Rebels captured the town.", "captured", {"Capture"}),
    ("Rebels shelled the town.", "shelled", {"Shelling"}),
    ("The besieged town starved.", "besieged", {"Siege"}),
    ("Jets carried out an air strike.", "strike", {"AirStrike"}),
    ("Jets carried out an airstrike.", "airstrike", {"AirStrike"}),
    ("Jets carried out air-strikes.", "strikes", {"AirStrike"}),
    ("Rebels laid siege to the town.", "laid", {"Siege"}),
    ("Rebels laid carpets in the town.", "laid", set()),
    ("Rebels opened fire.", "opened", {"Attack"}),
    ("The museum opened on Monday.", "opened", set()),
    ("Soldiers pulled out of the town.", "pulled", {"Withdrawal"}),
    ("Soldiers pulled a cart.", "pulled", set()),
    ("A mine went off.", "went", {"Bombing"}),
    ("Rebels took three nurses hostage.", "took", {"Abduction"}),
    ("Rebels took pictures.", "took", set()),
    ("The house stood there.", "stood", set()),
]


@pytest.mark.parametrize(("sentence", "word", "classes"), CANDIDATES, ids=[case[0] for case in CANDIDATES])
def test_candidates(nlp: Language, sentence: str, word: str, classes: set[str]) -> None:
    found = {c.token.text: {row.event_class for row in c.rows} for c in find_candidates(nlp(sentence))}
    assert found.get(word, set()) & classes == classes if classes else word not in found


def test_the_most_specific_row_is_asked_first(nlp: Language) -> None:
    for sentence in ("Rebels took control of the town.", "Rebels pushed into the town.", "Jets fired rockets."):
        for candidate in find_candidates(nlp(sentence)):
            weights = [row.weight for row in candidate.rows]
            assert weights == sorted(weights, reverse=True)


def test_each_row_has_a_frame_with_slots() -> None:
    for row in lexicon.rows("triggers"):
        assert frame(row["frame"]), row


FIGURATIVE: list[tuple[str, bool]] = [
    ("Rebels attacked the town.", False),
    ("Rebels attacked the market.", False),
    ("Shells hit the market, killing a trader.", False),
    ("The army held elections in the town.", False),
    ("Rebels attacked the town before the election.", False),
    ("The midfielder attacked down the left wing.", True),
    ("The striker shot twice and the goalkeeper saved both.", True),
    ("United captured the Premier League title.", True),
    ("Shareholders attacked the merger.", True),
    ("Stocks retreated as investors took profits.", True),
    ("The plaintiff attacked the verdict.", True),
    ("The novelist captured the mood of the times.", True),
    ("A hurricane struck the coast.", True),
]


@pytest.mark.parametrize(("sentence", "figurative"), FIGURATIVE, ids=[case[0] for case in FIGURATIVE])
def test_words_of_other_fields_make_a_sentence_figurative(nlp: Language, sentence: str, figurative: bool) -> None:
    assert bool(figurative_sentences(nlp(sentence))) is figurative


def test_another_field_reaches_no_further_than_its_sentence(nlp: Language) -> None:
    doc = nlp("The goalkeeper was attacked by the midfielder. Rebels attacked the town.")
    first, second = doc.sents
    assert figurative_sentences(doc) == {first.start}
    assert second.start not in figurative_sentences(doc)


# The share that was reached; what is missing is in docs/accuracy.md. A change that loses examples is a step back.
EXAMPLES_THAT_HOLD = 0.90


def test_the_examples_of_the_lexicon_make_claims_of_their_class(pipeline: Pipeline) -> None:
    rows = lexicon.rows("triggers")
    reports = [Report(id=str(number), text=row["example"]) for number, row in enumerate(rows)]
    found = [
        row["class"] in {claim.event_class for claim in reading.claims}
        for row, reading in zip(rows, pipeline.pipe(reports), strict=True)
    ]
    assert sum(found) / len(found) >= EXAMPLES_THAT_HOLD
