"""The other versions of an instruction, shown beside its text: its number among them, a strip, previous and next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from manual.model import History, Version, VersionId
from manual.pages.held import standing
from manual.pages.timeline import Timeline, timeline
from manual.pages.words import counted, starts_after


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLink:
    """Another version, and where to read it: a day on which it is the definite answer, else its id."""

    words: str
    version: Version
    at: date | VersionId
    not_yet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsBeside:
    """The versions of a code around those that a page shows."""

    words: str
    """`Version 16 of 17`; of a page that shows no one version `17 versions`."""
    picture: Timeline
    links: tuple[VersionLink, ...]
    """The version before and the one after, as far as there are any."""


def versions_beside(history: History, named: Sequence[Version], on: date, today: date) -> VersionsBeside:
    """`named`: the versions that the page shows. If there are none, the day decides which are before and after."""
    ids = [version.id for version in history.versions]
    at = [ids.index(version.id) for version in named if version.id in ids]
    first = min(at) if at else sum(1 for version in history.versions if _begun(version, on))
    last = max(at) if at else first - 1
    total = len(ids)
    one = f"Version {first + 1} of {total}" if len(at) == 1 else counted(total, "version")
    around = [("Version before", history.versions[first - 1] if first else None)]
    around.append(("Version after", history.versions[last + 1] if last + 1 < total else None))
    return VersionsBeside(
        words=one,
        picture=timeline(history, on, today),
        links=tuple(
            _link(words, version, history, today) for words, version in around if version is not None
        ),
    )


def _begun(version: Version, on: date) -> bool:
    first = version.validity.effective_from
    return first is not None and first <= on


def _link(words: str, version: Version, history: History, today: date) -> VersionLink:
    return VersionLink(
        words=words, version=version, at=standing(version, history), not_yet=starts_after(version, today)
    )
