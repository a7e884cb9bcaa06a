"""The settings and where their values come from."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from manual.dates import today
from manual.home import Home, chosen_home
from manual.publisher import INZ, Publisher
from webapp.mounts import also_from, also_in

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of one application.

    HOME            folder with `kb.sqlite` and `index/`; else INFORCE_HOME, else `./home` where that is a home, else
                    the platform's data folder
    ALSO            homes of other manuals by the prefix they are served under, `{"/specimen": HOME}`; else
                    INFORCE_ALSO, `/specimen=HOME`
    ORIGIN          `https://example.org`, for the addresses that pages print; else INFORCE_ORIGIN, else such addresses
                    are marked as this machine's
    PROXIES         addresses of the proxies whose X-Forwarded headers count, with commas, `unix` for a socket; else
                    INFORCE_PROXIES, else none
    CACHE_BYTES     most memory for drawn pages of one manual in one worker; 0 turns the cache off
    ROBOTS          true to let search engines keep the pages; else INFORCE_ROBOTS=allow, else they are kept out
    ACCESS_LOG      true for one JSON line a request on stdout; else INFORCE_ACCESS_LOG=json
    TAKE_IN         true for the form that takes saved pages in, for requests from this machine alone; no variable of
                    the environment turns it on
    TODAY           a function that tells today's date; tests set it
    PUBLISHER       the record of the publisher whose pages the home holds; else Immigration New Zealand's
    """

    home: Home
    also: Mapping[str, Path]
    origin: str
    proxies: frozenset[str]
    cache_bytes: int
    indexed: bool
    access_log: bool
    take_in: bool
    today: Callable[[], date]
    publisher: Publisher

    @classmethod
    def read(cls, config: Mapping[str, Any]) -> Settings:
        """Raises SettingError."""
        also = config.get("ALSO")
        publisher = config.get("PUBLISHER", INZ)
        return cls(
            home=chosen_home(config.get("HOME"), given_by="HOME"),
            also=also_from(also) if also is not None else also_in(os.environ.get("INFORCE_ALSO", "")),
            origin=str(config.get("ORIGIN") or os.environ.get("INFORCE_ORIGIN") or "").rstrip("/"),
            proxies=_names(config.get("PROXIES") or os.environ.get("INFORCE_PROXIES") or ""),
            cache_bytes=int(config.get("CACHE_BYTES", 32 * MEBIBYTE)),
            indexed=bool(config.get("ROBOTS", os.environ.get("INFORCE_ROBOTS") == "allow")),
            access_log=bool(config.get("ACCESS_LOG", os.environ.get("INFORCE_ACCESS_LOG") == "json")),
            take_in=bool(config.get("TAKE_IN", False)),
            today=config.get("TODAY", partial(today, publisher)),
            publisher=publisher,
        )


def _names(text: str) -> frozenset[str]:
    return frozenset(name for name in re.split(r"[\s,]+", text) if name)
