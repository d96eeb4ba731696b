"""What the rooms that link descriptions share: whose a thing is, of which state, and actors made of descriptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from spacy.tokens import Doc, Token

from kg.actors.authority import Authority
from kg.actors.descriptions import DescriptionKind, describe, verb_senses
from kg.actors.discourse import Discourse
from kg.actors.persons import PersonName
from kg.actors.report_names import Name, unresolved
from kg.actors.state_context import StateContext
from kg.language.clauses import subjects
from kg.language.noun_phrases import (
    complement,
    head_words,
    in_clause,
    is_plural,
    left_edge,
    modifiers,
    phrase,
    possessor,
    words_of,
)
from kg.language.texts import sentence_of
from kg.model import Actor, ActorType, Place

__all__ = ["OWNING", "PLACING", "STATE", "PhraseReader", "Reading", "in_place", "lowered", "state_of"]

OWNING = frozenset({"of", "from", "for"})
PLACING = frozenset({"of", "in", "for", "at", "from"})
SCENE = frozenset({"in", "inside", "across"})
# How much it says of forces that a state's officials tell of them, or that the sentence is set in a state.
OWN_ACCOUNT, IN_SCENE, OPPOSED = 4.0, 4.0, 20.0
COMMANDING = ("armed-forces", "government", "ministry-of-defence")
STATE = frozenset({ActorType.GOVERNMENT, ActorType.STATE_FORCES})


class Reading(Protocol):
    """What linking a description needs to know of the Doc that is being read.

    `scene` is the context of places alone; `bodies` are those that a person leads or speaks for, by the person's key.
    """

    doc: Doc
    authority: Authority
    context: StateContext
    scene: StateContext
    discourse: Discourse
    places: dict[int, Place]
    bodies: dict[str, tuple[Actor, ...]]
    demonym: Callable[[str], str | None]
    year: int | None
    name_at: dict[int, Name]
    person_at: dict[int, PersonName]

    def resolve(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors that the phrase with this head means."""

    def nation(self, token: Token) -> str | None:
        """Return the country code of a demonym, a country's name or a seat of government."""

    def of_people(self, demonym: str, forces: Actor | None) -> Actor | None:
        """Return whose forces a people's are where the report is about."""

    def word(self, actor: Actor, *names: str) -> Actor:
        """Remember further names that the report uses for an actor that no authority knows."""


