"""Build and update the index: in a new directory, checked, then put in place."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import numpy as np

from indexer.arrays import Array, ArrayFile, manifest_digest, read_arrays, write_arrays
from indexer.contents import ContentsWriter, Lexicon, Names, Rows, as_arrays, by_code, documents_in, rows_from
from indexer.generations import open_served, switch_to, writing
from indexer.results import IndexSummary
from manual.citation import code_key
from manual.errors import IndexFault
from manual.model import Code, VersionDocument, VersionId
from manual.stamp import index_stamp


def build(documents: Iterable[VersionDocument], index_dir: Path, *, kb_digest: str) -> IndexSummary:
    """Index every version given, replacing any earlier index; readers use the old one until then.

    Raises IndexFault for two versions with one id, if another process is writing, or if the written index cannot be
    read back; the earlier index then stays.
    """
    began = time.monotonic()
    with writing(index_dir) as fresh:
        lexicon, parts, kinds = Lexicon(), Names(), Names()
        rows = _written(by_code(documents), lexicon, parts, kinds)
        return _finish(as_arrays(rows, lexicon, parts, kinds), index_dir, fresh, kb_digest, began)


def in_memory(documents: Iterable[VersionDocument], *, kb_digest: str) -> ArrayFile:
    """The arrays that `build` would write, for a process that cannot write."""
    lexicon, parts, kinds = Lexicon(), Names(), Names()
    rows = _written(by_code(documents), lexicon, parts, kinds)
    arrays = as_arrays(rows, lexicon, parts, kinds)
    return ArrayFile(kb_digest, _counts(arrays), arrays, sum(array.nbytes for array in arrays.values()))


def update(
    documents_changed: Iterable[VersionDocument],
    removed: Collection[VersionId],
    index_dir: Path,
    *,
    kb_digest: str,
) -> IndexSummary:
    """Replace changed documents by id, add new ones, and remove the `removed` ones.

    The result equals a build from all documents byte for byte. Only the affected instructions are analysed again; the
    others are copied as arrays. Raises IndexFault as `build` does, and if there is no index to update.
    """
    began = time.monotonic()
    with writing(index_dir) as fresh:
        old, _ = open_served(index_dir)
        changed = list(documents_changed)
        gone = set(removed) | {version.id for version in changed}
        terms = old.strings("terms").all()
        stems = [terms[number] for number in old.arrays["term_of_word"].tolist()]
        lexicon = Lexicon(old.strings("folded").all(), stems)
        parts = Names({name: number for number, name in enumerate(old.strings("part_names").all())})
        kinds = Names({name: number for number, name in enumerate(old.strings("kind_names").all())})
        rows = _replaced(old, changed, gone, lexicon, parts, kinds)
        return _finish(as_arrays(rows, lexicon, parts, kinds), index_dir, fresh, kb_digest, began)


def _written(
    documents: dict[Code, list[VersionDocument]], lexicon: Lexicon, parts: Names, kinds: Names
) -> Rows:
    writer = ContentsWriter(lexicon, parts, kinds)
    for code, versions in documents.items():
        writer.add(code, versions)
    return writer.rows()


def _replaced(
    old: ArrayFile,
    changed: list[VersionDocument],
    gone: set[VersionId],
    lexicon: Lexicon,
    parts: Names,
    kinds: Names,
) -> Rows:
    """Old rows of unaffected instructions and new rows of the others, in code order."""
    rows = rows_from(old)
    codes = [Code(code) for code in rows.codes.all()]
    concerned = _concerned(rows, codes, gone, {version.code for version in changed})
    documents = list(changed)
    for place in sorted(concerned):
        one = rows.part_of(place, place + 1)
        kept = documents_in(one, old.strings("part_names"), old.strings("kind_names"))
        documents.extend(version for version in kept if version.id not in gone)
    runs = _merged(rows, codes, concerned, by_code(documents), lexicon, parts, kinds)
    return Rows.joined([*runs, ContentsWriter(lexicon, parts, kinds).rows()])


def _concerned(rows: Rows, codes: list[Code], gone: set[VersionId], changed: set[Code]) -> set[int]:
    """Positions of the instructions that lose or gain a version."""
    instruction_of = np.repeat(np.arange(len(codes)), rows.versions_of)
    losing = [place for place, id in enumerate(rows.ids.all()) if id in gone]
    gaining = {place for place, code in enumerate(codes) if code in changed}
    return {int(instruction) for instruction in instruction_of[losing]} | gaining


def _merged(
    rows: Rows,
    codes: list[Code],
    replaced: set[int],
    new: dict[Code, list[VersionDocument]],
    lexicon: Lexicon,
    parts: Names,
    kinds: Names,
) -> Iterator[Rows]:
    keys = [code_key(code) for code in codes]
    at = 0
    for code, versions in new.items():
        until = at
        while until < len(codes) and keys[until] < code_key(code):
            until += 1
        yield from _kept(rows, at, until, replaced)
        yield _written({code: versions}, lexicon, parts, kinds)
        at = until
    yield from _kept(rows, at, len(codes), replaced)


def _kept(rows: Rows, first: int, until: int, replaced: set[int]) -> Iterator[Rows]:
    """Rows `first` to `until` without the replaced ones, in as few runs as possible."""
    stops = [place for place in sorted(replaced) if first <= place < until]
    for stop in [*stops, until]:
        if first < stop:
            yield rows.part_of(first, stop)
        first = stop + 1


def _finish(
    arrays: dict[str, Array], index_dir: Path, fresh: Path, kb_digest: str, began: float
) -> IndexSummary:
    counts = _counts(arrays)
    size = write_arrays(fresh, arrays, kb_digest=kb_digest, counts=counts, made_by=index_stamp())
    _verify(fresh, arrays)
    switch_to(index_dir, fresh)
    return IndexSummary(kb_digest=kb_digest, bytes=size, seconds=time.monotonic() - began, **counts)


def _counts(arrays: dict[str, Array]) -> dict[str, int]:
    return {
        "instructions": len(arrays["versions_of"]),
        "versions": len(arrays["flags"]),
        "passages": len(arrays["unit_field"]),
        "words": len(arrays["words"]),
        "terms": len(arrays["term_count"]),
    }


def _verify(fresh: Path, arrays: dict[str, Array]) -> None:
    """Read back what was written before readers are directed to it."""
    written = read_arrays(fresh, manifest_digest(fresh))
    for name, array in arrays.items():
        if not np.array_equal(written.arrays[name], array):
            raise IndexFault(
                f"The search index was not written as it was made ({name} differs); is the disk failing?"
            )
