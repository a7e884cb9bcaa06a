"""Steps 1 and 2: which statements speak of one version, and what statements without a start may be taken for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from manual.dates import in_words, printed
from manual.history.drafts import ONE_DAY, RANK, Draft, Said, Starts, has_title, surely_ended
from manual.model import (
    Code,
    EndClaim,
    Finding,
    Seen,
    Statement,
)


def merge_pages(ordered: Sequence[Said], findings: list[Finding]) -> list[Draft]:
    """Drafts of all pages that state a start: old pages by address (rule 1), then pages in force by address and
    start, joined to the copy under another address into which such a text moves (rule 3)."""
    dated = [(st, seen) for st, seen in ordered if st.kind == "page" and st.starts]
    drafts: list[Draft] = []
    for st, seen in (item for item in dated if item[0].shown_as_old):
        same = [d for d in drafts if st.address is not None and st.address in d.pinned]
        (same[0] if same else _new(drafts)).add(st, seen)
    for st, seen in sorted(
        (item for item in dated if not item[0].shown_as_old), key=lambda item: item[0].address is None
    ):
        draft = _home_of(drafts, st, findings, seen)
        (draft or _new(drafts)).add(st, seen)
    return drafts


def _new(drafts: list[Draft]) -> Draft:
    draft = Draft()
    drafts.append(draft)
    return draft


def _home_of(drafts: Sequence[Draft], st: Statement, findings: list[Finding], seen: Seen) -> Draft | None:
    """The draft that a page not shown as old belongs to, or None if it is a version of its own."""
    start = min(st.starts, key=lambda c: (RANK[c.basis], c.day)).day
    same_start = [d for d in drafts if d.start == start]
    for draft in same_start:
        if st.address in draft.addresses or (st.text_digest and st.text_digest in draft.digests):
            return draft
    movable = [d for d in same_start if d.pinned or st.address is None or not d.addresses]
    if len(movable) == 1:
        return movable[0]
    if movable:
        findings.append(
            Finding(
                "warning",
                "copy_unclear",
                f"{len(movable)} pages state the start {printed(start)} and none has the words of this one",
                st.code,
                seen.capture,
                st.locator,
            )
        )
    return None


def _is_row(st: Statement) -> bool:
    return st.kind in ("listed", "neighbour", "contents") and bool(st.starts)


_ROW = re.compile(r"\s*\brow \d+$")  # page 13 opsmanual/44854 row 15 -> page 13 opsmanual/44854


class _Printed(NamedTuple):
    """Where a list stands: its capture, as seen on a day, and its name there."""

    capture: str
    day: date
    exact: bool
    name: str
    """`contents`, `neighbour`, or what the locators of its rows begin with."""


def place_rows(drafts: list[Draft], ordered: Sequence[Said], code: Code, findings: list[Finding]) -> None:
    """Give every dated row of a list, link or contents to its draft, or make one (rules 15, 16, 19)."""
    lists = _lists_in(ordered)
    # Contents that also print the code without a date: the dated lines are old versions that leaked in.
    marked = {
        _Printed(seen.capture, seen.day, seen.exact, "contents")
        for st, seen in ordered
        if st.kind == "contents" and not st.starts and not st.ends
    }
    addressed_first = sorted(lists.items(), key=lambda item: any(st.address is None for st, _ in item[1]))
    for where, rows in addressed_first:
        places = _misplaced(rows)
        is_contents = where.name == "contents"
        own = [] if is_contents else _listing_page(drafts, where.capture, where.name)
        newest = max(_row_day(st) for st, _ in rows)
        taken: set[int] = set()
        for number, (st, seen) in sorted(enumerate(rows), key=lambda item: item[0] in places):
            place = places.get(number)
            draft = _draft_of_row(drafts, st, place, own, taken, rows) or _new(drafts)
            taken.add(id(draft))
            leaked = where in marked or _row_day(st) < newest
            draft.add(st, seen, old=leaked if is_contents else st.shown_as_old)
            if place is not None:
                draft.places.add(place)
        _report_rows(rows, places, code, findings)


def _lists_in(ordered: Sequence[Said]) -> dict[_Printed, list[Said]]:
    """The dated rows of each list, in printed order."""
    lists: dict[_Printed, list[Said]] = defaultdict(list)
    for st, seen in ordered:
        if _is_row(st):
            name = _ROW.sub("", st.locator) if st.kind == "listed" else st.kind
            lists[_Printed(seen.capture, seen.day, seen.exact, name)].append((st, seen))
    for rows in lists.values():
        rows.sort(key=lambda item: item[0].position)
    return lists


def _listing_page(drafts: Sequence[Draft], capture: str, list_name: str) -> list[Draft]:
    """The page on which a list stands: the capture's only page of this code or, in a capture of many, the named one."""
    pages = [(d, st) for d in drafts for st, seen in d.pages if seen.capture == capture]
    if len(pages) > 1:
        pages = [(d, st) for d, st in pages if st.locator and list_name.startswith(st.locator)]
    return [d for d, _ in pages]


