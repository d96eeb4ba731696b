"""Who lost a place that a clause says was taken, where only the rest of the report says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readings import claims

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

LOSERS: list[tuple[str, str]] = [
    # text, target of its last claim
    ("Rebels seized Goma in May. The army retook the town in June.", "rebels"),
    ("Rebels seized Goma in May. The army took the town in June.", "rebels"),
    # What is told later in the text but was earlier.
    ("Rebels seized Goma in May. The militia took Bukavu. The army recaptured Goma.", "rebels"),
    # Whom the report tells to have fought the taker.
    ("The army clashed with the rebels near Goma. Soldiers regained control of the town of Sake.", "rebels"),
    # Who takes a place later had not held it before, and who only took it had not to take it back.
    ("The army took Goma in June. Rebels seized the town in May.", ""),
    ("The army clashed with the rebels near Goma. Soldiers took control of the town of Sake.", ""),
    # A passive that names nobody leaves the loser out too.
    ("Rebels seized Goma in May. The town was retaken in June.", ""),
]


@pytest.mark.parametrize(("text", "loser"), LOSERS, ids=[case[0] for case in LOSERS])
def test_loser(pipeline: Pipeline, text: str, loser: str) -> None:
    last = claims(pipeline, text)[-1]
    assert last.event_class == "Capture"
    assert ", ".join(actor.label for actor in last.target) == loser
