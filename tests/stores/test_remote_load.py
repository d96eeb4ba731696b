"""Loads into real servers: what they hold in the end, whoever is killed in the middle."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode

from kg.cli import main
from kg.graph import build_dataset
from kg.graph import serialize as written
from kg.graph.named_graphs import ONTOLOGY, Graphs, ontology
from kg.queries import load_query, run
from kg.stores.credentials import Credentials
from kg.stores.endpoint import Endpoint, Patience
from kg.stores.endpoint_queries import ResultsCutWarning
from kg.stores.remote_load import LoadedGraph, load_remote
from tests.copies import copies
from tests.handmade import PLACES, albu_kamal, contradiction
from tests.held import AUTHORITY, FIRST, HARD_WORDS, PREDICATE, RAQA, SUBJECT, content, expected, made
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("own_state")


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A real server without graphs of ours, with the credentials for it in the environment."""
    found: Server = request.getfixturevalue(request.param)
    for name, value in found.environment.items():
        monkeypatch.setenv(name, value)
    endpoint = Endpoint(found.url)
    names = endpoint.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").rows
    for (name,) in names:
        if isinstance(name, NamedNode) and name.value.startswith(("https://w3id.org/conflict", "https://example.org/")):
            endpoint.drop(name)
    endpoint.close()
    return found


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.trig"
    path.write_bytes(written(build_dataset([albu_kamal()]), "trig"))
    return path


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_each_report_has_a_graph_whose_triples_are_those_of_the_file(server: Server) -> None:
    endpoint, graphs = Endpoint(server.url), build_dataset([albu_kamal(), contradiction()]).graphs
    assert endpoint.profile.store == server.store
    loaded = load_remote(graphs, endpoint)
    assert {found.name: found.found for found in loaded} == {
        name.value: len(triples) for name, triples in {**graphs, ONTOLOGY: ontology()}.items()
    }
    for name, triples in graphs.items():
        assert content(endpoint, name) == expected(triples)
    endpoint.close()


def test_a_report_that_is_loaded_again_replaces_its_graph_and_nothing_else(server: Server) -> None:
    endpoint, both = Endpoint(server.url), build_dataset([albu_kamal(), contradiction()]).graphs
    changed = replace(contradiction(), events=())
    load_remote(both, endpoint)
    load_remote(build_dataset([changed]).graphs, endpoint)
    for name, triples in {**both, **build_dataset([changed]).graphs, AUTHORITY: both[AUTHORITY]}.items():
        assert content(endpoint, name) == expected(triples), name
    endpoint.close()


@pytest.mark.parametrize(("replacing", "count"), [(False, 3), (True, 2)])
def test_one_graph_is_added_to_or_replaced(server: Server, replacing: bool, count: int) -> None:
    endpoint = Endpoint(server.url)
    load_remote({FIRST: made(["a", "b"])}, endpoint, into=FIRST)
    (loaded,) = load_remote({FIRST: made(["b", "c"])}, endpoint, into=FIRST, replace=replacing)
    assert (loaded.triples, loaded.found) == (2, count)
    assert len(content(endpoint, FIRST)) == count
    assert endpoint.count(NamedNode(f"{FIRST.value}#loading")) == 0
    endpoint.close()


def test_large_graphs_go_in_several_bodies_and_any_text_arrives(server: Server) -> None:
    endpoint = Endpoint(server.url)
    endpoint.profile = replace(endpoint.profile, largest_body=400)
    triples = made([*HARD_WORDS, *(f"number {number}" for number in range(40))])
    assert load_remote({FIRST: triples}, endpoint, into=FIRST)[0].found == len(triples)
    assert content(endpoint, FIRST) == expected(triples)
    endpoint.close()


def test_updates_alone_do_as_well(server: Server) -> None:
    endpoint = Endpoint(server.url)
    endpoint.profile = replace(endpoint.profile, protocol="update", largest_statement=7)
    triples = made([*HARD_WORDS, *(f"number {number}" for number in range(40))])
    for _ in range(2):
        assert load_remote({FIRST: triples}, endpoint)[0].found == len(triples)
    assert content(endpoint, FIRST) == expected(triples)
    endpoint.close()


def test_actors_and_places_of_two_loads_have_one_preferred_name_and_one_position(server: Server) -> None:
    endpoint, told = Endpoint(server.url), []
    for label, latitude in (("Raqqa", "36.5"), ("Raqa", "35.5")):
        place = replace(PLACES["raqa"], label=label, names=(), latitude=float(latitude))
        claims = tuple(replace(claim, location=place) for claim in contradiction().claims)
        load_remote(build_dataset([replace(contradiction(), claims=claims, events=())]).graphs, endpoint)
    for name in ("skos/core#prefLabel", "skos/core#altLabel", "wgs84_pos#lat"):
        found = endpoint.query(f"SELECT ?o {{ <{RAQA}> ?p ?o FILTER (STRENDS(STR(?p), '{name}')) }} ORDER BY ?o").rows
        told.append([node.value for (node,) in found if isinstance(node, Literal)])
    assert told == [["Raqa"], ["Raqqa"], ["35.5"]]
    endpoint.close()


