"""The parameters of API requests: how each is read, and its description for OpenAPI.

Unlike the site, the API accepts no sloppy input except codes: a program is told what it did wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from werkzeug.datastructures import MultiDict

from indexer import Sort
from indexer.results import HitAnswer
from manual.citation import named_in
from manual.citecheck import Day, Letter, read_letter
from manual.citecheck.days import MOST_DAYS
from manual.citecheck.letter import MOST_CHARACTERS
from manual.errors import SourceError
from manual.model import Severity
from manual.publisher import Publisher
from manual.queries.beside import Scheme
from manual.queries.wanted import part_named
from webapp.asked import MOST_QUERY, BadRequest

Schema = dict[str, Any]

# Matches also some days that do not exist (2024-02-30); those are refused when the date is made.
# yes: `2024-08-15` `1999-12-31`
# no: `2024-8-15` `15/8/2024` `2024-13-01` `0001-01-01`
DAY_PATTERN = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
DAY_SCHEMA: Schema = {"type": "string", "format": "date", "pattern": DAY_PATTERN}
ANY = "any"
MOST_AT_ONCE = 1000
MOST_NAME = 80
LAST_OFFSET = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter. `read` raises BadRequest, or an error of the program's own, for what it can't read."""

    name: str
    where: Literal["path", "query"]
    says: str
    schema: Schema
    read: Callable[[str], Any]
    example: str | int = ""
    default: Any = None
    required: bool = False

    def described(self) -> Schema:
        """For OpenAPI."""
        found: Schema = {"name": self.name, "in": self.where, "description": self.says, "schema": self.schema}
        if self.required:
            found["required"] = True
        return found | ({"example": self.example} if self.example != "" else {})


def read_all(
    parameters: Sequence[Parameter], path: Mapping[str, str], query: MultiDict[str, str]
) -> dict[str, Any]:
    """Every parameter by name. Raises BadRequest for one that is unknown, missing, given twice or not readable."""
    by_name = {one.name: one for one in parameters if one.where == "query"}
    for name in query:
        if name not in by_name:
            known = ", ".join(by_name) or "none"
            raise BadRequest(f"There is no parameter {name[:40]!r} here.", f"The parameters are: {known}.")
        if len(query.getlist(name)) > 1:
            raise BadRequest(f"The parameter {name!r} is given twice.", "Give it once.")
    found: dict[str, Any] = {}
    for one in parameters:
        typed = path.get(one.name) if one.where == "path" else query.get(one.name)
        if typed is None and one.required:
            raise BadRequest(f"The parameter {one.name!r} is missing.", one.says)
        found[one.name] = one.default if typed is None else one.read(typed)
    return found


# ---------------------------------------------------------------- how each is read


def iso_day(name: str) -> Callable[[str], date]:
    """Reads an ISO day of the years 1900 to 2199."""

    def read(typed: str) -> date:
        try:
            if re.match(DAY_PATTERN, typed, re.ASCII) and not typed.endswith("\n"):
                return date.fromisoformat(typed)
        except ValueError:
            pass
        raise BadRequest(
            f"{name!r} is {typed[:40]!r}, which is no day of the years 1900 to 2199.",
            "Expected a day such as 2024-08-15.",
        )

    return read


def _one_of(name: str, words: Sequence[str]) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if typed not in words:
            raise BadRequest(f"{name!r} is {typed[:40]!r}.", f"Expected one of: {', '.join(words)}.")
        return typed

    return read


def _number(name: str, least: int, most: int) -> Callable[[str], int]:
    def read(typed: str) -> int:
        if re.fullmatch(r"0|[1-9][0-9]{0,8}", typed, re.ASCII) and least <= int(typed) <= most:
            return int(typed)
        raise BadRequest(f"{name!r} is {typed[:40]!r}.", f"Expected a number from {least} to {most}.")

    return read


def _text(name: str, most: int) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if not 0 < len(typed) <= most:
            raise BadRequest(f"{name!r} has {len(typed)} characters.", f"Expected 1 to {most}.")
        return typed

    return read


# ---------------------------------------------------------------- the parameters


def code(publisher: Publisher) -> Parameter:
    """The code of an instruction, with or without a place in it."""
    return Parameter(
        name="code",
        where="path",
        says=f"The code of an instruction, such as {publisher.codes.examples}. Sloppy spellings are understood, too, "
        "and so are places in it, the publisher's address of a page or the number in it, and a provision of law.",
        schema={"type": "string", "pattern": f"^({_code_pattern(publisher)})$"},
        read=lambda typed: named_in(typed, publisher),
        required=True,
    )


def _code_pattern(publisher: Publisher) -> str:
    """A pattern for codes as printed."""
    shape = publisher.codes
    one = f"{shape.printed}|{shape.capitals}" if not shape.fewest_numbers else shape.printed
    return f"{one}{f'|{shape.word} [1-9][0-9]?' if shape.word else ''}"


def below(publisher: Publisher) -> Parameter:
    """A code, and all below it."""
    word = publisher.codes.word
    return Parameter(
        name="part",
        where="query",
        says="Only what is, or stands below, this code.",
        schema={"type": "string", "pattern": f"^({_code_pattern(publisher)}{f'|{word}' if word else ''})$"},
        read=lambda typed: part_named(typed, publisher),
    )


def day_in_path(name: str, says: str, example: str) -> Parameter:
    return Parameter(
        name=name,
        where="path",
        says=says,
        schema=DAY_SCHEMA,
        read=iso_day(name),
        example=example,
        required=True,
    )


