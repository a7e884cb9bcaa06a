"""Compressed bytes unpacked within limits: single files whole, web archives piece by piece.

Output is counted as it is produced, not as the source states it, so that a false length cannot exceed a limit.
"""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any

from manual.captures.raw import MB, Limits

_PIECE = 64 * 1024
GZIP = b"\x1f\x8b"
COMPRESSED = {GZIP: "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}
"""First bytes of the kinds that are unpacked here."""
BROKEN = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)
"""What damaged bytes may raise."""


class TooMuch(Exception):
    """The output exceeds a limit; the message says which."""


def compressed_as(data: bytes) -> str:
    """gzip, bzip2 or xz; empty for anything else."""
    return next((name for magic, name in COMPRESSED.items() if data.startswith(magic)), "")


def unpacked(data: bytes, limit: int, limits: Limits) -> bytes:
    """A decompressed file, including several members in a row. Raises TooMuch, or one of BROKEN."""
    made: list[bytes] = []
    size, rest = 0, data
    while kind := compressed_as(rest):
        pieces = _inflating(rest) if kind == "gzip" else _expanding(rest, kind)
        rest = b""
        for piece, rest in pieces:  # noqa: B007 (what is left after the last piece)
            size += len(piece)
            made.append(piece)
            _check(size, len(data), limit, limits)
    return b"".join(made)


def _inflating(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """One gzip member piece by piece, each with the bytes after the member once these are known."""
    unpacker = zlib.decompressobj(31)
    while not unpacker.eof:
        piece = unpacker.decompress(data, _PIECE)
        data = unpacker.unconsumed_tail
        if not (piece or data or unpacker.eof):
            raise EOFError("it is cut off")
        yield piece, unpacker.unused_data


def _expanding(data: bytes, kind: str) -> Iterator[tuple[bytes, bytes]]:
    """The same for bzip2 and xz, whose objects keep unused input."""
    unpacker: bz2.BZ2Decompressor | lzma.LZMADecompressor = (
        bz2.BZ2Decompressor() if kind == "bzip2" else lzma.LZMADecompressor(memlimit=256 * MB)
    )
    while not unpacker.eof:
        if data == b"" and unpacker.needs_input:
            raise EOFError("it is cut off")
        piece, data = unpacker.decompress(data, _PIECE), b""
        yield piece, unpacker.unused_data


def _check(size: int, packed: int, limit: int, limits: Limits) -> None:
    if size > limit:
        raise TooMuch(f"it unpacks to more than the {limit:,} bytes that are taken in")
    if size > limits.ratio_from and size > limits.ratio * max(packed, 1):
        raise TooMuch(f"{packed:,} bytes unpack to more than {size:,}, which no page does")


def inflated(data: bytes, coding: str, limit: int, limits: Limits) -> bytes:
    """The decompressed payload (`gzip` or `deflate`). Raises TooMuch, or one of BROKEN."""
    if coding == "gzip" or data.startswith(GZIP):
        if not data.startswith(GZIP):
            raise ValueError("it is not compressed as it says")
        return unpacked(data, limit, limits)
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # as the standard says, and as some servers do
        try:
            return _deflated(data, bits, limit, limits)
        except zlib.error:
            continue
    raise ValueError("it is not compressed as it says")


def _deflated(data: bytes, bits: int, limit: int, limits: Limits) -> bytes:
    unpacker = zlib.decompressobj(bits)
    made = unpacker.decompress(data, limit + 1)
    _check(len(made), len(data), limit, limits)
    if not unpacker.eof:
        raise EOFError("it is cut off")
    return made


class Unpacking:
    """The bytes of a web archive, read sequentially: plain, or decompressed from successive gzip members.

    `spend` is called with the number of bytes produced and raises if there are too many.
    """

    def __init__(self, source: IO[bytes], spend: Callable[[int], None], limits: Limits) -> None:
        self._source = source
        self._spend = spend
        self._limits = limits
        self._buffer = bytearray()
        self._packed = b""
        self._unpacker: Any = None
        self._in = self._out = 0
        first = source.read(_PIECE)
        self._is_packed = first.startswith(GZIP)
        self._next = first

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        while len(self._buffer) < size and self._fill():
            pass
        found = bytes(self._buffer[:size])
        del self._buffer[:size]
        return found

    def readline(self, limit: int) -> bytes:
        """One line with its line end; only the first `limit` bytes of a longer line."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0 and len(self._buffer) < limit:
            searched = len(self._buffer)
            if not self._fill():
                break
        size = min(end + 1 if end >= 0 else len(self._buffer), limit)
        found = bytes(self._buffer[:size])
        del self._buffer[:size]
        return found

    def skip_blank(self) -> None:
        """Skip white space."""
        while True:
            rest = self._buffer.lstrip(b"\r\n\t \0")
            if rest or not self._buffer:
                self._buffer = rest
                if rest or not self._fill():
                    return
            else:
                self._buffer.clear()

    def skip_to(self, wanted: re.Pattern[bytes], line: int) -> bool:
        """Skip to the next match of `wanted`, which is at most `line` bytes long. Returns False at the end."""
        while (found := wanted.search(self._buffer)) is None:
            del self._buffer[:-line]
            if not self._fill():
                self._buffer.clear()
                return False
        del self._buffer[: found.start()]
        return True

    def push_back(self, data: bytes) -> None:
        self._buffer[:0] = data

    def _fill(self) -> bool:
        piece = self._unpack() if self._is_packed else self._take()
        self._buffer += piece
        self._spend(len(piece))
        return bool(piece)

    def _take(self) -> bytes:
        found, self._next = self._next, b""
        return found or self._source.read(_PIECE)

    def _unpack(self) -> bytes:
        while True:
            if not self._packed:
                self._packed = self._take()
                self._in += len(self._packed)
            if self._unpacker is None:
                self._packed = self._packed.lstrip(b"\0") if self._packed else b""
                if not self._packed:
                    if (more := self._take()) == b"":
                        return b""
                    self._packed, self._in = more, self._in + len(more)
                    continue
                self._unpacker = zlib.decompressobj(31)
            if not self._packed and not self._unpacker.eof:
                raise EOFError("it is cut off")
            piece: bytes = self._unpacker.decompress(self._packed, _PIECE)
            self._packed = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                self._packed, self._unpacker = self._unpacker.unused_data, None
            self._out += len(piece)
            _check(self._out, self._in, self._limits.expanded, self._limits)
            if piece:
                return piece
