"""What the words of a circular's headings and lines say: what happens to the codes below, and which days count.

A heading of changes, of ending or of neither holds for the lines `CODE Title` below it; a line may say otherwise of its
own code behind the title. What is not said plainly is unclear, and nothing is taken from it (rule 26).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from manual.dates import SAID_DAY
from manual.model import CircularWord
from manual.parse.beside import days_in
from manual.parse.times import ONE_DAY

# yes: `Changes to immigration instructions effective from 24 March 2014`
# yes: `Changes effective from 24 March 2014` `Amendments in force on and after 24 March 2014:`
_CHANGES = re.compile(
    r"(?:(?:minor|other|further|additional|consequential|technical|key|main|summary\s+of)\s+){0,2}"
    r"(?:changes?|amendments?)\s+to\s+.{0,60}?\b(?:effective|in effect|in force|from|on and after)\b"
    r"|(?:(?:changes?|amendments?)\s+(?:effective|in\s+(?:effect|force))"
    r"|(?:immigration\s+)?instructions?\s+(?:effective|coming\s+into\s+(?:force|effect)|taking\s+effect))"
    rf"\s+(?:on\s+and\s+)?(?:(?:from|on|after)\s+)?{SAID_DAY}",
    re.IGNORECASE,
)
# Words of ending: a heading with one of them never announces a start.
# yes: `Revocation of BH instructions` `Instructions to be deleted` `Closed categories` `no longer in force`
ENDING_WORD = re.compile(
    r"\b(?:revok|revoc|resci|delet|remov|repeal|withdr[ae]w|discontinu|ceas|clos(?:ed|ure|ing)|expir|laps|no longer"
    r"|cancel|annul|abol|terminat|disestab)",
    re.IGNORECASE,
)
# yes: `Superseded instructions` `Instructions phased out`: they begin nothing, and which version ends is not said
_OUT_OF_USE = re.compile(r"\b(?:obsolete|supersed\w+|void|set\s+aside|phas\w+\s+out|ended)\b", re.IGNORECASE)
_ENDS = rf"(?:{ENDING_WORD.pattern}\w*(?!\w)|\bno\s+longer\b)"
_SUSPENDED = r"\b(?:suspended|suspension|paused|on\s+hold|in\s+abeyance)\b"
# What a circular revokes or suspends as a whole
_INSTRUCTIONS_ENDED = (
    r"(?:instructions?|polic(?:y|ies)|sections?|chapters?|categor(?:y|ies)|lists?|appendix|appendices"
    r"|(?-i:[A-Z]{1,3}[0-9][0-9.]*))\b"
)
# no longer (in force) | cease (to be effective)
_NO_MORE = r"\s+(?:(?:to|be|being|have|in)\s+)*(?:effective|force|effect|use|current|valid|apply|applying)"


def _of_instructions(happens: str) -> re.Pattern[str]:
    """Where a heading says that it happens to instructions, or says no more than that it happens. What happens to
    something else is a topic, and the codes below it are of that topic (circulars.md).

    yes: `Revoked from 4 May 2020:` `Closed categories` `Removal of the BH instructions` `Instructions to be deleted`
    no: `Removal of the bond` `Closed season` `Instructions for removing rafts` `Suspension of visas`
    """
    day = rf"(?:on|from|with|as|at|effective|after|until)\b.*{SAID_DAY}"
    then = rf"(?:{_NO_MORE})?\W*(?:$|[:;]|indefinitely|until\s+further|{day})"
    return re.compile(
        rf"^\W*{happens}{then}"
        rf"|{happens}\s+(?:of\s+)?(?:(?!(?:by|from|in|under|for|to|set|with|on|at)\b)[\w-]+\s+){{0,5}}?{_INSTRUCTIONS_ENDED}"
        rf"|\b(?:the\s+following|{_INSTRUCTIONS_ENDED})(?:\s+(?:listed|below|that|which|are|is|were|was|have|has|been|will|shall|be|to|now))*"
        rf"\s*[:–-]?\s*{happens}{then}",
        re.IGNORECASE,
    )


_ENDS_INSTRUCTIONS = _of_instructions(_ENDS)
_SUSPENDS_INSTRUCTIONS = _of_instructions(_SUSPENDED)
# yes: `Revoked paragraphs` `Revocation of parts of the following instructions` `Withdrawn forms`
# no: `Revocation of visitor visa instructions`
_PART_ENDS = re.compile(
    r"\b(?:part(?:ly|ially)|in\s+part|(?:sub-?)?paragraphs?|clauses?|(?:parts?|provisions?)\s+(?:of|in)|notes?|definitions?|references?)\b"
    r"|\b(?:revok|revoc|resci|delet|remov|repeal|withdr|discontinu|cancel|clos)\w*\s+(?:of\s+)?(?:\w+\s+){0,2}"
    r"(?:visas|permits|applications|forms?|guides?|leaflets?|fees?|caps?|limits?|requirements?|conditions?|dates?)\b"
    r"|\bceas\w*\s+to\s+(?!(?:be|have|apply|exist)\b)\w+",
    re.IGNORECASE,
)
STARTING_WORD = re.compile(r"\b(?:chang|amend|new\b|replac|introduc|reinstat|re-?open|insert)", re.IGNORECASE)
# yes: `will be notified separately` `not revoked`: what it says of an end is not that it happens here
_NOT_HERE = re.compile(
    r"\b(?:not|separately|later|(?-i:may)|might|proposed|if|unless|until|expir\w*|laps\w*)\b", re.IGNORECASE
)
# yes: `Changes that were to be effective from 4 May 2020` `Suspended instructions` `Instructions that remain in force`
_NO_BEGINNING = re.compile(
    r"\b(?:not|never|no\s+longer|(?:was|were)\s+to|proposed|planned|withdrawn|suspend\w*|suspension|paused|on\s+hold|abeyance|ends?|ended|ending|later|no\s+changes?)\b"
    r"|\b(?:remain\w*|continu\w+|extend\w*|extension|unchanged|retained)\b(?=.*\b(?:instructions?|force|effect)\b)"
    r"|\b(?:in\s+force|effective|valid|appl\w+)\s+(?:until|to)\b|\breinstat\w*|\bunder\s+review\b"
    r"|\binstructions?\b.*\b(?:remain\w*|continu\w+|extend\w*|unchanged|retained)\b",
    re.IGNORECASE,
)
# yes: `Suspended instructions` `The following instructions are suspended from 4 May 2020 to 31 May 2020:`
_SUSPENDS = re.compile(_SUSPENDED, re.IGNORECASE)
_SUSPENDS_NO_MORE = re.compile(
    r"\b(?:not|no\s+longer|lift\w*|end(?:s|ed)?|ending|resum\w*|reinstat\w*|revo\w+|remov\w+|propos\w+|(?-i:may)|might|if|unless"
    r"|was|were|part(?:ly|ially)|in\s+part|paragraphs?|clauses?|exten\w+|(?:selections?|processing|decisions?|applications?|visas?|expressions?)\b.*)\b",
    re.IGNORECASE,
)
# yes: `Title (suspended from 4 May 2020 to 31 May 2020)` `Title – temporarily suspended until further notice`
# no: `Title (suspended licences)` `Title – suspended visas`
_SUSPENDED_BEHIND = re.compile(
    r"(?:\s*[(\[:,]|\s+[–-])\s*(?:(?:is|are|has\s+been|to\s+be|temporarily)\s+){0,2}(?:suspended|paused|on\s+hold)\b"
    rf"(?=\s*(?:[,;:–)\]-]|$|(?:from|until|till|to|on|as|with|for|by|in|effective|between|pending|temporarily|indefinitely|again|further)\b|{SAID_DAY}))"
    r"(?P<rest>[^()\[\]]*)[)\]]?\s*$",
    re.IGNORECASE,
)
# yes: `will now take effect on 4 May 2020 instead of 1 May 2020` `Instructions deferred until 4 May 2020`
_DEFERS = (
    r"postpone[ds]?|postponement|deferr(?:ed|al)|delayed|put\s+(?:off|back)|brought\s+forward|rescheduled"
    rf"|(?:changed|moved)(?=\s+from\s+{SAID_DAY}\s+to\b)"
)
_NOW = r"now\s+(?:effective|(?:be\s+)?in\s+force|takes?\s+effect|comes?\s+into\s+(?:force|effect)|commences?)"
PUTS_OFF = rf"{_DEFERS}|{_NOW}"
DEFERRED = re.compile(rf"\b(?:{_DEFERS})\b", re.IGNORECASE)
_IS_NOW = re.compile(rf"\b(?:{_NOW})\b", re.IGNORECASE)
UP_TO = re.compile(r"\b(?:to|until|till)\s+$", re.IGNORECASE)
PUT_OFF = re.compile(rf"\b(?:{PUTS_OFF}|instead\s+of|previously|originally|rather\s+than)\b", re.IGNORECASE)
# Before a day that no longer counts: `instead of 1 May 2020` `(previously 1 May 2020)` `not from 1 May 2020`
_OLD_DAY = re.compile(
    r"\b(?:instead\s+of|rather\s+than|previously|originally|not|formerly|was|were\s+to)\s*[(:,]?\s*(?:(?:be\s+)?effective\s+)?"
    r"(?:announced\s+(?:as|for)\s+|planned\s+for\s+)?(?:on\s+|from\s+|as\s+from\s+)?$"
    r"|\b(?:was|were)\s+to\s+(?:be|take|come|apply|commence)\b(?:\s+\w+){0,2}?\s+(?:on|from)\s+$",
    re.IGNORECASE,
)
_INSTRUCTIONS = re.compile(r"\binstructions?\b", re.IGNORECASE)
# The old day in `deferred from 1 May 2020 to 4 May 2020`
_FROM_OLD_DAY = re.compile(r"\bfrom\s+$", re.IGNORECASE)
# yes: `The following instructions have been revoked.` `These instructions are closed:`
_POINTS_ON = re.compile(r"\b(?:following|below|these|listed)\b|:$", re.IGNORECASE)
# yes: `Current instructions` `See also`: codes below are named, and nothing happens to them
_NO_CHANGE = re.compile(
    r"(?:current|related|existing|previous|unchanged|other relevant)\s.{0,40}|see also\W*|background|for reference\W*"
    r"|.{0,60}\bnot (?:changed|affected)\W*",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    r"amended\s+(?:immigration\s+)?instructions?\b|(?:immigration\s+)?instructions?\s+amended\b"
    r"|(?:the\s+)?following\s+(?:changes?|amendments?)\b"
    r"|(?:the\s+)?following\s+(?:immigration\s+)?instructions?\s+(?:(?:are|have\s+been|were|will\s+be)\s+)(?:amended|changed|updated)\b",
    re.IGNORECASE,
)
# yes: `ceasing to be effective at the end of 31 March 2025`: what is said happens on the next day
_ITS_END = re.compile(
    r"(?:\b(?:end|close)\s+of(?:\s+the\s+day)?(?:\s+(?:on|of))?|(?<!and )(?<!or )\bafter)\s+$", re.IGNORECASE
)
_NEW = re.compile(
    r"(?:the\s+following\s+)?new\s+(?:immigration\s+)?instructions?\b"
    r"|(?:the\s+)?following\s+(?:immigration\s+)?instructions?\s+(?:(?:are|have\s+been|were|will\s+be)\s+)(?:added|introduced|inserted)\b",
    re.IGNORECASE,
)
_REPLACED = re.compile(r"replaced\s+(?:immigration\s+)?instructions?\b", re.IGNORECASE)
# yes: `Appendix 1` `Appendix 1: Amended instructions` — of the circular itself; an appendix of the manual has no colon
APPENDIX = re.compile(r"Appendix\s+(?P<number>[0-9]{1,2})\b(?P<rest>.*)")
# yes: `BH3.5 Title (revoked)` `WR4 Title - closed` `WR4 Title [deleted]` `WR4 Title (revoked from 4 June 2020)`
_WORD_BEHIND = re.compile(
    r"(?<![\s(\[:,–-])[\s(\[:,–-]+(?:(?:has|have)\s+been\s+|is\s+|are\s+|was\s+|(?:to|will)\s+be\s+)?"
    r"(?P<word>amended|new|revoked|rescinded|replaced|closed|deleted|removed|withdrawn|repealed|discontinued|cancell?ed"
    r"|annulled|abolished|terminated|disestablished)"
    r"(?P<rest>(?:(?:,|\s+[–-])?\s+(?:(?:from|on|with\s+effect\s+from|effective(?:\s+(?:from|on))?|(?:at|from)\s+the\s+(?:end|close)\s+of|after)\s+)?[0-9][^()\[\]]*)?)[)\]]?\s*$",
    re.IGNORECASE,
)
# Before the word in `Title is not revoked` `Title – already revoked` `Title (new; § revoked)`
_NOT_THIS_NOW = re.compile(
    r"\b(?:not|never|no\s+longer|(?-i:may)|might|could|previously|formerly|already)(?:\s+(?:yet|be|been))*\s*$"
    r"|[;,(]\s*(?-i:[A-Z]{1,3}[0-9][0-9.]*)\s*$",
    re.IGNORECASE,
)
# yes: `Title – 1 May 2020 – 4 May 2020`: cells of a table, and which day is meant is not said
_DAYS_IN_CELLS = re.compile(rf"\s[–-]\s{SAID_DAY}(?:\s[–-]\s{SAID_DAY})?\s*$", re.IGNORECASE)
# yes: before the word in `Title (paragraph (b) revoked)` `Title – partly revoked`
_PARTLY = re.compile(
    r"(?:[(\[]|\s[–-]|:)\s*(?:(?:the|new)\s+)?(?:partly|partially|in\s+part|(?:sub-?)?paragraphs?|clauses?|notes?|definitions?|items?|parts?)\b"
    r"[^–]{0,120}$",
    re.IGNORECASE,
)
# yes: `BH3.5 Title (from 4 June 2020)` `BH3.5 Title – effective 4 June 2020`
_DAY_BEHIND = re.compile(
    r"\s*[(\[,–-]\s*(?:from|effective(?:\s+(?:from|on))?|(?:in\s+force|applies)\s+from|with\s+effect\s+from|on\s+and\s+after|as\s+from)\s+"
    rf"(?P<day>{SAID_DAY})\s*[)\]]?\s*$",
    re.IGNORECASE,
)
# yes: `Title (no change)` `Title – not amended` `Title (deferred to 4 June 2020)` `Title (to 4 June 2020)`
_UNPLAIN_BEHIND = re.compile(
    r"(?:[(\[]|\s[–-]\s|:\s)\s*(?:has\s+been\s+|is\s+|are\s+)?(?:no\s+changes?|unchanged|unaffected|deferred|postponed|delayed"
    r"|not\s+(?:amended|changed|affected|revoked|replaced|new|in\s+force)|put\s+(?:off|back)|suspended|on\s+hold|extended|continues?|obsolete|superseded|void|ended|lapsed|expired|set\s+aside|phased\s+out"
    rf"|(?:from\s+)?{SAID_DAY}\s*(?:to|until|till|[–-])\s*{SAID_DAY}"
    rf"|remains?|(?:(?:applies|in\s+force|valid|effective)\s+)?(?:until|till|up\s+to|to)\s+{SAID_DAY})[^()\[\]]*[)\]]?\s*$",
    re.IGNORECASE,
)
# yes: `Title replaced by WR1` `Revoked: title` `Title continues to`: an end may be meant, or nothing
_UNPLAIN = re.compile(
    r"\b(?:revok|resci|delet|withdrawn|repeal|discontinu|no longer|replaced\s+(?:by|with)"
    r"|continues?\s+to|appl(?:y|ies)\s+(?:to|from)|says?|states?|sets\s+out)"
    r"|[(\[][^()\[\]]*\b(?:clos(?:ed|ure|ing|es)|ceas|expir|remov|revoc|withdr|deferr|postpon|ended|ends|suspen)"
    r"|\bsuspended\s*$",
    re.IGNORECASE,
)
_WHATS = frozenset(("amended", "new", "revoked", "rescinded", "replaced", "closed"))
ENDING = frozenset(("revoked", "rescinded", "closed"))
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Under:
    """What the heading above says. `what` None: nothing, or (with `unclear`) nothing that is clear."""

    what: CircularWord | None = None
    day: date | None = None
    unclear: bool = False
    several: bool = False
    """It names more than one day: none of them counts."""
    instead_of: date | None = None
    """The day that `day` takes the place of: "on D instead of E"."""
    put_off: bool = False
    """What it announces was announced before, for another day."""
    in_appendix: bool = False
    """Among the appendices of the circular, which hold new texts in full."""


def what_happens(title: str, text: str, under: Under) -> tuple[CircularWord | None, str, date | None]:
    """What a line says about its code, its title without those words, and its own day. The whole line is read, because
    reading it as a heading would cut off what follows the title."""
    if suspended := _SUSPENDED_BEHIND.search(text):
        since = next((day for day, _, _ in days_in(suspended["rest"])), None)
        return "suspended", _SUSPENDED_BEHIND.sub("", title).strip(), since
    match = _WORD_BEHIND.search(text)
    before = text[: match.start()] if match else text
    of_part = match is not None and match["word"].lower() not in ("amended", "new") and _PARTLY.search(before)
    if (
        of_part
        or any(_UNPLAIN_BEHIND.search(words) for words in (text, before))
        or _DAYS_IN_CELLS.search(before)
        or (match and right_before(_NOT_THIS_NOW, before, len(before)))
    ):
        return None, title.strip(), None
    dated = _DAY_BEHIND.search(before)
    own = next((day for day, _, _ in days_in(dated["day"])), None) if dated else None
    if match is None:
        if _UNPLAIN.search(text) or (dated and ENDING_WORD.search(text)):
            return None, title.strip(), None
        return under.what, _DAY_BEHIND.sub("", title).strip(), own
    word = match["word"].lower()
    what: CircularWord = word if word in _WHATS else "revoked"  # type: ignore[assignment]
    rest = match["rest"]
    days = [day + ONE_DAY * (right_before(_ITS_END, rest, at) is not None) for day, _, at in days_in(rest)]
    if rest and len(days) != 1:
        return None, title.strip(), None
    title = re.sub(r"[\s–-]+(?:to|will)\s+be$", "", _WORD_BEHIND.sub("", title).strip())
    return what, _DAY_BEHIND.sub("", title).strip(), days[0] if days else own


def is_sentence(text: str) -> bool:
    return text.endswith(".") and not text.endswith("...")


def holds_below(text: str, under: Under, by_appendix: dict[str, date]) -> Under:
    """What applies to the lines below a line that is not `CODE Title`."""
    said = heading_says(text)
    appendix = APPENDIX.fullmatch(text)
    within = under.in_appendix or appendix is not None
    if said is not None:
        days = {
            day + ONE_DAY * (right_before(_ITS_END, text, at) is not None)
            for day, at in days_that_count(text)
        }
        if said.what == "suspended":
            days = set(sorted(days)[:1])  # "from D to E"
        only = next(iter(days)) if len(days) == 1 else None
        others = {day for day, _, _ in days_in(text)} - days
        before = next(iter(others)) if len(others) == 1 and not _ITS_END.search(text) else None
        under = replace(said, day=only, several=len(days) > 1, instead_of=before)
    elif (
        appendix and under.what in ENDING
    ):  # what ends has no new text: the heading above does not reach so far
        under = Under(unclear=True)
    if appendix and appendix["number"] in by_appendix:
        under = replace(under, day=by_appendix[appendix["number"]], several=False)
    return replace(under, in_appendix=within)


def heading_says(text: str) -> Under | None:
    """What a heading announces; None if it announces nothing. A word of ending takes precedence: if a word of starting
    or a reservation stands beside it, nothing is taken from the heading."""
    if appendix := APPENDIX.fullmatch(text):
        text = appendix["rest"].strip(" :–-")
    if is_sentence(text) and not _POINTS_ON.search(text):
        return None
    if len(text) < _LONGEST_HEADING and _SUSPENDS.search(text):
        plain = _SUSPENDS_INSTRUCTIONS.search(text) and not _SUSPENDS_NO_MORE.search(text)
        return Under("suspended") if plain else Under(unclear=True)
    if len(text) < _LONGEST_HEADING and (ending := ENDING_WORD.search(text)):
        doubts = (STARTING_WORD, _NOT_HERE, _PART_ENDS)
        if any(words.search(text) for words in doubts) or not _ENDS_INSTRUCTIONS.search(text):
            return Under(unclear=True)
        word = ending[0].lower()
        return Under("closed" if word.startswith("clos") else "rescinded" if word == "resci" else "revoked")
    if _NO_CHANGE.fullmatch(text):
        return Under()
    if len(text) < _LONGEST_HEADING and _OUT_OF_USE.search(text) and _INSTRUCTIONS.search(text):
        return Under(unclear=True)
    patterns: tuple[tuple[re.Pattern[str], CircularWord], ...] = (
        (_CHANGES, "amended"), (_AMENDED, "amended"), (_NEW, "new"), (_REPLACED, "replaced")
    )  # fmt: skip
    said = next((Under(what) for pattern, what in patterns if pattern.match(text)), None)
    if (doubt := _reserved(text, announced=said is not None)) is not None:
        return doubt
    if said is None and _POINTS_ON.search(text) and days_in(text):
        return Under(unclear=True)  # "On D the instructions below come into force:"
    return said


def _reserved(text: str, *, announced: bool) -> Under | None:
    """What a heading says that puts off or denies a beginning; None if it does neither."""
    if len(text) >= _LONGEST_HEADING or not (announced or _INSTRUCTIONS.search(text)):
        return None
    days = days_that_count(text)
    if PUT_OFF.search(text) and (announced or days or not is_sentence(text)):
        plain = len(days) == 1 and _is_day_put_off_to(text, days[0][1])
        return Under("amended", put_off=True) if plain else Under(unclear=True)
    replaced = len(days) < len(list(days_in(text)))
    return Under(unclear=True) if _NO_BEGINNING.search(text) and not (replaced and days) else None


_REACH = 200
"""Characters before a day in which the words that belong to it stand: a hostile line has thousands of days."""


def right_before(words: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """`words`, which end with `$`, right before the place `at`."""
    return words.search(text, max(0, at - _REACH), at)


def _is_day_put_off_to(text: str, at: int) -> bool:
    """Whether the day at `at` is the later one: not that of "deferred from D until further notice"."""
    return not DEFERRED.search(text) or bool(right_before(UP_TO, text, at) or _IS_NOW.search(text))


def days_that_count(text: str) -> list[tuple[date, int]]:
    """The days of a line and where they stand, without those that another one replaces: "instead of D"."""
    found = [(day, at) for day, _, at in days_in(text)]
    if DEFERRED.search(text) and len(found) > 1 and right_before(UP_TO, text, found[-1][1]):
        found = [(day, at) for day, at in found if not right_before(_FROM_OLD_DAY, text, at)]
    return [(day, at) for day, at in found if not right_before(_OLD_DAY, text, at)]
