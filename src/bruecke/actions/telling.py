"""Says what happened: rows in the same transaction as the move, taken back with it."""

from collections.abc import Mapping

from bruecke.domain.notification import KINDS, told
from bruecke.store import deliveries, notifications, recipients
from bruecke.store.ids import new_id
from bruecke.store.matches import Record


async def of_move(
    record: Record,
    event: str,
    after: str,
    side: str,
    by: str,
    now: int,
    visible_from: int,
    seen: Mapping[str, str],
) -> None:
    """Tells everybody a move concerns, from `visible_from` (UTC seconds) on.

    `seen` is where the match stood for each audience. What they were about to hear of an earlier
    move is covered by this one, until it is taken back.
    """
    await notifications.cover(record.id, now)
    for kind in told(event, seen, after, side):
        await say(record, kind, by, now, visible_from, f"{kind}:{record.id}:{now}")


async def say(record: Record, kind: str, by: str, now: int, visible_from: int, dedupe: str) -> None:
    """One kind of notification about a match, to each person of its audience; said once."""
    for person in await _audience(record, KINDS[kind].audience):
        if person != by:
            message = new_id()
            if await notifications.add(
                person, kind, record.id, message, f"{dedupe}:{person}", now, visible_from
            ):
                await send(person, kind, message, now, visible_from)


async def send(person: str, kind: str, message: str, now: int, not_before: int) -> None:
    """Puts a message on its way to a person; the worker finds devices and hours."""
    await deliveries.queue(
        "message",
        kind,
        "",
        now,
        person=person,
        message=message,
        not_before=not_before,
        dedupe=f"message:{message}",
    )


async def _audience(record: Record, audience: str) -> list[str]:
    if audience == "volunteer":
        return [record.person] if record.person else []
    if audience == "organisation":
        found = await recipients.representatives(record.organisation, record.posting)
    else:
        found = await recipients.coordinators(record.region, record.organisation)
    return [person for person in found if person != record.person]
