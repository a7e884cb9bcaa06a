"""Step 3: which version a page, row or line without a start may be about (rules 8, 20, 21, 27).

Such a statement is about a dated version if one with the same address or words can have been in force when it was seen,
or else one with the same title that nothing shows as old by then. Only if there is none does it make a version of
unknown start. A statement joined by title, or by the live address, adds no day to a version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from manual.dates import in_words
from manual.history.drafts import (
    ONE_DAY,
    PUBLISHED_AHEAD,
    Again,
    StatementSeen,
    VersionDraft,
    VersionDrafts,
    has_other_words,
    has_title,
    is_dated,
    is_over,
    last_end,
    own_start,
    plain,
)
from manual.history.evidence import LiveAddress, is_mention
from manual.history.identity import new_draft
from manual.history.lists import list_name
from manual.model import Code, Finding, Seen, SitePath, Statement


def settle_undated(
    drafts: VersionDrafts,
    ordered: Sequence[StatementSeen],
    live: LiveAddress,
    code: Code,
    findings: list[Finding],
) -> None:
    undated = [
        (st, seen)
        for st, seen in ordered
        if st.kind in ("page", "listed", "neighbour", "contents") and not is_dated(st)
    ]
    _place_ends(drafts, undated)
    for st, seen in undated:
        if not st.ends and st.shown_as_old:
            _place_old(drafts, (st, seen), undated, code, findings)
    # in order of time: a line may be about what an earlier one showed, but not about what that showed as ended
    timed = [item for item in undated if is_mention(item[0]) or _ends_on_no_day(item[0])]
    timed.sort(
        key=lambda item: (item[1].day, item[0].kind != "page")
    )  # a line of the same day joins the page
    for st, seen in timed:
        if st.ends:
            _place_end_of_no_day(drafts, (st, seen), undated)
        elif seen.exact and not _joined_by_address_or_words(drafts, st, seen, live):
            if st.kind == "page" and live.is_elsewhere(st.address, seen.day):
                findings.append(_not_placed(st, seen, code, "stands elsewhere than the page in force"))
            else:
                _place_seen(drafts, (st, seen), live, code, findings)
    for st, seen in timed:
        if not st.ends and not seen.exact:
            _place_loosely(drafts, st, seen, code, findings)
    for draft in drafts:
        if draft.start is None and all(st.misprinted for st, _ in draft.said):
            draft.optional = True


# ---------------------------------------------------------------- with an end, or an old-mark


def _place_ends(drafts: VersionDrafts, undated: Sequence[StatementSeen]) -> None:
    """Place what states an end, but for marks without a day that no address or words explain."""
    for item in (one for one in undated if _ends_on_no_day(one[0])):
        _place_at_its_home(drafts, item)
    for group in _by_end([item for item in undated if last_end(item[0].ends) is not None]):
        _place_ended(drafts, group, undated)


def _ends_on_no_day(st: Statement) -> bool:
    return bool(st.ends) and last_end(st.ends) is None


def _by_end(ended: Sequence[StatementSeen]) -> list[list[StatementSeen]]:
    """Group statements with the same end and no first day: they are about one version."""
    groups: dict[tuple[tuple[date, str], ...], list[StatementSeen]] = defaultdict(list)
    for st, seen in ended:
        days = sorted((e.day or date.max, e.reading) for e in st.ends if e.basis != "edition")
        groups[tuple(days[:1])].append((st, seen))
    return [groups[key] for key in sorted(groups)]  # the first end after a start belongs to that version


def _place_ended(
    drafts: VersionDrafts, group: Sequence[StatementSeen], undated: Sequence[StatementSeen]
) -> None:
    """Join statements with an end and no start to a version (rule 20): one with the same words or archived address,
    else the last dated one before the end if it has the same title, else a new one."""
    home = _home_of_words(drafts, group)
    open_home = False
    if home is not None and home.perhaps_announced:
        home.optional = False  # what ended had begun
    if home is None:
        home = last_before_end(drafts, group)
        same_end = home is not None and any(_states_its_end(home, st) for st, _ in group)
        if home is not None and not same_end and not any(has_title(home, st) for st, _ in group):
            home = None
        open_home = home is not None and not same_end and _is_wanted_by_a_row(home, drafts, group, undated)
        if open_home:
            home = None
        if home is not None:
            # joined only by title or live address: the words need not be those of this version
            home.loose_end = True
            group = [(replace(st, text_digest="", text_damaged=False), seen) for st, seen in group]
    if home is None and not open_home:
        home = _announced_before_end(drafts, group)
    if home is None:
        home = new_draft(drafts, optional=open_home)
    for st, seen in group:
        home.add(st, seen, old=False)


def _announced_before_end(
    drafts: Sequence[VersionDraft], group: Sequence[StatementSeen]
) -> VersionDraft | None:
    """The last version of that title which may never have begun after it was announced: "(to D)" may be its end, or
    that of a version of unknown start (rule 17). Either way one version ended so, and only its first day is open."""
    end = last_end([end for st, _ in group for end in st.ends]) or date.max
    may_be = [
        d
        for d in drafts
        if d.perhaps_announced and d.begun_by(end - ONE_DAY) and any(has_title(d, st) for st, _ in group)
    ]
    may_be = [d for d in may_be if not any(listed_beside(d, st, seen) for st, seen in group)]
    if not may_be:
        return None
    home = max(may_be, key=lambda d: d.start or date.min)
    home.optional, home.loose_end, home.open_start = False, True, True
    return home


def _is_wanted_by_a_row(
    home: VersionDraft,
    drafts: VersionDrafts,
    group: Sequence[StatementSeen],
    undated: Sequence[StatementSeen],
) -> bool:
    """Whether a row without a date, beside a row with an end, can only be about `home`. Rows of one list are distinct
    versions, so either of the two may be that one. The same holds for a row that ends on no day, as its page does."""
    others = [d for d in drafts if d is not home]
    on_no_day = any(_ends_on_no_day(st) for st, _ in home.pages)
    return any(
        (st.kind == "listed" or not seen.exact)
        and (
            (is_mention(st) and _may_speak_of(home, drafts, (st, seen), item))
            or (on_no_day and _ends_on_no_day(st) and has_title(home, st))
        )
        and not any(has_title(d, st) and not listed_beside(d, st, seen) for d in others)
        for item in group
        for st, seen in undated
        if seen.capture == item[1].capture
    )


def _home_of_words(drafts: Sequence[VersionDraft], group: Sequence[StatementSeen]) -> VersionDraft | None:
    for draft in drafts:
        for st, seen in group:
            other_words = _were_issued_again(draft, st) or _is_replaced_before(draft, drafts, st)
            same_words = st.text_digest in draft.digests and not other_words
            archived = st.address in draft.pinned and not _ended_later(draft, st)
            at_its_page = any(st.address == page.address for page, _ in draft.pages if page.address)
            if same_words or archived or (at_its_page and _may_be_its_end(draft, drafts, (st, seen))):
                return draft
    return None


def _may_be_its_end(draft: VersionDraft, drafts: Sequence[VersionDraft], item: StatementSeen) -> bool:
    """Whether a statement at the address of `draft`, with the end that its page states, may be about it: not if the
    same list shows both, or if another version began before that end."""
    st, seen = item
    replaced = _is_replaced_before(draft, drafts, st)
    return _states_its_end(draft, st) and not replaced and not listed_beside(draft, st, seen)


def _is_replaced_before(draft: VersionDraft, drafts: Sequence[VersionDraft], st: Statement) -> bool:
    """Whether another version began after `draft` and before the end that `st` states."""
    ended = last_end(st.ends)
    return ended is not None and draft.start is not None and not _is_latest(draft, drafts, ended - ONE_DAY)


def _were_issued_again(draft: VersionDraft, st: Statement) -> bool:
    """Whether the words of `st`, elsewhere, ended before `draft` began: then it has the words of an older version."""
    ended = last_end(st.ends)
    over = ended is not None and draft.start is not None and ended <= draft.start
    return over and st.address not in draft.addresses


def _ended_later(draft: VersionDraft, st: Statement) -> bool:
    """Whether a row or line says that something ended after `draft` was old, at an address that only a banner marked:
    then that address shows another version."""
    ended, old_by = last_end(st.ends), draft.old_by
    later = ended is not None and old_by is not None and ended > old_by
    return st.kind != "page" and later and not _is_linked_as_old(draft, st.address)


def _is_linked_as_old(draft: VersionDraft, address: SitePath | None) -> bool:
    """Whether a row or line about `draft` links this address: then it has an old page for good (rule 3)."""
    return any(
        said.kind != "page" and said.address == address and said.shown_as_old for said, _ in draft.said
    )


def _states_its_end(draft: VersionDraft, st: Statement) -> bool:
    """Whether `st` states the day on which `draft` ended; or, as a row, no day as its page does. A line of the contents
    may be about what the address showed before."""
    # a circular ends whatever the code designated, which need not be this version
    surely = (said for said, _ in draft.said if said.kind != "claim" or said.of_day is not None)
    days = {e.day for said in surely for e in said.ends if e.kind == "end"} & {e.day for e in st.ends}
    return bool(days if st.kind == "listed" else days - {None})


def _place_end_of_no_day(
    drafts: VersionDrafts, item: StatementSeen, undated: Sequence[StatementSeen]
) -> None:
    """Place a mark of ending without a day (rule 10). With a known address or known words it belongs to that version,
    and also if only one version has its title. Otherwise it may belong to any of these, or to a version with unknown
    start and end."""
    st, seen = item
    if any(item in d.said for d in drafts) or _place_at_its_home(drafts, item):
        return
    may_be = [d for d in drafts if _may_have_ended(d, st, seen)]
    rivals = {id(d): [o for o in undated if _may_speak_of(d, drafts, o, item)] for d in may_be}
    wanted = [d for d in may_be if rivals[id(d)]]
    # of two marks in one list either may be that of the one version, and what is seen later may be of another one
    may_be = [d for d in may_be if all(o.ends or when.day > seen.day for o, when in rivals[id(d)])] or may_be
    open_beside = _is_open_beside(drafts, seen)
    unsure = [
        d
        for d in may_be
        if d.optional or open_beside or _is_contested(d, drafts, seen) or listed_beside(d, st, seen)
    ]
    if len(may_be) == 1 and not wanted and not unsure:
        may_be[0].loose_end = True
        may_be[0].add(replace(st, text_digest="", text_damaged=False), seen, old=False)
        return
    for draft in may_be:
        draft.may_have_ended.append(item)
        # then what joined it by its title beside the mark may be about a version of unknown start
        for other, when in [
            one for one in draft.titled if one[1].capture == seen.capture and one[0].kind == st.kind
        ]:
            _join_run(drafts, other, when, optional=True)
    loose = any(_ended_loosely(d) and has_title(d, st) for d in drafts)
    if loose or all(d in wanted or d in unsure for d in may_be):
        new_draft(drafts, optional=bool(may_be)).add(st, seen, old=False)


def _ended_loosely(draft: VersionDraft) -> bool:
    """Whether a line without a date joined its stated end by title alone: they may be of two versions."""
    return draft.start is None and draft.loose_end and last_end(draft.ends) is not None


def place_ends_of_doubted(drafts: VersionDrafts) -> None:
    """Where each version that a mark of ending without a day may be about need not exist, it may be about one that
    nothing else shows."""
    said = [item for draft in drafts for item in draft.said]
    for item in dict.fromkeys(one for draft in drafts for one in draft.may_have_ended):
        if item not in said and all(draft.optional for draft in drafts if item in draft.may_have_ended):
            new_draft(drafts, optional=True).add(*item, old=False)


def _is_contested(draft: VersionDraft, drafts: Sequence[VersionDraft], seen: Seen) -> bool:
    """Whether an older version was seen in force since its first day, so that it need not have begun; or it was itself,
    after a newer one had begun, since it was `seen` as ended: then it need not have ended."""
    if draft.start is None:
        return False
    stood_late = seen.exact and any(day >= seen.day for day in draft.contested)
    return stood_late or any(
        day >= draft.start for other in drafts if other is not draft for day in other.contested
    )


def _place_at_its_home(drafts: Sequence[VersionDraft], item: StatementSeen) -> bool:
    home = _home_of_words(drafts, [item])
    if home is not None:
        home.add(*item, old=False)
    return home is not None


def _may_have_ended(draft: VersionDraft, st: Statement, seen: Seen) -> bool:
    """Whether `draft` may be the version that a row or line, without a day, calls ended."""
    begun = draft.start is None or draft.begun_by(seen.day - ONE_DAY) or not seen.exact
    # it was seen in force later, or ended later
    stood = (*draft.uncontested, *(end.day - ONE_DAY for end in draft.ends if end.kind == "end" and end.day))
    if seen.exact and any(day >= seen.day for day in stood):
        return False
    beside = listed_beside(draft, st, seen, surely=True)
    return begun and not draft.withdrawn and has_title(draft, st) and not beside


def _may_speak_of(
    draft: VersionDraft, drafts: Sequence[VersionDraft], rival: StatementSeen, item: StatementSeen
) -> bool:
    """Whether another undated statement with the title of `item` may be about `draft` and is not placed yet or stands
    beside it. If they cannot both be about it, `item` may be about a version that nothing else shows."""
    (other, seen), (st, when) = rival, item
    beside = seen.capture == when.capture
    # what was seen on an unknown day may be of any title: titles change
    other_title = seen.exact and plain(other.title) != plain(st.title)
    if other is st or other_title or other.shown_as_old:
        return False
    if last_end(other.ends) is not None or (other.ends and not beside):
        return False  # it has a day of its own, or may be the same version as `item`
    placed = any(said == rival for d in drafts for said in (*d.said, *d.titled))
    if (placed and not beside) or listed_beside(draft, other, seen):
        return False
    if not seen.exact:
        return True
    old_by = draft.old_by
    was_old = old_by is not None and old_by < seen.day
    return not (was_old or draft.over_by(seen.day)) and (
        draft.start is None or _is_latest(draft, drafts, seen.day)
    )


def listed_beside(draft: VersionDraft, st: Statement, seen: Seen, *, surely: bool = False) -> bool:
    """Whether the same capture shows `draft` in another row or as its page. Rows of one list are distinct versions
    unless they share an address, and none of them is the page with the list. `surely`: without rows whose code is
    misprinted, which may be of another code."""
    return any(
        when.capture == seen.capture
        and when.day == seen.day
        and said is not st
        and not (surely and said.misprinted)
        and _are_apart(said, st)
        and (said.address is None or said.address != st.address)
        for said, when in draft.said
    )


def _are_apart(one: Statement, other: Statement) -> bool:
    """Whether two statements of one capture are in one list, or one is in the list of the other's page."""
    kinds = {one.kind, other.kind}
    if kinds == {"contents"}:
        return True
    if kinds == {"listed"}:
        return list_name(one) == list_name(other)
    if kinds == {"page", "listed"}:
        page, row = (one, other) if one.kind == "page" else (other, one)
        return page.locator in ("", "page") or row.locator.startswith(page.locator)
    return False


