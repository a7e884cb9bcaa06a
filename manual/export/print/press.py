"""Sets one run of pages with Typst and makes it ready to be joined. Runs in a worker process.

Typst refuses what PDF/UA-1 forbids, among it a character that no font can draw; then the character is printed as its
number, which is seen, where an empty box or nothing would be passed over. Fonts are those that come with Typst alone:
with the machine's own the same export would differ from machine to machine.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from manual.errors import ExportError

Data = dict[str, Any]

FAR = "https://edition.invalid/"
"""Links to places in the document begin so until all runs are joined; then they are made into jumps."""
STANDARD = "ua-1"
GLYPHS = "page of0123456789,"
PAGE_HEIGHT = 841.89
"""Of A4, in points."""
_LINE = 12.0
"""A place is marked at the foot of its line; a jump shows the whole line."""
_TEMPLATE = Path(__file__).resolve().parent / "volume.typ"
_ATTEMPTS = 3
_UNDRAWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
# the text `"中"` could not be displayed with font `"Libertinus Serif"`
# the text `"\u{feff}"` could not be displayed with font `"Libertinus Serif"`
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)")
_NAMES_AND_ADDRESSES = frozenset({"kind", "at", "far", "href", "numbering"})
"""Keys whose values are not printed."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to jump to: a page, counted from 0 within its file, and a point on it from the lower left."""

    page: int
    x: float
    y: float

    def moved(self, pages: int) -> Spot:
        return Spot(self.page + pages, self.x, self.y)


@dataclass(frozen=True, slots=True)
class Jump:
    """A link: the `annotation`th of a page, to the place called `name`."""

    page: int
    annotation: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """What was set: pages with their places."""

    pages: int
    heads: tuple[Spot, ...]
    """Where the entries begin, in their order."""
    places: dict[str, Spot]
    jumps: tuple[Jump, ...]
    undrawn: tuple[tuple[str, str], ...]
    """Characters printed as numbers, each with the code of the instruction that has it (empty: none)."""
    refused: str
    """Why the pages could not be made to the standard; empty where they were."""


def typeset(data: Data, path: Path, number: int) -> Sheets:
    """Set `data` into the file `path`, the `number`th of the files to be joined."""
    with tempfile.TemporaryDirectory(prefix="inforce-typst-") as name:
        folder = Path(name)
        shutil.copyfile(_TEMPLATE, folder / _TEMPLATE.name)
        made, spots, undrawn, refused = _set(data, folder)
    lead = len(data.get("above", ())) > 0
    heads, places = _spots(spots, lead)
    pages, jumps = _make_ready(made, path, number, lead=lead, row_heads=_has_row_heads(data))
    return Sheets(pages, heads, places, jumps, undrawn, refused)


def typeset_numbers(path: Path) -> None:
    """A page that shows the characters of page numbers in their order: for their font and their widths."""
    import typst

    source = f'#set page(width: 300pt, height: 30pt)\n#set text(font: "Libertinus Serif")\n#"{GLYPHS}"'
    made = typst.compile(source.encode(), ignore_system_fonts=True, timestamp=0, pdf_tags=False)
    if not isinstance(made, bytes):
        raise ExportError("Typst gave no page.")
    path.write_bytes(made)


def _set(data: Data, folder: Path) -> tuple[bytes, Any, tuple[tuple[str, str], ...], str]:
    """The pages, where things stand on them, the characters replaced, and why the standard was not kept."""
    import typst

    undrawn: dict[tuple[str, str], None] = {}
    refused = ""
    for _ in range(_ATTEMPTS):
        try:
            return *_compiled(data, folder, STANDARD), tuple(undrawn), ""
        except typst.TypstError as problem:
            refused = str(problem.message)
            lacking = _lacking(str(problem.diagnostic))
        found = _replaced(data, lacking)
        undrawn |= dict.fromkeys(found)
        if not found:
            break
    try:
        return *_compiled(data, folder, None), tuple(undrawn), refused
    except typst.TypstError as problem:
        raise ExportError(f"Typst could not set the pages: {problem}") from problem


