"""Wording for people: one place for every phrase that states an answer, a bound or how it is known.

A period is half-open, and readers do not think so; therefore every sentence that names the first day without
force also names the last day with it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from manual.dates import in_words
from manual.model import Answer, AnswerWord, Basis, Version
from manual.store.sights import is_specimen

if TYPE_CHECKING:
    from manual.queries.results import ContentsEntry

ANSWER_LABEL: dict[AnswerWord, str] = {
    "in_force": "In force",
    "ended": "Ended",
    "before_record": "Before the record",
    "not_yet": "Not yet in force",
    "disputed": "Disputed",
    "undated": "Undated",
    "unknown_code": "Unknown code",
}

ANSWER_MEANING: dict[AnswerWord, str] = {
    "in_force": "One version had force on that day.",
    "ended": "The last version had been revoked or had ceased by that day, and none had taken its place.",
    "before_record": "The earliest version known starts later. Nothing says that it was the first.",
    "not_yet": "The first version is stated to start later.",
    "disputed": "The pages read allow more than one answer, and nothing read so far decides between them.",
    "undated": "The code is known, but no date is, so nothing can be said about that day.",
    "unknown_code": "No page that was read gives this code to anything.",
}

BASIS_MEANING: dict[Basis, str] = {
    "text": "the words of the instruction itself state it",
    "foot": "the foot of the page states it",
    "circular": "an amendment circular states it",
    "suffix": "the date in brackets after the title",
    "listed": "another page lists this version with that date",
    "successor": "the next version starts on the day after",
    "note": "a note on the page states it",
    "revocation": "a later instrument revokes it",
    "edition": "the whole edition ceased on that day",
    "dispute": "the sources do not agree",
}

_GROUPS = frozenset({"top", "heading"})


def entry_label(entry: ContentsEntry) -> str:
    """What the contents say beside an entry that is not plainly in force; else empty. That a heading stood there
    already is nothing to doubt before a reader's eyes."""
    if not entry.status or entry.status == "in_force":
        return ""
    if entry.status == "undated" and entry.code is None and entry.kind in _GROUPS:
        return ""
    return ANSWER_LABEL[entry.status]


_END_WORDS: dict[Basis, str] = {
    "successor": "when it was replaced",
    "revocation": "when it was revoked",
    "note": "when it ceased to have effect",
    "text": "when it ceased to have effect",
    "suffix": "when it ended",
    "edition": "when the whole edition ceased",
    "listed": "when it ended",
    "foot": "when it ended",
    "circular": "when it ended",
}

NOT_HELD = "The text of this version is not held in this copy."
SPECIMEN_SAID = "Specimen: invented to show how this works. It is nobody’s law."
TEXTS_DISPUTED = (
    "The text of this version is in dispute: several texts were archived with this first day, and nothing says which "
    "of them stood, or until when. None of them is to be quoted as the text."
)
NEVER_SEEN = "No capture of a known day shows it; nothing later was read."
SETTLE = "What would settle it"
DAMAGED = "Words were lost from the text of this version when it was saved, so it is not shown."


def day_before(day: date) -> date:
    """The last day in force of a period whose first day without force is `day`."""
    return day - timedelta(days=1)


def validity_sentence(version: Version, today: date) -> str:
    """The validity of one version as a sentence, with the first day without force and the last day with it.

    >>> from manual.model import Code, Validity, VersionId
    >>> v = Version(id=VersionId("v"), code=Code("A1"), title="T", basis_from="foot", basis_until="successor",
    ...             validity=Validity(date(2024, 8, 1), date(2024, 10, 7)))
    >>> validity_sentence(v, date(2025, 1, 1))
    'In force from 1 August 2024 until 7 October 2024, when it was replaced. Last day in force: 6 October 2024.'
    """
    return f"{_from_words(version, today)}{_until_words(version, today)}."


def _from_words(version: Version, today: date) -> str:
    first = version.validity.effective_from
    if first is None:
        return "In force; its first day is not known"
    if version.basis_from == "dispute":
        return f"Stated to be in force from {in_words(first)}, which other sources dispute"
    if first > today:
        return f"To come into force on {in_words(first)}"
    return f"In force from {in_words(first)}"


