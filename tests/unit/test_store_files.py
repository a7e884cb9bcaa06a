"""The knowledge base as a file: damage, other programs' files, one builder at a time."""

from __future__ import annotations

import os
import random
import sqlite3
import zlib
from datetime import date
from pathlib import Path

import pytest
from toy_pages import derive_anew, instruction, raw, run_in_child, take

from manual.errors import StoreError
from manual.model import Code, Sha256, Span, When
from manual.queries import KnowledgeBase
from manual.store import files
from manual.store.read import Reader
from manual.store.rows import history_row
from manual.store.write import Writer

DAY = date(2024, 1, 1)
RECORDS = {"record", "said", "content"}
"""Columns that hold records."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a small knowledge base."""
    home = tmp_path / "home"
    pages = [instruction(f"ZB{n}.5", date(2020, 1, n)) for n in range(1, 9)]
    take(home, *(raw(page, date(2025, 1, 1)) for page in pages))
    return home


def _answers(home: Path) -> list[str]:
    with KnowledgeBase(home) as kb:
        return [kb.in_force_on(code, When(DAY)).answer for code in kb.codes()]


def test_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    """A newcomer's first question must not end in a traceback of SQLite."""
    with pytest.raises(StoreError, match="inforce load"):
        KnowledgeBase(tmp_path)


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 4000, b"SQLite format 3\x00" + b"\x17" * 5000])
def test_other_bytes_are_no_knowledge_base(home: Path, data: bytes) -> None:
    """Bytes that merely lie at the right place must not be answered from."""
    files.path_in(home).write_bytes(data)
    with pytest.raises(StoreError, match="inforce rebuild"):
        KnowledgeBase(home)


def test_database_of_another_program_is_refused(home: Path) -> None:
    """A valid SQLite file without our tables has no answers."""
    files.path_in(home).unlink()
    with sqlite3.connect(files.path_in(home)) as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()
    with pytest.raises(StoreError, match="not a knowledge base"):
        KnowledgeBase(home)


@pytest.mark.parametrize("lost", [1, 4096, 30_000])
def test_truncated_file_is_refused(home: Path, lost: int) -> None:
    """A copy that broke off would answer for the codes it happens to hold."""
    path = files.path_in(home)
    os.truncate(path, path.stat().st_size - lost)
    with pytest.raises(StoreError, match="inforce rebuild"):
        KnowledgeBase(home)


def test_newer_schema_is_named_and_left_alone(home: Path) -> None:
    """An older program must neither misread nor replace what a newer one made."""
    with sqlite3.connect(files.path_in(home)) as connection:
        connection.execute(f"PRAGMA user_version = {files.SCHEMA_VERSION + 1}")
    connection.close()
    before = files.path_in(home).read_bytes()
    with pytest.raises(StoreError, match="newer"):
        KnowledgeBase(home)
    with pytest.raises(StoreError, match="newer"):
        take(home, raw(instruction("ZB9.5", DAY)))
    assert files.path_in(home).read_bytes() == before


@pytest.mark.parametrize(
    "change", ["PRAGMA user_version = 0", "UPDATE meta SET value = 'x' WHERE key = 'shape'"]
)
def test_older_file_asks_for_a_rebuild_and_a_load_does_it(home: Path, change: str) -> None:
    """After an upgrade the next load derives everything anew instead of failing."""
    before = _answers(home)
    with sqlite3.connect(files.path_in(home)) as connection:
        connection.execute(change)
    connection.close()
    with pytest.raises(StoreError, match="older"):
        KnowledgeBase(home)
    assert take(home).parsed == 8
    assert _answers(home) == before


def test_unfinished_file_is_refused(home: Path) -> None:
    """A file that was copied while being built holds half the answers."""
    with Writer(files.path_in(home)) as writer:
        writer.unfinish()
    with pytest.raises(StoreError, match="never finished"):
        KnowledgeBase(home)


def test_flipped_bytes_anywhere_never_change_an_answer(home: Path) -> None:
    """SQLite does not checksum its pages: damage inside a record must be noticed by the record itself."""
    path = files.path_in(home)
    whole = path.read_bytes()
    right = _answers(home)
    chance = random.Random(7)
    refused = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(3):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        try:
            with KnowledgeBase(home) as kb:
                found = [kb.in_force_on(Code(f"ZB{n}.5"), When(DAY)) for n in range(1, 9)]
        except StoreError:
            refused += 1
            continue
        assert {answer.answer for answer in found} <= {"in_force", "unknown_code"}
        in_force = [answer for answer in found if answer.version]
        assert [str(a.version and a.version.title) for a in in_force] == [
            f"Toys under {a.code}" for a in in_force
        ]
    assert refused
    path.write_bytes(whole)
    assert _answers(home) == right


