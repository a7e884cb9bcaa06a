"""Letters that quote a manual, with what a checker must say of each: for the tests and for `make bench`.

What is expected comes from how a letter was made and from a plain search of its words in the texts; nothing of
`manual.citecheck` is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from manual.model import Block, Code, Version, When
from manual.queries import KnowledgeBase

SOURCES = ("right", "older", "newer", "another", "none")
EDITS = ("plain", "ellipsis", "bracket", "word", "number")

_PARTS = re.compile(r"…|\[it\]")
_ANY = r"(?: \S+)*? "
_WORD = re.compile(r"\w+(?:[.,]\d+)*|[^\w\s]")
_COUNT_WORDS = """
one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty once twice half first second third
"""
_COUNTS = frozenset(_COUNT_WORDS.split())
_DECIDING_WORDS = """
not no nor neither never none nothing nobody cannot without unless except
may must shall should will would can could might both single
january february march april june july august september october november december
"""
_DECIDING = frozenset(_DECIDING_WORDS.split())
"""Words that brackets and ellipses must not make away with."""
_INVENTED = (
    "purple kettles argue with seven quiet ladders while the moon counts its borrowed spoons beside a gate"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """One letter with one quotation, cited to `code`, for `on`."""

    letter: str
    code: Code
    on: date
    source: str
    edit: str
    expected: frozenset[str]
    """Verdicts that are right."""


@dataclass(frozen=True, slots=True)
class _Held:
    code: Code
    version: Version
    clauses: tuple[str, ...]
    words: str
    """All words of the text in a row, spaces between them: what a plain search looks through."""


class LetterWriter:
    """Writes letters about what one knowledge base holds."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._held: dict[Code, list[_Held]] = {}
        for code in kb.codes():
            found = [held for version in kb.history_of(code).versions if (held := self._text(code, version))]
            if found:
                self._held[code] = found
        self._several = [code for code, held in self._held.items() if len(held) > 1]

    def _text(self, code: Code, version: Version) -> _Held | None:
        text = self._kb.text_of(version)
        if text is None or version.other_texts or version.text_damaged or text.structure == "damaged":
            return None
        blocks = [block for top in text.blocks for block in top.walk()]
        clauses = tuple(block.text for block in blocks if _quotable(block))
        printed = [
            part for block in blocks for part in (block.text, *(c.text for row in block.rows for c in row))
        ]
        return _Held(code, version, clauses, _words(" ".join([version.title, *printed])))

    def letters(self, seed: int, count: int) -> Iterator[Quote]:
        random = Random(seed)
        made = 0
        while made < count:
            quote = self._quote(random, random.choice(SOURCES), random.choice(EDITS))
            if quote is not None:
                made += 1
                yield quote

    def _quote(self, random: Random, source: str, edit: str) -> Quote | None:
        code = random.choice(self._several)
        held = self._held[code]
        then = random.choice(held)
        on = then.version.validity.effective_from
        answer = self._kb.in_force_on(code, When(on)) if on else None
        if on is None or answer is None or answer.answer != "in_force" or answer.version != then.version:
            return None
        taken = self._source(random, source, then)
        if taken is None or not taken.clauses:
            return None
        clause = _INVENTED if source == "none" else random.choice(taken.clauses)
        edited = _edited(random, clause, edit)
        if edited is None:
            return None
        letter = (
            f"Dear applicant,\n\nYour application was made on the day that decides. {code} says “{edited}” and so it "
            "could not be granted.\n\nYours faithfully\n"
        )
        return Quote(letter, code, on, source, edit, self._expected(edited, then))

    def _source(self, random: Random, source: str, then: _Held) -> _Held | None:
        held = self._held[then.code]
        place = held.index(then)
        choices = {
            "right": [then],
            "none": [then],
            "older": held[:place],
            "newer": held[place + 1 :],
            "another": [
                other
                for code in random.sample(list(self._held), 3)
                if code != then.code
                for other in self._held[code]
            ],
        }[source]
        return random.choice(choices) if choices else None

    def _expected(self, edited: str, then: _Held) -> frozenset[str]:
        """By where the words stand, an ellipsis or brackets standing for what they replace."""
        sought = re.compile(
            rf"(?<!\S){_ANY.join(re.escape(_words(part)) for part in _PARTS.split(edited))}(?!\S)"
        )
        if sought.search(then.words):
            return frozenset({"in_force_then"})
        if any(sought.search(held.words) for held in self._held[then.code]):
            return frozenset({"superseded_then"})
        if any(sought.search(held.words) for all_ in self._held.values() for held in all_):
            runs = [len(part.split()) for part in _PARTS.split(edited)]
            return frozenset({"elsewhere"} if max(runs) > 5 else {"elsewhere", "not_found"})
        return frozenset({"altered", "not_found"})


def _quotable(block: Block) -> bool:
    """Eight words or more, with no marks that would end or bend a quotation."""
    return (
        len(block.text.split()) >= 8
        and not re.search(r"[“”\"‘’'\[\]…]|\.\.\.", block.text)
        and block.kind != "heading"
    )


def _words(text: str) -> str:
    return " ".join(_WORD.findall(re.sub("[–—]", "-", text))).strip(" .,;:!?-")


def _edited(random: Random, clause: str, edit: str) -> str | None:
    words = clause.split()
    if edit == "plain":
        return clause
    if edit == "ellipsis":
        at = random.randrange(3, len(words) - 3)
        if words[at].lower().strip(",.;:") in _DECIDING | _COUNTS or any(map(str.isdigit, words[at])):
            return None
        return " ".join([*words[:at], "…", *words[at + 1 :]])
    if edit == "bracket":
        plain = [
            i
            for i in range(2, len(words) - 2)
            if words[i].isalpha() and words[i].lower() not in _COUNTS | _DECIDING
        ]
        if not plain:
            return None
        at = random.choice(plain)
        return " ".join([*words[:at], "[it]", *words[at + 1 :]])
    if edit == "word":
        plain = [i for i, word in enumerate(words) if word.isalpha()]
        at = random.choice(plain)
        return " ".join([*words[:at], "zebra", *words[at + 1 :]])
    numbers = [match for match in re.finditer(r"\d", clause)]
    if not numbers:
        return None
    match = random.choice(numbers)
    other = str((int(match[0]) + random.randrange(1, 10)) % 10)
    return clause[: match.start()] + other + clause[match.end() :]
