"""Finds the stretches of a text that may name a place, with what the words around them say about its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from kg.lexicon import rows
from kg.model import Place, PlaceType
from kg.names.spelling import folded
from kg.places.gazetteer import Gazetteer
from kg.places.words import ARTICLE, DIRECTIONS, PlaceText, Word, context_words, country_of_demonym, role_of

__all__ = ["Toponym", "find_toponyms"]

LONGEST = 6
WELL_KNOWN = 100_000  # a place of so many people is not the beginning of an unknown one's name
PARTICLES = frozenset(
    (
        *("al", "el", "ul", "ol", "an", "en", "ar", "er", "as", "es", "ash", "esh", "at", "et", "az", "ez", "ad", "ed"),
        *("de", "del", "des", "du", "d", "da", "do", "dos", "das", "di", "la", "le", "les", "los", "las", "ou", "sur"),
        *("of", "the", "bin", "e", "y", "i"),
    )
)
NOT_NAMES = frozenset(("DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"))
PLACES = frozenset(("GPE", "LOC", "FAC"))
OTHERS = frozenset(("NORP", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"))
ABBREVIATED = re.compile(r"(?:^|-)[A-Z]{2,}$")
LAST = frozenset((" and ", ", and ", " or ", " to ", " and in ", " and near "))  # what joins the last of a list
ALL = LAST | {", "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A name that may be a place's, from `start` to `end` with the type word or direction that belongs to it.

    `name` is the bare name, from `name_start` to `name_end`. `role` says what its type word calls it: region, quarter,
    settlement, facility, natural, or "" where there is none; `type_word` is that word, `called` whether it stands
    before the name ("the town of"). `exact` tells a name that the gazetteer has from another transliteration.
    `evident` is whether the words before it call for a place, `firm` whether they do so even for a name that nobody
    knows, `tentative` whether nothing but a neighbour can tell that it is a place. `country_hint` is the code of the
    country whose demonym qualifies it ("the Syrian town of").
    """

    name: str
    start: int
    end: int
    name_start: int
    name_end: int
    candidates: tuple[Place, ...]
    exact: bool
    role: str = ""
    type_word: str = ""
    direction: str = ""
    evident: bool = False
    firm: bool = False
    called: bool = False
    tentative: bool = False
    country_hint: str = ""

    def bare(self) -> Toponym:
        """Return the name alone, without direction and type word."""
        return replace(
            self, start=self.name_start, end=self.name_end, role="", type_word="", direction="", called=False
        )


