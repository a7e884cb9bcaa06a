"""Heading lines, rows and contents lines: code, title and the bracket after them.

    WJ2.10 Fit and proper person test (28/08/2017)
    code   title                      suffix

`marks` reads what a bracket says; a bracket that is not a mark belongs to the title.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from manual.citation import parse_code
from manual.errors import CitationError
from manual.model import Basis, Code, EndClaim, Finding, Severity, StartClaim
from manual.parse.marks import Mark, Problem, split_marks
from manual.publisher import INZ, NOTHING, Publisher, expression

# A16.1 Fairness | WA3.15.5 Pay | A1 Fairness | Appendix 13 – Green List | 28Automated is none
_CODED = expression(
    lambda publisher: (
        rf"(?P<code>(?:{_word_of(publisher)})\s+\d{{1,3}}|{publisher.codes.loose})(?![\w.]*\d)(?!\.\w)"
        r"\.?(?:\s*[-–—:]\s*|\s+|(?=[A-Z][a-z])|$)(?P<title>.*)"
    ),
    re.DOTALL,
)
# RA Applications For … | R Residence Instructions.   Letters alone are a code only where a heading must stand.
_LETTERED = expression(
    lambda publisher: rf"(?P<code>{publisher.codes.capitals or NOTHING})\s+(?P<title>[A-Z/].*)", re.DOTALL
)
_WORDS = frozenset(("A", "I"))
"""Letters that are words too: no part, even where the page's other lines have codes such as A1."""

_CUT = re.compile(r"\s*(?:\.\.\.|…)$")
# Brackets of full width, as some keyboards type them, or braces, around a mark: a year, a day in figures, or a word of
# ending alone. Others belong to the title (`{{ 7*7 }}`)
_WIDE = re.compile(
    r"[（［{](?P<mark>[^（）［］{}()\[\]]*(?:\d{4}|\d[/.-]\d+[/.-]\d)[^（）［］{}()\[\]]*|\w*(?:ed|wn)\b\W*)[）］}]"
)
# Control characters, and marks that turn the direction of what follows: no part of any title.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The parts of a line that begins with a code. `suffixes` are in printed order."""

    code: Code | None
    title: str
    truncated: bool
    suffixes: tuple[Mark, ...]
    problems: tuple[Problem, ...] = ()
    words: str = ""
    """All that stands behind the code, as printed."""

    @property
    def suffix(self) -> str:
        return " ".join(s.raw for s in self.suffixes if s.raw)

    @property
    def dated(self) -> bool:
        """Whether a date without a word follows: the first day of a version that was replaced."""
        return any(s.word == "" for s in self.suffixes)

    def starts(self, basis: Basis, locator: str) -> tuple[StartClaim, ...]:
        """What a bare date and `(from D)` claim."""
        return tuple(
            StartClaim(s.day, basis, s.printed, locator)
            for s in self.suffixes
            if s.day and s.word in ("", "from")
        )

    def ends(self, basis: Basis, locator: str) -> tuple[EndClaim, ...]:
        """What a mark with a word of ending claims. On a row of another page the basis is always `listed`."""
        return tuple(
            EndClaim(
                s.day,
                "revocation" if basis == "suffix" and s.revokes else basis,
                s.reading,
                s.printed,
                locator,
                s.kind,
            )
            for s in self.suffixes
            if s.word == "to"
        )

    def findings(self, locator: str) -> tuple[Finding, ...]:
        return tuple(
            Finding(sev, kind, message, self.code, locator=locator) for sev, kind, message in self.problems
        )


def _word_of(publisher: Publisher) -> str:
    """`Appendix`, `appendix` or `APPENDIX`."""
    shape = publisher.codes
    return f"{shape.word_in_text}|{shape.word.upper()}" if shape.word else NOTHING


def starts_with_code(text: str, publisher: Publisher = INZ, *, lettered: bool = False) -> bool:
    """Whether a heading, row or line begins with a code; `lettered`: the letters of a part count."""
    return _match(text, lettered, frozenset(), publisher) is not None


