"""Whatever pages, rows, lines and sentences come together, the history is whole and contradicts itself nowhere.

The mixtures are made up at random, the same each time. Most of them no publisher would print: what is held here holds
of any evidence.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from manual.history import in_force_on
from manual.history.deriving import history_of
from manual.history.why import why_of
from manual.model import Answer, Basis, Code, EndClaim, History, Seen, Sha256, SitePath, StartClaim, Statement
from tests.evidence import CODE

MIXTURES = range(250)
ONE_DAY = timedelta(days=1)
DAYS = [date(2009, 3, 1), date(2010, 11, 29), *(date(2012, 1, 1) + timedelta(days=40 * n) for n in range(9))]
STARTS: tuple[Basis, ...] = ("text", "foot", "circular", "suffix", "listed")
ENDS = ("text", "note", "revocation", "foot", "circular", "suffix", "listed", "edition")
Said = tuple[Statement, Seen]


def mixture(number: int) -> list[Said]:
    """Two to seven statements on one to four captures."""
    random = Random(number)
    captures = [
        Seen(
            random.choice(DAYS) + ONE_DAY * random.randrange(3), random.random() < 0.8, Sha256(f"sha256:{n}")
        )
        for n in range(random.randint(1, 4))
    ]
    return [
        (replace(statement(random), position=n, locator=f"row {n}"), random.choice(captures))
        for n in range(random.randint(2, 7))
    ]


def statement(random: Random) -> Statement:
    kind = random.choice(["page", "page", "page", "listed", "listed", "neighbour", "contents", "claim"])
    is_page = kind == "page"
    starts = sorted_starts(random, random.choice([0, 1, 1, 1, 2]))
    ends = tuple(end(random) for _ in range(random.choice([0, 0, 1, 1, 2] if not starts else [0, 0, 0, 1])))
    if kind == "claim" and not (starts or ends):
        ends = (end(random),)
    return Statement(
        kind=kind,
        code=CODE,
        title=random.choice(["Orchard work", "Orchard work", "Harbour pilots", ""]),
        title_truncated=random.random() < 0.1,
        address=random.choice([None, SitePath("manual/1"), SitePath("manual/5"), SitePath("manual/6")]),
        starts=starts,
        ends=ends,
        shown_as_old=kind != "claim" and random.random() < 0.35,
        edition="pre-2010" if random.random() < 0.15 else "",
        lists_versions=is_page and random.random() < 0.4,
        text_digest=random.choice(["", "one", "two"]) if is_page else "",
        text_damaged=is_page and random.random() < 0.1,
        of_day=random.choice(DAYS) if kind == "claim" and not starts and random.random() < 0.4 else None,
        misprinted=kind == "listed" and random.random() < 0.1,
        moved_to=Code("ZA9.5") if random.random() < 0.05 else None,
    )


def sorted_starts(random: Random, count: int) -> tuple[StartClaim, ...]:
    days, bases = random.sample(DAYS, count), random.sample(range(len(STARTS)), count)
    return tuple(
        StartClaim(day, STARTS[basis], unclear=random.random() < 0.1)
        for day, basis in zip(sorted(days), sorted(bases), strict=True)
    )


def end(random: Random) -> EndClaim:
    day = random.choice(DAYS) if random.random() < 0.8 else None
    kind = random.choice(["end", "end", "end", "end", "suspension", "unclear"])
    reading = random.choice(["excluded", "included", "either"])
    return EndClaim(day, random.choice(ENDS), reading, kind=kind)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def histories() -> list[History]:
    return [history_of(CODE, mixture(number)) for number in MIXTURES]


def answers(history: History) -> list[tuple[date, Answer]]:
    """On the first and last day of every span, and some way before all and after all."""
    bounds = [span.first for span in history.spans if span.first is not None]
    days = {date(1990, 1, 1), date(2030, 1, 1), *bounds, *(day - ONE_DAY for day in bounds)}
    return [(day, in_force_on(history, day)) for day in sorted(days)]


def test_order_of_loading_changes_nothing(histories: list[History]) -> None:
    """A history that depended on it would change with the next load."""
    for number, history in zip(MIXTURES, histories, strict=True):
        said = mixture(number)
        Random(number).shuffle(said)
        assert history_of(CODE, [*said, *said[:2]]) == history, number


def test_spans_cover_all_days_and_differ_from_their_neighbours(histories: list[History]) -> None:
    for number, history in zip(MIXTURES, histories, strict=True):
        assert (history.spans[0].first, history.spans[-1].until) == (None, None), number
        for one, other in pairwise(history.spans):
            assert one.until == other.first, number
            assert (one.answer, one.versions, one.reasons) != (other.answer, other.versions, other.reasons), (
                number
            )


def test_what_is_answered_lies_within_its_own_bounds(histories: list[History]) -> None:
    """A version answered for a day on which, by its own line, it was not in force would contradict itself."""
    for number, history in zip(MIXTURES, histories, strict=True):
        for day, answer in answers(history):
            if answer.answer == "in_force":
                assert answer.version is not None
                until = answer.version.validity.effective_until
                assert until is None or day < until, (number, day)
            if answer.answer == "ended":
                assert answer.version is not None
                until = answer.version.validity.effective_until
                assert until is None or until <= day, (number, day)
            if answer.answer == "disputed":
                assert answer.candidates, (number, day)
                assert answer.reasons, (number, day)


def test_no_version_is_in_force_before_its_first_day(histories: list[History]) -> None:
    for number, history in zip(MIXTURES, histories, strict=True):
        for day, answer in answers(history):
            if answer.answer == "in_force" and answer.version is not None:
                first = answer.version.validity.effective_from
                assert first is None or first <= day, (number, day)


def test_every_answer_can_be_explained(histories: list[History]) -> None:
    for number, history in zip(MIXTURES[:80], histories[:80], strict=True):
        for span in history.spans:
            day = span.first or date(1990, 1, 1)
            found = why_of(CODE, mixture(number), day)
            assert (found.answer, found.reasons) == (span.answer, span.reasons), (number, day)
            assert found.rules, (number, day)
