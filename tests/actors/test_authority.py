"""The lexicon of actors has its own rules; names are found as agencies write them; context decides between bearers."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
import spacy

from kg.actors.authority import Authority
from kg.actors.rows import ActorRow, read_actor_rows
from kg.lexicon import rows
from kg.model import Actor, ActorType, Place, PlaceType
from kg.names.words import fold, name_key, slug

LEXICON = Path(__file__).parent.parent.parent / "kg" / "lexicon"
ENGLISH = spacy.blank("en")
STATES = {row["code"] for row in rows("countries")}
BRANCHES = {row["branch"]: row for row in rows("force_branches")}


def place(code: str) -> Place | None:
    return Place(key=code, label=code, type=PlaceType.COUNTRY, country_code=code) if code in STATES else None


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.open(country=place)


@pytest.fixture(scope="module")
def table() -> tuple[ActorRow, ...]:
    return read_actor_rows(LEXICON / "actors.tsv")


def found(authority: Authority, text: str) -> list[tuple[str, str]]:
    doc = ENGLISH(text)
    matches = authority.find([token.text for token in doc])
    return [(doc[start:end].text, "|".join(actor.key for actor in actors)) for start, end, actors in matches]


class TestLexicon:
    @pytest.mark.parametrize("name", ["actors", "force_branches", "abbreviation_words", "name_particles"])
    def test_rows_are_sorted_and_unique(self, name: str) -> None:
        keys = [next(iter(row.values())) for row in rows(name)]
        assert keys == sorted(set(keys)), f"sort {name}.tsv by its first column and merge equal rows"

    def test_state_bodies_are_sorted_and_unique(self) -> None:
        keys = [(row["country"], row["branch"]) for row in rows("state_bodies")]
        assert keys == sorted(set(keys))

    def test_there_are_enough_actors_of_every_kind(self, table: tuple[ActorRow, ...]) -> None:
        kinds = defaultdict(int)
        for row in table:
            kinds[row.type] += 1
        assert len(table) >= 400
        assert kinds[ActorType.ARMED_GROUP] >= 300
        assert set(kinds) == set(ActorType) - {ActorType.PERSON}

    def test_keys_are_slugs(self, table: tuple[ActorRow, ...]) -> None:
        assert [row.key for row in table if row.key != slug(row.key)] == []

    def test_country_codes_are_known(self, table: tuple[ActorRow, ...]) -> None:
        assert [row.key for row in table if not row.countries <= STATES] == []

    def test_links_lead_to_actors(self, table: tuple[ActorRow, ...], authority: Authority) -> None:
        links = [(row.key, key) for row in table for key in (*row.member_of, *row.allied_with)]
        assert [link for link in links if link[1] not in authority or link[0] == link[1]] == []

    def test_a_wikidata_number_belongs_to_one_actor(self, table: tuple[ActorRow, ...]) -> None:
        numbers = [row.wikidata for row in table if row.wikidata]
        assert len(numbers) == len(set(numbers))

    def test_names_are_not_repeated(self, table: tuple[ActorRow, ...]) -> None:
        assert [row.key for row in table if len({row.label, *row.names}) != len(row.names) + 1] == []

    def test_no_name_begins_with_an_article_that_tells_nothing(self, table: tuple[ActorRow, ...]) -> None:
        """The Philippine forces are always "the AFP", the agency never is: there the article tells them apart."""
        bodies = [name for row in rows("state_bodies") for name in row["names"].split("|")]
        names = [*(name for row in table for name in row.names), *filter(None, bodies)]
        articled = [name for name in names if name.split()[0] in {"the", "a", "an"}]
        assert [name for name in articled if name.partition(" ")[2] not in names] == []

    def test_a_name_without_capitals_is_of_people_or_stands_beside_the_same_with_capitals(
        self, table: tuple[ActorRow, ...]
    ) -> None:
        lower = [
            (row.key, name)
            for row in table
            for name in (row.label, *row.names)
            if name == name.lower() and row.type is not ActorType.POPULATION
            if [fold(other) for other in (row.label, *row.names)].count(fold(name)) == 1
        ]
        assert lower == []

    def test_labels_are_unique_over_all_actors(self, table: tuple[ActorRow, ...], authority: Authority) -> None:
        bearers = defaultdict(set)
        for row in table:
            bearers[row.label].add(row.key)
        for code in STATES:
            for branch in BRANCHES:
                actor = authority.branch(code, branch)
                bearers[actor.label].add(actor.key)
        assert {label: keys for label, keys in bearers.items() if len(keys) > 1} == {}

    def test_a_name_of_several_actors_is_decided_by_context(
        self, table: tuple[ActorRow, ...], authority: Authority
    ) -> None:
        by_key = {row.key: row for row in table}
        bodies = {name for row in rows("state_bodies") for name in (row["label"], *row["names"].split("|")) if name}
        undecided = []
        for name in sorted({name for row in table for name in (row.label, *row.names)} | bodies):
            bearers = authority.named(name)
            undecided += [(name, bearer.key) for bearer in bearers if not decided(authority, bearer, bearers, by_key)]
        assert undecided == [], "give the bearers different countries or years, or drop the name from one of them"

    def test_patterns_belong_to_one_branch(self) -> None:
        bearers = defaultdict(set)
        for branch, row in BRANCHES.items():
            for pattern in (row["label"], *row["names"].split("|"), *row["mentions"].split("|")):
                bearers[pattern.lower()].add(branch)
        assert {pattern: branches for pattern, branches in bearers.items() if len(branches) > 1} == {}

    def test_branches_are_members_of_branches(self) -> None:
        assert {row["member_of"] for row in BRANCHES.values()} <= {"", *BRANCHES}

    def test_state_bodies_belong_to_states_and_branches(self) -> None:
        bodies = [(row["country"], row["branch"]) for row in rows("state_bodies")]
        assert [body for body in bodies if body[0] not in STATES or body[1] not in BRANCHES] == []


def decided(authority: Authority, bearer: Actor, bearers: tuple[Actor, ...], by_key: dict[str, ActorRow]) -> bool:
    row = by_key.get(bearer.key)
    if row is None:
        country = bearer.key[:2].upper()
        return any(authority.choose(bearers, [country], year) == bearer for year in range(1989, 2026))
    years = range(max(row.since or 1950, 1950), (row.until or 2025) + 1)
    return any(authority.choose(bearers, [code], year) == bearer for code in row.countries or {""} for year in years)


class TestFind:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Islamic State said", [("Islamic State", "islamic-state")]),
            ("the IS group is here", [("IS", "islamic-state")]),
            ("Whoever is there, who can mend it?", []),
            ("WHO IS THERE", []),
            ("fighters of the MEND; a WHO clinic", [("MEND", "movement-for-the-emancipation-of-the-niger-delta"),
                                                    ("WHO", "world-health-organization")]),
            ("Let us go. Hum it.", []),
            ("al-Qaeda, al-Qaida and Al Qaeda", [("al-Qaeda", "al-qaeda"), ("al-Qaida", "al-qaeda"),
                                                 ("Al Qaeda", "al-qaeda")]),
            ("Jaysh el-Islam and Ahrar ash-Sham", [("Jaysh el-Islam", "jaish-al-islam"),
                                                   ("Ahrar ash-Sham", "ahrar-al-sham")]),
            ("Medecins sans Frontieres and Médecins Sans Frontières", [
                ("Medecins sans Frontieres", "medecins-sans-frontieres"),
                ("Médecins Sans Frontières", "medecins-sans-frontieres")]),
            ("the Lord’s Resistance Army", [("Lord’s Resistance Army", "lords-resistance-army")]),
            ("Lords Resistance Army", [("Lords Resistance Army", "lords-resistance-army")]),
            ("Rioters burned tyres in Douma", [("Rioters", "protesters")]),
            ("Abdel Fatah spoke; Fatah denied", [("Fatah", "fatah")]),
            ("Four civilians and Fur civilians", [("civilians", "civilians"), ("Fur civilians", "fur-people")]),
            ("a nato of words", []),
            ("Nato and Unicef", [("Nato", "nato"), ("Unicef", "unicef")]),
            ("the United\nNations", [("United\nNations", "united-nations")]),
            ("the United\n\nNations", []),
            ("Lashkar-i-Taiba", [("Lashkar-i-Taiba", "lashkar-e-taiba")]),
        ],
    )  # fmt: skip
    def test_names_of_the_lexicon(self, authority: Authority, text: str, expected: list[tuple[str, str]]) -> None:
        assert found(authority, text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Syrian troops advanced", [("Syrian troops", "sy-armed-forces")]),
            ("the Syrian Arab Army", [("Syrian Arab Army", "sy-armed-forces")]),
            ("Russian warplanes", [("Russian warplanes", "ru-armed-forces")]),
            ("Iraqi police", [("Iraqi police", "iq-police")]),
            ("South Sudanese soldiers", [("South Sudanese soldiers", "ss-armed-forces")]),
            ("troops from the Philippines", [("troops from the Philippines", "ph-armed-forces")]),
            ("The UK government", [("UK government", "gb-government")]),
            ("US troops told us troops left", [("US troops", "us-armed-forces")]),
            ("the U.S. military", [("U.S. military", "us-armed-forces")]),
            ("the defence ministry in Baghdad", [("defence ministry in Baghdad", "iq-ministry-of-defence")]),
            ("Ukraine's defense ministry", [("Ukraine's defense ministry", "ua-ministry-of-defence")]),
            ("the Turkish Red Crescent", [("Turkish Red Crescent", "tr-red-crescent")]),
            ("the government in Kinshasa", [("government in Kinshasa", "cd-government")]),
            ("fighting in Chad", []),
            ("the Congolese army", [("Congolese army", "cd-armed-forces|cg-armed-forces")]),
            ("Syrian bread and Turkey sandwiches", []),
            ("a syrian army of ants", []),
            ("six killed in Ukraine - defence ministry", []),
            ("the Indian state of Assam", []),
        ],
    )
    def test_bodies_of_states(self, authority: Authority, text: str, expected: list[tuple[str, str]]) -> None:
        assert found(authority, text) == expected

    def test_the_longest_name_wins(self, authority: Authority) -> None:
        text = "the Sudan People's Liberation Movement-North and the Real Irish Republican Army"
        assert [key for _, key in found(authority, text)] == [
            "sudan-peoples-liberation-movement-north",
            "real-ira",
        ]


class TestChoose:
    @pytest.mark.parametrize(
        ("name", "countries", "year", "key"),
        [
            ("SLA", ["SD"], 2005, "sudan-liberation-movement-army"),
            ("SLA", ["LB"], 1996, "south-lebanon-army"),
            ("SLA", ["SL"], 1998, "sl-armed-forces"),
            ("SLA", [], None, None),
            ("Maoists", ["NP"], 2003, "communist-party-of-nepal-maoist"),
            ("Maoists", ["IN"], 2010, "communist-party-of-india-maoist"),
            ("Maoists", {"IN", "NP"}, 2006, None),
            ("Taliban", ["PK", "AF"], 2009, "tehrik-i-taliban-pakistan"),
            ("Taliban", [], None, "taliban"),
            ("Kurdish forces", ["SY"], 2016, "peoples-protection-units"),
            ("Kurdish forces", ["IQ"], 2016, "peshmerga"),
            ("SPLA", ["SS"], 1998, "sudan-peoples-liberation-army"),
            ("SPLA", ["SS"], 2014, "ss-armed-forces"),
            ("Yugoslav army", ["HR"], 1991, "yugoslav-peoples-army"),
            ("Yugoslav army", ["XK"], 1999, "rs-armed-forces"),
            ("Congolese army", ["CD"], 2012, "cd-armed-forces"),
            ("Congolese army", ["CG"], 1998, "cg-armed-forces"),
            ("FC", ["PK"], 2009, "frontier-corps"),
            ("FC", ["DE"], 2009, None),
            ("KIA", ["MM"], 2015, "kachin-independence-army"),
            ("KIA", ["UA"], 2015, None),
            ("IS", ["FR"], 2015, "islamic-state"),
            ("PKK", ["DE"], 1995, "kurdistan-workers-party"),
            ("EU", ["SD"], 2004, "european-union"),
        ],
    )
    def test_context_decides(
        self, authority: Authority, name: str, countries: list[str], year: int | None, key: str | None
    ) -> None:
        chosen = authority.choose(authority.named(name), countries, year, name=name)
        assert (chosen.key if chosen else None) == key

    def test_no_candidates_no_choice(self, authority: Authority) -> None:
        assert authority.choose((), ["SY"], 2015) is None


class TestStates:
    def test_a_made_actor(self, authority: Authority) -> None:
        forces = authority.forces("SY")
        assert (forces.key, forces.label, forces.type) == (
            "sy-armed-forces",
            "Syrian Armed Forces",
            ActorType.STATE_FORCES,
        )
        assert forces.country == place("SY")
        assert {"Syrian army", "Syrian troops", "Syrian Arab Army"} <= set(forces.names)
        assert [actor.key for actor in forces.member_of] == ["sy-government"]
        assert authority.actor("sy-armed-forces") == forces

    @pytest.mark.parametrize(
        ("key", "names"),
        [
            ("ru-government", {"Russia", "Moscow", "Kremlin", "Russian authorities"}),
            ("us-ministry-of-defence", {"Pentagon", "Department of Defense"}),
            ("gb-armed-forces", {"Royal Air Force", "British army", "UK Armed Forces"}),
            ("ph-armed-forces", {"Philippine Army", "AFP"}),
            ("cf-government", {"Central African government", "Bangui"}),
            ("qa-ministry-of-foreign-affairs", {"Qatari foreign ministry", "Ministry of Foreign Affairs of Qatar"}),
        ],
    )
    def test_names_of_bodies(self, authority: Authority, key: str, names: set[str]) -> None:
        actor = authority.actor(key)
        assert names <= {actor.label, *actor.names}

    def test_no_actor_repeats_a_name(self, authority: Authority) -> None:
        keys = [f"{code.lower()}-{branch}" for code in STATES for branch in BRANCHES]
        actors = [authority.actor(key) for key in (*keys, *(row["key"] for row in rows("actors")))]
        assert [actor.key for actor in actors if len({actor.label, *actor.names}) != len(actor.names) + 1] == []

    @pytest.mark.parametrize("key", ["nobody", "xx-police", "sy-orchestra"])
    def test_unknown_keys(self, authority: Authority, key: str) -> None:
        assert key not in authority
        with pytest.raises(KeyError, match=key):
            authority.actor(key)

    @pytest.mark.parametrize(
        ("method", "word", "code"),
        [
            ("of_demonym", "Syrian", "SY"),
            ("of_demonym", "syrian", None),
            ("of_demonym", "Syrians", "SY"),
            ("of_demonym", "Congolese", None),
            ("of_demonym", "Kurdish", None),
            ("of_seat", "Damascus", "SY"),
            ("of_seat", "Kremlin", "RU"),
            ("of_seat", "Aleppo", None),
            ("of_country", "Burma", "MM"),
            ("of_country", "the Central African Republic", "CF"),
        ],
    )
    def test_words_for_countries(self, authority: Authority, method: str, word: str, code: str | None) -> None:
        assert getattr(authority, method)(word) == code

    def test_several_countries_share_a_demonym(self, authority: Authority) -> None:
        assert set(authority.countries_of_demonym("Congolese")) == {"CD", "CG"}

    @pytest.mark.parametrize(
        ("name", "branch"),
        [
            ("the health ministry", "ministry-of-health"),
            ("government forces", "armed-forces"),
            ("police", "police"),
            ("Interior Ministry", "ministry-of-interior"),
            ("Ministry of Defense", "ministry-of-defence"),
            ("orchestra", None),
        ],
    )
    def test_branch_without_a_country(self, authority: Authority, name: str, branch: str | None) -> None:
        assert authority.branch_named(name) == branch


class TestLinks:
    def test_links_have_no_links_themselves(self, authority: Authority) -> None:
        brigades = authority.actor("izz-ad-din-al-qassam-brigades")
        assert [(actor.key, actor.member_of, actor.allied_with) for actor in brigades.member_of] == [("hamas", (), ())]

    def test_members_of_a_states_body(self, authority: Authority) -> None:
        assert [actor.label for actor in authority.actor("operation-barkhane").member_of] == ["French Armed Forces"]


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Hezbollah", "Hizbullah"),
            ("Ansar al-Sharia", "Ansar ash-Sharia"),
            ("Houthi movement", "Huthi Movement"),
            ("Lashkar-e-Taiba", "lashkar-i-taiba"),
        ],
    )
    def test_transliterations_have_one_key(self, one: str, other: str) -> None:
        assert name_key(one) == name_key(other)

    def test_fold(self) -> None:
        assert fold("Séléka’s U.N. ‘friends’") == "seleka 's un friends"
