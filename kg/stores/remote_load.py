"""Loads named graphs into a triple store on the network: verified by counting, resumed where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kg.graph.named_graphs import ONTOLOGY, Graphs, is_shared, ontology
from kg.stores.endpoint import Endpoint, EndpointError
from kg.stores.load_journal import LoadJournal

__all__ = ["LoadedGraph", "load_remote"]

LOADING = "#loading"
# What the store knew of a place's position gives way to what is told now, and of two preferred names the first by the
# alphabet stays one, as when both are built together. Plain SPARQL 1.1, without what QLever and Virtuoso lack.
POSITIONS = """
PREFIX wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#> PREFIX geo: <http://www.opengis.net/ont/geosparql#>
DELETE {{ GRAPH {whole} {{ ?place ?position ?old }} }}
WHERE {{
  GRAPH {part} {{ ?place ?position ?new . FILTER (?position IN (wgs:lat, wgs:long, geo:asWKT)) }}
  GRAPH {whole} {{ ?place ?position ?old }}
  FILTER NOT EXISTS {{ GRAPH {part} {{ ?place ?position ?old }} }}
}}
"""
NAMES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE {{ GRAPH {whole} {{ ?entity skos:prefLabel ?other }} }}
INSERT {{ GRAPH {whole} {{ ?entity skos:altLabel ?other }} }}
WHERE {{
  GRAPH {part} {{ ?entity skos:prefLabel ?told }}
  GRAPH {whole} {{ ?entity skos:prefLabel ?first . ?entity skos:prefLabel ?other . FILTER (STR(?first) < STR(?other)) }}
}}
"""


@dataclass(frozen=True, slots=True)
class LoadedGraph:
    """A graph that a store holds: its name, how many triples were to go there, how many the store counts.

    `resumed` says that a load before this one, which was broken off, had put it there.
    """

    name: str
    triples: int
    found: int
    resumed: bool = False


def load_remote(
    graphs: Graphs,
    endpoint: Endpoint,
    *,
    into: NamedNode | None = None,
    replace: bool = False,
    tell: Callable[[LoadedGraph], None] = lambda loaded: None,
) -> tuple[LoadedGraph, ...]:
    """Put named graphs into a store, each in place of the store's graph of that name; return what the store counts.

    What is said of actors and places, and what goes into the one graph `into`, is added to what is there, unless
    `replace` is set. Without `into` a graph with the ontology is put beside. Each graph is counted when it is there.
    Raises EndpointError for the first that fails; it says what is loaded and what may be in part. The same load again
    goes on there and doubles nothing.
    """
    endpoint.reach(writing=True)
    wanted = dict(graphs) if into else {**graphs, ONTOLOGY: ontology()}
    journal = LoadJournal(endpoint.url)
    loaded: list[LoadedGraph] = []
    for name in sorted(wanted, key=str):
        lines = _lines(wanted[name])
        digest = sha256(b"".join(lines)).hexdigest()
        adding = not replace and (name == into or is_shared(name))
        try:
            found = _load(endpoint, name, lines, adding=adding, resumed=journal.holds(name.value, digest))
        except EndpointError as error:
            raise _broken_off(error, name, loaded, len(wanted)) from error
        journal.add(name.value, digest)
        loaded.append(found)
        tell(found)
    journal.close()
    return tuple(loaded)


def _load(endpoint: Endpoint, name: NamedNode, lines: Sequence[bytes], *, adding: bool, resumed: bool) -> LoadedGraph:
    if resumed:
        found = endpoint.count(name)
        # A server that was killed as well may have lost what it had said to have taken.
        if found == len(lines) or (adding and found > len(lines)):
            return LoadedGraph(name.value, len(lines), found, resumed=True)
    if adding and endpoint.count(name):
        return LoadedGraph(name.value, len(lines), _add(endpoint, name, lines))
    endpoint.put(name, lines)
    return LoadedGraph(name.value, len(lines), _counted(endpoint, name, len(lines)))


def _add(endpoint: Endpoint, name: NamedNode, lines: Sequence[bytes]) -> int:
    """Add lines to a graph that has content, by way of a graph beside it, which can be counted exactly."""
    beside = NamedNode(name.value + LOADING)
    endpoint.put(beside, lines)
    _counted(endpoint, beside, len(lines))
    if is_shared(name):
        endpoint.update(POSITIONS.format(part=beside, whole=name))
    endpoint.copy(beside, name)
    lacking = endpoint.lacking(beside, name)
    if lacking:
        raise EndpointError(f"{endpoint.url}: {lacking:,} of {len(lines):,} triples did not arrive in {name}")
    if is_shared(name):
        endpoint.update(NAMES.format(part=beside, whole=name))
    endpoint.drop(beside)
    return endpoint.count(name)


def _counted(endpoint: Endpoint, name: NamedNode, expected: int) -> int:
    found = endpoint.count(name)
    if found != expected:
        raise EndpointError(f"{endpoint.url}: counts {found:,} triples in {name}, where {expected:,} were put")
    return found


def _lines(triples: frozenset[Triple]) -> list[bytes]:
    content = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return sorted(content.splitlines(keepends=True))


def _broken_off(error: EndpointError, name: NamedNode, loaded: Sequence[LoadedGraph], total: int) -> EndpointError:
    return EndpointError(
        f"{error}; {len(loaded):,} of {total:,} graphs are loaded, {name} may be there in part: "
        "run the same command again to go on from there"
    )
