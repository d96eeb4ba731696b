"""The saved queries: their headers, what a name means, how values get into them and which do not."""

from __future__ import annotations

import math
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store
from rdflib import Dataset as RdflibDataset
from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery

import kg
from kg.graph import build_dataset, serialize
from kg.graph.vocabulary import CONFLICT, DEFAULT_BASE
from kg.queries import Iri, QueryError, Result, SavedQuery, explain, fill, list_queries, load_query, query, run
from kg.queries.header import VIEWS, read_header
from kg.queries.values import TYPES
from kg.stores.embedded import load
from kg.stores.query_text import slots, tokens
from tests.handmade import albu_kamal, contradiction
from tests.handmade_aftermath import aftermath

IS = "Islamic State"
NOV_8 = date(2017, 11, 8)
BUNDLED = list_queries()
NAMES = [query.name for query in BUNDLED]


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.extend(build_dataset([albu_kamal(), contradiction(), *aftermath()]).quads())
    return made


@pytest.fixture(scope="module")
def graph() -> Graph:
    dataset = build_dataset([albu_kamal(), contradiction(), *aftermath()])
    return Graph().parse(data=serialize(dataset), format="turtle")


@pytest.fixture(params=["oxigraph", "rdflib"])
def source(request: pytest.FixtureRequest, store: Store, graph: Graph) -> Store | Graph:
    return store if request.param == "oxigraph" else graph


def columns(result: Result, *names: str) -> list[tuple[object, ...]]:
    places = [result.columns.index(name) for name in names]
    return [tuple(row[place] for place in places) for row in result.rows]


@pytest.mark.parametrize("name", NAMES)
def test_runs_unedited_on_any_engine(store: Store, graph: Graph, name: str) -> None:
    text = load_query(name).text
    names = [variable.value for variable in store.query(text, use_default_graph_as_union=True).variables]
    assert list(map(str, graph.query(text).vars)) == names
    assert names == list(load_query(name).header.columns)


@pytest.mark.parametrize("name", NAMES)
def test_triples_that_two_graphs_share_count_once(graph: Graph, name: str) -> None:
    twice = Store()
    dataset = build_dataset([albu_kamal(), contradiction(), *aftermath()])
    twice.extend(dataset.quads())
    twice.bulk_load(serialize(dataset), format=next(iter(_turtle())))
    query = load_query(name)
    params = query.header.example
    assert run(query, twice, params) == run(query, graph, params)


def _turtle() -> Iterator[object]:
    from kg.graph import FORMATS

    yield FORMATS["turtle"].rdf


@pytest.mark.parametrize("query", BUNDLED, ids=NAMES)
def test_header_tells_what_a_person_needs(query: SavedQuery) -> None:
    assert query.summary
    assert not query.summary.endswith(".")
    assert query.header.description
    assert query.header.theme != "Other"
    assert query.header.view in VIEWS
    assert all(parameter.help for parameter in query.parameters)
    assert set(query.header.example) <= {parameter.name for parameter in query.parameters}
    assert {p.name for p in query.parameters if p.required} <= set(query.header.example)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, which its own parser sets off
