"""From the bytes of one capture to what it says. Pure: no network, clock or database.

    bytes -> decode -> kinds -> topic | text -> Reading -> page -> ParsedPage
                          \\--> contents ------------------------/

A capture with several texts gives the first as the page and the rest as its `others` (`parts`): a page with an older
version below it (`topic`, `text_parts`), or the text of a whole section's PDF (`text_issue`).

`topic` and `text` split a page into its elements; `draft` adds labels, pinpoints and references; `notes`, `related` and
`page` work out what the page says about itself and about others. `headings` and `marks` read what follows a title;
`sentences`, with `subjects`, `times` and `verbs`, reads what a sentence begins or ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bs4 import BeautifulSoup

from manual.errors import ParseError
from manual.model import DocumentKind, Finding, ParsedPage, Sha256, SitePath
from manual.parse.circulars import read_circular
from manual.parse.contents import is_outline, lines_of_html, lines_of_text, read_contents
from manual.parse.decode import MAX_PAGE_BYTES, decode, refuse_what_is_no_page
from manual.parse.kinds import is_markup, kind_of_html, kind_of_text
from manual.parse.law import read_law
from manual.parse.notices import read_notice
from manual.parse.page import understand
from manual.parse.parts import texts_of
from manual.parse.pdf import read_pdf
from manual.parse.reading import Reading, RowList, is_foot
from manual.parse.register import parse_register
from manual.parse.soup import MAX_NESTING, below, body_of, page_title, parse_html, strings
from manual.parse.text import drop_cut_foot, read_unfolded
from manual.parse.text_fold import LONGEST_TITLE, unfolded
from manual.parse.text_issue import is_issue, marked_lines, read_issue
from manual.parse.text_line import NOTE, lines_of
from manual.parse.text_parts import texts_in
from manual.parse.text_plain import without_tool_marks
from manual.parse.topic import read_topic
from manual.publisher import INZ, Publisher

__all__ = ["MAX_NESTING", "MAX_PAGE_BYTES", "decode", "parse_capture"]


BESIDE: Mapping[DocumentKind, Callable[[str, SitePath | None, Publisher], ParsedPage]] = {
    "law": read_law,
    "circular": read_circular,
    "notice": read_notice,
}
"""Readers of what stands beside the manual. None of it is filed as an instruction."""


def parse_capture(
    data: bytes,
    *,
    media: str,
    site_path: SitePath | None,
    sha256: Sha256,
    filename: str = "",
    publisher: Publisher = INZ,
    elsewhere: bool = False,
) -> ParsedPage:
    """All that one capture says. `media` is `html`, `text`, `pdf` or `register`; markup in a `text` is read as HTML.
    `elsewhere`: its source says that it was seen on another site.

    Never raises for an odd page: it gives findings. Raises ParseError for bytes that are no page at all (empty,
    binary, image, a PDF without text), LimitExceeded for more than MAX_PAGE_BYTES bytes or MAX_NESTING levels.
    """
    name = filename or site_path or "page"
    if media == "register":
        page = parse_register(data, publisher)
    elif media == "pdf":
        page = _parse_pdf(data, site_path, name, publisher)
    else:
        refuse_what_is_no_page(data, name)
        text, _, findings = decode(data)
        if not text.strip():
            raise ParseError(
                name, "an empty page", "a page saved as HTML, or its text", "Save the page again."
            )
        page = _with_findings(_parse(text, site_path, name, publisher, elsewhere), findings)
    parts = [replace(part, findings=_placed(part, sha256)) for part in texts_of(page)]
    return replace(parts[0], others=tuple(parts[1:]))


def _parse_pdf(data: bytes, site_path: SitePath | None, name: str, publisher: Publisher) -> ParsedPage:
    """Read the text of a PDF like any other. If it is unclear which words count, take only its dates."""
    found = read_pdf(data, name)
    page = _with_findings(_parse_text(found.text, site_path, publisher), found.findings)
    return page if found.whole else _without_text(page)


def _without_text(page: ParsedPage) -> ParsedPage:
    statements = tuple(
        replace(st, text_digest="", text_damaged=True) if st.kind == "page" else st for st in page.statements
    )
    others = tuple(_without_text(other) for other in page.others)
    return replace(page, statements=statements, blocks=(), structure="damaged", others=others)


def _parse(
    text: str, site_path: SitePath | None, name: str, publisher: Publisher, elsewhere: bool
) -> ParsedPage:
    if is_markup(text):
        return _parse_html(text, site_path, name, publisher, elsewhere)
    return _parse_text(text, site_path, publisher)


def _parse_text(text: str, site_path: SitePath | None, publisher: Publisher) -> ParsedPage:
    plain, findings = without_tool_marks(text, publisher)
    return _with_findings(_parse_plain(plain, site_path, publisher), findings)


def _parse_plain(text: str, site_path: SitePath | None, publisher: Publisher) -> ParsedPage:
    if is_issue(text, publisher):
        return _parse_issue(text, site_path, publisher)
    reading = Reading(publisher)
    lines = unfolded(lines_of(text), reading)
    kind = kind_of_text([line.text for line in lines], text, site_path, publisher)
    if kind == "contents":
        page = read_contents(lines_of_text(text), publisher)
        return _of_old_edition(page, publisher) if is_outline(text.split("\n")) else page
    if kind in BESIDE:
        return BESIDE[kind](text, site_path, publisher)
    if kind != "instruction":
        return _apart(kind, text.strip().partition("\n")[0], publisher)
    texts = texts_in(lines, publisher)
    readings = [reading, *(Reading(publisher) for _ in texts[1:])]
    for one, part in zip(readings, texts, strict=True):
        read_unfolded(part, one, last=one is readings[-1])
    _drop_repeated_lists(readings)
    # A second text has no address of its own: the page's address shows the first text.
    page, *others = (_of_copy(one, site_path if one is reading else None) for one in readings)
    return replace(page, others=tuple(_as_older(other, page) for other in others))


def _of_copy(reading: Reading, site_path: SitePath | None) -> ParsedPage:
    page = understand(reading, site_path)
    if not reading.breaks_off:
        return page
    message = "the capture breaks off: it begins with the viewer's frame and ends with none; save it again"
    return _as_damaged(page, Finding("warning", "truncated", message, page.code))


def _parse_issue(text: str, site_path: SitePath | None, publisher: Publisher) -> ParsedPage:
    """The cover, and each instruction as a text of its own, which stood at no address of its own."""
    issue = read_issue(text, publisher)
    old = issue.issued_on is not None and publisher.before_edition_end(issue.issued_on)
    made = []
    for reading in issue.instructions:
        page = understand(reading, None)
        statements = page.statements
        if old:
            statements = tuple(
                replace(st, edition="pre-2010") if st.kind == "page" else st for st in statements
            )
        made.append(
            replace(
                page, statements=statements, seen_on=issue.issued_on, seen_exact=issue.issued_on is not None
            )
        )
    cover = understand(issue.cover, site_path)
    lines = tuple(replace(st, edition="pre-2010") if old else st for st in marked_lines(issue))
    cover = replace(cover, statements=(*cover.statements, *lines))
    others = tuple(_without_lists_of_ended(made))
    return replace(cover, others=others, seen_on=issue.issued_on, seen_exact=issue.issued_on is not None)


def _without_lists_of_ended(texts: Sequence[ParsedPage]) -> Iterator[ParsedPage]:
    """The texts of an issue without rows that name one of them which says that it ended: such a row is about that text,
    and would show another version, in force and without a first day."""
    ended = {st.code for page in texts for st in page.statements if st.kind == "page" and st.ends}
    for page in texts:
        statements = (
            st
            for st in page.statements
            if st.kind != "neighbour" or st.code not in ended or st.starts or st.ends
        )
        yield replace(page, statements=tuple(statements))


def _of_old_edition(page: ParsedPage, publisher: Publisher) -> ParsedPage:
    """Contents of an edition that ended as a whole: they date from its last day or earlier (rule 12)."""
    if publisher.edition_ended is None:
        return page
    statements = tuple(replace(st, edition="pre-2010") for st in page.statements)
    last = publisher.edition_ended - timedelta(days=1)
    return replace(page, statements=statements, seen_on=last, seen_exact=False)


def _parse_html(
    text: str, site_path: SitePath | None, name: str, publisher: Publisher, elsewhere: bool
) -> ParsedPage:
    soup = parse_html(text, name)
    kind = kind_of_html(soup, text, site_path, publisher, elsewhere=elsewhere)
    if kind == "contents":
        return read_contents(lines_of_html(soup, site_path, publisher), publisher)
    wordless = not any(string.strip() for string in strings(body_of(soup)))
    if wordless and (kind == "notice" or (kind == "instruction" and not page_title(soup))):
        raise ParseError(name, "a page without a word", "a page of the manual", "Save the page again.")
    if kind != "instruction":
        if kind in BESIDE:
            return BESIDE[kind](_plain_text(soup), site_path, publisher)
        return _apart(kind, page_title(soup), publisher)
    readings = read_topic(soup, site_path, publisher)
    if len(readings) == 1 and _is_on_one_line(readings[0]):
        return _parse_text(_plain_text(soup), site_path, publisher)
    _drop_repeated_lists(readings)
    first, *others = readings
    last = readings[-1]
    if _breaks_off(text):
        last.lists_break_off = bool(last.lists) or any(f.after == len(last.drafts) for f in last.foots)
        last.breaks_off = not last.lists_break_off
        drop_cut_foot(text.rstrip(), last)
        if last.lists and last.lists[-1].rows and _cut_in_a_row(text):
            last.lists[
                -1
            ].rows.pop()  # its date may be in the part that was cut off: read as an undated version
    page = _understood(first, site_path)
    if not others:
        return page
    # A second text has no address of its own: the page's address shows the first text.
    return replace(page, others=tuple(_as_older(_understood(other, None), page) for other in others))


def _is_on_one_line(reading: Reading) -> bool:
    """Whether the whole page was taken for its heading: it stands in one cell, and its words must be taken apart."""
    lines = reading.heading.split("\n")
    runs_on = len(reading.heading) > LONGEST_TITLE or any(is_foot(line) or NOTE.match(line) for line in lines)
    return runs_on and not (reading.drafts or reading.foots or reading.lists)


def _as_older(below: ParsedPage, page: ParsedPage) -> ParsedPage:
    """Mark a second text of the page's own code as old if it began earlier: what is in force stands first."""
    since, before = _first_day(page), _first_day(below)
    if below.code != page.code or since is None or before is None or before >= since:
        return below
    statements = (replace(st, shown_as_old=True) if st.kind == "page" else st for st in below.statements)
    return replace(below, statements=tuple(statements))


