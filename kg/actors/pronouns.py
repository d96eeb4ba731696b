"""What speaks for and against an actor as the meaning of a pronoun: kind, number, clause, and what its verb says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.actors.descriptions import DescriptionKind, describe, is_form_of, state_nouns, verb_senses
from kg.language.clauses import subjects
from kg.language.noun_phrases import in_clause, words_of
from kg.model import Actor, ActorType

__all__ = [
    "ARMED",
    "PRONOUNS",
    "REACH",
    "SPEAKERS_OWN",
    "Referent",
    "agents",
    "agrees",
    "clause_subjects",
    "harms_property",
    "number_fits",
    "pronoun_kind",
    "suits",
    "weight_of",
]

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
SPEAKERS_OWN = frozenset({"we", "us", "our", "ours"})
# How many sentences back a pronoun reaches: people stay in mind longer than bodies.
REACH = {"he": 8, "she": 8, "it": 3, "they": 4}
ARMED = frozenset({ActorType.STATE_FORCES, ActorType.ARMED_GROUP})


@dataclass(frozen=True, slots=True)
class Referent:
    """An actor at the place where the text mentions it: head token, sentence, and its weight by function there."""

    actor: Actor
    token: int
    sentence: int
    weight: float
    plural: bool
    pronoun: str = ""


def pronoun_kind(token: Token) -> str | None:
    """Return "he", "she", "it", "they" or "we" for a pronoun that may mean an actor, else None."""
    if token.lower_ in SPEAKERS_OWN:
        return "we"
    return PRONOUNS.get(token.lower_) if token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$"} else None


def weight_of(token: Token) -> float:
    head = token
    while head.dep_ in {"conj", "compound", "poss"} and head.head.i != head.i:
        if head.dep_ in {"compound", "poss"}:
            return 0.5
        head = head.head
    if head.dep_ == "nsubj":
        if head.i > head.head.left_edge.i and any(
            child.dep_ == "ccomp" and child.i < head.i for child in head.head.lefts
        ):
            return 3.0
        return 5.0 if head.head.dep_ in {"ROOT", "ccomp", "conj", "parataxis"} else 4.0
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in words_of("relation"):
        return 0.5
    return {"nsubjpass": 4.5, "agent": 3.0, "dobj": 2.5, "ROOT": 3.0, "appos": 1.0}.get(head.dep_, 2.0)


def clause_subjects(token: Token) -> dict[int, float]:
    """Return the subjects of the clauses around a pronoun, each with what that speaks for it.

    The subject of what somebody says is most often the speaker; in an adverbial clause it is less certain. The
    pronoun's own clause counts only for a possessive.
    """
    found: dict[int, float] = {}
    node = token
    worth = 10.0
    own = True
    while node.head.i != node.i:
        if node.dep_ in {"advcl", "relcl"}:
            worth = min(worth, 4.0)
        node = node.head
        if node.pos_ not in {"VERB", "AUX"}:
            continue
        there = [subject.i for subject in subjects(node)]
        if own and (token.dep_ in {"nsubj", "nsubjpass"} or token.i in there or _inside(token, there)):
            own = False
            continue
        own = False
        for index in there:
            if index != token.i:
                found.setdefault(index, worth)
        worth = max(2.0, worth - 2.0)
    return found


def number_fits(referent: Referent, kind: str) -> float:
    """Return how well a body fits the pronoun's number: people say "they" of troops, "it" of a government."""
    actor = referent.actor
    if actor.type is ActorType.MEDIA_OUTLET:
        return -4.0
    if kind != "they" or referent.plural or actor.type is ActorType.POPULATION:
        return 0.0
    return -1.0 if actor.type in ARMED else -3.0


def agents(verb: Token) -> Iterator[Token]:
    for child in verb.rights:
        if child.dep_ == "agent":
            yield from (noun for noun in child.rights if noun.dep_ == "pobj")


def harms_property(token: Token, verb: Token) -> bool:
    """Return whether the possessor suffers: "they engaged its hideouts", but not "they lost their base"."""
    owned = in_clause(token.head)
    own = any(child.lower_ == "own" for child in token.head.children)
    return owned.dep_ == "dobj" and owned.head.i == verb.i and "harm" in verb_senses(verb) and not own


def _inside(token: Token, heads: list[int]) -> bool:
    return any(ancestor.i in heads for ancestor in token.ancestors)


def agrees(referent: Referent, kind: str) -> bool:
    person = referent.actor.type is ActorType.PERSON
    if kind in {"he", "she"}:
        return person and not referent.plural and referent.pronoun in {"", kind}
    if kind == "they":
        return not person or referent.plural
    return not person and referent.actor.type is not ActorType.POPULATION and not referent.plural


def suits(actor: Actor, token: Token) -> float:
    """Return how well an actor fits what the pronoun's verb says: bodies of people flee, forces fire."""
    if token.dep_ not in {"nsubj", "poss"}:
        return 0.0
    if token.dep_ == "poss" and token.head.lemma_.lower() in words_of("home"):
        return 6.0 if actor.type is ActorType.POPULATION else -3.0 if actor.type in ARMED else 0.0
    if token.dep_ == "poss" and _is_arms(token.head):
        return 3.0 if actor.type in ARMED else -4.0
    verb = token.head if token.dep_ == "nsubj" else token.head.head
    if verb.pos_ != "VERB" or "armed" not in verb_senses(verb):
        return 0.0
    return 3.0 if actor.type in ARMED else -3.0 if actor.type is ActorType.POPULATION else 0.0


def _is_arms(noun: Token) -> bool:
    """Return whether only the armed have what a noun names: "their hideouts", "its tanks"."""
    force = any(reading.kind is DescriptionKind.FORCE for reading in describe(noun))
    return force or is_form_of(noun, state_nouns("armed"))
