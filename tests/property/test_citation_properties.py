"""Properties of codes, pinpoints, anchors and references over generated ones."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from manual.citation import (
    anchor,
    code_key,
    looks_like_code,
    nearest_codes,
    parent_of,
    parse_citation,
    parse_code,
    pinpoint_of_anchor,
)
from manual.citation.references import ends_of, find_refs, resolve_refs
from manual.errors import CitationError
from manual.model import Code

NUMBERS = st.integers(1, 999)
LETTERS = st.text(string.ascii_uppercase, min_size=1, max_size=2)
CODES = st.one_of(
    st.builds(
        lambda letters, numbers: Code(letters + ".".join(map(str, numbers))),
        LETTERS,
        st.lists(NUMBERS, max_size=3),
    ),
    st.integers(1, 99).map(lambda n: Code(f"Appendix {n}")),
)
LABELS = st.one_of(
    st.sampled_from(string.ascii_lowercase),
    st.sampled_from(["ii", "iii", "iv", "vi", "xiv", "xxviii", "aa", "bb"]),
)
TAILS = st.tuples(
    st.integers(0, 3), st.sampled_from(["", " note", " note 2", " paragraph 2(a)", " [2]"])
).map(lambda t: (f"•{t[0]}" if t[0] else "") + t[1])
PINPOINTS = st.builds(
    lambda code, labels, tail: code + "".join(f"({label})" for label in labels) + tail,
    CODES,
    st.lists(LABELS, max_size=4),
    TAILS,
)
ODD_PINPOINTS = st.one_of(PINPOINTS, st.text("A1(ab)i •~-_.note2ē[]\n", max_size=12))


@given(CODES)
def test_printed_code_parses_to_itself(code: Code) -> None:
    """A code in an address would lead to another instruction."""
    assert parse_code(code) == code


@given(PINPOINTS)
def test_printed_citation_parses_to_itself(pinpoint: str) -> None:
    """A citation in a letter would not find its clause again."""
    citation = parse_citation(pinpoint)
    assert citation.pinpoint == pinpoint
    assert parse_citation(citation.pinpoint) == citation


@given(
    CODES.filter(lambda c: "." in c),
    st.sampled_from([".", "-", " ", ",", " . "]),
    st.booleans(),
    st.booleans(),
)
def test_sloppy_spelling_never_changes_the_code(code: Code, dot: str, lower: bool, gap: bool) -> None:
    """Slips of spacing and case would answer about another instruction."""
    letters = code.rstrip("0123456789.")
    typed = letters + (" " if gap else "") + code[len(letters) :].replace(".", dot)
    if dot == " . ":
        typed = typed.replace(" . ", " .", 1).replace(" . ", ".")
    assert parse_code(typed.lower() if lower else typed) == code


@given(st.text(max_size=30))
def test_any_text_parses_or_is_refused(text: str) -> None:
    """A strange input would show an error page of ours; and what parses must print back to itself."""
    try:
        citation = parse_citation(text)
    except CitationError:
        assert not looks_like_code(text)
    else:
        assert parse_citation(citation.pinpoint) == citation


@given(ODD_PINPOINTS, ODD_PINPOINTS)
def test_anchors_are_equal_only_for_equal_pinpoints(one: str, other: str) -> None:
    """Two clauses would share one address."""
    assert (anchor(one) == anchor(other)) == (one == other)


@given(st.one_of(ODD_PINPOINTS, st.text(max_size=15)))
def test_anchor_leads_back_to_its_pinpoint(pinpoint: str) -> None:
    """This is what makes anchors injective, and addresses readable by machines."""
    spelt = anchor(pinpoint)
    assert pinpoint_of_anchor(spelt) == pinpoint
    assert set(spelt) <= set(string.ascii_letters + string.digits + ".-_~")


@given(st.lists(CODES, max_size=8))
def test_a_code_sorts_after_its_parent(codes: list[Code]) -> None:
    """A list by code would show sections before their chapter."""
    for code in codes:
        parent = parent_of(code)
        assert parent is None or code_key(parent) < code_key(code)
    assert len({code_key(c) for c in codes}) == len(set(codes))


@given(st.text(max_size=20), st.sets(CODES, max_size=20))
def test_near_codes_exist_and_are_not_the_one_typed(text: str, codes: set[Code]) -> None:
    """An unknown code would be offered as help."""
    near = nearest_codes(text, codes, limit=5)
    assert set(near) <= codes
    assert len(near) <= 5
    assert text not in near


WORDS = st.one_of(
    st.sampled_from(
        ["A16.1", "WA3.15.5(b)", "Appendix 13", "INZ 1025", "E4.1.10of", "http://x/opsmanual/#1.htm"]
    ),
    st.sampled_from(
        ["(a)", "(ii)", " ", ", ", " and ", " to ", "-", ".", " above", " below", "at ", "(see "]
    ),
    st.sampled_from(["section ", "49(1)", " of the Act 2009", "of", "x"]),
)


@given(st.lists(WORDS, max_size=20).map("".join), PINPOINTS)
def test_references_lie_in_the_text_in_order_and_apart(text: str, here: str) -> None:
    """Marking them up would tear the text or lose some of it."""
    refs = find_refs(text, here=here, code=parse_citation(here).code)
    position = 0
    for ref in refs:
        assert position <= ref.start < ref.end <= len(text)
        assert text[ref.start : ref.end] == text[ref.start : ref.end].strip()
        assert ref.target
        position = ref.end
    for ref in resolve_refs(refs, ["A16.1", "A16.1(a)", "A16.1(b)"]):
        assert ref.state != "ambiguous" or len(ref.candidates) > 1


@given(PINPOINTS.filter(lambda p: p[0] != "A" or "•" not in p))
def test_a_citation_in_a_text_is_found_as_it_is_parsed(pinpoint: str) -> None:
    """A reference would lead elsewhere than the same words typed into the search box."""
    shown = pinpoint.partition("•")[0].partition(" note")[0].partition(" paragraph")[0].partition(" [")[0]
    if "." not in shown and not shown.startswith("Appendix"):
        return  # a chapter's code needs more care than its shape
    (ref,) = find_refs(f"as set out in {shown};", here="B1.1", code=Code("B1.1"))
    assert ref.target == parse_citation(shown).pinpoint
    assert all(parse_citation(end).pinpoint == end for end in ends_of(ref.target))
