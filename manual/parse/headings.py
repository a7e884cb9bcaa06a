"""Heading lines, rows and lines of the contents: code, title and the bracket behind them.

    WJ2.10 Fit and proper person test (28/08/2017)
    code   title                      suffix

A bracket may be missing on either side; a bracket that holds no date belongs to the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from manual.citation import parse_code
from manual.dates import MONTHS, parse_printed_day
from manual.errors import CitationError, DayError
from manual.model import Basis, Code, EndClaim, Finding, Severity, StartClaim

# A16.1 Fairness | WA3.15.5 Pay | A1 Fairness | Appendix 13 – Green List | 28Automated is none
_CODED = re.compile(
    r"(?P<code>(?:[Aa]ppendix|APPENDIX)\s+\d{1,3}|[A-Z]{1,3}\d{1,3}(?:\.\d{1,3}){0,2})(?![\w.]*\d)(?!\.\w)"
    r"\.?(?:\s*[-–—:]\s*|\s+|(?=[A-Z][a-z])|$)(?P<title>.*)",
    re.DOTALL,
)
# RA Applications For … | R Residence Instructions.   Letters alone are a code only where a heading must stand.
_LETTERED = re.compile(r"(?P<code>[A-Z]{1,2})\s+(?P<title>[A-Z/].*)", re.DOTALL)

_DAY = r"\d{1,2}\s+(?:" + "|".join(MONTHS) + r")\s+\d{4}|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})"
# (29/11/2010) | (to 08/05/2017) | (to 24 March 2014) | (REVOKED 11/04/2024) | (from 29 September 2023)
# (before 29 April 2002) | (to 27/06/2016 | to 27/06/2016)      Not: (risk to reputation) | as at 1 May 2020
_SUFFIX = re.compile(
    rf"\s*(?:(?P<open>[(\[])\s*(?P<word>to|until|from|revoked|before|after|effective)?\s*:?\s*(?P<day>{_DAY})\s*(?P<close>[)\]])?"
    rf"|(?<!\S)(?P<word2>to|until|from|revoked|before|after)?\s*(?P<day2>{_DAY})\s*(?P<close2>[)\]]))[\s.]*$",
    re.IGNORECASE,
)
# (26/071999) | (to 31.02.2020): digits and strokes that were meant as a day
_MALFORMED = re.compile(
    r"\s*\((?:(?:to|from|until|revoked|before|after)\s+)?\d[\d\s./-]{4,12}\)\s*$", re.IGNORECASE
)

_DIGIT = re.compile(r"\d")
LONGEST_SUFFIX = 60

_CUT = re.compile(r"\s*(?:\.\.\.|…)$")
# Control characters, and marks that turn the direction of what follows: no part of any title.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")

SuffixWord = Literal["", "to", "from", "revoked", "before", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suffix:
    """One bracket behind a title. `day` is None where the calendar has no such day."""

    raw: str
    word: SuffixWord
    day: date | None
    whole: bool = True
    """Both brackets are there."""

    @property
    def printed(self) -> str:
        """The day as printed."""
        bare = self.raw.strip("()[] ")
        return re.sub(r"^[A-Za-z]+\s*:?\s*", "", bare) if self.word else bare


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line that begins with a code, taken apart. `suffixes` are in printed order."""

    code: Code | None
    title: str
    truncated: bool
    suffixes: tuple[Suffix, ...]
    problems: tuple[tuple[Severity, str, str], ...] = ()

    @property
    def suffix(self) -> str:
        return " ".join(s.raw for s in self.suffixes)

    @property
    def dated(self) -> bool:
        """Whether a bare date stands behind it: the version's own start, on versions that were replaced."""
        return any(s.word == "" for s in self.suffixes)

    def starts(self, basis: Basis, locator: str) -> tuple[StartClaim, ...]:
        """What a bare date and `(from D)` claim."""
        return tuple(
            StartClaim(s.day, basis, s.printed, locator)
            for s in self.suffixes
            if s.day and s.word in ("", "from")
        )

    def ends(self, basis: Basis, locator: str) -> tuple[EndClaim, ...]:
        """What `(to D)` and `(revoked D)` claim. On a line of another page both rest on `listed`."""
        claims = []
        for s in self.suffixes:
            if s.day and s.word == "to":
                claims.append(EndClaim(s.day, basis, "either", s.printed, locator))
            if s.day and s.word == "revoked":
                own: Basis = "revocation" if basis == "suffix" else basis
                claims.append(EndClaim(s.day, own, "excluded", s.printed, locator))
        return tuple(claims)

    def findings(self, locator: str) -> tuple[Finding, ...]:
        return tuple(
            Finding(sev, kind, message, self.code, locator=locator) for sev, kind, message in self.problems
        )


