"""All pages of the specimen: each version on its page, with lists, arrows and contents, each with its capture day.

A source's facts: `section:` is printed over the list of siblings in place of IN THIS SECTION.

Words that a version's line may carry:

    listed          no page is held; other pages list it
    current         stands on the page that stays, though it is not the last (the later ones are announced)
    nobanner        an old page that lost its banner
    banner          a banner on the page that stays
    suffix="…"      printed after the title instead of the start; `none` for nothing
    row="…"         printed after the title in lists
    foot="…|…"      printed at the foot instead of `Effective D`; `none` for nothing
    order="3,1,2"   versions in the list of this page, top down; empty for no list
    heading="…"     printed over that list
    form=…          captured as text: numbered, flat, run, damaged
    old             a page of the edition before 29/11/2010
    also=DAY        the page that stays, seen on DAY with this version as the one in force (several: `,`)
    seen=DAY        the day on which the page was saved, if another than all others'
    id=N            the page's id, if its number matters
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from manual.specimen import render, shape
from manual.specimen.source import Source, SourceNode, SourceVersion, parse_source

SITE = "https://specimen.example/specimen"
SEEN = date(2026, 8, 11)
"""The day on which nearly all pages were saved."""
NOTICE = (
    "This page is a specimen. Its text was invented for the In Force project; it is not part of any real manual "
    "and nothing in it applies to anybody."
)
STATEMENT = NOTICE.partition(".")[0].encode()
"""What the bytes of every page of the specimen but its contents hold, and no page of anybody else."""
CLOSING = "End of specimen text."
FIRST_OLD_ID = 70_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenFile:
    """One saved page."""

    name: str
    """`60110.htm`, in a folder named by the day where it is not the common one."""
    data: bytes
    captured: date
    address: str
    """`https://specimen.example/specimen/60110.htm`; site path `specimen/60110`."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A version with the page it stands on."""

    source: Source
    version: SourceVersion
    page: int
    stays: bool


