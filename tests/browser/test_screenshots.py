"""Pictures of the pages for the documents; made only when asked for (BRUECKE_SCREENSHOTS=1)."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import StorageState

from tests.browser.pages import PAGES, Shown
from tests.browser.phones import Phones

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
NAMES = {
    "region": "region",
    "join: what": "join-what",
    "join: when": "join-when",
    "join: who": "join-who",
    "home": "home",
    "posting": "posting",
    "sign in": "sign-in",
    "match": "match",
    "notifications": "notifications",
    "organisation: today": "today",
    "desk: pair": "desk-pair",
    "desk": "desk",
    "desk: organisations": "desk-organisations",
}
PICTURED = [shown for shown in PAGES if shown.name in NAMES]

# Ending → locale, dark, width, height, scale. Phones as in the drawings, the desk at 1280.
LOOKS = {
    "de": ("de-DE", False, 390, 844, 1.5),
    "de-dark": ("de-DE", True, 390, 844, 1.5),
    "ar": ("ar", False, 390, 844, 1.5),
    "de-desk": ("de-DE", False, 1280, 800, 1),
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
    locale, dark, width, height, scale = LOOKS[look]
    login = signed_in_as(shown.who, locale) if shown.who else None
    page = phone(locale, dark=dark, width=width, height=height, scale=scale, login=login)
    page.goto(server + shown.path)
    shown.then(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement?.blur()")
    page.mouse.move(0, 0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{NAMES[shown.name]}-{look}.png", animations="disabled")
