"""The pages in a real Chromium: accessible, at home on a small screen, and usable without script.

Skipped where there is no Chromium, except in CI, where it must be there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from werkzeug.serving import BaseWSGIServer, make_server

from manual.captures import RawCapture
from manual.model import Code, When
from manual.queries import KnowledgeBase
from manual.specimen import specimen_captures
from tests.chromium import faults as faults_on
from tests.chromium import look
from tests.site.conftest import TODAY, Example, make_home
from tests.site.test_safety import HOSTILE
from webapp import create_app

pytestmark = pytest.mark.browser


class Server:
    def __init__(self, app: Flask) -> None:
        self._server: BaseWSGIServer = make_server("127.0.0.1", 0, app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.at = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def server(specimen_home: Path) -> Iterator[Server]:
    running = Server(create_app({"HOME": specimen_home, "TODAY": lambda: TODAY}))
    yield running
    running.close()


@pytest.fixture(scope="module")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A copy that holds next to nothing: one hostile page."""
    raw = RawCapture(
        data=HOSTILE.encode(), media="html", address=None, site_path=None, captured_at=None, filename="1.htm"
    )
    home = make_home(tmp_path_factory.mktemp("nearly-empty"), [raw, next(iter(specimen_captures()))][:1])
    running = Server(create_app({"HOME": home, "TODAY": lambda: TODAY}))
    yield running
    running.close()


def kinds_of_page(examples: dict[str, Example]) -> dict[str, str]:
    """An address for every kind of page."""
    answers = {f"answer {word}": asked.address for word, asked in examples.items()}
    return answers | {
        "home": "/",
        "instruction today": "/J1.1",
        "part": "/J",
        "target": "/J1.1/on/2019-01-01#J1.1-b-ii",
        "known": "/J1.1/on/2019-01-01?known=2026-08-15",
        "history": "/J1.1/history?on=2021-01-01",
        "compare in place": "/J1.1/compare/2019-01-01/2023-01-01",
        "compare side by side": "/J1.1/compare/2019-01-01/2023-01-01?layout=side-by-side",
        "compare same": "/J1.1/compare/2019-01-01/2019-02-01",
        "compare not held": "/J1.1/compare/2011-01-01/2019-02-01",
        "contents": "/contents/on/2020-01-01",
        "search empty": "/search",
        "search nothing": "/search?q=zzzzqq",
        "search": "/search?q=applications&on=2021-01-01",
        "search any time": "/search?q=season&when=any",
        "search unknown code": "/search?q=J1.11",
        "changes": "/changes/2018-01-01/2021-01-01",
        "changes none": "/changes/1990-01-01/1990-02-01",
        "coming": "/coming",
        "coming none": "/coming?on=2027-06-01",
        "coverage": "/coverage",
        "wanted": "/wanted",
        "findings": "/findings",
        "case form": "/case",
        "case of several days": "/case?codes=J1.1,J2.25&eoi=1/6/2018&on=1/1/2022&decision=1/8/2025&days=x",
        "adding to a case": "/K1.15?case=codes%3DJ1.1",
        "case": "/case?on=2021-01-01&codes=J2.25%0AJ1.1%0AJ9.9&part=K2",
        "about": "/about",
        "glossary": "/glossary",
        "how to search": "/how-to-search",
        "bad day": "/J1.1?on=nonsense",
        "hit": "/J1.5?q=applications&n=1",
        "other days": "/search?q=%22turns+and+queues%22",
        "version": "/J1.1/version/J1.1@2018-03-12",
        "contents here": "/contents?at=K2",
        "bad days": "/changes?first=x&until=y",
        "ticks": "/J1.1/compare",
        "law": "/law/specimen-harbours-act-1999/s49?on=2025-08-20",
        "law before": "/law/specimen-harbours-act-1999/s49?on=1990-01-01&known=2026-08-20",
        "case with one table in several versions": "/case?codes=K1.15&eoi=1/6/2018&on=1/1/2022&decision=1/8/2025",
        "version with a short code": "/Q1.5/version/Q1.5@2019-09-16",
        "law list": "/law",
        "circular": "/circulars/2024-07",
        "notice": "/notices/visa-pak-12",
        "terms": "/terms?on=2025-08-20",
        "defined terms": "/Q1.15/on/2025-08-20",
        "law beside": "/Q1.10/on/2025-08-20",
        "search beside": "/search?q=licence+harbour+company",
        "letter": "/citecheck",
        "no page": "/no/such/page",
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (320, "light"), (1280, "dark"), (320, "dark")]
)
def test_axe_finds_nothing_on_any_kind_of_page(
    chrome: webdriver.Chrome, server: Server, examples: dict[str, Example], width: int, scheme: str
) -> None:
    """Somebody could not read, or not operate, a page."""
    faults = {}
    for kind, address in kinds_of_page(examples).items():
        look(chrome, server.at + address, width, scheme)
        chrome.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        if found := faults_on(chrome):
            faults[kind] = found
    assert not faults, faults


