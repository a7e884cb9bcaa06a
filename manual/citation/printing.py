"""Pinpoints as anchors: from the printed form of a place to its fragment in a page's address."""

from __future__ import annotations

import re
from functools import lru_cache

from manual.errors import CitationError

# yes: `(g)` `(ii)` `(12)` `(aa)` `(xxxviii)`
# no: `(note)` `(1A)` `g`
_PLAIN_LABEL = re.compile(r"\((?:[A-Za-z]{1,3}|[ivx]{4,8}|[0-9]{1,4})\)")

# The pieces of a pinpoint that have a readable spelling; every other character is spelt by its number.
# yes: `WA3.25` `(ii)` `(1A)` `•2` ` 13` ` note` ` h2` ` [2]` `/`
# no: `(a)(b)` ` note 2`
_ANCHOR_PIECE = re.compile(
    rf"(?P<head>^[A-Za-z0-9.]+)|(?P<label>{_PLAIN_LABEL.pattern})|(?P<odd_label>\([A-Za-z0-9]+\))"
    r"|(?P<bullet>•[0-9]+)|(?P<again> \[[0-9]+\])|(?P<number> [0-9]+(?![A-Za-z0-9]))"
    r"|(?P<word> (?![ivx]+(?![a-z]))[a-z]{4,}(?![A-Z0-9]))"
    r"|(?P<odd_word> [A-Za-z0-9]+)|(?P<other>.)",
    re.DOTALL,
)

# The same pieces as they are spelt.
# yes: `WA3.25` `-ii` `__1A` `-b2` `_13` `-note` `--h2` `_x2` `~2f~`
# no: `-` `~2f` `-ii-b2`
_ANCHOR_SPELT = re.compile(
    r"(?P<head>^[A-Za-z0-9.]+)|__(?P<odd_label>[A-Za-z0-9]+)|_x(?P<again>[0-9]+)|_(?P<number>[0-9]+)|--(?P<odd_word>[A-Za-z0-9]+)"
    r"|-b(?P<bullet>[0-9]+)|-(?P<label>[A-Za-z]{1,3}(?![A-Za-z])|[ivx]{4,8}(?![a-z])|[0-9]+)|-(?P<word>[a-z]{4,})"
    r"|~(?P<other>[0-9a-f]+)~"
)


@lru_cache(maxsize=4096)  # cached: the text, the outline and every link ask for the same place
def anchor(pinpoint: str) -> str:
    """The HTML id and URL fragment of a pinpoint; no two pinpoints share one. Only `A-Z a-z 0-9 . - _ ~`.

    >>> anchor("WA3.25(g)(ii)"), anchor("WA3.25(g)(ii)•2 note"), anchor("Appendix 13(a)")
    ('WA3.25-g-ii', 'WA3.25-g-ii-b2-note', 'Appendix_13-a')
    """
    return "".join(_spelt(piece) for piece in _ANCHOR_PIECE.finditer(pinpoint))


def _spelt(piece: re.Match[str]) -> str:
    text = piece[0]
    match piece.lastgroup:
        case "head":
            return text
        case "label":
            return f"-{text[1:-1]}"
        case "odd_label":
            return f"__{text[1:-1]}"
        case "bullet":
            return f"-b{text[1:]}"
        case "again":
            return f"_x{text[2:-1]}"
        case "number":
            return f"_{text[1:]}"
        case "word":
            return f"-{text[1:]}"
        case "odd_word":
            return f"--{text[1:]}"
        case _:
            return f"~{ord(text):x}~"


def pinpoint_of_anchor(fragment: str) -> str:
    """The pinpoint from which `anchor` made `fragment`. Raises CitationError if `anchor` cannot have made it."""
    pieces: list[str] = []
    position = 0
    for piece in _ANCHOR_SPELT.finditer(fragment):
        if piece.start() != position:
            break
        pieces.append(_unspelt(piece))
        position = piece.end()
    pinpoint = "".join(pieces)
    if position != len(fragment) or anchor(pinpoint) != fragment:
        raise CitationError(fragment, "it is not the address of a place in an instruction")
    return pinpoint


def _unspelt(piece: re.Match[str]) -> str:
    name = piece.lastgroup or ""
    text = piece[name]
    if name in ("label", "odd_label"):
        return f"({text})"
    if name == "bullet":
        return f"•{text}"
    if name == "again":
        return f" [{text}]"
    if name == "other":
        number = int(text[:8], 16)
        return chr(number) if number < 0x110000 else ""
    return text if name == "head" else f" {text}"
