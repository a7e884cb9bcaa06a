"""Which program derived a knowledge base: a stamp made of the sources that decide answers.

A knowledge base keeps the stamp it was derived by. Where the program's own stamp is another, an answer of today's
rules may differ from the one that is kept: the next load derives everything again, and until then whoever answers
says so. Nobody has to remember to raise a number.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_HERE = Path(__file__).parent
_READING = ("model.py", "dates.py", "publisher.py", "citation", "parse", "store")
"""What decides how a page is read and kept. (Modules and packages; one that is not there counts for nothing.)"""
_DECIDING = ("history", "load.py")
"""What decides besides which answers follow from what was read."""
_SOURCES = frozenset({".py", ".sql", ".json"})
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


def is_outdated(meta: Mapping[str, str]) -> bool:
    """Whether what a knowledge base says of itself names another program than this one."""
    return not stamp().items() <= meta.items()


def _sum_of(names: tuple[str, ...]) -> str:
    return checksum_of(path for name in names for path in _files(_HERE / name))


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        found = (file for file in path.rglob("*") if file.suffix in _SOURCES and file.is_file())
        yield from sorted(found, key=lambda file: file.relative_to(path).parts)


def checksum_of(paths: Iterator[Path]) -> str:
    """Of names and contents of files in this order, whatever ends their lines; with the number of bytes.

    CRC-32 tells a changed program from an unchanged one; `hashlib` would load OpenSSL, which takes ten times as long
    as reading the sources and would be paid by every `inforce show`.
    """
    sum_so_far, size = 0, 0
    for path in paths:
        text = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        sum_so_far = zlib.crc32(text, zlib.crc32(path.name.encode(), sum_so_far))
        size += len(text)
    return f"{sum_so_far:08x}-{size}"


def _sum_of_library(name: str) -> str:
    """Of its first file, which states its version; `importlib.metadata` takes 60 ms to say the same."""
    spec = find_spec(name)
    return checksum_of(iter([Path(spec.origin)])) if spec is not None and spec.origin else "absent"
