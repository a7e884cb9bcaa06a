"""References in running text: find them, and resolve those within a page against the places on that page."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from manual.citation.labels import LABEL, bracketed, filled_up, split_labels, stands
from manual.citation.law import ACT_NAME, LAW_PART, LAW_PLACE, LINK, RANGE, law_reference
from manual.model import Code, Ref, SitePath
from manual.publisher import INZ, NOTHING, Publisher, expression

# Labels as a text prints them, the last perhaps without brackets.
# yes: `(a)` `(a)(iii)` `(aa)` `(b)ii`
# no: `(see` `(s) above` `(or)` `(1)` `(A)`
_PRINTED_LABELS = re.compile(rf"{LABEL}(?:{LABEL})*(?:[ivx]{{1,5}}(?![\w(]))?")

# The last label in the form `A5.45 b.`
# yes: ` b.` ` b)`
# no: ` b` ` be.` ` b.5`
_BARE_LABEL = re.compile(r"\s(?P<bare>[a-z])[.)](?!\w)")

# yes: ` and ` `, ` `, and ` ` or ` ` and/or ` ` to ` `-` ` – `
# no: ` the ` `,`
_JOINT = re.compile(rf"{LINK}|(?P<range>{RANGE})")

# The other end of `(b)ii - iv`.
# yes: `iv` `x`
# no: `in` `ivy`
_BARE_ROMAN = re.compile(r"[ivx]{1,5}(?!\w)")

# yes: `-U5.20` ` to A5.25` ` – A5.25`
# no: ` to 5.25` ` and A5.25` `-A5.25of`
_CODE_RANGE_END = expression(
    lambda publisher: rf"{RANGE}(?P<code>{publisher.codes.printed})(?![\w(])(?!\.[0-9])"
)

# Which way a relative reference points.
# yes: ` above` ` directly above` ` immediately below` `, above`
# no: ` above-average` ` aboveboard` ` at or above`
_WHERE = re.compile(r",?\s(?:(?:directly|immediately)\s)?(?P<where>above|below)(?![\w-])")

# Before labels that are meant as a reference though neither `above` nor `below` follows.
# yes: `at ` `under ` `(see ` `paragraphs ` `in `
# no: `must ` `to ` `chat `
_CUE = re.compile(r"\(?(?<!\w)(?:at|in|under|see|per|(?:sub-?)?(?:paragraph|clause)s?)\s", re.IGNORECASE)

# `(a) of WA3.15`, against `(a) of the definition` and `paragraph (a) of section 49`.
# yes: ` of WA3.15` ` of the definition`
# no: ` often`
_OF = expression(
    lambda publisher: rf"\sof\s(?:(?P<code>{publisher.codes.printed})(?![\w(])(?!\.[0-9])|[\w ]{{1,20}})"
)

# Where a page stands on the publisher's site.
# yes: `{folder}/#46513.htm` `{archive}/4783.HTM` `{folder}/77177.html`
# no: `{folder}/` `{folder}/toc.htm`
_SITE_PATH = expression(
    lambda publisher: rf"(?P<site>{_folder_of(publisher)})/#?(?P<id>[0-9]{{1,9}})\.html?", re.IGNORECASE
)


def _folder_of(publisher: Publisher) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(publisher.own_folders, key=len, reverse=True))) + ")"


def _starts(publisher: Publisher, *, acts: bool) -> str:
    """Where any reference starts; without `acts`, a text that names no Act is spared the search for one."""
    shape = publisher.codes
    issuers = "|".join(publisher.forms) or NOTHING
    starts = [
        rf"(?P<url>(?:https?://|www\.)[^\s<>\"]+|/{_folder_of(publisher)}/[^\s<>\"]+)",
        rf"(?P<act_law>(?P<act>{ACT_NAME})[,:]?\s(?:at\s)?(?P<act_word>(?:[Ss]ections?|[Rr]egulations?|regs?\.?)\s|(?:ss?|rr?)\.?\s?)(?P<act_place>{LAW_PLACE}))",
        rf"(?P<law>(?<![.'’-])(?P<word>(?:[Ss]ections?|[Rr]egulations?|regs?\.?)\s|ss?\.?\s?|[rS]\s?(?={LAW_PLACE}\sof\sthe\s[A-Z]))(?P<place>{LAW_PLACE}|[A-Z]{{1,2}}\s?[1-9][0-9]{{0,2}}[A-Z]?"
        rf"(?:{LAW_PART})*(?=\sof\sthe\s[A-Z][\w ]{{0,60}}Act\b)))",
        rf"(?P<form>(?P<issuer>{issuers})\s?(?P<number>[0-9]{{3,4}}[A-Z]?)(?!\w))",
        rf"(?P<appendix>(?:[Tt]ier\s[0-9]\sof\s)?{shape.word_printed}\s(?P<appendix_number>[1-9][0-9]?)(?!\w))",
        rf"(?P<code>(?<![.$-])(?P<instruction>{shape.printed})(?!\.?[0-9])(?P<glued>[A-Za-z]\w*)?)",
        rf"(?P<relative>(?<!\))(?={LABEL}))",
    ]
    if not acts:
        del starts[1]
    # No reference begins inside a word; said once and first, since it spares most positions the rest.
    digits = "" if shape.lettered else "0-9"
    # But the name of a law may be run together with the number before it.
    before = r"(?:(?<!\w)|(?<=[0-9])(?=[A-Z][a-z]+\s))" if acts else r"(?<!\w)"
    return rf"{before}(?=[{digits}A-Z(/hwsatr])(?:" + "|".join(starts) + ")"


# yes: `https://www.example.org/{folder}/#46513.htm` `Immigration Act 2009 s 49(1)(b)` `section 49(1)` `s 49(1)(b)`
#      `INZ 1025` `Appendix 13` `Tier 1 of Appendix 13` `A16.5`
#      `/{folder}/77177.htm` `WD2` `E4.1.10of`
# no: `this section` `$29.66` `(452314)` `1 April 2025` `ANZSCO skill level 4` `NZ$1.50` `A1.2.3.4` `section` `5.5`
_START = expression(lambda publisher: _starts(publisher, acts=True))
_START_WITHOUT_ACT = expression(lambda publisher: _starts(publisher, acts=False))

# Whether a text can hold a reference at all.
# yes: `A1` `(a)` `s 4` `x 1` `S 10` `{folder}`
# no: `the person` `(452314)` `30 hours` `$29.66`
_HINT = expression(
    lambda publisher: (
        rf"{'[A-Z][1-9]' if publisher.codes.lettered else '[1-9][.][1-9]'}|\([a-z]{{1,6}}\)"
        rf"|[sSxXZ](?:ections?)?\.?\s?[A-Z]{{0,2}}\s?[1-9]|[Rr]eg(?:ulation|s?\.?\s[1-9])|{_folder_of(publisher)}"
    )
)


@dataclass(frozen=True, slots=True)
class _Named:
    """Labels named in a text, without brackets. `last` is set for a range."""

    start: int
    end: int
    first: tuple[str, ...]
    last: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A block's position: code as printed in its pinpoint, labels above it and its own, and whether more follows."""

    head: str
    """What its labels are counted from: a code, or the paragraph from which a list starts anew."""
    labels: tuple[str, ...]
    inside: bool
    """The block is a note, bullet or table within the labelled item, so that the item's own children are siblings."""
    others: tuple[str, ...]
    """What else labels on this page are counted from, likeliest first."""


