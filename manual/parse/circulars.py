"""Amendment circulars: what they change in the manual, and from which day (rule 26).

A circular says of codes that they are amended, new, revoked, rescinded, replaced or closed from a day. Each such line
becomes a claim about the code it names, with the basis `circular`. If it names a part or chapter as a whole, the claim
is about the part or chapter itself, never about its sections.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from manual.citation import section_of
from manual.citation.references import ends_of, find_refs
from manual.dates import SAID_DAY, full_year, in_words, parse_printed_day
from manual.errors import DayError
from manual.model import CircularWord, Code, EndClaim, Finding, ParsedPage, SitePath, StartClaim, Statement
from manual.parse.beside import Said, days_in, finding, key, paragraphs, said_in
from manual.parse.circular_words import (
    APPENDIX,
    DEFERRED,
    ENDING,
    ENDING_WORD,
    PUT_OFF,
    PUTS_OFF,
    STARTING_WORD,
    UP_TO,
    Under,
    days_that_count,
    heading_says,
    holds_below,
    is_sentence,
    right_before,
    what_happens,
)
from manual.parse.headings import Heading, read_heading
from manual.parse.page import digest_of, words_of
from manual.parse.sentences import BoundClause, read_sentence, sentences
from manual.parse.times import ONE_DAY
from manual.publisher import Publisher

# yes: `Immigration Amendment Circular No. 2014/03` `Policy Amendment Circular 07/21` `Amendment Circular No 2016-08`
NUMBER = re.compile(
    r".{0,60}?\bAmendment\s+Circular\s+(?:No\.?:?\s*)?(?P<year>(?:19|20)?[0-9]{2})\s?[/-]\s?(?P<number>[0-9]{1,2})\b",
    re.IGNORECASE,
)
_ANY_NUMBER = re.compile(
    r"\bAmendment\s+Circular\s+(?:No\.?:?\s*)?((?:19|20)?[0-9]{2})\s?[/-]\s?([0-9]{1,2})\b", re.IGNORECASE
)
_HEAD = 15
# yes: `3 May 2020` `Date: Monday, 4 May 2020` `Issued 3 March 2025`
_ISSUED = re.compile(r"^(?:dated?|issued?)(?:\s+of\s+issue|\s+date)?(?:\s+on)?\s*:?\s*", re.IGNORECASE)
_ONLY_A_DAY = re.compile(SAID_DAY, re.IGNORECASE)
# Of a put-off, yes: `for crews` `except for paragraph (b)` `rather than §`   no: `announced for 1 May 2020`
_FOR_SOME_ONLY = re.compile(
    r"\b(?:except\w*|exclud\w+|apart\s+from|other\s+than|in\s+respect\s+of|only|in\s+part|partly)\b"
    rf"|\bfor\s+(?!{SAID_DAY})|\b(?:instead\s+of|rather\s+than)\s+(?!(?:(?:on|from|as\s+from)\s+)?{SAID_DAY})",
    re.IGNORECASE,
)
_TELLS_PUT_OFF = re.compile(
    rf"\b(?:{PUTS_OFF}|(?:takes?\s+effect|comes?\s+into\s+(?:force|effect)|commences?)(?=.*\binstead\s+of\b))\b",
    re.IGNORECASE,
)
# yes: `The start of §` `The changes to § and § announced in circular 2020/01 will` `§ has been`   (§: a code)
_WHAT_IS_PUT_OFF = re.compile(
    r"(?:the\s+)?(?:(?:start|commencement|introduction|implementation|(?:start|effective|commencement)\s+dates?|changes?|amendments?"
    r"|(?P<ends>revocation|repeal|rescission|closure|withdrawal))\s+(?:of|to|for|in)\s+)?"
    r"(?:the\s+)?(?:(?:changes?|amendments?)\s+to\s+)?(?:(?:immigration\s+)?instructions?\s+(?:at|in|of)\s+|section\s+|chapter\s+)?"
    r"§(?:\s+(?-i:[A-Z])[^,;:.()§]{1,80}?(?=\s+(?:has|have|is|are|will|was|were)\b))?(?:\s*(?:,|and)\s*§)*(?:,?\s*\(?(?:which\s+(?:was|were)\s+)?(?:announced|published|notified)\s+in\s+[^,;()]{1,60}?[,)]?)?"
    r"\s*(?:(?:has|have|is|are|will|was|were|been|be)\s+)*",
    re.IGNORECASE,
)
_ONLY_PERHAPS = re.compile(
    r"\b(?:(?-i:may)|might|could|would|should|propos\w+|if|unless|likely|expect\w*|consider\w*|not\s+been|not\s+be)\b",
    re.IGNORECASE,
)
# yes: `• WA3.5 Boats` `1. WA3.5 Boats` `Section WA3.5 Boats`
_BULLET = re.compile(
    r"(?:(?:[•·*▪●–-]|[0-9]{1,2}[.)])\s+)?(?:(?:Section|Chapter|Instructions?)\s+(?=[A-Z]{1,2}[A-Z]?[0-9]))?"
)
# yes: `WA3.5 and WA3.10 Boats` `WA3.5 to WA3.10 Boats` `WA3.5(b) Boats`
_SEVERAL = re.compile(r"\s*(?:\([a-z]|,|&|–|(?:and|to)\s+(?=[A-Z]))", re.IGNORECASE)
# yes: `in Appendix 1 on and after 28 May 2018` `Appendix 2 are effective from 2 July 2018`
_APPENDIX_DAY = re.compile(
    r"Appendix\s+(?P<number>[0-9]{1,2})\b(?:(?!Appendix)[^.;]){0,60}?\b(?:on\s+and\s+after|from|effective(?:\s+on)?)\s+$",
    re.IGNORECASE,
)
# yes: `1 July 2018 (Appendix 2)`
_DAY_OF_APPENDIX = re.compile(
    rf"{SAID_DAY}\s*\((?:in\s+)?Appendix\s+(?P<number>[0-9]{{1,2}})\)", re.IGNORECASE
)
_EFFECTIVE = re.compile(
    r"\b(?:effective\s+(?:from|on(?:\s+and\s+after)?)|on\s+and\s+after|take[s]?\s+effect\s+(?:from|on)|comes?\s+into\s+(?:force|effect)\s+(?:from|on)|(?:is|are|be|changes|amendments|instructions)\s+in\s+(?:force|effect)\s+(?:on\s+and\s+)?(?:from|after)|with\s+effect\s+from)\s+$"
    r"|^(?:effective\s+date|date\s+of\s+effect)\s*:?\s+$",
    re.IGNORECASE,
)
# The second day in `take effect on 1 May 2020 for new boats and on 4 May 2020 for others`
_AND_ON = re.compile(r"\band\s+(?:on(?:\s+and\s+after)?|from)\s+$", re.IGNORECASE)
_NO_YEAR = re.compile(
    r"\beffective\s+(?:from|on(?:\s+and\s+after)?)\s+[0-9]{1,2}\s+[A-Z][a-z]+\b(?!,?\s+[0-9]{4})"
)
# yes: `Revoked: BH3.5 Title` `New – BH3.5 Title`
# yes: `Partly revoked: BH3.5 Title` `Suspended from 4 May 2020: BH3.5 Title`
_WORD_BEFORE = re.compile(
    r"\s*(?P<word>(?:(?:no\s+longer|not|partly|partially|temporarily|now|to\s+be|is|are|has\s+been|have\s+been)\s+){0,3}"
    r"(?:amended|new|revoked|rescinded|replaced|closed|deleted|removed|withdrawn|repealed|discontinued|suspended|deferred|postponed"
    r"|delayed|extended|unchanged|in\s+force|effective|expired|no\s+changes?)\b[^:–]{0,60}?)\s*[:–-]\s*",
    re.IGNORECASE,
)

# yes: `The following country lists have been updated:` `the following lists have been amended: NAME (Appendix 4)`
_LISTS = re.compile(r".{0,80}\blists?\s+(?:have|has)\s+been\s+(?:updated|amended)\b[:.]?", re.IGNORECASE)
# yes: `NAME OF A LIST (Appendix 4)`
_LIST = re.compile(r"(?P<name>[^().,;:]{3,120}?)\s*\(Appendix\s+(?P<number>[0-9]{1,2})\)")
_BETWEEN_LISTS = re.compile(r"(?:[\s,;.•*–-]|and\b)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CircularChange:
    """One line `CODE Title` of a circular. `day` None: the circular does not say readably from when."""

    code: Code
    title: str
    what: CircularWord
    day: date | None
    raw: str
    line: Said
    list_named: str = ""
    """The list in the appendix `code`, where the circular names that."""
    instead_of: date | None = None
    """The day for which it was announced before, where the circular puts it off."""
    put_off: bool = False
    """It was announced before, for a day that is not printed."""


def is_circular(lines: Sequence[str]) -> bool:
    """Whether a text is an amendment circular: its head says so."""
    return any(NUMBER.match(line) for line in lines[:_HEAD])


def read_circular(text: str, site_path: SitePath | None, publisher: Publisher) -> ParsedPage:
    """The circular, with a claim for each line that changes a code. Without exactly one number it makes no claims."""
    lines = said_in(text)
    numbers = {_number(*m.groups()) for line in lines[:_HEAD] for m in _ANY_NUMBER.finditer(line.text)}
    title = next(line.text for line in lines[:_HEAD] if NUMBER.match(line.text))
    if len(numbers) != 1:
        given = " and ".join(sorted(numbers))
        message = (
            f"the head gives the numbers {given}, and a circular has one: kept apart, it changes nothing"
        )
        return ParsedPage(
            kind="circular",
            title=title[:200],
            findings=(Finding("error", "circular_number_unclear", message),),
        )
    code = key("circular", numbers.pop())
    issued = _issued(lines)
    changes, trouble = _changes(said_in(_plainly(text, publisher)), code, publisher)
    blocks = paragraphs(lines, publisher, kind="circular")
    starts = (StartClaim(issued[0], "text", issued[1], issued[2].locator),) if issued else ()
    if not issued:
        trouble.append(
            Finding(
                "warning", "circular_undated", "the circular does not say on which day it was issued", code
            )
        )
    own = Statement(
        kind="page",
        code=code,
        title=title,
        address=site_path,
        starts=starts,
        text_digest=digest_of(words_of(blocks)),
        locator="line 1",
    )
    claims = [
        claim
        for n, change in enumerate(changes)
        for claim in (_claim(change, n), _put_off(change, n, issued[0] if issued else None))
        if claim
    ]
    return ParsedPage(
        kind="circular",
        code=code,
        title=title,
        statements=(own, *claims),
        blocks=blocks,
        findings=tuple(trouble),
    )


def _plainly(text: str, publisher: Publisher) -> str:
    """The text, line by line, with the cells of a table of changes joined (`ZA1.5 – Boats – No change`), and what
    happens behind the code that it stands before (`Revoked: ZA1.5 Boats`)."""
    lines = []
    for line in text.split("\n"):
        wall = "|" if "|" in line else "\t"
        cells = [cell.strip() for cell in line.split(wall) if cell.strip()]
        table = wall == "|" or len(cells) > 2
        line = " – ".join(cells) if table and len(cells) > 1 else line
        word = _WORD_BEFORE.match(line)
        if word and re.match(publisher.codes.loose, line[word.end() :]):
            line = f"{line[word.end() :].rstrip()} – {word['word']}"
        lines.append(line)
    return "\n".join(lines)


def _number(year: str, number: str) -> str:
    """`2014-03`, however it is written."""
    full = int(year) if len(year) == 4 else full_year(int(year))
    return f"{full}-{int(number):02d}"


def _issued(lines: Sequence[Said]) -> tuple[date, str, Said] | None:
    """The first day that stands alone on a line of the head."""
    for line in lines[:_HEAD]:
        raw = _ISSUED.sub("", line.text).strip()
        if _ONLY_A_DAY.fullmatch(raw):
            with suppress(DayError):
                return parse_printed_day(raw), raw, line
    return None


# ---------------------------------------------------------------- what it changes


def _changes(
    lines: Sequence[Said], code: Code, publisher: Publisher
) -> tuple[list[CircularChange], list[Finding]]:
    """Each line `CODE Title` below a heading that says what happens, with the day that counts there."""
    whole, by_appendix = _days(lines)
    only = next(iter(whole)) if len(whole) == 1 else None
    own_appendices = {m["number"] for line in lines if (m := APPENDIX.match(line.text))} | by_appendix.keys()
    under = Under()
    in_lists = False
    found: list[CircularChange] = []
    trouble: list[Finding] = []
    for line, behind in zip(lines, (*lines[1:], None), strict=True):
        if _NO_YEAR.search(line.text):
            message = "a day of effect is given without its year: which year is meant is not known"
            trouble.append(finding("warning", "circular_day_unclear", message, code, line))
        lists = _lists_named(line.text, in_lists)
        in_lists = bool(lists) or _LISTS.fullmatch(line.text) is not None
        if in_lists:
            for change in _of_lists(lists, under, only, line, publisher):
                doubts = _doubts_of_list(change, own_appendices, publisher, code)
                trouble += doubts
                found += [] if doubts else [change]
            continue
        named = _named(line, behind, by_appendix, publisher)
        if named is None:
            told = _told_put_off(line, publisher)
            told = told or ([] if under.in_appendix else _told(line, code, publisher))
            found += told
            trouble += [] if told else _not_taken(line, under, code, publisher)
            under = holds_below(line.text, under, by_appendix)
            continue
        assert named.code is not None
        happens, title, own = what_happens(named.title or "", line.text, under)
        of_known = {change.code for change in found} & {named.code, section_of(named.code)}
        if of_known and under.in_appendix:  # the text of what was announced before, or a sub-heading in it
            continue
        if happens is None:
            if under.unclear or under.what:
                message = f"what happens to {named.code} is not said plainly: nothing is taken from this line"
                trouble.append(_unclear(message, code, line))
            continue
        fallback = None if under.several else only
        from_day = own or under.day or fallback or _of_appendix_named(line, by_appendix)
        as_above = from_day == under.day
        change = CircularChange(
            code=named.code,
            title=title,
            what=happens,
            day=from_day,
            raw=line.text,
            line=line,
            instead_of=under.instead_of if as_above else None,
            put_off=under.put_off and as_above,
        )
        found.append(change)
        if from_day is None:
            trouble.append(_without_day(named.code, happens, code, line))
    titled = {(change.code, change.day, change.what in ENDING) for change in found if change.title}
    found = [c for c in found if c.title or (c.code, c.day, c.what in ENDING) not in titled]  # told twice
    return _without_contradictions(list(dict.fromkeys(found)), trouble, code), trouble


def _without_contradictions(
    found: Sequence[CircularChange], trouble: list[Finding], circular: Code
) -> list[CircularChange]:
    """The changes without those of codes that the circular both begins (or changes) and ends on one day: it is not
    known which was meant, so neither is taken."""
    ending = {(change.code, change.day) for change in found if change.what in ENDING}
    both = {(c.code, c.day) for c in found if c.what not in ENDING and (c.code, c.day) in ending}
    for of, day in sorted(both, key=str):
        on = f"on {in_words(day)}" if day else "on a day that it does not give"
        message = (
            f"the circular both ends {of} and begins or changes it {on}: nothing is taken from these lines"
        )
        line = next(change.line for change in found if change.code == of)
        trouble.append(_unclear(message, circular, line))
    return [change for change in found if (change.code, change.day) not in both]


def _of_lists(
    lists: Sequence[tuple[str, str]], under: Under, only: date | None, line: Said, publisher: Publisher
) -> list[CircularChange]:
    """A change for each list that a line names, in an appendix of the manual."""
    day = under.day or (None if under.several else only)
    return [
        CircularChange(Code(f"{publisher.codes.word} {number}"), "", "amended", day, line.text, line, name)
        for number, name in lists
    ]


def _doubts_of_list(
    change: CircularChange, own_appendices: Set[str], publisher: Publisher, circular: Code
) -> list[Finding]:
    """Why a named list is no claim: it may be in an appendix of the circular itself, or no day is given."""
    number = change.code.rpartition(" ")[2]
    if number in own_appendices or not publisher.codes.word:
        return [_list_unclear(change.list_named, number, circular, change.line)]
    return [_without_day(change.code, "amended", circular, change.line)] if change.day is None else []


def _named(
    line: Said, behind: Said | None, by_appendix: dict[str, date], publisher: Publisher
) -> Heading | None:
    """The code and title of a line `CODE Title`; None for headings, for sentences, and for the circular's own
    appendices."""
    appendix = APPENDIX.fullmatch(line.text)
    if appendix and (appendix["number"] in by_appendix or appendix["rest"].strip()[:1] in (":", "–", "-")):
        return None
    heading = read_heading(_without_bullet(line.text), publisher)
    if heading.code is None or not heading.title or heading.title[0].islower() or is_sentence(line.text):
        return None
    goes_on = behind is not None and behind.text[0].islower() and is_sentence(behind.text)
    return None if goes_on else heading


def _not_taken(line: Said, under: Under, circular: Code, publisher: Publisher) -> list[Finding]:
    """Findings for a line that is not `CODE Title` and may change something all the same."""
    return (
        _sentences_about(line, circular, publisher)
        or _put_off_in(line, circular, publisher)
        or _several_on(line, under, circular, publisher)
    )


def _put_off_in(line: Said, circular: Code, publisher: Publisher) -> list[Finding]:
    """A finding for prose that puts a start or end off, where it does not say plainly of which code and to when."""
    if not PUT_OFF.search(line.text) or not list(days_in(line.text)) or heading_says(line.text):
        return []
    message = (
        "prose tells that something begins or ends on another day than was said: nothing is taken from it"
    )
    return [_unclear(message, circular, line)]


def _told_put_off(line: Said, publisher: Publisher) -> list[CircularChange]:
    """The changes of a sentence that puts the start or end of codes off: "ZA1.15 will now take effect on D instead of
    E". One day counts, and nothing but the codes is put off."""
    text = _without_bullet(line.text)
    said = _TELLS_PUT_OFF.search(text)
    days = days_that_count(text)
    if said is None or len(days) != 1 or not is_sentence(text) or _ONLY_PERHAPS.search(text):
        return []
    lasts = not DEFERRED.search(text) and any(right_before(UP_TO, text, at) for _, _, at in days_in(text))
    if lasts or _FOR_SOME_ONLY.search(text, said.end()):
        return []  # "now in force until D" begins nothing
    refs = [
        ref
        for ref in find_refs(text[: said.start()], here="", code=Code(""), publisher=publisher)
        if ref.state == "resolved" and "(" not in ref.target and len(ends_of(ref.target)) == 1
    ]
    words = text[: said.start()]
    for ref in reversed(refs):
        words = f"{words[: ref.start]}§{words[ref.end :]}"
    subject = _WHAT_IS_PUT_OFF.fullmatch(words)
    if subject is None:
        return []
    ((day, _),) = days
    old = {other for other, _, _ in days_in(text)} - {day}
    return [
        CircularChange(
            code=Code(target),
            title="",
            what="revoked" if subject["ends"] else "amended",
            day=day,
            raw=line.text,
            line=line,
            instead_of=next(iter(old)) if len(old) == 1 else None,
            put_off=not old,
        )
        for target in dict.fromkeys(ref.target for ref in refs)
    ]


