"""The archive of original bytes: kept once, never changed, readable after a kill at any moment."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from manual.captures import Archive, RawCapture
from manual.errors import SourceError, StoreError
from tests.damage import flip

MOMENT = datetime(2026, 8, 11, 0, 0, tzinfo=UTC)
LATER = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
NOW = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)


def page(
    data: bytes = b"<p>one</p>",
    *,
    captured_at: datetime | None = MOMENT,
    address: str | None = None,
    filename: str = "1.htm",
) -> RawCapture:
    return RawCapture(
        data=data, media="html", address=address, site_path=None, captured_at=captured_at, filename=filename
    )


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


def object_of(home: Path, sha256: str) -> Path:
    digits = sha256.removeprefix("sha256:")
    return home / "captures" / "objects" / digits[:2] / digits


def without_checksums(log: Path) -> None:
    """As an older program wrote it."""
    log.write_bytes(re.sub(rb', "sum": "\w+"', b"", log.read_bytes()))


def contents_of(home: Path) -> dict[str, bytes]:
    return {str(p.relative_to(home)): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()}


def test_bytes_come_back_as_they_were_under_their_hash(tmp_path: Path) -> None:
    """If it failed, the one thing that can't be made again would not be what was saved."""
    data = b"\xef\xbb\xbf<p>\x85 odd bytes\r\n"
    capture, new = Archive(tmp_path).add(page(data), NOW)
    again = Archive(tmp_path)
    assert new
    assert capture.sha256 == "sha256:" + hashlib.sha256(data).hexdigest()
    assert again.bytes_of(capture.sha256) == data
    assert list(again.captures()) == [capture]
    assert capture.sha256 in again
    digits = capture.sha256.removeprefix("sha256:")
    assert (tmp_path / "captures" / "objects" / digits[:2] / digits).read_bytes() == data


def test_same_page_twice_is_one_capture_and_changes_no_byte(tmp_path: Path) -> None:
    """If it failed, loading a folder again would grow the archive."""
    Archive(tmp_path).add(page(), NOW)
    before = contents_of(tmp_path)
    _, new = Archive(tmp_path).add(page(filename="copy.htm"), LATER)
    assert not new
    assert contents_of(tmp_path) == before


def test_known_page_seen_again_later_is_a_sighting_and_no_second_capture(tmp_path: Path) -> None:
    """If it failed, "as last seen on" would stand still though the page was read again."""
    archive = Archive(tmp_path)
    first, _ = archive.add(page(captured_at=LATER), NOW)
    second, new = archive.add(page(captured_at=MOMENT), NOW)
    assert new
    assert first.sha256 == second.sha256
    assert len(list(archive.captures())) == 1
    for opened in (archive, Archive(tmp_path)):
        assert opened.sightings(first.sha256) == (MOMENT, LATER)
        assert opened.capture(first.sha256).captured_at == MOMENT


def test_changed_page_under_one_address_is_a_second_capture(tmp_path: Path) -> None:
    """If it failed, an amended page would overwrite the text it replaced."""
    archive = Archive(tmp_path)
    archive.add(page(address="https://example.org/opsmanual/1.htm"), NOW)
    archive.add(page(b"<p>two</p>", address="https://example.org/opsmanual/1.htm"), NOW)
    assert len(list(Archive(tmp_path).captures())) == 2


def test_address_learnt_later_is_taken_up(tmp_path: Path) -> None:
    """If it failed, a page first loaded under a meaningless name could never get its address."""
    archive = Archive(tmp_path)
    archive.add(page(captured_at=None), NOW)
    capture, _ = archive.add(page(captured_at=None, address="https://example.org/opsmanual/1.htm"), NOW)
    assert capture.address == "https://example.org/opsmanual/1.htm"
    assert capture.captured_at is None
    assert archive.sightings(capture.sha256) == ()


def test_opening_and_reading_write_nothing(tmp_path: Path) -> None:
    """If it failed, asking a question would make folders in a home that has none."""
    archive = Archive(tmp_path / "home")
    assert list(archive.captures()) == []
    assert "sha256:" + "0" * 64 not in archive
    assert not (tmp_path / "home").exists()


