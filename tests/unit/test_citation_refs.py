"""Cross-references found in texts, with exact spans, and resolved within their page."""

from __future__ import annotations

from functools import partial

import pytest
from bench.hostile_bench import REFERENCES
from effort import calls_of

from manual.citation.references import ends_of, find_refs, resolve_refs
from manual.model import Code, Ref

CODE = Code("WA3.15")
HERE = "WA3.15.5(e)"

# The text, then for each reference in it: words of the span, target, state.
BY_CODE = {
    "Meet A16.5.": [("A16.5", "A16.5", "resolved")],
    "Meet F2.5(a) and R5.20.5.": [("F2.5(a)", "F2.5(a)", "resolved"), ("R5.20.5", "R5.20.5", "resolved")],
    "Meet WJ2.10(a)(iii), or WJ2(d)": [
        ("WJ2.10(a)(iii)", "WJ2.10(a)(iii)", "resolved"),
        ("WJ2(d)", "WJ2(d)", "resolved"),
    ],
    "Meet BN3(a)(i) to (vi).": [("BN3(a)(i) to (vi)", "BN3(a)(i)-(vi)", "resolved")],
    "Meet A5.25.5(a)-(d)": [("A5.25.5(a)-(d)", "A5.25.5(a)-(d)", "resolved")],
    "Meet U5.5-U5.20": [("U5.5-U5.20", "U5.5-U5.20", "resolved")],
    "Meet A5.15 to A5.25": [("A5.15 to A5.25", "A5.15-A5.25", "resolved")],
    "Meet U3.30 (a) now": [("U3.30 (a)", "U3.30(a)", "resolved")],
    "Meet U3.30\u00a0(a) now": [("U3.30\u00a0(a)", "U3.30(a)", "resolved")],
    "Meet A5.45 b.": [("A5.45 b.", "A5.45(b)", "resolved")],
    "Meet A5.45 (b)ii - iv": [("A5.45 (b)ii - iv", "A5.45(b)(ii)-(iv)", "resolved")],
    "Meet WA4.10(a) to (e) above": [("WA4.10(a) to (e)", "WA4.10(a)-(e)", "resolved")],
    "Meet WA4.10(a), (b), and (c).": [
        ("WA4.10(a)", "WA4.10(a)", "resolved"),
        ("(b)", "WA4.10(b)", "resolved"),
        ("(c)", "WA4.10(c)", "resolved"),
    ],
    "Meet WA4.10(h)(i) and (j)": [
        ("WA4.10(h)(i)", "WA4.10(h)(i)", "resolved"),
        ("(j)", "WA4.10(j)", "resolved"),
    ],
    "Meet WA4.10(g)(i) or (ii)": [
        ("WA4.10(g)(i)", "WA4.10(g)(i)", "resolved"),
        ("(ii)", "WA4.10(g)(ii)", "resolved"),
    ],
    "Meet paragraph (a) of WA3.20": [("(a) of WA3.20", "WA3.20(a)", "resolved")],
    "As in Appendix 13, or appendix 14": [
        ("Appendix 13", "Appendix 13", "resolved"),
        ("appendix 14", "Appendix 14", "resolved"),
    ],
    "A role in Tier 1 of Appendix 13": [("Tier 1 of Appendix 13", "Appendix 13", "resolved")],
    "Appendix 13(a) lists it": [("Appendix 13(a)", "Appendix 13(a)", "resolved")],
    "Older rules (Archived WD2)": [("WD2", "WD2", "resolved")],
    "Read with section WA3.20": [("WA3.20", "WA3.20", "resolved")],
    "on form INZ 1025 or INZ1026A": [("INZ 1025", "INZ 1025", "form"), ("INZ1026A", "INZ 1026A", "form")],
    "(see E4.1.10of student rules)": [("E4.1.10of", "E4.1.10of", "unresolved")],
    "at https://www.example.org/opsmanual/#46513.htm.": [
        ("https://www.example.org/opsmanual/#46513.htm", "opsmanual/46513", "resolved")
    ],
    "at /opsmanual-archive/4783.HTM)": [
        ("/opsmanual-archive/4783.HTM", "opsmanual-archive/4783", "resolved")
    ],
    "see 'A16.5'/A16.6": [("A16.5", "A16.5", "resolved"), ("A16.6", "A16.6", "resolved")],
}

