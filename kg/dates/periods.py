"""Arithmetic on days, weeks, months and years, with Period as its only result."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from kg.model import Period

__all__ = [
    "around",
    "day_of",
    "half_of",
    "month_of",
    "moved",
    "portion_of",
    "season_of",
    "shifted_unit",
    "span_of",
    "unit_of",
    "week_of_month",
    "year_of",
]

_MONTHS_IN = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}


def around(day: date) -> Period:
    """Return the period that is this one day."""
    return Period(day, day)


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Period:
    """Return the month from its first day to its last."""
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_of(year: int) -> Period:
    """Return the year from its first day to its last."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def season_of(year: int, first_month: int) -> Period:
    """Return the three months that begin with `first_month`; a winter ends in the year after.

    >>> season_of(2016, 12).latest
    datetime.date(2017, 2, 28)
    """
    end_year, end_month = (year, first_month + 2) if first_month <= 10 else (year + 1, first_month - 10)
    return Period(date(year, first_month, 1), month_of(end_year, end_month).latest)


def moved(day: date, count: int, unit: str) -> date | None:
    """Return the day `count` units after `day`, None beyond the calendar; a month's missing last days give its last.

    >>> moved(date(2017, 3, 31), -1, "month")
    datetime.date(2017, 2, 28)
    """
    if unit in _DAYS_IN:
        try:
            return day + timedelta(days=count * _DAYS_IN[unit])
        except OverflowError:
            return None
    months = day.year * 12 + day.month - 1 + count * _MONTHS_IN[unit]
    year, month = divmod(months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def unit_of(day: date, unit: str) -> Period:
    """Return the calendar day, week (from Monday), month, year, decade or century that holds `day`."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6))
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "year":
        return year_of(day.year)
    if unit in ("decade", "century"):
        length = 10 if unit == "decade" else 100
        first = day.year - day.year % length
        return Period(date(max(first, MINYEAR), 1, 1), date(first + length - 1, 12, 31))
    return around(day)


def shifted_unit(day: date, count: int, unit: str) -> Period | None:
    """Return the calendar unit that lies `count` units from the one that holds `day`.

    >>> shifted_unit(date(2017, 11, 8), -3, "week").earliest
    datetime.date(2017, 10, 16)
    """
    there = moved(unit_of(day, unit).earliest if unit != "fortnight" else day, count, unit)
    return None if there is None else unit_of(there, unit)


def portion_of(whole: Period, portion: str) -> Period:
    """Return the early, mid or late part, or the beginning or end, of a month, a year or a longer period.

    The first ten days of a month are early, the 10th to the 20th its middle; a year divides into halves, and its
    beginning and end are quarters. A week and a season stay whole.
    """
    first, last = whole.earliest, whole.latest
    days = (last - first).days + 1
    if days <= 14 or 31 < days < 365:
        return whole
    if days <= 31:
        bounds = {"mid": (9, 19), "early": (0, 9), "begin": (0, 9)}.get(portion, (20, days - 1))
        return Period(first + timedelta(days=bounds[0]), first + timedelta(days=bounds[1]))
    if first.month == 1 and first.day == 1 and days in (365, 366):
        months = {"early": (1, 6), "late": (7, 12), "mid": (4, 9), "begin": (1, 3), "end": (10, 12)}[portion]
        return Period(date(first.year, months[0], 1), month_of(first.year, months[1]).latest)
    first_year, last_year = first.year, last.year
    years = last_year - first_year + 1
    if portion in ("early", "begin"):
        return span_of(year_of(first_year), year_of(first_year + max(years // 2, 1) - 1))
    if portion == "mid":
        return span_of(year_of(first_year + 2 * years // 5), year_of(first_year + 3 * years // 5))
    return span_of(year_of(last_year - max(years // 2, 1) + 1), year_of(last_year))


def span_of(*periods: Period) -> Period:
    """Return the period from the first day of the earliest to the last day of the latest."""
    return Period(min(period.earliest for period in periods), max(period.latest for period in periods))


def half_of(whole: Period, number: int) -> Period | None:
    """Return the first or second half of a month or a year, None of anything else."""
    first, last = whole.earliest, whole.latest
    if whole == year_of(first.year):
        return Period(first, date(first.year, 6, 30)) if number == 1 else Period(date(first.year, 7, 1), last)
    if whole == month_of(first.year, first.month):
        return Period(first, first.replace(day=15)) if number == 1 else Period(first.replace(day=16), last)
    return None


def week_of_month(whole: Period, number: int) -> Period | None:
    """Return the first to the fourth seven days of a month, None of anything else."""
    first = whole.earliest
    if whole != month_of(first.year, first.month) or not 1 <= number <= 4:
        return None
    return Period(first.replace(day=7 * number - 6), first.replace(day=7 * number))
