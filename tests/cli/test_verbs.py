"""The command `kg`: what each verb prints and writes, its exit codes, and what it does not load."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from kg import __version__
from kg.cli import main
from kg.graph import build_dataset, serialize
from tests.handmade import albu_kamal, contradiction

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

ROOT = Path(__file__).parent.parent.parent
SEED = ROOT / "seeds" / "albu-kamal.txt"
GOOD = "date 2017-11-08 Troops seized the town of Gao on Wednesday, killing 12 rebels, the army said."

Kg = Callable[..., Result]


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, pipeline: Pipeline) -> Kg:
    """Run the command in this process, with the pipeline that is loaded already where the default one is asked for."""
    from kg.language import DEFAULT_MODEL
    from kg.pipeline import Pipeline as Fresh

    def loaded_already(model: str, **tables: list[object]) -> Pipeline:
        return pipeline if model == DEFAULT_MODEL and not any(tables.values()) else Fresh(model, **tables)

    monkeypatch.setattr("kg.pipeline.Pipeline", loaded_already)

    def run(*arguments: object, **options: object) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], **options)  # type: ignore[arg-type]
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of two reports that were read by hand."""
    path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    path.write_bytes(serialize(build_dataset([albu_kamal(), contradiction()]), "turtle"))
    return path


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


# build


@pytest.mark.parametrize(
    ("name", "rdf"),
    [
        ("graph.ttl", RdfFormat.TURTLE),
        ("graph.trig", RdfFormat.TRIG),
        ("graph.nq", RdfFormat.N_QUADS),
        ("graph.nt", RdfFormat.N_TRIPLES),
        ("graph.jsonld", RdfFormat.JSON_LD),
    ],
)
def test_build_writes_the_format_of_the_suffix(kg: Kg, tmp_path: Path, name: str, rdf: RdfFormat) -> None:
    result = kg("build", SEED, "-o", tmp_path / name)
    assert result.exit_code == 0
    assert "1 report," in result.stderr
    assert result.stdout == ""
    assert len(list(parse((tmp_path / name).read_bytes(), format=rdf, base_iri="https://a.example/"))) > 100
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_build_writes_the_format_that_is_named_and_to_standard_output(kg: Kg, tmp_path: Path) -> None:
    assert kg("build", SEED, "-o", tmp_path / "graph.txt", "-f", "ntriples").exit_code == 0
    result = kg("build", SEED, "-o", "-", "-f", "ntriples")
    assert result.stdout_bytes == (tmp_path / "graph.txt").read_bytes()


def test_build_reads_standard_input(kg: Kg) -> None:
    result = kg("build", "-", "-o", "-", "-f", "turtle", input=GOOD)
    assert result.exit_code == 0
    assert "report/stdin" in result.stdout


def test_build_puts_the_base_before_each_iri(kg: Kg) -> None:
    result = kg("build", SEED, "-o", "-", "-f", "ntriples", "--base", "https://a.example/war/")
    assert "<https://a.example/war/report/albu-kamal>" in result.stdout
    assert "<https://w3id.org/conflict-kg/report/" not in result.stdout


@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_graph_has_the_same_bytes_in_another_process(kg: Kg, tmp_path: Path, seed: str) -> None:
    kg("build", ROOT / "seeds", "-o", tmp_path / "here.ttl")
    command = [sys.executable, "-m", "kg", "build", str(ROOT / "seeds"), "-o", str(tmp_path / "there.ttl")]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
    assert (tmp_path / "here.ttl").read_bytes() == (tmp_path / "there.ttl").read_bytes()


FAULTY: list[tuple[str, str | bytes, str]] = [
    ("empty.txt", b"", "empty"),
    ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
    ("latin.txt", "Les forces ont repris la ville cet été".encode("latin-1"), "iconv -f latin1 -t utf-8"),
    ("long.txt", GOOD * 55_000, "split it"),
    ("german.txt", "Die Truppen haben die Stadt am Mittwoch nach dem Angriff auf das Lager verlassen.", "German"),
    ("rows.csv", "id,body\n1,Gao fell.\n", "no column text"),
]


