"""Lines of a text capture, and the marks of items at their beginning: `1.`, `(a)`, `a.`, `•`, `-`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from manual.model import BlockKind, Cell, ListStyle
from manual.parse.lists import letters, roman
from manual.parse.reading import Reading

# "  1. text" | "10) text"
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<text>\S.*)")
# "(a) text" | "(ii) text" | "a. text" | "iv. text" | "a) text": labels that the copy kept
_LETTERED = re.compile(
    r"(?:\((?P<label>[a-z]{1,2}|[ivx]{1,6})\)|(?P<bare>[a-z]|[ivx]{1,5})[.)])\s+(?P<text>\S.*)"
)
# "• text" | "* text" | "· text"
_BULLET = re.compile(r"[•·▪●◦*]\s*(?P<text>\S.*)")
# "- text" | "– text"
_DASH = re.compile(r"[-–—]\s+(?P<text>\S.*)")
NOTE = re.compile(r"notes?\s*\d*\s*(?::|–|-|$)", re.IGNORECASE)
_REFERENCE = re.compile(r"see\s+also\s+(?:the\s+)?(?:[A-Z][\w]*\s+)+(?:Act|Regulations)\b", re.IGNORECASE)
STOPS = (".", ";", ":", ",", "?", "!")


@dataclass(slots=True)
class Line:
    """One line that is not empty. `raw` keeps inner spaces, which show where words were lost."""

    number: int
    indent: int
    text: str
    raw: str = ""
    apart: bool = False
    """An empty line stands before it."""
    kind: BlockKind = "paragraph"
    style: ListStyle = ""
    item: int | None = None
    rows: tuple[tuple[Cell, ...], ...] = ()
    cells: tuple[str, ...] = ()
    """The pieces between tabs, as a row of a table copied from a browser has them."""

    def like(self, text: str) -> Line:
        """A line in the same place with other words."""
        return Line(self.number, self.indent, text, text, self.apart)


def lines_of(text: str) -> list[Line]:
    """Every line that is not empty."""
    lines: list[Line] = []
    apart = True
    for number, source in enumerate(text.split("\n"), 1):
        expanded = source.replace("\u00a0", " ").expandtabs(4)
        words = " ".join(expanded.split())
        if words:
            indent = len(expanded) - len(expanded.lstrip())
            lines.append(Line(number, indent, words, expanded.strip(), apart, cells=_cells(source)))
        apart = not words
    return lines


_LABEL_ALONE = re.compile(r"\(?\w{1,4}[.)]|[•·▪●◦*–-]")


def _cells(source: str) -> tuple[str, ...]:
    if "\t" not in source.strip():
        return ()
    cells = tuple(" ".join(piece.split()) for piece in source.strip().split("\t") if piece.strip())
    return () if _LABEL_ALONE.fullmatch(cells[0]) else cells


# ---------------------------------------------------------------- items


def mark_items(body: Sequence[Line], reading: Reading) -> None:
    """Distinguish items from paragraphs, and decide whether their levels can be known."""
    for line in body:
        if line.kind == "paragraph":
            _mark(line)
    _settle_letters(body)
    numbered = [line for line in body if line.item is not None and not line.style]
    restarts = any((other.item or 0) <= (one.item or 0) for one, other in pairwise(numbered))
    level = {line.indent for line in numbered}
    if restarts and len(level) == 1 and not _restarts_are_explained(body):
        reading.structure = "flat"
        reading.find("warning", "levels_lost", "numbers start anew without indentation: no label is given")
        for line in numbered:
            line.item, line.style = None, ""


def _restarts_are_explained(body: Sequence[Line]) -> bool:
    """Whether every list that restarts follows a paragraph or a heading."""
    previous: Line | None = None
    for line in body:
        counted = line.item is not None
        if (
            counted
            and previous is not None
            and previous.item is not None
            and (line.item or 0) <= previous.item
        ):
            return False
        previous = line
    return True


def is_item(text: str) -> bool:
    return any(mark.fullmatch(text) for mark in (_NUMBERED, _LETTERED, _BULLET, _DASH))


def _mark(line: Line) -> None:
    if match := _NUMBERED.fullmatch(line.text):
        line.kind, line.item, line.text = "item", int(match["number"]), match["text"]
    elif match := _LETTERED.fullmatch(line.text):
        line.kind, line.text = "item", match["text"]
        line.item, line.style = _kept_label(match["label"] or match["bare"])
    elif match := _BULLET.fullmatch(line.text):
        line.kind, line.style, line.text = "item", "bullet", match["text"]
    elif match := _DASH.fullmatch(line.text):
        line.kind, line.text = "item", match["text"]
    elif NOTE.match(line.text):
        line.kind = "note"
    elif _REFERENCE.match(line.text) and len(line.text) < 200:
        line.kind = "reference"


_ROMAN_LABELS = {roman(n): n for n in range(1, 31)}
_LETTER_LABELS = {letters(n): n for n in range(1, 60)}


def _kept_label(label: str) -> tuple[int, ListStyle]:
    if label in _ROMAN_LABELS:
        return _ROMAN_LABELS[label], "roman"
    return _LETTER_LABELS[label], "letter"


def _goes_on(body: Sequence[Line], place: int) -> bool:
    """Whether the next item on this level is the next Roman number."""
    line = body[place]
    beside = (other for other in body[place + 1 :] if other.kind == "item" and other.indent == line.indent)
    following = next(beside, None)
    return following is not None and following.style == "roman" and following.item == (line.item or 0) + 1


def _settle_letters(body: Sequence[Line]) -> None:
    """(i) below (h) at one indentation is a letter, unless (ii) follows; and so are (v) below (u) and (x) below (w)."""
    last: dict[int, int] = {}
    for place, line in enumerate(body):
        if line.kind != "item" or line.style not in ("letter", "roman"):
            continue
        for deeper in [indent for indent in last if indent > line.indent]:
            del last[deeper]
        if line.style == "roman":
            as_letter = _LETTER_LABELS.get(roman(line.item or 1))
            if as_letter is None or as_letter != last.get(line.indent, -1) + 1 or _goes_on(body, place):
                continue
            line.item, line.style = as_letter, "letter"
        last[line.indent] = line.item or 0
