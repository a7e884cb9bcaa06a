"""From all statements about a code to its history, step by step; `manual.history` tells the steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from manual.errors import HistoryConflict
from manual.history.drafts import Draft, Said
from manual.history.merging import merge_pages, place_rows, settle_undated
from manual.history.readings import apply_revocations, note_order, settle_ends, settle_starts, vouch
from manual.history.spans import spans_of
from manual.history.versions import draft_order, moves, name_versions, versions_of
from manual.model import Code, EndClaim, Finding, History, Seen, Statement

EDITION_CEASED: Mapping[str, date] = {"pre-2010": date(2010, 11, 29)}
"""Rule 12: what an edition says of itself."""


def history_of(code: Code, said: Iterable[Said]) -> History:
    """The history of `code` from all that captures say of it; order and repetition of `said` change nothing.

    Raises HistoryConflict if a statement is about another code.
    """
    said = ((replace(st, ends=tuple(e for e in st.ends if e.day)), seen) for st, seen in said)  # being rewritten
    understood = {(_with_edition_end(_unless_announced(st, seen)), seen) for st, seen in said}
    ordered = sorted(_without_echoes(understood), key=_said_key)
    for statement, _ in ordered:
        if statement.code != code:
            raise HistoryConflict(f"a statement about {statement.code} was given for the history of {code}")
    findings: list[Finding] = []
    drafts = merge_pages(ordered, findings)
    place_rows(drafts, ordered, code, findings)
    settle_undated(drafts, ordered, code, findings)
    note_order(drafts)
    apply_revocations(drafts, ordered, code, findings)
    vouch(drafts, code, findings)
    settle_starts(drafts, code, findings)
    settle_ends(drafts, code, findings)
    drafts.sort(key=draft_order)
    ids = name_versions(code, drafts)
    spans = spans_of(drafts, ids)
    versions = versions_of(code, drafts, ids, spans, findings)
    last = _last_seen(ordered, drafts)
    return History(
        code=code,
        versions=versions,
        spans=spans,
        findings=tuple(sorted(set(findings), key=_finding_key)),
        links=moves(code, ordered),
        last_seen=last[0] if last else None,
        last_seen_exact=last[1] if last else True,
    )


def _unless_announced(st: Statement, seen: Seen) -> Statement:
    """A date in brackets marks an old version, unless that day was still to come when the page was saved."""
    to_come = st.starts and seen.exact and min(c.day for c in st.starts) > seen.day
    return replace(st, shown_as_old=False) if st.shown_as_old and to_come else st


def _with_edition_end(st: Statement) -> Statement:
    """A page of an edition that ceased as a whole ends with it, if nothing else ended it sooner (rule 12)."""
    if st.kind != "page" or not st.edition or st.ends:
        return st
    return replace(st, ends=(EndClaim(EDITION_CEASED[st.edition], "edition", "excluded"),))


def _without_echoes(said: Iterable[Said]) -> list[Said]:
    """One of all lines that name the page in force alike on one day: every page of a section repeats them."""
    kept: dict[tuple[object, ...], Said] = {}
    for item in said:
        st, seen = item
        if st.kind == "neighbour" or (st.kind == "listed" and not st.starts and not st.ends):
            key: tuple[object, ...] = (
                seen.day,
                seen.exact,
                st.kind,
                st.title,
                st.address,
                st.starts,
                st.ends,
            )
            if key not in kept or _said_key(item) < _said_key(kept[key]):
                kept[key] = item
        else:
            kept[item] = item
    return list(kept.values())


def _last_seen(ordered: Sequence[Said], drafts: Sequence[Draft]) -> tuple[date, bool] | None:
    """The last day on which a capture says which version is in force; lines that give a title alone don't.

    A capture of unknown day may be older than its record, so it counts only where nothing of known day does, or
    where a version began after all of those.
    """
    days = [
        (seen.day, seen.exact)
        for st, seen in ordered
        if st.kind in ("page", "listed") or st.starts or st.ends
    ]
    for draft in drafts:
        only_titles = not draft.claims and not draft.pages
        days += [(seen.day, seen.exact) for _, seen in draft.said if only_titles or seen.day in draft.vouched]
    known = max((day for day, exact in days if exact), default=None)
    begun = max((start for draft in drafts if (start := draft.start) is not None), default=date.min)
    last = max(days, default=None)
    if known is None or last is None or last[1] or known < begun <= last[0]:
        return last
    return known, True


def _said_key(item: Said) -> tuple[object, ...]:
    """A total order, so that nothing depends on the order of loading."""
    st, seen = item
    place = (seen.day, seen.capture, seen.exact, st.kind, st.position, st.locator)
    words = (st.title, st.address or "", st.suffix, st.text_digest, st.edition, st.moved_to or "")
    rest = (st.starts, st.ends, st.of_day or date.min, st.shown_as_old, st.lists_versions)
    return (*place, *words, *rest)


def _finding_key(finding: Finding) -> tuple[object, ...]:
    return (finding.kind, finding.message, finding.capture or "", finding.locator, finding.days)