def _told(line: Said, circular: Code, publisher: Publisher) -> list[CircularChange]:
    """The changes of a sentence that says plainly from which day codes begin, end or are suspended (rule 24): "ZA1.15
    is revoked on D." All that it says of codes must be plain."""
    clauses = _clauses_about_codes(line, circular, publisher)
    days = [_first_day(said) for said in clauses]
    if not all(days) or any(said.force != "plain" for said in clauses):
        return []
    if PUT_OFF.search(line.text) or _REPLACED.search(line.text) or not all(map(_is_plain_code, clauses)):
        return []
    return [
        CircularChange(
            of, "", "revoked" if said.times.first is None else _HAPPENS[said.event], day, line.text, line
        )
        for said, day in zip(clauses, days, strict=True)
        for of in said.subject.codes
    ]


_HAPPENS: dict[str, CircularWord] = {"begin": "amended", "end": "revoked", "suspend": "suspended"}
# Of a code: by a new text under the same one, or by another code
_REPLACED = re.compile(r"\b(?:replac|supersed)\w*", re.IGNORECASE)


def _is_plain_code(said: BoundClause) -> bool:
    """Whether it is about whatever stands under codes of sections or chapters: not about one version, nor an appendix,
    which may be the circular's own."""
    called = said.subject.dated or said.subject.dates
    return not called and not any(" " in of for of in said.subject.codes)


