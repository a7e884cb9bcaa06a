"""Where a page stands on its site: addresses, file names, and what a saved page says of its own origin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from manual.captures.moments import UNSTATED, Moment, read_moment
from manual.model import SitePath

VIEWER = SitePath("opsmanual")
"""Site path of a capture of the viewer's frame: the site, and no page of it."""

_SITES = ("opsmanual", "opsmanual-archive", "specimen", "specimen-archive")
"""The manual, its archive, and the manual written for this project (`specimen.example/specimen/…`)."""

# /opsmanual/77177.htm   /opsmanual-archive/4783.HTM   opsmanual/toc.htm   specimen.example/specimen/60110.htm
_PAGE = re.compile(
    r"(?:^|/)(?P<site>(?:opsmanual|specimen)(?:-archive)?)/(?P<id>\d{1,9}|toc)(?:\.html?)?$", re.IGNORECASE
)
# 46513.htm, as in …/opsmanual/#46513.htm
_FRAGMENT = re.compile(r"(?P<id>\d{1,9}|toc)\.html?", re.IGNORECASE)
# 77177.htm   4783.HTM   toc.htm   44854.txt   and a browser's second copy: 77177 (1).htm   77177(1).htm
_FILE = re.compile(r"(?P<id>\d{1,9}|toc) ?(?:\(\d{1,3}\))?\.(?P<ending>html?|mhtml?|txt)", re.IGNORECASE)

# <!-- saved from url=(0061)https://www.immigration.govt.nz/opsmanual/77177.htm -->
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\((?P<length>\d{4})\)(?P<url>[^\s>]+)\s*-->", re.IGNORECASE)
# <!-- Page saved with SingleFile   url: https://…   saved date: Tue Aug 11 2026 09:00:00 GMT+1200 (…) -->
_SINGLE_FILE = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S+)\s+"
    rb"(?:saved date:\s*\w{3} (?P<day>\w{3} \d{1,2} \d{1,6} \d\d:\d\d:\d\d) GMT(?P<zone>[+-]\d{4}))?"
)
# https://web.archive.org/web/20150815003000/https://www.immigration.govt.nz/opsmanual/88001.htm
# …/web/20150815003000if_/http:/www.…   …/webarchive/wayback/20101129000000/http://…
_REPLAY = re.compile(
    r"https?://[^/?#]+/(?:[^?#]*?/)?(?P<moment>\d{4,14})\*?(?:[a-z]{2}_)?/(?P<inner>https?:/{1,2}[^/].*)",
    re.IGNORECASE | re.DOTALL,
)
_COMMENT_WITHIN = 4096
"""Browsers write the comment at the top; one further down is somebody's text."""


def is_viewer_address(address: str) -> bool:
    """Whether `address` is the viewer's frame, which has no instruction in it (`/opsmanual`, any `#fragment`)."""
    path = _split(address)[0].rstrip("/").lower()
    return path.endswith(("/opsmanual", "/opsmanual/index.htm", "/opsmanual/index.html"))


def site_path_of(address_or_filename: str) -> SitePath | None:
    """The key of the page that an address, a link or a file name means; None where it means no page.

    A viewer's address with a fragment means the page in the fragment. A name alone does not say its site: the
    archive's addresses end in `.HTM` and the manual's in `.htm` (all 227 of the register do), so the case of the
    ending decides.

    >>> site_path_of("https://www.immigration.govt.nz/opsmanual/#46513.htm")
    'opsmanual/46513'
    >>> site_path_of("4783.HTM"), site_path_of("77177.htm"), site_path_of("toc.htm")
    ('opsmanual-archive/4783', 'opsmanual/77177', 'opsmanual/toc')
    """
    path, fragment = _split(address_or_filename)
    in_viewer = _FRAGMENT.fullmatch(fragment) if is_viewer_address(address_or_filename) else None
    if in_viewer:
        return SitePath(f"opsmanual/{in_viewer['id'].lower()}")
    page = _PAGE.search(path)
    if page:
        return SitePath(f"{page['site']}/{page['id']}".lower())
    alone = _FILE.fullmatch(path)
    if alone is None:
        return None
    site = "opsmanual-archive" if alone["ending"] == "HTM" else "opsmanual"
    return SitePath(f"{site}/{alone['id'].lower()}")


@dataclass(frozen=True, slots=True)
class Replay:
    """A page as a web archive shows it: the page's own address, and when the archive saw it."""

    address: str
    moment: datetime | None
    """None where the archive's address gives no whole moment, or none that the calendar has."""
    printed: str


def replay_of(address: str | None) -> Replay | None:
    """What the address of a web archive's copy says (reports r07); None for any other address.

    >>> replay_of("https://web.archive.org/web/20150815003000/https://www.immigration.govt.nz/opsmanual/1.htm").address
    'https://www.immigration.govt.nz/opsmanual/1.htm'
    """
    found = _REPLAY.fullmatch(address) if address else None
    if found is None:
        return None
    inner = re.sub(r"^(https?):/(?!/)", r"\1://", found["inner"], flags=re.IGNORECASE)
    return Replay(inner, _replay_moment(found["moment"]), found["moment"])


def _replay_moment(digits: str) -> datetime | None:
    """A shorter number leads to whichever copy lies nearest, so it says nothing of this one."""
    if len(digits) != 14:
        return None
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def capture_path_of(address: str) -> SitePath | None:
    """The key of a page *saved from* `address`: a saved viewer is `VIEWER`, whatever fragment it stood at."""
    return VIEWER if is_viewer_address(address) else site_path_of(address)


def path_of_file(name: str) -> SitePath | None:
    """The key that a file's own name gives, its folder's name included where that is a site's.

    Before a `!` stands the archive that the file is a member of.

    >>> path_of_file("saved/opsmanual-archive/4783.htm"), path_of_file("saved/77177 (1).htm")
    ('opsmanual-archive/4783', 'opsmanual/77177')
    """
    *folders, alone = name.rpartition("!")[2].split("/")
    found = _FILE.fullmatch(alone)
    if found and folders and folders[-1].lower() in _SITES:
        return SitePath(f"{folders[-1].lower()}/{found['id'].lower()}")
    return site_path_of(alone)


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
    """`raw` if it is a web address; a page saved from somebody's disk states no origin."""
    text = raw.decode("ascii", "replace")
    return text if text.lower().startswith(("http://", "https://")) else None


def _split(address: str) -> tuple[str, str]:
    """Path and fragment; never raises, whatever stands there."""
    try:
        parts = urlsplit(address.strip())
        return unquote(parts.path), unquote(parts.fragment)
    except ValueError:
        return "", ""