def _first_day(page: ParsedPage) -> date | None:
    days = [claim.day for st in page.statements if st.kind == "page" for claim in st.starts]
    return min(days, default=None)


def _drop_repeated_lists(readings: Sequence[Reading]) -> None:
    """A list printed again below an older version is that of the page, and lists this version (QZ5.10-with-old in the
    cases): read as its own, it would show another version of the same day."""
    seen = [_rows_of(one) for one in readings[0].lists]
    for later in readings[1:]:
        later.lists = [one for one in later.lists if _rows_of(one) not in seen]
        seen += [_rows_of(one) for one in later.lists]


def _rows_of(rows: RowList) -> list[tuple[str, SitePath | None]]:
    return [(row.text, row.address) for row in rows.rows]


def _plain_text(soup: BeautifulSoup) -> str:
    """The page's words, each block on a line of its own."""
    body = body_of(soup)
    for tag in below(body):
        if tag.name in _BLOCKS:
            tag.insert_before("\n")
            tag.append("\n")
        elif tag.name in ("td", "th"):
            tag.append(" ")
    return body.get_text()


_BLOCKS = frozenset(
    ("p", "li", "tr", "div", "h1", "h2", "h3", "h4", "h5", "h6", "br", "dt", "dd", "section", "article")
)


def _understood(reading: Reading, site_path: SitePath | None) -> ParsedPage:
    page = understand(reading, site_path)
    if reading.lists_break_off:
        message = (
            "the page breaks off below its text: its list of other pages may not be whole; save it again"
        )
        return replace(page, findings=(*page.findings, Finding("warning", "truncated", message, page.code)))
    if not reading.breaks_off:
        return page
    message = "the page breaks off: no foot, no list of other pages and no end tag; save it again"
    return _as_damaged(page, Finding("warning", "truncated", message, page.code))


