"""What a knowledge base would contain if only the pages known by a day had been loaded (`known`).

Tables of pages are read through views that leave out later pages. Derived tables are in a private database attached to
the file and filled on first use. Views and tables have the same names as those in the file, so that every query of
`Reader` works here unchanged and no query needs a second version for `known`.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from manual.history.renumbering import renumberings
from manual.model import Capture, Code, Finding, VersionId
from manual.store import files
from manual.store.forms import CAPTURE, FINDING
from manual.store.histories import Histories
from manual.store.read import OF_THE_MANUAL, Reader, Replaced, identity_of
from manual.store.remarks import LatestContents, codes_to_remark_on, latest_contents
from manual.store.rows import derived_row

_OF_PAGES = ("statements", "marks", "contents_lines", "refs", "terms", "page_findings")
"""Tables whose rows belong to one page."""
_OF_CODES = ("codes", "versions", "spans", "changes", "code_findings")
"""Tables whose rows belong to the history of one code."""
ADDRESS_TWICE = "address_twice"
"""What pages say together (`Histories.claimed_twice`): found anew among those known."""
MOMENT_UNKNOWN = "moment_unknown"
"""What the archive finds about one sighting: its source states a day on which the page can't have been seen."""
_DERIVED = (*_OF_CODES, "stale", "remarks", "links", "whole_findings")


