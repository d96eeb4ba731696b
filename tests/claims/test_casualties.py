"""How many were hurt, driven out or taken, and by which deed: tolls are figures of the event that took them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readings import claims, figures

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

TOLLS: list[tuple[str, str, str]] = [
    # sentence, class of the one claim, figures
    ("Rebels attacked Goma, killing at least 12 people.", "Attack", "12+ killed"),
    ("Rebels attacked Goma, killing 12 people and wounding five.", "Attack", "12 killed, 5 wounded"),
    ("Rebels attacked Goma and killed 12 people.", "Attack", "12 killed"),
    ("Rebels killed 12 people in Goma.", "Attack", "12 killed"),
    ("Rebels killed two policemen and wounded five in Goma.", "Attack", "2 killed, 5 wounded"),
    ("Twelve people were killed in an air strike on Goma.", "AirStrike", "12 killed"),
    ("Twelve people were killed by shelling in Goma.", "Shelling", "12 killed"),
    ("At least 30 people died in the shelling of Goma.", "Shelling", "30+ killed"),
    ("The shelling of Goma left 12 people dead.", "Shelling", "12 killed"),
    ("The shelling of Goma left 12 people dead and 30 wounded.", "Shelling", "12 killed, 30 wounded"),
    ("The shelling of Goma killed 12 people and injured 30 others.", "Shelling", "12 killed, 30 wounded"),
    ("A car bomb in Goma killed seven people and wounded dozens.", "Bombing", "7 killed, 24-99 wounded"),
    ("A suicide bombing in Goma claimed 12 lives.", "Bombing", "12 killed"),
    ("A roadside bomb killed a soldier near Goma.", "Bombing", "1 killed"),
    ("Gunmen shot dead three policemen in Goma.", "Attack", "3 killed"),
    ("The attack on Goma killed 12 people, including four children.", "Attack", "12 killed"),
    ("The blast in Goma left 12 dead and 30 wounded.", "Bombing", "30 wounded, 12 killed"),
    ("The death toll from the attack on Goma rose to 25.", "Attack", "25 killed"),
    ("Upwards of 200 people were killed in the attack on Goma.", "Attack", "200+ killed"),
    ("The killing of nine activists in Goma shocked the country.", "Attack", "9 killed"),
    ("Two soldiers were killed and 20 others wounded by a mortar bomb in Goma.", "Shelling", "2 killed, 20 wounded"),
    ("Three people were killed and several dozen wounded in a bombing in Goma.", "Bombing", "3 killed, 24-99 wounded"),
    ("Five soldiers laid down their lives in the fighting in Goma.", "Battle", "5 killed"),
    ("The ambush near Goma cost 14 soldiers their lives.", "Attack", "14 killed"),
    ("The army recaptured Goma in May at the cost of nine dead.", "Capture", "9 killed"),
    ("Rescuers recovered the bodies of two women from a house hit by a missile in Goma.", "Shelling", "2 killed"),
    ("Rebels drove 600 families out of Goma.", "Displacement", "600 displaced"),
    ("Soldiers shot at least 71 of them dead in Goma.", "Attack", "71+ killed"),
    ("Rebels fired 48 rockets at Goma, killing two people.", "Shelling", "2 killed"),
    ("Shells hit Goma, killing a schoolteacher.", "Shelling", "1 killed"),
    ("Six people, among them two nurses, died when shells hit Goma.", "Shelling", "6 killed"),
    ("Between 20 and 30 people were killed in the attack on Goma.", "Attack", "20-30 killed"),
    ("Up to 40 people were killed in the attack on Goma.", "Attack", "0-40 killed"),
    ("More than 100 people were killed in the attack on Goma.", "Attack", "100+ killed"),
    ("Some 40 people were killed in the attack on Goma.", "Attack", "40 killed"),
    ("Hundreds of people were killed in the attack on Goma.", "Attack", "200-999 killed"),
    ("Three soldiers and five rebels were killed in clashes in Goma.", "Battle", "3 killed, 5 killed"),
    ("Some 3,000 people fled Goma.", "Displacement", "3000 displaced"),
    ("Tens of thousands of people were displaced from Goma.", "Displacement", "20000-99999 displaced"),
    ("An estimated 120,000 people have been displaced from Goma.", "Displacement", "120000 displaced"),
    ("Police detained 40 demonstrators in Goma.", "Arrest", "40 detained"),
    ("Rebels kidnapped two nurses in Goma.", "Abduction", "2 abducted"),
    ("Rebels freed 15 prisoners in Goma.", "Release", "15 released"),
    ("The Red Cross evacuated 300 patients from Goma.", "Evacuation", "300 evacuated"),
    ("Two people were killed and five wounded when rebels shelled Goma.", "Shelling", "2 killed, 5 wounded"),
    ("Rebels shelled Goma, leaving two people dead and five injured.", "Shelling", "2 killed, 5 wounded"),
    ("Two died and five were injured in the shelling of Goma.", "Shelling", "2 killed, 5 wounded"),
    ("The shelling of Goma cost the lives of 12 people.", "Shelling", "12 killed"),
    ("Scores of people were killed in the shelling of Goma.", "Shelling", "40-99 killed"),
    ("Nearly 40 people were killed in the shelling of Goma.", "Shelling", "40 killed"),
    ("As many as 40 people were killed in the shelling of Goma.", "Shelling", "0-40 killed"),
    ("A woman and two children were killed in the shelling of Goma.", "Shelling", "1 killed, 2 killed"),
    ("The shelling of Goma killed a woman.", "Shelling", "1 killed"),
    ("The shelling of Goma killed 12 people, among them four children.", "Shelling", "12 killed"),
    ("The shelling of Goma killed 12 people, most of them women.", "Shelling", "12 killed"),
    ("The shelling of Goma killed 12 and wounded 30.", "Shelling", "12 killed, 30 wounded"),
    ("Gunmen raided Goma, shooting dead 22 farmers.", "Attack", "22 killed"),
    ("A suicide bomber killed 12 soldiers in Goma.", "Bombing", "12 killed"),
    ("A shell killed three children in Goma.", "Shelling", "3 killed"),
    ("Millions of people have fled Goma.", "Displacement", "2000000-9999999 displaced"),
    ("Rebels released 15 of the 40 hostages in Goma.", "Release", "15 released"),
    ("Police rounded up 40 students in Goma.", "Arrest", "40 detained"),
    # What is counted is no people, or no harm.
    ("Rebels burned down 30 houses in Goma.", "Destruction", ""),
    ("Rwanda sent 500 troops to Goma.", "Deployment", ""),
    ("Five hundred protesters marched in Goma.", "Protest", ""),
    ("Rebels attacked Goma.", "Attack", ""),
]


@pytest.mark.parametrize(("sentence", "event_class", "told"), TOLLS, ids=[case[0] for case in TOLLS])
def test_toll(pipeline: Pipeline, sentence: str, event_class: str, told: str) -> None:
    (claim,) = claims(pipeline, sentence)
    assert (claim.event_class, figures(claim)) == (event_class, told)


def test_a_toll_of_its_own_subject_stands_beside_the_deed(pipeline: Pipeline) -> None:
    told = {
        claim.event_class: figures(claim)
        for claim in claims(pipeline, "Rebels shelled Goma. Police arrested 12 people in Bukavu.")
    }
    assert told == {"Shelling": "", "Arrest": "12 detained"}


VICTIMS: list[tuple[str, str]] = [
    ("Rebels attacked Goma, killing 12 people.", "civilians"),
    ("Rebels attacked Goma, killing 12 policemen.", "Congolese National Police"),
    ("Gunmen attacked a police convoy near Goma, killing 12 men.", "Congolese National Police"),
    ("The shelling of Goma killed 12 journalists.", "journalists"),
]


@pytest.mark.parametrize(("sentence", "target"), VICTIMS, ids=[case[0] for case in VICTIMS])
def test_those_who_are_counted_are_the_target(pipeline: Pipeline, sentence: str, target: str) -> None:
    (claim,) = claims(pipeline, sentence)
    assert [actor.label for actor in claim.target] == [target]
