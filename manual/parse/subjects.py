"""What the words before a verb name: the page's own instruction, a part of it, another one, or something else."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from manual.citation import code_key
from manual.citation.references import ends_of, find_refs
from manual.dates import MONTH, PRINTED_DAY, SAID_DAY, parse_printed_day
from manual.errors import DayError
from manual.model import Code
from manual.parse.headings import letters_of
from manual.parse.times import UPON
from manual.parse.verbs import ARE_GIVEN, EXCEPT, EXCEPTED, THESE
from manual.publisher import INZ, Publisher, expression

Force = Literal["plain", "unclear", "not_asserted", "for_some"]
"""`unclear`: may be meant or not. `not_asserted`: denied, possible, proposed or conditional. `for_some`: for some
people only."""

Event = Literal["begin", "end", "suspend"]
Kind = Literal[
    "own",  # the whole instruction of the page, or a chapter or edition it belongs to
    "edition",  # the whole manual
    "part",  # a paragraph, note or sub-heading of it
    "version",  # another version of it: "the previous instructions", "the instructions dated E"
    "code",  # instructions with other codes
    "powers",  # what a person delegates: the page's own instruction if the page is signed
    "category",  # what people apply under; closing it does not end its instructions
    "thing",  # an application, a visa, a fee, an Act
    "unsure",  # instructions, and not said which
    "none",  # no words
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a clause is about, and how far its own clause is asserted."""

    kind: Kind
    codes: tuple[Code, ...] = ()
    """For `code`: the codes named."""
    dated: date | None = None
    """The day by which another version is called."""
    dates: tuple[date | None, ...] = ()
    """Where several are called: the day of each of `codes`, or of each other version of this code."""
    words: str = ""
    event: Event | None = None
    """For "the revocation of these instructions": what the noun itself says."""
    force: Force = "plain"
    rest: str = ""
    """Of an object: the words behind it."""
    none_of: bool = False
    """ "No part of these instructions": what is said of it is denied of the whole."""


_INSTRUCTIONS = frozenset((
    "instruction", "instructions", "policy", "policies", "instrument", "instruments", "delegation",
    "delegations", "direction", "directions", "provisions", "guidelines", "rules",
))  # fmt: skip
_PLACES = frozenset(["section", "sections", "chapter", "chapters", "page", "appendix"])
_DOCUMENTS = frozenset(("direction", "instrument", "delegation"))
_CATEGORIES = frozenset((
    "category", "categories", "scheme", "schemes", "pathway", "stream", "pilot", "programme", "program",
))  # fmt: skip
_GRANTED = frozenset(("visas", "permits", "applications", "applicants", "holders"))
_WHOLES = frozenset((
    "whole", "entirety", "operation", "application", "effect", "force", "validity", "term", "period", "duration",
    "currency",
))  # fmt: skip
"""What is said of the operation of an instruction is said of it."""
_PARTS = frozenset((
    "paragraph", "paragraphs", "subparagraph", "sub-paragraph", "clause", "clauses", "subclause", "item",
    "items", "bullet", "bullets", "point", "note", "notes", "footnote", "table", "tables", "row", "rows",
    "column", "line", "sentence", "sentences", "word", "words", "definition", "definitions", "list",
    "requirement", "requirements", "criterion", "criteria", "exception", "exceptions", "exemption",
    "exemptions", "schedule", "schedules", "annex", "heading", "part", "parts", "half", "some",
    "subsection", "sub-section", "provision", "example", "formula", "bullets", "step", "steps",
))  # fmt: skip
_EVENTS: dict[str, Event] = {
    "suspension": "suspend", "commencement": "begin", "introduction": "begin", "revocation": "end", "repeal": "end",
    "rescission": "end", "withdrawal": "end", "cancellation": "end", "cessation": "end", "expiry": "end",
    "closure": "end", "termination": "end", "replacement": "end", "removal": "end", "lapse": "end", "lapsing": "end",
    "end": "end",
}  # fmt: skip
_OTHER_VERSION = re.compile(
    r"\b(?:previous|former|earlier|old|older|prior|preceding|superseded|archived|replaced|revoked|original"
    r"|new|newer|revised|amended|updated|next|later|last)\b",
    re.IGNORECASE,
)
# "These amended instructions" are the page's; "these former instructions" are not
_REPLACED = re.compile(
    r"\b(?:previous|former|earlier|old|older|prior|preceding|superseded|replaced|next|later)\b", re.IGNORECASE
)
_NOT_THESE = re.compile(
    r"\b(?:other|another|any|those|that|his|her|my|relevant|related|separate|similar|special|interim|draft|proposed|equivalent|corresponding|no)\b",
    re.IGNORECASE,
)
# "These interim instructions" are the page's; "these draft instructions" are not in force
_NOT_THE_PAGES = re.compile(r"\b(?:other|another|any|those|that|draft|proposed|no)\b", re.IGNORECASE)
_SOME = re.compile(
    r"\b(?:(?:not|almost|nearly)\s+(?:all|every)|some|certain|most|many|several|part|parts|half)\b",
    re.IGNORECASE,
)
# The offshore provisions of these instructions
_SOME_PROVISIONS = re.compile(
    r"the\s+(?!(?:following|above|current|present|whole|said|full|new|old|other|previous|former)\s)[\w-]+\s+provisions",
    re.IGNORECASE,
)
_OWN_DETERMINER = re.compile(
    r"^(?:all\s+(?:of\s+)?|the\s+whole\s+of\s+|both\s+)?(?:these|this|its|our|the\s+(?:present|above|current))\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:they|it|this|these|both|all|which|that|the\s+latter|he|she)", re.IGNORECASE)
