"""Sentences in plain order: subject, verb, time. "It is on D that these instructions cease", "only from D do these
instructions apply" and "are, with effect from D, revoked" say the same as the plain ones that `sentences` reads.
"""

from __future__ import annotations

import re
from collections import deque
from contextlib import suppress
from itertools import islice

from manual.dates import MONTH, SAID_DAY, parse_printed_day
from manual.errors import DayError
from manual.parse import verbs
from manual.parse.times import TIME, read_times

_MOST = 20
"""Time phrases looked at in one sentence."""
_AND = re.compile(r"[,;:]|\band\b", re.IGNORECASE)
_DAY = re.compile(SAID_DAY, re.IGNORECASE)
_EFFECTIVE = re.compile(r"effective\s+", re.IGNORECASE)


def in_plain_order(sentence: str) -> str:
    """The sentence as it would be said plainly; as it is where it is plain, or denied in a way that order changes.

    >>> in_plain_order("It is on 1 May 2020 that these instructions cease.")
    'on 1 May 2020, these instructions cease.'
    """
    sentence = _without_brackets(_without_bare_eve(_with_that_day(_with_whole_days(sentence))))
    sentence = _CLEFT_SUBJECT.sub(r"\g<np> ", _without_aside(sentence), count=1)
    return _in_order(_without_inversion(_without_cleft(_with_day_last(_without_denied_day(sentence)))))


def _without_denied_day(sentence: str) -> str:
    """ "Cease not on D but on E" and "do not cease on D but on E" as "cease on E": the day alone is denied."""
    last = 0
    if "but" not in sentence:
        return sentence  # few sentences need the search for days
    for time in islice(TIME.finditer(sentence), _MOST):
        but = verbs.NOT_BUT.match(sentence, time.end())
        other = TIME.match(sentence, but.end()) if but else None
        after_another = not sentence[last : time.start()].strip()  # "not from C to D but from E"
        last = time.end()
        if other is None or after_another:
            continue
        denial = deque(verbs.DENIAL.finditer(sentence, 0, time.start()), maxlen=1)
        if not denial or _AND.search(sentence, denial[0].end(), time.start()):
            continue
        aux = denial[0]["aux"] or ""
        kept = _EFFECTIVE.match(sentence, time.start())  # "are not (effective) from D but from E"
        end = kept.end() if kept else time.start()
        words = (
            sentence[: denial[0].start()],
            aux,
            sentence[denial[0].end() : end],
            sentence[other.start() :],
        )
        return " ".join(part.strip() for part in words if part.strip())
    return sentence


def _with_day_last(sentence: str) -> str:
    """ "The day on which these instructions take effect is D" as "these instructions take effect on D"."""
    for named in (verbs.DAY_WHEN, verbs.IS_DAY_WHEN):
        match = named.search(sentence)
        if match and verbs.BEGINS.search(sentence[: match.start()]):
            told = f"{match['clause'].strip()} {'from' if match['from'] else 'on'} {match['day']}"
            return f"{sentence[: match.start()]}{told}{sentence[match.end() :]}"
    if (match := verbs.DATE_OF_END.search(sentence)) and verbs.BEGINS.search(sentence[: match.start()]):
        told = f"{match['event']} takes effect on {match['day']}"
        return f"{sentence[: match.start()]}{told}{sentence[match.end() :]}"
    return sentence


def _with_that_day(sentence: str) -> str:
    """The sentence with "on that day" as the day meant, if only one stands before it."""
    match = verbs.THAT_DAY.search(sentence)
    if match is None:
        return sentence
    days = {day[0] for day in islice(_DAY.finditer(sentence, 0, match.start()), _MOST)}
    return f"{sentence[: match.start()]}{days.pop()}{sentence[match.end() :]}" if len(days) == 1 else sentence


def _without_cleft(sentence: str) -> str:
    """ "It is on D that these instructions cease" as "on D these instructions cease"."""
    it = verbs.CLEFT.match(sentence)
    time = TIME.match(sentence, it.end()) if it else None
    that = verbs.THAT.match(sentence, time.end()) if time else None
    if it is None or time is None or that is None or (it["not"] and not time["bare"]):
        return sentence  # "it is not on D that" is denied
    since = "from " if it["not"] else ""  # "it is not until D that"
    return f"{since}{sentence[time.start() : time.end()]}, {sentence[that.end() :]}"


def _without_inversion(sentence: str) -> str:
    """ "Only from D do these instructions apply" as "from D, these instructions apply"; "nor do these instructions"
    as "these instructions do not"."""
    if conceded := verbs.CONCEDED.match(sentence):
        return f"{conceded['np']}, which were {conceded['clause']}, {sentence[conceded.end() :]}"
    sentence = verbs.CONCEDED_ASIDE.sub(", which were ", sentence)
    if (nor := verbs.NOR.match(sentence)) and (verb := verbs.INVERTED.match(sentence, nor.end())):
        return f"{verb['np']} {verb['aux']} not {sentence[verb.end() :]}"
    only = verbs.ONLY.match(sentence)
    time = TIME.match(sentence, only.end()) if only else None
    verb = verbs.INVERTED.match(sentence, time.end()) if time else None
    if (
        only is None
        or time is None
        or verb is None
        or (only["not"] and time["prep"] not in ("until", "till"))
    ):
        return sentence
    told = f"from {time['day']}" if only["not"] else time[0]
    aux = "" if verb["aux"].lower() in ("do", "does", "did") else f"{verb['aux']} "
    return f"{told}, {verb['np']} {aux}{sentence[verb.end() :]}"


