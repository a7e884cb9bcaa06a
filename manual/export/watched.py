"""A knowledge base that notes what was asked of it, so that an edition can tell which pages an amendment touches.

Two halves. `Watched` notes, while a page is made, every code whose history was consulted. `signatures` gives each
code one hash over all that its history can answer with. A page is as it was if no code it consulted has another hash,
and no text whose code has another hash refers to it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import sys
import zlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from manual.citation import section_of
from manual.model import Answer, Code
from manual.queries import KnowledgeBase, Referrer
from manual.queries.state import Kept, State, Timeline
from manual.store import files


class _WatchedState(State):
    """Every answer goes through `timeline`; walks among neighbours and followed references do too."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.consulted: set[Code] = set()
        self._timelines = Kept(
            400
        )  # pages of neighbours are drawn together; all histories at once would be heavy
        # A text is shown, compared twice and searched; once decoded it is kept for that while.
        self.reader.text = lru_cache(maxsize=48)(self.reader.text)  # type: ignore[method-assign]
        self.reader.links = lru_cache(maxsize=48)(self.reader.links)  # type: ignore[method-assign]
        self.reader.capture = lru_cache(maxsize=512)(self.reader.capture)  # type: ignore[method-assign]

    def timeline(self, code: Code, known: date | None = None) -> Timeline | None:
        self.consulted.add(code)
        return super().timeline(code, known)

    def answer(self, code: Code, on: date, known: date | None = None, **how: Any) -> Answer:
        self.consulted.add(code)  # the answer may come from what is kept, past `timeline`
        return super().answer(code, on, known, **how)


class Watched(KnowledgeBase):
    """A knowledge base that answers as any other, and notes the codes consulted."""

    def _opened(self) -> State:
        return _WatchedState(self._home)

    def consulted(self) -> frozenset[Code]:
        """The codes consulted since the last call."""
        state = self._state
        assert isinstance(state, _WatchedState)
        found = frozenset(state.consulted)
        state.consulted.clear()
        return found

    def referrers(self, code: Code, on: date) -> tuple[Referrer, ...]:
        found = super().referrers(code, on)
        state = self._state
        assert isinstance(state, _WatchedState)
        state.consulted.update(referrer.code for referrer in found)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Hashes of what a knowledge base can answer with."""

    tree: str
    """The captures of the contents, and which codes there are."""
    codes: Mapping[Code, str]
    captures: tuple[str, ...]
    """Every page that was read, by the SHA-256 of its bytes."""


_BY_CODE = (
    "SELECT code, record FROM codes",
    "SELECT v.code, v.record || coalesce(p.sha256, '') FROM versions AS v LEFT JOIN pages AS p ON p.id = v.text_page"
    " ORDER BY v.code, v.position",
    "SELECT code, answer || record FROM spans ORDER BY code, first",
    "SELECT source, record FROM links ORDER BY source, record",
    "SELECT target, record FROM links ORDER BY target, record",
    "SELECT t.code, s.record FROM sightings AS s JOIN statements AS t ON t.page = s.page ORDER BY t.code, s.record",
)
_TREE = (
    "SELECT p.sha256, s.record FROM pages AS p JOIN sightings AS s ON s.page = p.id"
    " WHERE p.id IN (SELECT page FROM contents_lines) ORDER BY p.sha256, s.record"
)


def signatures(home: Path) -> Signatures:
    """The hashes of the knowledge base in `home`, in a few passes over its rows."""
    connection = files.open_to_read(files.path_in(home))
    try:
        return _signatures(connection)
    finally:
        connection.close()


def _signatures(connection: sqlite3.Connection) -> Signatures:
    hashes: dict[str, hashlib._Hash] = {}
    for number, sql in enumerate(_BY_CODE):
        for code, record in connection.execute(sql):
            hashed = hashes.setdefault(code, hashlib.sha256())
            hashed.update(f"{number}\0{record}\0".encode())
    known = [code for (code,) in connection.execute("SELECT code FROM codes ORDER BY code")]
    tree = hashlib.sha256("\0".join(known).encode())
    for row in connection.execute(_TREE):
        tree.update("\0".join(row).encode())
    captures = connection.execute("SELECT DISTINCT sha256 FROM pages ORDER BY sha256")
    return Signatures(
        tree=tree.hexdigest(),
        codes={Code(code): hashes[code].hexdigest()[:24] for code in known},
        captures=tuple(sha256 for (sha256,) in captures),
    )


def referred_to(home: Path, codes: Iterable[Code]) -> frozenset[Code]:
    """The sections that any text of these codes refers to: their pages show who refers to them."""
    connection = files.open_to_read(files.path_in(home))
    try:
        return frozenset(_referred_to(connection, codes))
    finally:
        connection.close()


def _referred_to(connection: sqlite3.Connection, codes: Iterable[Code]) -> Iterator[Code]:
    sql = (
        "SELECT DISTINCT r.section FROM refs AS r JOIN versions AS v ON v.text_page = r.page WHERE v.code = ?"
    )
    for code in codes:
        for (section,) in connection.execute(sql, (code,)):
            yield Code(section)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an edition knew when it was made: hashes by code, and which codes each page consulted, as numbers in the
    sorted list of codes. It lies in the edition itself; without it every page is drawn, and the result is the same.
    """

    tree: str
    codes: Mapping[Code, str]
    pages: Mapping[str, bytes]
    terms: Mapping[Code, tuple[str, ...]]
    """What the search knows of each code."""

    def dumps(self) -> bytes:
        pages = {address: b64encode(numbers).decode() for address, numbers in sorted(self.pages.items())}
        fields = {"tree": self.tree, "codes": dict(sorted(self.codes.items())), "pages": pages}
        text = json.dumps({**fields, "terms": dict(sorted(self.terms.items()))}, ensure_ascii=False)
        return gzip.compress(text.encode(), compresslevel=6, mtime=0)

    @classmethod
    def loads(cls, data: bytes) -> Remembered | None:
        """None for what can't be read: everything is then drawn anew."""
        try:
            raw = json.loads(gzip.decompress(data))
            pages = {address: b64decode(numbers) for address, numbers in raw["pages"].items()}
            terms = {code: tuple(known) for code, known in raw["terms"].items()}
            return cls(raw["tree"], raw["codes"], pages, terms)
        except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, zlib.error):
            return None


