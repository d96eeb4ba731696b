"""Links armed groups by description: "gunmen of the RSF", "the rebels", "allied militiamen", "the enemy"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.actors.descriptions import Description, describe, is_agent, speaks
from kg.actors.phrase_reader import OWNING, PhraseReader, state_of
from kg.language.noun_phrases import in_clause, is_definite, is_plural, modifiers, phrase, possessor, words_of
from kg.model import Actor, ActorType

__all__ = ["GroupLinker"]

# Nouns that mean an armed group only where they take up one: "the movement", "the alliance".
LOOSE = frozenset({"movement", "union"})


class GroupLinker:
    """Resolves phrases whose head is a noun of the lexicon's group_nouns."""

    def __init__(self, phrases: PhraseReader) -> None:
        self._phrases = phrases

    def actors(self, head: Token, reading: Description) -> tuple[Actor, ...]:
        """Return the group that a phrase means, or one of its own that nobody knows further."""
        phrases = self._phrases
        if reading.first == "ally":
            return self._ally(head)
        named = self._named_group(head)
        acting = in_clause(head).dep_ == "nsubj" or is_agent(head)
        if words_of("suspect") & {word.lower_ for word in modifiers(head)} and is_plural(head) and not acting:
            return phrases.own(head, ActorType.POPULATION)
        if (subject := phrases.in_predicate(head)) is not None:
            return subject
        if reading.noun in words_of("relation") and named:
            return named
        if phrases.is_independent(head) and not named:
            known = self._meant(head, reading) if is_definite(head) and reading.second == "bare" else None
            return (known,) if known is not None else phrases.own(head, ActorType.ARMED_GROUP, shared=reading.noun)
        if owners := named or self._owners(head, reading):
            return owners
        if reading.first == "enemy":
            return self.enemy(head)
        if self._is_society(head, reading):
            involved = speaks(head) or is_agent(head)
            return phrases.own(head, ActorType.CIVIL_ORGANIZATION, possessed=True) if involved else ()
        if reading.second == "never":
            return self._deed_group(head)
        return self._anaphor(head, reading)

    def _owners(self, head: Token, reading: Description) -> tuple[Actor, ...]:
        """Return the group or force whose people are meant: "fighters of the Popular Front", "his gunmen"."""
        if reading.noun in words_of("relation"):
            return ()
        people = reading.noun in words_of("follower") or reading.second == "never"
        owners = self._phrases.owners(head, OWNING if people else frozenset({"of"}), reading.noun)
        owners = tuple(owner for owner in owners if owner.key != "civilians")
        armed = tuple(owner for owner in owners if owner.type is not ActorType.PERSON)
        if owners and not armed:
            armed = tuple(body for person in owners for body in self._phrases.reading.bodies.get(person.key, ()))
        if not armed or (reading.first == "movement" and possessor(head) is not None):
            return ()
        if armed[0].type is ActorType.GOVERNMENT and (code := state_of(armed[0])) is not None:
            armed = (self._phrases.body(code, "armed-forces"),)
        if reading.second != "never":
            self._phrases.bind(head, armed)
        return armed

    def _is_society(self, head: Token, reading: Description) -> bool:
        """Return whether a group is one of people at work: "a lawyers' group"."""
        owner = possessor(head)
        if reading.first != "movement" or owner is None:
            return False
        return owner.tag_ in {"NN", "NNS"} and bool(describe(owner))

    def _deed_group(self, head: Token) -> tuple[Actor, ...]:
        """Return a group known by its deed alone; "the attackers" takes up the one mentioned before."""
        if (is_definite(head) or possessor(head) is not None) and not modifiers(head):
            if known := self._phrases.last.get(head.lemma_.lower()):
                return known
            if (called := self._called_so(head)) is not None:
                return (called,)
            armed = frozenset({ActorType.ARMED_GROUP})
            latest = self._phrases.reading.discourse.latest(head.i, armed, reach=3) if is_definite(head) else None
            if latest is not None:
                return (latest,)
        return self._phrases.own(head, ActorType.ARMED_GROUP)

    def _called_so(self, head: Token) -> Actor | None:
        """Return the group mentioned before whose name says what it is: "the cartel" after "the Sinaloa Cartel"."""
        noun = head.lemma_.lower()
        for referent in reversed(self._phrases.reading.discourse.seen()):
            names = " ".join((referent.actor.label, *referent.actor.names)).lower()
            if referent.actor.type is ActorType.ARMED_GROUP and not referent.actor.unresolved and noun in names.split():
                return referent.actor
        return None

    def _anaphor(self, head: Token, reading: Description) -> tuple[Actor, ...]:
        """Return the group that a noun takes up, else one of its own where the noun alone can mean one."""
        definite = is_definite(head) or possessor(head) is not None
        if definite or (reading.second == "bare" and not self._phrases.telling(head)):
            known = self._meant(head, reading)
            if known is not None:
                return (known,)
        if reading.first not in LOOSE:
            return self._phrases.own(head, ActorType.ARMED_GROUP)
        if reading.first == "union" and definite and not modifiers(head):
            body = frozenset({ActorType.INTERNATIONAL_ORGANIZATION})
            if (latest := self._phrases.reading.discourse.latest(head.i, body, reach=3)) is not None:
                return (latest,)
        united = reading.first == "union" and definite and (is_agent(head) or speaks(head))
        return self._phrases.own(head, ActorType.INTERNATIONAL_ORGANIZATION) if united else ()

    def _meant(self, head: Token, reading: Description) -> Actor | None:
        """Return the group known from elsewhere in the report that a noun takes up, or None."""
        definite = is_definite(head) or possessor(head) is not None
        barred = self._phrases.not_meant(head)
        discourse = self._phrases.reading.discourse
        return discourse.group(reading.noun, reading.first, head.i, definite=definite, barred=barred)

    def _named_group(self, head: Token) -> tuple[Actor, ...]:
        """Return the group that is named beside or right before its description: "the sect Boko Haram"."""
        beside = [child for child in head.children if child.dep_ == "appos"]
        if head.dep_ == "appos":
            beside.append(head.head)
        before = [word for word in reversed(modifiers(head)) if word.dep_ in {"compound", "nmod", "amod"}]
        for word in (*beside, *before):
            if self._phrases.reading.nation(word) is None:
                named = tuple(actor for actor in self._phrases.named(word) if actor.type is not ActorType.PERSON)
                if named and (word in beside or any(a.type is ActorType.ARMED_GROUP for a in named)):
                    return named
        return ()

    def _ally(self, head: Token) -> tuple[Actor, ...]:
        owner = possessor(head)
        if owner is None or owner.lower_ not in {"its", "their", "his", "her"}:
            return ()
        if "ally" in self._phrases.last and not self._phrases.telling(head):
            return tuple(self._phrases.reading.word(actor, phrase(head).text) for actor in self._phrases.last["ally"])
        return self._phrases.own(head, ActorType.ARMED_GROUP) if is_plural(head) else ()

    def enemy(self, head: Token) -> tuple[Actor, ...]:
        """Return the side that a communique calls its enemy: not the state that the report is about."""
        codes = self._phrases.nations(head)
        if codes:
            return tuple(self._phrases.body(code, "armed-forces") for code in codes)
        home = next(iter(self._phrases.reading.context.countries), None)
        counts: dict[str, float] = {}
        actors: dict[str, Actor] = {}
        told = [referent.actor for referent in self._phrases.reading.discourse.seen()]
        named = [name.actor for name in self._phrases.reading.name_at.values()]
        for actor in (*told, *(named if not any(_is_foe(actor, home) for actor in told) else ())):
            if _is_foe(actor, home):
                actors[actor.key] = actor
                counts[actor.key] = counts.get(actor.key, 0.0) + 1.0
        best = max(counts, key=lambda key: (counts[key], key), default=None)
        return (actors[best],) if best is not None else ()


def _is_foe(actor: Actor, home: str | None) -> bool:
    """Return whether a communique from a country may call an actor its enemy."""
    if actor.type is ActorType.STATE_FORCES:
        return state_of(actor) not in {home, None}
    return actor.type is ActorType.ARMED_GROUP
