"""The search files: they find what stands in a version that answers on the day, and nothing else."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import folded_words, term_of
from manual.export.search import files, terms
from manual.model import Code, Passage, VersionDocument, VersionId, When
from manual.publisher import INZ
from manual.queries import KnowledgeBase
from tests.export.conftest import LATE


def handed(path: Path) -> list[Any]:
    """What a search file hands to search.js."""
    text, head, tail = path.read_text("utf-8"), "inforce.push(", ");\n"
    if path.name in ("start.js", "days.js"):
        head = files.FIRST.decode() + head
    assert text.startswith(head + "[")
    assert text.endswith("]" + tail)
    assert "<" not in text
    found: list[Any] = json.loads(text.removeprefix(head).removesuffix(tail))
    return found


def lines_of(path: Path) -> list[str]:
    """The lines of a bucket."""
    said: str = handed(path)[2]
    return said.split("\n")


class Numbers:
    """Reads what `terms.number` writes; search.js does the same."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    def next(self) -> int:
        digit = terms._SIGNS.index(self._text[self._at])
        self._at += 1
        return digit if digit < terms.LAST else digit + terms.MORE * self.next()

    def dense(self, signs: dict[str, str]) -> str:
        """The dense word that a sign stands for, where there is one."""
        for word, sign in signs.items():
            if self._text[self._at : self._at + 1] == sign:
                self._at += 1
                return word
        return ""

    def more(self) -> bool:
        return self._at < len(self._text)


Counts = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Posting:
    code: int
    runs: tuple[tuple[int, int, Counts], ...]
    """First version, the first one after, and how often it stands in title, sub-headings and passages."""

    def holds(self, version: int) -> Counts:
        return next((counts for first, until, counts in self.runs if first <= version < until), (0, 0, 0))


