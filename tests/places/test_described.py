"""Places that a report describes without naming them: linked where they mean a named one, else unresolved."""

from __future__ import annotations

import pytest

from kg.model import MentionKind, Place, Report
from kg.pipeline import Pipeline


def described(pipeline: Pipeline, text: str) -> dict[str, tuple[str, bool]]:
    """Return label and whether it is unresolved for each place mention, by its words."""
    ((_, mentions),) = pipeline.linked([Report(id="r", text=text)])
    places = [m for m in mentions if m.kind is MentionKind.PLACE]
    return {m.text: (m.value.label, m.value.unresolved) for m in places if isinstance(m.value, Place)}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Troops entered Gao. They left the town on Monday.", "town", ("Gao", False)),
        ("Troops entered Gao. Nobody lives there now.", "there", ("Gao", False)),
        ("Jets destroyed a rebel-held building near Goma.", "rebel-held building", ("rebel-held building", True)),
        ("Jets destroyed two bridges.", "bridges", ("bridges", True)),
        ("The town fell.", "town", ("town", True)),
        # The name is the mention, the noun only says what it is.
        ("The city of Gao fell.", "city", None),
        # A noun before another is no place of its own.
        ("The city council met in Gao.", "city", None),
        ("There were no talks in Gao.", "There", None),
    ],
)
def test_a_described_place(pipeline: Pipeline, text: str, words: str, expected: tuple[str, bool] | None) -> None:
    assert described(pipeline, text).get(words) == expected


def test_an_unnamed_place_lies_in_what_the_text_says(pipeline: Pipeline) -> None:
    ((_, mentions),) = pipeline.linked([Report(id="r", text="Jets destroyed a bridge in Goma.")])
    (bridge,) = [m.value for m in mentions if m.text == "bridge"]
    assert isinstance(bridge, Place)
    assert bridge.key == "r/bridge"
    assert bridge.within is not None
    assert bridge.within.label == "Goma"


def test_claims_read_descriptions_for_themselves(pipeline: Pipeline) -> None:
    reading = pipeline.read(Report(id="r", text="Jets destroyed two bridges near Goma."))
    assert [m.text for m in reading.mentions if m.kind is MentionKind.PLACE] == ["Goma"]