def test_axe_finds_nothing_on_a_nearly_empty_copy(chrome: webdriver.Chrome, empty_server: Server) -> None:
    """Pages without anything to list are the ones nobody looks at."""
    for address in (
        "/",
        "/contents",
        "/coverage",
        "/changes/2020-01-01/2021-01-01",
        "/coming",
        "/findings",
        "/ZX1.1",
    ):
        look(chrome, empty_server.at + address, 320)
        assert faults_on(chrome) == [], address


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_scrolls_sideways(
    chrome: webdriver.Chrome, server: Server, examples: dict[str, Example], width: int
) -> None:
    """At 320 px, which is 400 % zoom of 1,280, reading would need two directions."""
    wide = []
    for kind, address in kinds_of_page(examples).items():
        look(chrome, server.at + address, width)
        chrome.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        over = chrome.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            wide.append((kind, over))
    assert wide == []


SMALL = """
  const out = [];
  const targets = 'a[href], button, input:not([type=hidden]), select, textarea, summary, label.tick';
  for (const e of document.querySelectorAll(targets)) {
    if (!e.checkVisibility({checkVisibilityCSS: true}) || e.matches('body > a:first-child')) continue;
    const lines = [...e.getClientRects()].filter(r => r.width && r.height);
    if (!lines.length) continue;
    const height = Math.min(...lines.map(r => r.height)), width = e.getBoundingClientRect().width;
    if (height < 23.9 || width < 23.9) out.push(`${width} x ${height}: ${e.outerHTML.slice(0, 90)}`);
  }
  return out;"""
"""Every target that is smaller than 24 px, each line of a link that wraps looked at. The skip link is seen only when it
has the focus."""


@pytest.mark.parametrize("width", [320, 1366])
def test_targets_are_24_pixels_also_within_sentences(
    chrome: webdriver.Chrome, server: Server, examples: dict[str, Example], width: int
) -> None:
    """A finger would hit the link above or beside; WCAG lets links in sentences pass, and we don't."""
    for kind, address in kinds_of_page(examples).items():
        look(chrome, server.at + address, width)
        chrome.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert chrome.execute_script(SMALL) == [], kind


def test_the_citation_of_a_place_stands_in_the_right_column_and_moves_nothing(
    plain_chrome: webdriver.Chrome, server: Server
) -> None:
    """The words below would jump away from under the eye at each citation."""
    look(plain_chrome, server.at + "/J1.1", 1366)

    def tops() -> list[float]:
        places = plain_chrome.find_elements(By.CSS_SELECTOR, ".text li[id], .text h2[id]")
        first = places[0].rect["y"]
        return [place.rect["y"] - first for place in places]

    before = tops()
    plain_chrome.find_element(By.CSS_SELECTOR, "#J1\\.1-b-ii > a").click()
    cited = plain_chrome.find_element(By.CSS_SELECTOR, "#J1\\.1-b-ii > .cite")
    assert cited.is_displayed()
    assert f"/J1.1/on/{TODAY}#J1.1-b-ii" in cited.text
    assert tops() == before
    beside = plain_chrome.find_element(By.CSS_SELECTOR, ".beside").rect
    text = plain_chrome.find_element(By.CSS_SELECTOR, ".read").rect
    assert cited.rect["x"] >= text["x"] + text["width"]
    assert cited.rect["x"] + cited.rect["width"] <= beside["x"] + beside["width"] + 1
    others = plain_chrome.find_elements(By.CSS_SELECTOR, ".cite")
    assert sum(one.is_displayed() for one in others) == 1


