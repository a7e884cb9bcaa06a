"""`inforce changes --since FILE`: what is new since the last run, for cron and mail."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cli.conftest import Inforce
from toy_pages import instruction, raw, take

from manual.model import Code
from manual.queries import KnowledgeBase
from manual.queries.learned import AnswerRun, Told, VersionTold

BEGUN = date(2024, 1, 1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two instructions under ZC1 and one elsewhere."""
    home = tmp_path / "home"
    for code in ("ZC1.1", "ZC1.5", "ZD1.1"):
        take(home, raw(instruction(code, BEGUN), date(2025, 1, 10)))
    return home


def load_late_page(home: Path, code: str = "ZC1.1") -> None:
    """A page that shows a newer version, and lists one that lay before."""
    take(
        home,
        raw(
            instruction(code, date(2025, 3, 1), words=["New."], listed=[BEGUN, date(2020, 5, 1)]),
            date(2025, 6, 1),
        ),
    )


def on_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr("manual.cli.asking.today", lambda: day)


def test_nothing_is_printed_where_nothing_is_new(inforce: Inforce, tmp_path: Path) -> None:
    """Cron would send a mail every night."""
    first = inforce("changes", "--since", tmp_path / "w.json")
    assert (first.exit_code, first.out) == (0, "")
    assert "3 codes are followed" in first.err
    again = inforce("changes", "--since", tmp_path / "w.json")
    assert (again.exit_code, again.out, again.err) == (0, "", "")


def test_what_was_learned_is_told_once_with_both_answers(
    inforce: Inforce, home: Path, tmp_path: Path
) -> None:
    """Whoever decided by the old answer would not hear of it, or every night."""
    file = tmp_path / "w.json"
    inforce("changes", "--since", file)
    load_late_page(home)
    told = inforce("changes", "--since", file).out
    assert "ZC1.1" in told
    assert (
        "1 May 2020 to 31 December 2023: was before the record, is in force (version of 1 May 2020)." in told
    )
    assert (
        "From 1 March 2025: was in force (version of 1 January 2024), is in force (version of 1 March 2025)."
        in told
    )
    assert "ZC1.5" not in told
    assert inforce("changes", "--since", file).out == ""


def test_only_the_codes_given_and_those_below_them_are_followed(
    inforce: Inforce, home: Path, tmp_path: Path
) -> None:
    """An adviser of one chapter would read about the whole manual."""
    file = tmp_path / "w.json"
    assert "2 codes" in inforce("changes", "--since", file, "--code", "zc1.1", "--code", "ZC1.5").err
    load_late_page(home)
    load_late_page(home, "ZD1.1")
    told = inforce("changes", "--since", file, "--json").json  # the list is kept in the file
    assert {one["code"] for one in told["news"]} == {"ZC1.1"}
    with KnowledgeBase(home) as kb:
        assert told["rests_on"]["knowledge_base"] == kb.digest


def test_of_a_case_only_the_answers_for_its_days_count(inforce: Inforce, home: Path, tmp_path: Path) -> None:
    """News about days that have nothing to do with a case would hide those that have."""
    file = tmp_path / "w.json"
    inforce("changes", "--since", file, "--code", "ZC1.1", "--day", "2021-08-15", "--day", "2024-08-15")
    load_late_page(home)
    told = inforce("changes", "--since", file, "--json").json["news"]
    assert [(one["code"], one["first"], one["until"]) for one in told] == [
        ("ZC1.1", "2021-08-15", "2021-08-16")
    ]
    assert told[0]["before"] == {"answer": "before_record", "effective_from": []}
    assert told[0]["after"] == {"answer": "in_force", "effective_from": ["2020-05-01"]}


def test_a_day_that_comes_is_news_though_it_was_announced(
    inforce: Inforce, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version that everybody waited for would come into force unnoticed."""
    file = tmp_path / "w.json"
    load_late_page(home)
    on_day(monkeypatch, date(2025, 2, 1))
    inforce("changes", "--since", file)
    on_day(monkeypatch, date(2025, 2, 28))
    assert inforce("changes", "--since", file).out == ""
    on_day(monkeypatch, date(2025, 3, 1))
    assert "1 March 2025: was replaced." in inforce("changes", "--since", file).out
    assert inforce("changes", "--since", file).out == ""


def test_a_code_that_comes_to_be_known_is_news(inforce: Inforce, home: Path, tmp_path: Path) -> None:
    """A new instruction would be missed by whoever follows all."""
    file = tmp_path / "w.json"
    inforce("changes", "--since", file)
    take(home, raw(instruction("ZE1.1", BEGUN), date(2025, 6, 1)))
    told = inforce("changes", "--since", file).out
    assert "ZE1.1" in told
    assert "From 1 January 2024: was unknown code, is in force" in told


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", "null", '{"format": "inforce-since", "version": 9}', "\x00", "[" * 5000, "Dear diary"],
)
def test_a_file_of_something_else_is_refused_and_left_as_it_is(
    inforce: Inforce, tmp_path: Path, content: str
) -> None:
    """Somebody's letter would be overwritten."""
    file = tmp_path / "letter.txt"
    file.write_text(content, encoding="utf-8")
    ran = inforce("changes", "--since", file)
    assert ran.exit_code == 2
    assert "was not written by `changes --since`" in ran.err
    assert file.read_text(encoding="utf-8") == content


@pytest.mark.parametrize(
    "words",
    [
        [], ["2020-01-01"], ["2020-01-01", "2021-01-01", "--code", "ZC1.1"],
        ["2020-01-01", "2021-01-01", "--since", "x"],
        ["--since", "x", "--known", "2020-01-01"], ["--since", "x", "--code", "!!!"], ["--since", "x", "--day", "0"],
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_misuse(inforce: Inforce, words: list[str]) -> None:
    """Half of what was typed would be ignored."""
    assert inforce("changes", *words).exit_code == 2
    assert not Path("x").exists()


def test_an_unknown_code_is_refused(inforce: Inforce, tmp_path: Path) -> None:
    """Nothing would ever be told of it, and nobody would know why."""
    ran = inforce("changes", "--since", tmp_path / "w.json", "--code", "ZC1.7")
    assert ran.exit_code == 1
    assert "Nearest" in ran.err
    assert not (tmp_path / "w.json").exists()


def test_what_was_told_is_kept_whole(inforce: Inforce, home: Path, tmp_path: Path) -> None:
    """A difference between the file and what was told would be news each night."""
    from manual.cli import watchlist
    from manual.queries.news import Watched

    runs = (
        AnswerRun(None, Told("before_record")),
        AnswerRun(
            date(2020, 1, 1),
            Told("disputed", (VersionTold(date(2020, 1, 1)), VersionTold(None, "Kites \u0101"))),
        ),
    )
    watched = Watched(
        codes=(Code("ZC1"), Code("Appendix 3")), days=(BEGUN,), looked=BEGUN, told={Code("ZC1.1"): runs}
    )
    watchlist.write(tmp_path / "kept.json", watched)
    assert watchlist.read(tmp_path / "kept.json") == watched
