"""One open generation of the index: the arrays with absolute numbers, and the view of a day.

A *place* is the position of a word in the sequence of all units' words. `places[term_at[t]:term_at[t + 1]]` are the
places of term t in rising order, `words[place]` is the word there, `unit_at_place[place]` its unit. So the occurrences
of a word, a phrase and the marks of a snippet are all slices and look-ups of arrays.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from functools import cached_property

import numpy as np

from indexer.analysis import folded_text, term_of
from indexer.arrays import Array, ArrayFile, starts
from indexer.contents import BODY, DISPUTED, ENDED, FOR_EVER, IN_FORCE, SINCE_EVER, UNDATED, rows_from
from manual.cache import Cache
from manual.citation import meant
from manual.model import Code

ANSWERS = ("in_force", "disputed", "ended", "undated")
FIELDS = 3
_EPOCH = date(1970, 1, 1).toordinal()
_VIEWS_KEPT = 12
_FOUND_KEPT = 2048
_FOUND_BYTES = 48_000_000

ViewKey = tuple[date | None, bool]
"""The day, and whether ended instructions are in."""


class Holdings:
    """Arrays of one generation. Never changes; shared by all threads."""

    def __init__(self, file: ArrayFile) -> None:
        self.file = file
        rows = self.rows = rows_from(file)
        self.codes = [Code(code) for code in rows.codes.all()]
        self.instruction_of_code = {code: number for number, code in enumerate(self.codes)}
        self.instruction_of_version = np.repeat(np.arange(len(self.codes), dtype=np.int32), rows.versions_of)
        self.version_at = starts(rows.versions_of)
        self.unit_at = starts(rows.units_of)
        self.mention_at = starts(rows.units_in)
        first_unit = self.unit_at[:-1][self.instruction_of_version]
        self.mentions = rows.mentions + np.repeat(first_unit, rows.units_in).astype(np.int32)
        self.place_at = starts(rows.unit_length)
        of_instruction = np.repeat(self.unit_at[:-1], rows.units_of)
        self.heading_of = np.where(rows.unit_heading >= 0, rows.unit_heading + of_instruction, -1)
        """Of each unit, the unit of the sub-heading it stands under, or -1."""
        self.unit_at_place = np.repeat(np.arange(len(rows.unit_field), dtype=np.int32), rows.unit_length)
        self.words = rows.words
        self.gaps = rows.gaps
        self.places = file.arrays["places"]
        self.term_of_word = file.arrays["term_of_word"]
        self.term_at = starts(file.arrays["term_count"])
        self.part_names = file.strings("part_names").all()
        self.kind_names = file.strings("kind_names").all()
        self._period_version = np.repeat(np.arange(len(rows.flags), dtype=np.int32), rows.periods_of)
        self._views: Cache[ViewKey, View] = Cache(_VIEWS_KEPT)
        self.found: Cache[tuple[ViewKey, Hashable], object] = Cache(_FOUND_KEPT, most_bytes=_FOUND_BYTES)
        """Where leaves stand in views, of all views together, so that memory is bounded whatever is asked."""

    @cached_property
    def begin_years(self) -> Array:
        """The year in which each version begins; 0 where no start is known."""
        begins = self.rows.begins
        known = np.where(begins == SINCE_EVER, _EPOCH, begins).astype(np.int64) - _EPOCH
        years = known.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        return np.where(begins == SINCE_EVER, 0, years)

    @cached_property
    def codes_by_letters(self) -> tuple[list[str], list[int]]:
        """The codes in alphabetical order, so that codes with the same beginning are adjacent; and their numbers."""
        numbers = sorted(range(len(self.codes)), key=self.codes.__getitem__)
        return [self.codes[number] for number in numbers], numbers

    @cached_property
    def folded(self) -> list[str]:
        """Every folded word, in alphabetical order."""
        return self.file.strings("folded").all()

    @cached_property
    def _by_length(self) -> dict[int, dict[int, str]]:
        found: dict[int, dict[int, str]] = {}
        for number, word in enumerate(self.folded):
            found.setdefault(len(word), {})[number] = word
        return found

    def words_of_length(self, length: int) -> dict[int, str]:
        """The folded words of so many letters by their numbers: a misspelt word is looked for among few."""
        return self._by_length.get(length, {})

    @cached_property
    def word_number(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.folded)}

    @cached_property
    def term_number(self) -> dict[str, int]:
        return {term: number for number, term in enumerate(self.file.strings("terms").all())}

    def places_of(self, folded: str) -> Array:
        """Places of all words with the stem of `folded`, in rising order."""
        term = self.term_number.get(term_of(folded))
        if term is None:
            return self.places[:0]
        return self.places[self.term_at[term] : self.term_at[term + 1]]

    def view(self, on: date | None, with_ended: bool) -> View:
        """The view of the day; None: all versions. Cached for the next search of the same day."""
        key = (on, with_ended and on is not None)
        return self._views.get(key, lambda: View(self, key, *self._standing(on, key[1])))

    def _standing(self, on: date | None, with_ended: bool) -> tuple[Array, Array]:
        """Versions that are the answer on the day, or its candidates, in order, and the answer's word."""
        rows = self.rows
        if on is None:
            return np.arange(len(rows.flags), dtype=np.int32), self._answers_of_record()
        day = on.toordinal()
        stands = (rows.period_first <= day) & (day < rows.period_until)
        if not with_ended:
            stands &= rows.period_answer != ENDED
        versions, first = np.unique(self._period_version[stands], return_index=True)
        return versions, rows.period_answer[stands][first]

    def has_begun(self, instruction: int, on: date | None) -> bool:
        """Whether an instruction had begun by the day, even if it has ended. None: by any day. True if it has no
        days."""
        versions = self.version_at[instruction], self.version_at[instruction + 1]
        first, until = np.searchsorted(self._period_version, versions)
        if on is None or first == until:
            return True
        day = on.toordinal()
        begins, ends = self.rows.period_first[first:until], self.rows.period_until[first:until]
        return bool(((begins <= day) & (day < ends)).any())

    def _answers_of_record(self) -> Array:
        """Without a day: the final state of each version."""
        rows = self.rows
        answers = np.full(len(rows.flags), UNDATED, dtype=np.uint8)
        kinds = rows.period_answer
        open_end = rows.period_until == FOR_EVER
        answers[self._period_version[kinds == DISPUTED]] = DISPUTED
        answers[self._period_version[kinds == ENDED]] = ENDED
        answers[self._period_version[(kinds == IN_FORCE) & ~open_end]] = ENDED
        answers[self._period_version[(kinds == IN_FORCE) & open_end]] = IN_FORCE
        return answers


