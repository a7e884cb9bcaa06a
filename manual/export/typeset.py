"""Instructions as the data that `print/volume.typ` sets: page objects in, plain JSON out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manual.citation import anchor
from manual.export.collect import Volume
from manual.model import Cell, Code
from manual.pages.instruction import InstructionPage
from manual.pages.text import Node, Piece
from manual.pages.version_view import VersionView
from manual.pages.words import NOT_HELD
from manual.queries import ContentsEntry

FAR = "https://edition.invalid/"
"""Links to instructions in other files begin so until those are joined and the links are made into jumps."""
DEEPEST = 5

Data = dict[str, Any]


class Setter:
    """Sets one run of instructions. `here`: codes in the same run; `there`: all codes of the volume."""

    def __init__(self, volume: Volume, here: frozenset[Code]) -> None:
        self._volume, self._here = volume, here
        self._there = frozenset(volume.codes)
        self._places: set[str] = set()

    def heading(self, entry: ContentsEntry) -> Data:
        return {"kind": "heading", "level": level_of(entry), "title": entry.title}

    def instruction(self, entry: ContentsEntry, page: InstructionPage) -> Data:
        view = page.shown
        level = level_of(entry)
        quotable = view is not None and view.quotable
        return {
            "kind": "instruction",
            "level": level,
            "code": str(page.answer.code),
            "title": page.heading,
            "short": _shortened(page.heading),
            "at": self._place(anchor(page.answer.code)),
            "label": page.label,
            "sentence": page.sentence + (f" {page.as_last_seen}" if page.as_last_seen else ""),
            "cite": f"Cite as {page.citation}" if quotable else "",
            "source": _source(view),
            "remarks": list(page.answer.reasons) if page.answer.answer == "disputed" else [],
            "parts": [
                self._part(one, level, named=view is None) for one in ([view] if view else page.candidates)
            ],
        }

    def _part(self, view: VersionView, level: int, *, named: bool) -> Data:
        remarks = []
        if view.text is None:
            remarks.append(f"{NOT_HELD} {view.source_href}".strip())
        elif view.structure == "damaged":
            remarks.append(
                "Words were lost from this text when it was saved. Do not quote it; read the source page."
            )
        elif view.structure == "flat":
            remarks.append(
                "The levels of the lists were lost when this text was saved, so it carries no labels here."
            )
        head = f"{view.version.title} ({view.period})" if named else ""
        return {
            "head": head,
            "remarks": remarks,
            "nodes": self._nodes(view.nodes, level + 1 + named, linked=not named),
        }

    # ------------------------------------------------------------ the text

    def _nodes(self, nodes: Sequence[Node], level: int, *, linked: bool) -> list[Data]:
        return [self._node(node, level, linked=linked) for node in nodes]

    def _node(self, node: Node, level: int, *, linked: bool) -> Data:
        if node.kind == "list":
            return {
                "kind": "list",
                "items": [self._item(item, level, linked=linked) for item in node.children],
            }
        at = self._place(node.anchor) if linked else ""
        found: Data = {"kind": node.kind, "at": at, "runs": self._runs(node)}
        if node.kind == "heading":
            found["level"] = min(level, DEEPEST + 1)
            found["below"] = self._nodes(node.children, level + 1, linked=linked)
        elif node.kind == "table":
            found |= grid(node.rows)
        else:
            found["below"] = self._nodes(node.children, level, linked=linked)
        return found

    def _item(self, item: Node, level: int, *, linked: bool) -> Data:
        return {
            "label": item.label or "–",
            "at": self._place(item.anchor) if linked else "",
            "runs": [self._run(piece) for piece in item.pieces],
            "below": self._nodes(item.children, level, linked=linked),
        }

    def _runs(self, node: Node) -> list[Data]:
        label = (
            [{"t": f"{node.label} "}] if node.kind == "heading" and node.label and not _labelled(node) else []
        )
        return label + [self._run(piece) for piece in node.pieces]

    def _run(self, piece: Piece) -> Data:
        run: Data = {"t": piece.text}
        target = piece.target
        if target is None:
            return run
        code = Code(target.code)
        if target.state in ("link", "elsewhere") and code in self._there:
            # A place in another run of pages is reached by its instruction's heading.
            run |= {
                "far": FAR + anchor(target.code) + (f"#{anchor(target.pinpoint)}" if target.pinpoint else "")
            }
        if target.note:
            run["note"] = target.note
        return run

    def _place(self, name: str) -> str:
        """`name` if it is the first of its kind here: a label must be unique."""
        if not name or name in self._places:
            return ""
        self._places.add(name)
        return name

    def settle(self, found: Any) -> None:
        """Turn links to places in this run into jumps, now that all places are known."""
        if isinstance(found, dict):
            far = found.get("far", "")
            if isinstance(far, str) and far.startswith(FAR):
                code, _, place = far.removeprefix(FAR).partition("#")
                near = place if place in self._places else code
                if near in self._places:
                    del found["far"]
                    found["to"] = near
                else:
                    found["far"] = FAR + code
            for value in found.values():
                self.settle(value)
        elif isinstance(found, list):
            for value in found:
                self.settle(value)


def _labelled(node: Node) -> bool:
    return "".join(piece.text for piece in node.pieces).startswith(node.label)


def level_of(entry: ContentsEntry) -> int:
    return min(entry.depth + 1, DEEPEST)


def _shortened(title: str, most: int = 70) -> str:
    return title if len(title) <= most else title[: title.rfind(" ", 0, most)] + " …"


def _source(view: VersionView | None) -> str:
    """The running foot: the page that the text was read from and the day it was saved."""
    if view is None or not view.sources:
        return ""
    source = view.sources[0]
    if source.captured:
        return f"Source: {source.name}, captured {source.captured:%d/%m/%Y}"
    return f"Source: {source.name}, day of capture not stated"


def grid(rows: Sequence[Sequence[Cell]]) -> Data:
    """Cells with their places. A span that would cover another cell, or leave the table, is cut short."""
    taken: dict[tuple[int, int], bool] = {}
    cells: list[Data] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while taken.get((x, y)):
                x += 1
            width = 1
            while width < min(cell.colspan, 40) and not taken.get((x + width, y)):
                width += 1
            height = min(max(cell.rowspan, 1), len(rows) - y)
            for dx in range(width):
                for dy in range(height):
                    taken[x + dx, y + dy] = True
            cells.append({"x": x, "y": y, "w": width, "h": height, "t": cell.text, "bold": cell.header})
            x += width
    columns = max((x for x, _ in taken), default=0) + 1
    head = 1 if rows and rows[0] and all(cell.header and cell.rowspan == 1 for cell in rows[0]) else 0
    return {"cells": cells, "columns": columns, "head": head if len(rows) > head else 0, "below": []}
