"""Provisions of law that a text cites: one form for them, and the key of the work that holds each.

"Immigration Act 2009 ss 22, 23 and 25"  ->  three provisions
"ss 154-162, 172"                        ->  every section of the range, where its ends are plain numbers
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from manual.model import Code, Ref, Work
from manual.publisher import INZ, Law, Publisher

MOST_IN_RANGE = 80
"""Sections of one range that are named one by one; of a longer one only the ends."""
_ALIKE = 0.9
"""How like the name of a law a misspelt one must be."""

# A target as `find_refs` writes it.
# yes: `Immigration Act 2009 s 49(1)(b)` `s 61` `ss 154-162, 172` `Immigration Act 2009 ss 22, 23 and 25`
# no: `WA3.15` `INZ 1025`
_TARGET = re.compile(r"(?:(?P<act>\S.*?)\s)?(?P<word>ss?|rr?)\s(?P<places>[1-9].*)")
_PLACE = re.compile(
    r"(?P<range>\s(?:to|through|until)\s|\s?[-–—]\s?)?(?P<number>[1-9][0-9]{0,2}[A-Z]{0,3})?(?P<labels>(?:\([0-9A-Za-z]{1,5}\))*)"
)


@dataclass(frozen=True, slots=True)
class Provision:
    """One section or regulation, or a place in it."""

    act: str
    """Name with its year; empty where none is named."""
    word: str
    """`s` for a section, `r` for a regulation."""
    number: str
    """`28`, `28A`."""
    labels: str = ""
    """`(1)(b)`; empty for the whole."""

    @property
    def key(self) -> Code | None:
        """The key of its work, `law:immigration-act-2009/s28`; None where no law with its year is named."""
        if not re.search(r"\b[12][0-9]{3}$", self.act):
            return None
        return law_key(self.act, f"{self.word}{self.number}")

    @property
    def printed(self) -> str:
        """`Immigration Act 2009 s 49(1)(b)`."""
        return " ".join(filter(None, (self.act, self.word, self.number + self.labels)))


def law_key(act: str, place: str) -> Code:
    """The key of a provision: `law:immigration-act-2009/s28`."""
    return Work("law", f"{slug(act)}/{place.lower()}").key


def slug(name: str) -> str:
    """`immigration-act-2009` for `Immigration Act 2009`.

    >>> slug("Immigration (Visa, Entry Permission) Regulations 2010")
    'immigration-visa-entry-permission-regulations-2010'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def provisions_of(target: str, publisher: Publisher = INZ) -> tuple[Provision, ...]:
    """The provisions that a target names, in order; empty if it does not cite law.

    >>> [one.printed for one in provisions_of("Immigration Act 2009 ss 22, 23 and 25")]
    ['Immigration Act 2009 s 22', 'Immigration Act 2009 s 23', 'Immigration Act 2009 s 25']
    >>> [one.number + one.labels for one in provisions_of("ss 154-156, 172")], provisions_of("WA3.15")
    (['154', '155', '156', '172'], ())
    >>> [one.labels for one in provisions_of("s 49(1)(a) and (b)")]
    ['(1)(a)', '(1)(b)']
    """
    match = _TARGET.fullmatch(target)
    if match is None:
        return ()
    act = named_law(match["act"] or "", publisher)
    return tuple(_places(act, match["word"][0], match["places"]))


def _places(act: str, word: str, places: str) -> Iterator[Provision]:
    before: Provision | None = None
    for match in _PLACE.finditer(places):
        number, labels = match["number"], match["labels"]
        if not number and not labels:
            continue
        if not number and before is not None:
            above = before.labels.rpartition("(")[0] if before.labels else ""
            found = replace(before, labels=above + labels)
        elif number:
            found = Provision(act, word, number, labels)
        else:
            continue
        if match["range"] and before is not None and number:
            yield from _between(before, found)
        yield found
        before = found


def _between(first: Provision, last: Provision) -> Iterator[Provision]:
    if not (first.number.isdecimal() and last.number.isdecimal()):
        return
    numbers = range(int(first.number) + 1, int(last.number))
    if len(numbers) <= MOST_IN_RANGE:
        yield from (Provision(first.act, first.word, str(number)) for number in numbers)


def named_law(name: str, publisher: Publisher = INZ) -> str:
    """The full name of the law in the publisher's record that a name means, even misspelt; other names unchanged."""
    if not name or any(name == law.name for law in publisher.laws):
        return name
    from rapidfuzz.distance import Indel  # only for names that are not spelt as in the record

    alike = [law.name for law in publisher.laws if Indel.normalized_similarity(name, law.name) >= _ALIKE]
    years = [law for law in alike if law[-4:] == name[-4:]]
    return years[0] if len(years) == 1 else name