def test_batch_keeps_everything_and_reads_its_own_additions(tmp_path: Path) -> None:
    """If it failed, the fast way of adding would lose pages, or hide them until its end."""
    archive = Archive(tmp_path)
    with archive.batch(size=3):
        added = [archive.add(page(b"<p>%d</p>" % n), NOW)[0] for n in range(10)]
        assert archive.bytes_of(added[-1].sha256) == b"<p>9</p>"
        assert added[-1].sha256 in archive
        assert len(archive) == 10
    assert list(Archive(tmp_path).captures()) == added
    assert len(Archive(tmp_path)) == 10
    assert not list(tmp_path.rglob("*.part"))


CALLS = [("os", "fsync"), ("os", "replace"), ("os", "write"), ("os", "open"), ("pathlib", "write_bytes")]


@pytest.mark.parametrize(("module", "name"), CALLS)
def test_kill_at_any_moment_leaves_a_readable_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    """If it failed, a kill could leave a line without its bytes, or cost a page that was there before."""
    owner: Any = os if module == "os" else Path
    original = getattr(owner, name)
    cut = 0
    while True:
        home = tmp_path / f"{name}{cut}"
        old, _ = Archive(home).add(page(b"<p>old</p>"), NOW)
        calls = [0]

        def dying(*args: Any, calls: list[int] = calls, cut: int = cut, **kwargs: Any) -> Any:
            calls[0] += 1
            if calls[0] > cut:
                if name == "write":  # half of it reached the disk
                    original(args[0], args[1][: len(args[1]) // 2])
                if name == "write_bytes":
                    original(args[0], args[1][: len(args[1]) // 2])
                raise Killed
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, name, dying)
        done = True
        try:
            _add_five(home)
        except Killed:
            done = False
        monkeypatch.setattr(owner, name, original)
        _is_whole(home, old.sha256)
        _add_five(home)
        _is_whole(home, old.sha256, pages=6)
        if done:
            break
        cut += 1
    assert cut > 0


def _add_five(home: Path) -> None:
    archive = Archive(home)
    with archive.batch(size=2):
        for number in range(5):
            archive.add(page(b"<p>new %d</p>" % number), NOW)


def _is_whole(home: Path, old: Any, pages: int | None = None) -> None:
    archive = Archive(home)
    captures = list(archive.captures())
    assert archive.bytes_of(old) == b"<p>old</p>"
    assert all(archive.bytes_of(capture.sha256) for capture in captures)
    assert not [finding for finding in archive.findings() if finding.kind == "original_missing"]
    assert pages is None or len(captures) == pages


def test_log_cut_at_any_byte_costs_the_last_line_at_most(tmp_path: Path) -> None:
    """If it failed, a torn line would make the whole archive unreadable, or swallow the line written after it."""
    archive = Archive(tmp_path)
    first, _ = archive.add(page(b"<p>1</p>"), NOW)
    second, _ = archive.add(page(b"<p>2</p>"), NOW)
    log = tmp_path / "captures" / "log.jsonl"
    whole = log.read_bytes()
    start = whole.index(b"\n") + 1
    for length in range(start, len(whole) + 1):
        log.write_bytes(whole[:length])
        torn = Archive(tmp_path)
        complete = length >= len(whole) - 1  # the line end alone may be missing
        assert [c.sha256 for c in torn.captures()] == [first.sha256] + [second.sha256] * complete
        said = [] if complete else ["original_without_line"]
        torn_line = [] if complete or length == start else ["log_line_unreadable"]
        assert [finding.kind for finding in torn.findings()] == torn_line + said
        torn.add(page(b"<p>2</p>"), NOW)
        third, _ = torn.add(page(b"<p>3</p>"), NOW)
        assert len(list(Archive(tmp_path).captures())) == 3
        object_of(tmp_path, third.sha256).unlink()


@pytest.mark.parametrize(
    "line",
    [b"\xff\xfe", b"null", b"[]", b"{}", b'{"sha256": "sha256:../../x", "media": "html"}', b'{"sha256": 5}',
     b'{"sha256": "sha256:' + b"0" * 64 + b'", "media": "pdf", "captured_at": null, "recorded_at": "x"}'],
)  # fmt: skip
def test_damaged_line_is_reported_and_passed_over(tmp_path: Path, line: bytes) -> None:
    """If it failed, one bad line would cost all captures, or a crafted one would read outside the archive."""
    capture, _ = Archive(tmp_path).add(page(), NOW)
    log = tmp_path / "captures" / "log.jsonl"
    log.write_bytes(line + b"\n" + log.read_bytes())
    archive = Archive(tmp_path)
    assert list(archive.captures()) == [capture]
    [finding] = archive.findings()
    assert (finding.severity, finding.kind, finding.locator) == (
        "warning", "log_line_unreadable", "log.jsonl line 1"
    )  # fmt: skip


def test_missing_original_is_reported_and_comes_back_with_its_page(tmp_path: Path) -> None:
    """If it failed, a lost file would go unnoticed, or could never be healed by loading its page again."""
    capture, _ = Archive(tmp_path).add(page(), NOW)
    digits = capture.sha256.removeprefix("sha256:")
    (tmp_path / "captures" / "objects" / digits[:2] / digits).unlink()
    archive = Archive(tmp_path)
    assert (list(archive.captures()), capture.sha256 in archive) == ([], False)
    assert [(f.severity, f.kind) for f in archive.findings()] == [("error", "original_missing")]
    with pytest.raises(SourceError):
        archive.bytes_of(capture.sha256)
    assert archive.add(page(), LATER) == (capture, True)
    assert Archive(tmp_path).findings() == ()


def test_changed_original_is_never_given_out(tmp_path: Path) -> None:
    """If it failed, a text that was tampered with would be quoted as the original."""
    capture, _ = Archive(tmp_path).add(page(), NOW)
    digits = capture.sha256.removeprefix("sha256:")
    (tmp_path / "captures" / "objects" / digits[:2] / digits).write_bytes(b"<p>other</p>")
    with pytest.raises(SourceError, match="another hash"):
        Archive(tmp_path).bytes_of(capture.sha256)


def test_home_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    """If it failed, the person would see a traceback instead of what to do."""
    (tmp_path / "home").write_text("a file where a folder should be")
    with pytest.raises(StoreError, match="--home"):
        Archive(tmp_path / "home").add(page(), NOW)


def test_moment_without_time_zone_is_refused(tmp_path: Path) -> None:
    """If it failed, a moment could be off by half a day, and a page vouch for the wrong one."""
    with pytest.raises(ValueError, match="time zone"):
        Archive(tmp_path).add(page(captured_at=datetime(2026, 8, 11)), NOW)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("stated", "word"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), "before the manual"),
        (datetime(2026, 10, 3, tzinfo=UTC), "is after"),
        (datetime(2099, 1, 1, tzinfo=UTC), "is after"),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=-12))), "outside"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=13))), "outside"),
    ],
)
def test_day_on_which_nobody_can_have_seen_the_page_counts_for_nothing(
    tmp_path: Path, stated: datetime, word: str
) -> None:
    """If it failed, a wrong clock would vouch for an instruction on a day long before or after it."""
    first, _ = Archive(tmp_path).add(page(captured_at=stated), NOW)
    assert first.captured_at is None
    again = Archive(tmp_path)
    [finding] = again.findings()
    assert (finding.severity, finding.kind, finding.capture) == ("warning", "moment_unknown", first.sha256)
    assert word in finding.message
    assert list(again.captures()) == [first]
    assert again.add(page(captured_at=stated), LATER) == (first, False)


