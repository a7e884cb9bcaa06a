"""What a bad disk does to a file."""

from __future__ import annotations

from pathlib import Path


def flip(path: Path, place: int = 3) -> None:
    """Flip one bit of the byte at `place`."""
    data = bytearray(path.read_bytes())
    data[place] ^= 4
    path.write_bytes(data)
