"""J3: from the representative's home to a published need, on a small phone, nothing typed."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.browser.counting import Journey, slow_down
from tests.browser.phones import Phones

HOME = "/organisations/demo-roj/today"


def tap(page: Page, field: str, value: str) -> None:
    page.locator(f'label:has(input[name="{field}"][value="{value}"])').click()


def choose_template(page: Page, code: str) -> None:
    page.locator("a.float").click()
    page.locator(f'form:has(input[value="{code}"]) button').click()
    page.wait_for_url("**/edit")


def no_sideways_scroll(page: Page) -> bool:
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return fits


@pytest.mark.parametrize("locale, direction", [("de-DE", "ltr"), ("ar", "rtl")])
def test_a_need_is_posted_in_six_taps(
    phone: Phones,
    server: str,
    signed_in_as: Callable[[str, str], StorageState],
    stored: Callable[..., list[tuple[Any, ...]]],
    locale: str,
    direction: str,
) -> None:
    page = phone(locale, login=signed_in_as("representative", locale))
    journey = Journey(page.context)
    slow_down(page)

    page.goto(server + HOME)
    expect(page.locator("html")).to_have_attribute("dir", direction)
    choose_template(page, "homework_help")
    posting = page.url.rsplit("/", 2)[1]
    tap(page, "places", "3")
    tap(page, "days", "2")
    tap(page, "parts", "3")
    assert no_sideways_scroll(page)
    page.locator(".dock button").click()
    page.wait_for_url("**/today?done=published")

    assert len(journey.taps) <= 6, journey
    assert journey.typed == set(), journey
    assert journey.modelled_seconds <= 60, journey
    assert stored("SELECT state FROM posting WHERE id = ?", posting) == [("open",)]
    assert stored("SELECT capacity FROM opening WHERE posting = ?", posting) == [(3,)]


def test_a_lunch_table_with_dates_takes_as_many_taps(
    phone: Phones,
    server: str,
    signed_in_as: Callable[[str, str], StorageState],
    stored: Callable[..., list[tuple[Any, ...]]],
) -> None:
    page = phone(login=signed_in_as("representative", "de-DE"))
    journey = Journey(page.context)

    page.goto(server + HOME)
    choose_template(page, "lunch_table")
    posting = page.url.rsplit("/", 2)[1]
    tap(page, "places", "3")
    tap(page, "days", "4")
    tap(page, "time", "1100-1400")
    page.locator(".dock button").click()
    page.wait_for_url("**/today?done=published")

    assert len(journey.taps) <= 6, journey
    assert journey.typed == set(), journey
    # Wednesdays from the template and the Fridays that were added, eight weeks of each.
    assert len(stored("SELECT id FROM shift WHERE posting = ?", posting)) == 16


def test_posting_works_without_javascript(
    phone: Phones, server: str, signed_in_as: Callable[[str, str], StorageState]
) -> None:
    page = phone(script=False, login=signed_in_as("representative", "de-DE"))
    page.goto(server + HOME)
    choose_template(page, "festival_help")
    page.locator(".dock button").click()
    page.wait_for_url("**/today?done=published")
    expect(page.locator("main")).to_contain_text("Veröffentlicht.")


def test_a_wrong_answer_leads_to_its_question(
    phone: Phones, server: str, signed_in_as: Callable[[str, str], StorageState]
) -> None:
    page = phone(login=signed_in_as("representative", "de-DE"))
    page.goto(server + HOME)
    choose_template(page, "lunch_table")
    page.locator("#days input:checked").first.uncheck(force=True)
    page.locator(".dock button").click()
    page.locator("#errors a").click()
    expect(page.locator("#days")).to_be_in_viewport()
