"""The graph of a reading: what is in it, that it is the same however it is made, and that its files say the same."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Dataset, NamedNode, Store, parse
from rdflib import Graph

from kg.graph import FORMATS, ConflictGraph, GraphFileError, build_dataset, read_graph, serialize
from kg.graph.vocabulary import CONFLICT, DEFAULT_BASE, PREFIXES, Naming
from kg.model import Actor, ActorType, Claim, Figure, Period, Place, PlaceType, Report, Stance
from tests.handmade import ACTORS, PLACES, SYRIA, HandmadeReading, albu_kamal, contradiction, reading_of

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + f"BASE <{DEFAULT_BASE}>\n"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


def ask(graph: ConflictGraph, pattern: str) -> bool:
    store = Store()
    store.extend(graph.quads())
    return bool(store.query(f"{PROLOGUE} ASK {{ {pattern} }}", use_default_graph_as_union=True))


def claim(**changes: object) -> Claim:
    made = Claim(
        report="r",
        event_class="Battle",
        stance=Stance.AFFIRMED,
        quote="they fought",
        start=0,
        end=11,
        trigger="fought",
        trigger_start=5,
        confidence=0.5,
    )
    return replace(made, **changes)


def reading(*claims: Claim, **report: object) -> HandmadeReading:
    told = Report(**{"id": "r", "text": "they fought", **report})
    return HandmadeReading(report=told, claims=claims, events=())


def as_graph(actor: Actor) -> ConflictGraph:
    return build_dataset([reading(claim(initiator=(actor,)))])


@pytest.fixture(scope="module")
def seed() -> ConflictGraph:
    return build_dataset([albu_kamal()])


@pytest.mark.parametrize(
    "pattern",
    [
        "<report/albu-kamal> a conflict:Report ; dcterms:identifier 'albu-kamal'",
        "<report/albu-kamal> dcterms:issued '2017-11-08'^^xsd:date",
        "<report/albu-kamal> dcterms:publisher 'AFP'",
        "<claim/albu-kamal/17-185> a conflict:Claim ; conflict:reportedIn <report/albu-kamal>",
        "<claim/albu-kamal/17-185> conflict:trigger 'encircled'",
        "<claim/albu-kamal/17-185> conflict:classifiedAs conflict:Siege ; conflict:stance conflict:Affirmed",
        "<claim/albu-kamal/17-185> conflict:attributedTo <actor/syrian-state-media> ; conflict:confidence 0.9",
        "<claim/albu-kamal/17-185> conflict:initiator <actor/pro-damascus-militias>, <actor/syrian-armed-forces>",
        "<claim/albu-kamal/17-185> conflict:start 17 ; conflict:end 185 ; conflict:location <place/174448>",
        "<claim/albu-kamal/17-185> conflict:describes <event/albu-kamal-siege>",
        "<claim/albu-kamal/188-274> conflict:describes <event/albu-kamal-siege>",
        "<event/albu-kamal-siege> a conflict:Siege, conflict:TerritorialEvent, conflict:Event",
        "<event/albu-kamal-siege> rdfs:label 'Siege at Albu Kamal, 2017-11-08'@en ; conflict:status conflict:Asserted",
        "<event/albu-kamal-siege> conflict:earliest '2017-11-08'^^xsd:date ; conflict:latest '2017-11-08'^^xsd:date",
        "<event/albu-kamal-13> a conflict:BorderCrossing ; conflict:status conflict:Denied",
        "<event/albu-kamal-11> conflict:supporter <actor/popular-mobilization-forces>",
        "<event/albu-kamal-11> conflict:destination <place/99237>",
        "<actor/islamic-state> a conflict:ArmedGroup, conflict:Actor ; skos:prefLabel 'Islamic State'@en",
        "<actor/islamic-state> skos:altLabel 'Daesh'@en, 'IS'@en ; skos:exactMatch wd:Q2429253",
        "<actor/syrian-armed-forces> conflict:country <place/163843> ; conflict:memberOf <actor/government-of-syria>",
        "<actor/pro-damascus-militias> conflict:alliedWith <actor/government-of-syria>",
        "<actor/government-of-syria> a conflict:Government ; skos:prefLabel 'Government of Syria'@en",
        "<actor/linda-tom> conflict:unresolved true",
        "<place/174448> a conflict:Settlement, conflict:Place ; conflict:within <place/170792>",
        "<place/170792> conflict:within <place/163843> . <place/174448> conflict:country <place/163843>",
        "<place/174448> skos:exactMatch <https://sws.geonames.org/174448/>",
        "<place/174448> wgs:lat 34.45226 ; wgs:long 40.91854 ; geo:asWKT 'POINT(40.91854 34.45226)'^^geo:wktLiteral",
        "?claim conflict:figure ?f . ?f a conflict:Figure ; conflict:measure 'displaced' ; conflict:maximum 120000",
        "?event a conflict:Displacement ; conflict:figure ?f . ?f conflict:minimum 120000",
    ],
)
def test_says_what_the_reading_says(seed: ConflictGraph, pattern: str) -> None:
    assert ask(seed, pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "?node ?p ?o FILTER(ISBLANK(?node) || ISBLANK(?o))",
        "?node skos:prefLabel ?name ; skos:altLabel ?name",
        "?node conflict:unresolved true ; skos:exactMatch ?link",
        "?node conflict:unresolved false",
        "?event a conflict:Event FILTER NOT EXISTS { ?claim conflict:describes ?event }",
        "?s conflict:initiator|conflict:target|conflict:attributedTo ?o FILTER NOT EXISTS { ?o a conflict:Actor }",
        "?s conflict:location|conflict:within|conflict:country ?o FILTER NOT EXISTS { ?o a conflict:Place }",
        "?node a conflict:Actor FILTER NOT EXISTS { ?node skos:prefLabel ?name }",
        "?node a conflict:Place FILTER NOT EXISTS { ?node skos:prefLabel ?name }",
        "<place/163843> conflict:country ?country",
        "<actor/islamic-state> conflict:country ?country",
        "<event/albu-kamal-4> conflict:earliest ?unknown",
    ],
)
def test_says_nothing_else(seed: ConflictGraph, pattern: str) -> None:
    assert not ask(seed, pattern)


def test_keeps_each_report_in_a_graph_of_its_own_and_the_authority_in_another() -> None:
    graph = build_dataset([albu_kamal(), contradiction()])
    naming = Naming()
    assert set(graph.graphs) == {naming.graph("albu-kamal"), naming.graph("raqa-shelling"), naming.authority}
    assert ask(graph, "GRAPH <graph/authority> { <place/172955> conflict:within ?syria }")
    assert not ask(graph, "GRAPH <graph/report/raqa-shelling> { <place/172955> ?p ?o }")
    assert ask(graph, "GRAPH <graph/report/raqa-shelling> { <event/raqa-shelling-1> a conflict:Shelling }")


def test_shards_unite_to_the_whole() -> None:
    readings = [albu_kamal(), contradiction()]
    whole = build_dataset(readings)
    shards = [build_dataset([part]).triples() for part in readings]
    assert whole.triples() == frozenset().union(*shards)


@pytest.mark.parametrize("format", FORMATS)
def test_writes_the_same_bytes_whatever_the_order(format: str) -> None:
    known = [albu_kamal(), contradiction(), reading_of("ghouta-harasta")]
    expected = serialize(build_dataset(known), format)
    for seed in range(3):
        mixed = [replace(r, claims=tuple(random.Random(seed).sample(r.claims, len(r.claims)))) for r in known]
        random.Random(seed).shuffle(mixed)
        assert serialize(build_dataset(mixed), format) == expected


def test_writes_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import hashlib; from kg.graph import *; from tests.handmade import *;"
        "graph = build_dataset([albu_kamal(), contradiction()]);"
        "print([hashlib.sha256(serialize(graph, name)).hexdigest() for name in FORMATS])"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(hashes) == 1


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_says_the_same(tmp_path: Path, seed: ConflictGraph, format: str) -> None:
    path = tmp_path / f"graph{FORMATS[format].suffixes[0]}"
    path.write_bytes(serialize(seed, format))
    read = set(parse(path=path))
    assert {quad.triple for quad in read} == seed.triples()
    assert not FORMATS[format].named_graphs or read == set(seed.quads())
    assert len(read_graph(path)) == len(seed)


def test_turtle_reads_as_the_documentation_shows_it(seed: ConflictGraph) -> None:
    paragraphs = serialize(seed).decode().split("\n\n")
    siege = next(part for part in paragraphs if part.startswith("<event/albu-kamal-siege>"))
    assert siege.splitlines() == [
        "<event/albu-kamal-siege> a conflict:Siege , conflict:TerritorialEvent , conflict:Event ;",
        '\trdfs:label "Siege at Albu Kamal, 2017-11-08"@en ;',
        "\tconflict:status conflict:Asserted ;",
        "\tconflict:initiator <actor/pro-damascus-militias> , <actor/syrian-armed-forces> ;",
        "\tconflict:target <actor/islamic-state> ;",
        "\tconflict:location <place/174448> ;",
        '\tconflict:earliest "2017-11-08"^^xsd:date ;',
        '\tconflict:latest "2017-11-08"^^xsd:date .',
    ]
    kinds = [part[1:].partition("/")[0] for part in paragraphs if part.startswith("<")]
    assert kinds == sorted(kinds, key=["report", "event", "claim", "actor", "place"].index)
    starts = [int(part.split("/")[2].split("-")[0]) for part in paragraphs if part.startswith("<claim/")]
    assert starts == sorted(starts)


@pytest.mark.parametrize("base", [DEFAULT_BASE, "http://example.org/kg", "http://example.org/kg#", "urn:kg:"])
@pytest.mark.parametrize("format", ["turtle", "trig"])
def test_a_base_of_ones_own(tmp_path: Path, base: str, format: str) -> None:
    graph = build_dataset([albu_kamal()], base)
    path = tmp_path / f"graph{FORMATS[format].suffixes[0]}"
    path.write_bytes(serialize(graph, format))
    assert {quad.triple for quad in parse(path=path)} == graph.triples()
    assert graph.base.startswith(base)
    assert all(triple.subject.value.startswith(base) for triple in graph.triples())


@settings(deadline=None)
@given(identifier=TEXT, title=TEXT, name=TEXT, url=TEXT, quote=TEXT)
def test_any_text_survives(identifier: str, title: str, name: str, url: str, quote: str) -> None:
    known = Actor(key=name, label=title, type=ActorType.PERSON, names=(name,), unresolved=True)
    figure = Figure("killed", 1, None)
    told = claim(report=identifier, quote=quote, trigger=quote, initiator=(known,), figures=(figure,))
    graph = build_dataset([reading(told, id=identifier, text=quote, title=title, url=url)])
    written = serialize(graph).decode()
    assert {quad.triple for quad in parse(written, FORMATS["turtle"].rdf)} == graph.triples()
    read = Graph().parse(data=written, format="turtle")
    assert len(read) == len(graph.triples())
    assert {str(s) for s in read.subjects()} == {triple.subject.value for triple in graph.triples()}


@settings(deadline=None)
@given(st.lists(st.text("ab./% -#?é", min_size=1, max_size=8), unique=True, min_size=2, max_size=8))
def test_two_keys_never_share_an_iri(keys: list[str]) -> None:
    naming = Naming()
    assert len({naming.report(key) for key in keys}) == len(keys)
    assert len({naming.event(key) for key in keys}) == len(keys)


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("albu-kamal", "report/albu-kamal"),
        ("2017/11/albu kamal", "report/2017/11/albu%20kamal"),
        ("Déraa#1?", "report/D%C3%A9raa%231%3F"),
        ("../x", "report/%2E%2E/x"),
    ],
)
def test_encodes_what_an_iri_can_not_hold(identifier: str, expected: str) -> None:
    assert Naming().report(identifier) == NamedNode(DEFAULT_BASE + expected)


def test_claims_that_share_a_span_are_numbered_by_trigger_and_class() -> None:
    first, second, third = (
        claim(trigger_start=0, event_class="Siege"),
        claim(trigger_start=5, event_class="Attack"),
        claim(trigger_start=5, event_class="Battle"),
    )
    other = claim(report="s")
    named = Naming().claims([third, other, second, first])
    expected = {first: "r/0-11", second: "r/0-11-2", third: "r/0-11-3", other: "s/0-11"}
    assert {key: node.value.removeprefix(f"{DEFAULT_BASE}claim/") for key, node in named.items()} == expected


@pytest.mark.parametrize("base", ["", "kg", "/kg/", "http://a b/", "http://a/<b>"])
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="no absolute IRI"):
        build_dataset([], base)


def test_an_unknown_format_is_refused(seed: ConflictGraph) -> None:
    with pytest.raises(ValueError, match="turtle, trig, nquads, ntriples, jsonld"):
        serialize(seed, "rdfxml")


def test_an_empty_graph_is_written_and_read(tmp_path: Path) -> None:
    for name, known in FORMATS.items():
        path = tmp_path / f"empty{known.suffixes[0]}"
        path.write_bytes(serialize(build_dataset([]), name))
        assert len(read_graph(path)) == 0


def test_names_of_one_place_from_two_mentions_are_joined() -> None:
    raqqa = replace(PLACES["raqa"], names=("Ar Raqqah", "Raqa"))
    graph = build_dataset([reading(claim(location=PLACES["raqa"]), claim(start=1, location=raqqa))])
    assert ask(graph, "<place/172955> skos:altLabel 'Raqqa'@en, 'Ar Raqqah'@en ; skos:prefLabel 'Raqa'@en")
    assert not ask(graph, "<place/172955> skos:altLabel 'Raqa'@en")


def test_labels_of_one_actor_give_one_preferred_label() -> None:
    lower, upper = (
        Actor(key="x", label=label, type=ActorType.ARMED_GROUP, unresolved=True) for label in ("front", "Front")
    )
    graph = build_dataset([reading(claim(initiator=(lower, upper)))])
    assert ask(graph, "<actor/x> skos:prefLabel 'Front'@en ; skos:altLabel 'front'@en")
    assert not ask(graph, "<actor/x> skos:prefLabel 'front'@en")


def test_an_unresolved_actor_has_no_link_out() -> None:
    graph = as_graph(Actor(key="x", label="X", type=ActorType.PERSON, wikidata="Q1", unresolved=True))
    assert ask(graph, "<actor/x> conflict:unresolved true")
    assert not ask(graph, "<actor/x> skos:exactMatch ?link")


@pytest.mark.parametrize("number", ["", "2429253", "Q", "Q1 ", "q1"])
def test_what_is_no_q_number_is_no_link(number: str) -> None:
    graph = as_graph(Actor(key="x", label="X", type=ActorType.PERSON, wikidata=number))
    assert not ask(graph, "<actor/x> skos:exactMatch ?link")


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [
        (34.45226, 40.91854, "POINT(40.91854 34.45226)"),
        (-0.0, 1e-7, "POINT(0.0 0.0)"),
        (5, -170.1234567, "POINT(-170.123457 5.0)"),
        (None, 40.9, None),
    ],
)
def test_coordinates(latitude: float | None, longitude: float | None, point: str | None) -> None:
    place = Place(key="p", label="P", type=PlaceType.SETTLEMENT, latitude=latitude, longitude=longitude, within=SYRIA)
    graph = build_dataset([reading(claim(location=place))])
    if point is None:
        assert not ask(graph, "<place/p> wgs:lat|wgs:long|geo:asWKT ?any")
    else:
        assert ask(graph, f"<place/p> geo:asWKT '{point}'^^geo:wktLiteral")


def test_a_report_says_only_what_is_known_of_it() -> None:
    bare = build_dataset([reading()])
    assert not ask(bare, "?report dcterms:issued|dcterms:title|dcterms:publisher|dcterms:source ?any")
    full = build_dataset(
        [reading(issued=date(2020, 1, 2), title="T", publisher="P", url="https://example.org/a?b=1")],
    )
    assert ask(
        full, "<report/r> dcterms:title 'T' ; dcterms:publisher 'P' ; dcterms:source <https://example.org/a?b=1>"
    )
    for url in ("not a link", "https://example.org/100%"):
        assert ask(build_dataset([reading(url=url)]), f"<report/r> dcterms:source '{url}'")


def test_a_claim_that_describes_no_event_is_still_there() -> None:
    graph = build_dataset([reading(claim(period=Period(date(2020, 1, 1), date(2020, 1, 2))))])
    assert ask(graph, "<claim/r/0-11> conflict:earliest '2020-01-01'^^xsd:date")
    assert ask(graph, "<claim/r/0-11> conflict:latest '2020-01-02'^^xsd:date")


def test_figures_without_a_maximum_are_open() -> None:
    graph = build_dataset([reading(claim(figures=(Figure("killed", 12, None), Figure("killed", 12, 12))))])
    assert ask(graph, "<claim/r/0-11/figure/killed-12-open> conflict:minimum 12")
    assert not ask(graph, "<claim/r/0-11/figure/killed-12-open> conflict:maximum ?any")
    assert ask(graph, "<claim/r/0-11/figure/killed-12-12> conflict:maximum 12")


def test_every_term_of_the_ontology_in_the_data_is_declared() -> None:
    ontology = Graph().parse(Path(__file__).parent.parent.parent / "ontology" / "conflict.ttl")
    declared = {str(subject) for subject in ontology.subjects() if str(subject).startswith(CONFLICT)}
    graph = build_dataset([albu_kamal(), contradiction()])
    used = {node.value for t in graph.triples() for node in (t.predicate, t.object) if node.value.startswith(CONFLICT)}
    assert used <= declared


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"<a:b> <a:c> 1 .\nnonsense\n", r"a\.ttl, line 2: .*build it again or mend"),
        ("a.nq", b'<a:b> <a:c> "\xff" .\n', r"a\.nq, line 1: Invalid UTF-8"),
        ("a.jsonld", b'{"a":', r"a\.jsonld, line 1: "),
        ("a.doc", b"", r"a\.doc: the suffix tells no format"),
        ("missing.ttl", None, r"missing\.ttl: no such file; build one with `kg build INPUT -o missing\.ttl`"),
        ("missing", None, r"missing: no such file"),
        (".", None, r"is a directory, not a graph file"),
    ],
)
def test_a_faulty_file_is_named_with_line_and_cause(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GraphFileError, match=message):
        read_graph(path)


def test_json_ld_is_json(seed: ConflictGraph) -> None:
    nodes = json.loads(serialize(seed, "jsonld"))
    assert f"{DEFAULT_BASE}actor/islamic-state" in {node["@id"] for node in nodes}


def test_the_model_s_actors_are_described_once(seed: ConflictGraph) -> None:
    described = Dataset(quad for quad in seed.quads() if quad.graph_name == Naming().authority)
    keys = {key.key for key in ACTORS.values()} - {"militia-source"}
    types = {quad.subject.value for quad in described if quad.predicate.value.endswith("#type")}
    assert {f"{DEFAULT_BASE}actor/{key}" for key in keys} <= types
