"""Says which days a calendar date means: the year that it leaves out, and the month or season nearest to the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.dates.expressions import Expression
from kg.dates.periods import around, day_of, month_of, portion_of, season_of, shifted_unit, span_of, unit_of, year_of
from kg.model import Period

__all__ = ["CALENDAR", "Resolver", "Setting", "held_by", "until_now"]

# A date without a year that lies this many days ahead of the report is nearer than the one of the year before.
_NEAR_AHEAD = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What surrounds an expression: the report's day, the date last set, and what the clause tells of its time.

    `ahead`: the clause speaks of the future. `lasting`: it speaks of what went on until now. `followed`: words
    follow that the expression relates to, as in "two days after the attack". `year` is one that the clause has named.
    """

    issued: date | None = None
    anchor: Period | None = None
    ahead: bool = False
    lasting: bool = True
    followed: bool = False
    year: int | None = None


Resolver = Callable[[Expression, Setting], Period | None]
"""What turns an expression of one kind into the days that it means."""


def held_by(anchor: Period | None, unit: str) -> Period | None:
    """Return the calendar unit that holds the whole anchor."""
    if anchor is None:
        return None
    whole = unit_of(anchor.earliest, unit)
    return whole if anchor.latest <= whole.latest else None


def until_now(period: Period, setting: Setting) -> Period:
    """Return what of a period that holds the report's day is past, or is still to come where the clause looks ahead."""
    if setting.issued is None or not period.earliest <= setting.issued <= period.latest:
        return period
    return Period(setting.issued, period.latest) if setting.ahead else Period(period.earliest, setting.issued)


def _day(expression: Expression, setting: Setting) -> Period | None:
    if expression.month is None or expression.day is None or not 1 <= expression.month <= 12:
        return None
    year = _said_year(expression, setting)
    if year is None:
        year = _nearest_year(expression.month, expression.day, expression.weekday, setting)
    first = None if year is None else day_of(year, expression.month, expression.day)
    if year is None or first is None or expression.last_day is None:
        return None if first is None else around(first)
    last = day_of(year, expression.month, expression.last_day)
    return Period(first, last) if last is not None and last > first else None


def _numeric_day(expression: Expression, setting: Setting) -> Period | None:
    day, month = expression.day or 0, expression.month or 0
    if day <= 12 and month <= 12 and day != month:
        return None
    day, month = (day, month) if month <= 12 else (month, day)
    return _day(replace(expression, kind="day", day=day, month=month), setting)


def _said_year(expression: Expression, setting: Setting) -> int | None:
    if expression.year is not None:
        return expression.year
    if expression.shift is not None and setting.issued is not None:
        return setting.issued.year + expression.shift
    return setting.year


def _nearest_year(month: int, day: int, weekday: int | None, setting: Setting) -> int | None:
    if setting.issued is None:
        return None
    days = [found for shift in (0, -1, 1) if (found := day_of(setting.issued.year + shift, month, day))]
    if weekday is not None:
        days = [found for found in days if found.weekday() == weekday] or days
    if setting.ahead:
        later = [found for found in days if found >= setting.issued]
        return min(later).year if later else None
    limit = setting.issued + timedelta(days=_NEAR_AHEAD)
    past = [found for found in days if found <= limit]
    return max(past).year if past else None


def _month(expression: Expression, setting: Setting) -> Period | None:
    month = expression.month or 1
    year = _said_year(expression, setting)
    if year is not None:
        return month_of(year, month)
    if setting.issued is None:
        return None
    if setting.ahead:
        return month_of(setting.issued.year + (month < setting.issued.month), month)
    return month_of(setting.issued.year - (month > setting.issued.month), month)


def _relative_month(expression: Expression, setting: Setting) -> Period | None:
    if setting.issued is None or expression.month is None:
        return None
    current, year = setting.issued.month, setting.issued.year
    if expression.shift == 0:
        return month_of(year, expression.month)
    if expression.shift == -1:
        return month_of(year - (expression.month >= current), expression.month)
    return month_of(year + (expression.month <= current), expression.month)


