"""The index is whole, or it is a fault; never half, never altered, never in the way of its readers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bench.search_corpus import Shape, documents, with_digest

from indexer import SearchIndex, build, generations, update
from manual.errors import IndexFault
from manual.model import VersionDocument

SMALL = Shape(versions=60, words=60, passage_words=12, vocabulary=60, most_versions=8)


@pytest.fixture
def manual() -> list[VersionDocument]:
    return list(documents(7, SMALL))


def generation_of(folder: Path) -> Path:
    return folder / json.loads((folder / "CURRENT").read_text())["generation"]


def test_missing_index_is_a_fault_that_says_what_to_do(tmp_path: Path) -> None:
    """An empty answer would say that nothing was found."""
    with pytest.raises(IndexFault, match="inforce rebuild"):
        SearchIndex.open(tmp_path)


@pytest.mark.parametrize("name", ["arrays.bin", "manifest.json"])
@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "remove"])
def test_damaged_file_is_a_fault(
    tmp_path: Path, manual: list[VersionDocument], name: str, damage: str
) -> None:
    """Otherwise a failing disk answers questions of law."""
    build(manual, tmp_path, kb_digest="k")
    path = generation_of(tmp_path) / name
    data = bytearray(path.read_bytes())
    if damage == "flip":
        data[len(data) // 2] ^= 1
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes({"flip": data, "cut": data[:-1], "empty": b""}[damage])
    with pytest.raises(IndexFault, match="inforce rebuild"):
        SearchIndex.open(tmp_path)


@pytest.mark.parametrize("pointer", ["", "{}", "nonsense", '{"generation": "../x", "manifest": ""}', "[1]"])
def test_damaged_pointer_is_a_fault(tmp_path: Path, manual: list[VersionDocument], pointer: str) -> None:
    """The pointer decides what is answered from, so it is believed only as it is written."""
    build(manual, tmp_path, kb_digest="k")
    (tmp_path / "CURRENT").write_text(pointer)
    with pytest.raises(IndexFault, match="inforce rebuild"):
        SearchIndex.open(tmp_path)


def test_index_of_another_program_is_a_fault(
    tmp_path: Path, manual: list[VersionDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words may be other stems, and nothing that is asked for would be found."""
    with monkeypatch.context() as other:
        other.setattr("indexer.building.index_stamp", lambda: "another")
        other.setattr("indexer.arrays.index_stamp", lambda: "another")
        build(manual, tmp_path, kb_digest="k")
    with pytest.raises(IndexFault, match=r"another version of this program.*inforce rebuild"):
        SearchIndex.open(tmp_path)


def test_two_versions_with_one_id_are_a_fault_and_leave_the_old_index(
    tmp_path: Path, manual: list[VersionDocument]
) -> None:
    """The index would silently hold one of them."""
    build(manual, tmp_path, kb_digest="old")
    with pytest.raises(IndexFault, match=r"must differ"):
        build([*manual, manual[0]], tmp_path, kb_digest="new")
    assert SearchIndex.open(tmp_path).digest == "old"


def test_open_index_follows_the_switch_and_the_old_generation_is_removed(
    tmp_path: Path, manual: list[VersionDocument]
) -> None:
    """Otherwise a running server answers from an index that no longer is, or the disk fills up."""
    build(manual, tmp_path, kb_digest="one")
    index = SearchIndex.open(tmp_path)
    before = index.search("the", None)
    build(manual[:10], tmp_path, kb_digest="two")
    assert index.digest == "two"
    assert index.search("the", None).total < before.total
    assert [path.name for path in tmp_path.glob("g-*")] == [generation_of(tmp_path).name]


def test_update_without_an_index_is_a_fault(tmp_path: Path, manual: list[VersionDocument]) -> None:
    """A few changed documents are not the manual."""
    with pytest.raises(IndexFault, match="inforce rebuild"):
        update(manual[:1], [], tmp_path, kb_digest="k")


KILLED = """
import os, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
import indexer.arrays, indexer.generations, indexer.building
from bench.search_corpus import Shape, documents
steps = 0
def dying(original):
    def call(*given, **named):
        global steps
        steps += 1
        if steps == {stop}:
            os._exit(9)
        return original(*given, **named)
    return call
os.fsync = dying(os.fsync)
os.replace = dying(os.replace)
indexer.building.as_arrays = dying(indexer.building.as_arrays)
indexer.building.read_arrays = dying(indexer.building.read_arrays)
indexer.generations.shutil.rmtree = dying(indexer.generations.shutil.rmtree)
manual = list(documents(8, Shape(versions=30, words=60, passage_words=12, vocabulary=60, most_versions=8)))
indexer.building.build(manual, Path({folder!r}), kb_digest="new")
print("finished", steps)
"""


