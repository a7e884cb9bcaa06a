"""The answers as JSON, in the shapes fixed by house.md: fields may be added, none renamed.

Pure functions from the records of `manual.model` and `manual.queries` to plain dictionaries in the shapes of
`json_types`. `json_answers` calls them for all surfaces. Days are ISO dates, unknown is null, nothing is left out
silently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, overload

from manual.model import (
    Answer,
    Basis,
    Block,
    Capture,
    Cell,
    Code,
    Finding,
    History,
    Link,
    Ref,
    Span,
    Version,
    VersionId,
    When,
)
from manual.pages.redlined import opening_words, openings, place_of, summary, was_at
from manual.pages.words import citation

if TYPE_CHECKING:
    from indexer import Hit, SearchResult, Stood, VersionsMatched
    from manual.citation import Designation
    from manual.compare import ClauseChange, Redline, Word
    from manual.history.why import Considered, Why
    from manual.pages import json_types as shape
    from manual.queries import KnowledgeBase, VersionText
    from manual.queries.learned import Told
    from manual.queries.news import News
    from manual.queries.results import (
        Comparison,
        Contents,
        ContentsEntry,
        Coverage,
        CoverageRow,
        OtherDocument,
        VersionChange,
    )

Json = dict[str, Any]
"""One JSON object that has no shape of its own in `json_types`."""

SourceOf = Callable[[Version], str]
"""The web address of a version's source page; empty where there is none."""


def _unknown_source(version: Version) -> str:
    return ""


@overload
def iso(day: date) -> str: ...
@overload
def iso(day: None) -> None: ...
@overload
def iso(day: date | None) -> str | None: ...
def iso(day: date | None) -> str | None:
    """A day as `2024-08-15`; None stays null."""
    return day.isoformat() if day else None


# ---------------------------------------------------------------- answers and versions


def answer_json(
    answer: Answer,
    *,
    texts: Mapping[VersionId, VersionText] | None = None,
    others: Mapping[VersionId, Sequence[VersionText]] | None = None,
    source_of: SourceOf = _unknown_source,
    pinpoint: str = "",
    meant: Designation | None = None,
    capture: Capture | None = None,
) -> shape.Answer:
    """`show --json`. `texts`: the texts to be printed, `others`: those that dispute them; with `pinpoint`, only that
    place of each. `meant`: how the input was understood. `capture`: the capture of the version's text."""

    def version(of: Version) -> shape.Version:
        return version_json(
            of,
            text=(texts or {}).get(of.id),
            others=(others or {}).get(of.id, ()),
            source_of=source_of,
            pinpoint=pinpoint,
        )

    found: shape.Answer = {
        "code": answer.code,
        "on": iso(answer.on),
        "known": iso(answer.known),
        "answer": answer.answer,
        "version": version(answer.version) if answer.version else None,
        "candidates": [version(candidate) for candidate in answer.candidates],
        "reasons": list(answer.reasons),
        "citation": citation(answer, pinpoint),
        "as_last_seen": iso(answer.as_last_seen),
        "as_last_seen_exact": answer.as_last_seen_exact,
        "previous": _version_named(answer.previous),
        "next": _version_named(answer.next),
        "nearest_codes": list(answer.nearest_codes),
        "findings": [finding_json(finding) for finding in answer.findings],
    }
    if capture is not None:
        found["text_capture"] = capture_json(capture)
    if meant is not None:
        found["designation"] = designation_json(meant)
    if pinpoint:
        found["pinpoint"] = pinpoint
    return found


def capture_json(capture: Capture) -> shape.Capture:
    """A capture: when it was saved, how that is known (`source`, `keeper` or null), and when it was loaded."""
    return {
        "sha256": capture.sha256,
        "address": capture.address,
        "site_path": capture.site_path,
        "filename": capture.filename,
        "captured_at": capture.captured_at.isoformat() if capture.captured_at else None,
        "day_basis": capture.day_basis or None,
        "recorded_at": capture.recorded_at.isoformat(),
    }