def _compiled(data: Data, folder: Path, standard: Any) -> tuple[bytes, Any]:
    import typst

    (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
    compiler = typst.Compiler(str(folder / _TEMPLATE.name), root=str(folder), ignore_system_fonts=True)
    made = compiler.compile(format="pdf", pdf_standards=standard or [], timestamp=0)
    if not isinstance(made, bytes):
        raise ExportError("Typst gave no pages.")
    return made, json.loads(compiler.query("<spots>", field="value", one=True))


# ---------------------------------------------------------------- characters that no font has


def _lacking(diagnostic: str) -> list[str]:
    """The texts that Typst says it cannot draw, longest first.

    >>> _lacking('error: the text `"\\\\u{1f600}"` could not be displayed with font `"X"`')
    ['😀']
    """
    found = {_unescaped(text) for text in _UNDRAWN.findall(diagnostic)}
    return sorted(found, key=lambda text: (-len(text), text))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else {"n": "\n", "t": "\t"}.get(m[2], m[2]), text)


def _replaced(data: Data, lacking: list[str]) -> list[tuple[str, str]]:
    """Put numbers for `lacking` wherever they are printed; each with the code of the instruction."""
    found: list[tuple[str, str]] = []

    def walk(thing: Any, code: str) -> Any:
        if isinstance(thing, str):
            for text in lacking:
                if text in thing:
                    found.append((text, code))
                    thing = thing.replace(text, as_number(text))
            return thing
        if isinstance(thing, list):
            return [walk(one, code) for one in thing]
        if isinstance(thing, dict):
            code = thing.get("code", code)
            return {
                key: one if key in _NAMES_AND_ADDRESSES else walk(one, code) for key, one in thing.items()
            }
        return thing

    for key, thing in data.items():
        if key not in _NAMES_AND_ADDRESSES:
            data[key] = walk(thing, "")
    return found


def as_number(text: str) -> str:
    """
    >>> as_number("中")
    '[U+4E2D]'
    """
    return "[" + " ".join(f"U+{ord(one):04X}" for one in text) + "]"


# ---------------------------------------------------------------- places and links


def _spots(found: Any, lead: bool) -> tuple[tuple[Spot, ...], dict[str, Spot]]:
    def spot(one: Any, rise: float) -> Spot:
        return Spot(one["page"] - 1 - lead, round(one["x"], 2), round(PAGE_HEIGHT - one["y"] + rise, 2))

    places: dict[str, Spot] = {}
    for one in found["places"]:
        places.setdefault(one["name"], spot(one, _LINE))
    return tuple(spot(one, 2) for one in found["heads"]), places


def _make_ready(
    made: bytes, path: Path, number: int, *, lead: bool, row_heads: bool
) -> tuple[int, tuple[Jump, ...]]:
    """Write the pages without the leading one, with names of table cells that no other run has."""
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(made)) as pdf:
        if lead:
            _drop_lead(pdf)
        if row_heads:
            _name_row_heads(pdf)
        _rename_cells(pdf, f"R{number}")
        jumps = tuple(_jumps(pdf))
        pdf.save(
            path,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            fix_metadata_version=False,
        )
        return len(pdf.pages), jumps


def _drop_lead(pdf: Any) -> None:
    """Take away the first page, whose headings only stand for those that earlier runs have."""
    import pikepdf

    lead = pdf.pages[0].objgen
    root = pdf.Root.StructTreeRoot
    document = document_of(root)
    document.K = pikepdf.Array(
        [kid for kid in kids_of(document) if "/Pg" not in kid or kid.Pg.objgen != lead]
    )
    numbers = pikepdf.NumberTree(root.ParentTree)
    del numbers[int(pdf.pages[0].obj.StructParents)]
    if "/Outlines" in pdf.Root:
        del pdf.Root["/Outlines"]
    del pdf.pages[0]


