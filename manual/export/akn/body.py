"""The blocks of a version as elements of Akoma Ntoso.

    item                       blockList / item, the list's style as its class
    heading                    tblock, which holds what follows up to the next heading beside it
    table                      table
    any other                  p; with children or a label: blockContainer

References to a place in the manual are `ref`; others, whose addresses we do not know, are `inline`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from manual.citation import anchor
from manual.export.akn.names import ABSENT, BELOW, akn, ours, sayable
from manual.model import Block, Cell, Ref

Address = Callable[[str], str]
"""The address of the place that a reference names; empty where it is none of the manual."""


def add_blocks(parent: etree._Element, blocks: Sequence[Block], address: Address) -> None:
    """Add `blocks` to `parent`; a heading becomes a container of the blocks after it."""
    into = parent
    for kind, run in groupby(blocks, key=_run):
        found = list(run)
        if kind == "heading":
            for block in found:
                into = _heading(parent, block, address)
        elif kind == "item":
            _lists(into, found, address)
        else:
            for block in found:
                _other(into, block, address)
    _filled(parent)


def _run(block: Block) -> str:
    return block.kind if block.kind in ("heading", "item") else ""


def _filled(parent: etree._Element) -> None:
    """Add an empty block if a heading has none: the standard requires one."""
    for heading in parent.findall(akn("tblock")):
        if heading[-1].tag in (akn("num"), akn("heading")):
            _element(heading, "p")


def _lists(parent: etree._Element, items: Iterable[Block], address: Address) -> None:
    for style, run in groupby(items, key=lambda item: item.style):
        made = _element(parent, "blockList", **({"class": style} if style else {}))
        for item in run:
            element = _element(made, "item", **_id(item))
            _number(element, item)
            _inline(_element(element, "p"), item, address)
            add_blocks(element, item.children, address)


def _heading(parent: etree._Element, block: Block, address: Address) -> etree._Element:
    made = _element(parent, "tblock", **_id(block), **{"class": "heading"})
    _number(made, block)
    _inline(_element(made, "heading"), block, address)
    if block.children:
        add_blocks(_element(made, "blockContainer", **{"class": BELOW}), block.children, address)
    return made


def _other(parent: etree._Element, block: Block, address: Address) -> None:
    if block.children or block.label:
        made = _element(parent, "blockContainer", **_id(block), **{"class": block.kind})
        _number(made, block)
        _own(made, block, address, {})
        add_blocks(made, block.children, address)
    else:
        _own(parent, block, address, _id(block) | {"class": block.kind})


def _own(parent: etree._Element, block: Block, address: Address, attributes: dict[str, str]) -> None:
    """The words of a block, or its table."""
    if block.kind != "table" or not block.rows:
        _inline(_element(parent, "p", **attributes), block, address)
        return
    table = _element(parent, "table", **attributes)
    if block.text or block.refs:
        _inline(_element(table, "caption"), block, address)
    for row in block.rows:
        line = _element(table, "tr")
        for cell in row:
            _cell(line, cell)
        if not row:
            _element(line, "td", **{"class": ABSENT})


def _cell(row: etree._Element, cell: Cell) -> None:
    spans = {name: str(n) for name, n in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if n != 1}
    made = _element(row, "th" if cell.header else "td", **spans)
    _append(_element(made, "p"), cell.text)


def _number(element: etree._Element, block: Block) -> None:
    if block.label:
        _append(_element(element, "num"), block.label)


def _id(block: Block) -> dict[str, str]:
    return {"eId": anchor(block.pinpoint)} if block.pinpoint else {}


def _element(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, akn(name), attributes)


# ---------------------------------------------------------------- words


def _inline(element: etree._Element, block: Block, address: Address) -> None:
    at = 0
    for ref in _apart(block.text, block.refs):
        _append(element, block.text[at : ref.start])
        _append(_reference(element, ref, address), block.text[ref.start : ref.end])
        at = ref.end
    _append(element, block.text[at:])


def _apart(text: str, refs: Sequence[Ref]) -> Iterator[Ref]:
    """The references at which a text can be split, as on the pages: without overlaps and within the text."""
    at = 0
    for ref in sorted(refs, key=lambda r: (r.start, -r.end)):
        if at <= ref.start < ref.end <= len(text):
            yield ref
            at = ref.end


def _reference(parent: etree._Element, ref: Ref, address: Address) -> etree._Element:
    href = address(ref.target) if ref.state == "resolved" else ""
    attributes = {"href": href} if href else {"name": ref.state}
    made = _element(parent, "ref" if href else "inline", **attributes)
    made.set(ours("target"), sayable(ref.target))
    made.set(ours("state"), ref.state)
    if ref.address is not None:
        made.set(ours("address"), sayable(ref.address))
    if ref.candidates:
        made.set(ours("candidates"), json.dumps([sayable(candidate) for candidate in ref.candidates]))
    return made


def _append(element: etree._Element, text: str) -> None:
    """Append words to `element`, with `eol` between lines."""
    first, *lines = sayable(text).split("\n")
    _say(element, first)
    for line in lines:
        _element(element, "eol")
        _say(element, line)


def _say(element: etree._Element, words: str) -> None:
    if not words:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words
