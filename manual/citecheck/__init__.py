"""Check a letter against every version: does it quote the instruction that applied?

    bytes --letter--> text --quotations--> citations and quotations --passages--> where the words stand
          --verdicts--> one verdict for each quotation and day

`check` runs all steps. `words` defines what counts as the same words, `verdicts` the verdicts and their order. A letter
is never kept: nothing here writes, caches or logs any of it.
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
