"""Links the place names of a report to the gazetteer, by the places and countries that stand around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log10

from spacy.tokens import Doc

from kg.gazetteer import Gazetteer
from kg.model import Mention, MentionKind, Place, PlaceType
from kg.place_context import containers, country_weights, holds, kilometres, seats
from kg.spelling import folded, slug
from kg.place_words import DIRECTIONS
from kg.toponyms import Toponym, find_toponyms

__all__ = ["PlaceLinker"]

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

LEVELS = frozenset(("province", "governorate", "state", "district", "county", "oblast", "territory"))
ANAPHORS: dict[str, tuple[PlaceType, ...]] = {
    **dict.fromkeys(("town", "city", "village", "settlement", "suburb", "township", "hamlet"), (PlaceType.SETTLEMENT,)),
    **dict.fromkeys(("province", "region", "governorate", "state", "district", "county", "territory", "oblast"), (PlaceType.REGION,)),
    **dict.fromkeys(("enclave", "pocket", "area", "zone", "strip"), (PlaceType.REGION, PlaceType.SETTLEMENT)),
    **dict.fromkeys(("island", "valley", "mountain", "river", "peninsula", "lake", "hill", "desert"), (PlaceType.NATURAL_FEATURE, PlaceType.REGION)),
    "nation": (PlaceType.COUNTRY,),
    "country": (PlaceType.COUNTRY,),
}  # fmt: skip


class PlaceLinker:
    """Finds and resolves the places that a report names.

    >>> from kg.language import Language
    >>> from kg.model import Report
    >>> doc = Language().doc(Report(id="r", text="Shells fell on Tripoli, Lebanon, in the night."))
    >>> [(mention.text, mention.value.country_code) for mention in PlaceLinker(Gazetteer.open()).link(doc, ())]
    [('Tripoli', 'LB'), ('Lebanon', 'LB')]
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def link(self, doc: Doc, taken: Sequence[tuple[int, int]] = ()) -> tuple[Mention, ...]:
        """Return the place mentions of a report, in their order; offsets in `taken` are other names."""
        toponyms = find_toponyms(doc, taken, self.gazetteer)
        weights = country_weights(doc.text, toponyms, self.gazetteer)
        inside = containers(doc.text, toponyms)
        chosen = self._chosen(toponyms, weights, inside)
        outer = _containers_of_names(toponyms, inside, chosen)
        mentions = []
        for index, toponym in enumerate(toponyms):
            place = self._described(toponym, chosen.get(index), outer.get(folded(toponym.name)))
            if place is not None:
                span = doc.text[toponym.start : toponym.end]
                mentions.append(
                    Mention(start=toponym.start, end=toponym.end, text=span, kind=MentionKind.PLACE, value=place)
                )
        return tuple(mentions)

    def resolve_anaphor(self, head_lemma: str, position: int, mentions: Sequence[Mention]) -> Place | None:
        """Return the place that "the town", "the capital", "there" and the like mean at an offset, or None."""
        before = [mention.value for mention in mentions if mention.end <= position and isinstance(mention.value, Place)]
        if not before:
            return None
        if head_lemma == "capital":
            return self._capital([mention.value for mention in mentions if isinstance(mention.value, Place)])
        if head_lemma in ("there", "here", "place"):
            return before[-1]
        if head_lemma == "country":
            return next((self._country(place) for place in reversed(before) if place.country_code), None)
        if head_lemma in LEVELS:
            before = [place for place in before if place.label.split()[0].lower() not in DIRECTIONS]
        kinds = ANAPHORS.get(head_lemma, ())
        fitting = [place for place in before if place.type in kinds]
        if not kinds or PlaceType.NATURAL_FEATURE in kinds:
            fitting = [place for place in before if _bears(place, head_lemma)] or fitting
        return fitting[-1] if fitting else None

    def _country(self, place: Place) -> Place | None:
        return self.gazetteer.country(place.country_code) if place.country_code else None

    def _capital(self, places: Sequence[Place]) -> Place | None:
        codes = [place.country_code for place in places if place.country_code]
        if not codes:
            return None
        code = max(dict.fromkeys(codes), key=codes.count)
        for name in seats()[code]:
            for place in self.gazetteer.exact(name):
                if place.country_code == code and place.type is PlaceType.SETTLEMENT:
                    return place
        return None

    def _chosen(
        self, toponyms: Sequence[Toponym], weights: Mapping[str, float], inside: Mapping[int, tuple[int, ...]]
    ) -> dict[int, Place]:
        """Return the place chosen for each toponym, by index; the same name means the same place all through."""
        anchors: tuple[Place, ...] = ()
        chosen: dict[int, Place] = {}
        for _ in range(2):  # the second time the places chosen first are the neighbours
            chosen = {}
            groups: dict[tuple[str, str, str], list[int]] = {}
            for index, toponym in enumerate(toponyms):
                key = (folded(toponym.name), _wanted(toponym), toponym.direction)
                groups.setdefault(key, []).append(index)
            for indices in groups.values():
                place = self._best(indices, toponyms, weights, inside, anchors)
                if place is not None:
                    chosen.update(dict.fromkeys(indices, place))
            chosen |= _short_forms(toponyms, chosen)
            anchors = tuple(
                {place.key: place for place in chosen.values() if place.type is not PlaceType.COUNTRY}.values()
            )
        return chosen

    def _best(
        self,
        indices: Sequence[int],
        toponyms: Sequence[Toponym],
        weights: Mapping[str, float],
        inside: Mapping[int, tuple[int, ...]],
        anchors: Sequence[Place],
    ) -> Place | None:
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

    def _described(
        self,
        toponym: Toponym,
        core: Place | None,
        container: Place | None,
    ) -> Place | None:
        """Return the place that a toponym names with its type word and direction."""
        if core is None:
            return self._unresolved(toponym, container)
        if toponym.direction and core.type in (PlaceType.COUNTRY, PlaceType.REGION, PlaceType.SETTLEMENT):
            return _part(toponym.direction, core)
        wanted = toponym.role
        if wanted == "region" and core.type is PlaceType.SETTLEMENT:
            return _around(toponym, core, PlaceType.REGION)
        if wanted == "facility" and core.type is not PlaceType.FACILITY:
            return _around(toponym, core, PlaceType.FACILITY)
        if wanted == "natural" and core.type is not PlaceType.NATURAL_FEATURE and not _ends_with_type(core, toponym):
            return _around(toponym, core, PlaceType.NATURAL_FEATURE)
        return core

    def _unresolved(self, toponym: Toponym, container: Place | None) -> Place | None:
        if not (toponym.called or toponym.role or toponym.firm):
            return None
        kind = {"region": PlaceType.REGION, "facility": PlaceType.FACILITY, "natural": PlaceType.NATURAL_FEATURE}
        label = toponym.name if toponym.called else _label(toponym)
        within = container or (self.gazetteer.country(toponym.country_hint) if toponym.country_hint else None)
        return Place(
            key="-".join(filter(None, (slug(label), within.key if within else ""))),
            label=label,
            type=kind.get(toponym.role, PlaceType.SETTLEMENT),
            names=(toponym.name,) if folded(toponym.name) != folded(label) else (),
            within=within,
            country_code=within.country_code if within else None,
            unresolved=True,
        )


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


