"""Mistakes while joining cost nothing that was said, and nobody joins twice."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.joining import NEXT, NUMBERS, SEND, choose, to_last_question
from tests.browser.phones import Phones


def test_a_wrong_contact_costs_nothing_that_was_said(phone: Phones, server: str) -> None:
    page = phone()
    to_last_question(page, server)
    page.locator("#name").fill("Amina")
    page.locator("#contact").fill("0171")
    choose(page, "shared_phone", "1")
    page.locator(f"{SEND}:visible").click()

    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#errors")).to_be_in_viewport()
    expect(page.locator("#contact")).to_be_visible()
    expect(page.locator("#contact")).to_have_value("0171")
    expect(page.locator("#name")).to_have_value("Amina")
    expect(page.locator("#shared_phone-1")).to_be_checked()
    expect(page.locator("#activities-cooking")).to_be_checked()
    expect(page.locator("#when-evenings")).to_be_checked()
    message = page.locator("#errors a").inner_text()
    expect(page.locator("#contact-error")).to_have_text(message)
    page.locator("#errors a").click()
    expect(page.locator("#contact")).to_be_focused()
    assert page.url.endswith("/join?region=kassel&s=poster-12") or "#" in page.url

    page.locator("#contact").fill(next(NUMBERS))
    page.locator(f"{SEND}:visible").click()
    page.wait_for_url("**/home?done=joined")


def test_an_unanswered_question_is_shown_again(phone: Phones, server: str) -> None:
    page = phone()
    page.goto(f"{server}/join?region=kassel")
    page.locator(NEXT).click()
    choose(page, "when", "daytime")
    page.locator(NEXT).click()
    page.locator("#name").fill("Samuel")
    page.locator("#contact").fill(next(NUMBERS))
    page.locator(f"{SEND}:visible").click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#activities")).to_be_visible()
    expect(page.locator("#activities-error")).to_be_visible()
    choose(page, "activities", "sport")
    page.locator(NEXT).click()
    page.locator(NEXT).click()
    expect(page.locator("#name")).to_have_value("Samuel")
    page.locator(f"{SEND}:visible").click()
    page.wait_for_url("**/home?done=joined")


@pytest.mark.parametrize("script", [True, False])
def test_pressing_twice_joins_once(
    phone: Phones, server: str, stored: Callable[..., list[tuple[Any, ...]]], script: bool
) -> None:
    number = next(NUMBERS)
    page = phone(script=script)
    if script:
        to_last_question(page, server)
    else:
        page.goto(f"{server}/join?region=kassel")
        choose(page, "activities", "cooking")
        choose(page, "when", "evenings")
    page.locator("#name").fill("Amina")
    page.locator("#contact").fill(number)
    page.locator(f"{SEND}:visible").dblclick()
    page.wait_for_url("**/home?done=joined")
    expect(page.locator("h1")).to_contain_text("Amina")
    e164 = "+49" + number.replace(" ", "")[1:]
    assert stored("SELECT count(*) FROM person WHERE phone = ?", e164) == [(1,)]