_MODIFIER = re.compile(
    r"\s*\b(?:of|in|at|under|to|for|on|about|as\s+to|relating|concerning|regarding|made|granted|given|issued|set|contained|dated"
    r"|effective|which|that|who|whose|where|with|by|from|between|within|(?:above|below)(?!\s+(?:instructions?|polic))|signed|whichever|whom|affected|governed|holding)\b|\s*[(,]",
    re.IGNORECASE,
)
_OWN_PLACE = re.compile(
    r"^[\s,(]*(?:(?:set\s+out|contained|given|stated|printed)\s+(?:above|here)\b|"
    r"(?:(?:set\s+out|contained|found|given|stated|provided|printed)\s+)?(?:in|of|at|on|under|by|within)\s+(?:this|these)\s+"
    r"(?:section|chapter|page|appendix|part|provision|provisions|instructions?|instrument|category|document)\b)",
    re.IGNORECASE,
)
_OTHER_PLACE = re.compile(
    r"^\s*(?:set\s+out\s+|contained\s+)?(?:in|of|at|on|under)\s+(?:that|the\s+(?:previous|next|former|other)|another)\b",
    re.IGNORECASE,
)
# The instructions at ZC3.1 before D | the instructions in force until D
_OF_A_TIME = re.compile(rf"\b(?:before|prior\s+to|until|till|up\s+to)\s+(?:{SAID_DAY})", re.IGNORECASE)
_SECTION_OF_LAW = re.compile(
    r"\bsection\s+(?:\d|of\s+(?:the|an|that)\s+(?:\w+\s+){0,4}?(?:Act|Regulations|Order)\b)", re.IGNORECASE
)
_LABELS = re.compile(r"\(\s*[a-z]{1,5}\s*\)", re.IGNORECASE)
_INDEFINITE = re.compile(r"an?\s", re.IGNORECASE)
_COUPLED = re.compile(r"\s(?:and|or)\s")
_BARE_CODE = expression(
    lambda publisher: (
        rf"(?:instructions?|section|chapter|general|immigration|the)?\W*(?:{_code_begins(publisher)})"
    ),
    re.IGNORECASE,
)
_THESE = re.compile(r"these|this|both|all(?:\s+of\s+(?:these|them))?|they|it|which|such", re.IGNORECASE)
_THIS_PROVISION = re.compile(r"this\s+provision", re.IGNORECASE)
_FOLLOWING = re.compile(r"the\s+following\b", re.IGNORECASE)
_SAID_OF = re.compile(r"\s(?:these|this|the|our)\s", re.IGNORECASE)
_ALL_INSTRUCTIONS = re.compile(r"(?:all\s+)?(?:immigration\s+)?instructions?", re.IGNORECASE)
_LABEL_BEHIND = re.compile(r"\s*\((?:[a-z]|[ivx]{1,4})\)")
_THE_CODE = expression(
    lambda publisher: (
        rf"(?i:the|an?|any|each|every)\s+(?:{_code_begins(publisher)})[\d.]*\s+(?P<noun>[a-z].*)"
    )
)
# "WA3 except WA3.20": not that one
_SAVE_FOR = re.compile(
    rf"[\s,(]+(?:{EXCEPT}|but\s+not)\s",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    rf"\b(?:{'|'.join(sorted(_PARTS))})\s+(?:\([a-z]{{1,5}}\)\s*)*(?:to|of|in|at|under)\s+(?:the\s+instructions?\s+(?:at|in)\s+)?$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:dated|(?<!as\s)of|effective\s+from|(?:signed|given|certified|approved)(?:\s+on)?|made\s+on|issued\s+on|that\s+took\s+effect\s+on)\s+"
    rf"(?:{SAID_DAY})(?:(?:\s*,\s*|\s+and\s+)(?:{SAID_DAY}))*",
    re.IGNORECASE,
)
_CODE = expression(
    lambda publisher: rf"\b(?:{publisher.codes.loose}|{publisher.codes.word_exact}\s+\d+)(?:\([a-z]+\))*"
)


# Behind a code: (formerly ZC3.1) | , as amended by ZC3.1 | , made under ZC3.1 | rather than ZC3.1 | and not ZC3.1
_ASIDE_CODE = expression(
    lambda publisher: (
        r"[\s,(]+(?:as\s+(?:amended|replaced|inserted)|formerly|previously|(?:made|issued|given)\s+under|see|in\s+place\s+of|instead\s+of"
        r"|rather\s+than|(?:and\s+|but\s+)?not|like|unlike|referred\s+to|replac\w+|supersed\w+)\b"
        rf"[^,;()]{{0,60}}?{publisher.codes.loose}(?:\s+(?:and|or)\s+{publisher.codes.loose})*"
        rf"|\s*[,(]\s*(?:when\s+)?read\s+(?:\w+\s+){{0,2}}?with\s[^,;()]{{0,60}}?{publisher.codes.loose}"
    ),
    re.IGNORECASE,
)
# The direction (under these instructions)
_UNDER_THESE = re.compile(r"\s*(?:(?:made|given|issued)\s+)?under\s+(?:these|this)\b", re.IGNORECASE)
# The appendix (to these instructions)
_OF_THESE = re.compile(rf"\s*(?:to|of|in)\s+{THESE}", re.IGNORECASE)
# These instructions(, but not ZS9.1,)
_ANOTHER_LEFT_OUT = expression(
    lambda publisher: (
        rf"[\s,(]*(?:{EXCEPT}|but\s+not|and\s+not)\s+(?:(?:those|the\s+instructions)\s+(?:at|in)\s+)?"
        rf"{publisher.codes.loose}[\s,)]*"
    )
)
# must be read with (ZS9.1(a)),
_ANOTHER_LAST = expression(lambda publisher: rf"\b(?P<code>{publisher.codes.loose})(?:\([a-z]+\))*\s*,\s*$")


def _code_begins(publisher: Publisher) -> str:
    return rf"{publisher.codes.word_exact}\s+\d|{publisher.codes.beginning}"


_OBJECT_END = re.compile(
    r"\s(?=(?:on|from|with\s+effect|as\s+from|as\s+of|effective|until|at\s+the|by|if|where|unless|when|previously|before|after)\b"
    r"|and\s+(?:replace|issue|give|make|is|are|was|were|has|have|had|will|shall|take|took|come|came|cease|commence|apply)s?\b)",
    re.IGNORECASE,
)

