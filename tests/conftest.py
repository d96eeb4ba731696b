"""What several rooms' tests share: the annotated reports, and the spaCy pipeline and ours, loaded once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
