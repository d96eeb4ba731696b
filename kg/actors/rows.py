"""Reads tables of actors: the lexicon's own and those that a user adds."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.model import ActorType
from kg.names.words import slug
from kg.user_tables import TableLine, one_of, read_table

__all__ = ["ActorRow", "read_actor_rows"]

YEAR = re.compile(r"[12]\d{3}")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[A-Z]{2}")
WIKIDATA = re.compile(r"Q[1-9]\d*")
REQUIRED = ("label", "type")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """One actor of a table: links are keys of other actors, `active_in` holds the countries besides its own.

    `line` is where it stands, for messages.
    """

    line: TableLine
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


COLUMNS = tuple(column.name for column in fields(ActorRow) if column.name != "line")


def read_actor_rows(path: Path | Traversable) -> tuple[ActorRow, ...]:
    """Return the rows of a tab-separated table whose header names at least `label` and `type`.

    Further columns are key (made from the label where empty), country, active_in, since, until, wikidata, member_of,
    allied_with and names; those that hold several values separate them with `|`. Raises TableError.
    """
    read: dict[str, ActorRow] = {}
    for line in read_table(path, columns=COLUMNS, required=REQUIRED):
        row = _row(line)
        if row.key in read:
            raise line.error("key", f"{row.key!r} is there twice; merge the rows")
        read[row.key] = row
    return tuple(read.values())


def _row(line: TableLine) -> ActorRow:
    label = line.cell("label")
    if not label:
        raise line.error("label", "is empty; write the actor's fullest name")
    named = line.cell("type")
    if named not in set(ActorType):
        raise line.error("type", f"{named!r} is no type; {one_of(named, tuple(ActorType))}")
    year = "write a year such as 2014 or leave it empty"
    since, until = line.one("since", YEAR, year), line.one("until", YEAR, year)
    if since and until and since > until:
        raise line.error("until", f"{until} lies before since, {since}; swap the two")
    code = "write ISO codes of two capital letters such as SY"
    key = line.cell("key") or slug(label)
    if not KEY.fullmatch(key):
        raise line.error("key", f"{key!r} is no key; write {slug(key)!r}")
    return ActorRow(
        line=line,
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
