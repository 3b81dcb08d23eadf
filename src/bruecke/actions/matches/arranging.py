"""What a volunteer adds after its yes: who calls whom, and how many come."""

from bruecke.actions.matches.moving import of_side, seen_by
from bruecke.domain.access import Actor
from bruecke.domain.errors import DomainError, MatchMoved
from bruecke.domain.match import ARRANGES, CALLS, MOST_COUNTED
from bruecke.store import matches
from bruecke.store.transaction import transaction


async def choose_contact(actor: Actor, match: str, calls: str, party_size: int, now: int) -> None:
    """Keeps one of CALLS and how many come (1 to 3, 3 for more) on an own match.

    It takes no more places. Possible until contacts are open, also in the seconds in which the
    association may still take its yes back. Raises NotThere, MatchMoved, DomainError for anything
    else.
    """
    if calls not in CALLS:
        raise DomainError("error.invalid", "calls")
    if not 1 <= party_size <= MOST_COUNTED:
        raise DomainError("error.invalid", "party_size")
    async with transaction():
        record, side = await of_side(actor, match, ("volunteer",), now)
        seen = seen_by(record, side, now)
        if seen not in ARRANGES:
            raise MatchMoved(seen)
        if not await matches.arrange(record, calls, party_size):
            raise MatchMoved(await matches.state_of(match))
