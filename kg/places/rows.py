"""Reads the tables of places that a user adds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.model import Place, PlaceType
from kg.names.spelling import slug
from kg.places.gazetteer import Gazetteer
from kg.user_tables import TableError, TableLine, one_of, read_table

__all__ = ["OwnPlace", "gazetteer_rows", "read_place_rows"]

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


def gazetteer_rows(places: Sequence[OwnPlace], gazetteer: Gazetteer) -> list[Mapping[str, str]]:
    """Return the rows that `Gazetteer.extended` takes; what a place lies within is looked up in the gazetteer.

    Raises TableError where that is unknown, may be several places, or leads round in a circle.
    """
    known = {place.key: place for place in places}
    for place in places:
        seen = [place.key]
        while (above := known[seen[-1]].within) is not None and above in known:
            if above in seen:
                raise place.error("within", f"leads round in a circle: {' within '.join([*seen, above])}; break it")
            seen.append(above)
    return [
        {
            "key": place.key,
            "label": place.label,
            "names": "|".join(place.names),
            "type": str(place.type),
            "within": place.within if place.within in known else _holder(place, gazetteer),
            "latitude": "" if place.latitude is None else str(place.latitude),
            "longitude": "" if place.longitude is None else str(place.longitude),
            "geonames": "",
        }
        for place in places
    ]


def _holder(place: OwnPlace, gazetteer: Gazetteer) -> str:
    """Return the country's code, key or GeoNames id by which the gazetteer knows what a place lies within."""
    codes = {country.country_code for country in gazetteer.countries()}
    if place.country is not None and place.country not in codes:
        raise place.error("country", f"{place.country!r} is no country's ISO code; write one such as SY")
    name = place.within
    if name is None or name in codes:
        return name or place.country or ""
    found = [gazetteer.numbered(int(name))] if name.isdigit() else list(gazetteer.lookup(name))
    fitting = [one for one in found if one is not None and place.country in (None, one.country_code)]
    if len(fitting) > 1:  # what holds the others, a governorate rather than the district and town of its name
        widest = min(map(gazetteer.level, fitting))
        fitting = [one for one in fitting if gazetteer.level(one) == widest]
    if not fitting:
        cure = "write the key of another row, a country's ISO code, a GeoNames id, or a name that the gazetteer has"
        raise place.error("within", f"{name!r} is not known{f' in {place.country}' if place.country else ''}; {cure}")
    if len(fitting) > 1:
        choices = ", ".join(f"{one.key} ({_chain(one)})" for one in fitting[:4])
        raise place.error("within", f"{name!r} may be {len(fitting)} places; write the id of one: {choices}")
    return fitting[0].country_code or "" if fitting[0].type is PlaceType.COUNTRY else fitting[0].key


def _chain(place: Place) -> str:
    above = place.within
    return place.label if above is None else f"{place.label}, {_chain(above)}"


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
