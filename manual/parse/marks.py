"""Marks after a title: `(29/11/2010)`, `(to 08/05/2017)`, `(REVOKED 11/04/2024)` (rules 6, 8, 10, 11).

A mark is a bracket that holds a date and at most one known word, or a clause that the grammar of sentences reads to its
end (`effective until D`), or a word of ending alone. A bracket may be missing on either side; a word of ending needs
none. What has a word of ending and can't be read is an end without a day and a finding: never a start, never part of
the title (rule 10). Every other bracket belongs to the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from manual.dates import DAY, MONTH, PRINTED_DAY, SAID_DAY, parse_printed_day
from manual.errors import DayError, UnlikelyYear
from manual.model import Severity
from manual.parse.times import Reading, Times, read_times
from manual.parse.verbs import (
    BEGIN,
    BY,
    DENIED,
    END,
    FOR_NOW_BEHIND,
    FROM,
    FUTURE,
    LABELLED,
    POSSIBLE,
    RESUMED,
    REVOKED,
)

Problem = tuple[Severity, str, str]
"""Severity, kind and message of a finding whose place is not known yet."""

MarkKind = Literal["end", "suspension", "unclear"]
MarkWord = Literal["", "to", "from", "before", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One date or word of ending behind a title. `word` is `to` for every end, empty for a bare date."""

    raw: str
    word: MarkWord
    day: date | None
    """None where the calendar has no such day, or none is printed."""
    printed: str = ""
    """The day as printed."""
    reading: Reading = "excluded"
    kind: MarkKind = "end"
    revokes: bool = False
    """It says that the instruction was revoked, rather than to when it had force."""
    whole: bool = True
    """Both brackets are there."""


# What was meant as a day, readable or not: 26/071999 | 31.02.2020 | 31 Arpil 2020
_FIGURES = r"\d{1,2}(?:\s?[/.-]\s?|\s)\d{1,2}(?:\s?[/.-]\s?|\s)?\d{2,6}"
_MEANT = rf"(?:{SAID_DAY}|{_FIGURES}|\d{{1,2}}(?:st|nd|rd|th)?\s+[A-Za-z]{{3,9}}\.?,?\s+\d{{2,5}})"
# the end of 2019 | early July 2019 | mid-2019 | 30 June
_ROUGHLY = r"(?:(?:the\s+)?(?:end|start|beginning|middle)\s+of\s+|(?:early|mid|late|summer|winter|autumn|spring)[\s-]+)"
_PART_OF_A_DATE = (
    rf"(?:{_ROUGHLY}?{MONTH}\s+\d{{4}}|{_ROUGHLY}(?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}|{_MEANT}"
    r"|(?:19|20)\d\d|\d{1,2}[/.]\d{0,2}[/.]?\d{0,3})"
)

# Out of force on the day itself, as revoked, by the use of the word in the manual's own sentences ("revoked on D").
_CEASED = r"ceased|superseded|replaced|obsolete|discontinued|deleted|removed|abolished|annulled|void(?:ed)?"
# "expire on D" and "closed D" don't say whether D still counts.
_OVER = r"closed|expired|ended|lapsed|terminated|to|until|till|up\s+to"
# In brackets only: "Year ending 30 June 2020" is a title
_ENDING = r"expiring|ending|closing"
_ENDED = rf"(?:{REVOKED}|{_CEASED}|closed|expired|ended|lapsed|terminated)"
_SUSPENDED = r"suspended|paused|(?:put\s+|placed\s+)?on\s+hold|(?:held\s+)?in\s+abeyance"
_LINK = r"(?:\s*[:,–-])?(?:\s*(?:with\s+effect\s+from|effective\s+from|as\s+from|as\s+of|from|on|effective))?\s*:?\s*"
# replaced by ZX1.5 on D
_BY_CODE = r"(?:\s+by\s+[A-Za-z]{1,8}\s?\d[\w.]*\b)?"
_INCLUSIVE = r"(?:\s*,?\s*\(?\s*incl(?:usive)?\.?\s*\)?)?"

