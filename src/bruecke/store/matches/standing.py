"""What stands between a person and others, asked before something is decided."""

from bruecke.domain.access import Scope
from bruecke.store.tables import Match

# Ended by a side for a reason that a person should look at before the two meet again.
_REFUSED = "('refused', 'not_suitable', 'unsafe', 'no_contact')"
_DECIDED = "('interested', 'approved', 'confirmed', 'active', 'paused')"


async def was_refused(person: str, organisation: str) -> bool:
    """Whether desk or organisation ever refused this person at this organisation."""
    found = await Match.raw(
        "SELECT 1 AS one FROM match m JOIN posting p ON p.id = m.posting WHERE m.person = {}"
        f" AND p.organisation = {{}} AND m.state = 'closed' AND m.closed_reason IN {_REFUSED}"
        f" AND m.prior_state IN {_DECIDED} LIMIT 1",
        person,
        organisation,
    )
    return bool(found)


async def has_open_one(scope: Scope, person: str) -> bool:
    """Whether a person asked for a task of the desk's region, or is on its way there."""
    found = await Match.raw(
        "SELECT 1 AS one FROM match m JOIN posting p ON p.id = m.posting WHERE m.person = {}"
        " AND p.region = {} AND m.state NOT IN ('', 'suggested', 'closed', 'done') LIMIT 1",
        person,
        scope.region,
    )
    return bool(found)
