"""The best pairs are written down within a second: what the worker does about marked profiles."""

import logging
from typing import NamedTuple

from bruecke.actions import outreach
from bruecke.actions.matches import barring
from bruecke.actions.matches.making import row_of
from bruecke.actions.matches.moving import make
from bruecke.actions.outreach import Fit
from bruecke.actions.profiles import day_number
from bruecke.clock import MINUTE
from bruecke.domain.errors import MatchMoved
from bruecke.domain.matching import gates, rank
from bruecke.domain.matching.profile import OfferProfile, PostingProfile
from bruecke.language.dates import today
from bruecke.store import candidates, matches, openings, people, profiles
from bruecke.store.matches import Pair
from bruecke.store.profiles import Mark
from bruecke.store.transaction import transaction

OF_OFFER, OF_POSTING = 20, 50
# After an error: the others first.
LATER = 10 * MINUTE
_log = logging.getLogger(__name__)


class Fresh(NamedTuple):
    """A pair that is stored now and was not before."""

    person: str
    match: str


async def work(now: int) -> bool:
    """Makes suggestions for what is marked; answers whether more may wait.

    A mark goes in the transaction of its suggestions: a worker that dies leaves both undone.
    """
    marks = await profiles.stale(now)
    for mark in marks:
        suggest = suggest_for_offer if mark.kind == "offer" else suggest_for_posting
        try:
            async with transaction():
                await suggest(mark, now)
                # Last, as every writer of profiles; one that changed meanwhile stays marked.
                await profiles.settle(mark)
        except Exception as problem:
            _log.error("suggestions: %s", type(problem).__name__)
            async with transaction():
                await profiles.settle(mark, now + LATER)
    return len(marks) == profiles.MARKS_AT_ONCE


async def suggest_for_offer(mark: Mark, now: int) -> list[Fresh]:
    """Inside the running transaction: the best 20 postings of an offer; answers the new pairs.

    Suggestions nobody answered and that fit no longer are closed. Never what the person had to do
    with before, nor a posting of an organisation it speaks for.
    """
    offer = (await profiles.offers_of([mark.person])).get(mark.person)
    if offer is None:
        return []
    offer = await barring.for_offer(offer)
    pairs = await matches.pairs_of_person(mark.person)
    stored = _suggested(pairs)
    theirs = await candidates.postings_of([pair.posting for pair in stored], day_number(today(now)))
    closed = await _close_unfit([(pair, offer, theirs.get(pair.posting)) for pair in stored], now)
    own = await people.speaks_for(mark.person)
    known = {pair.posting for pair in pairs}
    found = {
        one.id: one
        for one in await candidates.postings_for(offer, day_number(today(now)))
        if one.id not in known and one.organisation not in own and rank.chose(offer, one)
    }
    room = OF_OFFER - len(stored) + closed
    ranked = rank.for_offer(offer, found.values(), now, max(0, room))
    return await _store([(offer, found[one.posting]) for one in ranked], now)


async def suggest_for_posting(mark: Mark, now: int) -> list[Fresh]:
    """The same for the best 50 offers of a posting."""
    posting = (await candidates.postings_of([mark.id], day_number(today(now)))).get(mark.id)
    if posting is None:
        return []
    pairs = await matches.pairs_of_posting(mark.id)
    stored = _suggested(pairs)
    given = await profiles.offers_of([pair.person for pair in stored])
    theirs = {one.person: one for one in await barring.for_posting(mark.id, given.values())}
    closed = await _close_unfit([(pair, theirs.get(pair.person), posting) for pair in stored], now)
    known = {pair.person for pair in pairs}
    known |= {one.id for one in await people.team(posting.organisation)}
    found = [
        one
        for one in await candidates.offers_for(posting, day_number(today(now)))
        if one.person not in known
    ]
    found = await barring.for_posting(mark.id, found)
    room = OF_POSTING - len(stored) + closed
    ranked = rank.for_posting(posting, found, now, max(0, room))
    fresh = await _store([(offer, posting) for offer, _ in ranked], now)
    new = {one.person for one in fresh}
    # Who joined sees its own list at once; phones are told of new postings only.
    fits = [
        Fit(offer.person, points.total, not gates.missing(gates.answers(offer, posting)))
        for offer, points in ranked
        if offer.person in new
    ]
    await outreach.announce(fits, posting.places_left, now)
    return fresh


def _suggested(pairs: list[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair.state == "suggested"]


async def _store(found: list[tuple[OfferProfile, PostingProfile]], now: int) -> list[Fresh]:
    """Every new suggestion comes by here, in the transaction that takes its mark off."""
    fresh: list[Fresh] = []
    free: dict[str, str] = {}
    for offer, posting in found:
        if posting.id not in free:
            coming = await openings.coming(posting.id, now)
            free[posting.id] = next((one.id for one in coming if one.left), "")
        if not offer.person or not free[posting.id]:
            continue
        row = row_of(offer, posting, free[posting.id], offer.person, "engine", "suggested", now)
        if await matches.add(row):
            fresh.append(Fresh(offer.person, str(row.id)))
    return fresh


async def _close_unfit(
    stored: list[tuple[Pair, OfferProfile | None, PostingProfile | None]], now: int
) -> int:
    closed = 0
    for pair, offer, posting in stored:
        # What rests for a while is not looked at; what ends closes its matches itself.
        if offer is None or posting is None or _fits(offer, posting):
            continue
        record = await matches.get(pair.id)
        try:
            if record is not None and record.state == "suggested":
                await make(record, "close", "system", "", now, "not_suitable")
                closed += 1
        except MatchMoved:
            _log.info("answered meanwhile")
    return closed


def _fits(offer: OfferProfile, posting: PostingProfile) -> bool:
    said = gates.answers(offer, posting)
    # A place that is taken may become free again: no reason to take a suggestion back.
    del said["place_open"]
    return gates.may_suggest(said)
