"""The ways back in, in a real browser: the mailed code and the code from the desk."""

import email
import email.policy
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.browser.pages import step
from tests.browser.phones import Phones

PATIENCE = 15


def join(page: Page, server: str, name: str, contact: str) -> None:
    page.goto(f"{server}/join?region=kassel")
    step(page, "activities", "cooking")
    step(page, "when", "evenings")
    page.locator("#name").fill(name)
    page.locator("#contact").fill(contact)
    page.locator("main form button[type=submit]:visible").click()
    page.wait_for_url("**/home?done=joined")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Nicht mein Handy").click()
    page.wait_for_url("**/sign-in?done=signed_out")


def ask_for_code(page: Page, server: str, address: str) -> None:
    page.goto(f"{server}/sign-in")
    page.locator("#email").fill(address)
    page.get_by_role("button", name="Code schicken").click()
    expect(page.locator("#code")).to_be_visible()


def mailed_code(mails: Path, address: str) -> str:
    """The code in the newest mail to `address`."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for file in sorted(mails.glob("*.eml"), key=lambda f: f.stat().st_mtime, reverse=True):
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            text = mail.get_content()
            found = re.search(r"\b\d{6}\b|\b\d{3} \d{3}\b", text)
            if mail["To"] == address and found:
                return found[0].replace(" ", "")
        time.sleep(0.1)
    raise AssertionError(f"no mail to {address} in {PATIENCE} s")


def enter_code(page: Page, code: str) -> None:
    page.locator("#code").fill(code)
    page.locator("main form button[type=submit]").click()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.mark.parametrize("script", [True, False])
def test_out_with_one_button_and_in_again_with_a_mailed_code(
    phone: Phones, server: str, mails: Path, script: bool
) -> None:
    address = f"amina-{script}@example.org".lower()
    page = phone()
    join(page, server, "Amina", address)
    sign_out(page)
    expect(page.locator("main")).to_contain_text("Sie sind abgemeldet.")

    again = page if script else phone(script=False)
    ask_for_code(again, server, address)
    enter_code(again, mailed_code(mails, address))
    again.wait_for_url("**/home")
    expect(again.locator("h1")).to_have_text("Guten Tag, Amina")


def test_back_after_signing_out_shows_nothing_personal(phone: Phones, server: str) -> None:
    page = phone()
    join(page, server, "Olena", "olena-back@example.org")
    page.goto(f"{server}/me")
    expect(page.locator("main")).to_contain_text("olena-back@example.org")
    sign_out(page)
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert "Olena" not in page.content()
        assert "olena-back" not in page.content()


def test_five_wrong_codes_burn_the_right_one(phone: Phones, server: str, mails: Path) -> None:
    address = "samuel-burns@example.org"
    page = phone()
    join(page, server, "Samuel", address)
    sign_out(page)
    ask_for_code(page, server, address)
    code = mailed_code(mails, address)
    for _ in range(5):
        with page.expect_response("**/sign-in/code") as refused:
            enter_code(page, wrong(code))
        assert refused.value.status == 422
        expect(page.locator("#errors")).to_be_focused()
    with page.expect_response("**/sign-in/code") as refused:
        enter_code(page, code)
    assert refused.value.status == 422
    page.goto(f"{server}/home")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_a_mailed_code_opens_nothing_in_another_browser(
    phone: Phones, server: str, mails: Path
) -> None:
    address = "olena-other@example.org"
    own, other = phone(), phone()
    join(own, server, "Olena", address)
    sign_out(own)
    ask_for_code(own, server, address)
    code = mailed_code(mails, address)

    other.goto(f"{server}/sign-in/code")
    expect(other).to_have_url(f"{server}/sign-in")
    ask_for_code(other, server, "somebody-else@example.org")
    enter_code(other, code)
    expect(other.locator("#errors")).to_be_focused()
    other.goto(f"{server}/home")
    expect(other).to_have_url(re.compile("/sign-in"))

    enter_code(own, code)
    own.wait_for_url("**/home")


def test_a_code_from_the_desk_opens_the_own_account_once(
    phone: Phones, server: str, signed_in_as: Callable[[str, str], StorageState]
) -> None:
    own = phone()
    join(own, server, "Samuel am Schalter", "0176 04069098")
    sign_out(own)

    desk = phone(login=signed_in_as("coordinator", "de-DE"))
    desk.goto(f"{server}/desk/people")
    desk.locator("#q").fill("Samuel am Schalter")
    desk.locator("form[role=search] button").click()
    row = desk.locator("main li").filter(has_text="Samuel am Schalter")
    row.locator("form button").click()
    expect(desk.locator(".qr svg path")).to_have_count(1)
    code = desk.locator(".code-shown").inner_text().replace(" ", "")
    assert re.fullmatch(r"[A-Z0-9]{12}", code)

    # What the QR code holds; a browser keeps the part behind "#" to itself.
    with own.expect_request("**/sign-in/desk") as asked:
        own.goto(f"{server}/sign-in/desk#{code}")
    assert code not in asked.value.url
    expect(own.locator("#code")).to_have_value(code)
    assert code not in own.url
    own.locator("main form button[type=submit]").click()
    own.wait_for_url("**/home")
    expect(own.locator("h1")).to_contain_text("Samuel am Schalter")

    other = phone()
    other.goto(f"{server}/sign-in/desk")
    enter_code(other, code.lower())
    expect(other.locator("#errors")).to_be_focused()
