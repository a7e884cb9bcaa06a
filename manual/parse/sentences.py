"""What a sentence says about the beginning or end of an instruction: a small grammar (dates.md rules 4, 9, 24).

A sentence is read as clauses, each

    subject     predicate                   time                     audience
    These …     cease to be effective       from 1 December 2022     for students
    ZC3.1       is revoked                  on 1 December 2022       , except for applications made before that day

A clause bounds a version only if it is about a whole instruction, affirmed, unconditional and for everyone.
`read_sentence` says what each clause is about and how far it is asserted; `notes` turns that into claims and findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from manual.model import Code
from manual.parse import verbs
from manual.parse.subjects import (
    Event,
    Force,
    Subject,
    condition_of,
    ends_in_another,
    following,
    is_dependent,
    is_whole,
    main_clause,
    planned,
    subject_of,
)
from manual.parse.times import NO_DAY, ONE_DAY, TIME, Times, read_times
from manual.parse.word_order import in_plain_order
from manual.publisher import INZ, Publisher, expression


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundClause:
    """One clause about the beginning or end of something."""

    event: Event
    subject: Subject
    force: Force
    times: Times
    revokes: bool = False
    """It has a word of revoking, rather than of ceasing."""
    over: bool = False
    """An end without a day, told as a fact: "have been revoked", "are no longer in force"."""
    words: str = ""


MOST = 20
"""Clauses read in one sentence; no page has more, and a hostile one must not take minutes."""
LONGEST = 3000


OWN = Subject(kind="own", words="these instructions")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a block that have a word of beginning or ending, divided at semicolons too."""
    return (sentence for sentence, _ in with_subjects(text))


def with_subjects(text: str) -> Iterator[tuple[str, Subject | None]]:
    """The same, each with what the sentence before it is about, where that one only tells who gave these
    instructions."""
    before: Subject | None = None
    for sentence in verbs.SENTENCE.split(text):
        if verbs.WORDS.search(sentence.casefold()):
            yield verbs.LABEL.sub("", sentence).strip(" \n\t[]")[:LONGEST], before
        before = OWN if verbs.ARE_GIVEN.match(sentence) else None


def read_sentence(
    sentence: str,
    code: Code,
    *,
    title: str = "",
    before: Subject | None = None,
    publisher: Publisher = INZ,
) -> list[BoundClause]:
    """All that the sentence says about beginnings and ends. `before`: the subject of the sentence before it.

    >>> [(s.event, s.subject.kind, s.times.first) for s in read_sentence("ZA1.5 ends on 1 May 2020.", Code("ZA1.5"))]
    [('end', 'own', None)]
    """
    if (label := verbs.LABELLED.fullmatch(sentence)) is not None:
        return [_labelled(label)]
    sentence = in_plain_order(sentence)
    said: list[BoundClause] = []
    plans: list[BoundClause] = []
    place = 0
    for match in islice(_predicates(sentence, publisher), MOST):
        if _verb_at(match) < place:
            continue
        clause = _Clause(sentence, place, match, code, title, publisher, said[-1] if said else None)
        found = clause.read(before, first=place == 0)
        before, place = clause.subject or before, max(place, clause.end)
        if found is not None:
            each = [found, *clause.shared(found)]
            told = [_as_told(one, sentence, sentence[: match.start()]) for one in each]
            said += told
            plans += told if verbs.WAS_TO.search(match["aux"]) else []
            place = max(place, clause.end)
    told = [one for one in said if not (any(one is plan for plan in plans) and _overtaken(one, said))]
    fell_through = plans and verbs.FELL_THROUGH.search(sentence)
    return [
        replace(one, force="not_asserted") if fell_through and any(one is plan for plan in plans) else one
        for one in told
    ]


def _overtaken(plan: BoundClause, said: list[BoundClause]) -> bool:
    """Whether the sentence goes on to say what came of a plan: "were to expire on D but have been extended to E"."""
    behind = said[said.index(plan) + 1 :]
    return any(
        one.force == "plain"
        and one.subject.kind == plan.subject.kind
        and (
            {one.event, plan.event} != {"begin", "end"}
            or plan.event == "begin"
            or one.times.until is not None
        )
        for one in behind
    )


def _labelled(label: re.Match[str]) -> BoundClause:
    """ "Commencement: D", a line of its own. In an item or a table it may be said of anything, as "Revoked on D"."""
    event: Event = "begin" if label["begin"] else "end"
    default = next(how for how in ("begin", "last", "passive", "end") if label[how])
    times = read_times(f"on {label['day']}", default="expire" if default == "end" else default)
    return BoundClause(
        event=event,
        subject=Subject(kind="none", words=""),
        force="plain",
        times=times,
        revokes=re.search(verbs.REVOKED, label[0], re.IGNORECASE) is not None,
        words=label[0],
    )


def _as_told(said: BoundClause, sentence: str, before: str) -> BoundClause:
    """How far the sentence is asserted: a question asserts nothing, and quoted words may be someone else's."""
    if said.force == "plain" and sentence.rstrip().endswith("?"):
        return replace(said, force="not_asserted")
    if verbs.DEFINED.search(before):
        return replace(said, force="not_asserted")
    for_a_while = said.event == "end" and verbs.ENDED_FOR_A_WHILE.search(sentence)
    if said.force == "plain" and (verbs.RESUMED.search(sentence) or for_a_while):
        return replace(said, force="unclear")  # "revoked on D and reinstated on E"
    quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    if said.force == "plain" and quoted and before.strip(' “"'):
        return replace(said, force="unclear")
    return said


