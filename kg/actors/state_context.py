"""Says which state a passage is about, and where the name of a country or capital stands for its government."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from kg.actors.descriptions import is_form_of, state_nouns, verb_senses
from kg.language.clauses import is_passive
from kg.language.noun_phrases import words_of

__all__ = ["StateContext", "acts"]

NEAR = 60
DEEDS = ("deed", "armed")


class StateContext:
    """The countries that a report speaks of: `weights` are (token, country code, weight)."""

    def __init__(self, weights: Iterable[tuple[int, str, float]]) -> None:
        self._weights = sorted(weights)
        self._total: dict[str, float] = {}
        for _, code, weight in self._weights:
            self._total[code] = self._total.get(code, 0.0) + weight

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that the report speaks of, the most important first."""
        return tuple(sorted(self._total, key=lambda code: (-self._total[code], code)))

    def at(self, position: int, bonus: Callable[[str], float] = lambda code: 0.0) -> str | None:
        """Return the country that a passage is about: near mentions count most, those before it more than those after.

        `bonus` says what else speaks for a country.
        """
        everything = sum(self._total.values()) or 1.0
        score = {code: 4.0 * weight / everything + bonus(code) for code, weight in self._total.items()}
        for index, code, weight in self._weights:
            distance = position - index if index <= position else 2 * (index - position)
            if distance < NEAR:
                score[code] += weight * (1.0 - distance / NEAR)
        return max(score, key=lambda code: (score[code], code), default=None)


def acts(token: Token, *, seat: bool) -> bool:
    """Return whether a country's or capital's name stands for those who govern it.

    It does where it speaks, decides, is addressed, or is a party to talks; a capital's name (`seat`) needs more for
    that than a country's.
    """
    head = token.head
    if not seat and _is_listed(token):
        return True
    if token.dep_ == "conj" and head.i != token.i and head.pos_ in {"PROPN", "NOUN"}:
        return acts(head, seat=seat)
    if token.dep_ in {"nsubj", "nsubjpass"} and head.pos_ in {"VERB", "AUX"}:
        senses = verb_senses(head)
        if token.dep_ == "nsubjpass" and is_passive(head):
            return not seat and "addressed" in senses
        return bool({"state", "speech", "engage"} & senses) or (
            not seat and "spatial" not in senses and head.pos_ == "VERB"
        )
    if token.dep_ in {"dobj", "dative", "iobj"}:
        return "addressed" in verb_senses(head)
    if token.dep_ == "poss":
        return not seat and is_form_of(head, state_nouns(*DEEDS))
    return token.dep_ == "pobj" and _is_party(token.head, token.head.head, seat=seat)


def _is_listed(token: Token) -> bool:
    """Return whether a country is named as one of the states that act: "nations that took part include France"."""
    head = token.head
    if token.dep_ in {"dobj", "attr"} and head.lemma_ in {"include", "be", "comprise"}:
        states = next((child for child in head.lefts if child.dep_ == "nsubj"), None)
        return states is not None and states.lower_ in words_of("states") and _acting(states)
    if token.dep_ == "pobj" and head.lower_ in {"as", "like", "including"}:
        return head.head.lower_ in words_of("states") and acts(head.head, seat=False)
    return False


def _acting(states: Token) -> bool:
    """Return whether a clause or word beside a noun says what the states did: "allied nations", "that sent troops"."""
    for child in states.rights:
        if child.dep_ in {"relcl", "acl"} and child.pos_ == "VERB":
            active = child.tag_ != "VBN" or any(before.dep_ == "aux" for before in child.lefts)
            return active and not is_passive(child) and "spatial" not in verb_senses(child)
    return any(child.lower_ in words_of("allying") for child in states.lefts)


def _is_party(preposition: Token, governor: Token, *, seat: bool) -> bool:
    word = preposition.lower_
    if preposition.dep_ == "agent" or (word == "by" and governor.tag_ == "VBN"):
        return True
    if word == "to":
        return governor.lower_ == "according"
    if governor.pos_ == "NOUN":
        if word in {"between", "with"}:
            return is_form_of(governor, state_nouns("dealing"))
        return word in {"on", "against", "by"} and not seat and is_form_of(governor, state_nouns(*DEEDS))
    if governor.pos_ == "VERB":
        senses = verb_senses(governor)
        if word in {"on", "upon"} and governor.lemma_ == "call":
            return True
        if word == "with":
            return bool({"state", "engage"} & senses)
        return word in {"on", "upon", "against"} and not seat and "engage" in senses
    return False
