"""Checks a graph against the SHACL shapes of the ontology, and its quotes against the reports' texts.

Shapes of SHACL Core are checked by pySHACL. It asks a SPARQL constraint once of every node, which takes minutes on a
graph that Oxigraph answers in a second: so the queries of `shapes.ttl`, which name their own targets, are asked once
of the whole graph. A test holds that both ways find the same.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pyshacl
from pyoxigraph import (
    BlankNode,
    Dataset,
    Literal,
    NamedNode,
    QuerySolution,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
)
from rdflib import SH, Graph
from rdflib import Dataset as RdflibDataset

from kg.graph.files import read_graph
from kg.graph.vocabulary import CONFLICT, PREFIXES, XSD
from kg.resources import resource_folder

__all__ = ["GraphSource", "Violation", "check_evidence", "validate"]

GraphSource: TypeAlias = str | Path | Store | Dataset | Graph
Node: TypeAlias = NamedNode | BlankNode | Literal | Triple

NAME = re.compile(r"\w+")
SHORTENED = {prefix: PREFIXES[prefix] for prefix in ("conflict", "dcterms", "geo", "rdfs", "skos", "wgs", "xsd")}
SLOT = re.compile(r"\{[?$](\w+)\}")
PLAIN = (f"{XSD}string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
LONGEST_VALUE = 80

# What RDF 1.2 added and RDF 1.1 lacks; rdflib can't read it.
NEWER = "isTriple(?value) || hasLangdir(?value)"
NEWER_MESSAGE = "The value {?value} of {?link} is of RDF 1.2, which most stores can't load: use terms of RDF 1.1 alone."
RESULTS = f"""
PREFIX sh: <{SH}>
SELECT ?this ?shape ?message ?value WHERE {{
    ?result a sh:ValidationResult ; sh:focusNode ?this ; sh:sourceShape ?shape ; sh:resultMessage ?message .
    OPTIONAL {{ ?result sh:value ?value FILTER(!sameTerm(?value, ?this)) }}
}}"""
QUOTES = f"""
PREFIX conflict: <{CONFLICT}>
PREFIX dcterms: <{PREFIXES["dcterms"]}>
SELECT ?claim ?report ?quote ?start ?end WHERE {{
    ?claim conflict:reportedIn/dcterms:identifier ?report ;
        conflict:quote ?quote ; conflict:start ?start ; conflict:end ?end .
}}"""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A broken rule: the node that breaks it, the rule's name, and what is wrong with the cure, for people."""

    node: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class _Constraint:
    """A SPARQL constraint of the shapes; `query` finds every node that breaks it."""

    rule: str
    query: str
    message: str


def validate(graph: GraphSource) -> tuple[Violation, ...]:
    """Return what in a graph breaks a shape of the ontology, sorted and each once; of a dataset, in the union.

    Raises kg.graph.files.GraphFileError for a file that can't be read.
    """
    store = _store(graph)
    return tuple(sorted({*_broken_constraints(store), *_broken_core(store)}))


def check_evidence(graph: GraphSource, texts: Mapping[str, str]) -> tuple[Violation, ...]:
    """Return the claims whose quote is not `text[start:end]` of their report, sorted; `texts` is by report identifier.

    A claim whose report's text is missing is a violation too; one without a quote, an offset or a report's identifier
    is left to `validate`. Raises kg.graph.files.GraphFileError for a file that can't be read.
    """
    found = set()
    for row in _select(_store(graph), QUOTES):
        node, report, quote = _name(row["claim"]), _plain(row["report"]), _plain(row["quote"])
        text = texts.get(report)
        if text is None:
            message = f"The text of report {report!r} is missing, so its quotes can't be checked: give its file."
            found.add(Violation(node, "evidence-text", message))
            continue
        start, end = _offset(row["start"]), _offset(row["end"])
        there = None if start is None or end is None else text[start:end]
        if there != quote:
            message = (
                f"Report {report!r} reads {_short(there or '')!r} from {_plain(row['start'])} to {_plain(row['end'])}, "
                f"the quote {_short(quote)!r}: build the graph again from this very text."
            )
            found.add(Violation(node, "evidence-quote", message))
    return tuple(sorted(found))


