"""Several dates: a no to one keeps the others, and a later one is there while the next is full."""

import asyncio
from datetime import date

import msgspec
import pytest

from bruecke.actions.matches import (
    accept_place,
    approve,
    offer_free_places,
    refuse_place,
    say_no,
    suggesting,
    undo,
    withdraw,
)
from bruecke.clock import DAY
from bruecke.domain.access import Actor, Scope
from bruecke.domain.errors import MatchMoved, NotThere
from bruecke.domain.shift import Plan
from bruecke.store import matches, openings, postings, shifts
from bruecke.store.ids import new_id
from bruecke.store.tables import Match, Opening, Posting
from bruecke.store.transaction import transaction
from tests.actions.match_cast import (
    LATER,
    NOW,
    TODAY,
    World,
    another_date,
    approved,
    interested,
    person,
    reason,
    state,
    taken,
    world,
)
from tests.actions.test_suggesting import speaker
from tests.support.profiles import wrong_profiles

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

NEXT, AFTER = date(2026, 10, 5), date(2026, 10, 12)
NOON = LATER + DAY


async def two_offers() -> tuple[World, Actor, list[str]]:
    """Amina gave back both of her dates; they are held for Olena, who was in line for both."""
    here = await world(places=1)
    dates = [msgspec.structs.replace(here, opening=await another_date(here, AFTER)), here]
    given = [await approved(one, "Amina") for one in dates]
    olena = await person("Olena")
    hers = []
    for one in dates:
        match = Match(
            id=new_id(), opening=one.opening, posting=here.posting, person=olena.id, source="self",
            state="waitlisted", moved_at=NOW, created_at=NOW,
        )  # fmt: skip
        await matches.add(match)
        hers.append(str(match.id))
    for who, match in given:
        await withdraw(who, match, LATER + 40)
    await offer_free_places(NOON, TODAY)
    assert [await state(one) for one in hers] == ["offered", "offered"]
    return here, olena, hers


async def test_a_no_to_one_offered_place_keeps_the_other_and_undo_brings_it_back() -> None:
    here, olena, hers = await two_offers()
    assert await refuse_place(olena, hers[1], NOON + 10) == hers[1]
    assert [await state(one) for one in hers] == ["offered", "closed"]
    assert (await reason(hers[1]), await taken(here.opening)) == ("declined", 0)
    await undo(olena, hers[1], NOON + 12)
    assert [await state(one) for one in hers] == ["offered", "offered"]
    assert await taken(here.opening) == 1


async def test_a_no_to_the_task_gives_no_offered_place_away() -> None:
    here, olena, hers = await two_offers()
    with pytest.raises(MatchMoved, match="offered"):
        await say_no(olena, here.posting, NOON + 10, TODAY)
    assert [await state(one) for one in hers] == ["offered", "offered"]


async def test_only_who_is_offered_a_place_refuses_it() -> None:
    here, olena, hers = await two_offers()
    for stranger in (await person("Samuel"), here.anna, here.leyla):
        with pytest.raises(NotThere):
            await refuse_place(stranger, hers[0], NOON + 10)
    await accept_place(olena, hers[0], NOON + 10)
    with pytest.raises(MatchMoved, match="interested"):
        await refuse_place(olena, hers[0], NOON + 11)
    amina, match = await interested(here, "Amina")
    await undo(amina, match, NOW + 1)
    with pytest.raises(MatchMoved, match="suggested"):
        await refuse_place(amina, match, NOON + 10)


async def test_taking_back_a_no_brings_back_every_suggestion_it_ended() -> None:
    here = await world()
    there = await another_date(here, AFTER)
    amina = await person("Amina")
    asked = []
    for opening in (here.opening, there):
        match = Match(
            id=new_id(), opening=opening, posting=here.posting, person=amina.id, source="engine",
            state="suggested", moved_at=NOW, created_at=NOW,
        )  # fmt: skip
        await matches.add(match)
        asked.append(str(match.id))
    made = await say_no(amina, here.posting, LATER, TODAY)
    assert made in asked and [await state(one) for one in asked] == ["closed", "closed"]
    before = await Match.count()
    for back in asked:
        await undo(amina, back, LATER + 5)
        assert [await state(one) for one in asked] == ["suggested", "suggested"]
        await say_no(amina, here.posting, LATER + 6, TODAY)
    assert await Match.count() == before


async def test_a_later_date_is_suggested_and_shown_while_the_next_one_is_full() -> None:
    here = await world(places=1)
    changed = {Posting.format: "recurring", Posting.kind: "opportunity", Posting.last_date: AFTER}
    await Posting.update({**changed, Posting.activity: "german"}).where(Posting.id == here.posting)
    later = await another_date(here, AFTER, places=1)
    amina, match = await interested(here, "Amina")
    await approve(here.anna, match, LATER)
    samuel = await speaker("Samuel")
    while await suggesting.work(LATER + 60):
        pass
    found = await matches.pairs_of_person(samuel.id)
    assert [one.opening for one in found] == [later]
    for seen in await postings.listed(Scope("kassel"), TODAY):
        assert (seen.next_on, seen.places_left, seen.is_full) == (AFTER, 1, False)
    assert await wrong_profiles(LATER + 60) == []
    there = msgspec.structs.replace(here, opening=later)
    await approve(here.anna, (await interested(there, "Olena"))[1], LATER)
    [full] = await postings.listed(Scope("kassel"), TODAY)
    assert (full.next_on, full.is_full) == (NEXT, True)
    await withdraw(amina, match, LATER + 40)
    [again] = await postings.listed(Scope("kassel"), TODAY)
    assert (again.next_on, again.is_full) == (NEXT, False)
    assert await wrong_profiles(LATER + 60) == []


async def test_who_frees_places_and_who_changes_them_never_wait_for_each_other() -> None:
    here = await world(places=2)
    both = [here.opening, await another_date(here, AFTER, places=2)]
    for opening in both:
        await approved(msgspec.structs.replace(here, opening=opening), "Amina")
    found = await Opening.select(Opening.id).order_by(Opening.id)
    first, last = (row["id"] for row in found)
    begun = asyncio.Event()

    async def end_opening_by_opening() -> None:
        async with transaction():
            await openings.free(first)
            begun.set()
            # Long enough for the other one to stand where it waits.
            await asyncio.sleep(0.2)
            await openings.free(last)

    async def change_the_calendar() -> None:
        await begun.wait()
        async with transaction():
            plan = Plan(resize=((last, 3), (first, 3)))
            assert await shifts.apply(here.posting, "Europe/Berlin", plan)

    await asyncio.gather(end_opening_by_opening(), change_the_calendar())
    rows = await Opening.select(Opening.capacity, Opening.taken)
    assert [(row["capacity"], row["taken"]) for row in rows] == [(3, 0), (3, 0)]
