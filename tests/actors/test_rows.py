"""A user's own table of actors adds to the lexicon, or is refused with file, line, column and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.actors.authority import Authority
from kg.actors.rows import read_actor_rows
from kg.model import ActorType, Place
from kg.user_tables import TableError


def place(code: str) -> Place | None:
    return None


def found(authority: Authority, text: str) -> list[tuple[str, str]]:
    tokens = text.split()
    matches = authority.find(tokens)
    return [(" ".join(tokens[start:end]), "|".join(actor.key for actor in actors)) for start, end, actors in matches]


HEADER = "label\ttype\tcountry\tsince\tuntil\tmember_of\tnames"


class TestOwnActors:
    def write(self, folder: Path, *lines: str) -> Path:
        path = folder / "my.tsv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def test_one_row_adds_an_actor(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, HEADER, "Wadi Guard\tArmedGroup\tSY\t2024\t\tsy-armed-forces\tWG|Guard of the Wadi")
        authority = Authority.open(country=place, added=read_actor_rows(path))
        assert found(authority, "The Guard of the Wadi fled") == [("Guard of the Wadi", "wadi-guard")]
        assert authority.actor("wadi-guard").member_of[0].key == "sy-armed-forces"

    def test_a_row_replaces_the_actor_of_its_key(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, "key\tlabel\ttype", "hamas\tHamas of mine\tCivilOrganization")
        authority = Authority.open(country=place, added=read_actor_rows(path))
        assert authority.actor("hamas").type is ActorType.CIVIL_ORGANIZATION

    def test_the_users_bearer_of_a_name_is_the_only_one(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, HEADER, "Sea Life Association\tCivilOrganization\t\t\t\t\tSLA")
        authority = Authority.open(country=place, added=read_actor_rows(path))
        assert found(authority, "The SLA said") == [("SLA", "sea-life-association")]

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("X\tMilitia\t\t\t\t\t", "my.tsv, line 2, column type: 'Militia' is no type; write one of StateForces"),
            ("X\tArmdGroup\t\t\t\t\t", "did you mean 'ArmedGroup'"),
            ("X\tArmedGroup\tSyria\t\t\t\t", "column country: 'Syria' is wrong; write ISO codes"),
            ("X\tArmedGroup\t\tlate\t\t\t", "column since: 'late' is wrong; write a year"),
            ("X\tArmedGroup\t\t2014\t2010\t\t", "column until: 2010 lies before since, 2014; swap the two"),
            ("X\tArmedGroup", "column type: 2 cells where the header has 7; separate the cells with tabs"),
            ("\tArmedGroup\t\t\t\t\t", "column label: is empty; write the actor's fullest name"),
        ],
    )
    def test_a_malformed_row_is_refused(self, tmp_path: Path, line: str, message: str) -> None:
        with pytest.raises(TableError) as caught:
            read_actor_rows(self.write(tmp_path, HEADER, line))
        assert message in str(caught.value)

    @pytest.mark.parametrize(
        ("lines", "message"),
        [
            (("label\tkind", "X\tY"), "line 1: there is no column 'type'"),
            (("label\ttype\tnmaes", "X\tArmedGroup\tY"), "line 1, column nmaes: unknown; did you mean 'names'?"),
            (("label\ttype", "X\tArmedGroup", "X\tArmedGroup"), "line 3, column key: 'x' is there twice"),
        ],
    )
    def test_a_malformed_table_is_refused(self, tmp_path: Path, lines: tuple[str, ...], message: str) -> None:
        with pytest.raises(TableError) as caught:
            read_actor_rows(self.write(tmp_path, *lines))
        assert message in str(caught.value)

    def test_a_missing_table_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(TableError, match="cannot be read"):
            read_actor_rows(tmp_path / "none.tsv")

    def test_a_link_to_nobody_is_refused(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, HEADER, "X\tArmedGroup\t\t\t\tnobody\t")
        with pytest.raises(TableError, match="line 2, column member_of: no actor has the key 'nobody'"):
            Authority.open(country=place, added=read_actor_rows(path))
