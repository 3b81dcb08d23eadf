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
    posting_state: str
    organisation: str
    message: str
    created_at: int = 0
    visible_from_at: int = 0
    covered_at: int = 0
    read_at: int = 0


_SELECT = (
    "SELECT n.id, n.kind, n.match, m.state, m.posting, p.state AS posting_state, p.organisation,"
    " n.message, n.created_at, n.visible_from_at, n.covered_at, n.read_at"
    " FROM notification n JOIN match m ON m.id = n.match JOIN posting p ON p.id = m.posting WHERE "
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


async def unsay(match: str, moved_at: int, now: int) -> None:
    """Takes back what was said of the move made at `moved_at`, and uncovers what it covered."""
    found = (
        await Notification.delete()
        .where(
            (Notification.match == match)
            & (Notification.created_at == moved_at)
            & (Notification.visible_from_at > now)
            & (Notification.covered_at == 0)
        )
        .returning(Notification.message)
    )
    messages = [row["message"] for row in found]
    if messages:
        await Delivery.delete().where(
            Delivery.message.is_in(messages) & (Delivery.state == "waiting")
        )
    await Notification.update({Notification.covered_at: 0}).where(
        (Notification.match == match) & (Notification.covered_at == moved_at)
    )


async def cover(match: str, now: int) -> None:
    """Nobody hears any more of what a move at `now` came before: it was not visible yet."""
    await Notification.update({Notification.covered_at: now}).where(
        (Notification.match == match)
        & (Notification.visible_from_at > now)
        & (Notification.created_at < now)
        & (Notification.covered_at == 0)
    )


async def of_message(message: str) -> list[Told]:
    """What one message carries, in the order it was said."""
    found = await Notification.raw(_SELECT + "n.message = {} ORDER BY n.created_at, n.id", message)
    return rows.structs(found, Told)


async def of_messages(messages: list[str]) -> list[Told]:
    """What several messages carry."""
    if not messages:
        return []
    found = await Notification.raw(
        f"{_SELECT}n.message IN ({', '.join(['{}'] * len(messages))})", *messages
    )
    return rows.structs(found, Told)


async def inbox(scope: Scope, now: int, limit: int = 50) -> list[Told]:
    """What the asking person should know by now, the newest first."""
    found = await Notification.raw(
        _SELECT + "n.person = {} AND n.visible_from_at <= {} AND n.covered_at = 0"
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
