"""A letter against every version: does it quote the instruction that applied?

    bytes --letter--> text --quotations--> citations and quotations --passages--> where the words stand
          --verdicts--> one verdict for each quotation and day

`check` puts them together. What counts as the same words is written in `words`; the verdicts and their order in
`verdicts`. A letter is never kept: nothing here writes, caches or logs a word of it.
"""

from __future__ import annotations

from manual.citecheck.checking import CitedPlace, QuotationChecked, Report, check
from manual.citecheck.days import Day, days_of
from manual.citecheck.letter import Letter, letter_of, read_letter
from manual.citecheck.verdicts import VERDICTS, Judgement, Verdict

__all__ = [
    "VERDICTS",
    "CitedPlace",
    "Day",
    "Judgement",
    "Letter",
    "QuotationChecked",
    "Report",
    "Verdict",
    "check",
    "days_of",
    "letter_of",
    "read_letter",
]
