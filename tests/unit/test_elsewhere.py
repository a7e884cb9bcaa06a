"""Pages of other sites: what somebody else writes under a code is nothing that the manual says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from manual.captures import RawCapture
from manual.captures.addresses import is_elsewhere
from manual.intake.watching import take_in_of_the_manual
from manual.load import load, load_captures
from manual.model import Code, SitePath, When
from manual.publisher import INZ
from manual.queries import KnowledgeBase

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BLOG = "https://kites.example/zk1-5-explained"
CODE = Code("ZK1.5")
WORDS = (
    b"<!DOCTYPE html><html><head><title>ZK1.5 Kites</title></head><body><h1>ZK1.5 Kites</h1>"
    b"<p>A kite may be of any colour, we think.</p><p>Effective 01/02/2020</p></body></html>"
)
FRAMED = WORDS.replace(b"<h1>", b'<p class="heading4" id="t91005">').replace(b"</h1>", b"</p>")
LINES = b"".join(b"<p><a href='%d.htm'>ZK%d.%d Kites</a></p>" % (n, n // 9, n) for n in range(9, 60))
TOPS = b"<p><a href='1.htm'>Administration</a></p><p><a href='2.htm'>Residence</a></p>"
LIST = b"<!DOCTYPE html><html><body>" + TOPS + LINES + b"</body></html>"


def seen_at(address: str | None, data: bytes = WORDS, day: int = 1, place: str | None = None) -> RawCapture:
    return RawCapture(
        data=data,
        media="html",
        address=address,
        site_path=SitePath(place) if place else None,
        captured_at=datetime(2025, 1, day, tzinfo=UTC),
        filename="page.html",
    )


def texts(home: Path) -> list[str]:
    with KnowledgeBase(home) as kb:
        return [code for code in kb.codes() if kb.in_force_on(code, When(date(2025, 2, 1))).version]


@pytest.mark.parametrize(
    ("address", "data", "taken"),
    [
        (BLOG, WORDS, []),
        (BLOG, FRAMED, [CODE]),
        (BLOG, WORDS.replace(b"<body>", b"<body><td id='main'>"), []),
        (None, WORDS, [CODE]),
        (f"{INZ.site}about-us/kites", WORDS, [CODE]),
        ("https://archive.ph/AbC1d", WORDS, [CODE]),
    ],
)
def test_page_of_another_site_is_an_instruction_only_in_the_manuals_frame(
    tmp_path: Path, address: str | None, data: bytes, taken: list[Code]
) -> None:
    """A session that a browser's extension recorded holds whatever was open, such as somebody's account of a rule."""
    load_captures(tmp_path, [seen_at(address, data)], now=NOW)
    assert texts(tmp_path) == taken


def test_list_of_codes_on_another_site_is_no_contents(tmp_path: Path) -> None:
    """It would say of every code that it leaves out that the contents list it no more."""
    load_captures(tmp_path / "blog", [seen_at(BLOG, LIST)], now=NOW)
    load_captures(tmp_path / "copy", [seen_at(None, LIST)], now=NOW)
    found = []
    for home in ("blog", "copy"):
        with KnowledgeBase(tmp_path / home) as kb:
            found.append(len(kb.contents_printed().entries) > 50)
    assert found == [False, True]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(("known_first", "taken"), [(BLOG, []), (None, [CODE])])
def test_same_bytes_here_and_there_are_read_alike_in_any_order(
    tmp_path: Path, order: tuple[int, int], known_first: str | None, taken: list[Code]
) -> None:
    """Else an answer would rest on which of two files was loaded first."""
    other = None if known_first else BLOG
    both = [seen_at(known_first, day=1), seen_at(other, day=2)]
    for place in order:
        load_captures(tmp_path, [both[place]], now=NOW)
    assert texts(tmp_path) == taken


def test_web_archive_with_both_gives_the_manuals_page_alone(tmp_path: Path) -> None:
    """The address stands in the record, and in what a browser writes at the top of a page."""
    saved = b"<!-- saved from url=(0038)" + BLOG.encode() + b" -->\r\n" + WORDS
    (tmp_path / "page.html").write_bytes(saved)
    load(tmp_path / "home", [tmp_path / "page.html"], captured=date(2025, 1, 1), now=NOW)
    assert texts(tmp_path / "home") == []
    watched = take_in_of_the_manual(
        tmp_path / "watched", [tmp_path / "page.html"], captured=date(2025, 1, 1), now=NOW
    )
    assert watched.taken is None
    assert watched.left_alone


@pytest.mark.parametrize("address", ["", "file:///home/me/1.htm", "https://[broken", "about:srcdoc", "cid:1"])
def test_address_that_names_no_site_says_nothing(address: str) -> None:
    """Only a site that is named can be another one."""
    assert not is_elsewhere(address)
