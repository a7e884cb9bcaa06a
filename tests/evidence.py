"""Small pieces of evidence for tests of the history: pages, rows and lines of one made-up code, and what follows."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from manual.history.answers import in_force_on
from manual.history.deriving import history_of
from manual.model import Answer, Code, EndClaim, History, Seen, Sha256, SitePath, StartClaim, Statement

CODE = Code("ZA1.5")
AUGUST = date(2026, 8, 11)


def day(text: str) -> date:
    d, m, y = (int(part) for part in text.split("/"))
    return date(y, m, d)


def seen(when: date = AUGUST, *, exact: bool = True, capture: str = "one") -> Seen:
    return Seen(when, exact, Sha256(f"sha256:{capture}"))


def starts(*claims: str) -> tuple[StartClaim, ...]:
    """`foot 01/02/2020` and the like."""
    return tuple(StartClaim(day(c.split()[1]), c.split()[0]) for c in claims)  # type: ignore[arg-type]


def ends(*claims: str) -> tuple[EndClaim, ...]:
    """`suffix either 01/02/2020` and the like."""
    return tuple(
        EndClaim(day(c.split()[2]), c.split()[0], c.split()[1])  # type: ignore[arg-type]
        for c in claims
    )


def doubtful(kind: Literal["suspension", "unclear"], *claims: str) -> tuple[EndClaim, ...]:
    """Words that suspend, or that may end or not."""
    return tuple(claim._replace(kind=kind) for claim in ends(*claims))


def over(basis: Any = "revocation") -> tuple[EndClaim, ...]:
    """A mark of ending without a readable day."""
    return (EndClaim(None, basis, "excluded"),)


def said(
    kind: Any, *claims: str, title: str = "Orchard work", at: str | None = None, **more: Any
) -> Statement:
    return Statement(
        kind=kind,
        code=CODE,
        title=title,
        address=SitePath(at) if at else None,
        starts=starts(*claims),
        **more,
    )


def page(*claims: str, **more: Any) -> Statement:
    return said("page", *claims, **more)


def old_page(*claims: str, **more: Any) -> Statement:
    return said("page", *claims, shown_as_old=True, **more)


def rows(*days: str, at: int | None = None) -> list[Statement]:
    """Rows of a list of other versions, in printed order."""
    return [
        said(
            "listed",
            f"listed {d}",
            shown_as_old=True,
            position=n,
            locator=f"row {n}",
            at=f"manual/{at + n}" if at else None,
        )
        for n, d in enumerate(days)
    ]


def captured(when: str | None, *items: Any, capture: str = "") -> list[tuple[Statement, Seen]]:
    """All that one capture says; it is named by its day. `when` None: nobody knows when it was saved."""
    sight = seen(day(when) if when else AUGUST, exact=when is not None, capture=capture or when or "undated")
    flat = [st for item in items for st in (item if isinstance(item, list) else [item])]
    return [(st, sight) for st in flat]


def live(start: str, **more: Any) -> Statement:
    """The page at the code's own address with this foot; its words differ from those of other feet."""
    return page(f"foot {start}", **({"at": "manual/1", "text_digest": start} | more))


def archived(start: str, number: int = 5, **more: Any) -> Statement:
    """A page with a banner at an address of its own."""
    return old_page(f"foot {start}", **({"at": f"manual/{number}", "text_digest": start} | more))


def history(*items: Any) -> History:
    """`items`: statements, pairs (statement, Seen), and lists of either."""
    return history_of(CODE, said_pairs(*items))


def said_pairs(*items: Any) -> list[tuple[Statement, Seen]]:
    """As `history` takes them; a statement alone was seen on 11 August 2026."""
    flat = [one for item in items for one in (item if isinstance(item, list) else [item])]
    return [one if isinstance(one, tuple) else (one, seen()) for one in flat]


def on(h: History, text: str) -> Answer:
    return in_force_on(h, day(text))


def words(h: History, *days: str) -> list[str]:
    return [on(h, d).answer for d in days]


def start_of(answer: Answer) -> date | None:
    assert answer.version is not None
    return answer.version.validity.effective_from


def told(h: History, *days: str) -> list[str]:
    """The answers in short: `in_force 01/02/2020` with the first day (`?` for none), else the word alone."""
    return [_told(on(h, text)) for text in days]


def _told(answer: Answer) -> str:
    if answer.answer != "in_force":
        return answer.answer
    start = start_of(answer)
    return f"in_force {start:%d/%m/%Y}" if start else "in_force ?"


def candidates(h: History, text: str) -> set[str]:
    """First days of the versions between which a day is open, `?` for an unknown one."""
    return {str(v.validity.effective_from or "?") for v in on(h, text).candidates}


def kinds(h: History) -> set[str]:
    """What the history noticed."""
    return {finding.kind for finding in h.findings}


def caveats(h: History, text: str) -> tuple[date | None, bool]:
    """The last day on which the version answered was seen, and whether a gap is vouched for."""
    answer = on(h, text)
    assert answer.version is not None
    return answer.as_last_seen, answer.version.gap_vouched
