"""`inforce captures`: what was given is kept, and can be examined, merged and given out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli.conftest import Inforce

PAGE = (
    '<!DOCTYPE html><html><body><table><tr><td id="main"><p id="t9100{n}" class="heading4">ZZ9.{n} Toys</p>'
    '<p class="bodytext">A toy {n} is a thing.</p><p class="effectivedate">Effective 01/02/2020</p>'
    "</td></tr></table></body></html>"
)


@pytest.fixture
def loaded(inforce: Inforce, tmp_path: Path) -> Inforce:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"9100{number}.htm").write_text(PAGE.replace("{n}", str(number)), "utf-8")
    assert inforce("load", folder / "91001.htm", "--captured", "2021-01-01").exit_code == 0
    assert inforce("load", folder / "91002.htm").exit_code == 0
    return inforce


def answers(inforce: Inforce) -> list[object]:
    return [
        json.loads(inforce("show", code, "--on", on, *known, "--json").out)
        for code in ("ZZ9.1", "ZZ9.2")
        for on in ("2020-06-01", "2021-06-01")
        for known in ((), ("--known", "2021-06-01"))
    ]


def original(home: Path) -> Path:
    return next(path for path in sorted((home / "captures" / "objects").rglob("*")) if path.is_file())


def test_check_says_that_all_is_whole_and_what_is_not(loaded: Inforce, home: Path) -> None:
    """If it failed, a flipped bit would go unnoticed, or a good archive be doubted."""
    ran = loaded("captures", "check")
    size = 2 * len(PAGE.replace("{n}", "1"))
    whole = f"2 of 2 originals are whole ({size} bytes), with 2 sightings in 2 lines of the log.\n"
    assert (ran.exit_code, ran.out) == (0, whole)
    original(home).write_bytes(b"x")
    ran = loaded("captures", "check", "--json")
    found = json.loads(ran.out)
    assert (ran.exit_code, found["sound"], found["whole"], found["totals"]["error"]) == (1, False, 1, 1)
    assert found["findings"][0]["kind"] == "original_damaged"
    ran = loaded("rebuild")
    assert (ran.exit_code, "captures check" in ran.err, "without-lost" in ran.err) == (1, True, True)
    assert loaded("show", "ZZ9.1", "--on", "2021-06-01").exit_code == 0


def test_backup_and_restore_as_the_readme_says(loaded: Inforce, home: Path, tmp_path: Path) -> None:
    """If it failed, the only thing that can't be made again could not be brought back."""
    right = answers(loaded)
    shutil.copytree(home / "captures", tmp_path / "backup" / "captures")
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "backup" / "captures", home / "captures")
    assert loaded("rebuild").exit_code == 0
    assert answers(loaded) == right
    original(home).unlink()
    assert loaded("captures", "merge", tmp_path / "backup").exit_code == 0
    assert loaded("captures", "check").exit_code == 0
    assert answers(loaded) == right


def test_bundle_is_taken_back_by_load(loaded: Inforce, home: Path, tmp_path: Path) -> None:
    """If it failed, an archive given to somebody else would answer otherwise there."""
    right = answers(loaded)
    ran = loaded("captures", "bundle", tmp_path / "x.wacz", "--json")
    assert (ran.exit_code, json.loads(ran.out)["sightings"]) == (0, 2)
    shutil.rmtree(home)
    assert loaded("load", tmp_path / "x.wacz", "--captured", "2024-01-01").exit_code == 0
    assert answers(loaded) == right


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["check"], 1, "inforce load"),
        (["bundle", "x.wacz"], 1, "inforce load"),
        (["merge", "absent"], 2, "another home"),
        (["bundle", "x.zip"], 1, "inforce load"),
    ],
)
def test_misuse_is_one_clear_line(inforce: Inforce, words: list[str], status: int, said: str) -> None:
    """If it failed, a person would see a traceback."""
    ran = inforce("captures", *words)
    assert (ran.exit_code, ran.out) == (status, "")
    assert said in ran.err