def _month_of_that_year(expression: Expression, setting: Setting) -> Period | None:
    whole = held_by(setting.anchor, "year")
    return month_of(whole.earliest.year, expression.month or 1) if whole else None


def _month_of_next_year(expression: Expression, setting: Setting) -> Period | None:
    whole = held_by(setting.anchor, "year")
    return month_of(whole.earliest.year + 1, expression.month or 1) if whole else None


def _day_of_that_month(expression: Expression, setting: Setting) -> Period | None:
    whole = held_by(setting.anchor, "month")
    return _in_month(whole, expression.day) if whole else None


def _day_of_month(expression: Expression, setting: Setting) -> Period | None:
    whole = shifted_unit(setting.issued, expression.shift or 0, "month") if setting.issued else None
    return _in_month(whole, expression.day) if whole else None


def _in_month(month: Period, day: int | None) -> Period | None:
    found = day_of(month.earliest.year, month.earliest.month, day or 0)
    return around(found) if found else None


def _year(expression: Expression, setting: Setting) -> Period | None:
    return year_of(expression.year) if expression.year else None


def _years(expression: Expression, setting: Setting) -> Period | None:
    first, last = expression.year or 0, expression.count or 0
    return span_of(year_of(first), year_of(last)) if 0 < first < last else None


def _decade(expression: Expression, setting: Setting) -> Period | None:
    whole = span_of(year_of(expression.year or 1900), year_of((expression.year or 1900) + 9))
    return portion_of(whole, expression.portion) if expression.portion else whole


def _season(expression: Expression, setting: Setting) -> Period | None:
    first = expression.month or 6
    if expression.year is not None:
        return season_of(expression.year, first)
    if setting.issued is None:
        return None
    seasons = [season_of(setting.issued.year + shift, first) for shift in (-2, -1, 0, 1)]
    if expression.shift == 1 or setting.ahead:
        return next((found for found in seasons if found.earliest > setting.issued), None)
    if expression.shift == -1:
        return next((found for found in reversed(seasons) if found.latest < setting.issued), None)
    return until_now(next(found for found in reversed(seasons) if found.earliest <= setting.issued), setting)


def _season_of_that_year(expression: Expression, setting: Setting) -> Period | None:
    whole = held_by(setting.anchor, "year")
    return season_of(whole.earliest.year, expression.month or 6) if whole else None


def _quarter(expression: Expression, setting: Setting) -> Period | None:
    number = expression.day or 0
    if expression.year is None or not 1 <= number <= 4:
        return None
    return season_of(expression.year, 3 * number - 2)


def _weekday_of_month(expression: Expression, setting: Setting) -> Period | None:
    month = _month(expression, setting)
    if month is None or expression.weekday is None or expression.day is None:
        return None
    first = (expression.weekday - month.earliest.weekday()) % 7
    days = [month.earliest.day + first + 7 * week for week in range(5)]
    days = [day for day in days if day <= month.latest.day]
    number = expression.day - 1 if expression.day > 0 else -1
    return _in_month(month, days[number]) if number < len(days) else None


def _holiday(expression: Expression, setting: Setting) -> Period | None:
    if not expression.unit:
        return None
    month, day = (int(number) for number in expression.unit.split("-"))
    found = _day(replace(expression, kind="day", month=month, day=day), setting)
    if found and "eve" in expression.text.lower().split():
        return around(found.earliest - timedelta(days=1))
    return found


CALENDAR: Mapping[str, Resolver] = {
    "day": _day,
    "day of month": _day_of_month,
    "day of that month": _day_of_that_month,
    "decade": _decade,
    "holiday": _holiday,
    "month": _month,
    "month of next year": _month_of_next_year,
    "month of that year": _month_of_that_year,
    "numeric day": _numeric_day,
    "quarter": _quarter,
    "relative month": _relative_month,
    "season": _season,
    "season of that year": _season_of_that_year,
    "weekday of month": _weekday_of_month,
    "year": _year,
    "years": _years,
}
"""The resolver of each kind of calendar date."""
