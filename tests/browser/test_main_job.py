"""The main job on four phones: a need, two who say yes, the desk, and only then the numbers."""

import os
import sqlite3
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, StorageState, expect

from tests.browser.conftest import Running
from tests.browser.counting import Journey
from tests.browser.joining import NEXT, NUMBERS, POSTER, SEND, choose
from tests.browser.phones import Phones
from tests.support.pair import spelled

Login = Callable[[str, str], StorageState]
Stored = Callable[..., list[tuple[Any, ...]]]
Later = Callable[[str], None]

OWN = "/organisations/demo-roj"
WAITLISTED = {"de-DE": "Auf der Warteliste", "ar": "في قائمة الانتظار"}
# The longest undo is the desk's 30 seconds.
PATIENCE = 60
PROVE = bool(os.environ.get("BRUECKE_PROVE"))


@pytest.fixture
def later(running: Running) -> Later:
    """A minute passes for one posting: nobody can take a move back any more."""

    def shift(posting: str) -> None:
        connection = sqlite3.connect(running.data / "bruecke.sqlite3", timeout=10)
        with connection:
            connection.execute(
                "UPDATE match SET visible_from_at = visible_from_at - 60,"
                " moved_at = moved_at - 60 WHERE posting = ?",
                (posting,),
            )
        connection.close()

    return shift


def wait_for_real(_: str) -> None:
    """Nothing is shortened: the windows run out by the clock."""


def publish(page: Page, server: str) -> str:
    """The representative looks for one person for a festival; answers the posting."""
    page.goto(f"{server}{OWN}/today")
    page.locator("a.float").click()
    page.locator('form:has(input[value="festival_help"]) button').click()
    page.wait_for_url("**/edit")
    posting = page.url.rsplit("/", 2)[1]
    page.locator('label:has(input[name="places"][value="1"])').click()
    page.locator(".dock button").click()
    page.wait_for_url("**/today?done=published")
    return posting


def join(page: Page, server: str, name: str) -> str:
    """Somebody new comes by the poster and likes festivals; answers the number, as +49…"""
    number = next(NUMBERS)
    page.goto(f"{server}{POSTER}")
    page.locator("main a.btn.go").click()
    choose(page, "activities", "festivals")
    _next_question(page)
    choose(page, "when", "weekend")
    _next_question(page)
    page.locator("#name").fill(name)
    page.locator("#contact").fill(number)
    page.locator(f"{SEND}:visible").click()
    page.wait_for_url("**/home?done=joined")
    return "+49" + number.replace(" ", "")[1:]


def _next_question(page: Page) -> None:
    # Without a script all questions stand on one page.
    if page.locator(f"{NEXT}:visible").count():
        page.locator(NEXT).click()


def say_yes(page: Page, posting: str) -> str:
    """Yes on the card of the suggestion; answers the match."""
    page.locator(f"#suggestion-{posting} form[action$='/interest'] button").click()
    page.wait_for_url("**/matches/*")
    return page.url.rsplit("/", 1)[1]


