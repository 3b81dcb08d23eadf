"""The desk's queue: decides one pair after the other, by page or by htmx, and takes it back."""

import json
import re

import httpx
import pytest

from bruecke.clock import now
from bruecke.store import people
from bruecke.store.tables import Match, Person, Posting
from tests.support.pair import (
    AMINAS,
    Cast,
    become,
    let_time_pass,
    plant_cast,
    press,
    say_yes,
    shows,
)
from tests.support.web import plant_person, plant_region, running_app, token_in
from tests.web.test_organisations import seen

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def two_ask(browser: httpx.AsyncClient, cast: Cast) -> tuple[str, str]:
    """Amina and Olena want to help, in this order."""
    first = await say_yes(browser, cast, cast.amina)
    await let_time_pass(120)
    second = await say_yes(browser, cast, cast.olena)
    await let_time_pass(120)
    await Match.update({Match.created_at: Match.created_at - 60}).where(Match.id == first)
    await become(browser, cast.anna, "passkey")
    return first, second


async def state_of(match: str) -> str:
    row = await Match.select(Match.state).where(Match.id == match).first()
    assert row
    return str(row["state"])


async def test_the_queue_shows_the_oldest_first_with_both_sides() -> None:
    cast = await plant_cast(places=2)
    async with running_app() as browser:
        first, second = await two_ask(browser, cast)
        page = (await browser.get("/desk/queue")).text
        assert "2 Anfragen" in page and page.index(first) < page.index(second)
        opened = await browser.get(f"/desk/matches/{first}")
        assert "4 von 4 passen" in opened.text and "Roj Kulturhaus" in opened.text
        assert shows(opened, AMINAS) and "Nummer stimmt" in opened.text
        assert "2 Anfragen" in (await browser.get("/desk")).text


async def test_a_yes_leads_to_the_next_one_and_can_be_taken_back() -> None:
    cast = await plant_cast(places=2)
    async with running_app() as browser:
        first, second = await two_ask(browser, cast)
        answer = await press(browser, f"/desk/matches/{first}", f"/matches/{first}/approval")
        assert answer.headers["location"] == f"/desk/matches/{second}?undo={first}"
        page = (await browser.get(answer.headers["location"])).text
        assert "freigegeben" in page and f"/matches/{first}/undo" in page
        undone = await press(
            browser, "/desk/queue", f"/matches/{first}/undo", next=f"/desk/matches/{first}"
        )
        assert undone.headers["location"] == f"/desk/matches/{first}?done=undone"
        assert await state_of(first) == "interested"


async def test_htmx_gets_the_inside_of_the_desk_the_toast_and_the_address() -> None:
    cast = await plant_cast(places=2)
    async with running_app() as browser:
        first, second = await two_ask(browser, cast)
        answer = await press(
            browser, f"/desk/matches/{first}", f"/matches/{first}/approval", htmx=True
        )
        assert answer.status_code == 200 and "<html" not in answer.text
        assert '<hx-partial hx-target="#toast"' in answer.text
        assert answer.headers["hx-replace-url"] == f"/desk/matches/{second}"
        assert "Amina" in json.loads(answer.headers["hx-trigger"])["announce"]["text"]
        assert f'action="/matches/{second}/approval"' in answer.text
        assert token_in(answer.text)


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_pair_that_moved_meanwhile_says_so_on_the_spot(htmx: bool) -> None:
    cast = await plant_cast(places=2)
    async with running_app() as browser:
        first, _ = await two_ask(browser, cast)
        target = f"/matches/{first}/approval"
        await press(browser, f"/desk/matches/{first}", target)
        answer = await press(browser, f"/desk/matches/{first}", target, htmx=htmx)
        assert answer.status_code == 409
        assert "Inzwischen hat die Koordination zugestimmt." in answer.text
        assert ("<html" in answer.text) != htmx