def _as_damaged(page: ParsedPage, why: Finding) -> ParsedPage:
    """Mark an incomplete text as damaged, so that it is not compared or quoted: else the complete text, read later,
    would look like an amendment."""
    statements = tuple(
        replace(st, text_digest="", text_damaged=bool(page.blocks)) if st.kind == "page" else st
        for st in page.statements
    )
    return replace(
        page,
        statements=statements,
        structure="damaged" if page.blocks else page.structure,
        findings=(*page.findings, why),
    )


def _breaks_off(text: str) -> bool:
    """Whether the end of the page is missing. An open table shows it: tools that omit optional end tags close their
    tables."""
    low = text.lower()
    if "</html" in low or "</body" in low:
        return False
    opened = low.count("<table")
    return opened > low.count("</table") or (not opened and ("<html" in low or "<body" in low))


def _cut_in_a_row(text: str) -> bool:
    low = text.lower()
    opened = low.rfind("<a ")
    return opened >= 0 and "</a" not in low[opened:]


def _apart(kind: DocumentKind, title: str, publisher: Publisher) -> ParsedPage:
    """A document that is not an instruction: it gets a name and makes no statement."""
    title = " ".join(title.split())[:200]
    if kind == "viewer_shell":
        message = (
            "this is the viewer's empty frame, with no instruction in it: open the topic itself, at an address "
            f"such as …/{publisher.folder}/12345.htm, and save that page"
        )
        return ParsedPage(kind=kind, title=title, findings=(Finding("error", "viewer_shell", message),))
    if kind == "own_page":
        message = (
            "In Force made this page itself, so it is no source: load the saved page that it was made from"
        )
        return ParsedPage(kind=kind, title=title, findings=(Finding("warning", "own_page", message),))
    raise ValueError(f"a page of kind {kind} is not kept apart")


def _with_findings(page: ParsedPage, findings: tuple[Finding, ...]) -> ParsedPage:
    """Findings about the bytes belong to every text read from them."""
    if not findings:
        return page
    others = tuple(replace(other, findings=(*findings, *other.findings)) for other in page.others)
    return replace(page, findings=(*findings, *page.findings), others=others)


def _placed(page: ParsedPage, sha256: Sha256) -> tuple[Finding, ...]:
    """Findings with their capture added, and the page's code where they have none. Each once."""
    placed = (replace(f, capture=sha256, code=f.code or page.code) for f in page.findings)
    return tuple(dict.fromkeys(placed))
