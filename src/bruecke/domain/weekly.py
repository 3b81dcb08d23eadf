"""A weekly rule carried on: which dates come next, told from what its posting says and has."""

from collections.abc import Iterable
from datetime import date, time

import msgspec

from bruecke.domain import slots
from bruecke.domain.shift import Kept, Occasion, weekly_dates

_WEEK = 7


class WeeklyRule(msgspec.Struct, frozen=True, kw_only=True):
    """What a weekly posting says of its dates; all of it local, in `zone`."""

    posting: str
    zone: str = "Europe/Berlin"
    slots: int = 0
    starts_on: date | None = None
    last_date: date | None = None
    starts: time | None = None
    ends: time | None = None


def dates_to_add(rule: WeeklyRule, kept: Iterable[Kept], today: date) -> tuple[Occasion, ...]:
    """What is missing of the next eight weeks, with the tasks and places of the newest date.

    A date that is there in any state is never touched, cancelled ones least of all. Empty for a
    rule without a first date, and as long as it has no date to take tasks and places from.
    """
    kept = list(kept)
    newest = _newest(kept, days=1)
    if rule.starts_on is None or not newest:
        return ()
    there = {one.held_on for one in kept}
    coming = weekly_dates(rule.starts_on, weekdays_of(rule, kept), today, rule.last_date)
    return tuple(
        Occasion(
            held_on=day, starts=rule.starts, ends=rule.ends, task=one.task, capacity=one.capacity
        )
        for day in coming
        if day not in there
        for _, one in newest
    )


def weekdays_of(rule: WeeklyRule, kept: Iterable[Kept]) -> frozenset[int]:
    """The days of the week a rule means, 0 for Monday.

    The posting's slots say so. Times outside 6-23 h touch no slot: then the dates of the last
    week that was written out say it.
    """
    told = frozenset(day for day, _ in slots.pairs(rule.slots))
    return told or frozenset(day.weekday() for day, _ in _newest(kept, days=_WEEK))


def _newest(kept: Iterable[Kept], days: int) -> list[tuple[date, Kept]]:
    """The occasions of the last `days` days; cancelled dates count where there are no others."""
    dated = [(one.held_on, one) for one in kept if one.held_on]
    dated = [each for each in dated if each[1].state != "cancelled"] or dated
    last = max((day.toordinal() for day, _ in dated), default=0)
    return [each for each in dated if each[0].toordinal() > last - days]
