"""What a region's policy reads and writes of matches."""

from bruecke.domain.match import UNREPORTED
from bruecke.store.tables import Match


async def mark_passed(match: str, state: str) -> None:
    """Keeps that the policy brought a match to `state`: "approved" or "confirmed"."""
    await Match.update({Match.by_policy: state}).where(Match.id == match)


async def was_active(organisation: str, now: int) -> bool:
    """Whether people of this organisation and a volunteer have met, and nobody can undo it."""
    found = await Match.raw(
        "SELECT 1 AS one FROM match m JOIN posting p ON p.id = m.posting"
        " WHERE p.organisation = {} AND (m.state = 'active' AND m.visible_from_at <= {}"
        " OR m.state = 'done' AND m.closed_reason <> {}"
        " OR m.state IN ('paused', 'closed') AND m.prior_state = 'active') LIMIT 1",
        organisation,
        now,
        UNREPORTED,
    )
    return bool(found)
