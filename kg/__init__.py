"""A citable knowledge graph from reports about armed conflict."""

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.queries import query

try:
    __version__ = version("conflict-kg")
except PackageNotFoundError:
    __version__ = "0.0.0"

__all__ = ["__version__", "query"]


def __getattr__(name: str) -> object:
    # `import kg` stays light: RDF is loaded by those who ask for it.
    if name == "query":
        from kg.queries import query

        return query
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
