"""A reading as people read it in a terminal: each claim with its roles, place, time, stance, source and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from kg.graph.vocabulary import Naming
from kg.model import Actor, Claim, Figure, Period, Place, Report

__all__ = ["UnknownClaim", "claim_lines", "day_range", "find_claim", "heading", "why_lines"]

STANCE_STYLES = {"Affirmed": "green", "Denied": "red", "Uncertain": "yellow", "Planned": "cyan"}


class UnknownClaim(LookupError):
    """No claim has the number or IRI that was asked for; the message says which there are."""


def heading(report: Report, counts: str) -> Text:
    """Return the line above a report's claims; `counts` says how many there are."""
    line = Text(report.id, style="bold")
    title = f", {report.title}" if report.title else ""
    issued = f", {report.issued}" if report.issued else ", no date"
    return line.append(f"{title}{issued}: {counts}", style="not bold")


def claim_lines(claim: Claim, number: int) -> Iterator[Text]:
    """Yield the lines of a claim: its class and stance, what it says, and its words with the trigger marked."""
    first = Text(f"{number:>3}  ").append(claim.event_class, style="bold")
    first.append("  ").append(claim.stance, style=STANCE_STYLES[claim.stance])
    yield first.append(f"  {claim.confidence:.2f}", style="dim")
    for name, value in _told(claim):
        yield Text("     ").append(f"{name:<12}", style="dim").append(value)
    yield _evidence(claim)


def find_claim(readings: Sequence[Sequence[Claim]], wanted: str) -> tuple[int, Claim]:
    """Return the claim with a number, counted from 1 in its report, or with an IRI of any base, and its number.

    Each of `readings` holds the claims of one report. Raises UnknownClaim where there is none.
    """
    naming = Naming()
    for claims in readings:
        if wanted.isdecimal() and 1 <= int(wanted) <= len(claims):
            return int(wanted), claims[int(wanted) - 1]
        for claim, node in naming.claims(claims).items():
            if wanted.strip("<>").endswith(f"/{node.value.removeprefix(naming.base)}"):
                return claims.index(claim) + 1, claim
    most = max(map(len, readings), default=0)
    known = f"claims 1 to {most}" if most else "no claims"
    raise UnknownClaim(f"{wanted}: no such claim: give its number or its IRI; the report makes {known}")


def why_lines(claim: Claim, number: int) -> Iterator[Text]:
    """Yield the lines of a claim and, one a line, the steps by which it was read."""
    yield from claim_lines(claim, number)
    for step, reason in enumerate(claim.reading, start=1):
        name, colon, rest = reason.partition(": ")
        line = Text("     ").append(f"{step:>2}. ", style="dim")
        yield line.append(f"{name}{colon}", style="bold").append(rest) if colon else line.append(reason)


def _evidence(claim: Claim) -> Text:
    first = claim.trigger_start - claim.start
    last = first + len(claim.trigger)
    if claim.quote[first:last] != claim.trigger:
        first = last = len(claim.quote)
    before, trigger, after = (
        " ".join(part.splitlines()) for part in (claim.quote[:first], claim.quote[first:last], claim.quote[last:])
    )
    return Text(f'     "{before}', style="italic").append(trigger, style="bold underline").append(f'{after}"')


def _told(claim: Claim) -> Iterator[tuple[str, str]]:
    for name, actors in (
        ("initiator", claim.initiator),
        ("target", claim.target),
        ("supporter", claim.supporter),
    ):
        if actors:
            yield name, _actors(actors)
    for name, place in (("place", claim.location), ("origin", claim.origin), ("destination", claim.destination)):
        if place:
            yield name, _place(place)
    if claim.period:
        yield "time", day_range(claim.period)
    if claim.source:
        yield "source", _actors(claim.source)
    if claim.figures:
        yield "figures", ", ".join(map(_figure, claim.figures))


def _actors(actors: tuple[Actor, ...]) -> str:
    return "; ".join(f"{actor.label} (unresolved)" if actor.unresolved else actor.label for actor in actors)


def _place(place: Place) -> str:
    names = [f"{place.label} (unresolved)" if place.unresolved else place.label]
    while place.within is not None:
        place = place.within
        names.append(place.label)
    return ", ".join(names)


def day_range(period: Period) -> str:
    """Return the days of a period.

    >>> from datetime import date
    >>> day_range(Period(date(2017, 10, 30), date(2017, 11, 5)))
    '2017-10-30 to 2017-11-05'
    """
    first, last = period.earliest.isoformat(), period.latest.isoformat()
    return first if first == last else f"{first} to {last}"


def _figure(figure: Figure) -> str:
    """Return a figure in words.

    >>> _figure(Figure("killed", 12, None)), _figure(Figure("killed", 12, 12)), _figure(Figure("wounded", 24, 99))
    ('at least 12 killed', '12 killed', '24 to 99 wounded')
    """
    if figure.maximum is None:
        return f"at least {figure.minimum:,} {figure.measure}"
    if figure.minimum == figure.maximum:
        return f"{figure.minimum:,} {figure.measure}"
    return f"{figure.minimum:,} to {figure.maximum:,} {figure.measure}"
