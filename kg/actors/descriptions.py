"""Says what the head of a descriptive noun phrase stands for: a force, a group, a people, a body or a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Token

from kg import lexicon
from kg.language.noun_phrases import head_phrases, head_words, in_clause
from kg.model import ActorType

__all__ = [
    "Description",
    "DescriptionKind",
    "contextual_keys",
    "describe",
    "group_kinds",
    "is_addressed",
    "is_agent",
    "is_described",
    "is_form_of",
    "is_harmed",
    "is_involved",
    "name_type",
    "state_nouns",
    "verb_senses",
]


class DescriptionKind(StrEnum):
    """The kinds of actors that common nouns stand for."""

    FORCE = "force"
    GROUP = "group"
    POPULATION = "population"
    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Description:
    """A noun that stands for an actor: its kind, and the two cells of its lexicon row that say which.

    force: body of the state, use (body, member, equipment); group: kind of group, anaphor (bare, definite, never);
    population: which one, identity (shared, own); organisation: actor type, body of the state; person: role, speaks.
    """

    kind: DescriptionKind
    noun: str
    first: str
    second: str


TABLES = (
    (DescriptionKind.FORCE, "force_nouns", "body", "use"),
    (DescriptionKind.GROUP, "group_nouns", "kind", "anaphor"),
    (DescriptionKind.ORGANISATION, "organisation_nouns", "type", "body"),
    (DescriptionKind.POPULATION, "population_nouns", "population", "identity"),
    (DescriptionKind.PERSON, "person_roles", "kind", "speaks"),
)


@cache
def _nouns() -> dict[str, tuple[Description, ...]]:
    found: dict[str, list[Description]] = {}
    for kind, table, first, second in TABLES:
        for row in lexicon.rows(table):
            found.setdefault(row["noun"], []).append(Description(kind, row["noun"], row[first], row[second]))
    return {noun: tuple(readings) for noun, readings in found.items()}


@cache
def _edge_words() -> frozenset[str]:
    """Return the words that a head can be in the lexicon: each wording's last, and the first before "of"."""
    ends = {noun.rsplit(" ", 1)[-1] for noun in _nouns()}
    return frozenset(ends | {noun.split(" of ", 1)[0] for noun in _nouns() if " of " in noun})


def describe(head: Token) -> tuple[Description, ...]:
    """Return what the phrase with this head may stand for, by its longest known wording; nothing for an unknown noun.

    Source: the lexicon's force_nouns, group_nouns, population_nouns, organisation_nouns and person_roles.
    """
    nouns, edges = _nouns(), _edge_words()
    if head.lower_ not in edges and head_words(head)[-1] not in edges:
        return ()
    for wording in head_phrases(head):
        if wording in nouns:
            return nouns[wording]
    return ()


def is_described(wording: str) -> bool:
    """Return whether a wording stands in the lexicon as a description rather than a name: "Provincial Government"."""
    words = wording.lower().strip()
    return words in _nouns() or words.removesuffix("s") in _nouns()


@cache
def _contextual() -> dict[str, tuple[str, ...]]:
    return {row["phrase"]: tuple(row["actors"].split("|")) for row in lexicon.rows("contextual_names")}


@cache
def _contextual_ends() -> frozenset[str]:
    return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in _contextual())


def contextual_keys(head: Token) -> tuple[str, ...]:
    """Return the keys of the actors that a phrase such as "UN peacekeepers" may mean, each in its own country.

    Source: the lexicon's contextual_names.
    """
    known, ends = _contextual(), _contextual_ends()
    if head.lower_ not in ends and head_words(head)[-1] not in ends:
        return ()
    wording = next((wording for wording in head_phrases(head) if wording in known), None)
    return known[wording] if wording is not None else ()


@cache
def _verbs() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in lexicon.rows("actor_verbs"):
        found.setdefault(row["verb"], set()).add(row["sense"])
    return {verb: frozenset(senses) for verb, senses in found.items()}


