"""Step 4a: what captures of known days show as in force, and what contradicts them (rule 17).

If the address of the page in force shows, on a known day, a version without an old-mark that has begun and not ended,
then that version is the answer for the day, or one of the candidates of a dispute, whatever other pages say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from manual.dates import in_words
from manual.history.drafts import (
    ONE_DAY,
    RANK,
    Again,
    Starts,
    StatementSeen,
    VersionDraft,
    first_without,
    last_end,
    strength_of,
    surely_ended,
)
from manual.history.evidence import LiveAddress, was_seen_in_force
from manual.model import Code, EndClaim, Finding, Seen, Severity, SitePath, Statement


class SightReader:
    """Finds the days on which each version was seen in force, and what contradicts these sights."""

    def __init__(
        self, drafts: Sequence[VersionDraft], live: LiveAddress, code: Code, findings: list[Finding]
    ) -> None:
        self.drafts, self.live, self.code, self.findings = drafts, live, code, findings
        self._archived = _archived(drafts)
        pages = [
            item
            for draft in drafts
            for item in draft.pages
            if not item[0].shown_as_old and item[0].address not in self._archived
        ]
        every = [st for draft in drafts for st, _ in (*draft.said, *draft.titled) if st.kind != "claim"]
        self._known = {st.address for st in every} - {None}
        self._unmarked = {st.address for st, _ in pages}
        titled = (st for draft in drafts for st, _ in draft.titled if st.kind == "page")
        self._stood = {st.address for st, _ in pages if not st.ends} | {st.address for st in titled}
        self._seen_live = {st.address for st, seen in pages if seen.exact and not st.ends}

    def read_dated(self) -> None:
        """Read the sights of pages and lines that state a start."""
        self._outrank()
        self._reject_weaker()
        for draft in self.drafts:
            for item in draft.said:
                if self._shows(draft, item):
                    self._note(draft, item)

    def read_others(self) -> None:
        """Read the sights of versions of unknown start and of pages joined by their words; then the ends."""
        for draft in self.drafts:
            for item in draft.said:
                if (draft.start is None or not item[0].starts) and self._shows(draft, item):
                    self._note(draft, item)
        for draft in self.drafts:
            self._against_the_linked(draft)
            self._against_unknown(draft)
            self._against_later_starts(draft)
            draft.ends_seen = {seen.day for _, seen in self._sights_of_end(draft)}
            draft.ends_shown = {seen.day for _, seen in self._sights_of_end(draft, surely=False)}
            self._against_its_end(draft)
        for draft in self.drafts:
            self._against_quiet(draft)

    # -------------------------------------------- which sights count

    def _shows(self, draft: VersionDraft, item: StatementSeen) -> bool:
        st, seen = item
        if draft.start is None:
            if (
                not seen.exact
                or st.shown_as_old
                or draft.is_old
                or st.kind == "claim"
                or (st.misprinted and not draft.optional)
                or draft.over_by(seen.day)
            ):
                return False
            return st.kind != "page" or not self.live.is_elsewhere(st.address, seen.day)
        if seen.day < draft.start:
            return False  # it was announced
        if st.kind == "page":
            joined_by_words = not st.starts and not st.shown_as_old and seen.exact
            shows = was_seen_in_force(st, seen) or (joined_by_words and not surely_ended(st.ends, seen.day))
            return shows and self.live.may_be(st.address, seen.day, self._archived)
        return st.kind in ("contents", "listed", "neighbour") and was_seen_in_force(st, seen)

    def _outrank(self) -> None:
        """If an address later showed a version begun earlier as in force, a version seen only there before gives way to
        it, except up to its last sight (r01: the first day was corrected to an earlier one, with other words)."""
        for draft in self.drafts:
            if not self._is_known_by_its_page(draft):
                continue
            last = max(seen.day for _, seen in draft.said)
            if any(self._corrects(other, draft, last) for other in self.drafts):
                assert draft.start is not None
                draft.withdrawn = True
                why = f"its page showed it on {in_words(last)}"
                draft.again.append(Again(draft.start, last + ONE_DAY, why))
                self._find(
                    draft,
                    "warning",
                    "start_corrected",
                    "its page later showed another version with an earlier start",
                )

    def _is_known_by_its_page(self, draft: VersionDraft) -> bool:
        """Whether the only statements about it are of its page without a mark, seen since it began and perhaps
        before."""
        unmarked = all(
            st.kind == "page" and seen.exact and not (st.shown_as_old or st.ends) for st, seen in draft.said
        )
        return unmarked and any(self._is_sight(item) for item in draft.said)

    def _is_sight(self, item: StatementSeen) -> bool:
        st, seen = item
        return st.kind == "page" and was_seen_in_force(st, seen) and st.address is not None

    def _corrects(self, other: VersionDraft, draft: VersionDraft, last: date) -> bool:
        assert other.start is not None  # no other version is known yet
        assert draft.start is not None
        return (
            not other.withdrawn
            and other.start < draft.start
            and any(
                (self._is_sight((st, seen)) or _says_it_stood(st, last))
                and seen.exact
                and seen.day > last
                and st.address in draft.addresses
                for st, seen in other.said
            )
        )

    # -------------------------------------------- what only lists or circulars say

    def _reject_weaker(self) -> None:
        """Withdraw each version of which no page is held if stronger statements show that an older one was still in
        force after its first day: a page in force, or an end that the older one's page states. A page that lists the
        newer one itself is no stronger than its own list (WF2.5, rule 18)."""
        for draft in self.drafts:
            if draft.pages:
                continue
            against = [other for other in self.drafts if self._outlasts(other, draft, "end")]
            if against:
                draft.withdrawn = True
                message = "another version is stated to have been in force still on its first day"
                self._find(draft, "warning", "start_contradicted", message)
            elif any(self._outlasts(other, draft, "unclear") for other in self.drafts):
                draft.optional = True

    def _outlasts(self, other: VersionDraft, draft: VersionDraft, kind: str) -> bool:
        """Whether statements stronger than those about `draft` say that `other`, an older one, was in force after
        `draft` is said to have begun. `kind`: of the ends that count."""
        assert other.start is not None  # no other version is known yet
        assert draft.start is not None
        if not other.start < draft.start or other.withdrawn:
            return False
        strength = draft.strength
        if not other.strength < strength:
            return False
        lists_it = {seen.capture for _, seen in draft.said}
        pages = [(st, seen) for st, seen in other.pages if seen.capture not in lists_it]
        stated = [(end, seen) for st, seen in pages for end in st.ends if end.kind == kind]
        ends_later = any(
            end.day is not None
            and draft.start < first_without(end)
            and strength_of(end.basis, seen) < strength
            for end, seen in stated
        )
        return ends_later or (
            draft.only_listed and any(self._shows_since(other, page, draft) for page in pages)
        )

    def _shows_since(self, other: VersionDraft, page: StatementSeen, draft: VersionDraft) -> bool:
        """Whether a page surely shows `other` in force after the first day of `draft`: it does not stand elsewhere
        than the linked address, and no page or circular tells of a newer version."""
        st, seen = page
        assert other.start is not None
        assert draft.start is not None
        if not draft.start < seen.day or not self._shows(other, page):
            return False
        newer = any(
            not d.only_listed and d.start and other.start < d.start <= seen.day
            for d in self.drafts
            if not d.withdrawn
        )
        return not self.live.is_elsewhere(st.address, seen.day) and not newer

    # -------------------------------------------- against newer versions

    def _note(self, draft: VersionDraft, item: StatementSeen) -> None:
        st, seen = item
        archived = self._archived.get(st.address, date.max) < seen.day
        if archived and st.address not in self.live.named(seen.day):
            self._note_lost_banner(draft, item)
            return
        newer = [other for other in self.drafts if self._is_newer(other, draft, seen.day)]
        if not newer:
            if st.kind == "page":  # it was marked because a version, later withdrawn, had been published
                draft.marks_void |= {
                    (when.capture, when.day)
                    for mark, when in draft.old_marks
                    if when.day < seen.day and when.exact and mark.address == st.address
                }
            old_by = draft.old_by
            if old_by is None or old_by > seen.day or st.kind == "page":
                draft.in_force.add(seen.day)
            if old_by is not None and old_by < seen.day and st.kind == "page":
                draft.contested.add(seen.day)
                why = f"its page showed it without a mark on {in_words(seen.day)}"
                draft.again.append(Again(old_by, self._next_start(seen.day), why))
            return
        if st.kind != "page" or not self._stands_against(draft, item, newer):
            message = "shown without a banner although a newer version had begun by then"
            self.findings.append(
                Finding("warning", "not_current", message, self.code, seen.capture, st.locator, draft.stated)
            )
            return
        draft.in_force.add(seen.day)
        draft.contested.add(seen.day)
        first = min(other.start for other in newer if other.start is not None)
        draft.again.append(
            Again(first, self._until(draft, item, newer), f"its page showed it on {in_words(seen.day)}")
        )
        self._find(
            draft,
            "warning",
            "sight_disputed",
            f"seen in force on {in_words(seen.day)}, when a newer version had begun",
        )

    def _against_the_linked(self, draft: VersionDraft) -> None:
        """Contest a sight without an old-mark at another address than the linked one, if a version of unknown start was
        seen between the first day and it, or, for a version that is marked old elsewhere or was seen after that link,
        before the next known start: a lost banner is as likely as a wrong link (rule 17)."""
        for st, seen in draft.pages:
            since = draft.start
            if (
                since is None
                or seen.day not in draft.in_force
                or not self.live.is_elsewhere(st.address, seen.day)
            ):
                continue
            another = draft.is_old or self.live.was_linked_by(seen.day)
            until = (self._next_start(seen.day) or date.max) if another else seen.day
            others = (
                day for d in self.drafts if d.start is None for day in d.in_force if since < day < until
            )
            if any(others):
                draft.contested.add(seen.day)
                why = (
                    "its page shows no banner, though another address is linked as that of the page in force"
                )
                draft.again.append(Again(seen.day, seen.day + ONE_DAY, why))

    def _note_lost_banner(self, draft: VersionDraft, item: StatementSeen) -> None:
        """Contest a sight whose page had a banner before and now has none: the capture lost the banner. If nothing
        links the address of the page in force, or this one as an old version's, this may also be that address."""
        day, address = item[1].day, item[0].address
        draft.contested.add(day)
        linked = any(st.kind != "page" and st.starts and st.address == address for st, _ in draft.said)
        since: date = day
        until: date | None = day + ONE_DAY
        if not linked and not self.live.named(day):
            newer = [d.start for d in self.drafts if d.start is not None and self._is_newer(d, draft, day)]
            since, until = min(newer, default=day), self._next_start(day)
        draft.again.append(Again(since, until, "its page shows no banner any more"))

    def _next_start(self, day: date) -> date | None:
        """The first start after `day`; None: no version is known to begin later."""
        later = (d.start for d in self.drafts if d.start is not None and d.start > day and not d.withdrawn)
        return min(later, default=None)

    def _is_newer(self, other: VersionDraft, draft: VersionDraft, day: date) -> bool:
        if other.withdrawn or other in draft.before or other.places:
            return False
        if draft.start is None:
            # its words alone say that it stood: only a later sight of the other one counts
            return self._came_and_stayed(other, draft.first_seen or day, day)
        return other.start is not None and draft.start < other.start <= day

    def _came_and_stayed(self, other: VersionDraft, since: date, day: date) -> bool:
        """Whether `other` began after `since`, by `day`, and was seen in force later."""
        began = other.start is not None and since < other.start <= day
        return began and any(seen > day for seen in other.uncontested)

    def _stands_against(
        self, draft: VersionDraft, item: StatementSeen, newer: Sequence[VersionDraft]
    ) -> bool:
        """Whether a sight counts against versions begun by then: not if it is unknown whether the address is the live
        one and a page of a known day already lists the version as old."""
        st, seen = item
        named = self.live.named(seen.day)
        if st.address is not None and named:
            return st.address in named
        return True

    def _until(self, draft: VersionDraft, item: StatementSeen, newer: Sequence[VersionDraft]) -> date | None:
        """The end of a contradicted sight's effect: its own day if the same address showed the newer version later,
        else the next start."""
        st, seen = item
        shown_later = any(
            other.kind == "page"
            and not other.shown_as_old
            and when.exact
            and when.day > seen.day
            and other.address == st.address
            for one in newer
            for other, when in one.said
        )
        if shown_later:
            # its first day may have been corrected together with its text
            draft.optional = draft.optional or all(self._is_sight(one) for one in draft.said)
            return seen.day + ONE_DAY
        if draft.start is None:
            return min(day for one in newer for day in one.uncontested if day > seen.day)
        # it was replaced by the end that a page of the newer one states, whenever that one began
        over = (first_without(end) for one in newer if one.states_its_end for end in one.ends if end.day)
        days = [self._next_start(seen.day), *(day for day in over if day > seen.day)]
        return min(filter(None, days), default=None)

    # -------------------------------------------- against its own end

    def _sights_of_end(
        self, draft: VersionDraft, *, surely: bool = True, copies: bool = False
    ) -> Iterable[StatementSeen]:
        """Sights on known days of contents, or of the page in force, that showed it as ended. `surely` False: also of
        a page that may be the one in force. `copies`: include addresses that may have an old page by then, and leave
        out those that nothing shows as live."""
        for st, seen in (*draft.said, *draft.titled):
            if not seen.exact or not surely_ended(st.ends, seen.day):
                continue
            copy = last_end(st.ends) is not None and self.live.is_copy(st, seen)
            own = st.kind == "page" and not (st.shown_as_old or copy)
            own = own and self._is_own_address(st.address, seen.day, surely=surely)
            if own and copies:
                own = bool(self.live.named(seen.day)) or st.address in self._stood
            elif own:
                own = not self._was_replaced(draft, st.address)
            if st.kind == "contents" or own:
                yield st, seen

    def _was_replaced(self, draft: VersionDraft, address: SitePath | None) -> bool:
        """Whether an address still showed the end of `draft` after another version had been seen in force: then it has
        an old page and says nothing about later days."""
        ended = last_end(draft.ends)
        shown = [seen.day for st, seen in draft.pages if st.address == address and seen.exact]
        since = [day for other in self.drafts if other is not draft for day in other.in_force]
        return ended is not None and any(ended <= day < max(shown, default=day) for day in since)

    def _is_own_address(self, address: SitePath | None, day: date, *, surely: bool) -> bool:
        named = self.live.named(day)
        if address is None or address in named:
            return True
        # where nothing links one: where it was seen in force, or the only place without a mark, which surely is it only
        # where no other place is known at all (case 42)
        places = self._known if surely else self._unmarked
        own = self._seen_live or (self._unmarked if len(places) == 1 else set())
        return not named and address in own

    def _against_its_end(self, draft: VersionDraft) -> None:
        """If a version was seen in force after its stated end, both are possible; only up to that sight if the same
        address showed the end later."""
        for st, seen in draft.said:
            for end in st.ends:
                since = end.day or (seen.day if seen.exact else None)
                against = [day for day in draft.in_force if self._stands_after(end, since, day)]
                if end.kind != "end" or since is None or not against:
                    continue
                last = max(against)
                again = f"a page showed it in force on {in_words(last)}"
                draft.again.append(Again(since, self._end_prevails(draft, st, seen, last), again))
                self._find(
                    draft,
                    "warning",
                    "end_contradicted",
                    f"seen in force on {in_words(last)} although an end is stated",
                )

    def _stands_after(self, end: EndClaim, since: date | None, day: date) -> bool:
        return surely_ended([end], day) if end.day else since is not None and since < day

    def _against_unknown(self, draft: VersionDraft) -> None:
        """Handle a version of unknown start that ended after a dated one began and before a sight of that one."""
        for other in self.drafts:
            ended = last_end(other.ends)
            if other.start is not None or draft.start is None or ended is None or other in draft.before:
                continue
            against = [day for day in draft.in_force | draft.contested if draft.start < ended <= day]
            if against:
                draft.contested.update(against)
                why = f"its page showed it on {in_words(max(against))}"
                draft.again.append(Again(draft.start + ONE_DAY, None, why))

    def _against_later_starts(self, draft: VersionDraft) -> None:
        """If words end a version after another one is said to have begun, or was seen, either may be wrong: the other
        need not have begun, or this one may have begun after it."""
        for end in (end for st, _ in draft.pages for end in st.ends):
            if end.kind == "suspension" or end.day is None or RANK[end.basis] >= RANK["foot"]:
                continue
            for other in self.drafts:
                began = other.start or min(other.in_force, default=None)
                if began is None or draft.start is None or other.withdrawn or other is draft:
                    continue
                if draft.start < began < end.day and self._may_stand_against(other, draft):
                    self._note_later_start(draft, other, began, end.day)

    def _may_stand_against(self, other: VersionDraft, draft: VersionDraft) -> bool:
        """Whether the start of `other` is no weaker than words of ending on a page of `draft`: a row is, unless that
        page prints it, or was saved on an unknown day."""
        return (
            not other.only_listed or not other.start or _lists(draft, other) or _is_better_known(other, draft)
        )

    def _note_later_start(self, draft: VersionDraft, other: VersionDraft, began: date, end: date) -> None:
        if not _is_better_known(other, draft):
            draft.again.append(Again(began, end, "its own words say until when it was in force"))
            other.optional = True
        if other.start is not None and (draft.strength >= other.strength or _lists(draft, other)):
            last = max((day for day in other.in_force if day < end), default=began)
            draft.late_starts.add(Starts(min(last + ONE_DAY, end), end))

    def _against_quiet(self, draft: VersionDraft) -> None:
        """If the page in force or the contents show that `draft` ended, no version of unknown start began between its
        end and that sight, so one seen in force in between need not exist."""
        shown_ended = [(_over_from(draft, st), seen) for st, seen in self._sights_of_end(draft, copies=True)]
        for other in self.drafts:
            if other.start is not None or other is draft:
                continue
            last = [end.day - ONE_DAY for end in other.ends if end.day is not None]
            first = min((*other.in_force, *last), default=None)
            shown = {seen.capture for _, seen in other.said}
            quiet = ((since, seen.day) for since, seen in shown_ended if seen.capture not in shown)
            if first is not None and any(since <= first <= day for since, day in quiet):
                other.optional = True

    def _end_prevails(self, draft: VersionDraft, st: Statement, seen: Seen, last: date) -> date | None:
        shown_there = any(
            page.address == st.address and when.day == last for page, when in draft.pages if st.address
        )
        if st.kind == "page" and seen.exact and seen.day > last and shown_there:
            return last + ONE_DAY
        later = [d.start for d in self.drafts if d.start is not None and d.start > last]
        return min(later, default=None)

    def _find(self, draft: VersionDraft, severity: Severity, kind: str, message: str) -> None:
        self.findings.append(Finding(severity, kind, message, self.code, days=draft.stated))


