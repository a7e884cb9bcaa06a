"""The stamp: whatever may change an answer changes it, and nothing else does."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from manual import stamp

PACKAGE = Path(stamp.__file__).parent


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The sources in a folder of their own, as an upgrade would replace them."""
    for path in PACKAGE.rglob("*"):
        if path.suffix in (".py", ".sql"):
            to = tmp_path / "manual" / path.relative_to(PACKAGE)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(path.read_bytes())
    return tmp_path


def _stamp_of(folder: Path) -> str:
    command = [sys.executable, "-c", "from manual.stamp import stamp; print(sorted(stamp().items()))"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        ("dates.py", True),
        ("model.py", True),
        ("parse/notes.py", True),
        ("store/schema.sql", True),
        ("history/spans.py", False),
    ],
)
def test_change_of_a_source_that_decides_changes_the_stamp(copied: Path, name: str, reads: bool) -> None:
    """Answers of the old rules would be kept; or pages would be read again for nothing."""
    before = _stamp_of(copied)
    path = copied / "manual" / name
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    after = _stamp_of(copied)
    assert after != before
    parser = [text.partition("('parser'")[2] for text in (before, after)]
    assert (parser[0] != parser[1]) is reads


def test_new_module_or_another_name_changes_the_stamp(copied: Path) -> None:
    """A rule that moves into a file of its own is a change like any other."""
    before = _stamp_of(copied)
    (copied / "manual" / "history" / "zz.py").write_bytes(b"")
    added = _stamp_of(copied)
    (copied / "manual" / "history" / "zz.py").rename(copied / "manual" / "history" / "zy.py")
    assert len({before, added, _stamp_of(copied)}) == 3


def test_line_ends_and_other_sources_change_nothing(copied: Path) -> None:
    """A copy made on another system, or a new template, would have everybody derive everything again."""
    before = _stamp_of(copied)
    path = copied / "manual" / "dates.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (copied / "manual" / "pages" / "words.py").write_text("", "utf-8")
    assert _stamp_of(copied) == before


@pytest.mark.parametrize(("library", "package"), [("beautifulsoup4", "bs4"), ("html5lib", "html5lib")])
def test_first_file_of_a_library_states_its_version(library: str, package: str) -> None:
    """If a library kept its version elsewhere, another release of it would go unnoticed."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    assert f'"{importlib.metadata.version(library)}"' in Path(spec.origin).read_text("utf-8")


def test_change_of_what_makes_an_index_changes_its_stamp(tmp_path: Path) -> None:
    """An index of other stems would be kept after an upgrade, and half of what is asked for not found."""
    for package in ("manual", "indexer"):
        shutil.copytree(
            PACKAGE.parent / package,
            tmp_path / package,
            ignore=shutil.ignore_patterns("__pycache__", "export"),
        )

    def found() -> str:
        command = [sys.executable, "-c", "from manual.stamp import index_stamp; print(index_stamp())"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    stamps = [found()]
    for name in ("search.py", "analysis.py"):
        path = tmp_path / "indexer" / name
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
        stamps.append(found())
    assert stamps[0] == stamps[1] != stamps[2]