@lru_cache(maxsize=2048)
def _predicates(sentence: str, publisher: Publisher) -> tuple[re.Match[str], ...]:
    """Verbs of beginning and ending in order. Where two match at one place, the longer one counts. Versions of one
    instruction share most sentences."""
    active = verbs.ACTIVE(publisher)
    found = [
        m
        for p in (
            verbs.NOMINAL,
            verbs.PUT_OFF,
            verbs.NOT_USED,
            verbs.NOT_TO_BE_USED,
            verbs.IS_LAST_DAY,
            verbs.LAST_DAY,
            verbs.FIRST_DAY,
            verbs.END_DATE,
            active,
            verbs.GIVEN,
            verbs.GIVEN_FROM,
            verbs.END,
            verbs.BEGIN,
        )
        for m in islice(p.finditer(sentence), MOST * 2)
    ]
    found.sort(key=lambda m: (_verb_at(m), -m.end()))
    end, verbs_found = -1, []
    for match in found:
        if _verb_at(match) < end:
            continue
        if _is_verb(sentence, match, active):
            verbs_found.append(match)
            end = match.end() if match.re is not active else match.start("object")
        elif match.re is verbs.END:
            end = match.end()  # "the policy that ceased (to have effect) on D": the words in it begin nothing
    return tuple(verbs_found)


def _verb_at(match: re.Match[str]) -> int:
    return match.start() if "np" in match.re.groupindex else match.end("aux")


def _is_verb(sentence: str, match: re.Match[str], active: re.Pattern[str]) -> bool:
    """Whether a word that may be a noun or an attribute is a verb here ("at the end of", "a closed category")."""
    if match.re is verbs.PUT_OFF:  # "these instructions are extended to D", "changed to D" are other verbs
        named = match["begin"] or match["end"] or match["expiry"]
        alone = named or verbs.MAY_END.fullmatch(match["moved"]) is None
        return bool(alone) and verbs.BEGINS.search(sentence[: match.start()]) is not None
    if "np" in match.re.groupindex or match.re in (verbs.GIVEN, verbs.GIVEN_FROM):
        return True
    if match.re is verbs.BEGIN and (match["participle"] or (match["hold"] or "").lower() == "extended"):
        return verbs.BE.search(match["aux"]) is not None
    if match.re is verbs.BEGIN and verbs.TRANSITIVE.fullmatch(match["take"] or ""):
        before = sentence[: match.start()].rstrip()  # "these instructions introduced a ballot from D"
        return verbs.BE.search(match["aux"]) is not None or before[-1:] in ("", ",", "(", ":")
    if match["aux"].strip() and match.re is not active:
        return True
    if match.re is verbs.END and _is_no_passive(sentence, match):
        return False
    if match.re is active and match["verb"].lower().endswith("ing"):
        return sentence[: match.start()].rstrip().endswith(",")  # "took effect on D, replacing these"
    if match.re is active and match["verb"].lower() in ("end", "ends", "ended", "closed", "terminated"):
        return not verbs.BEFORE_NOUN.search(sentence[: match.end("aux")])
    return not verbs.BEFORE_NOUN.search(sentence[: match.start()])


def _is_no_passive(sentence: str, match: re.Match[str]) -> bool:
    """Whether a participle without "are" is a word before a noun ("Expired passports are kept") or has an object
    ("was reviewed and closed a gap")."""
    if not (match["passive"] or match["suspend"] or match["state"] or match[0].lower().endswith("ed")):
        return False
    if verbs.OBJECT.match(sentence, match.end()):
        return True
    alone = verbs.PARTICIPLES.fullmatch(sentence, 0, match.start()) is not None
    more = verbs.MORE_PARTICIPLES.match(sentence, match.end())
    behind = more.end() if more else match.end()
    if alone and verbs.NOUN_BEHIND_DAY.match(sentence, behind):
        return True
    return alone and verbs.BEHIND_PARTICIPLE.match(sentence, behind) is None


_SUBJECT_BEGINS = expression(
    lambda publisher: rf"[\s,]*(?:these|this|the|all|{publisher.codes.beginning})", re.IGNORECASE
)


