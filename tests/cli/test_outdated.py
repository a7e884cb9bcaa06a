"""A home that another version of the program derived: every command says so, and the next load mends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.conftest import Inforce

from manual.store import files
from manual.store.write import Writer

PAGE = """<!DOCTYPE html><html><head><title> ZZ9.1 Moorings </title></head><body onload="highlight('91001')">
<table><tr><td id="main"><p class="heading4" id="t91001">ZZ9.1 Moorings</p>
<p class="bodytext">A mooring has a ring.</p><p class="effectivedate">Effective 01/02/2020</p>
</td></tr></table></body></html>"""
WARNING = "derived by another version of this program"


@pytest.fixture
def outdated(inforce: Inforce, home: Path, tmp_path: Path) -> Inforce:
    page = tmp_path / "pages" / "91001.htm"
    page.parent.mkdir()
    page.write_text(PAGE, "utf-8")
    assert inforce("load", page.parent, "--captured", "2021-01-01").exit_code == 0
    with Writer(files.path_in(home)) as writer:
        writer.set_meta(history="another")
    return inforce


@pytest.mark.parametrize(
    "words",
    [
        ["show", "ZZ9.1"], ["show", "ZZ9.1", "--json"], ["history", "ZZ9.1"], ["contents"], ["check", "--json"],
        ["changes", "2020-01-01", "2021-01-01"], ["compare", "ZZ9.1", "2020-03-01", "2020-04-01"], ["search", "ZZ9.1"],
    ],
)  # fmt: skip
def test_every_command_warns_on_stderr_and_leaves_stdout_as_it_is(
    outdated: Inforce, words: list[str]
) -> None:
    """Yesterday's wrong answer would be given as if today's rules had made it."""
    before = outdated(*words)
    assert WARNING in before.err
    assert WARNING not in before.out
    assert outdated("rebuild").exit_code == 0
    after = outdated(*words)
    assert WARNING not in after.err
    # JSON alone says so as well: what a program is handed may be read without what stands on stderr
    marked = after.out.replace('"outdated": false', '"outdated": true')
    assert (marked != after.out) is ("--json" in words)
    assert (after.exit_code, marked) == (before.exit_code, before.out)


def test_load_of_the_same_pages_ends_the_warning(outdated: Inforce, tmp_path: Path) -> None:
    """A load that finds nothing new would leave the old answers there."""
    ran = outdated("load", tmp_path / "pages", "--captured", "2021-01-01", "--json")
    assert (ran.exit_code, ran.json["new"], ran.json["codes"]) == (0, 0, 1)
    assert WARNING not in outdated("show", "ZZ9.1").err


def test_edition_of_an_outdated_home_is_written_with_a_warning(outdated: Inforce, tmp_path: Path) -> None:
    """An edition is handed on, where nobody sees which program derived it."""
    ran = outdated("export", "single", tmp_path / "one.html")
    assert ran.exit_code == 0
    assert WARNING in ran.err
