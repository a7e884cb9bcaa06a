"""Codes, pinpoints and anchors as people type them."""

from __future__ import annotations

import inspect
import random
import re
from pathlib import Path
from types import ModuleType

import pytest

from manual.citation import (
    Citation,
    anchor,
    code_key,
    codes,
    designation,
    labels,
    law,
    looks_like_code,
    nearest,
    nearest_codes,
    parent_of,
    parse_citation,
    parse_code,
    pinpoint_of_anchor,
    printing,
    references,
    section_of,
)
from manual.errors import CitationError
from manual.model import Code
from manual.publisher import INZ

SLOPPY_CODES = {
    "a16.1": "A16.1",
    "A 16.1": "A16.1",
    "A16-1": "A16.1",
    "A16 .1": "A16.1",
    "A16. 1": "A16.1",
    "a16,1": "A16.1",
    "a 16 1": "A16.1",
    "a-16-1": "A16.1",
    "A16–1": "A16.1",
    "Ａ１６．１": "A16.1",
    "A16\u00a0.1": "A16.1",
    "A16.1\u200b": "A16.1",
    "\u200eA16.1\u200e": "A16.1",
    "\ufeffA16.1": "A16.1",
    "  a16.1,": "A16.1",
    "(A16.1)": "A16.1",
    "[A16.1]": "A16.1",
    "“A16.1”": "A16.1",
    "A16.1.": "A16.1",
    "A16.1?": "A16.1",
    "/A16.1": "A16.1",
    "#A16.1": "A16.1",
    "A16.1)": "A16.1",
    "(A16.1": "A16.1",
    "a16·1": "A16.1",
    "wa4 10": "WA4.10",
    "WA3.15.5": "WA3.15.5",
    "wa3-15-5": "WA3.15.5",
    "wa3 15.5": "WA3.15.5",
    "ws 2.1.1": "WS2.1.1",
    "wj2": "WJ2",
    "RV 10": "RV10",
    "r": "R",
    "RA": "RA",
    "ba": "BA",
    "appendix 13": "Appendix 13",
    "APPENDIX  13": "Appendix 13",
    "Appendix13": "Appendix 13",
    "app. 13": "Appendix 13",
    "Appendix no. 13": "Appendix 13",
    "A161": "A161",
}

NOT_CODES = [
    "", " ", ".", "()", "-", "16.1", "A16.1.1.1", "A16..1", "A16, 1", "A16.0", "A016.1", "A16.01", "A1000",
    "A5.5-10", "U5.5-U5.20", "A16.1²", "A16½", "A①", "А16.1", "section 61", "INZ 1025", "Form 12", "Level 4",
    "a 5 year visa", "A16.1 Introduction", "appendix", "appendix 0", "appendix 130", "appendices 3 and 4",
    "1 April 2025", "2024-08-15", "A16.1\nA16.5", "A16.1 A16.5", "A16/1", "A16+1", "visa", "the",
    "$29.66", "452314", "A16.1 <script>",
]  # fmt: skip

SLOPPY_CITATIONS = {
    "wa4 10(f)": "WA4.10(f)",
    "WA3.15.5 (b)": "WA3.15.5(b)",
    "A5.45 b.": "A5.45(b)",
    "A5.45 b)": "A5.45(b)",
    "A5.45 b": "A5.45(b)",
    "(A5.45 b)": "A5.45(b)",
    "wa4 10f": "WA4.10(f)",
    "A16.1(b)(ii)": "A16.1(b)(ii)",
    "A16.1 (B) (II)": "A16.1(b)(ii)",
    "A16.1( b )( ii )": "A16.1(b)(ii)",
    "a16-1(b)ii": "A16.1(b)(ii)",
    "(A16.1(b))": "A16.1(b)",
    "A16.1(b),": "A16.1(b)",
    "A16.1⒝": "A16.1(b)",
    "A16.1（ｂ）": "A16.1(b)",
    "A16.1(ⅱ)": "A16.1(ii)",
    "Appendix 13(a)": "Appendix 13(a)",
    "WJ2(d)": "WJ2(d)",
    "R(a)": "R(a)",
    "A16.1(aa)": "A16.1(aa)",
    "A16.1(1)": "A16.1(1)",
    "WA3.25(g)(ii)•2 note": "WA3.25(g)(ii)•2 note",
    "WA3.25(g) note 2": "WA3.25(g) note 2",
    "WA3.15 paragraph 2(a)": "WA3.15 paragraph 2(a)",
    "A1.5(a) [2]": "A1.5(a) [2]",
    "A1.5 table 1": "A1.5 table 1",
    "A16.1": "A16.1",
}

NOT_CITATIONS = ["r a", "A16.1(f", "A16.1(of)", "A16.1()", "A16.1(a)-(c)", "A16.1(a) to (c)", "A16.1 mix"]


@pytest.mark.parametrize(("typed", "code"), SLOPPY_CODES.items())
def test_sloppy_code_is_understood_exactly(typed: str, code: str) -> None:
    """An officer's quick typing would miss its instruction or hit another."""
    assert parse_code(typed) == code


