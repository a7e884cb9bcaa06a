"""Static files under names that carry their hash, so that a browser may keep them for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from manual.pages.render import STATIC

_MEDIA = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    data: bytes
    media: str


class StaticFiles:
    """Read once, at the start. `names` maps `inforce.css` to `inforce.<hash>.css`."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._files: dict[str, StaticFile] = {}
        for path in sorted(STATIC.iterdir()):
            if path.suffix in _MEDIA:
                data = path.read_bytes()
                name = f"{path.stem}.{hashlib.sha256(data).hexdigest()[:12]}{path.suffix}"
                self.names[path.name] = name
                self._files[name] = StaticFile(data, _MEDIA[path.suffix])

    def get(self, name: str) -> StaticFile | None:
        return self._files.get(name)
