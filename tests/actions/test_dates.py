"""Several dates and tasks: the one that was chosen, else the first free one, and never two."""

import asyncio
from datetime import date, time

import pytest

from bruecke.actions.matches import approve, first_free, say_yes
from bruecke.domain.access import Actor
from bruecke.domain.errors import DomainError
from bruecke.store import matches, openings
from bruecke.store.ids import new_id
from bruecke.store.tables import Match, Opening, Shift
from tests.actions.match_cast import LATER, NOW, TODAY, YES, World, person, state, task, world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

DATES = (date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 19))


async def weeks(here: World) -> dict[tuple[date, str], str]:
    """The lunch table on three Mondays, each with cooking (1 place) and serving (2)."""
    await Opening.update({Opening.task: "Kochen"}).where(Opening.id == here.opening)
    made = {(DATES[0], "Kochen"): here.opening}
    [first] = await Opening.select(Opening.shift).where(Opening.id == here.opening)
    shifts = {DATES[0]: first["shift"]}
    for day in DATES[1:]:
        shifts[day] = new_id()
        await Shift.insert(
            Shift(
                id=shifts[day], posting=here.posting, held_on=day, starts=time(10), ends=time(14),
                zone="Europe/Berlin", state="planned",
            )
        )  # fmt: skip
    for day in DATES:
        for name, places in (("Kochen", 1), ("Austeilen", 2)):
            if (day, name) not in made:
                made[day, name] = new_id()
                await Opening.insert(
                    Opening(
                        id=made[day, name], posting=here.posting, shift=shifts[day], task=name,
                        capacity=places,
                    )
                )  # fmt: skip
    return made


async def opening_of(match: str) -> str:
    found = await Match.select(Match.opening).where(Match.id == match)
    return str(found[0]["opening"])


async def take(here: World, opening: str, name: str) -> Actor:
    """Somebody else has a place there already."""
    who = await person(name)
    match = await say_yes(who, here.posting, opening, YES, NOW, TODAY)
    assert await approve(here.anna, match, LATER) == "approved"
    return who


async def test_the_date_and_task_that_were_chosen_are_the_ones() -> None:
    here = await world()
    places = await weeks(here)
    amina = await person("Amina")
    chosen = places[DATES[2], "Kochen"]
    match = await say_yes(amina, here.posting, chosen, YES, NOW, TODAY)
    assert await opening_of(match) == chosen
    seen = (await matches.dated_postings([chosen]))[0]
    assert seen.next_on == DATES[2]


async def test_one_tap_takes_the_first_free_place_and_the_same_tap_no_second_date() -> None:
    here = await world()
    places = await weeks(here)
    for number, name in enumerate(("Kochen", "Austeilen", "Austeilen")):
        await take(here, places[DATES[0], name], f"Olena {number}")
    coming = await openings.coming(here.posting, LATER)
    assert first_free(coming).held_on == DATES[1]
    amina = await person("Amina")
    match = await say_yes(amina, here.posting, "", YES, LATER, TODAY)
    assert await opening_of(match) == places[DATES[1], "Austeilen"]
    await approve(here.anna, match, LATER + 20)
    await take(here, places[DATES[1], "Austeilen"], "Samuel")
    assert await say_yes(amina, here.posting, "", YES, LATER + 40, TODAY) == match
    assert await Match.count().where(Match.person == amina.id) == 1


async def test_a_second_date_is_a_second_yes() -> None:
    here = await world()
    places = await weeks(here)
    amina = await person("Amina")
    first = await say_yes(amina, here.posting, "", YES, NOW, TODAY)
    second = await say_yes(amina, here.posting, places[DATES[2], "Kochen"], YES, NOW, TODAY)
    assert first != second and await Match.count() == 2


async def test_a_date_that_is_gone_or_belongs_to_another_task_is_no_longer_there() -> None:
    here = await world()
    places = await weeks(here)
    _, foreign = await task(here.leyla.organisations[0], here.leyla.id, 1, DATES[0])
    await Shift.update({Shift.state: "cancelled"}).where(Shift.held_on == DATES[1])
    amina = await person("Amina")
    for gone in (places[DATES[1], "Kochen"], foreign, "A" * 22):
        with pytest.raises(DomainError, match="date_gone") as refused:
            await say_yes(amina, here.posting, gone, YES, NOW, TODAY)
        assert refused.value.field == "opening"
    assert await Match.count() == 0


async def test_a_suggestion_for_another_date_is_not_asked_about_any_more() -> None:
    here = await world()
    places = await weeks(here)
    amina = await person("Amina")
    suggested = Match(
        id=new_id(), opening=places[DATES[1], "Austeilen"], posting=here.posting, person=amina.id,
        source="engine", state="suggested", moved_at=NOW, created_at=NOW,
    )  # fmt: skip
    await matches.add(suggested)
    assert await say_yes(amina, here.posting, places[DATES[0], "Kochen"], YES, NOW, TODAY)
    assert await state(str(suggested.id)) == "closed"
    assert await matches.unsaid_suggestions(amina.id) == []


async def test_one_tap_on_a_suggestion_answers_the_date_that_was_suggested() -> None:
    here = await world()
    places = await weeks(here)
    amina = await person("Amina")
    suggested = Match(
        id=new_id(), opening=places[DATES[1], "Austeilen"], posting=here.posting, person=amina.id,
        source="engine", state="suggested", moved_at=NOW, created_at=NOW,
    )  # fmt: skip
    await matches.add(suggested)
    taps = await asyncio.gather(
        *(say_yes(amina, here.posting, "", YES, NOW, TODAY) for _ in range(2))
    )
    assert set(taps) == {suggested.id} and await state(str(suggested.id)) == "interested"
