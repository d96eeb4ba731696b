"""Linking: which stretches of a text are places, and which places they are."""

from __future__ import annotations

import pytest

from kg.language import Language
from kg.model import Mention, Place, PlaceType, Report
from kg.places import PlaceLinker
from kg.places.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def language() -> Language:
    return Language()


@pytest.fixture(scope="module")
def linker() -> PlaceLinker:
    return PlaceLinker(Gazetteer.open())


def link(language: Language, linker: PlaceLinker, text: str, *taken: str) -> tuple[Mention, ...]:
    spans = tuple((text.index(name), text.index(name) + len(name)) for name in taken)
    mentions = linker.link(language.doc(Report(id="r", text=text)), spans)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    return mentions


def found(mentions: tuple[Mention, ...], text: str) -> Place:
    return next(mention.value for mention in mentions if mention.text == text and isinstance(mention.value, Place))


@pytest.mark.parametrize(
    ("text", "name", "country", "type"),
    [
        ("Shells fell on Tripoli, Lebanon, overnight.", "Tripoli", "LB", PlaceType.SETTLEMENT),
        ("Libyan militias fought in Tripoli overnight.", "Tripoli", "LY", PlaceType.SETTLEMENT),
        ("Tanks rolled into Rafah in the southern Gaza Strip.", "Rafah", "PS", PlaceType.SETTLEMENT),
        ("Egyptian troops patrol Rafah in North Sinai.", "Rafah", "EG", PlaceType.SETTLEMENT),
        ("Malian soldiers retook the town of Gao on Monday.", "Gao", "ML", PlaceType.SETTLEMENT),
        ("Rebels held Idlib province for years in Syria.", "Idlib province", "SY", PlaceType.REGION),
        ("The governorate of Taiz in Yemen is besieged.", "Taiz", "YE", PlaceType.REGION),
        ("Separatists shelled Luhansk region, Ukraine said.", "Luhansk region", "UA", PlaceType.REGION),
        ("KABUL (AFP) - A bomb exploded.", "KABUL", "AF", PlaceType.SETTLEMENT),
        ("Fighting spread across Darfur.", "Darfur", "SD", PlaceType.REGION),
        ("Nigerian troops entered Sambisa forest.", "Sambisa forest", "NG", PlaceType.NATURAL_FEATURE),
        ("The Nigerien village of Bosso was attacked.", "Bosso", "NE", PlaceType.SETTLEMENT),
        ("U.S. aircraft left Bagram Airfield.", "Bagram Airfield", "AF", PlaceType.FACILITY),
        ("Near Palmyra, in Syria, two strikes hit a tank.", "Palmyra", "SY", PlaceType.SETTLEMENT),
        ("Iraqi forces advanced on Tal Afar from the south.", "Tal Afar", "IQ", PlaceType.SETTLEMENT),
    ],
)
def test_context_decides_which_place_is_meant(
    language: Language, linker: PlaceLinker, text: str, name: str, country: str, type: PlaceType
) -> None:
    place = found(link(language, linker, text), name)
    assert (place.country_code, place.type) == (country, type)
    assert not place.unresolved


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Abu Bakr al-Baghdadi spoke in Mosul.", "Baghdadi"),
        ("The Aleppo Media Centre in Syria reported it.", "Aleppo"),
        ("The Geneva Convention forbids it.", "Geneva"),
        ("The Minsk agreements are dead.", "Minsk"),
        ("General Hassan left Iraq.", "Hassan"),
        ("Michael Jordan left Iraq.", "Jordan"),
        ("They told us that Iraq was calm. Us and them.", "Us"),
        ("In May, Syrian rebels left Homs.", "May"),
        ("A White House spokesman said so.", "White House"),
        ("Malian troops left Gao.", "Malian"),
    ],
)
def test_what_is_no_place(language: Language, linker: PlaceLinker, text: str, absent: str) -> None:
    assert absent not in {mention.text for mention in link(language, linker, text)}


@pytest.mark.parametrize(("homes", "country"), [(("SS",), "SS"), (("RS",), "RS"), ((), "")])
def test_actors_speak_for_places_at_their_home(
    language: Language, linker: PlaceLinker, homes: tuple[str, ...], country: str
) -> None:
    doc = language.doc(Report(id="r", text="Their army attacked Bor."))
    assert [mention.value.country_code for mention in linker.link(doc, (), homes)] == ([country] if country else [])


def test_taken_stretches_are_no_places(language: Language, linker: PlaceLinker) -> None:
    text = "The Kabul Times said rebels left Kabul."
    assert [mention.start for mention in link(language, linker, text, "Kabul Times")] == [text.rindex("Kabul")]


