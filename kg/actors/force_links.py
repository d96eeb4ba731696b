"""Links the soldiers, bodies and equipment of states: "Syrian troops", "the army", "Russian warplanes", "his men"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.actors.descriptions import Description, is_agent, verb_senses
from kg.actors.phrase_reader import OWNING, PhraseReader, state_of
from kg.actors.pronouns import ARMED
from kg.language.clauses import subjects
from kg.language.noun_phrases import complement, in_clause, is_definite, is_plural, modifiers, possessor, words_of
from kg.model import Actor, ActorType

__all__ = ["ForceLinker"]


class ForceLinker:
    """Resolves phrases whose head is a noun of the lexicon's force_nouns."""

    def __init__(self, phrases: PhraseReader) -> None:
        self._phrases = phrases

    def actors(self, head: Token, reading: Description, *, speaker: bool) -> tuple[Actor, ...]:
        """Return the forces that a phrase means; a lone officer who speaks is a person."""
        if reading.second == "member" and (subject := self._phrases.in_predicate(head)) is not None:
            return subject
        if self._phrases.is_independent(head):
            return self._phrases.own(head, ActorType.ARMED_GROUP, shared=head.lemma_.lower())
        if (
            reading.second in {"body", "member"}
            and not possessor(head)
            and self._is_regional(head)
            and not self._of_named(head)
        ):
            return self._phrases.own(head, ActorType.STATE_FORCES)
        owners = self._phrases.owners(head, OWNING if reading.second != "body" else frozenset({"of"}), reading.noun)
        if (
            speaker
            and reading.second == "member"
            and not is_plural(head)
            and head.lemma_.lower() not in words_of("collective")
        ):
            return self._officer(head, reading, owners)
        armed = tuple(self.of_owner(owner, reading.first) for owner in owners if owner.type is not ActorType.PERSON)
        persons = [owner for owner in owners if owner.type is ActorType.PERSON]
        if not armed and persons:
            bodies = [body for person in persons for body in self._phrases.reading.bodies.get(person.key, ())]
            armed = tuple(self.of_owner(body, reading.first) for body in bodies)
            code = self._phrases.state(head, reading.first) if not armed else None
            if code is not None:
                return (self._phrases.body(code, reading.first),)
        if armed:
            self._phrases.bind(head, armed)
            return armed
        codes = self._phrases.nations(head)
        if not codes and words_of("joint") & {word.lower_ for word in modifiers(head)}:
            return self._phrases.own(head, ActorType.INTERNATIONAL_ORGANIZATION)
        if codes:
            return tuple(self._phrases.body_of(head, code, reading.first) for code in codes)
        owner = possessor(head)
        home = next(iter(self._phrases.reading.context.countries), None)
        if owner is not None and owner.lower_ == "our" and home is not None:
            return (self._phrases.body(home, reading.first),)
        if reading.second == "equipment":
            return ()
        if words_of("outside") & {word.lower_ for word in modifiers(head)}:
            return self._phrases.own(head, ActorType.STATE_FORCES)
        local = reading.second == "member" and self._is_local(head)
        if (not local or is_definite(head)) and (meant := self._anaphoric_force(head, reading)) is not None:
            return (meant,)
        if local:
            return ()
        code = self._sender(head) or self._phrases.state(head, reading.first)
        return (self._phrases.body(code, reading.first),) if code is not None else ()

    def _sender(self, head: Token) -> str | None:
        """Return the state that sends, withdraws or orders the forces: "Rwanda denies having sent troops"."""
        node = in_clause(head)
        verb = node.head
        if node.dep_ == "nsubj" and verb.dep_ == "ccomp" and verb.head.lemma_ == "have":
            verb = verb.head  # "denies that it has any troops deployed", as the parser sees it
        elif node.dep_ != "dobj":
            return None
        if verb.lemma_ != "have" and (verb.pos_ != "VERB" or "state" not in verb_senses(verb)):
            return None
        actors = [actor for subject in subjects(verb) for actor in self._phrases.reading.resolve(subject)]
        return next((code for actor in actors if (code := state_of(actor)) is not None), None)

    def followers(self, head: Token) -> tuple[Actor, ...]:
        """Return whom "his men" means where nobody says what he leads: the armed actor last mentioned."""
        latest = self._phrases.reading.discourse.latest(head.i, ARMED, reach=2)
        return (latest,) if latest is not None else self._phrases.own(head, ActorType.ARMED_GROUP)

    def _is_regional(self, head: Token) -> bool:
        """Return whether forces are those of a part of the country: "Somali regional forces"."""
        return any(word.lower_ in words_of("regional") for word in modifiers(head))

    def _of_named(self, head: Token) -> bool:
        """Return whether a name says whose the forces are: "local units of the People's Defence Force"."""
        behind = complement(head, frozenset({"of"}))
        return behind is not None and behind.i in self._phrases.reading.name_at

    def of_owner(self, owner: Actor, body: str) -> Actor:
        """Return the body of a government that a phrase such as "Moscow's army" means, any other owner itself."""
        code = state_of(owner)
        if owner.type is ActorType.GOVERNMENT and code is not None and body != "government":
            return self._phrases.body(code, body)
        return owner

    def _officer(self, head: Token, reading: Description, owners: tuple[Actor, ...]) -> tuple[Actor, ...]:
        found = self._phrases.own(head, ActorType.PERSON)
        bodies = owners or tuple(self._phrases.body(code, reading.first) for code in self._phrases.nations(head))
        if not bodies and (code := self._phrases.state(head, reading.first)) is not None:
            bodies = (self._phrases.body(code, reading.first),)
        self._phrases.reading.bodies[found[0].key] = bodies
        return found

    def _anaphoric_force(self, head: Token, reading: Description) -> Actor | None:
        """Return the force that "those units" or "the force" takes up, which may be any armed actor."""
        if reading.noun == "officer" and not modifiers(head):
            return self._phrases.reading.discourse.latest(head.i, frozenset({ActorType.STATE_FORCES}), reach=2)
        if head.lemma_.lower() not in words_of("anaphoric") or modifiers(head):
            return None
        known = self._phrases.last.get(head.lemma_.lower())
        if known:
            return known[0]
        return self._phrases.reading.discourse.latest(head.i, ARMED, reach=3) if is_definite(head) else None

    def _is_local(self, head: Token) -> bool:
        """Return whether a bare noun such as "company" or "crew" says too little to mean a state's forces."""
        return head.lemma_.lower() in words_of("vague") and not (modifiers(head) and is_agent(head))
