"""Comparisons as lines for a terminal: the clauses that changed, with the words that went and came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from manual.compare import CellChange, ClauseChange, Redline, RedlinedWord, spaced
from manual.compare.grid import laid_out
from manual.dates import in_words
from manual.model import Block, Cell, Version
from manual.pages.as_text import INDENT, Lines, StyledText, line, plain, specimen_lines
from manual.pages.redlined import (
    COUNTED,
    FOLDED,
    fates,
    kind_words,
    opening_words,
    openings,
    place_of,
    summary,
    was_at,
)
from manual.pages.words import answer_sentence, counted, validity_sentence
from manual.queries.results import Comparison


def comparison_lines(comparison: Comparison, today: date, *, source_of: Callable[[Version], str]) -> Lines:
    """A redline clause by clause, or the reason why there is none; then a summary for the file."""
    yield from specimen_lines((comparison.old_version, comparison.new_version))
    for name, answer, version in (
        ("Old", comparison.old, comparison.old_version),
        ("New", comparison.new, comparison.new_version),
    ):
        on = f" on {in_words(answer.on)}" if answer else ""
        words = (
            answer_sentence(answer, today) if answer else validity_sentence(version, today) if version else ""
        )
        title = f"{version.title}. " if version else ""
        yield line(f"{name}{on}: {title}{words}")
    if comparison.note:
        yield line(comparison.note, "alert")
    redline = comparison.redline
    if redline is None:
        return
    yield line(_count_words(redline), "strong")
    for change, above in zip(redline.changes, openings(redline.changes), strict=True):
        if change.kind not in ("same", "typography"):
            yield from _change_lines(change, above)
    yield line(f"For the file: {' '.join(summary(comparison, source_of))}", "faint")


def _count_words(redline: Redline) -> str:
    found = fates(redline)
    typographic = found.get("typography", 0)
    said = ", ".join(f"{number} {fate}" for fate, number in found.items() if fate not in FOLDED)
    beside = f" ({counted(typographic, *COUNTED['typography'])}, which is no amendment)"
    return (f"Clauses: {said}." if redline.amended else "The words are the same.") + (
        beside if typographic else ""
    )


def _change_lines(change: ClauseChange, above: tuple[Block, ...]) -> Lines:
    for block in above:
        yield line(f"{place_of(block)}  {opening_words(block)}".lstrip(), "faint")
    was = f", was {was_at(change)}" if was_at(change) else ""
    place = place_of(change.new) or place_of(change.old)
    yield (StyledText(f"{plain(place)}  [{kind_words(change)}{plain(was)}]".lstrip(), "faint"),)
    indent = StyledText(" " * INDENT)
    if change.words:
        yield (indent, *_word_runs(change.words))
    for row in _columns(change.rows):
        cells = [(*_word_runs(cell.words if cell else ()), StyledText(" | ")) for cell in row]
        yield (indent, *(run for cell in cells for run in cell))


def _columns(rows: Sequence[Sequence[CellChange]]) -> Iterator[list[CellChange | None]]:
    """The cells of each row by column; None where a cell from above or from the left extends into it."""
    shapes = laid_out([[Cell("", cell.rowspan, cell.colspan) for cell in row] for row in rows])
    cells = iter(cell for row in rows for cell in row)
    columns: list[dict[int, CellChange]] = [{} for _ in rows]
    for shape, cell in zip(shapes, cells, strict=True):
        columns[shape.y][shape.x] = cell
    for y, row in enumerate(columns):
        reached = max((s.x + s.width for s in shapes if s.y <= y < s.y + s.height), default=0)
        yield [row.get(x) for x in range(reached)]


def _word_runs(words: Iterable[RedlinedWord]) -> Iterator[StyledText]:
    """Neighbouring words of one kind as one piece: `[-removed-]`, `{+added+}`."""
    held: list[str] = []
    op = "same"
    for word in spaced(tuple(words)):
        if word.op != op and held:
            yield _marked(op, held)
            held = []
        op = word.op
        held.append(word.text)
    if held:
        yield _marked(op, held)


def _marked(op: str, words: list[str]) -> StyledText:
    text = "".join(words)
    inner = plain(text)
    before, after = " " if text[:1].isspace() and inner else "", " " if text[-1:].isspace() else ""
    if op == "removed":
        return StyledText(f"{before}[-{inner}-]{after}", "removed")
    if op == "added":
        return StyledText(f"{before}{{+{inner}+}}{after}", "added")
    return StyledText(f"{before}{inner}{after}")
