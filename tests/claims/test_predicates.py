"""Arguments by function, whatever the surface says."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.claims.predicates import arguments, light_verb

CASES = [
    (
        "The army captured the town from the rebels.",
        "captured",
        {"subject": "army", "object": "town", "from": "rebels"},
    ),
    ("The town was captured by the army on Monday.", "captured", {"subject": "army", "object": "town"}),
    ("The town, seized in May by rebels, was shelled.", "seized", {"subject": "rebels", "object": "town"}),
    ("Gunmen raided the village, killing at least 12 people.", "killing", {"subject": "Gunmen", "object": "people"}),
    ("The rebels, who had seized the town in May, fled.", "seized", {"subject": "rebels", "object": "town"}),
    ("Troops shelled and captured the town.", "shelled", {"subject": "Troops", "object": "town"}),
    ("The army's capture of Gao surprised them.", "capture", {"subject": "army", "of": "Gao"}),
    ("The army carried out an air strike on Mosul.", "strike", {"subject": "army", "on": "Mosul"}),
    ("The convoy came under attack from militants.", "attack", {"object": "convoy", "from": "militants"}),
    ("The attack was carried out by gunmen.", "attack", {"subject": "gunmen"}),
    ("Rebels began to advance on the capital.", "advance", {"subject": "Rebels", "on": "capital"}),
    ("The US helped the army retake the town.", "retake", {"subject": "army", "object": "town"}),
    ("They accused the army of shelling a market.", "shelling", {"subject": "army", "object": "market"}),
    ("The town that fighters have encircled is small.", "encircled", {"subject": "fighters", "object": "town"}),
    ("Residents were forced to flee their homes.", "flee", {"subject": "Residents", "object": "homes"}),
    ("The army denied having shelled the market.", "shelled", {"subject": "army", "object": "market"}),
    ("Soldiers pulled out of the airport.", "pulled", {"subject": "Soldiers", "out of": "airport"}),
    ("An air strike hit a hospital in Sanaa.", "strike", {"on": "hospital", "in": "Sanaa"}),
    ("The rebels claimed responsibility for the raid.", "raid", {"subject": "rebels"}),
    ("Officials blamed the militia for the massacre.", "massacre", {"subject": "militia"}),
    ("The police attributed the attack to the militia.", "attack", {"subject": "militia"}),
    ("Jets conducted strikes using bombs against depots.", "strikes", {"subject": "Jets", "against": "depots"}),
    ("An envoy flew to Doha for talks with the rebels.", "talks", {"visitor": "envoy", "with": "rebels"}),
    ("A truce that Norway brokered between the rivals held.", "truce", {"between": "rivals"}),
    ("The council adopted a round of sanctions against Mali.", "sanctions", {"subject": "council", "against": "Mali"}),
    ("The militia was behind the bombing.", "bombing", {"subject": "militia"}),
    ("The militia had a hand in the killings.", "killings", {"subject": "militia"}),
    ("Troops launched a series of strikes on Mosul.", "strikes", {"subject": "Troops", "on": "Mosul"}),
    ("Clashes between the army (ENDF) and militias continued.", "Clashes", {"between": "army"}),
    ("The house where troops killed ten men burned.", "killed", {"subject": "troops", "object": "men", "in": "house"}),
]


@pytest.mark.parametrize(("sentence", "trigger", "expected"), CASES, ids=[case[0] for case in CASES])
def test_arguments(nlp: Language, sentence: str, trigger: str, expected: dict[str, str]) -> None:
    doc = nlp(sentence)
    token = next(token for token in doc if token.text == trigger)
    found = {argument.function: argument.token.text for argument in reversed(arguments(token))}
    assert {function: found.get(function) for function in expected} == expected


def test_coordinated_subjects_are_several_arguments(nlp: Language) -> None:
    doc = nlp("Soldiers and police raided the camp.")
    assert [a.token.text for a in arguments(doc[3]) if a.function == "subject"] == ["Soldiers", "police"]


@pytest.mark.parametrize(
    ("sentence", "noun", "verb"),
    [
        ("The army launched an offensive.", "offensive", "launched"),
        ("Fighting broke out in the town.", "Fighting", "broke"),
        ("The army watched an offensive.", "offensive", None),
    ],
)
def test_light_verb(nlp: Language, sentence: str, noun: str, verb: str | None) -> None:
    carrier = light_verb(next(token for token in nlp(sentence) if token.text == noun))
    assert (carrier.text if carrier is not None else None) == verb
