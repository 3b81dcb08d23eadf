"""The desk's page of what waits: tick, say that you spoke, publish; page by page."""

import re

import httpx
import pytest

from bruecke.clock import now
from bruecke.store.tables import Match, Opening, Organisation, Person, Posting
from tests.actions.test_imports import posting, write
from tests.support.pair import Cast, become, let_time_pass, plant_cast, press, say_yes
from tests.support.web import plant_person, plant_region, running_app, token_in

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

PAGE = "/desk/postings"


async def as_anna(browser: httpx.AsyncClient) -> None:
    await become(browser, await plant_person("Anna Berger", role="coordinator"), "passkey")


async def publish(
    browser: httpx.AsyncClient, numbers: str, spoken: bool = True, start: str = "0"
) -> httpx.Response:
    token = token_in((await browser.get(PAGE)).text)
    ticked = [str((await posting(number))["id"]) for number in numbers]
    data: dict[str, object] = {"csrf": token, "posting": ticked, "start": start}
    if spoken:
        data["spoken"] = "1"
    return await browser.post(f"{PAGE}/publication", data=data)


def boxes(page: httpx.Response) -> list[str]:
    return re.findall(r'<input type="checkbox" form="ticked"[^>]*>', page.text)


async def test_ticked_tasks_are_public_once_the_desk_says_that_it_spoke() -> None:
    await plant_region()
    await write({"id": "1"}, {"id": "2", "name": "Vorlesen"})
    async with running_app() as browser:
        await as_anna(browser)
        page = await browser.get(PAGE)
        assert "2 warten" in page.text and page.text.count("Noch kein Ja") == 2
        assert "Ich habe mit diesen Vereinen gesprochen" in page.text
        answer = await publish(browser, "12")
        assert answer.status_code == 303
        done = await browser.get(answer.headers["location"])
        assert "2 Aufgaben sind jetzt öffentlich." in done.text and "Nichts wartet" in done.text
        await become(browser, await plant_person("Amina"))
        assert "Kochen am Freitag" in (await browser.get("/postings?region=kassel")).text


async def test_without_that_sentence_the_page_says_why_and_keeps_the_ticks() -> None:
    await plant_region()
    await write({"id": "1"})
    async with running_app() as browser:
        await as_anna(browser)
        answer = await publish(browser, "1", spoken=False)
        assert answer.status_code == 409
        assert "Der Verein hat noch nicht Ja gesagt." in answer.text
        assert "checked" in boxes(answer)[0]
    assert (await posting("1"))["state"] == "review"


async def test_nothing_ticked_is_said_on_the_same_page() -> None:
    await plant_region()
    await write({"id": "1"})
    async with running_app() as browser:
        await as_anna(browser)
        answer = await publish(browser, "")
        assert answer.status_code == 422
        assert "Bitte kreuzen Sie mindestens eine Aufgabe an." in answer.text


async def test_one_link_ticks_a_whole_page_without_javascript() -> None:
    await plant_region()
    await write({"id": "1"}, {"id": "2"})
    async with running_app() as browser:
        await as_anna(browser)
        assert not any("checked" in box for box in boxes(await browser.get(PAGE)))
        all_of_them = await browser.get(f"{PAGE}?ticked=all")
        assert all("checked" in box for box in boxes(all_of_them))
        assert 'href="/desk/postings?start=0"' in all_of_them.text


async def test_thirty_stand_on_a_page_and_the_rest_is_found() -> None:
    await plant_region()
    await write(*({"id": str(number)} for number in range(1, 36)))
    async with running_app() as browser:
        await as_anna(browser)
        first = await browser.get(PAGE)
        assert len(boxes(first)) == 30 and "35 warten" in first.text
        assert f"{PAGE}?start=30" in first.text
        assert len(boxes(await browser.get(f"{PAGE}?start=30"))) == 5
        # A page that is gone leads to the last one there is.
        assert len(boxes(await browser.get(f"{PAGE}?start=90000"))) == 5
        assert (await browser.get(f"{PAGE}?start=nonsense")).status_code == 200


async def test_nobody_else_sees_or_sends_it() -> None:
    await plant_region()
    await write({"id": "1"})
    async with running_app() as browser:
        await become(browser, await plant_person("Amina"), "passkey")
        assert (await browser.get(PAGE)).status_code == 404
        assert (await browser.post(f"{PAGE}/publication", data={})).status_code in (403, 404)


async def test_imported_text_stands_there_as_text_in_its_paragraphs() -> None:
    await plant_region()
    html = "<p>Eins &lt;b&gt;</p><p onclick=x>Zwei</p><script>alert(1)</script>"
    await write({"id": "1", "name": "=1+1 <b>Fest</b>", "description_html": html})
    async with running_app() as browser:
        await as_anna(browser)
        page = (await browser.get(PAGE)).text
    assert '<p lang="de" dir="auto">Zwei</p>' in page
    assert "alert(1)" not in page and "onclick" not in page
    assert "=1+1 Fest" in page


