"""What people type, as a tree."""

from __future__ import annotations

import random
from datetime import date
from functools import partial

import pytest
from effort import calls_of
from hypothesis import given
from hypothesis import strategies as st
from soak import examples

from indexer.language import LONGEST_QUERY, MOST_WORDS, parse
from indexer.tree import (
    All,
    Began,
    Cited,
    CodeLike,
    Either,
    Ended,
    Fuzzy,
    KindIs,
    Near,
    Node,
    Not,
    OneOf,
    PartIs,
    Phrase,
    Prefix,
    Ranked,
    StatusIs,
    Word,
    children,
    sought,
)
from manual.model import Code

CODES = {Code(code) for code in ("A16.1", "WA4.10", "WA3.15", "WA", "R5", "A5", "Appendix 13")}
A, B, C = Word("alpha"), Word("beta"), Word("gamma")


SECTION = OneOf(("section", "61"), (("section", "61"), ("s", "61"), ("ss", "61"), ("s61",)))
FORM = OneOf(("inz", "1025"), (("inz", "1025"), ("inz1025",)))


def compound(*parts: str) -> OneOf:
    return OneOf(parts, (parts, ("".join(parts),)))


def cited(code: str, pinpoint: str = "") -> Cited:
    return Cited(Code(code), pinpoint or code)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("alpha", A),
        ("alpha beta", Ranked((A, B))),
        ("Alpha  BETA", Ranked((A, B))),
        ("+alpha -beta gamma", Ranked((C,), (A,), (B,))),
        ("alpha AND beta", All((A, B))),
        ("alpha OR beta", Either((A, B))),
        ("alpha AND beta OR gamma", Either((All((A, B)), C))),
        ("alpha beta OR gamma", Ranked((A, Either((B, C))))),
        ("alpha AND (beta OR gamma)", All((A, Either((B, C))))),
        ("alpha NOT beta", Ranked((A,), (), (B,))),
        ("alpha AND NOT beta", All((A, Not(B)))),
        ("(alpha -beta) gamma", Ranked((Ranked((A,), (), (B,)), C))),
        ('"alpha beta"', Phrase(("alpha", "beta"))),
        ("“alpha beta”", Phrase(("alpha", "beta"))),
        ('"job offer"~5', Near(("job", "offer"), 5)),
        ("accredit*", Prefix("accredit")),
        ("acredited~", Fuzzy("acredited")),
        (
            "title:alpha",
            Ranked((), (Word("alpha", title_only=True),)) if False else Word("alpha", title_only=True),
        ),
        ("title:alpha beta", Ranked((B,), (Word("alpha", title_only=True),))),
        ('title:"alpha beta" gamma', Ranked((C,), (Phrase(("alpha", "beta"), title_only=True),))),
        ("code:WA*", CodeLike("WA", True)),
        ("code:wa4", CodeLike("WA4", False)),
        ('part:"Work visas"', PartIs("Work visas")),
        ("kind:section", KindIs("section")),
        ("status:ended", StatusIs("ended")),
        ("STATUS:In-Force", StatusIs("in_force")),
        ("began:2024..", Began(date(2024, 1, 1), None)),
        ("ended:..2023", Ended(None, date(2024, 1, 1))),
        ("began:2023-05..2024-06-30", Began(date(2023, 5, 1), date(2024, 7, 1))),
        ("began:2024-12", Began(date(2024, 12, 1), date(2025, 1, 1))),
        ("self-employed", compound("self", "employed")),
        ("selfemployed", compound("self", "employed")),
        ("Self Employed", compound("self", "employed")),
        ("+full-time", compound("full", "time")),
        ("visa-free", compound("visa", "free")),
        ("in-and-out", compound("in", "and", "out")),
        ("visa free", Ranked((Word("visa"), Word("free")))),
        ("full-tim*", Ranked((Word("full"), Prefix("tim")))),
        ("s 61", SECTION),
        ("S61", SECTION),
        ("section 61", SECTION),
        ("sec. 61", SECTION),
        ("$25,000", Word("25000")),
        ("25000", Word("25000")),
        ("29.66", Word("29.66")),
        ("30 hours", Near(("30", "hours"), 3)),
        ("12-month", Near(("12", "month"), 3)),
        ("INZ1025", FORM),
        ("inz 1025", FORM),
        ("Hawaiʻi O’Brien", Ranked((Word("hawaii"), Word("obrien")))),
        ("Māori wānanga", Ranked((Word("maori"), Word("wananga")))),
        ("Ma\u0304ori", Word("maori")),
        ("the visa", Word("visa")),
        ("what is the", Ranked((Word("what"), Word("is"), Word("the")))),
        ("+the visa", Ranked((Word("visa"),), (Word("the"),))),
    ],
)
def test_query_is_read_as(query: str, tree: Node) -> None:
    """Each form of the language means what the help says."""
    parsed = parse(query, CODES)
    found = parsed.tree
    if isinstance(found, Ranked) and not found.should and len(found.must) == 1 and not found.must_not:
        found = found.must[0]
    if isinstance(found, Ranked) and len(found.should) == 1 and not found.must and not found.must_not:
        found = found.should[0]
    assert found == tree
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("query", "leaf"),
    [
        ("A16.1", cited("A16.1")),
        ("a16.1", cited("A16.1")),
        ("A 16.1", cited("A16.1")),
        ("A16-1", cited("A16.1")),
        ("wa4 10", cited("WA4.10")),
        ("wa4 10(f)", cited("WA4.10", "WA4.10(f)")),
        ("WA3.15.5 (b)", cited("WA3.15.5", "WA3.15.5(b)")),
        ("appendix 13", cited("Appendix 13")),
        ("Appendix13", cited("Appendix 13")),
        ("WA", cited("WA")),
        ("r5", cited("R5")),
        ("A99.9", cited("A99.9")),
    ],
)
def test_code_is_understood_however_typed_and_wherever(query: str, leaf: Cited) -> None:
    """An officer who types a code must land on it, with whatever stands around it."""
    for text in (
        query,
        f"{query} partner",
        f"partner {query}",
        f"({query}) OR partner",
        f"partner, {query}, income",
    ):
        parsed = parse(text, CODES)
        assert parsed.code == leaf.code, text
        assert parsed.tree is not None
        assert leaf in list(sought(parsed.tree)), text


