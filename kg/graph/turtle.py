"""Writes triples sorted and grouped by subject: the same triples always give the same Turtle, TriG and N-Triples."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kg.graph.vocabulary import CONFLICT, PREFIXES, PROPERTIES, RDF, XSD
from kg.model import EVENT_GROUPS, GROUP_OF

__all__ = ["nquads", "ntriples", "trig", "turtle"]

# What sorts a statement, its predicate and its object, the latter two as N-Triples writes them.
Statement: TypeAlias = tuple[str, str, str]
# A subject with its statements.
Described: TypeAlias = tuple[str, list[Statement]]

# Reports come first, then what happened, then who says so, then who and where.
KINDS = {"report": 0, "event": 1, "claim": 2, "actor": 3, "place": 4, "graph": 5}
TYPE = f"<{RDF}type>"
# One character sorts a property of the vocabulary; those that follow it are sorted by name.
PROPERTY_RANK = {f"<{iri}>": chr(rank) for rank, iri in enumerate(PROPERTIES, start=1)}
OTHERS = chr(len(PROPERTIES) + 1)
# The narrowest class first: of an event, its class, its group, Event; of an actor or a place likewise.
CLASS_RANK = {
    f"<{CONFLICT}{name}>": PROPERTY_RANK[TYPE] + chr(rank)
    for rank, names in enumerate((tuple(GROUP_OF), tuple(EVENT_GROUPS), ("Event", "Actor", "Place")), start=1)
    for name in names
}
NUMBER = re.compile(r"\d+")
LOCAL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# Empty and dotted segments are left whole: resolvers differ over them.
RELATIVE = re.compile(r"[a-z]+(?:/(?!\.)[^/:?#]+)+")
BARE = {
    f"<{XSD}integer>": re.compile(r"[+-]?[0-9]+"),
    f"<{XSD}decimal>": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"<{XSD}boolean>": re.compile(r"true|false"),
}


def turtle(graphs: Iterable[Iterable[Triple]], base: str) -> bytes:
    """Return the union of graphs as Turtle, a paragraph a subject, with IRIs below `base` written relative to it."""
    terms = _Terms(base)
    paragraphs = (_paragraph(described, terms) for described in _sorted(graphs, base))
    return (terms.header() + "\n" + "\n".join(paragraphs)).encode()


def trig(graphs: Mapping[NamedNode, Iterable[Triple]], base: str) -> bytes:
    """Return named graphs as TriG, laid out as Turtle is."""
    terms = _Terms(base)
    blocks = []
    for name in _names(graphs, base):
        paragraphs = (_paragraph(described, terms, "\t") for described in _sorted([graphs[name]], base))
        blocks.append(f"{terms[str(name)]} {{\n" + "\n".join(paragraphs) + "}\n")
    return (terms.header() + "\n" + "\n".join(blocks)).encode()


def ntriples(graphs: Iterable[Iterable[Triple]], base: str) -> bytes:
    """Return the union of graphs as N-Triples, in the order of the Turtle."""
    return "".join(_lines(graphs, base, "")).encode()


def nquads(graphs: Mapping[NamedNode, Iterable[Triple]], base: str) -> bytes:
    """Return named graphs as N-Quads, in the order of the TriG."""
    return "".join(line for name in _names(graphs, base) for line in _lines([graphs[name]], base, f" {name}")).encode()


class _Terms(dict[str, str]):
    """Terms as N-Triples writes them, with what Turtle may write for each: shortened when it is first asked for."""

    def __init__(self, base: str) -> None:
        super().__init__({TYPE: "a"})
        self._base = base if base.endswith("/") else None

    def __missing__(self, term: str) -> str:
        if term[0] == '"' and term[-1] != ">":
            # Most of them stand once: they are not worth remembering.
            return term
        short = self[term] = self._literal(term) if term[0] == '"' else self._iri(term)
        return short

    def header(self) -> str:
        """Return the base and prefixes that shortened terms need."""
        base = [f"@base <{self._base}> .\n"] if self._base else []
        return "".join((*base, *(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items()))))

    def _iri(self, term: str) -> str:
        iri = term[1:-1]
        if self._base and iri.startswith(self._base) and RELATIVE.fullmatch(iri, len(self._base)):
            return f"<{iri[len(self._base) :]}>"
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace) and LOCAL_NAME.fullmatch(iri, len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        return term

    def _literal(self, term: str) -> str:
        value, _, datatype = term.rpartition("^^")
        bare = BARE.get(datatype)
        if bare and bare.fullmatch(value, 1, len(value) - 1):
            return value[1:-1]
        return f"{value}^^{self[datatype]}"


def _sorted(graphs: Iterable[Iterable[Triple]], base: str) -> Iterator[Described]:
    """Yield what is said of each subject: subjects as KINDS, numbers by value; predicates as PROPERTIES."""
    described: dict[str, list[str]] = {}
    # Graph by graph, as what is read together lies together in memory: a union's triples lie anywhere.
    for triples in graphs:
        for subject, said in _by_subject(triples).items():
            known = described.get(subject)
            described[subject] = said if known is None else list(dict.fromkeys((*known, *said)))
    for subject in sorted(described, key=lambda subject: _place(subject, base)):
        yield subject, sorted(map(_statement, described[subject]))


def _by_subject(triples: Iterable[Triple]) -> dict[str, list[str]]:
    described: defaultdict[str, list[str]] = defaultdict(list)
    # Reading the terms off one text is five times as fast as asking each triple for its parts.
    for line in (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode().split(" .\n")[:-1]:
        subject, _, said = line.partition(" ")
        described[subject].append(said)
    return described


def _statement(said: str) -> Statement:
    """Return a predicate and an object with what sorts them."""
    predicate, _, target = said.partition(" ")
    rank = PROPERTY_RANK.get(predicate) or OTHERS + predicate
    return (CLASS_RANK.get(target, rank) if predicate == TYPE else rank), predicate, target


def _place(node: str, base: str) -> tuple[int, str, str]:
    """Return the key that sorts an IRI: by its kind, then with each number in it at its value, then by the IRI."""
    path = node[len(base) + 1 :] if node.startswith(f"<{base}") else ""
    return KINDS.get(path.partition("/")[0], len(KINDS)), NUMBER.sub(_padded, path), node


def _padded(number: re.Match[str]) -> str:
    return number[0].zfill(12)


def _names(graphs: Mapping[NamedNode, Iterable[Triple]], base: str) -> list[NamedNode]:
    return sorted(graphs, key=lambda name: _place(str(name), base))


def _paragraph(described: Described, terms: _Terms, indent: str = "") -> str:
    subject, statements = described
    pieces, before, opening = [indent, terms[subject]], "", " "
    for _, predicate, target in statements:
        if predicate == before:
            pieces.append(f" , {terms[target]}")
        else:
            pieces.append(f"{opening}{terms[predicate]} {terms[target]}")
            before, opening = predicate, f" ;\n{indent}\t"
    pieces.append(" .\n")
    return "".join(pieces)


def _lines(graphs: Iterable[Iterable[Triple]], base: str, graph: str) -> Iterator[str]:
    for subject, statements in _sorted(graphs, base):
        for _, predicate, target in statements:
            yield f"{subject} {predicate} {target}{graph} .\n"
