"""The bundled register (media `register`): JSON facts to statements. It holds no text of any version.

The basis says where a date was read: `suffix` is a bracket after a title, `foot` an `Effective` line, `text` the body's
own words (marked `(body)` in the data). What cannot be read becomes a finding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from manual.dates import PRINTED_DAY, in_words, parse_printed_day
from manual.errors import DayError, ParseError
from manual.model import (
    Basis,
    Code,
    EndClaim,
    Finding,
    ParsedPage,
    Severity,
    SitePath,
    StartClaim,
    Statement,
)
from manual.parse.contents import lines_of_text, read_contents
from manual.parse.headings import Heading, read_heading
from manual.publisher import INZ, NOTHING, Publisher, expression

# A16.1  WA3.15.5  RA  Appendix 13.  Not BF2?
_CODE = expression(
    lambda publisher: (
        rf"{publisher.codes.capitals or NOTHING}|{publisher.codes.counted}|{publisher.codes.word_exact} \d+"
    )
)
_CEASES = re.compile(r"\bceases? to be effective from\b(?P<rest>.*)", re.IGNORECASE)


class ListedRow(TypedDict):
    """A row under a page's list of other versions. `page` is empty where the address was not noted."""

    code: str
    title: str
    suffix: str
    page: str


class PageFacts(TypedDict):
    """Facts of one page, every date as printed."""

    address: str
    page: str
    code: str
    title: str
    suffix: str
    effective: list[str]
    shown_as_old: bool
    edition: str
    edition_ends: bool
    """The page prints that the whole edition ceases: it was the last under its code (dates.md rule 12)."""
    status: str
    ends: list[str]
    listed: list[ListedRow]
    listed_complete: bool
    source: str


class Register(TypedDict):
    """The whole file. `compiled`: the day it was made; everything in it was read on that day or earlier."""

    compiled: str
    source: str
    contents: list[str]
    pages: list[PageFacts]


@dataclass(slots=True)
class _Reader:
    """Reads the claims of one page and collects findings."""

    locator: str
    code: Code | None
    publisher: Publisher
    findings: list[Finding] = field(default_factory=list)

    def day(self, raw: str) -> date | None:
        """The one date within `raw`, or None and a finding."""
        match = PRINTED_DAY.search(raw)
        try:
            return parse_printed_day(match.group() if match else raw)
        except DayError as problem:
            self.note("warning", "malformed_date", str(problem))
            return None

    def note(self, severity: Severity, kind: str, message: str) -> None:
        self.findings.append(Finding(severity, kind, message, code=self.code, locator=self.locator))

    def starts(self, facts: PageFacts) -> Iterator[StartClaim]:
        """Suffix and feet; of several feet the last is the page's (dates.md rule 5)."""
        yield from _marks(facts, self.publisher).starts("suffix", self.locator)
        by_basis: dict[Basis, str] = {
            "text" if raw.endswith("(body)") else "foot": raw for raw in facts["effective"]
        }
        if len(facts["effective"]) > len(by_basis):
            self.note("info", "foot_not_last", f"states {', '.join(facts['effective'])}; the last counts")
        for basis, raw in by_basis.items():
            if day := self.day(raw):
                yield StartClaim(day, basis, raw.removesuffix("(body)").strip(), self.locator)

    def ends(self, facts: PageFacts) -> Iterator[EndClaim]:
        yield from _marks(facts, self.publisher).ends("suffix", self.locator)
        ended = self.publisher.edition_ended
        if facts["edition_ends"] and ended is not None:
            yield EndClaim(ended, "edition", "excluded", in_words(ended), self.locator)
            return
        for raw in facts["ends"]:
            ceases = _CEASES.search(raw)
            if ceases and (day := self.day(ceases["rest"])):
                yield EndClaim(day, "text", "excluded", raw, self.locator)


def _marks(facts: PageFacts, publisher: Publisher) -> Heading:
    """The marks in a page's suffix, which the data stores without its brackets."""
    words = f"{facts['title']} ({facts['suffix']})" if facts["suffix"] else facts["title"]
    return read_heading(words, publisher)


def _title(printed: str) -> tuple[str, bool]:
    """A title without a trailing ellipsis, and whether it had one."""
    bare = printed.removesuffix("(chapter page)").strip()
    cut = bare.endswith("...")
    return bare.removesuffix("...").strip(), cut


