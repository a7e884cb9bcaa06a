"""The addresses of a page's links. Pages name targets; a `Links` object turns a target into an address.

The site and the static edition render the same pages with different `Links`, so no template contains an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol
from urllib.parse import quote, urlencode

from manual.citation import anchor
from manual.model import Code
from manual.pages.case_days import case_query, codes_in, with_code

View = Literal[
    "home", "instruction", "history", "compare", "version", "contents", "search", "changes", "coming", "coverage",
    "case", "findings", "about", "glossary", "how-to-search", "wanted", "none",
]  # fmt: skip
Listed = Literal["law", "circulars", "notices", "terms"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page without its day, so that a reader can change the day and stay on the page."""

    view: View
    code: str = ""
    first: str = ""
    second: str = ""
    query: tuple[tuple[str, str], ...] = ()

    @property
    def token(self) -> str:
        """The place in one word for a hidden form field; `Place.from_token` reads it back."""
        if self.view == "instruction":
            return code_segment(self.code)
        return f"{code_segment(self.code)}/{self.view}" if self.code else self.view

    @classmethod
    def from_token(cls, token: str) -> Place:
        """The place named by a form field. Anything that cannot be read is the home page."""
        if token in (
            "contents", "coming", "coverage", "case", "findings", "about", "glossary", "how-to-search", "wanted",
        ):  # fmt: skip
            return cls(view=token)  # type: ignore[arg-type]  # narrowed by the line above
        code, _, view = token.partition("/")
        if view == "history":
            return cls(view="history", code=code)
        known_views = ("", "home", "search", "changes", "none")
        return (
            cls(view="instruction", code=code) if token not in known_views and not view else cls(view="home")
        )


HOME = Place(view="home")
NOWHERE = Place(view="none")
"""Of a page that has no other days to go to."""
FEED_OPTIONS = ("part", "expand")
"""Options of a search that its feed keeps: the others choose a day, or an order."""

_FOLDER = {"law": "law", "account": "law", "circular": "circulars", "notice": "notices"}


def work_path(key: str) -> str:
    """The path of a work beside the manual.

    >>> work_path("law:immigration-act-2009/s28"), work_path("circular:2014-03")
    ('/law/immigration-act-2009/s28', '/circulars/2014-03')
    """
    scheme, _, code = key.partition(":")
    return f"/{work_folder(scheme)}/{quote(code)}"


def work_folder(scheme: str) -> str:
    """`circulars` for `circular`: the folder of works of a scheme, and the name of the page that lists them."""
    return _FOLDER[scheme]


