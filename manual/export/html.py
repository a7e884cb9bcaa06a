"""Writes the edition: pages and prose through Sphinx, search, static files and manifest; aside, then put in place.

Everything comes from answers of the knowledge base. A code's page in an existing edition is kept if none of the codes
that it used has changed (`dependencies`). Lists of the whole manual and the search are always made again. A file is
written only if its bytes differ (`switch`).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from html import escape
from importlib.metadata import version as version_of_package
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

import indexer
from manual.citation import Citation
from manual.dates import in_words
from manual.errors import ExportError
from manual.export import a_to_z, dependencies
from manual.export.collect import day_notes, day_of
from manual.export.dependencies import DependencyLog, RecordingBase
from manual.export.feeds import search_address, search_feeds
from manual.export.manifest import Manifest
from manual.export.pages import FACTS_MARK, Drawn, Prose
from manual.export.plan import make_plan, pages_planned
from manual.export.render import STATIC, Facts, draw
from manual.export.search import SearchFiles
from manual.export.summary import ExportSummary
from manual.export.switch import Staging
from manual.export.workers import Edition, Todo, done
from manual.model import Code, When
from manual.pages.links import code_segment
from manual.pages.render import STATIC as SITE_STATIC
from manual.pages.render import Page
from manual.publisher import INZ, Publisher
from manual.store.hashes import Hashes, hashes_in

if TYPE_CHECKING:
    from manual.load import Progress

_PACKAGE = Path(__file__).resolve().parents[1]
_INDEXER = Path(indexer.__file__).resolve().parent
_PROGRAM = (".py", ".html", ".css", ".js", ".svg", ".rst", ".toml", ".txt")
_LIBRARIES = ("sphinx", "docutils", "jinja2", "rapidfuzz", "snowballstemmer", "whoosh3")


def project_folder() -> Path:
    """The Sphinx project: beside the packages in a checkout, inside this one in an installed wheel."""
    installed = Path(__file__).resolve().parent / "_project"
    return installed if installed.is_dir() else _PACKAGE.parent / "build"


def export_html(
    home: Path,
    dest: Path,
    *,
    on: date | None = None,
    history: bool = False,
    searches: Sequence[str] = (),
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write the edition as of `on` (None: the day of the newest capture) into the folder `dest`.

    With `history` every version of every instruction, their histories and comparisons. Each of `searches` gets a feed.
    The new edition is written aside and put in place in one step. Raises ExportError if `dest` holds something else, or
    if the knowledge base was replaced meanwhile; the old edition then stays. `publisher` (in every export): whose pages
    the home holds.
    """
    started = time.perf_counter()
    with RecordingBase(home, publisher) as kb, kb.steady():
        day = day_of(kb, on)
        searches = sorted({" ".join(words.split()) for words in searches} - {""})
        signature = _signature("\0".join([kb.digest, *searches]), day, history)
        staging = Staging(dest)
        if staging.old is not None and staging.old.signature == signature and staging.is_whole:
            staging.kept = len(staging.old.files)
            notes = [*day_notes(kb, on), "Nothing has changed since this edition was written."]
            return staging.summary(staging.old, day, started, notes)
        with staging:
            hashes = hashes_in(home)
            _require_same(home, kb)
            job = EditionJob(home, kb, staging, hashes, day, history, searches, progress)
            try:
                made = job.run(signature)
            except OSError as problem:  # of the scratch folder; files of the edition say so themselves
                raise staging.unwritable(problem) from problem
            _require_same(home, kb)
            notes = [*day_notes(kb, on), *_repairs(staging), *job.notes]
            staging.switch_in(made)
        return staging.summary(made, day, started, notes)


def _repairs(staging: Staging) -> Iterator[str]:
    """Damage found in the old edition that this one repairs."""
    if staging.damage:
        yield (
            f"{staging.damage} Everything was drawn again, with a new manifest. The edition that lay there is kept in"
            f" {staging.damaged}; remove it when you need nothing from it."
        )
    if staging.old is not None and not staging.is_whole:
        lost = sorted(name for name in staging.old.files if not staging.has(name))
        more = f" and {len(lost) - 3:,} more" if len(lost) > 3 else ""
        yield f"Files of the old edition were altered or missing, and were made again: {', '.join(lost[:3])}{more}."


