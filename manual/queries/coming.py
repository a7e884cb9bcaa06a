"""What is announced: what will begin or end after a day, as far as pages say."""

from __future__ import annotations

from datetime import date, timedelta

from manual.queries.relations import changes_between
from manual.queries.results import VersionChange
from manual.queries.state import State


def coming(state: State, on: date) -> tuple[VersionChange, ...]:
    """What happens after `on` (that day excluded), the nearest first, then in the order of the contents.

    Each is a change of an answer, as `changes_between` gives them: a first version that is not yet in force, a version
    that will replace another, or an end or a revocation that was stated before its day. What a later capture withdrew
    is left out, and so is what has no stated first day.
    """
    if on == date.max:
        return ()
    return changes_between(state, on + timedelta(days=1), date.max)
