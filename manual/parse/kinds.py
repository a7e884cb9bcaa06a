"""Which kind of document a page is, before it is read as one.

Only an instruction makes statements. What is no part of the manual (an Act's section, news) is told apart here and
never filed as an instruction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from manual.model import DocumentKind, SitePath
from manual.parse.circulars import is_circular
from manual.parse.contents import is_outline, is_top
from manual.parse.headings import read_heading, starts_with_code
from manual.parse.notices import is_notice
from manual.parse.soup import HEADINGS, attribute, below, body_of, by_id, page_title, strings, text_of
from manual.parse.text_frame import read_head
from manual.publisher import Publisher

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|table|p|div|td|a|meta|ol|ul|title)\b", re.IGNORECASE)
# Plain language law | Section 28(6): inserted, on | 28Automated decision making
_LAW = re.compile(
    r"plain language law|^\W*section \d+[A-Z]*(?:\([0-9A-Za-z]+\))*: (?:inserted|amended|replaced|repealed|substituted)"
    r"|legislation\.govt\.nz|^\s*version as at \d",
    re.IGNORECASE | re.MULTILINE,
)
_LAW_HEADING = re.compile(r"^\s*\d{1,3}[A-Z]{0,2}:?\s?[A-Z][a-z]+ [a-z]", re.MULTILINE)
_SHELL = re.compile(r"ext-all|Ext\.onReady|Ext\.create|ext-base|extjs|Ext\.Viewport", re.IGNORECASE)

_OWN_FOOT = "Information, not advice"
"""All pages of this program end with a sentence that begins so."""


def is_markup(text: str) -> bool:
    """Whether a text is HTML, whatever it was called."""
    return _MARKUP.search(text, 0, 20_000) is not None


def kind_of_html(
    soup: BeautifulSoup, source: str, site_path: SitePath | None, publisher: Publisher
) -> DocumentKind:
    """The kind of an HTML page. `instruction` may still turn out to be front matter: its heading decides later."""
    if _is_own(soup):
        return "own_page"
    if _has_topic(soup, publisher):
        return "instruction"
    shell = _SHELL.search(source) is not None
    body = body_of(soup)
    words = text_of(body) if shell else ""
    if shell and len(words) < 2000:
        return "viewer_shell"
    if site_path is not None and site_path.endswith("/toc"):
        return "contents"
    links = [text_of(a) for a in below(body) if a.name == "a" and attribute(a, "href")]
    if _are_contents([text for text in links if text], publisher):
        return "contents"
    return _kind_without_frame(soup, body, site_path, publisher)


def _is_own(soup: BeautifulSoup) -> bool:
    """Whether this is a saved page of our own site or edition: our own answers are no evidence."""
    main = by_id(soup, "main")
    return (
        main is not None
        and main.name == "main"
        and any(tag.name == "footer" and _OWN_FOOT in text_of(tag) for tag in below(soup))
    )


def _has_topic(soup: BeautifulSoup, publisher: Publisher) -> bool:
    classes = publisher.classes
    return any(
        attribute(tag, "class").strip().lower() in (classes.heading, classes.foot, classes.row)
        or re.fullmatch(classes.topic_id, attribute(tag, "id"))
        for tag in below(soup)
        if tag.name == "p" or tag.name in HEADINGS
    )


def _kind_without_frame(
    soup: BeautifulSoup, body: Tag, site_path: SitePath | None, publisher: Publisher
) -> DocumentKind:
    title = page_title(soup)
    lines = [line for raw in strings(body) if (line := " ".join(raw.split()))]
    if is_circular(lines):
        return "circular"
    if starts_with_code(title, publisher) or read_head(lines, publisher).heading is not None:
        return "instruction"
    if _is_law("\n".join(lines)):
        return "law"
    if site_path is not None or by_id(soup, publisher.classes.main) is not None:
        return "instruction"
    return "notice"


def kind_of_text(
    lines: Sequence[str], text: str, site_path: SitePath | None, publisher: Publisher
) -> DocumentKind:
    """The same for a text capture. `lines`: those of `text`, unfolded."""
    if site_path is not None and site_path.endswith("/toc"):
        return "contents"
    if is_circular(lines):
        return "circular"
    if is_outline(lines) or _are_contents(lines, publisher):
        return "contents"
    if read_head(lines, publisher).heading is not None:
        return "instruction"
    if _is_law(text):
        return "law"
    return "instruction" if site_path is not None and not is_notice(lines) else "notice"


def _are_contents(lines: Sequence[str], publisher: Publisher) -> bool:
    """Two of the tops among the lines, or mostly coded lines of several letters (or first numbers)."""
    coded = [heading.code for line in lines if (heading := read_heading(line, publisher)).code]
    if sum(1 for line in lines if is_top(line, publisher)) >= 2 and coded:
        return True
    letters = {re.match(r"[A-Za-z]+|\d+", code)[0] for code in coded if code}  # type: ignore[index]
    chapters = [code for code in coded if code and code[-1:].isdecimal() and "." not in code]
    return len(coded) >= 20 and len(coded) >= 0.7 * len(lines) and len(letters) >= 2 and len(chapters) >= 3


def _is_law(text: str) -> bool:
    return _LAW.search(text) is not None or (_LAW_HEADING.search(text) is not None and "this Act" in text)
