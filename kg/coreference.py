"""Who is meant by "they", "its", "he" and "the group": the actors mentioned so far, and which of them fits best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.descriptions import DescriptionKind, describe, group_kinds, is_form_of, state_nouns, verb_senses
from kg.model import Actor, ActorType, Mention, MentionKind, Place
from kg.noun_phrases import in_clause, is_quantity, words_of
from kg.predicates import coordinated, subjects

__all__ = ["Discourse", "Referent", "Resolver", "pronoun_kind"]

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
SPEAKERS_OWN = frozenset({"we", "us", "our", "ours"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
# How many sentences back a pronoun reaches: people stay in mind longer than bodies.
REACH = {"he": 8, "she": 8, "it": 3, "they": 4}
ARMED = frozenset({ActorType.STATE_FORCES, ActorType.ARMED_GROUP})
FAR = 12


@dataclass(frozen=True, slots=True)
class Referent:
    """An actor at the place where the text mentions it: head token, sentence, and its weight by function there."""

    actor: Actor
    token: int
    sentence: int
    weight: float
    plural: bool
    pronoun: str = ""


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
        self._referents.append(Referent(actor, token.i, self._sentence[token.i], _weight(token), plural, pronoun))

    def bind(self, noun: str, actor: Actor) -> None:
        """Remember that the report itself calls an actor by a noun: "the Shiite Huthi rebels"."""
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
            if actor.key in self._incidental and not worded[actor.key]:
                score -= 6.0
            scores[actor.key] = max(scores.get(actor.key, -99.0), score)
        best = max(scores, key=lambda key: (scores[key], key), default=None)
        if best is None:
            return None
        if definite:
            return actors[best]
        clear = [key for key in scores if key not in self._incidental and _fit(actors[key], kind, worded[key]) >= 0]
        bound = [key for key in clear if worded[key]]
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
        clause = _clause_subjects(token)
        barred = self.coarguments(token)
        sentence = self._sentence[token.i]
        best: tuple[float, Referent] | None = None
        for referent in self._before(token.i):
            back = sentence - referent.sentence
            if back > REACH[kind] or not _agrees(referent, kind) or referent.actor.key in barred:
                continue
            score = referent.weight - 5.0 * back - 0.05 * (token.i - referent.token)
            score += clause.get(referent.token, 0.0) + _suits(referent.actor, token) + _number(referent, kind)
            if best is None or score > best[0]:
                best = (score, referent)
        return best[1] if best else None

    def sides(self, position: int, *, persons: bool) -> tuple[Actor, ...]:
        """Return the two actors that "both sides" or "the two leaders" means: the last two that differ."""
        found: dict[str, Actor] = {}
        suitable = {ActorType.PERSON} if persons else ARMED | {ActorType.GOVERNMENT}
        near = [r for r in self._before(position) if r.actor.type in suitable]
        near.sort(key=lambda referent: -referent.token)
        for referent in near:
            if self._sentence[position] - referent.sentence > FAR // 2:
                break
            joined = self._doc[referent.token]
            pair = (*self.at(joined.head.i), *self.at(joined.i)) if joined.dep_ == "conj" else ()
            if len(pair) == 2 and pair[0] != pair[1] and all(actor.type in suitable for actor in pair):
                return pair
        for referent in near:
            found.setdefault(referent.actor.key, referent.actor)
            if len(found) == 2:
                return tuple(reversed(found.values()))
        return ()

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
        """Return the actors that are subject of the verb whose object the pronoun is: "they shelled them"."""
        if token.dep_ not in {"dobj", "pobj", "dative", "poss"}:
            return frozenset()
        verb = next((ancestor for ancestor in token.ancestors if ancestor.pos_ == "VERB"), None)
        if verb is None or (token.dep_ == "poss" and not _harms_property(token, verb)):
            return frozenset()
        near = [subject.i for subject in subjects(verb)]
        if token.dep_ != "poss":
            parts = [part for index in near for part in self._doc[index].rights if part.dep_ == "acl"]
            near += [helper.i for part in parts for helper in _agents(part)]
        return frozenset(actor.key for index in near for actor in self.at(index))


def pronoun_kind(token: Token) -> str | None:
    """Return "he", "she", "it", "they" or "we" for a pronoun that may mean an actor, else None."""
    if token.lower_ in SPEAKERS_OWN:
        return "we"
    return PRONOUNS.get(token.lower_) if token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$"} else None


def _weight(token: Token) -> float:
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
    return {"nsubjpass": 4.5, "agent": 3.0, "dobj": 2.5, "ROOT": 3.0, "appos": 1.0}.get(head.dep_, 2.0)


def _clause_subjects(token: Token) -> dict[int, float]:
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


def _number(referent: Referent, kind: str) -> float:
    """Return how well a body fits the pronoun's number: people say "they" of troops, "it" of a government."""
    actor = referent.actor
    if actor.type is ActorType.MEDIA_OUTLET:
        return -4.0
    if kind != "they" or referent.plural or actor.type is ActorType.POPULATION:
        return 0.0
    return -1.0 if actor.type in ARMED else -3.0


