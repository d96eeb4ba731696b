"""Turns typed values into SPARQL terms, and the terms of an answer into Python values."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Self

from kg.graph.vocabulary import XSD, absolute_iri, term
from kg.model import EVENT_GROUPS, GROUP_OF
from kg.stores.query_text import QueryError

__all__ = ["ENTITY_TYPES", "TYPES", "Iri", "Text", "Value", "iri_term", "nearest", "python_value", "sparql_term"]

ENTITY_TYPES = ("actor", "place", "event")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})")
# Line breaks and tabs have escapes; the other control characters are in no text that anybody looks for.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
# Some engines read \\u0022 as a backslash and a quotation mark, before they look for the string's end. An escaped
# `u` reads the same everywhere; eight digits, as those engines take four more where they find them.
ESCAPED_U = re.compile(r"\\\\(?=[uU])(.)")


class Iri(str):
    """An IRI in an answer, to be told from a string."""

    __slots__ = ()


class Text(str):
    """A string in an answer that is in a language, or of a datatype that has no Python type.

    >>> Text("Raqa", language="en").language, Text("2017", datatype="http://www.w3.org/2001/XMLSchema#gYear") == "2017"
    ('en', True)
    """

    __slots__ = ("datatype", "language")

    datatype: str
    language: str

    def __new__(cls, text: str, *, language: str = "", datatype: str = "") -> Self:
        made = super().__new__(cls, text)
        made.language = language
        made.datatype = datatype
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str]]:
        return (str(self),), {"language": self.language, "datatype": self.datatype}


Value = Iri | Text | str | int | float | Decimal | bool | date | None


def sparql_term(type: str, value: str) -> str:
    """Return a value of one of TYPES as a SPARQL term; an actor, a place and an event are to be IRIs here.

    Raises QueryError for a value that is not of its type.

    >>> sparql_term("date", "2017-11-08")
    '"2017-11-08"^^<http://www.w3.org/2001/XMLSchema#date>'
    """
    return TYPES[type](value)


def iri_term(value: str) -> str:
    """Return an absolute IRI as a SPARQL term; raises QueryError for any other text."""
    node = absolute_iri(value)
    if node is None:
        raise QueryError(f"{value!r} is no absolute IRI")
    return str(node)


def nearest(name: str, known: Mapping[str, str]) -> str:
    """Return a hint with those of `known`, names by their folded forms, that are nearest to a folded name; or ''."""
    close = difflib.get_close_matches(name, known, n=5, cutoff=0.6)
    # A part of a name is as good a guess as a misspelt one: "kamal" for "albu kamal".
    parts = [other for other in sorted(known) if name and name in other]
    found = list(dict.fromkeys(known[other] for other in (*close, *parts)))[:5]
    return f"; did you mean {' or '.join(found)}?" if found else ""


def python_value(lexical: str, datatype: str, language: str | None = None) -> Value:
    """Return a literal as a Python value, as Text where it has a language or no Python type fits it."""
    if language:
        return Text(lexical, language=language)
    try:
        return PYTHON[datatype](lexical)
    except (KeyError, ValueError, InvalidOperation):
        return Text(lexical, datatype=datatype)


def _date(value: str) -> str:
    try:
        day = date.fromisoformat(value) if DATE.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        raise QueryError(f"{value!r} is no date: write it as 2017-11-08")
    return f'"{day.isoformat()}"^^<{XSD}date>'


def _integer(value: str) -> str:
    if not INTEGER.fullmatch(value):
        raise QueryError(f"{value!r} is no whole number of at most 18 digits")
    return f'"{int(value)}"^^<{XSD}integer>'


def _number(value: str) -> str:
    if not NUMBER.fullmatch(value):
        raise QueryError(f"{value!r} is no number: write it as 12 or 12.5")
    return f'"{Decimal(value):f}"^^<{XSD}decimal>'


def _string(value: str) -> str:
    if UNPRINTABLE.search(value):
        raise QueryError(f"{value!r} has a control character in it: leave it out")
    escaped = ESCAPED_U.sub(lambda found: f"\\\\\\U{ord(found[1]):08X}", value.translate(ESCAPES))
    return f'"{escaped}"'


def _class(value: str) -> str:
    known = {name.casefold(): name for name in ("Event", *EVENT_GROUPS, *GROUP_OF)}
    folded = value.casefold().replace(" ", "").replace("-", "")
    if folded not in known:
        raise QueryError(f"{value!r} is no class of events{nearest(folded, known)}")
    return str(term(known[folded]))


TYPES: Mapping[str, Callable[[str], str]] = {
    "actor": iri_term,
    "place": iri_term,
    "event": iri_term,
    "class": _class,
    "date": _date,
    "integer": _integer,
    "number": _number,
    "string": _string,
}

PYTHON: Mapping[str, Callable[[str], Value]] = {
    "": str,
    XSD + "string": str,
    **dict.fromkeys(
        (XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")), int
    ),
    **dict.fromkeys((XSD + "double", XSD + "float"), float),
    XSD + "decimal": Decimal,
    XSD + "boolean": lambda lexical: lexical in {"true", "1"},
    XSD + "date": date.fromisoformat,
}
