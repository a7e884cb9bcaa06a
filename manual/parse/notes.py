"""What a page's own words say about its dates: effective lines, cessation, revocation, moves, signatures.

A date in a body counts only where the sentence speaks of the instruction itself. "These instructions cease to be
effective from D" does; "a visa effective from D" and "applications made on or before D" do not.

Above each expression stand samples: `yes:` it is meant to find, `no:` it must not. A test feeds them in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from manual.citation import find_refs
from manual.dates import MONTHS, parse_printed_day
from manual.errors import DayError
from manual.model import Basis, Block, Code, EndClaim, Finding, Instrument, Severity, StartClaim, Statement
from manual.parse.reading import EDITION_BANNER, FOOT, Foot

_MONTH = "|".join(MONTHS)
_DAY = rf"(?:\d{{1,2}}\s+(?:{_MONTH})\s+\d{{4}}|\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d{{2}}))(?![\d/])"
_SIGNING = r"the\s+date\s+of\s+(?:its\s+|this\s+)?(?:signature|signing)"

# yes: effective from: 1 April 2025 | effective from 16 April 2020: | effective from and on 30 September 2019
# yes: effective on and from 1 May 2020 | effective from the date of signature | take effect on 3 June 2019
# no: effective 3 June | effectively from 1 May 2020
EFFECTIVE = re.compile(
    rf"(?P<verb>\beffective\s+(?:(?:on\s+and\s+)?from(?:\s+and\s+(?:on|including))?|on|as\s+of)"
    rf"|\b(?:takes?|has|have|having)\s+effect\s+(?:on\s+and\s+)?(?:from|on)|\bcomes?\s+into\s+(?:force|effect)\s+(?:from|on))"
    rf"\s*:?\s*(?P<when>{_DAY}|{_SIGNING})",
    re.IGNORECASE,
)
# yes: cease to be effective from 8 May 2017 | ceases to be effective from 29 November 2010
# yes: ceased to have effect on 1/2/2020
# no: cease to be employed from 8 May 2017
CEASES = re.compile(
    rf"\bceas(?:e|es|ed|ing)\s+to\s+(?:be\s+(?:effective|in\s+force)|have\s+effect|apply)\s+(?:on\s+and\s+)?(?:from|on)\s*:?\s*(?P<day>{_DAY})",
    re.IGNORECASE,
)
# yes: valid until 11:59pm 31 March 2020 | in force until 31 March 2020
# no: valid until the day
UNTIL = re.compile(
    rf"\b(?:valid|effective|in\s+(?:force|effect))\s+(?:until|up\s+to)\s+(?P<minute>11[:.]59\s*p\.?m\.?,?\s*(?:on\s+)?)?(?P<day>{_DAY})",
    re.IGNORECASE,
)
# yes: On 3 May 2024, the former General Instructions dated 2 March 2023 about boats are revoked
# no: the visa is revoked on 1 April 2025
REVOKES = re.compile(
    rf"(?:\b(?:on|from)\s+(?P<day>{_DAY}),?\s+)?(?P<what>(?:the\s+|all\s+)?(?:previous\s+|former\s+|earlier\s+)?"
    rf"(?:[A-Z][\w-]*\s+){{0,3}}(?:instructions?|instruments?|delegations?|directions?)[^.;]{{0,80}}?\bdated\s+(?P<dated>{_DAY}))"
    rf"[^.;]{{0,250}}?\b(?:is|are)\s+(?:hereby\s+)?(?:revoked|rescinded)(?:\s+(?:on|from|with\s+effect\s+from)\s+(?P<day2>{_DAY}))?",
    re.IGNORECASE,
)
# yes: I REVOKE the instrument of delegation dated 1 July 2019
# no: may revoke the visa dated
REVOKE_ACTIVE = re.compile(
    rf"\brevoke\s+(?P<what>[^.;]{{0,120}}?(?:instruments?|delegations?|instructions?)[^.;]{{0,120}}?\bdated\s+(?P<dated>{_DAY}))",
    re.IGNORECASE,
)
# yes: Equivalent instructions are now found at A5.30 | equivalent instructions are now located in Appendix 13
# no: instructions are found at A5.30
MOVED = re.compile(
    r"\bequivalent\s+(?:instructions?|policy)\s+(?:is|are|can)\s+(?:now\s+)?(?:be\s+)?(?:found|located|set\s+out)\s+(?:at|in|under)\s+(?P<where>[^;]{2,40})",
    re.IGNORECASE,
)
# yes: Under section 26(4) of the Immigration Act 2009 | PURSUANT TO sections 380 and 388 of the Immigration Act 2009
# no: Under this section
POWER = re.compile(
    r"\b(?:under|pursuant\s+to|in\s+accordance\s+with|by)\s+(?P<power>sections?\s+[\w(),\s]{1,60}?\s+of\s+the\s+Immigration\s+Act\s+\d{4})",
    re.IGNORECASE,
)
# yes: Signed 31 March 2025 | Signed on 3 May 2020 | Dated at Wellington this 15th day of September 2023
# yes: Dated this 30 September 2020 | Date: 27 June 2019
# no: Signed by the applicant on 3 May 2020
SIGNED = re.compile(
    rf"(?:signed|dated?)(?:\s+(?:on|at|in))?(?:\s+[A-Z][a-z]+,?)?(?:\s+(?:on|this))?\s*:?\s*"
    rf"(?:(?P<day>{_DAY})|(?P<d>\d{{1,2}})\s*(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?(?P<m>{_MONTH}),?\s+(?P<y>\d{{4}}))\.?",
    re.IGNORECASE,
)

# What may be in force: the last noun of a subject.
_SUBJECT = re.compile(
    r"\b(?:instructions?|polic(?:y|ies)|manual|edition|appendix|provisions?|chapter|section|delegations?|instruments?"
    r"|category|they|it|this|page)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:these|this|the\s+following|such)\s+(?:[\w-]+\s+){0,5}?(?:instructions?|instruments?|delegations?|polic(?:y|ies)|directions?|section|chapter|page)\b",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"\bI\b[^.]{0,120}?\b(?:give|issue|make|certify|delegate|approve)\b|\b(?:DELEGATE|GIVE|CERTIFY)\b"
)
_FIRST_PERSON = re.compile(r"\bI\b(?!\.)")
_OTHER_SUBJECT = re.compile(
    r"\b(?:visas?|permits?|person|applicants?|applications?|accreditation|approval|order|employers?|employment|agreements?|conditions?|passports?)\W*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-Z(])")


MOST = 20
"""Dates read in one sentence; no page has more, and a hostile one must not take minutes."""


@dataclass(slots=True)
class Claims:
    """What was gathered from one page."""

    starts: list[StartClaim] = field(default_factory=list)
    ends: list[EndClaim] = field(default_factory=list)
    revocations: list[Statement] = field(default_factory=list)
    moves: list[Statement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    instrument: Instrument | None = None

    def find(self, severity: Severity, kind: str, message: str, code: Code, locator: str) -> None:
        self.findings.append(Finding(severity, kind, message, code, locator=locator))


def read_foots(foots: list[Foot], blocks: int, code: Code, claims: Claims) -> None:
    """The last `Effective` line is the page's; the others, and malformed ones, are reported (rules 4 and 5)."""
    for number, foot in enumerate(foots):
        locator = f"foot {number + 1}" if len(foots) > 1 else "foot"
        match = FOOT.fullmatch(foot.text)
        printed = " ".join((match["day"] if match else foot.text).split())
        try:
            day = parse_printed_day(printed.rstrip("."))
        except DayError:
            claims.find("warning", "malformed_date", f"the foot {foot.text!r} is no day", code, locator)
            continue
        if number == len(foots) - 1:
            claims.starts.append(StartClaim(day, "foot", printed, locator))
            if foot.after < blocks:
                claims.find("info", "foot_not_last", f"text follows {foot.text!r}", code, locator)
        else:
            claims.find(
                "info",
                "foot_not_last",
                f"{foot.text!r} is not the last such line; the last one counts",
                code,
                locator,
            )


