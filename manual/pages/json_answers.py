"""The JSON answers, each made in one place for the command line, the API and assistants.

Every answer says what it rests on. A thing is named by a `Citation` or an `Address` (`citation.named_in`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from manual.model import Code, Severity, VersionId, When
from manual.pages import as_json
from manual.pages.beside_json import all_works_json, beside_json, change_json, terms_json, works_json
from manual.pages.found import Found, found, known_code, source_of
from manual.queries import KnowledgeBase

if TYPE_CHECKING:
    from indexer import SearchResult
    from manual.citation import Named
    from manual.citecheck import Report
    from manual.pages import json_types as shape
    from manual.queries.beside import Scheme
    from manual.queries.news import News

ALL = slice(None)
"""All of a list; a stretch of it is another slice. Totals always count all."""


def show(kb: KnowledgeBase, named: Named, when: When) -> shape.Answer:
    """What was in force. An unknown code is also an answer. Raises NotFound for an unknown address."""
    return shown(kb, found(kb, named, when))


def shown(kb: KnowledgeBase, what: Found) -> shape.Answer:
    """The same for what was found already."""
    version, known = what.answer.version or next(iter(what.answer.candidates), None), what.answer.known
    answer = as_json.answer_json(
        what.answer,
        texts={version.id: what.text} if version and what.text else {},
        others={version.id: what.others} if version else {},
        source_of=source_of(kb, known),
        pinpoint=what.pinpoint,
        meant=what.meant,
        capture=kb.capture(what.text.capture, known) if what.text else None,
    )
    answer["beside"] = beside_json(kb.around(what.answer))
    _add_of_work(kb, what, answer)
    answer["rests_on"] = as_json.rests_on_json(kb, known)
    return answer


def _add_of_work(kb: KnowledgeBase, what: Found, answer: shape.Answer) -> None:
    """What a circular changes; which instructions cite a provision."""
    code, when = what.answer.code, what.answer.when
    if code.startswith("circular:"):
        answer["announces"] = [change_json(change) for change in kb.announced_in(code, when.known)]
    if code.startswith("law:"):
        answer["cited_by"] = [
            {"code": one.code, "pinpoint": one.pinpoint, "title": one.title}
            for one in kb.referrers(code, when)
        ]


def works(kb: KnowledgeBase, scheme: Scheme | None, known: date | None, stretch: slice = ALL) -> shape.Works:
    """The law, accounts, circulars and notices that stand beside the manual."""
    answer = all_works_json(kb, scheme, known, stretch)
    answer["rests_on"] = as_json.rests_on_json(kb, known)
    return answer


def terms(kb: KnowledgeBase, term: str, when: When) -> shape.Terms:
    """Every term that is defined on the day; with `term`, its definitions and their words."""
    wanted = " ".join(term.split()).lower()
    found = [one for one in kb.terms_on(when) if wanted in ("", one.term.lower())]
    answer = terms_json(kb, found, when, words=bool(wanted))
    from indexer.vocabulary import abbreviations  # it brings the search

    answer["abbreviations"] = [
        {"short": short, "meant": list(meant)}
        for short, meant in abbreviations()
        if wanted in ("", short.lower())
    ]
    answer["rests_on"] = as_json.rests_on_json(kb, when.known)
    return answer


def citechecked(kb: KnowledgeBase, report: Report) -> shape.Citecheck:
    """A letter checked against every version."""
    from manual.pages.citecheck_words import report_json  # it brings the search index

    answer = report_json(report, source_of(kb, report.known))
    answer["rests_on"] = as_json.rests_on_json(kb, report.known)
    return answer


def why(kb: KnowledgeBase, named: Named, when: When) -> shape.Why:
    """What stands behind an answer. Raises UnknownCode."""
    code = known_code(kb, named, when.on, when.known)
    answer = as_json.why_json(kb.why(code, when), when.known)
    answer["rests_on"] = as_json.rests_on_json(kb, when.known)
    return answer


def history(kb: KnowledgeBase, named: Named, known: date | None) -> shape.History:
    """Every version of a code. Raises UnknownCode."""
    code = known_code(kb, named, None, known)
    found = kb.history_of(code, known)
    answer = as_json.history_json(found, known, source_of=source_of(kb, known))
    behind = {version.id: kb.circulars_behind(version, known) for version in found.versions}
    answer["circulars"] = {id: [change_json(one) for one in of] for id, of in behind.items() if of}
    answer["rests_on"] = as_json.rests_on_json(kb, known)
    return answer


def compare(kb: KnowledgeBase, named: Named, one: date, other: date, known: date | None) -> shape.Comparison:
    """The words on two days, clause by clause. Raises UnknownCode."""
    code = known_code(kb, named, None, known)
    compared = kb.compare(code, one, other, known)
    answer = as_json.compare_json(compared, known, source_of=source_of(kb, known))
    answer["rests_on"] = as_json.rests_on_json(kb, known)
    return answer


def contents(kb: KnowledgeBase, when: When) -> shape.Contents:
    """The table of contents as on a day."""
    answer = as_json.contents_json(kb.contents_on(when))
    answer["rests_on"] = as_json.rests_on_json(kb, when.known)
    return answer


def changes(
    kb: KnowledgeBase, first: date, until: date, known: date | None, stretch: slice = ALL
) -> shape.Changes:
    """What happened from `first` (included) to `until` (excluded)."""
    happened = kb.changes_between(first, until, known)
    answer = as_json.changes_json(first, until, happened, known, stretch)
    answer["rests_on"] = as_json.rests_on_json(kb, known)
    return answer


def coming(kb: KnowledgeBase, when: When) -> shape.Coming:
    """What is announced and not yet in force on a day."""
    answer = as_json.coming_json(when, kb.coming(when))
    answer["rests_on"] = as_json.rests_on_json(kb, when.known)
    return answer


def news(kb: KnowledgeBase, found: Sequence[News], since: date | None, on: date) -> shape.AllNews:
    """What is new since the last run."""
    answer = as_json.news_json(found, since, on)
    answer["rests_on"] = as_json.rests_on_json(kb)
    return answer


def coverage(kb: KnowledgeBase, known: date | None) -> shape.Coverage:
    """How complete this copy is."""
    answer = as_json.coverage_json(kb.coverage(known), kb.other_documents(known), known)
    answer["rests_on"] = as_json.rests_on_json(kb, known)
    return answer


def wanted(
    kb: KnowledgeBase, when: When, part: Code | None, stale: int | None, stretch: slice = ALL
) -> shape.Wanted:
    """Wanted pages, most useful first."""
    from manual.pages.wanted_page import wanted_json

    answer = wanted_json(kb.wanted(when, part, stale), kb.publisher, stretch)
    answer["rests_on"] = as_json.rests_on_json(kb, when.known)
    return answer


def check(
    kb: KnowledgeBase, severity: Severity | None, known: date | None, stretch: slice = ALL
) -> shape.Check:
    """The findings, of one severity or of all."""
    answer = as_json.check_json(kb.findings(severity, known), known, stretch)
    answer["rests_on"] = as_json.rests_on_json(kb, known)
    return answer


def search(kb: KnowledgeBase, result: SearchResult, today: date, known: date | None = None) -> shape.Search:
    """Hits. Whether only older versions match is judged as on `today`, for searches at any time."""

    def standing(code: Code) -> Collection[VersionId]:
        still = (span for span in kb.shape_of(code, known).spans if span.until is None or span.until > today)
        return {version for span in still if span.answer != "ended" for version in span.versions}

    answer = as_json.search_json(result, standing, known)
    from manual.beside_index import search_beside  # it brings the search index

    answer["beside"] = works_json(search_beside(kb, result.query, known))
    answer["rests_on"] = as_json.rests_on_json(kb, known)
    return answer
