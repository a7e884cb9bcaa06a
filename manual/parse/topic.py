"""An instruction page in HTML, of the live shape and of older ones, to a `Reading`.

The page is walked once, in reading order. Frames, layout tables and unknown containers are walked through; each
paragraph, list and table becomes a draft. Text that no rule knows becomes a block of kind `other`, with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, PageElement, Tag

from manual.model import SitePath
from manual.parse.addresses import folder_of, site_path_of_link, topic
from manual.parse.draft import Draft
from manual.parse.headings import read_heading, starts_with_code
from manual.parse.inline import Inline, Link, read_inline
from manual.parse.lists import style_of
from manual.parse.reading import (
    BREADCRUMB,
    CHROME,
    FOOT,
    RELATED_HEADING,
    Foot,
    Reading,
    is_banner,
)
from manual.parse.soup import (
    BLOCKS,
    HEADINGS,
    HIDDEN,
    OTHER,
    attribute,
    below,
    body_of,
    by_id,
    page_title,
    tags,
    text_of,
)
from manual.parse.tables import read_table

_THREE_PARTS = re.compile(r"[A-Z]{1,2}\d+\.\d+\.\d+\s")
_NOTE = re.compile(r"notes?\s*\d*\s*(?::|–|-|$)", re.IGNORECASE)
_EXPANDS = re.compile(r"(expand|highlight)\(\s*'(\d{1,9})'\s*\)")
# - one of several lines after "Notes:"; the dash may be any
_DASHED = re.compile(r"[-–—•]\s*(?=\S)")
_MARGIN_HEADING = re.compile(r"h(?:eading)?\d?", re.IGNORECASE)


def read_topic(soup: BeautifulSoup, site_path: SitePath | None) -> Reading:
    """Everything the page shows, in order. Never raises for an odd page."""
    walker = _Walker(soup, folder_of(site_path))
    walker.walk(body_of(soup))
    walker.finish()
    return walker.reading


class _Walker:
    """Walks one page. `reading` fills as it goes."""

    def __init__(self, soup: BeautifulSoup, folder: str) -> None:
        self.reading = Reading()
        self.folder = folder
        self.page_title = page_title(soup)
        self.main = by_id(soup, "main")
        self.in_main = False
        self.rows_open = False
        self.reading.ancestors = self._ancestors(attribute(body_of(soup), "onload"))

    def _ancestors(self, onload: str) -> tuple[SitePath, ...]:
        ids = [number for what, number in _EXPANDS.findall(onload) if what == "expand"]
        return tuple(topic(number, self.folder) for number in reversed(ids))

    # ------------------------------------------------------------ frame

    def walk(self, node: Tag) -> None:
        """Reads what stands in a container, a run of inline nodes as one paragraph."""
        entered = node is self.main
        self.in_main = self.in_main or entered
        run: list[PageElement] = []
        for child in list(node.contents):
            if isinstance(child, Tag) and child.name not in HIDDEN and _is_block(child):
                self._flush(run)
                self._block(child)
            elif not isinstance(child, Comment | Doctype):
                run.append(child)
        self._flush(run)
        if entered:
            self.in_main = False

    def _flush(self, run: list[PageElement]) -> None:
        if run:
            inline = read_inline(run)
            run.clear()
            if inline.text:
                self._paragraph(inline, "")

    def _block(self, tag: Tag) -> None:
        name = tag.name
        if name == "p":
            self._p(tag)
        elif name == "table":
            self._table(tag)
        elif name in ("ol", "ul"):
            self._list(tag)
        elif name in HEADINGS:
            self._paragraph(read_inline(list(tag.contents)), "heading")
        elif name == "li":
            self._stray_item(tag)
        elif name == "blockquote":
            self.rows_open = False
            self.reading.drafts.append(Draft(kind="quote", children=self._drafts_in(tag, 0)))
        elif name in OTHER:
            self._other(tag)
        elif name != "hr":
            self.walk(tag)

    def _p(self, tag: Tag) -> None:
        if any(isinstance(child, Tag) and _is_block(child) for child in tag.contents):
            self.walk(tag)
            return
        inline = read_inline(list(tag.contents))
        if inline.text:
            css = attribute(tag, "class").strip().lower()
            if re.fullmatch(r"t\d+", attribute(tag, "id")) and not self.reading.heading:
                css = "heading4"
            self._paragraph(inline, css)

    def _table(self, tag: Tag) -> None:
        css = attribute(tag, "class").lower()
        if "relatedtopics" in css:
            self._related_table(tag, css)
        elif self._is_layout(tag, css):
            self.walk(tag)
        else:
            self.rows_open = False
            rows, caption = read_table(tag)
            if any(cell.text for row in rows for cell in row):
                self.reading.drafts.append(Draft(kind="table", rows=rows, text=caption))

    def _is_layout(self, tag: Tag, css: str) -> bool:
        """A table that frames the page rather than being part of its text."""
        if "layout" in css.split() or self._frames_main(tag):
            return True
        if "tableintopic" in css or ("border" in tag.attrs and attribute(tag, "border") not in ("", "0")):
            return False
        marks = ("heading4", "effectivedate", "relateditem", "relatedheading")
        return any(attribute(inner, "class").lower() in marks for inner in below(tag)) or (
            not self.reading.heading and self.main is None and _one_column(tag)
        )

    def _frames_main(self, tag: Tag) -> bool:
        above = self.main
        while above is not None and above is not tag:
            above = above.parent
        return above is not None

    # ------------------------------------------------------------ lists of other pages

    def _related_table(self, tag: Tag, css: str) -> None:
        for link in below(tag):
            image = next(tags(link), None) if link.name == "a" else None
            if image is None or image.name != "img":
                continue
            described = attribute(image, "alt").lower()
            address = site_path_of_link(attribute(link, "href"), self.folder)
            if described.startswith("previous"):
                self.reading.previous = address
            elif described.startswith("next"):
                self.reading.next = address
        if "aboveheading" not in css or not CHROME.fullmatch(text_of(tag) or "|"):
            self.rows_open = True
            self.walk(tag)
            self.rows_open = "aboveheading" not in css

    def _related(self, inline: Inline) -> bool:
        """Reads a line as a row or heading of a list of other pages, if it is one."""
        if RELATED_HEADING.fullmatch(inline.text):
            self.reading.open_list(inline.text)
            self.rows_open = True
            return True
        if not (self.rows_open or _is_row(inline)):
            return False
        parts = list(_row_parts(inline))
        if not all(starts_with_code(part.text, lettered=bool(part.links)) for part in parts):
            return False
        if not self.rows_open:
            self.reading.open_list("")
            self.rows_open = True
        for part in parts:
            address = site_path_of_link(part.links[0].href, self.folder) if part.links else None
            self.reading.add_row(part.text, address)
        return True

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, inline: Inline, css: str) -> None:
        self._marks(inline)
        if self._frame_line(inline) or self._page_heading(inline, css):
            return
        if css in ("relateditem", "relatedheading"):
            self._related_line(inline, css)
            return
        if css == "effectivedate" or FOOT.fullmatch(inline.text):
            self.reading.foots.append(Foot(inline.text, len(self.reading.drafts)))
            return
        if not css.startswith("heading") and self._related(inline):
            return
        if self.rows_open and not _is_margin(css):
            self.reading.find("info", "row_without_code", f"no code in {inline.text[:80]!r}")
        self.rows_open = False
        self.reading.drafts.append(_paragraph_draft(inline, css))
        if self.main is not None and not self.in_main:
            self.reading.find(
                "info", "outside_frame", f"text outside the topic was kept: {inline.text[:60]!r}"
            )

    def _related_line(self, inline: Inline, css: str) -> None:
        if css == "relatedheading":
            self.reading.open_list(inline.text)
        else:
            for part in _row_parts(inline):
                address = site_path_of_link(part.links[0].href, self.folder) if part.links else None
                self.reading.add_row(part.text, address)
        self.rows_open = True

    def _frame_line(self, inline: Inline) -> bool:
        """Lines of the viewer or the archive around the text."""
        if CHROME.fullmatch(inline.text):
            return True
        if BREADCRUMB.match(inline.text) or is_banner(inline.text):
            self.reading.banners.append(inline.text)
            return True
        return False

    def _page_heading(self, inline: Inline, css: str) -> bool:
        if self.reading.heading:
            return False
        coded = starts_with_code(inline.text, lettered=css.startswith("heading"))
        told = css == "heading4" or (len(inline.text) < 300 and coded and css != "headingopsmanual")
        if not told or (css == "" and self.rows_open):
            return False
        if css not in ("heading4", "heading") and self.page_title and self._is_only_mention(inline.text):
            return False
        self.reading.heading = inline.text
        return True

    def _is_only_mention(self, text: str) -> bool:
        """Whether a line begins with another code than the page's own title does."""
        own, other = read_heading(self.page_title, lettered=True).code, read_heading(text).code
        return own is not None and own != other

    def _marks(self, inline: Inline) -> None:
        for mark in inline.marks:
            message = "marks that turn the direction of writing were left out"
            self.reading.find("warning", mark, message, inline.text[:40])

    def _other(self, tag: Tag) -> None:
        inline = read_inline(list(tag.contents))
        if inline.text:
            self.rows_open = False
            self._marks(inline)
            self.reading.drafts.append(Draft(kind="other", text=inline.text, links=inline.links))
            message = f"<{tag.name}> is no part of a known page; its text was kept"
            self.reading.find("info", "unknown_shape", message)

    # ------------------------------------------------------------ lists

    def _list(self, tag: Tag) -> None:
        if self.rows_open and not self.reading.foots:
            self.rows_open = False
        if self._list_of_rows(tag):
            return
        self.rows_open = False
        self.reading.drafts += self._items(tag, 0)

    def _list_of_rows(self, tag: Tag) -> bool:
        """A list below the text whose items are all links to coded pages."""
        if not self.rows_open:
            return False
        inlines = [read_inline(list(li.contents)) for li in tags(tag) if li.name == "li"]
        if not inlines or not all(i.links and starts_with_code(i.text, lettered=True) for i in inlines):
            return False
        return all(self._related(inline) for inline in inlines)

    def _stray_item(self, tag: Tag) -> None:
        self.reading.find("info", "stray_item", "an item stands outside any list")
        self.reading.drafts += self._item(tag, "", None, 0)

    def _items(self, tag: Tag, depth: int) -> list[Draft]:
        ordered = tag.name == "ol"
        style = style_of(attribute(tag, "class"), attribute(tag, "type"), ordered=ordered, depth=depth)
        below = depth + (style != "bullet")
        drafts: list[Draft] = []
        number = _whole(attribute(tag, "start"))
        fresh = True
        for child in tag.contents:
            if isinstance(child, Tag) and child.name == "li":
                number = _whole(attribute(child, "value")) or number
                made = self._item(child, style, number, below)
                made[0].new_list = fresh
                drafts += made
                number, fresh = None, False
            elif isinstance(child, Tag) and child.name not in HIDDEN:
                _attach(drafts, self._blocks_in([child], below), nested=child.name in ("ol", "ul"))
            elif not isinstance(child, Tag | Comment) and str(child).strip():
                _attach(drafts, self._blocks_in([child], below), nested=False)
        return drafts

    def _item(self, li: Tag, style: str, number: int | None, depth: int) -> list[Draft]:
        """An item; after it the headings that end it, since they stand over the items that follow."""
        children = self._drafts_in(li, depth)
        item = Draft(kind="item", style=style, number=number)  # type: ignore[arg-type]
        if children and children[0].kind == "paragraph" and not children[0].children:
            first = children.pop(0)
            item.text, item.links = first.text, first.links
        after: list[Draft] = []
        while children and children[-1].kind == "heading":
            after.insert(0, children.pop())
        item.children = children
        return [item, *after]

    def _drafts_in(self, node: Tag, depth: int) -> list[Draft]:
        return self._blocks_in(list(node.contents), depth)

    def _blocks_in(self, nodes: list[PageElement], depth: int) -> list[Draft]:
        """The drafts of what stands inside an item."""
        drafts: list[Draft] = []
        run: list[PageElement] = []
        for node in nodes:
            if isinstance(node, Tag) and node.name not in HIDDEN and _is_block(node):
                self._flush_inside(run, drafts)
                drafts += self._inside(node, depth)
            elif not isinstance(node, Comment | Doctype):
                run.append(node)
        self._flush_inside(run, drafts)
        return drafts

    def _flush_inside(self, run: list[PageElement], drafts: list[Draft]) -> None:
        if run:
            inline = read_inline(run)
            run.clear()
            if inline.text:
                self._marks(inline)
                drafts.append(_paragraph_draft(inline, ""))

    def _inside(self, tag: Tag, depth: int) -> list[Draft]:
        if tag.name in ("ol", "ul"):
            return self._items(tag, depth)
        if tag.name == "table":
            rows, caption = read_table(tag)
            filled = any(cell.text for row in rows for cell in row)
            return [Draft(kind="table", rows=rows, text=caption)] if filled else []
        if tag.name == "p" and not any(isinstance(c, Tag) and _is_block(c) for c in tag.contents):
            return self._p_inside(tag)
        if tag.name in HEADINGS:
            inline = read_inline(list(tag.contents))
            return [_paragraph_draft(inline, "heading")] if inline.text else []
        if tag.name == "li":
            return self._item(tag, "", None, depth)
        if tag.name in OTHER:
            before = len(self.reading.drafts)
            self._other(tag)
            made = self.reading.drafts[before:]
            del self.reading.drafts[before:]
            return made
        return self._drafts_in(tag, depth)

    def _p_inside(self, tag: Tag) -> list[Draft]:
        inline = read_inline(list(tag.contents))
        if not inline.text:
            return []
        self._marks(inline)
        css = attribute(tag, "class").strip().lower()
        if css == "effectivedate":
            self.reading.foots.append(Foot(inline.text, len(self.reading.drafts)))
            return []
        return [_paragraph_draft(inline, css)]

    def finish(self) -> None:
        """What can only be said at the end."""
        title = self.page_title
        if not self.reading.heading and starts_with_code(title, lettered=True):
            self.reading.heading = title
            self.reading.heading_from_title = True
            self.reading.find(
                "info", "heading_from_title", "the page shows no heading; its title tag gives one"
            )
        elif title and self.reading.heading:
            own, told = read_heading(self.reading.heading).code, read_heading(title).code
            if own and told and own != told:
                message = f"the heading says {own}, the title of the window {told}"
                self.reading.find("info", "title_disagrees", message)


