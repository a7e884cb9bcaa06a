"""Read a letter from the formats people have: its text in paragraphs.

Text, `.docx`, `.odt`, `.eml` and PDF with text. Nothing is written anywhere: a letter is read, checked and forgotten.
"""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Any

from manual.citecheck.words import normal
from manual.errors import LimitExceeded, SourceError

MOST_BYTES = 10_000_000
MOST_CHARACTERS = 500_000
"""Some 200 pages."""
MOST_PAGES = 300
_MOST_UNPACKED = 50_000_000
_EXPECTED = "a letter as text, .docx, .odt, .eml or a PDF with text"
_SAVE_AS = "Save the letter as text or .docx, and give that."


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Characters `start` (included) to `end` (excluded) of the letter's text."""

    start: int
    end: int
    quoted: bool
    """Set off as a quotation: indented, marked with `>`, or so styled."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The text, with paragraphs separated by line ends, and the paragraphs' positions."""

    name: str
    text: str
    paragraphs: tuple[Paragraph, ...]


def read_letter(data: bytes, name: str) -> Letter:
    """Raises SourceError, saying what to do, if there is no readable text, and LimitExceeded if there is too much."""
    if len(data) > MOST_BYTES:
        raise LimitExceeded(
            name,
            f"{len(data):,} bytes",
            f"at most {MOST_BYTES:,}",
            "Give one letter, without its enclosures.",
        )
    return letter_of(_paragraphs(data, name), name)


def letter_of(paragraphs: Iterable[tuple[str, bool]], name: str) -> Letter:
    """A letter made from paragraphs, each marked if it is set off as a quotation. Raises as `read_letter`."""
    text, placed = "", []
    parts: list[str] = []
    length = 0
    for given, quoted in paragraphs:
        part = " ".join(normal(given).split())
        if not part:
            continue
        placed.append(Paragraph(length, length + len(part), quoted))
        parts.append(part)
        length += len(part) + 1
        if length > MOST_CHARACTERS:
            raise LimitExceeded(
                name,
                f"more than {MOST_CHARACTERS:,} characters",
                f"a letter of at most {MOST_CHARACTERS:,}",
                "Check it in parts.",
            )
    text = "\n".join(parts)
    if not any(character.isalpha() for character in text):
        raise SourceError(name, "no words", _EXPECTED, _SAVE_AS)
    return Letter(name, text, tuple(placed))


Read = Iterator[tuple[str, bool]]


def _paragraphs(data: bytes, name: str) -> Read:
    if data.startswith(b"%PDF-"):
        return _of_pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _of_package(data, name)
    if name.lower().endswith(".eml"):
        return _of_mail(data, name)
    return _of_text(_decoded(data, name))


# ---------------------------------------------------------------- text

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def _decoded(data: bytes, name: str) -> str:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise SourceError(name, "bytes that are no text", _EXPECTED, _SAVE_AS)


# A line that begins a paragraph of its own: a label, a bullet, a number.
# yes: `(a) text` `(iv) text` `• text` `- text` `3. text`
# no: `text (a)` `2024 was`
_OWN_LINE = re.compile(r"\s*(?:>+\s*)?(?:\([a-z0-9]{1,5}\)|[•▪*–-]|[0-9]{1,2}[.)])\s")
_QUOTED_LINE = re.compile(r"(?: {4,}|\t|\s*>)")
# yes: `> text` `>> text` `> > text`, a mail that answers another
_REPLIED = re.compile(r"^\s*(?:>\s*)*")
_BULLET = re.compile(r"^[-*–]\s+")


def _of_text(text: str) -> Read:
    """Paragraphs are separated by empty lines, labels and bullets. One whose lines are all indented, or all begin with
    `>`, is a quotation."""
    for block in re.split(r"\n(?:[^\S\n]*\n)+", textwrap.dedent("\n".join(text.splitlines()))):
        lines = [line for line in block.split("\n") if line.strip()]
        quoted = bool(lines) and all(map(_QUOTED_LINE.match, lines))
        whole: list[str] = []
        for line in lines:
            if whole and _OWN_LINE.match(line):
                yield " ".join(whole), quoted
                whole = []
            whole.append(_BULLET.sub("• ", _REPLIED.sub("", line).strip()))
        yield " ".join(whole), quoted


# ---------------------------------------------------------------- other forms