def _clauses_about_codes(line: Said, circular: Code, publisher: Publisher) -> list[BoundClause]:
    """What a dated sentence says of beginnings and ends of codes."""
    text = _without_bullet(line.text)
    if not is_sentence(text) or not list(days_in(text)):
        return []
    each = (said for one in sentences(text) for said in read_sentence(one, circular, publisher=publisher))
    return [said for said in each if said.subject.kind == "code"]


def _first_day(said: BoundClause) -> date | None:
    """The first day with what it begins or suspends, or without what it ends; None where that is not one plain day."""
    times = said.times
    if times.until is None or said.event == "suspend":
        return times.first
    return times.until + ONE_DAY if times.first is None and times.reading == "included" else None


def _several_on(line: Said, under: Under, circular: Code, publisher: Publisher) -> list[Finding]:
    """A finding for a line of changes that names several codes, or a part of one."""
    text = _without_bullet(line.text)
    begins = re.match(publisher.codes.loose, text)
    if begins is None or not (under.what or under.unclear) or under.in_appendix or is_sentence(text):
        return []
    if _SEVERAL.match(text, begins.end()) is None:
        return []
    message = "a line names several codes or a part of one: nothing is taken from it"
    return [_unclear(message, circular, line)]


def _sentences_about(line: Said, circular: Code, publisher: Publisher) -> list[Finding]:
    """A finding for a sentence that may begin or end codes, and does not say so plainly."""
    named: Code | str | None = read_heading(line.text, publisher).code if is_sentence(line.text) else None
    if not days_in(line.text) or not (ENDING_WORD.search(line.text) or STARTING_WORD.search(line.text)):
        named = None
    if clauses := _clauses_about_codes(line, circular, publisher):
        named = ", ".join(of for said in clauses for of in said.subject.codes)
    if not named:
        return []
    message = f"a sentence tells what happens to {named}: nothing is taken from it"
    return [_unclear(message, circular, line)]


