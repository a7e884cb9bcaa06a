"""Pages in fewer bytes: the same elements, attributes and words."""

from __future__ import annotations

from lxml import html as reader

from manual.export.slim import slimmed

WHOLE = (
    '<ol class="items" role="list"><li id="A1-a"><a class="no" href="#A1-a">(a)</a><div>x="y" &lt;p a="b"&gt;'
    '<ol><li>one</li>\n<li class="a b">two</li></ol></div></li>\n<li>last</li></ol>'
    '<dl><dt>Term</dt><dd>Meaning <a href="../on/x.html#A1.5-b" title="&#34;q&#34;">it</a></dd></dl>'
    '<table><tr><th>h</th><td colspan="2">c</td></tr>\n<tr><td></td></tr></table>'
    '<svg viewBox="0 0 9 9"><rect class="bar" x="1" rx="2"/></svg><input value="" name="q"><a href="x/">s</a>'
)


def _read(text: str) -> list[tuple[str, dict[str, str], str]]:
    tree = reader.fromstring(f"<main>{text}</main>")
    return [(each.tag, dict(each.attrib), (each.text or "").strip()) for each in tree.iter()]


def test_a_slim_page_reads_as_the_whole_one() -> None:
    """A tag left out in the wrong place would put a clause below another, or a link nowhere."""
    assert _read(slimmed(WHOLE)) == _read(WHOLE)
    assert len(slimmed(WHOLE)) < len(WHOLE)


def test_words_that_look_like_attributes_stay() -> None:
    """A quotation mark of the text itself would be lost."""
    assert 'x="y" &lt;p a="b"&gt;' in slimmed(WHOLE)
