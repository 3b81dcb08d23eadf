"""What people should know: the inbox, and the messages that carry it out of the house."""

from typing import Any

import msgspec

from bruecke.domain.access import Scope
from bruecke.store import rows
from bruecke.store.ids import new_id
from bruecke.store.tables import Delivery, Notification


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the inbox; `match` is "" where it speaks of none."""

    id: str
    kind: str
    match: str = ""
    message: str = ""
    created_at: int = 0
    visible_from_at: int = 0
    read_at: int = 0


_COLUMNS = rows.columns(Notification, Told)


async def add(
    person: str, kind: str, match: str | None, message: str, dedupe: str, now: int, visible: int
) -> bool:
    """One thing a person should know from `visible` (UTC seconds) on; False where it was said."""
    found = await Notification.raw(
        "INSERT INTO notification (id, person, kind, match, message, dedupe_key, created_at,"
        " visible_from_at, read_at) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, 0)"
        " ON CONFLICT (dedupe_key) DO NOTHING RETURNING id",
        new_id(),
        person,
        kind,
        match,
        message,
        dedupe,
        now,
        visible,
    )
    return bool(found)


async def unsay(match: str, now: int) -> None:
    """Takes back what was not visible yet: the move was undone."""
    found = (
        await Notification.delete()
        .where((Notification.match == match) & (Notification.visible_from_at > now))
        .returning(Notification.message)
    )
    messages = [row["message"] for row in found]
    if messages:
        await Delivery.delete().where(
            Delivery.message.is_in(messages) & (Delivery.state == "waiting")
        )


async def of_message(message: str) -> list[Told]:
    """What one message carries, in the order it was said."""
    found = (
        await Notification.select(*_COLUMNS)
        .where(Notification.message == message)
        .order_by(Notification.created_at)
        .order_by(Notification.id)
    )
    return rows.structs(found, Told)


async def inbox(scope: Scope, now: int, limit: int = 50) -> list[Told]:
    """What the asking person should know by now, the newest first."""
    found = (
        await Notification.select(*_COLUMNS)
        .where((Notification.person == scope.person) & (Notification.visible_from_at <= now))
        .order_by(Notification.visible_from_at, ascending=False)
        .order_by(Notification.id)
        .limit(limit)
    )
    return rows.structs(found, Told)


async def unread(person: str, now: int) -> int:
    """How many lines of the inbox nobody has looked at."""
    return int(await Notification.count().where(_waiting(person, now)))


async def read_all(person: str, now: int) -> None:
    """The inbox was opened."""
    await Notification.update({Notification.read_at: now}).where(_waiting(person, now))


def _waiting(person: str, now: int) -> Any:
    return (
        (Notification.person == person)
        & (Notification.read_at == 0)
        & (Notification.visible_from_at <= now)
    )


async def sweep(before: int) -> None:
    """Forgets what was said before `before` (UTC seconds)."""
    await Notification.delete().where(Notification.created_at < before)
