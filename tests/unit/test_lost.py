"""What the archive has lost: said, put back where that can be, and never given up in silence."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from toy_pages import derive_anew, instruction, raw, take

import manual.load
import manual.stamp
from manual.captures import Archive, RawCapture
from manual.errors import SourceError, StoreError
from manual.model import Code, SitePath, When
from manual.queries import KnowledgeBase
from manual.store import files
from manual.store.read import Reader
from tests.damage import flip

SEEN = date(2025, 1, 1)
CODES = [Code(f"ZB{n}.5") for n in range(1, 6)]


def pages(*codes: Code) -> list[RawCapture]:
    """The second one is of unknown day, and the third was seen twice."""
    made = []
    for code in codes or CODES:
        page = instruction(code, date(2020, 1, 1))
        made.append(raw(page, None if code == CODES[1] else SEEN))
        if code == CODES[2]:
            made.append(raw(page, date(2025, 6, 1)))
    return made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    take(home, *pages())
    return home


def answers(home: Path) -> list[str]:
    with KnowledgeBase(home) as kb:
        return [repr(kb.in_force_on(code, When(SEEN))) for code in CODES]


def errors(home: Path) -> list[str]:
    with KnowledgeBase(home) as kb:
        return [finding.kind for finding in kb.findings("error")]


def original(home: Path, code: Code = CODES[0]) -> Path:
    with KnowledgeBase(home) as kb:
        version = kb.in_force_on(code, When(SEEN)).version
    assert version is not None
    assert version.text_capture is not None
    return next((home / "captures").rglob(version.text_capture.removeprefix("sha256:")))


@pytest.mark.parametrize("left", ["nothing", "an empty file", "other bytes", "its first line"])
@pytest.mark.parametrize("again", [take, derive_anew])
def test_lost_log_is_written_again_from_the_knowledge_base(home: Path, left: str, again: object) -> None:
    """A lost, emptied or overwritten log would drop every page, and the days on which it was seen, in silence."""
    assert callable(again)
    right = answers(home)
    log = home / "captures" / "log.jsonl"
    first = log.read_bytes().split(b"\n")[0] + b"\n"
    whole = {c.sha256: Archive(home).log_of(c.sha256) for c in Archive(home).captures()}
    log.write_bytes({"other bytes": b"overwritten\n", "its first line": first}.get(left, b""))
    if left == "nothing":
        log.unlink()
    summary = again(home)
    assert "log_mended" in [finding.kind for finding in summary.problems]
    assert answers(home) == right
    assert errors(home) == []
    mended = Archive(home)
    assert mended.findings() == ()
    assert {sha256: frozenset(mended.log_of(sha256)) for sha256 in whole} == {
        sha256: frozenset(lines) for sha256, lines in whole.items()
    }


def test_without_log_and_knowledge_base_it_is_an_error_and_a_load_of_the_pages_heals(home: Path) -> None:
    """Where nothing is left to mend the log from, it must be said."""
    right = answers(home)
    (home / "captures" / "log.jsonl").unlink()
    files.path_in(home).unlink()
    take(home)
    assert errors(home) == ["original_without_line"]
    take(home, *pages())
    assert (answers(home), errors(home)) == (right, [])


def test_missing_original_keeps_its_answers_and_the_rest_goes_on(home: Path) -> None:
    """A load must neither end nor drop the page, and must say what to do."""
    right = answers(home)
    original(home).unlink()
    take(home, raw(instruction("ZB9.5", SEEN), SEEN))
    assert (answers(home), errors(home)) == (right, ["original_missing"])
    with KnowledgeBase(home) as kb:
        assert "load its page again" in kb.findings("error")[0].message
        assert kb.in_force_on(Code("ZB9.5"), When(SEEN)).answer == "in_force"
    take(home, *pages())
    assert (answers(home), errors(home)) == (right, [])


def test_every_load_tells_what_the_archive_lacks(home: Path) -> None:
    """If it failed, a load of other pages would count an error and not say which, and the harm would grow old."""
    whole = original(home).read_bytes()
    place = original(home)
    place.unlink()
    said = take(home, *pages(Code("ZB9.5"))).unread
    assert [(finding.kind, "merge COPY" in finding.message) for finding in said] == [
        ("original_missing", True)
    ]
    place.write_bytes(whole)
    assert take(home).unread == ()


def test_page_that_lost_bytes_and_line_is_kept_and_said(home: Path) -> None:
    """If it failed, a wiped folder of captures would take its pages out of the answers."""
    right = answers(home)
    for path in sorted((home / "captures").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    take(home)
    assert (answers(home), errors(home)) == (right, ["original_missing"] * 5)
    take(home, *pages())
    assert (answers(home), errors(home)) == (right, [])


@pytest.mark.parametrize("harm", [flip, Path.unlink, lambda path: path.write_bytes(b"")])
def test_rebuild_never_switches_in_a_base_that_lacks_a_page(home: Path, harm: object) -> None:
    """A flipped bit would take an instruction out of all answers."""
    assert callable(harm)
    right = answers(home)
    harm(original(home))
    with pytest.raises(
        StoreError, match=r"lack 1 page .*captures check.*load those pages again.*without-lost"
    ):
        derive_anew(home)
    assert answers(home) == right
    assert not files.building_in(home).exists()
    take(home, *pages(CODES[0]))
    assert derive_anew(home).not_understood == 0
    assert answers(home) == right


def test_rebuild_goes_on_without_what_is_lost_where_a_person_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that nobody has any more must not stop all later work."""
    flip(original(home))
    import toy_pages

    monkeypatch.setattr(manual.load, "parse_capture", toy_pages.parse)
    summary = manual.load.rebuild(home, without_lost=True)
    assert (summary.understood, summary.not_understood) == (4, 1)
    assert errors(home) == ["not_read"]
    assert take(home, *pages(CODES[0])).understood == 1
    assert errors(home) == []


