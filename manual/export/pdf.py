"""Writes a PDF: runs of instructions set by Typst in a process of their own, joined into one tagged document.

Typst keeps all it has laid out, so that a whole manual at once takes gigabytes; runs of a few dozen instructions take
little, and a process that ends gives it back. Page numbers go on from run to run, so runs are set one after the other.
Joining keeps what a run has (tags, jumps) and makes what only the whole can have: bookmarks, contents with page
numbers, jumps between runs.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manual.citation import anchor
from manual.dates import in_words
from manual.errors import ExportError
from manual.export.collect import DISCLAIMER, NAME, THERE, Volume, page_of, require_file, volume
from manual.export.summary import ExportSummary
from manual.export.typeset import FAR, Data, Setter
from manual.queries import ContentsEntry, KnowledgeBase

if TYPE_CHECKING:
    from manual.load import Progress

RUN = 40
"""Entries set at once."""
_RUNS_A_PROCESS = 4
_TEMPLATE = Path(__file__).resolve().parent / "print" / "volume.typ"
_SPECIMEN = {
    "none": [],
    "some": ["Some of these instructions were invented to show how this works; they say so."],
    "all": ["A specimen: these instructions were invented to show how this works. They are nobody’s law."],
}


def write_pdf(
    home: Path, dest: Path, *, on: date | None, part: str | None, progress: Progress | None
) -> ExportSummary:
    """See `manual.export.export_pdf`."""
    started = time.perf_counter()
    _require_libraries()
    require_file(dest, ".pdf")
    with KnowledgeBase(home) as kb, kb.steady(), tempfile.TemporaryDirectory(prefix="inforce-pdf-") as folder:
        found = volume(kb, on, part)
        if not found.codes:
            raise ExportError(
                f"Nothing is known to have been in force on {in_words(found.on)}, so there is nothing to print."
            )
        runs = _set_runs(kb, found, Path(folder), progress)
        front = _set_front(found, runs, Path(folder))
        if progress:
            progress.begin("Joining", None)
        joined = Path(folder) / "joined.pdf"
        pages = join(front, runs, found.entries, joined)
        size = _into_place(joined, dest)
    return ExportSummary(
        dest=dest, on=found.on, digest=found.digest, pages=pages, files=1, written=1, kept=0, removed=0,
        bytes=size, seconds=time.perf_counter() - started,
    )  # fmt: skip


def _require_libraries() -> None:
    try:
        import pikepdf  # noqa: F401
        import typst  # noqa: F401
    except ImportError as problem:
        raise ExportError(f"A PDF needs typst and pikepdf ({problem}). Install inforce[pdf].") from problem


def _into_place(made: Path, dest: Path) -> int:
    """The old file stays until the new one is whole."""
    aside = dest.with_name(f".{dest.name}.building")
    try:
        dest.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, aside)
        os.replace(aside, dest)
    except OSError as problem:
        aside.unlink(missing_ok=True)
        raise ExportError(f"{dest} can't be written ({problem.strerror or problem}).") from problem
    return dest.stat().st_size


# ---------------------------------------------------------------- runs


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to jump to: a page, counted from 0 within its file, and a height on it."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Run:
    """One file of pages: its entries in order, each with the spot where its heading stands."""

    path: Path
    entries: tuple[ContentsEntry, ...]
    spots: tuple[Spot, ...]
    pages: int
    first: int
    """Number printed on its first page."""


def _set_runs(kb: KnowledgeBase, found: Volume, folder: Path, progress: Progress | None) -> list[Run]:
    runs: list[Run] = []
    first = 1
    if progress:
        progress.begin("Setting pages", len(found.entries))
    parts = [found.entries[at : at + RUN] for at in range(0, len(found.entries), RUN)]
    with _typesetter() as pool:
        waiting = _data_of(kb, found, parts[0])
        for number, entries in enumerate(parts):
            path = folder / f"{number}.pdf"
            job = pool.submit(typeset, _whole(found, "body", first, instructions=waiting), path)
            if number + 1 < len(parts):  # made ready while Typst is at work
                waiting = _data_of(kb, found, parts[number + 1])
            spots, pages = _result(job)
            if len(spots) != len(entries):
                raise ExportError(f"Typst gave {len(spots)} headings for {len(entries)} entries.")
            runs.append(Run(path, tuple(entries), spots, pages, first))
            first += pages
            if progress:
                progress.step(len(entries))
    return runs


def _typesetter() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=_RUNS_A_PROCESS)


def _result(job: Any) -> tuple[tuple[Spot, ...], int]:
    try:
        found: tuple[tuple[Spot, ...], int] = job.result()
    except BrokenProcessPool as problem:
        raise ExportError("The typesetter was ended from outside, perhaps for want of memory.") from problem
    return found


def _data_of(kb: KnowledgeBase, found: Volume, entries: Sequence[ContentsEntry]) -> list[Data]:
    setter = Setter(found, frozenset(entry.code for entry in entries if entry.code))
    data = [
        setter.instruction(entry, page_of(kb, entry.code, found.on))
        if entry.code and entry.status in THERE
        else setter.heading(entry)
        for entry in entries
    ]
    setter.settle(data)
    return data


def _whole(found: Volume, kind: str, first: int, **more: Any) -> Data:
    return {
        "kind": kind,
        "title": found.title,
        "day": in_words(found.on),
        "numbering": "i" if kind == "front" else "1",
        "first": first,
        "imprint": f"{NAME}: information, not advice",
        **more,
    }


def typeset(data: Data, path: Path) -> tuple[tuple[Spot, ...], int]:
    """Set `data` into the file `path`; where its headings stand, and its number of pages. Runs in a worker."""
    import pikepdf
    import typst

    with tempfile.TemporaryDirectory(prefix="inforce-typst-") as name:
        folder = Path(name)
        shutil.copyfile(_TEMPLATE, folder / _TEMPLATE.name)
        (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
        try:
            typst.compile(
                str(folder / _TEMPLATE.name),
                output=str(path),
                root=name,
                ignore_system_fonts=True,
                timestamp=0,
            )
        except typst.TypstError as problem:
            raise ExportError(f"Typst could not set the pages: {problem}") from problem
    with pikepdf.open(path) as pdf:
        return tuple(_headings(pdf)), len(pdf.pages)


def _headings(pdf: Any) -> Iterator[Spot]:
    """The bookmarks that Typst made, in order."""
    number = {page.objgen: place for place, page in enumerate(pdf.pages)}

    def below(item: Any) -> Iterator[Spot]:
        while item is not None:
            yield _spot(item.Dest, number)
            yield from below(item.get("/First"))
            item = item.get("/Next")

    outlines = pdf.Root.get("/Outlines")
    if outlines is not None:
        yield from below(outlines.get("/First"))


def _spot(dest: Any, number: dict[Any, int]) -> Spot:
    return Spot(number[dest[0].objgen], float(dest[2]), float(dest[3]))


def _set_front(found: Volume, runs: Sequence[Run], folder: Path) -> Run:
    contents = [
        {
            "depth": entry.depth,
            "code": str(entry.code or ""),
            "title": entry.title,
            "far": FAR + anchor(entry.code) if entry.code else "",
            "page": run.first + spot.page,
        }
        for run in runs
        for entry, spot in zip(run.entries, run.spots, strict=True)
    ]
    lines = [
        f"The instructions known to have been in force on {in_words(found.on)}, and those of which that is disputed.",
        *_SPECIMEN[found.specimen],
        DISCLAIMER,
        "Made from saved pages"
        + (f", the newest captured on {in_words(found.newest_capture)}." if found.newest_capture else "."),
        f"Knowledge base {found.digest}",
    ]
    path = folder / "front.pdf"
    with _typesetter() as pool:
        data = _whole(found, "front", 1, lines=lines, contents=contents)
        spots, pages = _result(pool.submit(typeset, data, path))
    return Run(path, (), spots, pages, 1)


# ---------------------------------------------------------------- joining


@dataclass(slots=True)
class _Jump:
    """A link to be made once all pages are there."""

    page: int
    annotation: int
    to: Spot | str
    """A spot counted in the whole, or the anchor of a code."""


def join(front: Run, runs: Sequence[Run], entries: Sequence[ContentsEntry], dest: Path) -> int:
    """One document of all runs, with bookmarks and jumps between them; the number of its pages."""
    import pikepdf

    with pikepdf.open(front.path) as whole:
        tags = _Tags(whole)
        jumps = _loosen(whole, 0)
        starts = []
        for run in runs:
            starts.append(len(whole.pages))
            with pikepdf.open(run.path) as more:
                jumps += _loosen(more, len(whole.pages))
                tags.append(more)
        tags.finish()
        spots = [
            Spot(start + spot.page, spot.x, spot.y)
            for start, run in zip(starts, runs, strict=True)
            for spot in run.spots
        ]
        named = {anchor(entry.code): spot for entry, spot in zip(entries, spots, strict=True) if entry.code}
        _tie(whole, jumps, named)
        _bookmark(whole, entries, spots)
        _label(whole, front.pages)
        whole.save(dest, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(whole.pages)


def _loosen(pdf: Any, start: int) -> list[_Jump]:
    """Take the targets off all jumps, since a page that isn't copied yet can't be pointed at."""
    number = {page.objgen: start + place for place, page in enumerate(pdf.pages)}
    jumps = []
    for place, page in enumerate(pdf.pages):
        for nth, annotation in enumerate(page.obj.get("/Annots", [])):
            if "/Dest" in annotation:
                jumps.append(_Jump(start + place, nth, _spot(annotation.Dest, number)))
                del annotation["/Dest"]
            elif str(annotation.get("/A", {}).get("/URI", "")).startswith(FAR):
                jumps.append(_Jump(start + place, nth, str(annotation.A.URI).removeprefix(FAR)))
                del annotation["/A"]
    return jumps


def _tie(pdf: Any, jumps: Sequence[_Jump], named: dict[str, Spot]) -> None:
    pages = list(pdf.pages)
    for jump in jumps:
        spot = named.get(jump.to) if isinstance(jump.to, str) else jump.to
        if spot is not None:
            pages[jump.page].obj.Annots[jump.annotation].Dest = _dest(pages, spot)


def _dest(pages: Sequence[Any], spot: Spot) -> Any:
    import pikepdf

    return pikepdf.Array([pages[spot.page].obj, pikepdf.Name.XYZ, spot.x, spot.y, 0])


class _Tags:
    """The structure trees of all runs as one."""

    def __init__(self, whole: Any) -> None:
        self._whole = whole
        self._root = whole.Root.StructTreeRoot
        self._document = self._root.K[0] if _is_array(self._root.K) else self._root.K
        self._children = list(self._document.K) if _is_array(self._document.K) else [self._document.K]
        self._parents = list(self._root.ParentTree.Nums)
        self._next = int(self._root.ParentTreeNextKey)

    def append(self, more: Any) -> None:
        """Pages of `more` with their tags."""
        base = self._next
        for page in more.pages:
            if "/StructParents" in page.obj:
                page.obj.StructParents = int(page.obj.StructParents) + base
            for annotation in page.obj.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + base
        self._whole.pages.extend(more.pages)
        source = more.Root.StructTreeRoot
        tree = self._whole.copy_foreign(more.make_indirect(source) if not source.is_indirect else source)
        document = tree.K[0] if _is_array(tree.K) else tree.K
        for child in document.K if _is_array(document.K) else [document.K]:
            child.P = self._document
            self._children.append(child)
        numbers = list(tree.ParentTree.Nums)
        for at in range(0, len(numbers), 2):
            self._parents += [int(numbers[at]) + base, numbers[at + 1]]
        self._next = base + int(tree.ParentTreeNextKey)

    def finish(self) -> None:
        import pikepdf

        self._document.K = pikepdf.Array(self._children)
        self._root.ParentTree.Nums = pikepdf.Array(self._parents)
        self._root.ParentTreeNextKey = self._next


def _is_array(found: Any) -> bool:
    import pikepdf

    return isinstance(found, pikepdf.Array)


def _bookmark(pdf: Any, entries: Sequence[ContentsEntry], spots: Sequence[Spot]) -> None:
    """Bookmarks as the contents are nested."""
    import pikepdf

    pages = list(pdf.pages)
    with pdf.open_outline() as outline:
        outline.root.clear()
        above: list[tuple[int, Any]] = []
        for entry, spot in zip(entries, spots, strict=True):
            title = f"{entry.code or ''} {entry.title}".strip()
            item = pikepdf.OutlineItem(title, destination=_dest(pages, spot))
            item.is_closed = True
            while above and above[-1][0] >= entry.depth:
                above.pop()
            (above[-1][1].children if above else outline.root).append(item)
            above.append((entry.depth, item))


def _label(pdf: Any, front: int) -> None:
    """Page labels as printed: i, ii … before the text, 1, 2 … in it."""
    import pikepdf

    labels: list[Any] = [
        0,
        pikepdf.Dictionary(S=pikepdf.Name.r),
        front,
        pikepdf.Dictionary(S=pikepdf.Name.D, St=1),
    ]
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
