"""From a page object to a response: rendering, ETag, the cache of rendered pages, headers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, Response, current_app, g, redirect, request

from manual.errors import StoreError
from manual.pages.frame import BoxSuggestion, Frame, Typed
from manual.pages.hits import HitsAround
from manual.pages.links import SiteLinks
from manual.pages.render import Page, drawing_digest, render
from manual.stamp import OUTDATED
from webapp.asked import Asked, check_limits
from webapp.bad_day import asked_in_spite

if TYPE_CHECKING:
    from manual.pages.identity import Identity
    from webapp import Site

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PARAMETERS = (
    "asked", "at", "began", "beside", "case", "codes", "days", "decision", "eoi", "expand", "first", "invitation",
    "kind", "known", "layout", "limit", "n", "offset", "on", "page", "part", "q", "second", "severity", "sort", "stale",
    "status", "terms", "until", "v", "was", "when", "year",
)  # fmt: skip
"""Every parameter that any view reads."""
_PAGES_OF_CODE = frozenset({"site.instruction", "site.instruction_on"})
_CASE = frozenset({"site.case"})
_SEARCH = frozenset({"site.search"})
READ_BY: Mapping[str, frozenset[str]] = {
    "asked": _PAGES_OF_CODE,
    "at": frozenset({"site.contents", "site.contents_on"}),
    **dict.fromkeys(("began", "codes", "days", "decision", "eoi", "invitation"), _CASE),
    "first": frozenset({"site.changes", "site.compare_form"}),
    **dict.fromkeys(("beside", "expand", "kind", "page", "sort", "status", "when", "year"), _SEARCH),
    "layout": frozenset({"site.compare", "site.compare_form"}),
    **dict.fromkeys(("limit", "offset", "severity"), frozenset()),  # of the API, which counts its whole query
    "was": frozenset(),  # of a form that leads on
    "n": _PAGES_OF_CODE | {"site.version"},
    "part": _SEARCH | _CASE | {"site.wanted"},
    "second": frozenset({"site.compare_form"}),
    "stale": frozenset({"site.wanted"}),
    "terms": _PAGES_OF_CODE,
    "until": frozenset({"site.changes"}),
    "v": frozenset({"site.compare_form"}),
}
"""Which views alone read a parameter: at any other address it makes no other page. One that is not named here is read
by all but feeds."""
_OF_A_FEED = frozenset({"known"})
"""A feed is of no day, and of nobody's case."""
_OF_A_SEARCH_FEED = _OF_A_FEED | {"q", "part", "expand"}
_OF_A_SEARCH = frozenset({"expand", "kind", "page", "part", "sort", "status", "when", "year"})
"""What is read beside `n` as well, for the hits around one."""
REPEATED = ("v",)
"""Those that are read as often as they stand there."""
_ALSO_OF_304 = (
    "ETag", "Vary", "Link", "Memento-Datetime", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers",
    "Cross-Origin-Resource-Policy",
)  # fmt: skip
"""Headers of a 304 that are those of the page: caches use them, and browsers before a page of another site may read."""
TIMEGATE = "site.instruction"
"""The view that answers requests with Accept-Datetime."""
_UNCACHED = ("static", "healthz", "take-in")


def shared() -> Site:
    """The `Site` of this application."""
    return cast("Site", current_app.extensions["inforce"])


def watch(app: Flask) -> None:
    """Check limits and the cache before each view, add headers after it."""
    app.before_request(_before)
    app.after_request(_after)
    app.teardown_request(_teardown)


def _before() -> Response | None:
    check_limits(request)
    if request.root_path and not request.environ.get("PATH_INFO"):
        return _to_the_slash()
    g.today = shared().settings.today()
    first = request.path.split("/", 2)[1]
    if request.method not in ("GET", "HEAD") or first in _UNCACHED:
        return None
    try:
        _hold_steady()
        g.tag = _tag(g.today)
    except StoreError:
        return None  # the view reads it again and answers with the error
    # weak: a proxy that compresses an answer marks its tag so, and the comparison is a weak one (RFC 9110, 13.1.2)
    if not request.if_none_match.star_tag and request.if_none_match.contains_weak(g.tag):
        varies = {} if first == "api" or request.path.endswith(".atom") else {"Vary": "Accept"}
        return Response(status=304, headers={"ETag": f'"{g.tag}"', **varies})
    body = shared().cache.find(g.tag)
    return _page_response(body) if body is not None else None


def _to_the_slash() -> Response:
    """Redirect `/specimen` to `/specimen/`, so that one page has one address."""
    query = request.query_string.decode("latin-1")
    address = f"{quote(request.root_path)}/"
    return redirect(f"{address}?{query}" if query else address, 301)  # type: ignore[return-value]


def _hold_steady() -> None:
    """Answer all questions of this request from one state of the knowledge base."""
    stack = ExitStack()
    stack.enter_context(shared().holdings.kb.steady())
    g.steady = stack


def _tag(today: date) -> str:
    """The ETag: made from everything a page depends on (content, index, rendering code, today, address)."""
    holdings = shared().holdings
    asks_index = request.path.endswith(("/search", "/search.atom")) or _from_a_hit()
    index = holdings.index_digest() if asks_index else ""
    specimen = shared().specimen_prefix() if request.path == "/" else ""
    parts = (
        holdings.kb.digest, str(holdings.kb.outdated), index, specimen, drawing_digest(), today.isoformat(),
        request.root_path, request.path, _query(), _moment_typed(),
    )  # fmt: skip
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _moment_typed() -> str:
    """The Accept-Datetime of a request to a TimeGate; other pages do not depend on it."""
    moment = request.headers.get("Accept-Datetime") if request.endpoint == TIMEGATE else None
    return "" if moment is None else f"at {moment}"