def find_refs(text: str, *, here: str, code: Code, publisher: Publisher = INZ) -> tuple[Ref, ...]:
    """Every reference in a block's `text`, in order, with exact ranges that do not overlap.

    `here` is the block's pinpoint and `code` its page's code; relative references are read from there. A relative
    reference has its possible readings in `candidates`, even if there is only one; `resolve_refs` chooses. A reference
    by code counts as `resolved` by its shape; whether the code exists is not known here. A range is one reference:
    `WA4.10(a)-(e)`, `U5.5-U5.20` (`ends_of` splits it). One by address alone has the address as its target.
    """
    if not _HINT(publisher).search(text):
        return ()
    pattern = (_START if "Act" in text or "Regulations" in text else _START_WITHOUT_ACT)(publisher)
    refs: list[Ref] = []
    position = 0
    while match := pattern.search(text, position):
        found, position = _read_reference(text, match, here, code, publisher)
        refs.extend(found)
    return tuple(refs)


def _read_reference(
    text: str, match: re.Match[str], here: str, code: Code, publisher: Publisher
) -> tuple[list[Ref], int]:
    """The references that begin at `match`, and where to go on."""
    if match["relative"] is not None:
        return _relative(text, match.start(), here, code, publisher)
    if match["code"]:
        return _by_code(text, match, publisher)
    if match["appendix"]:
        return _with_labels(text, match, f"{publisher.codes.word} {match['appendix_number']}")
    if match["url"]:
        return _by_address(match, publisher)
    if match["form"]:
        target = f"{match['issuer']} {match['number']}"
        return [Ref(match.start(), match.end(), target, "form")], match.end()
    return law_reference(text, match)


def _by_address(match: re.Match[str], publisher: Publisher) -> tuple[list[Ref], int]:
    site = _SITE_PATH(publisher).search(match[0])
    if site is None:
        return [], match.end()
    address = SitePath(f"{site['site'].lower()}/{site['id']}")
    end = match.start() + site.end()
    return [Ref(match.start(), end, address, "resolved", address)], max(end, match.end())


