"""Links descriptions - "Syrian troops", "the rebels", "gunmen of the RSF", "an airport official" - to actors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from spacy.tokens import Doc, Token

from kg.authority import Authority
from kg.coreference import ARMED, Discourse
from kg.descriptions import Description, DescriptionKind, describe, is_form_of, state_nouns, verb_senses
from kg.model import Actor, ActorType, Place
from kg.noun_phrases import (
    appositions,
    complement,
    head_words,
    in_clause,
    is_definite,
    is_head,
    is_plural,
    left_edge,
    modifiers,
    phrase,
    possessor,
)
from kg.report_names import unresolved
from kg.state_context import StateContext

__all__ = ["DescriptionLinker", "Reading"]

OWNING = frozenset({"of", "from", "for"})
PLACING = frozenset({"of", "in", "for", "at", "from"})
PEOPLE_OF = frozenset(
    {"fighter", "member", "gunman", "militant", "man", "unit", "operative", "terrorist", "insurgent", "element"}
)
BACKERS = frozenset({"allied", "loyal", "friendly", "loyalist", "sympathetic", "aligned"})
BACKED = ("-backed", "-allied", "-aligned", "-supported", "-trained", "-sponsored")
TWO_SIDES = frozenset(
    {"side", "party", "leader", "foe", "rival", "enemy", "minister", "president", "man", "delegation"}
)
SPEAKING = frozenset({"speech"})


class Reading(Protocol):
    """What linking a description needs to know of the Doc that is being read."""

    doc: Doc
    authority: Authority
    context: StateContext
    discourse: Discourse
    places: dict[int, Place]
    bodies: dict[str, tuple[Actor, ...]]
    members: dict[str, tuple[Actor, ...]]

    def resolve(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors that the phrase with this head means."""

    def nation(self, token: Token) -> str | None:
        """Return the country code of a demonym, a country's name or a seat of government."""

    def word(self, actor: Actor, *names: str) -> Actor:
        """Remember further names that the report uses for an actor that no authority knows."""


