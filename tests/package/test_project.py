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
    elsewhere = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if not path.is_relative_to(ROOT / "manual" / "store")
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


NAMED = re.compile(r"`((?:[a-z]\w*\.)+[a-z]\w*)(?:\(.*?\))?`")
NO_MODULES = {
    "basis.from",
    "basis.until",
    "datetime.date",
    "version.id",
    "kb.sqlite",
    "objects.inv",
    "dependencies.json",
}


def _is_there(name: str) -> bool:
    """Whether `captures.single` is a module, or `history.history_of` a name in one."""
    parts = name.split(".")
    place = ROOT.joinpath(*(parts if parts[0] in PACKAGES else ["manual", *parts]))
    if place.is_dir() or place.with_suffix(".py").is_file():
        return True
    holder = place.parent
    source = holder / "__init__.py" if holder.is_dir() else holder.with_suffix(".py")
    return source.is_file() and re.search(rf"\b{place.name}\b", source.read_text("utf-8")) is not None


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_module_that_a_document_names_is_there(document: str) -> None:
    """A newcomer would look for a file that was renamed long ago."""
    written = (ROOT / document).read_text("utf-8")
    named = {name for name in NAMED.findall(written) if name not in NO_MODULES}
    files = {name for name in named if re.search(r"\.(?:py|js|txt|pdf|htm|xml)$", name)}
    assert sorted(name for name in named - files if not _is_there(name)) == []
    every = {path.name for package in PACKAGES for path in (ROOT / package).rglob("*")}
    assert sorted(name for name in files if name.endswith((".py", ".js")) and name not in every) == []


def test_a_name_of_a_class_stands_for_one_thing() -> None:
    """A reader who looks for `Run` would find three, and take one for another.

    The shapes of our JSON bear the names of what they show, and are always called by `shape.`. What begins with `_` is
    known in its own module alone.
    """
    places: dict[str, list[str]] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if path.name != "json_types.py":
                for name in re.findall(r"^class ([A-Z]\w*)", path.read_text("utf-8"), re.MULTILINE):
                    places.setdefault(name, []).append(path.relative_to(ROOT).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    """Who changes a rule would run tests that are no more, and find nothing wrong."""
    written = (ROOT / document).read_text("utf-8")
    named = set(re.findall(r"`((?:tests|manual|indexer|webapp|build)/[\w./*-]+)`", written))
    assert [name for name in sorted(named) if not any(ROOT.glob(name.rstrip("/")))] == []


def test_every_decision_says_whether_it_holds() -> None:
    """A reader would follow one that another has replaced."""
    written = (ROOT / "DECISIONS.md").read_text("utf-8")
    entries = dict(re.findall(r"^## (\d+) — .*\n(.*)$", written, re.MULTILINE))
    assert len(entries) == written.count("\n## ")
    for number, status in entries.items():
        said = re.fullmatch(r"\*Status: (?:holds|superseded by (\d+))\b.*\*", status)
        assert said, f"decision {number}"
        assert said[1] is None or said[1] in entries, f"decision {number} names one that is not there"
