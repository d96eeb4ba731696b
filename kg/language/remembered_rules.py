"""Applies a spaCy attribute ruler's rules by remembering what they gave for the same word, tag and relation before.

spaCy's own component tries every rule on every word, which costs a tenth of the whole pipeline's time. What comes out
is the same: `RememberedRules.of` takes no ruler for which that is not certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import numpy as np
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token

__all__ = ["RememberedRules"]

# What rules may look at, and what they may set: the latter one column each but for tag and relation, seldom changed.
KEY = ("LOWER", "TAG", "DEP", "IS_SPACE")
SET = ("POS", "MORPH", "LEMMA")
MOST_REMEMBERED = 200_000

Key = tuple[int, ...]
Values = tuple[int, ...]


class RememberedRules:
    """The rules of one attribute ruler, for a Doc that has tags and relations and no other attributes yet."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._remembered: dict[Key, Values] = {}
        longer = [pattern for pattern in _patterns(ruler) if len(pattern) > 1]
        self._longer = Matcher(ruler.vocab)
        if longer:
            self._longer.add("longer", longer)

    @classmethod
    def of(cls, ruler: AttributeRuler) -> RememberedRules | None:
        """Return the rules of a ruler, None where they look at more than a word, its tag and its relation."""
        looked_at = {name for pattern in _patterns(ruler) for word in pattern for name in word}
        return cls(ruler) if looked_at <= set(KEY) else None

    def pipe(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """Yield Docs with the attributes that the rules give their tokens."""
        for doc in docs:
            self._apply(doc)
            yield doc

    def _apply(self, doc: Doc) -> None:
        keys = [tuple(row) for row in doc.to_array(list(KEY)).tolist()]
        found = [self._remembered.get(key) or self._of_word(key, doc[index]) for index, key in enumerate(keys)]
        for start, end in self._stretches(doc):
            found[start:end] = self._together([doc[index] for index in range(start, end)])
        values = np.array([row[: len(SET)] for row in found], dtype="uint64").reshape(-1, len(SET))
        doc.from_array(list(SET), values)  # type: ignore[arg-type]  # the stub knows arrays of its own kind only
        for index, (key, row) in enumerate(zip(keys, found, strict=True)):
            if row[len(SET) :] != key[1:3]:
                doc[index].tag, doc[index].dep = row[len(SET) :]

    def _stretches(self, doc: Doc) -> list[tuple[int, int]]:
        """Return where rules of several words match, overlapping matches as one."""
        stretches: list[tuple[int, int]] = []
        for _, start, end in sorted(self._longer(doc, allow_missing=True), key=lambda match: match[1:]):
            if stretches and start < stretches[-1][1]:
                stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
            else:
                stretches.append((start, end))
        return stretches

    def _of_word(self, key: Key, token: Token) -> Values:
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        (values,) = self._together([token])
        self._remembered[key] = values
        return values

    def _together(self, tokens: Sequence[Token]) -> list[Values]:
        """Return what spaCy's own ruler makes of a few words."""
        words = Doc(
            self._ruler.vocab,
            words=[token.text for token in tokens],
            tags=[token.tag_ for token in tokens],
            deps=[token.dep_ for token in tokens],
            heads=[0] * len(tokens),
        )
        given = self._ruler(words).to_array([*SET, "TAG", "DEP"])
        return [tuple(row) for row in given.tolist()]


def _patterns(ruler: AttributeRuler) -> list[list[dict[str, Any]]]:
    rules = cast("list[dict[str, list[list[dict[str, Any]]]]]", ruler.patterns)
    return [pattern for rule in rules for pattern in rule["patterns"]]
