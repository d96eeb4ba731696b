"""Chooses for each place name of a report which of the places that bear it is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log10

from kg.gazetteer import Gazetteer
from kg.model import Place, PlaceType
from kg.place_context import holds, kilometres
from kg.spelling import folded
from kg.toponyms import Toponym

__all__ = ["PlaceChoice"]

REGION_PEOPLE = {0: 1e9, 1: 2e4, 2: 2e3, 3: 3e5}  # what a region weighs, by its level, as if so many lived there
LANDMARK_PEOPLE = 2e5
SETTLEMENT_BONUS = 0.7
COUNTRY_FACTOR = 2.5
CONTAINED, CONTRADICTED, HINTED = 8.0, -3.0, 4.0
NEARBY_KM, NEARBY = 150.0, 1.5
FITTING, UNFITTING = 3.0, -3.0
OTHER_NAME = -0.8
MARGIN = 0.8  # by which the best candidate must lead where another lies elsewhere
SAME_PLACE_KM = 60.0
FAMOUS = 100_000  # places of so many people need no country in the report
CLOSE_KM = 100.0  # nor does one so near another place of the report
REACH_KM = 250.0  # or so near, where the words before it call for a place
ALONE_KM = 1000.0  # or even so near, if no other country has a place of the name



class PlaceChoice:
    """Ranks candidates by what a report says: its countries by weight, and which name is said to lie in which."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        toponyms: Sequence[Toponym],
        weights: Mapping[str, float],
        inside: Mapping[int, tuple[int, ...]],
    ) -> None:
        self.gazetteer = gazetteer
        self.toponyms = toponyms
        self.weights = weights
        self.inside = inside

    def chosen(self) -> dict[int, Place]:
        """Return the place chosen for each toponym, by index; the same name means the same place all through."""
        anchors: tuple[Place, ...] = ()
        chosen: dict[int, Place] = {}
        for _ in range(2):  # the second time the places chosen first are the neighbours
            chosen = {}
            groups: dict[tuple[str, str, str], list[int]] = {}
            for index, toponym in enumerate(self.toponyms):
                key = (folded(toponym.name), _wanted(toponym), toponym.direction)
                groups.setdefault(key, []).append(index)
            for indices in groups.values():
                place = self._best(indices, anchors)
                if place is not None:
                    chosen.update(dict.fromkeys(indices, place))
            chosen |= _short_forms(self.toponyms, chosen)
            anchors = tuple(
                {place.key: place for place in chosen.values() if place.type is not PlaceType.COUNTRY}.values()
            )
        return chosen

    def _best(self, indices: Sequence[int], anchors: Sequence[Place]) -> Place | None:
        scores: dict[str, tuple[float, Place]] = {}
        for place in toponyms[indices[0]].candidates:
            said = sum(_said(place, index, toponyms, inside) for index in indices)
            score = self._score(place, toponyms[indices[0]], weights, anchors) + max(CONTRADICTED, min(CONTAINED, said))
            hints = [toponyms[index].country_hint for index in indices if toponyms[index].country_hint]
            score += HINTED if place.country_code in hints else 0.0
            evident = any(toponyms[index].evident for index in indices)
            if self._believed(place, toponyms[indices[0]], weights, said, anchors, evident=evident):
                scores[place.key] = (score, place)
        ranked = sorted(scores.values(), key=lambda pair: (-pair[0], pair[1].key))
        if not ranked:
            return None
        score, best = ranked[0]
        for other, rival in ranked[1:]:
            apart = kilometres(best, rival)
            if (
                score - other < MARGIN
                and (apart is None or apart > SAME_PLACE_KM)
                and not holds(rival, best)
                and not holds(best, rival)
            ):
                if self.gazetteer.population(best) < 5 * self.gazetteer.population(
                    rival
                ) or not self.gazetteer.population(best):
                    return None
        return best

    def _score(self, place: Place, toponym: Toponym, weights: Mapping[str, float], anchors: Sequence[Place]) -> float:
        people = self._people(place)
        score = log10(people + 10) + COUNTRY_FACTOR * weights.get(place.country_code or "", 0.0)
        wanted = _wanted(toponym)
        region = place.type is PlaceType.REGION
        if wanted == "region":
            score += FITTING if region else UNFITTING
        elif wanted == "settlement":
            score += FITTING if place.type is PlaceType.SETTLEMENT else UNFITTING
        elif place.type is PlaceType.SETTLEMENT:
            score += SETTLEMENT_BONUS
        if not f"{folded(place.label)} ".startswith(f"{folded(toponym.name)} ") and place.type is not PlaceType.COUNTRY:
            score += OTHER_NAME
        if not toponym.exact:
            score -= 1.0
        namesakes = {candidate.key for candidate in toponym.candidates}
        near = [
            distance
            for other in anchors
            if other.key not in namesakes and (distance := kilometres(place, other)) is not None
        ]
        if near and min(near) < NEARBY_KM:
            score += NEARBY * (1 - min(near) / NEARBY_KM) + (0.5 if len(near) > 1 else 0)
        return score

    def _people(self, place: Place) -> float:
        population = self.gazetteer.population(place)
        if place.type is PlaceType.SETTLEMENT:
            return population
        return max(population, REGION_PEOPLE[self.gazetteer.level(place)])

    def _believed(
        self,
        place: Place,
        toponym: Toponym,
        weights: Mapping[str, float],
        said: float,
        anchors: Sequence[Place],
        *,
        evident: bool,
    ) -> bool:
        """Whether a place that bears the name is likely to be meant at all."""
        if place.country_code is None or place.type is PlaceType.COUNTRY or said > 0 or place.country_code in weights:
            return toponym.exact or place.country_code in weights
        if toponym.country_hint or not toponym.exact:
            return False
        if self.gazetteer.population(place) >= FAMOUS or (self.gazetteer.level(place) == 1 and evident):
            return True
        alone = len({candidate.country_code for candidate in toponym.candidates}) == 1
        reach = ALONE_KM if alone else REACH_KM
        away = [distance for anchor in anchors if anchor.key != place.key and (distance := kilometres(place, anchor))]
        nearest = min(away, default=reach)
        return nearest < CLOSE_KM or (evident and (not weights or nearest < reach))


def _short_forms(toponyms: Sequence[Toponym], chosen: Mapping[int, Place]) -> dict[int, Place]:
    """Return the places of names that begin a longer one of the same report: "San Vicente" del Caguan."""
    words = [folded(toponym.name).split() for toponym in toponyms]
    found: dict[int, Place] = {}
    for index, short in enumerate(words):
        for other, long in enumerate(words):
            if len(long) > len(short) >= 2 and long[: len(short)] == short and other in chosen:
                found.setdefault(index, chosen[other])
    return found


def _wanted(toponym: Toponym) -> str:
    if toponym.role in ("region", "settlement"):
        return toponym.role
    return ""


def _said(place: Place, index: int, toponyms: Sequence[Toponym], inside: Mapping[int, tuple[int, ...]]) -> float:
    """Return what the text's "X in Y" adds to a candidate for X, or to one for Y."""
    score = 0.0
    for outer in inside.get(index, ()):
        if any(holds(other, place) for other in toponyms[outer].candidates):
            score += CONTAINED
    for inner, outers in inside.items():
        if index in outers and any(holds(place, other) for other in toponyms[inner].candidates):
            score += CONTAINED / 2
    return score
