"""Wanted pages: the page `/wanted`, and the same in JSON and in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from manual.dates import in_words
from manual.model import Code, When
from manual.pages.as_json import iso
from manual.pages.as_text import BLANK, Lines, line
from manual.pages.links import Place
from manual.pages.source_page import address_of_page
from manual.pages.words import counted
from manual.publisher import Publisher
from manual.queries import KnowledgeBase
from manual.queries.wanted import Wanted, WantedChapter, WantedPage, WantedReason

if TYPE_CHECKING:
    from manual.pages import json_types as shape

SHOWN = 100
"""Pages shown for each reason where no chapter is chosen: more would be no list that anybody works through."""
LABEL: dict[WantedReason, str] = {
    "in_force": "In force, or possibly so, and no text of it is held",
    "referred": "Texts that are held refer to it",
    "dispute": "It would help to settle a dispute",
    "listed": "Other versions that pages name",
    "not_in_contents": "The newest contents lack it",
    "stale": "Last seen long ago",
}
NO_ADDRESS = "address not known"


# ---------------------------------------------------------------- the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One page to open: its code and title, what it would give, and its address (empty if unknown)."""

    code: Code
    title: str
    what: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The pages of one chapter that are wanted for one reason."""

    chapter: str
    pages: tuple[Wish, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonShown:
    """All pages that are wanted for one reason, or the first `SHOWN` of them."""

    label: str
    total: int
    left_out: int
    chapters: tuple[Wishes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPageShown:
    template: ClassVar[str] = "wanted.html"
    title: str
    place: Place
    part: Code | None
    seen_before: date | None
    summary: str
    contents_href: str
    """Address of the contents where they are to be saved first; else empty."""
    chapters: tuple[WantedChapter, ...]
    reasons: tuple[ReasonShown, ...]
    stale: str
    """The number of days asked for, as typed; else empty."""
    status: int = 200


def wanted_page(kb: KnowledgeBase, when: When, part: Code | None, stale: int | None) -> WantedPageShown:
    """`part`, `stale`: as `KnowledgeBase.wanted`. With a part every page is shown."""
    wanted = kb.wanted(when, part, stale)
    query = (("part", part or ""), ("stale", "" if stale is None else str(stale)))
    return WantedPageShown(
        title="Pages to bring" if stale is None else "Pages to look at again",
        place=Place(view="wanted", query=tuple((name, value) for name, value in query if value)),
        part=part,
        seen_before=wanted.seen_before,
        summary=f"No page that was read gives {part}, or a code below it, to anything."
        if is_unknown(kb, when, wanted)
        else summary_of(wanted),
        contents_href=address_of_page(wanted.contents, kb.publisher) if wanted.contents else "",
        chapters=wanted.chapters,
        reasons=tuple(_reasons(wanted, None if part else SHOWN, kb.publisher)),
        stale="" if stale is None else str(stale),
    )


def is_unknown(kb: KnowledgeBase, when: When, wanted: Wanted) -> bool:
    """Whether the part asked for is a code that nothing is known of: an empty list would say that all of it is held."""
    if wanted.part is None or wanted.pages or wanted.chapters:
        return False
    return kb.in_force_on(wanted.part, when).answer == "unknown_code"


def _reasons(wanted: Wanted, most: int | None, publisher: Publisher) -> Iterator[ReasonShown]:
    for reason, found in groupby(wanted.pages, key=lambda page: page.reason):
        pages = list(found)
        shown = pages[:most]
        yield ReasonShown(
            label=LABEL[reason],
            total=len(pages),
            left_out=len(pages) - len(shown),
            chapters=tuple(_by_chapter(shown, publisher)),
        )


def _by_chapter(pages: Sequence[WantedPage], publisher: Publisher) -> Iterator[Wishes]:
    for chapter, found in groupby(pages, key=lambda page: page.chapter):
        yield Wishes(
            chapter=chapter,
            pages=tuple(
                Wish(code=page.code, title=page.title, what=_what(page), href=_href(page, publisher))
                for page in found
            ),
        )


def _href(page: WantedPage, publisher: Publisher) -> str:
    return address_of_page(page.address, publisher) if page.address else ""


def _what(page: WantedPage) -> str:
    """Which version it would give, or when it was seen; empty if that is unknown."""
    if page.reason in ("stale", "not_in_contents"):
        return (
            f"last seen on {in_words(page.last_seen)}"
            if page.last_seen
            else "never seen on a day that is known"
        )
    if page.effective_from is not None:
        return f"the version of {in_words(page.effective_from)}"
    return f"a version up to {in_words(page.effective_until)}" if page.effective_until else ""


def summary_of(wanted: Wanted) -> str:
    """`Wanted: 1,295 texts of what is or may be in force, and 289 other pages.`"""
    if wanted.seen_before is not None:
        pages = counted(len(wanted.pages), "page")
        return f"{pages} to look at again: last seen before {in_words(wanted.seen_before)}."
    in_force = wanted.counts.get("in_force", 0)
    return wanted_words(in_force, len(wanted.pages) - in_force)


def wanted_words(in_force: int, others: int) -> str:
    """How many pages are wanted, in a sentence."""
    if not in_force and not others:
        return "Nothing is wanted that pages name."
    return f"Wanted: {counted(in_force, 'text')} of what is or may be in force, and {counted(others, 'other page')}."


# ---------------------------------------------------------------- the command


def wanted_json(wanted: Wanted, publisher: Publisher, stretch: slice = slice(None)) -> shape.Wanted:
    """`wanted --json`. The list may be one page of results; the totals count all."""
    return {
        "on": iso(wanted.on),
        "known": iso(wanted.known),
        "part": wanted.part,
        "seen_before": iso(wanted.seen_before),
        "contents": address_of_page(wanted.contents, publisher) if wanted.contents else None,
        "totals": {**{str(reason): n for reason, n in wanted.counts.items()}, "all": len(wanted.pages)},
        "chapters": [
            {
                "chapter": one.chapter,
                "title": one.title,
                "codes": one.codes,
                "held": one.held,
                "wanted": one.pages,
            }
            for one in wanted.chapters
        ],
        "pages": [
            {
                "reason": page.reason,
                "code": page.code,
                "title": page.title,
                "chapter": page.chapter,
                "version": page.version,
                "effective_from": iso(page.effective_from),
                "effective_until": iso(page.effective_until),
                "last_seen": iso(page.last_seen),
                "address": _href(page, publisher) or None,
            }
            for page in wanted.pages[stretch]
        ],
    }


def wanted_lines(wanted: Wanted, publisher: Publisher) -> Lines:
    yield line(summary_of(wanted), "strong")
    if wanted.contents is not None:
        yield line(f"Save the contents first: {address_of_page(wanted.contents, publisher)}", "alert")
    counts = {one.chapter: one for one in wanted.chapters}
    for reason, found in groupby(wanted.pages, key=lambda page: page.reason):
        pages = list(found)
        yield BLANK
        yield line(f"{LABEL[reason]}: {len(pages):,}", "strong")
        for chapter, of_chapter in groupby(pages, key=lambda page: page.chapter):
            one = counts[chapter]
            yield line(
                f"{chapter}: {one.held} of {one.codes} held" + (f" ({one.title})" if one.title else ""),
                indent=2,
            )
            for page in of_chapter:
                what = f" ({_what(page)})" if _what(page) else ""
                place = _href(page, publisher) or NO_ADDRESS
                yield line(f"{page.code} {page.title}{what}  {place}", indent=4)
