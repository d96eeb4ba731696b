"""Who backs the initiator, and who mediates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readings import claims, names

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

SUPPORTERS: list[tuple[str, str, str]] = [
    # sentence, initiators, supporters
    ("UNITA attacked Huambo.", "UNITA", ""),
    ("UNITA, backed by South Africa, attacked Huambo.", "UNITA", "South African government"),
    ("Backed by South Africa, UNITA attacked Huambo.", "UNITA", "South African government"),
    ("UNITA attacked Huambo with the help of South Africa.", "UNITA", "South African government"),
    ("UNITA attacked Huambo with the support of South Africa.", "UNITA", "South African government"),
    ("UNITA, supported by South Africa, attacked Huambo.", "UNITA", "South African government"),
    ("UNITA, which is backed by South Africa, attacked Huambo.", "UNITA", "South African government"),
    # Who leads takes part.
    ("UNITA, led by Jonas Savimbi, attacked Huambo.", "UNITA", ""),
    ("UNITA, aided by South Africa, attacked Huambo.", "UNITA", "South African government"),
    (
        "UNITA attacked Huambo with help from South Africa and Zambia.",
        "UNITA",
        "South African government, Zambian government",
    ),
]


@pytest.mark.parametrize(("sentence", "initiator", "supporter"), SUPPORTERS, ids=[case[0] for case in SUPPORTERS])
def test_supporter(pipeline: Pipeline, sentence: str, initiator: str, supporter: str) -> None:
    (claim,) = claims(pipeline, sentence)
    assert (names(claim.initiator), names(claim.supporter)) == (initiator, supporter)


SIDES = "Colombian government, Revolutionary Armed Forces of Colombia"
MEDIATORS: list[tuple[str, str]] = [
    ("The Colombian government and FARC signed a ceasefire in Havana.", ""),
    ("The Colombian government and FARC signed a ceasefire brokered by Norway.", "Norwegian government"),
    ("The Colombian government and FARC held talks mediated by Norway.", "Norwegian government"),
    ("The Colombian government and FARC held talks under the auspices of the United Nations.", "United Nations"),
    ("Under the auspices of the United Nations, the Colombian government and FARC held talks.", "United Nations"),
    ("Talks between the Colombian government and FARC, brokered by Norway, opened.", "Norwegian government"),
    ("Norway mediated talks between the Colombian government and FARC.", "Norwegian government"),
    ("Norway brokered a ceasefire between the Colombian government and FARC.", "Norwegian government"),
    ("The Colombian government and FARC held talks, chaired by Norway, in Havana.", "Norwegian government"),
    ("A ceasefire between the Colombian government and FARC, which Norway had brokered, held.", "Norwegian government"),
    ("The Colombian government and FARC agreed on a ceasefire mediated by Norway.", "Norwegian government"),
    ("Norwegian-mediated talks between the Colombian government and FARC opened.", "Norwegian government"),
    (
        "The Colombian government and FARC held talks under the auspices of Norway and Cuba.",
        "Cuban government, Norwegian government",
    ),
]


@pytest.mark.parametrize(("sentence", "mediator"), MEDIATORS, ids=[case[0] for case in MEDIATORS])
def test_mediator(pipeline: Pipeline, sentence: str, mediator: str) -> None:
    (claim,) = claims(pipeline, sentence)
    assert (names((*claim.initiator, *claim.target)), names(claim.supporter)) == (SIDES, mediator)


def test_who_secures_a_release_supports_it(pipeline: Pipeline) -> None:
    (claim,) = claims(pipeline, "The Red Cross secured the release of nine prisoners in Huambo.")
    assert (claim.event_class, names(claim.initiator)) == ("Release", "")
    assert "Red Cross" in names(claim.supporter)
