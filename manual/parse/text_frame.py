"""The frame of a text capture: lines of the viewer and of the archive above the heading and below the foot.

A line counts as frame only in those places and only as a whole, since a clause may also end in "no longer current" and
a sentence may begin with "You are here:". Between heading and foot everything is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from manual.parse.headings import read_heading
from manual.parse.reading import (
    BREADCRUMB,
    CHROME,
    RELATED_HEADING,
    frame_words,
    is_banner,
    is_foot,
)
from manual.publisher import INZ, Publisher, expression

HEADING_WITHIN = 12
"""A text capture shows its heading within so many lines that are no frame."""
_LONGEST_BREADCRUMB = 200
LONGEST = 400
"""Characters of a line of frame."""
_LONGEST_BANNER = 4
"""Lines over which a banner may be broken."""


def banner_formula(publisher: Publisher) -> str:
    """A regular expression for the sentences of a banner: the page is old, or its whole edition ends."""
    return rf"(?:{publisher.words.archived}|{publisher.words.edition_formula})"


# These are archived immigration instructions that are no longer current | - This is not current policy -
# The policy in this manual ceases to be effective from 29 November 2010.
_BANNER = expression(lambda publisher: rf"[-–—*\s]*(?:{banner_formula(publisher)}[-–—*.\s]*)+", re.IGNORECASE)
# To see the current Operational Manual go to | www.example.org/folder
_SIGNPOST = re.compile(
    r"to\s+see\s+the\s+current\s[^.;]{3,150}?(?:\s+(?:go\s+to|visit|see|click\s+here))?\s*:?\s*(?:(?:https?://|www\.)\S+)?"
    r"|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Head:
    """The top of the page: frame, banners and, if there is one, the heading's position."""

    heading: int | None = None
    frame: set[int] = field(default_factory=set)
    banners: list[str] = field(default_factory=list)


def is_banner_line(text: str, publisher: Publisher = INZ) -> bool:
    """Whether a line is exactly the publisher's formula."""
    return len(text) < LONGEST and _BANNER(publisher).fullmatch(text) is not None


def is_frame_below(text: str, publisher: Publisher = INZ) -> bool:
    """Whether a line below the text is frame: `Top of page | Print this page`."""
    return CHROME(publisher).fullmatch(text) is not None


def is_signpost(text: str) -> bool:
    """Whether a line only shows the way to the manual in force."""
    return _SIGNPOST.fullmatch(text) is not None


def read_head(texts: Sequence[str], publisher: Publisher = INZ) -> Head:
    """The frame above the heading, even with other lines of the page between them. Without a heading, only the first
    lines can be frame."""
    head = Head()
    place = others = 0
    while place < len(texts) and others < HEADING_WITHIN:
        if taken := _frame_at(texts, place, head, publisher):
            head.frame.update(range(place, place + taken))
            place += taken
            continue
        if RELATED_HEADING(publisher).fullmatch(texts[place]) or is_foot(texts[place]):
            break
        if is_page_heading(texts[place], publisher, first=others == 0):
            head.heading = place
            break
        others += 1
        place += 1
    return head if head.heading is not None or not others else _leading(texts, publisher)


def _leading(texts: Sequence[str], publisher: Publisher) -> Head:
    head = Head()
    place = 0
    while place < len(texts) and (taken := _frame_at(texts, place, head, publisher)):
        head.frame.update(range(place, place + taken))
        place += taken
    return head


def _frame_at(texts: Sequence[str], place: int, head: Head, publisher: Publisher) -> int:
    """The number of frame lines starting here; more than one for a banner that runs over several lines."""
    text = texts[place]
    if len(text) > LONGEST:
        return 0
    if CHROME(publisher).fullmatch(text) or is_signpost(text):
        return 1
    crumbs = BREADCRUMB(publisher).match(text) is not None or "»" in text
    if (crumbs and len(text) <= _LONGEST_BREADCRUMB) or is_banner(text, publisher):
        head.banners.append(text)
        return 1
    for length in range(2, _LONGEST_BANNER + 1):
        joined = " ".join(texts[place : place + length])
        if is_banner_line(joined, publisher):
            head.banners.append(joined)
            return length
    if banner := frame_words(text, publisher)[
        0
    ]:  # the line has other words too: the page is old, but the line is kept
        head.banners.append(banner)
    return 0


def is_page_heading(text: str, publisher: Publisher = INZ, *, first: bool) -> bool:
    """Whether a line near the top is a code with a title and not a sentence."""
    heading = read_heading(text, publisher, lettered=first and len(text) < 80 and not text.endswith("."))
    return heading.code is not None and len(text) < 300
