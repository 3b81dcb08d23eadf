"""The organisation's yes."""

from bruecke.actions.matches.contact import refuse_unconfirmed
from bruecke.actions.matches.moving import make, of_side
from bruecke.domain.access import Actor
from bruecke.store.transaction import transaction


async def confirm(actor: Actor, match: str, now: int) -> str:
    """A representative says yes: contacts open once the undo has run out.

    Raises NotThere, MatchMoved, or DomainError while nobody knows whether the person's contact is
    right.
    """
    async with transaction():
        record, side = await of_side(actor, match, ("organisation",), now)
        await make(record, "confirm", side, actor.id, now)
        await refuse_unconfirmed(record)
    return match
