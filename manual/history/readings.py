"""Step 4: the days on which each draft may have started and ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from manual.dates import printed
from manual.history.announced import is_announcement
from manual.history.drafts import (
    ONE_DAY,
    RANK,
    Again,
    End,
    Ending,
    Starts,
    VersionDraft,
    first_without,
    has_title,
    last_end,
)
from manual.history.evidence import MISPRINTED_BY, LiveAddress, is_mention
from manual.history.undated import last_start_beside, listed_beside, may_have_gone_with
from manual.model import Basis, Code, EndClaim, Finding, Seen, Sha256, Statement


def note_order_on_days(drafts: Sequence[VersionDraft]) -> None:
    """The order of versions with the same first day, where it is certain: the page in force listed one as previous, or
    one was already old when the other was seen in force. Not of a row out of its place, whose day may be wrong."""
    for draft in drafts:
        unmarked = {
            (seen.capture, seen.day)
            for st, seen in draft.pages
            if not (st.shown_as_old or st.ends or st.address in draft.pinned)
        }
        for other in drafts:
            if other is draft or other.start != draft.start or draft in other.before or other.places:
                continue
            seen_since = _was_seen_since(draft, other)
            was_old = other.is_old and not draft.is_old
            if was_old or seen_since or _is_listed_by(unmarked, other):
                draft.before.append(other)


def _was_seen_since(draft: VersionDraft, other: VersionDraft) -> bool:
    """Whether `draft` was seen in force when `other`, of the same first day, was old; or after that day, as `other` was
    not."""
    assert draft.start is not None
    last, old_by = max(draft.in_force, default=draft.start), other.old_by
    if old_by is not None and last >= old_by:
        return bool(draft.in_force)
    return last > draft.start and max(other.in_force, default=draft.start) <= draft.start


def note_order(drafts: Sequence[VersionDraft], live: LiveAddress) -> None:
    """The order that is certain whatever the dates say: a page in force comes after the versions that it lists as
    previous (WF2.5, rule 18). One that stands elsewhere than the linked address may be an old one. Not all that was
    joined by its title to a version of unknown start need have stood after them."""
    for draft in drafts:
        if draft.start is None and draft.loose_end:
            continue
        current = {
            (seen.capture, seen.day, seen.exact)
            for st, seen in draft.pages
            if not (st.shown_as_old or st.ends or draft.is_old)
            if not (seen.exact and live.is_elsewhere(st.address, seen.day))
        }
        every = {(capture, day) for capture, day, _ in current}
        known = {(capture, day) for capture, day, exact in current if exact}
        for other in drafts:
            if other is draft or other in draft.before:
                continue
            stood = max(filter(None, (other.start, last_end(other.ends))), default=None)
            if draft.start and stood and stood > draft.start + MISPRINTED_BY:
                continue
            # what has no first day may have come after a page that was saved on an unknown day
            pages = known if other.start is None else every
            if _is_listed_by(pages, other):
                draft.before.append(other)


def _is_listed_by(pages: set[tuple[Sha256, date]], draft: VersionDraft) -> bool:
    """Whether one of these pages (by capture and day) lists `draft` as old or ended."""
    return any(
        st.kind == "listed" and (st.shown_as_old or st.ends) and (seen.capture, seen.day) in pages
        for st, seen in draft.said
    )


# ---------------------------------------------------------------- starts


def settle_starts(drafts: Sequence[VersionDraft], code: Code, findings: list[Finding]) -> None:
    for draft in drafts:
        days = sorted({c.day for c in draft.best_claims})
        readings = {Starts(day, day) for day in days}
        readings |= {
            Starts(claim.day, claim.day)
            for st, _ in draft.said
            for claim in st.starts
            if claim.unclear and days
        }
        if draft.only_listed and draft.claims and draft.places:
            readings |= draft.places
            draft.optional = True  # the row may repeat another (rule 18, A16.1)
        if draft.open_start:
            readings.add(_unknown_start(draft, drafts))
        readings |= draft.late_starts | _stated_before(draft, drafts)
        latest = max((*days[1:], *(r.hi for r in draft.late_starts)), default=date.min)
        # a sight before one of the days supports only the others
        draft.contested.update(day for day in draft.in_force if day < latest)
        late = _later_previous(draft, days)
        if late is not None:
            readings.add(late)
            message = f"its start {printed(days[0])} is earlier than that of a version it lists as previous"
            findings.append(Finding("warning", "starts_before_previous", message, code, days=draft.stated))
        findings += _start_findings(draft, days, code)
        draft.starts = tuple(sorted(readings, key=lambda r: (not r.is_day, r.hi, r.lo or date.min)))
    for draft in drafts:
        if not draft.starts:
            draft.starts = (_unknown_start(draft, drafts),)


def _stated_before(draft: VersionDraft, drafts: Sequence[VersionDraft]) -> set[Starts]:
    """First days that its archived address stated before, where a sight of another version stands against the one that
    it states now: if this one is wrong, nothing outweighs those. What ended on no day may then have been over before
    that other one began."""
    start = draft.start
    against = [d for d in drafts if d is not draft and start and any(day >= start for day in d.contested)]
    if start is None or not against:
        return set()
    pages = (st for st, _ in draft.pages if st.shown_as_old and st.address in draft.pinned)
    before = {Starts(claim.day, claim.day) for st in pages for claim in st.starts if claim.day < start}
    on_no_day = bool(draft.ends) and last_end(draft.ends) is None
    older = (d.start for d in against if on_no_day and d.start and d.start < start)
    return before | {Starts(None, day - ONE_DAY) for day in older}


def _later_previous(draft: VersionDraft, days: Sequence[date]) -> Starts | None:
    """If a version that its own page calls previous is dated later (WF2.5), the page may have begun up to its
    capture."""
    late = [b.start for b in draft.before if b.start is not None and days and b.start > days[0]]
    if not late:
        return None
    # it was saved on an unknown day, so it may have begun at any time (rule 27)
    last = max((seen.day for _, seen in draft.pages if seen.exact), default=date.max)
    return Starts(max(late), max(last, max(late)))


def _start_findings(draft: VersionDraft, days: Sequence[date], code: Code) -> Iterable[Finding]:
    if len(days) > 1:
        message = "its start is stated as " + " and as ".join(printed(d) for d in days)
        yield Finding("warning", "starts_disagree", message, code, days=draft.stated)
    elif len(draft.days) > 1 and days:
        weaker = sorted(draft.days - set(days))
        message = f"its start is {printed(days[0])}; also printed: {', '.join(map(printed, weaker))}"
        yield Finding("info", "weaker_start", message, code, days=draft.stated)


def _unknown_start(draft: VersionDraft, drafts: Sequence[VersionDraft]) -> Starts:
    """Possible starts of a version of unknown start: after the last day on which an older version is known to be in
    force, and not after the day on which this one was first seen (rule 21)."""
    hi = _before_what_stood(_seen_or_ended_by(draft, drafts), draft, drafts)
    if any(end.day is None for end in draft.ends) or (draft.is_old and not draft.ends):
        return Starts(None, hi)  # it is unknown when it ended, so also after what it began
    if not (draft.known or draft.ends or draft.is_old or draft.of_edition):
        beside = max(filter(None, (last_start_beside(drafts, item) for item in draft.said)), default=None)
        return Starts(beside + ONE_DAY if beside else None, hi)
    return Starts(_after_all_known(draft, drafts, hi), hi)


def _before_what_stood(hi: date, draft: VersionDraft, drafts: Sequence[VersionDraft]) -> date:
    """The last day on which an old version may have begun that was seen by `hi`: before a version that stood then, and
    was seen in force later."""
    if not draft.is_old:
        return hi
    stood = [
        d.start - ONE_DAY
        for d in drafts
        if d.start is not None and d.start < hi and any(day > hi for day in d.uncontested)
    ]
    return min(stood, default=hi)


def _after_all_known(draft: VersionDraft, drafts: Sequence[VersionDraft], hi: date) -> date | None:
    """The first day on which a version begun by `hi` may have begun, by all that is known of the others: after their
    starts, sights and ends before it. None: nothing is known."""
    others = [d for d in drafts if d is not draft and not d.withdrawn and not d.optional]
    after = [d for d in others if not (draft.optional and draft in d.before)]
    older = [d.start for d in after if d.start is not None and d.start < hi]
    older += [day for d in others for day in (*d.uncontested, *_joined_surely(d, draft)) if day < hi]
    # an end seen on the page in force says that nothing of unknown start began up to that day
    older += [day for d in others for day in d.ends_seen if day < hi]
    ends = (
        day
        for d in others
        if d.start is not None
        for day in _sure_ends(d)
        if not _is_replaced_by(d, day, others)
    )
    older += [day - ONE_DAY for day in ends if day < hi]
    # a line of the title of a version is of another one only where unclear words had ended that one by then
    older += [day - ONE_DAY for d in others if _is_alike(d, draft) for day in _unclear_ends(d) if day < hi]
    return max(older) + ONE_DAY if older else None


def _joined_surely(older: VersionDraft, draft: VersionDraft) -> set[date]:
    """The days on which a line joined `older` by its title: not where it has the title of `draft` too, whose own first
    day is in doubt, so that it may have begun before the line."""
    in_doubt = bool(draft.claims) and not draft.open_start
    return older.joined - {seen.day for st, seen in older.titled if in_doubt and has_title(draft, st)}


def _is_replaced_by(draft: VersionDraft, day: date, drafts: Sequence[VersionDraft]) -> bool:
    """Whether another version began after a dated one and before `day`, so that it had ended before."""
    assert draft.start is not None
    return any(d.start is not None and draft.start < d.start < day for d in drafts)


def _sure_ends(draft: VersionDraft) -> Iterable[date]:
    """The first days without it according to its statements; up to each of these it was in force."""
    for end in draft.ends:
        if end.day is not None and end.kind == "end":
            yield first_without(end)


def _unclear_ends(draft: VersionDraft) -> Iterable[date]:
    return (first_without(end) for end in draft.ends if end.day is not None and end.kind == "unclear")


def _is_alike(older: VersionDraft, draft: VersionDraft) -> bool:
    """Whether what is said of a version of unknown start may be said of a dated one: it has its title and no end of its
    own, no mark shows that one as old, and no list shows both."""
    if older.start is None or older.is_old:
        return False
    return all(
        is_mention(st) and has_title(older, st) and not listed_beside(older, st, seen)
        for st, seen in draft.said
    )


def _seen_or_ended_by(draft: VersionDraft, drafts: Sequence[VersionDraft]) -> date:
    days = [end.day for end in draft.ends if end.day is not None]
    if draft.open_start:  # its announcement does not say that it had begun, or of which edition it was
        days += draft.joined - _lines_of_older(draft, drafts)
    elif draft.of_edition and draft.edition_ended:
        days.append(draft.edition_ended)
    days += [
        seen.day
        for st, seen in draft.said
        if seen.exact and st.kind != "claim" and not (draft.open_start and is_announcement((st, seen)))
    ]
    return min(days, default=date.max)


def _lines_of_older(draft: VersionDraft, drafts: Sequence[VersionDraft]) -> set[date]:
    """The days on which a line that joined `draft` by its title may have been about a dated version before it."""
    return {
        seen.day
        for st, seen in draft.titled
        for other in drafts
        if other.begun_by(seen.day) and not other.optional and has_title(other, st)
        if other is not draft and not other.over_by(seen.day) and (other.old_by or seen.day) >= seen.day
    }


# ---------------------------------------------------------------- ends


def settle_ends(drafts: Sequence[VersionDraft], code: Code, findings: list[Finding]) -> None:
    certain = {d.starts[0].lo for d in drafts if d.claims and len(d.starts) == 1}
    for draft in drafts:
        _EndSettler(draft, drafts, certain, code, findings).settle()


class _EndSettler:
    """Finds the ends of one draft: as stated, from its edition, or since it was shown as old."""

    def __init__(
        self,
        draft: VersionDraft,
        drafts: Sequence[VersionDraft],
        certain: set[date | None],
        code: Code,
        findings: list[Finding],
    ) -> None:
        self.draft, self.drafts, self.certain = draft, drafts, certain
        self.code, self.findings = code, findings

    def settle(self) -> None:
        draft = self.draft
        stated = self._stated()
        draft.endings = stated
        draft.goes_on = not stated or self._is_before_its_start(stated)
        draft.doubts = tuple(self._doubtful())
        if stated:  # words that may mean that it ends on a later day
            later = (d for d in draft.doubts if d.kind == "unclear" and d.is_day and d.lo > stated[0].lo)
            draft.endings = (*stated, *(replace(d, kind="ended") for d in later))
        if not stated or self._was_marked_before(stated):
            self._by_mark_or_edition()

    def _was_marked_before(self, stated: Sequence[End]) -> bool:
        """Whether another address shows it as old before the day that only suffixes or lists state as its end. A mark
        is of their rank, so that either may be right."""
        gone = self.draft.old_by
        weak = all(RANK[end.basis] >= RANK["suffix"] for end in self.draft.ends if end.kind == "end")
        return weak and gone is not None and all(gone < end.lo for end in stated)

    def note(self, severity: str, kind: str, message: str) -> None:
        self.findings.append(Finding(severity, kind, message, self.code, days=self.draft.stated))  # type: ignore[arg-type]

    # -------------------------------------------- as stated

    def _stated(self) -> tuple[End, ...]:
        """The stated ends (rule 9): words decide, else a successor's start, else both readings of the day count."""
        said = [
            (end, seen)
            # a later known sight of the same page may state another end (rule 17)
            for st, seen in self.draft.newest_at_each_address(lambda st: last_end(st.ends) is not None)
            for end in st.ends
            if end.kind == "end" and end.basis != "edition"
        ]
        dated = [(end, seen) for end, seen in said if end.day is not None]
        dated = [one for one in dated if one[1].exact] or dated  # a known day outweighs an unknown one
        if dated:
            ends = self._strongest(dated)
            if self._is_before_its_start(ends):
                self._contradicted(min(end.lo for end in ends))
            return ends
        return self._ended_by_capture([seen for _, seen in said])

    def _strongest(self, said: Sequence[tuple[EndClaim, Seen]]) -> tuple[End, ...]:
        firm = [end for end, _ in said if end.reading != "either"]
        best = min((RANK[end.basis] for end in firm), default=None)
        firm = [end for end in firm if RANK[end.basis] == best]
        if firm:
            days = sorted({first_without(end) for end in firm})
            if len(days) > 1:
                message = "its end is stated as " + " and as ".join(map(printed, days))
                self.note("warning", "ends_disagree", message)
            basis: Basis = firm[0].basis if len(days) == 1 else "dispute"
            return tuple(End(day, day, basis) for day in days)
        return self._either(sorted({end.day for end, _ in said if end.day is not None}), said[0][0].basis)

    def _either(self, days: Sequence[date], basis: Basis) -> tuple[End, ...]:
        first, last = days[0], days[-1]
        if first != last:
            message = f"its end is printed as {printed(first)} and as {printed(last)}"
            self.note("warning", "ends_disagree", message)
            return tuple(End(day, day + ONE_DAY, "dispute") for day in days)
        for day in (first, first + ONE_DAY):
            if day in self.certain and not any(r.lo == day for r in self.draft.starts):
                return (End(day, day, "successor"),)
        if self._was_unmarked_on(first):
            return (End(first + ONE_DAY, first + ONE_DAY, basis),)
        message = f"“to {printed(first)}” may mean that it is its last day or the first day without it"
        self.note("info", "end_ambiguous", message)
        return (End(first, first + ONE_DAY, "dispute"),)

    def _was_unmarked_on(self, day: date) -> bool:
        """Whether its page was seen in force on `day` without a mark of its end, so that "to" this day includes it."""
        unmarked = any(seen.day == day and seen.exact and not st.ends for st, seen in self.draft.pages)
        return unmarked and day in self.draft.uncontested

    def _is_before_its_start(self, ends: Sequence[End]) -> bool:
        start = self.draft.start
        return start is not None and any(end.lo <= start for end in ends)

    def _contradicted(self, lo: date) -> None:
        """For an end on `lo`, which is not after the version's own start (rule 23): either may be right, whatever their
        rank."""
        draft, start = self.draft, self.draft.start
        assert start is not None
        self.note(
            "warning",
            "ends_before_start",
            f"its end {printed(lo)} is not after its start {printed(start)}; the days are disputed",
        )
        last = min(lo - ONE_DAY, start)
        draft.starts = (*draft.starts, Starts(_after_all_known(draft, self.drafts, last), last))

    def _ended_by_capture(self, by_capture: Sequence[Seen]) -> tuple[End, ...]:
        """For a mark or words of ending without a readable day: out of force when they were seen."""
        if not by_capture:
            return ()
        known = min((seen.day for seen in by_capture if seen.exact), default=None)
        if known and self.draft.days and known <= min(self.draft.days):
            self._contradicted(known)
        last = max((day for day in self.draft.sights if known is None or day < known), default=None)
        return (End(last + ONE_DAY if last is not None else date.min, known, "dispute"),)

    # -------------------------------------------- unclear words, suspensions

    def _doubtful(self) -> Iterable[End]:
        for st, seen in self.draft.said:
            for end in st.ends:
                if end.kind != "end":
                    yield self._doubtful_end(end, st, seen)
        for _, seen in self.draft.may_have_ended:
            last = max((day for day in self.draft.sights if not seen.exact or day < seen.day), default=None)
            yield End(last + ONE_DAY if last else date.min, None, "dispute", "unplaced")
        last = max(self.draft.in_force, default=None)
        if last and may_have_gone_with(self.draft, self.drafts):
            since = min((day for day in self.draft.joined if day > last), default=None)
            yield End(last + ONE_DAY, None, "dispute", "unclear", since)

    def _doubtful_end(self, end: EndClaim, st: Statement, seen: Seen) -> End:
        kind: Ending = "suspended" if end.kind == "suspension" else "unclear"
        lifted = self._lifted(st, seen) if kind == "suspended" else None
        if end.day is None and seen.exact and end.basis not in ("text", "note"):
            # a mark such as "(closed to new applications)" or "(suspended)": by its capture perhaps out of force
            return End(seen.day, None, "dispute", kind, lifted)
        if end.day is None:
            last = self.draft.last_sight
            # its own page says on that day that it is suspended
            now = lifted or (kind == "suspended" and seen.exact and seen.day == last)
            since = seen.day if now else last + ONE_DAY if last else date.min
            return End(since, None, "dispute", kind, lifted)
        day = first_without(end)
        return End(day, day, end.basis, kind, lifted)

    def _lifted(self, st: Statement, seen: Seen) -> date | None:
        """The first day after `seen` on which the same address shows the version in force and says nothing of its
        suspension: what it shows later outranks what it showed before (rule 17)."""
        silent = [
            when.day
            for page, when in self.draft.pages
            if page.address == st.address and when.day in self.draft.in_force and not page.ends
        ]
        return min((day for day in silent if seen.exact and st.address and day > seen.day), default=None)

    # -------------------------------------------- by its edition, or as an old version

    def _by_mark_or_edition(self) -> None:
        draft, gone = self.draft, self.draft.old_by
        of_edition = self._is_of_edition()
        was_last = any(end.basis == "edition" for end in draft.ends)
        if of_edition and draft.edition_ended:
            draft.cap = End(draft.edition_ended, draft.edition_ended, "edition")
            self._may_be_of_the_next_edition(draft.edition_ended)
        replaced_by = self._replaced_by(gone)
        if was_last or not draft.is_old or self._has_successor(replaced_by, surely=True):
            return
        draft.loose_end = draft.loose_end or draft.cap is not None
        # a sight after the mark is contested; a version marked on its first day stood on it
        before = (day for day in draft.sights if gone is None or day < gone or day == draft.start)
        last = max(before, default=None)
        lo = last + ONE_DAY if last is not None else date.min
        lo = max(lo, self._announced_next() or lo)
        by = min((day for day in (gone, draft.edition_ended if of_edition else None) if day), default=None)
        if by is None or by >= lo:
            # a whole list leaves no room for something unknown between the two: then nothing followed at first, or
            # it was marked when the next one, or one that was withdrawn, had been published
            known = bool(draft.next_in_list) or self._is_beside_an_ended()
            # an end that is stated twice is that of whatever followed, too
            known = known or sum(end.kind == "end" for end in draft.ends) > 1
            may_go_on = bool(draft.next_in_list) or self._has_successor(replaced_by, surely=False)
            draft.goes_on = may_go_on and not draft.endings
            draft.endings = (*draft.endings, End(lo, by, "dispute", "ended" if known else "unseen"))

    def _replaced_by(self, gone: date | None) -> date | None:
        """The last day on which it can have been replaced. A page with an old-mark in the edition that ended as a whole
        was replaced by the end of that edition (rule 12b; U3.20's next known version is of 2021)."""
        pages = [st for st, _ in self.draft.pages if st.edition and st.shown_as_old]
        within = self.draft.edition_ended if pages else None
        return min((day for day in (gone, within) if day), default=None)

    def _announced_next(self) -> date | None:
        """The first day of a version that a whole list announces right after this one, if nothing else shows this one
        as old: nothing else began before it."""
        marked = {seen.capture for _, seen in self.draft.old_marks}
        days = [
            d.start
            for d in self.draft.announced_next
            if d.start and len(d.starts) == 1
            if marked <= {item[1].capture for item in d.said if is_announcement(item)}
            if not self._something_comes_before(d, self.draft.starts[0].lo)
        ]
        return min(days, default=None)

    def _is_beside_an_ended(self) -> bool:
        """Whether some version of unknown start ended after it began: that one replaced it, or nothing did. One that
        need not exist says nothing."""
        since = self.draft.starts[0].lo or date.min
        return any(
            (end.day or (seen.day if seen.exact else date.max)) > since
            for d in self.drafts
            if d is not self.draft and d.start is None and not d.optional
            for st, seen in d.said
            for end in st.ends
        )

    def _may_be_of_the_next_edition(self, ended: date) -> None:
        """A page of unknown day that shows neither edition nor old-mark may have been saved before its edition ceased,
        or since then."""
        draft = self.draft
        if draft.of_edition or draft.is_old or draft.known:
            return
        later = [d.start for d in self.drafts if d.start is not None and d.start >= ended]
        why = "its page shows no sign of that edition, and was saved on a day that is not known"
        draft.again.append(Again(ended, min(later, default=None), why))

    def _is_of_edition(self) -> bool:
        """Whether it belonged to the edition that ended as a whole (rule 12): it was seen there, or began before its
        end and was not seen in force since."""
        ended = self.draft.edition_ended
        return ended is not None and self.draft.ceased_with_edition(ended)

    def _has_successor(self, gone: date | None, *, surely: bool) -> bool:
        """Whether some known version can have replaced the draft by the day it was shown as old: one begun or announced
        by then. If that day is unknown, any later version can."""
        low = self.draft.starts[0].lo
        for other in self.drafts:
            if other is self.draft or other.withdrawn or other in self.draft.before:
                continue
            each = [self._replaces(other, reading, low, gone) for reading in other.starts]
            if any(each) and not (surely and (other.optional or not all(each))):
                return True
        return False

    def _replaces(self, other: VersionDraft, reading: Starts, low: date | None, gone: date | None) -> bool:
        if reading.hi == low and reading.is_day:
            return self.draft in other.before
        if low is not None and reading.hi <= low:
            return False
        if not other.claims and (other.is_old or other.ends):
            return False
        begun = gone is None or reading.lo is None or reading.lo <= gone
        announced = gone is not None and any(
            seen.exact and seen.day <= gone for _, seen in (*other.said, *other.titled)
        )
        return begun or (announced and not self._something_comes_before(other, low))

    def _something_comes_before(self, other: VersionDraft, low: date | None) -> bool:
        """Whether another version certainly began between the draft and `other`, so that `other` is not the next."""
        start = other.start
        return start is not None and any(
            d.start is not None and (low or date.min) < d.start < start and not (d.optional or d.withdrawn)
            for d in self.drafts
        )