@dataclass(slots=True)
class _Clause:
    """One predicate, with the words before it (back to the previous clause) and after it."""

    sentence: str
    begin: int
    match: re.Match[str]
    code: Code
    title: str
    publisher: Publisher
    previous: BoundClause | None
    """What the clause before it says."""
    end: int = 0
    subject: Subject | None = None

    def read(self, inherited: Subject | None, *, first: bool) -> BoundClause | None:
        match = self.match
        before = self.sentence[self.begin : match.start()]
        after = self.sentence[match.end() :]
        self.end = match.end()
        if match.re is verbs.NOMINAL:
            return self._nominal(after)
        if match.re is verbs.PUT_OFF:
            return self._put_off(before, after, inherited)
        if match.re in (verbs.NOT_USED, verbs.NOT_TO_BE_USED):
            return self._not_used(before, after)
        if "np" in match.re.groupindex:
            return self._day_named(after)
        if match.re is verbs.ACTIVE(self.publisher):
            return self._active(before)
        if match.re in (verbs.GIVEN, verbs.GIVEN_FROM):
            return self._given(after)
        return self._intransitive(before, after, inherited, first=first)

    def _given(self, after: str) -> BoundClause | None:
        """What a person gives, from the day that stands behind the person's act or before their name."""
        first = self.match.re is verbs.GIVEN_FROM
        words = f"with effect{after}" if first else after
        times = read_times(words, default="begin")
        if first and verbs.PERSON.match(words[times.length :]) is None:
            return None
        delegated = not first and verbs.DELEGATES.search(self.match[0]) is not None
        given = Subject(kind="powers" if delegated else "own", words=self.match[0])
        return self._bound("begin", given, "plain", times)

    def _bound(
        self,
        event: Event,
        subject: Subject,
        force: Force,
        times: Times,
        *,
        revokes: bool = False,
        over: bool = False,
    ) -> BoundClause:
        return BoundClause(
            event=event,
            subject=subject,
            force=force,
            times=times,
            revokes=revokes,
            over=over,
            words=self.sentence,
        )

    def _subject_of(self, words: str, **how: Any) -> Subject:
        return subject_of(words, self.code, self.title, self.publisher, **how)

    def shared(self, said: BoundClause) -> Iterator[BoundClause]:
        """The clauses that share its verb: "ZB2.1 was revoked on D and ZB2.2 on E"."""
        if self.match.re is not verbs.END or (said.times.first is None and said.times.until is None):
            return
        while (match := verbs.SHARED.match(self.sentence, self.end)) is not None:
            times = read_times(self.sentence[match.end() :], default=_default(self.match))
            subject = self._subject_of(match["np"])
            another = verbs.END.search(match["np"]) or verbs.BEGIN.search(match["np"])
            if (
                another
                or not times.length
                or not verbs.NO_VERB.match(self.sentence, match.end() + times.length)
            ):
                return
            self.end = match.end() + times.length
            yield replace(said, subject=subject, times=times)

    # -------------------------------------------------------- "the last day on which … is D"

    def _day_named(self, after: str) -> BoundClause | None:
        subject = self._subject_of(self.match["np"])
        day = self.match.groupdict().get("day") or re.sub(r"^\s*(?:on\s+)?", "", after)
        times = read_times(f"on {day}", default="begin")
        if times.first is None:
            return None
        self.end = len(self.sentence)
        begins = self.match.re is verbs.FIRST_DAY
        if self.match.re in (verbs.LAST_DAY, verbs.IS_LAST_DAY):
            times = replace(
                times, first=None, until=times.first, until_raw=times.first_raw, reading="included"
            )
        elif not begins:
            times = replace(times, first=None, until=times.first, until_raw=times.first_raw, reading="either")
        force: Force = "not_asserted" if verbs.DENIED.search(self.match["aux"]) else "plain"
        return self._bound("begin" if begins else "end", subject, force, times)

    def _put_off(self, before: str, after: str, inherited: Subject | None) -> BoundClause | None:
        """ "The start of these instructions has been postponed to D": what is put off happens on the later day."""
        match = self.match
        named = next((noun for noun in ("begin", "end", "expiry") if match[noun]), "")
        times = read_times(after, default="state")
        if times.until is None:
            return None
        self.end = match.end() + times.length
        of = f"{verbs.ARTICLE.sub('', before)} {match['np'] or ''}"
        subject = self._subject_of(of, later=True, inherited=inherited if self.begin else None)
        force = _force(match["aux"], subject.force, after[times.length :], times)
        if named != "expiry":
            step = ONE_DAY if times.reading == "included" else NO_DAY
            times = replace(times, first=times.until + step, first_raw=times.until_raw, until=None)
        event: Event = "end" if named in ("end", "expiry") else "begin"
        return self._bound(event, subject, force, times, revokes=named == "end")

    def _not_used(self, before: str, after: str) -> BoundClause | None:
        """ "Officers must not apply these instructions after D": an order to officers, by which they may have ended."""
        match = self.match
        named = next(words for words in match.groups() if words)
        times = _joined(read_times(after, default="passive"), read_times(before, default="fronted"))
        if times.first is None and times.until is None:
            return None
        self.end = match.end() + times.length
        if match.re is verbs.NOT_TO_BE_USED:  # "the form in these instructions must not be used"
            self.subject = doer = self._subject_of(f"{before} {named}")
        else:
            before = "" if verbs.PLEASE.fullmatch(before) else before
            self.subject, doer = self._subject_of(named), self._subject_of(before)
            if doer.words and verbs.OFFICERS.search(before) is None:
                doer = replace(doer, force="for_some")
        force = _force("", doer.force, after[times.length :], times)
        return self._bound("end", self.subject, "unclear" if force == "plain" else force, times)

    def _nominal(self, after: str) -> BoundClause:
        """ "Following the revocation of these instructions on D": mentioned in passing, either a plan or a fact."""
        times = read_times(after, default="passive")
        self.end = self.match.end() + times.length
        subject = self._subject_of(self.match["np"])
        self.subject = replace(subject, kind="thing")  # the revocation
        off = verbs.CALLED_OFF.match(after, times.length)
        return self._bound("end", subject, "not_asserted" if off else "unclear", times, revokes=True)

    # -------------------------------------------------------- "the Minister revoked these instructions on D"

    def _active(self, before: str) -> BoundClause | None:
        verb = self.match["verb"].lower()
        words = self.match["object"]
        subject = self._subject_of(words, is_object=True)
        rest = subject.rest + self.sentence[self.match.end() :]
        leading = read_times(before, default="fronted")
        times = _joined(read_times(verbs.BY.sub("", rest), default="passive"), leading)
        if self.previous is not None and times.first is None and self._is_told_beside(before):
            earlier = self.previous.times
            times = replace(times, first=earlier.first, first_raw=earlier.first_raw)
        doer = self._subject_of(before)
        over = times.first is None and times.until is None
        if subject.event is not None:
            subject = replace(
                subject, kind="thing"
            )  # "the Minister revoked the suspension of these instructions"
        if subject.kind == "thing" or (over and not self._has_ended(subject, verb)):
            aside = verbs.WHICH.search(before) and self.sentence[self.match.end() :].startswith(",")
            self.end = (
                self.match.end() if aside else self.match.start("object")
            )  # else a clause may stand in it
            self.subject = doer
            if self._is_of_a_noun(before):
                named = re.match(verbs.THESE, words, re.IGNORECASE)
                self.end += named.end() if named else 0
            return None
        force = _force(self.match["aux"], doer.force, rest, times)
        if force == "plain" and subject.force == "unclear":
            force = "unclear"  # "the Minister revoked ZC3.1 or ZC3.5"
        if verbs.NOBODY.match(before) or verbs.CALLED_OFF.match(rest, times.length):
            force = "not_asserted"
        if self.match["aux"].strip().lower() == "to" and force == "plain":
            force = "not_asserted" if planned(before) else "unclear"  # "intends to", "has decided to"
        if over and force != "plain":
            return None
        event: Event = "suspend" if verb.startswith("suspend") else "end"
        revokes = verb[:5] in ("revok", "resci", "withd", "cance", "repea")
        return self._bound(event, subject, force, times, revokes=revokes, over=over)

    def _is_told_beside(self, before: str) -> bool:
        """Whether it happens on the day of the clause before: "took effect on D and replaced these instructions"."""
        beside = verbs.THEREBY.match(self.sentence, self.begin)
        return beside is not None and not before[beside.end() - self.begin :].strip()

    def _is_of_a_noun(self, before: str) -> bool:
        """ "The power to revoke these instructions (ends on D)": the power does."""
        return self.match["aux"].strip().lower() == "to" and verbs.NOUN_BEFORE.search(before) is not None

    def _has_ended(self, subject: Subject, verb: str) -> bool:
        """Whether it is told as done, and of the page's own: "the Minister has revoked these instructions"."""
        own = re.match(r"\s*(?:these|this)\b", self.match["object"], re.IGNORECASE)
        done = verb.endswith("ed") or verb in ("withdrew", "withdrawn")
        return subject.kind == "own" and own is not None and done

    # -------------------------------------------------------- "these instructions cease to be effective from D"

    def _intransitive(
        self, before: str, after: str, inherited: Subject | None, *, first: bool
    ) -> BoundClause | None:
        match, aux = self.match, self.match["aux"]
        if verbs.UNTIL_ALONE.fullmatch(before) and read_times(after, default="passive").first:
            before = ""  # "continue in force until revoked on D"
        if self._is_fronted_time(before, after):
            self.end = self.begin
            return None
        if verbs.OUT_OF_A_PLACE.match(after) and match.re is verbs.END and match["passive"]:
            return None
        if self._only_tells_which(before, first=first):
            self.end = self.begin  # another verb may follow: "the instructions these replaced ceased on D"
            return None
        tail = _bare(after)
        times = self._times(before, tail, first=first)
        reach = len(self.sentence) - len(tail) + times.length
        if verbs.OF_THE_OTHER.match(tail):
            reach = match.end()  # "are replaced by ZS9.1, which took effect on D": ZS9.1 did
        self.subject = subject = self._before_colon(self._subject(before, inherited, first=first))
        if subject.force == "unclear" and (times.first or times.until) and self._is_told(before):
            subject = replace(subject, force="plain")
        if subject.kind == "version" and self._is_bare_effective():
            self.subject, self.end = replace(subject, dated=times.first), reach
            return None  # "the instructions effective from D" tells which
        said = self._said(subject, aux, tail, times, before)
        if said is None:
            if verbs.WHICH.search(before):  # "these instructions, which do not apply to crews, …"
                self.end += max(0, after.find(","))
            return None
        self.end = reach
        if said.event == "begin" and self._says_when_it_ended(before):
            return replace(said, event="end")
        if said.force in ("plain", "for_some") and self._closes_only(before, tail, subject):
            said = replace(said, force="unclear")
        return said

    def _says_when_it_ended(self, before: str) -> bool:
        """ "Have been revoked, which took effect on D"."""
        return self.previous is not None and self.previous.over and bool(verbs.WHICH.fullmatch(before))

    def _is_main_clause_of_when(self, before: str) -> bool:
        """ "When ZS9.1 took effect on D, these instructions ceased"; not "when a visa expires on D"."""
        of_code = self.previous is not None and self.previous.subject.kind == "code"
        told = of_code or condition_of(self.sentence) == "plain"
        return told and verbs.WHEN_BEGUN.match(self.sentence) is not None and before.lstrip().startswith(",")

    def _times(self, before: str, tail: str, *, first: bool) -> Times:
        """The time after the verb, before its subject, or at the start of the sentence for all its clauses."""
        default = _default(self.match)
        times = read_times(tail, default=default)
        if times.first is None and times.until is None and verbs.AUDIENCE.match(tail):
            times = replace(read_times(_own_words(tail), default=default, anywhere=True), audience=True)
        if times.first is None and times.until is None and self._fronted_new(before):
            times = replace(read_times(before, default="passive", anywhere=True), length=0)
        fronted = read_times(before, default="fronted")
        if not first and fronted.first is None:
            fronted = read_times(self.sentence, default="fronted")
        times = _joined(times, fronted)
        if self.previous is not None and _says_no_day(times) and self._is_main_clause_of_when(before):
            return replace(self.previous.times, length=0)
        return times

    def _only_tells_which(self, before: str, *, first: bool) -> bool:
        """Whether the participle only identifies: "instructions revoked on D" within another clause ends nothing,
        whereas "Revoked on D" and "and revoked" do."""
        if self._is_present_participle():
            said_of = verbs.THESE_LAST.search(before) or verbs.GIVES.search(before)
            return not said_of and bool(before.strip()) and not before.rstrip().endswith((",", "(", "–"))
        if verbs.THE_ONE_THAT.search(before) and not verbs.GIVES.search(before):
            return verbs.THIS_IS.match(before) is None
        if self.match.re is not verbs.END or not self.match["passive"] or verbs.BE.search(self.match["aux"]):
            return False
        if before.rstrip().endswith((",", "(", "–", ":")):
            return False  # "these instructions (revoked on D) are kept"
        if not first and before.strip(" ,") in ("and", "but", "and then", "then"):
            return False
        if not self.match["aux"] and verbs.THEN.search(before):
            return False
        return bool(before.strip(" ,") or self.match["aux"])

    def _is_present_participle(self) -> bool:
        """ "The instructions ceasing on D", "those taking effect on D"."""
        verb = self.match["cease"] if self.match.re is verbs.END else self.match["take"]
        return bool(verb) and verbs.PRESENT.match(verb) is not None and not self.match["aux"].strip()

    def _is_fronted_time(self, before: str, after: str) -> bool:
        """ "Effective from D, these instructions …": the time of another verb's clause, not a clause itself."""
        if self.match.re is not verbs.BEGIN or self.match["aux"].strip() or before.strip(" ,(:–-"):
            return False
        if (self.match["hold"] or "").lower() != "effective":
            return False
        rest = after[read_times(after, default="state").length :]
        return _SUBJECT_BEGINS(self.publisher).match(rest) is not None

    def _fronted_new(self, before: str) -> bool:
        """ "For applications made on or after D, these instructions …"."""
        return self.begin == 0 and verbs.NEW.match(before) is not None

    def _closes_only(self, before: str, tail: str, subject: Subject) -> bool:
        """Whether it is only closed to new applications, or taken out of a part of the manual. It has not ended: what
        was lodged before is still decided under it, and it may stand elsewhere."""
        new = verbs.NEW.match(tail) or self._fronted_new(before)
        moved = verbs.OUT_OF_A_PART.match(self.sentence[self.match.end() :])
        return self.match.re is verbs.END and (bool(new or moved) or subject.kind == "category")

    def _subject(self, before: str, inherited: Subject | None, *, first: bool) -> Subject:
        bare = self._is_bare_effective()
        if not first and not before.strip() and inherited is not None and inherited.force != "plain":
            # the verb of "any visa granted before these instructions took effect" is the visa's
            before = main_clause(self.sentence[: self.begin])
            inherited = None
        bare_participle = (
            "passive" in self.match.re.groupindex and self.match["passive"] and not self.match["aux"]
        )
        subject = self._subject_of(before, later=not first, inherited=inherited, finite=not bare_participle)
        if following(subject.words):
            subject = self._followed(subject)
        if not first and subject.force == "plain":
            subject = replace(subject, force=condition_of(self.sentence))
        subject = self._of_the_noun_before(subject, before)
        if (
            bare
            and subject.kind == "own"
            and not before.rstrip().endswith((",", ":", "–", "-", "("))
            and not verbs.GIVES.search(before)
        ):
            return replace(subject, kind="version")
        return subject

    def _of_the_noun_before(self, subject: Subject, before: str) -> Subject:
        """A state without "are" behind a whole clause is said of the clause's last noun: "must be read with ZS9.1,
        effective from D", and perhaps "require a licence, valid until D"."""
        if subject.kind not in ("own", "code") or not self._is_bare_state() or verbs.GIVES.search(before):
            return subject
        mine = self.code if subject.kind == "own" else subject.codes[0]
        if ends_in_another(before, mine, self.publisher):
            return replace(subject, kind="thing")
        if subject.force == "plain" and is_whole(before) and not verbs.IS_GIVEN.search(before):
            return replace(subject, force="unclear")
        return subject

    def _followed(self, subject: Subject) -> Subject:
        """ "The following instructions apply" means the page's own; revoked ones are named after a colon."""
        if subject.kind != "unsure" and subject.words.lower() != "the following":
            return subject  # "the following fees apply from D"
        listed = self.sentence.partition(":")[2]
        named = self._subject_of(listed)
        if re.match(r"\s*\([a-z]{1,4}\)", listed):
            return replace(subject, kind="part")
        codes_only = verbs.ONLY_CODES(self.publisher).fullmatch(listed) is not None
        if (self.match.re is not verbs.BEGIN or codes_only) and named.kind in ("code", "own"):
            return replace(named, force=subject.force)
        if subject.words.lower() == "the following":
            return replace(subject, kind="unsure")
        return replace(subject, kind="own" if self.match.re is verbs.BEGIN else "version")

    def _is_bare_state(self) -> bool:
        """ "Effective", "suspended" or "closed" without "are": it is said of the noun before it."""
        ended = self.match.re is verbs.END and not self.match["aux"].strip()
        return self._is_bare_effective() or (
            ended and any(self.match[how] for how in ("passive", "suspend", "close"))
        )

    def _is_bare_effective(self) -> bool:
        """ "Effective from D" without "are": an addition to a noun, or a sentence of its own."""
        if self.match.re is not verbs.BEGIN or self.match["aux"].strip():
            return False
        return verbs.BARE.fullmatch(self.match["hold"] or "") is not None

    def _is_told(self, before: str) -> bool:
        """Whether a clause behind "before" or "when" is told as past, and so as a fact: "until they were replaced on
        D"."""
        verb = self.match[0][len(self.match["aux"]) :]
        told = verbs.TOLD.search(self.match["aux"]) or verbs.TOLD_VERB.match(verb)
        return bool(told) and verbs.WAS_TO.search(self.match["aux"]) is None and is_dependent(before)

    def _said(self, subject: Subject, aux: str, tail: str, times: Times, before: str) -> BoundClause | None:
        if self.match.re is verbs.BEGIN:
            return self._begun(subject, aux, tail, times, before)
        groups = self.match.groupdict()
        if subject.event is not None:
            subject = replace(subject, kind="thing")  # "the suspension of these instructions ends on D"
        aux, since = _not_until(aux, times)
        times = (
            times if groups["expire"] else since
        )  # "will not expire until D" says as little of D as "expires on D"
        rest = tail[times.length :]
        force = _force(aux, subject.force, rest if times.length else tail, times)
        if subject.kind == "none" and not aux and force == "plain" and verbs.ANOTHER_NAMED.match(rest):
            force = "unclear"  # "Revoked on D: the north berth"
        if subject.none_of:
            force = "not_asserted"
        between = groups["expire"] and times.first and times.until
        force = "unclear" if between and force == "plain" else force  # "expire between D and E"
        for_now = verbs.FOR_NOW.search(aux) or verbs.FOR_NOW_BEHIND.match(self.sentence, self.match.end())
        # for_days: "are closed from D to E"
        for_days = times.first and times.until and not (groups["expire"] or groups["state"])
        event: Event = "suspend" if groups["suspend"] or for_now or for_days else "end"
        if _only_until(groups, times):
            never = re.search(r"longer|more", groups["state"] or "longer", re.IGNORECASE) is None
            event = "begin" if never else "suspend"  # "have no effect until D", "cease to apply until D"
            times = _not_until("not", times)[1] if never else times
        revokes = re.match(verbs.REVOKED, groups["passive"] or "", re.IGNORECASE) is not None
        if times.vague and times.first is None and times.until is None:
            vaguely: Force = "unclear" if force == "plain" else force
            return self._bound(event, subject, vaguely, times, revokes=revokes)
        if times.first is None and times.until is None:
            return self._undated(event, subject, force, tail, times, revokes=revokes)
        return self._bound(event, subject, force, times, revokes=revokes)

    def _undated(
        self, event: Event, subject: Subject, force: Force, tail: str, times: Times, *, revokes: bool
    ) -> BoundClause | None:
        """An end without a day: stated as a fact, or with a time that is not a day; else nothing."""
        groups, aux = self.match.groupdict(), self.match["aux"]
        verb = groups["cease"] or groups["expire"] or ""
        after = self.sentence[self.match.end() :]
        if (
            verb
            and re.match(r"\s*(?:to|with|in|at|here|\w+ing)\b(?!\s+(?:the\s+end|full|whole))", after)
            and not verbs.PARTIAL_DATE.match(after)
        ):
            return None  # "cease to be employed", "stop rowing", "ends with a list"
        if force == "for_some" and (verbs.NEW.match(tail) or subject.kind == "category"):
            force = "plain"
        if force not in ("plain", "unclear"):
            return None
        over = force == "plain" and (event == "suspend" or self._is_fact(aux, groups, tail))
        if over and not times.unreadable and not _says_no_bound(later := _later_times(tail, self.match)):
            # "no longer apply in winter from D": a day, and not plainly that of the end
            return self._bound(event, subject, "unclear", later, revokes=revokes)
        if not over and not times.unreadable and not verbs.PARTIAL_DATE.match(tail):
            return None
        if not over:
            force = "unclear"
        return self._bound(event, subject, force, times, revokes=revokes, over=over)

    def _before_colon(self, subject: Subject) -> Subject:
        """ "Saturday: closed" is about what stands before the colon; "Notice: suspended" is about the page's own."""
        before = self.sentence[: self.match.start()].rstrip()
        ends_alone = subject.kind == "none" and self.match.re is verbs.END and before.endswith(":")
        if not ends_alone or verbs.NOTICE.fullmatch(before):
            return subject
        named = before.rstrip(": ")
        own = bool(self.title) and named.casefold() == self.title.casefold()  # the page's own title
        return replace(subject, kind="own") if own else self._subject_of(named)

    def _is_fact(self, aux: str, groups: dict[str, str | None], tail: str) -> bool:
        """Whether an end without a day is stated as past or present, not as future."""
        if verbs.FUTURE.search(aux) or verbs.IF_AFTER.match(tail) or re.search(r"\b(?:may|to|will)\s*$", aux):
            return False
        if verbs.PAST.search(aux):
            return True
        verb = (groups["cease"] or groups["expire"] or groups["close"] or "").lower()
        if verb and not verb.split()[0].endswith("ed"):
            return False
        return verbs.PARTIAL_DATE.match(tail) is None

    def _begun(self, subject: Subject, aux: str, tail: str, times: Times, before: str) -> BoundClause | None:
        """A beginning, plus an end if a state lasts until a day; or an end, where it is denied from a day on."""
        hold = self.match["hold"] or ""
        aux, times = _not_until(aux, _of_beginning(times, hold.lower(), part=subject.kind == "part"))
        rest = tail[times.length :] if times.length else tail
        open_end = (times.vague or times.unreadable) and _UNTIL.match(times.preposition)
        if open_end and hold and _says_no_bound(times):
            force = _force(aux, subject.force, rest, times)  # "in force until at least D"
            return self._bound("end", subject, "unclear" if force == "plain" else force, times)
        if (
            _says_no_bound(times)
            and hold
            and verbs.UNTIL_ANOTHER.match(tail)
            and not verbs.DENIED.search(aux)
        ):
            return self._until_another(subject, aux, tail)
        if _says_no_day(times) and self._is_out_of_force(aux, tail):
            return self._bound("end", subject, subject.force, times, over=subject.force == "plain")
        if _says_no_bound(times) and not times.signing:
            return None
        if hold.lower() == "applied" and verbs.BEEN.search(aux) and subject.force == "plain":
            subject = replace(subject, force="unclear")  # "have been applied since D" tells what officers do
        named, subject = subject, self._begins_what(subject, before, rest, times)
        if subject.kind in ("own", "none") and subject is not named and self._is_bare_effective():
            self.subject, rest = replace(subject, kind="own"), ""
        event: Event = subject.event or "begin"
        if subject.event is not None and times.first is None:
            return None  # "the suspension is in force until D" ends the suspension
        denied = bool(verbs.DENIED.search(aux)) or subject.none_of
        later = times.first and (times.until or verbs.FROM.match(times.preposition) or verbs.NEW.match(tail))
        if denied and hold and later and subject.event is None:
            event = "suspend" if times.until else "end"  # "do not apply from D to E"
            return self._bound(event, subject, self._ceasing(aux, subject, tail, times), times)
        force = "not_asserted" if denied else _force(aux, subject.force, rest, times)
        if force == "plain" and times.preposition == "on" and _IS_SO_ON.match(hold):
            force = "plain" if self._is_bare_effective() else "unclear"
        return self._bound(event, subject, force, times, revokes=event == "end")

    def _is_out_of_force(self, aux: str, tail: str) -> bool:
        """ "These instructions are not in force.": they ended, or have not begun."""
        state = verbs.STATE.fullmatch(self.match["hold"] or "") is not None
        return state and verbs.DENIED_NOW.fullmatch(aux.strip()) is not None and not tail.strip(" .;)")

    def _until_another(self, subject: Subject, aux: str, tail: str) -> BoundClause | None:
        """ "Apply until the order is revoked on D": they may end on that day."""
        times = replace(read_times(tail, default="passive", anywhere=True), length=0)
        force = _force(aux, subject.force, "", times)
        if _says_no_bound(times) or subject.kind != "own" or force != "plain":
            return None
        return self._bound("end", subject, "unclear", times)

    def _begins_what(self, subject: Subject, before: str, rest: str, times: Times) -> Subject:
        """The subject of a beginning: "effective from D" without "are" may only tell which instructions, and what a
        person gives is the page's own."""
        bare, gives = self._is_bare_effective(), verbs.GIVES.search(before) is not None
        to_begin = bare or self.match["aux"].strip().lower() == "to"
        if gives and to_begin and verbs.GIVES_THESE.search(before):
            return replace(subject, kind="own", force="plain")
        if bare and verbs.IS_NOT.search(before):
            subject = replace(
                subject, force="not_asserted"
            )  # "these are not the instructions in force from D"
        open_ended = _from_then(rest, times) or verbs.OPEN_ENDED.match(rest) is not None
        if bare and not self._bare_counts(subject, before, "" if open_ended else rest):
            more = subject.kind == "unsure" and (rest.strip(" ).:,") or verbs.THOSE.search(before))
            which = subject.kind in ("own", "none", "code") or more
            return replace(subject, kind="thing") if which else subject
        person = gives or verbs.PERSON.match(rest)
        alone = subject.kind == "none" or verbs.ISSUED_ALONE.fullmatch(before)
        if (gives and subject.kind == "unsure") or (bare and (alone or person)):
            if subject.kind == "none" and not person:
                return replace(subject, force="plain")  # of an item or a heading: of a part
            delegated = gives and verbs.DELEGATES.search(before) is not None
            return replace(subject, kind="powers" if delegated else "own", force="plain")
        return subject

    def _ceasing(self, aux: str, subject: Subject, tail: str, times: Times) -> Force:
        """ "Do not apply from D" says that they apply no longer; not "from D but from E", nor "not only from D"."""
        if verbs.BUT_FROM.search(tail) or verbs.NOT_WHOLLY.search(aux):
            return "not_asserted"
        affirmed = _force("", subject.force, tail[times.length :] if times.length else tail, times)
        doubted = verbs.POSSIBLE.search(aux) or verbs.FOR_A_WHILE.match(tail, times.length)
        return "unclear" if affirmed == "plain" and doubted else affirmed

    def _bare_counts(self, subject: Subject, before: str, rest: str) -> bool:
        """Whether "effective from D" without "are" counts: alone, said of these instructions between commas, or of
        instructions that a person gives."""
        if verbs.PERSON.match(rest) or verbs.GIVES.search(before):
            own = before.rstrip().endswith((",", ":", "–", "-")) or subject.kind == "own"
            return bool(verbs.PERSON.match(rest)) or own
        if not before.strip(" (:-–") or verbs.ISSUED_ALONE.fullmatch(before):
            more = re.sub(r"^(?:[(;,–\s-]|and\b)+", "", rest.strip(" ).:,"))
            return not more or verbs.END.match(more) is not None  # "Effective D (revoked E)"
        return subject.kind in ("own", "code") and before.rstrip().endswith((",", "–", "-", ":", "("))


