"""What to bring: which pages, in which order, and by chapter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import live_toc
import pytest
from toy_pages import NOW, contents, instruction, raw, take

from manual.captures import RawCapture
from manual.load import load, load_captures
from manual.model import Code, SitePath, When
from manual.parse import parse_capture
from manual.queries import KnowledgeBase
from manual.queries.wanted import Wanted

PAGES = Path(__file__).resolve().parents[1] / "pages"
ON = When(date(2026, 3, 1))
SEEN = date(2026, 2, 1)


def _wanted(home: Path, part: str | None = None, stale: int | None = None) -> Wanted:
    with KnowledgeBase(home) as kb:
        return kb.wanted(ON, Code(part) if part else None, stale)


def _named(wanted: Wanted) -> list[tuple[str, str, date | None]]:
    return [(page.reason, page.code, page.effective_from) for page in wanted.pages]


def _manual(home: Path) -> Path:
    """ZA7.5 is held, and refers to ZA7.10; the contents list both, and ZB1. ZA7.15 has a disputed day."""
    take(
        home,
        raw(
            contents(
                ("part", "ZA", "Harbours", None),
                ("chapter", "ZA7", "Boats", "ZA"),
                ("section", "ZA7.5", "Masts", "ZA7"),
                ("section", "ZA7.10", "Sails", "ZA7"),
                ("part", "ZB", "Piers", None),
            ),
            SEEN,
            "opsmanual/toc",
        ),
        raw(
            instruction("ZA7.5", date(2020, 2, 1), title="Masts", refs=["ZA7.10"], listed=[date(2019, 1, 1)]),
            SEEN,
            "opsmanual/1",
        ),
        raw(
            instruction(
                "ZA7.10",
                date(2020, 5, 1),
                title="Sails",
                old=True,
                listed=[date(2018, 1, 1), date(2018, 1, 1)],
            ),
            SEEN,
            "opsmanual/2",
        ),
    )
    return home


def test_what_stands_comes_first_then_what_held_texts_lead_to_then_disputes_then_the_rest(
    tmp_path: Path,
) -> None:
    """A keeper with an hour would bring old versions while texts in force are missing."""
    found = _named(_wanted(_manual(tmp_path)))
    reasons = [reason for reason, _, _ in found]
    assert reasons == sorted(reasons, key=["in_force", "referred", "dispute", "listed"].index)
    assert ("in_force", "ZB", None) in found
    assert ("dispute", "ZA7.10", date(2018, 1, 1)) in found
    assert ("listed", "ZA7.5", date(2019, 1, 1)) in found
    assert "ZA7.5" not in [code for reason, code, _ in found if reason == "in_force"]


def test_a_reference_wants_the_version_that_it_led_to(tmp_path: Path) -> None:
    """A text that was replaced in 2022 refers to what stood in 2021; today's page would be the wrong one."""
    take(
        tmp_path,
        raw(instruction("ZA1", date(2020, 1, 1), refs=["ZA2"], old=True), SEEN, "opsmanual/1"),
        raw(instruction("ZA1", date(2022, 1, 1)), SEEN, "opsmanual/2"),
        raw(instruction("ZA2", date(2023, 1, 1), listed=[date(2019, 1, 1)]), SEEN, "opsmanual/3"),
    )
    assert _named(_wanted(tmp_path)) == [("referred", "ZA2", date(2019, 1, 1))]


def test_a_code_that_only_references_name_is_wanted_without_an_address(tmp_path: Path) -> None:
    """Left out, nobody would learn that a page is missing; with a guessed address, a wrong page would be saved."""
    take(tmp_path, raw(instruction("ZA1", date(2020, 1, 1), refs=["ZA3"]), SEEN, "opsmanual/1"))
    (page,) = _wanted(tmp_path).pages
    assert (page.reason, page.code, page.address) == ("referred", "ZA3", None)


def test_chapters_count_what_stands_and_what_is_held(tmp_path: Path) -> None:
    """`WA: 3 of 36` tells where work is left."""
    chapters = {one.chapter: (one.held, one.codes) for one in _wanted(_manual(tmp_path)).chapters}
    assert chapters["ZA"] == (1, 4)
    assert chapters["ZB"] == (0, 1)


