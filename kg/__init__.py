"""A citable knowledge graph from reports about armed conflict."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("conflict-kg")
except PackageNotFoundError:
    __version__ = "0.0.0"

__all__ = ["__version__"]
