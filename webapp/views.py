"""Views. Each reads the request, calls one page builder and renders the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote, urlencode
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, g, redirect, request

from indexer import SearchIndex
from manual.beside_index import search_beside
from manual.citation import Designation, parse_code
from manual.dates import local_day, parse_asked_day, parse_day
from manual.errors import CitationError, DayError, IndexFault, NotFound, StoreError
from manual.model import Code, VersionId, When
from manual.pages.case_days import as_query, case_query
from manual.pages.case_page import case_page_of
from manual.pages.changes_page import changes_page
from manual.pages.coming_page import coming_page
from manual.pages.compare_page import Layout, compare_page
from manual.pages.contents_page import contents_page
from manual.pages.coverage_page import coverage_page, findings_page
from manual.pages.feed import MEDIA, Feed, atom, feed_of_code, feed_of_manual, feed_of_search
from manual.pages.found import part_fault, part_meant
from manual.pages.frame import SITE_NAME, BoxSuggestion
from manual.pages.history_page import chosen_for_comparison, history_page
from manual.pages.hits import HitsAround, hits_around
from manual.pages.home_page import AboutPage, glossary_page, home_page, lately
from manual.pages.how_to_search import HowToSearchPage
from manual.pages.identity import identity
from manual.pages.instruction import UnknownCodePage, instruction_page, unknown_code_page, version_page
from manual.pages.links import Place, SiteLinks, code_segment, found_at, typed_code
from manual.pages.meant import Notice, notices
from manual.pages.search_page import search_page
from manual.pages.wanted_page import wanted_page
from manual.queries import KnowledgeBase
from manual.queries.wanted import part_named
from webapp import memento
from webapp.asked import (
    Asked,
    BadRequest,
    asked_of,
    day_or_none,
    days_or_none,
    kind_beside,
    search_options,
    words_of,
)
from webapp.faults import problem, unknown_code, wants_json
from webapp.replies import PARAMETERS, TIMEGATE, links_for, reply, shared, specimen_address

site = Blueprint("site", __name__)

CASE_TEXT = 2000
LONGEST_POSITION = 5


def _kb() -> KnowledgeBase:
    return shared().holdings.kb


def _asked(on: date | None = None) -> Asked:
    """What the request asks; a day in the path wins over one in the query string."""
    asked = asked_of(request, g.today)
    return replace(asked, on=on) if on else asked


def _go(address: str, status: int = 303) -> Response:
    return redirect(address, status)  # type: ignore[return-value]


# ---------------------------------------------------------------- the box in the header


@site.get("/go")
def go() -> Response:
    """Where the header's form leads: to the instruction typed, to a search, or to the same place on another day."""
    asked = asked_of(request, g.today)
    links = links_for(asked)
    if not asked.query:
        return _go(links.place(_place(asked.at), asked.on))
    was = request.args.get("was", "")
    if was != _was(asked) and was.endswith(f"|{asked.query}"):
        # if only the day was changed, and the words are those of the last search, show the same page on that day
        return _go(found_at(links.place(_place(asked.at), asked.on), asked.query, ""))
    found = _meant(asked.query, asked)
    if found.code is not None and (found.known or asked.known):
        return _go(_address(found, found.code, links))
    return _go(links.search(asked.query))


def _meant(typed: str, asked: Asked) -> Designation:
    """The instruction and place that `typed` means on the day asked."""
    return _kb().designate_typed(typed, asked.on or g.today, asked.known)


def _address(found: Designation, code: Code, links: SiteLinks) -> str:
    """The address of the place meant, else of its instruction, with a notice if what was typed needs a remark."""
    if found.beside:
        return links.work(code)
    if found.known and (found.place_exists is False or found.page is not None or found.near):
        return links.instruction_asked(code, found.typed)
    return links.instruction(code, found.there)


def _was(asked: Asked) -> str:
    """`on`, `known` and the words as the page's form carried them, to tell which of them was changed."""
    return f"{asked.on or ''}|{asked.known or ''}|{asked.query}"


