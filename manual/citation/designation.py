"""Which instruction, and which place in it, does a person or a text mean on a day? Decided here and nowhere else.

Input: what was typed or referred to, and what stands on that day (`Standing`): what had begun by then, even if it has
ended. Result: the place meant, as one `Designation`. The rules:

- A three-part code such as `K2.1.1` is a page of its own on days on which such an instruction stands. On other
  days it is a place in its section `K2.1`.
- A place that the text does not have leads to the instruction. The places that the text does have are offered.
- An unknown code leads nowhere. Similar codes are offered; none is chosen.
- An address of the publisher, or the number in it, leads to the instruction that its page showed, and says which
  versions those are.

    designate("wa3 15(b)", standing)     the place (b) of WA3.15
    designate("#46513.htm", standing)    the instruction whose page has this number

Everything is looked up through `Standing`, so that the store, the search index and the static edition can all use it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal, Protocol

from manual.citation.codes import (
    Citation,
    looks_like_code,
    normalised,
    parse_citation,
    section_of,
    split_code,
)
from manual.citation.nearest import nearest_codes
from manual.citation.provisions import Provision, provision_in
from manual.errors import CitationError
from manual.model import AnswerWord, Code, SitePath, VersionId, Work
from manual.publisher import INZ, Publisher

STANDS: frozenset[AnswerWord] = frozenset({"in_force", "ended", "disputed", "undated"})
"""Answers for a day by which the code had begun to designate an instruction."""

Read = Literal["code", "section", "address", "law", "work", "words"]
"""As a code; as a place in the section of a three-part code; as the publisher's address; as a provision of law; as
another work beside the manual; as none of these."""
Kind = Literal["part", "chapter", "section", "sub_section", "appendix"]

SLIP = 1.6
"""How unlike a code (`nearest_codes`) a word may be and still be a slip of the finger: two wrong letters are none."""


@dataclass(frozen=True, slots=True)
class Address:
    """A page of the publisher's site, as much of its address as was typed."""

    folder: str
    """In lower case; empty where only the number was typed."""
    number: str

    def fits(self, site_path: SitePath) -> bool:
        """Whether this may be the address of the page at `site_path`."""
        folder, _, number = site_path.rpartition("/")
        return number == self.number and self.folder in ("", folder)


@dataclass(frozen=True, slots=True)
class PageShown:
    """What a page of the publisher showed when it was seen or listed."""

    site_path: SitePath
    code: Code
    versions: tuple[VersionId, ...] = ()
    """Oldest first: a page in force keeps its address while its text changes. Empty where no version is known by it."""


class Standing(Protocol):
    """What had begun by one day or, without a day, on any day."""

    def knows(self, code: Code) -> bool:
        """Whether the code designates anything on any day."""
        ...

    def stands(self, code: Code) -> bool:
        """Whether the answer for the day is one of `STANDS`; without a day, the same as `knows`."""
        ...

    def codes(self) -> Collection[Code]:
        """Every code that is known."""
        ...

    def places(self, code: Code) -> Collection[str] | None:
        """The pinpoints of the text on that day, in its order; None where the text is not held or carries no labels."""
        ...

    def pages_at(self, address: Address) -> Collection[PageShown]:
        """Pages of instructions that may have this address."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    """The place that is meant."""

    typed: str
    read: Read
    code: Code | None
    """The instruction to go to; None where the text names none, or several."""
    known: bool = False
    """Whether the code designates anything on any day. Where not, `code` is the one that was typed."""
    pinpoint: str | None = None
    """The place in it, `WA3.15(b)`; None where the whole instruction is meant."""
    place_exists: bool | None = None
    """Whether the text of the day has that place; None where no place is meant or the text can't tell."""
    places: tuple[str, ...] = ()
    """Where the place does not exist: places that do, those most like it first."""
    near: tuple[Code, ...] = ()
    """Codes to offer, likeliest first. None of them is what was typed."""
    page: PageShown | None = None
    """What the publisher's page showed, where its address was typed."""

    @property
    def kind(self) -> Kind | None:
        """What the code is by its shape: a part, a chapter or something below them."""
        return kind_of(self.code) if self.code and not self.beside else None

    @property
    def beside(self) -> bool:
        """Whether a work beside the manual is meant, not an instruction."""
        return self.read in ("law", "work")

    @property
    def target(self) -> str:
        """The place, else the code; empty where nothing is meant."""
        return self.pinpoint or self.code or ""

    @property
    def there(self) -> str:
        """The place if it can be linked to; empty for the whole instruction and for a place that does not exist."""
        return self.pinpoint if self.pinpoint and self.place_exists is not False else ""


# ---------------------------------------------------------------- what was typed

