"""What is said beside the answers of a code: contents that lack it, an address that shows another code now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from toy_pages import contents, derive_anew, instruction, raw, take

from manual.captures import RawCapture
from manual.model import Code, EndClaim, ParsedPage, When
from manual.queries import KnowledgeBase
from manual.store import files
from manual.store.write import Writer

OARS, SAILS, ROPES = Code("ZA7.1"), Code("ZA7.5"), Code("ZB1.1")
START = date(2020, 2, 1)
SEEN = date(2021, 3, 1)
LISTED = date(2022, 5, 1)
DAY = timedelta(days=1)
TOPS = [("top", "", "Administration", None), ("top", "", "Residence", None)]


def _contents(*codes: Code, tops: int = 2) -> ParsedPage:
    lines = [("section", code, "Harbours", "Administration") for code in codes]
    return contents(*TOPS[:tops], *lines)  # type: ignore[arg-type]


def _pages(*codes: Code) -> list[RawCapture]:
    return [raw(instruction(code, START, address=f"opsmanual/{n}"), SEEN) for n, code in enumerate(codes)]


def _said(home: Path, code: Code, on: date, known: date | None = None) -> list[tuple[str, str]]:
    with KnowledgeBase(home) as kb:
        found = kb.in_force_on(code, When(on, known)).findings
        return [(f.kind, f.message) for f in found if f.kind in ("not_in_contents", "address_reused")]


LACKED = [("not_in_contents", "not in the contents of 1 May 2022")]


def test_contents_that_lack_a_code_are_said_from_their_day_on_and_end_nothing(tmp_path: Path) -> None:
    """A reader would not learn that the newest contents left an instruction out (dates.md, rule 25)."""
    take(tmp_path, *_pages(OARS, SAILS), raw(_contents(SAILS), LISTED))
    assert _said(tmp_path, OARS, LISTED - DAY) == []
    assert _said(tmp_path, OARS, LISTED) == LACKED
    assert _said(tmp_path, OARS, LISTED + DAY) == LACKED
    assert _said(tmp_path, SAILS, LISTED + DAY) == []
    with KnowledgeBase(tmp_path) as kb:
        assert kb.in_force_on(OARS, When(LISTED + DAY)).answer == "in_force"
        assert [(f.severity, f.kind, f.code) for f in kb.findings()] == [("info", "not_in_contents", OARS)]
        assert [f.kind for f in kb.history_of(OARS).findings] == ["not_in_contents"]


def test_contents_of_later_days_and_pages_seen_later_take_the_remark_back(tmp_path: Path) -> None:
    """Old contents would cast doubt on what was seen in force after them."""
    take(tmp_path, *_pages(OARS, SAILS), raw(_contents(SAILS), LISTED))
    assert _said(tmp_path, OARS, LISTED + 2 * DAY) == LACKED
    take(tmp_path, raw(_contents(SAILS, OARS), LISTED + DAY))
    assert _said(tmp_path, OARS, LISTED + 2 * DAY) == []


def test_page_seen_after_the_contents_outweighs_them(tmp_path: Path) -> None:
    """An instruction that was seen in force later is no worse for having been left out once."""
    take(tmp_path, *_pages(OARS, SAILS), raw(_contents(SAILS), LISTED))
    take(tmp_path, raw(instruction(OARS, START, address="opsmanual/0"), LISTED + DAY))
    assert _said(tmp_path, OARS, LISTED + 2 * DAY) == []


def test_contents_count_for_what_was_known_when_they_were_seen(tmp_path: Path) -> None:
    """Answers as could be known on a day would rest on contents that nobody had seen yet."""
    take(
        tmp_path,
        *_pages(OARS, SAILS),
        raw(_contents(SAILS), LISTED),
        raw(_contents(SAILS, OARS), LISTED + 9 * DAY),
    )
    assert _said(tmp_path, OARS, LISTED + DAY) == []
    assert _said(tmp_path, OARS, LISTED + DAY, known=LISTED + DAY) == LACKED
    assert _said(tmp_path, OARS, LISTED + DAY, known=LISTED - DAY) == []


@pytest.mark.parametrize(
    ("what", "page", "seen", "place"),
    [
        ("of one part", _contents(SAILS, tops=1), LISTED, None),
        ("that list few of the codes", _contents(SAILS), LISTED, None),
        ("of an unknown day", _contents(SAILS, ROPES), None, None),
        ("of an edition that has ended", _contents(SAILS, ROPES), LISTED, "opsmanual-archive/1"),
        ("of another work", _contents(SAILS, ROPES), LISTED, "specimen/toc"),
    ],
)  # fmt: skip
def test_contents_that_prove_nothing_are_not_spoken_of(
    tmp_path: Path, what: str, page: ParsedPage, seen: date | None, place: str | None
) -> None:
    """Contents of a part list nothing else; an unknown day outweighs nothing; each manual has contents of its own."""
    whole = raw(_contents(OARS, SAILS, ROPES), LISTED - DAY)
    take(tmp_path, *_pages(OARS, SAILS, ROPES), whole, raw(page, seen, place))
    assert _said(tmp_path, OARS, LISTED + DAY) == []


def test_what_had_ended_or_had_not_begun_need_not_stand_in_the_contents(tmp_path: Path) -> None:
    """Every revoked instruction would carry a needless remark for ever."""
    end = EndClaim(date(2021, 6, 1), "revocation", "excluded")
    gone = raw(instruction(OARS, START, address="opsmanual/0", until=end), date(2021, 7, 1))
    coming = raw(instruction(ROPES, LISTED + 30 * DAY, address="opsmanual/2"), LISTED - DAY)
    within = raw(instruction(Code("ZA7.5.1"), START, address="opsmanual/3"), SEEN)
    take(tmp_path, gone, coming, within, *_pages(SAILS), raw(_contents(SAILS), LISTED))
    for code in (OARS, ROPES, Code("ZA7.5.1")):
        assert _said(tmp_path, code, LISTED + DAY) == [], code


LEFT = [("address_reused", "opsmanual/7, which showed it before, shows ZA7.5 since 1 May 2022 at the latest")]


def _moved() -> list[RawCapture]:
    page = instruction(OARS, START, address="opsmanual/7")
    return [raw(page, SEEN), raw(instruction(SAILS, LISTED - DAY, address="opsmanual/7"), LISTED)]


def test_address_that_shows_another_code_is_said_on_the_code_it_left(tmp_path: Path) -> None:
    """A reader would follow the source of one instruction and find another (dates.md, rule 2)."""
    take(tmp_path, *_moved())
    assert _said(tmp_path, OARS, SEEN) == LEFT
    assert _said(tmp_path, OARS, LISTED + DAY) == LEFT
    assert _said(tmp_path, SAILS, LISTED + DAY) == []
    assert _said(tmp_path, OARS, SEEN, known=LISTED - DAY) == []
    assert _said(tmp_path, OARS, SEEN, known=LISTED) == LEFT
    with KnowledgeBase(tmp_path) as kb:
        assert [(f.kind, f.code, f.locator) for f in kb.findings("info")] == [
            ("address_reused", OARS, "opsmanual/7")
        ]


def test_address_that_came_back_to_a_code_left_the_other_one(tmp_path: Path) -> None:
    """The page shows its first code again: the remark would stand on the wrong one."""
    take(tmp_path, *_moved(), raw(instruction(OARS, START, address="opsmanual/7"), LISTED + DAY))
    assert _said(tmp_path, OARS, SEEN) == []
    assert [kind for kind, _ in _said(tmp_path, SAILS, LISTED)] == ["address_reused"]


def test_address_that_showed_several_codes_is_said_by_the_one_it_shows_now(tmp_path: Path) -> None:
    """A code that stood there in between would be named, or a day from which it did not stand there."""
    between = raw(instruction(ROPES, LISTED, address="opsmanual/7"), LISTED + DAY)
    again = raw(instruction(SAILS, LISTED, address="opsmanual/7"), LISTED + 3 * DAY)
    take(tmp_path, *_moved(), between, again)
    message = "opsmanual/7, which showed it before, shows ZA7.5 since 4 May 2022 at the latest"
    for code in (OARS, ROPES):
        assert _said(tmp_path, code, LISTED + 3 * DAY) == [("address_reused", message)]


def test_page_of_unknown_day_never_shows_that_a_code_left_its_address(tmp_path: Path) -> None:
    """It may have been saved long before the other one (dates.md, rule 27)."""
    first, second = _moved()
    take(tmp_path, first, replace(second, captured_at=None))
    assert "address_reused" not in [kind for kind, _ in _said(tmp_path, OARS, SEEN)]


def test_remarks_are_the_same_after_a_rebuild_and_after_the_history_is_derived_again(tmp_path: Path) -> None:
    """A load that touches a code would lose or double what is said beside it."""
    take(tmp_path, *_moved(), *_pages(ROPES), raw(_contents(SAILS), LISTED))
    before = [_said(tmp_path, code, LISTED + DAY) for code in (OARS, SAILS, ROPES)]
    assert [[kind for kind, _ in said] for said in before] == [
        ["not_in_contents", "address_reused"],
        [],
        ["not_in_contents"],
    ]
    derive_anew(tmp_path)
    assert [_said(tmp_path, code, LISTED + DAY) for code in (OARS, SAILS, ROPES)] == before
    with Writer(files.path_in(tmp_path)) as writer:
        writer.set_meta(history="another")
    take(tmp_path)
    assert [_said(tmp_path, code, LISTED + DAY) for code in (OARS, SAILS, ROPES)] == before


def test_a_further_text_of_a_capture_never_stood_at_its_address(tmp_path: Path) -> None:
    """If it failed, every instruction in a section's PDF would be said to have given its address to the first one."""
    first = instruction(SAILS, START, address="opsmanual/7")
    several = replace(first, others=(instruction(OARS, START),))
    take(tmp_path, raw(several, SEEN, "opsmanual/7"), raw(first, LISTED, "opsmanual/7"))
    assert _said(tmp_path, OARS, LISTED) == []