def _place(token: str) -> Place:
    place = Place.from_token(token)
    if place.view == "case":  # another day for the same case
        return replace(
            place, query=tuple(pair for pair in case_query(request.args.get("case", "")) if pair[0] != "on")
        )
    if not place.code:
        return place
    try:
        return Place(view=place.view, code=parse_code(typed_code(place.code), shared().settings.publisher))
    except CitationError:
        return Place(view="home")


@site.get("/search")
def search() -> Response:
    asked = _asked()
    options = search_options(request)
    index, fault = _index(asked.known)
    dated = index.day_in(asked.query) if index is not None else None
    if dated is not None:  # the day belongs in the address, so that the whole page is about it
        words, day = dated
        links = links_for(replace(asked, on=day))
        return _go(links.search(words, replace(options, any_time=False, page=1).as_query()))
    when = asked.when(g.today)
    found = _meant(asked.query, asked)
    is_key = found.known and found.beside and found.code == asked.query  # as used in JSON
    if found.code is not None and (is_key or not options.any_time) and (asked.known or found.known):
        return _go(_address(found, found.code, links_for(asked)))
    own = index is shared().holdings.index_or_none()
    stale = index is not None and own and index.digest != _kb().digest
    page = search_page(_kb(), index, asked.query, when, options, meant=found, fault=fault, stale=stale)
    if options.page == 1:
        page = replace(page, beside=search_beside(_kb(), asked.query, asked.known, kind_beside(request)))
    return reply(page, asked, _suggestions(index, asked.query, None if options.any_time else when.on))


def _index(known: date | None) -> tuple[SearchIndex | None, str]:
    try:
        return shared().holdings.index_at(known), ""
    except IndexFault:
        return (
            None,
            "The search index is missing or can’t be read. Codes can be gone to directly in the meantime.",
        )


def _suggestions(index: SearchIndex | None, query: str, on: date | None) -> tuple[BoxSuggestion, ...]:
    """Suggestions for a day; None: for any time."""
    if index is None or not query:
        return ()
    return tuple(BoxSuggestion(value=s.code, label=s.title) for s in index.suggest(query[:80], on, 10))


@site.get("/suggest")
def suggest() -> Response:
    """Codes and titles that start with what was typed, in the format that browsers expect of a search engine."""
    asked = _asked()
    index, _ = _index(asked.known)
    found = _suggestions(index, asked.query, asked.when(g.today).on)
    body = [asked.query, [s.value for s in found], [s.label for s in found]]
    return Response(json.dumps(body, ensure_ascii=False), content_type="application/x-suggestions+json")


@site.get("/opensearch.xml")
def opensearch() -> Response:
    """Lets a browser offer this site in its own search box."""
    links = links_for(None)
    # Browsers accept only absolute addresses here and keep them to themselves, so the requested host may be used.
    here = shared().settings.origin or request.host_url.rstrip("/")
    go_to, offer = (escape(f"{here}{links.action(form)}") for form in ("go", "suggest"))
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{SITE_NAME}</ShortName><Description>Instructions as in force on a day</Description>"
        f'<Url type="text/html" template="{go_to}?q={{searchTerms}}"/>'
        f'<Url type="application/x-suggestions+json" template="{offer}?q={{searchTerms}}"/>'
        "</OpenSearchDescription>\n"
    )
    return Response(body, content_type="application/opensearchdescription+xml")


# ---------------------------------------------------------------- the whole manual


@site.get("/")
def home() -> Response:
    asked = _asked()
    return reply(home_page(_kb(), asked.known, g.today, specimen_address()), asked)


@site.get("/contents")
def contents() -> Response:
    asked = _asked()
    if asked.on is not None:
        return _go(links_for(asked).contents(asked.at))
    return reply(contents_page(_kb(), asked.when(g.today), asked.at), asked)


@site.get("/contents/on/<day>")
def contents_on(day: str) -> Response:
    asked = _asked(_path_day(day))
    _settle(day, asked.on, links_for(asked).contents(asked.at))
    return reply(contents_page(_kb(), asked.when(g.today), asked.at), asked)


