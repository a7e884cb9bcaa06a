"""Archives examined, merged and given out: nothing that was given is lost on the way."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from toy_pages import derive_anew, instruction, parse, raw, take
from warcio.archiveiterator import ArchiveIterator

import manual.load
from manual.captures import Archive, RawCapture, read_paths
from manual.captures.bundle import bundle
from manual.captures.check import check_archive
from manual.errors import SourceError, StoreError
from manual.model import Code, When
from manual.queries import KnowledgeBase
from tests.damage import flip

EARLY = datetime(2024, 5, 1, 8, 30, 0, 123456, tzinfo=UTC)
LATE = datetime(2025, 9, 1, 8, tzinfo=UTC)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CODES = [Code(f"ZB{n}.5") for n in range(1, 6)]
DAYS = [date(2024, 1, 1), date(2024, 5, 2), date(2025, 1, 1), date(2025, 9, 2), date(2026, 6, 1)]


def page(
    number: int, seen: date | None = None, address: str | None = None, place: str | None = None
) -> RawCapture:
    made = raw(instruction(CODES[number], date(2020, 1, 1)), seen, place)
    return RawCapture(
        data=made.data,
        media=made.media,
        address=address,
        site_path=made.site_path,
        captured_at=made.captured_at + timedelta(microseconds=7) if made.captured_at else None,
        filename=f"{number}.htm",
        day_basis="keeper" if number == 3 else "source",
    )


AT = "https://www.immigration.govt.nz/opsmanual/1.htm"


def fill(home: Path) -> None:
    """Known and unknown days, several sightings of one page, addresses of every kind, a day that can't be."""
    take(home, page(0, date(2024, 2, 1), AT), page(1), now=EARLY)
    take(home, page(0, date(2025, 2, 1), AT), page(0, date(2025, 2, 1)), page(2, date(1970, 1, 1)), now=LATE)
    take(
        home,
        page(3, date(2024, 2, 1), "https://www.immigration.govt.nz/opsmanual/#7.htm", "opsmanual/7"),
        now=NOW,
    )
    take(home, page(4, None, "https://example.org/x y?b=2&a=1"), page(1), now=NOW)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    fill(tmp_path / "home")
    return tmp_path / "home"


def known(home: Path) -> list[str]:
    """What is answered on each day as could be known on each day, findings included."""
    with KnowledgeBase(home) as kb:
        answers = [
            repr(kb.in_force_on(code, When(on, known)))
            for code in CODES
            for on in DAYS
            for known in (None, *DAYS)
        ]
        return answers + [repr(kb.history_of(code)) for code in CODES]


def lines(home: Path) -> set[object]:
    archive = Archive(home)
    return {line for capture in archive.captures() for line in archive.log_of(capture.sha256)}


def object_of(home: Path, number: int) -> Path:
    [capture] = [c for c in Archive(home).captures() if c.filename == f"{number}.htm"]
    digits = capture.sha256.removeprefix("sha256:")
    return home / "captures" / "objects" / digits[:2] / digits


# ---------------------------------------------------------------- check


def test_whole_archive_is_said_to_be_whole(home: Path) -> None:
    """If it failed, nobody could know that a backup is good."""
    found = check_archive(Archive(home))
    assert (found.originals, found.whole, found.lines, found.sightings, found.sound) == (5, 5, 7, 7, True)
    assert [finding.kind for finding in found.findings] == ["moment_unknown"]


def test_everything_that_is_wrong_is_found(home: Path) -> None:
    """If it failed, a flipped bit would wait for the day on which the page is needed."""
    flip(object_of(home, 0))
    object_of(home, 1).unlink()
    objects = home / "captures" / "objects"
    orphan = objects / "aa" / ("aa" + "0" * 62)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"x")
    (orphan.parent / "notes.txt").write_bytes(b"x")
    (orphan.parent / "half.4711.part").write_bytes(b"x")
    log = home / "captures" / "log.jsonl"
    log.write_bytes(log.read_bytes() + b"{torn")
    found = check_archive(Archive(home))
    assert not found.sound
    kinds = [finding.kind for finding in found.findings]
    assert sorted(kinds) == [
        "log_line_unreadable", "moment_unknown", "original_damaged", "original_damaged", "original_missing",
        "original_without_line", "stray_file", "stray_file",
    ]  # fmt: skip
    assert all("merge" in f.message or "copy" in f.message for f in found.findings if f.severity == "error")


