"""Places: the one row that "the last place" touches, taken and given back in one statement."""

from datetime import date, time
from typing import Any

import msgspec

from bruecke.domain.match import starts_at
from bruecke.store import rows
from bruecke.store.tables import Opening


class OpeningView(msgspec.Struct, frozen=True, kw_only=True):
    """One task on one date; no date where the posting has none. `waiting` are in line before."""

    id: str
    capacity: int
    taken: int
    task: str = ""
    waiting: int = 0
    held_on: date | None = None
    starts: time | None = None
    zone: str = "Europe/Berlin"

    @property
    def left(self) -> int:
        """Places nobody holds and nobody in line is about to be offered."""
        return max(0, self.capacity - self.taken - self.waiting)


async def take(opening: str) -> bool:
    """Takes a place inside the running transaction; exactly one caller gets the last one."""
    return bool(
        await Opening.raw(
            "UPDATE opening SET taken = taken + 1 WHERE id = {} AND taken < capacity RETURNING id",
            opening,
        )
    )


async def free(opening: str) -> bool:
    """Gives a place back inside the running transaction."""
    return bool(
        await Opening.raw(
            "UPDATE opening SET taken = taken - 1 WHERE id = {} AND taken > 0 RETURNING id",
            opening,
        )
    )


_COLUMNS = (
    Opening.id,
    Opening.task,
    Opening.capacity,
    Opening.taken,
    Opening.shift.held_on.as_alias("held_on"),
    Opening.shift.starts.as_alias("starts"),
    Opening.shift.zone.as_alias("zone"),
    Opening.shift.state.as_alias("shift_state"),
)


async def has_begun(opening: str, now: int) -> bool:
    """Whether its date began, or does not take place; what has no date never begins."""
    found = await Opening.select(*_COLUMNS).where(Opening.id == opening)
    return not all(_is_ahead(row, now) for row in found)


async def coming(posting: str, now: int) -> list[OpeningView]:
    """The openings of a posting that have not begun at `now` (UTC seconds), the next date first."""
    found = await Opening.select(*_COLUMNS).where(Opening.posting == posting)
    waiting = await _waiting(posting)
    views = [
        rows.struct({**row, "waiting": waiting.get(row["id"], 0)}, OpeningView)
        for row in found
        if _is_ahead(row, now)
    ]
    return sorted(views, key=lambda view: (view.held_on or date.min, -view.left, view.id))


def _is_ahead(row: dict[str, Any], now: int) -> bool:
    if row.pop("shift_state") in ("cancelled", "held"):
        return False
    return row["held_on"] is None or starts_at(row["held_on"], row["starts"], row["zone"]) > now


async def _waiting(posting: str) -> dict[str, int]:
    found = await Opening.raw(
        "SELECT opening, COUNT(*) AS n FROM match"
        " WHERE posting = {} AND state = 'waitlisted' GROUP BY opening",
        posting,
    )
    return {row["opening"]: int(row["n"]) for row in found}
