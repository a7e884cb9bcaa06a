"""What a page's own words say: starts and ends of itself, ends of others, moves, signatures.

`sentences` reads what each sentence is about and how far it is asserted. Here that becomes claims: a bound of the
page's own version, a claim about another code or version with this page as evidence, or a finding (rule 24).

Above each expression stand samples: `yes:` it is meant to find, `no:` it must not. A test feeds them in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice, takewhile

from manual.citation.references import find_refs
from manual.dates import DAY, PRINTED_DAY, SAID_DAY, in_words, parse_printed_day
from manual.errors import DayError, UnlikelyYear
from manual.model import (
    Basis,
    Block,
    BlockKind,
    Code,
    EndClaim,
    Finding,
    Instrument,
    Severity,
    StartClaim,
    Statement,
)
from manual.parse.headings import read_heading
from manual.parse.reading import EDITION_BANNER, FOOT, FOOT_OF_ENDING, Foot
from manual.parse.sentences import MOST, BoundClause, read_sentence, sentences, with_subjects
from manual.parse.subjects import Subject
from manual.parse.verbs import BOUNDING, LABELLED, THESE
from manual.parse.verbs import REVOKED as REVOKING_WORDS
from manual.publisher import INZ, Publisher

# yes: ceases to be effective from 29 November 2010 | cease to be effective as from 29/11/2010
# no: cease to be employed from 8 May 2017
EDITION_CEASES = re.compile(
    rf"\bceases?\s+to\s+be\s+effective\s+(?:on\s+and\s+|as\s+)?from\s*:?\s*(?P<day>{DAY})", re.IGNORECASE
)
# yes: On 3 May 2024, the former General Instructions dated 2 March 2023 about boats are revoked
# yes: I REVOKE the Instrument of Delegation dated 11th day of September 2017
# no: may revoke the visa dated
REVOKED = re.compile(
    rf"(?P<what>(?:previous\s+|former\s+|earlier\s+)?(?:[A-Z][\w.-]*\s+){{0,3}}(?:instructions?|instruments?|delegations?|directions?)"
    rf"[^.;]{{0,120}}?\bdated\s+(?P<dated>{SAID_DAY}))",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been)\s+(?:\w+\s+)?(?:revoked|rescinded)\b", re.IGNORECASE)
_REVOKING = re.compile(r"\brevok|\brescind", re.IGNORECASE)
# yes: Equivalent instructions are now found at A5.30 | equivalent instructions are now located in Appendix 13
# no: instructions are found at A5.30
MOVED = re.compile(
    r"\bequivalent\s+(?:instructions?|policy)\s+(?:is|are|can)\s+(?:now\s+)?(?:be\s+)?(?:found|located|set\s+out)\s+(?:at|in|under)\s+(?P<where>[^;]{2,40})",
    re.IGNORECASE,
)
# yes: Under section 26(4) of the Immigration Act 2009 | PURSUANT TO sections 380 and 388 of the Immigration Act 2009
# no: Under this section
POWER = re.compile(
    r"\b(?:under|pursuant\s+to|in\s+accordance\s+with|by)\s+(?P<power>sections?\s+[\w(),\s]{1,60}?\s+of\s+the\s+(?:[A-Z]\w+\s+){1,5}Act\s+\d{4})",
    re.IGNORECASE,
)
# yes: Manual updated on: 3 May 2024 | Manual last updated on 3/5/2024
# no: The manual is updated on Mondays
UPDATED = re.compile(
    rf"\bmanual\s+(?:was\s+)?(?:last\s+)?updated(?:\s+on)?\s*:?\s*(?P<day>{SAID_DAY})", re.IGNORECASE
)
# yes: Rescinded 30/04/2011 | Revoked on 1 April 2015 | Ceased | Expired: 31/12/2020
# no: Effective 30/04/2011
ENDING_FOOT = re.compile(
    rf"\W*(?P<word>{FOOT_OF_ENDING}|obsolete|suspended|until|to)"
    r"(?:\s*:)?(?:\s+(?:on|from|with\s+effect\s+from|effective(?:\s+from)?|as\s+from))?(?:\s*:)?(?P<day>\s+\d.{3,30})?\W*",
    re.IGNORECASE,
)
_PLACE = r"(?:\s+(?-i:[A-Z])[\w'’-]*,?(?:\s+(?:of|o|te)\b)?){1,5}"
_PERSON = r"(?:(?-i:[A-Z])[\w.'’-]*\s+){1,4}(?-i:[A-Z])[\w'’-]*"
# yes: Signed 31 March 2025 | Signed on 3 May 2020 | Dated at Wellington this 15th day of September 2023
# yes: Dated this 30 September 2020 | Date: 27 June 2019 | Dated at Lyttelton this 15 day of September 2023
# yes: Dated this 27th day of June, 2019 at Wellington | Signed at Wellington on 3 May 2020 by Ann Bell, Harbour Master
# yes: Signed by Ann Bell on 3 May 2020
# no: Signed by the applicant on 3 May 2020 | Signed at the counter on 3 May 2020
SIGNED = re.compile(
    rf"(?:(?:signed|dated?)\s+at{_PLACE}|signed\s+by\s+(?P<signer>{_PERSON}),?|(?:signed|dated?)(?:\s+(?:on|at|in))?(?:\s+[A-Z][a-z]+,?)?)"
    rf"(?:\s+(?:on|this))?\s*:?\s*(?P<day>{SAID_DAY})(?:,?\s+(?:at|in){_PLACE})?"
    rf"(?:,?\s+by\s+(?P<by>{_PERSON})(?:,\s*(?P<office>[^,.;]{{2,60}}))?)?\.?",
    re.IGNORECASE,
)

_FIRST_PERSON = re.compile(r"\b(?:I\b(?!\.)|[Ww]e\b)")


@dataclass(slots=True)
class Claims:
    """What was gathered from one page."""

    starts: list[StartClaim] = field(default_factory=list)
    ends: list[EndClaim] = field(default_factory=list)
    elsewhere: list[Statement] = field(default_factory=list)
    """Claims about other codes, and about other versions of this one."""
    moves: list[Statement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    instrument: Instrument | None = None
    signed: bool = False
    """Someone signed the page: what they delegate in it, it delegates."""
    parts: dict[str, bool] = field(default_factory=dict)
    """The pinpoints of headings with text above and below them, and of items that lost their marks. False: perhaps."""

    def find(self, severity: Severity, kind: str, message: str, code: Code, locator: str) -> None:
        self.findings.append(Finding(severity, kind, message, code, locator=locator))


def read_foots(foots: list[Foot], blocks: int, code: Code, claims: Claims) -> None:
    """The last `Effective` line is the page's (rule 5); a line of ending in its place ends it (rule 10)."""
    starting = [n for n, foot in enumerate(foots) if FOOT.fullmatch(foot.text)]
    for number, foot in enumerate(foots):
        locator = f"foot {number + 1}" if len(foots) > 1 else "foot"
        ending = ENDING_FOOT.fullmatch(foot.text)
        if ending is not None:
            _ending_foot(foot, ending, code, claims, locator)
            continue
        match = FOOT.fullmatch(foot.text)
        if match is None:
            _worded_foot(foot, code, claims, locator, alone=not starting)
            continue
        printed = " ".join(match["day"].split()).rstrip(".")
        day = _day(printed, code, claims, locator)
        if day is None:
            continue
        is_last = number == starting[-1]
        if is_last:
            claims.starts.append(StartClaim(day, "foot", printed, locator))
        if not is_last or foot.after < blocks:
            why = "text follows" if is_last else "the last such line counts, not"
            claims.find("info", "foot_not_last", f"{why} {foot.text!r}", code, locator)