@site.get("/changes")
def changes() -> Response:
    """The form's answer, or the ninety days before the newest capture."""
    asked = _asked()
    first, until = (day_or_none(request.args.get(name, ""), g.today) for name in ("first", "until"))
    until = until or (_kb().newest_capture(asked.known) or g.today) + timedelta(days=1)
    first = first or lately(until - timedelta(days=1))[0]
    return _go(links_for(asked).changes(min(first, until), max(first, until)))


@site.get("/changes/<first>/<until>")
def changes_between(first: str, until: str) -> Response:
    """Changes from `first` (included) to `until` (excluded)."""
    asked = _asked()
    one, other = parse_day(first), parse_day(until)
    if one > other:
        return _go(links_for(asked).changes(other, one))
    _settle(f"{first}/{until}", f"{one}/{other}", links_for(asked).changes(one, other))
    return reply(changes_page(_kb(), one, other, asked.known), asked)


@site.get("/coming")
def coming() -> Response:
    asked = _asked()
    return reply(coming_page(_kb(), asked.when(g.today)), asked)


@site.get("/coverage")
def coverage() -> Response:
    asked = _asked()
    return reply(coverage_page(_kb(), asked.known), asked)


@site.get("/findings")
def findings() -> Response:
    asked = _asked()
    return reply(findings_page(_kb(), asked.known), asked)


@site.get("/wanted")
def wanted() -> Response:
    """Wanted pages of the manual or one part; with `stale`, pages last seen more than so many days ago."""
    asked = _asked()
    part = request.args.get("part", "").strip()[:80]
    code = part_named(typed_code(part), shared().settings.publisher) if part else None
    return reply(wanted_page(_kb(), asked.when(g.today), code, days_or_none(request, "stale")), asked)


@site.get("/about")
def about() -> Response:
    return reply(AboutPage(), _asked())


@site.get("/how-to-search")
def how_to_search() -> Response:
    return reply(HowToSearchPage(), _asked())


@site.get("/glossary")
def glossary() -> Response:
    return reply(glossary_page(), _asked())


@site.get("/case")
def case() -> Response:
    """The document for one case. A bad day is reported beside its field, so that nothing typed is lost."""
    given = dict(case_query(request.args))
    if any(len(text) > CASE_TEXT for text in given.values()):
        raise BadRequest(
            f"The list of codes takes at most {CASE_TEXT} characters.", "Make two documents of it."
        )
    problems: tuple[str, ...] = ()
    try:
        known = day_or_none(request.args.get("known", ""), g.today)
    except DayError as problem_with_day:
        known, problems = None, (str(problem_with_day),)
    page = case_page_of(_kb(), given, known, g.today, problems)
    on = page.case.principal.day if page.case else page.made
    return reply(page, Asked(on=on, known=known, query="", at="", case=as_query(case_query(given))))


# ---------------------------------------------------------------- one instruction


@site.get("/<code>")
def instruction(code: str) -> Response:
    asked = _asked()
    if asked.on is not None:  # the day belongs in the path, where it can be cited
        return _go(links_for(asked).instruction(_code(code, asked)))
    return _instruction(code, asked)


@site.get("/<code>/on/<day>")
def instruction_on(code: str, day: str) -> Response:
    asked = _asked(_path_day(day))
    return _instruction(code, asked) if day == str(asked.on) else _on_typed_day(code, day, asked)


def _on_typed_day(code: str, day: str, asked: Asked) -> Response:
    """Redirect to the address to cite; only temporarily from `today`, which is another day tomorrow."""
    asked = replace(asked, on=None) if asked.on == g.today and day.isalpha() else asked
    return _go(links_for(asked).instruction(_code(code, asked)), 302 if day.isalpha() else 301)


@site.get("/<page>/")
def with_stroke(page: str) -> Response:
    """`/WA3.15/`: redirect to the address without the final slash."""
    rest = request.query_string.decode("latin-1")
    path = f"{request.root_path}/{quote(page)}"
    return _go(f"{path}?{rest}" if rest else path, 301)


