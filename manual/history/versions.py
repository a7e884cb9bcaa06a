"""Step 6: drafts as versions with names, bounds and texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from manual.history.announced import is_announcement
from manual.history.drafts import ONE_DAY, RANK, StatementSeen, VersionDraft, last_end, plain
from manual.history.spans import Outcomes, OutcomeSpan
from manual.history.vouched import whole_lists
from manual.model import (
    Basis,
    Code,
    EndClaim,
    Finding,
    Link,
    Sha256,
    SitePath,
    Validity,
    Version,
    VersionId,
)


def draft_order(draft: VersionDraft) -> tuple[object, ...]:
    first = draft.starts[0]
    ceased = draft.cap is not None and draft.cap.lo == first.hi
    latest = first.hi - ONE_DAY if draft.ends or ceased else first.hi  # an ended version began before its end
    day = draft.start or first.lo or latest
    return (
        day,
        draft.start is None,
        draft.place_on_its_day,
        bool(draft.places),
        sorted(draft.addresses),
        sorted({st.title for st, _ in draft.said}),
        repr(draft.starts),
    )


def name_versions(code: Code, drafts: Sequence[VersionDraft]) -> list[VersionId]:
    """Names such as `A16.1@2024-08-01`, made unique by page or order if two would be equal."""
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
    drafts: Sequence[VersionDraft],
    ids: Sequence[VersionId],
    runs: Sequence[OutcomeSpan],
    findings: list[Finding],
) -> tuple[Version, ...]:
    lists = [{id(draft) for draft in one.drafts} for one in whole_lists(drafts)]
    versions: list[Version] = []
    for n, draft in enumerate(drafts):
        until, basis = _until(n, draft, drafts, runs)
        same_day = _same_day(draft, drafts)
        texts = _texts(draft, same_day)
        others = _other_texts(draft, texts, same_day)
        if len({st.text_digest for st, _ in texts}) > 1:
            findings.append(_texts_differ(draft, code, texts, bool(others)))
        before = versions[-1] if versions else None
        title = _title_of(draft)
        versions.append(
            Version(
                id=ids[n],
                code=code,
                title=title,
                validity=Validity(_from(draft), until),
                basis_from=_basis_from(draft),
                basis_until=basis,
                starts=tuple(sorted(draft.claims, key=lambda c: (RANK[c.basis], c))),
                ends=tuple(sorted(set(draft.ends), key=_end_key)),
                first_seen=None if draft.start else draft.first_seen,
                last_seen=_last_seen(draft),
                end_seen=max(draft.ends_shown, default=None),
                text_capture=texts[-1][1].capture if texts else None,
                text_digest=texts[-1][0].text_digest if texts else "",
                text_words=texts[-1][0].text_words if texts else 0,
                other_texts=others,
                text_damaged=not texts and any(st.text_damaged for st, _ in draft.said),
                address=_address_of(draft),
                captures=tuple(sorted({seen.capture for _, seen in (*draft.said, *draft.titled)})),
                title_changed=before is not None and plain(before.title) != plain(title),
                subject_changed=before is not None and _other_subject(before.title, title),
                gap_vouched=_gap_vouched(n, drafts, lists),
            )
        )
    return tuple(versions)


def _end_key(end: EndClaim) -> tuple[object, ...]:
    return (end.day or date.max, RANK[end.basis], end.reading, end.raw, end.locator, end.kind)


def _texts_differ(draft: VersionDraft, code: Code, texts: Sequence[StatementSeen], disputed: bool) -> Finding:
    shown = "both are shown and neither is quoted" if disputed else "the newest one is shown"
    message = f"captures of it hold different words; {shown}"
    return Finding("warning", "texts_differ", message, code, texts[-1][1].capture, days=draft.stated)


def _last_seen(draft: VersionDraft) -> date | None:
    announced = (seen.day for st, seen in draft.said if is_announcement((st, seen)))
    return max(draft.uncontested, default=None) or max(announced, default=None)


def _from(draft: VersionDraft) -> date | None:
    """Its start, if all readings agree on it."""
    return draft.start if len(draft.starts) == 1 else None


def _basis_from(draft: VersionDraft) -> Basis | None:
    if not draft.claims:
        return None
    return "dispute" if len(draft.starts) > 1 else draft.best_claims[0].basis


def _until(
    number: int, draft: VersionDraft, drafts: Sequence[VersionDraft], runs: Sequence[OutcomeSpan]
) -> tuple[date | None, Basis | None]:
    """The first day without it, if all readings agree on it, and the basis."""
    alive = [run for run in runs if number in run.outcomes.alive]
    if not alive:  # replaced on its first day, withdrawn, or known only by its end
        end = next((e for e in (*draft.endings, draft.cap) if e is not None and e.is_day), None)
        if end is not None:
            return end.lo, end.basis
        return (draft.start, "successor") if draft.start and not draft.withdrawn else (None, None)
    last = alive[-1]
    sure = last.outcomes == Outcomes((number,), (), (), False)
    if last.until is None:
        return None, None if sure else _open_basis(draft, last)
    ends = [end for end in (*draft.endings, draft.cap) if end is not None and end.kind != "unseen"]
    # the capture that shows it as old can have been taken on the day after its first one: that is no stated end
    stated = [end for end in ends if end.is_day and end.lo == last.until and end.basis != "dispute"]
    unsure_start = last.outcomes.alive == (number,) and not (last.outcomes.ended or last.outcomes.unseen)
    replaced = any(d.start == last.until for d in drafts if not d.withdrawn)
    if (sure or unsure_start or draft.start is None) and (stated or replaced):
        return last.until, stated[0].basis if stated else "successor"
    return None, "dispute"


def _open_basis(draft: VersionDraft, last: OutcomeSpan) -> Basis | None:
    return "dispute" if len(last.outcomes.alive) > 1 or last.outcomes.ended or last.outcomes.unseen else None


def _same_day(draft: VersionDraft, drafts: Sequence[VersionDraft]) -> list[VersionDraft]:
    return [d for d in drafts if d is not draft and draft.start is not None and d.start == draft.start]


def _texts(draft: VersionDraft, same_day: Sequence[VersionDraft]) -> list[StatementSeen]:
    """Pages with its text, the one to show last. Sorted by: certainly not of another version with its first day, then
    known day, then newest."""
    # an announcement shows the words of what it announced, which need not be what ended later
    held = [(st, seen) for st, seen in draft.pages if st.text_digest and not draft.open_start]
    return sorted(
        held,
        key=lambda item: (
            not same_day or _is_its_own(item, draft, same_day),
            item[1].exact,
            item[1].day,
            item[1].capture,
        ),
    )


def _is_its_own(item: StatementSeen, draft: VersionDraft, same_day: Sequence[VersionDraft]) -> bool:
    """Whether a page that states the first day of `draft` is certainly not of another version of that day, held or not:
    it was seen in force since, states an end, has an archived address, or lists that other version."""
    st, seen = item
    seen_since = seen.exact and draft.start is not None and draft.start < seen.day
    if st.ends or (seen_since and not st.shown_as_old):
        return True
    listed = any(when.capture == seen.capture for other in same_day for _, when in other.said)
    return bool(same_day) and (st.address in draft.pinned or listed)


def _title_of(draft: VersionDraft) -> str:
    """Its title: from its page, else from a list; complete before shortened, newest first."""
    titled = [(st, seen) for st, seen in draft.said if st.title]
    if not titled:
        return ""
    best = max(
        titled,
        key=lambda i: (i[0].kind == "page", not i[0].title_truncated, i[1].exact, i[1].day, i[0].title),
    )
    return best[0].title


def _address_of(draft: VersionDraft) -> SitePath | None:
    if draft.pinned:
        return min(draft.pinned)
    held = [
        (st.kind == "page", seen.day, st.address)
        for st, seen in draft.said
        if st.address is not None and st.kind != "claim"
    ]
    return max(held)[2] if held else None


def _other_texts(
    draft: VersionDraft, texts: Sequence[StatementSeen], same_day: Sequence[VersionDraft]
) -> tuple[Sha256, ...]:
    """Captures with other words at other addresses which may be of another version with its first day: the same version
    edited, or another one."""
    sure = any(_is_its_own(item, draft, ()) for item in texts)
    by_address: dict[SitePath, tuple[str, Sha256]] = {
        st.address: (st.text_digest, seen.capture)
        for st, seen in texts
        if st.address is not None and (st.address in draft.pinned or not (sure or same_day))
    }
    if len({digest for digest, _ in by_address.values()}) < 2:
        return ()
    shown = texts[-1][0].text_digest
    return tuple(sorted({capture for digest, capture in by_address.values() if digest != shown}))


def _gap_vouched(number: int, drafts: Sequence[VersionDraft], lists: Sequence[set[int]]) -> bool:
    draft = drafts[number]
    if (draft.loose_end or _ends_by_code_alone(draft)) and not draft.states_its_end:
        return False
    since = draft.starts[0].hi
    if any(d.start is None and d.is_old and since < d.starts[0].hi for d in drafts):
        return (
            False  # an old page without a first day may be of any time up to its capture or its edition's end
        )
    after = next((d for d in drafts[number + 1 :] if not d.withdrawn and d not in draft.before), None)
    if after is not None and after.optional:
        return False  # it may never have begun
    if after is not None and not any(id(draft) in listed and id(after) in listed for listed in lists):
        return False
    if draft.states_its_end and not draft.goes_on:
        return True  # its page says until when it was in force, so nothing need have followed
    undated = after is None or after.start is None
    if undated and draft.joined and max(draft.joined) > max(draft.in_force, default=date.min):
        return False  # a line with its title need not be about it
    # something followed it, on its first day at the earliest, and no list shows what it was
    return not (after is None and draft.is_old)


def _ends_by_code_alone(draft: VersionDraft) -> bool:
    """Whether a circular or another page says that it ended, and no page of its own: that ends whatever the code
    designated by then, which may have replaced it before."""
    ends = [st for st, _ in draft.said if st.ends]
    own = any(st.kind == "page" for st in ends)
    return not own and any(st.kind == "claim" and st.of_day is None for st in ends)


_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "their", "to"}
)


def _other_subject(before: str, after: str) -> bool:
    """Whether two titles share so few words that the code now has another subject (rule 2)."""
    old = {w.removesuffix("s") for w in plain(before).split()} - _SMALL
    new = {w.removesuffix("s") for w in plain(after).split()} - _SMALL
    return len(old & new) * 3 < min(len(old), len(new))


def moves(code: Code, ordered: Sequence[StatementSeen]) -> tuple[Link, ...]:
    """Links from “Equivalent instructions are now found at …”, which is not a version (rule 13)."""
    links = {
        Link(
            kind="moved",
            source=code,
            target=st.moved_to,
            day=last_end(st.ends),
            evidence="its page says where equivalent instructions are found",
            capture=seen.capture,
        )
        for st, seen in ordered
        if st.kind == "move" and st.moved_to is not None
    }
    return tuple(sorted(links, key=lambda link: (link.target, link.capture or "")))