def _row_day(st: Statement) -> date:
    return min(c.day for c in st.starts)


def _draft_of_row(
    drafts: Sequence[Draft],
    st: Statement,
    place: Starts | None,
    own: Sequence[Draft],
    taken: set[int],
    rows: Sequence[Said],
) -> Draft | None:
    """The draft a row speaks of: by address, else by the date it prints, else by its place in the list."""
    day = _row_day(st)
    if st.address is not None:
        at_address = [d for d in drafts if st.address in d.addresses]
        for draft in at_address:
            if day in draft.days or (st.address in draft.pinned and st.shown_as_old):
                return draft
        free = [d for d in drafts if d.start == day and not d.pinned and id(d) not in taken]
        return free[0] if len(free) == 1 and not (set(at_address) & set(free)) else None
    fits = [d for d in drafts if day in d.days and d not in own and id(d) not in taken]
    fits.sort(key=lambda d: (bool(d.places) != (place is not None), not _fits(d, day, place)))
    if fits:
        return fits[0]
    if place is None:
        return None
    printed_days = {_row_day(other) for other, _ in rows}
    by_place = [
        d
        for d in drafts
        if id(d) not in taken
        and d not in own
        and not d.only_listed
        and not (d.days & printed_days)
        and d.start is not None
        and place.lo is not None
        and place.lo <= d.start <= place.hi
    ]
    return by_place[0] if len(by_place) == 1 else None


def _fits(draft: Draft, day: date, place: Starts | None) -> bool:
    start = draft.start
    if start is None or place is None:
        return start == day
    return (place.lo is None or place.lo <= start) and start <= place.hi


def _misplaced(rows: Sequence[Said]) -> dict[int, Starts]:
    """Rows whose date the list prints twice and that stand out of the list's order, with where they stand.

    Only a repeated date counts: lists that are merely unordered exist and prove nothing (rule 15).
    """
    days = [_row_day(st) for st, _ in rows]
    repeated = {
        n
        for n, day in enumerate(days)
        if days.count(day) > 1
        and len({rows[m][0].address for m, d in enumerate(days) if d == day} - {None}) != 1
    }
    steady = [n for n in range(len(days)) if n not in repeated]
    if any(days[a] < days[b] for a, b in pairwise(steady)):
        return {}
    found = {}
    for n in sorted(repeated):
        above = [days[m] for m in steady if m < n]
        below = [days[m] for m in steady if m > n]
        in_order = (not above or days[n] <= above[-1]) and (not below or days[n] >= below[0])
        if not in_order and above:
            found[n] = Starts(below[0] if below else None, above[-1] - ONE_DAY)
    return found if len(found) < len(repeated) else {}