def _require_same(home: Path, kb: RecordingBase) -> None:
    with RecordingBase(home, kb.publisher) as now:
        if now.digest != kb.digest:
            raise ExportError(
                "The knowledge base was changed while it was exported. The old edition is as it was; export again."
            )


def made_day(newest: date | None) -> date | None:
    """The day that an edition states as its own: SOURCE_DATE_EPOCH, else that of the newest capture; never today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return newest
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as problem:
        raise ExportError(f"SOURCE_DATE_EPOCH is {epoch!r}; expected seconds since 1970.") from problem


def _signature(digest: str, on: date, history: bool) -> str:
    """A digest of everything that determines the files of an edition."""
    seen = hashlib.sha256()
    made = os.environ.get("SOURCE_DATE_EPOCH", "")
    libraries = [f"{name} {version_of_package(name)}" for name in _LIBRARIES]
    seen.update("\0".join([digest, on.isoformat(), str(history), made, *libraries]).encode())
    for path in _program_files():
        seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()


def _program_files() -> Iterator[Path]:
    """The program's code, templates and static files, the search vocabulary, and the Sphinx project."""
    for folder in (_PACKAGE, _INDEXER, project_folder()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _PROGRAM and path.is_file():
                yield path


class EditionJob:
    """One export. The Sphinx extension asks it for pages and hands it files."""

    def __init__(
        self,
        home: Path,
        kb: RecordingBase,
        staging: Staging,
        hashes: Hashes,
        on: date,
        history: bool,
        searches: Sequence[str],
        progress: Progress | None,
    ) -> None:
        self.home, self.kb, self.staging, self.hashes = home, kb, staging, hashes
        self.on, self.history, self.progress = on, history, progress
        self.searches = tuple(searches)
        self.notes: list[str] = []
        self.plan = make_plan(kb, on, history=history)
        self.facts = self._facts()
        self.rules = self._rules()
        self._log = DependencyLog(hashes.codes)
        self._search = SearchFiles(self.plan, kb.publisher)

    def _facts(self) -> Facts:
        kb = self.kb
        words = kb.answers_on(When(self.on))
        facts = Facts(
            publisher=self.kb.publisher,
            on=self.on,
            history=self.history,
            made=made_day(kb.newest_capture()),
            newest_capture=kb.newest_capture(exact=True),
            specimen=kb.specimen,
            digest=kb.digest,
            codes=len(words),
            searches=tuple((one, search_address(one)) for one in self.searches),
            in_force=sum(word in ("in_force", "disputed") for word in words.values()),
        )
        if not facts.in_force:
            self.notes.append(f"No instruction is known to have been in force on {in_words(self.on)}.")
        return facts

    def _rules(self) -> str:
        """A digest of everything that determines a code's page besides the codes that it uses."""
        facts = self.facts
        content = f"{facts.specimen} {facts.in_force > 0} {self.plan.contents_days} {self.hashes.tree}"
        return _signature(content, self.on, self.history)

    def run(self, signature: str) -> Manifest:
        build(self)
        self._put_static()
        self._say("Building the search")
        self._search.put(self.put)
        for address, feed in search_feeds(self.kb, self.plan, self.facts, self.home):
            self.put(address, feed)
        self.put(dependencies.NAME, self._log.dumps())
        return self._manifest(signature)

    # ------------------------------------------------------------ what the Sphinx extension asks

    def objects(self) -> Iterator[tuple[str, str, str]]:
        for code, title in self.kb.titles_on(When(self.on)).items():
            yield code, title, code_segment(code)

    @property
    def publisher(self) -> Publisher:
        return self.kb.publisher

    def place_of(self, cited: Citation) -> tuple[str, str]:
        found = self.kb.designate(cited, self.on)
        page = code_segment(found.code) if found.code is not None and found.known else ""
        return page, found.there

    def pages(self) -> Iterator[Drawn]:
        """Finished pages: those of codes that may have changed, and all about the whole manual. The others are kept."""
        planned = {
            code: frozenset(address for address, _ in pages_planned(self.plan, each))
            for code, each in self.plan.codes.items()
        }
        kept = self._kept(planned)
        edition = Edition(self.kb, self.plan, self.facts)
        whole = [Todo(None, frozenset([address])) for address in edition.whole]
        codes = [Todo(code, addresses - kept) for code, addresses in planned.items()]
        lines: list[a_to_z.IndexLine] = []
        self._begin("Drawing the pages", len(whole) + len(codes))
        for found in done(edition, self.home, [*whole, *codes]):
            for drawn in found.drawn:
                if found.code is not None:
                    self._log.add(drawn.address, drawn.used)
                yield drawn
            if found.code is not None and found.search is not None:
                self._search.add(found.code, found.search)
            lines += found.lines
            if self.progress:
                self.progress.step()
        yield Drawn(a_to_z.ADDRESS, self._draw(a_to_z.index_page(lines), a_to_z.ADDRESS))

    def _kept(self, planned: Mapping[Code, frozenset[str]]) -> frozenset[str]:
        """Pages of the old edition that show nothing changed; they are kept."""
        old, name = self.staging.old, dependencies.NAME
        if old is None or old.rules != self.rules or not self.staging.has(name):
            return frozenset()
        before = dependencies.loads((self.staging.dest / name).read_bytes())
        there = frozenset[str]().union(*planned.values())
        kept = frozenset(
            address
            for address in before.unchanged(self.hashes.codes)
            if address in there and self.staging.has(address)
        )
        for address in kept:
            self.staging.keep(address)
            self._log.pages[address] = before.pages[address]
        return kept

    def _draw(self, page: Page, address: str, **more: object) -> bytes:
        return draw(page, address, self.on, self.plan, self.facts, newest=self.facts.newest_capture, **more)

    def prose(self, name: str, title: str, body: str) -> bytes:
        """A page of the project's own prose in the frame of the edition. `body`: the HTML that Sphinx made of it."""
        page = Prose(name=_NAV_NAME.get(name, name), title=title)
        whole = Markup(body.replace(FACTS_MARK, self._facts_html()))  # our own prose, and escaped facts
        return self._draw(page, f"{name}.html", body=whole)

    def _facts_html(self) -> str:
        lines = (f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in self._facts_said())
        return f"<dl>{''.join(lines)}</dl>"

    def _facts_said(self) -> list[tuple[str, str]]:
        facts = self.facts
        found = [
            ("It answers for", in_words(facts.on)),
            ("It holds", facts.holds),
            (
                "Instructions",
                f"{facts.codes:,} known, {facts.in_force:,} of them in force or disputed on its day",
            ),
            (
                "Newest capture",
                in_words(facts.newest_capture) if facts.newest_capture else "none with a known day",
            ),
            ("Its own day", in_words(facts.made) if facts.made else "not known"),
            ("Captures behind it", f"{len(self.hashes.captures):,}, listed in manifest.json"),
            ("Knowledge base", facts.digest),
        ]
        return found + [("Note", note) for note in self.notes]

    def put(self, name: str, data: bytes) -> None:
        self.staging.put(name, data)

    # ------------------------------------------------------------ what is no page

    def _put_static(self) -> None:
        self.put(
            ".nojekyll", b""
        )  # a well-known host leaves out folders whose names begin with `_` unless told
        for folder in (SITE_STATIC, STATIC):
            for path in sorted(folder.iterdir()):
                if path.is_file():
                    self.put(f"_static/{path.name}", path.read_bytes())

    def _manifest(self, signature: str) -> Manifest:
        facts = self.facts
        return Manifest(
            on=facts.on.isoformat(),
            history=facts.history,
            made=facts.made.isoformat() if facts.made else "",
            digest=facts.digest,
            signature=signature,
            rules=self.rules,
            newest_capture=facts.newest_capture.isoformat() if facts.newest_capture else "",
            files=dict(self.staging.files),
            captures=self.hashes.captures,
        )

    def _begin(self, what: str, total: int) -> None:
        if self.progress:
            self.progress.begin(what, total)

    def _say(self, what: str) -> None:
        if self.progress:
            self.progress.begin(what, None)


_NAV_NAME = {"how-to-read": "how"}


# ---------------------------------------------------------------- Sphinx


def build(job: EditionJob) -> None:
    """Run Sphinx over the project with `job`'s pages. Any warning is an error."""
    from manual.export.sphinx_ext import run_sphinx

    complaints = run_sphinx(project_folder(), job)
    if complaints:
        raise ExportError(f"Sphinx has complaints, so that nothing was written:\n{complaints}")
