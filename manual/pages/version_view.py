"""One version as pages show it: validity in words, how each bound is known, source, text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from manual.citation import anchor
from manual.dates import in_words, local_day
from manual.errors import NotFound
from manual.model import Basis, Capture, EndClaim, Finding, Instrument, StartClaim, Version
from manual.pages.source_page import source_address, source_url
from manual.pages.text import Follow, Marker, Node, OutlineEntry, nodes, outline, unmarked
from manual.pages.words import (
    AS_KEEPER_SAYS,
    BASIS_MEANING,
    day_before,
    short_validity,
    stated_dates,
    validity_sentence,
)
from manual.publisher import Publisher
from manual.queries import KnowledgeBase, VersionText


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """How one bound of a validity is known."""

    name: str
    day: str
    meaning: str
    stated: str = ""
    """As printed and where, if one date was stated for it, and nothing but that is its basis."""
    others: tuple[str, ...] = ()
    """Else every date that was stated for it, as printed and where, strongest first."""
    known: bool = True
    """False where no source states it and the sentence on validity says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a text or a date comes from."""

    name: str
    """Site path, e.g. `folder/44854`, or the file's name; with how weakly it is known, where it is."""
    href: str
    """The source page's address, http or https; empty where none may be linked to."""
    captured: date | None
    recorded: date | None
    sha256: str
    keeper: bool = False
    """The day of capture is what whoever loaded the page says, and not stated by the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureDay:
    """Captures on one day, so that the day is shown once."""

    words: str
    """`Captured on 11 August 2026`, or that the day is not stated."""
    sources: tuple[Source, ...]


MOST_CAPTURES = 6
"""Captures that a page lists at once; the others are folded away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherText:
    """Another text that was archived for the first day of a version."""

    source: Source
    structure: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """What a page shows of a version."""

    version: Version
    sentence: str
    period: str
    bounds: tuple[Bound, ...]
    sources: tuple[Source, ...]
    source_href: str
    """Where its text stands or stood."""
    text: VersionText | None = None
    nodes: tuple[Node, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    heading_anchor: str = ""
    others: tuple[OtherText, ...] = ()
    """Where several texts were archived for its first day, those beside `text`: none of them is *the* text."""

    @property
    def stated(self) -> str:
        """What its pages state about its days, certain or not; empty if they state none."""
        return stated_dates(self.version) if self.version.starts or self.version.ends else ""

    @property
    def quotable(self) -> bool:
        """Whether labels and words are complete and undisputed, so that places in it may be cited."""
        return self.text is not None and self.text.structure == "full" and not self.version.other_texts

    @property
    def captures(self) -> tuple[CaptureDay, ...]:
        """The first captures on which the version rests, by day: that of its text first."""
        return _by_day(self.sources[:MOST_CAPTURES])

    @property
    def more_captures(self) -> tuple[CaptureDay, ...]:
        return _by_day(self.sources[MOST_CAPTURES:])

    @property
    def page_not_captured(self) -> bool:
        """Whether only the address of its own page is known."""
        return bool(self.source_href) and all(source.href != self.source_href for source in self.sources)

    @property
    def more(self) -> int:
        """How many captures `more_captures` holds."""
        return max(0, len(self.sources) - MOST_CAPTURES)

    @property
    def disputed_sources(self) -> tuple[Source, ...]:
        """The captures of the texts that dispute each other."""
        texts = (self.version.text_capture, *self.version.other_texts)
        return tuple(source for source in self.sources if source.sha256 in texts)

    @property
    def structure(self) -> str:
        return self.text.structure if self.text else ""

    @property
    def instrument(self) -> Instrument | None:
        return self.text.instrument if self.text else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.text.findings if self.text else ()


def version_view(
    kb: KnowledgeBase,
    version: Version,
    known: date | None,
    today: date,
    *,
    follow: Follow | None = None,
    level: int = 2,
    marker: Marker = unmarked,
) -> VersionView:
    """The view of `version`; with its text if `follow` is given, which resolves the references in it."""
    text = kb.text_of(version, known) if follow is not None and version.text_held else None
    href = source_url(kb, version, known)
    return VersionView(
        version=version,
        sentence=validity_sentence(version, today),
        period=short_validity(version),
        bounds=bounds_of(version),
        sources=sources_of(kb, version, known, href),
        source_href=href,
        text=text,
        nodes=nodes(text.blocks, follow, level, marker) if text and follow else (),
        outline=outline(text.blocks) if text else (),
        heading_anchor=anchor(version.code),
        others=tuple(_other_texts(kb, version, known, follow, level)) if follow else (),
    )


def _other_texts(
    kb: KnowledgeBase, version: Version, known: date | None, follow: Follow, level: int
) -> Iterator[OtherText]:
    for text in kb.other_texts_of(version, known):
        yield OtherText(
            source=_source(kb.capture(text.capture, known), "", kb.publisher),
            structure=text.structure,
            nodes=nodes(text.blocks, follow, level),
        )


def bounds_of(version: Version) -> tuple[Bound, ...]:
    """The first and the last bound with their bases."""
    first, until = version.validity.effective_from, version.validity.effective_until
    start = _bound(
        "First day in force", in_words(first) if first else "not known", version.basis_from, version.starts,
        settled=[first], otherwise="no source states it",
    )  # fmt: skip
    last = day_before(until) if until else None
    end = _bound(
        "Last day in force", in_words(last) if last else "none known", version.basis_until, version.ends,
        settled=[last, until], otherwise="no source states an end",
    )  # fmt: skip
    return (
        replace(start, known=bool(first or version.basis_from or version.starts)),
        replace(end, known=bool(until or version.basis_until or version.ends)),
    )


def _bound(
    name: str, day: str, basis: Basis | None, claims: Sequence[StartClaim | EndClaim], *,
    settled: Sequence[date | None], otherwise: str,
) -> Bound:  # fmt: skip
    """One bound. Equal claims are merged. If only the basis was stated, its printed form is shown."""
    meaning = BASIS_MEANING[basis] if basis else otherwise
    places: dict[tuple[str, date | None, Basis], list[str]] = {}
    for claim in claims:
        places.setdefault((claim.raw, claim.day, claim.basis), []).append(claim.locator)
    said = [_PrintedDate(raw, stated, of, tuple(found)) for (raw, stated, of), found in places.items()]
    if len(said) == 1 and said[0].basis == basis and said[0].day in settled:
        return Bound(name=name, day=day, meaning=meaning, stated=said[0].printed())
    return Bound(name=name, day=day, meaning=meaning, others=tuple(one.in_full() for one in said))


@dataclass(frozen=True, slots=True)
class _PrintedDate:
    """A date as printed, what it was read as, and the places that print it."""

    raw: str
    day: date | None
    basis: Basis
    places: tuple[str, ...]

    def printed(self) -> str:
        told = [place for place in self.places if place and place != self.basis]
        where = f"({', '.join(told)})" if told else ""
        return " ".join(words for words in (f"“{self.raw}”" if self.raw else "", where) if words)

    def in_full(self) -> str:
        if self.day is None:
            return self.raw
        read = f"“{self.raw}”, read as {in_words(self.day)}" if self.raw else in_words(self.day)
        told = [place for place in self.places if place]
        return f"{read}: {BASIS_MEANING[self.basis]}" + (f" ({', '.join(told)})" if told else "")


def sources_of(kb: KnowledgeBase, version: Version, known: date | None, href: str = "") -> tuple[Source, ...]:
    """Each capture on which a version rests: that of its text first, then newest first. `href`: the text's address."""
    text = version.text_capture
    found = []
    for sha256 in version.captures:
        try:
            found.append(kb.capture(sha256, known))
        except NotFound:
            continue
    found.sort(key=lambda capture: (capture.sha256 == text, capture.known_at, capture.sha256), reverse=True)
    return tuple(_source(capture, href if capture.sha256 == text else "", kb.publisher) for capture in found)


def _source(capture: Capture, href: str, publisher: Publisher) -> Source:
    by_number = " (by the page's own number)" if capture.placed_by else ""
    return Source(
        name=f"{capture.site_path or capture.filename}{by_number}",
        href=source_address(capture) or href,
        captured=local_day(capture.captured_at, publisher)
        if capture.captured_at and capture.media != "register"
        else None,
        recorded=local_day(capture.recorded_at, publisher),
        sha256=capture.sha256,
        keeper=capture.day_basis == "keeper",
    )


def _by_day(sources: Sequence[Source]) -> tuple[CaptureDay, ...]:
    days: dict[str, list[Source]] = {}
    for source in sources:
        days.setdefault(_day_words(source), []).append(source)
    return tuple(CaptureDay(words=words, sources=tuple(found)) for words, found in days.items())


def _day_words(source: Source) -> str:
    if source.captured:
        return f"Captured on {in_words(source.captured)}{AS_KEEPER_SAYS if source.keeper else ''}"
    taken = in_words(source.recorded) if source.recorded else "a day not recorded"
    return f"Taken in on {taken}, day of capture not stated"
