"""Shared page sets and reports whose right answers are known: through the parser, then the history of one code."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from manual.history.answers import in_force_on
from manual.history.deriving import history_of
from manual.load import load
from manual.model import Answer, Code, Finding, History, Seen, Sha256, SitePath, When
from manual.parse import parse_capture
from manual.queries import KnowledgeBase

pytestmark = pytest.mark.shared
LOADED = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, tzinfo=UTC)
AUGUST = date(2026, 8, 10)
Page = tuple[Path, date | None]
"""A file and the known day on which it was saved."""


def from_pages(code: str, pages: Iterable[Page]) -> tuple[History, list[Finding]]:
    """The history of `code` from saved pages, and what their reading noticed."""
    said, findings = [], []
    for number, (path, captured) in enumerate(pages):
        sha = Sha256(f"sha256:{number}")
        folder = path.parent.name if path.parent.name.startswith("opsmanual") else "opsmanual"
        where = SitePath(f"{folder}/{path.stem}")
        media = "text" if path.suffix == ".txt" else "html"
        parsed = parse_capture(path.read_bytes(), media=media, site_path=where, sha256=sha)
        seen = Seen(captured or LOADED, captured is not None, sha)
        for text in (parsed, *parsed.others):
            said += [(statement, seen) for statement in text.statements if statement.code == code]
            findings += text.findings
    return history_of(Code(code), said), findings


def accepted_words(answer: Answer) -> set[str]:
    """The answer as the shared cases write it: its word, its word and start, its word and that it bears a caveat."""
    start = answer.version.validity.effective_from if answer.version else None
    caveat = answer.as_last_seen or (answer.version and not answer.version.gap_vouched)
    return {answer.answer, f"{answer.answer}@{start}"} | ({f"{answer.answer}+caveat"} if caveat else set())


def page_sets(folder: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((folder / "cases.json").read_text("utf-8"))
    return cases


def wrong_answers(case: dict[str, Any], folder: Path) -> list[str]:
    pages = [
        (folder / page["file"], date.fromisoformat(page["captured"]) if page["captured"] else None)
        for page in case["pages"]
    ]
    history, _ = from_pages(case["code"], pages)
    return [
        f"case {case['case']} ({case['about']}) on {day}: {answer.answer}; accepted: {', '.join(accepted)}"
        for day, accepted in case["accepted"].items()
        for answer in [in_force_on(history, date.fromisoformat(day))]
        if not accepted_words(answer) & set(accepted)
    ]


def test_every_shared_page_set_gets_an_accepted_answer(cases: Path) -> None:
    """Each stands for a kind of page whose answer was wrong once."""
    folder = cases / "history"
    sets = page_sets(folder)
    assert len(sets) >= 39
    assert [line for case in sets for line in wrong_answers(case, folder)] == []


@pytest.fixture
def reports(cases: Path) -> Path:
    return cases / "reports"


def words(history: History, *days: str) -> list[str]:
    return [in_force_on(history, date.fromisoformat(day)).answer for day in days]


def start_on(history: History, day: str) -> date | None:
    version = in_force_on(history, date.fromisoformat(day)).version
    return version.validity.effective_from if version else None


def test_an_address_outranks_for_a_day_what_it_showed_before(reports: Path) -> None:
    """r01: the first day was corrected to an earlier one; the day it was corrected from would stay the answer."""
    folder = reports / "r01_corrected_date"
    history, _ = from_pages(
        "ZC1.1",
        [(folder / "day1/93001.htm", date(2021, 3, 1)), (folder / "day2/93001.htm", date(2021, 3, 10))],
    )
    assert words(history, "2021-02-14", "2021-03-10", "2021-03-11") == [
        "before_record",
        "in_force",
        "in_force",
    ]
    assert start_on(history, "2021-03-10") == date(2021, 2, 15)
    corrected = in_force_on(history, date(2021, 3, 10))
    assert "start_corrected" in {finding.kind for finding in history.findings}
    assert corrected.as_last_seen is None


def test_a_start_put_off_twice_is_not_in_force_from_the_first_day_announced(reports: Path) -> None:
    """r03: a page seen before its first day would be in force although its address put that day off."""
    folder = reports / "r03_start_postponed"
    sights = (("a", date(2021, 1, 20)), ("b", date(2021, 3, 10)), ("c", date(2021, 5, 10)))
    history, _ = from_pages("ZA8.1", [(folder / name / "91080.htm", seen) for name, seen in sights])
    for day in ("2021-02-16", "2021-03-01", "2021-04-16", "2021-10-31"):
        answer = in_force_on(history, date.fromisoformat(day))
        assert (answer.answer, start_on(history, day)) in {
            ("disputed", None),
            ("in_force", date(2010, 11, 29)),
        }, day
    assert start_on(history, "2021-02-15") == date(2010, 11, 29)
    assert start_on(history, "2021-11-01") == date(2021, 11, 1)


@pytest.mark.parametrize(
    ("code", "first", "other", "end"),
    [("ZC3.1", "93020", "93021", "2026-01-01"), ("ZC3.10", "93022", "93023", "2026-03-01")],
)
def test_an_end_that_another_page_states_ends_the_code_it_speaks_of(
    reports: Path, code: str, first: str, other: str, end: str
) -> None:
    """r06: the instruction would stay in force for ever, and nothing would name the page that ended it."""
    folder = reports / "r06_ended_by_another_page"
    pages = [
        (folder / f"day1/{first}.htm", date(2025, 6, 1)),
        (folder / f"day2/{other}.htm", date(2026, 8, 11)),
    ]
    history, _ = from_pages(code, pages)
    before = date.fromordinal(date.fromisoformat(end).toordinal() - 1).isoformat()
    assert words(history, before, end, "2026-08-11") == ["in_force", "ended", "ended"]
    (version,) = history.versions
    assert version.captures == ("sha256:0", "sha256:1")
    assert version.title in {"Piers", "Quays"}


def test_a_web_archives_address_says_when_its_page_was_seen(reports: Path, tmp_path: Path) -> None:
    """r07: the day on which the copy was taken in would pass for the day on which the page was seen."""
    load(tmp_path, [reports / "r07_wayback_day/wb2.htm"], captured=None, now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        (code,) = kb.codes()
        answer = kb.in_force_on(code, When(date(2026, 1, 1)))
        assert (answer.answer, answer.as_last_seen) == ("in_force", date(2015, 8, 15))


def test_an_end_before_its_own_start_disputes_the_days(reports: Path) -> None:
    """r08: keeping one of the two dates would make a definite answer of a contradiction."""
    folder = reports / "r08_end_before_start"
    history, _ = from_pages("ZD1.8", [(folder / "93107.htm", AUGUST)])
    assert "ends_before_start" in {finding.kind for finding in history.findings}
    assert words(history, "2013-05-03", "2013-05-04", "2015-03-22", "2026-08-10") == ["disputed"] * 4
    ranged, _ = from_pages("ZD1.14", [(folder / "93113.htm", AUGUST)])
    held = in_force_on(ranged, date(2014, 1, 1))
    named = (held.version,) if held.version else held.candidates
    assert held.answer in ("in_force", "disputed")
    assert date(2013, 5, 4) in {claim.day for version in named for claim in version.starts}
