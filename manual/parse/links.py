"""References that are links in the source: the words name the target, the link gives that page's address."""

from __future__ import annotations

from collections.abc import Sequence

from manual.citation.references import find_refs
from manual.model import Ref, Severity, SitePath
from manual.parse.addresses import site_path_of_link
from manual.parse.headings import read_heading
from manual.parse.inline import LinkedWords
from manual.publisher import INZ, Publisher

Problem = tuple[Severity, str, str]


def merge_links(
    text: str, refs: Sequence[Ref], links: Sequence[LinkedWords], folder: str, publisher: Publisher = INZ
) -> tuple[tuple[Ref, ...], list[Problem]]:
    """`refs` with the addresses of `links`, plus a new reference for each link whose words are no reference.

    >>> link = LinkedWords(4, 10, "77117.htm", "ZA2.60 Definitions")
    >>> merge_links("see ZA2.60", (), (link,), "folder")[0][0].address
    'folder/77117'
    """
    merged = list(refs)
    near = _Near(merged)
    problems: list[Problem] = []
    for link in links:
        address = site_path_of_link(link.href, folder, publisher)
        inside = [n for n in near.at(link) if merged[n].start < link.end and merged[n].end > link.start]
        for n in inside:
            merged[n] = merged[n]._replace(address=address)
        if address is None:
            problems += _odd_link(text, link)
        if inside:
            problems += _disagreement(merged[inside[0]], link, publisher)
        elif made := _from_title(text, link, address, publisher):
            merged.append(made)
            near.add(len(merged) - 1, made)
    return tuple(sorted(merged, key=lambda ref: (ref.start, ref.end))), problems


class _Near:
    """Finds the references near a link, so that the time for a paragraph with many links grows with its length only."""

    def __init__(self, refs: Sequence[Ref]) -> None:
        self._by_stretch: dict[int, list[int]] = {}
        for number, ref in enumerate(refs):
            self.add(number, ref)

    def add(self, number: int, ref: Ref) -> None:
        for stretch in _stretches(ref):
            self._by_stretch.setdefault(stretch, []).append(number)

    def at(self, link: LinkedWords) -> list[int]:
        return sorted({n for stretch in _stretches(link) for n in self._by_stretch.get(stretch, ())})


def _stretches(place: Ref | LinkedWords) -> range:
    """The numbers of the 64-character stretches that a range touches."""
    return range(place.start >> 6, (place.end >> 6) + 1)


def _from_title(text: str, link: LinkedWords, address: SitePath | None, publisher: Publisher) -> Ref | None:
    """A reference for a link without a code in its words: from its title, else with the address alone."""
    heading = read_heading(link.title, publisher)
    words = text[link.start : link.end]
    if heading.code:
        found = find_refs(words, here=heading.code, code=heading.code, publisher=publisher)
        target = found[0].target if found and found[0].state == "resolved" else heading.code
        return Ref(link.start, link.end, target, "resolved", address)
    if address is None:
        return None
    return Ref(link.start, link.end, words, "unresolved", address)


def _odd_link(text: str, link: LinkedWords) -> list[Problem]:
    scheme = link.href.partition(":")[0].strip().lower()
    if scheme in ("javascript", "data", "vbscript", "file"):
        words = text[link.start : link.end][:60]
        return [
            ("warning", "link_refused", f"the link at {words!r} runs a program or reads a file: left out")
        ]
    return []


def _disagreement(ref: Ref, link: LinkedWords, publisher: Publisher) -> list[Problem]:
    """The finding that a link's words name one instruction and its title another."""
    heading = read_heading(link.title, publisher)
    if heading.code is None or ref.state != "resolved" or ref.target.startswith(heading.code):
        return []
    if not ref.target[:1].isalpha() and publisher.codes.lettered:
        return []
    return [("info", "link_disagrees", f"the words say {ref.target}, the link leads to {heading.code}")]
