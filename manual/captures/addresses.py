"""A page's address on its site: from addresses, file names, and what a saved page says about its origin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from manual.captures.moments import UNSTATED, Moment, read_moment
from manual.model import SitePath
from manual.publisher import INZ, Publisher, expression

# /folder/77177.htm   /folder-archive/4783.HTM   folder/toc.htm   specimen.example/specimen/60110.htm
_PAGE = expression(
    lambda publisher: (
        rf"(?:^|/)(?P<site>{'|'.join(map(re.escape, publisher.folders))})/(?P<id>\d{{1,9}}|toc)(?:\.html?)?$"
    ),
    re.IGNORECASE,
)
# 46513.htm, as in …/folder/#46513.htm
_FRAGMENT = re.compile(r"(?P<id>\d{1,9}|toc)\.html?", re.IGNORECASE)
# 77177.htm   4783.HTM   toc.htm   44854.txt   and a browser's second copy: 77177 (1).htm   77177(1).htm
_FILE = re.compile(r"(?P<id>\d{1,9}|toc) ?(?:\(\d{1,3}\))?\.(?P<ending>html?|mhtml?|txt|pdf)", re.IGNORECASE)

# <!-- saved from url=(0047)https://www.example.org/folder/77177.htm -->
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\((?P<length>\d{4})\)(?P<url>[^\s>]+)\s*-->", re.IGNORECASE)
# <!-- Page saved with SingleFile   url: https://…   saved date: Tue Aug 11 2026 09:00:00 GMT+1200 (…) -->
_SINGLE_FILE = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S+)\s+"
    rb"(?:saved date:\s*\w{3} (?P<day>\w{3} \d{1,2} \d{1,6} \d\d:\d\d:\d\d) GMT(?P<zone>[+-]\d{4}))?"
)
# https://web.archive.org/web/20150815003000/https://www.example.org/folder/88001.htm
# …/web/20150815003000if_/http:/www.…   …/webarchive/wayback/20101129000000/http://…
_REPLAY = re.compile(
    r"https?://[^/?#]+/(?:[^?#]*?/)?(?P<moment>\d{4,14})\*?(?:[a-z]{2}_)?/(?P<inner>https?:/{1,2}[^/].*)",
    re.IGNORECASE | re.DOTALL,
)
_COMMENT_WITHIN = 4096
"""Browsers write the comment at the top; one further down is somebody's text."""


def viewer_of(publisher: Publisher) -> SitePath:
    """The site path for a capture of the viewer's frame: the site itself, not a page."""
    return SitePath(publisher.folder)


def is_viewer_address(address: str, publisher: Publisher = INZ) -> bool:
    """Whether `address` is the viewer's frame, which contains no instruction (`/folder`, any `#fragment`)."""
    path = _split(address)[0].rstrip("/").lower()
    return path.endswith(tuple(f"/{publisher.folder}{end}" for end in ("", "/index.htm", "/index.html")))


def site_path_of(address_or_filename: str, publisher: Publisher = INZ) -> SitePath | None:
    """The key of the page that an address, a link or a file name means; None if it means no page.

    A viewer's address with a fragment means the page in the fragment. A name alone does not tell the site, except by
    an ending that only the archive's addresses have (`.HTM`).

    >>> site_path_of(f"{INZ.site}{INZ.folder}/#46513.htm") == f"{INZ.folder}/46513"
    True
    >>> site_path_of("4783.HTM") == f"{INZ.archive}/4783", site_path_of("77177.htm") == f"{INZ.folder}/77177"
    (True, True)
    """
    path, fragment = _split(address_or_filename)
    in_viewer = _FRAGMENT.fullmatch(fragment) if is_viewer_address(address_or_filename, publisher) else None
    if in_viewer:
        return SitePath(f"{publisher.folder}/{in_viewer['id'].lower()}")
    page = _PAGE(publisher).search(path)
    if page:
        return SitePath(f"{page['site']}/{page['id']}".lower())
    alone = _FILE.fullmatch(path)
    if alone is None:
        return None
    ending = f".{alone['ending']}"
    archived = publisher.archive and ending == publisher.archived_ending != ".htm"
    site = publisher.archive if archived else publisher.folder
    return SitePath(f"{site}/{alone['id'].lower()}")


@dataclass(frozen=True, slots=True)
class Replay:
    """A page as a web archive shows it: the page's own address, and when the archive saw it."""

    address: str
    moment: datetime | None
    """None where the archive's address gives no whole moment, or none that the calendar has."""
    printed: str


def replay_of(address: str | None) -> Replay | None:
    """What the address of a copy in a web archive says (reports r07); None for any other address.

    >>> replay_of("https://web.archive.org/web/20150815003000/https://www.example.org/folder/1.htm").address
    'https://www.example.org/folder/1.htm'
    """
    found = _REPLAY.fullmatch(address) if address else None
    if found is None:
        return None
    inner = re.sub(r"^(https?):/(?!/)", r"\1://", found["inner"], flags=re.IGNORECASE)
    return Replay(inner, _replay_moment(found["moment"]), found["moment"])


def _replay_moment(digits: str) -> datetime | None:
    """The moment in the address. A shorter number leads to the nearest copy, so it says nothing about this one."""
    if len(digits) != 14:
        return None
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def capture_path_of(address: str, publisher: Publisher = INZ) -> SitePath | None:
    """The key of a page *saved from* `address`: a saved viewer is `viewer_of`, whatever the fragment."""
    return viewer_of(publisher) if is_viewer_address(address, publisher) else site_path_of(address, publisher)


def path_of_file(name: str, publisher: Publisher = INZ) -> SitePath | None:
    """The key from a file's name, including its folder's name if that is a site's.

    The part before a `!` is the archive that contains the file.

    >>> path_of_file("saved/specimen-archive/4783.htm"), path_of_file("old/specimen/77177 (1).htm")
    ('specimen-archive/4783', 'specimen/77177')
    """
    *folders, alone = name.rpartition("!")[2].split("/")
    found = _FILE.fullmatch(alone)
    if found and folders and folders[-1].lower() in publisher.folders:
        return SitePath(f"{folders[-1].lower()}/{found['id'].lower()}")
    return site_path_of(alone, publisher)


def stated_origin(data: bytes) -> tuple[str | None, Moment]:
    """Address and moment in the comment that browsers put into a page they save; canonical links are not trusted."""
    head = data[:_COMMENT_WITHIN]
    if b"aved " not in head:
        return None, UNSTATED
    found = _SAVED_FROM.search(head)
    if found:
        return _web_address(found["url"]), UNSTATED
    found = _SINGLE_FILE.search(head)
    if not found:
        return None, UNSTATED
    printed = f"{found['day'].decode()} {found['zone'].decode()}" if found["day"] else ""
    return _web_address(found["url"]), read_moment(printed, _single_file_moment)


def _single_file_moment(printed: str) -> datetime:
    return datetime.strptime(printed, "%b %d %Y %H:%M:%S %z")


def _web_address(raw: bytes) -> str | None:
    """`raw` if it is a web address; a page saved from a local disk states no origin."""
    text = raw.decode("ascii", "replace")
    return text if text.lower().startswith(("http://", "https://")) else None


def _split(address: str) -> tuple[str, str]:
    """Path and fragment of any string; never raises."""
    try:
        parts = urlsplit(address.strip())
        return unquote(parts.path), unquote(parts.fragment)
    except ValueError:
        return "", ""