class DescriptionLinker:
    """Resolves the descriptive noun phrases of one Doc."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._last: dict[str, tuple[Actor, ...]] = {}

    def actors(self, head: Token) -> tuple[Actor, ...]:
        """Return the actors that a noun phrase means; nothing for nouns that mean none."""
        if not head.is_alpha and "-" not in head.text:
            return ()
        nation = self._nation_alone(head)
        if nation:
            return nation
        if head.ent_type_ == "NORP" and head.tag_ in {"NNPS", "NNP", "NNS"} and is_head(head) and not describe(head):
            return self._own(head, ActorType.POPULATION) if is_involved(head) and head.text[:1].isupper() else ()
        if head.pos_ not in {"NOUN", "PROPN"} and head.lower_ not in SUBSTANTIVES:
            return ()
        readings = {reading.kind: reading for reading in reversed(describe(head))}
        if not is_head(head):
            return self._modifier(head, readings)
        if head.lemma_.lower() in CAPTIVES and not is_plural(head) and (taken := self._taken(head)):
            return taken
        if (sides := self._sides(head)) is not None:
            return sides
        found: tuple[Actor, ...] = ()
        speaker = speaks(head)
        for kind in _order(readings, speaker=speaker, plural=is_plural(head)):
            found = self._by_kind(head, readings[kind], speaker=speaker)
            if found:
                break
        if found:
            self._last[head.lemma_.lower()] = found
        return found

    def remember(self, noun: str, actors: tuple[Actor, ...]) -> None:
        """Let a definite noun such as "the press secretary" mean these actors from now on."""
        self._last[noun] = actors

    def _taken(self, head: Token) -> tuple[Actor, ...]:
        """Return who is taken in "took 16 aid workers hostage", where the parser sees one noun phrase."""
        before = head.doc[head.i - 1]
        if before.tag_ not in {"NNS", "NNPS"} or head.i == 0:
            return ()
        for reading in describe(before):
            if found := self._by_kind(before, reading, speaker=False):
                return found
        return ()

    def body_behind(self, role: Token) -> tuple[tuple[Actor, ...], bool]:
        """Return the bodies that a role belongs to ("a spokesman for the army"), and whether it speaks for them."""
        reading = next((r for r in describe(role) if r.kind is DescriptionKind.PERSON), None)
        bodies = tuple(a for a in self._owners(role, OWNING | {"at", "with", "in"}) if a.type is not ActorType.PERSON)
        speaking = reading is not None and reading.second == "yes" and reading.noun not in {"envoy"}
        if not bodies and (place := complement(role, frozenset({"from", "of", "for", "at", "with"}))) is not None:
            bodies = tuple(a for a in self._reading.resolve(place) if a.type is not ActorType.PERSON)
        return bodies, speaking

    def _by_kind(self, head: Token, reading: Description, *, speaker: bool) -> tuple[Actor, ...]:
        match reading.kind:
            case DescriptionKind.FORCE:
                return self._force(head, reading, speaker=speaker)
            case DescriptionKind.GROUP:
                return self._group(head, reading)
            case DescriptionKind.ORGANISATION:
                return self._organisation(head, reading, speaker=speaker)
            case DescriptionKind.POPULATION:
                return self._population(head, reading, speaker=speaker)
            case DescriptionKind.PERSON:
                return self._person(head, reading, speaker=speaker)

    # Forces of a state

    def _force(self, head: Token, reading: Description, *, speaker: bool) -> tuple[Actor, ...]:
        if self._is_independent(head):
            return self._own(head, ActorType.ARMED_GROUP, shared=head.lemma_.lower())
        if reading.second in {"body", "member"} and not possessor(head) and self._is_regional(head):
            return self._own(head, ActorType.STATE_FORCES)
        owners = self._owners(head, OWNING if reading.second != "body" else frozenset({"of"}))
        if speaker and reading.second == "member" and not is_plural(head) and head.lower_ not in COLLECTIVE:
            return self._officer(head, reading, owners)
        armed = tuple(self._force_of(owner, reading) for owner in owners if owner.type is not ActorType.PERSON)
        persons = [owner for owner in owners if owner.type is ActorType.PERSON]
        if not armed and persons:
            armed = tuple(body for person in persons for body in self._reading.bodies.get(person.key, ()))
            if not armed and reading.first != "government":
                return self._followers(head)
        if armed:
            self._bind(head, armed)
            return armed
        codes = self._nations(head)
        if codes:
            return tuple(self._body(code, reading.first) for code in codes)
        if reading.second == "equipment" or (reading.second == "member" and self._is_local(head)):
            return ()
        if (meant := self._anaphoric_force(head, reading)) is not None:
            return (meant,)
        code = self._state(head, reading.first)
        return (self._body(code, reading.first),) if code is not None else ()

    def _followers(self, head: Token) -> tuple[Actor, ...]:
        """Return whom "his men" means where nobody says what he leads: the armed actor last mentioned."""
        latest = self._reading.discourse.latest(head.i, ARMED, reach=2)
        return (latest,) if latest is not None else self._own(head, ActorType.ARMED_GROUP)

    def _is_regional(self, head: Token) -> bool:
        """Return whether forces are those of a part of the country: "Amhara regional forces"."""
        return any(word.lower_ in {"regional", "provincial", "tribal", "local"} for word in modifiers(head))

    def _force_of(self, owner: Actor, reading: Description) -> Actor:
        code = _state_of(owner)
        if owner.type is ActorType.GOVERNMENT and code is not None and reading.first != "government":
            return self._body(code, reading.first)
        return owner

    def _officer(self, head: Token, reading: Description, owners: tuple[Actor, ...]) -> tuple[Actor, ...]:
        found = self._own(head, ActorType.PERSON)
        bodies = owners or tuple(self._body(code, reading.first) for code in self._nations(head))
        if not bodies and (code := self._state(head, reading.first)) is not None:
            bodies = (self._body(code, reading.first),)
        self._reading.bodies[found[0].key] = bodies
        return found

    def _anaphoric_force(self, head: Token, reading: Description) -> Actor | None:
        """Return the force that "those units" or "the force" takes up, which may be any armed actor."""
        if head.lower_ not in {"units", "unit", "force", "brigade", "battalion", "column", "regiment"} or modifiers(
            head
        ):
            return None
        known = self._last.get(head.lemma_.lower())
        if known:
            return known[0]
        return self._reading.discourse.latest(head.i, ARMED, reach=3) if is_definite(head) else None

    def _state(self, head: Token, body: str) -> str | None:
        """Return the state whose body is meant where the phrase itself does not say: the one that the passage is about.

        A state whose like body the report has named before is likelier than one that it has not.
        """
        counts: dict[str, float] = {}
        for referent in self._reading.discourse.seen():
            code = _state_of(referent.actor)
            if code is not None and referent.actor.type is ActorType.STATE_FORCES and referent.token < head.i:
                counts[code] = min(3.0, counts.get(code, 0.0) + 1.0)
        weight = 1.5 if body != "government" else 0.3
        return self._reading.context.at(head.i, lambda code: weight * counts.get(code, 0.0))

    def _body(self, code: str, body: str) -> Actor:
        authority = self._reading.authority
        if body == "armed-forces":
            return authority.forces(code)
        if body == "police":
            return authority.police(code)
        if body == "government":
            return authority.government(code)
        return authority.branch(code, body)

    # Armed groups

    def _group(self, head: Token, reading: Description) -> tuple[Actor, ...]:
        if reading.first == "ally":
            return self._ally(head)
        named = self._named_group(head)
        if SUSPECT & {word.lower_ for word in modifiers(head)} and is_plural(head):
            return self._own(head, ActorType.POPULATION)
        if self._is_independent(head) and not named:
            return self._own(head, ActorType.ARMED_GROUP, shared=head.lemma_.lower())
        owners = named or self._owners(
            head, OWNING if reading.noun in PEOPLE_OF or reading.second == "never" else frozenset({"of"})
        )
        armed = tuple(owner for owner in owners if owner.type is not ActorType.PERSON)
        if owners and not armed:
            armed = tuple(body for person in owners for body in self._reading.bodies.get(person.key, ()))
        if armed and not (reading.first == "movement" and not named and possessor(head) is not None):
            if armed[0].type is ActorType.GOVERNMENT and (code := _state_of(armed[0])) is not None:
                armed = (self._body(code, "armed-forces"),)
            if reading.second != "never":
                self._bind(head, armed)
            return armed
        definite = is_definite(head) or possessor(head) is not None
        if reading.first == "enemy":
            return self._enemy(head)
        if (
            reading.first == "movement"
            and (owner := possessor(head)) is not None
            and owner.tag_ in {"NN", "NNS"}
            and describe(owner)
        ):
            return (
                self._own(head, ActorType.CIVIL_ORGANIZATION, possessed=True) if speaks(head) or is_agent(head) else ()
            )
        if reading.second == "never":
            known = self._last.get(head.lemma_.lower()) if definite and not modifiers(head) else None
            return known or self._own(head, ActorType.ARMED_GROUP)
        if reading.second == "definite" and not definite:
            return self._own(head, ActorType.ARMED_GROUP) if reading.first != "movement" and is_plural(head) else ()
        telling = self._telling(head)
        meant = None
        if not (telling and not definite):
            meant = self._reading.discourse.group(
                reading.noun, reading.first, head.i, definite=definite, barred=self._siblings(head)
            )
        if meant is not None:
            return (meant,)
        if reading.first == "union":
            return self._own(head, ActorType.INTERNATIONAL_ORGANIZATION) if is_agent(head) or speaks(head) else ()
        return self._own(head, ActorType.ARMED_GROUP) if reading.first != "movement" else ()

    def _named_group(self, head: Token) -> tuple[Actor, ...]:
        """Return the group that is named beside or right before its description: "the sect Boko Haram"."""
        beside = [child for child in head.children if child.dep_ == "appos"]
        if head.dep_ == "appos":
            beside.append(head.head)
        before = [word for word in reversed(modifiers(head)) if word.dep_ in {"compound", "nmod", "amod"}]
        for word in (*beside, *before):
            if self._reading.nation(word) is None:
                named = tuple(actor for actor in self._named(word) if actor.type is not ActorType.PERSON)
                if named and (word in beside or any(a.type is ActorType.ARMED_GROUP for a in named)):
                    return named
        return ()

    def _siblings(self, head: Token) -> tuple[Actor, ...]:
        """Return the actors coordinated before a noun, which it therefore does not mean."""
        if head.dep_ != "conj" or head.head.i >= head.i:
            return ()
        return (*self._reading.discourse.at(head.head.i), *self._siblings(head.head))

    def _ally(self, head: Token) -> tuple[Actor, ...]:
        if "ally" in self._last and not self._telling(head):
            return tuple(self._reading.word(actor, phrase(head).text) for actor in self._last["ally"])
        return self._own(head, ActorType.ARMED_GROUP) if is_plural(head) and possessor(head) is not None else ()

    def _enemy(self, head: Token) -> tuple[Actor, ...]:
        """Return the side that a communique calls its enemy: not the state that the report is about."""
        codes = self._nations(head)
        if codes:
            return tuple(self._body(code, "armed-forces") for code in codes)
        home = next(iter(self._reading.context.countries), None)
        counts: dict[str, float] = {}
        actors: dict[str, Actor] = {}
        for referent in self._reading.discourse.seen():
            actor = referent.actor
            foreign = actor.type is ActorType.STATE_FORCES and _state_of(actor) != home
            if actor.type is ActorType.ARMED_GROUP or foreign:
                actors[actor.key] = actor
                counts[actor.key] = counts.get(actor.key, 0.0) + 1.0
        best = max(counts, key=lambda key: (counts[key], key), default=None)
        return (actors[best],) if best is not None else ()

    # Populations

    def _population(self, head: Token, reading: Description, *, speaker: bool) -> tuple[Actor, ...]:
        owners = self._owners(head, OWNING) if reading.noun in {"man", "supporter", "youth", "volunteer"} else ()
        persons = [owner for owner in owners if owner.type is ActorType.PERSON]
        if persons and is_plural(head) and reading.noun == "man":
            bodies = tuple(body for person in persons for body in self._reading.bodies.get(person.key, ()))
            return bodies or self._followers(head)
        if {"military", "army"} & {word.lower_ for word in modifiers(head)}:
            return self._force(
                head, Description(DescriptionKind.FORCE, reading.noun, "armed-forces", "member"), speaker=speaker
            )
        if owners and reading.noun == "man" and is_plural(head) and owners[0].type is not ActorType.POPULATION:
            return tuple(
                self._force_of(o, Description(DescriptionKind.FORCE, "man", "armed-forces", "member")) for o in owners
            )
        clause = in_clause(head)
        if clause.dep_ == "nsubj" and "protest" in verb_senses(clause.head) and is_plural(head):
            return (self._reading.authority.actor("protesters"),)
        people = bool(self._peoples(head))
        if people or speaker or (reading.second == "own" and not self._is_generic(head)):
            known = self._last_like(head) if not people and is_definite(head) else None
            kind = ActorType.POPULATION if is_plural(head) or not speaker else ActorType.PERSON
            return known or self._own(head, kind)
        return self._last_like(head) or (self._reading.authority.actor(reading.first),)

    def _is_generic(self, head: Token) -> bool:
        return not is_plural(head)

    def _last_like(self, head: Token) -> tuple[Actor, ...] | None:
        """Return the people that "the girls" takes up: "the schoolgirls" before it."""
        if not is_definite(head) or modifiers(head):
            return None
        lemma = head.lemma_.lower()
        for noun, actors in reversed(self._last.items()):
            if noun.endswith(lemma) and all(
                actor.unresolved and actor.type is ActorType.POPULATION for actor in actors
            ):
                return actors
        return None

    def _peoples(self, head: Token) -> tuple[Token, ...]:
        """Return modifiers that name a people or faith: "Masalit men", "Buddhist villagers"."""
        return tuple(
            word
            for word in modifiers(head)
            if word.text[:1].isupper()
            and not describe(word)
            and (word.pos_ in {"PROPN", "ADJ"} and (word.i > word.sent.start or word.ent_type_ == "NORP"))
            and self._reading.nation(word) is None
            and word.i not in self._reading.places
            and not word.is_upper
        )

    # Organisations

    def _organisation(self, head: Token, reading: Description, *, speaker: bool) -> tuple[Actor, ...]:
        kind = ActorType(reading.first)
        beside = [child for child in head.children if child.dep_ == "appos"] + (
            [head.head] if head.dep_ == "appos" else []
        )
        for token in beside:
            if named := tuple(a for a in self._named(token) if a.type is not ActorType.PERSON):
                self._last[head.lemma_.lower()] = named
                return named
        owners = [
            a for a in self._owners(head, frozenset({"of"})) if a.type is kind or a.type is ActorType.MEDIA_OUTLET
        ]
        if owners and kind is ActorType.MEDIA_OUTLET:
            return tuple(owners)
        if reading.second:
            return self._ministry(head, reading)
        if not (speaker or is_agent(head)):
            return ()
        if is_definite(head) and not modifiers(head) and complement(head, PLACING) is None:
            known = self._last.get(head.lemma_.lower())
            if known:
                return known
            latest = self._reading.discourse.latest(head.i, frozenset({kind}), reach=4)
            if latest is not None:
                return (latest,)
        if (body := self._bare_body(head)) is not None:
            return (body,)
        found = self._own(head, kind)
        codes = self._nations(head) or self._located(head)
        if codes and kind is ActorType.GOVERNMENT:
            self._reading.word(found[0], *_in_place(head))
        return found

    def _bare_body(self, head: Token) -> Actor | None:
        """Return the body of the state that a name without country means: "state media", "the border guard"."""
        branch = self._reading.authority.branch_named(phrase(head).text)
        if branch is None or complement(head, PLACING) is not None:
            return None
        code = self._state(head, "government")
        return self._reading.authority.branch(code, branch) if code is not None else None

    def _ministry(self, head: Token, reading: Description) -> tuple[Actor, ...]:
        codes = self._nations(head) or self._located(head)
        if not codes and (code := self._state(head, "government")) is not None:
            codes = (code,)
        return tuple(self._reading.authority.branch(code, reading.second) for code in codes)

    def _located(self, head: Token) -> tuple[str, ...]:
        place = complement(head, frozenset({"in", "of"}))
        owner = possessor(head)
        for token in (place, owner):
            if token is not None and token.i in self._reading.places:
                code = self._reading.places[token.i].country_code
                if code is not None:
                    return (code,)
        return ()

    # Persons

    def _person(self, head: Token, reading: Description, *, speaker: bool) -> tuple[Actor, ...]:
        for beside in appositions(head):
            if persons := tuple(a for a in self._named(beside) if a.type is ActorType.PERSON):
                return persons
        if self._before_name(head):
            return ()
        bodies = tuple(a for a in self._owners(head, OWNING | {"at", "in"}) if a.type is not ActorType.PERSON)
        stands = (
            reading.first == "official" and head.lemma_.lower() == "official" and bodies and bodies[0].type not in STATE
        )
        if bodies and (reading.first == "spokesperson" or stands):
            self._last[head.lemma_.lower()] = bodies
            return bodies
        if reading.first == "member" and bodies:
            return bodies
        if is_definite(head) and not modifiers(head) and complement(head, OWNING) is None and possessor(head) is None:
            known = self._last.get(head.lemma_.lower())
            if known:
                return known
            if reading.first in {"spokesperson", "leader", "official"} and not is_plural(head):
                latest = self._reading.discourse.latest(head.i, frozenset({ActorType.PERSON}), reach=6)
                if latest is not None:
                    return (latest,)
        if (
            reading.first == "member"
            or (reading.first == "profession" and not speaker)
            or not (speaker or is_involved(head))
        ):
            return ()
        kind = ActorType.PERSON if not is_plural(head) else GROUPS_OF.get(reading.first, ActorType.POPULATION)
        found = self._own(head, kind)
        if bodies:
            self._reading.bodies[found[0].key] = bodies
        return found

    def _before_name(self, head: Token) -> bool:
        """Return whether a role stands right before a person's name, as a title does."""
        following = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
        return following is not None and following.text[:1].isupper() and bool(self._named(following))

    # What all kinds ask

    def _named(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors of a name, not of another description."""
        return self._reading.resolve(token) if token.text[:1].isupper() and token.pos_ != "PRON" else ()

    def _owners(self, head: Token, prepositions: frozenset[str]) -> tuple[Actor, ...]:
        """Return the actors whose a thing or a person is: by possessive, by a noun before it, or behind "of"."""
        reading = self._reading
        owner = possessor(head)
        if owner is not None:
            if found := reading.resolve(owner):
                return found
            if (code := reading.nation(owner)) is not None:
                return (reading.authority.government(code),)
        for word in reversed(modifiers(head)):
            if (
                reading.nation(word) is None
                and word.pos_ in {"NOUN", "PROPN", "ADJ"}
                and (found := reading.resolve(word))
            ):
                return found
        behind = complement(head, prepositions)
        if behind is not None and behind.i != head.i:
            if found := reading.resolve(behind):
                return found
            place = reading.places.get(behind.i)
            if place is not None and (code := reading.nation(behind)) is not None and not is_plural(head):
                return (reading.authority.government(code),)
        return ()

    def _nations(self, head: Token) -> tuple[str, ...]:
        """Return the codes of the countries that modifiers name: two for "French and Malian troops"."""
        codes = [code for word in modifiers(head) if (code := self._reading.nation(word)) is not None]
        edge = left_edge(head)
        if edge.i >= 2 and edge.nbor(-1).lower_ in {"and", "or"} and edge.nbor(-2).dep_ in {"amod", "compound", "nmod"}:
            before = self._reading.nation(edge.nbor(-2))
            codes = [before, *codes] if before is not None else codes
        return tuple(dict.fromkeys(codes))

    def _nation_alone(self, token: Token) -> tuple[Actor, ...]:
        """Return who is meant by a demonym: "Russian" of "Russian air strikes", "the Iraqis", "12 Syrians"."""
        if not token.text[:1].isupper() or token.i in self._reading.places:
            return ()
        code = self._reading.authority.of_demonym(token.text)
        if code is None:
            return ()
        authority = self._reading.authority
        if not is_head(token) or token.dep_ in {"amod", "compound", "nmod"}:
            noun = token.head
            while noun.dep_ == "conj" and noun.head.dep_ in {"amod", "compound", "nmod"}:
                noun = noun.head
            if (leading := self._coalition(token)) is not None:
                return leading
            if is_form_of(noun, state_nouns("armed")):
                return (authority.forces(code),)
            return (authority.government(code),) if is_form_of(noun, state_nouns("deed", "dealing")) else ()
        if token.pos_ == "ADJ" and token.dep_ not in {"nsubj", "dobj", "pobj", "nsubjpass"}:
            return ()
        if is_definite(token) and token.dep_ == "nsubj" and verb_senses(token.head) & {"armed", "state", "harm"}:
            return (authority.forces(code),)
        if token.dep_ == "nsubj" and "protest" in verb_senses(token.head):
            return (authority.actor("protesters"),)
        return (authority.actor("civilians"),) if token.text.endswith("s") or is_plural(token) else ()

    def _coalition(self, token: Token) -> tuple[Actor, ...] | None:
        """Return the coalition behind "Saudi-led air strikes"; None where the word says nothing of the kind."""
        following = token.doc[token.i + 1 : token.i + 3].text.lower()
        if not (token.lower_.endswith("-led") or following == "-led"):
            return None
        label = f"{token.text.removesuffix('-led')}-led coalition"
        noun = token.head if token.head.i > token.i else token
        noun = noun.head if noun.lower_ == "led" else noun
        if not is_form_of(noun, state_nouns("armed")):
            return ()
        known = self._reading.authority.named(label)
        chosen = self._reading.authority.choose(known, self._reading.context.countries, None)
        return (chosen or unresolved(label, ActorType.STATE_FORCES),)

    def _modifier(self, token: Token, readings: dict[DescriptionKind, Description]) -> tuple[Actor, ...]:
        """Return whose a thing is by the noun before it: "rebel rockets", "army bases", "government aircraft"."""
        force, group = readings.get(DescriptionKind.FORCE), readings.get(DescriptionKind.GROUP)
        if force is not None and force.second == "body" and force.noun not in {"forces"}:
            code = self._state(token, force.first)
            owner = possessor(token.head)
            if owner is not None and (nation := self._reading.nation(owner)) is not None:
                code = nation
            codes = self._nations(token.head) or ((code,) if code is not None else ())
            return tuple(self._body(code, force.first) for code in codes)
        if group is not None and (group.second == "bare" or group.first == "union"):
            meant = self._reading.discourse.group(group.noun, group.first, token.i, definite=True)
            return (meant,) if meant is not None else ()
        if group is not None and group.first == "enemy":
            return self._enemy(token)
        return ()

    def _sides(self, head: Token) -> tuple[Actor, ...] | None:
        both = any(child.lower_ in {"both", "two"} for child in head.lefts)
        if head.lemma_.lower() not in TWO_SIDES or not is_plural(head):
            return None
        if head.lemma_.lower() in {"side", "delegation"} and (both or is_definite(head) or possessor(head) is not None):
            return self._reading.discourse.sides(head.i, persons=False)
        if head.lemma_.lower() == "party" and ("warring" in {w.lower_ for w in modifiers(head)} or both):
            return self._reading.discourse.sides(head.i, persons=False)
        return self._reading.discourse.sides(head.i, persons=True) if both and is_definite(head) else None

    def _is_independent(self, head: Token) -> bool:
        """Return whether fighters are said to side with somebody rather than to be theirs: "allied", "loyal to"."""
        for word in (*modifiers(head), *(child for child in head.children if child.dep_ in {"acl", "amod", "relcl"})):
            if word.lower_ in BACKERS and not (word.i > head.i and word.lower_ not in BACKERS):
                return True
            if word.lower_.startswith("pro-") or word.text.lower().endswith(BACKED):
                return True
        words = [word.lower_ for word in head.doc[left_edge(head).i : head.i]]
        return "pro" in words or any(
            a == "-" and b in {"backed", "allied", "aligned"} for a, b in zip(words, words[1:], strict=False)
        )

    def _is_local(self, head: Token) -> bool:
        """Return whether a bare noun such as "company" or "crew" says too little to mean a state's forces."""
        return not modifiers(head) and head.lemma_.lower() in {
            "crew",
            "division",
            "company",
            "contingent",
            "squad",
            "recruit",
            "agent",
            "gunner",
            "pilot",
        }

    def _telling(self, head: Token) -> bool:
        """Return whether modifiers tell a group from others: "Southern gunmen", "Maoist rebels"."""
        return any(word.text[:1].isupper() and word.i > word.sent.start for word in modifiers(head))

    def _bind(self, head: Token, actors: Iterable[Actor]) -> None:
        for actor in actors:
            for form in head_words(head):
                self._reading.discourse.bind(form, actor)

    def _own(self, head: Token, kind: ActorType, *, shared: str = "", possessed: bool = False) -> tuple[Actor, ...]:
        """Return an actor of its own that bears the description as its name."""
        words = phrase(head)
        owner = possessor(head) if possessed else None
        if owner is not None:
            words = head.doc[left_edge(owner).i : head.i + 1]
        label = _lowered(words)
        key = "ally" if shared else head.lemma_.lower()
        if shared and "ally" in self._last:
            return tuple(self._reading.word(actor, label) for actor in self._last["ally"])
        longer = _in_place(head)
        loyal = next((c for c in head.rights if c.lower_ in BACKERS and c.i - head.i <= 2), None)
        if loyal is not None:
            end = max(token.i for token in loyal.subtree)
            label, longer = _lowered(head.doc[words.start : end + 1]), (label,)
        bare = head.lower_ if head.pos_ != "PROPN" or head.tag_ == "NNPS" else head.text
        actor = unresolved(label, kind)
        self._reading.word(actor, bare, *longer)
        if kind is ActorType.ARMED_GROUP:
            self._bind(head, (actor,))
            if any(r.second == "never" or r.kind is DescriptionKind.POPULATION for r in describe(head)):
                self._reading.discourse.hold_apart(actor)
        self._last[key] = (actor,)
        return (actor,)


SUBSTANTIVES = frozenset(
    {
        "wounded",
        "injured",
        "dead",
        "displaced",
        "faithful",
        "elderly",
        "jihadi",
        "islamist",
        "islamists",
        "paramilitary",
    }
)
CAPTIVES = frozenset({"hostage", "captive", "prisoner"})
SUSPECT = frozenset(
    {"suspected", "alleged", "accused", "captured", "detained", "jailed", "imprisoned", "surrendered", "former"}
)
COLLECTIVE = frozenset(
    {"brigade", "battalion", "regiment", "division", "company", "contingent", "garrison", "unit", "corps", "squad"}
)
STATE = frozenset({ActorType.GOVERNMENT, ActorType.STATE_FORCES})
GROUPS_OF = {"official": ActorType.GOVERNMENT, "leader": ActorType.POPULATION}


def speaks(head: Token) -> bool:
    """Return whether a noun is the subject of a verb of speech, or what follows "according to" or "told"."""
    node = in_clause(head)
    if node.dep_ == "nsubj":
        return bool(SPEAKING & verb_senses(node.head))
    if node.dep_ == "pobj":
        preposition = node.head
        if preposition.lower_ == "to" and preposition.head.lower_ == "according":
            return True
        return preposition.dep_ == "agent" and bool(SPEAKING & verb_senses(preposition.head))
    return node.dep_ == "dobj" and node.head.lemma_ in {"quote", "cite"}


def is_agent(head: Token) -> bool:
    """Return whether a noun does something: subject of an active verb, or behind "by"."""
    node = in_clause(head)
    if node.dep_ == "nsubj":
        return node.head.pos_ == "VERB" and "spatial" not in verb_senses(node.head)
    return node.dep_ == "pobj" and (node.head.dep_ == "agent" or node.head.lower_ == "by")


def is_involved(head: Token) -> bool:
    """Return whether a noun does or suffers something: subject, object, or behind a preposition of a verb."""
    node = in_clause(head)
    return node.dep_ in {"nsubj", "nsubjpass", "dobj", "appos", "poss"} or (
        node.dep_ == "pobj" and node.head.lower_ in {"by", "with", "of", "on", "between", "against", "to"}
    )


def _order(readings: dict[DescriptionKind, Description], *, speaker: bool, plural: bool) -> tuple[DescriptionKind, ...]:
    """Return the kinds to try in turn: a lone speaker is a person, whatever else the noun may mean."""
    order = [
        DescriptionKind.FORCE,
        DescriptionKind.GROUP,
        DescriptionKind.ORGANISATION,
        DescriptionKind.POPULATION,
        DescriptionKind.PERSON,
    ]
    if speaker and not plural and DescriptionKind.FORCE not in readings and DescriptionKind.GROUP not in readings:
        order.remove(DescriptionKind.PERSON)
        order.insert(0, DescriptionKind.PERSON)
    return tuple(kind for kind in order if kind in readings)


def _state_of(actor: Actor) -> str | None:
    """Return the country code of a state's body, None for other actors."""
    if actor.country is None or actor.type not in STATE:
        return None
    return actor.country.country_code


def _in_place(head: Token) -> tuple[str, ...]:
    """Return the description with the phrase behind it: "health department in Aden"."""
    behind = complement(head, PLACING)
    if behind is None or behind.i - head.i > 6 or behind.i < head.i:
        return ()
    return (_lowered(head.doc[left_edge(head).i : behind.i + 1]),)


def _lowered(words: Iterable[Token]) -> str:
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


def _unlinked(actor: Actor) -> Actor:
    return replace(actor, member_of=(), allied_with=())
