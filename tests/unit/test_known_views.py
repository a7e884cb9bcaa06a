"""How what was known by a day is kept: shared, derived when asked for, and safe under many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from toy_pages import contents, instruction, raw, take

from manual.errors import StoreError
from manual.history.deriving import history_of
from manual.model import Code, Statement, When
from manual.pages.version_view import version_view
from manual.queries import KnowledgeBase
from manual.store import rows

RECORDED = datetime(2020, 6, 1, 12, tzinfo=UTC)
EARLY, LATE = date(2020, 1, 10), date(2020, 3, 10)
BETWEEN = date(2020, 2, 1)
ON = date(2020, 4, 1)
ONE, TWO = Code("ZF1.5"), Code("ZF2.1")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """ZF1.5 is told of twice, ZF2.1 once and early."""
    take(
        tmp_path,
        raw(contents(("top", "", "Boats", None), ("section", ONE, "Rowing boats", "Boats")), EARLY),
        raw(instruction(ONE, date(2019, 1, 1), title="Rowing boats"), EARLY),
        raw(instruction(TWO, date(2019, 1, 1), title="Ferries"), EARLY),
        raw(instruction(ONE, date(2020, 2, 20), title="Punts"), LATE),
        now=RECORDED,
    )
    return tmp_path


@pytest.mark.parametrize("moment", [datetime(2020, 1, 1, tzinfo=UTC), "2020-01-01", None])
def test_a_dial_takes_plain_days_only(moment: object) -> None:
    """A moment compares with days in ways that are wrong half the day."""
    with pytest.raises(TypeError, match=r"expected a datetime\.date"):
        When(moment)  # type: ignore[arg-type]
    if moment is not None:
        with pytest.raises(TypeError, match=r"expected a datetime\.date"):
            When(ON, moment)  # type: ignore[arg-type]


def test_a_question_derives_only_what_it_needs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One answer as known by a day would take as long as deriving the whole manual."""
    derived: list[Code] = []

    def noticed(code: Code, said: object, **how: object) -> object:
        derived.append(code)
        return history_of(code, said, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(rows, "history_of", noticed)
    with KnowledgeBase(home) as kb:
        for known in (BETWEEN, EARLY, date(2020, 3, 9)):  # nothing was seen between these days
            answer = kb.in_force_on(ONE, When(ON, known))
            assert answer.version is not None
            assert (answer.known, answer.version.title) == (known, "Rowing boats")
            assert kb.in_force_on(TWO, When(ON, known)).version is not None
    assert derived == [ONE]


def test_a_day_on_or_after_the_last_capture_derives_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asking as of today would be slow, and could differ from asking without the second dial."""
    monkeypatch.setattr(rows, "history_of", None)
    with KnowledgeBase(home) as kb:
        assert kb.contents_on(When(ON, LATE)).entries == kb.contents_on(When(ON)).entries
        assert kb.history_of(ONE, LATE) == kb.history_of(ONE)


def test_nothing_is_known_before_the_first_capture(home: Path) -> None:
    with KnowledgeBase(home) as kb:
        early = date(2020, 1, 9)
        assert kb.codes(early) == ()
        assert kb.findings(known=early) == ()
        assert kb.newest_capture(early) is None
        assert kb.coverage(early).captures == 0


def test_many_threads_may_ask_what_was_known_on_many_days(home: Path) -> None:
    """The site would answer from half a history, or fail, when two readers ask at once."""
    with KnowledgeBase(home) as kb:

        def ask(number: int) -> list[object]:
            known = (BETWEEN, LATE, EARLY, date(2019, 12, 1))[number % 4]
            return [
                [kb.in_force_on(code, When(ON, known)) for code in (ONE, TWO)],
                kb.contents_on(When(ON, known)),
                kb.changes_between(date(2019, 1, 1), ON, known),
                kb.findings(known=known),
                kb.coverage(known),
            ]

        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(ask, range(80)))
        alone = [ask(number) for number in range(4)]
    assert all(said == alone[number % 4] for number, said in enumerate(told))


def test_a_replaced_file_is_asked_anew_and_never_mixed(home: Path) -> None:
    """An answer as known by a day would come from another state than the rest of the page."""
    with KnowledgeBase(home) as kb:
        kb.in_force_on(ONE, When(ON, BETWEEN))
        with kb.steady():
            take(
                home, raw(instruction(ONE, date(2019, 6, 1), title="Canoes"), date(2020, 1, 20)), now=RECORDED
            )
            kept = kb.in_force_on(ONE, When(ON, BETWEEN)).version
            assert kept is not None
            assert kept.title == "Rowing boats"
            with pytest.raises(StoreError, match="Ask again"):
                kb.codes(date(2020, 1, 9))  # a day that the old state was not asked about before
        now = kb.in_force_on(ONE, When(ON, BETWEEN)).version
        assert now is not None
        assert now.title == "Canoes"


def test_a_move_is_told_of_on_the_code_it_leads_to_before_anything_else_was_asked(tmp_path: Path) -> None:
    """The page of the new code would not say where its words came from, though that had been seen."""
    page = instruction(ONE, date(2019, 1, 1))
    moved = Statement(kind="move", code=ONE, title="Rowing boats", moved_to=TWO)
    take(
        tmp_path,
        raw(replace(page, statements=(*page.statements, moved)), EARLY),
        raw(instruction(TWO, date(2019, 1, 1), words=["quite other words"]), EARLY),
        raw(instruction(ONE, date(2020, 2, 20)), LATE),
        now=RECORDED,
    )
    with KnowledgeBase(tmp_path) as kb:
        assert [(link.kind, link.source) for link in kb.links_of(TWO, BETWEEN)] == [("moved", ONE)]


def test_an_address_seen_later_is_not_a_source_before(tmp_path: Path) -> None:
    """A page as known by a day would link to where its words were found only afterwards."""
    page = raw(instruction(ONE, date(2019, 1, 1)), EARLY)
    again = replace(
        page,
        captured_at=datetime(2020, 3, 9, 12, tzinfo=UTC),
        address="https://toys.example/9.htm",
        filename="nine",
    )
    take(tmp_path, page, again, now=RECORDED)
    with KnowledgeBase(tmp_path) as kb:
        for known, href in ((BETWEEN, ""), (None, "https://toys.example/9.htm")):
            version = kb.in_force_on(ONE, When(EARLY, known)).version
            assert version is not None
            assert [one.href for one in version_view(kb, version, known, ON).sources] == [href]


def test_a_page_that_is_none_goes_by_the_name_it_was_first_seen_with(tmp_path: Path) -> None:
    """What was noticed by a day would name a file that was found only afterwards."""
    page = raw(b"no page, only sand", EARLY)
    again = replace(page, captured_at=datetime(2020, 3, 9, 12, tzinfo=UTC), filename="a.htm")
    take(tmp_path, page, again, now=RECORDED)
    with KnowledgeBase(tmp_path) as kb:
        (found,) = kb.findings(known=BETWEEN)
        assert found.locator == page.filename


def test_who_refers_to_a_code_is_found_before_anything_else_was_asked(tmp_path: Path) -> None:
    """A page would say that nothing refers to it, because those that do had not been looked at yet."""
    take(
        tmp_path,
        raw(instruction(ONE, date(2019, 1, 1)), EARLY),
        raw(instruction(TWO, date(2019, 1, 1), refs=["ZF1.5(a)"]), EARLY),
        raw(instruction(TWO, date(2020, 2, 20)), LATE),
        now=RECORDED,
    )
    with KnowledgeBase(tmp_path) as kb:
        (found,) = kb.referrers(ONE, When(EARLY, BETWEEN))
        assert (found.code, found.target) == (TWO, "ZF1.5(a)")