@pytest.mark.parametrize("kind", ["file", "store", "rdflib-dataset"])
def test_asks_files_stores_and_graphs(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "graph.trig"
    path.write_bytes(serialize(build_dataset([albu_kamal()]), "trig"))
    source: Path | RdflibDataset = path
    if kind == "store":
        source = tmp_path / "store"
        load(path, source)
    elif kind == "rdflib-dataset":
        source = RdflibDataset(default_union=True)
        source.parse(data=path.read_bytes(), format="trig")
    result = run(load_query("events-by-place"), source, {"place": "Iraq"})
    assert columns(result, "label") == [("BorderCrossing at Iraq",), ("Capture at Al-Qaim, 2017-10-30",)]


@pytest.mark.parametrize(
    ("name", "parameter", "value", "expected"),
    [
        ("events-by-actor", "actor", "Islamic State", "actor/islamic-state"),
        ("events-by-actor", "actor", "the islamic state", "actor/islamic-state"),
        ("events-by-actor", "actor", "DAESH", "actor/islamic-state"),
        ("events-by-actor", "actor", "Q2429253", "actor/islamic-state"),
        ("events-by-actor", "actor", "http://www.wikidata.org/entity/Q2429253", "actor/islamic-state"),
        ("events-by-actor", "actor", f"{DEFAULT_BASE}actor/islamic-state", "actor/islamic-state"),
        ("events-by-actor", "actor", "islamic-state", "actor/islamic-state"),
        ("events-by-place", "place", "Al Qa\u2019im", None),
        ("events-by-place", "place", "al-qāim", "place/92138"),
        ("events-by-place", "place", "https://sws.geonames.org/92138/", "place/92138"),
        ("events-by-place", "place", "92138", "place/92138"),
        ("evidence", "event", "shelling of raqa 3 may 2017", "event/raqa-shelling-1"),
        ("evidence", "event", "raqa-shelling-1", "event/raqa-shelling-1"),
    ],
)
def test_finds_what_a_name_means(
    source: Store | Graph, name: str, parameter: str, value: str, expected: str | None
) -> None:
    text = explain(load_query(name), source, {parameter: value})
    assert f"VALUES ?{parameter} {{ <{DEFAULT_BASE}{expected or 'place/92138'}> }}" in text


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"actor": "Islamic Stat"}, r"events-by-actor: actor: no actor 'Islamic Stat' in this graph; did you mean I"),
        ({"actor": "mobilization"}, r"did you mean Popular Mobilization Forces\?"),
        ({"actor": "xyzzy"}, r"no actor 'xyzzy' in this graph$"),
        ({"actor": "Q1"}, r"no actor 'Q1' in this graph$"),
        ({"actor": "http://example.org/x"}, r"no actor 'http://example.org/x' in this graph"),
        ({"actor": ""}, r"no actor ''"),
        ({}, r"events-by-actor: actor is missing: add -p actor=VALUE"),
        ({"actor": "IS", "since": "last week"}, r"since: 'last week' is no date: write it as 2017-11-08"),
        ({"actor": "IS", "since": "2017-02-30"}, r"since: '2017-02-30' is no date"),
        ({"actor": "IS", "since": ["2017-01-01", "2017-01-02"]}, r"since takes one value, not 2"),
        ({"actor": "IS", "class": "Seige"}, r"class: 'Seige' is no class of events; did you mean Siege"),
        ({"actor": "IS", "when": "x"}, r"no parameter 'when': its parameters are actor, class, since, until"),
    ],
)
def test_a_wrong_parameter_is_named_with_the_cure(
    store: Store, params: Mapping[str, str | Sequence[str]], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        run(load_query("events-by-actor"), store, params)


def test_one_name_of_several_actors_means_all_of_them(store: Store, tmp_path: Path) -> None:
    both = tmp_path / "two.ttl"
    names = " ".join(
        f'<urn:{n}> a <{CONFLICT}Actor> ; <http://www.w3.org/2004/02/skos/core#altLabel> "PLA"@en .' for n in "ab"
    )
    both.write_text(names)
    assert "VALUES ?actor { <urn:a> <urn:b> }" in explain(load_query("events-by-actor"), both, {"actor": "pla"})
    single = saved(tmp_path, "#+   - {name: x, type: actor}", "VALUES ?x { UNDEF } ?x ?p ?o")
    with pytest.raises(QueryError, match="x can mean urn:a or urn:b: give one of these"):
        run(single, both, {"x": "PLA"})


def saved(folder: Path, params: str, where: str, select: str = "?x") -> SavedQuery:
    path = folder / "mine.rq"
    header = f"#+ summary: mine\n#+ params:\n{params}\n" if params else "#+ summary: mine\n"
    path.write_text(f"{header}SELECT {select} WHERE {{ {where} }}\n", encoding="utf-8")
    return load_query(path)


VALUES = {
    "string": st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.text("\\uU0027\"'{}#<>\n\t0123456789abAB "),
    "date": st.dates().map(str),
    "integer": st.integers(-(10**18) + 1, 10**18 - 1).map(str),
    "number": st.decimals(-(10**17), 10**17, places=3).map(lambda number: f"{number:f}"),
    "class": st.sampled_from(["Siege", "air strike", "ArmedEvent"]),
    "actor": st.text("abc/é~-", max_size=9).map(lambda path: f"https://example.org/{path}"),
}


def echo(type: str) -> SavedQuery:
    header = f"#+ summary: echo\n#+ params:\n#+   - {{name: x, type: {type}}}\n"
    text = f"{header}SELECT ?x WHERE {{ VALUES ?x {{ UNDEF }} }}"
    return SavedQuery("echo", Path("echo.rq"), read_header(text), text)


@pytest.mark.parametrize("type", VALUES)
@settings(deadline=None)
@given(data=st.data())
def test_a_value_arrives_as_it_was_given(type: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[type])
    text = fill(echo(type), {"x": value})
    arrived = [run(saved_text(text), source).rows for source in (Store(), Graph())]
    assert arrived[0] == arrived[1]
    if type in ("string", "actor"):
        assert arrived[0] == ((value,),)
    elif type in ("integer", "number"):
        assert arrived[0] == ((Decimal(value),),)
    elif type == "date":
        assert arrived[0] == ((date.fromisoformat(value),),)


def saved_text(text: str) -> SavedQuery:
    return SavedQuery("text", Path("text.rq"), read_header("#+ summary: s\n"), text)


@pytest.mark.parametrize("type", TYPES)
@settings(deadline=None)
@given(value=st.text() | st.text("\\uU0027\"'{}#<>:/.^\n\tVALUESUNDEF?x "))
def test_no_value_changes_the_shape_of_a_query(type: str, value: str) -> None:
    query = echo(type)
    try:
        text = fill(query, {"x": value})
    except QueryError:
        return
    before = [token.text for token in tokens(query.text)]
    after = [token.text for token in tokens(text)]
    gap = before.index("UNDEF")
    assert after[:gap] == before[:gap]
    assert after[len(after) - len(before) + gap + 1 :] == before[gap + 1 :]
    assert shape(text) == shape(fill(query, {"x": BENIGN[type]}))


BENIGN = {
    **dict.fromkeys(("actor", "place", "event"), "urn:x"),
    "class": "Siege",
    "date": "2017-11-08",
    "integer": "1",
    "number": "1.5",
    "string": "x",
}


def shape(text: str) -> list[str]:
    """Return the algebra of a query as rdflib reads it, without the values of its VALUES."""
    lines: list[str] = []

    def walk(node: object, depth: int) -> None:
        if isinstance(node, Mapping):
            lines.append(f"{depth} {getattr(node, 'name', 'row')}")
            for key in sorted(node, key=str):
                lines.append(f"{depth} .{key}")
                walk(node[key], depth + 1)
        elif isinstance(node, list | tuple):
            lines.append(f"{depth} {len(node)}")
            for part in node:
                walk(part, depth + 1)
        else:
            lines.append(f"{depth} {type(node).__name__}")

    walk(prepareQuery(text).algebra, 0)
    return lines


@pytest.mark.parametrize(
    ("type", "value"),
    [
        ("actor", "urn:x> } DELETE { ?s ?p ?o"),
        ("actor", "urn:x> <urn:y"),
        ("actor", "urn:\\u003e"),
        ("actor", "relative"),
        ("actor", "https://example.org/%"),
        ("date", '2017-11-08"^^xsd:date } #'),
        ("date", "2017-11-8"),
        ("date", "٢٠١٧-11-08"),
        ("integer", "1 2"),
        ("integer", "1e3"),
        ("integer", "٣"),
        ("integer", "9" * 5000),
        ("number", "NaN"),
        ("number", "Infinity"),
        ("number", "1 } "),
        ("number", ""),
        ("class", "Siege> }"),
        ("class", "Actor"),
        ("string", "a\x00b"),
        ("string", "a\ud800b"),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused(type: str, value: str) -> None:
    with pytest.raises(QueryError, match="echo: x: "):
        fill(echo(type), {"x": value})


def test_only_slots_are_filled(tmp_path: Path) -> None:
    where = (
        "VALUES ?x { UNDEF } # VALUES ?x { UNDEF }\n"
        'BIND ("VALUES ?x { UNDEF }" AS ?y) BIND (<urn:VALUES?x{UNDEF}> AS ?z)\n'
        "{ SELECT ?x WHERE { values ?x {undef} } } VALUES (?x) { (UNDEF) } VALUES ?x { UNDEF 1 }"
    ).replace("BIND (<urn:VALUES?x{UNDEF}> AS ?z)", "")
    text = fill(saved(tmp_path, "#+   - {name: x, type: string}", where), {"x": "v"})
    body = text.partition("WHERE")[2]
    assert body.count('"v"') == 2
    assert '# VALUES ?x { UNDEF }\nBIND ("VALUES ?x { UNDEF }" AS ?y)' in body
    assert '{ SELECT ?x WHERE { values ?x {"v"} } } VALUES (?x) { (UNDEF) } VALUES ?x { UNDEF 1 }' in body


@settings(deadline=None)
@given(st.text("VALUES ?x{}UNDEF#'\"<>\n\\", max_size=60))
def test_the_tokens_of_a_text_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text
    assert all(text[slot.start : slot.end].upper() == "UNDEF" for slot in slots(text))


def test_an_empty_slot_asks_for_nothing_and_a_default_fills_it(store: Store, tmp_path: Path) -> None:
    where = "VALUES ?x { UNDEF } VALUES ?y { 1 2 } FILTER(!BOUND(?x) || ?y = ?x)"
    free = saved(tmp_path, "#+   - {name: x, type: integer}", where, "?y")
    assert run(free, store).rows == ((1,), (2,))
    assert run(free, store, {"x": "2"}).rows == ((2,),)
    default = saved(tmp_path, "#+   - {name: x, type: integer, default: 1}", where, "?y")
    assert run(default, store).rows == ((1,),)
    assert run(default, store, {"x": "2"}).rows == ((2,),)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", r"is an update \(INSERT\)"),
        ("PREFIX x: <urn:> DELETE WHERE { ?s ?p ?o }", r"is an update \(DELETE\)"),
        ("LOAD <http://example.org/>", r"is an update \(LOAD\)"),
        ("clear all", r"is an update \(CLEAR\)"),
        ("SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }", r"asks elsewhere with SERVICE"),
        ("SELECT * FROM <http://example.org/> WHERE { ?s ?p ?o }", r"asks another graph with FROM"),
        ("# nothing", r"is no query"),
    ],
)
def test_only_reading_queries_are_taken(tmp_path: Path, body: str, message: str) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(f"#+ summary: mine\n{body}\n")
    with pytest.raises(QueryError, match=rf"mine\.rq: {message}"):
        load_query(path)


@pytest.mark.parametrize(
    "body",
    [
        "SELECT ?service ?from { ?service <urn:insert> ?from # SERVICE <x>\n}",
        'SELECT ?x { BIND ("SERVICE <x> { DELETE }" AS ?x) }',
        "PREFIX service: <urn:> SELECT ?s { ?s service:from service:x }",
    ],
)
def test_words_that_only_look_like_orders_are_fine(store: Store, tmp_path: Path, body: str) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(f"#+ summary: mine\n{body}\n")
    run(load_query(path), store)


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("ASK { ?s ?p 'no' }", ("answer",), ((False,),)),
        (
            "CONSTRUCT { ?s <urn:p> 2, 1 } WHERE { BIND (<urn:s> AS ?s) }",
            ("subject", "predicate", "object"),
            (("urn:s", "urn:p", 1), ("urn:s", "urn:p", 2)),
        ),
    ],
)
def test_other_forms_of_queries(
    source: Store | Graph, text: str, columns: tuple[str, ...], rows: tuple[tuple[object, ...], ...]
) -> None:
    assert run(saved_text(text), source) == Result(columns, rows)