def letters_of(codes: Collection[Code | None]) -> frozenset[str]:
    """The leading letters of these codes, which show which parts exist."""
    return frozenset(code.rstrip("0123456789.") for code in codes if code and " " not in code)


@lru_cache(maxsize=8192)
def read_heading(
    text: str, publisher: Publisher = INZ, *, lettered: bool = False, parts: frozenset[str] = frozenset()
) -> Heading:
    """Takes a line apart. A line without a code has code None and keeps its words in `title`.

    `lettered`: letters alone are a code too where they are a part of the manual, or one of `parts`, which the
    page's own rows or the other lines of the contents show to exist.
    Cached: the same titles of links and lists occur on many pages.
    """
    text, problems = _cleaned(text)
    match = _match(text, lettered, parts, publisher)
    code = parse_code(match["code"], publisher) if match else None
    rest = match["title"] if match else text
    title, suffixes, suffix_problems = split_marks(rest.strip())
    problems += suffix_problems
    truncated = title.endswith(("...", "…"))
    if truncated:
        title = _CUT.sub("", title)
        problems.append(("info", "title_truncated", f"the title is cut short: {title}..."))
    if code and not title:
        problems.append(("warning", "no_title", "the code stands without a title"))
    return Heading(
        code=code,
        title=title,
        truncated=truncated,
        suffixes=suffixes,
        problems=tuple(problems),
        words=rest.strip(),
    )


# (to 31/03/2015)
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]{3,60}[)\]][\s.*]*")
# F2.1 Partners (to
_OPEN = re.compile(r"[(\[][^()\[\]]{0,40}$")


def _narrow(text: str) -> str:
    """A line with plain brackets around its marks."""
    return _WIDE.sub(r"(\g<mark>)", text)


def with_mark_below(line: str, below: str, publisher: Publisher = INZ) -> str | None:
    """A heading, row or line of contents with the mark that a copy put on the next line (`QZ1.1 Boats` /
    `(to 27/08/2017)`) or broke in two (`QZ1.1 Boats (revoked` / `01/04/2015)`). None if the next line holds none."""
    line, below = _narrow(line), _narrow(below)
    opened = _OPEN.search(line) is not None and len(below) <= 40 and below.rstrip(" .*")[-1:] in (")", "]")
    if not opened and _IN_BRACKETS.fullmatch(below) is None:
        return None
    whole = f"{line} {below}"
    one, both = (read_heading(text, publisher, lettered=True) for text in (line, whole))
    told = [[mark for mark in heading.suffixes if mark.kind != "unclear"] for heading in (one, both)]
    marked = len(told[1]) > len(told[0]) or (opened and any(mark.day for mark in told[1]))
    return whole if marked and one.code == both.code else None


def continued_row(row: str, below: str, heading: str, publisher: Publisher = INZ) -> str | None:
    """A row with the line below it that belongs to it: its mark, or the rest of its title, which is the page's own."""
    if whole := with_mark_below(row, below, publisher):
        return whole
    whole = f"{row} {below}"
    one, both, own = (read_heading(text, publisher, lettered=True) for text in (row, whole, heading))
    cut = one.code is not None and one.code == both.code and not one.suffixes and one.title != both.title
    return whole if cut and both.title and both.title.casefold() == own.title.casefold() else None


def _match(text: str, lettered: bool, parts: frozenset[str], publisher: Publisher) -> re.Match[str] | None:
    match = _CODED(publisher).match(text.strip())
    if match is None and lettered:
        match = _LETTERED(publisher).fullmatch(text.strip())
        if (
            match is not None
            and match["code"] not in publisher.codes.parts
            and (match["code"] not in parts or match["code"] in _WORDS)
        ):
            return None
    if match is None:
        return None
    try:
        parse_code(match["code"], publisher)
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
    return " ".join(_narrow(text).split()), problems