# Was effective 01/05/2015
_WAS_SO = re.compile(r"\W*(?:was|were|had\s+been|formerly|previously|originally)\b", re.IGNORECASE)


def _worded_foot(foot: Foot, code: Code, claims: Claims, locator: str, *, alone: bool) -> None:
    """Other words in the place of the foot are read as a sentence. If they are not understood and don't begin with
    "Effective", the page may show something that is not in force (`pages/html/92010` in the cases: `Rescinded D`)."""
    told = len(claims.starts) + len(claims.ends)
    block = Block(kind="paragraph", text=foot.text, pinpoint=locator)
    for said in read_sentence(foot.text, code):
        _Conclusion(said, block, code, claims, "").conclude()
    if told < len(claims.starts) + len(claims.ends) and not _WAS_SO.match(foot.text):
        return
    if foot.text[:9].lower() == "effective":
        _day(foot.text, code, claims, locator)
    elif alone and any(char.isalpha() for char in foot.text):
        claims.ends.append(EndClaim(None, "foot", "excluded", foot.text, locator, "unclear"))
        claims.find(
            "warning",
            "end_unclear",
            f"the foot {foot.text!r} may mean that it is not in force",
            code,
            locator,
        )


def _ending_foot(foot: Foot, match: re.Match[str], code: Code, claims: Claims, locator: str) -> None:
    """`Rescinded 30/04/2011` in the place of the foot: no start, and the end from that day (rule 10)."""
    printed = (match["day"] or "").strip().rstrip(".")
    if match["word"].lower() == "suspended" and (since := re.match(DAY, printed, re.IGNORECASE)):
        printed = since[0]  # "from D to E"
    day = _day(printed, code, claims, locator) if printed else None
    revokes = re.fullmatch(REVOKING_WORDS, match["word"], re.IGNORECASE) is not None
    either = day is not None and match["word"].lower() in ("expired", "ended", "closed", "until", "to")
    if match["word"].lower() == "suspended":
        claims.ends.append(EndClaim(day, "text", "excluded", foot.text, locator, "suspension"))
    else:
        basis: Basis = "revocation" if revokes else "foot"
        claims.ends.append(
            EndClaim(day, basis, "either" if either else "excluded", printed or foot.text, locator)
        )
    if day is None:
        message = f"the foot {foot.text!r} says that it ended, and no day that can be read"
        claims.find("warning", "end_without_day", message, code, locator)


