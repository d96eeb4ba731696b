"""Reads the tab-separated tables that users add, and says of a fault where it is and what mends it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path

__all__ = ["TableError", "TableLine", "one_of", "read_table"]


class TableError(ValueError):
    """A table cannot be read; the message names file, line, column and the cure."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a table; a cell may hold several values, separated with `|`."""

    file: str
    number: int
    cells: tuple[str, ...]
    header: tuple[str, ...]

    def cell(self, column: str) -> str:
        """Return the text of a cell, empty where the table lacks the column."""
        return self.cells[self.header.index(column)].strip() if column in self.header else ""

    def several(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell."""
        return tuple(part.strip() for part in self.cell(column).split("|") if part.strip())

    def matching(self, column: str, pattern: re.Pattern[str], cure: str) -> tuple[str, ...]:
        """Return the values of a cell; raises TableError for one that does not match."""
        values = self.several(column)
        for value in values:
            if not pattern.fullmatch(value):
                raise self.error(column, f"{value!r} is wrong; {cure}")
        return values

    def one(self, column: str, pattern: re.Pattern[str], cure: str) -> str | None:
        """Return the only value of a cell, None for an empty one; raises TableError for a wrong or a second one."""
        values = self.matching(column, pattern, cure)
        if len(values) > 1:
            raise self.error(column, f"holds {len(values)} values; keep one")
        return values[0] if values else None

    def error(self, column: str, trouble: str) -> TableError:
        """Return the error that says what is wrong with a cell."""
        return TableError(f"{self.file}, line {self.number}, column {column}: {trouble}")


def read_table(path: Path | Traversable, *, columns: Sequence[str], required: Sequence[str]) -> Iterator[TableLine]:
    """Yield the lines below a table's header; blank ones and those that begin with `#` are passed over.

    Raises TableError for a file that is no such table: without a header of known columns, the required ones among
    them, or with lines of another length.
    """
    try:
        lines = path.read_text(encoding="utf-8").removeprefix("\ufeff").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{path.name}: cannot be read ({error}); give a tab-separated UTF-8 file") from error
    header = _header(lines, path.name, columns, required)
    for number, text in enumerate(lines[1:], start=2):
        if not text.strip() or text.startswith("#"):
            continue
        line = TableLine(path.name, number, tuple(text.split("\t")), header)
        if len(line.cells) != len(header):
            count = f"{len(line.cells)} cells where the header has {len(header)}"
            column = header[min(len(line.cells), len(header)) - 1]
            raise line.error(column, f"{count}; separate the cells with tabs and keep the empty ones")
        yield line


def one_of(word: str, known: Sequence[str]) -> str:
    """Return the cure for a word that is none of those known.

    >>> one_of("Regoin", ["Region", "Settlement"])
    "did you mean 'Region'?"
    """
    near = get_close_matches(word, known, n=1)
    return f"did you mean {str(near[0])!r}?" if near else f"write one of {', '.join(known)}"


def _header(lines: Sequence[str], file: str, columns: Sequence[str], required: Sequence[str]) -> tuple[str, ...]:
    header = tuple(cell.strip() for cell in lines[0].split("\t")) if lines else ()
    for column in required:
        if column not in header:
            cure = f"the first line must name the columns, separated by tabs: {', '.join(columns)}"
            raise TableError(f"{file}, line 1: there is no column {column!r}; {cure}")
    for column in header:
        if column not in columns:
            raise TableError(f"{file}, line 1, column {column}: unknown; {one_of(column, columns)}")
        if header.count(column) > 1:
            raise TableError(f"{file}, line 1, column {column}: is there {header.count(column)} times; keep one")
    return header