def counts_in(numbers: Numbers, value: int) -> Counts:
    return (0, 0, value // 2) if value != 1 else (numbers.next(), numbers.next(), numbers.next())


def postings(said: str) -> Iterator[Posting]:
    numbers, code = Numbers(said), 0
    while numbers.more():
        head = numbers.next()
        code += head // 2
        value = 2 if head % 2 else numbers.next()
        if value:
            yield Posting(code, ((0, 1 << 30, counts_in(numbers, value)),))
            continue
        end, runs = 0, []
        for _ in range(numbers.next()):
            start = end + numbers.next()
            count = numbers.next()
            end = start + count
            runs.append((start, end if count else 1 << 30, counts_in(numbers, numbers.next())))
        yield Posting(code, tuple(runs))


class Searched:
    """An edition's search files, read as search.js reads them."""

    def __init__(self, edition: Path) -> None:
        self.folder = edition / "search"
        self.facts = handed(self.folder / "start.js")[2]
        self.codes: list[str] = []
        for code in self.facts["codes"].split(" "):
            before = self.codes[-1] if self.codes else ""
            self.codes.append(before.rpartition(".")[0] + code if code.startswith(".") else code)
        self.days = handed(self.folder / "days.js")[2].split(" ")

    def standing(self, on: date) -> list[tuple[int, tuple[int, ...]]]:
        """Of each code the kind of its answer on a day (0 undated, 1 in force, 2 disputed) and its versions."""
        return [self._versions(said, on.toordinal() - terms.EPOCH) for said in self.days]

    def _versions(self, said: str, on: int) -> tuple[int, tuple[int, ...]]:
        numbers, began, kind, found, place = Numbers(said), 0, 0, (), 0
        while numbers.more():
            if place:
                began += numbers.next()
                if began > on:
                    break
            kind = numbers.next()
            found = tuple(numbers.next() for _ in range((kind + 2) // 3))
            place += 1
        return kind % 3, found

    def forms(self, stem: str) -> dict[str, str]:
        """The postings of each form of a stem."""
        file = self.folder / "t" / f"{files.hash_of(files.key_of(stem)) % self.facts['buckets']}.js"
        for line in lines_of(file):
            name, *rest = line.split(" ")
            if rest and name == stem:
                return {form or stem: said for form, said in zip(rest[::2], rest[1::2], strict=True)}
        return {}

    def found(self, form: str, on: date) -> set[str]:
        """Codes with a version that answers on the day and holds a form of the word; of an undated one in its title."""
        stands, found = self.standing(on), set()
        for said in self.forms(term_of(form)).values():
            for posting in postings(said):
                kind, versions = stands[posting.code]
                counts = [posting.holds(version) for version in versions]
                if any(any(one[:1] if kind == 0 else one) for one in counts):
                    found.add(self.codes[posting.code])
        return found


def terms_of(document: VersionDocument, *, title_alone: bool = False) -> set[str]:
    texts = [document.title]
    for passage in document.passages if not title_alone else ():
        texts += [passage.heading, passage.text]
    return {term_of(form) for text in texts for form in folded_words(text)}


@pytest.mark.parametrize(("which", "days"), [("edition", 8), ("day_edition", 1)])
def test_a_word_is_found_where_it_stands_on_the_day_and_nowhere_else(
    request: pytest.FixtureRequest, specimen_home: Path, which: str, days: int
) -> None:
    """A hit from another day's text is the trap that a search over history sets."""
    searched = Searched(request.getfixturevalue(which))
    with KnowledgeBase(specimen_home) as kb:
        documents = {document.id: document for document in kb.documents()}
        random = Random(7)
        own = date.fromisoformat(searched.facts["on"])
        asked = [own] + [date(2009, 1, 1) + timedelta(days=random.randrange(6500)) for _ in range(days - 1)]
        for on in asked:
            stands = {code: _answering(kb, code, on) for code in kb.codes()}
            shown = {id for _, ids in stands.values() for id in ids}
            forms = sorted({form for id in shown for form in _forms(documents[id])}) or ["visa"]
            for form in random.sample(forms, min(60, len(forms))):
                wanted = {
                    code.replace(" ", "-")
                    for code, (undated, ids) in stands.items()
                    if any(term_of(form) in terms_of(documents[id], title_alone=undated) for id in ids)
                }
                assert searched.found(form, on) == wanted, (form, on)


def _forms(document: VersionDocument) -> set[str]:
    return {form for passage in document.passages for form in folded_words(passage.text) if form}


def _answering(kb: KnowledgeBase, code: Code, on: date) -> tuple[bool, tuple[str, ...]]:
    """Whether the answer is `undated`, and the versions that it names."""
    answer = kb.in_force_on(code, When(on))
    if answer.answer == "in_force" and answer.version:
        return False, (answer.version.id,)
    named = answer.candidates if answer.answer in ("disputed", "undated") else ()
    return answer.answer == "undated", tuple(
        one.id for one in named or ([answer.version] if answer.version and answer.answer == "undated" else [])
    )


def test_an_edition_of_one_day_holds_no_word_of_another(day_edition: Path, specimen_home: Path) -> None:
    """The files of a one-day edition would give away what stood before and after."""
    with KnowledgeBase(specimen_home) as kb:
        shown = {id for code in kb.codes() for id in _answering(kb, code, date(2021, 3, 1))[1]}
        allowed = {term for d in kb.documents() if d.id in shown for term in terms_of(d)}
    held = set()
    for path in (day_edition / "search" / "t").iterdir():
        held |= {line.split(" ")[0] for line in lines_of(path) if " " in line}
    stems = {stem for stem in held if not re.search("[+~&]", stem)}
    assert stems
    assert stems <= allowed
    parts = {part for thing in held - stems if "&" not in thing for part in re.split("[+~]", thing)}
    assert parts <= allowed | {"section"}
    assert {term_of(word) for thing in held if "&" in thing for word in thing.split("&")} <= allowed
    assert not (day_edition / "search" / "p").exists()


def test_each_hit_has_the_title_of_the_version_that_answers(edition: Path, specimen_home: Path) -> None:
    """A title of another day above the words of this one looks like a right answer."""
    searched = Searched(edition)
    named = files.NAMED
    titles = [
        title
        for n in range(-(-len(searched.codes) // named))
        for title in handed(edition / "search" / "n" / f"{n}.js")[2]
    ]
    assert len(titles) == len(searched.codes)
    with KnowledgeBase(specimen_home) as kb:
        for on in (date(2015, 1, 1), date(2020, 6, 1), LATE):
            for segment, runs, (_, versions) in zip(
                searched.codes, titles, searched.standing(on), strict=True
            ):
                answer = kb.in_force_on(Code(segment.replace("-", " ")), When(on))
                if answer.answer == "in_force" and answer.version:
                    flat = [
                        title
                        for title, count in zip(runs[::2], runs[1::2], strict=True)
                        for _ in range(count)
                    ]
                    assert flat[versions[0]] == answer.version.title


def test_a_query_loads_little(edition: Path) -> None:
    """A search from a stick, or over a slow line, would not be worth waiting for."""
    folder = edition / "search"
    always = sum((folder / name).stat().st_size for name in ("start.js", "days.js"))
    buckets = sorted(
        (path.stat().st_size for kind in "tp" for path in (folder / kind).iterdir()), reverse=True
    )
    names = sum(path.stat().st_size for path in (folder / "n").iterdir())
    pages = sorted((path.stat().st_size for path in edition.glob("*.html")), reverse=True)
    assert always + sum(buckets[:6]) + names + sum(pages[20:30]) < 200_000


@given(st.lists(st.integers(min_value=0, max_value=2**30), max_size=20))
def test_numbers_come_back(values: list[int]) -> None:
    """Every posting after one that is misread would be wrong."""
    numbers = Numbers("".join(map(terms.number, values)))
    assert [numbers.next() for _ in values] == values
    assert not numbers.more()


COUNTS = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 40))


@given(st.lists(COUNTS, min_size=1, max_size=40))
def test_runs_hold_the_counts_they_were_made_of(counts: list[Counts]) -> None:
    """A word would be found in the version before the one it came with."""
    if not any(map(any, counts)):
        return
    (posting,) = postings(terms.number(0) + terms._runs(counts))
    assert [posting.holds(version) for version in range(len(counts))] == counts


WORDS = st.lists(st.sampled_from(["the", "of", "a", "visa", "officer", "work"]), min_size=1, max_size=8)
VERSIONS = st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=5)


def document(texts: list[list[str]]) -> VersionDocument:
    """A version with these texts: its title, then its passages."""
    title, *passages = (" ".join(text) for text in texts)
    return VersionDocument(
        id=VersionId("one"), code=Code("A1"), title=title, part="A", kind="section", effective_from=None,
        effective_until=None, text_held=True, damaged=False, in_force=(), disputed=(), ended=(),
        passages=tuple(Passage("", "", passage) for passage in passages),
    )  # fmt: skip


def words_placed(counted: terms._Counted, versions: int) -> dict[int, str]:
    """What stands at each place, read from the words and their places as search.js reads them."""
    found: dict[int, str] = {}
    for name, counts, said in (*counted.words(), *counted.things()):
        if not said:
            continue
        (posting,) = postings(terms.number(1) if counts == terms.ONCE else terms.number(0) + counts)
        numbers, place = Numbers(said), 0
        for _ in range(numbers.next() if versions > 1 else sum(posting.holds(0))):
            before = numbers.dense(terms._BEFORE)
            place += numbers.next()
            after = numbers.dense(terms._AFTER)
            found |= {place + n: word for n, word in enumerate(name.split("&"))}
            found |= {at: word for at, word in ((place - 1, before), (place + 1, after)) if word}
            place += 1
        assert not numbers.more()
    return found


def versions_placed(counted: terms._Counted, versions: int) -> list[tuple[int, tuple[int, ...]]]:
    """Field and versions of each place."""
    numbers, found = Numbers(counted.stretches()), []
    for field in range(terms.FIELDS):
        for _ in range(numbers.next()):
            many, end, head = numbers.next(), 0, 1
            those: list[int] = []
            while head % 2:
                head, count = numbers.next(), numbers.next()
                start = end + head // 2
                end = start + count if count else versions
                those += range(start, end)
            found += [(field, tuple(those))] * many
    assert not numbers.more()
    return found


@given(VERSIONS)
def test_places_tell_which_words_stand_side_by_side_in_each_version(texts: list[list[list[str]]]) -> None:
    """A phrase would be found in another version, over the end of a clause, or missed before one of the dense words."""
    counted = terms._Counted([document(version) for version in texts], INZ, placed=True)
    placed = words_placed(counted, len(texts))
    found: list[Counter[tuple[bool, str, str]]] = [Counter() for _ in texts]
    for place, (field, versions) in enumerate(versions_placed(counted, len(texts))):
        if place in placed and place + 1 in placed:
            for version in versions:
                found[version][field == 0, placed[place], placed[place + 1]] += 1
    assert found == [
        Counter((n == 0, *two) for n, text in enumerate(version) for two in pairwise(text))
        for version in texts
    ]


def test_the_day_of_the_specimen_is_after_its_captures(specimen_home: Path) -> None:
    """The tests of this folder would ask at an edge by accident."""
    with KnowledgeBase(specimen_home) as kb:
        assert (kb.newest_capture() or LATE) < LATE