_BARE = re.compile(rf"(?P<day>{_MEANT})", re.IGNORECASE)
_STARTS = re.compile(
    rf"(?P<word>from|commencing|effective(?:\s+from)?|with\s+effect\s+from|w\.?e\.?f\.?(?:\s+from)?|before|after)\s*:?\s*(?P<day>{_MEANT})",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"(?P<word>{REVOKED}|{_CEASED}|{_OVER}|{_ENDING}|suspended){_BY_CODE}(?P<link>{_LINK})(?P<including>and\s+including\s+)?"
    rf"(?P<day>{_MEANT})(?P<inclusive>{_INCLUSIVE})",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?P<one>(?:from\s+)?{_MEANT})\s*(?P<other>(?:(?:to|until|till|up\s+to(?:\s+and\s+including)?|-|–|—)\s*)"
    rf"(?P<day>{_MEANT})(?P<inclusive>{_INCLUSIVE}))",
    re.IGNORECASE,
)
_REVERSED = re.compile(rf"(?P<day>{_MEANT})\s*[,:–-]?\s*(?P<word>{_ENDED})", re.IGNORECASE)
# REVOKED | now closed | ceased on 3 | replaced by ZX1 | revoked ??/04/2015
# Not: expired visas | replaced passports | closed-circuit television
_WORD_ALONE = re.compile(
    rf"(?:now|has\s+been|have\s+been|is|are)?\s*(?P<word>{_ENDED}|{_SUSPENDED}|archived|(?:not|no\s+longer)\s+(?:in\s+(?:force|effect|use)|effective|current|valid|appl\w+|available))"
    r"(?:\s+(?:indefinitely|permanently|temporarily|for\s+(?:now|the\s+time\s+being)|until\s+further\s+notice)"
    rf"|\s*[.!?]+|\s*[:,–—].*|\s+-.*|-\s.*|\s+(?:(?:on|from|by|in|as|with|since)\b|{MONTH}|{_ROUGHLY}).*|\s*(?:\d|\?+[\d/.]).*)?",
    re.IGNORECASE | re.DOTALL,
)
_UNREADABLE = re.compile(
    rf"(?:to|until|till|up\s+to|expir(?:es|ing)|ends|{_ENDING})\s*:?\s*{_PART_OF_A_DATE}{_INCLUSIVE}",
    re.IGNORECASE,
)
# revoked 1 July 2019 in part | for rafts | except for rafts | or 5 August 2019 | – date to be confirmed
_LIMITED = re.compile(
    rf"\b(?:in\s+part|except\w*|other\s+than|reopen\w*|to\s+be\s+confirmed)\b|\sfor\s+(?!now\b|the\s+(?:time|present)\b)|\sor\s+(?:on\s+)?{_MEANT}",
    re.IGNORECASE,
)
# instructions (revoked D)
_OF_THESE = re.compile(
    r"(?:(?:these|this)\s+)?(?:instructions?|policy|section)\s+(?:(?:is|are|was|were)\s+)?", re.IGNORECASE
)
_DOUBLED = re.compile(r"\(\s*(\([^()]*\))\s*\)")
# Boats (revoked 01/04/2015) (small)
_WITHIN = re.compile(r"\s*(?P<raw>\((?P<text>[^()\[\]]*)\))\s*(?=\S)")
_CLOSED_TO = re.compile(r"(?:now\s+)?closed\s+(?:to|for)\b.*", re.IGNORECASE | re.DOTALL)

