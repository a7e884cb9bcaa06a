"""Clauses that may still apply to an earlier application, for the page of an instruction that has ended.

They are searched for in its last text; on the site also in the text now under its code, in what it became, and in the
places that refer to it. If nothing is found, the page says so only of the texts that are held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from manual.model import Answer, Code, Link, Version, VersionId, When
from manual.pages.held import standing
from manual.queries import KnowledgeBase
from manual.queries.transitional import TransitionalClause, transitional_clauses


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseFound:
    """One clause, and where it is read."""

    version: Version
    clause: TransitionalClause
    at: date | VersionId
    """A day on which its version is the settled answer, else the version."""

    @property
    def place(self) -> str:
        return self.clause.pinpoint or self.version.code

    @property
    def words(self) -> str:
        return f"{self.clause.opening} {self.clause.text}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOffs:
    """Transitional clauses around an instruction that has ended."""

    own: tuple[ClauseFound, ...]
    """In its last text."""
    elsewhere: tuple[ClauseFound, ...]
    """In texts of today."""
    looked: bool
    """Whether its last text is held whole, so that it could be looked through."""


def cut_offs_around(
    kb: KnowledgeBase, answer: Answer, links: tuple[Link, ...], today: date, *, far: bool
) -> CutOffs | None:
    """None unless the answer is `ended`. `far`: search texts of today as well."""
    if answer.answer != "ended" or answer.version is None:
        return None
    own = _clauses(kb, answer.version, answer.known)
    return CutOffs(
        own=tuple(own or ()),
        elsewhere=tuple(_elsewhere(kb, answer, links, When(today, answer.known))) if far else (),
        looked=own is not None,
    )


def _clauses(kb: KnowledgeBase, version: Version, known: date | None) -> list[ClauseFound] | None:
    """None if no complete text is held."""
    text = kb.text_of(version, known) if version.text_held and not version.text_damaged else None
    if text is None:
        return None
    at = standing(version, kb.shape_of(version.code, known))
    return [
        ClauseFound(version=version, clause=clause, at=at) for clause in transitional_clauses(text.blocks)
    ]


def _elsewhere(
    kb: KnowledgeBase, answer: Answer, links: tuple[Link, ...], now: When
) -> Iterator[ClauseFound]:
    code = answer.code
    whole = dict.fromkeys([code, *(link.target for link in links if link.source == code)])
    for other in whole:
        yield from _in_force(kb, other, now)
    places: dict[Code, set[str]] = {}
    for referrer in kb.referrers(code, now):
        places.setdefault(referrer.code, set()).add(referrer.pinpoint)
    for other, pinpoints in places.items():
        if other not in whole:
            yield from (found for found in _in_force(kb, other, now) if found.clause.pinpoint in pinpoints)


def _in_force(kb: KnowledgeBase, code: Code, now: When) -> list[ClauseFound]:
    answer = kb.in_force_on(code, now)
    if answer.answer != "in_force" or answer.version is None:
        return []
    return _clauses(kb, answer.version, now.known) or []