@site.get("/<code>/<day>")
def instruction_on_day(code: str, day: str) -> Response:
    """`/WA3.15/2024-08-15`: redirect from an address that people may try."""
    try:
        on = _path_day(day)
    except DayError:
        abort(404)
    return _on_typed_day(code, day, _asked(on))


def _instruction(typed: str, asked: Asked) -> Response:
    code = _code(typed, asked)
    moment = memento.moment_asked() if asked.on is None else None
    if moment is not None:
        return _negotiated(code, asked, local_day(moment, shared().settings.publisher))
    return _instruction_page(code, asked)


def _instruction_page(code: Code, asked: Asked, status: int = 200) -> Response:
    when = asked.when(g.today)
    page = instruction_page(
        _kb(), code, when, g.today, _notices(code, asked, when), far=True, terms=_with_terms()
    )
    if isinstance(page, UnknownCodePage):
        return _unknown(page, asked)
    named = identity(_kb(), page.answer, g.today)
    return reply(replace(page, status=status), asked, hits=_hits(code, asked), identity=named)


def _with_terms() -> bool:
    return request.args.get("terms") != "no"


def _hits(code: Code, asked: Asked) -> HitsAround | None:
    """The list of results that led to this page, if the address names it."""
    position = request.args.get("n", "")
    if not asked.query or not (position.isascii() and position.isdigit()):
        return None
    index, _ = _index(asked.known)
    if index is None or len(position) > LONGEST_POSITION:
        return None
    return hits_around(index, asked.query, asked.on or g.today, search_options(request), int(position), code)


def _negotiated(code: Code, asked: Asked, day: date) -> Response:
    """The TimeGate's answer: a redirect to the page of the day, or that page with 404 if it has no Memento."""
    there = replace(asked, on=day)
    if memento.began(_kb().in_force_on(code, When(day, asked.known))) is not None:
        response = _go(links_for(there).instruction(code), 302)
    else:
        response = _instruction_page(code, there, 404)
    return memento.mark(response, _mementos(code, asked.known))


def _mementos(code: Code, known: date | None) -> memento.Mementos:
    here = shared().settings
    return memento.Mementos.of(
        code,
        _kb().shape_of(code, known).spans,
        links_for(Asked(on=None, known=known, query="", at="")),
        here.origin
        or request.host_url.rstrip("/"),  # not shared by caches, and RFC 7089 wants absolute addresses
        here.publisher,
    )


@site.after_request
def _say_what_it_is(response: Response) -> Response:
    """Add headers to an instruction's page, cached or not, that say whether it is a TimeGate or a Memento."""
    if request.endpoint == TIMEGATE:
        response.headers["Vary"] = memento.VARY
    if request.endpoint not in _OF_A_DAY or response.status_code not in (200, 304) or "steady" not in g:
        return response
    known = day_or_none(request.args.get("known", ""), g.today)
    found = _meant(
        typed_code((request.view_args or {})["code"]), Asked(on=None, known=known, query="", at="")
    )
    if found.code is None or not found.known:
        return response
    day = (request.view_args or {}).get("day")
    began = memento.began(_kb().in_force_on(found.code, When(parse_day(day), known))) if day else None
    if day and began is None:
        return response
    return memento.mark(response, _mementos(found.code, known), began)


_OF_A_DAY = (TIMEGATE, "site.instruction_on")


@site.get("/<code>/timemap")
def timemap(code: str) -> Response:
    """Every Memento of an instruction, in link format."""
    asked = _asked()
    wanted = _code(code, asked, "timemap")
    return Response(_mementos(wanted, asked.known).timemap(), content_type=memento.MEDIA)


def _notices(code: Code, asked: Asked, when: When) -> tuple[Notice, ...]:
    """Remarks about the place or address that led here, if any."""
    typed = request.args.get("asked", "")[:80]
    found = _meant(typed, asked) if typed else None
    return notices(_kb(), found, when) if found is not None and found.code == code else ()