_REPORT = expression(
    lambda publisher: (
        r"^(?P<report>.*\bthat)\s+(?P<np>(?:from|on|with\s+effect|as\s+from)\s.*"
        rf"|(?:these|this|the|all|it|they|its|some|any|each|{publisher.codes.beginning})(?:\b|\s|\d).*)$"
    ),
    re.IGNORECASE | re.DOTALL,
)
_PLAINLY = re.compile(
    r"\b(?:note|aware|remember|reminded|remind|follows|means|so|noted|(?:be|is|are)\s+(?:hereby\s+)?advised)\W*\s+that$"
    r"|^\W*(?:so\s+)?that$",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:propos\w*|intend\w*|plan\w*|expect\w*|suggest\w*|recommend\w*|consult\w*|possib\w*|likely|hope[sd]?|consider\w*|not|never|(?<!\d\s)may(?!\s+\d)|whether|request\w*|declin\w*|refus\w*|no)\b",
    re.IGNORECASE,
)
_IF = re.compile(
    r"(?:^|[\s,(])(?:if|where|whenever|unless|provided(?!\s+(?:in|by|for|at|under)\b)|whether|should|in\s+case|in\s+the\s+event|assuming|lest)\s|^(?:had|were)\s+(?:these|this|the)\s",
    re.IGNORECASE,
)
_ASIDE_IF = re.compile(r"^(?:these|this|the)\s[^,]*,\s*(?:if|unless|provided)\s[^,]*,", re.IGNORECASE)
_BY_HEARSAY = re.compile(
    r"^(?:according\s+to|as\s+(?:announced|stated|reported|notified))\b[^,]*,", re.IGNORECASE
)
# "Unless the Minister decides otherwise, these instructions …": the reservation may have come true or not
_RESERVED = expression(
    lambda publisher: (
        rf"^(?:unless|subject\s+to)\b[^,]*,\s*(?=(?:these|this|the|all|{publisher.codes.beginning}))"
    ),
    re.IGNORECASE,
)
# "Even if the pier is sold, …" and "Except for applications made before that day, …" leave an end an end
_REGARDLESS = re.compile(
    r"^(?:(?:whether\s+or\s+not|regardless|irrespective|no\s+matter|instead\s+of|rather\s+than|even\s+(?:if|where|though))\b[^,]*"
    r"|(?:except(?:ing)?(?:\s+for)?|other\s+than|save\s+for|apart\s+from)\s+(?:\w+\s+){0,3}applications?\b[^,]*"
    r"\b(?:before|prior|already|pending|in\s+hand)\b[^,]*),\s*",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:^|[\s,(])(?:when|once|until|till|after|before|by\s+the\s+time|while|as\s+soon\s+as|the\s+(?:day|date)\s+(?:on\s+which|that|when))\s+(?!\d|midnight|the\s+(?:end|close)|and\s+including|further\s+notice)",
    re.IGNORECASE,
)
# "When the order was revoked, …": a fact, and no condition
_TOLD_FIRST = re.compile(
    r"[^,]*\b(?:was|were|had|came|took|entered|began|commenced|ceased|expired|ended|lapsed|closed|replaced)\b",
    re.IGNORECASE,
)
# "these instructions at ZC3.1" name ZC3.1; "these instructions, together with ZC3.1" don't
_AT_CODE = expression(
    lambda publisher: (
        r"^(?:these|this|all(?:\s+of\s+these)?|its|our)\s+(?:\w+\s+){0,3}?(?!(?:by|with|about|on|for|concerning|regarding)\b)\w+\s+(?:(?:at|in|of|under)\s+)?"
        rf"(?:{_code_begins(publisher)})"
    ),
    re.IGNORECASE,
)
_JOINED = re.compile(r"^[\s,(]*(?:together\s+with|as\s+well\s+as|along\s+with)\b", re.IGNORECASE)
# The other clause takes it as a fact: "As these instructions cease …"
_CAUSE = re.compile(
    r"^(?:as|because|since|although|though|even\s+though|given\s+that|now\s+that|while|whilst|notwithstanding\s+that|despite\s+the\s+fact\s+that)\s+(?=(?:these|this|the|they|it)\b(?![^,]*,\s*(?:these|this|the|all)\b))",
    re.IGNORECASE,
)
# Of "the … instructions", the words that don't say which
_UNNAMED = re.compile(
    r"^(?:all\s+)?the\b|\b(?:above|immigration|government|residence|operational|whole|entire|said|full)\b|[\w-]+$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"^\s*(?:\(\s*(?:for\s+)?|(?:for|about|on|concerning)\s+)(?:the\s+)?(?:\w+\s+)?(?:students?|applicants?|people|persons?|partners?|children|owners?|crews?|workers?|holders|employers?"
    r"|those|anyone|families|parents|visitors|nationals|citizens|residents)\b",
    re.IGNORECASE,
)
_WITHOUT_SOME = re.compile(
    rf"^[\s,]*{EXCEPT}\s[^,]*,",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    rf"^[\s,(]*(?:{EXCEPT}|but\s+(?:not|for)|(?:in\s*)?so\s*far\s+as|to\s+the\s+extent)\b",
    re.IGNORECASE,
)
_PART_LEFT_OUT = re.compile(
    rf"[\s,(]{EXCEPT}\s[^;]{{0,40}}?"
    r"(?:\([a-z]{1,5}\)|\b(?:sub-?)?(?:paragraphs?|clauses?|notes?|provisions?|parts?)\b)",
    re.IGNORECASE,
)
_FRONTED_TIME = re.compile(
    rf"^[\s,]*until\s+further\s+notice\s*,?\s*|^[\s,]*(?:(?:{UPON}\s+)?(?:with\s+(?:immediate\s+)?effect\s+)?(?:from|on|as|at|after|until|till|to|through|up|effective|starting|beginning|commencing)\s+(?:(?:and|on|from|after|of|to|the|at|end|start|beginning|including|day|immediately)\s+)*(?:\d{{1,2}}[:.]\d\d\s*[ap]m\s+(?:on\s+)?)?{SAID_DAY}(?:\s*,?\s*at\s+\d{{1,2}}(?:[:.]\d\d)?\s*[ap]\.?m\.?)?\s*(?:\(?(?:both\s+(?:days\s+)?)?inclusive\)?)?(?:onwards?\b)?\s*,?\s*)+"
    rf"|^[\s,]*between\s+{SAID_DAY}\s+and\s+{SAID_DAY}\s*(?:\(?(?:both\s+(?:days\s+)?)?inclusive\)?)?\s*,?\s*",
    re.IGNORECASE,
)
_FOR_SOME = re.compile(
    r"^[\s,]*(?:for|in\s+respect\s+of|in\s+relation\s+to|in\s+the\s+case\s+of|as\s+regards|with\s+respect\s+to|with\s+regard\s+to|as\s+for|regarding"
    r"|concerning|to\s+the\s+extent\s+(?:that\s+)?(?:it|they)|as\s+(?:it|they)\s+(?:relates?|appl(?:y|ies)|concerns?)|(?:in\s*so|so|as)\s+far\s+as(?!\s+(?:possible|practicable)))\s+"
    r"(?!the\s+(?:avoidance|purposes?)\b|all\b|this\s+reason|these\s+reasons|(?:clarity|certainty|completeness|information|reference)\b)"
    r"(?:[^,]*,|[^,]*?(?=\s(?:these|this)\s+(?:instructions?|policy|section)\b))",
    re.IGNORECASE,
)
# In Nelson, these instructions …     Not: In May 2020, … | In Circular 2020/3, … | At the …
_IN_A_PLACE = re.compile(
    rf"^[\s,]*(?i:in|at|throughout|outside)\s+(?!(?i:{MONTH}|circulars?|the|gazette|cabinet|parliament|part|section|appendix|schedule)\b)"
    r"[A-Z][a-z’'-]+(?:\s+(?:[A-Z][a-z’'-]+|and|or|of))*\s*,\s*(?=(?i:these|this|the|all)\b)"
)
_LEADING = re.compile(
    r"^(?:following|due|as\s+a\s+(?:result|consequence)|in|under|by|despite|with|pursuant|accordingly|however|therefore|consequently"
    r"|further|please|note|because|since|although|as|given|owing|after|on|from|pending|notwithstanding|like|unlike|contrary|also|finally|first|secondly|\w+ly|to\s+(?:avoid|be\s+(?:clear|consistent)|clarify|confirm|ensure|reflect|support|allow|help|make|meet|manage|reduce|simplify|align|give)|for\s+(?:the\s+avoidance|clarity))\b",
    re.IGNORECASE,
)
_DETERMINED = expression(
    lambda publisher: (
        r"(?:^|.*[\s,;:])(?:and|but|or|so|then|;|,|:)\s+(?P<np>(?:these|this|the|those|its|their|all|any|an?|it|they|each"
        rf"|every|no|such|{publisher.codes.beginning}[\d.]*)(?:\s.*|))$"
    ),
    re.IGNORECASE | re.DOTALL,
)
_RELATIVE = re.compile(r"[\s,]*\b(?:which|that|who|whose\s+\w+)\s*$", re.IGNORECASE)
_FINITE = re.compile(
    r"(?<=\w)\s+(?:is|are|was|were|has|have|had|will|shall|must|may|can|sets?|appl(?:y|ies)|describes?|covers?|lists?|gives?|explains?"
    r"|contains?|requires?|allows?|provides?|concerns?|refers?|includes?|means?|certify|states?|introduces?)\b(?!\s+(?:out\s+in|in|at|by)\b)",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"^(?:under|pursuant\s+to|in\s+accordance\s+with|by|following|after|by\s+virtue\s+of|(?:owing|due)\s+to|because\s+of"
    r"|as\s+a\s+result\s+of|despite|in\s+(?:view|light)\s+of)\b.*?\b(?P<np>(?:these|this)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:instructions?|polic(?:y|ies)|section|chapter|instrument|delegation))$",
    re.IGNORECASE,
)
# "All of the instructions on this page", "each of these instructions", "all provisions of this section"
_QUANTIFIED = re.compile(
    r"^(?:all|each|both)(?:\s+(?:the\s+)?(?:paragraphs|provisions|clauses|parts|sections))?\s+(?:of|in)\s+(?=(?:these|this|the)\b|(?-i:[A-Z]{1,3}\d))"
    r"|^(?:both|either)\s+(?=(?-i:[A-Z])|these\b|this\b)",
    re.IGNORECASE,
)
# "ZC3.1 and these instructions", "ZC3.1 or these instructions"
_AND_THESE = re.compile(
    r"\b(?:and|or)\s+(?:these|this)\s+(?:instructions?|policy|section|chapter)$", re.IGNORECASE
)
# "ZC3.1 or ZC3.5", "these instructions or those at ZC3.1"
_OR_CODE = expression(
    lambda publisher: (
        rf"(?:instructions?|policy|section|chapter|{publisher.codes.loose})(?:\s+[\w-]+){{0,4}}?,?\s+or\s+(?:[\w-]+\s+){{0,4}}?"
        rf"(?:these|this|{_code_begins(publisher)})"
    ),
    re.IGNORECASE,
)
# "Neither ZC3.1 nor these instructions"
_NEITHER = re.compile(r"neither\s+(.+?)\s+nor\s+(.+)", re.IGNORECASE)
# "No part of these instructions", "none of these instructions"
_NONE_OF = re.compile(
    r"(?:no\s+(?:part|provision|paragraph|clause|aspect)s?|none|nothing)\s+(?:of|in)\s+(?=(?:these|this)\b)",
    re.IGNORECASE,
)
_NO_SUCH = re.compile(r"no\s", re.IGNORECASE)
# "All applications having been decided, these instructions …": told as a fact beside the main clause
_ABSOLUTE = re.compile(
    r"^(?!(?:these|this)\b)[^,;]*\b(?:being|having)\b[^,;]*,\s*"
    r"(?=(?:these|this|the|their|its|all|any|each|an?)\s)",
    re.IGNORECASE,
)
# "These instructions were published on E, but they"
_THEY_LAST = re.compile(r"[\s,](?:they|it)$", re.IGNORECASE)
# "This is a temporary policy and", "these are the instructions that"
_THIS_IS = re.compile(
    r"(?:this\s+(?:is|was)|these\s+(?:are|were))\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?:instructions?|policy|section)"
    r"(?:\s+(?:and|but|which|that))?",
    re.IGNORECASE,
)
# "These instructions have been archived as they"
_THESE_AS_THEY = re.compile(
    rf"{THESE}\b.*[\s,](?:as|because|since|although|though)\s+(?:they|it)$", re.IGNORECASE
)
# Officers apply (these instructions) until they
_THESE_UNTIL_THEY = re.compile(
    rf"(?P<np>{THESE})\s+(?:until|till|before|after|when|once|since|because|as|while)\s+they\s*$",
    re.IGNORECASE,
)
# rather than (ZC3.1), which | replaced (ZC3.1) when it
_CODE_WHICH = expression(
    lambda publisher: (
        r"(?:^\s*|\b(?:not|than|of|see|replac\w+|supersed\w+|appl\w+|used?|follow\w*|incorporat\w+)\s+)(?:the\s+instructions?\s+(?:at|in)\s+)?"
        rf"(?P<np>{publisher.codes.loose})(?:\s*,\s*which|\s+(?:until|till|before|after|when|once|since|because|as)\s+it)\s*$"
    ),
    re.IGNORECASE,
)
_WITHIN_A_PHRASE = re.compile(r"\b(?:that|which|who|whose|under|by|of|if|where|when|unless)\b", re.IGNORECASE)
_THESE_ONES = re.compile(r"these\b", re.IGNORECASE)
_THIS_ONE = re.compile(r"(?:these|this)\b", re.IGNORECASE)
_SEE = re.compile(
    r"^(?:see(?:\s+also)?|refer\s+to|(?:by|with)(?=\s+(?:the\s+(?:\w+\s+)?instructions?\s+(?:at|in)\s|(?-i:[A-Z]{1,3}\d))))\s+",
    re.IGNORECASE,
)
_ADVERB = re.compile(r"\s+(?:first|also|only|now|then|therefore|finally|formally|\w+ly)$", re.IGNORECASE)
_CONNECTIVE = re.compile(
    r"^(?:(?!\([a-z]{1,4}\))[\s,;:()–-])*(?:(?:and|but|or|so|then|also|please\s+note|note)\b[\s,:]*)*",
    re.IGNORECASE,
)


def subject_of(
    words: str,
    code: Code,
    title: str = "",
    publisher: Publisher = INZ,
    *,
    later: bool = False,
    inherited: Subject | None = None,
    is_object: bool = False,
    finite: bool = True,
) -> Subject:
    """What `words`, the ones before a verb, are about. `later`: another clause of the sentence stands before them.
    `finite`: the verb is no bare participle, which would say something of the noun before it."""
    if is_object:
        cut = _OBJECT_END.search(_after_dates(words))
        rest = words[cut.start() :] if cut else ""
        return replace(_named(words[: cut.start()] if cut else words, code, title, publisher), rest=rest)
    if later and re.search(r"(?:^|\s)(?:and|but|then)\s*$", words) and inherited is not None:
        return _carried("", inherited, "unclear" if _IF.search(words) else inherited.force)
    phrase, force = _asserted(_CONNECTIVE.sub("", words), publisher)
    if (nearest := _nearest(words, publisher)) is not None:
        return replace(_named(nearest, code, title, publisher), force=force)
    phrase, some = _fronted(phrase)
    force = some if force == "plain" else force
    match = _DETERMINED(publisher).match(phrase)
    if match and (later or _is_clause(phrase[: match.start("np")])):
        phrase = match["np"]
    phrase = _CONNECTIVE.sub("", phrase).strip(" ,:;–-")
    if _THIS_IS.fullmatch(phrase):
        return replace(_named("these instructions", code, title, publisher), force=force)
    phrase = _first_verb_cut(phrase, words, finite=finite)
    if ARE_GIVEN.match(phrase) and _THEY_LAST.search(phrase):
        return replace(_named("these instructions", code, title, publisher), force=force)
    if _THESE_AS_THEY.match(phrase):
        return Subject(kind="unsure", words=phrase, force=force)
    if not phrase or _PRONOUN.fullmatch(phrase) or (later and _RELATIVE.fullmatch(" " + phrase)):
        return _carried(phrase, inherited, force)
    subject = _named(_RELATIVE.sub("", phrase), code, title, publisher)
    return replace(subject, force=force) if force != "plain" else subject


def _nearest(words: str, publisher: Publisher) -> str | None:
    """What a pronoun at the end of `words` stands for, where that is named right before it: "officers apply these
    instructions until they", "apply these and not ZC3.1, which", "replaced ZC3.1 when it"."""
    match = _THESE_UNTIL_THEY.search(words) or _CODE_WHICH(publisher).search(words)
    return match["np"] if match else None


def is_dependent(words: str) -> bool:
    """Whether a clause that begins with `words` depends on another by its time: "before these instructions"."""
    return _WHEN.search(words) is not None and _IF.search(words) is None


def main_clause(words: str) -> str:
    """The words before a clause that depends on them: "Any visa granted (before these instructions took effect)"."""
    for clause in (_WHEN.search(words), _IF.search(words)):
        if clause and clause.start():
            words = words[: clause.start()]
    return words


def is_whole(words: str) -> bool:
    """Whether words before a comma are a clause with a verb of its own: "these instructions require a licence,"."""
    return words.rstrip().endswith(",") and _FINITE.search(words) is not None


def ends_in_another(words: str, code: Code, publisher: Publisher) -> bool:
    """Whether a whole clause ends in another code, "these instructions must be read with ZS9.1,": a state behind the
    comma is that one's. Codes that only say something of the thing before them ("issued under ZS9.1,") don't count."""
    words = _ASIDE_CODE(publisher).sub(" ", words)
    verb, last = _FINITE.search(words), _ANOTHER_LAST(publisher).search(words)
    return (
        verb is not None
        and last is not None
        and verb.end() <= last.start()
        and not _is_own(last["code"], code)
    )


def following(words: str) -> bool:
    """Whether a subject is "the following instructions"."""
    return _FOLLOWING.match(words) is not None


def planned(words: str) -> bool:
    """Whether words before a verb say that it is only proposed, intended or possible."""
    return _PLANNED.search(words) is not None


def _is_clause(words: str) -> bool:
    """Whether words before "and these instructions" are a whole clause: "Passes were made"."""
    verb = _FINITE.search(words)
    return verb is not None and _WITHIN_A_PHRASE.search(words) is None and _THIS_ONE.match(words) is None


def _first_verb_cut(phrase: str, words: str, *, finite: bool) -> str:
    """The subject alone, if another whole clause stands between it and the verb.

    "These instructions are issued today and (take effect)": these instructions. "These instructions set the fees which
    (take effect)": the fees, which are no instruction.
    """
    verb = _FINITE.search(phrase)
    if verb is None:
        return phrase
    if re.search(r"\b(?:and|but|then)\s*$", words) or (finite and words.rstrip().endswith(",")):
        return phrase[: verb.start()].strip()
    if _RELATIVE.search(words) and not _RELATIVE.search(phrase[: verb.start()]):
        return re.sub(r"^(?:out|up|to|\w+ed|given|made)\s+", "", phrase[verb.end() :].strip())
    return phrase


def condition_of(sentence: str) -> Force:
    """How far the later clauses of a sentence are asserted. A condition at its start, or as an aside, applies to
    all."""
    if _IF.match(sentence):
        return "not_asserted"
    if _WITHOUT_SOME.match(sentence) and not _REGARDLESS.match(sentence):
        return "for_some"
    if _WHEN.match(sentence) and not _TOLD_FIRST.match(sentence):
        return "unclear"
    return "unclear" if _ASIDE_IF.match(sentence) else "plain"


def _after_dates(words: str) -> str:
    """`words` with the day of "dated E" blanked out, so that it is not read as the time of the verb."""
    return _DATED.sub(lambda m: "x" * len(m[0]), words)


def _carried(phrase: str, inherited: Subject | None, force: Force) -> Subject:
    if inherited is not None and phrase.lower() not in ("he", "she"):
        kind: Kind = "unsure" if inherited.kind == "none" else inherited.kind
        if phrase.lower() == "it" and _THESE_ONES.match(inherited.words):
            kind = "thing"  # "these instructions replaced ZC3.1 when it was revoked"
        carried = replace(inherited, kind=kind)
    else:
        carried = Subject(kind="unsure" if phrase else "none", words=phrase)
    return replace(carried, force=force)


def _asserted(phrase: str, publisher: Publisher) -> tuple[str, Force]:
    """The words without reporting phrases ("it is proposed that"), and how far the clause is asserted."""
    report = _REPORT(publisher).match(phrase)
    if report and not re.fullmatch(r"\W*(?:the|a|an)?\s*[\w-]+\s+that", report["report"], re.IGNORECASE):
        said = report["report"]
        if _PLAINLY.search(said):
            return report["np"], "plain"
        return report["np"], "not_asserted" if _PLANNED.search(said) or _IF.search(said) else "unclear"
    phrase = _ABSOLUTE.sub("", _REGARDLESS.sub("", _CAUSE.sub("", phrase)))
    if match := _BY_HEARSAY.match(phrase) or _RESERVED(publisher).match(phrase):
        return phrase[match.end() :].strip(), "unclear"
    if _ASIDE_IF.match(phrase):
        return phrase.partition(",")[0], "unclear"
    if _IF.search(phrase):
        return phrase, "not_asserted"
    if (when := _WHEN.search(phrase)) is not None:
        return phrase[when.end() :] or phrase, "unclear"
    return phrase, "plain"


def _fronted(phrase: str) -> tuple[str, Force]:
    """The words without leading times and adverbs, and whether those limit the clause to some people or a place."""
    phrase = _FRONTED_TIME.sub("", phrase)
    some: Force = "plain"
    if match := _FOR_SOME.match(phrase) or _WITHOUT_SOME.match(phrase):
        phrase, some = phrase[match.end() :], "for_some"
    elif match := _IN_A_PLACE.match(phrase):
        phrase, some = phrase[match.end() :], "unclear"
    while "," in phrase and _LEADING.match(phrase):
        rest = phrase.partition(",")[2]
        if not rest.strip() or _RELATIVE.fullmatch(rest):
            break
        phrase = _FRONTED_TIME.sub("", rest.strip())
    if ":" in phrase:
        phrase = phrase.rpartition(":")[2] or phrase
    return phrase.strip(), some


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase: the words up to its noun, and the words after it that say which one."""

    words: str
    head: str
    behind: str
    noun: str
    code: Code
    """The page's own."""
    title: str
    publisher: Publisher

    def is_a(self, kind: Kind, *, codes: tuple[Code, ...] = (), dated: date | None = None) -> Subject:
        dates = _dates_of(codes, self.words, self.publisher) if codes or kind == "version" else ()
        return Subject(kind=kind, words=self.words, codes=codes, dated=dated, dates=dates)


@lru_cache(maxsize=2048)
def _named(words: str, code: Code, title: str, publisher: Publisher) -> Subject:
    """What a noun phrase names. The first noun decides; the others only say which one."""
    if none := _NONE_OF.match(words.strip()):
        named = _named(words.strip()[none.end() :], code, title, publisher)
        return replace(named, none_of=True) if named.kind == "own" else replace(named, kind="thing")
    if neither := _NEITHER.fullmatch(words.strip()):
        halves = (_named(half, code, title, publisher) for half in neither.groups())
        own = next((half for half in halves if half.kind == "own"), None)
        return replace(own, none_of=True) if own else Subject(kind="thing", words=words)
    phrase = _phrase(words, code, title, publisher)
    if _NO_SUCH.match(words.strip()):
        return phrase.is_a("thing")
    if phrase.noun in _EVENTS and phrase.behind.startswith(","):
        return _named(phrase.behind.strip(" ,"), code, title, publisher)  # "their replacement, ZS9.1,"
    if phrase.noun in _EVENTS:
        inner = re.sub(r"^\s*(?:of|to)\s+", "", phrase.behind)
        if not inner:
            return phrase.is_a("thing")
        return replace(_named(inner, code, title, publisher), event=_EVENTS[phrase.noun])
    if _INDEFINITE.match(phrase.words):
        return phrase.is_a("thing")
    if phrase.noun in _WHOLES and (whole := re.match(r"\s*of\s+(.+)", phrase.behind, re.DOTALL)):
        return _named(whole[1], code, title, publisher)
    named = _several(phrase) if _COUPLED.search(phrase.head) else _by_noun(phrase)
    if named.kind == "code" and _PART_LEFT_OUT.search(phrase.words):
        return phrase.is_a("part")  # "ZC3.1, except (c)"
    one_of = named.kind in ("own", "code") and _one_of(phrase)
    joined = _AND_THESE.search(phrase.words)
    if named.kind == "code" and joined and not _WITHIN_A_PHRASE.search(phrase.words[: joined.start()]):
        named = replace(named, kind="own")
    return replace(named, force="unclear") if one_of else named  # one of them, and not said which


def _phrase(words: str, code: Code, title: str, publisher: Publisher) -> _Phrase:
    phrase = _QUANTIFIED.sub("", _SEE.sub("", _ADVERB.sub("", words.strip(" ,:;–-"))))
    if under := _UNDER.match(phrase):
        phrase = under["np"]
    cut = _MODIFIER.search(phrase)
    head = phrase[: cut.start()] if cut else phrase
    nouns = re.findall(r"[A-Za-z][\w'’-]*", _CODE(publisher).sub(" ", head))
    noun = nouns[-1].lower() if nouns else ""
    return _Phrase(phrase, head, phrase[len(head) :], noun, code, title, publisher)


def _by_noun(phrase: _Phrase) -> Subject:
    noun, head = phrase.noun, phrase.head
    if noun in ("manual", "edition"):
        return phrase.is_a("edition")
    if noun in _PARTS or _LABELS.search(head) or _LABELS.match(phrase.words):
        return _part(phrase)
    if noun in _INSTRUCTIONS or noun in _PLACES:
        return _instructions(phrase)
    if noun in ("version", "versions", "text"):
        return _version(phrase)
    if noun in _GRANTED and _codes(head, phrase):
        return phrase.is_a("thing")  # "ZC3.10 visas"
    if noun in _CATEGORIES:
        own_one = _OWN_DETERMINER.match(head) or _in_title(re.sub(r"\w+$", "", head), phrase.title)
        return phrase.is_a("category" if own_one else "thing")
    if _BARE_CODE(phrase.publisher).match(phrase.words) and _codes(head, phrase):
        of_it = _THE_CODE(phrase.publisher).match(head)  # "the WA3.15 pass" is a pass
        return (
            phrase.is_a("thing") if of_it and not _in_title(of_it["noun"], phrase.title) else _coded(phrase)
        )
    return phrase.is_a("unsure" if _THESE.fullmatch(phrase.words) else "thing")


def _version(phrase: _Phrase) -> Subject:
    """ "This version" is the page's own. "The current version" may be a newer one, if the page is an archived one."""
    day = _dated(phrase.words)
    which = re.fullmatch(r"(?:this|the\s+(?P<unsure>current|present))\s+version", phrase.head, re.IGNORECASE)
    if day is not None or which is None or re.match(r"\s*of\b(?!\s+(?:these|this|the)\b)", phrase.behind):
        return phrase.is_a("version", dated=day)
    return phrase.is_a("unsure" if which["unsure"] else "own")


def _one_of(phrase: _Phrase) -> bool:
    """Whether it names one of several, "ZC3.1 or ZC3.5", rather than all of them."""
    words = _ASIDE_CODE(phrase.publisher).sub(" ", phrase.words)
    return _OR_CODE(phrase.publisher).search(words) is not None


def _several(phrase: _Phrase) -> Subject:
    """The subject of a list of things: the first decides, and codes listed with it begin or end with it."""
    first = _named(_COUPLED.split(phrase.head)[0], phrase.code, phrase.title, phrase.publisher)
    named = _codes(phrase.words, phrase)
    if first.kind in ("own", "code"):
        own = first.kind == "own" or any(_is_own(one, phrase.code) for one in named)
        others = tuple(one for one in named if not _is_own(one, phrase.code))
        return phrase.is_a("own" if own else "code", codes=others, dated=_dated(phrase.words))
    if first.kind == "thing" and phrase.noun in _INSTRUCTIONS:
        return phrase.is_a("unsure")
    return replace(first, words=phrase.words)


def _part(phrase: _Phrase) -> Subject:
    """A part of this instruction, or of another; "this provision" alone is the whole, as pages of 2007 call it."""
    targets = _targets(phrase.words, phrase)
    if any(not _is_own(target.partition("(")[0], phrase.code) for target in targets):
        return phrase.is_a("thing")
    return phrase.is_a("own" if _THIS_PROVISION.fullmatch(phrase.words) else "part")


def _instructions(phrase: _Phrase) -> Subject:
    """Which instructions, or which section: some of these, those with a code, another version, or the page's own."""
    head, behind, noun = phrase.head, phrase.behind, phrase.noun
    if _SAID_OF.search(head):
        return phrase.is_a("unsure")  # "the notice said these instructions"
    if (
        (
            _LEFT_OUT.match(behind)
            and not (noun not in _PLACES and _ANOTHER_LEFT_OUT(phrase.publisher).fullmatch(behind))
        )
        or EXCEPTED.match(behind)
        or _LABEL_BEHIND.match(behind)
        or _SOME.search(head)
        or (noun == "provisions" and (_LABELS.search(behind) or _SOME_PROVISIONS.fullmatch(head)))
    ):
        return phrase.is_a("part")
    if noun == "section" and _SECTION_OF_LAW.search(phrase.words):
        return phrase.is_a("thing")
    if _is_document(phrase):
        return phrase.is_a("thing")
    if noun in ("appendix", "page") and _OF_THESE.match(behind):
        return phrase.is_a("part")
    these = re.match(r"(?:these|this)\b", head, re.IGNORECASE)  # "these instructions, issued on D, …"
    if not these and _OF_A_TIME.search(phrase.words):
        return phrase.is_a("version")
    named = _codes(phrase.words, phrase)
    if named and _OWN_DETERMINER.match(head) and not _AT_CODE(phrase.publisher).search(phrase.words):
        others = tuple(one for one in named if not _is_own(one, phrase.code))
        return phrase.is_a("own", codes=others if _JOINED.match(behind) else ())
    if named:
        return _coded(phrase)
    day = _dated(phrase.words)
    another = _REPLACED if _OWN_DETERMINER.match(head) else _OTHER_VERSION
    if (day is not None and not these) or another.search(head):
        return phrase.is_a("version", dated=day)
    not_these = _NOT_THE_PAGES if _OWN_DETERMINER.match(head) else _NOT_THESE
    if not_these.search(head) or _OTHER_PLACE.search(behind):
        return phrase.is_a("thing")
    return _whose(phrase)


def _is_document(phrase: _Phrase) -> bool:
    """Whether it is called by a day and is no instruction: "the special direction of D" is a version of nothing, unless
    the title of the page says that it is one itself."""
    noun = phrase.noun.rstrip("s")
    if noun not in _DOCUMENTS or _OWN_DETERMINER.match(phrase.head) or _in_title(noun, phrase.title):
        return False
    return _dated(phrase.words) is not None or _UNDER_THESE.match(phrase.behind) is not None


def _whose(phrase: _Phrase) -> Subject:
    """Instructions without a code or a day: whether they are the page's own."""
    head, behind = phrase.head, phrase.behind
    if _PEOPLE.match(behind) and not _in_title(behind, phrase.title):
        return replace(phrase.is_a("own"), force="for_some")
    if _FOLLOWING.match(head):
        return phrase.is_a("unsure")
    if _OWN_DETERMINER.match(head):
        newest = re.match(
            r"the\s+(?:present|current)\b", head, re.IGNORECASE
        )  # of this page, or of a newer one
        unsure = newest or (re.match(r"\s*for\b", behind) and not _in_title(behind, phrase.title))
        return phrase.is_a("unsure" if unsure else "own")
    if _ALL_INSTRUCTIONS.fullmatch(head) and _OWN_PLACE.match(behind):
        return phrase.is_a("own")
    if re.match(r"the\s+(?:entire|whole)\s", head, re.IGNORECASE):
        return phrase.is_a("own")
    the = re.match(r"(?:all\s+)?the\s", f"{head} ", re.IGNORECASE) and phrase.noun not in _PLACES
    return phrase.is_a("own" if the and _the_own(head, behind, phrase.title) else "unsure")


def _the_own(head: str, behind: str, title: str) -> bool:
    """Whether "the … instructions" are the page's own: by place, by title, or because nothing else is named."""
    if _OWN_PLACE.match(behind):
        return True
    if behind.strip():
        return _in_title(behind, title)
    if re.search(r"\bgeneral\s+instructions$|\bexisting\b", head, re.IGNORECASE):
        return False
    which = _UNNAMED.sub("", head)
    return not which.strip() or _in_title(
        which, title
    )  # "the crew instructions" may have a page of their own


def _in_title(words: str, title: str) -> bool:
    meant = [
        w
        for w in re.findall(r"[a-z]{4,}", words.lower())
        if w not in ("about", "relating", "concerning", "regarding")
    ]
    return bool(meant) and all(word in title.lower() for word in meant)


def _targets(words: str, phrase: _Phrase) -> list[str]:
    """What `words` of a phrase refer to by code, in lists without the codes that only a part is taken of, and without
    those that only say something of the code before them."""
    code, publisher = phrase.code, phrase.publisher
    if first := _THESE.match(words) or _CODE(publisher).search(words):
        words = words[: first.end()] + _ASIDE_CODE(publisher).sub(" ", words[first.end() :])
    refs = [
        ref
        for ref in find_refs(words, here=code, code=code, publisher=publisher)
        if ref.state == "resolved" and _CODE(publisher).match(ref.target)
    ]
    whole = [ref for ref in refs if not _PART_OF.search(words[: ref.start])]
    return [ref.target for ref in whole or refs]


def _codes(words: str, phrase: _Phrase) -> tuple[Code, ...]:
    return tuple(dict.fromkeys(Code(target.partition("(")[0].strip()) for target in _targets(words, phrase)))


def _coded(phrase: _Phrase) -> Subject:
    """The subject by its codes: the page's own, its chapter's, a part of it, or others (rule 24). Codes behind
    "except" are left out, and if the page's own is one of them, nothing is said of it."""
    code, words = phrase.code, phrase.words
    if left_out := _SAVE_FOR.search(words):
        if any(
            _is_own(target.partition("(")[0], code) for target in _targets(words[left_out.end() :], phrase)
        ):
            return phrase.is_a("part" if "(" in words[left_out.end() :] else "thing")
        words = words[: left_out.start()]
    targets = _targets(words, phrase)
    if ranges := [target for target in targets if len(ends_of(target)) > 1]:
        return phrase.is_a("own" if any(_within(target, code) for target in ranges) else "thing")
    if any("(" in target or _is_sub_heading(target, code) for target in targets):
        mine = any(target.startswith(f"{code}(") or _is_sub_heading(target, code) for target in targets)
        return phrase.is_a("part" if mine else "thing")
    own = [target for target in targets if _is_own(target, code)]
    day = _dated(words)
    another = _OTHER_VERSION.search(words.partition((own or targets)[0])[0]) is not None
    others = tuple(one for one in _codes(words, phrase) if not _is_own(one, code))
    if own and (day is not None or another):
        return phrase.is_a("version", dated=day)
    if own:
        return phrase.is_a("own", codes=others)
    if another and day is None:
        return phrase.is_a("thing")  # an earlier version of another code, and not said which
    return phrase.is_a("code", codes=others, dated=day)


def _is_sub_heading(target: str, code: Code) -> bool:
    """WA3.15.5 stands on the page of WA3.15; A16.1 on the page of A16 has a page of its own."""
    return code.count(".") == 1 and target.startswith(f"{code}.")


def _within(target: str, code: Code) -> bool:
    """Whether a page's code lies between the two of a range, counted as people count: SM12.1 in SM10 to SM20."""
    first, last = ends_of(target)
    if "(" in target or letters_of([Code(first)]) != letters_of([code]):
        return False
    chapter = Code(code.partition(".")[0]) if "." not in first else code
    return code_key(Code(first)) <= code_key(chapter) <= code_key(Code(last))


def _is_own(target: str, code: Code) -> bool:
    """Whether `target` is the page's code or a chapter or part that it belongs to."""
    if target == code or code.startswith(f"{target}."):
        return True
    return target.isalpha() and code.startswith(target) and code[len(target) :][:1].isdecimal()


def _dates_of(codes: tuple[Code, ...], words: str, publisher: Publisher) -> tuple[date | None, ...]:
    """The dates of the targets: the one after each code; all of them if no code is named; a single one applies to
    all."""
    found = _dates(words)
    if len(found) < 2:
        return ()
    if not codes:
        return found
    places = {match[0]: match for match in reversed(list(_CODE(publisher).finditer(words)))}
    behind = (
        _CODE(publisher).split(words[places[code].end() :])[0] if code in places else "" for code in codes
    )
    return tuple(_dated(part) for part in behind)


def _dated(phrase: str) -> date | None:
    return next(iter(_dates(phrase)), None)


def _dates(phrase: str) -> tuple[date, ...]:
    """The days by which versions are called: "dated 3 May 2020 and 4 June 2021"."""
    days: list[date] = []
    for match in _DATED.finditer(phrase):
        for raw in PRINTED_DAY.findall(match[0]):
            with suppress(DayError):
                days.append(parse_printed_day(raw))
    return tuple(days)
