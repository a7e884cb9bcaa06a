"""Renumberings: the same words under another code from the day on which the first one lost them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from manual.model import History, Link, Version


def links_between(histories: Iterable[History]) -> tuple[Link, ...]:
    """Renumberings: a version that ends on the day a version of another code begins with the same words."""
    begins: dict[tuple[str, date], list[Version]] = defaultdict(list)
    ends: list[tuple[date, Version]] = []
    for history in histories:
        for version in history.versions:
            if version.text_digest and version.validity.effective_from is not None:
                begins[version.text_digest, version.validity.effective_from].append(version)
            until = version.validity.effective_until
            if version.text_digest and until is not None:
                ends.append((until, version))
    links = [
        Link(
            kind="renumbered",
            source=old.code,
            target=new.code,
            day=day,
            evidence=f"the same words stand under {new.code} from the day {old.code} lost them",
            capture=new.text_capture,
        )
        for day, old in ends
        for new in begins[old.text_digest, day]
        if new.code != old.code
    ]
    return tuple(sorted(set(links), key=lambda link: (link.day or date.min, link.source, link.target)))
