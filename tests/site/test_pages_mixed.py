"""A copy that holds the manual's facts and the specimen keeps the two apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from manual import specimen
from manual.captures import Archive, read_paths
from manual.load import rebuild
from manual.model import Finding, When
from manual.pages.contents_page import contents_page
from manual.pages.version_view import invented_share
from manual.queries import KnowledgeBase
from manual.register import register_files


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home = tmp_path_factory.mktemp("mixed")
    archive = Archive(home)
    with archive.batch():
        for raw in (*specimen.specimen_captures(), *read_paths(register_files(), captured=None)):
            assert not isinstance(raw, Finding)
            archive.add(raw, datetime(2026, 11, 23, tzinfo=UTC))
    rebuild(home)
    base = KnowledgeBase(home)
    yield base
    base.close()


def test_a_mixed_copy_is_partly_a_specimen(mixed: KnowledgeBase) -> None:
    """Calling a real instruction invented, or an invented one real, would mislead whoever reads its page."""
    assert invented_share(mixed, None) == "some"


def test_tops_of_one_name_in_two_works_stay_two(mixed: KnowledgeBase) -> None:
    """The specimen's parts must not hang under the manual's Administration."""
    page = contents_page(mixed, When(date(2026, 11, 1)))
    tops = [b for b in page.branches if b.entry.title == "Administration"]
    assert len(tops) == 2
    real = {child.entry.code for child in tops[0].children}
    assert {"A1", "A16"} <= real
    assert "J" not in real
    assert "J" in {child.entry.code for child in tops[1].children}


def test_the_manuals_contents_are_whole_beside_the_specimens(mixed: KnowledgeBase) -> None:
    entries = mixed.contents_on(When(date(2026, 11, 1))).entries
    printed = [e for e in entries if not e.unlisted]
    assert sum(e.code == "WR3.5" and e.parent == "WR3" for e in printed) == 1
    assert sum(e.kind == "appendix_child" for e in printed) >= 72


def test_the_newest_capture_is_of_a_known_day(mixed: KnowledgeBase) -> None:
    """The day on which facts were loaded says nothing of how new the pages are."""
    assert mixed.newest_capture() == date(2026, 8, 11)
