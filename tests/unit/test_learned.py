"""What captures taught: the answers for days gone by that each of them changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from toy_pages import NOW, instruction, raw, take

from manual.model import Code, When
from manual.queries import KnowledgeBase
from manual.queries.learned import AnswerRun, Shift, Told, VersionTold, shifts

CODE = Code("ZB1.1")
FIRST, SECOND, THIRD = date(2025, 1, 10), date(2025, 6, 10), date(2025, 9, 10)


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    """A page of 2024 seen twice; then one that lists a version of 2020 and an earlier end of it; an announced one."""
    take(
        tmp_path,
        raw(instruction("ZB1.1", date(2024, 1, 1)), FIRST),
        raw(instruction("ZB1.1", date(2024, 1, 1)), date(2025, 3, 1)),
        raw(instruction("ZB1.1", date(2024, 7, 1), words=["New."], listed=[date(2020, 1, 1)]), SECOND),
        raw(
            instruction(
                "ZB1.1", date(2026, 1, 1), words=["Later."], listed=[date(2020, 1, 1), date(2024, 7, 1)]
            ),
            THIRD,
        ),
    )
    with KnowledgeBase(tmp_path) as kb:
        yield kb


def test_each_day_on_which_a_capture_changed_an_answer_is_told(kb: KnowledgeBase) -> None:
    """Whoever decided on an answer of last month would never hear that it was wrong."""
    told = kb.learned(CODE)
    assert [one.day for one in told] == [SECOND]
    assert [len(one.captures) for one in told] == [1]


def test_the_days_and_both_answers_are_those_of_the_second_dial(kb: KnowledgeBase) -> None:
    """What is said to have been answered before would not be what was answered before."""
    [one] = kb.learned(CODE)
    for shift in one.shifts:
        assert shift.first is None or shift.first <= one.day
        assert shift.until is not None
        assert shift.until <= date(2025, 6, 11)
        day = shift.first or date(1950, 1, 1)
        before = kb.in_force_on(CODE, When(day, date(2025, 6, 9)))
        after = kb.in_force_on(CODE, When(day, SECOND))
        assert (before.answer, after.answer) == (shift.before.answer, shift.after.answer)
        if after.answer == "in_force":
            assert after.version is not None
            assert shift.after.versions == (VersionTold(after.version.validity.effective_from),)
    assert (date(2020, 1, 1), "before_record", "in_force") in {
        (shift.first, shift.before.answer, shift.after.answer) for shift in one.shifts
    }


def test_an_announcement_changes_no_answer_for_days_gone_by(kb: KnowledgeBase) -> None:
    """It is told as an announcement."""
    assert THIRD not in {one.day for one in kb.learned(CODE)}


def test_since_a_day_the_same_is_told_of_the_days_from_then_on(kb: KnowledgeBase) -> None:
    """A short list would compare with the wrong state before it, or leave out its own first day."""
    every = kb.learned(CODE)
    for since in (
        FIRST,
        date(2025, 3, 1),
        date(2025, 6, 9),
        SECOND,
        date(2025, 6, 11),
        THIRD,
        date(2026, 1, 1),
    ):
        assert kb.learned(CODE, since) == tuple(one for one in every if one.day >= since), since


def test_as_known_by_a_day_nothing_learned_later_is_told(kb: KnowledgeBase) -> None:
    """The second dial would leak what was read later."""
    assert kb.learned(CODE, known=date(2025, 6, 9)) == ()
    assert [one.day for one in kb.learned(CODE, known=SECOND)] == [SECOND]


def test_a_page_of_unknown_day_counts_from_the_day_it_was_taken_in(tmp_path: Path) -> None:
    """As for the second dial: nobody could know of it here before."""
    take(tmp_path, raw(instruction("ZB1.1", date(2024, 1, 1)), FIRST))
    take(tmp_path, raw(instruction("ZB1.1", date(2022, 1, 1), address="toys/old", old=True)), now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        assert [str(one.day) for one in kb.learned(CODE)] == ["2026-03-02"]  # of NOW, where the publisher is


def test_runs_that_differ_are_told_once_and_joined() -> None:
    """One change of answers would be told as many."""
    a, b, none = Told("in_force", (VersionTold(date(2020, 1, 1)),)), Told("ended"), Told("undated")
    one = [AnswerRun(None, none), AnswerRun(date(2020, 1, 1), a), AnswerRun(date(2022, 1, 1), b)]
    other = [
        AnswerRun(None, none),
        AnswerRun(date(2020, 1, 1), a),
        AnswerRun(date(2021, 1, 1), b),
        AnswerRun(date(2021, 6, 1), b),
    ]
    assert shifts(one, other) == (Shift(first=date(2021, 1, 1), until=date(2022, 1, 1), before=a, after=b),)
    assert shifts(one, other, date(2021, 1, 1)) == ()
    assert shifts(one, one) == ()
