"""Every page that an edition draws from the knowledge base."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from manual.citation import code_key
from manual.errors import ExportError
from manual.export.plan import SHOWN, CodePlan, Plan
from manual.export.render import Facts, draw
from manual.export.watched import Watched
from manual.model import Block, Code, VersionId
from manual.pages.changes_page import changes_page
from manual.pages.compare_page import compare_page
from manual.pages.contents_page import contents_page
from manual.pages.coverage_page import coverage_page, findings_page
from manual.pages.history_page import history_page
from manual.pages.home_page import AboutPage, home_page
from manual.pages.instruction import InstructionPage, instruction_page, version_page
from manual.pages.links import Place
from manual.pages.version_view import VersionView


@dataclass(frozen=True, slots=True)
class Drawn:
    """One finished page, and the codes it consulted."""

    address: str
    html: bytes
    consulted: frozenset[Code] = frozenset()


def pages_of_code(
    kb: Watched, plan: Plan, facts: Facts, code: Code, wanted: frozenset[str] | None = None
) -> Iterator[Drawn]:
    """The pages of one code; of these only the `wanted` ones, where given."""
    each = plan.codes[code]
    for address, make in _makers(kb, plan, facts, each):
        if wanted is None or address in wanted:
            kb.consulted()
            html = make()
            yield Drawn(address, html, kb.consulted())


def _makers(kb: Watched, plan: Plan, facts: Facts, each: CodePlan):  # type: ignore[no-untyped-def]
    """Addresses with what makes them, so that a page that is not wanted costs nothing."""
    code, today = each.code, plan.on

    def instruction(address: str, day: date) -> bytes:
        page = instruction_page(kb, code, day, None, today)
        if not isinstance(page, InstructionPage):
            raise ExportError(f"The code {code} is in the list of codes and has no history.")
        newest = _newest([page.shown, *page.candidates])
        seen = page.answer.as_last_seen if page.answer.as_last_seen_exact else None
        return draw(page, address, day, plan, facts, newest=newest or seen)

    def lone(address: str, id: VersionId) -> bytes:
        page = version_page(kb, kb.version(id), today, None, today)
        return draw(page, address, page.on, plan, facts, newest=_newest([page.shown]))

    def history(address: str) -> bytes:
        page = history_page(kb, code, today, None, today)
        known = kb.history_of(code)
        return draw(
            page, address, today, plan, facts, newest=known.last_seen if known.last_seen_exact else None
        )

    def compare(address: str, first: date | VersionId, second: date | VersionId) -> bytes:
        page = compare_page(kb, code, first, second, layout="", known=None, today=today)
        day = second if isinstance(second, date) else today
        views = [kb.version(side.version.id) for side in (page.old, page.new) if side.version]
        seen = [version.last_seen for version in views if version.last_seen]
        return draw(page, address, day, plan, facts, newest=max(seen, default=None))

    own = f"{each.segment}.html"
    yield own, lambda: instruction(own, today)
    if not plan.history:
        return
    past = f"{each.segment}/history.html"
    yield past, lambda: history(past)
    for span in each.spans:
        if span.first is not None and span.answer in SHOWN:
            address = plan.span_page(each, span)
            yield address, lambda a=address, d=span.first: instruction(a, d)
    for id in sorted(each.lone):
        address = plan.version_page(code, id)
        yield address, lambda a=address, i=id: lone(a, i)
    for pair in each.pairs.values():
        address = plan.pair_page(each, pair)
        yield address, lambda a=address, p=pair: compare(a, p.first, p.second)


def _newest(views: Iterable[VersionView | None]) -> date | None:
    """The newest day on which a page behind these is known to have been captured."""
    days = [source.captured for view in views if view for source in view.sources]
    return max((day for day in days if day), default=None)


# ---------------------------------------------------------------- pages about the whole


def pages_of_whole(kb: Watched, plan: Plan, facts: Facts) -> Iterator[Drawn]:
    """Front page, contents, changes, coverage, findings, A to Z, search."""
    newest, on = facts.newest_capture, plan.on

    def drawn(page, address: str, day: date = on, **more: object) -> Drawn:  # type: ignore[no-untyped-def]
        return Drawn(address, draw(page, address, day, plan, facts, newest=newest, **more))

    yield drawn(home_page(kb), "index.html")
    yield drawn(AboutPage(), "about.html")
    yield drawn(contents_page(kb, on, None), "contents.html")
    for day in plan.contents_days:
        yield drawn(contents_page(kb, day, None), f"contents/on/{day.isoformat()}.html", day)
    for first, last in plan.changes:
        yield drawn(changes_page(kb, first, last), f"changes/{first.isoformat()}/{last.isoformat()}.html")
    yield drawn(changes_index(kb, plan), "changes.html")
    yield drawn(coverage_page(kb), "coverage.html")
    yield drawn(findings_page(kb), "findings.html")
    yield drawn(index_page(kb, on), "genindex.html")
    yield drawn(SearchForm(), "search.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRun:
    first: date
    last: date
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesIndex:
    """Which pages of changes there are."""

    template: ClassVar[str] = "edition_changes.html"
    runs: tuple[ChangesRun, ...]
    title: str = "What changed, by year"
    place: ClassVar[Place] = Place(view="changes")
    status: int = 200


def changes_index(kb: Watched, plan: Plan) -> ChangesIndex:
    runs = []
    for first, last in plan.changes:
        found = kb.changes_between(first, date.fromordinal(last.toordinal() + 1))
        runs.append(ChangesRun(first=first, last=last, changes=len(found)))
    return ChangesIndex(runs=tuple(runs))


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """The page that search.js fills. Without a script it says where else to look."""

    template: ClassVar[str] = "edition_search.html"
    title: str = "Search"
    place: ClassVar[Place] = Place(view="search")
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A page of the project's own words, written by Sphinx."""

    template: ClassVar[str] = "edition_prose.html"
    name: str
    title: str
    place: ClassVar[Place] = Place(view="none")
    status: int = 200