def _says_no_bound(times: Times) -> bool:
    return times.first is None and times.until is None


def _says_no_day(times: Times) -> bool:
    return _says_no_bound(times) and not times.vague and not times.unreadable


def _default(match: re.Match[str]) -> str:
    if match.re is verbs.BEGIN:
        return "begin" if match["take"] else "state"
    if match["expire"]:  # "expires on D" and "is terminated on D" differ
        return "passive" if verbs.BE.search(match["aux"]) and match["expire"].endswith("ed") else "expire"
    return "last" if match["last"] else "passive"


def _bare(words: str) -> str:
    """The words behind a verb, without those that say how, by whom or of which part: "suspended (indefinitely by the
    board for everyone) from D"."""
    words = verbs.OUT_OF_A_PART.sub("", verbs.ASIDE.sub("", words))
    for _ in range(2):
        words = verbs.BY.sub("", words)
    return verbs.TO_ALL.sub("", words)


_STAYS = re.compile(r"remain|continu|stay")
_IS_SO_ON = re.compile(r"in\s|appl|operat|valid|curr|rem|cont|stay|run", re.IGNORECASE)
"""States that may also hold before the day that "on D" names."""


def _later_times(tail: str, verb: re.Match[str]) -> Times:
    """The time that stands further behind the verb in its own clause, with a word such as "from"."""
    tail = verbs.NEXT_CLAUSE.split(tail)[0]
    place = next((time.start() for time in islice(TIME.finditer(tail), MOST) if not time["bare"]), len(tail))
    return read_times(tail[place:], default=_default(verb))


