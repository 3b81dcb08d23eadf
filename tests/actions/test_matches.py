"""From the yes to the first meeting: who decides, and who gets the last place."""

import asyncio

import pytest

from bruecke.actions.matches import (
    accept_place,
    approve,
    close,
    confirm,
    decline,
    finish,
    met,
    report_problem,
    resume,
    undo,
)
from bruecke.domain.access import Seat
from bruecke.domain.errors import DomainError, MatchMoved
from bruecke.domain.match import DAY
from bruecke.store import history, matches
from bruecke.store.tables import Match
from tests.actions.match_cast import (
    CANARY,
    LATER,
    NOW,
    acting,
    approved,
    as_desk,
    as_roj,
    as_self,
    interested,
    person,
    state,
    taken,
    world,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def test_amina_gets_the_last_place_and_olena_waits_in_line() -> None:
    here = await world(places=1)
    amina, hers = await interested(here, "Amina")
    olena, other = await interested(here, "Olena", at=NOW + 1)
    assert [one.name for one in await matches.queue(as_desk(here), LATER)] == ["Amina", "Olena"]
    assert await approve(here.anna, hers, LATER) == "approved"
    assert await approve(here.anna, other, LATER) == "waitlisted"
    after = LATER + 30
    seen = await matches.of_organisation(as_roj(here), here.leyla.organisations[0], after)
    assert [(one.name, one.contact) for one in seen] == [("Amina", None)]
    await confirm(here.leyla, hers, after)
    opened = await matches.for_volunteer(as_self(amina), hers, after + 10)
    assert opened and opened.state == "confirmed" and opened.contact and opened.venue
    assert opened.contact.phone == "+4917139200011"
    theirs = await matches.for_organisation(as_roj(here), hers, after + 10)
    assert theirs and theirs.contact and theirs.contact.phone == CANARY
    await met(amina, hers, after + 100)
    await finish(here.leyla, hers, after + 200)
    assert (await state(hers), await state(other)) == ("done", "waitlisted")
    assert await taken(here.opening) == 1
    assert await history.of_thing(hers) == ["yes", "approve", "confirm", "meet", "finish"]
    over = await matches.for_volunteer(as_self(amina), hers, after + 200 + 14 * DAY)
    assert over and over.contact is None
    assert await matches.for_organisation(as_roj(here), other, after) is None
    assert await matches.for_volunteer(as_self(olena), hers, after) is None


async def test_eight_approvals_race_for_the_last_place_and_one_gets_it() -> None:
    here = await world(places=1)
    waiting = [(await interested(here, f"Amina {number}"))[1] for number in range(8)]
    answers = await asyncio.gather(*(approve(here.anna, match, LATER) for match in waiting))
    assert sorted(answers) == ["approved", *["waitlisted"] * 7]
    assert await taken(here.opening) == 1


async def test_two_coordinators_decide_on_one_match_and_one_wins() -> None:
    here = await world(places=3)
    _, match = await interested(here, "Amina")
    other = acting((await person("Mehmet")).id, Seat("coordinator", region="kassel"))
    answers = await asyncio.gather(
        approve(here.anna, match, LATER),
        decline(other, match, "no_time", LATER),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, MatchMoved) for answer in answers) == 1
    assert await taken(here.opening) == (await state(match) == "approved")


@pytest.mark.parametrize("fields", [{"home_visit": True}, {"with_children": True}])
async def test_homes_and_children_wait_for_an_adult_by_own_statement(
    fields: dict[str, bool],
) -> None:
    here = await world(**fields)
    _, match = await interested(here, "Amina", age_band="")
    with pytest.raises(DomainError, match=r"gate\.age"):
        await approve(here.anna, match, LATER)


async def test_a_problem_pauses_and_the_desk_resumes_or_closes() -> None:
    here = await world()
    amina, match = await approved(here, "Amina")
    await confirm(here.leyla, match, LATER + 31)
    await report_problem(amina, match, LATER + 100)
    assert await taken(here.opening) == 1
    await resume(here.anna, match, LATER + 200)
    assert await state(match) == "confirmed"
    await undo(here.anna, match, LATER + 201)
    assert await state(match) == "paused"
    await resume(here.anna, match, LATER + 210)
    await report_problem(here.leyla, match, LATER + 300)
    with pytest.raises(DomainError):
        await close(here.anna, match, "because", LATER + 400)
    await close(here.anna, match, "no_contact", LATER + 400)
    row = (await Match.select().where(Match.id == match))[0]
    assert (row["state"], row["closed_reason"]) == ("closed", "no_contact")
    assert await taken(here.opening) == 0
    with pytest.raises(MatchMoved):
        await accept_place(amina, match, LATER + 500)
