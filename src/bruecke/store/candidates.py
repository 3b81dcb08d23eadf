"""Who may fit whom: a prefilter over the covering indexes of `match_profile`, in both directions.

It drops only pairs that a gate fails; the gates have the last word on what is left.
"""

from typing import Any

from bruecke.domain.matching.geography import (
    KM_PER_DEGREE,
    NO_CELL,
    REACH_KM,
    cells_around,
    narrowest,
)
from bruecke.domain.matching.profile import OfferProfile, PostingProfile, level_asked
from bruecke.store.profile_rows import (
    ADULT,
    DAY,
    LEVELS,
    NEVER,
    WORD,
    band_bit,
    band_of,
    bit_of,
    of_offer,
    tags,
)
from bruecke.store.tuples import fetch

_WORDS = ("_low", "_high")
# A plus keeps SQLite from converting; a boolean knows no plus.
_SHARED = "id, region, +lat, +lon, +radius_km, +slots, +activities, +skills"
_OFFER = f"{_SHARED}, person, CASE WHEN anything THEN 1 ELSE 0 END, +age_bands, +confirmed_day"
_POSTING = (
    f"{_SHARED}, CASE WHEN remote THEN 1 ELSE 0 END, +age_bands, organisation, +places,"
    " +places_left, +open_until,"
    " spoken_low | a2_low | b1_low | c1_low, spoken_high | a2_high | b1_high | c1_high,"
    " CASE WHEN spoken_low <> 0 OR spoken_high <> 0 THEN 1 WHEN a2_low <> 0 OR a2_high <> 0 THEN 2"
    " WHEN b1_low <> 0 OR b1_high <> 0 THEN 3 WHEN c1_low <> 0 OR c1_high <> 0 THEN 5 ELSE 0 END"
)


class _Where:
    """Conditions and their values, in the order in which they are written."""

    def __init__(self) -> None:
        self.sql: list[str] = []
        self.values: list[object] = []

    def add(self, sql: str, *values: object) -> None:
        self.sql.append(sql)
        self.values += values

    def __str__(self) -> str:
        return " AND ".join(self.sql)


async def offers_for(posting: PostingProfile, today: int) -> list[OfferProfile]:
    """The live offers that may fit a posting on day `today` (days since 1970).

    Of languages each offer holds what it says of the required one, no other.
    """
    if posting.places_left <= 0:
        return []
    where = _common("offer", posting, today)
    if not posting.remote:
        _near(where, posting.place, posting.radius_km)
    if posting.adults_only:
        where.add("(age_bands = 0 OR age_bands = {})", ADULT)
    level = "NULL"
    if posting.language_required:
        word, bit = divmod(bit_of(posting.language_required), WORD)
        end = _WORDS[word]
        level = _told(end, 1 << bit)
        step = LEVELS[level_asked(posting.language_level)]
        where.add(f"(({step}{end} | unsure{end}) & {{}}) <> 0", 1 << bit)
    rows = await fetch(
        f"SELECT {_OFFER}, {level} FROM match_profile WHERE {where}",
        where.values,
    )
    return [_offer(row, posting) for row in rows]


async def postings_for(offer: OfferProfile, today: int) -> list[PostingProfile]:
    """The open postings that may fit an offer on day `today` (days since 1970)."""
    where = _common("posting", offer, today)
    where.add("places_left > 0")
    _near(where, offer.place, offer.radius_km, unless=" OR remote")
    if offer.age_band and offer.age_band != "adult":
        where.add("(age_bands = 0 OR age_bands = {})", band_bit(offer.age_band))
    given = of_offer(offer)
    for name in LEVELS.values():
        for end in _WORDS:
            lacking = ((1 << WORD) - 1) & ~(given[f"{name}{end}"] | given[f"unsure{end}"])
            if lacking:
                where.add(f"({name}{end} & {{}}) = 0", lacking)
    rows = await fetch(
        f"SELECT {_POSTING} FROM match_profile WHERE {where}",
        where.values,
    )
    return [_posting(row, today) for row in rows]


