"""The edition opened from a folder in a real Chromium, as its readers do.

Skipped where there is no Chromium, except in CI, where it must be there.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from manual.export.single import export_single
from tests.chromium import faults as faults_on
from tests.chromium import look
from tests.export.conftest import LATE

pytestmark = pytest.mark.browser


def _open(
    driver: webdriver.Chrome, page: Path, query: str = "", *, width: int = 1280, scheme: str = "light"
) -> None:
    look(driver, page.as_uri() + query, width, scheme)


def _settled(driver: webdriver.Chrome) -> str:
    """What the search says once it has said something."""
    wait = WebDriverWait(driver, 10)
    wait.until(lambda d: d.find_element(By.ID, "said").text)
    return str(driver.find_element(By.ID, "said").text)


def _address(driver: webdriver.Chrome, edition: Path) -> str:
    return str(driver.current_url).removeprefix(edition.as_uri() + "/")


KINDS = {
    "home": "index.html",
    "instruction": "J1.1.html",
    "past version": "J1.1/on/2018-07-01.html",
    "part": "J.html",
    "history": "J1.1/history.html",
    "contents": "contents.html",
    "changes by year": "changes.html",
    "coverage": "coverage.html",
    "findings": "findings.html",
    "wanted": "wanted.html",
    "glossary": "glossary.html",
    "how to search": "how-to-search.html",
    "this edition": "edition.html",
    "how to read": "how-to-read.html",
    "a to z": "genindex.html",
    "about": "about.html",
    "search": "search.html",
}


def kinds_of_page(edition: Path) -> dict[str, str]:
    """An address, with what is asked of it, for every kind of page."""
    found = {kind: address for kind, address in KINDS.items() if (edition / address).exists()}
    for kind, pattern in {
        "comparison": "*/compare/*/*.html",
        "version": "*/version/*.html",
        "past contents": "contents/on/*.html",
        "changes": "changes/*/*.html",
        "past": "*/on/*.html",
    }.items():
        found[kind] = sorted(edition.glob(pattern))[-1].relative_to(edition).as_posix()
    for word in ("disputed", "ended", "before_record", "undated"):
        for path in sorted(edition.glob("*.html")):
            if f'class="tag {word}"' in path.read_text("utf-8"):
                found[word] = path.name
                break
    return found | {
        "search with hits": "search.html?q=application&on=2021-01-01",
        "search without hits": "search.html?q=zzzzqq",
        "search for no day": "search.html?q=visa&on=tomorrow",
        "search for no code": "search.html?q=J1.77",
    }


def test_a_reader_finds_a_past_version_and_what_changed(chrome: webdriver.Chrome, edition: Path) -> None:
    """The edition would be a heap of files and not a book."""
    _open(chrome, edition / "index.html")
    chrome.find_element(By.LINK_TEXT, "Contents").click()
    chrome.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    chrome.find_element(By.CSS_SELECTOR, "a[href='J1.1.html']").click()
    assert _address(chrome, edition) == "J1.1.html"
    chrome.find_element(By.PARTIAL_LINK_TEXT, "History").click()
    assert chrome.find_elements(By.CSS_SELECTOR, "svg.timeline")
    rows = chrome.find_elements(By.CSS_SELECTOR, ".versions tbody th a")
    rows[-1].click()
    assert "/on/" in _address(chrome, edition)
    assert "not for the day of this edition" in chrome.find_element(By.CSS_SELECTOR, ".day").text
    chrome.back()
    chrome.find_element(By.PARTIAL_LINK_TEXT, "with the one before").click()
    assert "/compare/" in _address(chrome, edition)
    assert chrome.find_element(By.CSS_SELECTOR, ".verdict").text


def test_contents_open_at_the_chapter_of_the_instruction(chrome: webdriver.Chrome, edition: Path) -> None:
    """A reader of J2.25 would look for its chapter among all chapters again."""
    _open(chrome, edition / "J2.25.html")
    chrome.find_element(By.LINK_TEXT, "Contents").click()
    assert _address(chrome, edition).endswith("contents.html#J2")
    assert chrome.find_element(By.CSS_SELECTOR, "#J2 a[href='J2.25.html']").is_displayed()
    assert not chrome.find_element(By.CSS_SELECTOR, "#J1 a").is_displayed()


def test_a_search_as_of_a_day_finds_only_what_answered_then(chrome: webdriver.Chrome, edition: Path) -> None:
    """A snippet of another day's words would be cited."""
    _open(chrome, edition / "index.html")
    chrome.find_element(By.ID, "q").send_keys("application")
    when = chrome.find_element(By.ID, "on")
    when.clear()
    when.send_keys("15/8/2019")
    chrome.find_element(By.CSS_SELECTOR, ".jump button").click()
    said = _settled(chrome)
    assert said.endswith("on 15 August 2019.")
    WebDriverWait(chrome, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#hits li"))
    hits = chrome.find_elements(By.CSS_SELECTOR, "#hits li h2 a")
    assert len(hits) == min(10, int(said.split()[0]))
    places = [str(hit.get_attribute("href")) for hit in hits]
    assert len({place.split("/on/")[0] for place in places}) == len(places), (
        "an instruction stands there twice"
    )
    assert chrome.find_elements(By.CSS_SELECTOR, "#hits mark")
    for place in places:
        assert place.split("/on/")[1][:10] <= "2019-08-15"
    hits[0].click()
    page = chrome.find_element(By.TAG_NAME, "main").text
    assert "application" in page.lower()


def test_a_phrase_a_minus_and_an_everyday_word_are_understood(
    chrome: webdriver.Chrome, edition: Path
) -> None:
    """An adviser who quotes a rule would get every text with one of its words."""
    _open(chrome, edition / "search.html", "?q=" + "%22of%20good%20character%22")
    assert _settled(chrome).startswith("2 instructions found")
    assert "each two neighbours" in chrome.find_element(By.ID, "aside").text
    WebDriverWait(chrome, 10).until(lambda d: len(d.find_elements(By.CSS_SELECTOR, "#hits .snippet")) == 2)
    for hit in chrome.find_elements(By.CSS_SELECTOR, "#hits .snippet"):
        assert "good character" in hit.text.lower()
    _open(chrome, edition / "search.html", "?q=application")
    with_it = int(_settled(chrome).split()[0])
    _open(chrome, edition / "search.html", "?q=application%20-visa")
    assert int(_settled(chrome).split()[0]) < with_it
    _open(chrome, edition / "search.html", "?q=police%20clearance")
    assert "Also searched: police certificate" in chrome.find_element(By.ID, "aside").text or _settled(chrome)


@pytest.mark.parametrize(
    ("typed", "on", "wanted"),
    [
        ("j1.1", "", "J1.1.html"),
        ("J 1-1(b)(ii)", "", "J1.1.html#J1.1-b-ii"),
        ("appendix 31", "", "Appendix-31.html"),
    ],
)
def test_a_code_goes_straight_to_its_page(
    chrome: webdriver.Chrome, edition: Path, typed: str, on: str, wanted: str
) -> None:
    """Officers know codes by heart, and have seconds."""
    _open(chrome, edition / "search.html", f"?q={typed}&on={on}")
    WebDriverWait(chrome, 10).until(lambda d: "search.html" not in d.current_url)
    assert _address(chrome, edition) == wanted


def test_a_code_with_a_past_day_goes_to_the_page_of_that_day(chrome: webdriver.Chrome, edition: Path) -> None:
    """The right instruction of the wrong day is the wrong instruction."""
    _open(chrome, edition / "search.html", "?q=J1.1&on=2019-01-01")
    WebDriverWait(chrome, 10).until(lambda d: "search.html" not in d.current_url)
    assert _address(chrome, edition).startswith("J1.1/on/")
    assert _address(chrome, edition)[8:18] <= "2019-01-01"


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        ("2012-01-01", "K2.1/on/2010-11-29.html#K2.1.1"),
        ("2014-09-29", "K2.1.1/on/2014-09-29.html"),
        ("", "K2.1.1.html"),
    ],
)
def test_a_three_part_code_goes_where_the_site_would_lead(
    chrome: webdriver.Chrome, edition: Path, on: str, wanted: str
) -> None:
    """K2.1.1 is an instruction of its own since 2014; before, the edition led to a page without a text."""
    _open(chrome, edition / "search.html", f"?q=K2.1.1&on={on}")
    WebDriverWait(chrome, 10).until(lambda d: "search.html" not in d.current_url)
    assert _address(chrome, edition) == wanted
    missing = [one.text for one in chrome.find_elements(By.CSS_SELECTOR, ".no-place")]
    assert missing == (["There is no K2.1.1 in the text on this page."] if "#" in wanted else [])