# … (text) | … (text | … text) | … (text)*
_LAST = r"[\s.*†‡¹²³⁴⁵⁶⁷⁸⁹]*$"
_BRACKET = re.compile(rf"\s*(?P<raw>[(\[](?P<text>[^()\[\]]*)(?P<close>[)\]])?){_LAST}")
_INNER_BRACKET = re.compile(
    rf"\s*(?P<raw>[(\[](?P<text>[^()\[\]]*\(\s*inclusive\s*\))(?P<close>[)\]])?){_LAST}", re.IGNORECASE
)
# (paragraph (b) revoked 01/04/2015)
_NESTED = re.compile(rf"\s*(?P<raw>\((?P<text>[^()]*(?:\([^()]*\)[^()]*)+)\)){_LAST}")
# Revoked | WITHDRAWN 01/04/2015: in place of a title
_ALONE = re.compile(rf"{_ENDED}(?:{_LINK}{_MEANT})?[\s.!]*", re.IGNORECASE)
# (revoked 01/04/2015) Boats | REVOKED – Boats | REVOKED 01/04/2015 Boats
_FIRST = re.compile(
    rf"(?P<raw>[(\[](?P<text>[^()\[\]]*)(?P<close>[)\]]))\s*[:–—-]?\s*(?=\S)"
    rf"|(?P<bare>(?-i:REVOKED|RESCINDED|CLOSED|CEASED|WITHDRAWN|EXPIRED|CANCELLED|SUPERSEDED|OBSOLETE|SUSPENDED)(?:{_LINK}(?:{_MEANT}|\({_MEANT}\)))?)"
    r"(?:\s*[:–—-]\s*|(?<=[\d)])\s+)(?=\S)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"(?<=\S)\s+[–—-]?\s*[*_]{{0,3}}(?P<raw>(?P<text>(?:(?:{REVOKED}|{_CEASED}|{_OVER}|suspended){_LINK})?{_MEANT}{_INCLUSIVE})(?P<close>[)\]])?)[\s.*_]*$",
    re.IGNORECASE,
)
# Boats REVOKED | Boats *REVOKED* | Boats - Revoked | Boats: revoked     Not: Boats revoked
_SHOUTED = re.compile(
    r"(?<=\S)(?:\s+[–—:-]?|:)\s*[*_]{0,3}(?P<raw>(?P<text>REVOKED|RESCINDED|CLOSED|CEASED|WITHDRAWN|EXPIRED|CANCELLED|SUPERSEDED|OBSOLETE"
    r"|(?:(?<=[–—:-])|(?<=[–—:-]\s))(?i:revoked|rescinded|superseded|obsolete|no\s+longer\s+(?:current|effective|in\s+(?:force|effect))|not\s+current))(?P<close>[)\]])?)[\s.!*_]*$"
)
# Boats - Withdrawn | Boats – closed: perhaps a title, as "Visas - Cancelled" is, and perhaps a mark (rule 10)
_BEHIND_A_DASH = re.compile(
    rf"(?<=\S)(?:\s+[–—-]|:)\s*(?P<raw>(?:now\s+)?(?:{_ENDED}|{_SUSPENDED}))[\s.!*]*$", re.IGNORECASE
)
# Boats 01/09/2021: in figures, and behind no word that takes the day into the title, as in "Boats made on 01/09/2021",
# "Visas expiring 30/06/2019", "Order in Council 27/06/2019" and "Annex 3.4.18"
_FIGURES_ALONE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2,4}")
_TAKES_A_DAY = re.compile(
    r"\b(?:from|to|until|till|up|before|after|prior|since|on|of|at|by|as|in|for|than|and|or|the|dated?|between|born|made"
    r"|lodged|received|granted|submitted|signed|issued|approved|decided|gazetted|published|notified|expir\w*|arriv\w+|depart\w+"
    r"|valid|effective|commenc\w+|start\w*|end\w*|clos\w+|deadline|notice|gazette|order|council|circular|memorandum"
    r"|agreement|annex|appendix|schedule|section|clause|paragraph|rule|regulation|standard|numbers?|AS/NZS|ISO|form|version|no\.?)\W*$",
    re.IGNORECASE,
)
# Words before a bare "to D" that make it part of the title: "Applications made from 3 May 2012 to 4 June 2013"
_TITLE_BEFORE = re.compile(
    rf"(?:\b(?:prior|up|back|made|lodged|received|granted|born|valid|subject|due|pursuant|between)|{DAY})$",
    re.IGNORECASE,
)
_IN_FORCE = re.compile(
    r"effective|(?:in|into)\s+(?:force|effect|operation)|(?:takes?|took)\s+effect", re.IGNORECASE
)
_NOT_WHOLLY = re.compile(r"\b(?:partly|partially|temporarily)\b", re.IGNORECASE)
_DENIED_ALONE = re.compile(r"(?:(?:is|are|does|do|was|were)\s+)?not\s+", re.IGNORECASE)
_HALF_ENDED = re.compile(
    rf"(?:partly|partially|temporarily|soon|to\s+be|being|(?:due|about)\s+to\s+be)\s+(?:{_ENDED}|suspended)"
    rf"|{_ENDED}\s+(?:temporarily|for\s+(?:now|the\s+time\s+being)|until\s+further\s+notice)"
    r"|not\s+yet\s+(?:in\s+(?:force|effect|operation)|effective|current|begun|commenced|started)",
    re.IGNORECASE,
)
_END_WITHIN = re.compile(
    rf"\b(?:{_ENDED}|revocation|repeal|withdrawal|closure|cessation|rescission|(?:last|final)\s+day)\b",
    re.IGNORECASE,
)
# (rafts, to 01/04/2015) | (to 01/04/2015 for rafts)     Not: (voyages to 01/04/2015)
_TO_A_DAY = re.compile(
    rf"(?:^|[,;–—-]\s*|\b(?:effective|in\s+force|valid|current)\s+)(?:until|till|up\s+to|to)\s+(?P<day>{DAY})",
    re.IGNORECASE,
)
_REVOKING = re.compile(
    rf"(?:date\s+(?:of\s+)?)?(?:{REVOKED}|revocation|repeal|rescission|withdrawal)", re.IGNORECASE
)
# (to 01/04/2015 – see ZX1.5) | (revoked 01/04/2015, now ZX1.5)
_ASIDE = re.compile(
    r"\s*[,;:–—-]\s*(?:see|refer|now|formerly|previously|replaced|superseded)\b[^/]*", re.IGNORECASE
)
# 01/04/2015 to present | from 01/04/2015 – : no end
_OPEN_ENDED = re.compile(
    rf"(?P<start>(?:from\s+)?{_MEANT})\s*(?:[–—-]|(?:(?:to|until|till|[–—-])\s*(?:the\s+)?(?:present|date|now|today|current)))",
    re.IGNORECASE,
)

