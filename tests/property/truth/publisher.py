"""What the publisher's site shows on a day, the captures that people took of it, and what each capture says.

    site      `pages_on(code, day, rng)`: every page of a code that the site shows on that day
    captures  a random few of those, each with its own day, known or not

Each capture carries what it says as `Shown` records, so that the judge needs no parser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from random import Random
from typing import Literal

from tests.property.truth.world import DAY, EDITION_END, FIRST, Manual, TrueCode, TrueVersion

TODAY = date(2026, 8, 11)
"""The day of loading: captures of unknown day were taken by then."""

Via = Literal["page", "row", "contents", "sibling", "circular"]
Mark = Literal["", "old", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one place of a capture says of one version."""

    code: str
    number: int
    """Of the true version, or below zero for one that was withdrawn."""
    via: Via
    address: str
    at_live: bool = False
    """The place speaks of what stands at the live address."""
    mark: Mark = ""
    start: date | None = None
    by_suffix: bool = False
    """A page states its first day behind its title alone, which counts less than a circular (rule 26)."""
    end: date | None = None
    """The day in the mark of an end."""
    over: date | None = None
    """The first day without force, where the place leaves no choice: revoked, or told in words."""
    suspended: tuple[date, date] | None = None
    """The first and the last day on which it is suspended, as the page says."""
    listed: tuple[date | None, ...] = ()
    """Of a page with a whole list in order: the starts that it shows, its own included, newest first; None for a row
    without a start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One capture: bytes, address, the day on which it was taken and whether that day is known."""

    data: bytes
    media: Literal["html", "text"]
    path: str
    day: date
    known: bool
    shown: tuple[Shown, ...]
    summary: str
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    text: str
    path: str
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """An address on a day, before its bytes are written."""

    path: str
    version: TrueVersion
    live: bool
    mark: Mark
    foot: date | None
    heading: str
    banner: str = ""
    clauses: tuple[str, ...]
    notes: tuple[str, ...] = ()
    list_heading: str = ""
    rows: tuple[_Row, ...] = ()
    siblings: tuple[_Row, ...] = ()
    shown: Shown
    withdrawn: bool = False