def designation_json(meant: Designation) -> shape.Designation:
    """Which instruction and place were meant by what was typed."""
    page = meant.page
    return {
        "typed": meant.typed,
        "read": meant.read,
        "code": meant.code,
        "kind": meant.kind,
        "pinpoint": meant.pinpoint,
        "pinpoint_exists": meant.place_exists,
        "places": list(meant.places),
        "near": list(meant.near),
        "page": {"address": page.site_path, "versions": list(page.versions)} if page else None,
    }


def version_json(
    version: Version,
    *,
    text: VersionText | None = None,
    others: Sequence[VersionText] = (),
    source_of: SourceOf = _unknown_source,
    pinpoint: str = "",
) -> shape.Version:
    """One version, with its text if given. If several texts were archived for its first day, `text` is null and `texts`
    has them all: none may be quoted as the text."""
    return {
        "id": version.id,
        "title": version.title,
        "effective_from": iso(version.validity.effective_from),
        "effective_until": iso(version.validity.effective_until),
        "basis": {"from": version.basis_from, "until": version.basis_until},
        "text_held": version.text_held,
        "text_damaged": version.text_damaged,
        "text_disputed": bool(version.other_texts),
        "other_texts": list(version.other_texts),
        "source_url": source_of(version) or None,
        "address": version.address,
        "captures": list(version.captures),
        "first_seen": iso(version.first_seen),
        "last_seen": iso(version.last_seen),
        "title_changed": version.title_changed,
        "subject_changed": version.subject_changed,
        "gap_vouched": version.gap_vouched,
        "starts": [_claim_json(c.day, c.basis, c.raw, c.locator) for c in version.starts],
        "ends": [
            {**_claim_json(c.day, c.basis, c.raw, c.locator), "reading": c.reading, "kind": c.kind}
            for c in version.ends
        ],
        "structure": text.structure if text else None,
        "instrument": _instrument_json(text) if text else None,
        "text": blocks_json(_reduced(text.blocks, pinpoint)) if text and not version.other_texts else None,
        "texts": [
            {"capture": one.capture, "text": blocks_json(_reduced(one.blocks, pinpoint))}
            for one in (text, *others)
            if one and version.other_texts
        ],
    }


def _version_named(version: Version | None) -> shape.VersionNamed | None:
    """A neighbouring version in short; the history has all of it."""
    if version is None:
        return None
    return {
        "id": version.id,
        "title": version.title,
        "effective_from": iso(version.validity.effective_from),
        "effective_until": iso(version.validity.effective_until),
    }


def _claim_json(day: date | None, basis: Basis, raw: str, locator: str) -> shape.Claim:
    return {"day": iso(day), "basis": basis, "raw": raw, "locator": locator}


def _instrument_json(text: VersionText) -> shape.Instrument | None:
    instrument = text.instrument
    if instrument is None:
        return None
    return {
        "power": instrument.power,
        "signed_by": instrument.signed_by,
        "office": instrument.office,
        "signed_on": iso(instrument.signed_on),
        "revokes": instrument.revokes,
        "revokes_on": iso(instrument.revokes_on),
    }


def finding_json(finding: Finding) -> shape.Finding:
    """One finding, as `check --json` and every answer carry it."""
    return {
        "severity": finding.severity,
        "kind": finding.kind,
        "code": finding.code,
        "message": finding.message,
        "capture": finding.capture,
        "locator": finding.locator,
    }


# ---------------------------------------------------------------- texts


def block_at(blocks: Iterable[Block], pinpoint: str) -> Block | None:
    """The block at a pinpoint with everything below it; None if the text has no such place."""
    return next((found for block in blocks for found in block.walk() if found.pinpoint == pinpoint), None)


def _reduced(blocks: Sequence[Block], pinpoint: str) -> Sequence[Block]:
    if not pinpoint:
        return blocks
    found = block_at(blocks, pinpoint)
    return (found,) if found else ()


def blocks_json(blocks: Iterable[Block]) -> list[shape.Block]:
    """A block tree."""
    return [_block_json(block) for block in blocks]


def _block_json(block: Block) -> shape.Block:
    found: shape.Block = {
        "kind": block.kind,
        "label": block.label,
        "pinpoint": block.pinpoint,
        "style": block.style,
        "text": block.text,
        "children": blocks_json(block.children),
        "refs": [_ref_json(ref) for ref in block.refs],
    }
    if block.kind == "table":
        found["rows"] = [[_cell_json(cell) for cell in row] for row in block.rows]
    return found