@pytest.mark.parametrize("typed", NOT_CODES)
def test_what_is_no_code_is_refused(typed: str) -> None:
    """A guess would answer about another instruction than the one meant."""
    with pytest.raises(CitationError):
        parse_code(typed)


@pytest.mark.parametrize(("typed", "pinpoint"), SLOPPY_CITATIONS.items())
def test_sloppy_citation_is_understood_exactly(typed: str, pinpoint: str) -> None:
    """A citation would land on the page's top or on another clause."""
    assert parse_citation(typed).pinpoint == pinpoint


@pytest.mark.parametrize("typed", NOT_CITATIONS)
def test_what_is_no_citation_is_refused(typed: str) -> None:
    """`R a` could be RA or R(a), and a range is not one place; both would be guesses."""
    with pytest.raises(CitationError):
        parse_citation(typed)


def test_citation_with_labels_is_no_code() -> None:
    """A pinpoint would be dropped silently from an address that takes a code."""
    with pytest.raises(CitationError, match="after the code"):
        parse_code("A16.1(b)")


def test_labels_are_those_that_blocks_carry() -> None:
    """Looking up a label among blocks would never match."""
    assert parse_citation("WA3.15.5 (b)") == Citation(code=Code("WA3.15.5"), labels=("(b)",))
    assert parse_citation("WA3.25(g)(ii)•2 note").labels == ("(g)", "(ii)", "•2", "note")


@pytest.mark.parametrize(
    "text", ["a 5 year visa", "section 61", "INZ 1025", "Form 12", "we", "is", "or", "visa", "Level 4", "2025-04-01"]
)  # fmt: skip
def test_ordinary_words_do_not_look_like_codes(text: str) -> None:
    """A search for words would jump to an instruction or say that it is unknown."""
    assert not looks_like_code(text)


@pytest.mark.parametrize("text", ["R", "RA", "a16.1", "A5 (a)", "appendix 13", "wa4 10(f)", "a 16 1"])
def test_codes_look_like_codes(text: str) -> None:
    """A code typed into the search box would be searched as words."""
    assert looks_like_code(text)


@pytest.mark.shared
def test_every_code_of_the_real_contents_parses_to_itself(shared: Path) -> None:
    """An instruction of the manual could not be asked for."""
    (contents,) = (shared / "seeds").glob("003_*.txt")
    firsts = [line.split()[0] for line in contents.read_text("utf-8").splitlines() if line.strip()]
    codes = [first for first in firsts if re.fullmatch(r"[A-Z]{1,2}[0-9]+(\.[0-9]+)*", first)]
    assert len(codes) > 1300
    assert [parse_code(code) for code in codes] == codes
    assert [parse_code(code.lower().replace(".", "-")) for code in codes] == codes


def test_codes_sort_as_people_count() -> None:
    """A16 would stand before A2 in every list."""
    order = ["A", "A1", "A1.1", "A2", "A2.5", "A2.5.1", "A2.10", "A16", "B", "BA", "BA1", "R", "RA"]
    order += ["Appendix 2", "Appendix 13"]
    shuffled = order.copy()
    random.Random(3).shuffle(shuffled)
    assert sorted(map(Code, shuffled), key=code_key) == order


@pytest.mark.parametrize(
    ("code", "parent"),
    [("WR3.5", "WR3"), ("WR3", "WR"), ("WR", None), ("WA3.15.5", "WA3.15"), ("A16", "A"), ("Appendix 13", None)],
)  # fmt: skip
def test_parent_follows_from_the_code_alone(code: str, parent: str | None) -> None:
    """WR3.5, printed last in its part, would be filed under the line before it."""
    assert parent_of(Code(code)) == parent


@pytest.mark.parametrize(
    ("code", "section"),
    [("WA3.15.5", "WA3.15"), ("WA3.15", "WA3.15"), ("WA3", "WA3"), ("Appendix 13", "Appendix 13")],
)
def test_section_of_a_three_part_code_is_its_page(code: str, section: str) -> None:
    """A reference to a sub-heading would lead nowhere."""
    assert section_of(Code(code)) == section


KNOWN = [
    *map(
        Code, ("A1.1", "A1.5", "A2.1", "A6.11", "A16", "A16.1", "A16.2", "A16.5", "A17.5", "E7.10", "WA4.10")
    ),
    *map(Code, ("R", "RA", "Appendix 13")),
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("A16.11", "A16.1"), ("A161", "A16.1"), ("A16.3", "A16.2"), ("E7.01", "E7.10"), ("W4.10", "WA4.10"),
     ("Appendix 31", "Appendix 13"), ("a16.1 intro", "A16.1"), ("WA41.0", "WA4.10"),
     ("WA4.10.5", "WA4.10"), ("A16.1", "A16.2")],
)  # fmt: skip
def test_nearest_code_is_offered_first(typed: str, first: str) -> None:
    """Someone with a slip of the finger would be offered a stranger."""
    assert nearest_codes(typed, KNOWN)[0] == first


