"""Sorts the paragraphs of a Turtle file into named graphs as text, without an object for each triple."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.graph.named_graphs import TYPE, graphs_of
from kg.graph.vocabulary import CONFLICT, DCTERMS

__all__ = ["SortedText", "sort_turtle"]

# The layout of `kg.graph.turtle`: no blank node, no comment, no literal in two lines, one subject a paragraph.
IRI = rb'(?:<[^<>"{}|^`\\\x00-\x20]*+>|[a-z]++:[A-Za-z][A-Za-z0-9_-]*+)'
LITERAL = rb'"(?:[^"\\\n\r]++|\\[^\n\r])*+"(?:@[A-Za-z0-9-]++|\^\^%b)?+' % IRI
OBJECT = rb"(?:%b|%b|true|false|[+-]?+(?:[0-9]++(?:\.[0-9]++)?+|\.[0-9]++))" % (IRI, LITERAL)
STATEMENT = rb"(?:a|%b) %b(?: , %b)*+" % (IRI, OBJECT, OBJECT)
SEPARATOR = b" ;\n\t"
END = b" .\n"
PARAGRAPH = re.compile(rb"((%b) %b(?:%b%b)*+ \.\n)(?:\n|\Z)" % (IRI, STATEMENT, SEPARATOR, STATEMENT))
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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What the text says of one subject: the subject as it is written there, and the offsets of the whole."""

    subject: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SortedText:
    """The text of a file, and which of its paragraphs stand in which named graph."""

    content: bytes
    header: bytes
    graphs: Mapping[NamedNode, Sequence[Paragraph]]

    def parts(self, number: int) -> Iterator[SortedText]:
        """Yield the graphs in about so many parts of like size, each graph in one of them whole."""
        graphs: dict[NamedNode, Sequence[Paragraph]] = {}
        held = 0
        for name, paragraphs in self.graphs.items():
            graphs[name] = paragraphs
            held += sum(paragraph.end - paragraph.start for paragraph in paragraphs)
            if held * number >= len(self.content):
                yield SortedText(self.content, self.header, graphs)
                graphs, held = {}, 0
        if graphs:
            yield SortedText(self.content, self.header, graphs)

    def trig(self) -> bytes:
        """Return the graphs as TriG."""
        pieces = [self.header]
        for name, paragraphs in self.graphs.items():
            pieces.append(f"{name} {{\n".encode())
            pieces += (self.content[paragraph.start : paragraph.end] for paragraph in paragraphs)
            pieces.append(b"}\n")
        return b"".join(pieces)


def sort_turtle(content: bytes) -> SortedText | None:
    """Return Turtle sorted into the graphs that `read_graphs` tells; None where it is not laid out as we write it.

    Raises SyntaxError where what tells of the graphs can't be parsed.
    """
    header = HEADER.match(content)
    if header is None or any(prefix not in header[1] for prefix in PREFIXES):
        return None
    paragraphs, position = [], header.end()
    while position < len(content):
        found = PARAGRAPH.match(content, position)
        if found is None:
            return None
        paragraphs.append(Paragraph(found[2], position, found.end(1)))
        position = found.end()
    quads = list(parse(b"".join((header[1], *_telling(content, paragraphs))), format=RdfFormat.TURTLE))
    subjects = (quad.subject for quad in quads if quad.object == MARK and quad.predicate == TYPE)
    return SortedText(content, header[1], _sorted(subjects, paragraphs, quads))


def _telling(content: bytes, paragraphs: Sequence[Paragraph]) -> Iterator[bytes]:
    """Yield each paragraph, with a mark by which it is known again and no more than what tells of the graphs."""
    for paragraph in paragraphs:
        said = content[paragraph.start + len(paragraph.subject) + 1 : paragraph.end - len(END)].split(SEPARATOR)
        telling = (statement for statement in said if statement.startswith(TELLING))
        yield SEPARATOR.join((b"%b a %b" % (paragraph.subject, str(MARK).encode()), *telling)) + END


def _sorted(
    subjects: Iterator[object], paragraphs: Sequence[Paragraph], quads: Sequence[Quad]
) -> Mapping[NamedNode, Sequence[Paragraph]]:
    names, authority = graphs_of(quads)
    graphs: dict[NamedNode, list[Paragraph]] = {}
    for subject, paragraph in zip(subjects, paragraphs, strict=True):
        for name in names.get(subject, (authority,)):
            graphs.setdefault(name, []).append(paragraph)
    return graphs