def test_values_have_python_types(source: Store | Graph) -> None:
    text = (
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT * WHERE { VALUES (?a ?b ?c ?d ?e ?f ?g) "
        '{ (<urn:x> "s"@en 1 1.50 true "2017-11-08"^^xsd:date UNDEF) } }'
    )
    result = run(saved_text(text), source)
    row = dict(zip(result.columns, result.rows[0], strict=True))
    expected = {"a": "urn:x", "b": "s", "c": 1, "d": 1.5, "e": True, "f": date(2017, 11, 8), "g": None}
    assert {name: row.get(name) for name in "abcdefg"} == expected
    assert isinstance(row["a"], Iri)
    assert not isinstance(row["b"], Iri)


def test_a_query_that_can_not_be_parsed_is_named(source: Store | Graph) -> None:
    with pytest.raises(QueryError, match="the query can't be run: "):
        run(saved_text("SELECT WHERE {"), source)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", r"line 1: no header"),
        ("#+ description: x", r"line 1: the header has no summary"),
        ("#+ summary: x\n#+ sumary: y", r"line 2: unknown field 'sumary'"),
        ("#+ summary: [", r"line 1: the header is no YAML: "),
        ("#+ summary: x\n#+ params: {", r"line 2: the header is no YAML: "),
        ("#+ just words", r"line 1: the header is no list of `field: value`"),
        ("#+ summary: x\n#+ view: chart", r"line 2: view 'chart' is none of table, map, timeline, graph"),
        ("#+ summary: x\n#+ params: actor", r"line 2: params is no list"),
        ("#+ summary: x\n#+ params:\n#+   - actor", r"line 3: a parameter is written as"),
        ("#+ summary: x\n#+ params:\n#+   - {name: x, type: text}", r"line 3: parameter x: type 'text' is none of a"),
        ("#+ summary: x\n#+ params:\n#+   - {name: X, type: date}", r"line 3: parameter name 'X' is no lower-"),
        ("#+ summary: x\n#+ params:\n#+   - {name: x, typ: date}", r"line 3: unknown field \['typ'\] of a parameter"),
        ("#+ summary: x\n#+ params:\n#+   - {name: y, type: date}", r"line 3: parameter y has no slot"),
        ("#+ summary: x", r"line 1: slot VALUES \?x \{ UNDEF \} has no parameter"),
        (
            "#+ summary: x\n#+ params:\n#+   - {name: x, type: date}\n#+   - {name: x, type: date}",
            r"line 4: parameter x is there twice",
        ),
        (
            "#+ summary: x\n#+ params:\n#+   - {name: x, type: date, required: true, default: 2017-01-01}",
            r"line 3: parameter x is required and has a default",
        ),
        (
            "#+ summary: x\n#+ params:\n#+   - {name: x, type: date}\n#+ example: {y: 1}",
            r"line 4: example of 'y', which is no parameter",
        ),
        ("#+ summary: x\n#+ columns: [a]", r"line 2: columns is no mapping|has no parameter"),
    ],
)
def test_a_faulty_header_is_named_with_line_and_cause(tmp_path: Path, header: str, message: str) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(f"{header}\nSELECT ?x WHERE {{ VALUES ?x {{ UNDEF }} }}\n")
    with pytest.raises(QueryError, match=rf"mine\.rq: (?:{message})"):
        load_query(path)


