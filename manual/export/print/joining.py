"""Joins runs of pages to one document.

A run brings its pages, its tags and its links. Only the whole can have bookmarks, jumps from run to run, numbers of
pages ("page 12 of 1,668"), the tags of the contents, and the statement that all of it keeps PDF/UA-1: that may be made
where every run was set to it, because what that standard asks of a document (one tree of tags in which all marked
content of all pages has its place, names that occur once, a title that is shown, a language) is seen to here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from manual.export.print.press import GLYPHS, Jump, Sheets, Spot, document_of, kids_of

_FONT_SIZE = 8.0
_RIGHT, _FOOT = 532.91, 35.16
"""Where the numbers of pages end, and the line they stand on: as in volume.typ."""


@dataclass(frozen=True, slots=True)
class PageRun:
    """One file of pages."""

    path: Path
    sheets: Sheets


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: what it says, how deep it is nested, and where it leads, counted in all runs."""

    code: str
    """Empty for a heading without one."""
    title: str
    depth: int
    name: str
    """Name of the place, unique."""
    spot: Spot

    @property
    def said(self) -> str:
        return f"{self.code} {self.title}".strip()


def join(
    front: PageRun,
    runs: Sequence[PageRun],
    marks: Sequence[Bookmark],
    dest: Path,
    *,
    title: str,
    numbers: Path,
) -> int:
    """One document of all runs; the number of its pages. `numbers`: a page with the characters of page numbers."""
    import pikepdf

    with pikepdf.open(front.path) as whole:
        tags = _Tags(whole)
        tags.list_contents()
        starts = []
        for run in runs:
            starts.append(len(whole.pages))
            with pikepdf.open(run.path) as more:
                tags.append(more)
        tags.finish()
        places = _places(runs, starts, marks, front.sheets.pages)
        pages = [page.obj for page in whole.pages]
        for run, start in zip((front, *runs), (0, *starts), strict=True):
            _tie(pages, run.sheets.jumps, start, places, front.sheets.pages)
        _number(whole, pages[front.sheets.pages :], numbers)
        _bookmark(whole, pages, marks, front.sheets.pages)
        _label(whole, front.sheets.pages)
        _describe(whole, title, claim=not any(run.sheets.refused for run in (front, *runs)))
        whole.save(
            dest,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return len(pages)


# ---------------------------------------------------------------- jumps


def _places(
    runs: Sequence[PageRun], starts: Sequence[int], marks: Sequence[Bookmark], front: int
) -> dict[str, Spot]:
    """Every place by its name, on pages counted in the whole. The first of a name counts."""
    places: dict[str, Spot] = {}
    for mark in marks:
        places.setdefault(mark.name, mark.spot.moved(front))
    for run, start in zip(runs, starts, strict=True):
        for name, spot in run.sheets.places.items():
            places.setdefault(name, spot.moved(start))
    return places


def _tie(
    pages: Sequence[Any], jumps: Sequence[Jump], start: int, places: dict[str, Spot], front: int
) -> None:
    """Make links into jumps. One to a place that isn't there leads to its instruction."""
    import pikepdf

    for jump in jumps:
        place, _, code = jump.name.partition("@")
        spot = places.get(place) or places.get(code)
        if spot is None:
            continue
        annotation = pages[start + jump.page].Annots[jump.annotation]
        del annotation["/A"]
        annotation.Dest = _dest(pages, spot)
        annotation.Contents = pikepdf.String(f"{jump.words}, page {spot.page - front + 1:,}")


def _dest(pages: Sequence[Any], spot: Spot) -> Any:
    import pikepdf

    return pikepdf.Array([pages[spot.page], pikepdf.Name.XYZ, spot.x, spot.y, 0])


# ---------------------------------------------------------------- tags


class _Tags:
    """The structure trees of all runs as one."""

    def __init__(self, whole: Any) -> None:
        import pikepdf

        self._whole = whole
        self._root = whole.Root.StructTreeRoot
        self._document = document_of(self._root)
        self._children = kids_of(self._document)
        self._parents = list(_pairs(pikepdf.NumberTree(self._root.ParentTree)))
        self._next = int(self._root.ParentTreeNextKey)
        self._names: dict[str, Any] = {}

    def list_contents(self) -> None:
        """Tag the lines of the contents as such: those below the last heading of the front matter."""
        import pikepdf

        head = max(at for at, child in enumerate(self._children) if str(child.S).startswith("/H"))
        contents = self._whole.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.TOC, P=self._document)
        )
        lines = []
        for child in self._children[head + 1 :]:
            line = pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem, S=pikepdf.Name.TOCI, P=contents, K=pikepdf.Array([child])
            )
            lines.append(self._whole.make_indirect(line))
            child.P = lines[-1]
        contents.K = pikepdf.Array(lines)
        self._children[head + 1 :] = [contents]

    def append(self, more: Any) -> None:
        """Pages of `more` with their tags."""
        import pikepdf

        base = self._next
        for page in more.pages:
            if "/StructParents" in page.obj:
                page.obj.StructParents = int(page.obj.StructParents) + base
            for annotation in page.obj.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + base
        self._whole.pages.extend(more.pages)
        source = more.Root.StructTreeRoot
        tree = self._whole.copy_foreign(source if source.is_indirect else more.make_indirect(source))
        for child in kids_of(document_of(tree)):
            child.P = self._document
            self._children.append(child)
        self._parents += [(key + base, found) for key, found in _pairs(pikepdf.NumberTree(tree.ParentTree))]
        self._next = base + int(tree.ParentTreeNextKey)
        if "/IDTree" in tree:
            self._names |= {str(name): found for name, found in pikepdf.NameTree(tree.IDTree).items()}
        for name, role in tree.get("/RoleMap", {}).items():
            self._root.RoleMap[name] = role

    def finish(self) -> None:
        import pikepdf

        self._document.K = pikepdf.Array(self._children)
        numbers: list[Any] = []
        for key, found in self._parents:
            numbers += [key, found]
        self._root.ParentTree = pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
        self._root.ParentTreeNextKey = self._next
        if self._names:
            named: list[Any] = []
            for name, element in sorted(self._names.items(), key=lambda one: one[0].encode()):
                named += [pikepdf.String(name), element]
            self._root.IDTree = pikepdf.Dictionary(Names=pikepdf.Array(named))


