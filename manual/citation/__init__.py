"""Codes, pinpoints and cross-references: read what people type and pages print, and print it one way.

    typed or printed          code          citation          target of a reference
    `wa4 10(f)`               WA4.10        WA4.10(f)
    "(a) to (c) above"                                        WA4.10.20(a)-(c)

Four steps, each usable alone: *parse* (`parse_code`, `parse_citation`) takes one whole input and either understands
it exactly or raises `CitationError`; *find* (`find_refs`) takes a block's text and yields spans with targets, relative
ones ("at (b) above") with every reading that the block's own place allows; *resolve* (`resolve_refs`) holds those
readings against the pinpoints that exist on the page; *designate* (`designate`) decides which instruction and place
are meant on a day. Only the last step is told which codes exist. For the others an input that is shaped like a code
is one. The second and third stand in `references`, which only readers of pages need.

Above every regular expression stand samples, `yes:` (matched as a whole) and `no:` (not matched so), each in
back-quotes; a test feeds them in. Texts are never normalised before references are sought, so spans are exact.
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
