"""Which codes each page of an edition used, so that the next export draws again only what may have changed.

While a page is drawn, `RecordingBase` records each code of which anything is asked. `hashes_in` gives each code one
hash of everything that its pages can show. A page of the edition that is there is kept if the hash of every code that
it used is the same; a `DependencyLog`, which is a file of the edition itself, says which codes those are.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from manual.cache import Cache
from manual.citation import section_of
from manual.model import Code, When
from manual.queries import KnowledgeBase
from manual.queries.results import Referrer
from manual.queries.state import State
from manual.store import files
from manual.store.read import Reader

NAME = "dependencies.json"


class _RecordingState(State):
    def __init__(self, path: Path) -> None:
        super().__init__(Reader(path, mapped=False))  # it reads everything, and is to take little memory
        self.used: set[Code] = set()
        self._timelines = Cache(400)  # pages of neighbours are drawn together; all histories would be heavy
        # A text is shown, compared twice and searched; once decoded it is kept for that while.
        self.reader.text = lru_cache(maxsize=48)(self.reader.text)  # type: ignore[method-assign]
        self.reader.links = lru_cache(maxsize=48)(self.reader.links)  # type: ignore[method-assign]
        self.reader.capture = lru_cache(maxsize=512)(self.reader.capture)  # type: ignore[method-assign]

    def noticed(self, code: Code) -> None:
        self.used.add(code)


class RecordingBase(KnowledgeBase):
    """A knowledge base that answers as any other, and records the codes that were asked for."""

    def _made(self) -> State:
        return _RecordingState(self._path)

    @property
    def _recording(self) -> _RecordingState:
        state = self._state
        assert isinstance(state, _RecordingState)
        return state

    def note(self, code: Code) -> None:
        self._recording.noticed(code)

    def used(self) -> frozenset[Code]:
        """The codes that were asked for since the last call."""
        state = self._recording
        found = frozenset(state.used)
        state.used.clear()
        return found

    def referrers(self, code: Code, when: When) -> tuple[Referrer, ...]:
        """Each code that refers to this one on any day is recorded: its history decides whether it does on this day."""
        found = super().referrers(code, when)
        state, section = self._recording, section_of(code)
        for row in state.references.get(section, lambda: state.reader.refs_to(section)):
            state.noticed(row.code)
        return found


# ---------------------------------------------------------------- hashes


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashes:
    """Hashes of what a knowledge base answers with."""

    tree: str
    """Which contents apply on which days, and which codes there are."""
    codes: Mapping[Code, str]
    captures: tuple[str, ...]
    """Every page that was read, by the SHA-256 of its bytes."""


_RECORDS = (
    "SELECT code, record FROM codes",
    "SELECT code, position || record FROM versions ORDER BY id",  # the order in which they lie there
    "SELECT code, answer || record FROM spans ORDER BY code, first",
    "SELECT code, record FROM code_findings ORDER BY code, position",
    "SELECT code, ifnull(since, '') || record FROM remarks ORDER BY code, position",
    "SELECT source, record FROM links ORDER BY source, record",
    "SELECT target, record FROM links ORDER BY target, record",
)
_REFERRERS = (
    "SELECT DISTINCT r.section, v.code FROM refs AS r JOIN versions AS v ON v.text_page = r.page"
    " ORDER BY r.section, v.code"
)
_CONTENTS = (
    "SELECT s.seen, s.exact, p.sha256, p.site_path FROM pages AS p JOIN sightings AS s ON s.page = p.id"
    " WHERE p.id IN (SELECT page FROM contents_lines) ORDER BY s.seen, p.sha256, p.site_path, s.record"
)


def hashes_in(home: Path) -> Hashes:
    """The hashes of the knowledge base in `home`, in a few passes over its rows."""
    connection = files.open_to_read(files.path_in(home), mapped=False)
    try:
        known = [Code(code) for (code,) in connection.execute("SELECT code FROM codes ORDER BY code")]
        captures = connection.execute("SELECT DISTINCT sha256 FROM pages ORDER BY sha256")
        return Hashes(
            tree=_tree(connection, known),
            codes=_code_hashes(connection, known),
            captures=tuple(sha256 for (sha256,) in captures),
        )
    finally:
        connection.close()


def _code_hashes(connection: sqlite3.Connection, codes: Iterable[Code]) -> dict[Code, str]:
    """A version's record names its text by the hash of the page that it stands on, so that texts need not be read."""
    hashes = {code: hashlib.sha256() for code in codes}
    for sql in _RECORDS:
        for code, record in connection.execute(sql):
            if code in hashes:
                hashes[code].update(b"%d:" % len(record) + record.encode())
    seen = _seen_by_code(connection)
    referrers: dict[str, list[str]] = {}
    for section, code in connection.execute(_REFERRERS):
        referrers.setdefault(section, []).append(code)
    for code, hashed in hashes.items():
        hashed.update(b"".join(sorted(seen.get(code, ()))))
        hashed.update("\0".join(referrers.get(section_of(code), ())).encode())
    return {code: hashed.hexdigest()[:24] for code, hashed in hashes.items()}