def _cell_json(cell: Cell) -> shape.Cell:
    return {"text": cell.text, "rowspan": cell.rowspan, "colspan": cell.colspan, "header": cell.header}


def _ref_json(ref: Ref) -> shape.Ref:
    return {
        "start": ref.start,
        "end": ref.end,
        "target": ref.target,
        "state": ref.state,
        "address": ref.address,
        "candidates": list(ref.candidates),
    }


# ---------------------------------------------------------------- history and contents


def history_json(
    history: History, known: date | None = None, *, source_of: SourceOf = _unknown_source
) -> shape.History:
    """`history --json`: the versions, oldest first, and the days with one answer each."""
    return {
        "code": history.code,
        "known": iso(known),
        "versions": [version_json(version, source_of=source_of) for version in history.versions],
        "spans": [_span_json(span) for span in history.spans],
        "links": [_link_json(link) for link in history.links],
        "last_seen": iso(history.last_seen),
        "last_seen_exact": history.last_seen_exact,
        "findings": [finding_json(finding) for finding in history.findings],
    }


def _span_json(span: Span) -> shape.Span:
    return {
        "first": iso(span.first),
        "until": iso(span.until),
        "answer": span.answer,
        "versions": list(span.versions),
        "reasons": list(span.reasons),
    }


def _link_json(link: Link) -> shape.Link:
    return {
        "kind": link.kind,
        "source": link.source,
        "target": link.target,
        "day": iso(link.day),
        "evidence": link.evidence,
        "capture": link.capture,
    }


def why_json(why: Why, known: date | None = None) -> shape.Why:
    """`why --json`: what stands behind one answer."""
    return {
        "code": why.code,
        "on": iso(why.on),
        "known": iso(known),
        "answer": why.answer,
        "reasons": list(why.reasons),
        "rules": list(why.rules),
        "versions": [_considered_json(version) for version in why.versions],
        "settle": list(why.settle),
    }


def _considered_json(version: Considered) -> shape.Considered:
    return {
        "id": version.id,
        "title": version.title,
        "possible": version.possible,
        "starts": list(version.starts),
        "ends": list(version.ends),
        "statements": [
            {
                "says": one.says,
                "capture": one.capture,
                "seen": iso(one.seen),
                "address": one.address,
                "locator": one.locator,
            }
            for one in version.stated
        ],
    }


def contents_json(contents: Contents) -> shape.Contents:
    """`contents --json`: a flat list in printed order."""
    return {
        "on": iso(contents.on),
        "known": iso(contents.known),
        "entries": [_entry_json(entry) for entry in contents.entries],
        "totals": dict(contents.totals),
        "capture": contents.capture,
        "captured": iso(contents.captured),
        "compiled": iso(contents.compiled),
        "note": contents.note,
    }


def _entry_json(entry: ContentsEntry) -> shape.ContentsEntry:
    return {
        "line": entry.line,
        "code": entry.code,
        "title": entry.title,
        "depth": entry.depth,
        "parent": entry.parent,
        "kind": entry.kind,
        "status": entry.status or None,
        "versions": list(entry.version_ids),
        "address": entry.address,
        "unlisted": entry.unlisted,
    }


# ---------------------------------------------------------------- differences


def compare_json(
    comparison: Comparison, known: date | None = None, *, source_of: SourceOf = _unknown_source
) -> shape.Comparison:
    """`compare --json`: both answers, and the redline or the reason why there is none."""
    redline = comparison.redline
    return {
        "code": comparison.code,
        "known": iso(known),
        "old": answer_json(comparison.old, source_of=source_of) if comparison.old else None,
        "new": answer_json(comparison.new, source_of=source_of) if comparison.new else None,
        "old_version": _version_named(comparison.old_version),
        "new_version": _version_named(comparison.new_version),
        "note": comparison.note,
        "summary": list(summary(comparison, source_of)),
        # without a redline it is unknown: `amended` is null, not false
        "amended": redline.amended if redline else None,
        "counts": {kind: count for kind, count in redline.counts.items()} if redline else None,
        "changes": _changes_of(redline) if redline else None,
    }


