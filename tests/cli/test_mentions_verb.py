"""`kg mentions`, and the tables of a user's own that it and its fellows take."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.model import MentionKind, Report
from kg.pipeline import Pipeline

TEXT = "date 2017-11-08 The Zumurrudis seized Wadi Zumurrud on Monday, killing 12 Syrian soldiers."


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "r.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_users_rows_are_linked_by_every_verb_that_reads(tmp_path: Path, report: Path) -> None:
    actors, places, graph = tmp_path / "actors.tsv", tmp_path / "places.tsv", tmp_path / "graph.nt"
    actors.write_text("label\ttype\tnames\nSons of Zumurrud\tArmedGroup\tZumurrudis\n", encoding="utf-8")
    places.write_text("label\ttype\tlatitude\tlongitude\twithin\nWadi Zumurrud\tSettlement\t35.1\t40.2\tSY\n", "utf-8")
    own = ("--actors", actors, "--places", places)
    result = kg("mentions", report, *own)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    found = {row["text"]: (row["kind"], row.get("label"), row.get("lat")) for row in rows}
    assert found["Zumurrudis"] == ("actor", "Sons of Zumurrud", None)
    assert found["Wadi Zumurrud"] == ("place", "Wadi Zumurrud", 35.1)
    assert all(TEXT[row["start"] : row["end"]] == row["text"] for row in rows)
    assert kg("build", report, "-o", graph, *own).exit_code == 0
    assert "actor/sons-of-zumurrud" in graph.read_text(encoding="utf-8")
    assert "Sons of Zumurrud" in kg("show", report, *own).stdout


@pytest.mark.parametrize("verb", ["mentions", "show", "build"])
@pytest.mark.parametrize("option", ["--actors", "--places"])
def test_a_malformed_row_ends_the_verb(tmp_path: Path, report: Path, verb: str, option: str) -> None:
    table = tmp_path / "my.tsv"
    table.write_text("label\ttype\nX\tNothing\n", encoding="utf-8")
    result = kg(verb, report, option, table, *(["-o", tmp_path / "g.ttl"] if verb == "build" else []))
    assert result.exit_code == 2
    assert "my.tsv, line 2, column type: 'Nothing' is no type; write one of" in result.stderr


def test_a_base_that_is_no_iri_ends_the_verb(report: Path) -> None:
    result = kg("mentions", report, "--base", "nothing")
    assert result.exit_code == 2
    assert "is no absolute IRI" in result.stderr


def test_mentions_and_claims_give_actors_one_iri(pipeline: Pipeline) -> None:
    from kg.cli.mention_rows import mention_rows
    from kg.graph import build_dataset, serialize
    from kg.graph.vocabulary import Naming

    text = "date 2017-11-08 Gunmen shelled Gao on Monday. The rebels killed 12 villagers, Damascus said."
    shown = Report(id="r", text=text, body=15)
    ((_, mentions),) = pipeline.linked([shown])
    rows = mention_rows(shown, mentions, Naming())
    graph = serialize(build_dataset(pipeline.pipe([shown])), "ntriples").decode()
    claimed = {line.split("> <")[-1].rstrip("> .") for line in graph.splitlines() if "#initiator>" in line}
    assert claimed
    assert claimed <= {row.iri for row in rows if row.kind == MentionKind.ACTOR}
