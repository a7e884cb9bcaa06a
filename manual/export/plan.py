"""Which pages an edition has, and their addresses.

An edition as of a day has one page for each code. With the history it also has, for each code, its history, one page
for each run of days with one answer (`A16.1/on/2024-08-01.html`, named by the first of them), a page for each version
that no such run shows, and a comparison of each version with the one before. The addresses are the site's, with
`.html`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple
from urllib.parse import quote

from manual.citation import anchor
from manual.export.dependencies import RecordingBase
from manual.model import NAMING, Code, VersionId, contents_kind
from manual.pages.feed import codes_below
from manual.pages.home_page import LATELY
from manual.pages.links import EditionLinks, code_segment, work_path
from manual.queries import Outline, OutlineSpan


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions to be compared, and the parts of the address: days if both have an undisputed first day, else
    ids."""

    old: VersionId
    new: VersionId
    first: date | VersionId
    second: date | VersionId


@dataclass(slots=True)
class CodePlan:
    """The pages of one code. Spans and versions are kept as the few facts that addresses need."""

    code: Code
    segment: str
    spans: tuple[OutlineSpan, ...]
    firsts: list[date] = field(default_factory=list)
    """First days of the spans after the first one, which has none."""
    lone: set[VersionId] = field(default_factory=set)
    """Versions with a page of their own."""
    shown_in: dict[VersionId, OutlineSpan] = field(default_factory=dict)
    pairs: dict[tuple[VersionId, VersionId], Pair] = field(default_factory=dict)
    held: frozenset[VersionId] = frozenset()

    def span_on(self, day: date) -> OutlineSpan:
        return self.spans[bisect_right(self.firsts, day)]


def code_plan(code: Code, outline: Outline) -> CodePlan:
    plan = CodePlan(code, code_segment(code), tuple(outline.spans))
    plan.firsts = [span.first for span in plan.spans[1:] if span.first is not None]
    if plan.spans and plan.spans[0].first is not None:
        raise ValueError(f"the spans of {code} do not begin with all days before")
    plan.held = frozenset(version.id for version in outline.versions if version.text_held)
    for span in plan.spans:
        if span.answer == "in_force" and span.first is not None:
            plan.shown_in.setdefault(span.versions[0], span)
    plan.lone = {version.id for version in outline.versions if version.id not in plan.shown_in}
    _plan_pairs(plan, outline)
    return plan


def _plan_pairs(plan: CodePlan, outline: Outline) -> None:
    begun = {version.id: version.effective_from for version in outline.versions}
    disputed = {id for span in plan.spans if span.answer == "disputed" for id in span.versions}
    wanted = [(old.id, new.id) for old, new in pairwise(outline.versions)]
    wanted += pairwise(version.id for version in outline.versions if version.text_held)  # over texts not held
    wanted += [
        (span.versions[0], span.versions[1])
        for span in plan.spans
        if span.answer == "disputed" and len(span.versions) == 2
    ]
    for before, after in pairwise(plan.spans):  # these are not always neighbouring versions
        if before.answer == after.answer == "in_force" and before.versions != after.versions:
            wanted.append((before.versions[0], after.versions[0]))
    for old, new in wanted:
        plan.pairs.setdefault((old, new), _pair(plan, old, new, begun, disputed))


def _pair(
    plan: CodePlan,
    old: VersionId,
    new: VersionId,
    begun: Mapping[VersionId, date | None],
    disputed: set[VersionId],
) -> Pair:
    first, second = begun[old], begun[new]
    settled = not {old, new} & disputed
    if settled and first and second and _is_answer(plan, old, first) and _is_answer(plan, new, second):
        return Pair(old, new, first, second)
    return Pair(old, new, old, new)


def _is_answer(plan: CodePlan, version: VersionId, day: date) -> bool:
    span = plan.span_on(day)
    return span.answer == "in_force" and span.versions == (version,)


