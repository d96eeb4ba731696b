"""The grammar of temporal expressions, as rules over classes of words.

A pattern names classes in capitals (MONTH, UNIT) and words in small letters; `field=` before a class, a word or a
bracket says that the value is wanted; all else is as in a regular expression. Each rule names the kind of expression
that it makes, which says how the expression is to be resolved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.lexicon import rows

__all__ = ["LAYERS", "POINT", "WORD_CLASSES", "Rule", "symbol_of"]

WORD_CLASSES: Mapping[str, tuple[str, str, str]] = {
    row["word"]: (row["class"], row["value"], row["guard"]) for row in rows("date_words")
}
"""Each word of the lexicon with its class, its value and what guards it from being read as a date by mistake."""

_GROUPS: Mapping[str, str] = {
    "ANYMONTH": "[MONTH RISKY]",
    "ANYDAY": "[WEEKDAY RISKYDAY]",
    "NTHDAY": "[DAY NTH ORDINAL]",
    "COUNT": "[DAY CARDINAL NUMBER ARTICLE]",
    "ANYUNIT": "[UNIT UNITS]",
    "RELATIVE": "[LAST NEXT THIS]",
    "THROUGH": "[DASH to through until till]",
    "LOOSE": "[nearly almost just some]",
    "OPEN": "(?:(?:more|less|fewer) than|over|under|well over|just over|at least|up to|about|around|roughly)",
    "BEFORE_MONTH": "[in since of from by until till during late early mid DASH before after between and to]",
    "BEFORE_SEASON": "[in over during of since by until through]",
    "BEFORE_YEAR": "[in since of from by until till during late early mid DASH before after the a an]",
}

_Row = tuple[str, str]

_DAYS: tuple[_Row, ...] = (
    ("day", "(?:weekday=ANYDAY PART? ,?)? the? day=NTHDAY of? month=ANYMONTH (?:,? year=YEAR)?"),
    ("day", "(?:weekday=ANYDAY PART? ,?)? month=ANYMONTH the? day=NTHDAY ,? year=YEAR"),
    ("day", "(?:weekday=ANYDAY PART? ,?)? (?<!in) month=ANYMONTH the? day=NTHDAY"),
    ("day", "the? day=NTHDAY of? month=ANYMONTH ,? of? shift=RELATIVE year"),
    ("day", "last month=ANYMONTH the? day=NTHDAY"),
    ("day", "(?:weekday=ANYDAY ,?)? the? day=NTHDAY THROUGH the? last_day=NTHDAY of? month=ANYMONTH (?:,? year=YEAR)?"),
    ("day", "the? day=NTHDAY and the? last_day=NTHDAY of? month=ANYMONTH (?:,? year=YEAR)?"),
    ("day", "(?<!in) month=ANYMONTH day=NTHDAY THROUGH last_day=NTHDAY (?:,? year=YEAR)?"),
    ("day", "(?<!in) month=ANYMONTH day=NTHDAY and last_day=NTHDAY (?:,? year=YEAR|(?! [WORD ANYUNIT]))"),
    ("day", "(?<=between) month=ANYMONTH day=NTHDAY and last_day=NTHDAY"),
    ("day", "year=YEAR DASH month=DAY DASH day=DAY"),
    ("day", "year=YEAR SLASH month=DAY SLASH day=DAY"),
    ("numeric day", "day=DAY SLASH month=DAY SLASH year=YEAR"),
    ("day of that month", "the? day=NTHDAY of (?:that|the same) month"),
    ("day of month", "the? day=NTHDAY of shift=RELATIVE month"),
    ("weekday", "weekday=WEEKDAY PART?"),
    ("weekday", "shift=RELATIVE weekday=WEEKDAY PART?"),
    ("weekday of week", "weekday=WEEKDAY PART? ,? of? shift=RELATIVE week"),
    ("weekday of month", "the? day=[ORDINAL LAST] weekday=WEEKDAY (?:of|in) month=ANYMONTH (?:,|of)? year=YEAR?"),
    ("weekend", "(?:the|this past|the past)? WEEKEND"),
    ("weekend", "shift=RELATIVE WEEKEND"),
    ("weekday after", "the [following next] weekday=WEEKDAY PART?"),
    ("unresolved", "(?:that|the same|the following|the next|the previous) (?:WEEKEND|WEEKDAY)"),
    ("holiday", "unit=HOLIDAY (?:day|eve)? (?:,? year=YEAR)?"),
    ("deixis", "unit=DEIXIS PART?"),
    ("today", "this PART"),
    ("night", "(?:during|in|through|throughout|over) the night (?! [of on to])"),
    ("last night", "last (?:night|evening)"),
    ("day before yesterday", "the day before yesterday"),
    ("day after tomorrow", "the day after tomorrow"),
)
_PERIODS: tuple[_Row, ...] = (
    ("month", "month=ANYMONTH (?:,|of)? year=YEAR"),
    ("month", "month=MONTH"),
    ("month", "(?<=BEFORE_MONTH) month=RISKY"),
    ("relative month", "shift=RELATIVE month=ANYMONTH"),
    ("month", "month=ANYMONTH ,? of? shift=RELATIVE year"),
    ("month of that year", "month=ANYMONTH of? (?:that|the same) year"),
    ("month of that year", "(?:that|the same) month=ANYMONTH"),
    ("month of next year", "month=ANYMONTH of? the (?:following|next) year"),
    ("year", "(?<=BEFORE_YEAR) year=YEAR"),
    ("year", "the year year=YEAR"),
    ("years", "(?:(?<=from)|(?<=between)|(?<=in)|(?<=the)) year=YEAR (?:THROUGH|and) count=YEAR"),
    ("decade", "the? (?:portion=[early late mid] DASH?)? year=DECADE"),
    ("season", "(?:(?<=BEFORE_SEASON)|(?<=BEFORE_SEASON the)) month=SEASON"),
    ("season", "the? month=[SEASON FALL] (?:of|,)? year=YEAR"),
    ("season of that year", "(?:that|the same) month=[SEASON FALL]"),
    ("quarter", "the? day=ORDINAL quarter of year=YEAR"),
    ("season", "shift=RELATIVE month=[SEASON FALL]"),
    ("relative unit", "(?<!the) shift=RELATIVE unit=UNIT"),
    ("relative unit", "(?<= [beginning start end middle] of) the unit=UNIT"),
    ("ago", "LOOSE? count=COUNT unit=ANYUNIT ago"),
    ("unresolved", "(?:OPEN|approximately) COUNT ANYUNIT ago"),
    ("unresolved", "(?:a? VAGUE of?)? ANYUNIT ago"),
    ("back", "the? (?:past|last|previous) LOOSE? count=COUNT (?:DASH plus)? unit=ANYUNIT"),
    ("back", "(?:the|this) (?:past|last) unit=UNIT"),
    ("back", "(?<=[in over during for]) past unit=UNIT"),
    ("back", "(?<=[in over during for]) last unit=[day hour]"),
    ("recent", "recent unit=UNITS"),
    ("recent", "the? (?:past|last) a? VAGUE of? unit=UNITS"),
    ("ahead", "the (?:next|coming|following) count=COUNT unit=ANYUNIT"),
    ("unresolved", "(?:the|those|these)? (?:next|coming|following) (?:a? VAGUE)? UNITS"),
    ("repeated", "(?:every|each) (?:UNIT|PART|WEEKDAY|MONTH|SEASON|WEEKEND|NUMBER UNITS)"),
    ("repeated", "(?:one|a) day"),
    ("when", "when"),
    ("that day", "the day (?:(?:on|in) which|when|that)"),
)
_ANCHORED: tuple[_Row, ...] = (
    ("later", "LOOSE? count=COUNT unit=ANYUNIT [later afterwards thereafter]"),
    ("earlier", "LOOSE? count=COUNT unit=ANYUNIT [earlier previously beforehand]"),
    ("before", "LOOSE? count=COUNT unit=ANYUNIT before"),
    ("before", "the unit=[UNIT PART] before"),
    ("after", "LOOSE? count=COUNT unit=ANYUNIT after"),
    ("after", "the unit=[UNIT PART] after"),
    ("since count", "LOOSE? count=COUNT unit=ANYUNIT since"),
    ("unresolved", "(?:OPEN|approximately) COUNT? ANYUNIT [later earlier before after since afterwards]"),
    ("hours later", "(?:a? VAGUE of?|count=COUNT)? [hours minutes] later"),
    ("unresolved", "(?:a? VAGUE of?)? UNITS [later earlier before after afterwards]"),
    ("that", "(?:that|the same|that same|the very same|the) unit=[UNIT PART] (?<!the UNIT)(?<!the PART)"),
    ("next", "(?:the|that) very? [next following] unit=[UNIT PART]"),
    ("previous", "the previous unit=[UNIT PART]"),
    ("earlier", "LOOSE? count=COUNT unit=ANYUNIT before (?:that|then)"),
    ("that", "(?:later|earlier) in the unit=PART"),
    ("that", "(?:later|earlier) in the unit=day"),
    ("in the unit", "portion=[later earlier] in the unit=UNIT"),
)
_PARTS: tuple[_Row, ...] = (
    ("portion", "portion=[early late mid earlier later] DASH? (?:in|on|at)? the? POINT"),
    ("portion", "the? portion=[beginning start end middle] of the? POINT"),
    ("portion", "the portion=[first last] (?:[DAY NUMBER VAGUE])? days of POINT"),
    ("half", "the? day=ORDINAL half of POINT"),
    ("week of month", "the? day=ORDINAL week of POINT"),
    (
        "within",
        "(?:[shortly just])? (?:[at before after around about by in during on])? the? [early late]? [PART CLOCK] "
        "(?:GMT|WORD)? (?:on|of) POINT",
    ),
    ("within", "(?:at|around|about)? CLOCK GMT? ,? POINT"),
    ("within", "(?:in|during)? the? [early small] PART? hours of POINT"),
    ("within", "POINT (?:at|around|about) [PART CLOCK]"),
    ("within", "POINT PART"),
)
_SPANS: tuple[_Row, ...] = (
    ("since", "since (?:on|in|at)? POINT"),
    ("since then", "since then"),
    ("between", "between (?:on|in)? POINT and (?:on|in)? POINT"),
    ("between", "from (?:on|in)? POINT THROUGH (?:on|in)? POINT"),
    ("between", "(?:on|in)? POINT [DASH to through] POINT"),
    ("joined", "(?:on|in|at|during|over)? (?:both)? POINT [and or] POINT"),
    ("until", "(?:until|till|through|up to) POINT"),
    ("by", "by POINT"),
    ("open", "(?:before|after|prior to|ahead of) POINT"),
    ("plain", "(?:[on in at during over throughout for within between from])? the? POINT"),
    ("lasting", "for (?:a? VAGUE of?)? unit=UNITS"),
    ("lasting", "for LOOSE? count=COUNT unit=ANYUNIT (?!of|old|DASH)"),
    ("in", "over LOOSE? count=COUNT unit=ANYUNIT (?!old|DASH)"),
    ("in", "in count=NUMBER unit=UNIT (?!old|DASH)"),
    ("in", "in LOOSE? count=COUNT unit=UNITS (?!old|DASH)"),
    ("duration", "(?:OPEN|LOOSE|within|for|in|about)? COUNT ANYUNIT (?!old|DASH)"),
    ("duration", "(?:at|around|about)? CLOCK (?:GMT)?"),
)
_TABLES: tuple[tuple[_Row, ...], ...] = (_DAYS + _PERIODS + _ANCHORED, _PARTS, _SPANS)

_NAME = re.compile(r"[A-Za-z_]+")
_PIECE = re.compile(r"\(\?(?:<=|<!|[:=!])|\w+=|[A-Za-z_]+|\S")
_LITERALS = frozenset(
    name
    for table in (*_TABLES, tuple(_GROUPS.items()))
    for _, pattern in table
    for name in _NAME.findall(re.sub(r"\w+=", "", pattern))
    if name.islower()
)
_WORDLESS = "BREAK CARDINAL CLOCK DASH DAY DECADE GMT NTH OTHER POINT RISKY RISKYDAY SLASH WORD YEAR"
_CLASSES = sorted({entry[0] for entry in WORD_CLASSES.values()} | set(_WORDLESS.split()))
_SYMBOLS: Mapping[str, str] = {
    name: chr(0xE000 + number) for number, name in enumerate([*_CLASSES, ",", *sorted(_LITERALS)])
}
POINT = _SYMBOLS["POINT"]


def symbol_of(name: str) -> str | None:
    """Return the character that stands for a class, a comma or a word of the grammar; None for other words."""
    return _SYMBOLS.get(name)


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of expression and the pattern that finds it in a row of symbols."""

    kind: str
    pattern: re.Pattern[str]


