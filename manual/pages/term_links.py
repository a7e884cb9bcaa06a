"""Defined terms in a text: the first use in each clause leads to the definition in force on the day of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from manual.model import Block, Code, When
from manual.pages.text import Mark, Target
from manual.queries import KnowledgeBase
from manual.queries.terms import DefinedTerm

LONGEST_WORDS = 600
"""Characters of a definition shown beside a text; a longer one is cut, and its place leads to the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermUsed:
    """A term that a text uses, and the words of its definition; empty if a whole instruction defines it."""

    defined: DefinedTerm
    words: str


class TermLinks:
    """The terms that one instruction may mean on a day, and those that its text uses."""

    def __init__(self, code: Code, defined: Iterable[DefinedTerm]) -> None:
        self._terms = _meant(code, defined)
        names = sorted(map(re.escape, self._terms), key=len, reverse=True)
        self._pattern = (
            re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-])", re.IGNORECASE) if names else None
        )
        self.used: dict[str, DefinedTerm] = {}

    def marks(self, block: Block) -> Sequence[Mark]:
        """The first use of each term in a block, but not within a reference or within the definition itself."""
        return tuple(self._marks(block)) if self._pattern is not None and block.kind != "heading" else ()

    def _marks(self, block: Block) -> Iterator[Mark]:
        assert self._pattern is not None
        seen: set[str] = set()
        for match in self._pattern.finditer(block.text):
            name = match[0].lower()
            defined = self._terms[name]
            taken = any(ref.start < match.end() and match.start() < ref.end for ref in block.refs)
            if name in seen or taken or block.pinpoint == defined.pinpoint:
                continue
            seen.add(name)
            self.used.setdefault(name, defined)
            place = defined.pinpoint if defined.pinpoint != defined.code else ""
            yield Mark(match.start(), match.end(), Target(code=defined.code, pinpoint=place, state="term"))

    def with_words(self, kb: KnowledgeBase, when: When) -> tuple[TermUsed, ...]:
        """The terms used, by name."""
        found = []
        for _, defined in sorted(self.used.items()):
            words = kb.words_of_term(defined, when.known)
            cut = words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS].rpartition(' ')[0]} …"
            found.append(TermUsed(defined=defined, words=cut))
        return tuple(found)


def _meant(code: Code, defined: Iterable[DefinedTerm]) -> dict[str, DefinedTerm]:
    """Definitions by term in lower case: the instruction's own, else the only one. If several other instructions define
    a term, it is unknown which is meant, so there is none."""
    by_name: dict[str, list[DefinedTerm]] = {}
    for one in defined:
        by_name.setdefault(one.term.lower(), []).append(one)
    found = {}
    for name, several in by_name.items():
        own = [one for one in several if one.code == code]
        if len(own) == 1 or len(several) == 1:
            found[name] = (own or several)[0]
    return found