def test_a_saved_query_has_the_answers_of_the_file(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    path.write_bytes(written(build_dataset([albu_kamal(), contradiction()]), "trig"))
    assert kg("load", path, "--to", server.url).exit_code == 0
    for name, given in (("events-by-actor", {"actor": "IS"}), ("denied-and-disputed", {})):
        query = load_query(name)
        assert run(query, server.url, given) == run(query, path, given)


@pytest.mark.parametrize("answers", [True, False])
def test_ask_and_construct_are_answered(server: Server, answers: bool) -> None:
    endpoint = Endpoint(server.url)
    load_remote({FIRST: made(["a"])}, endpoint, into=FIRST)
    node = SUBJECT if answers else FIRST
    assert endpoint.query(f"ASK {{ {node} ?p ?o }}").rows == ((Literal(answers),),)
    built = endpoint.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o . FILTER (?s = {node}) }}").rows
    assert built == (((SUBJECT, PREDICATE, Literal("a", language="en")),) if answers else ())
    endpoint.close()


def test_a_load_that_is_killed_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    dataset, path = copies(60), tmp_path / "graph.nq"
    path.write_bytes(written(dataset, "nquads"))
    client = subprocess.Popen([sys.executable, "-m", "kg", "load", str(path), "--to", server.url])
    journal, until = tmp_path / "state" / "conflict-kg" / "loads", time.monotonic() + 60
    while not any(len(file.read_text().splitlines()) > 10 for file in journal.glob("*")):
        assert client.poll() is None
        assert time.monotonic() < until
        time.sleep(0.001)
    client.send_signal(signal.SIGKILL)
    client.wait()
    server.kill()
    server.start()
    endpoint = Endpoint(server.url)
    assert len([name for name in dataset.graphs if endpoint.count(name)]) < len(dataset.graphs)
    result = kg("load", path, "--to", server.url)
    assert result.exit_code == 0, result.output
    for name, triples in dataset.graphs.items():
        assert endpoint.count(name) == len(triples)
    some = sorted(dataset.graphs, key=str)[::25]
    assert [content(endpoint, name) for name in some] == [expected(dataset.graphs[name]) for name in some]
    assert not list(journal.glob("*"))
    endpoint.close()


def test_a_server_that_is_started_again_meanwhile_is_waited_for(oxigraph: Server) -> None:
    endpoint = Endpoint(oxigraph.url, patience=Patience(tries=8, first=0.1, longest=1.0))
    graphs: Graphs = {NamedNode(f"https://example.org/graph/{n}"): made([f"{n}"]) for n in range(3)}

    def crash(loaded: LoadedGraph) -> None:
        oxigraph.kill()
        oxigraph.start()

    load_remote(graphs, endpoint, tell=crash)
    assert [endpoint.count(name) for name in graphs] == [1, 1, 1]
    endpoint.close()


def test_a_store_that_cuts_results_is_asked_page_by_page(virtuoso: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in virtuoso.environment.items():
        monkeypatch.setenv(name, value)
    endpoint, values = Endpoint(virtuoso.url), [f"{number:05}" for number in range(23_000)]
    load_remote({FIRST: made(values)}, endpoint, into=FIRST, replace=True)
    text = f"PREFIX e: <https://example.org/> SELECT (STR(?o) AS ?v) WHERE {{ GRAPH {FIRST} {{ ?s e:p ?o }} }}"
    ordered = endpoint.query(f"{text} ORDER BY ?v")
    assert ordered.columns == ("v",)
    assert [row[0].value for row in ordered.rows if isinstance(row[0], Literal)] == values
    with pytest.warns(ResultsCutWarning, match="10,000 rows at once.*ORDER BY"):
        assert len(endpoint.query(text).rows) == len(values)
    with pytest.warns(ResultsCutWarning, match="there may be more"):
        assert len(Endpoint(virtuoso.url, paged=False).query(f"{text} ORDER BY ?v").rows) == 10_000
    endpoint.drop(FIRST)
    endpoint.close()


def test_a_wrong_password_is_named_and_nothing_is_loaded(
    virtuoso: Server, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_USER", "dba")
    monkeypatch.setenv("KG_PASSWORD", "a-wrong-word")
    result = kg("load", graph, "--to", virtuoso.url, "--graph", "https://example.org/graph/refused")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "does not take this name and password, or token (401, Digest)" in result.stderr
    assert "a-wrong-word" not in result.output
    assert Endpoint(virtuoso.url, credentials=Credentials()).count(NamedNode("https://example.org/graph/refused")) == 0
