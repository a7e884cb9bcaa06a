"""Results of a search: plain frozen records. Escaping and wording are left to the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from manual.model import Code, VersionId

HitAnswer = Literal["in_force", "disputed", "ended", "undated"]
"""The answer for the hit's code on the day asked. `ended` occurs only where ended instructions were asked for
(`status:ended`, `ended:..`) and in a search of any time, where the word says how the version's own record ends.
`undated` on a day: found by its title alone, since nothing says whether its text is that of the day."""

Sort = Literal["relevance", "date", "code"]


class SnippetPiece(NamedTuple):
    """A stretch of a snippet. `text` is raw text of the manual: escape it."""

    text: str
    marked: bool


Snippet = tuple[SnippetPiece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsMatched:
    """Which of an instruction's versions contain the words (search at any time)."""

    matching: int
    of: int
    held: int
    """How many of them were searched by their text: of the others the title alone is known."""
    first_year: int | None
    """Year in which the oldest matching version began; None where no start is known."""
    last_year: int | None
    """Year of the last day of the newest matching version; None where it has no known end."""

    def __str__(self) -> str:
        years = ""
        if self.first_year is not None:
            years = (
                f", {self.first_year} to {self.last_year}" if self.last_year else f", since {self.first_year}"
            )
        held = "" if self.held == self.of else f" (the text of {self.held or 'none'} is held)"
        return f"in {self.matching} of {self.of} version{'' if self.of == 1 else 's'}{held}{years}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the versions that may have been in force on a day in dispute."""

    version_id: VersionId
    title: str
    effective_from: date | None
    effective_until: date | None
    matches: bool
    """Whether the words stand in it as well as in the version shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One instruction found, with the version that was found and its best passage."""

    code: Code
    title: str
    version_id: VersionId
    effective_from: date | None
    effective_until: date | None
    answer: HitAnswer
    text_held: bool
    damaged: bool
    """Words of the text were lost: it was searched, but is never quoted."""
    pinpoint: str
    """Of the best passage; empty where only the title matched or no passage may be shown."""
    heading: str
    snippet: Snippet
    """Empty where the text is not held or damaged."""
    score: float
    holds_all: bool = True
    """Whether it holds all the words, and not merely some."""
    candidates: tuple[Candidate, ...] = ()
    """Of a disputed or undated hit on a day, every version that the answer names, oldest first; else empty."""
    versions: VersionsMatched | None = None
    """Only in a search of any time."""
    matching_versions: tuple[VersionId, ...] = ()
    """Newest first. On a day: the version found, or the candidates of a dispute that match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    query: str
    on: date | None
    """The day searched (an `on:` in the query wins over the argument); None for any time."""
    total: int
    """Exact number of instructions that match, of which `hits` is a stretch."""
    holding_all: int
    """How many of them hold all the words."""
    first_of_rest: int | None
    """In the order of relevance: how many hits, from the first, lie before those that hold only some of the words.
    None where there is no such line, as in another order."""
    hits: tuple[Hit, ...]
    expanded: tuple[str, ...]
    """Words also searched, to be disclosed."""
    did_you_mean: str | None
    """The query with misspelt words put right, where few hits hold all the words and more hold all of these."""
    did_you_mean_total: int
    """How many instructions that query finds on the same day and with the same filters; 0 without one."""
    facets: Mapping[str, Mapping[str, int]]
    """`part`, `status`, `kind`, `year`: value to number of hits, over all `total` hits, commonest first
    (years newest first). A hit without a value is not counted there."""
    notes: tuple[str, ...]
    """Sentences for the reader, such as that broken syntax was searched as plain words."""
    code: Code | None
    """The code that the query contains; its instruction, where it stands that day, is the first hit."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    code: Code
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """When a phrase was in an instruction, according to its versions with held texts."""

    code: Code
    words: str
    first: VersionId | None
    """The oldest version that holds the phrase; None: it stood in none."""
    first_from: date | None
    last: VersionId | None
    last_until: date | None
    """First day on which the newest version that holds it had no more force; None: no known end."""
    matching: tuple[VersionId, ...]
    """Oldest first."""
    of: int
    """How many versions the instruction has."""
    not_held: int
    """How many of them could not be looked at, because their text is not held or is damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSummary:
    """The result of a build or an update."""

    kb_digest: str
    instructions: int
    versions: int
    passages: int
    """Distinct passages, titles and sub-headings included."""
    words: int
    """Words of the distinct passages."""
    terms: int
    bytes: int
    seconds: float
