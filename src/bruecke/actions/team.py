"""A representative's seat ends: postings stay, what the person could open closes."""

from bruecke.domain.access import Actor
from bruecke.domain.errors import DomainError, NotThere
from bruecke.store import hand_over_codes, history, organisations, people, postings
from bruecke.store.transaction import transaction


async def leave(actor: Actor, organisation: str, now: int) -> None:
    """A representative gives up the seat; postings stay and are answered for by another one.

    Raises NotThere without a seat, DomainError for the last representative.
    """
    if organisation not in actor.organisations:
        raise NotThere
    async with transaction():
        # Two who leave at once must not both see the other one still there.
        await organisations.lock(organisation)
        others = [one.id for one in await people.team(organisation) if one.id != actor.id]
        if not others:
            raise DomainError("organisations.error.last_representative")
        await give_up_seat(organisation, actor.id, others[0], now)
        await history.note(actor.id, "left_team", "organisation", organisation, now)


async def give_up_seat(organisation: str, person: str, heir: str, now: int) -> None:
    """Inside the running transaction: the seat ends, the postings' contact becomes `heir`, and
    invites this person made open nothing any more."""
    await people.end_membership(person, organisation, now)
    await postings.change_contact(organisation, person, heir)
    await hand_over_codes.revoke_invites(organisation, now, person)
