"""What the pages of an edition say of themselves to machines."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from manual.model import When
from manual.pages.links import code_segment
from manual.queries import KnowledgeBase
from tests.export.conftest import LATE


def test_pages_of_the_own_day_name_the_address_of_their_version(
    edition: Path, day_edition: Path, specimen_home: Path
) -> None:
    """Two pages of one text would be kept as two; in an edition of one day each text has one page anyway."""
    with KnowledgeBase(specimen_home) as kb:
        for code in kb.codes():
            page = _read(edition / f"{code_segment(code)}.html")
            answer = kb.in_force_on(code, When(LATE))
            begun = answer.version.validity.effective_from if answer.version else None
            known = answer.answer == "in_force" and begun is not None
            assert _canonical(page) == ([f"{code_segment(code)}/on/{begun}.html"] if known else []), code
            for href in _canonical(page):
                there = _read(edition / href)
                assert _places(there) == _places(page)
                assert _canonical(there) == []
    assert not any(b"canonical" in path.read_bytes() for path in day_edition.glob("*.html"))


def _read(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_bytes(), "html5lib")


def _canonical(page: BeautifulSoup) -> list[str]:
    return [str(link["href"]) for link in page.select('link[rel="canonical"]')]


def _places(page: BeautifulSoup) -> list[str]:
    """Not the words: beside a reference stands how what it names was on the day."""
    return [str(block["id"]) for block in page.select("main .text [id]")]
