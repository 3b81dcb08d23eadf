"""The outbox: written in the transaction that caused it, claimed by one statement with a lease."""

from typing import Any

import msgspec

from bruecke.store import rows
from bruecke.store.engine import current_engine
from bruecke.store.ids import new_id
from bruecke.store.postgres import PostgresqlEngine
from bruecke.store.tables import Delivery
from bruecke.store.transaction import after_commit

_wake_up: list[Any] = []


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """A row somebody is about to send; what does not apply is ""."""

    id: str
    channel: str
    kind: str
    sealed: str
    attempts: int
    not_before_at: int
    created_at: int
    person: str = ""
    message: str = ""
    subscription: str = ""


def on_new(wake: Any) -> None:
    """Calls `wake()` after each commit in this process that left something to do."""
    _wake_up.append(wake)


def forget_wakers() -> None:
    """At the end of a worker's life."""
    _wake_up.clear()


async def queue(
    channel: str,
    kind: str,
    sealed: str,
    now: int,
    person: str | None = None,
    dedupe: str = "",
    message: str = "",
    subscription: str | None = None,
    not_before: int = 0,
) -> None:
    """One thing to send, not before `not_before` (UTC seconds); the same `dedupe` is one.

    `sealed` can be read with the installation's secret only.
    """
    row = new_id()
    await Delivery.raw(
        "INSERT INTO delivery (id, person, channel, kind, sealed, message, subscription,"
        " dedupe_key, state, attempts, not_before_at, lease_until_at, created_at, done_at, error)"
        " VALUES ({}, {}, {}, {}, {}, {}, {}, {}, 'waiting', 0, {}, 0, {}, 0, '')"
        " ON CONFLICT (dedupe_key) DO NOTHING RETURNING id",
        row,
        person,
        channel,
        kind,
        sealed,
        message,
        subscription,
        dedupe or row,
        max(now, not_before),
        now,
    )
    wake_worker()


def wake_worker() -> None:
    """Once the running transaction is kept, the worker of this process looks what is due."""
    for wake in _wake_up:
        after_commit(wake)


async def claim(limit: int, lease: int, now: int) -> list[Claimed]:
    """Takes up to `limit` due rows for `lease` seconds; no other worker gets them meanwhile.

    What was due first comes first, then what was queued first.
    """
    skip = " FOR UPDATE SKIP LOCKED" if isinstance(current_engine(), PostgresqlEngine) else ""
    found = await Delivery.raw(
        "UPDATE delivery SET lease_until_at = {}, attempts = attempts + 1 WHERE id IN ("
        " SELECT id FROM delivery WHERE state = 'waiting' AND not_before_at <= {}"
        f" AND lease_until_at <= {{}} ORDER BY not_before_at, created_at, id LIMIT {{}}{skip})"
        " RETURNING id, channel, kind, sealed, attempts, not_before_at, created_at, person,"
        " message, subscription",
        now + lease,
        now,
        now,
        limit,
    )
    claimed = rows.structs(found, Claimed)
    # RETURNING keeps no order.
    return sorted(claimed, key=lambda row: (row.not_before_at, row.created_at, row.id))


async def done(delivery: str, state: str, now: int, error: str = "") -> None:
    """Closes a row (`sent`, `dead`, or `void`: of no use any more) and blanks what it carried."""
    await all_done([delivery], state, now, error)


async def all_done(closed: list[str], state: str, now: int, error: str = "") -> None:
    """As `done` for many rows. They let go of their subscriptions: a row outlives its device."""
    await Delivery.update(
        {
            Delivery.state: state,
            Delivery.sealed: "",
            Delivery.subscription: None,
            Delivery.done_at: now,
            Delivery.lease_until_at: 0,
            Delivery.error: error[:60],
        }
    ).where(Delivery.id.is_in(closed))


async def again(delivery: str, at: int, error: str) -> None:
    """Tries once more at `at` (UTC seconds)."""
    await Delivery.update(
        {Delivery.not_before_at: at, Delivery.lease_until_at: 0, Delivery.error: error[:60]}
    ).where(Delivery.id == delivery)


async def forget(delivery: str) -> None:
    """Drops a row that carried nothing out of the house."""
    await Delivery.delete().where(Delivery.id == delivery)


async def put_back(delivery: str, at: int) -> None:
    """As `again`, for a row that was not tried at all: the try is given back."""
    await Delivery.raw(
        "UPDATE delivery SET not_before_at = {}, lease_until_at = 0, attempts = attempts - 1"
        " WHERE id = {}",
        at,
        delivery,
    )


async def still_reaches(message: str) -> bool:
    """Whether some device was sent this message, or still is to be."""
    found = await Delivery.raw(
        "SELECT 1 AS found FROM delivery WHERE message = {} AND channel = 'push'"
        " AND state IN ('waiting', 'sent') LIMIT 1",
        message,
    )
    return bool(found)


async def waiting_messages(subscriptions: list[str]) -> list[tuple[str, str]]:
    """(person, message) of what these devices have not been sent yet."""
    if not subscriptions:
        return []
    found = await Delivery.raw(
        "SELECT DISTINCT person, message FROM delivery WHERE message <> '' AND person IS NOT NULL"
        f" AND state = 'waiting' AND subscription IN ({', '.join(['{}'] * len(subscriptions))})",
        *subscriptions,
    )
    return [(row["person"], row["message"]) for row in found]


async def sweep(before: int) -> None:
    """Forgets what was closed before `before` (UTC seconds)."""
    await Delivery.delete().where((Delivery.done_at > 0) & (Delivery.done_at < before))


async def oldest_waiting(now: int) -> int:
    """Seconds the oldest due row has been waiting; 0 when nothing is due."""
    found = await Delivery.raw(
        "SELECT MIN(not_before_at) AS due FROM delivery WHERE state = 'waiting'"
        " AND not_before_at <= {}",
        now,
    )
    due = found[0]["due"] if found else None
    return max(0, now - int(due)) if due else 0