def _agents(verb: Token) -> Iterator[Token]:
    for child in verb.rights:
        if child.dep_ == "agent":
            yield from (noun for noun in child.rights if noun.dep_ == "pobj")


def _harms_property(token: Token, verb: Token) -> bool:
    """Return whether the possessor suffers: "they engaged its hideouts", but not "they lost their base"."""
    owned = in_clause(token.head)
    own = any(child.lower_ == "own" for child in token.head.children)
    return owned.dep_ == "dobj" and owned.head.i == verb.i and "harm" in verb_senses(verb) and not own


def _inside(token: Token, heads: list[int]) -> bool:
    return any(ancestor.i in heads for ancestor in token.ancestors)


def _agrees(referent: Referent, kind: str) -> bool:
    person = referent.actor.type is ActorType.PERSON
    if kind in {"he", "she"}:
        return person and not referent.plural and referent.pronoun in {"", kind}
    if kind == "they":
        return not person or referent.plural
    return not person and referent.actor.type is not ActorType.POPULATION and not referent.plural


def _suits(actor: Actor, token: Token) -> float:
    """Return how well an actor fits what the pronoun's verb says: bodies of people flee, forces fire."""
    if token.dep_ not in {"nsubj", "poss"}:
        return 0.0
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


def _is_group(actor: Actor, kind: str) -> bool:
    if kind == "movement":
        return actor.type in {ActorType.ARMED_GROUP, ActorType.CIVIL_ORGANIZATION, ActorType.INTERNATIONAL_ORGANIZATION}
    return actor.type is ActorType.ARMED_GROUP


def _fit(actor: Actor, kind: str, worded: int) -> float:
    if worded:
        return 8.0
    kinds = group_kinds((actor.label, *actor.names))
    if kind in kinds:
        return 3.0
    if kind in {"movement", "militant"} or not kinds:
        return 1.0
    return -3.0


class Resolver:
    """Answers which actors a noun, a name or a pronoun means, from the mentions that were linked in a Doc."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention], places: Iterable[Mention] = ()) -> None:
        self._doc = doc
        self._actors = _by_head(doc, mentions)
        self._places = {
            token.i: mention.value
            for mention in places
            if isinstance(mention.value, Place)
            for token in _tokens(doc, mention)
        }

    def actors_of(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors that the phrase headed by a token means; more than one for "both sides".

        Looks through "part of", "hundreds of" and relative pronouns to what they stand for.
        """
        found = self._actors.get(token.i, ())
        if found:
            return found
        if token.lower_ in RELATIVE and token.tag_ in {"WP", "WDT", "WP$"}:
            antecedent = _antecedent(token)
            return self.actors_of(antecedent) if antecedent is not None else ()
        for child in token.rights:
            if (
                child.dep_ == "prep"
                and child.lower_ == "of"
                and (is_quantity(token) or token.lower_ in words_of("part"))
            ):
                for inner in child.rights:
                    if inner.dep_ == "pobj" and inner.i != token.i:
                        return self.actors_of(inner)
        return ()

    def actor_of(self, token: Token) -> Actor | None:
        """Return the actor that the phrase headed by a token means, or None."""
        return next(iter(self.actors_of(token)), None)

    def place_at(self, token: Token) -> Place | None:
        """Return the place whose name holds a token, or None."""
        return self._places.get(token.i)


def _antecedent(token: Token) -> Token | None:
    node = token
    while node.head.i != node.i:
        if node.dep_ in {"relcl", "acl"}:
            return node.head if node.head.i < token.i else None
        node = node.head
    return None


def _tokens(doc: Doc, mention: Mention) -> Iterator[Token]:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return iter(span if span is not None else ())


def _by_head(doc: Doc, mentions: Iterable[Mention]) -> dict[int, tuple[Actor, ...]]:
    """Return the actors by token: a phrase's own for its head, a name's for each of its words that head no phrase."""
    heads: dict[int, list[Actor]] = {}
    words: dict[int, tuple[int, Actor]] = {}
    for mention in mentions:
        if mention.kind is not MentionKind.ACTOR or not isinstance(mention.value, Actor):
            continue
        tokens = list(_tokens(doc, mention))
        if not tokens:
            continue
        head = doc[tokens[0].i : tokens[-1].i + 1].root
        known = heads.setdefault(head.i, [])
        if mention.value not in known:
            known.append(mention.value)
        for token in tokens:
            if token.i not in words or len(tokens) < words[token.i][0]:
                words[token.i] = (len(tokens), mention.value)
    found: dict[int, tuple[Actor, ...]] = {index: (actor,) for index, (_, actor) in words.items()}
    found.update({index: tuple(actors) for index, actors in heads.items()})
    return found
