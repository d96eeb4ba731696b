"""What several rooms' tests share: the annotated reports, and the spaCy pipeline and ours, loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers import Server, oxigraph_server, virtuoso_server

# Imported where they are asked for: most rooms' tests need no spaCy, which takes a second to load.
if TYPE_CHECKING:
    from spacy.language import Language

    from kg.pipeline import Pipeline

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of the annotated reports."""
    return GOLD


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The whole way from reports to readings."""
    from kg.pipeline import Pipeline

    return Pipeline()


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default spaCy pipeline."""
    from kg.language import Language

    return Language().pipeline


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An Oxigraph server with nothing in it, one for each file of tests."""
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Virtuoso server with nothing in it, one for each file of tests."""
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep journals and credentials of the user out of the tests, and theirs out of the user's home."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("KG_USER", "KG_PASSWORD", "KG_TOKEN"):
        monkeypatch.delenv(name, raising=False)