def starts_with_code(text: str, *, lettered: bool = False) -> bool:
    """Whether a heading, row or line begins with a code; `lettered`: letters alone count."""
    return _match(text, lettered) is not None


@lru_cache(maxsize=8192)
def read_heading(text: str, *, lettered: bool = False) -> Heading:
    """Takes a line apart. A line without a code has code None and keeps its words in `title`.

    Kept in a cache: the titles of links and of lists come again on page after page.
    """
    text, problems = _cleaned(text)
    match = _match(text, lettered)
    code = parse_code(match["code"]) if match else None
    rest = match["title"] if match else text
    title, suffixes, suffix_problems = _split_suffixes(rest.strip())
    problems += suffix_problems
    truncated = title.endswith(("...", "…"))
    if truncated:
        title = _CUT.sub("", title)
        problems.append(("info", "title_truncated", f"the title is cut short: {title}..."))
    if code and not title:
        problems.append(("warning", "no_title", "the code stands without a title"))
    return Heading(code=code, title=title, truncated=truncated, suffixes=suffixes, problems=tuple(problems))


def _match(text: str, lettered: bool) -> re.Match[str] | None:
    match = _CODED.match(text.strip())
    if match is None and lettered:
        match = _LETTERED.fullmatch(text.strip())
    if match is None:
        return None
    try:
        parse_code(match["code"])
    except CitationError:
        return None
    return match


def _cleaned(text: str) -> tuple[str, list[tuple[Severity, str, str]]]:
    problems: list[tuple[Severity, str, str]] = []
    if _TURNING.search(text):
        text = _TURNING.sub("", text)
        problems.append(
            ("warning", "direction_marks", "marks that turn the direction of writing were left out")
        )
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text)
        problems.append(("warning", "control_characters", "control characters were left out"))
    return " ".join(text.split()), problems


def _split_suffixes(
    title: str,
) -> tuple[str, tuple[Suffix, ...], list[tuple[Severity, str, str]]]:
    """The title without its brackets, at most two of them; what was odd about them."""
    suffixes: list[Suffix] = []
    problems: list[tuple[Severity, str, str]] = []
    while len(suffixes) < 2 and _DIGIT.search(title, max(0, len(title) - 16)):
        match = _SUFFIX.search(title, max(0, len(title) - LONGEST_SUFFIX))
        if match is None:
            break
        suffix = _suffix(match)
        suffixes.insert(0, suffix)
        problems += _suffix_problems(suffix)
        title = title[: match.start()].rstrip()
    malformed = _MALFORMED.search(title) if not suffixes and title.endswith(")") else None
    if malformed:
        raw = malformed[0].strip()
        problems.append(("warning", "malformed_date", f"{raw} is no day that the calendar has"))
        suffixes.append(Suffix(raw=raw, word=_word(raw), day=None))
        title = title[: malformed.start()].rstrip()
    return title, tuple(suffixes), problems


def _word(raw: str) -> SuffixWord:
    letters = re.sub(r"[^a-z]", "", raw.lower())
    known: dict[str, SuffixWord] = {
        "to": "to", "until": "to", "from": "from", "revoked": "revoked", "before": "before", "after": "after",
    }  # fmt: skip
    return known.get(letters, "")


def _suffix(match: re.Match[str]) -> Suffix:
    printed = match["day"] or match["day2"]
    word = _word(match["word"] or match["word2"] or "")
    whole = bool(match["open"] and match["close"])
    try:
        day = parse_printed_day(printed)
    except DayError:
        day = None
    return Suffix(raw=match[0].strip().rstrip("."), word=word, day=day, whole=whole)


def _suffix_problems(suffix: Suffix) -> list[tuple[Severity, str, str]]:
    problems: list[tuple[Severity, str, str]] = []
    if suffix.day is None:
        problems.append(("warning", "malformed_date", f"{suffix.raw} is no day that the calendar has"))
    if not suffix.whole:
        problems.append(("info", "bracket_missing", f"a bracket is missing at {suffix.raw}"))
    if suffix.word in ("before", "after"):
        problems.append(("info", "loose_date", f"nothing is concluded from {suffix.raw}"))
    return problems