def _rename_cells(pdf: Any, prefix: str) -> None:
    """Names of header cells are unique in a file; in the joined one they must be too."""
    import pikepdf

    root = pdf.Root.StructTreeRoot
    if "/IDTree" not in root:
        return
    names = pikepdf.NameTree(root.IDTree)
    renamed = {prefix + str(name): element for name, element in names.items()}
    tables: dict[Any, Any] = {}
    for element in renamed.values():
        above: Any = element
        while above is not None and above.get("/S") != pikepdf.Name.Table:
            above = above.get("/P")
        if above is not None:
            tables[above.objgen] = above
    for table in tables.values():
        for cell in _cells(table):
            _rename_cell(cell, prefix)
    del root["/IDTree"]
    fresh = pikepdf.NameTree.new(pdf)
    for name in sorted(renamed):
        fresh[name] = renamed[name]
    root.IDTree = fresh.obj


def _has_row_heads(data: Any) -> bool:
    """Whether a table has a header cell below its header rows."""
    if isinstance(data, dict):
        if any(cell["bold"] and cell["y"] >= data["head"] for cell in data.get("cells", ())):
            return True
        return any(_has_row_heads(one) for one in data.values())
    return isinstance(data, list) and any(_has_row_heads(one) for one in data)


def _name_row_heads(pdf: Any) -> None:
    """Tag header cells that stand in front of a row as such; Typst has only the header rows.

    They are known by being bold and nothing else, as volume.typ sets header cells alone.
    """
    import pikepdf

    for table in _below(document_of(pdf.Root.StructTreeRoot), pikepdf.Name.Table):
        for body in _below(table, pikepdf.Name.TBody):
            for cell in _cells(body):
                kids = kids_of(cell)
                if len(kids) == 1 and _is(kids[0], pikepdf.Name.Strong):
                    cell.S = pikepdf.Name.TH
                    scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
                    given = cell.get("/A", pikepdf.Array())
                    kept = list(given) if isinstance(given, pikepdf.Array) else [given]
                    for one in kept:
                        if one.get("/O") == pikepdf.Name.Table:
                            one.Scope = pikepdf.Name.Row
                            break
                    else:
                        kept.append(scope)
                    cell.A = pikepdf.Array(kept)


def _below(element: Any, kind: Any) -> Iterator[Any]:
    """The elements of a kind below one, but not those within another of them."""
    for kid in kids_of(element):
        if _is(kid, kind):
            yield kid
        elif _is(kid):
            yield from _below(kid, kind)


def _is(kid: Any, kind: Any = None) -> bool:
    """Whether a kid is an element (of that kind), and not marked content or a link's place."""
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid and kind in (None, kid.S)


def kids_of(element: Any) -> list[Any]:
    import pikepdf

    kids = element.get("/K")
    return list(kids) if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]


def document_of(root: Any) -> Any:
    return kids_of(root)[0]


def _cells(element: Any) -> Iterator[Any]:
    """The cells of a table; tables within them are their own."""
    import pikepdf

    for kid in kids_of(element):
        if _is(kid, pikepdf.Name.TH) or _is(kid, pikepdf.Name.TD):
            yield kid
        elif _is(kid):
            yield from _cells(kid)


def _rename_cell(cell: Any, prefix: str) -> None:
    import pikepdf

    if "/ID" in cell:
        cell.ID = pikepdf.String(prefix + str(cell.ID))
    attributes = cell.get("/A", [])
    for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if "/Headers" in one:
            one.Headers = pikepdf.Array([pikepdf.String(prefix + str(name)) for name in one.Headers])


def _jumps(pdf: Any) -> Iterator[Jump]:
    for place, page in enumerate(pdf.pages):
        for nth, annotation in enumerate(page.obj.get("/Annots", [])):
            address = str(annotation.get("/A", {}).get("/URI", ""))
            if address.startswith(FAR):
                name, _, words = address.removeprefix(FAR).partition("#")
                yield Jump(place, nth, name, unquote(words))
