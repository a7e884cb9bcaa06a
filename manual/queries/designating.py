"""Gives `citation.designate` what it needs to know from one state: codes that had begun by a day, places, addresses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from manual.citation import STANDS, Address, PageShown
from manual.model import Code, SitePath, Version, VersionId
from manual.queries.state import State
from manual.queries.texts import other_texts_of, text_of


class StandingOn(NamedTuple):
    """A `citation.Standing` of one state. `on`: None if the question is about no day, as on a history page."""

    state: State
    on: date | None

    def knows(self, code: Code) -> bool:
        return self._answer(code) != "unknown_code"

    def stands(self, code: Code) -> bool:
        return self._answer(code) in STANDS if self.on is not None else self.knows(code)

    def codes(self) -> Collection[Code]:
        return self.state.codes()

    def places(self, code: Code) -> Collection[str] | None:
        if self.on is None:
            return None
        version = self.state.answer(code, self.on, near=False).version
        return places_of(self.state, version) if version is not None else None

    def pages_at(self, address: Address) -> tuple[PageShown, ...]:
        found = self.state.reader.addressed(address.number)
        return tuple(
            PageShown(path, code, tuple(self._versions_at(code, path)))
            for code, path in found
            if address.fits(path)
        )

    def _answer(self, code: Code) -> str:
        if self.on is not None:
            return self.state.answer(code, self.on, near=False).answer
        return "in_force" if self.state.timeline(code) is not None else "unknown_code"

    def _versions_at(self, code: Code, address: SitePath) -> list[VersionId]:
        timeline = self.state.timeline(code)
        versions = timeline.history.versions if timeline is not None else ()
        return [version.id for version in versions if version.address == address]


def places_of(state: State, version: Version) -> Mapping[str, None] | None:
    """The pinpoints of a version's text in order, or of all its texts if there are several. None if no text is held,
    or if some label in one of them is not known."""
    return state.pinpoints.get(version.id, lambda: _places_of(state, version))


def _places_of(state: State, version: Version) -> Mapping[str, None] | None:
    held = text_of(state, version)
    texts = [held, *other_texts_of(state, version)] if held is not None else []
    if not texts or any(text.structure != "full" for text in texts):
        return None
    return {
        block.pinpoint: None
        for text in texts
        for top in text.blocks
        for block in top.walk()
        if block.pinpoint
    }