# ---------------------------------------------------------------- merge


def merged(home: Path, other: Path) -> manual.load.LoadSummary:
    before = manual.load.parse_capture
    manual.load.parse_capture = parse  # type: ignore[assignment]
    try:
        return manual.load.merge(home, other)
    finally:
        manual.load.parse_capture = before


def test_merging_two_homes_gives_what_one_home_would_have(tmp_path: Path, home: Path) -> None:
    """If it failed, two people's captures could not be brought together, or would change what was known when."""
    right, whole = known(home), lines(home)
    one, two = tmp_path / "one", tmp_path / "two"
    take(one, page(0, date(2024, 2, 1), AT), now=EARLY)
    take(
        one,
        page(1),
        page(3, date(2024, 2, 1), "https://www.immigration.govt.nz/opsmanual/#7.htm", "opsmanual/7"),
        now=NOW,
    )
    take(two, page(1), now=EARLY)
    take(two, page(0, date(2025, 2, 1), AT), page(0, date(2025, 2, 1)), page(2, date(1970, 1, 1)), now=LATE)
    take(two, page(4, None, "https://example.org/x y?b=2&a=1"), now=NOW)
    for name, first, second in (("a", one, two), ("b", two, one)):
        shutil.copytree(first, tmp_path / name)
        before = {path: path.read_bytes() for path in second.rglob("*") if path.is_file()}
        summary = merged(tmp_path / name, second)
        assert summary.changed
        assert known(tmp_path / name) == right
        assert lines(tmp_path / name) == whole
        assert {path: path.read_bytes() for path in second.rglob("*") if path.is_file()} == before
        again = merged(tmp_path / name, second)
        assert (again.changed, again.new) == (False, 0)
        derive_anew(tmp_path / name)
        assert known(tmp_path / name) == right


def test_backup_restores_what_was_lost(tmp_path: Path, home: Path) -> None:
    """If it failed, the backup that the README asks for would be of no use."""
    right = known(home)
    backup = tmp_path / "backup"
    shutil.copytree(home / "captures", backup / "captures")
    shutil.rmtree(home)
    shutil.copytree(backup, home)
    derive_anew(home)
    assert known(home) == right

    flip(object_of(home, 0))
    object_of(home, 1).unlink()
    summary = merged(home, backup / "captures")
    assert [finding.severity for finding in summary.problems] == []
    assert check_archive(Archive(home)).sound
    assert known(home) == right

    (home / "captures" / "log.jsonl").unlink()
    (home / "kb.sqlite").unlink()
    merged(home, backup)
    assert known(home) == right


def test_damaged_page_of_the_other_home_is_said_and_not_taken(tmp_path: Path, home: Path) -> None:
    """If it failed, damage would spread."""
    flip(object_of(home, 0))
    summary = merged(tmp_path / "new", home)
    assert [finding.kind for finding in summary.problems] == ["original_damaged"]
    assert len(list(Archive(tmp_path / "new").captures())) == 4


def test_only_another_home_of_the_same_kind_can_be_merged(tmp_path: Path, home: Path) -> None:
    """If it failed, a mistyped path would end in a traceback, or the specimen stand among real pages."""
    for wrong in (tmp_path / "absent", home / "captures" / "objects", home):
        with pytest.raises(SourceError, match="expected"):
            merged(home, wrong)
    specimen = tmp_path / "specimen"
    take(specimen, page(0, None, None, "specimen/1"))
    with pytest.raises(SourceError, match="specimen"):
        merged(home, specimen)


# ---------------------------------------------------------------- bundle


def test_bundle_comes_back_equal(tmp_path: Path, home: Path) -> None:
    """If it failed, an archive given out would lose unknown days, sightings or what was known when."""
    right, whole = known(home), lines(home)
    made = bundle(Archive(home), tmp_path / "x.wacz", now=NOW)
    assert (made.pages, made.sightings, made.findings) == (5, 7, ())
    for packed in (tmp_path / "x.wacz", _renamed(tmp_path)):
        again = tmp_path / f"again-{packed.name}"
        found = list(read_paths([packed], captured=date(2020, 1, 1)))
        summary = take(again, *found, now=NOW + timedelta(days=30))
        assert [finding.severity for finding in summary.problems if finding.severity != "info"] == []
        assert lines(again) == whole
        assert known(again) == right


