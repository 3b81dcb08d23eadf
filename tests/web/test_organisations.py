"""The pages of associations: public after the desk's yes, before that for the own team only."""

import re

import httpx
import pytest

from bruecke.actions.organisations import refuse, verify
from bruecke.clock import now
from bruecke.domain.access import Actor, Seat
from bruecke.store.tables import Invite, Membership, Organisation, Person, Posting
from tests.support.web import plant_person, plant_region, running_app, sign_in, token_in

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

ROJ = {
    "region": "kassel",
    "organisation": "Roj Kulturhaus e.V.",
    "stage": "registered",
    "name": "Leyla",
    "contact": "0171 3920011",
}
ANNA = Actor("", "Anna", "kassel", "de", "passkey", "", seats=(Seat("coordinator", "", "kassel"),))


async def register(browser: httpx.AsyncClient) -> str:
    """Leyla registers in this browser; answers the organisation's id."""
    form = (await browser.get("/organisations/new?region=kassel")).text
    key = token_in(form, "idempotency_key")
    answer = await browser.post("/organisations/new", data={**ROJ, "idempotency_key": key})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).split("/")[2]


async def send(browser: httpx.AsyncClient, page: str, target: str, **fields: str) -> httpx.Response:
    """Fills a form of `page` and sends it to `target`."""
    shown = (await browser.get(page)).text
    data = {"csrf": token_in(shown), **fields}
    if "idempotency_key" in shown and "/invites" in target and "removal" not in target:
        data.setdefault("idempotency_key", token_in(shown, "idempotency_key"))
    return await browser.post(target, data=data)


def seen(answer: httpx.Response) -> str:
    """A page without its own address, which the language menu repeats."""
    return answer.text.replace(answer.request.url.path, "")


async def test_an_association_registers_with_a_name_and_one_contact() -> None:
    await plant_region()
    async with running_app() as browser:
        made = await register(browser)
        today = await browser.get(f"/organisations/{made}/today?done=organisation")
        assert today.status_code == 200
        assert "Roj Kulturhaus e.V." in today.text
        assert "Die Servicestelle ruft Sie an" in today.text
        assert "tel:+4917139200001" in today.text
        mine = await browser.get("/organisations/mine")
        assert mine.headers["location"] == f"/organisations/{made}/today"


async def test_every_problem_stands_beside_its_field_and_the_input_stays() -> None:
    await plant_region()
    async with running_app() as browser:
        answer = await browser.post(
            "/organisations/new",
            data={**ROJ, "organisation": "", "contact": "12", "idempotency_key": "k1"},
        )
        assert answer.status_code == 422
        assert 'href="#organisation"' in answer.text and 'href="#contact"' in answer.text
        assert 'value="Leyla"' in answer.text and 'value="k1"' in answer.text
        without = await browser.get("/organisations/new")
        assert '<option value="kassel"' in without.text
    assert await Organisation.count() == 0


async def test_the_form_sent_twice_registers_once() -> None:
    await plant_region()
    async with running_app() as browser:
        sent = {**ROJ, "idempotency_key": "one-key"}
        first = await browser.post("/organisations/new", data=sent)
        second = await browser.post("/organisations/new", data=sent)
        assert first.headers["location"] == second.headers["location"]
    assert await Organisation.count() == 1
    assert await Person.count() == 1


async def test_before_the_desk_says_yes_only_the_team_sees_it() -> None:
    await plant_region()
    async with running_app() as browser:
        made = await register(browser)
        assert (await browser.get(f"/organisations/{made}")).status_code == 200
        browser.cookies.clear()
        assert made not in (await browser.get("/organisations?region=kassel")).text
        hidden = await browser.get(f"/organisations/{made}")
        nothing = await browser.get("/organisations/AAAAAAAAAAAAAAAAAAAAAA")
        assert hidden.status_code == nothing.status_code == 404
        assert seen(hidden) == seen(nothing)
        await verify(ANNA, made, now())
        assert made in (await browser.get("/organisations?region=kassel")).text
        assert (await browser.get(f"/organisations/{made}")).status_code == 200


async def test_pages_of_another_organisation_are_not_there() -> None:
    await plant_region()
    async with running_app() as browser:
        foreign = await register(browser)
        browser.cookies.clear()
        await register(browser)
        for page in ("today", "team", "postings/new"):
            theirs = await browser.get(f"/organisations/{foreign}/{page}")
            nobodys = await browser.get(f"/organisations/AAAAAAAAAAAAAAAAAAAAAA/{page}")
            assert theirs.status_code == nobodys.status_code == 404
            assert seen(theirs) == seen(nobodys)


