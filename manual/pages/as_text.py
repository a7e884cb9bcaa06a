"""The answers as lines for a terminal: the same records as the pages and the JSON, in words.

Everything from a page passes through `plain`, so that no captured text can move the cursor, colour the screen or change
the reading direction. Lines consist of pieces of text with a role; `cli` chooses the colours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from manual.dates import in_words
from manual.model import Answer, Block, EndClaim, Finding, History, Version, VersionId
from manual.pages.meant import Notice
from manual.pages.shifts import shift_sentence
from manual.pages.words import (
    ANSWER_LABEL,
    ANSWER_MEANING,
    AS_KEEPER_SAYS,
    BASIS_MEANING,
    DAMAGED,
    NEVER_SEEN,
    NOT_HELD,
    SETTLE,
    SPECIMEN_SAID,
    TEXTS_DISPUTED,
    UNTITLED,
    answer_sentence,
    counted,
    day_before,
    entry_label,
    further_reasons,
    gap_sentence,
    is_invented,
    last_seen_sentence,
    seen_on,
    short_validity,
    stated_dates,
)
from manual.store.sights import is_specimen

if TYPE_CHECKING:
    from indexer import Candidate, Hit, SearchResult, Stood
    from manual.history.why import Considered, Stated, Why
    from manual.queries import VersionText
    from manual.queries.news import News
    from manual.queries.results import Contents, Coverage, VersionChange

Role = Literal["", "strong", "faint", "removed", "added", "match", "alert"]


class StyledText(NamedTuple):
    """A piece of one line. (A tuple: each dataclass would slow down every start of the program.)"""

    text: str
    role: Role = ""


PrintedLine = tuple[StyledText, ...]
Lines = Iterator[PrintedLine]

# Controls of both sets, marks that turn the direction, halves of surrogate pairs, separators of lines.
# (A table: compiling a set that reaches so far takes 4 ms, at every start.)
_HARMFUL = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A),
     *range(0xFFF9, 0xFFFC), *range(0xD800, 0xE000)),
    "�",
)  # fmt: skip
INDENT = 4


def plain(text: str) -> str:
    r"""`text` on one line, without control characters.

    >>> plain("red \x1b[31m\n and back")
    'red �[31m and back'
    """
    return " ".join(text.split()).translate(_HARMFUL)


def line(text: str = "", role: Role = "", *, indent: int = 0) -> PrintedLine:
    """One line of one role."""
    return (StyledText(" " * indent + plain(text), role),)


BLANK: PrintedLine = (StyledText(""),)


# ---------------------------------------------------------------- answers


class Shown(NamedTuple):
    """What `show` needs beside the answer."""

    today: date
    near_titles: Mapping[str, str]
    """Titles of the codes that are offered where the one asked for is unknown."""
    text: VersionText | None = None
    source: str = ""
    """Web address of the version's source page."""
    captured: date | None = None
    """Day on which the page of the text was saved, where known."""
    keeper: bool = False
    """That day is what whoever loaded the page says."""
    pinpoint: str = ""
    """The place that was asked for."""
    notices: tuple[Notice, ...] = ()
    """What is to be said of that place, or of the address that was asked for."""
    others: tuple[tuple[VersionText, str], ...] = ()
    """Other words that were archived for the first day of the version, each with the page that holds them."""
    title: str = ""
    """For answers without a version."""


def as_known(known: date | None, lines: Lines) -> Lines:
    """`lines`, preceded by a line saying so if pages seen later are left out."""
    if known is not None:
        yield line(f"As could be known on {in_words(known)}.", "faint")
    yield from lines


def answer_lines(answer: Answer, shown: Shown) -> Lines:
    """One answer: heading, the day, the answer in a sentence, how it is known, and the text where it is held."""
    version = answer.version
    title = version.title if version else shown.title
    yield line(f"{shown.pinpoint or answer.code}  {title}".rstrip(), "strong")
    if answer.answer == "unknown_code":
        yield from _unknown_lines(answer, shown)
        return
    yield line(
        f"On {in_words(answer.on)}: {ANSWER_LABEL[answer.answer].lower()}.{_known_words(answer)}", "strong"
    )
    yield from (line(notice.in_words(), "alert") for notice in shown.notices)
    yield from specimen_lines([version] if version else answer.candidates)
    yield line(answer_sentence(answer, shown.today))
    for sentence in (last_seen_sentence(answer), gap_sentence(answer)):
        if sentence:
            yield line(sentence)
    if version:
        yield from _version_details(version, shown)
    yield from _candidate_lines(answer)
    yield from _listed("Why:", further_reasons(answer, answer_sentence(answer, shown.today)))
    yield from _neighbour_lines(answer)
    yield from _listed("Findings:", [_finding_here(finding) for finding in answer.findings])
    if version and version.other_texts:
        yield line(f"{TEXTS_DISPUTED} Captures: {', '.join(_disputed_captures(version))}.", "alert")
    if version and shown.text:
        yield from _text_lines(shown.text, shown)
    for text, page in shown.others:
        yield from _text_lines(text, shown._replace(source=page, captured=None))


