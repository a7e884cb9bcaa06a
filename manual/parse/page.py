"""From a reading to a parsed page: which version the page says it is, and what it says about others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from manual.model import (
    Block,
    Code,
    EndClaim,
    Finding,
    ParsedPage,
    SitePath,
    StartClaim,
    Statement,
)
from manual.parse.addresses import folder_of
from manual.parse.draft import finish
from manual.parse.headings import Heading, letters_of, read_heading
from manual.parse.notes import Claims, drop_repeats, edition_ends, manual_updated, read_foots, read_words
from manual.parse.reading import (
    BANNER,
    BREADCRUMB,
    EDITION_BANNER,
    REPLACED_BANNER,
    Foot,
    Reading,
    RowList,
    is_banner,
)
from manual.parse.related import read_rows
from manual.parse.signatures import join_signatures, with_day_of_revocation
from manual.publisher import INZ, Publisher, expression

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A16.1 | WA3.15.5(b)(ii) | Appendix 13: left out of the digest, since renumbering changes them and nothing else
_CODE_IN_TEXT = expression(
    lambda publisher: (
        rf"\b(?:{publisher.codes.counted}|{publisher.codes.word_in_text} \d{{1,2}})(?:\s?\([a-z]{{1,5}}\))*"
    )
)


def understand(reading: Reading, site_path: SitePath | None) -> ParsedPage:
    """The parsed page. A page without a code is front matter: it has blocks and no statement."""
    publisher = reading.publisher
    listed = [read_heading(row.text, publisher).code for rows in reading.lists for row in rows.rows]
    heading = read_heading(reading.heading, publisher, lettered=True, parts=letters_of(listed))
    code = heading.code
    drafts = join_signatures(reading.drafts)
    blocks, findings = finish(drafts, code or Code("page"), folder_of(site_path, publisher), publisher)
    if code is None:
        return _front_matter(reading, heading, blocks, findings)
    claims = Claims()
    read_foots(reading.foots, len(reading.drafts), code, claims)
    read_words(blocks, code, claims, title=heading.title, publisher=publisher)
    drop_repeats(claims, heading.ends("suffix", "heading"))
    rows, row_findings = read_rows(reading.lists, code, heading.title, publisher)
    page = _page_statement(reading, heading, code, site_path, blocks, claims)
    page = replace(page, lists_versions=_lists_all(reading, rows))
    others = (replace(st, address=site_path) for st in (*claims.elsewhere, *claims.moves))
    return ParsedPage(
        kind="instruction",
        code=code,
        title=heading.title,
        statements=(page, *rows, *others),
        blocks=blocks,
        structure=reading.structure,
        findings=(
            *reading.findings,
            *heading.findings("heading"),
            *findings,
            *claims.findings,
            *row_findings,
            *_emptiness(blocks, rows, code),
        ),
        instrument=with_day_of_revocation(claims.instrument, claims.starts),
        ancestors=reading.ancestors,
        previous=reading.previous,
        next=reading.next,
    )


def _lists_all(reading: Reading, rows: Sequence[Statement]) -> bool:
    """Whether the page's list is complete. One that breaks off, or has a dated row that names no code, does not prove
    that nothing stood between two rows."""
    if reading.lists_break_off or not any(row.kind == "listed" for row in rows):
        return False
    read = {row.locator for row in rows}
    without_code = (row for one in reading.lists for row in one.rows if row.locator not in read)
    return not any(read_heading(row.text, reading.publisher, lettered=True).suffixes for row in without_code)


def _front_matter(
    reading: Reading, heading: Heading, blocks: tuple[Block, ...], findings: tuple[Finding, ...]
) -> ParsedPage:
    listed = (*_listed_blocks(reading.lists), *_foot_blocks(reading.foots))
    return ParsedPage(
        kind="front_matter",
        title=heading.title,
        blocks=(*blocks, *listed),
        structure=reading.structure,
        findings=(*reading.findings, *findings, _without_code(reading), *manual_updated(blocks)),
        ancestors=reading.ancestors,
        previous=reading.previous,
        next=reading.next,
    )


def _listed_blocks(lists: Iterable[RowList]) -> Iterator[Block]:
    """The lists of a page without a code, kept as text, since such a page states nothing about others."""
    for number, rows in enumerate(lists, 1):
        lines = tuple(
            Block(
                kind="item", style="bullet", text=row.text, label="•", pinpoint=f"page list {number}•{place}"
            )
            for place, row in enumerate(rows.rows, 1)
        )
        yield Block(kind="other", text=rows.heading, pinpoint=f"page list {number}", children=lines)


def _foot_blocks(foots: Iterable[Foot]) -> Iterator[Block]:
    """The foot of a page without a code, kept as text, since it dates no instruction."""
    for number, foot in enumerate(foots, 1):
        yield Block(kind="other", text=foot.text, pinpoint=f"page foot {number}")


def _without_code(reading: Reading) -> Finding:
    shown = " ".join(reading.heading.split())[:80]
    what = f"the heading {shown!r} gives no code" if shown else "the page shows no heading"
    message = (
        f"{what}: kept as front matter, filed under no instruction; expected a code such as "
        f"{reading.publisher.codes.example_unused}"
    )
    if reading.foots:  # only instructions have a foot
        return Finding("warning", "no_code", message, locator="heading")
    return Finding("info", "no_code", message, locator="heading")


def _edition(reading: Reading, site_path: SitePath | None) -> Literal["", "pre-2010"]:
    publisher = reading.publisher
    if publisher.edition_ended is None:
        return ""
    if publisher.archive and site_path is not None and site_path.startswith(f"{publisher.archive}/"):
        return "pre-2010"
    replaced, crumb, ends = (made(publisher) for made in (REPLACED_BANNER, BREADCRUMB, EDITION_BANNER))
    old = any(replaced.search(b) or crumb.match(b) or ends.search(b) for b in reading.banners)
    return "pre-2010" if old else ""


def _page_statement(
    reading: Reading,
    heading: Heading,
    code: Code,
    site_path: SitePath | None,
    blocks: Sequence[Block],
    claims: Claims,
) -> Statement:
    ends = [
        *heading.ends("suffix", "heading"),
        *claims.ends,
        *edition_ends(reading.banners, reading.publisher),
    ]
    damaged = reading.structure == "damaged"
    words = [] if damaged else words_of(blocks, reading.publisher)
    return Statement(
        kind="page",
        code=code,
        title=heading.title,
        title_truncated=heading.truncated,
        address=site_path,
        starts=tuple(sorted(claims.starts, key=_strength)) + heading.starts("suffix", "heading"),
        ends=tuple(ends),
        suffix=heading.suffix,
        shown_as_old=heading.dated or _banner_of_old(reading.banners, ends, reading.publisher),
        edition=_edition(reading, site_path),
        text_digest=digest_of(words),
        text_words=len(words),
        text_damaged=damaged,
        locator="page",
    )


def _banner_of_old(banners: Iterable[str], ends: Iterable[EndClaim], publisher: Publisher) -> bool:
    """Whether a banner says that this version was replaced.

    The pre-2010 edition has two: one says that the whole manual ceases, and stands on the last version under a code;
    the short one stands on versions replaced before (rule 12).
    """
    last = any(end.basis == "edition" for end in ends)
    crumb, old, replaced = (made(publisher) for made in (BREADCRUMB, BANNER, REPLACED_BANNER))
    told = (b for b in banners if not crumb.match(b) and ("»" not in b or is_banner(b, publisher)))
    return any(old.search(b) and not (last and replaced.search(b)) for b in told)


def _strength(claim: StartClaim) -> int:
    """The body's own words before the foot (dates.md rule 6)."""
    return ("text", "note", "foot").index(claim.basis)