def _printed(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _live(version: TrueVersion) -> str:
    return f"opsmanual/{version.live}"


def _archived(version: TrueVersion) -> str:
    return f"opsmanual-archive/{version.archive}" if version.old_edition else f"opsmanual/{version.archive}"


# ---------------------------------------------------------------- the new edition


def copied_from(code: TrueCode, version: TrueVersion) -> date | None:
    """The day from which a version stands at its archived address; None: never, or still in force."""
    after = code.after(version)
    if version.ended:
        if not version.stays:
            return version.until
        return after.published if after is not None and after.live == version.live else None
    return after.published if after is not None and version.until is not None else None


def is_copied(code: TrueCode, version: TrueVersion, day: date) -> bool:
    """Whether a version stands at its archived address on a day, be it only while another is announced that was
    withdrawn later."""
    since = copied_from(code, version)
    return (since is not None and since <= day) or _made_way(code, version, day)


def _made_way(code: TrueCode, version: TrueVersion, day: date) -> bool:
    return any(
        ghost.version.published <= day < ghost.gone and ghost.version.number == -1 - version.number
        for ghost in code.withdrawn
    )


def _at_live(code: TrueCode, address: int, day: date) -> tuple[TrueVersion, bool] | None:
    """What stands at a live address on a day, and whether it is one that was later withdrawn."""
    for ghost in code.withdrawn:
        if ghost.version.live == address and ghost.version.published <= day < ghost.gone:
            return ghost.version, True
    there = [v for v in code.versions if not v.old_edition and v.live == address and v.published <= day]
    if not there or (there[-1].ended and _over(there[-1], day) and not there[-1].stays):
        return None
    return there[-1], False


def _over(version: TrueVersion, day: date) -> bool:
    return version.until is not None and version.until <= day


def _is_rescinded(version: TrueVersion, day: date) -> bool:
    return version.rescinded and _over(version, day)


def _suffix(version: TrueVersion, day: date) -> str:
    """The bracket behind the title of an old version."""
    if version.ended and _over(version, day):
        word = "to" if version.ending != "revoked" else "REVOKED" if version.in_words else "revoked"
        shown = version.mark_day
        return f" ({word} {f'{shown:%d %B %Y}' if version.in_words else _printed(shown)})"
    return f" ({_printed(version.start)})"


def _notes(code: TrueCode, version: TrueVersion, day: date) -> tuple[str, ...]:
    if not (version.ended and _over(version, day)):
        return ()
    notes = []
    if version.says_ceased and version.until is not None:
        notes.append(f"Note: These instructions cease to be effective from {_printed(version.until)}.")
    if code.moved_to:
        notes.append(f"Note: Equivalent instructions are now found at {code.moved_to}.")
    return tuple(notes)


def _end_of(version: TrueVersion, day: date) -> dict[str, object]:
    """The fields of `Shown` for the end that a page of an ended version prints."""
    if not (version.ended and _over(version, day)):
        return {}
    over = version.until if version.ending == "revoked" else None
    return {"mark": "ended", "end": version.mark_day, "over": over}


def _live_page(code: TrueCode, address: int, day: date) -> _Page | None:
    found = _at_live(code, address, day)
    if found is None:
        return None
    version, withdrawn = found
    ended = _end_of(version, day)
    foot = None if version.footless or _is_rescinded(version, day) else version.printed_start(day)
    newest = [v for v in code.versions if v.published <= day][-1]
    shown = Shown(
        code=code.code,
        number=version.number,
        via="page",
        address=_live(version),
        at_live=newest.live == address,
        start=foot,
        suspended=_suspended(version, day),
        **ended,  # type: ignore[arg-type]
    )
    notes = _notes(code, version, day)
    return _Page(
        path=_live(version),
        version=version,
        live=True,
        mark=shown.mark,
        foot=foot,
        heading=f"{code.code} {version.title}"
        + (_suffix(version, day) if ended and not version.rescinded else ""),
        clauses=version.clauses,
        notes=notes,
        shown=replace(shown, over=version.until if _says(notes) else shown.over),
        withdrawn=withdrawn,
    )


def _suspended(version: TrueVersion, day: date) -> tuple[date, date] | None:
    """What the live page says of a suspension on `day`."""
    said = version.suspension
    return (said.first, said.last) if said is not None and said.told[0] <= day < said.told[1] else None


def _says(notes: Sequence[str]) -> bool:
    return any("cease" in note for note in notes)


_BANNER = "These are archived immigration instructions that are no longer current"


def _archived_page(code: TrueCode, version: TrueVersion, day: date) -> _Page | None:
    if not is_copied(code, version, day):
        return None
    ended = _end_of(version, day)
    behind = (bool(ended) and not version.rescinded) or (not ended and version.copy_style != "banner")
    foot = None if version.footless or _is_rescinded(version, day) else version.start
    start = version.start if behind and not ended else foot
    notes = _notes(code, version, day)
    shown = Shown(
        code=code.code,
        number=version.number,
        via="page",
        address=_archived(version),
        start=start,
        by_suffix=foot is None and start is not None,
        **{"mark": "old", **ended, **({"over": version.until} if _says(notes) else {})},  # type: ignore[arg-type]
    )
    return _Page(
        path=_archived(version),
        version=version,
        live=False,
        mark=shown.mark,
        foot=foot,
        heading=f"{code.code} {version.title}" + (_suffix(version, day) if behind else ""),
        banner=_BANNER if version.copy_style != "suffix" else "",
        clauses=version.copy_clauses or version.clauses,
        notes=notes + (("Note: The harbour master keeps the key of this shed.",) if version.edited else ()),
        shown=shown,
        withdrawn=_made_way(code, version, day),
    )


# ---------------------------------------------------------------- the old edition (dates.md, rule 12)

_CEASES = "The policy in this manual ceases to be effective from 29 November 2010."


def _old_page(code: TrueCode, version: TrueVersion, day: date) -> _Page | None:
    """Old texts keep their address, new ones get another; after the end all stand in the archive."""
    if day < version.start:
        return None
    gone = day >= EDITION_END
    path = _archived(version) if gone else _live(version)
    replaced = version.ending == "replaced" and _over(version, day)
    behind = replaced and version.copy_style != "banner"
    last = gone and version.ending == "edition"
    banner = (
        _CEASES
        if last
        else "- This is not current policy -"
        if replaced and version.copy_style != "suffix"
        else ""
    )
    shown = Shown(
        code=code.code,
        number=version.number,
        via="page",
        address=path,
        at_live=not replaced and not gone,
        start=version.start,
        mark="ended" if last else "old" if replaced else "",
        end=EDITION_END if last else None,
        over=EDITION_END if last else None,
    )
    return _Page(
        path=path,
        version=version,
        live=not replaced and not gone,
        mark=shown.mark,
        foot=version.start,
        heading=f"{code.code} {version.title}" + (f" ({_printed(version.start)})" if behind else ""),
        banner=banner,
        clauses=version.clauses,
        shown=shown,
    )


# ---------------------------------------------------------------- lists


def _row(code: TrueCode, version: TrueVersion, day: date, rng: Random) -> _Row:
    ended = _end_of(version, day)
    path = _archived(version) if is_copied(code, version, day) else _live(version)
    if version.old_edition:
        path = _archived(version) if day >= EDITION_END else _live(version)
    printed = version
    if code.lie == "row_date" and rng.random() < 0.3:
        printed = replace(version, start=version.start + DAY * rng.randint(-400, 400))
    shown = Shown(
        code=code.code,
        number=version.number,
        via="row",
        address=path,
        start=None if ended else printed.start,
        **{"mark": "old", **ended},  # type: ignore[arg-type]
    )
    return _Row(text=f"{code.code} {version.title}{_suffix(printed, day)}", path=path, shown=shown)


def _current_row(code: TrueCode, page: _Page, via: Via) -> _Row:
    shown = replace(page.shown, via=via, start=None, end=None, over=None, suspended=None, at_live=True)
    return _Row(text=f"{code.code} {page.version.title}", path=page.path, shown=shown)


def _with_list(code: TrueCode, page: _Page, live: _Page | None, day: date, rng: Random) -> _Page:
    """The list below a page: earlier versions on the page in force, all others on an archived one (rule 15)."""
    own = page.version
    edition = [
        v for v in code.versions if v.old_edition == own.old_edition and v.published <= day and v is not own
    ]
    if own.number < 0:
        others = edition
    elif page.live or (own.old_edition and day < EDITION_END):
        others = [v for v in edition if v.number < own.number]
    else:
        others = [v for v in edition if live is None or v is not live.version]
    rows = [_row(code, v, day, rng) for v in reversed(others)]
    if code.lie == "row_twice" and rows and rng.random() < 0.5:
        rows.insert(rng.randrange(len(rows) + 1), rng.choice(rows))
    if (
        not page.live
        and not own.old_edition
        and live is not None
        and not live.mark
        and not live.withdrawn
        and code.on(day) is not None  # a row without a date says that something is in force
        and rng.random() < 0.3
    ):
        rows.insert(0, _current_row(code, live, "row"))
    if not rows or not code.lists:
        return page
    heading = "PREVIOUS POLICY" if own.old_edition else code.list_heading
    listed = _listed(page, rows)
    return replace(page, list_heading=heading, rows=tuple(rows), shown=replace(page.shown, listed=listed))


def _listed(page: _Page, rows: Sequence[_Row]) -> tuple[date | None, ...]:
    """Starts in the order of the versions, newest first; rows without a start keep their place."""
    own = [(page.version.number if page.version.number >= 0 else 10**6, page.shown.start)]
    rest = [(row.shown.number, row.shown.start) for row in rows]
    return tuple(start for _, start in sorted(own + rest, key=lambda pair: -pair[0]))


# ---------------------------------------------------------------- the site on a day


def pages_on(code: TrueCode, day: date, rng: Random) -> list[_Page]:
    """Every page of a code that the site shows on `day`."""
    live: list[_Page] = []
    for address in dict.fromkeys(v.live for v in code.versions if not v.old_edition):
        page = _live_page(code, address, day)
        if page is not None:
            live.append(page)
    newest = live[-1] if live else None
    found = list(live)
    for version in code.versions:
        page = _old_page(code, version, day) if version.old_edition else _archived_page(code, version, day)
        if page is not None:
            found.append(page)
    return [_with_list(code, page, newest, day, rng) for page in found]


def _siblings(manual: Manual, code: TrueCode, day: date) -> tuple[_Row, ...]:
    """Other codes of the chapter, each as it stands that day; ended ones keep their line for a while."""
    rows = []
    for other in manual.codes:
        if other is not code and other.code.split(".")[0] == code.code.split(".")[0]:
            page, over = _current(other, day), other.ended_by(day)
            if page is not None:
                rows.append(_current_row(other, page, "sibling"))
            elif over is not None and over.ended and (over.unlisted is None or day < over.unlisted):
                row = _row(replace(other, lie=""), over, day, Random(0))
                rows.append(replace(row, shown=replace(row.shown, via="sibling")))
    return tuple(rows)


def _current(code: TrueCode, day: date) -> _Page | None:
    """The live page of a code with the version in force on it, if that is so on `day`."""
    version = code.on(day)
    if version is None or version.old_edition:
        return None
    page = _live_page(code, version.live, day)
    return page if page is not None and page.version is version and not page.mark else None


# ---------------------------------------------------------------- bytes

_HTML = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title> {heading} </title></head>
<body onload="loadParent();if (isTOCLoaded()) {{expand('34384');highlight('{id}')}}">
<table class="layout" width="100%" border="0"><tr><td height="25" valign="top"></td></tr>
<tr><td height="765" valign="top" id="main">
<table class="relatedtopics aboveheading"><tr valign="top"><td width="18"><p class="bodytext"><a href="{id}.htm"><img \
alt="Previous Topic" src="125.gif"></a></p></td></tr></table>
{banner}<p id="t{id}" class="heading4">{heading}</p>
<ol class="listletter">{items}</ol>{notes}
{foot}{lists}
</TD></TR><TR valign="bottom"><TD class="bodytext"><A href="#top">Top of page</A> | <A \
href="javascript:printWindow()"> Print this page</A></TD></TR></TBODY></TABLE></BODY></HTML>
"""


def _html(page: _Page) -> str:
    lists = ""
    if page.siblings:
        lists += _html_list("IN THIS SECTION", page.siblings)
    if page.rows:
        lists += _html_list(page.list_heading, page.rows)
    return _HTML.format(
        id=page.path.partition("/")[2],
        heading=page.heading,
        banner=f'<p class="bodytext"><strong>{page.banner}</strong></p>\n' if page.banner else "",
        items="".join(f'<li class="listletter">{clause}</li>' for clause in page.clauses),
        notes="".join(f'\n<p class="bodytext">{words}</p>' for words in _begins(page))
        + "".join(f'\n<p class="note">{note}</p>' for note in page.notes),
        foot=f'<p class="effectivedate">{_foot(page)}</p>' if _foot(page) else "",
        lists=lists,
    )


def _begins(page: _Page) -> list[str]:
    """The first day, where it stands in the text, and the days of a suspension."""
    in_body = page.version.in_body and page.foot is not None
    said = [f"These instructions are effective from {page.foot:%d %B %Y}."] if in_body else []
    if page.shown.suspended is not None:
        first, last = page.shown.suspended
        said.append(f"These instructions are suspended from {first:%d %B %Y} to {last:%d %B %Y}.")
    return said


def _foot(page: _Page) -> str:
    """Years of two digits stand on pages of the old edition alone."""
    if page.mark == "ended" and page.version.rescinded and page.version.until is not None:
        return f"Rescinded {_printed(page.version.until)}"
    if page.foot is None or page.version.in_body:
        return ""
    short = page.version.old_edition and page.version.in_words
    return f"Effective {page.foot:%d/%m/%y}" if short else f"Effective {_printed(page.foot)}"


def _html_list(heading: str, rows: Sequence[_Row]) -> str:
    items = "".join(
        f'<p class="relateditem"><a href="{_href(row.path)}" target="_self">{row.text}</a></p>\n'
        for row in rows
    )
    return (
        f'\n<table class="relatedtopics belowtopictext"><tr valign="top"><td>\n<p class="relatedheading">{heading}</p>'
        f"\n{items}</td></tr></table>"
    )


def _href(path: str) -> str:
    folder, _, number = path.partition("/")
    return (
        f"../opsmanual-archive/{number}.HTM" if folder.endswith("archive") else f"../opsmanual/{number}.htm"
    )


def _text(page: _Page) -> str:
    lines = [page.banner, page.heading]
    lines += [f"  {number}. {clause}" for number, clause in enumerate(page.clauses, 1)]
    lines += [*_begins(page), *page.notes]
    lines.append(_foot(page))
    if page.siblings:
        lines += ["IN THIS SECTION", *(row.text for row in page.siblings)]
    if page.rows:
        lines += [page.list_heading, *(row.text for row in page.rows)]
    lines.append("Top of page | Print this page")
    return "\n\n".join(line for line in lines if line) + "\n"


# ---------------------------------------------------------------- the contents


def _contents_rows(manual: Manual, day: date) -> Iterator[_Row | str]:
    """Lines in printed order: rows for codes, words for lines without one."""
    yield "Administration"
    chapter = ""
    for code in manual.codes:
        if code.code.split(".")[0] != chapter:
            chapter = code.code.split(".")[0]
            yield f"{chapter} Boats and their papers"
        yield from _contents_of(code, day)
    yield "Appendices"
    yield "Index"


def _contents_of(code: TrueCode, day: date) -> Iterator[_Row]:
    version = code.on(day)
    over = code.ended_by(day)
    if version is not None and not version.old_edition:
        shown = Shown(
            code=code.code, number=version.number, via="contents", address=_live(version), at_live=True
        )
        yield _Row(text=f"{code.code} {version.title}", path=_live(version), shown=shown)
    elif over is not None and over.ended and (over.unlisted is None or day < over.unlisted):
        row = _row(replace(code, lie=""), over, day, Random(0))
        yield replace(row, shown=replace(row.shown, via="contents", at_live=True))
    for old in code.versions:
        since = copied_from(code, old)
        if old.leaked and not old.old_edition and not old.ended and since is not None and since <= day:
            row = _row(replace(code, lie=""), old, day, Random(0))
            yield replace(row, shown=replace(row.shown, via="contents"))


def _contents(manual: Manual, day: date, known: bool, rng: Random) -> Taken:
    lines = list(_contents_rows(manual, day))
    html = rng.random() < 0.6
    shown = tuple(line.shown for line in lines if isinstance(line, _Row))
    if html:
        body = "\n".join(
            f'<p><a href="{_href(line.path)}">{line.text}</a></p>'
            if isinstance(line, _Row)
            else f"<p>{line}</p>"
            for line in lines
        )
        text = f"<html><head><title>Contents</title></head><body>\n{body}\n</body></html>\n"
    else:
        text = "\n".join(line.text if isinstance(line, _Row) else line for line in lines) + "\n"
    return Taken(
        data=text.encode(),
        media="html" if html else "text",
        path="opsmanual/toc",
        day=day,
        known=known,
        shown=shown,
        summary="contents, with links" if html else "contents, as text",
    )


# ---------------------------------------------------------------- captures


def _days_of(code: TrueCode) -> list[date]:
    """Days on which something happens at an address of the code."""
    days = [since for v in code.versions for since, _ in v.feet]
    days += [v.start for v in code.versions] + [v.until for v in code.versions if v.until is not None]
    for ghost in code.withdrawn:
        days += [ghost.version.published, ghost.gone]
    for version in code.versions:
        if version.suspension is not None:
            days += [*version.suspension.told, version.suspension.first, version.suspension.last]
    return days


def _moment(code: TrueCode, rng: Random) -> date:
    """A day to take captures on: soon after something happened, or any."""
    if rng.random() < 0.6:
        day = rng.choice(_days_of(code)) + DAY * rng.choice((0, 0, 1, 2, 7, 20, 60, 200, -1))
    else:
        day = date(2003, 1, 1) + DAY * rng.randint(0, (TODAY - date(2003, 1, 1)).days)
    return min(max(day, FIRST), TODAY)


def _taken(page: _Page, manual: Manual, code: TrueCode, day: date, known: bool, rng: Random) -> Taken:
    traits = ["withdrawn"] if page.withdrawn else []
    if (
        page.mark == "old"
        and page.banner
        and "(" not in page.heading
        and not page.version.old_edition
        and rng.random() < 0.2
    ):
        shown = replace(page.shown, mark="", start=page.foot)
        page = replace(page, banner="", mark="", shown=shown)
        traits.append("banner lost")
    if page.live and not page.version.old_edition and rng.random() < 0.3:
        page = replace(page, siblings=_siblings(manual, code, day))
    text = rng.random() < 0.08
    if text:
        page = _without_links(page)
    data = _text(page) if text else _html(page)
    rows = page.rows
    if rows and not text and rng.random() < 0.04:
        data, rows = _cut(data, rows, rng)
        page = replace(page, shown=replace(page.shown, listed=()))
        traits.append("cut")
    said = (page.shown, *(row.shown for row in rows), *(row.shown for row in page.siblings))
    return Taken(
        data=(b"" if text else b"\xef\xbb\xbf") + data.encode(),
        media="text" if text else "html",
        path=page.path,
        day=day,
        known=known,
        shown=said,
        summary=_summary(page, traits, len(rows)),
        traits=tuple(traits),
    )


def _without_links(page: _Page) -> _Page:
    """As text is copied, the addresses of its links are lost."""
    rows = tuple(replace(row, shown=replace(row.shown, address="")) for row in page.rows)
    siblings = tuple(replace(row, shown=replace(row.shown, address="")) for row in page.siblings)
    return replace(page, rows=rows, siblings=siblings)


def _cut(data: str, rows: tuple[_Row, ...], rng: Random) -> tuple[str, tuple[_Row, ...]]:
    """The capture breaks off inside a row of the list."""
    kept = rng.randrange(len(rows))
    at = data.index(
        _html_list("", rows[kept:]).partition("</p>\n")[2][:60].split('target="_self"')[0],
        data.rindex("relatedheading"),
    )
    return data[: at + 12], rows[:kept]


def _summary(page: _Page, traits: Sequence[str], rows: int) -> str:
    words = [page.heading, f"foot {page.foot}" if page.foot else "no foot"]
    words += [page.banner[:28]] if page.banner else []
    words += [f"{rows} rows"] if rows else []
    words += ["siblings"] if page.siblings else []
    return " | ".join([*words, *traits, f"words {page.version.number}"])


def take_pages(manual: Manual) -> tuple[Taken, ...]:
    """A random few of all the pages that could have been saved: from one to many for each code."""
    rng = Random(f"captures {manual.seed}")
    taken: list[Taken] = []
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        day = date(2011, 1, 1) + DAY * rng.randint(0, (TODAY - date(2011, 1, 1)).days)
        taken.append(_contents(manual, day, rng.random() < 0.85, rng))
    for code in manual.codes:
        for _ in range(rng.choice((1, 1, 2, 3, 5, 7, 10))):
            taken += _visit(manual, code, rng, _moment(code, rng))
        if rng.random() < 0.5:  # whoever loads a manual begins with the pages of today
            taken += _visit(manual, code, rng, date(2024, 1, 1) + DAY * rng.randint(0, 950))
    return tuple(_named_apart(taken))


def _visit(manual: Manual, code: TrueCode, rng: Random, day: date) -> list[Taken]:
    pages = pages_on(code, day, rng)
    if not pages:
        return []
    wanted = pages if rng.random() < 0.12 else [rng.choice([p for p in pages if p.live] or pages)]
    if rng.random() < 0.4:
        wanted = [rng.choice(pages)]
    known = rng.random() < 0.86
    return [_taken(page, manual, code, day, known, rng) for page in wanted]


def _named_apart(taken: Sequence[Taken]) -> Iterator[Taken]:
    """The same bytes seen twice of unknown day are one capture."""
    seen: set[tuple[bytes, str, date | None]] = set()
    for one in taken:
        key = (one.data, one.path, one.day if one.known else None)
        if key not in seen:
            seen.add(key)
            yield one


def neighbours(starts: Sequence[date | None]) -> Iterator[tuple[date, date]]:
    """Pairs of a start and the next newer one, of versions that a whole list shows side by side."""
    for newer, older in pairwise(starts):
        if newer is not None and older is not None and older < newer:
            yield older, newer
