"""Debian's Firefox, driven over WebDriver BiDi by a few lines of our own, without node."""

import asyncio
import itertools
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from tests.support.servers import free_port

PATIENCE = 15
FOUND = shutil.which("firefox-esr") or shutil.which("firefox")
# No call to anybody but the hosts of the test, and no question on the screen.
QUIET: dict[str, bool | int | str] = {
    # Its own windows: a machine without a desktop has nobody to show notifications for it.
    "alerts.useSystemBackend": False,
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.blockedURIs.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "browser.topsites.contile.enabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": True,
    "dom.push.testing.allowInsecureServerURL": True,
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "permissions.default.desktop-notification": 1,
    "remote.active-protocols": 1,
    "security.remote_settings.intermediates.enabled": False,
    "services.settings.server": "data:,#",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.server": "",
}


class Firefox:
    """One headless browser with one tab; a thread of its own speaks to it."""

    def __init__(self, folder: Path, push_service: str, language: str = "de-DE, de") -> None:
        if FOUND is None:
            raise RuntimeError("no Firefox on this machine")
        profile = folder / "profile"
        profile.mkdir(parents=True)
        wanted = QUIET | {"dom.push.serverURL": push_service, "intl.accept_languages": language}
        (profile / "user.js").write_text(
            "".join(
                f'user_pref("{name}", {msgspec.json.encode(value).decode()});\n'
                for name, value in wanted.items()
            )
        )
        self.log = folder / "firefox.log"
        self._port = free_port()
        self._numbers = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._command = [FOUND, "--headless", "--no-remote", "--profile", str(profile),
                         f"--remote-debugging-port={self._port}", "about:blank"]  # fmt: skip
        self._home = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._tab = ""

    def __enter__(self) -> "Firefox":
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command,
                env={**os.environ, "HOME": str(self._home), "MOZ_CRASHREPORTER_DISABLE": "1"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._thread.start()
        try:
            self._wait_for(self._connect(), 2 * PATIENCE)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._wait_for(self._hang_up(), 5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def open(self, address: str) -> None:
        """Goes to a page and waits until it has loaded."""
        self._say("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def ask(self, script: str) -> Any:
        """The value of an expression in the page; a promise is waited for.

        It runs as if the person had just tapped.
        """
        answer = self._say(
            "script.evaluate",
            expression=f"Promise.resolve({script}).then((value) => JSON.stringify(value))",
            target={"context": self._tab},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] != "success":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        text = answer["result"].get("value")
        return None if text is None else msgspec.json.decode(text)

    def until(self, script: str) -> Any:
        """The first answer of `script` that says yes; pages may change meanwhile."""
        until, said = time.monotonic() + PATIENCE, None
        while time.monotonic() < until:
            try:
                said = self.ask(script)
            except RuntimeError as problem:
                said = None if re.search("destroyed|navigat|no such", str(problem)) else problem
            if said and not isinstance(said, RuntimeError):
                return said
            time.sleep(0.1)
        raise AssertionError(f"never true: {script} ({said})")

    def _say(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._wait_for(self._call(method, parameters), 2 * PATIENCE)  # type: ignore[no-any-return]

    def _wait_for(self, work: Any, patience: float) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(patience)

    async def _connect(self) -> None:
        self._session = aiohttp.ClientSession()
        until = self._loop.time() + PATIENCE
        while True:
            try:
                self._socket = await self._session.ws_connect(
                    f"ws://127.0.0.1:{self._port}/session", max_msg_size=0
                )
                break
            except aiohttp.ClientError:
                if self._loop.time() > until:
                    raise
                await asyncio.sleep(0.1)
        await self._call("session.new", {"capabilities": {}})
        tree = await self._call("browsingContext.getTree", {})
        self._tab = tree["contexts"][0]["context"]

    async def _call(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            answer = await self._socket.receive_json(timeout=2 * PATIENCE)
            if answer.get("id") == number:
                break
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['error']} {answer.get('message', '')}")
        return answer["result"]  # type: ignore[no-any-return]

    async def _hang_up(self) -> None:
        await self._session.close()
