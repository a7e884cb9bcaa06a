"""An instruction page in HTML, of the live shape and of older ones, to a `Reading`.

The page is walked once, in reading order, through frames, layout tables and unknown containers. Each paragraph, list
and table becomes a draft. Text that fits no rule becomes a block of kind `other`, with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, NavigableString, PageElement, Tag

from manual.model import BlockKind, SitePath
from manual.parse.addresses import folder_of, site_path_of_link, topic
from manual.parse.draft import BlockDraft, struck_words
from manual.parse.headings import Heading, continued_row, read_heading, starts_with_code, with_mark_below
from manual.parse.inline import Inline, LinkedWords, read_inline
from manual.parse.lists import style_of
from manual.parse.reading import (
    BREADCRUMB,
    CHROME,
    ENDED_FOOT,
    FOOT,
    RELATED_HEADING,
    Foot,
    Reading,
    begins_banner,
    frame_words,
    is_banner,
    is_foot,
    without_brackets,
)
from manual.parse.soup import (
    BLOCKS,
    FOREIGN,
    HEADINGS,
    HIDDEN,
    OTHER,
    attribute,
    below,
    body_of,
    by_id,
    holds,
    is_struck,
    page_title,
    struck_in,
    tags,
    text_of,
)
from manual.parse.tables import read_table
from manual.parse.text_line import NOTE
from manual.parse.text_lost import judge_drafts
from manual.parse.unseen import words_left_out
from manual.publisher import INZ, Publisher, expression

_THREE_PARTS = expression(lambda publisher: rf"{publisher.codes.capitals}\d+\.\d+\.\d+\s")
_EXPANDS = re.compile(r"(expand|highlight)\(\s*'(\d{1,9})'\s*\)")
# - one of several lines after "Notes:"; the dash may be any
_DASHED = re.compile(r"[-–—•]\s*(?=\S)")
_TOPIC_ID = expression(lambda publisher: publisher.classes.topic_id)
_SEE_ALSO = re.compile(r"See\s+also")
"""Within the text these words, unless in capitals, begin a reference and head no list (91014)."""
_LONGEST_FOOT = 120
_LONGEST_LIST_HEADING = 80


def read_topic(
    soup: BeautifulSoup, site_path: SitePath | None, publisher: Publisher = INZ
) -> tuple[Reading, ...]:
    """Everything the page shows, in order: the topic and, if present below it under its own heading, an older version.
    Never raises for an odd page."""
    walker = _Walker(soup, folder_of(site_path, publisher), publisher)
    walker.walk(body_of(soup))
    walker.finish(soup)
    return (*walker.above, walker.reading)


class _Walker:
    """Walks one page. `reading` is the one being filled; `above` holds finished ones."""

    def __init__(self, soup: BeautifulSoup, folder: str, publisher: Publisher) -> None:
        self.publisher = publisher
        self.classes = publisher.classes
        self.lines = (self.classes.rows_heading, self.classes.row, self.classes.foot)
        """Classes that say what a line is, whichever element bears them."""
        self.reading = Reading(publisher)
        self.above: list[Reading] = []
        self.broken = ""
        """The beginning of a banner whose end stands on the next line."""
        self.banners_above = 0
        """How many banners of the reading stand above its last foot."""
        self.folder = folder
        self.page_title = page_title(soup)
        self.main = by_id(soup, self.classes.main)
        self.headed = any(_is_topic_heading(tag, publisher) for tag in below(soup))
        """The page has a heading by its class: no other line is taken for it."""
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
            elif run or not _is_nothing(child):
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
            else:
                self._struck(inline.struck)

    def _block(self, tag: Tag) -> None:
        name = tag.name
        if attribute(tag, "id").startswith("wm-ipp"):  # the bar of the Internet Archive over its copies
            return
        if is_struck(tag):
            self._struck(struck_in(tag))
        elif name == "p":
            self._p(tag)
        elif name == "table":
            self._table(tag)
        elif name in ("ol", "ul"):
            self._list(tag)
        elif name in HEADINGS:
            self._p(tag, "heading")
        elif name == "li":
            self.reading.drafts += self._unlisted(tag, 0)
        elif name == "blockquote":
            self.rows_open = False
            self.reading.drafts.append(BlockDraft(kind="quote", children=self._drafts_in(tag, 0)))
        elif name in OTHER and not self._is_banner(tag):
            self._other(tag)
        elif name == "div" and self._is_marked(tag):
            self._p(tag)
        elif name != "hr":
            self.walk(tag)

    def _is_banner(self, tag: Tag) -> bool:
        """Whether an element holds a banner and nothing else, in a box or in another shape."""
        return self._in_frame() and is_banner(text_of(tag), self.publisher)

    def _is_marked(self, tag: Tag) -> bool:
        """Whether the class or id of an element says what line of the page it is."""
        known = attribute(tag, "class").strip().lower() in (self.classes.heading, *self.lines)
        return known or _TOPIC_ID(self.publisher).fullmatch(attribute(tag, "id")) is not None

    def _p(self, tag: Tag, default: str = "") -> None:
        """Read a paragraph or h1 to h6: topics use either (html/92013), and the class says what it is."""
        if any(isinstance(child, Tag) and _is_block(child) for child in tag.contents):
            self.walk(tag)
            return
        inline = read_inline(list(tag.contents))
        if not inline.text:
            self._struck(inline.struck)
            return
        css = attribute(tag, "class").strip().lower()
        if _TOPIC_ID(self.publisher).fullmatch(attribute(tag, "id")) and not self.reading.heading:
            css = self.classes.heading
        self._paragraph(
            inline, css if css.startswith("heading") or not default or css in self.lines else default
        )

    def _table(self, tag: Tag) -> None:
        css = attribute(tag, "class").lower()
        if self.classes.rows_table in css:
            self._related_table(tag, css)
        elif self._is_layout(tag, css) or self._is_banner(tag):
            self.walk(tag)
        else:
            self.rows_open = False
            self.reading.drafts += self._table_drafts(tag)

    def _table_drafts(self, tag: Tag) -> list[BlockDraft]:
        rows, caption = read_table(tag)
        struck = tuple(struck_in(tag))
        if any(cell.text for row in rows for cell in row):
            return [BlockDraft(kind="table", rows=rows, text=caption, struck=struck)]
        self._struck(struck)
        return [BlockDraft(kind="paragraph", text=caption)] if caption else []

    def _is_layout(self, tag: Tag, css: str) -> bool:
        """Whether a table is layout around the page, not part of its text."""
        if "layout" in css.split() or (self.main is not None and holds(tag, self.main)):
            return True
        if self.classes.table in css or ("border" in tag.attrs and attribute(tag, "border") not in ("", "0")):
            return False
        marks = (self.classes.heading, *self.lines)
        return any(attribute(inner, "class").lower() in marks for inner in below(tag)) or (
            not self.reading.heading and _one_column(tag)
        )

    # ------------------------------------------------------------ lists of other pages

    def _related_table(self, tag: Tag, css: str) -> None:
        for link in below(tag):
            image = next(tags(link), None) if link.name == "a" else None
            if image is None or image.name != "img":
                continue
            described = attribute(image, "alt").lower()
            address = site_path_of_link(attribute(link, "href"), self.folder, self.publisher)
            if described.startswith("previous"):
                self.reading.previous = address
            elif described.startswith("next"):
                self.reading.next = address
        above = self.classes.above_heading in css
        if not above or not CHROME(self.publisher).fullmatch(text_of(tag) or "|"):
            self.rows_open = True
            self.walk(tag)
            self.rows_open = not above

    def _related(self, inline: Inline) -> bool:
        """Reads a line as a row or heading of a list of other pages, if it is one."""
        headed = RELATED_HEADING(self.publisher).fullmatch(inline.text)
        if headed and (self._in_frame() or not _SEE_ALSO.match(inline.text)):
            self._struck(inline.struck)
            self.reading.open_list(inline.text)
            self.rows_open = True
            return True
        bare = self.reading.foots and _is_bare_row(inline, self.publisher)
        if not (self.rows_open or _is_row(inline, self.publisher) or bare):
            return False
        parts = list(_row_parts(inline))
        if not all(self._coded(part.text, lettered=bool(part.links)) for part in parts):
            return False
        if not self.rows_open:
            self.reading.open_list("")
            self.rows_open = True
        self._struck(inline.struck)
        self._add_rows(parts)
        return True

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, inline: Inline, css: str) -> None:
        self._marks(inline)
        rest = self._without_frame(inline)
        if rest is None:
            self._struck(inline.struck)
            return
        if rest is not inline:
            inline, css = rest, ""
        if self._is_heading(inline, css):
            self._struck(inline.struck)
        elif not self._list_line(inline, css) and not self._foot(inline, css):
            self._text(inline, css)

    def _coded(self, text: str, *, lettered: bool = False) -> bool:
        return starts_with_code(text, self.publisher, lettered=lettered)

    def _heading_of(self, text: str, *, lettered: bool = True) -> Heading:
        return read_heading(text, self.publisher, lettered=lettered)

    def _list_line(self, inline: Inline, css: str) -> bool:
        if css in (self.classes.row, self.classes.rows_heading):
            return self._related_line(inline, css)
        return not css.startswith("heading") and not self._is_foot(inline.text, css) and self._related(inline)

    def _is_foot(self, text: str, css: str) -> bool:
        """Whether a line is the foot. "Revoked D" that heads the lines below it is not in the place of the foot."""
        heads = _is_margin(css, self.publisher) and ENDED_FOOT.fullmatch(without_brackets(text)) is not None
        return css == self.classes.foot or (is_foot(text) and not heads)

    def _text(self, inline: Inline, css: str) -> None:
        """Add a line of the instruction's own text."""
        if self.rows_open and not _is_margin(css, self.publisher):
            self.reading.find("info", "row_without_code", f"no code in {inline.text[:80]!r}")
        self.rows_open = False
        self.reading.drafts.append(_paragraph_draft(inline, css, self.publisher))
        if self.main is not None and not self.in_main:
            self.reading.find(
                "info", "outside_frame", f"text outside the topic was kept: {inline.text[:60]!r}"
            )

    def _related_line(self, inline: Inline, css: str) -> bool:
        """Read a row or heading of a list, by its class. Words that are neither are kept as text."""
        if css == self.classes.rows_heading and not self._coded(inline.text, lettered=bool(inline.links)):
            if not RELATED_HEADING(self.publisher).fullmatch(inline.text):
                self.reading.find("info", "unknown_shape", f"a list is headed {inline.text!r}")
            if len(inline.text) > _LONGEST_LIST_HEADING:
                return False
            self.reading.open_list(inline.text)
        else:
            self._add_rows(_row_parts(inline))
        self._struck(inline.struck)
        self.rows_open = True
        return True

    def _add_rows(self, parts: Iterable[Inline]) -> None:
        for part in parts:
            address = (
                site_path_of_link(part.links[0].href, self.folder, self.publisher) if part.links else None
            )
            rows = self.reading.lists[-1].rows if self.rows_open and self.reading.lists else []
            above = rows[-1] if rows else None
            whole = (
                continued_row(above.text, part.text, self.reading.heading, self.publisher) if above else None
            )
            if above is not None and whole is not None:
                rows[-1] = replace(above, text=whole, address=above.address or address)
            else:
                self.reading.add_row(part.text, address)
                self.rows_open = True

    def _foot(self, inline: Inline, css: str) -> bool:
        """Read the foot. It may be `Rescinded D` instead, or have other words, which are kept as text."""
        text = inline.text
        if not self._is_foot(text, css):
            return False
        self.rows_open = False
        start, end = (0, len(text)) if is_foot(text) else _bounds_of_foot(text)
        if start == end:
            self.reading.find("warning", "unusual_foot", f"in the place of the foot stands {text!r}")
            if len(text) > _LONGEST_FOOT:
                return False
            start, end = 0, len(text)
        self._struck(inline.struck)
        self._beside_foot(inline.part(0, start))
        self.banners_above = len(self.reading.banners)
        self.reading.foots.append(Foot(without_brackets(text[start:end]), len(self.reading.drafts)))
        after = inline.part(end, len(text))
        if _bounds_of_foot(after.text) == (0, 0) or not self._foot(after, self.classes.foot):
            self._beside_foot(after)
        return True

    def _beside_foot(self, inline: Inline) -> None:
        if any(char.isalnum() for char in inline.text):
            self.reading.find("warning", "unusual_foot", f"beside the foot stands {inline.text!r}")
            self.reading.drafts.append(_paragraph_draft(inline, "", self.publisher))

    # ------------------------------------------------------------ frame lines

    def _in_frame(self) -> bool:
        """Whether this place belongs to the frame: above the text, outside the topic, or below the foot."""
        reading = self.reading
        return (
            not (reading.heading and reading.drafts)
            or (self.main is not None and not self.in_main)
            or bool(reading.foots or reading.lists)
        )

    def _without_frame(self, inline: Inline) -> Inline | None:
        """A line without words of the viewer or archive; None if nothing is left.

        A sentence within the text is always text (damage/no-longer-current.htm).
        """
        if CHROME(self.publisher).fullmatch(inline.text) and (self._in_frame() or _is_linked(inline)):
            return None
        if not self._in_frame():
            if is_banner(inline.text, self.publisher):
                message = f"a line of the frame stands within the text: {inline.text!r}"
                self.reading.find("warning", "frame_in_text", message)
            return inline
        if BREADCRUMB(self.publisher).match(inline.text):
            self.reading.banners.append(inline.text)
            return None
        if self._goes_on(inline.text):
            return None
        banner, (start, end) = frame_words(inline.text, self.publisher)
        if not banner:
            return inline if start < end else None
        rest = replace(inline.part(start, end), struck=inline.struck)
        self.reading.banners.append(" ".join(banner.split()))
        if not rest.text:
            return None
        message = f"words beside a banner were kept: {rest.text!r}"
        self.reading.find("warning", "outside_frame", message)
        return rest

    def _goes_on(self, text: str) -> bool:
        """Collect a banner that runs over several lines (html/92012)."""
        joined = f"{self.broken} {text}"
        begun = bool(self.broken) and begins_banner(joined, self.publisher)
        if begun or (self.broken and is_banner(joined, self.publisher)):
            self.reading.banners[-1] = joined
            self.broken = joined if begun else ""
            return True
        begun = begins_banner(text, self.publisher)
        if begun:
            self.reading.banners.append(text)
        self.broken = text if begun else ""
        return begun

    # ------------------------------------------------------------ headings

    def _is_heading(self, inline: Inline, css: str) -> bool:
        """Read a line that is the page's heading, a part of it, or the heading of the next text."""
        return (
            self._page_heading(inline, css)
            or self._twin_heading(inline, css)
            or self._mark_below(inline)
            or self._next_text(inline, css)
        )

    def _mark_below(self, inline: Inline) -> bool:
        """Add the mark that stands on a line of its own below the heading."""
        reading = self.reading
        if not reading.heading or reading.drafts or reading.foots or reading.lists:
            return False
        whole = with_mark_below(reading.heading, inline.text, self.publisher)
        reading.heading = whole or reading.heading
        return whole is not None

    def _page_heading(self, inline: Inline, css: str) -> bool:
        if self.reading.heading or css in self.lines or (self.headed and css != self.classes.heading):
            return False
        if css == "" and (self.reading.foots or _is_row(inline, self.publisher)):
            return False
        coded = self._coded(inline.text, lettered=css.startswith("heading"))
        inner = css == self.classes.sub_heading
        told = css == self.classes.heading or (len(inline.text) < 300 and coded and not inner)
        if not told or (css == "" and self.rows_open):
            return False
        if (
            css not in (self.classes.heading, "heading")
            and self.page_title
            and self._is_only_mention(inline.text)
        ):
            return False
        self.reading.heading = inline.text
        return True

    def _twin_heading(self, inline: Inline, css: str) -> bool:
        """Treat a heading printed twice, perhaps once shortened, as one: the fuller counts."""
        reading = self.reading
        if not reading.heading or reading.drafts or reading.foots or reading.lists:
            return False
        if inline.links or css in (*self.lines, self.classes.sub_heading):
            return False
        first, second = self._heading_of(reading.heading), self._heading_of(inline.text)
        if not _are_twins(first, second, sure=css == self.classes.heading):
            return False
        if first.truncated or (not second.truncated and len(inline.text) > len(reading.heading)):
            reading.heading = inline.text
        return True

    def _next_text(self, inline: Inline, css: str) -> bool:
        """Begin a new text at a page heading below the foot or the lists of another page (pages/mhtml)."""
        reading = self.reading
        ended = reading.heading and (reading.foots or reading.lists)
        if css not in (self.classes.heading, "heading") or not ended:
            return False
        code, own = self._heading_of(inline.text).code, self._heading_of(reading.heading).code
        if code is None or code.startswith(f"{own}.") or (css == "heading" and code != own):
            return False
        self._drop_chrome()
        self.above.append(reading)
        between = reading.banners[self.banners_above :]  # a banner below the foot is the next text's
        del reading.banners[self.banners_above :]
        self.reading = Reading(
            self.publisher, heading=inline.text, ancestors=reading.ancestors, banners=between
        )
        self.rows_open = False
        return True

    def _is_only_mention(self, text: str) -> bool:
        """Whether a line begins with another code than the page's title."""
        own = self._heading_of(self.page_title).code
        other = self._heading_of(text, lettered=False).code
        return own is not None and own != other

    def _struck(self, words: Iterable[str]) -> None:
        for struck in words:
            self.reading.find(*struck_words(struck))

    def _marks(self, inline: Inline) -> None:
        for mark in inline.marks:
            message = "marks that turn the direction of writing were left out"
            self.reading.find("warning", mark, message, inline.text[:40])

    def _other(self, tag: Tag) -> None:
        inline = read_inline(list(tag.contents))
        if inline.text:
            self.rows_open = False
            self._marks(inline)
            self.reading.drafts.append(
                BlockDraft(kind="other", text=inline.text, links=inline.links, struck=inline.struck)
            )
            message = f"<{tag.name}> is no part of a known page; its text was kept"
            self.reading.find("info", "unknown_shape", message)
        else:
            self._struck(inline.struck)

    # ------------------------------------------------------------ lists

    def _list(self, tag: Tag) -> None:
        below = bool(self.reading.foots)
        if self._list_of_rows(tag, below=below):
            return
        self.rows_open = False
        self.reading.drafts += self._items(tag, 0)

    def _list_of_rows(self, tag: Tag, *, below: bool) -> bool:
        """Whether a list is below the foot and all its items link to coded pages."""
        if not below:
            return False
        inlines = [read_inline(list(li.contents)) for li in tags(tag) if li.name == "li"]
        if not inlines or not all(i.links and self._coded(i.text, lettered=True) for i in inlines):
            return False
        if not self.rows_open:
            self.reading.open_list("")
            self.rows_open = True
        return all(self._related(inline) for inline in inlines)

    def _unlisted(self, tag: Tag, depth: int) -> list[BlockDraft]:
        """Read an item outside any list: its label is not known."""
        self.reading.find("info", "stray_item", "an item stands outside any list")
        return self._item(tag, "", None, depth)

    def _items(self, tag: Tag, depth: int) -> list[BlockDraft]:
        ordered = tag.name == "ol"
        style = style_of(attribute(tag, "class"), attribute(tag, "type"), ordered=ordered, depth=depth)
        below = depth + (style != "bullet")
        drafts: list[BlockDraft] = []
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

    def _item(self, li: Tag, style: str, number: int | None, depth: int) -> list[BlockDraft]:
        """Read an item. Headings that end it are added after it, since they belong to the items that follow."""
        struck = is_struck(li)
        children = [] if struck else self._drafts_in(li, depth)
        self._struck(struck_in(li) if struck else ())
        item = BlockDraft(kind="item", style=style, number=number)  # type: ignore[arg-type]
        if children and children[0].kind == "paragraph" and not children[0].children:
            first = children.pop(0)
            item.text, item.links, item.struck = first.text, first.links, first.struck
        after: list[BlockDraft] = []
        while children and children[-1].kind == "heading":
            after.insert(0, children.pop())
        item.children = children
        return [item, *after]

    def _drafts_in(self, node: Tag, depth: int) -> list[BlockDraft]:
        return self._blocks_in(list(node.contents), depth)

    def _blocks_in(self, nodes: list[PageElement], depth: int) -> list[BlockDraft]:
        """The drafts of an item's content."""
        drafts: list[BlockDraft] = []
        run: list[PageElement] = []
        for node in nodes:
            if isinstance(node, Tag) and node.name not in HIDDEN and _is_block(node):
                self._flush_inside(run, drafts)
                drafts += self._inside(node, depth)
            elif run or not _is_nothing(node):
                run.append(node)
        self._flush_inside(run, drafts)
        return drafts

    def _flush_inside(self, run: list[PageElement], drafts: list[BlockDraft]) -> None:
        if run:
            inline = read_inline(run)
            run.clear()
            if inline.text:
                self._marks(inline)
                drafts.append(_paragraph_draft(inline, "", self.publisher))
            else:
                self._struck(inline.struck)

    def _inside(self, tag: Tag, depth: int) -> list[BlockDraft]:
        if is_struck(tag):
            self._struck(struck_in(tag))
            return []
        if tag.name in ("ol", "ul"):
            return self._items(tag, depth)
        if tag.name == "table":
            css = attribute(tag, "class").lower()
            if (
                self.classes.rows_table in css
            ):  # broken markup may leave it inside the last item (damage/lost1_999.htm)
                self._related_table(tag, css)
                return []
            return self._table_drafts(tag)
        if tag.name == "p" or tag.name in HEADINGS:
            if any(isinstance(c, Tag) and _is_block(c) for c in tag.contents):
                return self._drafts_in(tag, depth)
            return self._p_inside(tag)
        if tag.name == "li":
            return self._unlisted(tag, depth)
        if tag.name in OTHER:
            before = len(self.reading.drafts)
            self._other(tag)
            made = self.reading.drafts[before:]
            del self.reading.drafts[before:]
            return made
        return self._drafts_in(tag, depth)

    def _p_inside(self, tag: Tag) -> list[BlockDraft]:
        inline = read_inline(list(tag.contents))
        if not inline.text:
            self._struck(inline.struck)
            return []
        self._marks(inline)
        css = attribute(tag, "class").strip().lower()
        if css == self.classes.foot and self._foot(inline, css):
            return []
        return [_paragraph_draft(inline, "heading" if tag.name in HEADINGS else css, self.publisher)]

    def _drop_chrome(self) -> None:
        """Drop frame lines at the end of a page that has no marked frame and no foot."""
        drafts = self.reading.drafts
        while drafts and drafts[-1].kind == "paragraph" and CHROME(self.publisher).fullmatch(drafts[-1].text):
            drafts.pop()

    def finish(self, soup: BeautifulSoup) -> None:
        """Finish what can only be decided at the end of the page."""
        self._drop_chrome()
        for reading in (*self.above, self.reading):
            judge_drafts(reading)
        first = (*self.above, self.reading)[0]
        first.findings += words_left_out(body_of(soup), self.main)
        for name in sorted(FOREIGN & {tag.name for tag in below(self.main or body_of(soup))}):
            first.find("warning", "unknown_shape", f"<{name}>: its words were kept, its layout is lost")
        title = self.page_title
        if not self.reading.heading and self._coded(title, lettered=True):
            self.reading.heading = title
            self.reading.find(
                "info", "heading_from_title", "the page shows no heading; its title tag gives one"
            )
        elif title and first.heading:
            self._compare_titles(first, title)

    def _compare_titles(self, first: Reading, title: str) -> None:
        """Compare the heading with the title of the window, which may have a mark that the heading lost."""
        own, told = (self._heading_of(text, lettered=False) for text in (first.heading, title))
        if own.code and told.code and own.code != told.code:
            message = f"the heading says {own.code}, the title of the window {told.code}"
            first.find("info", "title_disagrees", message)
        elif (
            own.code and told.suffixes and not own.suffixes and own.title.casefold() == told.title.casefold()
        ):
            first.find("info", "mark_from_title", f"{told.suffix!r} stands in the title of the window only")
            first.heading = title


