"""The places of the world: GeoNames' settlements and regions, with the project's own countries, regions and landmarks.

`data/gazetteer.xz` is made by `scripts/build_gazetteer.py` from GeoNames (https://www.geonames.org, CC BY 4.0). It
holds two tries (names as written, transliteration keys) and columns of numbers. A name is looked up by its key alone:
what has the same folded form has the same key.
"""

from __future__ import annotations

import json
import lzma
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from marisa_trie import Trie

from kg.lexicon import rows
from kg.model import Place, PlaceType
from kg.spelling import folded, transliteration_key

__all__ = ["KINDS", "NOTHING", "Gazetteer", "PlaceRow", "pack"]

KINDS = (PlaceType.SETTLEMENT, PlaceType.REGION, PlaceType.REGION)  # a settlement, a first- and a second-level region
NOTHING = 0xFFFFFFFF  # stands for no parent, no coordinate
SCALE = 10_000  # degrees are kept as ten-thousandths, 11 metres

COLUMNS = {
    "geonames": "I",
    "latitude": "I",
    "longitude": "I",
    "population": "I",
    "parent": "I",
    "country": "B",
    "kind": "B",
    "shown": "B",
    "name_offsets": "I",
    "names": "I",
    "key_offsets": "I",
    "keys": "I",
}
TRIES = ("spelling", "transliterations")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as the build script hands it to `pack`; `kind` indexes KINDS, `parent` is a GeoNames id or None.

    The first of the names is the label and the first `shown` are in use in English; the others only serve look-ups.
    """

    geonames: int
    names: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    population: int
    country: str
    kind: int
    parent: int | None
    shown: int


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

    def __init__(self, content: bytes, own: Iterable[Mapping[str, str]] = ()) -> None:
        header, _, body = content.partition(b"\n")
        layout = json.loads(header)
        sections = dict(_sections(layout["sections"], body))
        self._codes: tuple[str, ...] = tuple(layout["countries"])
        self._columns = {name: _column(code, sections[name]) for name, code in COLUMNS.items()}
        self._tries = {name: Trie().frombytes(sections[name]) for name in TRIES}
        self._places: dict[int, Place] = {}
        self._folded: dict[int, frozenset[str]] = {}
        self._own: dict[str, _Own] = {}
        self._own_exact: dict[str, list[str]] = {}
        self._own_similar: dict[str, list[str]] = {}
        for country in rows("countries"):
            self._add_country(country)
        additions: dict[str, Mapping[str, str]] = {row["key"]: row for row in (*rows("regions"), *own)}
        for row in additions.values():
            self._add_own(row, additions)
        self._exact = lru_cache(maxsize=1 << 14)(self._find_exact)
        self._places.clear()  # what was read before its own row was there

    @classmethod
    @cache
    def open(cls) -> Gazetteer:
        """Return the gazetteer that comes with the package; it is read once."""
        packed = files("kg").joinpath("data", "gazetteer.xz").read_bytes()
        return cls(lzma.decompress(packed))

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Return the places that bear `name`, the largest first: by the folded name, else by the transliteration key."""
        return self.exact(name) or self.similar(name)

    def exact(self, name: str) -> tuple[Place, ...]:
        """Return the places one of whose names is `name` but for case, accents, apostrophes and hyphens."""
        return self._exact(folded(name))

    def _find_exact(self, form: str) -> tuple[Place, ...]:
        indices = (index for index in self._found(transliteration_key(form)) if form in self._folded_names(index))
        return self._ranked(self._own_exact.get(form, ()), indices)

    def similar(self, name: str) -> tuple[Place, ...]:
        """Return the places one of whose names is another transliteration of what `name` may transliterate."""
        key = transliteration_key(name)
        if len(key) < 4:
            return ()
        return self._ranked(self._own_similar.get(key, ()), self._found(key))

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
        return int(self._columns["population"][index]) if index is not None else 0

    def level(self, place: Place) -> int:
        """Return 0 for a country, 1 and 2 for its administrative levels, 3 for all that is smaller or has no level."""
        if place.type is PlaceType.COUNTRY:
            return 0
        index = self._index(place.geonames or 0)
        return int(self._columns["kind"][index]) or 3 if index is not None else 3

    def _index(self, geonames: int) -> int | None:
        numbers = self._columns["geonames"]
        index = bisect_left(numbers, geonames)
        return index if index < len(numbers) and numbers[index] == geonames else None

    def _found(self, key: str) -> tuple[int, ...]:
        number = self._tries["transliterations"].get(key)
        if number is None:
            return ()
        starts = self._columns["key_offsets"]
        return tuple(self._columns["keys"][starts[number] : starts[number + 1]])

    def _folded_names(self, index: int) -> frozenset[str]:
        if index not in self._folded:
            self._folded[index] = frozenset(folded(name) for name in self._names(index))
        return self._folded[index]

    def _names(self, index: int) -> list[str]:
        starts = self._columns["name_offsets"]
        numbers = self._columns["names"][starts[index] : starts[index + 1]]
        return [self._tries["spelling"].restore_key(number) for number in numbers]

    def _ranked(self, keys: Iterable[str], indices: Iterable[int]) -> tuple[Place, ...]:
        own = [self._own[key].place for key in keys]
        taken = {place.geonames for place in own if place.geonames}
        places = own + [self._place(index) for index in indices if self._columns["geonames"][index] not in taken]
        return tuple(sorted(places, key=lambda place: (self.level(place) != 0, -self.population(place), place.key)))

    def _place(self, index: int) -> Place:
        if index not in self._places:
            own = self._own.get(str(self._columns["geonames"][index]))
            self._places[index] = own.place if own else self._read(index)
        return self._places[index]

    def _read(self, index: int) -> Place:
        column = self._columns
        label, *others = self._names(index)[: column["shown"][index]]
        code = self._codes[column["country"][index]]
        parent = column["parent"][index]
        return Place(
            key=str(column["geonames"][index]),
            label=label,
            type=KINDS[column["kind"][index]],
            names=tuple(others),
            latitude=_degrees(column["latitude"][index]),
            longitude=_degrees(column["longitude"][index]),
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

    def _add_own(self, row: Mapping[str, str], additions: Mapping[str, Mapping[str, str]]) -> None:
        if row["key"] in self._own:
            return
        if row["within"] in additions:
            self._add_own(additions[row["within"]], additions)
        geonames = _number(row["geonames"]) or None
        known = self.numbered(geonames) if geonames else None
        within = known.within if known else self._named(row["within"])
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


def pack(places: Iterable[PlaceRow]) -> bytes:
    """Return the content of the gazetteer's file; the same places give the same bytes, whatever their order."""
    ordered = sorted(places, key=lambda row: row.geonames)
    index_of = {row.geonames: index for index, row in enumerate(ordered)}
    codes = sorted({row.country for row in ordered})
    columns = {name: array(code) for name, code in COLUMNS.items()}
    for row in ordered:
        columns["geonames"].append(row.geonames)
        columns["latitude"].append(_packed_degrees(row.latitude))
        columns["longitude"].append(_packed_degrees(row.longitude))
        columns["population"].append(row.population)
        columns["parent"].append(index_of.get(row.parent, NOTHING) if row.parent is not None else NOTHING)
        columns["country"].append(codes.index(row.country))
        columns["kind"].append(row.kind)
        columns["shown"].append(min(row.shown, 255))
    spelling = Trie(sorted({name for row in ordered for name in row.names}))
    for row in ordered:
        columns["name_offsets"].append(len(columns["names"]))
        columns["names"].extend(spelling[name] for name in row.names)
    columns["name_offsets"].append(len(columns["names"]))
    indices: dict[str, list[int]] = {}
    for index, row in enumerate(ordered):
        for key in {transliteration_key(name) for name in row.names}:
            indices.setdefault(key, []).append(index)
    transliterations = Trie(sorted(indices))
    for _, found in sorted((transliterations[key], found) for key, found in indices.items()):
        columns["key_offsets"].append(len(columns["keys"]))
        columns["keys"].extend(found)
    columns["key_offsets"].append(len(columns["keys"]))
    tries = {"spelling": spelling, "transliterations": transliterations}
    sections = {name: _bytewise(column) for name, column in columns.items()}
    sections |= {name: trie.tobytes() for name, trie in tries.items()}
    header = {"countries": codes, "sections": [[name, len(section)] for name, section in sections.items()]}
    content = json.dumps(header).encode() + b"\n" + b"".join(sections.values())
    return lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)


def _sections(layout: Iterable[tuple[str, int]], body: bytes) -> Iterator[tuple[str, bytes]]:
    start = 0
    for name, length in layout:
        yield name, body[start : start + length]
        start += length


# Numbers of a kind compress better when their first bytes stand together, then their second bytes, and so on.
def _bytewise(column: array[int]) -> bytes:
    content = column.tobytes()
    return b"".join(content[byte :: column.itemsize] for byte in range(column.itemsize))


def _column(code: str, section: bytes) -> array[int]:
    column: array[int] = array(code)
    count = len(section) // column.itemsize
    content = bytearray(len(section))
    for byte in range(column.itemsize):
        content[byte :: column.itemsize] = section[byte * count : (byte + 1) * count]
    column.frombytes(bytes(content))
    return column


def _packed_degrees(degrees: float | None) -> int:
    return NOTHING if degrees is None else round((degrees + 180) * SCALE)


def _degrees(packed: int) -> float | None:
    return None if packed == NOTHING else round(packed / SCALE - 180, 4)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)


def _number(cell: str) -> int:
    return int(cell) if cell.isdigit() else 0
