"""What time does to matches: deadlines, silence, and the place that became free."""

from datetime import date, timedelta

import pytest

from bruecke.actions.matches import (
    accept_place,
    approve,
    confirm,
    end_of_posting,
    expire,
    met,
    offer_free_places,
    refuse_place,
    say_yes,
    silence,
    withdraw,
)
from bruecke.clock import DAY
from bruecke.delivery.sweep import sweep
from bruecke.domain.errors import MatchMoved
from bruecke.store import matches
from bruecke.store.tables import Match
from bruecke.store.transaction import transaction
from tests.actions.match_cast import (
    LATER,
    NOW,
    TODAY,
    YES,
    approved,
    as_self,
    interested,
    person,
    reason,
    state,
    taken,
    world,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def test_a_withdrawn_place_is_offered_to_the_next_in_line_after_the_undo() -> None:
    here = await world(places=1)
    amina, hers = await approved(here, "Amina")
    olena, other = await interested(here, "Olena")
    assert await state(other) == "waitlisted"
    await withdraw(amina, hers, LATER + 40)
    await offer_free_places(LATER + 49, TODAY)
    assert await state(other) == "waitlisted"
    await offer_free_places(LATER + 50, TODAY)
    await offer_free_places(LATER + 51, TODAY)
    assert (await state(other), await taken(here.opening)) == ("offered", 1)
    seen = await matches.for_volunteer(as_self(olena), other, LATER + 60)
    assert seen and seen.answer_until == LATER + 50 + 2 * DAY
    await accept_place(olena, other, LATER + 100)
    assert (await state(other), await taken(here.opening)) == ("interested", 0)


async def test_who_the_desk_had_agreed_to_is_approved_by_accepting() -> None:
    here = await world(places=1)
    amina, hers = await interested(here, "Amina")
    olena, other = await interested(here, "Olena")
    await approve(here.anna, hers, LATER)
    assert await approve(here.anna, other, LATER) == "waitlisted"
    await withdraw(amina, hers, LATER + 40)
    await offer_free_places(LATER + 60, TODAY)
    assert await say_yes(olena, here.posting, "", YES, LATER + 70, TODAY) == other
    assert (await state(other), await taken(here.opening)) == ("approved", 1)


async def test_a_place_somebody_accepted_is_not_offered_to_the_next() -> None:
    here = await world(places=1)
    amina, hers = await approved(here, "Amina")
    line = [
        await interested(here, name, NOW + place) for place, name in enumerate(("Olena", "Samuel"))
    ]
    await withdraw(amina, hers, LATER + 40)
    await offer_free_places(LATER + 60, TODAY)
    olena, first = line[0]
    await accept_place(olena, first, LATER + 70)
    await offer_free_places(LATER + 100, TODAY)
    assert [await state(match) for _, match in line] == ["interested", "waitlisted"]
    assert await approve(here.anna, first, LATER + 110) == "approved"


async def test_a_no_or_the_deadline_gives_an_offered_place_to_the_next() -> None:
    here = await world(places=1)
    amina, hers = await approved(here, "Amina")
    line = [
        await interested(here, name, NOW + place)
        for place, name in enumerate(("Olena", "Samuel", "Ali"))
    ]
    await withdraw(amina, hers, LATER + 40)
    await offer_free_places(LATER + 60, TODAY)
    await refuse_place(*line[0], LATER + 70)
    await offer_free_places(LATER + 90, TODAY)
    assert [await state(match) for _, match in line] == ["closed", "offered", "waitlisted"]
    await expire(LATER + 90 + 2 * DAY - 1, TODAY)
    assert await state(line[1][1]) == "offered"
    await expire(LATER + 90 + 2 * DAY, TODAY)
    await offer_free_places(LATER + 90 + 2 * DAY, TODAY)
    assert [await state(match) for _, match in line] == ["closed", "closed", "offered"]
    assert await reason(line[1][1]) == "expired"
    with pytest.raises(MatchMoved):
        await accept_place(line[1][0], line[1][1], LATER + 91 + 2 * DAY)
    assert await taken(here.opening) == 1


async def test_a_suggestion_ends_after_two_weeks_or_with_its_date() -> None:
    here = await world(held_on=date(2026, 12, 1))
    _, match = await interested(here, "Amina")
    await Match.update({Match.state: "suggested"}).where(Match.id == match)
    await expire(NOW + 14 * DAY - 1, TODAY)
    assert await state(match) == "suggested"
    await expire(NOW + 14 * DAY, TODAY)
    assert (await state(match), await reason(match)) == ("closed", "expired")
    await Match.update({Match.state: "suggested"}).where(Match.id == match)
    await expire(NOW + DAY, date(2026, 12, 2))
    assert await state(match) == "closed"


async def test_what_nobody_decided_before_its_date_was_the_desks_delay() -> None:
    here = await world()
    _, match = await interested(here, "Amina")
    await expire(NOW + DAY, date(2026, 10, 5))
    assert await state(match) == "interested"
    await expire(NOW + DAY, date(2026, 10, 6))
    assert (await state(match), await reason(match)) == ("closed", "desk_late")


async def test_an_association_that_is_silent_for_ten_days_loses_the_match() -> None:
    here = await world(places=1)
    _, match = await approved(here, "Amina")
    await silence(LATER + 10 * DAY - 1)
    assert await state(match) == "approved"
    await silence(LATER + 10 * DAY)
    assert (await state(match), await reason(match)) == ("closed", "organisation_silent")
    assert await taken(here.opening) == 0


async def test_what_went_on_is_done_a_week_after_its_last_date() -> None:
    here = await world()
    _, match = await approved(here, "Amina")
    await confirm(here.leyla, match, LATER + 40)
    await met(here.leyla, match, LATER + 100)
    await expire(NOW, date(2026, 10, 5) + timedelta(days=7))
    assert await state(match) == "active"
    await expire(NOW, date(2026, 10, 5) + timedelta(days=8))
    assert (await state(match), await taken(here.opening)) == ("done", 1)


async def test_nothing_is_offered_once_the_date_is_over() -> None:
    here = await world(places=1)
    amina, hers = await approved(here, "Amina")
    _, other = await interested(here, "Olena")
    await withdraw(amina, hers, LATER + 40)
    await offer_free_places(LATER + 60, date(2026, 10, 6))
    assert await state(other) == "waitlisted"


async def test_a_closed_posting_closes_its_matches_and_frees_the_places() -> None:
    here = await world(places=1)
    _, hers = await approved(here, "Amina")
    _, other = await interested(here, "Olena")
    async with transaction():
        await end_of_posting(here.posting, here.leyla.id, LATER + 40)
    assert [await state(hers), await state(other)] == ["closed", "closed"]
    assert (await reason(hers), await taken(here.opening)) == ("posting_closed", 0)


async def test_the_worker_lets_time_pass() -> None:
    here = await world(places=1)
    _, match = await approved(here, "Amina")
    await person("Olena")
    await sweep(LATER + 10 * DAY)
    assert await state(match) == "closed"
