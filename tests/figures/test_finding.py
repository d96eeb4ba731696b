"""Figures: their bounds, their measures, what counts a noun, and the numbers that are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.figures import count_of, find_figures
from kg.model import Figure

Bounds = tuple[int, int | None]


@pytest.fixture(scope="module")
def blank() -> Language:
    return spacy.blank("en")


def figures(nlp: Language, text: str) -> list[Figure]:
    return [mention.value for mention in find_figures(nlp(text)) if isinstance(mention.value, Figure)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 people", (12, 12)),
        ("at least 12 people", (12, None)),
        ("more than 3,000 people", (3000, None)),
        ("over 25 people", (25, None)),
        ("no fewer than eight people", (8, None)),
        ("50 or more people", (50, None)),
        ("up to 30 people", (0, 30)),
        ("as many as 50 people", (0, 50)),
        ("fewer than 20 people", (0, 20)),
        ("some 40 people", (40, 40)),
        ("nearly 50 people", (50, 50)),
        ("an estimated 120,000 people", (120000, 120000)),
        ("between 20 and 30 people", (20, 30)),
        ("20-30 people", (20, 30)),
        ("two or three people", (2, 3)),
        ("between 1.2 and 1.5 million people", (1200000, 1500000)),
        ("two dozen people", (24, 24)),
        ("a dozen people", (12, 12)),
        ("half a dozen people", (6, 6)),
        ("more than a dozen people", (12, None)),
        ("dozens of people", (24, 99)),
        ("scores of people", (40, 99)),
        ("hundreds of people", (200, 999)),
        ("several hundred people", (200, 999)),
        ("thousands of people", (2000, 9999)),
        ("tens of thousands of people", (20000, 99999)),
        ("hundreds of thousands of people", (200000, 999999)),
        ("millions of people", (2000000, 9999999)),
        ("1.5 million people", (1500000, 1500000)),
        ("more than 1.2 million people", (1200000, None)),
        ("2m people", (2000000, 2000000)),
        ("twenty-one people", (21, 21)),
        ("two hundred and fifty people", (250, 250)),
        ("one thousand two hundred people", (1200, 1200)),
        ("a hundred people", (100, 100)),
        ("12 000 people", (12000, 12000)),
    ],
)
def test_bounds(blank: Language, text: str, expected: Bounds) -> None:
    assert [(figure.minimum, figure.maximum) for figure in figures(blank, text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "a 14-year-old girl",
        "Ahmed Ali, 34, fled.",
        "a boy aged 12",
        "25 km north of the town",
        "200 tons of flour",
        "30 per cent of the territory",
        "30% of the territory",
        "$5 million in aid",
        "5 million dollars",
        "a 7.62mm rifle and an AK-47",
        "the T-72 tank",
        "in 2014 and on 3 May",
        "for three weeks",
        "at 10 a.m. and 22:30",
        "Resolution 2254",
        "the March 23 Movement",
        "a 12-member delegation",
        "no one and none of them",
        "three times",
        "the council, by 12 votes",
        "on day 18 of the war",
        "0 people",
    ],
)
def test_numbers_that_are_no_figures(blank: Language, text: str) -> None:
    assert figures(blank, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast killed at least 12 people and wounded 30.", [("killed", 12), ("wounded", 30)]),
        ("At least 12 people were killed and 30 injured.", [("killed", 12), ("wounded", 30)]),
        ("A bomb exploded, killing 12.", [("killed", 12)]),
        ("A bomb left 12 dead and 30 wounded.", [("killed", 12), ("wounded", 30)]),
        ("The death toll rose to 31.", [("killed", 31)]),
        ("Two more were found dead, bringing the toll to 31.", [("killed", 2), ("killed", 31)]),
        ("The blast claimed 12 lives.", [("killed", 12)]),
        ("Fighting has cost the lives of 290 militants and 27 civilians.", [("killed", 290), ("killed", 27)]),
        ("Five soldiers and three civilians were killed.", [("killed", 5), ("killed", 3)]),
        ("Three soldiers died.", [("killed", 3)]),
        ("They killed between 200 and 250 people.", [("killed", 200)]),
        ("They shot at least 71 of them dead.", [("killed", 71)]),
        ("Tens of thousands of people have been displaced.", [("displaced", 20000)]),
        ("Some 8,000 people fled to Chad.", [("displaced", 8000)]),
        ("Police arrested more than 130 men.", [("detained", 130)]),
        ("Police made 12 arrests.", [("detained", 12)]),
        ("The rebels took 16 aid workers hostage.", [("abducted", 16)]),
        ("Gunmen abducted 15 villagers.", [("abducted", 15)]),
        ("About 50 civilians are missing.", [("missing", 50)]),
        ("Boko Haram freed 82 of the girls.", [("released", 82)]),
        ("They demanded the release of six guards.", [("released", 6)]),
        ("Helicopters evacuated 250 students.", [("evacuated", 250)]),
        ("Two servicemen killed, five civilians injured in ambush", [("killed", 2), ("wounded", 5)]),
        ("The blast killed one and wounded six.", [("killed", 1), ("wounded", 6)]),
        ("In June 30 died.", [("killed", 30)]),
        ("Not one soldier died.", []),
        ("There were 30 casualties.", [("", 30)]),
        ("Six lorries reached the city.", [("", 6)]),
        ("12 people, including four children, were killed.", [("killed", 12), ("", 4)]),
    ],
)
def test_measures(nlp: Language, text: str, expected: list[tuple[str, int]]) -> None:
    assert [(figure.measure, figure.minimum) for figure in figures(nlp, text)] == expected


@pytest.mark.parametrize(
    ("text", "noun", "expected"),
    [
        ("The blast killed at least 12 people.", "people", (12, None)),
        ("The blast killed 12 people, including four children.", "people", (12, 12)),
        ("The blast killed five soldiers and three civilians.", "soldiers", (5, 5)),
        ("The blast killed five soldiers and three civilians.", "civilians", (3, 3)),
        ("A mine killed an officer and two conscripts.", "officer", (1, 1)),
        ("A mine killed a woman.", "woman", (1, 1)),
        ("Another soldier was wounded.", "soldier", (1, 1)),
        ("They abducted dozens of villagers.", "villagers", (24, 99)),
        ("They freed 82 of the girls.", "girls", (82, 82)),
        ("They killed a group of 12 rebels.", "group", (12, 12)),
        ("They killed a number of rebels.", "number", None),
        ("They killed the soldiers.", "soldiers", None),
        ("They killed civilians.", "civilians", None),
        ("They shelled a crowd.", "crowd", None),
    ],
)
def test_count_of(nlp: Language, text: str, noun: str, expected: Bounds | None) -> None:
    doc = nlp(text)
    token = next(token for token in doc if token.text == noun)
    assert count_of(token, find_figures(doc)) == expected


def test_offsets_cover_the_quantifier(nlp: Language) -> None:
    mention = find_figures(nlp("Shells killed at least two dozen people."))[0]
    assert (mention.text, mention.start) == ("at least two dozen", 14)


@given(st.text(alphabet="0123456789,. -abetwnodzhusmilporf\n", max_size=60))
def test_any_text_is_read_with_offsets_that_hold(text: str) -> None:
    mentions = find_figures(spacy.blank("en")(text))
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert isinstance(mention.value, Figure)
        assert mention.value.maximum is None or mention.value.minimum <= mention.value.maximum
    assert all(before.end <= after.start for before, after in pairwise(mentions))
