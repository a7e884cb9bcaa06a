"""Everything specific to one publisher and its manual, in one record and nowhere else.

Functions that need it take a `Publisher` as an argument. `INZ`, for which this program was written, is the default.
Another publisher is another record: no function reads a global setting.

Fields with regular expressions contain fragments without group names and flags; `expression` compiles them, once for
each publisher. If a field may be empty, its docstring says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

NOTHING = "(?!)"
"""Expression that no text matches."""
_NUMBER = "[1-9][0-9]{0,2}"


class CodeShape(NamedTuple):
    """The form of codes: letters, then numbers joined by dots; or a word and one number (`Appendix 13`)."""

    examples: str
    """A few codes, for messages to people."""
    example_unused: str
    """A code that the manual does not use, for the same."""
    letters: tuple[int, int] = (1, 2)
    """How many letters a code begins with, at least and at most. (0, 0): codes are numbers alone."""
    fewest_numbers: int = 0
    """How many numbers a code has at least (`RA` has none); it has three at most."""
    word: str = ""
    """The word of codes such as `Appendix 13`, as printed; empty where there are none."""
    word_typed: str = NOTHING
    """Expression for that word as people type it, where the whole input is a code."""
    word_in_words: str = NOTHING
    """The same among other words, where less is taken for it."""
    parts: frozenset[str] = frozenset()
    """The parts that are letters alone, as the contents print them. Of no other letters is it known that they are a
    code: `I Ann Bell, …`, `A Guide` and `NZ Harbour` begin sentences and names."""

    @property
    def lettered(self) -> bool:
        return self.letters[1] > 0

    @property
    def capitals(self) -> str:
        """Expression for the letters as printed; empty where codes have none."""
        return self._some("A-Z")

    @property
    def any_letters(self) -> str:
        """The same as people type them."""
        return self._some("A-Za-z")

    @property
    def printed(self) -> str:
        """Expression for a code with a number, as texts print it; without the word's codes."""
        fewest = max(1, self.fewest_numbers)
        return rf"{self.capitals}{_NUMBER}(?:\.{_NUMBER}){{{fewest - 1},2}}"

    @property
    def loose(self) -> str:
        """Expression for anything that looks like a code where one should be, misprints included: `WAX05.1`."""
        fewest = max(1, self.fewest_numbers)
        return rf"{self._some('A-Z', more=1)}\d{{1,3}}(?:\.\d{{1,3}}){{{fewest - 1},2}}"

    @property
    def counted(self) -> str:
        """The same with no more letters than a code has."""
        return rf"{self.capitals}\d{{1,3}}(?:\.\d{{1,3}}){{{max(1, self.fewest_numbers) - 1},2}}"

    @property
    def beginning(self) -> str:
        """Expression for the first characters of a code: enough to tell it from a word of a sentence."""
        letters = self._some("A-Z", more=1)
        return rf"{letters}\d" if self.fewest_numbers < 2 else rf"{letters}\d{{1,3}}\.\d"

    def _some(self, characters: str, more: int = 0) -> str:
        least, most = self.letters
        return f"[{characters}]{{{least},{most + more}}}" if self.lettered else ""

    @property
    def word_in_text(self) -> str:
        """Expression for the word with a capital or small letter at its beginning, or `NOTHING`."""
        return f"[{self.word[0]}{self.word[0].lower()}]{self.word[1:]}" if self.word else NOTHING

    @property
    def word_exact(self) -> str:
        """Expression for the word as printed, or `NOTHING`."""
        return self.word or NOTHING

    @property
    def word_printed(self) -> str:
        """Expression for the word in any case, or `NOTHING`."""
        return f"(?i:{self.word})" if self.word else NOTHING


