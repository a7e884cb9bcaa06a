"""From all statements about a code to its history; `manual.history` lists the steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from manual.errors import HistoryConflict
from manual.history.announced import forget_marks, settle_announcements
from manual.history.claims import place_ends, place_ends_of_undated, place_starts
from manual.history.drafts import StatementSeen, VersionDraft, is_dated
from manual.history.evidence import LiveAddress, understood
from manual.history.identity import Apart, merge_pages, place_rows
from manual.history.lists import printed_lists
from manual.history.readings import note_order, note_order_on_days, settle_ends, settle_starts
from manual.history.sights import SightReader
from manual.history.spans import OutcomeSpan, outcome_spans, spans_of
from manual.history.undated import (
    doubt_titled,
    make_those_before,
    place_ends_of_doubted,
    settle_undated,
)
from manual.history.versions import draft_order, moves, name_versions, versions_of
from manual.history.vouched import doubt_unlisted, note_neighbours
from manual.model import Code, Finding, History, VersionId
from manual.publisher import INZ


@dataclass(slots=True)
class Derivation:
    """Intermediate results, used by `why`: drafts with their readings, and the outcomes of all days."""

    code: Code
    said: list[StatementSeen]
    drafts: list[VersionDraft] = field(default_factory=list)
    ids: list[VersionId] = field(default_factory=list)
    outcomes: Sequence[OutcomeSpan] = ()
    findings: list[Finding] = field(default_factory=list)


def history_of(
    code: Code, said: Iterable[StatementSeen], *, edition_ended: date | None = INZ.edition_ended
) -> History:
    """The history of `code` from all statements about it. Order and repetition of `said` do not matter.

    `edition_ended`: the publisher's, None if no edition ended as a whole. Raises HistoryConflict if a statement is
    about another code.
    """
    derived = derive(code, said, edition_ended)
    spans = spans_of(derived.drafts, derived.ids, derived.outcomes)
    versions = versions_of(derived.code, derived.drafts, derived.ids, derived.outcomes, derived.findings)
    last = max((v.last_seen for v in versions if v.last_seen is not None), default=None)
    return History(
        code=code,
        versions=versions,
        spans=spans,
        findings=tuple(sorted(set(derived.findings), key=_finding_key)),
        links=moves(code, derived.said),
        last_seen=last,
        last_seen_exact=last is not None,
    )


def derive(code: Code, said: Iterable[StatementSeen], edition_ended: date | None) -> Derivation:
    """All steps up to the outcomes of every run of days. Raises as `history_of`."""
    findings: list[Finding] = []
    ordered = understood(code, said, findings, edition_ended)
    for statement, _ in ordered:
        if statement.code != code:
            raise HistoryConflict(f"a statement about {statement.code} was given for the history of {code}")
    lists = printed_lists(ordered)
    apart = Apart(ordered, lists)
    drafts = merge_pages(ordered, lists, apart, edition_ended)
    place_rows(drafts, lists, apart, code, findings)
    settle_announcements(drafts, ordered, lists, code, findings)
    place_starts(drafts, ordered, code, findings)
    forget_marks(drafts)
    note_neighbours(drafts)
    live = LiveAddress(ordered, edition_ended)
    SightReader(drafts, live, code, findings).read_dated()
    note_order_on_days(drafts)
    left = place_ends(drafts, ordered, code, findings)
    doubt_unlisted(drafts, [item for item in ordered if not is_dated(item[0])])
    settle_undated(drafts, ordered, live, code, findings)
    place_ends_of_undated(drafts, left)
    doubt_unlisted(drafts)
    place_ends_of_doubted(drafts)
    doubt_titled(drafts)
    note_order(drafts, live)
    SightReader(drafts, live, code, findings).read_others()
    make_those_before(drafts)
    settle_starts(drafts, code, findings)
    settle_ends(drafts, code, findings)
    drafts.sort(key=draft_order)
    return Derivation(code, ordered, drafts, name_versions(code, drafts), outcome_spans(drafts), findings)


def _finding_key(finding: Finding) -> tuple[object, ...]:
    return (finding.kind, finding.message, finding.capture or "", finding.locator, finding.days)
