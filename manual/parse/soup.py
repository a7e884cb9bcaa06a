"""HTML text to a tree, with BeautifulSoup and html5lib. Limits are checked before anything recurses.

html5lib builds the tree that a browser would. html.parser turns an unclosed `<li>` into a child of the one
before it, and lxml moves loose text of tables elsewhere.

Reading time is meant to grow linearly with a page's length. Where the libraries need more (many attributes in one tag,
words split by unmatched end tags), the cause is counted and the page refused. No clock is used, so a page is refused
on every machine or on none.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, Tag

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


MAX_ATTRIBUTES = 1_000
"""Of one tag: each is compared with all before it."""
_MARKS_FROM = 10_000
"""Marks that any page may have, beside one for each ten characters: a mark takes 20 µs. Real pages: one for 40."""
_JOINED_MOST: float = 3_000
"""Characters that may be copied while torn words are joined, for each character of the page."""
_LONG = 2 * MAX_ATTRIBUTES
# <p a b="c>d" …>, with its attributes
_TAG = re.compile(r"""<[a-z][^\s/>]*+((?>=\s*+"[^"]*+"|=\s*+'[^']*+'|[^>=]++|=)*+)""", re.IGNORECASE)
_VALUE = re.compile(r"""=\s*+(?>"[^"]*+"|'[^']*+')""")


def parse_html(text: str, name: str) -> BeautifulSoup:
    """The tree of a page. Raises LimitExceeded where elements nest deeper than MAX_NESTING, and for markup that would
    take more than some five seconds a megabyte to read."""
    _refuse_nesting(text, name)
    _refuse_markup(text, name)
    soup = _soup(text, name)
    if text.count("<") > MAX_NESTING and _depth(soup) > MAX_NESTING:
        raise _too_deep(name)
    return soup


class _Element(Tag):
    """Searches from the end: html5lib moves loose content of a table before the table, the last of its siblings."""

    def index(self, element: PageElement) -> int:
        contents = self.contents
        for place in range(len(contents) - 1, -1, -1):
            if contents[place] is element:
                return place
        raise ValueError("no child of this element")


class _Soup(BeautifulSoup):
    """Counts the characters copied while html5lib appends text to text, piece by piece."""

    def __init__(self, text: str, name: str) -> None:
        self.may_copy = _JOINED_MOST * (len(text) + _MARKS_FROM)
        self.of_page = name
        super().__init__(
            text,
            "html5lib",
            element_classes={Tag: _Element},
            store_line_numbers=False,
            multi_valued_attributes=None,
        )

    def new_string(self, s: str, subclass: type[NavigableString] | None = None) -> NavigableString:
        self.may_copy -= len(s)
        if self.may_copy < 0:
            raise _too_costly(self.of_page, "words torn apart by tags that nothing opened")
        return super().new_string(s, subclass)


def _soup(text: str, name: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        # A page that begins like XML, or is hardly one, is still read as a browser does.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return _Soup(text, name)


def _refuse_nesting(text: str, name: str) -> None:
    """Refuse markup nested too deeply, by counting open elements without building a tree."""
    for pattern, limit in ((_STRUCTURAL, MAX_NESTING), (_ANY, MAX_OPEN)):
        if text.count("<") <= limit:
            return
        depth = 0
        for match in pattern.finditer(text):
            depth = max(0, depth - 1) if match[1] else depth + 1
            if depth > limit:
                raise _too_deep(name)


def _refuse_markup(text: str, name: str) -> None:
    """Refuse markup that would take too long, by counting tags and attributes without building a tree."""
    if text.count("<") > len(text) // 10 + _MARKS_FROM:
        raise _too_costly(name, "too many tags for its length")
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() > _LONG and _attributes(tag[1]) > MAX_ATTRIBUTES:
            raise _too_costly(name, f"a tag with more than {MAX_ATTRIBUTES:,} attributes")


def _attributes(inside: str) -> int:
    bare = _VALUE.sub(" = ", inside)
    return max(bare.count("="), len(bare.replace("/", " ").split()))


def _too_costly(name: str, what: str) -> LimitExceeded:
    expected = "a page that can be read in some five seconds a megabyte"
    return LimitExceeded(name, what, expected, "Save the page again from a browser.")


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

    Not `node.descendants`: it skips text where html5lib moved nodes out of broken tables.
    """
    stack = [child for child in reversed(node.contents) if isinstance(child, Tag)]
    while stack:
        tag = stack.pop()
        yield tag
        stack += (child for child in reversed(tag.contents) if isinstance(child, Tag))


def holds(outer: Tag, inner: Tag) -> bool:
    """Whether an element is another one or lies in it."""
    above: Tag | None = inner
    while above is not None and above is not outer:
        above = above.parent
    return above is not None


def strings(node: Tag) -> Iterator[str]:
    """All text below `node`, without comments and invisible elements; struck words are included."""
    stack = list(reversed(node.contents))
    while stack:
        child = stack.pop()
        if isinstance(child, Tag):
            if child.name not in HIDDEN:
                stack += reversed(child.contents)
        elif type(child) is NavigableString:
            yield child


def is_struck(tag: Tag) -> bool:
    """Whether the words in `tag` are struck out, so not part of the text."""
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
            stack += (c for c in reversed(tag.contents) if isinstance(c, Tag) and c.name not in HIDDEN)
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