class PhraseReader:
    """Reads the phrases of one Doc; `last` are the actors that each noun meant when it last stood in the text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.last: dict[str, tuple[Actor, ...]] = {}
        self.roles: dict[str, set[tuple[str, str]]] = {}

    def named(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors of a name, not of another description."""
        return self.reading.resolve(token) if token.text[:1].isupper() and token.pos_ != "PRON" else ()

    def may_be(self, person: Actor, kind: str, noun: str) -> bool:
        """Return whether a role can be that of a person mentioned before: "the minister" for a defence minister."""
        return any(
            kind == known and (noun in words_of("general-role") or other.endswith(noun) or noun.endswith(other))
            for known, other in self.roles.get(person.key, ())
        )

    def owners(self, head: Token, prepositions: frozenset[str], within: str = "") -> tuple[Actor, ...]:
        """Return the actors whose a thing or a person is: by possessive, by a noun before it, or behind "of".

        Words that belong to the noun itself (`within`: "fighter jet") own nothing.
        """
        reading = self.reading
        owner = possessor(head)
        if owner is not None:
            if found := reading.resolve(owner):
                return found
            if (code := reading.nation(owner)) is not None:
                return (reading.authority.government(code),)
        own = within.replace("-", " ").split()
        words = [word for word in reversed(modifiers(head)) if word.lower_ not in own]
        # "Coalition military forces" are the coalition's: whose they are says more than what they are.
        for word in sorted(words, key=_is_force):
            if (
                reading.nation(word) is None
                and word.pos_ in {"NOUN", "PROPN", "ADJ"}
                and (found := reading.resolve(word))
            ):
                return found
        before = left_edge(head).i - 1
        if before in reading.name_at:
            return reading.resolve(head.doc[before])
        behind = complement(head, prepositions)
        if behind is not None and behind.i != head.i:
            if found := reading.resolve(behind):
                return found
            place = reading.places.get(behind.i)
            if place is not None and (code := reading.nation(behind)) is not None and not is_plural(head):
                return (reading.authority.government(code),)
        return ()

    def nations(self, head: Token) -> tuple[str, ...]:
        """Return the codes of the countries that modifiers name: two for "French and Malian troops"."""
        codes = [code for word in modifiers(head) if (code := self.reading.nation(word)) is not None]
        edge = left_edge(head)
        if edge.i >= 2 and edge.nbor(-1).lower_ in {"and", "or"} and edge.nbor(-2).dep_ in {"amod", "compound", "nmod"}:
            before = self.reading.nation(edge.nbor(-2))
            codes = [before, *codes] if before is not None else codes
        return tuple(dict.fromkeys(codes))

    def located(self, head: Token) -> tuple[str, ...]:
        """Return the code of the country in which a body is said to be: "the interior ministry in Kabul"."""
        place = complement(head, frozenset({"in", "of"}))
        owner = possessor(head)
        for token in (place, owner):
            if token is not None and token.i in self.reading.places:
                code = self.reading.places[token.i].country_code
                if code is not None:
                    return (code,)
        return ()

    def called(self, head: Token) -> tuple[Actor, ...]:
        """Return the actor whose name a noun introduces: "the coalition known as Viv Ansanm"."""
        doc = head.doc
        if head.i + 1 == len(doc) or doc[head.i + 1].lower_ not in words_of("naming"):
            return ()
        for token in doc[head.i + 2 : head.i + 7]:
            if token.i in self.reading.name_at:
                return self.reading.resolve(token)
            if not token.is_quote and token.lower_ not in words_of("naming-link"):
                break
        return ()

    def siblings(self, head: Token) -> tuple[Actor, ...]:
        """Return the actors coordinated before a noun, which it therefore does not mean."""
        if head.dep_ != "conj" or head.head.i >= head.i:
            return ()
        return (*self.reading.discourse.at(head.head.i), *self.siblings(head.head))

    def not_meant(self, head: Token) -> tuple[Actor, ...]:
        """Return the actors that a noun cannot mean: those coordinated with it and the subject of its verb."""
        barred = self.reading.discourse.coarguments(head)
        others = tuple(r.actor for r in self.reading.discourse.seen() if r.actor.key in barred)
        return (*self.siblings(head), *others)

    def in_predicate(self, head: Token) -> tuple[Actor, ...] | None:
        """Return the subject's actors where a noun is said of them or lost by them; None for other phrases.

        "The YPG is a terrorist group", "the rebels lost three fighters".
        """
        losing = head.dep_ == "dobj" and head.head.lemma_ == "lose"
        if not losing and head.dep_ != "attr":
            return None
        found = tuple(actor for subject in subjects(head.head) for actor in self.reading.resolve(subject))
        return found or None

    def telling(self, head: Token) -> bool:
        """Return whether modifiers tell a group from others: "Southern gunmen", "Maoist rebels"."""
        return any(word.text[:1].isupper() and word.i > sentence_of(word).start for word in modifiers(head))

    def is_independent(self, head: Token) -> bool:
        """Return whether fighters are said to side with somebody rather than to be theirs: "allied", "loyal to"."""
        beside = [child for child in head.children if child.dep_ in {"acl", "amod", "relcl"}]
        if any(word.lower_ in words_of("backer") for word in (*modifiers(head), *beside)):
            return True
        text = head.doc[left_edge(head).i : head.i].text.lower()
        return bool({"pro", "anti"} & set(text.replace("-", " ").split())) or any(
            f"-{word} " in f"{text} " for word in words_of("backed")
        )

    def state(self, head: Token, body: str) -> str | None:
        """Return the state whose body is meant where the phrase itself does not say: the one that the passage is about.

        A state whose like body the report has named before is likelier than one that it has not.
        """
        counts: dict[str, float] = {}
        for referent in self.reading.discourse.seen():
            code = state_of(referent.actor)
            if code is not None and referent.actor.type is ActorType.STATE_FORCES and referent.token < head.i:
                counts[code] = min(3.0, counts.get(code, 0.0) + 1.0)
        local = any(word.lower_ in words_of("governing") for word in modifiers(head))
        weight = 1.5 if body != "government" and not local else 0.3
        told, scene, others = self._told_by(head), self._scene(head), self._opposed(head)

        def bonus(code: str) -> float:
            if code in others or (body == "armed-forces" and code.lower() in words_of("no-army")):
                return -OPPOSED
            return weight * counts.get(code, 0.0) + OWN_ACCOUNT * told.get(code, 0.0) + IN_SCENE * (code == scene)

        context = self.reading.scene if local and self.reading.scene.countries else self.reading.context
        return context.at(head.i, bonus)

    def _told_by(self, head: Token) -> dict[str, float]:
        """Return the states whose officials tell of the forces, which are then most likely their own.

        What they announce, admit or deny says more than what they say of anybody.
        """
        found: dict[str, float] = {}
        if head.dep_ == "nsubj" and "speech" in verb_senses(head.head):
            # "Norway has struck the port, the military said": their own deed is what they announce.
            deeds = (child for child in head.head.children if child.dep_ == "ccomp" and child.i < head.i)
            doers = (actor for deed in deeds for doer in subjects(deed) for actor in self.reading.resolve(doer))
            found |= {code: 1.0 for actor in doers if (code := state_of(actor)) is not None}
        node = head
        while node.head.i != node.i:
            clause, node = node, node.head
            if node.pos_ != "VERB" or clause.dep_ not in {"ccomp", "xcomp", "dobj"}:
                continue
            senses = verb_senses(node)
            if "speech" not in senses:
                continue
            for subject in subjects(node):
                if subject.i == head.i:
                    continue
                for actor in self.reading.resolve(subject):
                    for body in self.reading.bodies.get(actor.key, (actor,)):
                        if (code := state_of(body)) is not None and _commands(body):
                            found[code] = 1.0 if "avowal" in senses else 0.5
        return found

    def _opposed(self, head: Token) -> frozenset[str]:
        """Return the states of the other side: the Belgians of "The guard killed ten Belgian soldiers"."""
        own = in_clause(head)
        verb = own.head.head if own.head.dep_ in {"agent", "prep"} else own.head
        if verb.pos_ != "VERB" or not verb_senses(verb) & {"armed", "harm", "engage"}:
            return frozenset()
        nouns = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass", "dobj"}]
        nouns += [
            inner
            for child in verb.children
            if child.dep_ == "agent" or child.lower_ in words_of("opposing")
            for inner in child.children
            if inner.dep_ == "pobj"
        ]
        words = [word for noun in nouns if noun.i != own.i for word in (*modifiers(noun), noun)]
        return frozenset(code for word in words if (code := self.reading.demonym(word.text)) is not None)

    def _scene(self, head: Token) -> str | None:
        """Return the country that the sentence is set in: "In Burkina Faso, fighters overran an army base"."""
        first = sentence_of(head).start
        for token in head.doc[first : min(first + 6, head.i)]:
            if token.is_punct:
                break
            place = self.reading.places.get(token.i)
            if place is not None and head.doc[first].lower_ in SCENE:
                return place.country_code
        return None

    def body(self, code: str, body: str) -> Actor:
        """Return a body of a state, by the name that the lexicon's force nouns have for it."""
        authority = self.reading.authority
        return authority.forces(code) if body == "armed-forces" else authority.branch(code, body)

    def body_of(self, head: Token, code: str, body: str) -> Actor:
        """Return a body of the state that a modifier names, or the people's whose name it is: "Serb shells"."""
        found = self.body(code, body)
        named = next((word for word in modifiers(head) if self.reading.nation(word) == code), None)
        return (self.reading.of_people(named.text, found) if named is not None else None) or found

    def bind(self, head: Token, actors: Iterable[Actor]) -> None:
        """Remember that the report calls actors by the noun of this phrase."""
        for actor in actors:
            for form in head_words(head):
                self.reading.discourse.bind(form, actor)

    def own(self, head: Token, kind: ActorType, *, shared: str = "", possessed: bool = False) -> tuple[Actor, ...]:
        """Return an actor of its own that bears the description as its name."""
        words = phrase(head)
        owner = possessor(head) if possessed else None
        if owner is not None:
            words = head.doc[left_edge(owner).i : head.i + 1]
        label = lowered(words)
        key = "ally" if shared else head.lemma_.lower()
        if shared and "ally" in self.last and not self.telling(head):
            return tuple(self.reading.word(actor, label) for actor in self.last["ally"])
        longer = in_place(head)
        loyal = next((c for c in head.rights if c.lower_ in words_of("backer") and c.i - head.i <= 2), None)
        if loyal is not None:
            end = max(token.i for token in loyal.subtree)
            if (person := self.reading.person_at.get(end + 1)) is not None:
                end = person.end - 1
            known = self.reading.authority.named(f"forces {lowered(loyal.doc[loyal.i : end + 1])}")
            if len(known) == 1:
                return known
            label, longer = lowered(head.doc[words.start : end + 1]), (label,)
        holder = possessor(head)
        if holder is not None and holder.pos_ in {"NOUN", "PROPN"} and left_edge(head).i - holder.i == 2:
            longer = (*longer, lowered(head.doc[left_edge(holder).i : head.i + 1]))
        bare = head.lower_ if head.pos_ != "PROPN" or head.tag_ == "NNPS" else head.text
        actor = unresolved(label, kind)
        self.reading.word(actor, bare, *longer)
        if kind is ActorType.ARMED_GROUP:
            self.bind(head, (actor,))
            apart = {DescriptionKind.POPULATION, DescriptionKind.FORCE}
            if any(r.second == "never" or r.kind in apart for r in describe(head)):
                self.reading.discourse.hold_apart(actor)
        self.last[key] = (actor,)
        return (actor,)


