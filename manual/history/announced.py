"""Step 2: what happened to versions that were seen only before their first day (rule 17).

An announcement is withdrawn if a later sight of its address was seen before the announced day, or shows a version begun
before that day. If the sight shows a later version, a complete list on it decides; without a list it is possible that
the announced version began and that it never did.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from manual.dates import in_words
from manual.history.drafts import (
    StatementSeen,
    VersionDraft,
    VersionDrafts,
    has_title,
    is_dated,
    last_end,
    own_start,
)
from manual.history.lists import PrintedList, row_day
from manual.model import Code, Finding, Statement


def is_announcement(item: StatementSeen) -> bool:
    """Whether a statement was seen before the first day it states."""
    st, seen = item
    return seen.exact and is_dated(st) and own_start(st) > seen.day


def settle_announcements(
    drafts: VersionDrafts,
    ordered: Sequence[StatementSeen],
    lists: Sequence[PrintedList],
    code: Code,
    findings: list[Finding],
) -> None:
    for draft in list(drafts):
        known = [item for item in draft.said if item[1].exact]
        pages = [item for item in known if item[0].kind == "page" and item[0].address is not None]
        if not pages or not all(is_announcement(item) for item in known) or _stands_elsewhere(draft):
            continue
        last = max(pages, key=lambda item: item[1].day)
        later = _next_sight(ordered, last)
        if later is None:
            continue
        start = draft.start
        assert start is not None  # an announcement states one
        others = {a for d in drafts if d is not draft for a in d.addresses}
        fate = _fate(
            draft,
            start,
            later,
            [st for st, when in ordered if when.capture == later[1].capture and st.address not in others],
            lists,
        )
        draft.withdrawn = fate == "withdrawn"
        draft.optional = draft.perhaps_announced = fate == "unknown"
        if fate != "began":
            findings.append(_finding(draft, start, later, code, fate))


def _stands_elsewhere(draft: VersionDraft) -> bool:
    """Whether another statement of an unknown day says that it began: a row or page that shows it as old."""
    return any(st.shown_as_old for st, seen in draft.said if not seen.exact)


def _next_sight(ordered: Sequence[StatementSeen], last: StatementSeen) -> StatementSeen | None:
    """The first sight of the same address after the last announcement."""
    later = [
        (st, seen)
        for st, seen in ordered
        if st.kind == "page"
        and (not st.shown_as_old or _tells_by_an_old_one((st, seen), own_start(last[0])))
        and seen.exact
        and st.address == last[0].address
        and seen.day > last[1].day
    ]
    # one without a date that was seen before the first day leaves open which version it shows
    tells = [item for item in later if is_dated(item[0]) or item[1].day >= own_start(last[0])]
    return min(tells or later, key=lambda item: item[1].day, default=None)


def _tells_by_an_old_one(item: StatementSeen, start: date) -> bool:
    """Whether an old version says what became of the one announced for `start`: a later one stood there, or another one
    before that day. An older one, seen since, says nothing of what was in force then."""
    st, seen = item
    return is_dated(st) and (own_start(st) > start or seen.day < start)


def _fate(
    draft: VersionDraft,
    start: date,
    later: StatementSeen,
    shown: Sequence[Statement],
    lists: Sequence[PrintedList],
) -> str:
    """`began`, `withdrawn` or `unknown`. `shown`: what that capture says about versions not known otherwise."""
    st, seen = later
    if not is_dated(st):
        return "began" if st.text_digest in draft.digests else "unknown"
    if seen.day < start or own_start(st) < start:
        return "withdrawn"
    if not st.lists_versions:
        return "unknown"
    rows = [row_day(row) for one in lists if one.capture == seen.capture for row, _ in one.rows]
    # a row without a start may be the announced version
    undated = [
        row
        for row in shown
        if row.kind == "listed" and not is_dated(row) and has_title(draft, row) and _fits(row, start, rows)
    ]
    return "unknown" if undated else "withdrawn"


def _fits(row: Statement, start: date, rows: Sequence[date]) -> bool:
    """Whether a row without a start may belong to a version begun on `start`: no other one began before its end."""
    ended = last_end(row.ends)
    return ended is None or not any(start < day < ended for day in rows)


def _finding(draft: VersionDraft, start: date, later: StatementSeen, code: Code, fate: str) -> Finding:
    st, seen = later
    what = (
        "was not shown any more" if fate == "withdrawn" else "may never have begun: another version was shown"
    )
    message = f"the version announced for {in_words(start)} {what} on {in_words(seen.day)}"
    return Finding("warning", "announcement_gone", message, code, seen.capture, st.locator, days=draft.stated)


def forget_marks(drafts: Sequence[VersionDraft]) -> None:
    """Ignore the old-marks in captures that announced a withdrawn version, since nothing replaced the marked
    versions."""
    gone = {
        (seen.capture, seen.day)
        for draft in drafts
        if draft.withdrawn
        for st, seen in draft.said
        if st.kind == "page"
    }
    for draft in drafts:
        draft.marks_void |= gone
