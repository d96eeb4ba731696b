"""What `kg mentions` prints: a row for each mention, as JSON lines, CSV, GeoJSON and a table."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from kg.cli.mention_rows import MENTION_FORMATS, mention_rows, table_rows
from kg.graph.vocabulary import Naming
from kg.model import Actor, ActorType, Figure, Mention, MentionKind, Period, Place, PlaceType, Report

TEXT = "Kinshasa’s army took Goma on 2 May, killing at least 12 rebels, it said."
BASE = "https://a.example/"
GOMA = Place(
    key="216281",
    label="Goma",
    type=PlaceType.SETTLEMENT,
    names=("Ngoma", "Goma, ville"),
    latitude=-1.67,
    longitude=29.22,
)
ARMY = Actor(key="cd-armed-forces", label="Congolese Armed Forces", type=ActorType.STATE_FORCES, names=("FARDC",))
STATE = Actor(key="cd-government", label="Government of Congo", type=ActorType.GOVERNMENT)
REBELS = Actor(key="rebels", label="rebels", type=ActorType.ARMED_GROUP, unresolved=True)
MADE_UP = Place(key="r/bridge", label="bridge", type=PlaceType.FACILITY, unresolved=True)


def mention(text: str, kind: MentionKind, value: Actor | Place | Period | Figure | None) -> Mention:
    start = TEXT.index(text)
    return Mention(start=start, end=start + len(text), text=text.replace("’", "'"), kind=kind, value=value)


def rows(*mentions: Mention) -> list[dict[str, object]]:
    found = mention_rows(Report(id="r", text=TEXT), mentions, Naming(BASE))
    return [json.loads(line) for line in "".join(MENTION_FORMATS["jsonl"](found)).splitlines()]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (
            mention("Goma", MentionKind.PLACE, GOMA),
            {
                "type": "Settlement",
                "iri": f"{BASE}place/216281",
                "label": "Goma",
                "names": ["Ngoma", "Goma, ville"],
                "lat": -1.67,
                "long": 29.22,
            },
        ),
        (
            mention("Kinshasa’s army", MentionKind.ACTOR, ARMY),
            {
                "type": "StateForces",
                "iri": f"{BASE}actor/cd-armed-forces",
                "label": "Congolese Armed Forces",
                "names": ["FARDC"],
            },
        ),
        (
            mention("rebels", MentionKind.ACTOR, REBELS),
            {"type": "ArmedGroup", "iri": f"{BASE}actor/r/rebels", "label": "rebels", "unresolved": True},
        ),
        (
            mention("on 2 May", MentionKind.DATE, Period(date(2012, 5, 2), date(2012, 5, 2))),
            {"earliest": "2012-05-02", "latest": "2012-05-02"},
        ),
        (mention("on 2 May", MentionKind.DATE, None), {"unresolved": True}),
        (
            mention("at least 12", MentionKind.FIGURE, Figure("killed", 12, None)),
            {"type": "Figure", "minimum": 12, "measure": "killed"},
        ),
        (
            mention("at least 12", MentionKind.FIGURE, Figure("", 12, 14)),
            {"type": "Figure", "minimum": 12, "maximum": 14},
        ),
    ],
)
def test_a_row_has_the_fields_that_apply_and_no_others(shown: Mention, expected: dict[str, object]) -> None:
    (row,) = rows(shown)
    text = TEXT[shown.start : shown.end]
    where = {"report": "r", "start": shown.start, "end": shown.end, "text": text, "kind": str(shown.kind)}
    assert row == where | expected


def test_a_place_that_stands_for_an_actor_is_given_as_the_actor_only() -> None:
    seat = Place(key="1", label="Kinshasa", type=PlaceType.SETTLEMENT)
    found = rows(
        mention("Kinshasa", MentionKind.ACTOR, STATE),
        mention("Kinshasa", MentionKind.PLACE, seat),
        mention("Kinshasa’s army", MentionKind.ACTOR, ARMY),
        mention("Goma", MentionKind.PLACE, GOMA),
    )
    assert [(row["text"], row["kind"]) for row in found] == [
        ("Kinshasa", "actor"),
        ("Kinshasa’s army", "actor"),
        ("Goma", "place"),
    ]


def written(format: str, *mentions: Mention) -> str:
    return "".join(MENTION_FORMATS[format](mention_rows(Report(id="r", text=TEXT), mentions, Naming(BASE))))


def test_csv_has_every_column_and_joins_names() -> None:
    lines = list(csv.DictReader(io.StringIO(written("csv", mention("Goma", MentionKind.PLACE, GOMA)))))
    assert [(line["names"], line["lat"], line["unresolved"], line["earliest"]) for line in lines] == [
        ("Ngoma|Goma, ville", "-1.67", "", "")
    ]


def test_geojson_holds_what_has_a_point_the_longitude_first() -> None:
    shown = (
        mention("Goma", MentionKind.PLACE, GOMA),
        mention("army", MentionKind.PLACE, MADE_UP),
        mention("rebels", MentionKind.ACTOR, REBELS),
    )
    collection = json.loads(written("geojson", *shown))
    assert collection["type"] == "FeatureCollection"
    (feature,) = collection["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [29.22, -1.67]}
    assert feature["properties"]["label"] == "Goma"


@pytest.mark.parametrize(("format", "left"), [("jsonl", 0), ("csv", 1), ("geojson", 2)])
def test_no_mentions_make_a_well_formed_file(format: str, left: int) -> None:
    assert len(written(format).splitlines()) == left


@pytest.mark.parametrize(
    ("shown", "means", "detail"),
    [
        (mention("Goma", MentionKind.PLACE, GOMA), "Goma", "-1.67, 29.22"),
        (mention("rebels", MentionKind.ACTOR, REBELS), "rebels (unresolved)", ""),
        (
            mention("on 2 May", MentionKind.DATE, Period(date(2012, 5, 1), date(2012, 5, 2))),
            "2012-05-01 to 2012-05-02",
            "",
        ),
        (mention("on 2 May", MentionKind.DATE, None), "?", ""),
        (mention("at least 12", MentionKind.FIGURE, Figure("killed", 1200, None)), "at least 1,200", "killed"),
        (mention("at least 12", MentionKind.FIGURE, Figure("killed", 10, 12)), "10 to 12", "killed"),
    ],
)
def test_the_table_says_in_words_what_is_meant(shown: Mention, means: str, detail: str) -> None:
    (cells,) = table_rows(mention_rows(Report(id="r", text=TEXT), [shown], Naming(BASE)))
    assert (cells[4], cells[6]) == (means, detail)