class Links(Protocol):
    """Addresses for one page."""

    @property
    def live(self) -> bool:
        """False where there is no server to send a form to."""
        ...

    def of_day(self, day: date | None) -> Links:
        """The same addresses for a page of another day; None: today, unstated."""
        ...

    def home(self) -> str: ...
    def instruction(self, code: str, pinpoint: str = "") -> str:
        """The code on the day of the page being rendered."""
        ...

    def instruction_on(self, code: str, day: date | None, pinpoint: str = "") -> str:
        """The code on another day; None: on the day of reading."""
        ...

    def version(self, code: str, version_id: str, pinpoint: str = "") -> str: ...
    def history(self, code: str) -> str: ...
    def compare(self, code: str, one: date | str, other: date | str, layout: str = "") -> str:
        """`one` and `other` are days or version ids; `layout` is `` (in place) or `side-by-side`."""
        ...

    def without_terms(self, code: str) -> str:
        """The code on the day of the page, its text without links to defined terms; empty in an edition."""
        ...

    def work(self, key: str) -> str:
        """A work beside the manual, on the day of the page; empty if this copy has no page for it."""
        ...

    def listed(self, what: Listed) -> str:
        """The list of law, circulars, notices or defined terms; empty in an edition."""
        ...

    def contents(self, at: str = "") -> str:
        """`at`: open at the line of a code."""
        ...

    def search(self, query: str, options: Mapping[str, str] | None = None) -> str: ...
    def changes(self, first: date, until: date) -> str: ...
    def lately(self) -> str:
        """The latest changes that are known."""
        ...

    def coming(self) -> str: ...
    def feed(self, code: str = "") -> str:
        """The feed of the whole manual, or of a code and everything below it; empty if there is none."""
        ...

    def search_feed(self, query: str, options: Mapping[str, str] | None = None) -> str: ...
    def coverage(self) -> str: ...
    def findings(self) -> str: ...
    def case_with(self, code: str, day: date | None, *, own: bool = False) -> str:
        """The case being compiled, with one more code. `day`: its day if the case has none yet; with `own` an
        additional day if it has. Empty without a server."""
        ...

    def in_case(self, code: str) -> bool:
        """Whether the case being compiled has the code."""
        ...

    def case(self) -> str: ...
    def wanted(self, part: str = "", stale: str = "") -> str:
        """Wanted pages: of the manual or one part, or (`stale`) pages last seen more than so many days ago. Empty if
        there is no such page: an edition has only the one for the whole manual."""
        ...

    def take_in(self) -> str:
        """The form for loading saved pages; empty if there is none."""
        ...

    def citecheck(self) -> str:
        """The form for a letter; empty in an edition."""
        ...

    def about(self) -> str: ...
    def glossary(self) -> str: ...
    def terms(self) -> str:
        """The terms defined on the day."""
        ...

    def works(self, scheme: str) -> str:
        """The list of the works of a kind."""
        ...

    def how_to_search(self) -> str: ...
    def place(self, place: Place, day: date | None, *, keep_known: bool = True) -> str:
        """The same place on another day; None: without a day, which is today on the site."""
        ...

    def action(self, form: str, code: str = "") -> str:
        """The address to which a form is sent: `go` (the box in the header), `search`, `compare`, `changes` or
        `case`."""
        ...

    def static(self, name: str) -> str: ...
    @property
    def local(self) -> bool:
        """Whether `absolute` gives an address valid only on this machine, which the page must say."""
        ...

    def absolute(self, href: str) -> str:
        """`href` as an absolute address that can be used elsewhere; unchanged if none is known."""
        ...


def code_segment(code: str) -> str:
    """A code as written in an address: `Appendix 13` is `Appendix-13`; `parse_code` reads both."""
    return quote(str(code).replace(" ", "-"), safe="")


