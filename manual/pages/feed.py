"""Feeds (Atom, RFC 4287): what began, ended or is announced, and how captures changed answers for past days.

One entry for each version that began, ended or is announced, and one for each code and capture day that changed an
answer. An entry's `id` is always the same, on the site and in every edition, so that a feed reader shows it once. An
announcement and the beginning that it announces are two entries.
"""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from indexer import SearchIndex
from manual.citation import ways_up
from manual.dates import in_words, local_day
from manual.model import Code, When
from manual.pages.frame import DISCLAIMER, SITE_NAME
from manual.pages.links import Links
from manual.pages.render import environment
from manual.pages.shifts import shift_sentence
from manual.pages.words import SPECIMEN_SAID, counted, day_before
from manual.publisher import Publisher
from manual.queries import KnowledgeBase
from manual.queries.learned import Learned
from manual.queries.results import ChangeKind, VersionChange

MEDIA = "application/atom+xml; charset=utf-8"
MOST = 100
"""Entries of a feed of the manual, a part or a search; that of one code has all."""
SEARCHED = 500
"""Instructions that the feed of a search looks at."""
LATELY = timedelta(days=365)
"""What captures taught is told in such a feed for so long before the newest capture."""
MANY = 20
"""Codes of which one day's captures changed an answer: with more there is one entry for all of them."""
_SHIFTS_TOLD = 5
_CODES_TOLD = 40
_NAMES = uuid.UUID("5b0d8f0e-9c0f-4f5e-8a51-6c6f2b5c1d37")

