"""What stores are given in tests, and what they hold of it, in a form that can be compared."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode, Triple

from kg.stores.endpoint import Endpoint

FIRST = NamedNode("https://example.org/graph/first")
AUTHORITY = NamedNode("https://w3id.org/conflict-kg/graph/authority")
RAQA = "https://w3id.org/conflict-kg/place/172955"
SUBJECT, PREDICATE = NamedNode("https://example.org/s"), NamedNode("https://example.org/p")
HARD_WORDS = ['"quoted"', "back\\slash \\u0041", "line\nbreak\ttab\r", "Ḥashd al-Shaʿbī", "战争 🕊", "' OR <x> } #", ""]

__all__ = ["AUTHORITY", "FIRST", "HARD_WORDS", "PREDICATE", "RAQA", "SUBJECT", "content", "expected", "made"]


def made(values: list[str]) -> frozenset[Triple]:
    """Return a triple for each text."""
    return frozenset(Triple(SUBJECT, PREDICATE, Literal(value, language="en")) for value in values)


def content(endpoint: Endpoint, name: NamedNode) -> frozenset[tuple[object, ...]]:
    """Return what a store holds in a graph, as `expected` returns what it should."""
    found = endpoint.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o")
    return frozenset(tuple(map(comparable, row)) for row in found.rows)


def comparable(node: object) -> object:
    """Return a term so that equal values are equal: Virtuoso writes true as 1, 35.0 as 35, points its own way."""
    if not isinstance(node, Literal) or node.datatype.value.endswith(("tring", "#date")):
        return node
    numbers = tuple(round(float(number), 4) for number in re.findall(r"-?[0-9.]+", node.value.replace("true", "1")))
    return numbers if len(numbers) > 1 else (node.datatype, *numbers)


def expected(triples: frozenset[Triple]) -> frozenset[tuple[object, ...]]:
    """Return triples so that they can be compared with what a store holds."""
    return frozenset(tuple(map(comparable, (t.subject, t.predicate, t.object))) for t in triples)