def typed_code(segment: str) -> str:
    """The code in a segment of an address, for `parse_code` to read; the inverse of `code_segment`.

    >>> typed_code("Appendix-13"), typed_code("A16.1")
    ('Appendix 13', 'A16.1')
    """
    word, dash, number = segment.partition("-")
    return f"{word} {number}" if dash and word.isalpha() and len(word) > 2 else segment


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLinks:
    """Addresses of the site. Each keeps the chosen day (None: today, unstated) and `known`."""

    on: date | None = None
    known: date | None = None
    base: str = ""
    """Path under which the application is mounted, without a final slash."""
    origin: str = ""
    """`https://example.org`, as the settings name it; empty where they don't."""
    case_so_far: str = ""
    """Query string of the case that the reader is making up, which goes along from page to page; empty for none."""
    static_names: Mapping[str, str]
    """Name of each static file to the name that carries its hash."""
    live: bool = True
    takes_in: bool = False
    """Whether there is the form that takes saved pages in."""

    def _with(
        self, path: str, *, on: bool, more: tuple[tuple[str, str], ...] = (), pinpoint: str = ""
    ) -> str:
        query = list(more)
        if on and self.on is not None:
            query.append(("on", self.on.isoformat()))
        if self.known is not None:
            query.append(("known", self.known.isoformat()))
        if self.case_so_far and path != "/case":
            query.append(("case", self.case_so_far))
        tail = f"?{urlencode(query)}" if query else ""
        return f"{self.base}{path}{tail}{'#' + anchor(pinpoint) if pinpoint else ''}"

    def of_day(self, day: date | None) -> SiteLinks:
        return replace(self, on=day)

    def home(self) -> str:
        return self._with("/", on=True)

    def instruction(self, code: str, pinpoint: str = "") -> str:
        return self.instruction_on(code, self.on, pinpoint)

    def instruction_on(self, code: str, day: date | None, pinpoint: str = "") -> str:
        path = f"/{code_segment(code)}"
        return self._with(f"{path}/on/{day.isoformat()}" if day else path, on=False, pinpoint=pinpoint)

    def instruction_asked(self, code: str, asked: str) -> str:
        """The instruction, with a remark about the place or address that was asked for."""
        path = f"/{code_segment(code)}"
        return self._with(f"{path}/on/{self.on}" if self.on else path, on=False, more=(("asked", asked),))

    def version(self, code: str, version_id: str, pinpoint: str = "") -> str:
        path = f"/{code_segment(code)}/version/{quote(version_id, safe='@~')}"
        return self._with(path, on=True, pinpoint=pinpoint)

    def history(self, code: str) -> str:
        return self._with(f"/{code_segment(code)}/history", on=True)

    def timemap(self, code: str) -> str:
        """The list of all days on which the answer for a code begins, for programs that speak Memento."""
        return self._with(f"/{code_segment(code)}/timemap", on=False)

    def compare(self, code: str, one: date | str, other: date | str, layout: str = "") -> str:
        sides = "/".join(quote(str(side), safe="@~") for side in (one, other))
        more = (("layout", layout),) if layout else ()
        return self._with(f"/{code_segment(code)}/compare/{sides}", on=True, more=more)

    def without_terms(self, code: str) -> str:
        path = f"/{code_segment(code)}"
        return self._with(f"{path}/on/{self.on}" if self.on else path, on=False, more=(("terms", "no"),))

    def work(self, key: str) -> str:
        return self._with(work_path(key), on=True) + ("#account" if key.startswith("account:") else "")

    def listed(self, what: Listed) -> str:
        return self._with(f"/{what}", on=True)

    def contents(self, at: str = "") -> str:
        path = f"/contents/on/{self.on.isoformat()}" if self.on else "/contents"
        return self._with(path, on=False, more=(("at", at),) if at else (), pinpoint=at)

    def search(self, query: str, options: Mapping[str, str] | None = None) -> str:
        more = (("q", query), *((k, v) for k, v in (options or {}).items() if v))
        return self._with("/search", on=True, more=more)

    def changes(self, first: date, until: date) -> str:
        return self._with(f"/changes/{first.isoformat()}/{until.isoformat()}", on=True)

    def lately(self) -> str:
        return self._with("/changes", on=True)

    def coming(self) -> str:
        return self._with("/coming", on=True)

    def feed(self, code: str = "") -> str:
        path = f"/{code_segment(code)}/changes.atom" if code else "/changes.atom"
        return self._of_no_case._with(path, on=False)

    def search_feed(self, query: str, options: Mapping[str, str] | None = None) -> str:
        chosen = ((k, v) for k, v in (options or {}).items() if v and k in FEED_OPTIONS)
        return self._of_no_case._with("/search.atom", on=False, more=(("q", query), *chosen))

    @property
    def _of_no_case(self) -> SiteLinks:
        """The same links without the case, for addresses that are passed on, such as feeds: a case is private."""
        return replace(self, case_so_far="")

    def coverage(self) -> str:
        return self._with("/coverage", on=True)

    def findings(self) -> str:
        return self._with("/findings", on=True)

    def case(self) -> str:
        if self.case_so_far:
            return self._with("/case", on=False, more=case_query(self.case_so_far))
        return self._with("/case", on=True)

    def wanted(self, part: str = "", stale: str = "") -> str:
        more = tuple((name, value) for name, value in (("part", part), ("stale", stale)) if value)
        return self._with("/wanted", on=True, more=more)

    def take_in(self) -> str:
        return self.action("take-in") if self.takes_in else ""

    def case_with(self, code: str, day: date | None, *, own: bool = False) -> str:
        return self._with("/case", on=False, more=with_code(self.case_so_far, code, day, own=own))

    def in_case(self, code: str) -> bool:
        return code in codes_in(dict(case_query(self.case_so_far)))

    def citecheck(self) -> str:
        return self._with("/citecheck", on=True)

    def about(self) -> str:
        return self._with("/about", on=True)

    def glossary(self) -> str:
        return self._with("/glossary", on=True)

    def terms(self) -> str:
        return self._with("/terms", on=True)

    def works(self, scheme: str) -> str:
        return self._with(f"/{work_folder(scheme)}", on=True)

    def how_to_search(self) -> str:
        return self._with("/how-to-search", on=True)

    def action(self, form: str, code: str = "") -> str:
        return f"{self.base}/{code_segment(code)}/{form}" if code else f"{self.base}/{form}"

    def place(self, place: Place, day: date | None, *, keep_known: bool = True) -> str:
        known = self.known if keep_known else None
        there = replace(self, on=day, known=known)
        if place.view == "instruction":
            return there.instruction(place.code)
        if place.view == "compare":
            return there.compare(place.code, place.first, place.second)
        if place.view == "changes":
            return there._with(f"/changes/{place.first}/{place.second}", on=True)
        if place.view == "version":
            return there.version(place.code, place.first)
        if place.view == "history":
            return there.history(place.code)
        if place.view in ("search", "case", "wanted"):
            return there._with(f"/{place.view}", on=True, more=place.query)
        simple = {
            "contents": there.contents, "coming": there.coming, "coverage": there.coverage, "findings": there.findings,
            "about": there.about, "glossary": there.glossary, "how-to-search": there.how_to_search,
        }  # fmt: skip
        return simple.get(place.view, there.home)()

    def static(self, name: str) -> str:
        return f"{self.base}/static/{self.static_names[name]}"

    @property
    def local(self) -> bool:
        return not self.origin

    def absolute(self, href: str) -> str:
        return f"{self.origin}{self._without_case(href)}"

    def _without_case(self, href: str) -> str:
        """`href` without the case, for addresses that are written down for others."""
        if not self.case_so_far:
            return href
        path, mark, place = href.partition("#")
        path, _, query = path.partition("?")
        kept = "&".join(one for one in query.split("&") if one and not one.startswith("case="))
        return f"{path}?{kept}{mark}{place}" if kept else f"{path}{mark}{place}"


