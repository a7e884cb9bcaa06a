"""Pages for tests of the knowledge base: what the parser would have read, written down as such.

The bytes of a toy page are its `ParsedPage` as JSON, so a test says exactly what each capture states and needs no HTML.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import manual.load
from manual.captures import RawCapture
from manual.errors import ParseError
from manual.model import (
    Block,
    Code,
    ContentsLine,
    EndClaim,
    Finding,
    ParsedPage,
    Ref,
    Sha256,
    SitePath,
    StartClaim,
    Statement,
)
from manual.publisher import INZ, Publisher
from manual.store.records import codec

PAGE = codec(ParsedPage)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def parse(
    data: bytes,
    *,
    media: str,
    site_path: SitePath | None,
    sha256: Sha256,
    filename: str = "",
    publisher: Publisher = INZ,
    elsewhere: bool = False,
) -> ParsedPage:
    """Stands in for `manual.parse.parse_capture`."""
    if data.startswith(b"no page"):
        raise ParseError(filename, "no page at all", "a page")
    if data.startswith(b"fault"):
        raise ZeroDivisionError("a fault of the parser's own")
    page: ParsedPage = PAGE.loads(data.decode())
    return page


def instruction(
    code: str,
    start: date | None,
    *,
    title: str = "",
    words: Sequence[str] = (),
    address: str = "",
    old: bool = False,
    until: EndClaim | None = None,
    listed: Sequence[date] = (),
    refs: Sequence[str] = (),
    blocks: tuple[Block, ...] = (),
) -> ParsedPage:
    """A page of one version, with rows for its other versions. Each of `refs` becomes a clause that names it."""
    title = title or f"Toys under {code}"
    clauses = [*words, *(f"see {target}" for target in refs)] or [f"Words of {code} from {start}."]
    place = SitePath(address or f"toys/{code}")
    said = Statement(
        kind="page",
        code=Code(code),
        title=title,
        address=place,
        starts=(StartClaim(start, "foot"),) if start else (),
        ends=(until,) if until else (),
        shown_as_old=old,
        lists_versions=bool(listed),
        text_digest=" ".join(clauses),
    )
    return ParsedPage(
        kind="instruction",
        code=Code(code),
        title=title,
        statements=(said, *_rows(code, title, listed)),
        blocks=blocks or tuple(_clauses(code, clauses, refs)),
    )


def _rows(code: str, title: str, listed: Sequence[date]) -> Iterator[Statement]:
    for position, day in enumerate(listed):
        yield Statement(
            kind="listed",
            code=Code(code),
            title=title,
            address=SitePath(f"toys/{code}-{day}") if list(listed).count(day) == 1 else None,
            starts=(StartClaim(day, "listed"),),
            suffix=f"({day:%d/%m/%Y})",
            shown_as_old=True,
            position=position,
        )


def _clauses(code: str, clauses: Sequence[str], refs: Sequence[str]) -> Iterator[Block]:
    for number, text in enumerate(clauses):
        label = f"({chr(97 + number)})"
        target = text.removeprefix("see ")
        found = (Ref(4, len(text), target, "resolved"),) if target in refs else ()
        yield Block(kind="item", text=text, label=label, pinpoint=f"{code}{label}", refs=found)


def contents(
    *lines: tuple[str, str, str, str | None], ended: Mapping[str, EndClaim] | None = None
) -> ParsedPage:
    """A table of contents: kind, code or '', title, parent. `ended` gives the suffixes that codes, or titles of
    lines without one, print."""
    gone = ended or {}
    depths: dict[str, int] = {}
    made: list[ContentsLine] = []
    said: list[Statement] = []
    for number, (kind, code, title, parent) in enumerate(lines, 1):
        depth = depths[parent] + 1 if parent else 0
        depths[code or title] = depth
        made.append(
            ContentsLine(
                line=number,
                code=Code(code) if code else None,
                title=title,
                depth=depth,
                parent=parent,
                kind=kind,  # type: ignore[arg-type]
                ends=(gone[title],) if not code and title in gone else (),
            )
        )
        if code:
            ends = (gone[code],) if code in gone else ()
            said.append(Statement(kind="contents", code=Code(code), title=title, position=number, ends=ends))
    return ParsedPage(kind="contents", title="Contents", statements=tuple(said), contents=tuple(made))


def raw(page: ParsedPage | bytes, seen: date | None = None, place: str | None = None) -> RawCapture:
    """A capture of a page, saved at noon in Auckland on `seen`."""
    data = page if isinstance(page, bytes) else PAGE.dumps(page).encode()
    if place is None and isinstance(page, ParsedPage) and page.statements:
        place = page.statements[0].address
    moment = datetime.combine(seen, time(0, 0), tzinfo=UTC) if seen else None
    return RawCapture(
        data=data,
        media="html",
        address=None,
        site_path=SitePath(place) if place else None,
        captured_at=moment,
        filename="toy.htm",
    )


def take(home: Path, *captures: RawCapture | Finding, now: datetime = NOW) -> manual.load.LoadSummary:
    """Load toy captures into a home."""
    before = manual.load.parse_capture
    manual.load.parse_capture = parse  # type: ignore[assignment]
    try:
        return manual.load.load_captures(home, captures, now=now)
    finally:
        manual.load.parse_capture = before


def derive_anew(home: Path) -> manual.load.LoadSummary:
    """Rebuild a home of toy captures."""
    before = manual.load.parse_capture
    manual.load.parse_capture = parse  # type: ignore[assignment]
    try:
        return manual.load.rebuild(home)
    finally:
        manual.load.parse_capture = before


def run_in_child(work: object) -> int:
    """Run a function in a forked process; gives its exit status as `os.waitpid` does."""
    assert callable(work)
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]
