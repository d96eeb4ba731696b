"""Many reports made of the annotated ones: the same claims and events under other names."""

from __future__ import annotations

from dataclasses import replace

from kg.graph import ConflictGraph, build_dataset
from tests.handmade import HandmadeReading, albu_kamal, contradiction

__all__ = ["copies"]


def copies(number: int) -> ConflictGraph:
    """Return the graph of `number` copies of two readings, which share their actors and places."""
    return build_dataset([_copy(reading, n) for reading in (albu_kamal(), contradiction()) for n in range(number)])


def _copy(reading: HandmadeReading, number: int) -> HandmadeReading:
    name = f"{reading.report.id}-{number}"
    claims = {claim: replace(claim, report=name) for claim in reading.claims}
    events = (
        replace(event, key=f"{event.key}-{number}", claims=tuple(claims[claim] for claim in event.claims))
        for event in reading.events
    )
    return HandmadeReading(report=replace(reading.report, id=name), claims=tuple(claims.values()), events=tuple(events))
