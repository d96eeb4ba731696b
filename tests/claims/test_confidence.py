"""A claim's confidence: a logistic curve over signs, each of which pulls one way, that means what it says."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from benchmarks.calibration import samples, thirds
from kg import lexicon
from kg.claims.confidence import BASE, of_signs, weights
from tests.readings import claims

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

ROWS = {row["sign"]: row for row in lexicon.rows("confidence")}
SIGNS = sorted(set(ROWS) - {BASE})


def test_the_table_is_sorted_and_each_sign_stands_once() -> None:
    found = [row["sign"] for row in lexicon.rows("confidence")]
    assert found == sorted(set(found))


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_pulls_the_way_in_which_it_speaks(sign: str) -> None:
    weight = weights()[sign]
    assert weight >= 0 if ROWS[sign]["speaks"] == "for" else weight <= 0
    assert ROWS[sign]["speaks"] in {"for", "against"}
    assert ROWS[sign]["meaning"]


@pytest.mark.parametrize("sign", SIGNS)
def test_one_more_sign_moves_the_confidence_one_way_whatever_else_stands(sign: str) -> None:
    up = ROWS[sign]["speaks"] == "for"
    for others in combinations([other for other in SIGNS if other != sign], 2):
        without, beside = of_signs(others), of_signs([*others, sign])
        assert beside >= without if up else beside <= without


def test_no_claim_is_certain_and_none_is_impossible() -> None:
    best = of_signs([sign for sign in SIGNS if ROWS[sign]["speaks"] == "for"])
    worst = of_signs([sign for sign in SIGNS if ROWS[sign]["speaks"] == "against"])
    assert 0 < worst < 0.3 < 0.8 < best < 1


def test_the_order_of_signs_does_not_matter_and_unknown_ones_count_for_nothing() -> None:
    assert of_signs(SIGNS[:5]) == of_signs(reversed(SIGNS[:5])) == of_signs([*SIGNS[:5], "no such sign"])


SURER: list[tuple[str, str]] = [
    # The first is surer than the second.
    ("UNITA fighters attacked the Angolan army in Huambo.", "The attack in Huambo was brief."),
    ("UNITA captured Huambo.", "UNITA plans to capture Huambo."),
    ("UNITA fighters shelled Huambo.", "They shelled Huambo."),
    ("UNITA fighters attacked Huambo.", "The United Nations condemned the attack on Huambo."),
]


@pytest.mark.parametrize(("surer", "weaker"), SURER, ids=[case[1] for case in SURER])
def test_a_plain_sentence_is_surer_than_a_vague_one(pipeline: Pipeline, surer: str, weaker: str) -> None:
    (first,), (second,) = claims(pipeline, surer), claims(pipeline, weaker)
    assert first.confidence > second.confidence
    for claim in (first, second):
        assert claim.confidence == round(claim.confidence, 2)


def test_claims_above_0_8_are_right_clearly_more_often_than_those_below_0_5() -> None:
    _, aside = thirds()
    known = list(samples(aside))
    high = [sample.right for sample in known if sample.confidence > 0.8]
    low = [sample.right for sample in known if sample.confidence < 0.5]
    assert len(high) > 50
    assert len(low) > 5
    assert sum(high) / len(high) > sum(low) / len(low) + 0.2
