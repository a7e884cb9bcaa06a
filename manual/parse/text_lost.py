"""What a text capture lost in copying: levels of lists, bounds of items, words of links, whole clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from manual.parse.draft import BlockDraft
from manual.parse.reading import Reading
from manual.parse.text_line import Line

# Words that begin a clause; one of them glued to the "and" of the item before shows that a line end was lost.
_OPENERS = "the|an?|they|it|is|are|has|have|holds?|meets?|in|if|any|not|must|who|where|be"
# yes: ; andthe boat | must:float | visa;and | applied.The
# no: ; and the boat | ; order | www.example.govt.nz
RUN_TOGETHER = re.compile(
    rf"; ?(?:and|or)(?=(?:{_OPENERS})[ a-z])(?<!or(?=der|gan|igin|al))"
    r"|(?<=[a-z])[;:](?=[A-Za-z]{2})|(?<=[a-z]{3})\.(?=[A-Z][a-z]{2})"
)
_AFTER_THE = "was|were|is|are|of|who|whose|must|may|has|have|had|and|or|which|will"
# yes: If a was willing | as a of a captain | the who rows
# no: (a) is met | a boat | the mate
LOST_WORDS = re.compile(
    rf"(?<![(\w.])an? (?:{_AFTER_THE}|for|that|under|to|with|from|can|does|did)\b|(?<![(\w])the (?:{_AFTER_THE})\b"
)
# yes: any is told | the owner or. | tied to the.
# no: any or all | (a). | category A, or B
_LOST_END = re.compile(
    r"\bany (?:is|are|was|were|must|has|have|aged)\b|\b(?<![(/])(?:and|or|the|an|any|every|of|with)\s*[.,;)]",
    re.IGNORECASE,
)
# One of the next three is enough: no sentence holds them, and no misprint makes them.
# yes: owners of boats are (see QZ9.10). | paid to the (see QZ9.10(a))
# no: as they are (see QZ9.10) | a mate (see QZ9.10)
_LOST_BEFORE_LINK = re.compile(
    r"(?<!what )(?<!who )(?<!which )(?<!\bas )\b(?!they\b|it\b|these\b|those\b)[\w’']+"
    r" (?:is|are|was|were|be|an?|the|any|of) \((?:see|refer to)\b[^()]{0,80}(?:\([^()]{1,8}\)[^()]{0,80}){0,5}\)",
    re.IGNORECASE,
)
# yes: every is named | any or aged 16
# no: any or all | every boat
_LOST_NOUN = re.compile(
    r"\bevery (?:is|are|was|were|has|have|must|may|or|who)\b"
    r"|\bany or (?:aged|who|whose|is|are|was|were|must|has|have)\b",
    re.IGNORECASE,
)
# yes: any  or  aged 16 | if the  was
# no: two words.  And two spaces | any or aged
_LOST_BETWEEN_SPACES = re.compile(
    r"(?<![\w])(?:an?|any|the|of|or|and|each|every|no|who|is|are|be|by|with|under|for|from|to)  +"
    r"(?:or|and|of|who|whose|aged|was|were|is|are|must|may|has|have|had|which|will|under|for|with|from)\b",
    re.IGNORECASE,
)
# yes: must be backed by a child who: | as all of the following:
# no: the rules of boats:
_OPENS = re.compile(
    r"\b(?:who|which|that|whose|where|if|must|may|be|is|are|has|have|either|both|all|following|and|or|by|to|of|for|with)"
    r"\s*:$",
    re.IGNORECASE,
)


def judge(body: Sequence[Line], reading: Reading) -> None:
    """Marks text whose levels or words were lost."""
    drafts = [draft for top in reading.drafts for draft in top.walk()]
    if reading.structure == "full" and any(d.kind == "item" and not d.style for d in drafts):
        reading.structure = "flat"
        reading.find("info", "levels_lost", "the items of lists carry no numbers: no label is given")
    if any(RUN_TOGETHER.search(line.text) for line in body):
        reading.structure = "flat"
        reading.find(
            "warning", "run_together", "items of lists were run together: their bounds are not known"
        )
    _judge_words(body, reading)
    _judge_clauses(body, reading)


def _judge_words(body: Sequence[Line], reading: Reading) -> None:
    lost = sum(_count(line.text, LOST_WORDS, _LOST_END) for line in body)
    certain = sum(
        _count(line.text, _LOST_BEFORE_LINK, _LOST_NOUN) + _count(line.raw, _LOST_BETWEEN_SPACES)
        for line in body
    )
    if lost >= 2 or certain:
        reading.structure = "damaged"
        message = f"in {lost + certain} places words are missing: links of the source were dropped"
        reading.find("error", "text_damaged", message)


def _count(text: str, *patterns: re.Pattern[str]) -> int:
    return sum(len(pattern.findall(text)) for pattern in patterns)


def _judge_clauses(body: Sequence[Line], reading: Reading) -> None:
    """Find clauses that announce items which are missing."""
    for place, line in enumerate(body):
        if _announces_nothing(line, body[place + 1 :]):
            reading.structure = "damaged"
            reading.find("error", "text_damaged", _missing(line), f"line {line.number}")


def judge_drafts(reading: Reading) -> None:
    """The same for a page in HTML, whose list may be lost with the page's scripts or by the saving tool."""
    drafts = [draft for top in reading.drafts for draft in top.walk()]
    for place, draft in enumerate(drafts):
        if _announces_nothing(draft, drafts[place + 1 :]):
            reading.structure = "damaged"
            reading.find("error", "text_damaged", _missing(draft))


def _announces_nothing(clause: Line | BlockDraft, below: Sequence[Line | BlockDraft]) -> bool:
    """Whether a clause such as "The owner must:" has nothing below it. A note may stand before its list."""
    if _OPENS.search(clause.text) is None:
        return False
    behind_notes = next((one for one in below if one.kind not in _NOTES), None)
    listed = behind_notes is not None and (
        behind_notes.kind in ("item", "table", "quote") or behind_notes.text[:1].islower()
    )
    return not listed and (not below or below[0].kind in _NOTES)


_NOTES = ("note", "reference")


def _missing(clause: Line | BlockDraft) -> str:
    return f"nothing follows {clause.text[-60:]!r}: what it announces is missing"
