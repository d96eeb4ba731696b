"""The formats of answers: what other programs read of them is what the rows hold."""

from __future__ import annotations

import copy
import csv
import io
import json
import pickle
import re
import sys
import xml.etree.ElementTree as ElementTree
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, Store, parse_query_results
from rdflib import Graph

from kg.cli.query_help import parameter_values, query_help
from kg.cli.query_output import ANSWER_FORMATS, write_answer
from kg.graph.vocabulary import XSD
from kg.queries import QueryError, load_query
from kg.queries.header import Parameter
from kg.queries.result import Result
from kg.queries.sources import OxigraphSource, RdflibSource
from kg.queries.values import Iri, Text, Value, python_value

ROWS: tuple[tuple[Value, ...], ...] = (
    (Iri("urn:a"), 'x "<&,\ty', 3, Decimal("34.5"), Decimal("41.0"), date(2017, 11, 8), True, 1.5),
    (None, "", None, None, None, None, None, None),
)
RESULT = Result(("node", "words", "count", "latitude", "longitude", "day", "sure", "ratio"), ROWS)


@pytest.mark.parametrize(("format", "parsed"), [("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)])
def test_the_formats_of_sparql_hold_every_value(format: str, parsed: QueryResultsFormat) -> None:
    known = parse_query_results(write_answer(RESULT, format), parsed)
    assert tuple(variable.value for variable in known.variables) == RESULT.columns
    found = [
        tuple(
            None if term is None else term.value if not hasattr(term, "datatype") else literal(term)
            for term in solution
        )
        for solution in known
    ]
    assert found == [tuple(row) for row in ROWS]


def literal(term: object) -> Value:
    return python_value(term.value, term.datatype.value)


LITERALS = [
    Literal("Raqqa", language="en"),
    Literal("الرقة", language="ar"),
    Literal('"<&>', language="en-gb"),
    Literal("plain"),
    Literal("2017", datatype=NamedNode(f"{XSD}gYear")),
    Literal("POINT(1 2)", datatype=NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")),
    Literal("no date", datatype=NamedNode(f"{XSD}date")),
    Literal("2017-11-08", datatype=NamedNode(f"{XSD}date")),
    Literal("34.5", datatype=NamedNode(f"{XSD}decimal")),
    Literal(12),
    Literal(True),
]


@pytest.mark.parametrize(("format", "parsed"), [("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)])
@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
def test_literals_keep_their_language_and_datatype(format: str, parsed: QueryResultsFormat, engine: str) -> None:
    text = f"SELECT ?x {{ VALUES ?x {{ {' '.join(map(str, LITERALS))} }} }}"
    source = OxigraphSource(Store()) if engine == "oxigraph" else RdflibSource(Graph())
    found = parse_query_results(write_answer(source.answer(text), format), parsed)
    assert [solution["x"] for solution in found] == LITERALS


def test_a_text_with_a_language_is_a_string() -> None:
    text = Text("Raqa", language="en")
    assert text == "Raqa"
    assert (text.language, text.datatype) == ("en", "")
    for copied in (copy.deepcopy(text), pickle.loads(pickle.dumps(text))):
        assert (copied, copied.language) == ("Raqa", "en")
    assert write_answer(Result(("a",), ((text,),)), "ndjson") == b'{"a": "Raqa"}\n'
    assert write_answer(Result(("a",), ((text,),)), "csv") == b"a\nRaqa\n"


@pytest.mark.parametrize(("format", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_separated_values(format: str, delimiter: str) -> None:
    rows = list(csv.reader(io.StringIO(write_answer(RESULT, format).decode()), delimiter=delimiter))
    assert rows == [
        list(RESULT.columns),
        ["urn:a", 'x "<&,\ty', "3", "34.5", "41.0", "2017-11-08", "true", "1.5"],
        [""] * 8,
    ]


def test_a_line_of_json_for_each_row() -> None:
    first, second = map(json.loads, write_answer(RESULT, "ndjson").decode().splitlines())
    assert first == {
        "node": "urn:a",
        "words": 'x "<&,\ty',
        "count": 3,
        "latitude": 34.5,
        "longitude": 41.0,
        "day": "2017-11-08",
        "sure": True,
        "ratio": 1.5,
    }
    assert set(second.values()) == {None, ""}


def test_a_page_shows_what_columns_mean_and_escapes() -> None:
    result = Result(("a", "b"), ((Iri("https://example.org/?x&y"), "<script>"), (Iri("javascript:alert(1)"), 2)))
    page = write_answer(result, "html", title="A & B", meanings={"a": 'the "first"'}).decode()
    assert '<th title="the &quot;first&quot;">a</th>' in page
    assert '<td><a href="https://example.org/?x&amp;y">https://example.org/?x&amp;y</a></td>' in page
    assert "<td>&lt;script&gt;</td>" in page
    assert "<td>javascript:alert(1)</td>" in page
    assert '<td class="number">2</td>' in page
    assert page.count("A &amp; B") == 2


def test_a_map_has_points_longitude_first() -> None:
    collection = json.loads(write_answer(RESULT, "geojson"))
    assert collection["type"] == "FeatureCollection"
    located, lost = collection["features"]
    assert located["geometry"] == {"type": "Point", "coordinates": [41.0, 34.5]}
    assert located["properties"]["day"] == "2017-11-08"
    assert set(located["properties"]) == set(RESULT.columns) - {"latitude", "longitude"}
    assert lost["geometry"] is None


def test_an_answer_without_places_is_no_map() -> None:
    with pytest.raises(QueryError, match="no column longitude: geojson is for queries whose view is map"):
        write_answer(Result(("a",), ()), "geojson")


def test_parquet_holds_the_types() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.read_parquet(io.BytesIO(write_answer(RESULT, "parquet")))
    assert frame.columns == list(RESULT.columns)
    assert frame.rows()[0] == ("urn:a", 'x "<&,\ty', 3, Decimal("34.5"), Decimal("41.0"), date(2017, 11, 8), True, 1.5)
    assert frame["count"].to_list() == [3, None]


def test_data_frames_hold_the_types() -> None:
    pandas = pytest.importorskip("pandas")
    frame = RESULT.to_pandas()
    assert list(frame.columns) == list(RESULT.columns)
    assert str(frame["count"].dtype) == "Int64"
    assert frame["count"][0] == 3
    assert pandas.isna(frame["count"][1])
    assert frame["day"][0] == date(2017, 11, 8)
    assert len(Result(("a",), ()).to_pandas()) == 0


def test_a_data_frame_of_no_rows_has_columns() -> None:
    pytest.importorskip("polars")
    assert Result(("a", "b"), ()).to_polars().columns == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("pandas", lambda: RESULT.to_pandas()),
        ("polars", lambda: RESULT.to_polars()),
        ("polars", lambda: write_answer(RESULT, "parquet")),
    ],
)
def test_an_extra_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, name: str, call: object) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    cure = f"{name} is not installed: get it with `pip install 'conflict-kg[{name}]'`"
    with pytest.raises(QueryError, match=re.escape(cure)):
        call()


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(ValueError, match="'xls' is no format of answers: take one of csv, "):
        write_answer(RESULT, "xls")


@pytest.mark.parametrize("format", [name for name in ANSWER_FORMATS if name not in ("geojson", "parquet")])
@settings(deadline=None)
@given(value=st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_breaks_a_format(format: str, value: str) -> None:
    content = write_answer(Result(("a",), ((value,),)), format).decode()
    if format == "json":
        assert json.loads(content)["results"]["bindings"] == [{"a": {"type": "literal", "value": value}}]
    elif format == "ndjson":
        assert json.loads(content) == {"a": value}
    elif format == "xml":
        assert len(ElementTree.fromstring(content)) == 2


def test_help_tells_how_a_query_is_called() -> None:
    told = query_help(load_query("events-by-actor"))
    for part in (
        "events-by-actor: Events in which an actor took part",
        "-p actor=ACTOR (required, may be repeated)",
        "-p since=DATE\n",
        "  role\n      initiator, target or supporter",
        "kg query events-by-actor GRAPH -p 'actor=Islamic State'",
    ):
        assert part in told
    assert "(default 50)" in query_help(load_query("events-near-point"))
    assert "Parameters" not in query_help(load_query("unresolved-names"))


def test_classes_are_told_without_a_graph() -> None:
    assert "Siege" in parameter_values(Parameter(name="class", type="class"))
    assert parameter_values(Parameter(name="actor", type="actor")) == ()
