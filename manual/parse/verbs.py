"""Expressions for words with which a sentence begins, ends or bounds an instruction, used by `sentences`."""

from __future__ import annotations

import re

from manual.dates import DAY, MONTH, SAID_DAY
from manual.publisher import expression

NOT = r"(?:not|never|neither|nor|\w+n['’]t)"
AUX = (
    r"(?P<aux>(?:\b(?:(?:is|are|was|were|been|had)\s+(?:first|originally|initially|previously|currently|subsequently)"
    r"|will|shall|would|should|could|might|may|must|can|cannot|is|are|was|were|be|been|being|has|have|had|having"
    r"|do|does|did|to|due|going|about|soon|shortly|set(?=\s+to)|expected|intended|proposed|planned|likely|scheduled|hereby|now|also|then|therefore"
    r"|partly|partially|largely|mostly|mainly|substantially|accordingly|automatically|thereby|only|all|both|each|formally|permanently|temporarily|yet"
    r"|already|since|provisionally|tentatively|probably|presumably|stands?|need|able|entitled|empowered|free|deemed|appears?|seems?|(?:said|understood|believed|reported|thought)(?=\s+to)|(?:treated|regarded|taken)\s+as|taken(?=\s+to)"
    rf"|{NOT})\s+){{0,8}})"
)
EXCEPT = (
    r"(?:except(?:ing)?(?:\s+for)?|other\s+than|(?:apart|aside)\s+from|excluding|not\s+including|save(?:\s+for)?|bar(?:ring)?"
    r"|with\s+the\s+exception\s+of)"
)
FORCE_WORDS = (
    r"(?:effective|in\s+(?:force|effect|operation|use|place(?!\s+of\b))|valid|current|operative|applicable|available|binding"
    r"|of\s+(?:any\s+)?effect)"
)
HAVE = r"(?:have|has|had|having)\s+(?:(?:any|legal|full|binding|further)\s+){0,3}(?:effect|force|application)"
APPLY = r"(?:apply|applies|applied|operate[sd]?)"
REVOKED = r"revoked|rescinded|withdrawn|cancell?ed|repealed"
OVERTAKEN = (
    r"closed|replaced|superseded|terminated|ended|discontinued|abolished|disestablished|removed|deleted"
    r"|annulled|quashed|voided|scrapped|retired|set\s+aside"
    r"|brought\s+to\s+an\s+end"
)
THESE = r"(?:these|this)\s+(?:[\w-]+\s+){0,3}?(?:instructions?|policy|section|chapter|instrument|delegation)"
PASSIVE = rf"(?:{REVOKED}|{OVERTAKEN})(?:\s*(?:,|and|or)\s*(?:{REVOKED}|{OVERTAKEN}|reissued))*"

