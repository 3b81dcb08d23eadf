"""Distances between centres of postcodes, good to a few per cent inside Germany."""

from math import cos, hypot, radians

KM_PER_DEGREE = 111.32


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two (latitude, longitude) pairs, on a flat map of their middle."""
    north = (one[0] - other[0]) * KM_PER_DEGREE
    east = (one[1] - other[1]) * KM_PER_DEGREE * cos(radians((one[0] + other[0]) / 2))
    return hypot(north, east)
