"""No page takes more than its length deserves: what drives the cost is counted, and such a page is refused."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from manual.errors import LimitExceeded
from manual.model import ParsedPage, Sha256, SitePath
from manual.parse import parse_capture
from manual.parse.soup import MAX_ATTRIBUTES

HEAD = "<title>ZA1.1 Toys</title><td id=main><p class=heading4>ZA1.1 Toys</p>"


def read(body: str) -> ParsedPage:
    return parse_capture(
        (HEAD + body).encode(), media="html", site_path=SitePath("opsmanual/1"), sha256=Sha256("sha256:0")
    )


def lines_run(body: str) -> int:
    """Lines of Python that reading takes, the libraries' included: the same on every machine."""
    found = 0

    def count(frame: FrameType, event: str, _: object) -> object:
        nonlocal found
        found += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        read(body)
    finally:
        sys.settrace(before)
    return found


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("<table>", "<p>x</p>", "</table>"),
        ("<table>", "<div>x</div>", "</table>"),
        ("<table>", "x<b>y</b>", "</table>"),
        ("<table>", "<tr>x", "</table>"),
        ("<p>", "<a href=1.htm>x</a> ", ""),
        ("<p>", "<a href=1.htm>ZA1.1</a> ", ""),
        ("<p>", "a</a>", ""),
    ],
)
def test_twice_the_page_takes_twice_the_work(before: str, piece: str, after: str) -> None:
    """If it failed, a page of 200 kB could keep a load busy for half a minute, and one of 2 MB for an hour."""
    read(before + piece + after)
    once, twice = (lines_run(before + piece * number + after) for number in (300, 600))
    assert twice < 2.4 * once


@pytest.mark.parametrize(
    "body",
    [
        "<p " + "a " * 4_000 + ">x",
        "<p " + "".join(f"a{n}=1 " for n in range(2_000)) + ">x",
        '<p a=">" ' + "b " * 4_000 + ">x",
        '<p a="1"' + 'b=""' * 2_000 + ">x",
        "<p>" + "<" * 20_000,
        "<table>" + "<p>x</p>" * 16_000,
    ],
)
def test_markup_that_takes_too_long_is_refused_before_it_is_read(body: str) -> None:
    """If it failed, one crafted page would stop everything that was given with it."""
    with pytest.raises(LimitExceeded, match="five seconds a megabyte"):
        read(body)


def test_words_torn_apart_again_and_again_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed, a megabyte of them would copy a hundred gigabytes."""
    monkeypatch.setattr("manual.parse.soup._JOINED_MOST", 0.05)
    with pytest.raises(LimitExceeded, match="torn apart"):
        read("<p>" + "aa</a>" * 500)


@pytest.mark.parametrize(
    "body",
    [
        '<p><img src="data:image/png;base64,' + "iVBORw0KGgo= " * 4_000 + '">Words of a page.</p>',
        '<iframe srcdoc="'
        + "&lt;p class=x&gt; and = more words here " * 2_000
        + '"></iframe><p>Words of a page.</p>',
        "<p " + " ".join(f"a{n}=1" for n in range(MAX_ATTRIBUTES - 1)) + ">Words of a page.</p>",
        "<p>" + "plain words = all the way, " * 5_000 + "Words of a page.</p>",
    ],
)
def test_long_tags_of_ordinary_pages_are_read(body: str) -> None:
    """If it failed, a page saved with its pictures in it would be refused."""
    assert "Words of a page." in str(read(body).blocks)


def test_loose_paragraphs_of_a_table_keep_their_order() -> None:
    """If it failed, the faster way of placing them would change the text."""
    page = read("<table><p>one</p><tr><td>cell</td></tr><p>two</p>three</table>")
    words = [word for block in page.blocks for word in block.text.split() if word in ("one", "two", "three")]
    assert words == ["one", "two", "three"]
