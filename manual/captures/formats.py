"""File formats by first bytes and ending: which are read, which are refused, and the words of the refusal."""

from __future__ import annotations

import codecs
import os

_REFUSED = {
    ".docx": "a Word document",
    ".doc": "a Word document",
    ".odt": "an OpenDocument text",
    ".rtf": "an RTF document",
    ".har": "a browser's network log (.har)",
    ".br": "a file compressed with brotli",
    ".zst": "a file compressed with zstandard",
    ".7z": "a 7-Zip archive",
    ".rar": "a RAR archive",
    ".tar": "a tar archive",
    ".tgz": "a tar archive",
    ".xlsx": "a spreadsheet",
    ".pptx": "a presentation",
    ".epub": "an e-book",
}
_INSTEAD = {
    ".docx": "open it and save it as text (.txt), or as a PDF",
    ".doc": "open it and save it as text (.txt), or as a PDF",
    ".odt": "open it and save it as text (.txt), or as a PDF",
    ".rtf": "open it and save it as text (.txt), or as a PDF",
    ".har": "save the page itself, or the session as .wacz",
    ".br": "unpack it first",
    ".zst": "unpack it first",
    ".7z": "unpack it and load the folder",
    ".rar": "unpack it and load the folder",
    ".tar": "unpack it and load the folder",
    ".tgz": "unpack it and load the folder",
}
_MAGIC = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or a recording"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x28\xb5\x2f\xfd", "a file compressed with zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"bplist0", "a property list"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
PDF = b"%PDF-"
_BOM = codecs.BOM_UTF8 + b" \t\r\n"
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def refused_ending(name: str) -> str:
    """For a refused ending: what such a file is, and what to do instead."""
    ending = os.path.splitext(name.lower())[1]
    what = _REFUSED.get(ending)
    if what is None:
        return ""
    return f"it is {what}" + (f": {_INSTEAD[ending]}" if ending in _INSTEAD else "")


def foreign(data: bytes) -> str:
    """A description of bytes that are not text; empty if they may be text.

    UTF-16 text begins with its byte order mark. Anything else with a NUL, or with more than one other control character
    in two hundred, is not text.
    """
    head = data[:64].lstrip(_BOM)
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    if data[257:262] == b"ustar":
        return "a tar archive"
    if data.startswith(_WIDE):
        return ""
    if data.count(0) > 2:
        return "no text"
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return "no text" if controls * 200 > len(data) else ""


def is_pdf(data: bytes) -> bool:
    """Whether it is a PDF. Its mark may be anywhere in the first kilobyte; a page may also print the mark, but not at
    its very beginning."""
    return data[:1024].lstrip(_BOM).startswith(PDF)


def is_log_of_requests(data: bytes) -> bool:
    """Whether it is a browser's network log (HAR), whatever its name."""
    head = b"".join(data[:200].lstrip(_BOM).split())
    return head.startswith(b'{"log":{')