def _pairs(tree: Any) -> Iterator[tuple[int, Any]]:
    for key, found in tree.items():
        yield int(key), found


# ---------------------------------------------------------------- what only the whole can have


def _number(whole: Any, pages: Sequence[Any], path: Path) -> None:
    """Put "page 12 of 1,668" at the foot of every page, as an artifact that is not read out."""
    import pikepdf

    with pikepdf.open(path) as source:
        drawn, widths = _glyphs(source)
        font = whole.copy_foreign(_font(source))
    for at, page in enumerate(pages):
        text = f"page {at + 1:,} of {len(pages):,}"
        left = _RIGHT - sum(widths[one] for one in text) * _FONT_SIZE / 1000
        shown = "".join(f"{drawn[one]:04X}" for one in text)
        stream = (
            "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n"
            f"q 0 g BT /N {_FONT_SIZE} Tf {left:.2f} {_FOOT} Td <{shown}> Tj ET Q\nEMC\n"
        )
        page.Resources.Font["/N"] = font
        page.Contents = pikepdf.Array([whole.make_stream(stream.encode()), page.Contents])


def _glyphs(source: Any) -> tuple[dict[str, int], dict[str, float]]:
    """For each character of page numbers its glyph and its width, from a page that shows them in order."""
    import pikepdf

    shown = b""
    for drawing in pikepdf.parse_content_stream(source.pages[0], "Tj TJ"):
        if isinstance(drawing, pikepdf.ContentStreamInstruction):
            given = drawing.operands
            pieces = given[0] if isinstance(given[0], pikepdf.Array) else given
            shown += b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    numbers = [int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)]
    drawn = dict(zip(GLYPHS, numbers, strict=True))
    listed = _widths(_font(source).DescendantFonts[0])
    return drawn, {one: listed[number] for one, number in drawn.items()}


def _font(source: Any) -> Any:
    (found,) = source.pages[0].Resources.Font.values()
    return found


def _widths(font: Any) -> dict[int, float]:
    import pikepdf

    widths: dict[int, float] = {}
    listed = list(font.W)
    while listed:
        first = int(listed.pop(0))
        then = listed.pop(0)
        if isinstance(then, pikepdf.Array):
            widths |= {first + at: float(width) for at, width in enumerate(then)}
        else:
            width = float(listed.pop(0))
            widths |= dict.fromkeys(range(first, int(then) + 1), width)
    return widths


def _bookmark(whole: Any, pages: Sequence[Any], marks: Sequence[Bookmark], front: int) -> None:
    """Bookmarks as the contents are nested, and a name for each instruction (`manual.pdf#A16.1`)."""
    import pikepdf

    with whole.open_outline() as outline:
        outline.root.clear()
        above: list[tuple[int, Any]] = []
        for mark in marks:
            item = pikepdf.OutlineItem(mark.said, destination=_dest(pages, mark.spot.moved(front)))
            item.is_closed = True
            while above and above[-1][0] >= mark.depth:
                above.pop()
            (above[-1][1].children if above else outline.root).append(item)
            above.append((mark.depth, item))
    whole.Root.PageMode = pikepdf.Name.UseOutlines
    named: dict[bytes, Any] = {}
    for mark in marks:
        if mark.code:
            named.setdefault(mark.name.encode(), _dest(pages, mark.spot.moved(front)))
    listed: list[Any] = []
    for name in sorted(named):
        listed += [pikepdf.String(name.decode()), named[name]]
    whole.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array(listed)))


def _label(whole: Any, front: int) -> None:
    """Page labels as printed: i, ii … before the text, 1, 2 … in it."""
    import pikepdf

    labels: list[Any] = [
        0,
        pikepdf.Dictionary(S=pikepdf.Name.r),
        front,
        pikepdf.Dictionary(S=pikepdf.Name.D, St=1),
    ]
    whole.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))


def _describe(whole: Any, title: str, *, claim: bool) -> None:
    """What the file says of itself. No days: it is the same whenever it is made."""
    import pikepdf

    creator = str(whole.docinfo.get("/Creator", ""))
    whole.docinfo = whole.make_indirect(
        pikepdf.Dictionary(Title=pikepdf.String(title), Author="In Force", Creator=creator)
    )
    stated = "<pdfuaid:part>1</pdfuaid:part>" if claim else ""
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>In Force</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>en-NZ</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{escape(creator)}</xmp:CreatorTool>{stated}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
    stream = whole.make_stream(packet.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    whole.Root.Metadata = stream
    whole.Root.Lang = pikepdf.String("en-NZ")
    whole.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True, Direction=pikepdf.Name.L2R)