def _is_topic_heading(tag: Tag, publisher: Publisher) -> bool:
    named = attribute(tag, "class").strip().lower() == publisher.classes.heading
    marked = named or _TOPIC_ID(publisher).fullmatch(attribute(tag, "id"))
    return bool(marked) and starts_with_code(text_of(tag), publisher, lettered=True)


def _are_twins(first: Heading, second: Heading, *, sure: bool) -> bool:
    """Whether two lines are the same heading, with one code and title. If the second has another mark after its title,
    it names another version and is a list row, unless its class says (`sure`) that it is a heading."""
    if first.code is None or first.code != second.code:
        return False
    one, other = first.title.casefold(), second.title.casefold()
    if first.truncated or second.truncated:
        return (first.truncated and other.startswith(one)) or (second.truncated and one.startswith(other))
    return one == other and (second.suffix in ("", first.suffix) or (sure and not first.suffix))


def _bounds_of_foot(text: str) -> tuple[int, int]:
    """The range of the first foot formula in a line, as a sentence of its own; an empty range if there is none.

    `Effective 01/02/2020 to 03/03/2021` has none: the words after it belong to it, so only the whole can be judged.
    """
    found = [match for formula in (FOOT, ENDED_FOOT) for match in formula.finditer(text)]
    for match in sorted(found, key=lambda match: match.start()):
        before, after = text[: match.start()], text[match.end() :]
        if _SENTENCE_BEFORE.search(before) and (match[0][-1:] in ".\n" or _SENTENCE_AFTER.match(after)):
            return match.span()
    return 0, 0