END = re.compile(
    AUX
    + rf"""\b(?:
    (?P<state>no\s+longer\s+(?!than\b)(?:be\s+|to\s+be\s+)?(?:{FORCE_WORDS}|{HAVE}|{APPLY})
      |not\s+(?:be\s+)?(?:{FORCE_WORDS}|{HAVE}|{APPLY})\s+any\s*(?:longer|more)
      |(?:{HAVE}|{APPLY})\s+no\s+(?:longer(?!\s+than)|more)|(?:go(?:es)?\s+|went\s+)?out\s+of\s+force
      |(?:bec(?:ame|omes?)\s+)?(?:obsolete|redundant|spent|(?:null\s+and\s+)?void)
      |of\s+no\s+(?:further\s+)?(?:effect|force)|(?:have|has|had)\s+(?:had\s+)?no\s+(?:further\s+)?(?:effect|force|application(?=.*\d)))
  | (?P<cease>(?:ceas(?:e|es|ed|ing)|stop(?:s|ped|ping)?)\b
      (?:\s+(?:to\s+)?(?:(?:be|being)\s+{FORCE_WORDS}|{HAVE})|\s+to\s+(?:apply|operate|exist)|\s+(?:applying|operating))?)
  | (?P<last>last\s+(?:{FORCE_WORDS}|{HAVE}|{APPLY})|(?:{FORCE_WORDS}|{HAVE}|{APPLY})\s+for\s+the\s+last\s+time)
  | (?P<lose>(?:los(?:e|es|ing)|lost)\s+(?:(?:their|its|all|any|legal)\s+){{0,2}}(?:force|effect|validity)
      |(?:falls?|fell)\s+away)
  | (?P<expire>(?:expir(?:e|es|ed)|ends?(?!\s+of\b)|ended|laps(?:e|es|ed)|terminat(?:e|es|ed)|concluded?
      |finish(?:es|ed)?
      |com(?:e|es|ing)\s+to\s+an\s+end|came\s+to\s+an\s+end|runs?\s+out|ran\s+out))
  | (?P<close>closes?|closed|discontinue[sd]?)
  | (?P<passive>{PASSIVE})
  | (?P<suspend>suspended|(?:under|in)\s+suspension|paused|(?:(?:put|placed)\s+)?on\s+hold
      |(?:(?:held|placed)\s+)?in\s+abeyance)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
BEGIN = re.compile(
    AUX
    + rf"""\b(?:
    (?P<take>(?:takes?|took|taking|taken)\s+effect|(?:comes?|came|coming|brought)\s+into\s+(?:force|effect|operation)
      |(?:enters?|entered)\s+into\s+force|commenc(?:e|es|ed)(?:\s+operation)?|beg(?:in|ins|an)(?:\s+to\s+(?:apply|have\s+effect))?
      |start(?:s|ed)?(?:\s+(?:to\s+(?:apply|have\s+effect)|applying))?|introduced
      |(?P<participle>issued|given|made|approved|certified)(?=\s+(?:by\s+(?:(?!\b(?:on|and|but|from)\b)[^,.;\d]){{1,60}}?\s+)?(?:with\s+effect|effective|to\s+take\s+effect)\b)
      |reinstated|revived|restored|resumed|(?:becomes?|became)\s+{FORCE_WORDS})
  | (?P<hold>{HAVE}|{APPLY}
      |extended|(?:remains?|continues?|stays?|runs?)(?:\s+to\s+(?:apply|have\s+effect|be))?(?:\s+{FORCE_WORDS})?
      |{FORCE_WORDS})
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# ZS9.1 took effect on D (and) replaced these instructions: on that day
THEREBY = re.compile(
    r"\s*,?\s*and\s+(?:it\s+|they\s+|thereby\s+|then\s+)?(?=\w*\s)|\s*,\s*(?:thereby\s+)?(?=\w+ing\b)",
    re.IGNORECASE,
)
# When ZS9.1 took effect on D, (these instructions ceased): on that day
WHEN_BEGUN = re.compile(r"when\b", re.IGNORECASE)
# The Minister revoked these instructions | ZS9.1 replaces these instructions | I REVOKE the instrument
ACTIVE = expression(
    lambda publisher: (
        AUX
        + r"""\b(?P<verb>revok(?:e|es|ed)|rescinds?|rescinded|withdraws?|withdrew|withdrawn|cancels?|cancell?ed
    |repeals?|repealed|replac(?:e|es|ed|ing)|supersed(?:e|es|ed|ing)|clos(?:e|es|ed)|suspend(?:s|ed)?|terminat(?:e|es|ed)|ends?|ended|succeed(?:s|ed)?|(?:take|takes|took)\s+(?:the\s+place\s+of|over\s+from))\s+
    (?P<object>(?:these|this|the|all|those|its|each|any|both)\s[^,;:]*|"""
        + rf"{publisher.codes.beginning}[^,;:]*)"
    ),
    re.IGNORECASE | re.VERBOSE,
)
# Following the revocation of these instructions on D, …
NOMINAL = re.compile(
    r"\b(?:revocation|repeal|rescission|withdrawal|cancellation|cessation|expiry|closure|termination|end|lapse)\s+of\s+"
    rf"(?P<np>{THESE})"
    r"(?P<aux>)(?=\s+(?:on|from|with\s+effect|at\s+the\s+end|as\s+from)\s)",
    re.IGNORECASE,
)
# I, Jo Carey, give these instructions with effect from D | the Minister has approved these instructions …
_GIVES = (
    r"(?:(?:I|we)\b[^.;]{0,200}?\b(?:give|issue|make|certify|approve)"
    r"|(?i:the\s+minister)\b[^.;]{0,80}?\b(?:given|issued|made|certified|approved))"
)
_WHAT_IS_GIVEN = (
    r"(?i:these|this|the\s+following|the\s+attached)\s+(?:[\w-]+\s+){0,3}?"
    r"(?i:instructions?|directions?|instrument|delegations?)\b"
)
GIVEN = re.compile(
    rf"(?P<aux>)\b(?:{_GIVES}\s+{_WHAT_IS_GIVEN}|(?:I|we)\b[^.;]{{0,200}}?\b(?i:delegate)\b)[^.;]{{0,300}}?"
    r"(?=\bwith\s+effect\s+(?:on\s+and\s+)?from\b)"
)
PERSON = re.compile(r"[\s,]*(?:I|we)\b")
# With effect from D, I, Ann Bell, Harbour Master, …
GIVEN_FROM = re.compile(r"(?P<aux>)\b[Ww]ith\s+effect(?=\s[^.;:]{0,60}?,?\s(?:I|we)\b)")
_HOLD = rf"(?:{HAVE}|{APPLY}|(?:is|are|was|were)\s+{FORCE_WORDS})"
# The last day on which these instructions have effect is D | the expiry date of these instructions is D
LAST_DAY = re.compile(
    r"\b(?:last|final)\s+(?:day|(?P<time>time))\s+"
    r"(?:on\s+which\s+|that\s+|when\s+|of\s+|for\s+which\s+|(?=(?:these|this|the)\s))(?P<np>[^,;]*?)\s*"
    rf"(?(time)\s{_HOLD}|(?:\s{_HOLD})?)\s+"
    r"(?P<aux>(?:is|was|will\s+be|is\s+not|will\s+not\s+be)\s+)",
    re.IGNORECASE,
)
# 30 November 2022 is the last day on which these instructions have effect
IS_LAST_DAY = re.compile(
    rf"(?P<aux>)(?P<day>{SAID_DAY})\s+(?:is|was|will\s+be)\s+the\s+(?:last|final)\s+day\s+"
    r"(?:on\s+which\s+|that\s+|of\s+|for\s+which\s+|(?=(?:these|this)\s))"
    rf"(?P<np>[^,;.]*?)\s*(?=\s{_HOLD}|[,;.]|$)",
    re.IGNORECASE,
)
FIRST_DAY = re.compile(
    r"\b(?:first\s+(?:day|(?P<time>time))\s+(?:on\s+which\s+|that\s+|when\s+|of\s+|(?=(?:these|this)\s))"
    r"|(?:(?:effective|commencement|start|implementation)\s+date|commencement|start|introduction|implementation|(?:date|day)\s+of\s+(?:effect|commencement))\s+(?:of|for)\s+)"
    r"(?P<np>[^,;:]*?)\s*"
    rf"(?(time)\s{_HOLD}|(?:\s{_HOLD})?)(?:\s*,\s*(?:previously|originally|formerly)\s+{SAID_DAY}\s*,)?"
    r"(?P<aux>\s+(?:is|was|will\s+(?:now\s+)?be)\s+(?:now\s+)?|\s*:\s+)",
    re.IGNORECASE,
)
END_DATE = re.compile(
    r"\b(?:(?:expiry|end|closing|cessation)\s+date|expiry|cessation|termination|end)\s+(?:of|for)\s+"
    r"(?P<np>[^,;:]*?)(?P<aux>\s+(?:is|was|will\s+(?:now\s+)?be)\s+(?:now\s+)?|\s*:\s+)",
    re.IGNORECASE,
)

# The day on which (these instructions take effect) is D | the date (these instructions cease to apply) was D
DAY_WHEN = re.compile(
    r"\b(?:the\s+)?(?:day|date)\s+(?:(?P<from>from\s+which\s+)|(?:(?:on\s+)?which|when|that)\s+|(?=(?:these|this)\s))"
    rf"(?P<clause>[^,;:.]{{5,150}}?)(?:\s+(?:is|was|will\s+be)\s+|\s*:\s+)(?:on\s+)?(?P<day>{SAID_DAY})",
    re.IGNORECASE,
)
# D is the day on which (these instructions take effect)
IS_DAY_WHEN = re.compile(
    rf"(?P<day>{SAID_DAY})\s+(?:is|was|will\s+be)\s+the\s+(?:day|date)\s+"
    r"(?:(?P<from>from\s+which\s+)|(?:on\s+which|when|that)\s+|(?=(?:these|this)\s))(?P<clause>[^,;:.]{5,150})",
    re.IGNORECASE,
)
# The date of (revocation of these instructions) is D
DATE_OF_END = re.compile(
    r"\b(?:the\s+)?(?:date|day)\s+of\s+(?P<event>(?:the\s+)?(?:revocation|repeal|rescission|withdrawal|closure)\s+of\s+[^,;:.]{3,120}?)"
    rf"(?:\s+(?:is|was|will\s+be)\s+|\s*:\s+)(?P<day>{SAID_DAY})",
    re.IGNORECASE,
)
# not (on D) but (on E): what comes behind either says the day
NOT_BUT = re.compile(r"\s*,?\s*but\s+(?:rather\s+|instead\s+|only\s+)?", re.IGNORECASE)
DENIAL = re.compile(
    r"\b(?:(?P<aux>is|are|was|were|has|have|had|will|shall)(?:\s+not|n['’]t)|(?:do|does|did|can)(?:\s*not|n['’]t)|not)\b"
    r"(?!\s+(?:only|just|merely)\b)\s*",
    re.IGNORECASE,
)
# revoked on D; ZS9.1 begins on that day
THAT_DAY = re.compile(
    r"(?<=\bon\s)(?:that|the\s+same|this)\s+(?:same\s+)?(?:day|date)\b|(?<=\bfrom\s)(?:that|the\s+same|this)\s+(?:same\s+)?(?:day|date)\b",
    re.IGNORECASE,
)
# It is on D that these instructions cease …
CLEFT = re.compile(r"\s*it\s+(?:is|was|will\s+be)\s+(?:only\s+|(?P<not>not\s+(?:until\s+)?))?", re.IGNORECASE)
THAT = re.compile(r"\s*,?\s+that\s+")
# Only from D do these instructions apply | Nor do these instructions apply after D
ONLY = re.compile(r"\s*(?:(?P<not>not\s+)(?=until|till)|only\s+)", re.IGNORECASE)
INVERTED = re.compile(
    r"\s*,?\s*(?P<aux>do|does|did|will|shall|are|is|was|were|have|has|had)\s+"
    rf"(?P<np>{THESE})\s+",
    re.IGNORECASE,
)
# Although revoked on D, these instructions … | These instructions, although revoked on D, …
CONCEDED = re.compile(
    rf"\s*(?:(?:al|even\s+)?though|(?:(?:despite|in\s+spite\s+of|notwithstanding)\s+)?having\s+been)\s+(?P<clause>(?:{REVOKED}|{OVERTAKEN})\b[^,;]*),\s*(?P<np>{THESE})\s",
    re.IGNORECASE,
)
CONCEDED_ASIDE = re.compile(rf",\s*(?:al|even\s+)?though\s+(?=(?:{REVOKED}|{OVERTAKEN})\b)", re.IGNORECASE)
# Officers must not apply these instructions after D | Do not use these instructions after D
NOT_USED = re.compile(
    r"(?P<aux>)(?:(?:\b(?:must|should|shall|may|can|will|do|does|are|is|need|to)\s*(?:not|no\s+longer|cease|stop)\s+(?:to\s+)?"
    r"(?:apply(?:ing)?|follow(?:ing)?|us(?:e|ing)|rely(?:ing)?\s+(?:up)?on|refer(?:ring)?\s+to)"
    r"|\b(?:stop|cease)\s+(?:applying|following|using|referring\s+to|relying\s+(?:up)?on)"
    rf"|\b(?:(?:must|should|shall|will|to)\s+)?disregard(?:ing)?)\s+(?P<np>{THESE})(?![\w-])"
    r"|\b(?:(?:must|should|shall|will|to)\s+)?(?:use|using|apply|follow|refer\s+to)\s+[^,;:]{2,60}?(?:\s+(?:instead\s+of|rather\s+than|in\s+place\s+of)|\s*,\s*(?:and\s+)?not)\s+"
    rf"(?P<in_place_of>{THESE})(?![\w-]))",
    re.IGNORECASE,
)
# These instructions must not be used after D
NOT_TO_BE_USED = re.compile(
    rf"(?P<aux>)(?P<np>{THESE})\s+(?:(?:must|should|shall|may|can|will|are|is|need)\s*(?:not|no\s+longer)\s+(?:to\s+)?be\s+"
    r"(?:used|followed|relied\s+(?:up)?on|referred\s+to)|(?:must|should|shall|need)\s*(?:not|no\s+longer)\s+be\s+applied)(?![\w-])",
    re.IGNORECASE,
)
OFFICERS = re.compile(
    r"\b(?:officers?|staff|decision[- ]makers?|managers?|INZ|Immigration\s+New\s+Zealand)\b", re.IGNORECASE
)
"""Those who decide by these instructions; what others must not use may still be in force."""
NOR = re.compile(r"\s*(?:nor|neither)(?=\s)", re.IGNORECASE)
# The start of these instructions has been postponed from D to E | These instructions are deferred until E
PUT_OFF = re.compile(
    r"\b(?:(?:(?P<begin>start|commencement|introduction|implementation|(?:start|commencement|effective)\s+date)"
    r"|(?P<end>revocation|repeal|rescission|withdrawal|cessation)|(?P<expiry>expiry|end|(?:expiry|end)\s+date|term))\s+(?:of|for)\s+)?"
    rf"(?:(?P<np>{THESE}|they|it)\s+)?"
    r"(?P<aux>\b(?:(?:is|are|was|were|has|have|had|will|be|been|now|further|again)\s+){1,4})"
    r"(?P<moved>postponed|deferred|delayed|put\s+(?:off|back)|brought\s+forward|moved|changed|rescheduled|extended)\s+"
    rf"(?:(?:further|again)\s+)?(?:from\s+{SAID_DAY},?\s+)?(?=(?:to|until|till)\s)",
    re.IGNORECASE,
)
# ZB2.1 was revoked on D | and ZB2.2 on E
SHARED = re.compile(
    r"(?:\s*,\s*(?:(?:and|while|whereas|but)\s+)?|\s+(?:and|while|whereas|but)\s+)(?P<np>[^,;:]{2,120}?),?\s+(?=(?:on|from|with\s+effect|as\s+from|until)\s)",
    re.IGNORECASE,
)
NO_VERB = re.compile(r"\s*(?:$|[.,;:()–-]|(?:and|while|whereas|but|respectively)\b)", re.IGNORECASE)
"""After the time of a clause that shares its verb: "and these instructions on E took its place" has its own."""
# “Former policy” means the policy in force until D
DEFINED = re.compile(r"[”\"]\s+means?\s", re.IGNORECASE)
# Commencement: D | Expiry date: D
LABELLED = re.compile(
    r"\s*(?:(?P<begin>commencement(?:\s+date)?|commences|date\s+of\s+(?:commencement|effect)|start\s+date|effective\s+date"
    r"|date\s+effective|first\s+day\s+(?:in\s+force|of\s+effect)|in\s+force\s+from|applies\s+from)"
    r"|(?P<last>last\s+day\s+(?:in\s+force|of\s+effect))"
    rf"|(?P<passive>(?:date\s+(?:of\s+)?)?(?:{REVOKED}|ceased|superseded|revocation|repeal|rescission|withdrawal)(?:\s+date)?)"
    r"|(?P<end>expiry(?:\s+date)?|expires|end\s+date|ends|cessation(?:\s+date)?|date\s+of\s+(?:expiry|cessation)))"
    rf"(?:\s*[:–-]\s*|\s+)(?P<day>{SAID_DAY})\s*\.?\s*",
    re.IGNORECASE,
)
# A verb is to come: "these instructions are, …", "these instructions, …"
WAITS = re.compile(
    r"(?:\b(?:is|are|was|were|has|have|had|will|shall|be|been|ceas(?:e|es|ed)|stop(?:s|ped)?)"
    rf"|(?:^|[,;:]\s*|\b(?:and|but|that|so)\s+){THESE})$",
    re.IGNORECASE,
)
BARE = re.compile(r"effective|valid|current|in\s+(?:force|effect|place)", re.IGNORECASE)
# these instructions (introduced) a ballot from D
TRANSITIVE = re.compile(r"introduced|reinstated|revived|restored", re.IGNORECASE)
# are (temporarily) closed from D | are closed (for the time being) from D
_FOR_NOW = r"temporarily\b|for\s+(?:now|the\s+time\s+being|the\s+present)\b"
FOR_NOW = re.compile(rf"\b(?:{_FOR_NOW})", re.IGNORECASE)
FOR_NOW_BEHIND = re.compile(rf"\s+(?:{_FOR_NOW})", re.IGNORECASE)
BE = re.compile(r"\b(?:stands?|is|are|was|were|be|been|being)\b", re.IGNORECASE)
BEEN = re.compile(r"\bbeen\s*$", re.IGNORECASE)
DENIED = re.compile(rf"\b(?:{NOT}|cannot|(?:yet|still)\s+to)\b", re.IGNORECASE)
POSSIBLE = re.compile(
    r"\b(?:may|might|could|would|should|can|able|entitled|empowered|free|expected|intended|proposed|planned|likely|must)\b",
    re.IGNORECASE,
)
NOBODY = re.compile(r"^\W*(?:no\s*one|nobody|none|neither|no\s)", re.IGNORECASE)
# these instructions, which (replace ZC3.10), take effect on D
WHICH = re.compile(r",\s*(?:which|that|who)\s*$", re.IGNORECASE)
# these are not the (instructions in force from D)
IS_NOT = re.compile(r"\b(?:is|are|was|were)\s+(?:not|no\s+longer)\s+(?:the|those|any)\b[^,]*$", re.IGNORECASE)
# the power (to revoke these instructions) ends on D
NOUN_BEFORE = re.compile(
    r"\b(?:decision|power|powers|right|proposal|intention|plan|order|notice|agreement|direction|authority|discretion)\s*$",
    re.IGNORECASE,
)
BEGINS = re.compile(r"(?:^|[,;:(–-]|\b(?:the|and|but|that|so))\s*$", re.IGNORECASE)
"""Words before a phrase that begins a clause."""
# effective from D (until revoked)
OPEN_ENDED = re.compile(
    r"\s*,?\s*(?:until|till|unless)\s+(?:further\s+notice|(?:and\s+until\s+)?(?:(?:they\s+are|it\s+is)\s+)?(?:revoked|replaced|superseded"
    r"|withdrawn|amended)(?:\s+or\s+\w+)?)[\s.)]*$",
    re.IGNORECASE,
)
OUT_OF_A_PLACE = re.compile(
    r"\s+from\s+(?:the\s+|this\s+|our\s+)?(?:publication|web\s?site|site|list|index|register|print|circulation|page)\b",
    re.IGNORECASE,
)
"""Behind "withdrawn", "removed": told of the paper, not of its force."""
OUT_OF_A_PART = re.compile(
    r"^\s+from\s+(?:the|this)\s+(?:(?:operational\s+)?manual|chapter|section|part|appendix)\b", re.IGNORECASE
)
"""Behind "removed": it may stand elsewhere now."""
# Officers follow the instructions that (were in force on D)
THE_ONE_THAT = re.compile(
    r"\bthe\s+(?!following\b)(?:[\w-]+\s+){0,3}?(?:instructions?|polic(?:y|ies)|versions?)\s+(?:that|which)\s*$",
    re.IGNORECASE,
)
# These are the instructions that (were in force until D)
THIS_IS = re.compile(
    r"\W*(?:(?:these|this)\s+(?:are|is|were|was)|this\s+(?:page|document)\s+\w+)\b", re.IGNORECASE
)
# apply (until the order is revoked on D)
UNTIL_ANOTHER = re.compile(
    r"\s*(?:until|till)\s+(?:the|an?|its|their|such)\s+(?!(?:end|close|day|date|expiry|earlier|later|start|beginning)\b)[^,;.]*?\b"
    r"(?:is|are|was|were|has|have|expires?|ends?|ceases?|lapses?|takes?|comes?|closes?|opens?|begins?|starts?)\b",
    re.IGNORECASE,
)
# the instructions are those (in force on D)
THOSE = re.compile(r"\bthose\s*$", re.IGNORECASE)
PRESENT = re.compile(r"(?:taking|coming|ceasing)\b", re.IGNORECASE)
THESE_LAST = re.compile(rf"\b{THESE}\s*$", re.IGNORECASE)
"""Words before a participle that need not tell which: "these instructions (ceasing on D)"."""
# do not apply to crews (and) cease on D
ANOTHER_VERB = re.compile(r"\s*,\s*(?:(?:and|but)\s+)?|\s+(?:and|but)\s+", re.IGNORECASE)
# are revoked(, which) took effect on D | are revoked (and) ZS9.1 applies from D
NEXT_CLAUSE = re.compile(r"[,;:]|\b(?:and|but|which|who|that|when|until|after|before)\b", re.IGNORECASE)
PLEASE = re.compile(r"\s*please\s*", re.IGNORECASE)
ARTICLE = re.compile(r"\bthe\s*$", re.IGNORECASE)
# do not apply from D (until approved)
FOR_A_WHILE = re.compile(r"\W*(?:until|till|pending|while)\b", re.IGNORECASE)
# were revoked (see ZC3.1) on D
ASIDE = re.compile(r"^\s*\((?:see|refer|by|under|circular)\b[^()]*\)", re.IGNORECASE)
THEN = re.compile(
    r"\b(?:is|are|was|were|been)\s+\w+(?:ed|en|de)\b[^;]*\b(?:and|but)(?:\s+(?:then|later))?\s*$",
    re.IGNORECASE,
)
"""Before a participle that shares its auxiliary: "were issued on E and (revoked on D)"."""
ARE_GIVEN = re.compile(
    rf"\s*{THESE}\s+(?:is|are|was|were|has\s+been|have\s+been)\s+(?:hereby\s+)?"
    r"(?:given|issued|certified|made|approved|agreed|signed|published)\b",
    re.IGNORECASE,
)
"""A sentence after which "they" means these instructions: it names nothing else that could begin or end."""
# continue in force (until) revoked on D
UNTIL_ALONE = re.compile(r"\s*,?\s*(?:until|till)\s*", re.IGNORECASE)
# Of what is put off: without "the start of" before it, these words say something else
MAY_END = re.compile(r"moved|changed|extended", re.IGNORECASE)
FELL_THROUGH = re.compile(
    r"\b(?:postponed|deferred|delayed|put\s+(?:off|back)|cancell?ed|abandoned|not\s+(?:proceed|happen))\b",
    re.IGNORECASE,
)
"""Behind what was to happen on a day: it did not happen on it."""
CALLED_OFF = re.compile(
    r"\s*,?\s*(?:[^,;]*,\s*)?(?:is|was|has|have|had|will|did|does)\s+(?:\w+\s+){0,3}?"
    r"(?:cancell?ed|withdrawn|reversed|abandoned|revoked|rescinded|quashed|postponed|deferred|delayed|put\s+off|not\s+(?:proceed|happen|take))\b",
    re.IGNORECASE,
)
"""Behind "the revocation of these instructions on D"."""
FUTURE = re.compile(r"\b(?:will|shall|to)\b", re.IGNORECASE)
TOLD = re.compile(r"\b(?:was|were|had)\b", re.IGNORECASE)
TOLD_VERB = re.compile(
    r"\b(?:took|came|entered|commenced|began|started|ceased|lapsed|expired|ended|applied)\b", re.IGNORECASE
)
"""Of a clause behind "before" or "when": told as past, it is a fact."""
# do not apply from D (but from) E
BUT_FROM = re.compile(
    r"\bbut\s+(?:only\s+|rather\s+|instead\s+)?(?:from|on|after|as|with\s+effect|since)\b", re.IGNORECASE
)
# do (not only) apply from D; are deemed (never to have) been in force
NOT_WHOLLY = re.compile(rf"\b{NOT}\s+(?:only|just|merely|yet|all|both|each|to\s+have)\b", re.IGNORECASE)
PAST = re.compile(r"\b(?:was|were|has|have|had|been)\b", re.IGNORECASE)

IF_AFTER = re.compile(
    r"^\W*(?:only\s+)?(?:if|where|provided|in\s+the\s+event|in\s+case|when|once|whenever"
    r"|until\s+(?:the|a|an|this|these)|as\s+soon)\b",
    re.IGNORECASE,
)
# ", when they will be revoked" adds to the day and makes no condition
WHICH_IS_WHEN = re.compile(r"^\s*,\s*(?:when|at\s+which|after\s+which|on\s+which)\b", re.IGNORECASE)
UNLESS = re.compile(
    r"\b(?:unless|at\s+the\s+(?:earliest|latest)|or\s+(?:until|when|such|thereabouts)|whichever|subject\s+to"
    r"|or\s+(?:(?:on|from)\s+)?(?:(?:an?|any|some)\s+)?(?:earlier|later|sooner|other)|(?:each|every)\s+year|annually)\b",
    re.IGNORECASE,
)
# revoked on D or E | on D and E, which are two days for one thing | on D (date to be confirmed)
ANOTHER_DAY = re.compile(
    rf"^\s*(?:\(?\s*or\s+(?:(?:on|from|until)\s+)?(?:{SAID_DAY})|and\s+(?:on\s+)?(?:{SAID_DAY})\s*(?:[.;)]|$)"
    r"|[(,–-]?\s*(?:(?:exact\s+)?(?:date|day)\s+)?to\s+be\s+(?:confirmed|advised|announced|notified)\b)",
    re.IGNORECASE,
)
# revoked from D, but paragraph (b) continues | leaving only paragraph (b) in force
PART_STAYS = re.compile(
    r"^[\s,;(–-]*(?:leaving|(?:but|although|though|except\s+that)\s)[^.;]*?"
    r"(?:\b(?:sub-?)?(?:paragraphs?|clauses?|notes?|items?|tables?|schedules?|parts?)\b(?!-)|\([a-z]{1,4}\))[^.;]*?"
    r"\b(?:remain|continue|stay|stand|still|in\s+force)",
    re.IGNORECASE,
)
# from D for all applicants other than crews | for all offshore applicants | (crews only) | – crews only
NOT_FOR_ALL = re.compile(
    rf"^[\s,(–-]*(?:for|to|in|in\s+respect\s+of)\s+(?:all|every|any|everyone|everybody)\b(?:[^,;.]*?\s(?:{EXCEPT}|but(?:\s+not)?)\s|\s+(?:off|on)shore\b)"
    r"|^\s*[,(–-]\s*(?:[\w()’'-]+\s+){1,6}?(?<!information\s)(?<!reference\s)(?<!guidance\s)(?<!date\s)(?<!day\s)(?<!time\s)(?<!purposes\s)only\s*[).]*\s*$",
    re.IGNORECASE,
)
# revoked from D (paragraph (b) excepted)
EXCEPTED = re.compile(
    r"^\s*[(,](?![^,;]*\b(?:day|date)\b)[^,;]*\b(?:excepted|excluded|aside)\b", re.IGNORECASE
)
CLAUSE_IF = re.compile(r",?\s*\b(?:if|where|provided|in\s+the\s+event|in\s+case)\b", re.IGNORECASE)
SAVING = re.compile(
    r"^[\s,;(–-]*(?:except|other\s+than|save|but|however|apart\s+from|excluding|although|though|and)\b"
    r"(?=.*\b(?:before|prior|on\s+or\s+before|already|pending|in\s+hand|lodged|received|accepted|made|that\s+(?:day|date))\b)",
    re.IGNORECASE | re.DOTALL,
)
ALL = r"(?:all|every|any|everyone|everybody)"
FROM_THEN = re.compile(
    r"^[\s,]*(?:for|to|in\s+respect\s+of|in\s+relation\s+to)\s+(?:all\s+|any\s+|new\s+)?applications?\s+(?:\w+\s+)?"
    r"(?:made|lodged|received|submitted|accepted)"
    r"(?:\s+\w+){0,2}?\s+(?:on\s+(?:or|and)\s+after|from|after)\s+"
    rf"(?:(?:that|this|the\s+same)\s+(?:day|date)|(?P<day>{DAY}))",
    re.IGNORECASE,
)
NEW = re.compile(
    r"^[\s,]*(?:to|for)\s+(?:any\s+|all\s+)?"
    r"(?:(?:new|further|fresh)\s+(?:applications?|applicants?)"
    r"|applications?\s+(?:\w+\s+)?(?:made|lodged|received|submitted)\s+(?:on\s+(?:or|and)\s+after|from|after))\b",
    re.IGNORECASE,
)
AUDIENCE = re.compile(
    r"^[\s,(–-]*(?:but\s+)?(?:only\s+|not\s+(?=for\b|to\b|in\b))?(?:in\s+part\b|partly|partially|to\s+the\s+extent|for|to|in\s+respect\s+of"
    r"|in\s+relation\s+to|as\s+regards|with\s+re(?:spect|gard)\s+to|regarding|concerning|vis-[àa]-vis|in\s+the\s+case\s+of|against"
    rf"|{EXCEPT}|insofar|in\s+so\s+far|(?:so|as)\s+far|as\s+they|in\s+relation|within|among|(?:in|at)(?=\s+(?-i:[A-Z]))(?!\s+{MONTH}))(?![\w-])"
    rf"(?!\s+{ALL}\b(?!\s+\w+\s+(?:who|whose|that|aged|from|under|over|with|\w+ed\b(?!\s+from)|made)))(?!\s+the\s+purposes?\s+of\s+(?:this|these))"
    r"(?!\s+(?:allow|enable|ensure|reflect|support|avoid|simplify|align|make\s+(?:way|room))\b)",
    re.IGNORECASE,
)
TO_ALL = re.compile(
    r"^[\s,]*(?:for|to|in\s+respect\s+of)\s+(?:everyone|everybody|(?:all|every|any)\s+\w+(?:\s+(?!\w+ed\b|made\b|held\b)\w+)?)\b\s*(?=(?:from|on|as|with|until|up)\b|[,.]|$)",
    re.IGNORECASE,
)
BY = re.compile(
    r"^\s*,?\s*(?:in\s+(?:full|whole|their\s+entirety|its\s+entirety)|entirely|completely|altogether|wholly|with\s+immediate\s+effect|(?:effective\s+)?immediately|until\s+further\s+notice"
    rf"|permanently|indefinitely|finally|formally|for\s+good|{_FOR_NOW}"
    r"|(?:instead|in\s+place)\s+of\s+[\w.’'()/-]+(?:\s+instructions)?"
    rf"|(?:by|with)\s+(?!{SAID_DAY}|the\s+(?:end|close)\b)"
    r"(?:(?!(?:effect|from|on|until)\b)[\w.’'()/-]+\s+){0,8}?(?:(?!(?:effect|from|on|until)\b)[\w.’'()/-]+)"
    r"(?=\s*(?:,|;|$|\.$|\bfrom|\bon\b|\bwith\s+effect|\bas\s+from|\beffective|\bas\s+of)))",
    re.IGNORECASE,
)
GIVES = re.compile(
    r"\b(?:I|we)\b[^.;]*\b(?:give|issue|make|certify|delegate|approve|direct|instruct)\b|\b(?:DELEGATE|GIVE|CERTIFY|ISSUE)\b"
)
# These instructions (are approved) by the Minister, effective from D | These (are instructions), effective from D
IS_GIVEN = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|now\s+|hereby\s+)?(?:issued|given|made|approved|agreed|certified|signed"
    r"|published|printed|reprinted|shown|cited|set\s+out|amended|updated|revised|corrected|changed|replaced|archived|kept"
    r"|(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,3}?(?:instructions?|polic(?:y|ies)))\b",
    re.IGNORECASE,
)
# The following take effect on D: (ZS9.1 and ZS9.5)
ONLY_CODES = expression(
    lambda publisher: (
        rf"\s*{publisher.codes.loose}(?:(?:\s*,|\s*;|\s+and)+\s*{publisher.codes.loose})*[\s.]*"
    ),
)
# Issued on D, (effective E)
ISSUED_ALONE = re.compile(
    rf"\W*(?:first\s+)?(?:issued|certified|published|approved|signed|made)\s+(?:by\s+[^,;]{{1,60}}?\s+)?(?:on\s+)?(?:{SAID_DAY})\s*[,;]?\s*(?:and\s*)?",
    re.IGNORECASE,
)
# are replaced by ZS9.1(, which took effect on D)
OF_THE_OTHER = re.compile(r"\s*,\s*which\b", re.IGNORECASE)
# I delegate (the powers below with effect from D)
DELEGATES = re.compile(r"\bdelegate\b", re.IGNORECASE)
# I give (these instructions about berths, to take effect on D)
GIVES_THESE = re.compile(
    r"\b(?:give|issue|make|certify|approve)\s+(?:the\s+following|these|this)\s+(?:[\w-]+\s+){0,3}?(?:instructions?|directions?|delegations?|instrument)\b"
    r"(?!.*\band\s+(?:the|these|this|any|all|an?)\s)",
    re.IGNORECASE,
)
SENTENCE = re.compile(
    rf"(?<=[.;!?])\s+(?=[A-Z(“\"]|(?i:{SAID_DAY})\s+(?:is|was|will)\b)|\n\s*(?=[-–•·*]\s|\([a-z]+\)\s)|;\s+"
)
# was reviewed and closed (a gap)
OBJECT = re.compile(
    rf"\s+(?:(?:an?|its|their|these|this|those|section|chapter)\b|the\s+(?!day\b|same\b|{SAID_DAY}))(?=\s*\w)",
    re.IGNORECASE,
)
# Expired(, revoked or cancelled) passes
MORE_PARTICIPLES = re.compile(
    r"(?:(?:\s*(?:,|\band\b|\bor\b)){1,2}\s*(?:\w+ed|withdrawn)\b){0,6}", re.IGNORECASE
)
PARTICIPLES = re.compile(r"[\s(–-]*(?:(?:\w+ed|withdrawn|and|or)\b[\s,]*){0,12}", re.IGNORECASE)
# Revoked (on D) | Closed (to new applications) | Withdrawn (– see ZS9.1)     Not: Expired (passports)
BEHIND_PARTICIPLE = re.compile(
    r"\W*$|\s*[,;:.()\[\]/–—-]|\s+(?:by|on|from|since|as|with|in|at|to|for|under|until|till|after|before|and|or|but|now|due|because"
    r"|following|pending|per|wef|w\.e\.f|effective|immediately|temporarily|indefinitely|upon|when|while|again|further|completely|entirely|wholly"
    rf"|partly|partially|permanently|w/e|via|see)\b|\s+{SAID_DAY}|\s+\d",
    re.IGNORECASE,
)
# Revoked 30 April 2021 (by ZS9.1)     Not: Revoked 30 April 2021 (licences are void)
_DAY_BEHIND = rf"\s+(?:(?:on|from|as\s+of|with\s+effect\s+from)\s+)?(?:{SAID_DAY})"
NOUN_BEHIND_DAY = re.compile(
    rf"{_DAY_BEHIND}\s+(?!(?:by|on|from|since|as|with|in|at|to|for|under|until|till|after|before|and|or|but|now|due|because|following"
    r"|pending|awaiting|upon|when|while|again|see|refer|except|excluding|other|per|if|unless|onwards?|inclusive|here|too|also"
    r"|not|replaced|superseded|formerly|effective|NZ[DS]?T)\b)(?-i:(?=[a-z]))"
    r"[^.;:]*?\b(?:is|are|was|were|must|may|can|will|shall|should|need|has|have|had|do|does)\b",
    re.IGNORECASE,
)
# Revoked D: (the north berth) | Rescinded D, (the pass of a boat may be given again)
ANOTHER_NAMED = re.compile(r"\s*[,:–-]\s*(?:the|an?|any|all|no|each|every)\s", re.IGNORECASE)
STATE = re.compile(rf"{FORCE_WORDS}|{HAVE}", re.IGNORECASE)
# These instructions are not (in force).
DENIED_NOW = re.compile(r"(?:is|are|does|do)\s*(?:not|n['’]t)(?:\s+(?:currently|now))?", re.IGNORECASE)
# Notice: (suspended) | Update 1 May 2020: (suspended)
NOTICE = re.compile(
    rf"\W*(?:please\s+)?(?:notice|update|news|alert|announcement|advice|nb|now)\b(?:\s+(?:of\s+|on\s+)?{SAID_DAY})?\s*:",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^\s*(?:[-–•·*]\s*|\(?[a-z]{1,3}\)\s+(?=(?-i:[A-Z]))|(?:please\s+)?note\s*\d*\s*[:–-]\s*|nb[:.]?\s*|(?:important|status)\s*:\s*)+",
    re.IGNORECASE,
)
WORDS = re.compile(
    r"\b(?:re|dis|in|un)?(?:effect|force|ceas|cess|stop|expir|end|laps|terminat|conclud|finish|clos|revo[kc]|rescind|resciss|withdr"
    r"|annul|quash|void|scrap|phas|set\s+aside|los(?:e|es|ing|t)\b|f[ae]lls?\s+away"
    r"|cancel|repeal|replac|supersed|delet|remov|discontin|disestab|suspen|reinstat|reviv|restor|resum|commenc|beg[ai]n|start"
    r"|introduc|appl|valid|operat|remain|continu|longer|obsolete|redundan|retire|spent|abolish|paus|on\s+hold|abeyance|extend|runs?\b|ran\b|stand|current\b"
    r"|(?:first|last|final)\s+(?:day|time)|until|up\s+to|(?:took|takes?)\s+(?:the\s+place|over)|succeed|in\s+place\b(?!\s+of)|postpon|deferred|delayed|brought\s+forward|be\s+(?:used|followed|relied|referred)"
    r"|(?:us(?:e|ing)|follow(?:ing)?|rely(?:ing)?\s+(?:up)?on|refer(?:ring)?\s+to|disregard)\s+(?:these|this)|(?:instead\s+of|rather\s+than|in\s+place\s+of|not)\s+(?:these|this))"
)
"""For text in small letters: every sentence of every page is searched, and ignoring case takes four times as long."""
BOUNDING = re.compile(
    r"(?=.*\b(?:these|this)\s+(?:[\w-]+\s+){0,3}?(?:instructions?|policy|section|chapter|page|version)\b)"
    r".*\b(?:ceas(?:e|es|ed|ing)|suspen\w+|extend(?:s|ed)?|closure|with\s+effect\s+from|(?:went|go(?:es)?)\s+live|applied\s+(?:prior|before|until)|phas(?:e|es|ed|ing)\s+out|beg[ai]n\s+to\s+(?:apply|use|follow)|ended|expir\w+|laps(?:e|es|ed)|revok\w+|revoc\w+|rescind\w*|resciss\w+|repeal\w*|withdr[ae]w\w*|supersed\w+"
    r"|(?:take|takes|took)\s+the\s+place\s+of|replac(?:e|es|ed)\b|(?:gives?|gave|makes?|made)\s+way\b|(?:stop|not|no\s+longer)\s+(?:apply|follow|us)(?:ing|e)?\s+(?:these|this)|not\s+(?:to\s+)?be\s+(?:used|followed|relied)"
    r"|(?:into|in|of|out\s+of)\s+(?:force|effect)|(?:have|has|had|takes?|took)\s+(?:no\s+)?effect|effective\s+(?:from|until|to|for))\b",
    re.IGNORECASE | re.DOTALL,
)
"""Plain words of beginning or ending beside the page's own name: a dated sentence with both that is not understood is a
finding."""
PARTIAL_DATE = re.compile(
    r"^\s*,?\s*(?:with\s+effect\s+)?(?:from|in|on|by|until|after|as\s+from|at|to)\s+(?:the\s+)?"
    r"(?:end\s+of\s+|start\s+of\s+|beginning\s+of\s+|early\s+|mid[- ]|late\s+)*"
    rf"(?:(?:(?:first|last)(?:\s+day)?\s+of\s+)?{MONTH}|(?:19|20)\d\d\b|that\s+(?:day|date)|this\s+date|the\s+same|a\s+date"
    r"|the\s+(?:day|date|end|start|commencement|earlier|later)|\d|further|next)",
    re.IGNORECASE,
)
RESUMED = re.compile(r"\b(?:reinstat|reviv|restor|resum)\w+", re.IGNORECASE)
# revoked on D and brought back into force on E | and again apply from E
ENDED_FOR_A_WHILE = re.compile(
    r"\b(?:re-?(?:introduc|enact|open)(?:e?d|s)|back\s+in(?:to)?\s+(?:force|effect|operation)|again\s+appl(?:y|ied|ies)|appl(?:y|ied|ies)\s+again)\b",
    re.IGNORECASE,
)
FROM = re.compile(
    r"(?:with\s+effect\s+)?(?:from|since|on\s+(?:and|or)\s+after|after|as\s+(?:from|of))\b", re.IGNORECASE
)
WAS_TO = re.compile(
    r"\b(?:was|were|had\s+been)\s+(?:originally\s+|initially\s+|previously\s+|first\s+)?(?:to|due|going|scheduled)\b"
    r"|^(?:due|scheduled)\s+to\b"
    r"|\b(?:appears?|seems?|said|understood|believed|reported|thought|provisionally|tentatively|probably|presumably)\b",
    re.IGNORECASE,
)
PARTLY = re.compile(r"\b(?:partly|partially|largely|mostly|mainly|substantially)\b", re.IGNORECASE)

BEFORE_NOUN = re.compile(
    r"\b(?:the|an?|its|their|this|that|of|at|any|every|each|no|for|new|by)\s*$", re.IGNORECASE
)