class Numbers:
    """Sets of codes as short bytes: an edition of 15,000 versions has thirty thousand pages."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._number = {code: number for number, code in enumerate(sorted(codes))}
        self._type = "H" if len(self._number) < 1 << 16 else "I"

    def pack(self, codes: Iterable[Code]) -> bytes:
        """Codes that the knowledge base does not know are left out: the list of codes is part of `tree`."""
        packed = array(self._type, sorted(self._number[code] for code in codes if code in self._number))
        if sys.byteorder == "big":
            packed.byteswap()
        return packed.tobytes()

    def holds(self, packed: bytes, wanted: frozenset[int]) -> bool:
        numbers = array(self._type)
        numbers.frombytes(packed)
        if sys.byteorder == "big":
            numbers.byteswap()
        return not wanted.isdisjoint(numbers)

    def numbers(self, codes: Iterable[Code]) -> frozenset[int]:
        return frozenset(self._number[code] for code in codes if code in self._number)


def changed_codes(old: Remembered, new: Signatures) -> frozenset[Code]:
    return frozenset(
        code for code in old.codes.keys() | new.codes.keys() if old.codes.get(code) != new.codes.get(code)
    )


def unchanged_pages(old: Remembered | None, new: Signatures, home: Path) -> frozenset[str]:
    """Addresses of the pages that show nothing that changed.

    A page is drawn anew if it consulted a code that changed; and if it belongs to a section that a changed text refers
    to, since it lists who refers to it.
    """
    if old is None or old.tree != new.tree:
        return frozenset()
    changed = changed_codes(old, new)
    sections = referred_to(home, changed)
    own = frozenset(code for code in new.codes if section_of(code) in sections)
    numbers = Numbers(new.codes)
    wanted = numbers.numbers(changed | own)
    # A page consults its own code, so that `own` finds all pages of those codes, and a few more.
    return frozenset(address for address, packed in old.pages.items() if not numbers.holds(packed, wanted))
