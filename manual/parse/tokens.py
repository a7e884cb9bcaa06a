"""A quick tokenizer for html5lib: regular expressions for what pages are made of, nothing for what is odd.

html5lib builds the tree that a browser would, and spends half its time reading one character after another. This
gives its tree builder the same tokens from a few expressions. Whatever they do not cover (bogus comments, a `<` that
opens no tag, entities without a semicolon, unfinished tags …) raises `Odd`, and the page is read again by html5lib's
own tokenizer: quick where pages are plain, right where they are not. A property test holds the two trees equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from html5lib.constants import replacementCharacters, tokenTypes

Token = dict[str, Any]

_CHARACTERS = tokenTypes["Characters"]
_SPACES = tokenTypes["SpaceCharacters"]
_START = tokenTypes["StartTag"]
_END = tokenTypes["EndTag"]
_COMMENT = tokenTypes["Comment"]
_DOCTYPE = tokenTypes["Doctype"]

_SPACE = "\t\n\x0c "
_NAME = r"[a-zA-Z][^\t\n\x0c />\x00<\"'=]*+"
# class="bodytext" | width= "18" | nowrap | border=0
_ATTRIBUTE = (
    r"[\t\n\x0c ]++(?P<name>[^\t\n\x0c />\"'<=\x00]++)"
    r"(?:[\t\n\x0c ]*+=[\t\n\x0c ]*+(?:\"(?P<double>[^\"\x00]*+)\"|'(?P<single>[^'\x00]*+)'"
    r"|(?P<bare>[^\t\n\x0c >\"'<=`\x00/]++)))?"
)
_UNNAMED = re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE)
# <p class="x"> | <br/> | </td> | <!-- … --> | <!DOCTYPE html>
_MARKUP = re.compile(
    rf"<(?:(?P<start>{_NAME})(?P<attributes>(?:{_UNNAMED})*+)[\t\n\x0c ]*+(?P<closing>/?)>"
    rf"|/(?P<end>{_NAME})[\t\n\x0c ]*+>"
    r"|!--(?P<comment>(?!-?>)(?:[^-\x00]|-(?!-))*+)-->"
    r"|!DOCTYPE[\t\n\x0c ]++(?P<doctype>[a-zA-Z]++)(?:[\t\n\x0c ]++PUBLIC[\t\n\x0c ]++\"(?P<public>[^\">\x00]*+)\""
    r"(?:[\t\n\x0c ]++\"(?P<system>[^\">\x00]*+)\")?)?[\t\n\x0c ]*+>)",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
# &nbsp; | &#8216; | &#x2019;    A `&` before anything but a letter or `#` stands for itself.
_ENTITY = re.compile(r"&(?:([a-zA-Z][a-zA-Z0-9]*;)|#([0-9]{1,7});|#[xX]([0-9a-fA-F]{1,6});|(?![a-zA-Z#]))")
_UPPER = str.maketrans({chr(n): chr(n + 32) for n in range(65, 91)})
_RAW = {"script": "script", "style": "style", "title": "title"}


class Odd(Exception):
    """The page holds something that only html5lib's own tokenizer reads rightly."""


class _Stream:
    """What the parser asks of its input: a place for parse errors, and that the encoding is settled."""

    charEncoding = (None, "certain")
    errors: tuple[()] = ()

    def position(self) -> tuple[int, int]:
        return (0, 0)


class QuickTokenizer:
    """Iterates over the tokens of `text`. The parser sets `state` to tell that raw text follows a start tag."""

    dataState = "data"
    rcdataState = "rcdata"
    rawtextState = "rawtext"
    scriptDataState = "script"
    plaintextState = "plaintext"

    def __init__(self, text: str) -> None:
        if "\x00" in text:
            raise Odd
        self.text = text
        self.state = self.dataState
        self.stream = _Stream()

    def __iter__(self) -> Iterator[Token]:
        text, position = self.text, 0
        while True:
            bracket = text.find("<", position)
            if bracket != position:
                yield from _characters(text[position : bracket if bracket >= 0 else len(text)])
            if bracket < 0:
                return
            match = _MARKUP.match(text, bracket)
            if match is None:
                raise Odd
            token = _token(match)
            if token["type"] == _START and token["name"] == "frameset":
                raise Odd  # where words are dropped, the bounds of tokens decide which spaces stay
            yield token
            position = match.end()
            if self.state != self.dataState:
                yield from self._raw(token["name"], position)
                position = self._raw_end(token["name"], position)
                self.state = self.dataState

    def _raw_end(self, name: str, start: int) -> int:
        """Where the end tag of a script, style or title begins."""
        if name not in _RAW:
            raise Odd
        match = re.compile(rf"</{name}[\t\n\x0c ]*>", re.IGNORECASE).search(self.text, start)
        if match is None:
            raise Odd
        return match.start()

    def _raw(self, name: str, start: int) -> Iterator[Token]:
        inside = self.text[start : self._raw_end(name, start)]
        if "<!--" in inside or f"</{name}" in inside.lower():
            raise Odd
        if name == "title":
            yield from _characters(inside)
        elif inside:
            yield {"type": _CHARACTERS, "data": inside}


def _characters(raw: str) -> Iterator[Token]:
    """White space at the front is a token of its own: it means nothing where text would open the body."""
    if "&" in raw:
        raw = _ENTITY.sub(_decoded, raw) if _all_known(raw) else _odd()
    bare = raw.lstrip(_SPACE)
    lead = len(raw) - len(bare)
    if lead:
        yield {"type": _SPACES, "data": raw[:lead]}
    if bare:
        yield {"type": _CHARACTERS, "data": bare}


def _all_known(raw: str) -> bool:
    return raw.count("&") == sum(1 for _ in _ENTITY.finditer(raw))


def _odd() -> str:
    raise Odd


def _decoded(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return html5.get(name) or _odd()
    if not decimal and not hexadecimal:
        return "&"
    number = int(decimal) if decimal else int(hexadecimal, 16)
    if number in replacementCharacters:
        return str(replacementCharacters[number])
    return "\ufffd" if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF else chr(number)


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup
    if match["start"] is not None:
        return {
            "type": _START,
            "name": match["start"].translate(_UPPER),
            "data": _attributes(match["attributes"]) if match["attributes"] else {},
            "selfClosing": bool(match["closing"]),
            "selfClosingAcknowledged": False,
        }
    if kind == "end":
        return {"type": _END, "name": match["end"].translate(_UPPER), "data": {}, "selfClosing": False}
    if kind == "comment":
        return {"type": _COMMENT, "data": match["comment"]}
    return {
        "type": _DOCTYPE,
        "name": match["doctype"].translate(_UPPER),
        "publicId": match["public"],
        "systemId": match["system"],
        "correct": True,
    }


def _attributes(raw: str) -> dict[str, str]:
    """Names in lower case; of two with one name the first counts, as in a browser."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTES.finditer(raw):
        name, double, single, bare = match.groups()
        value = double or single or bare or ""
        if "&" in value:
            value = _ENTITY.sub(_decoded, value) if _all_known(value) else _odd()
        found.setdefault(name.translate(_UPPER), value)
    return found
