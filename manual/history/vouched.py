"""What whole lists vouch for: that nothing began between two neighbours in them (rules 15 and 28)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from manual.history.drafts import Draft


def whole_lists(drafts: Sequence[Draft]) -> list[tuple[date, list[Draft]]]:
    """For each capture that prints a whole list of versions: the drafts it names, its own page's included, by start."""
    named: dict[tuple[str, date], list[Draft]] = defaultdict(list)
    whole: set[tuple[str, date]] = set()
    for draft in drafts:
        for st, seen in (*draft.said, *draft.titled):
            if st.kind not in ("page", "listed"):
                continue
            if draft not in named[seen.capture, seen.day]:
                named[seen.capture, seen.day].append(draft)
            if st.lists_versions:
                whole.add((seen.capture, seen.day))
    return [
        (key[1], sorted(found, key=lambda d: d.start or date.max))
        for key, found in sorted(named.items())
        if key in whole
    ]


def note_neighbours(drafts: Sequence[Draft]) -> None:
    """Which version a whole list shows right after which: nothing began between the two."""
    for day, listed in whole_lists(drafts):
        dated = [draft for draft in listed if draft.start is not None and draft.start <= day]
        for older, newer in pairwise(dated):
            older.next_in_list.append(newer)


def doubt_unlisted(drafts: Sequence[Draft]) -> None:
    """A version known from lists alone need not exist where a whole list shows nothing at its place: lists contradict
    each other then, and neither outweighs the other."""
    for day, listed in whole_lists(drafts):
        # the page itself may be of a version that is still to begin: nothing had begun before it by that day
        for older, newer in pairwise(draft for draft in listed if draft.start is not None):
            for draft in drafts:
                if draft in listed or not _lies_between(draft, older, newer) or not draft.begun_by(day):
                    continue
                if _is_weak(draft) or _was_left_out(draft, listed, day):
                    draft.optional = True


def _lies_between(draft: Draft, older: Draft, newer: Draft) -> bool:
    if draft.start is None or older.start is None or newer.start is None:
        return False
    return older.start < draft.start < newer.start


def _is_weak(draft: Draft) -> bool:
    """Known by lists alone, or by pages of unknown day alone."""
    return draft.only_listed or not draft.known


def _was_left_out(draft: Draft, listed: Sequence[Draft], day: date) -> bool:
    """Whether `draft` was seen at one address only, which showed a whole list of all others on a later day: its first
    day was corrected, and the list shows it under the right one; or the list is wrong."""
    if draft.is_old or len(draft.addresses) != 1 or any(st.kind != "page" for st, _ in draft.said):
        return False
    return draft.addresses <= {st.address for one in listed for st, seen in one.pages if seen.day == day}
