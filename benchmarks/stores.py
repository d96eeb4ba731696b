"""All ratios of stores and queries, each pair in one run: `python -m benchmarks.stores [--triples N]`."""

from __future__ import annotations

import subprocess
import sys

__all__ = ["main"]

PARTS = ("benchmarks.stores_load", "benchmarks.stores_queries")


def main() -> int:
    """Run both parts, each in a process of its own, so that the memory of one does not weigh on the other."""
    return max(subprocess.run([sys.executable, "-m", part, *sys.argv[1:]], check=False).returncode for part in PARTS)


if __name__ == "__main__":
    sys.exit(main())