def _changes_of(redline: Redline) -> list[shape.ClauseChange]:
    several = zip(redline.changes, openings(redline.changes), strict=True)
    return [_change_json(change, above, redline) for change, above in several]


def _change_json(change: ClauseChange, above: tuple[Block, ...], redline: Redline) -> shape.ClauseChange:
    """One clause change. `rows` and `cells` are parallel: the words of each cell, and its shape. A cell without words
    only fills its place."""
    return {
        "kind": change.kind,
        "depth": change.depth,
        "old": _clause_json(change.old),
        "new": _clause_json(change.new),
        "words": _words_json(change.words),
        "rows": [[_words_json(cell.words) for cell in row] for row in change.rows],
        "cells": [
            [{"rowspan": c.rowspan, "colspan": c.colspan, "header": c.header} for c in row]
            for row in change.rows
        ],
        "was": was_at(change) or None,
        "above": [{"pinpoint": place_of(block), "text": opening_words(block)} for block in above],
        "split_from": _stood_at(redline, change.split_from, "old"),
        "joined_into": _stood_at(redline, change.joined_into, "new"),
    }


def _stood_at(redline: Redline, at: int | None, side: str) -> str | None:
    if at is None:
        return None
    return next(place_of(getattr(c, side)) for c in redline.changes if getattr(c, f"{side}_at") == at)


def _clause_json(block: Block | None) -> shape.Clause | None:
    if block is None:
        return None
    return {"kind": block.kind, "label": block.label, "pinpoint": block.pinpoint, "text": block.text}


def _words_json(words: Iterable[Word]) -> list[shape.Words]:
    from manual.compare import spaced  # imported only if there is a redline, since it imports rapidfuzz

    return [{"op": word.op, "text": word.text} for word in spaced(tuple(words))]


def changes_json(
    first: date,
    until: date,
    changes: Sequence[VersionChange],
    known: date | None = None,
    stretch: slice = slice(None),
) -> shape.Changes:
    """`changes --json`: what happened from `first` (included) to `until` (excluded). The list may be one page of
    results; the totals count all."""
    return {
        "from": iso(first),
        "to": iso(until),
        "known": iso(known),
        "changes": [_version_change_json(change) for change in changes[stretch]],
        "totals": dict(Counter(change.kind for change in changes)),
    }


def _version_change_json(change: VersionChange) -> shape.Change:
    return {
        "day": iso(change.day),
        "code": change.code,
        "title": change.title,
        "kind": change.kind,
        "part": change.part,
        "disputed": change.disputed,
        "old": _version_named(change.old),
        "new": _version_named(change.new),
    }


def check_json(
    findings: Sequence[Finding], known: date | None = None, stretch: slice = slice(None)
) -> shape.Check:
    """`check --json`: every finding, or one page of them, and the number for each severity."""
    severities = Counter(finding.severity for finding in findings)
    totals = {severity: severities.get(severity, 0) for severity in ("error", "warning", "info")}
    return {
        "known": iso(known),
        "findings": [finding_json(finding) for finding in findings[stretch]],
        "totals": totals,
    }


def coming_json(when: When, changes: Sequence[VersionChange]) -> shape.Coming:
    """`coming --json`: what is announced and not yet in force on a day."""
    return {
        "on": iso(when.on),
        "known": iso(when.known),
        "changes": [_version_change_json(change) for change in changes],
        "totals": dict(Counter(change.kind for change in changes)),
    }


def news_json(news: Sequence[News], since: date | None, on: date) -> shape.AllNews:
    """`changes --since --json`: what is new since the last run; `since` is null for the first one."""
    return {"since": iso(since), "on": iso(on), "news": [_news_json(one) for one in news]}


def _news_json(one: News) -> shape.News:
    shift = one.shift
    return {
        "code": one.code,
        "title": one.title,
        "kind": one.kind,
        "first": iso(shift.first) if shift else iso(one.change.day) if one.change else None,
        "until": iso(shift.until) if shift else None,
        "before": _told_json(shift.before) if shift else None,
        "after": _told_json(shift.after) if shift else None,
    }