_SENTENCE_BEFORE = re.compile(r"(?:^|[.:;\n])\s*$")
_SENTENCE_AFTER = re.compile(r"\s*(?:$|[A-Z.;])|\n")


def _is_linked(inline: Inline) -> bool:
    """Whether every word of the line belongs to a link."""
    letters = sum(char.isalnum() for char in inline.text)
    linked = (inline.text[link.start : link.end] for link in inline.links)
    return letters == sum(char.isalnum() for text in linked for char in text)


def _attach(drafts: list[BlockDraft], made: list[BlockDraft], *, nested: bool) -> None:
    """Attach content of a list that is in no item: a nested list goes into the item before it."""
    if nested and drafts and drafts[-1].kind == "item":
        drafts[-1].children += made
    else:
        drafts += made


def _paragraph_draft(inline: Inline, css: str, publisher: Publisher) -> BlockDraft:
    """The draft of a paragraph, note, reference, heading or signature; lines after dashes become its children."""
    lines = list(inline.lines())
    if _is_margin(css, publisher):
        return _heading_draft(inline, publisher)
    kind: BlockKind = "paragraph"
    if css in publisher.classes.notes or NOTE.match(lines[0].text if lines else ""):
        kind = "note"
    elif css == publisher.classes.reference:
        kind = "reference"
    elif len(inline.text) < 250 and "\n" not in inline.text and css == "":
        three = read_heading(inline.text, publisher) if _THREE_PARTS(publisher).match(inline.text) else None
        if three and three.title[:1].isupper() and three.title[-1:] not in ".;:,":
            return _heading_draft(inline, publisher)
    if len(lines) > 1 and [_DASHED.match(line.text) is None for line in lines] == [True] + [False] * (
        len(lines) - 1
    ):
        children = [_dashed(line) for line in lines[1:]]
        first = lines[0]
        return BlockDraft(
            kind=kind, text=first.text, links=first.links, children=children, struck=inline.struck
        )
    return BlockDraft(kind=kind, text=inline.text, links=inline.links, struck=inline.struck)


