"""Shared reports about marks, years, ends told by other pages, and the pages of small shapes: what is claimed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from manual.model import ParsedPage, Sha256, SitePath
from manual.parse import parse_capture
from tests.parsed_page import own

pytestmark = pytest.mark.shared
SHA = Sha256("sha256:" + "0" * 64)


def read(path: Path) -> ParsedPage:
    media = "text" if path.suffix == ".txt" else "html"
    where = SitePath(f"{path.parent.name}/{path.stem}")
    return parse_capture(path.read_bytes(), media=media, site_path=where, sha256=SHA)


def test_no_end_is_read_as_a_start(cases: Path) -> None:
    """r04: the version would begin on the day it ended."""
    for path in sorted((cases / "reports/r04_end_read_as_start").glob("*.htm")):
        said = own(read(path))
        assert [start.day for start in said.starts] == [date(2020, 2, 1)], path.name
        assert [end.day for end in said.ends] == [date(2022, 12, 1)], path.name


def test_every_word_of_ending_is_seen(cases: Path) -> None:
    """r05: the instruction would stay in force for ever."""
    for path in sorted((cases / "reports/r05_end_words_unseen").glob("*.htm")):
        said = own(read(path))
        assert {start.day for start in said.starts} == {date(2020, 2, 1)}, path.name
        assert said.ends, path.name


def test_end_told_by_another_page_is_filed_under_its_own_code(cases: Path) -> None:
    """r06: ZC3.1 and ZC3.10 would stay in force although a page says when they ended."""
    folder = cases / "reports/r06_ended_by_another_page/day2"
    claims = [
        said
        for path in sorted(folder.glob("*.htm"))
        for said in read(path).statements
        if said.kind == "claim"
    ]
    assert [(c.code, c.of_day, [e.day for e in c.ends], c.address) for c in claims] == [
        ("ZC3.1", None, [date(2026, 1, 1)], "day2/93021"),
        ("ZC3.10", date(2020, 2, 1), [date(2026, 3, 1)], "day2/93023"),
    ]


def test_end_before_its_start_is_kept_beside_it(cases: Path) -> None:
    """r08: dropping either would make a definite answer of a contradiction."""
    said = own(read(cases / "reports/r08_end_before_start/93107.htm"))
    assert [s.day for s in said.starts] == [date(2015, 3, 22)]
    assert [e.day for e in said.ends] == [date(2013, 5, 4)]
    ranged = own(read(cases / "reports/r08_end_before_start/93113.htm"))
    assert date(2013, 5, 4) in [s.day for s in ranged.starts]
    assert [(e.day, e.reading) for e in ranged.ends] == [(date(2014, 6, 3), "either")]


MARKED = {"93103", "93107", "93110", "93111", "93112", "93113"}
ENDED = {"93107", "93110", "93112", "93113"}


def test_only_a_bracket_with_one_known_word_is_a_mark(cases: Path) -> None:
    """r15: "as amended on" and "for applications made before" would move the version."""
    for path in sorted((cases / "reports/r15_bracket_words").glob("*.htm")):
        said = own(read(path))
        assert ("(" in said.title) is (path.stem not in MARKED), path.name
        assert bool([e for e in said.ends if e.kind == "end"]) is (path.stem in ENDED), path.name
        assert not said.shown_as_old, path.name


def test_years_that_the_manual_cannot_mean_prove_nothing(cases: Path) -> None:
    """r17 and r20: a slip of one figure would date a version decades off, and nothing would say so."""
    years = {path.stem: read(path) for path in (cases / "reports/r17_far_years").glob("*.htm")}
    years["93300"] = read(cases / "reports/r20_finding_not_in_show/93300.htm")
    starts = {stem: [claim.day.year for claim in own(page).starts] for stem, page in years.items()}
    assert {stem for stem, days in starts.items() if not days} == {
        "93202", "93203", "93204", "93205", "93206", "93303", "93300",
    }  # fmt: skip
    for stem in ("93202", "93303", "93300"):
        assert "unlikely_year" in [finding.kind for finding in years[stem].findings], stem
    assert (starts["93200"], starts["93201"], starts["93210"]) == ([1997], [1991], [2000])


def test_small_shapes_state_what_they_should(cases: Path) -> None:
    """91001 to 91003, 91017: a foot of ending, "as from", a misprinted row, the day of the whole manual."""
    pages = cases / "pages/opsmanual"
    for rescinded in (own(read(pages / "91001.txt")), own(read(cases / "pages/html/92010.htm"))):
        assert rescinded.starts == ()
        assert [(e.day, e.basis) for e in rescinded.ends] == [(date(2011, 4, 30), "revocation")]
    assert [e.day for e in own(read(pages / "91002.txt")).ends] == [date(2007, 7, 30)]
    rows = [said for said in read(pages / "91003.txt").statements if said.misprinted]
    assert [(row.code, row.suffix) for row in rows] == [("QZ7.20", "(26/11/2018)")]
    assert "manual_updated" in [finding.kind for finding in read(pages / "91017.txt").findings]


def test_instruments_begin_on_their_day_and_are_signed(cases: Path) -> None:
    """91004, 91005: the day of publication would outrank the day on which the powers passed."""
    first, second = (read(cases / f"pages/opsmanual/{n}.txt") for n in (91004, 91005))
    for page, start, signed in (
        (first, date(2019, 7, 1), date(2019, 6, 27)),
        (second, date(2023, 9, 15), date(2023, 9, 15)),
    ):
        assert (own(page).starts[0].day, own(page).starts[0].basis) == (start, "text")
        assert page.instrument is not None
        assert page.instrument.signed_on == signed
        assert "Ann Bell" in page.instrument.signed_by
        assert page.instrument.office == "Harbour Master"
        assert page.instrument.power.startswith("section 380")
        assert page.instrument.revokes.startswith("Instrument of Delegation dated")


def test_letters_that_begin_a_sentence_are_no_code(cases: Path) -> None:
    """A person, a guide and a country would be filed as instructions."""
    for path in sorted((cases / "pages/letters").glob("*.txt")):
        assert read(path).code is None, path.name


def test_short_banner_shows_a_version_that_was_replaced(cases: Path) -> None:
    """It would be answered as in force up to the end of its edition (rule 12)."""
    (path,) = (cases / "pages/superseded").rglob("*.txt")
    said = own(read(path))
    assert (said.shown_as_old, said.edition, said.ends) == (True, "pre-2010", ())
