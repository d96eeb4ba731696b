"""Finds who backs the initiator of an event, or mediates it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from kg import lexicon
from kg.claims.circumstances import clause_head
from kg.claims.demonyms import state_of
from kg.claims.events import Draft
from kg.claims.fillers import Fillers
from kg.language.clauses import agents, coordinated, is_passive, subjects
from kg.model import Actor

__all__ = ["MEDIATED", "supporters"]

FUNCTIONS = frozenset(["subject", "object", "of", "with", "by"])
MEDIATED = frozenset(["Negotiation", "Agreement", "Release"])


@cache
def _words() -> dict[tuple[str, str], str]:
    return {(row["lemma"], row["pos"]): row["kind"] for row in lexicon.rows("support")}


def supporters(draft: Draft, fillers: Fillers) -> tuple[Actor, ...]:
    """Return the actors that are said to back the initiator ("with the help of") or to mediate ("brokered by")."""
    mediated = draft.event_class in MEDIATED
    found: dict[str, Actor] = {actor.key: actor for actor in draft.supporter}
    for token in _helpers(draft, mediated):
        for actor in fillers.actors(token) or fillers.owners(token) or state_of(token, fillers):
            found.setdefault(actor.key, actor)
    taken = {actor.key for actor in draft.initiator}
    return tuple(actor for key, actor in found.items() if key not in taken)


def _helpers(draft: Draft, mediated: bool) -> Iterator[Token]:
    head = clause_head(draft)
    above = draft.trigger.head
    if draft.trigger.dep_ == "dobj":
        kind = _kind(above, "verb")
        if (mediated and kind == "mediate") or (draft.event_class == "Release" and kind in {"mediate", "obtain"}):
            # "Brokered a truce", "secured the release of".
            yield from subjects(above)
    nodes = {head.i: head, draft.trigger.i: draft.trigger}
    for argument in draft.arguments:
        if argument.function in FUNCTIONS or (mediated and argument.function in {"on", "to"}):
            nodes.setdefault(argument.token.i, argument.token)
    if mediated:
        # "At talks in Luanda on 23 November, which Angola mediated": the parser hangs the clause on the day.
        for token in draft.trigger.subtree:
            if token.dep_ == "relcl" and _kind(token, "verb") == "mediate":
                yield from _agents(token)
    for node in nodes.values():
        for child in node.children:
            if child.pos_ == "VERB" and child.dep_ in {"acl", "advcl", "amod", "relcl"}:
                kind = _kind(child, "verb")
                if kind == "back" or (kind == "mediate" and mediated):
                    yield from _agents(child)
            elif child.dep_ == "prep" and child.lower_ in {"with", "under", "through", "after", "following", "to"}:
                yield from _aids(child, mediated)


def _kind(word: Token, pos: str) -> str:
    return _words().get((word.lemma_.lower(), pos), "")


def _agents(verb: Token) -> Iterator[Token]:
    """Who backs or mediates: "backed by Chad and Libya", "which Angola mediated", "Angolan-mediated talks"."""
    if verb.dep_ == "relcl" and not is_passive(verb):
        yield from (token for token in subjects(verb) if token.i != verb.head.i)
        return
    for agent in agents(verb):
        yield from coordinated(agent)
    if verb.dep_ == "amod" and _kind(verb, "verb") == "mediate":
        yield from (child for child in verb.children if child.dep_ in {"npadvmod", "amod", "compound", "advmod"})


def _aids(preposition: Token, mediated: bool) -> Iterator[Token]:
    grounds = preposition.lower_ in {"after", "following", "to"}
    for noun in (one for child in preposition.children if child.dep_ == "pobj" for one in coordinated(child)):
        kind = _kind(noun, "noun")
        if kind == "mediate" or (kind == "back" and not grounds):
            yield from _givers(noun) if kind == "back" or mediated else ()
        elif mediated and preposition.lower_ == "with" and _in_office(noun):
            yield from coordinated(noun)


def _givers(noun: Token) -> Iterator[Token]:
    """Whose help it is: "the support of Chad and Libya", "Egyptian mediation"."""
    for child in noun.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"of", "from", "by"}:
            for inner in child.children:
                yield from coordinated(inner) if inner.dep_ == "pobj" else ()
        elif child.dep_ in {"poss", "amod", "compound"}:
            yield child


def _in_office(noun: Token) -> bool:
    """ "With Norway as mediator", "with Cuba among the guarantors"."""
    return any(
        _kind(office, "noun") == "mediator"
        for one in (*coordinated(noun), noun.head.head)
        for child in one.children
        if child.dep_ == "prep" and child.lower_ in {"as", "among"}
        for office in child.children
    )
