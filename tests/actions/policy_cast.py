"""A region that lets simple cases pass, and the policy looking at what is due."""

from datetime import date, time

import msgspec

from bruecke.actions.matches import approve, confirm, decide_by_policy, met
from bruecke.actions.regions import set_policy
from bruecke.store import deliveries, people
from bruecke.store.ids import new_id
from bruecke.store.tables import Delivery, Match, Notification, Opening, Organisation, Shift
from tests.actions.match_cast import LATER, NOW, World, interested, task, world

PUBLIC = "+4956120099001"
# When a yes said at NOW can no longer be taken back.
LOOKS = NOW + 10


async def trusted(places: int = 1, **fields: object) -> World:
    """Roj has had a match that took place, and the region's switch is on."""
    here = await world(places, **{"advance_consent": True, **fields})
    home = here.leyla.organisations[0]
    await Organisation.update({Organisation.public_phone: PUBLIC}, force=True)
    await people.add_membership(here.anna.id, "coordinator", NOW, region="kassel")
    await people.add_membership(here.leyla.id, "representative", NOW, organisation=home)
    posting, opening = await task(home, here.leyla.id, 1, date(2026, 10, 1))
    there = msgspec.structs.replace(here, posting=posting, opening=opening)
    _, match = await interested(there, "Samuel", phone="+4917139200022")
    await approve(here.anna, match, LATER)
    await confirm(here.leyla, match, LATER + 40)
    await met(here.leyla, match, LATER + 60)
    await Match.update({Match.visible_from_at: NOW}).where(Match.id == match)
    await Delivery.delete(force=True)
    await Notification.delete(force=True)
    await set_policy("kassel", True, NOW)
    return here


async def second_date(here: World, held_on: date) -> str:
    """The same task once more on another day; answers the opening."""
    shift = Shift(
        id=new_id(), posting=here.posting, held_on=held_on, starts=time(10), ends=time(14),
        zone="Europe/Berlin", state="planned",
    )  # fmt: skip
    await Shift.insert(shift)
    opening = Opening(id=new_id(), posting=here.posting, shift=shift.id)
    await Opening.insert(opening)
    return str(opening.id)


async def policy_looks(now: int = LOOKS) -> int:
    """What the worker does with the rows that are due; answers how many there were."""
    due = [row for row in await deliveries.claim(60, 60, now) if row.channel == "policy"]
    for row in due:
        await decide_by_policy(row.id, row.sealed, now)
    return len(due)


async def by_policy(match: str) -> str:
    """How far the policy brought it."""
    found = await Match.select(Match.by_policy).where(Match.id == match)
    return str(found[0]["by_policy"])
