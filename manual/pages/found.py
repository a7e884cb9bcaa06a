"""Find what was named: the instruction and place meant, the answer, its texts. For the command line and the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from manual.citation import Designation, Named, looks_like_code, parse_code
from manual.errors import NotFound, UnknownCode
from manual.model import Answer, Code, Version, When
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase, VersionText


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer, its text if held, and the place that was asked for."""

    answer: Answer
    text: VersionText | None
    """Of the version; of a provision without a first day, its newest text."""
    meant: Designation
    others: tuple[VersionText, ...] = ()
    """Other words that were archived for the first day of the version."""

    @property
    def pinpoint(self) -> str:
        return self.meant.pinpoint or ""

    @property
    def place_missing(self) -> bool:
        """Whether a place was asked for that the held text does not have."""
        return bool(self.pinpoint) and self.text is not None and not self.meant.place_exists


def found(kb: KnowledgeBase, named: Named, when: When) -> Found:
    """The answer to what was named. `WA3.15.5(b)` is a place in WA3.15, unless WA3.15.5 has a page of its own.

    Raises NotFound for an address that names no instruction.
    """
    meant, code = designated(kb, named, when.on, when.known)
    answer = kb.in_force_on(code, when)
    version = answer.version or (answer.candidates[0] if meant.beside and answer.candidates else None)
    text = kb.text_of(version, when.known) if version and version.text_held else None
    others = kb.other_texts_of(answer.version, when.known) if answer.version else ()
    return Found(answer=answer, text=text, meant=meant, others=others)


def designated(
    kb: KnowledgeBase, named: Named, on: date | None, known: date | None
) -> tuple[Designation, Code]:
    """What is meant on a day (None: on any), and its code. Raises NotFound for an address that names no instruction."""
    meant = kb.designate(named, on, known)
    if meant.code is None:
        several = f"It may be that of {' or '.join(meant.near)}." if meant.near else "Ask by the code."
        raise NotFound(f"The address {meant.typed}", several)
    return meant, meant.code


def known_code(kb: KnowledgeBase, named: Named, on: date | None, known: date | None = None) -> Code:
    """The code meant on a day; `on` None: on any. Raises UnknownCode, with the nearest, where there is no such code."""
    meant, code = designated(kb, named, on, known)
    if not meant.known:
        raise UnknownCode(code, meant.near)
    return code


def source_of(kb: KnowledgeBase, known: date | None) -> Callable[[Version], str]:
    """A function giving the web address of a version's source page; empty if there is none."""

    def source(version: Version) -> str:
        from manual.pages.source_page import source_url

        return source_url(kb, version, known)

    return source


def part_meant(typed: str, publisher: Publisher = INZ) -> str:
    """The part to which a search is limited: a code in its printed form, or a title unchanged."""
    return parse_code(typed, publisher) if looks_like_code(typed, publisher) else typed
