"""Browsers' packages of one page with its resources: .mhtml and .mht, in the format of e-mail messages."""

from __future__ import annotations

import binascii
from datetime import datetime
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from manual.captures.addresses import capture_path_of, path_of_file, site_path_of, stated_origin
from manual.captures.moments import read_moment
from manual.captures.raw import FoundPages, RawCapture, Reading, remark, trouble
from manual.model import Finding
from manual.publisher import Publisher

_DEEPEST = 20


def read_package(data: bytes, name: str, reading: Reading) -> FoundPages:
    """The page in a package and, if that is the viewer, the topic in its frame.

    A package that ends within the page gives a finding and no page: an incomplete text would later look like an
    amendment.
    """
    if not data.strip():
        yield trouble("empty_file", "the file is empty", name)
        return
    try:
        message = BytesParser().parsebytes(data)
        parts = _html_parts(message)
    except (RecursionError, ValueError, LookupError) as problem:
        yield trouble("package_damaged", f"the package can't be taken apart ({problem})", name)
        return
    if not parts:
        yield trouble(
            "package_damaged", "there is no page in the package; expected a part of type text/html", name
        )
        return
    cut = _is_cut(message)
    if cut and parts[-1] is leaves(message)[-1]:
        yield trouble("truncated", "the package ends in the middle of the page; save the page again", name)
        parts.pop()
    elif cut:
        yield remark("truncated", "the package is cut off after the page; its pictures may be missing", name)
    root = _root_of(message, parts)
    for part in parts:
        if part is root or _is_framed_topic(part, reading.publisher):
            yield _page(message, part, name, reading, is_root=part is root)


def _page(
    message: Message, part: Message, name: str, reading: Reading, *, is_root: bool
) -> RawCapture | Finding:
    try:
        data = _decoded(part)
    except ValueError as problem:
        return trouble("package_damaged", f"the page in the package can't be decoded ({problem})", name)
    if len(data) > reading.limits.page:
        return trouble("too_large", f"{len(data):,} bytes are more than {reading.limits.page:,}", name)
    if not data.strip():
        return trouble("empty_file", "the page in the package is empty", name)
    located = _header(part, "Content-Location")
    stated, moment = stated_origin(data)
    dated = read_moment(str(message.get("Date", "")), _read_date)
    if not dated.problem and dated.value is None:
        dated = moment
    address = _web(_header(message, "Snapshot-Content-Location") or located if is_root else located) or stated
    return RawCapture(
        data=data,
        media="html",
        address=address,
        site_path=capture_path_of(address, reading.publisher)
        if address
        else path_of_file(name, reading.publisher)
        if is_root
        else None,
        captured_at=dated.value,
        filename=name,
        doubt=dated.problem,
    )


def _html_parts(message: Message) -> list[Message]:
    return [part for part in leaves(message) if part.get_content_type() == "text/html"]


def leaves(message: Message, depth: int = 0) -> list[Message]:
    if depth > _DEEPEST:
        raise ValueError(f"parts within parts, more than {_DEEPEST} deep")
    if not message.is_multipart():
        return [message]
    parts = message.get_payload()
    assert isinstance(parts, list)  # what is_multipart says
    return [leaf for part in parts if isinstance(part, Message) for leaf in leaves(part, depth + 1)]


def _root_of(message: Message, parts: list[Message]) -> Message | None:
    """The part that `start` names, else the first page (RFC 2387)."""
    start = message.get_param("start")
    for part in parts:
        if isinstance(start, str) and _header(part, "Content-ID") == start:
            return part
    return parts[0] if parts else None


def _is_framed_topic(part: Message, publisher: Publisher) -> bool:
    """Whether another page of the package is a topic of the manual, shown in the viewer's frame."""
    path = site_path_of(_header(part, "Content-Location") or "", publisher)
    return path is not None and path.partition("/")[0] in publisher.own_folders


def _is_cut(message: Message) -> bool:
    lost = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
    return any(isinstance(defect, lost) for part in message.walk() for defect in part.defects)


def _decoded(part: Message) -> bytes:
    """The decoded bytes of the part. Raises ValueError for broken base64."""
    if (_header(part, "Content-Transfer-Encoding") or "").lower() != "base64":
        payload = part.get_payload(decode=True)
        return payload if isinstance(payload, bytes) else b""
    try:
        return binascii.a2b_base64(str(part.get_payload()).encode("ascii", "replace"))
    except binascii.Error as problem:
        raise ValueError(f"broken base64: {problem}") from problem


def _header(part: Message, name: str) -> str | None:
    value = part.get(name)
    return "".join(str(value).split()) if value is not None else None


def _web(address: str | None) -> str | None:
    return address if address and address.lower().startswith(("http://", "https://")) else None


def _read_date(printed: str) -> datetime:
    """A message's date. The standard reader turns the year 0001 into 2001; only the year as printed is accepted."""
    moment = parsedate_to_datetime(printed)
    if f"{moment.year:04}" not in printed:
        raise ValueError("the year is not printed in full")
    return moment
