"""Leaves out of a page what HTML lets a writer leave out: it reads the same, and a stick holds more of it."""

from __future__ import annotations

import re

# Markup in a text is escaped, and so are quotes in a value, so that `="` stands nowhere but before a value.
# yes: id="A16.1-b" | href="#A16.1-b"
# no: class="tag small" | value=""
_TAG = re.compile(r"<[a-z][^<>]*>")
_QUOTED = re.compile(r'(?<==)"([\w.:#@~%-][\w.:#@~%/-]*)"(?=[ >])')

_BLOCK = (
    r"</?(?:article|aside|blockquote|body|d[dlt]|details|div|fieldset|footer|form|h[1-6]|head|header|html|li|link|main|"
    r"meta|nav|[ou]l|p|script|section|summary|t(?:able|body|d|foot|h|head|itle|r))[ >]"
)
# Line breaks before and after the tags of blocks show as nothing.
_BREAK_BEFORE = re.compile(rf"\n\s*(?={_BLOCK})")
_BREAK_AFTER = re.compile(r"(?<=>)\n\s*")
_BLOCK_TAG = re.compile(_BLOCK)

# End tags that go without saying: an item ends where the next one begins, or the list.
_NEEDLESS = re.compile(
    r"</li>(?=<li[ >]|</[ou]l>)"
    r"|</d[dt]>(?=<d[dt][ >]|</dl>)"
    r"|</t[dh]>(?=<t[dh][ >]|</tr>)|</tr>(?=<tr[ >]|</t(?:able|body|foot|head)>)"
    r"|</p>(?=<(?:article|aside|blockquote|details|div|dl|fieldset|footer|form|h[1-6]|header|main|nav|[ou]l|p|section"
    r"|table)[ >]|</(?:article|aside|blockquote|dd|details|div|footer|header|li|main|nav|section|t[dh])>)"
)
# Which of them go depends on what follows: `</p></li><li>` loses the second first.
_P_LAST = re.compile(r"</p>(?=<(?:li|d[dt]|t[dhr])[ >]|</(?:[ou]l|dl|t(?:able|body|foot|head|r))>)")


def slimmed(html: str, *, escaped: bool = True) -> str:
    """`html` without quotes around plain values and without end tags and breaks that go without saying.

    A browser makes the same tree of it, white space between blocks left out. Pages with preformatted text keep their
    line breaks. `escaped`: no quotation mark stands in its words as it is; else each tag is looked at by itself.
    """
    html = _bare(html) if escaped else _TAG.sub(lambda tag: _bare(tag[0]), html)
    if "<pre" not in html:
        html = _BREAK_AFTER.sub(_after_block, _BREAK_BEFORE.sub("", html))
    html = _P_LAST.sub("", _NEEDLESS.sub("", html))
    return html.replace("&#39;", "'")  # no value stands in single quotes


def _bare(html: str) -> str:
    return "".join(
        _QUOTED.split(html)
    )  # what stands between quotation marks is kept; several times as fast as `sub`


def _after_block(found: re.Match[str]) -> str:
    """Nothing, where the tag before the break is a block's; else the break as it is."""
    tag = found.string.rfind("<", 0, found.start())
    return "" if _BLOCK_TAG.match(found.string, tag) else found[0]
