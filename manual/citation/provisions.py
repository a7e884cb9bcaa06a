"""Provisions of law that a text cites: one form for them, and the key of the work that holds each.

"Immigration Act 2009 ss 22, 23 and 25"  ->  three provisions
"ss 154-162, 172"                        ->  every section of the range, where its ends are plain numbers
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from manual.model import Code, Ref, Work
from manual.publisher import INZ, Law, Publisher

if TYPE_CHECKING:
    from manual.citation.law import ActNamed

MOST_IN_RANGE = 80
"""Sections of one range that are named one by one; of a longer one only the ends."""
_ALIKE = 0.9
"""How like the name of a law a misspelt one must be."""

# A target as `find_refs` writes it.
# yes: `Immigration Act 2009 s 49(1)(b)` `s 61` `ss 154-162, 172` `Immigration Act 2009 ss 22, 23 and 25`
# no: `WA3.15` `INZ 1025`
_TARGET = re.compile(r"(?:(?P<act>\S.*?)\s)?(?P<word>ss?|rr?)\s(?P<places>(?:[A-Z]{1,2}\s)?[1-9].*)")
_PLACE = re.compile(
    r"(?P<range>\s(?:to|through|until)\s|\s?[-–—]\s?)?(?P<number>(?:[A-Z]{1,2}\s)?[1-9][0-9]{0,2}[A-Z]{0,3})?(?P<labels>(?:\([0-9A-Za-z]{1,5}\))*)"
)


class Provision(NamedTuple):
    """One section or regulation, or a place in it."""

    act: str
    """Name with its year; empty where none is named."""
    word: str
    """`s` for a section, `r` for a regulation."""
    number: str
    """`28`, `28A`; `CE 1` in Acts that number by letters too."""
    labels: str = ""
    """`(1)(b)`; empty for the whole."""

    @property
    def key(self) -> Code | None:
        """The key of its work, `law:immigration-act-2009/s28`; None where no law with its year is named."""
        if not re.search(r"\b[12][0-9]{3}$", self.act):
            return None
        return law_key(self.act, f"{self.word}{self.number.replace(' ', '-')}")

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
            found = before._replace(labels=above + labels)
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


class Successor(NamedTuple):
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


def with_laws(
    texts: Iterable[tuple[str, Sequence[Ref]]], publisher: Publisher = INZ, own: str = ""
) -> Iterator[tuple[Ref, ...]]:
    """The references of each text of one page, in order. A section without an Act is of the one that is named straight
    before it or that "that Act" means, else of the only one that the page named before it, with or without a section.

    `own`: the Act that the page is a section of, which a section without an Act is of. Where several Acts are named,
    none is taken.
    """
    from manual.citation.law import acts_named  # only readers of pages need its expressions

    named: dict[str, ActNamed] = {}
    for text, refs in texts:
        coming = [replace(act, name=named_law(act.name, publisher)) for act in acts_named(text)]
        made, at = [], 0
        for ref in refs:
            while at < len(coming) and coming[at].start < ref.start:
                _add(named, coming[at])
                at += 1
            last = coming[at - 1] if at else None
            made.append(_of_act(text, ref, named, last, publisher, own) if ref.state == "law" else ref)
        for act in coming[at:]:
            _add(named, act)
        yield tuple(made)


def _add(named: dict[str, ActNamed], act: ActNamed) -> None:
    """The one that was named last stands last. Named again without its year it is the same."""
    name = act.name
    if not act.year:
        name = next((one.name for one in reversed(named.values()) if one.without_year == name), name)
    named[name] = named.pop(name, replace(act, name=name))


# yes: ` of that Act` ` of the same Act` ` of the 2009 Act` ` of the Act`
_WHICH = re.compile(
    r"\s(?:of|in|under)\s(?P<which>that|the\ssame|the\ssaid|the\s(?P<year>(?:19|20)[0-9]{2}))\s(?:Act|Regulations)\b"
)
# Between the name of an Act and a section of it.
# yes: ` (` ` at ` `: `
_STRAIGHT = re.compile(r"[,:]?\s\(?(?:at\s)?|\sat\s")


def _of_act(
    text: str, ref: Ref, named: Mapping[str, ActNamed], last: ActNamed | None, publisher: Publisher, own: str
) -> Ref:
    raw = _TARGET.fullmatch(ref.target)
    if raw is None:
        return ref
    if raw["act"]:
        return ref._replace(target=ref.target.replace(raw["act"], named_law(raw["act"], publisher), 1))
    kind = "Regulations" if raw["word"].startswith("r") else "Act"
    may_be = [name for name, act in named.items() if kind in act.without_year]
    which = _WHICH.match(text, ref.end)
    if which and which["year"]:
        may_be = [name for name in may_be if name.endswith(which["year"])]
    elif own and kind == "Act" and not which:
        may_be = [own]
    elif which or (last and _STRAIGHT.fullmatch(text, last.end, ref.start)):
        may_be = may_be[-1:]
    if len(may_be) != 1 or (may_be[0] in named and named[may_be[0]].foreign):
        return ref
    return ref._replace(target=f"{may_be[0]} {ref.target}")


_LAW_TYPED = re.compile(r"\b(?:Act|Regulations)\s(?:19|20)[0-9]{2}\b", re.IGNORECASE)


# The key of a provision's work.
# yes: `law:immigration-act-2009/s28` `law:immigration-regulations-2010/r5a`
# no: `law:immigration-act/s28` `immigration-act-2009/s28`
_KEY = re.compile(
    r"law:(?P<act>[a-z0-9]+(?:-[a-z0-9]+)*-[12][0-9]{3})/(?P<word>[sr])(?P<number>(?:[a-z]{1,2}-)?[0-9]{1,4}[a-z]{0,3})"
)


def provision_in(typed: str, publisher: Publisher = INZ) -> Provision | None:
    """The single provision that `typed` is as a whole; None for anything else.

    >>> provision_in("section 28 of the Immigration Act 2009").printed, provision_in("A16.1")
    ('Immigration Act 2009 s 28', None)
    >>> provision_in("law:immigration-act-2009/s28a").printed  # as answers name it
    'Immigration Act 2009 s 28A'
    """
    if key := _KEY.fullmatch(typed.strip()):
        return Provision(
            key["act"].replace("-", " ").title(), key["word"], key["number"].upper().replace("-", " ")
        )
    if not _LAW_TYPED.search(typed):
        return None
    from manual.citation.references import find_refs  # costs as much as a page, and hardly anybody types law

    words = " ".join(typed.split())
    refs = find_refs(words, here="", code=Code(""), publisher=publisher)
    if len(refs) != 1 or refs[0].state != "law" or refs[0].end - refs[0].start < len(words):
        return None
    found = provisions_of(refs[0].target, publisher)
    return found[0] if len(found) == 1 and found[0].key is not None else None
