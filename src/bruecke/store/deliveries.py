"""The outbox: written in the transaction that caused it, claimed by one statement with a lease."""

from typing import Any

from bruecke.store.engine import current_engine
from bruecke.store.ids import new_id
from bruecke.store.postgres import PostgresqlEngine
from bruecke.store.tables import Delivery
from bruecke.store.transaction import after_commit

_wake_up: list[Any] = []


def on_new(wake: Any) -> None:
    """Calls `wake()` after each commit in this process that left something to do."""
    _wake_up.append(wake)


def forget_wakers() -> None:
    """At the end of a worker's life."""
    _wake_up.clear()


async def queue(
    channel: str, kind: str, sealed: str, now: int, person: str | None = None, dedupe: str = ""
) -> None:
    """One thing to send; `sealed` can be read with the installation's secret only."""
    row = new_id()
    await Delivery.insert(
        Delivery(
            id=row,
            person=person,
            channel=channel,
            kind=kind,
            sealed=sealed,
            dedupe_key=dedupe or row,
            state="waiting",
            not_before_at=now,
            created_at=now,
        )
    )
    wake_worker()


def wake_worker() -> None:
    """Once the running transaction is kept, the worker of this process looks what is due."""
    for wake in _wake_up:
        after_commit(wake)


async def claim(limit: int, lease: int, now: int) -> list[dict[str, Any]]:
    """Takes up to `limit` due rows for `lease` seconds; no other worker gets them meanwhile."""
    skip = " FOR UPDATE SKIP LOCKED" if isinstance(current_engine(), PostgresqlEngine) else ""
    rows = await Delivery.raw(
        "UPDATE delivery SET lease_until_at = {}, attempts = attempts + 1 WHERE id IN ("
        " SELECT id FROM delivery WHERE state = 'waiting' AND not_before_at <= {}"
        f" AND lease_until_at <= {{}} ORDER BY not_before_at LIMIT {{}}{skip})"
        " RETURNING id, channel, kind, sealed, attempts, created_at",
        now + lease,
        now,
        now,
        limit,
    )
    return [dict(row) for row in rows]


async def done(delivery: str, state: str, now: int, error: str = "") -> None:
    """Closes a row (`sent` or `dead`) and blanks what it carried."""
    await Delivery.update(
        {
            Delivery.state: state,
            Delivery.sealed: "",
            Delivery.done_at: now,
            Delivery.lease_until_at: 0,
            Delivery.error: error[:60],
        }
    ).where(Delivery.id == delivery)


async def again(delivery: str, at: int, error: str) -> None:
    """Tries once more at `at` (UTC seconds)."""
    await Delivery.update(
        {Delivery.not_before_at: at, Delivery.lease_until_at: 0, Delivery.error: error[:60]}
    ).where(Delivery.id == delivery)


async def sweep(before: int) -> None:
    """Forgets what was closed before `before` (UTC seconds)."""
    await Delivery.delete().where((Delivery.done_at > 0) & (Delivery.done_at < before))


async def oldest_waiting(now: int) -> int:
    """Seconds the oldest due row has been waiting; 0 when nothing is due."""
    rows = await Delivery.raw(
        "SELECT MIN(not_before_at) AS due FROM delivery WHERE state = 'waiting'"
        " AND not_before_at <= {}",
        now,
    )
    due = rows[0]["due"] if rows else None
    return max(0, now - int(due)) if due else 0
