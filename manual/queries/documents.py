"""Versions in the form that the search index takes: periods, and passages that a result can point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from manual.model import STEP, Block, Cell, Code, History, Passage, Span, Version, VersionDocument, Work
from manual.queries.contents import headings_above, kind_of
from manual.queries.state import State

LONG = 1500
"""Characters from which on a clause is split into one passage for each of its sub-clauses."""
ROWS = 20
"""Rows of a table that make one passage."""

Period = tuple[date | None, date | None]


def documents_of(state: State, codes: Iterable[Code]) -> Iterator[VersionDocument]:
    """Every version of these codes, oldest first, with text or without. Unknown codes are passed over."""
    for code in codes:
        history = state.reader.history(code)
        if history is not None:
            part, kind = place_of(state, code)
            for version in history.versions:
                yield _document(state, history, version, part, kind)


def documents_beside(state: State) -> Iterator[VersionDocument]:
    """Every version of every work beside the manual, its scheme as its kind."""
    for key, _ in state.reader.works_beside():
        history = state.reader.history(key)
        if history is not None:
            for version in history.versions:
                yield _document(state, history, version, "", Work.of(key).scheme)


def place_of(state: State, code: Code) -> tuple[str, str]:
    """Part and kind of a code: the only things in its documents that come from the contents, not from its history."""
    return STEP.join(headings_above(state, code)), kind_of(state, code)


def _document(state: State, history: History, version: Version, part: str, kind: str) -> VersionDocument:
    found = state.reader.text(version.id) if version.text_held else None
    passages = tuple(passages_of(found[0].blocks)) if found else ()
    fields = {
        "id": version.id,
        "code": version.code,
        "title": version.title,
        "part": part,
        "kind": kind,
        "effective_from": version.validity.effective_from,
        "effective_until": version.validity.effective_until,
        "text_held": version.text_held,
        "damaged": version.text_damaged,
        "in_force": _periods(history.spans, "in_force", version),
        "disputed": _periods(history.spans, "disputed", version),
        "ended": _periods(history.spans, "ended", version),
        "undated": _periods(history.spans, "undated", version),
        "passages": passages,
    }
    import hashlib  # loads OpenSSL: only where digests are made

    digest = hashlib.sha256(repr(fields).encode()).hexdigest()
    return VersionDocument(**fields, digest=digest)  # type: ignore[arg-type]


def _periods(spans: Sequence[Span], answer: str, version: Version) -> tuple[Period, ...]:
    return tuple((s.first, s.until) for s in spans if s.answer == answer and version.id in s.versions)


def passages_of(blocks: Iterable[Block], heading: str = "") -> Iterator[Passage]:
    """One passage for each top-level clause, sub-clauses included. Long ones are split at their children."""
    for block in blocks:
        if block.kind == "heading":
            heading = block.text
            if block.children:
                yield from passages_of(block.children, heading)
            elif heading:
                yield Passage(block.pinpoint, heading, heading)
        else:
            yield from _passages(block, heading)


def _passages(block: Block, heading: str) -> Iterator[Passage]:
    if block.kind == "table" or block.rows:
        yield from _table_passages(block, heading)
        return
    text = " ".join(_words(block))
    if not text:
        return
    if len(text) <= LONG or not block.children:
        yield Passage(block.pinpoint, heading, text)
        return
    if block.text:
        yield Passage(block.pinpoint, heading, block.text)
    for child in block.children:
        yield from _passages(child, heading)


def _words(block: Block) -> Iterator[str]:
    for each in block.walk():
        if each.text:
            yield each.text
        for row in each.rows:
            yield from (cell.text for cell in row if cell.text)


def _table_passages(block: Block, heading: str) -> Iterator[Passage]:
    lead = [block.text] if block.text else []
    for first in range(0, max(len(block.rows), 1), ROWS):
        rows = block.rows[first : first + ROWS]
        text = "\n".join([*lead, *filter(None, map(_row_words, rows))])
        if text:
            yield Passage(block.pinpoint, heading, text)
        lead = []
    for child in block.children:
        yield from _passages(child, heading)


def _row_words(row: Sequence[Cell]) -> str:
    return " ".join(cell.text for cell in row if cell.text)