def read_words(blocks: Iterable[Block], code: Code, claims: Claims, *, title: str) -> None:
    """Gathers what the blocks themselves say."""
    waiting: list[tuple[str, str]] = []
    for block in (b for top in blocks for b in top.walk()):
        if block.text:
            _read_block(block, code, claims, title, waiting)
    signed_on = claims.instrument.signed_on if claims.instrument else None
    for raw, locator in waiting:
        if signed_on is not None:
            claims.starts.append(StartClaim(signed_on, "text", raw, locator))
        else:
            claims.find(
                "warning", "signing_unknown", f"{raw!r}, and no signing day is printed", code, locator
            )


def _read_block(block: Block, code: Code, claims: Claims, title: str, waiting: list[tuple[str, str]]) -> None:
    """Looks only for what the block has a word for: most have none, and expressions are slow."""
    text, locator = block.text, block.pinpoint
    low = text.lower()
    basis: Basis = "note" if block.kind == "note" else "text"
    if "effect" in low or "into force" in low:
        for sentence in _SENTENCE_END.split(text):
            for claim in _starts(sentence, block.kind, locator, code, claims):
                if claim is None:
                    waiting.append(("the date of signature", locator))
                else:
                    claims.starts.append(claim)
    if "ceas" in low or "until" in low or "up to" in low:
        for sentence in _SENTENCE_END.split(text):
            claims.ends += _ends(sentence, basis, locator, code, claims)
    if "equivalent" in low:
        claims.moves += _moves(text, code, title, locator)
    if "dated" in low and ("revoke" in low or "rescind" in low):
        claims.revocations += _revocations(text, code, title, locator, claims)
    if block.kind == "signature" or "immigration act" in low:
        _instrument(block, claims)


