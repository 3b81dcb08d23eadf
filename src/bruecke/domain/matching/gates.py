"""Hard conditions. Each answers pass, fail or unknown, so that a "why not" can be read."""

from collections.abc import Callable, Mapping
from typing import Literal

from bruecke.domain.matching.geography import distance_km
from bruecke.domain.matching.profile import OfferProfile, PostingProfile

Answer = Literal["pass", "fail", "unknown"]


def place_open(offer: OfferProfile, posting: PostingProfile) -> Answer:
    """A place nobody has yet."""
    return "pass" if posting.places_left > 0 else "fail"


def same_region(offer: OfferProfile, posting: PostingProfile) -> Answer:
    """The desk that answers for both; other desks suggest nothing unasked (DOMAIN)."""
    return "pass" if offer.region == posting.region else "fail"


def slots(offer: OfferProfile, posting: PostingProfile) -> Answer:
    """At least one part of the week in common; a posting without times asks for none."""
    return "pass" if not posting.slots or offer.slots & posting.slots else "fail"


def distance(offer: OfferProfile, posting: PostingProfile) -> Answer:
    """Within both radii; without a postcode or a radius the region is the limit."""
    one, other = offer.radius_km, posting.radius_km
    radius = min(one, other) or max(one, other)  # 0 stands for no limit
    if posting.remote or not radius or offer.place is None or posting.place is None:
        return "pass"
    return "pass" if distance_km(offer.place, posting.place) <= radius else "fail"


def age(offer: OfferProfile, posting: PostingProfile) -> Answer:
    """Bands, never numbers; nobody is taken for an adult who did not say so."""
    if not posting.adults_only or offer.age_band == "adult":
        return "pass"
    return "unknown" if not offer.age_band else "fail"


def language(offer: OfferProfile, posting: PostingProfile) -> Answer:
    """The required language at its level; unknown as long as nobody asked."""
    if not posting.language_required:
        return "pass"
    level = offer.level_of(posting.language_required)
    if level is None:
        return "unknown"
    if level == 0:
        return "unknown" if posting.language_level > 1 else "pass"
    return "pass" if level >= posting.language_level else "fail"


def kept_apart(offer: OfferProfile, posting: PostingProfile) -> Answer:
    """One of the two sides, or the desk, does not want them to be brought together (DOMAIN)."""
    return "fail" if posting.id in offer.barred else "pass"


GATES: dict[str, Callable[[OfferProfile, PostingProfile], Answer]] = {
    "place_open": place_open,
    "region": same_region,
    "slots": slots,
    "distance": distance,
    "age": age,
    "language": language,
    "blocked": kept_apart,
}


_IN_TURN = tuple(GATES.values())


def answers(offer: OfferProfile, posting: PostingProfile) -> dict[str, Answer]:
    """What every gate says of the pair, by code."""
    return {code: gate(offer, posting) for code, gate in GATES.items()}


def fits(offer: OfferProfile, posting: PostingProfile) -> bool:
    """`may_suggest` of the pair's answers, as soon as it is certain."""
    unknown = 0
    for gate in _IN_TURN:
        answer = gate(offer, posting)
        if answer == "fail":
            return False
        unknown += answer == "unknown"
    return unknown <= 1


def may_suggest(said: Mapping[str, Answer]) -> bool:
    """Nothing fails and at most one thing is not known yet: the one missing point."""
    values = list(said.values())
    return "fail" not in values and values.count("unknown") <= 1


def missing(said: Mapping[str, Answer]) -> str:
    """The code of the one thing to ask, or ""."""
    return next((code for code, answer in said.items() if answer == "unknown"), "")
