"""A section of an Act, as pages that reprint the law show it.

One capture may hold two texts: a plain-language account, which is not the law, and the provision itself. They are two
separate works. Some copies print the provision's labels, others lose them; lost labels are restored only where the text
itself leaves no doubt (`_labelled`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from manual.citation.provisions import law_key, slug
from manual.model import Block, Code, Finding, ParsedPage, SitePath, StartClaim, Statement, Structure
from manual.parse.beside import Said, days_in, finding, key, refs_in, said_in
from manual.parse.page import digest_of, words_of
from manual.publisher import Publisher

# The heading of a provision, its number run together with its words in some copies.
# yes: `28Automated decision making in relation to visas` `49 Visas and conditions` `28A Name` `29: Name`
# no: `1. text` `2024 was` `28(6) text`
_HEADING = re.compile(r"(?P<number>[1-9][0-9]{0,2}[A-Z]{0,2}):?\s*(?P<title>[A-Z][a-zāēīōū].{3,})")
# yes: `Part 2 Core provisions` `Schedule 1 Name`
_PART = re.compile(r"(?P<kind>Part|Schedule|Subpart)\s+(?P<number>[0-9]+[A-Z]?)\b[\s:–-]*(?P<title>.*)")
# Immigration (Levy) Amendment Act 2019 | Immigration Act 2009 | Immigration (Visa) Regulations 2010
_ACT = re.compile(
    r"(?P<name>(?:[A-Z][a-z]+\s(?:of\s|and\s|for\s)?)+)(?P<about>\([^)]{1,120}\)\s)?(?P<amends>Amendment\s)?"
    r"(?P<what>Act|Regulations)(?:\s(?P<year>(?:19|20)[0-9]{2}))?"
)
# yes: `• Section 28(6): inserted, on 1 July 2019, by section 6 of …`
_NOTE = re.compile(
    r"\W*(?:Section|Regulation|Schedule)\s(?P<place>[0-9]+[A-Z]{0,2}(?:\([0-9a-zA-Z]+\))*)[^:]*:\s"
    r"(?P<what>inserted|amended|replaced|repealed|substituted|added)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"this text is automatically generated", re.IGNORECASE)
_NEXT = re.compile(
    r"(?P<which>next up|previously|previous(?:ly)? up):\s*(?P<number>[1-9][0-9]{0,2}[A-Z]{0,2}):?\s",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?:(?:[0-9]{1,2}|[a-z]{1,4})[.)]\s+|\((?P<label>[0-9]{1,2}[A-Z]?|[a-z]{1,4})\)\s+)(?P<text>\S.*)"
)
# Behind the name of an Act.
# yes: ` (Commonwealth of Australia)` ` (UK)` `, Canada` ` of Fiji`
_COUNTRY = re.compile(
    r"[\s(,–-]*(?:(?:of|the|Commonwealth)\s+)*(?:Australia|Cth|United Kingdom|UK|Canada|Ireland|Singapore|Fiji|Samoa"
    r"|United States)\b"
)
_FOREIGN_SITE = re.compile(r"\b(?:legislation\.gov\.(?:au|uk)|austlii\.edu\.au|laws-lois\.justice\.gc\.ca)\b")

_NOTES = ("notes", "history", "amendments")
_Item = tuple[str, str, bool]
"""Text, label (empty: none), and whether it is a paragraph below the subsection before it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Line numbers of the parts of the page. `body` is half-open."""

    number: str
    title: str
    heading: int
    body: tuple[int, int]
    notes: tuple[int, ...]


def read_law(text: str, site_path: SitePath | None, publisher: Publisher) -> ParsedPage:
    """The provision as the page and, where there is one, its plain-language account as one of its `others`.

    A page whose Act or number cannot be read makes no statement; a finding says why.
    """
    lines = said_in(text)
    found = _found(lines)
    if found is None:
        return _apart(lines, "no heading of a section stands above its text")
    act, problems = _act(lines, found, publisher)
    if not act:
        return _apart(
            lines, "which Act it is a section of can't be read: no Act is named with its year, or several"
        )
    if doubt := _no_section_of_ours(lines, found, act):
        return _apart(lines, doubt)
    code = law_key(act, f"s{found.number}")
    blocks, structure, trouble = _provision(lines, found, code, publisher)
    starts, undated = _starts(lines, found, code)
    findings = (*problems, *_heading_findings(lines, found, code), *trouble, *undated)
    said = Statement(
        kind="page",
        code=code,
        title=found.title,
        address=site_path,
        starts=starts,
        text_digest=digest_of(words_of(blocks)) if structure != "damaged" else "",
        locator=lines[found.heading].locator,
    )
    account = _account(lines, found, act, code, publisher)
    return ParsedPage(
        kind="law",
        code=code,
        title=f"{act} s {found.number} {found.title}",
        statements=(said,),
        blocks=blocks,
        structure=structure,
        findings=tuple(replace(f, code=f.code or code) for f in findings),
        others=(account,) if account else (),
    )


def _apart(lines: Sequence[Said], why: str) -> ParsedPage:
    message = f"this is a page of law, and {why}: kept apart"
    title = lines[0].text[:200] if lines else ""
    return ParsedPage(kind="law", title=title, findings=(Finding("warning", "law_not_placed", message),))


# ---------------------------------------------------------------- where things stand


def _found(lines: Sequence[Said]) -> _Found | None:
    """The last section heading followed by text. Headings above it belong to the account and its links."""
    notes = tuple(i for i, line in enumerate(lines) if _NOTE.match(line.text))
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        match = _section_heading(line)
        if match is None:
            continue
        end = min([i for i in notes if i > number], default=len(lines))
        if end > number + 1 and lines[end - 1].text.lower().strip(" :") in _NOTES:
            end -= 1
        if end > number + 1:
            return _Found(match["number"], match["title"].strip(), number, (number + 1, end), notes)
    return None


def _section_heading(line: Said) -> re.Match[str] | None:
    """Number and title if the line is a section's heading, not a link to the next section and not a sentence."""
    match = _HEADING.fullmatch(line.text)
    if match is None or _NEXT.match(line.text) or match["title"].endswith((".", ";", ":", "—")):
        return None
    return match


