"""Wording for answers that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manual.dates import in_words
from manual.pages.words import ANSWER_LABEL, run_words

if TYPE_CHECKING:  # it imports everything that derives histories, and most commands print no changes
    from manual.queries.learned import Shift, Told


def shift_sentence(shift: Shift) -> str:
    """A sentence with the days, the earlier answer and the new one."""
    days = run_words(shift.first, shift.until)
    return f"{days[0].upper()}{days[1:]}: was {told_words(shift.before)}, is {told_words(shift.after)}."


def told_words(told: Told) -> str:
    """`in force (version of 1 August 2024)`."""
    which = " or ".join(
        f"version of {in_words(one.began)}" if one.began else "version of unknown start"
        for one in told.versions
    )
    return f"{ANSWER_LABEL[told.answer].lower()}{f' ({which})' if which else ''}"
