"""What is announced and not yet in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from toy_pages import instruction, raw, take

from manual.model import EndClaim, When
from manual.queries import KnowledgeBase

SEEN = date(2026, 2, 1)
TODAY = date(2026, 3, 1)
DAY = timedelta(days=1)


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    """One instruction in force, one to be replaced, one to begin, one to be revoked, one whose start moved."""
    revoked = EndClaim(date(2026, 5, 1), "revocation", "excluded")
    take(
        tmp_path,
        raw(instruction("ZA1.1", date(2020, 1, 1)), SEEN),
        raw(instruction("ZA1.5", date(2026, 4, 1), listed=[date(2020, 1, 1)]), SEEN),
        raw(instruction("ZA1.10", date(2026, 3, 2)), SEEN),
        raw(instruction("ZA2.1", date(2020, 1, 1), until=revoked), SEEN),
        raw(instruction("ZA2.5", date(2026, 6, 1), words=["Early."], listed=[date(2020, 1, 1)]), SEEN),
        raw(
            instruction("ZA2.5", date(2026, 7, 1), words=["Late."], listed=[date(2020, 1, 1)]),
            date(2026, 2, 15),
        ),
    )
    with KnowledgeBase(tmp_path) as kb:
        yield kb


def _told(kb: KnowledgeBase, on: date, known: date | None = None) -> list[tuple[str, str, str]]:
    return [(str(c.day), c.code, c.kind) for c in kb.coming(When(on, known))]


def test_what_is_stated_for_later_days_is_announced_the_nearest_first(kb: KnowledgeBase) -> None:
    """Else a reader would not learn what changes next month, or would learn it out of order."""
    assert _told(kb, TODAY) == [
        ("2026-03-02", "ZA1.10", "began"),
        ("2026-04-01", "ZA1.5", "replaced"),
        ("2026-05-01", "ZA2.1", "revoked"),
        ("2026-07-01", "ZA2.5", "replaced"),
    ]


def test_a_change_is_announced_up_to_the_day_before_it(kb: KnowledgeBase) -> None:
    """On its own day it is no announcement any more: it is in force."""
    change = date(2026, 4, 1)
    assert ("2026-04-01", "ZA1.5", "replaced") in _told(kb, change - DAY)
    assert "ZA1.5" not in {code for _, code, _ in _told(kb, change)}
    assert "ZA1.5" not in {code for _, code, _ in _told(kb, change + DAY)}


def test_a_start_that_was_moved_is_announced_once_and_as_it_was_known(kb: KnowledgeBase) -> None:
    """The day that the publisher gave up must not stand in the list, except for who asks what was known then."""
    assert [day for day, code, _ in _told(kb, TODAY) if code == "ZA2.5"] == ["2026-07-01"]
    assert [day for day, code, _ in _told(kb, TODAY, SEEN) if code == "ZA2.5"] == ["2026-06-01"]


def test_nothing_comes_after_the_last_day_there_is(kb: KnowledgeBase) -> None:
    """The day after it would be no day at all."""
    assert kb.coming(When(date.max)) == ()
    assert _told(kb, date(2026, 7, 1)) == []
