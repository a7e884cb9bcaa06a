"""Sections of Acts as a text cites them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from manual.model import Ref

LINK = r"(?:,?\s(?:and/or|and|or)\s|,\s)"
"""What joins two places: `, `, ` and `, ` or `."""
RANGE = r"(?:\s(?:to|through|until)\s|\s?[-–—]\s?)"
"""What stands between the ends of a range: ` to `, `-`."""

_NO_NAME = (
    "See|Under|The|In|If|And|This|That|These|Any|An|A|No|Or|Of|For|By|To|At|As|From|With|Where|When|While|Since|Unless"
    "|Although|Each|Every|Such|Both|Same|Said|Principal|Section|Sections|Regulation|Regulations|Act|Acts"
)
"""Words that begin a sentence, or stand before `Act`, and begin no name."""
ACT_NAME = (
    rf"(?!(?:{_NO_NAME})\s)"
    r"(?:(?!(?:Acts?|Regulations)\b)[A-Z][A-Za-zāēīōūĀĒĪŌŪ’'-]*,?\s(?:(?:and|of|for|to|the|in|at)\s){0,2}){1,8}"
    r"(?:\([A-Z][^()]{1,120}\)\s)?(?:Amendment\s)?(?:Act|Regulations)(?:,?\s\(?(?:19|20)[0-9]{2}(?![0-9])\)?)?"
)
LAW_PART = r"\s?\((?:[0-9]{1,2}[A-Z]{0,2}|[a-z]{1,5})\)"
_ENDS = r"(?:(?![\w%])|(?=[A-Z][a-z]{2}))(?!\.[0-9])"
"""Where a place ends; the name of another law may be run together with it."""
LAW_PLACE = rf"[1-9][0-9]{{0,2}}[A-Z]{{0,3}}(?:{LAW_PART})*{_ENDS}"

_AGAIN = r",?\s\(?(?:ss?|rr?|[Ss]ections?|[Rr]egulations?|regs?)\.?\s?[1-9]"
# yes: ` of the Employment Relations Act 2000` `, Immigration Act 2009` ` (Immigration Act 2009)`
# no: ` of the Act` ` of these instructions` `, Education Act 1989 s 7`: the Act of what follows it
_OF_ACT = re.compile(
    rf"\s(?:of|in|under)\s(?:the\s)?(?P<act>{ACT_NAME})|,?\s\(?(?P<beside>{ACT_NAME})(?!{_AGAIN}|,?\s\(?[12][0-9]{{3}})"
)

# Further places after `sections 15`, and after `section 49(1)(a)`.
# yes: `, 40, 265` ` to 55` ` and 16(2)`
# no: ` and 16.5` ` and the`
_MORE_SECTIONS = re.compile(rf"(?:(?:{LINK}|{RANGE})(?:{LAW_PLACE}))+")
# yes: ` and (b)` `, (b) and (c)`
# no: ` and 16`
_MORE_PARTS = re.compile(rf"(?:(?:{LINK}|{RANGE})(?:\([a-z0-9]{{1,4}}\))+)+")

# What says, behind a place without an Act, that it is none of law.
# yes: ` of ` (these instructions) ` in the application form` `: E` ` – Em` ` years`
# no: ` of the Act` ` of that Act` ` of the 2009 Act` ` of it` ` in this case`
_NO_LAW = re.compile(
    r"\sof\s(?!(?:it|them|which)\b|(?:(?:the|that|this|an)\s)?(?:(?:same|said|principal|current|former|new|old|(?:19|20)[0-9]{2})\s)*"
    r"(?:Act|Regulations)\b)"
    r"|\s(?:in|on)\s(?:(?:the|this|that|an?|your|their|form)\s)+(?:\w+\s){0,2}"
    r"(?:forms?|chapters?|guides?|manual|instructions?|questionnaire|letter|reports?|certificates?|appendix|schedules?)\b"
    r"|:\s[A-Z]|\s[-–—]\s[A-Z][a-z]"
    r"|\s(?:years?|months?|weeks?|days?|hours?|minutes?|pages?|people|persons?|times|points?|per\scent)\b"
)

# Behind the name of a law.
# yes: ` (Cth` ` (UK` `, Canada` ` of Fiji`
# no: ` and Canada` ` applies`
_COUNTRY = re.compile(
    r"[\s(,–-]*(?:(?:of|the|Commonwealth)\s+)*(?:Australia|Cth|United Kingdom|UK|Canada|Ireland|Singapore|Fiji|Samoa"
    r"|United States)\b"
)


@dataclass(frozen=True, slots=True)
class ActNamed:
    """The name of a law in a text, `end` excluded."""

    name: str
    start: int
    end: int
    foreign: bool = False
    """The law of another country, as the words behind it say."""

    @property
    def year(self) -> str:
        return self.name[-4:] if self.name[-4:].isdecimal() else ""

    @property
    def without_year(self) -> str:
        return self.name.removesuffix(self.year).strip()


# yes: `Immigration Act 2009` `Boats (Speed) Regulations 2010` `Crimes Act`
# no: `The Act` `This Act` `Act 2009`
_NAMED = re.compile(rf"(?<!\w){ACT_NAME}")


def acts_named(text: str) -> Iterator[ActNamed]:
    """Every name of a law in a text, with a section or without, in order.

    >>> [one.name for one in acts_named("Immigration Act, 2009 and Boats (Speed) Regulations 2010, as the Act")]
    ['Immigration Act 2009', 'Boats (Speed) Regulations 2010']
    """
    if "Act" in text or "Regulations" in text:
        for match in _NAMED.finditer(text):
            yield ActNamed(_as_named(match[0]), match.start(), match.end(), _is_foreign(text, match.end()))


def _is_foreign(text: str, end: int) -> bool:
    return _COUNTRY.match(text, end) is not None


def _as_named(act: str) -> str:
    """With a plain year: `Immigration Act 2009` for `Immigration Act (2009)`."""
    return re.sub(r",?\s\(?([12][0-9]{3})\)?$", r" \1", act)


def law_reference(text: str, match: re.Match[str]) -> tuple[list[Ref], int]:
    """The reference that begins at `match`, and where it ends. `match` has the groups `word` and `place`, or `act`,
    `act_word` and `act_place`. No reference for a section of something that is no law, or of another country's law."""
    groups = match.groupdict()
    act, word = groups.get("act") or "", groups.get("act_word") or match["word"]
    place, end = groups.get("act_place") or match["place"], match.end()
    word = word.strip(" .").lower()
    several = word in ("ss", "sections", "regs", "regulations")
    letter = "r" if word.startswith("r") else "s"
    more = (_MORE_SECTIONS if several else _MORE_PARTS).match(text, end)
    if more is None and not several and not act:
        more = _one_more(text, end)
    if more:
        place, end = place + more[0], more.end()
    act_end = match.end("act") if act else end
    if not act and (named := _OF_ACT.match(text, end)):
        act, end = named["act"] or named["beside"], named.end()
        act_end = end
    if _is_foreign(text, act_end) if act else _NO_LAW.match(text, end):
        return [], end
    place = re.sub(r"(?<=[0-9A-Z])\s\(", "(", place)
    target = f"{_as_named(act)} {letter * 2 if several else letter} {place}"
    return [Ref(match.start(), end, " ".join(target.split()), "law")], end


def _one_more(text: str, end: int) -> re.Match[str] | None:
    """`section 61 or 62`, if an Act stands behind: ` and 8 visas` is no section."""
    more = _MORE_SECTIONS.match(text, end)
    return more if more and _OF_ACT.match(text, more.end()) else None
