"""The command `kg`: its verbs, and how answers look in a terminal."""

from kg.cli.verbs import main

__all__ = ["main"]
