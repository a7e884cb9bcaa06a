"""Builds the bundled register from captures: `python -m manual.register.build SHARED_DIR`.

Facts only: codes, titles, dates, addresses and what was listed where. Four kinds of source:

    seeds/003…          every line of the table of contents, as printed
    domain/register.csv facts of 227 pages, typed by hand from captures
    captures/*.htm      heading, foot and list of other versions of three pages
    seeds/002…          heading, foot and list of other versions of one page
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup

from manual.register import ENDING

COMPILED = "2026-11-22"
"""Day on which the facts were compiled. No page behind them was read later, which is all that is known."""
OUTPUT = Path(__file__).with_name(f"operational-manual{ENDING}")
HOST = "https://www.immigration.govt.nz"

LAST_OF_EDITION = "pre-2010 archive, last version"
"""`status_note` of a page that prints that its whole edition ceases. "Superseded version" was replaced before, with the
short banner; "live capture" shows neither (dates.md rule 12)."""

# https://immigration.govt.nz/opsmanual-archive/4783.HTM
_ADDRESS = re.compile(r"(?P<site>opsmanual(?:-archive)?)/(?P<id>\d+)\.html?$", re.IGNORECASE)
# WA3.15 Acceptable employment (29/09/2025)   (20/03/2012)   WF2.5 ... (29/11/2010)   WD Study to work
# instructions (29/11/2010)
_ROW = re.compile(
    r"(?:(?P<code>[A-Z]{1,2}\d*(?:\.\d+)*)\b)?\s*(?P<title>.*?)\s*\((?P<suffix>\d\d/\d\d/\d{4})\)"
)

Page = dict[str, object]
Row = dict[str, str]


def site_path(address: str) -> str:
    """`opsmanual/77177` of a full address. Raises ValueError for an address of another shape."""
    match = _ADDRESS.search(address)
    if match is None:
        raise ValueError(f"{address!r} is no address of a page; expected …/opsmanual/<id>.htm")
    return f"{match['site'].lower()}/{match['id']}"


def rows_of(listed: str, code: str) -> tuple[list[Row], bool]:
    """Rows of a hand-typed list such as `BH4.5 (08/04/2013); (20/03/2012)`, and whether it is complete.

    A bare bracket is of the code before it. An ellipsis that stands for rows, and a row without a date, make
    the list incomplete; an ellipsis for a title does not.
    """
    rows: list[Row] = []
    complete = bool(listed)
    for part in filter(None, (part.strip() for part in listed.split(";"))):
        match = _ROW.fullmatch(part)
        if match is None:
            complete = False
            continue
        code = match["code"] or code
        rows.append({"code": code, "title": match["title"], "suffix": match["suffix"], "page": ""})
    return rows, complete


def page_of_row(row: dict[str, str]) -> Page:
    """One line of register.csv in the form of the register; every string as it was typed there."""
    effective = [part.strip() for part in row["effective_dates"].split(";") if part.strip()]
    listed, complete = rows_of(row["previous_versions_listed"], row["code"])
    status = row["status_note"]
    return {
        "address": row["url"],
        "page": site_path(row["url"]),
        "code": row["code"],
        "title": row["title"],
        "suffix": row["title_suffix"],
        "effective": effective,
        "shown_as_old": row["archived"] == "yes" and LAST_OF_EDITION not in status,
        "edition": "pre-2010" if "pre-2010" in status or "before 29/11/2010" in status else "",
        "edition_ends": LAST_OF_EDITION in status,
        "status": status,
        "ends": [part.strip() for part in row["superseded_or_revoked"].split(";") if part.strip()],
        "listed": listed,
        "listed_complete": complete,
        "source": "domain/register.csv",
    }


def page_of_capture(path: Path) -> Page:
    """Heading, foot and list of other versions of a saved page."""
    soup = BeautifulSoup(path.read_bytes(), "html5lib")
    heading = soup.select_one("p.heading4")
    feet = [foot.get_text(" ", strip=True) for foot in soup.select("p.effectivedate")]
    assert heading is not None, f"{path} has no heading"
    code, title = heading.get_text(" ", strip=True).split(" ", 1)
    listed = [
        row | {"page": f"opsmanual/{Path(str(link['href'])).stem}"}
        for link in soup.select("p.relateditem > a")
        for row in rows_of(" ".join(link.get_text().split()), code)[0]
        if row["code"] == code
    ]
    return _current(f"opsmanual/{path.stem}", code, title, feet, listed, f"captures/{path.name}")


def page_of_text(path: Path) -> Page:
    """The same of a text capture of a page. Its address is known from the captures' own list."""
    lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    heading = next(line for line in lines if re.match(r"[A-Z]+\d+\.\d+ ", line))
    code, title = heading.split(" ", 1)
    feet = [line for line in lines if line.startswith("Effective ")]
    listed = [row for line in lines if line.startswith(f"{code} ") for row in rows_of(line, code)[0]]
    return _current("opsmanual/44854", code, title, feet, listed, f"seeds/{path.name}")


def _current(page: str, code: str, title: str, feet: list[str], listed: list[Row], source: str) -> Page:
    return {
        "address": f"{HOST}/{page}.htm",
        "page": page,
        "code": code,
        "title": title,
        "suffix": "",
        "effective": [foot.removeprefix("Effective").strip() for foot in feet],
        "shown_as_old": False,
        "edition": "",
        "edition_ends": False,
        "status": "current",
        "ends": [],
        "listed": listed,
        "listed_complete": True,
        "source": source,
    }


def pages(shared: Path) -> Iterator[Page]:
    """All pages: the typed ones, with what a capture of the same page states in their place."""
    read = {
        str(page["page"]): page for page in map(page_of_capture, sorted((shared / "captures").glob("*.htm")))
    }
    read |= {
        str(page["page"]): page for page in map(page_of_text, sorted((shared / "seeds").glob("002*.txt")))
    }
    with (shared / "domain" / "register.csv").open(encoding="utf-8", newline="") as file:
        typed = list(map(page_of_row, csv.DictReader(file)))
    for page in typed:
        yield read.pop(str(page["page"]), page)
    yield from read.values()


def build(shared: Path) -> str:
    """The register as JSON text, one page and one line of the contents to a line so that changes show."""
    (contents,) = (shared / "seeds").glob("003*.txt")
    head = {"compiled": COMPILED, "source": "captures of the publisher's pages; see manual/register/build.py"}
    lines = [json.dumps(line, ensure_ascii=False) for line in contents.read_text("utf-8-sig").splitlines()]
    facts = [json.dumps(page, ensure_ascii=False) for page in pages(shared)]
    return (
        json.dumps(head, ensure_ascii=False)[:-1]
        + ',\n"contents": [\n' + ",\n".join(lines)
        + '\n],\n"pages": [\n' + ",\n".join(facts)
        + "\n]}\n"
    )  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m manual.register.build SHARED_DIR")
    OUTPUT.write_text(build(Path(sys.argv[1])), encoding="utf-8")
