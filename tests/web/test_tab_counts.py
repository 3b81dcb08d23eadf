"""What waits for a decision stands beside the tab under which it is found, and costs no query."""

import re

import httpx
import pytest

from bruecke.store import logins
from bruecke.store.tables import Login, Match
from tests.support.pair import become, let_time_pass, plant_cast, press, say_yes
from tests.support.web import plant_person, running_app
from tests.web.test_matches import approve

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def beside(browser: httpx.AsyncClient, path: str) -> dict[str, str]:
    """The numbers beside the tabs of a page, by address."""
    tabs = (await browser.get(path)).text.partition('class="tabs"')[2]
    found = re.findall(
        r'<a href="([^"]+)"[^>]*>(?:(?!</a>).)*class="count" id="waiting">(\d+)<', tabs
    )
    return dict(found)


async def test_each_side_sees_how_much_waits_for_it() -> None:
    cast = await plant_cast(places=3)
    async with running_app() as browser:
        first = await say_yes(browser, cast, cast.amina)
        await say_yes(browser, cast, cast.olena)
        await let_time_pass()
        await become(browser, cast.anna, "passkey")
        assert await beside(browser, "/desk/queue") == {"/desk/queue": "2"}
        people = f"/organisations/{cast.organisation}/people"
        await become(browser, cast.leyla)
        assert await beside(browser, people) == {}
        await approve(browser, cast, first)
        assert await beside(browser, "/desk/queue") == {"/desk/queue": "1"}
        await become(browser, cast.leyla)
        assert await beside(browser, people) == {people: "1"}
        await become(browser, cast.amina)
        assert await beside(browser, "/home") == {}
        await Match.update({Match.state: "offered"}).where(Match.id == first)
        assert await beside(browser, "/home") == {"/matches": "1"}


async def test_own_requests_and_those_of_the_own_association_are_not_counted() -> None:
    cast = await plant_cast(places=3)
    own = await plant_person("Kerstin", role="coordinator")
    async with running_app() as browser:
        await say_yes(browser, cast, own)
        await let_time_pass()
        await become(browser, own, "passkey")
        assert await beside(browser, "/desk/queue") == {}
        await become(browser, cast.anna, "passkey")
        assert await beside(browser, "/desk/queue") == {"/desk/queue": "1"}


async def test_a_decision_by_htmx_brings_the_new_number_along() -> None:
    cast = await plant_cast(places=3)
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        await let_time_pass()
        await become(browser, cast.anna, "passkey")
        answer = await press(
            browser, f"/desk/matches/{match}", f"/matches/{match}/approval", htmx=True
        )
        assert re.search(r'hx-target="#waiting"[^>]*><span[^>]* hidden>0</span>', answer.text)
        assert 'id="waiting"' in (await browser.get("/desk/queue")).text


async def test_the_numbers_come_with_the_login() -> None:
    cast = await plant_cast(places=3)
    async with running_app() as browser:
        await say_yes(browser, cast, cast.amina)
        await let_time_pass()
        await become(browser, cast.anna, "passkey")
    [login] = await Login.select(Login.id, Login.expires_at).where(Login.person == cast.anna)
    known = await logins.find(login["id"], login["expires_at"] - 1)
    assert known and [seat.waiting for seat in known.actor.seats] == [1]
