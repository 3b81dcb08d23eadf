"""The matches of one task that wait for a person's answer, and those one answer ended together."""

from bruecke.store import rows
from bruecke.store.matches.records import COLUMNS, Record, get
from bruecke.store.tables import Match

# State, the one before, and why: what a no leaves of a suggestion.
_ENDED_BY_NO = ("closed", "suggested", "declined")


async def hold_suggested(person: str, posting: str) -> None:
    """Lets the worker close nothing a person is about to answer until the transaction ends."""
    await Match.raw(
        "UPDATE match SET state = state WHERE person = {} AND posting = {} AND state = 'suggested'",
        person,
        posting,
    )


async def asked_posting(person: str, posting: str) -> list[Record]:
    """A person's matches of one posting that wait for its answer."""
    found = await Match.select(*COLUMNS).where(
        (Match.person == person)
        & (Match.posting == posting)
        & Match.state.is_in(["suggested", "offered"])
    )
    return rows.structs(found, Record)


async def declined_with(record: Record) -> list[Record]:
    """The suggestions of the same task on other dates that one no ended together with `record`."""
    if (record.state, record.prior_state, record.closed_reason) != _ENDED_BY_NO:
        return []
    found = await Match.select(Match.id).where(
        (Match.person == record.person)
        & (Match.posting == record.posting)
        & (Match.moved_at == record.moved_at)
        & (Match.id != record.id)
    )
    others = [await get(row["id"]) for row in found]
    return [
        one
        for one in others
        if one and (one.state, one.prior_state, one.closed_reason) == _ENDED_BY_NO
    ]