class CodePlans(Mapping[Code, CodePlan]):
    """The plans of all codes, each made when it is first asked for."""

    def __init__(self, kb: RecordingBase) -> None:
        self._kb = kb
        self._outlines = kb.outlines()
        self._codes = kb.codes()
        self._made: dict[Code, CodePlan] = {}

    def __getitem__(self, code: Code) -> CodePlan:
        plan = self._made.get(code)
        if plan is None:
            plan = self._made[code] = code_plan(code, self._outlines[code])
        return plan

    def __contains__(self, code: object) -> bool:
        return code in self._outlines

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def noted(self, code: str) -> CodePlan | None:
        """The plan of a code that a page links to, which is recorded; None for an unknown code."""
        plan = self.get(Code(code))
        if plan is not None:
            self._kb.note(plan.code)
        return plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole edition: its day, what it contains, and all addresses."""

    on: date
    history: bool
    codes: CodePlans
    contents_days: tuple[date, ...]
    """Days besides its own for which the edition has the contents, ascending."""
    changes: tuple[tuple[date, date], ...]
    """Runs of days whose changes have a page, the second day excluded; newest first."""
    below: Mapping[Code, Sequence[Code]]
    """For each code the codes from there down: a feed of one alone is a page of its code, others are of the whole."""
    works: frozenset[Code] = frozenset()
    """The works beside the manual, each with a page; an account stands on that of its provision."""

    def answer_page(self, code: str, day: date) -> str:
        """The page that answers for a code and a day; empty if the edition has none."""
        plan = self.codes.noted(code)
        if plan is None:
            return ""
        if day == self.on:
            return f"{plan.segment}.html"
        span = plan.span_on(day)
        if not self.history:
            return f"{plan.segment}.html" if span == plan.span_on(self.on) else ""
        return self.span_page(plan, span)

    def span_page(self, plan: CodePlan, span: OutlineSpan) -> str:
        if span.first is None or span.answer not in NAMING:  # the history says what is known
            return f"{plan.segment}/history.html"
        return f"{plan.segment}/on/{span.first.isoformat()}.html"

    def version_page(self, code: str, id: str) -> str:
        plan = self.codes.noted(code)
        if plan is None:
            return ""
        version = VersionId(id)
        if not self.history:
            now = plan.span_on(self.on)
            return f"{plan.segment}.html" if now.answer == "in_force" and version in now.versions else ""
        span = plan.shown_in.get(version)
        if span is not None:
            return self.span_page(plan, span)
        return f"{plan.segment}/version/{_part(version)}.html" if version in plan.lone else ""

    def compare_page(self, code: str, one: date | str, other: date | str) -> str:
        plan = self.codes.noted(code)
        if plan is None or not self.history:
            return ""
        pair = plan.pairs.get((_version_on(plan, one), _version_on(plan, other)))
        return self.pair_page(plan, pair) if pair else ""

    def pair_page(self, plan: CodePlan, pair: Pair) -> str:
        return f"{plan.segment}/compare/{_part(pair.first)}/{_part(pair.second)}.html"

    def shows_text(self, code: str, day: date) -> bool:
        """Whether the page for that day shows the text of one version, so that places in it can be linked to."""
        plan = self.codes.noted(code)
        if plan is None:
            return False
        span = plan.span_on(day)
        return span.answer == "in_force" and span.versions[0] in plan.held

    def contents_page(self, day: date) -> str:
        """The latest contents before the day that the edition has; its own day's if there is none."""
        before = bisect_right(self.contents_days, day)
        if day >= self.on or not before:
            return "contents.html"
        return contents_address(self.contents_days[before - 1])

    def feed_page(self, code: str) -> str:
        """The feed of a part or, with the history, of any code; else empty: a thousand small files would be too much
        for an edition of one day."""
        plan = self.codes.get(Code(code))
        if plan is None or not (self.history or contents_kind(plan.code) == "part"):
            return ""
        return f"{plan.segment}/changes.atom"

    def changes_page(self, first: date, until: date) -> str:
        return changes_address(first, until) if (first, until) in self.changes else ""


def work_address(key: Code) -> str:
    """The address of a work beside the manual: `law/immigration-act-2009/s28.html`."""
    return f"{work_path(key).removeprefix('/')}.html"


def contents_address(day: date) -> str:
    """The address of the contents on a day other than the edition's own."""
    return f"contents/on/{day.isoformat()}.html"


def changes_address(first: date, until: date) -> str:
    return f"changes/{first.isoformat()}/{until.isoformat()}.html"


def _part(of: date | str) -> str:
    """A day or a version id as part of an address, valid on any file system and without quoting."""
    return quote(str(of), safe="@~").replace("%", "=")


