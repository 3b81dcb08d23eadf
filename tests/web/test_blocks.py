"""Not with these two any more: said from three pages, read by nobody but the one who said it."""

import re

import httpx
import pytest

from bruecke.store.tables import Block, Match, Opening
from tests.support.pair import (
    LEYLAS,
    Cast,
    become,
    let_time_pass,
    plant_cast,
    press,
    say_yes,
    shows,
)
from tests.support.web import plant_person, running_app
from tests.web.test_matches import approve, number_is_right, state_of

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def confirmed(browser: httpx.AsyncClient, cast: Cast) -> str:
    """Amina and Roj Kulturhaus agreed, and both see the numbers."""
    match = await say_yes(browser, cast, cast.amina)
    await let_time_pass()
    await number_is_right(browser, cast)
    await approve(browser, cast, match)
    await become(browser, cast.leyla)
    people = f"/organisations/{cast.organisation}/people"
    await press(browser, people, f"/matches/{match}/confirmation")
    await let_time_pass()
    return match


async def test_a_volunteer_ends_it_for_good_and_may_lift_that_on_the_own_page() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match = await confirmed(browser, cast)
        await become(browser, cast.amina)
        own = f"/matches/{match}"
        page = await browser.get(own)
        assert "Nicht mehr mit diesem Verein" in page.text and shows(page, LEYLAS)
        assert "Nur mit <bdi>Leyla Aydin</bdi>" in page.text
        answer = await press(browser, own, f"{own}/block", whom="organisation")
        assert answer.headers["location"] == f"{own}?done=blocked"
        after = await browser.get(answer.headers["location"])
        assert "Beendet" in after.text and not shows(after, LEYLAS)
        assert cast.posting not in (await browser.get("/postings")).text
        await Opening.insert(Opening(id="another", posting=cast.posting, capacity=2))
        target = f"/postings/{cast.posting}/interest"
        refused = await press(browser, "/home", target, consent="1", opening="another")
        assert "Das ist nicht möglich." in refused.text and refused.status_code == 422

        me = await browser.get("/me")
        assert "Nicht mehr zusammen" in me.text and "Roj Kulturhaus" in me.text
        block = (await Block.select(Block.id))[0]["id"]
        lifted = await press(browser, "/me", f"/me/blocks/{block}/removal")
        assert "Aufgehoben" in (await browser.get(lifted.headers["location"])).text
        assert cast.posting in (await browser.get("/postings")).text
    assert await Block.count() == 0 and await state_of(match) == "closed"


async def test_an_association_ends_it_and_the_person_reads_only_that_it_ended() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match = await confirmed(browser, cast)
        people = f"/organisations/{cast.organisation}/people"
        assert "Nicht mehr vorschlagen" in (await browser.get(people)).text
        answer = await press(browser, people, f"/matches/{match}/block")
        assert answer.headers["location"] == f"{people}?done=blocked"
        assert "Amina" not in (await browser.get(people)).text
        assert "Amina" in (await browser.get("/me")).text
        await become(browser, cast.amina)
        pages = [await browser.get(path) for path in (f"/matches/{match}", "/notifications", "/me")]
        told = "".join(page.text for page in pages)
        assert "Beendet" in told and "Eine Aufgabe ist beendet" in told
        assert not any(word in told for word in ("abgesagt", "Nicht mehr zusammen", "blockiert"))
        # Nothing else changes for the one who was blocked.
        assert cast.posting in (await browser.get("/postings")).text


async def test_the_desk_ends_it_and_goes_on_with_its_queue() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        await let_time_pass()
        await become(browser, cast.anna, "passkey")
        answer = await press(browser, f"/desk/matches/{match}", f"/matches/{match}/block")
        assert answer.headers["location"] == "/desk/queue?done=blocked"
        assert "Gespeichert." in (await browser.get(answer.headers["location"])).text
        page = (await browser.get(f"/desk/matches/{match}")).text
        assert "Nicht möglich" in page
        shown = re.sub(r"<[^>]+>", " ", page).lower()
        assert not any(word in shown for word in ("block", "gesperrt"))
        assert "Amina" in (await browser.get("/me")).text
        other = await plant_person("Kerstin", role="coordinator")
        await become(browser, other, "passkey")
        assert "Amina" not in (await browser.get("/me")).text
        # Without the passkey the desk's own list is not there either.
        await become(browser, cast.anna, "code")
        assert "Amina" not in (await browser.get("/me")).text
    assert await state_of(match) == "closed"


async def test_what_is_not_ones_own_is_not_there() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        await press(browser, f"/matches/{match}", f"/matches/{match}/block")
        block = (await Block.select(Block.id))[0]["id"]
        for person in (cast.olena, cast.leyla):
            await become(browser, person)
            for target in (f"/matches/{match}/block", f"/me/blocks/{block}/removal"):
                assert (await press(browser, "/matches", target)).status_code == 404
        await become(browser, cast.amina)
        odd = await press(browser, "/matches", f"/matches/{match}/block", whom="everybody")
        assert odd.status_code == 404
    assert await Block.count() == 1 and await Match.count() == 1
