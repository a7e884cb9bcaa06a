"""What stands between versions: references and back, comparisons, changes over time, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from manual import citation
from manual.citation import Citation
from manual.citation.references import ends_of
from manual.dates import in_words
from manual.errors import CitationError
from manual.model import Answer, Code, Version, VersionId
from manual.publisher import Publisher
from manual.queries.contents import newest_tree, order_of, part_of
from manual.queries.designating import StandingOn
from manual.queries.results import (
    Comparison,
    Coverage,
    CoverageRow,
    Followed,
    Referrer,
    VersionChange,
)
from manual.queries.state import State
from manual.queries.texts import VersionText, text_of
from manual.store.read import ChangeRow

if TYPE_CHECKING:
    from manual.compare import Redline

# ---------------------------------------------------------------- references


def follow(state: State, target: str, on: date) -> Followed:
    """Where a reference leads, by the rule for everything that is typed (`citation.designate`)."""
    cited = _cited(target, state.publisher)
    if cited is None:
        return Followed(
            target=target,
            code=None,
            pinpoint="",
            answer="unknown_code",
            version=None,
            pinpoint_exists=None,
        )
    found = citation.designate(cited, StandingOn(state, on), offers=False, publisher=state.publisher)
    answer = state.answer(found.code or cited.code, on, near=False)
    return Followed(
        target=target,
        code=answer.code,
        pinpoint=cited.pinpoint,
        answer=answer.answer,
        version=answer.version,
        pinpoint_exists=True if found.known and found.pinpoint is None else found.place_exists,
    )


@lru_cache(maxsize=2048)  # a text's references are those of the version before it
def _cited(target: str, publisher: Publisher) -> Citation | None:
    """What a target names, the first end of a range; None where it is no code."""
    ends = ends_of(target)
    try:
        return citation.parse_citation(ends[0] if ends else target, publisher)
    except CitationError:
        return None


def referrers(state: State, code: Code, on: date) -> tuple[Referrer, ...]:
    """By contents order. A place inside a section counts for the section, unless it is a code of its own that day."""
    section, day, standing = citation.section_of(code), on.toordinal(), StandingOn(state, on)
    found: dict[Referrer, None] = {}
    for row in state.references.get(section, lambda: state.reader.refs_to(section)):
        if not row.stands_on(day):
            continue
        means = citation.meant(row.named, standing.stands, standing.knows)
        if means == code and row.code != code:
            referrer = Referrer(
                code=row.code,
                title=row.title,
                pinpoint=row.pinpoint,
                version_id=row.version,
                target=row.target,
            )
            found[referrer] = None
    return tuple(sorted(found, key=lambda referrer: order_of(state, referrer.code)))


# ---------------------------------------------------------------- comparisons


def compare(state: State, code: Code, one: date, other: date) -> Comparison:
    old, new = (state.answer(code, day) for day in (one, other))
    note = _why_not(old) or _why_not(new)
    if not note and old.version == new.version:
        note = "The same version was in force on both days."
    if note:
        return _comparison(code, old.version, new.version, None, note, (old, new))
    assert old.version is not None
    assert new.version is not None
    return _compared(state, code, old.version, new.version, (old, new))


def compare_versions(state: State, code: Code, old: Version, new: Version) -> Comparison:
    if old.id == new.id:
        return _comparison(code, old, new, None, "It is one and the same version.", None)
    return _compared(state, code, old, new, None)


def _why_not(answer: Answer) -> str:
    """Why a day has no single text; empty where it has one."""
    if answer.answer == "in_force":
        return ""
    words = {
        "ended": f"{answer.code} was not in force on {in_words(answer.on)}: it had ended",
        "before_record": f"Nothing is known of {answer.code} as early as {in_words(answer.on)}",
        "not_yet": f"{answer.code} had not begun by {in_words(answer.on)}",
        "disputed": f"Which version of {answer.code} was in force on {in_words(answer.on)} is disputed",
        "undated": f"No date is known that tells what {answer.code} was on {in_words(answer.on)}",
        "unknown_code": f"{answer.code} is not known here",
    }
    return words[answer.answer] + "."


def _compared(
    state: State, code: Code, old: Version, new: Version, answers: tuple[Answer, Answer] | None
) -> Comparison:
    from manual.compare import compare as redline_of  # loaded when asked for: it brings rapidfuzz

    texts = text_of(state, old), text_of(state, new)
    note = _why_no_text(old, texts[0]) or _why_no_text(new, texts[1])
    if note or texts[0] is None or texts[1] is None:
        return _comparison(code, old, new, None, note, answers)
    if texts[0].structure != texts[1].structure:
        note = "One of the two was captured without its numbering, so that clauses are matched by their words alone."
    redline = redline_of(texts[0].blocks, texts[1].blocks)
    return _comparison(code, old, new, redline, note, answers)


def _why_no_text(version: Version, text: VersionText | None) -> str:
    start = version.validity.effective_from
    which = f"The version of {in_words(start)}" if start else "A version of unknown start"
    if text is None:
        return f"{which} is known by its date only: its text is not held, so nothing is concluded."
    if version.other_texts:
        return f"{which} was archived with several texts, so nothing is concluded."
    if version.text_damaged or text.structure == "damaged":
        return f"{which} was captured with words missing, so nothing is concluded."
    return ""


def _comparison(
    code: Code,
    old: Version | None,
    new: Version | None,
    redline: Redline | None,
    note: str,
    answers: tuple[Answer, Answer] | None,
) -> Comparison:
    return Comparison(
        code=code,
        old=answers[0] if answers else None,
        new=answers[1] if answers else None,
        old_version=old,
        new_version=new,
        redline=redline,
        note=note,
    )


# ---------------------------------------------------------------- over time, over all


def changes_between(state: State, first: date, until: date) -> tuple[VersionChange, ...]:
    found = _changes(state, state.reader.changes(first, until))
    return tuple(sorted(found, key=lambda change: (change.day, order_of(state, change.code))))


def changes_of(state: State, code: Code) -> tuple[VersionChange, ...]:
    return tuple(_changes(state, state.reader.changes_of(code)))


def _changes(state: State, rows: Sequence[ChangeRow]) -> Iterator[VersionChange]:
    wanted: dict[Code, set[VersionId]] = {}
    for _, code, _, *ids, _ in rows:
        wanted.setdefault(code, set()).update(VersionId(id) for id in ids if id)
    versions: dict[str | None, Version] = {
        version.id: version for code, ids in wanted.items() for version in state.versions_of(code, ids)
    }
    for day, code, kind, old_id, new_id, disputed in rows:
        old, new = versions.get(old_id), versions.get(new_id)
        shown = new or old
        yield VersionChange(
            day=date.fromordinal(day),
            code=code,
            title=shown.title if shown else "",
            kind=kind,  # type: ignore[arg-type]
            old=old,
            new=new,
            part=part_of(state, code),
            disputed=bool(disputed),
        )


def coverage(state: State) -> Coverage:
    return state.kept("coverage", lambda: _coverage(state))


def _coverage(state: State) -> Coverage:
    by_part: dict[str, list[Code]] = {}
    for node in newest_tree(state).nodes:
        if node.kind == "top":
            by_part.setdefault(node.title, [])
    for code in sorted(state.codes(), key=lambda code: order_of(state, code)):
        by_part.setdefault(part_of(state, code), []).append(code)
    counts = _Counts(state)
    documents = state.reader.documents_by_kind()
    rows = [counts.row(part, codes) for part, codes in by_part.items() if codes]
    return Coverage(
        parts=tuple(sorted(rows, key=lambda row: not row.part)),
        total=counts.row("", state.codes()),
        captures=state.reader.captures_counted(),
        documents=MappingProxyType(documents),
        findings=MappingProxyType(state.reader.findings_by_severity()),
    )


class _Counts:
    """All figures of all codes, looked up once."""

    def __init__(self, state: State) -> None:
        self._versions = state.reader.versions_counted()
        self._disputed = state.reader.disputed_codes()
        self._seen = state.reader.newest_seen_by_code()

    def row(self, part: str, codes: Iterable[Code]) -> CoverageRow:
        chosen = list(codes)
        figures = [self._versions.get(code, (0, 0, 0)) for code in chosen]
        seen = [self._seen[code] for code in chosen if code in self._seen]
        return CoverageRow(
            part=part,
            instructions=len(chosen),
            versions=sum(figure[0] for figure in figures),
            dated=sum(figure[1] for figure in figures),
            held=sum(figure[2] for figure in figures),
            disputed=len(self._disputed.intersection(chosen)),
            undated=sum(1 for figure in figures if not figure[1]),
            newest_capture=date.fromordinal(max(seen)) if seen else None,
        )