# The publisher's address of a page, whole or in part. The viewer has the page's name behind a `#`.
# yes: `https://www.example.org/{folder}/#46513.htm` `/{folder}/77195.htm` `#46513.htm` `77195.htm` `{folder}/77195`
#      `https://example.org/{folder}/index.htm#46513.htm` `{archive}/4783.HTM` `77195` `77195.htm#h1` `4783`
# no: `2014` `1999` `123` `A16.1` `77195.pdf` `29.66` `visa` `{folder}/toc.htm`
_ADDRESS = re.compile(
    r"(?:(?:https?://)?(?:[^\s/?#]*/)*?(?P<folder>[a-z][a-z-]*)/(?:index\.html?)?)?"
    r"(?:#?(?P<page>[0-9]{1,9})\.html?(?:[?#]\S*)?|(?<=/)(?P<id>[0-9]{1,9})|(?P<alone>(?!(?:19|20)[0-9]{2}$)[0-9]{4,9}))",
    re.IGNORECASE,
)

# One word that may be a code with a typing error.
# yes: `WA3.1S` `WA3.l5` `WA31S` `A16.1.1.1` `A016.1` `a16..1` `WAA3.15`
# no: `section` `visa` `16.1` `WA3.15 and` `covid19`
_SLIPPED = re.compile(r"[A-Za-z]{1,3} ?[0-9][0-9A-Za-z.,·-]{0,10}")


# A work beside the manual, by its key.
# yes: `circular:2014-03` `notice:visa-pak-12` `account:immigration-act-2009/s28`
# no: `circular` `notice of 2014` `law:immigration-act-2009/s28`
_WORK = re.compile(r"(?P<scheme>account|circular|notice):(?P<code>[a-z0-9][a-z0-9/-]{0,120})")

