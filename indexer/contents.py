"""The contents of an index as arrays, and the conversion from documents to arrays and back.

An instruction is a row; its versions and its *units* are rows below it. A unit is a title, a sub-heading or a passage
that occurs in at least one version. A unit that is the same in twenty versions is stored and indexed once. Versions
list their units, so a word found in a unit is found in every version that has the unit:

    instruction WA3.15    units: 0 title, 1 sub-heading, 2 passage (a), 3 passage (b), 4 passage (b) as amended
                          version of 2020: 0 1 2 3
                          version of 2023: 0 1 2 4

Versions and units are numbered within their instruction, so that `Rows` of different instructions can be concatenated
unchanged, which is all that an update does. The order is canonical (instructions by code, versions oldest first, units
by first occurrence, words alphabetically), so equal documents give equal bytes, in whatever order they were added and
after any number of updates.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

import numpy as np

from indexer.analysis import fold, plain, printed_words, term_of
from indexer.arrays import Array, ArrayFile, StringTable, starts
from manual.citation import code_key
from manual.errors import IndexFault
from manual.model import Code, Passage, VersionDocument, VersionId

TITLE, HEADING, BODY = 0, 1, 2
IN_FORCE, DISPUTED, ENDED, UNDATED = 0, 1, 2, 3
HELD, DAMAGED = 1, 2
SINCE_EVER = -(2**31)
FOR_EVER = 2**31 - 1
_TABLES = ("codes", "ids", "digests", "pinpoints", "texts")


@dataclass(frozen=True, slots=True)
class Rows:
    """A run of instructions in code order. `x_of` counts rows below; other numbers count within the instruction."""

    codes: StringTable
    versions_of: Array
    units_of: Array
    # one per version
    ids: StringTable
    digests: StringTable
    part: Array
    kind: Array
    begins: Array
    ends: Array
    flags: Array
    periods_of: Array
    units_in: Array
    # one per period, one per mention of a unit by a version
    period_answer: Array
    period_first: Array
    period_until: Array
    mentions: Array
    # one per unit
    unit_field: Array
    unit_heading: Array
    unit_length: Array
    pinpoints: StringTable
    texts: StringTable
    # one per word: its number, and how many characters of the composed text (`plain`) it begins after the word before
    words: Array
    gaps: Array

    @classmethod
    def joined(cls, runs: Sequence[Rows]) -> Rows:
        """All runs, one after another."""
        columns: dict[str, Any] = {}
        for column in fields(cls):
            values = [getattr(run, column.name) for run in runs]
            if column.name in _TABLES:
                columns[column.name] = StringTable.joined(values)
            else:
                columns[column.name] = np.concatenate(values)
        return cls(**columns)

    def part_of(self, first: int, until: int) -> Rows:
        """Instructions `first` (included) to `until` (excluded)."""
        version = starts(self.versions_of)[[first, until]]
        unit = starts(self.units_of)[[first, until]]
        period = starts(self.periods_of)[version]
        mention = starts(self.units_in)[version]
        word = starts(self.unit_length)[unit]
        bounds: dict[str, Any] = {
            "codes": (first, until), "versions_of": (first, until), "units_of": (first, until),
            "period_answer": period, "period_first": period, "period_until": period, "mentions": mention,
            "unit_field": unit, "unit_heading": unit, "unit_length": unit, "pinpoints": unit, "texts": unit,
            "words": word, "gaps": word,
        }  # fmt: skip
        columns: dict[str, Any] = {}
        for column in fields(self):
            low, high = bounds.get(column.name, version)
            value = getattr(self, column.name)
            columns[column.name] = (
                value.part(low, high) if isinstance(value, StringTable) else value[low:high]
            )
        return Rows(**columns)


@dataclass(slots=True)
class Names:
    """Strings and their numbers, in order of first use."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        return self.numbers.setdefault(name, len(self.numbers))