def test_an_unknown_code_and_a_wrong_day_are_answered(chrome: webdriver.Chrome, edition: Path) -> None:
    """A near match must be offered, and never taken."""
    _open(chrome, edition / "search.html", "?q=J1.77")
    assert "No instruction has the code J1.77" in _settled(chrome)
    assert chrome.find_elements(By.CSS_SELECTOR, "#aside a")
    _open(chrome, edition / "search.html", "?q=visa&on=31/2/2020")
    assert "is not a day" in _settled(chrome)


def test_a_place_shows_how_to_cite_it(chrome: webdriver.Chrome, edition: Path) -> None:
    """A citation without its day does not hold next year."""
    _open(chrome, edition / "J1.1.html", "#J1.1-b-ii")
    said = chrome.find_element(By.CSS_SELECTOR, ".cite-here").text
    assert said == "Cite as: J1.1(b)(ii), as in force on 15 August 2026, as last seen on 11 August 2026"


def test_everything_is_reached_without_script(plain_chrome: webdriver.Chrome, edition: Path) -> None:
    """A library's reading room has scripts turned off."""
    _open(plain_chrome, edition / "search.html", "?q=visa")
    assert "needs a script" in plain_chrome.find_element(By.TAG_NAME, "main").text
    plain_chrome.find_element(By.CSS_SELECTOR, "main a[href='genindex.html']").click()
    plain_chrome.find_element(By.CSS_SELECTOR, ".az .entries a").click()
    assert plain_chrome.find_elements(By.CSS_SELECTOR, "h1 .code")
    assert not plain_chrome.find_elements(By.TAG_NAME, "form"), "a box that needs a script"


