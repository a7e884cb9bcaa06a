"""What is announced: what is known, on a day, to begin or end after it."""

from __future__ import annotations

from datetime import date, timedelta

from manual.queries.relations import changes_between
from manual.queries.results import VersionChange
from manual.queries.state import State


def coming(state: State, on: date) -> tuple[VersionChange, ...]:
    """What happens after `on` (that day excluded), the nearest first, then in the order of the contents.

    Each is a change of an answer, as `changes_between` gives them: a first version that is not yet in force, a version
    that will replace another, an end or a revocation that is stated before its day. What a later capture took back, or
    what starts on no stated day, is none.
    """
    if on == date.max:
        return ()
    return changes_between(state, on + timedelta(days=1), date.max)
