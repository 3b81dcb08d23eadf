"""Two who shall not be brought together any more: wanted by one side, told to nobody else."""

import msgspec

from bruecke.actions import profiles
from bruecke.actions.matches.moving import make_one_of, of_side
from bruecke.domain.access import Actor, Scope
from bruecke.domain.errors import MatchMoved, NotThere
from bruecke.domain.match import places_moved
from bruecke.store import answers, blocks, history, matches
from bruecke.store.blocks import OwnBlock
from bruecke.store.matches import Record
from bruecke.store.transaction import transaction

_SIDES = ("volunteer", "organisation", "desk")
_TRIES = 5


class Blocked(msgspec.Struct, frozen=True):
    """For which of its sides somebody blocked, and the match's organisation."""

    side: str
    organisation: str


async def block(actor: Actor, match: str, whom: str, now: int) -> Blocked:
    """Keeps the two of a match apart from now on; the same block twice is one.

    `whom` "contact" means the posting's contact person, which only the volunteer may choose; else
    it is the organisation. Every open match between the two closes in the same transaction: places
    are free and contacts hidden at once, in the words of any other end. Raises NotThere for a match
    the actor does not see; MatchMoved if others kept moving the same matches all the time.
    """
    tries = 1
    while True:
        try:
            async with transaction():
                record, side = await of_side(actor, match, _SIDES, now)
                await _keep_apart(actor, record, side, whom, now)
            return Blocked(side, record.organisation)
        except MatchMoved:
            # Somebody moved one of them meanwhile: begin again from where it stands now.
            if tries == _TRIES:
                raise
            tries += 1


async def _keep_apart(actor: Actor, record: Record, side: str, whom: str, now: int) -> None:
    other = ""
    if whom == "contact":
        other = record.contact
        seen = await matches.for_volunteer(Scope(person=actor.id), record.id, now)
        known = seen.contact if seen else None
        # The list of own blocks names it: nobody learns a name that way before it was shown one.
        if side != "volunteer" or not other or known is None or not known.is_person:
            raise NotThere
    # Before anything is read: a yes and an approval hold the person too.
    for person in sorted({record.person, other} - {""}):
        await answers.lock(person)
    made = await blocks.add(record.person, record.organisation, other, side, actor.id, now)
    if made is None:
        return
    postings: set[str] = set()
    for one in await blocks.open_matches(made):
        found = await matches.get(one)
        if found is not None:
            after = await make_one_of(found, "close", "system", actor.id, now, "blocked")
            if places_moved(found.state, after):
                postings.add(found.posting)
    await history.note(actor.id, "block", "block", made, now)
    for posting in sorted(postings):
        await profiles.rewrite_posting(posting, now)


async def own(actor: Actor) -> list[OwnBlock]:
    """What the actor blocked itself, for the seats it still holds; a desk's needs the passkey."""
    return [one for one in await blocks.made_by(actor.id) if _still_theirs(actor, one)]


async def lift(actor: Actor, block: str, now: int) -> None:
    """Ends a block of one's own; what it closed stays closed. Raises NotThere for any other."""
    if not any(one.id == block for one in await own(actor)):
        raise NotThere
    async with transaction():
        if not await blocks.remove(block, actor.id):
            raise NotThere
        await history.note(actor.id, "unblock", "block", block, now)


def _still_theirs(actor: Actor, one: OwnBlock) -> bool:
    if one.made_by == "organisation":
        return one.organisation in actor.organisations
    return one.made_by == "volunteer" or bool(actor.desk_regions)
