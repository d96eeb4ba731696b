"""Asks of a trigger and its arguments what a frame can't say: is it people, ground, relief, is it told as an event."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from kg import lexicon
from kg.claims.fillers import Fillers
from kg.claims.predicates import Argument, light_verb
from kg.claims.role_words import words_of
from kg.language.lemmas import lemma_of

__all__ = ["carries_relief", "is_area", "is_located", "is_people", "is_told", "of_quantity", "stands_in_place"]

LOCATING = frozenset(
    [
        "above",
        "along",
        "around",
        "at",
        "behind",
        "beneath",
        "beside",
        "in",
        "inside",
        "near",
        "outside",
        "over",
        "under",
    ]
)


def of_quantity(noun: Token) -> Iterator[Token]:
    """Yield what a noun of quantity counts: the events of "a series of strikes", "two waves of attacks"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


@cache
def _relief() -> dict[str, str]:
    return {row["noun"]: row["kind"] for row in lexicon.rows("relief")}


def carries_relief(trigger: Token, found: tuple[Argument, ...]) -> bool:
    """Return whether what moves is relief: a convoy, ship or lorry with food, "180 tons of food", "aid lorries"."""
    carried = {lemma_of(argument.token) for argument in found if argument.function in {"subject", "object", "of"}}
    if not any(_relief().get(noun) for noun in carried):
        return False
    near = {lemma_of(token) for argument in found for token in argument.token.subtree} | {
        lemma_of(t) for t in trigger.rights
    }
    return any(_relief().get(noun) == "goods" for noun in near)


def is_located(found: tuple[Argument, ...], fillers: Fillers) -> bool:
    """Return whether a place is told, be it that of another noun: "in the shelling of the town"."""
    return any(a.function in LOCATING and fillers.place(a.token) for a in found)


def stands_in_place(found: tuple[Argument, ...], fillers: Fillers) -> bool:
    """Return whether it is told where it happened, not "in the shelling of the town", which names another event."""
    return any(a.function in LOCATING and a.token.i in fillers.place_mentions and fillers.place(a.token) for a in found)


def is_told(trigger: Token, found: tuple[Argument, ...]) -> bool:
    """Return whether a word tells of an event: a verb that happens to a noun, a noun that is definite or counted."""
    if trigger.pos_ == "VERB":
        return trigger.tag_ in {"VBD", "VBN", "VBG"} and any(
            argument.token.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}
            for argument in found
            if argument.function in {"object", "subject"}
        )
    if light_verb(trigger) is not None:
        return True
    return trigger.dep_ not in {"compound", "conj", "appos"} and any(
        child.lower_ in words_of("definite") or child.dep_ == "nummod" for child in trigger.children
    )


def is_people(token: Token) -> bool:
    """Return whether a word means people whom the text does not name: "anyone", "eight more", "180,000"."""
    lemma = lemma_of(token)
    if lemma == "one":
        # "No one", not "one" of some things.
        return any(child.lower_ in {"no", "every", "any"} for child in token.children)
    if lemma in words_of("indefinite") or token.lower_ in words_of("personal") or lemma in {"rest", "remainder"}:
        return True
    if token.pos_ == "NUM" or lemma in words_of("quantity") or token.dep_ == "nummod":
        return not any(child.lower_ in {"%", "percent", "$"} for child in token.children)
    return any(child.dep_ == "nummod" for child in token.children) and lemma in words_of("person")


@cache
def _area_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in lexicon.rows("area_nouns"))


def is_area(token: Token) -> bool:
    """Return whether a noun is ground that can be held, though it has no name: "dozens of villages"."""
    return any(lemma_of(noun) in _area_nouns() for noun in (token, *of_quantity(token)))