def _page(facts: PageFacts, reader: _Reader, code: Code) -> Statement:
    title, cut = _title(facts["title"])
    return Statement(
        kind="page",
        code=code,
        title=title,
        title_truncated=cut,
        address=SitePath(facts["page"]),
        starts=tuple(reader.starts(facts)),
        ends=tuple(reader.ends(facts)),
        suffix=f"({facts['suffix']})" if facts["suffix"] else "",
        shown_as_old=facts["shown_as_old"],
        edition="pre-2010" if facts["edition"] == "pre-2010" else "",
        lists_versions=facts["listed_complete"] and any(row["code"] == code for row in facts["listed"]),
        locator=reader.locator,
    )


def _known_places(pages: list[PageFacts]) -> dict[tuple[str, str], SitePath]:
    """The address of the only page with a code and suffix, for rows whose address was not noted."""
    found: dict[tuple[str, str], set[str]] = {}
    for facts in pages:
        if facts["suffix"]:
            found.setdefault((facts["code"], facts["suffix"]), set()).add(facts["page"])
    return {key: SitePath(min(places)) for key, places in found.items() if len(places) == 1}


def _row_place(
    row: ListedRow, facts: PageFacts, places: Mapping[tuple[str, str], SitePath]
) -> SitePath | None:
    """The address that a row leads to: as noted, else that of the page with its code and date, if the list has it
    once."""
    if row["page"]:
        return SitePath(row["page"])
    alike = [(other["code"], other["suffix"]) for other in facts["listed"]].count(
        (row["code"], row["suffix"])
    )
    return places.get((row["code"], row["suffix"])) if alike == 1 else None


def _rows(
    facts: PageFacts, reader: _Reader, code: Code, places: Mapping[tuple[str, str], SitePath]
) -> Iterator[Statement]:
    """Statements for the page's list: a row with the same code is another version, another code a neighbour (rule
    16)."""
    days = [reader.day(row["suffix"]) for row in facts["listed"]]
    for position, (row, day) in enumerate(zip(facts["listed"], days, strict=True)):
        title, cut = _title(row["title"])
        locator = f"{reader.locator} row {position + 1}"
        yield Statement(
            kind="listed" if row["code"] == code else "neighbour",
            code=Code(row["code"]),
            title=title,
            title_truncated=cut,
            address=_row_place(row, facts, places),
            starts=(StartClaim(day, "listed", row["suffix"], locator),) if day else (),
            suffix=f"({row['suffix']})",
            shown_as_old=True,
            position=position,
            locator=locator,
        )


def read_facts(
    facts: PageFacts, number: int, places: Mapping[tuple[str, str], SitePath], publisher: Publisher = INZ
) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """What the register says of one page, the `number`th in it, and what could not be understood."""
    locator = f"page {number} {facts['page']}"
    if not _CODE(publisher).fullmatch(facts["code"]):
        message = f"{facts['code']!r} ({facts['title']!r}) is no code; the page is not filed under any"
        return (), (Finding("warning", "odd_code", message, locator=locator),)
    code = Code(facts["code"])
    reader = _Reader(locator, code, publisher)
    statements = (_page(facts, reader, code), *_rows(facts, reader, code, places))
    odd = _marks(facts, publisher).findings(locator) if facts["suffix"] else ()
    return statements, (*odd, *reader.findings)


def compiled_day(data: bytes) -> date:
    """The day on which a register was compiled: what it tells was seen then or earlier."""
    return date.fromisoformat(_load(data)["compiled"])


def _load(data: bytes) -> Register:
    try:
        register: Register = json.loads(data)
        register["compiled"], register["contents"], register["pages"]
    except (ValueError, KeyError, TypeError) as problem:
        raise ParseError(
            "register", f"not readable ({problem})", "the JSON that register/build.py writes"
        ) from problem
    return register


def parse_register(data: bytes, publisher: Publisher = INZ) -> ParsedPage:
    """All statements of a register: its pages, their lists, and the lines of its contents.

    Raises ParseError for JSON of another shape.
    """
    register = _load(data)
    contents = read_contents(lines_of_text("\n".join(register["contents"])), publisher)
    places = _known_places(register["pages"])
    read = [read_facts(facts, number, places, publisher) for number, facts in enumerate(register["pages"], 1)]
    return ParsedPage(
        kind="register",
        title=register["source"],
        statements=(*contents.statements, *(s for statements, _ in read for s in statements)),
        contents=contents.contents,
        findings=(*contents.findings, *(f for _, findings in read for f in findings)),
    )
