"""Finds the stretches of a text that may name a place, with what the words around them say about its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from kg.gazetteer import Gazetteer
from kg.lexicon import rows
from kg.model import Place
from kg.spelling import folded

__all__ = ["Toponym", "Word", "context_words", "find_toponyms", "words_of"]

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_](?:[\w'’ʼ‘-]*\w)?")
POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
ARTICLE = re.compile(r"(?:al|el|an|ar|as|ash|at|ath|az|ed|es|et|ez|ul)-(?=\w)", re.IGNORECASE)
PARTICLES = frozenset(
    "al el ad ed ar er as es at et az ez an en ash esh de del des du d da do dos das la le les los las di of the bin ul ou e y i sur".split()
)
LONGEST = 6
REMOTE_LABELS = frozenset(("DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"))
PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text with its offsets; `text` lacks a possessive ending, `gap` is what stands before it."""

    text: str
    start: int
    end: int
    gap: str
    possessive: bool

    @property
    def capital(self) -> bool:
        """Whether it is written as a name: with a capital, which an article may precede."""
        return ARTICLE.sub("", self.text)[:1].isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A name that may be a place's, from `start` to `end` with the type word or direction that belongs to it.

    `name` is the bare name, from `name_start` to `name_end`. `role` says what the type word calls it: region,
    quarter, settlement, facility, natural, or "" where there is none; `type_word` is that word. `exact` tells a name
    that the gazetteer has from another transliteration. `evident` is whether the words before it call for a place.
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
    called: bool = False
    country_hint: str = ""


@cache
def context_words(role: str) -> frozenset[str]:
    """Return the words that `place_context.tsv` lists for a role."""
    return frozenset(row["word"] for row in rows("place_context") if row["role"] == role)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text.

    >>> [word.text for word in words_of("Syria's al-Hol, in the U.S.-held north")]
    ['Syria', 'al-Hol', 'in', 'the', 'U.S.', 'held', 'north']
    """
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    last = 0
    for match in WORD.finditer(text):
        start, written = match.start(), match.group()
        bare = POSSESSIVE.sub("", written)
        possessive = bare != written or text[match.end() : match.end() + 2] in ("'s", "’s")
        parts = _parts(bare)
        offset = start
        for part in parts:
            begin = text.index(part, offset)
            yield Word(part, begin, begin + len(part), text[last:begin], possessive and part == parts[-1])
            last = offset = begin + len(part)


# A hyphen belongs to a name ("Guinea-Bissau", "al-Hol") unless an ordinary word follows it ("Damascus-based").
def _parts(written: str) -> list[str]:
    head, hyphen, tail = written.rpartition("-")
    if hyphen and head[:1].isupper() and tail.islower() and len(tail) > 3 and len(head) > 2:
        return [*_parts(head), tail]
    return [written]


class _Text:
    """The words of one report, with the stretches that are taken and the labels that the model gave."""

    def __init__(self, doc: Doc, taken: Sequence[tuple[int, int]]) -> None:
        self.doc = doc
        self.text = doc.text
        self.words = words_of(self.text)
        self.taken = taken
        self.labels = {token.idx: token.ent_type_ for token in doc if token.ent_type_}
        self.tags = {token.idx: token.pos_ for token in doc}
        self.sentence_starts = frozenset(_first_letters(doc))
        self.lower = frozenset(word.text for word in self.words if word.text.islower())
        self.headlines = tuple(_headlines(self.text))
        self.surnames = frozenset(_surnames(doc))

    def is_taken(self, start: int, end: int) -> bool:
        return any(begin < end and start < stop for begin, stop in self.taken)

    def opens_sentence(self, word: Word) -> bool:
        return word.start in self.sentence_starts

    def in_headline(self, word: Word) -> bool:
        return any(start <= word.start < end for start, end in self.headlines)

    def adjacent(self, index: int) -> bool:
        """Whether nothing but a space stands between a word and the one before it."""
        return 0 < index < len(self.words) and self.words[index].gap in (" ", "-", "\u00a0", "/")


def find_toponyms(doc: Doc, taken: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the possible place names of a report, in their order, none overlapping another or a taken stretch."""
    text = _Text(doc, taken)
    found: list[Toponym] = []
    index = 0
    while index < len(text.words):
        toponym, used = _toponym_at(text, index, gazetteer)
        if toponym is not None:
            if not text.is_taken(toponym.start, toponym.end) and not (found and found[-1].end > toponym.start):
                found.append(toponym)
            elif not text.is_taken(toponym.name_start, toponym.name_end) and not (found and found[-1].end > toponym.name_start):
                found.append(_bare(toponym))
        index += max(used, 1)
    return tuple(found)


