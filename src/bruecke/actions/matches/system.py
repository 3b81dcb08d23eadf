"""What the passing of time does to matches: each in a transaction of its own."""

import logging
from datetime import date

from bruecke.actions.matches.moving import make, make_one_of
from bruecke.actions.messages import quiet_until
from bruecke.domain.errors import MatchMoved
from bruecke.domain.match import UNREPORTED
from bruecke.store import matches
from bruecke.store.transaction import transaction

_log = logging.getLogger(__name__)


async def expire(now: int, today: date) -> None:
    """Ends what nobody answered in time, and what its date has passed by.

    Suggestions after 14 days, offered places at their deadline, questions the desk did not decide
    on before the date. A week after their last date active ones are done, and confirmed ones too,
    marked as never reported.
    """
    for match in await matches.expired(now, today):
        await _move(match, "expire", now, "expired")
    for match, state in await matches.overtaken(today):
        await _move(match, "close", now, "desk_late" if state == "interested" else "expired")
    for match, state in await matches.finished(today):
        await _move(match, "finish", now, UNREPORTED if state == "confirmed" else "")


async def silence(now: int) -> None:
    """Day 10: "Verein hat nicht geantwortet"; the place is free again (DOMAIN, Deadlines)."""
    for match in await matches.silent(now):
        await _move(match, "silence", now, "organisation_silent")


async def offer_free_places(now: int, today: date) -> None:
    """Offers free places to those who wait longest, and holds them until the deadline.

    Not in somebody's quiet hours: the deadline would run while no phone may ring.
    """
    for place in await matches.free_places(now, today):
        for _ in range(place.free):
            match = await matches.next_in_line(place.opening, now)
            if match is None or await _sleeps(match, now):
                break
            await _move(match, "offer", now)


async def _sleeps(match: str, now: int) -> bool:
    record = await matches.get(match)
    return record is not None and bool(await quiet_until([record.person], now))


async def end_of_posting(posting: str, by: str, now: int) -> None:
    """Closes all open matches of a posting, inside the caller's transaction.

    `by` is the person who closed the posting, "" for the system. The caller writes the posting's
    profile anew.
    """
    for match in await matches.of_posting(posting):
        record = await matches.get(match)
        if record is not None:
            await make_one_of(record, "close", "system", by, now, "posting_closed")


async def _move(match: str, event: str, now: int, reason: str = "") -> None:
    try:
        async with transaction():
            record = await matches.get(match)
            if record is not None:
                await make(record, event, "system", "", now, reason)
    except MatchMoved as moved:
        # Somebody acted, or another worker was faster: nothing is lost.
        _log.info("match moved meanwhile: %s", moved.state)
    except Exception as problem:
        # One that cannot be moved must not keep the others.
        _log.error("%s: %s", event, type(problem).__name__)
