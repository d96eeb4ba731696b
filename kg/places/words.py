"""The words around a name in a text, and what they say of whether it names a place, and of which kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from spacy.tokens import Doc

from kg.language.texts import text_of
from kg.lexicon import rows

__all__ = [
    "ARTICLE",
    "DIRECTIONS",
    "ROLES",
    "PlaceText",
    "Word",
    "context_words",
    "country_of_demonym",
    "role_of",
    "words_of",
]

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_](?:[\w'’ʼ‘-]*\w)?")
POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
ARTICLE = re.compile(r"(?:al|el|an|ar|as|ash|at|ath|az|ed|es|et|ez|ul)-(?=\w)", re.IGNORECASE)
SPACES = (" ", "-", "\u00a0", "/")
ROLES = ("settlement", "region", "quarter", "facility", "natural")
SIDES = ("northeast", "northwest", "southeast", "southwest", "north", "south", "east", "west")
DIRECTIONS: Mapping[str, str] = {
    written: f"{side}ern"
    for side in SIDES
    for stem in (side, re.sub("(?<=th)(?=.)", "-", side))
    for written in (stem, f"{stem}ern")
} | {"central": "central"}


class Word(NamedTuple):
    """A word of the text with its offsets; `text` lacks a possessive ending, `gap` is what stands before it."""

    text: str
    start: int
    end: int
    gap: str
    possessive: bool

    @property
    def low(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it is written as a name: with a capital, which an article may precede."""
        return self.text[0].isupper() or ("-" in self.text and ARTICLE.sub("", self.text)[:1].isupper())

    @property
    def articled(self) -> bool:
        """Whether an Arabic article is a part of it."""
        return bool(ARTICLE.match(self.text))


@cache
def context_words(role: str) -> frozenset[str]:
    """Return the words that `place_context.tsv` lists for a role."""
    return frozenset(row["word"] for row in rows("place_context") if row["role"] == role)


@cache
def _day_words() -> frozenset[str]:
    """Return the names of days and months, and what else dates a clause."""
    return frozenset(row["word"] for row in rows("date_words") if row["class"] in {"WEEKDAY", "MONTH", "DEIXIS"})


@cache
def country_of_demonym() -> Mapping[str, str]:
    """Return the codes of the countries by the demonyms in lower case; the first country that has one keeps it."""
    found: dict[str, str] = {}
    for row in rows("countries"):
        for name in filter(None, row["demonyms"].split("|")):
            found.setdefault(name.lower(), row["code"])
    return found