FEW_WORDS = 4
LONGEST = 80
MOST = 2
_BETWEEN = re.compile(r"\s*[,;]\s*|\s+[–—-]\s+")


def split_marks(title: str) -> tuple[str, tuple[Mark, ...], list[Problem]]:
    """The title without its marks (at most two brackets), the marks, and findings about them."""
    marks: list[Mark] = []
    problems: list[Problem] = []
    title = _DOUBLED.sub(r"\1", title)
    for _ in range(MOST):
        found = _last_mark(title)
        if found is None:
            break
        place, read, odd = found
        marks = [*read, *marks]
        problems += odd
        title = title[:place].rstrip(" -–—:;,*_") if place else ""
    if not marks and (found := _first_mark(title)):
        place, marks, odd = found
        problems += odd
        title = title[place:]
    if not marks:
        title, marks, odd = _without_mark_within(title)
        problems += odd
    if PRINTED_DAY.search(title):
        problems.append(("info", "date_in_title", f"a date in the title bounds nothing: {title[:200]}"))
    return title, tuple(marks), problems


def _last_mark(title: str) -> tuple[int, list[Mark], list[Problem]] | None:
    begin = max(0, len(title) - LONGEST)
    bracket = _INNER_BRACKET.search(title, begin) or _BRACKET.search(title, begin)
    if bracket is not None:
        marks = _read(bracket["text"], bracket["raw"])
        if marks is None:
            return None
        whole = bracket["close"] is not None
        return bracket.start(), *_judged(marks, bracket["raw"].strip(), whole)
    if nested := _NESTED.search(title, begin):
        ended = _ENDS.fullmatch(" ".join(re.sub(r"[()]", " ", nested["text"]).split()))
        marks = [_end(ended, nested["raw"])] if ended else _perhaps_ended(nested["text"], nested["raw"])
        return None if marks is None else (nested.start(), *_judged(marks, nested["raw"].strip(), whole=True))
    tail = _TAIL.search(title, begin) or _SHOUTED.search(title, begin)
    if tail is None:
        return _behind_a_dash(title, begin)
    if not _stands_alone(title, tail):
        return None
    marks = _read(tail["text"], tail["raw"])
    return None if marks is None else (tail.start(), *_judged(marks, tail["raw"].strip(), whole=False))


def _without_mark_within(title: str) -> tuple[str, list[Mark], list[Problem]]:
    """The title without an end in brackets that is not its last word: `Boats (revoked D) (small)`."""
    for bracket in _WITHIN.finditer(title):
        match = _ENDS.fullmatch(bracket["text"]) or _REVERSED.fullmatch(bracket["text"])
        if match is not None and bracket.start() and not re.fullmatch(_ENDING, match["word"], re.IGNORECASE):
            rest = title[bracket.end() :]
            marks, problems = _judged([_end(match, bracket["raw"])], bracket["raw"], whole=True)
            return f"{title[: bracket.start()]} {rest}", marks, problems
    return title, [], []


