"""The scorer: what each kind of difference costs, on a small annotated report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store

from benchmarks.accuracy import kept_aside, main, score
from kg.graph import build_dataset, serialize
from kg.model import Actor, ActorType, Claim, Event, Figure, Period, Place, PlaceType, Report, Stance, Status
from tests.handmade import HandmadeReading, albu_kamal

TEXT = "Rebels raided Gao on 2 May, killing 12 soldiers, and troops may have fought back. Rebels held talks in Gao."
RAID, FIGHT, TALKS = (
    "Rebels raided Gao on 2 May, killing 12 soldiers",
    "troops may have fought back",
    "Rebels held talks in Gao",
)
GOLD = {
    "actors": {"rebels": {"names": ["rebels"], "wikidata": "Q1"}, "troops": {"names": ["troops"], "wikidata": None}},
    "places": {"gao": {"names": ["Gao"], "lat": 16.27, "lon": -0.04}},
    "claims": [
        {
            "evidence": RAID,
            "trigger": "raided",
            "event": "Attack",
            "initiator": ["rebels"],
            "target": ["troops"],
            "place": "gao",
            "earliest": "2012-05-02",
            "latest": "2012-05-02",
            "stance": "Affirmed",
            "figures": [{"measure": "killed", "minimum": 12, "maximum": 12}],
            "occurrence": "raid",
        },
        {
            "evidence": FIGHT,
            "trigger": "fought back",
            "event": "Battle",
            "initiator": ["troops"],
            "target": ["rebels"],
            "stance": "Uncertain",
            "occurrence": "raid",
        },
        {"evidence": TALKS, "trigger": "talks", "event": "Negotiation", "stance": "Affirmed", "optional": True},
    ],
}
REBELS = Actor(key="rebels", label="The Rebels", type=ActorType.ARMED_GROUP)
FRONT = Actor(key="front", label="Liberation Front", type=ActorType.ARMED_GROUP, wikidata="Q1")
TROOPS = Actor(key="troops", label="Army of Mali", names=("troops",), type=ActorType.STATE_FORCES)
GAO = Place(key="gao", label="Gao", type=PlaceType.SETTLEMENT)
AIRPORT = Place(key="airport", label="airport", type=PlaceType.FACILITY, latitude=16.25, longitude=-0.01)
KIDAL = Place(key="kidal", label="Kidal", type=PlaceType.SETTLEMENT, latitude=18.44, longitude=1.41)


def claim(quote: str, trigger: str, event_class: str, **rest: Any) -> Claim:
    start = TEXT.index(quote)
    place = {"start": start, "end": start + len(quote), "trigger_start": start + quote.index(trigger)}
    given = {
        "report": "gao",
        "quote": quote,
        "trigger": trigger,
        "event_class": event_class,
        "confidence": 0.9,
        **place,
    }
    return Claim(**{"stance": Stance.AFFIRMED, **given, **rest})


ATTACK = claim(
    RAID,
    "raided",
    "Attack",
    initiator=(REBELS,),
    target=(TROOPS,),
    location=GAO,
    period=Period(date(2012, 5, 2), date(2012, 5, 2)),
    figures=(Figure("killed", 12, 12),),
)
BATTLE = claim(FIGHT, "fought back", "Battle", initiator=(TROOPS,), target=(REBELS,), stance=Stance.UNCERTAIN)
TALK = claim(TALKS, "talks", "Negotiation", initiator=(TROOPS,))
INVENTED = claim("killing 12 soldiers", "killing", "Protest", location=GAO, source=(TROOPS,))


def store_of(events: Sequence[Sequence[Claim]]) -> Store:
    made = [
        Event(
            key=str(number),
            event_class=claims[0].event_class,
            label="event",
            status=Status.ASSERTED,
            claims=tuple(claims),
        )
        for number, claims in enumerate(events)
    ]
    claims = tuple(claim for event in made for claim in event.claims)
    reading = HandmadeReading(report=Report(id="gao", text=TEXT), claims=claims, events=tuple(made))
    store = Store()
    store.load(serialize(build_dataset([reading]), "ntriples"), format=RdfFormat.N_TRIPLES)
    return store


@pytest.fixture
def gold_report(tmp_path: Path) -> Path:
    (tmp_path / "gao.txt").write_text(TEXT)
    (tmp_path / "gao.json").write_text(json.dumps(GOLD))
    return tmp_path / "gao.json"


RIGHT = {
    "class": (2, 2, 2),
    "group": (2, 2, 2),
    "initiator": (3, 3, 3),
    "target": (1, 1, 1),
    "supporter": (0, 0, 0),
    "place": (1, 1, 1),
    "time": (1, 1, 1),
    "stance": (2, 2, 2),
    "source": (0, 0, 0),
    "figures": (1, 1, 1),
    "whole": (2, 2, 2),
    "occurrence": (1, 1, 1),
}


@pytest.mark.parametrize(
    ("events", "differing"),
    [
        pytest.param([[ATTACK, BATTLE]], {}, id="all right"),
        pytest.param([[ATTACK, BATTLE], [TALK]], {}, id="an optional claim is not counted, found or not"),
        pytest.param([[ATTACK], [BATTLE]], {"occurrence": (0, 0, 1)}, id="one event taken for two"),
        pytest.param(
            [[ATTACK, BATTLE, TALK]], {"occurrence": (1, 3, 1)}, id="two events taken for one, optional ones among them"
        ),
        pytest.param(
            [[replace(ATTACK, event_class="Bombing"), BATTLE]],
            {"class": (1, 2, 2), "whole": (1, 2, 2)},
            id="another class of the group",
        ),
        pytest.param(
            [[replace(ATTACK, event_class="Capture"), BATTLE]],
            {
                "class": (1, 2, 2),
                "group": (1, 2, 2),
                "initiator": (2, 3, 3),
                "target": (0, 1, 1),
                "place": (0, 1, 1),
                "time": (0, 1, 1),
                "stance": (1, 2, 2),
                "figures": (0, 1, 1),
                "whole": (1, 2, 2),
                "occurrence": (0, 0, 1),
            },
            id="a class of another group: missed and invented",
        ),
        pytest.param(
            [[BATTLE]],
            {
                "class": (1, 1, 2),
                "group": (1, 1, 2),
                "initiator": (2, 2, 3),
                "target": (0, 0, 1),
                "place": (0, 0, 1),
                "time": (0, 0, 1),
                "stance": (1, 1, 2),
                "figures": (0, 0, 1),
                "whole": (1, 1, 2),
                "occurrence": (0, 0, 1),
            },
            id="missed",
        ),
        pytest.param(
            [[ATTACK, BATTLE], [INVENTED]],
            {
                "class": (2, 3, 2),
                "group": (2, 3, 2),
                "place": (1, 2, 1),
                "stance": (2, 3, 2),
                "source": (0, 1, 0),
                "whole": (2, 3, 2),
            },
            id="invented",
        ),
        pytest.param(
            [[replace(ATTACK, initiator=(TROOPS,), target=(REBELS,)), BATTLE]],
            {"initiator": (2, 3, 3), "target": (0, 1, 1), "whole": (1, 2, 2)},
            id="sides reversed",
        ),
        pytest.param(
            [[ATTACK, replace(BATTLE, initiator=(REBELS,), target=(TROOPS,))]], {}, id="a battle has no sides"
        ),
        pytest.param([[replace(ATTACK, initiator=(FRONT,)), BATTLE]], {}, id="the same by its Wikidata number"),
        pytest.param(
            [[replace(ATTACK, supporter=(FRONT,)), BATTLE]],
            {"supporter": (0, 1, 0), "whole": (1, 2, 2)},
            id="a supporter whom nobody names",
        ),
        pytest.param([[replace(ATTACK, location=AIRPORT), BATTLE]], {}, id="a place nearby"),
        pytest.param(
            [[replace(ATTACK, location=KIDAL), BATTLE]], {"place": (0, 1, 1), "whole": (1, 2, 2)}, id="a place far off"
        ),
        pytest.param(
            [[replace(ATTACK, period=Period(date(2012, 5, 1), date(2012, 5, 2))), BATTLE]],
            {"time": (0, 1, 1), "whole": (1, 2, 2)},
            id="another day",
        ),
        pytest.param(
            [[ATTACK, replace(BATTLE, stance=Stance.DENIED)]], {"stance": (1, 2, 2), "whole": (1, 2, 2)}, id="stance"
        ),
        pytest.param(
            [[replace(ATTACK, figures=(Figure("killed", 12, None), Figure("killed", 12, 12))), BATTLE]],
            {"figures": (1, 2, 1), "whole": (1, 2, 2)},
            id="a figure too many",
        ),
    ],
)
def test_what_a_difference_costs(
    gold_report: Path, events: list[list[Claim]], differing: dict[str, tuple[int, int, int]]
) -> None:
    counts = score(store_of(events), [gold_report]).counts
    assert {name: (known.right, known.predicted, known.gold) for name, known in counts.items()} == {
        **RIGHT,
        **differing,
    }


def test_precision_recall_and_f1(gold_report: Path) -> None:
    row = score(store_of([[ATTACK, BATTLE], [INVENTED]]), [gold_report]).rows()["class"]
    assert (row.precision, row.recall, row.f1, row.gold) == (pytest.approx(2 / 3), 1.0, pytest.approx(0.8), 2)


def test_the_reading_by_hand_of_the_seed_is_all_right(gold: Path) -> None:
    store = Store()
    store.load(serialize(build_dataset([albu_kamal()]), "ntriples"), format=RdfFormat.N_TRIPLES)
    rows = score(store, [gold / "dev" / "albu-kamal.json"]).rows()
    # The reading takes the militia for its unnamed source.
    compared = [name for name, row in rows.items() if row.gold and name not in ("source", "whole")]
    assert {name: rows[name].f1 for name in compared} == dict.fromkeys(compared, 1.0)
    assert len(compared) == 10


def test_every_third_report_is_kept_aside(gold: Path) -> None:
    paths = list((gold / "dev").glob("*.json"))
    assert [path.stem for path in kept_aside(paths)][:3] == ["abidjan-residence", "baalbek-raid", "c-bosso-flash"]
    assert len(kept_aside(paths)) == 12


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 0, "class            0.667   1.000   0.800      2"),
        (("--details",), 0, "gao: nobody says Protest at 28-47"),
        (("--min", "class=0.79"), 0, ""),
        (("--min", "class=0.81"), 1, "class F1 0.800 < 0.81"),
        (("--min", "klass=0.81"), 2, "klass"),
        (("--report", "kidal"), 1, "no annotated report"),
    ],
)
def test_the_command_scores_a_graph(gold_report: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    graph = gold_report.parent / "graph.nq"
    store_of([[ATTACK, BATTLE], [INVENTED]]).dump(graph, RdfFormat.N_QUADS)
    result = CliRunner().invoke(main, [str(gold_report.parent), "--graph", str(graph), *arguments])
    assert result.exit_code == code
    assert said in result.output
