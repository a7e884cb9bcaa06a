"""Where the cells of a table stand once row and column spans are applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manual.model import Cell

WIDEST = 1_000
"""Columns of a span, at most; what a page says beyond is taken for an error."""

_FREE = (0, 0)


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with the place of its upper left corner, from 0, and how far it reaches."""

    cell: Cell
    x: int
    y: int
    width: int
    height: int


def laid_out(rows: Sequence[Sequence[Cell]], widest: int = WIDEST) -> list[PlacedCell]:
    """Every cell once, row by row. A span that would cover another cell, or leave the table, is cut short."""
    taken: dict[
        int, tuple[int, int]
    ] = {}  # by column: the first row and the first column after the cell in it
    placed: list[PlacedCell] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while taken.get(x, _FREE)[0] > y:
                x = taken[x][1]
            width = 1
            while width < min(cell.colspan, widest) and taken.get(x + width, _FREE)[0] <= y:
                width += 1
            height = min(max(cell.rowspan, 1), len(rows) - y)
            taken.update(dict.fromkeys(range(x, x + width), (y + height, x + width)))
            placed.append(PlacedCell(cell, x, y, width, height))
            x += width
    return placed
