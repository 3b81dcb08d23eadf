"""Tells where a German postcode lies, exactly or about."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import msgspec

_SHAPE = re.compile(r"(?:0[1-9]|[1-9][0-9])[0-9]{3}")


class Place(msgspec.Struct, frozen=True):
    """A point on the map in degrees (WGS 84); `approximate` when only a prefix was known."""

    lat: float
    lon: float
    approximate: bool = False


def is_postcode(text: str) -> bool:
    """Whether the text has the shape of a German postcode (five digits, never 00 first)."""
    return _SHAPE.fullmatch(text) is not None


def locate(code: str) -> Place | None:
    """The middle of the postcode's area.

    A code without an area (a company's own, a recent one) gets the mean of the codes that share
    its first four digits, else its first three, and says so; None if there are none either.
    """
    if not is_postcode(code):
        return None
    return areas().get(code) or _prefixes().get(code[:4]) or _prefixes().get(code[:3])


@cache
def areas() -> dict[str, Place]:
    """Every postcode that has an area, with its middle."""
    lines = Path(__file__).with_name("postcodes.tsv").read_text().splitlines()
    rows = (line.split("\t") for line in lines)
    return {code: Place(float(lat), float(lon)) for code, lat, lon in rows}


@cache
def _prefixes() -> dict[str, Place]:
    neighbours: defaultdict[str, list[Place]] = defaultdict(list)
    for code, place in areas().items():
        neighbours[code[:4]].append(place)
        neighbours[code[:3]].append(place)
    return {prefix: _mean(places) for prefix, places in neighbours.items()}


def _mean(places: list[Place]) -> Place:
    lat = sum(place.lat for place in places) / len(places)
    lon = sum(place.lon for place in places) / len(places)
    return Place(round(lat, 4), round(lon, 4), approximate=True)
