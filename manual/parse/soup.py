"""HTML text to a tree: BeautifulSoup over html5lib, with limits on nesting that hold before any recursion.

html5lib builds the tree that a browser would. html.parser turns an unclosed `<li>` into a child of the one
before it, and lxml moves loose text of tables elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from manual.errors import LimitExceeded

MAX_NESTING = 200
"""Elements within elements. Real pages have under 20; readers below recurse at most twice per level."""
MAX_OPEN = 2000
"""Elements of any kind opened and not closed; beyond it, tree building itself becomes slow."""

_STRUCTURAL = re.compile(
    r"<(/?)(?:ol|ul|dl|table|div|blockquote|section|article|fieldset|center)\b", re.IGNORECASE
)
_ANY = re.compile(r"<(/?)(?!(?:br|p|li|img|hr|td|tr|th|meta|link|input|col)\b)[a-z][a-z0-9]*", re.IGNORECASE)


def parse_html(text: str, name: str) -> BeautifulSoup:
    """The tree of a page. Raises LimitExceeded where elements nest deeper than MAX_NESTING."""
    _refuse_nesting(text, name)
    soup = BeautifulSoup(text, "html5lib", store_line_numbers=False, multi_valued_attributes=None)
    if text.count("<") > MAX_NESTING and _depth(soup) > MAX_NESTING:
        raise _too_deep(name)
    return soup


def _refuse_nesting(text: str, name: str) -> None:
    """Counts what is open without building anything."""
    for pattern, limit in ((_STRUCTURAL, MAX_NESTING), (_ANY, MAX_OPEN)):
        if text.count("<") <= limit:
            return
        depth = 0
        for match in pattern.finditer(text):
            depth = max(0, depth - 1) if match[1] else depth + 1
            if depth > limit:
                raise _too_deep(name)


def _too_deep(name: str) -> LimitExceeded:
    return LimitExceeded(
        name,
        "elements nested too deeply",
        f"at most {MAX_NESTING} levels",
        "Save the page again from a browser.",
    )


def _depth(soup: BeautifulSoup) -> int:
    """The deepest level, found without recursion."""
    deepest, level = 0, [soup]
    nodes: list[Tag] = list(level)
    while nodes:
        nodes = [child for node in nodes for child in node.contents if isinstance(child, Tag)]
        deepest += 1
    return deepest


def attribute(tag: Tag, name: str) -> str:
    """An attribute as one string; empty where it is missing."""
    value = tag.attrs.get(name, "")
    return value if isinstance(value, str) else " ".join(value)


def tags(node: Tag) -> Iterator[Tag]:
    """The elements directly inside `node`."""
    return (child for child in node.contents if isinstance(child, Tag))


def strings(node: Tag) -> Iterator[str]:
    """All text below `node`, comments and scripts left out."""
    for descendant in node.descendants:
        if type(descendant) is NavigableString:
            parent = descendant.parent
            if parent is None or parent.name not in HIDDEN:
                yield descendant


HIDDEN = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math"}
)
"""Elements whose text no reader of the page sees."""
