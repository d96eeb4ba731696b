"""Finds the figures of a report: how many, with the measure (killed, wounded, ...) where the local syntax tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg.dates.expressions import expressions
from kg.dates.rules import WORD_CLASSES
from kg.figures.measures import measure_of
from kg.figures.number_phrases import NumberPhrase, number_phrases
from kg.language.texts import text_of
from kg.lexicon import rows
from kg.model import Figure, Mention, MentionKind

__all__ = ["count_of", "find_figures"]

_NEXT = re.compile(r"\s*([\w%'.-]+)")
_PREVIOUS = re.compile(r"([\w.]+|[$£€§])\s*$")
# An age stands between commas behind a name: "Ahmed Ali, 34, a driver".
_AGE_BEFORE = re.compile(r"[A-Z][\w'-]*,\s*$")
_AGE_AFTER = re.compile(r"\s*(?:,|\)|\.(?:\s|$))")
_ARTICLES = frozenset({"a", "an", "another"})


def find_figures(doc: Doc) -> tuple[Mention, ...]:
    """Return the figures of a Doc in their order; ages, distances, sums of money, dates and the like are none."""
    # A Doc puts its text together anew each time that it is asked.
    text = text_of(doc)
    dates = [(found.start, found.end) for found in expressions(text)]
    return tuple(_mentions(doc, text, dates))


def count_of(token: Token, figures: Sequence[Mention]) -> tuple[int, int | None] | None:
    """Return the bounds of how many people or things a noun stands for, None where the text does not count them.

    "12 people, including four children" are 12; "an officer" is 1; "dozens of villagers" are 24 to 99.
    """
    for candidate in _counting(token):
        figure = _figure_at(candidate, figures)
        if figure is not None:
            return figure.minimum, figure.maximum
    single = token.tag_ in ("NN", "NNP") and token.pos_ in ("NOUN", "PROPN") and token.lower_ not in _collectives()
    articled = any(child.lower_ in _ARTICLES and child.dep_ == "det" for child in token.children)
    return (1, 1) if single and articled else None


def _mentions(doc: Doc, text: str, dates: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    for phrase in number_phrases(text):
        if any(start < phrase.end and phrase.number < end for start, end in dates) or not _counts(doc, text, phrase):
            continue
        span = doc.char_span(phrase.number, phrase.end, alignment_mode="expand")
        measure = measure_of(span) if span is not None else ""
        if span is None or _is_none(span) or (_is_pronoun(span) and not measure):
            continue
        figure = Figure(measure, phrase.minimum, phrase.maximum)
        written = text[phrase.start : phrase.end]
        yield Mention(start=phrase.start, end=phrase.end, text=written, kind=MentionKind.FIGURE, value=figure)


def _counts(doc: Doc, text: str, phrase: NumberPhrase) -> bool:
    """Tell whether a number phrase counts people or things: what stands before and behind it decides."""
    after, before = text[phrase.end : phrase.end + 40], text[max(0, phrase.start - 40) : phrase.start]
    if re.match(r"-[A-Za-z]", after) or (phrase.maximum == 0) or (phrase.minimum == 0 and phrase.maximum is None):
        return False
    follows, precedes = _NEXT.match(after), _PREVIOUS.search(before)
    word = follows[1].lower().rstrip(".") if follows else ""
    if word.split("-")[0] in _excluded("unit") or word in _excluded("unit"):
        return False
    if re.match(r"\s*(?:per cent|or so (?:years|miles|km))\b", after, re.IGNORECASE):
        return False
    if precedes and precedes[1].lower() in _excluded("before"):
        return False
    number = text[phrase.number : phrase.end]
    # Days in names are no dates and no figures: "the March 23 Movement", "the 17 February Brigade".
    named = precedes is not None and _is_month(precedes[1].lower()) and follows is not None and follows[1][:1].isupper()
    if number.isdigit() and (named or _is_month(word)):
        return False
    if re.fullmatch(r"(?:19|20)\d\d", number) and not _counts_plural(doc, phrase):
        return False
    return not (number.isdigit() and _AGE_BEFORE.search(before) and _AGE_AFTER.match(after))


def _is_month(word: str) -> bool:
    return WORD_CLASSES.get(word, ("", "", ""))[0] == "MONTH" and word != "may"


def _counts_plural(doc: Doc, phrase: NumberPhrase) -> bool:
    """Tell whether a number that could be a year counts the plural noun behind it: "2000 people"."""
    span = doc.char_span(phrase.number, phrase.end, alignment_mode="expand")
    return span is not None and span.root.head.tag_ in ("NNS", "NNPS") and span.root.dep_ == "nummod"


def _is_none(span: Span) -> bool:
    return span.start > 0 and span.doc[span.start - 1].lower_ in ("no", "not") and span[0].lower_ == "one"


def _is_pronoun(span: Span) -> bool:
    """Tell whether "one" stands for a thing and counts none: "this one", "one of the", "one day"."""
    token: Token = span.root
    if len(span) > 1 or token.lower_ != "one":
        return False
    following = span.doc[span.end] if span.end < len(span.doc) else None
    return token.dep_ != "nummod" or (following is not None and following.lower_ in ("of", "another", "side"))


def _counting(token: Token) -> Iterator[Token]:
    """Yield the tokens that can hold the number of a noun: itself, its numeral, and "dozens" in "dozens of men"."""
    yield token
    for child in token.children:
        if child.dep_ in ("nummod", "quantmod", "amod", "advmod", "compound") and child.i < token.i:
            yield child
            yield from (inner for inner in child.subtree if inner.dep_ == "nummod")
    if token.dep_ == "pobj" and token.head.lower_ == "of":
        yield token.head.head
        yield token.doc[max(0, token.head.i - 1)]
    if token.lower_ in _collectives():
        for preposition in (child for child in token.children if child.lower_ == "of"):
            for member in (child for child in preposition.children if child.dep_ == "pobj"):
                yield from (child for child in member.children if child.dep_ == "nummod")


def _figure_at(token: Token, figures: Sequence[Mention]) -> Figure | None:
    for mention in figures:
        if isinstance(mention.value, Figure) and mention.start <= token.idx < mention.end:
            return mention.value
    return None


@cache
def _excluded(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("figure_exclusions") if row["class"] == kind)


@cache
def _collectives() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("collective_nouns"))
