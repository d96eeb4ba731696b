"""When: which of the dates of a sentence are those of its events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readings import claims, days

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

TIMES: list[tuple[str, str, str]] = [
    # sentence, trigger, days: the report is of Wednesday 2017-11-08
    # A clause behind a noun says when; so does a date between it and the verb.
    ("A truce signed in May failed last week.", "truce", "05-01 to 05-31"),
    ("A ceasefire which they had concluded in May lapsed in August.", "ceasefire", "05-01 to 05-31"),
    ("A drone strike which hit Goma on Monday is reported to have killed ten people.", "drone strike", "11-06"),
    ("Rebels who attacked Goma last May have fled.", "attacked", "05-01 to 05-31"),
    ("A missile hit a mosque in Goma on Sunday; at least 13 people were wounded.", "missile", "11-05"),
    # What those did to whom it was done.
    ("A landmine killed two boys who were herding goats near Goma on Monday.", "landmine", "11-06"),
    # What went before, and what it answers, was on another day.
    ("Troops withdrew from Goma on Friday after days of shelling.", "shelling", ""),
    ("Troops seized Goma on Friday after clashes with rebels.", "clashes", "11-03"),
    ("Jets bombed Goma overnight in response to a rocket attack.", "rocket attack", ""),
    ("Rebels seized Goma, a week after seizing Bukavu on 3 May.", "seized", ""),
    # The day of the plan is not the day of the deed.
    ("The rebels agreed on Monday to leave Goma.", "leave", ""),
    ("The United Nations on Monday called for a truce in Goma.", "truce", ""),
    ("The rebels agreed to leave Goma on Friday.", "leave", "11-10"),
    # A date at the end of all that the same did.
    ("Rebels killed nine people and abducted four in Goma on Monday.", "killed", "11-06"),
    ("Rebels attacked Goma and on Monday took Bukavu.", "attacked", ""),
    # Where a report was filed, and when.
    ("GOMA, Nov 8 (agency) - Rebels have seized Bukavu.", "seized", ""),
    # "Since" before a clause dates what was done since, not what began.
    ("Rebels have shelled Goma since the siege began on 3 October.", "shelled", "10-03 to 11-08"),
    ("Since July, the army said, rebels have shelled Goma.", "shelled", "07-01 to 11-08"),
    ("Rebels had held Goma since May, he said, setting houses ablaze.", "setting", "05-01 to 11-08"),
]


@pytest.mark.parametrize(("sentence", "trigger", "told"), TIMES, ids=[f"{case[0]} {case[1]}" for case in TIMES])
def test_when(pipeline: Pipeline, sentence: str, trigger: str, told: str) -> None:
    (claim,) = (claim for claim in claims(pipeline, sentence) if claim.trigger == trigger)
    assert days(claim) == told