def test_first_words_stand_high_on_the_page(chrome: webdriver.Chrome, server: Server) -> None:
    """The head would take the screen, and the instruction what is left."""
    # A copy of the specimen says so in a line of its own, left out here, and in the head: on a small screen its
    # tag takes a line more than the 280 px that the same page of a manual has.
    for width, most in ((1366, 205), (320, 300)):
        look(chrome, server.at + "/J1.10", width)
        mark = chrome.find_element(By.CSS_SELECTOR, "aside.day").rect["height"]
        assert chrome.find_element(By.CSS_SELECTOR, ".text > *").rect["y"] - mark <= most, width


def test_chapters_of_the_contents_are_at_most_one_screen_away(
    chrome: webdriver.Chrome, server: Server
) -> None:
    """Reaching a chapter of the contents took eight screens of scrolling."""
    look(chrome, server.at + "/contents", 1366)
    for link in chrome.find_elements(By.CSS_SELECTOR, ".grid a"):
        assert link.rect["y"] < 2 * 625
    look(chrome, server.at + "/contents?at=K2#K2", 1366)
    chapter = "return document.getElementById('K2').getBoundingClientRect().top"
    assert 0 <= chrome.execute_script(chapter) < 625
    line = "return document.getElementById('K2').closest('li').getBoundingClientRect().top"
    head = "return document.querySelector('header').getBoundingClientRect().bottom"
    assert chrome.execute_script(line) >= chrome.execute_script(head)


def test_forced_colours_keep_what_the_picture_and_the_marks_say(
    chrome: webdriver.Chrome, server: Server
) -> None:
    """In high contrast the bars of the history would vanish, and the place that was gone to."""
    look(chrome, server.at + "/J1.1/history?on=2021-01-01", 1366)
    forced = [{"name": "forced-colors", "value": "active"}]
    try:
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": forced})
        fill = "return getComputedStyle(document.querySelector('svg.timeline rect.held')).fill"
        ground = "return getComputedStyle(document.body).backgroundColor"
        assert chrome.execute_script(fill) != chrome.execute_script(ground)
        chrome.get(server.at + "/J1.1#J1.1-b")
        outline = "return getComputedStyle(document.querySelector(':target')).outlineStyle"
        assert chrome.execute_script(outline) == "solid"
    finally:
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_the_head_stays_on_screen_and_hides_no_clause(chrome: webdriver.Chrome, server: Server) -> None:
    """A reader deep in a text would not see whose words they are, nor of which day; or the head would cover them."""
    head = "return document.querySelector('header').getBoundingClientRect()"
    place = "return document.querySelector(':target').getBoundingClientRect().top"
    for width, most in ((1366, 96), (320, 160)):
        look(chrome, server.at + "/J1.1/on/2019-01-01#J1.1-b-ii", width)
        chrome.execute_script("document.getElementById('J1.1-b-ii').scrollIntoView()")
        seen = chrome.execute_script(head)
        assert seen["top"] == 0
        assert seen["height"] <= most
        bottom = chrome.execute_script("return document.documentElement.scrollHeight - innerHeight - scrollY")
        assert chrome.execute_script(place) >= seen["bottom"] or bottom <= 0
    assert "not today" in chrome.find_element(By.CSS_SELECTOR, ".day-line").text


