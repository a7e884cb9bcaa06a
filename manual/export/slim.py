"""Leaves out of a page what HTML lets a writer leave out: it reads the same, and a stick holds more of it."""

from __future__ import annotations

import re

# Markup in a text is escaped, and so are quotes in a value, so that `="` stands nowhere but before a value.
# yes: id="A16.1-b" | href="#A16.1-b"
# no: class="tag small" | value=""
_TAG = re.compile(r"<[a-z][^<>]*>")
_QUOTED = re.compile(r'="([\w.:#@~%-][\w.:#@~%/-]*)"(?=[ >])')
# An item ends where the next one begins, or the list.
_END_OF_ITEM = re.compile(r"</li>\s*(?=<li[ >]|</[ou]l>)")
_END_OF_TERM = re.compile(r"</d[dt]>\s*(?=<d[dt][ >]|</dl>)")
_END_OF_CELL = re.compile(r"</t[dhr]>\s*(?=<t[dhr][ >]|</tr>|</table>)")


def slimmed(html: str) -> str:
    """`html` without quotes around plain values and end tags that go without saying; a browser reads the same."""
    html = _TAG.sub(lambda tag: _QUOTED.sub(r"=\1", tag[0]), html)
    for needless in (_END_OF_ITEM, _END_OF_TERM, _END_OF_CELL):
        html = needless.sub("", html)
    return html
