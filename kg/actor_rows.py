"""Reads tables of actors: the lexicon's own and those that a user adds."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.model import ActorType
from kg.name_words import slug

__all__ = ["ActorRow", "ActorTableError", "read_actor_rows"]

YEAR = re.compile(r"[12]\d{3}")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[A-Z]{2}")
WIKIDATA = re.compile(r"Q[1-9]\d*")
REQUIRED = ("label", "type")


class ActorTableError(ValueError):
    """A table of actors cannot be read; the message names file, line, column and the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """One actor of a table: links are keys of other actors, `active_in` holds the countries besides its own."""

    key: str
    label: str
    type: ActorType
    country: str | None = None
    active_in: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    wikidata: str | None = None
    member_of: tuple[str, ...] = ()
    allied_with: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def countries(self) -> frozenset[str]:
        """Where the actor is at home or active."""
        return frozenset({*self.active_in, *([self.country] if self.country else [])})


COLUMNS = tuple(column.name for column in fields(ActorRow))


def read_actor_rows(path: Path | Traversable) -> tuple[ActorRow, ...]:
    """Return the rows of a tab-separated table whose header names at least `label` and `type`.

    Further columns are key (made from the label where empty), country, active_in, since, until, wikidata, member_of,
    allied_with and names; those that hold several values separate them with `|`. Raises ActorTableError.
    """
    try:
        lines = path.read_text(encoding="utf-8").removeprefix("\ufeff").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ActorTableError(f"{path.name}: cannot be read ({error}); give a tab-separated UTF-8 file") from error
    header = _header(lines, path.name)
    read: dict[str, ActorRow] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        row = _row(_Line(path.name, number, line.split("\t"), header))
        if row.key in read:
            raise ActorTableError(f"{path.name}, line {number}, column key: {row.key!r} is there twice; merge the rows")
        read[row.key] = row
    return tuple(read.values())


def _header(lines: list[str], file: str) -> tuple[str, ...]:
    header = tuple(cell.strip() for cell in lines[0].split("\t")) if lines else ()
    for column in REQUIRED:
        if column not in header:
            cure = f"the first line must name the columns, separated by tabs: {', '.join(COLUMNS)}"
            raise ActorTableError(f"{file}, line 1: there is no column {column!r}; {cure}")
    for column in header:
        if column not in COLUMNS:
            raise ActorTableError(f"{file}, line 1, column {column}: unknown; {_suggestion(column, COLUMNS)}")
    return header


@dataclass(frozen=True, slots=True)
class _Line:
    file: str
    number: int
    cells: list[str]
    header: tuple[str, ...]

    def cell(self, column: str) -> str:
        return self.cells[self.header.index(column)].strip() if column in self.header else ""

    def several(self, column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.cell(column).split("|") if part.strip())

    def matching(self, column: str, pattern: re.Pattern[str], cure: str) -> tuple[str, ...]:
        values = self.several(column)
        for value in values:
            if not pattern.fullmatch(value):
                raise self.error(column, f"{value!r} is wrong; {cure}")
        return values

    def one(self, column: str, pattern: re.Pattern[str], cure: str) -> str | None:
        values = self.matching(column, pattern, cure)
        if len(values) > 1:
            raise self.error(column, f"holds {len(values)} values; keep one")
        return values[0] if values else None

    def error(self, column: str, trouble: str) -> ActorTableError:
        return ActorTableError(f"{self.file}, line {self.number}, column {column}: {trouble}")


def _row(line: _Line) -> ActorRow:
    if len(line.cells) != len(line.header):
        count = f"{len(line.cells)} cells where the header has {len(line.header)}"
        column = line.header[min(len(line.cells), len(line.header)) - 1]
        raise line.error(column, f"{count}; separate the cells with tabs and keep the empty ones")
    label = line.cell("label")
    if not label:
        raise line.error("label", "is empty; write the actor's fullest name")
    named = line.cell("type")
    if named not in set(ActorType):
        raise line.error("type", f"{named!r} is no type; {_suggestion(named, tuple(ActorType))}")
    year = "write a year such as 2014 or leave it empty"
    since, until = line.one("since", YEAR, year), line.one("until", YEAR, year)
    if since and until and since > until:
        raise line.error("until", f"{until} lies before since, {since}; swap the two")
    code = "write ISO codes of two capital letters such as SY"
    key = line.cell("key") or slug(label)
    if not KEY.fullmatch(key):
        raise line.error("key", f"{key!r} is no key; write {slug(key)!r}")
    return ActorRow(
        key=key,
        label=label,
        type=ActorType(named),
        country=line.one("country", CODE, code),
        active_in=line.matching("active_in", CODE, code),
        since=int(since) if since else None,
        until=int(until) if until else None,
        wikidata=line.one("wikidata", WIKIDATA, "write a Wikidata number such as Q42 or leave it empty"),
        member_of=line.several("member_of"),
        allied_with=line.several("allied_with"),
        names=line.several("names"),
    )


def _suggestion(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"did you mean {str(near[0])!r}?" if near else f"write one of {', '.join(known)}"
