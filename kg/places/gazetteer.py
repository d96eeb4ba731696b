"""The places of the world: GeoNames' settlements and regions, with the project's own countries, regions and landmarks.

`data/gazetteer.xz` is made by `scripts/build_gazetteer.py` from GeoNames (https://www.geonames.org, CC BY 4.0);
`gazetteer_file` describes its format.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from kg.lexicon import rows
from kg.model import Place, PlaceType
from kg.names.spelling import folded, transliteration_key
from kg.places.gazetteer_file import NOTHING, GazetteerFile, unpack

__all__ = ["KINDS", "Gazetteer"]

KINDS = (PlaceType.SETTLEMENT, PlaceType.REGION, PlaceType.REGION)  # a settlement, a first- and a second-level region


@dataclass(frozen=True, slots=True)
class _Own:
    """A country, region or landmark of the project's own, or a user's place."""

    place: Place
    population: int


class Gazetteer:
    """Finds places by any of their names.

    >>> gazetteer = Gazetteer.open()
    >>> place = gazetteer.lookup("Deir Ezzor")[0]
    >>> place.country_code, place.within.label
    ('SY', 'Deir ez-Zor Governorate')
    """

    def __init__(self, file: GazetteerFile, own: Iterable[Mapping[str, str]] = ()) -> None:
        self._file = file
        added = {row["key"]: row for row in own}
        self._added = frozenset(added)
        self._places: dict[int, Place] = {}
        self._folded: dict[int, frozenset[str]] = {}
        self._own: dict[str, _Own] = {}
        self._own_exact: dict[str, list[str]] = {}
        self._own_similar: dict[str, list[str]] = {}
        for country in rows("countries"):
            self._add_country(country)
        additions: dict[str, Mapping[str, str]] = {row["key"]: row for row in rows("regions")} | added
        for row in additions.values():
            self._add_own(row, additions)
        self._exact = lru_cache(maxsize=1 << 14)(self._find_exact)
        self._places.clear()  # what was read before its own row was there

    @classmethod
    @cache
    def open(cls) -> Gazetteer:
        """Return the gazetteer that comes with the package; it is read once."""
        packed = files("kg").joinpath("data", "gazetteer.xz").read_bytes()
        return cls(unpack(packed))

    def extended(self, own: Sequence[Mapping[str, str]]) -> Gazetteer:
        """Return this gazetteer with places of a user's: their names mean no other places.

        `own` has the columns of regions.tsv; `kg.places.rows` makes such rows of a user's table.
        """
        return Gazetteer(self._file, own) if own else self

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Return the places that bear `name`, the largest first: by its folded form, else by its key."""
        return self.exact(name) or self.similar(name)

    def exact(self, name: str) -> tuple[Place, ...]:
        """Return the places one of whose names is `name` but for case, accents, apostrophes and hyphens."""
        return self._exact(folded(name))

    def _find_exact(self, form: str) -> tuple[Place, ...]:
        indices = (index for index in self._file.found(transliteration_key(form)) if form in self._folded_names(index))
        return self._ranked(self._own_exact.get(form, ()), indices)

    def similar(self, name: str) -> tuple[Place, ...]:
        """Return the places one of whose names is another transliteration of what `name` may transliterate."""
        key = transliteration_key(name)
        if len(key) < 4:
            return ()
        return self._ranked(self._own_similar.get(key, ()), self._file.found(key))

    def country(self, code: str) -> Place:
        """Return the country with an ISO 3166 code; raises KeyError for another code."""
        return self._own[code].place

    def countries(self) -> tuple[Place, ...]:
        """Return all countries, by code."""
        return tuple(self._own[row["code"]].place for row in rows("countries"))

    def numbered(self, geonames: int) -> Place | None:
        """Return the place with a GeoNames id, or None where the gazetteer lacks it."""
        index = self._index(geonames)
        return self._place(index) if index is not None else None

    def population(self, place: Place) -> int:
        """Return how many people live in a place, 0 where that is unknown."""
        own = self._own.get(place.country_code or "") if place.type is PlaceType.COUNTRY else self._own.get(place.key)
        if own is not None:
            return own.population
        index = self._index(place.geonames or 0)
        return int(self._file.columns["population"][index]) if index is not None else 0

    def curated(self, place: Place) -> bool:
        """Return whether a place is a country, or a region or landmark of the project's or a user's list."""
        return place.type is not PlaceType.SETTLEMENT and place.key in self._own

    def is_added(self, place: Place) -> bool:
        """Return whether a place stands in a user's list."""
        return place.key in self._added

    def level(self, place: Place) -> int:
        """Return 0 for a country, 1 and 2 for its administrative levels, 3 for all that is smaller or has no level."""
        if place.type is PlaceType.COUNTRY:
            return 0
        index = self._index(place.geonames or 0)
        return int(self._file.columns["kind"][index]) or 3 if index is not None else 3

    def _index(self, geonames: int) -> int | None:
        numbers = self._file.columns["geonames"]
        index = bisect_left(numbers, geonames)
        return index if index < len(numbers) and numbers[index] == geonames else None

    def _folded_names(self, index: int) -> frozenset[str]:
        if index not in self._folded:
            self._folded[index] = frozenset(folded(name) for name in self._file.names(index))
        return self._folded[index]

    def _ranked(self, keys: Iterable[str], indices: Iterable[int]) -> tuple[Place, ...]:
        own = [self._own[key].place for key in keys]
        if added := [place for place in own if place.key in self._added]:
            return tuple(added)
        taken = {place.geonames for place in own if place.geonames}
        places = own + [self._place(index) for index in indices if self._file.columns["geonames"][index] not in taken]
        return tuple(sorted(places, key=lambda place: (not self.curated(place), -self.population(place), place.key)))

    def _place(self, index: int) -> Place:
        if index not in self._places:
            own = self._own.get(str(self._file.columns["geonames"][index]))
            self._places[index] = own.place if own else self._read(index)
        return self._places[index]

    def _read(self, index: int) -> Place:
        column = self._file.columns
        label, *others = self._file.names(index)[: column["shown"][index]]
        code = self._file.countries[column["country"][index]]
        parent = column["parent"][index]
        return Place(
            key=str(column["geonames"][index]),
            label=label,
            type=KINDS[column["kind"][index]],
            names=tuple(others),
            latitude=self._file.degrees("latitude", index),
            longitude=self._file.degrees("longitude", index),
            within=self.country(code) if parent == NOTHING else self._place(parent),
            country_code=code,
            geonames=column["geonames"][index],
        )

    def _add_country(self, row: Mapping[str, str]) -> None:
        place = Place(
            key=row["geonames"],
            label=row["name"],
            type=PlaceType.COUNTRY,
            names=_listed(row["names"]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            country_code=row["code"],
            geonames=int(row["geonames"]),
        )
        self._enter(row["code"], place, population=0)
        self._own[place.key] = self._own[row["code"]]

    def _add_own(self, row: Mapping[str, str], additions: Mapping[str, Mapping[str, str]]) -> None:
        if row["key"] in self._own:
            return
        if row["within"] in additions:
            self._add_own(additions[row["within"]], additions)
        geonames = _number(row["geonames"]) or None
        known = self.numbered(geonames) if geonames else None
        within = known.within if known and row["within"] not in additions else self._named(row["within"])
        if row["within"] and within is None:
            raise ValueError(f"place {row['label']!r}: what it lies within, {row['within']!r}, is not known")
        place = Place(
            key=str(geonames or row["key"]),
            label=row["label"],
            type=PlaceType(row["type"]),
            names=(*_listed(row["names"]), *((known.label, *known.names) if known else ())),
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            within=within,
            country_code=within.country_code if within else None,
            geonames=geonames,
        )
        people = self.population(known) if known else 0
        self._enter(row["key"], place, population=max(_number(row.get("population", "")), people))
        self._own[place.key] = self._own[row["key"]]

    def _named(self, reference: str) -> Place | None:
        own = self._own.get(reference)
        return own.place if own else self.numbered(_number(reference))

    def _enter(self, key: str, place: Place, *, population: int) -> None:
        names = {folded(name): name for name in reversed((place.label, *place.names))}
        place = replace(place, names=tuple(name for name in reversed(names.values()) if name != place.label))
        self._own[key] = _Own(place, population)
        for form in dict.fromkeys(folded(name) for name in (place.label, *place.names)):
            self._own_exact.setdefault(form, []).append(key)
        for form in dict.fromkeys(transliteration_key(name) for name in (place.label, *place.names)):
            self._own_similar.setdefault(form, []).append(key)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)


def _number(cell: str) -> int:
    return int(cell) if cell.isdigit() else 0
