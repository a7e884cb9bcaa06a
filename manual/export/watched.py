"""A knowledge base that notes what was asked of it, so that an edition can tell which pages an amendment touches.

Three halves of one rule. `Watched` notes, while a page is made, every code that was consulted, and for which day.
`signatures` gives each code one hash over all that its history can answer with. Of a code whose hash changed, `Runs`
tell on which days it answers otherwise than before. A page is as it was if no code it consulted answers otherwise on
the day it was consulted for, and no text that came or went on its day refers to it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from manual.model import Answer, Code, When
from manual.publisher import Publisher
from manual.queries import KnowledgeBase, Referrer
from manual.queries.state import Kept, State, version_of
from manual.store import files
from manual.store.read import Reader

WHOLE = 0
"""Instead of a day: the whole history was consulted."""
END = date.max.toordinal() + 1
SHAPE = END
"""Instead of a day: which versions there are and when they answer, but nothing else of them."""

Consulted = frozenset[tuple[Code, int]]
"""Codes with the day of which something was asked, as its ordinal, or `WHOLE`, or `SHAPE`."""


class _WatchedState(State):
    def __init__(self, path: Path, publisher: Publisher) -> None:
        super().__init__(
            Reader(path, publisher, mapped=False)
        )  # it reads everything, and is to take little memory
        self.consulted: set[tuple[Code, int]] = set()
        self._timelines = Kept(
            400
        )  # pages of neighbours are drawn together; all histories at once would be heavy
        # A text is shown, compared twice and searched; once decoded it is kept for that while.
        self.reader.text = lru_cache(maxsize=48)(self.reader.text)  # type: ignore[method-assign]
        self.reader.links = lru_cache(maxsize=48)(self.reader.links)  # type: ignore[method-assign]
        self.reader.capture = lru_cache(maxsize=512)(self.reader.capture)  # type: ignore[method-assign]

    def noticed(self, code: Code, on: date | None) -> None:
        self.consulted.add((code, on.toordinal() if on else WHOLE))

    def noticed_shape(self, code: Code) -> None:
        self.consulted.add((code, SHAPE))


class Watched(KnowledgeBase):
    """A knowledge base that answers as any other, and notes the codes consulted."""

    def _made(self) -> State:
        return _WatchedState(self._path, self.publisher)

    @property
    def _watched(self) -> _WatchedState:
        state = self._state
        assert isinstance(state, _WatchedState)
        return state

    def note(self, code: Code, day: int) -> None:
        """`day`: its ordinal, or `WHOLE`, or `SHAPE`."""
        self._watched.consulted.add((code, day))

    def consulted(self) -> Consulted:
        """What was consulted since the last call."""
        state = self._watched
        found = frozenset(state.consulted)
        state.consulted.clear()
        return found

    def referrers(self, code: Code, when: When) -> tuple[Referrer, ...]:
        found = super().referrers(code, when)
        for referrer in found:
            self.note(referrer.code, when.on.toordinal())
        return found


# ---------------------------------------------------------------- what a knowledge base answers with


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Hashes of what a knowledge base can answer with."""

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
_CONTENTS = (
    "SELECT s.seen, s.exact, p.sha256, p.site_path FROM pages AS p JOIN sightings AS s ON s.page = p.id"
    " WHERE p.id IN (SELECT page FROM contents_lines) ORDER BY s.seen, p.sha256, p.site_path, s.record"
)


def signatures(home: Path) -> Signatures:
    """The hashes of the knowledge base in `home`, in a few passes over its rows."""
    connection = files.open_to_read(files.path_in(home), mapped=False)
    try:
        return _signatures(connection)
    finally:
        connection.close()


def _signatures(connection: sqlite3.Connection) -> Signatures:
    hashes: dict[str, hashlib._Hash] = {}
    for sql in _RECORDS:
        for code, record in connection.execute(sql):
            hashed = hashes.get(code)
            if hashed is None:
                hashed = hashes[code] = hashlib.sha256()
            hashed.update(b"%d:" % len(record) + record.encode())
    for code, seen in _seen_by_code(connection).items():
        if code in hashes:
            hashes[code].update(b"".join(sorted(seen)))
    known = [code for (code,) in connection.execute("SELECT code FROM codes ORDER BY code")]
    captures = connection.execute("SELECT DISTINCT sha256 FROM pages ORDER BY sha256")
    return Signatures(
        tree=_tree(connection, known),
        codes={Code(code): hashes[code].hexdigest()[:24] for code in known},
        captures=tuple(sha256 for (sha256,) in captures),
    )


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


def _tree(connection: sqlite3.Connection, codes: Sequence[str]) -> str:
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


# ---------------------------------------------------------------- what a code answers on which days


Runs = tuple[tuple[int, str, str], ...]
"""First day (0: since ever) of each run of days with one answer, with a hash of all that the code's own pages show of
the answer, and one of what other pages show of it; at last `SHAPE` and a hash of the shape of the history."""