# A circular as it is called.
# yes: `circular 2014/03` `Immigration Amendment Circular No. 2014/03` `amendment circular 2014-3`
# no: `circular` `circular 14/03` `2014/03`
_CIRCULAR = re.compile(
    r"(?:[a-z]+ ){0,2}circular (?:no\.? ?:?)?(?P<year>(?:19|20)[0-9]{2}) ?[/-] ?(?P<number>[0-9]{1,2})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WorkNamed:
    """A circular, a notice or an account, by its key."""

    key: Code
    typed: str


Named = Citation | Address | Provision | WorkNamed
"""What may be named: a code or a place under it, an address of the publisher, a provision of law, another work."""


def named_in(typed: str, publisher: Publisher = INZ) -> Named:
    """The code, address, provision or work that `typed` is. Raises CitationError if it is none of these."""
    provision = provision_in(typed, publisher)
    if provision is not None:
        return provision
    work = work_in(typed)
    if work is not None:
        return work
    address = address_in(typed)
    return address if address is not None else parse_citation(typed, publisher)


def work_in(typed: str) -> WorkNamed | None:
    """The circular, notice or account that `typed` is as a whole.

    >>> work_in("Amendment Circular No. 2014/3").key, work_in("notice:visa-pak-12").key, work_in("A16.1")
    ('circular:2014-03', 'notice:visa-pak-12', None)
    """
    words = " ".join(typed.split())
    if match := _WORK.fullmatch(words.lower()):
        return WorkNamed(Work(match["scheme"], match["code"]).key, words)
    if match := _CIRCULAR.fullmatch(words):
        return WorkNamed(Work("circular", f"{match['year']}-{int(match['number']):02d}").key, words)
    return None


def address_in(typed: str) -> Address | None:
    """The publisher's address that `typed` is as a whole.

    >>> address_in("https://www.example.org/manual/#46513.htm"), address_in("77195"), address_in("A16.1")
    (Address(folder='manual', number='46513'), Address(folder='', number='77195'), None)
    """
    match = _ADDRESS.fullmatch(typed.strip())
    if match is None:
        return None
    number = match["page"] or match["id"] or match["alone"]
    return Address((match["folder"] or "").lower(), number)


# ---------------------------------------------------------------- what it means


def designate(
    named: Named, standing: Standing, *, offers: bool = True, publisher: Publisher = INZ
) -> Designation:
    """The place that a citation or an address means. `offers`: also name codes similar to an unknown
    one, which takes as long as a page."""
    if isinstance(named, Address):
        return _page_meant(named, standing)
    if isinstance(named, Provision):
        return _provision_meant(named, standing)
    if isinstance(named, WorkNamed):
        return _work_meant(named, standing)
    return _place_meant(named, standing, offers, publisher)


def designate_typed(typed: str, standing: Standing, publisher: Publisher = INZ) -> Designation:
    """The place that `typed` means, if it may also be words to search for.

    An unknown address counts as words, and so do letters in lower case (`we`).
    """
    provision = provision_in(typed, publisher)
    if provision is not None:
        return _provision_meant(provision, standing)
    work = work_in(typed)
    if work is not None and standing.knows(work.key):
        return _work_meant(work, standing)
    address = address_in(typed)
    if address is not None and (found := _page_meant(address, standing)).read == "address":
        return found
    if looks_like_code(typed, publisher):
        return _place_meant(parse_citation(typed, publisher), standing, True, publisher)
    return Designation(typed=typed, read="words", code=None, near=_slipped(typed, standing, publisher))


def meant(code: Code, stands: Callable[[Code], bool], knows: Callable[[Code], bool]) -> Code:
    """The code whose page `code` leads to: its own, or its section's where it is a place there.

    A known code that does not stand on that day leads to its own page, which says so, unless its section stands.
    """
    section = section_of(code)
    if section == code or stands(code):
        return code
    return section if stands(section) or (knows(section) and not knows(code)) else code


def kind_of(code: Code) -> Kind:
    """What a code is by its shape.

    >>> [kind_of(Code(code)) for code in ("WA", "WA3", "WA3.15", "WA3.15.5", "Appendix 13")]
    ['part', 'chapter', 'section', 'sub_section', 'appendix']
    """
    _, numbers = split_code(code)
    if " " in code:  # a word and a number
        return "appendix"
    kinds: tuple[Kind, ...] = ("part", "chapter", "section", "sub_section")
    return kinds[len(numbers)]


def _place_meant(citation: Citation, standing: Standing, offers: bool, publisher: Publisher) -> Designation:
    typed, code = citation.pinpoint, meant(citation.code, standing.stands, standing.knows)
    read: Read = "code" if code == citation.code else "section"
    if not standing.knows(code):
        near = nearest_codes(code, standing.codes(), publisher=publisher) if offers else ()
        return Designation(
            typed=typed, read=read, code=code, pinpoint=typed if citation.labels else None, near=near
        )
    if typed == code:
        return Designation(typed=typed, read=read, code=code, known=True)
    places = standing.places(code)
    exists = None if places is None else typed in places
    own = read == "section" and standing.knows(citation.code)
    return Designation(
        typed=typed,
        read=read,
        code=code,
        known=True,
        pinpoint=typed,
        place_exists=exists,
        places=_places_like(typed, code, places) if places and not exists else (),
        near=(citation.code,) if own else (),
    )


def _provision_meant(provision: Provision, standing: Standing) -> Designation:
    """The work of a section. A place in it leads to the whole section, which is short."""
    key = provision.key
    known = key is not None and standing.knows(key)
    return Designation(typed=provision.printed, read="law", code=key, known=known)


def _work_meant(named: WorkNamed, standing: Standing) -> Designation:
    return Designation(typed=named.typed, read="work", code=named.key, known=standing.knows(named.key))


def _page_meant(address: Address, standing: Standing) -> Designation:
    """The instruction that the pages at an address showed. If one number in two folders is two instructions, both are
    offered."""
    pages = standing.pages_at(address)
    codes = tuple(dict.fromkeys(page.code for page in pages))
    typed = f"{address.folder}/{address.number}".strip("/")
    if len(codes) != 1:
        return Designation(typed=typed, read="address" if codes else "words", code=None, near=codes)
    only = next(iter(pages)) if len(pages) == 1 else None
    return Designation(typed=typed, read="address", code=codes[0], known=True, page=only)


def _slipped(typed: str, standing: Standing, publisher: Publisher) -> tuple[Code, ...]:
    """Codes for which a word may be a typing error."""
    try:
        plain = normalised(typed)
    except CitationError:
        return ()
    if not _SLIPPED.fullmatch(plain):
        return ()
    return nearest_codes(plain, standing.codes(), most=SLIP, publisher=publisher)


# ---------------------------------------------------------------- places that exist instead

# One step further down: a label, perhaps in a list that starts anew after a paragraph, or a sub-heading's number.
# yes: `(a)` `.5` ` paragraph 2(a)`
# no: `(a)(i)` ` note` `(a) note` ` heading 1` `.5(a)`
_ONE_STEP = re.compile(r"(?: [a-z]+ [0-9]+)?\([^)]+\)|\.[0-9]+")


def _places_like(missing: str, code: Code, places: Collection[str]) -> tuple[str, ...]:
    """Places one step below the existing part of the path to `missing`. Those with the same last labels, in another
    list, come first."""
    bracket = missing.find("(")
    labels = missing[bracket:] if bracket >= 0 else ""
    same = [place for place in places if labels and place.endswith(labels) and place != missing]
    above = next((way for way in _ways_up(missing) if way in places), code)
    below = [p for p in places if p.startswith(above) and _ONE_STEP.fullmatch(p.removeprefix(above))]
    return tuple(dict.fromkeys([*same, *below]))


def _ways_up(pinpoint: str) -> list[str]:
    """The places above: `A16.1(b)` and `A16.1` for `A16.1(b)(ii)`."""
    ways = []
    while "(" in pinpoint:
        pinpoint = pinpoint.rpartition("(")[0]
        ways.append(pinpoint.rstrip())
    return ways
