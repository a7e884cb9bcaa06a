"""The project's own files agree with each other and with the code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("manual", "indexer", "webapp")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_every_module_has_its_place_in_the_layers(project: dict[str, Any]) -> None:
    """A new module could import anything, and be imported by anything, unnoticed."""
    [contract] = project["tool"]["importlinter"]["contracts"]
    layers = [name.strip() for line in contract["layers"] for name in line.split("|")]
    modules = {
        f"manual.{path.stem}"
        for path in (ROOT / "manual").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").is_file()
    }
    assert sorted(layers) == sorted(modules | {"indexer", "webapp"})
    drawn = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("## Layers")[2].partition("**`")[0]
    assert [name for name in layers if name not in drawn] == []


def test_all_files_name_the_same_versions_of_python(project: dict[str, Any]) -> None:
    """Somebody would set the project up with a Python that it does not run on."""
    classifiers = [
        found[1]
        for one in project["project"]["classifiers"]
        if (found := re.fullmatch(r"Programming Language :: Python :: (\d\.\d+)", one))
    ]
    first, last = classifiers[0], classifiers[-1]
    after = f"{last.partition('.')[0]}.{int(last.partition('.')[2]) + 1}"
    assert project["project"]["requires-python"] == f">={first},<{after}"
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"Python {', '.join(classifiers[:-1])} or {last}" in readme
    assert project["tool"]["ruff"]["target-version"] == f"py{first.replace('.', '')}"
    assert f"--python-version {first} " in (ROOT / "Makefile").read_text("utf-8")


def test_statements_of_sql_stand_in_the_store_alone() -> None:
    """The form of the tables could not be changed in one place."""
    own_database = ROOT / "manual" / "export"  # keeps what it remembers of an edition in a file of its own
    elsewhere = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if not path.is_relative_to(ROOT / "manual" / "store") and not path.is_relative_to(own_database)
        if re.search(r"\bimport sqlite3\b|\"(?:SELECT|INSERT|UPDATE|DELETE) ", path.read_text("utf-8"))
    ]
    assert elsewhere == []


def test_every_module_has_a_name_that_says_what_it_is() -> None:
    """Modules called by what they are not would collect whatever has no other place."""
    names = {path.stem for package in PACKAGES for path in (ROOT / package).rglob("*.py")}
    assert names & {"utils", "helpers", "manager", "common", "misc"} == set()


def test_no_module_runs_text_as_a_program_or_hands_out_names_it_does_not_have() -> None:
    """What a reader can't find by searching for its name costs more than the start that it saves."""
    found = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"(?<![\w.])(?:eval|exec)\(|^def __getattr__", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert found == []
