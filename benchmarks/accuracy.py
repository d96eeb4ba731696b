"""Builds the annotated reports and prints how right the graph is: `python -m benchmarks.accuracy`.

Every field is scored end to end: a claim that was not found counts as missed in each of its fields, a claim that nobody
made counts as wrong in each of its fields. tests/gold/GUIDELINES.md says how the reports are annotated.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click
from pyoxigraph import RdfFormat, Store

from benchmarks.annotations import Graph, gold_statements
from benchmarks.scores import FIELDS, Score
from kg.graph.files import GraphFileError, read_graph

__all__ = ["kept_aside", "main", "score"]

GOLD = Path(__file__).parent.parent / "tests" / "gold"
SETS = (GOLD / "dev", GOLD / "real", GOLD / "further")


def kept_aside(paths: Sequence[Path]) -> list[Path]:
    """Return the third of the annotated reports that no rule is written from."""
    return sorted(paths)[::3]


def score(store: Store, paths: Sequence[Path]) -> Score:
    """Return how a graph compares with the annotations in `paths` of its reports."""
    graph, total = Graph(store), Score()
    for path in paths:
        total.add(path.stem, gold_statements(path), graph.claims.get(path.stem, []))
    return total


def build(paths: Sequence[Path], model: str | None) -> Store:
    """Return the graph of the texts beside the annotations, as the pipeline builds it."""
    from kg.graph import build_dataset, serialize
    from kg.model import Report
    from kg.pipeline import Pipeline
    from kg.reports import read_reports

    entries = list(read_reports([str(path.with_suffix(".txt")) for path in paths]))
    reports = [entry for entry in entries if isinstance(entry, Report)]
    if len(reports) < len(entries):
        raise click.ClickException("; ".join(str(entry) for entry in entries if not isinstance(entry, Report)))
    pipeline = Pipeline(model) if model else Pipeline()
    store = Store()
    store.load(serialize(build_dataset(pipeline.pipe(reports)), "ntriples"), format=RdfFormat.N_TRIPLES)
    return store


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--graph", type=click.Path(dir_okay=False), help="Score this graph instead of building one.")
@click.option("--report", "names", multiple=True, metavar="NAME", help="Score this report alone; may be repeated.")
@click.option("--model", metavar="NAME", help="An installed spaCy pipeline other than the default.")
@click.option("--details", is_flag=True, help="Print every difference.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
@click.option("--min", "floors", multiple=True, metavar="FIELD=VALUE", help="Fail where this F1 is lower.")
def main(
    folders: tuple[Path, ...],
    graph: str | None,
    names: tuple[str, ...],
    model: str | None,
    details: bool,
    as_json: bool,
    floors: tuple[str, ...],
) -> None:
    """Print a table for each folder of annotated reports, and for the part of it that is kept aside."""
    bounds = dict(map(_floor, floors))
    scores: dict[str, Score] = {}
    short: list[str] = []
    for folder in folders or SETS:
        paths = [path for path in sorted(folder.glob("*.json")) if not names or path.stem in names]
        if not paths:
            continue
        store = _read(graph) if graph else build(paths, model)
        scores[folder.name] = score(store, paths)
        short += _short(folder.name, scores[folder.name], bounds)
        if not names:
            scores[f"{folder.name}, the third kept aside"] = score(store, kept_aside(paths))
    if not scores:
        raise click.ClickException("no annotated report of that name: see tests/gold")
    if as_json:
        click.echo(
            json.dumps(
                {name: {field: asdict(row) for field, row in known.rows().items()} for name, known in scores.items()},
                indent=1,
            )
        )
    else:
        click.echo("\n\n".join(_table(name, known, details=details) for name, known in scores.items()))
    if short:
        click.echo("; ".join(short), err=True)
        sys.exit(1)


def _floor(written: str) -> tuple[str, float]:
    name, _, value = written.partition("=")
    if name not in FIELDS:
        raise click.BadParameter(f"{name!r} is none of {', '.join(FIELDS)}", param_hint="--min")
    try:
        return name, float(value)
    except ValueError:
        raise click.BadParameter(f"{written!r} is not FIELD=VALUE", param_hint="--min") from None


def _read(graph: str) -> Store:
    try:
        return read_graph(graph)
    except GraphFileError as error:
        raise click.ClickException(str(error)) from error


def _short(name: str, known: Score, bounds: Mapping[str, float]) -> list[str]:
    rows = known.rows()
    return [
        f"{name}: {field} F1 {rows[field].f1:.3f} < {bound}"
        for field, bound in bounds.items()
        if rows[field].f1 < bound
    ]


def _table(name: str, known: Score, *, details: bool) -> str:
    rows = known.rows()
    lines = known.notes if details else []
    lines = [*lines, f"{name}: {known.reports} reports, {rows['class'].gold} claims"]
    lines.append(f"{'field':<12}{'precision':>10}{'recall':>8}{'F1':>8}{'gold':>7}")
    for field, row in rows.items():
        lines.append(f"{field:<12}{row.precision:>10.3f}{row.recall:>8.3f}{row.f1:>8.3f}{row.gold:>7}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
