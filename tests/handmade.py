"""Readings made by hand from the annotated reports: what a careful reader takes from them, as values of the model.

No stage of the pipeline has a part in them, so what is expected of graph, store and queries holds for true readings.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from kg.model import Actor, ActorType, Claim, Event, Figure, Period, Place, PlaceType, Report, Stance, Status

GOLD = Path(__file__).parent / "gold" / "dev"

SYRIA = Place(
    key="163843",
    label="Syria",
    type=PlaceType.COUNTRY,
    names=("Syrian Arab Republic",),
    latitude=35.0,
    longitude=38.0,
    country_code="SY",
    geonames=163843,
)
IRAQ = Place(
    key="99237", label="Iraq", type=PlaceType.COUNTRY, latitude=33.0, longitude=44.0, country_code="IQ", geonames=99237
)
LEBANON = Place(key="272103", label="Lebanon", type=PlaceType.COUNTRY, country_code="LB", geonames=272103)
RUSSIA = Place(key="2017370", label="Russia", type=PlaceType.COUNTRY, country_code="RU", geonames=2017370)
DEIR_EZZOR = Place(
    key="170792",
    label="Deir Ezzor",
    type=PlaceType.REGION,
    names=("Deir Ezzor province",),
    within=SYRIA,
    country_code="SY",
    geonames=170792,
)
PLACES = {
    "syria": SYRIA,
    "iraq": IRAQ,
    "deir-ezzor": DEIR_EZZOR,
    "albu-kamal": Place(
        key="174448",
        label="Albu Kamal",
        type=PlaceType.SETTLEMENT,
        names=("Abu Kamal",),
        latitude=34.45226,
        longitude=40.91854,
        within=DEIR_EZZOR,
        country_code="SY",
        geonames=174448,
    ),
    "raqa": Place(
        key="172955",
        label="Raqa",
        type=PlaceType.SETTLEMENT,
        names=("Raqqa",),
        latitude=35.95283,
        longitude=39.00788,
        within=SYRIA,
        country_code="SY",
        geonames=172955,
    ),
    "al-qaim": Place(
        key="92138",
        label="Al-Qaim",
        type=PlaceType.SETTLEMENT,
        latitude=34.39251,
        longitude=40.98945,
        within=IRAQ,
        country_code="IQ",
        geonames=92138,
    ),
    "border": Place(key="border-area", label="border area", type=PlaceType.REGION, unresolved=True),
}

SYRIAN_GOVERNMENT = Actor(
    key="government-of-syria",
    label="Government of Syria",
    type=ActorType.GOVERNMENT,
    names=("Damascus",),
    country=SYRIA,
)
OCHA = Actor(
    key="united-nations-office-for-the-coordination-of-humanitarian-affairs",
    label="United Nations Office for the Coordination of Humanitarian Affairs",
    type=ActorType.INTERNATIONAL_ORGANIZATION,
    names=("OCHA", "UN OCHA"),
)
MILITIAS = Actor(
    key="pro-damascus-militias",
    label="Pro-government militias (Syria)",
    type=ActorType.ARMED_GROUP,
    names=("allied militiamen",),
    allied_with=(SYRIAN_GOVERNMENT,),
    country=SYRIA,
)
ACTORS = {
    "syrian-army": Actor(
        key="syrian-armed-forces",
        label="Syrian Armed Forces",
        type=ActorType.STATE_FORCES,
        names=("Syrian army", "Syrian troops"),
        country=SYRIA,
        member_of=(SYRIAN_GOVERNMENT,),
    ),
    "pro-damascus-militias": MILITIAS,
    "militia-source": MILITIAS,
    "islamic-state": Actor(
        key="islamic-state",
        label="Islamic State",
        type=ActorType.ARMED_GROUP,
        names=("IS", "ISIS", "Daesh", "Islamic State group"),
        wikidata="Q2429253",
    ),
    "state-media": Actor(
        key="syrian-state-media", label="Syrian state media", type=ActorType.MEDIA_OUTLET, country=SYRIA
    ),
    "sana": Actor(
        key="sana", label="Syrian Arab News Agency", type=ActorType.MEDIA_OUTLET, names=("SANA",), country=SYRIA
    ),
    "russia": Actor(
        key="russian-armed-forces", label="Russian Armed Forces", type=ActorType.STATE_FORCES, country=RUSSIA
    ),
    "iraqi-forces": Actor(
        key="iraqi-armed-forces",
        label="Iraqi Armed Forces",
        type=ActorType.STATE_FORCES,
        names=("Iraqi forces",),
        country=IRAQ,
    ),
    "hezbollah": Actor(
        key="hezbollah", label="Hezbollah", type=ActorType.ARMED_GROUP, wikidata="Q41053", country=LEBANON
    ),
    "hashed": Actor(
        key="popular-mobilization-forces",
        label="Popular Mobilization Forces",
        type=ActorType.ARMED_GROUP,
        names=("Hashed al-Shaabi",),
        country=IRAQ,
    ),
    "civilians": Actor(key="civilians", label="civilians", type=ActorType.POPULATION),
    "linda-tom": Actor(key="linda-tom", label="Linda Tom", type=ActorType.PERSON, member_of=(OCHA,), unresolved=True),
    "ocha": OCHA,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandmadeReading:
    """What the graph takes of a reading."""

    report: Report
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]


def reading_of(name: str) -> HandmadeReading:
    """Return what the annotation of a gold report says, actors and places that have no row above made from it."""
    text = (GOLD / f"{name}.txt").read_text(encoding="utf-8")
    gold = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    issued = date.fromisoformat(gold["date"]) if gold["date"] else None
    report = Report(id=name, text=text, issued=issued, publisher="AFP" if name == "albu-kamal" else None)
    claims = tuple(_claim(name, text, gold, annotated) for annotated in gold["claims"])
    return HandmadeReading(report=report, claims=claims, events=_events(name, gold, claims))


def albu_kamal() -> HandmadeReading:
    """Return the reading of the seed."""
    return reading_of("albu-kamal")


def contradiction() -> HandmadeReading:
    """Return the reading of a second report, of one event that its one side claims and the other denies."""
    text = "The army shelled Raqa on 3 May, killing 9 to 12, IS said. The army denied that it shelled Raqa on 3 May."
    shelled = Claim(
        report="raqa-shelling",
        event_class="Shelling",
        stance=Stance.AFFIRMED,
        quote="The army shelled Raqa on 3 May, killing 9 to 12",
        start=0,
        end=47,
        trigger="shelled",
        trigger_start=9,
        confidence=0.9,
        initiator=(ACTORS["syrian-army"],),
        location=PLACES["raqa"],
        period=Period(date(2017, 5, 3), date(2017, 5, 3)),
        source=(ACTORS["islamic-state"],),
        figures=(Figure("killed", 9, 12),),
    )
    denied = replace(
        shelled,
        stance=Stance.DENIED,
        quote="it shelled Raqa on 3 May",
        start=text.rindex("it shelled"),
        end=len(text) - 1,
        trigger_start=text.rindex("shelled"),
        source=(ACTORS["syrian-army"],),
        figures=(),
    )
    claims = (shelled, denied)
    event = Event(
        key="raqa-shelling-1",
        event_class="Shelling",
        label="Shelling of Raqa, 3 May 2017",
        status=Status.DISPUTED,
        claims=claims,
        initiator=shelled.initiator,
        location=shelled.location,
        period=shelled.period,
        figures=shelled.figures,
    )
    report = Report(id="raqa-shelling", text=text, issued=date(2017, 5, 4))
    return HandmadeReading(report=report, claims=claims, events=(event,))


def _claim(report: str, text: str, gold: dict[str, Any], annotated: dict[str, Any]) -> Claim:
    start = text.index(annotated["evidence"])
    days = [date.fromisoformat(day) for day in (annotated["earliest"], annotated["latest"]) if day]
    roles = {
        role: tuple(dict.fromkeys(_actor(gold, key) for key in annotated[role]))
        for role in ("initiator", "target", "supporter", "source")
    }
    where = {
        role: _place(gold, annotated[key]) if annotated.get(key) else None
        for role, key in (("location", "place"), ("origin", "origin"), ("destination", "destination"))
    }
    figures = (Figure(f["measure"], f["minimum"], f["maximum"]) for f in annotated.get("figures", ()))
    return Claim(
        report=report,
        event_class=annotated["event"],
        stance=Stance(annotated["stance"]),
        quote=annotated["evidence"],
        start=start,
        end=start + len(annotated["evidence"]),
        trigger=annotated["trigger"],
        trigger_start=start + annotated["evidence"].index(annotated["trigger"]),
        confidence=0.9,
        period=Period(*days) if days else None,
        figures=tuple(figures),
        **roles,
        **where,
    )


def _actor(gold: dict[str, Any], key: str) -> Actor:
    names = gold["actors"][key]["names"]
    made = Actor(key=key, label=names[0], type=ActorType.ARMED_GROUP, names=tuple(names[1:]), unresolved=True)
    return ACTORS.get(key, made)


def _place(gold: dict[str, Any], key: str) -> Place:
    names = gold["places"][key]["names"]
    made = Place(key=key, label=names[0], type=PlaceType.REGION, names=tuple(names[1:]), unresolved=True)
    return PLACES.get(key, made)


def _events(report: str, gold: dict[str, Any], claims: tuple[Claim, ...]) -> tuple[Event, ...]:
    joined: dict[str, list[Claim]] = {}
    for number, (annotated, claim) in enumerate(zip(gold["claims"], claims, strict=True)):
        joined.setdefault(annotated.get("occurrence", f"{number}"), []).append(claim)
    return tuple(event_of(f"{report}-{key}", tuple(told)) for key, told in joined.items())


def event_of(key: str, claims: tuple[Claim, ...]) -> Event:
    first = claims[0]
    stances = {claim.stance for claim in claims}
    where = f" at {first.location.label}" if first.location else ""
    when = f", {first.period.earliest}" if first.period else ""
    return Event(
        key=key,
        event_class=first.event_class,
        label=f"{first.event_class}{where}{when}",
        status=_status(stances),
        claims=claims,
        initiator=tuple(dict.fromkeys(actor for claim in claims for actor in claim.initiator)),
        target=tuple(dict.fromkeys(actor for claim in claims for actor in claim.target)),
        supporter=tuple(dict.fromkeys(actor for claim in claims for actor in claim.supporter)),
        location=first.location,
        origin=first.origin,
        destination=first.destination,
        period=first.period,
        figures=tuple(dict.fromkeys(figure for claim in claims for figure in claim.figures)),
    )


def _status(stances: set[Stance]) -> Status:
    if Stance.DENIED in stances:
        return Status.DENIED if len(stances) == 1 else Status.DISPUTED
    if Stance.AFFIRMED in stances:
        return Status.ASSERTED
    return Status.PLANNED if stances == {Stance.PLANNED} else Status.UNCONFIRMED
