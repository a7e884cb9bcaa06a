"""Hits of a search on a day or at any time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from urllib.parse import quote

from indexer import Candidate, Hit, SearchIndex, SearchResult, Snippet, SnippetPiece, Sort
from manual.beside_index import WorksFound
from manual.citation import Designation, address_in
from manual.dates import in_words
from manual.model import Code, When
from manual.pages.links import Place
from manual.pages.words import ANSWER_LABEL, counted, day_before
from manual.queries import KnowledgeBase

PER_PAGE = 20
FACETS_SHOWN = 12
SORTS: tuple[tuple[Sort, str], ...] = (("relevance", "relevance"), ("date", "newest first"), ("code", "code"))
_FACET_LABEL = {"part": "Part", "status": "Answer on the day", "kind": "Kind", "year": "Year of effect"}
_STATUS_AT_ANY_TIME = "How its record ends"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """A reader's choices besides the words and the day."""

    any_time: bool = False
    page: int = 1
    sort: Sort = "relevance"
    part: str = ""
    status: str = ""
    kind: str = ""
    year: int | None = None
    expand: bool = True

    def as_query(self) -> dict[str, str]:
        """As parameters of an address, without those at their defaults."""
        chosen = {
            "when": "any" if self.any_time else "",
            "sort": self.sort if self.sort != "relevance" else "",
            "part": self.part,
            "status": self.status,
            "kind": self.kind,
            "year": str(self.year) if self.year is not None else "",
            "expand": "" if self.expand else "no",
            "page": str(self.page) if self.page > 1 else "",
        }
        return {key: value for key, value in chosen.items() if value}

    @property
    def in_list(self) -> dict[str, str]:
        """The parameters that determine the list of results, for the address of a hit: all but the page number."""
        return replace(self, page=1).as_query()

    @property
    def before(self) -> int:
        """The number of results on earlier pages."""
        return (self.page - 1) * PER_PAGE

    @property
    def narrowed(self) -> bool:
        return bool(self.part or self.status or self.kind or self.year is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    hit: Hit
    position: int
    """In the whole list of results, from 1."""
    place: str
    """The pinpoint the snippet stands at, else the code."""
    period: str
    answer: str
    """In words where it is not plainly in force."""
    snippet: Snippet
    marks: str
    """Text directives of a fragment, by which a browser marks the words found; empty where none are shown."""
    versions: str
    found_by: str
    """Why no words of it are shown; empty where some are."""
    candidates: tuple[CandidateView, ...]
    """Of a disputed hit, and of an undated one with several versions: what the answer may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView:
    candidate: Candidate
    said: str
    """Which version it is, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDay:
    """An instruction that contains the words on another day."""

    day: date | None
    """A day on which that version is the settled answer; None where there is none."""
    found: HitView


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a facet or order, with the query that chooses it."""

    label: str
    count: int | None
    chosen: bool
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    label: str
    choices: tuple[Choice, ...]
    left_out: int


NOTHING_BESIDE = WorksFound()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    template: ClassVar[str] = "search.html"
    title: str
    place: Place
    query: str
    options: SearchOptions
    result: SearchResult | None
    """None where no words were given."""
    summary: str
    hits: tuple[HitView, ...]
    other_days: tuple[OtherDay, ...]
    """Where no instruction of the day holds all the words: some that do on other days."""
    facets: tuple[Facet, ...]
    sorts: tuple[Choice, ...]
    unfold: Mapping[str, str]
    """The same search without added words, or with them."""
    other_time: Mapping[str, str]
    everything: Mapping[str, str]
    earlier: Mapping[str, str] | None
    later: Mapping[str, str] | None
    pages: str
    unknown: str
    """A code that the query is and that nothing has."""
    no_page: str
    """The number of a page at the publisher's that the query is, where no page read is known to have stood there.
    Not of a number alone that is found as a word."""
    nearest: tuple[tuple[Code, str], ...]
    """Codes with their titles that the query may have meant."""
    fault: str
    """Why there can be no answer just now, e.g. an index that is being rebuilt."""
    stale: bool = False
    """The index was made from another state of the knowledge base than the rest of the page."""
    line: int | None = None
    """Before which of the hits of this page, counted from 0, those begin that hold only some of the words."""
    beside: WorksFound = NOTHING_BESIDE
    """Law, circulars and notices that hold the words: on the first page of results."""
    status: int = 200

    @property
    def correction_finds(self) -> str:
        """The number of results for the corrected spelling."""
        return counted(self.result.did_you_mean_total, "instruction") if self.result else ""

    @property
    def line_said(self) -> str:
        """The words of that line."""
        if self.result is None or self.result.first_of_rest is None:
            return ""
        whole, rest = self.result.holding_all, self.result.total - self.result.first_of_rest
        return f"{whole:,} {_hold(whole)} all the words; {rest:,} more {_hold(rest)} some."


def search_page(
    kb: KnowledgeBase,
    index: SearchIndex | None,
    query: str,
    when: When,
    options: SearchOptions,
    *,
    meant: Designation | None = None,
    fault: str = "",
    stale: bool = False,
) -> SearchPage:
    """`query` on a day, or at any time if the options say so. Without an index, `fault` says why.

    `meant`: the instruction that the query names, or codes that it may have meant.
    """
    result = (
        ask(index, query, when.on, options, PER_PAGE, options.before)
        if index is not None and query.strip()
        else None
    )
    others = (
        other_days(kb, index, query, when, options) if index is not None and nothing_holds(result) else ()
    )
    total = result.total if result else 0
    last = max(1, -(-total // PER_PAGE))
    return SearchPage(
        title=f"Search: {query}" if query.strip() else "Search",
        place=Place(view="search", query=(("q", query), *options.as_query().items())),
        query=query,
        options=options,
        result=result,
        summary=_summary(result, options),
        other_days=others,
        hits=tuple(hit_view(hit, n) for n, hit in enumerate(result.hits, options.before + 1))
        if result
        else (),
        facets=_facets(result, options) if result else (),
        sorts=_sorts(options),
        unfold=replace(options, expand=not options.expand, page=1).as_query(),
        other_time=replace(options, any_time=not options.any_time, page=1).as_query(),
        everything=SearchOptions(any_time=options.any_time, sort=options.sort).as_query(),
        earlier=replace(options, page=options.page - 1).as_query() if options.page > 1 else None,
        later=replace(options, page=options.page + 1).as_query() if options.page < last else None,
        pages=f"Page {options.page} of {last}" if last > 1 else "",
        unknown=meant.code if meant is not None and meant.code and not meant.known else "",
        no_page=_no_page(query, meant, result),
        nearest=tuple((code, kb.title_of(code, when)) for code in meant.near) if meant is not None else (),
        fault=fault,
        stale=stale,
        line=_line(result, options),
        status=503 if fault else 200,
    )


def _no_page(query: str, meant: Designation | None, result: SearchResult | None) -> str:
    address = address_in(query)
    if address is None or (meant is not None and (meant.code or meant.near)):
        return ""
    is_word = query.isdecimal() and result is not None and result.total
    return "" if is_word else address.number


def _line(result: SearchResult | None, options: SearchOptions) -> int | None:
    if result is None or result.first_of_rest is None:
        return None
    place = result.first_of_rest - options.before
    return place if 0 <= place < len(result.hits) else None


def _hold(number: int) -> str:
    return "holds" if number == 1 else "hold"


def ask(
    index: SearchIndex, query: str, on: date, options: SearchOptions, limit: int, offset: int
) -> SearchResult:
    """A range of the results, ordered and filtered by the options. `offset` replaces their page number."""
    return index.search(
        query,
        None if options.any_time else on,
        limit=limit,
        offset=offset,
        sort=options.sort,
        part=options.part or None,
        status=options.status or None,
        kind=options.kind or None,
        year=options.year,
        expand=options.expand,
    )


MOST_OTHER_DAYS = 3


def nothing_holds(result: SearchResult | None) -> bool:
    """Whether a day was searched and no instruction on it contains all the words."""
    return result is not None and result.on is not None and not result.holding_all


def other_days(
    kb: KnowledgeBase, index: SearchIndex, query: str, when: When, options: SearchOptions
) -> tuple[OtherDay, ...]:
    """A few instructions that contain all the words on other days, from a search at any time."""
    wanted = replace(options, any_time=True, status="", sort="relevance", page=1)
    result = ask(index, query, when.on, wanted, MOST_OTHER_DAYS, 0)
    if result.on is not None:  # the query itself names a day
        return ()
    hits = result.hits[: result.holding_all]
    return tuple(
        OtherDay(day=_settled_day(kb, hit, when), found=hit_view(hit, n)) for n, hit in enumerate(hits, 1)
    )


def _settled_day(kb: KnowledgeBase, hit: Hit, when: When) -> date | None:
    """The nearest day to the one asked on which the version found was definitely in force."""
    last = day_before(hit.effective_until) if hit.effective_until else None
    day = last if last is not None and last < when.on else hit.effective_from
    if day is None:
        return None
    answer = kb.in_force_on(hit.code, When(day, when.known))
    settled = answer.version is not None and answer.version.id == hit.version_id
    return day if answer.answer == "in_force" and settled else None


def _summary(result: SearchResult | None, options: SearchOptions) -> str:
    """A summary. If nothing was found, it says what was searched, since this copy may hold few texts."""
    if result is None:
        return ""
    when = f"on {in_words(result.on)}" if result.on else "at any time"
    if not result.total:
        if options.status:
            searched = f"instructions chosen, {when}"
        else:
            searched = (
                f"instructions in force or in dispute {when}" if result.on else "instructions of any time"
            )
        if options.narrowed:
            searched = f"{searched}, as narrowed below,"
        undated = " No title of an undated one does." if result.on and not options.status else ""
        return f"No title and no text held of the {searched} holds these words.{undated}"
    found = f"{counted(result.total, 'instruction')} {when}"
    return (
        f"{found}; {result.holding_all:,} of them {_hold(result.holding_all)} all the words."
        if result.holding_all
        else f"{found}."
    )


def hit_view(hit: Hit, position: int) -> HitView:
    return HitView(
        hit=hit,
        position=position,
        place=hit.pinpoint or hit.code,
        period=_period(hit.effective_from, hit.effective_until),
        answer="" if hit.answer == "in_force" else ANSWER_LABEL[hit.answer],
        snippet=hit.snippet if not hit.damaged else (),
        marks=text_directives(hit.snippet) if not hit.damaged else "",
        versions=str(hit.versions) if hit.versions else "",
        found_by=_found_by(hit),
        candidates=tuple(
            CandidateView(candidate=one, said=_version_said(one))
            for one in hit.candidates
            if hit.answer == "disputed" or len(hit.candidates) > 1
        ),
    )


def _version_said(one: Candidate) -> str:
    if one.effective_from is None:
        return "a version whose first day is not known"
    period = _period(one.effective_from, one.effective_until)
    return f"the version of {period}" if one.effective_until else f"the version {period}"


def _found_by(hit: Hit) -> str:
    if hit.snippet and not hit.damaged:
        return ""
    if hit.answer == "undated" and hit.versions is None and hit.text_held:
        return "Found by its title or code; of its text nothing says whether it is that of the day."
    if not hit.text_held:
        return "Text not held; found by its title or code."
    return "Words were lost from this text, so it is not quoted." if hit.damaged else ""


MOST_MARKS = 3


def text_directives(snippet: Snippet) -> str:
    """The words marked in a snippet as text directives, each with neighbouring words, so that the browser finds this
    place and not an earlier one.

    >>> text_directives((SnippetPiece("an ", False), SnippetPiece("offer", True), SnippetPiece(" of work", False)))
    'text=offer,-of%20work'
    >>> text_directives((SnippetPiece("There is an ", False), SnippetPiece("offer", True), SnippetPiece(".", False)))
    'text=There%20is%20an-,offer'
    """
    nothing = SnippetPiece("", False)
    around = (nothing, *snippet, nothing)
    found: dict[str, None] = {}
    for before, here, after in zip(around, around[1:], around[2:], strict=False):
        if here.marked and here.text.strip():
            found.setdefault(_directive(before, here, after))
    return "&".join(list(found)[:MOST_MARKS])


# Up to three whole words straight after a mark, or straight before it.
# yes: " of work, or none" -> " of work" | " offer in New Zealand" -> " offer in New"
# no: ", or" | "s of work" (the mark ends inside a word)
_FOLLOWING = re.compile(r"(?:\s+\w+\b){1,3}")
_LEADING = re.compile(r"(?:\b\w+\s+){1,3}$")


def _directive(before: SnippetPiece, here: SnippetPiece, after: SnippetPiece) -> str:
    words = _encoded(here.text)
    if not after.marked and (follows := _FOLLOWING.match(after.text)):
        return f"text={words},-{_encoded(follows[0])}"
    if not before.marked and (leads := _LEADING.search(before.text)):
        return f"text={_encoded(leads[0])}-,{words}"
    return f"text={words}"


def _encoded(words: str) -> str:
    """Encode dashes, commas and ampersands too, which have a meaning in a text directive."""
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")


def _period(begins: date | None, until: date | None) -> str:
    if begins is None:
        return "first day not known"
    first = in_words(begins)
    return f"{first} to {in_words(day_before(until))}" if until else f"from {first}"


def _facets(result: SearchResult, options: SearchOptions) -> tuple[Facet, ...]:
    return tuple(
        _facet(
            name,
            label if result.on or name != "status" else _STATUS_AT_ANY_TIME,
            result.facets[name],
            options,
        )
        for name, label in _FACET_LABEL.items()
        if len(result.facets.get(name, {})) > 1 or (result.facets.get(name) and _chosen(options, name))
    )


def _chosen(options: SearchOptions, name: str) -> str:
    value = getattr(options, name)
    return str(value) if value is not None else ""


def _facet(name: str, label: str, counts: Mapping[str, int], options: SearchOptions) -> Facet:
    chosen = _chosen(options, name)
    without = {k: v for k, v in replace(options, page=1).as_query().items() if k != name}
    choices = tuple(
        Choice(
            label=ANSWER_LABEL.get(value, value) if name == "status" else value,  # type: ignore[call-overload]
            count=count,
            chosen=value == chosen,
            options=without if value == chosen else {**without, name: value},
        )
        for value, count in list(counts.items())[:FACETS_SHOWN]
    )
    return Facet(label=label, choices=choices, left_out=max(0, len(counts) - FACETS_SHOWN))


def _sorts(options: SearchOptions) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            label=label,
            count=None,
            chosen=options.sort == sort,
            options=replace(options, sort=sort, page=1).as_query(),
        )
        for sort, label in SORTS
    )
