"""Passkeys in a real browser, with a virtual device that verifies its holder."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

# What Safari before 18.4 does not have.
FORGET_JSON = """
delete PublicKeyCredential.parseCreationOptionsFromJSON;
delete PublicKeyCredential.parseRequestOptionsFromJSON;
delete PublicKeyCredential.prototype.toJSON;
"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that speaks German."""
    made = browser.new_context(
        locale="de-DE", viewport={"width": 360, "height": 740}, service_workers="block"
    )
    yield made
    made.close()


def page_with_device(context: BrowserContext) -> Page:
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    return page


def enrol(page: Page, server: str) -> None:
    """As Leyla, who reads German."""
    page.goto(f"{server}/demo/representative")
    page.locator("form[action^='/demo/'] button").click()
    page.goto(f"{server}/me/passkeys")
    page.get_by_role("button", name="Einrichten", exact=True).click()
    page.wait_for_url("**/me/passkeys?done=passkey")


def sign_out(page: Page) -> None:
    page.locator("form[action='/sign-out'] button").click()
    page.wait_for_url("**/sign-in?done=signed_out")


@pytest.mark.parametrize("old_browser", [False, True])
def test_a_passkey_is_set_up_used_and_removed(
    context: BrowserContext, server: str, old_browser: bool
) -> None:
    if old_browser:
        context.add_init_script(FORGET_JSON)
    page = page_with_device(context)
    enrol(page, server)
    expect(page.locator("main")).to_contain_text("Ihr Passkey ist eingerichtet.")

    sign_out(page)
    page.get_by_role("link", name="Mit Passkey anmelden").click()
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url(f"{server}/home")

    page.goto(f"{server}/me/passkeys")
    page.get_by_role("button", name="Entfernen").last.click()
    page.wait_for_url("**/me/passkeys?done=passkey_gone")
    sign_out(page)
    page.goto(f"{server}/sign-in/passkey")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(page.get_by_role("alert")).to_contain_text("Der Passkey wurde nicht angenommen.")


def test_the_way_leads_back_to_where_one_wanted_to_go(context: BrowserContext, server: str) -> None:
    page = page_with_device(context)
    enrol(page, server)
    sign_out(page)
    page.goto(f"{server}/sign-in/passkey?next=/me/languages")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url(f"{server}/me/languages")


def test_one_device_takes_one_passkey_of_a_person(context: BrowserContext, server: str) -> None:
    page = page_with_device(context)
    enrol(page, server)
    page.get_by_role("button", name="Einrichten", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Dieses Gerät hat schon einen Passkey")


def test_a_device_without_a_passkey_says_so_and_nothing_changes(
    context: BrowserContext, server: str
) -> None:
    page = page_with_device(context)
    page.goto(f"{server}/sign-in/passkey")
    button = page.get_by_role("button", name="Mit Passkey anmelden")
    button.click()
    expect(page.get_by_role("status").first).to_contain_text("Abgebrochen")
    expect(button).to_be_enabled()


def test_without_javascript_the_page_says_what_helps(browser: Browser, server: str) -> None:
    context = browser.new_context(locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/sign-in/passkey")
    # The driver only stops scripts, so the parser still keeps <noscript> as plain text.
    words = page.locator("noscript").inner_html()
    assert "Ein Passkey braucht JavaScript." in words
    assert "/sign-in/desk" in words
    expect(page.get_by_role("button", name="Mit Passkey anmelden")).to_have_count(0)
    context.close()
