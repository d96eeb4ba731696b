"""The saved queries and Turtle on a million triples, beside rdflib in one run: `python -m benchmarks.stores_queries`.

The graph is made from the annotated reports: their claims and events again and again, under other reports' names.
Each query is asked as its example shows it, of Oxigraph and of rdflib, which is stopped after `--patience` seconds.
"""

from __future__ import annotations

import argparse
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

from rdflib import Graph

from kg.graph import ConflictGraph, build_dataset, read_graph, serialize
from kg.queries import explain, list_queries
from kg.queries.sources import OxigraphSource, RdflibSource
from kg.stores.embedded import load, open_store, optimize
from tests.handmade import GOLD, HandmadeReading, contradiction, reading_of
from tests.handmade_aftermath import aftermath

__all__ = ["main", "many_reports"]

SLOWEST = 1.0
ROUNDS = 3


class OutOfTimeError(Exception):
    """A call was stopped."""


def main() -> None:
    """Print the seconds of each query on both engines, their sums, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queries", nargs="*", metavar="QUERY", help="only these queries")
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--patience", type=int, default=60, metavar="SECONDS", help="when rdflib is stopped")
    parser.add_argument("--without-rdflib", action="store_true", help="only Oxigraph")
    parser.add_argument("--on-disk", action="store_true", help="ask a store on disk, not a graph that was read")
    parser.add_argument("--optimize", action="store_true", help="optimize the store on disk first")
    options = parser.parse_args()
    dataset = many_reports(options.triples)
    print(f"{len(dataset):,} triples from {len(dataset.graphs) - 1:,} reports")
    graph = None if options.without_rdflib else Graph()
    if graph is not None:
        graph.parse(data=serialize(dataset, "ntriples"), format="nt")
        _turtle(dataset, graph)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        path.write_bytes(serialize(dataset, "nquads"))
        if options.on_disk:
            load(path, Path(folder) / "store")
            if options.optimize:
                optimize(Path(folder) / "store")
        store = open_store(Path(folder) / "store") if options.on_disk else read_graph(path)
        _queries(OxigraphSource(store), graph, options.queries, options.patience)


def many_reports(triples: int) -> ConflictGraph:
    """Return a graph of about so many triples, of copies of the annotated reports under other names."""
    known = [reading_of(path.stem) for path in sorted(GOLD.glob("*.json"))]
    known += [contradiction(), *aftermath()]
    once, twice = (len(build_dataset(_copies(known, number))) for number in (1, 2))
    number = max(1, round((triples - once) / (twice - once)) + 1)
    return build_dataset(_copies(known, number))


def _copies(known: list[HandmadeReading], number: int) -> Iterator[HandmadeReading]:
    for copy in range(number):
        for reading in known:
            name = f"{reading.report.id}-{copy}"
            claims = {claim: replace(claim, report=name) for claim in reading.claims}
            events = (
                replace(event, key=f"{event.key}-{copy}", claims=tuple(claims[claim] for claim in event.claims))
                for event in reading.events
            )
            report = replace(reading.report, id=name)
            yield HandmadeReading(report=report, claims=tuple(claims.values()), events=tuple(events))


def _turtle(dataset: ConflictGraph, graph: Graph) -> None:
    ours = min(_seconds(lambda: serialize(dataset, "turtle")) for _ in range(ROUNDS))
    theirs = _seconds(lambda: graph.serialize(format="turtle"))
    print(f"Turtle: {ours:.1f} s, rdflib {theirs:.1f} s, {theirs / ours:.1f} times as fast")


def _queries(store: OxigraphSource, graph: Graph | None, wanted: list[str], patience: int) -> None:
    ours_all, theirs_all, slow = 0.0, 0.0, []
    print(f"{'query':24}{'rows':>8}{'ours s':>10}{'rdflib s':>10}")
    for query in list_queries():
        if wanted and query.name not in wanted:
            continue
        text = explain(query, store, query.header.example)
        rows = len(store.answer(text).rows)
        ours = min(_seconds(lambda text=text: store.answer(text)) for _ in range(ROUNDS))
        ours_all += ours
        slow += [query.name] * (ours > SLOWEST)
        line = f"{query.name:24}{rows:>8}{ours:>10.2f}"
        if graph is not None:
            theirs, done = _at_most(patience, lambda text=text: RdflibSource(graph).answer(text))
            theirs_all += theirs
            line += f"{theirs:>10.1f}{'' if done else ' stopped'}"
        print(line, flush=True)
    print(f"{'sum':32}{ours_all:>10.2f}{theirs_all:>10.1f}")
    print(f"over {SLOWEST:.0f} s: {', '.join(slow) or 'none'}")
    if graph is not None:
        print(f"Oxigraph is {theirs_all / ours_all:.0f} times as fast")


def _at_most(seconds: int, call: Callable[[], object]) -> tuple[float, bool]:
    started = time.perf_counter()
    try:
        with _alarm(seconds):
            call()
        return time.perf_counter() - started, True
    except Exception:
        # The room that asks rdflib makes an error of its own of whatever stops it.
        if time.perf_counter() - started < seconds:
            raise
        return time.perf_counter() - started, False


@contextmanager
def _alarm(seconds: int) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