class Lexicon:
    """Words of all texts. Each distinct printed word is folded once; folded words are numbered in order of occurrence.

    `folded` and `terms` (parallel) are the words of an index being updated, which are not stemmed again.
    """

    def __init__(self, folded: Sequence[str] = (), terms: Sequence[str] = ()) -> None:
        self.folded = Names({word: number for number, word in enumerate(folded)})
        self._printed: dict[str, int] = {}
        self._terms = dict(zip(folded, terms, strict=True))

    def term_of(self, folded: str) -> str:
        """The stem of a folded word."""
        known = self._terms.get(folded)
        return term_of(folded) if known is None else known

    def read(self, text: str) -> tuple[list[int], list[int]]:
        """The numbers of the folded words of `text`, and how far each begins after the one before, in order."""
        known = self._printed
        numbers, gaps = [], []
        before = 0
        for match in printed_words(plain(text)):
            word = match[0]
            number = known.get(word)
            if number is None:
                number = known[word] = self.folded.number(fold(word))
            numbers.append(number)
            begin = match.start()
            gaps.append(begin - before)
            before = begin
        return numbers, gaps


UnitKey = tuple[int, str, str, str]
"""Field, pinpoint, heading, text: what makes two units of one instruction the same."""


class ContentsWriter:
    """Turns the versions of instructions, given in code order, into `Rows`."""

    def __init__(self, lexicon: Lexicon, parts: Names, kinds: Names) -> None:
        self._lexicon = lexicon
        self._parts = parts
        self._kinds = kinds
        self._strings: dict[str, list[str]] = {name: [] for name in _TABLES}
        self._numbers: dict[str, array[int]] = {
            column.name: array("i") for column in fields(Rows) if column.name not in _TABLES
        }

    def add(self, code: Code, versions: Sequence[VersionDocument]) -> None:
        """One instruction."""
        units: dict[UnitKey, int] = {}
        for version in sorted(versions, key=oldest_first):
            self._add_version(version, units)
        self._strings["codes"].append(code)
        self._numbers["versions_of"].append(len(versions))
        self._numbers["units_of"].append(len(units))
        for unit in units:
            self._add_unit(unit, units)

    def _add_version(self, version: VersionDocument, units: dict[UnitKey, int]) -> None:
        mentioned = [units.setdefault(key, len(units)) for key in _units_of(version)]
        numbers = self._numbers
        numbers["mentions"].extend(mentioned)
        numbers["units_in"].append(len(mentioned))
        self._strings["ids"].append(version.id)
        self._strings["digests"].append(version.digest)
        numbers["part"].append(self._parts.number(version.part))
        numbers["kind"].append(self._kinds.number(version.kind))
        numbers["begins"].append(_day_number(version.effective_from, SINCE_EVER))
        numbers["ends"].append(_day_number(version.effective_until, FOR_EVER))
        numbers["flags"].append(HELD * version.text_held + DAMAGED * version.damaged)
        periods = [
            (answer, period)
            for answer, given in enumerate(
                (version.in_force, version.disputed, version.ended, version.undated)
            )
            for period in given
        ]
        numbers["periods_of"].append(len(periods))
        for answer, (first, until) in periods:
            numbers["period_answer"].append(answer)
            numbers["period_first"].append(_day_number(first, SINCE_EVER))
            numbers["period_until"].append(_day_number(until, FOR_EVER))

    def _add_unit(self, unit: UnitKey, units: Mapping[UnitKey, int]) -> None:
        kind, pinpoint, heading, text = unit
        words, gaps = self._lexicon.read(text)
        self._numbers["words"].extend(words)
        self._numbers["gaps"].extend(gaps)
        self._numbers["unit_length"].append(len(words))
        self._numbers["unit_field"].append(kind)
        self._numbers["unit_heading"].append(units[_heading_key(heading)] if heading else -1)
        self._strings["pinpoints"].append(pinpoint)
        self._strings["texts"].append(text)

    def rows(self) -> Rows:
        """All that was added."""
        columns: dict[str, Any] = {name: StringTable.of(strings) for name, strings in self._strings.items()}
        for name, numbers in self._numbers.items():
            columns[name] = np.array(numbers, dtype=np.int32)
        return Rows(**columns)


def _heading_key(heading: str) -> UnitKey:
    return (HEADING, "", "", heading)