LAW = {
    "under section 49(1) of it": [("section 49(1)", "s 49(1)")],
    "Section 61 applies": [("Section 61", "s 61")],
    "s 49(1)(b)": [("s 49(1)(b)", "s 49(1)(b)")],
    "See also Immigration Act 2009 s 49(1)(b)": [
        ("Immigration Act 2009 s 49(1)(b)", "Immigration Act 2009 s 49(1)(b)")
    ],
    "See Immigration Act 2009 ss 39, 40, 265": [
        ("Immigration Act 2009 ss 39, 40, 265", "Immigration Act 2009 ss 39, 40, 265")
    ],
    "under section 67A (2) of the Employment Relations Act 2000.": [
        ("section 67A (2) of the Employment Relations Act 2000", "Employment Relations Act 2000 s 67A(2)")
    ],
    "under section CE 1 of the Income Tax Act 2007.": [
        ("section CE 1 of the Income Tax Act 2007", "Income Tax Act 2007 s CE 1")
    ],
    "any of sections 50 to 55 apply": [("sections 50 to 55", "ss 50 to 55")],
    "section 49(1)(a) and (b) apply": [("section 49(1)(a) and (b)", "s 49(1)(a) and (b)")],
    "under paragraph (a) of section 49": [("section 49", "s 49")],
    "section 72 of the Act": [("section 72", "s 72")],
}

NOTHING = [
    "", "This section is short.", "The rate is $29.66 an hour, or NZ$31.61.", "Slaughterer (452314)",
    "ANZSCO skill level 4", "a Level 4 certificate", "on 1 April 2025 or 01/04/2025", "IELTS 6.5", "level B2 English",
    "person(s) above the limit", "must (a) apply and (b) pay", "the rate (see below) is above it", "IR330 and COVID-19",
    "A1.2.3.4", "(1) above", "https://www.example.org/A16.1", "paragraph (a) of the definition", "U$1.50 A$29.66",
    "Item S1000", "Years 12 to 13", "the Immigration Act 2009", "subsection (6)", "at or above the rate",
    "(b) above-average", "the Act 1987 s", "x5.5", "5.5", "section A of the form",
]  # fmt: skip


def words(text: str, refs: tuple[Ref, ...]) -> list[tuple[str, str, str]]:
    return [(text[r.start : r.end], r.target, r.state) for r in refs]


@pytest.mark.parametrize(("text", "expected"), BY_CODE.items())
def test_reference_by_code_is_found_with_its_span(text: str, expected: list[tuple[str, str, str]]) -> None:
    """A reference would stay plain text, or link more or fewer words than it has."""
    assert words(text, find_refs(text, here=HERE, code=CODE)) == expected


@pytest.mark.parametrize(("text", "expected"), LAW.items())
def test_reference_to_law_is_told_from_the_manual(text: str, expected: list[tuple[str, str]]) -> None:
    """`section 49(1)` would be looked up in the manual."""
    found = words(text, find_refs(text, here=HERE, code=CODE))
    assert found == [(span, target, "law") for span, target in expected]


@pytest.mark.parametrize("text", NOTHING)
def test_money_dates_and_ordinary_words_are_no_references(text: str) -> None:
    """Texts would be full of links that lead nowhere."""
    assert find_refs(text, here=HERE, code=CODE) == ()


def test_address_is_kept_with_its_reference() -> None:
    """A hash address names a page only by number, which only the address says."""
    (ref,) = find_refs("see /opsmanual/#46513.htm", here=HERE, code=CODE)
    assert ref.address == "opsmanual/46513"


