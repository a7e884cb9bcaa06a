"""Which home is meant, when nobody says so and when somebody does."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from platformdirs import user_data_path
from toy_pages import instruction, raw, take

from manual.home import chosen_home, is_home
from webapp.config import Settings


@pytest.fixture(autouse=True)
def nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a home, and an environment that names none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("INFORCE_HOME", raising=False)
    monkeypatch.delenv("INFORCE_ALSO", raising=False)


def _filled(home: Path) -> Path:
    take(home, raw(instruction("ZA7.5", date(2020, 2, 1)), date(2021, 3, 1)))
    return home


def test_the_nearest_word_decides_which_home_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`load` would fill one home and the site show another."""
    assert chosen_home().path == user_data_path("inforce")
    _filled(tmp_path / "home")
    assert chosen_home().path == Path("home")
    monkeypatch.setenv("INFORCE_HOME", str(tmp_path / "named"))
    assert chosen_home().path == tmp_path / "named"
    assert chosen_home(tmp_path / "given").path == tmp_path / "given"


def test_the_site_means_the_same_home_as_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that was loaded would never be shown."""
    assert Settings.read({}).home == chosen_home()
    _filled(tmp_path / "home")
    assert Settings.read({}).home.path == Path("home")
    monkeypatch.setenv("INFORCE_HOME", "named")
    assert Settings.read({}).home == chosen_home()
    assert Settings.read({"HOME": "given"}).home.path == Path("given")


def test_a_folder_of_that_name_is_no_home_until_something_was_loaded(tmp_path: Path) -> None:
    """`inforce` called from `/` would take the folder of all users for its home."""
    (tmp_path / "home" / "somebody").mkdir(parents=True)
    assert not is_home(tmp_path / "home")
    assert chosen_home().path == user_data_path("inforce")


@pytest.mark.parametrize("lost", ["kb.sqlite", "captures"])
def test_a_home_that_lost_a_half_is_still_a_home(tmp_path: Path, lost: str) -> None:
    """`inforce rebuild` would look for the captures elsewhere as soon as the derived files are deleted."""
    home = _filled(tmp_path / "home")
    os.rename(home / lost, tmp_path / "elsewhere")
    assert is_home(home)


@pytest.mark.parametrize(
    ("given", "named", "why"),
    [
        ("there", "", "given by --home"),
        ("", "there", "named by INFORCE_HOME"),
        ("", "", "the platform's data folder"),
    ],
)
def test_a_home_says_in_words_why_it_was_chosen(
    given: str, named: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody could tell where the pages went."""
    monkeypatch.setenv("INFORCE_HOME", named)
    assert why in str(chosen_home(given))
    assert str(chosen_home(given)).startswith(os.sep)
