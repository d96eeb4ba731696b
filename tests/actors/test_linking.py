"""Which actor a phrase means: names, forces, groups, peoples, persons, organisations, governments by their places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.lexicon import rows
from kg.model import Actor, ActorType, MentionKind, Report

if TYPE_CHECKING:
    from kg.model import Mention
    from kg.pipeline import Pipeline


def linked(pipeline: Pipeline, text: str) -> tuple[Mention, ...]:
    report = Report(id="r", text=text, issued=date(2016, 5, 11))
    found = pipeline.mentions(pipeline.language.doc(report), report.issued)
    return tuple(mention for mention in found if mention.kind is MentionKind.ACTOR)


def meant(pipeline: Pipeline, text: str, phrase: str) -> list[str]:
    """Return the keys of the actors that the mentions with these words have, in the order of the text."""
    actors = [m.value for m in linked(pipeline, text) if m.text == phrase and isinstance(m.value, Actor)]
    return [actor.key for actor in actors]


def actor(pipeline: Pipeline, text: str, phrase: str) -> Actor:
    found = [m.value for m in linked(pipeline, text) if m.text == phrase]
    assert found, [m.text for m in linked(pipeline, text)]
    assert isinstance(found[0], Actor)
    return found[0]


@pytest.mark.parametrize(
    ("text", "phrase", "key"),
    [
        ("Syrian troops shelled the town on Sunday.", "Syrian troops", "sy-armed-forces"),
        ("Russian warplanes bombed a market in Idlib.", "Russian warplanes", "ru-armed-forces"),
        ("Iraqi police arrested two men in Basra.", "Iraqi police", "iq-police"),
        ("Clashes broke out in Kabul. Government forces fired on the crowd.", "Government forces", "af-armed-forces"),
        ("Fighting went on near Gao in Mali. The army said it had lost five men.", "army", "ml-armed-forces"),
        ("Shells hit Donetsk in Ukraine. Moscow's army fired them.", "army", "ru-armed-forces"),
        ("Rwanda denies having sent troops to Goma in Congo.", "troops", "rw-armed-forces"),
        ("Bombs fell on Juba in South Sudan. Gunships dropped them.", "Gunships", "ss-armed-forces"),
    ],
)
def test_forces_belong_to_the_state_that_phrase_or_context_gives(
    pipeline: Pipeline, text: str, phrase: str, key: str
) -> None:
    assert meant(pipeline, text, phrase)[0] == key


@pytest.mark.parametrize(
    ("text", "phrase", "key"),
    [
        ("Gunmen of the Lord's Resistance Army burned the village.", "Gunmen", "lords-resistance-army"),
        ("Boko Haram fighters attacked the market.", "Boko Haram fighters", "boko-haram"),
        ("Hamas released a captive. Its gunmen drove off.", "gunmen", "hamas"),
        ("The Boko Haram group attacked. An army base was hit by the group.", "group", "boko-haram"),
    ],
)
def test_fighters_of_a_group_are_the_group(pipeline: Pipeline, text: str, phrase: str, key: str) -> None:
    assert meant(pipeline, text, phrase)[0] == key


@pytest.mark.parametrize(
    ("text", "phrase", "label", "kind"),
    [
        ("Syrian troops and allied militiamen took the town.", "allied militiamen", "allied militiamen", "ArmedGroup"),
        ("Troops loyal to Ali Saleh shelled Taiz.", "Troops", "troops loyal to Ali Saleh", "ArmedGroup"),
        ("Masked gunmen shot three traders dead.", "Masked gunmen", "masked gunmen", "ArmedGroup"),
        ("The Qolmar regional forces left.", "Qolmar regional forces", "Qolmar regional forces", "StateForces"),
        ("An airport official said a plane had landed.", "airport official", "airport official", "Person"),
        ("Witnesses said the shooting lasted an hour.", "Witnesses", "witnesses", "Population"),
        ("Twelve people died, according to a lawyers' group.", "group", "lawyers' group", "CivilOrganization"),
        ("Qolmari villagers were shot in the suburb.", "Qolmari villagers", "Qolmari villagers", "Population"),
        ("The mayor was shot by gang members.", "gang members", "gang members", "ArmedGroup"),
        ("Armed youths burned the houses.", "Armed youths", "armed youths", "ArmedGroup"),
        ("Kuwaiti exiles marched in London.", "Kuwaiti exiles", "Kuwaiti exiles", "Population"),
        ("The murder of Muslim preachers angered the town.", "Muslim preachers", "Muslim preachers", "Population"),
        ("Foreign troops left Somalia.", "Foreign troops", "foreign troops", "StateForces"),
        ("The 19th Mountain Division came.", "19th Mountain Division", "19th Mountain Division", "StateForces"),
        ("Troops of the 77th LID fired.", "Troops", "77th LID", "StateForces"),
        ("Troops of 42 Commando fired.", "42 Commando", "42 Commando", "StateForces"),
        ("Ghana's delegate spoke first.", "delegate", "delegate", "Person"),
    ],
)
def test_a_description_that_nobody_is_known_by_becomes_an_actor_of_its_own(
    pipeline: Pipeline, text: str, phrase: str, label: str, kind: str
) -> None:
    found = actor(pipeline, text, phrase)
    assert (found.label, found.type, found.unresolved) == (label, ActorType(kind), True)


@pytest.mark.parametrize(
    ("text", "phrase", "key"),
    [
        ("Shells killed 12 villagers near Taiz.", "villagers", "civilians"),
        ("Air strikes killed four Palestinians in Rafah.", "Palestinians", "civilians"),
        ("Tens of thousands of people marched through Kyiv.", "people", "protesters"),
        ("Police fired on demonstrators.", "demonstrators", "protesters"),
        ("Refugees crossed into Chad.", "Refugees", "refugees"),
    ],
)
def test_bodies_of_people(pipeline: Pipeline, text: str, phrase: str, key: str) -> None:
    assert meant(pipeline, text, phrase) == [key]


@pytest.mark.parametrize(
    ("text", "phrase", "key"),
    [
        ("Damascus denied that any gas had been used.", "Damascus", "sy-government"),
        ("A truce brokered by Cairo held.", "Cairo", "eg-government"),
        ("The Kremlin said the base was safe.", "Kremlin", "ru-government"),
        ("France has threatened air strikes.", "France", "fr-government"),
        ("Human Rights Watch accused Egypt of torture.", "Egypt", "eg-government"),
        ("Paris called on Bamako to open talks.", "Bamako", "ml-government"),
    ],
)
def test_a_capital_or_country_that_acts_or_is_addressed_is_its_government(
    pipeline: Pipeline, text: str, phrase: str, key: str
) -> None:
    assert meant(pipeline, text, phrase) == [key]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("A rocket hit Damascus on Tuesday.", "Damascus"),
        ("The delegation flew to Cairo.", "Cairo"),
        ("Albu Kamal lies in Syria.", "Syria"),
        ("SINJAR, Iraq - The town has fallen.", "Iraq"),
    ],
)
def test_a_place_that_is_only_a_place_is_no_actor(pipeline: Pipeline, text: str, phrase: str) -> None:
    assert meant(pipeline, text, phrase) == []


@pytest.mark.parametrize(
    ("text", "phrase", "key"),
    [
        ("Kampala denied that it has any troops in Congo. It left Goma.", "troops", "ug-armed-forces"),
        ("Kenya's envoy announced that 600 more soldiers would be sent to Haiti.", "soldiers", "ke-armed-forces"),
        ("In Burkina Faso, raiders hit an army base. Malian troops and Malian jets came.", "army", "bf-armed-forces"),
        ("Fighting went on in Kigali. The army killed ten Belgian soldiers.", "army", "rw-armed-forces"),
        ("Palestinian police fled Nablus. Israeli jets came. The army blew up a house.", "army", "il-armed-forces"),
        ("Two Turkish soldiers were killed and 20 others wounded.", "others", "tr-armed-forces"),
        ("Fighting went on in Afghanistan. Marines landed.", "Marines", "us-armed-forces"),
        ("Croat soldiers of the HVO took Vitez.", "Croat soldiers", "croatian-defence-council"),
        ("Suspected Boko Haram gunmen burned a school.", "Suspected Boko Haram gunmen", "boko-haram"),
        ("Al-Shabaab struck Mpeketoni. The Somali militants left.", "Somali militants", "al-shabaab"),
        ("Masalit men were shot in the suburb.", "Masalit men", "masalit"),
        ("Troops burned Rohingya villages.", "Rohingya", "rohingya"),
        ("Ansaroul Islam, an affiliate of al-Qaeda, left. Its fighters fled.", "fighters", "ansaroul-islam"),
        ("Israel, which captured the plateau, held it.", "which", "il-government"),
        ("Tigray's leader, Girma Abebe, said his forces had left Ethiopia.", "forces", "tigray-defence-forces"),
        ("Bosnian Serb leader Jovan Vukic denied that his guns had fired.", "guns", "armed-forces-of-bosnian-serbs"),
        ("The Sinaloa cartel shot a mayor. The cartel fled.", "cartel", "sinaloa-cartel"),
        ("Rebel fighters lost 50 men.", "men", "rebel-fighters"),
        # Whoever announces a deed did it, wherever it was done.
        ("Chad has struck a camp near Kano in Nigeria, the military said.", "military", "td-armed-forces"),
        (
            "Chad's army left. Officials in Norway and France welcomed it. The soldiers went home.",
            "soldiers",
            "td-armed-forces",
        ),
        ("The Malian army fought Ansar Dine. It accused Algeria of arming them.", "them", "ansar-dine"),
    ],
)
def test_whose_people_and_forces_are_by_those_around_them(pipeline: Pipeline, text: str, phrase: str, key: str) -> None:
    assert meant(pipeline, text, phrase)[0] == key


def linked_in(pipeline: Pipeline, year: int, text: str, phrase: str) -> list[str]:
    found = pipeline.mentions(pipeline.language.doc(Report(id="r", text=text)), date(year, 5, 11))
    return [m.value.key for m in found if m.text == phrase and isinstance(m.value, Actor)]


@pytest.mark.parametrize(
    ("year", "text", "phrase", "key"),
    [
        (1993, "Serb gunners fired on Sarajevo in Bosnia.", "Serb gunners", "armed-forces-of-bosnian-serbs"),
        (1993, "Serb shells fell on Sarajevo in Bosnia.", "Serb shells", "armed-forces-of-bosnian-serbs"),
        (1999, "Serb gunners fired on Prizren in Kosovo.", "Serb gunners", "rs-armed-forces"),
        (1991, "Coalition aircraft bombed Baghdad in Iraq.", "Coalition aircraft", "coalition-of-the-gulf-war"),
        (2006, "Coalition forces raided Baghdad in Iraq.", "Coalition forces", "multi-national-force-iraq"),
        (2019, "The coalition bombed Sanaa in Yemen.", "coalition", "saudi-led-coalition"),
        (2024, "The coalition said it bombed Sanaa in Yemen.", "coalition", "coalition"),
    ],
)
def test_the_year_decides_what_a_general_name_means(
    pipeline: Pipeline, year: int, text: str, phrase: str, key: str
) -> None:
    assert linked_in(pipeline, year, text, phrase)[0] == key


@pytest.mark.parametrize(
    ("text", "phrase", "keys"),
    [
        (
            "Colombia broke off talks with the ELN. The army shelled an ELN camp. The ELN fled. The two sides met.",
            "sides",
            {"co-government", "national-liberation-army-colombia"},
        ),
        (
            "War went on in Sudan between the army, after a lull, and the RSF. Cairo spoke. Both sides fired.",
            "sides",
            {"sd-armed-forces", "rapid-support-forces"},
        ),
    ],
)
def test_the_two_sides_are_those_of_whom_the_report_speaks(
    pipeline: Pipeline, text: str, phrase: str, keys: set[str]
) -> None:
    assert set(meant(pipeline, text, phrase)) == keys


def test_two_nations_before_one_noun_are_two_actors(pipeline: Pipeline) -> None:
    text = "French and Malian troops entered Timbuktu."
    assert set(meant(pipeline, text, "Malian troops")) == {"fr-armed-forces", "ml-armed-forces"}


@pytest.mark.parametrize(
    ("text", "phrase", "label", "body"),
    [
        ("Colonel Didier Badjeck, a spokesman for Hamas, said so.", "Didier Badjeck", "Didier Badjeck", "hamas"),
        ("Government spokesman Ernesto Abella spoke in Manila.", "Ernesto Abella", "Ernesto Abella", "ph-government"),
        ("Linda Tom from the United Nations spoke.", "Linda Tom", "Linda Tom", "united-nations"),
        ("President Paul Biya spoke. Later Biya left.", "Biya", "Paul Biya", None),
        ("The leader of Hamas, Ismail Haniya, left.", "leader", "Ismail Haniya", "hamas"),
        ("Soldiers shot a priest, Father Jean Kabila, in Goma.", "priest", "Jean Kabila", None),
    ],
)
def test_persons_bear_their_full_name_and_the_body_they_belong_to(
    pipeline: Pipeline, text: str, phrase: str, label: str, body: str | None
) -> None:
    found = actor(pipeline, text, phrase)
    assert found.type is ActorType.PERSON
    assert found.label == label
    assert [member.key for member in found.member_of] == ([body] if body else [])


def test_a_role_is_only_that_of_a_person_who_may_have_it(pipeline: Pipeline) -> None:
    text = (
        "Mayor Ana Lopez left Lima. The president said so. The defence minister, Jorge Ruiz, died. The minister was 60."
    )
    assert [actor(pipeline, text, phrase).label for phrase in ("president", "minister")] == ["president", "Jorge Ruiz"]


@pytest.mark.parametrize(
    ("text", "phrase", "body"),
    [
        ("Colonel Didier Badjeck, a spokesman for Hamas, said so.", "Didier Badjeck", "hamas"),
        ("Linda Tom from the United Nations spoke.", "Linda Tom", "united-nations"),
        ("The leader of Hamas, Ismail Haniya, left.", "Ismail Haniya", None),
    ],
)
def test_a_spokesman_speaks_for_a_body_and_a_leader_for_himself(
    pipeline: Pipeline, text: str, phrase: str, body: str | None
) -> None:
    assert [voice.key for voice in actor(pipeline, text, phrase).speaks_for] == ([body] if body else [])


@pytest.mark.parametrize(
    ("text", "phrase", "label"),
    [
        ("The Rapid Intervention Battalion (BIR) left. The BIR lost two men.", "BIR", "Rapid Intervention Battalion"),
        ("The Masalit Defence Front, or MDF, met on Monday.", "MDF", "Masalit Defence Front"),
        ("Fighters of the Movement for Peace in Xanadu (MOPEX) fled.", "MOPEX", "Movement for Peace in Xanadu"),
        ("The charity Invisible Roses sent food.", "Invisible Roses", "Invisible Roses"),
        ("The Qlar Resistance took the port. The Resistance lost it.", "Resistance", "Qlar Resistance"),
        ("A militia known as the Zande Lions took the port.", "militia", "Zande Lions"),
        ("The gang called Qolmar Boys fled.", "gang", "Qolmar Boys"),
        ('General Ramon "Bong" Reyes left.', 'Ramon "Bong" Reyes', "Ramon Reyes"),
    ],
)
def test_names_that_the_report_introduces(pipeline: Pipeline, text: str, phrase: str, label: str) -> None:
    assert actor(pipeline, text, phrase).label == label


@pytest.mark.parametrize(
    ("text", "phrase", "key"),
    [
        ("A spokesman for Hamas denied it.", "spokesman", "hamas"),
        ("The health ministry in Baghdad said 12 had died.", "health ministry in Baghdad", "iq-ministry-of-health"),
        ("A UN official said the truce held.", "UN official", "united-nations"),
        ("Jets hit Mosul in Iraq. The coalition said so.", "coalition", "global-coalition-against-islamic-state"),
        ("Air strikes hit Hodeida in Yemen. The coalition denied it.", "coalition", "saudi-led-coalition"),
    ],
)
def test_unnamed_officials_and_bodies_count_as_the_body(pipeline: Pipeline, text: str, phrase: str, key: str) -> None:
    assert meant(pipeline, text, phrase)[0] == key


def test_every_mention_holds_its_own_words(pipeline: Pipeline) -> None:
    text = "French and Malian troops and allied militiamen fled, Colonel X. Abel, a spokesman for the army, said.\n"
    for mention in linked(pipeline, text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.value is not None


def test_linking_twice_gives_the_same(pipeline: Pipeline) -> None:
    text = "The rebels shelled Goma. They denied it. Kinshasa accused the group and its allies."
    assert linked(pipeline, text) == linked(pipeline, text)


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("actor_verbs", 2),
        ("contextual_names", 1),
        ("deed_nouns", 1),
        ("force_nouns", 1),
        ("group_name_cues", 2),
        ("group_nouns", 1),
        ("organisation_name_endings", 1),
        ("organisation_nouns", 1),
        ("person_name_particles", 1),
        ("person_roles", 1),
        ("phrase_words", 2),
        ("population_nouns", 1),
        ("titles", 1),
    ],
)
def test_lexicon_rows_are_sorted_and_unique(name: str, width: int) -> None:
    keys = [tuple(row.values())[:width] for row in rows(name)]
    assert keys == sorted(set(keys)), f"sort {name}.tsv by its first columns and drop doubled rows"


def test_lexicon_rows_name_known_types_and_actors(pipeline: Pipeline) -> None:
    for row in rows("organisation_nouns"):
        assert ActorType(row["type"])
    for row in rows("organisation_name_endings"):
        assert ActorType(row["type"])
    for row in rows("population_nouns"):
        assert row["population"] in pipeline.authority
    for row in rows("contextual_names"):
        assert all(key in pipeline.authority for key in row["actors"].split("|")), row["phrase"]
    for row in rows("force_nouns"):
        assert f"fr-{row['body']}" in pipeline.authority, row
