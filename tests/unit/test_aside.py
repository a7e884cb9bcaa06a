"""Files and folders that readers use are replaced in one step, by one writer at a time."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest
from toy_pages import run_in_child

from manual.aside import Held, exchange, held, replace_file, switch_in, switch_in_all, sync


def test_reader_of_the_old_file_keeps_it(tmp_path: Path) -> None:
    """A reader would see half of the new file."""
    final = tmp_path / "final"
    final.write_bytes(b"old")
    with final.open("rb") as reader:
        replace_file(final, b"the new one")
        assert reader.read() == b"old"
    assert final.read_bytes() == b"the new one"
    assert os.listdir(tmp_path) == ["final"]


def test_bytes_are_on_the_disk_before_they_are_switched_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a loss of power the name would lead to an empty file."""
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_sync(descriptor: int) -> None:
        done.append("sync folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "sync file")
        fsync(descriptor)

    def noted_replace(one: Path, other: Path) -> None:
        done.append("replace")
        replace(one, other)

    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "replace", noted_replace)
    switch_in_all({tmp_path / "a": tmp_path / "A", tmp_path / "b": tmp_path / "B"})
    if sys.platform == "linux":
        assert done == ["sync file", "sync file", "replace", "replace", "sync folder"]


def test_failed_replacement_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old answers would be lost where the disk is full."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    final = tmp_path / "final"
    final.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(final, b"new")
    assert final.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["final"]


def test_two_folders_change_places(tmp_path: Path) -> None:
    """Readers of an edition would find no folder, or half of one, in between."""
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / folder.name).touch()
    if exchange(one, other):
        assert os.listdir(one) == ["other"]
        assert os.listdir(other) == ["one"]
    else:
        assert os.listdir(one) == ["one"]


def test_folders_that_are_not_there_are_not_exchanged(tmp_path: Path) -> None:
    """The caller would believe that the new folder is in its place."""
    (tmp_path / "one").mkdir()
    assert not exchange(tmp_path / "one", tmp_path / "missing")
    assert (tmp_path / "one").is_dir()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_one_holder_at_a_time_also_within_a_process(tmp_path: Path, kind: str) -> None:
    """Two writers would build on each other's half-done work."""
    path = tmp_path / "lock"
    if kind == "folder":
        path.mkdir()
    with held(path), pytest.raises(Held), held(path):
        pass
    with held(path):
        assert run_in_child(lambda: held(path).__enter__()) != 0
    with held(path):
        pass


def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    """A killed writer would shut the home for ever."""

    def die_with_the_lock() -> None:
        held(tmp_path / "lock").__enter__()
        os.kill(os.getpid(), 9)

    assert run_in_child(die_with_the_lock) == 9
    with held(tmp_path / "lock"):
        pass


def test_waits_for_the_lock_as_long_as_it_is_told_to(tmp_path: Path) -> None:
    """The second of two short writers would fail although the first ends at once."""
    taken, release = threading.Event(), threading.Event()

    def hold() -> None:
        with held(tmp_path / "lock"):
            taken.set()
            release.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    assert taken.wait(60)
    threading.Timer(0.1, release.set).start()
    with held(tmp_path / "lock", wait=60):
        pass
    holder.join()


def test_what_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    """The caller could not tell the person what is wrong."""
    with pytest.raises(OSError, match="missing"), held(tmp_path / "missing" / "lock"):
        pass
    with pytest.raises(OSError, match="missing"):
        sync(tmp_path / "missing")
    with pytest.raises(OSError, match="missing"):
        switch_in(tmp_path / "missing", tmp_path / "final")