def _query() -> str:
    """The part of the query that a page depends on. The API refuses unknown parameters, so there it is the whole
    query."""
    if request.path.startswith("/api/"):
        return request.query_string.decode("latin-1")
    return urlencode(_asked_for())


def _asked_for() -> list[tuple[str, str]]:
    """The parameters that views read. Unknown or repeated ones are left out, since they do not change the page."""
    return [
        (name, value)
        for name in PARAMETERS
        if _reads(name)
        for value in request.args.getlist(name)[: None if name in REPEATED else 1]
    ]


def _reads(name: str) -> bool:
    """Whether the view of this request reads the parameter."""
    if request.path.endswith(".atom"):
        return name in (_OF_A_SEARCH_FEED if request.endpoint == "site.search_feed" else _OF_A_FEED)
    only = READ_BY.get(name)
    return only is None or request.endpoint in only or (name in _OF_A_SEARCH and _from_a_hit())


def _from_a_hit() -> bool:
    """Whether the address says which hit of a search led to it."""
    return "n" in request.args and request.endpoint in READ_BY["n"]


def _after(response: Response) -> Response:
    if request.if_none_match.star_tag and response.status_code == 200 and "ETag" in response.headers:
        # "*" means any existing page, and only the view knows whether there is one
        also = {name: response.headers[name] for name in _ALSO_OF_304 if name in response.headers}
        response = Response(status=304, headers=also)
    # The router makes 308s with the host that the request names, which may be any host.
    if response.status_code == 308:
        whole = urlsplit(response.headers["Location"])
        response.headers["Location"] = whole._replace(scheme="", netloc="").geturl()
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        kept = "private, no-cache" if _holds_a_case() else "no-cache"
        response.headers["Cache-Control"] = kept if "ETag" in response.headers else "no-store"
    return response


def _holds_a_case() -> bool:
    """Whether the page contains someone's case. It may then be cached by their browser, never by a shared cache."""
    return request.path == "/case" or bool(request.args.get("case"))


def _teardown(problem: BaseException | None) -> None:
    stack = g.pop("steady", None)
    if stack is not None:
        stack.close()


def links_for(asked: Asked | None) -> SiteLinks:
    """The maker of links for pages that answer this request."""
    here = shared()
    return SiteLinks(
        on=asked.on if asked else None,
        known=asked.known if asked else None,
        case_so_far=asked.case if asked else "",
        base=request.root_path,
        origin=here.settings.origin,  # never from the request, where anyone could choose it
        static_names=here.statics.names,
        takes_in=here.settings.take_in,
    )


def specimen_address() -> str:
    """Address of the specimen's first page if it is served beside this manual; else empty."""
    prefix = shared().specimen_prefix()
    return f"{request.root_path}{prefix}/" if prefix else ""


def reply(
    page: Page,
    asked: Asked,
    suggestions: tuple[BoxSuggestion, ...] = (),
    *,
    hits: HitsAround | None = None,
    identity: Identity | None = None,
) -> Response:
    """The response with `page` rendered for the requested day, cached if it is a plain answer."""
    body = draw(page, asked, suggestions, hits=hits, identity=identity)
    # a page reached from a hit is read once, by one reader, and so is a case
    if page.status == 200 and "tag" in g and not _from_a_hit() and not _holds_a_case():
        shared().cache.put(g.tag, body, len(body))
    return _page_response(body, page.status)


def reply_uncached(page: Page) -> Response:
    """The response with `page` rendered anew and marked as not to be stored."""
    body = draw(page, asked_in_spite(request, g.today))
    response = Response(body, page.status, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def draw(
    page: Page,
    asked: Asked | None,
    suggestions: tuple[BoxSuggestion, ...] = (),
    *,
    typed: Typed | None = None,
    hits: HitsAround | None = None,
    identity: Identity | None = None,
) -> bytes:
    """The rendered bytes of a page. Also works for error pages when no knowledge base can be opened.

    `typed`: the contents of the form in the head, if they could not be read.
    """
    facts = shared().holdings.facts_or_none(asked.known if asked else None)
    today = g.get("today") or shared().settings.today()
    frame = Frame(
        publisher=shared().settings.publisher,
        today=today,
        on=(asked.on if asked else None) or today,
        day_chosen=asked is not None and asked.on is not None,
        known=asked.known if asked else None,
        query=asked.query if asked else "",
        place=page.place,
        newest_capture=facts.newest_capture if facts else None,
        specimen=facts is not None and facts.specimen,
        suggestions=suggestions,
        typed=typed,
        hits=hits,
        identity=identity,
        indexed=shared().settings.indexed and page.status == 200 and not _asked_for(),
        outdated=OUTDATED if facts and facts.outdated else "",
    )
    return render(page, links_for(asked), frame).encode("utf-8", "replace")


def _page_response(body: bytes, status: int = 200) -> Response:
    response = Response(body, status, content_type="text/html; charset=utf-8")
    response.headers["Vary"] = "Accept"
    if status == 200 and "tag" in g:  # without a knowledge base there is no digest for the ETag
        response.headers["ETag"] = f'"{g.tag}"'
    return response