def _is_force(word: Token) -> bool:
    return any(reading.kind is DescriptionKind.FORCE for reading in describe(word))


def state_of(actor: Actor) -> str | None:
    """Return the country code of a state's body, None for other actors."""
    if actor.country is None or actor.type not in STATE:
        return None
    return actor.country.country_code


def _commands(body: Actor) -> bool:
    return body.type is ActorType.STATE_FORCES or body.key.endswith(COMMANDING)


def in_place(head: Token) -> tuple[str, ...]:
    """Return the description with the phrase behind it: "health department in Aden"."""
    behind = complement(head, PLACING)
    if behind is None or behind.i - head.i > 6 or behind.i < head.i:
        return ()
    return (lowered(head.doc[left_edge(head).i : behind.i + 1]),)


def lowered(words: Iterable[Token]) -> str:
    """Return words as a reader would name them: names keep their capitals, the sentence's first word does not."""
    text = "".join(
        (token.text if _is_proper(token) else token.lower_) + token.whitespace_ for token in words if not token.is_space
    )
    return " ".join(text.split()).strip(" '\"")


def _is_proper(token: Token) -> bool:
    if token.ent_type_ in {"NORP", "GPE", "ORG", "PERSON", "LOC", "FAC"} and not describe(token):
        return True
    if token.is_upper and len(token) > 1:
        return True
    return token.pos_ == "PROPN" and not describe(token) and not (token.is_sent_start and token.tag_ != "NNP")
