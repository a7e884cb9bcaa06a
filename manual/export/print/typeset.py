"""Instructions as the data that `print/volume.typ` sets: page objects in, plain JSON out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from urllib.parse import quote

from manual.citation import anchor
from manual.compare.grid import laid_out
from manual.export.print.press import FAR, Data
from manual.model import Cell, Code
from manual.pages.instruction import InstructionPage
from manual.pages.text import Node, Piece, head_rows
from manual.pages.version_view import VersionView
from manual.pages.words import DAMAGED, NOT_HELD, SPECIMEN_SAID, TEXTS_DISPUTED, is_invented
from manual.queries.results import ContentsEntry

MOST_COLUMNS = 40
"""Columns of a span, at most."""
DEEPEST = 5
"""Level of the deepest entry. A text's own headings may be one level deeper: PDF has six."""
_ENDLESS = re.compile(r"\S{60,}")
_ENDLESS_IN_CELL = re.compile(r"\S{24,}")
# a "word" that is wider than its line, such as an address, would run off the page


def levels(entries: Iterable[ContentsEntry]) -> tuple[int, ...]:
    """Heading levels: 1 for the first, and never deeper than the one before by more than one."""
    depths = [entry.depth for entry in entries]
    base = min(depths, default=0)
    wanted = (min(depth - base + 1, DEEPEST) for depth in depths)
    return tuple(accumulate(wanted, lambda before, level: min(level, before + 1), initial=0))[1:]


def jump(name: str, place: str, words: str) -> str:
    """The address that stands for a link until all pages are there: to `place`, or else to the entry `name`."""
    return f"{FAR}{place}@{name}#{quote(words[:200])}"


class Setter:
    """Sets the instructions of one document, one after the other. `there`: codes that references may lead to."""

    def __init__(self, there: Iterable[Code]) -> None:
        self._there = frozenset(there)
        self._places: set[str] = set()

    def heading(self, entry: ContentsEntry, level: int) -> Data:
        return {"kind": "heading", "level": level, "title": broken(entry.title) or "–"}

    def instruction(self, page: InstructionPage, level: int) -> Data:
        view = page.shown
        code = str(page.answer.code)
        self._places.add(anchor(code))  # the heading's own
        return {
            "kind": "instruction",
            "level": level,
            "code": code,
            "title": broken(page.heading),
            "short": _shortened(page.heading),
            "label": page.label,
            "sentence": page.sentence + (f" {page.as_last_seen}" if page.as_last_seen else ""),
            "cite": f"Cite as {page.citation}." if view is not None and view.quotable else "",
            "source": _source(view),
            "remarks": self._remarks(page),
            "parts": [
                self._part(one, level, named=view is None) for one in ([view] if view else page.candidates)
            ],
        }

    def _remarks(self, page: InstructionPage) -> list[str]:
        views = [page.shown] if page.shown else page.candidates
        invented = any(is_invented(view.version) for view in views)
        reasons = page.answer.reasons if page.answer.answer == "disputed" else ()
        cited = [f"Cite as {page.citation}."] if page.shown is None else []
        return [SPECIMEN_SAID] * invented + [broken(one) for one in reasons] + cited

    def _part(self, view: VersionView, level: int, *, named: bool) -> Data:
        remarks = [TEXTS_DISPUTED] if view.version.other_texts else []
        if view.version.text_damaged:
            remarks.append(DAMAGED)
        elif view.text is None:
            remarks.append(NOT_HELD)
        elif view.structure == "flat":
            remarks.append(
                "The levels of the lists were lost when this text was saved, so it carries no labels here."
            )
        return {
            "head": broken(f"{view.version.title or view.version.code} ({view.period})") if named else "",
            "source": _source(view) if named else "",
            "href": view.source_href,
            "remarks": remarks,
            "nodes": []
            if view.version.text_damaged
            else self._nodes(view.nodes, level + 1 + named, linked=not named),
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
            said = any(run["t"].strip() for run in found["runs"])
            found["kind"] = "heading" if said else "paragraph"
            found["level"] = min(level, DEEPEST + 1)
            found["below"] = self._nodes(node.children, level + said, linked=linked)
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
        bare = node.kind == "heading" and node.label and not node.labelled
        return [{"t": f"{node.label} "}] * bool(bare) + [self._run(piece) for piece in node.pieces]

    def _run(self, piece: Piece) -> Data:
        run: Data = {"t": broken(piece.text)}
        target = piece.target
        if target is None:
            return run
        if target.state in ("link", "elsewhere") and Code(target.code) in self._there:
            place = anchor(target.pinpoint) if target.pinpoint else ""
            run["far"] = jump(anchor(target.code), place, piece.text)
        if target.note:
            run["note"] = target.note
        return run

    def _place(self, name: str) -> str:
        """`name` if it is the first of its kind here: a label must be unique."""
        if not name or name in self._places:
            return ""
        self._places.add(name)
        return name


def broken(text: str, endless: re.Pattern[str] = _ENDLESS) -> str:
    """`text` with places in its endless words where a line may end."""
    return endless.sub(lambda m: "\u200b".join(m[0][at : at + 20] for at in range(0, len(m[0]), 20)), text)


def _shortened(title: str, most: int = 70) -> str:
    if len(title) <= most:
        return title
    end = title.rfind(" ", most // 2, most)
    return title[: end if end > 0 else most] + " …"


def _source(view: VersionView | None) -> str:
    """The running foot: the page that the text was read from and the day it was saved."""
    if view is None or not view.sources:
        return ""
    source = view.sources[0]
    name = _shortened(source.name)
    if source.captured:
        return f"Source: {name}, captured {source.captured:%d/%m/%Y}{' (keeper’s word)' if source.keeper else ''}"
    return f"Source: {name}, day of capture not stated"


def grid(rows: Sequence[Sequence[Cell]]) -> Data:
    """Cells with their places. A span that would cover another cell, or leave the table, is cut short."""
    placed = laid_out(rows, MOST_COLUMNS)
    cells: list[Data] = [
        {
            "x": one.x,
            "y": one.y,
            "w": one.width,
            "h": one.height,
            "t": broken(one.cell.text, _ENDLESS_IN_CELL),
            "bold": one.cell.header,
        }
        for one in placed
    ]
    columns = max((one.x + one.width for one in placed), default=1)
    return {
        "cells": cells,
        "columns": columns,
        "widths": _widths(cells, columns),
        "head": head_rows(rows),
        "below": [],
    }


def _widths(cells: Sequence[Data], columns: int) -> list[int]:
    """Shares of the line for each column: wider for more words, and at least for the longest word."""
    shares = [3.0] * columns
    for cell in cells:
        if cell["w"] == 1 and cell["t"]:
            longest = max(map(len, cell["t"].replace("\u200b", " ").split()), default=1)
            shares[cell["x"]] = max(shares[cell["x"]], longest + 2, min(len(cell["t"]), 400) ** 0.6 * 2)
    return [round(share) for share in shares]
