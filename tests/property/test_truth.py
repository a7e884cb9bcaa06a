"""Answers about generated manuals never contradict what was true in them, and the judge of that can be trusted.

`make truth` runs the same on 1,000 manuals.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from manual.model import Answer, Code, History
from tests.property.truth.captures import take_captures
from tests.property.truth.judge import Verdict, evidence_of, judge
from tests.property.truth.program import in_memory, whole
from tests.property.truth.publisher import TODAY
from tests.property.truth.run import MOST_CAVEATS, MOST_DOUBT, judge_many, listing
from tests.property.truth.witness import Witness, witness
from tests.property.truth.world import DAY, make_manual

SEEDS = range(5000, 5020)


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return judge_many(SEEDS)


def test_no_answer_contradicts_what_was_true(verdict: Verdict) -> None:
    """If it fails, a wrong version is answered as if it were right; the listing says how to replay it."""
    assert not verdict.wrong, listing("wrong", verdict.wrong, 20)
    assert not verdict.bounds, listing("wrong bounds", verdict.bounds, 20)


def test_no_version_is_listed_that_never_was(verdict: Verdict) -> None:
    """If it fails, a history shows a version that no evidence calls for."""
    assert not verdict.phantoms, listing("phantoms", verdict.phantoms, 20)


@pytest.mark.parametrize("seed", [329, 707])
def test_a_row_on_a_page_in_force_is_another_version_of_its_first_day(seed: int) -> None:
    """A page in force listed a version of its own first day, which joined it and left a version that never was."""
    assert not judge_many(range(seed, seed + 1)).phantoms


def test_what_one_page_proves_is_answered_plainly(verdict: Verdict) -> None:
    """If it fails, answers are avoided, or hedged, where a single page settles them."""
    settled = verdict.settled.total()
    assert len(verdict.doubtful) <= settled * MOST_DOUBT / 100, listing("doubtful", verdict.doubtful, 20)
    assert len(verdict.caveated) <= settled * MOST_CAVEATS / 100, listing("caveated", verdict.caveated, 20)


def test_an_error_in_the_list_of_one_code_makes_no_answer_about_another_wrong() -> None:
    """If it fails, what one code's pages misprint changes what is answered about its neighbours."""
    found = judge_many(range(5100, 5104), lies=True)
    assert not found.wrong, listing("wrong", found.wrong, 20)


def test_a_loaded_home_answers_as_the_functions_do(tmp_path: Path) -> None:
    """If it fails, the judge's short way round the archive and the database tests another program than people use."""
    manual = make_manual(5030)
    captures = take_captures(manual)
    short, long = in_memory(captures), whole(captures, tmp_path)
    days = [date(2005, 1, 1) + DAY * (197 * n) for n in range((TODAY - date(2005, 1, 1)).days // 197)]
    with long.base:
        for code in short.histories:
            for day in days:
                found, own = long.answer(code, day), short.answer(code, day)
                # beside an answer the store also says what reading its pages brought up, and what other pages tell
                assert replace(found, findings=own.findings) == own, (code, day)
                assert set(own.findings) <= set(found.findings), (code, day)


# ---------------------------------------------------------------- the judge itself


def _judged(seeds: range, *, honest: bool) -> Verdict:
    total = Verdict()
    for seed in seeds:
        manual = make_manual(seed)
        captures = take_captures(manual)
        total.add(judge(manual, captures, witness(manual, captures, honest=honest)))
    return total


def test_the_judge_finds_no_fault_in_an_honest_witness() -> None:
    """If it fails, answers are called wrong that say no more than the captures do."""
    found = _judged(range(25), honest=True)
    assert found.cells.total() > 4000
    assert not found.wrong, listing("wrong", found.wrong, 20)
    assert not found.bounds, listing("wrong bounds", found.bounds, 20)


def test_the_judge_misses_the_caveats_that_are_left_out() -> None:
    """If it fails, a program that keeps silent about what it can't know would pass."""
    assert len(_judged(range(25), honest=False).wrong) > 50


class _Late(Witness):
    """Tells of each day what held on the day before."""

    def answer(self, code: str, day: date) -> Answer:
        return Witness.answer(self, code, day - DAY)


def test_the_judge_finds_every_change_that_comes_a_day_late() -> None:
    """If it fails, an answer that is wrong on the first day of a version passes."""
    manual = make_manual(1)
    captures = take_captures(manual)
    told = evidence_of(manual, captures)
    found = judge(manual, captures, _Late(told))
    wrong = {(cell.code, cell.day) for cell in found.wrong}
    for code, evidence in told.items():
        for version in evidence.code.versions:
            if version.number in evidence.dated and version.until != version.start:
                assert (code, version.start) in wrong


class _Stubborn:
    """Names one word for everything."""

    def answer(self, code: str, day: date) -> Answer:
        return Answer(code=Code(code), on=day, known=None, answer="disputed")

    def history(self, code: str) -> History | None:
        return None


def test_the_judge_counts_every_settled_cell_of_a_program_that_doubts_everything() -> None:
    """If it fails, a program could avoid wrong answers by giving none."""
    manual = make_manual(0)
    found = judge(manual, take_captures(manual), _Stubborn())
    assert not found.wrong
    assert len(found.doubtful) == found.settled.total() > 50


def test_a_manual_is_the_same_for_the_same_seed() -> None:
    """If it fails, a wrong answer that was found can't be replayed."""
    assert make_manual(7) == make_manual(7)
    assert take_captures(make_manual(7)) == take_captures(make_manual(7))
