"""Docs with mentions set by hand, for the rooms that read claims out of linked text."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.claims.fillers import Fillers
from kg.model import Actor, ActorType, Mention, MentionKind, Place, PlaceType


def linked(doc: Doc, actors: str = "", places: str = "") -> Fillers:
    """Return the fillers of a Doc in which each comma-separated name is an actor or a place, wherever it stands."""
    found = [_actor(doc, name) for name in actors.split(", ") if name]
    where = [_place(doc, name) for name in places.split(", ") if name]
    return Fillers(doc, tuple(found), tuple(where), lambda head, offset: None, _person("civilians"))


def _person(name: str) -> Actor:
    return Actor(key=name, label=name, type=ActorType.POPULATION)


def word(doc: Doc, text: str) -> Token:
    """Return the first token of a Doc with this text."""
    return next(token for token in doc if token.text == text)


def _actor(doc: Doc, name: str) -> Mention:
    start = doc.text.index(name)
    actor = Actor(key=name.lower(), label=name, type=ActorType.ARMED_GROUP)
    return Mention(start=start, end=start + len(name), text=name, kind=MentionKind.ACTOR, value=actor)


def _place(doc: Doc, name: str) -> Mention:
    start = doc.text.index(name)
    place = Place(key=name.lower(), label=name, type=PlaceType.SETTLEMENT)
    return Mention(start=start, end=start + len(name), text=name, kind=MentionKind.PLACE, value=place)
