"""Tables in text captures: rows with `|` or tabs between cells, or one cell a line between lines of `|`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from manual.model import Cell
from manual.parse.headings import starts_with_code
from manual.parse.reading import CHROME, RELATED_HEADING, Reading, is_foot
from manual.parse.text_line import Line
from manual.publisher import Publisher

_WALL = re.compile(r"[|\s]+")
# | Sloop | 12 m |  or  Sloop | 12 m | 3
_ROW = re.compile(r"\|(?:[^|]*\|){2,}|[^|]+(?:\|[^|]*){2,}")
# Sloop | 12 m
_PAIR = re.compile(r"\|?[^|]+\|[^|]+\|?")
_RULE = re.compile(r"[|\s:=_+-]+")
LONGEST_CELL = 8
"""Lines. What stands between walls further apart is the page itself, in a table that only lays it out."""


def with_tables(lines: Sequence[Line], reading: Reading) -> list[Line]:
    """The lines, with each table turned into one line of kind `table`; lone `|` lines are left out."""
    found: list[Line] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if _is_row(line.text, reading.publisher) or _are_pairs(lines, place, reading.publisher):
            end = _end_of_rows(lines, place, reading.publisher)
            found += _walled_rows(lines[place:end])
        elif (end := _end_of_tabbed(lines, place)) > place + 1:
            found.append(_table(line, tuple(tuple(map(Cell, row.cells)) for row in lines[place:end])))
        elif _WALL.fullmatch(line.text):
            end = _end_of_cells(lines, place, reading.publisher)
            found += _cells(lines[place:end], reading)
        else:
            found.append(line)
            end = place + 1
        place = end
    return found


def _is_row(text: str, publisher: Publisher) -> bool:
    return _ROW.fullmatch(text) is not None and not CHROME(publisher).fullmatch(text)


def _are_pairs(lines: Sequence[Line], place: int, publisher: Publisher) -> bool:
    """Whether at least two lines have two cells each: a single line may be words with a `|` between them."""
    return place + 1 < len(lines) and all(
        _PAIR.fullmatch(line.text) and not CHROME(publisher).fullmatch(line.text)
        for line in lines[place : place + 2]
    )


def _end_of_tabbed(lines: Sequence[Line], place: int) -> int:
    """The position after a run of lines with the same number of cells between tabs."""
    width = len(lines[place].cells)
    end = place
    while width > 1 and end < len(lines) and len(lines[end].cells) == width:
        end += 1
    return end


def _end_of_rows(lines: Sequence[Line], place: int, publisher: Publisher) -> int:
    while place < len(lines) and _is_of_table(lines[place].text, publisher):
        place += 1
    return place


def _is_of_table(text: str, publisher: Publisher) -> bool:
    pair = _PAIR.fullmatch(text) is not None and not CHROME(publisher).fullmatch(text)
    return _is_row(text, publisher) or pair or _RULE.fullmatch(text) is not None


def _walled_rows(lines: Sequence[Line]) -> list[Line]:
    rows = [_row(line.text) for line in lines if not _RULE.fullmatch(line.text)]
    return [_table(lines[0], tuple(rows))]


def _row(text: str) -> tuple[Cell, ...]:
    return tuple(Cell(cell.strip()) for cell in text.strip("|").split("|"))


def _end_of_cells(lines: Sequence[Line], place: int, publisher: Publisher) -> int:
    """The position after the last `|` line of a run in which at most one cell stands between two of them."""
    end = place + 1
    since = 0
    for number in range(place + 1, len(lines)):
        text = lines[number].text
        if _WALL.fullmatch(text):
            end, since = number + 1, 0
            continue
        since += 1
        headed = is_foot(text) or RELATED_HEADING(publisher).fullmatch(text) is not None
        if since > LONGEST_CELL or headed or _is_row(text, publisher):
            break
    return end


def _cells(lines: Sequence[Line], reading: Reading) -> list[Line]:
    """One row for each cell: which cells stood side by side is lost and not guessed."""
    cells: list[list[Line]] = [[]]
    for line in lines:
        if _WALL.fullmatch(line.text):
            cells.append([])
        else:
            cells[-1].append(line)
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or any(
        starts_with_code(line.text, reading.publisher) and len(cell) > 1
        for cell in filled
        for line in cell[:1]
    ):
        return [line for cell in filled for line in cell]
    rows = tuple((Cell(" ".join(line.text for line in cell)),) for cell in filled)
    message = "the cells of a table stand one below the other: which of them made a row is not known"
    reading.find("warning", "grid_lost", message, f"line {lines[0].number}")
    reading.structure = "flat"
    return [_table(lines[0], rows)]


def _table(line: Line, rows: tuple[tuple[Cell, ...], ...]) -> Line:
    made = line.like("")
    made.kind, made.rows = "table", rows
    return made
