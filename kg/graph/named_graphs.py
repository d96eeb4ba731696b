"""Sorts what a graph file says into named graphs: one a report, one for actors and places, one for the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from kg.graph.files import read_quads
from kg.graph.vocabulary import CONFLICT, DCTERMS, DEFAULT_BASE, RDF, SKOS, WGS, Naming, absolute_iri, term
from kg.resources import resource_folder

__all__ = [
    "ONTOLOGY",
    "Graphs",
    "base_of",
    "graph_name",
    "graphs_of",
    "is_shared",
    "named_graphs",
    "ontology",
    "read_graphs",
    "read_sorted",
    "united",
]

Graphs: TypeAlias = Mapping[NamedNode, frozenset[Triple]]

ONTOLOGY = NamedNode(CONFLICT.removesuffix("#"))
SKOLEM = DEFAULT_BASE + ".well-known/genid/"
TYPE = NamedNode(RDF + "type")
IDENTIFIER = NamedNode(DCTERMS + "identifier")
PREF_LABEL = NamedNode(SKOS + "prefLabel")
ALT_LABEL = NamedNode(SKOS + "altLabel")
POSITION = (NamedNode(WGS + "lat"), NamedNode(WGS + "long"), NamedNode("http://www.opengis.net/ont/geosparql#asWKT"))


def read_graphs(path: str | Path, *, into: NamedNode | None = None) -> Graphs:
    """Return what a graph file says, by named graph; with `into`, all of it under that one name.

    Triples that stand in no named graph, as in Turtle, go to the graph of the report that they are of, those of no
    report to that of actors and places. Blank nodes become IRIs, the same at each reading, so that no load doubles
    them. Raises GraphFileError as `read_quads` does.
    """
    return named_graphs(read_quads(path), into=into)


def named_graphs(quads: Iterable[Quad], *, into: NamedNode | None = None) -> Graphs:
    """Return quads by named graph, sorted as `read_graphs` says."""
    known: dict[NamedNode, set[Triple]] = {}
    loose: list[Quad] = []
    for quad in _without_blank_nodes(list(quads)):
        name = into or quad.graph_name
        if isinstance(name, NamedNode):
            known.setdefault(name, set()).add(quad.triple)
        else:
            loose.append(quad)
    graphs, authority = graphs_of(loose)
    for quad in loose:
        for name in graphs.get(quad.subject, (authority,)):
            known.setdefault(name, set()).add(quad.triple)
    return {name: frozenset(triples) for name, triples in known.items()}


def read_sorted(path: str | Path) -> Iterator[Quad]:
    """Yield what a graph file says, sorted into named graphs as `read_graphs` does, in less time and memory.

    Raises GraphFileError as `read_quads` does.
    """
    quads = _without_blank_nodes(read_quads(path))
    graphs, authority = graphs_of([quad for quad in quads if isinstance(quad.graph_name, DefaultGraph)])
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            for name in graphs.get(quad.subject, (authority,)):
                yield Quad(quad.subject, quad.predicate, quad.object, name)
        else:
            yield quad


def base_of(graphs: Iterable[NamedNode]) -> str:
    """Return what the IRIs of a dataset begin with, as the names of its graphs tell.

    >>> base_of([NamedNode("https://example.org/kg/graph/report/a")])
    'https://example.org/kg/'
    """
    found = (name.value.partition("graph/") for name in sorted(graphs, key=str))
    return next((base for base, marked, _ in found if marked and base), DEFAULT_BASE)


def ontology() -> frozenset[Triple]:
    """Return the ontology and its crosswalk, which have no blank nodes."""
    folder = resource_folder("ontology")
    read = (parse(path=folder / name, format=RdfFormat.TURTLE) for name in ("conflict.ttl", "crosswalk.ttl"))
    return frozenset(quad.triple for quads in read for quad in quads)


def is_shared(name: NamedNode) -> bool:
    """Return whether a graph is that of actors and places, which several files add to.

    >>> is_shared(NamedNode("https://w3id.org/conflict-kg/graph/authority"))
    True
    """
    return name.value.endswith(("/graph/authority", "#graph/authority", ":graph/authority"))


def graph_name(text: str) -> NamedNode:
    """Return an IRI that a graph may have; raises ValueError for any other text."""
    name = absolute_iri(text)
    if name is None:
        raise ValueError(f"{text!r} is no absolute IRI: name a graph as in https://example.org/graph/1")
    return name


def united(*descriptions: Iterable[Triple]) -> frozenset[Triple]:
    """Return descriptions of actors and places as one: each has one preferred name and one position.

    Of several preferred names the first by the alphabet stays, the others become alternative ones; of several
    positions the smallest stays; what one of the descriptions resolves is no longer unresolved.
    """
    parts = [frozenset(triples) for triples in descriptions]
    union = set().union(*parts)
    names: dict[NamedNode, set[Literal]] = {}
    unresolved = {triple for triple in union if triple.predicate == term("unresolved")}
    for triple in union:
        if (
            triple.predicate == PREF_LABEL
            and isinstance(triple.object, Literal)
            and isinstance(triple.subject, NamedNode)
        ):
            names.setdefault(triple.subject, set()).add(triple.object)
    for subject, labels in names.items():
        for label in sorted(labels, key=lambda label: (label.value, label.language or ""))[1:]:
            union.discard(Triple(subject, PREF_LABEL, label))
            union.add(Triple(subject, ALT_LABEL, label))
    for triple in unresolved:
        described = Triple(triple.subject, TYPE, term("Actor")), Triple(triple.subject, TYPE, term("Place"))
        if any(triple not in part and any(known in part for known in described) for part in parts):
            union.discard(triple)
    _keep_one_position(union, parts)
    return frozenset(union)


def _keep_one_position(union: set[Triple], parts: Iterable[frozenset[Triple]]) -> None:
    positions: dict[NamedNode | BlankNode | Triple, set[tuple[Triple, ...]]] = {}
    for part in parts:
        found: dict[NamedNode | BlankNode | Triple, dict[NamedNode, Triple]] = {}
        for triple in part:
            if triple.predicate in POSITION:
                found.setdefault(triple.subject, {})[triple.predicate] = triple
        for subject, given in found.items():
            positions.setdefault(subject, set()).add(tuple(given[p] for p in POSITION if p in given))
    for several in positions.values():
        first, *others = sorted(several, key=str)
        for other in others:
            union.difference_update(set(other) - set(first))


def graphs_of(statements: Sequence[Quad]) -> tuple[Mapping[object, tuple[NamedNode, ...]], NamedNode]:
    """Return the graphs in which subjects that are of reports stand, and the graph for all others."""
    telling: dict[NamedNode, list[Quad]] = {
        TYPE: [],
        IDENTIFIER: [],
        term("reportedIn"): [],
        term("describes"): [],
        term("figure"): [],
    }
    for quad in statements:
        kept = telling.get(quad.predicate)
        if kept is not None:
            kept.append(quad)
    typed, identified, reported, described, figures = telling.values()
    identifiers = {quad.subject: quad.object.value for quad in identified if isinstance(quad.object, Literal)}
    report_class, base = term("Report"), DEFAULT_BASE
    graphs: dict[object, tuple[NamedNode, ...]] = {}
    for quad in typed:
        if quad.object == report_class and isinstance(quad.subject, NamedNode):
            base = _base(quad.subject, identifiers.get(quad.subject, "")) or base
            graphs[quad.subject] = (Naming(base).graph(identifiers.get(quad.subject, quad.subject.value)),)
    for quad in reported:
        _add(graphs, quad.subject, graphs.get(quad.object))
    # An event that claims of several reports describe is in the graph of each, as is all that is said of it.
    for quad in (*described, *figures):
        _add(graphs, quad.object, graphs.get(quad.subject))
    return graphs, Naming(base).authority


def _add(graphs: dict[object, tuple[NamedNode, ...]], subject: object, names: tuple[NamedNode, ...] | None) -> None:
    if names is None:
        return
    known = graphs.get(subject)
    # Of one report is nearly all: its claims share the one tuple, of which the garbage collector sees less.
    if known is None:
        graphs[subject] = names
    elif known is not names:
        graphs[subject] = tuple(dict.fromkeys((*known, *names)))


def _base(report: NamedNode, identifier: str) -> str | None:
    path = Naming(DEFAULT_BASE).report(identifier).value.removeprefix(DEFAULT_BASE)
    return report.value.removesuffix(path) if identifier and report.value.endswith(path) else None


def _without_blank_nodes(quads: list[Quad]) -> Sequence[Quad]:
    if not any(isinstance(node, BlankNode) for quad in quads for node in (quad.subject, quad.object)):
        return quads
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    # The numbers of canonical nodes depend on the whole content, hence so must the IRIs.
    mark = sha256("\n".join(sorted(map(str, dataset))).encode()).hexdigest()[:16]

    def named(node: BlankNode) -> NamedNode:
        return NamedNode(f"{SKOLEM}{mark}-{node.value}")

    return [
        Quad(
            named(quad.subject) if isinstance(quad.subject, BlankNode) else quad.subject,
            quad.predicate,
            named(quad.object) if isinstance(quad.object, BlankNode) else quad.object,
            _graph(quad.graph_name),
        )
        for quad in dataset
    ]


def _graph(name: NamedNode | BlankNode | DefaultGraph) -> NamedNode | DefaultGraph:
    return DefaultGraph() if isinstance(name, BlankNode) else name
