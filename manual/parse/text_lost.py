"""What a text capture lost on its way: levels of lists, bounds of items, words of links, whole clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from manual.parse.reading import Reading
from manual.parse.text_line import Line

# Words that begin a clause; one of them glued to the "and" of the item before shows that a line end was lost.
_OPENERS = "the|an?|they|it|is|are|has|have|holds?|meets?|in|if|any|not|must|who|where|be"
# yes: ; andthe boat | must:float | visa;and | applied.The
# no: ; and the boat | ; order | www.immigration.govt.nz
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
# One of these is enough: no sentence holds it, and no misprint makes it.
# yes: owners of boats are (see QZ9.10). | any  or  aged 16 | if a  was
# no: as they are (see QZ9.10) | two words.  And two spaces
_LOST_BEFORE_LINK = re.compile(
    r"(?<!what )(?<!who )(?<!which )(?<!\bas )\b(?!they\b|it\b|these\b|those\b)[\w’']+"
    r" (?:is|are|was|were|be|an?|the|any|of) \((?:see|refer to)\b[^()]*(?:\([^()]*\)[^()]*)*\)",
    re.IGNORECASE,
)
_LOST_BETWEEN_SPACES = re.compile(
    r"(?<![\w])(?:an?|any|the|of|or|and|each|every|no|who|is|are|be|by|with|under|for|from|to)  +"
    r"(?:or|and|of|who|whose|aged|was|were|is|are|must|may|has|have|had|which|will|under|for|with|from)\b",
    re.IGNORECASE,
)
# … must be backed by a child who:
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
    lost = sum(len(LOST_WORDS.findall(line.text)) for line in body)
    certain = sum(
        len(_LOST_BEFORE_LINK.findall(line.text)) + len(_LOST_BETWEEN_SPACES.findall(line.raw))
        for line in body
    )
    if lost >= 2 or certain:
        reading.structure = "damaged"
        message = f"in {lost + certain} places words are missing: links of the source were dropped"
        reading.find("error", "text_damaged", message)


def _judge_clauses(body: Sequence[Line], reading: Reading) -> None:
    """A clause that announces what never comes: the items below it are gone."""
    for place, line in enumerate(body):
        following = body[place + 1] if place + 1 < len(body) else None
        ends = following is None or following.kind in ("note", "reference")
        if ends and _OPENS.search(line.text):
            reading.structure = "damaged"
            message = f"nothing follows {line.text[-60:]!r}: what it announces is missing"
            reading.find("error", "text_damaged", message, f"line {line.number}")
