"""What an answer for one day rests on: the statements from which the history was made."""

from __future__ import annotations

from datetime import date

from manual.history.why import Why, why_of
from manual.model import Code
from manual.queries.state import State
from manual.store.rows import statements_of


def why(state: State, code: Code, on: date) -> Why | None:
    """None for an unknown code. What would settle a dispute may differ between days with the same answer, so
    the whole history is recorded as a dependency."""
    if state.timeline(code) is None:
        return None
    said = statements_of(state.reader.said_about(code))
    return why_of(code, said, on, edition_ended=state.publisher.edition_ended)