# Characters that no XML document may hold.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One piece of news. `day`: the day whose page shows it; None: the history shows it."""

    name: str
    title: str
    summary: str
    updated: date
    kind: str
    code: Code | None
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Newest entries first."""

    name: str
    title: str
    subtitle: str
    updated: date
    entries: tuple[FeedEntry, ...]
    code: Code | None = None
    """Whose news it tells; None: of many."""


def feed_of_manual(kb: KnowledgeBase, today: date, known: date | None = None, *, most: int = MOST) -> Feed:
    """The news of all codes."""
    title = f"Changes of the {kb.publisher.manual}"
    return _feed(kb, "manual", title, today, known, kb.codes(known), most)


def feed_of_code(
    kb: KnowledgeBase, code: Code, today: date, known: date | None = None, *, most: int = MOST
) -> Feed:
    """News of a code and all codes below it: a part, a chapter or an instruction. For a single code it is complete."""
    return feed_of_codes(kb, code, codes_below(kb.codes(known))[code], today, known, most=most)


def codes_below(codes: Iterable[Code]) -> Mapping[Code, Sequence[Code]]:
    """For each code and each code above it, the codes from there down; empty for any other."""
    below: dict[Code, list[Code]] = defaultdict(list)
    for code in codes:
        for up in ways_up(code):
            below[up].append(code)
    return below


def feed_of_codes(
    kb: KnowledgeBase,
    code: Code,
    below: Sequence[Code],
    today: date,
    known: date | None = None,
    *,
    most: int = MOST,
) -> Feed:
    """As `feed_of_code`, with the codes from `code` down already known: an edition has a feed of each."""
    title = f"Changes of {code} {kb.newest_title(code, known)}".strip()
    feed = _feed(kb, f"code/{code}", title, today, known, below, most if len(below) > 1 else None)
    return replace(feed, code=code)


def feed_of_search(
    kb: KnowledgeBase,
    index: SearchIndex,
    words: str,
    today: date,
    *,
    part: str | None = None,
    expand: bool = True,
    most: int = MOST,
) -> Feed:
    """News of the versions, at any time, that contain the words."""
    hits = index.search(words, None, limit=SEARCHED, part=part, expand=expand).hits
    matching = {version for hit in hits for version in hit.matching_versions}
    every = (change for hit in hits for change in kb.changes_of(hit.code))
    changes = [change for change in every if (which := change.new or change.old) and which.id in matching]
    entries = _newest_first(_change_entries(kb, changes, today, None))[:most]
    return _made(kb, f"search/{words}", f"Search: {words}", today, None, entries)


def atom(feed: Feed, links: Links, address: str, publisher: Publisher) -> bytes:
    """`feed` as an Atom document to be served at `address`."""

    def moment(day: date) -> str:
        return datetime.combine(day, time(), publisher.zone).isoformat()

    def href(code: Code | None, day: date | None = None) -> str:
        if code is None:
            return links.absolute(links.lately())
        page = links.instruction_on(code, day) if day else links.history(code)
        return links.absolute(page or links.instruction(code))

    def urn(name: str) -> str:
        return uuid.uuid5(_NAMES, f"{publisher.name}/{name}").urn

    text = (
        environment()
        .get_template("feed.xml")
        .render(
            feed=feed,
            links=links,
            address=links.absolute(address),
            language=publisher.language,
            moment=moment,
            href=href,
            urn=urn,
        )
    )
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text).encode()


# ---------------------------------------------------------------- which entries


def _feed(
    kb: KnowledgeBase,
    name: str,
    title: str,
    today: date,
    known: date | None,
    codes: Sequence[Code],
    most: int | None,
) -> Feed:
    """`most`: the largest number of entries, newest first; None: all, of one code, and only its own captures count."""
    newest = kb.newest_capture(known) if most else kb.history_of(codes[0], known).last_seen
    since = newest - LATELY if most and newest else None
    changes: Iterable[VersionChange] = (
        _latest_changes(kb, today, known)
        if name == "manual"
        else (change for code in codes for change in kb.changes_of(code, known))
    )
    taught = [one for code in codes for one in kb.learned(code, since, known)]
    every = [*_change_entries(kb, changes, today, known), *_learned_entries(kb, taught, known)]
    entries = _newest_first(every)
    return _made(kb, name, title, today, newest, entries[:most])


def _latest_changes(kb: KnowledgeBase, today: date, known: date | None) -> tuple[VersionChange, ...]:
    """The latest changes, a few more than a feed shows: reading all of a large manual would be slow."""
    bounds = kb.days_of_change(known)
    first = today
    while bounds:
        first = max(first - LATELY, bounds[0])
        [number] = kb.change_counts([(first, date.max)], known)
        if number >= MOST or first == bounds[0]:
            return kb.changes_between(first, date.max, known)
    return ()


def _made(
    kb: KnowledgeBase, name: str, title: str, today: date, newest: date | None, entries: Sequence[FeedEntry]
) -> Feed:
    said = f"{SPECIMEN_SAID} {DISCLAIMER}" if kb.specimen else DISCLAIMER
    return Feed(
        name=name,
        title=f"{title} – {SITE_NAME}{' (specimen)' if kb.specimen else ''}",
        subtitle=said,
        updated=max((entry.updated for entry in entries), default=newest or today),
        entries=tuple(entries),
    )


def _newest_first(entries: Iterable[FeedEntry]) -> list[FeedEntry]:
    return sorted(entries, key=lambda entry: (-entry.updated.toordinal(), entry.title, entry.name))


# ---------------------------------------------------------------- what began, ended or is announced

_SAID: dict[ChangeKind, tuple[str, str]] = {
    "began": ("in force from {day}", "is to come into force on {day}"),
    "replaced": ("a new version in force from {day}", "a new version is to come into force on {day}"),
    "ended": ("ended, from {day} no longer in force", "is to end, from {day} no longer in force"),
    "revoked": ("revoked, from {day} no longer in force", "is to be revoked, from {day} no longer in force"),
}


def _change_entries(
    kb: KnowledgeBase, changes: Iterable[VersionChange], today: date, known: date | None
) -> Iterator[FeedEntry]:
    for change in changes:
        announced = change.day > today
        which = change.new or change.old
        said = _SAID[change.kind][announced].format(day=in_words(change.day))
        said += " (disputed)" if change.disputed else ""
        state = "announced" if announced else change.kind
        yield FeedEntry(
            name=f"{change.code}/{state}/{change.day}/{which.id if which else ''}",
            title=f"{change.code} {change.title}".strip() + f": {said}",
            summary=_sentence(change, announced=announced),
            updated=_announced_on(kb, change, known) or today if announced else change.day,
            kind=state,
            code=change.code,
            day=change.day,
        )


def _sentence(change: VersionChange, *, announced: bool) -> str:
    begun = change.old.validity.effective_from if change.old else None
    parts = []
    if change.kind == "replaced" and begun:
        parts.append(f"It {'replaces' if announced else 'replaced'} the version of {in_words(begun)}.")
    if change.kind in ("ended", "revoked"):
        parts.append(f"Last day in force: {in_words(day_before(change.day))}.")
    if change.disputed:
        parts.append("The pages read do not agree on this day.")
    if announced:
        parts.append("This is announced, and not yet so.")
    return " ".join(parts)


def _announced_on(kb: KnowledgeBase, change: VersionChange, known: date | None) -> date | None:
    """When it was announced: the first day on which a page is known to have stated a beginning, or the last day for an
    end, since older pages of the same version may not have stated it."""
    if change.new is not None:
        moments = [kb.capture(sha256, known).known_at for sha256 in change.new.captures]
        return min((local_day(moment, kb.publisher) for moment in moments), default=None)
    return change.old.end_seen or change.old.last_seen if change.old else None


# ---------------------------------------------------------------- what captures taught


def _learned_entries(kb: KnowledgeBase, taught: Sequence[Learned], known: date | None) -> Iterator[FeedEntry]:
    by_day: dict[date, list[Learned]] = {}
    for one in taught:
        by_day.setdefault(one.day, []).append(one)
    for day, of_day in by_day.items():
        if len(of_day) > MANY:
            yield _many_learned(day, of_day)
        else:
            yield from (_one_learned(kb, one, known) for one in of_day)


def _one_learned(kb: KnowledgeBase, one: Learned, known: date | None) -> FeedEntry:
    naming = [shift for shift in one.shifts if shift.before.versions or shift.after.versions]
    told = [shift_sentence(shift) for shift in (naming or one.shifts)[:_SHIFTS_TOLD]]
    more = len(naming or one.shifts) - len(told)
    title = kb.title_of(one.code, When(one.day, known))
    return FeedEntry(
        name=f"{one.code}/learned/{one.day}",
        title=f"{one.code} {title}".strip() + f": pages of {in_words(one.day)} changed earlier answers",
        summary=" ".join(told)
        + (f" And {counted(more, 'more run of days', 'more runs of days')}." if more else ""),
        updated=one.day,
        kind="learned",
        code=one.code,
        day=None,
    )


def _many_learned(day: date, of_day: Sequence[Learned]) -> FeedEntry:
    named = ", ".join(one.code for one in of_day[:_CODES_TOLD])
    more = f" and {len(of_day) - _CODES_TOLD:,} more" if len(of_day) > _CODES_TOLD else ""
    return FeedEntry(
        name=f"learned/{day}",
        title=f"Pages of {in_words(day)} changed earlier answers of {len(of_day):,} instructions",
        summary=f"{named}{more}.",
        updated=day,
        kind="learned",
        code=None,
        day=None,
    )
