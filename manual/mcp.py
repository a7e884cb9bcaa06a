"""The same answers for assistants: tools of the Model Context Protocol, over standard input and output.

    inforce mcp          needs the extra: pip install "inforce[mcp]"

Each tool asks one question of `pages.json_answers`. Its result has two parts: data, equal to those of `--json` and the
API, and text for the model, which ends with the notes that belong to every answer. An unknown code, a text that is not
held and a dispute are answers. Input that cannot be understood is an error in plain words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import wraps
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from indexer import Hit, SearchIndex
from manual import dates
from manual.citation import named_in
from manual.citecheck import check, days_of, read_letter
from manual.citecheck.letter import MOST_CHARACTERS
from manual.dates import in_words, parse_asked_day
from manual.errors import IndexFault, ManualError, StoreError, UnknownCode
from manual.history.why import Why
from manual.known_index import KnownIndexes
from manual.model import Code, History, Span, VersionId, When
from manual.pages import as_json, as_text, json_answers
from manual.pages import json_types as shape
from manual.pages.citecheck_words import report_lines
from manual.pages.compare_lines import comparison_lines
from manual.pages.found import found, known_code, part_fault, part_meant, source_of
from manual.pages.found_text import found_lines
from manual.pages.frame import DISCLAIMER, NAME
from manual.pages.json_schema import Schema, schema_of
from manual.pages.words import ANSWER_LABEL, ANSWER_MEANING, SPECIMEN_SAID, citation, short_validity
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase
from manual.queries.contents import below

P = ParamSpec("P")
R = TypeVar("R")

MOST = 100
"""Hits or changes of one call."""


def _typed(says: str, most: int) -> Any:
    """A description and the maximum number of characters."""
    return Field(description=says, max_length=most)


CodeTyped = Annotated[
    str, _typed("A code, with or without a place in it: A16.1, WA3.15.5(b); or a page's address.", 200)
]
Day = Annotated[str, _typed("A day: 2024-08-15, 15/8/2024, 15 August 2024; empty means today.", 40)]
DayGiven = Annotated[str, _typed("A day: 2024-08-15, 15/8/2024 or 15 August 2024.", 40)]
Known = Annotated[
    str, _typed("Answer as could be known from pages seen by the end of this day; empty: all pages.", 40)
]
PartTyped = Annotated[
    str, _typed("Only what stands under this code, or under the heading with this title.", 200)
]
TermTyped = Annotated[str, _typed("A defined term; empty for all of them.", 80)]
Words = Annotated[str, _typed('Words, "phrases in marks", -without; abbreviations are known.', 2000)]
DayThatDecides = Annotated[
    str, _typed("The day that decides; for most cases, when the application was made.", 40)
]
LetterText = Annotated[str, _typed("The letter as plain text, its paragraphs on lines.", MOST_CHARACTERS)]
NamedDays = Annotated[
    Sequence[str], Field(description="Further days with their names: decision=2 May 2025.", max_length=12)
]
Limit = Annotated[int, Field(ge=1, le=MOST)]
Offset = Annotated[int, Field(ge=0)]


def server(
    home: Path, *, publisher: Publisher = INZ, today: Callable[[], date] = dates.today
) -> MCPServer[Any]:
    """The server with its tools. Raises StoreError if `home` has no readable knowledge base."""
    kb = KnowledgeBase(home, publisher)
    tools = Tools(home, kb, today)
    gives: dict[Callable[..., CallToolResult], type] = {
        tools.show: shape.Answer,
        tools.search: shape.Search,
        tools.history: shape.History,
        tools.compare: shape.Comparison,
        tools.changes: shape.Changes,
        tools.contents: shape.Contents,
        tools.coverage: shape.Coverage,
        tools.why: shape.Why,
        tools.terms: shape.Terms,
        tools.beside: shape.Works,
        tools.citecheck: shape.Citecheck,
    }
    return MCPServer(
        "inforce",
        title=NAME,
        instructions=_instructions(kb),
        version=installed_version("inforce"),
        log_level="WARNING",
        tools=[_published(tool, kind) for tool, kind in gives.items()],
    )


def _published(tool: Callable[..., CallToolResult], gives: type) -> Tool:
    """A tool with the schema of its data, which the SDK cannot make from these types below Python 3.12."""
    made = Tool.from_function(
        _in_plain_words(tool),
        annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
        structured_output=False,
    )
    shapes: dict[str, Schema] = {}
    schema_of(gives, shapes, "#/$defs")
    whole = shapes.pop(gives.__name__)
    properties = {"nearest_codes": _NEAREST} | whole["properties"]
    made.fn_metadata.output_schema = {**whole, "properties": properties, "$defs": shapes}
    _refuse_other_arguments(made)
    return made


_NEAREST: Schema = {
    "type": "array",
    "items": {"type": "string"},
    "description": "Stands there where the code or part asked about is not known.",
}


def _refuse_other_arguments(tool: Tool) -> None:
    """Refuse unknown arguments, which the SDK ignores: `date` in place of `on` would be answered for today."""
    model = tool.fn_metadata.arg_model
    model.model_config["extra"] = "forbid"
    model.model_rebuild(force=True)
    tool.parameters = model.model_json_schema(by_alias=True)


def _instructions(kb: KnowledgeBase) -> str:
    whose = f"of {kb.publisher.authority} " if not kb.specimen else f"({SPECIMEN_SAID}) "
    words = " ".join(f"{ANSWER_LABEL[word]} ({word}): {meaning}" for word, meaning in ANSWER_MEANING.items())
    return (
        f"The {kb.publisher.manual} {whose}as it stood on any day. Ask about the day that counts, such "
        f"as that of an application; without one, today is meant. The answers are: {words} Only the text of a version "
        "that is in force on the day may be quoted as what applied then. Say it where a text is not held or an answer "
        f"is disputed; never fill the gap. Cite with the citation given. {DISCLAIMER}"
    )


def _in_plain_words(tool: Callable[P, R]) -> Callable[P, R]:
    """Raise errors as ToolError: the SDK hides other exceptions, and messages of the store name files of this
    machine."""

    @wraps(tool)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return tool(*args, **kwargs)
        except StoreError as problem:
            raise ToolError(
                "The knowledge base of this copy can’t be read just now. Try again later."
            ) from problem
        except IndexFault as problem:
            raise ToolError(
                "Words can’t be searched just now: the index is not that of the knowledge base. Ask by the code."
            ) from problem
        except ManualError as problem:
            raise ToolError(str(problem)) from problem

    return told


class Tools:
    """The tools. Each method is one: its name, docstring and argument types are published."""

    def __init__(self, home: Path, kb: KnowledgeBase, today: Callable[[], date]) -> None:
        self._index = home / "index"
        self._known = KnownIndexes(home, kb.publisher)
        self._kb = kb
        self._today = today

    def show(self, code: CodeTyped, on: Day = "", known: Known = "") -> CallToolResult:
        """What was in force under a code on a day, its text where that is held, and how it is known. A place in the
        instruction may be named: only that clause then comes."""
        with self._kb.steady() as kb:
            what = found(kb, named_in(code, kb.publisher), self._when(on, known))
            answer = json_answers.shown(kb, what)
            return self._result(answer, found_lines(kb, what, self._today()), _cited(answer))

    def history(self, code: CodeTyped, known: Known = "") -> CallToolResult:
        """Every version of a code, oldest first, with the first day of each, the first day without it, and how each is
        known; and the answer for every day. `show` has the texts."""
        with self._kb.steady() as kb:
            named, when = named_in(code, kb.publisher), self._when("", known)
            try:
                answer = json_answers.history(kb, named, when.known)
                whole = kb.history_of(Code(answer["code"]), when.known)
                title = kb.title_of(whole.code, when)
                lines = as_text.as_known(when.known, as_text.history_lines(whole, title))
                return self._result(answer, lines)
            except UnknownCode as unknown:
                return self._unknown(_no_history(unknown, when.known), unknown, when)

    def why(self, code: CodeTyped, on: Day = "", known: Known = "") -> CallToolResult:
        """What stands behind an answer: the statements of pages, the versions considered, the rules that decided, and
        what would settle a dispute."""
        with self._kb.steady() as kb:
            named, when = named_in(code, kb.publisher), self._when(on, known)
            try:
                answer = json_answers.why(kb, named, when)
                reasons = kb.why(Code(answer["code"]), when)
                lines = as_text.why_lines(reasons, kb.title_of(reasons.code, when))
                return self._result(answer, as_text.as_known(when.known, lines))
            except UnknownCode as unknown:
                return self._unknown(_no_why(unknown, when), unknown, when)

    def compare(self, code: CodeTyped, one: DayGiven, other: DayGiven, known: Known = "") -> CallToolResult:
        """The words of an instruction on two days, clause by clause: [-removed-] and {+added+}; or why there is no
        comparison, such as a text that is not held."""
        with self._kb.steady() as kb:
            named, when = named_in(code, kb.publisher), self._when("", known)
            days = parse_asked_day(one, self._today()), parse_asked_day(other, self._today())
            try:
                meant = known_code(kb, named, None, when.known)
                answer = json_answers.compare(kb, named, *days, when.known)
            except UnknownCode as unknown:
                compared = kb.compare(Code(unknown.code), *days, when.known)
                return self._unknown(as_json.compare_json(compared, when.known), unknown, when)
            lines = comparison_lines(
                kb.compare(meant, *days, when.known), self._today(), source_of=source_of(kb, when.known)
            )
            said = [_cited(side) for side in (answer["old"], answer["new"]) if side]
            return self._result(answer, as_text.as_known(when.known, lines), *said)

    def changes(
        self, first: DayGiven, until: DayGiven, known: Known = "", limit: Limit = MOST, offset: Offset = 0
    ) -> CallToolResult:
        """What began, was replaced, ended or was revoked in the whole manual on the days from `first` (included) to
        `until` (excluded). `totals` counts all; ask with an `offset` for those beyond the `limit`."""
        with self._kb.steady() as kb:
            days = parse_asked_day(first, self._today()), parse_asked_day(until, self._today())
            if days[0] > days[1]:
                raise ToolError(f"The last day ({until}) lies before the first ({first}).")
            known_by, stretch = self._when("", known).known, slice(offset, offset + limit)
            answer = json_answers.changes(kb, *days, known_by, stretch)
            happened = kb.changes_between(*days, known_by)
            lines = as_text.as_known(known_by, as_text.changes_lines(*days, happened[stretch]))
            shown, total = len(answer["changes"]), len(happened)
            return self._result(
                answer, lines, f"Changes {offset + 1} to {offset + shown} of {total}." if shown else ""
            )

    def contents(self, on: Day = "", known: Known = "", part: PartTyped = "") -> CallToolResult:
        """The table of contents as of a day, with the answer for each code. The whole has some 1,500 lines: name a part
        where you can. `totals` counts the whole."""
        with self._kb.steady() as kb:
            when = self._when(on, known)
            answer, contents = json_answers.contents(kb, when), kb.contents_on(when)
            within = part_meant(part, kb.publisher) if part else None
            if within is not None:
                contents = replace(contents, entries=below(contents.entries, within))
                answer["entries"] = as_json.contents_json(contents)["entries"]
            lines = as_text.as_known(when.known, as_text.contents_lines(contents))
            return self._result(answer, lines, _part_unknown(kb, answer, within, when))

    def search(
        self,
        words: Words,
        on: Day = "",
        any_time: Annotated[
            bool, Field(description="Search every version instead of those of one day.")
        ] = False,
        part: PartTyped = "",
        limit: Limit = 20,
        known: Known = "",
    ) -> CallToolResult:
        """Instructions whose text or title holds the words, as in force on a day or at any time. Ask `show` for the
        text, its citation and its source."""
        if on and any_time:
            raise ToolError("A day and any time exclude each other.")
        with self._kb.steady() as kb:
            when = self._when(on, known)
            within = part_meant(part, kb.publisher) if part else None
            index = self._opened(kb, when.known)
            result = index.search(words, None if any_time else when.on, limit=limit, part=within)
            answer = json_answers.search(kb, result, self._today(), when.known)
            lines = as_text.as_known(when.known, as_text.search_lines(result))
            cited = [_hit_cited(kb, hit, None if any_time else when, when.known) for hit in result.hits]
            return self._result(answer, lines, *cited, _PIECES, _part_unknown(kb, answer, within, when))

    def coverage(self, known: Known = "") -> CallToolResult:
        """How complete this copy is, part by part: instructions, versions, and how many of their texts are held."""
        with self._kb.steady() as kb:
            known_by = self._when("", known).known
            answer = json_answers.coverage(kb, known_by)
            lines = as_text.as_known(known_by, as_text.coverage_lines(kb.coverage(known_by)))
            return self._result(answer, lines)

    def terms(self, term: TermTyped = "", on: Day = "", known: Known = "") -> CallToolResult:
        """Terms that instructions in force on a day define, and where; with `term`, its definitions and their words."""
        with self._kb.steady() as kb:
            when = self._when(on, known)
            answer = json_answers.terms(kb, term, when)
            lines = (as_text.line(_term_words(one)) for one in answer["terms"])
            cited = [_term_cited(kb, one, when) for one in answer["terms"] if "words" in one]
            return self._result(answer, as_text.as_known(when.known, lines), *cited)

    def beside(self, known: Known = "", limit: Limit = MOST, offset: Offset = 0) -> CallToolResult:
        """What stands beside the manual and is no instruction: law, plain-language accounts, circulars, notices. Ask
        `show` with the `code` of one for its words, and for what they count for."""
        with self._kb.steady() as kb:
            known_by = self._when("", known).known
            answer = json_answers.works(kb, None, known_by, slice(offset, offset + limit))
            lines = (as_text.line(f"{one['code']}  {one['title']}") for one in answer["works"])
            return self._result(answer, as_text.as_known(known_by, lines))

    def citecheck(
        self, text: LetterText, on: DayThatDecides = "", days: NamedDays = (), known: Known = ""
    ) -> CallToolResult:
        """Whether a letter quotes the version that applied: each citation and quotation in it against the day that
        decides, or several named days, with a verdict. None of the letter is kept."""
        with self._kb.steady() as kb:
            asked = days_of(self._day(on) if on.strip() else None, days, self._today())
            if not asked:
                raise ToolError("Say which day decides; for most cases, that of the application.")
            known_by, index = self._when("", known).known, self._opened(kb)
            report = check(read_letter(text.encode("utf-8", "replace"), "letter"), asked, kb, index, known_by)
            return self._result(json_answers.citechecked(kb, report), report_lines(report))

    # ------------------------------------------------------------ not tools

    def _day(self, typed: str) -> date:
        """Raises DayError."""
        return parse_asked_day(typed, self._today())

    def _when(self, on: str, known: str) -> When:
        """Raises DayError."""
        today = self._today()
        return When(
            parse_asked_day(on, today) if on.strip() else today,
            parse_asked_day(known, today) if known.strip() else None,
        )

    def _opened(self, kb: KnowledgeBase, known: date | None = None) -> SearchIndex:
        """The index of this state of the knowledge base, or of what was known by a day. Raises IndexFault."""
        of_then = self._known.at(kb, known) if known is not None else None
        if of_then is not None:
            return of_then
        index = SearchIndex.open(self._index)
        if index.digest != kb.digest:
            raise IndexFault("The search index was made from another state of the knowledge base.")
        return index

    def _unknown(self, answer: Any, unknown: UnknownCode, when: When) -> CallToolResult:
        """The answer for an unknown code, in the shape of the question, with the nearest codes."""
        answer |= {
            "nearest_codes": list(unknown.near),
            "rests_on": as_json.rests_on_json(self._kb, when.known),
        }
        what = found(self._kb, named_in(unknown.code, self._kb.publisher), when)
        return self._result(answer, found_lines(self._kb, what, self._today()))

    def _result(self, answer: Any, lines: as_text.Lines, *said: str) -> CallToolResult:
        """Data, and text with the notes that belong to it."""
        rests_on: shape.RestsOn = answer["rests_on"]
        newest = rests_on["newest_capture"]
        words = [
            *("".join(run.text for run in line) for line in lines),
            *said,
            f"The newest page read is of {in_words(date.fromisoformat(newest))}." if newest else "",
            SPECIMEN_SAID if rests_on["specimen"] else "",
            DISCLAIMER,
        ]
        return CallToolResult(
            content=[TextContent(type="text", text="\n".join(filter(None, words)))], structured_content=answer
        )


_PIECES = (
    "These are pieces. Ask show for a whole text, how it is cited and where it stands, before you quote one."
)


def _part_unknown(kb: KnowledgeBase, answer: Any, part: str | None, when: When) -> str:
    """A sentence if a part is unknown; similar codes are then added to the data. Else empty."""
    unknown = part_fault(kb, part, when)
    if unknown is None:
        return ""
    answer["nearest_codes"] = list(unknown.near)
    return str(unknown)


def _hit_cited(kb: KnowledgeBase, hit: Hit, when: When | None, known: date | None) -> str:
    """The citation of a hit for a day, or, in a search of any time, the period of its version; and its source page."""
    place, version = hit.pinpoint or hit.code, kb.version(hit.version_id, known)
    said = (
        f"Cite as: {citation(kb.in_force_on(hit.code, when), place)}."
        if when
        else f"{place}: {short_validity(version)}."
    )
    return said + _source(source_of(kb, known)(version))


def _term_cited(kb: KnowledgeBase, one: shape.DefinedTerm, when: When) -> str:
    cited = citation(kb.in_force_on(Code(one["code"]), when), one["pinpoint"])
    return f"Cite as: {cited}." + _source(
        source_of(kb, when.known)(kb.version(VersionId(one["version_id"]), when.known))
    )


def _source(address: str | None) -> str:
    return f" Source: {address}" if address else ""


def _cited(answer: shape.Answer) -> str:
    """How to cite an answer, and its version's source page."""
    version = answer["version"]
    return f"Cite as: {answer['citation']}." + _source(version["source_url"] if version else None)


def _term_words(one: shape.DefinedTerm) -> str:
    words = one.get("words")
    return f"{one['term']}: {one['pinpoint']} {one['title']}{f': {words}' if words else ''}"


def _no_history(unknown: UnknownCode, known: date | None) -> shape.History:
    """The history of an unknown code: no version, and one answer for all days."""
    span = Span(first=None, until=None, answer="unknown_code", reasons=(str(unknown),))
    return as_json.history_json(History(code=Code(unknown.code), versions=(), spans=(span,)), known)


def _no_why(unknown: UnknownCode, when: When) -> shape.Why:
    """The reasons for an unknown code: none."""
    reasons = (str(unknown),)
    why = Why(
        code=Code(unknown.code),
        on=when.on,
        answer="unknown_code",
        reasons=reasons,
        rules=(),
        versions=(),
        settle=(),
    )
    return as_json.why_json(why, when.known)
