"""Pages in fewer bytes: the same elements, attributes and words."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from manual.export import export_html, render
from manual.export.slim import slimmed
from tests.export.conftest import LATE
from tests.export.reading import pages_of

WHOLE = """<!DOCTYPE html><html lang="en-NZ"><title>x</title>
<ol class="items" role="list"><li id="A1-a"><a class="no" href="#A1-a">(a)</a><div>x="y" &lt;p a="b"&gt;
<ol><li><p>one</p></li>
<li class="a b">two <b>b</b>
<i>i</i></li></ol></div></li>
<li>last</li></ol>
<p>One</p>
<p>two</p><div><p>three</p></div><blockquote><p>four</p> five</blockquote>
<a href="x"><p>in a link</p></a><p>six</p><section><p>it&#39;s</p>
</section>
<dl><dt>Term</dt><dd>Meaning <a href="../on/x.html#A1.5-b" title="&#34;q&#34; it&#39;s">it</a></dd>
<dd><p>more</p></dd></dl>
<table><tbody><tr><th>h</th><td colspan="2">c</td></tr>
<tr><td></td></tr></tbody></table>
<svg viewBox="0 0 9 9"><rect class="bar" x="1" rx="2"/></svg><input value="" name="q"><a href="x/">s</a>"""


def _read(text: str) -> list[object]:
    """The tree that a browser makes of a page, white space shortened as a browser shows it."""
    return _tree(html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text))


def _tree(element: Element) -> list[object]:
    found: list[object] = [element.tag, dict(element.attrib), _words(element.text)]
    for child in element:
        found += [_tree(child), _words(child.tail)]
    return found


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def test_a_slim_page_reads_as_the_whole_one() -> None:
    """A tag left out in the wrong place would put a clause below another, or a link nowhere."""
    assert _read(slimmed(WHOLE, escaped=False)) == _read(WHOLE)
    assert len(slimmed(WHOLE, escaped=False)) < len(WHOLE) - 120


def test_words_that_look_like_attributes_stay() -> None:
    """A quotation mark of the text itself would be lost."""
    assert 'x="y" &lt;p a="b"&gt;' in slimmed(WHOLE, escaped=False)


def test_a_break_between_words_stays_one() -> None:
    """Two words, or a link and the next, would run together."""
    assert "</b>\n<i>" in slimmed(WHOLE)


def test_preformatted_text_keeps_its_lines() -> None:
    """A command over two lines would be printed as one."""
    shown = "<div>\n<pre>one\n\n<span>two</span>\n</pre>\n</div>"
    assert slimmed(shown) == shown


@pytest.mark.parametrize("history", [True, False])
def test_every_slim_page_is_valid_and_has_the_tree_of_the_whole_one(
    small_home: Path, hostile_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, history: bool
) -> None:
    """What no sample foresaw would show in a browser alone."""
    for name, home in (("small", small_home), ("hostile", hostile_home)):
        export_html(home, tmp_path / name / "slim", on=LATE, history=history)
        with monkeypatch.context() as patched:
            patched.setattr(render, "slimmed", lambda html, escaped: html)
            export_html(home, tmp_path / name / "whole", on=LATE, history=history)
        slim, whole = (dict(pages_of(tmp_path / name / which)) for which in ("slim", "whole"))
        assert slim.keys() == whole.keys()
        for address, text in slim.items():
            assert _read(text) == _read(whole[address]), address
            assert len(text) < len(whole[address]), address
