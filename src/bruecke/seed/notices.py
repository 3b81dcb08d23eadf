"""What the people of the demo were told: the inbox says the same as their matches."""

from random import Random

from bruecke.clock import DAY
from bruecke.domain.notification import KINDS
from bruecke.seed.cast import coordinator_of
from bruecke.seed.people import seeded_id
from bruecke.seed.postings import Planned
from bruecke.store.tables import Match, Notification

# State a match stands in -> what was said when it came there.
_SAID: dict[str, tuple[str, ...]] = {
    "interested": ("interest",),
    "waitlisted": ("waitlisted",),
    "offered": ("offered",),
    "approved": ("approved", "asked"),
    "confirmed": ("confirmed",),
    "paused": ("rests", "problem"),
}
_UNREAD = 2 * DAY


def said(
    chance: Random, matches: list[Match], plans: list[Planned], now: int
) -> list[Notification]:
    """One line for each side a match concerns; what is older than two days was read."""
    rows = {plan.view.id: plan.row for plan in plans}
    found = []
    for match in matches:
        posting = rows[str(match.posting)]
        audience = {
            "volunteer": str(match.person),
            "organisation": str(posting.contact),
            "desk": coordinator_of(str(posting.region)),
        }
        for kind in _SAID.get(match.state, ()):
            found.append(
                Notification(
                    id=seeded_id(chance),
                    person=audience[KINDS[kind].audience],
                    kind=kind,
                    match=match.id,
                    message=seeded_id(chance),
                    dedupe_key=f"{kind}:{match.id}",
                    created_at=match.moved_at,
                    visible_from_at=match.moved_at,
                    read_at=match.moved_at if now - match.moved_at > _UNREAD else 0,
                )
            )
    return found
