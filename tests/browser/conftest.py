"""Fixtures of the browser tests: a real server with the demo in it, Chromium, phones."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.browser.phones import Phones
from tests.support.push_service import PushService, PushServiceBeside
from tests.support.servers import Server

HERE = Path(__file__).parent
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Playwright's loop stays in this thread: whoever needs a loop of its own goes first."""
    items.sort(key=lambda item: HERE in item.path.parents)


class Running(NamedTuple):
    """A server of its own, and what it writes."""

    base: str
    data: Path
    mails: Path


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`bruecke demo`, then `bruecke run`, as an operator would."""
    made = Server(tmp_path_factory.mktemp("server"), BRUECKE_DEMO="1")
    made.command("demo")
    (made.folder / "mails").mkdir()
    made.start()
    yield Running(made.base, made.folder / "data", made.folder / "mails")
    made.stop()
    assert "unexpected" not in made.log.read_text(), made.log.read_text()[-3000:]


@pytest.fixture(scope="session")
def server(running: Running) -> str:
    """The address of a running server with the demo in it."""
    return running.base


@pytest.fixture(scope="session")
def mails(running: Running) -> Path:
    """The folder where the server's mails arrive as .eml."""
    return running.mails


@pytest.fixture
def stored(running: Running) -> Callable[..., list[tuple[Any, ...]]]:
    """Asks the server's database, which it cannot change."""

    def ask(sql: str, *values: object) -> list[tuple[Any, ...]]:
        file = running.data / "bruecke.sqlite3"
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    return ask


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, else Playwright's own."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=found, chromium_sandbox=False, args=FLAGS
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    """The same by another name."""
    return chromium


@pytest.fixture(scope="session")
def signed_in_as(chromium: Browser, server: str) -> Callable[[str, str], StorageState]:
    """The cookies of somebody of the cast, reading in a language, after the demo's sign-in."""
    kept: dict[tuple[str, str], StorageState] = {}

    def cookies_of(role: str, locale: str) -> StorageState:
        if (role, locale) not in kept:
            context = chromium.new_context(locale=locale, service_workers="block")
            page = context.new_page()
            page.goto(f"{server}/demo/{role}")
            # What somebody reads in is kept with the person: the device's own choice wins.
            page.locator("#language-menu summary").click()
            page.locator(f"#language-menu button[value={locale[:2]}]").click()
            page.wait_for_load_state()
            page.locator("main form button").click()
            page.wait_for_url(lambda url: "/demo/" not in url)
            kept[role, locale] = context.storage_state()
            context.close()
        return kept[role, locale]

    return cookies_of


@pytest.fixture
def phone(chromium: Browser, server: str) -> Iterator[Phones]:
    """Makes phones; in the end none of them broke the content policy or called another host."""
    phones = Phones(chromium, server)
    yield phones
    phones.close()


class Pushing(NamedTuple):
    """A server that may call the push service beside it."""

    server: Server
    service: PushService


@pytest.fixture(scope="session")
def pushing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pushing]:
    """Both, with the demo in the server."""
    with PushServiceBeside() as service:
        folder = tmp_path_factory.mktemp("push")
        server = Server(folder, BRUECKE_DEMO="1", BRUECKE_PUSH_EXTRA_HOSTS=service.host)
        server.command("demo")
        server.start()
        yield Pushing(server, service)
        server.stop()
        assert service.faults == []
        assert "unexpected" not in server.log.read_text()