def _disputed_captures(version: Version) -> Iterator[str]:
    yield from (sha256 for sha256 in (version.text_capture, *version.other_texts) if sha256)


def _known_words(answer: Answer) -> str:
    return f" As could be known on {in_words(answer.known)}." if answer.known else ""


def specimen_lines(versions: Iterable[Version | None]) -> Lines:
    """The notice that marks the specimen wherever it is printed."""
    if any(version is not None and is_invented(version) for version in versions):
        yield line(SPECIMEN_SAID, "alert")


def _unknown_lines(answer: Answer, shown: Shown) -> Lines:
    if answer.known:
        yield line(f"No page that was saved by {in_words(answer.known)} gives this code to anything.")
    else:
        yield line(f"It is not known here. {ANSWER_MEANING['unknown_code']}")
    if answer.nearest_codes:
        yield line("Nearest codes that are known:")
    for code in answer.nearest_codes:
        yield line(f"{code}  {shown.near_titles.get(code, '')}".rstrip(), indent=2)


def _version_details(version: Version, shown: Shown) -> Lines:
    if version.basis_from:
        yield line(f"First day: {BASIS_MEANING[version.basis_from]}.", indent=2)
    if version.basis_until:
        yield line(f"End: {BASIS_MEANING[version.basis_until]}.", indent=2)
    for words in _further_dates(version):
        yield line(words, indent=2)
    if not version.text_held:
        where = f" Its page: {shown.source}" if shown.source else " No page of it is known."
        yield line((DAMAGED if version.text_damaged else NOT_HELD) + where, indent=2)
    elif shown.text is None:
        yield line("Its text is held.", indent=2)
    if version.subject_changed:
        yield line("The code designated another subject before this version.", indent=2)


def _further_dates(version: Version) -> Iterator[str]:
    """Dates that pages state for a bound but that were not used."""
    for claim in version.starts:
        if claim.day != version.validity.effective_from:
            yield f"Also stated as its start: {in_words(claim.day)} ({BASIS_MEANING[claim.basis]})."
    if version.validity.effective_until:
        for end in version.ends:
            if end.day is None or end.day != version.validity.effective_until:
                yield f"Also stated as its end: {_end_as_stated(end)} ({BASIS_MEANING[end.basis]})."


def _end_as_stated(end: EndClaim) -> str:
    return in_words(end.day) if end.day else f"no readable day ({end.raw})"


def _candidate_lines(answer: Answer) -> Lines:
    """The candidates with what is stated about each, since none of their bounds is certain."""
    if answer.answer not in ("disputed", "undated"):
        return
    if answer.candidates:
        yield line("Candidates:")
    for version in answer.candidates:
        yield line(
            f"- {version.title or UNTITLED} ({stated_dates(version)}; {_held(version)}; {version.id})",
            indent=2,
        )


def _held(version: Version) -> str:
    return (
        "text damaged, not shown"
        if version.text_damaged
        else "text held"
        if version.text_held
        else "text not held"
    )


def _neighbour_lines(answer: Answer) -> Lines:
    if answer.answer in ("in_force", "disputed"):
        return
    for name, version in (("Version before", answer.previous), ("Version after", answer.next)):
        if version:
            yield line(f"{name}: {version.title or UNTITLED}, {short_validity(version)}", indent=2)


def _listed(heading: str, sentences: Sequence[str]) -> Lines:
    if sentences:
        yield line(heading)
    for sentence in dict.fromkeys(sentences):
        yield line(f"- {sentence}", indent=2)


def why_lines(why: Why, title: str) -> Lines:
    """What one answer rests on: reasons, rules, and the versions considered with what pages say about each."""
    yield line(f"{why.code}  {title}".rstrip(), "strong")
    yield line(f"On {in_words(why.on)}: {ANSWER_LABEL[why.answer].lower()}.", "strong")
    yield from _listed("Why:", why.reasons)
    yield from _listed("Rules that decided (of the notes on dates):", why.rules)
    yield line("Versions considered:" if why.versions else "No page speaks of any version.")
    for version in why.versions:
        yield from _considered_lines(version)
    yield from _listed(f"{SETTLE}:", why.settle)


