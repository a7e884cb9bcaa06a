"""Words of a text, against Whoosh's chain run over the whole text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from soak import examples

from indexer.analysis import ANALYZER, COMMON, fold, folded_words, plain, term_of
from indexer.contents import Lexicon

PIECES = [
    "Māori",
    "Ma\u0304ori",
    "applicant’s",
    "applicants'",
    "WA3.15.5(b)",
    "4.5",
    "e.g.",
    "visa.The",
    "self-employed",
    "$25,000",
    "1,2,345",
    "Hawaiʻi",
]
TEXTS = st.lists(st.sampled_from([*PIECES, " ", ", ", "\n"]), max_size=20).map("".join) | st.text(max_size=60)


@given(TEXTS)
@examples(200)
def test_remembered_words_are_those_of_whooshs_chain(text: str) -> None:
    """The chain is the definition; remembering each printed word must change nothing."""
    expected = [token.text for token in ANALYZER(plain(text))]
    assert folded_words(text) == expected
    lexicon = Lexicon()
    numbers, gaps = lexicon.read(text)
    names = list(lexicon.folded.numbers)
    assert [names[number] for number in numbers] == expected
    assert all(gap >= 0 for gap in gaps)
    assert sum(gaps) <= len(plain(text))


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Māori", "maori"),
        ("applicant’s", "applicant"),
        ("applicants'", "applicants"),
        ("WA3.15.5", "wa3.15.5"),
        ("É", "e"),
        ("$25,000", "25000"),
        ("25,000.00", "25000"),
        ("1,400,000.50,", "1400000.50"),
        ("Hawaiʻi", "hawaii"),
        ("ʻUiha", "uiha"),
        ("O’Brien", "obrien"),
    ],
)
def test_printed_word_is_folded(printed: str, folded: str) -> None:
    """Case, accents and possessives must not hide a word."""
    assert folded_words(printed) == [folded]
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("added", "add", True),
        ("adding", "add", True),
        ("international", "intern", False),
        ("policies", "policy", True),
        ("university", "universal", False),
        ("organization", "organisations", True),
        ("license", "licences", True),
        ("licensing", "licence", True),
        ("practising", "practice", True),
        ("labor", "labour", True),
        ("labor", "laboratory", False),
        ("children", "child", True),
        ("people", "person", True),
        ("wives", "wife", True),
        ("check", "cheque", False),
    ],
)
def test_forms_of_a_word_have_one_stem_and_other_words_another(one: str, other: str, same: bool) -> None:
    """A search for interns would find everything international, and one for "add" nothing that was added."""
    assert (term_of(one) == term_of(other)) is same


def test_threads_do_not_disturb_each_others_stems() -> None:
    """A stemmer works on one word at a time; shared by threads it would index words under wrong stems."""
    term_of.cache_clear()
    words = [f"{'internationalis' * (n % 2)}requirement{chr(97 + n % 26)}ing" for n in range(400)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(term_of.__wrapped__, words * 5))
    assert found == [term_of(word) for word in words] * 5


def test_only_words_are_stemmed() -> None:
    """A stemmed code would be another code."""
    assert term_of("accredited") == term_of("accreditation")
    assert term_of("wa3.15.5") == "wa3.15.5"
    assert term_of("a" * 50 + "ing") == "a" * 50 + "ing"
    assert "the" in COMMON
    assert "visa" not in COMMON