def test_later_the_same_day_in_auckland_is_no_future(tmp_path: Path) -> None:
    """If it failed, a page saved by a clock that goes an hour fast would lose its day."""
    capture, _ = Archive(tmp_path).add(page(captured_at=NOW + timedelta(hours=1)), NOW)
    assert capture.captured_at == NOW + timedelta(hours=1)


def test_line_of_an_older_log_with_an_impossible_day_is_read_as_an_unknown_day(tmp_path: Path) -> None:
    """If it failed, a home that once took in such a page would fail at every later load."""
    capture, _ = Archive(tmp_path).add(page(), NOW)
    log = tmp_path / "captures" / "log.jsonl"
    without_checksums(log)
    for impossible in ("9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00", "2099-01-01T00:00:00+00:00"):
        log.write_text(log.read_text().replace("2026-08-11T00:00:00+00:00", impossible))
        archive = Archive(tmp_path)
        assert archive.capture(capture.sha256).captured_at is None
        assert [f.kind for f in archive.findings()] == ["moment_unknown"]
        log.write_text(log.read_text().replace(impossible, "2026-08-11T00:00:00+00:00"))


def test_line_of_an_older_log_about_a_web_archives_copy_is_read_by_its_address(tmp_path: Path) -> None:
    """If it failed, what an older program took for a page of the day of fetching would stay one for ever."""
    copy = "https://web.archive.org/web/20150815003000/https://example.org/opsmanual/1.htm"
    capture, _ = Archive(tmp_path).add(page(address="somewhere"), NOW)
    log = tmp_path / "captures" / "log.jsonl"
    without_checksums(log)
    log.write_text(log.read_text().replace("somewhere", copy))
    read = Archive(tmp_path).capture(capture.sha256)
    assert read.address == "https://example.org/opsmanual/1.htm"
    assert read.captured_at == datetime(2015, 8, 15, 0, 30, tzinfo=UTC)


