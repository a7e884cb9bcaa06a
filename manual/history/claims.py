"""Statements of other pages and circulars about a version of this code, with that page as evidence (rule 24)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from manual.dates import in_words
from manual.history.drafts import (
    ONE_DAY,
    StatementSeen,
    VersionDraft,
    VersionDrafts,
    has_title,
    is_dated,
    is_over,
    last_end,
    own_start,
    plain,
)
from manual.history.identity import new_draft
from manual.history.undated import last_before_end
from manual.model import Code, EndClaim, Finding, Seen, Statement

SAME_CIRCULAR = timedelta(days=31)
"""A circular's day this near to a page's own is that page's: circulars name the day before it is certain."""


def place_starts(
    drafts: VersionDrafts, ordered: Sequence[StatementSeen], code: Code, findings: list[Finding]
) -> None:
    """Join each claim of a start to the version it is about, and withdraw what a later circular put off."""
    for st, seen in ordered:
        if st.kind != "claim" or not is_dated(st):
            continue
        meant = _near(drafts, st) or new_draft(drafts)
        its_own = own_start(st) in meant.days or not meant.said
        if not (its_own or meant.known):  # the known day may be its own, and so the title (rule 27)
            meant.called_otherwise.add(plain(st.title))
        meant.add(st if its_own else _without_title(meant, st), seen)
        if its_own:
            # its page takes back what it announced itself, not what a circular says too (rule 17)
            meant.optional = meant.optional and not meant.perhaps_announced
            meant.perhaps_announced = False
    for st, seen in ordered:
        put_off = _put_off(drafts, st, seen)
        for draft in put_off:
            assert draft.start is not None  # what was announced has a day
            draft.withdrawn = len(put_off) == 1
            draft.optional = not draft.withdrawn  # one of them, and not said which
            what = "was" if draft.withdrawn else "may have been"
            message = f"the version announced for {in_words(draft.start)} {what} put off"
            findings.append(
                Finding("info", "announcement_put_off", message, code, seen.capture, st.locator, draft.stated)
            )


def _puts_off(st: Statement) -> bool:
    """Whether a circular takes back the day for which a version was announced: "on E instead of D"."""
    claims = st.kind == "claim" and st.of_day is not None
    return claims and any(end.kind == "unclear" and end.day == st.of_day for end in st.ends)


def _puts_off_what_was_to_come(st: Statement) -> bool:
    """Whether a circular puts a start off to the day by which the claim is called, without the former day. The claim's
    own day is that on which it was issued."""
    claims = st.kind == "claim" and st.of_day is not None
    return claims and any(
        end.kind == "unclear" and end.basis == "circular" and end.day != st.of_day for end in st.ends
    )


def _put_off(drafts: VersionDrafts, st: Statement, seen: Seen) -> list[VersionDraft]:
    """What a circular puts off: the version announced for the day that it takes back or, where it does not print that
    day, what had been announced for a day after its issue: one before the new day, if there is any."""
    announced = [d for d in drafts if _is_only_announced(d, seen) and not d.withdrawn]
    if _puts_off(st):
        return [d for d in announced if d.start == st.of_day]
    if not _puts_off_what_was_to_come(st):
        return []
    assert st.of_day is not None  # the new day
    new, issued = st.of_day, st.ends[0].day
    earlier = [d for d in announced if d.start and (issued or date.min) < d.start < new]
    return earlier or [d for d in announced if d.start and issued and new < d.start]


def _is_only_announced(draft: VersionDraft, seen: Seen) -> bool:
    """Whether circulars alone told of `draft`: if another one puts it off, what was in force before stays so until the
    new day (rule 17). A page's own day outranks a circular, and a known day an unknown one."""
    told = [when for said, when in draft.said if said.kind == "claim"]
    return len(told) == len(draft.said) and (seen.exact or not any(when.exact for when in told))