def _seen_by_code(connection: sqlite3.Connection) -> dict[str, set[bytes]]:
    """For each code hashes of when and where the captures that speak of it were seen.

    The same bytes at another address are another sighting of one capture. Nothing depends on the numbers of pages,
    which a rebuild may change.
    """
    sha256s: dict[int, str] = dict(connection.execute("SELECT id, sha256 FROM pages"))
    records: dict[str, list[str]] = {}
    for page, record in connection.execute("SELECT page, record FROM sightings"):
        records.setdefault(sha256s[page], []).append(record)
    hashed = {
        sha256: hashlib.sha256("\0".join([sha256, *sorted(all_of)]).encode()).digest()
        for sha256, all_of in records.items()
    }
    found: dict[str, set[bytes]] = {}
    for code, page in connection.execute("SELECT code, page FROM statements"):
        found.setdefault(code, set()).add(hashed.get(sha256s[page], b""))
    return found


def _tree(connection: sqlite3.Connection, codes: Iterable[str]) -> str:
    """The same while the same contents apply on the same days: to see them once more changes nothing.

    All addresses in one row: which of them are of one work is for `queries` to say.
    """
    hashed = hashlib.sha256("\0".join(codes).encode())
    last = None
    for seen, exact, sha256, site_path in connection.execute(_CONTENTS):
        if (exact, sha256, site_path) != last:
            hashed.update(f"{seen}\0{exact}\0{sha256}\0{site_path}\0".encode())
            last = exact, sha256, site_path
    return hashed.hexdigest()


# ---------------------------------------------------------------- the log


@dataclass(slots=True)
class DependencyLog:
    """The hash of each code, and by address the codes that a page used."""

    hashes: Mapping[Code, str]
    pages: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Codes by their places in the sorted list of all codes, ascending: there are tens of thousands of pages."""
    _numbers: dict[Code, int] = field(init=False)

    def __post_init__(self) -> None:
        self._numbers = {code: number for number, code in enumerate(sorted(self.hashes))}

    def add(self, address: str, used: Iterable[Code]) -> None:
        """A code that the knowledge base does not know is left out: the list of codes is part of `Hashes.tree`."""
        self.pages[address] = tuple(sorted(self._numbers[code] for code in used if code in self._numbers))

    def unchanged(self, hashes: Mapping[Code, str]) -> Iterator[str]:
        """Addresses of the pages all of whose codes have the hashes given. Both must be of the same codes."""
        changed = {number for code, number in self._numbers.items() if hashes[code] != self.hashes[code]}
        return (address for address, used in self.pages.items() if changed.isdisjoint(used))

    def dumps(self) -> bytes:
        """As JSON, one page a line; the same bytes for the same edition."""
        hashes = json.dumps(dict(sorted(self.hashes.items())), indent=0)
        pages = ",\n".join(
            f"{json.dumps(address)}: {json.dumps(used, separators=(',', ':'))}"
            for address, used in sorted(self.pages.items())
        )
        return f'{{"codes": {hashes},\n"pages": {{\n{pages}\n}}}}\n'.encode()


def loads(data: bytes) -> DependencyLog:
    """What `dumps` gave."""
    raw = json.loads(data)
    return DependencyLog(raw["codes"], {address: tuple(used) for address, used in raw["pages"].items()})