def test_writer_killed_at_any_step_leaves_the_old_index_or_the_new(
    tmp_path: Path, manual: list[VersionDocument]
) -> None:
    """A crash between two steps must not leave half an index served, nor block the next build."""
    tests = str(Path(__file__).parents[1])
    served = []
    for stop in range(1, 40):
        build(manual, tmp_path, kb_digest="old")
        script = KILLED.format(tests=tests, stop=stop, folder=str(tmp_path))
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        index = SearchIndex.open(tmp_path)
        served.append(index.digest)
        expected = manual if index.digest == "old" else list(documents(8, replace(SMALL, versions=30)))
        assert index.check(expected) == ()
        if "finished" in done.stdout:
            break
        assert done.returncode == 9, done.stderr
    assert served[0] == "old"
    assert served[-1] == "new"
    assert served == sorted(served, reverse=True)
    build(manual, tmp_path, kb_digest="after")
    assert len(list(tmp_path.glob("g-*"))) == 1


def test_failing_write_leaves_the_old_index(
    tmp_path: Path, manual: list[VersionDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is an error for the writer, and nothing at all for the readers."""

    def full_disk(*given: object, **named: object) -> int:
        raise OSError(28, "No space left on device")

    build(manual, tmp_path, kb_digest="old")
    with monkeypatch.context() as broken:
        broken.setattr("indexer.building.write_arrays", full_disk)
        with pytest.raises(OSError, match="No space"):
            build(manual[:5], tmp_path, kb_digest="new")
    index = SearchIndex.open(tmp_path)
    assert index.digest == "old"
    assert index.check(manual) == ()
    assert len(list(tmp_path.glob("g-*"))) == 1


def test_second_writer_waits_and_then_says_so(
    tmp_path: Path, manual: list[VersionDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two writers at once would each remove what the other builds."""
    monkeypatch.setattr(generations, "LOCK_SECONDS", 0.2)
    with generations.writing(tmp_path), pytest.raises(IndexFault, match="Another process"):
        build(manual, tmp_path, kb_digest="k")


def test_readers_are_served_without_a_gap_while_the_index_is_rebuilt(
    tmp_path: Path, manual: list[VersionDocument]
) -> None:
    """Every answer must be that of one whole index, the old or the new."""
    build(manual, tmp_path, kb_digest="0")
    index = SearchIndex.open(tmp_path)
    totals = {"0": index.search("the", None).total}
    other = manual[: len(manual) // 3]
    build(other, tmp_path, kb_digest="1")
    totals["1"] = index.search("the", None).total
    assert totals["0"] != totals["1"]
    failures: list[object] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                fresh = SearchIndex.open(tmp_path)
                seen = {index.search("the", None).total, fresh.search("the", None).total}
                if not seen <= set(totals.values()):
                    failures.append(seen)
            except Exception as problem:
                failures.append(problem)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(12):
        build(manual if number % 2 else other, tmp_path, kb_digest=str(number))
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []


def test_check_names_what_is_missing_extra_and_different(
    tmp_path: Path, manual: list[VersionDocument]
) -> None:
    """An index that lacks a version answers 'not found' for it and nobody notices."""
    build(manual[1:], tmp_path, kb_digest="k")
    index = SearchIndex.open(tmp_path)
    altered = with_digest(replace(manual[2], title="Altered"))
    found = index.check([manual[0], manual[1], altered, *manual[4:]])
    assert sorted((finding.kind, finding.severity) for finding in found) == [
        ("index_version_differs", "error"),
        ("index_version_extra", "error"),
        ("index_version_missing", "error"),
    ]
    assert index.check(manual[1:]) == ()


def test_check_sees_an_inverted_index_that_does_not_fit(
    tmp_path: Path, manual: list[VersionDocument]
) -> None:
    """Documents may be whole while their words are filed under others."""
    build(manual, tmp_path, kb_digest="k")
    index = SearchIndex.open(tmp_path)
    holdings = index._current()
    holdings.places = holdings.places[::-1]
    assert [finding.kind for finding in index.check(manual)] == ["index_inconsistent"]


def test_empty_manual_makes_an_index_that_finds_nothing(tmp_path: Path) -> None:
    """A home before its first load must open and answer."""
    build([], tmp_path, kb_digest="k")
    index = SearchIndex.open(tmp_path)
    for on in (None, date(2024, 1, 1)):
        assert index.search('visa A16.1 "a b" c* d~', on).total == 0
        assert index.suggest("a", on) == ()
    assert list(index.dump()) == []
    assert index.check([]) == ()
    assert os.listdir(tmp_path)
