"""The frozen types that the stages pass on; this room imports none of the others.

A report becomes mentions, mentions and triggers become claims, claims become events. Every value is immutable: no
stage changes what an earlier one made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = [
    "EVENT_GROUPS",
    "GROUP_OF",
    "MEASURES",
    "Actor",
    "ActorType",
    "Claim",
    "Event",
    "Figure",
    "Mention",
    "MentionKind",
    "Period",
    "Place",
    "PlaceType",
    "Report",
    "Stance",
    "Status",
]

EVENT_GROUPS: dict[str, tuple[str, ...]] = {
    "ArmedEvent": (
        "Battle",
        "Attack",
        "AirStrike",
        "Shelling",
        "Bombing",
        "ChemicalAttack",
        "Abduction",
        "SexualViolence",
    ),
    "TerritorialEvent": ("Advance", "Siege", "Capture", "Withdrawal", "BorderCrossing", "Deployment"),
    "HumanitarianEvent": ("Displacement", "Evacuation", "AidDelivery", "Destruction"),
    "PoliticalEvent": ("Negotiation", "Agreement", "Sanction", "Threat", "Protest", "Arrest", "Release"),
}
GROUP_OF: dict[str, str] = {name: group for group, names in EVENT_GROUPS.items() for name in names}

MEASURES: tuple[str, ...] = (
    "killed",
    "wounded",
    "displaced",
    "detained",
    "abducted",
    "missing",
    "evacuated",
    "released",
)


class Stance(StrEnum):
    """What a claim says of its event: that it happened, did not, may have, or is to."""

    AFFIRMED = "Affirmed"
    DENIED = "Denied"
    UNCERTAIN = "Uncertain"
    PLANNED = "Planned"


class Status(StrEnum):
    """How an event stands over all claims that describe it."""

    ASSERTED = "Asserted"
    DISPUTED = "Disputed"
    DENIED = "Denied"
    UNCONFIRMED = "Unconfirmed"
    PLANNED = "Planned"


class ActorType(StrEnum):
    """The classes of actors in the ontology."""

    STATE_FORCES = "StateForces"
    ARMED_GROUP = "ArmedGroup"
    GOVERNMENT = "Government"
    INTERNATIONAL_ORGANIZATION = "InternationalOrganization"
    MEDIA_OUTLET = "MediaOutlet"
    CIVIL_ORGANIZATION = "CivilOrganization"
    PERSON = "Person"
    POPULATION = "Population"


class PlaceType(StrEnum):
    """The classes of places in the ontology."""

    COUNTRY = "Country"
    REGION = "Region"
    SETTLEMENT = "Settlement"
    FACILITY = "Facility"
    NATURAL_FEATURE = "NaturalFeature"


class MentionKind(StrEnum):
    """The four kinds of linked mentions."""

    ACTOR = "actor"
    PLACE = "place"
    DATE = "date"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A news report or situation report as it was read; `text` is never changed after this.

    `body` is the offset at which the report proper begins, behind a line such as `date 2017-11-08`.
    """

    id: str
    text: str
    issued: date | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    body: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, region, settlement, facility or natural feature.

    `key` names the place in its IRI: the GeoNames id where there is one, else a slug. `within` is the next larger
    place, up to the country. Latitude and longitude are WGS84 degrees.
    """

    key: str
    label: str
    type: PlaceType
    names: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    within: Place | None = None
    country_code: str | None = None
    geonames: int | None = None
    wikidata: str | None = None
    unresolved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Forces, an armed group, a government, an organisation, a medium, a person or a body of people.

    `key` names the actor in its IRI. `names` are its other names. `member_of`, `speaks_for` and `allied_with`
    hold actors that have no such links themselves; what a person says is said by the bodies that it speaks for.
    """

    key: str
    label: str
    type: ActorType
    names: tuple[str, ...] = ()
    country: Place | None = None
    wikidata: str | None = None
    member_of: tuple[Actor, ...] = ()
    speaks_for: tuple[Actor, ...] = ()
    allied_with: tuple[Actor, ...] = ()
    unresolved: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The first and the last day between which something lies or which it spans."""

    earliest: date
    latest: date


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """How many people were killed, wounded, displaced and so on; `maximum` is None where it is open."""

    measure: str
    minimum: int
    maximum: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of a report's text with what it was linked to: an Actor, a Place, a Period or a Figure.

    `value` is None where the stretch is such a mention and nothing is known of what it means. A figure mention that
    measures nothing has the empty string as its measure.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    value: Actor | Place | Period | Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of a report about one event: who says or denies that what happened, to whom, where, when.

    `start` and `end` count characters of the report's text, whose words between them are `quote`. `trigger_start` is
    the offset of `trigger`. `reading` explains the claim: one line a step, for people.
    """

    report: str
    event_class: str
    stance: Stance
    quote: str
    start: int
    end: int
    trigger: str
    trigger_start: int
    confidence: float
    initiator: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    supporter: tuple[Actor, ...] = ()
    location: Place | None = None
    origin: Place | None = None
    destination: Place | None = None
    period: Period | None = None
    source: tuple[Actor, ...] = ()
    figures: tuple[Figure, ...] = ()
    reading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The merged view over all claims that describe one occurrence; `key` names it in its IRI."""

    key: str
    event_class: str
    label: str
    status: Status
    claims: tuple[Claim, ...]
    initiator: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    supporter: tuple[Actor, ...] = ()
    location: Place | None = None
    origin: Place | None = None
    destination: Place | None = None
    period: Period | None = None
    figures: tuple[Figure, ...] = ()
