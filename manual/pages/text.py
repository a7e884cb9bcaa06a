"""The text of a version for the templates: blocks with references resolved on one day.

All words come from the block tree; no markup of a source page is passed through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import bidirectional

from manual.citation import anchor
from manual.model import AnswerWord, Block, Cell, Ref

Resolved = Literal["", "link", "elsewhere", "law", "form", "open", "term"]
"""`link`: in force on the day, `elsewhere`: known but not in force then, `open`: not understood or not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a reference leads on the day of the page, and a remark about it."""

    code: str = ""
    pinpoint: str = ""
    state: Resolved = "open"
    note: str = ""
    """Said beside the reference; empty where it simply leads to the text in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text; a reference if `target` is set."""

    text: str
    target: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One block for rendering. `children` are grouped: successive items form one list."""

    kind: str
    label: str = ""
    pinpoint: str = ""
    anchor: str = ""
    level: int = 2
    """Heading level for headings."""
    pieces: tuple[Piece, ...] = ()
    children: tuple[Node, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    labelled: bool = False
    """The words begin with the label themselves."""

    @property
    def refers(self) -> bool:
        """Whether its words contain links, so that they cannot be a link to the place itself."""
        return any(piece.target is not None and piece.target.code for piece in self.pieces)


_TURNING = frozenset({"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"})
"""Classes of letters written from right to left, and of marks that turn the direction of what follows."""


def turns(text: str) -> bool:
    """Whether something in it runs, or makes other words run, from right to left, so that it must be set apart.

    >>> turns("Visa Waiver (2024)"), turns("\u05d0\u05d1")
    (False, True)
    """
    return not text.isascii() and any(bidirectional(letter) in _TURNING for letter in text)


def turning(drawn: Iterable[Node]) -> bool:
    """Whether `turns` holds for any words of these blocks."""
    return any(
        any(turns(piece.text) for piece in node.pieces) or turns(node.label) or turning(node.children)
        for node in drawn
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    label: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class TextMark:
    """A link that is not a reference: characters `start` (included) to `end` (excluded) of a block's words."""

    start: int
    end: int
    target: Target


Follow = Callable[[str], Target]
Marker = Callable[[Block], Sequence[TextMark]]


def unmarked(block: Block) -> Sequence[TextMark]:
    """No marks."""
    return ()


def nodes(
    blocks: Sequence[Block], follow: Follow, level: int = 2, marker: Marker = unmarked
) -> tuple[Node, ...]:
    """`blocks` prepared for rendering. `follow` is called once for each different target, `marker` once for each
    block."""
    asked: dict[str, Target] = {}

    def once(target: str) -> Target:
        if target not in asked:
            asked[target] = follow(target)
        return asked[target]

    return _grouped(blocks, once, level, marker)


def _grouped(blocks: Iterable[Block], follow: Follow, level: int, marker: Marker) -> tuple[Node, ...]:
    drawn: list[Node] = []
    run: list[Node] = []
    for block in blocks:
        node = _node(block, follow, level, marker)
        if block.kind == "item":
            run.append(node)
            continue
        _close(run, drawn)
        drawn.append(node)
    _close(run, drawn)
    return tuple(drawn)


def _close(run: list[Node], drawn: list[Node]) -> None:
    if run:
        drawn.append(Node(kind="list", children=tuple(run)))
        run.clear()


def _node(block: Block, follow: Follow, level: int, marker: Marker) -> Node:
    below = level + 1 if block.kind == "heading" else level
    return Node(
        kind=block.kind,
        label=block.label,
        pinpoint=block.pinpoint,
        anchor=anchor(block.pinpoint) if block.pinpoint else "",
        level=min(level, 6),
        pieces=pieces(block.text, block.refs, follow, marker(block)),
        children=_grouped(block.children, follow, below, marker),
        rows=block.rows,
        labelled=bool(block.label) and block.text.startswith(block.label),
    )


def pieces(
    text: str, refs: Sequence[Ref], follow: Follow, marks: Sequence[TextMark] = ()
) -> tuple[Piece, ...]:
    """`text` split at its references and marks. Those that overlap an earlier one or lie outside stay plain text."""
    cut: list[Piece] = []
    at = 0
    every: list[Ref | TextMark] = [*refs, *marks]
    for one in sorted(every, key=lambda r: (r.start, -r.end)):
        if one.start < at or one.end > len(text) or one.end <= one.start:
            continue
        if one.start > at:
            cut.append(Piece(text=text[at : one.start]))
        target = one.target if isinstance(one, TextMark) else _target(one, follow)
        cut.append(Piece(text=text[one.start : one.end], target=target))
        at = one.end
    if at < len(text):
        cut.append(Piece(text=text[at:]))
    return tuple(cut)


def _target(ref: Ref, follow: Follow) -> Target:
    if ref.state == "law":
        return follow(ref.target)
    if ref.state == "form":
        return Target(state="form")
    if ref.state == "resolved":
        return follow(ref.target)
    if ref.state == "ambiguous":
        return Target(state="open", note="more than one place could be meant")
    return Target(state="open", note="reference not understood")


_NOTE: dict[AnswerWord, str] = {
    "in_force": "",
    "ended": "not in force on this day",
    "before_record": "not in the record for this day",
    "not_yet": "not yet in force on this day",
    "disputed": "disputed on this day",
    "undated": "no date known",
    "unknown_code": "not known in this copy",
}


def target_of(
    code: str | None, pinpoint: str, answer: AnswerWord, held: bool, pinpoint_exists: bool | None
) -> Target:
    """The target of a followed reference: a link if something is known, and a note if the text will not be found
    there."""
    if code is None or answer == "unknown_code":
        return Target(state="open", note=_NOTE["unknown_code"])
    note = _NOTE[answer]
    if answer == "in_force" and not held:
        note = "text not held for this day"
    elif answer == "in_force" and pinpoint_exists is False:
        note = "no such place in the text of this day"
    state: Resolved = "link" if answer == "in_force" else "elsewhere"
    place = pinpoint if pinpoint_exists and pinpoint != code else ""  # the top of a page needs no fragment
    return Target(code=code, pinpoint=place, state=state, note=note)


def outline(blocks: Sequence[Block]) -> tuple[OutlineEntry, ...]:
    """The sub-headings of a text, for a list at its top; empty if there are fewer than three."""
    found = tuple(
        OutlineEntry(
            label=block.label, title=_without(block.label, block.text), anchor=anchor(block.pinpoint)
        )
        for top in blocks
        for block in top.walk()
        if block.kind == "heading" and block.pinpoint and block.text
    )
    return found if len(found) > 2 else ()


def _without(label: str, text: str) -> str:
    return text.removeprefix(label).strip() or text


def head_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """The number of header rows at the top, which are repeated when a table continues on the next page."""
    head, reach = 0, 0
    for at, row in enumerate(rows):
        if not any(cell.header for cell in row) or any(c.text.strip() and not c.header for c in row):
            break
        reach = max(reach, *(at + max(cell.rowspan, 1) for cell in row))
        head = at + 1
    return head if reach <= head < len(rows) else 0