def _attach(drafts: list[Draft], made: list[Draft], *, nested: bool) -> None:
    """Puts what stands in a list but in no item where it belongs: a list into the item before it."""
    if nested and drafts and drafts[-1].kind == "item":
        drafts[-1].children += made
    else:
        drafts += made


def _paragraph_draft(inline: Inline, css: str) -> Draft:
    """A paragraph, note, reference, heading or signature; lines after dashes become its children."""
    lines = list(inline.lines())
    heading = read_heading(inline.text) if _is_margin(css) else None
    if heading is not None:
        return _heading_draft(inline)
    kind = "paragraph"
    if css in ("note", "listnote") or _NOTE.match(lines[0].text if lines else ""):
        kind = "note"
    elif css == "reference":
        kind = "reference"
    elif len(inline.text) < 250 and "\n" not in inline.text and css == "":
        three = read_heading(inline.text) if _THREE_PARTS.match(inline.text) else None
        if three and three.title[:1].isupper() and three.title[-1:] not in ".;:,":
            return _heading_draft(inline)
    first = [line for line in lines if not _DASHED.match(line.text)]
    if len(lines) > 1 and len(first) == 1 and lines[0] is first[0]:
        children = [_dashed(line) for line in lines[1:]]
        return Draft(kind=kind, text=lines[0].text, links=lines[0].links, children=children)  # type: ignore[arg-type]
    return Draft(kind=kind, text=inline.text, links=inline.links)  # type: ignore[arg-type]


