"""What every page has in common: headers, errors, languages, queries."""

import re

import pytest

from bruecke.seed import plant
from bruecke.store.engine import current_engine
from bruecke.store.tables import Person
from bruecke.web.http.render import own_path
from bruecke.web.http.security import HEADERS
from tests.seed.test_week import NOW, TODAY
from tests.support.web import plant_person, plant_region, running_app, sign_in, token_in

anyio = pytest.mark.anyio
with_database = pytest.mark.usefixtures("database")


@anyio
@with_database
async def test_every_answer_carries_the_headers_errors_and_files_too() -> None:
    await plant_region()
    async with running_app() as browser:
        page = await browser.get("/")
        css = re.search(r'href="(/static/app\.[0-9a-f]+\.css)"', page.text)
        assert css
        for path, status in (
            ("/", 200),
            ("/nothing/here", 404),
            ("/sign-out", 404),
            (css[1], 200),
            ("/static/none.css", 404),
            ("/favicon.ico", 200),
            ("/healthz", 200),
            ("/readyz", 200),
            ("/home", 303),
        ):
            answer = await browser.get(path)
            assert answer.status_code == status, path
            for name, value in HEADERS.items():
                assert answer.headers[name] == value, (path, name)
        assert "immutable" in (await browser.get(css[1])).headers["cache-control"]
        assert page.headers["cache-control"] == "no-store"


@anyio
@with_database
async def test_what_is_foreign_looks_exactly_like_what_does_not_exist() -> None:
    await plant_region()
    person = await plant_person("Amina")
    async with running_app() as browser:
        await sign_in(browser, person)
        pages = [
            (await browser.get(path)).text
            for path in (
                "/nothing",
                "/desk",
                "/postings/AAAAAAAAAAAAAAAAAAAAAA",
                "/organisations/x",
            )
        ]
    assert len(set(pages)) == 1


@anyio
@with_database
async def test_every_public_page_exists_in_every_language() -> None:
    await plant(NOW, TODAY)
    async with running_app() as browser:
        for tag in ("de", "en", "ar"):
            for path in (
                "/",
                "/r/kassel",
                "/join?region=kassel",
                "/join/younger?region=kassel",
                "/postings?region=kassel",
                "/postings?region=kassel&activity=cooking",
                "/organisations?region=kassel",
                "/organisations/new?region=kassel",
                "/sign-in",
                "/sign-in/desk",
                "/sign-in/passkey",
                "/privacy",
                "/imprint",
                "/accessibility",
                "/design",
            ):
                page = await browser.get(path, headers={"accept-language": tag})
                assert page.status_code == 200, (path, tag, page.text[:300])
                assert f'<html lang="{tag}"' in page.text, path


@anyio
@with_database
async def test_amina_sees_three_suggestions_with_reasons() -> None:
    await plant(NOW, TODAY)
    async with running_app() as browser:
        await sign_in(browser, "demo-amina")
        for tag, why in (("de", "Warum passt das?"), ("en", "Why does this fit?"), ("ar", "لماذا")):
            browser.cookies.set("__Host-language", tag, domain="localhost.local")
            page = await browser.get("/home")
            assert page.text.count(why) == 3, tag
        assert "%" not in re.sub(r"<[^>]+>", "", page.text)


@anyio
@with_database
async def test_languages_told_are_kept_and_change_the_suggestions() -> None:
    await plant_region()
    person = await plant_person("Amina")
    async with running_app() as browser:
        await sign_in(browser, person)
        token = token_in((await browser.get("/me/languages")).text)
        answer = await browser.post(
            "/me/languages", data={"csrf": token, "languages": ["ar", "tr"], "next": "/me"}
        )
        assert answer.headers["location"] == "/me?done=languages"
        assert "Türkçe" in (await browser.get("/me")).text
        refused = await browser.post(
            "/me/languages", data={"csrf": token, "languages": ["klingon"]}
        )
        assert refused.status_code == 409
    told = await Person.select(Person.languages_told_at).first()
    assert told and told["languages_told_at"] > 0


@anyio
@with_database
async def test_a_postcode_that_is_none_is_refused_beside_its_field() -> None:
    await plant_region()
    person = await plant_person("Amina")
    async with running_app() as browser:
        await sign_in(browser, person)
        token = token_in((await browser.get("/me")).text)
        bad = {"csrf": token, "name": "Amina", "postcode": "3411"}
        answer = await browser.post("/me", data=bad)
        assert answer.status_code == 422
        assert 'href="#postcode"' in answer.text
        good = await browser.post("/me", data={**bad, "postcode": "34117"})
        assert good.status_code == 303


@anyio
@with_database
async def test_htmx_gets_the_main_part_alone_and_redirects_as_a_header() -> None:
    await plant_region()
    person = await plant_person("Amina")
    async with running_app() as browser:
        await sign_in(browser, person)
        token = token_in((await browser.get("/me")).text)
        hx = {"hx-request": "true", "hx-request-type": "partial"}
        bad = await browser.post("/me", data={"csrf": token, "name": ""}, headers=hx)
        assert bad.status_code == 422
        assert "<html" not in bad.text and "<title>" in bad.text and 'id="errors"' in bad.text
        good = await browser.post("/me", data={"csrf": token, "name": "Amina"}, headers=hx)
        assert good.headers["hx-redirect"] == "/me?done=profile"
        browser.cookies.clear()
        out = await browser.post("/me", data={"csrf": token, "name": "Amina"}, headers=hx)
        assert out.headers["hx-redirect"].startswith("/sign-in")


@anyio
@with_database
async def test_more_postings_cost_no_more_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    await plant(NOW, TODAY)
    engine = current_engine()
    asked: list[str] = []
    run = engine.run_querystring

    async def counted(querystring: object, in_pool: bool = True) -> object:
        asked.append(str(querystring))
        return await run(querystring, in_pool)  # type: ignore[arg-type]

    async with running_app() as browser:
        monkeypatch.setattr(engine, "run_querystring", counted)
        await sign_in(browser, "demo-amina")
        counts = []
        for path in ("/postings?region=stuttgart", "/postings?region=kassel"):
            asked.clear()
            assert (await browser.get(path)).status_code == 200
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 3, counts


@anyio
@with_database
async def test_the_demo_sign_in_needs_setting_and_mark() -> None:
    await plant_region()
    async with running_app() as browser:
        assert (await browser.get("/demo/coordinator")).status_code == 404
        assert (await browser.post("/demo/coordinator")).status_code == 404


@pytest.mark.parametrize(
    "bad",
    [
        *("//evil.example", "/\\evil.example", "\\\\evil", "https://evil.example", "///evil"),
        *("javascript:alert(1)", "/a?b=//evil", "/%2f%2fevil", "/a\r\nSet-Cookie: x", " /home"),
        *("", "home", "/.//evil", "/@evil.example", "/a:b", "/a b", "/ä", "/" + "a" * 300),
    ],
)
def test_only_our_own_plain_paths_are_a_way_on(bad: str) -> None:
    assert own_path(bad, "/home") == "/home"


@pytest.mark.parametrize("good", ["/", "/home", "/me/languages", "/organisations/Ab_-9/today"])
def test_our_own_paths_are_kept(good: str) -> None:
    assert own_path(good, "/home") == good