@pytest.mark.parametrize(
    "query",
    [
        "a 5 year visa",
        "A 5 year visa",
        "is 4.5 enough",
        "section 61",
        "s 72(1)",
        "INZ 1025",
        "we 2",
        "a visa",
        "in 2010",
    ],
)
def test_words_that_only_look_like_a_code_stay_words(query: str) -> None:
    """A guessed code would push what was asked for off the page."""
    assert parse(query, CODES).code is None


@pytest.mark.parametrize(
    "query",
    [
        '"sufficient funds', "(partner income", "partner) income", "partner AND", "OR partner", "NOT", "part:",
        'part:""', "title: ", "on:someday", "on:2024-13-01", "status:sleeping", "began:..", "began:soon", "code:*",
        "((((partner))", "partner AND OR income", "title:on:2024",
    ],
)  # fmt: skip
def test_broken_syntax_is_searched_as_plain_words_and_says_so(query: str) -> None:
    """An error page for a forgotten quotation mark helps nobody."""
    parsed = parse(query, CODES)
    if parsed.notes:
        leaves = list(sought(parsed.tree)) if parsed.tree is not None else []
        assert all(isinstance(leaf, Word | Cited) for leaf in leaves)
    else:
        assert query in ("part:", "title: ")
    words = {leaf.folded for leaf in sought(parsed.tree) if isinstance(leaf, Word)} if parsed.tree else set()
    for word in ("partner", "income", "funds", "someday", "sleeping"):
        assert (word in query) == (word in words)


@pytest.mark.parametrize(
    "query", ["-child", "NOT child", "NOT a AND NOT b", "-a -b", "(-a)", "+(-a)", "NOT (-a)  -b"]
)
def test_query_that_asks_for_nothing_finds_nothing_and_says_so(query: str) -> None:
    """Everything that lacks a word is nearly the whole manual, and nobody meant it."""
    parsed = parse(query, CODES)
    if query.startswith("NOT ("):
        assert parsed.tree is not None
    else:
        assert parsed.tree is None
        assert "Nothing was searched" in parsed.notes[-1]


def test_day_in_the_query_is_read_in_each_form() -> None:
    """`on:` is how an adviser writes a link to an answer."""
    for text in ("on:2024-08-15", "on:15/8/2024", 'on:"15 August 2024"'):
        parsed = parse(f"partner {text}", CODES)
        assert parsed.on == date(2024, 8, 15)
        assert list(sought(parsed.tree or A)) == [Word("partner")]


def test_very_long_query_is_cut_and_says_so() -> None:
    """Ten thousand characters of garbage must not cost more than a query."""
    rng = random.Random(1)
    garbage = "".join(rng.choice('ab c"()+-:*~.1AND OR\u0101\n') for _ in range(10_000))
    letters = "ab cd " * 2000
    brackets = "(" * 10_000
    for text in (
        garbage,
        letters,
        brackets,
        '"' * 10_000,
        "-" * 10_000,
        "a:" * 5000,
        "A1." * 3000,
        "1 " * 5000,
    ):
        parse(text, CODES)
        assert calls_of(partial(parse, text, CODES)) < 100_000
        parsed = parse(text, CODES)
        assert any(str(LONGEST_QUERY) in note for note in parsed.notes)
        assert parsed.tree is None or len(list(sought(parsed.tree))) <= 2 * MOST_WORDS


ALPHABET = st.sampled_from(
    [*'ab "()+-:*~.…"\'1/’“”\0\n', "AND ", " OR ", " NOT ", "title:", "on:", "code:", "A16.1", "ended:", ".."]
)


@given(st.lists(ALPHABET, max_size=40).map("".join) | st.text(max_size=60))
@examples(200)
def test_any_text_at_all_is_read_without_an_error(query: str) -> None:
    """Never an error, whatever is pasted into the box; and never a tree that asks only for what is absent."""
    parsed = parse(query, CODES)
    assert not isinstance(parsed.tree, Not)
    if parsed.tree is not None:
        assert _depth(parsed.tree) < 60
    for start, end, folded in parsed.words:
        assert parsed.text[start:end]
        assert folded is not None


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, children(node)), default=0)