def _considered_lines(version: Considered) -> Lines:
    possible = "may be in force on that day" if version.possible else "not in force on that day"
    yield line(f"- {version.title or UNTITLED} ({version.id}): {possible}", indent=2)
    yield line(f"start: {' or '.join(version.starts) or 'not known'}", indent=4)
    yield line(f"end: {'; '.join(version.ends) or 'none stated'}", indent=4)
    for stated in version.stated:
        yield line(_stated_words(stated), "faint", indent=4)


def _stated_words(stated: Stated) -> str:
    seen = f"seen on {in_words(stated.seen)}" if stated.seen else "seen on a day that is not known"
    where = ", ".join(place for place in (stated.address, stated.locator) if place)
    return f"{stated.says} [{seen}{'; ' + where if where else ''}; {stated.capture}]"


# ---------------------------------------------------------------- texts


def _text_lines(text: VersionText, shown: Shown) -> Lines:
    captured = f", saved on {in_words(shown.captured)}" if shown.captured else ""
    captured += AS_KEEPER_SAYS if captured and shown.keeper else ""
    yield BLANK
    yield line(f"Text{captured}{' from ' + shown.source if shown.source else ''}:", "faint")
    if text.structure == "flat":
        yield line("Its capture lost the levels of the lists, so clauses carry no labels.", "alert")
    if text.structure == "damaged":
        yield line("Its capture lost words of the text. Don't quote it.", "alert")
    blocks: Sequence[Block] = text.blocks
    if shown.pinpoint:
        blocks = [
            block for whole in text.blocks for block in whole.walk() if block.pinpoint == shown.pinpoint
        ][:1]
    yield from block_lines(blocks)


def block_lines(blocks: Iterable[Block], depth: int = 0) -> Lines:
    """A block tree, each level of clauses indented once more."""
    for block in blocks:
        yield from _one_block(block, depth)
        yield from block_lines(block.children, depth if block.kind == "heading" else depth + 1)


def _one_block(block: Block, depth: int) -> Lines:
    indent = INDENT * depth
    if block.kind == "heading":
        yield BLANK
        yield line(f"{block.label} {block.text}".strip(), "strong", indent=indent)
    elif block.rows:
        for row in block.rows:
            yield line(" | ".join(plain(cell.text) for cell in row), indent=indent)
    elif block.label or block.text:
        yield line(f"{block.label} {block.text}".strip(), indent=indent)


def wrapped(made: PrintedLine, width: int) -> Iterator[PrintedLine]:
    """A line of one piece wrapped at `width` with hanging indent; a line of several pieces unchanged."""
    if len(made) != 1 or len(made[0].text) <= width:
        yield made
        return
    import textwrap  # only terminals need it, and importing it is slow

    text, role = made[0].text, made[0].role
    indent = len(text) - len(text.lstrip(" "))
    label = re.match(r" *(?:\([a-z]+\)|[-•]|\d+\.) ", text)
    hanging = label.end() if label else indent
    for piece in textwrap.wrap(text, max(width, hanging + 20), subsequent_indent=" " * hanging):
        yield (StyledText(piece, role),)


# ---------------------------------------------------------------- history, contents, changes


def history_lines(history: History, title: str) -> Lines:
    """Every version, oldest first, disputed periods, and what else is known about the code."""
    yield line(f"{history.code}  {title}".rstrip(), "strong")
    yield line(f"{counted(len(history.versions), 'version')} known, oldest first.")
    yield from specimen_lines(history.versions)
    for version in history.versions:
        if version.subject_changed:
            yield line("-- from here on the code designates another subject --", "alert", indent=2)
        yield line(_version_words(version), indent=2)
    disputed = [span for span in history.spans if span.answer in ("disputed", "undated")]
    for span in disputed:
        period = _days(span.first, span.until)
        yield line(f"{ANSWER_LABEL[span.answer]} {period}: {' '.join(span.reasons)}", "alert", indent=2)
    for link in history.links:
        when = f" on {in_words(link.day)}" if link.day else ""
        yield line(f"{link.source} was {link.kind} to {link.target}{when}: {link.evidence}", indent=2)
    if history.last_seen:
        yield line(f"As last seen {seen_on(history.last_seen, exact=history.last_seen_exact)}.")
    elif not history.last_seen_exact:
        yield line(NEVER_SEEN.format(it="it was in force"))
    yield from _listed("Findings:", [_finding_here(finding) for finding in history.findings])


