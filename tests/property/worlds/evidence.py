"""A small description of what pages say about one code, and its translation into statements as the parser gives them.

The description knows nothing of how a history is worked out. `printed` writes it in one line for each capture:

    live opsmanual/1 from 2019-01-01 words A [2020-06-01] whole list: 2018-01-01 at opsmanual/7
    old opsmanual/5 from 2018-01-01 (to 2019-06-30) words B [?]
    contents [2024-05-01]: undated at opsmanual/1
    circular: from 2025-03-01 [2025-02-01]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from manual.model import Basis, Code, EndClaim, Seen, Sha256, SitePath, StartClaim, Statement

CODE = Code("ZA1.5")
RECORDED = date(2026, 11, 1)
"""The day on which captures of unknown day were taken in."""
EDITION_END = date(2010, 11, 29)
"""First day without the pre-2010 edition (dates.md, rule 12)."""
TITLE = "Harbour gates"

Said = tuple[Statement, Seen]
Reading = Literal["excluded", "included", "either"]


@dataclass(frozen=True, slots=True)
class Ending:
    """An end as printed: `basis` is `suffix` for "(to D)", `revocation` for "(revoked D)", `text` for a sentence."""

    day: date | None
    """None: a mark without a readable day."""
    reading: Reading = "either"
    basis: Basis = "suffix"
    unclear: bool = False
    """The words may say that it ended, or not."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list or a line of the contents. With a start it is marked old, as a bare date marks it."""

    start: date | None = None
    end: Ending | None = None
    address: str = ""
    title: str = TITLE
    misprinted: bool = False
    """It prints another code among the page's own versions."""


@dataclass(frozen=True, slots=True)
class Page:
    """A capture of a page. `seen` None: the day is unknown. `rows` None: it shows no list."""

    address: str
    seen: date | None
    start: date | None = None
    end: Ending | None = None
    old: bool = False
    words: str = "A"
    title: str = TITLE
    rows: tuple[Row, ...] | None = None
    whole: bool = True
    """The list does not break off."""
    edition: bool = False
    """A page of the pre-2010 edition; with `old` it bears the short banner."""
    start_basis: Basis = "foot"


@dataclass(frozen=True, slots=True)
class Contents:
    """A capture of the table of contents: its lines for this code, top down."""

    seen: date | None
    lines: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Circular:
    """A circular that begins or ends the code on a day."""

    seen: date | None
    start: date | None = None
    end: date | None = None
    title: str = TITLE


CaptureSays = Page | Contents | Circular
Evidence = tuple[CaptureSays, ...]

# ---------------------------------------------------------------- as statements


def said_by(evidence: Evidence) -> list[Said]:
    """All statements with their sights, as the parser would read them from such captures."""
    return [item for number, says in enumerate(evidence) for item in _of_capture(number, says)]


def _of_capture(number: int, says: CaptureSays) -> Iterator[Said]:
    seen = Seen(says.seen or RECORDED, says.seen is not None, Sha256(f"sha256:{number:064x}"))
    if isinstance(says, Page):
        yield _page(says), seen
        for position, row in enumerate(says.rows or ()):
            yield _row("listed", row, position, f"list 1 row {position + 1}"), seen
    elif isinstance(says, Contents):
        for position, row in enumerate(says.lines):
            yield _row("contents", row, position, f"line {position + 1}"), seen
    else:
        yield _claim(says), seen


def _page(page: Page) -> Statement:
    starts = (StartClaim(page.start, page.start_basis, f"{page.start}", "foot"),) if page.start else ()
    ends = [_end(page.end, page.end.basis, "heading")] if page.end else []
    return Statement(
        kind="page",
        code=CODE,
        title=page.title,
        address=SitePath(page.address),
        starts=starts,
        ends=tuple(ends),
        suffix=f"({page.end.day})" if page.end else "",
        shown_as_old=page.old,
        edition="pre-2010" if page.edition else "",
        lists_versions=bool(page.rows) and page.whole,
        text_digest=f"sha256:{page.words}" if page.words else "",
        locator="page",
    )


def _row(kind: Literal["listed", "contents"], row: Row, position: int, locator: str) -> Statement:
    starts = (StartClaim(row.start, "listed", f"{row.start}", locator),) if row.start else ()
    return Statement(
        kind=kind,
        code=CODE,
        title=row.title,
        address=SitePath(row.address) if row.address else None,
        starts=starts,
        ends=(_end(row.end, "listed", locator),) if row.end else (),
        suffix=f"({row.start or (row.end and row.end.day)})" if row.start or row.end else "",
        shown_as_old=row.start is not None,
        misprinted=row.misprinted,
        in_list="list 1" if kind == "listed" else "",
        position=position,
        locator=locator,
    )


def _end(end: Ending, basis: Basis, locator: str) -> EndClaim:
    kind: Literal["end", "unclear"] = "unclear" if end.unclear else "end"
    return EndClaim(end.day, basis, end.reading if end.day else "excluded", f"{end.day or ''}", locator, kind)


def _claim(says: Circular) -> Statement:
    return Statement(
        kind="claim",
        code=CODE,
        title=says.title,
        starts=(StartClaim(says.start, "circular", f"{says.start}", "page 2"),) if says.start else (),
        ends=(EndClaim(says.end, "circular", "excluded", f"{says.end}", "page 2"),) if says.end else (),
        locator="page 2",
    )


# ---------------------------------------------------------------- for people


def printed(evidence: Evidence) -> str:
    """One line for each capture, in the notation of the tables of small sets."""
    return "\n".join(_printed(says) for says in evidence)


def _printed(says: CaptureSays) -> str:
    day = f"[{says.seen or '?'}]"
    if isinstance(says, Circular):
        bounds = [f"from {says.start}"] if says.start else []
        bounds += [f"ends {says.end}"] if says.end else []
        return f"circular: {', '.join(bounds)} {_printed_title(says.title)}{day}"
    if isinstance(says, Contents):
        return f"contents {day}: {_printed_rows(says.lines)}"
    mark = "old" if says.old else "live" if says.address == "opsmanual/1" else "unmarked"
    parts = [mark, says.address, "pre-2010" if says.edition else ""]
    parts += [f"from {says.start}" if says.start else "undated"]
    parts += [
        f"by {says.start_basis}" if says.start and says.start_basis != "foot" else "",
        _printed_end(says.end),
    ]
    parts += [f"words {says.words}" if says.words else "", _printed_title(says.title), day]
    if says.rows is not None:
        parts += ["whole list:" if says.whole else "broken list:", _printed_rows(says.rows)]
    return " ".join(part for part in parts if part)


def _printed_rows(rows: Sequence[Row]) -> str:
    return " | ".join(_printed_row(row) for row in rows)


def _printed_row(row: Row) -> str:
    parts = [str(row.start) if row.start else "undated", _printed_end(row.end), _printed_title(row.title)]
    parts += [f"at {row.address}" if row.address else "", "under another code" if row.misprinted else ""]
    return " ".join(part for part in parts if part)


def _printed_end(end: Ending | None) -> str:
    if end is None:
        return ""
    excluded = {"revocation": "revoked", "note": "noted", "edition": "edition ceases"}.get(
        end.basis, "ceases"
    )
    word = {"excluded": excluded, "included": "last day"}
    return f"({word.get(end.reading, 'to')} {end.day or 'no day'}{', unclear' if end.unclear else ''})"


def _printed_title(title: str) -> str:
    return "" if title == TITLE else f"title {title!r}"
