"""The topic inside a page that shows it in a frame: the viewer, saved by a browser or by an extension.

SingleFile keeps a frame's page in the attribute `srcdoc`; "web page, complete" keeps it as a file of the folder
`NAME_files`. The viewer around it holds no instruction.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from posixpath import normpath
from urllib.parse import unquote

from manual.model import SitePath
from manual.publisher import Publisher, expression

_DEEPEST = 3
_MOST = 20
_FRAMES = re.compile(rb"<i?frame\b", re.IGNORECASE)
_TAGS = re.compile(rb"""<(?:p|h[1-6])\b[^<>]*>""", re.IGNORECASE)
_ID = re.compile(rb"""\bid\s*=\s*["']?(?P<id>\w+)""", re.IGNORECASE)
_HIGHLIGHTED = re.compile(rb"""\bhighlight\(\s*['"](?P<id>\d{1,9})['"]\s*\)""")
_ARCHIVED = expression(
    lambda publisher: "|".join(
        (
            publisher.words.archived,
            publisher.words.archived_cut,
            publisher.words.replaced,
            publisher.words.edition_ends,
        )
    ),
    re.IGNORECASE,
)
_MARK = re.compile(r"<[^<>]*>|\s+")


def own_path(data: bytes, publisher: Publisher) -> SitePath | None:
    """The site path that a page's own number gives (`p.heading4#t77177`, `highlight('77177')`).

    None where it has none, or two that differ. The number does not say the folder: a page marked archived is the
    archive's, any other the live manual's.
    """
    stated = {found["id"].decode() for found in _HIGHLIGHTED.finditer(data)} | set(
        _of_headings(data, publisher)
    )
    if len(stated) != 1:
        return None
    archived = publisher.archive and _ARCHIVED(publisher).search(
        _MARK.sub(" ", data.decode("utf-8", "replace"))
    )
    return SitePath(f"{publisher.archive if archived else publisher.folder}/{stated.pop()}")


def _of_headings(data: bytes, publisher: Publisher) -> Iterator[str]:
    heading = publisher.classes.heading.encode()
    shape = re.compile(publisher.classes.topic_id, re.IGNORECASE)
    for tag in _TAGS.finditer(data):
        found = _ID.search(tag[0]) if heading in tag[0].lower() else None
        if found and shape.fullmatch(found["id"].decode("ascii", "replace")):
            yield re.sub(r"\D", "", found["id"].decode())


def is_topic(data: bytes, publisher: Publisher) -> bool:
    """Whether bytes are a topic, by its number or by the class of its heading."""
    if own_path(data, publisher) is not None:
        return True
    heading = publisher.classes.heading.encode()
    return any(heading in tag[0].lower() for tag in _TAGS.finditer(data))


def topics_inside(data: bytes, publisher: Publisher, depth: int = 0) -> list[bytes]:
    """The topics in the frames of a page that keeps them within itself."""
    if depth == _DEEPEST or not _FRAMES.search(data):
        return []
    found: list[bytes] = []
    for inner in _frames_of(data).documents:
        page = codecs.BOM_UTF8 + inner.encode("utf-8", "replace")
        found += [page] if is_topic(page, publisher) else topics_inside(page, publisher, depth + 1)
    return found[:_MOST]


def framed_files(data: bytes, name: str) -> list[str]:
    """Names of the files, beside a page called `name`, that it shows in frames: within its own folder `NAME_files`."""
    if not _FRAMES.search(data):
        return []
    folder, _, alone = name.rpartition("/")
    own = f"{alone.rpartition('.')[0]}_files/"
    found = []
    for source in _frames_of(data).sources[:_MOST]:
        path = normpath(unquote(source.split("#")[0].split("?")[0]))
        if path.startswith(own):
            found.append(f"{folder}/{path}" if folder else path)
    return found


class _Frames(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.documents: list[str] = []
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("iframe", "frame"):
            return
        values = dict(attrs)
        if document := values.get("srcdoc"):
            self.documents.append(document)
        if source := values.get("src"):
            self.sources.append(source)


def _frames_of(data: bytes) -> _Frames:
    frames = _Frames()
    try:
        frames.feed(data.decode("utf-8", "replace"))
        frames.close()
    except (AssertionError, ValueError):  # the standard parser on markup that nobody wrote by hand
        pass
    return frames