def test_a_part_narrows_pages_and_counts(tmp_path: Path) -> None:
    """`--part ZB` would show other chapters' pages or counts."""
    found = _wanted(_manual(tmp_path), "ZB")
    assert [page.code for page in found.pages] == ["ZB"]
    assert [one.chapter for one in found.chapters] == ["ZB"]


def test_stale_names_what_was_last_seen_long_ago_and_nothing_else(tmp_path: Path) -> None:
    """A page seen on the last day of the span is not stale; one day later it is."""
    take(
        tmp_path,
        raw(instruction("ZA1", date(2020, 1, 1)), date(2026, 2, 19), "opsmanual/1"),
        raw(instruction("ZA2", date(2020, 1, 1)), date(2026, 2, 18), "opsmanual/2"),
        raw(instruction("ZA3", date(2020, 1, 1)), None, "opsmanual/3"),
    )
    found = _wanted(tmp_path, stale=10)
    assert [(page.reason, page.code, page.last_seen) for page in found.pages] == [
        ("stale", "ZA2", date(2026, 2, 18)),
        ("stale", "ZA3", None),
    ]
    assert found.contents is not None


def test_stale_names_what_the_newest_contents_lack(tmp_path: Path) -> None:
    """The page of a code that was dropped in silence shows what became of it."""
    lines = (
        ("top", "", "Administration", None),
        ("top", "", "Residence", None),
        ("part", "ZA", "Harbours", None),
    )
    gone = ("part", "ZB", "Piers", None)
    take(
        tmp_path,
        raw(contents(*lines, gone), date(2026, 1, 1), "opsmanual/toc"),
        raw(contents(*lines), date(2026, 2, 1), "opsmanual/toc"),
        raw(instruction("ZB", date(2020, 1, 1), title="Piers", address="opsmanual/1"), date(2026, 1, 1)),
    )
    assert [(page.reason, page.code) for page in _wanted(tmp_path, stale=365).pages] == [
        ("not_in_contents", "ZB")
    ]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of one saved table of contents in the live shape."""
    home = tmp_path_factory.mktemp("live")
    load_captures(home, [_toc()], now=NOW)
    return home


def test_the_contents_are_wanted_until_some_that_carry_links_are_held(tmp_path: Path, live: Path) -> None:
    """Without them no address is known."""
    assert _wanted(_manual(tmp_path)).contents == "opsmanual/toc"
    assert _wanted(live).contents is None


def test_one_saved_table_of_contents_makes_every_address_known(live: Path) -> None:
    """The live one has some 1,550 links in 316 KB: lists in lists, tables and script around. None may be lost."""
    data = live_toc.page()
    assert 300_000 < len(data) < 330_000
    page = parse_capture(data, media="html", site_path=SitePath("opsmanual/toc"), sha256=live_toc.HASH)
    assert page.kind == "contents"
    assert [line.address for line in page.contents] == [
        live_toc.address(number) for number in range(1, live_toc.LINKS + 1)
    ]
    found = _wanted(live)
    assert len([one for one in found.pages if one.reason == "in_force"]) > 1_350
    assert not [one for one in found.pages if one.address is None]


def _toc() -> RawCapture:
    return RawCapture(
        data=live_toc.page(),
        media="html",
        address=None,
        site_path=SitePath("opsmanual/toc"),
        captured_at=NOW,
        filename="toc.htm",
    )


def test_a_chapter_page_that_only_lists_others_is_not_wanted_again(tmp_path: Path) -> None:
    """It has no text that could be held: it would stand on the list for ever, whatever somebody saves."""
    page = PAGES / "chapter_list_only.htm"
    load(tmp_path, [page], captured=SEEN, now=NOW)
    found = _wanted(tmp_path)
    assert [one.code for one in found.pages] == ["ZC4.1", "ZC4.5"]
    assert [(one.held, one.codes) for one in found.chapters] == [(1, 3)]
