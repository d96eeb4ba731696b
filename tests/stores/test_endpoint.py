"""Triple stores on the network, as stubs that behave as each is documented to, and that fail in every way."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode

from kg.cli import main
from kg.graph import build_dataset
from kg.graph import serialize as written
from kg.graph.named_graphs import ONTOLOGY, Graphs, ontology
from kg.stores.credentials import Credentials, CredentialsError, credentials_for
from kg.stores.endpoint import Endpoint, EndpointError, Patience
from kg.stores.load_journal import LoadJournal
from kg.stores.profiles import PLAIN, STORES, addresses
from kg.stores.remote_load import load_remote
from tests.handmade import albu_kamal, contradiction
from tests.held import FIRST, expected, made
from tests.stub_store import Failing, Stub, stub_store

pytestmark = pytest.mark.usefixtures("own_state")
AT_ONCE = Patience(tries=3, first=0.0, longest=0.0)
STUBBED = sorted(set(STORES) - {"oxigraph", "virtuoso"})


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.trig"
    path.write_bytes(written(build_dataset([albu_kamal()]), "trig"))
    return path


@pytest.mark.parametrize("store", STUBBED)
def test_each_profile_loads_and_counts(store: str) -> None:
    graphs, base = build_dataset([albu_kamal(), contradiction()]).graphs, "/repositories/one"
    with stub_store(Stub(STORES[store], base)) as stub:
        endpoint = Endpoint(stub.url, store, patience=AT_ONCE)
        for _ in range(2):
            load_remote(graphs, endpoint)
        endpoint.close()
    for name, triples in graphs.items():
        held = frozenset(quad.triple for quad in stub.store.quads_for_pattern(None, None, None, name))
        assert expected(held) == expected(triples)
    bodies = {seen.content_type for seen in stub.seen if seen.content_type and "form" not in seen.content_type}
    assert bodies == ({STORES[store].media_type} if STORES[store].protocol != "update" else set())
    if STORES[store].union:
        name, value = STORES[store].union
        assert {seen.parameters.get(name) for seen in stub.seen if "query" in seen.parameters} == {value}


@pytest.mark.parametrize(
    ("base", "header", "store"),
    [
        ("", ("Server", "Virtuoso/07.20.3229 (Linux)"), "virtuoso"),
        ("", ("Server", "Oxigraph/0.5.1"), "oxigraph"),
        ("/ds", ("Fuseki-Request-Id", "12"), "fuseki"),
        ("/repositories/r", ("Server", "GraphDB/10.8 RDF4J/4.3"), "graphdb"),
        ("/rdf4j-server/repositories/r", None, "rdf4j"),
        ("/blazegraph/namespace/kb/sparql", None, "blazegraph"),
        ("/db", ("SD-Something", "1"), "stardog"),
        ("/elsewhere", None, PLAIN),
    ],
)
def test_a_store_is_known_by_its_answer(base: str, header: tuple[str, str] | None, store: str) -> None:
    with stub_store(Stub(STORES[store], base, header=header)) as stub:
        endpoint = Endpoint(stub.url, patience=AT_ONCE)
        assert endpoint.profile.store == store
        assert load_remote({FIRST: made(["a", "b"])}, endpoint)[0].found == 2
        endpoint.close()


@pytest.mark.parametrize("suffix", ["", "/", "/query", "/update", "/data"])
def test_any_address_of_a_store_will_do(suffix: str) -> None:
    with stub_store(Stub(STORES["fuseki"], "/ds")) as stub:
        endpoint = Endpoint(stub.url + suffix, "fuseki", patience=AT_ONCE)
        assert load_remote({FIRST: made(["a"])}, endpoint)[0].found == 1
        endpoint.close()


def test_a_store_of_no_known_kind_is_tried_where_others_answer() -> None:
    with stub_store(Stub(replace(STORES[PLAIN], query="/sparql", update="/update"), "/x")) as stub:
        endpoint = Endpoint(stub.url, patience=AT_ONCE)
        assert load_remote({FIRST: made(["a"])}, endpoint)[0].found == 1
        endpoint.close()


@pytest.mark.parametrize(
    ("environment", "netrc", "authorization"),
    [
        ({"KG_USER": "ann", "KG_PASSWORD": "word"}, "", "Basic YW5uOndvcmQ="),
        ({"KG_TOKEN": "t-1"}, "", "Bearer t-1"),
        ({}, "machine 127.0.0.1 login ann password word", "Basic YW5uOndvcmQ="),
        ({"KG_TOKEN": "t-1"}, "machine 127.0.0.1 login ann password word", "Bearer t-1"),
        ({}, "", ""),
    ],
)
def test_credentials_come_from_the_environment_or_netrc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], netrc: str, authorization: str
) -> None:
    (tmp_path / "netrc").write_text(netrc)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with stub_store(Stub(STORES["fuseki"])) as stub:
        endpoint = Endpoint(stub.url, "fuseki", patience=AT_ONCE)
        load_remote({FIRST: made(["a"])}, endpoint)
        endpoint.close()
    assert {seen.authorization for seen in stub.seen} == {authorization}


@pytest.mark.parametrize(
    ("url", "environment", "message"),
    [
        ("http://ann:word@example.org/", {}, "set KG_USER and KG_PASSWORD instead"),
        ("http://example.org/", {"KG_USER": "ann"}, "KG_PASSWORD is not"),
        ("http://example.org/", {"NETRC": "{tmp}/broken"}, "broken, line 1: can't be read as netrc"),
    ],
)
def test_credentials_that_cannot_be_used_are_named_and_not_shown(
    tmp_path: Path, url: str, environment: dict[str, str], message: str
) -> None:
    (tmp_path / "broken").write_text("machine example.org secret word\n")
    known = {name: value.format(tmp=tmp_path) for name, value in environment.items()}
    with pytest.raises(CredentialsError, match=message) as caught:
        credentials_for(url, known)
    assert "word" not in str(caught.value).replace("password", "").replace("PASSWORD", "")
    assert "word" not in repr(Credentials("ann", "word", "token"))


@pytest.mark.parametrize("environment", [{"KG_USER": "ann", "KG_PASSWORD": "word"}, {"KG_TOKEN": "t-1"}])
def test_credentials_do_not_follow_a_redirection(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with stub_store(Stub(STORES["fuseki"])) as other:
        moved = Failing(302, writing=False)
        with stub_store(Stub(STORES["fuseki"], failing=moved, header=("Location", f"{other.url}/query"))) as stub:
            endpoint = Endpoint(stub.url, "fuseki", patience=AT_ONCE)
            with pytest.raises(EndpointError):
                endpoint.reach()
            endpoint.close()
    assert [seen.authorization != "" for seen in stub.seen] == [True]
    assert [seen.authorization for seen in other.seen] == [""]


@pytest.mark.parametrize("largest", [300, 90_000])
def test_a_body_that_is_too_large_is_halved(largest: int) -> None:
    triples = made([f"{number}" for number in range(50)])
    with stub_store(Stub(STORES["fuseki"], largest_body=largest)) as stub:
        endpoint = Endpoint(stub.url, "fuseki", patience=AT_ONCE)
        assert load_remote({FIRST: triples}, endpoint, into=FIRST)[0].found == 50
        endpoint.close()


@pytest.mark.parametrize("status", [0, 429, 500, 502, 503, 504])
def test_a_failure_that_passes_is_tried_again(status: int) -> None:
    with stub_store(Stub(STORES["fuseki"], failing=Failing(status, after=1, times=2))) as stub:
        endpoint = Endpoint(stub.url, "fuseki", patience=AT_ONCE)
        assert [found.found for found in load_remote({FIRST: made(["a"])}, endpoint)] == [1, len(ontology())]
        endpoint.close()


@pytest.mark.parametrize(
    ("failing", "message"),
    [
        (Failing(500, "java.lang.Error"), "the server is in trouble (500): java.lang.Error; 0 of 3 graphs are loaded"),
        (Failing(500, "x", after=1), "(500): x; 1 of 3 graphs are loaded, <https://w3id.org/conflict-kg/graph/report/"),
        (Failing(500, "write failed: No space left on device"), "the server has no space left on its disk (500)"),
        (Failing(507), "the server has no space left on its disk (507)"),
        (Failing(0), "the connection broke off"),
        (Failing(403), "this user may not do that (403)"),
        (Failing(200, "<!DOCTYPE html><title>Hello</title>", "text/html", writing=False), "answers with a web page"),
        (Failing(200, "hello", "text/plain", writing=False), "can't be read as SPARQL results"),
        (Failing(200, '{"head"', "application/sparql-results+json", writing=False), "can't be read as SPARQL results"),
        (Failing(404, "", writing=False), "there is no such endpoint (404)"),
        (Failing(401, "", writing=False), "asks for a name and password (401)"),
        (Failing(302, "", writing=False), "has moved (302)"),
        (Failing(200, "", after=2), "counts 0 triples in"),
    ],
)
def test_what_fails_for_good_is_one_clear_line(
    graph: Path, monkeypatch: pytest.MonkeyPatch, failing: Failing, message: str
) -> None:
    monkeypatch.setattr(Endpoint.__init__, "__kwdefaults__", {**Endpoint.__init__.__kwdefaults__, "patience": AT_ONCE})
    with stub_store(Stub(STORES["fuseki"], failing=failing)) as stub:
        result = kg("load", graph, "--to", stub.url, "--store", "fuseki")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.stderr
    assert message in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "http://127.0.0.1:1"], "nobody listens there"),
        (["--to", "http://no-such-host.invalid"], "http://no-such-host.invalid: "),
        (["--to", "http://127.0.0.1:1", "--store", "other"], "no store that is known: take one of"),
        (["--to", "{tmp}/store", "--store", "virtuoso"], "--store virtuoso is of a store on the network"),
        (["--to", "{tmp}/store", "--graph", "no iri"], "no absolute IRI"),
        (["--to", "http://ann:word@127.0.0.1:1"], "set KG_USER and KG_PASSWORD instead"),
    ],
)
def test_what_cannot_be_loaded_ends_with_2(graph: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    result = kg("load", graph, *(argument.format(tmp=tmp_path) for argument in arguments))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.stderr
    assert message in result.stderr
    assert not (tmp_path / "store").exists()


def test_a_server_that_does_not_answer_is_given_up() -> None:
    with stub_store(Stub(STORES["fuseki"], failing=Failing(0, "3", writing=False))) as stub:
        endpoint = Endpoint(stub.url, "fuseki", timeout=1.0, patience=AT_ONCE)
        with pytest.raises(EndpointError, match="no answer in time"):
            endpoint.reach()
        endpoint.close()


def test_a_certificate_that_is_not_trusted_is_named(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    making = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
    naming = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*making, *naming], check=True, capture_output=True)
    with stub_store(Stub(STORES["fuseki"]), (str(certificate), str(key))) as stub:
        for arguments in (["load", graph, "--to", stub.url, "--store", "fuseki"], ["query", "casualties", stub.url]):
            result = kg(*arguments)
            assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.stderr
            assert "certificate is not trusted" in result.stderr
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert kg("load", graph, "--to", stub.url, "--store", "fuseki").exit_code == 0


@pytest.mark.parametrize("store", STORES)
def test_a_profile_says_all_that_is_needed(store: str) -> None:
    profile = STORES[store]
    assert profile.protocol in ("graph-store", "insert", "update")
    assert profile.auth in ("none", "basic", "digest", "bearer")
    assert (profile.graph_parameter != "") == (profile.protocol != "update")
    assert profile.largest_statement > 0
    assert addresses(profile, profile.address).query.startswith(("http://", "https://"))
    assert list(STORES) == sorted(STORES)


# The journal


def test_a_journal_knows_what_was_done_with_which_content(tmp_path: Path) -> None:
    environment = {"XDG_STATE_HOME": str(tmp_path)}
    LoadJournal("http://a/", environment).add("https://example.org/g", "1")
    (path,) = (tmp_path / "conflict-kg" / "loads").iterdir()
    with path.open("a") as lines:
        lines.write("2 https://example.org/half")
    again = LoadJournal("http://a/", environment)
    assert again.holds("https://example.org/g", "1")
    assert not again.holds("https://example.org/g", "2")
    assert not again.holds("https://example.org/half", "2")
    assert not LoadJournal("http://b/", environment).holds("https://example.org/g", "1")
    again.close()
    assert not path.exists()


def test_where_no_journal_can_be_kept_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    environment = {"XDG_STATE_HOME": str(tmp_path / "file")}
    LoadJournal("http://a/", environment).add("https://example.org/g", "1")
    assert not LoadJournal("http://a/", environment).holds("https://example.org/g", "1")
    LoadJournal("http://a/", environment).close()


def test_what_a_broken_off_load_had_done_is_not_sent_again_unless_it_is_gone() -> None:
    graphs: Graphs = {NamedNode(f"https://example.org/graph/{n}"): made([f"{n}"]) for n in range(4)}
    names = sorted(graphs, key=str)
    with stub_store(Stub(STORES["fuseki"], failing=Failing(507, after=2, times=1))) as stub:
        endpoint = Endpoint(stub.url, "fuseki", patience=AT_ONCE)
        with pytest.raises(EndpointError, match="2 of 5 graphs are loaded"):
            load_remote(graphs, endpoint)
        stub.store.remove_graph(names[0])
        stub.seen.clear()
        loaded = load_remote(graphs, endpoint)
        endpoint.close()
    assert [found.resumed for found in loaded] == [False, True, False, False, False]
    assert [seen.parameters["graph"] for seen in stub.seen if seen.method == "PUT"] == [
        name.value for name in (names[0], *names[2:], ONTOLOGY)
    ]
