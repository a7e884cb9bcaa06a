"""Small sets of evidence whose answers follow from the definition, each for one question that it settles.

Answers are written as `word@start+gap+seen D`: `@null` is an unknown or disputed first day, `+gap` says that no list
vouches for what follows, `+seen D` is the last day on which the version was seen, `+text` says that its words are in
dispute. `or` joins answers that are accepted alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tests.property.worlds.evidence import Circular, Contents, Ending, Evidence, Page, Row

LIVE = "opsmanual/1"


@dataclass(frozen=True, slots=True)
class SmallSet:
    about: str
    evidence: Evidence
    answers: Mapping[str, str]
    """Day to answer."""


def at(number: int) -> str:
    return f"opsmanual/{number}"


def day(text: str) -> date:
    return date.fromisoformat(text)


def live(seen: str | None, start: str | None, words: str = "A", *rows: Row) -> Page:
    """A page at the code's live address; with rows it shows a whole list."""
    first = day(start) if start else None
    return Page(LIVE, day(seen) if seen else None, first, words=words, rows=rows or None)


def old(number: int, seen: str | None, start: str | None, words: str = "O", *rows: Row) -> Page:
    """A page with an old-mark at an archived address."""
    first = day(start) if start else None
    return Page(at(number), day(seen) if seen else None, first, old=True, words=words, rows=rows or None)


def ended(number: int, seen: str, start: str, end: Ending, words: str = "O") -> Page:
    """A page at an archived address that bears an end mark."""
    return Page(at(number), day(seen), day(start), end, words=words)


def row(start: str, number: int | None = None) -> Row:
    return Row(day(start), address=at(number) if number else "")


def to(text: str) -> Ending:
    return Ending(day(text))


def revoked(text: str) -> Ending:
    return Ending(day(text), "excluded", "revocation")


def earlier(number: int, start: str, end: Ending | None = None) -> Page:
    """A page of the pre-2010 edition, with the short banner where it doesn't print that it ceases."""
    return Page(
        f"opsmanual-archive/{number}", day("2025-09-05"), day(start), end, old=end is None, edition=True,
        words=f"E{number}",
    )  # fmt: skip


LISTS = (
    live("2020-06-01", "2019-01-01", "A", row("2018-01-01"), row("2016-01-01")),
    live("2022-06-01", "2021-01-01", "B", *(row(f"{year}-01-01") for year in (2019, 2018, 2017, 2016))),
)
CEASES = Ending(day("2010-11-29"), "excluded", "edition")

