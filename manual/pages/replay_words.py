"""What captures changed, in words and in JSON, for `replay`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from manual.dates import in_words
from manual.model import Capture
from manual.pages.as_json import Json, capture_json, iso
from manual.pages.as_text import BLANK, Lines, line
from manual.pages.report_words import difference_json, told_words
from manual.pages.words import counted, run_words
from manual.queries.replay import ReplayedChange, ReplayedDay

_KIND = {"changed": "changed", "opened": "opened", "settled": "settled", "open": "still open"}


def replay_lines(days: Sequence[ReplayedDay], since: date, until: date | None) -> Lines:
    end = f" and before {in_words(until)}" if until else ""
    changes = sum(len(one.changes) for one in days)
    yield line(
        f"Captures were taken in on {counted(len(days), 'day')} from {in_words(since)} on{end}; "
        f"{counted(changes, 'run')} of past days got other answers.",
        "strong",
    )
    for one in days:
        yield BLANK
        new = f", {counted(one.new_codes, 'code')} not known before" if one.new_codes else ""
        yield line(f"{in_words(one.day)}: {counted(one.captures, 'capture')}{new}", "strong")
        for change in one.changes:
            yield from _change_lines(change)


def _change_lines(change: ReplayedChange) -> Lines:
    one = change.difference
    yield line(f"{one.code} {one.title}, {run_words(one.first, one.until)} ({_KIND[one.kind]})", indent=2)
    yield line(f"before: {told_words(one.before)}", indent=4)
    yield line(f"after:  {told_words(one.after)}", indent=4)
    yield line(f"by: {', '.join(map(_named, change.captures))}", "faint", indent=4)


def _named(capture: Capture) -> str:
    return f"{capture.filename} ({capture.sha256})"


def replay_json(
    days: Sequence[ReplayedDay], since: date, until: date | None, known: date | None = None
) -> Json:
    """`replay --json`: `until` is excluded, and so is that of each run of days."""
    return {
        "since": iso(since),
        "until": iso(until),
        "known": iso(known),
        "days": [
            {
                "day": iso(one.day),
                "captures": one.captures,
                "new_codes": one.new_codes,
                "changes": [
                    {
                        **difference_json(change.difference),
                        "captures": [capture_json(capture) for capture in change.captures],
                    }
                    for change in one.changes
                ],
            }
            for one in days
        ],
    }
