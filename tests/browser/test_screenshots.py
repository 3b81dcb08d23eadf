"""Pictures of the pages for the documents; made only when asked for (BRUECKE_SCREENSHOTS=1)."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import StorageState

from tests.browser.pages import PAGES, Shown
from tests.browser.phones import Phones

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
SCALE = 1.5

NAMES = {
    "front": "front",
    "region": "region",
    "join: what": "join-what",
    "join: when": "join-when",
    "join: who": "join-who",
    "join: refused": "join-refused",
    "home": "home",
    "me": "me",
    "postings": "postings",
    "posting": "posting",
    "organisation": "organisation",
    "sign in": "sign-in",
    "sign in: code": "sign-in-code",
    "organisation: today": "today",
    "organisation: templates": "templates",
    "desk": "desk",
    "desk: people": "desk-people",
    "desk: organisations": "desk-organisations",
}
PICTURED = [shown for shown in PAGES if shown.name in NAMES]

# Ending → locale, dark, width, height. Phones as in the drawings, the desk at 1280.
LOOKS = {
    "de": ("de-DE", False, 390, 844),
    "de-dark": ("de-DE", True, 390, 844),
    "ar": ("ar", False, 390, 844),
    "de-desk": ("de-DE", False, 1280, 800),
}


@pytest.mark.skipif(
    os.environ.get("BRUECKE_SCREENSHOTS") != "1", reason="pictures are made when asked for"
)
@pytest.mark.parametrize("shown", PICTURED, ids=lambda shown: NAMES[shown.name])
@pytest.mark.parametrize("look", LOOKS)
def test_a_picture_of(
    phone: Phones,
    server: str,
    signed_in_as: Callable[[str, str], StorageState],
    shown: Shown,
    look: str,
) -> None:
    locale, dark, width, height = LOOKS[look]
    login = signed_in_as(shown.who, locale) if shown.who else None
    page = phone(locale, dark=dark, width=width, height=height, scale=SCALE, login=login)
    page.goto(server + shown.path)
    shown.then(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement?.blur()")
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{NAMES[shown.name]}-{look}.png", animations="disabled")
