"""What a person typed into the box: an instruction to go to, or words to search for."""

from __future__ import annotations

from dataclasses import dataclass

from manual.citation import looks_like_code, parse_citation, section_of
from manual.model import Code, When
from manual.queries import KnowledgeBase


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where to go: the code of a page, and the place on it; `code` as typed where it is not `known`."""

    code: Code
    pinpoint: str
    known: bool


def destination(kb: KnowledgeBase, typed: str, when: When) -> Destination | None:
    """The instruction that `typed` names, however sloppily; None where it is no code and should be searched for.

    A three-part code is its own page where it is one on that day, else a place on its section's page.
    """
    if not looks_like_code(typed, kb.publisher):
        return None
    asked = parse_citation(typed, kb.publisher)
    place = asked.pinpoint if asked.pinpoint != asked.code else ""
    if kb.in_force_on(asked.code, when).answer != "unknown_code":
        return Destination(code=asked.code, pinpoint=place, known=True)
    section = section_of(asked.code)
    if section != asked.code and kb.in_force_on(section, when).answer != "unknown_code":
        return Destination(code=section, pinpoint=asked.pinpoint, known=True)
    return Destination(code=asked.code, pinpoint=place, known=False)
