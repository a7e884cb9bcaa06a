"""Several pages copied into one text, or one page with an older version below it: where each begins.

Two feet alone don't show it, since a block inserted into a page may have a foot of its own (om/45930): a heading of the
page's own code, or one that stands outside any list, must follow the first foot, and text must follow the heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from manual.model import Code
from manual.parse.headings import read_heading
from manual.parse.reading import RELATED_HEADING, is_foot
from manual.parse.text_frame import is_banner_line, is_frame_below, is_signpost, read_head
from manual.parse.text_line import STOPS, Line
from manual.publisher import INZ, Publisher

LONGEST_HEADING = 200


def texts_in(lines: Sequence[Line], publisher: Publisher = INZ) -> list[Sequence[Line]]:
    """The lines of each text; one list of all lines where only one text is found."""
    head = read_head([line.text for line in lines], publisher).heading
    own = read_heading(lines[head].text, publisher, lettered=True).code if head is not None else None
    if own is None:
        return [lines]
    feet = [place for place, line in enumerate(lines) if is_foot(line.text)]
    begins = [_begins(lines, foot, following, own, publisher) for foot, following in pairwise(feet)]
    cuts = [0, *(begin for begin in begins if begin is not None), len(lines)]
    return [lines[cut:following] for cut, following in pairwise(cuts)]


def _begins(lines: Sequence[Line], foot: int, following: int, own: Code, publisher: Publisher) -> int | None:
    """The first line of a text between two feet, with the frame above its heading."""
    text = next((n for n in range(foot + 1, following) if not _is_aside(lines[n].text, publisher)), None)
    if text is None:
        return None
    head = _above(lines, text, foot, publisher)
    heading = read_heading(lines[head].text, publisher)
    if head == foot or heading.code is None or not heading.title or heading.code.startswith(f"{own}."):
        return None
    if len(lines[head].text) > LONGEST_HEADING or lines[head].text.endswith(STOPS):
        return None
    if heading.code != own and _is_row(lines[head - 1].text, publisher):
        return None
    return _above(lines, head, foot, publisher) + 1


def _above(lines: Sequence[Line], place: int, foot: int, publisher: Publisher) -> int:
    """The nearest line above `place`, down to the foot, that is no frame."""
    place -= 1
    while place > foot and _is_framing(lines[place].text, publisher):
        place -= 1
    return place


def _is_aside(text: str, publisher: Publisher) -> bool:
    return _is_framing(text, publisher) or _is_row(text, publisher)


def _is_framing(text: str, publisher: Publisher) -> bool:
    return is_frame_below(text, publisher) or is_banner_line(text, publisher) or is_signpost(text)


def _is_row(text: str, publisher: Publisher) -> bool:
    headed = RELATED_HEADING(publisher).fullmatch(text) is not None
    return headed or read_heading(text, publisher).code is not None
