"""What was found, as lines for people: for the command line and for assistants."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from manual.dates import in_words, local_day
from manual.errors import NotFound
from manual.pages.as_text import Lines, Shown, answer_lines, block_lines, line
from manual.pages.beside_lines import around_lines
from manual.pages.found import Found, source_of
from manual.pages.meant import notices
from manual.queries import KnowledgeBase, VersionText

if TYPE_CHECKING:
    from manual.pages.work_page import ChangeRow


def found_lines(kb: KnowledgeBase, found: Found, today: date) -> Lines:
    """The answer to what was named, with its text where it is held."""
    if found.meant.beside:
        return _work_lines(kb, found)
    return chain(answer_lines(found.answer, _shown(kb, found, today)), around_lines(kb, found))


def _work_lines(kb: KnowledgeBase, found: Found) -> Lines:
    """A work beside the manual with its own authority: a provision is law, a notice binds nobody."""
    # it imports the pages of the site, which most questions do not need
    from manual.pages.work_page import work_page

    try:
        page = work_page(kb, found.answer.code, found.answer.when)
    except NotFound:
        yield line(f"{found.meant.typed} is in no page that was read.")
        return
    yield line(page.heading, "strong")
    yield line(f"{page.kind}. {page.authority}")
    yield line(page.sentence)
    if page.source:
        yield line(f"Source: {page.source}", "faint")
    if page.law_address:
        yield line(f"The latest version of the law: {page.law_address}", "faint")
    if page.changes:
        yield line("What it changes:")
    yield from (line(_change_words(row), indent=2) for row in page.changes)
    for number, day in page.appendix_days:
        yield line(f"Its Appendix {number}: from {in_words(day)}", indent=2)
    if found.text is not None:
        yield from block_lines(found.text.blocks)
    if page.mentions:
        yield line(f"What it names: {', '.join(words for words, _ in page.mentions)}")
    if page.cited_by:
        yield line("Instructions in force on this day that cite it:")
    for one in page.cited_by:
        yield line(f"{one.pinpoint}  {one.title}", indent=2)


def _change_words(row: ChangeRow) -> str:
    change = row.change
    day = f" from {in_words(change.day)}" if change.day else ""
    scope = f" ({row.scope})" if row.scope else ""
    return f"{change.code}  {row.named}: {change.happens}{day}{scope}"


def _shown(kb: KnowledgeBase, found: Found, today: date) -> Shown:
    answer, text, when = found.answer, found.text, found.answer.when
    capture = kb.capture(text.capture, when.known) if text else None
    captured = capture.captured_at if capture else None
    return Shown(
        today=today,
        text=text,
        source=source_of(kb, when.known)(answer.version) if answer.version else "",
        captured=local_day(captured, kb.publisher) if captured else None,
        keeper=capture is not None and capture.day_basis == "keeper",
        pinpoint=found.pinpoint,
        notices=notices(kb, found.meant, when),
        title=kb.title_of(answer.code, when) if answer.answer != "unknown_code" else "",
        others=tuple(_other(kb, text, when.known) for text in found.others),
        near_titles={code: kb.title_of(code, when) for code in answer.nearest_codes},
    )


def _other(kb: KnowledgeBase, text: VersionText, known: date | None) -> tuple[VersionText, str]:
    """A text with the name of the page that holds it."""
    capture = kb.capture(text.capture, known)
    return text, str(capture.address or capture.site_path or capture.filename)
