"""Sections of Acts as a text cites them."""

from __future__ import annotations

import re

from manual.model import Ref

LINK = r"(?:,?\s(?:and/or|and|or)\s|,\s)"
"""What joins two places: `, `, ` and `, ` or `."""
RANGE = r"(?:\s(?:to|through|until)\s|\s?[-–—]\s?)"
"""What stands between the ends of a range: ` to `, `-`."""

ACT_NAME = (
    r"(?!(?:See|Under|The|In|If|And)\s)"
    r"(?:[A-Z][A-Za-zāēīōūĀĒĪŌŪ’'-]*,?\s(?:(?:and|of|for|to|the|in)\s){0,2}){1,8}"
    r"(?:\([A-Z][^()]{1,120}\)\s)?(?:Amendment\s)?(?:Act|Regulations)(?:\s(?:19|20)[0-9]{2})?"
)
LAW_PART = r"\s?\((?:[0-9]{1,2}[A-Z]{0,2}|[a-z]{1,5})\)"
LAW_PLACE = rf"[1-9][0-9]{{0,2}}[A-Z]{{0,3}}(?:{LAW_PART})*(?![\w%])(?!\.[0-9])"

# yes: ` of the Employment Relations Act 2000` ` of the Immigration Act`
# no: ` of the Act` ` of these instructions`
_OF_ACT = re.compile(rf"\s(?:of|in|under)\s(?:the\s)?(?P<act>{ACT_NAME})")

# Further places after `sections 15`, and after `section 49(1)(a)`.
# yes: `, 40, 265` ` to 55` ` and 16(2)`
# no: ` and 16.5` ` and the`
_MORE_SECTIONS = re.compile(rf"(?:(?:{LINK}|{RANGE})(?:{LAW_PLACE}))+")
# yes: ` and (b)` `, (b) and (c)`
# no: ` and 16`
_MORE_PARTS = re.compile(rf"(?:(?:{LINK}|{RANGE})(?:\([a-z0-9]{{1,4}}\))+)+")


def law_reference(text: str, match: re.Match[str]) -> tuple[list[Ref], int]:
    """The reference that begins at `match`, and where it ends. `match` has the groups `word` and `place`, or `act`,
    `act_word` and `act_place`."""
    groups = match.groupdict()
    act, word = groups.get("act") or "", groups.get("act_word") or match["word"]
    place, end = groups.get("act_place") or match["place"], match.end()
    word = word.strip(" .").lower()
    several = word in ("ss", "sections", "regs", "regulations")
    letter = "r" if word.startswith("r") else "s"
    more = (_MORE_SECTIONS if several else _MORE_PARTS).match(text, end)
    if more:
        place, end = place + more[0], more.end()
    if not act and (named := _OF_ACT.match(text, end)):
        act, end = named["act"], named.end()
    place = re.sub(r"(?<=[0-9A-Z])\s\(", "(", place)
    target = f"{act} {letter * 2 if several else letter} {place}"
    return [Ref(match.start(), end, " ".join(target.split()), "law")], end
