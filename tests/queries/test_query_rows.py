"""The rows that each saved query gives on readings made by hand, the same on rdflib, Oxigraph and Virtuoso."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import pytest
from pyoxigraph import Store
from rdflib import Graph

from kg.graph import ConflictGraph, build_dataset, serialize
from kg.queries import SavedQuery, fill, list_queries, load_query, run
from kg.queries.result import Result
from kg.queries.sources import EndpointSource, OxigraphSource, RdflibSource
from kg.stores.endpoint import Endpoint
from kg.stores.remote_load import load_remote
from tests.handmade import albu_kamal, contradiction
from tests.handmade_aftermath import aftermath
from tests.servers import virtuoso_server

Params: TypeAlias = Mapping[str, str | Sequence[str]]

IS = "Islamic State"
ARMY = "Syrian Armed Forces"
MILITIAS = "Pro-government militias (Syria)"
PMF = "Popular Mobilization Forces"
OCHA = "United Nations Office for the Coordination of Humanitarian Affairs"
SANA = "Syrian Arab News Agency"
NOV_8 = date(2017, 11, 8)
OCT_11 = date(2017, 10, 11)
BUNDLED = list_queries()
# A value of each type that nothing in the graph has.
NOTHING = {
    **dict.fromkeys(("actor", "place", "event"), "urn:nobody"),
    "class": "SexualViolence",
    "date": "1900-01-01",
    "integer": "999",
    "number": "0",
    "string": "nothing",
}
# Values of each type that something in the graph has; of which a parameter takes many, all of them too.
KNOWN: Mapping[str, Sequence[str]] = {
    "actor": (IS, ARMY),
    "place": ("Syria", "Raqa"),
    "class": ("Siege", "ArmedEvent"),
    "date": ("2017-10-15",),
    "integer": ("2",),
    "number": ("34.4",),
    "string": ("Raqa",),
    "event": ("raqa-shelling-1",),
}

# What is asked with which parameters, the columns looked at, and their rows in order.
ROWS: list[tuple[str, Params, str, list[tuple[object, ...]]]] = [
    (
        "acled-table",
        {"since": "2017-05-01", "until": "2017-06-30"},
        (
            "event_date end_date event_type sub_event_type actor1 actor2 civilian_targeting "
            "country location latitude longitude source_count notes fatalities"
        ),
        [
            (
                date(2017, 5, 3),
                date(2017, 5, 3),
                "Explosions/Remote violence",
                "Shelling/artillery/missile attack",
                ARMY,
                None,
                None,
                "Syria",
                "Raqa",
                Decimal("35.95283"),
                Decimal("39.00788"),
                1,
                "Shelling of Raqa, 3 May 2017",
                9,
            ),
            (
                date(2017, 5, 19),
                date(2017, 5, 19),
                "Explosions/Remote violence",
                "",
                IS,
                "civilians",
                "Civilian targeting",
                "Iraq",
                "Al-Qaim",
                Decimal("34.39251"),
                Decimal("40.98945"),
                2,
                "Bombing at Al-Qaim, 2017-05-19",
                5,
            ),
            (
                date(2017, 6, 10),
                date(2017, 6, 10),
                "Strategic developments",
                "Change to group/activity",
                "Russian Armed Forces",
                None,
                None,
                "Syria",
                "Raqa",
                Decimal("35.95283"),
                Decimal("39.00788"),
                0,
                "Withdrawal at Raqa, 2017-06-10",
                None,
            ),
            (
                date(2017, 6, 11),
                date(2017, 6, 11),
                "Battles",
                "",
                IS,
                ARMY,
                None,
                "Syria",
                "Raqa",
                Decimal("35.95283"),
                Decimal("39.00788"),
                0,
                "Capture at Raqa, 2017-06-11",
                None,
            ),
        ],
    ),
    (
        "acled-table",
        {"place": "Syria", "actor": "Hezbollah"},
        "event_date event_type actor1 country location",
        [
            (None, "Strategic developments", "Hezbollah", "Syria", "Albu Kamal"),
            (NOV_8, "Strategic developments", "Hezbollah", "Syria", "Albu Kamal"),
        ],
    ),
    (
        "actor-names",
        {"actor": "Daesh"},
        "label alias kind country link",
        [
            (IS, "Daesh", "ArmedGroup", None, "http://www.wikidata.org/entity/Q2429253"),
            (IS, "IS", "ArmedGroup", None, "http://www.wikidata.org/entity/Q2429253"),
            (IS, "ISIS", "ArmedGroup", None, "http://www.wikidata.org/entity/Q2429253"),
            (IS, "Islamic State group", "ArmedGroup", None, "http://www.wikidata.org/entity/Q2429253"),
        ],
    ),
    (
        "actor-names",
        {"actor": ["Hashed al-Shaabi", "civilians"]},
        "label alias kind country link",
        [(PMF, "Hashed al-Shaabi", "ArmedGroup", "Iraq", None), ("civilians", None, "Population", None, None)],
    ),
    (
        "actor-network",
        {"place": "Syria"},
        "source relation target weight",
        [
            (MILITIAS, "allied", ARMY, 3),
            (MILITIAS, "hostile", IS, 2),
            (ARMY, "hostile", IS, 2),
            (IS, "hostile", ARMY, 1),
            ("Russian Armed Forces", "allied", ARMY, 1),
        ],
    ),
    (
        "actor-network",
        {"since": "2017-05-01", "until": "2017-05-31"},
        "source relation target weight",
        [(IS, "hostile", "civilians", 1)],
    ),
    (
        "actor-relations",
        {},
        "source relation target",
        [
            ("Linda Tom", "member of", OCHA),
            (MILITIAS, "allied with", "Government of Syria"),
            (ARMY, "member of", "Government of Syria"),
        ],
    ),
    ("actor-relations", {"actor": "OCHA"}, "source relation target", [("Linda Tom", "member of", OCHA)]),
    (
        "attacks-on-civilians",
        {},
        "earliest latest attacker victims label where latitude longitude status",
        [
            (None, None, "Desert Hawks", "civilians", "Attack", None, None, None, "Asserted"),
            (
                date(2017, 5, 19),
                date(2017, 5, 19),
                IS,
                "civilians",
                "Bombing at Al-Qaim, 2017-05-19",
                "Al-Qaim",
                Decimal("34.39251"),
                Decimal("40.98945"),
                "Asserted",
            ),
        ],
    ),
    (
        "attacks-on-civilians",
        {"actor": "IS", "class": "Bombing"},
        "attacker label",
        [(IS, "Bombing at Al-Qaim, 2017-05-19")],
    ),
    (
        "best-attested-events",
        {},
        "attested reports label status",
        [
            (2, 1, "Bombing at Al-Qaim, 2017-05-19", "Asserted"),
            (2, 1, "Displacement at Albu Kamal, 2017-10-11", "Asserted"),
            (2, 1, "Siege at Albu Kamal, 2017-11-08", "Asserted"),
        ],
    ),
    (
        "best-attested-events",
        {"sources": "1", "class": "Attack"},
        "attested reports label status",
        [(1, 1, "Attack", "Asserted"), (1, 1, "Attack at Albu Kamal", "Asserted")],
    ),
    (
        "casualties",
        {"measure": "displaced"},
        "label measure minimum maximum source",
        [
            ("Displacement at Al-Qaim", "displaced", 3000, 3000, None),
            ("Displacement at Albu Kamal", "displaced", 20000, 99999, None),
            ("Displacement at Albu Kamal, 2017-10-11", "displaced", 120000, 120000, "Linda Tom"),
            ("Displacement at Albu Kamal, 2017-10-11", "displaced", 120000, 120000, OCHA),
        ],
    ),
    (
        "casualties",
        {"place": "Syria", "since": "2017-05-01", "until": "2017-05-31", "measure": ["killed", "wounded"]},
        "measure minimum maximum stance source",
        [("killed", 9, 12, "Affirmed", IS)],
    ),
    (
        "casualties",
        {"actor": "civilians", "measure": "killed"},
        "label minimum maximum source report",
        [
            ("Attack", 3, 3, OCHA, "raqa-withdrawal"),
            ("Bombing at Al-Qaim, 2017-05-19", 5, 5, SANA, "qaim-bombing"),
            ("Bombing at Al-Qaim, 2017-05-19", 9, None, OCHA, "qaim-bombing"),
        ],
    ),
    (
        "casualty-disagreements",
        {},
        "label measure lower lower_source higher higher_source lower_quote higher_quote",
        [
            (
                "Bombing at Al-Qaim, 2017-05-19",
                "killed",
                5,
                SANA,
                9,
                OCHA,
                "A bomb in Al-Qaim on 19 May killed five civilians and wounded 12",
                "the bombing by IS killed at least nine civilians",
            )
        ],
    ),
    ("casualty-disagreements", {"measure": "wounded"}, "label", []),
    (
        "casualty-ranges",
        {},
        "label measure lowest highest claims figures",
        [
            ("Shelling of Raqa, 3 May 2017", "killed", 9, 12, 1, 1),
            ("Bombing at Al-Qaim, 2017-05-19", "killed", 5, 9, 2, 2),
            ("Attack", "killed", 3, 3, 1, 1),
        ],
    ),
    (
        "casualty-ranges",
        {"measure": ["wounded", "displaced"], "place": "Iraq"},
        "label measure lowest highest claims figures",
        [
            ("Displacement at Al-Qaim", "displaced", 3000, 3000, 1, 1),
            ("Bombing at Al-Qaim, 2017-05-19", "wounded", 12, 12, 1, 1),
        ],
    ),
    (
        "claims-between",
        {"initiator": "Syrian army", "target": "Islamic State"},
        "earliest latest class stance source report",
        [
            (None, None, "Siege", "Affirmed", SANA, "albu-kamal"),
            (None, None, "Attack", "Affirmed", SANA, "albu-kamal"),
            (NOV_8, NOV_8, "Siege", "Affirmed", "Syrian state media", "albu-kamal"),
        ],
    ),
    (
        "claims-by-source",
        {"source": "SANA"},
        "speaker stance label report start",
        [
            (SANA, "Affirmed", "Siege at Albu Kamal, 2017-11-08", "albu-kamal", 188),
            (SANA, "Affirmed", "Attack at Albu Kamal", "albu-kamal", 279),
            (SANA, "Affirmed", "Advance at Albu Kamal", "albu-kamal", 883),
            (SANA, "Affirmed", "Bombing at Al-Qaim, 2017-05-19", "qaim-bombing", 0),
        ],
    ),
    (
        "claims-by-source",
        {"source": ["SANA", "Popular Mobilization Forces"], "class": ["Siege", "BorderCrossing"]},
        "speaker stance label",
        [(SANA, "Affirmed", "Siege at Albu Kamal, 2017-11-08"), (PMF, "Denied", "BorderCrossing at Syria, 2017-11-08")],
    ),
    (
        "control-of-place",
        {"place": "Deir Ezzor"},
        "earliest latest actor_name deed where label status",
        [
            (None, None, "Hezbollah", "besieges", "Albu Kamal", "Siege at Albu Kamal", "Asserted"),
            (None, None, IS, "loses", "Deir Ezzor", "Capture at Deir Ezzor", "Asserted"),
            (None, None, MILITIAS, "advances", "Albu Kamal", "Advance at Albu Kamal", "Asserted"),
            (None, None, ARMY, "advances", "Albu Kamal", "Advance at Albu Kamal", "Asserted"),
            (
                date(2014, 1, 1),
                date(2014, 12, 31),
                IS,
                "captures",
                "Deir Ezzor",
                "Capture at Deir Ezzor, 2014-01-01",
                "Asserted",
            ),
            (OCT_11, NOV_8, ARMY, "advances", "Albu Kamal", "Advance at Albu Kamal, 2017-10-11", "Asserted"),
            (NOV_8, NOV_8, "Hezbollah", "advances", "Albu Kamal", "Advance at Albu Kamal, 2017-11-08", "Asserted"),
            (NOV_8, NOV_8, MILITIAS, "besieges", "Albu Kamal", "Siege at Albu Kamal, 2017-11-08", "Asserted"),
            (NOV_8, NOV_8, ARMY, "besieges", "Albu Kamal", "Siege at Albu Kamal, 2017-11-08", "Asserted"),
            (NOV_8, NOV_8, IS, "is besieged", "Albu Kamal", "Siege at Albu Kamal, 2017-11-08", "Asserted"),
        ],
    ),
    (
        "control-of-place",
        {"place": "Raqa", "since": "2017-06-01"},
        "earliest actor_name deed status",
        [
            (date(2017, 6, 1), "Russian Armed Forces", "leaves", "Planned"),
            (date(2017, 6, 10), "Russian Armed Forces", "leaves", "Asserted"),
            (date(2017, 6, 11), IS, "captures", "Asserted"),
            (date(2017, 6, 11), ARMY, "loses", "Asserted"),
        ],
    ),
    (
        "denied-and-disputed",
        {},
        "label status stance source quote",
        [
            (
                "BorderCrossing at Syria, 2017-11-08",
                "Denied",
                "Denied",
                PMF,
                "its own forces entered Syria on Wednesday as part of the fight",
            ),
            (
                "Shelling of Raqa, 3 May 2017",
                "Disputed",
                "Affirmed",
                IS,
                "The army shelled Raqa on 3 May, killing 9 to 12",
            ),
            ("Shelling of Raqa, 3 May 2017", "Disputed", "Denied", ARMY, "it shelled Raqa on 3 May"),
        ],
    ),
    ("denied-and-disputed", {"actor": "Syrian troops", "place": "Raqqa"}, "stance", [("Affirmed",), ("Denied",)]),
    ("denied-and-disputed", {"until": "2017-05-02"}, "stance", []),
    (
        "displacement",
        {"place": "Syria"},
        "earliest latest origin destination people measure minimum maximum latitude longitude status",
        [
            (
                None,
                None,
                "Albu Kamal",
                None,
                "civilians",
                "displaced",
                20000,
                99999,
                Decimal("34.45226"),
                Decimal("40.91854"),
                "Asserted",
            ),
            (
                None,
                None,
                "Al-Qaim",
                "Albu Kamal",
                "civilians",
                "displaced",
                3000,
                3000,
                Decimal("34.39251"),
                Decimal("40.98945"),
                "Asserted",
            ),
            (
                OCT_11,
                NOV_8,
                "Albu Kamal",
                None,
                "civilians",
                "displaced",
                120000,
                120000,
                Decimal("34.45226"),
                Decimal("40.91854"),
                "Asserted",
            ),
        ],
    ),
    ("displacement", {"place": "Iraq"}, "origin destination", [("Al-Qaim", "Albu Kamal")]),
    (
        "disputed-side-by-side",
        {},
        "label affirmed_by affirmation denied_by denial",
        [
            (
                "Shelling of Raqa, 3 May 2017",
                IS,
                "The army shelled Raqa on 3 May, killing 9 to 12",
                ARMY,
                "it shelled Raqa on 3 May",
            )
        ],
    ),
    ("disputed-side-by-side", {"place": "Iraq"}, "label", []),
    (
        "doubtful-readings",
        {},
        "confidence reading stance quote report start",
        [
            (
                Decimal("0.4"),
                "Attack",
                "Uncertain",
                "Hezbollah reportedly attacked IS in the border area",
                "qaim-bombing",
                249,
            )
        ],
    ),
    ("doubtful-readings", {"below": "0.3"}, "confidence", []),
    (
        "events-by-actor",
        {"actor": "IS"},
        "earliest latest role label place status",
        [
            (None, None, "target", "Battle at Albu Kamal", "Albu Kamal", "Asserted"),
            (None, None, "target", "Attack at Albu Kamal", "Albu Kamal", "Asserted"),
            (None, None, "target", "Capture at Deir Ezzor", "Deir Ezzor", "Asserted"),
            (None, None, "target", "Capture at Raqa", "Raqa", "Asserted"),
            (None, None, "target", "Attack at border area", "border area", "Unconfirmed"),
            (
                date(2014, 1, 1),
                date(2014, 12, 31),
                "initiator",
                "Capture at Deir Ezzor, 2014-01-01",
                "Deir Ezzor",
                "Asserted",
            ),
            (date(2014, 1, 1), date(2014, 12, 31), "initiator", "Advance at Syria, 2014-01-01", "Syria", "Asserted"),
            (
                date(2017, 5, 19),
                date(2017, 5, 19),
                "initiator",
                "Bombing at Al-Qaim, 2017-05-19",
                "Al-Qaim",
                "Asserted",
            ),
            (date(2017, 6, 11), date(2017, 6, 11), "initiator", "Capture at Raqa, 2017-06-11", "Raqa", "Asserted"),
            (date(2017, 10, 30), date(2017, 11, 5), "target", "Capture at Al-Qaim, 2017-10-30", "Al-Qaim", "Asserted"),
            (NOV_8, NOV_8, "target", "Siege at Albu Kamal, 2017-11-08", "Albu Kamal", "Asserted"),
        ],
    ),
    (
        "events-by-actor",
        {"actor": ["Hezbollah", "hashed al-shaabi"], "since": "2017-11-08", "until": "2017-11-08"},
        "label role status",
        [
            ("Advance at Albu Kamal, 2017-11-08", "initiator", "Asserted"),
            ("BorderCrossing at Syria, 2017-11-08", "initiator", "Denied"),
        ],
    ),
    (
        "events-by-actor",
        {"actor": "Hezbollah", "class": "border crossing"},
        "label role",
        [("BorderCrossing at Iraq", "initiator")],
    ),
    (
        "events-by-actor",
        {"actor": "Russian Armed Forces"},
        "earliest role label",
        [
            (date(2017, 6, 1), "initiator", "Withdrawal at Raqa, 2017-06-01"),
            (date(2017, 6, 10), "initiator", "Withdrawal at Raqa, 2017-06-10"),
            (OCT_11, "supporter", "Advance at Albu Kamal, 2017-10-11"),
            (OCT_11, "initiator", "AirStrike at Albu Kamal, 2017-10-11"),
        ],
    ),
    (
        "events-by-place",
        {"place": "Syria", "since": "2017-11-06", "until": "2017-11-08", "class": "TerritorialEvent"},
        "earliest latest label where latitude longitude status",
        [
            (
                OCT_11,
                NOV_8,
                "Advance at Albu Kamal, 2017-10-11",
                "Albu Kamal",
                Decimal("34.45226"),
                Decimal("40.91854"),
                "Asserted",
            ),
            (
                NOV_8,
                NOV_8,
                "Advance at Albu Kamal, 2017-11-08",
                "Albu Kamal",
                Decimal("34.45226"),
                Decimal("40.91854"),
                "Asserted",
            ),
            (NOV_8, NOV_8, "BorderCrossing at Syria, 2017-11-08", "Syria", Decimal("35"), Decimal("38"), "Denied"),
            (
                NOV_8,
                NOV_8,
                "Siege at Albu Kamal, 2017-11-08",
                "Albu Kamal",
                Decimal("34.45226"),
                Decimal("40.91854"),
                "Asserted",
            ),
        ],
    ),
    (
        "events-by-place",
        {"place": "Iraq"},
        "earliest label where",
        [
            (None, "BorderCrossing at Iraq", "Iraq"),
            (None, "Displacement at Al-Qaim", "Al-Qaim"),
            (date(2017, 5, 19), "Bombing at Al-Qaim, 2017-05-19", "Al-Qaim"),
            (date(2017, 10, 30), "Capture at Al-Qaim, 2017-10-30", "Al-Qaim"),
        ],
    ),
    (
        "events-in-period",
        {"since": "2017-05-01", "until": "2017-06-30", "class": ["Shelling", "Bombing"]},
        "earliest latest label where latitude longitude status",
        [
            (
                date(2017, 5, 3),
                date(2017, 5, 3),
                "Shelling of Raqa, 3 May 2017",
                "Raqa",
                Decimal("35.95283"),
                Decimal("39.00788"),
                "Disputed",
            ),
            (
                date(2017, 5, 19),
                date(2017, 5, 19),
                "Bombing at Al-Qaim, 2017-05-19",
                "Al-Qaim",
                Decimal("34.39251"),
                Decimal("40.98945"),
                "Asserted",
            ),
        ],
    ),
    (
        "events-in-period",
        {"since": "2017-11-01", "until": "2017-11-30", "actor": "IS"},
        "earliest label where",
        [
            (date(2017, 10, 30), "Capture at Al-Qaim, 2017-10-30", "Al-Qaim"),
            (NOV_8, "Siege at Albu Kamal, 2017-11-08", "Albu Kamal"),
        ],
    ),
    (
        "events-near-point",
        {"latitude": "34.4", "longitude": "41.0", "kilometres": "5"},
        "where place_latitude place_longitude earliest latest label status",
        [
            ("Al-Qaim", Decimal("34.39251"), Decimal("40.98945"), None, None, "Displacement at Al-Qaim", "Asserted"),
            (
                "Al-Qaim",
                Decimal("34.39251"),
                Decimal("40.98945"),
                date(2017, 5, 19),
                date(2017, 5, 19),
                "Bombing at Al-Qaim, 2017-05-19",
                "Asserted",
            ),
            (
                "Al-Qaim",
                Decimal("34.39251"),
                Decimal("40.98945"),
                date(2017, 10, 30),
                date(2017, 11, 5),
                "Capture at Al-Qaim, 2017-10-30",
                "Asserted",
            ),
        ],
    ),
    (
        "events-near-point",
        {"latitude": "34.4", "longitude": "41.0", "class": ["Bombing", "Siege"]},
        "where label",
        [
            ("Al-Qaim", "Bombing at Al-Qaim, 2017-05-19"),
            ("Albu Kamal", "Siege at Albu Kamal"),
            ("Albu Kamal", "Siege at Albu Kamal, 2017-11-08"),
        ],
    ),
    ("events-near-point", {"latitude": "-34.4", "longitude": "41", "kilometres": "500"}, "label", []),
    (
        "events-without-date",
        {"place": "Syria"},
        "issued label status report",
        [
            (NOV_8, "Siege at Albu Kamal", "Asserted", "albu-kamal"),
            (NOV_8, "Displacement at Albu Kamal", "Asserted", "albu-kamal"),
            (NOV_8, "Battle at Albu Kamal", "Asserted", "albu-kamal"),
            (NOV_8, "Attack at Albu Kamal", "Asserted", "albu-kamal"),
            (NOV_8, "Capture at Deir Ezzor", "Asserted", "albu-kamal"),
            (NOV_8, "Capture at Raqa", "Asserted", "albu-kamal"),
            (NOV_8, "Advance at Albu Kamal", "Asserted", "albu-kamal"),
        ],
    ),
    (
        "events-without-place",
        {},
        "earliest latest label status quote report",
        [(None, None, "Attack", "Asserted", "The Desert Hawks killed three villagers", "raqa-withdrawal")],
    ),
    (
        "evidence",
        {"event": "siege at albu kamal, 2017-11-08"},
        "stance source report issued start end confidence",
        [
            ("Affirmed", "Syrian state media", "albu-kamal", NOV_8, 17, 185, Decimal("0.9")),
            ("Affirmed", SANA, "albu-kamal", NOV_8, 188, 274, Decimal("0.9")),
        ],
    ),
    (
        "evidence-of-anything",
        {"actor": "Hezbollah"},
        "named role class stance report start",
        [
            ("Hezbollah", "initiator", "Advance", "Affirmed", "albu-kamal", 1103),
            ("Hezbollah", "initiator", "BorderCrossing", "Affirmed", "albu-kamal", 1222),
            ("Hezbollah", "initiator", "Siege", "Affirmed", "albu-kamal", 1302),
            ("Hezbollah", "initiator", "Attack", "Uncertain", "qaim-bombing", 249),
        ],
    ),
    (
        "evidence-of-anything",
        {"place": "Al-Qaim", "until": "2017-06-30"},
        "named role class stance report start",
        [("Al-Qaim", "location", "Bombing", "Affirmed", "qaim-bombing", 0)],
    ),
    (
        "monthly-counts",
        {"place": "Syria"},
        "month event_class events",
        [
            ("2014-01", "Advance", 1),
            ("2014-01", "Capture", 1),
            ("2017-05", "Shelling", 1),
            ("2017-06", "Capture", 1),
            ("2017-06", "Withdrawal", 1),
            ("2017-10", "Advance", 1),
            ("2017-10", "AirStrike", 1),
            ("2017-10", "Displacement", 1),
            ("2017-11", "Advance", 1),
            ("2017-11", "Siege", 1),
        ],
    ),
    (
        "monthly-counts",
        {"actor": "IS", "class": "TerritorialEvent"},
        "month event_class events",
        [
            ("2014-01", "Advance", 1),
            ("2014-01", "Capture", 1),
            ("2017-06", "Capture", 1),
            ("2017-10", "Capture", 1),
            ("2017-11", "Siege", 1),
        ],
    ),
    (
        "most-active-actors",
        {"class": "ArmedEvent"},
        "actor role events",
        [
            (IS, "target", 2),
            (ARMY, "initiator", 2),
            ("civilians", "target", 2),
            ("Desert Hawks", "initiator", 1),
            (IS, "initiator", 1),
            (MILITIAS, "initiator", 1),
            ("Russian Armed Forces", "initiator", 1),
        ],
    ),
    (
        "most-active-actors",
        {"place": "Iraq"},
        "actor role events",
        [
            ("civilians", "target", 2),
            ("Hezbollah", "initiator", 1),
            ("Iraqi Armed Forces", "initiator", 1),
            (IS, "initiator", 1),
            (IS, "target", 1),
            (PMF, "supporter", 1),
        ],
    ),
    (
        "most-affected-places",
        {"class": "ArmedEvent"},
        "where kind events latitude longitude",
        [
            ("Albu Kamal", "Settlement", 3, Decimal("34.45226"), Decimal("40.91854")),
            ("Al-Qaim", "Settlement", 1, Decimal("34.39251"), Decimal("40.98945")),
            ("Raqa", "Settlement", 1, Decimal("35.95283"), Decimal("39.00788")),
        ],
    ),
    (
        "most-affected-places",
        {"place": "Iraq"},
        "where kind events latitude longitude",
        [
            ("Al-Qaim", "Settlement", 3, Decimal("34.39251"), Decimal("40.98945")),
            ("Iraq", "Country", 1, Decimal("33"), Decimal("44")),
        ],
    ),
    (
        "planned-and-outcome",
        {},
        "announced kind plan actor_name quote report outcomes outcome",
        [
            (
                date(2017, 5, 20),
                "planned",
                "Withdrawal at Raqa, 2017-06-01",
                "Russian Armed Forces",
                "Russian forces will leave Raqa in June",
                "qaim-bombing",
                1,
                "2017-06-10 Withdrawal at Raqa, 2017-06-10",
            )
        ],
    ),
    ("planned-and-outcome", {"class": "Capture"}, "plan", []),
    (
        "reports",
        {},
        "issued report title publisher claims events",
        [
            (date(2017, 5, 4), "raqa-shelling", None, None, 2, 1),
            (date(2017, 5, 20), "qaim-bombing", "qaim bombing", "Radio Furat", 5, 4),
            (date(2017, 6, 12), "raqa-withdrawal", "raqa withdrawal", "Radio Furat", 3, 3),
            (NOV_8, "albu-kamal", None, "AFP", 19, 18),
        ],
    ),
    ("reports", {"since": "2017-06-01", "until": "2017-06-30"}, "report", [("raqa-withdrawal",)]),
    (
        "sources-and-denials",
        {},
        "speaker claims affirmed denied denials",
        [
            (IS, 1, 1, 1, 0),
            (SANA, 4, 4, 0, 0),
            (MILITIAS, 3, 3, 0, 0),
            (OCHA, 3, 3, 0, 0),
            ("Linda Tom", 2, 1, 0, 0),
            ("Syrian state media", 2, 1, 0, 0),
            (PMF, 1, 0, 0, 1),
            (ARMY, 1, 0, 0, 1),
        ],
    ),
    ("sources-and-denials", {"source": "IS"}, "speaker claims affirmed denied denials", [(IS, 1, 1, 1, 0)]),
    (
        "timeline-of-place",
        {"place": "deir ezzor"},
        "earliest latest label status claims reports",
        [
            (date(2014, 1, 1), date(2014, 12, 31), "Capture at Deir Ezzor, 2014-01-01", "Asserted", 1, 1),
            (OCT_11, NOV_8, "Displacement at Albu Kamal, 2017-10-11", "Asserted", 1, 1),
            (OCT_11, NOV_8, "Advance at Albu Kamal, 2017-10-11", "Asserted", 1, 1),
            (OCT_11, NOV_8, "AirStrike at Albu Kamal, 2017-10-11", "Asserted", 1, 1),
            (NOV_8, NOV_8, "Advance at Albu Kamal, 2017-11-08", "Asserted", 1, 1),
            (NOV_8, NOV_8, "Siege at Albu Kamal, 2017-11-08", "Asserted", 2, 1),
        ],
    ),
    (
        "ucdp-table",
        {},
        (
            "date_start date_end type_of_violence side_a side_b country where_description "
            "latitude longitude low best high number_of_sources status_of_event"
        ),
        [
            (None, None, 3, "Desert Hawks", "civilians", None, None, None, None, 3, 3, 3, 1, "Asserted"),
            (
                date(2017, 5, 3),
                date(2017, 5, 3),
                None,
                ARMY,
                None,
                "Syria",
                "Raqa",
                Decimal("35.95283"),
                Decimal("39.00788"),
                9,
                9,
                12,
                1,
                "Disputed",
            ),
            (
                date(2017, 5, 19),
                date(2017, 5, 19),
                3,
                IS,
                "civilians",
                "Iraq",
                "Al-Qaim",
                Decimal("34.39251"),
                Decimal("40.98945"),
                5,
                5,
                9,
                2,
                "Asserted",
            ),
        ],
    ),
    ("ucdp-table", {"place": "Iraq"}, "side_a low best high", [(IS, 5, 5, 9)]),
    (
        "unconfirmed-events",
        {},
        "earliest latest label source quote report",
        [
            (
                None,
                None,
                "Attack at border area",
                "Syrian state media",
                "Hezbollah reportedly attacked IS in the border area",
                "qaim-bombing",
            )
        ],
    ),
    (
        "unresolved-names",
        {},
        "name kind claims reports",
        [("Linda Tom", "actor", 2, 2), ("border area", "place", 2, 2), ("Desert Hawks", "actor", 1, 1)],
    ),
    (
        "who-acts-together",
        {},
        "actor_one actor_two events",
        [(MILITIAS, ARMY, 3), ("Hezbollah", PMF, 1), ("Russian Armed Forces", ARMY, 1)],
    ),
    (
        "who-acts-together",
        {"actor": "Russian Armed Forces"},
        "actor_one actor_two events",
        [("Russian Armed Forces", ARMY, 1)],
    ),
    (
        "who-fights-whom",
        {},
        "initiator target events claims",
        [
            (MILITIAS, IS, 2, 3),
            (ARMY, IS, 2, 3),
            ("Desert Hawks", "civilians", 1, 1),
            ("Iraqi Armed Forces", IS, 1, 1),
            (IS, ARMY, 1, 1),
            (IS, "civilians", 1, 2),
        ],
    ),
    (
        "who-fights-whom",
        {"actor": "Q2429253", "place": "Deir Ezzor", "since": "2017-11-01"},
        "initiator target events claims",
        [(MILITIAS, IS, 1, 2), (ARMY, IS, 1, 2)],
    ),
    (
        "words",
        {"text": "ENCIRCLED"},
        "reading stance source label report start",
        [
            ("Siege", "Affirmed", "Syrian state media", "Siege at Albu Kamal, 2017-11-08", "albu-kamal", 17),
            ("Siege", "Affirmed", SANA, "Siege at Albu Kamal, 2017-11-08", "albu-kamal", 188),
        ],
    ),
    (
        "words",
        {"text": "bomb", "class": "Bombing"},
        "quote source",
        [
            ("A bomb in Al-Qaim on 19 May killed five civilians and wounded 12", SANA),
            ("the bombing by IS killed at least nine civilians", OCHA),
        ],
    ),
]


@dataclass(frozen=True)
class Engines:
    """The same graph in each of the engines that are at hand."""

    oxigraph: Store
    rdflib: Graph


@pytest.fixture(scope="module")
def dataset() -> ConflictGraph:
    return build_dataset([albu_kamal(), contradiction(), *aftermath()])


@pytest.fixture(scope="module")
def engines(dataset: ConflictGraph) -> Engines:
    store = Store()
    store.extend(dataset.quads())
    return Engines(store, Graph().parse(data=serialize(dataset), format="turtle"))


@pytest.fixture(scope="module")
def virtuoso(dataset: ConflictGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EndpointSource]:
    folder = tmp_path_factory.mktemp("virtuoso")
    with virtuoso_server(folder) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in {**server.environment, "XDG_STATE_HOME": str(folder)}.items():
            patch.setenv(name, value)
        endpoint = Endpoint(server.url, "virtuoso")
        load_remote(dataset.graphs, endpoint)
        yield EndpointSource(endpoint)
        endpoint.close()


@pytest.fixture(params=["oxigraph", "rdflib"])
def source(request: pytest.FixtureRequest, engines: Engines) -> Store | Graph:
    return getattr(engines, request.param)


def columns(result: Result, names: str) -> list[tuple[object, ...]]:
    places = [result.columns.index(name) for name in names.split()]
    return [tuple(row[place] for place in places) for row in result.rows]


@pytest.mark.parametrize(("name", "params", "names", "expected"), ROWS)
def test_rows(source: Store | Graph, name: str, params: Params, names: str, expected: list[tuple[object, ...]]) -> None:
    assert columns(run(load_query(name), source, params), names) == expected


@pytest.mark.parametrize(("name", "params", "names", "expected"), ROWS)
def test_rows_of_virtuoso(
    virtuoso: EndpointSource, name: str, params: Params, names: str, expected: list[tuple[object, ...]]
) -> None:
    assert columns(run(load_query(name), virtuoso, params), names) == expected


def test_every_bundled_query_has_rows_expected() -> None:
    assert {name for name, _, _, expected in ROWS if expected} == {query.name for query in BUNDLED}
    assert len(BUNDLED) >= 30


def asked_in_each_way(query: SavedQuery) -> list[Params]:
    """Return calls of a query: as its header shows it, with no more than it needs, with each parameter, with all."""
    needed: Params = {
        parameter.name: query.header.example.get(parameter.name, KNOWN[parameter.type][0])
        for parameter in query.parameters
        if parameter.required
    }
    calls = [query.header.example, needed]
    for parameter in query.parameters:
        several = [KNOWN[parameter.type]] if parameter.many else []
        calls += [{**needed, parameter.name: value} for value in (*KNOWN[parameter.type], *several)]
    return [*calls, {parameter.name: KNOWN[parameter.type][0] for parameter in query.parameters}]


@pytest.mark.parametrize("query", BUNDLED, ids=lambda query: query.name)
def test_each_engine_gives_the_same_rows_to_the_last_column(
    engines: Engines, virtuoso: EndpointSource, query: SavedQuery
) -> None:
    for params in asked_in_each_way(query):
        rows = run(query, engines.oxigraph, params)
        assert rows == run(query, engines.rdflib, params), params
        assert rows == run(query, virtuoso, params), params


@pytest.mark.parametrize("query", BUNDLED, ids=lambda query: query.name)
def test_a_graph_that_knows_nothing_gives_no_row(virtuoso: EndpointSource, query: SavedQuery) -> None:
    nobody = {parameter.name: NOTHING[parameter.type] for parameter in query.parameters if not parameter.default}
    text = fill(query, nobody)
    for known in (OxigraphSource(Store()), RdflibSource(Graph()), virtuoso):
        # What is given to none of its parameters is answered from all that Virtuoso holds.
        assert known.answer(text).rows == () or not nobody


@pytest.mark.parametrize("query", BUNDLED, ids=lambda query: query.name)
def test_the_example_has_an_answer_and_no_row_twice(engines: Engines, query: SavedQuery) -> None:
    result = run(query, engines.oxigraph, query.header.example)
    assert result.rows
    assert len(set(result.rows)) == len(result.rows)
    assert result.columns == tuple(query.header.columns)