class FrameWords(NamedTuple):
    """What the site prints around the text of an instruction. All but `broken` are expressions, read in any case."""

    chrome: str
    """Lines of the viewer: `Top of page`, `Print this page`. One or more of them."""
    lists: str
    """Headings of lists of other pages: `PREVIOUS IMMIGRATION INSTRUCTIONS`, `IN THIS SECTION`, `SEE ALSO`."""
    archived: str
    """The sentence above a page that says that it is old."""
    archived_cut: str
    """The beginning of that sentence where the rest of it was lost."""
    broken: tuple[str, ...]
    """The words of that sentence in order, for copies that break it over several lines."""
    old: str
    """What, within a line already known as a banner, says that the version is old."""
    replaced: str = NOTHING
    """The short banner of an edition that ceased, on versions that were replaced before it did."""
    edition_ends: str = NOTHING
    """What, within a banner, says that the whole edition ceases. A day follows it."""
    edition_sentence: str = NOTHING
    """The whole of the sentence that says so, the day included."""
    edition_formula: str = NOTHING
    """The same as copies of one line print it."""
    breadcrumb: str = NOTHING
    """The line that says where in the manual the reader is, on pages of an edition that ceased."""
    pointer: str = NOTHING
    """A sentence that sends readers of an archived page to the manual in force."""
    running_head: str = NOTHING
    """What stands at the head of each page of a printed issue."""
    lists_in_line: str = NOTHING
    """The headings of lists, and below it the lines of the viewer, where a copy runs several lines into one. Read with
    their capitals: only these tell them from words of a sentence."""
    chrome_in_line: str = NOTHING


class PageClasses(NamedTuple):
    """Class names in the HTML of the site, in lower case, that say what an element is."""

    heading: str
    """The heading of an instruction: code, title, suffix."""
    sub_heading: str
    """A heading within the text; never the page's own."""
    foot: str
    """The line `Effective D` below the text."""
    row: str
    """A row of a list of other pages."""
    rows_heading: str
    rows_table: str
    """The table around such a list."""
    above_heading: str
    """Such a table that stands above the heading, with the links to the page before and after."""
    table: str
    """A table of the text, rather than one that lays the page out."""
    notes: frozenset[str]
    reference: str
    main: str
    """The id of the element that holds the topic."""
    topic_id: str
    """Expression for the id of a heading."""


class Law(NamedTuple):
    """An Act or regulations that the manual rests on."""

    name: str
    """With its year: `Immigration Act 2009`."""
    since: date
    """The first day on which it applied."""
    until: date | None = None
    address: str = ""
    """Where its latest version stands on the legislation site; empty where that is not known."""
    successor: str = ""
    """Name of the law that took its place; empty where none did."""
    moved: tuple[tuple[str, str], ...] = ()
    """Sections whose matter that law has, each with the number of the section there: of no other is it known."""


class Publisher(NamedTuple):
    """One publisher and its manual. Compared by all fields; a home keeps `name`."""

    name: str
    """Short, in lower case with hyphens; never changed once a home was made."""
    authority: str
    """Who publishes, in full."""
    manual: str
    """What the manual is called in the midst of a sentence."""
    title: str
    """What it is called as a title."""
    language: str
    """Language tag (BCP 47) of its text."""
    time_zone: str
    """Whose days are meant (IANA name)."""
    place: str
    """How people call the place whose day counts: "today in Auckland"."""
    site: str
    """Address of its site, with the last `/`."""
    host: str
    """Its host without `www.`."""
    site_since: date
    """No page can have been saved before."""
    folder: str
    """First part of the path of pages in force: `folder/<id>.htm`."""
    archive: str
    """The same for archived pages, where they have a folder of their own; empty otherwise."""
    codes: CodeShape
    words: FrameWords
    classes: PageClasses
    archived_ending: str = ".htm"
    """How addresses in the archive end. Where that differs from `.htm`, a file's name alone tells its folder."""
    other_works: tuple[str, ...] = ()
    """Folders of other works in the same page shape that may lie beside: the invented manual."""
    edition_ended: date | None = None
    """The first day without an edition that ceased as a whole; None: no edition did."""
    words_changed: tuple[tuple[str, str], ...] = ()
    """Words of that edition, in small letters, each with the one that has stood for it since."""
    tops: tuple[str, ...] = ()
    """The uncoded lines at the top of the contents, in printed order."""
    appendices: str = ""
    """The one of them under which lines without a code belong to the appendix before them; empty where none."""
    forms: tuple[str, ...] = ()
    """What stands before the number of a form (`INZ 1025`)."""
    laws: tuple[Law, ...] = ()
    """The law that its texts cite, oldest first."""

    def __hash__(self) -> int:
        """By name only, for speed: caches need it for every line of a page."""
        return hash(self.name)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def folders(self) -> tuple[str, ...]:
        """Every folder whose pages are read."""
        beside = (f for work in self.other_works for f in (work, f"{work}-archive"))
        return (*self.own_folders, *beside)

    @property
    def own_folders(self) -> tuple[str, ...]:
        """The folders of the manual itself: of pages in force, and of archived ones where they have their own."""
        return (self.folder, self.archive) if self.archive else (self.folder,)

    def address_of(self, site_path: str) -> str:
        """The web address of a page of the manual; empty for a page of another work."""
        folder, _, page = site_path.partition("/")
        if not page or folder not in self.own_folders:
            return ""
        return f"{self.site}{site_path}{self.archived_ending if folder == self.archive else '.htm'}"

    def before_edition_end(self, day: date) -> bool:
        """Whether an edition that ended as a whole was still in force on `day`."""
        return self.edition_ended is not None and day < self.edition_ended


