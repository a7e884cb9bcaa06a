"""Editions of the specimen manual, made once per run, and small homes for what must be changed or broken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from manual.captures import RawCapture
from manual.export.html import export_html
from manual.load import load_captures
from manual.model import SitePath
from manual.specimen import specimen_captures

RECORDED = datetime(2026, 8, 20, tzinfo=UTC)
SEEN = datetime(2026, 8, 1, tzinfo=UTC)
LATE = date(2026, 8, 15)
"""After every capture of the specimen, so that an edition's own day is not one of its edges."""

HOSTILE_TITLE = (
    ".. raw:: html :instr:`x` {{ 7*7 }} ]]> <script>alert(1)</script> \u202ereversed |x|_ \\ &amp; \"quoted'"
)


def page(code: str, title: str, body: str, *, foot: str = "01/01/2020", more: str = "") -> str:
    """A page in the live shape, small."""
    return (
        f"<html><head><title> {code} </title></head><body><table><tr><td id='main'>"
        f"<p class='heading4'>{code} {title}</p>{body}<p class='effectivedate'>Effective {foot}</p>{more}"
        "</td></tr></table></body></html>"
    )


def clauses(*texts: str) -> str:
    items = "".join(f"<li class='listletter'>{text}</li>" for text in texts)
    return f"<ol class='listletter'>{items}</ol>"


def capture(number: int, html: str, seen: datetime | None = SEEN) -> RawCapture:
    return RawCapture(
        data=html.encode(),
        media="html",
        address=None,
        site_path=SitePath(f"opsmanual/{number}"),
        captured_at=seen,
        filename=f"{number}.htm",
    )


def load_into(home: Path, captures: Iterable[RawCapture]) -> Path:
    load_captures(home, captures, now=RECORDED)
    return home


SMALL = (
    (1, page("ZX1", "First chapter", clauses("An umbrella must be shown.", "See ZX1.5(a) and ZX1.10."))),
    (2, page("ZX1.5", "Umbrellas", clauses("Umbrellas are open.", "See ZX1.10(b)."), foot="01/02/2021")),
    (
        3,
        page(
            "ZX1.10", "Galoshes", clauses("Galoshes are dry.", "Rain means water from above.", "See ZX1.5.")
        ),
    ),
    (4, page("ZX2", "Second chapter", clauses("Boots need no umbrella."))),
    (5, page("ZX2.5", "Boots", clauses("Boots are heavy; see ZX1.5(b)."))),
)


@pytest.fixture
def small_home(tmp_path: Path) -> Path:
    """Five instructions that refer to each other."""
    return load_into(tmp_path / "home", [capture(number, html) for number, html in SMALL])


@pytest.fixture(scope="session")
def specimen_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_into(tmp_path_factory.mktemp("specimen") / "home", specimen_captures())


@pytest.fixture(scope="session")
def edition(specimen_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen with its whole history."""
    dest = tmp_path_factory.mktemp("editions") / "whole"
    export_html(specimen_home, dest, on=LATE, history=True)
    return dest


@pytest.fixture(scope="session")
def day_edition(specimen_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen as of one day, and not the newest."""
    dest = tmp_path_factory.mktemp("editions") / "day"
    export_html(specimen_home, dest, on=date(2021, 3, 1), history=False)
    return dest


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    title = HOSTILE_TITLE.replace("&", "&amp;").replace("<", "&lt;")
    body = clauses(
        "Text ]]&gt; and &lt;/script&gt;&lt;script&gt;alert(2)&lt;/script&gt; "
        "and <a href='javascript:alert(3)'>here</a>.",
        ":instr:`ZX9` |sub| .. include:: /etc/passwd {% raw %} #panic[x] $x$ @label",
        "&#8238;backwards&#8236; \\u{41} *bold* _it_ `code` &amp;lt;",
    )
    table = (
        "<table class='tableintopic'><tr><td colspan='9999' rowspan='-3'>&lt;u&gt;wide</td></tr>"
        "<tr><td>x</td></tr></table>"
    )
    one = page("ZX1", title, body + table)
    other = page("ZX1.5", "Plain", clauses("See ZX1(a)."), foot="01/05/2022")
    return load_into(tmp_path_factory.mktemp("hostile") / "home", [capture(1, one), capture(2, other)])


@pytest.fixture(scope="session")
def hostile_edition(hostile_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dest = tmp_path_factory.mktemp("editions") / "hostile"
    export_html(hostile_home, dest, on=LATE, history=True)
    return dest
