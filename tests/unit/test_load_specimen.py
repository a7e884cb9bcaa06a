"""The specimen stands alone: invented instructions never come between those of another manual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from manual.captures import Archive, RawCapture, read_paths
from manual.errors import SourceError
from manual.load import LoadSummary, load_captures, rebuild
from manual.model import Sha256, SitePath
from manual.queries import KnowledgeBase
from manual.specimen import specimen_captures
from manual.specimen.__main__ import main as write_specimen

NOW = datetime(2026, 8, 20, tzinfo=UTC)
CONTENTS, *PAGES = islice(specimen_captures(), 8)
OTHER = RawCapture(
    data=b"<html><body><table><tr><td id='main'><p class='heading4'>ZX1.5 Umbrellas</p>"
    b"<p class='effectivedate'>Effective 01/01/2020</p></td></tr></table></body></html>",
    media="html",
    address=None,
    site_path=SitePath("opsmanual/1"),
    captured_at=NOW,
    filename="1.htm",
)


class Said:
    """Keeps the sentences of a load."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def begin(self, what: str, total: int | None) -> None: ...
    def step(self, count: int = 1) -> None: ...
    def say(self, message: str) -> None:
        self.sentences.append(message)


def _load(home: Path, *captures: RawCapture, as_specimen: bool = False) -> tuple[LoadSummary, list[str]]:
    said = Said()
    summary = load_captures(home, captures, now=NOW, progress=said, as_specimen=as_specimen)
    return summary, said.sentences


def _archived(home: Path, captures: Sequence[RawCapture]) -> Path:
    """A home as an older program left it: the bytes are there, whatever they are."""
    archive = Archive(home)
    for one in captures:
        archive.add(one, NOW)
    return home


def _codes(home: Path) -> set[str]:
    with KnowledgeBase(home) as kb:
        return {str(code) for code in kb.codes()}


def _hashes(home: Path) -> set[Sha256]:
    return {capture.sha256 for capture in Archive(home).captures()}


def test_the_specimen_takes_only_a_home_with_nothing_else_in_it(tmp_path: Path) -> None:
    """Invented instructions would be found among real ones."""
    _load(tmp_path, OTHER)
    before = _hashes(tmp_path)
    with pytest.raises(SourceError, match="a home of its own"):
        _load(tmp_path, CONTENTS, *PAGES, as_specimen=True)
    assert _hashes(tmp_path) == before
    assert _codes(tmp_path) == {"ZX1.5"}


def test_a_home_that_holds_the_specimen_refuses_other_pages(tmp_path: Path) -> None:
    """A real instruction would be marked as invented, and shown to nobody as what it is."""
    _load(tmp_path, CONTENTS, *PAGES, as_specimen=True)
    before, codes = _hashes(tmp_path), _codes(tmp_path)
    with pytest.raises(SourceError, match="which holds the specimen"):
        _load(tmp_path, OTHER)
    assert (_hashes(tmp_path), _codes(tmp_path)) == (before, codes)


def test_the_specimen_may_be_loaded_again(tmp_path: Path) -> None:
    """`make load` would work once."""
    _load(tmp_path, CONTENTS, *PAGES, as_specimen=True)
    again, said = _load(tmp_path, CONTENTS, *PAGES, as_specimen=True)
    assert (again.new, again.changed, said) == (0, False, [])


def test_a_knowledge_base_says_whether_it_is_the_specimens(tmp_path: Path) -> None:
    """Pages that name no instruction, and those of a past day, would bear no mark."""
    _load(tmp_path / "one", CONTENTS, *PAGES)
    _load(tmp_path / "other", OTHER)
    with KnowledgeBase(tmp_path / "one") as one, KnowledgeBase(tmp_path / "other") as other:
        assert (one.specimen, other.specimen) == (True, False)


def test_an_older_home_with_both_answers_without_the_specimen_and_says_so_once(tmp_path: Path) -> None:
    """Whoever upgrades would keep invented instructions among the real ones, or wonder where they went."""
    home = _archived(tmp_path, [CONTENTS, OTHER, *PAGES])
    _, said = _load(home)
    assert _codes(home) == {"ZX1.5"}
    assert len(said) == 1
    assert "8 pages of the specimen" in said[0]
    assert "load --specimen" in said[0]
    again, said = _load(home)
    assert (again.changed, said) == (False, [])
    _, said = _load(home, replace(OTHER, data=OTHER.data + b"<!-- -->", site_path=SitePath("opsmanual/2")))
    assert said == []


def test_captures_of_the_specimen_stay_in_the_archive_and_out_of_what_is_derived(tmp_path: Path) -> None:
    """Bytes of a capture are never removed, and a rebuild would bring the invented instructions back."""
    home = _archived(tmp_path, [CONTENTS, OTHER, *PAGES])
    _load(home)
    rebuild(home)
    assert len(_hashes(home)) == 9
    assert _codes(home) == {"ZX1.5"}
    with KnowledgeBase(home) as kb:
        assert not kb.specimen
        assert kb.coverage().captures == 1


def test_pages_of_the_specimen_among_others_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    """A folder with a stray page of the specimen would bring it in unnoticed."""
    _load(tmp_path, OTHER)
    _, said = _load(tmp_path, PAGES[0])
    assert _codes(tmp_path) == {"ZX1.5"}
    assert "1 page of the specimen" in said[0]


def test_a_page_of_the_specimen_is_known_by_its_words_whatever_its_file_is_called(tmp_path: Path) -> None:
    """A text page carries no address: copied to a folder it would be taken for a page of the real manual."""
    write_specimen(tmp_path / "saved")
    (tmp_path / "opsmanual").mkdir()
    for page in (tmp_path / "saved").rglob("*.txt"):
        page.rename(tmp_path / "opsmanual" / page.name)
    found = list(read_paths([tmp_path / "opsmanual"], captured=NOW.date()))
    assert found
    home = tmp_path / "home"
    load_captures(home, [OTHER, *found], now=NOW)
    assert _codes(home) == {"ZX1.5"}