def _unknown(page: UnknownCodePage, asked: Asked) -> Response:
    """The 404 for an unknown code. If it is known from pages seen later, link to the address without `known`."""
    if wants_json():
        return unknown_code(page)
    if asked.known is not None:
        rest = urlencode(
            [(name, value) for name, value in request.args.items() if name in PARAMETERS and name != "known"]
        )
        path = quote(f"{request.root_path}{request.path}")
        page = replace(page, with_all_pages=f"{path}?{rest}" if rest else path)
    return reply(page, asked)


@site.get("/<code>/version/<version>")
def version(code: str, version: str) -> Response:
    asked = _asked()
    wanted = _code(code, asked, "version")
    found = _kb().version(VersionId(version), asked.known)
    if found.code != wanted:
        return _go(links_for(asked).version(found.code, found.id), 301)
    return reply(
        version_page(_kb(), found, asked.when(g.today), g.today, far=True), asked, hits=_hits(wanted, asked)
    )


@site.get("/<code>/history")
def history(code: str) -> Response:
    asked = _asked()
    wanted = _code(code, asked, "history")
    page = history_page(_kb(), wanted, asked.when(g.today), g.today)
    return reply(page, asked)


@site.get("/<code>/compare")
def compare_form(code: str) -> Response:
    """Redirect from the form to the address of the comparison."""
    asked = _asked()
    wanted = _code(code, asked, "compare")
    if not ("first" in request.args and "second" in request.args):
        return _compare_ticked(wanted, asked)
    first, second = (request.args.get(name, "")[:200] for name in ("first", "second"))
    if _names_version(first, asked.known) and _names_version(second, asked.known):
        return _go(links_for(asked).compare(wanted, first, second, _layout()))
    one, other = (day_or_none(text, g.today) or g.today for text in (first, second))
    return _go(links_for(asked).compare(wanted, min(one, other), max(one, other), _layout()))


def _compare_ticked(code: Code, asked: Asked) -> Response:
    """Compare the two ticked rows of the history; with another number of ticks, show the history and say so."""
    ticked = request.args.getlist("v")
    found = chosen_for_comparison(_kb(), code, ticked, asked.known)
    if isinstance(found, str):
        return reply(history_page(_kb(), code, asked.when(g.today), g.today, ticked, found), asked)
    return _go(links_for(asked).compare(code, *found, _layout()))


@site.get("/<code>/compare/<first>/<second>")
def compare(code: str, first: str, second: str) -> Response:
    asked = _asked()
    wanted = _code(code, asked, "compare")
    sides = _side(first), _side(second)
    one, other = sides
    layout = _layout()
    if isinstance(one, date) and isinstance(other, date) and one > other:
        return _go(links_for(asked).compare(wanted, other, one, layout))
    page = compare_page(_kb(), wanted, one, other, layout=layout, known=asked.known, today=g.today, far=True)
    return reply(page, asked)


def _names_version(text: str, known: date | None) -> bool:
    try:
        return bool(_kb().version(VersionId(text), known))
    except NotFound:
        return False


def _layout() -> Layout:
    return "side-by-side" if request.args.get("layout") == "side-by-side" else ""


def _side(text: str) -> date | VersionId:
    """A version's name has an `@`. Raises DayError for what is neither."""
    return VersionId(text) if "@" in text else parse_day(text)


def _path_day(text: str) -> date:
    return parse_asked_day(text, g.today)


def _settle(typed: str, meant: object, address: str) -> None:
    """Redirect from a sloppy address to the one to cite."""
    if typed != str(meant):
        abort(_go(address, 302 if typed.isalpha() else 301))


def _code(typed: str, asked: Asked, view: str = "") -> Code:
    """The code in an address: a sloppy one redirects to its exact form, a place to its section; unknown ones are 404.

    `view`: `history` and other pages that are not about one day.
    """
    segment = typed_code(typed)
    found = _kb().designate_typed(segment, None, asked.known) if view else _meant(segment, asked)
    if found.code is None or not found.known:
        abort(
            _unknown(unknown_code_page(_kb(), found.code or typed[:80], asked.known, near=found.near), asked)
        )
    if typed not in (found.code, code_segment(found.code)):
        links = links_for(asked)
        if view == "history":
            abort(_go(links.history(found.code), 301))
        if not view:
            lasting = (
                found.read == "code" and found.place_exists is not False
            )  # the mapping may change when more pages are loaded
            abort(_go(_address(found, found.code, links), 301 if lasting else 302))
    return found.code


