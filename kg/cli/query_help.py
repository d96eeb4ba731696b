"""Tells people in words what a saved query finds, what it asks for and how it is called."""

from __future__ import annotations

import shlex
import textwrap

from kg.queries import SavedQuery
from kg.queries.header import Parameter

__all__ = ["parameter_values", "query_help"]

WIDTH = 100


def query_help(query: SavedQuery, called: str | None = None) -> str:
    """Return what a person needs to call a query: purpose, parameters, columns, an example.

    `called` is what is typed for its name, where that is another.
    """
    header = query.header
    example = "".join(
        f" -p {shlex.quote(f'{name}={value}')}" for name, values in header.example.items() for value in values
    )
    parts = [
        f"{query.name}: {header.summary}",
        _wrapped(header.description),
        _section("Parameters", [(_usage(known), known.help) for known in query.parameters]),
        _section("Columns", list(header.columns.items())),
        f"Theme: {header.theme}. View: {header.view}.",
        f"Example:\n  kg query {shlex.quote(called or query.name)} GRAPH{example}",
    ]
    return "\n\n".join(part for part in parts if part)


def parameter_values(parameter: Parameter) -> tuple[str, ...]:
    """Return the values that can be told without a graph: the classes of events, else nothing."""
    from kg.model import EVENT_GROUPS, GROUP_OF

    return ("Event", *EVENT_GROUPS, *GROUP_OF) if parameter.type == "class" else ()


def _usage(parameter: Parameter) -> str:
    notes = [parameter.type.upper()]
    notes += ["required"] * parameter.required + ["may be repeated"] * parameter.many
    notes += [f"default {parameter.default}"] * (parameter.default is not None)
    return f"-p {parameter.name}={notes[0]}" + (f" ({', '.join(notes[1:])})" if notes[1:] else "")


def _section(title: str, entries: list[tuple[str, str]]) -> str:
    lines = [f"  {name}\n{_wrapped(meaning, 6)}" if meaning else f"  {name}" for name, meaning in entries]
    return "\n".join([f"{title}:", *lines]) if entries else ""


def _wrapped(text: str, indent: int = 0) -> str:
    space = " " * indent
    return textwrap.fill(text, WIDTH, initial_indent=space, subsequent_indent=space)