def last_before_end(drafts: Sequence[VersionDraft], group: Sequence[StatementSeen]) -> VersionDraft | None:
    """The last dated version that can have been in force just before the end stated by a group."""
    end = last_end([end for st, _ in group for end in st.ends]) or min(seen.day for _, seen in group)
    begun = [d for d in drafts if d.begun_by(end - ONE_DAY) and not d.optional]
    last = max(begun, key=lambda d: (d.start or date.min, d.place_on_its_day, not d.is_old), default=None)
    if last is None or any(listed_beside(last, st, seen) for st, seen in group):
        return None
    if any(_ended_between(d, last.start, end) for d in drafts):
        return None  # another version came after it, and ended before
    # what its page states now outranks what it stated before (rule 17)
    stated = last.newest_at_each_address(lambda st: last_end(st.ends) is not None)
    if any(e.day == end for st, seen in stated if seen.exact for e in st.ends):
        return last
    if last.is_old and any(st.edition and st.kind != "claim" for st, _ in group):
        return None  # it had been replaced before the edition ended
    if last.ceased_with_edition(end - ONE_DAY):
        return None
    old_by = last.old_by
    dated = last_end([end for st, _ in group for end in st.ends]) is not None
    ended_before = any(
        e.basis != "edition" and e.day != end and (dated or e.day) and is_over([e], seen, end - ONE_DAY)
        for st, seen in last.said
        for e in st.ends
    )
    if (old_by is not None and old_by < end) or ended_before:
        return None
    return last


