"""What captures changed: two histories side by side, and the days on which captures were taken in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from toy_pages import contents, instruction, raw, take

from manual.captures import RawCapture
from manual.model import Code
from manual.queries import KnowledgeBase
from manual.queries.differences import Difference, differences
from manual.queries.replay import ReplayedDay

FIRST = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEEN = date(2026, 2, 1)
DAY = timedelta(days=1)


def _load(home: Path, number: int, *captures: RawCapture) -> None:
    """Taken in on the 1st, 2nd … of March."""
    take(home, *captures, now=FIRST + number * DAY)


def _replay(home: Path, since: date = date(2026, 3, 1), until: date | None = None) -> list[ReplayedDay]:
    with KnowledgeBase(home) as kb:
        return list(kb.replay(since, until))


def _told(one: Difference) -> tuple[str, date | None, date | None, str, str, str]:
    return one.code, one.first, one.until, one.before.answer, one.after.answer, one.kind


def test_day_on_which_a_capture_was_taken_in_lists_what_it_changed(tmp_path: Path) -> None:
    """A keeper could not tell who relied on an answer that was corrected later."""
    _load(tmp_path, 0, raw(instruction("ZA1", date(2020, 1, 1)), date(2021, 1, 1), "opsmanual/1"))
    _load(tmp_path, 1, raw(instruction("ZA1", date(2022, 1, 1)), SEEN, "opsmanual/1"))
    first, second = _replay(tmp_path)
    assert (first.day, first.new_codes, first.changes) == (date(2026, 3, 2), 1, ())  # the 2nd in New Zealand
    assert (second.day, second.captures, second.new_codes) == (date(2026, 3, 3), 1, 0)
    (change,) = second.changes
    assert _told(change.difference) == ("ZA1", date(2022, 1, 1), None, "in_force", "in_force", "changed")
    assert change.difference.before.versions[0].effective_from == date(2020, 1, 1)
    assert change.difference.before.as_last_seen
    assert [capture.filename for capture in change.captures] == ["toy.htm"]


def test_since_is_included_and_until_is_not(tmp_path: Path) -> None:
    """A day would be told twice, or by nobody, when replays follow each other."""
    for number in range(3):
        _load(tmp_path, number, raw(instruction("ZA1", date(2020 + number, 1, 1)), SEEN, "opsmanual/1"))
    days = [one.day for one in _replay(tmp_path, date(2026, 3, 3), date(2026, 3, 4))]
    assert days == [date(2026, 3, 3)]


def test_what_the_past_answered_is_not_what_was_seen_by_then(tmp_path: Path) -> None:
    """A page of 2023 that was loaded on the second day changed the answers of that day, whatever `known` says."""
    _load(tmp_path, 0, raw(instruction("ZA1", date(2022, 1, 1)), SEEN, "opsmanual/2"))
    _load(tmp_path, 1, raw(instruction("ZA1", date(2020, 1, 1), old=True), date(2023, 1, 1), "opsmanual/1"))
    (change,) = _replay(tmp_path)[1].changes
    assert _told(change.difference) == (
        "ZA1",
        date(2020, 1, 1),
        date(2022, 1, 1),
        "before_record",
        "in_force",
        "settled",
    )


def test_a_later_day_that_is_still_to_come_is_no_past_answer(tmp_path: Path) -> None:
    """An announced version would be listed as a change of what nobody was answered yet."""
    _load(tmp_path, 0, raw(instruction("ZA1", date(2020, 1, 1)), SEEN, "opsmanual/1"))
    _load(tmp_path, 1, raw(instruction("ZA1", date(2026, 9, 1)), SEEN, "opsmanual/2"))
    assert _replay(tmp_path)[1].changes == ()


def test_the_capture_that_alone_makes_a_change_is_named(tmp_path: Path) -> None:
    """With all captures of a busy day beside each change nobody would find the page to look at."""
    _load(tmp_path, 0, raw(instruction("ZA1", date(2020, 1, 1)), date(2021, 1, 1), "opsmanual/1"))
    page = instruction("ZA1", date(2022, 1, 1))
    _load(
        tmp_path,
        1,
        raw(contents(("part", "ZA1", "Toys under ZA1", None)), SEEN, "opsmanual/toc"),
        raw(page, SEEN, "opsmanual/1"),
    )
    (change,) = _replay(tmp_path)[1].changes
    assert [capture.site_path for capture in change.captures] == ["opsmanual/1"]


def test_loading_the_same_again_changes_nothing(tmp_path: Path) -> None:
    """A repeated load would be blamed for what the first one did."""
    page = raw(instruction("ZA1", date(2020, 1, 1)), SEEN, "opsmanual/1")
    _load(tmp_path, 0, page)
    _load(tmp_path, 1, page)
    assert [one.day for one in _replay(tmp_path)] == [date(2026, 3, 2)]


def test_replay_of_all_days_ends_with_the_answers_of_today(tmp_path: Path) -> None:
    """Else the replay would tell of another history than the one that answers."""
    pages = [
        raw(instruction("ZA1", date(2020, 1, 1), listed=[date(2018, 1, 1)]), SEEN, "opsmanual/1"),
        raw(instruction("ZA1", date(2018, 1, 1), old=True), None, "opsmanual/2"),
        raw(instruction("ZA1", date(2023, 5, 1)), date(2024, 1, 1), "opsmanual/3"),
    ]
    for number, page in enumerate(pages):
        _load(tmp_path / "step", number, page)
    _load(tmp_path / "first", 0, pages[0])
    with KnowledgeBase(tmp_path / "first") as one, KnowledgeBase(tmp_path / "step") as other:
        whole = differences(one.history_of(Code("ZA1")), other.history_of(Code("ZA1")))
    changed = [change.difference for day in _replay(tmp_path / "step") for change in day.changes]
    assert {(d.first, d.until) for d in whole} <= {(d.first, d.until) for d in changed}
    assert whole


def test_a_text_or_a_further_sight_changes_no_answer(tmp_path: Path) -> None:
    """Each saved page would be reported as a changed answer."""
    dates = [date(2019, 1, 1)]
    _load(tmp_path, 0, raw(instruction("ZA1", date(2020, 1, 1), listed=dates), SEEN, "opsmanual/1"))
    _load(tmp_path, 1, raw(instruction("ZA1", date(2019, 1, 1), old=True), SEEN, "opsmanual/2"))
    _load(
        tmp_path, 2, raw(instruction("ZA1", date(2020, 1, 1), listed=dates), date(2026, 2, 20), "opsmanual/1")
    )
    assert [one.changes for one in _replay(tmp_path)] == [(), (), ()]


def test_other_words_for_the_same_first_day_change_the_answer(tmp_path: Path) -> None:
    """A text that was edited in silence would not be noticed."""
    _load(
        tmp_path,
        0,
        raw(instruction("ZA1", date(2020, 1, 1), words=["One."]), date(2021, 1, 1), "opsmanual/1"),
    )
    _load(tmp_path, 1, raw(instruction("ZA1", date(2020, 1, 1), words=["Two."]), SEEN, "opsmanual/1"))
    (change,) = _replay(tmp_path)[1].changes
    assert change.difference.kind == "changed"