@pytest.mark.parametrize(
    ("text", "label", "type", "within"),
    [
        ("Fighters shelled Aden airport in Yemen.", "Aden airport", PlaceType.FACILITY, "Yemen"),
        ("Syrian rebels fired at Latakia airport.", "Latakia airport", PlaceType.FACILITY, "Latakia"),
        ("Russian shells hit the Argun Gorge in Chechnya.", "Argun gorge", PlaceType.NATURAL_FEATURE, "Argun"),
        ("Troops moved into northern Iraq.", "northern Iraq", PlaceType.REGION, "Iraq"),
        ("They bombed eastern Aleppo in Syria.", "eastern Aleppo", PlaceType.SETTLEMENT, "Aleppo"),
    ],
)
def test_parts_and_facilities_lie_in_what_they_are_named_after(
    language: Language, linker: PlaceLinker, text: str, label: str, type: PlaceType, within: str
) -> None:
    place = next(m.value for m in link(language, linker, text) if isinstance(m.value, Place) and m.value.label == label)
    assert place.type is type
    assert place.within is not None
    assert place.within.label == within


@pytest.mark.parametrize(
    ("text", "name", "within"),
    [
        ("Gunmen attacked the village of Qworrabad on Monday.", "Qworrabad", None),
        ("Gunmen attacked the village of Qworrabad in Nigeria.", "Qworrabad", "Nigeria"),
        ("Gunmen attacked the Nigerian town of Qworrabad.", "Qworrabad", "Nigeria"),
        ("Gunmen fired on troops near Qworrabad in Nigeria's north.", "Qworrabad", "Nigeria"),
        ("Boko Haram raided Maiduguri and Qworrabad in Nigeria.", "Qworrabad", "Nigeria"),
    ],
)
def test_an_unknown_place_stays_unresolved(
    language: Language, linker: PlaceLinker, text: str, name: str, within: str | None
) -> None:
    place = found(link(language, linker, text), name)
    assert place.unresolved
    assert place.label == name
    assert (place.within.label if place.within else None) == within
    assert place.latitude is None


def test_one_name_means_one_place_all_through(language: Language, linker: PlaceLinker) -> None:
    text = "Qworrabad burned.\n\nGunmen entered the village of Qworrabad, in Niger. People left Qworrabad at night."
    keys = {
        mention.value.key for mention in link(language, linker, text) if mention.text == "Qworrabad" and mention.value
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("town", "Gao"), ("city", "Gao"), ("airport", "Timbuktu airport"), ("country", "Mali"), ("capital", "Bamako"),
        ("there", "Gao"), ("region", "Kidal Region"), ("river", None), ("hospital", None),
    ],
)  # fmt: skip
def test_anaphors_mean_the_last_place_of_their_kind(
    language: Language, linker: PlaceLinker, head: str, label: str | None
) -> None:
    text = "In Mali, rebels left Kidal region and Timbuktu airport. Troops entered Gao."
    mentions = link(language, linker, text)
    place = linker.resolve_anaphor(head, len(text), mentions)
    assert (place.label if place else None) == label


@pytest.mark.parametrize(
    ("text", "head", "label"),
    [
        # What says where a place lies is not where one is; no town has millions, no city a few.
        ("In Gao, a town in northern Mali, troops fell.", "there", "Gao"),
        ("Rebels left Gao. Talks went on in Paris.", "town", "Gao"),
        ("Rebels left Kinshasa. Troops held Gao and Bamako in Mali.", "country", "Mali"),
    ],
)
def test_anaphors_fit_what_they_mean(language: Language, linker: PlaceLinker, text: str, head: str, label: str) -> None:
    place = linker.resolve_anaphor(head, len(text), link(language, linker, text))
    assert place is not None
    assert place.label == label


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Shells fell near al-Durayhimi in Yemen.", "al-Durayhimi", "Ad Durayhimi District"),
        ("Mortar fire hit al-Hays and a camp at al-Hays in Yemen.", "al-Hays", "Hays District"),
        ("Their camp at Muntho Qworro was bombed in India.", "Muntho Qworro", "Muntho Qworro"),
        ("Gunmen stormed the National Penitentiary.", "National Penitentiary", "National Penitentiary"),
        ("Drones struck targets on Ukrainian soil.", "Ukrainian soil", "Ukraine"),
        ("Shells fell on Lebanese border villages.", "Lebanese border villages", "Lebanon"),
        ("A bomb went off in Kabul Tuesday.", "Kabul", "Kabul"),
        ("On Saturday Bakhmut fell to Russia, Ukraine said.", "Bakhmut", "Bakhmut"),
        ("Troops reached North Qworrad Zone in Ethiopia.", "North Qworrad Zone", "North Qworrad zone"),
    ],
)
def test_names_that_only_the_text_makes_places(
    language: Language, linker: PlaceLinker, text: str, name: str, label: str
) -> None:
    assert found(link(language, linker, text), name).label == label


def test_a_division_of_infantry_is_no_region(language: Language, linker: PlaceLinker) -> None:
    assert not link(language, linker, "Rebels seized the base of the army's First Infantry Division.")


def test_nothing_is_meant_before_the_first_place(language: Language, linker: PlaceLinker) -> None:
    mentions = link(language, linker, "The town fell. Rebels left Gao.")
    assert linker.resolve_anaphor("town", 3, mentions) is None