def _behind_a_dash(title: str, begin: int) -> tuple[int, list[Mark], list[Problem]] | None:
    word = _BEHIND_A_DASH.search(title, begin)
    if word is None or title.isupper():
        return None
    mark = Mark(raw=word["raw"], word="to", day=None, printed=word["raw"], kind="unclear")
    return word.start(), *_judged([mark], mark.raw, whole=True)


def _first_mark(title: str) -> tuple[int, list[Mark], list[Problem]] | None:
    """A mark before the title, or in its place: `(revoked D) Boats`, `REVOKED – Boats`, `Revoked`."""
    first = None if title.isupper() else _FIRST.match(title)
    if first is not None:
        bare = first["bare"]
        raw, text = (first["raw"], first["text"]) if bare is None else (bare, re.sub(r"[()]", "", bare))
        end = first.end()
    elif _ALONE.fullmatch(title):
        raw, text, end = title, title.rstrip(" .!"), len(title)
    else:
        return None
    marks = _read(text, raw)
    return None if marks is None else (end, *_judged(marks, raw.strip(), whole=True))


def _stands_alone(title: str, tail: re.Match[str]) -> bool:
    """Whether the end of a line without an opening bracket is a mark: `to D`, `revoked D`, `D)`, `REVOKED`."""
    before = title[: tail.start()].rstrip()
    if "(" in before.rpartition(")")[2] or title.isupper():
        return False
    if tail["close"]:
        return True
    if _BARE.fullmatch(tail["text"]):
        return _FIGURES_ALONE.fullmatch(tail["text"]) is not None and not _takes_a_day(before)
    return _TITLE_BEFORE.search(before) is None


def _takes_a_day(before: str) -> bool:
    return _TAKES_A_DAY.search(before) is not None or _TITLE_BEFORE.search(before) is not None


def _read(text: str, raw: str) -> list[Mark] | None:
    """The marks in a bracket; None if its words belong to the title."""
    text = text.strip().rstrip(".")
    if of_these := _OF_THESE.match(text):
        text = text[of_these.end() :]
    if match := _RANGE.fullmatch(text):
        cut = raw.index(match["other"], len(match["one"]))
        one = _start(match["one"] if match["one"][:1] in "fF" else f"from {match['one']}", raw[:cut].rstrip())
        inclusive: Reading = "included" if match["inclusive"] or "including" in match["other"] else "either"
        return [one, _mark(raw[cut:], "to", match["day"], inclusive)]
    if _BARE.fullmatch(text):
        return [_mark(raw, "", text)]
    if match := _OPEN_ENDED.fullmatch(text):
        start = match["start"]
        return [_start(start if start[:1] in "fF" else f"from {start}", raw)]
    if _STARTS.fullmatch(text):
        return [_start(text, raw)]
    if match := _ENDS.fullmatch(text) or _REVERSED.fullmatch(text) or _ends_aside(text):
        return [_end(match, raw)]
    return _clause(text, raw) or _pieces(text, raw) or _unread(text, raw)


def _ends_aside(text: str) -> re.Match[str] | None:
    """An end and where to look instead: `(to D – see ZX1.5)`."""
    match = _ENDS.match(text)
    if match is None or PRINTED_DAY.search(text, match.end()):
        return None
    return match if _ASIDE.fullmatch(text, match.end()) else None


def _pieces(text: str, raw: str) -> list[Mark] | None:
    """The marks of a bracket that holds several: `(01/04/2012, revoked 01/04/2015)`."""
    parts = [part.strip() for part in _BETWEEN.split(text)]
    if len(parts) != MOST:
        return None
    one, other = (_read(part, part) for part in parts)
    if one is None or other is None:
        return None
    return [replace(mark, raw=raw.strip() if n == 0 else "") for n, mark in enumerate((*one, *other))]


