"""Signatures: the lines of name and office before or on `Signed 31 March 2025`, or after `Dated at …`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from manual.model import Instrument, StartClaim
from manual.parse.draft import BlockDraft
from manual.parse.notes import SIGNED

MAX_LINES = 5

_DATED = re.compile(r"dated?\b", re.IGNORECASE)
# Signed on 3 May 2020 (by Ann Bell)
_NAMED = re.compile(r"\sby\s+(?-i:[A-Z])", re.IGNORECASE)
# Schedule 1 | Part A | Annex: what follows a signature begins anew
_BEGINS_ANEW = re.compile(
    r"(?:schedules?|appendix|annex\w*|part|table|notes?|section|chapter)\b", re.IGNORECASE
)


def join_signatures(drafts: list[BlockDraft]) -> list[BlockDraft]:
    """`drafts` with each signing line and the short lines around it joined to one block of kind `signature`.

    Name and office are above `Signed D` and below `Dated at PLACE this D`; if that side is empty, on the other.
    """
    joined: list[BlockDraft] = []
    place = 0
    drafts = _with_whole_days(drafts)
    while place < len(drafts):
        draft = drafts[place]
        place += 1
        if draft.kind not in ("paragraph", "heading") or not _is_signing(draft.text):
            joined.append(draft)
            continue
        below = _DATED.match(draft.text) is not None or _NAMED.search(draft.text) is not None
        before = [] if below else _names_above(joined)
        after = [] if before or "\n" in draft.text else _names_below(drafts, place)
        place += len(after)
        before = before if after or _NAMED.search(draft.text) else before or _names_above(joined)
        joined.append(BlockDraft(kind="signature", text="\n".join([*before, draft.text, *after])))
    return joined


def with_day_of_revocation(instrument: Instrument | None, starts: Iterable[StartClaim]) -> Instrument | None:
    """Add the day to revocations without one: they take effect on the day from which the instrument says it has
    effect."""
    days = {claim.day for claim in starts if claim.basis == "text" and not claim.unclear}
    if instrument is None or not instrument.revokes or instrument.revokes_on or len(days) != 1:
        return instrument
    return replace(instrument, revokes_on=days.pop())


def _with_whole_days(drafts: list[BlockDraft]) -> list[BlockDraft]:
    """`drafts` with broken signing lines in one piece: `Dated at Timaru` / `this 3rd day` / `of May 2017`."""
    whole: list[BlockDraft] = []
    for draft in drafts:
        if _DATED.match(draft.text) and "\n" in draft.text and not _is_signing(draft.text):
            draft = replace(draft, text=_joined(draft.text))
        if whole and _is_cut_signing(whole[-1], draft):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {draft.text}")
        else:
            whole.append(draft)
    return whole


def _joined(text: str) -> str:
    """The text with its first two or three lines joined if they are a signing line."""
    lines = text.split("\n")
    for count in (2, 3):
        signing = " ".join(line.strip() for line in lines[:count])
        if SIGNED.fullmatch(signing):
            return "\n".join([signing, *lines[count:]])
    return text


def _is_cut_signing(first: BlockDraft, second: BlockDraft) -> bool:
    if first.kind not in ("paragraph", "heading") or second.kind != "paragraph" or len(first.text) > 90:
        return False
    return not _is_signing(first.text) and SIGNED.fullmatch(f"{first.text} {second.text}") is not None


def _is_signing(text: str) -> bool:
    return len(text) < 300 and any(SIGNED.fullmatch(line.strip()) for line in text.split("\n"))


def _names_above(joined: list[BlockDraft]) -> list[str]:
    lines: list[str] = []
    while joined and len(lines) < MAX_LINES and _may_belong(joined[-1]):
        lines.insert(0, joined.pop().text)
    return lines


def _names_below(drafts: list[BlockDraft], place: int) -> list[str]:
    lines: list[str] = []
    for draft in drafts[place : place + MAX_LINES]:
        if not _may_belong(draft) or _BEGINS_ANEW.match(draft.text) or draft.text[:1].islower():
            break
        lines.append(draft.text)
    return lines


def _may_belong(draft: BlockDraft) -> bool:
    """Whether a line may be a name or an office: short and without a full stop."""
    return (
        draft.kind in ("paragraph", "heading")
        and draft.code is None
        and not draft.children
        and len(draft.text) <= 90
        and draft.text[-1:] not in ".;:?!"
    )
