"""The parts of the verb `kg query` that look at saved queries: help on each, and completion in the shell."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from kg.failures import failing_at

__all__ = ["QueryCommand", "query_names", "query_parameters"]


class QueryCommand(click.Command):
    """The verb whose `--help` behind the name of a query tells about that query."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, or tell of the query and end."""
        if ctx.resilient_parsing and args and args[-1] in {"-p", "--param"}:
            # In completion its value is not there yet, and the parser would forget the arguments before it.
            args = args[:-1]
        if {"-h", "--help"} & set(args):
            # What the options take may look like a name: the parser knows which is which.
            rest = [arg for arg in args if arg not in {"-h", "--help"}]
            values, _, _ = self.make_parser(ctx).parse_args([*rest, "", ""])
            if name := values.get("name"):
                from kg.cli.query_help import query_help
                from kg.queries import load_query

                with failing_at(ValueError, FileNotFoundError):
                    known = load_query(name, values.get("folder"), service=True, update=True)
                click.echo(query_help(known, name))
                ctx.exit()
        return super().parse_args(ctx, args)


def query_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of saved queries that begin as what is typed, with what they find; files too."""
    from kg.queries import list_queries

    try:
        known = list_queries(ctx.params.get("folder"))
    except ValueError:
        known = ()
    found = [CompletionItem(q.name, help=q.summary) for q in known if q.name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


def query_parameters(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the parameters of the query that is being typed, and behind `class=` the classes."""
    from kg.cli.query_help import parameter_values
    from kg.queries import load_query

    try:
        known = load_query(ctx.params.get("name") or "", ctx.params.get("folder"), service=True, update=True)
    except ValueError:
        return []
    words = [
        (f"{parameter.name}={value}", parameter.help)
        for parameter in known.parameters
        for value in ("", *(parameter_values(parameter) if incomplete.startswith(f"{parameter.name}=") else ()))
    ]
    return [CompletionItem(word, help=meaning) for word, meaning in words if word.startswith(incomplete)]
