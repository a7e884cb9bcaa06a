"""Which files of a watched folder are finished, and which of them are taken in."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from toy_pages import NOW

from manual.captures import Archive
from manual.intake.watching import PATIENCE, SETTLED, WatchedFolder, take_in_of_the_manual
from manual.queries import KnowledgeBase

PAGE = (
    "<html><body><table><tr><td id='main'><p class='heading4'>ZA1 Boats</p><p>A boat floats.</p>"
    "<p class='effectivedate'>Effective 01/02/2020</p></td></tr></table></body></html>"
)


def _write(path: Path, text: str, moment: int = 1_000_000_000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (moment, moment))
    return path


def test_a_file_is_given_once_after_it_was_quiet(tmp_path: Path) -> None:
    """It would be taken in again and again, or while it is written."""
    page, watched = _write(tmp_path / "1.htm", PAGE), WatchedFolder(tmp_path)
    assert watched.finished(0) == []
    assert watched.finished(SETTLED - 0.1) == []
    assert watched.finished(SETTLED) == [page]
    assert watched.finished(2 * SETTLED) == []


def test_a_file_that_grows_is_waited_for_and_given_again_when_it_changes(tmp_path: Path) -> None:
    """Half a page would be kept, or its second half never seen."""
    page, watched = _write(tmp_path / "1.htm", PAGE), WatchedFolder(tmp_path)
    watched.finished(0)
    _write(page, PAGE + " ", 1_000_000_001)
    assert watched.finished(SETTLED) == []
    assert watched.finished(2 * SETTLED) == [page]
    _write(page, PAGE + "  ", 1_000_000_002)
    assert watched.finished(3 * SETTLED) == []
    assert watched.finished(4 * SETTLED) == [page]


@pytest.mark.parametrize(
    ("name", "text"),
    [("1.htm", PAGE[:100]), ("1.mhtml", "MIME-Version: 1.0\n--part"), ("1.zip", "PK\x03\x04 half")],
)
def test_a_file_without_its_end_is_waited_for_longer(tmp_path: Path, name: str, text: str) -> None:
    """A slow download would be taken in as a page that breaks off; a broken page must be told in the end."""
    page, watched = _write(tmp_path / name, text), WatchedFolder(tmp_path)
    watched.finished(0)
    assert watched.finished(PATIENCE - 0.1) == []
    assert watched.finished(PATIENCE) == [page]


def test_an_empty_file_is_never_finished(tmp_path: Path) -> None:
    """Browsers make the file before its first byte comes."""
    _write(tmp_path / "1.htm", "")
    watched = WatchedFolder(tmp_path)
    watched.finished(0)
    assert watched.finished(10 * PATIENCE) == []


def test_other_files_hidden_ones_and_those_of_complete_pages_are_not_looked_at(tmp_path: Path) -> None:
    """A letter or a browser's half of a download would be opened."""
    for name in ("letter.docx", ".1.htm", "1.htm.crdownload", "2_files/frame.htm", ".cache/3.htm"):
        _write(tmp_path / name, PAGE)
    below = _write(tmp_path / "wa" / "4.htm", PAGE)
    page, watched = _write(tmp_path / "2.htm", PAGE), WatchedFolder(tmp_path)
    watched.finished(0)
    assert watched.finished(SETTLED) == [page, below]


def test_files_that_could_not_be_taken_in_are_given_again(tmp_path: Path) -> None:
    """Pages saved while another load is at work would be lost to the copy."""
    page, watched = _write(tmp_path / "1.htm", PAGE), WatchedFolder(tmp_path)
    watched.finished(0)
    assert watched.finished(SETTLED) == [page]
    watched.again([page])
    assert watched.finished(SETTLED) == [page]


def test_a_folder_that_goes_and_comes_back_is_watched_on(tmp_path: Path) -> None:
    """A stick that was pulled out would end the watching."""
    folder = tmp_path / "stick"
    page, watched = _write(folder / "1.htm", PAGE), WatchedFolder(folder)
    page.unlink()
    folder.rmdir()
    assert watched.finished(0) == []
    _write(page, PAGE)
    watched.finished(1)
    assert watched.finished(1 + SETTLED) == [page]


def test_only_what_is_of_the_manual_is_taken_in(tmp_path: Path) -> None:
    """A bank statement beside the pages would be kept in the archive for ever."""
    home = tmp_path / "home"
    news = _write(tmp_path / "news.txt", "News of the harbour.\nIt is open.\n")
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.writestr("opsmanual/1.htm", PAGE)
        archive.writestr("diary.txt", "A day at sea.\nIt rained.\n")
    nothing = take_in_of_the_manual(home, [news, tmp_path / "gone.htm"], captured=None, now=NOW)
    assert (nothing.taken, [name for name, _ in nothing.left_alone]) == (None, ["news.txt"])
    assert not home.exists()
    found = take_in_of_the_manual(home, [tmp_path / "both.zip"], captured=None, now=NOW)
    assert [name for name, _ in found.left_alone] == ["both.zip!diary.txt"]
    assert len(list(Archive(home).captures())) == 1
    with KnowledgeBase(home) as kb:
        assert kb.codes() == ("ZA1",)


def test_pages_that_are_known_can_be_passed_over(tmp_path: Path) -> None:
    """Each start of watching would tell of every page that was ever saved."""
    home, page = tmp_path / "home", _write(tmp_path / "1.htm", PAGE)
    take_in_of_the_manual(home, [page], captured=None, now=NOW)
    again = take_in_of_the_manual(home, [page], captured=None, now=NOW, pass_over_known=True)
    assert (again.taken, again.known) == (None, 1)
