"""Wanted pages: pages that matter and whose text is not held, most useful first.

A page is named by its code, by the version whose text it would give where one is known, and by its address. Nothing
here fetches anything: a person opens the address and saves what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from manual import citation
from manual.model import Answer, Code, SitePath, Version, VersionId, When
from manual.publisher import INZ, Publisher
from manual.queries.contents import newest_tree, order_of, part_of
from manual.queries.designating import StandingOn
from manual.queries.state import State
from manual.queries.texts import newest_title

WantedReason = Literal["in_force", "referred", "dispute", "listed", "stale", "not_in_contents"]
"""Why a page is wanted, in the order of use.

`in_force`: no text is held of what stands on the day, or may stand. `referred`: a held text refers to it. `dispute`: a
version between which some days are disputed. `listed`: any other version that held pages speak of. Only where pages
that were seen long ago are asked for: `stale`: its text is held and was last seen before that. `not_in_contents`: the
newest contents lack it, and its page would show what became of it.
"""
REASONS: tuple[WantedReason, ...] = (
    "in_force", "referred", "dispute", "listed", "not_in_contents", "stale",
)  # fmt: skip
_MAY_STAND = frozenset({"in_force", "undated", "disputed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPage:
    """One page to bring."""

    reason: WantedReason
    code: Code
    title: str
    chapter: str
    """The letters of its code (`WA`), or the word of `Appendix 13`."""
    version: VersionId | None
    """The version whose text it would give; None where no page names one."""
    effective_from: date | None
    effective_until: date | None
    address: SitePath | None
    """None where no page that was read links it."""
    last_seen: date | None = None
    """For `stale`: the last known day on which it was seen in force; None where no known day is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedChapter:
    """How much is held of the codes with the same letters."""

    chapter: str
    title: str
    codes: int
    """Codes that stand on the day, or may stand."""
    held: int
    """Those whose text of that day is held, without a word missing."""
    pages: int
    """Pages that are wanted of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to bring as on a day. `pages`: in the order of `REASONS`, then of the contents, the newest version first."""

    on: date
    known: date | None
    part: Code | None
    seen_before: date | None
    """Where pages last seen long ago are asked for: the day before which that is; else None."""
    pages: tuple[WantedPage, ...]
    chapters: tuple[WantedChapter, ...]
    """In the order of the contents; those with neither a code that stands nor a wanted page are left out."""
    contents: SitePath | None
    """Address of the contents where they are to be saved first: none of them that are held, or none seen since
    `seen_before`, carries links; else None."""

    @property
    def counts(self) -> dict[WantedReason, int]:
        """The number of pages for each reason that occurs."""
        found = dict.fromkeys(REASONS, 0)
        for page in self.pages:
            found[page.reason] += 1
        return {reason: number for reason, number in found.items() if number}


def chapter_of(code: Code) -> str:
    """`WA` for WA3.15, `Appendix` for Appendix 13."""
    return citation.code_key(code)[1]


def part_named(typed: str, publisher: Publisher = INZ) -> Code:
    """What `--part` names: a code, or the word of all codes such as `Appendix 13`. Raises CitationError.

    >>> part_named("wa3"), part_named("appendix")
    ('WA3', 'Appendix')
    """
    if typed.strip().casefold() == publisher.codes.word.casefold() != "":
        return Code(publisher.codes.word)
    return citation.parse_code(typed, publisher)


def within(code: Code, part: Code | None) -> bool:
    """Whether a code is `part` or below it, judged by its letters and numbers: `A` has A1 to A27, `Appendix` every
    appendix.

    >>> within(Code("WA3.15"), Code("WA3")), within(Code("WA3.15"), Code("W"))
    (True, False)
    """
    if chapter_of(code) == part:
        return True
    above: Code | None = code
    while above is not None:
        if part in (None, above):
            return True
        above = citation.parent_of(above)
    return False


