"""The form with which the owner loads saved pages: for this machine only, and off by default.

The rest of the site only reads. Here a request writes, so it must come from the owner: from a browser on this machine
(the peer is loopback, without a proxy), to a host name of this machine (any other name that resolves here would let its
site read the form), from a page of this site (`Sec-Fetch-Site`, `Origin`), and with the token that this process put
into the form.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, g, request
from werkzeug.datastructures import FileStorage

from manual.captures import Archive, RawCapture
from manual.captures.raw import MB, Limits
from manual.captures.single import printable
from manual.dates import noon, parse_asked_day
from manual.errors import DayError, SourceError, StoreError
from manual.intake import TakenIn, take_in, take_in_captures
from manual.model import Sha256
from manual.pages.take_in_page import TakeInPage, taken_page
from webapp.asked import BadRequest
from webapp.replies import reply_uncached, shared

ADDRESS = "take-in"
OWN_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
MOST_FILES = 20_000
MOST_NAME = 200
"""Bytes of a file's name that are kept, its ending included."""
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Via")

taking = Blueprint("take_in", __name__)


def attach(app: Flask) -> None:
    """Add the form to an application."""
    app.extensions["inforce.token"] = secrets.token_urlsafe(32)
    app.register_blueprint(taking)


def is_loopback(host: str) -> bool:
    """Whether a host name or address can be reached from this machine only."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _token() -> str:
    return cast("str", current_app.extensions["inforce.token"])


# ---------------------------------------------------------------- whose request it is


@taking.before_request
def _of_the_owner() -> None:
    """Raises BadRequest if the request may come from anyone else. Does not read the body."""
    if not _from_this_machine():
        raise BadRequest("Pages are taken in from this machine alone.", status=403)
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if not _from_this_site():
        raise BadRequest("The request comes from another site.", "Open the form here and send it again.", 403)
    # the body is read only now: files may be as large as for the command
    request.max_content_length = Limits().expanded if request.path.endswith(ADDRESS) else 4 * MB
    request.max_form_parts = MOST_FILES
    request.max_form_memory_size = 4 * MB
    if not hmac.compare_digest(request.form.get("token", "").encode(), _token().encode()):
        raise BadRequest(
            "The form is of another run of this program.", "Open it again and choose the files anew.", 403
        )


def _from_this_machine() -> bool:
    if not is_loopback(request.remote_addr or "") or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return urlsplit(f"//{request.host}").hostname in OWN_NAMES
    except ValueError:
        return False


def _from_this_site() -> bool:
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    return origin is None or origin == f"{request.scheme}://{request.host}"


# ---------------------------------------------------------------- the form and its answers


@taking.get(f"/{ADDRESS}")
def form() -> Response:
    return reply_uncached(TakeInPage(token=_token()))


@taking.post(f"/{ADDRESS}")
def files() -> Response:
    """Load the files as `inforce load` does, with the typed day for those without one."""
    typed = request.form.get("day", "")[:40]
    try:
        day = _day(typed)
    except DayError as problem:
        return _refused(f"{problem} Choose the files again.", typed)
    given = [file for file in request.files.getlist("files") if file.filename]
    if not given:
        return _refused("No file was chosen.", typed)
    home, publisher = shared().settings.home.path, shared().settings.publisher
    with TemporaryDirectory(prefix="inforce-") as folder:
        paths = list(_kept(given, Path(folder)))
        try:
            taken = take_in(home, paths, captured=day, now=datetime.now(UTC), publisher=publisher)
        except (StoreError, SourceError) as problem:
            return _refused(str(problem), typed)
    return _answer(taken)


@taking.post(f"/{ADDRESS}/days")
def days() -> Response:
    """Keep the day on which pages were saved that carry none: the keeper's word, beside what is there already."""
    typed = request.form.get("day", "")[:40]
    hashes = [Sha256(f"sha256:{digits}") for digits in request.form.get("pages", "").split()]
    try:
        day = _day(typed)
        if day is None:
            raise DayError(typed, "no day was typed")
    except DayError as problem:
        page = TakeInPage(
            token=_token(), problem=str(problem), day_typed=typed, without_day=tuple(hashes), status=400
        )
        return reply_uncached(page)
    settings = shared().settings
    try:
        archive = Archive(settings.home.path, settings.publisher)
        found = list(_seen_on(archive, hashes, noon(day, settings.publisher)))
        taken = take_in_captures(
            settings.home.path, found, now=datetime.now(UTC), publisher=settings.publisher
        )
    except (StoreError, SourceError) as problem:
        return _refused(str(problem), typed)
    return _answer(taken)


def _answer(taken: TakenIn) -> Response:
    return reply_uncached(taken_page(taken, _token()))


def _refused(problem: str, typed: str) -> Response:
    return reply_uncached(TakeInPage(token=_token(), problem=problem, day_typed=typed, status=400))


def _day(typed: str) -> date | None:
    """The day typed; None for nothing. Raises DayError, also for a day in the future."""
    if not typed.strip():
        return None
    day = parse_asked_day(typed, g.today)
    if day > g.today:
        raise DayError(typed, "it is still to come, so that nothing can have been saved on it")
    return day


def _seen_on(archive: Archive, hashes: list[Sha256], moment: datetime) -> Iterator[RawCapture]:
    """The pages without a day, as seen at a given moment, each at its known address."""
    for sha256 in dict.fromkeys(hashes):
        if sha256 not in archive or archive.sightings(sha256):
            continue
        capture = archive.capture(sha256)
        yield RawCapture(
            data=archive.bytes_of(sha256),
            media=capture.media,
            address=capture.address,
            site_path=capture.site_path,
            captured_at=moment.astimezone(UTC),
            filename=capture.filename,
            day_basis="keeper",
            placed_by=capture.placed_by,
        )


def _kept(given: list[FileStorage], folder: Path) -> Iterator[Path]:
    """The files under the names they came with, each in its own folder: the name may tell the page's address."""
    for number, file in enumerate(given):
        place = folder / f"{number:05d}"
        place.mkdir()
        path = place / _name(file.filename or "")
        file.save(path)
        yield path


def _name(given: str) -> str:
    """The last part of a file name, made safe for any file system."""
    name = printable(given.replace("\\", "/").rpartition("/")[2]).strip().lstrip(".") or "page"
    stem, ending = os.path.splitext(name)
    room = max(MOST_NAME - len(ending.encode()), 0)
    return f"{stem.encode()[:room].decode('utf-8', 'ignore')}{ending[:MOST_NAME]}"
