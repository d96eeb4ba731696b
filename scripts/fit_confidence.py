"""Fits the weights of kg/lexicon/confidence.tsv to the annotated reports: `python scripts/fit_confidence.py`.

A claim is right where an annotated claim of its class is paired with it. The weights are fitted on two thirds of the
annotated reports; the table that is printed is counted on the other third. `--check` fits nothing. Run it again when
the lexicon of triggers or the reading of claims has changed much.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.accuracy import SETS, kept_aside  # noqa: E402
from benchmarks.annotations import Graph, gold_statements  # noqa: E402
from benchmarks.scores import pair_up  # noqa: E402
from kg import confidence  # noqa: E402
from kg.attribution import Attribution  # noqa: E402
from kg.events import Draft  # noqa: E402
from kg.model import Report  # noqa: E402

TABLE = ROOT / "kg" / "lexicon" / "confidence.tsv"
HEADER = "sign\tweight\tspeaks\tmeaning"
# A weight must earn its keep: some of these signs stand in few claims.
PENALTY = 2.0
STEPS, RATE = 20_000, 0.002
BANDS = (0.0, 0.5, 0.65, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim of the pipeline: what speaks for or against it, and whether it is right."""

    signs: frozenset[str]
    right: bool
    confidence: float


def samples(paths: Sequence[Path]) -> Iterator[Sample]:
    """Yield the claims that the pipeline makes of the texts beside annotations."""
    from pyoxigraph import RdfFormat, Store

    from kg import claims
    from kg.graph import build_dataset, serialize
    from kg.pipeline import Pipeline
    from kg.reports import read_reports

    seen: list[frozenset[str]] = []

    def noted(draft: Draft, attribution: Attribution) -> float:
        # The number of the claim stands in for its confidence, so that each claim leads back to its signs.
        seen.append(confidence.signs(draft, attribution))
        return float(len(seen) - 1)

    entries = read_reports([str(path.with_suffix(".txt")) for path in paths])
    reports = [entry for entry in entries if isinstance(entry, Report)]
    with patch.object(claims, "confidence", noted):
        readings = {reading.report.id: reading for reading in Pipeline().pipe(reports)}
    for path in paths:
        reading = readings[path.stem]
        store = Store()
        store.load(serialize(build_dataset([reading]), "ntriples"), format=RdfFormat.N_TRIPLES)
        told = Graph(store).claims[path.stem]
        gold = gold_statements(path)
        right = {made for known, made in pair_up(gold, told) if gold[known].event_class == told[made].event_class}
        signs = {(claim.start, claim.end, claim.event_class): seen[int(claim.confidence)] for claim in reading.claims}
        for number, statement in enumerate(told):
            leaning = signs[(statement.start, statement.end, statement.event_class)]
            yield Sample(leaning, number in right, confidence.of_signs(leaning))


def fit(known: Sequence[Sample], speaking: dict[str, str]) -> dict[str, float]:
    """Return the weights of the signs and of the base that make the samples most likely.

    A sign that speaks for a claim never weighs less than nothing, one that speaks against it never more.
    """
    names = sorted(speaking)
    table = np.array([[name in sample.signs for name in names] for sample in known], dtype=float)
    right = np.array([sample.right for sample in known], dtype=float)
    weights, base = np.zeros(len(names)), 1.0
    least = np.array([0.0 if speaking[name] == "for" else -np.inf for name in names])
    most = np.array([0.0 if speaking[name] == "against" else np.inf for name in names])
    for _ in range(STEPS):
        missing = right - 1 / (1 + np.exp(-(base + table @ weights)))
        weights = np.clip(weights + RATE * (table.T @ missing - PENALTY * weights), least, most)
        base += RATE * missing.sum()
    return {confidence.BASE: float(base), **{name: float(w) for name, w in zip(names, weights, strict=True)}}


def bands(known: Iterable[Sample]) -> Iterator[str]:
    """Yield a line for each band of confidence: how many claims, how many of them right."""
    listed = list(known)
    for low, high in pairwise(BANDS):
        within = [s for s in listed if low <= s.confidence < high or s.confidence == high == BANDS[-1]]
        share = f"{sum(s.right for s in within) / len(within):.2f}" if within else "-"
        yield f"{low:.2f} to {high:.2f}: {len(within):>4} claims, {share} right"


def rows() -> list[dict[str, str]]:
    """Return the rows of the table as they are on disk."""
    header, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]


def main() -> None:
    """Fit and write the weights, unless `--check` is given; print how the other third comes out."""
    folders = [sorted(folder.glob("*.json")) for folder in SETS]
    aside = [path for paths in folders for path in kept_aside(paths)]
    fitting = [path for paths in folders for path in paths if path not in aside]
    if "--check" not in sys.argv[1:]:
        known = rows()
        found = fit(list(samples(fitting)), {row["sign"]: row["speaks"] for row in known if row["speaks"]})
        lines = [f"{row['sign']}\t{found[row['sign']]:.2f}\t{row['speaks']}\t{row['meaning']}" for row in known]
        TABLE.write_text("\n".join([HEADER, *sorted(lines)]).replace("-0.00", "0.00") + "\n", encoding="utf-8")
        confidence.weights.cache_clear()
        confidence.lexicon.rows.cache_clear()
    for name, paths in (("fitted on", fitting), ("kept aside", aside)):
        print(f"{name}, {len(paths)} reports", *bands(samples(paths)), sep="\n  ")


if __name__ == "__main__":
    main()