def _ended_between(draft: VersionDraft, start: date | None, until: date) -> bool:
    """Whether a version of unknown start surely stood after `start`, and ended before `until`."""
    if draft.start is not None or draft.optional or start is None:
        return False
    return any(end.kind == "end" and end.day is not None and start < end.day < until for end in draft.ends)


def _place_old(
    drafts: VersionDrafts,
    item: StatementSeen,
    undated: Sequence[StatementSeen],
    code: Code,
    findings: list[Finding],
) -> None:
    """Place an old page or row without a date: with a known address or known words it is that version. Otherwise it may
    be any old version known only by its date; only if there is none does it make a new one."""
    st, seen = item
    for draft in drafts:
        same_words = st.text_digest in draft.digests
        # words seen in force later had been issued before
        if st.address in draft.pinned or (same_words and not any(day > seen.day for day in draft.in_force)):
            draft.add(st, seen)
            return
    ended = drafts.edition_ended
    until = min(ended - ONE_DAY, seen.day) if st.edition and ended else seen.day
    may_be = [d for d in drafts if d.begun_by(until) and not (st.text_digest and d.digests)]
    may_be = [d for d in may_be if not listed_beside(d, st, seen)]
    if not may_be:
        new_draft(drafts, item)
        return
    last = max(may_be, key=lambda d: d.start or date.min)
    if len(may_be) == 1 and not last.over_by(seen.day) and _is_latest(last, drafts, seen.day):
        # joined by its title alone: its own place among those in its list is not known
        last.add(replace(st, text_digest="", lists_versions=False), seen)
        if any(_is_later_line_of(last, other, seen.day) for other in undated):
            # either of the two may be about it, and the other one about a version that nothing dates
            new_draft(drafts, item, optional=True)
    if st.kind == "page":
        findings.append(_not_placed(st, seen, code, "shows an old version and not when it began"))


