"""Temporal expressions: what each means alone, in running text, after other dates, and what must stay open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.dates import find_dates, resolve
from kg.model import MentionKind, Period

ISSUED = date(2017, 11, 8)  # a Wednesday
GOLD = [
    line.split("\t")
    for line in (Path(__file__).parent.parent / "gold" / "dates.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def bounds(period: object) -> str:
    """Return a period as "earliest latest", the one day only once, and "" for none."""
    if not isinstance(period, Period):
        return ""
    first, last = period.earliest.isoformat(), period.latest.isoformat()
    return first if first == last else f"{first} {last}"


def found(nlp: Language, text: str, issued: date | None = ISSUED) -> dict[str, str]:
    return {mention.text: bounds(mention.value) for mention in find_dates(nlp(text), issued)}


@pytest.mark.parametrize(("issued", "expression", "earliest", "latest"), GOLD)
def test_gold_expressions(issued: str, expression: str, earliest: str, latest: str) -> None:
    expected = Period(date.fromisoformat(earliest), date.fromisoformat(latest)) if earliest else None
    assert resolve(expression, date.fromisoformat(issued)) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Thursday, Dec. 15", "2016-12-15"),
        ("Dec. 15, 2016", "2016-12-15"),
        ("Dec.14th", "2016-12-14"),
        ("15/12/2016", "2016-12-15"),
        ("12/15/2016", "2016-12-15"),
        ("03/04/2016", ""),
        ("31 February 2016", ""),
        ("between 11-13 Dec", "2016-12-11 2016-12-13"),
        ("12–18 December", "2016-12-12 2016-12-18"),
        ("October 25-26, 2016", "2016-10-25 2016-10-26"),
        ("on 29 and 30 October", "2017-10-29 2017-10-30"),
        ("between November 4 and 6", "2017-11-04 2017-11-06"),
        ("in March and April", "2017-03-01 2017-04-30"),
        ("from late September to mid-October", "2017-09-21 2017-10-20"),
        ("between November and January", "2016-11-01 2017-01-31"),
        ("22:30 on 3 May", "2017-05-03"),
        ("before dawn on Sunday", "2017-11-05"),
        ("on the night of April 14, 2014", "2014-04-14"),
        ("in the early hours of Sunday", "2017-11-05"),
        ("early in March", "2017-03-01 2017-03-10"),
        ("since the beginning of March", "2017-03-01 2017-11-08"),
        ("late last year", "2016-07-01 2016-12-31"),
        ("early last month", "2017-10-01 2017-10-10"),
        ("in summer", "2017-06-01 2017-08-31"),
        ("in the summer of 2016", "2016-06-01 2016-08-31"),
        ("last winter", "2016-12-01 2017-02-28"),
        ("the fall of 2016", "2016-09-01 2016-11-30"),
        ("this weekend", "2017-11-04 2017-11-05"),
        ("over two days", "2017-11-06 2017-11-08"),
        ("in three months", "2017-08-08 2017-11-08"),
        ("over the past 20-plus months", "2016-03-08 2017-11-08"),
        ("this week", "2017-11-06 2017-11-08"),
        ("this year", "2017-01-01 2017-11-08"),
        ("later this month", "2017-11-08 2017-11-30"),
        ("next Tuesday", "2017-11-14"),
        ("next Friday", ""),
        ("Friday last week", "2017-11-03"),
        ("last October", "2017-10-01 2017-10-31"),
        ("last November", "2016-11-01 2016-11-30"),
        ("on the first Sunday of May", "2017-05-07"),
        ("the last Friday of October", "2017-10-27"),
        ("in the first half of 2013", "2013-01-01 2013-06-30"),
        ("the third quarter of 2016", "2016-07-01 2016-09-30"),
        ("two months ago", "2017-09-01 2017-09-30"),
        ("a year ago", "2016-01-01 2016-12-31"),
        ("24 hours ago", "2017-11-07"),
        ("the day before yesterday", "2017-11-06"),
        ("on Christmas Eve 2016", "2016-12-24"),
        ("more than a week ago", ""),
        ("days later", ""),
        ("three days", ""),
    ],
)
def test_expressions(expression: str, expected: str) -> None:
    assert bounds(resolve(expression, ISSUED)) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("3 May 2015", "2015-05-03"),
        ("in 2014", "2014-01-01 2014-12-31"),
        ("from 2014 to 2017", "2014-01-01 2017-12-31"),
        ("between May and July 2016", "2016-05-01 2016-07-31"),
        ("on Tuesday", ""),
        ("3 May", ""),
        ("last week", ""),
        ("since 2011", ""),
        ("two days earlier", ""),
    ],
)
def test_only_absolute_dates_resolve_without_a_date_of_issue(expression: str, expected: str) -> None:
    assert bounds(resolve(expression, None)) == expected


@pytest.mark.parametrize(
    ("issued", "expression", "expected"),
    [
        (date(2017, 11, 5), "on Sunday", "2017-11-05"),
        (date(2017, 11, 5), "over the weekend", "2017-11-04 2017-11-05"),
        (date(2017, 11, 6), "over the weekend", "2017-11-04 2017-11-05"),
        (date(2017, 1, 3), "last month", "2016-12-01 2016-12-31"),
        (date(2016, 2, 29), "for a year", "2015-02-28 2016-02-29"),
        (date(2017, 1, 10), "Dec. 31", "2016-12-31"),
        (date(2000, 5, 12), "last July 7", "1999-07-07"),
        (date(2016, 12, 31), "Jan. 1", "2017-01-01"),
    ],
)
def test_the_day_of_the_report_counts(issued: date, expression: str, expected: str) -> None:
    assert bounds(resolve(expression, issued)) == expected


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        # The future where the verb looks ahead, the past where it does not.
        ("The army will leave on Friday.", "on Friday", "2017-11-10"),
        ("The army left on Friday.", "on Friday", "2017-11-03"),
        ("Troops are to arrive on Saturday.", "on Saturday", "2017-11-11"),
        ("The captives may be freed on Saturday.", "on Saturday", "2017-11-11"),
        ("The rebels may have killed them on Saturday.", "on Saturday", "2017-11-04"),
        ("He said on Monday that troops would leave on Friday.", "on Monday", "2017-11-06"),
        ("He said on Monday that troops would leave on Friday.", "on Friday", "2017-11-10"),
        ("The army promised on Friday to withdraw on Sunday.", "on Sunday", "2017-11-12"),
        ("They must leave by Friday.", "by Friday", "2017-11-08 2017-11-10"),
        ("In February we will meet in London.", "In February", "2018-02-01 2018-02-28"),
        # The parser hangs the day on the vow.
        (
            "Commanders have vowed to push on into the town, from where rebels fired rockets at a hill on March 25.",
            "on March 25",
            "2017-03-25",
        ),
        # What lasts until now, and what does not.
        ("Troops have besieged the town for two years.", "for two years", "2015-11-08 2017-11-08"),
        ("Troops besieged the town for two years.", "for two years", ""),
        ("The worst attack in 14 years killed 12 people.", "in 14 years", ""),
        ("Shelling killed two people in one week.", "in one week", "2017-11-01 2017-11-08"),
        ("The town can be reached in two days.", "in two days", ""),
        # Anchors.
        ("Rebels took the town on May 3. The next day they left.", "The next day", "2017-05-04"),
        ("Rebels took the town on May 3. Two days later they left.", "Two days later", "2017-05-05"),
        ("Rebels took the town on May 3. They left a week later.", "a week later", "2017-05-10"),
        ("Rebels took the town in May. Three weeks later they left.", "Three weeks later", "2017-05-22 2017-06-21"),
        ("Rebels took the town in May 2016. That October troops marched in.", "That October", "2016-10-01 2016-10-31"),
        ("Rebels took the town on May 3. The following Friday they left.", "The following Friday", "2017-05-05"),
        ("Rebels took the town on May 3. During the night they left.", "During the night", "2017-05-03 2017-05-04"),
        ("Rebels took the town during the night.", "during the night", "2017-11-07 2017-11-08"),
        ("The March 2016 coup failed. Many have fled since the coup.", "since", "2016-03-01 2017-11-08"),
        ("Rebels took the town on May 3. They had come two days earlier.", "two days earlier", "2017-05-01"),
        ("Rebels took the town on May 3. The same day they left.", "The same day", "2017-05-03"),
        # A background date does not hide the day of the same sentence.
        (
            "Rebels took it on Oct. 26, in a war that began in April 2016. They had come five days earlier.",
            "five days earlier",
            "2017-10-21",
        ),
        (
            "Rebels took it on August 3. In October 2016 they had come. They left five days later.",
            "five days later",
            "2016-10-06 2016-11-05",
        ),
        ("Rebels took the town on May 3. Hours later they left.", "Hours later", "2017-05-03"),
        ("Rebels took the town on May 3. That month they left.", "That month", "2017-05-01 2017-05-31"),
        ("It fell in May. On the 26th of that month they left.", "On the 26th of that month", "2017-05-26"),
        (
            "It fell in 2014. Since February of that year they have fled.",
            "Since February of that year",
            "2014-02-01 2017-11-08",
        ),
        ("Rebels took it on May 3. Since then 12 have died.", "Since then", "2017-05-03 2017-11-08"),
        ("Rebels took it on May 3. They have since killed 12.", "since", "2017-05-03 2017-11-08"),
        ("Rebels took it in May. The next day they left.", "The next day", ""),
        ("Troops fought on Monday, two days after a bomb killed ten.", "two days after", "2017-11-04"),
        ("Two days after a bomb killed ten, rebels struck.", "Two days after", ""),
        ("He had been killed two days earlier.", "two days earlier", "2017-11-06"),
        ("They fled on May 3. It fell the month before.", "the month before", "2017-04-01 2017-04-30"),
        ("They have been in hiding since 8 May, when police shot ten.", "when", "2017-05-08"),
        ("Many have fled since the offensive began on May 3.", "since", "2017-05-03 2017-11-08"),
        # Spans.
        ("Families mourned in Saturday's attack.", "Saturday", "2017-11-04"),
        ("Shelling began early on Thursday.", "early on Thursday", "2017-11-02"),
    ],
)
def test_running_text(nlp: Language, text: str, mention: str, expected: str) -> None:
    assert found(nlp, text).get(mention, "no such mention") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 14-year-old girl fled a seven-day truce and a 24-hour ultimatum.",
        "On day 18 of the war the UN passed Resolution 1973.",
        "Troops may march.",
        "Theresa May met April Smith.",
        "The March 23 Movement fought the 17 February Brigade.",
        "He sat in the sun for fun.",
        "Black September struck.",
        "One day they will return, and they pray every Friday.",
    ],
)
def test_no_dates(nlp: Language, text: str) -> None:
    assert found(nlp, text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In May 20 people were killed.", {"In May": "2017-05-01 2017-05-31"}),
        ("On May 3 and 12 wounded men fled.", {"On May 3": "2017-05-03"}),
        ("Shells fell in May and in July.", {"in May": "2017-05-01 2017-05-31", "in July": "2017-07-01 2017-07-31"}),
        ("Talks after three days of fighting failed.", {"three days": ""}),
        ("Police arrested ten on Monday and two on Tuesday.", {"on Monday": "2017-11-06", "on Tuesday": "2017-11-07"}),
        ("It fell after 2014.", {"after 2014": ""}),
    ],
)
def test_neighbours(nlp: Language, text: str, expected: dict[str, str]) -> None:
    assert found(nlp, text) == expected


def test_without_a_parse_the_words_before_decide() -> None:
    blank = spacy.blank("en")
    text = "Rebels left on Friday. Talks will resume on Friday. They have fought for weeks."
    mentions = find_dates(blank(text), ISSUED)
    assert [bounds(mention.value) for mention in mentions] == ["2017-11-03", "2017-11-10", "2017-10-11 2017-11-08"]


@given(st.text(alphabet="0123456789-/., :MayJuneMondayondinthebetweenandsincelastweekafter\n", max_size=60))
def test_any_text_is_read_with_offsets_that_hold(text: str) -> None:
    for mention in find_dates(spacy.blank("en")(text), ISSUED):
        assert text[mention.start : mention.end] == mention.text
        assert mention.kind is MentionKind.DATE
        assert mention.value is None or mention.value.earliest <= mention.value.latest  # type: ignore[union-attr]
