"""The page with the form for a letter, and the letter with its passages marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from manual.citecheck import QuotationChecked, Report
from manual.model import Version
from manual.pages.citecheck_words import (
    MOST_STANDS,
    NOTHING,
    TOO_SHORT,
    difference_words,
    label,
    place_words,
    stand_words,
    summary,
    versions_in,
)
from manual.pages.links import NOWHERE, Place
from manual.pages.render import STATIC, environment
from manual.pages.words import is_invented


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of one paragraph. `number`: its quotation; 0 for none."""

    text: str
    number: int = 0
    opens: bool = False
    """It is the first of its quotation: the anchor stands here."""
    target: str = ""
    """What it cites, outside quotations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterParagraph:
    quoted: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitecheckPage:
    """Without a report, the form alone."""

    template: ClassVar[str] = "citecheck.html"
    title: str = "Check a letter"
    place: Place = NOWHERE
    report: Report | None = None
    paragraphs: tuple[LetterParagraph, ...] = ()
    problem: str = ""
    typed_on: str = ""
    typed_days: str = ""
    alone: bool = False
    """A document of its own, without the form: what the command writes."""
    status: int = 200

    NOTHING: ClassVar[str] = NOTHING
    TOO_SHORT: ClassVar[str] = TOO_SHORT
    MOST_STANDS: ClassVar[int] = MOST_STANDS
    label = staticmethod(label)
    place_words = staticmethod(place_words)
    stand_words = staticmethod(stand_words)
    difference_words = staticmethod(difference_words)

    @property
    def summary(self) -> str:
        return summary(self.report) if self.report else ""

    @property
    def invented(self) -> Version | None:
        """A version of the specimen named by the report, if any."""
        return next((v for v in versions_in(self.report) if is_invented(v)), None) if self.report else None


def marked_letter(report: Report) -> str:
    """A separate file with the results and the letter, to print or to keep."""
    style = Markup((STATIC / "inforce.css").read_text(encoding="utf-8"))
    page = citecheck_page(report, alone=True)
    return environment().get_template("citecheck_alone.html").render(page=page, style=style)


def citecheck_page(
    report: Report, *, typed_on: str = "", typed_days: str = "", alone: bool = False
) -> CitecheckPage:
    return CitecheckPage(
        title=f"Check of {report.letter.name}",
        report=report,
        paragraphs=tuple(_paragraphs(report)),
        typed_on=typed_on,
        typed_days=typed_days,
        alone=alone,
    )


def _paragraphs(report: Report) -> Iterator[LetterParagraph]:
    for paragraph in report.letter.paragraphs:
        passages = tuple(_passages(report, paragraph.start, paragraph.end))
        yield LetterParagraph(quoted=paragraph.quoted, passages=passages)


def _passages(report: Report, start: int, end: int) -> Iterator[Passage]:
    """The paragraph split at quotations and at codes cited between them."""
    text = report.letter.text
    position = start
    for first, until, number, target in _marks(report, report.quotations):
        first, until = max(first, position), min(until, end)
        if until <= first:
            continue
        if first > position:
            yield Passage(text=text[position:first])
        opens = number > 0 and report.quotations[number - 1].quoted.start >= first
        yield Passage(text=text[first:until], number=number, opens=opens, target=target)
        position = until
    if position < end:
        yield Passage(text=text[position:end])


def _marks(report: Report, quotations: Sequence[QuotationChecked]) -> list[tuple[int, int, int, str]]:
    marks = [(q.quoted.start, q.quoted.end, number, "") for number, q in enumerate(quotations, 1)]
    marks += [(c.ref.start, c.ref.end, 0, c.ref.target) for c in report.citations]
    return sorted(marks, key=lambda mark: (mark[0], mark[2] == 0, mark[1]))
