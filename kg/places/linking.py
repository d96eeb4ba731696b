"""Links the place names of a report to the gazetteer, by the places and countries that stand around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import inf

from spacy.tokens import Doc

from kg.language.texts import text_of
from kg.lexicon import rows
from kg.model import Mention, MentionKind, Place, PlaceType
from kg.names.spelling import folded, slug
from kg.places.choice import PlaceChoice
from kg.places.context import containers, country_weights, holds, seats
from kg.places.gazetteer import Gazetteer
from kg.places.toponyms import Toponym, find_toponyms
from kg.places.words import DIRECTIONS, context_words, country_of_demonym

__all__ = ["PlaceLinker"]

_LAND = re.compile(
    rf"\b(?P<demonym>[A-Z][a-z]+)(?: [a-z]+)? (?:{'|'.join(sorted(context_words('land')))})\b(?! of [A-Z])"
)
HOLDER_GAP = 25  # so far behind a place may stand what it lies in


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

    def link(self, doc: Doc, taken: Sequence[tuple[int, int]] = (), homes: Sequence[str] = ()) -> tuple[Mention, ...]:
        """Return the place mentions of a report, in their order.

        Offsets in `taken` are other names, `homes` the codes of the countries of those who bear them.
        """
        text = text_of(doc)
        toponyms = find_toponyms(doc, taken, self.gazetteer)
        weights = country_weights(text, toponyms, self.gazetteer)
        inside = containers(text, toponyms)
        chosen = PlaceChoice(self.gazetteer, toponyms, weights, homes, inside).chosen()
        outer = _containers_of_names(toponyms, inside, chosen)
        mentions = []
        for index, toponym in enumerate(toponyms):
            place = self._described(toponym, chosen.get(index), outer.get(folded(toponym.name)))
            if place is not None:
                span = text[toponym.start : toponym.end]
                mentions.append(
                    Mention(start=toponym.start, end=toponym.end, text=span, kind=MentionKind.PLACE, value=place)
                )
        mentions += self._lands(text, (*taken, *((mention.start, mention.end) for mention in mentions)))
        return tuple(sorted(mentions, key=lambda mention: mention.start))

    def _lands(self, text: str, named: Sequence[tuple[int, int]]) -> Iterator[Mention]:
        """Yield the countries of which a demonym and a noun speak: "Ukrainian soil", "Lebanese border villages"."""
        for match in _LAND.finditer(text):
            code = country_of_demonym().get(match["demonym"].lower())
            country = self.gazetteer.country(code) if code else None
            start, end = match.span()
            if country is not None and not any(first < end + 4 and start < last for first, last in named):
                yield Mention(start=start, end=end, text=match.group(), kind=MentionKind.PLACE, value=country)

    def resolve_anaphor(self, head_lemma: str, position: int, mentions: Sequence[Mention]) -> Place | None:
        """Return the place that "the town", "the capital", "there" and the like mean at an offset, or None."""
        before = [mention.value for mention in mentions if mention.end <= position and isinstance(mention.value, Place)]
        if not before:
            return None
        if head_lemma == "capital":
            return self._capital([mention.value for mention in mentions if isinstance(mention.value, Place)])
        if head_lemma in ("there", "here", "place"):
            return _without_holders(mentions, position)[-1]
        if head_lemma in ("country", "kingdom", "nation", "republic"):
            codes = [place.country_code for place in before if place.country_code]
            return self.gazetteer.country(max(reversed(codes), key=codes.count)) if codes else None
        kinds, administrative = _anaphors().get(head_lemma, ((), False))
        if administrative:
            before = [place for place in before if place.label.split()[0].lower() not in DIRECTIONS]
        fitting = [place for place in before if place.type in kinds]
        if not kinds or PlaceType.NATURAL_FEATURE in kinds:
            fitting = [place for place in before if _bears(place, head_lemma)] or fitting
        fitting = [place for place in fitting if self._sized(place, head_lemma)] or fitting
        return fitting[-1] if fitting else None

    def _sized(self, place: Place, word: str) -> bool:
        """Return whether a place may be called so by its people: no village has a million, no city a thousand."""
        people = self.gazetteer.population(place)
        least, most = _sizes().get(word, (0.0, inf))
        return people == 0 or least <= people <= most

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
        if toponym.direction and toponym.role == "region":
            label = f"{toponym.direction.capitalize()} {label}"
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


def _without_holders(mentions: Sequence[Mention], position: int) -> list[Place]:
    """Return the places named before an offset, less those that only say where the one before them lies."""
    kept: list[Place] = []
    last: Mention | None = None
    for mention in mentions:
        place = mention.value
        if mention.end > position or not isinstance(place, Place):
            continue
        if last is None or not isinstance(last.value, Place) or not _says_where(last, last.value, mention, place):
            kept.append(place)
            last = mention
    return kept


def _says_where(inner: Mention, place: Place, outer: Mention, around: Place) -> bool:
    """Whether a mention right behind another is of what that one lies in: "Merawi, a town in Gojam"."""
    if not 0 <= outer.start - inner.end <= HOLDER_GAP:
        return False
    wide = around.type in (PlaceType.REGION, PlaceType.COUNTRY) and place.type not in (
        PlaceType.REGION,
        PlaceType.COUNTRY,
    )
    return wide or holds(around, place)


@cache
def _sizes() -> Mapping[str, tuple[float, float]]:
    """Return the fewest and the most people that a place has of which a common noun is used."""
    return {
        row["word"]: (float(row["least"] or 0), float(row["most"] or inf))
        for row in rows("place_anaphors")
        if row["least"] or row["most"]
    }


@cache
def _anaphors() -> Mapping[str, tuple[tuple[PlaceType, ...], bool]]:
    """Return the kinds of places that a common noun may mean, and whether it is of the administration."""
    return {
        row["word"]: (tuple(PlaceType(name) for name in row["types"].split("|")), row["level"] == "administrative")
        for row in rows("place_anaphors")
    }
