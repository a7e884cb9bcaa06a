"""An edition that was exported incrementally any number of times equals one that is made from nothing, byte for byte.

Each example takes in pages of all kinds in a random order, in a few loads, and exports into one folder after each.
An example is named by its seed; `story(seed)` tells what it took in.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest

from manual.captures import RawCapture
from manual.export import workers
from manual.export.html import export_html
from manual.export.search import files
from manual.load import load_captures
from manual.model import SitePath
from manual.specimen import specimen_captures
from manual.specimen.shape import ARCHIVE_BANNER, SpecimenEntry, contents_page
from tests.export.reading import bytes_of

SEEDS = range(60) if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else (0, 1, 2, 3, 106)
"""106: a text that refers to another code comes into force only with a later load."""
LOADS = 6
RECORDED = datetime(2026, 8, 20, tzinfo=UTC)

CODES = {
    "ZX": 1, "ZX1": 2, "ZX1.5": 3, "ZX1.5.5": 4, "ZX1.10": 5, "ZX2": 6, "ZX2.5": 7, "ZY1": 8, "Appendix 3": 9,
}  # fmt: skip
"""With the number of the page that stays."""
RARE = {"ZX1.7": 11, "ZX1.5.10": 12, "ZY1.5": 13}
TITLES = ("Umbrellas", "Galoshes for children", "Boots", "Fees of harbour pilots", "", "Objective")
WORDS = (
    "Umbrellas are open.", "Rain means water from above.", "“Boot” means a heavy shoe.", "The pilot's fee is 4.50.",
    "Māori applicants show maps.", "Sheltering shelters shelter.",
)  # fmt: skip
REFERS = (
    "See ZX1.5(a).", "See ZX1.5(b)(i).", "See ZX1.5.5.", "See ZX1.5.5(b) and ZX2(a).", "See ZX1.10(a) to (c).",
    "See ZX2.5.", "See ZX9.9.", "See Appendix 3.", "See ZX1.7(a) and ZX1.5.10.", "See also ZY1 and ZX.",
)  # fmt: skip
SAYS = (
    "Equivalent instructions are now found at ZX2.5.",
    "Equivalent instructions are now found at ZX1.7.",
    "These instructions cease to be effective from 1 March 2025.",
    "On 3 May 2024, the former General Instructions dated 2 March 2020 about boats are revoked.",
    "These instructions are effective from 16 April 2023.",
    "I give these instructions under section 25 of the Immigration Act 2009. Signed 31 March 2025.",
)
SUFFIXES = (
    "({day})",
    "(to {day})",
    "(from {day})",
    "(revoked {day})",
    "({day}) (to {other})",
    "(31/02/2020)",
)


@dataclass(frozen=True, slots=True)
class Load:
    """Captures that are taken in at once, and what they are, for whoever reads a failure."""

    captures: tuple[RawCapture, ...]
    said: tuple[str, ...]


# ---------------------------------------------------------------- pages


def _day(random: Random) -> date:
    edges = [date(2024, 1, 1), date(2023, 12, 31), date(2026, 8, 15), date(2027, 5, 1), date(2010, 11, 29)]
    return random.choice([*edges, date(random.choice([2012, 2021, 2024, 2025]), random.randint(1, 12), 5)])


def _seen(random: Random) -> datetime | None:
    if not random.randrange(8):
        return None
    day = random.choice(
        [date(2026, 8, 1), date(2026, 12, 30), date(2027, 1, 3), date(2024, 5, 5), date(2026, 8, 10)]
    )
    moved = day + timedelta(days=random.randint(0, 3))
    return datetime(moved.year, moved.month, moved.day, tzinfo=UTC)


def _text(random: Random, code: str) -> str:
    said = random.sample(WORDS, random.randint(1, 3))
    said.insert(random.randint(0, len(said)), random.choice(REFERS))
    items = [f"<li class='listletter'>{one}</li>" for one in said]
    if random.randrange(2):
        items[0] = items[0].replace(
            "</li>", "<ol class='listroman'><li class='listroman'>One.</li></ol></li>"
        )
    more = f"<p class='bodytext'>{random.choice(SAYS)}</p>" if not random.randrange(4) else ""
    part = ""
    if not random.randrange(4):
        part = f"<p class='headingopsmanual'>{code}.5 Of parts</p><p class='bodytext'>A part of it.</p>"
    return f"<ol class='listletter'>{''.join(items)}</ol>{more}{part}"


def _page(random: Random, code: str, title: str, body: str, foot: str, more: str, old: bool) -> str:
    banner = f"<p class='bodytext'><strong class='bold'>{ARCHIVE_BANNER}</strong></p>" if old else ""
    feet = f"<p class='effectivedate'>{foot}</p>" if foot else ""
    return (
        f"<html><head><title> {code} {title} </title></head><body><table><tr><td id='main'>{banner}"
        f"<p class='heading4'>{code} {title}</p>{body}{feet}{more}</td></tr></table></body></html>"
    )


def _instruction(random: Random, of: str = "") -> tuple[RawCapture, str]:
    """A page with any text, title, dates, address and list of other versions."""
    codes = RARE if not of and not random.randrange(25) else CODES
    code = of or random.choice(list(codes))
    old = not of and not random.randrange(4)
    title = random.choice(TITLES)
    foot = random.choice(["Effective {:%d/%m/%Y}"] * 6 + ["", "Effective 32/01/2020"]).format(_day(random))
    if old or not random.randrange(5):
        suffix = random.choice(SUFFIXES)
        title = f"{title} {suffix.format(day=f'{_day(random):%d/%m/%Y}', other=f'{_day(random):%d/%m/%Y}')}".strip()
    more = ""
    if not random.randrange(4):
        rows = "".join(
            f"<p class='relateditem'><a href='{100 + n}.htm'>{code} {random.choice(TITLES)} "
            f"({_day(random):%d/%m/%Y})</a></p>"
            for n in range(random.randint(1, 3))
        )
        more = f"<p class='relatedheading'>PREVIOUS VERSIONS</p>{rows}"
    number = codes[code] if not old else random.randint(100, 103)
    html = _page(random, code, title, _text(random, code), foot, more, old)
    folder = "opsmanual-archive" if old and random.randrange(2) else "opsmanual"
    path = SitePath(f"{folder}/{number}") if random.randrange(9) else None
    return _raw(html, path, _seen(random)), f"{code} {title!r} {foot!r}"


def _raw(html: str, path: SitePath | None, seen: datetime | None) -> RawCapture:
    return RawCapture(
        data=html.encode(), media="html", address=None, site_path=path, captured_at=seen, filename="page.htm"
    )


def _contents(random: Random) -> tuple[RawCapture, str]:
    """The contents in some order, with some titles, some lines missing, sometimes of another work."""
    entries = [SpecimenEntry(900, random.choice(["Rain", "Weather"]))]
    for chapter in ("ZX1", "ZX2", "ZY1"):
        below = [
            SpecimenEntry(number, f"{code} {random.choice(TITLES)}".strip())
            for code, number in {**CODES, **RARE}.items()
            if code.startswith(f"{chapter}.") and random.randrange(5)
        ]
        if random.randrange(4) == 0:
            random.shuffle(below)
        if random.randrange(6):
            entries[-1].children.append(
                SpecimenEntry(CODES[chapter], f"{chapter} {random.choice(TITLES)}", below)
            )
        if not random.randrange(4):
            entries.append(SpecimenEntry(901, "Appendices"))
    path = random.choice(["opsmanual/toc"] * 3 + ["opsmanual-archive/toc", "specimen/toc", None])
    raw = _raw(contents_page(entries), SitePath(path) if path else None, _seen(random))
    return raw, f"contents at {path}"


def _other(random: Random) -> tuple[RawCapture, str]:
    """What is no instruction: facts, news, noise."""
    kind = random.choice(["register", "news", "noise"])
    if kind == "register":
        return _register(random), "register"
    data = b"\x00\x01\x02" if kind == "noise" else b"<html><body><p>A notice about rain.</p></body></html>"
    path = SitePath("opsmanual/77") if kind == "noise" else None
    return RawCapture(
        data=data, media="html", address=None, site_path=path, captured_at=_seen(random), filename=f"{kind}.htm"
    ), kind  # fmt: skip


def _register(random: Random) -> RawCapture:
    code = random.choice(list(CODES))
    facts = {
        "address": "", "page": f"opsmanual/{CODES[code]}", "code": code, "title": random.choice(TITLES), "suffix": "",
        "effective": [f"{_day(random):%d/%m/%Y}"], "shown_as_old": False, "edition": "",
        "edition_ends": False, "status": "current", "ends": [],
        "listed": [{"code": code, "title": "Boots", "suffix": f"{_day(random):%d/%m/%Y}", "page": ""}],
        "listed_complete": random.choice([True, False]), "source": "toys",
    }  # fmt: skip
    lines = [f"{code} {random.choice(TITLES)}" for code in list(CODES)[2:6]]
    said = {
        "compiled": "2026-08-09",
        "source": "toys",
        "contents": random.choice([[], lines]),
        "pages": [facts],
    }
    return RawCapture(
        data=json.dumps(said).encode(), media="register", address=None, site_path=None, captured_at=None,
        filename="toys.register.json",
    )  # fmt: skip


@cache
def _specimen() -> tuple[RawCapture, ...]:
    return tuple(specimen_captures())


def _of_specimen(random: Random) -> tuple[RawCapture, str]:
    captures = _specimen()
    one = captures[0] if not random.randrange(4) else random.choice(captures[:60])
    if random.randrange(3):
        one = _again(one, _seen(random))
    return one, f"specimen {one.filename}"


def _again(one: RawCapture, seen: datetime | None, path: SitePath | None = None) -> RawCapture:
    return RawCapture(
        data=one.data, media=one.media, address=one.address if path is None else None, site_path=path or one.site_path,
        captured_at=seen, filename=one.filename,
    )  # fmt: skip


def _early() -> tuple[RawCapture, str]:
    """A version before all others: a new first year would make the edition anew."""
    html = _page(Random(0), "ZX2", "Boots (01/01/2009)", "<p>Boots.</p>", "Effective 01/01/2009", "", True)
    return _raw(html, SitePath("opsmanual/199"), datetime(2026, 8, 1, tzinfo=UTC)), "early"


# ---------------------------------------------------------------- stories


def story(seed: int) -> Iterator[Load]:
    """What one example takes in, load by load."""
    random = Random(seed)
    kinds = (
        [_instruction] * random.choice([3, 12])
        + [_contents, _other]
        + [_of_specimen] * random.choice([0, 0, 1])
    )
    first = [_instruction(random, code) for code in CODES if random.randrange(10)] + [_early()]
    known = [one for one, _ in first]
    yield Load(tuple(known), tuple(what for _, what in first))
    for _ in range(LOADS):
        captures, said = [], []
        for _ in range(random.choice([1, 1, 1, 2, 3])):
            if known and not random.randrange(5):
                old = random.choice(known)
                path = random.choice(
                    [None, None, None, "opsmanual/55", "opsmanual-archive/55", "opsmanual/toc"]
                )
                one, what = _again(old, _seen(random), SitePath(path) if path else None), f"again, at {path}"
            else:
                one, what = random.choice(kinds)(random)
            captures.append(one)
            said.append(f"{what} {one.site_path} seen {one.captured_at and one.captured_at.date()}")
            known.append(one)
        yield Load(tuple(captures), tuple(said))


def told(home: Path, loads: Sequence[Load], folder: Path, *, on: date | None, history: bool) -> list[str]:
    """What is wrong with an edition exported into after each of these loads; empty if nothing."""
    dest, clean = folder / "incremental", folder / "clean"
    for number, load in enumerate(loads):
        load_captures(home, load.captures, now=RECORDED)
        export_html(home, dest, on=on, history=history)
        if number:
            shutil.rmtree(clean, ignore_errors=True)
            export_html(home, clean, on=on, history=history)
            incremental, made = bytes_of(dest), bytes_of(clean)
            wrong = [
                name for name in incremental.keys() | made.keys() if incremental.get(name) != made.get(name)
            ]
            if wrong:
                return [f"after load {number}: {', '.join(load.said)}", *sorted(wrong)]
    return []


@pytest.mark.parametrize("seed", SEEDS)
def test_an_edition_exported_after_each_load_equals_a_clean_one(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page kept although it should have changed is a wrong version that looks right."""
    monkeypatch.setattr(files, "NAMED", 3)  # so that even a small manual has several files of each kind
    monkeypatch.setattr(workers, "FEW", 1000)  # other processes take longer to start than these pages to draw
    on = Random(seed).choice([date(2026, 8, 15), date(2026, 8, 15), date(2024, 1, 1), date(1990, 1, 1)])
    assert told(tmp_path / "home", list(story(seed)), tmp_path, on=on, history=bool(seed % 4)) == []