def _renamed(folder: Path) -> Path:
    """The web archive inside it alone."""
    with zipfile.ZipFile(folder / "x.wacz") as package:
        (folder / "data.warc.gz").write_bytes(package.read("archive/data.warc.gz"))
    return folder / "data.warc.gz"


def test_bundle_keeps_whose_word_a_day_is(tmp_path: Path) -> None:
    """A day that somebody typed would come back as one that the page states."""
    take(tmp_path / "home", replace(page(0, date(2024, 2, 1), AT), day_basis="keeper"), now=EARLY)
    bundle(Archive(tmp_path / "home"), tmp_path / "all.wacz", now=NOW)
    take(tmp_path / "back", *read_paths([tmp_path / "all.wacz"]), now=NOW)
    (capture,) = Archive(tmp_path / "back").captures()
    assert capture.day_basis == "keeper"


def test_bundle_is_a_package_that_others_read(tmp_path: Path, home: Path) -> None:
    """If it failed, only this program could open what it gives out."""
    bundle(Archive(home), tmp_path / "x.wacz", now=NOW)
    with zipfile.ZipFile(tmp_path / "x.wacz") as package:
        about = json.loads(package.read("datapackage.json"))
        assert {entry["path"] for entry in about["resources"]} <= set(package.namelist())
        data = package.read("archive/data.warc.gz")
        index = package.read("indexes/index.cdx").decode().splitlines()
        pages = package.read("pages/pages.jsonl").decode().splitlines()
    seen = []
    for record in ArchiveIterator(BytesIO(data), check_digests="raise"):
        seen.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI")))
        record.content_stream().read()
    assert [kind for kind, _ in seen] == [
        "warcinfo", "response", "revisit", "revisit", "resource", "resource", "response", "response"
    ]  # fmt: skip
    assert index == sorted(index)
    assert len(index) == 7
    for line in index:
        entry = json.loads(line.partition("{")[1] + line.partition("{")[2])
        at = BytesIO(data[int(entry["offset"]) : int(entry["offset"]) + int(entry["length"])])
        [record] = [one.rec_headers.get_header("WARC-Target-URI") for one in ArchiveIterator(at)]
        assert record == entry["url"]
    assert "govt,immigration)/opsmanual/1.htm 20240201" in "\n".join(index)
    assert len(pages) == 1 + 5


def test_bundle_twice_is_the_same_file(tmp_path: Path, home: Path) -> None:
    """If it failed, nobody could compare two backups."""
    for name in ("x.wacz", "y.wacz"):
        bundle(Archive(home), tmp_path / name, now=NOW)
    assert (tmp_path / "x.wacz").read_bytes() == (tmp_path / "y.wacz").read_bytes()


def test_bundle_names_what_it_lacks_and_never_overwrites(tmp_path: Path, home: Path) -> None:
    """If it failed, a backup with a hole would look whole, or replace the good one."""
    flip(object_of(home, 0))
    object_of(home, 1).unlink()
    made = bundle(Archive(home), tmp_path / "x.wacz", now=NOW)
    assert sorted(finding.kind for finding in made.findings) == ["original_damaged", "original_missing"]
    for name in ("x.wacz", "x.zip"):
        with pytest.raises(SourceError, match="name"):
            bundle(Archive(home), tmp_path / name, now=NOW)
    with pytest.raises(StoreError, match="can't be written"):
        bundle(Archive(home), tmp_path / "absent" / "y.wacz", now=NOW)


def test_changed_bundle_gives_no_page_that_it_was_not_made_of(tmp_path: Path, home: Path) -> None:
    """If it failed, somebody could give a page the sightings of another."""
    bundle(Archive(home), tmp_path / "x.wacz", now=NOW)
    data = _renamed(tmp_path)
    import gzip

    plain = gzip.decompress(data.read_bytes())
    swapped = plain.replace(b"Toys under ZB1.5", b"Toyz under ZB1.5")
    swapped = b"".join(
        line for line in swapped.splitlines(keepends=True) if not line.startswith(b"WARC-Block-Digest")
    )
    (tmp_path / "y.warc").write_bytes(swapped)
    found = list(read_paths([tmp_path / "y.warc"]))
    assert {one.filename for one in found if isinstance(one, RawCapture)} == {f"{n}.htm" for n in range(1, 5)}
