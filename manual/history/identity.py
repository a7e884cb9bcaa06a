"""Step 1: which dated statements are about one version.

Pages that state the same first day are one version, whatever their address, mark or edited words, and so are pages at
one archived address (rules 1 and 3). They are two versions of one day only if a list shows both at different addresses,
or if one was seen as old no later than the other was seen in force with other words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, product

from manual.history.drafts import (
    StatementSeen,
    VersionDraft,
    VersionDrafts,
    has_other_words,
    is_dated,
    own_start,
    plain,
)
from manual.history.evidence import was_seen_in_force
from manual.history.lists import PrintedList, row_day
from manual.model import Code, Finding, Sha256, SitePath, Statement

ROWS_AT_ONCE = 4
"""How many rows of one day are matched to versions at once. Each further row multiplies the ways to choose."""


def new_draft(drafts: VersionDrafts, *said: StatementSeen, optional: bool = False) -> VersionDraft:
    """A further draft, with what is said of it. `optional`: it need not exist."""
    draft = VersionDraft(edition_ended=drafts.edition_ended, optional=optional)
    for st, seen in said:
        draft.add(st, seen)
    drafts.append(draft)
    return draft


def merge_pages(
    ordered: Sequence[StatementSeen], lists: Sequence[PrintedList], apart: Apart, edition_ended: date | None
) -> VersionDrafts:
    """One draft for each version whose start a page states. Old pages come first, then pages without an old-mark."""
    dated = [item for item in ordered if item[0].kind == "page" and is_dated(item[0])]
    drafts = VersionDrafts(edition_ended)
    old = [item for item in dated if item[0].shown_as_old]
    for st, seen in sorted(old, key=lambda item: item[0].address is None):
        (_old_home(drafts, st, apart) or new_draft(drafts)).add(st, seen)
    for st, seen in (item for item in dated if not item[0].shown_as_old):
        (_home(drafts, (st, seen), apart) or new_draft(drafts)).add(st, seen)
    _join_corrected(drafts, lists)
    return drafts


class Apart:
    """Which addresses have different versions of one day: a list shows both, or a page and a row in its list."""

    def __init__(self, ordered: Sequence[StatementSeen], lists: Sequence[PrintedList]) -> None:
        self._pairs: set[frozenset[SitePath]] = set()
        self._ended: set[frozenset[SitePath]] = set()
        self._twins: set[tuple[SitePath, date]] = set()
        self._live = {
            st.address
            for st, _ in ordered
            if not (st.shown_as_old or st.ends) and (st.kind == "page" or not is_dated(st))
        }
        self._on_page: dict[Sha256, set[SitePath]] = defaultdict(set)
        self._words: dict[SitePath, set[str]] = defaultdict(set)
        for st, _ in ordered:
            if st.kind == "page" and st.address is not None and st.text_digest:
                self._words[st.address].add(st.text_digest)
        own = {
            seen.capture: (st.address, own_start(st))
            for st, seen in ordered
            if st.kind == "page" and is_dated(st) and st.address is not None
        }
        for one in lists:
            shown = [(st.address, row_day(st)) for st, _ in one.rows]
            page = own.get(one.capture) if one.kind == "listed" else None
            others = [
                (address, day) for address, day in [*shown, *([page] if page else [])] if address is not None
            ]
            for address, day in shown:
                self._note(address, day, others)
                if page and address is not None and day == page[1]:
                    self._on_page[one.capture].add(address)
        self._note_ended(ordered)

    def _note_ended(self, ordered: Sequence[StatementSeen]) -> None:
        """A row with an end but no first day is a separate version: not that of a neighbouring row, nor that of the
        archived page with the list."""
        beside: dict[tuple[Sha256, date], set[SitePath]] = defaultdict(set)
        for st, seen in ordered:
            if st.address is not None and (st.shown_as_old or (st.kind == "listed" and is_dated(st))):
                beside[seen.capture, seen.day].add(st.address)
        for st, seen in ordered:
            if st.kind != "listed" or st.address is None or st.address in self._live:
                continue
            if st.ends and not is_dated(st):
                others = beside[seen.capture, seen.day] - {st.address}
                self._ended.update(frozenset((st.address, other)) for other in others)

    def _note(self, address: SitePath | None, day: date, others: Sequence[tuple[SitePath, date]]) -> None:
        for other, other_day in others:
            if day == other_day and address != other:
                if address is None:
                    self._twins.add((other, day))
                else:
                    self._pairs.add(frozenset((address, other)))

    def is_archived(self, item: StatementSeen, draft: VersionDraft) -> bool:
        """Whether a page with an end is at an address where `draft` was seen as old and no page in force was ever seen
        or linked: an archived address has one version (rule 1). What began after `draft` was old is another one,
        and so are other words that had begun, and were seen, before the first day of `draft`."""
        st, seen = item
        old_by = draft.old_by
        began = own_start(st) if is_dated(st) else None
        began_since = began is not None and old_by is not None and old_by < began <= seen.day
        changed = began is not None and began not in draft.days and has_other_words(draft, st)
        # a mark of unknown day may be younger: then the page in force stood there before, with other words (rule 3)
        since, start = began or date.max, draft.start or date.min
        stood_before = changed and (old_by is None or since <= seen.day < start)
        is_there = bool(st.ends) and seen.exact and st.address in draft.pinned - self._live
        return is_there and not (began_since or stood_before)

    def pairs(self, address: SitePath | None, others: Iterable[SitePath]) -> bool:
        """Whether a list shows a version at `address` and another version of the same day at one of `others`."""
        return any(
            pair in self._pairs or pair in self._ended
            for pair in (frozenset((address, other)) for other in others)
        )

    def parts_row(self, address: SitePath, draft: VersionDraft) -> bool:
        """Whether the version at `address` is another one of the first day of `draft`: a list shows both at archived
        addresses, or a page of `draft` lists it. The address of the page in force may have shown either."""
        on_its_page = any(address in self._on_page.get(seen.capture, ()) for _, seen in draft.pages)
        return on_its_page or self.pairs(address, draft.pinned)

    def is_one_of_two(self, st: Statement, draft: VersionDraft) -> bool:
        """Whether a list shows a version at the archived address of `draft` beside another of its day, while the page
        of `st` has other words than `draft`, and the other one has its words or is not held: then it is that one."""
        if draft.ends or not has_other_words(draft, st):
            return False
        beside = {other for pair in self._pairs if pair & draft.pinned for other in pair - draft.pinned}
        beside = {other for other in beside if not self.pairs(st.address, {other})}
        fits = [other for other in beside if st.text_digest in self._words.get(other, {st.text_digest})]
        return len(fits) == len(beside) > 0 and st.address not in draft.pinned

    def parts(self, st: Statement, draft: VersionDraft) -> bool:
        """Whether the page of `st` and `draft`, of the same start, are two versions of that day."""
        if st.address is None:
            return False
        if self.pairs(st.address, draft.pinned - {st.address}):
            # the words may have been at the address of the page in force before
            return st.text_digest not in draft.digests
        is_twin = (st.address, draft.start) in self._twins and bool(draft.pinned)
        if st.address in draft.addresses:
            return is_twin and has_other_words(draft, st)
        if self.pairs(st.address, draft.addresses):
            return True
        if draft.ends or st.text_digest in draft.digests:
            return False  # what ended later was not replaced on its own first day
        return is_twin


def _old_home(drafts: Sequence[VersionDraft], st: Statement, apart: Apart) -> VersionDraft | None:
    for draft in drafts:
        if st.address in draft.pinned:
            return draft
    start = own_start(st)
    return next((d for d in drafts if d.start == start and not apart.parts(st, d)), None)


def _home(drafts: Sequence[VersionDraft], item: StatementSeen, apart: Apart) -> VersionDraft | None:
    """The draft for a page without an old-mark: the one with its start, unless the page replaced that one on its first
    day."""
    st, _ = item
    start = own_start(st)
    same = [
        draft
        for draft in drafts
        if (
            draft.start == start
            or (start in draft.days and st.text_digest in draft.digests)
            or apart.is_archived(item, draft)
        )
        and not apart.parts(st, draft)
    ]
    same.sort(key=lambda d: (st.text_digest not in d.digests, st.address not in d.addresses, d.is_old))
    for draft in same:
        if not _replaced_on_its_day(draft, item) and not apart.is_one_of_two(st, draft):
            return draft
    return None


def _replaced_on_its_day(draft: VersionDraft, item: StatementSeen) -> bool:
    """Whether `draft` was seen as old no later than this page, with the same start, was seen in force with other
    words."""
    st, seen = item
    old_by = draft.old_by
    return (
        old_by is not None
        and was_seen_in_force(st, seen)
        and old_by <= seen.day
        and st.address not in draft.pinned
        and has_other_words(draft, st)
    )


def _join_corrected(drafts: VersionDrafts, lists: Sequence[PrintedList]) -> None:
    """Join drafts with the same words at the same address but different first days, both seen since: two readings of
    one start. Not if something shows the earlier day as a separate version: then the words were issued again.
    """
    for one in sorted(drafts, key=lambda d: d.start or date.max):
        for other in list(drafts):
            if one is other or one not in drafts:
                continue
            if _is_earlier(one, other) and _is_corrected(one, other):
                _merge(drafts, one, other)


def _merge(drafts: VersionDrafts, one: VersionDraft, into: VersionDraft) -> None:
    for st, seen in one.said:
        into.add(st, seen)
    drafts.remove(one)


def _is_earlier(one: VersionDraft, other: VersionDraft) -> bool:
    return one.start is not None and other.start is not None and one.start < other.start


def _is_corrected(one: VersionDraft, other: VersionDraft) -> bool:
    """Whether one address showed the words of both as in force, each after its stated first day."""
    if any(e.day is not None and other.start is not None and e.day <= other.start for e in one.ends):
        return False  # it ended, and the same words were issued again
    mine, theirs = _live_sights(one), _live_sights(other)
    return any(
        a.address == b.address
        and a.text_digest == b.text_digest
        and not (when.exact and when.day < own_start(b))
        for a, when in mine
        for b, _ in theirs
    )


def _live_sights(draft: VersionDraft) -> list[StatementSeen]:
    """Pages without an old-mark, seen or recorded since their stated first day. A page of unknown day does not outweigh
    one of known day, so its date is another reading of that one's."""
    return [
        (st, seen)
        for st, seen in draft.pages
        if not st.shown_as_old and st.text_digest and st.address is not None
        if seen.day >= own_start(st)
    ]


