"""Which program derived a knowledge base: a stamp made of the sources that decide answers.

A knowledge base keeps the stamp it was derived by. Where the program's own stamp is another, an answer of today's
rules may differ from the one that is kept: the next load derives everything again, and until then whoever answers
says so. Nobody has to remember to raise a number.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_HERE = Path(__file__).parent
_READING = ("model.py", "dates.py", "publisher.py", "citation", "parse", "store")
"""What decides how a page is read and kept. (Modules and packages; one that is not there counts for nothing.)"""
_DECIDING = ("history", "load.py")
"""What decides besides which answers follow from what was read."""
_INDEXING = ("analysis.py", "arrays.py", "building.py", "contents.py", "forms.py")
"""What decides how a search index is written."""
_STEMMER = ("basestemmer.py", "english_stemmer.py")
_SOURCES = (".py", ".sql", ".json")
_LIBRARIES = ("bs4", "html5lib")
"""They decide how broken markup is read."""
OUTDATED = (
    "These answers were derived by another version of this program and may be wrong by its present rules: "
    "`inforce rebuild` or the next load brings them up to date."
)


@cache
def stamp() -> Mapping[str, str]:
    """`parser`: how pages are read; `history`: that, and what is concluded. One process reads the sources once."""
    parser = _sum_of(_READING) + "".join(f" {name} {_sum_of_library(name)}" for name in _LIBRARIES)
    return {"parser": parser, "history": f"{_sum_of(_DECIDING)} {parser}"}


@cache
def index_stamp() -> str:
    """How a search index is written: an index with another stamp is made anew. It loads none of what it is made of."""
    stemmer = _folder_of("snowballstemmer")
    files = [_HERE.parent / "indexer" / name for name in _INDEXING] + [stemmer / name for name in _STEMMER]
    return checksum_of(str(file) for file in files if file.is_file())


def is_outdated(meta: Mapping[str, str]) -> bool:
    """Whether what a knowledge base says of itself names another program than this one."""
    return not stamp().items() <= meta.items()


def _sum_of(names: tuple[str, ...]) -> str:
    return checksum_of(path for name in names for path in _files(str(_HERE / name)))


def _files(path: str) -> Iterable[str]:
    if os.path.isfile(path):
        return [path]
    found = ((folder, name) for folder, _, names in os.walk(path) for name in names)
    return sorted(os.path.join(folder, name) for folder, name in found if name.endswith(_SOURCES))


def checksum_of(paths: Iterable[str]) -> str:
    """Of names and contents of files in this order, whatever ends their lines; with the number of bytes.

    CRC-32 tells a changed program from an unchanged one; `hashlib` would load OpenSSL, which takes ten times as long
    as reading the sources and would be paid by every `inforce show`. (Nor are the files sought and opened by `pathlib`,
    which takes as long again.)
    """
    sum_so_far, size = 0, 0
    for path in paths:
        with open(path, "rb", buffering=0) as file:
            text = file.readall()
        if b"\r" in text:
            text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        sum_so_far = zlib.crc32(text, zlib.crc32(os.path.basename(path).encode(), sum_so_far))
        size += len(text)
    return f"{sum_so_far:08x}-{size}"


def _sum_of_library(name: str) -> str:
    """Of its first file, which states its version; `importlib.metadata` takes 60 ms to say the same."""
    first = _folder_of(name) / "__init__.py"
    return checksum_of([str(first)]) if first.is_file() else "absent"


def _folder_of(package: str) -> Path:
    """Where an installed package lies, without loading it."""
    spec = find_spec(package)
    return Path(spec.origin).parent if spec is not None and spec.origin else Path("absent")
