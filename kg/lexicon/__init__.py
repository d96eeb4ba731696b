"""The words, names and thresholds that the stages ask for, one concern a TSV file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

__all__ = ["rows"]


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `kg/lexicon/NAME.tsv`, each keyed by the header row.

    Raises ValueError with file and line where a row has more or fewer cells than the header.
    """
    return tuple(_read(name))


def _read(name: str) -> Iterator[dict[str, str]]:
    lines = files(__name__).joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ValueError(f"{name}.tsv, line {number}: {len(cells)} cells, the header has {len(header)}")
        yield dict(zip(header, cells, strict=True))
