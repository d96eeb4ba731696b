"""Reads temporal expressions out of running text by a grammar of words; what they mean is for kg.dates.finding to say.

The text is cut into words, each of which has a class (MONTH, UNIT, ...), and the rules of kg.dates.rules are tried
over the row of classes: first for single points in time, then for their parts, then for the spans that they bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from kg.dates.rules import LAYERS, POINT, WORD_CLASSES, Rule, symbol_of
from kg.lexicon import rows

__all__ = ["Expression", "expressions"]

_WORD = re.compile(
    r"""(?P<PLAIN>[^\W\d_]+(?![^\W\d_]|\.))
    |(?P<BREAK>\n[^\S\n]*\n\s*)
    |(?P<CLOCK>\d{1,2}(?:[:.]\d\d)?\s?(?:a\.m\.?|p\.m\.?|am|pm)(?!\w)|(?<!\d)\d{1,2}:\d\d(?!\d)|\d{4}(?=\shours\b|\s?GMT))
    |(?P<DECADE>(?:19|20)\d0'?s\b|'\d0s\b)
    |(?P<DOTTED>(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.)
    |(?P<NTH>\d{1,2}(?:st|nd|rd|th)\b)
    |(?P<DIGITS>\d+(?:[.,]\d+)*)
    |(?P<WORD>[^\W\d_]+)
    |(?P<OTHER>\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_DASHES = "-–"
_GENITIVES = ("'s", "’s")
_NAME_ENDS = frozenset(row["word"] for row in rows("date_names") if row["place"] == "after")
_NAME_BEGINNINGS = frozenset(row["word"] for row in rows("date_names") if row["place"] == "before")
_LEADS = frozenset(row["word"] for row in rows("date_names") if row["place"] == "lead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A temporal expression at text[start:end]; `kind` says how it is to be resolved, `parts` are those within it.

    `year`, `month`, `day`, `weekday`, `count`, `shift` and `unit` are what its words say, None or "" where they do
    not; `text` is as written.
    """

    kind: str
    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    count: int | None = None
    shift: int | None = None
    unit: str = ""
    portion: str = ""
    parts: tuple[Expression, ...] = ()


class _Word(NamedTuple):
    symbol: str
    start: int
    end: int
    text: str
    value: str = ""
    expression: Expression | None = None


_Match = tuple[int, int, int, Rule, re.Match[str]]
"""Start and end of what a rule matches, the rule's rank in its layer, the rule and its match."""


@lru_cache(maxsize=4)
def expressions(text: str) -> tuple[Expression, ...]:
    """Return the temporal expressions of a text, the longest reading of each, in their order."""
    row: Sequence[_Word] = tuple(_words(text))
    symbols = "".join([word.symbol for word in row])
    for layer in LAYERS:
        found = [
            (*match.span(), order, rule, match)
            for order, rule in enumerate(layer)
            for match in rule.pattern.finditer(symbols)
        ]
        if found:
            row = tuple(_reduced(row, found, text))
            symbols = "".join([word.symbol for word in row])
    read = (word.expression for word in row if word.expression is not None)
    return tuple(expression for expression in read if not _is_repeated(expression))


def _is_repeated(expression: Expression) -> bool:
    """Tell whether an expression names no time but a habit: "every Friday", "one day"."""
    return expression.kind == "repeated" or any(_is_repeated(part) for part in expression.parts)


def _words(text: str) -> Iterator[_Word]:
    """Yield the words of a text; of a run of ordinary ones only the first and the last, which rules may look at."""
    ordinary = symbol_of("WORD")
    last: _Word | None = None
    inside = False
    for match in _WORD.finditer(text):
        written = match[0]
        symbol, value = _symbol(match.lastgroup or "OTHER", written)
        if symbol is None:
            continue
        word = _Word(symbol, match.start(), match.end(), written, value)
        if inside and symbol == ordinary:
            last = word
            continue
        if last is not None:
            yield last
        last, inside = None, symbol == ordinary
        yield word
    if last is not None:
        yield last


@lru_cache(maxsize=1 << 14)
def _symbol(kind: str, written: str) -> tuple[str | None, str]:
    name, value = _classified(kind, written)
    return symbol_of(name), value


def _classified(kind: str, written: str) -> tuple[str, str]:
    """Return the class of a word, or the word itself where the grammar names it, with its value."""
    if kind == "DIGITS":
        return _number_class(written), written
    if kind == "NTH":
        return kind, written[:-2]
    if kind == "DECADE":
        digits = re.sub(r"\D", "", written)
        return kind, digits if len(digits) == 4 else f"19{digits}"
    if kind == "OTHER":
        return {",": ",", "/": "SLASH"}.get(written, "DASH" if written in _DASHES else kind), ""
    if kind not in ("PLAIN", "WORD", "DOTTED"):
        return kind, ""
    word = written.lower().rstrip(".")
    name, value, guard = WORD_CLASSES.get(word, ("WORD", "", ""))
    if guard and written.islower():
        return "WORD", ""
    if guard == "context" and kind != "DOTTED":
        return "RISKY", value
    if guard == "beside":
        return "RISKYDAY", value
    return ("GMT" if word == "gmt" else word if word.islower() and symbol_of(word) else name), value


def _number_class(written: str) -> str:
    if not written.isdigit():
        return "OTHER"
    if len(written) <= 2 and 1 <= int(written) <= 31:
        return "DAY"
    if len(written) == 4 and 1900 <= int(written) <= 2099:
        return "YEAR"
    return "CARDINAL" if len(written) <= 3 else "OTHER"


def _reduced(row: Sequence[_Word], found: Sequence[_Match], text: str) -> Iterator[_Word]:
    """Yield the row with each stretch that a rule of a layer matches replaced by its expression."""
    position = 0
    for start, end, _, rule, match in sorted(found, key=lambda item: (item[0], -item[1], item[2])):
        if start < position:
            continue
        expression = _expression(rule.kind, match, row, text)
        if _is_name(expression, row[start - 1] if start else None, row[end] if end < len(row) else None):
            yield from row[position:end]
            position = end
            continue
        yield from row[position:start]
        yield _Word(POINT, expression.start, expression.end, expression.text, "", expression)
        position = end
    yield from row[position:]


def _expression(kind: str, match: re.Match[str], row: Sequence[_Word], text: str) -> Expression:
    words = row[match.start() : match.end()]
    start, end = words[0].start, words[-1].end
    parts = tuple(word.expression for word in words if word.expression is not None)
    if kind == "plain" and text[end : end + 2] in _GENITIVES:
        # The preposition of "in Saturday's attack" belongs to the attack.
        return parts[0]
    if kind == "plain":
        return replace(parts[0], start=start, end=end, text=text[start:end])
    fields = {name: row[match.start(name)] for name in match.groupdict() if match[name]}

    def number(name: str) -> int | None:
        return int(fields[name].value) if name in fields else None

    return Expression(
        kind=kind,
        start=start,
        end=end,
        text=text[start:end],
        year=number("year"),
        month=number("month"),
        day=number("day"),
        last_day=number("last_day"),
        weekday=number("weekday"),
        count=number("count"),
        shift=number("shift"),
        unit=fields["unit"].value if "unit" in fields else "",
        portion=fields["portion"].text.lower() if "portion" in fields else "",
        parts=parts,
    )


def _is_name(expression: Expression, before: _Word | None, after: _Word | None) -> bool:
    """Tell whether a date is part of a name: "the March 23 Movement", "Bloody Sunday", "April Smith"."""
    if expression.kind not in ("day", "month", "weekday"):
        return False
    if before is not None and before.text[:1].isupper() and before.text.lower() in _NAME_BEGINNINGS:
        return True
    if after is None or not after.text[:1].isupper():
        return False
    if expression.kind == "month":
        return expression.year is None and (before is None or before.text.lower() not in _LEADS)
    return after.text.lower() in _NAME_ENDS