async def test_two_for_one_place_the_second_goes_on_the_list() -> None:
    cast = await plant_cast(places=1)
    async with running_app() as browser:
        first, second = await two_ask(browser, cast)
        pages = [f"/desk/matches/{match}" for match in (first, second)]
        await press(browser, pages[0], f"/matches/{first}/approval")
        answer = await press(browser, pages[1], f"/matches/{second}/approval")
        page = (await browser.get(answer.headers["location"])).text
        assert "Warteliste" in page
    assert [await state_of(first), await state_of(second)] == ["approved", "waitlisted"]


async def test_a_no_needs_one_of_the_reasons() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        first, _ = await two_ask(browser, cast)
        page, target = f"/desk/matches/{first}", f"/matches/{first}/refusal"
        assert (await press(browser, page, target, reason="because")).status_code == 422
        assert await state_of(first) == "interested"
        answer = await press(browser, page, target, reason="no_time")
        assert answer.status_code == 303
    assert await state_of(first) == "closed"


async def test_the_desk_checks_the_number_and_confirms_by_phone() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        first, _ = await two_ask(browser, cast)
        page = f"/desk/matches/{first}"
        checked = await press(browser, page, f"/people/{cast.amina}/contact-check", next=page)
        assert checked.headers["location"] == f"{page}?done=number"
        assert "Nummer stimmt" not in (await browser.get(page)).text
        await press(browser, page, f"/matches/{first}/approval")
        await let_time_pass()
        answer = await press(browser, page, f"/matches/{first}/confirmation")
        assert answer.status_code == 303
    assert await state_of(first) == "confirmed"
    row = await Person.select().where(Person.id == cast.amina).first()
    assert row and row["phone_confirmed_at"]


async def test_a_problem_comes_to_the_desk_which_lets_it_go_on() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        first, _ = await two_ask(browser, cast)
        await press(browser, "/desk/queue", f"/matches/{first}/approval")
        await let_time_pass()
        await become(browser, cast.amina)
        await press(browser, "/matches", f"/matches/{first}/problem")
        await let_time_pass()
        await become(browser, cast.anna, "passkey")
        assert "Problem" in (await browser.get("/desk/queue")).text
        answer = await press(browser, f"/desk/matches/{first}", f"/matches/{first}/resumption")
        assert answer.status_code == 303
    assert await state_of(first) == "approved"


async def test_another_regions_pair_is_not_there() -> None:
    cast = await plant_cast()
    await plant_region("dortmund", "Dortmund")
    kerstin = await plant_person("Kerstin Vogt", "dortmund", "coordinator")
    async with running_app() as browser:
        first, _ = await two_ask(browser, cast)
        await become(browser, kerstin, "passkey")
        assert first not in (await browser.get("/desk/queue")).text
        both = (first, "AAAAAAAAAAAAAAAAAAAAAA")
        pages = [await browser.get(f"/desk/matches/{one}") for one in both]
        pages += [
            await press(browser, "/desk/queue", f"/matches/{one}/{move}", reason="no_time")
            for one in both
            for move in ("approval", "refusal", "confirmation", "resumption")
        ]
        pages.append(await press(browser, "/desk/queue", f"/people/{cast.amina}/contact-check"))
        assert {page.status_code for page in pages} == {404}
        assert len({seen(page) for page in pages}) == 1


async def test_an_empty_queue_says_what_comes_next() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        await become(browser, cast.anna, "passkey")
        page = (await browser.get("/desk/queue")).text
        assert "Nichts ist offen" in page
        assert re.search(r'src="/static/queue\.[0-9a-f]+\.js"', page)


async def test_who_decides_for_two_regions_has_both_in_one_queue() -> None:
    cast = await plant_cast()
    await plant_region("dortmund", "Dortmund")
    await people.add_membership(cast.anna, "coordinator", now(), region="dortmund")
    await Posting.update({Posting.region: "dortmund"}, force=True)
    await Person.update({Person.region: "dortmund"}).where(Person.id == cast.amina)
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        await let_time_pass()
        await become(browser, cast.anna, "passkey")
        assert f'id="open-{match}"' in (await browser.get("/desk/queue")).text
        assert "Amina" in (await browser.get(f"/desk/matches/{match}")).text