async def test_who_came_in_by_itself_stands_before_what_a_file_brought() -> None:
    await plant_region()
    await write({"id": "1"})
    roj = (await Organisation.select())[0]
    later = Organisation(region="kassel", name="Frauenwerkstatt", stage="initiative")
    later.created_at = now() + 60
    await Organisation.insert(later)
    async with running_app() as browser:
        await as_anna(browser)
        page = (await browser.get("/desk/organisations")).text
        assert page.index("Frauenwerkstatt") < page.index(roj["name"])
        only = (await browser.get(f"/desk/organisations?organisation={roj['id']}")).text
        assert roj["name"] in only and "Frauenwerkstatt" not in only
        token = token_in(only)
        await browser.post(
            f"/desk/organisations/{roj['id']}/verification",
            data={"csrf": token, "decision": "refuse", "reason": "purpose"},
        )
        assert "Nichts wartet" in (await browser.get(PAGE)).text
    assert not await Posting.exists().where(Posting.published_at > 0)


async def test_a_yes_to_an_imported_task_is_confirmed_by_phone_though_nobody_speaks_for_it() -> (
    None
):
    await plant_region()
    await write({"id": "1"})
    anna = await plant_person("Anna Berger", role="coordinator")
    amina = await plant_person("Amina")
    await Person.update({Person.phone: "+491713920711"}).where(Person.id == amina)
    async with running_app() as browser:
        await become(browser, anna, "passkey")
        assert (await publish(browser, "1")).status_code == 303
        found = await posting("1")
        opening = await Opening.select().first()
        assert opening
        host, task = str(found["organisation"]), str(found["id"])
        cast = Cast(amina, "", "", anna, host, task, opening["id"])
        match = await say_yes(browser, cast, amina)
        await let_time_pass()
        await become(browser, anna, "passkey")
        page = f"/desk/matches/{match}"
        assert "Roj Kulturhaus" in (await browser.get(page)).text
        await press(browser, page, f"/people/{amina}/contact-check", next=page)
        await press(browser, page, f"/matches/{match}/approval")
        await let_time_pass()
        answer = await press(browser, page, f"/matches/{match}/confirmation")
        assert answer.status_code == 303
        await let_time_pass()
        await become(browser, amina)
        assert (await browser.get(f"/matches/{match}")).status_code == 200
    row = await Match.select(Match.state).first()
    assert row and row["state"] == "confirmed"


async def test_a_task_without_an_activity_can_be_ticked_once_the_desk_chose_one() -> None:
    await plant_region()
    await write({"id": "1", "name": "Katzen pflegen", "categories": "", "targets": "Tiere"})
    async with running_app() as browser:
        await as_anna(browser)
        page = await browser.get(f"{PAGE}?ticked=all")
        assert boxes(page) == [] and "Bitte wählen" in page.text
        target = f"{PAGE}/{(await posting('1'))['id']}/activity"
        wrong = await press(browser, PAGE, target, activity="", start="0")
        assert wrong.status_code == 422 and "worum es bei der Aufgabe geht" in wrong.text
        kept = await press(browser, PAGE, target, activity="visiting", start="0")
        after = await browser.get(kept.headers["location"])
        assert "Gespeichert." in after.text and len(boxes(after)) == 1
        assert (await publish(browser, "1")).status_code == 303


async def test_the_desk_ends_a_task_whose_association_nobody_speaks_for_here() -> None:
    await plant_region()
    await plant_region("dortmund", "Dortmund")
    await write({"id": "1"})
    async with running_app() as browser:
        await as_anna(browser)
        await publish(browser, "1")
        made = str((await posting("1"))["id"])
        page = await browser.get(f"{PAGE}/open")
        assert "Aufgaben ohne Ansprechperson" in page.text and "Kochen am Freitag" in page.text
        target = f"{PAGE}/{made}/closing"
        unsaid = await press(browser, f"{PAGE}/open", target)
        assert unsaid.status_code == 422 and f'href="#reason-{made}"' in unsaid.text
        stranger = await plant_person("Jonas", region="dortmund", role="coordinator")
        await become(browser, stranger, "passkey")
        assert "Kochen am Freitag" not in (await browser.get(f"{PAGE}/open")).text
        foreign = await press(browser, f"{PAGE}/open", target, reason="found")
        assert foreign.status_code == 404
        await as_anna(browser)
        answer = await press(browser, f"{PAGE}/open", target, reason="found")
        assert answer.status_code == 303
    assert (await posting("1"))["state"] == "closed"


async def test_what_has_somebody_who_speaks_for_it_is_not_the_desk_s_to_end() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        await become(browser, cast.anna, "passkey")
        assert "Freitagsküche" not in (await browser.get(f"{PAGE}/open")).text
        target = f"{PAGE}/{cast.posting}/closing"
        answer = await press(browser, f"{PAGE}/open", target, reason="found")
        assert answer.status_code == 404


async def test_after_a_yes_by_phone_the_service_point_s_number_stays() -> None:
    await plant_region()
    await write({"id": "1"})
    async with running_app() as browser:
        await as_anna(browser)
        await publish(browser, "1")
        made = str((await posting("1"))["id"])
        amina = await plant_person("Amina")
        await become(browser, amina)
        said = await press(browser, f"/postings/{made}", f"/postings/{made}/interest", consent="1")
        mine = said.headers["location"]
        await Match.update({Match.state: "confirmed", Match.visible_from_at: 0}, force=True)
        assert 'href="tel:+4917139200001"' in (await browser.get(mine)).text
