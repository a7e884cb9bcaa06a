"""What complete lists prove: nothing began between two neighbouring rows (rules 15 and 28)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from manual.history.drafts import RANK, VersionDraft


def whole_lists(drafts: Sequence[VersionDraft]) -> list[tuple[date, bool, list[VersionDraft]]]:
    """For each capture with a complete list of versions: its day, whether that is known, and the drafts that it names
    (including its own page's), by start."""
    named: dict[tuple[str, date, bool], list[VersionDraft]] = defaultdict(list)
    whole: set[tuple[str, date, bool]] = set()
    for draft in drafts:
        for st, seen in (*draft.said, *draft.titled):
            if st.kind not in ("page", "listed"):
                continue
            key = (seen.capture, seen.day, seen.exact)
            if draft not in named[key]:
                named[key].append(draft)
            if st.lists_versions:
                whole.add(key)
    return [
        (key[1], key[2], sorted(found, key=lambda d: d.start or date.max))
        for key, found in sorted(named.items())
        if key in whole
    ]


def note_neighbours(drafts: Sequence[VersionDraft]) -> None:
    """Note which version a complete list shows directly after which, so that nothing began between the two."""
    for day, _, listed in whole_lists(drafts):
        dated = [draft for draft in listed if draft.start is not None and draft.start <= day]
        for older, newer in pairwise(dated):
            older.next_in_list.append(newer)


def doubt_unlisted(drafts: Sequence[VersionDraft]) -> None:
    """A version that a complete list leaves out between two neighbours need not exist if only rows state when it began:
    then lists contradict each other, and neither outweighs the other. The same holds for a version dated by a page of
    unknown day, or left out later at the same address, since first days are corrected (rule 17)."""
    for day, exact, listed in whole_lists(drafts):
        # the page itself may be of a future version, before which nothing had begun by that day
        for older, newer in pairwise(draft for draft in listed if draft.start is not None):
            for draft in drafts:
                if not _lies_between(draft, older, newer) or not draft.begun_by(day):
                    continue
                if draft.strength >= (not exact, RANK["listed"]) or _was_left_out(draft, listed, day):
                    draft.optional = True


def _was_left_out(draft: VersionDraft, listed: Sequence[VersionDraft], day: date) -> bool:
    """Whether `draft` was seen at one address only, which showed a whole list of all others on a later day."""
    if draft.is_old or len(draft.addresses) != 1 or any(st.kind != "page" for st, _ in draft.said):
        return False
    return draft.addresses <= {st.address for one in listed for st, seen in one.pages if seen.day == day}


def _lies_between(draft: VersionDraft, older: VersionDraft, newer: VersionDraft) -> bool:
    assert older.start is not None
    assert newer.start is not None
    return draft.start is not None and older.start < draft.start < newer.start