def _version_on(plan: CodePlan, side: date | str) -> VersionId:
    if not isinstance(side, date):
        return VersionId(side)
    span = plan.span_on(side)
    return span.versions[0] if span.answer == "in_force" else VersionId("")


def make_plan(kb: RecordingBase, on: date, *, history: bool) -> Plan:
    years = _years(kb, on) if history else ()
    newest = kb.newest_capture()
    lately = ((newest - LATELY, newest + timedelta(days=1)),) if newest else ()
    by_year = tuple(map(_year, reversed(years)))
    return Plan(
        on=on,
        history=history,
        codes=CodePlans(kb),
        contents_days=tuple(date(year, 1, 1) for year in years if date(year, 1, 1) < on),
        changes=(*lately, *by_year),
        below=codes_below(kb.codes()),
        works=frozenset(work.key for work in kb.works_beside()),
    )


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year + 1, 1, 1)


def _years(kb: RecordingBase, on: date) -> tuple[int, ...]:
    days = kb.days_of_change()
    return tuple(range(days[0].year, max(days[1].year, on.year) + 1)) if days else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLinks(EditionLinks):
    """Addresses within the edition. An address is empty if the edition does not have the page."""

    plan: Plan

    def _held(self, page: str, pinpoint: str = "") -> str:
        """`page` is quoted already."""
        if not page:
            return ""
        if pinpoint and page == self.here:
            return f"#{anchor(pinpoint)}"
        return f"{'../' * self.here.count('/')}{page}{'#' + anchor(pinpoint) if pinpoint else ''}"

    @property
    def day(self) -> date:
        return self.on or self.plan.on

    def instruction_on(self, code: str, day: date | None, pinpoint: str = "") -> str:
        day = day or self.plan.on
        place = pinpoint if pinpoint and self.plan.shows_text(code, day) else ""
        return self._held(self.plan.answer_page(code, day), place)

    def version(self, code: str, version_id: str, pinpoint: str = "") -> str:
        plan = self.plan.codes.noted(code)
        held = plan is not None and version_id in plan.held
        return self._held(self.plan.version_page(code, version_id), pinpoint if held else "")

    def history(self, code: str) -> str:
        plan = self.plan.codes.get(Code(code))
        return self._held(f"{plan.segment}/history.html") if plan and self.plan.history else ""

    def compare(self, code: str, one: date | str, other: date | str, layout: str = "") -> str:
        return "" if layout else self._held(self.plan.compare_page(code, one, other))

    def contents(self, at: str = "") -> str:
        return self._held(self.plan.contents_page(self.day), at)

    def changes(self, first: date, until: date) -> str:
        return self._held(self.plan.changes_page(first, until))

    def lately(self) -> str:
        return self._held("changes.html")

    def coming(self) -> str:
        return self._held("coming.html")

    def feed(self, code: str = "") -> str:
        return self._held(self.plan.feed_page(code) if code else "changes.atom")

    def work(self, key: str) -> str:
        if Code(key) not in self.plan.works:
            return ""
        return self._held(work_address(Code(key))) + ("#account" if key.startswith("account:") else "")

    def case(self) -> str:
        return ""

    def index(self) -> str:
        """The A to Z of titles and defined terms."""
        return self._held("genindex.html")

    def how(self) -> str:
        """How to read the pages."""
        return self._held("how-to-read.html")

    def edition(self) -> str:
        """When and from what the edition was made."""
        return self._held("edition.html")


class RunOfDays(NamedTuple):
    """Days with one answer. `until`: the first day after them; None: no end."""

    first: date
    until: date | None


PageKind = Literal["own day", "feed", "history"] | RunOfDays | VersionId | Pair
"""What a page of a code shows."""


def pages_planned(plan: Plan, each: CodePlan) -> Iterator[tuple[str, PageKind]]:
    """Every file that is drawn for a code, by address."""
    yield f"{each.segment}.html", "own day"
    if (feed := plan.feed_page(each.code)) and len(plan.below[each.code]) == 1:
        yield feed, "feed"
    if not plan.history:
        return
    yield f"{each.segment}/history.html", "history"
    for span, until in zip(each.spans, (*each.firsts, None), strict=True):
        if span.first is not None and span.answer in NAMING:
            yield plan.span_page(each, span), RunOfDays(span.first, until)
    for id in sorted(each.lone):
        yield plan.version_page(each.code, id), id
    for pair in each.pairs.values():
        yield plan.pair_page(each, pair), pair
