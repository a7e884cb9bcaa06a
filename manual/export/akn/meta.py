"""What is known about one version, as the `meta` of its Akoma Ntoso document.

    FRBRWork            the instruction, whatever its text          /akn/nz/doc/operational-manual/…/A16.1
    FRBRExpression      this version                                …/A16.1/eng@2024-08-01
    FRBRManifestation   this file                                   …/A16.1/eng@2024-08-01.xml
    lifecycle           first day with force, first day without
    proprietary         how each bound is known, the captures, the answers of all days

No day is made up. If the standard requires a date and no first day is known, it is the day of a capture, named so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from manual.dates import local_day
from manual.export.akn.names import akn, ours, sayable
from manual.model import Capture, History, Version
from manual.pages.frame import DISCLAIMER, NAME
from manual.pages.links import code_segment
from manual.pages.words import SPECIMEN_SAID, is_invented
from manual.publisher import Publisher
from manual.queries import KnowledgeBase

LANGUAGES = {"en": "eng", "mi": "mri"}
"""ISO 639-2 for the first part of a publisher's language; any other stands as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A version with everything that its document says besides its words."""

    version: Version
    history: History
    """Of its code: its spans tell the answers of all days."""
    captures: tuple[Capture, ...]
    """At least one: every statement comes of a capture."""
    source: str
    """Address of the source page; empty where there is none."""
    structure: str
    """Of the text; empty where none is held."""
    publisher: Publisher

    @property
    def work(self) -> str:
        return work_of(self.version.code, self.publisher, invented=self.invented)

    @property
    def invented(self) -> bool:
        """Whether it is the specimen, of which the publisher is not the author."""
        return is_invented(self.version)

    @property
    def author(self) -> str:
        return "#inforce" if self.invented else "#publisher"

    @property
    def expression(self) -> str:
        """The address of the expression: with the first day of the version, or marked as undated."""
        return f"{self.work}/{_language(self.publisher)}@{self.version.id.partition('@')[2]}"


def described(kb: KnowledgeBase, version: Version, history: History, source: str) -> Described:
    text = kb.text_of(version)
    return Described(
        version=version,
        history=history,
        captures=tuple(kb.capture(sha256) for sha256 in version.captures),
        source=source,
        structure=text.structure if text else "",
        publisher=kb.publisher,
    )


def work_of(code: str, publisher: Publisher, *, invented: bool = False) -> str:
    """The address of an instruction in the standard's naming convention, without the day on which it was first made,
    which is unknown."""
    country = publisher.language.partition("-")[2].lower() or "un"
    manual = publisher.manual.replace(" ", "-")
    return f"/akn/{country}/doc/{manual}/{'specimen' if invented else publisher.name}/{code_segment(code)}"


def _language(publisher: Publisher) -> str:
    first = publisher.language.partition("-")[0]
    return LANGUAGES.get(first, first)


def add_meta(parent: etree._Element, found: Described) -> None:
    meta = etree.SubElement(parent, akn("meta"))
    _identification(meta, found)
    _lifecycle(meta, found)
    _references(meta, found)
    _proprietary(meta, found)
    etree.indent(meta)


# ---------------------------------------------------------------- identification


def _identification(meta: etree._Element, found: Described) -> None:
    parent = _element(meta, "identification", source="#inforce")
    version = found.version
    work = _element(parent, "FRBRWork")
    _named(work, f"{found.work}/!main", found.work, _first_known(found), found.author)
    _element(work, "FRBRcountry", value=found.work.split("/")[2])
    _element(work, "FRBRnumber", value=version.code)
    if version.title:
        _element(work, "FRBRname", value=version.title)
    expression = _element(parent, "FRBRExpression")
    _named(expression, f"{found.expression}/!main", found.expression, _dated(found), found.author)
    _element(expression, "FRBRversionNumber", value=version.id)
    _element(expression, "FRBRauthoritative", value="false")
    _element(expression, "FRBRlanguage", language=_language(found.publisher))
    manifestation = _element(parent, "FRBRManifestation")
    made = f"{found.expression}.xml"
    _named(manifestation, f"{found.expression}/!main.xml", made, ("recorded", _recorded(found)), "#inforce")
    _element(manifestation, "FRBRformat", value="application/akn+xml")


def _named(parent: etree._Element, this: str, uri: str, dated: tuple[str, date], author: str) -> None:
    name, day = dated
    _element(parent, "FRBRthis", value=this)
    _element(parent, "FRBRuri", value=uri)
    _element(parent, "FRBRdate", date=day.isoformat(), name=name)
    _element(parent, "FRBRauthor", href=author)


def _dated(found: Described) -> tuple[str, date]:
    """The first day in force; if unknown, the first day of a capture."""
    first = found.version.validity.effective_from
    return ("effective", first) if first is not None else _captured(found)


