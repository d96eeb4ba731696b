"""Rows of an answer as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from kg.graph.vocabulary import DEFAULT_BASE, PREFIXES
from kg.queries.values import Iri, Value

__all__ = ["row_table"]

Rows = Sequence[Sequence[Value]]


def row_table(columns: Sequence[str], rows: Rows) -> Table:
    """Return rows as a table for a terminal, numbers to the right, IRIs shortened.

    >>> row_table(["event"], [[Iri("https://w3id.org/conflict-kg/event/7")]]).row_count
    1
    """
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for number, column in enumerate(columns):
        numeric = any(isinstance(row[number], int | float | Decimal) for row in rows)
        table.add_column(Text(column), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_short(value)) for value in row))
    return table


def _short(value: Value) -> str:
    """Return a value as people read it.

    >>> _short(Iri("https://w3id.org/conflict-kg/event/7"))
    'event/7'
    >>> _short(Iri("https://w3id.org/conflict-kg/ontology#Siege"))
    'conflict:Siege'
    """
    if isinstance(value, Iri):
        for prefix, namespace in PREFIXES.items():
            if value.startswith(namespace):
                return f"{prefix}:{value.removeprefix(namespace)}"
        return value.removeprefix(DEFAULT_BASE)
    return _text(value)


def _text(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
