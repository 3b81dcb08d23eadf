"""Profiles as columns of `match_profile`, and columns as profiles."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from bruecke.domain.matching.geography import NO_CELL, cell_of
from bruecke.domain.matching.profile import (
    LEVEL_STEPS,
    OfferProfile,
    PostingProfile,
    level_asked,
)
from bruecke.domain.person import AGE_BANDS
from bruecke.reference.languages import languages

DAY = 86_400
# The bits of one word: SQLite's integers have a sign.
WORD = 63
_LOW = (1 << WORD) - 1
_EVERY = (1 << 2 * WORD) - 1
# The columns of the levels, each without its word; a told level fills all up to its own.
LEVELS: dict[int, str] = dict(zip(LEVEL_STEPS, ("spoken", "a2", "b1", "c1"), strict=True))
NEVER = 99_999  # a day number nobody lives to see
ADULT = 1

Row = dict[str, Any]


def of_offer(profile: OfferProfile, open_until: int = NEVER) -> Row:
    """The row of an offer, live until the day `open_until` (days since 1970)."""
    told = {bit_of(tag): level for tag, level in (profile.languages or {}).items()}
    spoken = _mask(told)
    unsure = _mask(bit for bit, level in told.items() if not level)
    if profile.languages is None or profile.languages_open:
        unsure |= _EVERY & ~spoken
    columns: Row = {"kind": "offer", "organisation": None, "remote": False}
    columns |= _place(profile) | words("spoken", spoken) | words("unsure", unsure)
    for step in LEVEL_STEPS[1:]:
        reached = _mask(bit for bit, level in told.items() if level >= step)
        columns |= words(LEVELS[step], reached)
    return columns | {
        "person": profile.person or None,
        "activities": profile.activities,
        "anything": profile.anything,
        "age_bands": band_bit(profile.age_band),
        "places": 0,
        "places_left": 0,
        "confirmed_day": profile.confirmed_at // DAY,
        "open_until": open_until,
        "next_day": 0,
    }


def of_posting(profile: PostingProfile, today: int, next_day: int = 0) -> Row:
    """The row of a posting on day `today`; on `next_day` it takes place next, 0 without dates."""
    columns: Row = {"kind": "posting", "person": None, "organisation": profile.organisation or None}
    columns |= _place(profile) | words("unsure", 0)
    asked = _mask([bit_of(profile.language_required)] if profile.language_required else [])
    for step, name in LEVELS.items():
        columns |= words(name, asked if step == level_asked(profile.language_level) else 0)
    if profile.remote:
        columns["cell"] = NO_CELL
    return columns | {
        "activities": profile.activity,
        "anything": False,
        "remote": profile.remote,
        "age_bands": ADULT if profile.adults_only else 0,
        "places": profile.places,
        "places_left": profile.places_left,
        "confirmed_day": 0,
        "open_until": NEVER if profile.days_left is None else today + profile.days_left,
        "next_day": next_day,
    }


def _place(profile: OfferProfile | PostingProfile) -> Row:
    lat, lon = profile.place or (None, None)
    return {
        "id": profile.id,
        "region": profile.region,
        "cell": cell_of(profile.place, profile.radius_km),
        "lat": lat,
        "lon": lon,
        "radius_km": profile.radius_km,
        "slots": profile.slots,
        "skills": profile.skills,
    }


def offer(row: Mapping[str, Any]) -> OfferProfile:
    """The offer of a whole row, every language it told."""
    spoken, unsure = _joined(row, "spoken"), _joined(row, "unsure")
    steps = {step: _joined(row, LEVELS[step]) for step in LEVEL_STEPS}
    told: dict[str, int] | None = {
        tag: 0 if unsure >> bit & 1 else max(s for s, mask in steps.items() if mask >> bit & 1)
        for bit, tag in tags().items()
        if spoken >> bit & 1
    }
    is_open = bool(unsure & ~spoken)
    if is_open and not told:
        told = None
    return OfferProfile(
        id=row["id"],
        person=row["person"] or "",
        region=row["region"],
        anything=bool(row["anything"]),
        activities=row["activities"],
        skills=row["skills"],
        slots=row["slots"],
        radius_km=row["radius_km"],
        place=None if row["lat"] is None else (row["lat"], row["lon"]),
        languages=told,
        languages_open=is_open and told is not None,
        age_band=band_of(row["age_bands"]),
        confirmed_at=row["confirmed_day"] * DAY,
    )


def band_bit(band: str) -> int:
    """The bit of an age band; 0 where nobody asked."""
    return 1 << AGE_BANDS.index(band) - 1 if band else 0


def band_of(bit: int) -> str:
    """The age band of a bit."""
    return AGE_BANDS[bit.bit_length()]


def words(name: str, mask: int) -> Row:
    """A mask over the languages as its two columns."""
    return {f"{name}_low": mask & _LOW, f"{name}_high": mask >> WORD}


def bit_of(tag: str) -> int:
    """The bit of a language of the list; KeyError for another tag."""
    return _bits()[tag]


@cache
def _bits() -> dict[str, int]:
    return {entry.tag: entry.bit for entry in languages()}


@cache
def tags() -> dict[int, str]:
    """The languages by bit."""
    return {bit: tag for tag, bit in _bits().items()}


def _mask(bits: Any) -> int:
    mask = 0
    for bit in bits:
        mask |= 1 << bit
    return mask


def _joined(row: Mapping[str, Any], name: str) -> int:
    return int(row[f"{name}_low"] | row[f"{name}_high"] << WORD)
