"""Says which days a temporal expression means: counted from the report's day, or from a date that the text has set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from kg.dates.calendar import CALENDAR, Resolver, Setting, held_by, until_now
from kg.dates.expressions import Expression
from kg.dates.periods import (
    around,
    half_of,
    moved,
    portion_of,
    shifted_unit,
    unit_of,
    week_of_month,
)
from kg.model import Period

__all__ = ["Setting", "meaning"]


_SAME_DAY_HOURS = 6
_VAGUE_DAYS = 31
_RECENT_DAYS: Mapping[str, int] = {"day": 7, "week": 28}


def meaning(expression: Expression, setting: Setting) -> Period | None:
    """Return the days that an expression means in its setting; None where it leaves them open."""
    resolver = _RESOLVERS.get(expression.kind)
    return None if resolver is None else resolver(expression, setting)


# Counted from the day of the report.


def _weekday(expression: Expression, setting: Setting) -> Period | None:
    if setting.issued is None or expression.weekday is None:
        return None
    back = (setting.issued.weekday() - expression.weekday) % 7
    if expression.shift == 0:
        return around(setting.issued + timedelta(days=expression.weekday - setting.issued.weekday()))
    if expression.shift == 1:
        # Only where the next one also belongs to next week do all readers mean the same day.
        nearest = setting.issued + timedelta(days=7 - back)
        return around(nearest) if expression.weekday <= setting.issued.weekday() else None
    if expression.shift == -1:
        return around(setting.issued - timedelta(days=back or 7))
    if setting.ahead:
        return around(setting.issued + timedelta(days=(7 - back) % 7))
    return around(setting.issued - timedelta(days=back))


def _weekday_of_week(expression: Expression, setting: Setting) -> Period | None:
    week = shifted_unit(setting.issued, expression.shift or 0, "week") if setting.issued else None
    return around(week.earliest + timedelta(days=expression.weekday or 0)) if week else None


def _weekend(expression: Expression, setting: Setting) -> Period | None:
    if setting.issued is None or expression.shift == 1:
        return None
    saturday = setting.issued - timedelta(days=(setting.issued.weekday() - 5) % 7)
    on_it = setting.issued.weekday() >= 5
    if (setting.ahead and not on_it) or (expression.shift == -1 and on_it):
        saturday += timedelta(days=7 if setting.ahead else -7)
    elif expression.shift is None and setting.issued == saturday and not setting.ahead:
        saturday -= timedelta(days=7)
    return Period(saturday, saturday + timedelta(days=1))


def _from_today(first: int, last: int) -> Resolver:
    def resolver(expression: Expression, setting: Setting) -> Period | None:
        if setting.issued is None:
            return None
        return Period(setting.issued + timedelta(days=first), setting.issued + timedelta(days=last))

    return resolver


def _deixis(expression: Expression, setting: Setting) -> Period | None:
    first, last = (int(number) for number in expression.unit.split())
    return _from_today(first, last)(expression, setting)


def _relative_unit(expression: Expression, setting: Setting) -> Period | None:
    if expression.unit == "day" and expression.shift == 1:
        return _next(expression, setting)
    if setting.issued is None or expression.unit not in ("day", "week", "month", "year", "decade", "century"):
        return None
    if expression.unit == "day" and expression.shift:
        return None
    found = shifted_unit(setting.issued, expression.shift or 0, expression.unit)
    return until_now(found, setting) if found and not expression.shift else found


def _ago(expression: Expression, setting: Setting) -> Period | None:
    count = expression.count or 1
    if setting.issued is None:
        return None
    if expression.unit == "hour":
        return _days_from(setting.issued, -count // 24) if count % 24 == 0 else None
    if expression.unit == "fortnight":
        return shifted_unit(setting.issued, -2 * count, "week")
    return shifted_unit(setting.issued, -count, expression.unit) if expression.unit != "minute" else None


def _days_from(day: date, count: int) -> Period | None:
    there = moved(day, count, "day")
    return around(there) if there else None


def _back(expression: Expression, setting: Setting) -> Period | None:
    first = _counted(setting.issued, -(expression.count or 1), expression.unit) if setting.issued else None
    return Period(first, setting.issued) if first and setting.issued else None


def _counted(day: date, count: int, unit: str) -> date | None:
    if unit == "hour":
        return moved(day, -(-count // 24) if count > 0 else count // 24, "day")
    return moved(day, count, unit) if unit != "minute" else None


def _recent(expression: Expression, setting: Setting) -> Period | None:
    days = _RECENT_DAYS.get(expression.unit)
    return _back(replace(expression, unit="day", count=days), setting) if days else None


def _lasting(expression: Expression, setting: Setting) -> Period | None:
    if not setting.lasting:
        return None
    return _recent(expression, setting) if expression.count is None else _back(expression, setting)


def _ahead(expression: Expression, setting: Setting) -> Period | None:
    last = _counted(setting.issued, expression.count or 1, expression.unit) if setting.issued else None
    return Period(setting.issued, last) if last and setting.issued else None


def _since_count(expression: Expression, setting: Setting) -> Period | None:
    back = _back(expression, setting)
    return around(back.earliest) if back else None


# Counted from the date that the text has set.


def _that(expression: Expression, setting: Setting) -> Period | None:
    return held_by(setting.anchor, expression.unit) if expression.unit not in ("hour", "minute", "fortnight") else None


def _in_the_unit(expression: Expression, setting: Setting) -> Period | None:
    """Return what of this week, month or year is past for "earlier in the week", and to come for "later in it"."""
    if setting.issued is None or expression.unit not in ("week", "month", "year"):
        return None
    later = expression.portion == "later"
    whole = unit_of(setting.issued, expression.unit)
    return until_now(whole, replace(setting, ahead=later)) if not later or setting.ahead else None


def _hours_later(expression: Expression, setting: Setting) -> Period | None:
    """Hours later it is still the same day, unless they are many."""
    return held_by(setting.anchor, "day") if (expression.count or 1) <= _SAME_DAY_HOURS else None


def _shifted(direction: int) -> Resolver:
    def resolver(expression: Expression, setting: Setting) -> Period | None:
        return _from_anchor(setting.anchor, direction * (expression.count or 1), expression.unit)

    return resolver


def _from_anchor(anchor: Period | None, count: int, unit: str) -> Period | None:
    """Return the day or calendar unit `count` units from the anchor, which must be known to at least that grain."""
    if anchor is None or unit == "minute" or (unit == "hour" and count % 24):
        return None
    if unit == "hour":
        count, unit = count // 24, "day"
    if anchor.earliest == anchor.latest and unit in ("day", "week", "fortnight"):
        there = moved(anchor.earliest, count, unit)
        return around(there) if there else None
    whole = held_by(anchor, unit) if unit != "fortnight" else None
    if whole is None and (anchor.latest - anchor.earliest).days <= _VAGUE_DAYS:
        # "In May ...; three weeks later": as vague as what it is counted from.
        first, last = moved(anchor.earliest, count, unit), moved(anchor.latest, count, unit)
        return Period(first, last) if first and last else None
    return shifted_unit(whole.earliest, count, unit) if whole else None


def _next_or_previous(direction: int) -> Resolver:
    def resolver(expression: Expression, setting: Setting) -> Period | None:
        whole = held_by(setting.anchor, expression.unit) if expression.unit not in ("hour", "minute") else None
        return shifted_unit(whole.earliest, direction, expression.unit) if whole else None

    return resolver


_next, _previous = _next_or_previous(1), _next_or_previous(-1)


def _before_or_after(direction: int) -> Resolver:
    """ "Two days before" alone counts back; "two days before the vote" tells the day of the vote, that is forward."""

    def resolver(expression: Expression, setting: Setting) -> Period | None:
        return _shifted(-direction if setting.followed else direction)(expression, setting)

    return resolver


def _weekday_after(expression: Expression, setting: Setting) -> Period | None:
    """Return the first such weekday after the day that the text has set."""
    anchor = setting.anchor
    if anchor is None or anchor.earliest != anchor.latest or expression.weekday is None:
        return None
    return around(anchor.latest + timedelta(days=(expression.weekday - anchor.latest.weekday() - 1) % 7 + 1))


def _night(expression: Expression, setting: Setting) -> Period | None:
    """Return the day that the text has set and the next, else the day before the report's and that."""
    anchor = setting.anchor
    if anchor is not None and anchor.earliest == anchor.latest != setting.issued:
        return Period(anchor.latest, anchor.latest + timedelta(days=1))
    return _from_today(-1, 0)(expression, setting)


