"""Writes the edition: plan, pages, search, prose, inventory, manifest; aside, then switched in.

Everything is drawn from what the knowledge base answers. Of an edition that is there already, what shows nothing that
changed is kept: pages of codes by what they consulted (`watched`), pages about the whole by their aspects (`aspects`),
the files of the search by what it knows of a code (`shards`). All three are remembered beside the edition (`memory`).
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime
from functools import cached_property
from html import escape
from importlib.metadata import version as version_of_package
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

import indexer
from manual.citation import section_of
from manual.dates import in_words, require_day
from manual.errors import ExportError
from manual.export import shards
from manual.export.aspects import (
    INDEX,
    INVENTORY,
    IndexLine,
    changes_address,
    differing_pages,
    index_lines_from,
)
from manual.export.manifest import Manifest, signature_in
from manual.export.memory import CodeMemory, Memory, forget
from manual.export.pages import FACTS_MARK, Drawn, Prose, Whole, pages_of_whole
from manual.export.plan import addresses_of, make_plan
from manual.export.render import STATIC, Facts, draw
from manual.export.summary import ExportSummary
from manual.export.switch import Staging
from manual.export.watched import (
    Differing,
    Numbers,
    Signatures,
    Watched,
    among,
    differing,
    referred_to,
    runs_of,
    signatures,
)
from manual.export.workers import Done, Edition, Todo, beside, done
from manual.model import Code, When
from manual.pages.links import code_segment
from manual.pages.render import STATIC as SITE_STATIC
from manual.pages.version_view import invented_share
from manual.publisher import INZ, Publisher

if TYPE_CHECKING:
    from manual.load import Progress

_PACKAGE = Path(__file__).resolve().parents[1]
_INDEXER = Path(indexer.__file__).resolve().parent
_PROGRAM = (".py", ".html", ".css", ".js", ".svg", ".rst", ".toml", ".txt")
_LIBRARIES = ("sphinx", "docutils", "jinja2", "rapidfuzz", "whoosh3")


def project_folder() -> Path:
    """The Sphinx project: beside the packages in a checkout, inside this one in an installed wheel."""
    installed = Path(__file__).resolve().parent / "_project"
    return installed if installed.is_dir() else _PACKAGE.parent / "build"


def write_edition(
    home: Path,
    dest: Path,
    *,
    on: date | None,
    history: bool,
    progress: Progress | None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """See `manual.export.export_html`."""
    started = time.perf_counter()
    with Watched(home, publisher) as kb, kb.steady():
        day = require_day(on) if on is not None else _newest(kb)
        signature = _signature(kb.digest, day, history)
        changed = signature_in(dest) != signature
        with beside(signatures, home) if changed else nullcontext(lambda: signatures(home)) as known:
            staging = Staging(dest, keep_spare=history)
            old = staging.old
            if old is not None and old.signature == signature and all(map(staging.has, old.files)):
                return _unchanged(staging, day, started)
            with staging:
                found = known()
                _require_same(home, kb)
                try:
                    job = EditionJob(home, kb, staging, found, day, history, progress)
                except (OSError, sqlite3.Error) as problem:  # of the memory
                    raise staging.unwritable(problem) from problem
                made = _made(job, signature)
        return _summary(staging, made, day, started, job.notes)


def _made(job: EditionJob, signature: str) -> Manifest:
    """The edition of `job`, switched in."""
    staging = job.staging
    try:
        made = job.run(signature)
        _require_same(job.home, job.kb)
        job.commit(staging.switch_in(made))
    except OSError as problem:  # of the scratch folder; files of the edition say so themselves
        raise staging.unwritable(problem) from problem
    except (sqlite3.Error, json.JSONDecodeError, zlib.error) as problem:
        raise job.forgetting(problem) from problem
    finally:
        job.close()
    return made


def _newest(kb: Watched) -> date:
    newest = kb.newest_capture()
    if newest is None:
        raise ExportError(
            "No page that was read carries a day, so the edition has no day of its own. Give one."
        )
    return newest


def _require_same(home: Path, kb: Watched) -> None:
    with Watched(home, kb.publisher) as now:
        if now.digest != kb.digest:
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
    libraries = [f"{name} {version_of_package(name)}" for name in _LIBRARIES]
    libraries.append(f"zlib {zlib.ZLIB_RUNTIME_VERSION}")
    seen.update("\0".join([digest, on.isoformat(), str(history), made, *libraries]).encode())
    for path in _program_files():
        seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()


def _program_files() -> Iterator[Path]:
    """Code, templates and static files of the program, the words that the search takes from it, the Sphinx project."""
    for folder in (_PACKAGE, _INDEXER, project_folder()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _PROGRAM and path.is_file():
                yield path


class EditionJob:
    """One export. The Sphinx extension asks it for pages and hands it files."""

    def __init__(
        self,
        home: Path,
        kb: Watched,
        staging: Staging,
        known: Signatures,
        on: date,
        history: bool,
        progress: Progress | None,
    ) -> None:
        self.home, self.kb, self.staging, self.known = home, kb, staging, known
        self.on, self.history, self.progress = on, history, progress
        self.notes: list[str] = []
        self.plan = make_plan(kb, on, history=history)
        self.facts = self._facts()
        self._numbers = Numbers(known.codes)
        self._before = self._opened()
        self._memory = self._before or Memory.begun(staging.memory)
        self._changed: frozenset[str] = frozenset()
        """Pages about the whole that show a changed aspect."""
        self._dropped: frozenset[str] = frozenset()
        """Pages that changed codes had and have no more."""
        self._searches: dict[Code, tuple[shards.CodeSearch, shards.CodeSearch]] = {}
        self._search_anew = self._before is None
        self._prose: dict[str, tuple[str, str]] = {}
        self._pages: Iterator[Drawn] = iter(())

    def _facts(self) -> Facts:
        kb, newest = self.kb, self.kb.newest_capture()
        words = kb.answers_on(When(self.on))
        facts = Facts(
            publisher=self.kb.publisher,
            on=self.on,
            history=self.history,
            made=made_day(newest),
            newest_capture=newest,
            specimen=invented_share(kb, None),
            digest=kb.digest,
            codes=len(words),
            in_force=sum(word in ("in_force", "disputed") for word in words.values()),
        )
        if not facts.in_force:
            self.notes.append(f"No instruction is known to have been in force on {in_words(self.on)}.")
        return facts

    def _opened(self) -> Memory | None:
        """What is remembered of the old edition, if that was drawn by the same rules from the same contents."""
        old = self.staging.old
        if old is None or old.rules != self.rules:
            return None
        memory = Memory.opened(self.staging.memory, self.staging.old_hash)
        if memory is not None and memory.meta("tree") != self.known.tree:
            memory.close()
            return None
        return memory

    def close(self) -> None:
        self._memory.close()

    def forgetting(self, problem: Exception) -> ExportError:
        """What is remembered can't be read or written, or is nonsense: the next export does without."""
        memory, removed = self.staging.memory, "so it was removed"
        try:
            self.close()
            forget(memory)
        except OSError:
            removed = f"nor removed: is {memory.parent} read-only?"
        return ExportError(
            f"{memory} can't be used ({problem}), {removed}. The old edition is as it was; export again."
        )

    def commit(self, manifest: str) -> None:
        """To be called once the edition is switched in. `manifest`: the SHA-256 of its manifest.

        If nothing can be remembered the edition is none the worse.
        """
        try:
            self._memory.commit(manifest)
        except (OSError, sqlite3.Error) as problem:
            self.notes.append(
                f"{self.staging.memory} can't be written ({problem}): the next export takes longer."
            )

    @cached_property
    def rules(self) -> str:
        """Identity of the rules and options the page of a code is drawn by, the knowledge base left out.

        Days of changes are no part of it: only pages about the whole show or link to them, and they move with the
        newest capture.
        """
        facts = self.facts
        content = f"{facts.specimen} {facts.in_force > 0} {self.plan.contents_days}"
        return _signature(content, self.on, self.history)

    def run(self, signature: str) -> Manifest:
        self._say("Looking for what changed" if self._before else "Planning the edition")
        drawn = self._drawn(self._todo())
        if self._before is None:
            self._pages = drawn
            build(self)
        else:
            for one in drawn:
                self.put(one.address, one.html)
            self._put_prose()
        self._memory.remember("prose", json.dumps(self._prose))
        self._memory.remember("tree", self.known.tree)
        self._static()
        self._search()
        self._keep_others()
        return self._manifest(signature)

    def _put_prose(self) -> None:
        """What Sphinx makes: as it is remembered, or by Sphinx where it lists a title that changed."""
        if INVENTORY in self._changed or not self.staging.has(INVENTORY):
            build(self)
            return
        for name, (title, body) in json.loads(self._memory.meta("prose")).items():
            self.put(f"{name}.html", self.prose(name, title, body))

    # ------------------------------------------------------------ what must be done

    def _todo(self) -> list[Todo]:
        if self._before is None:
            return [Todo(code, None, learn=True) for code in self.kb.codes()]
        old = self._before.hashes()
        days = {
            code: self._differing(code) for code in self.kb.codes() if old.get(code) != self.known.codes[code]
        }
        touched = self._touched(days)
        for code in days:
            touched.setdefault(code, set()).update(self._addresses(code) - self._before.pages_of(code))
        return [Todo(code, frozenset(addresses), code in days) for code, addresses in touched.items()]

    def _addresses(self, code: Code) -> frozenset[str]:
        return frozenset(addresses_of(self.plan, self.plan.codes[code]))

    def _differing(self, code: Code) -> Differing:
        """The days on which a changed code answers otherwise than it did."""
        assert self._before is not None
        return differing(self._before.code(code).runs, runs_of(self.kb, code, self.plan.codes[code].shape))

    def _touched(self, days: Mapping[Code, Differing]) -> dict[Code, set[str]]:
        """By code the pages that show something that changed, or that are not as they were written."""
        assert self._before is not None
        changed = self._numbers.of(days)
        referred = referred_to(self.home, days)
        found: dict[Code, set[str]] = {}
        for address, code, consulted in self._before.pages():
            if (
                not self.staging.has(address)
                or self._numbers.touched(consulted, code, changed)
                or self._newly_referred(address, code, referred, days)
            ):
                found.setdefault(code, set()).add(address)
        return found

    def _newly_referred(
        self,
        address: str,
        code: Code,
        referred: Mapping[Code, frozenset[Code]],
        days: Mapping[Code, Differing],
    ) -> bool:
        """Whether it lists who refers to its code, and a text that came on its day does."""
        by = referred.get(section_of(code))
        day = self.plan.day_of(address) if by else None
        return bool(by and day and any(among(days[one].others, day.toordinal()) for one in by))

    # ------------------------------------------------------------ pages

    def _drawn(self, todo: Sequence[Todo]) -> Iterator[Drawn]:
        """Pages that must be drawn, those of codes first: the others may list what these say."""
        anew = self._before is None
        whole = list(pages_of_whole(self.kb, self.plan, self.facts, self._index_lines()))
        work = [Todo(None, frozenset([one.address])) for one in whole if anew and one.address != INDEX]
        self._begin("Drawing the pages of instructions", len(todo) + len(work))
        for found in done(Edition(self.kb, self.plan, self.facts), self.home, [*work, *todo]):
            self._learn(found)
            yield from found.drawn
            if self.progress:
                self.progress.step()
        for page in whole:
            if page.address == INDEX if anew else not self._keeps(page):
                yield Drawn(page.address, page.draw())
            self._memory.remember(page.address, page.rests_on)

    def _keeps(self, page: Whole) -> bool:
        """Whether a page about the whole is as it was."""
        if not page.rests_on or not self.staging.has(page.address):
            return False
        return self._memory.meta(page.address) == page.rests_on and page.address not in self._changed

    def _index_lines(self) -> Iterator[IndexLine]:
        for code, said in self._memory.aspects(INDEX):
            yield from index_lines_from(code, said)

    def _learn(self, found: Done) -> None:
        code, learnt = found.code, found.learnt
        if code is None:
            return
        if learnt is not None:
            new = CodeMemory(
                hash=self.known.codes[code], runs=learnt.runs, aspects=learnt.aspects, search=learnt.search
            )
            if self._before is not None:
                self._compare(code, self._before.code(code), new)
            self._memory.put_code(code, new)
        for drawn in found.drawn:
            self._memory.put_page(drawn.address, code, self._numbers.pack(drawn.consulted))

    def _compare(self, code: Code, old: CodeMemory, new: CodeMemory) -> None:
        self._changed |= differing_pages(old.aspects, new.aspects)
        gone = self._memory.pages_of(code) - self._addresses(code)
        self._memory.forget_pages(gone)
        self._dropped |= gone
        if (old.search is None) != (new.search is None):
            self._search_anew = True
        elif old.search is not None and new.search is not None and old.search != new.search:
            self._searches[code] = (old.search, new.search)

    # ------------------------------------------------------------ what the Sphinx extension asks

    def objects(self) -> Iterator[tuple[str, str, str]]:
        for code, title in self.kb.titles_on(When(self.on)).items():
            yield code, title, code_segment(code)

    def page_of(self, code: str) -> str:
        return code_segment(code) if Code(code) in self.plan.codes else ""

    def pages(self) -> Iterator[Drawn]:
        """Finished pages, of an edition that is drawn anew."""
        return self._pages

    def prose(self, name: str, title: str, body: str) -> bytes:
        """A page of the project's own words in the frame of the edition. `body`: HTML that Sphinx wrote of them."""
        self._prose[name] = (title, body)
        page = Prose(name=_NAV_NAME.get(name, name), title=title)
        whole = Markup(body.replace(FACTS_MARK, self._facts_html()))  # our own prose, and escaped facts
        newest = self.facts.newest_capture
        return draw(page, f"{name}.html", self.on, self.plan, self.facts, newest=newest, body=whole)

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
            ("Captures behind it", f"{len(self.known.captures):,}, listed in manifest.json"),
            ("Knowledge base", facts.digest),
        ]
        return found + [("Note", note) for note in self.notes]

    def put(self, name: str, data: bytes) -> None:
        self.staging.put(name, data)

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
        staging, memory = self.staging, self._memory
        files = [name for name in staging.old.files if name.startswith("search/")] if staging.old else []
        self._search_anew = self._search_anew or not all(map(staging.has, files))
        if self._search_anew:
            self._say("Building the search")
            shards.write_index(self.plan, memory.found_codes(), memory.searches, self.put)
        elif self._searches:
            places = {code: place for place, code in enumerate(memory.found_codes())}
            shards.mend_index(
                [shards.Change(places[code], old, new) for code, (old, new) in self._searches.items()],
                history=self.history,
                known=memory.column,
                get=lambda name: (staging.dest / name).read_bytes(),
                put=self.put,
            )

    def _keep_others(self) -> None:
        """What is neither drawn anew nor gone from an edition that is mended."""
        old = self.staging.old
        if self._before is None or old is None:
            return
        held = {changes_address(*run) for run in self.plan.changes}
        for name in old.files.keys() - self.staging.files.keys() - self._dropped:
            if name.startswith("search/") and self._search_anew:
                continue  # it was written whole, and may have fewer files
            if not name.startswith("changes/") or name in held:
                self.staging.keep(name)

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
    from manual.export.sphinx_ext import run_sphinx

    complaints = run_sphinx(project_folder(), job)
    if complaints:
        raise ExportError(f"Sphinx has complaints, so that nothing was written:\n{complaints}")


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
