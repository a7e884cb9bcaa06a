"""The search language: the only description, shown by the page, the edition, `search --help` and the README.

A test runs every example on the specimen, on each surface that supports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from manual.pages.links import Place


@dataclass(frozen=True, slots=True)
class Form:
    """Something that may be typed."""

    typed: str
    """An example that finds something in the specimen manual."""
    means: str
    in_edition: bool = True
    """Whether the static edition searches for it, or refuses it in words."""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    forms: tuple[Form, ...]


SECTIONS = (
    Section(
        "Codes",
        (
            Form(
                "K1.15", "alone: goes to the instruction on that day; k1 15, K1-15 and k 1.15 mean the same"
            ),
            Form("K1.15(b) overtime", "with words: the instruction first, then what else holds them"),
            Form("code:K1 apprentice", "only in K1 and what lies below it; code:K* by the letters alone"),
        ),
    ),
    Section(
        "Words",
        (
            Form("partner income", "any of the words; what holds all of them comes first, above a line"),
            Form(
                "license organization", "spellings and endings don’t matter: licence, licensing; organisation"
            ),
            Form("stand-down", "in one, with a hyphen or apart: standdown, stand down"),
            Form("$400,000", "an amount is one word: 400,000 and 400000 are the same"),
            Form("12 months", "a number with its unit: 12-month, 12 or more months"),
            Form("s 26A", "a section of an Act: section 26A, s26A, s 26A(4)"),
            Form("INZ9907", "a form by its number: INZ 9907"),
            Form(
                "police clearance",
                "everyday words and abbreviations also find the manual’s own; the page says which",
            ),
            Form(
                "policy",
                "words that changed on 29 November 2010 find those of before and since, and the page says so",
            ),
        ),
    ),
    Section(
        "Exactly so",
        (
            Form('"good character"', "these words, one after another, with these endings and nothing added"),
            Form("+apprentice grower", "must stand there"),
            Form("apprentice -visa", "must not stand there; also apprentice NOT visa"),
            Form(
                "insurance AND (hospital OR dental)", "NOT binds closest, then AND, then OR; brackets group"
            ),
            Form("appren*", "words that begin so; at least four letters in an edition"),
            Form("overtme~", "words spelt nearly so", in_edition=False),
            Form('"pay bin"~4', "these words, at most four words apart", in_edition=False),
            Form("title:pilots", "in the title"),
        ),
    ),
    Section(
        "Days and kinds",
        (
            Form("on:2012-06-01 lantern", "as of that day, which then stands in the box for the day"),
            Form("status:undated", "by the answer on the day: in_force, disputed, undated"),
            Form(
                "status:ended lantern",
                "what has ended by the day is left out unless it is asked for",
                in_edition=False,
            ),
            Form("part:K pay", "in a part, by its code or title", in_edition=False),
            Form("kind:section glass", "a section, chapter, part or appendix", in_edition=False),
            Form(
                "began:2024.. visa",
                "by the first day: 2024, 2024-05, 2024-05-01..2024-06-30, ..2020",
                in_edition=False,
            ),
            Form("ended:..2020 visa", "by the first day without force, in the same way", in_edition=False),
        ),
    ),
)
HERE = Place(view="how-to-search")
LIMITS = "A query is read up to its 2,000th character and its 64th word; * and ~ count as four words."


@dataclass(frozen=True, slots=True, kw_only=True)
class HowToSearchPage:
    template: ClassVar[str] = "how_to_search.html"
    title: str = "How to search"
    place: Place = HERE
    sections: tuple[Section, ...] = SECTIONS
    limits: str = LIMITS
    status: int = 200
