"""The order of lists: what nobody took yet comes first (SmartSort, SSRN 4497747)."""

from collections.abc import Iterable

import msgspec

from bruecke.domain.matching import gates
from bruecke.domain.matching.profile import OfferProfile, PostingProfile
from bruecke.domain.matching.reasons import Reason, reasons
from bruecke.domain.matching.score import Score, score

URGENT_DAYS = 14


class Suggestion(msgspec.Struct, frozen=True):
    """A posting that may be shown to a person, with what speaks for it and what is not known."""

    posting: str
    score: Score
    weight: float
    chosen: bool
    reasons: list[Reason]
    missing: str


def for_offer(
    offer: OfferProfile, postings: Iterable[PostingProfile], now: int, limit: int = 20
) -> list[Suggestion]:
    """Postings for one offer, best first, at `now` (UTC seconds).

    What the person chose comes first, the rest is something new; gates are never crossed.
    """
    found: list[tuple[bool, float, str, PostingProfile, Score]] = []
    for posting in postings:
        if not gates.fits(offer, posting):
            continue
        points = score(offer, posting, now)
        weight = points.total * _need(posting)
        other = not chose(offer, posting)
        found.append((other, -weight, posting.id, posting, points))
    found.sort(key=lambda one: one[:3])
    return [
        Suggestion(
            id,
            points,
            -weight,
            not other,
            reasons(offer, posting),
            gates.missing(gates.answers(offer, posting)),
        )
        for other, weight, id, posting, points in found[:limit]
    ]


def for_posting(
    posting: PostingProfile, offers: Iterable[OfferProfile], now: int, limit: int = 50
) -> list[tuple[OfferProfile, Score]]:
    """Offers for one posting, the best fit first, at `now` (UTC seconds).

    Only of people who chose such work or left the choice to us: nobody else is asked for it.
    """
    found = [
        (offer, score(offer, posting, now))
        for offer in offers
        if chose(offer, posting) and gates.fits(offer, posting)
    ]
    found.sort(key=lambda one: (-one[1].total, one[0].id))
    return found[:limit]


def chose(offer: OfferProfile, posting: PostingProfile) -> bool:
    """Whether the person named this activity, or said "anything, please suggest"."""
    return offer.anything or bool(offer.activities & posting.activity)


def _need(posting: PostingProfile) -> float:
    nobody_yet = posting.places_left == posting.places
    open_share = posting.places_left / max(1, posting.places)
    urgency = 0.0
    if posting.days_left is not None:
        urgency = max(0.0, 1 - posting.days_left / URGENT_DAYS)
    return (2 if nobody_yet else 1) * (0.3 + 0.7 * open_share) * (1 + 0.3 * urgency)
