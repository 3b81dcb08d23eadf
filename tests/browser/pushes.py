"""Push messages for a page's worker, without a push service: decrypted, through the debugger."""

import json
from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.support.push_service import Device

SHOWN = """() => navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) =>
  all.map(({ title, body, lang, dir, tag, data }) => ({ title, body, lang, dir, tag, ...data })))"""
PATIENCE = 250


def until(page: Page, question: str, about: object = None) -> None:
    """Asks until the promised answer is yes; Playwright's own waiting takes a promise for one."""
    for _ in range(PATIENCE):
        if page.evaluate(question, about):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never yes: {question} {about}")


class Pushes:
    """Hands messages to the page's worker as a push service would, already decrypted."""

    def __init__(self, page: Page, base: str) -> None:
        page.context.grant_permissions(["notifications"], origin=base)
        self._page, self._base = page, base
        self._ids: dict[str, str] = {}
        self._devtools: CDPSession = page.context.new_cdp_session(page)
        self._devtools.on("ServiceWorker.workerRegistrationUpdated", self._seen)
        self._devtools.send("ServiceWorker.enable")

    def _seen(self, event: dict[str, Any]) -> None:
        for one in event["registrations"]:
            self._ids[one["scopeURL"]] = one["registrationId"]

    def send(self, message: str) -> None:
        """One message, whatever it says."""
        while f"{self._base}/" not in self._ids:
            self._page.wait_for_timeout(20)
        where = {"origin": self._base, "registrationId": self._ids[f"{self._base}/"]}
        self._devtools.send("ServiceWorker.deliverPushMessage", {**where, "data": message})

    def shown(self, n: int, **having: str) -> list[dict[str, Any]]:
        """The notifications, as soon as there are `n` and one has what is asked for."""
        for _ in range(PATIENCE):
            found: list[dict[str, Any]] = self._page.evaluate(SHOWN)
            if len(found) == n and any(having.items() <= one.items() for one in found):
                return found
            self._page.wait_for_timeout(20)
        raise AssertionError(f"not {n} with {having}: {self._page.evaluate(SHOWN)}")


def message(**said: object) -> str:
    """The one shape that every browser understands."""
    return json.dumps({"web_push": 8030, "notification": said})


# Chromium's own manager needs Google; this one gives what the test's push service gave.
_MANAGER = """
const given = %s;
const plain = (text) => atob(text.replace(/-/g, '+').replace(/_/g, '/'));
const bytes = (text) => Uint8Array.from(plain(text), (sign) => sign.charCodeAt(0));
const made = (key) => ({
  endpoint: given.endpoint,
  options: { applicationServerKey: key },
  getKey: (name) => bytes(given[name]).buffer,
  unsubscribe: async () => { localStorage.removeItem('stub'); return true; },
});
PushManager.prototype.getSubscription = async () => {
  const key = localStorage.getItem('stub');
  return key ? made(bytes(key).buffer) : null;
};
PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
  if (!userVisibleOnly) throw new Error('silent pushes are not allowed');
  localStorage.setItem('stub', btoa(String.fromCharCode(...new Uint8Array(applicationServerKey))));
  localStorage.setItem('asked', Number(localStorage.getItem('asked')) + 1);
  return made(applicationServerKey);
};
"""


def push_manager(device: Device | None) -> str:
    """A script for the page: its push manager gives what `device` has."""
    return _MANAGER % json.dumps(device.form if device else {})
