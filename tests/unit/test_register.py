"""The bundled register: facts of real pages, without any of their text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from manual.errors import ParseError
from manual.load import load
from manual.model import Code, ParsedPage, Statement, When
from manual.parse.register import parse_register
from manual.queries import KnowledgeBase
from manual.register import register_files


@pytest.fixture(scope="module")
def data() -> bytes:
    (path,) = register_files()
    return path.read_bytes()


@pytest.fixture(scope="module")
def parsed(data: bytes) -> ParsedPage:
    return parse_register(data)


def page_at(parsed: ParsedPage, address: str) -> Statement:
    (found,) = (s for s in parsed.statements if s.kind == "page" and s.address == address)
    return found


def made(**facts: Any) -> bytes:
    """A register of one page."""
    page = {
        "address": "", "page": "specimen/1", "code": "Q1.1", "title": "Pilots", "suffix": "", "effective": [],
        "shown_as_old": False, "edition": "", "edition_ends": False, "status": "", "ends": [], "listed": [],
        "listed_complete": False, "source": "",
    }  # fmt: skip
    return json.dumps(
        {"compiled": "2026-11-22", "source": "", "contents": [], "pages": [page | facts]}
    ).encode()


def test_register_keeps_every_line_of_the_contents_and_every_page(data: bytes) -> None:
    """A line or page lost here is lost to everybody who loads nothing else."""
    register = json.loads(data)
    assert len(register["contents"]) == 1476
    assert len(register["pages"]) == 228
    assert len({page["page"] for page in register["pages"]}) == 228


def test_lines_of_the_contents_are_read_as_contents(parsed: ParsedPage) -> None:
    """Without them no code is known that has no page of its own."""
    assert [line.line for line in parsed.contents] == list(range(1, 1477))
    lines = {s.code for s in parsed.statements if s.kind == "contents"}
    assert {"R6.1", "WR3.5", "RA", "Appendix 13"} <= lines


@pytest.mark.shared
def test_register_is_what_its_script_builds(data: bytes, shared: Path) -> None:
    """Data edited by hand would be undone by the next build."""
    from manual.register.build import build

    assert build(shared).encode() == data


def test_suffix_and_body_dates_of_one_page_are_both_kept_with_their_basis(parsed: ParsedPage) -> None:
    """Choosing one here would hide that the sources disagree (dates.md, rule 6)."""
    starts = {(claim.basis, claim.day) for claim in page_at(parsed, "opsmanual/73076").starts}
    assert starts == {("suffix", date(2019, 10, 30)), ("text", date(2019, 7, 1))}


def test_last_of_several_effective_dates_is_the_pages(parsed: ParsedPage) -> None:
    """The first belongs to an inserted block (rule 5)."""
    (claim,) = page_at(parsed, "opsmanual/45930").starts
    assert (claim.day, claim.basis) == (date(2024, 12, 2), "foot")


def test_to_alone_is_read_either_way_and_words_of_cessation_exclude_the_day(parsed: ParsedPage) -> None:
    """Rule 9: words decide, a bare "to" does not."""
    ends = {(claim.reading, claim.basis, claim.day) for claim in page_at(parsed, "opsmanual/30520").ends}
    assert ends == {("either", "suffix", date(2017, 8, 27)), ("excluded", "text", date(2017, 8, 28))}


def test_revoked_page_ends_on_the_first_day_without_it(parsed: ParsedPage) -> None:
    """Rule 10; the printed word is in capitals on the page."""
    (claim,) = page_at(parsed, "opsmanual/35346").ends
    assert (claim.reading, claim.basis, claim.day) == ("excluded", "revocation", date(2024, 4, 11))


def test_pages_of_the_old_edition_are_of_three_kinds(parsed: ParsedPage) -> None:
    """Replaced versions would count as in force until the edition ended, or none would end with it (rule 12)."""
    old = [s for s in parsed.statements if s.kind == "page" and s.edition == "pre-2010"]
    kinds = Counter((s.shown_as_old, [(c.day, c.basis) for c in s.ends] != []) for s in old)
    assert kinds == {(False, True): 55, (True, False): 32, (False, False): 3}  # one more has no code
    assert {(c.day, c.basis) for s in old for c in s.ends} == {(date(2010, 11, 29), "edition")}
    assert not page_at(parsed, "opsmanual/4799").shown_as_old


def test_listed_versions_carry_their_printed_order_and_addresses(parsed: ParsedPage) -> None:
    """A16.1 lists 10/12/2021 twice and out of order; repairing that here would hide the dispute."""
    rows = [s for s in parsed.statements if s.kind == "listed" and s.code == "A16.1"]
    assert len(rows) == 25
    assert [row.position for row in rows if row.suffix == "(10/12/2021)"] == [12, 14]
    assert page_at(parsed, "opsmanual/44854").lists_versions
    rows = [s for s in parsed.statements if s.kind == "listed" and s.code == "WA3.15"]
    assert len(rows) == 16
    assert rows[0].address == "opsmanual/88709"


def test_row_without_an_address_leads_to_the_page_of_its_code_and_date(parsed: ParsedPage) -> None:
    """The row of 16/04/2020 and the page of that date would else be two versions with one start."""
    rows = {s.suffix: s.address for s in parsed.statements if s.kind == "listed" and s.code == "A16.1"}
    assert rows["(16/04/2020)"] == "opsmanual/73350"
    assert rows["(27/04/2021)"] is None


def test_list_with_an_ellipsis_does_not_vouch_for_gaps(parsed: ParsedPage) -> None:
    """Rows left out by the typist are not rows that never were."""
    assert not page_at(parsed, "opsmanual/48335").lists_versions
    assert sum(s.kind == "listed" and s.code == "WF3.1" for s in parsed.statements) == 4


def test_rows_of_other_codes_are_neighbours(parsed: ParsedPage) -> None:
    """A heading "previous" stands over other codes too (rule 16)."""
    neighbours = {s.code for s in parsed.statements if s.kind == "neighbour"}
    assert neighbours == {"A9.1", "A9.10", "A9.15", "A9.20"}
    assert not page_at(parsed, "opsmanual/35109").lists_versions


def test_odd_code_and_malformed_date_are_findings_and_nothing_is_concluded(parsed: ParsedPage) -> None:
    """A guess at either would file a text under the wrong code or day."""
    found = {(f.kind, f.locator.partition(" ")[2]) for f in parsed.findings if f.locator.startswith("page")}
    assert {
        ("malformed_date", "175 opsmanual-archive/7839"),
        ("odd_code", "135 opsmanual-archive/6661"),
    } <= found
    assert not [s for s in parsed.statements if s.address == "opsmanual-archive/6661"]
    assert {c.raw for c in page_at(parsed, "opsmanual-archive/7839").starts} == {"26/07/1999"}


def test_no_page_of_the_register_claims_a_text(parsed: ParsedPage) -> None:
    """The register holds facts only; a digest would make a later text look like an amendment."""
    assert {s.text_digest for s in parsed.statements} == {""}
    assert not parsed.blocks


def test_impossible_day_is_reported_with_the_place_it_stands() -> None:
    """31/02/2020 has to be found again in the data."""
    page = parse_register(made(effective=["31/02/2020"]))
    (finding,) = page.findings
    assert (finding.kind, finding.code, finding.locator) == ("malformed_date", "Q1.1", "page 1 specimen/1")
    assert page.statements[0].starts == ()


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b'{"compiled": 1}'])
def test_another_shape_of_json_is_refused(data: bytes) -> None:
    """A register that reads as empty would silently say nothing."""
    with pytest.raises(ParseError):
        parse_register(data)


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home = tmp_path_factory.mktemp("register")
    load(home, register_files(), captured=None, now=datetime(2026, 11, 22, tzinfo=UTC))
    base = KnowledgeBase(home)
    yield base
    base.close()


@pytest.mark.parametrize(
    ("code", "day", "word", "first"),
    [
        ("R6.1", "2023-07-01", "ended", None),
        ("D7.40", "2024-04-11", "ended", None),
        ("F2.35", "2017-05-08", "ended", None),
        ("SM1", "2017-08-27", "in_force", "2010-11-29"),
        ("SM1", "2017-08-28", "ended", "2010-11-29"),
        ("A16.1", "2024-08-15", "in_force", "2024-08-01"),
        ("A16.1", "2020-05-12", "in_force", "2020-04-16"),
        ("A16.1", "2021-07-19", "disputed", None),
        ("A16.1", "2021-11-24", "in_force", "2021-11-24"),
        ("A16.1", "2026-11-22", "in_force", "2025-04-01"),
        ("SM14.20", "2007-01-01", "in_force", "2006-07-24"),
        ("E7.1", "2010-11-28", "in_force", "2000-03-01"),
        ("WA3.15", "2025-12-07", "in_force", "2025-09-29"),
        ("WA3.25", "2024-01-01", "in_force", "2022-06-20"),
        ("A15.5", "2019-07-01", "in_force", "2019-07-01"),
        ("Appendix 17", "2023-09-28", "before_record", None),
        ("K1", "2024-01-01", "unknown_code", None),
    ],
)
def test_register_alone_answers(kb: KnowledgeBase, code: str, day: str, word: str, first: str | None) -> None:
    """What anybody gets before a single page is loaded."""
    answer = kb.in_force_on(Code(code), When(date.fromisoformat(day)))
    assert answer.answer == word, answer.reasons
    if answer.version is not None:
        assert answer.version.validity.effective_from == (date.fromisoformat(first) if first else None)
        assert not answer.version.text_held


def test_the_contents_of_the_register_are_whole(kb: KnowledgeBase) -> None:
    """Lines would be missing from the contents that everybody starts with, or stand there twice."""
    printed = [e for e in kb.contents_on(When(date(2026, 11, 1))).entries if not e.unlisted]
    assert sum(e.code == "WR3.5" and e.parent == "WR3" for e in printed) == 1
    assert sum(e.kind == "appendix_child" for e in printed) >= 72
