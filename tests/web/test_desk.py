"""The desk: decides on its own region's associations, hands out codes that work once."""

import re

import httpx
import pytest

from bruecke.clock import now
from bruecke.domain.organisation import Organisation as OrganisationView
from bruecke.store import organisations
from bruecke.store.ids import new_id
from bruecke.store.tables import HandOverCode, Organisation
from tests.support.web import plant_person, plant_region, running_app, sign_in, token_in
from tests.web.test_organisations import seen

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def plant_organisation(region: str = "kassel") -> str:
    """Roj waits in `region`, Leyla speaks for it."""
    made = OrganisationView(id=new_id(), region=region, name="Roj Kulturhaus", created_at=now())
    await organisations.add(made, f"desk-{region}")
    await plant_person("Leyla", region, "representative", made.id, "leyla@example.org")
    return made.id


async def as_anna(browser: httpx.AsyncClient, region: str = "kassel") -> None:
    await sign_in(browser, await plant_person("Anna Berger", region, "coordinator"), "passkey")


async def decide(browser: httpx.AsyncClient, organisation: str, **fields: str) -> httpx.Response:
    token = token_in((await browser.get("/desk/organisations")).text)
    return await browser.post(
        f"/desk/organisations/{organisation}/verification", data={"csrf": token, **fields}
    )


async def test_the_desk_asks_for_a_passkey_and_is_hidden_from_all_others() -> None:
    await plant_region()
    async with running_app() as browser:
        await sign_in(browser, await plant_person("Anna Berger", role="coordinator"), "code")
        answer = await browser.get("/desk")
        assert answer.status_code == 303 and "/sign-in/passkey" in answer.headers["location"]
        browser.cookies.clear()
        await sign_in(browser, await plant_person("Amina"), "passkey")
        for page in ("/desk", "/desk/organisations", "/desk/people"):
            assert (await browser.get(page)).status_code == 404


async def test_the_desk_counts_what_waits_in_its_region_only() -> None:
    await plant_region()
    await plant_region("dortmund", "Dortmund")
    await plant_organisation()
    await plant_organisation("dortmund")
    async with running_app() as browser:
        await as_anna(browser)
        home = (await browser.get("/desk")).text
        assert re.search(r"<strong>1</strong>\s*Verein wartet", home)
        assert re.search(r"<strong>2</strong>\s*Menschen", home)


async def test_the_desk_verifies_after_the_talk() -> None:
    await plant_region()
    made = await plant_organisation()
    async with running_app() as browser:
        await as_anna(browser)
        shown = (await browser.get("/desk/organisations")).text
        assert "Mit der Ansprechperson gesprochen" in shown and "leyla@example.org" in shown
        answer = await decide(browser, made, decision="verify")
        assert answer.headers["location"] == "/desk/organisations?done=verified"
        late = await decide(browser, made, decision="refuse", reason="place")
        assert late.status_code == 409 and "schon jemand entschieden" in late.text
    row = await Organisation.select().first()
    assert row and row["verified_at"] and not row["refused_at"]


async def test_a_refusal_without_a_reason_comes_back_with_the_form_open() -> None:
    await plant_region()
    made = await plant_organisation()
    async with running_app() as browser:
        await as_anna(browser)
        answer = await decide(browser, made, decision="refuse")
        assert answer.status_code == 422
        assert f'href="#reason-{made}"' in answer.text and f'id="reason-{made}"' in answer.text
        await decide(browser, made, decision="refuse", reason="not_reached")
    row = await Organisation.select().first()
    assert row and row["refusal"] == "not_reached"


async def test_another_regions_organisation_is_not_there() -> None:
    await plant_region()
    await plant_region("dortmund", "Dortmund")
    made = await plant_organisation("dortmund")
    await plant_organisation()
    async with running_app() as browser:
        await as_anna(browser)
        assert made not in (await browser.get("/desk/organisations")).text
        foreign = await decide(browser, made, decision="verify")
        nothing = await decide(browser, "AAAAAAAAAAAAAAAAAAAAAA", decision="verify")
        assert foreign.status_code == nothing.status_code == 404
        assert seen(foreign) == seen(nothing)
        assert (await browser.get(f"/organisations/{made}")).status_code == 404


async def test_a_code_from_the_desk_signs_in_once() -> None:
    await plant_region()
    amina = await plant_person("Amina")
    async with running_app() as browser:
        await as_anna(browser)
        people = (await browser.get("/desk/people?q=ami")).text
        assert "Amina" in people
        slip = await browser.post(f"/desk/people/{amina}/code", data={"csrf": token_in(people)})
        assert slip.status_code == 200 and "Gilt 24 Stunden, einmal." in slip.text
        assert 'style="' not in slip.text and "<svg viewBox" in slip.text
        code = re.search(r'class="code-shown">([A-Z0-9 ]+)<', slip.text)
        assert code and re.fullmatch(r"(\w{4} ){2}\w{4}", code[1])
        browser.cookies.clear()
        first = await browser.post("/sign-in/desk", data={"code": code[1].lower()})
        assert first.status_code == 303
        assert "Amina" in (await browser.get("/home")).text
        browser.cookies.clear()
        assert (await browser.post("/sign-in/desk", data={"code": code[1]})).status_code == 422


async def test_two_clicks_leave_one_code_that_works() -> None:
    await plant_region()
    amina = await plant_person("Amina")
    async with running_app() as browser:
        await as_anna(browser)
        token = token_in((await browser.get("/desk/people")).text)
        for _ in range(2):
            await browser.post(f"/desk/people/{amina}/code", data={"csrf": token})
    assert await HandOverCode.count() == 1


async def test_no_code_for_another_regions_person_or_for_a_colleague() -> None:
    await plant_region()
    await plant_region("dortmund", "Dortmund")
    amina = await plant_person("Amina")
    kerstin = await plant_person("Kerstin", "dortmund", "coordinator")
    await plant_person("Nadia", "dortmund")
    async with running_app() as browser:
        await as_anna(browser, "dortmund")
        people = (await browser.get("/desk/people")).text
        assert "Nadia" in people and "Amina" not in people
        assert f"/desk/people/{kerstin}/code" not in people
        token = {"csrf": token_in(people)}
        answers = [
            await browser.post(f"/desk/people/{person}/code", data=token)
            for person in (amina, kerstin, "AAAAAAAAAAAAAAAAAAAAAA")
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({seen(answer) for answer in answers}) == 1
    assert await HandOverCode.count() == 0


async def test_a_search_for_nobody_says_so() -> None:
    await plant_region()
    async with running_app() as browser:
        await as_anna(browser)
        assert "Niemand gefunden" in (await browser.get("/desk/people?q=%25zzz")).text
