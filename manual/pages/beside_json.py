"""Works beside the manual, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from manual.dates import in_words
from manual.model import Code, History, When
from manual.pages.as_json import iso
from manual.pages.as_text import Lines, line
from manual.pages.words import SCHEME_NAMES, circular_named, short_validity, successor_words
from manual.queries import KnowledgeBase
from manual.queries.beside import BesideAnswer, ChangeAnnounced, LawCited, Scheme
from manual.queries.terms import DefinedTerm

if TYPE_CHECKING:
    from manual.beside_index import WorksFound

if TYPE_CHECKING:
    from manual.pages import json_types as shape


def beside_json(found: BesideAnswer) -> shape.Beside:
    """The law that a text cites, the circulars that change its code, the notices that name it."""
    return {
        "laws": [
            {
                "provision": law.provision.printed,
                "code": law.held,
                "latest": law.address or None,
                "pinpoints": list(law.pinpoints),
                "successor": _successor(law),
            }
            for law in found.laws
        ],
        "circulars": [change_json(change) for change in found.circulars],
        "notices": [{"code": notice.key, "title": notice.title} for notice in found.notices],
    }


def _successor(law: LawCited) -> shape.Successor | None:
    successor = law.successor
    if successor is None:
        return None
    return {
        "provision": successor.printed,
        "code": law.successor_held,
        "since": successor.since.isoformat(),
        "latest": successor.law.address or None,
        "assumed": successor.assumed or None,
        "words": successor_words(successor),
    }


def change_json(change: ChangeAnnounced) -> shape.CircularChange:
    return {
        "circular": change.circular,
        "code": change.code,
        "title": change.title,
        "happens": change.happens,
        "list_named": change.list_named or None,
        "ends": change.ends,
        "day": iso(change.day),
        "whole_part": change.whole_part,
    }


def all_works_json(
    kb: KnowledgeBase, scheme: Scheme | None, known: date | None, stretch: slice
) -> shape.Works:
    """Every work beside the manual, or those of one kind, with the day that each states, if any."""
    every = kb.works_beside(scheme, known)
    return {
        "known": iso(known),
        "total": len(every),
        "works": [
            {
                "code": work.key,
                "kind": work.scheme,
                "title": work.title,
                "day": iso(_newest_day(kb, work.key, known)),
            }
            for work in every[stretch]
        ],
    }


def _newest_day(kb: KnowledgeBase, key: Code, known: date | None) -> date | None:
    versions = kb.history_of(key, known).versions
    return versions[-1].validity.effective_from if versions else None


def works_json(found: WorksFound) -> list[shape.WorkFound]:
    """Law, circulars and notices that a search found beside the manual."""
    return [
        {"code": work.key, "kind": work.scheme, "title": work.title, "words": work.words}
        for work in found.shown
    ]


def beside_lines(found: WorksFound) -> Lines:
    """The same for people."""
    if found.total:
        yield line("Beside the manual:", "strong")
    for work in found.shown:
        yield line(f"{SCHEME_NAMES[work.scheme][0]}: {work.title}", indent=2)
        if work.words:
            yield line(work.words, "faint", indent=4)


def circular_lines(kb: KnowledgeBase, history: History, known: date | None) -> Lines:
    """The circulars behind the versions of a history."""
    behind = [(version, kb.circulars_behind(version, known)) for version in history.versions]
    if any(changes for _, changes in behind):
        yield line("Circulars behind them:")
    for version, changes in behind:
        for change in changes:
            day = f" from {in_words(change.day)}" if change.day else ""
            said = f"{circular_named(change.circular)}: {change.happens}{day}"
            yield line(f"- {short_validity(version)}: {said}", indent=2)


def all_works_lines(kb: KnowledgeBase, scheme: Scheme | None, known: date | None) -> Lines:
    """Every work beside the manual, by kind, with the key by which it may be asked for."""
    every = kb.works_beside(scheme, known)
    if not every:
        yield line("None is held.")
    for kind in dict.fromkeys(work.scheme for work in every):
        yield line(SCHEME_NAMES[kind][1].capitalize(), "strong")
        for work in every:
            if work.scheme == kind:
                yield line(f"{work.key}  {work.title}".rstrip(), indent=2)


def terms_json(
    kb: KnowledgeBase, found: Iterable[DefinedTerm], when: When, *, words: bool = False
) -> shape.Terms:
    """Terms on a day, with the words of their definitions if wanted."""
    return {
        "on": when.on.isoformat(),
        "known": iso(when.known),
        "terms": [_term(kb, one, when, words) for one in found],
    }


def _term(kb: KnowledgeBase, one: DefinedTerm, when: When, words: bool) -> shape.DefinedTerm:
    made: shape.DefinedTerm = {
        "term": one.term,
        "code": one.code,
        "pinpoint": one.pinpoint,
        "title": one.title,
        "version_id": one.version_id,
        "first": iso(one.first),
        "until": iso(one.until),
    }
    if words:
        made["words"] = kb.words_of_term(one, when.known)
    return made
