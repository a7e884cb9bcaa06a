"""A page copied as text to a `Reading`: numbered lists with indentation, flat `- ` items, or run-together lines.

Where depth survives, labels are computed by it. Where it does not, none is invented and the structure is `flat`.
Where words of glossary links were dropped, it is `damaged`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from manual.model import BlockKind
from manual.parse.draft import Draft, items_by_depth
from manual.parse.headings import read_heading, starts_with_code
from manual.parse.lists import Style, roman
from manual.parse.reading import BREADCRUMB, CHROME, FOOT, RELATED_HEADING, Foot, Reading, is_banner

# "  1. text" | "10) text"
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<text>\S.*)")
# "(a) text" | "(ii) text" | "a. text": labels that the copy kept
_LETTERED = re.compile(r"\((?P<label>[a-z]{1,2}|[ivx]{1,6})\)\s+(?P<text>\S.*)")
# "• text" | "* text" | "· text"
_BULLET = re.compile(r"[•·▪●◦*]\s*(?P<text>\S.*)")
# "- text" | "– text"
_DASH = re.compile(r"[-–—]\s+(?P<text>\S.*)")
_NOTE = re.compile(r"notes?\s*\d*\s*(?::|–|-|$)", re.IGNORECASE)
_REFERENCE = re.compile(r"see\s+also\s+(?:the\s+)?(?:[A-Z][\w]*\s+)+(?:Act|Regulations)\b", re.IGNORECASE)
_HEADING_STOPS = (".", ";", ":", ",", "?", "!")
MAX_HEADING = 90

# Words that begin a clause; one of them glued to the "and" of the item before shows that a line end was lost.
_OPENERS = "the|an?|they|it|is|are|has|have|holds?|meets?|in|if|any|not|must|who|where|be"
# yes: ; andthe boat | must:float | visa;and | applied.The
# no: ; and the boat | ; order | www.immigration.govt.nz
RUN_TOGETHER = re.compile(
    rf"; ?(?:and|or)(?=(?:{_OPENERS})[ a-z])(?<!or(?=der|gan|igin|al))"
    r"|(?<=[a-z])[;:](?=[A-Za-z]{2})|(?<=[a-z]{3})\.(?=[A-Z][a-z]{2})"
)
_AFTER_THE = "was|were|is|are|of|who|whose|must|may|has|have|had|and|or|which|will"
# yes: If a was willing | as a of a captain | the who rows
# no: (a) is met | a boat | the mate
LOST_WORDS = re.compile(
    rf"(?<![(\w.])an? (?:{_AFTER_THE}|for|that|under|to|with|from|can|does|did)\b|(?<![(\w])the (?:{_AFTER_THE})\b"
)


@dataclass(slots=True)
class _Line:
    number: int
    indent: int
    text: str
    kind: BlockKind = "paragraph"
    style: Style = ""
    item: int | None = None


def read_text(text: str) -> Reading:
    """Everything that the lines show, in order."""
    reading = Reading()
    lines = [_line(n, raw) for n, raw in enumerate(text.split("\n"), 1) if raw.strip()]
    body = _body(_frameless(lines, reading), reading)
    _mark_items(body, reading)
    reading.drafts = _tree(body)
    items_by_depth(reading.drafts)
    _judge(body, reading)
    return reading


def _line(number: int, raw: str) -> _Line:
    expanded = raw.replace("\u00a0", " ").expandtabs(4)
    return _Line(number, len(expanded) - len(expanded.lstrip()), " ".join(expanded.split()))


def _frameless(lines: Sequence[_Line], reading: Reading) -> list[_Line]:
    """Without the lines of the viewer; banners are noted."""
    kept = []
    for line in lines:
        if CHROME.fullmatch(line.text):
            continue
        if BREADCRUMB.match(line.text) or is_banner(line.text):
            reading.banners.append(line.text)
        else:
            kept.append(line)
    return kept


def _body(lines: Sequence[_Line], reading: Reading) -> list[_Line]:
    """The lines of the text; heading, feet and lists of other pages go to the reading."""
    body: list[_Line] = []
    rows_open = False
    for line in lines:
        coded = starts_with_code(line.text, lettered=not reading.heading)
        if not reading.heading and coded:
            reading.heading = line.text
        elif FOOT.fullmatch(line.text):
            reading.foots.append(Foot(line.text, len(body)))
        elif RELATED_HEADING.fullmatch(line.text):
            reading.open_list(line.text)
            rows_open = True
        elif _is_row(line, reading, rows_open=rows_open):
            rows_open = True
            reading.add_row(line.text, None)
        else:
            if rows_open:
                place = f"line {line.number}"
                reading.find("info", "row_without_code", f"no code in {line.text[:80]!r}", place)
            rows_open = False
            body.append(line)
    for foot in reading.foots:
        foot.after = 0 if foot.after < len(body) else 1_000_000
    return body


def _is_row(line: _Line, reading: Reading, *, rows_open: bool) -> bool:
    """Below a list's heading every line with a code; elsewhere only one with the page's own code and a date."""
    if line.indent and not rows_open:
        return False
    heading = read_heading(line.text)
    if heading.code is None:
        return False
    if rows_open:
        return True
    own = read_heading(reading.heading, lettered=True).code
    dated = bool(heading.suffixes)
    if dated and (heading.code == own or reading.foots):
        reading.open_list("")
        return True
    return False


def _mark_items(body: Sequence[_Line], reading: Reading) -> None:
    """Tells items from paragraphs, and whether their levels can be known."""
    for line in body:
        _mark(line)
    numbered = [line for line in body if line.item is not None and not line.style]
    restarts = any((other.item or 0) <= (one.item or 0) for one, other in pairwise(numbered))
    level = {line.indent for line in numbered}
    if restarts and len(level) == 1 and not _restarts_are_explained(body):
        reading.structure = "flat"
        reading.find("warning", "levels_lost", "numbers start anew without indentation: no label is given")
        for line in numbered:
            line.item, line.style = None, ""


def _restarts_are_explained(body: Sequence[_Line]) -> bool:
    """Every list that starts anew stands below a line of its own: a paragraph or a heading."""
    previous: _Line | None = None
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


def _mark(line: _Line) -> None:
    if match := _NUMBERED.fullmatch(line.text):
        line.kind, line.item, line.text = "item", int(match["number"]), match["text"]
    elif match := _LETTERED.fullmatch(line.text):
        line.kind, line.text = "item", match["text"]
        line.item, line.style = _kept_label(match["label"])
    elif match := _BULLET.fullmatch(line.text):
        line.kind, line.style, line.text = "item", "bullet", match["text"]
    elif match := _DASH.fullmatch(line.text):
        line.kind, line.text = "item", match["text"]
    elif _NOTE.match(line.text):
        line.kind = "note"
    elif _REFERENCE.match(line.text) and len(line.text) < 200:
        line.kind = "reference"


_ROMAN_LABELS = {roman(n): n for n in range(1, 31)}


def _kept_label(label: str) -> tuple[int, Style]:
    if len(label) == 1 and label not in "ivx":
        return ord(label) - 96, "letter"
    if label in _ROMAN_LABELS:
        return _ROMAN_LABELS[label], "roman"
    if len(label) == 2 and label[0] == "a":
        return 26 + ord(label[1]) - 96, "letter"
    return ord(label[0]) - 96, "letter"


# ---------------------------------------------------------------- the tree


@dataclass(slots=True)
class _Open:
    """An item or note that may still take children; `indent` is where its marker stands."""

    indent: int
    draft: Draft

    def ends_before(self, line: _Line) -> bool:
        """A note takes the items below it, even at its own indentation; nothing else does."""
        if self.draft.kind == "note" and line.kind == "item":
            return self.indent > line.indent
        return self.indent >= line.indent


def _tree(body: Sequence[_Line]) -> list[Draft]:
    """Items below the item with the next smaller indentation; other lines where they stand."""
    top: list[Draft] = []
    open_items: list[_Open] = []
    for place, line in enumerate(body):
        following = body[place + 1] if place + 1 < len(body) else None
        if line.kind == "item":
            _add_item(line, top, open_items)
            continue
        if line.kind == "paragraph" and _is_heading(line, following):
            open_items.clear()
            top.append(_heading(line))
            continue
        while open_items and open_items[-1].ends_before(line):
            open_items.pop()
        draft = Draft(kind=line.kind, text=line.text)
        (open_items[-1].draft.children if open_items else top).append(draft)
        if line.kind == "note" and line.text.rstrip().endswith(":"):
            open_items.append(_Open(line.indent, draft))
    return top


def _add_item(line: _Line, top: list[Draft], open_items: list[_Open]) -> None:
    while open_items and open_items[-1].ends_before(line):
        open_items.pop()
    parent = open_items[-1].draft if open_items else None
    style: Style = "dash" if parent is not None and parent.kind == "note" and not line.style else line.style
    draft = Draft(kind="item", text=line.text, style=style, number=line.item)
    if parent is None:
        top.append(draft)
    else:
        parent.children.append(draft)
    open_items.append(_Open(line.indent, draft))


def _is_heading(line: _Line, following: _Line | None) -> bool:
    """A short line without the stop of a sentence over more text; an indented one only between items."""
    if following is None or len(line.text) > MAX_HEADING or line.text.endswith(_HEADING_STOPS):
        return False
    three = read_heading(line.text)
    if three.code and three.title[:1].isupper():
        return True
    if not line.text[:1].isupper():
        return False
    if line.indent:
        return following.kind == "item" and following.indent < line.indent
    return following.kind == "item" or (following.kind == "paragraph" and len(following.text) > MAX_HEADING)


def _heading(line: _Line) -> Draft:
    heading = read_heading(line.text)
    if heading.code is None:
        return Draft(kind="heading", text=line.text)
    words = " ".join(part for part in (heading.title, heading.suffix) if part)
    return Draft(kind="heading", text=words, code=heading.code)


# ---------------------------------------------------------------- what was lost


def _judge(body: Sequence[_Line], reading: Reading) -> None:
    """Marks text whose levels or words were lost."""
    drafts = [draft for top in reading.drafts for draft in top.walk()]
    if reading.structure == "full" and any(d.kind == "item" and not d.style for d in drafts):
        reading.structure = "flat"
        reading.find("info", "levels_lost", "the items of lists carry no numbers: no label is given")
    if any(RUN_TOGETHER.search(line.text) for line in body):
        reading.structure = "flat"
        reading.find(
            "warning", "run_together", "items of lists were run together: their bounds are not known"
        )
    lost = sum(len(LOST_WORDS.findall(line.text)) for line in body)
    if lost >= 2:
        reading.structure = "damaged"
        message = f"in {lost} places words are missing after an article: links of the source were dropped"
        reading.find("error", "text_damaged", message)