def _no_section_of_ours(lines: Sequence[Said], found: _Found, act: str) -> str:
    """Why the text is not a single section of a New Zealand law as its heading says; empty if it is.

    A country named in the text itself is no reason: a section may speak of citizens of Australia.
    """
    outside = [line.text for n, line in enumerate(lines) if not found.body[0] <= n < found.body[1]]
    if any(
        _FOREIGN_SITE.search(text) or (act in text and _COUNTRY.match(text.partition(act)[2]))
        for text in outside
    ):
        return f"the {act} is law of another country"
    above = [_PART.fullmatch(line.text) for line in lines[: found.heading]]
    parts = [match for match in above if match]
    if parts and parts[-1]["kind"] == "Schedule":
        return f"it is clause {found.number} of schedule {parts[-1]['number']}, no section"
    headings = [match for line in lines if (match := _section_heading(line))]
    titles = {match["title"].strip() for match in headings if match["number"] == found.number}
    if len(titles) > 1:
        return f"two headings claim section {found.number}: {' and '.join(sorted(titles))}"
    return ""


def _act(lines: Sequence[Said], found: _Found, publisher: Publisher) -> tuple[str, list[Finding]]:
    """The Act that the section belongs to: the one named above its heading (if several are, the one alone on its line),
    else the one that its amendment notes amend. An Act named in the text itself does not count."""
    above: dict[str, bool] = {}
    for line in lines[: found.heading]:
        for match in _ACT.finditer(line.text):
            if not match["amends"] and match["year"] and not _NOTE.match(line.text):
                above[match[0]] = above.get(match[0], False) or match[0] == line.text
    alone = [name for name, is_alone in above.items() if is_alone]
    if above:
        only = alone if len(alone) == 1 else list(above)
        return (only[0], []) if len(only) == 1 else ("", [])
    named = {
        m["name"].strip() + " " + m["what"] for line in lines for m in _ACT.finditer(line.text) if m["amends"]
    }
    laws = [law for law in publisher.laws if law.name.rpartition(" ")[0] in named]
    years = [int(m["year"]) for line in lines for m in _ACT.finditer(line.text) if m["amends"] and m["year"]]
    in_force = [
        law
        for law in laws
        if any(law.since.year <= year and (law.until is None or year < law.until.year) for year in years)
    ]
    if len({law.name for law in in_force}) != 1:
        return "", []
    name = in_force[0].name
    message = f"the page does not name its Act; the Acts that amended the section amend the {name}"
    return name, [Finding("info", "act_inferred", message)]