def wanted(state: State, on: date, part: Code | None = None, stale: int | None = None) -> Wanted:
    """`part`: only what is or stands under this code. `stale`: instead of what is not held, what was last seen more
    than so many days before `on`."""
    seen_before = on - timedelta(days=stale) if stale is not None else None
    found = state.kept(("wanted", on, seen_before), lambda: _wanted(state, on, seen_before))
    if part is None:
        return found
    pages = tuple(page for page in found.pages if within(page.code, part))
    standing = [code for code in state.codes() if within(code, part)]
    return _made(state, on, part, seen_before, pages, standing)


def nothing_held(when: When, publisher: Publisher = INZ) -> Wanted:
    """For a home into which nothing was loaded: the contents, because they name all other pages."""
    return Wanted(
        on=when.on,
        known=when.known,
        part=None,
        seen_before=None,
        pages=(),
        chapters=(),
        contents=SitePath(f"{publisher.folder}/toc"),
    )


def _wanted(state: State, on: date, seen_before: date | None) -> Wanted:
    codes = state.codes()
    if seen_before is None:
        pages = list(_not_held(state, codes, on))
    else:
        pages = [page for code in codes for page in _long_ago(state, code, on, seen_before)]
    return _made(state, on, None, seen_before, tuple(_in_order(state, pages)), codes)


def _in_order(state: State, pages: Iterable[WantedPage]) -> list[WantedPage]:
    """A version of unknown start comes before the others of its code, since it is usually the newest."""
    return sorted(
        pages,
        key=lambda page: (
            REASONS.index(page.reason),
            order_of(state, page.code),
            -(page.effective_from or date.max).toordinal(),
        ),
    )


def _made(
    state: State,
    on: date,
    part: Code | None,
    seen_before: date | None,
    pages: tuple[WantedPage, ...],
    codes: Iterable[Code],
) -> Wanted:
    return Wanted(
        on=on,
        known=None,
        part=part,
        seen_before=seen_before,
        pages=pages,
        chapters=tuple(_chapters(state, on, pages, codes)),
        contents=_contents_to_save(state, seen_before),
    )


# ---------------------------------------------------------------- what is not held


def _not_held(state: State, codes: Iterable[Code], on: date) -> Iterator[WantedPage]:
    """Each page once, with the first reason that applies."""
    told: set[tuple[Code, str | None]] = set()
    for page in _candidates(state, list(codes), on):
        key = page.code, page.address or page.version
        if key not in told:
            told.add(key)
            yield page


def _candidates(state: State, codes: list[Code], on: date) -> Iterator[WantedPage]:
    for code in codes:
        answer = state.answer(code, on)
        if answer.answer in _MAY_STAND and not is_held(state, answer):
            yield _standing_page(state, answer)
    yield from _referred(state, on)
    for code in codes:
        timeline = state.timeline(code)
        history = timeline.history if timeline else None
        if history is None:
            continue
        in_dispute = {id for span in history.spans if span.answer == "disputed" for id in span.versions}
        for version in history.versions:
            if not _has_text(state, version):
                reason: WantedReason = "dispute" if version.id in in_dispute else "listed"
                yield _page(state, reason, version)


def is_held(state: State, answer: Answer) -> bool:
    """Whether a complete text is held for the version that the answer names, or its page has no text of its own."""
    return any(_has_text(state, version) for version in answer.named)


def _has_text(state: State, version: Version) -> bool:
    if version.text_held:
        return not version.text_damaged
    only_lists = state.kept("only lists", state.reader.only_lists)
    return any((version.code, sha256) in only_lists for sha256 in version.captures)


def _standing_page(state: State, answer: Answer) -> WantedPage:
    """Address of the page in force: as linked by the newest contents, else that of the version named."""
    named = answer.named
    node = newest_tree(state).by_code.get(answer.code)
    address = (node.address if node else None) or next((v.address for v in named if v.address), None)
    one = named[0] if len(named) == 1 else None
    return WantedPage(
        reason="in_force",
        code=answer.code,
        title=(one.title if one else "") or newest_title(state, answer.code) or (node.title if node else ""),
        chapter=chapter_of(answer.code),
        version=one.id if one else None,
        effective_from=one.validity.effective_from if one else None,
        effective_until=one.validity.effective_until if one else None,
        address=address or _newest_address(state, answer.code),
    )


