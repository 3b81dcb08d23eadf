"""The card that asks, in Chromium with a push manager of the test: one tap, honest answers."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Pushing
from tests.browser.phones import Phones
from tests.browser.pushes import push_manager, until
from tests.browser.test_pages import RULES, beside_the_edge, in_full
from tests.support.push_service import Device
from tests.support.servers import Server

CARD = "[data-push]"
YES = f"{CARD} form button[type=submit]"


Opened = Callable[..., Page]


@pytest.fixture
def leyla(chromium: Browser, pushing: Pushing) -> Iterator[Opened]:
    """Leyla, who reads German, on a new phone whose push manager gives `device`."""
    phones = Phones(chromium, pushing.server.base)

    def opened(
        device: Device | None = None,
        script: str = "",
        granted: bool = True,
        who: str = "representative",
    ) -> Page:
        page = phones("de-DE", worker=True)
        if granted:
            page.context.grant_permissions(["notifications"], origin=pushing.server.base)
        page.context.add_init_script(push_manager(device) + script)
        page.goto(f"{pushing.server.base}/demo/{who}")
        page.locator("form[action^='/demo/'] button").click()
        page.wait_for_url(lambda url: "/demo/" not in url)
        page.goto(f"{pushing.server.base}/home")
        return page

    yield opened
    phones.close()


def rows(server: Server, device: Device) -> list[Any]:
    file = server.folder / "data" / "bruecke.sqlite3"
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        sql = "SELECT language, seen_at FROM subscription WHERE endpoint = ?"
        return connection.execute(sql, [device.endpoint]).fetchall()
    finally:
        connection.close()


def says(page: Page, text: str) -> None:
    expect(page.locator(f"{CARD} [role=status]")).to_have_text(text)


def test_one_tap_and_the_phone_is_told(pushing: Pushing, leyla: Opened) -> None:
    device = pushing.service.device()
    page = leyla(device)
    expect(page.locator(CARD)).to_contain_text("höchstens eine Nachricht in der Woche")
    expect(page.locator(CARD)).to_contain_text("Kein Name und kein Verein auf dem Sperrbildschirm")
    page.locator(YES).click()
    says(page, "Gut. Ihr Gerät gibt Ihnen jetzt Bescheid.")
    assert [row[0] for row in rows(pushing.server, device)] == ["de"]

    page.goto(f"{pushing.server.base}/me")
    page.get_by_role("button", name="Probe senden").click()
    expect(page.locator("main")).to_contain_text("Die Probe ist unterwegs.")
    for _ in range(250):
        if sent := pushing.service.sent_to(device):
            break
        page.wait_for_timeout(20)
    assert sent[0].payload["notification"]["title"] == "Brücke"


def test_a_no_to_the_browser_is_answered_with_the_way_back(leyla: Opened) -> None:
    page = leyla(
        script="Object.defineProperty(Notification, 'permission', { value: 'default' });"
        "Notification.requestPermission = async () => 'denied';",
        granted=False,
    )
    page.locator(YES).click()
    says(
        page,
        "Benachrichtigungen sind für diese Seite aus."
        " Sie ändern das in den Einstellungen des Browsers.",
    )
    expect(page.locator(YES)).to_be_enabled()


def test_who_has_said_no_before_is_not_asked_again(leyla: Opened) -> None:
    page = leyla(
        script="Object.defineProperty(Notification, 'permission', { value: 'denied' });",
        granted=False,
    )
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(CARD)).to_be_hidden()


def test_a_browser_that_never_answers_does_not_turn_for_ever(leyla: Opened) -> None:
    page = leyla(script="PushManager.prototype.subscribe = () => new Promise(() => {});")
    page.clock.install()
    page.reload()
    page.locator(YES).click()
    expect(page.locator(YES)).to_be_disabled()
    page.clock.fast_forward(10_000)
    says(page, "Ihr Browser antwortet nicht. Im privaten Fenster geht es oft nicht.")


def test_what_the_server_refuses_is_said(pushing: Pushing, leyla: Opened) -> None:
    device = pushing.service.device()
    device.endpoint = "https://push.example.org/x"
    page = leyla(device)
    page.locator(YES).click()
    says(page, "Diese Adresse gehört zu keinem Dienst, den wir kennen.")
    expect(page.locator(YES)).to_be_enabled()


@pytest.mark.parametrize("apple", [True, False])
def test_where_push_does_not_exist_only_apple_people_get_a_hint(leyla: Opened, apple: bool) -> None:
    agent = "iPhone" if apple else "Old"
    page = leyla(
        script="delete window.PushManager;"
        f"Object.defineProperty(navigator, 'userAgent', {{ value: '{agent}' }});"
    )
    expect(page.locator("h1")).to_be_visible()
    if apple:
        says(page, "Legen Sie Brücke zuerst auf Ihren Home-Bildschirm. Dann geht es auch hier.")
        expect(page.locator(YES)).to_be_hidden()
    else:
        expect(page.locator(CARD)).to_be_hidden()


def test_later_is_later(leyla: Opened, pushing: Pushing) -> None:
    page = leyla(pushing.service.device())
    page.get_by_role("button", name="Später").click()
    expect(page.locator(CARD)).to_be_hidden()
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(CARD)).to_be_hidden()


def test_visits_renew_a_changed_key_and_call_the_server_once_a_day(
    pushing: Pushing, leyla: Opened
) -> None:
    device = pushing.service.device()
    page = leyla(device)
    page.locator(YES).click()
    says(page, "Gut. Ihr Gerät gibt Ihnen jetzt Bescheid.")
    sent: list[str] = []
    page.on("request", lambda call: sent.append(call.url) if call.method == "POST" else None)
    page.reload()
    until(page, "() => localStorage.getItem('asked') === '1'")
    page.wait_for_load_state("networkidle")
    assert sent == []
    expect(page.locator(CARD)).to_be_hidden()

    page.evaluate("localStorage.setItem('stub', btoa('another key'))")
    page.evaluate("localStorage.setItem('push-told', '0 x')")
    page.reload()
    until(page, "() => localStorage.getItem('asked') === '2'")
    page.wait_for_load_state("networkidle")
    assert [url.rpartition("/")[2] for url in sent] == ["subscriptions"]
    assert len(rows(pushing.server, device)) == 1


def test_switched_off_stays_off_until_somebody_says_yes_again(
    pushing: Pushing, leyla: Opened
) -> None:
    device = pushing.service.device()
    page = leyla(device)
    page.locator(YES).click()
    says(page, "Gut. Ihr Gerät gibt Ihnen jetzt Bescheid.")
    page.goto(f"{pushing.server.base}/me")
    page.locator("li", has_text="Dieses Gerät").get_by_role("button", name="Ausschalten").click()
    expect(page.locator("main")).to_contain_text("bekommt keine Nachrichten mehr")
    page.goto(f"{pushing.server.base}/home")
    expect(page.locator(YES)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert rows(pushing.server, device) == []
    page.locator(YES).click()
    says(page, "Gut. Ihr Gerät gibt Ihnen jetzt Bescheid.")
    assert len(rows(pushing.server, device)) == 1


@pytest.mark.parametrize(("who", "tag"), [("representative", "de"), ("volunteer", "ar")])
def test_the_card_fits_everybody(leyla: Opened, pushing: Pushing, who: str, tag: str) -> None:
    page = leyla(pushing.service.device(), who=who)
    expect(page.locator("html")).to_have_attribute("lang", tag)
    expect(page.locator(YES)).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    assert beside_the_edge(page) == []
    in_full(page)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.response["violations"] == []
