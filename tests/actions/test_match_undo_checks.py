"""Undo brings no yes of the desk back whose check was taken away meanwhile."""

import asyncio

import pytest

from bruecke.actions.checks import record, take_back
from bruecke.actions.matches import approve, confirm, met, refuse, undo, withdraw
from bruecke.domain.check import Entry
from bruecke.domain.errors import DomainError
from bruecke.store import checks
from bruecke.store.ids import new_id
from tests.actions.match_cast import LATER, NOW, TODAY, World, interested, state, taken, world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

GONE = r"matches\.error\.checks"


async def seen(here: World, person: str) -> str:
    """Anna enters a talk with this person."""
    entry = Entry(kind="interview", seen_on=TODAY)
    return await record(here.anna, person, entry, new_id(), NOW, TODAY)


async def test_a_refusal_is_not_undone_onto_a_check_that_is_gone() -> None:
    here = await world(checks="interview")
    amina, match = await interested(here, "Amina")
    check = await seen(here, amina.id)
    await approve(here.anna, match, LATER)
    await refuse(here.leyla, match, "refused", LATER + 40)
    await take_back(here.anna, amina.id, check, LATER + 41)
    with pytest.raises(DomainError, match=GONE):
        await undo(here.leyla, match, LATER + 42)
    assert (await state(match), await taken(here.opening)) == ("closed", 0)
    await seen(here, amina.id)
    await undo(here.leyla, match, LATER + 43)
    assert (await state(match), await taken(here.opening)) == ("approved", 1)


async def test_a_place_in_line_is_not_undone_onto_a_check_that_is_gone() -> None:
    here = await world(places=1, checks="interview")
    amina, first = await interested(here, "Amina")
    olena, second = await interested(here, "Olena")
    await seen(here, amina.id)
    check = await seen(here, olena.id)
    await approve(here.anna, first, LATER)
    assert await approve(here.anna, second, LATER) == "waitlisted"
    await withdraw(olena, second, LATER + 40)
    await take_back(here.anna, olena.id, check, LATER + 41)
    with pytest.raises(DomainError, match=GONE):
        await undo(olena, second, LATER + 42)
    assert await state(second) == "closed"


async def test_undo_within_a_match_that_goes_on_asks_nothing_anew() -> None:
    here = await world(checks="interview")
    amina, match = await interested(here, "Amina")
    await seen(here, amina.id)
    await approve(here.anna, match, LATER)
    await confirm(here.leyla, match, LATER + 40)
    await met(here.leyla, match, LATER + 60)
    await undo(here.leyla, match, LATER + 61)
    assert await state(match) == "confirmed"


async def test_taking_back_and_undoing_at_once_leaves_no_yes_without_its_check() -> None:
    here = await world(places=6, checks="interview")
    pairs = [await interested(here, f"Amina {number}") for number in range(6)]
    kept = [await seen(here, who.id) for who, _ in pairs]
    for _, match in pairs:
        await approve(here.anna, match, LATER)
        await refuse(here.leyla, match, "refused", LATER + 40)
    await asyncio.gather(
        *(
            act
            for (who, match), check in zip(pairs, kept, strict=True)
            for act in (
                undo(here.leyla, match, LATER + 45),
                take_back(here.anna, who.id, check, LATER + 45),
            )
        ),
        return_exceptions=True,
    )
    for who, match in pairs:
        stands = await state(match) == "approved"
        assert stands == bool(await checks.of_person(who.id))
