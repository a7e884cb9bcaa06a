"""A PDF as a source: its text layer, read in a separate process. Words struck out are left out and reported."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from manual.errors import LimitExceeded, ParseError
from manual.model import Finding
from manual.parse.pdf_text import MOST_PAGES, SECONDS

MAX_PDF_BYTES = 64 * 1024 * 1024
_SHOWN = 12
_DO = "Load the page itself, or a text of it."


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF."""

    text: str
    findings: tuple[Finding, ...]
    whole: bool
    """False where nobody can say which words count: then its dates are read, and no text."""


def read_pdf(data: bytes, name: str) -> PdfText:
    """Raises as `pages_of_pdf`."""
    found = _found(data, name, MOST_PAGES, marked=True)
    text = "\n".join(found["pages"]).strip("\n")
    return PdfText(text, tuple(_findings(found)), not found["unclear"])


def pages_of_pdf(data: bytes, name: str, most_pages: int) -> list[str]:
    """The text of each page, words with a line through them included: its lines, four or more spaces before those set
    in by 20 points, an empty one between paragraphs.

    Raises ParseError for what is encrypted, damaged, or has no text; LimitExceeded for what is too large.
    """
    pages: list[str] = _found(data, name, most_pages, marked=False)["pages"]
    return pages


def _found(data: bytes, name: str, most_pages: int, *, marked: bool) -> dict[str, Any]:
    if len(data) > MAX_PDF_BYTES:
        raise LimitExceeded(name, f"a PDF of {len(data):,} bytes", f"at most {MAX_PDF_BYTES:,}", _DO)
    asked = {"most_pages": most_pages, "marked": marked}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "manual.parse.pdf_text", json.dumps(asked)],
            input=data,
            capture_output=True,
            timeout=4 * SECONDS,
            check=False,
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as problem:
        raise LimitExceeded(name, "a PDF that takes too long to read", "some pages of text", _DO) from problem
    except ValueError as problem:
        raise LimitExceeded(
            name, "a PDF that can't be read within the limits of time and memory", "some pages of text", _DO
        ) from problem
    if "unusable" in found:
        raise ParseError(name, found["unusable"], "a PDF with text in it", _DO)
    if not any(text.strip() for text in found["pages"]):
        pages = len(found["pages"])
        what = f"a PDF without text ({pages} page{'' if pages == 1 else 's'} of pictures)"
        raise ParseError(name, what, "a PDF with text in it", "It is kept. " + _DO)
    return found


def _findings(found: dict[str, Any]) -> list[Finding]:
    made = []
    if found["struck"]:
        message = f"words that are struck out are no part of the text: {_some(found['struck'])}"
        made.append(Finding("warning", "struck_words", message))
    if found["unclear"]:
        words = _some(found["unclear"])
        message = f"whether these words are struck out or new can't be said, so no text is taken: {words}"
        made.append(Finding("warning", "markup_unclear", message))
    return made


def _some(words: list[str]) -> str:
    return repr(" ".join(words[:_SHOWN])) + (
        f" and {len(words) - _SHOWN:,} more" if len(words) > _SHOWN else ""
    )
