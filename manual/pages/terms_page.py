"""Terms that the instructions in force on a day define."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from manual.model import When
from manual.pages.changed_words import term_otherwise
from manual.pages.links import Place
from manual.publisher import Publisher
from manual.queries import KnowledgeBase
from manual.queries.terms import DefinedTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEntry:
    """One term with each of its definitions."""

    term: str
    places: tuple[DefinedTerm, ...]
    otherwise: str = ""
    """Which word the manual had for it before, or has had since, its vocabulary changed; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsPage:
    template: ClassVar[str] = "terms.html"
    title: str
    place: ClassVar[Place] = Place(view="terms")
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
        entries=entries_of(kb.terms_on(when), when.on, kb.publisher),
        abbreviations=abbreviations(),
    )


def entries_of(found: Sequence[DefinedTerm], on: date, publisher: Publisher) -> tuple[TermEntry, ...]:
    """By term, whatever its capitals; the first definition gives its printed form."""
    by_term: dict[str, list[DefinedTerm]] = {}
    for one in found:
        by_term.setdefault(one.term.lower(), []).append(one)
    return tuple(
        TermEntry(
            term=same[0].term, places=tuple(same), otherwise=term_otherwise(same[0].term, on, publisher)
        )
        for same in by_term.values()
    )
