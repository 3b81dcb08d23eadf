"""What the check-answers page offers to tap: dates, times and levels that fit the posting."""

from datetime import date, time, timedelta

import msgspec

from bruecke.domain import slots
from bruecke.domain.posting import LEVELS, OwnPosting, When, when_of
from bruecke.reference.templates import templates_by_code

FEW = 4
_STARTS = (time(10), time(12), time(16), time(18))
_OPENS, _ENDS = 6 * 60, 23 * 60
_USUAL_MINUTES = 120
# Nobody finds helpers for tomorrow: the first date offered leaves a week.
_AHEAD, _DATES = timedelta(days=7), 4


class Choices(msgspec.Struct, frozen=True):
    """What the page offers to tap; times are (value, start, end)."""

    when: When
    places: list[int]
    days: list[date]
    times: list[tuple[str, time, time]]
    levels: tuple[int, ...]


def choices_of(posting: OwnPosting, today: date, places: int = 1) -> Choices:
    """The taps that fit this posting, what it says now among them."""
    levels = tuple(sorted({*LEVELS, posting.language_level or LEVELS[0]}))
    numbers = sorted({*range(1, FEW + 1), places})
    when = when_of(posting.kind, posting.format)
    return Choices(when, numbers, _days(posting, today), _times(posting), levels)


def _days(posting: OwnPosting, today: date) -> list[date]:
    weekdays = {day for day, _ in slots.pairs(posting.slots)} or {5}
    coming = (today + _AHEAD + timedelta(days=number) for number in range(7 * _DATES))
    days = [day for day in coming if day.weekday() in weekdays][:_DATES]
    if posting.starts_on and posting.starts_on >= today and posting.starts_on not in days:
        days = sorted([posting.starts_on, *days[: _DATES - 1]])
    return days


def _times(posting: OwnPosting) -> list[tuple[str, time, time]]:
    told = [part for _, part in slots.pairs(posting.slots)]
    starts = posting.starts_time or _STARTS[min(told, default=0)]
    begin = starts.hour * 60 + starts.minute
    spans = [(begin + shift, begin + shift + _minutes(posting)) for shift in (-60, 0, 60)]
    return [
        (f"{_clock(first):%H%M}-{_clock(last):%H%M}", _clock(first), _clock(last))
        for first, last in spans
        if (first >= _OPENS and last <= _ENDS) or first == begin
    ]


def _clock(minutes: int) -> time:
    return time(min(minutes // 60, 23), minutes % 60)


def _minutes(posting: OwnPosting) -> int:
    if posting.starts_time and posting.ends_time:
        return (posting.ends_time.hour - posting.starts_time.hour) * 60 + (
            posting.ends_time.minute - posting.starts_time.minute
        )
    template = templates_by_code().get(posting.template)
    return template.minutes if template else _USUAL_MINUTES
