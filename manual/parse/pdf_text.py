"""The text layer of a PDF, line by line. Struck words are recognised by the lines drawn through them.

Run by itself (`python -m manual.parse.pdf_text`) it reads a PDF on standard input and writes JSON: `pdf` starts it so,
as a process of its own with bounded memory and time, since a PDF can be made to need any amount of either.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

MOST_PAGES = 2_000
MOST_MARKS = 40_000
"""Characters, and drawn lines, of one page."""
MOST_CHARACTERS = 8_000_000
MEMORY = 1024**3
SECONDS = 300
"""Of the processor: a net for what the counts don't catch."""

_THIN = 2.0
"""Points: a rectangle so thin is a drawn line."""
_THROUGH = (0.30, 0.72)
"""Where, from the top of a character, a line through it runs; outside of `_NEAR` it is no line through it."""
_NEAR = (0.22, 0.80)
_UNDER = (0.80, 1.30)
_WIDE_GAP = 2.5
"""Of a character's size: words so far apart stand in columns."""
_NEW_PARAGRAPH = 1.7
_INDENT = 5.0

Mark = Mapping[str, Any]


class Unusable(Exception):
    """The reason why nothing can be read from a PDF."""


def text_of_pdf(data: bytes, most_pages: int, *, marked: bool) -> dict[str, Any]:
    """`pages` (the text of each), `struck` (words left out), `inserted` (how many are underlined) and `unclear` (words
    of which nobody can say whether they are struck). Not `marked`: lines drawn through words mean nothing, and all
    words are text. Raises Unusable."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.disable(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > most_pages:
                raise Unusable(f"a PDF of {len(document.pages):,} pages; expected at most {most_pages:,}")
            return _read(document.pages, marked)
    except Unusable:
        raise
    except Exception as problem:
        name = type(problem).__name__
        locked = isinstance(problem, PDFPasswordIncorrect) or "Password" in f"{name}{problem!r}"
        what = (
            "a PDF that needs a password"
            if locked
            else f"a PDF that is damaged, or needs too much memory ({name})"
        )
        raise Unusable(what) from problem


def _read(pages: Sequence[Any], marked: bool) -> dict[str, Any]:
    texts: list[str] = []
    struck: list[str] = []
    unclear: list[str] = []
    inserted = size = 0
    for page in pages:
        chars = list(_seen(page.chars))
        drawn = list(_horizontal(page)) if marked else []
        if len(chars) > MOST_MARKS or len(drawn) > MOST_MARKS:
            raise Unusable(f"a PDF with more than {MOST_MARKS:,} characters or lines on one page")
        size += len(chars)
        if size > MOST_CHARACTERS:
            raise Unusable(f"a PDF of more than {MOST_CHARACTERS:,} characters")
        kinds = _kinds(chars, drawn) if marked else [""] * len(chars)
        rows = [_words(row) for row in _rows(chars, kinds)]
        words = [word for row in rows for word in row]
        struck += [word["text"] for word in words if word["kind"] == "struck"]
        unclear += [word["text"] for word in words if word["kind"] == "unclear"]
        inserted += sum(word["kind"] == "under" for word in words)
        kept = _lines([word for word in row if word["kind"] != "struck"] for row in rows)
        texts.append("".join(f"{line}\n" for line in kept))
        page.close()
    return {
        "pages": texts,
        "struck": struck,
        "inserted": inserted,
        "unclear": unclear,
    }


def _seen(chars: Iterable[Mark]) -> Iterator[Mark]:
    """The characters other than spaces, each with whether a space was written before it (`spaced`): where letters are
    set close, as in "at A", the gap alone is too small to decide."""
    spaced = False
    for char in chars:
        if char["text"].strip():
            yield {**char, "spaced": spaced}
            spaced = False
        else:
            spaced = True


def _horizontal(page: Any) -> Iterator[tuple[float, float, float, bool]]:
    """Lines drawn across the page: height from the top, left and right end, whether it is a mark of striking out."""
    for mark in page.annots:
        subtype = str((mark.get("data") or {}).get("Subtype", ""))
        if "StrikeOut" in subtype:
            yield (mark["top"] + mark["bottom"]) / 2, mark["x0"], mark["x1"], True
    for shape in (*page.lines, *page.rects, *page.curves):
        if abs(shape["bottom"] - shape["top"]) <= _THIN and shape["x1"] - shape["x0"] > _THIN:
            yield (shape["top"] + shape["bottom"]) / 2, shape["x0"], shape["x1"], False


def _kinds(chars: Sequence[Mark], drawn: Iterable[tuple[float, float, float, bool]]) -> list[str]:
    """For each character `struck`, `under`, `unclear` or nothing."""
    by_height: dict[int, list[tuple[float, float, float, bool]]] = {}
    for line in drawn:
        by_height.setdefault(int(line[0] // 8), []).append(line)
    return [_kind(char, by_height) for char in chars]


def _kind(char: Mark, drawn: Mapping[int, Sequence[tuple[float, float, float, bool]]]) -> str:
    top, bottom, middle = char["top"], char["bottom"], (char["x0"] + char["x1"]) / 2
    height = max(bottom - top, 0.1)
    found = ""
    for band in range(int(top // 8), int((bottom + 0.3 * height) // 8) + 1):
        for where, left, right, is_strike in drawn.get(band, ()):
            if not left <= middle <= right:
                continue
            share = (where - top) / height
            if is_strike or _THROUGH[0] <= share <= _THROUGH[1]:
                return "struck"
            if _NEAR[0] <= share <= _NEAR[1]:
                found = "unclear"
            elif _UNDER[0] <= share <= _UNDER[1]:
                found = found or "under"
    return found or ("unclear" if _is_red(char) else "")


def _is_red(char: Mark) -> bool:
    """Whether a word is red. Red words without a line are struck in some papers and new in others."""
    colour = char.get("non_stroking_color")
    if not isinstance(colour, (tuple, list)) or len(colour) != 3:
        return False
    try:
        red, green, blue = (float(part) for part in colour)
    except (TypeError, ValueError):
        return False
    return red > 0.7 and green < 0.3 and blue < 0.3


def _rows(chars: Sequence[Mark], kinds: Sequence[str]) -> Iterator[list[tuple[Mark, str]]]:
    """Characters of one printed line each, from left to right; raised ones stand in their line."""
    row: list[tuple[Mark, str]] = []
    for char, kind in sorted(
        zip(chars, kinds, strict=True), key=lambda one: (one[0]["bottom"], one[0]["x0"])
    ):
        if row and char["bottom"] - row[0][0]["bottom"] > 0.5 * max(char["bottom"] - char["top"], 1.0):
            yield sorted(row, key=lambda one: one[0]["x0"])
            row = []
        row.append((char, kind))
    if row:
        yield sorted(row, key=lambda one: one[0]["x0"])


def _words(row: Iterable[tuple[Mark, str]]) -> list[dict[str, Any]]:
    """Characters of a line joined to words: of one kind, without a gap."""
    words: list[dict[str, Any]] = []
    for char, kind in row:
        size = max(char["bottom"] - char["top"], 1.0)
        last = words[-1] if words and not char["spaced"] else None
        if last and last["kind"] == kind and char["x0"] - last["x1"] < 0.2 * size:
            last["text"] += char["text"]
            last["x1"] = max(char["x1"], last["x1"])
        else:
            words.append(
                {name: char[name] for name in ("text", "x0", "x1", "top", "bottom", "spaced")}
                | {"kind": kind}
            )
    return words


def _lines(rows: Iterable[Sequence[dict[str, Any]]]) -> list[str]:
    """Printed lines with their indentation, and an empty line before each new paragraph."""
    rows = [row for row in rows if row]
    left = min((row[0]["x0"] for row in rows), default=0.0)
    made: list[str] = []
    before = None
    for row in rows:
        size = max(row[0]["bottom"] - row[0]["top"], 1.0)
        if before is not None and row[0]["bottom"] - before > _NEW_PARAGRAPH * size:
            made.append("")
        before = row[0]["bottom"]
        made.append(" " * int((row[0]["x0"] - left) / _INDENT) + _joined(row, size))
    return made


def _joined(row: Sequence[dict[str, Any]], size: float) -> str:
    text = row[0]["text"]
    for one, other in pairwise(row):
        gap = other["x0"] - one["x1"]
        apart = other["spaced"] or gap > 0.12 * size
        text += ("    " if gap > _WIDE_GAP * size else " " if apart else "") + other["text"]
    return str(text)


def main() -> None:
    """Set the limits, then run `text_of_pdf` with its arguments given as JSON. Errors are written as JSON too, like the
    result."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    except (ImportError, ValueError, OSError):  # not on every system
        pass
    try:
        found = text_of_pdf(sys.stdin.buffer.read(), **json.loads(sys.argv[1]))
    except Unusable as problem:
        found = {"unusable": str(problem)}
    except MemoryError:
        found = {"unusable": "a PDF that needs more memory than is given to one"}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