def _days(first: date | None, until: date | None) -> str:
    """A run of days in words, with its first and last day; `until` itself is excluded."""
    last = day_before(until) if until else None
    if first and last:
        return f"on {in_words(last)}" if first == last else f"from {in_words(first)} to {in_words(last)}"
    return f"from {in_words(first)} on" if first else f"up to {in_words(last)}" if last else "on every day"


def _version_words(version: Version) -> str:
    disputed = [
        name
        for name, basis in (("start", version.basis_from), ("end", version.basis_until))
        if basis == "dispute"
    ]
    doubt = f" ({' and '.join(disputed)} disputed)" if disputed else ""
    bases = "/".join(basis for basis in (version.basis_from, version.basis_until) if basis)
    known = f"{bases}; {_held(version)}" if bases else _held(version)
    return f"{short_validity(version)}{doubt}: {version.title} [{known}]"


def contents_lines(contents: Contents) -> Lines:
    """The tree in printed order; entries not in force are marked."""
    if contents.on:
        yield line(f"Contents as on {in_words(contents.on)}", "strong")
    if contents.note:
        yield line(contents.note, "alert")
    for entry in contents.entries:
        heading = (
            f"{entry.code}  {entry.title}"
            if entry.code and not entry.title.startswith(entry.code)
            else entry.title
        )
        label = entry_label(entry)
        status = f"  [{label.lower()}]" if label else ""
        if entry.unlisted:
            status += "  [known from pages, not in these contents]"
        if entry.kind == "top" and is_specimen(entry.address):
            status += "  [specimen]"
        role: Role = "strong" if entry.kind == "top" else "faint" if status else ""
        yield line(f"{heading}{status}", role, indent=2 * entry.depth)
    entries = [
        counted(number, *_ENTRIES.get(name, (name, name)))
        for name, number in contents.totals.items()
        if ":" not in name
    ]
    yield line(f"Entries: {', '.join(entries) or 'none'}.")
    if contents.on:
        answers = [
            f"{number:,} {name.removeprefix('status:').replace('_', ' ')}"
            for name, number in contents.totals.items()
            if name.startswith("status:")
        ]
        yield line(f"Answers: {', '.join(answers) or 'none'}.")


_ENTRIES = {
    "top": ("top heading", ""),
    "heading": ("heading", ""),
    "part": ("part", ""),
    "chapter": ("chapter", ""),
    "section": ("section", ""),
    "appendix": ("appendix", "appendices"),
    "appendix_child": ("page of an appendix", "pages of appendices"),
}


_HAPPENED = {"began": "began", "replaced": "was replaced", "ended": "ended", "revoked": "was revoked"}
_TO_HAPPEN = {
    "began": "is to begin",
    "replaced": "is to be replaced",
    "ended": "is to end",
    "revoked": "is to be revoked",
}


def changes_lines(first: date, until: date, changes: Sequence[VersionChange]) -> Lines:
    """What happened, day by day."""
    if until <= first:
        yield line("No day lies between these two: the first is included, the second is not.", "alert")
        return
    yield line(f"{counted(len(changes), 'change')} {_days(first, until)}.", "strong")
    yield from _by_day(changes, _HAPPENED)


def _by_day(changes: Sequence[VersionChange], verbs: Mapping[str, str]) -> Lines:
    day: date | None = None
    for change in changes:
        if change.day != day:
            day = change.day
            yield line(in_words(day), "strong")
        disputed = "  [the day is disputed]" if change.disputed else ""
        title = f": {change.title}" if change.title else ""
        yield line(f"{change.code} {verbs[change.kind]}{title}{disputed}", indent=2)


def news_lines(news: Sequence[News]) -> Lines:
    """What is new since the last run, by code; empty if nothing is."""
    code = None
    for one in news:
        if one.code != code:
            code = one.code
            yield line(f"{code}  {one.title}".rstrip(), "strong")
        if one.shift is not None:
            yield line(shift_sentence(one.shift), indent=2)
        elif one.change is not None:
            yield line(f"{in_words(one.change.day)}: {_HAPPENED[one.change.kind]}.", indent=2)


def coming_lines(on: date, changes: Sequence[VersionChange], newest: date | None) -> Lines:
    """What is announced and not yet in force on a day, the nearest first."""
    read = f" The newest page was captured on {in_words(newest)}." if newest else ""
    if not changes:
        yield line(f"Nothing that was read is announced for a day after {in_words(on)}.{read}")
        return
    yield line(f"{counted(len(changes), 'change')} announced for days after {in_words(on)}.{read}", "strong")
    yield from _by_day(changes, _TO_HAPPEN)


