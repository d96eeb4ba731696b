"""The scene that a report has set: who keeps it, and what ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readings import claims

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

SCENES: list[tuple[str, str]] = [
    # text, place of its last claim
    ("Rebels attacked Goma on Monday. They burned 20 houses.", "Goma"),
    ("Rebels attacked Goma on Monday. They burned 20 houses there.", "Goma"),
    ("Rebels attacked Goma on Monday. The army retook the town on Tuesday.", "Goma"),
    ("Rebels attacked Goma on Monday. Gunmen burned 20 houses in Bukavu.", "Bukavu"),
    ("Rebels attacked Goma on Monday.\n\nThey burned 20 houses.", "Goma"),
    # A paragraph that names places of its own starts a new scene.
    ("Rebels attacked Goma on Monday.\n\nIn Bukavu, the army arrested 20 people. Soldiers burned houses.", "Bukavu"),
    ("Rebels attacked Goma on Monday.\n\nGunmen attacked Bukavu on Tuesday. They burned 20 houses.", "Bukavu"),
    # What it tells before it names them belongs to the scene set before, unless it is told of another time.
    ("Rebels attacked Goma on Monday.\n\nHouses were burned. People fled to Bukavu.", "Bukavu"),
    ("Rebels attacked Goma on Monday.\n\nPeople in Bukavu rejoiced. Rebels burned 20 houses in March.", ""),
    ("Rebels attacked Goma on Monday.\n\nBukavu is calm. Rebels burned 20 houses.", "Goma"),
    # Who flees leaves the scene, which goes on without them.
    ("Rebels attacked Goma on Monday. Residents fled to Bukavu. Gunmen burned 20 houses.", "Goma"),
    # What has no place at all happened where most of the report is.
    (
        "Rebels attacked Goma. They shelled Goma. They looted Goma. They burned houses in Goma on Monday.\n\n"
        "People in Bukavu rejoiced. Rebels burned 20 houses in March.",
        "Goma",
    ),
    # Politics is made elsewhere.
    ("Rebels attacked Goma on Monday.\n\nThe United States imposed sanctions on the rebels.", ""),
    ("Rebels attacked Goma on Monday. The rebels threatened the government.", ""),
    ("Rebels attacked Goma on Monday. Norway held talks with the rebels.", ""),
    # What did a thing was where the thing was done.
    ("The shelling of Goma destroyed a school.", "Goma"),
    ("An air strike in Goma destroyed a school.", "Goma"),
]


@pytest.mark.parametrize(("text", "place"), SCENES, ids=[case[0] for case in SCENES])
def test_scene(pipeline: Pipeline, text: str, place: str) -> None:
    last = claims(pipeline, text)[-1]
    assert (last.location.label if last.location else "") == place


CAUSES: list[tuple[str, str]] = [
    ("Monday's air strike on Goma destroyed a school.", "11-06"),
    ("An air strike on Monday destroyed a school in Goma.", "11-06"),
]


@pytest.mark.parametrize(("text", "day"), CAUSES, ids=[case[0] for case in CAUSES])
def test_what_a_deed_did_has_its_day(pipeline: Pipeline, text: str, day: str) -> None:
    last = claims(pipeline, text)[-1]
    assert last.period is not None
    assert f"{last.period.earliest:%m-%d}" == day
