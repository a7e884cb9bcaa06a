"""A PDF as a source: its text layer, read in a process of its own, with what is struck out in it left out and said."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from manual.errors import LimitExceeded, ParseError
from manual.model import Finding
from manual.parse.pdf_text import SECONDS

MAX_PDF_BYTES = 64 * 1024 * 1024
_SHOWN = 12
_DO = "Load the page itself, or a text of it."


@dataclass(frozen=True, slots=True)
class PdfText:
    """What stands in a PDF."""

    text: str
    findings: tuple[Finding, ...]
    whole: bool
    """False where nobody can say which words count: then its dates are read, and no text."""


def read_pdf(data: bytes, name: str) -> PdfText:
    """Raises ParseError for what is encrypted, damaged, or has no text; LimitExceeded for what is too large."""
    if len(data) > MAX_PDF_BYTES:
        raise LimitExceeded(name, f"a PDF of {len(data):,} bytes", f"at most {MAX_PDF_BYTES:,}", _DO)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "manual.parse.pdf_text"],
            input=data,
            capture_output=True,
            timeout=4 * SECONDS,
            check=False,
        )
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired as problem:
        raise LimitExceeded(name, "a PDF that takes too long to read", "some pages of text", _DO) from problem
    except ValueError as problem:
        raise LimitExceeded(
            name, "a PDF that can't be read within the limits of time and memory", "some pages of text", _DO
        ) from problem
    if "unusable" in found:
        raise ParseError(name, found["unusable"], "a PDF with text in it", _DO)
    if not found["text"].strip():
        pages = found["pages"]
        what = f"a PDF without text ({pages} page{'' if pages == 1 else 's'} of pictures)"
        raise ParseError(name, what, "a PDF with text in it", "It is kept. " + _DO)
    return PdfText(found["text"], tuple(_findings(found)), not found["unclear"])


def _findings(found: dict[str, list[str]]) -> list[Finding]:
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
