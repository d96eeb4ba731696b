"""The terms of the ontology that the data uses, and the IRIs of reports, claims, events, actors, places and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.model import EVENT_GROUPS, GROUP_OF, ActorType, Claim, Figure, PlaceType, Stance, Status

__all__ = [
    "CONFLICT",
    "DCTERMS",
    "DEFAULT_BASE",
    "GEO",
    "PREFIXES",
    "PROPERTIES",
    "RDF",
    "RDFS",
    "SKOS",
    "TERMS",
    "WGS",
    "XSD",
    "Naming",
    "absolute_iri",
    "event_classes",
    "geonames",
    "term",
    "wikidata",
]

DEFAULT_BASE = "https://w3id.org/conflict-kg/"
CONFLICT = "https://w3id.org/conflict-kg/ontology#"
DCTERMS = "http://purl.org/dc/terms/"
GEO = "http://www.opengis.net/ont/geosparql#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
WGS = "http://www.w3.org/2003/01/geo/wgs84_pos#"
XSD = "http://www.w3.org/2001/XMLSchema#"
GEONAMES = "https://sws.geonames.org/"
WIKIDATA = "http://www.wikidata.org/entity/"

PREFIXES: Mapping[str, str] = {
    "conflict": CONFLICT,
    "dcterms": DCTERMS,
    "geo": GEO,
    "geonames": GEONAMES,
    "rdfs": RDFS,
    "skos": SKOS,
    "wd": WIKIDATA,
    "wgs": WGS,
    "xsd": XSD,
}

# The order in which a subject's statements are written, so that a reader meets the telling ones first.
CONFLICT_PROPERTIES = (
    "reportedIn",
    "describes",
    "classifiedAs",
    "stance",
    "status",
    "attributedTo",
    "initiator",
    "target",
    "supporter",
    "location",
    "origin",
    "destination",
    "earliest",
    "latest",
    "figure",
    "measure",
    "minimum",
    "maximum",
    "trigger",
    "quote",
    "start",
    "end",
    "confidence",
    "memberOf",
    "alliedWith",
    "within",
    "country",
    "unresolved",
)
PROPERTIES: tuple[str, ...] = (
    RDF + "type",
    DCTERMS + "identifier",
    DCTERMS + "title",
    DCTERMS + "issued",
    DCTERMS + "publisher",
    DCTERMS + "source",
    RDFS + "label",
    SKOS + "prefLabel",
    SKOS + "altLabel",
    *(CONFLICT + name for name in CONFLICT_PROPERTIES),
    WGS + "lat",
    WGS + "long",
    GEO + "asWKT",
    SKOS + "exactMatch",
)

# What the data is made of: each is declared in ontology/conflict.ttl.
TERMS: tuple[str, ...] = (
    "Report",
    "Claim",
    "Figure",
    "Event",
    *EVENT_GROUPS,
    *GROUP_OF,
    "Actor",
    *ActorType,
    "Place",
    *PlaceType,
    *dict.fromkeys((*Stance, *Status)),
    *CONFLICT_PROPERTIES,
)
_NODES: Mapping[str, NamedNode] = {name: NamedNode(CONFLICT + name) for name in TERMS}

QID = re.compile(r"Q[1-9][0-9]*")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")


def term(name: str) -> NamedNode:
    """Return the IRI of a term of the ontology; raises KeyError for a name that is none.

    >>> term("Siege").value
    'https://w3id.org/conflict-kg/ontology#Siege'
    """
    return _NODES[name]


def event_classes(name: str) -> tuple[NamedNode, ...]:
    """Return the IRIs of an event class and of the classes above it, the narrowest first; KeyError for an unknown one.

    >>> [node.value.rpartition("#")[2] for node in event_classes("Siege")]
    ['Siege', 'TerritorialEvent', 'Event']
    """
    return term(name), term(GROUP_OF[name]), term("Event")


def absolute_iri(text: str) -> NamedNode | None:
    """Return a text as an IRI, None where it is no absolute one.

    >>> absolute_iri("https://example.org/a b") is None
    True
    """
    if not ABSOLUTE.fullmatch(text):
        return None
    try:
        return NamedNode(text)
    except ValueError:
        return None


def wikidata(number: str) -> NamedNode | None:
    """Return the IRI of a Wikidata item, None where `number` is no Q-number."""
    return NamedNode(WIKIDATA + number) if QID.fullmatch(number) else None


def geonames(number: int) -> NamedNode:
    """Return the IRI of a GeoNames feature."""
    return NamedNode(f"{GEONAMES}{number}/")


@dataclass(frozen=True, slots=True)
class Naming:
    """Makes the IRIs of the data under one base.

    The same key always gives the same IRI, two keys never share one. Raises ValueError for a base that is no
    absolute IRI; a base that ends in none of `/`, `#` and `:` gets a `/`.

    >>> Naming().actor("islamic-state").value
    'https://w3id.org/conflict-kg/actor/islamic-state'
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if absolute_iri(self.base) is None:
            raise ValueError(f"{self.base!r} is no absolute IRI: a base looks like {DEFAULT_BASE}")
        if not self.base.endswith(("/", "#", ":")):
            object.__setattr__(self, "base", self.base + "/")

    def report(self, identifier: str) -> NamedNode:
        """Return the IRI of a report."""
        return self._node("report", identifier)

    def event(self, key: str) -> NamedNode:
        """Return the IRI of an event."""
        return self._node("event", key)

    def actor(self, key: str) -> NamedNode:
        """Return the IRI of an actor."""
        return self._node("actor", key)

    def place(self, key: str) -> NamedNode:
        """Return the IRI of a place."""
        return self._node("place", key)

    def graph(self, identifier: str) -> NamedNode:
        """Return the name of the graph that holds what one report says."""
        return self._node("graph/report", identifier)

    @property
    def authority(self) -> NamedNode:
        """The name of the graph that holds actors and places."""
        return self._node("graph", "authority")

    def figure(self, owner: NamedNode, figure: Figure) -> NamedNode:
        """Return the IRI of a figure of a claim or an event."""
        maximum = "open" if figure.maximum is None else figure.maximum
        return NamedNode(f"{owner.value}/figure/{_encoded(figure.measure)}-{figure.minimum}-{maximum}")

    def claims(self, claims: Iterable[Claim]) -> dict[Claim, NamedNode]:
        """Return the IRI of each claim; `claims` holds all claims of each report that it holds one of.

        Of the claims of one report that share a span, the first by trigger and class has the plain IRI, the others
        end in -2, -3 and so on.
        """
        spans: dict[tuple[str, int, int], list[Claim]] = {}
        for claim in set(claims):
            spans.setdefault((claim.report, claim.start, claim.end), []).append(claim)
        named: dict[Claim, NamedNode] = {}
        for (report, start, end), sharing in spans.items():
            # The last key only orders claims that are alike in all that the IRI is to depend on.
            sharing.sort(key=lambda claim: (claim.trigger_start, claim.event_class, len(sharing) > 1 and repr(claim)))
            for number, claim in enumerate(sharing, start=1):
                suffix = "" if number == 1 else f"-{number}"
                named[claim] = self._node("claim", f"{report}/{start}-{end}{suffix}")
        return named

    def _node(self, kind: str, key: str) -> NamedNode:
        return NamedNode(f"{self.base}{kind}/{_encoded(key)}")


def _encoded(key: str) -> str:
    """Return `key` as the end of a path, its slashes kept, without the segments `.` and `..` that resolvers drop."""
    segments = (quote(segment, safe="") for segment in key.split("/"))
    return "/".join("%2E" * len(segment) if segment in {".", ".."} else segment for segment in segments)
