"""Who is kept apart: a person from an organisation or from another person, asked for by id."""

import msgspec

from bruecke.store import rows
from bruecke.store.ids import new_id
from bruecke.store.tables import Block

# Whether `b` keeps the person of match `m` from posting `p`.
BARS = (
    "(b.person = m.person AND (b.organisation = p.organisation OR b.other = p.contact)"
    " OR b.other = m.person AND b.person = p.contact)"
)


class OwnBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A block as the one who made it reads it; `other` is the display name of a contact person."""

    id: str
    made_by: str
    name: str
    organisation: str = ""
    organisation_name: str = ""
    other: str = ""


async def add(
    person: str, organisation: str, other: str, side: str, maker: str, now: int
) -> str | None:
    """A new block, None where `maker` made it already; hold the person before."""
    known = (Block.person == person) & (Block.maker == maker) & (Block.made_by == side)
    known = known & (Block.other == other if other else Block.organisation == organisation)
    if await Block.exists().where(known):
        return None
    block = new_id()
    await Block.insert(
        Block(
            id=block,
            person=person,
            organisation=None if other else organisation,
            other=other or None,
            made_by=side,
            maker=maker,
            created_at=now,
        )
    )
    return block


async def made_by(maker: str) -> list[OwnBlock]:
    """What this person wanted, the newest first; nobody else is told."""
    found = await Block.raw(
        "SELECT b.id, b.made_by, b.organisation, p.name, o.name AS organisation_name,"
        " x.name AS other FROM block b JOIN person p ON p.id = b.person"
        " LEFT JOIN organisation o ON o.id = b.organisation LEFT JOIN person x ON x.id = b.other"
        " WHERE b.maker = {} ORDER BY b.created_at DESC, b.id",
        maker,
    )
    return rows.structs(found, OwnBlock)


async def remove(block: str, maker: str) -> bool:
    """Lifts a block; whether it was this person's."""
    return bool(
        await Block.delete().where((Block.id == block) & (Block.maker == maker)).returning(Block.id)
    )


async def open_matches(block: str) -> list[str]:
    """The open matches a block ends, opening by opening."""
    found = await Block.raw(
        "SELECT m.id FROM block b JOIN match m ON m.person IN (b.person, b.other)"
        f" JOIN posting p ON p.id = m.posting WHERE b.id = {{}} AND {BARS}"
        " AND m.state NOT IN ('done', 'closed') ORDER BY m.opening, m.id",
        block,
    )
    return [row["id"] for row in found]


async def barred_postings(person: str) -> frozenset[str]:
    """The postings a person is kept from, whoever wanted it."""
    found = await Block.raw(
        "SELECT p.id FROM block b JOIN posting p ON p.organisation = b.organisation"
        " WHERE b.person = {}"
        " UNION SELECT p.id FROM block b JOIN posting p ON p.contact = b.other WHERE b.person = {}"
        " UNION SELECT p.id FROM block b JOIN posting p ON p.contact = b.person WHERE b.other = {}",
        person,
        person,
        person,
    )
    return frozenset(row["id"] for row in found)


async def barred_people(posting: str) -> set[str]:
    """The same from the other end: the people who are kept from a posting."""
    found = await Block.raw(
        "SELECT b.person AS id FROM posting p JOIN block b ON b.organisation = p.organisation"
        " OR b.other = p.contact WHERE p.id = {}"
        " UNION SELECT b.other AS id FROM posting p JOIN block b ON b.person = p.contact"
        " WHERE p.id = {} AND b.other IS NOT NULL",
        posting,
        posting,
    )
    return {row["id"] for row in found}
