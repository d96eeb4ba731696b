"""Chooses for each place name of a report which of the places that bear it is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log10

from kg.model import Place, PlaceType
from kg.names.spelling import folded
from kg.places.context import holds, kilometres, weight, with_homes
from kg.places.gazetteer import Gazetteer
from kg.places.toponyms import Toponym

__all__ = ["PlaceChoice"]


class PlaceChoice:
    """Ranks candidates by what a report says: its countries by weight, and which name is said to lie in which.

    `homes` are the countries of the actors that it names, which may be far from home.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        toponyms: Sequence[Toponym],
        countries: Mapping[str, float],
        homes: Sequence[str],
        inside: Mapping[int, tuple[int, ...]],
    ) -> None:
        self._gazetteer = gazetteer
        self._toponyms = toponyms
        self._spoken_of = frozenset(countries)
        self._countries = with_homes(countries, homes)
        self._inside = inside

    def chosen(self) -> dict[int, Place]:
        """Return the place chosen for each toponym, by index; the same name means the same place all through."""
        groups: dict[tuple[str, str, str], list[int]] = {}
        for index, toponym in enumerate(self._toponyms):
            groups.setdefault((folded(toponym.name), _wanted(toponym), toponym.direction), []).append(index)
        chosen: dict[int, Place] = {}
        for _ in range(2):  # the second time the places chosen first are the neighbours
            anchors = tuple({place.key: place for place in chosen.values() if _is_point(place)}.values())
            best = {indices[0]: self._best(indices, anchors) for indices in groups.values()}
            chosen = {
                index: place
                for indices in groups.values()
                if (place := best[indices[0]]) is not None
                for index in indices
            }
            chosen |= _short_forms(self._toponyms, chosen)
        return chosen

    def _best(self, indices: Sequence[int], anchors: Sequence[Place]) -> Place | None:
        """Return the place that a name means, or None where nothing decides between two that lie apart."""
        ranked = sorted(self._scored(indices, anchors), key=lambda pair: (-pair[0], pair[1].key))
        if not ranked:
            return None
        score, best = ranked[0]
        for other, rival in ranked[1:]:
            if score - other < weight("margin") and self._rivals(best, rival):
                return None
        return best

    def _rivals(self, best: Place, other: Place) -> bool:
        apart = kilometres(best, other)
        if (apart is not None and apart <= weight("same_place_km")) or holds(other, best) or holds(best, other):
            return False
        people = self._gazetteer.population(best)
        return people == 0 or people < weight("population_lead") * self._gazetteer.population(other)

    def _scored(self, indices: Sequence[int], anchors: Sequence[Place]) -> Iterator[tuple[float, Place]]:
        """Yield the candidates that may be meant with their scores; `indices` are all mentions of the name."""
        first = self._toponyms[indices[0]]
        evident = any(self._toponyms[index].evident for index in indices)
        hints = {self._toponyms[index].country_hint for index in indices}
        for place in first.candidates:
            said = max(self._said(place, index) for index in indices)
            if said or self._believed(place, first, anchors, evident=evident):
                hinted = weight("hinted") if place.country_code in hints else 0.0
                yield said + hinted + self._fitness(place, first) + _nearness(place, first, anchors), place

    def _fitness(self, place: Place, toponym: Toponym) -> float:
        """Return what size, country, kind and name say for a candidate."""
        score = log10(self._people(place) + 10)
        score += weight("country") * self._countries.get(place.country_code or "", 0.0)
        settlement = place.type is PlaceType.SETTLEMENT
        wanted = _wanted(toponym)
        if wanted:
            fits = settlement if wanted == "settlement" else place.type is PlaceType.REGION
            score += weight("fitting") if fits else -weight("fitting")
        elif settlement:
            score += weight("settlement")
        labelled = f"{folded(place.label)} ".startswith(f"{folded(toponym.name)} ")
        if not labelled and place.type is not PlaceType.COUNTRY:
            score += weight("another_name")
        return score if toponym.exact else score + weight("another_spelling")

    def _people(self, place: Place) -> float:
        population = self._gazetteer.population(place)
        if place.type in (PlaceType.SETTLEMENT, PlaceType.COUNTRY):
            return population if place.type is PlaceType.SETTLEMENT else 1e9
        return max(population, weight(f"region_{self._gazetteer.level(place)}_people"))

    def _said(self, place: Place, index: int) -> float:
        """Return what the text's "X in Y" adds to a candidate for X, or to one for Y."""
        for outer in self._inside.get(index, ()):
            if any(holds(other, place) for other in self._toponyms[outer].candidates):
                return weight("contained")
        for inner, outers in self._inside.items():
            if index in outers and any(holds(place, other) for other in self._toponyms[inner].candidates):
                return weight("holder")
        return 0.0

    def _believed(self, place: Place, toponym: Toponym, anchors: Sequence[Place], *, evident: bool) -> bool:
        """Whether a place that bears the name is likely to be meant at all."""
        if place.country_code in self._countries or self._gazetteer.is_added(place):
            return True
        if not toponym.exact or (toponym.country_hint and place.country_code):
            return False
        if place.country_code is None or place.type is PlaceType.COUNTRY:
            return True
        if self._gazetteer.population(place) >= weight("famous_people") or (evident and self._gazetteer.curated(place)):
            return True
        away = (kilometres(place, anchor) for anchor in anchors if anchor.key != place.key)
        nearest = min((distance for distance in away if distance is not None), default=None)
        if nearest is not None and nearest < weight("close_km"):
            return True
        only = len({candidate.country_code for candidate in toponym.candidates}) == 1
        reach = weight("reach_only_km") if only else weight("reach_km")
        near = nearest is not None and nearest < reach
        return evident and (near or not self._spoken_of or self._gazetteer.level(place) == 1)


def _is_point(place: Place) -> bool:
    return place.type is not PlaceType.COUNTRY


def _nearness(place: Place, toponym: Toponym, anchors: Sequence[Place]) -> float:
    namesakes = {candidate.key for candidate in toponym.candidates}
    away = [kilometres(place, other) for other in anchors if other.key not in namesakes]
    known = [distance for distance in away if distance is not None]
    if not known or min(known) >= weight("near_km"):
        return 0.0
    return weight("near") * (1 - min(known) / weight("near_km")) + (weight("near_two") if len(known) > 1 else 0.0)


def _short_forms(toponyms: Sequence[Toponym], chosen: Mapping[int, Place]) -> dict[int, Place]:
    """Return the places of names that begin a longer one of the same report: "San Pedro" Sula."""
    words = [folded(toponym.name).split() for toponym in toponyms]
    found: dict[int, Place] = {}
    for index, short in enumerate(words):
        for other, long in enumerate(words):
            if len(long) > len(short) >= 2 and long[: len(short)] == short and other in chosen:
                found.setdefault(index, chosen[other])
    return found


def _wanted(toponym: Toponym) -> str:
    return toponym.role if toponym.role in ("region", "settlement") else ""
