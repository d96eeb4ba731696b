"""News of other fields in the vocabulary that tempts: who shoots at goal or attacks a budget makes no event."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.readings import deeds

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

NEWS = Path(__file__).parent / "nonconflict.tsv"
MOST = 2


def _sentences() -> list[dict[str, str]]:
    with NEWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_news_of_other_fields_makes_at_most_two_false_claims(pipeline: Pipeline) -> None:
    told = {row["sentence"]: deeds(pipeline, row["sentence"]) for row in _sentences()}
    false = {sentence: found for sentence, found in told.items() if found}
    assert len(told) == 40
    assert sum(map(len, false.values())) <= MOST, false


# The same words of war, and of something else.
PAIRS = [
    ("Rebels attacked the town of Goma.", "The senator attacked the budget in Goma."),
    ("Rebels stormed the governor's office in Goma.", "The senator stormed out of the governor's office in Goma."),
    ("Rebels killed the mayor of Goma.", "Lawmakers killed the bill in Goma."),
    ("Rebels launched an offensive in Goma.", "The charity launched a campaign in Goma."),
    ("Rebels captured the town of Goma.", "The photographer captured the mood in Goma."),
    ("Rebels shot two men in Goma.", "The striker shot from 20 metres in Goma."),
    ("The army besieged Goma.", "The airport of Goma was besieged by passengers."),
    ("An air strike hit Goma.", "A hurricane hit Goma."),
    ("Rebels seized Goma.", "Rebels seized the opportunity in Goma."),
]


@pytest.mark.parametrize(("deed", "figure"), PAIRS, ids=[pair[1] for pair in PAIRS])
def test_a_word_of_war_makes_an_event_only_where_it_means_one(pipeline: Pipeline, deed: str, figure: str) -> None:
    assert len(deeds(pipeline, deed)) == 1
    assert deeds(pipeline, figure) == []
