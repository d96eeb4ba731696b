"""Loading a million triples, each pair of times in one run: `python -m benchmarks.stores_load`."""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from pyoxigraph import RdfFormat, Store

from kg.graph import ConflictGraph, serialize
from kg.graph.named_graphs import read_graphs
from kg.stores.embedded import load
from kg.stores.endpoint import Endpoint
from kg.stores.remote_load import load_remote
from tests.copies import copies
from tests.servers import Server, oxigraph_server, virtuoso_server

__all__ = ["main"]

ROUNDS = 3


def main() -> None:
    """Print how long each load takes, what it takes beside the library's own bulk load, and what the stores count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--without-servers", action="store_true", help="only the embedded store")
    options = parser.parse_args()
    wanted = options.triples
    number = max(1, round(wanted / (len(copies(2)) - len(copies(1)))))
    dataset = copies(number)
    print(f"{len(dataset):,} triples in {len(dataset.graphs):,} graphs")
    # `kg load` has no such dataset in memory: the garbage collector is not to look at it in the midst of a load.
    gc.collect()
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, {"XDG_STATE_HOME": folder}):
        place = Path(folder)
        for format, suffix in (("turtle", "ttl"), ("trig", "trig"), ("nquads", "nq")):
            path = place / f"graph.{suffix}"
            path.write_bytes(serialize(dataset, format))
            _embedded(path, place / "store")
        for serving in () if options.without_servers else (oxigraph_server, virtuoso_server):
            directory = Path(tempfile.mkdtemp(dir=place))
            with serving(directory) as server:
                _remote(server, place / "graph.nq", dataset)


def _embedded(path: Path, directory: Path) -> None:
    ours, theirs = [], []
    # In turns, so that what else the machine does weighs on both.
    for _ in range(ROUNDS):
        theirs.append(_seconds(lambda: _bulk(path, directory)))
        shutil.rmtree(directory)
        ours.append(_seconds(lambda: load(path, directory)))
        shutil.rmtree(directory)
    ratio = sorted(mine / bulk for mine, bulk in zip(ours, theirs, strict=True))[ROUNDS // 2]
    print(f"embedded, {path.suffix}: {min(ours):.1f} s, bulk load alone {min(theirs):.1f} s, ratio {ratio:.2f}")


def _bulk(path: Path, directory: Path) -> None:
    store = Store(str(directory))
    store.bulk_load(path=path, format=RdfFormat.from_extension(path.suffix[1:]))
    store.flush()


def _remote(server: Server, path: Path, dataset: ConflictGraph) -> None:
    with mock.patch.dict(os.environ, server.environment):
        endpoint = Endpoint(server.url)
        started = time.perf_counter()
        load_remote(read_graphs(path), endpoint)
        seconds = time.perf_counter() - started
        equal = sum(endpoint.count(name) == len(triples) for name, triples in dataset.graphs.items())
        endpoint.close()
    print(f"{server.store}: {seconds:.1f} s, {equal:,} of {len(dataset.graphs):,} graphs have the count of the file")


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
