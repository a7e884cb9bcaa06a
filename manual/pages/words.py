"""Wording for people: every phrase that states an answer, a bound or how it is known is made here.

Periods are half-open, which readers do not expect. So every sentence that names the first day without force also names
the last day in force.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from manual.citation.provisions import provision_in
from manual.dates import in_words
from manual.model import Answer, AnswerWord, Basis, Code, Version
from manual.store.sights import is_specimen

if TYPE_CHECKING:
    from manual.citation.provisions import Successor
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
    "undated": "The code is known, but no page that was read says whether it was in force on that day.",
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
    """The remark in the contents on an entry that is not clearly in force; else empty. Undated tops and headings
    without a code get none."""
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

AS_KEEPER_SAYS = ", as the keeper of this copy says"
"""Behind a day of capture that no file states."""
NOT_YET = "not yet in force"
UNTITLED = "without a title"
NOT_HELD = "The text of this version is not held in this copy."
SPECIMEN_SAID = "Specimen. It was invented to show how this works, and is nobody’s law."
TEXTS_DISPUTED = (
    "The text of this version is in dispute: several texts were archived with this first day, and nothing says which "
    "of them stood, or until when. None of them is to be quoted as the text."
)
NEVER_SEEN = "No page saved on a known day shows for certain that {it}; nothing later was read."
"""What is said where an answer rests on pages of unknown day alone (a line of a dated contents proves no version)."""
SETTLE = "What would settle it"
DAMAGED = "Words were lost from the text of this version when it was saved, so it is not shown."


def day_before(day: date) -> date:
    """The last day in force of a period whose first day without force is `day`."""
    return day - timedelta(days=1)


def run_words(first: date | None, until: date | None) -> str:
    """The days from `first` (None: no known beginning) to `until` (excluded; None: no end): `1 August 2024 to 6 October
    2024`, both included."""
    if until is None:
        return f"from {in_words(first)}" if first else "on every day"
    last = day_before(until)
    if first is None:
        return f"up to {in_words(last)}"
    return in_words(last) if first == last else f"{in_words(first)} to {in_words(last)}"


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
    """`1 August 2024 to 6 October 2024`: both days included, for lists and tables.

    Without a certain first day, whatever else distinguishes the version: WF2.5 has two such versions.
    """
    first, until = version.validity.effective_from, version.validity.effective_until
    if first is None:
        begin = _without_first_day(version)
        return (
            begin
            if until is None
            else f"{begin}; last day {in_words(day_before(until))}{_at_latest(version)}"
        )
    if until is None:
        return f"from {in_words(first)}"
    return f"{in_words(first)} to {in_words(day_before(until))}{_at_latest(version)}"


def _at_latest(version: Version) -> str:
    return " at the latest" if version.basis_until == "dispute" else ""


def _without_first_day(version: Version) -> str:
    if version.starts:
        return stated_starts(version)
    seen = f", first seen on {in_words(version.first_seen)}" if version.first_seen else ""
    return f"first day not known{seen}"


def stated_starts(version: Version) -> str:
    """`stated to start on 26 November 2010 or 1 March 2011`: every first day that a page states for a version."""
    days = " or ".join(dict.fromkeys(in_words(claim.day) for claim in version.starts))
    return f"stated to start on {days}" if days else "no start stated"


def stated_dates(version: Version) -> str:
    """What is stated about a version with disputed bounds: its first days, and its ends as printed."""
    ends = " or ".join(
        dict.fromkeys(claim.raw or (in_words(claim.day) if claim.day else "no day") for claim in version.ends)
    )
    return f"{stated_starts(version)}, its end stated as {ends}" if ends else stated_starts(version)


def answer_sentence(answer: Answer, today: date) -> str:
    """The answer in one or two complete sentences."""
    return _SENTENCES[answer.answer](answer, today)


def last_seen_sentence(answer: Answer) -> str:
    """The last day for which a capture confirms the answer, if the day asked is later; or that no known day confirms
    it; or nothing."""
    if answer.as_last_seen is None:
        it = "it had ended" if answer.answer == "ended" else "it was in force"
        return "" if answer.as_last_seen_exact else NEVER_SEEN.format(it=it)
    return f"As last seen {seen_on(answer.as_last_seen, exact=answer.as_last_seen_exact)}; nothing later was read."


def seen_on(day: date, *, exact: bool) -> str:
    """`on 11 August 2026`, or that the day is not known."""
    return f"on {in_words(day)}" if exact else f"on a day that is not recorded, {in_words(day)} at the latest"


def gap_sentence(answer: Answer) -> str:
    """That another version may have been in force on the day, if the answer says so (`gap_vouched`); else nothing."""
    version = answer.version
    if answer.answer != "in_force" or version is None or version.gap_vouched:
        return ""
    if answer.next is None:
        return "No list that was read shows it as the newest version: a later one may have begun by this day."
    return "Another version may lie between this one and the next known: no list shows the two side by side."


def further_reasons(answer: Answer, said: str) -> tuple[str, ...]:
    """The reasons that the sentence `said` does not give."""
    return tuple(reason for reason in answer.reasons if reason not in said)


def _in_force(answer: Answer, today: date) -> str:
    if answer.version is None:  # an answer in_force always has its version; if it had none, say nothing false
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
    if reason.startswith("when "):  # the whole edition ended, and the version with it
        reason = f"ended {reason}"
    return f"{begin}. Its last version {reason} on {in_words(until)}; {in_words(day_before(until))} was its last day."


def _before_record(answer: Answer, today: date) -> str:
    begin = f"The record of {answer.code} does not reach back to {in_words(answer.on)}."
    if answer.reasons:  # they name the earliest day that any page states, which may be a disputed one (WF2.5)
        return f"{begin} {answer.reasons[0]}"
    return f"{begin} The earliest version known starts later; nothing says that it was the first."


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


def citation(answer: Answer, pinpoint: str = "") -> str:
    """What an adviser pastes into a submission: `A16.1(d)(ii), as in force on 15 August 2024`.

    Only an instruction in force is cited this way; any other answer is cited as what it is. Without `pinpoint`: the
    whole instruction.
    """
    place = pinpoint or named_in_words(answer.code)
    known = f", as could be known on {in_words(answer.known)}" if answer.known else ""
    if answer.answer != "in_force":
        return (
            f"{place} on {in_words(answer.on)}: {_CITED[answer.answer](answer)}{_seen_until(answer)}{known}"
        )
    disputed = ", its text in dispute" if answer.version and answer.version.other_texts else ""
    return f"{place}, as in force on {in_words(answer.on)}{_seen_until(answer)}{known}{disputed}"


def named_in_words(code: Code) -> str:
    """A code as people write it; a provision by its law: `Immigration Act 2009 s 28`, never by its key."""
    provision = provision_in(code) if ":" in code else None
    return provision.printed if provision is not None else code


def _seen_until(answer: Answer) -> str:
    if answer.as_last_seen is None:
        return "" if answer.as_last_seen_exact else ", not seen on any known day"
    return f", as last seen {seen_on(answer.as_last_seen, exact=answer.as_last_seen_exact)}"


def _last_day(answer: Answer) -> str:
    """The last day in force of the version that ended; empty if unknown or uncertain."""
    until = answer.version.validity.effective_until if answer.version else None
    if until is None or (answer.version and answer.version.basis_until == "dispute"):
        return ""
    return in_words(day_before(until))


def _cited_not_yet(answer: Answer) -> str:
    first = answer.next.validity.effective_from if answer.next else None
    return f"not yet in force{f', stated to start on {in_words(first)}' if first else ''}"


_CITED: dict[AnswerWord, Callable[[Answer], str]] = {
    "ended": lambda answer: f"ended{f', last day in force {day}' if (day := _last_day(answer)) else ''}",
    "before_record": lambda answer: (
        f"before the record of this {'provision' if ':' in answer.code else 'instruction'}"
    ),
    "not_yet": _cited_not_yet,
    "disputed": lambda answer: "in dispute, no version settled",
    "undated": lambda answer: "not known whether in force",
    "unknown_code": lambda answer: "no such code known",
}


def title_words(answer: Answer) -> str:
    """The answer for the title of a tab or a print: `ended 27 August 2017`, `in force on 15 August 2024`."""
    on = in_words(answer.on)
    if answer.answer == "ended":
        return f"ended {_last_day(answer)}" if _last_day(answer) else f"ended by {on}"
    words: dict[AnswerWord, str] = {
        "in_force": f"in force on {on}{_seen_until(answer)}",
        "before_record": f"before the record on {on}",
        "not_yet": f"not yet in force on {on}",
        "disputed": f"in dispute on {on}",
        "undated": f"not known whether in force on {on}",
        "unknown_code": "not known here",
    }
    return words[answer.answer]


def starts_after(version: Version, today: date) -> bool:
    """Whether a version is announced and not yet in force."""
    first = version.validity.effective_from
    return first is not None and first > today


def counted(number: int, one: str, many: str = "") -> str:
    """`1 version`, `3 versions`, `1,250 versions`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def is_invented(version: Version) -> bool:
    """Whether a version belongs to the specimen manual, which was written for this project."""
    return is_specimen(version.address)


def no_instruction(key: Code) -> str:
    """Why a work beside the manual cannot be among the instructions of a case."""
    scheme = key.partition(":")[0]
    named = (
        f"{named_in_words(key)} is law" if scheme == "law" else f"{key} is of the {SCHEME_NAMES[scheme][1]}"
    )
    return f"{named} and not an instruction. A case is made of instructions alone."


SCHEME_NAMES = {
    "law": ("provision of law", "provisions of law"),
    "account": ("plain-language account", "plain-language accounts"),
    "circular": ("amendment circular", "amendment circulars"),
    "notice": ("notice", "notices"),
}
"""What one and several works of a scheme are called."""


def successor_words(successor: Successor) -> str:
    """The words before the law that replaced a provision."""
    meant = f"if the {successor.assumed} is meant, " if successor.assumed else ""
    which = "" if successor.provision else "; which section has its matter is not recorded"
    return f"{meant}since {in_words(successor.since)} its place is taken by {successor.printed}{which}"


def circular_named(key: str) -> str:
    """`Circular 2014/03` for its key."""
    return f"Circular {key.partition(':')[2].replace('-', '/')}"
