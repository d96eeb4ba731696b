"""Runs the commands of README.md and writes what they print below them: `python scripts/readme.py`.

The commands run in order, in an empty folder beside a copy of seeds/. `| head -N` keeps the first lines.
"""

from __future__ import annotations

import re
import shlex
import shutil
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from kg.cli import main

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = re.compile(r"(.*?)(?: \| head -(\d+))?")


def rewritten(text: str) -> str:
    """Return a page with the output of each command in its console blocks renewed.

    Raises RuntimeError for a command that does not end well.
    """
    runner = CliRunner()
    with TemporaryDirectory() as folder, chdir(folder):
        shutil.copytree(ROOT / "seeds", "seeds")
        return BLOCK.sub(lambda block: f"```console\n{_session(block[1], runner)}```", text)


def _session(block: str, runner: CliRunner) -> str:
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_output(command, runner)}" for command in commands)


def _output(command: str, runner: CliRunner) -> str:
    match = HEAD.fullmatch(command)
    if not match or not match[1].startswith("kg "):
        raise RuntimeError(f"README.md: only kg is run, not `{command}`")
    result = runner.invoke(main, shlex.split(match[1])[1:])
    if result.exit_code != 0:
        raise RuntimeError(f"README.md: `{command}` ends with {result.exit_code}: {result.output}")
    lines = [line.rstrip() for line in result.output.splitlines() if line.strip()]
    return "".join(f"{line}\n" for line in lines[: int(match[2]) if match[2] else None])


if __name__ == "__main__":
    page = ROOT / "README.md"
    page.write_text(rewritten(page.read_text(encoding="utf-8")), encoding="utf-8")
