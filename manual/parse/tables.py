"""Tables as rows of cells with their spans. Lists inside a cell become lines with their labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bs4.element import Comment, PageElement, Tag

from manual.model import Cell
from manual.parse.inline import read_inline
from manual.parse.lists import label, style_of
from manual.parse.soup import HIDDEN, attribute, below, is_struck, tags

MAX_SPAN = 1000
"""html5 allows no wider column span; a larger one is a mistake or an attack."""

_LINES = frozenset(
    {
        "p",
        "div",
        "ul",
        "ol",
        "table",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "dl",
        "dt",
        "dd",
    }
)


def read_table(table: Tag) -> tuple[tuple[tuple[Cell, ...], ...], str]:
    """The rows and the caption's text, both without struck words (see `soup.struck_in`)."""
    caption = " ".join(text for part in tags(table) if part.name == "caption" for text in cell_lines(part))
    return tuple(row for row in _rows(table) if row), caption


def _rows(table: Tag) -> Iterator[tuple[Cell, ...]]:
    """The cells of each row. Content that broken markup left outside any row becomes a row of its own."""
    for part in table.contents:
        if isinstance(part, Tag) and part.name in ("tbody", "thead", "tfoot"):
            yield from _rows(part)
        elif isinstance(part, Tag) and part.name == "tr":
            yield tuple(_cells(part))
        elif not (isinstance(part, Tag) and part.name in ("caption", "colgroup", "col")):
            text = "\n".join(_lines_of([part], 0))
            yield (Cell(text),) if text else ()


def _cells(tr: Tag) -> Iterator[Cell]:
    for cell in tr.contents:
        if isinstance(cell, Tag) and cell.name in ("td", "th"):
            yield Cell(
                text="" if is_struck(cell) or is_struck(tr) else "\n".join(cell_lines(cell)),
                rowspan=_span(cell, "rowspan"),
                colspan=_span(cell, "colspan"),
                header=cell.name == "th",
            )
        elif text := "\n".join(_lines_of([cell], 0)):
            yield Cell(text)


def _span(cell: Tag, name: str) -> int:
    digits = attribute(cell, name).strip()
    if not digits.isdecimal() or len(digits) > 6:
        return 1
    return min(max(1, int(digits)), MAX_SPAN)


def cell_lines(node: Tag, depth: int = 0) -> Iterator[str]:
    """The text below `node`, a line for each paragraph, item and row."""
    yield from _lines_of(node.contents, depth)


def _lines_of(nodes: Iterable[PageElement], depth: int) -> Iterator[str]:
    run: list[PageElement] = []
    for child in nodes:
        if isinstance(child, Tag) and (child.name in _LINES or _holds_lines(child)):
            yield from _flushed(run)
            yield from _block_lines(child, depth)
        elif not isinstance(child, Comment):
            run.append(child)
    yield from _flushed(run)


def _holds_lines(tag: Tag) -> bool:
    return any(inner.name in _LINES for inner in below(tag))


def _flushed(run: list[PageElement]) -> Iterator[str]:
    text = read_inline(run).text
    run.clear()
    if text:
        yield text


def _block_lines(tag: Tag, depth: int) -> Iterator[str]:
    if tag.name in HIDDEN or is_struck(tag):
        return
    if tag.name == "tr":
        cells = (" ".join(cell_lines(cell, depth)) for cell in tags(tag))
        yield " | ".join(text for text in cells if text)
    elif tag.name in ("ul", "ol"):
        yield from _list_lines(tag, depth)
    else:
        yield from cell_lines(tag, depth)


def _list_lines(tag: Tag, depth: int) -> Iterator[str]:
    ordered = tag.name == "ol"
    style = style_of(attribute(tag, "class"), attribute(tag, "type"), ordered=ordered, depth=depth)
    number = 0
    for item in tag.contents:
        if not isinstance(item, Tag):
            yield from _flushed([item])
        elif item.name != "li":
            yield from _block_lines(item, depth + ordered)
        else:
            number += 1
            lines = ([] if is_struck(item) else list(cell_lines(item, depth + ordered))) or [""]
            yield f"{label(style, number)} {lines[0]}".strip()
            yield from lines[1:]
