"""The publisher's table of contents in the shape of the live `toc.htm`: 1,550 links in 316 KB.

Its lines are those of the bundled register (codes and titles), filled up with invented ones. Around them stands what a
viewer's tree has: lists in lists, some of them in tables, buttons, scripts, and a frame with links of its own kind.
"""

from __future__ import annotations

import json
from functools import cache
from html import escape
from itertools import count

from manual.model import Sha256
from manual.register import register_files

LINKS = 1550
HASH = Sha256("sha256:" + "0" * 64)
_SCRIPT = """<script type="text/javascript">
function toggle(id) { var box = document.getElementById("b" + id); if (box.x < 1) { box.style.display = "none"; } }
function expand(id) { toggle(id); document.write("<p><a href='1.htm'>ZZ9 no line of these contents</a></p>"); }
</script>"""


@cache
def lines() -> tuple[str, ...]:
    """Each line as printed, 1,550 of them."""
    listed: list[str] = []
    for file in register_files():
        listed += json.loads(file.read_text(encoding="utf-8"))["contents"]
    more = (f"ZT{number}.5 Lanterns of the {number}th pier" for number in count(1))
    return (*listed[:LINKS], *(next(more) for _ in range(LINKS - len(listed))))


def address(number: int) -> str:
    """The site path that the line of this number, from 1, links to."""
    return f"opsmanual/{60_000 + number}"


def page() -> bytes:
    """The whole page, with a byte order mark as the publisher's pages have."""
    chapters: list[list[str]] = []
    for number, line in enumerate(lines(), 1):
        deep = "." in line.partition(" ")[0]
        if not deep or not chapters:
            chapters.append([])
        chapters[-1].append(_entry(number, line))
    tree = "\n".join(_chapter(number, entries) for number, entries in enumerate(chapters))
    head = f"<!DOCTYPE HTML><html><head><meta charset='utf-8'><title>Contents</title>{_SCRIPT}</head>"
    top = "<table class='bar'><tr><td><img src='mark.gif' alt=''></td><td></td></tr></table>"
    body = f"<body onload=\"expand('60001');\">{top}<div id='tree'><ul class='tree'>{tree}</ul></div>{_SCRIPT}</body>"
    return ("﻿" + head + body + "</html>").encode()


def _entry(number: int, line: str) -> str:
    number_in_address = address(number).rpartition("/")[2]
    href = {0: f"/opsmanual/{number_in_address}.htm", 1: f"#{number_in_address}.htm"}.get(number % 5)
    href = href or f"{number_in_address}.htm"
    return (
        f"<a id='n{number_in_address}' class='topic' target='main' href='{href}' "
        f"onclick=\"return show('{number_in_address}')\">{escape(line, quote=False)}</a>"
    )


def _chapter(number: int, entries: list[str]) -> str:
    first, *rest = entries
    button = f"<img src='plus.gif' alt='' onclick=\"toggle('{number}')\">"
    if not rest:
        return f"<li>{button}{first}</li>"
    if number % 5:
        below = "".join(
            f"<li class='leaf'><img src='leaf.gif' alt='' border='0'>{entry}</li>" for entry in rest
        )
        below = f"<ul id='b{number}'>{below}</ul>"
    else:
        below = "".join(f"<tr><td>&nbsp;</td><td>{entry}</td></tr>" for entry in rest)
        below = f"<table id='b{number}'><tbody>{below}</table>"
    return f"<li>{button}{first}\n{below}</li>"
