"""The desk enters what is missing and approves by keyboard, or on a phone without a script."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, StorageState, expect

from tests.browser.phones import Phones

Login = Callable[[str, str], StorageState]
Stored = Callable[..., list[tuple[Any, ...]]]

_LACKING = (
    "SELECT m.id FROM match m JOIN posting p ON p.id = m.posting WHERE m.state = 'interested'"
    " AND p.region = 'kassel' AND p.checks LIKE '%certificate_seen' AND NOT EXISTS (SELECT 1"
    " FROM trust_check c WHERE c.person = m.person AND c.kind = 'certificate_seen'"
    " AND c.organisation = p.organisation) ORDER BY m.id"
)
TICK = 'label:has(input[name="fresh"])'


def open_lacking(page: Page, server: str, stored: Stored) -> str:
    """Opens a pair that lacks the certificate alone; answers the match."""
    match = str(stored(_LACKING)[0][0])
    page.goto(f"{server}/desk/matches/{match}")
    expect(page.locator("main")).to_contain_text("noch nicht gesehen")
    return match


def test_three_keys_enter_a_certificate_and_approve(
    phone: Phones, server: str, signed_in_as: Login, stored: Stored
) -> None:
    anna = phone(login=signed_in_as("coordinator", "de-DE"), width=1280, height=900)
    match = open_lacking(anna, server, stored)
    anna.keyboard.press("c")
    expect(anna.locator("#errors")).to_contain_text("neu genug")
    anna.locator(TICK).click()
    anna.keyboard.press("c")
    expect(anna.locator(".notice.ok")).to_contain_text("Eingetragen.")
    expect(anna.locator("#pair")).to_be_focused()
    anna.keyboard.press("a")
    expect(anna.locator("#toast")).to_contain_text("freigegeben")
    assert stored("SELECT state FROM match WHERE id = ?", match) == [("approved",)]


def test_it_works_on_a_phone_without_a_script(
    phone: Phones, server: str, signed_in_as: Login, stored: Stored
) -> None:
    anna = phone(script=False, login=signed_in_as("coordinator", "de-DE"))
    match = open_lacking(anna, server, stored)
    anna.locator(TICK).click()
    anna.locator("form[action$='/checks'] button").click()
    anna.wait_for_url(f"**/desk/matches/{match}?done=check")
    expect(anna.locator("main")).to_contain_text("2 von 2 eingetragen")
