"""The printed lines as an adviser reads them: what is said beside a code, and that nothing runs together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cli.conftest import Inforce, run_in

from manual.dates import in_words, today
from manual.model import Code
from manual.pages.as_text import changes_lines
from manual.queries.results import VersionChange

INVENTED = "Specimen. It was invented to show how this works"


@pytest.fixture(scope="module")
def specimen_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("specimen") / "home"
    run_in(home)("load", "--specimen")
    return home


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Inforce:
    """`inforce` with the bundled facts about the real manual."""
    inforce = run_in(tmp_path_factory.mktemp("register") / "home")
    inforce("load", "--register")
    return inforce


@pytest.fixture
def inforce(specimen_home: Path) -> Inforce:
    return run_in(specimen_home)


@pytest.mark.parametrize(
    "words",
    [
        ("show", "J1.1", "--on", "2020-09-10"),  # its text, which says so too, is not held
        ("history", "J1.1"),
        ("compare", "J2.5", "2021-01-01", "2026-08-11"),
    ],
)
def test_what_is_invented_says_so(inforce: Inforce, words: tuple[str, ...]) -> None:
    """If it failed, an invented rule would be read as law."""
    assert INVENTED in inforce(*words).out


def test_what_is_not_invented_does_not_say_so(register: Inforce) -> None:
    """If it failed, nobody would heed the words where they count."""
    assert "in force" in register("show", "WA3.15").out
    assert INVENTED not in register("show", "WA3.15").out
    assert INVENTED not in register("history", "WA3.15").out


def test_contents_of_the_specimen_say_what_they_are(inforce: Inforce, register: Inforce) -> None:
    """If it failed, its contents would pass for the real ones."""
    assert "Administration [specimen]" in inforce("contents", "--on", "2026-08-11").out.splitlines()
    assert "[specimen]" not in register("contents", "--on", "2026-08-11").out


def test_contents_tell_what_they_do_not_list_apart(register: Inforce) -> None:
    """If it failed, a code that the contents lack would seem to be listed there."""
    lines = register("contents", "--on", "2026-08-11").out.splitlines()
    (stray,) = (one for one in lines if one.strip().startswith("A4.35 "))
    assert stray.endswith("[ended] [known from pages, not in these contents]")
    assert "18 appendices, 72 pages of appendices" in lines[-2]


def test_marks_do_not_run_into_the_words_before_them(inforce: Inforce) -> None:
    """If it failed, `J1.1(b)(iii)[added]` would be taken for a place."""
    compared = inforce("compare", "J1.1", "2020-01-01", "2026-01-01").out
    assert "J1.1(b)(iii)  [added]" in compared
    found = inforce("search", "acceptable", "employment", "--any-time").out
    assert "  [ended]" in found


def test_a_change_without_a_title_ends_without_a_colon() -> None:
    """If it failed, a reader would look for the words that got lost."""
    change = VersionChange(
        code=Code("A9.10"), title="", day=date(2010, 11, 29), kind="replaced", old=None, new=None, part=""
    )
    lines = [
        "".join(run.text for run in made) for made in changes_lines(change.day, date(2010, 12, 1), [change])
    ]
    assert lines[-1] == "  A9.10 was replaced"


def test_a_part_given_by_code_is_that_part_and_no_more(inforce: Inforce) -> None:
    """If it failed, a search in one chapter would answer from the whole book around it."""
    found = inforce("search", "certificate", "--part", "j2", "--on", "2024-01-01", "--json").json
    assert found["hits"]
    assert all(hit["code"].startswith("J2") for hit in found["hits"])
    nothing = inforce("search", "certificate", "--part", "J77")
    assert (nothing.exit_code, "Nothing was found" in nothing.out) == (0, True)
    assert "J77 is not known here" in nothing.err


def test_today_may_be_typed_for_a_day(inforce: Inforce) -> None:
    """If it failed, comparing with today would mean looking at a calendar."""
    ran = inforce("compare", "J2.5", "2021-01-01", "Today")
    assert ran.exit_code == 0
    assert f"New on {in_words(today())}:" in ran.out


def test_a_code_not_yet_known_is_not_called_unknown_for_good(register: Inforce) -> None:
    """If it failed, an adviser would be told that A16.1 does not exist."""
    out = register("show", "A16.1", "--known", "2019-01-01").out
    assert "no such code" not in out
    assert "saved by 1 January 2019" in out
    out = register("show", "ZZ9.1").out
    assert "no such code" not in out
    assert "not known here" in out


def test_a_version_that_ceased_with_its_edition_is_said_to_have_ended(register: Inforce) -> None:
    """If it failed, the sentence would have no verb."""
    assert (
        "Its last version ended when the whole edition ceased on 29 November 2010"
        in register("show", "BC3").out
    )


def test_one_file_is_one_file(inforce: Inforce, tmp_path: Path) -> None:
    """If it failed, the summary would read `1 files`."""
    assert ", 1 file, " in inforce("export", "single", tmp_path / "x.html", "--part", "J2").out


EARLY = "2024-06-01"
"""Most pages of the specimen were seen later."""


@pytest.mark.parametrize(
    "words",
    [
        ["show", "K1.15", "--on", "2023-03-01"],
        ["history", "K1.15"],
        ["contents", "--on", "2023-03-01"],
        ["compare", "K1.15", "2021-01-01", "2023-03-01"],
        ["changes", "2019-01-01", "2023-03-01"],
        ["check"],
    ],
)
def test_every_reading_command_leaves_out_what_was_seen_later_and_says_so(
    inforce: Inforce, words: list[str]
) -> None:
    """If it failed, a list would hold what nobody could know on the day it speaks for."""
    then, now = inforce(*words, "--known", EARLY, "--json"), inforce(*words, "--json")
    assert (then.json["known"], now.json["known"]) == (EARLY, None)
    assert {**then.json, "known": None} != now.json
    said = inforce(*words, "--known", EARLY)
    assert "on 1 June 2024" in said.out
    assert "on 1 June 2024" not in inforce(*words).out


def test_a_search_finds_what_was_known_then(inforce: Inforce) -> None:
    """If it failed, hits in pages seen later would pass for what could be known."""
    then, now = (
        inforce("search", "officer", "--on", "2023-03-01", *dial, "--json").json
        for dial in (("--known", EARLY), ())
    )
    assert then["known"] == EARLY
    assert now["known"] is None
    assert {hit["code"] for hit in then["hits"]} < {hit["code"] for hit in now["hits"]}
