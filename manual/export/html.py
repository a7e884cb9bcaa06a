"""Writes the edition: plan, pages, search, prose, inventory, manifest; aside, then switched in."""

from __future__ import annotations

import hashlib
import io
import logging
import multiprocessing
import os
import tempfile
import threading
import time
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.metadata import version as version_of_package
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from manual.dates import in_words, require_day
from manual.errors import ExportError
from manual.export.manifest import Manifest
from manual.export.pages import Drawn, Prose, pages_of_code, pages_of_whole
from manual.export.plan import Plan, addresses_of, make_plan
from manual.export.render import STATIC, Facts, draw
from manual.export.shards import CodeSearch, code_search, versions_shown, write_index
from manual.export.summary import ExportSummary
from manual.export.switch import Staging
from manual.export.watched import Numbers, Remembered, Signatures, Watched, signatures, unchanged_pages
from manual.model import Code
from manual.pages.render import STATIC as SITE_STATIC
from manual.pages.version_view import invented_share

if TYPE_CHECKING:
    from manual.load import Progress

STATE = "_edition/consulted.gz"
"""Which codes each page consulted; for the next export, of no use to a reader."""
FEW_CODES = 60
"""Up to so many codes are drawn in this process: starting others would take longer."""
_CODES_AT_ONCE = 4
_PACKAGE = Path(__file__).resolve().parents[1]


def project_folder() -> Path:
    """The Sphinx project: beside the packages in a checkout, inside this one in an installed wheel."""
    installed = Path(__file__).resolve().parent / "_project"
    return installed if installed.is_dir() else _PACKAGE.parent / "build"


def write_edition(
    home: Path, dest: Path, *, on: date | None, history: bool, progress: Progress | None
) -> ExportSummary:
    """See `manual.export.export_html`."""
    started = time.perf_counter()
    with Watched(home) as kb, kb.steady():
        day = require_day(on) if on is not None else _newest(kb)
        staging = Staging(dest)
        signature = _signature(kb.digest, day, history)
        old = staging.old
        if old is not None and old.signature == signature and all(map(staging.has, old.files)):
            return _unchanged(staging, day, started)
        with staging:
            known = signatures(home)
            _require_same(home, kb.digest)
            job = EditionJob(home, kb, staging, known, day, history, progress)
            try:
                job.run()
            except OSError as problem:  # of the scratch folder; files of the edition say so themselves
                raise staging.unwritable(problem) from problem
            _require_same(home, kb.digest)
            made = job.manifest(signature)
            staging.switch_in(made)
        return _summary(staging, made, day, started, job.notes)


def _newest(kb: Watched) -> date:
    newest = kb.newest_capture()
    if newest is None:
        raise ExportError(
            "No page that was read carries a day, so the edition has no day of its own. Give one."
        )
    return newest


def _require_same(home: Path, digest: str) -> None:
    with Watched(home) as now:
        if now.digest != digest:
            raise ExportError(
                "The knowledge base was changed while it was exported. The old edition is as it was; export again."
            )


