"""The manifest, the worker's file and the page without internet, as a browser gets them."""

import gzip
import json
import re
import struct

import pytest

from bruecke.paths import data
from tests.support.web import plant_person, plant_region, running_app, sign_in

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

ABOUT_ALL = ("id", "start_url", "scope", "display", "theme_color", "icons")


async def test_the_manifest_speaks_the_language_of_its_address_and_is_one_app() -> None:
    async with running_app() as browser:
        found = {}
        for tag, direction, mine in (
            ("de", "ltr", "Meine Aufgaben"),
            ("en", "ltr", "My tasks"),
            ("ar", "rtl", "مهامّي"),
        ):
            answer = await browser.get(f"/manifest.webmanifest?lang={tag}")
            assert answer.headers["content-type"].startswith("application/manifest+json")
            said = found[tag] = answer.json()
            assert (said["lang"], said["dir"]) == (tag, direction)
            assert mine in [shortcut["name"] for shortcut in said["shortcuts"]]
            assert len(said["short_name"]) <= 12
            page = await browser.get("/", headers={"accept-language": tag})
            assert f'<link rel="manifest" href="/manifest.webmanifest?lang={tag}">' in page.text
        for field in ABOUT_ALL:
            assert found["de"][field] == found["en"][field] == found["ar"][field], field
        assert len({said["description"] for said in found.values()}) == 3


@pytest.mark.parametrize("query", ["", "?lang=", "?lang=tlh", "?lang=../de", "?lang=" + "x" * 5000])
async def test_a_language_we_do_not_speak_gives_the_german_manifest(query: str) -> None:
    async with running_app() as browser:
        answer = await browser.get(
            f"/manifest.webmanifest{query}", headers={"accept-language": "ar"}
        )
    assert answer.status_code == 200
    assert answer.json()["lang"] == "de"


async def test_the_icons_of_the_manifest_are_there_in_the_sizes_it_says() -> None:
    async with running_app() as browser:
        said = (await browser.get("/manifest.webmanifest?lang=de")).json()
        shortcuts = [icon for shortcut in said["shortcuts"] for icon in shortcut["icons"]]
        for icon in [*said["icons"], *shortcuts]:
            answer = await browser.get(icon["src"])
            assert answer.headers["content-type"] == icon["type"] == "image/png"
            width, height = struct.unpack(">2I", answer.content[16:24])
            assert icon["sizes"] == f"{width}x{height}"
    purposes = {(icon["sizes"], icon["purpose"]) for icon in said["icons"]}
    assert purposes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}


async def test_the_colours_are_those_of_the_pages() -> None:
    tokens = (data("static") / "css" / "tokens.css").read_text()
    paper = re.search(r"--paper: (#[0-9a-f]{6})", tokens)
    async with running_app() as browser:
        said = (await browser.get("/manifest.webmanifest?lang=de")).json()
        page = (await browser.get("/")).text
    assert paper and said["theme_color"] == said["background_color"] == paper[1]
    assert f'name="theme-color" content="{paper[1]}"' in page


async def test_starting_from_the_icon_leads_home_or_to_the_way_in() -> None:
    await plant_region()
    person = await plant_person("Amina")
    async with running_app() as browser:
        said = (await browser.get("/manifest.webmanifest?lang=de")).json()
        addresses = [said["start_url"], *(shortcut["url"] for shortcut in said["shortcuts"][:2])]
        for address in addresses:
            answer = await browser.get(address)
            assert answer.status_code == 303
            way_in = await browser.get(answer.headers["location"])
            assert way_in.status_code == 200 and "Anmelden" in way_in.text
        await sign_in(browser, person)
        home = await browser.get(said["start_url"])
        assert home.status_code == 200 and "Amina" in home.text
        for shortcut in said["shortcuts"]:
            assert (await browser.get(shortcut["url"])).status_code == 200


async def test_the_worker_is_asked_for_again_and_sent_only_when_it_changed() -> None:
    async with running_app() as browser:
        answer = await browser.get("/sw.js")
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["cache-control"] == "no-cache"
        policy = answer.headers["content-security-policy"]
        # The worker lives under the policy it came with: it may ask our own addresses.
        assert "connect-src 'self'" in policy and "worker-src 'self'" in policy
        again = await browser.get("/sw.js", headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        other = await browser.get("/sw.js", headers={"if-none-match": '"another"'})
        assert (other.status_code, other.content) == (200, answer.content)
        assert len(gzip.compress(answer.content, 9)) <= 3 * 1024


async def test_the_worker_keeps_only_what_exists_and_what_is_the_same_for_everybody() -> None:
    await plant_region()
    person = await plant_person("Amina")
    async with running_app() as browser:
        first = (await browser.get("/sw.js")).text.partition("\n")[0]
        build = json.loads(first.removeprefix("const BUILD = ").removesuffix(";"))
        files = [*build["files"], build["icon"], build["badge"]]
        files += [language["offline"] for language in build["languages"]]
        as_visitor = [(await browser.get(file)) for file in files]
        await sign_in(browser, person)
        signed_in = [(await browser.get(file)) for file in files]
    for visitor, own in zip(as_visitor, signed_in, strict=True):
        assert visitor.status_code == 200, visitor.url
        assert visitor.content == own.content, visitor.url
        assert "Amina" not in own.text


@pytest.mark.parametrize(
    ("tag", "direction", "title"),
    [
        ("de", "ltr", "Diese Seite braucht Internet"),
        ("en", "ltr", "This page needs internet"),
        ("ar", "rtl", "هذه الصفحة تحتاج إلى إنترنت"),
    ],
)
async def test_the_page_without_internet_speaks_and_asks_for_nothing_else(
    tag: str, direction: str, title: str
) -> None:
    async with running_app() as browser:
        kept = (await browser.get("/sw.js")).text.partition("\n")[0]
        page = (await browser.get(f"/offline?lang={tag}")).text
        own = (await browser.get("/offline", headers={"accept-language": tag})).text
    assert f'<html lang="{tag}" dir="{direction}">' in page and title in page
    assert title in own
    # Neither a form that cannot be sent nor a file that is not kept.
    assert "<form" not in page
    asked = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
    icon = {name for name in asked if "apple-touch-icon" in name}
    assert asked - icon <= set(json.loads(kept[len("const BUILD = ") : -1])["files"])