def _is_later_line_of(draft: VersionDraft, item: StatementSeen, day: date) -> bool:
    """Whether a line or page without a date, seen after `day`, has the title of `draft`."""
    st, seen = item
    later = is_mention(st) and not st.ends and seen.exact and seen.day > day
    return later and has_title(draft, st) and not listed_beside(draft, st, seen)


# ---------------------------------------------------------------- seen in force on a known day


def _place_seen(
    drafts: VersionDrafts, item: StatementSeen, live: LiveAddress, code: Code, findings: list[Finding]
) -> None:
    st, seen = item
    # a row for the page in force stands on a page that was marked old when the next one was published
    told = [draft for draft in drafts if st.kind != "listed" and _is_only_told(draft, seen.day)]
    may_be = [d for d in drafts if d not in told and _may_be_in_force(d, drafts, seen.day)]
    beside = [d for d in may_be if listed_beside(d, st, seen)]
    for draft in (d for d in may_be if d not in beside):
        # a page that shows it in force then or later is stronger than the title of a line
        seen_then = (
            st.kind != "page" and _was_seen_since(draft, live, seen.day) and _run_of(drafts, st, seen) is None
        )
        is_called_so = has_title(draft, st) or plain(st.title) in draft.called_otherwise
        if seen_then or is_called_so:
            if not is_called_so:
                findings.append(_other_title(st, seen, code, draft.stated))
            draft.titled.append((st, seen))
            return
    # lines of the contents are of what stood that day; pages are marked old when the next one is published
    coming = _coming(drafts, st, seen) if st.kind == "listed" else None
    if coming is not None:
        coming.titled.append((st, seen))
    else:
        others = [d for d in told if _can_be_in_force(d, seen.day)]
        others += [d for d in beside if not listed_beside(d, st, seen, surely=True)]
        _join_run(drafts, st, seen, optional=any(has_title(d, st) for d in others))


