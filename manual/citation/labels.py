"""Labels of clauses, `(a)` or `(ii)`: which position in a list each can mean, and how one follows another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

# `(aa)` goes on after `(z)`; other pairs of letters are words.
DOUBLED = "|".join(letter * 2 for letter in "abcdefghijklmnopqrstuvwxyz")

LABEL = rf"\((?:[a-z]|[ivx]{{2,6}}|{DOUBLED})\)"
"""The expression for one label as a text prints it."""

Style = Literal["letter", "roman", "number"]
_ROMAN: Final = {
    roman: n
    for n, roman in enumerate(
        [tens + ones for tens in ("", "x", "xx", "xxx")
         for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")]
    )
    if roman
}  # fmt: skip


def readings(label: str) -> dict[Style, int]:
    """The positions in a list that a label (without brackets) can mean: `i` is the ninth letter or Roman one."""
    readings: dict[Style, int] = {}
    if label.isdecimal():
        readings["number"] = int(label)
    if len(label) == 1 and label.isalpha():
        readings["letter"] = ord(label.lower()) - 96
    if label in _ROMAN:
        readings["roman"] = _ROMAN[label]
    elif len(label) == 2 and label[0] == label[1] and label.isalpha():
        readings["letter"] = 26 + ord(label[0].lower()) - 96
    return readings


def alike(one: str, other: str) -> bool:
    """Whether two labels can belong to one list."""
    return bool(readings(one).keys() & readings(other).keys())


def stands(label: str, direction: str, sibling: str) -> bool:
    """Whether `label` can stand before (`above`) or after (`below`) `sibling` in one list; any, without direction."""
    there, here = readings(label), readings(sibling)
    for style in there.keys() & here.keys():
        if direction == "above" and there[style] < here[style]:
            return True
        if direction == "below" and there[style] > here[style]:
            return True
        if not direction:
            return True
    return False


def split_labels(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z]+", text))


def filled_up(before: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
    """`(ii)` after `(g)(i)` is (g)(ii), and `(j)` after `(h)(i)` is (j)."""
    first = labels[0]
    levels = [k for k, label in enumerate(before) if alike(first, label)]
    exact = [k for k in levels if readings(before[k]).keys() == readings(first).keys()]
    level = max(exact or levels, default=len(before) - 1)
    return before[:level] + labels


def bracketed(labels: Sequence[str]) -> str:
    return "".join(f"({label})" for label in labels)