class View:
    """The versions that a search may find. All statistics are computed over these only.

    A *row* is a version of the view. Rows are in the order of the index: by code, oldest version first.
    """

    def __init__(self, holdings: Holdings, key: ViewKey, versions: Array, answers: Array) -> None:
        self.holdings = holdings
        self.key = key
        self.versions = versions
        self.answers = answers
        self.instructions = holdings.instruction_of_version[versions]
        self.group_first = np.flatnonzero(np.diff(self.instructions, prepend=-1))
        self.group_sizes = np.diff(self.group_first, append=len(versions))
        self.title_alone = (answers == UNDATED) & (key[0] is not None)
        """Rows of undated instructions on a day: their texts may be of another, so only their titles are there."""
        counts = np.where(self.title_alone, 1, holdings.rows.units_in[versions])
        units = holdings.mentions[ranges(holdings.mention_at[:-1][versions], counts)]
        rows = np.repeat(np.arange(len(versions), dtype=np.int32), counts)
        order = np.argsort(units.astype(_radix_sortable(len(holdings.unit_at_place))), kind="stable")
        mentions = np.bincount(units, minlength=len(holdings.rows.unit_field))
        self.row_at = starts(mentions)
        self.rows_of_units = rows[order]
        self.stands = mentions > 0
        self.all_stand = bool(self.stands.all())
        self.lengths = self._lengths(units, rows)

    def __len__(self) -> int:
        return len(self.versions)

    def _lengths(self, units: Array, rows: Array) -> Array:
        """Words of each row's title, sub-headings and passages: shape (3, rows)."""
        held = self.holdings.rows
        flat: Array = np.bincount(
            held.unit_field[units].astype(np.int64) * len(self) + rows,
            weights=held.unit_length[units],
            minlength=FIELDS * len(self),
        )
        lengths: Array = flat.reshape(FIELDS, len(self))
        return lengths

    @cached_property
    def mean_unit_length(self) -> float:
        """Mean number of words of the view's passages."""
        held = self.holdings.rows
        lengths = held.unit_length[self.stands & (held.unit_field == BODY)]
        return (float(lengths.mean()) if len(lengths) else 0.0) or 1.0

    def instruction_named(self, code: Code) -> Code:
        """The instruction that a code in a query means on the day of the view, by the common rule (`designation`)."""
        return meant(code, self._has_begun, self.holdings.instruction_of_code.__contains__)

    def _has_begun(self, code: Code) -> bool:
        """Whether an instruction with this code had begun by the day, even if it has ended."""
        number = self.holdings.instruction_of_code.get(code)
        return number is not None and self.holdings.has_begun(number, self.key[0])

    def standing(self, places: Array) -> Array:
        """The `places` that are in a unit of the view."""
        if self.all_stand:
            return places
        standing: Array = places[self.stands[self.holdings.unit_at_place[places]]]
        return standing

    def count_of(self, word: int) -> int:
        """How often the folded word of this number stands in the units of the view."""
        held = self.holdings
        term = held.term_of_word[word]
        places = self.standing(held.places[held.term_at[term] : held.term_at[term + 1]])
        return int(np.count_nonzero(held.words[places] == word))

    @cached_property
    def titles(self) -> list[str]:
        """Folded title of each row."""
        return [folded_text(title) for title in self.printed_titles]

    @cached_property
    def printed_titles(self) -> list[str]:
        held = self.holdings
        units = held.mentions[held.mention_at[:-1][self.versions]]
        return [held.rows.texts[unit] for unit in units.tolist()]


def ranges(first: Array, counts: Array) -> Array:
    """Numbers `first[i]`, `first[i] + 1`, … (`counts[i]` of them), for each i in turn."""
    total = int(counts.sum())
    if total == 0:
        return np.zeros(0, dtype=np.int64)
    ends = np.cumsum(counts)
    numbers: Array = np.arange(total, dtype=np.int64) + np.repeat(first - (ends - counts), counts)
    return numbers


def _radix_sortable(count: int) -> type[np.uint16] | type[np.int32]:
    return np.uint16 if count <= 2**16 else np.int32
