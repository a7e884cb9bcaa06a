"""Terms that the instructions in force on a day define."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from manual.model import Code, VersionId
from manual.queries.contents import order_of
from manual.queries.state import State
from manual.queries.texts import text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedTerm:
    """A term, where it is defined, and when that definition is in force. `until`: the first day on which it is not."""

    term: str
    code: Code
    pinpoint: str
    version_id: VersionId
    title: str
    first: date | None
    until: date | None


def terms_on(state: State, on: date) -> tuple[DefinedTerm, ...]:
    """By term, then in the order of the contents: several instructions may define one term, each for itself."""
    day = on.toordinal()
    rows = state.kept("terms", state.reader.terms)
    found = [
        DefinedTerm(
            term=row.term,
            code=row.code,
            pinpoint=row.pinpoint,
            version_id=row.version,
            title=row.title,
            first=date.fromordinal(row.first) if row.first > 0 else None,
            until=date.fromordinal(row.until) if row.until else None,
        )
        for row in rows
        if row.stands_on(day)
    ]
    return tuple(sorted(found, key=lambda one: (one.term.lower(), order_of(state, one.code), one.pinpoint)))


def words_of(state: State, defined: DefinedTerm) -> str:
    """The words of the definition: its clause and what stands below. Empty where the whole instruction defines."""
    version = state.version(defined.version_id)
    text = text_of(state, version) if version is not None else None
    for top in text.blocks if text else ():
        for block in top.walk():
            if block.pinpoint == defined.pinpoint and block.kind != "heading":
                return " ".join(each.text for each in block.walk() if each.text)
    return ""