def test_broken_reference_names_what_was_probably_meant() -> None:
    """A reader would have to guess what the run-together words meant."""
    (ref,) = find_refs("(see E4.1.10of student rules)", here=HERE, code=CODE)
    assert ref.candidates == ("E4.1.10",)


def resolved(text: str, here: str, pinpoints: list[str], code: str = "WA3.15") -> list[tuple[str, str, str]]:
    return words(text, resolve_refs(find_refs(text, here=here, code=Code(code)), pinpoints))


def page(*labels: str, code: str = "WA3.15.5") -> list[str]:
    return [code, *(code + label for label in labels)]


RELATIVE = [
    ("requirement at (b) above", HERE, page("(a)", "(b)"), [("(b)", "WA3.15.5(b)", "resolved")]),
    ("at (b)", HERE, page("(a)", "(b)"), [("(b)", "WA3.15.5(b)", "resolved")]),
    ("subject to (h) below", HERE, page("(b)", "(h)"), [("(h)", "WA3.15.5(h)", "resolved")]),
    ("(a) to (c) above", HERE, page("(a)", "(b)", "(c)"), [("(a) to (c)", "WA3.15.5(a)-(c)", "resolved")]),
    (
        "(l)(i) and (l)(ii) directly above",
        "WA3.15.5(n)",
        page("(l)", "(l)(i)", "(l)(ii)"),
        [("(l)(i)", "WA3.15.5(l)(i)", "resolved"), ("(l)(ii)", "WA3.15.5(l)(ii)", "resolved")],
    ),
    (
        "(g)(i) and (ii) above",
        "WA3.15.5(h)",
        page("(g)", "(g)(i)", "(g)(ii)"),
        [("(g)(i)", "WA3.15.5(g)(i)", "resolved"), ("(ii)", "WA3.15.5(g)(ii)", "resolved")],
    ),
    (
        "(a) and (b) above",
        HERE,
        page("(a)", "(b)"),
        [("(a)", "WA3.15.5(a)", "resolved"), ("(b)", "WA3.15.5(b)", "resolved")],
    ),
    ("at (b)ii - iv", HERE, page("(b)", "(b)(ii)", "(b)(iv)"), [("(b)ii - iv", "WA3.15.5(b)(ii)-(iv)", "resolved")]),
    # The item's own earlier sub-clause, and the ninth item of the list it stands in.
    ("(i) above", "WA3.15.5(e)(ii)", page("(e)(i)", "(e)(ii)"), [("(i)", "WA3.15.5(e)(i)", "resolved")]),
    ("(i) above", "WA3.15.5(j)", page("(h)", "(i)", "(j)"), [("(i)", "WA3.15.5(i)", "resolved")]),
    ("(i) above", "WA3.15.5(k)(ii)", page("(i)", "(k)(i)", "(k)(ii)"), [("(i)", "WA3.15.5(k)(i)", "ambiguous")]),
    ("(i) above", "WA3.15.5(k)(i)", page("(i)", "(k)(i)"), [("(i)", "WA3.15.5(i)", "resolved")]),
    ("(d) above", "WA3.15.5(d)(ii)", page("(d)", "(d)(ii)"), [("(d)", "WA3.15.5(d)", "resolved")]),
    ("(b) above", "WA3.15.5(e)(ii)•2 note", page("(b)"), [("(b)", "WA3.15.5(b)", "resolved")]),
    ("(i) above", "WA3.15.5(e) note", page("(e)(i)"), [("(i)", "WA3.15.5(e)(i)", "resolved")]),
    ("(b) above", "WA3.15", page("(b)", code="WA3.15"), [("(b)", "WA3.15(b)", "resolved")]),
    # Under a sub-heading the page's own list is meant only where the sub-heading has none such.
    ("(b) above", HERE, [*page("(b)"), "WA3.15(b)"], [("(b)", "WA3.15.5(b)", "resolved")]),
    ("(b) above", HERE, [*page("(a)"), "WA3.15(b)"], [("(b)", "WA3.15(b)", "resolved")]),
    ("(z) above", HERE, page("(a)"), [("(z)", "WA3.15(z)", "unresolved")]),
    ("(a) to (z) above", HERE, page("(a)"), [("(a) to (z)", "WA3.15.5(a)-(z)", "unresolved")]),
    # Lists that start anew after a paragraph.
    ("(a) above", "A1.5 paragraph 2(b)", ["A1.5(a)", "A1.5 paragraph 2(a)"],
     [("(a)", "A1.5 paragraph 2(a)", "resolved")]),
    ("(a) above", "A1.5 paragraph 2", ["A1.5(a)", "A1.5 paragraph 2(a)"], [("(a)", "A1.5(a)", "resolved")]),
    ("(a) above", "A1.5 paragraph 3", ["A1.5(a)", "A1.5 paragraph 2(a)"],
     [("(a)", "A1.5 paragraph 2(a)", "resolved")]),
    ("(a) below", "A1.5 paragraph 2", ["A1.5(a)", "A1.5 paragraph 2(a)"], [("(a)", "A1.5 paragraph 2(a)", "resolved")]),
    ("(c) above", "A1.5 paragraph 2(b)", ["A1.5(c)"], [("(c)", "A1.5(c)", "resolved")]),
    ("A1.5(c)", "A1.5 paragraph 2(b)", ["A1.5 paragraph 1(c)"], [("A1.5(c)", "A1.5 paragraph 1(c)", "resolved")]),
    # Named by code, on its own page.
    ("WA3.15.5(b) above", HERE, page("(b)"), [("WA3.15.5(b)", "WA3.15.5(b)", "resolved")]),
    ("WA3.15.5(y) above", HERE, page("(b)"), [("WA3.15.5(y)", "WA3.15.5(y)", "unresolved")]),
    ("WA3.15.5(y) above", HERE, page(), [("WA3.15.5(y)", "WA3.15.5(y)", "resolved")]),
    ("WA9.10(y)", HERE, page("(b)"), [("WA9.10(y)", "WA9.10(y)", "resolved")]),
    ("section 49(1)", HERE, page("(b)"), [("section 49(1)", "s 49(1)", "law")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "here", "pinpoints", "expected"), RELATIVE)
def test_relative_reference_resolves_from_where_it_stands(
    text: str, here: str, pinpoints: list[str], expected: list[tuple[str, str, str]]
) -> None:
    """`(b) above` would point into another list, or at a clause that comes later."""
    assert resolved(text, here, pinpoints) == expected


def test_ambiguous_reference_keeps_both_readings() -> None:
    """One of two clauses that fit would be shown as if the text named it."""
    refs = find_refs("(i) above", here="WA3.15.5(k)(ii)", code=CODE)
    (ref,) = resolve_refs(refs, page("(i)", "(k)(i)", "(k)(ii)"))
    assert ref.candidates == ("WA3.15.5(k)(i)", "WA3.15.5(i)")


@pytest.mark.parametrize(
    ("target", "ends"),
    [
        ("WA4.10(a)-(e)", ("WA4.10(a)", "WA4.10(e)")),
        ("BN3(a)(i)-(vi)", ("BN3(a)(i)", "BN3(a)(vi)")),
        ("A1(a)(i)-(b)(ii)", ("A1(a)(i)", "A1(b)(ii)")),
        ("U5.5-U5.20", ("U5.5", "U5.20")),
        ("A16.1(b)", ("A16.1(b)",)),
    ],
)
def test_ends_of_a_range_are_both_named(target: str, ends: tuple[str, ...]) -> None:
    """A range would lead only to its beginning, or nowhere."""
    assert ends_of(target) == ends


def test_long_hostile_text_is_read_in_linear_time() -> None:
    """One page of garbage would stop a load."""
    for piece in REFERENCES:
        half, whole = (
            calls_of(partial(find_refs, piece * (size // len(piece)) + " Act", here=HERE, code=CODE))
            for size in (10_000, 20_000)
        )
        assert whole <= 2.1 * half, piece