def _told_json(told: Told) -> shape.Told:
    return {"answer": told.answer, "effective_from": [iso(one.began) for one in told.versions]}


def coverage_json(
    coverage: Coverage, others: Sequence[OtherDocument], known: date | None = None
) -> shape.Coverage:
    """`coverage --json`: how much of each part is held. `others`: pages that are not instructions."""
    return {
        "known": iso(known),
        "total": _row_json(coverage.total),
        "parts": [_row_json(row) for row in coverage.parts],
        "captures": coverage.captures,
        "documents": dict(coverage.documents),
        "findings": dict(coverage.findings),
        "other_documents": [
            {"kind": one.kind, "title": one.title, "capture": one.capture, "address": one.site_path}
            for one in others
        ],
    }


def _row_json(row: CoverageRow) -> shape.CoverageRow:
    return {
        "part": row.part,
        "instructions": row.instructions,
        "versions": row.versions,
        "dated": row.dated,
        "held": row.held,
        "disputed": row.disputed,
        "undated": row.undated,
        "newest_capture": iso(row.newest_capture),
    }


def rests_on_json(kb: KnowledgeBase, known: date | None = None) -> shape.RestsOn:
    """What every answer rests on; with `known`, only pages seen by then."""
    return {
        "knowledge_base": kb.digest,
        "newest_capture": iso(kb.newest_capture(known, exact=True)),
        "specimen": kb.specimen,
        "outdated": kb.outdated,
    }


# ---------------------------------------------------------------- search

Standing = Callable[[Code], Collection[VersionId]]
"""The versions of a code that are in force, or may be, on the day of asking or later."""


def search_json(
    result: SearchResult, standing: Standing | None = None, known: date | None = None
) -> shape.Search:
    """`search --json`. For a search at any time, `standing` says whether only older versions match; else it is null."""
    return {
        "query": result.query,
        "on": iso(result.on),
        "known": iso(known),
        "total": result.total,
        "holding_all": result.holding_all,
        "expanded": list(result.expanded),
        "did_you_mean": result.did_you_mean,
        "did_you_mean_total": result.did_you_mean_total,
        "first_of_rest": result.first_of_rest,
        "code": result.code,
        "notes": list(result.notes),
        "hits": [_hit_json(hit, standing) for hit in result.hits],
        "facets": {name: dict(counts) for name, counts in result.facets.items()},
    }


def _hit_json(hit: Hit, standing: Standing | None) -> shape.Hit:
    return {
        "code": hit.code,
        "title": hit.title,
        "effective_from": iso(hit.effective_from),
        "effective_until": iso(hit.effective_until),
        "snippet": "".join(piece.text for piece in hit.snippet),
        "marked": [{"text": piece.text, "marked": piece.marked} for piece in hit.snippet],
        "score": hit.score,
        "version_id": hit.version_id,
        "answer": hit.answer,
        "text_held": hit.text_held,
        "damaged": hit.damaged,
        "pinpoint": hit.pinpoint,
        "heading": hit.heading,
        "holds_all": hit.holds_all,
        "candidates": [
            {
                "version_id": one.version_id,
                "title": one.title,
                "effective_from": iso(one.effective_from),
                "effective_until": iso(one.effective_until),
                "matches": one.matches,
            }
            for one in hit.candidates
        ],
        "versions": _matched_json(hit, hit.versions, standing) if hit.versions else None,
    }


def _matched_json(hit: Hit, versions: VersionsMatched, standing: Standing | None) -> shape.VersionsMatched:
    matching = hit.matching_versions
    return {
        "matching": versions.matching,
        "of": versions.of,
        "held": versions.held,
        "first_year": versions.first_year,
        "last_year": versions.last_year,
        "ids": list(matching),
        "older_only": not set(matching) & set(standing(hit.code)) if standing else None,
    }


def stood_json(stood: Stood) -> shape.Stood:
    """`search --first --json`: when a phrase first and last stood in an instruction."""
    return {
        "code": stood.code,
        "words": stood.words,
        "first": stood.first,
        "first_from": iso(stood.first_from),
        "last": stood.last,
        "last_until": iso(stood.last_until),
        "matching": list(stood.matching),
        "of": stood.of,
        "not_held": stood.not_held,
    }
