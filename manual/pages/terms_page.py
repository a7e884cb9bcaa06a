"""Terms that the instructions in force on a day define."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from manual.model import When
from manual.pages.links import NOWHERE, Place
from manual.queries import KnowledgeBase
from manual.queries.terms import DefinedTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEntry:
    """One term with each of its definitions."""

    term: str
    places: tuple[DefinedTerm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsPage:
    template: ClassVar[str] = "terms.html"
    title: str
    place: Place = NOWHERE
    when: When
    entries: tuple[TermEntry, ...]
    abbreviations: tuple[tuple[str, tuple[str, ...]], ...]
    """Each with what it stands for: those that the search knows."""
    status: int = 200


def terms_page(kb: KnowledgeBase, when: When) -> TermsPage:
    from indexer.vocabulary import abbreviations  # it brings the search

    return TermsPage(
        title="Defined terms",
        when=when,
        entries=entries_of(kb.terms_on(when)),
        abbreviations=abbreviations(),
    )


def entries_of(found: Sequence[DefinedTerm]) -> tuple[TermEntry, ...]:
    """Definitions by term, ignoring case; the first definition gives the printed form."""
    by_term: dict[str, list[DefinedTerm]] = {}
    for one in found:
        by_term.setdefault(one.term.lower(), []).append(one)
    return tuple(TermEntry(term=same[0].term, places=tuple(same)) for same in by_term.values())