def _until_words(version: Version, today: date) -> str:
    until = version.validity.effective_until
    if until is None:
        return "; its end is disputed" if version.basis_until == "dispute" else "; no end is known"
    if version.basis_until == "dispute":
        return f" until {in_words(until)} at the latest; the pages do not settle the day"
    reason = _END_WORDS.get(version.basis_until or "listed", "when it ended")
    if until > today:
        reason = reason.replace("was replaced", "is replaced").replace("was revoked", "is revoked")
        reason = reason.replace("ended", "ends").replace("ceased", "ceases")
    return f" until {in_words(until)}, {reason}. Last day in force: {in_words(day_before(until))}"


def short_validity(version: Version) -> str:
    """`1 August 2024 to 6 October 2024`: both days included, for lists and tables."""
    first, until = version.validity.effective_from, version.validity.effective_until
    begin = in_words(first) if first else "first day not known"
    if until is None:
        return f"from {begin}" if first else begin
    latest = " at the latest" if version.basis_until == "dispute" else ""
    return f"{begin} to {in_words(day_before(until))}{latest}"


def answer_sentence(answer: Answer, today: date) -> str:
    """What the answer is, in one or two sentences that can stand alone."""
    return _SENTENCES[answer.answer](answer, today)


def last_seen_sentence(answer: Answer) -> str:
    """How far the answer is vouched for, where the day asked lies beyond that; that no known day vouches for it; or
    nothing."""
    if answer.as_last_seen is None:
        return "" if answer.as_last_seen_exact else NEVER_SEEN
    return f"As last seen {seen_on(answer.as_last_seen, exact=answer.as_last_seen_exact)}; nothing later was read."


def seen_on(day: date, *, exact: bool) -> str:
    """`on 11 August 2026`, or that the day is not known."""
    return f"on {in_words(day)}" if exact else f"on a day that is not recorded, {in_words(day)} at the latest"


def _in_force(answer: Answer, today: date) -> str:
    if answer.version is None:  # an answer in_force always has its version; say nothing false if it had not
        return ANSWER_MEANING["in_force"]
    return validity_sentence(answer.version, today)


def _ended(answer: Answer, today: date) -> str:
    version = answer.version
    tense = "was" if answer.on <= today else "is"
    begin = f"Nothing under {answer.code} {tense} in force on {in_words(answer.on)}"
    if version is None or version.validity.effective_until is None:
        return f"{begin}. Its last version had ended by then."
    until = version.validity.effective_until
    reason = _END_WORDS.get(version.basis_until or "listed", "when it ended").removeprefix("when it ")
    if reason.startswith("when "):  # the whole edition ceased, and the version with it
        reason = f"ended {reason}"
    return f"{begin}. Its last version {reason} on {in_words(until)}; {in_words(day_before(until))} was its last day."


def _before_record(answer: Answer, today: date) -> str:
    nxt = answer.next
    known = (
        f" The earliest version known starts on {in_words(nxt.validity.effective_from)}"
        if (nxt and nxt.validity.effective_from)
        else " The earliest version known starts later"
    )
    return (
        f"The record of {answer.code} does not reach back to {in_words(answer.on)}.{known}; "
        "nothing says that it was the first."
    )


def _not_yet(answer: Answer, today: date) -> str:
    tense = "was" if answer.on <= today else "is"
    nxt = answer.next
    when = (
        f" It is stated to start on {in_words(nxt.validity.effective_from)}."
        if (nxt and nxt.validity.effective_from)
        else ""
    )
    return f"{answer.code} {tense} not yet in force on {in_words(answer.on)}.{when}"


def _disputed(answer: Answer, today: date) -> str:
    number = len(answer.candidates)
    return (
        f"The pages read so far do not settle what was in force under {answer.code} on {in_words(answer.on)}: "
        f"{number} {'version' if number == 1 else 'versions'} may have been."
    )


def _undated(answer: Answer, today: date) -> str:
    return f"{answer.code} is known, but nothing read so far says whether it was in force on {in_words(answer.on)}."


def _unknown(answer: Answer, today: date) -> str:
    return f"No page that was read gives the code {answer.code} to anything."


_SENTENCES = {
    "in_force": _in_force,
    "ended": _ended,
    "before_record": _before_record,
    "not_yet": _not_yet,
    "disputed": _disputed,
    "undated": _undated,
    "unknown_code": _unknown,
}


def citation(pinpoint: str, on: date) -> str:
    """What an adviser pastes into a submission: `A16.1(d)(ii), as in force on 15 August 2024`."""
    return f"{pinpoint}, as in force on {in_words(on)}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 version`, `3 versions`, `1,250 versions`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def is_invented(version: Version) -> bool:
    """Whether a version belongs to the specimen manual, which was written for this project."""
    return is_specimen(version.address)
