"""What complete lists prove: nothing began between two neighbouring rows (rules 15 and 28)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from manual.history.announced import is_announcement
from manual.history.drafts import (
    ONE_DAY,
    RANK,
    StatementSeen,
    VersionDraft,
    has_title,
    is_dated,
    last_end,
    strength_of,
)
from manual.history.evidence import MISPRINTED_BY
from manual.model import Sha256, Statement


class WholeList(NamedTuple):
    """A complete list of versions in one capture."""

    capture: Sha256
    day: date
    exact: bool
    """Whether that day is known."""
    drafts: list[VersionDraft]
    """The drafts that it names, including its own page's, by start."""


def whole_lists(drafts: Sequence[VersionDraft]) -> list[WholeList]:
    named: dict[tuple[Sha256, date, bool], list[VersionDraft]] = defaultdict(list)
    whole: set[tuple[Sha256, date, bool]] = set()
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
        WholeList(*key, sorted(found, key=lambda d: d.start or date.max))
        for key, found in named.items()
        if key in whole
    ]


def note_neighbours(drafts: Sequence[VersionDraft]) -> None:
    """Note which version a complete list shows directly after which, so that nothing began between the two."""
    for one in whole_lists(drafts):
        dated = [(draft, draft.start) for draft in one.drafts if draft.start is not None]
        for (older, _), (newer, start) in pairwise(dated):
            (older.next_in_list if start <= one.day else older.announced_next).append(newer)


def doubt_unlisted(drafts: Sequence[VersionDraft], left: Sequence[StatementSeen] = ()) -> None:
    """A version that a complete list leaves out between two neighbours need not exist if only rows or lines speak of
    it: then lists contradict each other, and neither outweighs the other. The same holds for a version dated by a page
    of unknown day, or left out later at the same address, since first days are corrected (rule 17). `left`: what is not
    placed yet, and may be a row about it."""
    begun = [(draft, draft.start or _stood_on(draft)) for draft in drafts if not draft.withdrawn]
    for one in whole_lists(drafts):
        rows = [st for st, seen in left if seen.capture == one.capture and st.kind == "listed"]
        listed = [draft.start for draft in one.drafts if draft.start is not None]
        for draft, began in begun:
            if began is None or began > one.day:
                continue
            place = bisect_left(listed, began)
            if not 0 < place < len(listed) or listed[place] == began:
                continue
            # the page itself may be of a future version, before which nothing had begun by that day; else a row without
            # a mark is of what was in force, so of none before a listed one
            ahead = listed[place] > one.day
            may_be = (row for row in rows if ahead or row.ends or row.shown_as_old)
            near = min(abs(day - began) for day in listed) <= MISPRINTED_BY
            if _is_left_out(draft, one, near=near) and not any(_may_be_of(draft, row) for row in may_be):
                draft.optional = True
                older, newer = one.drafts[place - 1], listed[place]
                weak = older.strength >= (not one.exact, RANK["listed"])
                if draft.start is None and weak and not _began_between(draft, older, newer, drafts):
                    older.optional = True  # or the row is wrong, which is of the rank of a list and a line


def _is_left_out(draft: VersionDraft, one: WholeList, *, near: bool) -> bool:
    """Whether `draft` is not in a list which is no weaker than what speaks of it. `near`: the list shows a version that
    began so near to it that either day may be the corrected one of the other."""
    if any(seen.capture == one.capture for _, seen in draft.said):
        return False
    return _strength(draft) >= (not one.exact, RANK["listed"]) or (near and _was_left_out(draft, one))


def _began_between(
    draft: VersionDraft, older: VersionDraft, newer: date, drafts: Sequence[VersionDraft]
) -> bool:
    """Whether what shows `draft`, of unknown start, lists beside it a version that began after `older` and before
    `newer`."""
    captures = {seen.capture for _, seen in draft.said}
    later = (d for d in drafts if d.start and older.start and older.start < d.start < newer)
    return any(seen.capture in captures for d in later for _, seen in d.said)


def _may_be_of(draft: VersionDraft, row: Statement) -> bool:
    """Whether a row without a first day may be about `draft`, which neither began after its end nor was old before."""
    if is_dated(row) or draft.start is None or not has_title(draft, row):
        return False
    end, old_by = last_end(row.ends), draft.old_by
    return end is None or (draft.start < end and not (old_by and old_by < end))


def _stood_on(draft: VersionDraft) -> date | None:
    """The first day on which a version of unknown start surely was in force."""
    shown = [seen.day for st, seen in draft.said if seen.exact and not (st.ends or st.shown_as_old)]
    return min((*shown, *(end.day - ONE_DAY for end in draft.ends if end.day is not None)), default=None)


def _strength(draft: VersionDraft) -> tuple[bool, int]:
    """Strength of the strongest statement about it; a page shows in itself that its version stood. That it was
    announced does not say that it began, where a row does."""
    if draft.start is not None:
        shown = [item for item in draft.said if not is_announcement(item)]
        if shown and all(st.kind == "listed" for st, _ in shown):
            return min(strength_of("listed", seen) for _, seen in shown)
        return draft.strength
    known = any(seen.exact for _, seen in draft.said)
    return not known, RANK["foot" if draft.pages else "listed"]


def _was_left_out(draft: VersionDraft, one: WholeList) -> bool:
    """Whether `draft` was seen at one address only, which showed a whole list of all others on a later day."""
    if draft.is_old or len(draft.addresses) != 1 or any(st.kind != "page" for st, _ in draft.said):
        return False
    return draft.addresses <= {st.address for d in one.drafts for st, seen in d.pages if seen.day == one.day}
