"""When a posting takes place: the weekly rule, and what a change does to dates people know of."""

from collections.abc import Iterable
from datetime import date, time, timedelta

import msgspec

from bruecke.domain.errors import DomainError

# How far a weekly rule is written out; the worker carries it on every day.
WEEKS_AHEAD = 8


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """One task at one time with its places; `held_on` is None for what has no dates.

    Date and wall time are local, so that 18:00 stays 18:00 when the clocks change.
    """

    held_on: date | None = None
    starts: time | None = None
    ends: time | None = None
    task: str = ""
    capacity: int = 1


class Kept(Occasion, frozen=True, kw_only=True):
    """An occasion that is stored already.

    `asked` counts the people who said yes and may still come, `told` those whose match is closed.
    """

    opening: str
    shift: str = ""
    state: str = "planned"
    taken: int = 0
    asked: int = 0
    told: int = 0


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What must be written so that the stored occasions are those that are wanted."""

    add: tuple[Occasion, ...] = ()
    resize: tuple[tuple[str, int], ...] = ()
    move: tuple[tuple[str, time | None, time | None], ...] = ()
    remove: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    cancel: tuple[str, ...] = ()
    shifts: dict[date, str] = {}


def weekly_dates(
    starts_on: date,
    weekdays: Iterable[int],
    today: date,
    last_date: date | None = None,
    weeks: int = WEEKS_AHEAD,
) -> list[date]:
    """The dates of `weekdays` (0 is Monday) from `starts_on` or today on, whichever is later.

    At most `weeks` weeks, and none after `last_date`.
    """
    wanted = set(weekdays)
    first = max(starts_on, today)
    days = (first + timedelta(days=number) for number in range(7 * weeks))
    return [day for day in days if day.weekday() in wanted and (not last_date or day <= last_date)]


def plan(kept: Iterable[Kept], wanted: Iterable[Occasion], today: date) -> Plan:
    """How to get from `kept` to `wanted`; what lies before `today` or is cancelled stays.

    Raises DomainError where somebody has said yes to what would vanish or move, or where more
    places are taken than would be left.
    """
    kept = list(kept)
    # A cancelled date is not planned anew by saving the posting.
    fixed = {one.held_on for one in kept if one.held_on and one.state != "planned"}
    live = {
        (one.held_on, one.task): one
        for one in kept
        if one.held_on not in fixed and (one.held_on is None or one.held_on >= today)
    }
    aims = {
        (one.held_on, one.task): one
        for one in wanted
        if one.held_on not in fixed and (one.held_on is None or one.held_on >= today)
    }
    stays = [(live[key], aim) for key, aim in aims.items() if key in live]
    goes = [one for key, one in live.items() if key not in aims]
    still = {day for day, _ in aims}
    if any(one.asked or one.taken or (one.told and one.held_on in still) for one in goes):
        raise DomainError("postings.error.people_waiting")
    # What somebody once said yes to stays for the figures.
    cancel = {one.shift for one in goes if one.told}
    if "" in cancel:
        raise DomainError("postings.error.people_waiting")
    goes = [one for one in goes if one.shift not in cancel]
    for one, aim in stays:
        if aim.capacity < one.taken:
            raise DomainError("postings.error.places_taken", "places")
        if _moves(one, aim) and one.asked:
            raise DomainError("postings.error.people_waiting", "time")
    moved = {(one.shift, aim.starts, aim.ends) for one, aim in stays if _moves(one, aim)}
    shifts = {one.held_on: one.shift for one in live.values() if one.held_on}
    return Plan(
        add=tuple(aim for key, aim in aims.items() if key not in live),
        resize=tuple(
            (one.opening, aim.capacity) for one, aim in stays if aim.capacity != one.capacity
        ),
        move=tuple(moved),
        remove=tuple(one.opening for one in goes),
        drop=tuple(sorted({one.shift for one in goes if one.shift and one.held_on not in still})),
        cancel=tuple(sorted(cancel)),
        shifts={day: shift for day, shift in shifts.items() if day in still},
    )


def _moves(one: Kept, aim: Occasion) -> bool:
    return one.held_on is not None and (one.starts, one.ends) != (aim.starts, aim.ends)
