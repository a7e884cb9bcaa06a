"""What a page of the site is, for machines that read pages: its canonical address, and schema.org's `Legislation`.

On the site alone, but for the canonical address, which the pages of an edition's own day have, too: its manifest, the
exports and the API are made for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from manual.model import Answer, Version, When
from manual.pages.frame import CAUTION
from manual.pages.links import Links
from manual.pages.source_page import source_url
from manual.pages.words import SPECIMEN_SAID, citation, day_before, is_invented
from manual.publisher import Publisher
from manual.queries import KnowledgeBase

_FORCE = "https://schema.org/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Of an instruction's page on one day."""

    answer: Answer
    day: date
    """Of the canonical address: the first day of the version, where that is known and the answer is the same on it;
    else the day asked."""
    source: str
    """Address of the version's source page; empty where none is known."""
    in_force_today: bool | None
    """Whether its version is in force on the day on which the page is read; None where that is open."""
    publisher: Publisher

    def canonical(self, links: Links) -> str:
        return links.absolute(links.instruction_on(self.answer.code, self.day))

    def legislation(self, links: Links) -> dict[str, Any] | None:
        """As schema.org has it; None where the page shows no one version."""
        version = self.answer.version
        if version is None or self.answer.answer not in ("in_force", "ended"):
            return None
        here, begun = self.canonical(links), version.validity.effective_from
        found: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "Legislation",
            "@id": here,
            "url": here,
            "legislationIdentifier": str(self.answer.code),
            "name": version.title,
            "inLanguage": self.publisher.language,
            "isPartOf": {"@type": "CreativeWork", "name": self.publisher.manual},
            "description": citation(self.answer),
            "disambiguatingDescription": SPECIMEN_SAID if is_invented(version) else CAUTION,
        }
        if begun and version.basis_from != "dispute":
            found["legislationDateVersion"] = begun.isoformat()
            if version.basis_until != "dispute":
                found["temporalCoverage"] = _period(version, begun)
        if self.in_force_today is not None:
            found["legislationLegalForce"] = _FORCE + ("InForce" if self.in_force_today else "NotInForce")
        if self.source:
            found["isBasedOn"] = self.source
        return found


def identity(kb: KnowledgeBase, answer: Answer, today: date) -> Identity:
    """Of the page that shows `answer`, read on `today`."""
    version = answer.version
    return Identity(
        answer=answer,
        day=first_day(answer) or answer.on,
        source=source_url(kb, version, answer.known) if version else "",
        in_force_today=_in_force(kb, answer, version, today) if version else None,
        publisher=kb.publisher,
    )


def first_day(answer: Answer) -> date | None:
    """Of the version in force: that of the canonical address. None where it is unknown, or has another answer."""
    if answer.answer != "in_force" or answer.version is None or answer.span is None:
        return None
    begun = answer.version.validity.effective_from
    return begun if begun == answer.span.first else None


def _in_force(kb: KnowledgeBase, answer: Answer, version: Version, today: date) -> bool | None:
    now = kb.in_force_on(answer.code, When(today, answer.known))
    if now.answer == "in_force":
        return now.version is not None and now.version.id == version.id
    open_answer = now.answer in ("disputed", "undated")
    return None if open_answer and version.id in {one.id for one in now.candidates} else False


def _period(version: Version, begun: date) -> str:
    """First and last day in force; `..` where no end is known, as ISO 8601-2 writes it."""
    until = version.validity.effective_until
    return f"{begun}/{day_before(until) if until else '..'}"