def place_rows(
    drafts: VersionDrafts, lists: Sequence[PrintedList], apart: Apart, code: Code, findings: list[Finding]
) -> None:
    """Assign every dated row of a list, link or contents to its draft, or make a new one (rules 15, 16, 18, 19)."""
    finders = [_RowFinder(drafts, _own_drafts(drafts, one), one, apart) for one in lists]
    groups = [(finder, numbers) for finder in finders for numbers in _rows_of_each_day(finder.list)]
    for finder, numbers in sorted(groups, key=lambda group: _row_order(*group)):
        printed_list = finder.list
        for number, draft in zip(numbers, finder.drafts_of(numbers), strict=True):
            st, seen = printed_list.rows[number]
            if draft is None:
                draft = new_draft(drafts)
            finder.taken.add(id(draft))
            draft.add(st, seen, old=printed_list.is_old(st))
            if number in printed_list.misplaced():
                draft.places.add(printed_list.misplaced()[number])
    _join_by_rows(drafts)
    for printed_list in lists:
        findings += printed_list.oddities(code)
    for draft in drafts:
        draft.optional = all(st.misprinted for st, _ in draft.said)


def _join_by_rows(drafts: VersionDrafts) -> None:
    """Join a version to the one of the same words at whose archived address a row states its first day: statements of
    one first day are about one version, and so are those of one archived address. Both days are readings of its start.
    """
    for draft in list(drafts):
        at = {page.address for page, _ in draft.pages} & draft.pinned
        days = {own_start(st) for st, _ in draft.said if st.kind != "page" and st.address in at}
        for other in [d for d in drafts if d is not draft and draft in drafts]:
            marked = any(st.kind == "page" for st, _ in other.old_marks)
            if other.start in days - {draft.start} and draft.digests & other.digests and not marked:
                _merge(drafts, other, draft)