def _by_code(text: str, match: re.Match[str], publisher: Publisher) -> tuple[list[Ref], int]:
    code = match["instruction"]
    if match["glued"]:
        broken = Ref(match.start(), match.end(), match[0], "unresolved", candidates=(code,))
        return ([broken] if "." in code else []), match.end()
    if (other := _CODE_RANGE_END(publisher).match(text, match.end())) is not None:
        return [Ref(match.start(), other.end(), f"{code}-{other['code']}", "resolved")], other.end()
    refs, end = _with_labels(text, match, code)
    if "." not in code and "(" not in refs[0].target and not _is_chapter(text, match, code):
        return [], end
    return refs, end


def _is_chapter(text: str, match: re.Match[str], code: str) -> bool:
    """Whether letters and one number are a chapter's code, rather than a level (`B2`), a tax form (`IR330`) …"""
    before = text[max(0, match.start() - 12) : match.start()].rstrip().lower()
    return sum(c.isdecimal() for c in code) <= 2 and not before.endswith(("level", "cefr", "visa", "form"))


def _with_labels(text: str, match: re.Match[str], code: str) -> tuple[list[Ref], int]:
    """References to `code` and the labels that follow it."""
    start, end = match.span()
    gap = end + 1 if text[end : end + 1].isspace() else end
    if labels := _PRINTED_LABELS.match(text, gap):
        named = _chain(text, labels)
        named[0] = replace(named[0], start=start)
        return [Ref(n.start, n.end, _printed(code, n), "resolved") for n in named], named[-1].end
    if bare := _BARE_LABEL.match(text, end):
        return [Ref(start, bare.end(), f"{code}({bare['bare']})", "resolved")], bare.end()
    return [Ref(start, end, code, "resolved")], end


def _chain(text: str, labels: re.Match[str]) -> list[_Named]:
    """All labels joined to the first by `and`, commas or a range, each completed from the one before it."""
    named = [_Named(labels.start(), labels.end(), split_labels(labels[0]))]
    bare = not labels[0].endswith(")")
    while joint := _JOINT.match(text, named[-1].end):
        more = _PRINTED_LABELS.match(text, joint.end())
        if more is None and bare and joint["range"]:
            more = _BARE_ROMAN.match(text, joint.end())
        if more is None:
            break
        latest = named[-1]
        full = filled_up(latest.last or latest.first, split_labels(more[0]))
        if joint["range"] and latest.last is None:
            named[-1] = replace(latest, end=more.end(), last=full)
        else:
            named.append(_Named(more.start(), more.end(), full))
    return named


def _printed(base: str, named: _Named) -> str:
    """The target: `base` and labels; of a range's end only what differs from its beginning."""
    target = base + bracketed(named.first)
    if named.last is None:
        return target
    same = 0
    while same < min(len(named.first), len(named.last)) - 1 and named.first[same] == named.last[same]:
        same += 1
    return f"{target}-{bracketed(named.last[same:])}"


def ends_of(target: str) -> tuple[str, ...]:
    """The pinpoints that a reference's target names: two for a range, else one.

    >>> ends_of("BN3(a)(i)-(vi)"), ends_of("U5.5-U5.20"), ends_of("A16.1(b)")
    (('BN3(a)(i)', 'BN3(a)(vi)'), ('U5.5', 'U5.20'), ('A16.1(b)',))
    """
    first, dash, last = target.partition("-")
    if not dash:
        return (target,)
    if not last.startswith("("):
        return (first, last)
    base, bracket, labels = first.partition("(")
    full = filled_up(split_labels(bracket + labels), split_labels(last))
    return (first, base + bracketed(full))


# ---------------------------------------------------------------- relative references


def _relative(text: str, start: int, here: str, code: Code, publisher: Publisher) -> tuple[list[Ref], int]:
    """References such as `(a) to (c) above`; empty if the labels only number items in running text."""
    labels = _PRINTED_LABELS.match(text, start)
    if labels is None:
        return [], start + 1
    named = _chain(text, labels)
    end = named[-1].end
    if where := _WHERE.match(text, end):
        return [_placed(n, _place(here, code), where["where"]) for n in named], end
    if of := _OF(publisher).match(text, end):
        return _labels_of_code(named, of), of.end() if of["code"] else end
    cue = text[max(0, start - 16) : start]
    if any(m.end() == len(cue) for m in _CUE.finditer(cue)):
        return [_placed(n, _place(here, code), "") for n in named], end
    return [], end


def _labels_of_code(named: list[_Named], of: re.Match[str]) -> list[Ref]:
    code = of["code"]
    if code is None:
        return []
    refs = [Ref(n.start, n.end, _printed(code, n), "resolved") for n in named]
    return [*refs[:-1], refs[-1]._replace(end=of.end())]