def _emptiness(blocks: Sequence[Block], rows: Sequence[Statement], code: Code) -> Iterable[Finding]:
    """Why the page has no text. A chapter page may be only a list, which differs from a text that was lost."""
    if any(block.text or block.rows for top in blocks for block in top.walk()):
        return
    if rows:
        yield Finding("info", "only_a_list", "the page has no text of its own, only a list of others", code)
    else:
        yield Finding("warning", "no_text", "no text was found on the page; save it again", code)


def digest_of(words: Sequence[str]) -> str:
    """SHA-256 over the words of a text. Empty where there are none."""
    return "sha256:" + hashlib.sha256(" ".join(words).encode()).hexdigest() if words else ""


def words_of(blocks: Iterable[Block], publisher: Publisher = INZ) -> list[str]:
    """The words by which texts are compared, in reading order: no codes, labels, marks, spaces or capitals."""
    words: list[str] = []
    for block in (b for top in blocks for b in top.walk()):
        words += _words(block.text, publisher)
        for row in block.rows:
            for cell in row:
                words += _words(cell.text, publisher)
    return words


def _words(text: str, publisher: Publisher) -> list[str]:
    if not text:
        return []
    return _WORD.findall(_CODE_IN_TEXT(publisher).sub(" ", text).casefold().replace("’", "'"))
