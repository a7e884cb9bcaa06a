"""What an archive has lost of the pages that a knowledge base was read from: noticed, put back, or kept as it was read.

The archive is the only thing that can't be made again, yet a finished knowledge base still knows each page's sightings
and what was read of it. So a lost line of the log is written again from there, a page whose original is gone keeps
what was read of it, and no new knowledge base takes the place of one that was read from more (`refuse_loss`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from manual.captures import Archive, Sighting
from manual.errors import StoreError
from manual.model import Capture, Finding, Sha256
from manual.publisher import Publisher
from manual.stamp import is_outdated
from manual.store.forms import CAPTURE
from manual.store.read import Reader
from manual.store.sights import PageKey

_NAMED = 5
"""So many files are named in a message; the others are counted."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the finished knowledge base was derived from."""

    pages: Mapping[PageKey, frozenset[str]]
    """Each page with the records of its sightings."""
    read: frozenset[Sha256]
    """Those whose bytes could be had."""
    same_program: bool


NOTHING = Before({}, frozenset(), False)


def before(final: Path, publisher: Publisher) -> Before:
    """`NOTHING` where there is no knowledge base that can be read."""
    try:
        with Reader(final, publisher) as reader:
            return Before(reader.pages(), reader.hashes_read(), not is_outdated(reader.meta))
    except StoreError:
        return NOTHING


def put_lines_back(archive: Archive, known: Before) -> list[Finding]:
    """Write again what the log has lost of pages whose originals are held; set aside the lines that nobody can read.

    Raises StoreError where the home can't be written.
    """
    names = [
        sighting.filename
        for (sha256, _), records in sorted(known.pages.items())
        for sighting in _lost_lines(archive, Sha256(sha256), records)
        if archive.put_back(sighting)
    ]
    archive.flush()
    aside = archive.set_damaged_lines_aside()
    said = []
    if names:
        said.append(f"had lost {_counted(names, 'line')}, written again from the knowledge base")
    if aside:
        said.append(f"had {aside:,} that nobody can read, set aside in captures/log.damaged")
    message = f"the log of captures {' and '.join(said)}"
    return [Finding("warning", "log_mended", message, locator="log.jsonl")] if said else []


def _lost_lines(archive: Archive, sha256: Sha256, records: Collection[str]) -> Iterator[Sighting]:
    there = archive.log_of(sha256)
    for record in sorted(records):
        capture: Capture = CAPTURE.loads(record)
        sighting = archive.as_recorded(capture)
        if not any(_is_same(one, sighting) for one in there):
            yield sighting


def _is_same(line: Sighting, known: Sighting) -> bool:
    """A knowledge base files a sighting without a place where those bytes are known to stand."""
    places = (line.site_path, None)
    return (line.address, line.captured_at) == (known.address, known.captured_at) and (
        known.site_path in places or line.site_path is None or line.placed_by != ""
    )


def kept_as_read(archive: Archive, known: Before) -> dict[PageKey, frozenset[str]]:
    """Pages whose originals are gone, of a knowledge base that this program derived: they stay as they were read."""
    if not known.same_program:
        return {}
    return {key: records for key, records in known.pages.items() if Sha256(key[0]) not in archive}


def unlisted(archive: Archive, kept: Mapping[PageKey, frozenset[str]]) -> list[Finding]:
    """A finding for each page that is kept though the archive has lost bytes and line alike."""
    gone = {Sha256(sha256): min(records, default="") for (sha256, _), records in sorted(kept.items())}
    return [
        Finding(
            "error",
            "original_missing",
            f"{_name_in(record)!r} is in the archive no more, neither its bytes nor its line. What was read of it is "
            "kept: put captures/ back from a copy (`inforce captures merge COPY`), or load the page again",
            capture=sha256,
            locator="log.jsonl",
        )
        for sha256, record in gone.items()
        if not archive.log_of(sha256)
    ]


def _name_in(record: str) -> str:
    capture: Capture = CAPTURE.loads(record)
    return capture.filename


def refuse_loss(known: Before, read: Collection[Sha256], left_out: Collection[str]) -> None:
    """Raises StoreError where a new knowledge base lacks pages that the present one was read from."""
    lost = known.read - set(read) - set(left_out)
    if not lost:
        return
    names = sorted(
        _name_in(min(records)) for (sha256, _), records in known.pages.items() if sha256 in lost and records
    )
    raise StoreError(
        f"The new knowledge base would lack {_counted(names, 'page')}, since their originals are missing or damaged. "
        "So it was not switched in, and the present one still answers. `inforce captures check` lists them: put them "
        "back from a copy (`inforce captures merge COPY`), or load those pages again. To go on without them: "
        "`inforce rebuild --without-lost`."
    )


def _counted(names: Collection[str], what: str) -> str:
    number = len(names)
    some = ", ".join(list(names)[:_NAMED]) + (", …" if number > _NAMED else "")
    return f"{number:,} {what}{'' if number == 1 else 's'} ({some})"
