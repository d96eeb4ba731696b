"""The gazetteer: names to places, chains to the country, and the curated lists behind it."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kg.lexicon import rows
from kg.model import Place, PlaceType
from kg.names.spelling import folded, transliteration_key
from kg.places.gazetteer import Gazetteer
from kg.places.gazetteer_file import PlaceRow, pack, unpack


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def chain(place: Place) -> list[str]:
    return [place.label, *(chain(place.within) if place.within else [])]


@pytest.mark.parametrize(
    ("name", "country", "label"),
    [
        ("Deir ez-Zor", "SY", "Deir ez-Zor"),
        ("deir EZ zor", "SY", "Deir ez-Zor"),
        ("Dayr az-Zawr", "SY", "Deir ez-Zor"),
        ("Hodeida", "YE", "Hodeida"),
        ("Al Ḩudaydah", "YE", "Hodeida"),
        ("Sana’a", "YE", "Sanaa"),
        ("Kiev", "UA", "Kyiv"),
        ("Rangoon", "MM", "Yangon"),
        ("Mogadishu", "SO", "Mogadishu"),
        ("Goma", "CD", "Goma"),
        ("Vukovar", "HR", "Vukovar"),
        ("Toribio", "CO", "Toribío"),
        ("Burma", "MM", "Myanmar"),
        ("Zaire", "CD", "Democratic Republic of the Congo"),
        ("Ivory Coast", "CI", "Ivory Coast"),
        ("Côte d'Ivoire", "CI", "Ivory Coast"),
        ("Palestine", "PS", "Palestine"),
        ("Kosovo", "XK", "Kosovo"),
        ("Darfur", "SD", "Darfur"),
        ("Donbass", "UA", "Donbas"),
        ("Waziristan", "PK", "Waziristan"),
    ],
)
def test_a_name_finds_its_best_known_place(gazetteer: Gazetteer, name: str, country: str, label: str) -> None:
    first = gazetteer.lookup(name)[0]
    assert (first.country_code, first.label) == (country, label)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir Ezzor", "Dayr az-Zawr"),
        ("Sheikh Zuweid", "Ash Shaykh Zuwayd"),
        ("Kunduz", "Qondoz"),
        ("Izium", "Izyum"),
        ("Raqqa", "ar-Raqqah"),
        ("al-Hol", "Al-Hawl"),
        ("Beit Hanun", "Bayt Ḩānūn"),
        ("Nahr-e-Saraj", "Nahri Saraj"),
        ("Djibouti", "Jibuti"),
        ("Char Bagh", "Charbagh"),
    ],
)
def test_transliterations_of_one_name_share_a_key(one: str, other: str) -> None:
    assert transliteration_key(one) == transliteration_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Homs", "Hama"),
        ("Gao", "Goa"),
        ("Niger", "Nigeria"),
        ("Mali", "Malawi"),
        ("Kirkuk", "Kharkiv"),
        ("Aden", "Adan"),
    ],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert transliteration_key(one) != transliteration_key(other)


@pytest.mark.parametrize("name", ["", "Xyzzyville", "12", "the"])
def test_an_unknown_name_finds_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Albu Kamal", ["Albu Kamal", "Deir ez-Zor Governorate", "Syria"]),
        ("North Waziristan", ["North Waziristan", "Tribal Areas", "Pakistan"]),
        ("Al-Shifa Hospital", ["Al-Shifa Hospital", "Palestine"]),
        ("Khan Younis", ["Khan Younis", "Khan Yunis Governorate", "Gaza Strip", "Palestine"]),
    ],
)
def test_a_place_lies_in_its_regions_up_to_the_country(gazetteer: Gazetteer, name: str, expected: list[str]) -> None:
    assert chain(gazetteer.lookup(name)[0]) == expected


def test_a_name_of_many_places_gives_them_all_the_largest_first(gazetteer: Gazetteer) -> None:
    found = gazetteer.lookup("Tripoli")
    assert [place.country_code for place in found[:2]] == ["LY", "LB"]
    assert gazetteer.population(found[0]) > gazetteer.population(found[1]) > 0


def test_a_province_and_its_town_are_told_apart(gazetteer: Gazetteer) -> None:
    kinds = {
        place.type: place.label for place in gazetteer.lookup("Idlib") if place.within and place.country_code == "SY"
    }
    assert kinds[PlaceType.SETTLEMENT] == "Idlib"
    assert PlaceType.REGION in kinds


def test_places_have_their_coordinates_and_geonames_id(gazetteer: Gazetteer) -> None:
    place = gazetteer.lookup("Albu Kamal")[0]
    assert place.key == "174448"
    assert place.geonames == 174448
    assert place.latitude == pytest.approx(34.45, abs=0.01)
    assert place.longitude == pytest.approx(40.92, abs=0.01)


def test_an_unknown_country_code_is_refused(gazetteer: Gazetteer) -> None:
    with pytest.raises(KeyError):
        gazetteer.country("ZZ")


def test_a_place_of_a_users_own_is_found_and_lies_where_it_says() -> None:
    row = {
        "key": "hill-402", "label": "Hill 402", "names": "Karama Hill|Point 402", "type": "NaturalFeature",
        "within": "SY", "latitude": "35.1", "longitude": "36.9", "geonames": "", "population": "",
    }  # fmt: skip
    packed = files("kg").joinpath("data", "gazetteer.xz").read_bytes()
    found = Gazetteer(unpack(packed), [row]).lookup("point 402")
    assert [chain(place) for place in found] == [["Hill 402", "Syria"]]


def test_a_place_within_an_unknown_one_is_refused() -> None:
    row = {
        "key": "x", "label": "X", "names": "", "type": "Region", "within": "atlantis",
        "latitude": "", "longitude": "", "geonames": "", "population": "",
    }  # fmt: skip
    with pytest.raises(ValueError, match="'atlantis'"):
        Gazetteer(unpack(files("kg").joinpath("data", "gazetteer.xz").read_bytes()), [row])


def test_packing_does_not_depend_on_the_order() -> None:
    places = [
        PlaceRow(2, ("Gao", "Gawo"), 16.27, -0.04, 133_000, "ML", 0, 1, 2),
        PlaceRow(1, ("Gao Region", "Gao"), None, None, 0, "ML", 1, None, 2),
    ]
    packed = pack(places)
    assert packed == pack(reversed(places))
    assert unpack(packed).names(1) == ["Gao", "Gawo"]
    assert unpack(packed).degrees("latitude", 1) == 16.27
    assert unpack(packed).degrees("latitude", 0) is None


def test_the_file_is_small() -> None:
    assert len(files("kg").joinpath("data", "gazetteer.xz").read_bytes()) < 5_000_000


@pytest.mark.parametrize(
    "name", ["countries", "regions", "place_names", "place_context", "place_anaphors", "place_weights"]
)
def test_lexicons_are_sorted_and_without_doubles(name: str) -> None:
    table = [tuple(row.values()) for row in rows(name)]
    keys = [int(row[0]) if row[0].isdigit() else row[0] for row in table]
    assert keys == sorted(keys)
    assert len(set(table)) == len(table)
    if name != "place_context":
        assert len(set(keys)) == len(keys)


def test_regions_have_coordinates_and_no_name_twice(gazetteer: Gazetteer) -> None:
    assert len(rows("regions")) >= 250
    for row in rows("regions"):
        assert -90 <= float(row["latitude"]) <= 90
        assert -180 <= float(row["longitude"]) <= 180
        names = [folded(name) for name in (row["label"], *row["names"].split("|"))]
        assert len(set(names)) == len(names)
        assert gazetteer.lookup(row["label"])


def test_countries_have_their_columns() -> None:
    assert {"SY", "PS", "XK", "TW", "EH", "SS", "CD"} <= {row["code"] for row in rows("countries")}
    for row in rows("countries"):
        assert len(row["code"]) == 2
        assert row["geonames"].isdigit()
        assert row["name"]
        for column in ("names", "demonyms", "seats"):
            cells = row[column].split("|")
            assert len(set(cells)) == len(cells)


@pytest.mark.parametrize(
    ("code", "column", "name"),
    [
        ("MM", "names", "Burma"), ("CD", "names", "DRC"), ("AE", "names", "UAE"), ("GB", "names", "UK"),
        ("RU", "names", "Soviet Union"), ("RS", "names", "Yugoslavia"), ("SY", "demonyms", "Syrians"),
        ("PS", "demonyms", "Palestinian"), ("XK", "demonyms", "Kosovar"), ("RU", "seats", "Kremlin"),
        ("UA", "seats", "Kiev"), ("US", "seats", "White House"), ("MM", "seats", "Naypyidaw"),
    ],
)  # fmt: skip
def test_countries_have_the_names_that_reports_use(code: str, column: str, name: str) -> None:
    row = next(row for row in rows("countries") if row["code"] == code)
    assert name in row[column].split("|")
