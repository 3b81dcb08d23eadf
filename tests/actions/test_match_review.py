"""What a fresh pair of eyes found once, and must not come back."""

from datetime import date

import pytest

from bruecke.actions.matches import (
    approve,
    confirm,
    confirm_by_phone,
    number_is_right,
    report_problem,
    say_yes,
    undo,
    withdraw,
)
from bruecke.actions.postings import close
from bruecke.domain.errors import MatchMoved, NotThere
from bruecke.store import matches
from bruecke.store.tables import Consent, Opening, Posting
from tests.actions.match_cast import (
    LATER,
    NOW,
    TODAY,
    YES,
    approved,
    as_self,
    interested,
    person,
    state,
    taken,
    task,
    world,
)
from tests.support.web import plant_region, running_app

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def test_a_problem_opens_no_contact_that_a_hidden_yes_would_have_opened() -> None:
    here = await world()
    amina, match = await approved(here, "Amina")
    at = LATER + 600
    await confirm_by_phone(here.anna, match, at)
    await report_problem(amina, match, at + 1)
    seen = await matches.for_volunteer(as_self(amina), match, at + 60)
    assert seen and seen.contact is None


async def test_an_undo_brings_nobody_back_to_a_closed_task() -> None:
    here = await world()
    amina, match = await approved(here, "Amina")
    at = LATER + 600
    await withdraw(amina, match, at)
    await close(here.leyla, here.posting, "not_found", at + 1, TODAY)
    with pytest.raises(MatchMoved):
        await undo(amina, match, at + 2)
    assert (await state(match), await taken(here.opening)) == ("closed", 0)


async def test_a_yes_after_the_end_finds_nothing() -> None:
    here = await world()
    amina = await person("Amina")
    await close(here.leyla, here.posting, "not_found", LATER, TODAY)
    with pytest.raises(NotThere):
        await say_yes(amina, here.posting, "", YES, LATER + 60, TODAY)


async def test_a_consent_that_another_yes_rests_on_stays() -> None:
    here = await world()
    amina, first = await interested(here, "Amina", at=NOW)
    organisation = str(
        (await Posting.select().where(Posting.id == here.posting))[0]["organisation"]
    )
    other, _ = await task(organisation, here.leyla.id, 1, await _date(here.posting))
    await say_yes(amina, other, "", YES, NOW + 1, TODAY)
    await undo(amina, first, NOW + 2)
    (consent,) = await Consent.select().where(Consent.person == amina.id)
    assert consent["withdrawn_at"] == 0


async def test_an_address_with_a_zero_byte_is_not_there() -> None:
    await world()
    async with running_app() as browser:
        for path in ("/organisations/%00", "/postings/%00", "/postings?region=%00", "/r/%00"):
            assert (await browser.get(path)).status_code == 404, path
    assert await Opening.count() == 1


async def _date(posting: str) -> date:
    found: date = (await Posting.select().where(Posting.id == posting))[0]["starts_on"]
    return found


async def test_the_desk_reaches_somebody_of_another_region_who_helps_from_home() -> None:
    here = await world()
    await plant_region("dortmund", "Dortmund")
    await Posting.update({Posting.format: "remote"}).where(Posting.id == here.posting)
    stranger = await person("Samuel", confirmed=False, region="dortmund")
    with pytest.raises(NotThere):
        await number_is_right(here.anna, stranger.id, NOW)
    olena, match = await interested(here, "Olena", confirmed=False, region="dortmund")
    assert await approve(here.anna, match, LATER) == "approved"
    await number_is_right(here.anna, olena.id, LATER + 20)
    await confirm(here.leyla, match, LATER + 40)
    assert await state(match) == "confirmed"
