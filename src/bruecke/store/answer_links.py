"""Links that answer one message's suggestions, found again by the hash of their secret."""

from bruecke.store.tables import AnswerLink


async def add(hashed: str, person: str, message: str, now: int, expires_at: int) -> None:
    """A link for `person`; only the hash of its secret is kept."""
    await AnswerLink.insert(
        AnswerLink(id=hashed, person=person, message=message, created_at=now, expires_at=expires_at)
    )


async def find(hashed: str, now: int) -> tuple[str, str] | None:
    """(person, message) of a link that still lives."""
    found = await AnswerLink.select(AnswerLink.person, AnswerLink.message).where(
        (AnswerLink.id == hashed) & (AnswerLink.expires_at > now)
    )
    return (str(found[0]["person"]), str(found[0]["message"])) if found else None


async def end_of(person: str) -> None:
    """Ends all links of a person: a phone that is signed out may hold one in its messages."""
    await AnswerLink.delete().where(AnswerLink.person == person)


async def sweep(now: int) -> None:
    """Forgets links that have ended."""
    await AnswerLink.delete().where(AnswerLink.expires_at <= now)
