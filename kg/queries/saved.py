"""Lists, fills and runs the saved queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from kg.queries.header import Header, Parameter, read_header
from kg.queries.names import find
from kg.queries.result import Result
from kg.queries.sources import Answering, Source, open_for_update, open_source
from kg.queries.values import ENTITY_TYPES, Iri, Text, Value, nearest, sparql_term
from kg.resources import resource_folder
from kg.stores.query_text import UPDATING, QueryError, filled, query_form

__all__ = [
    "Iri",
    "Parameter",
    "QueryError",
    "Result",
    "SavedQuery",
    "Text",
    "Value",
    "explain",
    "fill",
    "list_queries",
    "load_query",
    "query",
    "run",
]

Given = Mapping[str, "Sequence[str] | str"]
Scalar: TypeAlias = str | date | int | float | Decimal
NOTHING: Given = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query that is kept in a file, with what its header says of it."""

    name: str
    path: Path
    header: Header
    text: str

    @property
    def summary(self) -> str:
        """What the query finds, in one line."""
        return self.header.summary

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The values that the query takes."""
        return self.header.parameters

    @property
    def updates(self) -> bool:
        """Whether it changes what it is asked of."""
        return query_form(self.text, service=True, update=True) in UPDATING


def list_queries(folder: str | Path | None = None) -> tuple[SavedQuery, ...]:
    """Return the bundled queries, or those of a folder, by theme and name; raises QueryError for a faulty file."""
    place = _folder(folder)
    # A query that nobody may run as yet can be listed all the same.
    known = [_read(path, service=True, update=True) for path in place.glob("*.rq")]
    return tuple(sorted(known, key=lambda query: (query.header.theme, query.name)))


def load_query(
    name_or_path: str | Path, folder: str | Path | None = None, *, service: bool = False, update: bool = False
) -> SavedQuery:
    """Return the bundled query of a name, or one of a folder or a file of one's own.

    With `service` it may ask other endpoints, with `update` it may change the store. Raises QueryError, with the
    nearest names, where there is none, and with file, line and cause for a faulty one.
    """
    path = Path(name_or_path)
    if path.suffix == ".rq":
        return _read(path, service, update)
    place = _folder(folder)
    names = {file.stem: file for file in place.glob("*.rq")}
    if str(name_or_path) in names:
        return _read(names[str(name_or_path)], service, update)
    hint = nearest(str(name_or_path).casefold(), {name: name for name in names})
    raise QueryError(f"no query {str(name_or_path)!r}{hint} (`kg queries` lists them)")


def fill(query: SavedQuery, params: Given = NOTHING) -> str:
    """Return the query's text with values in its slots; actors, places and events are to be given as IRIs.

    A parameter that is not given takes its default, else its slot stays empty. Raises QueryError for an unknown
    parameter, a missing or a doubled one, and for a value that is not of its parameter's type.
    """
    given = _given(query, params)
    types = {parameter.name: parameter.type for parameter in query.parameters}
    terms: dict[str, tuple[str, ...]] = {}
    for name, values in given.items():
        try:
            terms[name] = tuple(sparql_term(types[name], value) for value in values)
        except QueryError as error:
            raise QueryError(f"{query.name}: {name}: {error}") from error
    return filled(query.text, terms)


def explain(query: SavedQuery, source: Source | Answering, params: Given = NOTHING) -> str:
    """Return the query as `run` asks it of the source, names resolved and slots filled; raises as `run` does."""
    return fill(query, _resolved(query, open_source(source), params))


def run(query: SavedQuery, source: Source | Answering, params: Given = NOTHING) -> Result:
    """Return the answer to a query over a graph file, a store's directory, a pyoxigraph Store or an rdflib Graph.

    Actors, places and events may be given by label, alias, Q-number or IRI: all of a name's meanings are taken
    where the parameter takes many. An update is answered as ASK is, with True. Raises QueryError as `fill` does and
    for names that the source does not know, GraphFileError and StoreError for a source that can't be read.
    """
    if query.updates:
        changed = open_for_update(source)
        changed.update(fill(query, _resolved(query, changed, params)))
        return Result(("answer",), ((True,),))
    opened = open_source(source)
    return opened.answer(fill(query, _resolved(query, opened, params)))


def query(
    source: Source | Answering,
    name: str | Path,
    /,
    *,
    folder: str | Path | None = None,
    service: bool = False,
    update: bool = False,
    **params: Scalar | Sequence[Scalar],
) -> Result:
    """Return the answer to a saved query, its parameters given by name as Python values.

    `name` is that of a bundled query, or of one in `folder`, or a path to a .rq file; `source` is what `run` takes.
    With `service` the query may ask other endpoints, with `update` it may change the store. Raises
    QueryError, GraphFileError and StoreError as `load_query` and `run` do.
    """
    given = {
        key: [_written(item) for item in ([value] if isinstance(value, Scalar) else value)]
        for key, value in params.items()
    }
    return run(load_query(name, folder, service=service, update=update), source, given)


def _folder(folder: str | Path | None) -> Path:
    place = resource_folder("queries") if folder is None else Path(folder)
    if not place.is_dir():
        raise QueryError(f"{place}: no such folder of queries")
    return place


def _written(value: Scalar) -> str:
    if isinstance(value, float | Decimal):
        # No exponent: 1e-05 is no number that a query takes.
        return f"{Decimal(str(value)):f}"
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def _read(path: Path, service: bool = False, update: bool = False) -> SavedQuery:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        cause = getattr(error, "strerror", None) or "is no UTF-8 text"
        raise QueryError(f"{path}: {cause}") from error
    try:
        query_form(text, service=service, update=update)
        return SavedQuery(path.stem, path, read_header(text), text)
    except QueryError as error:
        raise QueryError(f"{path}: {error}") from error


def _given(query: SavedQuery, params: Given) -> dict[str, tuple[str, ...]]:
    names = [parameter.name for parameter in query.parameters]
    for name in params:
        if name not in names:
            takes = f"its parameters are {', '.join(names)}" if names else "it takes none"
            raise QueryError(f"{query.name}: no parameter {name!r}: {takes}")
    given: dict[str, tuple[str, ...]] = {}
    for parameter in query.parameters:
        value = params.get(parameter.name, parameter.default or ())
        values = (value,) if isinstance(value, str) else tuple(value)
        if not values and parameter.required:
            raise QueryError(f"{query.name}: {parameter.name} is missing: add -p {parameter.name}=VALUE")
        if len(values) > 1 and not parameter.many:
            raise QueryError(f"{query.name}: {parameter.name} takes one value, not {len(values)}")
        if values:
            given[parameter.name] = values
    return given


def _resolved(query: SavedQuery, source: Answering, params: Given) -> dict[str, tuple[str, ...]]:
    given = _given(query, params)
    for parameter in query.parameters:
        if parameter.type in ENTITY_TYPES and parameter.name in given:
            try:
                found = [find(source, parameter.type, value) for value in given[parameter.name]]
            except QueryError as error:
                raise QueryError(f"{query.name}: {parameter.name}: {error}") from error
            nodes = tuple(dict.fromkeys(node for nodes in found for node in nodes))
            if len(nodes) > 1 and not parameter.many:
                raise QueryError(f"{query.name}: {parameter.name} can mean {' or '.join(nodes)}: give one of these")
            given[parameter.name] = nodes
    return given
