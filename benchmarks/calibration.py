"""Prints whether the confidence of claims means what it says: `python -m benchmarks.calibration`.

A claim is right where it is paired with an annotated claim and says who did what to whom as that does: class,
initiator, target and stance. The weights behind the confidence are fitted on two thirds of the annotated reports, see
scripts/fit_confidence.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import click
from pyoxigraph import RdfFormat, Store

from benchmarks.accuracy import SETS, kept_aside
from benchmarks.annotations import Graph, gold_statements
from benchmarks.scores import compare, pair_up
from kg.model import Report

__all__ = ["Sample", "bands", "main", "samples", "thirds"]

RIGHT = ("class", "initiator", "target", "stance")
EDGES = (0.0, 0.3, 0.5, 0.65, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim of the pipeline: what speaks for or against it, and whether it is right."""

    signs: frozenset[str]
    right: bool
    confidence: float


def samples(paths: Sequence[Path]) -> Iterator[Sample]:
    """Yield the claims that the pipeline makes of the texts beside annotations."""
    from kg.claims import confidence, reading
    from kg.claims.attribution import Attribution
    from kg.claims.events import Draft
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
    with patch.object(reading, "confidence", noted):
        readings = {made.report.id: made for made in Pipeline().pipe(reports)}
    for path in paths:
        store = Store()
        store.load(serialize(build_dataset([readings[path.stem]]), "ntriples"), format=RdfFormat.N_TRIPLES)
        gold, made = gold_statements(path), Graph(store).claims[path.stem]
        paired = {number: known for known, number in pair_up(gold, made)}
        numbers = {(c.start, c.end, c.event_class): int(c.confidence) for c in readings[path.stem].claims}
        for number, told in enumerate(made):
            fields = compare(gold[paired[number]], told) if number in paired else {}
            leaning = seen[numbers[told.start, told.end, told.event_class]]
            right = bool(fields) and all(fields[name].same for name in RIGHT)
            yield Sample(leaning, right, confidence.of_signs(leaning))


def thirds() -> tuple[list[Path], list[Path]]:
    """Return the two thirds of the annotated reports that weights are fitted on, and the third kept aside."""
    folders = [sorted(folder.glob("*.json")) for folder in SETS]
    aside = [path for paths in folders for path in kept_aside(paths)]
    return [path for paths in folders for path in paths if path not in aside], aside


def bands(known: Iterable[Sample]) -> Iterator[str]:
    """Yield a line for each band of confidence: how many claims, how many of them right."""
    listed = list(known)
    for low, high in pairwise(EDGES):
        within = [sample for sample in listed if low <= sample.confidence < high]
        share = f"{sum(sample.right for sample in within) / len(within):.2f} right" if within else "none"
        yield f"  {low:.2f} to {high:.2f}  {len(within):>4} claims  {share}"


@click.command(help=__doc__)
def main() -> None:
    """Print a line for each band of confidence."""
    for name, paths in zip(("fitted on", "kept aside"), thirds(), strict=True):
        click.echo("\n".join([f"{name}: {len(paths)} reports", *bands(samples(paths))]))


if __name__ == "__main__":
    main()
