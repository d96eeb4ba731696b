"""Keeps graphs in an embedded Oxigraph store on disk, one named graph a report, and opens one for reading."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple

from kg.graph.files import FORMAT_OF_SUFFIX, FORMATS, load_into, read_content
from kg.graph.named_graphs import (
    ONTOLOGY,
    Graphs,
    graph_name,
    is_shared,
    named_graphs,
    ontology,
    read_graphs,
    read_sorted,
    united,
)
from kg.graph.sorted_text import SortedText, sort_turtle

__all__ = ["StoreError", "is_store", "load", "open_store", "optimize", "store_graphs"]

# RocksDB writes this file into each of its directories.
MARK = "CURRENT"
# How many parts of a file are loaded at once, and how many it has: of four, two threads end at about the same time.
LOADERS = 2
PARTS = 4


class StoreError(ValueError):
    """A directory that can't be used as a store; the message names the directory, the cause and the cure."""


def is_store(directory: str | Path) -> bool:
    """Return whether a directory holds a store."""
    return (Path(directory) / MARK).is_file()


def load(graph_path: str | Path, directory: str | Path, *, graph: str | None = None, replace: bool = False) -> int:
    """Put the graph of a file into the store in `directory`, made where there is none; return its new size.

    Each named graph of the file takes the place of the store's graph of that name, so a report that was built again
    replaces itself and nothing else; what is said of actors and places is added to what is known, unless `replace` is
    set. With `graph`, all goes into the graph of that name, which it is added to unless `replace` is set. A graph
    with the ontology stands beside; the size is without it.

    The store is as before or as after, never between. Raises StoreError for a directory that is no store or that
    another program writes to, GraphFileError for a file that can't be read, ValueError for a name that is no IRI.
    """
    place = Path(directory)
    into = None if graph is None else graph_name(graph)
    if is_store(place):
        return _change(place, read_graphs(graph_path, into=into), into=into, replace=replace)
    format = FORMAT_OF_SUFFIX.get(Path(graph_path).suffix.lower())
    if into is not None:
        return store_graphs(read_graphs(graph_path, into=into), place)
    if format is not None and FORMATS[format].named_graphs:
        return _make(place, lambda store: _fill_from_file(store, graph_path))
    if format == "turtle":
        return _make(place, lambda store: _fill_from_turtle(store, graph_path))
    return _make(place, lambda store: store.bulk_extend(read_sorted(graph_path)))


def store_graphs(graphs: Graphs, directory: str | Path, *, replace: bool = False) -> int:
    """Put named graphs into the store in `directory`, as `load` does with those of a file; return its new size."""
    place = Path(directory)
    if is_store(place):
        return _change(place, graphs, into=None, replace=replace)
    return _make(place, lambda store: store.bulk_extend(_quads(graphs)))


def optimize(directory: str | Path) -> None:
    """Write the store in a directory anew, in one piece for each index, so that queries take a quarter less.

    Raises StoreError as `open_store` does.
    """
    store = open_store(directory, writing=True)
    try:
        store.optimize()
    except OSError as error:
        raise _unusable(Path(directory), error) from error


def open_store(directory: str | Path, *, writing: bool = False) -> Store:
    """Return the store in a directory, for reading only unless `writing`; raises StoreError where there is none."""
    place = Path(directory)
    if not is_store(place):
        cause = "no such directory" if not place.exists() else "is no store"
        raise StoreError(f"{place}: {cause}; make one with `kg load GRAPH --to {place}`")
    try:
        return Store(str(place)) if writing else Store.read_only(str(place))
    except OSError as error:
        raise _unusable(place, error) from error


def _make(place: Path, fill: Callable[[Store], None]) -> int:
    """Fill a store beside `place` and move it there, so that nobody ever finds a half-filled one."""
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise StoreError(f"{place}: is no store and not empty; name a new directory")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _sweep(place)
        beside = Path(mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    except OSError as error:
        raise _unusable(place, error) from error
    try:
        store = Store(str(beside))
        fill(store)
        store.extend(_quads({ONTOLOGY: ontology()}))
        store.flush()
        size = _size(store)
        del store
        beside.chmod(0o755)
        beside.replace(place)
    except OSError as error:
        raise _unusable(place, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return size


def _fill_from_file(store: Store, path: str | Path) -> None:
    load_into(store, path)
    loose = list(store.quads_for_pattern(None, None, None, DefaultGraph()))
    if loose:
        store.extend(_quads(named_graphs(loose)))
        store.clear_graph(DefaultGraph())


def _fill_from_turtle(store: Store, path: str | Path) -> None:
    try:
        sorted_text = sort_turtle(read_content(path))
        if sorted_text is not None:
            # The library loads a body on one core, and lets go of Python's lock meanwhile.
            with ThreadPoolExecutor(LOADERS) as loaders:
                list(loaders.map(partial(_load_part, store), sorted_text.parts(PARTS)))
            return
    except SyntaxError:
        # Reading all of it tells the line.
        pass
    store.bulk_extend(read_sorted(path))


def _load_part(store: Store, part: SortedText) -> None:
    store.bulk_load(part.trig(), format=RdfFormat.TRIG)


def _change(place: Path, graphs: Graphs, *, into: NamedNode | None, replace: bool) -> int:
    """Change the store by what differs, in the one transaction that an update is."""
    store = open_store(place, writing=True)
    try:
        removed, added = [], []
        for name, triples in {**graphs, ONTOLOGY: ontology()}.items():
            known = frozenset(quad.triple for quad in store.quads_for_pattern(None, None, None, name))
            wanted = triples
            if not replace and name == into:
                wanted = known | triples
            elif not replace and is_shared(name):
                wanted = united(known, triples)
            removed += _statements(name, known - wanted)
            added += _statements(name, wanted - known)
        operations = {"DELETE": removed, "INSERT": added}
        if removed or added:
            store.update(" ;\n".join(f"{name} DATA {{\n{''.join(said)}}}" for name, said in operations.items() if said))
            store.flush()
        return _size(store)
    except OSError as error:
        raise _unusable(place, error) from error


def _statements(name: NamedNode, triples: frozenset[Triple]) -> list[str]:
    return [f"GRAPH {name} {{\n", *(f"{triple} .\n" for triple in triples), "}\n"] if triples else []


def _quads(graphs: Mapping[NamedNode, frozenset[Triple]]) -> Iterator[Quad]:
    for name, triples in graphs.items():
        yield from (Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)


def _size(store: Store) -> int:
    return len(store) - sum(1 for _ in store.quads_for_pattern(None, None, None, ONTOLOGY))


def _sweep(place: Path) -> None:
    """Remove what loads that were killed have left beside `place`."""
    for left in place.parent.glob(f".{place.name}-????????"):
        if is_store(left):
            try:
                # A load that is still at work holds the lock.
                abandoned = Store(str(left))
            except OSError:
                continue
            del abandoned
            shutil.rmtree(left, ignore_errors=True)


def _unusable(place: Path, error: OSError) -> StoreError:
    if "lock" in str(error).lower():
        return StoreError(f"{place}: another program writes to this store; wait until it is done")
    return StoreError(f"{place}: {error.strerror or error}")
