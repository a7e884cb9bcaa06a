"""`verify`: what the captures give again is what the knowledge base holds, and every difference is told."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from manual import aside
from manual.errors import StoreError
from manual.load import VERIFYING, load_captures, verify
from manual.model import Finding
from manual.specimen import specimen_captures
from manual.store import files
from manual.store.differences import differences
from manual.store.records import SUM_LENGTH

NOW = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some pages, loaded in three steps, so that most histories were derived more than once."""
    home = tmp_path_factory.mktemp("verified")
    captures = list(specimen_captures())[:36]
    for third in range(3):
        load_captures(home, captures[third::3], now=NOW)
    return home


@pytest.fixture
def home(specimen: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(specimen, tmp_path / "home"))


def summed(record: str) -> str:
    """A changed record with the checksum that a program would have written."""
    said = record[:-SUM_LENGTH]
    return f"{said}{zlib.crc32(said.encode()):08x}"


def changed(specimen: Path, home: Path, sql: str) -> list[Finding]:
    """What is told after the file was changed behind the program's back: the file of `specimen` is what is derived."""
    connection = sqlite3.connect(files.path_in(home))
    connection.create_function("summed", 1, summed)
    with connection:
        assert connection.execute(sql).rowcount == 1
    connection.close()
    return list(differences(files.path_in(home), files.path_in(specimen)))


def test_a_home_loaded_in_steps_is_what_its_captures_give(specimen: Path) -> None:
    """If it failed, either an answer rests on nothing, or the order of loading decides answers."""
    before = files.path_in(specimen).read_bytes()
    assert verify(specimen) == ()
    assert files.path_in(specimen).read_bytes() == before
    assert not (specimen / VERIFYING).exists()


@pytest.mark.parametrize(
    ("sql", "kind", "said"),
    [
        (
            "UPDATE versions SET record = replace(record, 'listed', 'suffix') WHERE id = 'J1.1@2010-11-29'",
            "derived_otherwise",
            "version J1.1@2010-11-29: its record is not the one that was written",
        ),
        (
            "UPDATE versions SET record = summed(replace(record, 'listed', 'suffix')) WHERE id = 'J1.1@2010-11-29'",
            "derived_otherwise",
            "version J1.1@2010-11-29: basis_from is suffix and derived as listed",
        ),
        (
            "UPDATE spans SET until = until - 1 WHERE code = 'J1.1' AND first = 0",
            "derived_otherwise",
            "answer J1.1 from 0",
        ),
        ("DELETE FROM versions WHERE id = 'J1.1@2010-11-29'", "only_derived", "version J1.1@2010-11-29"),
        (
            "INSERT INTO versions SELECT 'J1.1@1066-10-14', code, 999, title, effective_from, effective_until,"
            " text_digest, held, text_page, record FROM versions WHERE id = 'J1.1@2010-11-29'",
            "only_here",
            "version J1.1@1066-10-14",
        ),
        (
            "UPDATE versions SET text_page = 1 + (text_page = 1)"
            " WHERE id = (SELECT min(id) FROM versions WHERE text_page IS NOT NULL)",
            "derived_otherwise",
            "what is kept beside its record",
        ),
        (
            "UPDATE pages SET content = (SELECT content FROM pages WHERE id = 2) WHERE id = 1",
            "derived_otherwise",
            "page sha256:",
        ),
        ("UPDATE pages SET title = 'Another' WHERE id = 3", "derived_otherwise", "page sha256:"),
        ("UPDATE codes SET first_known = 1 WHERE code = 'J1.1'", "derived_otherwise", "history J1.1"),
        (
            "INSERT INTO whole_findings VALUES (9999, 'info', '[\"info\",\"x\",\"y\"]')",
            "only_here",
            "finding of the whole",
        ),
    ],
)  # fmt: skip
def test_each_difference_is_told(specimen: Path, home: Path, sql: str, kind: str, said: str) -> None:
    """An answer that no capture gives would stand as if it were read somewhere."""
    found = changed(specimen, home, sql)
    assert [finding.kind for finding in found] == [kind]
    assert said in found[0].message
    assert found[0].severity == "error"


def test_what_was_changed_is_found_by_deriving_again(home: Path) -> None:
    """With its code: a keeper looks there next."""
    sql = "UPDATE spans SET answer = 'undated' WHERE code = 'J1.1' AND first = 0"
    assert changed(home, home, sql) == []
    (found,) = verify(home)
    assert (found.code, found.kind) == ("J1.1", "derived_otherwise")


def test_a_damaged_file_is_told_and_not_compared(home: Path) -> None:
    """Differences of a torn file would be noise."""
    path = files.path_in(home)
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(StoreError, match="damaged"):
        verify(home)
    assert not (home / VERIFYING).exists()


def test_it_waits_for_no_load_and_takes_up_after_one_that_was_killed(home: Path) -> None:
    """Two at once would compare a file that is about to be replaced."""
    (home / VERIFYING).mkdir()
    (home / VERIFYING / "kb.sqlite.building").write_bytes(b"left over")
    with aside.held(home / "kb.lock"), pytest.raises(StoreError, match="at work"):
        verify(home)
    assert verify(home) == ()


def test_a_home_without_a_knowledge_base_says_what_to_do(tmp_path: Path) -> None:
    """Nothing is made there by asking."""
    with pytest.raises(StoreError, match="inforce load"):
        verify(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_changed_bytes_that_differ_in_nothing_are_told_too(home: Path) -> None:
    """Every other command refuses such a file: a keeper must not be told that all is well."""
    path = files.path_in(home)
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-3] + (b"11\n" if sealed.endswith(b"00\n") else b"00\n"))
    (found,) = verify(home)
    assert (found.severity, found.kind) == ("error", "seal_broken")
