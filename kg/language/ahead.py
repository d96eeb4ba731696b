"""Takes the items of an iterator in a thread of their own, so that making them goes on while they are being used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from queue import Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

__all__ = ["ahead"]

Item = TypeVar("Item")
# How long the thread waits for room before it looks whether anybody still wants what it makes.
PATIENCE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class _End:
    """What stands behind the last item: the error that ended it, if any."""

    error: BaseException | None = None


class _Stream(Generic[Item]):
    """What passes between the thread that makes items and the one that uses them."""

    def __init__(self, items: Iterable[Item], most: int) -> None:
        self.items = items
        self.made: Queue[Item | _End] = Queue(most)
        self.unwanted = Event()

    def fill(self) -> None:
        end = _End()
        try:
            for item in self.items:
                if not self._put(item):
                    return
        except BaseException as error:
            end = _End(error)
        self._put(end)

    def _put(self, item: Item | _End) -> bool:
        while not self.unwanted.is_set():
            try:
                self.made.put(item, timeout=PATIENCE_SECONDS)
            except Full:
                continue
            return True
        return False

    def __iter__(self) -> Iterator[Item]:
        while not isinstance(item := self.made.get(), _End):
            yield item
        if item.error is not None:
            raise item.error


def ahead(items: Iterable[Item], most: int = 32) -> Iterator[Item]:
    """Yield `items` in their order, up to `most` of them made ahead in a thread.

    The parser's arithmetic leaves the interpreter free: what is done with one Doc runs beside the parsing of the next.
    An error of the iterator is raised here, behind the items before it; closing this one ends the thread.

    >>> list(ahead(iter("abc")))
    ['a', 'b', 'c']
    """
    stream = _Stream(items, most)
    thread = Thread(target=stream.fill, name="kg-ahead", daemon=True)
    thread.start()
    try:
        yield from stream
    finally:
        stream.unwanted.set()
        thread.join()
