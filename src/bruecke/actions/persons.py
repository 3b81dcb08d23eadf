"""A person as the desk that answers for it finds it."""

from bruecke.domain.access import Actor, Scope
from bruecke.domain.errors import NotThere
from bruecke.domain.person import Person
from bruecke.store import people


async def of_desk(actor: Actor, person: str) -> Person:
    """A person of the actor's regions; raises NotThere for all others and for the actor itself."""
    for region in actor.desk_regions if person != actor.id else ():
        found = await people.in_region(Scope(region, actor.id), person)
        if found is not None:
            return found
    raise NotThere
