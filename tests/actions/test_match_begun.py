"""What has begun takes nobody in any more, and what is over ends by itself, honestly."""

from datetime import date, time, timedelta

import pytest

from bruecke.actions.matches import (
    accept_place,
    approve,
    confirm,
    expire,
    finish,
    met,
    offer_free_places,
    say_yes,
    withdraw,
)
from bruecke.clock import DAY
from bruecke.domain.errors import DomainError
from bruecke.domain.match import starts_at
from bruecke.store import matches, openings
from bruecke.store.ids import new_id
from bruecke.store.tables import Match, Opening, Posting, Shift
from tests.actions.match_cast import (
    LATER,
    NOW,
    TODAY,
    YES,
    approved,
    as_roj,
    interested,
    person,
    reason,
    state,
    taken,
    world,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

# Roj's lunch begins at ten on 5 October.
LUNCH = starts_at(date(2026, 10, 5), time(10), "Europe/Berlin")


@pytest.mark.parametrize(("starts", "begins"), [(time(10), LUNCH), (None, LUNCH + 50_340)])
async def test_a_yes_on_the_day_counts_until_the_task_begins(
    starts: time | None, begins: int
) -> None:
    here = await world(places=2)
    await Shift.update({Shift.starts: starts}, force=True)
    _, early = await interested(here, "Amina", at=begins - 1)
    assert await state(early) == "interested"
    with pytest.raises(DomainError, match="over"):
        await interested(here, "Olena", at=begins)


async def test_a_yes_without_a_day_goes_to_the_next_date_that_has_not_begun() -> None:
    here = await world(places=1)
    later = Shift(
        id=new_id(), posting=here.posting, held_on=date(2026, 10, 12), starts=time(10),
        state="planned",
    )  # fmt: skip
    await Shift.insert(later)
    await Opening.insert(Opening(id="next", posting=here.posting, shift=later.id))
    await Posting.update({Posting.last_date: date(2026, 10, 12)}, force=True)
    olena = await person("Olena")
    match = await say_yes(olena, here.posting, "", YES, LUNCH, date(2026, 10, 5))
    assert (await Match.select(Match.opening).where(Match.id == match))[0]["opening"] == "next"


async def test_nothing_is_offered_or_accepted_once_the_task_has_begun() -> None:
    here = await world(places=1)
    amina, hers = await approved(here, "Amina")
    olena, other = await interested(here, "Olena")
    await withdraw(amina, hers, LUNCH - 60)
    await offer_free_places(LUNCH, date(2026, 10, 5))
    assert await state(other) == "waitlisted"
    await offer_free_places(LUNCH - 40, date(2026, 10, 5))
    assert await state(other) == "offered"
    with pytest.raises(DomainError, match="over"):
        await accept_place(olena, other, LUNCH)
    assert await state(other) == "offered"


async def test_what_was_agreed_and_never_reported_is_done_as_unreported() -> None:
    here = await world()
    _, match = await approved(here, "Amina")
    await confirm(here.leyla, match, LATER + 40)
    await expire(NOW, date(2026, 10, 5) + timedelta(days=7))
    assert await state(match) == "confirmed"
    end = LUNCH + 8 * DAY
    await expire(end, date(2026, 10, 5) + timedelta(days=8))
    assert (await state(match), await reason(match)) == ("done", "unreported")
    seen = await matches.for_organisation(as_roj(here), match, end + 14 * DAY - 1)
    assert seen and seen.contact
    seen = await matches.for_organisation(as_roj(here), match, end + 14 * DAY)
    assert seen and not seen.contact


@pytest.mark.parametrize("form", ["flexible", "tandem"])
async def test_an_agreed_tandem_is_not_ended_by_time(form: str) -> None:
    here = await world()
    _, match = await approved(here, "Amina")
    await confirm(here.leyla, match, LATER + 40)
    await Opening.update({Opening.shift: None}, force=True)
    await Posting.update({Posting.format: form}, force=True)
    for last in (date(2026, 10, 5), None):
        await Posting.update({Posting.last_date: last}, force=True)
        await expire(NOW, date(2027, 10, 5))
        assert await state(match) == "confirmed"


async def test_two_steps_told_at_once_are_no_unreported_end() -> None:
    here = await world()
    _, match = await approved(here, "Amina")
    await confirm(here.leyla, match, LATER + 40)
    await met(here.leyla, match, LATER + 100)
    await finish(here.leyla, match, LATER + 101)
    assert (await state(match), await reason(match)) == ("done", "")


async def test_the_desk_gives_no_place_at_a_task_that_has_begun() -> None:
    here = await world()
    _, match = await interested(here, "Amina")
    noon = NOW + 14 * DAY
    assert await openings.has_begun(here.opening, noon)
    with pytest.raises(DomainError, match="over"):
        await approve(here.anna, match, noon)
    assert await state(match) == "interested"


async def test_what_was_approved_and_never_answered_ends_with_its_date() -> None:
    here = await world()
    _, match = await approved(here, "Amina")
    await expire(NOW + 15 * DAY, date(2026, 10, 6))
    assert await state(match) == "closed"
    assert await taken(here.opening) == 0


async def test_contacts_of_one_date_close_after_it_and_not_after_the_rule() -> None:
    here = await world()
    rule = {Posting.format: "recurring", Posting.last_date: date(2027, 6, 28)}
    await Posting.update(rule).where(Posting.id == here.posting)
    _, match = await approved(here, "Amina")
    await confirm(here.leyla, match, LATER + 40)
    await met(here.leyla, match, LATER + 100)
    await expire(NOW + 100 * DAY, TODAY + timedelta(days=100))
    assert await state(match) == "done"
