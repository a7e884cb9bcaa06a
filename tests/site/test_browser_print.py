"""What a real Chromium prints of a case: numbers, heads that say whose text it is, headings of tables, wide tables."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from selenium import webdriver

from manual.captures import RawCapture
from tests.chromium import look
from tests.site.conftest import TODAY, make_home
from tests.site.test_browser import Server
from webapp import create_app

pdfplumber = pytest.importorskip("pdfplumber")
pytestmark = pytest.mark.browser

SHAPE = """<html><head><title> {code} {title} </title></head><body><table class="layout"><tr><td id="main">
<p id="t{page}" class="heading4">{code} {title}</p>
<table class="tableintopic">{rows}</table>
<p class="effectivedate">Effective 01/02/2020</p></td></tr></table></body></html>"""
COLUMNS = ("Occupation", "Accreditation", "Remuneration", "Qualification", "Registration", "Experience",
           "Verification", "Documentation", "Application", "Notification")  # fmt: skip
LONG_ROWS = 120


def _row(cells: list[str], kind: str = "td") -> str:
    return "<tr>" + "".join(f"<{kind}>{cell}</{kind}>" for cell in cells) + "</tr>"


def _capture(page: int, code: str, title: str, rows: str) -> RawCapture:
    text = SHAPE.format(page=page, code=code, title=title, rows=rows)
    return RawCapture(
        data=text.encode(), media="html", address=None, site_path=f"opsmanual/{page}",  # type: ignore[arg-type]
        captured_at=datetime(2026, 8, 10, tzinfo=UTC), filename=f"{page}.htm",
    )  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    wide = _row(list(COLUMNS), "th") + "".join(
        _row([f"{name} rule {n}" for name in COLUMNS]) for n in range(3)
    )
    long = _row(["Trade", "Points"], "th") + "".join(
        _row([f"Shipwright {n}", str(n)]) for n in range(LONG_ROWS)
    )
    captures = [_capture(1, "ZW1.10", "Columns", wide), _capture(2, "ZW1.15", "Trades", long)]
    home = make_home(tmp_path_factory.mktemp("print") / "home", captures)
    running = Server(create_app({"HOME": home, "TODAY": lambda: TODAY}))
    yield running
    running.close()


@pytest.fixture(scope="module")
def pages(server: Server, chrome: webdriver.Chrome) -> list[str]:
    """The words of each printed sheet of a case, with a reference typed before it was printed."""
    look(chrome, f"{server.at}/case?codes=ZW1.10,ZW1.15&on=2020-05-05")
    chrome.find_element("id", "reference").send_keys("REF 7, A. Person")
    made = chrome.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    with pdfplumber.open(io.BytesIO(base64.b64decode(made))) as pdf:
        assert {round(page.width) for page in pdf.pages} == {595}
        assert all(word["x1"] <= page.width - 30 for page in pdf.pages for word in page.extract_words())
        return [" ".join((page.extract_text() or "").split()) for page in pdf.pages]


def test_every_sheet_is_numbered(pages: list[str]) -> None:
    """A sheet that fell out of the file could not be put back."""
    assert [re.findall(r"page (\d+) of (\d+)", page) for page in pages] == [
        [(str(n + 1), str(len(pages)))] for n in range(len(pages))
    ]


def test_every_sheet_of_a_text_says_code_day_and_source(pages: list[str]) -> None:
    """Forty sheets of tables, and nobody knows of which instruction and day."""
    long = [page for page in pages if "Shipwright" in page]
    assert len(long) > 2
    for page in long:
        assert page.startswith(
            "ZW1.15 Trades · as on 5 May 2020 · Source: opsmanual/2, captured 10 August 2026"
        )


def test_headings_of_a_table_are_on_each_sheet(pages: list[str]) -> None:
    """Figures without headings."""
    assert all("Trade Points" in page for page in pages if "Shipwright" in page)


def test_ten_columns_fit_the_paper_whole(pages: list[str]) -> None:
    """The last columns would be cut off at the edge."""
    (wide,) = [page for page in pages if "Occupation" in page]
    assert all(name in wide for name in COLUMNS)


def test_reference_typed_into_the_page_is_printed(pages: list[str]) -> None:
    """It would have to be written on the paper by hand."""
    assert "REF 7, A. Person" in pages[0]


def test_reference_is_sent_nowhere(server: Server, chrome: webdriver.Chrome) -> None:
    """It would stand in an address as soon as another form of the page is sent."""
    look(chrome, f"{server.at}/case?codes=ZW1.10&on=2020-05-05")
    chrome.find_element("id", "reference").send_keys("Person")
    chrome.find_element("css selector", ".change-case summary").click()
    chrome.find_element("css selector", ".case-form button").click()
    assert "codes=ZW1.10" in chrome.current_url
    assert "Person" not in chrome.current_url
    assert "Person" not in chrome.page_source