def _bare(toponym: Toponym) -> Toponym:
    return Toponym(
        name=toponym.name,
        start=toponym.name_start,
        end=toponym.name_end,
        name_start=toponym.name_start,
        name_end=toponym.name_end,
        candidates=toponym.candidates,
        exact=toponym.exact,
        evident=toponym.evident,
    )


def _toponym_at(text: _Text, index: int, gazetteer: Gazetteer) -> tuple[Toponym | None, int]:
    word = text.words[index]
    if not word.capital or text.is_taken(word.start, word.end):
        return None, 1
    for count in range(min(LONGEST, _run(text, index)), 0, -1):
        last = text.words[index + count - 1]
        if not (last.capital or count > 1 and _typed(last.text)) or text.is_taken(word.start, last.end):
            continue
        name = text.text[word.start : last.end]
        candidates = tuple(place for place in gazetteer.exact(name) if _spelled(name, place))
        if candidates and _is_name(text, index, count, candidates):
            return _dressed(text, index, count, candidates, exact=True), count
    return _unknown(text, index, gazetteer)


def _run(text: _Text, index: int) -> int:
    """Return how many words from `index` on may be one name."""
    count = 1
    while index + count < len(text.words) and count < LONGEST:
        word = text.words[index + count]
        joined = text.adjacent(index + count) or (word.gap == ". " and text.words[index + count - 1].text in ("St", "Ft", "Mt"))
        if not joined or text.words[index + count - 1].possessive:
            break
        if not (word.capital or word.text in PARTICLES or _typed(word.text) or ARTICLE.match(word.text)):
            break
        count += 1
    return count


def _typed(word: str) -> bool:
    low = word.lower()
    return low in context_words("facility") or low in context_words("natural")


# "US" is a country and "us" is not: what is written in capitals in the gazetteer must be so in the text.
def _spelled(name: str, place: Place) -> bool:
    letters = name.replace(".", "")
    if len(letters) > 4 or letters.isupper():
        return True
    form = folded(name)
    same = [other for other in (place.label, *place.names) if folded(other) == form]
    return not all(other.replace(".", "").isupper() for other in same)


def _is_name(text: _Text, index: int, count: int, candidates: Sequence[Place]) -> bool:
    first, last = text.words[index], text.words[index + count - 1]
    label = text.labels.get(first.start, "")
    if label in REMOTE_LABELS or text.labels.get(last.start, "") in REMOTE_LABELS:
        return False
    country = candidates[0].within is None
    evident = _evident(text, index)
    if count == 1 and not country:
        low = folded(first.text)
        if first.text.lower() in _demonyms() or low in context_words("title"):
            return False
        if (low in context_words("common") or first.text.lower() in text.lower) and not (evident and _firmly(text, index)):
            return False
        if text.opens_sentence(first) and text.tags.get(first.start) not in ("PROPN", "NOUN", None, "ADJ"):
            return False
        if first.text in text.surnames and not evident:
            return False
        if first.text.isupper() and len(first.text) < 5 and not text.in_headline(first):
            return False
    if label == "PERSON" and not evident and not country and _entity_is_longer(text, first, last):
        return False
    return _free_before(text, index, evident) and _free_behind(text, index + count, evident)


def _entity_is_longer(text: _Text, first: Word, last: Word) -> bool:
    return any(
        entity.start_char <= first.start and last.end <= entity.end_char and entity.end_char - entity.start_char > last.end - first.start + 2
        for entity in text.doc.ents
    )


def _free_before(text: _Text, index: int, evident: bool) -> bool:
    """Whether the word before does not make this the rest of a longer name, a person's or an organisation's."""
    if not text.adjacent(index):
        return not (index and text.words[index].gap == ". " and text.words[index - 1].text.lower() in context_words("title"))
    before = text.words[index - 1]
    low = before.text.lower()
    if low in context_words("title"):
        return False
    if low in context_words("locative"):
        return True
    if not before.capital or before.possessive or text.is_taken(before.start, before.end):
        return True
    if low in context_words("direction") or low in context_words("natural_before") or low in context_words("facility_before"):
        return True
    if _typed(before.text) or low in _demonyms() or text.in_headline(before):
        return True
    if text.opens_sentence(before):
        return text.tags.get(before.start) not in ("PROPN", "NOUN")
    return before.text.isupper() and len(before.text) > 1


