"""Reads the tables of places that a user adds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.model import PlaceType
from kg.spelling import slug
from kg.user_tables import TableError, TableLine, one_of, read_table

__all__ = ["OwnPlace", "read_place_rows"]

COLUMNS = ("key", "label", "type", "names", "latitude", "longitude", "within", "country")
REQUIRED = ("label", "type")
# All countries are known, and what a place lies within leads to one of them.
TYPES = tuple(str(kind) for kind in PlaceType if kind is not PlaceType.COUNTRY)
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[A-Z]{2}")
DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """One place of a table; `within` names what it lies within, by key, GeoNames id or name, `country` by ISO code."""

    line: TableLine
    key: str
    label: str
    type: PlaceType
    names: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    within: str | None = None
    country: str | None = None

    def error(self, column: str, trouble: str) -> TableError:
        """Return the error that says what is wrong with the row."""
        return self.line.error(column, trouble)


def read_place_rows(path: Path | Traversable) -> tuple[OwnPlace, ...]:
    """Return the rows of a tab-separated table whose header names at least `label` and `type`.

    Further columns are key (made from the label where empty), names (separated with `|`), latitude and longitude in
    decimal degrees, within and country. Raises TableError.
    """
    read: dict[str, OwnPlace] = {}
    for line in read_table(path, columns=COLUMNS, required=REQUIRED):
        row = _row(line)
        if row.key in read:
            raise line.error("key", f"{row.key!r} is there twice; merge the rows, or give them keys of their own")
        read[row.key] = row
    return tuple(read.values())


def _row(line: TableLine) -> OwnPlace:
    label, named = line.cell("label"), line.cell("type")
    if not label:
        raise line.error("label", "is empty; write the place's commonest English name")
    if named not in TYPES:
        raise line.error("type", f"{named!r} is no type; {one_of(named, TYPES)}")
    key = line.cell("key") or slug(label)
    if not KEY.fullmatch(key) or key.isdigit():
        raise line.error("key", f"{key!r} is no key; write lower-case words joined with hyphens, or leave it empty")
    latitude, longitude = _degrees(line, "latitude", 90), _degrees(line, "longitude", 180)
    if (latitude is None) != (longitude is None):
        missing, other = ("latitude", "longitude") if latitude is None else ("longitude", "latitude")
        raise line.error(missing, f"is empty while {other} is given; give both or neither")
    country = line.one("country", CODE, "write an ISO code of two capital letters such as SY")
    return OwnPlace(
        line=line,
        key=key,
        label=label,
        type=PlaceType(named),
        names=line.several("names"),
        latitude=latitude,
        longitude=longitude,
        within=line.cell("within") or None,
        country=country,
    )


def _degrees(line: TableLine, column: str, bound: int) -> float | None:
    cure = f"write decimal degrees from -{bound} to {bound} such as 34.45, or leave it empty"
    text = line.one(column, DEGREES, cure)
    if text is not None and abs(float(text)) > bound:
        raise line.error(column, f"{text!r} is wrong; {cure}")
    return float(text) if text is not None else None