def verb_senses(verb: Token) -> frozenset[str]:
    """Return what a verb says of its subject: speech, protest, state (only a state or body does it), spatial."""
    return _verbs().get(verb.lemma_.lower(), frozenset())


@cache
def _cues() -> tuple[tuple[str, str], ...]:
    return tuple((f" {row['word']} ", row["kind"]) for row in lexicon.rows("group_name_cues"))


@cache
def group_kinds(names: tuple[str, ...]) -> frozenset[str]:
    """Return the kinds of armed group that the words of its names hint at.

    >>> sorted(group_kinds(("United Self-Defence Forces",)))
    ['militia', 'paramilitary']
    """
    padded = [f" {name.lower().replace('-', ' ')} " for name in names]
    return frozenset(kind for word, kind in _cues() if any(word.replace("-", " ") in name for name in padded))


@cache
def _endings() -> dict[str, ActorType]:
    return {row["ending"].lower(): ActorType(row["type"]) for row in lexicon.rows("organisation_name_endings")}


def name_type(name: str) -> ActorType | None:
    """Return the type of actor that the last words of an organisation's name say, or None.

    >>> name_type("Kano State Police Command")
    <ActorType.STATE_FORCES: 'StateForces'>
    """
    parts = name.lower().split()
    for start in range(max(0, len(parts) - 4), len(parts)):
        if (found := _endings().get(" ".join(parts[start:]))) is not None:
            return found
    return None


def is_form_of(token: Token, nouns: frozenset[str]) -> bool:
    """Return whether a word, as written or as its lemma, is among the nouns."""
    return any(form in nouns for form in head_words(token))


@cache
def state_nouns(*senses: str) -> frozenset[str]:
    """Return the nouns of what states do with arms ("armed"), do without ("deed"), or have together ("dealing")."""
    return frozenset(row["noun"] for row in lexicon.rows("deed_nouns") if row["sense"] in senses)


def speaks(head: Token) -> bool:
    """Return whether a noun is the subject of a verb of speech, or what follows "according to" or "told"."""
    node = in_clause(head)
    if node.dep_ == "nsubj":
        return "speech" in verb_senses(node.head)
    if node.dep_ == "pobj":
        preposition = node.head
        if preposition.lower_ == "to" and preposition.head.lower_ == "according":
            return True
        return preposition.dep_ == "agent" and "speech" in verb_senses(preposition.head)
    return node.dep_ == "dobj" and node.head.lemma_ in {"quote", "cite"}


def is_agent(head: Token) -> bool:
    """Return whether a noun does something: subject of an active verb, or behind "by"."""
    node = in_clause(head)
    if node.dep_ == "nsubj":
        return node.head.pos_ == "VERB" and "spatial" not in verb_senses(node.head)
    return node.dep_ == "pobj" and (node.head.dep_ == "agent" or node.head.lower_ == "by")


def is_harmed(head: Token) -> bool:
    """Return whether something is done to a noun: object, or subject of a passive."""
    return in_clause(head).dep_ in {"dobj", "nsubjpass"}


def is_addressed(head: Token) -> bool:
    """Return whether something is said or done to a noun as a party: given an ultimatum, under sanctions."""
    node = in_clause(head)
    if node.dep_ in {"dative", "dobj"}:
        return node.dep_ == "dative" or "addressed" in verb_senses(node.head)
    if node.dep_ != "pobj" or node.head.lower_ not in {"on", "against", "with", "between"}:
        return False
    return is_form_of(node.head.head, state_nouns("deed", "dealing"))


def is_involved(head: Token) -> bool:
    """Return whether a noun does or suffers something: subject, object, or behind a preposition of a verb."""
    node = in_clause(head)
    return node.dep_ in {"nsubj", "nsubjpass", "dobj", "appos", "poss"} or (
        node.dep_ == "pobj" and node.head.lower_ in {"by", "with", "of", "on", "between", "against", "to"}
    )
