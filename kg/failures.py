"""What ends a verb that could not run: one line on stderr and exit code 2."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

__all__ = ["Failure", "failing_at", "noting"]


class Failure(click.ClickException):
    """The verb could not run."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"kg: {self.message}", err=True)


@contextmanager
def failing_at(*errors: type[Exception]) -> Iterator[None]:
    """Turn what the rooms below raise for people into a Failure with the same message."""
    try:
        yield
    except errors as error:
        raise Failure(str(error)) from error


@contextmanager
def noting() -> Iterator[None]:
    """Tell people of what the rooms below warn of, each in a line of its own."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        yield
    for warning in caught:
        if issubclass(warning.category, UserWarning):
            click.echo(f"note: {warning.message}", err=True)
