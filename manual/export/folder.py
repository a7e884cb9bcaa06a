"""A folder of files for machines, with a manifest: written aside, unchanged files kept, put in place in one step."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from manual.export.manifest import Manifest
from manual.export.summary import ExportSummary
from manual.export.switch import Staging
from manual.queries import KnowledgeBase


def write_folder(
    kb: KnowledgeBase,
    dest: Path,
    files: Iterable[tuple[str, bytes]],
    *,
    format: str,
    on: date | None,
    unit: str,
    captures: Iterable[str] = (),
    day_said: Iterable[str] = (),
) -> ExportSummary:
    """Write `files` (names with `/` between their parts) into the folder `dest`.

    Raises ExportError, changing nothing, if `dest` holds anything but an export of this `format`.
    `on` None: every version. `unit`: what one file is. `captures`: those on which the files rest, read after the
    files are made. `day_said`: notes on the day.
    """
    started = time.perf_counter()
    newest, seen = kb.newest_capture(), kb.newest_capture(exact=True)
    with Staging(dest, format) as staging:
        for name, data in files:
            staging.put(name, data)
        made = Manifest(
            on=on.isoformat() if on else "",
            history=on is None,
            made=newest.isoformat() if newest else "",
            digest=kb.digest,
            signature=kb.digest,
            rules="",
            newest_capture=seen.isoformat() if seen else "",
            files=staging.files,
            captures=tuple(sorted(captures)),
            format=format,
        )
        staging.switch_in(made)
    notes = list(day_said)
    if staging.damage:
        notes.append(f"The folder that lay there is kept in {staging.damaged}: {staging.damage}")
    return staging.summary(made, on, started, notes, unit)