def role_of(words: str) -> str:
    """Return what kind of place a type word names: "settlement", "facility" and so on, or "" for another word."""
    return next((role for role in ROLES if words in context_words(role)), "")


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text.

    >>> [word.text for word in words_of("Syria's al-Hol, in the U.S.-held north")]
    ['Syria', 'al-Hol', 'in', 'the', 'U.S.', 'held', 'north']
    """
    return tuple(_words(text))


class PlaceText:
    """The words of one report, with the stretches that are taken and what the model says of each."""

    def __init__(self, doc: Doc, taken: Sequence[tuple[int, int]]) -> None:
        self.text = text_of(doc)
        self.words = words_of(self.text)
        self.labels: dict[int, str] = {}
        self.tags: dict[int, str] = {}
        self._sentence_starts: set[int] = set()
        self._persons: list[tuple[int, int]] = []
        self._read(doc)
        self.surnames = frozenset(self._surnames())
        self.lower = frozenset(word.text for word in self.words if word.text.islower())
        spans = sorted(taken)
        self._taken = [start for start, _ in spans]
        # The furthest end of the spans up to each, since spans may lie within one another.
        self._taken_until = list(accumulate((end for _, end in spans), max))
        self._headlines = tuple(_headlines(self.text))

    def _read(self, doc: Doc) -> None:
        opening = True
        for token in doc:  # once, since walking a Doc costs more than all that is done with it
            opening = opening or bool(token.is_sent_start)
            if token.ent_type_ == "PERSON":
                start = token.idx if token.ent_iob_ == "B" or not self._persons else self._persons.pop()[0]
                self._persons.append((start, token.idx + len(token)))
            if not token.text[:1].isalpha():
                continue
            if opening:
                self._sentence_starts.add(token.idx)
                opening = False
            if token.text[:1].isupper() or token.ent_type:
                self.tags[token.idx] = token.pos_
                self.labels[token.idx] = token.ent_type_

    def _surnames(self) -> Iterator[str]:
        """Yield the last names of the persons that are named in full or with a title."""
        for start, end in self._persons:
            names = POSSESSIVE.sub("", self.text[start:end].strip()).split()
            prior = self.text[max(0, start - 20) : start].split()[-1:]
            titled = any(word.lower().rstrip(".") in context_words("title") for word in prior)
            if (len(names) > 1 or titled) and names and names[0].lower() not in context_words("locative"):
                yield names[-1]

    def is_taken(self, start: int, end: int) -> bool:
        """Whether a stretch overlaps one that names something else."""
        before = bisect_left(self._taken, end)
        return before > 0 and self._taken_until[before - 1] > start

    def is_person(self, start: int, end: int) -> bool:
        """Whether the model takes a stretch for a part of a person's longer name."""
        return any(left <= start and end <= right and right - left > end - start + 2 for left, right in self._persons)

    def opens_sentence(self, index: int) -> bool:
        """Whether a word owes its capital to where it stands."""
        return self.words[index].start in self._sentence_starts

    def in_headline(self, index: int) -> bool:
        """Whether a word stands in a line in which most words have capitals."""
        return any(start <= self.words[index].start < end for start, end in self._headlines)

    def adjacent(self, index: int) -> bool:
        """Whether nothing but a space stands between a word and the one before it."""
        return 0 < index < len(self.words) and self.words[index].gap in SPACES

    def before(self, index: int) -> Sequence[Word]:
        """Return up to four words before, without an article and a direction that stand directly before."""
        found: list[Word] = []
        while index > 0 and len(found) < 4 and self.words[index].gap in (*SPACES, "\n"):
            index -= 1
            word = self.words[index]
            if found or (word.low != "the" and word.low not in context_words("direction")):
                found.insert(0, word)
        return found

    def evident(self, index: int) -> bool:
        """Whether the words before call for a place."""
        before = self.before(index)
        if not before:
            return False
        low = before[-1].low
        if low == "of" and len(before) > 1:
            noun = before[-2].low
            return bool(role_of(noun)) or noun in context_words("of_firm") or noun in context_words("of_evident")
        if low == "on" and len(before) > 1 and before[-2].low in context_words("on_evident"):
            return True
        return low in context_words("locative")

    def firm(self, index: int) -> bool:
        """Whether they hardly allow anything but a place: "in", "near", "the town of"."""
        before = self.before(index)
        return bool(before) and (
            before[-1].low in context_words("near") or (before[-1].low == "of" and self.evident(index))
        )

    def type_behind(self, index: int) -> tuple[str, str, int]:
        """Return role, type word and number of words of the type at `index`: "international airport", "province"."""
        limit = index
        while limit < min(len(self.words), index + 4) and self.adjacent(limit):
            if limit > index and self.words[limit - 1].possessive:
                break
            limit += 1
        for count in range(limit - index, 0, -1):
            if self.is_taken(self.words[index].start, self.words[index + count - 1].end):
                continue
            words = [word.low for word in self.words[index : index + count]]
            for tail in range(min(3, count), 0, -1):
                role = role_of(" ".join(words[count - tail :]))
                if role and all(word in context_words("modifier") for word in words[: count - tail]):
                    return role, " ".join(words), count
        return "", "", 0

    def free_before(self, index: int) -> bool:
        """Whether the word before does not make this the rest of a longer name, a person's or an organisation's."""
        if not self.adjacent(index):
            return not (index and self.words[index].gap == ". " and self.words[index - 1].low in context_words("title"))
        before = self.words[index - 1]
        low = before.low
        if low in context_words("title"):
            return False
        if low in _day_words():
            return True
        if (
            not before.capital
            or before.possessive
            or self.is_taken(before.start, before.end)
            or self.in_headline(index - 1)
        ):
            return True
        if any(low in context_words(role) for role in ("locative", "direction", "natural_before", "facility_before")):
            return True
        if role_of(low) in ("facility", "natural") or low in country_of_demonym():
            return True
        if self.opens_sentence(index - 1):
            return self.tags.get(before.start) not in ("PROPN", "NOUN")
        return before.text.isupper() and len(before.text) > 1

    def free_behind(self, index: int, evident: bool) -> bool:
        """Whether the word at `index` does not make what precedes it the beginning of a longer name."""
        if not self.adjacent(index) or self.words[index - 1].possessive:
            return True
        behind = self.words[index]
        if behind.low in _day_words():
            # "A bomb in Baghdad Saturday"; what is named after a day has more of a name behind it.
            return not (self.adjacent(index + 1) and self.words[index + 1].capital)
        if behind.low in context_words("accord") or (behind.capital and behind.low in context_words("organization")):
            return False
        if not behind.capital or self.is_taken(behind.start, behind.end) or self.in_headline(index):
            return True
        if self.type_behind(index)[0] or behind.low in context_words("direction") or behind.low in country_of_demonym():
            return True
        return behind.text.isupper() or (evident and behind.low in context_words("modifier"))

    def leads(self, index: int) -> bool:
        """Whether a word with a capital is none of the name behind it: "Near Gao", "Eastern Chad", "Mount Elgon"."""
        low = self.words[index].low
        if low in DIRECTIONS or any(
            low in context_words(role) for role in ("locative", "natural_before", "facility_before")
        ):
            return True
        return self.opens_sentence(index) and self.tags.get(self.words[index].start) not in ("PROPN", "NOUN", "ADJ")


def _words(text: str) -> Iterator[Word]:
    last = 0
    for match in WORD.finditer(text):
        written = match.group()
        bare = POSSESSIVE.sub("", written) if "'" in written or "’" in written else written
        possessive = bare != written or text[match.end() : match.end() + 2] in ("'s", "’s")
        parts = _parts(bare)
        offset = match.start()
        for part in parts:
            begin = text.index(part, offset)
            yield Word(part, begin, begin + len(part), text[last:begin], possessive and part is parts[-1])
            last = offset = begin + len(part)


# A hyphen belongs to a name ("Guinea-Bissau", "al-Hol") unless an ordinary word follows it ("Damascus-based").
def _parts(written: str) -> list[str]:
    head, hyphen, tail = written.rpartition("-")
    if hyphen and head[:1].isupper() and tail.islower() and len(tail) > 3 and len(head) > 2:
        return [*_parts(head), tail]
    return [written]


def _headlines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines without a full stop in which most words have a capital."""
    for match in re.finditer(r"[^\n]+", text):
        words = re.findall(r"[^\W\d_]{4,}", match.group())
        if match.group().rstrip().endswith("."):
            continue
        if len(words) > 3 and len(match.group()) < 200 and sum(word[0].isupper() for word in words) > 0.7 * len(words):
            yield match.start(), match.end()