def _since_then(expression: Expression, setting: Setting) -> Period | None:
    return _since(setting.anchor, setting)


# Parts of what other expressions mean, and spans between them.


def _since(begin: Period | None, setting: Setting) -> Period | None:
    if begin is None or setting.issued is None or begin.earliest > setting.issued:
        return None
    return Period(begin.earliest, setting.issued)


def _portion(expression: Expression, setting: Setting) -> Period | None:
    inner = expression.parts[0]
    if inner.kind == "relative unit" and not inner.shift and setting.issued and inner.unit in ("week", "month", "year"):
        whole: Period | None = unit_of(setting.issued, inner.unit)
    else:
        whole = meaning(inner, setting)
    if whole is None or expression.portion in ("earlier", "later"):
        ahead = expression.portion == "later" and setting.issued is not None
        return until_now(whole, replace(setting, ahead=ahead)) if whole else None
    portion = {"beginning": "begin", "start": "begin", "first": "begin", "middle": "mid", "last": "end"}
    return portion_of(whole, portion.get(expression.portion, expression.portion))


def _inner(expression: Expression, setting: Setting) -> Period | None:
    return meaning(expression.parts[0], setting)


def _half(expression: Expression, setting: Setting) -> Period | None:
    whole = _inner(expression, setting)
    return half_of(whole, expression.day or 0) if whole else None


