"""Where the ontology and the saved queries lie: inside an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["resource_folder"]


def resource_folder(name: str) -> Path:
    """Return the folder `name` ("ontology" or "queries") that belongs to this installation.

    Raises FileNotFoundError where neither the wheel's copy nor the checkout's folder is there.
    """
    package = Path(__file__).parent
    for folder in (package / "data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name}/ is neither in the package nor beside it: reinstall conflict-kg")