_NAMED = ("contents", "coming", "coverage", "findings", "about", "glossary", "how-to-search", "wanted")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionLinks:
    """Relative addresses with `.html` for a page located at `here`, such as `A16.1/on/2024-08-15.html`.

    A page of the edition answers for `on` if the edition has a page for that day, and otherwise for the edition's own
    day. `manual.export` decides which, and may subclass this.
    """

    here: str
    on: date | None = None
    live: bool = False
    case_so_far: str = ""

    def _to(self, target: str, pinpoint: str = "") -> str:
        up = "../" * self.here.count("/")
        return f"{up}{quote(target)}{'#' + anchor(pinpoint) if pinpoint else ''}"

    def of_day(self, day: date | None) -> EditionLinks:
        return replace(self, on=day)

    def home(self) -> str:
        return self._to("index.html")

    def instruction(self, code: str, pinpoint: str = "") -> str:
        return self.instruction_on(code, self.on, pinpoint)

    def instruction_on(self, code: str, day: date | None, pinpoint: str = "") -> str:
        page = f"{code_segment(code)}/on/{day.isoformat()}.html" if day else f"{code_segment(code)}.html"
        return self._to(page, pinpoint)

    def version(self, code: str, version_id: str, pinpoint: str = "") -> str:
        return self._to(f"{code_segment(code)}/version/{version_id}.html", pinpoint)

    def history(self, code: str) -> str:
        return self._to(f"{code_segment(code)}/history.html")

    def compare(self, code: str, one: date | str, other: date | str, layout: str = "") -> str:
        return self._to(f"{code_segment(code)}/compare/{one}/{other}{'.' + layout if layout else ''}.html")

    def without_terms(self, code: str) -> str:
        return ""

    def work(self, key: str) -> str:
        return ""

    def listed(self, what: Listed) -> str:
        return ""

    def contents(self, at: str = "") -> str:
        return self._to(f"contents/on/{self.on.isoformat()}.html" if self.on else "contents.html", at)

    def search(self, query: str, options: Mapping[str, str] | None = None) -> str:
        return self._to("search.html")

    def changes(self, first: date, until: date) -> str:
        return self._to(f"changes/{first.isoformat()}/{until.isoformat()}.html")

    def lately(self) -> str:
        return self.home()

    def coming(self) -> str:
        return self._to("coming.html")

    def feed(self, code: str = "") -> str:
        return self._to(f"{code_segment(code)}/changes.atom" if code else "changes.atom")

    def search_feed(self, query: str, options: Mapping[str, str] | None = None) -> str:
        return ""

    def coverage(self) -> str:
        return self._to("coverage.html")

    def findings(self) -> str:
        return self._to("findings.html")

    def case(self) -> str:
        return self._to("index.html")

    def wanted(self, part: str = "", stale: str = "") -> str:
        return "" if part or stale else self._to("wanted.html")

    def take_in(self) -> str:
        return ""

    def case_with(self, code: str, day: date | None, *, own: bool = False) -> str:
        return ""

    def in_case(self, code: str) -> bool:
        return False

    def citecheck(self) -> str:
        return ""

    def about(self) -> str:
        return self._to("about.html")

    def glossary(self) -> str:
        return self._to("glossary.html")

    def terms(self) -> str:
        return self._to("terms.html")

    def works(self, scheme: str) -> str:
        return self._to(f"{work_folder(scheme)}.html")

    def how_to_search(self) -> str:
        return self._to("how-to-search.html")

    def action(self, form: str, code: str = "") -> str:
        return ""

    def place(self, place: Place, day: date | None, *, keep_known: bool = True) -> str:
        there = EditionLinks(here=self.here, on=day)
        if place.view == "instruction":
            return there.instruction(place.code)
        if place.view == "history":
            return there.history(place.code)
        return self._to(f"{place.view}.html") if place.view in _NAMED else self.home()

    def static(self, name: str) -> str:
        return self._to(f"_static/{name}")

    @property
    def local(self) -> bool:
        return True

    def absolute(self, href: str) -> str:
        return href


def found_at(
    href: str, query: str, marks: str, position: int = 0, options: Mapping[str, str] | None = None
) -> str:
    """`href` with the words searched for, which stay in the box, and a text fragment, so that browsers mark them.

    `position`, `options`: the position in the list of results, for links to the next hit.

    >>> found_at("/A1/on/2024-08-15#A1-b", "job offer", "text=job%20offer")
    '/A1/on/2024-08-15?q=job+offer#A1-b:~:text=job%20offer'
    """
    path, _, place = href.partition("#")
    there = {"q": query, **(options or {}), **({"n": position} if position else {})}
    asked = f"{path}{'&' if '?' in path else '?'}{urlencode(there)}"
    fragment = f"{place}:~:{marks}" if marks else place
    return f"{asked}#{fragment}" if fragment else asked


__all__ = [
    "HOME",
    "Code",
    "EditionLinks",
    "Links",
    "Place",
    "SiteLinks",
    "code_segment",
    "found_at",
    "typed_code",
]
