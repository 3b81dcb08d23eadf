"""A weekly rule goes on by itself, over both changes of the clocks, and touches no date it has."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bruecke.domain import slots
from bruecke.domain.match import starts_at
from bruecke.domain.shift import WEEKS_AHEAD, Kept, Occasion
from bruecke.domain.weekly import WeeklyRule, dates_to_add, weekdays_of

BERLIN = "Europe/Berlin"
# 25 October 2026 has 25 hours, 28 March 2027 has 23.
CHANGES = (date(2026, 10, 25), date(2027, 3, 28))
TUESDAY = date(2026, 12, 1)
# A machine that is busy with other things says nothing of the rule.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LUNCH = WeeklyRule(
    posting="p",
    slots=slots.of_wall_time(1, time(11), time(14)),
    starts_on=TUESDAY,
    starts=time(11),
    ends=time(14),
)


def stored(found: tuple[Occasion, ...] | list[Occasion], state: str = "planned") -> list[Kept]:
    """What the database holds once it was written."""
    return [
        Kept(
            opening=f"{one.held_on}{one.task}",
            shift=str(one.held_on),
            state=state,
            **{name: getattr(one, name) for name in Occasion.__struct_fields__},
        )
        for one in found
    ]


def first(rule: WeeklyRule, *tasks: tuple[str, int]) -> list[Kept]:
    """The first date of a rule, as saving the posting wrote it."""
    assert rule.starts_on
    made = [
        Occasion(held_on=rule.starts_on, starts=rule.starts, ends=rule.ends, task=task, capacity=n)
        for task, n in tasks or (("", 4),)
    ]
    return stored(made)


def days(found: tuple[Occasion, ...] | list[Kept]) -> list[date]:
    return [one.held_on for one in found if one.held_on]


@unhurried
@given(
    change=st.sampled_from(CHANGES),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 22),
    minute=st.sampled_from((0, 5, 30, 55)),
    before=st.integers(0, 70),
    pauses=st.lists(st.integers(1, 20), min_size=1, max_size=12),
)
def test_the_clock_on_the_wall_stays_the_same_whenever_the_worker_comes(
    change: date, weekday: int, hour: int, minute: int, before: int, pauses: list[int]
) -> None:
    begin = change - timedelta(days=before)
    begin += timedelta(days=(weekday - begin.weekday()) % 7)
    starts, ends = time(hour, minute), time(hour + 1, minute)
    mask = slots.of_wall_time(weekday, starts, ends)
    rule = WeeklyRule(posting="p", slots=mask, starts_on=begin, starts=starts, ends=ends)
    kept, today = first(rule), begin
    for pause in (0, *pauses):
        today += timedelta(days=pause)
        kept += stored(dates_to_add(rule, kept, today))
        assert dates_to_add(rule, kept, today) == ()
    assert {one.weekday() for one in days(kept)} == {weekday}
    assert {(one.starts, one.ends, one.capacity) for one in kept} == {(starts, ends, 4)}
    assert len(days(kept)) == len(set(days(kept)))
    coming = sorted(day for day in days(kept) if day >= today)
    assert len(coming) == WEEKS_AHEAD
    assert {(b - a).days for a, b in itertools.pairwise(coming)} == {7}
    for day in coming:
        local = datetime.fromtimestamp(starts_at(day, starts, BERLIN), UTC)
        shown = local.astimezone(ZoneInfo(BERLIN))
        # Between two and three in the night of the spring change there is no such time.
        if not (day == CHANGES[1] and hour == 2):
            assert (shown.date(), shown.time()) == (day, starts)


@unhurried
@given(
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    night=st.booleans(),
    offset=st.integers(0, 400),
    last=st.integers(0, 60),
    runs=st.lists(st.integers(0, 6), max_size=6),
)
def test_many_small_steps_lead_where_one_great_one_does_and_never_past_the_end(
    weekdays: set[int], night: bool, offset: int, last: int, runs: list[int]
) -> None:
    begin = date(2026, 9, 1) + timedelta(days=offset)
    starts, ends = (time(5), time(5, 45)) if night else (time(18), time(20))
    mask = sum(slots.of_wall_time(day, starts, ends) for day in weekdays)
    end = begin + timedelta(days=56 + last)
    rule = WeeklyRule(
        posting="p", slots=mask, starts_on=begin, last_date=end, starts=starts, ends=ends
    )
    assert bool(mask) is not night
    # As saving wrote it: eight weeks on every chosen day.
    written = [
        Occasion(held_on=begin + timedelta(days=n), starts=starts, ends=ends)
        for n in range(7 * WEEKS_AHEAD)
        if (begin + timedelta(days=n)).weekday() in weekdays
    ]
    kept, at_once, today = stored(written), stored(written), begin
    assert weekdays_of(rule, kept) == weekdays
    for step in runs:
        today += timedelta(days=step)
        kept += stored(dates_to_add(rule, kept, today))
    at_once += stored(dates_to_add(rule, at_once, today))
    assert sorted(days(kept)) == sorted(days(at_once))
    assert max(days(kept)) <= end


def test_every_task_comes_again_with_the_places_of_the_newest_date() -> None:
    kept = first(LUNCH, ("Küche", 3), ("Begrüßung", 1))
    found = dates_to_add(LUNCH, kept, TUESDAY)
    assert [(one.task, one.capacity) for one in found[:2]] == [("Küche", 3), ("Begrüßung", 1)]
    assert len(found) == 2 * (WEEKS_AHEAD - 1)


def test_a_cancelled_date_stays_cancelled_and_says_nothing_of_the_rule() -> None:
    kept = first(LUNCH) + stored(dates_to_add(LUNCH, first(LUNCH), TUESDAY))
    off = [*kept[:-1], msgspec.structs.replace(kept[-1], state="cancelled", capacity=9)]
    found = dates_to_add(LUNCH, off, date(2026, 12, 2))
    assert days(found) == [date(2027, 1, 26)] and found[0].capacity == 4


def test_with_every_date_cancelled_the_rule_still_goes_on() -> None:
    kept = [msgspec.structs.replace(one, state="cancelled") for one in first(LUNCH)]
    assert len(dates_to_add(LUNCH, kept, TUESDAY)) == WEEKS_AHEAD - 1


def test_an_earlier_weekday_is_not_taken_up_again() -> None:
    at_night = msgspec.structs.replace(LUNCH, slots=0, starts=time(5), ends=time(6))
    old = stored([Occasion(held_on=TUESDAY)], "held")
    new = stored([Occasion(held_on=date(2026, 12, 11))])
    assert weekdays_of(at_night, old + new) == {4}
    assert weekdays_of(LUNCH, old + new) == {1}


def test_nothing_is_made_up_for_a_rule_without_dates() -> None:
    assert dates_to_add(LUNCH, [], TUESDAY) == ()
    undated = msgspec.structs.replace(LUNCH, starts_on=None)
    assert dates_to_add(undated, first(LUNCH), TUESDAY) == ()