def test_more_than_one_near_code_is_offered_and_never_the_one_typed() -> None:
    """`unknown_code` would offer nothing to choose from, or the unknown code itself."""
    near = nearest_codes("A16.1", KNOWN, limit=4)
    assert len(near) == 4
    assert "A16.1" not in near


def test_nothing_is_near_to_words() -> None:
    """Any input would be answered with codes."""
    assert nearest_codes("accommodation", KNOWN) == ()
    assert nearest_codes("", KNOWN) == ()


@pytest.mark.parametrize(
    ("pinpoint", "id_"),
    [
        ("WA3.25", "WA3.25"),
        ("WA3.25(g)(ii)", "WA3.25-g-ii"),
        ("WA3.25(g)(ii)•2 note", "WA3.25-g-ii-b2-note"),
        ("WA3.25(g) note 2", "WA3.25-g-note_2"),
        ("Appendix 13(a)", "Appendix_13-a"),
        ("A16.1(xviii)", "A16.1-xviii"),
        ("A1.5 paragraph 2(a)", "A1.5-paragraph_2-a"),
        ("A1.5(a) [2]", "A1.5-a_x2"),
    ],
)
def test_anchor_is_readable(pinpoint: str, id_: str) -> None:
    """Citable addresses would be riddles, and change whenever the scheme does."""
    assert anchor(pinpoint) == id_
    assert pinpoint_of_anchor(id_) == pinpoint


@pytest.mark.parametrize(
    ("one", "other"),
    [("A1(b2)", "A1•2"), ("A1(b)2", "A1•2"), ("A1(note)", "A1 note"), ("A1 2", "A1(2)"), ("A1(ii)", "A1 ii"),
     ("A1 a b", "A1 a(b)"), ("A1-a", "A1(a)"), ("A1~", "A1~7e~"), ("A1 note2", "A1 note 2")],
)  # fmt: skip
def test_anchors_of_lookalikes_differ(one: str, other: str) -> None:
    """Two clauses would share one address on the page."""
    assert anchor(one) != anchor(other)


@pytest.mark.parametrize("fragment", ["A1-", "A1~zz~", "A1~41~", "A1 b", "a" * 3 + "--note", "~110000000~"])
def test_fragment_that_was_never_made_is_refused(fragment: str) -> None:
    """Several addresses would name one place."""
    with pytest.raises(CitationError):
        pinpoint_of_anchor(fragment)


MODULES = (codes, designation, labels, law, nearest, printing, references)


def _samples(kind: str) -> list[tuple[ModuleType, str, str]]:
    """(module, pattern name, sample) for each back-quoted sample in the comment above a compiled pattern."""
    return [(module, *found) for module in MODULES for found in _samples_of(module, kind)]


def _samples_of(module: ModuleType, kind: str) -> list[tuple[str, str]]:
    found, pending = [], ""
    for line in inspect.getsource(module).splitlines():
        if line.startswith("#"):
            pending += line[1:] + "\n"
        elif match := re.match(r"(_?[A-Z_]+) = (?:re\.compile|expression)", line):
            part = re.search(rf"^ {kind}: (.*(?:\n {{5,}}.*)*)", pending, re.M)
            found += [
                (match[1], s.format(folder=INZ.folder, archive=INZ.archive))
                for s in re.findall(r"`([^`]*)`", part[1] if part else "")
            ]
            pending = ""
        elif not line:
            pending = ""
    return found


def _compiled(module: ModuleType, name: str) -> re.Pattern[str]:
    found = getattr(module, name)
    return found(INZ) if inspect.isfunction(found) else found


@pytest.mark.parametrize(("module", "name", "sample"), _samples("yes"))
def test_pattern_takes_its_samples_whole(module: ModuleType, name: str, sample: str) -> None:
    """The comment above a pattern would promise what the pattern does not do."""
    pattern = _compiled(module, name)
    assert pattern.search(sample) if name == "_HINT" else pattern.fullmatch(sample)


@pytest.mark.parametrize(("module", "name", "sample"), _samples("no"))
def test_pattern_leaves_its_counter_samples(module: ModuleType, name: str, sample: str) -> None:
    """The comment above a pattern would promise what the pattern does not do."""
    pattern = _compiled(module, name)
    assert not (pattern.search(sample) if name == "_HINT" else pattern.fullmatch(sample))


def test_every_pattern_carries_samples() -> None:
    """A pattern without samples can't be reviewed."""
    patterns = {(m, n) for m in MODULES for n, v in vars(m).items() if isinstance(v, re.Pattern)}
    patterns |= {(m, n) for m in MODULES for n, v in vars(m).items() if n.isupper() and inspect.isfunction(v)}
    shown = {(m, n) for m, n, _ in _samples("yes")} & {(m, n) for m, n, _ in _samples("no")}
    assert shown
    assert {name for _, name in patterns - shown} <= {"_START_WITHOUT_ACT"}