def place_ends(
    drafts: VersionDrafts, ordered: Sequence[StatementSeen], code: Code, findings: list[Finding]
) -> list[StatementSeen]:
    """Join each claim of an end to the version it is about. Returns those that are about no dated version."""
    left: list[StatementSeen] = []
    for st, seen in ordered:
        if st.kind != "claim" or not st.ends or is_dated(st) or _puts_off_what_was_to_come(st):
            continue
        if st.of_day is None:
            meant = _suspended_at_once(drafts, st) or last_before_end(drafts, [(st, seen)])
            if meant is not None and _ended_sooner(meant, ordered, last_end(st.ends) or seen.day):
                meant = None
        elif _puts_off(st):
            meant = next((d for d in drafts if st.of_day == d.start and not d.withdrawn), None)
            if meant is None:
                continue  # no version is said any more to have begun on that day
        else:
            meant = next((d for d in drafts if st.of_day in d.days), None)
        if meant is not None:
            meant.add(_without_title(meant, st), seen)
        elif st.of_day is None:
            left.append((st, seen))
        else:
            message = f"a page ends a version of {in_words(st.of_day)} that nothing else mentions"
            findings.append(Finding("info", "revokes_unknown", message, code, seen.capture, st.locator))
    return left


def _suspended_at_once(drafts: VersionDrafts, st: Statement) -> VersionDraft | None:
    """The version that begins on the day from which a claim suspends what the code designates."""
    days = {end.day for end in st.ends if end.kind == "suspension"}
    return next((d for d in drafts if d.start is not None and d.start in days and not d.withdrawn), None)


def _ended_sooner(draft: VersionDraft, ordered: Sequence[StatementSeen], end: date) -> bool:
    """Whether something without a first day ended after `draft` began and before `end`: the first end after a start is
    that version's, so that `end` is of a later one."""
    start = draft.start or date.min
    ends = (
        e.day
        for st, _ in ordered
        if not is_dated(st) and st.of_day is None
        for e in st.ends
        if e.kind == "end"
    )
    return any(day is not None and start < day < end - ONE_DAY for day in ends)


def _without_title(draft: VersionDraft, st: Statement) -> Statement:
    """The claim without a title that `draft` has not: it may be that of another version, which the claim is about."""
    return st if has_title(draft, st) else replace(st, title="")


def place_ends_of_undated(drafts: VersionDrafts, left: Sequence[StatementSeen]) -> None:
    """Give ends of no dated version, or of one replaced by a version of unknown start, to the version of unknown start
    seen last before them, or to a new one."""
    for st, seen in [*left, *_ends_of_replaced(drafts)]:
        end = last_end(st.ends) or seen.day
        undated = [d for d in drafts if d.start is None]
        same = [d for d in undated if _states(d.ends, end)]
        seen_before = [d for d in undated if not d.ends and d.known and not _seen_since(d, end)]
        seen_before = [d for d in seen_before if not _is_replaced(d, drafts, end)]
        seen_before = [d for d in seen_before if not st.title or has_title(d, st)]
        # one that had already ended when it was first seen, on an unknown day
        over = [d for d in undated if d.ends and last_end(d.ends) is None and end <= _first_seen(d)]
        if len(same) == 1:
            (home,) = same
        elif seen_before:
            home = max(seen_before, key=_first_seen)
            _part_later(drafts, home, end)
        else:
            home = min(over, key=_first_seen) if over else new_draft(drafts)
            _move_earlier_sights(undated, home, end)
        home.add(st, seen)


def _move_earlier_sights(undated: Sequence[VersionDraft], home: VersionDraft, end: date) -> None:
    """Give what was joined by its title alone to a version that ended later to the one that ended on `end`, if it was
    seen before: it ended whichever version stood."""
    for draft in undated:
        ends_later = all(claim.day is not None and claim.day > end for claim in draft.ends)
        for item in list(draft.said if draft.loose_end and ends_later else ()):
            if not item[0].ends and item[1].exact and item[1].day < end:
                draft.said.remove(item)
                home.add(*item)


def _part_later(drafts: VersionDrafts, draft: VersionDraft, end: date) -> None:
    """Give lines joined to a version by their title alone, and seen since it ended, to a version of their own."""
    later = [item for item in draft.titled if item[1].exact and item[1].day >= end]
    if later:
        draft.titled = [item for item in draft.titled if item not in later]
        new_draft(drafts, later[0]).titled = later[1:]