def read_words(
    blocks: Iterable[Block], code: Code, claims: Claims, *, title: str, publisher: Publisher = INZ
) -> None:
    """Gathers what the blocks themselves say."""
    waiting: list[tuple[str, str]] = []
    every = [block for top in blocks for block in top.walk()]
    every = list(_with_lists(every, publisher))
    claims.signed = any(block.kind == "signature" for block in every)
    claims.parts = dict(_parts(every))
    for block in every:
        for part in (block, *_cells(block)):
            if part.text:
                _read_block(part, code, claims, title, waiting, publisher)
    signed_on = claims.instrument.signed_on if claims.instrument else None
    for raw, locator in waiting:
        if signed_on is not None:
            claims.starts.append(StartClaim(signed_on, "text", raw, locator))
        else:
            claims.find(
                "warning", "signing_unknown", f"{raw!r}, and no signing day is printed", code, locator
            )


# The following instructions are revoked from D: | (a list of codes)
_FOLLOWING = re.compile(r"\bfollowing\b[^:]*:\s*$", re.IGNORECASE)
_MOST_ITEMS = 500
_SHORT = 60
# These instructions: | (cease from D)
_THESE_ALONE = re.compile(rf"{THESE}\s*:\s*$", re.IGNORECASE)


def _with_lists(blocks: Sequence[Block], publisher: Publisher) -> Iterator[Block]:
    """The blocks with what the list around them adds: "the following are revoked:" with the codes of its items, and
    items below "these instructions:" with those words."""
    above = Block(kind="paragraph", text="")
    for place, block in enumerate(blocks):
        if block.kind != "item":
            above = block
            below = blocks[place + 1 : place + _MOST_ITEMS] if _FOLLOWING.search(block.text) else ()
            items = takewhile(lambda one: one.kind == "item", below)
            codes = [read_heading(item.text, publisher).code for item in items]
            listed = " and ".join(code for code in codes if code) if all(codes) else ""
            yield replace(block, text=f"{block.text} {listed}") if listed else block
        elif block.text[:1].islower() and _THESE_ALONE.fullmatch(above.text):
            yield replace(block, text=f"{above.text.rstrip(' :')} {block.text}")
        else:
            yield block


def _parts(blocks: Sequence[Block]) -> Iterator[tuple[str, bool]]:
    """The pinpoints of blocks whose words, if they name nothing else, are about a part of the page, or (False) may be:
    short lines below a colon, such as "Closes: D" below "Key dates:"."""
    small = short = False
    for place, block in enumerate(blocks):
        listed = block.kind == "paragraph" and len(block.text) <= _SHORT and not block.text.endswith(".")
        short = short and listed
        small = small and block.kind == "paragraph" and block.text[:1].islower()
        if small or (block.kind == "heading" and 0 < place < len(blocks) - 1):
            yield block.pinpoint, True
        elif short:
            yield block.pinpoint, False
        opens = block.kind == "paragraph" and block.text.endswith(":")
        small, short = small or opens, short or opens


