"""What a sentence says about the beginning or end of an instruction: a small grammar (dates.md rules 4, 9, 24).

A sentence is read as clauses, each

    subject     predicate                   time                     audience
    These …     cease to be effective       from 1 December 2022     for students
    ZC3.1       is revoked                  on 1 December 2022       , except for applications made before that day

Only what is said of a whole instruction, affirmed, unconditional and for everyone bounds a version. `read_sentence`
says what each clause is about and how far it is asserted; `notes` makes claims and findings of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Literal

from manual.dates import DAY, MONTH
from manual.model import Code
from manual.parse.subjects import Force, Subject, conditional, subject_of
from manual.parse.times import Times, read_times

Event = Literal["begin", "end", "suspend"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
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


_NOT = r"(?:not|never|neither|nor|\w+n['’]t)"
_AUX = (
    r"(?P<aux>(?:\b(?:will|shall|would|should|could|might|may|must|can|cannot|is|are|was|were|be|been|being|has|have|had"
    r"|do|does|did|to|due|going|expected|intended|proposed|planned|likely|scheduled|hereby|now|also|then|therefore"
    r"|partly|partially|accordingly|automatically|thereby|only|all|both|each|formally|permanently|temporarily|yet|already|since"
    rf"|{_NOT})\s+)*)"
)
_FORCE_WORDS = r"(?:effective|in\s+(?:force|effect|operation)|valid|current|operative|applicable|available|binding)"
_HAVE = r"(?:have|has|had|having)\s+(?:any\s+|legal\s+|full\s+)?(?:effect|force)"
_APPLY = r"(?:apply|applies|applied|operate[sd]?)"
_REVOKED = r"revoked|rescinded|withdrawn|cancell?ed|repealed"
_OVERTAKEN = r"closed|replaced|superseded|terminated|ended|discontinued|abolished|disestablished|removed|deleted|brought\s+to\s+an\s+end"
_PASSIVE = rf"(?:{_REVOKED}|{_OVERTAKEN})(?:\s*(?:,|and|or)\s*(?:{_REVOKED}|{_OVERTAKEN}|reissued))*"

_END = re.compile(
    _AUX
    + rf"""\b(?:
    (?P<state>no\s+longer\s+(?:be\s+|to\s+be\s+)?(?:{_FORCE_WORDS}|{_HAVE}|{_APPLY})|(?:go(?:es)?\s+|went\s+)?out\s+of\s+force|obsolete
      |of\s+no\s+(?:further\s+)?(?:effect|force)|(?:have|has)\s+no\s+(?:further\s+)?(?:effect|force))
  | (?P<cease>(?:ceas(?:e|es|ed|ing)|stop(?:s|ped|ping)?)\b
      (?:\s+(?:to\s+)?(?:be|being)\s+{_FORCE_WORDS}|\s+to\s+(?:have\s+(?:effect|force)|apply|operate|exist)
        |\s+(?:having\s+(?:effect|force)|applying|operating))?)
  | (?P<expire>(?:expir(?:e|es|ed)|ends?|ended|laps(?:e|es|ed)|terminat(?:e|es|ed)|concluded?
      |com(?:e|es|ing)\s+to\s+an\s+end|came\s+to\s+an\s+end))
  | (?P<close>closes?|closed|discontinued)
  | (?P<passive>{_PASSIVE})
  | (?P<suspend>suspended)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_BEGIN = re.compile(
    _AUX
    + rf"""\b(?:
    (?P<take>(?:takes?|took|taking|taken)\s+effect|(?:comes?|came|coming)\s+into\s+(?:force|effect|operation)
      |(?:enters?|entered)\s+into\s+force|commenc(?:e|es|ed)|beg(?:in|ins|an)(?:\s+to\s+(?:apply|have\s+effect))?
      |start(?:s|ed)?(?:\s+(?:to\s+(?:apply|have\s+effect)|applying))?|introduced|(?:becomes?|became)\s+{_FORCE_WORDS})
  | (?P<hold>{_HAVE}|{_APPLY}|(?:remains?|continues?|stays?|runs?)(?:\s+to\s+(?:apply|have\s+effect|be))?(?:\s+{_FORCE_WORDS})?
      |{_FORCE_WORDS})
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# The Minister revoked these instructions | ZS9.1 replaces these instructions | I REVOKE the instrument
_ACTIVE = re.compile(
    _AUX
    + r"""\b(?P<verb>revok(?:e|es|ed)|rescinds?|rescinded|withdraws?|withdrew|withdrawn|cancels?|cancell?ed|repeals?|repealed
    |replac(?:e|es|ed)|supersed(?:e|es|ed)|clos(?:e|es|ed)|suspend(?:s|ed)?|terminat(?:e|es|ed)|ends?|ended)\s+
    (?P<object>(?:these|this|the|all|those|its|each|any|both)\s[^,;:]*|[A-Z]{1,3}\d[^,;:]*)""",
    re.IGNORECASE | re.VERBOSE,
)
# I, Ann Bell, give these instructions with effect from D
_GIVEN = re.compile(
    r"\b(?:I|we)\b(?P<aux>)[^.;]{0,200}?\b(?:give|issue|make|certify|approve|direct|instruct|delegate)\b[^.;]{0,300}?(?=\bwith\s+effect\s+(?:on\s+and\s+)?from\b)"
)
# The last day on which these instructions have effect is D | the expiry date of these instructions is D
_LAST_DAY = re.compile(
    r"\b(?:last|final)\s+day\s+(?:on\s+which\s+|that\s+|of\s+|for\s+which\s+)(?P<np>[^,;]*?)\s*"
    rf"(?:\s(?:{_HAVE}|{_APPLY}|(?:is|are|was|were)\s+{_FORCE_WORDS}))?\s+(?P<aux>(?:is|was|will\s+be|is\s+not|will\s+not\s+be)\s+)",
    re.IGNORECASE,
)
# 30 November 2022 is the last day on which these instructions have effect
_IS_LAST_DAY = re.compile(
    rf"(?P<aux>)(?P<day>{DAY})\s+(?:is|was|will\s+be)\s+the\s+(?:last|final)\s+day\s+(?:on\s+which\s+|that\s+|of\s+|for\s+which\s+)"
    rf"(?P<np>[^,;.]*?)\s*(?=\s(?:{_HAVE}|{_APPLY}|(?:is|are|was|were)\s+{_FORCE_WORDS})|[,;.]|$)",
    re.IGNORECASE,
)
_FIRST_DAY = re.compile(
    r"\b(?:first\s+day\s+(?:on\s+which\s+|that\s+|of\s+)|(?:effective|commencement|start)\s+date\s+(?:of|for)\s+)(?P<np>[^,;]*?)\s*"
    rf"(?:\s(?:{_HAVE}|{_APPLY}|(?:is|are|was|were)\s+{_FORCE_WORDS}))?\s+(?P<aux>(?:is|was|will\s+be)\s+)",
    re.IGNORECASE,
)
_END_DATE = re.compile(
    r"\b(?:(?:expiry|end|closing|cessation)\s+date|expiry|cessation|termination|end)\s+(?:of|for)\s+(?P<np>[^,;]*?)\s+(?P<aux>(?:is|was|will\s+be)\s+)", re.IGNORECASE
)

_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b", re.IGNORECASE)
_DENIED = re.compile(rf"\b(?:{_NOT}|cannot)\b", re.IGNORECASE)
_POSSIBLE = re.compile(
    r"\b(?:may|might|could|would|should|can|expected|intended|proposed|planned|likely|must)\b", re.IGNORECASE
)
_FUTURE = re.compile(r"\b(?:will|shall|to)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|has|have|had|been)\b", re.IGNORECASE)

_IF_AFTER = re.compile(
    r"^\W*(?:only\s+)?(?:if|where|provided|in\s+the\s+event|in\s+case|subject\s+to|when|once|whenever|until\s+(?:the|a|an|this|these|revoked|replaced)|as\s+soon)\b",
    re.IGNORECASE,
)
# ", when they will be revoked" adds to the day and makes no condition
_WHICH_IS_WHEN = re.compile(r"^\s*,\s*(?:when|at\s+which|after\s+which|on\s+which)\b", re.IGNORECASE)
_UNLESS = re.compile(r"\b(?:unless|or\s+(?:until|when|such|earlier|later|sooner)|whichever|subject\s+to)\b", re.IGNORECASE)
_CLAUSE_IF = re.compile(r",?\s*\b(?:if|where|provided|in\s+the\s+event|in\s+case)\b", re.IGNORECASE)
_SAVING = re.compile(
    r"^[\s,;(–-]*(?:except|other\s+than|save|but|however|apart\s+from|excluding|although|though|and)\b"
    r"(?=.*\b(?:before|prior|on\s+or\s+before|already|pending|in\s+hand|lodged|received|accepted|made|that\s+(?:day|date))\b)",
    re.IGNORECASE | re.DOTALL,
)
_ALL = r"(?:all|every|any|everyone|everybody)"
_FROM_THEN = re.compile(
    r"^[\s,]*(?:for|to|in\s+respect\s+of|in\s+relation\s+to)\s+(?:all\s+|any\s+|new\s+)?applications?\s+(?:\w+\s+)?(?:made|lodged|received|submitted|accepted)"
    r"(?:\s+\w+){0,2}?\s+(?:on\s+(?:or|and)\s+after|from|after)\s+(?:that|this|the\s+same)\s+(?:day|date)",
    re.IGNORECASE,
)
_NEW = re.compile(r"^[\s,]*(?:to|for)\s+(?:any\s+|all\s+)?(?:new|further|fresh)\s+(?:applications?|applicants?)\b", re.IGNORECASE)
_AUDIENCE = re.compile(
    rf"^[\s,(–-]*(?:but\s+)?(?:only\s+)?(?:in\s+part\b|partly|partially|to\s+the\s+extent|for|to|in\s+respect\s+of|in\s+relation\s+to|as\s+regards|with\s+respect\s+to|in\s+the\s+case\s+of"
    r"|against|except|other\s+than|save|apart\s+from|excluding|insofar|in\s+so\s+far|so\s+far|as\s+they|in\s+relation|within|among)\b"
    rf"(?!\s+{_ALL}\b(?!\s+\w+\s+(?:who|aged|from|under|over|with|made|lodged)))(?!\s+the\s+purposes?\s+of\s+(?:this|these))",
    re.IGNORECASE,
)
_TO_ALL = re.compile(rf"^\s*(?:for|to|in\s+respect\s+of)\s+{_ALL}\s+(?:\w+\s*){{1,2}}(?=from|on|as|with|until|up|[,.]|$)", re.IGNORECASE)
_BY = re.compile(
    r"^\s*,?\s*(?:in\s+(?:full|whole|their\s+entirety|its\s+entirety)|entirely|completely|altogether|wholly"
    r"|(?:by|with)\s+(?:(?!(?:effect|from|on|until)\b)[\w.’'()-]+\s+){0,8}?(?:(?!(?:effect|from|on|until)\b)[\w.’'()-]+)(?=\s*(?:,|;|$|\.$|\bfrom|\bon\b|\bwith\s+effect|\bas\s+from|\beffective|\bas\s+of)))",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"\b(?:I|we)\b[^.;]*\b(?:give|issue|make|certify|delegate|approve|direct|instruct)\b|\b(?:DELEGATE|GIVE|CERTIFY|ISSUE)\b"
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z(“\"])|\n\s*(?=[-–•·*]\s|\([a-z]+\)\s)|;\s+")
_LABEL = re.compile(r"^\s*(?:[-–•·*]\s*|\(?[a-z]{1,3}\)\s+|(?:please\s+)?note\s*\d*\s*[:–-]\s*|nb[:.]?\s*|important\s*:\s*)+", re.IGNORECASE)
_WORDS = re.compile(
    r"effect|force|ceas|stop|expir|\bend|laps|terminat|conclud|clos|revo[kc]|rescind|resciss|withdr|cancel|repeal|replac|supersed"
    r"|delet|remov|discontin|disestab|suspen|commenc|\bbeg[ai]n|start|introduc|appl|valid|operat|remain|continu|longer|obsolete|abolish|last\s+day|final\s+day|until|up\s+to",
    re.IGNORECASE,
)
_PARTIAL_DATE = re.compile(
    rf"^\s*,?\s*(?:with\s+effect\s+)?(?:from|in|on|by|until|after|as\s+from|at|to)\s+(?:the\s+)?(?:end\s+of\s+|start\s+of\s+|beginning\s+of\s+|early\s+|mid[- ]|late\s+)*"
    rf"(?:{MONTH}|(?:19|20)\d\d\b|that\s+(?:day|date)|this\s+date|the\s+same|a\s+date|the\s+(?:day|date|end|start|commencement)|\d|further|next)",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:with\s+effect\s+)?(?:from|on\s+and\s+after|after|as\s+(?:from|of))\b", re.IGNORECASE)
_WAS_TO = re.compile(r"\b(?:was|were|had\s+been)\s+(?:to|due|going|scheduled)\b", re.IGNORECASE)
_PARTLY = re.compile(r"\b(?:partly|partially)\b", re.IGNORECASE)

MOST = 20
"""Clauses read in one sentence; no page has more, and a hostile one must not take minutes."""
LONGEST = 3000


def sentences(text: str) -> Iterator[str]:
    """The sentences of a block, and the parts of one that semicolons divide, that have a word of beginning or ending."""
    for sentence in _SENTENCE.split(text):
        if _WORDS.search(sentence):
            yield _LABEL.sub("", sentence).strip()[:LONGEST]


def read_sentence(sentence: str, code: Code, *, title: str = "", before: Subject | None = None) -> list[Said]:
    """All that the sentence says about beginnings and ends. `before`: the subject of the sentence before it.

    >>> [(s.event, s.subject.kind, s.times.first) for s in read_sentence("ZA1.5 ends on 1 May 2020.", Code("ZA1.5"))]
    [('end', 'own', None)]
    """
    said: list[Said] = []
    place = 0
    for match in islice(_predicates(sentence), MOST):
        if _verb_at(match) < place:
            continue
        clause = _Clause(sentence, place, match, code, title)
        found = clause.read(before, first=place == 0)
        before, place = clause.subject or before, max(place, clause.end)
        if found is not None:
            said.append(_as_told(found, sentence, sentence[: match.start()]))
    return said


def _as_told(said: Said, sentence: str, before: str) -> Said:
    """Questions assert nothing; what stands between quotation marks may be another's words."""
    if said.force == "plain" and sentence.rstrip().endswith("?"):
        return replace(said, force="not_asserted")
    quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    if said.force == "plain" and quoted and before.strip(" “\""):
        return replace(said, force="unclear")
    return said


def _predicates(sentence: str) -> Iterator[re.Match[str]]:
    """Verbs of beginning and ending in order; where two are found at one place, the longer one counts."""
    found = [m for p in (_IS_LAST_DAY, _LAST_DAY, _FIRST_DAY, _END_DATE, _ACTIVE, _GIVEN, _END, _BEGIN) for m in islice(p.finditer(sentence), MOST * 2)]
    found.sort(key=lambda m: (_verb_at(m), -m.end()))
    end = -1
    for match in found:
        if _verb_at(match) >= end and _is_verb(sentence, match):
            yield match
            end = match.end() if match.re is not _ACTIVE else match.start("object")


def _verb_at(match: re.Match[str]) -> int:
    return match.start() if "np" in match.re.groupindex else match.end("aux")


_BEFORE_NOUN = re.compile(r"\b(?:the|an?|its|their|this|that|of|at|any|every|each|no|for|new|by)\s*$", re.IGNORECASE)


def _is_verb(sentence: str, match: re.Match[str]) -> bool:
    """Whether a word that may be a noun or an attribute is a verb here ("at the end of", "a closed category")."""
    if "np" in match.re.groupindex or match.re is _GIVEN:
        return True
    if match["aux"].strip() and match.re is not _ACTIVE:
        return True
    if match.re is _ACTIVE and match["verb"].lower() in ("end", "ends", "ended", "closed", "terminated"):
        return not _BEFORE_NOUN.search(sentence[: match.end("aux")])
    return not _BEFORE_NOUN.search(sentence[: match.start()])


@dataclass(slots=True)
class _Clause:
    """One predicate with the words before it, back to the clause before, and those after it."""

    sentence: str
    begin: int
    match: re.Match[str]
    code: Code
    title: str
    end: int = 0
    subject: Subject | None = None

    def read(self, inherited: Subject | None, *, first: bool) -> Said | None:
        match = self.match
        before = self.sentence[self.begin : match.start()]
        after = self.sentence[match.end() :]
        self.end = match.end()
        if "np" in match.re.groupindex:
            return self._day_named(after)
        if match.re is _ACTIVE:
            return self._active(before)
        if match.re is _GIVEN:
            times = read_times(after, default="begin")
            own = Subject(kind="own", words=match[0])
            return Said(event="begin", subject=own, force="plain", times=times, words=self.sentence)
        return self._intransitive(before, after, inherited, first=first)

    # -------------------------------------------------------- "the last day on which … is D"

    def _day_named(self, after: str) -> Said | None:
        subject = subject_of(self.match["np"], self.code, self.title)
        day = self.match.groupdict().get("day") or re.sub(r"^\s*(?:on\s+)?", "", after)
        times = read_times(f"on {day}", default="begin")
        if times.first is None:
            return None
        self.end = len(self.sentence)
        begins = self.match.re is _FIRST_DAY
        if self.match.re in (_LAST_DAY, _IS_LAST_DAY):
            times = replace(times, first=None, until=times.first, until_raw=times.first_raw, reading="included")
        elif not begins:
            times = replace(times, first=None, until=times.first, until_raw=times.first_raw, reading="either")
        force: Force = "not_asserted" if _DENIED.search(self.match["aux"]) else "plain"
        return Said(
            event="begin" if begins else "end", subject=subject, force=force, times=times, words=self.sentence
        )

    # -------------------------------------------------------- "the Minister revoked these instructions on D"

    def _active(self, before: str) -> Said | None:
        verb = self.match["verb"].lower()
        words = self.match["object"]
        subject = subject_of(words, self.code, self.title, is_object=True)
        rest = subject.rest + self.sentence[self.match.end() :]
        leading = read_times(before, default="fronted")
        times = _joined(read_times(_BY.sub("", rest), default="passive"), leading)
        self.end = self.match.end()
        if times.first is None and times.until is None:
            return None
        force = _force(self.match["aux"], subject_of(before, self.code, self.title).force, rest, times)
        if self.match["aux"].strip() == "" and re.search(r"\b(?:may|to|not)\s*$", before):
            force = "not_asserted"
        event: Event = "suspend" if verb.startswith("suspend") else "end"
        revokes = verb[:5] in ("revok", "resci", "withd", "cance", "repea")
        return Said(
            event=event, subject=subject, force=force, times=times, revokes=revokes, words=self.sentence
        )

    # -------------------------------------------------------- "these instructions cease to be effective from D"

    def _intransitive(self, before: str, after: str, inherited: Subject | None, *, first: bool) -> Said | None:
        match, groups = self.match, self.match.groupdict()
        aux = match["aux"]
        ends = match.re is _END
        if self._is_fronted_time(before, after):
            self.end = self.begin
            return None
        if ends and groups["passive"] and not _BE.search(aux) and (before.strip(" ,") or aux):
            if first or before.strip(" ,") not in ("and", "but", "and then", "then"):
                return None  # "instructions revoked on D" inside another clause tells which, and ends nothing
        tail = _BY.sub("", after)
        if _TO_ALL.match(tail):
            tail = _TO_ALL.sub("", tail)
        times = read_times(tail, default=_default(match))
        if times.first is None and times.until is None and _AUDIENCE.match(tail):
            later = read_times(tail, default=_default(match), anywhere=True)
            times = replace(later, audience=True)
        fronted = read_times(before, default="fronted")
        if not first and fronted.first is None:
            fronted = read_times(self.sentence, default="fronted")
        times = _joined(times, fronted)
        subject = self._subject(before, inherited, first=first)
        self.subject = subject
        if subject.kind == "version" and self.match.re is _BEGIN and not aux.strip() and self._is_bare_effective():
            self.subject = replace(subject, dated=times.first)
            self.end = match.end() + max(0, len(after) - len(tail)) + times.length
            return None  # "the instructions effective from D" tells which
        said = self._said(subject, aux, tail, times, before)
        if said is not None and said.force in ("plain", "for_some") and self._closes_only(tail, subject):
            said = replace(said, force="unclear")
        if said is not None:
            self.end = match.end() + max(0, len(after) - len(tail)) + times.length
        return said

    def _is_fronted_time(self, before: str, after: str) -> bool:
        """"Effective from D, these instructions …": when another verb's clause is, and no clause."""
        if self.match.re is not _BEGIN or self.match["aux"].strip() or before.strip(" ,(:–-"):
            return False
        if (self.match["hold"] or "").lower() != "effective":
            return False
        rest = after[read_times(after, default="state").length :]
        return bool(re.match(r"[\s,]*(?:these|this|the|all|[A-Z]{1,3}\d)", rest, re.IGNORECASE))

    def _closes_only(self, tail: str, subject: Subject) -> bool:
        """Closed to new applications, which is not ended: those made before are still decided under it."""
        return self.match.re is _END and (_NEW.match(tail) is not None or subject.kind == "category")

    def _subject(self, before: str, inherited: Subject | None, *, first: bool) -> Subject:
        bare = self.match.re is _BEGIN and not self.match["aux"].strip() and self._is_bare_effective()
        subject = subject_of(before, self.code, self.title, later=not first, inherited=inherited)
        if not first and subject.force == "plain" and conditional(self.sentence):
            subject = replace(subject, force="not_asserted")
        if bare and subject.kind == "own" and not before.rstrip().endswith((",", ":", "–", "-")) and not _GIVES.search(before):
            return replace(subject, kind="version")
        return subject

    def _is_bare_effective(self) -> bool:
        return (self.match["hold"] or "").lower() in ("effective", "in force", "valid", "current", "in effect")

    def _said(self, subject: Subject, aux: str, tail: str, times: Times, before: str) -> Said | None:
        if self.match.re is _BEGIN:
            return self._begun(subject, aux, tail, times, before)
        groups = self.match.groupdict()
        if subject.event is not None:
            subject = replace(subject, kind="thing")  # "the suspension of these instructions ends on D"
        rest = tail[times.length :]
        force = _force(aux, subject.force, rest if times.length else tail, times)
        event: Event = "suspend" if groups["suspend"] else "end"
        revokes = bool(groups["passive"] and re.fullmatch(_REVOKED, groups["passive"], re.IGNORECASE))
        if times.vague and times.first is None and times.until is None:
            vaguely: Force = "unclear" if force == "plain" else force
            return Said(event=event, subject=subject, force=vaguely, times=times, revokes=revokes, words=self.sentence)
        if times.first is None and times.until is None:
            return self._undated(event, subject, force, tail, times, revokes=revokes)
        return Said(event=event, subject=subject, force=force, times=times, revokes=revokes, words=self.sentence)

    def _undated(
        self, event: Event, subject: Subject, force: Force, tail: str, times: Times, *, revokes: bool
    ) -> Said | None:
        """An end without a day: told as a fact, or with a time that is no day, or nothing."""
        groups, aux = self.match.groupdict(), self.match["aux"]
        verb = groups["cease"] or groups["expire"] or ""
        after = self.sentence[self.match.end() :]
        if verb and re.match(r"\s*(?:to|with|in|at|here|\w+ing)\b(?!\s+(?:the\s+end|full|whole))", after) and not _PARTIAL_DATE.match(after):
            return None  # "cease to be employed", "stop rowing", "ends with a list"
        if force == "for_some" and (_NEW.match(tail) or subject.kind == "category"):
            force = "plain"
        if force not in ("plain", "unclear"):
            return None
        over = force == "plain" and (event == "suspend" or self._is_fact(aux, groups, tail))
        if not over and not times.unreadable and not _PARTIAL_DATE.match(tail):
            return None
        if not over:
            force = "unclear"
        return Said(
            event=event, subject=subject, force=force, times=times, revokes=revokes, over=over, words=self.sentence
        )

    def _is_fact(self, aux: str, groups: dict[str, str | None], tail: str) -> bool:
        """Whether an end without a day is told as past or present rather than as to come."""
        if _FUTURE.search(aux) or _IF_AFTER.match(tail) or re.search(r"\b(?:may|to|will)\s*$", aux):
            return False
        if _PAST.search(aux):
            return True
        verb = (groups["cease"] or groups["expire"] or groups["close"] or "").lower()
        if verb and not verb.split()[0].endswith("ed"):
            return False
        return _PARTIAL_DATE.match(tail) is None

    def _begun(self, subject: Subject, aux: str, tail: str, times: Times, before: str) -> Said | None:
        """A beginning; and an end where a state is said to last until a day."""
        if times.first is None and times.until is None and not times.signing:
            return None
        rest = tail[times.length :] if times.length else tail
        bare = not aux.strip() and self._is_bare_effective()
        if bare and not self._bare_counts(subject, before, rest):
            subject = replace(subject, kind="thing") if subject.kind in ("own", "none") else subject
        elif _GIVES.search(before) and subject.kind == "unsure":
            subject = replace(subject, kind="own", force="plain")  # "I give the following instructions, which …"
        elif bare and (subject.kind == "none" or _GIVES.search(before) or re.match(r"[\s,]*(?:I|we)\b", rest)):
            subject = replace(subject, kind="own", force="plain")
            rest = ""
        event: Event = "begin"
        if subject.event is not None:
            event = subject.event
            if times.first is None:
                return None  # "the suspension is in force until D" ends the suspension
        force = _force(aux, subject.force, rest, times)
        if _DENIED.search(aux) and self.match["hold"] and _FROM.match(times.preposition):
            # "do not apply from D" may be meant as "no longer apply"
            return Said(event="end", subject=subject, force="unclear", times=times, words=self.sentence)
        if times.preposition == "on" and not bare and re.match(r"in\s|appl|operat|valid|curr|rem|cont|stay|run", self.match["hold"] or "", re.IGNORECASE):
            force = "unclear" if force == "plain" else force
        return Said(
            event=event, subject=subject, force=force, times=times, revokes=event == "end", words=self.sentence
        )

    def _bare_counts(self, subject: Subject, before: str, rest: str) -> bool:
        """"Effective from D" without "are": alone, of these instructions between commas, or of what a person gives."""
        if re.match(r"[\s,]*(?:I|we)\b", rest) or _GIVES.search(before):
            own = before.rstrip().endswith((",", ":", "–", "-")) or subject.kind == "own"
            return bool(re.match(r"[\s,]*(?:I|we)\b", rest)) or own
        if not before.strip(" (:-–"):
            return len(rest.strip(" ).:,")) == 0
        return subject.kind == "own" and before.rstrip().endswith((",", "–", "-", ":", "("))


def _default(match: re.Match[str]) -> str:
    if match.re is _BEGIN:
        return "begin" if match["take"] else "state"
    return "expire" if match["expire"] else "passive"


def _joined(times: Times, fronted: Times) -> Times:
    """The time behind the verb, else the one at the head of the clause."""
    if times.first is None and times.until is None and not times.signing:
        return replace(
            fronted,
            length=times.length,
            audience=times.audience,
            vague=times.vague or fronted.vague,
            unreadable=times.unreadable or fronted.unreadable,
        )
    return times


def _force(aux: str, subject_force: Force, rest: str, times: Times) -> Force:
    if _DENIED.search(aux) or _POSSIBLE.search(aux):
        return "not_asserted"
    if subject_force != "plain":
        return subject_force
    if (_IF_AFTER.match(rest) or _CLAUSE_IF.match(rest)) and not _WHICH_IS_WHEN.match(rest):
        return "not_asserted"
    if _PARTLY.search(aux):
        return "for_some"
    if _WAS_TO.search(aux) or _UNLESS.search(rest):
        return "unclear"
    if times.audience:
        return "for_some"
    if _SAVING.match(rest) or _FROM_THEN.match(rest):
        return "plain"
    if _AUDIENCE.match(rest):
        return "for_some"
    return "plain"
