"""What has dated versions is named by a scheme and a code; the manual is one scheme, and its lists know no other.

A made-up reader of a made-up scheme hands statements in, as one of law or circulars would.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import toy_pages
from toy_pages import instruction, raw

import manual.load
from indexer import SearchIndex, build
from manual.captures import RawCapture
from manual.history.answers import in_force_on
from manual.history.deriving import history_of
from manual.load import load_captures
from manual.model import (
    MANUAL,
    Block,
    Code,
    ParsedPage,
    Seen,
    Sha256,
    SitePath,
    StartClaim,
    Statement,
    When,
    Work,
)
from manual.parse.page import digest_of, words_of
from manual.queries import KnowledgeBase
from manual.store.hashes import hashes_in

TIDES = Work("tide", "north-pier/s2")
INSTRUCTION = Code("ZW1.5")
ON = date(2024, 6, 1)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEEN = datetime(2024, 1, 10, tzinfo=UTC)
PAGES = {
    b"tide 2020": ("High water is at six.", date(2020, 1, 1), True),
    b"tide 2023": ("High water is at seven.", date(2023, 1, 1), False),
}


def read_tides(data: bytes, *, site_path: SitePath | None) -> ParsedPage:
    """The toy scheme's reader: one text of one work, with the day on which it began."""
    words, began, old = PAGES[data]
    blocks = (Block(kind="paragraph", text=words, pinpoint="s2"),)
    said = Statement(
        kind="page",
        code=TIDES.key,
        title="Tides at the north pier",
        address=site_path,
        starts=(StartClaim(began, "text", str(began)),),
        shown_as_old=old,
        text_digest=digest_of(words_of(blocks)),
        locator="page",
    )
    return ParsedPage(kind="law", code=TIDES.key, title=said.title, blocks=blocks, statements=(said,))


def read(data: bytes, *, site_path: SitePath | None, **more: object) -> ParsedPage:
    if data in PAGES:
        return read_tides(data, site_path=site_path)
    return toy_pages.parse(data, site_path=site_path, **more)  # type: ignore[arg-type]


def capture(data: bytes, path: str) -> RawCapture:
    return RawCapture(
        data=data,
        media="html",
        address=None,
        site_path=SitePath(path),
        captured_at=SEEN,
        filename=path,
    )


def load_all(home: Path) -> Path:
    """An instruction of the manual, and beside it two texts of the other work; one has the instruction's words, and
    refers to it."""
    page = instruction(
        INSTRUCTION, date(2022, 2, 1), words=["High water is at seven."], refs=["ZW1.6"], address="zw/1"
    )
    pages = [raw(page, date(2024, 1, 10))]
    pages += [capture(data, f"tides/{number}") for number, data in enumerate(PAGES)]
    load_captures(home, pages, now=NOW)
    return home


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manual.load, "parse_capture", read)


@pytest.fixture
def home(tmp_path: Path, reading: None) -> Path:
    return load_all(tmp_path)


def test_a_work_is_written_without_its_scheme_only_where_that_is_the_manual() -> None:
    """Addresses and commands of today would name nothing."""
    assert Work.of(INSTRUCTION) == Work(MANUAL, "ZW1.5")
    assert Work(MANUAL, "ZW1.5").key == "ZW1.5"
    assert TIDES.key == "tide:north-pier/s2"
    assert Work.of(TIDES.key) == TIDES


@pytest.mark.parametrize(("scheme", "code"), [("", "s2"), ("Tide", "s2"), ("tide", ""), (MANUAL, "tide:s2")])
def test_what_names_no_work_is_refused(scheme: str, code: str) -> None:
    """Two works would share a key."""
    with pytest.raises(ValueError, match=r"no work|no code"):
        Work(scheme, code)


