"""Every page, for everybody: axe finds nothing, nothing hangs over, nothing stays behind."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, StorageState

from tests.browser.pages import PAGES, Shown
from tests.browser.phones import Phones

Login = Callable[[str, str], StorageState]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
WIDTHS = (320, 360, 390, 1280)
# Twice the reader's usual 16 px: the setting of the browser, not a zoom.
LARGE = 32
# Locale and darkness.
LOOKS = [("de-DE", False), ("de-DE", True), ("ar", False), ("ar", True)]
PROVE = os.environ.get("BRUECKE_PROVE") == "1"


def _cases() -> list[Any]:
    """Every page in every look to prove it; else every page in one, and every look on some."""
    return [
        pytest.param(shown, look, id=f"{shown.name} {look[0]}{' dark' if look[1] else ''}")
        for n, shown in enumerate(PAGES)
        for m, look in enumerate(LOOKS)
        if PROVE or n % len(LOOKS) == m
    ]


def opened(phone: Phones, server: str, login: Login, shown: Shown, look: tuple[str, bool]) -> Page:
    locale, dark = look
    cookies = login(shown.who, locale) if shown.who else None
    page = phone(locale, dark=dark, width=390, height=844, login=cookies)
    page.goto(server + shown.path)
    shown.then(page)
    return page


def covered_at_the_end(page: Page) -> list[str]:
    """What can be pressed, but lies under a bar that sticks, with the page scrolled to its end."""
    found: list[str] = page.evaluate(
        """() => {
          scrollTo(0, document.documentElement.scrollHeight);
          const pressed = 'main :is(a,button,label,summary),.end :is(a,button)';
          return [...document.querySelectorAll(pressed)].filter((one) => {
              const box = one.getClientRects()[0];
              if (!box?.width || !one.checkVisibility() || one.closest('.hidden')) return false;
              if (box.top < innerHeight / 2 || box.bottom > innerHeight) return false;
              const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return !(one.contains(hit) || hit?.contains(one));
            }).map((one) => `covered: ${one.tagName}.${one.className} "${one.textContent.trim()}"`);
        }"""
    )
    return found


def in_full(page: Page) -> None:
    """As high as its content: axe takes what is still under a sticky bar for too small to press."""
    high: int = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": 390, "height": max(high, 844)})


def beside_the_edge(page: Page) -> list[str]:
    """What reaches over the side of the window, but for what scrolls in a box of its own."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          const found = [...document.querySelectorAll('body *')].filter((one) => {
            const box = one.getBoundingClientRect();
            return box.width && (box.right > width + 1 || box.left < -1)
              && one.checkVisibility() && !one.closest('.hidden,.skip,.table-wrap,svg *,input');
          }).map((one) => `${one.tagName}.${one.className} "${one.textContent.trim()}"`);
          const all = document.scrollingElement.scrollWidth;
          return all > width ? [`the page is ${all} wide`, ...found] : found;
        }"""
    )
    return [f"at {page.viewport_size}: {one}" for one in found[:4]]


@pytest.mark.parametrize("shown, look", _cases())
def test_a_page_fits_everybody(
    phone: Phones, server: str, signed_in_as: Login, shown: Shown, look: tuple[str, bool]
) -> None:
    page = opened(phone, server, signed_in_as, shown, look)
    # On the page of components a toast lies there for show.
    problems = covered_at_the_end(page) if shown.name != "design" else []
    in_full(page)
    found = Axe().run(
        page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    )
    problems += [
        f"{broken['id']}: {node['target']} {node['failureSummary']}"
        for broken in found.response["violations"]
        for node in broken["nodes"]
    ]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        problems += beside_the_edge(page)

    page.set_viewport_size({"width": 390, "height": 844})
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": LARGE, "fixed": LARGE}})
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{LARGE}px"
    problems += [f"large type: {one}" for one in beside_the_edge(page)]

    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]
    assert not problems, "\n".join(problems)
