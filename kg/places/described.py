"""Finds the places that a report describes without naming them: "the town", "there", "an IS-held building"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from kg.language.noun_phrases import is_definite, is_head, left_edge
from kg.lexicon import rows
from kg.model import Mention, MentionKind, Place, PlaceType
from kg.names.spelling import slug

__all__ = ["described_places"]

Anaphor = Callable[[str, int], Place | None]
"""Gives the place that a noun or "there" means at an offset, or None."""

ADVERBS = frozenset({"there", "here"})
LYING = frozenset({"in", "near", "at", "outside", "inside", "around"})


def described_places(
    doc: Doc, report: str, places: Sequence[Mention], taken: Sequence[Mention], anaphor: Anaphor
) -> tuple[Mention, ...]:
    """Return the mentions of places by common nouns and adverbs, in the order of the text.

    What means a place that is named is linked to it; any other is an unresolved place of its own, which lies in what
    the text says. Phrases that hold one of `places`, and those whose noun is within one of `taken`, are left out.
    Source of the nouns: the lexicon's place_nouns.
    """
    return tuple(_Descriptions(doc, report, places, taken, anaphor).mentions())


@cache
def _nouns() -> Mapping[str, PlaceType]:
    return {row["noun"]: PlaceType(row["type"]) for row in rows("place_nouns")}


class _Descriptions:
    """One Doc whose place nouns are being read."""

    def __init__(
        self, doc: Doc, report: str, places: Sequence[Mention], taken: Sequence[Mention], anaphor: Anaphor
    ) -> None:
        self._doc = doc
        self._report = report
        self._anaphor = anaphor
        self._named = {
            offset: mention.value
            for mention in places
            if isinstance(mention.value, Place)
            for offset in range(mention.start, mention.end)
        }
        self._taken = {offset for mention in taken for offset in range(mention.start, mention.end)}

    def mentions(self) -> Iterator[Mention]:
        """Yield the mentions in the order of the text."""
        nouns = _nouns()
        for token in self._doc:
            if token.pos_ == "ADV" and token.lower_ in ADVERBS:
                place = self._anaphor(token.lower_, token.idx)
                if place is not None:
                    yield self._mention(token, token, place)
            elif token.pos_ == "NOUN" and token.lemma_.lower() in nouns and is_head(token):
                yield from self._described(token, nouns[token.lemma_.lower()])

    def _described(self, head: Token, kind: PlaceType) -> Iterator[Mention]:
        first = left_edge(head)
        named = any(offset in self._named for offset in range(first.idx, head.idx))
        if named or head.idx in self._taken or self._names(head):
            return
        meant = self._anaphor(head.lemma_.lower(), head.idx) if is_definite(head) else None
        yield self._mention(first, head, meant or self._unnamed(first, head, kind))

    def _names(self, head: Token) -> bool:
        """Return whether a noun only says what a named place is: "the city of Gao"."""
        return any(
            inner.idx in self._named
            for child in head.rights
            if child.dep_ == "appos" or (child.dep_ == "prep" and child.lower_ == "of")
            for inner in (child, *child.rights)
        )

    def _unnamed(self, first: Token, head: Token, kind: PlaceType) -> Place:
        label = " ".join(self._doc[first.i : head.i + 1].text.split())
        # The parser often hangs "in Gao" on the verb, though it stands right behind the noun.
        behind = self._doc[head.i + 1 : head.i + 2]
        within = next(
            (
                self._named[inner.idx]
                for preposition in (*head.rights, *behind)
                if preposition.dep_ == "prep" and preposition.lower_ in LYING
                for inner in preposition.rights
                if inner.dep_ == "pobj" and inner.idx in self._named
            ),
            None,
        )
        return Place(
            # A building of another report is another building.
            key=f"{self._report}/{slug(label) or head.i}",
            label=label,
            type=kind,
            within=within,
            country_code=within.country_code if within is not None else None,
            unresolved=True,
        )

    def _mention(self, first: Token, last: Token, place: Place) -> Mention:
        start, end = first.idx, last.idx + len(last)
        text = self._doc[first.i : last.i + 1].text
        return Mention(start=start, end=end, text=text, kind=MentionKind.PLACE, value=place)
