"""A user's own table of places adds to the gazetteer, or is refused with file, line, column and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Place
from kg.places.gazetteer import Gazetteer
from kg.places.rows import gazetteer_rows, read_place_rows
from kg.user_tables import TableError

HEADER = "label\ttype\tnames\tlatitude\tlongitude\twithin\tcountry"


def write(folder: Path, *lines: str) -> Path:
    path = folder / "my.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def extended(folder: Path, *lines: str) -> Gazetteer:
    shipped = Gazetteer.open()
    return shipped.extended(gazetteer_rows(read_place_rows(write(folder, *lines)), shipped))


def chain(place: Place | None) -> list[str]:
    return [] if place is None else [place.label, *chain(place.within)]


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("Wadi Zumurrud\tSettlement\t\t35.1\t40.2\tDeir ez-Zor\tSY", ["Deir ez-Zor Governorate", "Syria"]),
        ("Wadi Zumurrud\tSettlement\t\t\t\tSY\t", ["Syria"]),
        ("Wadi Zumurrud\tSettlement\t\t\t\t\tSY", ["Syria"]),
        ("Wadi Zumurrud\tFacility\t\t\t\tMali\t", ["Mali"]),
        ("Wadi Zumurrud\tFacility\t\t\t\t170792\t", ["Deir ez-Zor Governorate", "Syria"]),
        ("Wadi Zumurrud\tRegion\t\t\t\t\t", []),
    ],
)
def test_one_row_adds_a_place_with_its_chain(tmp_path: Path, line: str, labels: list[str]) -> None:
    (place,) = extended(tmp_path, HEADER, line).lookup("Wadi Zumurrud")
    assert chain(place) == ["Wadi Zumurrud", *labels]
    assert not place.unresolved


def test_a_place_may_lie_within_one_of_a_later_row(tmp_path: Path) -> None:
    gazetteer = extended(tmp_path, HEADER, "Gate\tFacility\t\t\t\tnew-port\t", "New Port\tSettlement\t\t1\t2\tKE\t")
    assert chain(gazetteer.lookup("Gate")[0]) == ["Gate", "New Port", "Kenya"]


def test_the_users_bearer_of_a_name_is_the_only_one(tmp_path: Path) -> None:
    gazetteer = extended(tmp_path, HEADER, "Farm of mine\tFacility\tParis|La Ferme\t48.1\t2.1\tFR\t")
    assert [place.key for place in gazetteer.lookup("Paris")] == ["farm-of-mine"]
    assert len(Gazetteer.open().lookup("Paris")) > 1


def test_no_rows_leave_the_gazetteer_as_it_is() -> None:
    assert Gazetteer.open().extended([]) is Gazetteer.open()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("X\tTown\t\t\t\t\t", "my.tsv, line 2, column type: 'Town' is no type; write one of Region, Settlement"),
        ("X\tSetlement\t\t\t\t\t", "did you mean 'Settlement'?"),
        ("X\tCountry\t\t\t\t\t", "'Country' is no type"),
        ("X\tRegion\t\t91\t2\t\t", "column latitude: '91' is wrong; write decimal degrees from -90 to 90"),
        ("X\tRegion\t\t1\t181.5\t\t", "column longitude: '181.5' is wrong"),
        ("X\tRegion\t\t34°27'\t40\t\t", 'column latitude: "34°27\'" is wrong'),
        ("X\tRegion\t\t34.5\t\t\t", "column longitude: is empty while latitude is given; give both or neither"),
        ("X\tRegion\t\t\t\t\tSyria", "column country: 'Syria' is wrong; write an ISO code"),
        ("X\tRegion\t\t\t\t\tQX", "column country: 'QX' is no country's ISO code"),
        ("X\tRegion\t\t\t\tNowhere at all\t", "column within: 'Nowhere at all' is not known; write the key"),
        ("X\tRegion\t\t\t\tGao\tSY", "column within: 'Gao' is not known in SY"),
        ("X\tRegion\t\t\t\tSan Jose\t", "places; write the id of one: "),
        ("X\tRegion\t\t\t\tx\t", "column within: leads round in a circle: x within x; break it"),
        ("\tRegion\t\t\t\t\t", "column label: is empty; write the place's commonest English name"),
        ("غزة\tRegion\t\t\t\t\t", "column key: "),
        ("X\tRegion", "2 cells where the header has 7; separate the cells with tabs"),
    ],
)
def test_a_malformed_row_is_refused(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(TableError) as caught:
        extended(tmp_path, HEADER, line)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("label\tkind", "X\tY"), "line 1: there is no column 'type'"),
        (("label\ttype\tlatitud", "X\tRegion\t1"), "line 1, column latitud: unknown; did you mean 'latitude'?"),
        (("label\ttype\ttype", "X\tRegion\tRegion"), "line 1, column type: is there 2 times; keep one"),
        (("label\ttype", "X\tRegion", "X\tRegion"), "line 3, column key: 'x' is there twice"),
        ((HEADER, "A\tRegion\t\t\t\tb\t", "B\tRegion\t\t\t\ta\t"), "line 2, column within: leads round in a circle"),
    ],
)
def test_a_malformed_table_is_refused(tmp_path: Path, lines: tuple[str, ...], message: str) -> None:
    with pytest.raises(TableError) as caught:
        extended(tmp_path, *lines)
    assert message in str(caught.value)
