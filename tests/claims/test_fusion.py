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
    # A claim that says only that it happened, as a headline does, is of the event told beside it.
    ({"location": None, "initiator": ()}, 1),
    ({"location": None, "initiator": (), "start": 900, "end": 921, "trigger_start": 909}, 2),
    ({"location": None, "initiator": (REBELS,)}, 2),
    # The same place far off, without a date, may be another time.
    ({"start": 1900, "end": 1921, "trigger_start": 1909}, 2),
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


AGAIN = [
    # the words before the trigger, the trigger, the events of the two claims
    ("the ", "capture", 1),
    ("their ", "capture", 1),
    ("this bloody ", "capture", 1),
    ("a ", "capture", 2),
    ("the army ", "captured", 2),
]


@pytest.mark.parametrize(("before", "trigger", "events"), AGAIN)
def test_a_definite_noun_names_again_what_was_told(before: str, trigger: str, events: int) -> None:
    quote = f"after {before}{trigger} of the town"
    start = 1000
    again = replace(
        CLAIM,
        quote=quote,
        start=start,
        end=start + len(quote),
        trigger=trigger,
        trigger_start=start + quote.index(trigger),
        location=None,
        initiator=(),
        target=(REBELS,),
    )
    assert len(fuse([CLAIM, again])) == events


def test_what_is_said_to_be_one_more_is_another_event() -> None:
    strike = replace(CLAIM, event_class="AirStrike", quote="the strike hit Gao", trigger="strike", trigger_start=4)
    second = replace(strike, quote="a second strike hit Gao", start=50, end=73, trigger_start=59)
    assert len(fuse([strike, second])) == 2


def test_a_denial_answers_whatever_place_the_reader_gave_it_unless_it_names_one() -> None:
    denial = replace(CLAIM, start=50, trigger_start=65, stance=Stance.DENIED, location=OTHER)
    assert len(fuse([CLAIM, replace(denial, quote="it had lost the town, captured")])) == 1
    assert len(fuse([CLAIM, replace(denial, quote="it had lost Kidal, captured")])) == 2


def test_a_town_of_a_captured_region_is_a_capture_of_its_own() -> None:
    region = replace(OTHER, label="Azawad")
    town = replace(TOWN, within=region)
    whole = replace(CLAIM, quote="the army captured Azawad", location=region)
    assert len(fuse([whole, replace(CLAIM, start=50, trigger_start=59, location=town)])) == 2


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
