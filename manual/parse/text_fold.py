"""Captures with a whole page on one line or in one table cell: split that line again.

Heading, suffix, note, foot and lists are recognised by their form. If no mark follows the title, its end is unknown:
the title is left out, with a finding, since a title of two hundred characters would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from manual.parse.headings import read_heading, starts_with_code
from manual.parse.reading import CHROME, RELATED_HEADING, Reading
from manual.parse.text_frame import banner_formula
from manual.parse.text_line import Line
from manual.publisher import Publisher, expression

LONGEST_TITLE = 160
# Previous Topic Next Topic ZB1.5 … | These are archived … no longer current | ZB1.5 …
_LEADING = expression(
    lambda publisher: (
        rf"(?:[-–—|.\s]|archived\b|(?:previous|next)\s+topic\b|{banner_formula(publisher)}"
        # a breadcrumb ends where a banner begins
        rf"|you\s+are\s+here\s*:.{{0,200}}?(?=[-–—\s]+{banner_formula(publisher)}))+"
    ),
    re.IGNORECASE,
)
_DATE = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]+\.?,?\s+\d{4})"

# QZ4.25 Boats (to 07/10/2019)Note: … behind the suffix of a heading its page begins
_SUFFIX = re.compile(rf"[(\[]\s*(?:[A-Za-z]+\s+)?{_DATE}\s*[)\]]\s*(?=[A-Z])")
_NOTE = re.compile(r"(?<=[.;:)\]])\s*(?=Notes?\s?:)")
# … its boat lies. Effective 21/11/2016
_FOOT = expression(
    lambda publisher: (
        rf"(?:(?<=[.;:)\]])|(?<=\|))\s*(?=(?:Effective|EFFECTIVE|Rescinded|RESCINDED|Revoked|REVOKED)\s*:?\s*{_DATE}[\s.|]*"
        rf"(?:$|{publisher.words.lists_in_line}|{publisher.words.chrome_in_line}))"
    )
)
_AFTER_FOOT = expression(
    lambda publisher: (
        rf"(?:^|(?<=[.;:)\]\s]))(?:Effective|EFFECTIVE)\s*:?\s*{_DATE}[\s.|]*"
        rf"(?={publisher.words.lists_in_line}|{publisher.words.chrome_in_line})"
    )
)
# cease to be effective from 7 October 2019 To gain a berth …: no full stop, and yet another sentence
_AFTER_DAY = re.compile(
    rf"\bcease\w*\s+to\s+be\s+effective\s+(?:as\s+)?from\s+{_DATE}\s+(?=[A-Z][a-z]*\s+[a-z])"
)
_BEFORE_LIST = expression(
    lambda publisher: rf"\s+(?={publisher.words.lists_in_line}(?:\s+{_row_of(publisher)}|\s*$))"
)
_AFTER_LIST = expression(
    lambda publisher: rf"(?:^|(?<=\s)){publisher.words.lists_in_line}\s+(?={_row_of(publisher)})"
)
_ROW = expression(lambda publisher: rf"\s+(?={_row_of(publisher)})")
_BEFORE_TAIL = expression(
    lambda publisher: rf"(?<=\S)\s+(?={publisher.words.chrome_in_line}[\w\s|]{{0,120}}$)"
)
# Boat ownersTo gain a berth
_GLUED = re.compile(r"(?<=[a-z])(?=(?:[A-Z][a-z]+|A)\s+[a-z])")
_SENTENCE = re.compile(r"\.\s+[A-Z(]|[:;,]$|\bmust\b")


def _row_of(publisher: Publisher) -> str:
    """A regular expression for the start of a list row: a code and a capital letter."""
    return rf"{publisher.codes.loose}\s+[A-Z]"


def unfolded(lines: Sequence[Line], reading: Reading) -> list[Line]:
    """The same lines, with those that hold several lines split."""
    found: list[Line] = []
    for line in lines:
        if CHROME(reading.publisher).fullmatch(line.text):
            found.append(line)
            continue
        text = _without_walls(line.text)
        pieces = list(_pieces(text, reading.publisher)) if text else []
        if len(pieces) > 1:
            if not RELATED_HEADING(reading.publisher).fullmatch(pieces[0]):
                reading.structure = "flat"  # items within the line are not told apart
            place = f"line {line.number}"
            reading.find("warning", "one_line", "several lines of the page stand in one: taken apart", place)
        if text == line.text and len(pieces) == 1:
            found.append(line)
        else:
            found += (line.like(piece) for piece in pieces or [line.text])
    return found


def bounded(line: Line, reading: Reading) -> list[Line]:
    """A heading that may have its page's text after it, split into the heading and the rest.

    The end of the title is known only where a capital follows a small letter without a space.
    """
    heading = read_heading(line.text, reading.publisher, lettered=True)
    runs_on = len(line.text) > 60 and not heading.suffixes and _SENTENCE.search(heading.title)
    if len(line.text) <= LONGEST_TITLE and not runs_on:
        return [line]
    place = f"line {line.number}"
    code = heading.code or ""
    glued = _GLUED.search(line.text, len(code) + 1, LONGEST_TITLE)
    if glued:
        reading.find("warning", "one_line", "several lines of the page stand in one: taken apart", place)
        return [line.like(line.text[: glued.start()]), line.like(line.text[glued.start() :])]
    message = "title and text stand on one line and nothing shows where the title ends: it is left out"
    reading.find("error", "title_unbounded", message, place)
    return [line.like(code), line.like(line.text[len(code) :].strip(" -–—:"))]


def _without_walls(text: str) -> str:
    """The line without the `|` of a one-cell table; a row of several cells keeps them."""
    bare = text.strip("| ")
    return text if not bare or "|" in bare else bare


def _pieces(text: str, publisher: Publisher) -> Iterator[str]:
    leading = _LEADING(publisher).match(text)
    if leading is not None and starts_with_code(text[leading.end() :], publisher):
        # lines of frame that stand before a heading in its own line
        topics = re.split(r"\s*\|\s*|(?<=[Tt]opic)\s+", leading[0].strip("| "))
        yield from (topic for topic in topics if topic)
        text = text[leading.end() :]
    cuts = {0, len(text)}
    after_list = _AFTER_LIST(publisher)
    patterns = [_NOTE, _AFTER_DAY, after_list]
    patterns += (made(publisher) for made in (_FOOT, _AFTER_FOOT, _BEFORE_LIST, _BEFORE_TAIL))
    for pattern in patterns:
        cuts.update(match.end() for match in pattern.finditer(text))
    if starts_with_code(text, publisher):
        cuts.update(match.end() for match in _SUFFIX.finditer(text))
    first_row = next((match.end() for match in after_list.finditer(text)), None)
    if first_row is not None:
        cuts.update(match.end() for match in _ROW(publisher).finditer(text, first_row))
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        if piece := text[start:end].strip("| "):
            yield piece
