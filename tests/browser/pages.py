"""The pages a browser test walks over: how to reach each, and as whom."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from playwright.sync_api import Page

Who = Literal["", "volunteer", "representative", "coordinator"]


def _nothing(_: Page) -> None:
    return


class Shown(NamedTuple):
    """A page, or a page in one of its states."""

    name: str
    path: str
    who: Who = ""
    then: Callable[[Page], None] = _nothing


def step(page: Page, field: str, value: str) -> None:
    """Answers the question that shows, and asks for the next."""
    page.locator(f"label:has(#{field}-{value})").click()
    page.locator("[data-step]:not([hidden]) [data-next]").click()


def _when(page: Page) -> None:
    step(page, "activities", "cooking")


def _who(page: Page) -> None:
    _when(page)
    step(page, "when", "evenings")


def _wrong(page: Page) -> None:
    _who(page)
    page.locator("main form button[type=submit]:visible").click()
    page.locator("#errors").wait_for()


def _first_posting(page: Page) -> None:
    page.locator("main article a").first.click()
    page.wait_for_url("**/postings/*")


def _first_match(page: Page) -> None:
    page.locator("main article a[href^='/matches/']").first.click()
    page.wait_for_url("**/matches/*")


def _draft(page: Page) -> None:
    page.locator('form:has(input[value="lunch_table"]) button').click()
    page.wait_for_url("**/edit")


def _first_pair(page: Page) -> None:
    page.locator("ol.queue a").first.click()
    page.wait_for_url("**/desk/matches/*")


def _code(page: Page) -> None:
    page.locator("#email").fill("nobody@example.org")
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "/sign-in/code" in url)


def _menu(page: Page) -> None:
    page.locator("#language-menu summary").click()


PAGES = [
    Shown("front", "/"),
    Shown("front with the languages open", "/", then=_menu),
    Shown("region", "/r/kassel?s=poster-12"),
    Shown("join: what", "/join?region=kassel"),
    Shown("join: when", "/join?region=kassel", then=_when),
    Shown("join: who", "/join?region=kassel", then=_who),
    Shown("join: refused", "/join?region=kassel", then=_wrong),
    Shown("join: younger", "/join/younger?region=kassel"),
    Shown("postings", "/postings?region=kassel"),
    Shown("posting", "/postings?region=kassel", then=_first_posting),
    Shown("organisations", "/organisations?region=kassel"),
    Shown("organisation", "/organisations/demo-roj"),
    Shown("organisation: new", "/organisations/new?region=kassel"),
    Shown("sign in", "/sign-in"),
    Shown("sign in: code", "/sign-in", then=_code),
    Shown("sign in: desk", "/sign-in/desk"),
    Shown("sign in: passkey", "/sign-in/passkey"),
    Shown("privacy", "/privacy"),
    Shown("imprint", "/imprint"),
    Shown("accessibility", "/accessibility"),
    Shown("not there", "/nowhere"),
    Shown("demo", "/demo/volunteer"),
    Shown("design", "/design"),
    Shown("home", "/home", "volunteer"),
    Shown("me", "/me", "volunteer"),
    Shown("me: languages", "/me/languages", "volunteer"),
    Shown("me: passkeys", "/me/passkeys", "volunteer"),
    Shown("matches", "/matches", "volunteer"),
    Shown("match", "/matches", "volunteer", _first_match),
    Shown("notifications", "/notifications", "volunteer"),
    Shown("organisation: today", "/organisations/demo-roj/today", "representative"),
    Shown("organisation: templates", "/organisations/demo-roj/postings/new", "representative"),
    Shown("organisation: draft", "/organisations/demo-roj/postings/new", "representative", _draft),
    Shown("organisation: people", "/organisations/demo-roj/people", "representative"),
    Shown("organisation: team", "/organisations/demo-roj/team", "representative"),
    Shown("desk", "/desk", "coordinator"),
    Shown("desk: queue", "/desk/queue", "coordinator"),
    Shown("desk: pair", "/desk/queue", "coordinator", _first_pair),
    Shown("desk: postings", "/desk/postings", "coordinator"),
    Shown("desk: tasks nobody speaks for", "/desk/postings/open", "coordinator"),
    Shown("desk: people", "/desk/people", "coordinator"),
    Shown("desk: organisations", "/desk/organisations", "coordinator"),
    Shown("desk: notifications", "/notifications", "coordinator"),
    Shown("answers: gone", "/answers/nothing"),
    Shown("without internet", "/offline"),
]
