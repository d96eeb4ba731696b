"""Finds who backs the initiator of an event, or mediates it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from kg import lexicon
from kg.claims.circumstances import clause_head
from kg.claims.events import Draft
from kg.claims.fillers import Fillers
from kg.language.clauses import agents, subjects
from kg.model import Actor

__all__ = ["supporters"]


@cache
def _words() -> dict[tuple[str, str], str]:
    return {(row["lemma"], row["pos"]): row["kind"] for row in lexicon.rows("support")}


def supporters(draft: Draft, fillers: Fillers) -> tuple[Actor, ...]:
    """Return the actors that are said to back the initiator ("with the help of") or to mediate ("brokered by")."""
    mediated = draft.event_class in {"Negotiation", "Agreement"}
    found: dict[str, Actor] = {actor.key: actor for actor in draft.supporter}
    for token in _helpers(draft, mediated):
        state = fillers.state(token, armed=False)
        for actor in fillers.actors(token) or fillers.owners(token) or ((state,) if state is not None else ()):
            found.setdefault(actor.key, actor)
    taken = {actor.key for actor in draft.initiator}
    return tuple(actor for key, actor in found.items() if key not in taken)


def _helpers(draft: Draft, mediated: bool) -> Iterator[Token]:
    head = clause_head(draft)
    above = draft.trigger.head
    if mediated and draft.trigger.dep_ == "dobj" and _words().get((above.lemma_.lower(), "verb")) == "mediate":
        yield from subjects(above)
    nodes = {head.i: head, draft.trigger.i: draft.trigger}
    for argument in draft.arguments:
        if argument.function in {"subject", "object", "of", "with", "by"}:
            nodes.setdefault(argument.token.i, argument.token)
    for node in nodes.values():
        for child in node.children:
            if child.pos_ == "VERB" and child.dep_ in {"acl", "advcl", "amod", "relcl"}:
                kind = _words().get((child.lemma_.lower(), "verb"))
                if kind == "back" or (kind == "mediate" and mediated):
                    yield from agents(child)
            elif child.dep_ == "prep" and child.lower_ in {"with", "under", "through"}:
                yield from _aids(child, mediated)


def _aids(preposition: Token, mediated: bool) -> Iterator[Token]:
    for noun in (child for child in preposition.children if child.dep_ == "pobj"):
        kind = _words().get((noun.lemma_.lower(), "noun"))
        if kind == "back" or (kind == "mediate" and mediated):
            for child in noun.children:
                if child.dep_ in {"prep", "agent"} and child.lower_ in {"of", "from", "by"}:
                    yield from (inner for inner in child.children if inner.dep_ == "pobj")
                elif child.dep_ in {"poss", "amod", "compound"}:
                    yield child
