"""In Force, as the judge asks it: captures in, histories out. The only module here that knows the program's names."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from manual.captures import RawCapture
from manual.history.answers import in_force_on
from manual.history.deriving import history_of
from manual.load import load_captures
from manual.model import Answer, Code, History, Seen, Sha256, SitePath, Statement, When
from manual.parse import parse_capture
from manual.queries import KnowledgeBase
from tests.property.truth.publisher import TODAY, Taken

NOW = datetime.combine(TODAY, time(0, 0), tzinfo=UTC)
"""The moment of loading: noon in Auckland."""


class Program(Protocol):
    """Who answers."""

    def answer(self, code: str, day: date) -> Answer: ...

    def history(self, code: str) -> History | None: ...


def hash_of(taken: Taken) -> Sha256:
    return Sha256(f"sha256:{sha256(taken.data).hexdigest()}")


@dataclass(frozen=True, slots=True)
class InMemory:
    """Reads and decides, without an archive and a database."""

    histories: Mapping[str, History]

    def answer(self, code: str, day: date) -> Answer:
        if code not in self.histories:
            return Answer(code=Code(code), on=day, known=None, answer="unknown_code")
        return in_force_on(self.histories[code], day)

    def history(self, code: str) -> History | None:
        return self.histories.get(code)


@dataclass(frozen=True, slots=True)
class Whole:
    """Asks a knowledge base that was loaded as any other."""

    base: KnowledgeBase

    def answer(self, code: str, day: date) -> Answer:
        return self.base.in_force_on(Code(code), When(day))

    def history(self, code: str) -> History | None:
        return self.base.history_of(Code(code)) if self.answer(code, TODAY).answer != "unknown_code" else None


def in_memory(captures: Sequence[Taken]) -> InMemory:
    said: dict[Code, list[tuple[Statement, Seen]]] = defaultdict(list)
    for taken in captures:
        digest = hash_of(taken)
        page = parse_capture(taken.data, media=taken.media, site_path=_site_path(taken), sha256=digest)
        seen = Seen(taken.day, True, digest) if taken.known else Seen(TODAY, False, digest)
        for statement in page.statements:
            said[statement.code].append((statement, seen))
    return InMemory({code: history_of(code, pairs) for code, pairs in said.items()})


def whole(captures: Sequence[Taken], home: Path) -> Whole:
    load_captures(home, [_raw(taken) for taken in captures], now=NOW)
    return Whole(KnowledgeBase(home))


def _site_path(taken: Taken) -> SitePath | None:
    """None for a circular: it comes by mail, and has no place on the site."""
    return None if taken.path.startswith("circular/") else SitePath(taken.path)


def _raw(taken: Taken) -> RawCapture:
    folder, _, number = taken.path.partition("/")
    ending = ".HTM" if folder.endswith("archive") else ".htm"
    return RawCapture(
        data=taken.data,
        media=taken.media,
        address=None,
        site_path=_site_path(taken),
        captured_at=datetime.combine(taken.day, time(0, 0), tzinfo=UTC) if taken.known else None,
        filename=f"{folder}/{number}{ending if taken.media == 'html' else '.txt'}",
    )


def temporary_home() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="truth-")
