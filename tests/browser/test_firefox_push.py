"""The whole way without a stub: Firefox subscribes, we encrypt, Firefox decrypts and shows it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bruecke.language.catalog import text
from tests.support.firefox import FOUND, Firefox
from tests.support.push_service import PushService, PushServiceBeside
from tests.support.servers import Server

pytestmark = pytest.mark.skipif(FOUND is None, reason="firefox-esr is not installed")

SHOWN = """navigator.serviceWorker.ready.then((worker) => worker.getNotifications()).then((all) =>
  all.map(({title, body, lang, dir, tag}) => ({title, body, lang, dir, tag})))"""


class Phone(NamedTuple):
    """A Firefox beside a server and the push service both of them know."""

    firefox: Firefox
    server: Server
    service: PushService


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    """Amina of the demo, who reads Arabic, signed in on her Firefox."""
    with PushServiceBeside() as service:
        server = Server(tmp_path, BRUECKE_DEMO="1", BRUECKE_PUSH_EXTRA_HOSTS=service.host)
        server.command("demo")
        server.start()
        try:
            with Firefox(tmp_path, f"ws://127.0.0.1:{service.port}/") as firefox:
                firefox.open(f"{server.base}/demo/volunteer")
                firefox.ask("document.querySelector('main form button').click()")
                firefox.until("location.pathname === '/home'")
                yield Phone(firefox, server, service)
        finally:
            server.stop()


def test_a_real_browser_is_told(phone: Phone) -> None:
    firefox, server, service = phone
    firefox.until("document.readyState === 'complete'")
    assert firefox.until("!document.querySelector('[data-push]').hidden")
    firefox.ask("document.querySelector('[data-push] form [type=submit]').click()")
    says = firefox.until("document.querySelector('[data-push] [role=status]').textContent")
    assert says == text("subscriptions.says.done", "ar")

    firefox.open(f"{server.base}/me")
    firefox.ask("document.querySelector('form[action=\"/subscriptions/test\"] button').click()")
    firefox.until("location.search === '?done=push_sent'")
    (shown,) = firefox.until(f"({SHOWN}).then((all) => all.length ? all : null)")
    assert shown == {
        "title": text("layout.name", "ar"),
        "body": text("subscriptions.push.sample", "ar"),
        "lang": "ar",
        "dir": "rtl",
        "tag": "sample",
    }
    assert service.faults == []
    assert [(one.topic, one.urgency, one.status) for one in service.received] == [
        ("sample", "high", 201)
    ]

    firefox.ask("document.querySelector('form[action$=\"/removal\"] button').click()")
    firefox.until("location.search === '?done=push_gone'")
    assert firefox.until("!document.querySelector('[data-push]').hidden"), "may be asked again"
    log = server.log.read_text()
    assert "push delivered (201)" in log
    assert not re.search(r"/push/[\w-]{8}", log)