def test_the_head_scrolls_away_where_the_window_is_low(chrome: webdriver.Chrome, server: Server) -> None:
    """At 400 % zoom the head would fill the window for good."""
    look(chrome, server.at + "/J1.1/on/2019-01-01", 320)
    chrome.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 320, "height": 256, "deviceScaleFactor": 1, "mobile": False},
    )
    try:
        how = "return getComputedStyle(document.querySelector('header')).position"
        assert chrome.execute_script(how) == "static"
    finally:
        chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_text_comes_first_in_the_source_and_the_chapter_stands_left(
    chrome: webdriver.Chrome, server: Server
) -> None:
    """A phone and a screen reader would begin with a list of other instructions; a wide screen would waste its room."""
    look(chrome, server.at + "/J1.1", 1440)
    order = "return [...document.querySelector('main').children].map(e => e.classList[0]).slice(0, 3)"
    assert chrome.execute_script(order) == ["read", "chapter", "beside"]
    left = "return ['chapter', 'read', 'beside'].map(n => document.querySelector('.' + n).getBoundingClientRect().left)"
    found = chrome.execute_script(left)
    assert found == sorted(found)
    assert chrome.find_elements(By.CSS_SELECTOR, ".chapter li[aria-current]")


def _focus(driver: webdriver.Chrome) -> Any:
    return driver.switch_to.active_element


def test_keyboard_order_begins_with_the_skip_link_and_focus_is_seen(
    chrome: webdriver.Chrome, server: Server
) -> None:
    """A reader without a mouse would tab through the head of every page, or not know where she is."""
    look(chrome, server.at + "/J1.1/on/2019-01-01", 1280)
    body = chrome.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    skip = _focus(chrome)
    assert skip.get_attribute("class") == "skip"
    assert skip.rect["y"] >= 0
    order = []
    for _ in range(4):
        _focus(chrome).send_keys(Keys.TAB)
        here = _focus(chrome)
        order.append(here.get_attribute("id") or here.get_attribute("class") or here.tag_name)
        assert here.value_of_css_property("outline-style") != "none", order
    assert order == ["wordmark", "q", "on", "button"]
    chrome.get(server.at + "/J1.1/on/2019-01-01")
    chrome.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    _focus(chrome).send_keys(Keys.ENTER)
    assert _focus(chrome).get_attribute("id") == "main"


def test_place_in_the_address_is_highlighted_and_can_be_cited(
    chrome: webdriver.Chrome, server: Server
) -> None:
    """A pinpoint would land somewhere on the page, and its citation would have to be typed."""
    look(chrome, server.at + "/", 1280)
    chrome.find_element(By.ID, "q").send_keys("j1-1 (b)(ii)")
    chrome.find_element(By.ID, "on").send_keys("1/1/2019", Keys.ENTER)
    _arrived(chrome, lambda at: at.endswith("/J1.1/on/2019-01-01#J1.1-b-ii"))
    place = chrome.find_element(By.CSS_SELECTOR, ":target")
    assert place.find_element(By.CSS_SELECTOR, ".cite").is_displayed()
    assert "J1.1(b)(ii), as in force on 1 January 2019" in place.text
    other = chrome.find_element(By.ID, "J1.1-a")
    assert not other.find_element(By.CSS_SELECTOR, ".cite").is_displayed()


def _arrived(driver: webdriver.Chrome, where: Callable[[str], bool]) -> None:
    """Wait for the page that a click or a key leads to; on a busy machine that takes a while."""
    WebDriverWait(driver, 20).until(
        lambda d: where(d.current_url), "the address did not become the one expected"
    )


def _shown(driver: webdriver.Chrome, how: str, what: str, text: str) -> None:
    WebDriverWait(driver, 20, ignored_exceptions=[StaleElementReferenceException]).until(
        lambda d: any(text in e.text for e in d.find_elements(how, what)), f"{text!r} is not shown in {what}"
    )


