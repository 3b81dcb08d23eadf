"""Asks people about new postings: rarely, several at once, and never what they answered."""

import msgspec

from bruecke.actions.matches import fitting
from bruecke.actions.telling import send
from bruecke.domain.matching import outreach
from bruecke.domain.notification import not_before
from bruecke.store import (
    deliveries,
    matches,
    notifications,
    openings,
    recipients,
    subscriptions,
)
from bruecke.store.ids import new_id
from bruecke.store.transaction import transaction


class Fit(msgspec.Struct, frozen=True):
    """A person a posting was suggested to; `fit` 0-100, `sure` where no gate is unknown."""

    person: str
    fit: float
    sure: bool


async def announce(fits: list[Fit], places: int, now: int) -> None:
    """Puts messages about a new posting on their way, inside the caller's transaction.

    Only to people whose phones can be reached and of whom everything asked is known; each gets it
    when its week of rest is over.
    """
    reachable = await subscriptions.with_devices([one.person for one in fits if one.sure])
    sure = [(one.person, one.fit) for one in fits if one.sure and one.person in reachable]
    for person in outreach.asked(sure, places):
        reach = await recipients.reach(person)
        if reach is not None:
            await deliveries.queue(
                "outreach",
                "suggestion",
                "",
                now,
                person=person,
                dedupe=f"outreach:{person}:{reach.ask_again_at}",
                not_before=reach.ask_again_at,
            )


async def ask(delivery: str, person: str, now: int) -> None:
    """One message with up to five suggestions, if anything still fits and nobody has to rest.

    The week of rest begins in the same transaction, so two workers never ask twice.
    """
    async with transaction():
        reach = await recipients.reach(person)
        if reach is None:
            await deliveries.forget(delivery)
            return
        at = not_before(
            max(now, reach.ask_again_at), reach.zone, reach.quiet_from, reach.quiet_until
        )
        if at > now:
            await deliveries.put_back(delivery, at)
            return
        await deliveries.forget(delivery)
        chosen = await _worth_asking(person, now)
        if not chosen or not await recipients.rest(person, now, now + outreach.REST):
            return
        message = new_id()
        for match in chosen:
            await notifications.add(
                person, "suggestion", match, message, f"suggestion:{match}", now, now
            )
        await send(person, "suggestion", message, now, now)


async def _worth_asking(person: str, now: int) -> list[str]:
    chosen: list[str] = []
    for match, opening in await matches.unsaid_suggestions(person):
        record = await matches.get(match)
        if record is None or not await openings.has_place(opening):
            continue
        if await openings.has_begun(opening, now):
            continue
        posting = (await matches.postings_of([record.posting]))[record.posting]
        said = fitting.answers(*await fitting.profiles(person, posting, now), posting)
        if all(answer == "pass" for answer in said.values()):
            chosen.append(match)
        if len(chosen) == outreach.BUNDLE:
            break
    return chosen
