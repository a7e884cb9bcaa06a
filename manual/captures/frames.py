"""The topic in a frame of a saved page: the viewer, saved by a browser or by an extension.

SingleFile keeps a frame's page in the attribute `srcdoc`; "web page, complete" keeps it as a file in the folder
`NAME_files`. The viewer around it contains no instruction.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
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

    None if it has none, or two that differ. The number does not tell the folder: a page marked archived belongs to the
    archive, any other to the live manual.
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
    """The topics in the frames of a page that contains them."""
    if depth == _DEEPEST or not _FRAMES.search(data):
        return []
    found: list[bytes] = []
    for inner in _frames_of(data).documents:
        page = codecs.BOM_UTF8 + inner.encode("utf-8", "replace")
        found += [page] if is_topic(page, publisher) else topics_inside(page, publisher, depth + 1)
    return found[:_MOST]


def framed_files(data: bytes, name: str) -> list[str]:
    """Names of the files that a page called `name` shows in frames, in its own folder `NAME_files`."""
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


@dataclass(slots=True)
class _Frames:
    documents: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


# <iframe src="./x_files/1.htm" title='a > b'>
_FRAME = re.compile(r"""<i?frame\b((?>[^>"']|"[^"]*+"|'[^']*+')*+)""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]++)\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")


def _frames_of(data: bytes) -> _Frames:
    """The frames of a page, found with expressions in one pass: the standard parser takes quadratic time on broken
    tags."""
    frames = _Frames()
    for tag in _FRAME.finditer(data.decode("utf-8", "replace")):
        for name, *values in _ATTRIBUTE.findall(tag[1]):
            value = unescape("".join(values))
            if value and name.lower() in ("srcdoc", "src"):
                (frames.documents if name.lower() == "srcdoc" else frames.sources).append(value)
        if len(frames.documents) + len(frames.sources) > _MOST:
            break
    return frames
