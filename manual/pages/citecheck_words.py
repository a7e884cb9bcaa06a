"""The result of checking a letter in words and as JSON, for the command line, the site, the API and assistants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from manual.citecheck import VERDICTS, CitedPlace, Judgement, QuotationChecked, Report
from manual.citecheck.quotations import FEWEST
from manual.citecheck.verdicts import Difference, Stand
from manual.dates import in_words
from manual.model import Version
from manual.pages import json_types as shape
from manual.pages.as_json import SourceOf, iso
from manual.pages.as_text import BLANK, Line, Lines, Role, StyledText, as_known, line, plain
from manual.pages.frame import DISCLAIMER
from manual.pages.words import ANSWER_LABEL, citation, counted, is_invented, short_validity

MOST_STANDS = 12
"""Versions named for one quotation; how many more there are is said."""
TOO_SHORT = f"Fewer than {FEWEST} words: too few to be told from chance, so that nothing is said of them."
NOTHING = (
    "No citation and no quotation of the manual was found in it. Quotations are sought between quotation marks, in "
    "paragraphs that are set in, and wherever twelve words of the manual stand in a row."
)


# ---------------------------------------------------------------- words


def summary(report: Report) -> str:
    """`6 citations, 4 quotations: 2 in force then, 1 superseded then, 1 not held.`"""
    found = f"{counted(len(report.citations), 'citation')}, {counted(len(report.quotations), 'quotation')}"
    counts = report.verdicts
    words = ", ".join(f"{counts[verdict]} {label(verdict)}" for verdict in VERDICTS if counts[verdict])
    return f"{found}: {words}." if words else f"{found}."


def label(verdict: str) -> str:
    return verdict.replace("_", " ")


def place_words(cited: CitedPlace, number: int) -> str:
    """What a citation meant on the day with this number."""
    if not cited.meant:
        return {"law": "law", "form": "a form"}.get(cited.ref.state, "an address")
    meant = cited.meant[number]
    words = ANSWER_LABEL[meant.answer].lower()
    if meant.pinpoint_exists is False:
        return f"{words}; that version has no {meant.pinpoint}"
    if meant.pinpoint_exists is None and meant.pinpoint != (meant.code or ""):
        return f"{words}; whether it had that place is not known: its text is not held or bears no labels"
    return words


def stand_words(stand: Stand) -> str:
    """`WA3.15(b), 1 August 2024 to 6 October 2024`."""
    points = stand.pinpoints
    place = points[0] if len(points) == 1 else f"{points[0]} to {points[-1]}"
    return f"{place}, {short_validity(stand.version)}"


def difference_words(difference: Difference, judgement: Judgement) -> str:
    """The text with which the words are compared."""
    current = any(a.version and a.version.id == difference.version.id for a in judgement.then)
    which = "the version in force then" if current else "the version most like it"
    return f"Against {which}, {difference.pinpoint}, {short_validity(difference.version)}:"


# ---------------------------------------------------------------- lines


def report_lines(report: Report) -> Lines:
    """A table of what was found, for a terminal."""
    yield from as_known(report.known, _lines(report))


def _lines(report: Report) -> Lines:
    yield line(report.letter.name, "strong")
    yield line(summary(report))
    if not report.citations and not report.quotations:
        yield line(NOTHING)
    for number, cited in enumerate(report.citations, 1):
        if number == 1:
            yield BLANK
            yield line("Citations", "strong")
        words = [
            _on_day(report, i, place_words(cited, i)) for i in range(len(report.days) if cited.meant else 1)
        ]
        yield line(
            f"{cited.ref.target}: {'; '.join(words) if cited.meant else place_words(cited, 0)}", indent=2
        )
    for number, checked in enumerate(report.quotations, 1):
        yield BLANK
        yield from _quotation_lines(report, checked, number)
    if report.left_out:
        yield line(
            f"{counted(report.left_out, 'further quotation')} not looked at: check the letter in parts.",
            "alert",
        )
    yield BLANK
    if any(is_invented(version) for version in versions_in(report)):
        yield line("These texts are of the invented specimen manual.", "alert")
    yield line(DISCLAIMER, "faint")


def _on_day(report: Report, number: int, words: str) -> str:
    day = report.days[number]
    return f"{f'{day.name}, ' if day.name else ''}{in_words(day.on)}: {words}"


def _quotation_lines(report: Report, checked: QuotationChecked, number: int) -> Lines:
    said = report.letter.text[checked.quoted.start : checked.quoted.end]
    cited = f" ({', '.join(checked.cited)})" if checked.cited else ""
    yield line(f"[{number}] {shortened(said)}{cited}", "strong")
    if not checked.judgements:
        yield line(TOO_SHORT, indent=4)
    for i, judgement in enumerate(checked.judgements):
        role: Role = "" if judgement.verdict == "in_force_then" else "alert"
        words = f"{label(judgement.verdict)} – {VERDICTS[judgement.verdict]}"
        yield line(_on_day(report, i, words), role, indent=4)
        for reason in judgement.reasons:
            yield line(reason, indent=6)
        for stand in judgement.stands[:MOST_STANDS]:
            yield line(stand_words(stand), indent=6)
        if len(judgement.stands) > MOST_STANDS:
            yield line(f"and in {counted(len(judgement.stands) - MOST_STANDS, 'further version')}", indent=6)
        if judgement.difference:
            yield line(difference_words(judgement.difference, judgement), indent=6)
            yield _redline(judgement.difference)


def _redline(difference: Difference) -> Line:
    """[-words of the manual-] {+words of the letter+}, as `compare` prints them."""
    parts = [StyledText(" " * 6)]
    for piece in difference.pieces:
        text = plain(piece.text)
        if piece.of == "manual":
            parts.append(StyledText(f"[-{text}-] ", "removed"))
        elif piece.of == "letter":
            parts.append(StyledText(f"{{+{text}+}} ", "added"))
        else:
            parts.append(StyledText(f"{text} "))
    return tuple(parts)


def shortened(words: str, most: int = 160) -> str:
    """The words in one line, cut in the midst of a long one."""
    line_ = " ".join(words.split())
    return line_ if len(line_) <= most else f"{line_[: most // 2].rstrip()} … {line_[-most // 2 :].lstrip()}"


def versions_in(report: Report) -> Iterator[Version]:
    """Every version that the report names."""
    for checked in report.quotations:
        for judgement in checked.judgements:
            yield from (stand.version for stand in judgement.stands)
            yield from (answer.version for answer in judgement.then if answer.version)


# ---------------------------------------------------------------- JSON


def report_json(report: Report, source_of: SourceOf) -> shape.Citecheck:
    """`citecheck --json`. It contains the letter's words; positions are characters of `text`."""
    return {
        "letter": report.letter.name,
        "text": report.letter.text,
        "days": [{"name": day.name or None, "on": iso(day.on)} for day in report.days],
        "known": iso(report.known),
        "citations": [_citation_json(cited) for cited in report.citations],
        "quotations": [_quotation_json(report, checked, source_of) for checked in report.quotations],
        "left_out": report.left_out,
        "totals": {verdict: report.verdicts[verdict] for verdict in VERDICTS},
        "disclaimer": DISCLAIMER,
    }


