"""Who says it, and how sure it is: minimal pairs."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.claims.attribution import Attribution, Attributor
from kg.claims.quotations import Quotations
from tests.linked import linked, word

STANCES = [
    ("The army captured the town.", "captured", "Affirmed"),
    ("The army did not capture the town.", "capture", "Denied"),
    ("The army never captured the town.", "captured", "Denied"),
    ("The army failed to capture the town.", "capture", "Denied"),
    ("No soldiers were sent to the town.", "sent", "Denied"),
    ("The army denied that it had shelled the town.", "shelled", "Denied"),
    ("The army denied shelling the town.", "shelling", "Denied"),
    ("The rebels withdrew without shelling the town.", "shelling", "Denied"),
    ("The army may have captured the town.", "captured", "Uncertain"),
    ("The army reportedly captured the town.", "captured", "Uncertain"),
    ("The rebels are believed to have captured the town.", "captured", "Uncertain"),
    ("The rebels are suspected of having shelled the town.", "shelled", "Uncertain"),
    ("Aid workers fear that the rebels shelled the town.", "shelled", "Uncertain"),
    ("If the rebels shell the town, the army flees.", "shell", "Uncertain"),
    ("The army will capture the town.", "capture", "Planned"),
    ("The army is to capture the town.", "capture", "Planned"),
    ("The army vowed to capture the town.", "capture", "Planned"),
    ("The president ordered the army to capture the town.", "capture", "Planned"),
    ("The general threatened to shell the town.", "shell", "Planned"),
    ("The group called for the withdrawal of the army.", "withdrawal", "Planned"),
    ("The army began to shell the town.", "shell", "Affirmed"),
    ("The group accused the army of shelling the town.", "shelling", "Affirmed"),
    ("The army said it had captured the town.", "captured", "Affirmed"),
    ("The army said it would capture the town.", "capture", "Planned"),
]


@pytest.mark.parametrize(("sentence", "trigger", "stance"), STANCES, ids=[case[0] for case in STANCES])
def test_stance(nlp: Language, sentence: str, trigger: str, stance: str) -> None:
    assert _read(nlp, sentence, trigger).stance == stance


SOURCES = [
    ("The Front captured the town.", "captured", ""),
    ("The Ministry said the Front captured the town.", "captured", "Ministry"),
    ("The Front captured the town, the Ministry said.", "captured", "Ministry"),
    ("The Front captured the town, according to the Ministry.", "captured", "Ministry"),
    ("According to the Ministry, the Front captured the town.", "captured", "Ministry"),
    ("The Ministry accused the Front of shelling the town.", "shelling", "Ministry"),
    ("The Front denied shelling the town.", "shelling", "Front"),
    ("The Front vowed to capture the town.", "capture", "Front"),
    ("The Front will capture the town.", "capture", ""),
    ('"They have captured the whole town," the Ministry said.', "captured", "Ministry"),
    ('"We know that they captured the town. They shelled the old market," the Ministry said.', "captured", "Ministry"),
]


@pytest.mark.parametrize(("sentence", "trigger", "source"), SOURCES, ids=[case[0] for case in SOURCES])
def test_source(nlp: Language, sentence: str, trigger: str, source: str) -> None:
    attribution = _read(nlp, sentence, trigger)
    assert [actor.label for actor in attribution.sources] == ([source] if source else [])


def test_nested_sources_are_both_kept(nlp: Language) -> None:
    attribution = _read(nlp, "The Ministry said the Front claimed that it had captured the town.", "captured")
    assert [actor.label for actor in attribution.sources] == ["Front", "Ministry"]


def _read(nlp: Language, sentence: str, trigger: str) -> Attribution:
    doc = nlp(sentence)
    names = ", ".join(name for name in ("Front", "Ministry") if name in sentence)
    fillers = linked(doc, actors=names)
    return Attributor(fillers, Quotations(doc, fillers)).read(word(doc, trigger))