def _units_of(version: VersionDocument) -> Iterator[UnitKey]:
    """Title, then each distinct sub-heading, then the passages in order, repeated ones included."""
    yield (TITLE, "", "", version.title)
    for heading in dict.fromkeys(passage.heading for passage in version.passages if passage.heading):
        yield _heading_key(heading)
    for passage in version.passages:
        yield (BODY, passage.pinpoint, passage.heading, passage.text)


def _day_number(day: date | None, open_end: int) -> int:
    return open_end if day is None else day.toordinal()


def oldest_first(version: VersionDocument) -> tuple[int, int, str]:
    """Sort key: by start (stated, or of the first period); versions without any start first."""
    begins = _day_number(version.effective_from, SINCE_EVER)
    if version.effective_from is None:
        periods = version.in_force + version.disputed + version.ended + version.undated
        days = [first for first, _ in periods if first]
        begins = min((day.toordinal() for day in days), default=SINCE_EVER)
    return begins, _day_number(version.effective_until, FOR_EVER), version.id


def by_code(documents: Iterable[VersionDocument]) -> dict[Code, list[VersionDocument]]:
    """Documents of each code, codes in order, with equal passages stored once.

    Raises IndexFault for two documents with one id: the index would hold only one of them.
    """
    grouped: dict[Code, dict[VersionId, VersionDocument]] = {}
    kept: dict[Passage, Passage] = {}
    seen: dict[VersionId, Code] = {}
    for version in documents:
        if version.id in seen:
            raise IndexFault(
                f"Two versions of {seen[version.id]} and {version.code} carry the id {version.id}; ids must differ."
            )
        seen[version.id] = version.code
        passages = tuple(kept.setdefault(passage, passage) for passage in version.passages)
        grouped.setdefault(version.code, {})[version.id] = replace(version, passages=passages)
    return {code: list(grouped[code].values()) for code in sorted(grouped, key=code_key)}


# ---------------------------------------------------------------- to and from the disk


def as_arrays(rows: Rows, lexicon: Lexicon, parts: Names, kinds: Names) -> dict[str, Array]:
    """Rows with names in alphabetical order and without unused ones, and the inverted index."""
    words, folded = _renumbered(rows.words, lexicon.folded)
    part, part_names = _renumbered(rows.part, parts)
    kind, kind_names = _renumbered(rows.kind, kinds)
    stems = [lexicon.term_of(word) for word in folded]
    terms = sorted(set(stems))
    number_of = {term: number for number, term in enumerate(terms)}
    term_of_word = np.array([number_of[term] for term in stems], dtype=_narrowest(len(terms)))
    of_position = term_of_word[words] if len(words) else np.zeros(0, dtype=np.uint16)
    arrays: dict[str, Array] = {}
    for column in fields(Rows):
        value = getattr(rows, column.name)
        if isinstance(value, StringTable):
            _put(arrays, column.name, value)
        else:
            arrays[column.name] = value.astype(_smallest(value))
    arrays |= {
        "words": words.astype(_narrowest(len(folded))),
        "part": part.astype(_smallest(part)),
        "kind": kind.astype(_smallest(kind)),
        "term_of_word": term_of_word,
        # A stable sort of the positions by their term is the inverted index: all places of a term, in order.
        "places": np.argsort(of_position, kind="stable").astype(np.int32),
        "term_count": np.bincount(of_position, minlength=len(terms)).astype(np.int32),
    }
    for name, strings in (
        ("folded", folded),
        ("terms", terms),
        ("part_names", part_names),
        ("kind_names", kind_names),
    ):
        _put(arrays, name, StringTable.of(strings))
    return arrays


def _put(arrays: dict[str, Array], name: str, table: StringTable) -> None:
    arrays[f"{name}.blob"] = table.blob
    arrays[f"{name}.offsets"] = table.offsets.astype(np.uint32)


def _narrowest(count: int) -> type[np.uint16] | type[np.uint32]:
    """The smallest type that numbers `count` things. (numpy sorts 16-bit numbers by radix, ten times faster.)"""
    return np.uint16 if count <= 2**16 else np.uint32


