"""From saved pages to a knowledge base: archive pages, read new ones, derive the affected histories, put in place.

Everything except the archive is derived. A load killed at any moment loses only time: the old file answers until the
new one is complete, and the next load continues with what was already read.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from manual import lost
from manual.captures import Archive, RawCapture, Sighting, read_paths
from manual.errors import ManualError, SourceError, StoreError
from manual.history.renumbering import renumberings
from manual.model import Capture, Code, Finding, Sha256, SitePath
from manual.parse import parse_capture
from manual.processes import WorkerEnded, WorkerPool, batched
from manual.publisher import INZ, Publisher
from manual.specimen import STATEMENT
from manual.stamp import is_outdated, stamp
from manual.store import files
from manual.store.differences import differences
from manual.store.forms import CAPTURE
from manual.store.read import Reader
from manual.store.rows import (
    NOT_READ,
    NOT_UNDERSTOOD,
    HistoryRow,
    PageRow,
    derived_row,
    page_rows,
    row_not_understood,
)
from manual.store.sights import PageKey, PageStatements, Sights, is_specimen
from manual.store.write import Writer

VERIFYING = ".verify"
"""Folder in a home in which `verify` derives everything again."""
FEW_PAGES = 40
"""Up to so many new pages are read in this process: starting others would take longer."""
FEW_CODES = 200
_PAGES_AT_ONCE = 8
_CODES_AT_ONCE = 16
_PAGES_PER_COMMIT = 512


class Progress(Protocol):
    """Receives the progress of a load. Called from one thread only."""

    def begin(self, what: str, total: int | None) -> None:
        """A new stage, such as `Reading pages`; `total` is None if unknown."""

    def step(self, count: int = 1) -> None:
        """So many more items are done."""

    def say(self, message: str) -> None:
        """A sentence for people."""


class Silent:
    """Ignores progress."""

    def begin(self, what: str, total: int | None) -> None: ...
    def step(self, count: int = 1) -> None: ...
    def say(self, message: str) -> None: ...


class TakenPage(NamedTuple):
    """One page that a load found."""

    sha256: Sha256
    filename: str
    new: bool
    """Whether its bytes were not in the archive before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSummary:
    """How a load or rebuild went."""

    read: int
    """Pages found in what was given; for a rebuild, in the archive."""
    new: int
    """Of those, bytes that were not in the archive before."""
    known: int
    understood: int
    """Of those read, how many the parser made something of."""
    not_understood: int
    """The others, sources that gave no page at all included."""
    parsed: int
    """Pages that the parser had to read this time."""
    codes: int
    """Codes whose history was derived this time."""
    changed: bool
    """Whether a new knowledge base was switched in."""
    digest: str
    built_on: str
    """Digest of the knowledge base that was changed into this one; empty where it was made in any other way."""
    derived: frozenset[Code]
    """Codes whose histories and texts may differ from those in `built_on`; all others have the same as there."""
    problems: tuple[Finding, ...]
    """What was wrong with the sources themselves. These findings are of this load only."""
    pages: tuple[TakenPage, ...] = ()
    """The pages that were found, in the order of reading; none for a rebuild."""
    unread: tuple[Finding, ...] = ()
    """Why pages of this load were not understood; the knowledge base has these findings too."""
    findings: Mapping[str, int] = field(default_factory=dict)
    """All findings by severity: those of this load's sources and those in the knowledge base."""
    seconds: float

    @property
    def pages_per_second(self) -> float:
        return self.read / self.seconds if self.seconds else 0.0


