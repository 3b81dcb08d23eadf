"""A phone in a test: a browser context that notes every breach of our own rules."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, StorageState

# Chromium says some breaches on the console only, others to the page only.
LISTEN = """
addEventListener('securitypolicyviolation', (breach) => {
  console.error(`policy: ${breach.violatedDirective} ${breach.blockedURI} ${breach.sourceFile}`);
});
"""
# A refused form answers 422 and a missing page 404: both are meant.
_MEANT = "Failed to load resource: the server responded with a status of 4"


class Phones:
    """Makes browser contexts and keeps what went wrong in any of them."""

    def __init__(self, browser: Browser, base: str) -> None:
        self._browser = browser
        self._host = urlsplit(base).netloc
        self._contexts: list[BrowserContext] = []
        self.problems: list[str] = []

    def __call__(
        self,
        locale: str = "de-DE",
        *,
        dark: bool = False,
        script: bool = True,
        width: int = 360,
        height: int = 640,
        scale: float = 1,
        login: StorageState | None = None,
        worker: bool = False,
    ) -> Page:
        """The first page of a new phone, 360 × 640 unless told otherwise.

        Without a service worker, unless the test is about it: it fetches beside the page.
        """
        context = self._browser.new_context(
            locale=locale,
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            reduced_motion="reduce",
            storage_state=login,
            service_workers="allow" if worker else "block",
        )
        self._contexts.append(context)
        if script:
            context.add_init_script(LISTEN)
        context.on("console", self._heard)
        context.on("request", self._called)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.set_default_timeout(10_000)
        return context.new_page()

    def close(self) -> None:
        """Puts the phones away; raises AssertionError naming every breach."""
        for context in self._contexts:
            context.close()
        assert not self.problems, "\n".join(self.problems)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_MEANT):
            self.problems.append(f"console: {message.text}")

    def _called(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != self._host:
            self.problems.append(f"foreign host: {request.url}")
