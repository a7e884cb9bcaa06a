"""PDF as a source: its words, those struck out told from the others, and what can't be read refused in words."""

from __future__ import annotations

import io

import pytest
from small_pdf import small_pdf

from manual.errors import LimitExceeded, ParseError
from manual.model import ParsedPage, Sha256, SitePath, Work
from manual.parse import parse_capture, pdf, pdf_text

HEAD = ["ZA1.1 Kites", ""]
FOOT = ["", "Effective 01/02/2020"]


def read(data: bytes, place: str | None = "opsmanual/1") -> ParsedPage:
    return parse_capture(
        data,
        media="pdf",
        site_path=SitePath(place) if place else None,
        sha256=Sha256("sha256:0"),
        filename="x.pdf",
    )


def words_of(page: ParsedPage) -> str:
    return " ".join(block.text for top in page.blocks for block in top.walk())


def test_pdf_gives_the_text_and_the_dates_of_its_page() -> None:
    """If it failed, the only source of many texts could not be taken in."""
    page = read(small_pdf([*HEAD, "A kite flies on a string.", "A string is made of hemp.", *FOOT]))
    assert (page.code, page.title) == ("ZA1.1", "Kites")
    assert "A kite flies on a string." in words_of(page)
    [said] = [st for st in page.statements if st.kind == "page"]
    assert [claim.day.isoformat() for claim in said.starts] == ["2020-02-01"]
    assert said.text_digest
    assert page.findings == ()


def test_struck_words_are_left_out_and_said_and_inserted_ones_are_text() -> None:
    """If it failed, an amending paper would print the old and the new words as one text."""
    page = read(small_pdf([*HEAD, "A kite ~must~_may_ fly on a ~thin ~string.", *FOOT]))
    assert "A kite may fly on a string." in words_of(page)
    [finding] = page.findings
    assert (finding.kind, "'must thin'" in finding.message) == ("struck_words", True)


@pytest.mark.parametrize("mark", ["^", "!"])
def test_where_nobody_can_say_what_is_struck_the_page_gives_dates_and_no_text(mark: str) -> None:
    """If it failed, words that were taken out could stand as law."""
    page = read(small_pdf([*HEAD, f"A kite {mark}must{mark} fly on a string.", *FOOT]))
    assert page.blocks == ()
    [said] = [st for st in page.statements if st.kind == "page"]
    assert (said.text_digest, said.text_damaged, len(said.starts)) == ("", True, 1)
    assert [finding.kind for finding in page.findings] == ["markup_unclear"]


def test_lines_of_a_table_strike_nothing_out() -> None:
    """If it failed, a table's borders would take its words away."""
    page = read(small_pdf([*HEAD, "A kite flies._                  _", *FOOT]))
    assert "A kite flies." in words_of(page)


def test_pdf_without_text_is_refused_in_words() -> None:
    """If it failed, a scan would be a page of the manual without a word."""
    with pytest.raises(ParseError, match=r"without text \(2 pages of pictures\).*It is kept"):
        read(small_pdf([], []))


def test_pdf_that_needs_a_password_and_a_broken_one_are_refused_in_words() -> None:
    """If it failed, a traceback would stand where a person looks for what to do."""
    pikepdf = pytest.importorskip("pikepdf")
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf([*HEAD, "A kite flies.", *FOOT]))) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ParseError, match="needs a password"):
        read(locked.getvalue())
    with pytest.raises(ParseError, match="PDF"):
        read(b"%PDF-1.7 nothing startxref 0")


def test_pdf_of_something_else_is_no_instruction() -> None:
    """If it failed, any leaflet would be filed under the manual."""
    page = read(small_pdf(["A leaflet on kites", "", "Kites are for sale."]), None)
    assert page.kind == "notice"
    assert all(Work.of(said.code).scheme == "notice" for said in page.statements)


def test_letters_set_close_keep_the_space_between_them() -> None:
    """If it failed, "at A1" would become one word, and no reference be found in it."""
    loose, close = b"(at A1      ) Tj", b"[(at )580(A1)]TJ"
    data = small_pdf([*HEAD, "at A1      ", "", "A string is made of hemp.", *FOOT])
    assert loose in data
    assert words_of(read(data.replace(loose, close))).startswith("at A1 ")


def test_pdf_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed, a small file could keep a load busy for hours."""
    monkeypatch.setattr(pdf, "MAX_PDF_BYTES", 100)
    with pytest.raises(LimitExceeded):
        read(small_pdf([*HEAD]))
    with pytest.raises(pdf_text.Unusable, match="3 pages"):
        pdf_text.text_of_pdf(small_pdf(["a"], ["b"], ["c"]), 2, marked=True)
    monkeypatch.setattr(pdf_text, "MOST_MARKS", 5)
    with pytest.raises(pdf_text.Unusable, match="on one page"):
        pdf_text.text_of_pdf(small_pdf(["more than five"]), 2, marked=True)
