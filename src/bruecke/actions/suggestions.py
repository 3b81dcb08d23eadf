"""What fits a person: reads the profiles of open postings and asks the matching core."""

from datetime import date

import msgspec

from bruecke.actions.matches import barring
from bruecke.actions.profiles import day_number, live_offer
from bruecke.domain.access import Scope
from bruecke.domain.matching import rank
from bruecke.domain.posting import Posting
from bruecke.store import candidates, matches, postings, profiles


class Suggested(msgspec.Struct, frozen=True):
    """A posting with what speaks for it."""

    posting: Posting
    suggestion: rank.Suggestion


async def for_person(scope: Scope, now: int, today: date, limit: int = 3) -> list[Suggested]:
    """The best open postings the asking person has not answered; empty without a live offer.

    Never those of an organisation the person speaks for.
    """
    offer = (await profiles.offers_of([scope.person])).get(scope.person)
    # Before the worker has seen to it for the first time there is no row yet.
    offer = offer or await live_offer(scope.person)
    if offer is None:
        return []
    offer = await barring.for_offer(offer)
    answered = await matches.answered(scope.person)
    found = [
        posting
        for posting in await candidates.postings_for(offer, day_number(today))
        if posting.id not in answered and posting.organisation not in scope.organisations
    ]
    ranked = rank.for_offer(offer, found, now, limit)
    shown = await postings.among([one.posting for one in ranked], today)
    return [Suggested(shown[one.posting], one) for one in ranked if one.posting in shown]