def test_build_names_each_fault_in_a_line_and_builds_the_good_reports_beside_them(kg: Kg, tmp_path: Path) -> None:
    reports, output = tmp_path / "reports", tmp_path / "graph.nt"
    reports.mkdir()
    write(reports / "good.txt", GOOD)
    rows = [json.dumps({"id": f"row-{number}", "text": GOOD}) for number in range(4)]
    write(reports / "rows.jsonl", "\n".join([*rows[:2], '{"id": "row-2", ', rows[3]]))
    for name, content, _ in FAULTY:
        write(reports / name, content)
    result = kg("build", reports, tmp_path / "missing.txt", "-o", output)
    assert result.exit_code == 1
    expected = [(name, said) for name, _, said in FAULTY]
    expected += [("rows.jsonl, line 3", "broken JSON"), ("missing.txt", "no such file")]
    faults = [line for line in lines(result.stderr) if line.startswith("fault: ")]
    assert len(faults) == len(expected)
    for name, said in expected:
        assert [line for line in faults if name in line and said in line], (name, said)
    written = output.read_text()
    for name in ("good", "row-0", "row-1", "row-3"):
        assert f"/report/{name}>" in written
    assert "/report/row-2>" not in written


def test_build_says_once_that_reports_have_no_date(kg: Kg, tmp_path: Path) -> None:
    undated = GOOD.removeprefix("date 2017-11-08 ")
    for name in ("a", "b", "c", "d", "e"):
        write(tmp_path / f"{name}.txt", f"{name}: {undated}")
    result = kg("build", tmp_path, "-o", tmp_path / "graph.nt")
    assert result.exit_code == 0
    (note,) = [line for line in lines(result.stderr) if "date" in line]
    assert "a, b, c and 2 more" in note
    assert "date YYYY-MM-DD" in note
    assert "earliest" not in (tmp_path / "graph.nt").read_text()


