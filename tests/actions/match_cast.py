"""The cast of the match tests: one association in Kassel, its desk, and who wants to help."""

from datetime import date, time

import msgspec

from bruecke.actions.matches import Yes, approve, say_yes
from bruecke.domain.access import Actor, Scope, Seat
from bruecke.domain.organisation import Organisation
from bruecke.domain.person import Person
from bruecke.store import organisations, people
from bruecke.store.ids import new_id
from bruecke.store.tables import Match, Opening, Posting, Shift
from tests.support.web import plant_region

NOW = 1_790_000_000
TODAY = date(2026, 9, 21)
LATER = NOW + 60
YES = Yes(consent=True)
CANARY = "+4917139209999"


class World(msgspec.Struct):
    """Who is there, and the lunch table they all want to help at."""

    leyla: Actor
    anna: Actor
    posting: str
    opening: str


def acting(person: str, *seats: Seat, region: str = "kassel") -> Actor:
    """Somebody with exactly these seats."""
    return Actor(person, "Somebody", region, "de", "passkey", "login", seats=seats)


async def person(name: str, confirmed: bool = True, **fields: str) -> Actor:
    """A volunteer of Kassel, an adult with a phone unless `fields` says otherwise."""
    said = {"region": "kassel", "age_band": "adult", "phone": CANARY, **fields}
    made = Person(id=new_id(), name=name, **said)  # type: ignore[arg-type]
    await people.add(made, "desk-kassel", "", NOW)
    if confirmed:
        await people.update(made.id, phone_confirmed_at=NOW)
    return acting(made.id, region=said["region"])


async def world(places: int = 1, held_on: date = date(2026, 10, 5), **fields: object) -> World:
    """Roj Kulturhaus e.V. looks for help on one Monday."""
    await plant_region()
    leyla = await person("Leyla", phone="+4917139200011")
    home = Organisation(id=new_id(), region="kassel", name="Roj Kulturhaus e.V.", verified_at=NOW)
    await organisations.add(home, "desk-kassel")
    anna = await person("Anna Berger")
    posting, opening = await task(home.id, leyla.id, places, held_on, **fields)
    return World(
        acting(leyla.id, Seat("representative", organisation=home.id)),
        acting(anna.id, Seat("coordinator", region="kassel")),
        posting,
        opening,
    )


async def task(
    organisation: str, contact: str, places: int, held_on: date, **fields: object
) -> tuple[str, str]:
    """One more posting: (posting, opening)."""
    said = {"state": "open", "age_bands": "", "checks": "", **fields}
    posting = Posting(
        id=new_id(), region="kassel", organisation=organisation, contact=contact, kind="need",
        template="lunch_table", activity="cooking", format="one_off", venue="Holländische Str. 1",
        starts_on=held_on, last_date=held_on, published_at=NOW, created_at=NOW, **said,
    )  # fmt: skip
    await Posting.insert(posting)
    shift = Shift(
        id=new_id(), posting=posting.id, held_on=held_on, starts=time(10), ends=time(14),
        zone="Europe/Berlin", state="planned",
    )  # fmt: skip
    await Shift.insert(shift)
    opening = Opening(id=new_id(), posting=posting.id, shift=shift.id, capacity=places)
    await Opening.insert(opening)
    return str(posting.id), str(opening.id)


async def another_date(here: World, held_on: date, places: int = 1) -> str:
    """The same task once more on another day: its opening."""
    shift = Shift(
        id=new_id(), posting=here.posting, held_on=held_on, starts=time(10), ends=time(14),
        zone="Europe/Berlin", state="planned",
    )  # fmt: skip
    await Shift.insert(shift)
    opening = Opening(id=new_id(), posting=here.posting, shift=shift.id, capacity=places)
    await Opening.insert(opening)
    return str(opening.id)


async def interested(
    here: World, name: str, at: int = NOW, confirmed: bool = True, **fields: str
) -> tuple[Actor, str]:
    """Somebody who said yes: (person, match)."""
    who = await person(name, confirmed, **fields)
    return who, await say_yes(who, here.posting, here.opening, YES, at, TODAY)


async def approved(here: World, name: str) -> tuple[Actor, str]:
    """Somebody the desk said yes to."""
    who, match = await interested(here, name)
    assert await approve(here.anna, match, LATER) == "approved"
    return who, match


async def state(match: str) -> str:
    """Where a match really stands."""
    found = await Match.select(Match.state).where(Match.id == match)
    return str(found[0]["state"])


async def reason(match: str) -> str:
    """Why it ended."""
    found = await Match.select(Match.closed_reason).where(Match.id == match)
    return str(found[0]["closed_reason"])


async def taken(opening: str) -> int:
    """How many places are held."""
    found = await Opening.select(Opening.taken).where(Opening.id == opening)
    return int(found[0]["taken"])


def as_desk(here: World) -> Scope:
    """What Anna asks with."""
    return Scope("kassel", here.anna.id)


def as_roj(here: World) -> Scope:
    """What Leyla asks with."""
    return Scope("kassel", here.leyla.id, here.leyla.organisations)


def as_self(who: Actor) -> Scope:
    """What a volunteer asks with."""
    return Scope(who.region, who.id)