class Specimen:
    """The whole manual, read from its sources."""

    def __init__(self, sources: list[Source], contents: str) -> None:
        self.sources = {source.code: source for source in sources}
        if len(self.sources) != len(sources):
            raise ValueError("two sources have one code")
        self.contents = [line for line in contents.splitlines() if line.strip() and not line.startswith("#")]
        self.placed: dict[str, list[_Placed]] = {}
        for source in sources:
            self.placed[source.code] = [self._place(source, version) for version in source.versions]
        self.order = [line.strip() for line in self.contents if line.strip() in self.sources]

    @classmethod
    def bundled(cls) -> Specimen:
        """The manual in `sources/`."""
        folder = Path(str(files(__package__))) / "sources"
        sources = [parse_source(path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))]
        return cls(sources, (folder / "toc").read_text("utf-8"))

    def _place(self, source: Source, version: SourceVersion) -> _Placed:
        current = next((v for v in source.versions if v.has("current")), source.versions[-1])
        stays = version is current
        old_id = FIRST_OLD_ID + 20 * (source.id % 1000) + version.number
        page = int(version.options.get("id", source.id if stays else old_id))
        return _Placed(source, version, page, stays)

    # ------------------------------------------------------------ headings and lists

    def staying(self, code: str) -> _Placed:
        return next(placed for placed in self.placed[code] if placed.stays)

    def titles(self, code: str) -> tuple[int, str] | None:
        """Page and heading to which a link to `code` leads."""
        if code not in self.sources:
            return None
        placed = self.staying(code)
        return placed.page, f"{code} {placed.source.title_of(placed.version)}"

    def _row(self, placed: _Placed) -> tuple[int, str]:
        """A version as lists print it."""
        suffix = placed.version.options.get("row") or _suffix(placed)
        heading = f"{placed.source.code} {placed.source.title_of(placed.version)}"
        return placed.page, f"{heading} {suffix}".strip()

    def _listed(self, placed: _Placed) -> list[shape.Related]:
        """Earlier versions on the page that stays, all the others on an archived page."""
        everything = self.placed[placed.source.code]
        order = placed.version.options.get("order")
        if order is not None:
            chosen = [everything[int(number) - 1] for number in order.split(",") if number]
        else:
            old = placed.version.has("old")
            chosen = [p for p in reversed(everything) if p is not placed and p.version.has("old") == old]
        heading = placed.version.options.get("heading", "PREVIOUS IMMIGRATION INSTRUCTIONS")
        return [(heading, [self._row(other) for other in chosen])] if chosen else []

    def _section(self, placed: _Placed) -> list[shape.Related]:
        """Siblings, and for a chapter its children: dead ones too, with their suffix."""
        code = placed.source.code
        here = (
            code if "." not in code and placed.source.facts.get("kind") != "part" else code.rpartition(".")[0]
        )
        rows = [
            self._row(self.staying(other))
            for other in self.order
            if other != code and here and other.startswith(f"{here}.") and other.count(".") == 1
        ]
        return [(placed.source.facts.get("section", "IN THIS SECTION"), rows)] if rows else []

    # ------------------------------------------------------------ pages

    def files(self) -> Iterator[SpecimenFile]:
        """Every page in a fixed order, the contents first."""
        toc = f"{SITE}/toc.htm"
        html = shape.contents_page(self._entries(), address=toc, title="Specimen manual")
        yield SpecimenFile(name="toc.htm", data=html.encode(), captured=SEEN, address=toc)
        for placed in (placed for code in self.sources for placed in self.placed[code]):
            for day in filter(None, placed.version.options.get("also", "").split(",")):
                yield self._file(self._as_seen_before(placed), date.fromisoformat(day))
            if not placed.version.has("listed"):
                yield self._file(placed, date.fromisoformat(placed.version.options.get("seen", str(SEEN))))
        yield from self._beside()

    def _beside(self) -> Iterator[SpecimenFile]:
        """A section of an Act, a circular and a notice: `beside/<id>-<kind>.txt`."""
        folder = Path(str(files(__package__))) / "beside"
        for path in sorted(folder.glob("*.txt")):
            number = path.name.partition("-")[0]
            text = path.read_text("utf-8").replace("{specimen}", STATEMENT.decode())
            yield SpecimenFile(
                name=f"{number}.txt", data=text.encode(), captured=SEEN, address=f"{SITE}/{number}.htm"
            )

    def _as_seen_before(self, placed: _Placed) -> _Placed:
        """The page that stays, on a day on which this version stood on it."""
        earlier = ",".join(str(number) for number in range(placed.version.number - 1, 0, -1))
        options = {k: v for k, v in placed.version.options.items() if k in ("title", "foot", "heading")}
        version = SourceVersion(
            number=placed.version.number, day=placed.version.day, options=options | {"order": earlier}
        )
        return _Placed(placed.source, version, self.staying(placed.source.code).page, True)

    def _file(self, placed: _Placed, day: date) -> SpecimenFile:
        form = placed.version.options.get("form", "html")
        old = placed.version.has("old")
        ending = "txt" if form != "html" else "HTM" if old else "htm"
        site = f"{SITE}-archive" if old else SITE
        address = f"{site}/{placed.page}.{'HTM' if old else 'htm'}"
        page = self._html(placed, address) if form == "html" else self._text(placed, form)
        folder = "" if day == SEEN else f"{day}/"
        return SpecimenFile(
            name=f"{folder}{placed.page}.{ending}", data=page.encode(), captured=day, address=address
        )

    def _html(self, placed: _Placed, address: str) -> str:
        body = self._body(placed)
        heading, feet = _heading(placed), _feet(placed)
        if placed.version.has("old"):
            trail = ("Specimen manual", placed.source.facts.get("trail", "Working visits"))
            return shape.pre_2010_page(
                id=placed.page, heading=heading, body=body, feet=feet, address=address, trail=trail,
                related=self._listed(placed),
            )  # fmt: skip
        previous, following = self._around(placed)
        related = (self._section(placed) if placed.stays else []) + self._listed(placed)
        return shape.instruction_page(
            id=placed.page, heading=heading, body=body, feet=feet, address=address, related=related,
            ancestors=self._ancestors(placed.source.code) if placed.stays else (),
            previous=previous, following=following, banner=_banner(placed),
        )  # fmt: skip

    def _body(self, placed: _Placed) -> str:
        html = render.Html(self.titles)
        return (
            shape.note(shape.text(NOTICE))
            + html.body(placed.source.text_of(placed.version.number))
            + shape.note(shape.text(CLOSING))
        )

    def _text(self, placed: _Placed, form: str) -> str:
        """The page as copied from a browser and pasted as plain text."""
        nodes: list[SourceNode] = placed.source.text_of(placed.version.number)
        lines = {
            "numbered": lambda: render.as_numbered(nodes),
            "flat": lambda: render.as_flat(nodes),
            "damaged": lambda: render.as_flat(nodes, damaged=True),
            "run": lambda: render.as_run_together(nodes),
        }[form]()
        banner = (
            ["You are here: Specimen manual »", shape.PRE_2010_BANNER, ""]
            if placed.version.has("old")
            else []
        )
        related = (self._section(placed) if placed.stays else []) + self._listed(placed)
        below = [row for heading, rows in related for row in (heading, *(words for _, words in rows))]
        return "\n".join(
            [*banner, "Previous Topic", "", "Next Topic", "", _heading(placed), "", f"Note: {NOTICE}", "", *lines,
             "", f"Note: {CLOSING}", "", *_feet(placed), ""]
            + [line for row in below for line in (row, "")]
            + ["Top of page | Print this page"]
        )  # fmt: skip

    # ------------------------------------------------------------ places

    def _around(self, placed: _Placed) -> tuple[int | None, int | None]:
        if not placed.stays or placed.source.code not in self.order:
            return None, None
        at = self.order.index(placed.source.code)
        before = self.staying(self.order[at - 1]).page if at else None
        after = self.staying(self.order[at + 1]).page if at + 1 < len(self.order) else None
        return before, after

    def _ancestors(self, code: str) -> tuple[int, ...]:
        """Page ids above a code, nearest first, by its place in the contents."""
        found: list[int] = []
        depth = None
        for number in range(len(self.contents) - 1, -1, -1):
            line = self.contents[number]
            level = (len(line) - len(line.lstrip())) // 2
            if depth is None:
                depth = level if line.strip() == code else None
            elif level < depth:
                depth = level
                found.append(self._entry(line, number)[0])
        return tuple(found)

    def _entry(self, line: str, number: int) -> tuple[int, str]:
        """Page and words of a line of the contents: a code, or printed words with or without `#id`."""
        words, _, page = line.strip().partition(" #")
        if words in self.sources:
            placed = self.staying(words)
            suffix = placed.version.options.get("suffix", "none") if placed.stays else ""
            printed = "" if suffix == "none" else suffix
            return placed.page, f"{words} {placed.source.title_of(placed.version)} {printed}".strip()
        return int(page) if page else 60_900 + number, words

    def _entries(self) -> list[shape.SpecimenEntry]:
        roots: list[shape.SpecimenEntry] = []
        path: list[shape.SpecimenEntry] = []
        for number, line in enumerate(self.contents):
            depth = min((len(line) - len(line.lstrip())) // 2, len(path))
            entry = shape.SpecimenEntry(*self._entry(line, number))
            (path[depth - 1].children if depth else roots).append(entry)
            del path[depth:]
            path.append(entry)
        return roots


def _suffix(placed: _Placed) -> str:
    """The bracket after the title: the start of an old version, nothing on the page that stays."""
    given = placed.version.options.get("suffix")
    if given is not None:
        return "" if given == "none" else given
    day = placed.version.day
    return "" if placed.stays or placed.version.has("old") or day is None else f"({day:%d/%m/%Y})"


def _heading(placed: _Placed) -> str:
    return f"{placed.source.code} {placed.source.title_of(placed.version)} {_suffix(placed)}".strip()


def _feet(placed: _Placed) -> list[str]:
    given = placed.version.options.get("foot")
    if given is not None:
        return [] if given == "none" else given.split("|")
    return [f"Effective {placed.version.day:%d/%m/%Y}"] if placed.version.day else []


def _banner(placed: _Placed) -> str:
    shown = placed.version.has("banner") or not (placed.stays or placed.version.has("nobanner"))
    return shape.ARCHIVE_BANNER if shown else ""


@lru_cache(maxsize=1)
def specimen() -> Specimen:
    """The specimen as bundled; its sources are read once."""
    return Specimen.bundled()
