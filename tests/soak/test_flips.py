"""One flipped bit, anywhere: an answer is what it was, or is refused in words."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from manual.captures import Archive
from manual.captures.check import check_archive
from manual.errors import ManualError, StoreError
from manual.load import rebuild
from manual.queries import KnowledgeBase
from manual.store import read
from soak import times
from soak.giving import answers, contents, folder_of, said_by, take_in, whole


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("flips")
    folder = folder_of(path / "pages", range(1, 9))
    (folder / "toc.htm").write_text(contents(), "utf-8")
    take_in(path / "home", folder)
    return path / "home"


def flipped(path: Path, chance: random.Random) -> bytes:
    """Flips one bit; gives the bytes as they were."""
    whole = path.read_bytes()
    data = bytearray(whole)
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return whole


def answered(home: Path) -> tuple[list[str], str]:
    """What is said, or why nothing is."""
    try:
        return answers(home), ""
    except ManualError as problem:
        return [], str(problem)


def derived_anew(home: Path) -> str:
    """Why that is refused, if it is."""
    try:
        rebuild(home)
    except ManualError as problem:
        return str(problem)
    return ""


def test_flipped_bit_in_the_knowledge_base_changes_nothing_that_is_said(home: Path) -> None:
    """If it failed, a finding, a line of the contents or a text could be another, and nobody would know."""
    right, path, chance = answers(home), home / "kb.sqlite", random.Random(31)
    for _ in times(60, 1_700, "flipped bits in kb.sqlite"):
        before = flipped(path, chance)
        said, refused = answered(home)
        assert said == right or "inforce rebuild" in refused
        path.write_bytes(before)
    assert answers(home) == right


@contextmanager
def decayed(path: Path, chance: random.Random) -> Iterator[None]:
    """One bit is another for a while, in the file that is open, and its moment of change is what it was."""
    was = path.stat()
    place, bit = chance.randrange(was.st_size), 1 << chance.randrange(8)
    try:
        _flip(path, place, bit, was)
        yield
    finally:
        _flip(path, place, bit, was)


def _flip(path: Path, place: int, bit: int, was: os.stat_result) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ bit]))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def test_bit_that_flips_while_the_file_is_open_is_noticed_when_it_is_verified_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed, a site that runs for months would answer from what its disk has lost."""
    monkeypatch.setattr(read, "VERIFIED_FOR", 0.0)
    right, path, chance = answers(home), home / "kb.sqlite", random.Random(33)
    for _ in times(20, 2_000, "flipped bits in kb.sqlite while it is open"):
        with KnowledgeBase(home) as kept:
            kept.codes()
            with decayed(path, chance), pytest.raises(StoreError, match="inforce rebuild"):
                said_by(kept)
    with KnowledgeBase(home) as kept:
        with decayed(path, chance), pytest.raises(StoreError):
            said_by(kept)
        assert said_by(kept) == right  # what was refused is asked anew


def test_flipped_bit_in_the_archive_is_noticed_and_healed(home: Path) -> None:
    """If it failed, a page would be another, or be gone, with the next rebuild."""
    right, chance = answers(home), random.Random(32)
    files = sorted(
        path for path in (home / "captures").rglob("*") if path.is_file() and path.name != "publisher"
    )
    for _ in times(8, 300, "flipped bits in captures/"):
        path = chance.choice(files)
        before = flipped(path, chance)
        noticed = check_archive(Archive(home))
        refused = derived_anew(home)
        assert not refused or ("captures" in refused and not noticed.sound)
        assert answers(home) == right
        take_in(home, home.parent / "pages")
        assert whole(home)
        assert answers(home) == right
        path.write_bytes(before)
    rebuild(home)
    assert answers(home) == right
