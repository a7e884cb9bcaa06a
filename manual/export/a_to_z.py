"""The A to Z of an edition: titles of the instructions in force on its day, and the terms they define."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from manual.citation import code_key
from manual.model import THERE, Block, Code, When
from manual.pages.links import NOWHERE, Place
from manual.queries import KnowledgeBase

ADDRESS = "genindex.html"

# A clause that defines a term: the term in quotes, or a few words at the beginning, then "means".
# yes: “Sponsor” means a person who … | Acceptable employment means employment that …
# no: By all means an officer may … | This means that
_DEFINES = re.compile(
    r"(?:“(?P<quoted>[^”]{2,60})”|'(?P<single>[^']{2,60})'|(?P<bare>[A-Z][\w’-]*(?: [\w’-]+){0,4}?))"
    r" (?:means|is defined as)\b"
)
_NO_TERM = frozenset(["this", "that", "it", "by", "which", "in", "for", "such", "what"])


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexLine:
    """A title, or a term that an instruction defines."""

    words: str
    code: Code
    pinpoint: str = ""
    defined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexLetter:
    letter: str
    lines: tuple[IndexLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    template: ClassVar[str] = "edition_index.html"
    letters: tuple[IndexLetter, ...]
    title: str = "A to Z"
    place: ClassVar[Place] = NOWHERE
    status: int = 200


def index_lines(kb: KnowledgeBase, code: Code, on: date) -> Iterator[IndexLine]:
    """The title of a code on a day, and the terms that its text defines."""
    entry = next(iter(kb.entries_on(code, When(on))), None)
    if entry is None or entry.status not in THERE:
        return
    if entry.title:
        yield IndexLine(words=entry.title, code=code)
    yield from _defined(kb, code, on)


def _defined(kb: KnowledgeBase, code: Code, on: date) -> Iterator[IndexLine]:
    answer = kb.in_force_on(code, When(on))
    if answer.answer != "in_force" or answer.version is None:
        return
    text = kb.text_of(answer.version)
    if text is None or text.structure == "damaged" or answer.version.other_texts:
        return
    for block in _walk(text.blocks):
        match = _DEFINES.match(block.text.lstrip())
        if match:
            term = match["quoted"] or match["single"] or match["bare"]
            if term.split()[0].lower() not in _NO_TERM:
                yield IndexLine(words=term, code=code, pinpoint=block.pinpoint, defined=True)


def _walk(blocks: Sequence[Block]) -> Iterator[Block]:
    for top in blocks:
        yield from top.walk()


def index_page(lines: Iterable[IndexLine]) -> IndexPage:
    """The page of these lines, by letter, without duplicates."""
    once = {(line.words, line.code, line.pinpoint): line for line in lines}
    ordered = sorted(
        once.values(), key=lambda line: (line.words.casefold(), code_key(line.code), line.pinpoint)
    )
    letters: dict[str, list[IndexLine]] = {}
    for line in ordered:
        letters.setdefault(_letter(line.words), []).append(line)
    return IndexPage(letters=tuple(IndexLetter(letter=k, lines=tuple(v)) for k, v in sorted(letters.items())))


def _letter(words: str) -> str:
    first = words[:1].upper()
    return first if first.isalpha() and first.isascii() else "#"