class KnownReader(Reader):
    """The pages of `whole` known by a day, and what is derived from them. Used by one thread at a time."""

    def __init__(self, whole: Reader, day: int) -> None:
        """`day`: as an ordinal. Raises Replaced if the file is no longer the one that `whole` reads."""
        self.path, self.identity, self.meta = whole.path, whole.identity, whole.meta
        self.publisher = whole.publisher
        self.turn = threading.RLock()
        self._day = day
        # needs no derived tables
        self._codes = f"SELECT code FROM base.codes WHERE {OF_THE_MANUAL} AND first_known <= {day}"
        self._derived: set[Code] = set()
        self._all_derived = self._linked = False
        self._contents: list[LatestContents] | None = None
        self._remarked: frozenset[Code] = frozenset()
        self._beside = files.open_beside(whole.path)
        if identity_of(whole.path) != whole.identity:
            self.close()
            raise Replaced
        try:
            self._lay_out()
        except files.SIGNS_OF_DAMAGE as problem:
            files.damaged(whole.path, str(problem), problem)
        self._histories = Histories(self._beside, self.publisher)

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._beside

    def close(self) -> None:
        self._beside.close()

    def _lay_out(self) -> None:
        """Create the derived tables, empty, and the views, whose names take precedence over tables of the file."""
        wanted = ", ".join(f"'{name}'" for name in _DERIVED)
        made = self._run(
            f"SELECT sql FROM base.sqlite_master WHERE tbl_name IN ({wanted}) AND sql IS NOT NULL ORDER BY rowid"
        ).fetchall()
        for (sql,) in made:
            self._run(sql)
        self._run(f"CREATE TEMP VIEW sightings AS SELECT * FROM base.sightings WHERE known <= {self._day}")
        self._run("CREATE TEMP TABLE there (page INTEGER PRIMARY KEY)")
        self._run("INSERT INTO there SELECT DISTINCT page FROM sightings")
        self._run("CREATE TEMP VIEW pages AS SELECT * FROM base.pages WHERE id IN (SELECT page FROM there)")
        for name in _OF_PAGES:
            self._run(
                f"CREATE TEMP VIEW {name} AS SELECT * FROM base.{name} WHERE page IN (SELECT page FROM there)"
            )

    # ------------------------------------------------------------ deriving

    def _need(self, *codes: Code) -> None:
        missing = [code for code in codes if code not in self._derived]
        if missing:
            with self._transaction():
                self._take(missing)
                self._remark_on(missing)
            self._derived.update(missing)

    def _need_all(self) -> None:
        if self._all_derived:
            return
        self._need(*self.codes())
        rows = self._run("SELECT record FROM base.whole_findings").fetchall()
        found = [FINDING.loads(record) for (record,) in rows]
        of_archive = [one for one in found if one.kind != ADDRESS_TWICE and self._was_there(one)]
        with self._transaction():
            self._histories.put_findings([*of_archive, *self._histories.claimed_twice()])
        self._all_derived = True

    def _was_there(self, finding: Finding) -> bool:
        """Whether the sighting that a finding is about was known. Damage of the archive is always reported."""
        if finding.kind != MOMENT_UNKNOWN:
            return True
        rows = self._run(
            "SELECT s.record FROM pages AS p JOIN sightings AS s ON s.page = p.id WHERE p.sha256 = ?",
            (finding.capture,),
        )
        captures: list[Capture] = [CAPTURE.loads(record) for (record,) in rows]
        return any(one.captured_at is None and one.filename == finding.locator for one in captures)

    def _need_version(self, id: VersionId) -> None:
        """Derive the history with this version. Usually it is derived already or has the same id in the file; otherwise
        all codes are searched."""
        if not self._has(id):
            self._need(*(Code(c) for (c,) in self._run("SELECT code FROM base.versions WHERE id = ?", (id,))))
            if not self._has(id):
                self._need_all()

    def _has(self, id: VersionId) -> bool:
        return self._run("SELECT 1 FROM versions WHERE id = ?", (id,)).fetchone() is not None

    def _need_links(self) -> None:
        if self._linked:
            return
        self._need(*(Code(code) for (code,) in self._run(_LINKED).fetchall()))
        with self._transaction():
            self._histories.put_links(renumberings(self._histories.histories_of_same_words()))
        self._linked = True

    def _need_referring(self, section: Code) -> None:
        self._need(*(Code(code) for (code,) in self._run(_REFERRING, (section,)).fetchall()))

    def _take(self, codes: Sequence[Code]) -> None:
        """Copy the histories about which nothing became known later from the file, and derive the others."""
        known = self._run(
            "SELECT code, last_known FROM base.codes"
            " WHERE first_known <= ? AND code IN (SELECT value FROM json_each(?))",
            (self._day, json.dumps(codes)),
        ).fetchall()
        self._copy([code for code, last in known if last <= self._day])
        for code in (Code(code) for code, last in known if last > self._day):
            said = self._histories.said_about(code)
            row = derived_row(code, said, self.publisher)
            if row is not None:
                self._histories.put_history(row, [one.sights for one in said])

    def _remark_on(self, codes: Sequence[Code]) -> None:
        """Make remarks anew, never by copying: they may follow from later pages that do not mention the code."""
        if self._contents is None:
            self._contents = latest_contents(self._beside, self.publisher)
            self._remarked = frozenset(codes_to_remark_on(self._beside, self._contents, self.codes()))
        for code in self._remarked.intersection(codes):
            self._histories.put_remarks_on(code, self._contents)

    def _copy(self, codes: Sequence[str]) -> None:
        those = json.dumps(codes)
        for name in _OF_CODES:
            self._run(
                f"INSERT INTO {name} SELECT * FROM base.{name} WHERE code IN (SELECT value FROM json_each(?))",
                (those,),
            )
        self._run(
            "INSERT INTO links (origin, source, target, record) SELECT origin, source, target, record"
            " FROM base.links WHERE origin IN (SELECT value FROM json_each(?))",
            (those,),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._run("BEGIN")
        try:
            yield
        except BaseException:
            self._run("ROLLBACK")
            raise
        self._run("COMMIT")


_LINKED = """
    SELECT code FROM marks WHERE kind = 'move'
    UNION
    SELECT one.code FROM marks AS one JOIN marks AS other ON other.mark = one.mark AND other.code <> one.code
    WHERE one.kind = 'words' AND other.kind = 'words'
"""
_REFERRING = """
    SELECT DISTINCT said.code FROM refs JOIN statements AS said ON said.page = refs.page WHERE refs.section = ?
"""
