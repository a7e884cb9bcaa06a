"""Notices about the manual: memos, internal circulars, Visa Paks, news. They advise or report and bind nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from manual.citation.provisions import slug
from manual.model import Finding, ParsedPage, SitePath, StartClaim, Statement
from manual.parse.beside import Said, days_in, key, paragraphs, said_in
from manual.parse.page import digest_of, words_of
from manual.publisher import Publisher

# yes: `INTERNAL ADMINISTRATION CIRCULAR NO: 08-01`
_INTERNAL = re.compile(
    r"internal\s+administration\s+circular\s+no[.:]*\s*(?P<number>[0-9]{2,4}[-/][0-9]{1,3})", re.IGNORECASE
)
# yes: `Visa Pak 183 - Title`
_PAK = re.compile(r"visa\s?pak\s+(?:issue\s+)?(?P<number>[0-9]{1,4})\b", re.IGNORECASE)
# yes: `Memo: title` `Memorandum`
_MEMO = re.compile(r"memo(?:randum)?\b", re.IGNORECASE)
# yes: `Date: 28 January 2008`
_DATE = re.compile(r"(?:date|dated|published|issued)\s*:?\s+", re.IGNORECASE)
_HEAD = 12
"""Lines at the top in which title and day are sought."""
_LONGEST_TITLE = 140


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    label: str
    number: str = ""


def is_notice(lines: Sequence[str]) -> bool:
    """Whether the head of a text says that it is a notice of a known kind."""
    return any(_INTERNAL.search(line) or _PAK.match(line) for line in lines[:_HEAD])


def read_notice(
    text: str, site_path: SitePath | None, publisher: Publisher, *, title: str = ""
) -> ParsedPage:
    """Title, day, kind and body, as far as the page says them. Its work is named by its number, else by its words.

    Without a day the notice is undated, with a finding: when it was written is not known.
    """
    lines = said_in(text)
    kind = _kind(lines)
    day = _day(lines)
    title = title or _title(lines)
    blocks = paragraphs(lines, key("notice", "x"), publisher, kind="notice")
    digest = digest_of(words_of(blocks))
    code = key("notice", _name(kind, day[0] if day else None, title, digest))
    starts = (StartClaim(day[0], "text", day[1], day[2].locator),) if day else ()
    message = "the notice does not say on which day it was written"
    undated = () if day else (Finding("info", "notice_undated", message, code),)
    apart = Finding(
        "info", "not_the_manual", f"this is {kind.label}, no instruction of the manual: kept apart", code
    )
    said = Statement(
        kind="page",
        code=code,
        title=title,
        address=site_path,
        starts=starts,
        text_digest=digest,
        locator="line 1",
    )
    return ParsedPage(
        kind="notice", code=code, title=title, statements=(said,), blocks=blocks, findings=(apart, *undated)
    )


def _kind(lines: Sequence[Said]) -> _Kind:
    for line in lines[:_HEAD]:
        if match := _INTERNAL.search(line.text):
            return _Kind("iac", "an internal administration circular", match["number"])
        if match := _PAK.match(line.text):
            return _Kind("visa-pak", "a Visa Pak", match["number"])
        if _MEMO.match(line.text):
            return _Kind("memo", "a memo")
    return _Kind("news", "news or a notice")


def _day(lines: Sequence[Said]) -> tuple[date, str, Said] | None:
    """A day on a line that says so, or alone on a line of the head, or behind the title of a Visa Pak."""
    for line in lines[:_HEAD]:
        for day, raw, start in days_in(line.text):
            before = line.text[:start]
            if (
                _DATE.fullmatch(before)
                or line.text == raw
                or (_PAK.match(line.text) and line.text.endswith(raw))
            ):
                return day, raw, line
    return None


def _title(lines: Sequence[Said]) -> str:
    """The first line, or where that is long its opening words."""
    first = lines[0].text
    return first if len(first) <= _LONGEST_TITLE else f"{first[:_LONGEST_TITLE].rpartition(' ')[0]} …"


def _name(kind: _Kind, day: date | None, title: str, digest: str) -> str:
    """Numbered ones by their number; others by day and title, and by their words where either is missing."""
    if kind.number:
        return slug(f"{kind.name} {kind.number}")
    words = digest.removeprefix("sha256:")[:8]
    parts = [kind.name, day.isoformat() if day else "", slug(title)[:60] if title else ""]
    if not day or not title:
        parts.append(words)
    return "-".join(filter(None, parts))
