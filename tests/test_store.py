"""The embedded store: loading, loading again, and what is said of files and directories that can't be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.graph import GraphFileError, build_dataset, serialize
from kg.store import StoreError, is_store, load, open_store
from tests.handmade import albu_kamal, contradiction


@pytest.fixture
def graph_file(tmp_path: Path) -> Path:
    path = tmp_path / "graph.trig"
    path.write_bytes(serialize(build_dataset([albu_kamal()]), "trig"))
    return path


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "stores" / "new"


def test_keeps_what_the_file_says_with_its_named_graphs(graph_file: Path, directory: Path) -> None:
    expected = build_dataset([albu_kamal()])
    assert load(graph_file, directory) == len(expected)
    store = open_store(directory)
    assert {str(name) for name in store.named_graphs()} == {str(name) for name in expected.graphs}


def test_loading_again_adds_nothing(graph_file: Path, directory: Path) -> None:
    assert load(graph_file, directory) == load(graph_file, directory) == len(open_store(directory))


def test_loading_another_graph_adds_it(tmp_path: Path, graph_file: Path, directory: Path) -> None:
    other = tmp_path / "other.trig"
    other.write_bytes(serialize(build_dataset([contradiction()]), "trig"))
    load(graph_file, directory)
    both = build_dataset([albu_kamal(), contradiction()])
    assert load(other, directory) == len(both)


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
def test_a_broken_file_changes_nothing(tmp_path: Path, graph_file: Path, directory: Path, existing: bool) -> None:
    before = load(graph_file, directory) if existing else 0
    broken = tmp_path / "broken.ttl"
    broken.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> broken\n")
    with pytest.raises(GraphFileError, match=r"broken\.ttl, line 2: "):
        load(broken, directory)
    assert is_store(directory) == existing
    assert (len(open_store(directory)) if existing else 0) == before
    assert [path.name for path in directory.parent.iterdir()] == ([directory.name] if existing else [])


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
