"""Conversion of stored records, as far as readers need it. What only a build needs is in `rows`."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from manual.model import (
    Block,
    Capture,
    Cell,
    Code,
    ContentsLine,
    EndClaim,
    Finding,
    History,
    Instrument,
    Link,
    Ref,
    Seen,
    SitePath,
    Span,
    StartClaim,
    Statement,
    Structure,
    Validity,
    Version,
)
from manual.store.records import codec, fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """What the store keeps of a page besides its statements."""

    blocks: tuple[Block, ...] = ()
    structure: Structure = "full"
    instrument: Instrument | None = None
    ancestors: tuple[SitePath, ...] = ()
    previous: SitePath | None = None
    next: SitePath | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The fields of a History other than versions and spans."""

    findings: tuple[Finding, ...] = ()
    links: tuple[Link, ...] = ()
    last_seen: date | None = None
    last_seen_exact: bool = True


SAID = codec(tuple[Statement, ...])
TEXT = codec(PageText)
LINE = codec(ContentsLine)
FINDING = codec(Finding)
CAPTURE = codec(Capture)
VERSION = codec(Version)
SPAN = codec(Span)
LINK = codec(Link)
REST = codec(Rest)

STORED = (
    Block,
    Capture,
    Cell,
    ContentsLine,
    EndClaim,
    Finding,
    Instrument,
    Link,
    PageText,
    Ref,
    Rest,
    Span,
    StartClaim,
    Statement,
    Validity,
    Version,
)
"""Every record that occurs in a knowledge base, those inside others included."""
_TABLES = Path(__file__).with_name("schema.sql").read_bytes().replace(b"\r\n", b"\n")
SHAPE = f"{fingerprint(STORED)}-{zlib.crc32(_TABLES):08x}"
"""Changes with any of them, and with the tables that hold them."""


def history_from(code: Code, record: str, versions: Sequence[str], spans: Sequence[str]) -> History:
    """The inverse. Raises ValueError if a record is damaged."""
    rest: Rest = REST.loads(record)
    return History(
        code=code,
        versions=tuple([VERSION.loads(text) for text in versions]),
        spans=tuple([SPAN.loads(text) for text in spans]),
        findings=rest.findings,
        links=rest.links,
        last_seen=rest.last_seen,
        last_seen_exact=rest.last_seen_exact,
    )


def checksum(record: str, versions: Iterable[str], spans: Iterable[str]) -> int:
    return zlib.crc32("\n".join([record, *versions, "", *spans]).encode())


def statements_from(said: str) -> tuple[Statement, ...]:
    statements: tuple[Statement, ...] = SAID.loads(said)
    return statements


def said_with(said: str, seen: Iterable[Seen]) -> Iterator[tuple[Statement, Seen]]:
    """Each statement of a page, repeated for each time the page was seen."""
    statements = statements_from(said)
    for sight in seen:
        for statement in statements:
            yield statement, sight
