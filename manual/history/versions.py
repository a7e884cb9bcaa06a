"""Drafts as versions with names, bounds and texts; links between codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from manual.history.drafts import ONE_DAY, RANK, Draft, Said, plain
from manual.model import (
    Basis,
    Code,
    Finding,
    History,
    Link,
    SitePath,
    Span,
    Validity,
    Version,
    VersionId,
)


def draft_order(draft: Draft) -> tuple[object, ...]:
    first = draft.starts[0]
    latest = first.hi - ONE_DAY if draft.ends else first.hi  # what ended began before its end
    day = draft.start or first.lo or latest
    return (
        day,
        draft.start is None,
        bool(draft.places),
        sorted(draft.addresses),
        sorted(draft.titles),
        repr(draft.starts),
    )


def name_versions(code: Code, drafts: Sequence[Draft]) -> list[VersionId]:
    """`A16.1@2024-08-01`; where two would be called alike, their page or their order tells them apart."""
    bases = [f"{code}@{d.start.isoformat() if d.start else 'undated'}" for d in drafts]
    ids: list[VersionId] = []
    for n, base in enumerate(bases):
        twins = [m for m, other in enumerate(bases) if other == base]
        pinned = sorted(drafts[n].pinned or drafts[n].addresses)
        unique = pinned and all(not set(pinned) & drafts[m].addresses for m in twins if m != n)
        if len(twins) == 1:
            ids.append(VersionId(base))
        elif unique:
            ids.append(VersionId(f"{base}~{pinned[0].replace('/', '-')}"))
        else:
            ids.append(VersionId(f"{base}~{twins.index(n) + 1}"))
    return ids


def versions_of(
    code: Code,
    drafts: Sequence[Draft],
    ids: Sequence[VersionId],
    spans: Sequence[Span],
    findings: list[Finding],
) -> tuple[Version, ...]:
    lists = _lists(drafts)
    versions: list[Version] = []
    for n, draft in enumerate(drafts):
        until, basis = _until(draft, ids[n], spans, drafts)
        texts = _texts(draft)
        if len({st.text_digest for st, _ in texts}) > 1:
            message = "captures of it hold different words; the newest one is shown"
            findings.append(
                Finding(
                    "warning",
                    "texts_differ",
                    message,
                    code,
                    texts[-1][1].capture,
                    days=tuple(sorted(draft.days)),
                )
            )
        before = versions[-1] if versions else None
        title = _title_of(draft)
        versions.append(
            Version(
                id=ids[n],
                code=code,
                title=title,
                validity=Validity(draft.start, until),
                basis_from=_basis_from(draft),
                basis_until=basis,
                starts=tuple(sorted(draft.claims, key=lambda c: (RANK[c.basis], c))),
                ends=tuple(sorted(draft.ends)),
                first_seen=None if draft.start else min(seen.day for _, seen in draft.said),
                last_seen=max(draft.vouched, default=None),
                text_capture=texts[-1][1].capture if texts else None,
                text_digest=texts[-1][0].text_digest if texts else "",
                text_damaged=not texts and any(st.text_damaged for st, _ in draft.said),
                address=_address_of(draft),
                captures=tuple(sorted({seen.capture for _, seen in draft.said})),
                title_changed=before is not None and plain(before.title) != plain(title),
                subject_changed=before is not None and _other_subject(before.title, title),
                gap_vouched=_gap_vouched(draft, drafts[n + 1] if n + 1 < len(drafts) else None, lists),
            )
        )
    return tuple(versions)


def _basis_from(draft: Draft) -> Basis | None:
    if not draft.claims:
        return None
    return "dispute" if len(draft.starts) > 1 else draft.best_claims[0].basis


def _until(
    draft: Draft, id: VersionId, spans: Sequence[Span], drafts: Sequence[Draft]
) -> tuple[date | None, Basis | None]:
    """The first day on which it is certainly not in force any more, and how that is known."""
    held = [s for s in spans if id in s.versions and s.answer in ("in_force", "disputed")]
    held = [
        s for s in held if not draft.endings or s.first is None or any(e.hi > s.first for e in draft.endings)
    ]
    if not held:
        end = draft.endings[0] if draft.endings else None
        if end is not None and (not end.unseen or end.basis == "edition"):
            return (end.hi, end.basis if end.lo == end.hi else "dispute")
        return (draft.start, "successor") if draft.start else (None, None)
    last = held[-1]
    if last.until is None:
        return None, None
    if last.answer == "disputed":
        return last.until, "dispute"
    stated = [e for e in draft.endings if e.hi == last.until]
    return last.until, stated[0].basis if stated else "successor"


def _texts(draft: Draft) -> list[Said]:
    """Pages that hold its text, the one to show last: known days above unknown ones, then the newest."""
    held = [(st, seen) for st, seen in draft.pages if st.text_digest]
    return sorted(held, key=lambda item: (item[1].exact, item[1].day, item[1].capture))


def _title_of(draft: Draft) -> str:
    """Its page's own title, else a list's; whole before truncated, newest first."""
    titled = [(st, seen) for st, seen in draft.said if st.title]
    if not titled:
        return ""
    best = max(
        titled,
        key=lambda i: (i[0].kind == "page", not i[0].title_truncated, i[1].exact, i[1].day, i[0].title),
    )
    return best[0].title


def _address_of(draft: Draft) -> SitePath | None:
    if draft.pinned:
        return min(draft.pinned)
    held = [(st.kind == "page", seen.day, st.address) for st, seen in draft.said if st.address is not None]
    return max(held)[2] if held else None


def _lists(drafts: Sequence[Draft]) -> list[set[int]]:
    """For each capture that lists versions: the drafts it names, its own page's included."""
    named: dict[tuple[str, date], set[int]] = defaultdict(set)
    whole: set[tuple[str, date]] = set()
    for n, draft in enumerate(drafts):
        for st, seen in draft.said:
            if st.kind in ("page", "listed"):
                named[seen.capture, seen.day].add(n)
            if st.kind == "page" and st.lists_versions:
                whole.add((seen.capture, seen.day))
    return [{id(drafts[n]) for n in members} for key, members in sorted(named.items()) if key in whole]


