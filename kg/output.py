"""Writes a file whole or not at all, so that nobody ever reads half of one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["OutputError", "check_target", "write_whole"]

STDOUT = "-"


class OutputError(ValueError):
    """A file that can't be written; the message names it, the cause and the cure."""


def check_target(target: str) -> None:
    """Raise OutputError where `target`, a file or `-` for standard output, cannot be written to."""
    path = Path(target)
    if target == STDOUT:
        return
    if path.is_dir():
        raise OutputError(f"{target}: is a folder: name a file in it")
    if not path.resolve().parent.is_dir():
        raise OutputError(f"{target}: there is no folder {path.parent}: make it first")
    if not os.access(path if path.exists() else path.resolve().parent, os.W_OK):
        raise OutputError(f"{target}: may not be written: check the permissions, or name another file")


def write_whole(target: str, content: bytes) -> None:
    """Write content to a file, or to standard output for `-`; raises OutputError where that fails."""
    if target == STDOUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    # A link keeps pointing where it does, and a device or pipe is written to, not replaced.
    path = Path(target).resolve()
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _replace(path, content)
    except OSError as error:
        raise OutputError(f"{target}: {error.strerror or error}: nothing was changed") from error


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