def _own_words(tail: str) -> str:
    """The words behind a verb up to the next one: "do not apply to crews (and cease on D)"."""
    for match in islice(verbs.ANOTHER_VERB.finditer(tail), MOST):
        if verbs.END.match(tail, match.end()) or verbs.BEGIN.match(tail, match.end()):
            return tail[: match.start()]
    return tail


def _of_beginning(times: Times, state: str, *, part: bool) -> Times:
    """The times of a verb of beginning: from the day after, for "after D". The day of an extension begins nothing, and
    what is in force "as at D", or remains so from D on, was so before (only a part may then remain)."""
    if _STAYS.match(state) and not part:
        times = replace(times, first=None, until=None if times.preposition == "after" else times.until)
    taken_at = not state and times.first is None and not _UNTIL.match(times.preposition)
    if (times.preposition == "after" or taken_at) and times.until is not None and times.reading == "included":
        return replace(times, first=times.until + ONE_DAY, first_raw=times.until_raw, until=None)
    if state == "extended" or (state and times.preposition == "as at"):
        return replace(times, first=None)
    return times


def _only_until(groups: dict[str, str | None], times: Times) -> bool:
    """Whether an end lasts to a day only."""
    until = times.first is None and times.until is not None and _UNTIL.match(times.preposition)
    return bool(until) and not groups["expire"] and not groups["last"]


