"""The append-only history: ids only, written in the transaction of the change."""

from bruecke.store.tables import HistoryEntry


async def note(actor: str, did: str, thing: str, thing_id: str, now: int, detail: str = "") -> None:
    """`actor` (a person's id, "" for the system) did something to a thing at `now`."""
    await HistoryEntry.insert(
        HistoryEntry(
            at=now, actor=actor, did=did, thing=thing, thing_id=thing_id, detail=detail[:80]
        )
    )


async def of_thing(thing_id: str) -> list[str]:
    """What was done to one thing, oldest first."""
    rows = (
        await HistoryEntry.select(HistoryEntry.did)
        .where(HistoryEntry.thing_id == thing_id)
        .order_by(HistoryEntry.id)
    )
    return [row["did"] for row in rows]
