"""Nothing that a page shows is dropped: every word of it stands in a block, a statement, a foot or the frame."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from manual.model import Block, SitePath
from manual.parse.draft import finish
from manual.parse.reading import Reading
from manual.parse.soup import strings
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
    from manual.model import Code

    blocks, _ = finish(reading.drafts, Code("ZZ1.1"), "opsmanual")
    texts = [*block_texts(blocks), reading.heading, *reading.banners, *(foot.text for foot in reading.foots)]
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
    return words(strings(soup.body or soup))


def read(source: str) -> tuple[Counter[str], Counter[str]]:
    soup = BeautifulSoup(source, "html5lib", multi_valued_attributes=None)
    return shown(soup), sum((kept(r) for r in read_topic(soup, SitePath("opsmanual/90001"))), Counter())


# ---------------------------------------------------------------- generated soup

_CLASSES = (
    "", "bodytext", "note", "listletter", "listroman", "listbullet3", "reference", "headingopsmanual", "heading5",
    "tableintopic", "relatedtopics belowtopictext", "relateditem", "tablebodytext", "strange",
)  # fmt: skip
_TAGS = (
    "p", "ol", "ul", "li", "table", "tr", "td", "b", "font", "a", "div", "blockquote", "pre", "h3", "span", "dl", "dd",
    "ul", "h1",
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
            pieces.append(f'<{tag} class="{css}" href="{number}.htm">')
        if draw(st.booleans()):
            pieces.append(f"word{number} more{number}")
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
