"""A letter as PDF."""

from __future__ import annotations

import pytest
from small_pdf import small_pdf

from manual.citecheck import read_letter
from manual.citecheck.letter import MOST_PAGES
from manual.errors import SourceError


def test_pdf_is_read_over_the_ends_of_pages_with_all_its_words() -> None:
    """A quotation that is cut in two, or has lost a word to a line through it, would be found to differ."""
    letter = read_letter(small_pdf(["It says:", "", "One two ~three~"], ["four five", "", "End."]), "l.pdf")
    assert letter.text == "It says:\nOne two three four five\nEnd."


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (small_pdf([]), "without text"),
        (small_pdf(*[["A page."]] * (MOST_PAGES + 1)), "301 pages"),
    ],
)
def test_pdf_that_is_no_letter_is_refused_with_advice_for_a_letter(data: bytes, found: str) -> None:
    """The advice for a page of the manual would be no help."""
    with pytest.raises(SourceError, match=rf"{found}.*Save the letter as text"):
        read_letter(data, "l.pdf")
