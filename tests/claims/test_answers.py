"""Denials that name no event of their own: each is a claim that the event told last did not happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readings import claims, names

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

ANSWERS: list[tuple[str, str, str]] = [
    # text, the word that stands for what is denied, who denies
    ("Local media reported that rebels had captured Goma, something which Rwanda denied.", "something", "Rwandan"),
    ("Local media reported that rebels had captured Goma, which Rwanda denied.", "denied", "Rwandan"),
    ("Amnesty International accused Rwanda of shelling Goma, an accusation Kigali denies.", "accusation", "Rwandan"),
    ("Amnesty International accused Rwanda of shelling Goma. Rwanda denied the accusation.", "accusation", "Rwandan"),
    ("Amnesty International accused Rwanda of shelling Goma, but Rwanda denied it.", "it", "Rwandan"),
    ("Rebels shelled Goma on Monday. Rwanda denied any involvement.", "involvement", "Rwandan"),
]


@pytest.mark.parametrize(("text", "word", "denier"), ANSWERS, ids=[case[0] for case in ANSWERS])
def test_answer(pipeline: Pipeline, text: str, word: str, denier: str) -> None:
    told, denied = claims(pipeline, text)
    assert (told.stance, denied.stance) == ("Affirmed", "Denied")
    assert (denied.event_class, denied.trigger, names(denied.source)) == (
        told.event_class,
        word,
        f"{denier} government",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled Goma. The government rejected the proposal.",
        "Rebels shelled Goma.\n\nThe president denied the rumours about his health.",
        "The government denied that it had shelled Goma.",
    ],
)
def test_no_answer(pipeline: Pipeline, text: str) -> None:
    assert len(claims(pipeline, text)) == 1


def test_who_is_blamed_is_the_doer(pipeline: Pipeline) -> None:
    _, blamed = claims(pipeline, "A bomb went off in Goma on Monday. Police in Goma blamed rebels.")
    assert (blamed.event_class, blamed.trigger, blamed.stance) == ("Bombing", "blamed", "Affirmed")
    assert (names(blamed.initiator), names(blamed.source)) == ("rebels", "Congolese National Police")


@pytest.mark.parametrize(
    "text",
    [
        "A bomb went off in Goma on Monday. Critics blamed the police for the poor harvest.",
        "A bomb went off in Goma on Monday.\n\nPolice blamed rebels.",
        "Norway imposed sanctions on Syria. Police blamed rebels.",
    ],
)
def test_no_blame(pipeline: Pipeline, text: str) -> None:
    assert len(claims(pipeline, text)) == 1


def test_who_denies_involvement_is_the_doer_that_is_denied(pipeline: Pipeline) -> None:
    _, denied = claims(pipeline, "Gunmen shelled Goma on Monday. Rwanda denied responsibility.")
    assert names(denied.initiator) == "Rwandan government"
