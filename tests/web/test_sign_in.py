"""Signing in again: by mailed code and by a code from the desk."""

import re
from pathlib import Path

import httpx
import pytest

from bruecke.clock import now
from bruecke.delivery.worker import Worker
from bruecke.settings import settings
from bruecke.store.tables import Login, SignInCode
from bruecke.web.http import cookies
from tests.support.web import plant_person, plant_region, running_app, sign_in, token_in, visitor

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

MAIL = "amina@example.org"


@pytest.fixture
def mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder mails go to in this test."""
    monkeypatch.setenv("BRUECKE_MAIL_URL", f"file:{tmp_path / 'mails'}")
    settings.cache_clear()
    yield tmp_path / "mails"
    settings.cache_clear()


async def _mailed(mails: Path) -> list[str]:
    """Sends what waits; the codes of all mails, in no order."""
    await Worker().work_once()
    found = [file.read_text() for file in sorted(mails.glob("*.eml"))]
    return ["".join(re.search(r"(\d{3}) (\d{3})", text).groups()) for text in found]  # type: ignore[union-attr]


async def _ask(browser: httpx.AsyncClient, address: str = MAIL) -> httpx.Response:
    return await browser.post("/sign-in", data={"email": address, "next": "/me"})


async def test_a_mailed_code_signs_in_once(mails: Path) -> None:
    await plant_region()
    await plant_person("Amina", email=MAIL)
    async with running_app() as browser:
        assert (await _ask(browser)).headers["location"] == "/sign-in/code?next=/me"
        (code,) = await _mailed(mails)
        answer = await browser.post("/sign-in/code", data={"code": code, "next": "/me"})
        assert answer.headers["location"] == "/me"
        assert "Amina" in (await browser.get("/me")).text
        again = await browser.post("/sign-in/code", data={"code": code, "next": "/me"})
        assert again.status_code == 422
    assert await Login.count() == 1


async def test_the_code_of_one_browser_is_worthless_in_another(mails: Path) -> None:
    await plant_region()
    await plant_person("Amina", email=MAIL)
    async with running_app() as browser:
        await _ask(browser)
        (code,) = await _mailed(mails)
        async with visitor(browser._transport.app) as other:  # type: ignore[attr-defined]
            await _ask(other, "somebody@example.org")
            refused = await other.post("/sign-in/code", data={"code": code})
            assert refused.status_code == 422
    assert await Login.count() == 0


async def test_five_wrong_tries_burn_the_right_code(mails: Path) -> None:
    await plant_region()
    await plant_person("Amina", email=MAIL)
    async with running_app() as browser:
        await _ask(browser)
        (code,) = await _mailed(mails)
        wrong = f"{(int(code) + 1) % 1_000_000:06}"
        for _ in range(5):
            assert (await browser.post("/sign-in/code", data={"code": wrong})).status_code == 422
        assert (await browser.post("/sign-in/code", data={"code": code})).status_code == 422
    assert await Login.count() == 0


async def test_known_and_unknown_addresses_get_the_same_answer(mails: Path) -> None:
    await plant_region()
    await plant_person("Amina", email=MAIL)
    async with running_app() as browser:
        known = await _ask(browser)
        known_page = await browser.get(known.headers["location"])
        async with visitor(browser._transport.app) as other:  # type: ignore[attr-defined]
            unknown = await _ask(other, "nobody@example.org")
            unknown_page = await other.get(unknown.headers["location"])
        assert known.status_code == unknown.status_code == 303
        assert known.headers["location"] == unknown.headers["location"]
        assert _same(known_page.text) == _same(unknown_page.text)
    assert len(await _mailed(mails)) == 1
    assert await SignInCode.count() == 2


def _same(page: str) -> str:
    return re.sub(r'name="idempotency_key" value="[^"]+"', "", page)


async def test_a_flooded_mailbox_gets_three_mails_an_hour(mails: Path) -> None:
    await plant_region()
    await plant_person("Amina", email=MAIL)
    async with running_app() as browser:
        for _ in range(8):
            assert (await _ask(browser)).status_code == 303
    assert len(await _mailed(mails)) == 3


async def test_a_network_that_asks_for_everybody_is_told_to_wait(mails: Path) -> None:
    await plant_region()
    async with running_app() as browser:
        said = [(await _ask(browser, f"p{n}@example.org")).status_code for n in range(31)]
        assert said[:30] == [303] * 30
        assert said[30] == 429


async def test_an_address_that_is_none_keeps_what_was_typed(mails: Path) -> None:
    await plant_region()
    async with running_app() as browser:
        answer = await _ask(browser, "amina@")
        assert answer.status_code == 422
        assert 'value="amina@"' in answer.text
        assert 'href="#email"' in answer.text


@pytest.mark.parametrize(
    "bad", ["//evil.example", "https://evil.example", "/\\evil.example", "/m\te"]
)
async def test_signing_in_leads_only_to_our_own_pages(mails: Path, bad: str) -> None:
    await plant_region()
    async with running_app() as browser:
        answer = await browser.post("/sign-in", data={"email": MAIL, "next": bad})
        assert answer.headers.get("location", "/sign-in/code?next=/home").endswith("next=/home")


async def test_not_my_phone_ends_the_login_and_the_forms_behind_it(mails: Path) -> None:
    await plant_region()
    person = await plant_person("Amina")
    async with running_app() as browser:
        await sign_in(browser, person)
        token = token_in((await browser.get("/me")).text)
        answer = await browser.post("/sign-out", data={"csrf": token})
        assert answer.status_code == 303
        assert answer.headers["clear-site-data"] == '"cache"'
        browser.cookies.clear()
    assert await Login.count() == 0


async def test_a_form_without_the_token_of_this_login_changes_nothing(mails: Path) -> None:
    await plant_region()
    amina, olena = await plant_person("Amina"), await plant_person("Olena")
    async with running_app() as browser:
        await sign_in(browser, olena)
        foreign = token_in((await browser.get("/me")).text)
        await sign_in(browser, amina)
        for token in ("", foreign, "x" * 64):
            answer = await browser.post("/me", data={"csrf": token, "name": "Mallory"})
            assert answer.status_code == 403
        good = token_in((await browser.get("/me")).text)
        for site in ("cross-site", "same-site", "none"):
            answer = await browser.post(
                "/me",
                data={"csrf": good, "name": "Mallory"},
                headers={"sec-fetch-site": site},
            )
            assert answer.status_code == 403
        assert "Mallory" not in (await browser.get("/me")).text


async def test_a_planted_login_cookie_is_nobodys(mails: Path) -> None:
    await plant_region()
    async with running_app() as browser:
        browser.cookies.set(cookies.LOGIN, "A" * 43, domain="localhost.local")
        assert (await browser.get("/me")).status_code == 303


async def test_a_login_ends_when_nobody_used_it(mails: Path) -> None:
    await plant_region()
    person = await plant_person("Amina")
    async with running_app() as browser:
        await sign_in(browser, person)
        await Login.update({Login.expires_at: now() - 1}, force=True)
        assert (await browser.get("/me")).status_code == 303
