"""Sorts the paragraphs of a Turtle file into named graphs as text, without an object for each triple."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.graph.named_graphs import TYPE, graphs_of
from kg.graph.vocabulary import CONFLICT, DCTERMS

__all__ = ["SortedText", "sort_turtle"]

# The layout of `kg.graph.turtle`: no blank node, no comment, no literal in two lines, one subject a paragraph.
IRI = rb'(?:<[^<>"{}|^`\\\x00-\x20]*+>|[a-z]++:[A-Za-z][A-Za-z0-9_-]*+)'
LITERAL = rb'"(?:[^"\\\n\r]++|\\[^\n\r])*+"(?:@[A-Za-z0-9-]++|\^\^%b)?+' % IRI
OBJECT = rb"(?:%b|%b|true|false|[+-]?+(?:[0-9]++(?:\.[0-9]++)?+|\.[0-9]++))" % (IRI, LITERAL)
STATEMENT = rb"(?:a|%b) %b(?: , %b)*+" % (IRI, OBJECT, OBJECT)
SEPARATOR = b" ;\n\t"
PARAGRAPH = re.compile(rb"(%b) (%b(?:%b%b)*+) \.\n(?:\n|\Z)" % (IRI, STATEMENT, SEPARATOR, STATEMENT))
HEADER = re.compile(rb"((?:@base <[^\n]*> \.\n)?(?:@prefix [a-z]+: <[^\n]*> \.\n)+)\n")
PREFIXES = tuple(
    f"@prefix {name}: <{iri}> .\n".encode() for name, iri in (("conflict", CONFLICT), ("dcterms", DCTERMS))
)
# What tells to which report a subject belongs.
TELLING = (
    b"a conflict:Report",
    b"dcterms:identifier ",
    b"conflict:reportedIn ",
    b"conflict:describes ",
    b"conflict:figure ",
)
MARK = NamedNode("urn:conflict-kg:paragraph")
MARKED = f" a {MARK}".encode()


@dataclass(frozen=True, slots=True)
class SortedText:
    """The text of a file, where its paragraphs begin, and the numbers of those that stand in each named graph.

    `starts` has the end of the text behind it. A million triples are a hundred thousand paragraphs: as plain numbers
    they cost the garbage collector nothing.
    """

    content: bytes
    header: bytes
    starts: Sequence[int]
    graphs: Mapping[NamedNode, Sequence[int]]

    def parts(self, number: int) -> Iterator[SortedText]:
        """Yield the graphs in about so many parts of like size, each graph in one of them whole."""
        graphs: dict[NamedNode, Sequence[int]] = {}
        held = 0
        for name, paragraphs in self.graphs.items():
            graphs[name] = paragraphs
            held += sum(self.starts[paragraph + 1] - self.starts[paragraph] for paragraph in paragraphs)
            if held * number >= len(self.content):
                yield replace(self, graphs=graphs)
                graphs, held = {}, 0
        if graphs:
            yield replace(self, graphs=graphs)

    def trig(self) -> bytes:
        """Return the graphs as TriG."""
        content, starts = self.content, self.starts
        pieces = [self.header]
        for name, paragraphs in self.graphs.items():
            pieces.append(f"{name} {{\n".encode())
            pieces += (content[starts[paragraph] : starts[paragraph + 1]] for paragraph in paragraphs)
            pieces.append(b"}\n")
        return b"".join(pieces)


def sort_turtle(content: bytes) -> SortedText | None:
    """Return Turtle sorted into the graphs that `read_graphs` tells; None where it is not laid out as we write it.

    Raises SyntaxError where what tells of the graphs can't be parsed.
    """
    header = HEADER.match(content)
    if header is None or any(prefix not in header[1] for prefix in PREFIXES):
        return None
    starts, telling = [header.end()], [header[1]]
    while starts[-1] < len(content):
        found = PARAGRAPH.match(content, starts[-1])
        if found is None:
            return None
        telling.append(_telling(found[1], found[2]))
        starts.append(found.end())
    quads = list(parse(b"".join(telling), format=RdfFormat.TURTLE))
    subjects = (quad.subject for quad in quads if quad.object == MARK and quad.predicate == TYPE)
    names, authority = graphs_of(quads)
    graphs: dict[NamedNode, list[int]] = {}
    for paragraph, subject in enumerate(subjects):
        for name in names.get(subject, (authority,)):
            graphs.setdefault(name, []).append(paragraph)
    return SortedText(content, header[1], starts, graphs)


def _telling(subject: bytes, statements: bytes) -> bytes:
    """Return a paragraph with a mark by which it is known again and no more than what tells of the graphs."""
    telling = [statement for statement in statements.split(SEPARATOR) if statement.startswith(TELLING)]
    return SEPARATOR.join((subject + MARKED, *telling)) + b" .\n"
