"""Who sees a match, and from when its contacts are open."""

import msgspec
import pytest

from bruecke.actions.matches import (
    approve,
    confirm,
    confirm_by_phone,
    decline,
    look,
    number_is_right,
    refuse,
    withdraw,
)
from bruecke.domain.access import Seat
from bruecke.domain.errors import DomainError, NotThere
from bruecke.store import matches
from tests.actions.match_cast import (
    CANARY,
    LATER,
    acting,
    as_desk,
    as_roj,
    as_self,
    interested,
    person,
    state,
    world,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def test_no_contact_is_in_any_view_before_confirmed_and_none_after_closed() -> None:
    here = await world()
    amina, match = await interested(here, "Amina")

    async def leaks(at: int) -> bool:
        views = [
            await matches.for_volunteer(as_self(amina), match, at),
            await matches.of_volunteer(as_self(amina), at),
            await matches.for_organisation(as_roj(here), match, at),
            await matches.of_organisation(as_roj(here), here.leyla.organisations[0], at),
            await matches.queue(as_desk(here), at),
        ]
        text = msgspec.json.encode(views).decode()
        return CANARY in text or "+4917139200011" in text or "Holländische" in text

    assert not await leaks(LATER)
    await approve(here.anna, match, LATER)
    assert not await leaks(LATER) and not await leaks(LATER + 31)
    await confirm_by_phone(here.anna, match, LATER + 31)
    assert not await leaks(LATER + 60)
    assert await leaks(LATER + 61)
    await withdraw(amina, match, LATER + 100)
    assert not await leaks(LATER + 100) and not await leaks(LATER + 200)


async def test_nothing_is_confirmed_before_the_number_is_right() -> None:
    here = await world()
    samuel, match = await interested(here, "Samuel", confirmed=False)
    await approve(here.anna, match, LATER)
    for refused in (
        confirm(here.leyla, match, LATER + 31),
        confirm_by_phone(here.anna, match, LATER + 31),
    ):
        with pytest.raises(DomainError, match="contact_unconfirmed"):
            await refused
    await number_is_right(here.anna, samuel.id, LATER + 32)
    await confirm(here.leyla, match, LATER + 33)
    assert await state(match) == "confirmed"


async def test_a_foreign_region_an_own_match_and_an_own_organisation_are_not_there() -> None:
    here = await world()
    amina, match = await interested(here, "Amina")
    home = here.leyla.organisations[0]
    strangers = [
        acting((await person("Jana")).id, Seat("coordinator", region="dortmund")),
        acting(amina.id, Seat("coordinator", region="kassel")),
        acting(
            here.leyla.id,
            Seat("coordinator", region="kassel"),
            Seat("representative", organisation=home),
        ),
        here.leyla,
        acting((await person("Samuel")).id),
    ]
    for stranger in strangers:
        with pytest.raises(NotThere):
            await approve(stranger, match, LATER)
        with pytest.raises(NotThere):
            await decline(stranger, match, "no_time", LATER)
        with pytest.raises(NotThere):
            await look(stranger, match, LATER)
    with pytest.raises(NotThere):
        await number_is_right(strangers[0], amina.id, LATER)
    with pytest.raises(NotThere):
        await number_is_right(strangers[1], amina.id, LATER)
    assert await matches.queue(as_self(amina), LATER) == []
    await approve(here.anna, match, LATER)
    with pytest.raises(NotThere):
        await refuse(strangers[-1], match, "refused", LATER + 40)
    assert await matches.of_organisation(as_desk(here), home, LATER + 40) == []
