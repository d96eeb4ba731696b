"""Remembers which graphs a load has put into a store, so that one that was broken off goes on where it stopped."""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

__all__ = ["LoadJournal"]


class LoadJournal:
    """The graphs that a load into one store is done with, each with a digest of what it held.

    It is kept in $XDG_STATE_HOME (else ~/.local/state) until the load is whole. Where it can't be written there is
    none, and a load that was broken off begins anew.
    """

    def __init__(self, url: str, environment: Mapping[str, str] | None = None) -> None:
        known = os.environ if environment is None else environment
        home = Path(known.get("HOME") or os.path.expanduser("~"))
        state = Path(known.get("XDG_STATE_HOME") or home / ".local" / "state")
        self._path = state / "conflict-kg" / "loads" / f"{sha256(url.encode()).hexdigest()[:32]}.txt"
        self._done = self._read()

    def holds(self, graph: str, digest: str) -> bool:
        """Return whether a load before this one was done with this content of a graph."""
        return self._done.get(graph) == digest

    def add(self, graph: str, digest: str) -> None:
        """Remember that a graph is done."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as lines:
                lines.write(f"{digest} {graph}\n")
        except OSError:
            return

    def close(self) -> None:
        """Forget all: the load is whole."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return

    def _read(self) -> dict[str, str]:
        try:
            lines = self._path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError):
            return {}
        # What stands behind the last line break was not written whole.
        pairs = (line.split(" ", 1) for line in lines[:-1])
        return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}