ON = Parameter(
    name="on",
    where="query",
    says="The day asked about; today where the publisher is, if not given.",
    schema=DAY_SCHEMA,
    read=iso_day("on"),
    example="2024-08-15",
)
KNOWN = Parameter(
    name="known",
    where="query",
    says="As could be known from pages seen by the end of this day.",
    schema=DAY_SCHEMA,
    read=iso_day("known"),
)


def _day_or_any(typed: str) -> date | str:
    return ANY if typed == ANY else iso_day("on")(typed)


ON_OR_ANY = Parameter(
    name="on",
    where="query",
    says="The day searched; `any` for the whole history; today if not given.",
    schema={"anyOf": [DAY_SCHEMA, {"const": ANY}]},
    read=_day_or_any,
    example="2024-08-15",
)
WORDS = Parameter(
    name="q",
    where="query",
    says="The words to search for, in the language of the search box.",
    schema={"type": "string", "minLength": 1, "maxLength": MOST_QUERY},
    read=_text("q", MOST_QUERY),
    example="application",
    required=True,
)


TERM = Parameter(
    name="term",
    where="query",
    says="Only this term, with the words of its definitions.",
    schema={"type": "string", "minLength": 1, "maxLength": 80},
    read=_text("term", 80),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAsked:
    """The body of a request to check a letter."""

    letter: Letter
    days: tuple[Day, ...]
    known: date | None


LETTER_SCHEMA: Schema = {
    "type": "object",
    "required": ["text", "days"],
    "additionalProperties": False,
    "properties": {
        "text": {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS, "pattern": "[A-Za-z]"},
        "days": {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_DAYS,
            "items": {
                "type": "object",
                "required": ["on"],
                "additionalProperties": False,
                "properties": {"on": DAY_SCHEMA, "name": {"type": "string", "maxLength": 80}},
            },
        },
        "known": DAY_SCHEMA,
    },
}
_LETTER_VALIDATES = "Expected an object with the text of a letter and its days; openapi.json describes it."


def letter_asked(body: object) -> LetterAsked:
    """Raises BadRequest if the body does not fit `LETTER_SCHEMA`, SourceError if the text is not a letter."""
    if not isinstance(body, dict) or body.keys() - {"text", "days", "known"}:
        raise BadRequest("The body is no letter with its days.", _LETTER_VALIDATES)
    text, days, known = body.get("text"), body.get("days"), body.get("known")
    if not isinstance(text, str) or not isinstance(days, list) or not 1 <= len(days) <= MOST_DAYS:
        raise BadRequest("The body has no text, or no list of days.", _LETTER_VALIDATES)
    if "known" in body and not isinstance(known, str):
        raise BadRequest("'known' is no day.", _LETTER_VALIDATES)
    return LetterAsked(
        letter=_letter(text),
        days=tuple(map(_letter_day, days)),
        known=iso_day("known")(known) if known is not None else None,
    )


def _letter(text: str) -> Letter:
    try:
        return read_letter(text.encode("utf-8", "replace"), "letter")
    except SourceError as problem:
        raise BadRequest(str(problem), _LETTER_VALIDATES) from problem


def _letter_day(given: object) -> Day:
    if not isinstance(given, dict) or given.keys() - {"name", "on"}:
        raise BadRequest("One of the days is no object with 'on'.", _LETTER_VALIDATES)
    on, name = given.get("on"), given.get("name", "")
    if not isinstance(on, str) or not isinstance(name, str) or len(name) > MOST_NAME:
        raise BadRequest("One of the days has no 'on', or a name that is none.", _LETTER_VALIDATES)
    return Day(name, iso_day("on")(on))


def limit(default: int) -> Parameter:
    return Parameter(
        name="limit",
        where="query",
        says="At most so many results.",
        schema={"type": "integer", "minimum": 1, "maximum": MOST_AT_ONCE, "default": default},
        read=_number("limit", 1, MOST_AT_ONCE),
        default=default,
    )


OFFSET = Parameter(
    name="offset",
    where="query",
    says="Leave out so many results before them.",
    schema={"type": "integer", "minimum": 0, "maximum": LAST_OFFSET, "default": 0},
    read=_number("offset", 0, LAST_OFFSET),
    default=0,
)


def choice(name: str, says: str, words: Sequence[str], default: str | None = None) -> Parameter:
    schema: Schema = {"type": "string", "enum": list(words)}
    return Parameter(
        name=name,
        where="query",
        says=says,
        schema=schema | ({"default": default} if default else {}),
        read=_one_of(name, words),
        default=default,
    )


SEVERITY = choice("severity", "Only findings of this severity.", get_args(Severity))
KIND = choice("kind", "Only works of this kind.", get_args(Scheme))
SORT = choice("sort", "The order of the hits.", get_args(Sort), "relevance")
STATUS = choice("status", "Only instructions with this answer.", get_args(HitAnswer))
EXPAND = choice("expand", "`no` searches for the words as typed alone.", ("yes", "no"), "yes")
PART = Parameter(
    name="part",
    where="query",
    says="Only in the part of this code, or of this title.",
    schema={"type": "string", "minLength": 1, "maxLength": 200},
    read=_text("part", 200),
)
STALE = Parameter(
    name="stale",
    where="query",
    says="Instead of what is not held: what was last seen more than so many days ago.",
    schema={"type": "integer", "minimum": 0, "maximum": 36_500},
    read=_number("stale", 0, 36_500),
)
YEAR = Parameter(
    name="year",
    where="query",
    says="Only versions that began in this year.",
    schema={"type": "integer", "minimum": 1900, "maximum": 2199},
    read=_number("year", 1900, 2199),
)
