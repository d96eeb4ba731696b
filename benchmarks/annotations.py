"""The claims of annotated reports and of graphs, in one form in which they can be compared."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Store

from kg.graph.vocabulary import CONFLICT, DCTERMS, RDF, RDFS, SKOS, WGS

__all__ = ["ROLES", "SYMMETRIC", "Graph", "Named", "Statement", "gold_statements"]

ROLES = ("initiator", "target", "supporter", "source")
SYMMETRIC = frozenset({"Battle", "Negotiation", "Agreement"})
ROLE_TERMS = {**{role: role for role in ROLES}, "source": "attributedTo"}
NEAR_KM = 30.0
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = NamedNode(RDF + "type")


@dataclass(frozen=True, slots=True)
class Named:
    """An actor or a place on either side; `key` tells it from the others of its side."""

    key: str
    names: frozenset[str]
    identifiers: frozenset[str] = frozenset()
    point: tuple[float, float] | None = None

    def is_actor(self, other: Named) -> bool:
        return bool(self.names & other.names or self.identifiers & other.identifiers)

    def is_place(self, other: Named) -> bool:
        near = self.point and other.point and kilometres(self.point, other.point) <= NEAR_KM
        return bool(near or self.names & other.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim on either side; the defaults are what a claim that is not there says."""

    event_class: str = ""
    quote: str = ""
    start: int = 0
    end: int = 1
    trigger: tuple[int, int] = (0, 0)
    stance: str = ""
    roles: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)
    place: tuple[Named, ...] = ()
    period: tuple[str | None, str | None] = (None, None)
    figures: tuple[tuple[str, int | None, int | None], ...] = ()
    occurrence: str | None = None
    optional: bool = False

    @property
    def sides(self) -> tuple[Named, ...]:
        """Who takes part, where initiator and target are alike."""
        return self.roles.get("initiator", ()) + self.roles.get("target", ())

    def overlap(self, other: Statement) -> int:
        """Return how many characters of the text both quote; none or fewer where they lie apart."""
        return min(self.end, other.end) - max(self.start, other.start)


def fold(name: str) -> str:
    """Return a name as it is compared.

    >>> fold("The army's Al-Nusra Front")
    'army al nusra front'
    """
    words = re.sub(r"[^\w\s]", " ", name.casefold())
    return " ".join(re.sub(r"\b(the|a|an|s)\b", " ", words).split())


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two points of latitude and longitude."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 6371.0 * 2 * math.asin(min(1.0, math.sqrt(half)))


def gold_statements(path: Path) -> tuple[Statement, ...]:
    """Return the claims of an annotated report; raises ValueError where evidence or trigger is not in its text."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    actors = {
        key: Named(key, frozenset(map(fold, actor["names"])), frozenset(filter(None, [actor.get("wikidata")])))
        for key, actor in gold["actors"].items()
    }
    places = {
        key: Named(key, frozenset(map(fold, place["names"])), point=_point(place.get("lat"), place.get("lon")))
        for key, place in gold["places"].items()
    }
    return tuple(_gold_statement(claim, text, actors, places) for claim in gold["claims"])


def _gold_statement(
    claim: Mapping[str, Any], text: str, actors: Mapping[str, Named], places: Mapping[str, Named]
) -> Statement:
    start, at = text.find(claim["evidence"]), claim["evidence"].find(claim["trigger"])
    if start < 0 or at < 0:
        raise ValueError(f"evidence or trigger is not in the text: {claim['evidence']!r}, {claim['trigger']!r}")
    return Statement(
        event_class=claim["event"],
        quote=claim["evidence"],
        start=start,
        end=start + len(claim["evidence"]),
        trigger=(start + at, start + at + len(claim["trigger"])),
        stance=claim["stance"],
        roles={role: tuple(actors[key] for key in claim.get(role, ())) for role in ROLES},
        place=(places[claim["place"]],) if claim.get("place") else (),
        period=(claim.get("earliest"), claim.get("latest")),
        figures=tuple((known["measure"], known["minimum"], known["maximum"]) for known in claim.get("figures", ())),
        occurrence=claim.get("occurrence"),
        optional=bool(claim.get("optional")),
    )


class Graph:
    """The claims of a graph, by the identifier of their report."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: dict[NamedNode, Named] = {}
        self.claims: dict[str, list[Statement]] = defaultdict(list)
        nodes = {quad.subject for quad in store.quads_for_pattern(None, TYPE, NamedNode(CONFLICT + "Claim"), None)}
        for node in sorted(nodes, key=str):
            identifiers = [
                text for report in self._of(node, "reportedIn") for text in self._texts(report, DCTERMS + "identifier")
            ]
            self.claims[identifiers[0] if identifiers else ""].append(self._statement(node))

    def _of(self, node: NamedNode, name: str) -> list[Any]:
        iri = NamedNode(name if ":" in name else CONFLICT + name)
        return sorted({quad.object for quad in self.store.quads_for_pattern(node, iri, None, None)}, key=str)

    def _texts(self, node: NamedNode, name: str) -> list[str]:
        return [value.value for value in self._of(node, name)]

    def _one(self, node: NamedNode, name: str) -> str | None:
        return next(iter(self._texts(node, name)), None)

    def _named(self, node: NamedNode) -> Named:
        if node not in self.known:
            names = [
                name
                for term in (SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label")
                for name in self._texts(node, term)
            ]
            links = [*self._texts(node, SKOS + "exactMatch"), *self._texts(node, OWL + "sameAs")]
            identifiers = (re.search(r"Q\d+$", link) for link in links)
            self.known[node] = Named(
                node.value,
                frozenset(map(fold, names)),
                frozenset(match[0] for match in identifiers if match),
                _point(self._one(node, WGS + "lat"), self._one(node, WGS + "long")),
            )
        return self.known[node]

    def _statement(self, node: NamedNode) -> Statement:
        def day(name: str) -> str | None:
            return (self._one(node, name) or "")[:10] or None

        def number(figure: NamedNode, name: str) -> int | None:
            value = self._one(figure, name)
            return None if value is None else int(value)

        return Statement(
            event_class=(self._one(node, "classifiedAs") or "").rpartition("#")[2],
            start=number(node, "start") or 0,
            end=number(node, "end") or 0,
            stance=(self._one(node, "stance") or "").rpartition("#")[2],
            roles={role: tuple(map(self._named, self._of(node, term))) for role, term in ROLE_TERMS.items()},
            place=tuple(map(self._named, self._of(node, "location"))),
            period=(day("earliest"), day("latest")),
            figures=tuple(
                (
                    str(self._one(figure, "measure")).rpartition("#")[2].lower(),
                    number(figure, "minimum"),
                    number(figure, "maximum"),
                )
                for figure in self._of(node, "figure")
            ),
            occurrence=self._one(node, "describes") or node.value,
        )


def _point(latitude: Any, longitude: Any) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (float(latitude), float(longitude))