def _of_package(data: bytes, name: str) -> Read:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            if sum(member.file_size for member in package.infolist()) > _MOST_UNPACKED:
                raise LimitExceeded(name, "a package too large when unpacked", _EXPECTED, _SAVE_AS)
            if "word/document.xml" in names:
                return iter(list(_of_docx(data)))
            if "content.xml" in names:
                return iter(list(_of_odt(package.read("content.xml"))))
    except SourceError:
        raise
    except Exception as problem:  # a damaged file can raise any error of the parsers used below
        raise SourceError(name, f"a package that can't be read ({problem})", _EXPECTED, _SAVE_AS) from problem
    raise SourceError(name, "a package of another kind", _EXPECTED, _SAVE_AS)


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _of_docx(data: bytes) -> Read:
    """Every paragraph as a reader sees it, also in tables and template fields: tracked insertions are kept, tracked
    deletions left out."""
    from docx import Document
    from docx.text.paragraph import Paragraph as Para

    document = Document(io.BytesIO(data))
    found = [Para(element, document) for element in document.element.body.iter(f"{_WORD}p")]
    usual = min((_indent(para) for para in found if _docx_words(para._p).strip()), default=0)
    for para in found:
        style = (para.style.name or "") if para.style else ""
        yield _docx_words(para._p), "quot" in style.lower() or _indent(para) > usual


def _docx_words(paragraph: Any) -> str:
    """The paragraph's own words, without those of text boxes inside it, which are paragraphs of their own."""
    spaces = {f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"}
    marks = {f"{_WORD}noBreakHyphen": "-"}
    words = []
    for element in paragraph.iter(f"{_WORD}t", *spaces, *marks):
        if element.getparent().tag != f"{_WORD}r":
            continue  # a tab stop of the paragraph's style
        if next(element.iterancestors(f"{_WORD}p")) is paragraph:
            words.append(" " if element.tag in spaces else marks.get(element.tag, element.text or ""))
    return "".join(words)


def _indent(paragraph: Any) -> int:
    """The indentation of the paragraph, else of its style."""
    indent = paragraph.paragraph_format.left_indent
    style = paragraph.style
    while indent is None and style is not None:
        indent, style = style.paragraph_format.left_indent, style.base_style
    return int(indent or 0)


_ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _of_odt(content: bytes) -> Read:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(content, parser)
    for struck in root.iter(f"{_ODF_TEXT}tracked-changes"):
        struck.clear()
    for space in root.iter(f"{_ODF_TEXT}s", f"{_ODF_TEXT}tab", f"{_ODF_TEXT}line-break"):
        space.text = " "
    for element in root.iter(f"{_ODF_TEXT}p", f"{_ODF_TEXT}h"):
        style = str(element.get(f"{_ODF_TEXT}style-name") or "")
        yield "".join(str(part) for part in element.itertext()), "quot" in style.lower()


def _of_mail(data: bytes, name: str) -> Read:
    message = message_from_bytes(data, policy=policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise SourceError(name, "a mail without text", _EXPECTED, _SAVE_AS)
    try:
        content = body.get_content()
    except (LookupError, UnicodeDecodeError) as problem:
        raise SourceError(name, f"a mail that can't be read ({problem})", _EXPECTED, _SAVE_AS) from problem
    if body.get_content_type() == "text/html":
        return _of_html(str(content))
    return _of_text(str(content))


def _of_html(content: str) -> Read:
    """Paragraphs of an HTML letter: the text of each innermost block."""
    from bs4 import BeautifulSoup
    from bs4.element import PreformattedString

    soup = BeautifulSoup(content, "html5lib")
    for unseen in soup(["script", "style", "title"]):
        unseen.decompose()
    for broken in soup("br"):
        broken.replace_with(" ")
    parts: list[str] = []
    inside = None
    for text in soup.find_all(string=True):
        if isinstance(text, PreformattedString):  # comments and declarations
            continue
        block = text.find_parent(_HTML_BLOCKS)
        if parts and block is not inside:
            yield " ".join("".join(parts).split()), _in_blockquote(inside)
            parts = []
        inside = block
        parts.append(str(text))
    yield " ".join("".join(parts).split()), _in_blockquote(inside)


_HTML_BLOCKS = ["p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "div", "blockquote", "pre", "body"]


def _in_blockquote(element: Any) -> bool:
    return element is not None and (
        element.name == "blockquote" or element.find_parent("blockquote") is not None
    )


def _of_pdf(data: bytes, name: str) -> Read:
    from manual.parse.pdf import pages_of_pdf

    try:
        pages = pages_of_pdf(data, name, MOST_PAGES)
    except SourceError as problem:  # its advice is meant for pages of the manual, not for letters
        raise SourceError(name, problem.found, _EXPECTED, _SAVE_AS) from problem
    return _of_text("".join(pages))  # a paragraph may continue on the next page
