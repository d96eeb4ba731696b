"""The exact words that a claim rests on: the clause that makes it, with its trigger."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.model import Report
from kg.reports import read_reports
from tests.readings import claims

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

CLAUSES: list[tuple[str, list[str]]] = [
    ("Rebels attacked Goma on Monday.", ["Rebels attacked Goma on Monday."]),
    ("Rebels attacked Goma while gunmen shelled Bukavu.", ["Rebels attacked Goma", "while gunmen shelled Bukavu"]),
    ("The army said rebels had attacked Goma.", ["rebels had attacked Goma"]),
    ("The army denied that it had shelled Goma.", ["that it had shelled Goma"]),
    (
        "Rebels who captured Goma in May attacked Bukavu on Sunday.",
        ["who captured Goma in May", "attacked Bukavu on Sunday."],
    ),
    ("Rebels and gunmen attacked Goma.", ["Rebels and gunmen attacked Goma."]),
    ("Soldiers and police attacked Goma on Monday.", ["Soldiers and police attacked Goma on Monday."]),
    ("A car bomb exploded outside a hotel in Goma.", ["A car bomb exploded outside a hotel in Goma."]),
    (
        "Clashes broke out between rebels and gunmen in Goma.",
        ["Clashes broke out between rebels and gunmen in Goma."],
    ),
    ("The attack on Goma and Bukavu lasted hours.", ["The attack on Goma and Bukavu lasted hours."]),
    ("Rebels laid siege to Goma.", ["Rebels laid siege to Goma."]),
    # The parser takes the town for who speaks.
    (
        "Army units backed by Chadian air power have captured Tina al-Ruman, the second-largest town in the rebel-held "
        "province of Nord, state media and a war monitor said on Wednesday.",
        ["Army units backed by Chadian air power have captured Tina al-Ruman"],
    ),
    # Who is said to have done it is evidence too.
    ("Rebels claimed responsibility for the raid on Goma.", ["Rebels claimed responsibility for the raid on Goma"]),
    ("The army blamed rebels for the raid on Goma.", ["rebels for the raid on Goma"]),
    ("The army condemned the attack on Goma.", ["the attack on Goma"]),
    (
        "Rebels attacked Goma, killing 12 people and wounding five.",
        ["Rebels attacked Goma, killing 12 people and wounding five."],
    ),
    ("Rebels captured Goma; gunmen shelled Bukavu.", ["Rebels captured Goma", "gunmen shelled Bukavu."]),
]


@pytest.mark.parametrize(("sentence", "quotes"), CLAUSES, ids=[case[0] for case in CLAUSES])
def test_clause(pipeline: Pipeline, sentence: str, quotes: list[str]) -> None:
    assert [claim.quote.rstrip(".") for claim in claims(pipeline, sentence)] == [quote.rstrip(".") for quote in quotes]


TRIGGERS: list[tuple[str, str]] = [
    ("Rebels took control of Goma.", "took control of"),
    ("Rebels opened fire on a crowd in Goma.", "opened fire"),
    ("Rebels pulled out of Goma.", "pulled out"),
    ("A car bomb exploded in Goma.", "car bomb"),
    ("Rebels shelled Goma.", "shelled"),
    ("Russian air strikes hit Grozny.", "air strikes"),
]


@pytest.mark.parametrize(("sentence", "words"), TRIGGERS, ids=[case[0] for case in TRIGGERS])
def test_trigger_is_what_names_the_event(pipeline: Pipeline, sentence: str, words: str) -> None:
    (claim,) = claims(pipeline, sentence)
    assert words.startswith(claim.trigger)
    assert claim.quote[claim.trigger_start - claim.start :].startswith(claim.trigger)


def test_every_quote_of_the_annotated_reports_is_the_text_at_its_offsets(pipeline: Pipeline, gold: Path) -> None:
    folders = [str(gold / "dev"), str(gold / "real")]
    reports = [entry for entry in read_reports(folders) if isinstance(entry, Report)]
    readings = list(pipeline.pipe(reports))
    assert len(readings) == len(reports) > 70
    for reading in readings:
        text = reading.report.text
        for claim in reading.claims:
            assert text[claim.start : claim.end] == claim.quote
            assert claim.start <= claim.trigger_start
            assert claim.quote[claim.trigger_start - claim.start :].startswith(claim.trigger)
            assert claim.quote == claim.quote.strip()
            assert claim.trigger
            assert claim.reading
            assert 0 < claim.confidence < 1
        told = list(chain.from_iterable(event.claims for event in reading.events))
        assert sorted(told, key=id) == sorted(reading.claims, key=id)
