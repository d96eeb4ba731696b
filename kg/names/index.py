"""Finds known names in tokenised text, in whatever spelling, case and hyphenation an agency writes them.

A name may hold slots such as `{nation} army`; what fits a slot comes from a `Vocabulary` of its own, so that the
bodies of 250 states need a few hundred patterns instead of a hundred thousand names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.names.words import Form, Likeness, Word, slug, words

__all__ = ["Found", "NameIndex", "Vocabulary", "slug"]

SLOT = re.compile(r"\{(\w+)\}")
# A single word is another word too easily once vowels count as one: rioters are not Reuters, Douma is not the Duma.
SHORT_NAME = 5
# Abbreviations that are longer may be spoken as words, and are then written like them: Nato, Unicef.
LONGEST_SPELLED_OUT = 3


class Vocabulary:
    """What may fill a slot: names, each with the values that it stands for."""

    def __init__(self, names: Iterable[tuple[str, str]], *, article: bool = False) -> None:
        self._values: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._abbreviations: set[tuple[str, ...]] = set()
        self._longest: dict[str, int] = {}
        self._article = article
        for name, value in names:
            named = words([name])
            path = tuple(word.fold for word in named)
            if path:
                self._values[path] = tuple(dict.fromkeys((*self._values.get(path, ()), value)))
                self._longest[path[0]] = max(len(path), self._longest.get(path[0], 0))
                if all(word.form is Form.UPPER for word in named):
                    self._abbreviations.add(path)

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of a name that is written as it should be, none for an unknown one."""
        text = words([name])
        return next((values for end, values in self.fill(text, 0) if end == len(text)), ())

    def fill(self, text: Sequence[Word], start: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the end and the values of each name that begins at `start`, the longest first."""
        if self._article and start < len(text) and text[start].fold == "the":
            start += 1
        if start >= len(text) or text[start].form is Form.LOWER:
            return
        for length in range(min(self._longest.get(text[start].fold, 0), len(text) - start), 0, -1):
            span = text[start : start + length]
            path = tuple(word.fold for word in span)
            values = self._values.get(path)
            if values and (path not in self._abbreviations or all(word.form is Form.UPPER for word in span)):
                yield start + length, values


@dataclass(frozen=True, slots=True)
class Alias:
    """The way a name is written, and what it names."""

    value: str
    upper: tuple[bool, ...]
    any_case: bool
    pattern: bool


@dataclass(slots=True)
class Node:
    """A step in the tree of names."""

    next: dict[str, Node] = field(default_factory=dict)
    slots: tuple[tuple[str, Node], ...] = ()
    aliases: tuple[Alias, ...] = ()

    def behind(self, key: str) -> Node:
        """Return the node behind a word, made where there is none."""
        node = self.next.get(key)
        if node is None:
            node = self.next[key] = Node()
        return node

    def behind_slot(self, slot: str) -> Node:
        """Return the node behind a slot, made where there is none."""
        node = dict(self.slots).get(slot)
        if node is None:
            node = Node()
            self.slots = (*self.slots, (slot, node))
        return node


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in tokens `start` to `end`: the `values` that it may mean, and the `filler` of its slot, if any."""

    start: int
    end: int
    values: tuple[str, ...]
    filler: tuple[str, ...] = ()


class NameIndex:
    """A tree of names with slots; `find` is leftmost-longest.

    >>> index = NameIndex({}, common_words=frozenset({"is"}))
    >>> index.add("IS", "islamic-state")
    >>> [found.values for found in index.find(["IS", "is", "here"])]
    [('islamic-state',)]
    """

    def __init__(
        self,
        vocabularies: Mapping[str, Vocabulary],
        *,
        common_words: frozenset[str] = frozenset(),
        name_particles: frozenset[str] = frozenset(),
    ) -> None:
        """Make an empty index.

        `common_words` are those that an abbreviation spells ("who"); `name_particles` announce a person's name
        ("Abdel"), behind which a single word names no body.
        """
        self._root = Node()
        self._vocabularies = vocabularies
        self._common_words = common_words
        self._name_particles = name_particles

    def add(self, name: str, value: str) -> None:
        """Let `name` stand for `value`; a slot such as `{nation}` in it takes any name of that vocabulary."""
        for variant in (name, name.replace("'s ", "s ")) if "'s " in name and "{" not in name else (name,):
            self._add(variant, value)

    def values(self, name: str) -> tuple[str, ...]:
        """Return what a name as a whole stands for, whatever its case; slots are not filled."""
        nodes = [self._root]
        for word in words([name]):
            nodes = [node.next[key] for node in nodes for key in word.keys if key in node.next]
        return tuple(dict.fromkeys(alias.value for node in nodes for alias in node.aliases))

    def find(self, tokens: Sequence[str]) -> Iterator[Found]:
        """Yield the names in tokens, none overlapping another."""
        text = words(tokens)
        position = 0
        while position < len(text):
            end, matches = self._longest(text, position) if self._begins(text, position) else (0, [])
            if not matches:
                position += 1
                continue
            named = [alias.value for alias, _ in matches if not alias.pattern]
            values = tuple(dict.fromkeys(named or [alias.value for alias, _ in matches]))
            article = not named and text[position].fold == "the"
            start = text[position + article].token
            yield Found(start, text[end - 1].token + 1, values, () if named else matches[0][1])
            position = end

    def _add(self, name: str, value: str) -> None:
        pattern = "{" in name
        parts = SLOT.split(name) if pattern else [name]
        literal = [words([part]) for part in parts[::2]]
        spelled = [word for part in literal for word in part]
        any_case = all(word.form is Form.LOWER for word in spelled)
        likeness = Likeness.SAME if pattern or any_case else _likeness(spelled)
        node = self._root
        for position, part in enumerate(literal):
            for word in part:
                node = node.behind(word.keys[likeness.value])
            for slot in parts[2 * position + 1 : 2 * position + 2]:
                node = node.behind_slot(slot)
        alias = Alias(value, tuple(word.form is Form.UPPER for word in spelled), any_case, pattern)
        if alias not in node.aliases:
            node.aliases = (*node.aliases, alias)

    def _begins(self, text: Sequence[Word], position: int) -> bool:
        """Return whether a name may begin at a word: a token's first, and known or fit to fill a slot."""
        word, known = text[position], self._root.next
        if position and text[position - 1].token == word.token:
            return False
        if word.form is not Form.LOWER or word.fold == "the":
            return True
        same, near, transliterated = word.keys
        return same in known or near in known or transliterated in known

    def _longest(self, text: Sequence[Word], start: int) -> tuple[int, list[tuple[Alias, tuple[str, ...]]]]:
        longest: tuple[int, list[tuple[Alias, tuple[str, ...]]]] = (0, [])
        for end, node, filler in self._paths(self._root, text, start, ()):
            if end < longest[0] or not _closes_token(text, end):
                continue
            matches = [(alias, filler) for alias in node.aliases if self._fits(alias, text, start, end)]
            if matches:
                longest = (end, matches if end > longest[0] else longest[1] + matches)
        return longest

    def _paths(
        self, node: Node, text: Sequence[Word], position: int, filler: tuple[str, ...]
    ) -> Iterator[tuple[int, Node, tuple[str, ...]]]:
        if node.aliases:
            yield position, node, filler
        for key in text[position].keys if position < len(text) else ():
            if child := node.next.get(key):
                yield from self._paths(child, text, position + 1, filler)
        for slot, child in node.slots:
            for end, values in self._vocabularies[slot].fill(text, position):
                if end == len(text) or not text[end].joined:
                    yield from self._paths(child, text, end, values)
                elif child.aliases:
                    yield end, child, values

    def _fits(self, alias: Alias, text: Sequence[Word], start: int, end: int) -> bool:
        if alias.any_case or alias.pattern:
            return True
        span = text[start:end]
        if all(word.form is Form.LOWER for word in span):
            return False
        if not all(self._written(word) for word, upper in zip(span, alias.upper, strict=True) if upper):
            return False
        if len(span) > 1:
            return True
        if span[0].form is Form.TITLE and start and text[start - 1].fold in self._name_particles:
            return False
        return not (span[0].fold in self._common_words and _shouted(text, start))

    def _written(self, word: Word) -> bool:
        spoken = len(word.fold) > LONGEST_SPELLED_OUT and word.fold not in self._common_words
        return word.form is Form.UPPER or (word.form is Form.TITLE and spoken)


def _likeness(name: Sequence[Word]) -> Likeness:
    if len(name) > 1:
        return Likeness.TRANSLITERATED
    return Likeness.NEAR if len(name[0].fold) > SHORT_NAME else Likeness.SAME


def _closes_token(text: Sequence[Word], end: int) -> bool:
    return end > 0 and (end == len(text) or text[end].token != text[end - 1].token)


def _shouted(text: Sequence[Word], position: int) -> bool:
    beside = [text[near] for near in (position - 1, position + 1) if 0 <= near < len(text)]
    forms = [word.form for word in beside if word.fold.isalpha()]
    return bool(forms) and all(form is Form.UPPER for form in forms)