def _is_only_told(draft: VersionDraft, day: date) -> bool:
    """Whether nothing but circulars had announced `draft` by `day`, before it began: they put nothing at any address,
    so that a page or line of that day may show the version before it."""
    by_then = [st for st, when in draft.said if when.exact and when.day <= day]
    soon = draft.start is not None and day < draft.start
    return soon and bool(by_then) and all(st.kind == "claim" for st in by_then)


def _was_seen_since(draft: VersionDraft, live: LiveAddress, day: date) -> bool:
    """Whether a page showed `draft` in force on `day` or later, at no other address than the linked one."""
    since = {shown for shown in draft.uncontested if shown >= day}
    return any(
        seen.day in since and not live.is_elsewhere(st.address, seen.day)
        for st, seen in draft.said
        if st.kind == "page"
    )


def doubt_titled(drafts: Sequence[VersionDraft]) -> None:
    """Note where a line joined to a dated version by its title may be about one of unknown start."""
    for draft in drafts:
        for st, seen in draft.titled:
            since = any(day >= seen.day for day in draft.uncontested)
            if draft.start is not None and seen.exact and not since:
                _note_that_it_may_be_another(drafts, draft, st, seen)


def make_those_before(drafts: VersionDrafts) -> None:
    """By another reading of its first day, a dated version had not begun when a line was seen that joined it by its
    title alone: then the line is about one of unknown start, which came before it."""
    for draft in list(drafts):
        days = [claim.day for claim in draft.best_claims] + [late.hi for late in draft.late_starts]
        for st, seen in draft.titled:
            if seen.exact and days and min(days) <= seen.day < max(days):
                draft.before.append(new_draft(drafts, (st, seen), optional=True))


