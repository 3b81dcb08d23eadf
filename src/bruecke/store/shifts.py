"""Dates and places of a posting: what is there, and how it becomes what is wanted."""

from datetime import date, time
from typing import Any

from bruecke.domain.shift import Kept, Plan
from bruecke.store import rows
from bruecke.store.ids import new_id
from bruecke.store.matches.records import UNANSWERED
from bruecke.store.tables import Opening, Shift

_ASKED = 'FROM "match" m WHERE m.opening = '
_KEPT = (
    "SELECT n.id AS opening, n.shift, n.task, n.capacity, n.taken, s.held_on, s.starts, s.ends,"
    f" s.state, (SELECT COUNT(*) {_ASKED} n.id AND m.state = 'closed'"
    f" AND NOT {UNANSWERED}) AS told,"
    f" (SELECT COUNT(*) {_ASKED} n.id AND m.state NOT IN ('suggested', 'closed')) AS asked"
    " FROM opening n LEFT JOIN shift s ON s.id = n.shift WHERE n.posting = {}"
    " ORDER BY s.held_on, s.starts, n.task"
)
_REMOVE = (
    "DELETE FROM opening WHERE id = {} AND taken = 0"
    f" AND NOT EXISTS (SELECT 1 {_ASKED} opening.id AND m.state <> 'suggested'"
    f" AND NOT {UNANSWERED}) RETURNING id"
)
_RESIZE = "UPDATE opening SET capacity = {} WHERE id = {} AND taken <= {} RETURNING id"


async def of_posting(posting: str) -> list[Kept]:
    """Every place of a posting with its date, in the order of the calendar."""
    return [_kept(row) for row in await Opening.raw(_KEPT, posting)]


def _kept(row: dict[str, Any]) -> Kept:
    fields = dict(row)
    # Raw rows come as SQLite keeps them: dates and times as text.
    if isinstance(fields["held_on"], str):
        fields["held_on"] = date.fromisoformat(fields["held_on"])
    for name in ("starts", "ends"):
        if isinstance(fields[name], str):
            fields[name] = time.fromisoformat(fields[name])
    for name in ("capacity", "taken", "asked", "told"):
        fields[name] = int(fields[name])
    return rows.struct(fields, Kept)


async def apply(posting: str, zone: str, plan: Plan) -> bool:
    """Writes a plan inside the running transaction; False if somebody took a place meanwhile."""
    if not await _change(dict.fromkeys(plan.remove) | dict(plan.resize)):
        return False
    for shift, starts, ends in plan.move:
        await Shift.update({Shift.starts: starts, Shift.ends: ends}).where(Shift.id == shift)
    if plan.cancel:
        await Shift.update({Shift.state: "cancelled"}).where(Shift.id.is_in(list(plan.cancel)))
    if plan.drop:
        await Shift.delete().where(Shift.id.is_in(list(plan.drop)))
    await _add(posting, zone, plan)
    return True


async def _change(wanted: dict[str, int | None]) -> bool:
    """New capacities by opening, None for one that goes."""
    if not wanted:
        return True
    # In the order in which matches are ended opening by opening, the database's own: so a change
    # and a block never wait for each other.
    found = await Opening.select(Opening.id).where(Opening.id.is_in([*wanted])).order_by(Opening.id)
    for row in found:
        opening, capacity = row["id"], wanted[row["id"]]
        if capacity is None:
            done = await Opening.raw(_REMOVE, opening)
        else:
            done = await Opening.raw(_RESIZE, capacity, opening, capacity)
        if not done:
            return False
    return len(found) == len(wanted)


async def _add(posting: str, zone: str, plan: Plan) -> None:
    shifts = dict(plan.shifts)
    made: list[Shift] = []
    openings: list[Opening] = []
    for one in plan.add:
        if one.held_on and one.held_on not in shifts:
            shifts[one.held_on] = new_id()
            made.append(
                Shift(
                    id=shifts[one.held_on],
                    posting=posting,
                    held_on=one.held_on,
                    starts=one.starts,
                    ends=one.ends,
                    zone=zone,
                    state="planned",
                )
            )
        shift = shifts[one.held_on] if one.held_on else None
        openings.append(Opening(posting=posting, shift=shift, task=one.task, capacity=one.capacity))
    if made:
        await Shift.insert(*made)
    if openings:
        await Opening.insert(*openings)
