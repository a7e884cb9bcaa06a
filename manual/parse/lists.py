"""Labels of list items: computed, because the source prints them by style sheet only (pages.md, "The HTML")."""

from __future__ import annotations

import re

from manual.model import ListStyle

ORDERED: tuple[ListStyle, ...] = ("letter", "roman", "number", "capital", "decimal")

# listletter  listroman  listbullet3  listnumber2
_CLASS = re.compile(r"list(?P<style>letter|roman|bullet|number|capital|alpha|dash)", re.IGNORECASE)
_BY_CLASS: dict[str, ListStyle] = {
    "letter": "letter", "alpha": "letter", "roman": "roman", "bullet": "bullet",
    "number": "number", "capital": "capital", "dash": "bullet",
}  # fmt: skip
_BY_TYPE: dict[str, ListStyle] = {"a": "letter", "i": "roman", "1": "number", "A": "capital", "I": "roman"}
_BY_DEPTH: tuple[ListStyle, ...] = ("letter", "roman", "capital", "number")


def style_of(css_class: str, type_attribute: str, *, ordered: bool, depth: int) -> ListStyle:
    """The style of a list: by class, else by its `type`, else by how many ordered lists it lies in."""
    match = _CLASS.search(css_class)
    if match:
        return _BY_CLASS[match["style"].lower()]
    if not ordered:
        return "bullet"
    return _BY_TYPE.get(type_attribute) or by_depth(depth)


def by_depth(depth: int) -> ListStyle:
    """(a), then (i), then (A), then (1)."""
    return _BY_DEPTH[min(depth, len(_BY_DEPTH) - 1)]


def label(style: ListStyle, number: int) -> str:
    """The label of the `number`th item, as the manual refers to it.

    >>> label("letter", 8), label("letter", 28), label("roman", 4), label("bullet", 2)
    ('(h)', '(ab)', '(iv)', '•')
    """
    match style:
        case "letter":
            return f"({letters(number)})"
        case "capital":
            return f"({letters(number).upper()})"
        case "roman":
            return f"({roman(number)})"
        case "number":
            return f"({number})"
        case "decimal":
            return f"{number}."
        case "bullet":
            return "•"
        case "dash":
            return "-"
        case _:
            return ""


def letters(number: int) -> str:
    """a to z, then aa, ab and so on, as browsers count."""
    text = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        text = chr(ord("a") + place) + text
    return text


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Lower-case roman numerals, from 1."""
    text = ""
    for value, letter in _ROMAN:
        count, number = divmod(number, value)
        text += letter * count
    return text