def _note_that_it_may_be_another(
    drafts: Sequence[VersionDraft], draft: VersionDraft, st: Statement, seen: Seen
) -> None:
    """What was joined to `draft` by its title may be about a version of unknown start instead, if that one has its
    words, or ended later, and nothing began in between. Note that this version may then have begun before that was
    seen."""
    last = max((day for day in draft.in_force if day < seen.day), default=draft.start)
    for other in drafts:
        has_words = st.text_digest in other.digests
        until = last_end(other.ends) or (other.first_seen if has_words else None)
        begins_unknown = other.start is None or other.open_start
        if not begins_unknown or other.is_old or other.over_by(seen.day) or not (until and last):
            continue
        if not (has_words or has_title(other, st)) or listed_beside(other, st, seen):
            continue
        if not _something_between(drafts, other, seen.day, until):
            why = f"what was shown on {in_words(seen.day)} may have been this one"
            other.again.append(Again(last + ONE_DAY, seen.day, why))


def _joined_by_address_or_words(
    drafts: Sequence[VersionDraft], st: Statement, seen: Seen, live: LiveAddress
) -> bool:
    for draft in drafts:
        archived = st.kind == "page" and st.address in draft.pinned - live.named(seen.day)
        archived = archived and not _shows_another(draft, st)
        since = draft.edition_ended is None or seen.day >= draft.edition_ended
        if archived and since and draft.begun_by(seen.day):
            draft.add(st, seen, old=True)  # an archived page that lost its banner and its foot
            return True
    for draft in drafts:
        was_old = draft.old_by is not None and draft.old_by < seen.day
        if st.text_digest in draft.digests and _can_be_in_force(draft, seen.day) and not was_old:
            draft.add(st, seen)  # the same words: it is that version, in force on that day
            return True
    return False


