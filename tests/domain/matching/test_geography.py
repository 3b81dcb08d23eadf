"""Whoever may be near enough lies in the cells that are looked at."""

from math import cos, radians

from hypothesis import given
from hypothesis import strategies as st

from bruecke.domain.matching.geography import (
    KM_PER_DEGREE,
    NO_CELL,
    REACH_KM,
    cell_of,
    cells_around,
    distance_km,
    narrowest,
)

KASSEL = (51.3158, 9.4917)
places = st.tuples(st.floats(47.2, 55.1), st.floats(5.8, 15.1))


@given(places, st.floats(-1, 1), st.floats(-1, 1), st.integers(1, REACH_KM))
def test_no_place_within_the_radius_lies_outside_the_cells(
    place: tuple[float, float], north: float, east: float, radius: int
) -> None:
    degrees = radius / KM_PER_DEGREE
    other = (place[0] + north * degrees, place[1] + east * degrees / cos(radians(place[0])))
    if distance_km(place, other) <= radius:
        assert cell_of(other, REACH_KM) in cells_around(place, radius)
        flat = narrowest(place, REACH_KM) * KM_PER_DEGREE * abs(place[1] - other[1])
        assert flat <= radius + 1e-9


def test_only_who_asks_for_nearness_is_kept_in_a_cell() -> None:
    for unlimited in (cell_of(None, 5), cell_of(KASSEL, 0), cell_of(KASSEL, REACH_KM + 1)):
        assert unlimited == NO_CELL
    assert cell_of(KASSEL, 5) == cell_of((51.39, 9.4), 25) != cell_of((51.41, 9.4), 25)
    assert len(cells_around(KASSEL, 3)) <= 6 and len(cells_around(KASSEL, 0)) < 70
