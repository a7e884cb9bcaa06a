"""Collections in TREC form, taken as pages of a manual: documents, topics and judgements from outside.

    documents   <DOC><DOCNO>1</DOCNO><TITLE>…</TITLE><TEXT>…</TEXT></DOC> …   (tags but DOCNO and TITLE are text)
    topics      <top><num> Number: 1 <title> … <desc> … <narr> … </top> …
    qrels       topic iteration document grade

A document becomes one version of one instruction, in force since ever, with one passage. Document numbers become codes
made up for the purpose, so that nothing in the engine has to know about collections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from manual.model import Code, Passage, VersionDocument, VersionId

_DOCUMENT = re.compile(r"<DOC>(?P<content>.*?)</DOC>", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"<DOCNO>\s*(?P<number>\S+)\s*</DOCNO>", re.IGNORECASE)
_TITLE = re.compile(r"<(?P<tag>TITLE|HEADLINE|HL)>(?P<title>.*?)</(?P=tag)>", re.DOTALL | re.IGNORECASE)
_TOPIC = re.compile(r"<top>(?P<content>.*?)</top>", re.DOTALL | re.IGNORECASE)
_FIELD = re.compile(
    r"<(?P<name>num|title|desc|narr)>(?P<value>.*?)(?=<(?:num|title|desc|narr|/)|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_LABEL = re.compile(r"^\s*(?:number|topic|description|narrative)\s*:\s*", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_PER_CHAPTER = 999


@dataclass(frozen=True)
class Collection:
    documents: tuple[VersionDocument, ...]
    topics: dict[str, str]
    """By number: the words of the question, without the narrative."""
    grades: dict[str, dict[str, int]]
    """By topic and version id (the collection's document number)."""


def read_collection(documents: Path, topics: Path, qrels: Path) -> Collection:
    """A collection from its three files. Raises ValueError for a document without a number."""
    return Collection(
        tuple(_documents(documents.read_text(encoding="utf-8", errors="replace"))),
        dict(_topics(topics.read_text(encoding="utf-8", errors="replace"))),
        _grades(qrels.read_text(encoding="utf-8")),
    )


def _documents(text: str) -> Iterator[VersionDocument]:
    for place, match in enumerate(_DOCUMENT.finditer(text)):
        content = match["content"]
        number = _NUMBER.search(content)
        if number is None:
            raise ValueError(f"document {place + 1} has no <DOCNO>")
        title = _TITLE.search(content)
        body = _TITLE.sub(" ", _NUMBER.sub(" ", content))
        yield VersionDocument(
            id=VersionId(number["number"]),
            code=_code(place),
            title=_words(title["title"]) if title else "",
            part="",
            kind="section",
            effective_from=None,
            effective_until=None,
            text_held=True,
            damaged=False,
            in_force=((None, None),),
            disputed=(),
            ended=(),
            passages=(Passage(_code(place), "", _words(body)),),
            digest=number["number"],
        )


def _code(place: int) -> Code:
    letters = divmod(place // _PER_CHAPTER // _PER_CHAPTER, 26)
    first = chr(65 + letters[0]) + chr(65 + letters[1])
    return Code(f"{first}{1 + place // _PER_CHAPTER % _PER_CHAPTER}.{1 + place % _PER_CHAPTER}")


def _words(text: str) -> str:
    return " ".join(_TAG.sub(" ", text).split())


def _topics(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOPIC.finditer(text):
        said = {
            one["name"].lower(): _LABEL.sub("", _words(one["value"]))
            for one in _FIELD.finditer(match["content"])
        }
        number = said.get("num", "").strip()
        # No sign of the query language is meant in a topic's sentences.
        words = re.sub(r"[^\w\s.'’-]", " ", f"{said.get('title', '')} {said.get('desc', '')}")
        yield (number.lstrip("0") or number), " ".join(words.split())


def _grades(text: str) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    for line in text.splitlines():
        if line.strip():
            topic, _, document, grade = line.split()
            grades.setdefault(topic.lstrip("0") or topic, {})[document] = int(grade)
    return grades
