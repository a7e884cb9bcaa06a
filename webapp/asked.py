"""What a request asks for, read and checked once: the day, `known`, the words, the options."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import get_args

from flask import Request

from manual.dates import parse_asked_day
from manual.errors import ManualError
from manual.model import When
from manual.pages.case_days import as_query, case_query
from manual.pages.search_page import SORTS, SearchOptions
from manual.queries.beside import Scheme

MOST_QUERY_STRING = 28_000
"""Bytes. `MOST_QUERY` characters fit in any writing: each takes up to twelve bytes when percent-encoded."""
MOST_PARAMETERS = 24
MOST_QUERY = 2000
LAST_RESULTS_PAGE = 500

_YEAR = re.compile(r"(?:19|20|21)\d\d")


class BadRequest(ManualError):
    """A request that cannot be understood. `status` tells a program why, the message tells a person."""

    def __init__(self, reason: str, do: str = "", status: int = 400) -> None:
        self.do = do
        self.status = status
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`on` is None where no day was given: today, unstated."""

    on: date | None
    known: date | None
    query: str
    at: str
    case: str = ""
    """Query string of the case that the reader is making up; empty for none."""

    def when(self, today: date) -> When:
        """`on` (today if no day was given) and `known`."""
        return When(self.on or today, self.known)


def check_limits(request: Request) -> None:
    """Raises BadRequest for a request that is too large."""
    if len(request.query_string) > MOST_QUERY_STRING:
        raise BadRequest("The address is too long.", "Ask for fewer words or codes.")
    if sum(1 for _ in request.args.items(multi=True)) > MOST_PARAMETERS:
        raise BadRequest(f"The address carries more than {MOST_PARAMETERS} parameters.")


def asked_of(request: Request, today: date) -> Asked:
    """Raises DayError for a day that cannot be read, BadRequest for too many words."""
    return Asked(
        on=day_or_none(request.args.get("on", ""), today),
        known=day_or_none(request.args.get("known", ""), today),
        query=words_of(request),
        at=request.args.get("at", "")[:80],
        case=as_query(case_query(request.args.get("case", ""))),
    )


def words_of(request: Request) -> str:
    """The words in the box. Raises BadRequest for more than the limit."""
    words = " ".join(request.args.get("q", "").split())
    if len(words) > MOST_QUERY:
        raise BadRequest(f"A search takes at most {MOST_QUERY} characters.", "Use fewer words.")
    return words


def day_or_none(text: str, today: date) -> date | None:
    """The day typed; None for nothing and for `today`. Raises DayError."""
    stripped = text.strip()
    return parse_asked_day(stripped, today) if stripped and stripped.lower() != "today" else None


MOST_DAYS = 36_500
"""A hundred years."""


def days_or_none(request: Request, name: str) -> int | None:
    """A number of days; None where none is given. Raises BadRequest."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= MOST_DAYS):
        raise BadRequest(f"{text[:40]!r} is no number of days.", f"Write a number from 0 to {MOST_DAYS:,}.")
    return int(text)


def kind_beside(request: Request) -> Scheme | None:
    """The kind of works beside the manual that a search is to show; None for all, and for what is no kind."""
    return next((scheme for scheme in get_args(Scheme) if scheme == request.args.get("beside")), None)


def search_options(request: Request) -> SearchOptions:
    """The options of a search. An option that cannot be understood keeps its default."""
    args = request.args
    sort = args.get("sort", "")
    year = args.get("year", "")
    page = args.get("page", "")
    return SearchOptions(
        any_time=args.get("when") == "any",
        page=min(max(int(page), 1), LAST_RESULTS_PAGE)
        if page.isascii() and page.isdigit() and len(page) < 6
        else 1,
        sort=next((name for name, _ in SORTS if name == sort), "relevance"),
        part=args.get("part", "")[:200],
        status=args.get("status", "")[:40],
        kind=args.get("kind", "")[:40],
        year=int(year) if _YEAR.fullmatch(year) else None,
        expand=args.get("expand") != "no",
    )
