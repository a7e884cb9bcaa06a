"""Remarks on a code, shown with its answers without deciding them (dates.md, rules 2 and 25).

`not_in_contents`: the newest complete contents of a known day do not list a code that had not ended by then. Applies to
that day and later ones, since contents say nothing about earlier days.
`address_reused`: a page that showed the code now shows another one. Applies to every day, since the source link of any
version from that page leads to the other code.

They depend on all pages together, so every build makes them again, and so does a past state (`store.known`) from the
pages known by then.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from manual import citation
from manual.dates import in_words
from manual.history import span_on
from manual.model import Code, Finding, History, Seen, Sha256
from manual.publisher import Publisher
from manual.store.forms import LINE, statements_from
from manual.store.sights import seen_of_page, work_of


class Remark(NamedTuple):
    """A finding shown with its code's answers for `since` and later days; None: for every day."""

    code: Code
    since: date | None
    finding: Finding


class LatestContents(NamedTuple):
    """The complete contents of one work that were captured last; several if captured on one day."""

    work: str
    day: date
    pages: tuple[int, ...]
    capture: Sha256


def remarks_on(
    connection: sqlite3.Connection,
    history: History,
    contents: Iterable[LatestContents],
    publisher: Publisher,
) -> Iterator[Remark]:
    """The remarks on one code. `contents` are those of `latest_contents`."""
    for latest in contents:
        if _lacks(connection, latest, history, publisher):
            said = f"not in the contents of {in_words(latest.day)}"
            finding = Finding("info", "not_in_contents", said, history.code, latest.capture)
            yield Remark(history.code, latest.day, finding)
    yield from _reuses(connection, history.code)


def codes_to_remark_on(
    connection: sqlite3.Connection, contents: Iterable[LatestContents], codes: Iterable[Code]
) -> list[Code]:
    """The codes that can have a remark; the histories of others need not be read."""
    known = set(codes)
    found = {code for (code,) in connection.execute(_CONTESTED)}
    for latest in contents:
        found |= known - _listed(connection, latest.pages)
    return sorted(found & known)


# ---------------------------------------------------------------- contents that lack a code

_THERE = frozenset({"in_force", "disputed", "undated"})


def latest_contents(connection: sqlite3.Connection, publisher: Publisher) -> list[LatestContents]:
    """For each work, its newest complete contents of known day.

    Archived contents of an ended edition do not count: they say nothing about the day of their capture.
    """
    pages: dict[str, list[tuple[date, int, Sha256]]] = defaultdict(list)
    for page, sha256, site_path in connection.execute(_CONTENTS):
        days = [seen.day for seen in seen_of_page(connection, page).seen if seen.exact]
        if days and not _is_archived(connection, page, site_path, publisher):
            pages[work_of(site_path, publisher)].append((max(days), page, sha256))
    latest = (_latest_of(connection, work, found) for work, found in sorted(pages.items()))
    return [one for one in latest if one is not None]


def _is_archived(connection: sqlite3.Connection, page: int, site_path: str, publisher: Publisher) -> bool:
    folder = site_path.partition("/")[0]
    if folder.endswith("-archive") or (folder and folder == publisher.archive):
        return True
    row = connection.execute("SELECT said FROM statements WHERE page = ? LIMIT 1", (page,)).fetchone()
    return row is not None and any(st.edition == "pre-2010" for st in statements_from(row[0]))


def _latest_of(
    connection: sqlite3.Connection, work: str, pages: Sequence[tuple[date, int, Sha256]]
) -> LatestContents | None:
    """The latest complete contents: with several tops and at least half as many codes as the longest contents of that
    work. A view of one part, or a copy that breaks off, lacks codes for another reason."""
    listed = {page: len(_listed(connection, [page])) for _, page, _ in pages}
    longest = max(listed.values())
    whole = [one for one in pages if listed[one[1]] * 2 >= longest and _tops(connection, one[1]) > 1]
    if not whole:
        return None
    day = max(seen for seen, _, _ in whole)
    of_day = sorted((sha256, page) for seen, page, sha256 in whole if seen == day)
    return LatestContents(work, day, tuple(page for _, page in of_day), of_day[0][0])


