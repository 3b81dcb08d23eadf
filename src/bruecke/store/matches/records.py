"""One match as it is moved: every change is one conditional UPDATE that must hit one row."""

from typing import Any

import msgspec

from bruecke.domain.match import AGREED, ANSWERS, Before
from bruecke.domain.posting import Posting as PostingView
from bruecke.store import rows
from bruecke.store.tables import HistoryEntry, Match, Opening, Posting

COLUMNS = (
    Match.id,
    Match.opening,
    Match.posting,
    Match.person,
    Match.state,
    Match.prior_state,
    Match.closed_reason,
    Match.visible_from_at,
    Match.moved_at,
    Match.posting.organisation.as_alias("organisation"),
    Match.posting.region.as_alias("region"),
    Match.posting.contact.as_alias("contact"),
)


# domain.match.unanswered, in SQL; `m` is the match.
UNANSWERED = (
    "(m.state = 'closed' AND m.prior_state = 'suggested'"
    f" AND m.closed_reason NOT IN ({', '.join(repr(one) for one in ANSWERS)}))"
)


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Where a match stands; `before` is its last move as long as it may be undone."""

    id: str
    opening: str
    posting: str
    organisation: str
    region: str
    state: str
    person: str = ""
    contact: str = ""
    prior_state: str = ""
    closed_reason: str = ""
    visible_from_at: int = 0
    moved_at: int = 0
    before: Before | None = None


async def get(match: str) -> Record | None:
    """The match with this id, whoever asks: the actions decide for whom it is there."""
    found = await Match.select(*COLUMNS).where(Match.id == match)
    return await _record(found)


async def of_pair(person: str, opening: str) -> Record | None:
    """The one match of a person and an opening."""
    return await _record(
        await Match.select(*COLUMNS).where(Match.dedupe_key == dedupe_key(person, opening))
    )


async def answered(person: str) -> set[str]:
    """The postings a person has said yes or no to."""
    found = await Match.raw(
        "SELECT DISTINCT m.posting FROM match m WHERE m.person = {} AND m.state <> 'suggested'"
        f" AND NOT {UNANSWERED}",
        person,
    )
    return {row["posting"] for row in found}


async def _record(found: list[dict[str, Any]]) -> Record | None:
    if not found:
        return None
    last = (
        await HistoryEntry.select(HistoryEntry.detail)
        .where((HistoryEntry.thing_id == found[0]["id"]) & (HistoryEntry.thing == "match"))
        .order_by(HistoryEntry.id, ascending=False)
        .limit(1)
    )
    return rows.struct(
        {**found[0], "before": Before.read(last[0]["detail"]) if last else None}, Record
    )


def dedupe_key(person: str, opening: str) -> str:
    """One row for one pair."""
    return f"{person}:{opening}"


async def add(match: Match) -> bool:
    """A new match; False where the pair has one already."""
    match.dedupe_key = dedupe_key(str(match.person), str(match.opening))
    names = [column._meta.name for column in Match._meta.columns]
    found = await Match.raw(
        f"INSERT INTO match ({', '.join(names)}) VALUES ({', '.join(['{}'] * len(names))})"
        " ON CONFLICT (dedupe_key) DO NOTHING RETURNING id",
        *(getattr(match, name) for name in names),
    )
    return bool(found)


async def move(
    record: Record, after: str, prior: str, closed_reason: str, now: int, visible_from: int
) -> bool:
    """Moves a match on from where `record` saw it; False where somebody was faster."""
    return bool(
        await Match.raw(
            "UPDATE match SET state = {}, prior_state = {}, closed_reason = {}, moved_at = {},"
            " visible_from_at = {} WHERE id = {} AND state = {} AND prior_state = {}"
            " AND moved_at = {} RETURNING id",
            after,
            prior,
            closed_reason,
            now,
            visible_from,
            record.id,
            record.state,
            record.prior_state,
            record.moved_at,
        )
    )


async def revive(record: Record, now: int) -> bool:
    """Opens a suggestion again that ended without an answer; False where somebody was faster."""
    return bool(
        await Match.raw(
            "UPDATE match SET state = 'suggested', prior_state = '', closed_reason = '',"
            " moved_at = {}, visible_from_at = {} WHERE id = {} AND state = 'closed'"
            " AND moved_at = {} RETURNING id",
            now,
            now,
            record.id,
            record.moved_at,
        )
    )


async def restore(record: Record, before: Before, now: int) -> bool:
    """Puts a match back where it stood; False once others see the move, or after another one."""
    return bool(
        await Match.raw(
            "UPDATE match SET state = {}, prior_state = {}, closed_reason = {}, moved_at = {},"
            " visible_from_at = {} WHERE id = {} AND state = {} AND moved_at = {}"
            " AND visible_from_at > {} RETURNING id",
            before.state,
            before.prior_state,
            before.closed_reason,
            before.moved_at,
            # A side that saw nothing yet goes on seeing nothing.
            before.visible_from_at
            if before.state in AGREED and before.prior_state
            else min(before.visible_from_at, now),
            record.id,
            record.state,
            record.moved_at,
            now,
        )
    )


async def state_of(match: str) -> str:
    """Where a match stands now."""
    found = await Match.select(Match.state).where(Match.id == match)
    return str(found[0]["state"]) if found else "closed"


async def open_interests(person: str) -> int:
    """How many tasks a person asked for and waits to hear about."""
    return int(
        await Match.count().where(
            (Match.person == person) & Match.state.is_in(["interested", "waitlisted"])
        )
    )


async def was_approved(person: str) -> bool:
    """Whether a desk has said yes to this person before."""
    agreed = sorted(AGREED)
    return bool(
        await Match.exists().where(
            (Match.person == person)
            & (
                Match.state.is_in(agreed)
                | ((Match.state == "closed") & Match.prior_state.is_in(agreed))
            )
        )
    )


async def postings_of(ids: list[str]) -> dict[str, PostingView]:
    """Postings whatever their state, for those who have a match there."""
    if not ids:
        return {}
    found = await Posting.select(
        *rows.columns(Posting, PostingView),
        Posting.organisation.name.as_alias("organisation_name"),
    ).where(Posting.id.is_in(ids))
    return {row["id"]: rows.struct(row, PostingView) for row in found}


async def dated_postings(openings: list[str]) -> list[PostingView]:
    """The posting of each opening, with the opening's own date as `next_on`."""
    if not openings:
        return []
    found = await Opening.select(Opening.posting, Opening.shift.held_on.as_alias("held_on")).where(
        Opening.id.is_in(openings)
    )
    known = await postings_of([row["posting"] for row in found])
    return [msgspec.structs.replace(known[row["posting"]], next_on=row["held_on"]) for row in found]


async def approved_openings(person: str) -> list[str]:
    """Where a person's place, or its place in line, rests on a yes of the desk and is not over."""
    found = await Match.select(Match.opening).where(
        (Match.person == person)
        & (
            Match.state.is_in(sorted(AGREED - {"done"}))
            | (Match.state.is_in(["waitlisted", "offered"]) & (Match.prior_state == "interested"))
        )
    )
    return [row["opening"] for row in found]