def _row_order(finder: _RowFinder, numbers: Sequence[int]) -> tuple[bool, bool]:
    """Sort key of rows of one day: first those of the first day of their list's own page, which distinguish versions of
    that day; then those of lists whose rows all have addresses."""
    beside = {draft.start for draft in finder.own}
    rows = finder.list.rows
    return (
        not any(row_day(rows[number][0]) in beside for number in numbers),
        any(st.address is None for st, _ in rows),
    )


def _rows_of_each_day(printed_list: PrintedList) -> Iterator[list[int]]:
    """Row numbers grouped by the printed day, a few at a time; then, one by one, misplaced rows and rows that repeat an
    address."""
    misplaced, addresses = printed_list.misplaced(), set[SitePath | None]()
    by_day: dict[date, list[int]] = defaultdict(list)
    singly: list[int] = []
    for number, (st, _) in enumerate(printed_list.rows):
        repeats = st.address is not None and st.address in addresses
        addresses.add(st.address)
        (singly if number in misplaced or repeats else by_day[row_day(st)]).append(number)
    for numbers in by_day.values():
        yield from (numbers[n : n + ROWS_AT_ONCE] for n in range(0, len(numbers), ROWS_AT_ONCE))
    yield from ([number] for number in singly)


def _own_drafts(drafts: Sequence[VersionDraft], printed_list: PrintedList) -> list[VersionDraft]:
    """The drafts of the page with the list: the capture's only page of this code or, if it has several, the named
    one."""
    if printed_list.kind != "listed":
        return []
    pages = [(d, st) for d in drafts for st, seen in d.pages if seen.capture == printed_list.capture]
    named = [(d, st) for d, st in pages if printed_list.name.startswith(st.locator)]
    return [d for d, _ in named or pages]


