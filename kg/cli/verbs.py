"""The command `kg`: its verbs, messages and exit codes (0 fine, 1 ran and found faults, 2 could not run)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg import __version__
from kg.cli.graph_commands import convert, counted, diff, load, merge, store_option
from kg.cli.query_command import QueryCommand, query_names, query_parameters
from kg.failures import Failure, failing_at, noting
from kg.graph.files import FORMAT_OF_SUFFIX, FORMATS, GraphFileError, read_graph
from kg.graph.vocabulary import DEFAULT_BASE, Naming
from kg.model import Report
from kg.output import OutputError, check_target, write_whole

if TYPE_CHECKING:
    from rich.console import Console

    from kg.pipeline import Pipeline, Reading
    from kg.queries.values import Value

__all__ = ["main"]

Item = TypeVar("Item")

ANSWER_FORMATS = ("table", "csv", "tsv", "json", "ndjson", "xml", "html", "geojson", "parquet")
MENTION_FORMATS = ("jsonl", "table", "csv", "geojson")
FOUND_FAULTS = 1
UNBROKEN = 100_000


model_option = click.option(
    "--model", metavar="NAME", help="An installed spaCy pipeline other than the default, such as en_core_web_trf."
)


actors_option = click.option(
    "--actors", multiple=True, metavar="TSV", help="A table of actors of your own, one a row; may be repeated."
)


queries_option = click.option(
    "--queries", "folder", metavar="DIR", help="A folder of queries of your own, instead of those that come along."
)
places_option = click.option(
    "--places", multiple=True, metavar="TSV", help="A table of places of your own, one a row; may be repeated."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Turn reports on armed conflict into a citable graph, and ask it who did what to whom, where, when, says who.

    Exit codes: 0 fine; 1 it ran and found faults; 2 it could not run.
    """


for verb in (load, diff, merge, convert):
    main.add_command(verb)


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", metavar="OUT", help="The file to write; `-` is standard output.")
@click.option("--to", "target", metavar="DIR|URL", help="A store that the graph is loaded into: a directory or a URL.")
@store_option
@click.option(
    "-f", "--format", "format", type=click.Choice(list(FORMATS)), help="The format, where OUT's suffix tells none."
)
@click.option(
    "--base", default=DEFAULT_BASE, show_default=True, metavar="IRI", help="What the graph's IRIs begin with."
)
@actors_option
@places_option
@model_option
def build(
    inputs: tuple[str, ...],
    output: str | None,
    target: str | None,
    store: str | None,
    format: str | None,
    base: str,
    actors: tuple[str, ...],
    places: tuple[str, ...],
    model: str | None,
) -> None:
    """Build a graph from reports.

    Reports are .txt, .jsonl and .csv files, folders of them, and `-` for standard input. A text's first line may open
    with `date YYYY-MM-DD`. JSON lines and CSV have the columns id and text, and may have date, title, publisher and
    url. The graph is written to the file OUT, or loaded into the store that --to names, or both.
    """
    if output is None and target is None:
        raise click.UsageError("Missing option '-o' / '--output', or '--to'.")
    written = format or FORMAT_OF_SUFFIX.get(Path(output or "").suffix.lower(), "")
    if output is not None and not written:
        raise Failure(f"{output}: the suffix tells no format: add -f with one of {', '.join(FORMATS)}")
    with failing_at(ValueError):
        Naming(base)
        if output is not None:
            check_target(output)
        if target is not None:
            from kg.stores.loading import check_store

            check_store(target, store)
    reports, faulty = _reports(inputs)
    pipeline = _pipeline(model, actors, places)
    from kg.graph import build_dataset, serialize

    readings = list(_progress(pipeline.pipe(reports), len(reports)))
    dataset = build_dataset(readings, base)
    with failing_at(OutputError, ValueError):
        if output is not None:
            write_whole(output, serialize(dataset, written))
        click.echo(f"{output or target}: {counted(len(readings), 'report')}, {_counts(readings)}", err=True)
        if target is not None:
            from kg.stores.loading import load_graphs

            for line in load_graphs(dataset.graphs, target, store=store):
                click.echo(line, err=True)
    sys.exit(FOUND_FAULTS if faulty else 0)


