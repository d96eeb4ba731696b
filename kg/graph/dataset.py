"""Turns readings into RDF: a named graph per report, and one for the actors and places that they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.graph.entities import TYPE, Entities, decimal
from kg.graph.files import FORMATS, GraphFileError, read_graph, write
from kg.graph.vocabulary import (
    DCTERMS,
    DEFAULT_BASE,
    RDFS,
    XSD,
    Naming,
    absolute_iri,
    event_classes,
    term,
)
from kg.model import Claim, Event, Figure, Period, Report

__all__ = ["FORMATS", "ConflictGraph", "GraphFileError", "ReadReport", "build_dataset", "read_graph", "serialize"]

DATE = NamedNode(XSD + "date")
LABEL = NamedNode(RDFS + "label")


class ReadReport(Protocol):
    """What the graph takes of a reading: the report, its claims, and the events that the claims describe."""

    @property
    def report(self) -> Report: ...
    @property
    def claims(self) -> tuple[Claim, ...]: ...
    @property
    def events(self) -> tuple[Event, ...]: ...


@dataclass(frozen=True, slots=True)
class ConflictGraph:
    """The triples of each named graph, by the graph's name, under one base."""

    graphs: Mapping[NamedNode, frozenset[Triple]]
    base: str

    def triples(self) -> frozenset[Triple]:
        """Return the union of the named graphs."""
        return frozenset().union(*self.graphs.values())

    def quads(self) -> Iterator[Quad]:
        """Yield each triple with the name of its graph, in no order."""
        for name, triples in self.graphs.items():
            yield from (Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)

    def __len__(self) -> int:
        return sum(map(len, self.graphs.values()))


def build_dataset(readings: Iterable[ReadReport], base: str = DEFAULT_BASE) -> ConflictGraph:
    """Return the graph of readings, the same whatever their order; graphs of shards unite to that of the whole.

    Raises ValueError for a base that is no absolute IRI.
    """
    naming = Naming(base)
    known = sorted(readings, key=lambda reading: reading.report.id)
    # An event may join claims of several reports, and a claim's IRI depends on the claims that share its span.
    events = (claim for reading in known for event in reading.events for claim in event.claims)
    claims = naming.claims(chain(events, (claim for reading in known for claim in reading.claims)))
    statements = _Statements(naming, claims)
    for reading in known:
        statements.add(reading)
    return ConflictGraph(statements.graphs(), naming.base)


def serialize(dataset: ConflictGraph, format: str = "turtle") -> bytes:
    """Return the graph as a file's content: `format` is one of FORMATS, whose trig and nquads keep the named graphs.

    Raises ValueError for an unknown format.
    """
    if format not in FORMATS:
        raise ValueError(f"{format!r} is no format that can be written: take one of {', '.join(FORMATS)}")
    return write(dataset.graphs, format, dataset.base)


class _Statements:
    """Collects the triples of each named graph."""

    def __init__(self, naming: Naming, claims: Mapping[Claim, NamedNode]) -> None:
        self._naming = naming
        self._claims = claims
        self._entities = Entities(naming)
        self._reports: dict[NamedNode, set[Triple]] = {}

    def add(self, reading: ReadReport) -> None:
        graph = self._reports.setdefault(self._naming.graph(reading.report.id), set())
        graph.update(self._report(reading.report))
        for claim in reading.claims:
            graph.update(self._claim(claim, self._claims[claim]))
        for event in reading.events:
            node = self._naming.event(event.key)
            graph.update(self._event(event, node))
            graph.update(Triple(self._claims[claim], term("describes"), node) for claim in event.claims)

    def graphs(self) -> Mapping[NamedNode, frozenset[Triple]]:
        known = {name: frozenset(triples) for name, triples in self._reports.items()}
        described = frozenset(self._entities.triples())
        return MappingProxyType({**known, self._naming.authority: described} if described else known)

    def _report(self, report: Report) -> Iterator[Triple]:
        node = self._naming.report(report.id)
        yield Triple(node, TYPE, term("Report"))
        yield Triple(node, NamedNode(DCTERMS + "identifier"), Literal(report.id))
        if report.issued is not None:
            yield Triple(node, NamedNode(DCTERMS + "issued"), Literal(report.issued.isoformat(), datatype=DATE))
        if report.title:
            yield Triple(node, NamedNode(DCTERMS + "title"), Literal(report.title))
        if report.publisher:
            yield Triple(node, NamedNode(DCTERMS + "publisher"), Literal(report.publisher))
        if report.url:
            yield Triple(node, NamedNode(DCTERMS + "source"), absolute_iri(report.url) or Literal(report.url))

    def _claim(self, claim: Claim, node: NamedNode) -> Iterator[Triple]:
        yield Triple(node, TYPE, term("Claim"))
        yield Triple(node, term("reportedIn"), self._naming.report(claim.report))
        yield Triple(node, term("classifiedAs"), term(claim.event_class))
        yield Triple(node, term("stance"), term(claim.stance))
        for speaker in claim.source:
            yield Triple(node, term("attributedTo"), self._entities.actor(speaker))
        yield from self._happening(claim, node)
        yield Triple(node, term("trigger"), Literal(claim.trigger))
        yield Triple(node, term("quote"), Literal(claim.quote))
        yield Triple(node, term("start"), Literal(claim.start))
        yield Triple(node, term("end"), Literal(claim.end))
        yield Triple(node, term("confidence"), decimal(claim.confidence))

    def _event(self, event: Event, node: NamedNode) -> Iterator[Triple]:
        for name in event_classes(event.event_class):
            yield Triple(node, TYPE, name)
        yield Triple(node, LABEL, Literal(event.label, language="en"))
        yield Triple(node, term("status"), term(event.status))
        yield from self._happening(event, node)

    def _happening(self, told: Claim | Event, node: NamedNode) -> Iterator[Triple]:
        for role, actors in (
            ("initiator", told.initiator),
            ("target", told.target),
            ("supporter", told.supporter),
        ):
            for actor in actors:
                yield Triple(node, term(role), self._entities.actor(actor))
        for role, place in (
            ("location", told.location),
            ("origin", told.origin),
            ("destination", told.destination),
        ):
            if place is not None:
                yield Triple(node, term(role), self._entities.place(place))
        if told.period is not None:
            yield from _days(node, told.period)
        for figure in told.figures:
            yield from self._figure(node, figure)

    def _figure(self, owner: NamedNode, figure: Figure) -> Iterator[Triple]:
        node = self._naming.figure(owner, figure)
        yield Triple(owner, term("figure"), node)
        yield Triple(node, TYPE, term("Figure"))
        yield Triple(node, term("measure"), Literal(figure.measure))
        yield Triple(node, term("minimum"), Literal(figure.minimum))
        if figure.maximum is not None:
            yield Triple(node, term("maximum"), Literal(figure.maximum))


def _days(node: NamedNode, period: Period) -> Iterator[Triple]:
    yield Triple(node, term("earliest"), Literal(period.earliest.isoformat(), datatype=DATE))
    yield Triple(node, term("latest"), Literal(period.latest.isoformat(), datatype=DATE))