def _report_rows(
    rows: Sequence[Said], places: Mapping[int, Starts], code: Code, findings: list[Finding]
) -> None:
    """Dates printed twice, rows that dispute days by where they stand, and rows that are merely unordered."""
    days = [_row_day(st) for st, _ in rows]
    for n, (st, seen) in enumerate(rows):
        if days.count(days[n]) > 1 and days.index(days[n]) == n:
            message = f"the list prints {printed(days[n])} {days.count(days[n])} times"
            same = ", ".join(one.locator for (one, _), day in zip(rows, days, strict=True) if day == days[n])
            findings.append(Finding("warning", "listed_twice", message, code, seen.capture, same, (days[n],)))
        if n in places:
            message = f"the row of {printed(days[n])} stands among older ones, out of the list's order"
            findings.append(
                Finding("warning", "listed_out_of_order", message, code, seen.capture, st.locator, (days[n],))
            )
        elif n and st.kind == "listed" and days[n] > days[n - 1] and n - 1 not in places:
            message = (
                f"the row of {printed(days[n])} stands below that of {printed(days[n - 1])}, which is older"
            )
            findings.append(
                Finding("info", "listed_out_of_order", message, code, seen.capture, st.locator, (days[n],))
            )


def settle_undated(drafts: list[Draft], ordered: Sequence[Said], code: Code, findings: list[Finding]) -> None:
    """Take each page or line without a start for a known version, or make one of unknown start (rules 8, 20, 21)."""
    undated = [
        (st, seen)
        for st, seen in ordered
        if st.kind in ("page", "listed", "neighbour", "contents") and not st.starts
    ]
    for st, seen in undated:
        if st.ends:
            _place_ended(drafts, st, seen)
    for st, seen in undated:
        if not st.ends and st.shown_as_old:
            at_address = [d for d in drafts if st.address is not None and st.address in d.addresses]
            (at_address[0] if at_address else _new(drafts)).add(st, seen)
    in_use = [(st, seen) for st, seen in undated if not st.ends and not st.shown_as_old]
    in_use.sort(
        key=lambda item: (item[1].day, item[0].kind != "page")
    )  # pages first: a line of that day joins them
    for st, seen in in_use:
        if seen.exact:
            _place_seen(drafts, st, seen, code, findings)
    for st, seen in in_use:
        if not seen.exact:
            _place_loosely(drafts, st, seen, code, findings)


def _place_ended(drafts: list[Draft], st: Statement, seen: Seen) -> None:
    """A version that ended, of unknown start: one known to end then, or with the same words; else one of its own,
    since the version seen in force before may have been replaced before the end."""
    end = max(e.day for e in st.ends)
    for draft in drafts:
        same_words = bool(st.text_digest) and st.text_digest in draft.digests
        elsewhere = st.address is not None and draft.addresses and st.address not in draft.addresses
        same_end = not elsewhere and _own_ends(draft.ends) and not _other_end(draft, st)
        if (
            st.address in draft.addresses and draft.start is None
        ):  # the same page again, ended with its edition
            same_end = same_end or not (_own_ends(st.ends) or _own_ends(draft.ends))
        if (draft.start is None or draft.start < end) and (same_words or same_end):
            draft.add(st, seen, old=False)
            return
    _new(drafts).add(st, seen, old=False)


def _own_ends(ends: Iterable[EndClaim]) -> set[date]:
    """Ends of a version's own: that of its edition is every page's."""
    return {e.day for e in ends if e.basis != "edition"}


def _other_end(draft: Draft, st: Statement) -> bool:
    """Whether `draft` is known to end on quite another day than `st` says (a day apart is one end said twice)."""
    mine, other = _own_ends(st.ends), _own_ends(draft.ends)
    return not mine or not other or min(abs(a - b) for a in mine for b in other) > ONE_DAY


