"""Words that the manual changed when one Act took the place of another: said beside texts of before, and of terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from manual.dates import in_words
from manual.model import Answer, Block
from manual.publisher import Publisher


class WordChanged(NamedTuple):
    """A word that the manual used `before` a day and the one that it has used since, that day included."""

    before: str
    since: str
    day: date


def words_changed(blocks: Iterable[Block], on: date, publisher: Publisher) -> tuple[WordChanged, ...]:
    """The changed words that a text of `on` uses; none of a text of the day of the change or later.

    Of words within words the longest counts: "residence permit" is no "permit".
    """
    day = publisher.edition_ended
    if day is None or on >= day or not publisher.words_changed:
        return ()
    used = {
        _one(match[0])
        for top in blocks
        for block in top.walk()
        for match in _pattern(publisher).finditer(block.text)
    }
    return tuple(WordChanged(old, new, day) for old, new in publisher.words_changed if old in used)


def words_changed_in(
    answer: Answer, blocks: Iterable[Block], publisher: Publisher
) -> tuple[WordChanged, ...]:
    """The same of the text of an answer: of its day if in force then, else of the first day of its version."""
    first = answer.version.validity.effective_from if answer.version else None
    on = answer.on if answer.answer == "in_force" or first is None else first
    return words_changed(blocks, on, publisher)


def term_otherwise(term: str, on: date, publisher: Publisher) -> str:
    """`since 29 November 2010: visa`, or `before …`, of a defined term that is a changed word; else empty."""
    name, day = _one(term), publisher.edition_ended
    if day is None:
        return ""
    if on < day:
        others = [new for old, new in publisher.words_changed if old == name]
    else:
        others = [old for old, new in publisher.words_changed if new == name]
    return f"{'since' if on < day else 'before'} {in_words(day)}: {' or '.join(others)}" if others else ""


def _one(word: str) -> str:
    """Of one and not of several: `permit` for `Permits`, `policy` for `policies`; "instructions" is said of several."""
    word = " ".join(word.lower().split())
    if word.endswith(("instructions", "ies")):
        return f"{word.removesuffix('ies')}y" if word.endswith("ies") else word
    return word.removesuffix("s")


@cache
def _pattern(publisher: Publisher) -> re.Pattern[str]:
    longest = sorted((old for old, _ in publisher.words_changed), key=len, reverse=True)
    forms = [
        re.escape(old[:-1]) + "(?:y|ies)" if old.endswith("y") else re.escape(old) + "s?" for old in longest
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)
