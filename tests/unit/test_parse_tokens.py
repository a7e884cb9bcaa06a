"""The quick tokenizer against html5lib's own: the same tree for every page that it accepts."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from soak import examples

from manual.parse.soup import PLAIN, QuickTreeBuilder
from manual.parse.tokens import Odd

pytestmark = [
    pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning"),
    pytest.mark.filterwarnings("ignore::bs4.MarkupResemblesLocatorWarning"),
]
PAGES = Path(__file__).resolve().parents[1] / "pages"


def by_html5lib(text: str) -> str:
    return str(BeautifulSoup(text, "html5lib", **PLAIN))


def quickly(text: str) -> str | None:
    """The tree, or None where the quick tokenizer refuses the page."""
    try:
        return str(BeautifulSoup(text, builder=QuickTreeBuilder(**PLAIN)))
    except Odd:
        return None


PIECES = (
    "<p>", "</p>", "<P CLASS=x>", '<p class="a b" id=\'q\'>', '<td width= "18" nowrap>', "<br/>", "<br />",
    "<BR>", "<li>", "<ol type=a>", "</ol>", "<table border=0 >", "</TABLE>", "<tr>", "<td>", "</td >",
    "<b>", "</b>", "<a href='x?a=1&amp;b=2'>", "</a>", "word", " ", "\n", "\n\n", "&nbsp;", "&#8216;",
    "&#x2019;", "&amp;", "& ", "&", "&copy", "&notit;", "&unknown;", "&#0;", "&#128;", "<!-- comment -->",
    "<!---->", "<!-- a-b -- c -->", "<!>", "<?xml?>", "<![CDATA[x]]>", "<", "< p>", "</>", "</p", "<p",
    '<p class="x', "<script>var a = '<p>' && b;</script>", "<script><!-- x --></script>",
    "<style>p > a</style>", "<title> T &amp; U </title>", "<textarea>\nx</textarea>", "<pre>\n\nx</pre>",
    "<select><option>o", "<p a=1 a=2 A=3>", "<p =x>", "<p a/b>", "<o:p>", "</o:p>", "<svg><p>", "<math>",
    "<form>", "<font size=+1>", "</font>", "<h2>", "<div/>", '<body onload="x()">', "<html lang=en>",
    "</body>", "</html>", "<head>", "</head>", "<!DOCTYPE html>", "<plaintext>", "<img src=x>", "é", "\x0c",
    "\xa0", "<frameset>", "<noscript>x</noscript>", "<iframe>x</iframe>", "<p\nclass=x\n>",
    "<input type=hidden>", "<caption>", "<col>", "\x01",
)  # fmt: skip
DOCTYPES = (
    "", "<!DOCTYPE html>", '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n',
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
    "<!doctype html SYSTEM 'x'>",
)  # fmt: skip


@examples(400)
@given(doctype=st.sampled_from(DOCTYPES), pieces=st.lists(st.sampled_from(PIECES), max_size=25))
def test_quick_tree_is_html5libs_tree(doctype: str, pieces: list[str]) -> None:
    """A token told apart differently moves text to another place of the tree, on some pages only."""
    text = doctype + "".join(pieces)
    quick = quickly(text)
    assert quick is None or quick == by_html5lib(text)


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.htm")), ids=lambda path: path.name)
def test_quick_tree_of_a_page_is_html5libs_tree(path: Path) -> None:
    """The pages of the golden tests, whole; all of them are plain enough to be read quickly."""
    text = path.read_bytes().decode("utf-8-sig", "replace")
    assert quickly(text) == by_html5lib(text)


@pytest.mark.shared
def test_real_pages_are_read_quickly_and_alike(shared: Path) -> None:
    """If a real page were refused, every page would be read twice, slower than before."""
    for path in (shared / "captures").glob("*.htm"):
        text = path.read_text("utf-8-sig")
        assert quickly(text) == by_html5lib(text)


@pytest.mark.parametrize(
    "piece", ["<!>", "<?xml?>", "<", "&copy", "&notit;", "</p", '<p class="x', "<plaintext>", "\x00"]
)
def test_what_is_odd_is_left_to_html5lib(piece: str) -> None:
    """Guessing at these would make trees that no browser makes."""
    assert quickly(f"<p>a{piece}b</p>") is None
