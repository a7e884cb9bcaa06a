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
# Before a term.
# yes: `For the purposes of these instructions, ` `In this section ` `The term ` `Note: ` `References to `
_LEAD = (
    r"(?:Notes?:\s)?(?:(?:(?:For\sthe\spurposes?\sof|In|Under|Unless)\s[^,;:“\"]{1,100},|(?:For\sthe\spurposes?\sof|In)\s"
    r"(?:this|these)\s\w+)\s){0,2}(?:(?:the|an?)\s)?(?:(?:terms?|words?|expressions?|phrases?|references?\sto)\s)?"
)
_TERM = r"[\"“‘'](?P<{name}>[^\"“”‘’]{{2,60}})[\"”’']"
# Between a term and its verb.
# yes: ` (in relation to a harbour)` `, in relation to a harbour,`
_ASIDE = r"(?:\s\([^()]{1,80}\)|,\sin\srelation\sto\s[^,;:]{1,80})?,?\s"
_MEANS = (
    r"means?\b(?!\s(?:that|of|to|test|nothing)\b)|(?:shall|will)\s(?:mean|have\sthe\s(?:same\s)?meaning)\b"
    r"|(?:has|have)\sthe\s(?:same\s)?meaning\b"
)
# yes: `“Learner” means a person` `"Learner" has the meaning given in` `‘Harbour pay’ is defined as`
# no: `This means that` `what “learner” means to the officer` `“Learner” does not include`
_QUOTED = re.compile(
    rf"{_LEAD}{_TERM.format(name='term')}(?:,?\s(?:and|or)\s{_TERM.format(name='other')})?{_ASIDE}"
    rf"(?:{_MEANS}|(?:is|are)\sdefined\b|refers?\sto\b|includes?\b)",
    re.IGNORECASE,
)
# yes: `Learner means a person who` `Harbour pay is defined as` `For the purposes of J1, a learner means a person`
# no: `This means that` `It means` `which means` `Boats are a means of transport`
_BARE = re.compile(
    rf"(?P<lead>{_LEAD.replace('(?:the|an?)', '(?:[Tt]he|[Aa]n?)')})"
    r"(?P<term>[A-Za-zāēīōūĀĒĪŌŪ][\w’'()/-]*(?:\s[\w’'()/-]+){0,5}?)"
    rf"{_ASIDE}(?:{_MEANS}|(?:is|are)\sdefined\sas\b)(?=[\s:—–-]+\S)"
)
# What a sentence says that tells what follows from something.
# yes: ` the applicant must` ` a person can`
# no: ` a person who can` ` the harbour of`
_FOLLOWS = re.compile(
    r"[\s:—–-]+(?:the|an?|their|no)\s(?:(?!(?:who|which|that|whose|where|whom|under|in|of|for|at|with|to)\b)\w+\s){1,3}?"
    r"(?:is|are|must|may|can|cannot|will|has|have|does|do|should|would|needs?)\b"
)
# yes: `For the purposes of these instructions, a learner is a person`
# no: `For the purposes of these instructions, an application is made`
_IS_A = re.compile(
    r"For\sthe\spurposes?\sof\s[^,;:]{1,100},?\san?\s[\"“‘']?(?P<term>[\w’'()/ -]{2,58}?)[\"”’']?"
    r"\sis\s(?:an?|any|someone|anyone)\s",
    re.IGNORECASE,
)
# yes: `Definition of employer` `Definitions of full-time and part-time` `Meaning of “harbour”` `Definition: harbour`
_HEADED = re.compile(
    r"(?:(?P<several>Definitions)|Definition|Meaning)(?:\sof|:)\s[\"“‘']?(?P<term>[^\"“”‘’]{2,60}?)[\"”’']?",
    re.IGNORECASE,
)
_DEFINITIONS = re.compile(
    r"(?:Definitions?|Interpretation|Meanings?\sof\s(?:terms|words|expressions)(?:\sused)?)\W*", re.IGNORECASE
)
# What announces the definitions below it.
# yes: `In these instructions:` `The following definitions apply:`
_ANNOUNCED = re.compile(
    r"(?:For\sthe\spurposes?\sof|In)\s(?:(?:this|these)\s\w+|[A-Z]+[0-9][\w.()]*):"
    r"|[^.;]{0,80}\b(?:definitions?|meanings?)\b[^.;]{0,40}[:—–]",
    re.IGNORECASE,
)
# yes: `Learner: a person` `Learner – a person`, in a list of definitions
_IN_LIST = re.compile(r"[\"“‘']?(?P<term>[A-Za-z][\w’'()/ -]{1,58}?)[\"”’']?(?::|\s[–—-])\s+\S")
_TERM_COLUMN = re.compile(r"(?:terms?|words?|expressions?)\W*", re.IGNORECASE)
_MEANING_COLUMN = re.compile(r"(?:definitions?|meanings?|what\sit\smeans)\W*", re.IGNORECASE)