def _free_behind(text: _Text, index: int, evident: bool) -> bool:
    """Whether the word behind does not make this the beginning of an organisation's or a person's name."""
    if not text.adjacent(index) or text.words[index - 1].possessive:
        return True
    behind = text.words[index]
    low = behind.text.lower()
    if low in context_words("organization") and (behind.capital or low in ("agreement", "agreements", "accord", "accords", "protocol", "treaty", "convention", "declaration", "process")):
        return False
    if not behind.capital or text.is_taken(behind.start, behind.end) or text.in_headline(behind):
        return True
    if _type_behind(text, index)[0]:
        return True
    if low in context_words("direction") or low in _demonyms() or behind.text.isupper():
        return True
    return evident and low in context_words("modifier")


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(name.lower() for row in rows("countries") for name in row["demonyms"].split("|"))


def _evident(text: _Text, index: int) -> bool:
    """Whether the words before call for a place."""
    before = _before(text, index)
    if not before:
        return False
    first = before[-1]
    low = first.text.lower()
    if low in context_words("locative") and low not in ("and", "or", "of", "for", "with", "than", "like", "against", "left"):
        return True
    return low == "of" and len(before) > 1 and (before[-2].text.lower() == "out" or bool(_role(before[-2].text.lower())))


def _firmly(text: _Text, index: int) -> bool:
    before = _before(text, index)
    low = before[-1].text.lower() if before else ""
    return low in context_words("near") or low == "of"


def _before(text: _Text, index: int) -> list[Word]:
    """Return up to four words before, without articles and directions."""
    found: list[Word] = []
    position = index
    while position > 0 and len(found) < 4 and text.words[position].gap in (" ", "-", "\u00a0", "\n"):
        position -= 1
        word = text.words[position]
        if found or word.text.lower() not in ("the", *context_words("direction")):
            found.insert(0, word)
    return found


def _role(low: str) -> str:
    for role in ("settlement", "region", "quarter", "facility", "natural"):
        if low in context_words(role):
            return role
    return ""


def _type_behind(text: _Text, index: int) -> tuple[str, str, int]:
    """Return role, type word and number of words of the type that follows a name: "international airport"."""
    limit = index
    while limit < len(text.words) and limit - index < 4 and text.adjacent(limit) and not (
        limit > index and text.words[limit - 1].possessive
    ):
        limit += 1
    for count in range(limit - index, 0, -1):
        words = [word.text.lower() for word in text.words[index : index + count]]
        if text.is_taken(text.words[index].start, text.words[index + count - 1].end):
            continue
        for tail in range(min(3, count), 0, -1):
            role = _role(" ".join(words[count - tail :]))
            if role and all(word in context_words("modifier") for word in words[: count - tail]):
                return role, " ".join(words), count
    return "", "", 0


def _dressed(text: _Text, index: int, count: int, candidates: tuple[Place, ...], *, exact: bool) -> Toponym:
    """Return a toponym with the type word behind or before it and the direction before it."""
    first, last = text.words[index], text.words[index + count - 1]
    start, end = first.start, last.end
    role, type_word, type_count = ("", "", 0) if last.possessive else _type_behind(text, index + count)
    if type_count:
        end = text.words[index + count + type_count - 1].end
    called, hint = False, ""
    before = _before(text, index)
    if not role and len(before) > 1 and before[-1].text.lower() == "of":
        role = _role(before[-2].text.lower())
        called = role in ("settlement", "region", "quarter")
        role = role if called else ""
        type_word = before[-2].text.lower() if called else ""
        hint = _hint(before[:-2])
    elif not role and before and _role(before[-1].text.lower()) in ("settlement", "quarter"):
        called, role, type_word = True, _role(before[-1].text.lower()), before[-1].text.lower()
        hint = _hint(before[:-1])
    elif before:
        hint = _hint(before[-1:])
    direction = ""
    if text.adjacent(index):
        prior = text.words[index - 1]
        low = prior.text.lower()
        if low in context_words("natural_before") and not role and not text.is_taken(prior.start, prior.end):
            role, type_word, start = "natural", low, prior.start
        elif low in context_words("facility_before") and prior.capital and not role:
            role, type_word, start = "facility", low, prior.start
        elif low in DIRECTIONS and not text.is_taken(prior.start, prior.end):
            direction, start = low, prior.start
    return Toponym(
        name=text.text[first.start : last.end],
        start=start,
        end=end,
        name_start=first.start,
        name_end=last.end,
        candidates=candidates,
        exact=exact,
        role=role,
        type_word=type_word,
        direction=direction,
        evident=_evident(text, index) or text.labels.get(first.start, "") in PLACE_LABELS,
        called=called,
        country_hint=hint,
    )


