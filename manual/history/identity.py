"""Step 1: which dated statements speak of one version.

Pages that state the same first day are one version, whatever their address, mark or edited words; so are pages at
one archived address (rules 1 and 3). They are two versions of one day only if one list shows both at different
addresses, or if one was seen old no later than the other was seen in force with other words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from manual.history.drafts import RANK, Draft, Said, plain
from manual.history.evidence import was_seen_in_force
from manual.history.lists import PrintedList, row_day
from manual.model import Code, Finding, SitePath, Statement


def own_start(st: Statement) -> date:
    """The strongest start that a statement states (rule 6)."""
    return min((c for c in st.starts if not c.unclear), key=lambda c: (RANK[c.basis], c.day)).day


def is_dated(st: Statement) -> bool:
    return any(not claim.unclear for claim in st.starts)


def new_draft(drafts: list[Draft]) -> Draft:
    draft = Draft()
    drafts.append(draft)
    return draft


def merge_pages(ordered: Sequence[Said], lists: Sequence[PrintedList], apart: Apart) -> list[Draft]:
    """Drafts of all pages that state a start: first the old ones, then those shown without an old-mark."""
    dated = [item for item in ordered if item[0].kind == "page" and is_dated(item[0])]
    drafts: list[Draft] = []
    old = [item for item in dated if item[0].shown_as_old]
    for st, seen in sorted(old, key=lambda item: item[0].address is None):
        (_old_home(drafts, st, apart) or new_draft(drafts)).add(st, seen)
    for st, seen in (item for item in dated if not item[0].shown_as_old):
        (_home(drafts, (st, seen), apart) or new_draft(drafts)).add(st, seen)
    _join_corrected(drafts, lists)
    return drafts


class Apart:
    """Which addresses hold different versions of one day: a list shows both, or its own page beside a row."""

    def __init__(self, ordered: Sequence[Said], lists: Sequence[PrintedList]) -> None:
        self._pairs: set[frozenset[SitePath]] = set()
        self._twins: set[tuple[SitePath, date]] = set()
        own = {
            seen.capture: (st.address, own_start(st))
            for st, seen in ordered
            if st.kind == "page" and is_dated(st) and st.address is not None
        }
        for one in lists:
            shown = [(st.address, row_day(st)) for st, _ in one.rows]
            page = own.get(one.capture) if one.kind == "listed" else None
            for n, (address, day) in enumerate(shown):
                self._note(address, day, [*shown[n + 1 :], *([page] if page else [])])

    def _note(
        self, address: SitePath | None, day: date, others: Sequence[tuple[SitePath | None, date]]
    ) -> None:
        for other, other_day in others:
            if other is not None and day == other_day and address != other:
                if address is None:
                    self._twins.add((other, day))
                else:
                    self._pairs.add(frozenset((address, other)))

    def is_twin(self, draft: Draft) -> bool:
        """Whether the page in force of `draft` lists another version of its own first day."""
        return any(
            (st.address, draft.start) in self._twins
            for st, _ in draft.pages
            if not st.shown_as_old and st.address is not None
        )

    def parts(self, st: Statement, draft: Draft) -> bool:
        """Whether the page of `st` and `draft`, of the same start, are two versions of that day."""
        if st.address is None:
            return False
        if any(frozenset((st.address, other)) in self._pairs for other in draft.pinned - {st.address}):
            # the words may have stood at the address of the page in force before
            return not (st.text_digest and st.text_digest in draft.digests)
        if st.address in draft.addresses:
            return False
        if any(frozenset((st.address, other)) in self._pairs for other in draft.addresses):
            return True
        if draft.ends or (st.text_digest and st.text_digest in draft.digests):
            return False  # what ended later was not replaced on its first day
        return draft.start is not None and (st.address, draft.start) in self._twins and bool(draft.pinned)


def _old_home(drafts: Sequence[Draft], st: Statement, apart: Apart) -> Draft | None:
    for draft in drafts:
        if st.address is not None and st.address in draft.pinned:
            return draft
    start = own_start(st)
    return next((d for d in drafts if d.start == start and not apart.parts(st, d)), None)


def _home(drafts: Sequence[Draft], item: Said, apart: Apart) -> Draft | None:
    """The draft of a page without an old-mark: the one of its start, unless it replaced that one on its first day."""
    st, _ = item
    start = own_start(st)
    same = [draft for draft in drafts if draft.start == start and not apart.parts(st, draft)]
    same.sort(key=lambda d: (st.text_digest not in d.digests, st.address not in d.addresses, d.is_old))
    for draft in same:
        if not _replaced_on_its_day(draft, item):
            return draft
    return None


def _replaced_on_its_day(draft: Draft, item: Said) -> bool:
    """Whether `draft` was seen old no later than this page, of the same start, was seen in force with other words."""
    st, seen = item
    old_by = draft.old_by
    return (
        old_by is not None
        and was_seen_in_force(st, seen)
        and old_by <= seen.day
        and st.address not in draft.pinned
        and bool(st.text_digest and draft.digests)
        and st.text_digest not in draft.digests
    )


def _join_corrected(drafts: list[Draft], lists: Sequence[PrintedList]) -> None:
    """The same words at the same address with another first day, both seen after it: two readings of one start.

    Unless something shows the earlier day as a version of its own: then the words were issued again.
    """
    listed = {row_day(st) for one in lists for st, _ in one.rows}
    for one in sorted(drafts, key=lambda d: d.start or date.max):
        for other in list(drafts):
            if one is other or one not in drafts or one.start in listed or one.is_old:
                continue
            if _is_earlier(one, other) and _is_corrected(one, other):
                for st, seen in one.said:
                    other.add(st, seen)
                drafts.remove(one)


def _is_earlier(one: Draft, other: Draft) -> bool:
    return one.start is not None and other.start is not None and one.start < other.start


def _is_corrected(one: Draft, other: Draft) -> bool:
    """Whether one address showed the words of both as in force, each after the first day that it stated."""
    mine_end, their_end = {e.day for e in one.ends}, {e.day for e in other.ends}
    if mine_end & their_end and one.digests & other.digests:
        return True  # the same words with the same end: one version, whose start is printed in two ways
    if any(e.day is not None and other.start is not None and e.day <= other.start for e in one.ends):
        return False  # it ended, and the same words were issued again
    mine, theirs = _live_sights(one), _live_sights(other)
    if not any(a.address == b.address and a.text_digest == b.text_digest for a, _ in mine for b, _ in theirs):
        return False
    # a page of unknown day does not outweigh one of known day, so its date is another reading of that one's
    return all(seen.day >= own_start(st) for st, seen in (*mine, *theirs) if seen.exact)


def _live_sights(draft: Draft) -> list[Said]:
    return [
        (st, seen)
        for st, seen in draft.pages
        if not st.shown_as_old and st.text_digest and st.address is not None
    ]


def place_rows(
    drafts: list[Draft], lists: Sequence[PrintedList], apart: Apart, code: Code, findings: list[Finding]
) -> None:
    """Give every dated row of a list, link or contents to its draft, or make one (rules 15, 16, 18, 19)."""
    for printed_list in sorted(lists, key=lambda one: any(st.address is None for st, _ in one.rows)):
        places = printed_list.misplaced()
        own = _own_drafts(drafts, printed_list)
        taken: set[int] = set()
        numbered = sorted(enumerate(printed_list.rows), key=lambda one: one[0] in places)
        for number, (st, seen) in numbered:
            finder = _RowFinder(drafts, own, taken, printed_list, apart)
            draft = finder.draft_of(st, number)
            if draft is None:
                draft = new_draft(drafts)
                draft.optional = st.misprinted
            taken.add(id(draft))
            draft.add(st, seen, old=printed_list.is_old(st))
            if number in places:
                draft.places.add(places[number])
        findings += printed_list.oddities(code)


def _own_drafts(drafts: Sequence[Draft], printed_list: PrintedList) -> list[Draft]:
    """The page on which a list stands: the capture's only page of this code or, in a capture of many, the named one."""
    if printed_list.kind != "listed":
        return []
    pages = [(d, st) for d in drafts for st, seen in d.pages if seen.capture == printed_list.capture]
    if len(pages) > 1:
        named = [(d, st) for d, st in pages if st.locator and printed_list.name.startswith(st.locator)]
        pages = named or pages
    return [d for d, _ in pages]


