"""How a claim is shown, found by number or IRI, and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.cli.show import UnknownClaim, find_claim, why_lines
from kg.graph.vocabulary import Naming
from tests.readings import claims

if TYPE_CHECKING:
    from pathlib import Path

    from kg.pipeline import Pipeline

TEXT = "The United Nations said UNITA had captured Huambo. Rebels shelled Goma and burned houses."


def test_a_claim_is_found_by_its_number(pipeline: Pipeline) -> None:
    made = claims(pipeline, TEXT)
    assert [find_claim([made], str(number)) for number in (1, 2)] == [(1, made[0]), (2, made[1])]


@pytest.mark.parametrize("base", ["https://w3id.org/conflict-kg/", "http://example.org/data#"])
@pytest.mark.parametrize("written", ["{}", "<{}>"])
def test_a_claim_is_found_by_its_iri_of_any_base(pipeline: Pipeline, base: str, written: str) -> None:
    made = claims(pipeline, TEXT)
    for claim, node in Naming("https://example.org/").claims(made).items():
        iri = node.value.replace("https://example.org/", base if base.endswith("/") else f"{base}/")
        assert find_claim([made], written.format(iri))[1] == claim


@pytest.mark.parametrize("wanted", ["0", "99", "-1", "first", "https://w3id.org/conflict-kg/claim/report/1-2", ""])
def test_an_unknown_claim_is_refused_with_those_that_there_are(pipeline: Pipeline, wanted: str) -> None:
    made = claims(pipeline, TEXT)
    with pytest.raises(UnknownClaim, match=f"claims 1 to {len(made)}"):
        find_claim([made], wanted)


def test_the_reasons_name_rule_trigger_roles_and_stance(pipeline: Pipeline) -> None:
    (claim, *_) = claims(pipeline, TEXT)
    said = "\n".join(line.plain for line in why_lines(claim, 1))
    for part in ("1. Capture: verb 'captured', frame capture", "initiator: subject 'UNITA'", "said: speech"):
        assert part in said


def test_show_why_explains_one_claim(pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.cli.verbs._pipeline", lambda *options: pipeline)
    report = tmp_path / "report.txt"
    report.write_text(f"date 2017-11-08 {TEXT}\n")
    shown = CliRunner().invoke(main, ["show", str(report), "--why", "1"])
    assert shown.exit_code == 0
    assert "Capture" in shown.stdout
    assert "frame capture" in shown.stdout
    assert "Shelling" not in shown.stdout
    refused = CliRunner().invoke(main, ["show", str(report), "--why", "99"])
    assert refused.exit_code == 2
    assert "no such claim" in refused.stderr


def test_a_number_among_several_reports_is_refused(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.cli.verbs._pipeline", lambda *options: pipeline)
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"date 2017-11-08 {TEXT}\n")
    refused = CliRunner().invoke(main, ["show", str(tmp_path), "--why", "1"])
    assert refused.exit_code == 2
    assert "2 reports" in refused.stderr
