"""Things written in several ways: full-time and fulltime, s 61 and section 61, INZ1025, 12-month.

Each is one leaf of the query, so that every way of typing it finds the same texts.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from indexer.analysis import fold
from indexer.tree import Near, OneOf
from manual.publisher import Publisher, expression

_UNITS = """
    hour hours hourly minute minutes day days week weeks weekly fortnight fortnights month months year years yearly
    point points credit credits percent dollar dollars
"""
UNITS = frozenset(_UNITS.split())
"""What a number before it belongs to: `30 hours`."""
BESIDE = 3
"""How many words apart a number and its unit may stand: `30 or more hours`."""

# s 61 | s61(1) | ss 61 | sec. 35A | section 61(1)(a); then neither a word nor a sign of the language
_OF_ACT = re.compile(
    r"(?:sections?|sect?\.?|ss?\.?) ?(?P<number>\d{1,3}[A-Z]{0,2})(?P<places>(?:\([0-9A-Za-z]{1,4}\))*)"
    r"(?![\w*~-]|\.\d)",
    re.IGNORECASE,
)
# INZ 1025 | INZ1025
_FORM = expression(
    lambda publisher: (
        rf"(?P<word>{'|'.join(publisher.forms) or '(?!)'})[ -]?(?P<number>\d{{3,4}})(?![\w*~-]|\.\d)"
    ),
    re.IGNORECASE,
)
# 30 hours | 12-month | 25,000 dollars
_AMOUNT = re.compile(
    rf"(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)[ -]?(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})"
    r"(?![\w*~-])",
    re.IGNORECASE,
)


@cache
def _compounds() -> tuple[dict[str, tuple[str, str]], re.Pattern[str]]:
    """Each compound's two parts by its letters, and a pattern for all compounds, in one word, hyphenated or in two."""
    lines = resources.files("indexer").joinpath("compounds.txt").read_text(encoding="utf-8").splitlines()
    parted = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    parts = {line.replace("-", ""): (line.partition("-")[0], line.partition("-")[2]) for line in parted}
    ways = "|".join(f"{first}[ -]?{last}" for first, last in sorted(parts.values(), reverse=True))
    return parts, re.compile(rf"(?P<whole>{ways})(?P<s>s?)(?![\w*~’'-])", re.IGNORECASE)


def compounds() -> tuple[tuple[str, str], ...]:
    """The compounds in their two parts, by alphabet."""
    return tuple(sorted(_compounds()[0].values()))


def one_thing_at(text: str, at: int, publisher: Publisher) -> tuple[OneOf | Near, int] | None:
    """The thing with several spellings that begins at `at` in a query, and where it ends."""
    if match := _OF_ACT.match(text, at):
        return of_act(match["number"].lower()), match.end()
    if match := _FORM(publisher).match(text, at):
        return of_form(match["word"].lower(), match["number"]), match.end()
    if match := _AMOUNT.match(text, at):
        return Near((fold(match["number"]), match["unit"].lower()), BESIDE), match.end()
    parts, pattern = _compounds()
    if match := pattern.match(text, at):
        first, last = parts[re.sub("[ -]", "", match["whole"]).lower()]
        return of_compound(first, last + match["s"].lower()), match.end()
    return None


def of_act(number: str) -> OneOf:
    """A section of an Act, in any abbreviation."""
    return OneOf(("section", number), (("section", number), ("s", number), ("ss", number), (f"s{number}",)))


def of_form(word: str, number: str) -> OneOf:
    """A form by its number."""
    return OneOf((word, number), ((word, number), (f"{word}{number}",)))


def of_compound(*parts: str) -> OneOf:
    """A compound written as one word or two, hyphenated or not: in a text, a hyphen separates words like a space."""
    return OneOf(parts, (parts, ("".join(parts),)))