def test_the_one_pure_function_makes_the_history_of_any_work() -> None:
    """A second function would decide otherwise sooner or later."""
    said = [
        (statement, Seen(date(2024, 1, 10), True, Sha256(f"sha256:{number}")))
        for number, data in enumerate(PAGES)
        for statement in read_tides(data, site_path=SitePath(f"tides/{number}")).statements
    ]
    history = history_of(TIDES.key, said, edition_ended=None)
    assert [version.validity.effective_from for version in history.versions] == [
        date(2020, 1, 1),
        date(2023, 1, 1),
    ]
    assert in_force_on(history, date(2022, 12, 31)).version == history.versions[0]


@pytest.mark.parametrize(
    ("on", "answer", "words"),
    [
        (date(2019, 12, 31), "before_record", None),
        (date(2020, 1, 1), "in_force", "High water is at six."),
        (date(2022, 12, 31), "in_force", "High water is at six."),
        (date(2023, 1, 1), "in_force", "High water is at seven."),
    ],
)
def test_what_a_reader_hands_in_is_answered_for_a_day(
    home: Path, on: date, answer: str, words: str | None
) -> None:
    """Law and circulars would need a store and questions of their own."""
    with KnowledgeBase(home) as kb:
        found = kb.in_force_on(TIDES.key, When(on))
        text = kb.text_of(found.version) if found.version else None
    assert found.answer == answer
    assert (text.blocks[0].text if text else None) == words


def test_what_was_known_of_a_work_by_a_day_is_answered_too(home: Path) -> None:
    """The second dial would hold for the manual alone."""
    with KnowledgeBase(home) as kb:
        assert kb.in_force_on(TIDES.key, When(ON, date(2024, 1, 10))).answer == "in_force"
        assert kb.in_force_on(TIDES.key, When(ON, date(2024, 1, 9))).answer == "unknown_code"


def test_nothing_of_another_scheme_is_in_the_manuals_lists_counts_or_search(
    home: Path, tmp_path: Path
) -> None:
    """A section of an Act would be listed, counted and found as an instruction."""
    with KnowledgeBase(home) as kb:
        first, until = date(2019, 1, 1), date(2025, 1, 1)
        assert kb.codes() == (INSTRUCTION,)
        assert {entry.code for entry in kb.contents_on(When(ON)).entries} == {INSTRUCTION}
        assert {change.code for change in kb.changes_between(first, until)} == {INSTRUCTION}
        assert kb.coverage().total.instructions == 1
        assert kb.nearest_codes("tide:north-pier/s1") == ()
        assert kb.designate_typed("tides/0", ON).code is None
        assert kb.links_of(INSTRUCTION) == ()
        assert [finding for finding in kb.findings() if finding.code == TIDES.key] == []
        assert {document.code for document in kb.documents()} == {INSTRUCTION}
        build(kb.documents(), tmp_path / "index", kb_digest=kb.digest)
        kb.check()
    assert hashes_in(home).codes.keys() == {INSTRUCTION}
    found = SearchIndex.open(tmp_path / "index").search("seven", ON)
    assert [hit.code for hit in found.hits] == [INSTRUCTION]
    assert SearchIndex.open(tmp_path / "index").search("six", None).total == 0


def test_the_manual_is_the_same_whether_other_works_stand_beside_it_or_not(
    home: Path, tmp_path: Path, reading: None
) -> None:
    """Loading an Act would change what the manual says."""
    page = instruction(
        INSTRUCTION, date(2022, 2, 1), words=["High water is at seven."], refs=["ZW1.6"], address="zw/1"
    )
    load_captures(tmp_path / "alone", [raw(page, date(2024, 1, 10))], now=NOW)
    with KnowledgeBase(home) as kb, KnowledgeBase(tmp_path / "alone") as alone:
        assert kb.history_of(INSTRUCTION) == alone.history_of(INSTRUCTION)
        assert list(kb.documents()) == list(alone.documents())
        assert kb.contents_on(When(ON)) == alone.contents_on(When(ON))
        assert kb.coverage().total == alone.coverage().total
