"""Weighs what a report says of where it plays: its countries, and which place is said to lie in which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import asin, cos, expm1, log1p, radians, sin, sqrt

from kg.lexicon import rows
from kg.model import Place, PlaceType
from kg.places.gazetteer import Gazetteer
from kg.places.toponyms import Toponym
from kg.places.words import ROLES, country_of_demonym

__all__ = ["containers", "country_weights", "holds", "kilometres", "seats", "weight", "with_homes"]

TYPES = "|".join(
    sorted({row["word"] for row in rows("place_context") if row["role"] in ROLES}, key=lambda word: (-len(word), word))
)
PLAIN = r"(?!(?:and|or|but|while|as|who|which|that|to|from|when|where|after|before|on|by|with)\b)[a-z-]+"
IN = re.compile(
    rf",? (?:(?:an? |the )?(?:{PLAIN} ){{0,3}}(?:{TYPES}|part|parts|capital|edge|outskirts) )?"
    rf"(?:in|of|inside|within)(?: the| an| a)?(?: {PLAIN}){{0,3}} ?"
)
COMMA = re.compile(rf", (?:the |an? )?(?:{PLAIN} ){{0,2}}")
MORE = re.compile(r",? (?:and|or) [^\W\d_]")
OWNER = re.compile(r"['’]s?(?: (?!in |at |on |near |to )[a-z-]+){0,3} ?(?:of )?")
BRACKET = re.compile(r" \((?:in )?")


@cache
def weight(name: str) -> float:
    """Return a weight or threshold of `place_weights.tsv` by its name."""
    return {row["name"]: float(row["value"]) for row in rows("place_weights")}[name]


def country_weights(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> dict[str, float]:
    """Return how much a report speaks of each country, by code: names, demonyms, and places that can be no others."""
    weights: defaultdict[str, float] = defaultdict(float)
    for match in _demonyms().finditer(text):
        weights[country_of_demonym()[match.group().lower()]] += weight("demonym")
    for toponym in toponyms:
        if not toponym.exact or not toponym.candidates:
            continue
        first, *others = toponym.candidates
        code = first.country_code or ""
        if first.type is PlaceType.COUNTRY:
            weights[code] += weight("country_name")
        elif _is_certain(first, others, gazetteer):
            weights[code] += weight("country_place")
    weights.pop("", None)
    return {code: log1p(value) for code, value in weights.items()}


def with_homes(weights: Mapping[str, float], homes: Sequence[str]) -> dict[str, float]:
    """Return what `country_weights` gave with the countries of the actors that are named: "Sri Lanka's military"."""
    told = defaultdict(float, {code: expm1(value) for code, value in weights.items()})
    for code in homes:
        told[code] += weight("actor")
    return {code: log1p(value) for code, value in told.items()}


def _is_certain(first: Place, others: Sequence[Place], gazetteer: Gazetteer) -> bool:
    """Whether a name can hardly mean a place of another country."""
    people, next_people = gazetteer.population(first), max(map(gazetteer.population, others), default=0)
    if people >= max(weight("certain_people"), weight("certain_lead") * next_people):
        return True
    return gazetteer.level(first) == 1 and len({place.country_code for place in (first, *others)}) == 1


def containers(text: str, toponyms: Sequence[Toponym]) -> Mapping[int, tuple[int, ...]]:
    """Return for the index of each toponym the indices of those that the text may say it lies in."""
    found: dict[int, list[int]] = {}
    for index, (left, right) in enumerate(pairwise(toponyms)):
        gap = text[left.end : right.start]
        if len(gap) > 60:
            continue
        large = any(place.type is PlaceType.COUNTRY for place in right.candidates)
        listed = not large and bool(MORE.match(text, right.end))
        if IN.fullmatch(gap) or BRACKET.fullmatch(gap) or (COMMA.fullmatch(gap) and not listed):
            found.setdefault(index, []).append(index + 1)
        elif OWNER.fullmatch(gap):
            found.setdefault(index + 1, []).append(index)
    return {index: tuple(values) for index, values in found.items()}


def holds(outer: Place, inner: Place) -> bool:
    """Return whether `inner` lies within `outer`."""
    return any(place.key == outer.key for place in _chain(inner))


def _chain(place: Place) -> Iterator[Place]:
    above = place.within
    while above is not None:
        yield above
        above = above.within


def kilometres(one: Place, other: Place) -> float | None:
    """Return the distance between two places, or None where the coordinates of either are unknown."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    east = radians(one.longitude - other.longitude)
    return 12742 * asin(sqrt(sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2))


@cache
def seats() -> Mapping[str, tuple[str, ...]]:
    """Return for each country's code the capital and the other names that stand for its government."""
    return {row["code"]: tuple(filter(None, row["seats"].split("|"))) for row in rows("countries")}


@cache
def _demonyms() -> re.Pattern[str]:
    names = {name for row in rows("countries") for name in row["demonyms"].split("|") if name}
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    first = "".join(sorted({re.escape(name[0]) for name in names}))
    return re.compile(rf"(?<![\w-])(?=[{first}])(?:{alternatives})(?!\w)")
