"""The rows and cells of two tables, compared on one grid, so that each value stays under its own heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from manual.compare.grid import PlacedCell, laid_out
from manual.compare.pairing import ALIKE, LEAST, interleaved, mirror_safe
from manual.compare.redline import CellChange, RedlinedWord, present
from manual.compare.runs import Pair
from manual.compare.words import TokenAlphabet, redlined
from manual.model import Cell

Rows = Sequence[Sequence[Cell]]
Redlined = tuple[tuple[CellChange, ...], ...]
GridLine = tuple[int | None, int | None]
"""A row of the shared grid: the old row and the new one that stand in it, or one of them."""


LARGEST_GRID = 200_000
"""Places of a table whose spans are kept; in a larger one every cell takes one place."""


def redlined_table(old: Rows, new: Rows, lexicon: TokenAlphabet) -> Redlined:
    """The rows of two tables, aligned by their words, each with its cells compared.

    Two cells are compared if their rows and their columns are paired. Where the spans of paired rows do not fit on one
    grid, the old rows are shown above the new ones.
    """
    old, new = [row for row in old if row], [row for row in new if row]
    if not old and not new:
        return ()
    before, after = _laid_out(old), _laid_out(new)
    columns = _columns(before, after, lexicon)
    pairs = mirror_safe([lexicon.row_key(row) for row in old], [lexicon.row_key(row) for row in new], LEAST)
    lines = list(interleaved(pairs, len(old), len(new)))
    grid = _merged(before, after, lines, columns)
    colliding = _colliding(grid)
    if colliding:
        lines = _parted(lines, before, after, colliding)
        grid = _merged(before, after, lines, columns)
    return tuple(tuple(row) for row in _rows(grid, lexicon))


def _laid_out(rows: Rows) -> list[PlacedCell]:
    placed = laid_out(rows)
    if _width(placed) * len(rows) <= LARGEST_GRID:
        return placed
    return laid_out([[cell._replace(rowspan=1, colspan=1) for cell in row] for row in rows])


def _width(placed: Sequence[PlacedCell]) -> int:
    return max((one.x + one.width for one in placed), default=0)


# ---------------------------------------------------------------- columns


def _columns(
    before: list[PlacedCell], after: list[PlacedCell], lexicon: TokenAlphabet
) -> tuple[list[int], list[int]]:
    """The column of the shared grid for every old column and for every new one.

    Columns are paired by their words, and between two pairs by their place where there are as many on both sides.
    """
    keys, other = _column_keys(before, lexicon), _column_keys(after, lexicon)
    pairs: list[Pair] = []
    for (i, j), (next_i, next_j) in pairwise(
        [(-1, -1), *mirror_safe(keys, other, ALIKE), (len(keys), len(other))]
    ):
        if i >= 0:
            pairs.append((i, j))
        if next_i - i == next_j - j:
            pairs += [(i + n, j + n) for n in range(1, next_i - i)]
    where: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for place, line in enumerate(interleaved(pairs, len(keys), len(other))):
        for side, at in zip(where, line, strict=True):
            if at is not None:
                side[at] = place
    return [where[0][n] for n in range(len(keys))], [where[1][n] for n in range(len(other))]


def _column_keys(placed: list[PlacedCell], lexicon: TokenAlphabet) -> list[str]:
    columns: list[list[str]] = [[] for _ in range(_width(placed))]
    for one in placed:
        if one.width == 1:
            columns[one.x].append(lexicon.key(one.cell.text))
    return ["\x01".join(column) for column in columns]


# ---------------------------------------------------------------- one grid


@dataclass(slots=True)
class _Area:
    """A cell of the shared grid: an old one, a new one or both, from `x` up to and without `end`."""

    x: int
    end: int
    y: int
    bottom: int
    old: Cell | None = None
    new: Cell | None = None


Grid = list[list[_Area]]
"""The areas that begin in each row of the shared grid, by column."""


def _merged(
    before: list[PlacedCell],
    after: list[PlacedCell],
    lines: Sequence[GridLine],
    columns: tuple[list[int], list[int]],
) -> Grid:
    grid: list[list[_Area]] = [[] for _ in lines]
    for side, placed in enumerate((before, after)):
        rows = {line[side]: y for y, line in enumerate(lines) if line[side] is not None}
        for one in placed:
            area = _Area(
                x=columns[side][one.x],
                end=columns[side][one.x + one.width - 1] + 1,
                y=rows[one.y],
                bottom=rows[one.y + one.height - 1] + 1,
            )
            there = next((old for old in grid[area.y] if old.old and old.x == area.x), None) if side else None
            if there is not None:
                area.bottom = max(area.bottom, there.bottom)
                area.old = there.old
                grid[area.y].remove(there)
            if side:
                area.new = one.cell
            else:
                area.old = one.cell
            grid[area.y].append(area)
    return [sorted(row, key=lambda area: area.x) for row in grid]


def _covered(grid: Grid) -> list[list[tuple[int, int]]]:
    """For each row, the ranges of columns that are covered (first column, first column after it)."""
    covered: list[list[tuple[int, int]]] = [[] for _ in grid]
    for row in grid:
        for area in row:
            for y in range(area.y, area.bottom):
                covered[y].append((area.x, area.end))
    return [sorted(row) for row in covered]


def _colliding(grid: Grid) -> set[int]:
    """The rows in which two cells cover one place."""
    return {
        y
        for y, row in enumerate(_covered(grid))
        if any(end > start for (_, end), (start, _) in pairwise(row))
    }


def _parted(
    lines: list[GridLine], before: list[PlacedCell], after: list[PlacedCell], colliding: set[int]
) -> list[GridLine]:
    """The lines, with old rows above new ones in every band of rows (joined by spans) in which cells collide."""
    ends = _last_lines(lines, 0, before), _last_lines(lines, 1, after)
    parted: list[GridLine] = []
    start, until = 0, -1
    for y, line in enumerate(lines):
        until = max(until, *(ends[side][row] for side, row in enumerate(line) if row is not None))
        if y >= until:
            band = lines[start : y + 1]
            parted += _apart(band) if colliding & set(range(start, y + 1)) else band
            start = y + 1
    return parted


def _last_lines(lines: list[GridLine], side: int, placed: list[PlacedCell]) -> dict[int, int]:
    """For each row of one side the last line that its cells reach into."""
    where = {row: y for y, line in enumerate(lines) if (row := line[side]) is not None}
    reach: dict[int, int] = {}
    for one in placed:
        reach[one.y] = max(reach.get(one.y, 0), where[one.y + one.height - 1])
    return reach


def _apart(band: list[GridLine]) -> list[GridLine]:
    olds: list[GridLine] = [(i, None) for i, _ in band if i is not None]
    news: list[GridLine] = [(None, j) for _, j in band if j is not None]
    return olds + news


# ---------------------------------------------------------------- cells


def _rows(grid: Grid, lexicon: TokenAlphabet) -> Iterator[list[CellChange]]:
    """The cells of each row. A place that no cell covers stays empty, so that later cells keep their column."""
    for row, covered in zip(grid, _covered(grid), strict=True):
        cells: list[CellChange] = []
        reached = 0
        waiting = {area.x: area for area in row}
        for start, end in covered:
            area = waiting.pop(start, None)
            if start > reached and (area or waiting):
                cells.append(CellChange(colspan=start - reached))
            if area:
                cells.append(_cell(area, lexicon))
            reached = max(reached, end)
        yield cells


def _cell(area: _Area, lexicon: TokenAlphabet) -> CellChange:
    cell = area.new or area.old
    return CellChange(
        words=_words(area.old.text if area.old else None, area.new.text if area.new else None, lexicon),
        rowspan=area.bottom - area.y,
        colspan=area.end - area.x,
        header=cell is not None and cell.header,
    )


def _words(old: str | None, new: str | None, lexicon: TokenAlphabet) -> tuple[RedlinedWord, ...]:
    """The words of a cell, at least one, so that an empty cell still shows on which sides it exists."""
    if old is None:
        return (RedlinedWord("added", new or ""),)
    if new is None:
        return (RedlinedWord("removed", old),)
    words = redlined(old, new, lexicon)
    if not words:
        return (RedlinedWord("same", ""),)
    if not present(words, "removed"):
        return (RedlinedWord("removed", old), *words)
    return words if present(words, "added") else (*words, RedlinedWord("added", new))
