"""Bytes to text: byte order mark, then the declared encoding, then strict UTF-8, else cp1252.

Two exceptions, with findings, since neither happens by chance. Bytes that declare a one-byte encoding but are valid
UTF-8 with characters outside ASCII are read as UTF-8: saved pages often declare the wrong encoding. A text whose
characters, as bytes of cp1252, are valid UTF-8 again was encoded twice.
"""

from __future__ import annotations

import codecs
import re

from manual.errors import LimitExceeded, ParseError
from manual.model import Finding

MAX_PAGE_BYTES = 8 * 1024 * 1024
"""A larger page is refused: the largest real one, the table of contents, has 316 KB."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# <meta charset="utf-8">  <meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_ONE_BYTE = frozenset({"iso8859-1", "cp1252", "ascii", "iso8859-15"})

_FORMATS = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or sound file"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"bplist0", "a property list"),
    (b"\x00\x00\x00", "a binary file"),
)
# UTF-8 of letters with accents or macrons, dashes and quotes, read as cp1252: two or three characters for each
_TWICE = re.compile("[ÂÃÄÅ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[\x80-\x82€‚„†]")
_TIMES = 2
"""Encodings too many that are taken back."""
_BYTES_WITHOUT_A_CHARACTER = "manual.parse.decode.bytes"
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})


def refuse_what_is_no_page(data: bytes, name: str) -> None:
    """Raises LimitExceeded for too many bytes, ParseError for none, for binary data, images, PDF and the like."""
    wanted = "a page saved as HTML, or its text"
    if len(data) > MAX_PAGE_BYTES:
        limit = f"at most {MAX_PAGE_BYTES:,} bytes"
        raise LimitExceeded(name, f"a page of {len(data):,} bytes", limit, "Save the single topic page.")
    if not data.strip(b" \t\r\n\f\x00\xef\xbb\xbf"):
        raise ParseError(name, "an empty file", wanted, "Save the page again.")
    for magic, what in _FORMATS:
        if data.lstrip().startswith(magic):
            raise ParseError(name, what, wanted, "Open the topic in a browser and save that page.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if data.count(0) > 2 or controls * 200 > len(data):  # wherever they stand: a form may begin with words
        raise ParseError(name, "binary data", wanted, "Open the topic in a browser and save that page.")


def decode(data: bytes) -> tuple[str, str, tuple[Finding, ...]]:
    """The text, the name of the encoding used, and what was wrong with the declaration.

    Never raises: a byte that no rule explains becomes U+FFFD, with a finding. Line ends become `\\n`.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            text, findings = _with_mark(data[len(mark) :], name)
            break
    else:
        text, name, findings = _without_mark(data)
    for _ in range(_TIMES):
        once = _encoded_once(text)
        if once is None:
            break
        text = once
        twice = Finding("info", "encoding_wrong", "the page's characters were encoded twice")
        findings = (*(found for found in findings if found != twice), twice)
    return _lines(text), name, findings


def _encoded_once(text: str) -> str | None:
    """The text without an encoding too many; None if it has none."""
    if _TWICE.search(text) is None:
        return None
    try:
        return text.encode("cp1252", _BYTES_WITHOUT_A_CHARACTER).decode("utf-8")
    except UnicodeError:
        return None


def _as_its_byte(problem: UnicodeError) -> tuple[bytes, int]:
    """Of the five bytes that cp1252 leaves out, the control character of that number."""
    assert isinstance(problem, UnicodeEncodeError)
    wrong = problem.object[problem.start : problem.end]
    if any(not 0x80 <= ord(char) < 0xA0 for char in wrong):
        raise problem
    return bytes(map(ord, wrong)), problem.end


codecs.register_error(_BYTES_WITHOUT_A_CHARACTER, _as_its_byte)


def _with_mark(data: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    try:
        return data.decode(name), ()
    except UnicodeDecodeError as problem:
        message = f"byte {problem.start} is not {name}, although the page's byte order mark says so"
        if name == "utf-8":
            return data.decode("cp1252", "replace"), (Finding("warning", "encoding_wrong", message),)
        return data.decode(name, "replace"), (Finding("warning", "encoding_wrong", message),)


def _without_mark(data: bytes) -> tuple[str, str, tuple[Finding, ...]]:
    declared = _declared(data)
    as_utf8 = _strictly(data, "utf-8")
    if as_utf8 is not None and (declared in (None, "utf-8") or data.isascii()):
        return as_utf8, "utf-8", ()
    if as_utf8 is not None and declared in _ONE_BYTE:
        message = f"the page declares {declared} and is UTF-8"
        return as_utf8, "utf-8", (Finding("info", "encoding_wrong", message),)
    if declared and declared not in (*_ONE_BYTE, "utf-8"):
        text = _strictly(data, declared)
        if text is not None:
            return text, declared, ()
    if declared in _ONE_BYTE or declared is None:
        findings: tuple[Finding, ...] = ()
    else:
        message = f"the page declares {declared} and is not"
        findings = (Finding("warning", "encoding_wrong", message),)
    if as_utf8 is not None:
        return as_utf8, "utf-8", findings
    text = data.decode("cp1252", "replace")
    if "\ufffd" in text:
        findings += (Finding("warning", "undecodable", "some bytes stand for no character in cp1252"),)
    return text, "cp1252", findings


def _declared(data: bytes) -> str | None:
    """The declared encoding under Python's name; None if none is declared or Python does not know it."""
    match = _DECLARED.search(data, 0, 4096)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    return None if name in ("rot13", "hex", "base64", "zlib", "bz2", "uu", "quopri") else name


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _lines(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff")
