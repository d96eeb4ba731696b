"""What the whole pipeline makes of a text, in words short enough for a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from kg.model import Actor, Claim, Figure, Report

# The pipeline is imported by the fixture that makes it: collecting these tests is to load no spaCy.
if TYPE_CHECKING:
    from kg.pipeline import Pipeline

ISSUED = date(2017, 11, 8)


def claims(pipeline: Pipeline, text: str, issued: date | None = ISSUED) -> tuple[Claim, ...]:
    """Return the claims of a text as a report of Wednesday 2017-11-08, in the order of their triggers."""
    found = pipeline.read(Report(id="report", text=text, issued=issued)).claims
    return tuple(sorted(found, key=lambda claim: claim.trigger_start))


def deeds(pipeline: Pipeline, text: str) -> list[str]:
    """Return each claim of a text as "Class: initiators > targets @ place", with the parts that it has."""
    return [deed(claim) for claim in claims(pipeline, text)]


def deed(claim: Claim) -> str:
    """Return a claim as "Class: initiators > targets @ place", with the parts that it has."""
    said = f"{claim.event_class}: {names(claim.initiator)}" if claim.initiator else claim.event_class
    if claim.target:
        said += f" > {names(claim.target)}"
    return f"{said} @ {claim.location.label}" if claim.location is not None else said


def names(actors: Iterable[Actor]) -> str:
    """Return the labels of actors, sorted."""
    return ", ".join(sorted(actor.label for actor in actors))


def figures(claim: Claim) -> str:
    """Return the figures of a claim, as "12 killed", "12+ killed" (at least) or "24-99 wounded"."""
    return ", ".join(map(_figure, claim.figures))


def _figure(figure: Figure) -> str:
    if figure.maximum is None:
        return f"{figure.minimum}+ {figure.measure}"
    if figure.minimum == figure.maximum:
        return f"{figure.minimum} {figure.measure}"
    return f"{figure.minimum}-{figure.maximum} {figure.measure}"


def days(claim: Claim) -> str:
    """Return the days of a claim as "11-05" or "10-30 to 11-05", with the year where it is not that of the report."""
    if claim.period is None:
        return ""
    first, last = (
        f"{day:%m-%d}" if day.year == ISSUED.year else day.isoformat()
        for day in (claim.period.earliest, claim.period.latest)
    )
    return first if first == last else f"{first} to {last}"