def _containers_of_names(
    toponyms: Sequence[Toponym], inside: Mapping[int, tuple[int, ...]], chosen: Mapping[int, Place]
) -> dict[str, Place]:
    """Return by folded name what the report first says that a place lies in."""
    found: dict[str, Place] = {}
    for index, outers in inside.items():
        for outer in outers:
            if outer in chosen:
                found.setdefault(folded(toponyms[index].name), chosen[outer])
    return found


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


def _part(direction: str, core: Place) -> Place:
    side = DIRECTIONS[direction]
    town = core.type is PlaceType.SETTLEMENT
    short = side.removesuffix("ern")
    return Place(
        key=f"{slug(side)}-{core.key}",
        label=f"{side} {core.label}",
        type=PlaceType.SETTLEMENT if town else PlaceType.REGION,
        names=tuple(dict.fromkeys((f"{short} {core.label}", *(f"{side} {name}" for name in core.names[:3])))),
        latitude=core.latitude if town else None,
        longitude=core.longitude if town else None,
        within=core,
        country_code=core.country_code,
    )


def _around(toponym: Toponym, core: Place, kind: PlaceType) -> Place:
    label = _label(toponym)
    return Place(
        key=f"{slug(label)}-{core.key}",
        label=label,
        type=kind,
        latitude=core.latitude,
        longitude=core.longitude,
        within=core,
        country_code=core.country_code,
    )


def _label(toponym: Toponym) -> str:
    words = toponym.type_word
    if not words or toponym.called:
        return toponym.name
    if toponym.start < toponym.name_start and not toponym.direction:
        return f"{words.capitalize()} {toponym.name}"
    return f"{toponym.name} {words}"


def _ends_with_type(place: Place, toponym: Toponym) -> bool:
    return any(
        toponym.type_word.split()[-1] in folded(name).split()
        for name in (place.label, *place.names)
        if toponym.type_word
    )


def _bears(place: Place, word: str) -> bool:
    """Whether a place's label says that it is a `word`: "Aden airport" is an airport, "Gao Region" a region."""
    return folded(place.label).split()[-1:] == [word]
