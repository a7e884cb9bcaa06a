"""A letter against every version: what counts as the same words, what is found, and which verdict it gets."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from email.message import EmailMessage

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from manual.citecheck import Day, days_of, letter_of, read_letter
from manual.citecheck.letter import MOST_CHARACTERS
from manual.citecheck.passages import Pattern, WordAlphabet, readings_of, text_of
from manual.citecheck.quotations import quoted_in, references_in
from manual.citecheck.words import normal
from manual.errors import DayError, SourceError
from manual.model import Block, Code, VersionId
from manual.publisher import INZ

TODAY = date(2026, 9, 1)
BLOCKS = (
    Block(
        kind="paragraph",
        text="The applicant’s employer must hold accreditation for at least 12 months – and pay $29.66 an hour.",
        pinpoint="X1 paragraph 1",
        children=(
            Block(kind="item", label="(a)", text="A spare badge is shown", pinpoint="X1(a)"),
            Block(kind="item", label="(b)", text="and kept for six weeks.", pinpoint="X1(b)"),
        ),
    ),
    Block(
        kind="paragraph",
        text="No officer may admit a child under twenty-five months or 2 million euros before 5 March, and a ship may"
        " not stay for 12 days or must leave within 24 hours.",
        pinpoint="X1 paragraph 2",
    ),
)


def stands(quoted: str) -> tuple[str, ...] | None:
    vocabulary = WordAlphabet()
    text = text_of(Code("X1"), VersionId("v"), "On badges", BLOCKS, vocabulary)
    readings = readings_of(normal(quoted))
    found = (Pattern(reading, vocabulary).stands_in(text) for reading in readings)
    return next(filter(None, found), None)


@pytest.mark.parametrize(
    "quoted",
    [
        "The applicant's employer must hold accreditation for at least 12 months - and pay $29.66 an hour",
        "the applicant´s employer must hold".replace("´", "’"),
        "must hold accreditation for at least\n12 months — and pay",
        "[T]he applicant’s employer must hold",
        "The applicant’s employer … and pay $29.66 an hour.",
        "The applicant’s employer [...] and pay $29.66 an hour",
        "The applicant’s employer must hold [it] for at least 12 months",
        "The applicant’s employer must [sic] hold accreditation",
        "employer[s] must hold accreditation [emphasis added] for at least",
        "and pay $29.66 an hour. (a) A spare badge is shown (b) and kept for six weeks",
        "and pay $29.66 an hour. A spare badge is shown and kept for six weeks",
        "• A spare badge is shown, ".rstrip(", "),
        "must hold accredi-\ntation for at least",
        "and pay $29.66 an hour.\na. A spare badge is shown\nb) and kept for six weeks.",
        "must hold accredi\u00adtation\u202c for\u2009at\u00a0least",
        "employer must hold [a badge] for at least [12] months",
        "The [firm] must hold [it] for at least 12 months",
        "a ship may not … must leave within 24 hours",
        "and kept for [six] weeks",
    ],
)
def test_what_a_letter_may_change(quoted: str) -> None:
    assert stands(quoted)


@pytest.mark.parametrize(
    "quoted",
    [
        "must hold accreditation for at least 13 months",
        "and pay $29.65 an hour",
        "and pay $2.966 an hour",
        "must hold accreditation for at least [13] months",
        "must hold accreditation for at least [fourteen] months",
        "The Applicant’s employer must hold",
        "The applicant’s employer may hold accreditation",
        "The applicant’s employer must, hold accreditation",
        "(b) A spare badge is shown",
        "an hour. b. A spare badge is shown",
        "and pay $29.66 an hour … must hold accreditation",
        "kept for [some] weeks",
        "must hold accreditation for at least 1[3] months",
        "must hold accreditation for at least 12[0] months",
        "and kept for six[ty] weeks",
        "and kept for six[teen] weeks",
        "The applicant’s employer m[ay] hold accreditation",
        "The applicant’s employer [may] hold accreditation",
        "The applicant’s employer must [not] hold accreditation",
        "The applicant’s employ[ee] must hold accreditation",
        "The applicant’s employer must hold accreditation for at least [13]",
        "a ship may … stay for 12 days",
        "a ship may [...] stay for 12 days",
        "a ship may [] stay for 12 days",
        "a ship [will] stay for 12 days",
        "for … 24 hours",
        "stay for … 24 hours",
        "five months or 2 million euros",
        "a child under twenty",
        "months or 2",
        "euros before 5 [April]",
        "must hold accreditation for at least \u202e21\u202c months",
    ],
)
def test_what_is_a_misquotation(quoted: str) -> None:
    assert stands(quoted) is None


def test_the_places_of_the_words_are_told() -> None:
    assert stands("A spare badge is shown and kept for six weeks") == ("X1(a)", "X1(b)")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It says “a b c d e” and so", ["a b c d e"]),
        ('It says "a b c d e" and so', ["a b c d e"]),
        ("It says ‘the applicant’s b c d’ and", ["the applicant’s b c d"]),
        ("It says 'the applicant's b c d' and", ["the applicant's b c d"]),
        ("It says «a b c d» and „e f g“", ["a b c d", "e f g"]),
        ("It says “a b c goes on to the end", ["a b c goes on to the end"]),
        ("It says “a “b c d” e” and ”", ["a “b c d” e"]),
        ('It says “a b c d" and "e f g"', ["a b c d", "e f g"]),
        ("It says »a b c d« and „e f g”", ["a b c d", "e f g"]),
        ('A board 5" by 7" and "a b c d" on it', ["a b c d"]),
        ("The applicant’s form and the officers’ note", []),
        ("A “visa” is", []),
    ],
)
def test_quotations_in_marks_of_all_kinds(text: str, found: list[str]) -> None:
    letter = letter_of([(text, False)], "letter")
    assert [letter.text[q.start : q.end] for q in quoted_in(letter)] == found


def test_paragraphs_set_in_are_quotations() -> None:
    letter = read_letter(
        b"It says:\n\n    One two three four\n    five six.\n\n    Seven eight nine.\n\nSo be it.\n\n"
        b"> ten eleven twelve\n",
        "l.txt",
    )
    assert [letter.text[q.start : q.end] for q in quoted_in(letter)] == [
        "One two three four five six.\nSeven eight nine.",
        "ten eleven twelve",
    ]


def quoted_in_text(text: str) -> list[str]:
    letter = read_letter(text.encode(), "l.txt")
    return [letter.text[q.start : q.end] for q in quoted_in(letter)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It says “one of:\n(a) two three; or\n(b) four.” So.", ["one of:\n(a) two three; or\n(b) four."]),
        ('It says "one of:\n\n(a) two three" So.', ["one of:\n(a) two three"]),
        ("“one two three\n\n“four five six\n\nend", ["one two three", "four five six"]),
        ('"one two three\n\n"four five six"\n\nend', ["one two three", "four five six"]),
    ],
)
def test_a_quotation_goes_on_over_clauses(text: str, found: list[str]) -> None:
    assert quoted_in_text(text) == found


def test_a_letter_in_a_reply_is_no_quotation_but_holds_some() -> None:
    reply = "> Dear you\n>\n> > It says “one two three four five” there\n"
    assert quoted_in_text(reply) == ["one two three four five"]
    assert quoted_in_text("> " + "word " * 500) == []


@pytest.mark.parametrize("part", [" 'a", "“", "ab[s] ", "[", "…x", '"', "‘b ", "J1.1(a)", "a", "[it] the "])
def test_no_letter_takes_more_time_than_its_length(part: str) -> None:
    """Each would take hours if a pattern went back over it."""
    text = "A “b c d e " + part * (MOST_CHARACTERS // len(part) // 16)
    letter = letter_of([(text, False)], "l")
    references_in(letter, INZ)
    for quoted in quoted_in(letter):
        stands(letter.text[quoted.start : quoted.end])


# ---------------------------------------------------------------- letters in every form


def docx() -> bytes:
    document = Document()
    document.add_paragraph("It says:")
    document.add_paragraph("One two three four five", style="Quote")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def odt() -> bytes:
    out = io.BytesIO()
    content = (
        '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text><text:p>It says:</text:p>'
        '<text:p text:style-name="Quotations">One two <text:span>three</text:span> four five</text:p>'
        "</o:text></o:body></o:document-content>"
    )
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("content.xml", content)
    return out.getvalue()


def pdf() -> bytes:
    typst = pytest.importorskip("typst")
    made = typst.compile(b"It says:\n\n#pad(left: 3em)[One two three four five]\n\nSo be it.")
    return bytes(made)


def mail() -> bytes:
    message = EmailMessage()
    message.set_content("It says:\n\n> One two three four five\n")
    return bytes(message)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("l.docx", docx()),
        ("l.odt", odt()),
        ("l.pdf", pdf()),
        ("l.eml", mail()),
        ("l.txt", "It says:\n\n    One two three four five".encode("utf-16")),
    ],
)
def test_forms_of_letters(name: str, data: bytes) -> None:
    letter = read_letter(data, name)
    assert [letter.text[p.start : p.end] for p in letter.paragraphs if p.quoted] == [
        "One two three four five"
    ]


def test_all_of_a_docx_is_read_but_what_was_struck() -> None:
    document = Document()
    made = document.add_paragraph("It\tsays ")
    for part in (
        '<w:ins {} w:id="1"><w:r><w:t>new</w:t></w:r></w:ins>',
        '<w:del {} w:id="2"><w:r><w:delText>old</w:delText></w:r></w:del>',
    ):
        made._p.append(parse_xml(part.format(nsdecls("w"))))
    field = "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>in a field</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(field.format(nsdecls("w"))))
    document.add_table(1, 1).cell(0, 0).text = "in a table"
    out = io.BytesIO()
    document.save(out)
    assert read_letter(out.getvalue(), "l.docx").text == "in a field\nIt says new\nin a table"


def test_all_of_a_mail_in_html_is_read() -> None:
    message = EmailMessage()
    message.set_content(
        "<style>x</style>loose<br>words<div>one <b>two</b><p>three</p>four</div>"
        "<blockquote>five <p>six</p></blockquote>",
        subtype="html",
    )
    letter = read_letter(bytes(message), "l.eml")
    assert letter.text == "loose words\none two\nthree\nfour\nfive\nsix"
    assert [p.quoted for p in letter.paragraphs] == [False] * 4 + [True] * 2


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("l.txt", b"", "no words"),
        ("l.txt", b"\x00\x01\x02", "no text"),
        ("l.docx", b"PK\x03\x04 broken", "can't be read"),
        ("l.pdf", b"%PDF-1.7 broken", "damaged"),
        ("l.txt", b"word " * (MOST_CHARACTERS // 5 + 1), "characters"),
        ("l.eml", b"Content-Type: image/png\n\nx", "without text"),
    ],
)
def test_what_is_no_letter_is_refused_in_words(name: str, data: bytes, found: str) -> None:
    with pytest.raises(SourceError, match=found):
        read_letter(data, name)


def test_named_days() -> None:
    days = days_of(date(2024, 1, 1), ["decision=2025-05-02"], TODAY)
    assert days == (Day("", date(2024, 1, 1)), Day("decision", date(2025, 5, 2)))
    for wrong in (
        ["2025-05-02", "=2025-05-02"],
        ["a=2025-05-02", "A=2025-05-03"],
        ["a="],
        [f"{n}=2025-05-02" for n in range(9)],
    ):
        with pytest.raises(DayError):
            days_of(None, wrong, TODAY)
