"""Distances between centres of postcodes, good to a few per cent inside Germany; grid cells."""

from math import cos, floor, hypot, radians

KM_PER_DEGREE = 111.32
CELLS_PER_DEGREE = 10
_COLUMNS = 360 * CELLS_PER_DEGREE + 1
NO_CELL = -1
# Within which radius a cell says where to look; who goes farther is looked for everywhere.
REACH_KM = 25


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two (latitude, longitude) pairs, on a flat map of their middle."""
    north = (one[0] - other[0]) * KM_PER_DEGREE
    east = (one[1] - other[1]) * KM_PER_DEGREE * cos(radians((one[0] + other[0]) / 2))
    return hypot(north, east)


def cell_of(place: tuple[float, float] | None, radius_km: int) -> int:
    """The 0.1° grid cell of what asks for nearness itself, NO_CELL for what does not.

    So whoever looks around a place finds all that matter in the cells around it and in NO_CELL.
    """
    if place is None or not 0 < radius_km <= REACH_KM:
        return NO_CELL
    return _row(place[0]) * _COLUMNS + _column(place[1])


def cells_around(place: tuple[float, float], radius_km: int) -> list[int]:
    """Every cell that a point within `radius_km` (REACH_KM at most, also for 0) can lie in."""
    km = min(radius_km or REACH_KM, REACH_KM)
    # A little wider than exact, so that rounding never leaves out a border.
    north = km / KM_PER_DEGREE + 1e-6
    east = km / (KM_PER_DEGREE * narrowest(place, km)) + 1e-6
    rows = range(_row(place[0] - north), _row(place[0] + north) + 1)
    columns = range(_column(place[1] - east), _column(place[1] + east) + 1)
    return [row * _COLUMNS + column for row in rows for column in columns]


def narrowest(place: tuple[float, float], radius_km: float) -> float:
    """The smallest factor east-west degrees shrink by, for any two points so near."""
    return cos(radians(min(89.0, abs(place[0]) + radius_km / KM_PER_DEGREE)))


def _row(latitude: float) -> int:
    return floor((latitude + 90) * CELLS_PER_DEGREE)


def _column(longitude: float) -> int:
    return floor((longitude + 180) * CELLS_PER_DEGREE)
