"""What a volunteer adds to its match: who calls whom, and how many come."""

from bruecke.store.matches.records import Record
from bruecke.store.tables import Match


async def arrange(record: Record, calls: str, party_size: int) -> bool:
    """Writes both; False where the match moved on since `record` was read."""
    return bool(
        await Match.update({Match.calls: calls, Match.party_size: party_size})
        .where(
            (Match.id == record.id)
            & (Match.state == record.state)
            & (Match.moved_at == record.moved_at)
        )
        .returning(Match.id)
    )