def law_named(act: str, publisher: Publisher = INZ) -> Law | None:
    """The publisher's record of a law."""
    return next((law for law in publisher.laws if law.name == act), None)


@dataclass(frozen=True, slots=True)
class Successor:
    """What replaced a provision when its Act ended."""

    since: date
    """The first day of the new law."""
    law: Law
    provision: Provision | None
    """None: which section has the matter is not in the publisher's record."""
    assumed: str
    """The Act that was taken to be meant, where the text names none; else empty."""

    @property
    def printed(self) -> str:
        return self.provision.printed if self.provision else self.law.name


def successor_of(
    provision: Provision, stood: date | None = None, publisher: Publisher = INZ
) -> Successor | None:
    """What replaced a section of an Act that has ended (vocabulary.md: words changed on 29/11/2010).

    `stood`: a day on which the citing text was in force. Only with it is a section without an Act taken as one of the
    Act that ended later, and only if the record says which section covers the same matter.

    >>> [successor_of(Provision("Immigration Act 1987", "s", number)).printed for number in ("35A", "7")]
    ['Immigration Act 2009 s 61', 'Immigration Act 2009']
    >>> successor_of(Provision("", "s", "35A"), date(2008, 1, 1)).assumed, successor_of(Provision("", "s", "35A"))
    ('Immigration Act 1987', None)
    """
    ended = _ended_law(provision, stood, publisher)
    law = law_named(ended.successor, publisher) if ended else None
    if ended is None or ended.until is None or law is None:
        return None
    number = dict(ended.moved).get(provision.number) if provision.word == "s" else None
    if not provision.act and number is None:
        return None
    there = Provision(law.name, provision.word, number) if number else None
    return Successor(ended.until, law, there, "" if provision.act else ended.name)


def _ended_law(provision: Provision, stood: date | None, publisher: Publisher) -> Law | None:
    if provision.act:
        return law_named(provision.act, publisher)
    then = [
        law for law in publisher.laws if stood and law.until is not None and law.since <= stood < law.until
    ]
    return then[0] if len(then) == 1 else None


def with_laws(refs: Iterable[Ref], publisher: Publisher = INZ) -> Iterator[Ref]:
    """The references of one page in order, with Acts added: a section without an Act belongs to the one that the page
    named before, if it named only one."""
    named: set[str] = set()
    for ref in refs:
        if ref.state != "law":
            yield ref
            continue
        provisions = provisions_of(ref.target, publisher)
        act = provisions[0].act if provisions else ""
        if act:
            named.add(act)
            raw = _TARGET.fullmatch(ref.target)
            yield replace(ref, target=ref.target.replace(raw["act"], act, 1)) if raw else ref
        elif len(named) == 1:
            yield replace(ref, target=f"{next(iter(named))} {ref.target}")
        else:
            yield ref


_LAW_TYPED = re.compile(r"\b(?:Act|Regulations)\s(?:19|20)[0-9]{2}\b", re.IGNORECASE)


# The key of a provision's work.
# yes: `law:immigration-act-2009/s28` `law:immigration-regulations-2010/r5a`
# no: `law:immigration-act/s28` `immigration-act-2009/s28`
_KEY = re.compile(
    r"law:(?P<act>[a-z0-9]+(?:-[a-z0-9]+)*-[12][0-9]{3})/(?P<word>[sr])(?P<number>[0-9]{1,4}[a-z]{0,3})"
)


def provision_in(typed: str, publisher: Publisher = INZ) -> Provision | None:
    """The single provision that `typed` is as a whole; None for anything else.

    >>> provision_in("section 28 of the Immigration Act 2009").printed, provision_in("A16.1")
    ('Immigration Act 2009 s 28', None)
    >>> provision_in("law:immigration-act-2009/s28a").printed  # as answers name it
    'Immigration Act 2009 s 28A'
    """
    if key := _KEY.fullmatch(typed.strip()):
        return Provision(key["act"].replace("-", " ").title(), key["word"], key["number"].upper())
    if not _LAW_TYPED.search(typed):
        return None
    from manual.citation.references import find_refs  # costs as much as a page, and hardly anybody types law

    words = " ".join(typed.split())
    refs = find_refs(words, here="", code=Code(""), publisher=publisher)
    if len(refs) != 1 or refs[0].state != "law" or refs[0].end - refs[0].start < len(words):
        return None
    found = provisions_of(refs[0].target, publisher)
    return found[0] if len(found) == 1 and found[0].key is not None else None
