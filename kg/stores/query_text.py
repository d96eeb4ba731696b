"""Looks at the text of a SPARQL query: what kind it is, and where its slots for values are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["UPDATING", "QueryError", "Slot", "Token", "filled", "query_form", "slots", "tokens", "without_comments"]

READING = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATING = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")

# Comments, IRIs and strings are each one token: what stands inside of them is never a keyword or a slot.
TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<comment>\#[^\n\r]*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
                  | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*")
      | (?P<variable>[?$]\w+)
      | (?P<name>[^\W\d_][\w.-]*:[\w.:%\\-]* | :[\w.:%\\-]*)
      | (?P<word>[^\W\d_]\w*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


class QueryError(ValueError):
    """A query, its header or a value for it that is not right; the message names it, the cause and the cure."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query: its kind (a group of TOKEN), its text and the offset at which it starts."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind the token."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for values in a query: `VALUES ?name { UNDEF }`; the offsets are those of UNDEF."""

    name: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, white space and comments among them: their texts joined are the query."""
    for match in TOKEN.finditer(text):
        yield Token(match.lastgroup or "other", match[0], match.start())


def slots(text: str) -> tuple[Slot, ...]:
    """Return the slots of a query in their order.

    >>> [slot.name for slot in slots('VALUES ?a { UNDEF } # VALUES ?b { UNDEF }')]
    ['a']
    """
    known = [token for token in tokens(text) if token.kind != "space"]
    found = []
    for number in range(len(known) - 4):
        values, variable, opening, undefined, closing = known[number : number + 5]
        around = (values.text.upper(), opening.text, undefined.text.upper(), closing.text)
        if variable.kind == "variable" and around == ("VALUES", "{", "UNDEF", "}"):
            found.append(Slot(variable.text[1:], undefined.start, undefined.end))
    return tuple(found)


def filled(text: str, terms: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> str:
    """Return a query with the SPARQL terms of each name in its slots; slots without terms stay as they are.

    Nothing but slots is replaced. Raises QueryError for a term that is more or less than one term.
    """
    for term in (term for known in terms.values() for term in known):
        _check_term(term)
    pieces, position = [], 0
    for slot in slots(text):
        if terms.get(slot.name):
            pieces += [text[position : slot.start], " ".join(terms[slot.name])]
            position = slot.end
    return "".join((*pieces, text[position:]))


def query_form(text: str, *, service: bool = False, update: bool = False) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE, or with `update` also the first word of an update.

    What a saved query reads is the graph that it is asked of: it changes nothing and fetches nothing from elsewhere
    that nobody allowed. Raises QueryError for FROM, for an update unless `update`, and for SERVICE and LOAD unless
    `service`.
    """
    words = [token.text.upper() for token in tokens(text) if token.kind == "word"]
    form = next((word for word in words if word in (*READING, *UPDATING)), None)
    if form is None:
        raise QueryError(f"is no query: it has none of {', '.join(READING)}")
    if form in UPDATING and not update:
        raise QueryError(f"is an update ({form}): a store is only changed where you allow it (--allow-update)")
    fetching = next((word for word in words if word == "SERVICE" or (word == "LOAD" and form in UPDATING)), None)
    if fetching and not service:
        raise QueryError(f"asks elsewhere with {fetching}, which is only done where you allow it (--allow-service)")
    if "FROM" in words:
        raise QueryError("asks another graph with FROM: only the graph at hand is read")
    return form


def without_comments(text: str) -> str:
    """Return a query without its comments.

    >>> without_comments("ASK { ?s ?p '#' } # why")
    "ASK { ?s ?p '#' } "
    """
    return "".join(token.text for token in tokens(text) if token.kind != "comment")


def _check_term(term: str) -> None:
    kinds = [token.kind for token in tokens(term)]
    single = kinds in (["iri"], ["string"])
    typed = kinds == ["string", "other", "other", "iri"] and term.count("^^<") == 1
    if not (single or typed):
        raise QueryError(f"{term!r} is not one term of SPARQL")
