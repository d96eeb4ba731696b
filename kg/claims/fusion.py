"""Joins claims that describe one occurrence into events, and derives each event's status from all its claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from kg import lexicon
from kg.model import Actor, ActorType, Claim, Event, Period, Place, PlaceType, Stance, Status

__all__ = ["fuse", "status_of"]

STATE = frozenset([ActorType.STATE_FORCES, ActorType.GOVERNMENT])
DEEDS = frozenset(["Attack", "AirStrike", "Shelling", "Bombing", "ChemicalAttack"])
# Characters within which a claim without a place still speaks of the same occurrence: about two sentences.
NEAR = 400
# Characters within which "the attack", or the same place without a date, still means what was told last.
FAR = 1200
# How many words may stand between such a word and the trigger: "these two deadly air strikes".
BETWEEN = {"again": 2, "further": 3}


def fuse(claims: Sequence[Claim]) -> tuple[Event, ...]:
    """Return the events that the claims of one report describe, in the order of their first claims."""
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda c: (c.start, c.trigger_start, c.event_class)):
        fitting = [
            group
            for group in groups
            if _same(claim, group[0]) and sum(_same(claim, other) for other in group) * 2 >= len(group)
        ]
        if fitting:
            max(reversed(fitting), key=lambda group: max(_closeness(claim, other) for other in group)).append(claim)
        else:
            groups.append([claim])
    return tuple(_event(tuple(group)) for group in groups)


def status_of(stances: Iterable[Stance]) -> Status:
    """Return how an event stands when its claims have these stances.

    >>> status_of([Stance.AFFIRMED, Stance.DENIED])
    <Status.DISPUTED: 'Disputed'>
    """
    found = set(stances)
    if Stance.DENIED in found:
        return Status.DENIED if found == {Stance.DENIED} else Status.DISPUTED
    if Stance.AFFIRMED in found:
        return Status.ASSERTED
    return Status.UNCONFIRMED if Stance.UNCERTAIN in found else Status.PLANNED


def _same(one: Claim, other: Claim) -> bool:
    """Whether two claims of a report may describe one occurrence: nothing said in one contradicts the other."""
    earlier, later = sorted((one, other), key=lambda c: (c.start, c.trigger_start))
    if not _one_kind(one.event_class, other.event_class) or _is_further(later) or _differ_in_scene(one, other):
        return False
    again = _names_again(later, earlier) and later.start - earlier.start <= FAR
    if not again and not _one_scene(one, other):
        return False
    if one.period is not None and other.period is not None and not _overlap(one.period, other.period):
        return False
    if one.stance is not other.stance and Stance.PLANNED in {one.stance, other.stance} and not again:
        return False
    answered = Stance.DENIED in {one.stance, other.stance} and abs(one.start - other.start) <= NEAR
    if not _agree(one.target, other.target):
        return False
    if not (answered or _agree(one.initiator, other.initiator)):
        return False
    return not _figures_differ(one, other)


def _names_again(claim: Claim, earlier: Claim) -> bool:
    """Whether a claim's event is one that was told before: "the attack", "these strikes", "their assault".

    "The bombing of Sanaa" says where, as a first mention does.
    """
    if claim.location is not None and earlier.location is None and _is_named(claim):
        return False
    return _is_noun(claim) and _says(claim, "again")


def _is_noun(claim: Claim) -> bool:
    """Whether a trigger is a noun: "the attack", not "the army attacked"."""
    word = claim.trigger.lower().split()[-1]
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y")
    return any(form in _nouns() for form in forms)


@cache
def _nouns() -> frozenset[str]:
    return frozenset(row["lemma"].split()[-1] for row in lexicon.rows("triggers") if row["pos"] == "noun")


def _is_further(claim: Claim) -> bool:
    """Whether a claim's event is said to be one more: "a second strike", "then fired on"."""
    return _says(claim, "further")


def _says(claim: Claim, kind: str) -> bool:
    """Whether one of a kind of words stands shortly before a claim's trigger: "the attack", "a second attack"."""
    words = claim.quote[: claim.trigger_start - claim.start].lower().split()
    near: list[str] = []
    for word in reversed(words[-BETWEEN[kind] - 1 :]):
        if not word[-1:].isalnum():
            break
        near.append(word)
    return any(word in _mention_words(kind) for word in near)


@cache
def _mention_words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("mention_words") if row["class"] == kind)


def _differ_in_scene(one: Claim, other: Claim) -> bool:
    """Whether two places rule out one occurrence; that of a denial counts only where its words name it."""
    if one.location is None or other.location is None:
        return False
    if one.location.key == other.location.key:
        return False
    if _contains(one.location, other.location) or _contains(other.location, one.location):
        return one.event_class == "Capture" and _is_named(one) and _is_named(other)
    later = max(one, other, key=lambda c: (c.start, c.trigger_start))
    answers = later.stance is Stance.DENIED and abs(one.start - other.start) <= NEAR
    return not answers or all(_is_named(claim) for claim in (one, other) if claim.stance is Stance.DENIED)