async def test_a_volunteer_has_no_organisation_pages() -> None:
    await plant_region()
    async with running_app() as browser:
        await sign_in(browser, await plant_person("Amina"))
        assert (await browser.get("/organisations/mine")).status_code == 404


async def test_a_template_becomes_one_draft_and_stays_in_the_house() -> None:
    await plant_region()
    async with running_app() as browser:
        made = await register(browser)
        shown = (await browser.get(f"/organisations/{made}/postings/new")).text
        assert len(re.findall('name="template"', shown)) == 10
        assert len(re.findall('name="kind"', shown)) == 2
        sent = {
            "csrf": token_in(shown),
            "idempotency_key": token_in(shown, "idempotency_key"),
            "template": "lunch_table",
        }
        answers = [
            await browser.post(f"/organisations/{made}/postings", data=sent) for _ in range(2)
        ]
        assert len({answer.headers["location"] for answer in answers}) == 1
        assert answers[0].headers["location"].endswith("/edit")
        today = (await browser.get(f"/organisations/{made}/today")).text
        assert "Mittagstisch" in today and "Entwurf" in today and "0 von 4" in today
        posting = await Posting.select().first()
        assert posting and await Posting.count() == 1
        await verify(ANNA, made, now())
        browser.cookies.clear()
        assert "Mittagstisch" not in (await browser.get(f"/organisations/{made}")).text
        assert (await browser.get(f"/postings/{posting['id']}")).status_code == 404


async def test_a_refused_organisation_reads_why_and_how_to_object() -> None:
    await plant_region()
    async with running_app() as browser:
        made = await register(browser)
        await refuse(ANNA, made, "paid_work", now())
        today = (await browser.get(f"/organisations/{made}/today")).text
        assert "Es geht um bezahlte Arbeit." in today and "zweite Meinung" in today
        assert f"/organisations/{made}/postings/new" not in today


async def test_a_hand_over_by_link_from_one_browser_to_another() -> None:
    await plant_region()
    async with running_app() as browser:
        made = await register(browser)
        team = f"/organisations/{made}/team"
        shown = await send(browser, team, f"{team}/invites", hand_over="1")
        link = re.search(r"/invites/[A-Za-z0-9_-]+", shown.text)
        assert shown.status_code == 200 and link and "<svg viewBox" in shown.text
        leyla = dict(browser.cookies)
        browser.cookies.clear()
        opened = await browser.get(link[0])
        assert opened.status_code == 200 and "Sie übernehmen von" in opened.text
        assert await Membership.count() == 1
        key = token_in(opened.text, "idempotency_key")
        wrong = await browser.post(link[0], data={"name": "Azad", "idempotency_key": key})
        assert wrong.status_code == 422 and f'value="{key}"' in wrong.text
        who = {"name": "Azad", "contact": "0171 3920012", "idempotency_key": key}
        for _ in range(2):
            answer = await browser.post(link[0], data=who)
            assert answer.headers["location"] == f"/organisations/{made}/today?done=invited"
        assert (await browser.get(team)).status_code == 200
        browser.cookies.clear()
        browser.cookies.update(leyla)
        assert (await browser.get(team)).status_code == 404


async def test_used_old_and_unknown_links_look_alike() -> None:
    await plant_region()
    async with running_app() as browser:
        made = await register(browser)
        team = f"/organisations/{made}/team"
        links = []
        for _ in range(2):
            shown = await send(browser, team, f"{team}/invites")
            found = re.search(r"/invites/[A-Za-z0-9_-]+", shown.text)
            assert found
            links.append(found[0])
        await Invite.update({Invite.uses_left: 0}, force=True)
        browser.cookies.clear()
        pages = [await browser.get(link) for link in (*links, "/invites/unknown")]
        assert {page.status_code for page in pages} == {404}
        assert "Dieser Link gilt nicht mehr" in pages[0].text
        assert len({seen(page) for page in pages}) == 1
        answers = [
            await browser.post(
                link,
                data={"name": "Azad", "contact": "0171 3920012", "idempotency_key": str(number)},
            )
            for number, link in enumerate((*links, "/invites/unknown"))
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({seen(answer) for answer in answers}) == 1


async def test_the_last_representative_is_told_to_hand_over_first() -> None:
    await plant_region()
    async with running_app() as browser:
        made = await register(browser)
        team = f"/organisations/{made}/team"
        answer = await send(browser, team, f"{team}/leave")
        assert answer.status_code == 422
        assert "Bitte übergeben Sie zuerst." in answer.text