@pytest.mark.slow
def test_no_page_scrolls_sideways_at_320_pixels(chrome: webdriver.Chrome, edition: Path) -> None:
    """At 400 % zoom reading would need two directions."""
    wide = []
    for kind, address in kinds_of_page(edition).items():
        name, _, query = address.partition("?")
        _open(chrome, edition / name, f"?{query}" if query else "", width=320)
        if query:
            _settled(chrome)
        beyond = chrome.execute_script("return document.documentElement.scrollWidth")
        if beyond > 320:
            wide.append((kind, beyond))
    assert not wide, wide


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_on_any_kind_of_page(
    chrome: webdriver.Chrome, edition: Path, width: int, scheme: str
) -> None:
    """Somebody could not read, or not operate, a page."""
    faults = {}
    for kind, address in kinds_of_page(edition).items():
        name, _, query = address.partition("?")
        _open(chrome, edition / name, f"?{query}" if query else "", width=width, scheme=scheme)
        if query:
            _settled(chrome)
        chrome.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        if found := faults_on(chrome):
            faults[kind] = found
    assert not faults, faults


def test_a_printed_page_keeps_its_day_and_source_and_loses_the_forms(
    chrome: webdriver.Chrome, edition: Path
) -> None:
    """Paper has no search box, and must say for which day it answers."""
    _open(chrome, edition / "J1.1.html")
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not chrome.find_element(By.CSS_SELECTOR, ".jump").is_displayed()
        assert chrome.find_element(By.CSS_SELECTOR, ".day").is_displayed()
        assert "as in force on 15 August 2026" in chrome.find_element(By.CSS_SELECTOR, ".citebox").text
        words = chrome.find_element(By.TAG_NAME, "body").text
        assert "Captured on 11 August 2026" in words
        assert re.search(r"\b[0-9a-f]{16}…", words), "no hash"
        assert "Information, not advice" in words
        address = "return getComputedStyle(document.querySelector('dd a[rel]'), '::after').content"
        assert chrome.execute_script(address) != "none"
    finally:
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen"})


def test_a_page_may_hold_another_page_of_the_edition(chrome: webdriver.Chrome, edition: Path) -> None:
    """The search reads the pages that it finds in hidden frames; a policy without them would leave it blind."""
    chrome.get_log("browser")
    _open(chrome, edition / "J.html")
    chrome.execute_script(
        "const frame = document.createElement('iframe'); frame.src = 'J1.1.html'; document.body.append(frame);"
    )
    WebDriverWait(chrome, 10).until(lambda d: d.execute_script("return frames.length"))
    chrome.switch_to.frame(0)
    try:
        WebDriverWait(chrome, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, "h1 .code"))
        assert chrome.find_element(By.CSS_SELECTOR, "h1 .code").text == "J1.1"
        assert chrome.find_elements(By.CSS_SELECTOR, "form.jump"), "its script did not run"
    finally:
        chrome.switch_to.default_content()
    assert chrome.get_log("browser") == []


def test_the_search_box_is_there_where_scripts_are_and_nowhere_else(
    chrome: webdriver.Chrome, plain_chrome: webdriver.Chrome, edition: Path, day_edition: Path
) -> None:
    """A box that does nothing would be offered, or none at all; an edition of one day has no other to offer."""
    for folder, names in ((edition, ["q", "on"]), (day_edition, ["q"])):
        for page in ("index.html", "J1.1.html", "search.html"):
            _open(chrome, folder / page)
            boxes = chrome.find_elements(By.CSS_SELECTOR, "form.jump[role=search] label > input")
            assert [box.get_attribute("name") for box in boxes] == names, (folder.name, page)
    past = next(edition.glob("J1.1/on/*.html"))
    _open(chrome, past)
    action = chrome.find_element(By.CSS_SELECTOR, "form.jump").get_attribute("action")
    assert action == (edition / "search.html").as_uri()
    _open(plain_chrome, past)
    assert not plain_chrome.find_elements(By.TAG_NAME, "form")


def test_the_console_stays_silent_and_nothing_is_fetched(
    chrome: webdriver.Chrome, edition: Path, hostile_edition: Path, specimen_home: Path, tmp_path: Path
) -> None:
    """A policy that blocks our own files, a missing file or a script of a capture shows itself here."""
    chrome.get_log("browser")
    single = tmp_path / "j2.html"
    export_single(specimen_home, single, on=LATE, part="J2")
    for folder, name, query in (
        (edition, "J1.1.html", ""),
        (edition, "search.html", "?q=application"),
        (hostile_edition, "ZX1.html", ""),
        (hostile_edition, "search.html", "?q=reversed"),
        (hostile_edition, "search.html", "?q=%3Cscript%3Ealert(1)%3C/script%3E"),
        (single.parent, single.name, ""),
    ):
        _open(chrome, folder / name, query)
        if query:
            _settled(chrome)
        fetched = chrome.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
        assert all(one.startswith("file://") for one in fetched), fetched
    assert chrome.get_log("browser") == []