def made_day(newest: date | None) -> date | None:
    """The day an edition gives as its own: SOURCE_DATE_EPOCH, else that of the newest capture. Never the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return newest
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as problem:
        raise ExportError(f"SOURCE_DATE_EPOCH is {epoch!r}; expected seconds since 1970.") from problem


def _signature(digest: str, on: date, history: bool) -> str:
    """Identity of all that decides what the files of an edition are."""
    seen = hashlib.sha256()
    made = os.environ.get("SOURCE_DATE_EPOCH", "")
    libraries = [
        f"{name} {version_of_package(name)}" for name in ("sphinx", "docutils", "jinja2", "rapidfuzz")
    ]
    seen.update("\0".join([digest, on.isoformat(), str(history), made, *libraries]).encode())
    for path in _program_files():
        seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()


def _program_files() -> Iterator[Path]:
    """Code, templates and static files of the program, and the Sphinx project."""
    for folder in (_PACKAGE, project_folder()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg", ".rst", ".toml") and path.is_file():
                yield path


@dataclass(slots=True)
class EditionJob:
    """One export. The Sphinx extension asks it for pages and hands it files."""

    home: Path
    kb: Watched
    staging: Staging
    known: Signatures
    on: date
    history: bool
    progress: Progress | None
    plan: Plan = field(init=False)
    facts: Facts = field(init=False)
    notes: list[str] = field(default_factory=list)
    _numbers: Numbers = field(init=False)
    _pages: dict[str, bytes] = field(default_factory=dict)
    _known: dict[Code, CodeSearch] = field(default_factory=dict)

    def run(self) -> None:
        newest = self.kb.newest_capture()
        self._say("Planning the edition")
        self.plan = make_plan(self.kb, self.on, history=self.history)
        self._numbers = Numbers(self.known.codes)
        self.facts = Facts(
            on=self.on,
            history=self.history,
            made=made_day(newest),
            newest_capture=newest,
            specimen=invented_share(self.kb),
            digest=self.kb.digest,
            codes=len(self.plan.codes),
            in_force=sum(
                each.span_on(self.on).answer in ("in_force", "disputed") for each in self.plan.codes.values()
            ),
        )
        if not self.facts.in_force:
            self.notes.append(f"No instruction is known to have been in force on {in_words(self.on)}.")
        build(self)
        self._static()
        self._search()
        self._state()

    # ------------------------------------------------------------ what the Sphinx extension asks

    def objects(self) -> Iterator[tuple[str, str, str]]:
        for code, each in self.plan.codes.items():
            yield code, self.kb.title_of(code, self.on), each.segment

    def page_of(self, code: str) -> str:
        each = self.plan.codes.get(Code(code))
        return each.segment if each else ""

    def pages(self) -> Iterator[Drawn]:
        """Pages that must be drawn; the others are kept as they lie in the old edition."""
        whole = pages_of_whole(self.kb, self.plan, self.facts)
        todo = self._keep_unchanged()
        self._begin("Drawing pages", sum(len(one.addresses) for one in todo))
        for done in self._done(_batches(todo), many=len(todo) > FEW_CODES):
            yield from self._taken(done)
            yield from whole  # once, while the workers are busy with what is in flight
        yield from whole

    def _taken(self, done: Done) -> Iterator[Drawn]:
        for drawn in done.drawn:
            self._pages[drawn.address] = self._numbers.pack(drawn.consulted)
            yield drawn
            if self.progress:
                self.progress.step()
        if done.search is not None:
            self._known[done.code] = done.search

    def prose(self, name: str, title: str, body: str) -> bytes:
        page = Prose(name=_NAV_NAME.get(name, name), title=title)
        newest = self.facts.newest_capture
        return draw(page, f"{name}.html", self.on, self.plan, self.facts, newest=newest, body=Markup(body))

    def facts_of(self, kind: str) -> list[tuple[str, str]]:
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
            ("Captures behind it", f"{len(self.known.captures):,}, listed in manifest.json"),
            ("Knowledge base", facts.digest),
        ]
        return found + [("Note", note) for note in self.notes]

    def put(self, name: str, data: bytes) -> None:
        self.staging.put(name, data)

    # ------------------------------------------------------------ pages of codes

    def _keep_unchanged(self) -> list[Todo]:
        """Keeps what need not be made; gives what must be, by code."""
        remembered = self._remembered()
        unchanged = unchanged_pages(remembered, self.known, self.home)
        work = []
        for code, each in self.plan.codes.items():
            todo = []
            for address in addresses_of(self.plan, each):
                if remembered and address in unchanged and self.staging.has(address):
                    self.staging.keep(address)
                    self._pages[address] = remembered.pages[address]
                else:
                    todo.append(address)
            shard = not (remembered and self._keep_shard(remembered, code))
            if todo or shard:
                work.append(Todo(code, frozenset(todo), shard))
        return work

    def _keep_shard(self, remembered: Remembered, code: Code) -> bool:
        """Whether the search knows what it must of a code. One that can't be found on any day has no file."""
        if remembered.tree != self.known.tree or remembered.codes.get(code) != self.known.codes.get(code):
            return False
        terms = remembered.terms.get(code)
        if terms is None:  # nothing to be found, or an edition of one day, which is small and keeps no terms
            return not versions_shown(self.plan.codes[code], self.plan)
        self._known[code] = CodeSearch(*terms)
        return True

    def _remembered(self) -> Remembered | None:
        """What the old edition knew, if it was drawn by the same rules."""
        old, staging = self.staging.old, self.staging
        if old is None or not staging.has(STATE):
            return None
        if old.rules != self.rules():
            return None
        return Remembered.loads((staging.dest / STATE).read_bytes())

    def rules(self) -> str:
        """Identity of the rules and options the page of a code is drawn by, the knowledge base left out.

        Days of changes are no part of it: only pages about the whole, which are always drawn, show or link to them,
        and they move with the newest capture.
        """
        facts = self.facts
        content = f"{facts.specimen} {facts.in_force > 0} {self.plan.contents_days}"
        return _signature(content, self.on, self.history)

    def _done(self, batches: Sequence[_Batch], *, many: bool) -> Iterator[Done]:
        if not many or (os.cpu_count() or 1) < 2:
            for batch in batches:
                yield from (do(self.kb, self.plan, self.facts, todo) for todo in batch)
            return
        context = multiprocessing.get_context("spawn")
        start = (self.home, self.kb.digest, self.plan, self.facts)
        with ProcessPoolExecutor(
            os.cpu_count(), mp_context=context, initializer=_start_worker, initargs=start
        ) as pool:
            try:
                yield from _in_order(pool, batches)
            except BrokenProcessPool as problem:
                raise ExportError(
                    "A worker process was ended from outside. Nothing was changed; export again."
                ) from problem
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    # ------------------------------------------------------------ what is no page

    def _static(self) -> None:
        self.put(
            ".nojekyll", b""
        )  # a well-known host leaves out folders whose names begin with `_` unless told
        for folder in (SITE_STATIC, STATIC):
            for path in sorted(folder.iterdir()):
                if path.is_file():
                    self.put(f"_static/{path.name}", path.read_bytes())

    def _search(self) -> None:
        self._say("Building the search")
        write_index(self.plan, self._known, self.put)

    def _state(self) -> None:
        terms = (
            {code: (f.postings, f.forms, f.titles, f.days) for code, f in self._known.items()}
            if self.history
            else {}
        )
        self.put(STATE, Remembered(self.known.tree, self.known.codes, self._pages, terms).dumps())

    def manifest(self, signature: str) -> Manifest:
        facts = self.facts
        return Manifest(
            on=facts.on.isoformat(),
            history=facts.history,
            made=facts.made.isoformat() if facts.made else "",
            digest=facts.digest,
            signature=signature,
            rules=self.rules(),
            newest_capture=facts.newest_capture.isoformat() if facts.newest_capture else "",
            files=dict(self.staging.files),
            captures=self.known.captures,
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
    """Run Sphinx over the project with `job`'s pages. Anything it warns of is an error."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    from manual.export import sphinx_ext

    source = project_folder()
    said = io.StringIO()
    token = sphinx_ext.RUNNING.set(job)
    try:
        with tempfile.TemporaryDirectory(prefix="inforce-sphinx-") as scratch, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Sphinx's own libraries; what Sphinx says itself is in `said`
            with patch_docutils(str(source)), docutils_namespace():
                app = Sphinx(
                    srcdir=source,
                    confdir=source,
                    outdir=Path(scratch) / "out",
                    doctreedir=Path(scratch) / "doctrees",
                    buildername=sphinx_ext.BUILDER,
                    status=None,
                    warning=said,
                    freshenv=True,
                )
                app.build(force_all=True)
    finally:
        sphinx_ext.RUNNING.reset(token)
        logging.getLogger("sphinx").handlers.clear()
    if said.getvalue().strip():
        raise ExportError(f"Sphinx has complaints, so that nothing was written:\n{said.getvalue().strip()}")


# ---------------------------------------------------------------- workers


@dataclass(frozen=True, slots=True)
class Todo:
    """Work on one code: pages to draw, and whether the search must learn it anew."""

    code: Code
    addresses: frozenset[str]
    shard: bool


@dataclass(frozen=True, slots=True)
class Done:
    code: Code
    drawn: list[Drawn]
    search: CodeSearch | None


_Batch = list[Todo]
_AT_WORK: dict[str, tuple[Watched, Plan, Facts]] = {}


def do(kb: Watched, plan: Plan, facts: Facts, todo: Todo) -> Done:
    drawn = list(pages_of_code(kb, plan, facts, todo.code, todo.addresses)) if todo.addresses else []
    return Done(todo.code, drawn, code_search(kb, plan, todo.code) if todo.shard else None)


def _start_worker(home: Path, digest: str, plan: Plan, facts: Facts) -> None:
    _end_with_parent()
    kb = Watched(home)
    kb.steady().__enter__()  # for the life of this process
    if kb.digest != digest:
        raise ExportError("The knowledge base was changed while it was exported.")
    _AT_WORK["it"] = kb, plan, facts


def _do_batch(batch: _Batch) -> list[Done]:
    kb, plan, facts = _AT_WORK["it"]
    return [do(kb, plan, facts, todo) for todo in batch]


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _batches(work: list[Todo]) -> list[_Batch]:
    return [work[at : at + _CODES_AT_ONCE] for at in range(0, len(work), _CODES_AT_ONCE)]


def _in_order(pool: ProcessPoolExecutor, batches: Sequence[_Batch]) -> Iterator[Done]:
    """Few batches in flight at once, so that memory stays bounded."""
    waiting: deque[Future[list[Done]]] = deque()
    for batch in batches:
        waiting.append(pool.submit(_do_batch, batch))
        if len(waiting) > 2 * (os.cpu_count() or 1):
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


# ---------------------------------------------------------------- summary


def _unchanged(staging: Staging, on: date, started: float) -> ExportSummary:
    assert staging.old is not None
    files = staging.old.files
    return ExportSummary(
        dest=staging.dest,
        on=on,
        digest=staging.old.digest,
        pages=sum(name.endswith(".html") for name in files),
        files=len(files),
        written=0,
        kept=len(files),
        removed=0,
        bytes=sum(entry.size for entry in files.values()),
        seconds=time.perf_counter() - started,
        notes=("Nothing has changed since this edition was written.",),
    )


def _summary(
    staging: Staging, made: Manifest, on: date, started: float, notes: Sequence[str]
) -> ExportSummary:
    return ExportSummary(
        dest=staging.dest,
        on=on,
        digest=made.digest,
        pages=sum(name.endswith(".html") for name in made.files),
        files=len(made.files),
        written=staging.written,
        kept=staging.kept,
        removed=staging.removed,
        bytes=sum(entry.size for entry in made.files.values()),
        seconds=time.perf_counter() - started,
        notes=tuple(notes),
    )