def _place_seen(drafts: list[Draft], st: Statement, seen: Seen, code: Code, findings: list[Finding]) -> None:
    """An undated page or line seen as in force on a known day: the version dated to cover that day, if it can be
    that one; else one of unknown start, first seen then."""
    worded = [d for d in drafts if st.text_digest and st.text_digest in d.digests]
    if worded:
        worded[0].add(st, seen)
        return
    covering = _covering(drafts, seen.day)
    if covering is not None and _may_be_in_use(covering, seen.day):
        other_words = bool(st.text_digest and covering.digests)  # shared words were found above
        same = not other_words and (has_title(covering, st) or st.address in covering.addresses)
        if same or any(day >= seen.day for day in _exact_days(covering)):
            if not same:
                findings.append(_other_title(st, seen, code, tuple(sorted(covering.days))))
            covering.add(st, seen)
            return
    runs = [d for d in drafts if d.start is None and not d.ends and not d.superseded_by and has_title(d, st)]
    runs = [d for d in runs if not _ended_between(drafts, max(_exact_days(d), default=seen.day), seen.day)]
    # A page's words decide: a title seen earlier says nothing of this text, nor the other way round.
    if st.kind == "page":
        runs = [d for d in runs if not (st.text_digest and d.digests)]
        runs = [d for d in runs if d.pages or min(_exact_days(d), default=None) == seen.day]
    (runs[-1] if runs else _new(drafts)).add(st, seen)


def _place_loosely(
    drafts: list[Draft], st: Statement, seen: Seen, code: Code, findings: list[Finding]
) -> None:
    """An undated page or line seen on an unknown day. It may be as old as any version, so it makes a version of
    unknown start only where nothing better says what is in force."""
    settled = [
        d
        for d in drafts
        if any(not s.shown_as_old and s.starts and not s.ends and s.kind == "page" for s, _ in d.said)
        or (d.start is None and not d.ends and not d.superseded_by)
        or _sole_contents(d)
    ]
    ended_for_sure = any(
        s.kind == "neighbour" and s.shown_as_old and when.exact for d in drafts for s, when in d.said
    )
    if not settled and not ended_for_sure:
        _new(drafts).add(st, seen)
        return
    if not any(has_title(d, st) for d in drafts):
        findings.append(_other_title(st, seen, code))
    for draft in drafts:
        if st.text_digest and st.text_digest in draft.digests:
            draft.said.append((st, seen))
            return
    for draft in settled:
        loose = draft.start is None and not any(when.exact for _, when in draft.said)
        if loose and not (st.text_digest and draft.digests):
            draft.add(st, seen)
            return
    if st.text_digest:
        message = (
            "the page says neither when it began nor when it was saved; its text is not placed in the history"
        )
        findings.append(Finding("warning", "page_not_placed", message, code, seen.capture, st.locator))
        return
    for draft in drafts:
        if st.address is not None and st.address in draft.addresses:
            draft.said.append((st, seen))
            return


def _sole_contents(draft: Draft) -> bool:
    return draft.superseded_by is None and any(s.kind == "contents" and s.starts for s, _ in draft.said)


def _covering(drafts: Sequence[Draft], day: date) -> Draft | None:
    begun = [d for d in drafts if d.start is not None and d.start <= day]
    return max(begun, key=lambda d: d.start or date.min, default=None)


def _may_be_in_use(draft: Draft, day: date) -> bool:
    return not surely_ended(draft, day) and (draft.superseded_by is None or draft.superseded_by > day)


def _exact_days(draft: Draft) -> list[date]:
    return [seen.day for st, seen in draft.said if seen.exact and not st.shown_as_old]


def _ended_between(drafts: Sequence[Draft], after: date, until: date) -> bool:
    """Whether something under the code ended in between, so that a title seen on both days need not have stood."""
    return any(after < day <= until for d in drafts for day in _own_ends(d.ends))


def _other_title(st: Statement, seen: Seen, code: Code, days: tuple[date, ...] = ()) -> Finding:
    when = f"seen on {in_words(seen.day)}" if seen.exact else "seen on an unknown day"
    message = f"the title {st.title!r}, {when}, is that of no version known for that time"
    return Finding("info", "title_differs", message, code, seen.capture, st.locator, days)