def _clause(text: str, raw: str) -> list[Mark] | None:
    """What the grammar of sentences reads in a bracket, if it reads all of it: `(effective until D)`, `(ceases D)`."""
    if label := LABELLED.fullmatch(text):
        return _labelled(label, raw)
    verb = END.match(text) or BEGIN.match(text)
    rest = BY.sub("", text[verb.end() :]) if verb else text  # "(suspended indefinitely from D)"
    times = read_times(rest, default=_default(verb))
    if not times.length or rest[times.length :].strip() or times.vague or times.signing:
        return None
    if verb is None:
        # "(on D)" may belong to the title
        loose = times.unreadable or times.preposition in ("", "on", "at", "as at", "since")
        return None if loose else _marks_of(times, raw, None)
    aux, ends = verb["aux"], verb.re is END
    if ends and not verb["suspend"] and _is_for_a_time(text, verb):
        return [_unclear(raw, times)]
    if not ends and verb["hold"] and _DENIED_ALONE.fullmatch(aux) and FROM.match(times.preposition):
        return _not_from(times, raw)
    if any(words.search(aux) for words in (DENIED, POSSIBLE, FUTURE, _NOT_WHOLLY)):
        return [_unclear(raw, times)] if ends or DENIED.search(aux) else None
    if times.unreadable:
        return [Mark(raw=raw, word="to", day=None, printed=text)] if ends else None
    if not ends and not _IN_FORCE.search(verb[0]):
        # "(valid from D)", "(introduced D)" are of the title (r15); "(valid until D)" may be
        return [_unclear(raw, times)] if times.until else None
    return _marks_of(times, raw, verb if ends else None)


def _is_for_a_time(text: str, verb: re.Match[str]) -> bool:
    """ "(closed D – E)", "(closed temporarily from D)"."""
    return len(PRINTED_DAY.findall(text)) > 1 or FOR_NOW_BEHIND.match(text, verb.end()) is not None


def _labelled(label: re.Match[str], raw: str) -> list[Mark]:
    """ "(expiry date: D)", "(last day in force D)", "(commencement D)"."""
    if label["begin"]:
        return [_mark(raw, "from", label["day"])]
    reading: Reading = "included" if label["last"] else "either" if label["end"] else "excluded"
    return [_mark(raw, "to", label["day"], reading, revokes=_REVOKING.match(label[0].strip()) is not None)]


def _not_from(times: Times, raw: str) -> list[Mark] | None:
    """ "(not in force from D)", "(not in force after D)"."""
    if times.until is not None:
        return [_mark(raw, "to", times.until_raw, times.reading)]
    return [_mark(raw, "to", times.first_raw)] if times.first else None


def _default(verb: re.Match[str] | None) -> str:
    if verb is None or verb.re is BEGIN:
        return "state"
    return "expire" if verb["expire"] or verb["close"] else "passive"


def _unclear(raw: str, times: Times) -> Mark:
    printed = times.until_raw or times.first_raw or raw
    reading = times.reading if times.until else "excluded"
    return Mark(
        raw=raw, word="to", day=times.until or times.first, printed=printed, reading=reading, kind="unclear"
    )


def _marks_of(times: Times, raw: str, ended: re.Match[str] | None) -> list[Mark]:
    raw = raw.strip().rstrip(".")
    if ended is None:
        first = [Mark(raw=raw, word="from", day=times.first, printed=times.first_raw)] if times.first else []
        last = Mark(
            raw="" if first else raw,
            word="to",
            day=times.until,
            printed=times.until_raw,
            reading=times.reading,
        )
        return [*first, last] if times.until else first
    suspends = ended["suspend"] is not None
    until = times.until is not None and not suspends
    return [
        Mark(
            raw=raw,
            word="to",
            day=times.until if until else times.first,
            printed=(times.until_raw if until else times.first_raw) or raw,
            reading=times.reading if until else "excluded",
            kind="suspension" if suspends else "end",
            revokes=re.match(REVOKED, ended["passive"] or "", re.IGNORECASE) is not None,
        )
    ]


def _start(text: str, raw: str) -> Mark:
    match = _STARTS.fullmatch(text)
    assert match is not None
    word = match["word"].lower()
    named: MarkWord = "before" if word == "before" else "after" if word == "after" else "from"
    return _mark(raw, named, match["day"])


