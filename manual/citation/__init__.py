"""Codes, pinpoints and cross-references: read what people type and pages print, and write it in one form.

    typed or printed          code          citation          target of a reference
    `wa4 10(f)`               WA4.10        WA4.10(f)
    "(a) to (c) above"                                        WA4.10.20(a)-(c)

Four steps, each usable alone:

- *parse* (`parse_code`, `parse_citation`) reads one whole input, or raises `CitationError` if it cannot be read
exactly;
- *find* (`find_refs`) finds references in a block's text: character ranges with targets. A relative reference ("at (b)
  above") gets every reading that is possible from the block's position;
- *resolve* (`resolve_refs`) compares these readings with the pinpoints that exist on the page;
- *designate* (`designate`) decides which instruction and place are meant on a day.

Only the last step knows which codes exist; for the others anything in the shape of a code is one. *Find* and *resolve*
are in `references`, which only the readers of pages need.

Above every regular expression there are samples in back-quotes, `yes:` (matched as a whole) and `no:` (not matched as a
whole), which a test checks. Texts are not normalised before the search for references, so positions are exact.
"""

from __future__ import annotations

from manual.citation.codes import (
    Citation,
    code_key,
    looks_like_code,
    parent_of,
    parse_citation,
    parse_code,
    section_of,
    ways_up,
)
from manual.citation.designation import (
    STANDS,
    Address,
    Designation,
    Named,
    PageShown,
    Standing,
    address_in,
    designate,
    designate_typed,
    kind_of,
    meant,
    named_in,
)
from manual.citation.nearest import nearest_codes
from manual.citation.printing import anchor, pinpoint_of_anchor

__all__ = [
    "STANDS",
    "Address",
    "Citation",
    "Designation",
    "Named",
    "PageShown",
    "Standing",
    "address_in",
    "anchor",
    "code_key",
    "designate",
    "designate_typed",
    "kind_of",
    "looks_like_code",
    "meant",
    "named_in",
    "nearest_codes",
    "parent_of",
    "parse_citation",
    "parse_code",
    "pinpoint_of_anchor",
    "section_of",
    "ways_up",
]
