"""Lines of the contents without a code: their status by the marks behind their titles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from manual.model import AnswerWord, EndClaim, StartClaim, When
from manual.pages.as_json import contents_json
from manual.pages.as_text import contents_lines
from manual.pages.contents_page import Branch, contents_page
from manual.queries import KnowledgeBase
from manual.queries.uncoded import Mention, status_on
from tests.toy_pages import contents, raw, take

OLD, NEW = date(2018, 3, 1), date(2022, 5, 1)
D = date(2020, 6, 27)
DAY = timedelta(days=1)


def _to(day: date | None, reading: str = "either") -> EndClaim:
    return EndClaim(day, "suffix", reading)  # type: ignore[arg-type]


def _perhaps(kind: str) -> EndClaim:
    return EndClaim(None, "suffix", "excluded", kind=kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ([Mention(NEW)], {NEW - DAY: "undated", NEW: "in_force", NEW + DAY: "in_force"}),
        ([Mention(None)], {NEW: "undated"}),
        ([Mention(NEW, ends=(_to(D),))], {D - DAY: "undated", D: "disputed", D + DAY: "ended", NEW: "ended"}),
        ([Mention(NEW, ends=(_to(D, "excluded"),))], {D - DAY: "undated", D: "ended"}),
        ([Mention(NEW, ends=(_to(D, "included"),))], {D: "undated", D + DAY: "ended"}),
        ([Mention(NEW, ends=(_to(None, "excluded"),))], {NEW - DAY: "undated", NEW: "ended"}),
        # "(closed to new applications)", "(suspended)": neither plainly in force nor ended
        ([Mention(NEW, ends=(_perhaps("unclear"),))], {NEW - DAY: "undated", NEW: "disputed"}),
        ([Mention(NEW, ends=(_perhaps("suspension"),))], {NEW: "disputed"}),
        ([Mention(None, ends=(_to(D, "excluded"),))], {D - DAY: "undated", D: "ended"}),
        (
            [Mention(OLD), Mention(NEW, ends=(_to(D, "excluded"),))],
            {OLD - DAY: "undated", OLD: "in_force", D - DAY: "in_force", D: "ended", NEW: "ended"},
        ),
        (
            [Mention(OLD), Mention(NEW, ends=(_to(None, "excluded"),))],
            {OLD: "in_force", OLD + DAY: "disputed", NEW - DAY: "disputed", NEW: "ended"},
        ),
        (
            [Mention(OLD + DAY, ends=(_to(OLD, "excluded"),)), Mention(NEW)],
            {OLD: "ended", NEW - DAY: "ended", NEW: "in_force"},
        ),
        ([Mention(NEW, starts=(StartClaim(D, "suffix"),))], {D - DAY: "before_record", D: "in_force"}),
        (
            [Mention(NEW, starts=(StartClaim(NEW + 2 * DAY, "suffix"),))],
            {NEW - DAY: "before_record", NEW: "not_yet", NEW + 2 * DAY: "in_force"},
        ),
        (
            [Mention(NEW, starts=(StartClaim(D, "suffix"),), ends=(_to(D, "excluded"),))],
            {D - DAY: "before_record", D: "disputed", NEW: "disputed"},
        ),
    ],
)
def test_line_without_a_code_is_answered_by_its_marks(
    said: list[Mention], answers: dict[date, AnswerWord]
) -> None:
    """A list that has ended would look as if it still counted, or one that counts as ended."""
    assert {day: status_on(said, day) for day in answers} == answers
    assert {day: status_on(said[::-1], day) for day in answers} == answers


def _statuses(home: Path, when: When) -> dict[str, tuple[str | None, str, str]]:
    """By title what the JSON, the lines and the page say of an entry."""
    with KnowledgeBase(home) as kb:
        contents = kb.contents_on(when)
        page = contents_page(kb, when)
    told = {entry["title"]: entry["status"] for entry in contents_json(contents)["entries"]}
    printed = {"".join(run.text for run in line).strip() for line in contents_lines(contents)}
    labels = {branch.entry.title: branch.status for branch in _walk(page.branches)}
    return {
        title: (word, next((p for p in printed if p.startswith(title)), ""), labels[title])
        for title, word in told.items()
    }


def _walk(branches: tuple[Branch, ...]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _walk(branch.children)


def test_contents_say_which_lists_have_ended(tmp_path: Path) -> None:
    """Readers of the page, the command and the JSON would take an ended list for one that counts; and a heading of
    contents that were captured later would look doubtful."""
    lines = (
        ("top", "", "Appendices", None),
        ("appendix", "Appendix 8", "Piers", "Appendices"),
        ("appendix_child", "", "North pier", "Appendix 8"),
        ("appendix_child", "", "South pier", "Appendix 8"),
    )
    take(tmp_path, raw(contents(*lines, ended={"North pier": _to(D)}), NEW))
    after = _statuses(tmp_path, When(NEW))
    assert after["North pier"] == ("ended", "North pier [ended]", "Ended")
    assert after["South pier"] == ("in_force", "South pier", "")
    assert after["Appendices"] == ("in_force", "Appendices", "")
    assert _statuses(tmp_path, When(D))["North pier"] == ("disputed", "North pier [disputed]", "Disputed")
    before = _statuses(tmp_path, When(D - DAY))
    assert before["South pier"] == ("undated", "South pier [undated]", "Undated")
    assert before["Appendices"] == ("undated", "Appendices", "")


def test_mark_that_is_printed_later_is_not_known_before(tmp_path: Path) -> None:
    """A state of the past would know how the story went on."""
    lines = (("top", "", "Piers", None), ("heading", "", "North pier", "Piers"))
    take(tmp_path, raw(contents(*lines), OLD), raw(contents(*lines, ended={"North pier": _to(D)}), NEW))
    assert _statuses(tmp_path, When(D + DAY))["North pier"][0] == "ended"
    assert _statuses(tmp_path, When(D + DAY, OLD))["North pier"][0] == "in_force"
