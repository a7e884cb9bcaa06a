"""From statements to versions: a pure function, and the one place that decides what was in force.

An answer is given only if *every* reading of the pages gives it. Each version has one or more possible
starts and ends (`drafts.Starts`, `drafts.End`: days, or intervals where a page fixes only the order of things). A day's
*outcomes* are the versions that are the latest to have started, and have not ended, in at least one choice of
readings. One outcome is an answer; several are `disputed`, with the candidates and the reasons.

The steps, in order:

1. `merging`: which statements speak of the same version (a *draft*).
2. `merging.settle_undated`: what pages and lines without a date may be taken for.
3. `readings`: the days on which each draft may have started and ended.
4. `spans`: the outcomes of every run of days between two readings' bounds; `reasons` words them.

`versions` then gives the drafts names, bounds and texts.

Rule numbers in comments are those of the project's notes on dates; ARCHITECTURE.md lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from manual.dates import require_day
from manual.errors import HistoryConflict
from manual.history.drafts import Draft, Said
from manual.history.merging import merge_pages, place_rows, settle_undated
from manual.history.readings import apply_revocations, note_order, settle_ends, settle_starts, vouch
from manual.history.spans import span_on, spans_of
from manual.history.versions import draft_order, links_between, moves, name_versions, versions_of
from manual.model import Answer, Code, EndClaim, Finding, History, Seen, Statement, Version

__all__ = ["history_of", "in_force_on", "links_between", "span_on"]


EDITION_CEASED: Mapping[str, date] = {"pre-2010": date(2010, 11, 29)}
"""Rule 12: what an edition says of itself."""


def history_of(code: Code, said: Iterable[Said]) -> History:
    """The history of `code` from all that captures say of it; order and repetition of `said` change nothing.

    Raises HistoryConflict if a statement is about another code.
    """
    understood = {(_with_edition_end(_unless_announced(st, seen)), seen) for st, seen in said}
    ordered = sorted(_without_echoes(understood), key=_said_key)
    for statement, _ in ordered:
        if statement.code != code:
            raise HistoryConflict(f"a statement about {statement.code} was given for the history of {code}")
    findings: list[Finding] = []
    drafts = merge_pages(ordered, findings)
    place_rows(drafts, ordered, code, findings)
    settle_undated(drafts, ordered, code, findings)
    note_order(drafts, ordered)
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


def in_force_on(history: History, day: date, known: date | None = None) -> Answer:
    """What `history` answers for `day`. `known` is only carried along: the history must be that of the captures
    taken by then.
    """
    require_day(day)
    span = span_on(history.spans, day)
    named = tuple(history.version(id) for id in span.versions)
    single = span.answer in ("in_force", "ended") and len(named) == 1
    last_seen = history.last_seen
    before, after = _around(history.versions, day, named[0] if single else None)
    return Answer(
        code=history.code,
        on=day,
        known=known,
        answer=span.answer,
        version=named[0] if single else None,
        candidates=() if single else named,
        reasons=span.reasons,
        findings=history.findings,
        as_last_seen=last_seen if last_seen is not None and day > last_seen else None,
        previous=before,
        next=after,
        span=span,
    )


def _last_seen(ordered: Sequence[Said], drafts: Sequence[Draft]) -> tuple[date, bool] | None:
    """The last day on which a capture says which version is in force; lines that give a title alone don't."""
    days = [
        (seen.day, seen.exact)
        for st, seen in ordered
        if st.kind in ("page", "listed") or st.starts or st.ends
    ]
    for draft in drafts:
        only_titles = not draft.claims and not draft.pages
        days += [(seen.day, seen.exact) for _, seen in draft.said if only_titles or seen.day in draft.vouched]
    return max(days, default=None)


def _around(
    versions: Sequence[Version], day: date, version: Version | None
) -> tuple[Version | None, Version | None]:
    """The versions before and after `version`, or, without one, the last begun by `day` and the first begun later."""
    if version is not None:
        place = versions.index(version)
        after = versions[place + 1] if place + 1 < len(versions) else None
        return (versions[place - 1] if place else None), after
    dated = [v for v in versions if v.validity.effective_from is not None]
    begun = [v for v in dated if v.validity.effective_from <= day]  # type: ignore[operator]
    later = [v for v in dated if v.validity.effective_from > day]  # type: ignore[operator]
    return (begun[-1] if begun else None), (later[0] if later else None)


def _said_key(item: Said) -> tuple[object, ...]:
    """A total order, so that nothing depends on the order of loading."""
    st, seen = item
    place = (seen.day, seen.capture, seen.exact, st.kind, st.position, st.locator)
    words = (st.title, st.address or "", st.suffix, st.text_digest, st.edition, st.moved_to or "")
    rest = (st.starts, st.ends, st.revokes or date.min, st.shown_as_old, st.first_version, st.lists_versions)
    return (*place, *words, *rest)


def _finding_key(finding: Finding) -> tuple[str, str, str, str]:
    return (finding.kind, finding.message, finding.capture or "", finding.locator)