def test_passing_read_error_is_tried_again_by_the_next_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page would stay unread for ever, though its bytes are whole."""
    take(tmp_path / "right", *pages())
    right = answers(tmp_path / "right")
    home = tmp_path / "home"

    def refused(_: Archive, sha256: str) -> bytes:
        raise SourceError(sha256, "Input/output error", "the bytes of a capture")

    with monkeypatch.context() as patched:
        patched.setattr(Archive, "bytes_of", refused)
        summary = take(home, *pages(CODES[0]))
    assert summary.not_understood == 1
    take(home, *pages(*CODES[1:]))
    assert (answers(home), errors(home)) == (right, [])


def test_after_an_upgrade_a_lost_original_keeps_the_old_base(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of the program reads all pages again: what it can't read must not be dropped."""
    right = answers(home)
    flip(original(home))
    newer = {name: f"{value} newer" for name, value in manual.stamp.stamp().items()}
    monkeypatch.setattr(manual.load, "stamp", lambda: newer)
    monkeypatch.setattr(manual.stamp, "stamp", lambda: newer)
    with pytest.raises(StoreError, match="lack 1 page"):
        take(home)
    assert answers(home) == right


def test_no_flipped_bit_of_the_knowledge_base_changes_what_is_said(home: Path) -> None:
    """A finding, a line of the contents or whether a text is held could change, for SQLite checks none of it."""
    path = files.path_in(home)
    whole = path.read_bytes()
    chance = random.Random(11)
    for _ in range(100):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        with pytest.raises(StoreError, match="inforce rebuild"):
            answers(home)
    path.write_bytes(whole)
    assert answers(home)


def test_work_of_a_killed_load_is_on_the_disk_when_it_bears_its_name(home: Path) -> None:
    """A loss of power would leave a file in which some of the pages are other bytes, and it would be built upon."""
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        real(descriptor)

    building = files.building_in(home)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        files.copy_to_build(files.path_in(home), building)
    assert synced == [f"{building}.copy", str(home)]
    connection = files.open_to_build(building)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    connection.close()


def test_page_placed_by_its_own_number_moves_to_the_address_that_is_learnt_later(tmp_path: Path) -> None:
    """If it failed, the same bytes would stand at two addresses, one of them guessed."""
    page = raw(instruction(CODES[0], date(2020, 1, 1)), SEEN)
    numbered = replace(page, site_path=SitePath("opsmanual/7"), placed_by="own_number")
    take(tmp_path, numbered)
    with KnowledgeBase(tmp_path) as kb:
        version = kb.in_force_on(CODES[0], When(SEEN)).version
        assert version is not None
        assert version.text_capture is not None
        assert kb.capture(version.text_capture).placed_by == "own_number"
    take(tmp_path, replace(page, site_path=SitePath("opsmanual-archive/7")))
    with Reader(files.path_in(tmp_path)) as reader:
        assert [place for _, place in reader.pages()] == ["opsmanual-archive/7"]
    with KnowledgeBase(tmp_path) as kb:
        assert kb.capture(version.text_capture).placed_by == ""
    assert not take(tmp_path).problems