def _over_from(draft: VersionDraft, st: Statement) -> date:
    """The first day on which `draft` may be out of force by a statement of its end: with no day stated, any since its
    start."""
    ended = last_end(st.ends)
    if ended is None:
        return draft.start + ONE_DAY if draft.start else date.max
    stronger = min(RANK[end.basis] for end in st.ends)
    sooner = (end.day for end in draft.ends if end.kind == "end" and RANK[end.basis] < stronger)
    return min((ended, *filter(None, sooner)))


def _is_better_known(other: VersionDraft, draft: VersionDraft) -> bool:
    """Whether the start of `other` was seen on a known day, and that of `draft` on none (rule 27)."""
    if other.start is None:
        return False
    return not other.strength[0] and draft.strength[0]


def _lists(draft: VersionDraft, other: VersionDraft) -> bool:
    """Whether a page of `draft` lists `other`."""
    pages = {(seen.capture, seen.day) for _, seen in draft.pages}
    return any(st.kind == "listed" and (seen.capture, seen.day) in pages for st, seen in other.said)


def _says_it_stood(st: Statement, day: date) -> bool:
    """Whether the page in force says that a version ended after `day`, so that it was in force on `day`."""
    ended = last_end(st.ends)
    return st.kind == "page" and not st.shown_as_old and ended is not None and ended > day


def _archived(drafts: Sequence[VersionDraft]) -> dict[SitePath | None, date]:
    """For each address, the last day on which it was shown to have an old version (`date.max` for an unknown day).
    Old-marks of pages do not count at an address that was seen without a mark before."""
    unmarked: dict[SitePath, date] = {}
    for draft in drafts:
        for st, seen in draft.pages:
            if st.address is not None and was_seen_in_force(st, seen):
                unmarked[st.address] = min(seen.day, unmarked.get(st.address, seen.day))
    days: dict[SitePath | None, date] = {}
    for draft in drafts:
        for st, seen in draft.said:
            if not st.shown_as_old or st.address is None:
                continue
            day = seen.day if seen.exact else date.max
            if st.kind != "page" or not unmarked.get(st.address, date.max) < day:
                days[st.address] = max(day, days.get(st.address, day))
    return days
