"""Bytes that are no page, pages that are broken, and limits: a clear error or a finding, never a crash."""

from __future__ import annotations

import contextlib

import pytest
from effort import calls_of
from hypothesis import given
from hypothesis import strategies as st
from soak import examples

from manual.errors import LimitExceeded, ManualError, ParseError
from manual.model import ParsedPage, Sha256, SitePath
from manual.parse import MAX_NESTING, MAX_PAGE_BYTES, decode, parse_capture
from manual.parse.addresses import site_path_of_link

SHA = Sha256("sha256:" + "0" * 64)
START = b'<html><head><title>ZA1.1 Odd</title></head><body><p class="heading4" id="t1">ZA1.1 Odd</p>'


def parse(data: bytes, media: str = "html") -> ParsedPage:
    return parse_capture(
        data, media=media, site_path=SitePath("opsmanual/90001"), sha256=SHA, filename="odd.htm"
    )


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"{\\rtf1\\ansi ZA1.1 Odd}", "RTF"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (bytes(range(256)) * 8, "binary"),
        (b"ZA1.1 Odd\x00\x00\x00\x00 text", "binary"),
    ],
)
@pytest.mark.parametrize("media", ["html", "text"])
def test_what_is_no_page_is_refused_with_its_name(data: bytes, word: str, media: str) -> None:
    """Read as text, it would fill the knowledge base with noise; the message must say which file and what to do."""
    with pytest.raises(ParseError, match=word) as caught:
        parse(data, media)
    assert "odd.htm" in str(caught.value)


def test_page_without_a_word_is_refused() -> None:
    """An empty frame read as a page would look like an instruction whose text was deleted."""
    with pytest.raises(ParseError, match="without a word"):
        parse_capture(b"<html><body><p> </p></body></html>", media="html", site_path=None, sha256=SHA)


def test_too_many_bytes_are_refused_before_anything_is_read() -> None:
    """A page of 50 MB would take minutes and gigabytes."""
    page = START + b"x" * MAX_PAGE_BYTES

    def refused() -> None:
        with pytest.raises(LimitExceeded, match="at most"):
            parse(page)

    assert calls_of(refused) < 1_000


@pytest.mark.parametrize(
    "piece", [b"<ol><li>x", b"<b>x", b"<div>", b"<table><tr><td>", b"<font size=1>", b"<p><i>x"]
)
def test_nesting_beyond_the_limit_is_refused_quickly(piece: bytes) -> None:
    """10,000 lists within lists must end neither in a crash of the interpreter nor in minutes of work."""
    page = START + piece * 10_000

    def refused() -> None:
        with pytest.raises(LimitExceeded, match=str(MAX_NESTING)):
            parse(page)

    assert calls_of(refused) < 10_000


def test_nesting_within_the_limit_is_read() -> None:
    """A limit that real pages could meet would lose them."""
    parsed = parse(
        START + b"<ol><li>x" * 60 + b"</li></ol>" * 60 + b'<p class="effectivedate">Effective 01/01/2020</p>'
    )
    depth, block = 0, parsed.blocks[0]
    while block.children:
        depth, block = depth + 1, block.children[0]
    assert depth == 59


def test_many_unclosed_items_are_no_nesting() -> None:
    """Unclosed items are common in old pages and close each other."""
    parsed = parse(START + b"<ol>" + b"<li>x" * 1000 + b"</ol>")
    assert len(parsed.blocks) == 1000
    assert parsed.blocks[-1].pinpoint == "ZA1.1(all)"