def _journey(driver: webdriver.Chrome, server: Server, title: str) -> None:
    """search -> instruction -> a past day -> history -> compare -> case document."""
    driver.get(server.at + "/")
    box = driver.find_element(By.ID, "q")
    box.send_keys(title)
    box.send_keys(Keys.ENTER)
    _arrived(driver, lambda at: "/search?" in at)
    driver.find_element(By.XPATH, "//ol[contains(@class, 'hits')]//a[span = 'J1.1']").click()
    _shown(driver, By.TAG_NAME, "h1", "J1.1")
    day = driver.find_element(By.ID, "on")
    day.clear()
    day.send_keys("15/8/2019")
    day.send_keys(Keys.ENTER)
    _arrived(driver, lambda at: "/J1.1/on/2019-08-15?q=" in at)
    assert "15 August 2019" in driver.find_element(By.CSS_SELECTOR, ".day-line").text
    driver.find_element(By.PARTIAL_LINK_TEXT, "History:").click()
    _arrived(driver, lambda at: "/J1.1/history?on=2019-08-15" in at)
    newest, older = driver.find_elements(By.CSS_SELECTOR, ".versions .tick")[:2]
    newest.click()
    older.click()
    driver.find_element(By.CSS_SELECTOR, ".choose button").click()
    _arrived(driver, lambda at: "/J1.1/compare/2024-11-14/2025-07-01" in at)
    assert driver.find_elements(By.CSS_SELECTOR, ".redline del, .redline ins")
    folded = driver.find_element(By.CSS_SELECTOR, "details.folded")
    assert folded.get_attribute("open") is None
    folded.find_element(By.TAG_NAME, "summary").click()
    assert folded.get_attribute("open") is not None
    driver.find_element(By.LINK_TEXT, "Make up a case").click()
    _arrived(driver, lambda at: "/case" in at)
    assert (
        driver.find_element(By.CSS_SELECTOR, ".case-form [name=on]").get_attribute("value")
        == "15 August 2019"
    )
    driver.find_element(By.ID, "codes").send_keys("j1-1, J2.25")
    driver.find_element(By.CSS_SELECTOR, ".case-form button").click()
    _arrived(driver, lambda at: "codes=" in at)
    assert len(driver.find_elements(By.CSS_SELECTOR, ".case-item")) == 2
    assert "J1.1, as in force on 15 August 2019" in driver.find_element(By.TAG_NAME, "main").text
    driver.find_element(By.LINK_TEXT, "Return to today").click()
    _arrived(driver, lambda at: "on=" not in at)


@pytest.fixture(scope="module")
def title(specimen_home: Path) -> str:
    """What J1.1 is called today: words that a search must find it by."""
    with KnowledgeBase(specimen_home) as kb:
        return kb.title_of(Code("J1.1"), When(TODAY))


def test_journey_of_an_officer(chrome: webdriver.Chrome, server: Server, title: str) -> None:
    """The site would work page by page and not as a whole."""
    look(chrome, server.at + "/", 1280)
    _journey(chrome, server, title)


def test_journey_of_an_officer_without_script(
    plain_chrome: webdriver.Chrome, server: Server, title: str
) -> None:
    """Some page would need JavaScript after all."""
    plain_chrome.get(
        "data:text/html,<p id=p>off</p><script>document.getElementById('p').textContent='on'</script>"
    )
    assert plain_chrome.find_element(By.ID, "p").text == "off"
    _journey(plain_chrome, server, title)


PROGRAMS = "return document.querySelectorAll('script:not([type=\"application/ld+json\"])').length"
"""How many scripts there are that run; blocks of data are none."""


