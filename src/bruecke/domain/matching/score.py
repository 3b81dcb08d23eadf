"""The 100-point sum: terms that do not apply drop out, the rest is rescaled."""

import msgspec

from bruecke.domain.matching.geography import distance_km
from bruecke.domain.matching.profile import OfferProfile, PostingProfile

POINTS_VERSION = 1
POINTS: dict[str, int] = {
    "skills": 25,
    "distance": 20,
    "time": 20,
    "language": 15,
    "activity": 10,
    "freshness": 10,
}
_SKILLS, _DISTANCE, _TIME, _LANGUAGE, _ACTIVITY, _FRESHNESS = map(float, POINTS.values())
# Fixed bands, not a share of one's own radius: a small radius must not make a near place far.
DISTANCE_BANDS: tuple[tuple[float, float], ...] = ((2, 1.0), (5, 0.75), (10, 0.5), (20, 0.25))
DAY = 86_400


class Score(msgspec.Struct, frozen=True):
    """`total` 0-100; `parts` holds each applying term's share in points of its own maximum."""

    total: float
    parts: dict[str, float]


def score(offer: OfferProfile, posting: PostingProfile, now: int) -> Score:
    """How well a pair fits at `now` (UTC seconds); same numbers in, same numbers out."""
    parts: dict[str, float] = {}
    if posting.skills and offer.skills:
        asked = posting.skills.bit_count()
        parts["skills"] = _SKILLS * (offer.skills & posting.skills).bit_count() / asked
    if offer.place and posting.place and not posting.remote:
        parts["distance"] = _DISTANCE * _band(distance_km(offer.place, posting.place))
    if posting.slots:
        common = (offer.slots & posting.slots).bit_count()
        parts["time"] = _TIME * min(1.0, common / min(2, posting.slots.bit_count()))
    level = offer.level_of(posting.language_required) if posting.language_required else None
    if level is not None:
        share = min(1.0, level / (posting.language_level or 1)) if level > 0 else 0.5
        parts["language"] = _LANGUAGE * share
    # "Anything, please suggest" is an answer, not a gap: it fits every activity.
    chosen = offer.anything or offer.activities & posting.activity
    parts["activity"] = _ACTIVITY if chosen else 0.0
    if offer.confirmed_at:
        parts["freshness"] = _FRESHNESS * 2 ** (-max(0, now - offer.confirmed_at) / DAY / 60)
    most = 0
    for term in parts:
        most += POINTS[term]
    return Score(100 * sum(parts.values()) / most, parts)


def _band(km: float) -> float:
    for limit, value in DISTANCE_BANDS:
        if km <= limit:
            return value
    return 0.0
