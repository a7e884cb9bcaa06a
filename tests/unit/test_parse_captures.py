"""Facts of real captures: codes, dates, addresses, counts and label paths. The captures are no part of the project."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from manual.history.deriving import history_of
from manual.model import Block, Code, ParsedPage, Seen, Sha256, SitePath, Statement, Work
from manual.parse import parse_capture

pytestmark = pytest.mark.shared
SHA = Sha256("sha256:" + "0" * 64)


def page(shared: Path, number: int) -> ParsedPage:
    data = (shared / "captures" / f"{number}.htm").read_bytes()
    return parse_capture(data, media="html", site_path=SitePath(f"opsmanual/{number}"), sha256=SHA)


def seed(shared: Path, number: str) -> ParsedPage:
    data = next((shared / "seeds").glob(f"{number}_*")).read_bytes()
    return parse_capture(data, media="text", site_path=None, sha256=SHA)


def blocks(parsed: ParsedPage) -> dict[str, Block]:
    return {block.pinpoint: block for top in parsed.blocks for block in top.walk()}


def of_kind(parsed: ParsedPage, kind: str) -> list[Statement]:
    return [statement for statement in parsed.statements if statement.kind == kind]


def targets(block: Block) -> list[tuple[str, str]]:
    return [(ref.target, ref.state) for ref in block.refs]


# ---------------------------------------------------------------- instruction pages


@pytest.mark.parametrize(
    ("number", "code", "title", "start", "listed", "neighbours"),
    [
        (77177, "WA3.15", "Acceptable employment", date(2025, 12, 8), 16, 12),
        (77179, "WA3.25", "Remuneration", date(2025, 9, 29), 1, 12),
        (77195, "WA4.10", "Determining an Accredited Employer work visa", date(2026, 6, 1), 28, 6),
    ],
)
def test_page_states_its_start_and_lists_its_versions(
    shared: Path, number: int, code: str, title: str, start: date, listed: int, neighbours: int
) -> None:
    """A version missing here would be missing from every answer about past days."""
    parsed = page(shared, number)
    (own,) = of_kind(parsed, "page")
    assert (parsed.kind, parsed.code, parsed.title) == ("instruction", code, title)
    assert [(claim.day, claim.basis) for claim in own.starts] == [(start, "foot")]
    assert own.ends == ()
    assert own.suffix == ""
    assert not own.shown_as_old
    assert own.lists_versions
    rows = of_kind(parsed, "listed")
    assert len(rows) == listed
    assert all(row.shown_as_old and row.address for row in rows)
    assert len(of_kind(parsed, "neighbour")) == neighbours
    assert parsed.structure == "full"
    assert not [finding for finding in parsed.findings if finding.severity != "info"]


def test_page_names_its_ancestors_and_neighbours(shared: Path) -> None:
    """Without them a page found alone could not be placed in the tree."""
    parsed = page(shared, 77177)
    assert parsed.ancestors == tuple(f"opsmanual/{n}" for n in (34382, 34384, 77093, 77096))
    assert (parsed.previous, parsed.next) == ("opsmanual/80867", "opsmanual/88709")


def test_pinpoints_that_officers_cite_exist_and_none_stands_twice(shared: Path) -> None:
    """A pinpoint that is missing or doubled makes a citation lead to the wrong clause."""
    expected = {
        77177: ("WA3.15.1 note 1", "WA3.15.5(e)(viii)", "WA3.15.10(a)(vi)", "WA3.15.10 note 1•2"),
        77179: (
            "WA3.25(g)(ii)",
            "WA3.25(g)(ii)•2",
            "WA3.25(g)(ii)•2 note",
            "WA3.25.5 paragraph 1",
            "WA3.25.5(d)",
        ),
        77195: ("WA4.10(f)", "WA4.10(f)(ii)•6", "WA4.10.20(d)", "WA4.10.20(b)(xi)", "WA4.10.15 reference 1"),
    }
    for number, pinpoints in expected.items():
        parsed = page(shared, number)
        everything = [block.pinpoint for top in parsed.blocks for block in top.walk()]
        assert len(everything) == len(set(everything))
        assert set(pinpoints) <= set(everything)


def test_item_has_two_bullets_the_second_with_a_note(shared: Path) -> None:
    """The deepest nesting of the captures: a note inside a bullet inside a roman item."""
    item = blocks(page(shared, 77179))["WA3.25(g)(ii)"]
    assert [(child.label, child.pinpoint) for child in item.children] == [
        ("•", "WA3.25(g)(ii)•1"),
        ("•", "WA3.25(g)(ii)•2"),
    ]
    assert [note.kind for note in item.children[1].children] == ["note"]


def test_references_resolve_to_the_place_they_mean(shared: Path) -> None:
    """'at (b) above' means (b) under the same sub-heading, not the first (b) of the page."""
    employment = blocks(page(shared, 77177))
    assert ("WA3.15.5(b)", "resolved") in targets(employment["WA3.15.5(e)"])
    link = next(ref for ref in employment["WA3.15.10(a)(i)"].refs if ref.target == "WA3.30.1")
    assert (link.state, link.address) == ("resolved", "opsmanual/77180")
    visa = blocks(page(shared, 77195))
    assert ("WA4.10.20(a)-(c)", "resolved") in targets(visa["WA4.10.20(d)"])
    assert ("Appendix 13", "resolved") in targets(visa["WA4.10.5(b)(ii)"])
    assert ("Immigration Act 2009 s 49(1)(b)", "law") in targets(visa["WA4.10.15 reference 1"])


def test_change_of_subject_is_listed_under_the_same_code(shared: Path) -> None:
    """WA3.25 was about other employers before: the row must not be lost as a neighbour."""
    (row,) = of_kind(page(shared, 77179), "listed")
    assert (row.code, row.title) == ("WA3.25", "Employers holding Standard Accreditation")
    assert (row.starts[0].day, row.address) == (date(2022, 6, 20), "opsmanual/87558")


# ---------------------------------------------------------------- the text capture of A16.1


def test_text_capture_counts_on_across_a_heading(shared: Path) -> None:
    """The item after the second heading is (h), and '(i) above' in (j) is the ninth item."""
    parsed = seed(shared, "002")
    found = blocks(parsed)
    order = [block.pinpoint for block in parsed.blocks]
    assert order.index("A16.1 heading 2") + 1 == order.index("A16.1(h)")
    assert targets(found["A16.1(j)"]) == [("A16.1(i)", "resolved")]
    assert found["A16.1(c)(ii) note"].kind == "note"
    assert [child.label for child in found["A16.1(j)(iv)"].children] == ["•"] * 5
    assert parsed.structure == "full"


def test_text_capture_states_the_versions_of_its_instruction(shared: Path) -> None:
    """25 earlier versions, two of them with one date, out of order: kept and reported, not repaired."""
    parsed = seed(shared, "002")
    (own,) = of_kind(parsed, "page")
    assert {(claim.day, claim.basis) for claim in own.starts} == {
        (date(2025, 4, 1), "text"),
        (date(2025, 4, 1), "foot"),
    }
    rows = of_kind(parsed, "listed")
    assert len(rows) == 25
    assert [row.position for row in rows if row.starts[0].day == date(2021, 12, 10)] == [12, 14]
    found = history_of(
        Code("A16.1"),
        [(st, Seen(date(2026, 8, 11), True, SHA)) for st in parsed.statements if st.code == "A16.1"],
    ).findings
    assert [(f.kind, f.locator) for f in found if f.kind.startswith("listed_")] == [
        ("listed_out_of_order", "list 2 row 15"),
        ("listed_twice", "list 2 row 13, list 2 row 15"),
    ]
    assert [row.code for row in of_kind(parsed, "neighbour")] == ["A16.2", "A16.3", "A16.5"]


def test_text_capture_states_its_instrument_and_what_it_revokes(shared: Path) -> None:
    """The revocation sentence ends the version before; the signature is part of the instrument."""
    parsed = seed(shared, "002")
    (revocation,) = of_kind(parsed, "claim")
    assert (revocation.code, revocation.of_day) == ("A16.1", date(2024, 12, 5))
    assert [(end.day, end.reading) for end in revocation.ends] == [(date(2025, 4, 1), "excluded")]
    assert parsed.instrument is not None
    assert parsed.instrument.power == "section 26(4) of the Immigration Act 2009"
    assert parsed.instrument.signed_on == date(2025, 3, 31)
    assert parsed.instrument.revokes_on == date(2025, 4, 1)


# ---------------------------------------------------------------- the contents


def test_every_line_of_the_contents_is_accounted_for(shared: Path) -> None:
    """A dropped line is an instruction that nobody will find."""
    parsed = seed(shared, "003")
    assert [entry.line for entry in parsed.contents] == list(range(1, 1477))
    assert Counter(entry.kind for entry in parsed.contents) == {
        "section": 1088, "chapter": 252, "part": 21, "top": 10, "heading": 15, "appendix": 18, "appendix_child": 72,
    }  # fmt: skip
    assert len(parsed.statements) == 1088 + 252 + 21 + 18


def test_contents_nest_by_code_in_printed_order(shared: Path) -> None:
    """WR3.5 stands last in its part and R5.6 after R5.7: neither may move or change its parent."""
    parsed = seed(shared, "003")
    entries = {entry.code: entry for entry in parsed.contents if entry.version_of_line is None and entry.code}
    parents = {Code("WR3.5"): "WR3", Code("A1"): "Administration", Code("E1"): "Generic temporary entry",
               Code("RA"): "Generic Residence", Code("RA1"): "RA", Code("Appendix 3"): "Appendices"}  # fmt: skip
    assert {code: entries[code].parent for code in parents} == parents
    assert entries[Code("R5.6")].line > entries[Code("R5.7")].line
    assert [entries[Code(code)].depth for code in ("WA3.15", "WA3", "WA")] == [4, 3, 2]


def test_old_versions_in_the_contents_are_versions_of_the_first_line(shared: Path) -> None:
    """Taken for children or entries, they would show an old version as an instruction of its own."""
    parsed = seed(shared, "003")
    lines = {
        code: [e for e in parsed.contents if e.code == code]
        for code in ("WJ2.10", "V3.1", "WS3", "BF1", "WJ5")
    }
    assert [e.version_of_line for e in lines["WJ2.10"]] == [None] + [lines["WJ2.10"][0].line] * 3
    assert [e.version_of_line for e in lines["V3.1"]] == [None, lines["V3.1"][0].line]
    assert [e.version_of_line for e in lines["WJ5"]] == [None, lines["WJ5"][0].line]
    assert [e.version_of_line for e in lines["WS3"]] == [None, None]
    assert [e.version_of_line for e in lines["BF1"]] == [None]
    assert [f.code for f in parsed.findings if f.kind == "code_twice"] == ["WS3"]


@pytest.mark.parametrize(
    ("code", "day", "reading"),
    [
        ("R6.1", date(2023, 7, 1), "excluded"),
        ("D7.40", date(2024, 4, 11), "excluded"),
        ("F2.35", date(2017, 5, 8), "either"),
    ],
)
def test_contents_state_ends_as_printed(shared: Path, code: str, day: date, reading: str) -> None:
    """`to D` does not say whether D is the last day; `revoked D` does."""
    statements = [s for s in seed(shared, "003").statements if s.code == code]
    (statement,) = statements
    assert [(e.day, e.reading, e.basis) for e in statement.ends] == [(day, reading, "listed")]


def test_a_bracket_with_from_is_a_start(shared: Path) -> None:
    (statement,) = [s for s in seed(shared, "003").statements if s.code == "Appendix 17"]
    assert statement.starts[0].day == date(2023, 9, 29)


# ---------------------------------------------------------------- no part of the manual


@pytest.mark.parametrize(("number", "kind"), [("000", "notice"), ("001", "law")])
def test_what_is_not_the_manual_says_nothing_of_its_codes(shared: Path, number: str, kind: str) -> None:
    """A section of an Act filed as an instruction would be answered from."""
    parsed = seed(shared, number)
    assert parsed.kind == kind
    assert {Work.of(said.code).scheme for page in (parsed, *parsed.others) for said in page.statements} <= {
        "law", "account", "notice"
    }  # fmt: skip


def test_a_section_of_an_act_is_filed_under_the_number_of_its_text(shared: Path) -> None:
    """Its first heading is that of the section before it; labels and days were lost on the way."""
    parsed = seed(shared, "001")
    assert parsed.code == "law:immigration-act-2009/s28"
    labels = [block.label for block in parsed.blocks if block.kind == "item"]
    assert labels == [f"({number})" for number in range(1, 8)]
    assert [child.label for child in parsed.blocks[2].children] == ["(a)", "(b)", "(c)", "(d)"]
    assert [said.starts for said in parsed.statements] == [()]
    kinds = {finding.kind for finding in parsed.findings}
    assert {"law_heading_disagrees", "labels_counted", "note_without_day", "act_inferred"} <= kinds
    (account,) = parsed.others
    assert (account.kind, account.code) == ("account", "account:immigration-act-2009/s28")
