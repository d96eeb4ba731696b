"""Writes graphs to the formats of RDF, and reads a file of them into a store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from kg.graph.turtle import nquads, ntriples, trig, turtle

__all__ = [
    "FORMATS",
    "FORMAT_OF_SUFFIX",
    "Format",
    "GraphFileError",
    "load_into",
    "read_content",
    "read_graph",
    "read_quads",
    "write",
]

WHERE = re.compile(r"Parser error [^:]*: ")


class GraphFileError(ValueError):
    """A file that can't be read as a graph; the message names the file, the line, the cause and the cure."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of RDF: its suffixes, the usual one first, and whether it can hold named graphs."""

    suffixes: tuple[str, ...]
    named_graphs: bool
    rdf: RdfFormat


FORMATS: Mapping[str, Format] = {
    "turtle": Format((".ttl", ".turtle"), False, RdfFormat.TURTLE),
    "trig": Format((".trig",), True, RdfFormat.TRIG),
    "nquads": Format((".nq", ".nquads"), True, RdfFormat.N_QUADS),
    "ntriples": Format((".nt", ".ntriples"), False, RdfFormat.N_TRIPLES),
    "jsonld": Format((".jsonld", ".json"), False, RdfFormat.JSON_LD),
}
FORMAT_OF_SUFFIX: Mapping[str, str] = {suffix: name for name, known in FORMATS.items() for suffix in known.suffixes}


def write(graphs: Mapping[NamedNode, frozenset[Triple]], format: str, base: str) -> bytes:
    """Return graphs, each under its name, as the content of a file of one of FORMATS: same graphs, same bytes.

    A format that holds no named graphs gets their union. Raises ValueError for an unknown format.
    """
    if format not in FORMATS:
        raise ValueError(f"{format!r} is no format that can be written: take one of {', '.join(FORMATS)}")
    if format == "trig":
        return trig(graphs, base)
    if format == "nquads":
        return nquads(graphs, base)
    if format == "turtle":
        return turtle(graphs.values(), base)
    lines = ntriples(graphs.values(), base)
    return lines if format == "ntriples" else _jsonld(lines)


def read_graph(path: str | Path) -> Store:
    """Return a store in memory with the graph of a file, whose format its suffix tells.

    Raises GraphFileError where the file is missing, of no known format, or broken: with the line and the cause.
    """
    store = Store()
    load_into(store, path)
    return store


def load_into(store: Store, path: str | Path, *, bulk: bool = True) -> None:
    """Add the graph of a file to a store; `bulk` is faster, and leaves a part of a broken file in the store.

    Raises GraphFileError as `read_graph` does.
    """
    with _readable(path) as (file, format):
        (store.bulk_load if bulk else store.load)(path=file, format=format)


def read_quads(path: str | Path) -> list[Quad]:
    """Return the quads of a file in their order; raises GraphFileError as `read_graph` does."""
    with _readable(path) as (file, format):
        return list(parse(path=file, format=format))


def read_content(path: str | Path) -> bytes:
    """Return the content of a graph file as it stands; raises GraphFileError where it is missing or of no format."""
    with _readable(path) as (file, _):
        return file.read_bytes()


@contextmanager
def _readable(path: str | Path) -> Iterator[tuple[Path, RdfFormat]]:
    file = Path(path)
    name = FORMAT_OF_SUFFIX.get(file.suffix.lower())
    if not file.is_file():
        cause = "is a directory, not a graph file" if file.is_dir() else "no such file"
        raise GraphFileError(f"{file}: {cause}; build one with `kg build INPUT -o {file.stem}.ttl`")
    if name is None:
        known = ", ".join(FORMAT_OF_SUFFIX)
        raise GraphFileError(f"{file}: the suffix tells no format of RDF; name it with one of {known}")
    try:
        yield file, FORMATS[name].rdf
    except SyntaxError as error:
        raise GraphFileError(f"{file}{_cause(error)}; build it again or mend the line") from error
    except OSError as error:
        raise GraphFileError(f"{file}: {error.strerror or error}") from error


def _jsonld(lines: bytes) -> bytes:
    content = serialize(parse(lines, format=RdfFormat.N_TRIPLES), format=RdfFormat.JSON_LD) or b"[]"
    return json.dumps(json.loads(content), ensure_ascii=False, indent=1).encode() + b"\n"


def _cause(error: SyntaxError) -> str:
    line = f", line {error.lineno}" if error.lineno else ""
    return f"{line}: {WHERE.sub('', error.msg).strip()}"