def _placed(named: _Named, place: _Place, direction: str) -> Ref:
    readings = tuple(_printed(base, named) for base in _bases(named.first[0], place, direction))
    if not readings:
        return Ref(named.start, named.end, _printed(place.head, named), "unresolved")
    readings = tuple(dict.fromkeys(readings))
    state: Literal["resolved", "ambiguous"] = "resolved" if len(readings) == 1 else "ambiguous"
    return Ref(named.start, named.end, readings[0], state, candidates=readings)


def _bases(label: str, place: _Place, direction: str) -> list[str]:
    """The possible parents of `label` as seen from `place`, nearest first."""
    depth = len(place.labels)
    levels = [k for k in range(depth - 1, -1, -1) if stands(label, direction, place.labels[k])]
    if direction != "above" or (place.inside and depth):
        levels.insert(0, depth)
    if not levels:  # "(d) above", said inside (d) itself
        levels = [k for k in range(depth - 1, -1, -1) if label == place.labels[k]]
    return [*(place.head + bracketed(place.labels[:k]) for k in levels), *place.others]


# The code and, where a list starts anew after a paragraph, that paragraph.
# yes: `WA3.15` `WA3.15 paragraph 2` `Appendix 13 heading 1` `4.12.3 paragraph 2`
# no: `WA3.15(a)` `paragraph 2`
_HEAD = re.compile(
    r"(?P<code>[A-Z]{0,2}[1-9][0-9]{0,2}(?:\.[1-9][0-9]{0,2}){0,2}|[A-Z]{1,2}|[A-Z][a-z]+ [0-9]+)"
    r"(?: (?P<kind>paragraph|heading|quote|other) (?P<number>[0-9]+))?"
)


def _place(here: str, code: Code) -> _Place:
    match = _HEAD.match(here)
    own = match["code"] if match else code
    head = match[0] if match else code
    others = [own, code]
    if match and match["kind"] == "paragraph":
        others = [f"{own} paragraph {n}" for n in range(int(match["number"]) - 1, 0, -1)] + others
    labels = tuple(re.findall(r"\(([a-z0-9]+)\)", here))
    return _Place(
        head,
        labels,
        not here.endswith(")"),
        tuple(dict.fromkeys(o for o in others if o != head or not labels)),
    )


def resolve_refs(refs: Collection[Ref], pinpoints: Collection[str]) -> tuple[Ref, ...]:
    """The references of one page, with those within the page resolved against its pinpoints.

    A relative reference becomes `resolved` if exactly one reading exists (one in the same list, or nearer, is preferred
    to one elsewhere on the page), `ambiguous` with the existing readings if there are several, else `unresolved`. One
    with the page's own code and a label becomes that place, or `unresolved` if there is none (unless the page has no
    labels at all). Others stay unchanged.
    """
    known = pinpoints if isinstance(pinpoints, (set, frozenset)) else frozenset(pinpoints)
    labelled = frozenset(_code_of(p) for p in known if "(" in p)
    return tuple(_resolved(ref, known, labelled) for ref in refs)


def _resolved(ref: Ref, known: Collection[str], labelled: frozenset[str]) -> Ref:
    if ref.state not in ("resolved", "ambiguous") or ref.address:
        return ref
    fitting: tuple[str, ...]
    if ref.candidates:
        fitting = _nearest(tuple(c for c in ref.candidates if _exists(c, known)))
    elif _exists(ref.target, known) or _code_of(ref.target) not in labelled:
        return ref
    else:
        fitting = _elsewhere(ref.target, known)
    if not fitting:
        return ref._replace(state="unresolved")
    if len(fitting) == 1:
        return ref._replace(target=fitting[0], state="resolved", candidates=())
    return ref._replace(target=fitting[0], state="ambiguous", candidates=fitting)


def _nearest(fitting: tuple[str, ...]) -> tuple[str, ...]:
    """Those in the same list as the first."""
    return tuple(c for c in fitting if c.partition("(")[0] == fitting[0].partition("(")[0])


def _elsewhere(target: str, known: Collection[str]) -> tuple[str, ...]:
    """`WA3.15 paragraph 2(b)`, where the text says `WA3.15(b)` and only a list that starts anew has a (b)."""
    code, bracket, labels = target.partition("(")
    found = (p for p in known if p.startswith(f"{code} ") and p.partition("(")[2] == labels)
    return tuple(sorted(found)) if bracket else ()


def _code_of(pinpoint: str) -> str:
    head = pinpoint.partition("(")[0]
    match = _HEAD.match(head)
    return match["code"] if match else head


def _exists(target: str, known: Collection[str]) -> bool:
    return "(" not in target or all(end in known for end in ends_of(target))
