"""Says in RDF what is known of actors and places: types, names, links out, coordinates, what they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.vocabulary import GEO, RDF, SKOS, WGS, XSD, Naming, geonames, term, wikidata
from kg.model import Actor, Place, PlaceType

__all__ = ["Entities", "decimal"]

TYPE = NamedNode(RDF + "type")
PREF_LABEL = NamedNode(SKOS + "prefLabel")
ALT_LABEL = NamedNode(SKOS + "altLabel")
EXACT_MATCH = NamedNode(SKOS + "exactMatch")
LATITUDE = NamedNode(WGS + "lat")
LONGITUDE = NamedNode(WGS + "long")
AS_WKT = NamedNode(GEO + "asWKT")
WKT_LITERAL = NamedNode(GEO + "wktLiteral")
DECIMAL = NamedNode(XSD + "decimal")
TRUE = Literal(True)


class Entities:
    """Gathers the actors and places that a graph refers to, with all that they refer to in turn.

    Values that share a key are one actor or one place: it has the names and links of all of them. Nothing that is
    said of it depends on the report that it was found in.
    """

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        self._actors: dict[str, set[Actor]] = {}
        self._places: dict[str, set[Place]] = {}

    def actor(self, actor: Actor) -> NamedNode:
        """Return the IRI of an actor, which is described from now on."""
        known = self._actors.setdefault(actor.key, set())
        if actor not in known:
            known.add(actor)
            for other in (*actor.member_of, *actor.allied_with):
                self.actor(other)
            if actor.country is not None:
                self.place(actor.country)
        return self._naming.actor(actor.key)

    def place(self, place: Place) -> NamedNode:
        """Return the IRI of a place, which is described from now on."""
        known = self._places.setdefault(place.key, set())
        if place not in known:
            known.add(place)
            if place.within is not None:
                self.place(place.within)
        return self._naming.place(place.key)

    def triples(self) -> Iterator[Triple]:
        """Yield what is known of each actor and place, in no order."""
        for key, actors in self._actors.items():
            node = self._naming.actor(key)
            yield from _common(node, "Actor", actors)
            for actor in actors:
                yield from self._relations(node, actor)
        for key, places in self._places.items():
            node = self._naming.place(key)
            yield from _common(node, "Place", places)
            yield from _position(node, places)
            for place in places:
                yield from self._containment(node, place)

    def _relations(self, node: NamedNode, actor: Actor) -> Iterator[Triple]:
        for body in actor.member_of:
            yield Triple(node, term("memberOf"), self._naming.actor(body.key))
        for ally in actor.allied_with:
            yield Triple(node, term("alliedWith"), self._naming.actor(ally.key))
        if actor.country is not None:
            yield Triple(node, term("country"), self._naming.place(actor.country.key))

    def _containment(self, node: NamedNode, place: Place) -> Iterator[Triple]:
        if place.geonames is not None and not place.unresolved:
            yield Triple(node, EXACT_MATCH, geonames(place.geonames))
        if place.within is not None:
            yield Triple(node, term("within"), self._naming.place(place.within.key))
        country = _country(place)
        if country is not None:
            yield Triple(node, term("country"), self._naming.place(country.key))


def decimal(number: float) -> Literal:
    """Return an xsd:decimal of at most six places, written in the shortest way.

    >>> decimal(40.9).value, decimal(-0.0).value
    ('40.9', '0.0')
    """
    whole, _, places = f"{round(number, 6) + 0.0:.6f}".partition(".")
    return Literal(f"{whole}.{places.rstrip('0') or '0'}", datatype=DECIMAL)


def _common(node: NamedNode, group: str, values: Iterable[Actor] | Iterable[Place]) -> Iterator[Triple]:
    known: list[Actor | Place] = list(values)
    # Values of one key may come from reports that spell the name differently: one has to be the preferred one.
    label = min(value.label for value in known)
    yield Triple(node, TYPE, term(group))
    yield Triple(node, PREF_LABEL, Literal(label, language="en"))
    for name in {name for value in known for name in (value.label, *value.names)} - {label}:
        yield Triple(node, ALT_LABEL, Literal(name, language="en"))
    for value in known:
        yield Triple(node, TYPE, term(value.type))
        link = wikidata(value.wikidata) if value.wikidata and not value.unresolved else None
        if link is not None:
            yield Triple(node, EXACT_MATCH, link)
    if all(value.unresolved for value in known):
        yield Triple(node, term("unresolved"), TRUE)


def _position(node: NamedNode, places: Iterable[Place]) -> Iterator[Triple]:
    points = [(p.latitude, p.longitude) for p in places if p.latitude is not None and p.longitude is not None]
    if points:
        latitude, longitude = (decimal(degrees) for degrees in min(points))
        yield Triple(node, LATITUDE, latitude)
        yield Triple(node, LONGITUDE, longitude)
        yield Triple(node, AS_WKT, Literal(f"POINT({longitude.value} {latitude.value})", datatype=WKT_LITERAL))


def _country(place: Place) -> Place | None:
    larger = place.within
    while larger is not None and larger.type is not PlaceType.COUNTRY:
        larger = larger.within
    return larger
