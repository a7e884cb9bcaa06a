"""Works beside the manual, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from manual.model import Block, Code, When
from manual.pages.as_json import iso
from manual.pages.changed_words import WordChanged, term_otherwise
from manual.pages.words import (
    WHICH_ACT,
    successor_words,
)
from manual.queries import KnowledgeBase
from manual.queries.beside import BesideAnswer, ChangeAnnounced, LawCited, Scheme

if TYPE_CHECKING:
    from manual.beside_index import WorksFound
    from manual.pages import json_types as shape
    from manual.queries.terms import DefinedTerm


def beside_json(found: BesideAnswer, changed: Sequence[WordChanged] = ()) -> shape.Beside:
    """The law that a text cites, the circulars that change its code, the notices that name it; `changed`: words of the
    text for which the manual has said others since."""
    return {
        "laws": [
            {
                "provision": law.provision.printed,
                "code": law.held,
                "latest": law.address or None,
                "pinpoints": list(law.pinpoints),
                "successor": _successor(law),
                "open": None if law.provision.act or law.successor else WHICH_ACT,
            }
            for law in found.laws
        ],
        "circulars": [change_json(change) for change in found.circulars],
        "notices": [{"code": notice.key, "title": notice.title} for notice in found.notices],
        "words_changed": [
            {"before": one.before, "since": one.since, "day": one.day.isoformat()} for one in changed
        ],
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
        "confirmed": change.confirmed if change.whole_part else None,
    }


def appendix_days_json(blocks: Iterable[Block]) -> list[shape.AppendixDay]:
    """From when each appendix of a circular counts, where its text says so."""
    from manual.parse.circulars import days_of_appendices  # it brings the readers of pages

    days = days_of_appendices([block.text for block in blocks])
    return [{"appendix": number, "day": day.isoformat()} for number, day in days]


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
    if otherwise := term_otherwise(one.term, when.on, kb.publisher):
        made["otherwise"] = otherwise
    if words:
        made["words"] = kb.words_of_term(one, when.known)
    return made
