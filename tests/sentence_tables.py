"""Tables of sentences and what each says about the instruction on whose page it stands.

Columns: sentence, reading, days. The readings are

    ends D          D is the first day without force        starts D      D is the first day with it
    ends_after D    D is the last day with force            suspended D   not plainly in force from D
    ends_either D   the sentence doesn't say which          over          ended, and no day is said
    part, group     of a part, or for some people only      unclear       may end or begin it, or not
    other           another version or code: `days` names it as `CODE ends D` (`ends? D`: perhaps), or `CODE@E ends D`
                    for the version of E
    none            nothing of the kind

`starts+ends` and the like: both. A table of the project and one beside it are judged by the same function.
"""

from __future__ import annotations

import csv
import html
import re
from datetime import date
from pathlib import Path

from manual.model import EndClaim, ParsedPage, Sha256, SitePath, StartClaim, Statement
from manual.parse import parse_capture

PAGE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><title> {code} Boats </title></head>
<body onload="highlight('60001')"><table><tr><td id="main"><p id="t60001" class="heading4">{code} Boats</p>
<p class="bodytext">A boat may be moored by its owner.</p><p class="bodytext">{sentence}</p>
<p class="effectivedate">Effective 01/02/2020</p></td></tr></table></body></html>
"""
ENDS = {"ends": "excluded", "ends_after": "included", "ends_either": "either"}
FINDING = {"part": "bound_of_part", "group": "bound_for_some", "other": "bound_of_another"}


def rows(table: Path) -> list[tuple[str, str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        read = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["sentence"], row["reading"], row["days"] or "") for row in read]


def page_with(sentence: str, code: str) -> ParsedPage:
    """A page of `code` with the sentence as its second paragraph."""
    data = PAGE.format(code=code, sentence=html.escape(sentence)).encode()
    return parse_capture(data, media="html", site_path=SitePath("opsmanual/60001"), sha256=Sha256("sha256:0"))


def told(page: ParsedPage) -> tuple[list[StartClaim], list[EndClaim], list[Statement]]:
    """What the page's body says of its own version, and its claims about others."""
    (own,) = (said for said in page.statements if said.kind == "page")
    starts = [claim for claim in own.starts if claim.basis != "foot"]
    assert [claim.day for claim in own.starts if claim.basis == "foot"] == [date(2020, 2, 1)]
    return starts, list(own.ends), [said for said in page.statements if said.kind == "claim"]


def wrong_about(sentence: str, reading: str, days: str, code: str) -> str:
    """What is wrong with the claims of a page that holds the sentence; empty if nothing is."""
    page = page_with(sentence, code)
    starts, ends, others = told(page)
    shown_starts = [f"{claim.day}" + "?" * claim.unclear for claim in starts]
    shown_ends = [(str(end.day or ""), end.reading, end.kind) for end in ends]
    wanted_starts, wanted_ends, wanted_others = _wanted(reading, days)
    if reading == "unclear":
        return _unclear(shown_starts, shown_ends, days)
    if (shown_starts, [e for e in shown_ends if e[2] != "unclear"]) != (wanted_starts, wanted_ends):
        return f"starts {shown_starts}, ends {shown_ends}; expected {wanted_starts}, {wanted_ends}"
    if len(shown_ends) != len(wanted_ends) and reading != "over":
        return f"ends {shown_ends}"
    if "other" in reading and wanted_others and _claims(others) != wanted_others:
        return f"claims {_claims(others)}; expected {wanted_others}"
    if "other" not in reading and others:
        return f"claims {_claims(others)}"
    return _unreported(page, reading)


def _wanted(reading: str, days: str) -> tuple[list[str], list[tuple[str, str, str]], list[str]]:
    plain = re.findall(r"(?<![@\d-])(?<!ends )(?<!ends\? )(?<!starts )\d{4}-\d\d-\d\d", days)
    starts: list[str] = []
    ends: list[tuple[str, str, str]] = []
    for word in reading.split("+"):
        if word == "starts":
            starts.append(plain.pop(0))
        elif word in ENDS:
            ends.append((plain.pop(0), ENDS[word], "end"))
        elif word == "suspended":
            ends.append((plain.pop(0) if plain else "", "excluded", "suspension"))
        elif word == "over":
            ends.append(("", "excluded", "end"))
    return (
        starts,
        ends,
        sorted(re.findall(r"(?:Appendix |[A-Z]+)\d[\d.]*(?:@[\d-]+)? (?:ends\??|starts) [\d-]+", days)),
    )


def _unclear(starts: list[str], ends: list[tuple[str, str, str]], days: str) -> str:
    """A definite answer must not rest on ignoring it, nor on believing it."""
    if any(not start.endswith("?") for start in starts) or any(end[2] != "unclear" for end in ends):
        return f"starts {starts}, ends {ends}: told as plain"
    if not starts and not ends:
        return "nothing is told"
    if days and days not in [end[0] for end in ends] + [start.rstrip("?") for start in starts]:
        return f"starts {starts}, ends {ends}; expected {days}"
    return ""


def _claims(others: list[Statement]) -> list[str]:
    shown = []
    for said in others:
        name = said.code + (f"@{said.of_day}" if said.of_day else "")
        shown += [f"{name} ends{'?' * (end.kind == 'unclear')} {end.day}" for end in said.ends]
        shown += [f"{name} starts{'?' * start.unclear} {start.day}" for start in said.starts]
    return sorted(shown)


def _unreported(page: ParsedPage, reading: str) -> str:
    """A dated sentence about beginning or ending that bounds nothing is a finding with its place."""
    kind = FINDING.get(reading.rpartition("+")[2], "")
    found = [finding for finding in page.findings if finding.kind == kind]
    if kind and not (found and found[0].locator):
        return f"no finding {kind}: {[finding.kind for finding in page.findings]}"
    return ""
