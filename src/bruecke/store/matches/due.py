"""Which matches and places the passing of time moves, oldest first."""

from datetime import date, time
from typing import Any, NamedTuple

import msgspec

from bruecke.domain.match import (
    DAY,
    FINISHED_DAYS,
    SILENT_DAYS,
    SUGGESTED_DAYS,
    offer_deadline,
    starts_at,
)
from bruecke.store.tables import Match, Shift

AT_ONCE = 200
# The date of the match itself; a posting without dates ends with its last one.
_DATED = (
    " FROM match m JOIN posting p ON p.id = m.posting JOIN opening n ON n.id = m.opening"
    " LEFT JOIN shift s ON s.id = n.shift"
)


class FreePlace(msgspec.Struct, frozen=True, kw_only=True):
    """An opening with a free place and somebody in line."""

    opening: str
    free: int


def _ids(found: list[dict[str, Any]]) -> list[str]:
    return [str(row["id"]) for row in found]


async def expired(now: int, today: date) -> list[str]:
    """Suggestions older than 14 days or past their last date, and offered places not answered."""
    old = await Match.raw(
        f"SELECT m.id AS id{_DATED} WHERE m.state = 'suggested' AND (m.moved_at <= {{}}"
        " OR COALESCE(s.held_on, p.last_date) < {}) ORDER BY m.moved_at LIMIT {}",
        now - SUGGESTED_DAYS * DAY,
        today,
        AT_ONCE,
    )
    offered = await Match.select(
        Match.id, Match.moved_at, Match.opening.shift.as_alias("shift")
    ).where(Match.state == "offered")
    begins = await beginnings([row["shift"] for row in offered if row["shift"]])
    late = [
        str(row["id"])
        for row in offered
        if offer_deadline(row["moved_at"], begins.get(row["shift"])) <= now
    ]
    return _ids(old) + late


async def waiting_unsaid(state: str, kind: str, before: int, today: date) -> list[str]:
    """Those in `state` since `before` (UTC seconds) of which no `kind` of notification was said.

    Not for a date that is over, and not for long: what nobody could be told of in a week stands
    in the desk's list.
    """
    found = await Match.raw(
        f"SELECT m.id AS id{_DATED} WHERE m.state = {{}} AND m.moved_at <= {{}}"
        " AND m.moved_at > {} AND COALESCE(s.held_on, p.last_date, {}) >= {} AND NOT EXISTS"
        " (SELECT 1 FROM notification w WHERE w.match = m.id AND w.kind = {}"
        " AND w.created_at >= m.moved_at) ORDER BY m.moved_at LIMIT {}",
        state,
        before,
        before - 7 * DAY,
        today,
        today,
        kind,
        AT_ONCE,
    )
    return _ids(found)


class Unsaid(NamedTuple):
    """A suggestion a person was not told of."""

    id: str
    posting: str
    opening: str


async def unsaid_suggestions(person: str) -> list[Unsaid]:
    """Open suggestions a person was not told of, newest and best first."""
    found = await Match.raw(
        "SELECT m.id, m.posting, m.opening FROM match m JOIN posting p ON p.id = m.posting"
        " WHERE m.person = {} AND m.state = 'suggested' AND p.state = 'open' AND NOT EXISTS"
        " (SELECT 1 FROM notification n WHERE n.match = m.id AND n.kind = 'suggestion')"
        " ORDER BY m.created_at DESC, m.score DESC, m.id LIMIT 20",
        person,
    )
    return [Unsaid(row["id"], row["posting"], row["opening"]) for row in found]


async def overtaken(today: date) -> list[tuple[str, str]]:
    """(id, state) of those whose date passed before everybody had decided."""
    found = await Match.raw(
        f"SELECT m.id AS id, m.state AS state{_DATED}"
        " WHERE m.state IN ('interested', 'waitlisted', 'approved')"
        " AND COALESCE(s.held_on, p.last_date) < {} ORDER BY m.moved_at LIMIT {}",
        today,
        AT_ONCE,
    )
    return [(str(row["id"]), str(row["state"])) for row in found]


