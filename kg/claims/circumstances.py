"""Reads where and when the event of a draft happened, from its clause, else its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from kg.claims.cues import is_speech
from kg.claims.events import Draft
from kg.claims.fillers import Fillers
from kg.claims.predicates import light_verb
from kg.model import Mention, Period, Place, PlaceType

__all__ = ["MOVEMENTS", "Calendar", "clause_head", "where"]

MOVEMENTS = frozenset(
    ["Advance", "Withdrawal", "BorderCrossing", "Deployment", "Displacement", "Evacuation", "AidDelivery"]
)
# What parties agree on or threaten is seldom where the other things of the sentence are.
HELD = frozenset(["Negotiation", "Agreement", "Sanction", "Threat", "Release"])
LOCATING = frozenset(
    {
        *(
            "across",
            "along",
            "around",
            "at",
            "beside",
            "between",
            "in",
            "inside",
            "near",
            "off",
            "on",
            "outside",
            "over",
        ),
        *("over", "throughout", "within", "north", "south", "east", "west"),
    }
)
NOMINAL = frozenset(["nsubj", "nsubjpass", "dobj"])
CLAUSAL = frozenset(["advcl", "conj", "xcomp", "acl", "pcomp"])


def clause_head(draft: Draft) -> Token:
    """Return the head of the clause that makes a claim: the trigger, or the verb that carries it."""
    if draft.trigger.pos_ in {"VERB", "AUX"}:
        return draft.trigger
    carrier = light_verb(draft.trigger)
    if carrier is None and draft.trigger.dep_ in {"nsubj", "nsubjpass"} and not is_speech(draft.trigger.head):
        carrier = draft.trigger.head
    return carrier or draft.trigger


def where(
    draft: Draft, fillers: Fillers, others: Mapping[int, Draft]
) -> tuple[Place | None, Place | None, Place | None]:
    """Return location, origin and destination of a draft, each None where the text gives none.

    `others` are the report's drafts by the token number of their triggers: a clause that hangs on another's happens
    where that one does.
    """
    origin, destination = draft.origin, draft.destination
    if draft.event_class in MOVEMENTS:
        location = destination or draft.place or origin
        if location is None:
            location = _situated(draft, fillers, others)
        return location, origin, destination
    return draft.place or _situated(draft, fillers, others), None, None


def _situated(draft: Draft, fillers: Fillers, others: Mapping[int, Draft]) -> Place | None:
    held = draft.event_class in HELD
    functions = {"in", "at", "near", "outside"} if held else LOCATING
    located = [fillers.place(argument.token) for argument in draft.arguments if argument.function in functions]
    narrowest = _narrowest([place for place in located if place is not None])
    if narrowest is not None:
        return narrowest
    for argument in () if held else draft.arguments:
        if argument.function in {"object", "of", "against", "on", "to", "from", "compound", "subject"}:
            if argument.function in {"subject", "compound"} and fillers.actor(argument.token) is not None:
                place = _held_in(argument.token, fillers)
            elif argument.function == "compound":
                place = fillers.named_place(argument.token)
                place = None if place is not None and place.type is PlaceType.COUNTRY else place
            else:
                place = fillers.place(argument.token) or _held_in(argument.token, fillers)
            if place is not None:
                return place
    for node in _governors(draft):
        governing = others.get(node.i)
        if governing is not None and governing is not draft and (place := governing.destination or governing.place):
            return place
        narrowest = _narrowest(
            [place for child in node.children if (place := _adjunct_place(child, fillers)) is not None]
        )
        if narrowest is not None:
            return narrowest
    return None if held else _in_sentence(draft, fillers)


def _narrowest(places: Sequence[Place]) -> Place | None:
    """Return the first of the places that contains none of the others."""
    for place in places:
        if not any(_lies_within(other, place) for other in places if other.key != place.key):
            return place
    return None


def _lies_within(inner: Place, outer: Place) -> bool:
    place = inner.within
    while place is not None:
        if place.key == outer.key:
            return True
        place = place.within
    return False


def _held_in(noun: Token, fillers: Fillers) -> Place | None:
    for child in noun.children:
        place = _adjunct_place(child, fillers)
        if place is not None:
            return place
    return None


def _adjunct_place(child: Token, fillers: Fillers) -> Place | None:
    if child.dep_ == "prep" and child.lower_ in LOCATING:
        for inner in child.children:
            if inner.dep_ == "pobj" and (place := fillers.place(inner)) is not None:
                return place
    if child.dep_ == "advmod" and child.lower_ in {"there", "here"}:
        return fillers.place(child)
    return None


def _governors(draft: Draft) -> Iterator[Token]:
    node = clause_head(draft)
    if node.pos_ not in {"VERB", "AUX"}:
        # A noun that is an argument happens where its verb happens, unless that verb reports speech.
        while node.head.i != node.i and node.pos_ not in {"VERB", "AUX"}:
            node = node.head
            if node.dep_ in {"relcl"}:
                break
        if node.pos_ in {"VERB", "AUX"} and not is_speech(node):
            yield node
    else:
        yield node
    while (node.dep_ in CLAUSAL or (node.dep_ in NOMINAL and node.pos_ in {"NOUN", "PROPN"})) and node.head.i != node.i:
        node = node.head
        if is_speech(node):
            return
        if node.pos_ in {"VERB", "AUX"}:
            yield node


def _in_sentence(draft: Draft, fillers: Fillers) -> Place | None:
    sentence = draft.trigger.sent
    nearest: tuple[int, Place] | None = None
    for token in sentence:
        if token.dep_ != "pobj" or token.head.lower_ not in LOCATING:
            continue
        place = fillers.named_place(token)
        if place is None or is_speech(token.head.head):
            continue
        distance = abs(token.i - draft.trigger.i)
        if nearest is None or distance < nearest[0]:
            nearest = (distance, place)
    return nearest[1] if nearest is not None else None


class Calendar:
    """The date mentions of one Doc, each hung on the words that it may date."""

    def __init__(self, doc: Doc, dates: tuple[Mention, ...]) -> None:
        self._dated: list[tuple[tuple[Token, ...], Period, int]] = []
        for mention in dates:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None and isinstance(mention.value, Period):
                self._dated.append((_hooks(span.root, span.start, span.end), mention.value, span.start))

    def of(self, draft: Draft) -> Period | None:
        """Return the period that the text gives for a draft's event, or None."""
        for node in _temporal_path(draft):
            hits = [
                (abs(at - draft.trigger.i), at, period)
                for hooks, period, at in self._dated
                if any(hook.i == node.i for hook in hooks)
            ]
            if hits:
                return min(hits, key=lambda hit: hit[:2])[2]
        return self._opening(draft)

    def _opening(self, draft: Draft) -> Period | None:
        """A date that opens the sentence holds for all that is told in it."""
        sentence = draft.trigger.sent
        for hooks, period, at in self._dated:
            if sentence.start <= at <= sentence.start + 2 and at < draft.trigger.i and not is_speech(hooks[-1]):
                return period
        return None


def _hooks(root: Token, start: int, end: int) -> tuple[Token, ...]:
    """Return the nouns above a date up to the first verb, and that verb: what the date may be the date of."""
    hooks = []
    node = root
    while node.head.i != node.i:
        node = node.head
        if start <= node.i < end or node.pos_ in {"ADP", "SCONJ", "ADV", "NUM", "PART"}:
            continue
        hooks.append(node)
        if node.pos_ in {"VERB", "AUX"}:
            break
    return tuple(hooks) or (root,)


def _temporal_path(draft: Draft) -> Iterator[Token]:
    yield draft.trigger
    head = clause_head(draft)
    if head.i != draft.trigger.i:
        yield head
    node = head
    while node.head.i != node.i:
        below, node = node, node.head
        if is_speech(node) or below.dep_ in {"relcl", "ccomp", "csubj", "parataxis"}:
            return
        if (
            node.pos_ in {"VERB", "AUX"}
            and below.dep_ == "conj"
            and any(child.dep_ in {"nsubj", "nsubjpass"} for child in below.children)
        ):
            return
        yield node
