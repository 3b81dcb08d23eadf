"""A date chosen on a small phone without a script, and letters that stay off on this device."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import StorageState, expect

from tests.browser.phones import Phones

Login = Callable[[str, str], StorageState]
Stored = Callable[..., list[tuple[Any, ...]]]

_SEVERAL = (
    "SELECT n.posting FROM opening n JOIN shift s ON s.id = n.shift JOIN posting p"
    " ON p.id = n.posting WHERE p.region = 'kassel' AND p.state = 'open' AND p.kind <> 'support'"
    " AND p.language_required = '' AND p.home_visit = 0 AND p.with_children = 0"
    " AND s.held_on > date('now') AND n.taken < n.capacity"
    " GROUP BY n.posting HAVING COUNT(DISTINCT s.held_on) > 1 ORDER BY n.posting"
)


def test_a_later_date_is_chosen_on_a_small_phone_without_a_script(
    phone: Phones, server: str, signed_in_as: Login, stored: Stored
) -> None:
    amina = phone(script=False, login=signed_in_as("volunteer", "de-DE"))
    posting = str(stored(_SEVERAL)[0][0])
    amina.goto(f"{server}/postings/{posting}")
    dates = amina.locator('input[name="opening"]')
    assert dates.count() > 1
    expect(dates.first).to_be_visible()
    assert amina.evaluate("document.documentElement.scrollWidth") <= 360
    last = amina.locator('#opening > label:has(input[name="opening"])').last
    opening = last.locator("input").get_attribute("value")
    last.click()
    amina.locator(f'form[action="/postings/{posting}/interest"] button').click()
    amina.wait_for_url("**/matches/*")
    match = amina.url.rpartition("/")[2]
    assert stored("SELECT opening FROM match WHERE id = ?", match) == [(opening,)]
    amina.locator('label:has(input[name="calls"][value="self"])').click()
    amina.locator('label:has(input[name="party_size"][value="2"])').click()
    amina.locator('form[action$="/contact-choice"] button').click()
    amina.wait_for_url("**?done=choice")
    found = stored("SELECT calls, party_size FROM match WHERE id = ?", match)
    assert found == [("self", 2)]


def test_letters_that_were_switched_off_stay_off_and_the_number_beside_the_tab_counts_down(
    phone: Phones, server: str, signed_in_as: Login
) -> None:
    anna = phone(login=signed_in_as("coordinator", "de-DE"), width=1280, height=900)
    anna.goto(f"{server}/desk/queue")
    pair = anna.locator("#pair")
    before, waiting = pair.inner_text(), int(anna.locator("#waiting").inner_text())
    later = anna.locator("#later")
    expect(later).to_have_attribute("aria-keyshortcuts", "s")
    anna.locator("label:has(#keys-on)").click()
    expect(later).not_to_have_attribute("aria-keyshortcuts", "s")
    anna.reload()
    expect(anna.locator("#keys-on")).not_to_be_checked()
    anna.keyboard.press("d")
    expect(anna.locator(".decline")).not_to_have_attribute("open", "")
    expect(pair).to_have_text(before)

    anna.locator("label:has(#keys-on)").click()
    anna.keyboard.press("d")
    anna.keyboard.press("3")
    expect(anna.locator("#toast")).to_contain_text("Zurücknehmen")
    expect(anna.locator("#waiting")).to_have_text(str(waiting - 1))
    anna.locator("#toast button").click()
    expect(anna.locator("#waiting")).to_have_text(str(waiting))
