"""Linked mentions as rows that stand on their own: JSON lines, CSV and GeoJSON for programs, a table for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace

from kg.actors.scope import within_report
from kg.graph.vocabulary import Naming
from kg.model import Actor, Figure, Mention, MentionKind, Period, Place, PlaceType, Report

__all__ = ["MENTION_FORMATS", "TABLE_COLUMNS", "MentionRow", "mention_rows", "table_rows"]

Field = str | int | float | bool | tuple[str, ...]

TABLE_COLUMNS = ("report", "start", "kind", "text", "means", "type", "detail")


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """One mention with all that is known of what it means; what does not apply to its kind is None.

    `type` is a class of the ontology, `iri` the one that a graph of the same report has, `unresolved` True or None.
    """

    report: str
    start: int
    end: int
    text: str
    kind: str
    type: str | None = None
    iri: str | None = None
    label: str | None = None
    names: tuple[str, ...] | None = None
    lat: float | None = None
    long: float | None = None
    earliest: str | None = None
    latest: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    measure: str | None = None
    unresolved: bool | None = None

    def known(self) -> dict[str, Field]:
        """Return the fields that apply, by name, in the order of the columns."""
        return {name: value for name in COLUMNS if (value := getattr(self, name)) is not None}


COLUMNS = tuple(field.name for field in fields(MentionRow))


def mention_rows(report: Report, mentions: Iterable[Mention], naming: Naming) -> Iterator[MentionRow]:
    """Yield the rows of a report's mentions in their order.

    A place that stands for an actor ("Damascus said") is given as the actor only; mentions within others stay.
    """
    listed = list(mentions)
    acting = {(mention.start, mention.end) for mention in listed if mention.kind is MentionKind.ACTOR}
    for mention in listed:
        if mention.kind is not MentionKind.PLACE or (mention.start, mention.end) not in acting:
            yield _row(report, mention, naming)


def _row(report: Report, mention: Mention, naming: Naming) -> MentionRow:
    row = MentionRow(
        report=report.id,
        start=mention.start,
        end=mention.end,
        # The parser reads a text with straight quotes, people the one that they gave.
        text=report.text[mention.start : mention.end],
        kind=str(mention.kind),
    )
    match mention.value:
        case Actor() as actor:
            iri = naming.actor(within_report(actor, report.id).key).value
            row = replace(row, type=str(actor.type), iri=iri, label=actor.label, names=actor.names or None)
            return replace(row, unresolved=actor.unresolved or None)
        case Place() as place:
            iri = naming.place(place.key).value
            row = replace(row, type=str(place.type), iri=iri, label=place.label, names=place.names or None)
            # A country is no point: the middle of it would only look like a place where something happened.
            point = (None, None) if place.type is PlaceType.COUNTRY else (place.latitude, place.longitude)
            return replace(row, lat=point[0], long=point[1], unresolved=place.unresolved or None)
        case Period(earliest, latest):
            return replace(row, earliest=earliest.isoformat(), latest=latest.isoformat())
        case Figure(measure, minimum, maximum):
            return replace(row, type="Figure", minimum=minimum, maximum=maximum, measure=measure or None)
        case None:
            return replace(row, unresolved=True)


def table_rows(rows: Iterable[MentionRow]) -> Iterator[tuple[str | int, ...]]:
    """Yield the cells of `TABLE_COLUMNS` for a terminal."""
    for row in rows:
        means = row.label or _span(row.earliest, row.latest) or _number(row) or "?"
        means += " (unresolved)" if row.unresolved and row.label else ""
        detail = f"{row.lat}, {row.long}" if row.lat is not None else row.measure or ""
        yield row.report, row.start, row.kind, " ".join(row.text.split()), means, row.type or "", detail


def _span(earliest: str | None, latest: str | None) -> str:
    return f"{earliest} to {latest}" if earliest != latest else earliest or ""


def _number(row: MentionRow) -> str:
    if row.minimum is None:
        return ""
    if row.maximum is None:
        return f"at least {row.minimum:,}"
    return f"{row.minimum:,}" if row.minimum == row.maximum else f"{row.minimum:,} to {row.maximum:,}"


def _json_lines(rows: Iterable[MentionRow]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row.known(), ensure_ascii=False) + "\n"


def _csv(rows: Iterable[MentionRow]) -> Iterator[str]:
    yield ",".join(COLUMNS) + "\n"
    for row in rows:
        known = row.known() | {"names": "|".join(row.names or ()), "unresolved": "true" if row.unresolved else ""}
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(known.get(name, "") for name in COLUMNS)
        yield line.getvalue()


def _geojson(rows: Iterable[MentionRow]) -> Iterator[str]:
    """Yield a FeatureCollection of the mentions that have a point; RFC 7946 puts the longitude first."""
    yield '{"type": "FeatureCollection", "features": ['
    separator = "\n"
    for row in rows:
        if row.lat is not None and row.long is not None:
            known = {name: value for name, value in row.known().items() if name not in ("lat", "long")}
            point = {"type": "Point", "coordinates": [row.long, row.lat]}
            feature = {"type": "Feature", "geometry": point, "properties": known}
            yield separator + json.dumps(feature, ensure_ascii=False)
            separator = ",\n"
    yield "\n]}\n"


MENTION_FORMATS: Mapping[str, Callable[[Iterable[MentionRow]], Iterator[str]]] = {
    "jsonl": _json_lines,
    "csv": _csv,
    "geojson": _geojson,
}