# end (the day before D)
_BARE_EVE = re.compile(
    rf"(?P<prep>\b(?:on|from|until|till|to|of|by|after|before|at|including)\s+)?(?=the\s+day\s+(?:before|after|following|preceding)\s+{SAID_DAY})",
    re.IGNORECASE,
)
# It is (these instructions) that end on D
_CLEFT_SUBJECT = re.compile(rf"\s*it\s+(?:is|was)\s+(?P<np>{verbs.THESE})\s+(?:that|which)\s+", re.IGNORECASE)
# are (with effect from D) revoked | are – from D – revoked
_OPENS = re.compile(
    r"([(\[]|(?<=\s)[–—](?=\s))\s*(?=(?:on|from|until|till|with|as|effective)\s)", re.IGNORECASE
)
# cease(, unless sooner revoked,) on D
_ASIDE = re.compile(
    r"(?P<aside>,\s*[^,;:()]{2,80}),\s*(?=(?:on|from|until|till|at|with\s+effect|as\s+from)\s)", re.IGNORECASE
)


def _without_bare_eve(sentence: str) -> str:
    """ "End the day before D" as "end on the day before D"."""
    eve = _BARE_EVE.search(sentence) if " day " in sentence else None
    if eve is None or eve["prep"]:
        return sentence
    return f"{sentence[: eve.start()]}on {sentence[eve.start() :]}"


def _without_brackets(sentence: str) -> str:
    """The sentence with a time in brackets or between dashes between commas: "are – with effect from D – revoked"."""
    for opened in islice(_OPENS.finditer(sentence), _MOST):
        words = sentence[opened.end() :]
        length = read_times(words, default="state").length
        behind = words[length:].lstrip()
        if length and opened[1] + behind[:1] in ("()", "[]", "––", "——"):
            time = f"{sentence[: opened.start()].rstrip()}, {words[:length].strip()}"
            return f"{time}, {behind[1:].lstrip()}" if behind[1:].strip(" .") else time
    return sentence


def _without_aside(sentence: str) -> str:
    """The sentence with what stands between its verb and the day moved behind the day: "expire, unless sooner revoked,
    on D"."""
    for match in islice(_ASIDE.finditer(sentence), _MOST):
        times = read_times(sentence[match.end() :], default="state")
        told = _DAY.search(match["aside"]) is None and (times.first or times.until)
        ends = (verb.end() for words in (verbs.END, verbs.BEGIN) for verb in words.finditer(sentence))
        if told and match.start() in ends:
            behind = match.end() + times.length
            time = sentence[match.end() : behind].strip()
            return f"{sentence[: match.start()]} {time}{match['aside']}{sentence[behind:]}"
    return sentence


_NAMES_A_DAY = re.compile(r"\d|sign", re.IGNORECASE)


def _in_order(sentence: str) -> str:
    """The sentence with a time before the verb moved after it: "are, with effect from D, revoked"."""
    if _NAMES_A_DAY.search(sentence) is None:
        return sentence
    for match in islice(TIME.finditer(sentence), _MOST):
        before = sentence[: match.start()].rstrip(" ,")
        if not verbs.WAITS.search(before):
            continue
        end = match.start() + read_times(sentence[match.start() :], default="state").length  # "from D to E"
        end = max(end, match.end())
        rest = sentence[end:].lstrip(" ,")
        verb = verbs.END.match(rest) or verbs.BEGIN.match(rest)
        if verb and not read_times(rest[verb.end() :], default="state").length:
            time = sentence[match.start() : end].strip(" ,")
            return f"{before} {verb[0]} {time}{rest[verb.end() :]}"
    return sentence


# from 1 July to 31 December 2022 | between 1 July and 31 December 2022 | from 1 to 31 July 2022
_SHORT_RANGE = re.compile(
    rf"\b(?P<first>(?:from|between|period)\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+(?P<month>{MONTH}))?)"
    rf"(?=\s*(?:to|until|till|and|up\s+to(?:\s+and\s+including)?|–|-)\s*"
    rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?P<later>{MONTH})\s+(?P<year>\d{{4}})\b)",
    re.IGNORECASE,
)


def _with_whole_days(sentence: str) -> str:
    """The sentence with the first day of a range in full: "from 1 July to 31 December 2022" leaves its year out.

    Not where the second month comes before the first: then the first year is another one.
    """
    match = _SHORT_RANGE.search(sentence)
    if match is None:
        return sentence
    month = match["month"] or match["later"]
    with suppress(DayError):
        one = parse_printed_day(f"{match['day']} {month} {match['year']}")
        if one.month <= parse_printed_day(f"1 {match['later']} {match['year']}").month:
            more = f" {match['year']}" if match["month"] else f" {month} {match['year']}"
            return f"{sentence[: match.end('first')]}{more}{sentence[match.end('first') :]}"
    return sentence