def _not_until(aux: str, times: Times) -> tuple[str, Times]:
    """The auxiliary without "not", and "until D" as the day itself: "will not take effect until D"."""
    if times.until is None or times.first is not None or not verbs.DENIED.search(aux):
        return aux, times
    if not _UNTIL.match(times.preposition) or verbs.NOT_WHOLLY.search(aux) or verbs.POSSIBLE.search(aux):
        return aux, times
    step = ONE_DAY if times.reading == "included" else NO_DAY
    first = times.until + step
    return verbs.DENIED.sub("", aux), replace(
        times, first=first, first_raw=times.until_raw, until=None, preposition="from"
    )


_UNTIL = re.compile(r"(?:until|till)\b", re.IGNORECASE)


def _joined(times: Times, fronted: Times) -> Times:
    """The time after the verb, else the one at the start of the clause."""
    if times.first is None and times.until is None and not times.signing:
        return replace(
            fronted,
            length=times.length,
            audience=times.audience,
            vague=times.vague or fronted.vague,
            preposition=fronted.preposition or times.preposition,
            unreadable=times.unreadable or fronted.unreadable,
        )
    return times


def _from_then(rest: str, times: Times) -> bool:
    """ "For applications made on or after that day": the instruction ends, but earlier applications are still under
    it."""
    match = verbs.FROM_THEN.match(rest)
    if match is None:
        return False
    return match["day"] is None or read_times(f"on {match['day']}", default="begin").first == times.first


def _force(aux: str, subject_force: Force, rest: str, times: Times) -> Force:
    if verbs.DENIED.search(aux) or verbs.POSSIBLE.search(aux):
        return "not_asserted"
    if subject_force != "plain":
        return subject_force
    if (verbs.IF_AFTER.match(rest) or verbs.CLAUSE_IF.match(rest)) and not verbs.WHICH_IS_WHEN.match(rest):
        return "not_asserted"
    if verbs.PARTLY.search(aux):
        return "for_some"
    if verbs.WAS_TO.search(aux) or verbs.UNLESS.search(rest) or verbs.ANOTHER_DAY.match(rest):
        return "unclear"
    if times.audience:
        return "for_some"
    if verbs.SAVING.match(rest) or _from_then(rest, times):
        return "plain"
    if verbs.NEW.match(rest):
        return "unclear"  # "cease to be effective from D for new applications"
    limits = (verbs.AUDIENCE, verbs.EXCEPTED, verbs.NOT_FOR_ALL, verbs.PART_STAYS)
    return "for_some" if any(limit.match(rest) for limit in limits) else "plain"
