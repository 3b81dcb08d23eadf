"""What people should know: the inbox, and the messages that carry it out of the house."""

import msgspec

from bruecke.domain.access import Scope
from bruecke.store import rows
from bruecke.store.ids import new_id
from bruecke.store.tables import Delivery, Notification


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the inbox, with the match it speaks of as it stands now."""

    id: str
    kind: str
    match: str
    state: str
    posting: str
    organisation: str
    message: str
    created_at: int = 0
    visible_from_at: int = 0
    read_at: int = 0


_SELECT = (
    "SELECT n.id, n.kind, n.match, m.state, m.posting, p.organisation, n.message, n.created_at,"
    " n.visible_from_at, n.read_at FROM notification n JOIN match m ON m.id = n.match"
    " JOIN posting p ON p.id = m.posting WHERE "
)


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
    found = await Notification.raw(_SELECT + "n.message = {} ORDER BY n.created_at, n.id", message)
    return rows.structs(found, Told)


async def states_of(messages: list[str]) -> list[tuple[str, str, str]]:
    """(message, kind, state of the match) of every line of some messages."""
    if not messages:
        return []
    found = await Notification.raw(
        "SELECT n.message, n.kind, m.state FROM notification n JOIN match m ON m.id = n.match"
        f" WHERE n.message IN ({', '.join(['{}'] * len(messages))})",
        *messages,
    )
    return [(row["message"], row["kind"], row["state"]) for row in found]


async def inbox(scope: Scope, now: int, limit: int = 50) -> list[Told]:
    """What the asking person should know by now, the newest first."""
    found = await Notification.raw(
        _SELECT + "n.person = {} AND n.visible_from_at <= {}"
        " ORDER BY n.visible_from_at DESC, n.id LIMIT {}",
        scope.person,
        now,
        limit,
    )
    return rows.structs(found, Told)


async def read_all(person: str, now: int) -> None:
    """The inbox was opened."""
    await Notification.update({Notification.read_at: now}).where(
        (Notification.person == person)
        & (Notification.read_at == 0)
        & (Notification.visible_from_at <= now)
    )


async def sweep(before: int) -> None:
    """Forgets what was said before `before` (UTC seconds)."""
    await Notification.delete().where(Notification.created_at < before)
