"""Every page that an edition makes from the knowledge base."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import ClassVar

from manual.dates import in_words
from manual.errors import ExportError
from manual.export.dependencies import RecordingBase
from manual.export.feeds import draw_feed, feed_in_edition
from manual.export.plan import (
    CodePlan,
    PageKind,
    Pair,
    Plan,
    RunOfDays,
    changes_address,
    contents_address,
    pages_planned,
    work_address,
)
from manual.export.render import Facts, draw
from manual.model import Code, VersionId, When
from manual.pages.changes_page import changes_page
from manual.pages.coming_page import coming_page
from manual.pages.compare_page import compare_page
from manual.pages.contents_page import contents_page
from manual.pages.coverage_page import coverage_page, findings_page
from manual.pages.feed import Feed
from manual.pages.history_page import history_page
from manual.pages.home_page import AboutPage, home_page
from manual.pages.how_to_search import HowToSearchPage
from manual.pages.identity import first_day
from manual.pages.instruction import InstructionPage, instruction_page, version_page
from manual.pages.links import NOWHERE, Place, work_folder
from manual.pages.render import Page
from manual.pages.terms_page import terms_page
from manual.pages.version_view import VersionView
from manual.pages.wanted_page import wanted_page
from manual.pages.words import day_before
from manual.pages.work_page import LISTS, beside_page, work_page

FACTS_MARK = "<!-- facts -->"
"""Stands in the prose where the facts of an edition are wanted."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One finished page, and the codes that it used."""

    address: str
    html: bytes
    used: frozenset[Code] = frozenset()


def pages_of_code(
    kb: RecordingBase, plan: Plan, facts: Facts, code: Code, wanted: frozenset[str] | None = None
) -> Iterator[Drawn]:
    """The pages of one code, or only the `wanted` ones if given."""
    each = plan.codes[code]
    for address, kind in pages_planned(plan, each):
        if wanted is None or address in wanted:
            kb.used()
            yield Drawn(address, _page_of_code(kb, plan, facts, each, address, kind), kb.used())


def _page_of_code(
    kb: RecordingBase, plan: Plan, facts: Facts, each: CodePlan, address: str, kind: PageKind
) -> bytes:
    code, today = each.code, plan.on

    def instruction(day: date, until: date | None, *, own: bool = False) -> bytes:
        page = instruction_page(kb, code, When(day), today)
        if not isinstance(page, InstructionPage):
            raise ExportError(f"The code {code} is in the list of codes and has no history.")
        last = min(day_before(until), today) if until else today
        if last > day:
            page = replace(page, at_its_end=kb.in_force_on(code, When(last)))
        newest = _newest([page.shown, *page.candidates])
        seen = page.answer.as_last_seen if page.answer.as_last_seen_exact else None
        begun = first_day(page.answer) if plan.history and own else None
        return draw(page, address, day, plan, facts, newest=newest or seen, begun=begun)

    def lone(id: VersionId) -> bytes:
        page = version_page(kb, kb.version(id), When(today), today)
        return draw(page, address, page.on, plan, facts, newest=_newest([page.shown]))

    def history() -> bytes:
        page = history_page(kb, code, When(today), today)
        known = kb.history_of(code)
        return draw(
            page, address, today, plan, facts, newest=known.last_seen if known.last_seen_exact else None
        )

    def compare(first: date | VersionId, second: date | VersionId) -> bytes:
        page = compare_page(kb, code, first, second, layout="", known=None, today=today)
        day = second if isinstance(second, date) else today
        sides = (page.old.version, page.new.version)
        seen = [version.last_seen for version in sides if version and version.last_seen]
        return draw(page, address, day, plan, facts, newest=max(seen, default=None))

    match kind:
        case "own day":
            return instruction(today, None, own=True)
        case "feed":
            return draw_feed(feed_in_edition(kb, plan, code), address, plan, facts)
        case "history":
            return history()
        case RunOfDays(first, until):
            return instruction(first, until)
        case Pair():
            return compare(kind.first, kind.second)
        case id:
            return lone(id)


