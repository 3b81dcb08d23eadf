"""The app on a phone: installed, without internet, told of news, and given back."""

import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState, Worker, expect

from tests.browser.conftest import FLAGS
from tests.browser.phones import Phones
from tests.browser.pushes import SHOWN, Pushes, message, until

TITLE = {"de": "Diese Seite braucht Internet", "ar": "هذه الصفحة تحتاج إلى إنترنت"}
NEWS = "هناك جديد لك."
ACTIVE = """navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated')"""
READS = """(tag) => caches.match("/language").then((told) => told?.text())
  .then((said) => said === tag)"""
KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { pathname, search } = new URL(request.url);
      found[pathname + search] = await (await cache.match(request)).text();
    }
  }
  return found;
}"""
# The event is not a person's tap: windows cannot be focused or opened by it, but navigated.
CLICK = """async (tag) => {
  const [notification] = await registration.getNotifications({ tag });
  const event = new NotificationEvent('notificationclick', { notification });
  const promises = [];
  event.waitUntil = (promise) => promises.push(promise);
  dispatchEvent(event);
  await Promise.all(promises);
}"""


def with_worker(page: Page, address: str, tag: str = "de") -> Worker:
    """Opens `address` twice: the second time the worker stands behind the page."""
    page.goto(address)
    until(page, ACTIVE)
    page.reload()
    until(page, READS, tag)
    return page.context.service_workers[0]


def lost_connection(phone: Phones) -> None:
    """What Chromium itself says of a phone without internet is no mistake of ours."""
    meant = ("ERR_INTERNET_DISCONNECTED",)
    phone.problems[:] = [one for one in phone.problems if not any(word in one for word in meant)]


def test_without_internet_a_page_in_the_readers_language_comes(phone: Phones, server: str) -> None:
    page = phone(worker=True)
    page.goto(f"{server}/healthz")
    page.evaluate("caches.open('files-before').then((old) => old.put('/', new Response('old')))")
    with_worker(page, f"{server}/sign-in")
    assert "files-before" not in page.evaluate("caches.keys()")

    page.context.set_offline(True)
    page.goto(f"{server}/postings?region=kassel")
    expect(page.locator("h1")).to_have_text(TITLE["de"])
    page.context.set_offline(False)
    page.locator("main a.btn").click()
    page.wait_for_url(f"{server}/postings?region=kassel")
    expect(page.locator("h1")).to_contain_text("Kassel")

    page.locator("#language-menu summary").click()
    page.locator("#language-menu button[value=ar]").click()
    until(page, READS, "ar")
    page.context.set_offline(True)
    page.goto(f"{server}/r/kassel")
    expect(page.locator("h1")).to_have_text(TITLE["ar"])
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    styled = page.evaluate("getComputedStyle(document.querySelector('main .btn')).borderRadius")
    assert styled != "0px"
    lost_connection(phone)


def test_a_slow_network_is_not_waited_for_at_first_but_when_asked_again(
    phone: Phones, server: str
) -> None:
    page = phone(worker=True)
    worker = with_worker(page, f"{server}/sign-in")
    worker.evaluate("() => { self.setTimeout = (late) => late(); }")
    page.goto(f"{server}/privacy")
    expect(page.locator("h1")).to_have_text(TITLE["de"])
    page.locator("main a.btn").click()
    expect(page.locator("h1")).to_have_text("Datenschutz")


def test_a_new_worker_waits_until_it_is_told(phone: Phones, server: str) -> None:
    page = phone(worker=True)
    with_worker(page, f"{server}/sign-in")
    state = """(state) => navigator.serviceWorker.getRegistration().then((one) =>
      one[state]?.scriptURL.endsWith('?next') || false)"""
    page.evaluate("navigator.serviceWorker.register('/sw.js?next').then(() => 1)")
    until(page, state, "waiting")
    assert not page.evaluate(state, "active")
    page.evaluate(
        """navigator.serviceWorker.getRegistration().then((one) =>
          one.waiting.postMessage('skip-waiting'))"""
    )
    until(page, state, "active")


def test_a_push_is_shown_as_it_was_sent_and_a_newer_one_takes_its_place(
    phone: Phones, server: str
) -> None:
    page = phone(worker=True)
    with_worker(page, f"{server}/sign-in")
    pushes = Pushes(page, server)
    to = f"{server}/matches/M"
    sent = {"title": "مهمّة جديدة", "body": "افتحها", "lang": "ar", "dir": "rtl", "tag": "match-M"}
    pushes.send(message(**sent, navigate=to, app_badge="2"))
    assert pushes.shown(1, tag="match-M") == [{**sent, "navigate": to}]
    pushes.send(message(**{**sent, "title": "Zusage"}, navigate=to))
    pushes.shown(1, title="Zusage")


def test_a_push_nobody_understands_is_shown_in_neutral_words(phone: Phones, server: str) -> None:
    page = phone("ar", worker=True)
    with_worker(page, f"{server}/sign-in", "ar")
    pushes = Pushes(page, server)
    for nonsense in ("", "hello", "null", "[]", '{"title":"old","options":{}}', message(title=7)):
        pushes.send(nonsense)
        shown = pushes.shown(1, title="Brücke", body=NEWS, lang="ar", dir="rtl")
        assert shown[0]["navigate"] == f"{server}/home"
        page.evaluate(
            """navigator.serviceWorker.ready.then((one) => one.getNotifications())
              .then((all) => all.forEach((each) => each.close()))"""
        )
    pushes.send(message(title="Zusage", dir="up", lang=7, tag=[], body={}, navigate={}))
    pushes.shown(1, title="Zusage", body="", dir="auto", navigate=f"{server}/home")


def test_a_tap_on_a_notification_opens_its_page_and_never_a_foreign_one(
    phone: Phones, server: str, signed_in_as: Callable[[str, str], StorageState]
) -> None:
    page = phone(login=signed_in_as("volunteer", "de-DE"), worker=True)
    worker = with_worker(page, f"{server}/matches")
    address = page.locator("main article a[href^='/matches/']").first.get_attribute("href")
    pushes = Pushes(page, server)
    pushes.send(message(title="Zusage", tag="ours", navigate=f"{server}{address}"))
    pushes.shown(1, tag="ours")
    worker.evaluate(CLICK, "ours")
    page.wait_for_url(f"{server}{address}")

    foreign = ("https://example.org/", "//example.org/", "javascript:alert(1)", f"blob:{server}/x")
    for n, elsewhere in enumerate(foreign, 1):
        pushes.send(message(title="Zusage", tag=f"foreign-{n}", navigate=elsewhere))
        for shown in pushes.shown(n, tag=f"foreign-{n}"):
            assert shown["navigate"] == f"{server}/home"
    # One that got past the first look, say of an older worker.
    worker.evaluate(
        "registration.showNotification('Zusage',"
        " { tag: 'past', data: { navigate: 'https://example.org/' } })"
    )
    worker.evaluate(CLICK, "past")
    page.wait_for_url(f"{server}/home")
    assert [one["tag"] for one in page.evaluate(SHOWN)] == [f"foreign-{n}" for n in range(1, 5)]


def test_a_tap_on_a_notification_never_costs_a_form_that_is_being_filled_in(
    phone: Phones, server: str
) -> None:
    page = phone(worker=True)
    worker = with_worker(page, f"{server}/sign-in")
    # Without a person's tap the browser would open nothing.
    worker.evaluate("clients.openWindow = async (address) => { self.opened = address; }")
    pushes = Pushes(page, server)
    page.locator("input[name=email]").fill("amina@example.org")
    pushes.send(message(title="Zusage", tag="new", navigate=f"{server}/privacy"))
    pushes.shown(1, tag="new")
    worker.evaluate(CLICK, "new")
    assert worker.evaluate("self.opened") == f"{server}/privacy"
    expect(page.locator("input[name=email]")).to_have_value("amina@example.org")

    worker.evaluate("self.opened = ''")
    pushes.send(message(title="Zusage", tag="here", navigate=f"{server}/sign-in"))
    pushes.shown(1, tag="here")
    worker.evaluate(CLICK, "here")
    assert worker.evaluate("self.opened") == ""
    expect(page.locator("input[name=email]")).to_have_value("amina@example.org")


def test_after_signing_out_nothing_of_the_person_is_kept(phone: Phones, server: str) -> None:
    page = phone(worker=True)
    with_worker(page, f"{server}/sign-in")
    page.goto(f"{server}/demo/volunteer")
    page.locator("main form button").click()
    page.wait_for_url(f"{server}/home*")
    name = page.locator("h1").inner_text().rpartition(" ")[2]
    for path in ("/matches", "/me", "/postings", "/home"):
        page.goto(f"{server}{path}")
    signed_in = page.evaluate(KEPT)
    page.locator("form[action='/sign-out'] button").click()
    page.wait_for_url("**/sign-in?done=signed_out")

    for kept in (signed_in, page.evaluate(KEPT)):
        others = {address for address in kept if not address.startswith("/static/")}
        assert others == {f"/offline?lang={tag}" for tag in ("de", "en", "ar")} | {"/language"}
        assert not [address for address, words in kept.items() if name in words]
    page.context.set_offline(True)
    for path in ("/home", "/me"):
        page.goto(f"{server}{path}")
        expect(page.locator("h1")).to_have_text(TITLE["de"])
        assert name not in page.content()
    lost_connection(phone)


def test_chromium_would_install_it_in_every_language(
    chromium: Browser, server: str, tmp_path: Path
) -> None:
    context = chromium.browser_type.launch_persistent_context(
        tmp_path / "profile",
        executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
        chromium_sandbox=False,
        args=FLAGS,
    )
    try:
        page = context.pages[0]
        devtools = context.new_cdp_session(page)

        def errors() -> list[str]:
            found = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
            return [str(one["errorId"]) for one in found]

        for tag in ("de", "en", "ar"):
            context.set_extra_http_headers({"accept-language": tag})
            page.goto(f"{server}/")
            manifest = devtools.send("Page.getAppManifest")
            assert manifest["url"] == f"{server}/manifest.webmanifest?lang={tag}"
            assert manifest["errors"] == []
            assert errors() == [], tag
            assert devtools.send("Page.getAppId")["appId"] == f"{server}/"
        # That these questions can be answered with no:
        page.goto(f"{server}/healthz")
        assert errors() == ["no-manifest"]
    finally:
        context.close()