def _members(name: str) -> str:
    if name in _GROUPS:
        return "".join(_members(member) for member in _NAME.findall(_GROUPS[name]))
    words = (_SYMBOLS[word] for word in sorted(_LITERALS) if WORD_CLASSES.get(word, ("", "", ""))[0] == name)
    return _SYMBOLS[name] + "".join(words)


def _compiled(pattern: str) -> str:
    """Return the pattern as a regular expression over symbols."""
    pieces, result, depth, closing = _PIECE.findall(pattern), [], 0, []
    in_set = False
    for piece in pieces:
        if piece.endswith("=") and piece[:-1].isidentifier():
            result.append(f"(?P<{piece[:-1]}>")
            closing.append(depth)
            continue
        if _NAME.fullmatch(piece):
            composed = piece in _GROUPS and not _GROUPS[piece].startswith("[")
            text = _compiled(_GROUPS[piece]) if composed else _members(piece)
            result.append(text if in_set or composed else f"[{text}]")
        elif piece == ",":
            result.append(_SYMBOLS[","])
        else:
            in_set = piece == "[" or (in_set and piece != "]")
            depth += piece.startswith("(") - (piece == ")")
            result.append(piece)
        if closing and closing[-1] == depth and not in_set:
            closing.pop()
            result.append(")")
    return "".join(result)


LAYERS: tuple[tuple[Rule, ...], ...] = tuple(
    tuple(Rule(kind, re.compile(_compiled(pattern))) for kind, pattern in table) for table in _TABLES
)
"""The rules in the order of their layers: points in time, their parts, and the spans that points bound."""
