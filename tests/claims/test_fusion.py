"""Which claims of a report describe one occurrence, and how it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.claims.fusion import fuse, status_of
from kg.model import Actor, ActorType, Claim, Figure, Period, Place, PlaceType, Stance, Status

TOWN = Place(key="1", label="Gao", type=PlaceType.SETTLEMENT)
OTHER = Place(key="2", label="Kidal", type=PlaceType.SETTLEMENT)
ARMY = Actor(key="army", label="army", type=ActorType.STATE_FORCES)
REBELS = Actor(key="rebels", label="rebels", type=ActorType.ARMED_GROUP)
MAY = Period(date(2017, 5, 3), date(2017, 5, 3))
JUNE = Period(date(2017, 6, 3), date(2017, 6, 3))
CLAIM = Claim(
    report="r",
    event_class="Capture",
    stance=Stance.AFFIRMED,
    quote="the army captured Gao",
    start=0,
    end=21,
    trigger="captured",
    trigger_start=9,
    confidence=0.9,
    initiator=(ARMY,),
    location=TOWN,
)

PAIRS = [
    ({}, 1),
    ({"location": OTHER}, 2),
    ({"location": None}, 1),
    ({"location": None, "start": 900, "end": 921}, 2),
    ({"location": None, "initiator": ()}, 2),
    ({"event_class": "Siege"}, 2),
    ({"stance": Stance.DENIED}, 1),
    ({"stance": Stance.PLANNED}, 2),
    ({"initiator": ()}, 1),
    ({"initiator": (REBELS,)}, 2),
    ({"target": (REBELS,)}, 1),
    ({"period": MAY}, 1),
]


@pytest.mark.parametrize(("change", "events"), PAIRS)
def test_two_claims(change: dict[str, object], events: int) -> None:
    other = replace(CLAIM, **{"start": 50, "end": 71, "trigger_start": 59, **change})  # type: ignore[arg-type]
    assert len(fuse([CLAIM, other])) == events


def test_a_denial_answers_the_claim_before_it_though_it_names_another_doer() -> None:
    denial = replace(CLAIM, start=50, initiator=(REBELS,), stance=Stance.DENIED)
    assert len(fuse([CLAIM, denial])) == 1
    assert len(fuse([CLAIM, replace(denial, start=900)])) == 2


def test_a_plain_attack_may_be_the_bombing_that_another_claim_names() -> None:
    attack = replace(CLAIM, event_class="Attack")
    (event,) = fuse([attack, replace(attack, start=50, event_class="Bombing")])
    assert event.event_class == "Bombing"


def test_a_place_within_another_may_be_the_scene_of_one_event() -> None:
    district = replace(OTHER, within=TOWN)
    assert len(fuse([CLAIM, replace(CLAIM, start=50, location=district)])) == 1


def test_different_days_or_figures_are_different_events() -> None:
    may = replace(CLAIM, period=MAY)
    assert len(fuse([may, replace(may, start=50, period=JUNE)])) == 2
    five = replace(CLAIM, figures=(Figure("killed", 5, 5),))
    assert len(fuse([five, replace(five, start=50, figures=(Figure("killed", 9, 9),))])) == 2


def test_the_order_of_claims_does_not_matter() -> None:
    claims = [CLAIM, replace(CLAIM, start=50, location=OTHER), replace(CLAIM, start=90, stance=Stance.DENIED)]
    assert fuse(claims) == fuse(claims[::-1])


@pytest.mark.parametrize(
    ("stances", "status"),
    [
        ({Stance.AFFIRMED}, Status.ASSERTED),
        ({Stance.AFFIRMED, Stance.PLANNED}, Status.ASSERTED),
        ({Stance.AFFIRMED, Stance.DENIED}, Status.DISPUTED),
        ({Stance.UNCERTAIN, Stance.DENIED}, Status.DISPUTED),
        ({Stance.DENIED}, Status.DENIED),
        ({Stance.UNCERTAIN}, Status.UNCONFIRMED),
        ({Stance.PLANNED}, Status.PLANNED),
    ],
)
def test_status(stances: set[Stance], status: Status) -> None:
    assert status_of(stances) is status


def test_label_says_what_where_when() -> None:
    assert fuse([replace(CLAIM, period=MAY)])[0].label == "Capture of Gao, 3 May 2017"