async def silent(now: int) -> list[str]:
    """Approved ones the organisation has not answered for ten days."""
    found = await Match.raw(
        "SELECT id FROM match WHERE state = 'approved' AND moved_at <= {}"
        " ORDER BY moved_at LIMIT {}",
        now - SILENT_DAYS * DAY,
        AT_ONCE,
    )
    return _ids(found)


async def finished(today: date) -> list[tuple[str, str]]:
    """(id, state) of active ones, and of dated confirmed ones, whose date was a week ago.

    Who agreed on a tandem goes on after the last day on which others may ask for it.
    """
    found = await Match.raw(
        f"SELECT m.id AS id, m.state AS state{_DATED} WHERE (m.state = 'active' OR ("
        " m.state = 'confirmed' AND (s.id IS NOT NULL OR p.format IN ('one_off', 'recurring'))))"
        " AND COALESCE(s.held_on, p.last_date) < {} ORDER BY m.moved_at LIMIT {}",
        date.fromordinal(today.toordinal() - FINISHED_DAYS),
        AT_ONCE,
    )
    return [(str(row["id"]), str(row["state"])) for row in found]


async def free_places(now: int, today: date) -> list[FreePlace]:
    """Openings that have not begun, with a free place and somebody in line.

    A place counts as free once the move that freed it can no longer be undone, and not while
    somebody who accepted it waits for the desk.
    """
    found = await Match.raw(
        "SELECT n.id AS id, n.shift AS shift, n.capacity - n.taken - (SELECT COUNT(*) FROM match c"
        " WHERE c.opening = n.id AND (c.visible_from_at > {} AND c.state = 'closed'"
        " OR c.state = 'interested' AND c.prior_state = 'offered')) AS free"
        " FROM opening n JOIN posting p ON p.id = n.posting LEFT JOIN shift s ON s.id = n.shift"
        " WHERE n.taken < n.capacity AND p.state = 'open'"
        " AND (s.id IS NULL OR (s.held_on >= {} AND s.state = 'planned'))"
        " AND (p.last_date IS NULL OR p.last_date >= {})"
        " AND EXISTS (SELECT 1 FROM match w WHERE w.opening = n.id AND w.state = 'waitlisted')"
        " ORDER BY n.id LIMIT {}",
        now,
        today,
        today,
        AT_ONCE,
    )
    begins = await beginnings([row["shift"] for row in found if row["shift"]])
    return [
        FreePlace(opening=row["id"], free=int(row["free"]))
        for row in found
        if row["free"] > 0 and begins.get(row["shift"], now + 1) > now
    ]


async def next_in_line(opening: str, now: int) -> str | None:
    """The match that has waited longest for a place here."""
    found = (
        await Match.select(Match.id)
        .where(
            (Match.opening == opening)
            & (Match.state == "waitlisted")
            & (Match.visible_from_at <= now)
        )
        .order_by(Match.created_at)
        .order_by(Match.id)
        .limit(1)
    )
    return str(found[0]["id"]) if found else None


async def of_posting(posting: str) -> list[str]:
    """All matches of a posting that can still come to something, opening by opening."""
    found = (
        await Match.select(Match.id)
        .where((Match.posting == posting) & Match.state.not_in(["done", "closed"]))
        .order_by(Match.opening)
        .order_by(Match.id)
    )
    return _ids(found)


async def beginnings(shifts: list[str]) -> dict[str | None, int]:
    """When shifts begin, in UTC seconds."""
    if not shifts:
        return {}
    found = await Shift.select(Shift.id, Shift.held_on, Shift.starts, Shift.zone).where(
        Shift.id.is_in(shifts)
    )
    return {row["id"]: begins(row) for row in found if row["held_on"]}


def begins(shift: dict[str, Any]) -> int:
    """When a shift begins, in UTC seconds."""
    starts: time | None = shift["starts"]
    return starts_at(shift["held_on"], starts, shift["zone"])
