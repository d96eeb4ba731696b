"""What a query may do only where it is allowed: ask other endpoints, change the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, Store
from rdflib import Graph

import kg
from kg.cli import main
from kg.graph import build_dataset, serialize
from kg.graph.vocabulary import DEFAULT_BASE
from kg.queries import QueryError, list_queries, load_query
from kg.queries.sources import EndpointSource
from kg.stores.embedded import load, open_store, store_graphs
from kg.stores.endpoint import Endpoint, EndpointError, Patience
from kg.stores.remote_load import load_remote
from tests.handmade import albu_kamal, contradiction
from tests.servers import Server, free_port, oxigraph_server

EVENT = f"{DEFAULT_BASE}event/raqa-shelling-1"
NOBODY = "http://127.0.0.1:9/"
SERVICE = f"SELECT * WHERE {{ SERVICE SILENT <{NOBODY}> {{ ?s ?p ?o }} }}"
NOTE = "INSERT DATA { GRAPH <urn:notes> { <urn:a> <urn:b> <urn:c> } }"
ADD = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
RETRACT = """#+ summary: Remove all that is said of an event
#+ params:
#+   - {name: event, type: event, required: true}
DELETE { GRAPH ?graph { ?event ?property ?value } } WHERE {
  VALUES ?event { UNDEF }
  GRAPH ?graph { ?event ?property ?value }
}
"""
SAID = f"ASK {{ <{EVENT}> ?property ?value }}"


def saved(folder: Path, text: str, name: str = "mine.rq") -> Path:
    path = folder / name
    path.write_text(text if text.startswith("#+") else f"#+ summary: mine\n{text}\n")
    return path


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    store_graphs(build_dataset([albu_kamal(), contradiction()]).graphs, tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    with (
        oxigraph_server(tmp_path_factory.mktemp("one")) as one,
        oxigraph_server(tmp_path_factory.mktemp("other")) as other,
    ):
        for server, reading in ((one, albu_kamal()), (other, contradiction())):
            endpoint = Endpoint(server.url)
            load_remote(build_dataset([reading]).graphs, endpoint)
            endpoint.close()
        yield one, other


@pytest.mark.parametrize(
    ("text", "allowed", "message"),
    [
        (SERVICE, {}, r"asks elsewhere with SERVICE, .* \(--allow-service\)"),
        (SERVICE, {"update": True}, "asks elsewhere with SERVICE"),
        (NOTE, {}, r"is an update \(INSERT\): .* \(--allow-update\)"),
        (NOTE, {"service": True}, r"is an update \(INSERT\)"),
        (f"LOAD <{NOBODY}>", {"update": True}, "asks elsewhere with LOAD"),
        (f"{NOTE} ; load <{NOBODY}>", {"update": True}, "asks elsewhere with LOAD"),
        (f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{NOBODY}> {{ ?s ?p ?o }} }}", {"update": True}, "with SERVICE"),
        (SERVICE, {"service": True}, None),
        (NOTE, {"update": True}, None),
        (f"LOAD <{NOBODY}>", {"update": True, "service": True}, None),
        ("SELECT ?load { ?load <urn:load> 'LOAD' }", {}, None),
    ],
)
def test_what_nobody_allowed_is_refused(
    tmp_path: Path, text: str, allowed: dict[str, bool], message: str | None
) -> None:
    path = saved(tmp_path, text)
    if message is None:
        assert load_query(path, **allowed).updates == ("update" in allowed)
    else:
        with pytest.raises(QueryError, match=rf"mine\.rq: .*{message}"):
            load_query(path, **allowed)


def test_what_is_not_allowed_is_listed_all_the_same(tmp_path: Path) -> None:
    saved(tmp_path, SERVICE, "asks.rq")
    saved(tmp_path, RETRACT, "retract.rq")
    assert {query.name: query.updates for query in list_queries(tmp_path)} == {"asks": False, "retract": True}


@pytest.mark.parametrize("kind", ["directory", "store", "rdflib"])
def test_an_update_changes_what_it_is_asked_of(tmp_path: Path, directory: Path, kind: str) -> None:
    sources: dict[str, Callable[[], Path | Store | Graph]] = {
        "directory": lambda: directory,
        "store": Store,
        "rdflib": Graph,
    }
    source = sources[kind]()
    path = saved(tmp_path, ADD)
    assert kg.query(source, path, update=True).rows == ((True,),)
    held = open_store(source) if isinstance(source, Path) else source
    before = 0 if kind != "directory" else len(build_dataset([albu_kamal(), contradiction()])) + _ontology(directory)
    assert len(held) == before + 1


def _ontology(directory: Path) -> int:
    store = open_store(directory)
    return sum(1 for _ in store.quads_for_pattern(None, None, None, NamedNode("https://w3id.org/conflict-kg/ontology")))


def test_an_update_of_a_server_is_sent_to_it(servers: tuple[Server, Server], tmp_path: Path) -> None:
    one, _ = servers
    kg.query(one.url, saved(tmp_path, NOTE), update=True)
    asked = saved(tmp_path, "ASK { GRAPH <urn:notes> { <urn:a> <urn:b> <urn:c> } }", "asked.rq")
    assert kg.query(one.url, asked).rows == ((True,),)


def test_an_update_is_not_sent_twice() -> None:
    endpoint = Endpoint(f"http://127.0.0.1:{free_port()}", "oxigraph", patience=Patience(tries=3, first=30.0))
    # With a second try the pause would keep us here.
    endpoint._primed = True
    with pytest.raises(EndpointError, match="nobody listens there"):
        EndpointSource(endpoint).update(ADD)


def test_values_of_an_update_are_filled_and_names_resolved(tmp_path: Path, directory: Path) -> None:
    asked = saved(tmp_path, SAID, "asked.rq")
    assert kg.query(directory, asked).rows == ((True,),)
    kg.query(directory, saved(tmp_path, RETRACT), event="Shelling of Raqa, 3 May 2017", update=True)
    assert kg.query(directory, asked).rows == ((False,),)


@pytest.mark.parametrize("text", ["INSERT DATA { <urn:a> <urn:b> }", f"{ADD} ; INSERT DATA {{ <urn:a> }}"])
@pytest.mark.parametrize("make", [Store, Graph])
def test_an_update_that_can_not_be_parsed_changes_nothing(
    tmp_path: Path, make: Callable[[], Store | Graph], text: str
) -> None:
    source = make()
    with pytest.raises(QueryError, match="the update can't be run: "):
        kg.query(source, saved(tmp_path, text), update=True)
    assert len(source) == 0


class _Deaf:
    def answer(self, query: str) -> None:
        """Return nothing."""


def test_what_can_not_be_changed_says_so(tmp_path: Path, directory: Path) -> None:
    path, file = saved(tmp_path, ADD), tmp_path / "graph.ttl"
    file.write_bytes(serialize(build_dataset([contradiction()])))
    with pytest.raises(QueryError, match=r"graph\.ttl: an update changes a store, not a file: `kg load .* makes one"):
        kg.query(file, path, update=True)
    with pytest.raises(QueryError, match=r"the update can't be run: .*read-write"):
        kg.query(open_store(directory), path, update=True)
    with pytest.raises(QueryError, match="takes no updates"):
        kg.query(_Deaf(), path, update=True)


def test_service_asks_another_server(servers: tuple[Server, Server], tmp_path: Path) -> None:
    one, other = servers
    path = saved(tmp_path, f"SELECT ?label {{ SERVICE <{other.url}/query?union-default-graph=true> {{ {LABELS} }} }}")
    expected = ("Shelling of Raqa, 3 May 2017",)
    with pytest.raises(QueryError, match="asks elsewhere with SERVICE"):
        kg.query(one.url, path)
    assert expected in kg.query(one.url, path, service=True).rows
    assert expected in kg.query(Store(), path, service=True).rows
    local = saved(tmp_path, f"SELECT ?label {{ {LABELS} }}", "local.rq")
    assert expected not in kg.query(one.url, local).rows


LABELS = "?event <http://www.w3.org/2000/01/rdf-schema#label> ?label . ?event a ?class"


@pytest.mark.parametrize(
    ("text", "options", "code", "said"),
    [
        (ADD, [], 2, "--allow-update"),
        (ADD, ["--allow-service"], 2, "--allow-update"),
        (SERVICE, [], 2, "--allow-service"),
        (ADD, ["--allow-update"], 0, "true"),
        (ADD, ["--allow-update", "--explain"], 0, "INSERT DATA"),
        (SERVICE, ["--allow-service"], 0, ""),
    ],
)
def test_the_command_line_allows_it(
    tmp_path: Path, directory: Path, text: str, options: list[str], code: int, said: str
) -> None:
    before = len(open_store(directory))
    result = CliRunner().invoke(main, ["query", str(saved(tmp_path, text)), str(directory), *options])
    assert result.exit_code == code, result.output
    assert said in (result.stdout if code == 0 else result.stderr)
    changed = text == ADD and options == ["--allow-update"]
    assert len(open_store(directory)) == before + changed


def test_a_store_that_somebody_writes_to_is_named(tmp_path: Path, directory: Path) -> None:
    writer = Store(str(directory))
    writer.add(Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c")))
    with pytest.raises(ValueError, match="another program writes to this store"):
        kg.query(directory, saved(tmp_path, ADD), update=True)
    del writer


def test_loading_again_finds_what_an_update_left(tmp_path: Path, directory: Path) -> None:
    kg.query(directory, saved(tmp_path, RETRACT), event="raqa-shelling-1", update=True)
    path = tmp_path / "graph.trig"
    path.write_bytes(serialize(build_dataset([contradiction()]), "trig"))
    load(path, directory)
    assert kg.query(directory, saved(tmp_path, SAID, "asked.rq")).rows == ((True,),)
