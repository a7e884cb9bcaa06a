"""Writes the specimen's pages to a folder: `python -m manual.specimen DEST`."""

from __future__ import annotations

import sys
from pathlib import Path

from manual.specimen import specimen_files


def main(dest: Path) -> int:
    """Writes every page below `dest`; returns how many."""
    count = 0
    for name, data, _ in specimen_files():
        path = dest / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        count += 1
    return count


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m manual.specimen DEST")
    print(main(Path(sys.argv[1])), "pages", file=sys.stderr)
