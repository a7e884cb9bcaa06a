"""E-mail messages (.eml) and Safari's web archives (.webarchive): a page, or a PDF, inside another file."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator, Mapping
from email.message import Message
from email.parser import BytesParser
from typing import Any
from xml.parsers.expat import ExpatError

from manual.captures.addresses import capture_path_of
from manual.captures.packages import leaves, read_package
from manual.captures.raw import FoundPages, RawCapture, Reading, remark, trouble
from manual.model import Finding

_DEEPEST = 5
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_BY_KIND = {
    "text/html": ".htm",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
}

Attachment = tuple[str, bytes]
"""Name and bytes of a file that a message brings."""


def read_mail(
    data: bytes, name: str, reading: Reading
) -> tuple[list[Attachment], list[RawCapture | Finding]]:
    """The files attached to a message, for their own readers, and findings.

    If none can be read, the message's own page or text takes their place. The day of the message is the day on which it
    was sent, which is not the day on which the page was seen.
    """
    try:
        message = BytesParser().parsebytes(data)
        parts = leaves(message)
        if _is_package(message, parts):
            return [], list(read_package(data, name, reading))
    except (RecursionError, ValueError, LookupError) as problem:
        return [], [trouble("package_damaged", f"the message can't be taken apart ({problem})", name)]
    found = [(_name_of(part, number), part) for number, part in enumerate(parts, 1) if _is_file(part)]
    if not found:
        found = [(_name_of(part, 1), part) for part in _bodies(parts)]
    attached = [(f"{name}!{called}", _bytes_of(part)) for called, part in found]
    if not attached:
        return [], [trouble("no_pages", "there is no page in the message", name)]
    sent = "a message says when it was sent, not when its page was seen: if you know, load it with --captured DAY"
    return attached, [remark("mail_day", sent, name)]


def _is_package(message: Message, parts: list[Message]) -> bool:
    """Whether it is a browser's package named .eml: it was not sent, and its page states its address."""
    if message.get("Snapshot-Content-Location"):
        return True
    sent = message.get("To") or message.get("Received") or message.get("Message-ID")
    located = (
        str(part.get("Content-Location", "")) for part in parts if part.get_content_type() == "text/html"
    )
    return not sent and any(address.lower().startswith(("http://", "https://")) for address in located)


def _is_file(part: Message) -> bool:
    return part.get_filename() is not None or part.get_content_type() in ("application/pdf",)


def _bodies(parts: list[Message]) -> list[Message]:
    """The message's own page, else its text."""
    for wanted in _PAGES:
        found = [part for part in parts if part.get_content_type() == wanted]
        if found:
            return found[:1]
    return []


def _name_of(part: Message, number: int) -> str:
    stated = (part.get_filename() or "").replace("\\", "/").rpartition("/")[2]
    return stated or f"part {number}{_BY_KIND.get(part.get_content_type(), '.txt')}"


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


# ---------------------------------------------------------------- Safari


_UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    ExpatError,
    OSError,
)
"""What the standard reader of property lists raises for damaged ones."""


def is_web_archive_of_safari(data: bytes) -> bool:
    return data.startswith(b"bplist00") or (b"<plist" in data[:1024] and b"WebMainResource" in data)


def read_safari(data: bytes, name: str, reading: Reading) -> FoundPages:
    """The page and the pages in its frames. The format has addresses but no day."""
    try:
        whole = plistlib.loads(data)
        pages = list(_pages_of(whole, 0))
    except _UNREADABLE as problem:
        yield trouble("package_damaged", f"the web archive can't be taken apart ({problem})", name)
        return
    if not pages:
        yield trouble(
            "package_damaged", "there is no page in it; expected a web archive saved by Safari", name
        )
        return
    publisher = reading.publisher
    paths = [capture_path_of(address, publisher) if address else None for address, _ in pages]
    for (address, page), path in zip(pages, paths, strict=True):
        viewer = path is not None and "/" not in path
        if viewer and len(pages) > 1:
            continue  # the frame around the topic
        if len(page) > reading.limits.page:
            yield trouble("too_large", f"{len(page):,} bytes are more than {reading.limits.page:,}", name)
        elif not page.strip():
            yield trouble("empty_file", "the page in it is empty", name)
        else:
            yield RawCapture(
                data=page, media="html", address=address, site_path=path, captured_at=None, filename=name
            )


def _pages_of(archive: Any, depth: int) -> Iterator[tuple[str | None, bytes]]:
    if depth > _DEEPEST or not isinstance(archive, Mapping):
        return
    main = archive.get("WebMainResource")
    if isinstance(main, Mapping) and main.get("WebResourceMIMEType", "text/html") in _PAGES:
        address, data = main.get("WebResourceURL"), main.get("WebResourceData")
        is_web = isinstance(address, str) and address.lower().startswith(("http://", "https://"))
        if isinstance(data, bytes):
            yield address if is_web else None, data
    inner = archive.get("WebSubframeArchives")
    for frame in inner if isinstance(inner, list) else []:
        yield from _pages_of(frame, depth + 1)
