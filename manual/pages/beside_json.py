"""What stands beside the manual, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from manual.model import When
from manual.pages.as_json import iso
from manual.pages.as_text import Lines, line
from manual.pages.words import SCHEME_NAMES
from manual.queries import KnowledgeBase
from manual.queries.beside import BesideAnswer, ChangeAnnounced
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
            }
            for law in found.laws
        ],
        "circulars": [_change(change) for change in found.circulars],
        "notices": [{"code": notice.key, "title": notice.title} for notice in found.notices],
    }


def _change(change: ChangeAnnounced) -> shape.CircularChange:
    return {
        "circular": change.circular,
        "code": change.code,
        "title": change.title,
        "ends": change.ends,
        "day": iso(change.day),
        "whole_part": change.whole_part,
    }


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


def terms_json(
    kb: KnowledgeBase, found: Iterable[DefinedTerm], when: When, *, words: bool = False
) -> shape.Terms:
    """Terms of a day, with the words of their definitions where these are wanted."""
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
