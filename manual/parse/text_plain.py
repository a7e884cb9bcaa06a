"""A copied text without the marks of the tool that copied it: numbers and addresses of links, Markdown, quoting.

Browsers for terminals print `[3]QZ1.5 Boats` and a list of addresses at the end, mail programs `QZ1.5 Boats <https://…>`,
other tools `# QZ1.5 Boats` and `[QZ1.5 Boats](35066.htm)`. A code behind such marks is none, and its row is lost.
"""

from __future__ import annotations

import re

from manual.model import Finding
from manual.publisher import Publisher, expression

_WIDTHLESS = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]")
_QUOTED = re.compile(r"^(?:>[ ]?)+", re.MULTILINE)
# [3]QZ1.5 Boats | [5]Top of page
_NUMBERED_LINK = re.compile(r"\[\d{1,4}\](?=\S)")
_NUMBERED_ROW = expression(
    lambda publisher: rf"^[ \t]*\[\d{{1,4}}\]{publisher.codes.beginning}", re.MULTILINE
)
# References / 1. https://www.example.org/folder/1.htm
_REFERENCES = re.compile(
    r"^[ \t]*References[ \t]*\n(?:[ \t]*(?:Visible links:?|\d{1,4}\.[ \t]+\S+)?[ \t]*(?:\n|\Z))+\Z",
    re.MULTILINE,
)
_TOPIC = r"(?:[\w./-]{1,60}/)?(?:\d{1,9}|toc)\.html?(?:#\w*)?"
_ADDRESS = rf"(?:https?://[^\s<>()]+|{_TOPIC})"
_MARKDOWN_LINK = re.compile(rf"!?\[([^\[\]\n]+)\]\(<?{_ADDRESS}>?\)")
# QZ1.5 Boats (29/11/2010) <https://www.example.org/folder/3.htm> | QZ1.5 Boats (3.htm)
# Not: Apply there (https://…) | Apply at <https://…>: there the address is a word of the sentence
_ADDRESS_BEHIND = re.compile(
    r"(?<=\S)(?<!:)(?<!\b(?:at|on|in|or|to))(?<!\b(?:via|and|see))(?<!\b(?:from|site|page))(?<!\bvisit)(?<!\bwebsite)"
    rf"[ \t]+(?:<{_ADDRESS}>|\({_TOPIC}\))",
    re.IGNORECASE,
)
# # QZ1.5 Boats | **QZ1.5 Boats**
_MARKDOWN_HEADING = expression(
    lambda publisher: rf"^ {{0,3}}(?:#{{1,6}}\s+|\*\*|__)(?={publisher.codes.beginning})", re.MULTILINE
)
_HASHES = re.compile(r"^ {0,3}#{1,6}\s+", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]+)\1")
_EMPHASIS = re.compile(r"^([ \t]*)([*_])(?=\S)([^*_\n]+)\2[ \t]*$", re.MULTILINE)


def without_tool_marks(text: str, publisher: Publisher) -> tuple[str, tuple[Finding, ...]]:
    """The text as the page shows it, and a finding if marks with letters or figures were left out."""
    bare = _unquoted(_WIDTHLESS.sub("", text))
    plain = bare
    numbered = _REFERENCES.search(plain) or _NUMBERED_ROW(publisher).search(plain)
    if numbered and len(_NUMBERED_LINK.findall(plain)) > 1:
        plain = _NUMBERED_LINK.sub("", _REFERENCES.sub("", plain))
    if _MARKDOWN_HEADING(publisher).search(plain):
        plain = _EMPHASIS.sub(r"\1\3", _STRONG.sub(r"\2", _HASHES.sub("", plain)))
    plain = _ADDRESS_BEHIND.sub("", _MARKDOWN_LINK.sub(r"\1", plain))
    if plain == bare:
        return plain, ()
    message = (
        "marks of the tool that copied the page were left out: numbers and addresses of links, or Markdown"
    )
    return plain, (Finding("info", "tool_marks", message),)


def _unquoted(text: str) -> str:
    """The text of a mail in which every line is quoted."""
    lines = [line for line in text.split("\n") if line.strip()]
    return _QUOTED.sub("", text) if len(lines) > 1 and all(line.startswith(">") for line in lines) else text