def _newest_address(state: State, code: Code) -> SitePath | None:
    timeline = state.timeline(code)
    versions = timeline.history.versions if timeline else ()
    return next((version.address for version in reversed(versions) if version.address), None)


def _referred(state: State, on: date) -> Iterator[WantedPage]:
    """Where the references of held texts lead, each on the last day up to `on` on which its text was in force."""
    for named, last in sorted(_references(state, on)):
        standing = StandingOn(state, last)
        code = citation.meant(named, standing.stands, standing.knows)
        answer = state.answer(code, last, near=False)
        if is_held(state, answer):
            continue
        if answer.answer == "unknown_code":
            yield WantedPage(
                reason="referred",
                code=code,
                title="",
                chapter=chapter_of(code),
                version=None,
                effective_from=None,
                effective_until=None,
                address=None,
            )
        for version in answer.named:
            yield _page(state, "referred", version)


def _references(state: State, on: date) -> set[tuple[Code, date]]:
    """Codes that held texts name, with the last day on which the text stood; what begins after `on` counts on its
    first day."""
    found: set[tuple[Code, date]] = set()
    for code, first, until in state.reader.references():
        if ":" in code:  # law is on the legislation site and is not a page of the manual
            continue
        last = min(until - 1, on.toordinal()) if until is not None else on.toordinal()
        found.add((code, date.fromordinal(max(first, last, 1))))
    return found


def _page(state: State, reason: WantedReason, version: Version, last_seen: date | None = None) -> WantedPage:
    return WantedPage(
        reason=reason,
        code=version.code,
        title=version.title or newest_title(state, version.code),
        chapter=chapter_of(version.code),
        version=version.id,
        effective_from=version.validity.effective_from,
        effective_until=version.validity.effective_until,
        address=version.address,
        last_seen=last_seen,
    )


# ---------------------------------------------------------------- what was seen long ago


def _long_ago(state: State, code: Code, on: date, seen_before: date) -> Iterator[WantedPage]:
    answer = state.answer(code, on)
    if any(finding.kind == "not_in_contents" for finding in answer.findings):
        named = answer.named
        if named:
            yield _page(state, "not_in_contents", named[0], named[0].last_seen)
            return
    version = answer.version
    if answer.answer != "in_force" or version is None or not _has_text(state, version):
        return
    if version.last_seen is None or version.last_seen < seen_before:
        yield _page(state, "stale", version, version.last_seen)


def _contents_to_save(state: State, seen_before: date | None) -> SitePath | None:
    """The manual's own contents, where none that carry links (or that were seen lately) are held."""
    if state.reader.meta.get("specimen") == "yes":
        return None  # the specimen is complete: no more pages of it exist
    for page in state.reader.contents_pages():
        linked = any(line.address for line in state.reader.contents_lines(page.page))
        lately = seen_before is None or any(sight.exact and sight.day >= seen_before for sight in page.seen)
        if linked and lately:
            return None
    return SitePath(f"{state.publisher.folder}/toc")


# ---------------------------------------------------------------- by chapter


def _chapters(
    state: State, on: date, pages: Iterable[WantedPage], codes: Iterable[Code]
) -> Iterator[WantedChapter]:
    counted: dict[str, list[int]] = {}
    first: dict[str, Code] = {}
    for code in sorted(codes, key=lambda code: order_of(state, code)):
        answer = state.answer(code, on)
        if answer.answer in _MAY_STAND:
            figures = counted.setdefault(chapter_of(code), [0, 0, 0])
            figures[0] += 1
            figures[1] += is_held(state, answer)
            first.setdefault(chapter_of(code), code)
    for page in pages:
        counted.setdefault(page.chapter, [0, 0, 0])[2] += 1
        first.setdefault(page.chapter, page.code)
    for chapter, (standing, held, number) in counted.items():
        title = newest_title(state, Code(chapter)) or part_of(state, first[chapter])
        yield WantedChapter(chapter=chapter, title=title, codes=standing, held=held, pages=number)
