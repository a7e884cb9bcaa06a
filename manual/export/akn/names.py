"""Names shared by the writer and reader of Akoma Ntoso: namespaces, classes, and characters that XML cannot contain."""

from __future__ import annotations

import re

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:inforce:akn"
"""Our own namespace; the schema lets elements and attributes of others stand in `proprietary` and on any element."""
NSMAP = {None: AKN, "inforce": OURS}

CLASSES = frozenset(("paragraph", "note", "table", "reference", "signature", "quote", "other"))
"""Kinds of blocks that stand as the class of their element; headings and items have elements of their own."""
BELOW = "below"
"""The class of what holds the children of a heading: all else in its element follows the heading."""
ABSENT = "absent"
"""The class of what is no part of the text: a sentence that says why there is none, a cell for a row without cells."""

_UNSAYABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def akn(name: str) -> str:
    """The qualified name of an element of the standard."""
    return f"{{{AKN}}}{name}"


def ours(name: str) -> str:
    """The qualified name of an element or attribute of our own."""
    return f"{{{OURS}}}{name}"


def sayable(text: str) -> str:
    """`text` with U+FFFD for each character not allowed in XML 1.0. The parser removes such characters from texts."""
    return _UNSAYABLE.sub("�", text)