def _day(raw: str, code: Code, claims: Claims, locator: str) -> date | None:
    try:
        return parse_printed_day(raw)
    except DayError:
        claims.find("warning", "malformed_date", f"{raw!r} is no day that the calendar has", code, locator)
        return None


def _starts(
    sentence: str, kind: str, locator: str, code: Code, claims: Claims
) -> Iterator[StartClaim | None]:
    """Starts that a sentence gives its own instruction; None for "the date of signature"."""
    for match in islice(EFFECTIVE.finditer(sentence), MOST):
        if not _speaks_of_itself(sentence, match.start(), kind, match.end()):
            continue
        when = match["when"]
        if not when[0].isdigit():
            yield None
        elif day := _day(when, code, claims, locator):
            yield StartClaim(day, "text", when, locator)


def _speaks_of_itself(sentence: str, start: int, kind: str, end: int) -> bool:
    before = sentence[max(0, start - 1000) : start].rstrip()
    if re.search(
        r"\bcease\w*\s+to\s+(?:be|have)$|\bnot(?:\s+be)?$|\bif$|\bwhere$|\bbecame$|\bwas$|\bwere$",
        before,
        re.IGNORECASE,
    ):
        return False
    if not before.strip(" (:-–"):
        # "Effective from 16 April 2020:" alone; a sentence that goes on may speak of anything
        return kind not in ("item", "table") and len(sentence) - end < 3
    if _OTHER_SUBJECT.search(
        re.sub(r"\b(?:is|are|be|will|must|may|can)\b\W*$", "", before).rstrip() + " "
    ) and not before.endswith(","):
        return False
    if kind in ("paragraph", "heading", "other", "quote") and _GIVES.search(before):
        return before.endswith((",", ":", "–", "-")) or bool(_OWN.search(before[-80:]))
    own = list(_OWN.finditer(before))
    if not own:
        return False
    between = before[own[-1].end() :].strip(" ,")
    return len(between.split()) <= 3 and not _OTHER_SUBJECT.search(between + " ")


def _ends(sentence: str, basis: Basis, locator: str, code: Code, claims: Claims) -> Iterator[EndClaim]:
    for match in islice(CEASES.finditer(sentence), MOST):
        subject = sentence[max(0, match.start() - 160) : match.start()]
        if not _subject_counts(subject, code, claims, locator) or not (
            day := _day(match["day"], code, claims, locator)
        ):
            continue
        yield EndClaim(day, basis, "excluded", match["day"], locator)
    for match in islice(UNTIL.finditer(sentence), MOST):
        before = sentence[max(0, match.start() - 160) : match.start()]
        if not _OWN.search(before) or not _subject_counts(before, code, claims, locator):
            continue
        if day := _day(match["day"], code, claims, locator):
            yield EndClaim(day, basis, "included" if match["minute"] else "either", match["day"], locator)


