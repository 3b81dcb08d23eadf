"""The 28 parts of a week: 7 days × morning, midday, afternoon, evening, as one bit each."""

from collections.abc import Iterable
from datetime import time

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("morning", "midday", "afternoon", "evening")
_STARTS = (6, 12, 15, 18, 23)

ALL = (1 << 28) - 1


def slot(weekday: int, part: int) -> int:
    """The bit of one part of one day; weekday 0 is Monday."""
    return 1 << (weekday * 4 + part)


def of_days(weekdays: Iterable[int], parts: Iterable[int]) -> int:
    """Every given part on every given day."""
    parts = tuple(parts)
    return sum(slot(day, part) for day in set(weekdays) for part in set(parts))


_WORKDAYS, _WEEKEND = range(5), range(5, 7)

# What J1 asks: four chips a thumb can hit; "varies" is an answer of its own.
CHIPS: dict[str, int] = {
    "daytime": of_days(_WORKDAYS, (0, 1, 2)),
    "evenings": of_days(_WORKDAYS, (3,)),
    "weekend": of_days(_WEEKEND, (0, 1, 2, 3)),
    "varies": ALL,
}


def of_chips(chosen: Iterable[str]) -> int:
    """The slots of the chips somebody chose in the question "Wann?"."""
    mask = 0
    for chip in chosen:
        mask |= CHIPS[chip]
    return mask


def of_wall_time(weekday: int, starts: time, ends: time) -> int:
    """The parts of a day that `starts`-`ends` (local wall time) touches; empty outside 6-23 h."""
    first = starts.hour + starts.minute / 60
    last = ends.hour + ends.minute / 60
    if last <= first:
        last = 24.0
    touched = [p for p in range(4) if first < _STARTS[p + 1] and last > _STARTS[p]]
    return of_days((weekday,), touched)


def pairs(mask: int) -> list[tuple[int, int]]:
    """The (weekday, part) pairs in a mask, in the order of the week."""
    return [(bit // 4, bit % 4) for bit in range(28) if mask >> bit & 1]