def test_a_header_anywhere_in_the_file_keeps_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("# a licence\n\n#+ summary: x\nSELECT * {}\n#+ view: chart\n")
    with pytest.raises(QueryError, match=r"mine\.rq: line 5: view 'chart'"):
        load_query(path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("event-by-actor", r"no query 'event-by-actor'; did you mean events-by-actor"),
        ("xyzzy", r"no query 'xyzzy' \(`kg queries` lists them\)"),
        ("missing.rq", r"missing\.rq: No such file"),
        ("../queries/evidence", r"no query '../queries/evidence'"),
    ],
)
def test_an_unknown_query_is_answered_with_the_nearest(name: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        load_query(name)


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    saved(tmp_path, "", "?x ?p ?o")
    assert [query.name for query in list_queries(tmp_path)] == ["mine"]
    assert load_query("mine", tmp_path).summary == "mine"
    with pytest.raises(QueryError, match="no such folder"):
        list_queries(tmp_path / "missing")
    (tmp_path / "latin.rq").write_bytes(b"#+ summary: \xe9\n")
    with pytest.raises(QueryError, match=r"latin\.rq: is no UTF-8 text"):
        list_queries(tmp_path)


@settings(deadline=None)
@given(value=st.text(min_size=1))
def test_a_name_of_any_text_is_only_looked_up(value: str) -> None:
    source = Store()
    assume(value.strip())
    with pytest.raises(QueryError, match="no actor"):
        run(load_query("events-by-actor"), source, {"actor": value})


@pytest.mark.parametrize(
    ("params", "first"),
    [
        ({"actor": "IS", "since": date(2017, 11, 8)}, (NOV_8, "Siege at Albu Kamal, 2017-11-08")),
        ({"actor": ["IS", "Hezbollah"], "class": "Siege"}, (None, "Siege at Albu Kamal")),
        ({"actor": Iri(f"{DEFAULT_BASE}actor/sana")}, None),
    ],
)
def test_from_python_with_values_of_python(
    source: Store | Graph, params: dict[str, object], first: tuple[object, ...] | None
) -> None:
    result = kg.query(source, "events-by-actor", **params)
    assert next(iter(columns(result, "earliest", "label")), None) == first
    assert [row["label"] for row in result] == [label for _, label in columns(result, "earliest", "label")]
    assert len(result) == len(result.rows)


@pytest.mark.parametrize("kilometres", [5, 5.0, Decimal("5"), "5"])
def test_numbers_of_any_type_are_parameters(store: Store, kilometres: float) -> None:
    result = query(store, "events-near-point", latitude=34.4, longitude=Decimal("41.0"), kilometres=kilometres)
    assert {row["where"] for row in result} == {"Al-Qaim"}


def test_a_parameter_may_be_called_as_an_argument_of_query_is(store: Store) -> None:
    assert {row["speaker"] for row in kg.query(store, "claims-by-source", source="SANA")} == {"Syrian Arab News Agency"}
    with pytest.raises(QueryError, match="no parameter 'actr'"):
        kg.query(store, "evidence", actr="IS")


@pytest.mark.parametrize(("latitude", "longitude"), [(0.0, 10.0), (34.4, 41.0), (65.0, -120.0), (-59.9, 100.0)])
def test_the_distance_is_right_within_one_percent(latitude: float, longitude: float) -> None:
    store = Store()
    rng = random.Random(3)
    wgs = "http://www.w3.org/2003/01/geo/wgs84_pos#"
    for number in range(300):
        y, x = latitude + rng.uniform(-6, 6), longitude + rng.uniform(-12, 12)
        store.update(
            f"""PREFIX wgs: <{wgs}> PREFIX conflict: <{CONFLICT}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
            INSERT DATA {{ <urn:p{number}> wgs:lat {y:.5f} ; wgs:long {x:.5f} ;
                <http://www.w3.org/2004/02/skos/core#prefLabel> "{great_circle(latitude, longitude, y, x):.3f}" .
            <urn:e{number}> a conflict:Event ; conflict:location <urn:p{number}> ; rdfs:label "e" ;
                conflict:status conflict:Asserted }}"""
        )
    asked = {"latitude": latitude, "longitude": longitude}
    for radius in (50, 200, 500):
        found = {float(row["where"]) for row in query(store, "events-near-point", kilometres=radius, **asked)}
        every = {float(row["where"]) for row in query(store, "events-near-point", kilometres=5000, **asked)}
        assert max(found, default=0) <= radius * 1.01
        assert {distance for distance in every if distance < radius * 0.99} <= found


def great_circle(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return kilometres between two points by the haversine formula."""
    one, two = math.radians(latitude), math.radians(other_latitude)
    turn = math.radians(other_longitude - longitude)
    chord = math.sin((two - one) / 2) ** 2 + math.cos(one) * math.cos(two) * math.sin(turn / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(chord))


def test_does_not_load_spacy() -> None:
    program = (
        "import sys, kg.queries, kg.graph, kg.stores.embedded, kg.cli.query_output; sys.exit('spacy' in sys.modules)"
    )
    environment = {"PYTHONPATH": ":".join(sys.path)}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0


def test_the_documentation_s_query_runs(source: Store | Graph, tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "queries.md").read_text(encoding="utf-8")
    path = tmp_path / "name.rq"
    path.write_text(page.partition("```sparql\n")[2].partition("```")[0], encoding="utf-8")
    rows = run(load_query(path), source, {"actor": "Hezbollah", "since": "2017-11-01"}).rows
    assert rows == ((NOV_8, "Advance at Albu Kamal, 2017-11-08"),)


def test_the_documentation_lists_the_bundled_queries() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "queries.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| `")]
    table = [cells for cells in rows if len(cells) == 6]
    listed = {cells[1].strip(" `"): (cells[3].strip(), cells[4].strip()) for cells in table}
    assert listed == {
        query.name: (
            ", ".join(p.name for p in query.parameters if p.required),
            ", ".join(p.name for p in query.parameters if not p.required),
        )
        for query in BUNDLED
    }
