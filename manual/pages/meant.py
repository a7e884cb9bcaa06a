"""Remarks about a place or address that was asked for, shown with its instruction's answer."""

from __future__ import annotations

from dataclasses import dataclass

from manual.citation import Designation
from manual.dates import in_words
from manual.model import Answer, Code, When
from manual.pages.words import short_validity
from manual.queries import KnowledgeBase


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """An alternative to offer: a place in the instruction, a version of it, or the history of another code."""

    words: str
    code: Code
    pinpoint: str = ""
    version: str = ""
    history: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence, and the alternatives that follow its colon. Without them it ends with a full stop."""

    sentence: str
    offers: tuple[Elsewhere, ...] = ()

    def in_words(self) -> str:
        offers = ", ".join(offer.words for offer in self.offers)
        return f"{self.sentence}: {offers}." if offers else f"{self.sentence}."


def notices(kb: KnowledgeBase, meant: Designation, when: When) -> tuple[Notice, ...]:
    """What to tell a reader who asked for a place or an address and is shown the instruction `meant.code`."""
    if meant.code is None or not meant.known:
        return ()
    found = []
    if meant.pinpoint and not meant.place_exists:
        found.append(_place(meant, meant.pinpoint, kb.in_force_on(meant.code, when)))
    for code in meant.near:
        offer = Elsewhere(words="its history", code=code, history=True)
        found.append(Notice(sentence=f"On other days {code} is an instruction of its own", offers=(offer,)))
    if meant.page is not None:
        found.append(_page(kb, meant, when))
    return tuple(found)


def _place(meant: Designation, pinpoint: str, answer: Answer) -> Notice:
    day = in_words(answer.on)
    if meant.place_exists is None:
        return Notice(
            sentence=f"What is held here does not tell whether {answer.code} had a {pinpoint} on {day}"
        )
    which = "text" if answer.answer == "in_force" else "last text"
    said = f"There is no {pinpoint} in the {which} of {answer.code}" + (
        f" on {day}" if which == "text" else ""
    )
    if not meant.places:
        return Notice(sentence=said)
    offers = tuple(Elsewhere(words=place, code=answer.code, pinpoint=place) for place in meant.places)
    return Notice(sentence=f"{said}. Places that it has", offers=offers)


def _page(kb: KnowledgeBase, meant: Designation, when: When) -> Notice:
    """A page in force keeps its address while its text changes, so it is not known what it shows now."""
    assert meant.code is not None
    assert meant.page is not None
    where = f"The page {meant.page.site_path} is known here as a page of {meant.code}"
    versions = [kb.version(id, when.known) for id in meant.page.versions]
    if not versions:
        return Notice(sentence=f"{where}; which version it shows is not known")
    which = "this version" if len(versions) == 1 else "these versions"
    offers = tuple(Elsewhere(words=short_validity(v), code=v.code, version=v.id) for v in versions)
    return Notice(sentence=f"{where}, with the text of {which}", offers=offers)
