"""Items made ahead in a thread: in their order, with their errors, and no thread left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from kg.language.ahead import ahead


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "kg-ahead"]


@pytest.mark.parametrize("count", [0, 1, 3, 100])
def test_items_come_whole_and_in_order(count: int) -> None:
    assert list(ahead(iter(range(count)), most=2)) == list(range(count))
    assert threads() == []


def test_an_error_comes_behind_the_items_before_it() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    taken = ahead(broken())
    assert next(taken) == 1
    with pytest.raises(ValueError, match="no more"):
        next(taken)
    assert threads() == []


def test_closing_early_ends_the_thread_without_making_the_rest() -> None:
    made = []

    def numbers() -> Iterator[int]:
        for number in range(1000):
            made.append(number)
            yield number

    taken = ahead(numbers(), most=2)
    assert next(taken) == 0
    taken.close()
    assert threads() == []
    assert len(made) < 1000
