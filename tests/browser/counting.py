"""Counts what a journey costs a person: taps, typed fields, screens, modelled seconds."""

from typing import Any

from playwright.sync_api import BrowserContext, Page

# 4G at the edge of the village.
LATENCY_MS = 150
BYTES_A_SECOND = 1_600_000 / 8

SECONDS_A_TAP = 1.2
SECONDS_A_CHARACTER = 0.4
SECONDS_A_SCREEN = 4.0

# A label passes its click on to its control: that is one tap, and the control's. The choice of a
# language is not counted. Enter in a field presses the form's button, which counts.
COUNT = """
(() => {
  const TEXT = 'textarea,select,[contenteditable],'
    + 'input:not([type=checkbox],[type=radio],[type=submit],[type=button])';
  const LANGUAGE = 'form[action="/language"],#language-menu';
  addEventListener('click', (event) => {
    const at = event.target;
    const control = at.closest?.('label')?.control;
    if (!event.isTrusted || (control && control !== at)) return;
    if (at.closest(TEXT) || at.closest(LANGUAGE)) return;
    tally('tap', (at.closest('a,button,summary,label') || at).textContent.trim(), 0);
  }, true);
  addEventListener('input', (event) => {
    if (!event.isTrusted || !event.target.matches(TEXT)) return;
    tally('typed', event.target.name, event.data ? event.data.length : 0);
  }, true);
  const look = () => {
    const shown = [...document.querySelectorAll('h1')].find((heading) => heading.checkVisibility());
    if (shown) tally('screen', shown.textContent.trim(), 0);
  };
  addEventListener('DOMContentLoaded', () => {
    look();
    const changes = { subtree: true, childList: true, attributeFilter: ['hidden'] };
    new MutationObserver(look).observe(document, changes);
  });
  addEventListener('load', () => tally('network', location.pathname, performance.now() / 1000));
})();
"""


class Journey:
    """What one person did since this was made, on all pages of `context`."""

    def __init__(self, context: BrowserContext) -> None:
        self.taps: list[str] = []
        self.typed: set[str] = set()
        self.characters = 0
        self.screens: list[str] = []
        self.network = 0.0
        context.expose_binding("tally", self._note)
        context.add_init_script(COUNT)

    def _note(self, _: Any, what: str, name: str, amount: float) -> None:
        if what == "tap":
            self.taps.append(name)
        elif what == "typed":
            self.typed.add(name)
            self.characters += int(amount)
        elif what == "screen" and name not in self.screens:
            self.screens.append(name)
        elif what == "network":
            self.network += amount

    @property
    def modelled_seconds(self) -> float:
        """What it would take a fluent reader on a slow phone."""
        return (
            SECONDS_A_TAP * len(self.taps)
            + SECONDS_A_CHARACTER * self.characters
            + SECONDS_A_SCREEN * len(self.screens)
            + self.network
        )

    def __str__(self) -> str:
        return (
            f"{len(self.taps)} taps {self.taps}, typed {sorted(self.typed)},"
            f" {self.characters} characters, {len(self.screens)} screens {self.screens},"
            f" network {self.network:.1f} s, modelled {self.modelled_seconds:.1f} s"
        )


def slow_down(page: Page) -> None:
    """Gives `page` the network of a cheap phone."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
