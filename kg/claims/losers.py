"""Finds who lost a place that a clause says was taken, where it does not say from whom but the report does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.claims.role_words import words_of
from kg.language.clauses import prepositional
from kg.language.lemmas import lemma_of
from kg.model import GROUP_OF, Actor, ActorType, Claim, Period, Place, Stance

__all__ = ["with_losers"]

FIGHTING = frozenset(["ArmedEvent", "TerritorialEvent"])
ARMED = frozenset([ActorType.ARMED_GROUP, ActorType.STATE_FORCES])


def with_losers(claims: Sequence[tuple[Token, Claim]]) -> tuple[tuple[Token, Claim], ...]:
    """Return the claims, given with their triggers, with the loser of each place that is taken and is said to be held.

    Who is dated to have taken the place before, held it; of what is retaken anybody else who took it, and where nobody
    did, the one whom the report tells most often to have fought the taker.
    """
    told = [claim for _, claim in claims]
    return tuple((trigger, _with_loser(trigger, claim, told)) for trigger, claim in claims)


def _with_loser(trigger: Token, claim: Claim, told: Sequence[Claim]) -> Claim:
    if claim.event_class != "Capture" or claim.target or not claim.initiator:
        return claim
    if any(function == "from" for function, _ in prepositional(trigger)):
        # It does say from whom, though nobody knows them.
        return claim
    taker = {actor.key for actor in claim.initiator}
    friends = taker | {actor.key for actor in claim.supporter}
    retaken = lemma_of(trigger) in words_of("retaking")
    loser = next((held for held in _holders(claim, told, retaken) if held.key not in friends), None)
    found_in = "who had taken the place before"
    if loser is None and retaken:
        fought = Counter(enemy for enemy in _enemies(taker, told) if enemy.key not in friends)
        loser = fought.most_common(1)[0][0] if fought else None
        found_in = "whom the report tells to have fought the taker"
    if loser is None:
        return claim
    return replace(claim, target=(loser,), reading=(*claim.reading, f"target: {loser.label}, {found_in}"))


def _holders(claim: Claim, told: Sequence[Claim], retaken: bool) -> Iterator[Actor]:
    """Yield who took the same place before, those told nearest first: of a place that is retaken, anybody else."""
    taken = [
        other
        for other in told
        if other.event_class == "Capture"
        and other.stance is Stance.AFFIRMED
        and _at_one_place(claim.location, other.location)
    ]
    for other in sorted(taken, key=lambda other: abs(other.start - claim.start)):
        if retaken or _is_before(other.period, claim.period):
            yield from (actor for actor in other.initiator if actor.type in ARMED)


def _is_before(one: Period | None, other: Period | None) -> bool:
    return one is not None and other is not None and one.latest < other.earliest


def _at_one_place(one: Place | None, other: Place | None) -> bool:
    return one is not None and other is not None and one.key == other.key


def _enemies(side: set[str], told: Sequence[Claim]) -> Iterator[Actor]:
    """Yield the armed actors on the other side of each fight that somebody of a side is in."""
    for claim in told:
        if GROUP_OF.get(claim.event_class) not in FIGHTING:
            continue
        battle = claim.event_class == "Battle" and not claim.target
        sides = (
            ((claim.initiator, claim.initiator),)
            if battle
            else ((claim.initiator, claim.target), (claim.target, claim.initiator))
        )
        for own, others in sides:
            if side & {actor.key for actor in own}:
                yield from (actor for actor in others if actor.type in ARMED and actor.key not in side)
