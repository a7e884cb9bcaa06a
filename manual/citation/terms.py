"""Terms that an instruction defines, and where: `"Learner" means …`, "Definition of employer", a list of definitions.

Only clear definitions are taken, not sentences that merely use the word "means" or ask what something means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from manual.model import Block

LONGEST = 60
"""Characters of a term, at most."""
MOST_WORDS = 6

_QUOTES = "\"“”‘’'"
# yes: `“Learner” means a person` `"Learner" has the meaning given in` `‘Harbour pay’ is defined as`
# no: `This means that` `what “learner” means to the officer`
_QUOTED = re.compile(
    r"(?:(?:For\s[^,;:]{1,80},|In\s[^,;:]{1,80},)\s)?(?:(?:the|a|an)\s)?(?:terms?\s)?"
    r"[\"“‘'](?P<term>[^\"“”‘’]{2,60})[\"”’'],?\s(?:means?\b|has\sthe\smeaning\b|have\sthe\smeaning\b|is\sdefined\b"
    r"|are\sdefined\b|refers?\sto\b|includes?\b)",
    re.IGNORECASE,
)
# yes: `Learner means a person who` `Harbour pay is defined as` — the term stands at the beginning of its clause
# no: `This means that` `It means` `which means`
_BARE = re.compile(
    r"(?P<term>[A-Z][\w’'()/-]*(?:\s[\w’'()/-]+){0,5})\s"
    r"(?:means|is\sdefined\sas|are\sdefined\sas|has\sthe\smeaning)\b"
)
# yes: `Definition of employer` `Definitions of full-time and part-time`
_HEADED = re.compile(r"Definitions?\sof\s[\"“‘']?(?P<term>[^\"“”‘’]{2,60}?)[\"”’']?", re.IGNORECASE)
_DEFINITIONS = re.compile(r"(?:Definitions?|Interpretation|Meaning of terms)\W*", re.IGNORECASE)
# yes: `Learner: a person` `Learner – a person`, in a list of definitions
_IN_LIST = re.compile(r"[\"“‘']?(?P<term>[A-Za-z][\w’'()/ -]{1,58}?)[\"”’']?(?::|\s[–—-])\s+\S")
_NO_FIRST_WORDS = """
this that it which what these those they he she there here the a an such note example who where when if people
"""
_NO_FIRST = frozenset(_NO_FIRST_WORDS.split())
_NOT_WITHIN = frozenset(("who", "which", "that", "if", "whether"))


def terms_in(title: str, blocks: Iterable[Block], code: str) -> Iterator[tuple[str, str]]:
    """Each defined term as printed, with the pinpoint of its definition; the code itself where the title names it."""
    seen: set[tuple[str, str]] = set()
    for term, place in _terms(title, blocks, code):
        term = term.strip(_QUOTES + " ")
        if _is_term(term) and (term.lower(), place) not in seen:
            seen.add((term.lower(), place))
            yield term, place


def _terms(title: str, blocks: Iterable[Block], code: str) -> Iterator[tuple[str, str]]:
    if match := _HEADED.fullmatch(title.strip()):
        yield match["term"], code
    listed = _DEFINITIONS.fullmatch(title.strip()) is not None
    for top in blocks:
        if top.kind == "heading":
            listed = _DEFINITIONS.fullmatch(top.text.strip()) is not None
        for block in top.walk():
            yield from _of_block(block, listed)


def _of_block(block: Block, listed: bool) -> Iterator[tuple[str, str]]:
    text = block.text.strip()
    if block.kind == "heading":
        if match := _HEADED.fullmatch(text):
            yield match["term"], block.pinpoint
        return
    pattern = next((m for p in (_QUOTED, _BARE) if (m := p.match(text))), None)
    if pattern is None and listed and block.kind in ("item", "paragraph"):
        pattern = _IN_LIST.match(text)
    if pattern is not None:
        yield pattern["term"], block.pinpoint


def _is_term(term: str) -> bool:
    words = term.lower().split()
    if not 0 < len(words) <= MOST_WORDS or len(term) > LONGEST or not any(c.isalpha() for c in term):
        return False
    return words[0] not in _NO_FIRST and _NOT_WITHIN.isdisjoint(words)