DIRECTIONS = {
    stem + ending: stem + "ern"
    for stem in ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
    for ending in ("", "ern")
} | {"north-" + side: f"north{side.removesuffix('ern')}ern" for side in ("east", "west", "eastern", "western")} | {
    "south-" + side: f"south{side.removesuffix('ern')}ern" for side in ("east", "west", "eastern", "western")
} | {"central": "central"}


@cache
def _abbreviations() -> frozenset[str]:
    names = (name for row in rows("countries") for name in row["names"].split("|"))
    return frozenset(folded(name) for name in names if name.replace(".", "").isupper())


@cache
def _country_of_demonym() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows("countries"):
        for name in row["demonyms"].split("|"):
            if name:
                found.setdefault(name.lower(), row["code"])
    return found


def _hint(words: Sequence[Word]) -> str:
    for word in reversed(words):
        code = _country_of_demonym().get(word.text.lower())
        if code and word.capital:
            return code
    return ""


def _unknown(text: _Text, index: int, gazetteer: Gazetteer) -> tuple[Toponym | None, int]:
    """Return a toponym whose name the gazetteer does not have as it is spelled, where the text calls it a place."""
    if text.adjacent(index) and text.words[index - 1].capital and not text.opens_sentence(text.words[index - 1]):
        before = text.words[index - 1].text.lower()
        if before not in context_words("direction") and before not in context_words("natural_before") and before not in context_words("facility_before") and before not in _demonyms():
            return None, 1
    if _leads(text, index):
        return None, 1
    count = 1
    while (
        count < 4
        and text.adjacent(index + count)
        and text.words[index + count].capital
        and not text.words[index + count - 1].possessive
        and not text.is_taken(text.words[index + count].start, text.words[index + count].end)
        and not _type_behind(text, index + count)[0]
    ):
        count += 1
    first, last = text.words[index], text.words[index + count - 1]
    low = folded(first.text)
    label = text.labels.get(first.start, "")
    if label in REMOTE_LABELS or low in _demonyms() or text.in_headline(first) or first.text in text.surnames:
        return None, count
    if count == 1 and (low in context_words("common") or first.text.lower() in text.lower or low in context_words("title")):
        return None, count
    if first.text.isupper() or not _free_before(text, index, False):
        return None, count
    name = text.text[first.start : last.end]
    parts = [part for word in text.words[index : index + count] for part in folded(word.text).split()]
    if any(part in context_words("organization") or part in _demonyms() or part in _abbreviations() for part in parts):
        return None, count
    similar = gazetteer.similar(name)
    toponym = _dressed(text, index, count, similar, exact=False)
    if not toponym.evident and not toponym.called and toponym.role not in ("settlement", "region", "quarter", "natural"):
        if toponym.role == "facility" and not text.opens_sentence(first):
            return toponym, count
        return None, count
    if toponym.called or toponym.role or (label in PLACE_LABELS and _evident(text, index)):
        return toponym, count
    if label in ("GPE", "LOC") and not text.opens_sentence(first) and similar:
        return toponym, count
    if similar or (_firmly(text, index) and label not in ("PERSON", "ORG", "NORP", "EVENT", "PRODUCT", "LAW")):
        return toponym, count
    return None, count


def _leads(text: _Text, index: int) -> bool:
    """Whether a capitalised word is none of the name that follows: "Near Palmyra", "Eastern Ukraine", "Mount Sinjar"."""
    low = text.words[index].text.lower()
    if any(low in context_words(role) for role in ("locative", "natural_before", "facility_before")) or low in DIRECTIONS:
        return True
    return text.opens_sentence(text.words[index]) and text.tags.get(text.words[index].start) not in ("PROPN", "NOUN", "ADJ")


def _first_letters(doc: Doc) -> Iterator[int]:
    for sentence in doc.sents:
        for token in sentence:
            if token.text[:1].isalpha():
                yield token.idx
                break


def _headlines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that are written with a capital on most words, or wholly in capitals."""
    for match in re.finditer(r"[^\n]+", text):
        words = [word for word in re.findall(r"[^\W\d_]{4,}", match.group())]
        if len(words) > 3 and len(match.group()) < 200 and sum(word[0].isupper() for word in words) > 0.7 * len(words):
            yield match.start(), match.end()


def _surnames(doc: Doc) -> Iterator[str]:
    for entity in doc.ents:
        if entity.label_ != "PERSON":
            continue
        titled = entity.start > 0 and doc[entity.start - 1].text.lower().rstrip(".") in context_words("title")
        names = POSSESSIVE.sub("", entity.text.strip()).split()
        if (len(names) > 1 or titled) and names and names[0].lower() not in context_words("locative"):
            yield names[-1]
