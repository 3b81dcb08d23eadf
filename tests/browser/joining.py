"""What tests of joining share: the questions, and who answers them."""

import itertools

from playwright.sync_api import Page

POSTER = "/r/kassel?s=poster-12"
NEXT = "[data-step]:not([hidden]) [data-next]"
SEND = "main form button[type=submit]"
# Numbers for films that ring nowhere; the demo has the other hundred of them.
NUMBERS = (f"0176 040690{n:02}" for n in itertools.count())


def choose(page: Page, field: str, value: str) -> None:
    page.locator(f"label:has(#{field}-{value})").click()


def to_last_question(page: Page, server: str) -> None:
    page.goto(f"{server}/join?region=kassel&s=poster-12")
    choose(page, "activities", "cooking")
    page.locator(NEXT).click()
    choose(page, "when", "evenings")
    page.locator(NEXT).click()
