"""Who is told, and how a person can be reached without being disturbed."""

import msgspec

from bruecke.domain.match import UNDO_USER
from bruecke.store import rows
from bruecke.store.tables import Membership, Person, Posting


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """One person's languages and hours; `email` only where it was seen to work.

    `quiet_from` and `quiet_until` are minutes of the day in `zone`; `said_yes_at` is the last yes
    that was not taken back.
    """

    id: str
    reading_language: str
    zone: str
    quiet_from: int
    quiet_until: int
    ask_again_at: int
    said_yes_at: int = 0
    email: str = ""


class Quiet(msgspec.Struct, frozen=True):
    """Minutes of the day in `zone` between which no phone of a person rings."""

    id: str
    zone: str
    quiet_from: int
    quiet_until: int


_LAST_YES = (
    "SELECT MAX(h.at) FROM match m JOIN history_entry h ON h.thing_id = m.id"
    " WHERE m.person = p.id AND h.thing = 'match' AND h.did = 'yes' AND NOT EXISTS"
    " (SELECT 1 FROM history_entry u WHERE u.thing_id = h.thing_id AND u.did = 'undo'"
    f" AND u.actor = h.actor AND u.id > h.id AND u.at <= h.at + {UNDO_USER})"
)


async def reach(person: str) -> Reach | None:
    """How to reach somebody."""
    return (await reaches([person])).get(person)


async def reaches(people: list[str]) -> dict[str, Reach]:
    """How to reach some people, with one question."""
    if not people:
        return {}
    found = await Person.raw(
        "SELECT p.id, p.reading_language, r.zone, p.quiet_from, p.quiet_until, p.ask_again_at,"
        f" ({_LAST_YES}) AS said_yes_at,"
        " CASE WHEN p.email_confirmed_at > 0 THEN p.email ELSE '' END AS email"
        " FROM person p JOIN region r ON r.id = p.region"
        f" WHERE p.id IN ({', '.join(['{}'] * len(people))})",
        *people,
    )
    return {one.id: one for one in rows.structs([dict(row) for row in found], Reach)}


async def quiet_hours(people: list[str]) -> list[Quiet]:
    """When some people's phones may not ring, with one question."""
    if not people:
        return []
    found = await Person.raw(
        "SELECT p.id, r.zone, p.quiet_from, p.quiet_until FROM person p"
        " JOIN region r ON r.id = p.region"
        f" WHERE p.id IN ({', '.join(['{}'] * len(people))})",
        *people,
    )
    return rows.structs(found, Quiet)


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
