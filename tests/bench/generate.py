# ruff: noqa: SIM905
"""Writes large manuals of invented words in the real page shape, the same for the same seed.

    python tests/bench/generate.py DEST --pages 1500 --seed 1

DEST gets `toc.htm` and one `<id>.htm` for each version page. Words are made of syllables and drawn by Zipf's law among
a core of ordinary ones, so that a word with its space takes 6.2 bytes as in the real pages read so far; a page has
about 600; versions of one instruction differ in a few clauses, so that most passages repeat from version to version as
they do in the real manual. With `--versions 1` every instruction has one version; otherwise up to thirty, and about
eight on average.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

if __package__ in (None, ""):  # run as a script: the project's folder is not on the path
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from manual.specimen import shape

LETTERS = (
    "J",
    "K",
    "O",
    "Q",
    "T",
    "Z",
    "JA",
    "JB",
    "KA",
    "KB",
    "OA",
    "QA",
    "QB",
    "TA",
    "TB",
    "ZA",
    "ZB",
    "ZC",
)
COMMON = (
    "the of to and a in is that for be by as with on or must an may not this are at if from their where which under "
    "visa officer applicant application employer evidence granted instructions made who been any they such other "
    "requirements work day provided held before after during while only each period conditions issued approval"
).split()
SYLLABLES = (
    "ba ben cal cor da del dor eld fa fen gar gil ha hol il ira jen ka kel lam lin lor ma mer mil na nor ol or pa pel "
    "pin qua ra ren ril sa sel sim ta ten tir tol ul ur va vel vin wa wen yar zel zor"
).split()
FIRST_DAY = date(2010, 11, 29)
DAYS = (date(2026, 7, 1) - FIRST_DAY).days
WORDS_A_PAGE = 600
WORDS_A_PART = 130
"""About so many; the last part of a page goes beyond what is wanted by half of them."""
MOST_VERSIONS = 30


@dataclass(slots=True)
class Lexicon:
    """Words with Zipf weights: the common ones first, then `size` made of two to four syllables."""

    random: Random
    size: int = 6000
    words: list[str] = field(init=False)
    weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        made: dict[str, None] = {}
        while len(made) < self.size:
            made["".join(self.random.choices(SYLLABLES, k=self.random.choice((2, 2, 2, 3, 3))))] = None
        self.words = COMMON + [word for word in made if word not in COMMON]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def run(self, count: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=count))

    def title(self) -> str:
        tail = self.random.choices(self.words[len(COMMON) :], k=self.random.randint(1, 4))
        return " ".join(tail).capitalize()

    def sentence(self, count: int) -> str:
        return self.run(count).capitalize() + "."


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a text that changes as one: a list with its clauses, a note, a table."""

    kind: str
    clauses: tuple[str, ...]
    """HTML of each clause or cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    code: str
    titles: tuple[str, ...]
    """One for each version, oldest first; mostly the same."""
    days: tuple[date, ...]
    ids: tuple[int, ...]
    """Page of each version; the last is the page that stays."""

    def row(self, version: int) -> tuple[int, str]:
        suffix = "" if version == len(self.ids) - 1 else f" ({self.days[version]:%d/%m/%Y})"
        return self.ids[version], f"{self.code} {self.titles[version]}{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    code: str
    title: str
    id: int
    part_id: int
    instructions: tuple[Instruction, ...]


class Generator:
    """One manual. Everything is drawn from one `Random`, in one order."""

    def __init__(self, pages: int, seed: int, most_versions: int = MOST_VERSIONS) -> None:
        if pages < 1 or most_versions < 1:
            raise ValueError(
                f"{pages} pages, at most {most_versions} of one instruction; expected at least 1"
            )
        self.pages = pages
        self.most_versions = most_versions
        self.random = Random(seed)
        self.lexicon = Lexicon(self.random)
        self.next_id = 100_000
        self.parts: list[tuple[int, str, list[Chapter]]] = []
        self._plan()

    # ------------------------------------------------------------ what there is

    def _id(self) -> int:
        self.next_id += 1
        return self.next_id

    def _plan(self) -> None:
        """Instructions until their versions make up the pages, spread over the lettered parts."""
        for code in LETTERS:
            self.parts.append((self._id(), f"{code} {self.lexicon.title()}", []))
        left, number = self.pages, 0
        while left > 0:
            part_id, part, chapters = self.parts[number % len(LETTERS)]
            number += 1
            code = f"{part.split(' ')[0]}{len(chapters) + 1}"
            sections: list[Instruction] = []
            for section in range(self.random.randint(3, 12)):
                if left > 0:
                    sections.append(self._instruction(f"{code}.{section * 5 or 1}", left))
                    left -= len(sections[-1].ids)
            chapters.append(
                Chapter(
                    code=code,
                    title=self.lexicon.title(),
                    id=self._id(),
                    part_id=part_id,
                    instructions=tuple(sections),
                )
            )

    def _instruction(self, code: str, left: int) -> Instruction:
        count = min(left, self.most_versions, 1 + int(self.random.expovariate(1 / 9)))
        days = sorted(self.random.sample(range(DAYS), count))
        title = self.lexicon.title()
        titles: list[str] = []
        for _ in range(count):
            title = title if self.random.random() > 0.03 else self.lexicon.title()
            titles.append(title)
        return Instruction(
            code=code,
            titles=tuple(titles),
            days=tuple(FIRST_DAY + timedelta(days=day) for day in days),
            ids=tuple(self._id() for _ in range(count)),
        )

    # ------------------------------------------------------------ texts

    def _clause(self, chapter: Chapter) -> str:
        """A clause of about 20 words, some with a link or a plain reference."""
        words = self.lexicon.sentence(self.random.randint(8, 32))
        draw = self.random.random()
        if draw < 0.12 and chapter.instructions:
            other = self.random.choice(chapter.instructions)
            page, title = other.row(len(other.ids) - 1)
            label = f"{other.code}({self.random.choice('abcdef')})"
            return f"{words[:-1]} (see {shape.link(page, title, label)})."
        if draw < 0.18 and chapter.instructions:
            return f"{words[:-1]} as set out at {self.random.choice(chapter.instructions).code}."
        if draw < 0.22:
            return f"{words[:-1]} despite (a) above."
        return words

    def _part(self, chapter: Chapter) -> Part:
        kind = self.random.choices(("list", "nested", "note", "table", "paragraph"), (4, 4, 1, 1, 1))[0]
        count = {"list": 6, "nested": 8, "note": 1, "table": 9, "paragraph": 2}[kind]
        if kind == "table":
            return Part(kind, tuple(self.lexicon.run(self.random.randint(2, 8)) for _ in range(count)))
        return Part(kind, tuple(self._clause(chapter) for _ in range(count)))

    def _first_text(self, chapter: Chapter) -> list[Part]:
        parts, words = [], 0
        goal = self.random.randint(WORDS_A_PAGE // 2, WORDS_A_PAGE * 3 // 2) - WORDS_A_PART // 2
        while words < goal:
            parts.append(self._part(chapter))
            words += sum(clause.count(" ") + 1 for clause in parts[-1].clauses)
        return parts

    def _amend(self, parts: list[Part], chapter: Chapter) -> None:
        """One to three clauses replaced, sometimes a part added or removed, sometimes two parts change places."""
        for _ in range(self.random.randint(1, 3)):
            where = self.random.randrange(len(parts))
            clauses = list(parts[where].clauses)
            clauses[self.random.randrange(len(clauses))] = self._clause(chapter)
            parts[where] = Part(parts[where].kind, tuple(clauses))
        draw = self.random.random()
        if draw < 0.1:
            parts.insert(self.random.randrange(len(parts) + 1), self._part(chapter))
        elif draw < 0.2 and len(parts) > 2:
            parts.pop(self.random.randrange(len(parts)))
        elif draw < 0.25 and len(parts) > 1:
            parts.append(parts.pop(0))

    # ------------------------------------------------------------ pages

    def files(self) -> Iterator[tuple[str, str]]:
        """Name and HTML of each page, the contents first."""
        yield "toc.htm", shape.contents_page(self._contents())
        for _, _, chapters in self.parts:
            for chapter in chapters:
                for instruction in chapter.instructions:
                    yield from self._pages(chapter, instruction)

    def _contents(self) -> list[shape.SpecimenEntry]:
        return [
            shape.SpecimenEntry(
                part_id,
                part,
                [
                    shape.SpecimenEntry(
                        chapter.id,
                        f"{chapter.code} {chapter.title}",
                        [shape.SpecimenEntry(*i.row(len(i.ids) - 1)) for i in chapter.instructions],
                    )
                    for chapter in chapters
                ],
            )
            for part_id, part, chapters in self.parts
            if chapters
        ]

    def _pages(self, chapter: Chapter, instruction: Instruction) -> Iterator[tuple[str, str]]:
        parts = self._first_text(chapter)
        last = len(instruction.ids) - 1
        siblings = [i.row(len(i.ids) - 1) for i in chapter.instructions if i is not instruction]
        for version, (page, day) in enumerate(zip(instruction.ids, instruction.days, strict=True)):
            if version:
                self._amend(parts, chapter)
            others = [instruction.row(v) for v in range(last, -1, -1) if v != version]
            related: list[shape.Related] = [("IN THIS SECTION", siblings)] if siblings else []
            related += [("PREVIOUS IMMIGRATION INSTRUCTIONS", others)] if others else []
            html = shape.instruction_page(
                id=page,
                heading=instruction.row(version)[1],
                body=body(instruction.code, parts),
                feet=[f"Effective {day:%d/%m/%Y}"],
                ancestors=(chapter.id, chapter.part_id),
                banner="" if version == last else shape.ARCHIVE_BANNER,
                related=related,
            )
            yield f"{page}.htm", html


def body(code: str, parts: Sequence[Part]) -> str:
    """HTML of a text: every third part under a sub-heading of its own."""
    out = []
    for number, part in enumerate(parts):
        if number % 3 == 2:
            words = " ".join(part.clauses[0].split("<")[0].split()[:4])
            out.append(shape.sub_heading(f"{code}.{(number // 3) * 5 or 1} {words.capitalize()}"))
        out.append(_part_html(part))
    return "".join(out)


def _part_html(part: Part) -> str:
    clauses = part.clauses
    if part.kind == "list":
        return shape.letters(clauses)
    if part.kind == "nested":
        deep = f"{clauses[3]}{shape.bullets(clauses[6:])}"
        return shape.letters([clauses[0] + shape.romans([clauses[1], clauses[2], deep]), *clauses[4:6]])
    if part.kind == "note":
        return shape.note(clauses[0])
    if part.kind == "table":
        cells = [shape.TableCell(html=clause) for clause in clauses]
        return shape.table([cells[0:3], cells[3:6], cells[6:9]])
    return "".join(map(shape.paragraph, clauses))


def write(dest: Path, *, pages: int, seed: int, most_versions: int = MOST_VERSIONS) -> int:
    """Writes a manual of `pages` version pages into `dest`, which is made; returns the number of files."""
    dest.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, html in Generator(pages, seed, most_versions).files():
        (dest / name).write_bytes(html.encode())
        count += 1
    return count


def main() -> None:
    arguments = argparse.ArgumentParser(description="Write a large manual of invented words.")
    arguments.add_argument("dest", type=Path)
    arguments.add_argument("--pages", type=int, default=1500)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument(
        "--versions", type=int, default=MOST_VERSIONS, help="at most so many of one instruction"
    )
    given = arguments.parse_args()
    count = write(given.dest, pages=given.pages, seed=given.seed, most_versions=given.versions)
    print(f"{count} files in {given.dest}", file=sys.stderr)


if __name__ == "__main__":
    main()