def _cells(block: Block) -> Iterator[Block]:
    """The cells of a table as blocks: a note or a whole page may stand in one, and a label and its day in two."""
    for row in block.rows:
        pair = ": ".join(cell.text.strip(" :") for cell in row)
        if len(row) == 2 and LABELLED.fullmatch(pair):
            yield Block(kind="table", text=pair, pinpoint=block.pinpoint)
        for cell in row:  # a box may hold the notice of a whole page
            kind: BlockKind = "other" if len(block.rows) == len(row) == 1 else "table"
            yield Block(kind=kind, text=cell.text, pinpoint=block.pinpoint)


def _read_block(
    block: Block,
    code: Code,
    claims: Claims,
    title: str,
    waiting: list[tuple[str, str]],
    publisher: Publisher,
) -> None:
    text, locator = block.text, block.pinpoint
    low = text.lower()
    before: Subject | None = None
    for sentence, given in with_subjects(text):
        clauses = read_sentence(sentence, code, title=title, before=given or before, publisher=publisher)
        if not clauses and BOUNDING.match(sentence) and PRINTED_DAY.search(sentence):
            message = (
                f"words of beginning or ending and a date, and no clause was understood: {sentence[:200]!r}"
            )
            claims.find("info", "bound_not_read", message, code, locator)
        for said in clauses:
            before = said.subject
            own = said.subject.kind in ("own", "powers", "none")
            if said.times.signing and said.event == "begin" and own:
                waiting.append(("the date of signature", locator))
            _Conclusion(said, block, code, claims, title).conclude()
    if "equivalent" in low:
        claims.moves += _moves(text, code, title, locator, publisher)
    if "dated" in low:
        _revoked(text, code, claims, locator, publisher)
    if block.kind == "signature" or " act " in low:
        _instrument(block, claims)