def load(
    home: Path,
    paths: Sequence[Path],
    *,
    captured: date | None,
    now: datetime,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> LoadSummary:
    """Load saved pages and update the knowledge base. Loading the same pages again changes nothing.

    `captured`: the day for files without one; `now` (aware): the moment of recording. Raises StoreError if the home
    cannot be written, another load is running, or the knowledge base was made by a newer program; SourceError if the
    home holds the specimen and a page is not part of it; WrongPublisher if it holds another publisher's pages.
    """
    found = read_paths(paths, captured=captured, publisher=publisher)
    return load_captures(home, found, now=now, progress=progress, publisher=publisher)


def load_captures(
    home: Path,
    found: Iterable[RawCapture | Finding],
    *,
    now: datetime,
    progress: Progress | None = None,
    as_specimen: bool = False,
    publisher: Publisher = INZ,
) -> LoadSummary:
    """The same for captures that do not come from files.

    `as_specimen`: they are the specimen, which has its own home. Raises SourceError if `home` holds anything else.
    """
    started = time.perf_counter()
    tell = progress or Silent()
    with files.only_builder(home):
        files.refuse_newer(files.path_in(home))
        archive = Archive(home, publisher)
        holds = _held_in(archive)
        if as_specimen and holds == "other pages":
            raise SourceError(
                f"the home {home.absolute()}",
                "other pages than the specimen's",
                "an empty home for the specimen",
                _OWN_HOME,
            )
        if holds == "specimen":
            found = _specimen_alone(found, home)
        known = lost.before(files.path_in(home), publisher)
        mended = lost.put_lines_back(archive, known)
        taken = _take_in(archive, found, now, tell)
        taken.problems += mended
        built = _bring_up_to_date(home, archive, tell, publisher, known)
    return _summary(home, taken, built, publisher, started)


def rebuild(
    home: Path,
    *,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
    without_lost: bool = False,
) -> LoadSummary:
    """Derive the knowledge base again from the archive alone. The old one answers until that is done.

    Raises StoreError if the new one would lack pages that the old one has, because originals are missing or damaged,
    unless `without_lost` is given.
    """
    started = time.perf_counter()
    tell = progress or Silent()
    with files.only_builder(home):
        archive = Archive(home, publisher)
        known = lost.before(files.path_in(home), publisher)
        mended = lost.put_lines_back(archive, known)
        taken = _Taken(hashes=[capture.sha256 for capture in archive.captures()], problems=mended)
        if without_lost:
            known = lost.NOTHING
        built = _bring_up_to_date(home, archive, tell, publisher, known, anew=True)
    return _summary(home, taken, built, publisher, started)


def merge(
    home: Path,
    other: Path,
    *,
    now: datetime,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> LoadSummary:
    """Load the archive of another home, which is only read: each page once, with the sightings of both.

    A sighting keeps its moment of recording. Damaged or missing originals are restored. Raises as `load`, and
    SourceError if `other` is not another home.
    """
    started = time.perf_counter()
    tell = progress or Silent()
    source_home = _home_of(other)
    with files.only_builder(home):
        files.refuse_newer(files.path_in(home))
        archive, source = Archive(home, publisher), Archive(source_home, publisher)
        if source_home.resolve() == home.resolve():
            raise SourceError(str(other), "this home itself", "another home, or a copy of one")
        if {_held_in(archive), _held_in(source)} == {"specimen", "other pages"}:
            raise SourceError(
                str(other), "the specimen's pages beside others", "two homes of one manual", _OWN_HOME
            )
        known = lost.before(files.path_in(home), publisher)
        mended = lost.put_lines_back(archive, known)
        taken = _take_over(archive, source, tell)
        taken.problems += mended
        built = _bring_up_to_date(home, archive, tell, publisher, known)
    return _summary(home, taken, built, publisher, started)


def _home_of(other: Path) -> Path:
    """A home, or the folder `captures` of one."""
    if (other / "captures").is_dir():
        return other
    if other.name == "captures" and (other / "objects").is_dir():
        return other.parent
    raise SourceError(str(other), "no folder with captures/ in it", "another home, or a copy of one")


def _take_over(archive: Archive, source: Archive, tell: Progress) -> _Taken:
    taken = _Taken(problems=[f for f in source.findings() if f.kind != "moment_unknown"])
    tell.begin("Taking pages in", None)
    with archive.batch():
        for capture in source.captures():
            try:
                data = source.bytes_of(capture.sha256)
            except SourceError as problem:
                why = f"of the other home, and not taken in: {problem}"
                taken.problems.append(Finding("error", "original_damaged", why, capture=capture.sha256))
                continue
            held = len(archive)
            for sighting in source.log_of(capture.sha256):
                archive.take_in(sighting, data)
            taken.new += len(archive) - held
            taken.hashes.append(capture.sha256)
            tell.step()
    return taken


_UNSEALED = Finding(
    "error",
    "seal_broken",
    "no answer differs, yet the bytes of kb.sqlite are not those that were written: run `inforce rebuild`",
    locator="kb.sqlite",
)


def verify(
    home: Path, *, progress: Progress | None = None, publisher: Publisher = INZ
) -> tuple[Finding, ...]:
    """Derive everything again from the archive and return the differences from the knowledge base; empty: none.

    The knowledge base is not changed. Raises StoreError if it cannot be read, or a load is running.
    """
    here, beside = files.path_in(home), home / VERIFYING
    files.open_to_read(here, sealed=False).close()
    with files.only_builder(home):
        shutil.rmtree(beside, ignore_errors=True)  # left by a killed process
        try:
            beside.mkdir()
            archive = Archive(home, publisher)
            _bring_up_to_date(beside, archive, progress or Silent(), publisher, lost.NOTHING, anew=True)
            found = tuple(differences(here, files.path_in(beside)))
            return found or (() if files.is_sealed(here) else (_UNSEALED,))
        except OSError as problem:
            raise StoreError(
                f"The home {home} can't be written ({problem}). Nothing was compared."
            ) from problem
        finally:
            shutil.rmtree(beside, ignore_errors=True)


# ---------------------------------------------------------------- the specimen stands alone

_OWN_HOME = "Give the specimen a home of its own: inforce --home DIR load --specimen."


def _held_in(archive: Archive) -> Literal["nothing", "specimen", "other pages"]:
    """What an archive holds. If an older archive mixes the specimen with other pages, it counts as the other pages."""
    kinds = {is_specimen(capture.site_path) for capture in archive.captures()}
    return "other pages" if False in kinds else "specimen" if True in kinds else "nothing"


def _specimen_alone(found: Iterable[RawCapture | Finding], home: Path) -> Iterator[RawCapture | Finding]:
    """`found`, for a home that holds the specimen. Raises SourceError at the first page of anything else."""
    for one in found:
        if isinstance(one, RawCapture) and not is_specimen(_placed(one).site_path):
            raise SourceError(
                one.filename,
                f"a page that is not the specimen's, for the home {home.absolute()}, which holds the specimen",
                "another home",
                "Choose one with --home.",
            )
        yield one


def _placed(raw: RawCapture) -> RawCapture:
    """A text page of the specimen has no address: only its own words say what it is, not its file name. Otherwise a
    copy of `60110.txt` would be filed as page 60110 of the real manual.
    """
    if STATEMENT not in raw.data or is_specimen(raw.site_path):
        return raw
    name = (raw.site_path or raw.filename).rpartition("/")[2]
    return replace(raw, site_path=SitePath(f"specimen/{name}"))


def _of_one_manual(held: Mapping[PageKey, frozenset[str]]) -> dict[PageKey, frozenset[str]]:
    """The pages to derive from. If a home of an older program mixes the specimen with other pages, the specimen is left
    out: invented instructions never appear among real ones."""
    others = {key: records for key, records in held.items() if not is_specimen(key[1])}
    return others or dict(held)


# ---------------------------------------------------------------- sources to archive


@dataclass(slots=True)
class _Taken:
    hashes: list[Sha256] = field(default_factory=list)
    new: int = 0
    pages: list[TakenPage] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)


def _take_in(
    archive: Archive, found: Iterable[RawCapture | Finding], now: datetime, tell: Progress
) -> _Taken:
    taken = _Taken()
    tell.begin("Taking pages in", None)
    with archive.batch():
        for one in found:
            if isinstance(one, Finding):
                taken.problems.append(one)
            else:
                _keep(archive, one, now, taken)
            tell.step()
    return taken


def _keep(archive: Archive, raw: RawCapture, now: datetime, taken: _Taken) -> None:
    held = len(archive)
    capture, _ = archive.add(_placed(raw), now)
    new = len(archive) - held
    taken.new += new
    taken.hashes.append(capture.sha256)
    taken.pages.append(TakenPage(capture.sha256, raw.filename, new > 0))


# ---------------------------------------------------------------- what is to be done


@dataclass(frozen=True, slots=True)
class _Built:
    parsed: int
    codes: frozenset[Code]
    changed: bool
    on: str = ""
    """Digest of the old knowledge base where it was built upon."""


def _bring_up_to_date(
    home: Path,
    archive: Archive,
    tell: Progress,
    publisher: Publisher,
    known: lost.Before,
    *,
    anew: bool = False,
) -> _Built:
    """`known`: the pages from which the finished knowledge base was derived; none may be lost."""
    final, building, on = files.path_in(home), files.building_in(home), ""
    kept = {} if anew else lost.kept_as_read(archive, known)
    odd = [*archive.findings(), *lost.unlisted(archive, kept)]
    held = kept | _held(archive)
    wanted = _of_one_manual(held)
    said = _said_of_itself(odd, len(held) - len(wanted), wanted)
    try:
        with files.refusals(home):
            if anew:
                files.discard(building)
            elif _is_up_to_date(final, archive, wanted, said, publisher):
                files.discard(building)
                return _Built(0, frozenset(), False)
            else:
                on = _prepare(final, building, tell, publisher)
            with Writer(building, publisher) as writer:
                _tell_of_specimen(writer.meta().get("left_out", "0"), said["left_out"], tell)
                built = _build(writer, archive, wanted, said, odd, tell)
                read = writer.hashes_read()
            _refuse_loss(known, read, held.keys() - wanted.keys(), building)
            files.switch_in(building, final)
    except WorkerEnded as problem:
        raise StoreError(f"{problem} Load again: what was read is kept.") from problem
    return replace(built, on=on)


def _refuse_loss(
    known: lost.Before, read: Iterable[Sha256], left_out: Iterable[PageKey], building: Path
) -> None:
    try:
        lost.refuse_loss(known, frozenset(read), {sha256 for sha256, _ in left_out})
    except StoreError:
        files.discard(building)
        raise


def _said_of_itself(odd: Sequence[Finding], left_out: int, wanted: Iterable[PageKey]) -> dict[str, str]:
    """Notes in a knowledge base besides its pages: their publisher, how many were left out, findings."""
    specimen = any(is_specimen(site_path) for _, site_path in wanted)
    return {
        "archive": repr(tuple(odd)),
        "left_out": str(left_out),
        "specimen": "yes" if specimen else "no",
    }


def _tell_of_specimen(before: str, left_out: str, tell: Progress) -> None:
    """Report left-out specimen pages once, and again only if their number changed."""
    if left_out not in (before, "0"):
        pages = "1 page" if left_out == "1" else f"{left_out} pages"
        tell.say(
            f"Left out of the answers: {pages} of the specimen, since this home holds other pages too. The archive "
            f"keeps their bytes. {_OWN_HOME}"
        )


def _held(archive: Archive) -> dict[PageKey, frozenset[str]]:
    """Every page of the archive, by bytes and site path, with its sightings as records.

    A sighting without an address, or with one from the page's own number only, belongs to the known address of the same
    bytes.
    """
    held: dict[PageKey, frozenset[str]] = {}
    for capture in archive.captures():
        sightings = archive.log_of(capture.sha256)
        stated = {s.site_path for s in sightings if s.site_path and not s.placed_by}
        numbered = {s.site_path for s in sightings if s.site_path}
        places: set[SitePath] | set[None] = stated or numbered or {None}
        for place in places:
            there = [s for s in sightings if s.site_path in (place, None) or (s.placed_by and stated)]
            records = [_record(s, place, by_number=bool(numbered and not stated)) for s in there]
            held[capture.sha256, place or ""] = frozenset(records)
    return held


def _record(sighting: Sighting, place: SitePath | None, *, by_number: bool) -> str:
    return CAPTURE.dumps(
        Capture(
            sha256=sighting.sha256,
            media=sighting.media,
            address=sighting.address,
            site_path=place,
            captured_at=sighting.captured_at,
            recorded_at=sighting.recorded_at,
            filename=sighting.filename,
            day_basis=sighting.day_basis,
            placed_by="own_number" if by_number else "",
        )
    )


def _is_up_to_date(
    final: Path,
    archive: Archive,
    wanted: Mapping[PageKey, frozenset[str]],
    said: Mapping[str, str],
    publisher: Publisher,
) -> bool:
    try:
        with Reader(final, publisher) as reader:
            if is_outdated(reader.meta) or not said.items() <= reader.meta.items():
                return False
            again = any(archive.has_whole(Sha256(sha256)) for sha256, _ in reader.pages_not_read())
            return not again and reader.pages() == wanted
    except StoreError:
        return False


def _prepare(final: Path, building: Path, tell: Progress, publisher: Publisher) -> str:
    """Prepare `building`: the work of a killed load, a copy of the old file, or nothing.

    Returns the digest of the old file if it is copied (it is unknown how a killed load's work differs from it).
    """
    if files.usable(building):
        tell.say("Going on where an interrupted load stopped.")
        return ""
    files.discard(building)
    try:
        with Reader(final, publisher) as reader:
            digest = reader.digest
    except StoreError as problem:
        if final.exists():
            tell.say(f"Deriving everything anew: {problem}")
        return ""
    files.copy_to_build(final, building)
    return digest


def _build(
    writer: Writer,
    archive: Archive,
    wanted: Mapping[PageKey, frozenset[str]],
    said: Mapping[str, str],
    odd: Sequence[Finding],
    tell: Progress,
) -> _Built:
    writer.begin()
    writer.unfinish()
    there = _current_pages(writer, archive)
    for key in there.keys() - wanted.keys():
        writer.remove_page(key)
    renamed = [key for key in wanted.keys() & there.keys() if _is_renamed(there[key], wanted[key])]
    for key in renamed:
        writer.remove_page(key)
    fresh = [key for key in wanted if key not in there or key in renamed]
    for key in wanted.keys() & there.keys() - set(renamed):
        if wanted[key] != there[key]:
            writer.set_sightings(key, wanted[key])
    if writer.meta().get("history") != stamp()["history"]:
        writer.mark_all_stale()
    with WorkerPool() as workers:
        _read_pages(writer, archive, {key: wanted[key] for key in fresh}, workers, tell)
        codes = _derive(writer, workers, tell)
    writer.put_links(renumberings(writer.histories_of_same_words()))
    writer.put_remarks()
    writer.put_findings([*odd, *writer.claimed_twice()])
    writer.set_meta(**said, publisher=writer.publisher.name)
    writer.finish(stamp())
    writer.commit()
    return _Built(len(fresh), codes, True)


def _current_pages(writer: Writer, archive: Archive) -> dict[PageKey, frozenset[str]]:
    """Pages that need not be read again: all that could be read, or none if another program version read them."""
    there = writer.pages()
    if writer.meta().get("parser") == stamp()["parser"]:
        again = [key for key in writer.pages_not_read() if archive.has_whole(Sha256(key[0]))]
        for key in again:
            writer.remove_page(key)
        return {key: records for key, records in there.items() if key not in again}
    for key in there:
        writer.remove_page(key)
    writer.set_meta(parser=stamp()["parser"])
    return {}


# ---------------------------------------------------------------- reading pages


@dataclass(frozen=True, slots=True)
class _Job:
    data: bytes
    media: str
    sha256: Sha256
    site_path: SitePath | None
    filename: str
    publisher: Publisher


def _read_pages(
    writer: Writer,
    archive: Archive,
    fresh: Mapping[PageKey, frozenset[str]],
    workers: WorkerPool,
    tell: Progress,
) -> None:
    tell.begin("Reading pages", len(fresh))
    jobs = (_job(archive, key, records, writer.publisher) for key, records in fresh.items())
    batches = batched(jobs, _PAGES_AT_ONCE)
    done = 0
    for rows in workers.map(_rows_of_pages, batches, many=len(fresh) > FEW_PAGES):
        for row in rows:
            writer.add_page(row)
        read = {(row.sha256, row.site_path) for row in rows}
        for key in read:
            writer.set_sightings(key, fresh[key])
        done += len(read)
        tell.step(len(read))
        if done % _PAGES_PER_COMMIT < _PAGES_AT_ONCE:  # keeps what was read so far if the process is killed
            writer.commit()
            writer.begin()


def _first_known(records: Iterable[str]) -> Capture:
    """The sighting with which a page is read: the first known, since later file names were not known before."""
    seen: list[Capture] = [CAPTURE.loads(record) for record in sorted(records)]
    return min(seen, key=lambda capture: capture.known_at)


def _is_renamed(old: frozenset[str], new: frozenset[str]) -> bool:
    """Whether a page must be read again: a sighting known earlier than all others was loaded later and has another file
    name. Otherwise the statements would depend on the order of loading."""
    if not old or old == new:
        return False
    before, now = _first_known(old), _first_known(new)
    return (before.media, before.filename) != (now.media, now.filename)


def _job(archive: Archive, key: PageKey, records: Iterable[str], publisher: Publisher) -> _Job | PageRow:
    """What a worker needs to read a page, or a row that says why its bytes cannot be obtained."""
    sha256, site_path = Sha256(key[0]), SitePath(key[1]) if key[1] else None
    first = _first_known(records)
    try:
        data = archive.bytes_of(sha256)
    except ManualError as problem:
        return row_not_understood(
            sha256, site_path, _failure(problem, sha256, first.filename, NOT_READ), NOT_READ
        )
    return _Job(data, first.media, sha256, site_path, first.filename, publisher)


def _rows_of_pages(jobs: Sequence[_Job | PageRow]) -> list[PageRow]:
    return [row for job in jobs for row in ([job] if isinstance(job, PageRow) else _rows_of_page(job))]


def _rows_of_page(job: _Job) -> list[PageRow]:
    publisher = _first_alike(job.publisher)
    try:
        page = parse_capture(
            job.data,
            media=job.media,
            site_path=job.site_path,
            sha256=job.sha256,
            filename=job.filename,
            publisher=publisher,
        )
    except MemoryError:
        why = Finding("error", NOT_READ, _NO_MEMORY, capture=job.sha256, locator=job.filename)
        return [row_not_understood(job.sha256, job.site_path, why, NOT_READ)]
    except Exception as problem:
        # Any error, even in this program, affects only one page and is reported; the other pages are read.
        return [row_not_understood(job.sha256, job.site_path, _failure(problem, job.sha256, job.filename))]
    return page_rows(page, job.sha256, job.site_path, publisher)


@cache
def _first_alike(publisher: Publisher) -> Publisher:
    """One object for all equal ones: each batch brings a new copy to a worker, and caches work best with one object."""
    return publisher


_NO_MEMORY = "the machine had not enough memory to read it; the next load tries again"


def _failure(problem: Exception, sha256: Sha256, filename: str, kind: str = NOT_UNDERSTOOD) -> Finding:
    expected = isinstance(problem, ManualError)
    message = str(problem) if expected else f"the parser failed ({type(problem).__name__}: {problem})"
    kind = kind if expected else "parser_failed"
    return Finding("error", kind, message, capture=sha256, locator=filename)


# ---------------------------------------------------------------- deriving histories


def _derive(writer: Writer, workers: WorkerPool, tell: Progress) -> frozenset[Code]:
    codes = writer.stale_codes()
    tell.begin("Working out histories", len(codes))
    jobs = ((code, writer.said_about(code), writer.publisher) for code in codes)
    for rows in workers.map(_rows_of_codes, batched(jobs, _CODES_AT_ONCE), many=len(codes) > FEW_CODES):
        for code, row, sights in rows:
            if row is None:
                writer.forget_code(code)
            else:
                writer.put_history(row, sights)
        tell.step(len(rows))
    return frozenset(codes)


_CodeJob = tuple[Code, list[PageStatements], Publisher]
_CodeDone = tuple[Code, HistoryRow | None, list[Sights]]


def _rows_of_codes(jobs: Sequence[_CodeJob]) -> list[_CodeDone]:
    return [_row_of_code(*job) for job in jobs]


def _row_of_code(code: Code, said: Sequence[PageStatements], publisher: Publisher) -> _CodeDone:
    """The row of a code's history; None if there are no statements about it any more."""
    return code, derived_row(code, said, publisher), [one.sights for one in said]


# ---------------------------------------------------------------- summary


def _summary(home: Path, taken: _Taken, built: _Built, publisher: Publisher, started: float) -> LoadSummary:
    with Reader(files.path_in(home), publisher) as reader:
        failed = reader.hashes_of_kind(NOT_UNDERSTOOD) | reader.hashes_of_kind(NOT_READ)
        counts = Counter(reader.findings_by_severity())
        digest = reader.digest
        lost_here = failed.intersection(taken.hashes)
        unread = [f for f in reader.findings("error") if f.capture in lost_here] if lost_here else []
    counts.update(finding.severity for finding in taken.problems)
    lost = sum(1 for sha256 in taken.hashes if sha256 in failed)
    refused = sum(1 for finding in taken.problems if finding.severity == "error")
    return LoadSummary(
        read=len(taken.hashes) + refused,
        new=taken.new,
        known=len(taken.hashes) - taken.new,
        understood=len(taken.hashes) - lost,
        not_understood=lost + refused,
        parsed=built.parsed,
        codes=len(built.codes),
        changed=built.changed,
        digest=digest,
        built_on=built.on,
        derived=built.codes,
        problems=tuple(taken.problems),
        pages=tuple(taken.pages),
        unread=tuple(unread),
        findings=dict(counts),
        seconds=time.perf_counter() - started,
    )
