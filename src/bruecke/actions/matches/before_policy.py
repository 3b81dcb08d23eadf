"""A yes on its way to the region's policy, which looks at it once nobody can take it back."""

from bruecke.keys import seal
from bruecke.store import deliveries, regions
from bruecke.store.matches import Record


async def put_before_policy(record: Record, now: int, at: int) -> bool:
    """Lets the policy look at a yes at `at` (UTC seconds), inside the caller's transaction.

    False where the region leaves everything to its desk. Nothing comes back to the policy later:
    what it does not pass then waits for a person.
    """
    region = await regions.get(record.region)
    if region is None or not region.passes_by_itself:
        return False
    await deliveries.queue(
        "policy",
        "",
        seal(record.id),
        now,
        person=record.person,
        not_before=at,
        dedupe=f"policy:{record.id}:{now}",
    )
    return True
