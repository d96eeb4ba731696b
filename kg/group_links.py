"""Links armed groups by description: "gunmen of the RSF", "the rebels", "allied militiamen", "the enemy"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.descriptions import Description, describe, is_agent, speaks
from kg.model import Actor, ActorType
from kg.noun_phrases import is_definite, is_plural, modifiers, phrase, possessor, words_of
from kg.phrase_reader import OWNING, PhraseReader, state_of

__all__ = ["GroupLinker"]

# Nouns that mean an armed group only where they take up one: "the movement", "the alliance".
LOOSE = frozenset({"movement", "union"})


class GroupLinker:
    """Resolves phrases whose head is a noun of the lexicon's group_nouns."""

    def __init__(self, phrases: PhraseReader) -> None:
        self._phrases = phrases

    def actors(self, head: Token, reading: Description) -> tuple[Actor, ...]:
        """Return the group that a phrase means, or one of its own that nobody knows further."""
        if reading.first == "ally":
            return self._ally(head)
        named = self._named_group(head)
        if words_of("suspect") & {word.lower_ for word in modifiers(head)} and is_plural(head):
            return self._phrases.own(head, ActorType.POPULATION)
        if self._phrases.is_independent(head) and not named:
            return self._phrases.own(head, ActorType.ARMED_GROUP, shared=head.lemma_.lower())
        owners = named or self._phrases.owners(
            head, OWNING if reading.noun in words_of("follower") or reading.second == "never" else frozenset({"of"})
        )
        armed = tuple(owner for owner in owners if owner.type is not ActorType.PERSON)
        if owners and not armed:
            armed = tuple(body for person in owners for body in self._phrases.reading.bodies.get(person.key, ()))
        if armed and not (reading.first == "movement" and not named and possessor(head) is not None):
            if armed[0].type is ActorType.GOVERNMENT and (code := state_of(armed[0])) is not None:
                armed = (self._phrases.body(code, "armed-forces"),)
            if reading.second != "never":
                self._phrases.bind(head, armed)
            return armed
        definite = is_definite(head) or possessor(head) is not None
        if reading.first == "enemy":
            return self.enemy(head)
        if (
            reading.first == "movement"
            and (owner := possessor(head)) is not None
            and owner.tag_ in {"NN", "NNS"}
            and describe(owner)
        ):
            return (
                self._phrases.own(head, ActorType.CIVIL_ORGANIZATION, possessed=True)
                if speaks(head) or is_agent(head)
                else ()
            )
        if reading.second == "never":
            known = self._phrases.last.get(head.lemma_.lower()) if definite and not modifiers(head) else None
            return known or self._phrases.own(head, ActorType.ARMED_GROUP)
        if reading.second == "definite" and not definite:
            return self._phrases.own(head, ActorType.ARMED_GROUP) if reading.first not in LOOSE else ()
        telling = self._phrases.telling(head)
        meant = None
        if not (telling and not definite):
            meant = self._phrases.reading.discourse.group(
                reading.noun, reading.first, head.i, definite=definite, barred=self._phrases.not_meant(head)
            )
        if meant is not None:
            return (meant,)
        if reading.first == "union":
            return (
                self._phrases.own(head, ActorType.INTERNATIONAL_ORGANIZATION) if is_agent(head) or speaks(head) else ()
            )
        return self._phrases.own(head, ActorType.ARMED_GROUP) if reading.first != "movement" else ()

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
        for referent in self._phrases.reading.discourse.seen():
            actor = referent.actor
            foreign = actor.type is ActorType.STATE_FORCES and state_of(actor) != home
            if actor.type is ActorType.ARMED_GROUP or foreign:
                actors[actor.key] = actor
                counts[actor.key] = counts.get(actor.key, 0.0) + 1.0
        best = max(counts, key=lambda key: (counts[key], key), default=None)
        return (actors[best],) if best is not None else ()