def _newest(views: Iterable[VersionView | None]) -> date | None:
    """The newest known day of capture of the pages on which these rest."""
    days = [source.captured for view in views if view for source in view.sources]
    return max((day for day in days if day), default=None)


# ---------------------------------------------------------------- pages about the whole


def pages_of_whole(kb: RecordingBase, plan: Plan, facts: Facts) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Front page, contents, changes, feeds of many codes and the like: each address with the function that draws it.

    Pages about the past do not name the newest capture, because then every capture would change all of them.
    """
    newest, on = facts.newest_capture, plan.on

    def current(address: str, make: Callable[[], Page]) -> tuple[str, Callable[[], bytes]]:
        return address, lambda: draw(make(), address, on, plan, facts, newest=newest)

    def past(address: str, make: Callable[[], Page], day: date) -> tuple[str, Callable[[], bytes]]:
        return address, lambda: draw(make(), address, day, plan, facts, newest=None, many=True)

    def feed(address: str, make: Callable[[], Feed]) -> tuple[str, Callable[[], bytes]]:
        return address, lambda: draw_feed(make(), address, plan, facts)

    yield feed("changes.atom", partial(feed_in_edition, kb, plan, None))
    for code in plan.codes:
        if (address := plan.feed_page(code)) and len(plan.below[code]) > 1:
            yield feed(address, partial(feed_in_edition, kb, plan, code))
    yield current("index.html", partial(home_page, kb, None, on))
    yield current("about.html", AboutPage)
    yield current("how-to-search.html", HowToSearchPage)
    yield current("contents.html", partial(contents_page, kb, When(on)))
    for day in plan.contents_days:
        yield past(contents_address(day), partial(contents_page, kb, When(day)), day)
    for first, until in plan.changes:
        address, make = changes_address(first, until), partial(changes_page, kb, first, until, None)
        yield past(address, make, on) if newest and until <= newest else current(address, make)
    yield current("changes.html", partial(changes_index, kb, plan))
    yield current("coming.html", partial(coming_page, kb, When(on)))
    yield current("coverage.html", partial(coverage_page, kb, None))
    yield current("findings.html", partial(findings_page, kb, None))
    yield current("wanted.html", partial(wanted_page, kb, When(on), None, None))
    yield current("search.html", SearchForm)
    yield current("terms.html", partial(terms_page, kb, When(on)))
    for schemes, title in LISTS.items():
        address = f"{work_folder(schemes[0])}.html"
        yield current(address, partial(beside_page, kb, None, schemes, title))
    for key in sorted(plan.works):
        if not key.startswith("account:"):
            yield current(work_address(key), partial(work_page, kb, key, When(on)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRun:
    first: date
    until: date
    last: str
    """The last day looked at, in words."""
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesIndex:
    """The list of pages of changes."""

    template: ClassVar[str] = "edition_changes.html"
    runs: tuple[ChangesRun, ...]
    title: str = "What changed, by year"
    place: ClassVar[Place] = Place(view="changes")
    status: int = 200


def changes_index(kb: RecordingBase, plan: Plan) -> ChangesIndex:
    counts = kb.change_counts(plan.changes)
    runs = [
        ChangesRun(first=first, until=until, last=in_words(day_before(until)), changes=count)
        for (first, until), count in zip(plan.changes, counts, strict=True)
    ]
    return ChangesIndex(runs=tuple(runs))


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """The page that search.js fills. Without script it says where else to look."""

    template: ClassVar[str] = "edition_search.html"
    title: str = "Search"
    place: ClassVar[Place] = Place(view="search")
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A page of the project's own prose, made by Sphinx."""

    template: ClassVar[str] = "edition_prose.html"
    name: str
    title: str
    place: ClassVar[Place] = NOWHERE
    status: int = 200


__all__ = ["Drawn", "Prose", "pages_of_code", "pages_of_whole"]
