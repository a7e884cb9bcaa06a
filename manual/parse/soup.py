"""HTML text to a tree: BeautifulSoup over html5lib, with limits on nesting that hold before any recursion.

html5lib builds the tree that a browser would. html.parser turns an unclosed `<li>` into a child of the one
before it, and lxml moves loose text of tables elsewhere.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, Tag

from manual.errors import LimitExceeded

MAX_NESTING = 200
"""Elements within elements. Real pages have under 20; readers below recurse at most twice per level."""
MAX_OPEN = 400
"""Elements of any kind opened and not closed; beyond it, tree building itself becomes slow."""

_STRUCTURAL = re.compile(
    r"<(/?)(?:ol|ul|dl|table|div|blockquote|section|article|fieldset|center)\b", re.IGNORECASE
)
_ANY = re.compile(
    r"<(/?)(?!(?:br|p|li|img|hr|td|tr|th|tbody|dt|dd|option|meta|link|input|col|a)\b)[a-z][a-z0-9]*",
    re.IGNORECASE,
)


def parse_html(text: str, name: str) -> BeautifulSoup:
    """The tree of a page. Raises LimitExceeded where elements nest deeper than MAX_NESTING."""
    _refuse_nesting(text, name)
    soup = _soup(text)
    if text.count("<") > MAX_NESTING and _depth(soup) > MAX_NESTING:
        raise _too_deep(name)
    return soup


def _soup(text: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        # A page that begins like XML, or is hardly one, is still read as a browser does.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(text, "html5lib", store_line_numbers=False, multi_valued_attributes=None)


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


def below(node: Tag) -> Iterator[Tag]:
    """All elements below `node`, in reading order.

    Not `node.descendants`: its links were seen to skip text where html5lib moves nodes out of broken tables.
    """
    stack = [child for child in reversed(node.contents) if isinstance(child, Tag)]
    while stack:
        tag = stack.pop()
        yield tag
        stack += (child for child in reversed(tag.contents) if isinstance(child, Tag))


def strings(node: Tag) -> Iterator[str]:
    """All text below `node`, comments and what no reader sees left out; struck words are in it."""
    stack = list(reversed(node.contents))
    while stack:
        child = stack.pop()
        if isinstance(child, Tag):
            if child.name not in HIDDEN:
                stack += reversed(child.contents)
        elif type(child) is NavigableString:
            yield child


def is_struck(tag: Tag) -> bool:
    """Whether the words in `tag` are struck out: no part of the text as it stands."""
    if tag.name in _STRUCK:
        return True
    return bool(tag.attrs) and bool(
        _LINE_THROUGH.search(attribute(tag, "style")) or _STRUCK_CLASS.search(attribute(tag, "class"))
    )


def struck_in(node: Tag) -> Iterator[str]:
    """The words struck out in and below `node`, the outermost elements only."""
    stack = [node]
    while stack:
        tag = stack.pop()
        if not is_struck(tag):
            stack += (child for child in reversed(tag.contents) if isinstance(child, Tag))
        elif words := text_of(tag):
            yield words


def raised(tag: Tag) -> str:
    """`^` for superscript, `_` for subscript, empty for neither."""
    if tag.name in _RAISED:
        return _RAISED[tag.name]
    found = _VERTICAL.search(attribute(tag, "style")) if tag.attrs else None
    return "" if found is None else "^" if found[1].lower() == "super" else "_"


_STRUCK = frozenset({"s", "strike", "del"})
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_STRUCK_CLASS = re.compile(r"\b(?:strike|struck|line-?through)", re.IGNORECASE)
_RAISED = {"sup": "^", "sub": "_"}
_VERTICAL = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)


def by_id(soup: Tag, name: str) -> Tag | None:
    """The first element with this id."""
    return next((tag for tag in below(soup) if attribute(tag, "id") == name), None)


def body_of(soup: Tag) -> Tag:
    """The body; the whole tree where there is none."""
    return next((tag for html in tags(soup) for tag in tags(html) if tag.name == "body"), soup)


def page_title(soup: Tag) -> str:
    """The title of the window."""
    title = next((tag for tag in below(soup) if tag.name == "title"), None)
    return text_of(title) if title is not None else ""


def text_of(node: Tag) -> str:
    """All text below `node` with single spaces."""
    return " ".join(" ".join(strings(node)).split())


UNSEEN = frozenset({"noscript", "noframes", "noembed", "iframe", "object", "template", "applet", "embed"})
"""Elements that a browser shows something else for than the words in them: reported, not read (reports r16)."""
HIDDEN = UNSEEN | {"script", "style", "head", "title"}
"""Elements whose text no reader of the page sees."""
FOREIGN = frozenset({"svg", "math"})
"""Elements whose words are shown, in a layout that a line of text doesn't have."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CONTAINERS = frozenset(
    {"div", "center", "form", "fieldset", "section", "article", "main", "body", "html", "header", "footer", "nav",
     "address", "tbody", "thead", "tfoot", "tr", "td", "th", "dd", "dt", "details", "summary", "figure", "aside"}
)  # fmt: skip
OTHER = frozenset({"pre", "dl", "textarea", "select", "button", "marquee"})
"""Elements that no known page has; what they hold is kept as a block of kind `other`."""
BLOCKS = (
    HEADINGS | CONTAINERS | OTHER | {"p", "ol", "ul", "li", "table", "blockquote", "hr", "caption", "option"}
)
"""Elements that end the line they stand in."""
