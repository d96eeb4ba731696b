"""The format of the gazetteer's file: two tries and columns of numbers in one compressed stream.

The tries hold names as written and transliteration keys. A name is looked up by its key alone: what has the same folded
form has the same key.
"""

from __future__ import annotations

import json
import lzma
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from marisa_trie import Trie

from kg.names.spelling import transliteration_key

__all__ = ["NOTHING", "GazetteerFile", "PlaceRow", "pack", "unpack"]

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
class GazetteerFile:
    """The content of the file; rows are in the order of their GeoNames ids, their indices stand for them."""

    countries: tuple[str, ...]
    columns: Mapping[str, array[int]]
    spelling: Trie
    transliterations: Trie

    def degrees(self, column: str, index: int) -> float | None:
        """Return the latitude or longitude of a row."""
        packed = self.columns[column][index]
        return None if packed == NOTHING else round(packed / SCALE - 180, 4)

    def names(self, index: int) -> list[str]:
        """Return all names of a row, its label first."""
        starts = self.columns["name_offsets"]
        numbers = self.columns["names"][starts[index] : starts[index + 1]]
        return [self.spelling.restore_key(number) for number in numbers]

    def found(self, key: str) -> tuple[int, ...]:
        """Return the indices of the rows one of whose names has a transliteration key."""
        number = self.transliterations.get(key)
        if number is None:
            return ()
        starts = self.columns["key_offsets"]
        return tuple(self.columns["keys"][starts[number] : starts[number + 1]])


def unpack(packed: bytes) -> GazetteerFile:
    """Return what `pack` packed."""
    header, _, body = lzma.decompress(packed).partition(b"\n")
    layout = json.loads(header)
    sections = dict(_sections(layout["sections"], body))
    return GazetteerFile(
        countries=tuple(layout["countries"]),
        columns={name: _column(code, sections[name]) for name, code in COLUMNS.items()},
        spelling=Trie().frombytes(sections["spelling"]),
        transliterations=Trie().frombytes(sections["transliterations"]),
    )


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