def _shows_another(draft: VersionDraft, page: Statement) -> bool:
    """Whether a page has other words than `draft`, at an address that only a banner marked: then it is that of the page
    in force, whose text changes (rule 3)."""
    return has_other_words(draft, page) and not _is_linked_as_old(draft, page.address)


def _join_run(drafts: VersionDrafts, st: Statement, seen: Seen, *, optional: bool = False) -> None:
    """Join a mention not surely explained by a dated version to a version of unknown start, or make one, which is
    `optional` if a dated one may explain it."""
    run = _run_of(drafts, st, seen)
    if run is None:
        new_draft(drafts, (st, seen), optional=optional)
    elif (st.text_digest and run.digests) or (not st.text_digest and _seen_in_force(run)):
        run.titled.append((st, seen))
    else:
        # one title on several days, or before an end, need not be one version
        run.loose_end = run.loose_end or bool(run.ends) or (bool(st.text_digest) and _seen_in_force(run))
        run.add(st, seen)


def _may_be_in_force(draft: VersionDraft, drafts: Sequence[VersionDraft], day: date) -> bool:
    """Whether a dated version can have been in force on `day`: the last begun, or announced; not ended or old."""
    if not _can_be_in_force(draft, day):
        return False
    old_by = draft.old_by
    if draft.start is None or (old_by is not None and old_by <= day):
        return False
    if draft.start > day:
        return True
    return _is_latest(draft, drafts, day)


def _is_latest(draft: VersionDraft, drafts: Sequence[VersionDraft], day: date) -> bool:
    """Whether no other version had certainly begun since then by `day`: from its date, or because it ended in
    between."""
    if draft.start is None:
        return False
    start = draft.start
    for other in drafts:
        if other.start is None:
            ended = last_end(other.ends)
            since = ended is not None and start < ended and other.over_by(day)
        else:
            later = other.start > start or (other.start == start and draft in other.before)
            since = other.begun_by(day) and not other.optional and later
        if since:
            return False
    return True


def _can_be_in_force(draft: VersionDraft, day: date) -> bool:
    """Whether it had begun or was announced by `day`, and had not certainly ended."""
    if (
        draft.withdrawn
        or draft.optional
        or draft.over_by(day)
        or draft.may_be_over_by(day)
        or draft.ceased_with_edition(day)
    ):
        return False
    if draft.start is not None and draft.start > day:
        return any(when.exact and when.day <= day for _, when in draft.said)
    return True


def _seen_in_force(draft: VersionDraft) -> bool:
    return any(not said.ends and when.exact for said, when in draft.said)


def may_have_gone_with(draft: VersionDraft, drafts: Sequence[VersionDraft]) -> bool:
    """Whether what is said of a version of unknown start may be about a dated one that only unclear words had ended by
    then, and that ended, or was shown as old, since."""
    first = draft.first_seen
    if draft.start is not None or first is None or not all(is_mention(st) for st, _ in draft.said):
        return False
    return any(
        d.may_be_over_by(first)
        and not d.over_by(first)
        and (d.old_by is None or d.old_by > first)
        and (d.is_old or any(end.kind == "end" for end in d.ends))
        and _is_latest(d, drafts, first)
        and all(has_title(d, st) and not listed_beside(d, st, seen) for st, seen in draft.said)
        for d in drafts
    )


def _coming(drafts: Sequence[VersionDraft], st: Statement, seen: Seen) -> VersionDraft | None:
    """A version with that title that began soon after: pages are marked old when the next one is published (a row of 29
    September 2013 for a page of 23 October). Only if a complete list leaves no room before it, or for a row that links
    the address at which it was announced by then."""
    for draft in drafts:
        if draft.start is None or not seen.day < draft.start <= seen.day + PUBLISHED_AHEAD:
            continue
        if not has_title(draft, st) or (st.text_digest and st.text_digest not in draft.digests):
            continue
        announced = any(when.exact and when.day <= seen.day for _, when in draft.said)
        if st.kind == "listed" and st.address in draft.addresses and announced:
            return draft
        older = [d for d in drafts if draft in d.next_in_list and d.begun_by(seen.day) and not d.optional]
        if any(_is_latest(d, drafts, seen.day) for d in older):
            return draft
    return None


