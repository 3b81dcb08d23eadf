"""Whom a block keeps from what, told to matching when it is asked: no profile stores it."""

from collections.abc import Iterable

import msgspec

from bruecke.domain.matching.profile import OfferProfile
from bruecke.store import blocks


async def for_offer(offer: OfferProfile) -> OfferProfile:
    """The offer with the postings its person is kept from."""
    barred = await blocks.barred_postings(offer.person)
    return msgspec.structs.replace(offer, barred=barred) if barred else offer


async def for_posting(posting: str, offers: Iterable[OfferProfile]) -> list[OfferProfile]:
    """The offers, each of whose person is kept from this posting marked so."""
    barred = await blocks.barred_people(posting)
    kept_from = frozenset({posting})
    return [
        msgspec.structs.replace(one, barred=kept_from) if one.person in barred else one
        for one in offers
    ]
