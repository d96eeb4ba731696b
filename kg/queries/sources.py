"""Asks queries of a graph file, a store, or an rdflib graph, and gives the same answers from each."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store, Triple

from kg.graph.files import read_graph
from kg.queries.result import Result
from kg.queries.values import Iri, Value, python_value
from kg.stores.embedded import open_store
from kg.stores.profiles import is_endpoint
from kg.stores.query_text import QueryError, without_comments

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from kg.stores.endpoint import Endpoint

__all__ = ["Answering", "Changing", "Result", "Source", "open_for_update", "open_source"]

Source: TypeAlias = "str | Path | Store | Graph"
TRIPLE = ("subject", "predicate", "object")


class Answering(Protocol):
    """Something that answers SPARQL queries."""

    def answer(self, query: str) -> Result:
        """Return the answer to a query; raises QueryError where the query can't be parsed or run."""


@runtime_checkable
class Changing(Answering, Protocol):
    """Something that answers SPARQL queries and takes updates."""

    def update(self, update: str) -> None:
        """Change what is asked; raises QueryError where the update can't be parsed or run."""


def open_for_update(source: Source | Answering) -> Changing:
    """Return what takes updates for a store's directory or URL, a pyoxigraph Store or an rdflib Graph.

    Raises QueryError for a file, which an update would not change, and else as `open_source` does.
    """
    if isinstance(source, str | Path) and not is_endpoint(source):
        if Path(source).is_file():
            raise QueryError(f"{source}: an update changes a store, not a file: `kg load {source} --to DIR` makes one")
        source = open_store(source, writing=True)
    opened = open_source(source)
    if not isinstance(opened, Changing):
        raise QueryError("what is asked takes no updates")
    return opened


def open_source(source: Source | Answering) -> Answering:
    """Return what answers queries for a graph file, a store's directory or URL, a pyoxigraph Store or an rdflib Graph.

    Raises GraphFileError and StoreError for files and directories that can't be read, EndpointError for a URL
    that does not answer.
    """
    if isinstance(source, str) and is_endpoint(source):
        # It brings the HTTP client, which other sources do without.
        from kg.stores.endpoint import Endpoint

        return EndpointSource(Endpoint(source))
    if isinstance(source, str | Path):
        source = open_store(source) if Path(source).is_dir() else read_graph(source)
    if isinstance(source, Store):
        return OxigraphSource(source)
    if hasattr(source, "answer"):
        return source
    return RdflibSource(source)


class OxigraphSource:
    """Answers from an Oxigraph store, over the union of its named graphs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, query: str) -> Result:
        """Return the answer to a query."""
        try:
            found = self._store.query(query, use_default_graph_as_union=True)
            if isinstance(found, QueryBoolean):
                return Result(("answer",), ((bool(found),),))
            if isinstance(found, QuerySolutions):
                columns = tuple(variable.value for variable in found.variables)
                return Result(columns, tuple(tuple(map(_oxigraph_value, solution)) for solution in found))
            return Result(TRIPLE, _sorted([tuple(map(_oxigraph_value, triple)) for triple in found]))
        except (SyntaxError, OSError) as error:
            raise QueryError(f"the query can't be run: {_first_line(error)}") from error

    def update(self, update: str) -> None:
        """Change the store, all of it or nothing."""
        try:
            self._store.update(update)
            self._store.flush()
        except (SyntaxError, OSError, RuntimeError) as error:
            raise QueryError(f"the update can't be run: {_first_line(error)}") from error


class EndpointSource:
    """Answers from a triple store on the network, over the union of its named graphs."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def answer(self, query: str) -> Result:
        """Return the answer to a query."""
        # SPARQLWrapper takes words of a header for the query's form.
        found = self._endpoint.query(without_comments(query))
        rows = tuple(tuple(map(_oxigraph_value, row)) for row in found.rows)
        return Result(found.columns, _sorted(list(rows)) if found.columns == TRIPLE else rows)

    def update(self, update: str) -> None:
        """Change the store, asked once: nobody knows what an update does that is done twice."""
        try:
            self._endpoint.update(without_comments(update), again=False)
        finally:
            self._endpoint.close()


class RdflibSource:
    """Answers from an rdflib graph; of a Dataset, as it is set up to show its default graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def answer(self, query: str) -> Result:
        """Return the answer to a query."""
        try:
            with warnings.catch_warnings():
                # rdflib warns of its own calls; a caller that makes errors of warnings is not to pay for that.
                warnings.simplefilter("ignore", DeprecationWarning)
                found = self._graph.query(query)
                if found.type == "ASK":
                    return Result(("answer",), ((bool(found.askAnswer),),))
                if found.type == "SELECT":
                    columns = tuple(map(str, found.vars or ()))
                    return Result(columns, tuple(tuple(map(_rdflib_value, row)) for row in _rows(found)))
                return Result(TRIPLE, _sorted([tuple(map(_rdflib_value, triple)) for triple in _rows(found)]))
        except Exception as error:
            # rdflib has no error of its own: pyparsing's, its algebra's and plain Exception come out of it.
            raise QueryError(f"the query can't be run: {_first_line(error)}") from error

    def update(self, update: str) -> None:
        """Change the graph."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                self._graph.update(update)
        except Exception as error:
            raise QueryError(f"the update can't be run: {_first_line(error)}") from error


def _rows(found: Iterable[Any]) -> Iterator[tuple[Node | None, ...]]:
    yield from found


def _oxigraph_value(node: NamedNode | BlankNode | Literal | Triple | None) -> Value:
    if isinstance(node, NamedNode):
        return Iri(node.value)
    if isinstance(node, Literal):
        return python_value(node.value, node.datatype.value, node.language)
    return None if node is None else str(node)


def _rdflib_value(node: Node | None) -> Value:
    from rdflib.term import Literal as RdflibLiteral
    from rdflib.term import URIRef

    if isinstance(node, URIRef):
        return Iri(node)
    if isinstance(node, RdflibLiteral):
        return python_value(str(node), str(node.datatype or ""), node.language)
    return None if node is None else node.n3()


def _sorted(rows: list[tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    return tuple(sorted(rows, key=lambda row: tuple(map(str, row))))


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