def _smallest(numbers: Array) -> type[np.uint8] | type[np.int16] | type[np.int32]:
    """The smallest type that holds all of `numbers`, of three."""
    low, high = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    if low >= 0 and high < 2**8:
        return np.uint8
    return np.int16 if low >= -(2**15) and high < 2**15 else np.int32


def _renumbered(used: Array, names: Names) -> tuple[Array, list[str]]:
    """`used` with names numbered by alphabet, and the names that are used, in that order."""
    present = np.flatnonzero(np.bincount(used, minlength=len(names.numbers))).tolist()
    all_names = list(names.numbers)
    ordered = sorted(present, key=all_names.__getitem__)
    new_number = np.zeros(len(all_names), dtype=np.int32)
    new_number[ordered] = np.arange(len(ordered), dtype=np.int32)
    return new_number[used], [all_names[number] for number in ordered]


_AS_KEPT = ("words", "gaps", "flags", "unit_field", "period_answer")
"""Large, or small by nature: read from the file itself, not widened."""


def rows_from(file: ArrayFile) -> Rows:
    """The rows as they were written."""
    columns: dict[str, Any] = {}
    for column in fields(Rows):
        if column.name in _TABLES:
            columns[column.name] = file.strings(column.name)
        else:
            kept = file.arrays[column.name]
            columns[column.name] = kept if column.name in _AS_KEPT else kept.astype(np.int32)
    return Rows(**columns)


def documents_in(rows: Rows, part_names: StringTable, kind_names: StringTable) -> Iterator[VersionDocument]:
    """Every version exactly as given, in the order of the rows."""
    version_end = starts(rows.versions_of).tolist()
    unit_at = starts(rows.units_of).tolist()
    mention_at = starts(rows.units_in).tolist()
    period_at = starts(rows.periods_of).tolist()
    parts, kinds = part_names.all(), kind_names.all()
    for instruction, code in enumerate(rows.codes.all()):
        first_unit = unit_at[instruction]
        for version in range(version_end[instruction], version_end[instruction + 1]):
            mentions = rows.mentions[mention_at[version] : mention_at[version + 1]] + first_unit
            title, passages = _texts(rows, mentions.tolist(), first_unit)
            periods = _periods(rows, period_at[version], period_at[version + 1])
            flags = int(rows.flags[version])
            yield VersionDocument(
                id=VersionId(rows.ids[version]),
                code=Code(code),
                title=title,
                part=parts[rows.part[version]],
                kind=kinds[rows.kind[version]],
                effective_from=day_of(int(rows.begins[version])),
                effective_until=day_of(int(rows.ends[version])),
                text_held=bool(flags & HELD),
                damaged=bool(flags & DAMAGED),
                in_force=periods[IN_FORCE],
                disputed=periods[DISPUTED],
                ended=periods[ENDED],
                undated=periods[UNDATED],
                passages=passages,
                digest=rows.digests[version],
            )


def _texts(rows: Rows, mentions: Sequence[int], first_unit: int) -> tuple[str, tuple[Passage, ...]]:
    title = ""
    passages = []
    for unit in mentions:
        kind = rows.unit_field[unit]
        if kind == TITLE:
            title = rows.texts[unit]
        elif kind == BODY:
            heading = int(rows.unit_heading[unit])
            passages.append(
                Passage(
                    rows.pinpoints[unit],
                    rows.texts[first_unit + heading] if heading >= 0 else "",
                    rows.texts[unit],
                )
            )
    return title, tuple(passages)


Periods = tuple[tuple[date | None, date | None], ...]


def _periods(rows: Rows, first: int, until: int) -> tuple[Periods, Periods, Periods, Periods]:
    found: tuple[list[tuple[date | None, date | None]], ...] = ([], [], [], [])
    for row in range(first, until):
        found[rows.period_answer[row]].append(
            (day_of(int(rows.period_first[row])), day_of(int(rows.period_until[row])))
        )
    return tuple(found[0]), tuple(found[1]), tuple(found[2]), tuple(found[3])


def day_of(number: int) -> date | None:
    """The day with an ordinal; None for an open end."""
    return None if number in (SINCE_EVER, FOR_EVER) else date.fromordinal(number)