@cache
def _compiled(make: Callable[[Publisher], str], publisher: Publisher, flags: int) -> re.Pattern[str]:
    return re.compile(make(publisher), flags)


def expression(make: Callable[[Publisher], str], flags: int = 0) -> Callable[[Publisher], re.Pattern[str]]:
    """A regular expression that depends on the publisher, compiled when first needed and once for each."""
    return lambda publisher: _compiled(make, publisher, flags)


# ---------------------------------------------------------------- Immigration New Zealand

_OLD = (
    r"(?:these|this)(?:\s+immigration)?\s+(?:instructions?|polic(?:y|ies)|page|version)\s+(?:is|are)"
    r"\s+(?:archived|no\s+longer\s+current)"
)
_ARCHIVED = (
    r"(?:archived\W+)?(?:(?:these\s+are|this\s+is\s+an?)\s+archived\s+(?:immigration\s+)?(?:instructions?|polic(?:y|ies))"
    r"(?:,?\s+(?:that|which)\s+(?:are|is)\s+no\s+longer\s+current)?"
    rf"|this\s+is\s+not\s+current\s+(?:policy|instructions?)|{_OLD})"
)

# 29 November 2010 | 29th November, 2010 | 29/11/2010 | 29.11.10
_PRINTED = r"\d{1,2}(?:st|nd|rd|th)?(?:\s+[A-Za-z]+,?\s+|[/.-]\d{1,2}[/.-])\d{2,4}"

