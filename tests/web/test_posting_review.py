"""What the desk gives back and what may be outdated: the association reads it and answers."""

from datetime import timedelta

import httpx
import pytest

from bruecke.clock import now
from bruecke.language.dates import today
from bruecke.store import people
from bruecke.store.tables import Posting
from tests.support.web import plant_person, plant_region, running_app, sign_in, token_in
from tests.web.test_posting import leyla, roj, send, start

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

TITLE = "Die Servicestelle hat diese Aufgabe zurückgegeben"
CHILDREN = "Es fehlt, wie die Kinder geschützt sind."


async def waiting(browser: httpx.AsyncClient, organisation: str) -> tuple[str, dict[str, str]]:
    """Leyla's homework help waits at the desk, Anna Berger looks; the posting, Leyla's cookies."""
    await leyla(browser, organisation)
    posting = await start(browser, organisation, template="homework_help")
    answer = await send(browser, posting, "publication")
    assert answer.headers["location"].endswith("?done=in_review")
    team = dict(browser.cookies)
    browser.cookies.clear()
    await sign_in(browser, await plant_person("Anna Berger", role="coordinator"), "passkey")
    return posting, team


def change(browser: httpx.AsyncClient, cookies: dict[str, str]) -> None:
    browser.cookies.clear()
    browser.cookies.update(cookies)


async def test_the_association_reads_why_until_it_sends_the_task_again() -> None:
    made = await roj()
    async with running_app() as browser:
        posting, team = await waiting(browser, made)
        page = (await browser.get("/desk/postings")).text
        assert "Zurückgeben" in page and CHILDREN in page
        said = {"csrf": token_in(page), "reason": "children"}
        answer = await browser.post(f"/desk{posting}/return", data=said)
        assert answer.headers["location"] == "/desk/postings?done=sent_back"
        shown = (await browser.get(answer.headers["location"])).text
        assert "Zurückgegeben. Der Verein liest den Grund." in shown and "Nichts wartet" in shown
        assert (await browser.get(posting)).status_code == 404
        change(browser, team)
        home = f"/organisations/{made}/today"
        for address in (posting, f"{posting}/edit", home):
            found = (await browser.get(address)).text
            assert TITLE in found and CHILDREN in found, address
        assert f'<a href="{posting}/edit">Hausaufgabenhilfe</a>' in (await browser.get(home)).text
        await send(browser, posting, "edit", text="Zwei von uns sind immer dabei.")
        assert CHILDREN in (await browser.get(home)).text
        again = await send(browser, posting, "publication")
        assert again.headers["location"].endswith("?done=in_review")
        for address in (posting, f"{posting}/edit", home):
            assert TITLE not in (await browser.get(address)).text, address


@pytest.mark.parametrize("reason", ["", "because", "x" * 20])
async def test_without_a_reason_nothing_goes_back(reason: str) -> None:
    async with running_app() as browser:
        posting, _ = await waiting(browser, await roj())
        said = {"csrf": token_in((await browser.get("/desk/postings")).text), "reason": reason}
        answer = await browser.post(f"/desk{posting}/return", data=said)
        assert answer.status_code == 422 and "Bitte wählen Sie einen Grund." in answer.text
        field = f"reason-{posting.rpartition('/')[2]}"
        assert f'href="#{field}"' in answer.text and f'id="{field}"' in answer.text
        row = await Posting.select().first()
        assert row and (row["state"], row["sent_back"]) == ("review", "")


async def test_another_region_and_an_unknown_task_are_not_there() -> None:
    made = await roj()
    async with running_app() as browser:
        posting, _ = await waiting(browser, made)
        browser.cookies.clear()
        await plant_region("dortmund", "Dortmund")
        other = await plant_person("Mehmet", region="dortmund", role="coordinator")
        await sign_in(browser, other, "passkey")
        csrf = token_in((await browser.get("/desk/people")).text)
        for address in (posting, "/postings/does-not-exist"):
            for reason in ("children", ""):
                said = {"csrf": csrf, "reason": reason}
                answer = await browser.post(f"/desk{address}/return", data=said)
                assert answer.status_code == 404
        row = await Posting.select().first()
        assert row and row["state"] == "review"


async def test_nobody_sends_back_what_the_own_association_asks() -> None:
    made = await roj()
    async with running_app() as browser:
        posting, _ = await waiting(browser, made)
        browser.cookies.clear()
        anna = await plant_person("Anna Berger", role="coordinator")
        await people.add_membership(anna, "representative", now(), made, None)
        await sign_in(browser, anna, "passkey")
        page = (await browser.get("/desk/postings")).text
        assert "Zurückgeben" not in page
        said = {"csrf": token_in((await browser.get("/me")).text), "reason": "place"}
        answer = await browser.post(f"/desk{posting}/return", data=said)
        assert answer.status_code == 409 and "Das ist Ihr eigener Verein." in answer.text


async def test_after_three_months_one_tap_keeps_a_task_open() -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template="german_practice")
        await send(browser, posting, "publication")
        home = f"/organisations/{made}/today"
        assert "Stimmt das noch?" not in (await browser.get(home)).text
        day = today(now())
        await Posting.update({Posting.review_by: day}, force=True)
        page = (await browser.get(home)).text
        assert "Stimmt das noch?" in page and "Ja, noch 3 Monate" in page
        answer = await browser.post(f"{posting}/renewal", data={"csrf": token_in(page)})
        assert answer.headers["location"] == f"{home}?done=still_true"
        page = (await browser.get(answer.headers["location"])).text
        assert "bleibt noch 3 Monate offen" in page and "Stimmt das noch?" not in page
        row = await Posting.select().first()
        assert row and row["review_by"] > day + timedelta(days=85)
        gone = await browser.post("/postings/x/renewal", data={"csrf": token_in(page)})
        assert gone.status_code == 404
