"""Which pairs are stored already: what the engine must know before it suggests."""

import msgspec

from bruecke.store import rows
from bruecke.store.tables import Match


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """One stored pair and where it stands."""

    id: str
    posting: str
    opening: str
    state: str
    person: str = ""


async def pairs_of_person(person: str) -> list[Pair]:
    """Every pair of a person, ended ones too."""
    found = await Match.select(*rows.columns(Match, Pair)).where(Match.person == person)
    return rows.structs(found, Pair)


async def pairs_of_posting(posting: str) -> list[Pair]:
    """Every pair of a posting, ended ones too."""
    found = await Match.select(*rows.columns(Match, Pair)).where(Match.posting == posting)
    return rows.structs(found, Pair)
