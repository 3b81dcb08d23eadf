"""Who is told of which move, and when no phone rings."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bruecke.domain.match import ACTORS, EVENTS, STATES, TABLE
from bruecke.domain.matching import outreach
from bruecke.domain.notification import (
    AUDIENCES,
    KINDS,
    TOLD,
    not_before,
    overdue_before,
    path_of,
    tag_of,
    told,
)

BERLIN = "Europe/Berlin"
MINUTES = st.integers(0, 1_439)
NIGHT = (21 * 60, 8 * 60)


def local(at: int, zone: str = BERLIN) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone))


def instant(text: str, zone: str = BERLIN) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def everywhere(state: str) -> dict[str, str]:
    """All three see the match in one state."""
    return dict.fromkeys(AUDIENCES, state)


def test_every_kind_is_said_of_some_move_or_by_time_alone() -> None:
    said = {kind for kinds in TOLD.values() for kind in kinds}
    assert set(KINDS) - said == {"suggestion", "reminder", "overdue"}
    assert said <= set(KINDS)
    assert {kind.audience for kind in KINDS.values()} == set(AUDIENCES)


def test_every_telling_move_is_in_the_state_table() -> None:
    events = {event for event, _ in TOLD}
    assert events <= set(EVENTS)
    assert {after for _, after in TOLD} <= set(STATES)


@given(st.sampled_from(sorted(TABLE)), st.sampled_from(STATES), st.sampled_from(ACTORS))
def test_nobody_is_told_of_the_own_move(pair: tuple[str, str], after: str, side: str) -> None:
    before, event = pair
    seen = dict.fromkeys(AUDIENCES, before)
    assert side not in {KINDS[kind].audience for kind in told(event, seen, after, side)}


def test_an_association_learns_nothing_of_an_interest_the_desk_refused() -> None:
    assert told("refuse", everywhere("interested"), "closed", "desk") == ["refused"]
    assert told("refuse", everywhere("approved"), "closed", "desk") == ["refused", "gone"]
    # Approved a moment ago: the association could not see it yet.
    seen = {**everywhere("approved"), "organisation": "interested"}
    assert told("withdraw", seen, "closed", "volunteer") == ["open_again"]


def test_an_expired_suggestion_is_nobodys_news() -> None:
    assert told("expire", everywhere("suggested"), "closed", "system") == []
    assert told("expire", everywhere("offered"), "closed", "system") == ["ended"]


@pytest.mark.parametrize(
    ("said", "rings"),
    [
        ("2026-11-22T20:59", "2026-11-22T20:59"),
        ("2026-11-22T21:00", "2026-11-23T08:00"),
        ("2026-11-22T23:59", "2026-11-23T08:00"),
        ("2026-11-23T00:00", "2026-11-23T08:00"),
        ("2026-11-23T07:59", "2026-11-23T08:00"),
        ("2026-11-23T08:00", "2026-11-23T08:00"),
    ],
)
def test_no_phone_rings_at_night(said: str, rings: str) -> None:
    assert not_before(instant(said), BERLIN, *NIGHT) == instant(rings)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"])
def test_quiet_hours_hold_in_every_five_minutes_of_a_day_the_clocks_change(day: str) -> None:
    begins = instant(f"{day}T00:00") - 6 * 3_600
    for at in range(begins, begins + 40 * 3_600, 300):
        rings = local(not_before(at, BERLIN, *NIGHT))
        assert 8 <= rings.hour < 21
        if 8 <= local(at).hour < 21:
            assert int(rings.timestamp()) == at


@given(
    st.integers(1_700_000_000, 1_900_000_000),
    MINUTES,
    MINUTES,
    st.sampled_from([BERLIN, "UTC", "America/New_York", "Asia/Kathmandu"]),
)
def test_waiting_never_goes_back_and_once_is_enough(
    at: int, quiet_from: int, quiet_until: int, zone: str
) -> None:
    rings = not_before(at, zone, quiet_from, quiet_until)
    assert at <= rings <= at + 25 * 3_600
    if quiet_from == quiet_until:
        assert rings == at


def test_three_working_days_skip_the_weekend() -> None:
    monday = instant("2026-11-23T09:00")
    assert local(overdue_before(monday, BERLIN)).date().isoformat() == "2026-11-18"
    thursday = instant("2026-11-26T09:00")
    assert local(overdue_before(thursday, BERLIN)).date().isoformat() == "2026-11-23"


def test_a_newer_message_about_one_match_replaces_the_older_on_the_phone() -> None:
    assert tag_of("approved", "m1") == tag_of("confirmed", "m1")
    assert tag_of("approved", "m1") != tag_of("approved", "m2")
    assert tag_of("asked", "m1") != tag_of("approved", "m1")


def test_each_audience_is_led_to_its_own_page() -> None:
    assert path_of("approved", "m1", "o1") == "/matches/m1"
    assert path_of("asked", "m1", "o1") == "/organisations/o1/people"
    assert path_of("interest", "m1", "o1") == "/desk/matches/m1"


FITS = st.lists(
    st.tuples(st.text("abcdef", min_size=1, max_size=4), st.floats(0, 100), st.booleans()),
    unique_by=lambda one: one[0],
    max_size=60,
)


@given(FITS, st.integers(0, 40))
def test_the_best_fits_are_asked_and_no_more_than_it_takes(
    fits: list[tuple[str, float, bool]], places: int
) -> None:
    chosen = outreach.asked(fits, places)
    fit = {who: value for who, value, _ in fits}
    awake = [who for who in chosen if next(now for one, _, now in fits if one == who)]
    assert len(awake) <= outreach.MOST_ASKED
    assert len(set(chosen)) == len(chosen)
    worst = min((fit[one] for one in chosen), default=0)
    assert all(value <= worst for one, value in fit.items() if one not in chosen) or not chosen
    expected = sum(outreach.chance(fit[one]) for one in awake[:-1])
    assert not chosen or expected < places


def test_who_rests_takes_nobodys_turn() -> None:
    resting = [(f"r{number}", 90.0, False) for number in range(30)]
    assert "samuel" in outreach.asked([*resting, ("samuel", 50.0, True)], 1)


def test_a_yes_brings_a_fortnight_of_rest() -> None:
    now = 1_790_000_000
    assert outreach.may_ask_at(now + 3, now) == now + 14 * 86_400
    assert outreach.may_ask_at(now + 20 * 86_400, now) == now + 20 * 86_400
    assert outreach.may_ask_at(now, 0) == now
