"""The parts of a week: chips, wall times and bits say the same."""

from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from bruecke.domain import slots


def test_the_chips_cover_the_whole_week_and_do_not_overlap() -> None:
    chips = [slots.CHIPS[chip] for chip in ("daytime", "evenings", "weekend")]
    assert sum(chips) == slots.ALL == slots.CHIPS["varies"]


def test_a_lunch_from_eleven_to_half_past_two_is_morning_and_midday() -> None:
    assert slots.pairs(slots.of_wall_time(4, time(11), time(14, 30))) == [(4, 0), (4, 1)]


def test_homework_from_three_to_half_past_four_is_one_afternoon() -> None:
    assert slots.pairs(slots.of_wall_time(1, time(15), time(16, 30))) == [(1, 2)]


def test_a_party_past_midnight_stays_on_its_evening() -> None:
    assert slots.pairs(slots.of_wall_time(5, time(20), time(1))) == [(5, 3)]


@given(st.integers(0, slots.ALL))
def test_pairs_and_bits_are_two_ways_to_write_the_same(mask: int) -> None:
    assert sum(slots.slot(day, part) for day, part in slots.pairs(mask)) == mask


@given(st.lists(st.sampled_from(sorted(slots.CHIPS)), min_size=1))
def test_more_chips_never_mean_less_time(chosen: list[str]) -> None:
    for chip in chosen:
        assert slots.CHIPS[chip] & ~slots.of_chips(chosen) == 0
