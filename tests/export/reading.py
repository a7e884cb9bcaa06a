"""Reads an edition as a browser would: its links, anchors and words, without one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote, urljoin, urlsplit

import feedparser


@dataclass(slots=True)
class PageRead:
    """What one page links to, what can be linked to in it, and its words."""

    links: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """`inside`: only words within that element; `without`: tags and classes whose content is left out.

    It knows which end tags and which body go without saying.
    """

    _VOID = frozenset(["meta", "link", "input", "br", "img", "hr", "wbr"])
    _HEAD = frozenset(["html", "head", "meta", "title", "link", "script", "style", "body"])
    _BLOCK = frozenset([
        "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "main", "nav", "ol", "p", "section", "table", "ul", "li", "dt", "dd", "td", "th", "tr",
    ])  # fmt: skip
    _ENDS: ClassVar[dict[str, set[str]]] = {
        "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "td": {"td", "th"}, "th": {"td", "th"},
        "tr": {"td", "th", "tr"}, "body": {"head"},
    }  # fmt: skip
    """What ends where such a tag begins; a paragraph ends at every block."""

    def __init__(self, inside: str, without: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.read = PageRead()
        self._inside, self._without = inside, without
        self._open: list[tuple[str, bool]] = []
        self._seen: set[str] = set()
        self._depth = self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self._HEAD and "body" not in self._seen:
            self.handle_starttag("body", [])
        self._seen.add(tag)
        while self._open and self._ends(self._open[-1][0], tag):
            self._close()
        given = dict(attrs)
        self.read.tags.append(tag)
        for name in ("href", "src", "action"):
            if given.get(name) is not None:
                self.read.links.append(given[name] or "")
        if given.get("id"):
            self.read.anchors.append(given["id"] or "")
        if tag in self._VOID:
            return
        classes = set((given.get("class") or "").split())
        hide = bool({tag, *(f".{name}" for name in classes)} & self._without)
        self._open.append((tag, hide))
        self._hidden += hide
        self._depth += tag == self._inside

    def handle_endtag(self, tag: str) -> None:
        if tag in self._VOID:
            return
        while self._open and self._close() != tag:
            pass

    def _ends(self, name: str, tag: str) -> bool:
        return (name == "p" and tag in self._BLOCK) or name in self._ENDS.get(tag, ())

    def _close(self) -> str:
        name, hidden = self._open.pop()
        self._hidden -= hidden
        self._depth -= name == self._inside
        return name

    def handle_data(self, data: str) -> None:
        if self._depth and not self._hidden:
            self.read.words.extend(re.findall(r"\S+", data))


def read_page(html: str, *, inside: str = "main", without: frozenset[str] = frozenset()) -> PageRead:
    reader = _Reader(inside, without)
    reader.feed(html)
    reader.close()
    return reader.read


def pages_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Every page with its address in the edition."""
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def broken_links(folder: Path) -> list[str]:
    """Links and anchors that lead nowhere, links that leave the edition without saying so, and ids used twice."""
    read = {address: read_page(html) for address, html in pages_of(folder)}
    anchors = {address: set(page.anchors) for address, page in read.items()}
    wrong = []
    for address, page in read.items():
        if len(page.anchors) != len(anchors[address]):
            wrong.append(f"{address}: an id is used twice")
        for link in page.links:
            problem = _problem(folder, address, link, anchors)
            if problem:
                wrong.append(f"{address}: {link!r} {problem}")
    return wrong


def _problem(folder: Path, address: str, link: str, anchors: dict[str, set[str]]) -> str:
    if not link:
        return "is empty"
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return "" if parts.scheme in ("http", "https") else "has a strange scheme"
    if link.startswith("/"):
        return "is not relative"
    target = (
        unquote(urlsplit(urljoin(f"http://edition/{address}", link)).path).lstrip("/")
        if parts.path
        else address
    )
    if target not in anchors:
        return "" if (folder / target).is_file() else "leads nowhere"
    if parts.fragment and unquote(parts.fragment) not in anchors[target]:
        return "names a place that is not there"
    return ""


def bytes_of(folder: Path) -> dict[str, bytes]:
    """All files of an edition by their names."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def parsed_feed(data: bytes) -> Any:
    """A feed as a reader of feeds takes it, which must have nothing against it."""
    found = feedparser.parse(data, response_headers={"content-type": "application/atom+xml; charset=utf-8"})
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found