def test_whose_word_the_day_is_survives_and_no_line_is_lost_for_it(tmp_path: Path) -> None:
    """If it failed, a day that somebody typed would pass for one that a file states, or an older archive lose pages."""
    archive = Archive(tmp_path)
    stated, _ = archive.add(page(b"<p>stated</p>"), NOW)
    typed, _ = archive.add(replace(page(b"<p>typed</p>"), day_basis="keeper"), NOW)
    unknown, _ = archive.add(page(b"<p>unknown</p>", captured_at=None), NOW)
    bases = [Archive(tmp_path).capture(one.sha256).day_basis for one in (stated, typed, unknown)]
    assert bases == ["source", "keeper", ""]
    log = tmp_path / "captures" / "log.jsonl"
    without_checksums(log)
    older = log.read_text().replace(', "day_basis": "source"', "").replace('"keeper"', '"somebody"')
    log.write_text(older)
    again = Archive(tmp_path)
    assert [one.day_basis for one in again.captures()] == ["", "", ""]
    assert [one.captured_at for one in again.captures()] == [MOMENT, MOMENT, None]


def test_the_earliest_moment_brings_its_own_basis(tmp_path: Path) -> None:
    """If it failed, the keeper's day would be shown as stated by another sight of the same bytes."""
    archive = Archive(tmp_path)
    archive.add(page(captured_at=LATER), NOW)
    capture, _ = archive.add(replace(page(), day_basis="keeper"), NOW)
    assert (capture.captured_at, capture.day_basis) == (MOMENT, "keeper")


# ---------------------------------------------------------------- ways to lose what was given


def test_damaged_original_is_mended_by_loading_its_page_again(tmp_path: Path) -> None:
    """If it failed, a flipped bit would stay for ever, though the person gave the page once more."""
    capture, _ = Archive(tmp_path).add(page(), NOW)
    flip(object_of(tmp_path, capture.sha256))
    archive = Archive(tmp_path)
    assert not archive.has_whole(capture.sha256)
    assert archive.add(page(), NOW) == (capture, True)
    assert Archive(tmp_path).bytes_of(capture.sha256) == page().data


