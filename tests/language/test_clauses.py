"""Subjects and objects of verbs, whatever the surface says."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Token

from kg.language.clauses import agents, is_nominal, is_passive, objects, subjects


def _word(nlp: Language, sentence: str, word: str) -> Token:
    return next(token for token in nlp(sentence) if token.text == word)


@pytest.mark.parametrize(
    ("sentence", "word", "passive"),
    [
        ("The town was seized.", "seized", True),
        ("The town seized by rebels burned.", "seized", True),
        ("Rebels seized the town.", "seized", False),
        ("Rebels have seized the town.", "seized", False),
        ("A priest detained in August is ill.", "detained", True),
    ],
)
def test_is_passive(nlp: Language, sentence: str, word: str, passive: bool) -> None:
    assert is_passive(next(token for token in nlp(sentence) if token.text == word)) is passive


@pytest.mark.parametrize(
    ("sentence", "word", "doers", "sufferers"),
    [
        ("Rebels and gunmen seized the town.", "seized", ["Rebels", "gunmen"], ["town"]),
        ("The rebels who seized the town fled.", "seized", ["rebels"], ["town"]),
        ("The army was accused of shelling a market.", "shelling", ["army"], ["market"]),
        ("The envoy called on the rebels to leave the town.", "leave", ["rebels"], ["town"]),
        ("The besieged town starved.", "besieged", [], ["town"]),
        ("The bishop appealed to the rebels to release the men.", "release", ["rebels"], ["men"]),
        ("An envoy said gangs attacked the port, burning huts.", "burning", ["gangs"], ["huts"]),
    ],
)
def test_subjects_and_objects(nlp: Language, sentence: str, word: str, doers: list[str], sufferers: list[str]) -> None:
    verb = _word(nlp, sentence, word)
    assert [token.text for token in objects(verb)] == sufferers
    if doers:
        assert [token.text for token in subjects(verb)] == doers


@pytest.mark.parametrize(
    ("sentence", "word", "nominal"),
    [
        ("The shelling of the town went on.", "shelling", True),
        ("Shelling by the army killed three people.", "Shelling", True),
        ("The army is shelling the town.", "shelling", False),
        ("The attack failed.", "attack", True),
    ],
)
def test_is_nominal(nlp: Language, sentence: str, word: str, nominal: bool) -> None:
    assert is_nominal(_word(nlp, sentence, word)) is nominal


@pytest.mark.parametrize(
    ("sentence", "word", "doers"),
    [
        ("The rebels were backed by Chad.", "backed", ["Chad"]),
        ("The rebels backed Chad.", "backed", []),
    ],
)
def test_agents(nlp: Language, sentence: str, word: str, doers: list[str]) -> None:
    assert [token.text for token in agents(_word(nlp, sentence, word))] == doers
