"""Numbers of people, and what they measure."""

from kg.figures.finding import count_of, find_figures

__all__ = ["count_of", "find_figures"]
