"""Says what the filler of an argument means: which actor, which place, whose property."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Protocol

from spacy.tokens import Doc, Token

from kg import lexicon
from kg.claims.cues import is_speech
from kg.language.texts import sentence_of
from kg.model import Actor, ActorType, Mention, MentionKind, Place, PlaceType
from kg.names.spelling import slug

__all__ = ["Fillers", "sets_scene"]

LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "of",
        "around",
        "outside",
        "inside",
        "on",
        "from",
        "within",
        "across",
        "along",
        "between",
        "to",
    ]
)
ANAPHORIC_ADVERBS = frozenset(["there", "here"])


HELD = frozenset(["control", "controlled", "held", "hold", "occupied", "occupy", "own", "owned", "run"])


@cache
def _assets() -> dict[str, str]:
    return {row["noun"]: row["kind"] for row in lexicon.rows("assets")}


@cache
def _property() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("phrase_words") if row["sense"] == "property")


class States(Protocol):
    """Gives the bodies of a state by its country code."""

    def forces(self, code: str) -> Actor:
        """Return a state's armed forces."""

    def government(self, code: str) -> Actor:
        """Return a state's government."""


class Fillers:
    """The linked mentions of one Doc, asked by token.

    `people` stands for those of whom only the number is given. `anaphor` gives the place that "the town" or "there"
    means: head word, offset, and the mentions before it. `states` gives the bodies of a country that acts by its name.
    """

    def __init__(
        self,
        doc: Doc,
        actors: tuple[Mention, ...],
        places: tuple[Mention, ...],
        anaphor: Callable[[str, int], Place | None],
        people: Actor,
        states: States | None = None,
    ) -> None:
        self.doc = doc
        self.states = states
        self.people = people
        self.anaphor = anaphor
        self.actor_mentions = _by_token(doc, actors)
        self.place_mentions = _by_token(doc, places)
        self.place_spans = tuple(mention for mention in places if mention.value is not None)

    def actor(self, token: Token) -> Actor | None:
        """Return the actor that a noun phrase with this head denotes, or None."""
        mention = _best(self.actor_mentions.get(token.i, ()), token)
        return mention.value if mention is not None and isinstance(mention.value, Actor) else None

    def actors(self, token: Token) -> tuple[Actor, ...]:
        """Return the actor of a noun phrase, or of the force whose asset it is ("rebel positions"), or nothing."""
        own = self._all(token)
        if own and not all(_described(actor) for actor in own):
            return own
        for child in token.children:
            if child.dep_ == "appos" and (named := self.actor(child)) is not None:
                return (named,)
        if own:
            return own
        if _assets().get(token.lemma_.lower()) == "force":
            return self.owners(token)
        for child in token.children:
            people = self.actor(child) if child.dep_ in {"amod", "compound", "nmod"} else None
            if people is not None and people.type is ActorType.POPULATION and token.lemma_.lower() in _property():
                return (people,)
        if (
            token.lemma_.lower()
            in {"part", "member", "group", "number", "some", "hundred", "thousand", "dozen", "score"}
            or token.pos_ == "NUM"
        ):
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ == "of":
                    for inner in child.children:
                        if inner.dep_ == "pobj":
                            return self.actors(inner)
        return ()

    def state(self, token: Token, *, armed: bool) -> Actor | None:
        """Return the forces or the government of a country whose name stands before a noun: "U.S. strikes"."""
        place = self.named_place(token)
        if self.states is None or place is None or place.type is not PlaceType.COUNTRY or place.country_code is None:
            return None
        return self.states.forces(place.country_code) if armed else self.states.government(place.country_code)

    def is_asset(self, token: Token) -> bool:
        """Return whether a noun is what a force has, not the force: posts, tanks, a base."""
        return token.lemma_.lower() in _assets()

    def _all(self, token: Token) -> tuple[Actor, ...]:
        """Return all actors of the phrase that best fits a token: "the two sides" are two."""
        mentions = self.actor_mentions.get(token.i, ())
        best = _best(mentions, token)
        if best is None:
            return ()
        same = (m.value for m in mentions if (m.start, m.end) == (best.start, best.end))
        return tuple(actor for actor in same if isinstance(actor, Actor))

    def holders(self, token: Token) -> tuple[Actor, ...]:
        """Return who is said to hold a place: "the rebels' stronghold", "the IS-held town"."""
        for child in token.children:
            if (holder := self._holder(child)) is not None:
                return (holder,)
            if child.dep_ in {"amod", "poss", "compound", "nmod"} and (owner := self.actor(child)) is not None:
                return (owner,)
            if child.dep_ == "prep" and child.lower_ == "of":
                for inner in child.children:
                    if inner.dep_ == "pobj" and (found := self.holders(inner)):
                        return found
            if child.dep_ == "acl" and child.lemma_ in {"hold", "control", "seize", "occupy", "capture"}:
                for agent in (a for a in child.children if a.dep_ == "agent"):
                    for inner in agent.children:
                        if inner.dep_ == "pobj" and (owner := self.actor(inner)) is not None:
                            return (owner,)
        return ()

    def _holder(self, word: Token) -> Actor | None:
        """Return who holds what a compound such as "rebel-held" or "army-controlled" says to be held."""
        if word.dep_ not in {"amod", "compound"} or word.lemma_.lower() not in HELD:
            return None
        return next((actor for child in word.children if (actor := self.actor(child)) is not None), None)

    def owners(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors to whom a thing is said to belong: possessive, modifier, "of" and "held by"."""
        own = self.actor(token)
        if own is not None and self.is_asset(token):
            return (own,)
        for child in token.children:
            if child.dep_ in {"poss", "compound", "amod", "nmod"}:
                owner = self.actor(child) or self._holder(child)
                if owner is not None:
                    return (owner,)
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                for inner in child.children:
                    if inner.dep_ == "pobj" and (found := self.actors(inner)):
                        return found
            if child.dep_ == "acl" and child.tag_ == "VBN":
                for agent in (a for a in child.children if a.dep_ == "agent"):
                    for inner in agent.children:
                        if inner.dep_ == "pobj" and (owner := self.actor(inner)) is not None:
                            return (owner,)
        return ()

    def place(self, token: Token) -> Place | None:
        """Return the place that a noun phrase names, stands for, or lies in; None where it is an actor or neither."""
        named = self.named_place(token)
        if named is not None:
            # "Paris called on Bamako": a capital that acts or is spoken to is its government, not where.
            return named if self.actor(token) is None or _locates(token) else None
        if token.lower_ in ANAPHORIC_ADVERBS and token.dep_ in {"advmod", "pcomp", "pobj"}:
            return self.anaphor(token.lower_, token.idx)
        for child in token.children:
            if child.dep_ in {"appos", "compound", "nmod"} or (child.dep_ == "poss" and self.actor(child) is None):
                near = self.named_place(child)
                # "U.S. strikes" are whose they are, not where.
                if near is not None and (child.dep_ == "appos" or near.type is not PlaceType.COUNTRY):
                    return near
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in LOCATIVE:
                for inner in child.children:
                    if inner.dep_ == "pobj" and (near := self.place(inner)) is not None:
                        return near
        if any(
            child.dep_ == "det" and child.lower_ in {"the", "that", "this", "both"} for child in token.children
        ) or any(child.dep_ == "poss" for child in token.children):
            return self.anaphor(token.lemma_.lower(), token.idx)
        return None

    def unknown_place(self, token: Token) -> Place | None:
        """Return a place made of a name that stands where only a place can stand and that nothing else knows."""
        if token.ent_type_ == "PERSON" or self.actor_mentions.get(token.i):
            return None
        return self.ground(token)

    def ground(self, token: Token) -> Place | None:
        """Return a place made of a name that can only be one, though it may look like somebody's: "overran al-Amin"."""
        known = self.actor(token)
        if token.pos_ != "PROPN" or (known is not None and not (known.unresolved and known.type is ActorType.PERSON)):
            return None
        first = token.i
        while (
            first > sentence_of(token).start
            and token.doc[first - 1].pos_ == "PROPN"
            and token.doc[first - 1].head.i == token.i
        ):
            first -= 1
        last = token.i + 1
        if last < sentence_of(token).end and token.doc[last].pos_ == "NUM" and token.doc[last].head.i == token.i:
            last += 1
        label = token.doc[first:last].text
        return Place(key=slug(label), label=label, type=PlaceType.SETTLEMENT, unresolved=True)

    def named_place(self, token: Token) -> Place | None:
        """Return the place whose name covers a token."""
        mention = _best(self.place_mentions.get(token.i, ()), token)
        return mention.value if mention is not None and isinstance(mention.value, Place) else None


def _described(actor: Actor) -> bool:
    return actor.unresolved and actor.label[:1].islower()


def _locates(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in LOCATIVE | {"into", "through", "towards"} - {"on"}


def sets_scene(doc: Doc, place: Mention) -> bool:
    """Return whether "there" may mean a place: not the place where somebody speaks, nor a part of a name."""
    span = doc.char_span(place.start, place.end, alignment_mode="expand")
    if span is None:
        return False
    root = span.root
    if root.dep_ in {"compound", "nmod", "amod"}:
        return False
    while root.dep_ == "conj" and root.head.pos_ in {"NOUN", "PROPN"}:
        root = root.head
    if any(above.dep_ == "appos" for above in root.ancestors):
        return False  # "Ghazni, a city on the highway to Kabul": it only says where the other place lies
    node = root
    # "The way to the towns of Beni and Butembo", "from a position near Chebaa": where one goes or comes from.
    while node.dep_ == "pobj" and node.head.lower_ in {"of", "near"} and node.head.head.pos_ in {"NOUN", "PROPN"}:
        node = node.head.head
    if node.dep_ == "pobj" and node.head.lower_ in {"to", "from", "for"}:
        return False
    return not (root.dep_ == "pobj" and root.head.head.pos_ == "VERB" and is_speech(root.head.head))


def _by_token(doc: Doc, mentions: tuple[Mention, ...]) -> dict[int, tuple[Mention, ...]]:
    table: dict[int, list[Mention]] = {}
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None:
            continue
        for token in span:
            table.setdefault(token.i, []).append(mention)
    return {key: tuple(found) for key, found in table.items()}


def _best(mentions: tuple[Mention, ...], token: Token) -> Mention | None:
    fitting = [m for m in mentions if _is_head(m, token)]
    return min(fitting, key=lambda m: m.end - m.start, default=None)


def _is_head(mention: Mention, token: Token) -> bool:
    """A token stands for a mention when no other token of the mention is above it, or when it ends the name."""
    above = token.head
    inside = above.i != token.i and mention.start <= above.idx < mention.end
    last = token.idx + len(token) >= mention.end
    return not inside or (last and mention.kind is MentionKind.PLACE)
