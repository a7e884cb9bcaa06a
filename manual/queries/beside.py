"""What stands beside the manual: law, circulars and notices, and how they and the instructions meet on a day."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from typing import Literal, NamedTuple

from manual import citation
from manual.citation.provisions import Provision, Successor, law_named, provisions_of, successor_of
from manual.model import Answer, CircularWord, Code, Statement, Version, Work, contents_kind
from manual.queries.state import State
from manual.queries.texts import newest_title, text_of

Scheme = Literal["law", "account", "circular", "notice"]


class BesideWork(NamedTuple):
    """One work beside the manual."""

    key: Code
    scheme: Scheme
    title: str


class LawCited(NamedTuple):
    """A provision that a text rests on, with the places in the text that cite it."""

    provision: Provision
    held: Code | None
    """The key of its work, where its text is held."""
    address: str
    """Where the latest version of its law stands; empty where that is not known."""
    pinpoints: tuple[str, ...]
    successor: Successor | None = None
    """What took its place, where its Act has ended."""
    successor_held: Code | None = None


class ChangeAnnounced(NamedTuple):
    """What a circular says of one code. `day`: the first day with the change, or without the instruction."""

    circular: Code
    code: Code
    title: str
    happens: CircularWord
    """As the circular says."""
    ends: bool
    day: date | None
    list_named: str = ""
    """The list in the appendix `code` that the circular names."""
    whole_part: bool = False
    """The circular names the part or chapter above, and not this instruction."""
    confirmed: bool = False
    """Of such a one: a version of this instruction begins, or ends, on that day, as its own evidence says."""

    @property
    def whole(self) -> str:
        """`part` or `chapter` where the circular names one as a whole; else empty."""
        kind = contents_kind(self.code)
        return kind if kind in ("part", "chapter") else ""


class BesideAnswer(NamedTuple):
    """What stands beside one instruction on a day."""

    laws: tuple[LawCited, ...]
    circulars: tuple[ChangeAnnounced, ...]
    """Of the code itself, then of what it stands under; by day."""
    notices: tuple[BesideWork, ...]
    """Those that name the code, none written after the day."""


def works(state: State, scheme: Scheme | None = None) -> tuple[BesideWork, ...]:
    """Every work beside the manual, by key; of one scheme, or of all."""
    every = state.kept("works", lambda: [_work(key, title) for key, title in state.reader.works_beside()])
    return tuple(work for work in every if scheme in (None, work.scheme))


def _work(key: Code, title: str) -> BesideWork:
    return BesideWork(key=key, scheme=Work.of(key).scheme, title=title)  # type: ignore[arg-type]  # one that a reader made


def around(state: State, answer: Answer) -> BesideAnswer:
    """The law that the version of an answer cites, the circulars that change its code, the notices that name it."""
    return BesideAnswer(
        laws=laws_of(state, answer),
        circulars=_circulars(state, answer.code),
        notices=_notices(state, answer.code, answer.on),
    )


def laws_of(state: State, answer: Answer) -> tuple[LawCited, ...]:
    """Each provision once, in the order of the text; none where the text is not held."""
    version = answer.version
    text = text_of(state, version) if version is not None else None
    places: dict[Provision, dict[str, None]] = {}
    for block in (b for top in text.blocks for b in top.walk()) if text else ():
        for ref in block.refs:
            if ref.state == "law":
                for provision in provisions_of(ref.target, state.publisher):
                    places.setdefault(provision, {})[block.pinpoint] = None
    held = frozenset(work.key for work in works(state))
    stood = (version.validity.effective_from if version is not None else None) or answer.on
    return tuple(_cited(state, provision, tuple(found), held, stood) for provision, found in places.items())


def _cited(
    state: State, provision: Provision, pinpoints: tuple[str, ...], held: Set[Code], stood: date | None
) -> LawCited:
    key = provision.key
    successor = successor_of(provision, stood, state.publisher)
    new_key = successor.provision.key if successor and successor.provision else None
    law = law_named(provision.act, state.publisher)
    return LawCited(
        provision=provision,
        held=key if key in held else None,
        address=law.address if law else "",
        pinpoints=pinpoints,
        successor=successor,
        successor_held=new_key if new_key in held else None,
    )


# ---------------------------------------------------------------- circulars


def _circulars(state: State, code: Code) -> tuple[ChangeAnnounced, ...]:
    """Of the parts above only those by circulars that do not name the code itself."""
    found = _of_code(state, code, whole_part=False)
    naming = {change.circular for change in found}
    above = citation.parent_of(code)
    while above is not None:
        state.noticed(above)
        found += [
            change._replace(confirmed=_changed_then(state, code, change))
            for change in _of_code(state, above, whole_part=True)
            if change.circular not in naming
        ]
        above = citation.parent_of(above)
    return tuple(
        sorted(found, key=lambda change: (change.whole_part, change.day or date.max, change.circular))
    )


def _changed_then(state: State, code: Code, change: ChangeAnnounced) -> bool:
    """Whether evidence of the code's own, and no circular, says so."""
    timeline = state.timeline(code)
    if timeline is None or change.day is None:
        return False
    versions = timeline.history.versions
    if change.ends:
        by_page = [v for v in versions if v.basis_until not in ("circular", "successor")]
        return any(version.validity.effective_until == change.day for version in by_page)
    by_page = [v for v in versions if v.basis_from != "circular"]
    return any(version.validity.effective_from == change.day for version in by_page)


def behind(state: State, version: Version) -> tuple[ChangeAnnounced, ...]:
    """The changes of this code by circulars which a bound of a version rests on or agrees with, by day."""
    starts = {claim.day for claim in version.starts if claim.basis == "circular"}
    ends = {claim.day for claim in version.ends if claim.basis == "circular"}
    own = _of_code(state, version.code, whole_part=False)
    return tuple(change for change in own if change.day in (ends if change.ends else starts))


def _of_code(state: State, code: Code, *, whole_part: bool) -> list[ChangeAnnounced]:
    said = state.reader.said_by_circulars(code)
    return [change for circular, each in said for change in _changes(circular, each, whole_part)]


def announced_in(state: State, circular: Code) -> tuple[ChangeAnnounced, ...]:
    """Every change that a circular states, in its order."""
    return tuple(_changes(circular, state.reader.said_in_circular(circular), False))


def _changes(
    circular: Code, said: tuple[Statement, ...] | list[Statement], whole_part: bool
) -> list[ChangeAnnounced]:
    return [
        ChangeAnnounced(
            circular=circular,
            code=st.code,
            title=st.title,
            happens=st.happens,
            ends=any(end.kind == "end" for end in st.ends),
            list_named=st.list_named,
            day=st.starts[0].day if st.starts else st.ends[0].day,
            whole_part=whole_part,
        )
        for st in said
        if st.kind == "claim" and (st.starts or any(end.kind != "unclear" for end in st.ends))
    ]


# ---------------------------------------------------------------- notices


def _notices(state: State, code: Code, on: date) -> tuple[BesideWork, ...]:
    """A notice without a day is shown on every day, and says that it has none."""
    named = dict.fromkeys(
        beside
        for beside, at in state.reader.mentioned_in(citation.section_of(code))
        if at in (code, citation.section_of(code))
    )
    found = []
    for key in named:
        answer = state.answer(key, on)
        if Work.of(key).scheme == "notice" and answer.answer not in ("before_record", "not_yet"):
            found.append(_work(key, newest_title(state, key)))
    return tuple(found)
