"""Join sentences that a copy broke at links: `(see` / `QZ4` / `and` / `QZ5` / `), but` are one sentence.

A bare code on a line of its own is a reference, and a line `See also` opens a list only if a list follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from manual.dates import DAY, PRINTED_DAY
from manual.parse.headings import read_heading
from manual.parse.reading import CHROME, RELATED_HEADING, is_foot
from manual.parse.text_line import Line, is_item
from manual.parse.times import TIME
from manual.parse.verbs import BEGIN, END, WAITS, WORDS
from manual.publisher import INZ, Publisher, expression

# QZ4 | QZ4.10(a)(ii) | QZ3.20, | Appendix 3).
_BARE_CODE = expression(
    lambda publisher: (
        rf"[(\[]?(?:{publisher.codes.loose}|{publisher.codes.word_in_text}\s+\d{{1,3}})"
        r"(?:\s?\([a-z]{1,5}\))*[)\].,;:]*"
    )
)
_OPEN_END = re.compile(r"(?:[^.;:?!]|\b(?:see|e\.g\.|i\.e\.))$", re.IGNORECASE)
_GOES_ON = re.compile(r"[a-z),.;:\]]")
_OPEN_SEE = re.compile(r"[(\[]\s*see(?:\s+also)?$", re.IGNORECASE)
_NOTE_ALONE = re.compile(r"note\s*\d*\s*:", re.IGNORECASE)
# Effective | Manual updated on: | Dated
_DAY_FOLLOWS = re.compile(
    r"(?:effective(?:\s+(?:from|date))?|(?:[\w ]{0,30}\s)?updated(?:\s+on)?|dated?)\s*:?", re.IGNORECASE
)
_BEFORE_A_DAY = re.compile(r"\s(?:from|on|until|till|after|before|to|of|since|effective)$", re.IGNORECASE)
_SEE_ALSO = re.compile(r"see\s+also\s*:?", re.IGNORECASE)
_ENDS_AN_ITEM = re.compile(r"[;,]\s*(?:and|or)$", re.IGNORECASE)
# These instructions cease | … are to be | … effective
_STOPS_SHORT = re.compile(
    r"\b(?:the|an?|this|these|those|its|their|of|to|from|for|with|by|on|at|in|under|as|be|been|is|are|was|were|has|have|had"
    r"|will|shall|must|may|not|ceas(?:e|es|ed)|effective)$",
    re.IGNORECASE,
)
# "are revoked on D" / "for owners of rafts": of some only
_QUALIFIES = re.compile(
    r"(?:to|for|of|in|by|with|under|and|or|but|unless|if|except|excluding|other|where|who|whose|which|that|as|only|inclusive|subject"
    r"|provided|until|till|from|when|while)\b"
)
_DAY_LAST = re.compile(rf"{DAY},?$", re.IGNORECASE)
# These tell of no beginning and no end, and stand in most lists of the manual
_APPLICANTS = re.compile(r"\bapplica(?:nt|tion)s?\b")
# boats that are (moored) | a pass that ends on
_LEADS_ON = re.compile(rf"{_STOPS_SHORT.pattern}|{_BEFORE_A_DAY.pattern}", re.IGNORECASE)
_MOST_ITEMS = 100
_LONGEST_DAY = 30
_LONGEST_FRAME = 80
LONGEST_SENTENCE = 1500
"""Without a bound a text in small letters only would take time by its length squared."""
FILLED = 60
"""A line so long may have been broken because it was full."""


def joined(lines: Sequence[Line], publisher: Publisher = INZ) -> list[Line]:
    """The lines of a text, with the pieces of one sentence joined."""
    found: list[Line] = []
    for place, line in enumerate(lines):
        listed = place > 0 and _opens_list(lines, place - 1, publisher)
        if found and not listed and _belongs(found[-1], lines, place, publisher):
            found[-1] = _together(found[-1], line)
        else:
            found.append(line)
    return found


def with_whole_frame(lines: Sequence[Line], publisher: Publisher = INZ) -> list[Line]:
    """The lines, with headings of lists and lines of the viewer whole: `PREVIOUS IMMIGRATION` / `INSTRUCTIONS`."""
    found: list[Line] = []
    patterns = [made(publisher) for made in (RELATED_HEADING, CHROME)]
    for line in lines:
        whole = f"{found[-1].text} {line.text}" if found else ""
        if len(whole) < _LONGEST_FRAME and any(
            pattern.fullmatch(whole)
            and not (pattern.fullmatch(found[-1].text) or pattern.fullmatch(line.text))
            for pattern in patterns
        ):
            found[-1] = found[-1].like(whole)
        else:
            found.append(line)
    return found


def opens_no_list(lines: Sequence[Line], place: int, publisher: Publisher = INZ) -> bool:
    """Whether a line such as `See also` at `place` is inside a sentence, because no list follows up to the end."""
    if not _SEE_ALSO.fullmatch(lines[place].text) or lines[place].text.isupper():
        return False
    for following in range(place + 1, len(lines)):
        text = lines[following].text
        if is_foot(text) or RELATED_HEADING(publisher).fullmatch(text):
            return False
        heading = read_heading(text, publisher)
        if heading.code is None or _goes_on(text, publisher):
            return True
    return False


def _opens_list(lines: Sequence[Line], place: int, publisher: Publisher) -> bool:
    headed = RELATED_HEADING(publisher).fullmatch(lines[place].text) is not None
    return headed and not opens_no_list(lines, place, publisher)


def is_bare_code(text: str, publisher: Publisher = INZ) -> bool:
    return _BARE_CODE(publisher).fullmatch(text) is not None


def _last_bare(lines: Sequence[Line], place: int, publisher: Publisher) -> bool:
    """Whether the line before is a bare code, or a word between two of them."""
    before = lines[place - 1].text if place else ""
    if is_bare_code(before, publisher):
        return True
    return place > 1 and len(before) < 12 and is_bare_code(lines[place - 2].text, publisher)


def _belongs(before: Line, lines: Sequence[Line], place: int, publisher: Publisher) -> bool:
    """Whether the line at `place` continues the sentence `before` it, which is made of the lines above."""
    line = lines[place]
    following = lines[place + 1] if place + 1 < len(lines) else None
    if line.kind != "paragraph" or before.kind != "paragraph" or is_item(line.text):
        return False
    if len(before.text) > LONGEST_SENTENCE:
        return False
    if _is_item_of_its_own(lines, place):
        return False
    if _names_its_day(before.text, line.text) or _is_wrapped(lines[place - 1], line):
        return True
    if is_bare_code(line.text, publisher):
        goes_on = following is not None and _goes_on(following.text, publisher)
        open_end = _OPEN_END.search(before.text) is not None and not is_bare_code(before.text, publisher)
        return goes_on or open_end
    if _SEE_ALSO.fullmatch(before.text) or _OPEN_SEE.search(before.text):
        return True
    coded = read_heading(line.text, publisher).code is not None
    if _goes_on(line.text, publisher) and not line.text[0].isalpha():
        return True
    see_also = before.text[:8].casefold() == "see also" and _OPEN_END.search(before.text) is not None
    if (see_also or _last_bare(lines, place, publisher)) and line.text[0].islower():
        return True
    if coded and _goes_on(line.text, publisher):
        return _OPEN_END.search(before.text) is not None
    alone = _NOTE_ALONE.fullmatch(before.text) is not None
    return alone and not coded


def _names_its_day(before: str, line: str) -> bool:
    """Whether a sentence or foot was broken before its day, or within it: "are revoked" / "from D", "Effective" / D."""
    if _DAY_FOLLOWS.fullmatch(before):
        return PRINTED_DAY.fullmatch(line.rstrip(".")) is not None
    if _OPEN_END.search(before) is None:
        return False
    if _is_within_a_day(before, line):
        return True
    if line[:1].islower() and (_STOPS_SHORT.search(before) or _bounds(before, line) or _awaits(before, line)):
        return True
    if WORDS.search(before.casefold()) is None:
        return False
    time = TIME.match(line) if line[:1].islower() else None
    if time is not None and time["day"] is not None:
        return True
    return _BEFORE_A_DAY.search(before) is not None and PRINTED_DAY.match(line) is not None


def _is_item_of_its_own(lines: Sequence[Line], place: int) -> bool:
    """Whether a short line in small letters is an item of a list that a colon opened, and no rest of the one above."""
    before, line = lines[place - 1].text, lines[place].text
    if not line[:1].islower() or _LEADS_ON.search(before) or _QUALIFIES.match(line) or TIME.match(line):
        return False
    if _DAY_LAST.search(before[-_LONGEST_DAY:]) is None and (END.match(line) or BEGIN.match(line)):
        return False  # "boats whose passes" / "expire on D"
    for above in range(place - 1, max(-1, place - 1 - _MOST_ITEMS), -1):
        text = lines[above].text
        if text.endswith(":"):
            return above < place - 1
        if not text[:1].islower() or len(text) >= FILLED:
            break
    return False


def _awaits(before: str, line: str) -> bool:
    """Whether a verb of beginning or ending was broken from its subject: "these instructions" / "cease to apply"."""
    return WAITS.search(before) is not None and bool(END.match(line) or BEGIN.match(line))


def _bounds(before: str, line: str) -> bool:
    """Whether a sentence of a beginning or an end was broken: the second half of "the policy ceases" / "to be effective
    as from D" says the opposite of the whole."""
    words = _APPLICANTS.sub("", f"{before} {line}".casefold())
    if WORDS.search(words) is None:
        return False
    return PRINTED_DAY.search(line) is not None or (
        _QUALIFIES.match(line) is not None and _DAY_LAST.search(before[-_LONGEST_DAY:]) is not None
    )


