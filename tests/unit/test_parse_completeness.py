"""Nothing that a page shows is dropped: every word of it stands in a block, a statement, a foot or the frame."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import Comment, Tag
from hypothesis import given
from hypothesis import strategies as st
from soak import examples

from manual.model import Block, Code, SitePath
from manual.parse.draft import finish
from manual.parse.reading import Reading
from manual.parse.text import read_text
from manual.parse.text_issue import read_issue
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
    return words(every_string(soup.body or soup))


def every_string(node: Tag) -> Iterator[str]:
    """Not by way of the parser's own notion of what is hidden, and of `descendants` or `find_all`, which skip moved
    nodes (seen with an `input` moved out of a table)."""
    for child in node.contents:
        if isinstance(child, Tag):
            if child.name == "input":
                yield str(child.get("value", ""))
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


@examples(200)
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


_MARKS = (
    "", "1. ", "2. ", "• ", "- ", "(a) ", "(ii) ", "a. ", "iv. ", "Note: ", "ZZ1.1.5 ", "ZZ9.1 ", "| ", "See also ",
    "You are here: ", "These are archived instructions ", "IN THIS SECTION ", "Effective 01/01/2020 ",
)  # fmt: skip
_ALONE = (
    "", "|", "See also", "Note:", "ZZ9.1", "ZZ9.1 Word and more", "IN THIS SECTION", "Effective 01/02/2020", "SEE ALSO",
    "| cell | other |", "ZZ9.5(a),", "), word", "Top of page | Print this page", "Rescinded 01/02/2020",
)  # fmt: skip
_UNSAID = {"top", "of", "page", "print", "this"}
"""What is left out where the frame stands, and kept elsewhere."""


_LABELS = {"1", "2", "a", "ii", "iv"}
"""Numbers and letters of items become labels, and stay words in the cell of a table."""


def _lost_and_added(text: str) -> tuple[set[str], set[str]]:
    reading = read_text(text)
    cut = [finding.message for finding in reading.findings if finding.kind == "list_breaks_off"]
    told = words(message.replace("'", " ") for message in cut)
    found, shown = kept(reading), words([text])
    return set(shown - found - told) - _UNSAID - _LABELS, set(found - shown) - _LABELS


@examples(300)
@given(
    lines=st.lists(
        st.tuples(
            st.integers(0, 8),
            st.sampled_from(_MARKS),
            st.sampled_from(("", ".", ";", ":", " |", " (to 01/01/2020)", " Effective 01/01/2020")),
            st.sampled_from(_ALONE),
        ),
        max_size=25,
    )
)
def test_no_word_of_copied_text_is_dropped_or_doubled(lines: list[tuple[int, str, str, str]]) -> None:
    """The same for text, whatever its indentation, and whatever stands alone on the next line."""
    text = "ZZ1.1 Heading line\n\n" + "\n".join(
        f"{' ' * indent}{mark}Word{n} more{n}{stop}\n{alone}"
        for n, (indent, mark, stop, alone) in enumerate(lines)
    )
    assert _lost_and_added(text) == (set(), set())


@examples(100)
@given(
    paragraphs=st.lists(
        st.tuples(
            st.sampled_from(
                (
                    "",
                    "a.   ",
                    "     i.   ",
                    "Effective 01/01/2020",
                    "IN THIS SECTION",
                    "ZZ1.5 ",
                    "ZZ2 ",
                    "1-1",
                )
            ),
            st.integers(1, 30),
            st.booleans(),
        ),
        max_size=20,
    )
)
def test_no_word_of_an_issue_is_dropped_or_doubled(paragraphs: list[tuple[str, int, bool]]) -> None:
    """A paragraph that the end of a page cut would be gone from the only source of its text."""
    head = "INZ Operational Manual                 Harbours"
    pieces = [head, "Issue Date: 04 April 2011", ""]
    for n, (mark, length, turned) in enumerate(paragraphs):
        if mark in ("Effective 01/01/2020", "IN THIS SECTION", "1-1"):
            pieces.append(mark)
        else:
            pieces.append(mark + " ".join(f"{'Word' if not m else 'more'}{n}x{m}" for m in range(length)))
        pieces += ["", "1-2", head] if turned else [""]
    text = "\n".join([*pieces, head])
    issue = read_issue(text)
    found: Counter[str] = Counter()
    for reading in (issue.cover, *issue.instructions):
        found += kept(reading)
    own_words = re.compile(r"(?:word|more)\d+x\d+")
    on_page = Counter(own_words.findall(text.lower()))
    assert Counter({word: count for word, count in found.items() if own_words.fullmatch(word)}) == on_page


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