def _run_of(drafts: VersionDrafts, st: Statement, seen: Seen) -> VersionDraft | None:
    """The version of unknown start with the same title or words that was last seen before, with nothing dated in
    between."""
    for draft in reversed(drafts):
        if draft.start is not None or draft.is_old or not has_title(draft, st):
            continue
        if draft.over_by(seen.day) or draft.ceased_with_edition(seen.day) or listed_beside(draft, st, seen):
            continue
        sights = (*draft.said, *draft.titled)
        last = max((when.day for said, when in sights if when.exact and not said.ends), default=seen.day)
        ends = last_end(draft.ends) or seen.day
        if not _something_between(drafts, draft, min(last, seen.day), max(ends, seen.day)):
            return draft
    return None


def _something_between(drafts: Sequence[VersionDraft], run: VersionDraft, after: date, until: date) -> bool:
    for draft in drafts:
        if draft is run or draft.optional:
            continue
        if draft.start is not None and not draft.withdrawn and after < draft.start <= until:
            return True
        if any(end.day is not None and after < end.day < until for end in draft.ends):
            return True
    return False


def _place_loosely(
    drafts: VersionDrafts, st: Statement, seen: Seen, code: Code, findings: list[Finding]
) -> None:
    """Place an undated page or line of an unknown day: weak evidence, which makes a version only if no other is
    known."""
    beside = last_start_beside(drafts, (st, seen))
    known = [d for d in drafts if not d.withdrawn and not listed_beside(d, st, seen)]
    known = [d for d in known if not beside or (d.start or d.first_seen or date.max) >= beside]
    for draft in known:
        if st.text_digest in draft.digests:
            draft.titled.append((st, seen))
            return
    loose = [d for d in known if d.start is None and not d.ends and not d.known]
    none_can_be = len(loose) == len(known) and not any(has_title(d, st) for d in loose)
    if none_can_be or _is_open_beside(drafts, seen):
        new_draft(drafts, (st, seen), optional=not none_can_be)
        return
    for draft in loose:
        if has_title(draft, st) and not (st.text_digest and draft.digests):
            draft.add(st, seen)
            return
    if not any(has_title(d, st) for d in known):
        findings.append(_other_title(st, seen, code))
    if st.text_digest:
        findings.append(_not_placed(st, seen, code, "says neither when it began nor when it was saved"))


def last_start_beside(drafts: Sequence[VersionDraft], item: StatementSeen) -> date | None:
    """The last start printed in the list that shows, on an unknown day, a version without a date: that one began later
    (rule 27). None: none is printed."""
    st, seen = item
    printed = (
        own_start(said)
        for d in drafts
        if not d.optional
        for said, when in d.said
        if when.capture == seen.capture and is_dated(said) and _are_apart(said, st)
    )
    return max(printed, default=None)


def _is_open_beside(drafts: Sequence[VersionDraft], seen: Seen) -> bool:
    """Whether a row of the same capture ends a version that need not exist: then that row may be about the version that
    a row without a date would be about."""
    return any(
        d.optional and d.start is None and any(when.capture == seen.capture for _, when in d.said)
        for d in drafts
    )


def _not_placed(st: Statement, seen: Seen, code: Code, why: str) -> Finding:
    message = f"the page {why}; its text is not placed in the history"
    return Finding("warning", "page_not_placed", message, code, seen.capture, st.locator)


def _other_title(st: Statement, seen: Seen, code: Code, days: tuple[date, ...] = ()) -> Finding:
    when = f"seen on {in_words(seen.day)}" if seen.exact else "seen on an unknown day"
    message = f"the title {st.title!r}, {when}, is that of no version known for that time"
    return Finding("info", "title_differs", message, code, seen.capture, st.locator, days)
