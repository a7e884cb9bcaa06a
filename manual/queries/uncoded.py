"""Status of contents lines without a code, from the marks after their titles (dates.md, rules 8 to 11, 22).

They have no statements and so no history. `North pier (to 27/06/2020)` under an appendix is such a line: without a
status, a reader would take a list that has ended for one in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from manual.model import AnswerWord, EndClaim, StartClaim
from manual.queries.state import State

LineKey = tuple[str, str | None, str]
"""What makes lines of several contents one: the work, the parent and the title."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The line in one capture of the contents; `seen` is None where the day of the capture is not known."""

    seen: date | None
    starts: tuple[StartClaim, ...] = ()
    ends: tuple[EndClaim, ...] = ()


def mentions(state: State) -> dict[LineKey, list[Mention]]:
    """Every line without a code, in all contents."""
    return state.kept("lines without a code", lambda: _mentions(state))


def _mentions(state: State) -> dict[LineKey, list[Mention]]:
    found: dict[LineKey, list[Mention]] = {}
    pages = {page.page: page for page in state.kept("contents pages", state.reader.contents_pages)}
    for number, line in state.reader.lines_without_code():
        page = pages.get(number)
        if page is None or line.version_of_line is not None:
            continue
        known = found.setdefault((page.work, line.parent, line.title), [])
        known += [Mention(s.day if s.exact else None, line.starts, line.ends) for s in page.seen]
    return found


def status_on(said: Sequence[Mention], on: date) -> AnswerWord:
    """What the newest contents say of the day; where they say nothing of it, those before them, and so on. Contents of
    unknown day come last: they never outweigh known ones (rule 27)."""
    known = sorted((m for m in said if m.seen is not None), key=lambda m: m.seen or date.min, reverse=True)
    gone = False
    for mention in (*known, *(m for m in said if m.seen is None)):
        word = _word(mention, on)
        if word == "in_force" and gone and mention.seen != on:
            return "disputed"  # it ended on some day between these contents and later ones
        if word:
            return word
        gone = gone or (bool(mention.ends) and all(end.day is None for end in mention.ends))
    return "undated"


def _word(mention: Mention, on: date) -> AnswerWord | None:
    """None: the line says nothing about that day."""
    start = max((claim.day for claim in mention.starts), default=None)
    plain = all(end.kind == "end" for end in mention.ends)
    dated = [days for end in mention.ends for days in _first_days_without(end)]
    if dated and on >= min(dated):
        settled = on >= max(dated) and (
            start is None or start < min(dated)
        )  # rule 23: an end follows its start
        return "ended" if settled and plain else "disputed"
    if mention.ends and not dated and mention.seen is not None and mention.seen <= on:
        return "ended" if plain else "disputed"
    if start is not None:
        return (
            "in_force"
            if start <= on
            else "not_yet"
            if mention.seen and mention.seen <= on
            else "before_record"
        )
    return "in_force" if not mention.ends and mention.seen is not None and mention.seen <= on else None


def _first_days_without(end: EndClaim) -> Iterator[date]:
    """The possible first days without force: `to D` is used both ways (rule 9)."""
    if end.day is not None and end.reading != "included":
        yield end.day
    if end.day is not None and end.reading != "excluded":
        yield end.day + timedelta(days=1)