def _heading_draft(inline: Inline, publisher: Publisher) -> BlockDraft:
    text = inline.text.replace("\n", " ")
    heading = read_heading(text, publisher)
    if heading.code is None:
        return BlockDraft(kind="heading", text=text, links=inline.links, struck=inline.struck)
    return BlockDraft(kind="heading", text=heading.words, code=heading.code, struck=inline.struck)


def _dashed(line: Inline) -> BlockDraft:
    mark = _DASHED.match(line.text)
    rest = line.after(mark.end()) if mark else line
    return BlockDraft(kind="item", style="dash", text=rest.text, links=rest.links)


def _is_margin(css: str, publisher: Publisher) -> bool:
    return css.startswith("heading") or css == publisher.classes.sub_heading


def _is_nothing(node: PageElement) -> bool:
    """Whether a node shows nothing, at the beginning of a line: a comment, or the space between two blocks."""
    if isinstance(node, Comment | Doctype):
        return True
    return isinstance(node, NavigableString) and node.isspace()


def _is_block(tag: Tag) -> bool:
    """Whether `tag` ends the line: a block, or an inline element that wrongly holds one."""
    if tag.name in BLOCKS:
        return True
    return any(isinstance(child, Tag) and _is_block(child) for child in tag.contents)


def _is_row(inline: Inline, publisher: Publisher) -> bool:
    """Whether a line outside any list is only a link to a coded page (with a date after it)."""
    if len(inline.links) != 1 or inline.links[0].start:
        return False
    heading = read_heading(inline.text, publisher)
    if heading.code is None or not heading.title:
        return False
    return bool(heading.suffixes) or inline.links[0].end == len(inline.text)