def _broken_constraints(store: Store) -> Iterator[Violation]:
    newer = _Constraint("rdf-1.1", f"SELECT ?this ?link ?value {{ ?this ?link ?value FILTER({NEWER}) }}", NEWER_MESSAGE)
    for constraint in (newer, *_shapes().constraints):
        for row in _select(store, constraint.query):
            yield Violation(_name(row["this"]), constraint.rule, _filled(constraint.message, row))


def _broken_core(store: Store) -> Iterator[Violation]:
    older = f"CONSTRUCT {{ ?this ?link ?value }} WHERE {{ ?this ?link ?value FILTER(!({NEWER})) }}"
    data = store.query(older, use_default_graph_as_union=True)
    assert isinstance(data, QueryTriples)
    with _quiet():
        graph = Graph().parse(data=data.serialize(format=RdfFormat.N_TRIPLES), format="nt")
        _, results, _ = pyshacl.validate(graph, shacl_graph=_shapes().core, inplace=True)
    if not isinstance(results, Graph):
        raise RuntimeError(f"pySHACL could not check the shapes: {results}")
    for row in _select(_store(results), RESULTS):
        value = row["value"]
        found = "" if value is None else f" Found: {_short(_typed(value))}."
        yield Violation(_name(row["this"]), _rule(_plain(row["shape"])), _plain(row["message"]) + found)


@dataclass(frozen=True, slots=True)
class _Shapes:
    core: Graph
    constraints: tuple[_Constraint, ...]


@cache
def _shapes() -> _Shapes:
    """Return the shapes of the ontology, those of SHACL Core apart from the SPARQL constraints."""
    shapes = Graph().parse(resource_folder("ontology") / "shapes.ttl")
    prefixes = "".join(
        f"PREFIX {shapes.value(declared, SH.prefix)}: <{shapes.value(declared, SH.namespace)}>\n"
        for declared in shapes.objects(None, SH.declare)
    )
    written = {shape: shapes.value(shape, SH.sparql) for shape in shapes.subjects(SH.sparql)}
    constraints = tuple(
        _Constraint(
            _rule(str(shape)), f"{prefixes}{shapes.value(query, SH.select)}", str(shapes.value(query, SH.message))
        )
        for shape, query in sorted(written.items())
    )
    core = Graph()
    for triple in shapes:
        if triple[0] not in written:
            core.add(triple)
    return _Shapes(core, constraints)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from logging each ill-formed literal with a traceback: the shapes report them."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _store(graph: GraphSource) -> Store:
    if isinstance(graph, Store):
        return graph
    if isinstance(graph, str | Path):
        return read_graph(graph)
    store = Store()
    if isinstance(graph, Dataset):
        store.bulk_extend(graph)
    else:
        for one in graph.graphs() if isinstance(graph, RdflibDataset) else (graph,):
            store.bulk_load(one.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    return store


def _select(store: Store, query: str) -> QuerySolutions:
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    return solutions


def _rule(shape: str) -> str:
    return shape.rpartition("#")[2]


def _filled(message: str, row: QuerySolution) -> str:
    return SLOT.sub(lambda slot: _short(_plain(row[slot[1]])), message)


def _offset(node: Node | None) -> int | None:
    """Return the value of an integer literal, None where it has none or lies before the text."""
    value = _plain(node)
    return int(value) if value.isdecimal() else None


def _name(node: Node | None) -> str:
    """Return the whole IRI of a node, and what stands for it in Turtle where it has none."""
    return node.value if isinstance(node, NamedNode) else str(node)


def _plain(node: Node | None) -> str:
    """Return a node for people: an IRI or a literal's value, bare; IRIs of known vocabularies with their prefix."""
    if isinstance(node, NamedNode):
        for prefix, namespace in SHORTENED.items():
            name = node.value.removeprefix(namespace)
            if name != node.value and NAME.fullmatch(name):
                return f"{prefix}:{name}"
        return node.value
    return node.value if isinstance(node, Literal) else str(node)


def _typed(node: Node) -> str:
    """Return a node as `_plain` does, a literal in quotes and with its datatype."""
    if not isinstance(node, Literal):
        return _plain(node)
    return f'"{node.value}"' if node.datatype.value in PLAIN else f'"{node.value}"^^{_plain(node.datatype)}'


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 3]}..."