def _without_bullet(text: str) -> str:
    return _BULLET.sub("", text, count=1)


def _unclear(message: str, circular: Code, line: Said) -> Finding:
    return finding("warning", "circular_change_unclear", message, circular, line)


def _without_day(of: Code, happens: CircularWord, circular: Code, line: Said) -> Finding:
    message = f"from which day {of} is {happens} is not said: the circular gives several days or none"
    return finding("warning", "circular_day_unclear", message, circular, line)


def _list_unclear(name: str, number: str, circular: Code, line: Said) -> Finding:
    message = f"whether the list {name} is in Appendix {number} of the manual or of the circular itself is not known"
    return finding("warning", "circular_list_unclear", message, circular, line)


def _lists_named(text: str, below: bool) -> list[tuple[str, str]]:
    """Appendix number and name of each list on a line that says that lists were updated, or on a line below it.

    None if the line holds anything else: then it is a sentence.
    """
    head = _LISTS.match(text)
    if head is None and not below:
        return []
    rest = text[head.end() :] if head else text
    found = []
    at = 0
    for match in _LIST.finditer(rest):
        if not _BETWEEN_LISTS.fullmatch(rest[at : match.start()]):
            return []
        name = _BETWEEN_LISTS.sub("", match["name"], count=1) or match["name"]
        found.append((match["number"], name.strip()))
        at = match.end()
    return found if _BETWEEN_LISTS.fullmatch(rest[at:]) else []


