"""The whole way: what a reading holds, and that it depends on nothing but the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.model import MEASURES, MentionKind, Report
from tests.readings import ISSUED, claims

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

TEXT = (
    "GOMA (Reuters)\n\nRebels attacked Goma on Monday, killing at least 12 people, the United Nations said.\n\n"
    "The army denied that it had withdrawn from Bukavu. Rwanda sent 500 troops to Goma."
)


def report(name: str = "report", text: str = TEXT) -> Report:
    return Report(id=name, text=text, issued=ISSUED)


def test_mentions_are_what_the_text_says_at_their_offsets_in_its_order(pipeline: Pipeline) -> None:
    mentions = pipeline.read(report()).mentions
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert {m.kind for m in mentions} == set(MentionKind)
    for mention in mentions:
        assert TEXT[mention.start : mention.end] == mention.text


def test_each_claim_belongs_to_one_event(pipeline: Pipeline) -> None:
    reading = pipeline.read(report())
    told = [claim for event in reading.events for claim in event.claims]
    assert len(told) == len(set(told)) == len(reading.claims) >= 3
    assert len({event.key for event in reading.events}) == len(reading.events)


def test_claims_stand_in_the_order_of_the_text(pipeline: Pipeline) -> None:
    starts = [claim.start for claim in pipeline.read(report()).claims]
    assert starts == sorted(starts)


def test_a_report_reads_the_same_alone_and_among_others(pipeline: Pipeline) -> None:
    others = [report("a", "The rebels left Goma."), report(), report("b", "Police arrested 20 people in Bukavu.")]
    assert list(pipeline.pipe(others))[1] == pipeline.read(report())


def test_readings_come_in_the_order_of_the_reports(pipeline: Pipeline) -> None:
    names = [f"report-{number}" for number in range(5)]
    assert [reading.report.id for reading in pipeline.pipe(report(name) for name in names)] == names


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "...", "date 2017-11-08", "\u200b", "?" * 500, "Goma " * 300])
def test_a_text_that_tells_nothing_makes_no_claim(pipeline: Pipeline, text: str) -> None:
    reading = pipeline.read(report(text=text))
    assert (reading.claims, reading.events) == ((), ())


def test_figures_measure_what_the_model_knows(pipeline: Pipeline) -> None:
    for claim in pipeline.read(report()).claims:
        for figure in claim.figures:
            assert figure.measure in MEASURES
            assert figure.maximum is None or figure.minimum <= figure.maximum


@pytest.mark.parametrize(
    "text",
    [
        "REBELS ATTACK GOMA, KILLING 12",
        "Rebels attacked Goma\r\n\r\nThe army fled.",
        "Rebels attacked Goma — killing 12 — “at dawn”",
        "(Rebels attacked Goma",
        "Rebels attacked Goma;;; and and killed",
        '""Rebels attacked Goma,"" the army said.',
        "- Rebels attacked Goma\n- Rebels burned houses in Goma\n- ",
    ],
)
def test_odd_layout_keeps_quotes_exact(pipeline: Pipeline, text: str) -> None:
    for claim in claims(pipeline, text):
        assert text[claim.start : claim.end] == claim.quote
        assert claim.trigger in claim.quote
