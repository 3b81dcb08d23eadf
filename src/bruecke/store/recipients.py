"""Who is told, and how a person can be reached without being disturbed."""

import msgspec

from bruecke.store import rows
from bruecke.store.tables import Membership, Person, Posting


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """One person's languages and hours; `email` only where it was seen to work.

    `quiet_from` and `quiet_until` are minutes of the day in `zone`.
    """

    id: str
    reading_language: str
    zone: str
    quiet_from: int
    quiet_until: int
    ask_again_at: int
    created_at: int
    email: str = ""


async def reach(person: str) -> Reach | None:
    """How to reach somebody."""
    found = await reach_of([person])
    return found[0] if found else None


async def reach_of(people: list[str]) -> list[Reach]:
    """How to reach some people, with one question."""
    if not people:
        return []
    found = await Person.raw(
        "SELECT p.id, p.reading_language, r.zone, p.quiet_from, p.quiet_until, p.ask_again_at,"
        " p.created_at, CASE WHEN p.email_confirmed_at > 0 THEN p.email ELSE '' END AS email"
        " FROM person p JOIN region r ON r.id = p.region"
        f" WHERE p.id IN ({', '.join(['{}'] * len(people))})",
        *people,
    )
    return rows.structs(found, Reach)


async def rest(person: str, now: int, until: int) -> bool:
    """Sends this person no further suggestion before `until`; one caller at `now` wins."""
    return bool(
        await Person.raw(
            "UPDATE person SET ask_again_at = {} WHERE id = {} AND ask_again_at <= {} RETURNING id",
            until,
            person,
            now,
        )
    )


async def representatives(organisation: str, posting: str) -> list[str]:
    """The posting's contact person if it still speaks for the organisation, else all who do."""
    found = await Membership.select(Membership.person).where(
        (Membership.organisation == organisation)
        & (Membership.role == "representative")
        & (Membership.ended_at == 0)
    )
    team = [str(row["person"]) for row in found]
    named = await Posting.select(Posting.contact).where(Posting.id == posting)
    contact = named[0]["contact"] if named else None
    return [contact] if contact in team else team


async def coordinators(region: str, organisation: str) -> list[str]:
    """Those who decide for a region, but for those who also speak for the organisation."""
    found = await Membership.raw(
        "SELECT m.person AS person FROM membership m WHERE m.region = {}"
        " AND m.role = 'coordinator' AND m.ended_at = 0 AND NOT EXISTS (SELECT 1 FROM membership o"
        " WHERE o.person = m.person AND o.organisation = {} AND o.ended_at = 0)",
        region,
        organisation,
    )
    return [str(row["person"]) for row in found]