class _RowFinder:
    """Finds the drafts of rows: by address, else by the printed date, else by position in the list."""

    def __init__(
        self,
        drafts: Sequence[VersionDraft],
        own: Sequence[VersionDraft],
        printed_list: PrintedList,
        apart: Apart,
    ) -> None:
        self.drafts, self.own, self.list, self.apart = drafts, own, printed_list, apart
        self.taken: set[int] = set()

    def drafts_of(self, numbers: Sequence[int]) -> list[VersionDraft | None]:
        """The draft for each of some rows of one day, chosen so that as few new ones as possible are needed."""
        ways = list(_distinct([self._choices(number) for number in numbers]))
        fewest = min(way.count(None) for way in ways)
        ways = [way for way in ways if way.count(None) == fewest]
        best = min(ways, key=lambda way: self._cost(numbers, way)) if len(ways) > 1 else ways[0]
        return list(best)

    def _choices(self, number: int) -> list[VersionDraft | None]:
        st, _ = self.list.rows[number]
        known = self._by_address(st)
        if known is not None:
            return [known]
        return self._by_day(st) or [self._by_place(st, number)]

    def _by_address(self, st: Statement) -> VersionDraft | None:
        day = row_day(st)
        for draft in self.drafts:
            if st.address in draft.addresses and day in draft.days:
                return draft
        for draft in self.drafts:
            if st.address in draft.pinned and st.shown_as_old:
                return draft
        return None

    def _by_day(self, st: Statement) -> list[VersionDraft | None]:
        day = row_day(st)
        fits = [d for d in self.drafts if day in d.days and self._is_free(d) and not self._is_apart(d, st)]
        return [*fits, None] if fits else []

    def _cost(self, numbers: Sequence[int], chosen: Sequence[VersionDraft | None]) -> tuple[int, ...]:
        """The cost of a choice: objections by kind in order of weight, then rows out of order (lists print the newest
        first, so the page in force belongs to the first row)."""
        pairs = [(number, draft) for number, draft in zip(numbers, chosen, strict=True) if draft is not None]
        against = [self._against(number, draft) for number, draft in pairs]
        order = [(draft.is_old, self._number(draft)) for _, draft in pairs]
        inverted = sum(a > b for a, b in combinations(order, 2))
        return (*map(sum, zip(*against, strict=True)), inverted)

    def _against(self, number: int, draft: VersionDraft) -> tuple[bool, ...]:
        st, _ = self.list.rows[number]
        return (
            bool(draft.places) != (number in self.list.misplaced()),
            draft.start != row_day(st),
            plain(st.title) != _title(draft),
            draft.is_old != self.list.is_old(st) or (self.list.is_old(st) and self._was_current(draft)),
            bool(draft.ends) and not st.ends,  # an ended version is listed by its end, not by its start
        )

    def _was_current(self, draft: VersionDraft) -> bool:
        """Whether the page in force showed `draft` when the list was seen, or later."""
        return self.list.exact and any(
            seen.exact
            and seen.day >= self.list.day
            and not st.shown_as_old
            and st.address not in draft.pinned
            for st, seen in draft.pages
        )

    def _number(self, draft: VersionDraft) -> int:
        return next(n for n, other in enumerate(self.drafts) if other is draft)

    def _is_free(self, draft: VersionDraft) -> bool:
        return id(draft) not in self.taken and draft not in self.own

    def _is_apart(self, draft: VersionDraft, st: Statement) -> bool:
        """Whether a list shows `draft` at another archived address beside this row: then they are two versions of one
        day. The address of the page in force may have shown either."""
        others = {
            row.address for row, _ in self.list.rows if row_day(row) == row_day(st) and row is not st
        } - {None, st.address}
        return st.address is not None and (
            bool(others & draft.addresses) or self.apart.parts_row(st.address, draft)
        )

    def _by_place(self, st: Statement, number: int) -> VersionDraft | None:
        """The draft of a row with a misprinted date: possibly a page with a day between the row's neighbours (rule
        18)."""
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
        return found.pop() if len(found) == 1 else None


def _distinct(choices: Sequence[Sequence[VersionDraft | None]]) -> Iterator[tuple[VersionDraft | None, ...]]:
    """Every way to choose one draft from each; a draft is used twice only if there is no other choice."""
    for chosen in product(*choices):
        free = [id(draft) for draft, all_ in zip(chosen, choices, strict=True) if draft and len(all_) > 1]
        fixed = {id(draft) for draft, all_ in zip(chosen, choices, strict=True) if len(all_) == 1}
        if len(set(free)) == len(free) and fixed.isdisjoint(free):
            yield chosen


def _title(draft: VersionDraft) -> str:
    return plain(draft.said[0][0].title)