def _of_appendix_named(line: Said, by_appendix: dict[str, date]) -> date | None:
    match = re.search(r"\(Appendix\s+([0-9]{1,2})\)", line.text)
    return by_appendix.get(match[1]) if match else None


def _days(lines: Sequence[Said]) -> tuple[frozenset[date], dict[str, date]]:
    """The days of effect: of the whole circular, and of each of its appendices where they differ."""
    whole: set[date] = set()
    by_appendix: dict[str, set[date]] = {}
    for line in lines:
        told = False
        for day, start in days_that_count(line.text):
            if match := right_before(_APPENDIX_DAY, line.text, start) or _DAY_OF_APPENDIX.match(
                line.text, start
            ):
                by_appendix.setdefault(match["number"], set()).add(day)
                whole.add(day)
            elif right_before(_EFFECTIVE, line.text, start) or (
                told and right_before(_AND_ON, line.text, start)
            ):
                whole.add(day)
                told = True
    plain = {number: next(iter(days)) for number, days in by_appendix.items() if len(days) == 1}
    return frozenset(whole), plain


def days_of_appendices(texts: Sequence[str]) -> tuple[tuple[str, date], ...]:
    """Number and day of effect of each appendix of the circular that its lines give a day, by number.

    >>> days_of_appendices(["The changes in Appendix 1 on and after 5 June 2018, and Appendix 2 from 2 July 2018."])
    (('1', datetime.date(2018, 6, 5)), ('2', datetime.date(2018, 7, 2)))
    """
    _, by_appendix = _days([Said(number, 0, text) for number, text in enumerate(texts, 1)])
    return tuple(sorted(by_appendix.items(), key=lambda one: int(one[0])))