class _RowFinder:
    """The draft a row speaks of: by address, else by the date it prints, else by its place in the list."""

    def __init__(
        self,
        drafts: Sequence[Draft],
        own: Sequence[Draft],
        taken: set[int],
        printed_list: PrintedList,
        apart: Apart,
    ) -> None:
        self.drafts, self.own, self.taken, self.list, self.apart = drafts, own, taken, printed_list, apart

    def draft_of(self, st: Statement, number: int) -> Draft | None:
        return self._by_address(st) or self._by_day(st, number) or self._by_place(st, number)

    def _by_address(self, st: Statement) -> Draft | None:
        if st.address is None:
            return None
        day = row_day(st)
        for draft in self.drafts:
            if st.address in draft.addresses and day in draft.days:
                return draft
        for draft in self.drafts:
            if st.address in draft.pinned and st.shown_as_old:
                return draft
        return None

    def _by_day(self, st: Statement, number: int) -> Draft | None:
        day, place = row_day(st), self.list.misplaced().get(number)
        fits = [d for d in self.drafts if day in d.days and self._is_free(d) and not self._apart(d, st)]
        if self.list.is_old(st):  # not the page in force, where that lists another version of its day
            fits = [d for d in fits if d.is_old or not self.apart.is_twin(d)]
        fits.sort(
            key=lambda d: (
                bool(d.places) != (place is not None),
                d.start != day,
                plain(st.title) != _title(d),
                d.is_old != self.list.is_old(st),
            )
        )
        return fits[0] if fits else None

    def _is_free(self, draft: Draft) -> bool:
        return id(draft) not in self.taken and draft not in self.own

    def _apart(self, draft: Draft, st: Statement) -> bool:
        """Whether this list shows `draft` at another address beside this row: then they are two of one day."""
        others = {
            row.address for row, _ in self.list.rows if row_day(row) == row_day(st) and row is not st
        } - {None, st.address}
        return bool(others & draft.addresses) and st.address is not None

    def _by_place(self, st: Statement, number: int) -> Draft | None:
        """A row whose date is misprinted may be a page that states a day between the row's neighbours (rule 18)."""
        place = self.list.misplaced().get(number)
        if place is None or place.lo is None:
            return None
        printed_days = {row_day(other) for other, _ in self.list.rows}
        found = [
            d
            for d in self.drafts
            if self._is_free(d)
            and not d.only_listed
            and not (d.days & printed_days - {row_day(st)})
            and d.start is not None
            and place.lo <= d.start <= place.hi
        ]
        return found[0] if len(found) == 1 else None


def _title(draft: Draft) -> str:
    return plain(draft.said[0][0].title)