def test_build_notes_a_report_that_is_there_twice(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    write(tmp_path / "gao.txt", GOOD)
    write(tmp_path / "again" / "gao.txt", GOOD)
    result = kg("build", tmp_path, "-o", tmp_path / "graph.nt")
    assert result.exit_code == 0
    assert "note: " in result.stderr
    assert "1 report," in result.stderr


def test_build_leaves_the_old_file_where_the_new_one_cannot_be_written(
    kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = write(tmp_path / "graph.ttl", "# before\n")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = kg("build", SEED, "-o", output)
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert output.read_text() == "# before\n"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


# what cannot run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "{seed}", "-o", "{tmp}/graph.xyz"], "add -f with one of turtle"),
        (["build", "{seed}", "-o", "{tmp}"], "suffix tells no format"),
        (["build", "{seed}", "-o", "{tmp}", "-f", "turtle"], "is a folder"),
        (["build", "{seed}", "-o", "{tmp}/none/graph.ttl"], "make it first"),
        (["build", "{seed}", "-o", "{tmp}/graph.ttl", "--base", "war"], "war"),
        (["build", "{seed}", "-o", "{tmp}/graph.ttl", "-f", "rdfxml"], "rdfxml"),
        (["build", "{seed}"], "--output"),
        (["build", "-o", "{tmp}/graph.ttl"], "INPUT"),
        (["build", "{tmp}/none.txt", "-o", "{tmp}/graph.ttl"], "no such file"),
        (["build", "{tmp}", "-o", "{tmp}/graph.ttl"], "holds no report"),
        (["build", "{seed}", "-o", "{tmp}/graph.ttl", "--model", "en_core_web_xyz"], "spacy download en_core_web_xyz"),
        (["show", "{tmp}/none.txt"], "no such file"),
        (["check", "{tmp}/none.ttl"], "none.ttl"),
        (["check", "{seed}"], "suffix"),
        (["check", "{graph}", "--reports", "{tmp}/none"], "no such file"),
        (["query", "casulties", "{graph}"], "did you mean casualties or casualty-ranges?"),
        (["query", "casualties", "{tmp}/none.ttl"], "none.ttl"),
        (["query", "casualties", "{tmp}"], "kg load"),
        (["query", "events-by-actor", "{graph}"], "-p actor=VALUE"),
        (["query", "events-by-actor", "{graph}", "-p", "actor"], "NAME=VALUE"),
        (["query", "events-by-actor", "{graph}", "-p", "actr=IS"], "actr"),
        (["query", "events-by-actor", "{graph}", "-p", "actor=Hesbollah"], "did you mean Hezbollah?"),
        (["query", "events-by-actor", "{graph}", "-p", "actor=IS", "-p", "since=May"], "since"),
        (["query", "casualties", "{graph}", "--format", "xls"], "xls"),
        (["load", "{graph}", "--to", "{seed}"], "albu-kamal.txt"),
        (["load", "{tmp}/none.ttl", "--to", "{tmp}/store"], "none.ttl"),
        (["nonesuch"], "nonesuch"),
    ],
)
def test_what_cannot_run_ends_with_2_and_says_why(
    kg: Kg, tmp_path: Path, graph: Path, arguments: list[str], said: str
) -> None:
    result = kg(*(argument.format(seed=SEED, tmp=tmp_path, graph=graph) for argument in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


# check


def test_check_finds_nothing_in_what_build_wrote(kg: Kg, tmp_path: Path) -> None:
    kg("build", ROOT / "seeds", "-o", tmp_path / "graph.ttl")
    result = kg("check", tmp_path / "graph.ttl", "--reports", ROOT / "seeds")
    assert (result.exit_code, result.stdout) == (0, "")


def test_check_names_a_broken_shape(kg: Kg, tmp_path: Path, graph: Path) -> None:
    broken = write(tmp_path / "graph.ttl", graph.read_text().replace("conflict:status conflict:Denied", "", 1))
    assert broken.read_text() != graph.read_text()
    result = kg("check", broken)
    assert result.exit_code == 1
    assert "status" in result.stdout


def test_check_names_a_quote_that_is_not_in_its_report(kg: Kg, tmp_path: Path) -> None:
    kg("build", SEED, "-o", tmp_path / "graph.ttl")
    (tmp_path / "reports").mkdir()
    write(tmp_path / "reports" / SEED.name, SEED.read_text().replace("the", "teh"))
    result = kg("check", tmp_path / "graph.ttl", "--reports", tmp_path / "reports")
    assert result.exit_code == 1
    assert "albu-kamal" in result.stdout


# queries, query, load


def test_queries_lists_what_query_answers(kg: Kg) -> None:
    result = kg("queries")
    assert result.exit_code == 0
    for path in (ROOT / "queries").glob("*.rq"):
        assert f" {path.stem} " in result.stdout


def test_query_prints_a_table(kg: Kg, graph: Path) -> None:
    result = kg("query", "casualties", graph, "-p", "measure=killed")
    assert result.exit_code == 0
    header, rule, row = lines(result.stdout)
    assert header.split()[:3] == ["label", "measure", "minimum"]
    assert set(rule) == {"─"}
    assert "The army shelled Raqa on 3 May, killing 9 to 12" in row
    assert row.rstrip().endswith("claim/raqa-shelling/0-47")


@pytest.mark.parametrize(("format", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_query_writes_separated_values(kg: Kg, graph: Path, format: str, delimiter: str) -> None:
    result = kg("query", "casualties", graph, "-p", "measure=killed", "--format", format)
    (row,) = csv.DictReader(io.StringIO(result.stdout), delimiter=delimiter)
    assert (row["minimum"], row["maximum"], row["source"]) == ("9", "12", "Islamic State")
    assert row["claim"] == "https://w3id.org/conflict-kg/claim/raqa-shelling/0-47"


def test_query_writes_lines_of_json_with_numbers_and_nulls(kg: Kg, graph: Path) -> None:
    rows = objects(kg("query", "casualties", graph, "--format", "ndjson"))
    assert {(row["measure"], row["minimum"], row["maximum"]) for row in rows} >= {
        ("killed", 9, 12),
        ("displaced", 20000, 99999),
    }
    assert any(row["source"] is None for row in rows)


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("format", "opening"),
    [("json", '{\n "head": {'), ("xml", "<?xml"), ("html", "<!DOCTYPE html>"), ("geojson", '{\n "type": "Feat')],
)
def test_query_writes_what_other_programs_read(kg: Kg, graph: Path, format: str, opening: str) -> None:
    result = kg("query", "events-by-place", graph, "-p", "place=Raqa", "--format", format)
    assert result.exit_code == 0
    assert result.stdout.startswith(opening)


def test_query_writes_a_file(kg: Kg, graph: Path, tmp_path: Path) -> None:
    for format in ("table", "csv"):
        result = kg("query", "casualties", graph, "--format", format, "-o", tmp_path / format)
        assert (result.exit_code, result.stdout) == (0, "")
        assert "killed" in (tmp_path / format).read_text(encoding="utf-8")


def test_query_takes_a_parameter_several_times(kg: Kg, graph: Path) -> None:
    def count(*params: str) -> int:
        arguments = [argument for param in params for argument in ("-p", param)]
        return len(objects(kg("query", "casualties", graph, "--format", "ndjson", *arguments)))

    assert count("measure=killed", "measure=displaced") == count("measure=killed") + count("measure=displaced") > 0


@pytest.mark.parametrize(
    "arguments",
    [["events-by-actor", "--help"], ["--help", "events-by-actor"], ["-p", "actor=IS", "events-by-actor", "g", "-h"]],
)
def test_help_on_a_query_shows_its_parameters(kg: Kg, arguments: list[str]) -> None:
    result = kg("query", *arguments)
    assert result.exit_code == 0
    assert "-p actor=ACTOR (required, may be repeated)" in result.stdout
    assert "Usage: " not in result.stdout


def test_help_without_a_query_is_that_of_the_verb(kg: Kg) -> None:
    assert kg("query", "--help").stdout.startswith("Usage: ")
    result = kg("query", "evidense", "--help")
    assert (result.exit_code, result.stderr) == (
        2,
        "kg: no query 'evidense'; did you mean evidence? (`kg queries` lists them)\n",
    )


def test_explain_prints_the_filled_query(kg: Kg, graph: Path) -> None:
    result = kg("query", "events-by-actor", graph, "-p", "actor=IS", "-p", "since=2017-01-01", "--explain")
    assert "VALUES ?actor { <https://w3id.org/conflict-kg/actor/islamic-state> }" in result.stdout
    assert 'VALUES ?since { "2017-01-01"^^<http://www.w3.org/2001/XMLSchema#date> }' in result.stdout
    assert "VALUES ?until { UNDEF }" in result.stdout


def test_a_folder_of_ones_own_queries(kg: Kg, tmp_path: Path, graph: Path) -> None:
    write(tmp_path / "reported.rq", "#+ summary: is there a report\nASK { ?report <urn:none> ?x }")
    assert "is there a report" in kg("queries", "--queries", tmp_path).stdout
    assert objects(kg("query", "reported", graph, "--queries", tmp_path, "--format", "ndjson")) == [{"answer": False}]
    assert "is there a report" in kg("query", "--queries", tmp_path, "reported", "--help").stdout
    write(tmp_path / "broken.rq", "#+ summary: x\n#+ view: chart\nASK { ?s ?p ?o }")
    result = kg("queries", "--queries", tmp_path)
    assert result.exit_code == 2
    assert "broken.rq: line 2: view 'chart'" in result.stderr


def test_service_needs_to_be_allowed(kg: Kg, tmp_path: Path, graph: Path) -> None:
    own = write(tmp_path / "own.rq", "#+ summary: x\nSELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }")
    result = kg("query", own, graph)
    assert result.exit_code == 2
    assert "SERVICE, which is only done where you allow it" in result.stderr
    assert kg("query", own, graph, "--allow-service", "--explain").exit_code == 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["kg", "query", "casualty-"], ["casualty-disagreements", "casualty-ranges"]),
        (["kg", "query", "events-by-actor", "g.ttl", "-p", "s"], ["since="]),
        (["kg", "query", "events-by-actor", "g.ttl", "-p", "class=Si"], ["class=Siege"]),
        (["kg", "query", "evidence", "g.ttl", "--param", ""], ["event="]),
        (["kg", "query", "none", "g.ttl", "-p", ""], []),
    ],
)
def test_the_shell_completes_queries_and_parameters(words: list[str], expected: list[str]) -> None:
    environment = {
        "_KG_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    found = CliRunner().invoke(main, [], env=environment, prog_name="kg").stdout
    assert [line.removeprefix("plain,") for line in lines(found)] == expected


def test_query_without_answers_says_so(kg: Kg, graph: Path) -> None:
    result = kg("query", "casualties", graph, "-p", "measure=abducted")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no answers\n")


def test_query_runs_a_file_of_ones_own(kg: Kg, tmp_path: Path, graph: Path) -> None:
    text = "#+ summary: how many claims\nSELECT (COUNT(*) AS ?claims) WHERE { ?claim <%s> ?event }"
    own = write(tmp_path / "own.rq", text % "https://w3id.org/conflict-kg/ontology#describes")
    rows = objects(kg("query", own, graph, "--format", "ndjson"))
    assert rows == [{"claims": len(albu_kamal().claims) + 2}]


def test_a_loaded_store_answers_as_the_file_does(kg: Kg, tmp_path: Path, graph: Path) -> None:
    result = kg("load", graph, "--to", tmp_path / "store")
    assert result.exit_code == 0
    assert "triples" in result.stderr
    answers = [kg("query", "who-fights-whom", source).stdout for source in (graph, tmp_path / "store")]
    assert answers[0] == answers[1] != ""


# show


def test_show_prints_each_claim_with_its_evidence(kg: Kg, pipeline: Pipeline) -> None:
    from kg.reports import read_reports

    (report,) = read_reports([str(SEED)])
    reading = pipeline.read(report)  # type: ignore[arg-type]
    result = kg("show", SEED)
    assert result.exit_code == 0
    shown = result.stdout.splitlines()
    assert shown[0] == f"albu-kamal, 2017-11-08: {len(reading.claims)} claims, {len(reading.events)} events"
    for claim in reading.claims:
        assert any(claim.event_class in line and claim.stance in line for line in shown)
        assert f'     "{" ".join(claim.quote.splitlines())}"' in shown


# what is loaded


def test_version(kg: Kg) -> None:
    assert kg("--version").stdout == f"kg, version {__version__}\n"


@pytest.mark.parametrize(
    "program",
    [
        "import kg",
        "from kg.cli import main; main(['--help'], standalone_mode=False)",
        "from kg.cli import main; main(['query', '--help'], standalone_mode=False)",
        "from kg.cli import main; main(['queries'], standalone_mode=False)",
        "from kg.cli import main; main(['query', 'casualties', {graph!r}], standalone_mode=False)",
        "from kg.cli import main; main(['load', {graph!r}, '--to', {store!r}], standalone_mode=False)",
    ],
)
def test_spacy_is_loaded_by_no_verb_that_reads_no_report(tmp_path: Path, graph: Path, program: str) -> None:
    code = program.format(graph=str(graph), store=str(tmp_path / "store"))
    code += "\nimport sys\nprint([name for name in ('spacy', 'thinc', 'numpy', 'pyshacl') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