def coverage_lines(coverage: Coverage) -> Lines:
    """How much is known of each part. A version may be known by its dates without its text."""
    yield line(f"Made from {counted(coverage.captures, 'capture')}.", "strong")
    for row in (*coverage.parts, coverage.total):
        name = row.part or ("Not in the contents" if row is not coverage.total else "All")
        captured = f"; newest capture {in_words(row.newest_capture)}" if row.newest_capture else ""
        yield line(
            f"{name}: {counted(row.instructions, 'instruction')}, {counted(row.versions, 'version')} "
            f"({row.dated:,} with a first day, {row.held:,} with text held), {row.disputed:,} with disputed days, "
            f"{row.undated:,} without a date{captured}"
        )
    found = ", ".join(f"{number:,} {severity}" for severity, number in coverage.findings.items())
    yield line(f"Findings: {found or 'none'}. `inforce check` lists them.")


def _finding_here(finding: Finding) -> str:
    """A finding as printed with an answer; `inforce check` also gives the capture and the place in it."""
    return f"{finding.severity} {finding.kind}: {finding.message}"


def finding_text(finding: Finding) -> str:
    """`severity kind code: message (capture, locator)`."""
    name = " ".join(part for part in (finding.severity, finding.kind, finding.code) if part)
    where = ", ".join(part for part in (finding.capture, finding.locator) if part)
    return f"{name}: {finding.message}" + (f" ({where})" if where else "")


# ---------------------------------------------------------------- search


def search_lines(result: SearchResult) -> Lines:
    """Hits with their passages and the remarks a reader needs."""
    when = f"on {in_words(result.on)}" if result.on else "at any time"
    found = f"{counted(result.total, 'instruction')} {when}; {result.holding_all} with all the words."
    yield line(found if result.total else f"Nothing was found {when}.", "strong")
    for note in result.notes:
        yield line(note, "alert")
    if result.expanded:
        yield line(f"Also searched: {', '.join(result.expanded)}", "faint")
    if result.did_you_mean:
        found = counted(result.did_you_mean_total, "instruction")
        yield line(f"Did you mean: {result.did_you_mean} ({found})")
    for place, hit in enumerate(result.hits):
        if place == result.first_of_rest:
            rest = result.total - place
            yield line(f"— all the words: {result.holding_all:,}; some of them: {rest:,} more —", "faint")
        yield from _hit_lines(hit)


def _hit_lines(hit: Hit) -> Lines:
    state = "" if hit.answer == "in_force" else f"  [{ANSWER_LABEL[hit.answer].lower()}]"
    yield (
        StyledText(plain(f"{hit.pinpoint or hit.code}  {hit.title}"), "strong"),
        StyledText(state, "alert"),
    )
    if hit.versions:
        yield line(str(hit.versions), "faint", indent=INDENT)
    if hit.answer == "disputed":
        yield line(
            f"May have been in force: {'; '.join(map(_candidate, hit.candidates))}", "faint", indent=INDENT
        )
    if hit.snippet:
        marked = (
            StyledText(_kept_edges(piece.text), "match" if piece.marked else "") for piece in hit.snippet
        )
        yield (StyledText(" " * INDENT), *marked)
    elif not hit.text_held:
        yield line(NOT_HELD, "faint", indent=INDENT)


def _candidate(one: Candidate) -> str:
    if one.effective_from is None:
        return f"a version whose first day is not known ({one.version_id})"
    until = f" to {in_words(day_before(one.effective_until))}" if one.effective_until else " on"
    return f"the version from {in_words(one.effective_from)}{until}"


def _kept_edges(text: str) -> str:
    """Like `plain`, but keeps one space at either end if there was one."""
    inner = plain(text)
    return (" " if text[:1].isspace() else "") + inner + (" " if text[-1:].isspace() and inner else "")


def stood_lines(stood: Stood, period_of: Callable[[VersionId], str]) -> Lines:
    """When a phrase first and last stood in an instruction."""
    if stood.first is None or stood.last is None:
        yield line(f"“{stood.words}” stands in none of the texts of {stood.code} that are held.")
    else:
        yield line(
            f"“{stood.words}” stands in {len(stood.matching)} of {stood.of} versions of {stood.code}.",
            "strong",
        )
        yield line(f"First: {period_of(stood.first)}", indent=2)
        yield line(f"Last: {period_of(stood.last)}", indent=2)
    if stood.not_held:
        yield line(
            f"{counted(stood.not_held, 'version')} could not be looked at: the text is not held or is damaged.",
            "alert",
        )
