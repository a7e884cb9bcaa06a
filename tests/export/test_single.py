"""The single file: what it says of what it does not hold, of invented instructions, and on paper."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from manual.export.single import export_single
from manual.model import Sha256
from manual.parse import parse_capture
from tests.chromium import faults, look
from tests.export.conftest import LATE, capture, clauses, load_into, page
from tests.export.reading import broken_links, read_page
from webapp import create_app

INVENTED = "It was invented to show how this works"


def _single(home: Path, dest: Path, part: str | None = None) -> str:
    export_single(home, dest, on=LATE, part=part)
    return dest.read_text("utf-8")


def _articles(html: str) -> dict[str, str]:
    """The mark-up of each instruction by its code."""
    found = {}
    for article in html.split("<article")[1:]:
        code = re.search(r'<span class="code">(.*?)</span>', article)
        assert code
        found[code[1]] = article.partition("</article>")[0]
    return found


def test_a_reference_out_of_the_file_says_that_it_leads_nowhere(small_home: Path, tmp_path: Path) -> None:
    """A reader would look for ZX1.5 in the file, or take its absence for an end of the rule."""
    text = _single(small_home, tmp_path / "x.html", "ZX2.5")
    assert '<span class="open">ZX1.5(b)</span> <span class="ref-note">[not in this file]</span>' in text
    assert broken_links(tmp_path) == []
    whole = _single(small_home, tmp_path / "x.html")
    assert "not in this file" not in whole
    assert '<a href="#ZX1.5-b">ZX1.5(b)</a>' in whole


def test_a_reference_out_of_the_file_keeps_what_else_is_said_of_it(
    specimen_home: Path, tmp_path: Path
) -> None:
    """That the other instruction had ended would be lost."""
    notes = set(re.findall(r'<span class="ref-note">\[(.*?)\]', _single(specimen_home, tmp_path / "j", "J")))
    assert {"not in this file", "not in force on this day, not in this file"} <= notes


def test_references_to_law_and_forms_are_left_alone(tmp_path: Path) -> None:
    """Each mention of the Act would carry a note that tells nobody anything."""
    body = clauses("See section 49(1) of the Immigration Act 2009 and the form INZ 1025.", "See ZX9.")
    home = load_into(tmp_path / "home", [capture(1, page("ZX1", "Law", body))])
    words = " ".join(read_page(_single(home, tmp_path / "x.html"), inside="article").words)
    assert "Act 2009 and the form INZ 1025." in words
    assert words.count("not in this file") == 0
    assert "ZX9 [not known in this copy]" in words


def test_each_invented_instruction_says_so_and_no_other_does(
    specimen_home: Path, small_home: Path, tmp_path: Path
) -> None:
    """An invented rule cut out of the file would pass for law, or law for an invention."""
    invented = _articles(_single(specimen_home, tmp_path / "x.html"))
    assert {"J1.1", "K1.10"} <= invented.keys()
    assert all(INVENTED in article for article in invented.values())
    others = _articles(_single(small_home, tmp_path / "y.html"))
    assert {"ZX1", "ZX2.5"} <= others.keys()
    assert not any(INVENTED in article for article in others.values())


def test_a_part_says_of_itself_what_it_is(specimen_home: Path, small_home: Path, tmp_path: Path) -> None:
    """A chapter of the specimen would arrive without the words that it was invented, or another with them."""
    text = _single(specimen_home, tmp_path / "x.html", "J")
    assert "Specimen. It was invented" in text.partition("<main")[2]
    assert "specimen" not in _single(small_home, tmp_path / "y.html", "ZX1").partition("<main")[2].lower()


def test_the_contents_of_a_chapter_begin_at_the_margin(specimen_home: Path, tmp_path: Path) -> None:
    """A chapter deep in the manual would have its contents squeezed to the right."""
    depths = re.findall(r'<li class="d([0-9])', _single(specimen_home, tmp_path / "x.html", "J1"))
    assert depths[0] == "0"
    assert set(depths) == {"0", "1"}


def test_no_page_that_we_made_is_read_as_a_source(specimen_home: Path, edition: Path, tmp_path: Path) -> None:
    """What we concluded would come back as evidence, with our own words in the text of the instruction."""
    client = create_app({"HOME": specimen_home, "TODAY": lambda: LATE}).test_client()
    made = {"single": _single(specimen_home, tmp_path / "x.html", "J2").encode()}
    made |= {
        path: client.get(path).data for path in ("/J1.1", "/J1.1/history", "/contents", "/search?q=visa")
    }
    made |= {name: (edition / name).read_bytes() for name in ("J1.1.html", "contents.html", "genindex.html")}
    for name, data in made.items():
        read = parse_capture(data, media="html", site_path=None, sha256=Sha256("sha256:1"), filename=name)
        assert (read.kind, read.statements, read.blocks) == ("own_page", (), ()), name
        assert [finding.kind for finding in read.findings] == ["own_page"], name


@pytest.mark.browser
def test_on_paper_instructions_follow_each_other_with_their_source(
    chrome: webdriver.Chrome, specimen_home: Path, tmp_path: Path
) -> None:
    """Paper would be wasted on a page for each line, on links that can't be followed, and would lack its source."""
    dest = tmp_path / "j.html"
    _single(specimen_home, dest, "J")
    look(chrome, dest.as_uri(), 1280, "light")
    assert chrome.find_element(By.CSS_SELECTOR, ".case-item .back").is_displayed()
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        style = "return getComputedStyle(document.querySelector('.case-item + .case-item')).breakBefore"
        assert chrome.execute_script(style) == "auto"
        shown = {
            name: any(
                one.is_displayed() for one in chrome.find_elements(By.CSS_SELECTOR, f".case-item {name}")
            )
            for name in ("details", ".back", ".source", ".warn", ".citebox")
        }
        assert shown == {"details": False, ".back": False, ".source": True, ".warn": True, ".citebox": True}
        said = chrome.find_element(By.CSS_SELECTOR, ".case-item .source").text
        assert re.search(r"captured on \d+ \w+ 20\d\d, SHA-256\s+[0-9a-f]{64}", said)
        address = "return getComputedStyle(document.querySelector('.source a'), '::after').content"
        assert "https://" in chrome.execute_script(address)
        chrome.execute_script("document.querySelector('.case-item details').open = true")
        assert chrome.find_element(By.CSS_SELECTOR, ".case-item details").is_displayed()
    finally:
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen"})


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    chrome: webdriver.Chrome, specimen_home: Path, tmp_path: Path, width: int, scheme: str
) -> None:
    """Somebody could not read the file that was sent to them."""
    dest = tmp_path / "j.html"
    _single(specimen_home, dest)
    look(chrome, dest.as_uri(), width, scheme)
    chrome.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert chrome.execute_script("return document.documentElement.scrollWidth") <= width
    assert not faults(chrome)


def test_a_file_as_known_by_a_day_holds_nothing_seen_later(specimen_home: Path, tmp_path: Path) -> None:
    """A case file would quote what nobody could know then, as if it had been known."""
    dest, early = tmp_path / "then.html", date(2024, 6, 1)
    export_single(specimen_home, dest, on=date(2023, 3, 1), known=early)
    then = dest.read_text("utf-8")
    assert "As could be known on 1 June 2024: pages saved later are left out." in then
    assert "newest captured on 2 May 2024" in then
    assert {code.partition(".")[0] for code in _articles(then)} <= {"K1", "Q1"}, (
        "all that was seen by then names"
    )
    assert "K1.15" in _articles(then)
    export_single(specimen_home, dest, on=date(2023, 3, 1))
    now = dest.read_text("utf-8")
    assert "could be known" not in now
    assert "J1.1" in _articles(now)


def test_a_file_of_no_stated_day_is_of_the_newest_capture_known_then(
    specimen_home: Path, tmp_path: Path
) -> None:
    """It would answer for a day of which nothing was known yet."""
    dest = tmp_path / "then.html"
    summary = export_single(specimen_home, dest, known=date(2024, 6, 1))
    assert summary.on == date(2024, 5, 2)
