"""From a new task to a yes on the lock screen: the phone is told, and two taps answer."""

import json
import sqlite3
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Pushing
from tests.browser.counting import Journey
from tests.browser.phones import Phones
from tests.browser.pushes import Pushes, push_manager, until
from tests.browser.test_main_job import join, publish
from tests.browser.test_pages import RULES, beside_the_edge
from tests.browser.test_pwa import CLICK, with_worker
from tests.support.push_service import Device, Received

PATIENCE = 400
AXE = {"runOnly": {"type": "tag", "values": RULES}}


@pytest.fixture
def phones(chromium: Browser, pushing: Pushing) -> Iterator[Phones]:
    """Phones of a server that may call the push service beside it."""
    made = Phones(chromium, pushing.server.base)
    yield made
    made.close()


def awake(pushing: Pushing) -> None:
    """Nobody has quiet hours: the test may run at night."""
    file = pushing.server.folder / "data" / "bruecke.sqlite3"
    connection = sqlite3.connect(file, timeout=10)
    with connection:
        connection.execute("UPDATE person SET quiet_from = 0, quiet_until = 0")
    connection.close()


def received(page: Page, pushing: Pushing, device: Device) -> Received:
    """What the push service was given for this phone, as soon as it comes."""
    for _ in range(PATIENCE):
        if sent := pushing.service.sent_to(device):
            return sent[-1]
        page.wait_for_timeout(50)
    raise AssertionError(pushing.server.log.read_text()[-2000:])


@pytest.mark.parametrize("locale", ["de-DE", "ar"])
def test_a_new_task_rings_once_and_two_taps_answer_it_though_the_login_is_gone(
    pushing: Pushing, phones: Phones, locale: str
) -> None:
    base = pushing.server.base
    device = pushing.service.device()
    amina = phones(locale, worker=True)
    amina.context.grant_permissions(["notifications"], origin=base)
    amina.context.add_init_script(push_manager(device))
    worker = with_worker(amina, f"{base}/sign-in", locale[:2])
    join(amina, base, "Amina")
    amina.locator("[data-push] form button[type=submit]").click()
    until(amina, "() => document.querySelector('[data-push] [role=status]').textContent !== ''")
    awake(pushing)

    leyla = phones("de-DE")
    leyla.goto(f"{base}/demo/representative")
    leyla.locator("main form button").click()
    leyla.wait_for_url(lambda url: "/demo/" not in url)
    publish(leyla, base)

    said = received(amina, pushing, device).payload
    notification = said["notification"]
    assert notification["lang"] == locale[:2]
    assert not any(word in json.dumps(said) for word in ("Roj", "Amina", "Kassel"))

    amina.context.clear_cookies()
    pushes = Pushes(amina, base)
    pushes.send(json.dumps(said))
    pushes.shown(1, title=notification["title"], tag="suggestion")
    answered = Journey(amina.context)
    worker.evaluate(CLICK, "suggestion")
    amina.wait_for_url("**/answers/*")
    expect(amina.locator("html")).to_have_attribute("lang", locale[:2])
    assert Axe().run(amina, options=AXE).response["violations"] == []
    assert beside_the_edge(amina) == []
    amina.locator("form[action$='/interest'] button").first.click()
    expect(amina.locator("#toast form[action$='/undo']")).to_be_visible()
    # The tap on the notification itself is one more.
    assert 1 + len(answered.taps) <= 2 and not answered.typed, answered
    assert 1.2 + answered.modelled_seconds <= 15, answered
    assert len(pushing.service.sent_to(device)) == 1