def test_flipped_bit_in_a_line_of_the_log_is_noticed(tmp_path: Path) -> None:
    """If it failed, a page could change its day or its address in silence."""
    capture, _ = Archive(tmp_path).add(page(), NOW)
    log = tmp_path / "captures" / "log.jsonl"
    whole = log.read_bytes()
    name_of_the_sum = range(whole.index(b', "sum"'), whole.index(b', "sum"') + 10)
    for place in range(0, len(whole) - 1):
        log.write_bytes(whole)
        flip(log, place)
        archive = Archive(tmp_path)
        if place in name_of_the_sum:  # what it says is whole
            assert list(archive.captures()) in ([], [capture])
        else:
            assert list(archive.captures()) == []
            assert archive.findings()


@pytest.mark.parametrize("left", [None, b""])
def test_lost_log_is_said_and_the_pages_come_back_with_a_load(tmp_path: Path, left: bytes | None) -> None:
    """If it failed, all pages would be gone without a word."""
    capture, _ = Archive(tmp_path).add(page(), NOW)
    log = tmp_path / "captures" / "log.jsonl"
    log.unlink() if left is None else log.write_bytes(left)
    archive = Archive(tmp_path)
    [finding] = archive.findings()
    assert (finding.severity, finding.kind) == ("error", "original_without_line")
    assert "Load those pages again" in finding.message
    assert archive.add(page(), NOW) == (capture, True)
    assert Archive(tmp_path).findings() == ()


def test_full_disk_leaves_no_litter_and_half_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed, each try on a full disk would fill it further, or tear the log."""
    Archive(tmp_path).add(page(), NOW)
    before = contents_of(tmp_path)

    def full(descriptor: int, data: bytes) -> int:
        if len(data) < 20:
            raise OSError(28, "No space left on device")
        return original(descriptor, data[:10])

    original = os.write
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoreError, match="make room"):
        Archive(tmp_path).add(page(b"<p>two</p>"), NOW)
    monkeypatch.undo()
    after = contents_of(tmp_path)
    assert {name: data for name, data in after.items() if name in before} == before
    assert not [name for name in after if name.endswith(".part")]

    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(StoreError, match="make room"):
        Archive(tmp_path).add(page(b"<p>three</p>"), NOW)
    monkeypatch.undo()
    assert contents_of(tmp_path) == after


def test_half_written_file_of_a_kill_is_cleared_away_by_the_next_load(tmp_path: Path) -> None:
    """If it failed, every kill would leave a file for ever."""
    capture, _ = Archive(tmp_path).add(page(), NOW)
    litter = object_of(tmp_path, capture.sha256).with_suffix(".4711.part")
    litter.write_bytes(b"half")
    archive = Archive(tmp_path)
    with archive.batch():
        archive.add(page(), NOW)
    assert not litter.exists()


def test_folder_of_objects_that_cannot_be_read_is_an_error_and_the_rest_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed, a passing fault of a disk would end every command in a traceback."""
    archive = Archive(tmp_path)
    one, two = (archive.add(page(b"<p>%d</p>" % n), NOW)[0] for n in (1, 2))
    shard = object_of(tmp_path, one.sha256).parent
    original = os.listdir

    def refusing(path: Any) -> list[str]:
        if Path(path) == shard:
            raise PermissionError(13, "Permission denied")
        return original(path)

    monkeypatch.setattr(os, "listdir", refusing)
    found = Archive(tmp_path)
    assert [capture.sha256 for capture in found.captures()] == [two.sha256]
    assert [f.kind for f in found.findings()] == ["archive_unreadable", "original_missing"]


def test_sighting_of_another_archive_keeps_its_moment_of_recording(tmp_path: Path) -> None:
    """If it failed, what a merged archive knew would count from the day of merging (`--known`)."""
    other = Archive(tmp_path / "other")
    capture, _ = other.add(page(captured_at=None), MOMENT)
    [sighting] = other.log_of(capture.sha256)
    Archive(tmp_path / "later").add(page(captured_at=None), NOW)
    for home in (tmp_path / "empty", tmp_path / "later"):
        here = Archive(home)
        assert here.take_in(sighting, page().data)
        assert not here.take_in(sighting, page().data)
        assert Archive(home).capture(capture.sha256).recorded_at == MOMENT