def _is_within_a_day(before: str, line: str) -> bool:
    """Whether a line ends within a day: "this 3rd day of" / "May 2017"."""
    end, start = before[-_LONGEST_DAY:], line[:_LONGEST_DAY]
    place = len(end)
    return any(day.start() < place < day.end() for day in PRINTED_DAY.finditer(f"{end} {start}"))


def _is_wrapped(before: Line, line: Line) -> bool:
    """Whether the width of a page broke a sentence: a full line without a stop, and a small letter below. `before` is
    the line itself, not all that was joined to it: else each short item of a list would follow the one above."""
    full = len(before.text) >= FILLED and _OPEN_END.search(before.text) is not None
    return full and not line.apart and line.text[:1].islower() and not _ENDS_AN_ITEM.search(before.text)


def _goes_on(text: str, publisher: Publisher) -> bool:
    """Whether a line starts in the middle of a sentence, possibly with a code: `QZ4 and QZ5), but`."""
    heading = read_heading(text, publisher)
    rest = heading.title if heading.code else text
    return _GOES_ON.match(rest) is not None


def _together(before: Line, line: Line) -> Line:
    glue = "" if line.text[0] in "),.;:]" or before.text[-1] in "([" else " "
    made = before.like(before.text + glue + line.text)
    made.raw = before.raw + glue + line.raw
    return made
