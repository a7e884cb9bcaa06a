"""What stands behind an answer: the same statements that the history was made of, looked at for one day."""

from __future__ import annotations

from datetime import date

from manual.history.why import Why, why_of
from manual.model import Code
from manual.queries.state import State
from manual.store.rows import statements_of


def why(state: State, code: Code, on: date) -> Why | None:
    """None for an unknown code. What would settle a dispute may differ within a run of days that have one answer, so
    the whole history counts as consulted."""
    if state.timeline(code) is None:
        return None
    said = statements_of(state.reader.said_about(code))
    return why_of(code, said, on, edition_ended=state.publisher.edition_ended)