def _heading_findings(lines: Sequence[Said], found: _Found, code: Code) -> Iterator[Finding]:
    """Findings about headings: the first may be that of the section before (seed 001 names 27 above 28)."""
    for line in lines[: found.heading]:
        match = _HEADING.fullmatch(line.text)
        if match and not _NEXT.match(line.text):
            if match["number"] != found.number:
                message = (
                    f"the page is headed section {match['number']}, and its text is section {found.number}"
                )
                yield finding("warning", "law_heading_disagrees", message, code, line)
            return


# ---------------------------------------------------------------- the provision


def _provision(
    lines: Sequence[Said], found: _Found, code: Code, publisher: Publisher
) -> tuple[tuple[Block, ...], Structure, list[Finding]]:
    """Part and cross-heading, the text, and its amendment notes."""
    place = f"s {found.number}"
    above = [_above(lines, number) for number in range(max(0, found.heading - 4), found.heading)]
    first = next((i for i, text in enumerate(above) if text and _PART.match(text)), len(above))
    heads = [
        Block(kind="heading", text=text, pinpoint=f"{place} heading {n}")
        for n, text in enumerate(filter(None, above[first:]), 1)
    ]
    body = lines[found.body[0] : found.body[1]]
    blocks, structure, trouble = _labelled(body, lines, found, code, publisher)
    notes = tuple(
        Block(
            kind="note",
            text=lines[n].text.lstrip("•*- "),
            pinpoint=f"{place} note {i}",
            refs=refs_in(lines[n].text, code, publisher),
        )
        for i, n in enumerate(found.notes, 1)
    )
    return (*heads, *blocks, *notes), structure, trouble


def _above(lines: Sequence[Said], number: int) -> str:
    text = lines[number].text
    return "" if _NEXT.match(text) or text.endswith((".", "”")) else text


def _labelled(
    body: Sequence[Said], lines: Sequence[Said], found: _Found, code: Code, publisher: Publisher
) -> tuple[tuple[Block, ...], Structure, list[Finding]]:
    """The text as a tree. Printed labels are kept; lost ones are counted unless something shows that counting would be
    wrong."""
    items = [(_ITEM.fullmatch(line.text), line.text) for line in body]
    texts = [match["text"] if match else text for match, text in items]
    labels = [match["label"] if match else None for match, _ in items]
    place = f"s {found.number}"
    if any(labels):
        printed = [
            (text, f"({label})" if label else "", _is_letter(label))
            for text, label in zip(texts, labels, strict=True)
        ]
        return _tree(printed, place, code, publisher), "full", []
    counted = _counted(texts)
    if _misleads(counted, found, lines):
        trouble = Finding(
            "warning",
            "labels_lost",
            "the labels of the subsections were lost, and the text does not decide them",
        )
        return _tree([(text, "", False) for text in texts], place, code, publisher), "flat", [trouble]
    message = "the labels of the subsections were lost on the way to this copy, and were counted again"
    return _tree(counted, place, code, publisher), "full", [Finding("info", "labels_counted", message)]


def _counted(texts: Sequence[str]) -> list[_Item]:
    """A line that begins with a capital begins a subsection, one with a small letter a paragraph of the line that ended
    in a dash. A single subsection has no label."""
    counted: list[_Item] = []
    section, letter, inside = 0, 0, False
    for text in texts:
        if inside and not text[:1].isupper():
            letter += 1
            counted.append((text, f"({chr(96 + letter)})", True))
        else:
            section, letter = section + 1, 0
            counted.append((text, f"({section})", False))
        inside = text.endswith(("—", "–", ":")) or (inside and text.endswith((";", ",", "or", "and")))
    if section == 1:
        return [(text, "" if not deep else label, deep) for text, label, deep in counted]
    return counted


def _misleads(counted: Sequence[_Item], found: _Found, lines: Sequence[Said]) -> bool:
    """Whether counted labels would be wrong: a note tells of a repeal, or of a label that counting cannot give, such as
    `28(2A)`, or `28(9)` where there are seven."""
    notes = [lines[number].text for number in found.notes]
    reached = {label for _, label, deep in counted if not deep}
    named = {place for note in notes for place in re.findall(rf"\b{found.number}(\([0-9]+[A-Z]?\))", note)}
    return not named <= reached or any("repealed" in note.lower() for note in notes)