def _is_named(claim: Claim) -> bool:
    """Whether a claim's own words name its place."""
    place = claim.location
    return place is not None and any(name in claim.quote for name in (place.label, *place.names))


def _closeness(one: Claim, other: Claim) -> int:
    """How surely two claims have one scene: the very same place, one within the other, or none named."""
    if one.location is None or other.location is None:
        return 0
    return 2 if one.location.key == other.location.key else 1


def _one_kind(one: str, other: str) -> bool:
    """A plain attack may be the strike or the bombing that another claim names."""
    return one == other or ("Attack" in {one, other} and {one, other} <= DEEDS)


def _one_scene(one: Claim, other: Claim) -> bool:
    """The same place, one within the other, or, where one has none, claims that stand close and share an actor."""
    apart = abs(one.start - other.start)
    near = apart <= NEAR
    if one.location is not None and other.location is not None:
        dated = one.period is not None and other.period is not None
        return near or (one.location.key == other.location.key and (dated or apart <= FAR))
    if not near:
        return False
    if Stance.DENIED in {one.stance, other.stance} or _is_bare(one) or _is_bare(other):
        return True
    if not (one.initiator or one.target) or not (other.initiator or other.target):
        return True
    return _shared(one.initiator, other.initiator) or _shared(one.target, other.target)


def _is_bare(claim: Claim) -> bool:
    """Whether a claim says no more than that it happened, as a headline does: "rockets hit base"."""
    return not (claim.initiator or claim.target or claim.location or claim.figures)


def _contains(outer: Place, inner: Place) -> bool:
    place: Place | None = inner
    while place is not None:
        if place.key == outer.key:
            return True
        place = place.within if outer.type is not PlaceType.COUNTRY else None
    return False


def _shared(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    return bool({a.key for a in one} & {a.key for a in other})


def _overlap(one: Period, other: Period) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _agree(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    return not one or not other or any(_akin(a, b) for a in one for b in other)


def _akin(one: Actor, other: Actor) -> bool:
    """Whether two names may mean one party: the same actor, two bodies of one state, a group and its description."""
    if one.key == other.key or one in other.member_of or other in one.member_of:
        return True
    if one.type in STATE and other.type in STATE and one.country is not None and other.country is not None:
        return one.country.key == other.country.key
    return one.type is other.type and (_is_description(one) or _is_description(other))


def _is_description(actor: Actor) -> bool:
    return actor.unresolved and actor.label[:1].islower()


def _figures_differ(one: Claim, other: Claim) -> bool:
    counts = {figure.measure: (figure.minimum, figure.maximum) for figure in one.figures}
    return any(counts.get(f.measure, (f.minimum, f.maximum)) != (f.minimum, f.maximum) for f in other.figures)


def _event(claims: tuple[Claim, ...]) -> Event:
    first = claims[0]
    standing = [c for c in claims if c.stance is Stance.AFFIRMED] or list(claims)
    location = next((c.location for c in claims if c.location is not None), None)
    period = _narrowest([c.period for c in standing if c.period is not None])
    event_class = next((c.event_class for c in claims if c.event_class != "Attack"), first.event_class)
    identity = f"{first.report}\n{first.start}-{first.end}\n{first.trigger_start}\n{event_class}"
    return Event(
        key=hashlib.sha256(identity.encode()).hexdigest()[:16],
        event_class=event_class,
        label=_label(event_class, location, period),
        status=status_of(c.stance for c in claims),
        claims=claims,
        initiator=_all(c.initiator for c in claims),
        target=_all(c.target for c in claims),
        supporter=_all(c.supporter for c in claims),
        location=location,
        origin=next((c.origin for c in claims if c.origin is not None), None),
        destination=next((c.destination for c in claims if c.destination is not None), None),
        period=period,
        figures=tuple(sorted({f for c in standing for f in c.figures}, key=_figure_order)),
    )


def _figure_order(figure: object) -> tuple[str, ...]:
    return (repr(figure),)


def _all(roles: Iterable[tuple[Actor, ...]]) -> tuple[Actor, ...]:
    found = {actor.key: actor for actors in roles for actor in actors}
    return tuple(found[key] for key in sorted(found))


def _narrowest(periods: list[Period]) -> Period | None:
    return min(periods, key=lambda p: (p.latest - p.earliest, p.earliest), default=None)


LABELS = {
    "AirStrike": "Air strike",
    "ChemicalAttack": "Chemical attack",
    "SexualViolence": "Sexual violence",
    "BorderCrossing": "Border crossing",
    "AidDelivery": "Aid delivery",
}


def _label(event_class: str, location: Place | None, period: Period | None) -> str:
    """A label in words: what, where, when, as "Siege of Huambo, 8 May 1993"."""
    words = LABELS.get(event_class, event_class)
    if location is not None:
        joint = (
            "of"
            if event_class in {"Siege", "Capture", "Shelling"}
            else "to"
            if event_class in {"AidDelivery"}
            else "in"
        )
        words += f" {joint} {location.label}"
    return f"{words}, {_days(period)}" if period is not None else words


def _days(period: Period) -> str:
    first, last = period.earliest, period.latest
    if first == last:
        return _day(first)
    return f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
