"""Pages of the knowledge base that the archive has lost: noticed, restored, or kept as read.

The archive is the only thing that cannot be made again, but a finished knowledge base still has each page's sightings
and what was read from it. So a lost line of the log is restored from there, a page without its original keeps what was
read, and a knowledge base is never replaced by one made from fewer pages (`refuse_loss`).
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
    """The pages from which the finished knowledge base was derived."""

    pages: Mapping[PageKey, frozenset[str]]
    """Each page with the records of its sightings."""
    read: frozenset[Sha256]
    """Those whose bytes could be had."""
    same_program: bool


NOTHING = Before({}, frozenset(), False)


def before(final: Path, publisher: Publisher) -> Before:
    """The pages of the knowledge base in `home`; `NOTHING` if none can be read."""
    try:
        with Reader(final, publisher) as reader:
            return Before(reader.pages(), reader.hashes_read(), not is_outdated(reader.meta))
    except StoreError:
        return NOTHING


def put_lines_back(archive: Archive, known: Before) -> list[Finding]:
    """Restore lost log lines of pages whose originals are held, and set unreadable lines aside.

    Raises StoreError if the home cannot be written.
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
    """Whether two sightings are the same. In a knowledge base, one without an address has the known address of its
    bytes."""
    places = (line.site_path, None)
    return (line.address, line.captured_at) == (known.address, known.captured_at) and (
        known.site_path in places or line.site_path is None or line.placed_by != ""
    )


def kept_as_read(archive: Archive, known: Before) -> dict[PageKey, frozenset[str]]:
    """Pages without originals, in a knowledge base derived by this program version: they stay as read."""
    if not known.same_program:
        return {}
    return {key: records for key, records in known.pages.items() if Sha256(key[0]) not in archive}


def unlisted(archive: Archive, kept: Mapping[PageKey, frozenset[str]]) -> list[Finding]:
    """A finding for each page that is kept although the archive has lost both its bytes and its line."""
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
    """Raises StoreError if a new knowledge base lacks pages that the present one has."""
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
