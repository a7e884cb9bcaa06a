"""The reasons for a day's answer, in sentences for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from manual.dates import in_words, printed
from manual.history.drafts import ONE_DAY, End, VersionDraft
from manual.model import Basis


class _Outcomes(Protocol):
    @property
    def alive(self) -> tuple[int, ...]: ...
    @property
    def ended(self) -> tuple[int, ...]: ...
    @property
    def unseen(self) -> tuple[int, ...]: ...
    @property
    def nothing(self) -> bool: ...


def label(draft: VersionDraft) -> str:
    return f"The version of {in_words(draft.start)}" if draft.start else "A version of unknown start"


_HOW: dict[Basis, str] = {
    "text": "its own text says that it ceased",
    "note": "a note on its page says so",
    "revocation": "it was revoked",
    "circular": "a circular says so",
    "suffix": "its title says so",
    "listed": "the contents or a list says so",
    "successor": "it was replaced",
    "edition": "the whole edition ceased",
    "foot": "the foot of its page says so",
}


def how_ended(draft: VersionDraft, day: date) -> str:
    """How a draft ended by `day`."""
    ends = [end for end in draft.endings if end.lo <= day and end.kind == "ended"]
    if not ends and draft.cap is not None and draft.cap.lo <= day:
        ends = [draft.cap]
    if not ends:
        return f"{label(draft)} may not be in force: its page says something of the kind that is not clear."
    end = ends[0]
    if end.hi is None:
        return f"{label(draft)} is shown as ended, on a day that is not known."
    if not end.is_day:
        return f"{label(draft)} had ended by {in_words(end.hi)}; since when is not stated readably."
    return f"{label(draft)} ended: {in_words(end.lo)} is the first day without it ({_HOW.get(end.basis, 'as stated')})."


def why_unseen(draft: VersionDraft) -> str:
    gone = draft.old_by
    when = f"by {in_words(gone)}" if gone else "when its page was saved, on an unknown day"
    return f"{label(draft)} was no longer in force {when}; no page read says what came after it."


def why_undated(draft: VersionDraft) -> str:
    if draft.endings and draft.endings[0].hi is not None:
        return f"It ended by {in_words(draft.endings[0].hi)}; no page read says when it began."
    first = draft.first_seen
    if first is None:
        return "It was seen on an unknown day; no page read says when it began."
    return f"It was first seen on {in_words(first)}; no page read says when it began."


def why_disputed(drafts: Sequence[VersionDraft], found: _Outcomes, day: date) -> list[str]:
    reasons: list[str] = []
    for n in found.alive:
        if n not in found.ended and n not in found.unseen:  # otherwise its end says everything
            reasons.append(_why_candidate(drafts[n], day))
    for n in found.ended:
        reasons += _why_maybe_ended(drafts[n], n in found.alive, day)
    for n in found.unseen:
        if n in found.alive:
            reasons.append(
                f"{label(drafts[n])} is shown as an old version, "
                "and no page read says from when something replaced it."
            )
        else:
            reasons.append(why_unseen(drafts[n]))
    if found.nothing:
        reasons.append("By another reading nothing was in force yet.")
    return list(dict.fromkeys(reasons))


def _why_maybe_ended(draft: VersionDraft, alive: bool, day: date) -> Iterator[str]:
    again = next((one for one in draft.again if one.covers(day)), None)
    if again is not None:
        yield f"{how_ended(draft, day)} But {again.why}."
        return
    for doubt in draft.doubts:
        if doubt.doubts(day):
            yield _why_doubted(draft, doubt)
    for end in draft.endings:
        if alive and end.hi is not None and end.hi - end.lo == ONE_DAY:
            yield f"“to {printed(end.lo)}” is used both ways: as the last day in force and as the first day without."
        elif end.lo <= day and end.kind == "ended":
            yield how_ended(draft, day)


def _why_doubted(draft: VersionDraft, doubt: End) -> str:
    since = f" from {in_words(doubt.lo)}" if doubt.is_day else ""
    if doubt.kind == "suspended":
        return f"{label(draft)} is said to be suspended{since}."
    if doubt.kind == "unplaced":
        return f"{label(draft)} may have ended: a line says so of a version, and neither of which nor when."
    return f"{label(draft)} may have ended{since}: its page says something of the kind that can be read both ways."


def _why_candidate(draft: VersionDraft, day: date) -> str:
    again = next((one for one in draft.again if one.covers(day)), None)
    if again is not None:
        return f"{label(draft)}: {again.why}, although another version is stated to have begun by then."
    if not draft.claims:
        return _why_undated_candidate(draft)
    if draft.places:
        until = max(r.hi for r in draft.places) + ONE_DAY
        return f"{label(draft)}: a list prints its date twice and places this row before {in_words(until)}."
    if draft.optional:
        return f"{label(draft)} may never have begun: the pages that name it do not agree."
    if any(end.is_day and end.lo <= draft.start for end in draft.endings if draft.start):
        return f"{label(draft)}: its page states an end that is not after this start; either may be true."
    if len(draft.starts) > 1:
        if any(not r.is_day for r in draft.starts):
            return f"{label(draft)}: its page lists as previous a version that is dated later."
        days = " and ".join(in_words(r.hi) for r in draft.starts)
        return f"{label(draft)}: its start is stated as {days}."
    return f"{label(draft)} had begun, and it is not certain that something had replaced it."


def _why_undated_candidate(draft: VersionDraft) -> str:
    if draft.endings and draft.endings[0].hi is not None:
        return f"{label(draft)}, which ended by {in_words(draft.endings[0].hi)}, may have begun by then."
    first = draft.first_seen
    if first is None:
        return f"{label(draft)}, seen on an unknown day, may have begun by then."
    return f"Another version was first seen on {in_words(first)}. We do not know when it began."
