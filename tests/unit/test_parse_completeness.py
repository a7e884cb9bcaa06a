"""Nothing that a page shows is dropped: every word of it stands in a block, a statement, a foot or the frame."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import Comment, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from manual.model import Block, Code, SitePath
from manual.parse.draft import finish
from manual.parse.reading import Reading
from manual.parse.text import read_text
from manual.parse.topic import read_topic

WORD = re.compile(r"[\w']+")
FRAME = Counter(("top", "of", "page", "print", "this", "page", "previous", "topic", "next"))


def words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word.lower() for text in texts for word in WORD.findall(text))


def block_texts(blocks: Iterable[Block]) -> Iterator[str]:
    for top in blocks:
        for block in top.walk():
            yield block.text
            if block.kind == "heading":
                yield block.label
            for row in block.rows:
                yield from (cell.text for cell in row)


def kept(reading: Reading) -> Counter[str]:
    blocks, findings = finish(reading.drafts, Code("ZZ1.1"), "opsmanual")
    texts = [*block_texts(blocks), reading.heading, *reading.banners, *(foot.text for foot in reading.foots)]
    set_apart = (*reading.findings, *findings)
    texts += [f.message.partition(": ")[2] for f in set_apart if f.kind in ("struck_words", "words_left_out")]
    texts += [text for rows in reading.lists for text in (rows.heading, *(row.text for row in rows.rows))]
    return words(texts)


def own(counted: Counter[str]) -> Counter[str]:
    """The words of the generator alone, also where markup joined two of them as a browser would."""
    found: Counter[str] = Counter()
    for word, count in counted.items():
        for part in re.findall(r"(?:word|more)\d+", word):
            found[part] += count
    return found


def shown(soup: BeautifulSoup) -> Counter[str]:
    """Every word below the body, whether a browser shows it or not, fields of forms included."""
    body = soup.body or soup
    fields = (str(field.get("value", "")) for field in body.find_all("input"))
    return words((*(text for text in every_string(body)), *fields))


def every_string(node: Tag) -> Iterator[str]:
    """Not by way of the parser's own notion of what is hidden, and of `descendants`, which skips moved nodes."""
    for child in node.contents:
        if isinstance(child, Tag):
            if child.name not in ("script", "style"):
                yield from every_string(child)
        elif type(child) is not Comment:
            yield re.sub(r"<[^<>]*>", " ", str(child))


def read(source: str) -> tuple[Counter[str], Counter[str]]:
    soup = BeautifulSoup(source, "html5lib", multi_valued_attributes=None)
    readings = read_topic(soup, SitePath("opsmanual/90001"))
    return shown(soup), sum((kept(reading) for reading in readings), Counter())


# ---------------------------------------------------------------- generated soup

_CLASSES = (
    "", "bodytext", "note", "listletter", "listroman", "listbullet3", "reference", "headingopsmanual", "heading5",
    "tableintopic", "relatedtopics belowtopictext", "relateditem", "tablebodytext", "strange", "effectivedate",
    "relatedheading", "heading4",
)  # fmt: skip
_TAGS = (
    "p", "ol", "ul", "li", "table", "tr", "td", "b", "font", "a", "div", "blockquote", "pre", "h3", "span", "dl", "dd",
    "ul", "h1", "h3", "s", "del", "sup", "sub", "svg", "math", "mi", "noscript", "object", "iframe", "video", "input",
)  # fmt: skip


_FORMULAS = (
    "{}", "{}", "{}", "{} is no longer current", "You are here: {}", "This is not current policy {}",
    "These are archived immigration instructions that are no longer current. {}", "Effective 01/02/2020 {}",
    "{}. Effective 01/02/2020", "ZZ9.1 {}", "ARCHIVED {}", "Print this page {}", "See also", "Rescinded 30/04/2011 {}",
)  # fmt: skip


@st.composite
def tag_soup(draw: st.DrawFn) -> str:
    """Tags opened and closed at random, words of their own between them, each word once."""
    pieces = []
    for number in range(draw(st.integers(1, 30))):
        tag = draw(st.sampled_from(_TAGS))
        shape = draw(st.integers(0, 4))
        if tag in ("b", "font", "a", "span") or shape == 1:
            pieces.append(" ")  # these end no word
        if shape == 0:
            pieces.append(f"</{tag}>")
        elif shape == 1:
            pieces.append("<br>- ")
        else:
            css = draw(st.sampled_from(_CLASSES))
            pieces.append(f'<{tag} class="{css}" href="{number}.htm" value="more{number}00">')
            if tag == "iframe":  # what follows is its raw text
                pieces.append(f" word{number}00 </iframe>")
        if draw(st.booleans()):
            pieces.append(draw(st.sampled_from(_FORMULAS)).format(f"word{number} more{number}"))
    return "".join(pieces)


@settings(max_examples=200)
@given(soup=tag_soup(), framed=st.booleans())
def test_no_word_of_broken_markup_is_dropped_or_doubled(soup: str, framed: bool) -> None:
    """A clause lost to a stray tag would change what the instruction says without a trace."""
    heading = '<p class="heading4" id="t1">ZZ1.1 Heading line</p>'
    body = (
        f'<table class="layout"><tr><td id="main">{heading}{soup}</td></tr></table>'
        if framed
        else heading + soup
    )
    on_page, in_reading = read(
        f"<html><head><title>ZZ1.1 Heading line</title></head><body>{body}</body></html>"
    )
    assert own(in_reading) == own(on_page)


# ---------------------------------------------------------------- text captures


@settings(max_examples=200)
@given(
    lines=st.lists(
        st.tuples(
            st.integers(0, 8),
            st.sampled_from(("", "1. ", "2. ", "• ", "- ", "(a) ", "(ii) ", "Note: ", "ZZ1.1.5 ", "ZZ9.1 ")),
            st.sampled_from(("", ".", ";", ":")),
        ),
        max_size=25,
    )
)
def test_no_word_of_copied_text_is_dropped_or_doubled(lines: list[tuple[int, str, str]]) -> None:
    """The same for text, whatever its indentation."""
    text = "ZZ1.1 Heading line\n\n" + "\n".join(
        f"{' ' * indent}{mark}Word{n} more{n}{stop}" for n, (indent, mark, stop) in enumerate(lines)
    )
    marks = Counter(
        w for _, mark, _ in lines for w in WORD.findall(mark.lower()) if not mark.startswith(("Note", "ZZ"))
    )
    assert kept(read_text(text)) == words([text]) - marks


# ---------------------------------------------------------------- real pages


@pytest.mark.shared
@pytest.mark.parametrize("number", [77177, 77179, 77195])
def test_no_word_of_a_real_page_is_dropped(shared: Path, number: int) -> None:
    """Only the words of the viewer's frame are left out."""
    on_page, in_reading = read((shared / "captures" / f"{number}.htm").read_bytes().decode("utf-8-sig"))
    assert not in_reading - on_page
    assert on_page - in_reading == Counter(("top", "of", "page", "print", "this", "page"))


@pytest.mark.shared
def test_no_word_of_a_real_text_capture_is_dropped(shared: Path) -> None:
    """Only the frame and the numbers of items are left out."""
    text = next((shared / "seeds").glob("002_*")).read_text("utf-8")
    lost = words([text]) - kept(read_text(text))
    assert not {word for word in lost if not word.isdecimal()} - set(FRAME)
