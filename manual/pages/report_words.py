"""What a load brought, in words and in JSON: for `load`, `watch` and the form of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from manual.dates import in_words
from manual.intake import LoadReport
from manual.intake.report import APART, ChapterHeld, PageReport
from manual.model import Code
from manual.pages.as_json import Json, finding_json, iso
from manual.pages.as_text import BLANK, Lines, StyledText, line, plain
from manual.pages.wanted_page import wanted_words
from manual.pages.words import counted, run_words, short_validity
from manual.queries.differences import Answered, Difference
from manual.queries.wanted import chapter_of

ROWS = 40
"""Up to so many pages have a line each in the table; of more, the chapters have."""
SHOWN = 2
"""Changed answers that the row of a page tells in words at most."""
NAMED = 10
"""Codes named in a sentence at most."""

KIND_WORDS = {
    "contents": "contents",
    "front_matter": "front matter",
    "register": "register of facts",
    "left_out": "left out: of the specimen, and this home holds other pages too",
    "not_understood": "not understood",
    "viewer_shell": "the viewer’s empty frame, not of the manual: open the page’s own address and save that",
    "own_page": "a page that In Force made, not of the manual",
    "circular": "amendment circular",
    "law": "law beside the manual, not of the manual",
    "notice": "news or a notice, not of the manual",
}


# ---------------------------------------------------------------- one page


def page_named(page: PageReport) -> str:
    """`WA2.60 Definitions`; the file's name if it has no code."""
    return f"{page.code} {page.title}".strip() if page.code else page.filename


def came_of(page: PageReport, on: date) -> str:
    """The result for one page: `text now held, in force since 29 September 2025`."""
    parts = [_what(page, on)]
    parts += _changes_of(page)
    if page.no_day:
        parts.append("it carries no day")
    return "; ".join(part for part in parts if part)


def _changes_of(page: PageReport) -> Iterator[str]:
    """Definite answers that changed, a few of them in words, and the number of open answers that were settled."""
    changed = [one for one in page.changes if one.was_definite]
    if changed:
        shown = "; ".join(difference_words(one) for one in changed[:SHOWN])
        more = f" and {len(changed) - SHOWN:,} more" if len(changed) > SHOWN else ""
        yield f"answers changed: {shown}{more}"
    settled = sum(1 for one in page.changes if one.kind == "settled")
    if settled:
        yield f"{counted(settled, 'run')} of days settled"


def _what(page: PageReport, on: date) -> str:
    if page.kind == "not_understood":
        return "; ".join(["not understood", *(problem.message for problem in page.problems)])
    if page.kind == "contents":
        return f"contents with {counted(page.lines, 'line')}" + ("" if page.new else ", known already")
    if page.kind != "instruction":
        return KIND_WORDS.get(page.kind, page.kind)
    if page.version is None:
        held = "no whole text in it" if page.code else "an instruction without a code"
        held = "a list of other pages, with no text of its own" if page.only_a_list else held
        return held if page.new else f"{held}; known already"
    if page.new_text:
        return f"text now held, {_standing(page, on)}"
    return f"{'no new words' if page.new else 'known already'}, {_standing(page, on)}"


def _standing(page: PageReport, on: date) -> str:
    assert page.version is not None  # as the caller found
    if page.answer == "disputed":
        return "what is in force is disputed"
    if not page.in_force:
        return f"not what is in force: {short_validity(page.version)}"
    first = page.version.validity.effective_from
    return f"in force since {in_words(first)}" if first else "in force, since when is not known"


def held_words(page: PageReport, chapters: dict[str, ChapterHeld]) -> str:
    """`12 of 36 in WA`; empty without a code."""
    one = chapters.get(chapter_of(page.code)) if page.code else None
    return f"{one.held} of {one.codes} in {one.chapter}" if one else ""


# ---------------------------------------------------------------- changed answers


def difference_words(one: Difference) -> str:
    """`A16.1, 1 May 2022 to 4 December 2024: in force (the version of 1 May 2022) → disputed (…)`."""
    return (
        f"{one.code}, {run_words(one.first, one.until)}: {told_words(one.before)} → {told_words(one.after)}"
    )


def told_words(told: Answered) -> str:
    """`in force (the version of 1 May 2022), as last seen`."""
    named = " or ".join(
        f"the version of {in_words(v.effective_from)}" if v.effective_from else "a version of unknown start"
        for v in told.versions
    )
    word = told.answer.replace("_", " ")
    return f"{word}{f' ({named})' if named else ''}{', as last seen' if told.as_last_seen else ''}"


def difference_json(one: Difference) -> Json:
    return {
        "code": one.code,
        "title": one.title,
        "from": iso(one.first),
        "until": iso(one.until),
        "kind": one.kind,
        "before": _told_json(one.before),
        "after": _told_json(one.after),
    }


def _told_json(told: Answered) -> Json:
    return {
        "answer": told.answer,
        "versions": [
            {"id": v.id, "title": v.title, "effective_from": iso(v.effective_from)} for v in told.versions
        ],
        "as_last_seen": told.as_last_seen,
    }


# ---------------------------------------------------------------- a whole load


def sentences(report: LoadReport, *, in_form: bool = False) -> Iterator[str]:
    """What was loaded, what has no day, and what is still wanted. `in_form`: for the form of the site, which asks for
    the day itself."""
    yield _brought(report)
    if not report.compared:
        yield (
            "How answers changed is not told: those before can’t be read, or another version of this program derived "
            "them."
        )
    if report.no_day:
        yield _no_day(report.no_day, in_form)
    if report.no_contents:
        yield "No table of contents that carries addresses is held: save it first."
    yield f"Still {wanted_words(report.wanted_in_force, report.wanted_others).lower()}"