SETS: Mapping[str, SmallSet] = {
    "01": SmallSet(
        "two archived addresses, one first day, other words",
        (
            old(7, "2020-01-01", "2018-03-01", "A"),
            old(8, "2020-01-01", "2018-03-01", "B"),
            live("2020-01-01", "2019-05-01", "C"),
        ),
        {"2018-06-01": "in_force@2018-03-01+gap+text"},
    ),
    "02": SmallSet(
        "a page of unknown day",
        (live(None, "2018-01-01"),),
        {
            "2017-01-01": "before_record",
            "2018-01-01": "in_force@2018-01-01+seen null",
            "2020-01-01": "in_force@2018-01-01+seen null",
        },
    ),
    "03": SmallSet(
        "an old-mark of unknown day",
        (live("2020-01-01", "2018-01-01"), old(5, None, "2018-01-01", "A")),
        {
            "2020-01-01": "in_force@2018-01-01",
            "2023-01-01": "disputed",
            "2028-01-01": "disputed",
        },
    ),
    "04a": SmallSet(
        "a later list of the same address shows one more",
        LISTS,
        {
            "2016-06-01": "in_force@2016-01-01",
            "2017-06-01": "disputed",
            "2018-06-01": "in_force@2018-01-01",
        },
    ),
    "04b": SmallSet(
        "a later list of the same address shows one less",
        (
            live("2020-06-01", "2019-01-01", "A", row("2018-01-01"), row("2017-01-01"), row("2016-01-01")),
            live("2022-06-01", "2021-01-01", "B", *(row(f"{year}-01-01") for year in (2019, 2018, 2016))),
        ),
        {"2017-06-01": "disputed"},
    ),
    "04c": SmallSet(
        "lists of two addresses, one with a row that the other lacks",
        (
            live("2020-06-01", "2019-01-01", "A", row("2018-01-01"), row("2017-01-01"), row("2016-01-01")),
            old(7, "2020-06-01", "2016-01-01", "O", Row(address=LIVE), row("2018-01-01")),
        ),
        {"2017-06-01": "disputed", "2018-06-01": "in_force@2018-01-01"},
    ),
    "05a": SmallSet(
        "the same words with another first day",
        (live("2021-01-01", "2020-06-05"), live("2021-06-01", "2020-06-15")),
        {
            "2020-06-04": "before_record",
            "2020-06-10": "disputed",
            "2020-06-20": "in_force@null",
        },
    ),
    "05b": SmallSet(
        "other words, dated before a day on which the older ones were still shown",
        (live("2021-01-01", "2020-06-05"), live("2021-06-01", "2020-06-15", "B")),
        {
            "2020-06-10": "in_force@2020-06-05+gap or disputed",
            "2020-06-20": "disputed",
            "2021-07-01": "in_force@2020-06-15",
        },
    ),
    "06": SmallSet(
        "an end that does not say whether its day is included",
        (ended(5, "2020-06-01", "2018-01-01", to("2019-06-30")), live("2023-06-01", "2022-01-01", "B")),
        {
            "2018-06-01": "in_force@2018-01-01",
            "2019-06-30": "disputed",
            "2019-07-01": "ended+gap",
            "2021-01-01": "ended+gap",
            "2022-01-01": "in_force@2022-01-01",
        },
    ),
    "07": SmallSet(
        "an announced version, and then a later one without a list",
        (
            live("2022-01-01", "2020-01-01", "O"),
            live("2022-06-01", "2022-07-01", "A"),
            live("2023-06-01", "2023-02-01", "B"),
        ),
        {
            "2022-06-15": "in_force@2020-01-01",
            "2022-08-01": "disputed",
            "2023-03-01": "in_force@2023-02-01",
        },
    ),
    "08": SmallSet(
        "a circular's start against a page without a mark",
        (Circular(day("2025-02-01"), start=day("2025-03-01")), live("2025-04-01", "2024-01-01", "O")),
        {
            "2025-02-15": "in_force@2024-01-01",
            "2025-03-15": "disputed",
            "2025-06-01": "disputed",
        },
    ),
    "09": SmallSet(
        "two addresses without a mark",
        (
            Page(at(3), day("2024-01-01"), day("2020-01-01"), words="A"),
            Page(at(4), day("2024-06-01"), day("2022-01-01"), words="B"),
        ),
        {
            "2021-01-01": "in_force@2020-01-01+gap",
            "2022-06-01": "disputed",
            "2024-09-01": "disputed",
        },
    ),
    "09 with contents": SmallSet(
        "two addresses without a mark, one of them in the contents",
        (
            Page(at(3), day("2024-01-01"), day("2020-01-01"), words="A"),
            Page(at(4), day("2024-06-01"), day("2022-01-01"), words="B"),
            Contents(day("2024-06-01"), (Row(address=at(4)),)),
        ),
        {"2022-06-01": "in_force@2022-01-01"},
    ),
    "10": SmallSet(
        "an end in the contents against a page without a mark",
        (
            Contents(day("2024-05-01"), (Row(end=revoked("2024-03-01")),)),
            live("2024-06-01", "2020-01-01"),
        ),
        {
            "2024-02-01": "in_force@2020-01-01",
            "2024-04-01": "disputed",
            "2025-01-01": "disputed",
        },
    ),
    "11a": SmallSet(
        "a circular's day one day before the page's own",
        (
            Circular(day("2019-07-20"), start=day("2019-08-05")),
            live("2020-06-01", "2019-08-06", "B"),
            old(7, "2020-06-01", "2018-01-01"),
        ),
        {"2019-08-05": "in_force@2018-01-01", "2019-08-06": "in_force@2019-08-06"},
    ),
    "11b": SmallSet(
        "a row's day one day before the foot of the page that it links",
        (
            live("2021-06-01", "2020-06-01", "B", row("2019-08-05", 7)),
            old(7, "2021-06-01", "2019-08-06"),
        ),
        {"2019-08-05": "before_record", "2019-08-06": "in_force@2019-08-06"},
    ),
    "12a": SmallSet(
        "the pre-2010 edition: one replaced, one the last",
        (earlier(2, "2001-06-01"), earlier(3, "2005-01-01", CEASES)),
        {
            "2003-01-01": "in_force@2001-06-01+gap",
            "2006-01-01": "in_force@2005-01-01",
            "2010-11-28": "in_force@2005-01-01",
            "2010-11-29": "ended",
        },
    ),
    "12b": SmallSet(
        "the pre-2010 edition: one replaced by nothing known",
        (earlier(2, "2001-06-01"),),
        {
            "2001-06-01": "in_force@2001-06-01",
            "2001-06-02": "disputed",
            "2005-01-01": "disputed",
            "2010-11-28": "disputed",
            "2010-11-29": "ended",
        },
    ),
    "12c": SmallSet(
        "seen live before the edition ceased, and again after",
        (live("2007-02-03", "2002-02-20"), live("2012-06-01", "2010-11-29", "B")),
        {
            "2007-02-03": "in_force@2002-02-20",
            "2010-11-28": "in_force@2002-02-20+gap",
            "2010-11-29": "in_force@2010-11-29",
        },
    ),
    "13": SmallSet(
        "a first version announced",
        (live("2022-06-01", "2022-07-01"),),
        {
            "2015-01-01": "before_record",
            "2022-06-15": "not_yet",
            "2022-07-01": "in_force@2022-07-01+seen 2022-06-01",
        },
    ),
    "14": SmallSet(
        "contents with one line without a date and two dated ones",
        (Contents(day("2020-01-01"), (Row(), row("2017-08-28"), row("2017-05-08"))),),
        {
            "2017-08-27": "in_force@2017-05-08",
            "2017-08-28": "in_force@2017-08-28",
            "2018-01-01": "disputed",
            "2020-01-01": "in_force@null",
        },
    ),
    "15": SmallSet(
        "a line of the contents and nothing else",
        (Contents(day("2024-05-01"), (Row(),)),),
        {
            "2015-01-01": "undated",
            "2024-05-01": "in_force@null",
            "2025-01-01": "in_force@null+seen 2024-05-01",
        },
    ),
    "16": SmallSet(
        "seen in force, then old, replaced by nothing known",
        (
            live("2021-08-21", "2018-10-30"),
            old(2, "2024-01-01", "2018-10-30", "A"),
            live("2025-06-01", "2025-01-01", "B"),
        ),
        {
            "2021-08-21": "in_force@2018-10-30",
            "2021-09-01": "disputed",
            "2023-01-01": "disputed",
            "2024-06-01": "undated",
            "2025-01-01": "in_force@2025-01-01",
        },
    ),
    "17": SmallSet(
        "an end after the next start",
        (ended(5, "2020-06-01", "2018-01-01", to("2019-06-30")), live("2020-06-01", "2019-06-28", "B")),
        {
            "2019-06-27": "in_force@2018-01-01",
            "2019-06-28": "in_force@2019-06-28",
            "2019-07-01": "in_force@2019-06-28",
            "2021-01-01": "in_force@2019-06-28",
        },
    ),
    "18": SmallSet(
        "ended, and begun again by a page of unknown day",
        (ended(5, "2020-06-01", "2018-01-01", revoked("2019-01-01")), live(None, "2021-05-01", "B")),
        {"2019-06-01": "ended+gap", "2022-01-01": "in_force@2021-05-01+seen null"},
    ),
    "19": SmallSet(
        "a row without a date on an old page",
        (old(9, "2013-09-29", "2012-07-25", "O", Row(address=LIVE)),),
        {"2012-08-01": "disputed", "2013-09-30": "in_force@null+seen 2013-09-29"},
    ),
    "20": SmallSet(
        "a title in the contents long after the page was seen",
        (live("2016-06-01", "2013-06-01"), Contents(day("2022-12-04"), (Row(),))),
        {"2022-12-04": "in_force@2013-06-01+gap+seen 2016-06-01"},
    ),
    "21": SmallSet(
        "an end on a copy seen long after, and a later start",
        (
            ended(5, "2024-06-01", "2011-01-01", revoked("2013-05-01")),
            live("2025-06-01", "2023-03-01", "B"),
        ),
        {"2014-01-01": "ended+gap", "2022-12-31": "ended+gap"},
    ),
    "22": SmallSet(
        "two lines of the contents nine years apart",
        (Contents(day("2014-03-01"), (Row(),)), Contents(day("2023-03-01"), (Row(),))),
        {"2018-06-01": "in_force@null+gap"},
    ),
    "a row twice": SmallSet(
        "a list prints one date twice, once out of its order (rule 18)",
        (
            live(
                "2025-06-01",
                "2025-04-01",
                "A",
                *map(row, ("2022-03-01", "2021-12-10", "2021-11-24", "2021-12-10", "2021-07-19")),
            ),
        ),
        {
            "2021-07-18": "before_record",
            "2021-07-19": "disputed",
            "2021-11-23": "disputed",
            "2021-11-24": "in_force@2021-11-24",
            "2021-12-09": "in_force@2021-11-24",
            "2021-12-10": "disputed",
            "2022-02-28": "disputed",
            "2022-03-01": "in_force@2022-03-01",
        },
    ),
    "another code": SmallSet(
        "a row that prints another code among the page's own versions (rule 18)",
        (
            live(
                "2020-06-01",
                "2019-01-01",
                "A",
                row("2018-01-01"),
                Row(day("2017-01-01"), misprinted=True),
                row("2016-01-01"),
            ),
        ),
        {"2016-06-01": "in_force@2016-01-01", "2017-06-01": "disputed", "2018-06-01": "in_force@2018-01-01"},
    ),
    "no day": SmallSet(
        "a mark of ending without a readable day (rule 10)",
        (Page(LIVE, day("2024-06-01"), day("2018-01-01"), Ending(None, "excluded", "revocation")),),
        {"2018-01-01": "in_force@2018-01-01", "2020-01-01": "disputed", "2024-06-01": "ended"},
    ),
    "unclear": SmallSet(
        "words that may say that it ended",
        (
            Page(
                LIVE,
                day("2021-06-01"),
                day("2018-01-01"),
                Ending(day("2020-01-01"), "excluded", "text", unclear=True),
            ),
        ),
        {"2019-12-31": "in_force@2018-01-01", "2020-01-01": "disputed", "2022-01-01": "disputed"},
    ),
    "put off twice": SmallSet(
        "an announced start that a later sight of the address moved (rule 17)",
        (
            live("2021-01-20", "2021-02-16"),
            live("2021-03-10", "2021-04-16"),
            live("2021-05-10", "2021-11-01"),
        ),
        {
            "2021-02-15": "not_yet",
            "2021-03-01": "disputed",
            "2021-05-01": "disputed",
            "2021-11-01": "in_force@2021-11-01",
        },
    ),
    "corrected": SmallSet(
        "other words and an earlier first day at the address a few days later (rule 17)",
        (live("2021-03-01", "2021-02-16"), live("2021-03-10", "2021-02-15", "B")),
        {
            "2021-02-14": "before_record",
            "2021-02-15": "in_force@2021-02-15",
            "2021-03-10": "in_force@2021-02-15",
        },
    ),
    "own start": SmallSet(
        "an end on the version's own first day (rule 23)",
        (ended(5, "2016-01-01", "2010-06-05", to("2010-06-05")),),
        {"2010-06-05": "disputed"},
    ),
}
