"""Reads number phrases with their quantifiers: "at least 12", "between 20 and 30", "two dozen", "tens of thousands"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.lexicon import rows

__all__ = ["NumberPhrase", "number_phrases"]

_NUMBER_WORDS: Mapping[str, dict[str, str]] = {row["word"]: row for row in rows("number_words")}
_CARDINALS = {word: int(row["minimum"]) for word, row in _NUMBER_WORDS.items() if row["class"] == "cardinal"}
_SCALES = {word: int(row["minimum"]) for word, row in _NUMBER_WORDS.items() if row["class"] == "scale"}
_PLURALS = {
    word: (int(row["minimum"]), int(row["maximum"])) for word, row in _NUMBER_WORDS.items() if row["class"] == "plural"
}
_EFFECTS: Mapping[str, str] = {row["phrase"]: row["effect"] for row in rows("quantifiers")}


def _any_of(words: Iterator[str] | Mapping[str, object]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_SCALE = rf"(?:{_any_of(_SCALES)})"
_CARDINAL = rf"(?:{_any_of(_CARDINALS)})"
_DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
_SPELLED = (
    rf"{_CARDINAL}(?:-{_CARDINAL})?(?:[\s-]+{_SCALE})*(?:(?:\s+and)?\s+{_CARDINAL}(?:-{_CARDINAL})?(?:\s+{_SCALE})+)*"
    rf"(?:(?<=hundred)(?:\s+and)?\s+{_CARDINAL}(?:-{_CARDINAL})?)?"
)
_PLURAL = rf"(?:(?:tens|dozens|hundreds)\s+of\s+(?:thousands|millions)|tens(?=\s+of\b)|{_any_of(_PLURALS)})"
_NUMBER = (
    rf"(?:(?:half\s+a|a\s+half)\s+(?:dozen|million)|(?:several|a\s+few|many)\s+{_SCALE}s?|{_PLURAL}"
    rf"|{_DIGITS}(?:[\s-]{_SCALE}|m\b)?|(?:an?\s+)?{_SCALE}|{_SPELLED})"
)
_PHRASE = re.compile(
    rf"""(?<![\w.,/:-])(?<![$£€]\s)(?<![$£€])(?<!\d\s)
    (?:(?P<quantifier>{_any_of(_EFFECTS)})\s+)?
    (?:(?:between|from)\s+)?(?P<first>{_NUMBER})(?!\w)
    (?:(?:\s+(?:and|to|or)\s+|\s?[-–]\s?)(?P<second>{_NUMBER})(?!\w))?
    (?P<more>\s+or\s+more|-plus|\+|\s+or\s+so)?
    (?![\w%]|[.,]\d|:\d|/\d|-\d)""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """A number phrase at text[start:end] with its bounds; `number` is the offset behind its quantifier."""

    start: int
    end: int
    number: int
    minimum: int
    maximum: int | None


def number_phrases(text: str) -> Iterator[NumberPhrase]:
    """Yield the number phrases of a text in their order, whatever they count."""
    position = 0
    while match := _PHRASE.search(text, position):
        phrase = _read(match)
        position = match.end() if phrase is None else phrase.end
        if phrase is not None:
            yield phrase


def _read(match: re.Match[str]) -> NumberPhrase | None:
    first, end = _value(_with_shared_scale(match)), match.end()
    if first is None:
        return None
    start = match.start()
    low, high = first
    opening = match.string[start : match.start("first")].lower().split()
    if match["second"]:
        second = _range_end(match, low)
        if second is not None and low < second[0]:
            return NumberPhrase(start, end, match.start("first"), low, second[1])
        if match["more"] or opening[-1:] in (["between"], ["from"]):
            return None
        end = match.end("first")
    elif opening[-1:] in (["between"], ["from"]):
        start = match.start("first")
    effect = _EFFECTS.get(" ".join((match["quantifier"] or "").lower().split()), "exact")
    more = (match["more"] or "").strip() if not match["second"] else ""
    if effect == "minimum" or more in ("or more", "-plus", "+"):
        return NumberPhrase(start, end, match.start("first"), low, None)
    if effect == "maximum":
        return NumberPhrase(start, end, match.start("first"), 0, high)
    return NumberPhrase(start, end, match.start("first"), low, high)


def _range_end(match: re.Match[str], low: int) -> tuple[int, int] | None:
    """Return the bounds of the second number where both make a range: "between 20 and 30", "two or three", "20-30"."""
    joiner = match.string[match.end("first") : match.start("second")].strip().lower()
    between = "between" in match.string[match.start() : match.start("first")].lower()
    if joiner == "and" and not between:
        return None
    return _value(match["second"])


def _with_shared_scale(match: re.Match[str]) -> str:
    """Return the first number with the scale that only the second names: "between 1.2 and 1.5 million"."""
    words = (match["second"] or "").lower().replace("-", " ").split()
    plain = re.compile(r"\d+(?:\.\d+)?")
    shared = len(words) == 2 and words[-1] in _SCALES and plain.fullmatch(match["first"]) and plain.fullmatch(words[0])
    if not shared or float(match["first"]) > float(words[0]):
        return str(match["first"])
    return f"{match['first']} {words[-1]}"


def _value(written: str) -> tuple[int, int] | None:
    """Return the bounds of a number as written; None of a fraction that no scale makes whole."""
    words = re.sub(r"(?<=\d)[\s,](?=\d{3}(?!\d))", "", written.lower()).replace("-", " ").split()
    if words[0] in ("several", "many") or words[:2] == ["a", "few"]:
        return _PLURALS.get(words[-1] if words[-1].endswith("s") else f"{words[-1]}s")
    if words[-1] in _PLURALS or words[0] == "tens":
        first = {"tens": 20, "dozens": 24, "hundreds": 200}.get(words[0])
        if len(words) == 3 and first:
            unit = 1_000 if words[-1] == "thousands" else 1_000_000
            return first * unit, (1000 if first == 200 else 100) * unit - 1
        return _PLURALS.get(words[-1], (20, 99))
    if "half" in words:
        return (_SCALES[words[-1]] // 2,) * 2
    exact = _exact(words)
    return None if exact is None else (exact, exact)


def _exact(words: list[str]) -> int | None:
    if re.fullmatch(r"\d+(?:\.\d+)?m", words[0]):
        words = [words[0][:-1], "million", *words[1:]]
    total, current = 0.0, 0.0
    for word in words:
        if word in ("a", "an", "and"):
            continue
        if word in _SCALES:
            current = (current or 1.0) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0.0
        elif word in _CARDINALS:
            current += _CARDINALS[word]
        else:
            current += float(word)
    value = total + current
    return round(value) if abs(value - round(value)) < 1e-6 else None