def _gap_vouched(draft: Draft, after: Draft | None, lists: Sequence[set[int]]) -> bool:
    return after is None or any(id(draft) in members and id(after) in members for members in lists)


_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "their", "to"}
)


def _other_subject(before: str, after: str) -> bool:
    """Whether two titles share so few words that the code was given to another subject (rule 2)."""
    old = {w.removesuffix("s") for w in plain(before).split()} - _SMALL
    new = {w.removesuffix("s") for w in plain(after).split()} - _SMALL
    if not old or not new:
        return False
    return len(old & new) * 3 < min(len(old), len(new))


def moves(code: Code, ordered: Sequence[Said]) -> tuple[Link, ...]:
    """“Equivalent instructions are now found at …” is a link, not a version (rule 13)."""
    links = {
        Link(
            kind="moved",
            source=code,
            target=st.moved_to,
            day=max((e.day for e in st.ends), default=None),
            evidence="its page says where equivalent instructions are found",
            capture=seen.capture,
        )
        for st, seen in ordered
        if st.kind == "move" and st.moved_to is not None
    }
    return tuple(sorted(links, key=lambda link: (link.target, link.capture or "")))


def links_between(histories: Iterable[History]) -> tuple[Link, ...]:
    """Renumberings: a version that ends on the day a version of another code begins with the same words."""
    begins: dict[tuple[str, date], list[Version]] = defaultdict(list)
    ends: list[tuple[date, Version]] = []
    for history in histories:
        if not history.versions:
            continue
        for version in history.versions:
            if version.text_digest and version.validity.effective_from is not None:
                begins[version.text_digest, version.validity.effective_from].append(version)
            until = version.validity.effective_until
            if version.text_digest and until is not None:
                ends.append((until, version))
    links = [
        Link(
            kind="renumbered",
            source=old.code,
            target=new.code,
            day=day,
            evidence=f"the same words stand under {new.code} from the day {old.code} lost them",
            capture=new.text_capture,
        )
        for day, old in ends
        for new in begins[old.text_digest, day]
        if new.code != old.code
    ]
    return tuple(sorted(set(links), key=lambda link: (link.day or date.min, link.source, link.target)))