def _citation_json(cited: CitedPlace) -> shape.LetterCitation:
    ref = cited.ref
    kind: Literal["instruction", "law", "form"] = (
        "law" if ref.state == "law" else "form" if ref.state == "form" else "instruction"
    )
    return {
        "start": ref.start,
        "end": ref.end,
        "target": ref.target,
        "kind": kind,
        "days": [
            {
                "code": meant.code,
                "pinpoint": meant.pinpoint or None,
                "answer": meant.answer,
                "pinpoint_exists": meant.pinpoint_exists,
                "version_id": meant.version.id if meant.version else None,
            }
            for meant in cited.meant
        ],
    }


def _quotation_json(report: Report, checked: QuotationChecked, source_of: SourceOf) -> shape.LetterQuotation:
    return {
        "start": checked.quoted.start,
        "end": checked.quoted.end,
        "quoted": checked.quoted.how,
        "text": report.letter.text[checked.quoted.start : checked.quoted.end],
        "words": checked.words,
        "cited": list(checked.cited),
        "days": [_judgement_json(judgement, source_of) for judgement in checked.judgements],
    }


def _judgement_json(judgement: Judgement, source_of: SourceOf) -> shape.LetterJudgement:
    difference = judgement.difference
    return {
        "verdict": judgement.verdict,
        "reasons": list(judgement.reasons),
        "stands_in": [_stand_json(stand, source_of) for stand in judgement.stands],
        "then": [
            {
                "code": answer.code,
                "answer": answer.answer,
                "version_id": answer.version.id if answer.version else None,
                "citation": citation(answer),
                "as_last_seen": iso(answer.as_last_seen),
            }
            for answer in judgement.then
        ],
        "difference": _difference_json(difference, source_of) if difference else None,
        "not_held": judgement.not_held,
    }


def _stand_json(stand: Stand, source_of: SourceOf) -> shape.StandsIn:
    version = stand.version
    return {
        "code": version.code,
        "version_id": version.id,
        "effective_from": iso(version.validity.effective_from),
        "effective_until": iso(version.validity.effective_until),
        "source_url": source_of(version) or None,
        "pinpoints": list(stand.pinpoints),
    }


def _difference_json(difference: Difference, source_of: SourceOf) -> shape.LetterDifference:
    version = difference.version
    return {
        "code": version.code,
        "version_id": version.id,
        "effective_from": iso(version.validity.effective_from),
        "effective_until": iso(version.validity.effective_until),
        "source_url": source_of(version) or None,
        "pinpoint": difference.pinpoint,
        "share": round(difference.share, 4),
        "pieces": [{"of": piece.of, "text": piece.text} for piece in difference.pieces],
    }
