"""Temporal expressions and the days they mean."""

from kg.dates.finding import find_dates, resolve

__all__ = ["find_dates", "resolve"]
