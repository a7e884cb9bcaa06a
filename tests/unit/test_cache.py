"""The cache keeps what was used last, within its bounds."""

from __future__ import annotations

from manual.cache import Cache


def test_what_was_used_longest_ago_is_forgotten_first() -> None:
    """Memory would grow without end, or the pages asked for most would be drawn again and again."""
    cache: Cache[str, int] = Cache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.find("a") == 1
    cache.put("c", 3)
    assert [cache.find(key) for key in "abc"] == [1, None, 3]


def test_bytes_are_counted_once_for_each_key() -> None:
    """A page drawn again would push out others, or the bound would be passed."""
    cache: Cache[str, str] = Cache(most_bytes=10)
    for _ in range(3):
        cache.put("a", "x", 6)
    cache.put("b", "y", 4)
    assert (cache.find("a"), cache.find("b")) == ("x", "y")
    cache.put("c", "z", 1)
    assert (cache.find("a"), cache.find("b"), cache.find("c")) == (None, "y", "z")


def test_value_larger_than_the_whole_cache_is_not_kept() -> None:
    """One large page would push out all others; with no bytes at all the cache is off."""
    cache: Cache[str, str] = Cache(most_bytes=10)
    cache.put("a", "x", 5)
    cache.put("b", "y", 11)
    cache.put("a", "too large now", 11)
    assert (cache.find("a"), cache.find("b")) == (None, None)
    off: Cache[str, str] = Cache(most_bytes=0)
    off.put("a", "x", 1)
    assert off.find("a") is None


def test_nothing_is_made_twice_even_if_it_is_none() -> None:
    """An unknown code would be looked up again each time."""
    cache: Cache[str, None] = Cache(4)
    made: list[str] = []
    for _ in range(2):
        assert cache.get("a", lambda: made.append("a")) is None
    assert made == ["a"]