def edition_ends(banners: Iterable[str]) -> Iterator[EndClaim]:
    """The end of its whole edition that a page prints above its text (rule 12)."""
    for banner in banners:
        match = CEASES.search(banner) if EDITION_BANNER.search(banner) else None
        if match:
            with suppress(DayError):
                yield EndClaim(parse_printed_day(match["day"]), "edition", "excluded", match["day"], "banner")


def _subject_counts(subject: str, code: Code, claims: Claims, locator: str) -> bool:
    """Whether the words before a verb name the instruction itself: not a visa, and not another instruction."""
    bare = re.sub(
        r"\b(?:is|are|be|will|shall|must|may|have|has|only|which|that|and)\b\W*$", "", subject.rstrip()
    ).rstrip()
    nouns = list(_SUBJECT.finditer(bare))
    if not nouns or _OTHER_SUBJECT.search(bare) or len(bare[nouns[-1].end() :].split()) > 8:
        return False
    named = {
        ref.target
        for ref in find_refs(bare, here=code, code=code)
        if ref.state == "resolved" and ref.target[:1].isalpha()
    }
    if named and not any(
        target == code or target.startswith((f"{code}(", f"{code}.")) or _above(target, code)
        for target in named
    ):
        other = sorted(named)[0]
        claims.find("info", "ends_another", f"it says when {other} ends, not when {code} does", code, locator)
        return False
    return True


def _above(target: str, code: Code) -> bool:
    """Whether `target` is a chapter or part that `code` belongs to."""
    return code.startswith(f"{target}.") or (
        target.isalpha() and code.startswith(target) and code[len(target) :][:1].isdecimal()
    )


def _moves(text: str, code: Code, title: str, locator: str) -> Iterator[Statement]:
    for match in islice(MOVED.finditer(text), MOST):
        for ref in find_refs(match["where"], here=code, code=code):
            if ref.state == "resolved":
                target = Code(ref.target.partition("(")[0].strip())
                yield Statement(kind="move", code=code, title=title, moved_to=target, locator=locator)
                break


def _revocations(text: str, code: Code, title: str, locator: str, claims: Claims) -> Iterator[Statement]:
    for match in islice(REVOKES.finditer(text), MOST):
        dated = _day(match["dated"], code, claims, locator)
        raw = match["day"] or match["day2"]
        day = _day(raw, code, claims, locator) if raw else None
        what = _named(match["what"])
        _amend(claims, revokes=what, revokes_on=day)
        if day is None or dated is None:
            claims.find(
                "info", "revocation_undated", "it revokes an instrument and names no day", code, locator
            )
            continue
        end = EndClaim(day, "revocation", "excluded", raw, locator)
        yield Statement(
            kind="claim", code=code, title=title, ends=(end,), of_day=dated, locator=locator
        )
    for match in islice(REVOKE_ACTIVE.finditer(text), MOST):
        if claims.instrument is None or not claims.instrument.revokes:
            _amend(claims, revokes=_named(match["what"]))


def _named(what: str) -> str:
    return re.sub(r"^the ", "", " ".join(what.split()), flags=re.IGNORECASE)


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
    if words:
        signed["signed_by"] = words[0]
        signed["office"] = ", ".join(words[1:])
    return signed


def signing_day(match: re.Match[str]) -> date | None:
    """The day of a SIGNED match, or None where the calendar has no such day."""
    raw = match["day"] or f"{match['d']} {match['m']} {match['y']}"
    try:
        return parse_printed_day(raw)
    except DayError:
        return None


def _amend(claims: Claims, **fields: object) -> None:
    old = claims.instrument or Instrument()
    values = {
        name: fields.get(name) or getattr(old, name)
        for name in ("power", "signed_by", "office", "signed_on", "revokes", "revokes_on")
    }
    claims.instrument = Instrument(**values)  # type: ignore[arg-type]