def runs_of(kb: KnowledgeBase, code: Code, shape: object) -> Runs:
    """What a code answers on which days. `shape`: what addresses of its pages are made of."""
    runs = [
        (first.toordinal() if first else 0, _whole_hash(kb, answer), _plain_hash(answer))
        for first, answer in kb.runs_of(code)
    ]
    shaped = short_hash(repr((shape, kb.links_of(code))))
    return (*runs, (SHAPE, shaped, shaped))


def _whole_hash(kb: KnowledgeBase, answer: Answer) -> str:
    """Over everything that a page can show of an answer, the days on which its captures were seen included."""
    same = (answer.answer, answer.version, answer.candidates, answer.reasons, answer.findings, answer.span)
    more = (answer.as_last_seen, answer.as_last_seen_exact, answer.previous, answer.next)
    seen = [kb.capture(sha256) for version in version_of(answer) for sha256 in version.captures]
    return short_hash(repr((same, more, seen)))


def _plain_hash(answer: Answer) -> str:
    """Over what references, paths, neighbours and lists show: the word, titles, whether and which text is held."""
    named = [(one.id, one.title, one.text_capture, one.text_damaged) for one in version_of(answer)]
    return short_hash(repr((answer.answer, named, answer.span)))


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


Days = tuple[tuple[int, int], ...]
"""Runs of days by the first one and the one after the last; `SHAPE` is a day of its own."""


@dataclass(frozen=True, slots=True)
class Differing:
    """The days on which a code answers otherwise than before: for its own pages, and for those of other codes."""

    own: Days
    others: Days


def differing(old: Runs, new: Runs) -> Differing:
    return Differing(_days(_column(old, 1), _column(new, 1)), _days(_column(old, 2), _column(new, 2)))


def _column(runs: Runs, column: int) -> list[tuple[int, str]]:
    return [(run[0], str(run[column])) for run in runs]


def _days(old: list[tuple[int, str]], new: list[tuple[int, str]]) -> Days:
    firsts = sorted({first for first, _ in (*old, *new)})
    found = []
    for n, first in enumerate(firsts):
        until = firsts[n + 1] if n + 1 < len(firsts) else SHAPE + 1
        if _on(old, first) != _on(new, first):
            found.append((first, until))
    return tuple(found)


def _on(runs: list[tuple[int, str]], day: int) -> str:
    return next((hashed for first, hashed in reversed(runs) if first <= day), "")


def among(days: Days, day: int) -> bool:
    """Whether anything differs on `day`, or in the `SHAPE`, or for `WHOLE` at all: a hash of the code has changed."""
    return day == WHOLE or any(first <= day < until for first, until in days)


# ---------------------------------------------------------------- who refers to whom


def referred_to(home: Path, codes: Iterable[Code]) -> dict[Code, frozenset[Code]]:
    """By section the codes, of those asked for, with a text that refers to it: its pages show who refers to it."""
    connection = files.open_to_read(files.path_in(home), mapped=False)
    try:
        found: dict[Code, set[Code]] = {}
        for code in codes:
            for (section,) in connection.execute(_REFERS, (code,)):
                found.setdefault(Code(section), set()).add(code)
        return {section: frozenset(by) for section, by in found.items()}
    finally:
        connection.close()


_REFERS = (
    "SELECT DISTINCT r.section FROM refs AS r JOIN versions AS v ON v.text_page = r.page WHERE v.code = ?"
)


# ---------------------------------------------------------------- notes in few bytes


class Numbers:
    """Notes of what was consulted, as bytes: an edition of 15,000 versions has thirty thousand pages.

    For each day its ordinal, the number of codes, and their places in the sorted list of codes.
    """

    def __init__(self, codes: Iterable[Code]) -> None:
        self._number = {code: number for number, code in enumerate(sorted(codes))}

    def pack(self, consulted: Consulted) -> bytes:
        """Codes that the knowledge base does not know are left out: the list of codes is part of `tree`."""
        by_day: dict[int, list[int]] = {}
        for code, day in consulted:
            if code in self._number:
                by_day.setdefault(day, []).append(self._number[code])
        return b"".join(
            struct.pack(f"<{2 + len(numbers)}I", day, len(numbers), *sorted(numbers))
            for day, numbers in sorted(by_day.items())
        )

    def touched(self, packed: bytes, own: Code, changed: Mapping[int, Differing]) -> bool:
        """Whether a page of the code `own` that consulted this shows anything that `changed`."""
        numbers, at, mine = struct.unpack(f"<{len(packed) // 4}I", packed), 0, self._number.get(own)
        if changed.keys().isdisjoint(numbers):
            return False  # mostly; a day that happens to be the number of a code is looked at below
        while at < len(numbers):
            day, until = numbers[at], at + 2 + numbers[at + 1]
            for number in numbers[at + 2 : until]:
                differs = changed.get(number)
                if differs and among(differs.own if number == mine else differs.others, day):
                    return True
            at = until
        return False

    def of(self, changed: Mapping[Code, Differing]) -> dict[int, Differing]:
        return {self._number[code]: differs for code, differs in changed.items()}
