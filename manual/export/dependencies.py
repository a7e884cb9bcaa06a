"""Which codes each page of an edition used, so that the next export renders only what may have changed.

While a page is rendered, `RecordingBase` records each code that is queried. `manual.store.hashes` gives each code one
hash of everything that its pages can show. An existing page is kept if the hashes of all codes that it used are
unchanged. The `DependencyLog`, a file of the edition itself, lists these codes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from manual.cache import Cache
from manual.citation import section_of
from manual.model import Code, When
from manual.publisher import Publisher
from manual.queries import KnowledgeBase
from manual.queries.results import Referrer
from manual.queries.state import State
from manual.store.read import Reader

NAME = "dependencies.json"
_KEPT = {"text": 48, "links": 48, "said_by_circulars": 48, "mentioned_in": 48, "capture": 512}
"""How many of the last answers of these questions to the file are kept."""


class _RecordingState(State):
    def __init__(self, path: Path, publisher: Publisher) -> None:
        # An export reads everything but should use little memory.
        super().__init__(Reader(path, publisher, mapped=False))
        self.used: set[Code] = set()
        # Neighbouring pages are rendered together, so a few histories suffice; all would use too much memory.
        self._timelines = Cache(400)
        # A text is shown, compared twice and indexed, and all pages of a code ask for the same, so it is kept so long.
        for name, most in _KEPT.items():
            setattr(self.reader, name, lru_cache(maxsize=most)(getattr(self.reader, name)))

    def noticed(self, code: Code) -> None:
        self.used.add(code)


class RecordingBase(KnowledgeBase):
    """A knowledge base that also records the codes that were asked for."""

    def _made(self) -> State:
        return _RecordingState(self._path, self.publisher)

    @property
    def _recording(self) -> _RecordingState:
        state = self._state
        assert isinstance(state, _RecordingState)
        return state

    def note(self, code: Code) -> None:
        self._recording.noticed(code)

    def used(self) -> frozenset[Code]:
        """The codes that were asked for since the last call."""
        state = self._recording
        found = frozenset(state.used)
        state.used.clear()
        return found

    def referrers(self, code: Code, when: When) -> tuple[Referrer, ...]:
        """Records each code that refers to this one on any day: its history decides whether it does on this day."""
        found = super().referrers(code, when)
        state, section = self._recording, section_of(code)
        for row in state.references.get(section, lambda: state.reader.refs_to(section)):
            state.noticed(row.code)
        return found


# ---------------------------------------------------------------- the log


@dataclass(slots=True)
class DependencyLog:
    """The hash of each code, and by address the codes that a page used."""

    hashes: Mapping[Code, str]
    pages: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Codes by their places in the sorted list of all codes, ascending: there are tens of thousands of pages."""
    _numbers: dict[Code, int] = field(init=False)

    def __post_init__(self) -> None:
        self._numbers = {code: number for number, code in enumerate(sorted(self.hashes))}

    def add(self, address: str, used: Iterable[Code]) -> None:
        """Unknown codes are left out: the list of codes is part of `Hashes.tree`."""
        self.pages[address] = tuple(sorted(self._numbers[code] for code in used if code in self._numbers))

    def unchanged(self, hashes: Mapping[Code, str]) -> Iterator[str]:
        """Addresses of the pages whose codes all have the given hashes. Both sets must cover the same codes."""
        changed = {number for code, number in self._numbers.items() if hashes[code] != self.hashes[code]}
        return (address for address, used in self.pages.items() if changed.isdisjoint(used))

    def dumps(self) -> bytes:
        """As JSON, one page a line; the same bytes for the same edition."""
        hashes = json.dumps(dict(sorted(self.hashes.items())), indent=0)
        pages = ",\n".join(
            f"{json.dumps(address)}: {json.dumps(used, separators=(',', ':'))}"
            for address, used in sorted(self.pages.items())
        )
        return f'{{"codes": {hashes},\n"pages": {{\n{pages}\n}}}}\n'.encode()


def loads(data: bytes) -> DependencyLog:
    """Read what `dumps` wrote."""
    raw = json.loads(data)
    return DependencyLog(raw["codes"], {address: tuple(used) for address, used in raw["pages"].items()})