def test_every_record_ends_in_its_own_checksum(home: Path) -> None:
    """If it failed, a finding or a line of the contents could change in a file that is open, and be believed."""
    connection = sqlite3.connect(files.path_in(home))
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    seen = set()
    for table in tables:
        for column in {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} & RECORDS:
            for (kept,) in connection.execute(f"SELECT {column} FROM {table}"):
                record = zlib.decompress(kept).decode() if column == "content" else kept
                assert record[-8:] == f"{zlib.crc32(record[:-8].encode()):08x}"
                seen.add(table)
    connection.close()
    assert {"pages", "sightings", "statements", "codes", "versions", "spans"} <= seen


def test_record_that_changes_while_the_file_is_open_is_refused(home: Path) -> None:
    """A site keeps the file open for weeks, and need not notice from outside that the disk lost a bit."""
    path = files.path_in(home)
    was, whole = path.stat(), path.read_bytes()
    with KnowledgeBase(home) as kb:
        sha256 = kb.in_force_on(kb.codes()[0], When(DAY)).version.text_capture  # type: ignore[union-attr]
        changed = whole.replace(b"toy.htm", b"toy.htn")
        assert changed != whole
        with path.open("r+b") as file:
            file.write(changed)
        os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
        with pytest.raises(StoreError, match="inforce rebuild"):
            kb.capture(sha256)  # type: ignore[arg-type]


def test_rebuild_brings_a_destroyed_file_back(home: Path) -> None:
    """The file is derived: losing it loses nothing."""
    right = _answers(home)
    files.path_in(home).write_bytes(b"ruined")
    assert derive_anew(home).changed
    assert _answers(home) == right


def test_second_builder_is_kept_out_while_the_first_works(home: Path) -> None:
    """Two loads at once would build on each other's half-done work."""
    with (
        files.only_builder(home),
        pytest.raises(StoreError, match="Another load"),
        files.only_builder(home),
    ):
        pass
    with files.only_builder(home):
        status = run_in_child(lambda: take(home))
    assert status != 0
    take(home)


def test_lock_of_a_dead_process_is_no_lock(home: Path) -> None:
    """A killed load must not shut its home for ever."""

    def die_with_the_lock() -> None:
        held = files.only_builder(home)
        held.__enter__()
        os.kill(os.getpid(), 9)

    assert run_in_child(die_with_the_lock) == 9
    take(home)


def test_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The person has to know which folder, and what to do."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"can.t be written.*--home"):
        take(tmp_path / "file" / "home", raw(instruction("ZB1.5", DAY)))


def test_overlapping_answers_are_refused_by_the_store_itself(tmp_path: Path) -> None:
    """Two answers for one day must be impossible, not merely unlikely."""
    take(tmp_path, raw(instruction("ZB1.5", date(2020, 1, 1))))
    with Reader(files.path_in(tmp_path)) as reader:
        history = reader.history(Code("ZB1.5"))
    assert history is not None
    first, last = history.spans
    overlapping = Span(first=date(2019, 1, 1), until=None, answer="undated")
    broken = history_row(
        type(history)(code=history.code, versions=history.versions, spans=(first, overlapping))
    )
    assert first.until is not None
    with Writer(tmp_path / "other") as writer:
        writer.begin()
        with pytest.raises(StoreError, match="two answers"):
            writer.put_history(broken, [_sights()])
    assert last.first == date(2020, 1, 1)


def test_days_without_answer_are_refused_by_the_store_itself(tmp_path: Path) -> None:
    """A gap between spans would let a look-up give the answer of another time."""
    take(tmp_path, raw(instruction("ZB1.5", date(2020, 1, 1))))
    with Reader(files.path_in(tmp_path)) as reader:
        history = reader.history(Code("ZB1.5"))
    assert history is not None
    for spans in (history.spans[1:], history.spans[:1], (), (history.spans[0], _later(history.spans[1]))):
        holed = history_row(type(history)(code=history.code, versions=history.versions, spans=spans))
        with Writer(tmp_path / "other") as writer:
            writer.begin()
            writer.put_history(holed, [_sights()])
            with pytest.raises(StoreError, match="cover every day"):
                writer.finish({})


def _later(span: Span) -> Span:
    return Span(first=date(2020, 1, 2), until=None, answer=span.answer, versions=span.versions)


def _sights():  # type: ignore[no-untyped-def]
    from manual.store.sights import Sights

    return Sights((), 1, 1)


def test_capture_is_named_by_its_hash(home: Path) -> None:
    """Provenance: an answer's captures must be findable."""
    with KnowledgeBase(home) as kb:
        version = kb.in_force_on(Code("ZB1.5"), When(DAY)).version
        assert version is not None
        assert version.text_capture is not None
        assert kb.capture(version.text_capture).site_path == "toys/ZB1.5"
        assert kb.capture(Sha256(version.captures[0])).captured_at is not None