# ---------------------------------------------------------------- A to Z


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexLine:
    """A title, or a term that an instruction defines."""

    words: str
    code: Code
    pinpoint: str = ""
    defined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexLetter:
    letter: str
    lines: tuple[IndexLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    template: ClassVar[str] = "edition_index.html"
    letters: tuple[IndexLetter, ...]
    title: str = "A to Z"
    place: ClassVar[Place] = Place(view="none")
    status: int = 200


# A clause that defines a term: the term in quotes, or a few words at the beginning, then "means".
# yes: “Sponsor” means a person who … | Acceptable employment means employment that …
# no: By all means an officer may … | This means that
_DEFINES = re.compile(
    r"(?:“(?P<quoted>[^”]{2,60})”|'(?P<single>[^']{2,60})'|(?P<bare>[A-Z][\w’-]*(?: [\w’-]+){0,4}?))"
    r" (?:means|is defined as)\b"
)
_NO_TERM = frozenset(["this", "that", "it", "by", "which", "in", "for", "such", "what"])


def index_page(kb: Watched, on: date) -> IndexPage:
    """Titles of the instructions in force on a day, and the terms that their texts define."""
    lines: dict[tuple[str, Code, str], IndexLine] = {}
    for entry in kb.contents_on(on).entries:
        if entry.code is None or entry.status not in ("in_force", "disputed"):
            continue
        if entry.title:
            lines[entry.title, entry.code, ""] = IndexLine(words=entry.title, code=entry.code)
        for line in _defined(kb, entry.code, on):
            lines.setdefault((line.words, line.code, line.pinpoint), line)
    ordered = sorted(
        lines.values(), key=lambda line: (line.words.casefold(), code_key(line.code), line.pinpoint)
    )
    letters: dict[str, list[IndexLine]] = {}
    for line in ordered:
        letters.setdefault(_letter(line.words), []).append(line)
    return IndexPage(letters=tuple(IndexLetter(letter=k, lines=tuple(v)) for k, v in sorted(letters.items())))


def _letter(words: str) -> str:
    first = words[:1].upper()
    return first if first.isalpha() and first.isascii() else "#"


def _defined(kb: Watched, code: Code, on: date) -> Iterator[IndexLine]:
    answer = kb.in_force_on(code, on)
    if answer.answer != "in_force" or answer.version is None:
        return
    text = kb.text_of(answer.version)
    if text is None or text.structure == "damaged":
        return
    for block in _walk(text.blocks):
        match = _DEFINES.match(block.text.lstrip())
        if match:
            term = match["quoted"] or match["single"] or match["bare"]
            if term.split()[0].lower() not in _NO_TERM:
                yield IndexLine(words=term, code=code, pinpoint=block.pinpoint, defined=True)


def _walk(blocks: Sequence[Block]) -> Iterator[Block]:
    for top in blocks:
        yield from top.walk()


__all__ = ["Drawn", "IndexPage", "Prose", "pages_of_code", "pages_of_whole"]