def _is_bare_row(inline: Inline, publisher: Publisher) -> bool:
    """Whether a line below the foot is only a code with a title: part of a list without its heading (page 91011)."""
    return all(_is_titled_code(line.text, publisher) for line in inline.lines())


def _is_titled_code(text: str, publisher: Publisher) -> bool:
    heading = read_heading(text, publisher)
    return (
        heading.code is not None
        and heading.title[:1].isupper()
        and len(text) < 200
        and text[-1:] not in ".;:,"
    )


def _row_parts(inline: Inline) -> Iterator[Inline]:
    """One part for each link, or for each line without a link."""
    for line in inline.lines():
        if len(line.links) < 2:
            yield line if line.text else Inline("")
            continue
        starts = [link.start for link in line.links]
        for start, end in zip([0, *starts[1:]], [*starts[1:], len(line.text)], strict=True):
            text = line.text[start:end].strip()
            links = tuple(
                LinkedWords(0, len(text), k.href, k.title) for k in line.links if start <= k.start < end
            )
            yield Inline(text, links)


def _one_column(tag: Tag) -> bool:
    """Whether every row has one cell: the frame of older pages."""
    return all(
        sum(1 for cell in tags(row) if cell.name in ("td", "th")) <= 1
        for row in below(tag)
        if row.name == "tr"
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < len(text) < 5 and int(text) > 0 else None