@pytest.mark.parametrize(
    ("data", "text", "encoding", "findings"),
    [
        ("\ufeffcafé".encode(), "café", "utf-8", []),
        ("café".encode("utf-16"), "café", "utf-16-le", []),
        ("café".encode(), "café", "utf-8", []),
        ("café – “x”".encode("cp1252"), "café – “x”", "cp1252", []),
        (b"<meta charset=utf-8>caf\xe9", "<meta charset=utf-8>café", "cp1252", ["encoding_wrong"]),
        (
            "<meta charset=iso-8859-1>café".encode(),
            "<meta charset=iso-8859-1>café",
            "utf-8",
            ["encoding_wrong"],
        ),
        ("<meta charset=iso-8859-1>café–".encode("cp1252"), "<meta charset=iso-8859-1>café–", "cp1252", []),
        ("<meta charset=shift_jis>船".encode("shift_jis"), "<meta charset=shift_jis>船", "shift_jis", []),
        (b"<meta charset=unheard-of>caf\xe9", "<meta charset=unheard-of>café", "cp1252", []),
        (b"\xef\xbb\xbfcaf\xe9", "café", "utf-8", ["encoding_wrong"]),
        (b"a\x81b", "a\ufffdb", "cp1252", ["undecodable"]),
        ("Māori – “x”".encode().decode("latin-1").encode(), "Māori – “x”", "utf-8", ["encoding_wrong"]),
        ("Ã–B â Â£5 Māori".encode(), "Ã–B â Â£5 Māori", "utf-8", []),
        (b"a\r\nb\rc", "a\nb\nc", "utf-8", []),
    ],
)
def test_encoding_is_found_by_mark_then_declaration_then_trial(
    data: bytes, text: str, encoding: str, findings: list[str]
) -> None:
    """A wrong encoding turns dashes and quotes of the whole page into noise that looks like an amendment."""
    got, name, found = decode(data)
    assert (got, name, [finding.kind for finding in found]) == (text, encoding, findings)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("77177.htm", "opsmanual/77177"),
        ("77177.HTM#h12", "opsmanual/77177"),
        ("./77177.html", "opsmanual/77177"),
        ("../opsmanual-archive/4783.HTM", "opsmanual-archive/4783"),
        ("/opsmanual/77177.htm", "opsmanual/77177"),
        ("https://www.immigration.govt.nz/opsmanual/77177.htm", "opsmanual/77177"),
        ("http://example.org/opsmanual/#46513.htm", "opsmanual/46513"),
        ("#46513.htm", "opsmanual/46513"),
        ("#top", None),
        ("#h123", None),
        ("https://example.org/77177.htm", None),
        ("javascript:alert('77177.htm')", None),
        ("mailto:x@example.org", None),
        ("", None),
        ("7" * 600 + ".htm", None),
    ],
)
def test_links_lead_to_site_paths_or_nowhere(href: str, expected: str | None) -> None:
    """A link outside the manual taken for a page of it would join two unrelated versions."""
    assert site_path_of_link(href, "opsmanual") == expected


def test_findings_carry_capture_and_code() -> None:
    """A finding that can't be traced to its page can't be acted on."""
    parsed = parse(
        START + b'<ol><li>x</li></ol><p class="effectivedate">Effective 31/02/2020</p></body></html>'
    )
    assert [(f.kind, f.code, f.capture) for f in parsed.findings] == [("malformed_date", "ZA1.1", SHA)]


def test_text_that_was_lost_has_no_digest() -> None:
    """Hashing an empty extraction as a text makes the real text look like an amendment later."""
    parsed = parse(START + b'<p class="effectivedate">Effective 01/01/2020</p></body></html>')
    assert parsed.statements[0].text_digest == ""
    assert [f.kind for f in parsed.findings] == ["no_text"]


def test_renumbered_text_keeps_its_digest_and_an_amended_one_does_not() -> None:
    """The digest is how a text is known again under another code."""

    def digest(code: str, words: str) -> str:
        page = (
            f'<p class="heading4" id="t1">{code} Title</p><ol><li>{words} as in {code}(b).</li></ol></body>'
        )
        return parse(page.encode()).statements[0].text_digest

    assert digest("ZA1.1", "A boat’s hull") == digest("ZB2.5", "a BOAT's  hull")
    assert digest("ZA1.1", "A boat") != digest("ZA1.1", "A raft")


@examples(150)
@given(st.binary(max_size=400))
def test_no_bytes_crash_the_parser(data: bytes) -> None:
    """Whatever someone drops into a folder: a page, or one of our own errors."""
    for media in ("html", "text"):
        for page in (data, START + data):
            with contextlib.suppress(ManualError):
                parse(page, media)


@examples(150)
@given(st.text(alphabet="<>/&;=\"' abdlopt123#\n(.)ZA-", max_size=300))
def test_no_markup_crashes_the_parser(text: str) -> None:
    """The same for text that is nearly HTML."""
    with contextlib.suppress(ManualError):
        parse(START + text.encode())
