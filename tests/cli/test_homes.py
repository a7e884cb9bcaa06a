"""Which home the commands use and name, and what `load --specimen` and `serve --also` refuse."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from cli.conftest import Inforce, run_in
from click.testing import CliRunner

from manual.cli import cli

PAGE = (
    "<html><body><table><tr><td id='main'><p class='heading4'>ZX1.5 Umbrellas</p>"
    "<p class='effectivedate'>Effective 01/01/2020</p></td></tr></table></body></html>"
)


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A saved page, and a working folder in which no home is named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("INFORCE_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    page = tmp_path / "saved" / "1.htm"
    page.parent.mkdir()
    page.write_text(PAGE)
    return page


@pytest.fixture(scope="module")
def specimen_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("specimen") / "home"
    assert run_in(home)("load", "--specimen").exit_code == 0
    return home


def inforce_here(*words: str | Path) -> tuple[int, str, str]:
    """`inforce` without `--home`."""
    result = CliRunner().invoke(cli, [*map(str, words)])
    return result.exit_code, result.stdout, result.stderr


def test_what_was_loaded_here_is_what_is_shown_here(saved: Path, tmp_path: Path) -> None:
    """`inforce` as the README shows it would look elsewhere than `make serve`."""
    assert run_in(tmp_path / "home")("load", saved).exit_code == 0
    assert inforce_here("show", "ZX1.5")[0] == 0
    _, _, said = inforce_here("load", saved)
    assert f"The home is {tmp_path / 'home'} (the home in this folder)." in said


@pytest.mark.parametrize("words", [["show", "ZX1.5"], ["contents"], ["check"], ["export", "html", "x"]])
def test_a_missing_home_is_named_with_the_reason_why_it_was_looked_for(
    saved: Path, tmp_path: Path, words: list[str]
) -> None:
    """Somebody who loaded into another home would not see why nothing is there."""
    code, _, said = inforce_here(*words)
    said = " ".join(said.split())
    assert code == 1
    assert "There is no knowledge base" in said
    assert "the platform's data folder, since no home is given" in said
    elsewhere = run_in(tmp_path / "nowhere")(*words)
    assert f"The home is {tmp_path / 'nowhere'} (given by --home)." in " ".join(elsewhere.err.split())


@pytest.mark.parametrize("words", [["load", "--specimen", "--register"], ["load", "--specimen", "."]])
def test_the_specimen_is_loaded_alone(tmp_path: Path, words: list[str]) -> None:
    """Invented instructions would come between others."""
    ran = run_in(tmp_path / "home")(*words)
    assert ran.exit_code == 2
    assert "The specimen is loaded alone" in " ".join(ran.err.split())
    assert not (tmp_path / "home").exists()


def test_the_specimen_is_refused_by_a_home_with_other_pages(saved: Path, tmp_path: Path) -> None:
    """The same in two steps."""
    inforce = run_in(tmp_path / "home")
    inforce("load", saved)
    ran = inforce("load", "--specimen")
    assert ran.exit_code == 2
    assert "expected an empty home for the specimen" in " ".join(ran.err.split())


@pytest.mark.parametrize("words", [["load", "saved/1.htm"], ["load", "--register"]])
def test_other_pages_are_refused_by_the_specimens_home(
    saved: Path, specimen_home: Path, words: list[str]
) -> None:
    """The same the other way round."""
    ran = run_in(specimen_home)(*words)
    assert ran.exit_code == 2
    assert "which holds the specimen" in " ".join(ran.err.split())
    assert run_in(specimen_home)("show", "ZX1.5").exit_code == 1


@pytest.mark.parametrize(
    ("also", "why"),
    [
        ("/specimen", "it names no home"),
        ("/specimen=", "it names no home"),
        ("specimen=there", "it is no prefix"),
        ("/=there", "it is no prefix"),
        ("/two/words=there", "it is no prefix"),
        ("/Specimen=there", "it is no prefix"),
        ("/contents=there", "a page of the manual at / has this address"),
        ("/static=there", "a page of the manual at / has this address"),
        ("/a16=there", "it would hide the instruction A16"),
        ("/appendix-13=there", "it would hide the instruction Appendix 13"),
    ],
)
def test_a_prefix_that_can_not_be_used_is_refused_in_words(tmp_path: Path, also: str, why: str) -> None:
    """A page of the first manual would be hidden, or the second one never found."""
    ran = run_in(tmp_path / "home")("serve", "--port", "0", "--also", also)
    assert ran.exit_code == 2
    assert why in " ".join(ran.err.split())


def test_a_prefix_given_twice_is_refused(inforce: Inforce) -> None:
    """One of two homes would be left out without a word."""
    ran = inforce("serve", "--port", "0", "--also", "/b=one", "--also", "/b=two")
    assert ran.exit_code == 2
    assert "/b is given twice" in " ".join(ran.err.split())


def test_serve_shows_several_manuals_and_says_which_homes(
    saved: Path, specimen_home: Path, tmp_path: Path
) -> None:
    """A newcomer would see the bundled facts and no text anywhere."""
    command = [sys.executable, "-m", "manual.cli", "--home", "new", "serve", "--port", "0"]
    command += ["--also", f"/specimen={specimen_home}"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        first, own, other = (server.stderr.readline() for _ in range(3))
        try:
            found = re.search(r"http://\S+/", first)
            assert found, first
            assert (
                f"from the home {tmp_path / 'new'} (given by --home). Nothing was loaded into it yet" in own
            )
            assert f"{found[0]}specimen/ from the home {specimen_home} (given by --also)" in other
            with urllib.request.urlopen(f"{found[0]}specimen/J1.1", timeout=20) as answer:
                assert "Specimen." in answer.read().decode()
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()  # a shell that runs this in the background has it ignore the signal
            server.stderr.read()
