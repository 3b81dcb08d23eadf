"""Random offers and postings around Kassel, with every gap and border the gates know."""

from random import Random

from bruecke.domain import slots
from bruecke.domain.matching.profile import LEVEL_STEPS, OfferProfile, PostingProfile

KASSEL = (51.3158, 9.4917)
# The first bit and the last, and those on both sides of the border of the words.
TAGS = ("de", "tr", "si", "sk", "tig", "zza")
REGIONS = ("kassel", "dortmund")


def _place(chance: Random) -> tuple[float, float] | None:
    if chance.random() < 0.3:
        return None
    spread = chance.choice((0.0, 0.02, 0.1, 0.3, 3))
    return (
        round(KASSEL[0] + chance.uniform(-spread, spread), 4),
        round(KASSEL[1] + chance.uniform(-spread, spread), 4),
    )


def _slots(chance: Random) -> int:
    return chance.choice((0, slots.ALL, chance.getrandbits(28) & chance.getrandbits(28)))


def random_offer(chance: Random, id: str) -> OfferProfile:
    """One offer; some were never asked for languages, some only for a few."""
    told = {tag: chance.randint(0, 6) for tag in TAGS if chance.random() < 0.4}
    asked = chance.choice(("all", "some", "none"))
    return OfferProfile(
        id=id,
        region=chance.choice(REGIONS),
        anything=chance.random() < 0.3,
        activities=chance.getrandbits(12),
        skills=chance.getrandbits(55),
        slots=_slots(chance),
        radius_km=chance.choice((0, 0, 3, 10, 25, 26, 300)),
        place=_place(chance),
        languages=None if asked == "none" else told,
        languages_open=asked == "some",
        age_band=chance.choice(("", "adult", "16-17", "12-15")),
        confirmed_at=86_400 * chance.randint(0, 20_000),
    )


def random_posting(chance: Random, id: str) -> PostingProfile:
    """One posting, asking for a language at a level people are asked for, or for none."""
    language = chance.choice(("", *TAGS))
    places = chance.randint(0, 5)
    return PostingProfile(
        id=id,
        region=chance.choice(REGIONS),
        organisation="",
        activity=1 << chance.randint(0, 11),
        skills=chance.getrandbits(55),
        slots=_slots(chance),
        places=places,
        places_left=chance.randint(0, places),
        radius_km=chance.choice((0, 0, 3, 10, 25, 300)),
        place=_place(chance),
        language_required=language,
        language_level=chance.choice((0, *LEVEL_STEPS)) if language else 0,
        adults_only=chance.random() < 0.4,
        remote=chance.random() < 0.2,
        days_left=chance.choice((None, 0, 5, 300)),
    )
