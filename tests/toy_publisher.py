"""A publisher made up for tests: other folders, class names, words, codes (`4.12.3`) and another time zone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from manual.publisher import CodeShape, FrameWords, PageClasses, Publisher

HARBOUR = Publisher(
    name="harbour-board",
    authority="The Harbour Board",
    manual="book of rules",
    title="Book of Rules",
    language="en-IE",
    time_zone="Europe/Lisbon",
    place="Lisbon",
    site="https://harbour.example/",
    host="harbour.example",
    site_since=date(1998, 1, 1),
    folder="rules",
    archive="",
    tops=("Berths", "Pilots"),
    codes=CodeShape(letters=(0, 0), fewest_numbers=2, examples="4.12 or 4.12.3", example_unused="99.9"),
    words=FrameWords(
        chrome=r"(?:to\s+the\s+quay|[|\s])+",
        lists=r"earlier\s+rules|other\s+rules",
        archived=r"this\s+rule\s+is\s+out\s+of\s+date",
        archived_cut=r"this\s+rule\s+is\s+out",
        broken=(),
        old=r"out\s+of\s+date",
    ),
    classes=PageClasses(
        heading="ruletitle",
        sub_heading="subhead",
        foot="since",
        row="otherrule",
        rows_heading="otherrules",
        rows_table="ruletable",
        above_heading="above",
        table="figures",
        notes=frozenset(["remark"]),
        reference="seealso",
        main="rule",
        topic_id=r"r\d+",
    ),
)

CONTENTS = """<html><head><title>Contents</title></head><body>
<p>Berths</p>
<p><a href="412.htm">4.12 Moorings</a></p>
<p><a href="4123.htm">4.12.3 Mooring fees</a></p>
<p>Pilots</p>
<p><a href="51.htm">5.1 Hiring a pilot</a></p>
</body></html>"""

FEES = """<html><head><title>4.12.3 Mooring fees</title></head><body><div id="rule">
<p class="ruletitle">4.12.3 Mooring fees</p>
<p class="subhead">Sloops</p>
<p>The owner of a sloop pays two crowns a night, unless rule 5.1 applies.</p>
<p class="since">Effective 01/02/2023</p>
<p class="otherrules">EARLIER RULES</p>
<p class="otherrule"><a href="9001.htm">4.12.3 Mooring fees (01/05/2020)</a></p>
<p class="otherrules">OTHER RULES</p>
<p class="otherrule"><a href="51.htm">5.1 Hiring a pilot</a></p>
</div></body></html>"""

OLD_FEES = """<html><head><title>4.12.3 Mooring fees</title></head><body>
<p>This rule is out of date</p><div id="rule">
<p class="ruletitle">4.12.3 Mooring fees (01/05/2020)</p>
<p>The owner of a sloop pays one crown a night.</p>
<p class="since">Effective 01/05/2020</p>
</div></body></html>"""

PILOT = """<html><head><title>5.1 Hiring a pilot</title></head><body><div id="rule">
<p class="ruletitle">5.1 Hiring a pilot</p>
<p>A pilot is hired at the lighthouse.</p>
<p>4.12.9 is revoked on 3 March 2022.</p>
<p class="since">Effective 07/06/2004</p>
</div></body></html>"""


def save_pages(folder: Path) -> Path:
    """The toy's pages as a person saves them: a folder named like the site's."""
    saved = folder / "rules"
    saved.mkdir(parents=True)
    pages = {"toc": CONTENTS, "4123": FEES, "9001": OLD_FEES, "51": PILOT}
    for name, html in pages.items():
        (saved / f"{name}.htm").write_text(html, encoding="utf-8")
    return saved
