"""The answer to a query: named columns, rows of Python values, and the way into data frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.queries.values import Value
from kg.stores.query_text import QueryError

if TYPE_CHECKING:
    import pandas
    import polars

__all__ = ["Result"]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query: the names of its columns, and a Python value or None for each of them in each row.

    IRIs are `Iri`, literals what their datatype says, those with a language `Text`. ASK gives one row with the column
    `answer`; CONSTRUCT and DESCRIBE give their triples, sorted. Iterating gives each row as a mapping.

    >>> [row["actor"] for row in Result(("actor", "events"), (("Hezbollah", 2),))]
    ['Hezbollah']
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a pandas data frame; raises QueryError where pandas is not installed."""
        try:
            from pandas import DataFrame
        except ImportError as error:
            raise _missing("pandas") from error
        # By way of object, so that a column of whole numbers with a gap stays one of whole numbers.
        return DataFrame(list(self.rows), columns=list(self.columns), dtype=object).convert_dtypes()

    def to_polars(self) -> polars.DataFrame:
        """Return the rows as a Polars data frame; raises QueryError where Polars is not installed."""
        try:
            from polars import DataFrame, Series
        except ImportError as error:
            raise _missing("polars") from error
        columns = ([_plain(row[place]) for row in self.rows] for place in range(len(self.columns)))
        return DataFrame(
            [Series(name, values, strict=False) for name, values in zip(self.columns, columns, strict=True)]
        )


def _plain(value: Value) -> Value:
    return str(value) if isinstance(value, str) else value


def _missing(name: str) -> QueryError:
    return QueryError(f"{name} is not installed: get it with `pip install 'conflict-kg[{name}]'`")