_NO_FIRST_WORDS = """
this that it which what these those they he she there here the a an such note notes example who where when if people
other others definition definitions failure failing lack absence insufficient sufficient words terms expressions yes no
"""
_NO_FIRST = frozenset(_NO_FIRST_WORDS.split())
_NOT_WITHIN_WORDS = """
who which that if whether this these the a an any no not by with is are was were be been has have must may can will
"""
_NOT_WITHIN = frozenset(_NOT_WITHIN_WORDS.split())
_NOT_WITHIN_QUOTES = frozenset(("who", "which", "that", "if", "whether"))


def terms_in(title: str, blocks: Iterable[Block], code: str) -> Iterator[tuple[str, str]]:
    """Each defined term as printed, with the pinpoint of its definition; the code itself where the title names it."""
    seen: set[tuple[str, str]] = set()
    for term, place in _terms(title, blocks, code):
        term = term.strip(_QUOTES + " ")
        if (term.lower(), place) not in seen:
            seen.add((term.lower(), place))
            yield term, place


def _terms(title: str, blocks: Iterable[Block], code: str) -> Iterator[tuple[str, str]]:
    yield from ((term, code) for term in _headed(title))
    yield from _among(blocks, _DEFINITIONS.fullmatch(title.strip()) is not None)


def _among(blocks: Iterable[Block], listed: bool) -> Iterator[tuple[str, str]]:
    """The terms of neighbouring blocks and of what stands below them. `listed`: in a list of definitions.

    Words that announce definitions do so for what stands below them, and for the list that follows them.
    """
    announced = False
    for block in blocks:
        if block.kind == "heading":
            listed, announced = _DEFINITIONS.fullmatch(block.text.strip()) is not None, False
        elif block.kind != "item":
            announced = False
        yield from ((term, block.pinpoint) for term in _of_block(block, listed or announced))
        announces = _ANNOUNCED.fullmatch(block.text.strip()) is not None
        yield from _among(block.children, listed or announced or announces)
        announced = announced or announces


def _of_block(block: Block, listed: bool) -> Iterator[str]:
    text = block.text.strip()
    if block.kind == "heading":
        yield from _headed(text)
    elif block.kind == "table":
        yield from _in_table(block)
    elif match := _QUOTED.match(text):
        yield from (
            term for term in (match["term"], match["other"]) if term and _is_term(term, _NOT_WITHIN_QUOTES)
        )
    elif match := _unmarked(text, listed):
        yield match["term"]
    elif listed and block.kind in ("item", "paragraph"):
        match = _IN_LIST.match(text)
        yield from [match["term"]] if match and _is_term(match["term"], _NOT_WITHIN) else []


def _unmarked(text: str, listed: bool) -> re.Match[str] | None:
    """A definition whose term stands in no quotation marks."""
    match = _IS_A.match(text)
    if match:
        return match if _is_term(match["term"], _NOT_WITHIN) else None
    match = _BARE.match(text)
    return match if match and _stands_for_itself(match, listed) else None


def _stands_for_itself(match: re.Match[str], listed: bool) -> bool:
    """A term without marks begins its clause, with a capital, unless words lead to it or definitions were announced.

    "A refusal means the applicant must leave" tells what follows, and defines nothing.
    """
    lead = match["lead"].strip().lower()
    begins = match["term"][0].isupper() if not lead else lead not in ("a", "an", "the")
    follows = _FOLLOWS.match(match.string, match.end()) is not None
    return (begins or listed) and not follows and _is_term(match["term"], _NOT_WITHIN)


def _headed(text: str) -> Iterator[str]:
    match = _HEADED.fullmatch(text.strip())
    if match is None:
        return
    names = re.split(r",\s(?:and\s)?|\sand\s", match["term"]) if match["several"] else [match["term"]]
    yield from (name for name in names if _is_term(name, _NOT_WITHIN_QUOTES))


def _in_table(block: Block) -> Iterator[str]:
    """The first column of a table that is headed as one of terms and their meanings."""
    rows = [[cell.text.strip() for cell in row] for row in block.rows]
    if not rows or len(rows[0]) < 2:
        return
    if _TERM_COLUMN.fullmatch(rows[0][0]) and _MEANING_COLUMN.fullmatch(rows[0][1]):
        for row in rows[1:]:
            if len(row) > 1 and row[1] and _is_term(row[0], _NOT_WITHIN_QUOTES):
                yield row[0]


def _is_term(term: str, not_within: frozenset[str]) -> bool:
    words = term.lower().strip(_QUOTES + " ").split()
    if not 0 < len(words) <= MOST_WORDS or len(term) > LONGEST or not any(c.isalpha() for c in term):
        return False
    return words[0] not in _NO_FIRST and not_within.isdisjoint(words)
