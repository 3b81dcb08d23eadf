"""Asks people about new postings: rarely, several at once, and never what they answered."""

import msgspec

from bruecke.actions.matches import barring
from bruecke.actions.profiles import day_number
from bruecke.actions.telling import send
from bruecke.domain.matching import gates, outreach
from bruecke.domain.matching.outreach import may_ask_at
from bruecke.domain.notification import not_before
from bruecke.language.dates import today
from bruecke.store import (
    candidates,
    deliveries,
    matches,
    notifications,
    openings,
    profiles,
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
    reaches = await recipients.reaches(sorted(reachable))
    may = {who: may_ask_at(one.ask_again_at, one.said_yes_at) for who, one in reaches.items()}
    sure = [(one.person, one.fit, may[one.person] <= now) for one in fits if one.person in may]
    for person in outreach.asked(sure, places):
        await deliveries.queue(
            "outreach",
            "suggestion",
            "",
            now,
            person=person,
            dedupe=f"outreach:{person}:{may[person]}",
            not_before=may[person],
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
            max(now, may_ask_at(reach.ask_again_at, reach.said_yes_at)),
            reach.zone,
            reach.quiet_from,
            reach.quiet_until,
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
    """Open suggestions nobody told the person of, that pass every gate and have not begun."""
    offer = (await profiles.offers_of([person])).get(person)
    if offer is None:
        return []
    offer = await barring.for_offer(offer)
    pairs = await matches.unsaid_suggestions(person)
    tasks = await candidates.postings_of([pair.posting for pair in pairs], day_number(today(now)))
    chosen: list[str] = []
    for pair in pairs:
        posting = tasks.get(pair.posting)
        if posting is None or set(gates.answers(offer, posting).values()) != {"pass"}:
            continue
        if not await openings.has_begun(pair.opening, now):
            chosen.append(pair.id)
        if len(chosen) == outreach.BUNDLE:
            break
    return chosen
