"""A person as the desk that answers for it finds it."""

from bruecke.domain.access import Actor, Scope
from bruecke.domain.errors import NotThere
from bruecke.domain.person import Person
from bruecke.store import matches, people


async def of_desk(actor: Actor, person: str) -> Person:
    """A person of the actor's regions, or one with an open match of a task there.

    Who does something from home may live elsewhere: the desk of the task decides on it and has to
    reach the person. Raises NotThere for all others and for the actor itself.
    """
    for region in actor.desk_regions if person != actor.id else ():
        scope = Scope(region, actor.id)
        found = await people.in_region(scope, person)
        if found is None and await matches.has_open_one(scope, person):
            found = await people.me(Scope(person=person))
        if found is not None:
            return found
    raise NotThere
