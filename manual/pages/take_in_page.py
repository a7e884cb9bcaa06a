"""The form with which the owner of a copy loads saved pages, and the results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from manual.intake import LoadReport, TakenIn
from manual.intake.report import PageReport
from manual.model import Code, Finding, Sha256
from manual.pages.links import NOWHERE, Place
from manual.pages.report_words import came_of, held_words, sentences
from manual.pages.words import short_validity


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenRow:
    """The result for one file, or for one page of an archive."""

    filename: str
    code: Code | None
    title: str
    version: str
    """Its days, both included; empty where it has no whole text."""
    new: bool
    came_of: str
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInPage:
    template: ClassVar[str] = "take_in.html"
    title: str = "Take saved pages in"
    place: Place = NOWHERE
    token: str
    """What the form sends back: another site can't read it."""
    problem: str = ""
    """Why nothing was taken in."""
    day_typed: str = ""
    rows: tuple[TakenRow, ...] = ()
    refused: tuple[Finding, ...] = ()
    """Files that gave no page, and why."""
    sentences: tuple[str, ...] = ()
    without_day: tuple[Sha256, ...] = ()
    """Pages that carry no day: the next form asks for it."""
    status: int = 200

    @property
    def hashes(self) -> str:
        """The hashes of those pages as the value of a hidden field."""
        return " ".join(sha256.removeprefix("sha256:") for sha256 in self.without_day)


def taken_page(taken: TakenIn, token: str) -> TakeInPage:
    report = taken.report
    return TakeInPage(
        title="What was taken in",
        token=token,
        rows=tuple(_rows(report)),
        refused=tuple(problem for problem in taken.summary.problems if problem.severity != "info"),
        sentences=tuple(sentences(report, in_form=True)),
        without_day=tuple(page.sha256 for page in report.pages if page.no_day),
    )


def _rows(report: LoadReport) -> Iterator[TakenRow]:
    for page in report.pages:
        yield _row(page, report)


def _row(page: PageReport, report: LoadReport) -> TakenRow:
    return TakenRow(
        filename=page.filename,
        code=page.code,
        title=page.title,
        version=short_validity(page.version) if page.version else "",
        new=page.new,
        came_of=came_of(page, report.on),
        held=held_words(page, dict(report.chapters)),
    )
