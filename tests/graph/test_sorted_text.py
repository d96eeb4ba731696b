"""Turtle sorted into named graphs as text: the same graphs as triple by triple, and what is not to be sorted so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.graph import build_dataset, serialize
from kg.graph.files import write
from kg.graph.named_graphs import named_graphs
from kg.graph.sorted_text import sort_turtle
from kg.graph.vocabulary import DEFAULT_BASE, XSD
from tests.copies import copies
from tests.handmade import albu_kamal, contradiction
from tests.handmade_aftermath import aftermath

HEADER = serialize(build_dataset([contradiction()])).partition(b"\n\n")[0] + b"\n\n"
CLAIM = b"<claim/1> a conflict:Claim ;\n\tconflict:reportedIn <report/1> .\n"


def sorted_as_text(content: bytes, parts: int = 1) -> set[Quad]:
    found = sort_turtle(content)
    assert found is not None
    texts = [part.trig() for part in found.parts(parts)]
    assert len(texts) <= parts + 1
    return {quad for text in texts for quad in parse(text, format=RdfFormat.TRIG)}


def sorted_one_by_one(content: bytes) -> set[Quad]:
    graphs = named_graphs(parse(content, format=RdfFormat.TURTLE))
    return {Quad(*triple, name) for name, triples in graphs.items() for triple in triples}


@pytest.mark.parametrize("parts", [1, 2, 5])
@pytest.mark.parametrize("base", [DEFAULT_BASE, "https://example.org/kg/", "https://example.org/kg#"])
def test_sorts_as_triple_by_triple(base: str, parts: int) -> None:
    content = serialize(build_dataset([albu_kamal(), contradiction(), *aftermath()], base))
    assert sorted_as_text(content, parts) == sorted_one_by_one(content)


def test_an_event_of_two_reports_is_in_the_graph_of_each() -> None:
    content = HEADER + b"\n".join(
        b'<report/%d> a conflict:Report ;\n\tdcterms:identifier "%d" .\n\n'
        b"<claim/%d> a conflict:Claim ;\n\tconflict:reportedIn <report/%d> ;\n\tconflict:describes <event/1> .\n"
        % (number, number, number, number)
        for number in (1, 2)
    )
    content += b'\n<event/1> a conflict:Event ;\n\trdfs:label "fight"@en .\n'
    found = sorted_as_text(content)
    assert found == sorted_one_by_one(content)
    event = NamedNode(DEFAULT_BASE + "event/1")
    assert len({quad.graph_name for quad in found if quad.subject == event}) == 2


def test_parts_hold_each_graph_whole() -> None:
    found = sort_turtle(serialize(copies(20)))
    assert found is not None
    parts = list(found.parts(2))
    assert [name for part in parts for name in part.graphs] == list(found.graphs)
    assert len(parts) in (2, 3)


TERMS = st.sampled_from(["a", "p/q", "x y", "1"]).map(
    lambda path: NamedNode(f"{DEFAULT_BASE}{path.replace(' ', '%20')}")
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = (
    TERMS
    | TEXTS.map(Literal)
    | TEXTS.map(lambda text: Literal(text, language="en-gb"))
    | st.sampled_from(["35.0", ".5", "-3.25", "+1.0", "7.", "1e3", "x"]).map(
        lambda text: Literal(text, datatype=NamedNode(XSD + "decimal"))
    )
    | st.sampled_from([True, False, 12, -3]).map(Literal)
    | TEXTS.map(lambda text: Literal(text, datatype=NamedNode("https://example.org/type")))
)


@given(st.frozensets(st.builds(Triple, TERMS, TERMS, VALUES), min_size=1, max_size=8))
@settings(deadline=None)
def test_whatever_is_written_is_known_again(triples: frozenset[Triple]) -> None:
    content = write({NamedNode("urn:graph"): triples}, "turtle", DEFAULT_BASE)
    assert {quad.triple for quad in sorted_as_text(content)} == triples


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(CLAIM, id="no header"),
        pytest.param(HEADER.replace(b"/ontology#", b"/other#") + CLAIM, id="another vocabulary"),
        pytest.param(HEADER + CLAIM + b"# end\n", id="comment"),
        pytest.param(HEADER + CLAIM + b"\n\n" + CLAIM, id="two empty lines"),
        pytest.param(HEADER + CLAIM.replace(b"<claim/1>", b"_:claim"), id="blank node as subject"),
        pytest.param(HEADER + CLAIM.replace(b"<report/1>", b"_:report"), id="blank node as object"),
        pytest.param(HEADER + CLAIM.replace(b"<report/1>", b"[]"), id="nameless node"),
        pytest.param(HEADER + CLAIM.replace(b"<report/1>", b"( 1 )"), id="list"),
        pytest.param(HEADER + CLAIM.replace(b"<report/1>", b'"""a\n\nb"""'), id="text in several lines"),
        pytest.param(HEADER + CLAIM.replace(b"<report/1>", b"'a'"), id="other quotation marks"),
        pytest.param(HEADER + CLAIM + CLAIM, id="no empty line"),
        pytest.param(HEADER + CLAIM.replace(b" .", b" . <claim/2> a conflict:Claim ."), id="two subjects in a line"),
        pytest.param(HEADER + CLAIM.replace(b" .\n", b" ; .\n"), id="nothing behind a semicolon"),
        pytest.param(HEADER + CLAIM.replace(b"\t", b"    "), id="other spaces"),
        pytest.param(HEADER + CLAIM + b"\n@prefix conflict: <urn:x> .\n\n" + CLAIM, id="another prefix later"),
        pytest.param(HEADER + CLAIM.replace(b" .\n", b""), id="cut off"),
    ],
)
def test_what_is_laid_out_otherwise_is_not_sorted_as_text(content: bytes) -> None:
    assert sort_turtle(content) is None


def test_a_prefix_that_nobody_explains_is_an_error() -> None:
    with pytest.raises(SyntaxError):
        sort_turtle(HEADER + CLAIM.replace(b"<report/1>", b"nobody:knows"))
