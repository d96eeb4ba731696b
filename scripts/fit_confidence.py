"""Fits the weights of kg/lexicon/confidence.tsv to the annotated reports: `python scripts/fit_confidence.py`.

The weights are fitted on two thirds of the annotated reports; what is printed shows how claims of both parts come out.
Run it again when the triggers or the reading of claims have changed much.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import calibration  # noqa: E402
from benchmarks.calibration import Sample, samples, thirds  # noqa: E402
from kg import lexicon  # noqa: E402
from kg.claims.confidence import BASE, weights  # noqa: E402

TABLE = ROOT / "kg" / "lexicon" / "confidence.tsv"
# A weight must earn its keep: some of the signs stand in few claims.
PENALTY = 2.0
STEPS, RATE = 10_000, 0.002


def fit(known: Sequence[Sample], speaking: Mapping[str, str]) -> dict[str, float]:
    """Return the weights of the signs and of the base that make the samples most likely.

    A sign that speaks for a claim never weighs less than nothing, one that speaks against it never more.
    """
    names = sorted(speaking)
    table = np.array([[name in sample.signs for name in names] for sample in known], dtype=float)
    right = np.array([sample.right for sample in known], dtype=float)
    found, base = np.zeros(len(names)), 0.0
    least = np.array([0.0 if speaking[name] == "for" else -np.inf for name in names])
    most = np.array([0.0 if speaking[name] == "against" else np.inf for name in names])
    for _ in range(STEPS):
        missing = right - 1 / (1 + np.exp(-(base + table @ found)))
        found = np.clip(found + RATE * (table.T @ missing - PENALTY * found), least, most)
        base += RATE * missing.sum()
    return {BASE: float(base), **{name: float(weight) for name, weight in zip(names, found, strict=True)}}


def main() -> None:
    """Fit and write the weights, and print how claims come out."""
    rows = lexicon.rows("confidence")
    fitting, _ = thirds()
    found = fit(list(samples(fitting)), {row["sign"]: row["speaks"] for row in rows if row["speaks"]})
    lines = [
        "\t".join([row["sign"], f"{found[row['sign']]:.2f}".replace("-0.00", "0.00"), row["speaks"], row["meaning"]])
        for row in rows
    ]
    TABLE.write_text("\n".join(["\t".join(rows[0]), *sorted(lines)]) + "\n", encoding="utf-8")
    lexicon.rows.cache_clear()
    weights.cache_clear()
    calibration.main(args=[])


if __name__ == "__main__":
    main()