@dataclass(slots=True)
class _Conclusion:
    """What one clause proves about the page's own version, another one, or nothing (rule 24)."""

    said: BoundClause
    block: Block
    code: Code
    claims: Claims
    title: str

    def conclude(self) -> None:
        said = self.said
        for raw in said.times.unreadable:
            _day(raw, self.code, self.claims, self.block.pinpoint)
        kind = said.subject.kind
        if kind == "thing":
            self._note("info", "bound_of_other_thing", "it bounds something else than an instruction")
        elif said.force == "not_asserted":
            self._note("info", "bound_not_asserted", "it is denied, possible, proposed or conditional")
        elif kind == "part" or (kind == "none" and self._is_of_a_part()):
            self._note("info", "bound_of_part", "it bounds a part of the instruction only")
        elif said.force == "for_some":
            self._note("info", "bound_for_some", "it bounds the instruction for some people only")
        elif kind in ("code", "version"):
            self._elsewhere()
        else:
            if said.subject.codes:
                self._elsewhere()
            self._own(unclear=said.force == "unclear" or self._is_doubtful())

    def _is_of_a_part(self) -> bool:
        """Whether words without a subject are those of an item, a cell, or a heading with text above and below."""
        return self.claims.parts.get(self.block.pinpoint, False) or self.block.kind in ("item", "table")

    def _is_doubtful(self) -> bool:
        kind, block = self.said.subject.kind, self.block
        # a heading of all that follows or of the text below it; in small letters the rest of something else
        perhaps = block.kind in ("heading", "other") or block.pinpoint in self.claims.parts
        alone = kind == "none" and (perhaps or block.text[:1].islower())
        return alone or kind in ("unsure", "category") or (kind == "powers" and not self.claims.signed)

    def _own(self, *, unclear: bool) -> None:
        said, place = self.said, self.block.pinpoint
        times = said.times
        if said.event == "begin" and times.first is not None:
            if said.subject.kind == "category":
                self._note("info", "bound_of_other_thing", "it says when people may apply")
                return
            self.claims.starts.append(
                StartClaim(times.first, "text", times.first_raw, place, unclear=unclear)
            )
            if unclear:
                self._note("warning", "start_unclear", "it may say when the instruction begins, or not")
        if said.event != "begin" or times.until is not None:
            self._ended(unclear=unclear)

    def _ended(self, *, unclear: bool) -> None:
        said = self.said
        end = self._end()
        if said.event == "suspend" and not (said.subject.kind == "none" and unclear):
            self._note("warning", "instruction_suspended", "the instruction is suspended")
        elif unclear or (end.day is None and not said.over):
            end = end._replace(kind="unclear")
            self._note("warning", "end_unclear", "it may say that the instruction ends, or not")
        elif end.day is None:
            self._note("warning", "end_without_day", "it says that the instruction ended, and no day")
        self.claims.ends.append(end)

    def _end(self) -> EndClaim:
        said, times = self.said, self.said.times
        basis: Basis = "revocation" if said.revokes else "note" if self.block.kind == "note" else "text"
        if said.subject.kind == "edition":
            basis = "edition"
        kind: str = "suspension" if said.event == "suspend" else "end"
        place = self.block.pinpoint
        if said.event != "begin" and times.first is not None:
            return EndClaim(times.first, basis, "excluded", times.first_raw, place, kind)  # type: ignore[arg-type]
        reading = times.reading if times.until is not None and said.event != "suspend" else "excluded"
        day = times.until if said.event != "suspend" else None
        raw = times.until_raw or ", ".join(times.unreadable)
        return EndClaim(day, basis, reading, raw, place, kind)  # type: ignore[arg-type]

    def _elsewhere(self) -> None:
        """A sentence about another version or code belongs there, with this page as evidence."""
        said = self.said
        subject = said.subject
        unclear = said.force == "unclear"
        if subject.kind == "version" and subject.dated is None:
            self._note("info", "bound_of_another", "it bounds another version, and does not say which")
            return
        codes = subject.codes or (self.code,) * max(1, len(subject.dates))
        days = subject.dates or (subject.dated,) * len(codes)
        for code, day in zip(codes, days, strict=True):
            claim = self._claim(code, day, unclear=unclear)
            if claim.starts or claim.ends:  # "from the date of signature" is no day for another page
                self.claims.elsewhere.append(claim)
        named = ", ".join(subject.codes) or f"the version of {subject.dated}"
        self._note("info", "bound_of_another", f"it bounds {named}")

    def _claim(self, code: Code, of_day: date | None, *, unclear: bool) -> Statement:
        said, times, place = self.said, self.said.times, self.block.pinpoint
        starts: tuple[StartClaim, ...] = ()
        ends: tuple[EndClaim, ...] = ()
        if said.event == "begin" and times.first is not None:
            starts = (StartClaim(times.first, "text", times.first_raw, place, unclear=unclear),)
        if said.event != "begin" or times.until is not None:
            end = self._end()
            if unclear and end.kind == "end":
                end = end._replace(kind="unclear")
            ends = (end,)
        return Statement(
            kind="claim",
            code=code,
            title=self.title if code == self.code else "",
            starts=starts,
            ends=ends,
            of_day=of_day,
            locator=place,
        )

    def _note(self, severity: Severity, kind: str, meaning: str) -> None:
        times = self.said.times
        dated = times.first or times.until or times.vague or times.unreadable
        if dated or severity != "info" or self.block.kind == "heading":
            self.claims.find(
                severity, kind, f"{meaning}: {self.said.words[:200]!r}", self.code, self.block.pinpoint
            )


def _day(raw: str, code: Code, claims: Claims, locator: str) -> date | None:
    """The day printed; None and a finding where the calendar or the manual has none such."""
    try:
        return parse_printed_day(raw)
    except UnlikelyYear as problem:
        claims.find("warning", "unlikely_year", f"{raw!r} proves nothing: {problem.reason}", code, locator)
    except DayError:
        claims.find("warning", "malformed_date", f"{raw!r} is no day that the calendar has", code, locator)
    return None


def edition_ends(banners: Iterable[str], publisher: Publisher = INZ) -> Iterator[EndClaim]:
    """The end of its whole edition that a page prints above its text (rule 12)."""
    for banner in banners:
        match = EDITION_CEASES.search(banner) if EDITION_BANNER(publisher).search(banner) else None
        if match:
            with suppress(DayError):
                yield EndClaim(parse_printed_day(match["day"]), "edition", "excluded", match["day"], "banner")