async def postings_of(ids: list[str], today: int) -> dict[str, PostingProfile]:
    """Some open postings, whether or not they fit anybody, by id."""
    if not ids:
        return {}
    rows = await fetch(
        f"SELECT {_POSTING} FROM match_profile WHERE kind = 'posting'"
        f" AND id IN ({', '.join(['{}'] * len(ids))})",
        ids,
    )
    return {row[0]: _posting(row, today) for row in rows}


def _common(kind: str, other: OfferProfile | PostingProfile, today: int) -> _Where:
    where = _Where()
    where.add(f"kind = '{kind}'")
    where.add("region = {}", other.region)
    where.add("open_until >= {}", today)
    # A posting without times fits whoever has any, also nobody's.
    if kind == "posting":
        where.add("(slots = 0 OR (slots & {}) <> 0)", other.slots)
    elif other.slots:
        where.add("(slots & {}) <> 0", other.slots)
    return where


def _near(
    where: _Where, place: tuple[float, float] | None, radius_km: int, unless: str = ""
) -> None:
    """Within both radii, on a map that is never larger than the true one."""
    if place is None:
        return
    cells = [NO_CELL, *cells_around(place, radius_km)]
    where.add(f"cell IN ({', '.join(['{}'] * len(cells))})", *cells)
    north = KM_PER_DEGREE**2
    east = (KM_PER_DEGREE * narrowest(place, REACH_KM)) ** 2
    square = "((lat - {}) * (lat - {}) * {} + (lon - {}) * (lon - {}) * {})"
    values = (place[0], place[0], north, place[1], place[1], east)
    # Wider than REACH_KM the map is not good enough: the gate decides alone.
    theirs = f"radius_km = 0 OR radius_km > {REACH_KM} OR {square} <= radius_km * radius_km + 1e-6"
    where.add(f"(lat IS NULL{unless} OR {theirs})", *values)
    if 0 < radius_km <= REACH_KM:
        where.add(f"(lat IS NULL{unless} OR {square} <= {{}})", *values, radius_km**2 + 1e-6)


def _told(end: str, bit: int) -> str:
    """What an offer says of one language: its level, 0 unasked, -1 not spoken, NULL unknown."""
    has = f"{{}}{end} & {bit} <> 0"
    unsure, spoken = has.format("unsure"), has.format("spoken")
    steps = " ".join(
        f"WHEN {has.format(LEVELS[step])} THEN {step}" for step in sorted(LEVELS, reverse=True)
    )
    return f"CASE WHEN {unsure} AND {spoken} THEN 0 WHEN {unsure} THEN NULL {steps} ELSE -1 END"


def _offer(row: Any, posting: PostingProfile) -> OfferProfile:
    (
        id, region, lat, lon, radius, slots, activities, skills, person, anything, band, day, level,
    ) = row  # fmt: skip
    return OfferProfile(
        id=id,
        person=person or "",
        region=region,
        anything=anything == 1,
        activities=activities,
        skills=skills,
        slots=slots,
        radius_km=radius,
        place=None if lat is None else (lat, lon),
        languages=(
            None if level is None else {posting.language_required: level} if level >= 0 else {}
        ),
        age_band=band_of(band),
        confirmed_at=day * DAY,
    )


def _posting(row: Any, today: int) -> PostingProfile:
    (
        id, region, lat, lon, radius, slots, activity, skills, remote, bands, organisation,
        places, left, until, low, high, level,
    ) = row  # fmt: skip
    asked = low | high << WORD
    return PostingProfile(
        id=id,
        region=region,
        organisation=organisation or "",
        activity=activity,
        skills=skills,
        slots=slots,
        places=places,
        places_left=left,
        radius_km=radius,
        place=None if lat is None else (lat, lon),
        language_required=tags()[asked.bit_length() - 1] if asked else "",
        language_level=level,
        adults_only=bands == ADULT,
        remote=remote == 1,
        days_left=None if until == NEVER else until - today,
    )
