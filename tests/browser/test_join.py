"""J1, the journey that matters most: from a poster to three suggestions, on a small phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bruecke.reference.activities import activities_by_code
from tests.browser.counting import Journey, slow_down
from tests.browser.joining import NEXT, NUMBERS, POSTER, SEND, choose, to_last_question
from tests.browser.phones import Phones


def heading_has_focus(page: Page) -> bool:
    found: bool = page.evaluate("document.activeElement.matches('h1,legend:has(h1)')")
    return found


def tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize("locale, direction", [("de-DE", "ltr"), ("ar", "rtl")])
def test_from_poster_to_three_suggestions(
    phone: Phones, server: str, locale: str, direction: str
) -> None:
    page = phone(locale)
    journey = Journey(page.context)
    slow_down(page)

    page.goto(f"{server}{POSTER}")
    expect(page.locator("html")).to_have_attribute("dir", direction)
    page.locator("main a.btn.go").click()
    choose(page, "activities", "cooking")
    page.locator(NEXT).click()
    choose(page, "when", "evenings")
    page.locator(NEXT).click()
    page.locator("#name").press_sequentially("Amina")
    number = next(NUMBERS).replace(" ", "")
    page.locator("#contact").press_sequentially(number)
    page.locator(f"{SEND}:visible").click()
    page.wait_for_url("**/home?done=joined")

    suggestions = page.locator("article.suggestion")
    for n in range(3):
        expect(suggestions.nth(n)).to_be_visible()
        expect(suggestions.nth(n).locator(".reasons li").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", direction)
    assert len(journey.taps) == 6, journey
    assert journey.typed == {"name", "contact"}, journey
    assert journey.characters == len("Amina" + number), journey
    assert len(journey.screens) == 5, journey
    assert journey.network > 0, journey
    assert journey.modelled_seconds <= 90, journey


def test_what_poster_and_person_said_is_kept(
    phone: Phones, server: str, stored: Callable[..., list[tuple[Any, ...]]]
) -> None:
    number = next(NUMBERS)
    page = phone()
    page.goto(f"{server}{POSTER}")
    page.locator("main a.btn.go").click()
    choose(page, "activities", "sport")
    page.locator(NEXT).click()
    choose(page, "when", "weekend")
    page.locator(NEXT).click()
    page.locator("#name").fill("Samuel")
    page.locator("#contact").fill(number)
    page.locator(f"{SEND}:visible").click()
    page.wait_for_url("**/home?done=joined")
    e164 = "+49" + number.replace(" ", "")[1:]
    found = stored(
        "SELECT p.source, p.region, o.anything, o.activities FROM person p"
        " JOIN offer o ON o.person = p.id WHERE p.phone = ?",
        e164,
    )
    sport = 1 << activities_by_code()["sport"].bit
    assert found == [("poster-12", "kassel", 0, sport)]


@pytest.mark.parametrize("path", [POSTER, "/join?region=kassel"])
@pytest.mark.parametrize("locale", ["de-DE", "ar"])
def test_the_main_button_is_on_the_first_screen(
    phone: Phones, server: str, path: str, locale: str
) -> None:
    page = phone(locale)
    page.goto(f"{server}{path}")
    covered = page.evaluate(
        """() => {
          const button = [...document.querySelectorAll('main .btn.go')]
            .find((one) => one.checkVisibility());
          const box = button.getBoundingClientRect();
          const inside = box.top >= 0 && box.bottom <= innerHeight;
          const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return inside && button.contains(hit) ? '' : `at ${box.top}, under ${hit?.className}`;
        }"""
    )
    assert covered == ""


def test_back_goes_one_question_back_and_keeps_the_answers(phone: Phones, server: str) -> None:
    page = phone()
    to_last_question(page, server)
    assert heading_has_focus(page)

    page.go_back()
    expect(page.locator("#when")).to_be_visible()
    expect(page.locator("#when-evenings")).to_be_checked()
    page.locator("[data-step]:not([hidden]) a[data-back]").click()
    expect(page.locator("#activities")).to_be_visible()
    expect(page.locator("#activities-cooking")).to_be_checked()
    expect(page.locator(NEXT)).to_contain_text("(1 gewählt)")
    page.go_forward()
    expect(page.locator("#when")).to_be_visible()
    page.go_back()
    page.locator("[data-step]:not([hidden]) a.back").click()
    page.wait_for_url("**/r/kassel*")


def test_without_a_script_it_is_one_long_form(phone: Phones, server: str) -> None:
    page = phone(script=False)
    page.goto(f"{server}{POSTER}")
    page.locator("main a.btn.go").click()
    expect(page.locator("[data-next]:visible")).to_have_count(0)
    for field in ("#activities", "#when", "#name", "#contact"):
        expect(page.locator(field)).to_be_visible()
    choose(page, "activities", "learning")
    page.locator("#name").fill("Olena")
    page.locator("#contact").fill("not a number")
    page.locator(SEND).click()
    expect(page.locator("#errors a")).to_have_count(2)
    expect(page.locator("#name")).to_have_value("Olena")
    expect(page.locator("#activities-learning")).to_be_checked()
    assert page.title().startswith("Fehler")

    choose(page, "when", "varies")
    page.locator("#contact").fill(next(NUMBERS))
    page.locator(SEND).click()
    page.wait_for_url("**/home?done=joined")
    expect(page.locator("article.suggestion").first).to_be_visible()


def test_a_language_chip_changes_every_text(phone: Phones, server: str) -> None:
    page = phone()
    page.goto(f"{server}{POSTER}")
    german = texts(page)
    page.locator("main form[action='/language'] button[value=ar]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.url == f"{server}{POSTER}"
    assert texts(page) & german == set()
    page.locator("main a.btn.go").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert "s=poster-12" in page.url


def texts(page: Page) -> set[str]:
    """Every text with a letter in it, but names, the product's own and the list of languages."""
    found: list[str] = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          while (walker.nextNode()) {
            const said = walker.currentNode.textContent.trim();
            const owner = walker.currentNode.parentElement;
            const named = owner.closest('body [lang],bdi,.brand,script');
            if (/\\p{L}/u.test(said) && !named) found.push(said);
          }
          return found;
        }"""
    )
    return set(found)


def test_joining_by_keyboard_alone(phone: Phones, server: str) -> None:
    page = phone()
    page.goto(f"{server}{POSTER}")
    tab_to(page, "main a.btn.go")
    page.keyboard.press("Enter")
    page.wait_for_url("**/join?*")
    tab_to(page, "#activities-cooking")
    page.keyboard.press("Space")
    tab_to(page, "[data-next]")
    page.keyboard.press("Enter")
    expect(page.locator("#when")).to_be_visible()
    assert heading_has_focus(page)
    tab_to(page, "#when-weekend")
    page.keyboard.press("Space")
    # Enter in the middle of a question asks for the next one and never sends the form.
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_be_visible()
    tab_to(page, "#name")
    page.keyboard.type("Olena")
    tab_to(page, "#contact")
    page.keyboard.type(next(NUMBERS))
    page.keyboard.press("Enter")
    page.wait_for_url("**/home?done=joined")
    expect(page.locator("h1")).to_contain_text("Olena")
