"""The actors that a report has mentioned so far, and which of them a pronoun or a definite description takes up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token

from kg.actors.descriptions import group_kinds, verb_senses
from kg.actors.pronouns import (
    ARMED,
    PRONOUNS,
    REACH,
    SPEAKERS_OWN,
    Referent,
    agents,
    agrees,
    clause_subjects,
    harms_property,
    number_fits,
    suits,
    weight_of,
)
from kg.language.clauses import coordinated, subjects
from kg.language.noun_phrases import in_clause, is_quantity
from kg.language.texts import sentence_of
from kg.model import Actor, ActorType

__all__ = ["Discourse"]

FAR = 12
# By how much each sentence between makes a mention count less for who the sides are.
FADING = 0.8
# From this fit on, a group's name itself hints at the kind that the description names.
TELLING = 3.0
# Those who fight for a state are not the rebels.
UNFIT = -30.0


class Discourse:
    """The actors that a report has mentioned so far, in order; grows as the report is read."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._sentence = {token.i: number for number, sentence in enumerate(doc.sents) for token in sentence}
        self._referents: list[Referent] = []
        self._at: dict[int, list[Actor]] = {}
        self._worded: dict[str, Counter[str]] = {}
        self._incidental: set[str] = set()

    def add(self, actor: Actor, token: Token, *, plural: bool = False, pronoun: str = "") -> None:
        """Remember that the phrase headed by a token means an actor."""
        known = self._at.setdefault(token.i, [])
        if actor not in known:
            known.append(actor)
        self._referents.append(Referent(actor, token.i, self._sentence[token.i], weight_of(token), plural, pronoun))

    def bind(self, noun: str, actor: Actor) -> None:
        """Remember that the report itself calls an actor by a noun: "the leftist FARC rebels"."""
        self._worded.setdefault(noun, Counter())[actor.key] += 1

    def hold_apart(self, actor: Actor) -> None:
        """Remember that an actor is known by its deed alone ("gunmen"), and seldom what "the rebels" takes up."""
        self._incidental.add(actor.key)

    def at(self, token: int) -> tuple[Actor, ...]:
        """Return the actors that the phrase headed by a token means."""
        return tuple(self._at.get(token, ()))

    def latest(self, position: int, types: frozenset[ActorType], reach: int = FAR) -> Actor | None:
        """Return the actor of one of the types that was mentioned last before a token, bodies before persons."""
        sentence = self._sentence[position]
        best: tuple[float, Actor] | None = None
        for referent in self._before(position):
            if sentence - referent.sentence > reach or referent.actor.type not in types:
                continue
            score = referent.weight - 3.0 * (sentence - referent.sentence) - 0.02 * (position - referent.token)
            if best is None or score > best[0]:
                best = (score, referent.actor)
        return best[1] if best else None

    def seen(self) -> tuple[Referent, ...]:
        """Return all that was mentioned so far."""
        return tuple(self._referents)

    def group(
        self, noun: str, kind: str, position: int, *, definite: bool, barred: Collection[Actor] = ()
    ) -> Actor | None:
        """Return the armed group that "the rebels", "militants" or "the group" means before a token, or None.

        What the report itself calls by that noun comes first, then a group whose name hints at the kind, then the
        group mentioned last; without an article only a clear case counts. `barred` are not meant.
        """
        sentence = self._sentence[position]
        worded = self._worded.get(noun, Counter())
        scores: dict[str, float] = {}
        actors: dict[str, Actor] = {}
        for referent in self._before(position):
            actor = referent.actor
            if not _is_group(actor, kind) or actor in barred:
                continue
            if (
                kind == "union"
                and noun not in f"{actor.label} {' '.join(actor.names)}".lower()
                and not worded[actor.key]
            ):
                continue
            actors[actor.key] = actor
            near = (
                4.0
                - min(8, sentence - referent.sentence)
                - 0.01 * (position - referent.token) / 10
                + referent.weight / 4
            )
            score = near + _fit(actor, kind, worded[actor.key])
            if kind == "movement" and actor.type is not ActorType.ARMED_GROUP:
                score -= 3.0
            if actor.key in self._incidental and not worded[actor.key]:
                score -= 6.0
            scores[actor.key] = max(scores.get(actor.key, -99.0), score)
        best = max(scores, key=lambda key: (scores[key], key), default=None)
        if best is None or scores[best] < UNFIT / 2:
            return None
        if definite:
            return actors[best]
        clear = [key for key in scores if key not in self._incidental and _fit(actors[key], kind, worded[key]) >= 0]
        bound = [key for key in clear if worded[key]] or [key for key in clear if _fit(actors[key], kind, 0) >= TELLING]
        return actors[bound[0]] if len(bound) == 1 else actors[clear[0]] if len(clear) == 1 and not bound else None

    def pronoun(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors that a pronoun means: several for "they" after "troops and militiamen"; or none."""
        best = self._best(token)
        if best is None:
            return ()
        if isinstance(best, Actor):
            return (best,)
        if PRONOUNS.get(token.lower_) != "they":
            return (best.actor,)
        return self._joined(best)

    def _counted(self, token: Token) -> Referent | None:
        """Return the people that "many of them" right behind a comma is a part of: "41 people, many of them women"."""
        part = token.head.head
        behind_comma = token.lower_ == "them" and token.head.lower_ == "of" and part.i and part.nbor(-1).text == ","
        if not behind_comma or not is_quantity(part):
            return None
        sentence = self._sentence[token.i]
        same = [r for r in self._before(part.i) if r.sentence == sentence and r.plural]
        return max(same, key=lambda referent: referent.token, default=None)

    def _joined(self, referent: Referent) -> tuple[Actor, ...]:
        """Return the actors coordinated with a referent, itself included; persons are not joined with bodies."""
        tokens = coordinated(in_clause(self._doc[referent.token]))
        if all(token.i != referent.token for token in tokens):
            return (referent.actor,)
        person = referent.actor.type is ActorType.PERSON
        found = [actor for token in tokens for actor in self.at(token.i)]
        return tuple(dict.fromkeys(a for a in found if (a.type is ActorType.PERSON) == person))

    def _best(self, token: Token) -> Actor | Referent | None:
        if token.lower_ in SPEAKERS_OWN:
            return self._speaker(token)
        kind = PRONOUNS.get(token.lower_)
        if kind == "it" and token.dep_ == "nsubj" and token.head.lemma_ == "be":
            return None
        if kind is None or (kind == "it" and token.dep_ not in {"nsubj", "poss", "agent"} and token.lower_ != "its"):
            return None
        if token.lower_.endswith(("self", "selves")):
            return self._subject(token)
        if (counted := self._counted(token)) is not None:
            return counted
        clause = clause_subjects(token)
        barred = self.coarguments(token)
        sentence = self._sentence[token.i]
        best: tuple[float, Referent] | None = None
        for referent in self._before(token.i):
            back = sentence - referent.sentence
            if back > REACH[kind] or not agrees(referent, kind) or referent.actor.key in barred:
                continue
            score = referent.weight - 5.0 * back - 0.05 * (token.i - referent.token)
            score += clause.get(referent.token, 0.0) + suits(referent.actor, token) + number_fits(referent, kind)
            if best is None or score > best[0]:
                best = (score, referent)
        return best[1] if best else None

    def sides(self, position: int, *, persons: bool, talking: bool = False) -> tuple[Actor, ...]:
        """Return the two actors that "both sides" or "the two leaders" means.

        They are the last two that are named together, else the two of which the report has spoken most. A state's
        forces and its government are one side; where the sides talk (`talking`) that is the government.
        """
        suitable = {ActorType.PERSON} if persons else ARMED | {ActorType.GOVERNMENT}
        near = [r for r in self._before(position) if r.actor.type in suitable and (persons or _takes_sides(r.actor))]
        near.sort(key=lambda referent: -referent.token)
        sentence = self._sentence[position]
        for referent in near:
            if sentence - referent.sentence > FAR // 2:
                break
            if len(between := self._between(referent, near)) == 2:
                return between
            joined = self._doc[referent.token]
            pair = (*self.at(joined.head.i), *self.at(joined.i)) if joined.dep_ == "conj" else ()
            if len(pair) == 2 and pair[0] != pair[1] and all(actor.type in suitable for actor in pair):
                return pair
        if persons:
            return tuple(reversed(tuple({r.actor.key: r.actor for r in near}.values())[:2])) if near else ()
        return self._camps(near, sentence, talking=talking)

    def _between(self, referent: Referent, near: list[Referent]) -> tuple[Actor, ...]:
        """Return the actors of "fighting between the army, after a lull, and militants" if the referent is of them."""
        opening = _opening(self._doc[referent.token])
        if opening is None:
            return ()
        return tuple({r.actor.key: r.actor for r in reversed(near) if _opening(self._doc[r.token]) == opening}.values())

    def _camps(self, near: list[Referent], sentence: int, *, talking: bool) -> tuple[Actor, ...]:
        """Return those who speak for the two sides of which the report has spoken most, the first named first."""
        weight: dict[str, float] = {}
        members: dict[str, dict[str, float]] = {}
        actors: dict[str, Actor] = {}
        for referent in reversed(near):
            actor = referent.actor
            if actor.key in self._incidental:
                continue
            country = actor.country.country_code if actor.country is not None else None
            camp = country if country is not None and actor.type is not ActorType.ARMED_GROUP else actor.key
            worth = 1.0 / (1.0 + FADING * (sentence - referent.sentence))
            weight[camp] = weight.get(camp, 0.0) + worth
            preferred = FAR if talking and actor.type is ActorType.GOVERNMENT else 0.0
            own = members.setdefault(camp, {})
            own[actor.key] = own.get(actor.key, 0.0) + worth + preferred
            actors[actor.key] = actor
        best = sorted(weight, key=lambda camp: -weight[camp])[:2]
        if len(best) < 2:
            return ()
        return tuple(actors[max(own, key=lambda key: own[key])] for camp, own in members.items() if camp in best)

    def _speaker(self, token: Token) -> Actor | None:
        """Return the body for which the last speaker says "we"; None where no such speaker is near."""
        sentence = self._sentence[token.i]
        near = [
            r
            for r in self._referents
            if r.actor.type is ActorType.PERSON and r.actor.member_of and 0 <= sentence - r.sentence <= 2
        ]
        return near[-1].actor.member_of[0] if near else None

    def _subject(self, token: Token) -> Actor | None:
        verb = next((ancestor for ancestor in token.ancestors if ancestor.pos_ in {"VERB", "AUX"}), None)
        heads = subjects(verb) if verb is not None else ()
        return next((actor for head in heads for actor in self.at(head.i)), None)

    def _before(self, position: int) -> Iterator[Referent]:
        return (referent for referent in self._referents if referent.token < position)

    def coarguments(self, token: Token) -> frozenset[str]:
        """Return the actors that are subject of the verb whose object the pronoun is: "they shelled them".

        Nobody accuses others of arming himself.
        """
        if token.dep_ not in {"dobj", "pobj", "dative", "poss"}:
            return frozenset()
        verb = next((ancestor for ancestor in token.ancestors if ancestor.pos_ == "VERB"), None)
        if verb is None or (token.dep_ == "poss" and not harms_property(token, verb)):
            return frozenset()
        near = [subject.i for subject in subjects(verb)]
        if "aiding" in verb_senses(verb):
            accusing = next((node for node in verb.ancestors if "accusing" in verb_senses(node)), None)
            near += [subject.i for subject in subjects(accusing)] if accusing is not None else []
        if token.dep_ != "poss":
            parts = [part for index in near for part in self._doc[index].rights if part.dep_ == "acl"]
            near += [helper.i for part in parts for helper in agents(part)]
        return frozenset(actor.key for index in near for actor in self.at(index))


def _takes_sides(actor: Actor) -> bool:
    """Return whether an actor can be a side of a conflict: no ministry, court or council is one."""
    return actor.type is not ActorType.GOVERNMENT or (actor.key.endswith("-government") or not actor.country)


def _opening(token: Token) -> int | None:
    """Return the "between" that a noun stands behind, None where there is none."""
    for before in reversed(token.doc[max(sentence_of(token).start, token.i - FAR) : token.i]):
        if before.lower_ == "between":
            return int(before.i)
        if before.pos_ in {"VERB", "AUX"}:
            break
    return None


def _is_group(actor: Actor, kind: str) -> bool:
    if kind in {"movement", "union"}:
        return actor.type in {ActorType.ARMED_GROUP, ActorType.CIVIL_ORGANIZATION, ActorType.INTERNATIONAL_ORGANIZATION}
    return actor.type is ActorType.ARMED_GROUP


def _fit(actor: Actor, kind: str, worded: int) -> float:
    if worded:
        return 8.0
    kinds = group_kinds((actor.label, *actor.names))
    if kind in kinds:
        return TELLING
    if kind == "rebel" and any(ally.type is ActorType.STATE_FORCES for ally in actor.allied_with):
        return UNFIT
    if kind in {"movement", "militant"} or not kinds:
        return 1.0
    return -3.0
