"""Arrays of one index on disk: one file of aligned arrays, and a manifest with their positions.

    arrays.bin      the arrays, one after another, each at a multiple of 64 bytes
    manifest.json   by which program it was made, digest of the knowledge base, counts, for each array its type, length
                    and offset, and the BLAKE2 digest of arrays.bin

Opening checks the digest of the whole file (about 1 GB a second) before any number is used, so an incomplete or altered
file is an error and never an answer.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from manual.aside import sync, write_synced
from manual.errors import IndexFault
from manual.stamp import index_stamp

_ALIGN = 64
_ARRAYS = "arrays.bin"
_MANIFEST = "manifest.json"
REBUILD = "Run `inforce rebuild` to make it again from the captures."

Array = npt.NDArray[Any]


class StringTable:
    """Many strings as one sequence of UTF-8 bytes with bounds; each is decoded when it is asked for."""

    __slots__ = ("_bounds", "_bytes", "blob", "offsets")

    def __init__(self, blob: Array, offsets: Array) -> None:
        self.blob = blob
        self.offsets = offsets
        # Reading single items through a memoryview takes a third of the time that numpy takes.
        self._bytes = np.ascontiguousarray(blob).data
        self._bounds = np.ascontiguousarray(offsets).data

    @classmethod
    def of(cls, strings: Iterable[str]) -> StringTable:
        """A table of `strings`, in order."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in strings]
        lengths = np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded))
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), starts(lengths))

    @classmethod
    def joined(cls, tables: Sequence[StringTable]) -> StringTable:
        """The strings of all tables, one table after another."""
        lengths = np.concatenate([np.diff(table.offsets) for table in tables])
        return cls(np.concatenate([table.blob for table in tables]), starts(lengths))

    def part(self, first: int, until: int) -> StringTable:
        """Strings `first` (included) to `until` (excluded)."""
        offsets = self.offsets[first : until + 1]
        return StringTable(self.blob[offsets[0] : offsets[-1]], offsets - offsets[0])

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> str:
        raw = self._bytes[self._bounds[index] : self._bounds[index + 1]]
        return str(raw, "utf-8", "surrogatepass")

    def all(self) -> list[str]:
        """Every string."""
        raw = self.blob.tobytes()
        bounds = self.offsets.tolist()
        return [raw[first:until].decode("utf-8", "surrogatepass") for first, until in pairwise(bounds)]


def starts(counts: Array) -> Array:
    """Running totals with a leading zero: item i goes from `starts[i]` to `starts[i + 1]`."""
    total = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=total[1:])
    return total


# ---------------------------------------------------------------- writing


def write_arrays(
    folder: Path,
    arrays: Mapping[str, Array],
    *,
    kb_digest: str,
    counts: Mapping[str, int],
    made_by: str,
) -> int:
    """Write both files into `folder` and sync them. Returns the number of bytes written."""
    digest = hashlib.blake2b(digest_size=32)
    placed: dict[str, dict[str, object]] = {}
    at = 0
    with (folder / _ARRAYS).open("wb") as file:
        for name, array in arrays.items():
            data = np.ascontiguousarray(array)
            gap = bytes(-at % _ALIGN)
            for piece in (gap, data.tobytes()):
                file.write(piece)
                digest.update(piece)
            at += len(gap)
            placed[name] = {"dtype": data.dtype.str, "length": len(data), "offset": at}
            at += data.nbytes
    sync(folder / _ARRAYS)
    manifest = {
        "kb_digest": kb_digest,
        "counts": dict(counts),
        "made_by": made_by,
        "arrays": placed,
        "bytes": at,
        "blake2b": digest.hexdigest(),
    }
    written = json.dumps(manifest, indent=1, sort_keys=True).encode()
    write_synced(folder / _MANIFEST, written)
    return at + len(written)


def manifest_digest(folder: Path) -> str:
    """The digest of the manifest's bytes, which the pointer also contains."""
    return hashlib.blake2b((folder / _MANIFEST).read_bytes(), digest_size=32).hexdigest()


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class ArrayFile:
    """The arrays of one index, mapped into memory and checked."""

    kb_digest: str
    counts: Mapping[str, int]
    arrays: Mapping[str, Array]
    bytes: int

    def strings(self, name: str) -> StringTable:
        """The string table kept under `name`."""
        return StringTable(self.arrays[f"{name}.blob"], self.arrays[f"{name}.offsets"])


def read_arrays(folder: Path, expected_manifest: str) -> ArrayFile:
    """The arrays in `folder`.

    Raises FileNotFoundError if a file is missing, and IndexFault if the digests differ or another version of this
    program made the index.
    """
    raw = (folder / _MANIFEST).read_bytes()
    if hashlib.blake2b(raw, digest_size=32).hexdigest() != expected_manifest:
        raise IndexFault(f"The search index is corrupted: {folder / _MANIFEST} was altered. {REBUILD}")
    manifest = json.loads(raw)
    if manifest.get("made_by") != index_stamp():
        raise IndexFault(
            f"The search index in {folder.parent} was made by another version of this program. {REBUILD}"
        )
    data = _mapped(folder / _ARRAYS, manifest["bytes"])
    if hashlib.blake2b(data, digest_size=32).hexdigest() != manifest["blake2b"]:
        raise IndexFault(f"The search index is corrupted: {folder / _ARRAYS} was altered. {REBUILD}")
    arrays = {
        name: np.frombuffer(data, dtype=np.dtype(at["dtype"]), count=at["length"], offset=at["offset"])
        for name, at in manifest["arrays"].items()
    }
    return ArrayFile(manifest["kb_digest"], manifest["counts"], arrays, len(data) + len(raw))


def _mapped(path: Path, size: int) -> mmap.mmap | bytes:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size != size:
            raise IndexFault(
                f"The search index is corrupted: {path} has not the size it was written with. {REBUILD}"
            )
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
