"""Why a pair fits, as keys: only what the person said or a fact of the posting, never a guess."""

import msgspec

from bruecke.domain import slots
from bruecke.domain.matching.geography import distance_km
from bruecke.domain.matching.profile import OfferProfile, PostingProfile

MAX_REASONS = 3


class Reason(msgspec.Struct, frozen=True):
    """A text key and at most one thing it names (an activity mask, a language tag, kilometres)."""

    key: str
    about: str = ""


def reasons(offer: OfferProfile, posting: PostingProfile) -> list[Reason]:
    """One to three true reasons, the strongest first; never padded."""
    found: list[Reason] = []
    if offer.activities & posting.activity:
        found.append(Reason("reason.activity", str(posting.activity)))
    elif offer.anything:
        found.append(Reason("reason.anything"))
    else:
        found.append(Reason("reason.new"))
    if posting.language_required and (offer.languages or {}).get(posting.language_required):
        found.append(Reason("reason.language", posting.language_required))
    if posting.slots and offer.slots & posting.slots and offer.slots != slots.ALL:
        found.append(Reason(_time_key(offer.slots & posting.slots)))
    if posting.remote:
        found.append(Reason("reason.remote"))
    elif offer.place and posting.place:
        km = distance_km(offer.place, posting.place)
        found.append(Reason("reason.near", f"{max(1, round(km))}"))
    else:
        found.append(Reason("reason.region"))
    return found[:MAX_REASONS]


def _time_key(common: int) -> str:
    for chip in ("evenings", "weekend", "daytime"):
        if common & ~slots.CHIPS[chip] == 0:
            return f"reason.time.{chip}"
    return "reason.time.common"
