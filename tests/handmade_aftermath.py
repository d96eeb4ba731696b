"""Readings made by hand of two reports that nobody wrote: sources that differ over a figure, a plan and its outcome."""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.model import Actor, ActorType, Claim, Figure, Period, Report, Stance
from tests.handmade import ACTORS, OCHA, PLACES, HandmadeReading, event_of


def aftermath() -> tuple[HandmadeReading, HandmadeReading]:
    """Return the readings of two reports: of a bombing that sources count differently, and of what was announced."""
    bombing = (
        "A bomb in Al-Qaim on 19 May killed five civilians and wounded 12, SANA said. OCHA said that the bombing by IS "
        "killed at least nine civilians. Some 3,000 people fled from Al-Qaim to Albu Kamal. Russian forces will leave "
        "Raqa in June, Linda Tom said. Hezbollah reportedly attacked IS in the border area, state media said."
    )
    bomb = _told(
        ("qaim-bombing", bombing),
        "A bomb in Al-Qaim on 19 May killed five civilians and wounded 12",
        "Bombing",
        "bomb",
        target=(ACTORS["civilians"],),
        location=PLACES["al-qaim"],
        period=Period(date(2017, 5, 19), date(2017, 5, 19)),
        source=(ACTORS["sana"],),
        figures=(Figure("killed", 5, 5), Figure("wounded", 12, 12)),
    )
    recount = _told(
        ("qaim-bombing", bombing),
        "the bombing by IS killed at least nine civilians",
        "Bombing",
        "bombing",
        initiator=(ACTORS["islamic-state"],),
        target=(ACTORS["civilians"],),
        location=PLACES["al-qaim"],
        source=(OCHA,),
        figures=(Figure("killed", 9, None),),
    )
    flight = _told(
        ("qaim-bombing", bombing),
        "Some 3,000 people fled from Al-Qaim to Albu Kamal",
        "Displacement",
        "fled",
        target=(ACTORS["civilians"],),
        location=PLACES["al-qaim"],
        origin=PLACES["al-qaim"],
        destination=PLACES["albu-kamal"],
        figures=(Figure("displaced", 3_000, 3_000),),
    )
    plan = _told(
        ("qaim-bombing", bombing),
        "Russian forces will leave Raqa in June",
        "Withdrawal",
        "leave",
        Stance.PLANNED,
        initiator=(ACTORS["russia"],),
        location=PLACES["raqa"],
        period=Period(date(2017, 6, 1), date(2017, 6, 30)),
        source=(ACTORS["linda-tom"],),
    )
    rumour = _told(
        ("qaim-bombing", bombing),
        "Hezbollah reportedly attacked IS in the border area",
        "Attack",
        "attacked",
        Stance.UNCERTAIN,
        confidence=0.4,
        initiator=(ACTORS["hezbollah"],),
        target=(ACTORS["islamic-state"],),
        location=PLACES["border"],
        source=(ACTORS["state-media"],),
    )
    hawks = Actor(key="desert-hawks", label="Desert Hawks", type=ActorType.ARMED_GROUP, unresolved=True)
    leaving = (
        "Russian forces left Raqa on 10 June. IS took Raqa from the army the next day. The Desert Hawks killed three "
        "villagers, OCHA said."
    )
    left = _told(
        ("raqa-withdrawal", leaving),
        "Russian forces left Raqa on 10 June",
        "Withdrawal",
        "left",
        initiator=(ACTORS["russia"],),
        location=PLACES["raqa"],
        period=Period(date(2017, 6, 10), date(2017, 6, 10)),
    )
    taken = _told(
        ("raqa-withdrawal", leaving),
        "IS took Raqa from the army the next day",
        "Capture",
        "took",
        initiator=(ACTORS["islamic-state"],),
        target=(ACTORS["syrian-army"],),
        location=PLACES["raqa"],
        period=Period(date(2017, 6, 11), date(2017, 6, 11)),
    )
    murder = _told(
        ("raqa-withdrawal", leaving),
        "The Desert Hawks killed three villagers",
        "Attack",
        "killed",
        initiator=(hawks,),
        target=(ACTORS["civilians"],),
        source=(OCHA,),
        figures=(Figure("killed", 3, 3),),
    )
    return (
        _reading("qaim-bombing", bombing, date(2017, 5, 20), ((bomb, recount), (flight,), (plan,), (rumour,))),
        _reading("raqa-withdrawal", leaving, date(2017, 6, 12), ((left,), (taken,), (murder,))),
    )


def _told(
    report: tuple[str, str],
    quote: str,
    event_class: str,
    trigger: str,
    stance: Stance = Stance.AFFIRMED,
    **known: Any,
) -> Claim:
    name, text = report
    start = text.index(quote)
    return Claim(
        report=name,
        event_class=event_class,
        stance=stance,
        quote=quote,
        start=start,
        end=start + len(quote),
        trigger=trigger,
        trigger_start=start + quote.index(trigger),
        **{"confidence": 0.9, **known},
    )


def _reading(name: str, text: str, issued: date, joined: tuple[tuple[Claim, ...], ...]) -> HandmadeReading:
    events = tuple(event_of(f"{name}-{number}", claims) for number, claims in enumerate(joined, start=1))
    report = Report(id=name, text=text, issued=issued, title=name.replace("-", " "), publisher="Radio Furat")
    return HandmadeReading(report=report, claims=tuple(claim for claims in joined for claim in claims), events=events)
