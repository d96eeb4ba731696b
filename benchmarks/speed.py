"""Measures what linking and claims cost beside the parser, the memory that they take and how soon the verbs start.

`python -m benchmarks.speed [--rounds N]` reads the annotated reports with the bare spaCy pipeline, with linking, and
with linking and claims, in one process and in turns, so that whatever else the machine does slows all three alike; what
counts is processor time. A ratio is the bare pipeline's time through the other's: 0.85 means that reading takes 1/0.85
as long. Medians over the rounds.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from kg.language.docs import readable
from kg.model import Report
from kg.pipeline import Pipeline
from kg.reports import read_reports

GOLD = Path(__file__).parent.parent / "tests" / "gold"
VERBS = (("--help",), ("queries",), ("mentions", "-"), ("show", "-"))
LEAST = {"linking": 0.85, "linking and claims": 0.8}
MOST_MEGABYTES = 600
MOST_SECONDS = 2.0


def timed(work: Iterable[object]) -> float:
    """Return how many seconds of processor time it takes to run through `work`."""
    start = time.process_time()
    deque(work, maxlen=0)
    return time.process_time() - start


def rounds_of(ways: dict[str, Callable[[], Iterable[object]]], count: int) -> dict[str, list[float]]:
    """Return the seconds of each way in each round; every round begins with another of them."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for number in range(count):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            seconds[name].append(timed(ways[name]()))
    return seconds


def start_of(verb: Sequence[str]) -> float:
    """Return how long a verb takes for next to no work, the interpreter's start included."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "kg", *verb], input=b"Troops seized Gao.", capture_output=True, check=True, timeout=60
    )
    return time.perf_counter() - start


def peak_megabytes() -> float:
    """Return the most memory that this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main(rounds: int) -> int:
    """Print the tables; return 1 where a bound is broken, else 0."""
    before = peak_megabytes()
    pipeline = Pipeline()
    reports = [entry for entry in read_reports([str(GOLD / "dev"), str(GOLD / "real")]) if isinstance(entry, Report)]
    texts = [readable(report) for report in reports]
    parser = pipeline.language.pipeline
    tokens = sum(map(len, parser.pipe(texts)))
    deque(pipeline.pipe(reports), maxlen=0)  # fills the caches of all ways alike
    seconds = rounds_of(
        {
            "spaCy alone": lambda: parser.pipe(texts, batch_size=32),
            "linking": lambda: pipeline.linked(reports),
            "linking and claims": lambda: pipeline.pipe(reports),
        },
        rounds,
    )
    ratios = {
        name: median(bare / other for bare, other in zip(seconds["spaCy alone"], seconds[name], strict=True))
        for name in seconds
    }
    table = Table("way", "tokens a second", "ratio", "least")
    for name, ratio in ratios.items():
        table.add_row(name, f"{tokens / median(seconds[name]):,.0f}", f"{ratio:.2f}", f"{LEAST.get(name, '')}")
    starts = {verb: median(start_of(verb) for _ in range(3)) for verb in VERBS}
    further = Table("measure", "value", "most")
    further.add_row(
        "peak memory", f"{peak_megabytes():.0f} MB ({before:.0f} before the pipeline)", f"{MOST_MEGABYTES} MB"
    )
    for verb, start in starts.items():
        further.add_row(f"kg {' '.join(verb)}", f"{start:.2f} s", f"{MOST_SECONDS} s")
    console = Console()
    console.print(f"{len(reports)} reports, {tokens:,} tokens, {rounds} rounds")
    console.print(table, further)
    kept = all(ratios[name] >= least for name, least in LEAST.items())
    return 0 if kept and peak_megabytes() < MOST_MEGABYTES and max(starts.values()) < MOST_SECONDS else 1


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=7)
    sys.exit(main(arguments.parse_args().rounds))