def test_hostile_page_runs_nothing(chrome: webdriver.Chrome, empty_server: Server) -> None:
    """Markup in a capture would run in the reader's browser."""
    for address in (
        "/ZX1.1",
        "/ZX1.1/history",
        "/contents",
        "/search?q=<script>alert(5)</script>",
        "/findings",
    ):
        look(chrome, empty_server.at + address, 1280)
        assert chrome.execute_script(PROGRAMS) == 0
        chrome.execute_script("window.ran = false; window.alert = () => { window.ran = true; }")
        for link in chrome.find_elements(By.CSS_SELECTOR, "main a"):
            assert not (link.get_attribute("href") or "").lower().startswith("javascript:")
        assert chrome.execute_script("return window.ran") is False
    log = chrome.get_log("browser")  # type: ignore[no-untyped-call]
    blocked = [line["message"] for line in log if "Content Security Policy" in line["message"]]
    assert blocked == [], "nothing of our own may need what the policy forbids"


def test_a_title_that_turns_the_direction_turns_nothing_else(
    chrome: webdriver.Chrome, empty_server: Server
) -> None:
    """A right-to-left override in a title would reverse the rest of the line."""
    look(chrome, empty_server.at + "/ZX1.1", 1280)
    code = chrome.find_element(By.CSS_SELECTOR, "h1 .code")
    title = chrome.execute_script(
        "const words = document.createRange(); words.selectNodeContents(document.querySelector('h1'));"
        "words.setStartAfter(document.querySelector('h1 .code'));"
        "return words.getBoundingClientRect().toJSON()"
    )
    assert (code.rect["y"], code.rect["x"]) < (title["y"] + 1, title["x"])


def test_printed_page_carries_day_validity_source_and_address(
    chrome: webdriver.Chrome, server: Server
) -> None:
    """A sheet of paper in a file would not say what it is."""
    look(chrome, server.at + "/J1.1/on/2019-01-01", 1280)
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        words = chrome.find_element(By.TAG_NAME, "body").text
        assert "J1.1, as in force on 1 January 2019" in words
        assert "In force from 12 March 2018" in words
        printed = "return getComputedStyle(document.querySelector('dd a[rel]'), '::after').content"
        source = chrome.find_element(By.CSS_SELECTOR, "dd a[rel]")
        assert str(source.get_attribute("href")).startswith("https://specimen.example/")
        assert chrome.execute_script(printed) != "none"
        assert "Captured on 11 August 2026" in words
        assert source.find_element(By.XPATH, "..").find_element(By.TAG_NAME, "code").is_displayed()
        assert "Information, not advice" in words
        assert "Address of this page: /J1.1/on/2019-01-01 (an address of this machine only)" in words
        assert not chrome.find_element(By.ID, "jump").is_displayed()
    finally:
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_what_is_not_in_force_can_be_hidden_without_script(
    plain_chrome: webdriver.Chrome, server: Server, examples: dict[str, Example]
) -> None:
    """The tree of 2020 would be full of what was not there in 2020."""
    plain_chrome.get(f"{server.at}/contents/on/{examples['ended'].day}")
    marked = plain_chrome.find_elements(By.CSS_SELECTOR, ".tree li:has(> i)")
    gone = [li for li in marked if not li.find_elements(By.TAG_NAME, "details")]
    plain_chrome.find_element(By.ID, "hide-not").click()
    assert gone
    assert not any(li.is_displayed() for li in gone)


def test_a_checked_letter_is_as_accessible_as_the_rest(chrome: webdriver.Chrome, server: Server) -> None:
    """Its page is the answer to a form, so that no list of addresses has it."""
    look(chrome, server.at + "/citecheck?known=2026-08-20", 320)
    words = "no ship waits outside a harbour of New Zealand for want of a pilot"
    chrome.find_element(By.ID, "made").send_keys("1/1/2025")
    chrome.find_element(By.ID, "text").send_keys(f'As Q1.1 says, "{words}".')
    chrome.find_element(By.CSS_SELECTOR, "main form button").click()
    WebDriverWait(chrome, 10).until(lambda c: c.find_elements(By.CSS_SELECTOR, ".verdicts"))
    assert faults_on(chrome) == []
    assert chrome.execute_script(SMALL) == []
    assert chrome.execute_script("return document.documentElement.scrollWidth <= innerWidth")
