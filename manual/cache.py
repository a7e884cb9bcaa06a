"""The cache for data shared by several threads. Pure functions use `functools.lru_cache` instead."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_MISSING: Any = object()


class Cache(Generic[K, V]):
    """Keeps at most `most` values with at most `most_bytes` bytes in total; drops the least recently used first."""

    def __init__(self, most: int | None = None, *, most_bytes: int | None = None) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def find(self, key: K) -> V | None:
        """The value for `key`; None if there is none."""
        value: V = self._value(key)
        return None if value is _MISSING else value

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value for `key`; if missing, the result of `make`, which is then kept. Two threads may make it at
        once."""
        value: V = self._value(key)
        if value is _MISSING:
            value = make()
            self.put(key, value)
        return value

    def put(self, key: K, value: V, size: int = 0) -> None:
        """Keep `value`, of `size` bytes, unless it alone exceeds the total."""
        with self._lock:
            self._bytes -= self._kept.pop(key, (None, 0))[1]
            if self._most_bytes is not None and size > self._most_bytes:
                return
            self._kept[key] = (value, size)
            self._bytes += size
            while self._is_full():
                self._bytes -= self._kept.popitem(last=False)[1][1]

    def _value(self, key: K) -> Any:
        with self._lock:
            if key not in self._kept:
                return _MISSING
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def _is_full(self) -> bool:
        too_many = self._most is not None and len(self._kept) > self._most
        return too_many or (self._most_bytes is not None and self._bytes > self._most_bytes)
