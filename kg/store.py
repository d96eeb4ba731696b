"""Keeps a graph in an embedded Oxigraph store on disk, and opens one for reading."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp

from pyoxigraph import Store

from kg.graph_files import load_into

__all__ = ["StoreError", "is_store", "load", "open_store"]

# RocksDB writes this file into each of its directories.
MARK = "CURRENT"


class StoreError(ValueError):
    """A directory that can't be used as a store; the message names the directory, the cause and the cure."""


def is_store(directory: str | Path) -> bool:
    """Return whether a directory holds a store."""
    return (Path(directory) / MARK).is_file()


def load(graph_path: str | Path, directory: str | Path) -> int:
    """Add the graph of a file to the store in `directory`, which is made where there is none; return its new size.

    The store is as before or holds the whole file, never a part of it. Raises StoreError for a directory that is
    no store or that another program writes to, and GraphFileError for a file that can't be read.
    """
    place = Path(directory)
    if is_store(place):
        try:
            store = Store(str(place))
        except OSError as error:
            raise _unusable(place, error) from error
        load_into(store, graph_path, bulk=False)
        store.flush()
        return len(store)
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise StoreError(f"{place}: is no store and not empty; name a new directory")
    return _make(graph_path, place)


def open_store(directory: str | Path) -> Store:
    """Return the store in a directory, for reading only; raises StoreError where there is none that can be read."""
    place = Path(directory)
    if not is_store(place):
        cause = "no such directory" if not place.exists() else "is no store"
        raise StoreError(f"{place}: {cause}; make one with `kg load GRAPH --to {place}`")
    try:
        return Store.read_only(str(place))
    except OSError as error:
        raise _unusable(place, error) from error


def _make(graph_path: str | Path, place: Path) -> int:
    """Fill a store beside `place` and move it there, so that nobody ever finds a half-filled one."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    except OSError as error:
        raise _unusable(place, error) from error
    try:
        store = Store(str(beside))
        load_into(store, graph_path)
        store.flush()
        size = len(store)
        del store
        beside.chmod(0o755)
        beside.replace(place)
    except OSError as error:
        raise _unusable(place, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return size


def _unusable(place: Path, error: OSError) -> StoreError:
    if "lock" in str(error).lower():
        return StoreError(f"{place}: another program writes to this store; wait until it is done")
    return StoreError(f"{place}: {error.strerror or error}")