def _first_known(found: Described) -> tuple[str, date]:
    """For the work: the earliest first day of its known versions, which need not be the first of all."""
    days = [v.validity.effective_from for v in found.history.versions if v.validity.effective_from]
    return ("firstKnown", min(days)) if days else _captured(found)


def _captured(found: Described) -> tuple[str, date]:
    """The date of a capture. If its day is unknown, the day of recording is given under that name."""
    captured = [one.captured_at for one in found.captures if one.captured_at]
    return ("captured", _day(min(captured), found)) if captured else ("recorded", _recorded(found))


def _recorded(found: Described) -> date:
    """The day on which the newest of its captures was recorded."""
    return _day(max(one.recorded_at for one in found.captures), found)


def _day(moment: datetime, found: Described) -> date:
    return local_day(moment, found.publisher)


# ---------------------------------------------------------------- time


def _lifecycle(meta: etree._Element, found: Described) -> None:
    """Events for the known bounds; without any, there is no interval either."""
    validity = found.version.validity
    first, until = validity.effective_from, validity.effective_until
    events = {"start": (first, "generation"), "end": (until, "repeal")}
    known = {name: (day, kind) for name, (day, kind) in events.items() if day is not None}
    if not known:
        return
    lifecycle = _element(meta, "lifecycle", source="#inforce")
    for name, (day, kind) in known.items():
        _element(lifecycle, "eventRef", eId=name, date=day.isoformat(), type=kind, source=found.author)
    group = _element(_element(meta, "temporalData", source="#inforce"), "temporalGroup", eId="period")
    _element(group, "timeInterval", refersTo="#in_force", **{name: f"#{name}" for name in known})


def _references(meta: etree._Element, found: Described) -> None:
    publisher = found.publisher
    parent = _element(meta, "references", source="#inforce")
    country = found.work.split("/")[2]
    _element(
        parent, "TLCOrganization", eId="publisher", showAs=publisher.authority,
        href=f"/akn/ontology/organization/{country}/{publisher.name}",
    )  # fmt: skip
    _element(parent, "TLCOrganization", eId="inforce", href="/akn/ontology/organization/inforce", showAs=NAME)
    _element(parent, "TLCConcept", eId="in_force", href="/akn/ontology/concept/in_force", showAs="In force")


# ---------------------------------------------------------------- what the standard has no place for


def _proprietary(meta: etree._Element, found: Described) -> None:
    parent = _element(meta, "proprietary", source="#inforce")
    version = found.version
    stated = _own(parent, "version", _facts(found))
    for start in version.starts:
        _own(stated, "start", {"day": start.day, "basis": start.basis, "raw": start.raw, "at": start.locator})
    for end in version.ends:
        _own(
            stated, "end",
            {"day": end.day, "basis": end.basis, "raw": end.raw, "at": end.locator, "reading": end.reading,
             "kind": end.kind},
        )  # fmt: skip
    for sha256 in version.captures:
        _own(stated, "capture", {"digest": sha256})
    for sha256 in version.other_texts:
        _own(stated, "otherText", {"digest": sha256})
    answers = _own(parent, "answers", {"code": version.code})
    for span in found.history.spans:
        one = _own(answers, "span", {"first": span.first, "until": span.until, "answer": span.answer})
        for id in span.versions:
            _own(one, "version", {"id": id})
    _own(parent, "notice", {}).text = f"{SPECIMEN_SAID} {DISCLAIMER}" if found.invented else DISCLAIMER


def _facts(found: Described) -> dict[str, object]:
    """Facts as attributes; unknown ones are left out. `effectiveUntil`: the first day without force."""
    version = found.version
    return {
        "id": version.id,
        "code": version.code,
        "title": version.title,
        "effectiveFrom": version.validity.effective_from,
        "effectiveUntil": version.validity.effective_until,
        "basisFrom": version.basis_from,
        "basisUntil": version.basis_until,
        "textHeld": version.text_held,
        "textDamaged": version.text_damaged,
        "textDisputed": bool(version.other_texts),
        "structure": found.structure,
        "gapVouched": version.gap_vouched,
        "firstSeen": version.first_seen,
        "lastSeen": version.last_seen,
        "sourceUrl": found.source,
    }


def _own(parent: etree._Element, name: str, facts: Mapping[str, object]) -> etree._Element:
    made = etree.SubElement(parent, ours(name))
    for key, value in facts.items():
        if value not in (None, ""):
            made.set(key, str(value).lower() if isinstance(value, bool) else sayable(str(value)))
    return made


def _element(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, akn(name))
    for key, value in attributes.items():
        made.set(key, sayable(value))
    return made