def drop_repeats(claims: Claims, marks: Iterable[EndClaim]) -> None:
    """ "Have been revoked" adds nothing where the page says since when; a day that can't be read does."""
    suspended = any(end.day and end.kind == "suspension" for end in claims.ends)
    if suspended:  # "were suspended on D and remain suspended"
        claims.ends = [end for end in claims.ends if end.raw or end.kind != "suspension"]
    dated = {said.code for said in claims.elsewhere if any(end.day for end in said.ends)}
    claims.elsewhere = [
        said
        for said in claims.elsewhere
        if said.code not in dated or said.starts or any(end.raw for end in said.ends)
    ]
    if any(end.day and end.kind == "end" for end in (*marks, *claims.ends)):
        claims.ends = [end for end in claims.ends if end.raw or end.kind == "suspension"]
        claims.findings = [found for found in claims.findings if found.kind != "end_without_day"]


def manual_updated(blocks: Iterable[Block]) -> Iterator[Finding]:
    """The day on which the front page says that the manual was last changed; it starts no instruction (rule 4)."""
    for block in (b for top in blocks for b in top.walk()):
        for match in islice(UPDATED.finditer(block.text), MOST):
            with suppress(DayError):
                day = parse_printed_day(match["day"])
                message = f"the front page says that the manual was updated on {in_words(day)}"
                yield Finding("info", "manual_updated", message, locator=block.pinpoint)


def _moves(text: str, code: Code, title: str, locator: str, publisher: Publisher) -> Iterator[Statement]:
    for match in islice(MOVED.finditer(text), MOST):
        for ref in find_refs(match["where"], here=code, code=code, publisher=publisher):
            if ref.state == "resolved":
                target = Code(ref.target.partition("(")[0].strip())
                yield Statement(kind="move", code=code, title=title, moved_to=target, locator=locator)
                break


def _revoked(text: str, code: Code, claims: Claims, locator: str, publisher: Publisher) -> None:
    """The instrument that a sentence revokes, and on which day: for the page's account of itself."""
    for sentence in sentences(text):
        match = REVOKED.search(sentence) if _REVOKING.search(sentence) else None
        if match is None or (claims.instrument is not None and claims.instrument.revokes_on is not None):
            continue
        said = read_sentence(sentence, code, publisher=publisher)
        day = next((one.times.first for one in said if one.revokes), None)
        _amend(claims, revokes=_named(match["what"]), revokes_on=day)
        if day is None and _PASSIVE.search(sentence):
            claims.find(
                "info", "revocation_undated", "it revokes an instrument and names no day", code, locator
            )


def _named(what: str) -> str:
    return re.sub(r"^(?:.*?(?:revok|rescind)\w* )?(?:the )?", "", " ".join(what.split()), flags=re.IGNORECASE)


def _instrument(block: Block, claims: Claims) -> None:
    power = POWER.search(block.text)
    if power and block.kind in ("paragraph", "other", "quote") and _FIRST_PERSON.search(block.text):
        _amend(claims, power=" ".join(power["power"].split()))
    if block.kind == "signature":
        _amend(claims, **_signature(block.text))


def _signature(text: str) -> dict[str, object]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    signed: dict[str, object] = {}
    words = []
    for line in lines:
        match = SIGNED.fullmatch(line)
        if match is None:
            words.append(line)
        elif day := signing_day(match):
            signed["signed_on"] = day
            words += [part for part in (match["signer"], match["by"], match["office"]) if part]
    if words:
        signed["signed_by"] = words[0]
        signed["office"] = ", ".join(words[1:])
    return signed


def signing_day(match: re.Match[str]) -> date | None:
    """The day of a SIGNED match, or None where the calendar has no such day."""
    try:
        return parse_printed_day(match["day"])
    except DayError:
        return None


def _amend(claims: Claims, **fields: object) -> None:
    old = claims.instrument or Instrument()
    values = {
        name: fields.get(name) or getattr(old, name)
        for name in ("power", "signed_by", "office", "signed_on", "revokes", "revokes_on")
    }
    claims.instrument = Instrument(**values)  # type: ignore[arg-type]
