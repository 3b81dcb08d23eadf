"""Checks: what is on file of a person, read and written by its desk alone."""

from bruecke.domain.check import Check as CheckView
from bruecke.store import rows
from bruecke.store.tables import Check


async def add(person: str, check: CheckView, seen_by: str, now: int) -> None:
    """One more thing on file of a person."""
    await Check.insert(
        Check(
            id=check.id,
            person=person,
            kind=check.kind,
            organisation=check.organisation or None,
            activity=check.activity,
            seen_on=check.seen_on,
            valid_until=check.valid_until,
            seen_by=seen_by,
            created_at=now,
        )
    )


async def of_person(person: str) -> list[CheckView]:
    """Everything on file of a person."""
    found = (
        await Check.select(*rows.columns(Check, CheckView))
        .where(Check.person == person)
        .order_by(Check.id)
    )
    return rows.structs(found, CheckView)


async def remove(person: str, check: str) -> bool:
    """Deletes one of a person's checks; whether it was there."""
    return bool(
        await Check.delete()
        .where((Check.person == person) & (Check.id == check))
        .returning(Check.id)
    )
