"""Words on a page that are no part of the text as a reader sees it: said, so that none is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Comment, PageElement, Tag

from manual.model import Finding
from manual.parse.soup import UNSEEN, attribute, below

_NOT_SHOWN = frozenset({"hidden", "checkbox", "radio", "image", "file", "password"})
# <li class="listletter">…: markup of a text, which a broken comment swallowed
_MARKUP = re.compile(r"<(?:p|li|td|ol|ul|h[1-6])\b[^<>]*>\s*[^\s<]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def words_left_out(node: Tag) -> Iterator[Finding]:
    """A finding for each place below `node` that holds words and is not read (reports r16, damage/lost1_999.htm)."""
    yield from _in_comments(node)
    for tag in below(node):
        yield from _in_comments(tag)
        words = _words_of(tag)
        if words:
            yield _left_out(f"<{tag.name}>", words)


def _words_of(tag: Tag) -> str:
    if tag.name in UNSEEN:
        return " ".join(" ".join(_strings(tag)).split())
    if tag.name == "input" and attribute(tag, "type").lower() not in _NOT_SHOWN:
        return " ".join(attribute(tag, "value").split())
    return ""


def _strings(tag: Tag) -> Iterator[str]:
    """All strings; inside such an element html5lib may keep markup as a string."""
    stack: list[PageElement] = [tag]
    while stack:
        node = stack.pop()
        if not isinstance(node, Tag):
            yield _TAG.sub(" ", str(node))
        elif node.name not in ("script", "style"):
            stack += reversed(node.contents)


def _in_comments(tag: Tag) -> Iterator[Finding]:
    for child in tag.contents:
        if isinstance(child, Comment) and _MARKUP.search(child):
            yield _left_out("a comment", " ".join(_TAG.sub(" ", child).split()))


def _left_out(where: str, words: str) -> Finding:
    return Finding("warning", "words_left_out", f"words inside {where} are not part of the text: {words!r}")
