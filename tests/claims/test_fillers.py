"""What the filler of an argument means: which actor, whose property, which place."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.claims.fillers import sets_scene
from tests.linked import linked, word

ACTORS: list[tuple[str, str, str, list[str]]] = [
    # sentence, linked actors, head, who it is
    ("The Front attacked the town.", "Front", "Front", ["Front"]),
    ("The town fell.", "", "town", []),
    ("Positions of the Front were shelled.", "Front", "Positions", ["Front"]),
    ("The Front's convoy was shelled.", "Front", "convoy", ["Front"]),
    ("Hundreds of Marines arrived.", "Marines", "Hundreds", ["Marines"]),
    ("Three of the Marines were killed.", "Marines", "Three", ["Marines"]),
    ("The Front's houses burned.", "Front", "houses", []),
]


@pytest.mark.parametrize(("sentence", "actors", "head", "found"), ACTORS, ids=[case[0] for case in ACTORS])
def test_actors_of_a_noun(nlp: Language, sentence: str, actors: str, head: str, found: list[str]) -> None:
    doc = nlp(sentence)
    assert [actor.label for actor in linked(doc, actors=actors).actors(word(doc, head))] == found


OWNERS: list[tuple[str, str, list[str]]] = [
    # sentence, thing, whose it is
    ("The Front's base was bombed.", "base", ["Front"]),
    ("The base of the Front was bombed.", "base", ["Front"]),
    ("A Front base was bombed.", "base", ["Front"]),
    ("The base held by the Front was bombed.", "base", ["Front"]),
    ("The base was bombed by the Front.", "base", []),
    ("The base near the Front was bombed.", "base", []),
]


@pytest.mark.parametrize(("sentence", "thing", "found"), OWNERS, ids=[case[0] for case in OWNERS])
def test_owners(nlp: Language, sentence: str, thing: str, found: list[str]) -> None:
    doc = nlp(sentence)
    assert [actor.label for actor in linked(doc, actors="Front").owners(word(doc, thing))] == found


HOLDERS: list[tuple[str, list[str]]] = [
    ("They captured the Front's stronghold.", ["Front"]),
    ("They captured the stronghold held by the Front.", ["Front"]),
    ("They captured the stronghold controlled by the Front.", ["Front"]),
    ("They captured the stronghold.", []),
    ("They captured the stronghold built by the Front.", []),
]


@pytest.mark.parametrize(("sentence", "found"), HOLDERS, ids=[case[0] for case in HOLDERS])
def test_holders(nlp: Language, sentence: str, found: list[str]) -> None:
    doc = nlp(sentence)
    names = "Front" if "Front" in sentence else ""
    assert [actor.label for actor in linked(doc, actors=names).holders(word(doc, "stronghold"))] == found


PLACES: list[tuple[str, str, str]] = [
    # sentence, head, the place that it lies in
    ("They attacked Goma.", "Goma", "Goma"),
    ("They attacked the village of Goma.", "village", "Goma"),
    ("The church in Goma burned.", "church", "Goma"),
    ("They attacked the Goma church.", "church", "Goma"),
    ("The church near Goma burned.", "church", "Goma"),
    ("They attacked a church on Monday near Goma.", "Monday", ""),
    ("They attacked a church.", "church", ""),
]


@pytest.mark.parametrize(("sentence", "head", "place"), PLACES, ids=[case[0] for case in PLACES])
def test_place(nlp: Language, sentence: str, head: str, place: str) -> None:
    doc = nlp(sentence)
    found = linked(doc, places="Goma" if "Goma" in sentence else "").place(word(doc, head))
    assert (found.label if found else "") == place


SCENES: list[tuple[str, bool]] = [
    ("Rebels attacked Goma.", True),
    ("Rebels burned houses in Goma.", True),
    ("The army said in Goma that rebels had left.", False),
    ("The Goma declaration was signed.", False),
]


@pytest.mark.parametrize(("sentence", "sets"), SCENES, ids=[case[0] for case in SCENES])
def test_what_sets_the_scene(nlp: Language, sentence: str, sets: bool) -> None:
    doc = nlp(sentence)
    (mention,) = linked(doc, places="Goma").place_spans
    assert sets_scene(doc, mention) is sets


def test_each_conjunct_is_an_actor_of_its_own(nlp: Language) -> None:
    doc = nlp("The Front and the Marines attacked the town.")
    fillers = linked(doc, actors="Front, Marines")
    assert [fillers.actors(word(doc, name))[0].label for name in ("Front", "Marines")] == ["Front", "Marines"]
