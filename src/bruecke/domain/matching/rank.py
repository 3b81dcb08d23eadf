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
    found: list[Suggestion] = []
    for posting in postings:
        said = gates.answers(offer, posting)
        if not gates.may_suggest(said):
            continue
        points = score(offer, posting, now)
        found.append(
            Suggestion(
                posting.id,
                points,
                points.total * _need(posting),
                offer.anything or bool(offer.activities & posting.activity),
                reasons(offer, posting),
                gates.missing(said),
            )
        )
    found.sort(key=lambda one: (-one.chosen, -one.weight, one.posting))
    return found[:limit]


def _need(posting: PostingProfile) -> float:
    nobody_yet = posting.places_left == posting.places
    open_share = posting.places_left / max(1, posting.places)
    urgency = 0.0
    if posting.days_left is not None:
        urgency = max(0.0, 1 - posting.days_left / URGENT_DAYS)
    return (2 if nobody_yet else 1) * (0.3 + 0.7 * open_share) * (1 + 0.3 * urgency)
