"""The history held against two independent judges.

`Truth` knows what really happened and which captures were taken of it: no answer may contradict it. `naive` works
out answers for plainly dated versions one day and one choice of readings at a time, straight from the definition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from manual.history.answers import in_force_on
from manual.history.deriving import history_of
from manual.model import Code, EndClaim, Seen, Sha256, SitePath, StartClaim, Statement

CODE = Code("ZA1.5")
FIRST = date(2011, 1, 1)
DAY = timedelta(days=1)
SUBJECTS = ("Orchard work", "Harbour pilots", "Glass artists")

# ---------------------------------------------------------------- what really happened


@dataclass(frozen=True)
class TrueVersion:
    number: int
    start: date
    until: date | None
    """Set only where it ended without a successor on that day."""
    title: str
    end_words: str
    """How its page prints the end: revoked, ceased (with words), to_last (last day), to_first (first day without)."""

    @property
    def archive(self) -> SitePath:
        return SitePath(f"manual/{900 + self.number}")


Truth = tuple[TrueVersion, ...]
PAGE = SitePath("manual/1")


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    """One to six versions of one code: replaced, ended, reissued after an end, changing subject at times."""
    day = FIRST
    versions: list[TrueVersion] = []
    for number in range(draw(st.integers(1, 6))):
        ended = versions and versions[-1].until is not None
        # a reissue a day after "to D" would, by rule 9b, be taken for its successor
        day += DAY * draw(st.integers(2 if ended else 1, 40))
        until = None
        if draw(st.integers(0, 4)) == 0:
            until = day + DAY * draw(st.integers(2, 30))
        title = SUBJECTS[draw(st.integers(0, 9)) % 4 % 3]
        words = draw(st.sampled_from(["revoked", "ceased", "to_last", "to_first"]))
        versions.append(TrueVersion(number, day, until, title, words))
        day = until or day
    return tuple(versions)


def true_on(truth: Truth, day: date) -> tuple[str, date | None]:
    begun = [v for v in truth if v.start <= day]
    if not begun:
        return "nothing", None
    last = begun[-1]
    if last.until is not None and last.until <= day:
        return "ended", last.start
    return "in_force", last.start


def end_claims(version: TrueVersion, by: date) -> tuple[EndClaim, ...]:
    """What is printed of the end of `version`; nothing is printed before the end has come."""
    if version.until is None or version.until > by:
        return ()
    last = version.until - DAY
    printed = {
        "revoked": (EndClaim(version.until, "revocation", "excluded"),),
        "ceased": (EndClaim(last, "suffix", "either"), EndClaim(version.until, "text", "excluded")),
        "to_last": (EndClaim(last, "suffix", "either"),),
        "to_first": (EndClaim(version.until, "suffix", "either"),),
    }
    return printed[version.end_words]


# ---------------------------------------------------------------- what was captured of it


def row(version: TrueVersion, position: int, addressed: bool, by: date) -> Statement:
    """A row prints the end of a version that ended in place of its start."""
    ends = tuple(e for e in end_claims(version, by) if e.basis != "text")
    return Statement(
        kind="listed",
        code=CODE,
        title=version.title,
        address=version.archive if addressed else None,
        starts=() if ends else (StartClaim(version.start, "listed"),),
        ends=ends,
        shown_as_old=not ends,
        position=position,
    )


def page_in_force(
    truth: Truth, day: date, *, dated: bool, addressed: bool, texts: bool = True
) -> list[Statement]:
    """The page of the newest version begun by `day`, with a list of all before it."""
    begun = [v for v in truth if v.start <= day]
    if not begun:
        return []
    newest, older = begun[-1], begun[:-1]
    said = [row(v, n, addressed, day) for n, v in enumerate(reversed(older))]
    page = Statement(
        kind="page",
        code=CODE,
        title=newest.title,
        address=PAGE,
        starts=(StartClaim(newest.start, "foot"),) if dated else (),
        ends=end_claims(newest, day),
        lists_versions=bool(older),
        text_digest=f"text {newest.number}" if texts else "",
    )
    return [page, *said]


def archived_page(truth: Truth, day: date, number: int) -> list[Statement]:
    """An old page, with a list of all other old versions and a line without date for the page in force."""
    begun = [v for v in truth if v.start <= day]
    if number >= len(begun) - 1:
        return []
    mine, newest = begun[number], begun[-1]
    others = [v for v in begun[:-1] if v is not mine]
    ended = end_claims(mine, day)
    page = Statement(
        kind="page",
        code=CODE,
        title=mine.title,
        address=mine.archive,
        starts=(StartClaim(mine.start, "foot"),) + (() if ended else (StartClaim(mine.start, "suffix"),)),
        ends=ended,
        shown_as_old=True,
        lists_versions=True,
        text_digest=f"text {mine.number}",
    )
    current = Statement(
        kind="listed",
        code=CODE,
        title=newest.title,
        address=PAGE,
        ends=end_claims(newest, day),
        position=0,
    )
    return [page, current, *(row(v, n, True, day) for n, v in enumerate(reversed(others), 1))]


def contents_line(truth: Truth, day: date) -> list[Statement]:
    begun = [v for v in truth if v.start <= day]
    if not begun:
        return []
    return [Statement(kind="contents", code=CODE, title=begun[-1].title, ends=end_claims(begun[-1], day))]


Said = list[tuple[Statement, Seen]]


@st.composite
def captured(draw: st.DrawFn, truth: Truth) -> Said:
    """One to four captures at days on which something was there to be seen."""
    said: Said = []
    for number in range(draw(st.integers(1, 4))):
        day = FIRST + DAY * draw(st.integers(30, 300))
        kind = draw(st.sampled_from(["page", "page", "undated", "archived", "contents"]))
        if kind == "page":
            found = page_in_force(truth, day, dated=True, addressed=draw(st.booleans()))
        elif kind == "undated":
            found = page_in_force(truth, day, dated=False, addressed=True)
        elif kind == "archived":
            found = archived_page(truth, day, draw(st.integers(0, 4)))
        else:
            found = contents_line(truth, day)
        said += [(statement, Seen(day, True, Sha256(f"sha256:{number}"))) for statement in found]
    return said


@st.composite
def cases(draw: st.DrawFn) -> tuple[Truth, Said]:
    truth = draw(truths())
    return truth, draw(captured(truth))


def days_of_interest(truth: Truth, said: Said) -> Iterator[date]:
    marks = {v.start for v in truth} | {v.until for v in truth if v.until} | {seen.day for _, seen in said}
    for mark in sorted(marks):
        yield from (mark - DAY, mark, mark + DAY)


@given(cases())
def test_no_answer_contradicts_what_really_happened(case: tuple[Truth, Said]) -> None:
    """A wrong answer that looks right is the worst defect there is: up to the last capture, every plain answer
    must be the truth, unless it says that it is as last seen, or that a version may lie hidden."""
    truth, said = case
    history = history_of(CODE, said)
    for day in days_of_interest(truth, said):
        answer = in_force_on(history, day)
        vouched = answer.as_last_seen_exact and (answer.version is None or answer.version.gap_vouched)
        if answer.as_last_seen is not None or not vouched:
            continue  # the answer itself says that something else may have stood there
        if answer.version is not None and not answer.version.starts and not answer.version.text_held:
            continue  # only a title, seen before and after: taken to have stood between
        word, start = true_on(truth, day)
        if answer.answer == "in_force":
            assert word == "in_force", (day, answer)
            assert answer.version is not None
            known = answer.version.validity.effective_from
            assert known is None or known == start, (day, answer)
        elif answer.answer == "ended":
            assert word == "ended", (day, answer)
        elif answer.answer == "not_yet":
            assert word == "nothing", (day, answer)


@given(truths(), st.integers(300, 400))
def test_a_dated_page_with_its_list_settles_every_day(truth: Truth, offset: int) -> None:
    """Refusing to answer where the pages do say would be as useless as guessing is wrong."""
    plain = tuple(TrueVersion(v.number, v.start, None, v.title, "") for v in truth)
    day = FIRST + DAY * offset
    said = [
        (s, Seen(day, True, Sha256("sha256:1")))
        for s in page_in_force(plain, day, dated=True, addressed=True)
    ]
    history = history_of(CODE, said)
    for when in days_of_interest(plain, said):
        word, start = true_on(plain, when)
        answer = in_force_on(history, when)
        if word == "nothing":
            assert answer.answer == "before_record"
        else:
            assert answer.version is not None
            assert (answer.answer, answer.version.validity.effective_from) == (word, start)


@given(cases(), st.randoms(use_true_random=False))
def test_order_and_repetition_of_loading_change_nothing(case: tuple[Truth, Said], random: object) -> None:
    _, said = case
    shuffled = [*said, *said[: len(said) // 2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert history_of(CODE, shuffled) == history_of(CODE, said)


@given(cases())
def test_spans_cover_all_days_once_and_name_one_version_unless_disputed(case: tuple[Truth, Said]) -> None:
    _, said = case
    history = history_of(CODE, said)
    spans = history.spans
    assert spans[0].first is None
    assert spans[-1].until is None
    for one, other in pairwise(spans):
        assert one.until == other.first
        assert one.until is not None
    for span in spans:
        if span.answer in ("in_force", "ended"):
            assert len(span.versions) == 1
        if span.answer == "disputed":
            assert span.reasons


# ---------------------------------------------------------------- a naive judge of dated versions


@dataclass(frozen=True)
class Dated:
    start: date
    end: date | None
    """As printed in `(to D)` or `(revoked D)`."""
    loose: bool


@st.composite
def dated_versions(draw: st.DrawFn) -> list[Dated]:
    """Up to five versions of different days, some with an end of either kind, with gaps and overlaps.

    Two pages of one day are one version unless a list shows both, and words that end a version after the next one began
    contradict that one's page: both are judged elsewhere.
    """
    offsets = sorted(draw(st.sets(st.integers(0, 12), min_size=1, max_size=5)))
    found = []
    for offset, following in zip(offsets, [*offsets[1:], 99], strict=True):
        loose = draw(st.booleans())
        longest = 9 if loose else min(9, following - offset)
        end = FIRST + DAY * (offset + draw(st.integers(1, longest))) if draw(st.booleans()) else None
        found.append(Dated(FIRST + DAY * offset, end, loose))
    return draw(st.permutations(found))


def naive(versions: list[Dated], day: date) -> set[tuple[str, int]]:
    """All outcomes of `day`: for each choice of what `to D` means, the latest started, or its end."""
    starts = {v.start for v in versions}
    choices: list[list[date | None]] = []
    for v in versions:
        if v.end is None:
            choices.append([None])
        elif not v.loose or v.end in starts:
            choices.append([v.end])
        elif v.end + DAY in starts:
            choices.append([v.end + DAY])
        else:
            choices.append([v.end, v.end + DAY])
    outcomes = set()
    for world in product(*choices):
        begun = [n for n, v in enumerate(versions) if v.start <= day]
        if not begun:
            outcomes.add(("nothing", -1))
        latest = max((versions[n].start for n in begun), default=None)
        for n in begun:
            if versions[n].start == latest:
                end = world[n]
                outcomes.add(("ended" if end is not None and end <= day else "in_force", n))
    return outcomes


@given(dated_versions())
def test_answers_equal_those_of_the_naive_judge(versions: list[Dated]) -> None:
    said = []
    for n, v in enumerate(versions):
        ends: tuple[EndClaim, ...] = ()
        if v.end is not None:
            basis, reading = ("suffix", "either") if v.loose else ("revocation", "excluded")
            ends = (EndClaim(v.end, basis, reading),)  # type: ignore[arg-type]
        page = Statement(
            kind="page",
            code=CODE,
            title=f"Number {n}",
            address=SitePath(f"manual/{n}"),
            starts=(StartClaim(v.start, "foot"),),
            ends=ends,
        )
        said.append((page, Seen(FIRST + DAY * 400, False, Sha256(f"sha256:{n}"))))
    history = history_of(CODE, said)
    for offset in range(-2, 25):
        day = FIRST + DAY * offset
        answer = in_force_on(history, day)
        named = [answer.version] if answer.version else list(answer.candidates)
        numbers = {int(v.title.split()[1]) for v in named if v}
        expected = naive(versions, day)
        words = {word for word, _ in expected}
        if words == {"nothing"}:
            assert answer.answer == "before_record"
        elif len(expected) == 1:
            assert answer.answer == next(iter(words))
            assert numbers == {n for _, n in expected}
        else:
            assert answer.answer == "disputed"
            assert numbers == {n for _, n in expected}


@given(cases(), st.integers(30, 300))
def test_a_later_capture_never_changes_what_was_known_earlier(case: tuple[Truth, Said], offset: int) -> None:
    """`known` is the same function over the captures taken by then, so a later one can't reach back."""
    truth, said = case
    known = FIRST + DAY * offset
    by_then = [(s, seen) for s, seen in said if seen.day <= known]
    later = [(s, seen) for s, seen in said if seen.day > known]
    before = history_of(CODE, by_then)
    after = history_of(CODE, [(s, seen) for s, seen in [*later, *by_then] if seen.day <= known])
    for day in days_of_interest(truth, said):
        assert in_force_on(before, day, known) == in_force_on(after, day, known)
