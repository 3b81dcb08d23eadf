"""Whether a person can be reached at all: asked before two sides get each other's contact."""

from bruecke.domain.access import Scope
from bruecke.domain.errors import DomainError, NotThere
from bruecke.store import people
from bruecke.store.matches import Record


async def refuse_unconfirmed(record: Record) -> None:
    """Raises DomainError until a code came back or the desk ticked "Nummer stimmt" (DESIGN 3)."""
    person = await people.me(Scope(person=record.person))
    if person is None:
        raise NotThere
    if not person.phone_confirmed_at and not person.email_confirmed_at:
        raise DomainError("matches.error.contact_unconfirmed")