def _is_letter(label: str | None) -> bool:
    return bool(label) and label[:1].isalpha()  # type: ignore[index]


def _tree(items: Sequence[_Item], place: str, code: Code, publisher: Publisher) -> tuple[Block, ...]:
    """Subsections with their paragraphs below them. Without labels all are on one level."""
    tops: list[Block] = []
    plain = 0
    for text, label, deep in items:
        refs = refs_in(text, code, publisher)
        if deep and tops:
            top = tops[-1]
            if top.children and _goes_deeper(label, top.children[-1]):
                within = top.children[-1]
                place_ = f"{within.pinpoint}{label}"
                inner = Block(kind="item", label=label, text=text, pinpoint=place_, refs=refs)
                whole = replace(within, children=(*within.children, inner))
                tops[-1] = replace(top, children=(*top.children[:-1], whole))
                continue
            child = Block(kind="item", label=label, text=text, pinpoint=f"{top.pinpoint}{label}", refs=refs)
            tops[-1] = replace(top, children=(*top.children, child))
        elif label:
            tops.append(Block(kind="item", label=label, text=text, pinpoint=f"{place}{label}", refs=refs))
        else:
            plain += 1
            tops.append(
                Block(
                    kind="paragraph",
                    text=text,
                    pinpoint=f"{place} paragraph {plain}" if plain > 1 else place,
                    refs=refs,
                )
            )
    return tuple(tops)


_ROMAN_NUMBERS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv"
_ROMAN = tuple(f"({number})" for number in _ROMAN_NUMBERS.split())


def _goes_deeper(label: str, before: Block) -> bool:
    """Whether a label is a Roman number one level below the paragraph before it: `(i)` after `(a)`, not after `(h)`."""
    if label not in _ROMAN:
        return False
    if before.children:
        inner = before.children[-1].label
        return inner in _ROMAN and _ROMAN.index(label) == _ROMAN.index(inner) + 1
    return label == "(i)" and before.label != "(h)"


def _starts(lines: Sequence[Said], found: _Found, code: Code) -> tuple[tuple[StartClaim, ...], list[Finding]]:
    """The text has been in force since the last dated amendment note. If a note has no day, the start is unknown."""
    days: list[tuple[date, str, Said]] = []
    trouble = []
    for number in found.notes:
        line = lines[number]
        note = _NOTE.match(line.text)
        dated = [(day, raw) for day, raw, _ in days_in(note["rest"] if note else "")]
        if dated:
            days.append((*dated[0], line))
        else:
            message = f"the note on section {note['place'] if note else found.number} lost its day"
            trouble.append(finding("warning", "note_without_day", message, code, line))
    if trouble or not days:
        return (), trouble
    day, raw, line = max(days, key=lambda one: one[0])
    return (StartClaim(day, "note", raw, line.locator),), []


# ---------------------------------------------------------------- the account


def _account(
    lines: Sequence[Said], found: _Found, act: str, code: Code, publisher: Publisher
) -> ParsedPage | None:
    """The machine-made plain-language account, as a work of its own, so that nobody mistakes it for the law."""
    made = next((i for i, line in enumerate(lines[: found.heading]) if _MACHINE.search(line.text)), None)
    if made is None:
        return None
    called = [i for i in range(made) if lines[i].text.startswith(("“", "or “"))]
    title = lines[called[-1]].text.removeprefix("or ").strip("“”") if called else found.title
    body = lines[called[-1] + 1 : made] if called else ()
    own = key("account", slug(act), f"s{found.number.lower()}")
    blocks = tuple(
        Block(
            kind="paragraph", text=line.text, pinpoint=f"account {n}", refs=refs_in(line.text, own, publisher)
        )
        for n, line in enumerate(body, 1)
    )
    said = Statement(
        kind="page",
        code=own,
        title=title,
        text_digest=digest_of(words_of(blocks)),
        locator=lines[made].locator,
    )
    return ParsedPage(kind="account", code=own, title=title, statements=(said,), blocks=blocks)