def _end(match: re.Match[str], raw: str) -> Mark:
    groups = match.groupdict()
    word = " ".join(match["word"].lower().split())
    link = (groups.get("link") or "").lower()
    reading: Reading = "excluded"
    if groups.get("inclusive") or groups.get("including"):
        reading = "included"
    elif re.fullmatch(f"{_OVER}|{_ENDING}", word) and not re.search(r"from|as of|effective", link):
        reading = "either"
    return _mark(
        raw,
        "to",
        match["day"],
        reading,
        revokes=re.fullmatch(REVOKED, word) is not None,
        suspends=word == "suspended",
    )


def _unread(text: str, raw: str) -> list[Mark] | None:
    if (
        _CLOSED_TO.fullmatch(text)
        or _HALF_ENDED.fullmatch(text)
        or (RESUMED.search(text) and _END_WITHIN.search(text))
    ):
        return [Mark(raw=raw, word="to", day=None, printed=text, kind="unclear")]
    if _LIMITED.search(text) and _END_WITHIN.search(text):
        dated = PRINTED_DAY.search(text)
        limited = _mark(raw, "to", dated[0]) if dated else Mark(raw=raw, word="to", day=None, printed=text)
        return [replace(limited, kind="unclear")]
    word = _WORD_ALONE.fullmatch(text)
    if word is None and _UNREADABLE.fullmatch(text) is None:
        return _perhaps_ended(text, raw)
    said = word["word"].lower() if word else ""
    return [
        Mark(
            raw=raw,
            word="to",
            day=None,
            printed=text,
            kind="suspension" if re.fullmatch(_SUSPENDED, said) else "end",
            revokes=re.fullmatch(REVOKED, said) is not None,
        )
    ]


def _perhaps_ended(text: str, raw: str) -> list[Mark] | None:
    """A possible end: a few words with a word of ending and a date, `(to be revoked 1 May 2015)`."""
    to_a_day = _TO_A_DAY.search(text)
    if to_a_day:
        return [replace(_mark(raw, "to", to_a_day["day"], "either"), kind="unclear")]
    dated = PRINTED_DAY.search(text)
    if dated is None or len(text[: dated.start()].split()) > FEW_WORDS or not _END_WITHIN.search(text):
        return None
    if not _END_WITHIN.search(text, 0, dated.start()):
        return [Mark(raw=raw, word="to", day=None, printed=text, kind="unclear")]  # "(from D until revoked)"
    return [replace(_mark(raw, "to", dated[0]), kind="unclear")]


def _mark(
    raw: str,
    word: MarkWord,
    printed: str,
    reading: Reading = "excluded",
    *,
    revokes: bool = False,
    suspends: bool = False,
) -> Mark:
    try:
        day = parse_printed_day(printed)
    except DayError:
        day = None
    if day is None:
        reading = "excluded"  # no day to include: out of force, without a readable day
    return Mark(
        raw=raw.strip().rstrip("."),
        word=word,
        day=day,
        printed=printed,
        reading=reading,
        revokes=revokes,
        kind="suspension" if suspends else "end",
    )


def _judged(marks: list[Mark], raw: str, whole: bool) -> tuple[list[Mark], list[Problem]]:
    """The marks, with findings about them."""
    problems: list[Problem] = []
    if not whole:
        problems.append(("info", "bracket_missing", f"a bracket is missing at {raw}"))
    for mark in marks:
        problems += _oddities(mark)
    return marks, problems


def _oddities(mark: Mark) -> list[Problem]:
    if mark.word in ("before", "after"):
        return [("info", "loose_date", f"nothing is concluded from {mark.raw}")]
    if mark.kind == "unclear":
        return [("warning", "end_unclear", f"{mark.raw} may mean that the instruction ended or not")]
    if mark.day is not None:
        return (
            [("info", "instruction_suspended", f"suspended: {mark.raw}")] if mark.kind == "suspension" else []
        )
    try:
        parse_printed_day(mark.printed)
    except UnlikelyYear as problem:
        return [("warning", "unlikely_year", f"{mark.raw} proves nothing: {problem.reason}")]
    except DayError:
        pass
    if mark.word == "to":
        return [("warning", "end_without_day", f"{mark.raw} says that it ended, and no day that can be read")]
    return [("warning", "malformed_date", f"{mark.raw} is no day that the calendar has")]