INZ = Publisher(
    name="immigration-new-zealand",
    authority="Immigration New Zealand",
    manual="operational manual",
    title="Operational Manual",
    language="en-NZ",
    time_zone="Pacific/Auckland",
    place="Auckland",
    site="https://www.immigration.govt.nz/",
    host="immigration.govt.nz",
    site_since=date(1995, 1, 1),  # the manual begins in 1999, its site not long before
    folder="opsmanual",
    archive="opsmanual-archive",
    archived_ending=".HTM",  # all 227 addresses of the register end so in the archive, and in .htm elsewhere
    other_works=("specimen",),
    edition_ended=date(2010, 11, 29),  # as its own pages say (dates.md rule 12)
    words_changed=(  # vocabulary.md, circulars.md
        ("policy", "instructions"),
        ("permit", "visa"),
        ("residence permit", "residence class visa"),
        ("residence visa", "residence class visa"),
        ("visa officer", "immigration officer"),
        ("removal", "deportation"),
    ),
    tops=(
        "About this manual", "Administration", "Residence", "Temporary entry class visa", "Transit visa",
        "Border Entry", "Compliance", "Refugees and protection", "Appendices", "Index",
    ),
    appendices="Appendices",
    forms=("INZ", "NZIS"),
    laws=(
        Law(
            name="Immigration Act 1987",
            since=date(1987, 11, 1),
            until=date(2010, 11, 29),
            successor="Immigration Act 2009",
            moved=(("35A", "61"),),
        ),
        Law(
            name="Immigration Act 2009",
            since=date(2010, 11, 29),
            address="https://www.legislation.govt.nz/act/public/2009/51/en/latest/",
        ),
    ),
    codes=CodeShape(
        letters=(1, 2),
        word="Appendix",
        word_typed=r"(?:appendix|appx?)\.?(?: ?no\.?)?",
        word_in_words=r"appendix|appx?\.?",
        parts=frozenset((
            "R", "RA", "BA", "BB", "BE", "BF", "BG", "BH", "BM", "BN", "WA", "WD", "WE", "WF", "WH", "WI", "WJ",
            "WL", "WM", "WR", "WS",
        )),
        examples="A16.1, WA3.15.5(b) or Appendix 13",
        example_unused="ZZ9.1",
    ),
    words=FrameWords(
        # Top of page | Print this page | Email this page
        chrome=(
            r"(?:previous\s+topic|next\s+topic|top\s+of\s+(?:the\s+|this\s+)?page"
            r"|(?:print|e-?mail)(?:\s+this)?\s+page|back\s+to\s+top|[|\s»>])+"
        ),
        # PREVIOUS IMMIGRATION INSTRUCTIONS | PREVIOUS IMMIGRATON INSTRUCTIONS | Previous policy | IN THIS SECTION
        lists=(
            r"(?:PREVIOUS\s+(?:IMMIGRAT\w*\s+)?(?:INSTRUCTIONS?|POLIC(?:Y|IES)|VERSIONS?)|IN\s+THIS\s+(?:SECTION|CHAPTER)"
            r"|SEE\s+ALSO|RELATED\s+TOPICS?)\s*:?"
        ),
        archived=_ARCHIVED,
        archived_cut=r"these\s+are\s+archived\s+(?:immigration\s+)?instructions?",
        broken=(
            "these", "are", "archived", "immigration", "instructions", "that", "are", "no", "longer", "current",
        ),
        old=r"\barchived\b|\bno\s+longer\s+current\b|\bnot\s+current\b",
        replaced=r"not\s+current\s+policy",
        # The whole of this manual ceases to be effective from 29 November 2010.
        edition_ends=(
            r"\b(?:manual|edition|all\s+(?:policy|instructions))\b[^.]{0,80}\bceases?\s+to\s+be\s+effective"
            r"\s+(?:on\s+and\s+|as\s+)?from\b"
        ),
        # The policy in this manual ceases to be effective from 29 November 2010.
        edition_sentence=(
            r"(?:(?:the|this|all)\b[^.;:]{0,60}?\b(?:manual|edition)|all\s+(?:policy|instructions))\b[^.;:]{0,80}?\bceases?\s+to\s+be\s+effective"
            rf"\s+(?:on\s+and\s+|as\s+)?from\s+{_PRINTED}"
        ),
        edition_formula=(
            r"(?:[a-z]+\s+){1,6}manual\s+ceases?\s+to\s+be\s+effective\s+(?:on\s+and\s+|as\s+)?from"
            rf"\s+{_PRINTED}"
        ),
        # You are here: Archive » ZA4 » ZA4.10
        breadcrumb=r"you\s+are\s+here\s*:(?=\s*$|.*[»>›→|])",
        # To see the current Operational Manual go to …
        pointer=r"to\s+see\s+the\s+current\b.{0,120}?\b(?:go\s+to|see|visit|click)\b\s*(?:here|\S*[./]\S*)?",
        running_head=(
            r"(?:(?:INZ|NZIS|Immigration\s+New\s+Zealand|New\s+Zealand\s+Immigration\s+Service)\s+)?Operational\s+Manual"
        ),
        lists_in_line=(
            r"(?:IN THIS (?:SECTION|CHAPTER)|PREVIOUS (?:IMMIGRAT\w* )?(?:INSTRUCTIONS|POLICY|POLICIES)|SEE ALSO)"
        ),
        chrome_in_line=r"(?:Top of (?:the |this )?[Pp]age|Print this [Pp]age|Previous Topic|Next Topic)",
    ),
    classes=PageClasses(
        heading="heading4",
        sub_heading="headingopsmanual",
        foot="effectivedate",
        row="relateditem",
        rows_heading="relatedheading",
        rows_table="relatedtopics",
        above_heading="aboveheading",
        table="tableintopic",
        notes=frozenset(("note", "listnote")),
        reference="reference",
        main="main",
        topic_id=r"t\d+",
    ),
)  # fmt: skip
"""The publisher this program was written for: Immigration New Zealand and its Operational Manual."""
