"""Push on the pages: what is offered to whom, and that only our own pages can say yes."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bruecke.actions import sign_in as sign_in_actions
from bruecke.actions.logins import open_login
from bruecke.clock import now
from bruecke.store.tables import Delivery, Login, Subscription
from bruecke.store.transaction import transaction
from bruecke.web.http import cookies
from tests.support.push_service import PushService
from tests.support.pushing import push_on
from tests.support.web import plant_person, plant_region, running_app, sign_in, token_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def service(
    database: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[PushService]:
    """Nobody is called here: it only makes devices."""
    await plant_region()
    made = PushService()
    made.port = 9
    with push_on(monkeypatch, tmp_path, made):
        yield made


async def _say_yes(browser: httpx.AsyncClient, form: dict[str, str]) -> httpx.Response:
    token = token_in((await browser.get("/home")).text)
    return await browser.post("/subscriptions", data={"csrf": token, **form})


async def test_a_yes_is_kept_and_shown_and_taken_back(service: PushService) -> None:
    async with running_app() as browser:
        await sign_in(browser, await plant_person("Amina"))
        assert (await _say_yes(browser, service.device().form)).status_code == 204
        row = await Subscription.select().first()
        assert row and row["language"] == "de"
        page = (await browser.get("/me")).text
        assert "Probe senden" in page and "Ausschalten" in page
        target = f"/subscriptions/{row['id']}/removal"
        answer = await browser.post(target, data={"csrf": token_in(page)})
        assert answer.headers["location"] == "/me?done=push_gone"
        page = (await browser.get("/me?done=push_gone")).text
        assert "bekommt keine Nachrichten mehr" in page and "Probe senden" not in page
    assert await Subscription.count() == 0


async def test_a_sample_is_queued_from_the_page(service: PushService) -> None:
    async with running_app() as browser:
        await sign_in(browser, await plant_person("Amina"))
        await _say_yes(browser, service.device().form)
        token = token_in((await browser.get("/me")).text)
        answer = await browser.post("/subscriptions/test", data={"csrf": token})
        assert answer.headers["location"] == "/me?done=push_sent"
        assert "Die Probe ist unterwegs." in (await browser.get("/me?done=push_sent")).text
    assert await Delivery.count() == 1


async def test_the_language_is_the_one_the_page_was_read_in(service: PushService) -> None:
    async with running_app() as browser:
        await sign_in(browser, await plant_person("Amina"))
        browser.cookies.set(cookies.LANGUAGE, "ar", domain="localhost.local")
        await _say_yes(browser, service.device().form)
    row = await Subscription.select().first()
    assert row and row["language"] == "ar"


async def test_without_the_token_of_the_login_nobody_says_yes(service: PushService) -> None:
    async with running_app() as browser:
        await sign_in(browser, await plant_person("Amina"))
        form = service.device().form
        token = token_in((await browser.get("/home")).text)
        assert (await browser.post("/subscriptions", data=form)).status_code == 403
        await sign_in(browser, await plant_person("Olena"))
        for address in ("/subscriptions", "/subscriptions/test", "/subscriptions/x/removal"):
            fields = {"csrf": token} | (form if address == "/subscriptions" else {})
            assert (await browser.post(address, data=fields)).status_code == 403
        browser.cookies.clear()
        answer = await browser.post("/subscriptions", data=form)
        assert answer.status_code in (303, 403)
    assert await Subscription.count() == 0


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("endpoint", "https://example.org/x", "Diese Adresse gehört zu keinem Dienst"),
        ("endpoint", "", "Diese Adresse gehört zu keinem Dienst"),
        ("endpoint", "https://fcm.googleapis.com/" + "x" * 3_000, "Diese Adresse"),
        ("auth", "AAAA", "unvollständige Angaben"),
        ("p256dh", "x" * 500, "unvollständige Angaben"),
    ],
)
async def test_what_cannot_be_used_is_said_in_plain_words(
    service: PushService, field: str, value: str, said: str
) -> None:
    async with running_app() as browser:
        await sign_in(browser, await plant_person("Amina"))
        answer = await _say_yes(browser, service.device().form | {field: value})
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/plain")
    assert said in answer.text


async def test_another_persons_device_is_not_there(service: PushService) -> None:
    async with running_app() as browser:
        await sign_in(browser, await plant_person("Amina"))
        await _say_yes(browser, service.device().form)
        row = await Subscription.select().first()
        await sign_in(browser, await plant_person("Olena"))
        page = (await browser.get("/me")).text
        assert row and row["id"] not in page
        answer = await browser.post(
            f"/subscriptions/{row['id']}/removal", data={"csrf": token_in(page)}
        )
        assert answer.status_code == 404
    assert await Subscription.count() == 1


async def test_the_card_hides_until_the_script_knows_that_it_works(service: PushService) -> None:
    async with running_app() as browser:
        await sign_in(browser, await plant_person("Amina"))
        page = (await browser.get("/home")).text
        assert '<section class="card" hidden data-push="' in page
        assert 'data-known="no"' in page
        await _say_yes(browser, service.device().form)
        assert 'data-known="yes"' in (await browser.get("/home")).text


async def test_a_shared_phone_is_offered_nothing_and_refused(service: PushService) -> None:
    amina = await plant_person("Amina")
    async with running_app() as browser:
        async with transaction():
            secret = await open_login(amina, "code", (), "Android", now(), shared_phone=True)
        browser.cookies.set(cookies.LOGIN, secret, domain="localhost.local")
        home = (await browser.get("/home")).text
        assert "data-push" not in home and "push." not in home
        assert "data-push" not in (await browser.get("/me")).text
        answer = await _say_yes(browser, service.device().form)
        assert answer.status_code == 422 and "geteilten Handy" in answer.text


async def test_signing_out_ends_push_on_this_phone(service: PushService) -> None:
    async with running_app() as browser:
        await sign_in(browser, await plant_person("Amina"))
        await _say_yes(browser, service.device().form)
        token = token_in((await browser.get("/me")).text)
        await browser.post("/sign-out", data={"csrf": token})
    assert (await Login.count(), await Subscription.count()) == (0, 0)


@pytest.mark.parametrize("next_one", ["Amina", "Olena"])
async def test_after_the_desks_night_the_same_phone_is_told_on_and_a_passed_on_one_is_not(
    service: PushService, monkeypatch: pytest.MonkeyPatch, next_one: str
) -> None:
    amina = await plant_person("Amina", email="amina@example.org")
    await plant_person("Olena", email="olena@example.org")
    monkeypatch.setattr(sign_in_actions.secrets, "randbelow", lambda _: 123_456)
    async with running_app() as browser:
        await sign_in(browser, amina)
        await _say_yes(browser, service.device().form)
        await Login.update({Login.expires_at: now()}, force=True)
        await browser.post("/sign-in", data={"email": f"{next_one.lower()}@example.org"})
        await browser.post("/sign-in/code", data={"code": "123456"})
        known = "yes" if next_one == "Amina" else "no"
        assert f'data-known="{known}"' in (await browser.get("/home")).text
    assert await Subscription.count() == (next_one == "Amina")


async def test_not_my_phone_ends_push_also_where_the_login_has_run_out(
    service: PushService,
) -> None:
    async with running_app() as browser:
        await sign_in(browser, await plant_person("Amina"))
        await _say_yes(browser, service.device().form)
        token = token_in((await browser.get("/me")).text)
        await Login.update({Login.expires_at: now()}, force=True)
        answer = await browser.post("/sign-out", data={"csrf": token})
        assert answer.headers["location"] == "/sign-in?done=signed_out"
    assert (await Login.count(), await Subscription.count()) == (0, 0)