def _heading_draft(inline: Inline) -> Draft:
    text = inline.text.replace("\n", " ")
    heading = read_heading(text)
    if heading.code is None:
        return Draft(kind="heading", text=text, links=inline.links)
    words = " ".join(
        part for part in (heading.title, "..." if heading.truncated else "", heading.suffix) if part
    )
    return Draft(kind="heading", text=words, code=heading.code)


def _dashed(line: Inline) -> Draft:
    mark = _DASHED.match(line.text)
    rest = line.after(mark.end()) if mark else line
    return Draft(kind="item", style="dash", text=rest.text, links=rest.links)


def _is_margin(css: str) -> bool:
    return css.startswith("heading")


def _is_block(tag: Tag) -> bool:
    """Whether `tag` ends the line: a block, or an inline element that wrongly holds one."""
    if tag.name in BLOCKS:
        return True
    return any(isinstance(child, Tag) and _is_block(child) for child in tag.contents)


def _is_row(inline: Inline) -> bool:
    """A line outside any list that is nothing but a link to a coded page (and a date behind it)."""
    if len(inline.links) != 1 or inline.links[0].start:
        return False
    heading = read_heading(inline.text)
    if heading.code is None or not heading.title:
        return False
    return bool(heading.suffixes) or inline.links[0].end == len(inline.text)


def _row_parts(inline: Inline) -> Iterator[Inline]:
    """One part for each link, or for each line without a link."""
    for line in inline.lines():
        if len(line.links) < 2:
            yield line if line.text else Inline("")
            continue
        starts = [link.start for link in line.links]
        for start, end in zip([0, *starts[1:]], [*starts[1:], len(line.text)], strict=True):
            text = line.text[start:end].strip()
            links = tuple(Link(0, len(text), k.href, k.title) for k in line.links if start <= k.start < end)
            yield Inline(text, links)


def _one_column(tag: Tag) -> bool:
    """Every row has one cell: a frame of older pages."""
    return all(
        sum(1 for cell in tags(row) if cell.name in ("td", "th")) <= 1
        for row in below(tag)
        if row.name == "tr"
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < len(text) < 5 and int(text) > 0 else None
