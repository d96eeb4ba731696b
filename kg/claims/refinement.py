"""Says of which class a deed is from the weapon used, from who detains whom, and from who is driven out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from kg import lexicon
from kg.claims.drafts import Draft
from kg.claims.role_words import words_of
from kg.language.lemmas import lemma_of
from kg.model import ActorType, PlaceType

__all__ = ["by_authority", "can_act", "refined"]

AUTHORITIES = frozenset([ActorType.STATE_FORCES, ActorType.GOVERNMENT, ActorType.INTERNATIONAL_ORGANIZATION])
ARMED = frozenset([ActorType.STATE_FORCES, ActorType.ARMED_GROUP])


def can_act(trigger: Token) -> bool:
    """A noun within a compound names no event, nor does a weapon that only lies about: it must do something.

    "The occupied town" says how things stand.
    """
    if trigger.pos_ == "VERB":
        return trigger.dep_ != "amod" or lemma_of(trigger) not in words_of("standing")
    if trigger.dep_ == "compound" and trigger.head.pos_ in {"NOUN", "PROPN"}:
        return False
    if not any(name in _instruments() for name in _names(trigger)):
        return True
    above = trigger.head
    if trigger.dep_ in {"nsubj", "nsubjpass"}:
        return above.lemma_ not in {"be", "have", "include"}
    if trigger.dep_ == "dobj":
        return above.lemma_ in words_of("wielding")
    if trigger.dep_ != "pobj":
        return False
    return above.head.lemma_ == "use" or (
        above.head.pos_ == "VERB" and above.lower_ in {"by", "in", "with", "under", "from"}
    )


def refined(draft: Draft) -> Draft:
    """Return the draft with its class from the weapon used, or from who detains whom."""
    event_class = draft.event_class
    if event_class in {"Attack", "Shelling", "Bombing", "AirStrike"} and draft.row.frame in {
        "strike",
        "kill",
        "explode",
    }:
        table = _instruments()
        weapons = [table[name] for token in _instrument_tokens(draft) for name in _names(token) if name in table]
        own = [table[name] for name in _names(draft.trigger) if name in table]
        if weapons and not (own and draft.trigger.pos_ == "NOUN" and event_class != "Attack"):
            best = min(weapons)
            if (
                event_class == "Attack"
                or best[0] < {"AirStrike": 1}.get(event_class, 99)
                or best[1] in {"AirStrike", "ChemicalAttack"}
            ):
                event_class = best[1]
        elif event_class == "AirStrike" and lemma_of(draft.trigger) == "bomb" and _without_aircraft(draft):
            event_class = "Bombing"
    elif event_class == "Advance" and any(
        argument.function in {"across", "over"} and lemma_of(argument.token) in {"border", "frontier"}
        for argument in draft.arguments
    ):
        event_class = "BorderCrossing"
    elif event_class == "Withdrawal" and draft.trigger.pos_ == "VERB" and _leaves_home(draft):
        freed = all(lemma_of(a.token) in _prisoners() for a in draft.arguments if a.function == "subject")
        return replace(
            draft,
            event_class="Release" if freed else "Displacement",
            initiator=(),
            target=draft.initiator,
            place=draft.place or draft.origin if freed else draft.place,
            row=replace(draft.row, measure="released" if freed else "displaced"),
        )
    elif event_class == "Evacuation" and _armed(draft):
        return replace(
            draft,
            event_class="Deployment",
            initiator=draft.target,
            target=(),
            counted=None,
            row=replace(draft.row, measure=""),
        )
    elif event_class == "BorderCrossing" and _fords(draft):
        event_class = "Advance"
    elif event_class == "Displacement" and _beaten(draft):
        return replace(draft, event_class="Capture", counted=None, row=replace(draft.row, measure=""))
    elif _driven(draft):
        return replace(draft, event_class="Displacement", row=replace(draft.row, measure="displaced"))
    elif event_class in {"Arrest", "Abduction"} and draft.row.frame == "detain":
        kinds = {actor.type for actor in draft.initiator}
        if (
            event_class == "Arrest"
            and ActorType.ARMED_GROUP in kinds
            and not kinds & AUTHORITIES
            and lemma_of(draft.trigger) not in {"arrest", "detain"}
        ):
            return replace(draft, event_class="Abduction", row=replace(draft.row, measure="abducted"))
    return replace(draft, event_class=event_class) if event_class != draft.event_class else draft


def _without_aircraft(draft: Draft) -> bool:
    """Groups and persons have no air force: what they bomb, they bomb from the ground."""
    return bool(draft.initiator) and all(
        actor.type in {ActorType.ARMED_GROUP, ActorType.PERSON} for actor in draft.initiator
    )


def by_authority(draft: Draft) -> Draft:
    """Where a word is used of both, an authority arrests and anybody else abducts: "seized two men"."""
    if draft.event_class not in {"Arrest", "Abduction"}:
        return draft
    soldiers = bool(draft.target) and all(actor.type is ActorType.STATE_FORCES for actor in draft.target)
    unsaid = not draft.initiator and lemma_of(draft.trigger) == "capture" and not soldiers
    by_authority = unsaid or any(actor.type in AUTHORITIES for actor in draft.initiator)
    if not draft.initiator and any(_is_official(a.token) for a in draft.arguments if a.function == "subject"):
        # "By riot police": an authority they are, though the text does not say of which country.
        by_authority = True
    measure = "detained" if by_authority else "abducted"
    return replace(
        draft, event_class="Arrest" if by_authority else "Abduction", row=replace(draft.row, measure=measure)
    )


@cache
def _officials() -> frozenset[str]:
    return frozenset(row["noun"] for row in lexicon.rows("force_nouns") if row["use"] in {"body", "member"})


def _is_official(token: Token) -> bool:
    return lemma_of(token) in _officials()


@cache
def _prisoners() -> frozenset[str]:
    return frozenset(row["noun"] for row in lexicon.rows("population_nouns") if row["population"] == "prisoners")


def _leaves_home(draft: Draft) -> bool:
    """Whether it is people, not fighters, who leave a place."""
    return (
        lemma_of(draft.trigger) in words_of("leaving")
        and bool(draft.initiator)
        and all(actor.type is ActorType.POPULATION for actor in draft.initiator)
    )


def _armed(draft: Draft) -> bool:
    """Whether it is able fighters who are flown somewhere, not the wounded among them."""
    if draft.destination is None or not draft.target or draft.trigger.pos_ != "VERB":
        return False
    moved = [a.token for a in draft.arguments if a.function == "object"]
    if any(a.function == "for" and lemma_of(a.token) in words_of("cure") for a in draft.arguments):
        return False
    return all(actor.type in ARMED for actor in draft.target) and not any(
        word.lower_ in words_of("injured") for token in moved for word in token.children
    )


def _fords(draft: Draft) -> bool:
    """Whether it is a river that forces cross: within a country that is an advance."""
    places = (draft.place, draft.destination)
    natural = any(place is not None and place.type is PlaceType.NATURAL_FEATURE for place in places)
    return natural and bool(draft.initiator) and all(actor.type in ARMED for actor in draft.initiator)


def _driven(draft: Draft) -> bool:
    """Whether it is people, not fighters, who are driven from or into a place."""
    return (
        draft.row.frame == "expel" and bool(draft.target) and all(a.type is ActorType.POPULATION for a in draft.target)
    )


def _beaten(draft: Draft) -> bool:
    """Whether it is fighters who are driven out by others, who then hold the place."""
    driven = draft.row.frame == "displace" and "out" in draft.row.particles and bool(draft.target)
    return driven and bool(draft.initiator) and all(actor.type in ARMED for actor in (*draft.target, *draft.initiator))


@cache
def _instruments() -> dict[str, tuple[int, str]]:
    return {row["noun"]: (int(row["rank"]), row["class"]) for row in lexicon.rows("instruments")}


def _instrument_tokens(draft: Draft) -> Iterator[Token]:
    for argument in draft.arguments:
        if argument.function in {"subject", "object", "with", "from", "by", "using", "of", "compound"}:
            yield argument.token
            if argument.function == "object":
                yield from (c for c in argument.token.children if c.dep_ == "compound")
    for child in draft.trigger.children:
        if child.dep_ in {"advcl", "prep"} and child.lower_ == "using":
            yield from (c for c in child.children if c.dep_ in {"dobj", "pobj"})


def _names(token: Token) -> tuple[str, ...]:
    own = lemma_of(token)
    if token.i == 0:
        return (own,)
    return (f"{lemma_of(token.nbor(-1))} {own}", own)