def find_toponyms(doc: Doc, taken: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the possible place names of a report, in their order, none overlapping another or a taken stretch."""
    text = PlaceText(doc, taken)
    found: list[Toponym] = []
    index = 0
    while index < len(text.words):
        toponym, used = _toponym_at(text, index, gazetteer)
        index += used
        if toponym is None:
            continue
        end = found[-1].end if found else 0
        for form in (toponym, toponym.bare()):
            if not text.is_taken(form.start, form.end) and form.start >= end:
                found.append(form)
                break
    return tuple(_without_strangers(text.text, found))


def _without_strangers(text: str, found: Sequence[Toponym]) -> list[Toponym]:
    """Leave out the tentative names that are not listed beside a place: "in Gao and Ansongo"."""
    kept: list[Toponym] = []
    for index, toponym in enumerate(found):
        behind = found[index + 1] if index + 1 < len(found) else None
        leads = behind is not None and not behind.tentative and _listed(text, toponym, behind, ALL)
        joins = ALL if behind is not None and _listed(text, toponym, behind, ALL) else LAST
        listed = leads or bool(kept and kept[-1].evident and _listed(text, kept[-1], toponym, joins))
        if listed or not toponym.tentative:
            kept.append(replace(toponym, evident=True, firm=True) if listed else toponym)
    return kept


def _listed(text: str, one: Toponym, other: Toponym, joins: frozenset[str]) -> bool:
    country = any(known.candidates and known.candidates[0].type is PlaceType.COUNTRY for known in (one, other))
    return not country and text[one.end : other.start] in joins


def _toponym_at(text: PlaceText, index: int, gazetteer: Gazetteer) -> tuple[Toponym | None, int]:
    """Return the toponym that begins at a word, or None, and how many words to go on by."""
    word = text.words[index]
    if not word.capital or text.is_taken(word.start, word.end):
        return None, 1
    known = False
    for count in range(_run(text, index), 0, -1):
        last = text.words[index + count - 1]
        if not (last.capital or (count > 1 and role_of(last.low))) or text.is_taken(word.start, last.end):
            continue
        name = text.text[word.start : last.end]
        candidates = tuple(place for place in gazetteer.exact(name) if _spelled(name, place))
        if candidates and _is_name(text, index, count, candidates):
            return _dressed(text, index, count, candidates, exact=True), count
        known = known or any(gazetteer.population(place) >= WELL_KNOWN for place in candidates)
    if (titled := _titled(text, index)) is not None:
        return titled
    return (None, 1) if known else _unknown(text, index, gazetteer)


def _titled(text: PlaceText, index: int) -> tuple[Toponym, int] | None:
    """Return a facility that is called by its kind alone, written as a name: "the National Penitentiary"."""
    role, _, count = text.type_behind(index) if text.adjacent(index) else ("", "", 0)
    words = text.words[index : index + count]
    if role != "facility" or count < 2 or text.words[index - 1].low != "the" or not all(word.capital for word in words):
        return None
    first, last = words[0], words[-1]
    behind = index + count
    if text.in_headline(index) or (text.adjacent(behind) and text.words[behind].capital):
        return None
    name = text.text[first.start : last.end]
    return Toponym(
        name=name, start=first.start, end=last.end, name_start=first.start, name_end=last.end, candidates=(),
        exact=False, role=role, evident=True,
    ), count  # fmt: skip


def _run(text: PlaceText, index: int) -> int:
    """Return how many words from `index` on may be one name."""
    count = 1
    while index + count < len(text.words) and count < LONGEST:
        word, prior = text.words[index + count], text.words[index + count - 1]
        abbreviated = word.gap == ". " and prior.text in ("St", "Ft", "Mt")
        if prior.possessive or not (text.adjacent(index + count) or abbreviated):
            break
        if not (word.capital or word.articled or word.text in PARTICLES or role_of(word.low)):
            break
        count += 1
    return count


# "US" is a country and "us" is not: what is written in capitals in the gazetteer must be so in the text.
def _spelled(name: str, place: Place) -> bool:
    letters = name.replace(".", "")
    if len(letters) > 4 or letters.isupper():
        return True
    form = folded(name)
    same = [other.replace(".", "") for other in (place.label, *place.names) if folded(other) == form]
    return not all(other.isupper() for other in same)


def _is_name(text: PlaceText, index: int, count: int, candidates: Sequence[Place]) -> bool:
    """Whether a name of the gazetteer is a place's name here."""
    first, last = text.words[index], text.words[index + count - 1]
    if text.labels.get(first.start) in NOT_NAMES or text.labels.get(last.start) in NOT_NAMES:
        return False
    evident = text.evident(index)
    name = folded(text.text[first.start : last.end])
    if candidates[0].within is not None:
        if (name in context_words("common") or (first.text.lower() in text.lower and count == 1)) and not text.firm(
            index
        ):
            return False
        if count == 1 and not _is_single_name(text, index, evident):
            return False
        if not evident and text.is_person(first.start, last.end):
            return False
    return text.free_before(index) and text.free_behind(index + count, evident)


def _is_single_name(text: PlaceText, index: int, evident: bool) -> bool:
    word = text.words[index]
    if word.low in country_of_demonym() or word.low in context_words("title") or word.low in context_words("direction"):
        return False
    if text.opens_sentence(index) and text.tags.get(word.start) not in ("PROPN", "NOUN", "ADJ", None):
        return False
    if word.text in text.surnames and not evident:
        return False
    return not (word.text.isupper() and len(word.text) < 5) or text.in_headline(index)


def _dressed(text: PlaceText, index: int, count: int, candidates: tuple[Place, ...], *, exact: bool) -> Toponym:
    """Return a toponym with the type word behind or before it and the direction before it."""
    first, last = text.words[index], text.words[index + count - 1]
    toponym = Toponym(
        name=text.text[first.start : last.end],
        start=first.start,
        end=last.end,
        name_start=first.start,
        name_end=last.end,
        candidates=candidates,
        exact=exact,
        evident=text.evident(index) or text.labels.get(first.start) in PLACES,
        firm=text.firm(index),
    )
    role, type_word, words = ("", "", 0) if last.possessive else text.type_behind(index + count)
    before = text.before(index)
    if role:
        end = text.words[index + count + words - 1].end
        toponym = replace(toponym, role=role, type_word=type_word, end=end, country_hint=_hint(before[-1:]))
    else:
        toponym = _called(toponym, before)
    return _led(text, index, toponym)


def _called(toponym: Toponym, before: Sequence[Word]) -> Toponym:
    """Add what the words before call it: "the Syrian town of", "the village"."""
    if len(before) > 1 and before[-1].low == "of" and role_of(before[-2].low) in ("settlement", "region", "quarter"):
        type_word, rest = before[-2].low, before[:-2]
    elif before and role_of(before[-1].low) in ("settlement", "quarter"):
        type_word, rest = before[-1].low, before[:-1]
    else:
        return replace(toponym, country_hint=_hint(before[-1:]))
    return replace(toponym, role=role_of(type_word), type_word=type_word, called=True, country_hint=_hint(rest))


def _led(text: PlaceText, index: int, toponym: Toponym) -> Toponym:
    """Add the direction or the type word that stands directly before it: "northern", "Mount", "Camp"."""
    if not text.adjacent(index):
        return toponym
    prior = text.words[index - 1]
    if text.is_taken(prior.start, prior.end):
        return toponym
    if prior.low in DIRECTIONS:
        return replace(toponym, direction=prior.low, start=prior.start)
    if not toponym.role and prior.low in context_words("natural_before"):
        return replace(toponym, role="natural", type_word=prior.low, start=prior.start)
    if not toponym.role and prior.capital and prior.low in context_words("facility_before"):
        return replace(toponym, role="facility", type_word=prior.low, start=prior.start)
    return toponym


def _hint(words: Sequence[Word]) -> str:
    codes = (country_of_demonym().get(word.low) for word in reversed(words) if word.capital)
    return next(filter(None, codes), "")


def _unknown(text: PlaceText, index: int, gazetteer: Gazetteer) -> tuple[Toponym | None, int]:
    """Return a toponym whose name the gazetteer does not have as it is spelled, where the text calls it a place."""
    if text.leads(index) or not _is_new_name(text, index):
        return None, 1
    count = 1
    while count < 4 and _continues(text, index + count):
        count += 1
    first, last = text.words[index], text.words[index + count - 1]
    parts = [part for word in text.words[index : index + count] for part in folded(word.text).split()]
    words = [part for part in parts if part not in PARTICLES] or parts  # "al" is an article, and Albania's code
    if not _no_place_words().isdisjoint(words) or (count == 1 and words[0] in context_words("common")):
        return None, count
    name = text.text[first.start : last.end]
    candidates = gazetteer.similar(name)
    if not candidates and first.articled and text.firm(index):
        candidates = gazetteer.exact(ARTICLE.sub("", name, count=1))
    toponym = _dressed(text, index, count, candidates, exact=False)
    if toponym.called or (
        toponym.role and (toponym.evident or toponym.role != "facility" or not text.opens_sentence(index))
    ):
        return toponym, count
    label = text.labels.get(first.start, "")
    strict = any(word.low in context_words("within") for word in text.before(index)[-1:])
    longest = 1 if label == "PERSON" and last.possessive else 2
    trusted = label not in ("PERSON", "ORG") or (strict and count <= longest)
    if toponym.firm and label not in OTHERS and trusted:
        return toponym, count
    if toponym.candidates and (text.evident(index) or (label in ("GPE", "LOC") and not text.opens_sentence(index))):
        return toponym, count
    if label in PLACES and text.evident(index):
        return replace(toponym, firm=label != "FAC"), count
    if (
        not text.opens_sentence(index)
        and label not in OTHERS
        and label != "ORG"
        and text.free_behind(index + count, False)
    ):
        return replace(toponym, tentative=True), count
    return None, count


def _is_new_name(text: PlaceText, index: int) -> bool:
    word = text.words[index]
    if text.labels.get(word.start) in NOT_NAMES or text.in_headline(index) or word.text in text.surnames:
        return False
    if ABBREVIATED.search(word.text) or word.low in text.lower or word.low in context_words("title"):
        return False
    if not text.free_before(index):
        return False
    prior = text.words[index - 1] if text.adjacent(index) else None
    return (
        prior is None
        or not prior.capital
        or text.opens_sentence(index - 1)
        or text.leads(index - 1)
        or (prior.low in country_of_demonym())
    )


def _continues(text: PlaceText, index: int) -> bool:
    """Whether a word belongs to the name that the words before began."""
    if not text.adjacent(index) or text.words[index - 1].possessive:
        return False
    word = text.words[index]
    return word.capital and not text.is_taken(word.start, word.end) and not text.type_behind(index)[0]


@cache
def _no_place_words() -> frozenset[str]:
    names = (name for row in rows("countries") for name in row["names"].split("|"))
    abbreviations = frozenset(folded(name) for name in names if name.replace(".", "").isupper())
    return abbreviations | context_words("organization") | context_words("title") | country_of_demonym().keys()
