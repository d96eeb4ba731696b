"""The embedded store: loading, loading again, and what is said of files and directories that can't be used."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, Quad, Store, Triple

from kg.cli import main
from kg.graph import FORMATS, GraphFileError, build_dataset, serialize
from kg.graph.named_graphs import ONTOLOGY, ontology, read_graphs
from kg.graph.vocabulary import Naming
from kg.stores.embedded import StoreError, is_store, load, open_store, optimize, store_graphs
from tests.copies import copies
from tests.handmade import HandmadeReading, albu_kamal, contradiction

UNRESOLVED = "conflict:unresolved true ;"
PLACE = """
@prefix conflict: <https://w3id.org/conflict-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
<https://w3id.org/conflict-kg/place/1> a conflict:Place ; {unresolved}
  skos:prefLabel "{label}"@en ; wgs:lat {latitude}.5 .
"""

# A file that we wrote, up to where it was spoilt.
OURS = serialize(build_dataset([contradiction()])).decode() + "\n"


@pytest.fixture
def graph_file(tmp_path: Path) -> Path:
    path = tmp_path / "graph.trig"
    path.write_bytes(serialize(build_dataset([albu_kamal()]), "trig"))
    return path


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "stores" / "new"


def names(directory: Path) -> set[str]:
    return {str(name) for name in open_store(directory).named_graphs()}


def content(directory: Path, name: NamedNode) -> frozenset[Triple]:
    return frozenset(quad.triple for quad in open_store(directory).quads_for_pattern(None, None, None, name))


@pytest.mark.parametrize("format", ["trig", "nquads", "turtle", "ntriples", "jsonld"])
def test_keeps_a_graph_per_report_one_of_authority_data_and_the_ontology(
    tmp_path: Path, directory: Path, format: str
) -> None:
    expected = build_dataset([albu_kamal(), contradiction()])
    path = tmp_path / f"graph{FORMATS[format].suffixes[0]}"
    path.write_bytes(serialize(expected, format))
    assert load(path, directory) == len(expected)
    assert names(directory) == {str(name) for name in (*expected.graphs, ONTOLOGY)}
    counts = {name: len(triples) for name, triples in expected.graphs.items()}
    assert {name: len(content(directory, name)) for name in expected.graphs} == counts
    assert len(content(directory, ONTOLOGY)) == len(ontology())


@pytest.mark.parametrize("edited", [b"# by hand\n", b"[] <urn:p> 1 .\n", b"<urn:a> <urn:p> 1 ; .\n"])
def test_turtle_that_was_edited_by_hand_is_sorted_as_ours_is(tmp_path: Path, directory: Path, edited: bytes) -> None:
    expected = build_dataset([albu_kamal(), contradiction()])
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialize(expected) + edited)
    assert load(path, directory) == len(expected) + (b"<urn:p>" in edited)
    for name, triples in expected.graphs.items():
        added = b"<urn:p>" in edited and name == Naming().authority
        assert len(content(directory, name)) == len(triples) + added


@pytest.mark.parametrize("existing", [True, False])
def test_a_dataset_is_stored_as_its_file_is(tmp_path: Path, directory: Path, existing: bool) -> None:
    other = tmp_path / "other.trig"
    other.write_bytes(serialize(build_dataset([contradiction()]), "trig"))
    if existing:
        load(other, directory)
    store_graphs(build_dataset([albu_kamal()]).graphs, directory)
    assert len(names(directory)) == 3 + existing


def test_loading_again_adds_nothing(graph_file: Path, directory: Path) -> None:
    size = load(graph_file, directory)
    before = set(open_store(directory))
    assert load(graph_file, directory) == size
    assert set(open_store(directory)) == before


def test_a_report_that_was_built_again_replaces_its_graph_and_nothing_else(tmp_path: Path, directory: Path) -> None:
    both, again = build_dataset([albu_kamal(), contradiction()]), tmp_path / "again.ttl"
    first = tmp_path / "first.nq"
    first.write_bytes(serialize(both, "nquads"))
    again.write_bytes(serialize(build_dataset([replace(contradiction(), events=())]), "turtle"))
    load(first, directory)
    before = {name: content(directory, name) for name in both.graphs}
    load(again, directory)
    report = Naming().graph("raqa-shelling")
    for name in both.graphs:
        assert (content(directory, name) == before[name]) == (name != report)
    assert len(content(directory, report)) == len(build_dataset([replace(contradiction(), events=())]).graphs[report])


def test_with_replace_no_actor_stays_that_the_file_does_not_know(tmp_path: Path, directory: Path) -> None:
    both, few = tmp_path / "both.trig", tmp_path / "few.trig"
    both.write_bytes(serialize(build_dataset([albu_kamal(), contradiction()]), "trig"))
    few.write_bytes(serialize(build_dataset([contradiction()]), "trig"))
    load(both, directory)
    load(few, directory, replace=True)
    # Oxigraph writes 35.0 as 35.
    told = {triple.subject for triple in content(directory, Naming().authority)}
    assert told == {triple.subject for triple in read_graphs(few)[Naming().authority]}


@pytest.mark.parametrize(("replacing", "count"), [(False, 3), (True, 2)])
def test_one_graph_takes_all_and_is_added_to_or_replaced(
    tmp_path: Path, directory: Path, replacing: bool, count: int
) -> None:
    for number, text in enumerate(("<urn:a> <urn:p> 1, 2 .", "<urn:a> <urn:p> 2, 3 .")):
        path = tmp_path / f"{number}.ttl"
        path.write_text(text)
        size = load(path, directory, graph="https://example.org/one", replace=replacing)
    assert size == count
    assert names(directory) == {"<https://example.org/one>", str(ONTOLOGY)}


def test_actors_of_two_loads_have_one_preferred_name(tmp_path: Path, directory: Path) -> None:
    for number, label in enumerate(("Raqqa", "Raqa")):
        path = tmp_path / f"{number}.ttl"
        path.write_text(PLACE.format(label=label, latitude=35 + number, unresolved="" if number else UNRESOLVED))
        load(path, directory)
    held = {(t.predicate.value.rpartition("#")[2], t.object.value) for t in content(directory, Naming().authority)}
    assert {("prefLabel", "Raqa"), ("altLabel", "Raqqa"), ("lat", "35.5")} <= held
    assert not held & {("prefLabel", "Raqqa"), ("lat", "36.5"), ("unresolved", "true")}


def test_an_optimized_store_holds_the_same_in_fewer_pieces(tmp_path: Path, directory: Path) -> None:
    for number, reading in enumerate((albu_kamal(), contradiction())):
        path = tmp_path / f"{number}.ttl"
        path.write_bytes(serialize(build_dataset([reading]), "turtle"))
        load(path, directory)
    before, pieces = set(open_store(directory)), len(list(directory.glob("*.sst")))
    optimize(directory)
    assert set(open_store(directory)) == before
    assert len(list(directory.glob("*.sst"))) < pieces


@pytest.mark.parametrize(
    ("target", "code", "message"),
    [("store", 0, "store: optimized"), ("http://127.0.0.1:1", 2, "--optimize is of a store on disk")],
)
def test_a_load_may_optimize(graph_file: Path, kg: Callable[..., Result], target: str, code: int, message: str) -> None:
    result = kg("load", graph_file, "--to", target, "--optimize")
    assert result.exit_code == code
    assert message in result.stderr


def test_optimizing_what_is_no_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no store"):
        optimize(tmp_path)


def test_blank_nodes_are_not_doubled(tmp_path: Path, directory: Path) -> None:
    path = tmp_path / "blank.ttl"
    path.write_text("[] <urn:p> [ <urn:q> 1 ] . [] <urn:p> 2 .")
    assert load(path, directory) == load(path, directory) == 3


def test_what_a_killed_load_left_is_swept(graph_file: Path, directory: Path) -> None:
    left = directory.parent / f".{directory.name}-abcdefgh"
    directory.parent.mkdir()
    Store(str(left)).flush()
    load(graph_file, directory)
    assert [path.name for path in directory.parent.iterdir()] == [directory.name]


@pytest.mark.parametrize("moment", [0.0, 0.02, 0.1, 0.3])
def test_a_load_that_is_killed_leaves_the_store_as_before_or_after(
    tmp_path: Path, directory: Path, moment: float
) -> None:
    path, small = tmp_path / "graph.nq", tmp_path / "small.nq"
    small.write_bytes(serialize(copies(2), "nquads"))
    path.write_bytes(serialize(copies(40), "nquads"))
    before = load(small, directory)
    program = f"from kg.stores.embedded import load; print('go', flush=True); load({str(path)!r}, {str(directory)!r})"
    client = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert client.stdout is not None
    client.stdout.readline()
    time.sleep(moment)
    client.kill()
    client.communicate()
    found = sum(1 for quad in open_store(directory) if quad.graph_name != ONTOLOGY)
    assert found in (before, len(copies(40)))
    assert load(path, directory) == len(copies(40))


def test_an_empty_directory_is_filled(graph_file: Path, tmp_path: Path) -> None:
    directory = tmp_path / "empty"
    directory.mkdir()
    assert not is_store(directory)
    load(graph_file, directory)
    assert is_store(directory)


def test_a_store_is_opened_for_reading_only(graph_file: Path, directory: Path) -> None:
    load(graph_file, directory)
    node = NamedNode("urn:x")
    with pytest.raises(RuntimeError, match="read-write"):
        open_store(directory).add(Quad(node, node, node))


@pytest.mark.parametrize("existing", [True, False])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> broken\n", 2),
        (OURS + "<urn:a> a nobody:knows .\n", OURS.count("\n") + 1),
        (OURS + "<urn:a> conflict:figure nobody:knows .\n", OURS.count("\n") + 1),
    ],
)
def test_a_broken_file_changes_nothing(
    tmp_path: Path, graph_file: Path, directory: Path, existing: bool, text: str, line: int
) -> None:
    before = load(graph_file, directory) if existing else 0
    broken = tmp_path / "broken.ttl"
    broken.write_text(text)
    with pytest.raises(GraphFileError, match=rf"broken\.ttl, line {line}: "):
        load(broken, directory)
    assert is_store(directory) == existing
    assert (len(open_store(directory)) - len(ontology()) if existing else 0) == before
    assert [path.name for path in tmp_path.glob("stores/*")] == ([directory.name] if existing else [])


def test_a_store_that_is_written_to_is_named(graph_file: Path, directory: Path) -> None:
    load(graph_file, directory)
    writer = Store(str(directory))
    with pytest.raises(StoreError, match="another program writes to this store; wait"):
        load(graph_file, directory)
    del writer


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("graph.trig", "is no store and not empty; name a new directory"),
        (".", "is no store and not empty; name a new directory"),
        ("graph.trig/below", "graph.trig/below: "),
    ],
)
def test_a_place_for_no_store_is_named(tmp_path: Path, graph_file: Path, target: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        load(graph_file, tmp_path / target)
    assert graph_file.is_file()


@pytest.mark.parametrize(
    ("target", "message"),
    [("missing", "missing: no such directory; make one with `kg load GRAPH --to"), (".", "is no store; make one")],
)
def test_a_directory_without_a_store_is_named(tmp_path: Path, graph_file: Path, target: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        open_store(tmp_path / target)


class _Handmade:
    """A pipeline that reads what was read by hand, whatever it is given."""

    def __init__(self, *options: object, **others: object) -> None:
        pass

    def pipe(self, reports: object, **options: object) -> Iterator[HandmadeReading]:
        yield contradiction()


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    monkeypatch.setattr("kg.pipeline.Pipeline", _Handmade)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text("date 2017-05-04\nThe army shelled Raqa.\n")
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_build_fills_a_store_and_fills_it_again(kg: Callable[..., Result], directory: Path) -> None:
    for _ in range(2):
        result = kg("build", "report.txt", "--to", directory, "-o", "graph.ttl")
        assert result.exit_code == 0, result.output
        assert f"{directory}: {len(build_dataset([contradiction()]))} triples\n" in result.stderr
    assert (
        kg("query", "denied-and-disputed", directory).stdout == kg("query", "denied-and-disputed", "graph.ttl").stdout
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing option '-o' / '--output', or '--to'."),
        (["--to", "http://127.0.0.1:1"], "http://127.0.0.1:1: nobody listens there"),
        (["--to", "store", "--store", "virtuoso"], "--store virtuoso is of a store on the network"),
    ],
)
def test_build_says_at_once_what_it_cannot_fill(kg: Callable[..., Result], arguments: list[str], message: str) -> None:
    result = kg("build", "report.txt", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "report" not in result.stdout