@main.command()
@click.argument("graph", metavar="GRAPH")
@click.option("--reports", multiple=True, metavar="DIR", help="The reports that the graph was built from.")
def check(graph: str, reports: tuple[str, ...]) -> None:
    """Check a graph, and its quotes.

    The graph is checked against the ontology's shapes and, with --reports, each quote against the report's text.
    """
    from kg.graph.validation import check_evidence, validate

    faulty = False
    with failing_at(GraphFileError, FileNotFoundError):
        store = read_graph(graph)
        violations = [*validate(store)]
    if reports:
        known, faulty = _reports(reports)
        violations += check_evidence(store, {report.id: report.text for report in known})
    for violation in violations:
        click.echo(f"{violation.node}: {violation.rule}: {violation.message}")
    found = counted(len(violations), "violation") if violations else "nothing is wrong"
    click.echo(f"{graph}: {found}", err=True)
    sys.exit(FOUND_FAULTS if violations or faulty else 0)


@main.command()
@queries_option
def queries(folder: str | None) -> None:
    """List the saved queries.

    They are listed by theme, with their parameters; those with a * must be given.
    """
    from kg.queries import list_queries

    with failing_at(ValueError, FileNotFoundError):
        known = list_queries(folder)
    rows = [
        (
            query.header.theme,
            query.name,
            " ".join(f"{parameter.name}{'*' * parameter.required}" for parameter in query.parameters),
            query.summary,
        )
        for query in known
    ]
    _print_table(("theme", "query", "parameters", "finds"), rows)


@main.command(cls=QueryCommand)
@click.argument("name", metavar="NAME", shell_complete=query_names)
@click.argument("graph", metavar="GRAPH", type=click.Path())
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=query_parameters,
    help="A parameter; may be repeated.",
)
@click.option("--format", "format", type=click.Choice(ANSWER_FORMATS), default="table", show_default=True)
@click.option("-o", "--output", default="-", metavar="OUT", help="The file to write instead of standard output.")
@click.option("--explain", is_flag=True, help="Print the filled query and do not ask it.")
@click.option("--allow-service", is_flag=True, help="Let a query of your own ask other endpoints with SERVICE.")
@click.option("--allow-update", is_flag=True, help="Let a query of your own change the store.")
@queries_option
def query(
    name: str,
    graph: str,
    params: tuple[str, ...],
    format: str,
    output: str,
    explain: bool,
    allow_service: bool,
    allow_update: bool,
    folder: str | None,
) -> None:
    """Answer a saved query.

    NAME is one that `kg queries` lists, or a .rq file; `kg query NAME --help` tells what it asks for. GRAPH is a graph
    file, the directory of a store or the URL of one. An actor or a place is given by a label, an alias, a Wikidata
    Q-number or an IRI.
    """
    from kg.queries import explain as explained
    from kg.queries import load_query, run

    given = _given(params)
    with failing_at(ValueError, FileNotFoundError):
        check_target(output)
        asked = load_query(name, folder, service=allow_service, update=allow_update)
        if explain:
            write_whole(output, explained(asked, graph, given).encode())
            return
        with noting():
            result = run(asked, graph, given)
    if not result.rows:
        click.echo("no answers", err=True)
    if format != "table":
        from kg.cli.query_output import write_answer

        with failing_at(ValueError):
            content = write_answer(result, format, title=asked.summary, meanings=asked.header.columns)
            write_whole(output, content)
    elif result.rows:
        _print_table(result.columns, result.rows, output)


