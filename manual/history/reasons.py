"""Why a day is answered as it is, in sentences for people."""

from __future__ import annotations

from collections.abc import Sequence

from manual.dates import in_words, printed
from manual.history.drafts import ONE_DAY, Draft, Outcomes
from manual.model import (
    Basis,
)


def _label(draft: Draft) -> str:
    return f"The version of {in_words(draft.start)}" if draft.start else "A version of unknown start"


def how_ended(draft: Draft) -> str:
    end = draft.endings[0]
    words: dict[Basis, str] = {
        "text": "its own text says that it ceased",
        "note": "a note on its page says so",
        "revocation": "it was revoked",
        "suffix": "its title says so",
        "listed": "the contents or a list says so",
        "successor": "it was replaced",
        "edition": "the whole edition ceased",
    }
    ended = _label(draft)
    if end.lo != end.hi:
        return f"{ended} had ended by {in_words(end.hi)}."
    return f"{ended} ended: {in_words(end.lo)} is the first day without it ({words.get(end.basis, 'as stated')})."


def why_unseen(draft: Draft) -> str:
    end = draft.endings[0]
    if end.basis == "edition":
        day = in_words(end.lo)
        return f"{_label(draft)} ceased with its edition on {day}; no page read says what stood here from then on."
    gone = in_words(draft.superseded_by) if draft.superseded_by else "an unknown day"
    return f"{_label(draft)} was no longer in force by {gone}; no page read says what came after it."


def why_undated(draft: Draft) -> str:
    if draft.endings:
        return f"It ended by {in_words(draft.endings[0].hi)}; no page read says when it began."
    first = min(seen.day for _, seen in draft.said)
    return f"It was first seen on {in_words(first)}; no page read says when it began."


def why_disputed(drafts: Sequence[Draft], found: Outcomes) -> list[str]:
    reasons = []
    for n in found.alive:
        if n not in found.ended and n not in found.unseen:  # else its end says all there is to say
            reasons.append(_why_candidate(drafts[n]))
    for n in found.ended:
        end = drafts[n].endings[0]
        if n in found.alive and end.hi - end.lo == ONE_DAY:
            reasons.append(
                f"“to {printed(end.lo)}” is used both ways: as the last day in force and as the first day without."
            )
        else:
            reasons.append(how_ended(drafts[n]))
    for n in found.unseen:
        if n in found.alive:
            reasons.append(
                f"{_label(drafts[n])} is shown as an old version, "
                "and no page read says from when something replaced it."
            )
        else:
            reasons.append(why_unseen(drafts[n]))
    if found.nothing:
        reasons.append("By another reading nothing was in force yet.")
    return list(dict.fromkeys(reasons))


def _why_candidate(draft: Draft) -> str:
    label = _label(draft)
    if not draft.claims and draft.endings:
        return f"{label}, which ended by {in_words(draft.endings[0].hi)}, may have begun by then."
    if not draft.claims:
        first = min(seen.day for _, seen in draft.said)
        return f"{label}, first seen on {in_words(first)}, may have begun by then."
    if len(draft.starts) > 1:
        others = [r for r in draft.starts if not r.is_day]
        if others and draft.places:
            until = in_words(others[0].hi + ONE_DAY)
            return f"{label}: a list prints its date twice and places this row before {until}."
        if others:
            return f"{label}: its page lists as previous a version that is dated later."
        days = " and ".join(in_words(r.hi) for r in draft.starts)
        return f"{label}: its start is stated as {days}."
    return f"{label} had begun, and it is not certain that something had replaced it."
