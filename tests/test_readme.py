"""The examples of README.md run, and print what stands there."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from scripts.readme import rewritten

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_each_command_prints_what_the_readme_says() -> None:
    assert rewritten(README) == README, "renew it with `make readme`"


def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    known: dict[str, object] = {}
    exec(example, known)
    assert known["denied"]
    assert known["rows"]
    assert os.path.getsize("graph.nt") > 1000


def test_the_demo_of_the_makefile_is_the_readmes() -> None:
    demo = re.findall(r"^\t\$\(BIN\)/(kg .*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(demo) == 5
    assert [line.removeprefix("$ ") for line in README.splitlines() if line.startswith("$ kg")][:5] == demo


def test_each_page_that_is_named_exists() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