@main.command()
@click.argument("report", metavar="REPORT")
@click.option("--why", metavar="CLAIM", help="Explain this claim: its number, or its IRI in the graph.")
@actors_option
@places_option
@model_option
def show(report: str, why: str | None, actors: tuple[str, ...], places: tuple[str, ...], model: str | None) -> None:
    """Show what is understood of a report.

    REPORT is an input as `kg build` takes it. Each claim is shown with its roles, place, time, stance, source and
    words; with --why one claim, and how it was read: the rule, the trigger, how each role was found.
    """
    from kg.cli.show import UnknownClaim, claim_lines, find_claim, heading, why_lines

    reports, faulty = _reports([report])
    if why is not None and len(reports) > 1 and why.isdecimal():
        raise Failure(f"--why {why}: {report} holds {len(reports)} reports: give the claim's IRI, or one report")
    console = _console()
    readings = _progress(_pipeline(model, actors, places).pipe(reports), len(reports))
    if why is not None:
        with failing_at(UnknownClaim):
            number, explained = find_claim([reading.claims for reading in readings], why)
        for line in why_lines(explained, number):
            console.print(line)
        sys.exit(FOUND_FAULTS if faulty else 0)
    for shown, reading in enumerate(readings):
        if shown:
            console.print()
        console.print(heading(reading.report, _counts([reading])))
        for number, claim in enumerate(reading.claims, start=1):
            for line in claim_lines(claim, number):
                console.print(line)
    sys.exit(FOUND_FAULTS if faulty else 0)


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="REPORT...")
@click.option("--format", "format", type=click.Choice(MENTION_FORMATS), default="jsonl", show_default=True)
@click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    metavar="IRI",
    help="What the IRIs of actors and places begin with.",
)
@actors_option
@places_option
@model_option
def mentions(
    inputs: tuple[str, ...], format: str, base: str, actors: tuple[str, ...], places: tuple[str, ...], model: str | None
) -> None:
    """Print the linked mentions of reports.

    REPORT is an input as `kg build` takes it. Each mention of an actor, a place, a date or a figure is printed with its
    offsets in the report's text and with what it means: a JSON object a line, a row of a table or of CSV, or a point of
    GeoJSON.
    """
    from kg.cli.mention_rows import MENTION_FORMATS as WRITERS
    from kg.cli.mention_rows import TABLE_COLUMNS, mention_rows, table_rows

    with failing_at(ValueError):
        naming = Naming(base)
    reports, faulty = _reports(inputs)
    linked = _progress(_pipeline(model, actors, places).linked(reports), len(reports))
    rows = (row for report, found in linked for row in mention_rows(report, found, naming))
    if format == "table":
        _print_table(TABLE_COLUMNS, list(table_rows(rows)))
    else:
        for part in WRITERS[format](rows):
            click.echo(part, nl=False)
    sys.exit(FOUND_FAULTS if faulty else 0)


def _reports(inputs: Sequence[str]) -> tuple[list[Report], bool]:
    """Return the reports of inputs and whether others could not be read, which are named on stderr."""
    from kg.reports import Fault, read_reports

    entries = list(read_reports(inputs))
    reports = [entry for entry in entries if isinstance(entry, Report)]
    for entry in entries:
        if not isinstance(entry, Report):
            click.echo(f"{'fault' if isinstance(entry, Fault) else 'note'}: {entry}", err=True)
    if not reports:
        raise Failure("no report could be read, so there is nothing to do")
    if undated := [report.id for report in reports if report.issued is None]:
        named = ", ".join(undated[:3]) + (f" and {len(undated) - 3} more" if len(undated) > 3 else "")
        click.echo(
            f"note: no date is known for {named}: times that count from a report's day are left out; "
            "open the text with `date YYYY-MM-DD`, or give it in the column date",
            err=True,
        )
    return reports, any(isinstance(entry, Fault) for entry in entries)


def _pipeline(model: str | None, actors: Sequence[str], places: Sequence[str]) -> Pipeline:
    from kg.actors.rows import read_actor_rows
    from kg.language import DEFAULT_MODEL, ModelNotFound
    from kg.pipeline import Pipeline
    from kg.places.rows import read_place_rows
    from kg.user_tables import TableError

    with failing_at(ModelNotFound, TableError):
        own_actors = [row for path in actors for row in read_actor_rows(Path(path))]
        own_places = [row for path in places for row in read_place_rows(Path(path))]
        return Pipeline(model or DEFAULT_MODEL, actors=own_actors, places=own_places)


def _progress(read: Iterator[Item], total: int) -> Iterable[Item]:
    from rich.console import Console
    from rich.progress import track

    watched = total > 1 and sys.stderr.isatty()
    return track(
        read,
        description="reading reports",
        total=total,
        console=Console(stderr=True),
        transient=True,
        disable=not watched,
    )


def _counts(readings: Sequence[Reading]) -> str:
    claims, events = sum(len(reading.claims) for reading in readings), sum(len(reading.events) for reading in readings)
    return f"{counted(claims, 'claim')}, {counted(events, 'event')}"


def _console() -> Console:
    from rich.console import Console

    # What goes into a file or another program is not to be broken into lines of a terminal's width.
    return Console(highlight=False, width=None if sys.stdout.isatty() else UNBROKEN)


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[Value]], output: str = "-") -> None:
    from kg.cli.answers import row_table

    console = _console()
    if output == "-":
        console.print(row_table(columns, rows))
        return
    with console.capture() as written:
        console.print(row_table(columns, rows))
    with failing_at(OutputError):
        write_whole(output, written.get().encode())


def _given(params: Sequence[str]) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals:
            raise click.BadParameter(f"{param!r} is not NAME=VALUE", param_hint="-p")
        given.setdefault(key.strip(), []).append(value)
    return given