def _tops(connection: sqlite3.Connection, page: int) -> int:
    lines = connection.execute("SELECT record FROM contents_lines WHERE page = ?", (page,))
    return sum(LINE.loads(record).kind == "top" for (record,) in lines)


def _listed(connection: sqlite3.Connection, pages: Iterable[int]) -> set[Code]:
    """The codes listed, from statements: every contents line with a code is one."""
    codes = "SELECT code FROM statements WHERE page = ?"
    return {Code(code) for page in pages for (code,) in connection.execute(codes, (page,))}


def _lacks(
    connection: sqlite3.Connection, latest: LatestContents, history: History, publisher: Publisher
) -> bool:
    """Whether the contents should list a code but do not. Headings within a section have no line of their own, and a
    capture of a later day outweighs an omission in the contents."""
    code = history.code
    if citation.section_of(code) != code or latest.work not in _works(history, publisher):
        return False
    if history.last_seen is not None and history.last_seen_exact and history.last_seen > latest.day:
        return False
    if span_on(history.spans, latest.day).answer not in _THERE:
        return False
    stated = "SELECT 1 FROM statements WHERE code = ? AND page = ?"
    return not any(connection.execute(stated, (code, page)).fetchone() for page in latest.pages)


def _works(history: History, publisher: Publisher) -> set[str]:
    return {work_of(version.address, publisher) for version in history.versions if version.address} or {""}


# ---------------------------------------------------------------- addresses that show another code now


class _Shown(NamedTuple):
    """A sighting of a page: the day, the code that it showed, its capture."""

    day: date
    code: Code
    capture: Sha256
    exact: bool


def _reuses(connection: sqlite3.Connection, code: Code) -> Iterator[Remark]:
    shown: dict[str, list[_Shown]] = defaultdict(list)
    for page, sha256, site_path, of in connection.execute(_AT_ITS_ADDRESSES, (code,)):
        seen: tuple[Seen, ...] = seen_of_page(connection, page).seen
        shown[site_path] += [_Shown(one.day, of, sha256, one.exact) for one in seen]
    for site_path, sights in sorted(shown.items()):
        other = _other_now(code, sights)
        if other is not None:
            said = f"{site_path}, which showed it before, shows {other.code} since {in_words(other.day)} at the latest"
            yield Remark(code, None, Finding("info", "address_reused", said, code, other.capture, site_path))


def _other_now(code: Code, sights: Sequence[_Shown]) -> _Shown | None:
    """The first sighting of the code that the page shows now, with no other code seen there after it or after `code`. A
    page of unknown day was seen on its day or earlier, so it can be the earlier code but never the new one (rule
    27)."""
    own = [sight.day for sight in sights if sight.code == code]
    if not own:
        return None
    latest_first = sorted((s for s in sights if s.exact and s.day > max(own)), reverse=True)
    now = list(takewhile(lambda sight: sight.code == latest_first[0].code, latest_first))
    return now[-1] if now else None


_CONTENTS = """
    SELECT id, sha256, site_path FROM pages WHERE id IN (SELECT page FROM contents_lines) ORDER BY sha256, site_path
"""
# Further texts of a capture (`part` above 0) were not at its address: a section's PDF has many codes.
_CONTESTED = """
    SELECT DISTINCT one.code FROM pages AS one JOIN pages AS other ON other.site_path = one.site_path
    WHERE one.site_path <> '' AND other.code <> one.code AND one.part = 0 AND other.part = 0
"""
_AT_ITS_ADDRESSES = """
    SELECT id, sha256, site_path, code FROM pages
    WHERE kind = 'instruction' AND part = 0 AND site_path <> ''
    AND site_path IN (SELECT site_path FROM pages WHERE code = ? AND part = 0)
"""