# ---------------------------------------------------------------- for machines


@site.get("/changes.atom")
def feed() -> Response:
    asked = _asked_of_feed()
    return _atom(lambda: feed_of_manual(_kb(), g.today, asked.known), asked, links_for(asked).feed())


@site.get("/<code>/changes.atom")
def feed_of(code: str) -> Response:
    """The feed of a code and everything below it: a part, chapter or instruction."""
    asked = _asked_of_feed()
    wanted = _code(code, asked, "changes.atom")
    return _atom(
        lambda: feed_of_code(_kb(), wanted, g.today, asked.known), asked, links_for(asked).feed(wanted)
    )


@site.get("/search.atom")
def search_feed() -> Response:
    """The feed of a search: changes of the versions found, whenever they were in force."""
    asked = replace(_asked_of_feed(), query=words_of(request))
    if not asked.query or asked.known:
        raise BadRequest(
            "A feed of a search takes words (`q`), and no `known`.", "Give the words to search for."
        )
    index, options = shared().holdings.index, search_options(request)
    part = part_meant(options.part, shared().settings.publisher) if options.part else None
    unknown = part_fault(_kb(), part, When(g.today))
    if unknown is not None:
        raise unknown

    def make() -> Feed:
        return feed_of_search(_kb(), index, asked.query, g.today, part=part, expand=options.expand)

    return _atom(make, asked, links_for(asked).search_feed(asked.query, options.as_query()))


def _asked_of_feed() -> Asked:
    """A feed is of no day, and of nobody's case: nothing else of its address is read."""
    return Asked(on=None, known=day_or_none(request.args.get("known", ""), g.today), query="", at="")


def _atom(make: Callable[[], Feed], asked: Asked, address: str) -> Response:
    """A feed, cached like pages, since the manual's feed reads every code."""
    links, key = links_for(asked), f"{g.get('tag')} atom"
    body = shared().cache.find(key)
    if body is None:
        body = atom(make(), links, address, shared().settings.publisher)
        if "tag" in g:
            shared().cache.put(key, body, len(body))
    response = Response(body, content_type=MEDIA)
    if "tag" in g:
        response.headers["ETag"] = f'"{g.tag}"'
    return response


@site.get("/static/<name>")
def static(name: str) -> Response:
    found = shared().statics.get(name)
    if found is None:
        abort(404)
    response = Response(found.data, content_type=found.media)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@site.get("/favicon.ico")
def favicon() -> Response:
    return _go(links_for(None).static("mark.svg"), 302)


@site.get("/robots.txt")
def robots() -> Response:
    """Keep search engines out; if the settings allow them, only out of answers to questions, such as searches."""
    here = request.root_path
    closed = (f"{here}/{name}" for name in _NO_PAGES) if shared().settings.indexed else [f"{here}/"]
    rules = "".join(f"Disallow: {address}\n" for address in closed)
    return Response(f"User-agent: *\n{rules}", content_type="text/plain; charset=utf-8")


_NO_PAGES = ("api/", "case", "go", "search", "suggest", "*?")
"""What search engines are kept out of in any case: answers to questions, which are without number."""


@site.get("/healthz")
def healthz() -> Response:
    """200 if the site can answer, else 503. Says whether the index belongs to the knowledge base."""
    holdings = shared().holdings
    try:
        digest = holdings.kb.digest
    except StoreError:
        return problem(503, "There is nothing to answer from", "The knowledge base can’t be read.")
    index = holdings.index_digest()
    body = {
        "status": "ok",
        "knowledge_base": digest,
        "index": index or None,
        "index_current": index == digest,
    }
    return Response(json.dumps(body), content_type="application/json")