def _claim(change: CircularChange, position: int) -> Statement | None:
    if change.day is None:
        return None
    printed, where = in_words(change.day), change.line.locator
    ends, starts = (), ()  # type: tuple[EndClaim, ...], tuple[StartClaim, ...]
    if change.what in ENDING:
        ends = (EndClaim(change.day, "circular", "excluded", printed, where),)
    elif change.what == "suspended":
        ends = (EndClaim(change.day, "circular", "excluded", printed, where, "suspension"),)
    else:
        starts = (StartClaim(change.day, "circular", printed, where),)
    return Statement(
        kind="claim",
        code=change.code,
        title=change.title.removesuffix("...").strip(),
        title_truncated=change.title.endswith("..."),
        starts=starts,
        ends=ends,
        position=position,
        locator=where,
        happens=change.what,
        list_named=change.list_named,
    )


def _put_off(change: CircularChange, position: int, issued: date | None) -> Statement | None:
    """What was announced for another day may not have begun on it: which circular counts is for the history to say.

    Where the former day is not printed, the claim is called by the new day, and its own is the circular's day of issue:
    what was announced for a day after that one was put off.
    """
    if change.what in (*ENDING, "suspended") or not (change.instead_of or (change.put_off and change.day)):
        return None
    old, of_day = change.instead_of or issued, change.instead_of or change.day
    where = change.line.locator
    return Statement(
        kind="claim",
        code=change.code,
        title="",
        ends=(EndClaim(old, "circular", "excluded", in_words(old) if old else "", where, "unclear"),),
        of_day=of_day,
        position=position,
        locator=where,
    )
