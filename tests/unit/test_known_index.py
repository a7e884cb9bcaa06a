"""Indexes of what was known by a day: kept, made anew where they are of another state, and made in memory at need."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from toy_pages import instruction, raw, take

import manual.known_index
from manual.known_index import KEPT, KnownIndexes
from manual.queries import KnowledgeBase

FIRST = date(2012, 1, 1)
CAPTURES = 11


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """One page of its own on each of some days, ten days apart."""
    for n in range(CAPTURES):
        page = instruction(
            f"ZF1.{n + 1}", FIRST, title=f"Kites {n}", words=[f"string {n}"], address=f"toys/{n}"
        )
        take(tmp_path, raw(page, FIRST + timedelta(days=10 * n)))
    return tmp_path


def found(indexes: KnownIndexes, kb: KnowledgeBase, known: date) -> int:
    index = indexes.at(kb, known)
    assert index is not None
    return index.search("kites", FIRST).total


def test_days_between_two_captures_share_an_index_and_the_last_needs_none(home: Path) -> None:
    """Each day asked for would cost an index."""
    with KnowledgeBase(home) as kb:
        indexes = KnownIndexes(home)
        assert indexes.at(kb, FIRST + timedelta(days=25)) is indexes.at(kb, FIRST + timedelta(days=21))
        assert found(indexes, kb, FIRST + timedelta(days=25)) == 3
        assert found(indexes, kb, FIRST - timedelta(days=1)) == 0
        assert indexes.at(kb, FIRST + timedelta(days=10 * CAPTURES)) is None


def test_the_newest_eight_are_kept(home: Path) -> None:
    """A reader who turns the dial would fill the disk."""
    with KnowledgeBase(home) as kb:
        for n in range(CAPTURES - 1):
            assert found(KnownIndexes(home), kb, FIRST + timedelta(days=10 * n)) == n + 1
    assert len(list((home / "cache" / "known").iterdir())) == KEPT


def test_an_index_is_read_again_and_not_made_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command would derive all that was known again."""
    with KnowledgeBase(home) as kb:
        assert found(KnownIndexes(home), kb, FIRST) == 1
        monkeypatch.setattr(manual.known_index, "build", lambda *_, **__: pytest.fail("made again"))
        assert found(KnownIndexes(home), kb, FIRST) == 1


def test_a_page_taken_in_later_is_in_the_next_index(home: Path) -> None:
    """A capture of an old day that is added today would never be found under that day."""
    with KnowledgeBase(home) as kb:
        assert found(KnownIndexes(home), kb, FIRST) == 1
        page = instruction("ZF2.1", FIRST, title="Kites again", words=["knots"], address="toys/99")
        take(home, raw(page, FIRST))
        assert found(KnownIndexes(home), kb, FIRST) == 2


@pytest.mark.parametrize("harm", ["no room", "garbage"])
def test_where_nothing_can_be_kept_it_is_made_in_memory(home: Path, harm: str) -> None:
    """A site over a home that it may only read could not be searched under a day of knowledge."""
    folder = home / "cache"
    if harm == "no room":
        folder.write_text("a file stands where the folder should be")
    else:
        (folder / "known" / FIRST.isoformat() / "CURRENT").mkdir(parents=True)
    with KnowledgeBase(home) as kb:
        assert found(KnownIndexes(home), kb, FIRST) == 1
    assert os.path.exists(folder)
