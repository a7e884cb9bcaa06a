"""The form that checks a letter. Nothing of the letter is stored, logged, cached or put into an address."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from flask import Blueprint, Request, Response, g, request

from manual.citecheck import Day, Letter, check, days_of, read_letter
from manual.citecheck.letter import MOST_BYTES
from manual.dates import parse_asked_day
from manual.errors import DayError, SourceError
from manual.pages.citecheck_page import CitecheckPage, citecheck_page
from webapp.asked import Asked, asked_of, day_or_none
from webapp.replies import reply, shared

letters = Blueprint("letters", __name__)

_WITH_FORM = MOST_BYTES + 100_000
MOST_AT_ONCE = 1000
"""Characters of the list of further days."""


class InMemory(Request):
    """Keeps uploads in memory: the usual class writes large files to disk. Only the owner's pages are written to disk,
    since they may be as large as an archive (`webapp.take_in`)."""

    def _get_file_stream(self, *args: Any, **more: Any) -> IO[bytes]:
        return super()._get_file_stream(*args, **more) if self.blueprint == "take_in" else BytesIO()


@letters.get("/citecheck")
def form() -> Response:
    asked = asked_of(request, g.today)
    return reply(CitecheckPage(typed_on=_typed(asked)), asked)


def _typed(asked: Asked) -> str:
    from manual.dates import in_words

    return in_words(asked.on) if asked.on else ""


@letters.post("/citecheck")
def checked() -> Response:
    request.max_content_length = _WITH_FORM
    request.max_form_memory_size = _WITH_FORM
    typed_on, typed_days = request.form.get("on", "")[:40], request.form.get("days", "")[:MOST_AT_ONCE]
    known = day_or_none(request.form.get("known", "")[:40], g.today)
    asked = Asked(on=None, known=known, query="", at="")
    try:
        days = _days(typed_on, typed_days)
        letter = _letter()
    except (DayError, SourceError) as problem:
        page = CitecheckPage(problem=str(problem), typed_on=typed_on, typed_days=typed_days, status=400)
        return _unkept(reply(page, asked))
    here = shared().holdings
    report = check(letter, days, here.kb, here.index, known)
    return _unkept(reply(citecheck_page(report, typed_on=typed_on, typed_days=typed_days), asked))


def _days(typed_on: str, typed_days: str) -> tuple[Day, ...]:
    on = parse_asked_day(typed_on.strip(), g.today) if typed_on.strip() else None
    lines = [line for line in typed_days.splitlines() if line.strip()]
    days = days_of(on, lines, g.today)
    if not days:
        raise DayError("", "no day was given, and the day decides which version counts")
    return days


def _letter() -> Letter:
    """The uploaded file if there is one, else the text."""
    file = request.files.get("letter")
    if file is not None and file.filename:
        return read_letter(file.read(), file.filename[-120:])
    text = request.form.get("text", "")
    if not text.strip():
        raise SourceError("The letter", "neither a file nor a text", "one of them", "Give the letter.")
    return read_letter(text.encode(), "the text given")


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
