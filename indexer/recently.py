"""A small store of what was used last, bounded in number and in bytes, safe for several threads."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class RecentlyUsed(Generic[K, V]):
    """Forgets what was used longest ago once there are more than `most` values or `most_bytes` bytes of them."""

    def __init__(self, most: int, most_bytes: int | None = None) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: K, value: V, size: int = 0) -> None:
        with self._lock:
            replaced = self._kept.pop(key, None)
            if replaced is not None:
                self._bytes -= replaced[1]
            self._kept[key] = (value, size)
            self._bytes += size
            while len(self._kept) > self._most or self._too_big():
                _, (_, freed) = self._kept.popitem(last=False)
                self._bytes -= freed

    def _too_big(self) -> bool:
        return self._most_bytes is not None and self._bytes > self._most_bytes and len(self._kept) > 1
