"""Links civilians, witnesses, officials and organisations by description: "residents", "a health ministry official"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.actors.descriptions import (
    Description,
    DescriptionKind,
    describe,
    is_addressed,
    is_agent,
    is_harmed,
    is_involved,
    verb_senses,
)
from kg.actors.force_links import ForceLinker
from kg.actors.phrase_reader import OWNING, PLACING, STATE, PhraseReader, in_place, state_of
from kg.language.noun_phrases import (
    appositions,
    complement,
    in_clause,
    is_definite,
    is_plural,
    is_quantity,
    modifiers,
    phrase,
    possessor,
    words_of,
)
from kg.language.texts import sentence_of
from kg.model import Actor, ActorType

__all__ = ["PeopleLinker"]

HOUSES = frozenset({ActorType.INTERNATIONAL_ORGANIZATION, ActorType.CIVIL_ORGANIZATION, ActorType.MEDIA_OUTLET})


class PeopleLinker:
    """Resolves phrases whose head is a noun of population_nouns, person_roles or organisation_nouns."""

    def __init__(self, phrases: PhraseReader, forces: ForceLinker) -> None:
        self._phrases = phrases
        self._forces = forces

    def population(self, head: Token, reading: Description, *, speaker: bool) -> tuple[Actor, ...]:
        """Return the people that a phrase means: civilians, protesters, or those who speak as a body of their own."""
        if is_quantity(head) and complement(head, frozenset({"of"})) is not None:
            return ()
        if words_of("weapon") & {word.lower_ for word in modifiers(head)} and not is_harmed(head):
            return self._phrases.own(head, ActorType.ARMED_GROUP)
        owners = (
            self._phrases.owners(head, OWNING) if reading.noun in {"man", "supporter", "youth", "volunteer"} else ()
        )
        persons = [owner for owner in owners if owner.type is ActorType.PERSON]
        if is_plural(head) and owners and owners[0].type is ActorType.ARMED_GROUP:
            return owners[:1]
        if reading.noun == "man" and (losers := self._phrases.in_predicate(head)) is not None:
            return losers
        holder = possessor(head)
        if holder is not None and holder.lower_ == "our" and reading.noun == "man" and is_plural(head):
            force = Description(DescriptionKind.FORCE, reading.noun, "armed-forces", "member")
            return self._forces.actors(head, force, speaker=False)
        if persons and is_plural(head) and reading.noun == "man":
            bodies = [body for person in persons for body in self._phrases.reading.bodies.get(person.key, ())]
            return tuple(self._forces.of_owner(body, "armed-forces") for body in bodies) or self._forces.followers(head)
        if {"military", "army"} & {word.lower_ for word in modifiers(head)}:
            return self._forces.actors(
                head, Description(DescriptionKind.FORCE, reading.noun, "armed-forces", "member"), speaker=speaker
            )
        if owners and reading.noun == "man" and is_plural(head) and owners[0].type is not ActorType.POPULATION:
            return tuple(self._forces.of_owner(owner, "armed-forces") for owner in owners)
        dressed = complement(head, frozenset({"in"}))
        if reading.noun == "man" and dressed is not None and dressed.lemma_ in words_of("uniform"):
            return self._phrases.own(head, ActorType.ARMED_GROUP)
        clause = in_clause(head)
        protesting = clause.dep_ == "nsubj" and "protest" in verb_senses(clause.head) and is_plural(head)
        if protesting and reading.second != "own":
            return (self._phrases.reading.authority.actor("protesters"),)
        if named := tuple(a for word in modifiers(head) for a in self._phrases.named(word) if _is_people(a)):
            return named
        people = bool(self._peoples(head))
        many = is_plural(head) or head.lemma_.lower() in words_of("people")
        if people or speaker or (reading.second == "own" and many):
            known = self._last_like(head) if not people and is_definite(head) else None
            kind = ActorType.POPULATION if many or not speaker else ActorType.PERSON
            return known or self._phrases.own(head, kind)
        if head.lower_ in words_of("rest") and (alike := self.alike(head)) is not None:
            return (alike,)
        return self._last_like(head) or (self._phrases.reading.authority.actor(reading.first),)

    def alike(self, head: Token) -> Actor | None:
        """Return of what kind others are that suffer beside the first: "two soldiers died and 20 others were hurt"."""
        if not is_harmed(head) and not any(child.tag_ == "VBN" for child in (head.head, *head.rights)):
            return None
        for referent in reversed(self._phrases.reading.discourse.seen()):
            if referent.token < sentence_of(head).start:
                break
            if referent.plural and referent.token < head.i and is_harmed(head.doc[referent.token]):
                return referent.actor
        return None

    def _last_like(self, head: Token) -> tuple[Actor, ...] | None:
        """Return the people that "the girls" takes up: "the schoolgirls" before it."""
        if not is_definite(head) or modifiers(head):
            return None
        lemma = head.lemma_.lower()
        for noun, actors in reversed(self._phrases.last.items()):
            if noun.endswith(lemma) and all(
                actor.unresolved and actor.type is ActorType.POPULATION for actor in actors
            ):
                return actors
        return None

    def _peoples(self, head: Token) -> tuple[Token, ...]:
        """Return modifiers that name a people or faith: "Tuareg men", "Buddhist villagers"."""
        return tuple(
            word
            for word in modifiers(head)
            if word.text[:1].isupper()
            and not describe(word)
            and (
                word.pos_ in {"PROPN", "ADJ"}
                and (word.i > sentence_of(word).start or word.pos_ == "PROPN" or word.ent_type_ == "NORP")
            )
            and self._phrases.reading.nation(word) is None
            and word.i not in self._phrases.reading.places
            and not word.is_upper
        )

    def person(self, head: Token, reading: Description, *, speaker: bool) -> tuple[Actor, ...]:
        """Return who is meant by a role: a person, or the body for which an unnamed spokesman speaks."""
        for beside in appositions(head):
            named = self._phrases.named(beside)
            if persons := tuple(a for a in named if a.type is ActorType.PERSON):
                return persons
            if named and reading.noun in words_of("relation"):
                return named
        if self._before_name(head):
            return ()
        bodies = tuple(a for a in self._phrases.owners(head, OWNING | {"at", "in"}) if a.type is not ActorType.PERSON)
        stands = (
            reading.first == "official" and head.lemma_.lower() == "official" and bodies and bodies[0].type not in STATE
        )
        if bodies and (reading.first == "spokesperson" or stands):
            self._phrases.last[head.lemma_.lower()] = bodies
            return bodies
        if reading.first == "member" and bodies and reading.noun not in words_of("relation"):
            return bodies
        if reading.first == "member" and is_plural(head) and (fellows := self._fellows(head)):
            return fellows
        whole = len(phrase(head).text.split()) == len(reading.noun.split())
        if is_definite(head) and whole and complement(head, OWNING) is None and possessor(head) is None:
            known = self._phrases.last.get(reading.noun) or self._phrases.last.get(head.lemma_.lower())
            if known:
                return known
            if reading.first in {"spokesperson", "leader", "official"} and not is_plural(head):
                latest = self._phrases.reading.discourse.latest(head.i, frozenset({ActorType.PERSON}), reach=6)
                if latest is not None and self._phrases.may_be(latest, reading.first, reading.noun):
                    return (latest,)
        if (
            reading.first == "member"
            or (reading.first == "profession" and not speaker)
            or not (speaker or is_involved(head))
        ):
            return ()
        kind = (
            ActorType.PERSON
            if not is_plural(head)
            else ActorType.GOVERNMENT
            if reading.noun.endswith("official")
            else ActorType.POPULATION
        )
        found = self._phrases.own(head, kind)
        if bodies:
            self._phrases.reading.bodies[found[0].key] = bodies
        return found

    def _fellows(self, head: Token) -> tuple[Actor, ...]:
        """Return the armed or the civilians of whom "gang members" and "family members" are made up."""
        for word in reversed(modifiers(head)):
            kinds = {reading.kind for reading in describe(word)}
            if DescriptionKind.GROUP in kinds:
                known = self._phrases.last.get(word.lemma_.lower()) if is_definite(head) else None
                return known or self._phrases.own(head, ActorType.ARMED_GROUP)
            if DescriptionKind.POPULATION in kinds and is_involved(head):
                return (self._phrases.reading.authority.actor("civilians"),)
        return ()

    def _before_name(self, head: Token) -> bool:
        """Return whether a role stands right before a person's name, as a title does."""
        following = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
        return following is not None and following.text[:1].isupper() and bool(self._phrases.named(following))

    def organisation(self, head: Token, reading: Description, *, speaker: bool) -> tuple[Actor, ...]:
        """Return the body, medium or organisation that a phrase means; buildings and mere mentions give nothing."""
        kind = ActorType(reading.first)
        beside = [child for child in head.children if child.dep_ == "appos"] + (
            [head.head] if head.dep_ == "appos" else []
        )
        for token in beside:
            if named := tuple(a for a in self._phrases.named(token) if a.type is not ActorType.PERSON):
                self._phrases.last[head.lemma_.lower()] = named
                return named
        owners = tuple(a for a in self._phrases.owners(head, frozenset({"of"})) if a.type is kind or a.type in HOUSES)
        if reading.second and owners and (code := state_of(owners[0])) is not None:
            return (self._phrases.reading.authority.branch(code, reading.second),)
        if owners and not owners[0].unresolved:
            return owners
        holder = possessor(head)
        if holder is not None and head.lemma_.lower() == "office":
            return tuple(a for a in self._phrases.reading.resolve(holder) if a.type is ActorType.PERSON)
        if reading.second == "document":
            return self._phrases.last.get(head.lemma_.lower(), ()) if is_definite(head) else ()
        if reading.second:
            return self._ministry(head, reading)
        if not (speaker or is_agent(head) or is_addressed(head)):
            return ()
        if is_definite(head) and not self._distinct(head) and complement(head, PLACING) is None:
            known = self._phrases.last.get(head.lemma_.lower())
            if known:
                return known
            latest = self._phrases.reading.discourse.latest(head.i, frozenset({kind}), reach=4)
            if latest is not None:
                return (latest,)
        if (body := self._bare_body(head)) is not None:
            return (body,)
        found = self._phrases.own(head, kind)
        codes = self._phrases.nations(head) or self._phrases.located(head)
        if codes and kind is ActorType.GOVERNMENT:
            self._phrases.reading.word(found[0], *in_place(head))
        return found

    def _distinct(self, head: Token) -> bool:
        """Return whether modifiers tell an organisation from the one mentioned; "Britain-based" does not."""
        return any(
            word.pos_ in {"NOUN", "PROPN", "ADJ"} and not word.doc[word.i + 1 : word.i + 3].text.endswith("-based")
            for word in modifiers(head)
        )

    def _bare_body(self, head: Token) -> Actor | None:
        """Return the body of the state that a name without country means: "state media", "the border guard"."""
        branch = self._phrases.reading.authority.branch_named(phrase(head).text)
        if branch is None or not modifiers(head) or complement(head, PLACING) is not None:
            return None
        code = self._phrases.state(head, "government")
        return self._phrases.reading.authority.branch(code, branch) if code is not None else None

    def _ministry(self, head: Token, reading: Description) -> tuple[Actor, ...]:
        codes = self._phrases.nations(head) or self._phrases.located(head)
        if not codes and (code := self._phrases.state(head, "government")) is not None:
            codes = (code,)
        return tuple(self._phrases.reading.authority.branch(code, reading.second) for code in codes)


def _is_people(actor: Actor) -> bool:
    """Return whether an actor is a people with a name: the Rohingya of "Rohingya men"."""
    return actor.type is ActorType.POPULATION and not actor.unresolved and actor.label[:1].isupper()
