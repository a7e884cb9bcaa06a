"""Step 3: the days on which each draft may have started and ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from manual.dates import in_words, printed
from manual.history.drafts import ONE_DAY, RANK, Draft, End, Said, Starts, surely_ended
from manual.model import (
    Code,
    Finding,
)


def _stated(draft: Draft) -> tuple[date, ...]:
    """The days by which a finding names this version."""
    return tuple(sorted(draft.days | {end.day for end in draft.ends}))


def note_order(drafts: Sequence[Draft]) -> None:
    """A page in force that lists a version as previous says that the version came before it (WF2.5, rule 18)."""
    for draft in drafts:
        current = {
            (seen.capture, seen.day) for st, seen in draft.pages if not st.shown_as_old and not st.ends
        }
        for other in drafts:
            listed = any(
                st.kind == "listed" and st.shown_as_old and (seen.capture, seen.day) in current
                for st, seen in other.said
            )
            if listed and other is not draft:
                draft.before.append(other)


def apply_revocations(
    drafts: Sequence[Draft], ordered: Sequence[Said], code: Code, findings: list[Finding]
) -> None:
    for st, seen in ordered:
        if st.kind != "claim" or st.of_day is None:
            continue
        meant = [d for d in drafts if st.of_day in d.days]
        for draft in meant:
            draft.ends.update(st.ends)
            draft.said.append((st, seen))
        if not meant:
            message = f"a page revokes a version of {in_words(st.of_day)} that nothing else mentions"
            findings.append(Finding("info", "revokes_unknown", message, code, seen.capture, st.locator))


def vouch(drafts: Sequence[Draft], code: Code, findings: list[Finding]) -> None:
    """Days on which a capture certainly shows a version as the one in force (no banner does not prove it, rule 17)."""
    for draft in drafts:
        start = draft.start
        for st, seen in draft.said:
            usable = st.kind in ("page", "contents", "neighbour", "listed") and not st.shown_as_old
            if not usable or not seen.exact or (start is not None and start > seen.day):
                continue
            if (draft.claims or draft.pages) and st.kind != "page" and not st.starts:
                continue  # a title alone can't tell a text from its successor of the same title
            if surely_ended(draft, seen.day):
                continue
            if st.kind == "contents" and st.starts and draft.superseded_by is not None:
                continue
            if _newer_by(drafts, draft, seen.day):
                message = "shown without a banner although a newer version had begun by then"
                findings.append(
                    Finding("warning", "not_current", message, code, seen.capture, st.locator, _stated(draft))
                )
            else:
                draft.vouched.add(seen.day)


def _newer_by(drafts: Sequence[Draft], draft: Draft, day: date) -> bool:
    start = draft.start
    if start is None:
        return False
    return any(
        other.start is not None
        and start < other.start <= day
        and other not in draft.before
        and not other.places
        for other in drafts
        if other is not draft
    )


def settle_starts(drafts: Sequence[Draft], code: Code, findings: list[Finding]) -> None:
    for draft in drafts:
        days = sorted({c.day for c in draft.best_claims})
        readings = {Starts(day, day) for day in days}
        if draft.only_listed and draft.claims:
            readings |= draft.places
        late = [b.start for b in draft.before if b.start is not None and days and b.start > days[0]]
        if late:  # a version that its own page calls previous is dated later (WF2.5)
            last = max(seen.day for st, seen in draft.pages)
            readings.add(Starts(max(late), max(last, max(late))))
            message = f"its start {printed(days[0])} is earlier than that of a version it lists as previous"
            findings.append(Finding("warning", "starts_before_previous", message, code, days=_stated(draft)))
        if len(days) > 1:
            message = "its start is stated as " + " and as ".join(printed(d) for d in days)
            findings.append(Finding("warning", "starts_disagree", message, code, days=_stated(draft)))
        elif len(draft.days) > 1 and days:
            weaker = sorted(draft.days - set(days))
            message = f"its start is {printed(days[0])}; also printed: {', '.join(map(printed, weaker))}"
            findings.append(Finding("info", "weaker_start", message, code, days=_stated(draft)))
        draft.starts = tuple(sorted(readings, key=lambda r: (not r.is_day, r.hi, r.lo or date.min)))
    for draft in drafts:
        if not draft.starts:
            draft.starts = (_unknown_start(draft, drafts),)


def _unknown_start(draft: Draft, drafts: Sequence[Draft]) -> Starts:
    """Between the last day something older is known to be in force and the first day this one was seen (rule 21)."""
    if draft.ends:
        hi = min(e.day for e in draft.ends)
        hi = min([hi, *(seen.day for st, seen in draft.said if seen.exact)])
    elif draft.superseded_by is not None:
        hi = draft.superseded_by
    else:
        hi = min(seen.day for _, seen in draft.said)
    if any(st.edition and not st.suffix for st, _ in draft.said):
        if not any(
            st.shown_as_old for st, _ in draft.said
        ):  # saved while in force: it need not be the last one
            return Starts(None, hi)
        older = [d.start for d in drafts if d.start is not None and d.start < hi]
    elif draft.superseded_by is not None and not draft.ends:
        return Starts(None, hi)
    else:
        older = [d.start for d in drafts if d.start is not None and d.start < hi]
        older += [day for d in drafts if d is not draft for day in d.vouched if day < hi]
    return Starts(max(older) + ONE_DAY, hi) if older else Starts(None, hi)


def settle_ends(drafts: Sequence[Draft], code: Code, findings: list[Finding]) -> None:
    certain = {d.starts[0].lo for d in drafts if d.claims and len(d.starts) == 1 and d.starts[0].is_day}
    for draft in drafts:
        draft.endings = _reissued(_stated_ends(draft, certain, code, findings), drafts)
        if not draft.starts[0].is_day and not draft.claims and not draft.ends and draft.superseded_by is None:
            # seen as in force at the end of its interval at the latest
            draft.vouched.add(draft.starts[0].hi)
        gone = draft.superseded_by
        if gone is not None and not draft.endings and not _successor_by(draft, drafts, gone):
            lo = draft.starts[0].lo
            draft.endings = (End((lo + ONE_DAY) if lo else date.min, gone, "dispute", unseen=True),)


def _reissued(endings: tuple[End, ...], drafts: Sequence[Draft]) -> tuple[End, ...]:
    """An edition ends all its pages at once, and the next one takes most of them over (rule 12). Where a later
    version is known, the days up to it are therefore not known to be without one."""
    return tuple(
        replace(end, unseen=True)
        if end.basis == "edition" and any(r.hi > end.lo for d in drafts for r in d.starts)
        else end
        for end in endings
    )


def _stated_ends(
    draft: Draft, certain: set[date | None], code: Code, findings: list[Finding]
) -> tuple[End, ...]:
    """Rule 9: words decide, else a successor's start, else both readings of the day stand."""
    if not draft.ends:
        return ()
    best = min((RANK[e.basis] for e in draft.ends if e.reading != "either"), default=None)
    firm = sorted(e for e in draft.ends if e.reading != "either" and RANK[e.basis] == best)
    loose = sorted(e for e in draft.ends if e.reading == "either")
    if firm and not (firm[0].basis == "edition" and loose):
        days = sorted({e.day if e.reading == "excluded" else e.day + ONE_DAY for e in firm})
        if len(days) > 1:
            message = "its end is stated as " + " and as ".join(printed(d) for d in days)
            findings.append(Finding("warning", "ends_disagree", message, code, days=_stated(draft)))
        return (End(days[0], days[-1], firm[0].basis if len(days) == 1 else "dispute"),)
    day = loose[0].day
    if len({e.day for e in loose}) > 1:
        last = max(e.day for e in loose)
        message = f"its end is printed as {printed(day)} and as {printed(last)}"
        findings.append(Finding("warning", "ends_disagree", message, code, days=_stated(draft)))
        return (End(day, last + ONE_DAY, "dispute"),)
    if day in certain:
        return (End(day, day, "successor"),)
    if day + ONE_DAY in certain:
        return (End(day + ONE_DAY, day + ONE_DAY, "successor"),)
    message = f"“to {printed(day)}” may mean that {printed(day)} is its last day or the first day without it"
    findings.append(Finding("info", "end_ambiguous", message, code, days=_stated(draft)))
    return (End(day, day + ONE_DAY, "dispute"),)


def _successor_by(draft: Draft, drafts: Sequence[Draft], gone: date) -> bool:
    """Whether some known version can have replaced `draft` by the day it was shown as old."""
    low = draft.starts[0].lo
    for other in drafts:
        if other is draft:
            continue
        if draft in other.before:
            return True
        for reading in other.starts:
            after = low is None or reading.hi > low
            same_day = reading.hi == low and other.superseded_by is None
            begins = reading.lo is None or reading.lo <= gone
            if (after and begins and not (other.superseded_by and reading.lo is None)) or same_day:
                return True
    return False
