"""Different forms of the same word: spellings of other countries, and irregular plurals.

`usual` gives the form that is stemmed. The tables are plain data, so that the search of the static edition can use
them too (through manual/export/search/files.py).
"""

from __future__ import annotations

import re
from functools import cache

PLURALS = """
    children child  grandchildren grandchild  stepchildren stepchild  schoolchildren schoolchild  people person
    men man  women woman  wives wife  midwives midwife  housewives housewife  halves half  selves self  shelves shelf
    thieves thief  knives knife  wharves wharf  feet foot  teeth tooth  geese goose  mice mouse
    criteria criterion  curricula curriculum  memoranda memorandum  addenda addendum  fora forum  alumni alumnus
    crises crisis  theses thesis  diagnoses diagnosis  prognoses prognosis  hypotheses hypothesis
    appendices appendix  indices index  matrices matrix  vertices vertex  moneys money  monies money
    businessmen businessman  businesswomen businesswoman  chairmen chairman  craftsmen craftsman  crewmen crewman
    firemen fireman  fishermen fisherman  foremen foreman  ombudsmen ombudsman  policemen policeman
    policewomen policewoman  salesmen salesman  seamen seaman  servicemen serviceman  servicewomen servicewoman
    spokesmen spokesman  sportsmen sportsman  sportswomen sportswoman  tradesmen tradesman  workmen workman
"""
SPELLINGS = """
    center centre  centers centres  centered centred  program programme  programs programmes
    enroll enrol  enrolls enrols  enrollment enrolment  enrollments enrolments  fulfill fulfil  fulfills fulfils
    fulfillment fulfilment  traveler traveller  travelers travellers  traveled travelled  traveling travelling
    counselor counsellor  counselors counsellors  counseling counselling  canceled cancelled  canceling cancelling
    cancelation cancellation  cancelations cancellations  judgement judgment  judgements judgments
    aging ageing  jewelry jewellery  gray grey  plow plough  plowing ploughing  catalog catalogue  catalogs catalogues
    installment instalment  installments instalments  skillful skilful  willful wilful  learnt learned
    defense defence  defenses defences  offense offence  offenses offences  pretense pretence
    pediatric paediatric  pediatrics paediatrics  anemia anaemia  leukemia leukaemia  hemophilia haemophilia
    hemodialysis haemodialysis  gynecology gynaecology  orthopedic orthopaedic  estrogen oestrogen  fetus foetus
"""
RULES: tuple[tuple[str, str], ...] = (
    # organize organizations -> organise organisations | not: prize seize
    (r"^(.{3,})iz(e|es|ed|er|ers|ing|ation|ations|ational|able)$", r"\1is\2"),
    # analyze paralyzed -> analyse paralysed
    (r"^(.{2,}[aeo]l)yz(e|es|ed|er|ers|ing)$", r"\1ys\2"),
    # license licensing practised -> licence licencing practiced: the verb is the noun
    (r"^(licen|practi)s(e|es|ed|ing|ee|ees|or|ors|er|ers)$", r"\1c\2"),
    # labor neighbors favorable -> labour neighbours favourable
    (
        r"^(lab|hon|fav|behavi|misbehavi|neighb|col|harb|endeav|flav|hum|rum|vap|tum|arm|od|rig|vig)or"
        r"(|s|ed|ing|er|ers|able|ably|al|hood|hoods|ite|ites|ful|ist|ists)$",
        r"\1our\2",
    ),
)
"""Patterns and what stands in their place, in a notation that Python and browsers share but for the sign of a group."""


@cache
def table() -> dict[str, str]:
    """The usual form by folded word, for words that differ from it."""
    words = (PLURALS + SPELLINGS).split()
    return dict(zip(words[::2], words[1::2], strict=True))


_COMPILED = tuple((re.compile(pattern), said) for pattern, said in RULES)


def usual(folded: str) -> str:
    """The usual form of a folded word.

    >>> usual("organizations"), usual("license"), usual("children"), usual("labor"), usual("prize")
    ('organisations', 'licence', 'child', 'labour', 'prize')
    """
    known = table().get(folded)
    if known is not None:
        return known
    for pattern, said in _COMPILED:
        changed = pattern.sub(said, folded)
        if changed != folded:
            return changed
    return folded