def _week_of_month(expression: Expression, setting: Setting) -> Period | None:
    whole = _inner(expression, setting)
    return week_of_month(whole, expression.day or 0) if whole else None


def _between(expression: Expression, setting: Setting) -> Period | None:
    first, last = expression.parts[0], expression.parts[-1]
    if last.year is None and first.year is not None and last.month is not None:
        last = replace(last, year=first.year + ((last.month, last.day or 0) < (first.month or 0, first.day or 0)))
    end = meaning(last, setting)
    if end is None:
        return None
    if first.month is not None and first.year is None and first.kind in ("day", "month"):
        first = replace(first, year=end.latest.year, shift=None)
        begin = meaning(first, setting)
        if begin and begin.earliest > end.latest:
            begin = meaning(replace(first, year=end.latest.year - 1), setting)
    else:
        begin = meaning(first, setting)
        if begin and begin.earliest > end.latest and first.kind == "weekday":
            begin = Period(begin.earliest - timedelta(days=7), begin.latest - timedelta(days=7))
    return Period(begin.earliest, end.latest) if begin and begin.earliest <= end.latest else None


def _joined(expression: Expression, setting: Setting) -> Period | None:
    """Return the period of two neighbours ("March and April"); None where a gap makes them two dates."""
    first, last = expression.parts[0], expression.parts[-1]
    if first.kind != last.kind:
        return None
    whole, end = _between(expression, setting), meaning(last, setting)
    begin = meaning(replace(first, year=first.year or last.year), setting)
    if whole is None or begin is None or end is None:
        return None
    return whole if (end.earliest - begin.latest).days <= 1 else None


def _until(expression: Expression, setting: Setting) -> Period | None:
    limit = _inner(expression, setting)
    if limit is None or setting.issued is None or not setting.ahead or limit.latest < setting.issued:
        return None
    return Period(setting.issued, limit.latest)


_RESOLVERS: Mapping[str, Resolver] = {
    **CALENDAR,
    "after": _before_or_after(1),
    "ago": _ago,
    "ahead": _ahead,
    "back": _back,
    "before": _before_or_after(-1),
    "between": _between,
    "by": _until,
    "day after tomorrow": _from_today(2, 2),
    "day before yesterday": _from_today(-2, -2),
    "deixis": _deixis,
    "earlier": _shifted(-1),
    "half": _half,
    "hours later": _hours_later,
    "in": _lasting,
    "in the unit": _in_the_unit,
    "joined": _joined,
    "last night": _from_today(-1, -1),
    "lasting": _lasting,
    "later": _shifted(1),
    "next": _next,
    "night": _night,
    "portion": _portion,
    "previous": _previous,
    "recent": _recent,
    "relative unit": _relative_unit,
    "since": lambda expression, setting: _since(_inner(expression, setting), setting),
    "since count": _since_count,
    "since then": _since_then,
    "that": _that,
    "that day": lambda expression, setting: setting.anchor,
    "today": _from_today(0, 0),
    "until": _until,
    "week of month": _week_of_month,
    "weekday": _weekday,
    "weekday after": _weekday_after,
    "weekday of week": _weekday_of_week,
    "weekend": _weekend,
    "when": lambda expression, setting: setting.anchor,
    "within": _inner,
}
