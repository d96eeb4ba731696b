"""Where and when: the clause's own place and day, movement from and to, never the day on which somebody speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readings import claims, days

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

MOVEMENTS: list[tuple[str, str, str, str]] = [
    # sentence, location, origin, destination
    ("Rebels advanced from Bukavu to Goma.", "Goma", "Bukavu", "Goma"),
    ("Rebels advanced on Goma.", "Goma", "", "Goma"),
    ("Rebels withdrew from Goma.", "Goma", "Goma", ""),
    ("Rebels withdrew from Goma to Bukavu.", "Bukavu", "Goma", "Bukavu"),
    ("Rebels retreated to Bukavu.", "Bukavu", "", "Bukavu"),
    ("The withdrawal of rebels from Goma to Bukavu began.", "Bukavu", "Goma", "Bukavu"),
    ("Thousands of people fled from Goma to Bukavu.", "Bukavu", "Goma", "Bukavu"),
    ("Thousands of people fled Goma for Bukavu.", "Bukavu", "Goma", "Bukavu"),
    ("Thousands of people fled Goma.", "Goma", "Goma", ""),
    ("Refugees crossed from Burundi into Rwanda.", "Rwanda", "Burundi", "Rwanda"),
    ("Rwanda sent 500 troops to Goma.", "Goma", "", "Goma"),
    ("Patients were evacuated from Goma to Bukavu.", "Bukavu", "Goma", "Bukavu"),
    ("The Red Cross sent food from Bukavu to Goma.", "Goma", "Bukavu", "Goma"),
    ("The Red Cross delivered medicine to Goma.", "Goma", "", "Goma"),
    # No movement: no origin or destination.
    ("Rebels attacked Goma.", "Goma", "", ""),
    ("Rebels captured Goma.", "Goma", "", ""),
    ("Rebels fired rockets at Goma from Bukavu.", "Goma", "", ""),
]


@pytest.mark.parametrize(
    ("sentence", "location", "origin", "destination"), MOVEMENTS, ids=[case[0] for case in MOVEMENTS]
)
def test_from_where_to_where(pipeline: Pipeline, sentence: str, location: str, origin: str, destination: str) -> None:
    (claim,) = claims(pipeline, sentence)
    told = tuple(place.label if place else "" for place in (claim.location, claim.origin, claim.destination))
    assert told == (location, origin, destination)


PLACES: list[tuple[str, str, str]] = [
    # sentence, trigger, location
    ("Gunmen kidnapped a priest in Goma.", "kidnapped", "Goma"),
    ("The envoy travelled to Goma on Monday for talks with the rebels.", "talks", "Goma"),
    ("Gunmen kidnapped a priest near Goma.", "kidnapped", "Goma"),
    ("In Goma, gunmen kidnapped a priest.", "kidnapped", "Goma"),
    ("Gunmen attacked a church in Goma.", "attacked", "Goma"),
    ("Gunmen attacked the Goma airport.", "attacked", "Goma airport"),
    ("The attack in Goma killed three people.", "attack", "Goma"),
    ("The bombing of Goma killed three people.", "bombing", "Goma"),
    ("The siege of Goma went on.", "siege", "Goma"),
    ("Rebels attacked Goma and captured Bukavu.", "attacked", "Goma"),
    ("Rebels attacked Goma and captured Bukavu.", "captured", "Bukavu"),
    ("Rebels who came from Bukavu attacked Goma.", "attacked", "Goma"),
    ("A spokesman in Bukavu said rebels had attacked Goma.", "attacked", "Goma"),
    ("A car bomb exploded outside a hotel in Goma.", "car bomb", "Goma"),
    ("Troops in Goma opened fire on a crowd, killing three people.", "opened fire", "Goma"),
    ("Lebanon's Hezbollah attacked Palmyra.", "attacked", "Palmyra"),
    # The parser hangs the place on whom the minister met, or on the name behind it.
    ("The army signed a truce with Joseph Kony in Juba.", "signed", "Juba"),
    ("In Goma police arrested 14 people.", "arrested", "Goma"),
    ("Gunmen marched through Goma.", "marched", "Goma"),
    # A clause behind the noun says where it was agreed.
    ("A truce that the rebels had signed at Goma in May failed.", "truce", "Goma"),
    ("Talks in Goma ended without the rebels having agreed on a truce.", "agreed", "Goma"),
    # Not where it is told, nor where shots come from; a capital less than the town in it.
    ("In Goma, officials said that 20 people had been killed in fighting.", "fighting", "Goma"),
    ("Survivors reached in Bukavu blamed the rebels for the attack on Goma.", "attack", "Goma"),
    ("An assault on Goma killed 46 people in Congo.", "assault", "Goma"),
    ("Rebels withdrew from Goma to Bukavu after days of fighting.", "fighting", "Goma"),
    ("A doctor in Goma said that 13 people had died when a mortar round landed.", "mortar round", "Goma"),
    ("Rebels fired rockets from the hills of Rutshuru at Goma.", "fired rockets", "Goma"),
    # A border is a place without a name.
    ("Rebels fought troops near the Rwandan border.", "fought", "Rwandan border"),
    ("Congo deployed troops along the frontier.", "deployed", "frontier"),
]


@pytest.mark.parametrize(("sentence", "trigger", "location"), PLACES, ids=[f"{case[0]} {case[1]}" for case in PLACES])
def test_where(pipeline: Pipeline, sentence: str, trigger: str, location: str) -> None:
    (claim,) = (claim for claim in claims(pipeline, sentence) if claim.trigger.split()[0] == trigger.split()[0])
    assert claim.location is not None
    assert claim.location.label == location


TIMES: list[tuple[str, str, str]] = [
    # sentence, trigger, days: the report is of Wednesday 2017-11-08
    ("Rebels attacked Goma on Monday.", "attacked", "11-06"),
    ("On Monday, rebels attacked Goma.", "attacked", "11-06"),
    ("Rebels attacked Goma.", "attacked", ""),
    ("Rebels attacked Goma last week.", "attacked", "10-30 to 11-05"),
    ("Rebels have held talks with the army since July.", "talks", "07-01 to 11-08"),
    ("Rebels attacked Goma in 2014.", "attacked", "2014-01-01 to 2014-12-31"),
    ("Monday's attack on Goma killed three people.", "attack", "11-06"),
    ("The attack on Goma on Monday killed three people.", "attack", "11-06"),
    ("The army said on Tuesday that rebels had attacked Goma.", "attacked", ""),
    ("The army said rebels had attacked Goma, it said on Tuesday.", "attacked", ""),
    ("The army said on Tuesday that rebels attacked Goma on Sunday.", "attacked", "11-05"),
    ("The army denied on Tuesday that it had shelled Goma.", "shelled", ""),
    ("The army denied on Tuesday that it had shelled Goma on Sunday.", "shelled", "11-05"),
    ("Rebels attacked Goma on Sunday, the army said on Tuesday.", "attacked", "11-05"),
    ("Rebels attacked Goma on Sunday and captured Bukavu on Monday.", "attacked", "11-05"),
    ("Rebels attacked Goma on Sunday and captured Bukavu on Monday.", "captured", "11-06"),
    ("On Sunday, rebels attacked Goma and gunmen shelled Bukavu.", "shelled", "11-05"),
    ("Rebels who captured Goma in May attacked Bukavu on Sunday.", "captured", "05-01 to 05-31"),
    ("Rebels who captured Goma in May attacked Bukavu on Sunday.", "attacked", "11-05"),
    ("Rebels attacked Bukavu on Sunday after capturing Goma in May.", "capturing", "05-01 to 05-31"),
    ("Rebels attacked Bukavu on Sunday after capturing Goma in May.", "attacked", "11-05"),
    ("Rebels will attack Goma on Friday.", "attack", "11-10"),
    ("Rebels attacked Goma overnight.", "attacked", "11-07 to 11-08"),
    ("Rebels attacked Goma in early March.", "attacked", "03-01 to 03-10"),
    ("Rebels attacked Goma this weekend.", "attacked", "11-04 to 11-05"),
    ("Rebels attacked Goma two days ago.", "attacked", "11-06"),
    ("Rebels attacked Goma in recent days.", "attacked", "11-01 to 11-08"),
    ("Rebels have been shelling Goma for weeks.", "shelling", "10-11 to 11-08"),
    ("Rebels attacked Goma on 3 November.", "attacked", "11-03"),
    ("Rebels attacked Goma on November 3, 2016.", "attacked", "2016-11-03"),
    ("Rebels attacked Goma between 3 and 5 November.", "attacked", "11-03 to 11-05"),
    ("Rebels attacked Goma from 3 to 5 November.", "attacked", "11-03 to 11-05"),
    ("Rebels attacked Goma on Monday and Tuesday.", "attacked", "11-06 to 11-07"),
    ("The rebels' capture of Goma in May shocked the region.", "capture", "05-01 to 05-31"),
    ("Last month's capture of Goma by rebels shocked the region.", "capture", "10-01 to 10-31"),
    ("Rebels shelled Goma on Monday, killing 12 people.", "shelled", "11-06"),
    ("Twelve people were killed on Monday when rebels shelled Goma.", "shelled", "11-06"),
    ("Speaking on Tuesday, a spokesman said rebels had attacked Goma.", "attacked", ""),
    ("A spokesman told Reuters on Tuesday that rebels had attacked Goma last month.", "attacked", "10-01 to 10-31"),
    ("In a statement on Tuesday, the army said rebels had attacked Goma.", "attacked", ""),
    ("Rebels, who captured Goma on Sunday, denied on Tuesday shelling Bukavu.", "shelling", ""),
    ("Rebels, who captured Goma on Sunday, denied on Tuesday shelling Bukavu.", "captured", "11-05"),
    ("Since May, rebels have attacked Goma.", "attacked", "05-01 to 11-08"),
    ("Rebels plan to attack Goma next week.", "attack", "11-13 to 11-19"),
    ("Rebels attacked Goma early on Thursday.", "attacked", "11-02"),
]


@pytest.mark.parametrize(("sentence", "trigger", "told"), TIMES, ids=[f"{case[0]} {case[1]}" for case in TIMES])
def test_when(pipeline: Pipeline, sentence: str, trigger: str, told: str) -> None:
    (claim,) = (claim for claim in claims(pipeline, sentence) if claim.trigger == trigger)
    assert days(claim) == told


@pytest.mark.parametrize("sentence", ["Rebels attacked Goma on Monday.", "Rebels attacked Goma last week."])
def test_a_report_without_a_date_leaves_its_days_open(pipeline: Pipeline, sentence: str) -> None:
    (claim,) = claims(pipeline, sentence, issued=None)
    assert claim.period is None


def test_a_year_needs_no_date_of_the_report(pipeline: Pipeline) -> None:
    (claim,) = claims(pipeline, "Rebels attacked Goma in May 2014.", issued=None)
    assert days(claim) == "2014-05-01 to 2014-05-31"
