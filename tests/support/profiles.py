"""What every stored profile must be: the same as one written now."""

from bruecke.actions.profiles import fresh_offer, fresh_posting
from bruecke.store.profile_rows import Row
from bruecke.store.tables import MatchProfile, Person, Posting


async def wrong_profiles(now: int) -> list[str]:
    """Offers and postings whose row is missing, left over or not what it should be at `now`."""
    people = [row["id"] for row in await Person.select(Person.id)]
    postings = [row["id"] for row in await Posting.select(Posting.id)]
    wanted: list[Row | None] = [await fresh_offer(person) for person in people]
    wanted += [await fresh_posting(posting, now) for posting in postings]
    expected = {row["id"]: row for row in wanted if row}
    stored = {row["id"]: row for row in await MatchProfile.select()}
    found = [f"{id}: left over" for id in stored.keys() - expected.keys()]
    for id, row in expected.items():
        if id not in stored:
            found.append(f"{id}: missing")
            continue
        differ = [name for name, value in row.items() if stored[id][name] != value]
        if differ:
            found.append(f"{row['kind']} {id}: {', '.join(differ)}")
    return found


async def stored(id: str) -> Row:
    """One row; fails where there is none."""
    found = await MatchProfile.select().where(MatchProfile.id == id)
    return dict(found[0])