def _no_day(number: int, in_form: bool) -> str:
    one = number == 1
    said = (
        f"{number:,} {'carries' if one else 'carry'} no day and {'settles' if one else 'settle'} no day by "
    )
    said += "itself" if one else "themselves"
    return f"{said}." if in_form else f"{said}; load {'it' if one else 'them'} again with `--captured DAY`."


def _brought(report: LoadReport) -> str:
    counts = dict(report.kinds)
    instructions = counts.pop("instruction", 0)
    apart = sum(counts.pop(kind, 0) for kind in APART)
    if not report.pages:
        return "No page was found."
    details = [counted(report.new_texts, "new text"), *_changed_words(report)]
    told = instructions or report.new_texts or report.changes
    parts = [f"{counted(instructions, 'instruction')} ({', '.join(details)})"] if told else []
    if circulars := counts.pop("circular", 0):
        parts.append(counted(circulars, KIND_WORDS["circular"]))
    parts += [f"{number:,} {KIND_WORDS[kind]}" for kind, number in counts.items() if kind in KIND_WORDS]
    parts += [f"{apart:,} not of the manual"] if apart else []
    codes = f" {counted(report.new_codes, 'code')} not known before." if report.new_codes else ""
    return f"{counted(len(report.pages), 'page')}: {', '.join(parts)}.{codes}"


def _changed_words(report: LoadReport) -> Iterator[str]:
    changed, settled = report.changed, report.settled
    yield f"{counted(len(changed), 'answer')} changed" + (f": {_some(changed)}" if changed else "")
    if settled:
        yield f"{counted(len(settled), 'open answer')} settled: {_some(settled)}"


def _some(codes: Sequence[Code]) -> str:
    more = f" and {len(codes) - NAMED:,} more" if len(codes) > NAMED else ""
    return ", ".join(codes[:NAMED]) + more


def report_lines(report: LoadReport) -> Lines:
    """A table, then the sentences."""
    rows = list(_rows(report))
    if rows:
        yield BLANK
        width = min(max(len(name) for name, _ in rows), 40)
        for name, what in rows:
            yield StyledText(f"{plain(name):<{width}}  "), StyledText(plain(what))
        yield BLANK
    for sentence in sentences(report):
        yield line(sentence)


def _rows(report: LoadReport) -> Iterator[tuple[str, str]]:
    """A row for each page, or for each chapter if there are many pages."""
    if len(report.pages) <= ROWS:
        for page in report.pages:
            yield page.filename, _row(page, report.on)
        return
    coded = sorted((page for page in report.pages if page.code), key=_chapter)
    for chapter, found in groupby(coded, key=_chapter):
        yield chapter, ", ".join(_of_chapter(list(found), report.chapters.get(chapter)))


def _of_chapter(pages: Sequence[PageReport], held: ChapterHeld | None) -> Iterator[str]:
    texts = sum(1 for page in pages if page.new_text)
    changed = len({one.code for page in pages for one in page.changes if one.was_definite})
    yield counted(len(pages), "page")
    if texts:
        yield counted(texts, "new text")
    if changed:
        yield f"{counted(changed, 'code')} with changed answers"
    if held is not None:
        yield f"{held.held} of {held.codes} held"


def _chapter(page: PageReport) -> str:
    return chapter_of(page.code) if page.code else ""


def _row(page: PageReport, on: date) -> str:
    name = f"{page_named(page)}: " if page.code else ""
    return f"{name}{came_of(page, on)}"


def report_json(report: LoadReport) -> Json:
    return {
        "on": iso(report.on),
        "kinds": dict(report.kinds),
        "new_texts": report.new_texts,
        "new_codes": report.new_codes,
        "answers_compared": report.compared,
        "answers_changed": {
            "codes": list(report.changed),
            "settled": list(report.settled),
            "differences": [difference_json(one) for one in report.changes],
        },
        "without_day": report.no_day,
        "still_wanted": {"in_force": report.wanted_in_force, "other": report.wanted_others},
        "sentences": list(sentences(report)),
        "pages": [_page_json(page, report.on) for page in report.pages],
    }


def _page_json(page: PageReport, on: date) -> Json:
    version = page.version
    return {
        "filename": page.filename,
        "sha256": page.sha256,
        "new": page.new,
        "kind": page.kind,
        "code": page.code,
        "codes": list(page.codes),
        "title": page.title,
        "version": version.id if version else None,
        "effective_from": iso(version.validity.effective_from) if version else None,
        "in_force": page.in_force,
        "new_text": page.new_text,
        "captured": iso(page.captured),
        "day_basis": page.day_basis or None,
        "without_day": page.no_day,
        "changed": sorted({one.code for one in page.changes if one.was_definite}),
        "came_of": came_of(page, on),
        "problems": [finding_json(problem) for problem in page.problems],
    }


def watch_line(page: PageReport, report: LoadReport) -> str:
    """`WA2.60 Definitions: text now held, in force since 29 September 2025; 12 of 36 in WA`."""
    parts: Iterable[str] = (came_of(page, report.on), held_words(page, dict(report.chapters)))
    return f"{page_named(page)}: {'; '.join(part for part in parts if part)}"