def reload_until(page: Page, address: str, wanted: str) -> Locator:
    """Looks again and again until what the other side did is there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page.goto(address)
        if page.locator(wanted).count():
            return page.locator(wanted).first
        page.wait_for_timeout(200)
    raise AssertionError(f"no {wanted} on {address}")


def decide(page: Page, server: str, match: str) -> None:
    """The coordinator opens one of the queue, ticks the number, and presses the main button."""
    reload_until(page, f"{server}/desk/queue", f"#open-{match}").click()
    approval = page.locator(f"form[action='/matches/{match}/approval'] button")
    expect(approval).to_be_visible()
    page.locator("form[action$='/contact-check'] button").click()
    page.wait_for_url(f"**/desk/matches/{match}?done=number")
    approval.click()
    expect(approval).to_have_count(0)


def showing(page: Page, server: str, paths: list[str], *contacts: str) -> list[str]:
    """The pages of `paths` on which one of `contacts` stands, in any spelling."""
    found = []
    for path in paths:
        answer = page.goto(server + path)
        assert answer and answer.ok, path
        text = page.content()
        if any(one in text for contact in contacts for one in spelled(contact)):
            found.append(path)
    return found


@pytest.mark.parametrize("locale", ["de-DE", "ar"])
def test_four_people_and_one_place(
    phone: Phones,
    server: str,
    signed_in_as: Login,
    stored: Stored,
    later: Later,
    locale: str,
) -> None:
    # In the full proof German waits for real, which takes a minute.
    pass_time = wait_for_real if PROVE and locale == "de-DE" else later
    leyla = phone(locale, login=signed_in_as("representative", locale))
    anna = phone(locale, login=signed_in_as("coordinator", locale))
    amina, samuel = phone(locale), phone(locale)

    posted = Journey(leyla.context)
    posting = publish(leyla, server)
    expect(leyla.locator("html")).to_have_attribute("lang", locale[:2])
    assert len(posted.taps) <= 6 and not posted.typed, posted

    aminas = join(amina, server, "Amina")
    answered = Journey(amina.context)
    amina.reload()
    first = say_yes(amina, posting)
    assert len(answered.taps) <= 2 and not answered.typed, answered
    join(samuel, server, "Samuel")
    second = say_yes(samuel, posting)

    [(leylas, mail)] = stored(
        "SELECT p.phone, p.email FROM posting JOIN person p ON p.id = posting.contact"
        " WHERE posting.id = ?",
        posting,
    )
    hers = [f"/matches/{first}", "/matches", "/home", f"/postings/{posting}", OWN]
    theirs = [f"{OWN}/{page}" for page in ("people", "today", "team")]
    theirs += [f"/postings/{posting}", f"/postings/{posting}/edit"]

    def nobody_sees_a_number() -> None:
        assert showing(leyla, server, theirs, aminas) == []
        assert showing(amina, server, hers, leylas, mail) == []

    nobody_sees_a_number()
    pass_time(posting)
    decide(anna, server, first)
    decide(anna, server, second)
    nobody_sees_a_number()

    pass_time(posting)
    card = f"#match-{first}"
    confirm = reload_until(leyla, f"{server}{OWN}/people", f"{card} form[action$=confirmation]")
    expect(leyla.locator(f"#match-{second}")).to_have_count(0)
    nobody_sees_a_number()
    samuel.goto(f"{server}/matches/{second}")
    expect(samuel.locator("main")).to_contain_text(WAITLISTED[locale])

    leyla.goto(f"{server}{OWN}/people")
    confirm.locator("button").click()
    expect(leyla.locator(f"{card} form[action$=meeting]")).to_be_visible()
    nobody_sees_a_number()
    pass_time(posting)
    reload_until(leyla, f"{server}{OWN}/people", f"{card} a[href='tel:{aminas}']")
    reload_until(amina, f"{server}/matches/{first}", f"main a[href='tel:{leylas}']")
    expect(amina.locator(f"main a[href='mailto:{mail}']")).to_be_visible()
    for page in (leyla, anna, amina, samuel):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert theirs[0] in showing(leyla, server, theirs, aminas)
    assert hers[0] in showing(amina, server, hers, leylas)
    assert showing(samuel, server, [f"/matches/{second}", "/home"], aminas, leylas, mail) == []

    assert stored("SELECT state FROM match WHERE id = ?", first) == [("confirmed",)]
    assert stored("SELECT state FROM match WHERE id = ?", second) == [("waitlisted",)]
    assert stored("SELECT capacity, taken FROM opening WHERE posting = ?", posting) == [(1, 1)]


def test_yes_and_approval_work_without_a_script(
    phone: Phones, server: str, signed_in_as: Login, stored: Stored, later: Later
) -> None:
    leyla = phone(script=False, login=signed_in_as("representative", "de-DE"))
    anna = phone(script=False, login=signed_in_as("coordinator", "de-DE"))
    olena = phone(script=False)
    posting = publish(leyla, server)
    join(olena, server, "Olena")
    match = say_yes(olena, posting)
    later(posting)
    decide(anna, server, match)
    assert stored("SELECT state FROM match WHERE id = ?", match) == [("approved",)]