def _is_that_end(stated: EndClaim, end: date) -> bool:
    """Whether an end may mean that day: "(to D)" is D or the day after (BH3.5, revoked by circular 2014/03)."""
    return end == stated.day or (stated.reading != "excluded" and end - ONE_DAY == stated.day)


def _ends_of_replaced(drafts: Sequence[VersionDraft]) -> list[StatementSeen]:
    """Remove, and return, the ends of dated versions after which a version of unknown start was seen, or which another
    statement gives to one of unknown start."""
    taken: list[StatementSeen] = []
    undated = [_first_seen(d) for d in drafts if d.start is None and not d.ends]
    stated = [end for d in drafts if d.start is None for end in d.ends]
    for draft in drafts:
        sights = [s.day for st, s in (*draft.said, *draft.titled) if st.kind != "claim" and s.exact]
        last = max(filter(None, (*sights, draft.start)), default=date.max)
        for item in [one for one in draft.said if _ends_what_stood(one[0])]:
            end = last_end(item[0].ends) or item[1].day
            replaced = any(last < day < end for day in undated) or _was_over_before(draft, end)
            if replaced or (_states(stated, end) and not _states(_other_ends(draft, item), end)):
                draft.said.remove(item)
                taken.append(item)
    return taken


def _states(stated: Iterable[EndClaim], end: date) -> bool:
    return any(_is_that_end(claim, end) for claim in stated)


def _other_ends(draft: VersionDraft, item: StatementSeen) -> Iterator[EndClaim]:
    return (end for st, _ in draft.said if st is not item[0] for end in st.ends)


def _was_over_before(draft: VersionDraft, end: date) -> bool:
    """Whether something seen before `end` showed that the version had ended by then."""
    return any(
        seen.exact and seen.day < end and is_over(st.ends, seen, seen.day) and not _ends_what_stood(st)
        for st, seen in draft.said
    )


def _ends_what_stood(st: Statement) -> bool:
    """Whether a claim ends whichever version was in force before its day."""
    return st.kind == "claim" and st.of_day is None and not is_dated(st)


def _first_seen(draft: VersionDraft) -> date:
    return draft.first_seen or date.max


def _is_replaced(draft: VersionDraft, drafts: Sequence[VersionDraft], end: date) -> bool:
    """Whether a dated version began after `draft` was seen for the last time and before `end`."""
    last = max((seen.day for _, seen in (*draft.said, *draft.titled) if seen.exact), default=date.max)
    return any(d.begun_by(end - ONE_DAY) and d.start > last for d in drafts if d.start and not d.optional)


def _seen_since(draft: VersionDraft, day: date) -> bool:
    return any(seen.exact and seen.day >= day for st, seen in draft.said if st.kind != "claim")


def _may_be_meant(draft: VersionDraft, day: date) -> bool:
    """Whether a circular's day may be that of `draft`: its page states another day near it. Two circulars of different
    days, or a circular and a row, speak of two versions."""
    return day in draft.days or any(st.kind == "page" for st, _ in draft.said)


def _also_of(drafts: Sequence[VersionDraft], day: date) -> list[VersionDraft]:
    """Versions of which a page or row states that first day, though it may be another one: two readings of one page's
    start, or one archived address, which has one version (rules 1 and 6)."""
    unmarked = {st.address for d in drafts for st, _ in d.pages if not st.shown_as_old}
    return [
        d
        for d in drafts
        for st, _ in d.said
        if is_dated(st) and own_start(st) == day
        if (st.address not in {*unmarked, None} if st.shown_as_old else not st.ends)
    ]


def _near(drafts: Sequence[VersionDraft], st: Statement) -> VersionDraft | None:
    day = own_start(st)
    begun = [d for d in drafts if not d.withdrawn]
    near = [(abs(d.start - day), d) for d in begun if d.start is not None and _may_be_meant(d, day)]
    near += [(timedelta(0), d) for d in _also_of(begun, day)]
    near = [(apart, d) for apart, d in near if apart <= SAME_CIRCULAR]
    return min(near, key=lambda one: one[0])[1] if near else None
