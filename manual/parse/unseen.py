"""Words on a page that are no part of the text as a reader sees it: said, so that none is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Comment, PageElement, Tag

from manual.model import Finding, Severity
from manual.parse.soup import UNSEEN, attribute, holds

_NOT_SHOWN = frozenset({"hidden", "checkbox", "radio", "image", "file", "password"})
# <li class="listletter">…: markup of a text, which a broken comment swallowed
_MARKUP = re.compile(r"<(?:p|li|td|ol|ul|h[1-6])\b[^<>]*>\s*[^\s<]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def words_left_out(body: Tag, topic: Tag | None) -> Iterator[Finding]:
    """A finding for each place that holds words and is not read (reports r16, damage/lost1_999.htm): a warning within
    the topic; around it such words are the site's own, unless a broken tag has ended the topic early."""
    for tag in _readable(body):
        for where, words in _places(tag):
            severity: Severity = "warning" if topic is None or holds(topic, tag) else "info"
            message = f"words inside {where} are not part of the text: {words!r}"
            yield Finding(severity, "words_left_out", message)


def _readable(body: Tag) -> Iterator[Tag]:
    """All elements, without those inside an element that is reported as a whole."""
    stack = [body]
    while stack:
        tag = stack.pop()
        yield tag
        if tag.name not in UNSEEN:
            stack += (child for child in reversed(tag.contents) if isinstance(child, Tag))


def _places(tag: Tag) -> Iterator[tuple[str, str]]:
    for child in tag.contents:
        if isinstance(child, Comment) and _MARKUP.search(child):
            yield "a comment", " ".join(_TAG.sub(" ", child).split())
    if words := _words_of(tag):
        yield f"<{tag.name}>", words


def _words_of(tag: Tag) -> str:
    if tag.name in UNSEEN:
        return " ".join(" ".join(_strings(tag)).split())
    return " ".join(_field(tag).split())


def _field(tag: Tag) -> str:
    """What a field of a form shows."""
    shown = tag.name == "input" and attribute(tag, "type").lower() not in _NOT_SHOWN
    return attribute(tag, "value") if shown else ""


def _strings(tag: Tag) -> Iterator[str]:
    """All strings; inside such an element html5lib may keep markup as a string."""
    stack: list[PageElement] = [tag]
    while stack:
        node = stack.pop()
        if not isinstance(node, Tag):
            yield _TAG.sub(" ", str(node))
        elif node.name not in ("script", "style"):
            yield _field(node)
            stack += reversed(node.contents)
