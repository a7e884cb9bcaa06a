"""Renumberings: a code loses a text, and on that day another code begins with the same words.

This is a link between codes, not an answer: nothing is concluded from words that may be common to many.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from manual.model import History, Link, Version

FEWEST_WORDS = 12
"""A text of fewer words can't be told by them. What stands word for word under several codes are single sentences that
refer to another instruction or name a form, mostly of up to ten words; a text of its own has a sentence more."""


def renumberings(histories: Iterable[History]) -> tuple[Link, ...]:
    """Links by day and codes. `histories`: at least those of all codes that share a text with another code."""
    holders: dict[str, list[Version]] = {}
    for history in histories:
        for version in history.versions:
            if version.text_words >= FEWEST_WORDS:
                holders.setdefault(version.text_digest, []).append(version)
    links = {link for same in holders.values() for link in _among(same)}
    return tuple(sorted(links, key=lambda link: (link.day or date.min, link.source, link.target)))


def _among(same: list[Version]) -> Iterable[Link]:
    """Links between versions of one text. A code that had the words before did not take them over. If two codes have
    them from that day on, it is open which of them is the renumbered one (reports r10)."""
    for old in same:
        day = old.validity.effective_until
        if day is None:
            continue
        after = {version.code for version in same if _may_stand(version, day)}
        if len(after) != 1 or old.code in after:
            continue
        (target,) = after
        new = [version for version in same if _may_stand(version, day)]
        if len(new) == 1 and new[0].validity.effective_from == day and not _had_before(same, new[0], day):
            yield Link(
                kind="renumbered",
                source=old.code,
                target=target,
                day=day,
                evidence=f"the same words stand under {target} from the day {old.code} lost them",
                capture=new[0].text_capture,
            )


def _may_stand(version: Version, day: date) -> bool:
    """Whether it is in force on a day, as far as its bounds are known."""
    begins, ends = version.validity.effective_from, version.validity.effective_until
    return (begins is None or begins <= day) and (ends is None or day < ends)


def _had_before(same: list[Version], new: Version, day: date) -> bool:
    """Whether its code had the words in an earlier version."""
    versions = (version for version in same if version.code == new.code)
    return any(version.validity.effective_until == day for version in versions)
