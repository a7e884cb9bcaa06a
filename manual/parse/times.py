"""Phrases of a sentence that say from or until which day ("on and after D", "until D (inclusive)")."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from manual.dates import SAID_DAY, parse_printed_day
from manual.errors import DayError

ONE_DAY = timedelta(days=1)
NO_DAY = timedelta()

Reading = Literal["excluded", "included", "either"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What a clause says of time. `first`: "from D". `until`: "to D", read as `reading`."""

    first: date | None = None
    first_raw: str = ""
    until: date | None = None
    until_raw: str = ""
    reading: Reading = "either"
    signing: bool = False
    """"From the date of signature"."""
    vague: bool = False
    """"Before D", "by D": a day is named, and not as a bound."""
    audience: bool = False
    """Words for some people stand between the verb and its day."""
    unreadable: tuple[str, ...] = ()
    """What was meant as a day and is none."""
    preposition: str = ""
    length: int = 0
    """How far the phrases reach into the words that were read."""


_CLOCK = (
    r"(?:(?P<clock>(?:11[:.]59(?:[:.]59)?\s*p\.?m\.?|(?:12\s+)?midnight(?:\s+at\s+the\s+(?:beginning|start|end)\s+of)?|12[:.]01\s*a\.?m\.?|0?0[:.]0[01]|12\s*a\.?m\.?"
    r"|(?:23[:.]59(?:[:.]59)?|24[:.]00)(?:\s*(?:hrs|hours))?"
    r"|\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\.?))\s*,?\s*(?:\(?NZ[DS]?T\)?\s*)?(?:on\s+|of\s+)?)?"
)
_SIGNING = (
    r"the\s+(?:date|day)\s+(?:of\s+(?:its\s+|this\s+|their\s+)?(?:signature|signing)"
    r"|(?:on\s+which\s+)?(?:it|this\s+\w+)\s+(?:is|was)\s+signed)"
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT = rf"(?:an?|\d{{1,3}}|{'|'.join(_NUMBERS)})"
_LENGTH = rf"(?P<count>{_COUNT})\s+(?P<unit>day|week|month|year)s?"
_END_WORD = r"(?:end|close|expiry|expiration|conclusion)"
_INCLUSIVE = r"\s*,?\s*\(?\s*(?:both\s+(?:days\s+)?)?(?:inclusive|included|exclusive|excluded)\b\s*\)?"
UPON = (
    r"(?:on|upon|with|from)\s+the\s+(?:commencement|introduction|coming\s+into\s+(?:force|effect)|entry\s+into\s+force)\s+of\s+"
    r"(?:[^,;:.]|\.(?=\d)){1,80}?,?"
)
"""What may stand before a day, and says the same: "with the introduction of ZS9.1 on D"."""
_MEANT = rf"(?:{SAID_DAY}|\d{{1,2}}/\d{{4,8}}(?!\d)|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,6}})"
_SIGNED = re.compile(_SIGNING, re.IGNORECASE)
TIME = re.compile(
    rf"""(?:{UPON}\s+)?(?P<prep>
      (?:effective\s*:?\s*(?:immediately\s+)?|starting\s+|beginning\s+|commencing\s+)?(?:
        (?:(?:as\s+of|on|from)\s+and\s+)?with\s+(?:immediate\s+)?effect\s+(?:on\s+and\s+)?(?:from|on)(?:\s+\(?and\s+(?:on|including|after)\)?)?
      | w\.?e\.?f\.?(?:\s+from)?
      | (?P<delay>{_COUNT})\s+(?P<delay_unit>day|week|month|year)s?\s+(?:after|from|following)
      | (?:for|in|during|within)\s+(?:the|a)\s+period(?:\s+(?:from|of|beginning|starting))?(?:\s+on)?
      | for\s+(?:a\s+(?:period|term)\s+of\s+)?{_LENGTH}\s+(?:starting\s+|beginning\s+|commencing\s+)?(?:from|on|with)
      | no\s+longer\s+than
      | (?:at|from)\s+the\s+(?:start|beginning)\s+of(?:\s+the\s+day\s+on)?
      | (?:at\s+midnight\s+)?(?:at|on|by|from|until|till|to|up\s+to|through(?:\s+to)?)\s+
        (?:and\s+including\s+)?(?:the\s+)?{_END_WORD}\s+of
        (?:\s+(?:the\s+day|business))?(?:\s+(?:on|of))?
      | on\s+(?:and|or)\s+(?:after|from)|from\s+\(?and\s+(?:on|including|after)\)?|as\s+(?:from|of|at)(?:\s+and\s+from)?
      | from
      | (?:up\s+to|until|till|to)\s*,?\s*\(?and\s+(?:including|inclusive\s+of)\)?,?|–|—|-
      | (?:until|till)\s+after|ending\s+(?:on|with)|up\s+(?:to|until|till)|until|till|through(?:\s+to)?|to
      | on|at|after|before|by|since|prior\s+to|on\s+or\s+before|no\s+later\s+than
      )
      | effective
    )\s*:?\s+(?P<about>(?:at\s+least|at\s+the\s+(?:earliest|latest)|approximately|about|around|or\s+(?:about|around)
      |the\s+(?:earlier|earliest|later|latest|sooner)\s+of:?)\s+)?(?:(?P<next>the\s+day\s+(?:after|following)|(?:the\s+)?{_END_WORD}\s+of(?:\s+the\s+day(?:\s+(?:on|of))?)?)\s+|(?P<eve>the\s+day\s+(?:before|preceding))\s+)?(?:the\s+(?:day|start|beginning)\s+of\s+)?{_CLOCK}(?P<day>{_MEANT}|{_SIGNING})(?P<inclusive>{_INCLUSIVE})?(?:\s+onwards?\b)?
    | between\s+(?P<one>{SAID_DAY})\s+and\s+(?P<other>{SAID_DAY})(?P<both>{_INCLUSIVE})?
    | (?P<bare>:?\s*{SAID_DAY})""",
    re.IGNORECASE | re.VERBOSE,
)
_GAP = re.compile(
    r"[\s,:(]*(?:and\s+|but\s+(?:only\s+)?|only\s+|automatically\s+|again\s+|immediately\s+|then\s+)?",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|to|through|ending|than)\b|^[–—-]", re.IGNORECASE)
_END_OF = re.compile(
    rf"\b{_END_WORD}\s+of\b|including|inclusive|longer|\bafter$(?<!and after)(?<!or after)", re.IGNORECASE
)
_VAGUE = re.compile(r"before|\bby\b(?!\s+the)|prior|later", re.IGNORECASE)
_EARLY = re.compile(r"12[:.]01|^0?0[:.]0|12\s*a|midnight\s+at\s+the\s+[bs]", re.IGNORECASE)
_LATE = re.compile(r"11[:.]59(?:[:.]59)?\s*p|23[:.]59|24[:.]00|midnight\s+at\s+the\s+end", re.IGNORECASE)
_MIDNIGHT = re.compile(r"midnight\s*(?:on|of)?\s*$", re.IGNORECASE)
# "From D for a period of six months": nothing may follow that the length could belong to ("two year visas")
_FOR_LENGTH = re.compile(
    rf"(?:and\s+)?for\s+(?:a\s+(?:period|term)\s+of\s+)?{_LENGTH}(?=\s*(?:$|[.,;:()]|and\b|unless\b|or\b))",
    re.IGNORECASE,
)
# "From D these instructions …", "On D, …"
_FRONTED = re.compile(
    r"^[\s,(]*(?:[^;]{0,200}\bthat\s+)?(?:(?:and|but|so|then|therefore|accordingly|however|\w+ly),?\s+)?(?:that\s+)?(?=\w)",
    re.IGNORECASE,
)


def read_times(words: str, *, default: str, anywhere: bool = False) -> Times:
    """The time phrases at the start of `words`, one after another; `anywhere`: the first may stand anywhere.

    `default` says what kind of verb they belong to: `begin`, `state`, `passive` (revoked, ceased), `expire`
    (expires, ends: "on D" leaves D open), `last` ("last applied on D"), or `fronted` (words before a subject).
    """
    times = Times()
    place = _first_place(words, anywhere=anywhere, fronted=default == "fronted")
    while (match := TIME.match(words, place)) is not None:
        if match["bare"] and (default == "fronted" or times.length):
            break
        if match["one"]:
            return replace(_between(times, match), length=match.end())
        more = _with(times, match, default)
        if more == times and " and " in f"{words[times.length : match.start()]} ":
            break  # "began on D and from D these instructions …": of another clause
        times = _lasting_for(replace(more, length=match.end()), words)
        gap = _GAP.match(words, times.length)
        place = gap.end() if gap else times.length
    return times


def _lasting_for(times: Times, words: str) -> Times:
    """The times with the length behind them: "from D for six months"."""
    gap = _GAP.match(words, times.length)
    match = _FOR_LENGTH.match(words, gap.end() if gap else times.length)
    if match is None or times.first is None or times.until is not None:
        return times
    said = f"{times.first_raw} {' '.join(match[0].split())}"
    until = _after(times.first, match["count"], match["unit"])
    return replace(times, until=until, until_raw=said, length=match.end())


def _first_place(words: str, *, anywhere: bool, fronted: bool) -> int:
    if anywhere:
        found = TIME.search(words)
        return found.start() if found else len(words)
    if fronted:
        match = _FRONTED.match(words)
        return match.end() if match else 0
    gap = _GAP.match(words)
    return gap.end() if gap else 0


def _between(times: Times, match: re.Match[str]) -> Times:
    try:
        one, other = parse_printed_day(match["one"]), parse_printed_day(match["other"])
    except DayError:
        return replace(times, unreadable=(match["one"], match["other"]))
    both = (match["both"] or "").strip(" ,(").lower()
    return replace(
        times,
        first=one,
        first_raw=match["one"],
        until=other,
        until_raw=match["other"],
        reading="included" if both and "excl" not in both else "either",
        preposition="from",
    )


def _with(times: Times, match: re.Match[str], default: str) -> Times:
    prep = " ".join((match["prep"] or "on").lower().split())
    raw = (match["day"] or match["bare"]).strip(" :")
    if _SIGNED.match(raw):
        return replace(times, signing=True, preposition=prep)
    try:
        day = parse_printed_day(raw)
    except DayError:
        return replace(times, unreadable=(*times.unreadable, raw), preposition=times.preposition or prep)
    if _VAGUE.search(prep) or match["about"]:
        return replace(times, vague=True, preposition=prep)
    if match["unit"]:
        return _lasting(times, match, day, raw, prep)
    if match["delay"]:  # "thirty days after D": on the day so counted
        raw, day = f"{prep} {raw}", _after(day, match["delay"], match["delay_unit"])
        prep = "on"
    day += _step(match, prep)
    reading = _reading(prep, match["clock"] or "", match["inclusive"] or "", default)
    if reading is None:
        # "revoked on D with effect from E": the second says when
        if times.first is None or (times.preposition == "on" and "effect" in prep):
            return replace(times, first=day, first_raw=raw, preposition=prep)
        return times
    return (
        times if times.until else replace(times, until=day, until_raw=raw, reading=reading, preposition=prep)
    )


def _lasting(times: Times, match: re.Match[str], day: date, raw: str, prep: str) -> Times:
    """ "For six months from D": from D, and to a day that may be counted in or not."""
    until = _after(day, match["count"], match["unit"])
    said = " ".join(match[0].split())
    return replace(times, first=day, first_raw=raw, preposition=prep, until=until, until_raw=said)


def _step(match: re.Match[str], prep: str) -> timedelta:
    """From the day that is printed to the one that is meant: "the day after D", "from the end of D"."""
    if match["eve"]:
        return -ONE_DAY
    if prep == "after" and match["next"] and not match["next"].lower().startswith("the day"):
        return NO_DAY  # "after the close of D" is after D
    return ONE_DAY if match["next"] or re.match(rf"from\s+(?:the\s+)?{_END_WORD}\b", prep) else NO_DAY


def _after(day: date, count: str, unit: str) -> date:
    count = count.lower()
    many = 1 if count in ("a", "an") else _NUMBERS.index(count) + 1 if count.isalpha() else int(count)
    return _later(day, many, unit.lower())


def _later(day: date, many: int, unit: str) -> date:
    """The day of the same number in a later month, or else the last of that month."""
    if unit in ("day", "week"):
        return day + many * (ONE_DAY if unit == "day" else 7 * ONE_DAY)
    months = day.year * 12 + day.month - 1 + many * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _reading(prep: str, clock: str, inclusive: str, default: str) -> Reading | None:
    """How a phrase names the end, or None where it names a first day."""
    until = bool(_UNTIL.search(prep)) and "from" not in prep
    if _END_OF.search(prep) and "from" not in prep:
        return "included"
    if _LATE.search(clock):
        return "included"
    if until:
        if _MIDNIGHT.search(clock):  # "until midnight on D": the night in which D ends
            return "included"
        if inclusive:
            return "excluded" if inclusive.strip(" ,(").lower().startswith("ex") else "included"
        return "excluded" if _EARLY.search(clock) else "either"
    if clock and not _EARLY.search(clock):
        return "either" if default in ("passive", "expire", "fronted") else None
    if default == "last":
        return "included"
    if default == "expire" and prep in ("on", "at", "effective"):
        return "either"
    return None
