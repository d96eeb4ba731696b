"""The verbs that take graphs to stores and to one another: load, diff, merge and convert."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import __version__
from kg.failures import Failure, failing_at
from kg.graph.files import FORMAT_OF_SUFFIX
from kg.output import OutputError, check_target, write_whole

if TYPE_CHECKING:
    from kg.graph.named_graphs import Graphs

__all__ = ["convert", "counted", "diff", "load", "merge", "store_option"]

DIFFERENT = 1

store_option = click.option(
    "--store", metavar="NAME", help="The kind of the store at a URL, such as virtuoso, where it can't be told."
)


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.option("--to", "target", required=True, metavar="DIR|URL", help="A store's directory, made if need be, or URL.")
@store_option
@click.option("--graph", "name", metavar="IRI", help="The one graph that all goes into, instead of one per report.")
@click.option("--replace", is_flag=True, help="What the graphs held before goes, also of actors and places.")
@click.option("--optimize", is_flag=True, help="Write a store on disk anew when it is loaded, for quicker queries.")
def load(graph: str, target: str, store: str | None, name: str | None, replace: bool, optimize: bool) -> None:
    """Load a graph into a store.

    The store is a directory on disk, or a triple store on the network: its user and password, or its token, are those
    of KG_USER and KG_PASSWORD, KG_TOKEN, or the netrc file. `kg query NAME DIR|URL` reads it.
    """
    from kg.stores.loading import load_file

    with failing_at(ValueError):
        for line in load_file(graph, target, store=store, graph=name, replace=replace, optimize=optimize):
            click.echo(line, err=True)


@click.command()
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option("-o", "--output", metavar="OUT", help="Where to write the triples added and removed: .trig or .nq.")
def diff(before: str, after: str, output: str | None) -> None:
    """Tell what differs between two graphs.

    Claims and events that were added, removed or changed are told in words. With -o the triples are written as two
    named graphs, diff/added and diff/removed. The exit code is 1 where something differs.
    """
    from kg.graph.changes import compare
    from kg.graph.named_graphs import read_graphs

    with failing_at(ValueError, OutputError):
        changes = compare(read_graphs(before), read_graphs(after))
        if output is not None:
            _write_graphs(changes.graphs(), output)
    for change in changes.told:
        click.echo(change)
    triples = f"{counted(len(changes.added), 'triple')} added, {len(changes.removed):,} removed"
    click.echo(f"{counted(len(changes.told), 'claim or event', 'claims and events')}: {triples}", err=True)
    sys.exit(DIFFERENT if changes.added or changes.removed else 0)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="GRAPH...")
@click.option("-o", "--output", required=True, metavar="OUT", help="The file to write.")
def merge(inputs: tuple[str, ...], output: str) -> None:
    """Merge graphs into one, actors and places told once."""
    from kg.graph.changes import merge as merged
    from kg.graph.named_graphs import read_graphs

    with failing_at(ValueError, OutputError):
        found = merged([read_graphs(path) for path in inputs])
        _write_graphs(found.graphs, output)
    for name in found.differing:
        click.echo(f"note: {name} differs between the graphs: what each of them says is kept", err=True)
    click.echo(f"{output}: {counted(sum(map(len, found.graphs.values())), 'triple')}", err=True)


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.option("-o", "--output", metavar="OUT", help="The file to write, whose suffix tells the format.")
@click.option("--describe", "description", metavar="TTL", help="Where to write a description in VoID and DCAT.")
@click.option("--licence", metavar="IRI", help="The licence that the description names, CC BY 4.0 if none is given.")
@click.option("--title", default="", metavar="TEXT", help="The title that the description gives.")
def convert(graph: str, output: str | None, description: str | None, licence: str | None, title: str) -> None:
    """Write a graph in another format, or describe it."""
    from kg.graph.description import LICENCE, describe
    from kg.graph.named_graphs import read_graphs

    if output is None and description is None:
        raise click.UsageError("Nothing to write: give -o OUT, or --describe TTL, or both")
    with failing_at(ValueError, OutputError):
        graphs = read_graphs(graph)
        if output is not None:
            _write_graphs(graphs, output)
        if description is not None:
            exported = Path(output or graph)
            content = describe(graphs, __version__, title=title, licence=licence or LICENCE, exported=exported)
            write_whole(description, content)
    for written in filter(None, (output, description)):
        click.echo(f"{written}: written", err=True)


def counted(number: int, name: str, several: str = "") -> str:
    """Return a number with the name of what is counted.

    >>> counted(1, "report"), counted(1200, "entry", "entries")
    ('1 report', '1,200 entries')
    """
    return f"{number:,} {name if number == 1 else several or name + 's'}"


def _write_graphs(graphs: Graphs, output: str) -> None:
    from kg.graph.files import write
    from kg.graph.named_graphs import base_of

    format = FORMAT_OF_SUFFIX.get(Path(output).suffix.lower())
    if format is None:
        raise Failure(f"{output}: the suffix tells no format: name it with one of {', '.join(FORMAT_OF_SUFFIX)}")
    check_target(output)
    write_whole(output, write(graphs, format, base_of(graphs)))
