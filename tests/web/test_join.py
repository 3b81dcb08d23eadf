"""Joining: poster, three questions, offer live."""

import asyncio

import pytest

from bruecke.domain import slots
from bruecke.store.tables import Consent, HistoryEntry, Login, Offer, Person
from tests.support.web import plant_region, running_app, token_in, visitor

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

ANSWERS = {
    "region": "kassel",
    "source": "poster-12",
    "activities": ["cooking", "learning"],
    "when": ["evenings"],
    "name": "Amina",
    "contact": "0171 3920012",
    "idempotency_key": "k" * 43,
}


async def test_a_volunteer_joins_and_is_signed_in() -> None:
    await plant_region()
    async with running_app() as browser:
        page = await browser.get("/join?region=kassel&s=poster-12")
        key = token_in(page.text, "idempotency_key")
        answer = await browser.post("/join", data={**ANSWERS, "idempotency_key": key})
        assert answer.status_code == 303, answer.text
        home = await browser.get(answer.headers["location"])
        assert "Amina" in home.text
        assert "Ihr Angebot ist gespeichert" in home.text
    person = await Person.select().first()
    assert person and person["phone"] == "+491713920012"
    assert person["source"] == "poster-12"
    assert person["phone_confirmed_at"] == 0
    offer = await Offer.select().first()
    assert offer and offer["slots"] == slots.CHIPS["evenings"]
    consent = await Consent.select().first()
    assert consent and consent["version"] and consent["given_at"]
    assert await HistoryEntry.count() == 2


async def test_anything_please_suggest_is_an_answer() -> None:
    await plant_region()
    async with running_app() as browser:
        answer = await browser.post("/join", data={**ANSWERS, "activities": ["anything"]})
        assert answer.status_code == 303
    offer = await Offer.select().first()
    assert offer and offer["anything"] and offer["activities"] == 0


async def test_the_poster_greets_in_the_language_of_the_phone() -> None:
    await plant_region()
    async with running_app() as browser:
        page = await browser.get(
            "/r/kassel?s=poster-12", headers={"accept-language": "ar,de;q=0.5"}
        )
        assert '<html lang="ar" dir="rtl">' in page.text
        chosen = await browser.post(
            "/language", data={"language": "en", "next": "/r/kassel?s=poster-12"}
        )
        assert chosen.headers["location"] == "/r/kassel?s=poster-12"
        page = await browser.get("/r/kassel?s=poster-12", headers={"accept-language": "ar"})
        assert '<html lang="en" dir="ltr">' in page.text
        assert "/join?region=kassel&amp;s=poster-12" in page.text


async def test_every_mistake_is_named_at_once_and_nothing_is_lost() -> None:
    await plant_region()
    async with running_app() as browser:
        answer = await browser.post(
            "/join", data={**ANSWERS, "name": "  ", "contact": "0171 39200", "when": []}
        )
    assert answer.status_code == 422
    for words in (
        "Bitte schreiben Sie Ihren Namen.",
        "Die Nummer ist zu kurz.",
        "Bitte wählen Sie, wann Sie Zeit haben.",
    ):
        assert answer.text.count(words) == 2, words
    assert 'value="0171 39200"' in answer.text
    assert 'value="cooking" id="activities-cooking" checked' in answer.text
    assert await Person.count() == 0


@pytest.mark.parametrize(
    "nonsense",
    [
        {"activities": ["cooking", "nothing-we-know"]},
        {"when": ["whenever"]},
        {"name": "A\x00mina"},
        {"name": "x" * 5000},
        {"contact": "1" * 5000},
        {"source": "<script>"},
        {"idempotency_key": ""},
    ],
)
async def test_nonsense_gets_a_message_and_changes_nothing(nonsense: dict[str, object]) -> None:
    await plant_region()
    async with running_app() as browser:
        answer = await browser.post("/join", data={**ANSWERS, **nonsense})
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
    assert await Person.count() == 0


async def test_a_field_nobody_asked_for_is_refused() -> None:
    await plant_region()
    async with running_app() as browser:
        answer = await browser.post("/join", data={**ANSWERS, "email_confirmed_at": "1"})
    assert answer.status_code == 400
    assert await Person.count() == 0


async def test_a_region_that_is_none_is_not_there() -> None:
    await plant_region()
    async with running_app() as browser:
        assert (await browser.get("/r/atlantis")).status_code == 404
        assert (await browser.get("/join?region=atlantis")).status_code == 404
        assert (
            await browser.post("/join", data={**ANSWERS, "region": "atlantis"})
        ).status_code == 404
    assert await Person.count() == 0


async def test_the_same_form_sent_eight_times_at_once_joins_once() -> None:
    await plant_region()
    async with running_app() as browser:
        answers = await asyncio.gather(*(browser.post("/join", data=ANSWERS) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {303}
    assert await Person.count() == await Offer.count() == 1


async def test_the_same_key_with_other_answers_is_refused() -> None:
    await plant_region()
    async with running_app() as browser:
        await browser.post("/join", data=ANSWERS)
        other = await browser.post("/join", data={**ANSWERS, "name": "Olena"})
    assert other.status_code == 409
    assert await Person.count() == 1


async def test_after_a_sign_out_the_old_form_opens_nothing() -> None:
    await plant_region()
    async with running_app() as browser:
        await browser.post("/join", data=ANSWERS)
        token = token_in((await browser.get("/home")).text)
        await browser.post("/sign-out", data={"csrf": token})
        # Back on the shared phone, and once more "Vorschläge zeigen": a new person, not Amina.
        await browser.post("/join", data=ANSWERS)
    assert await Login.count() == 1
    assert await Person.count() == 2


async def test_a_known_contact_joins_like_any_other() -> None:
    await plant_region()
    async with running_app() as browser:
        first = await browser.post("/join", data=ANSWERS)
        async with visitor(browser._transport.app) as other:  # type: ignore[attr-defined]
            second = await other.post("/join", data={**ANSWERS, "idempotency_key": "z" * 43})
    assert first.headers["location"] == second.headers["location"]
    assert await Person.count() == 2


async def test_a_form_from_another_site_does_not_join() -> None:
    await plant_region()
    async with running_app() as browser:
        for headers in (
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
        ):
            answer = await browser.post("/join", data=ANSWERS, headers=headers)
            assert answer.status_code == 403
        del browser.headers["sec-fetch-site"]
        for origin in ("https://evil.example", "null", "http://localhost:8001"):
            answer = await browser.post("/join", data=ANSWERS, headers={"origin": origin})
            assert answer.status_code == 403
        assert (await browser.post("/join", data=ANSWERS)).status_code == 403
        old_browser = await browser.post(
            "/join", data=ANSWERS, headers={"origin": "http://localhost:8000"}
        )
        assert old_browser.status_code == 303
    assert await Person.count() == 1


async def test_a_shared_phone_gets_one_hour() -> None:
    await plant_region()
    async with running_app() as browser:
        await browser.post("/join", data={**ANSWERS, "shared_phone": "1"})
    login = await Login.select().first()
    assert login and login["expires_at"] - login["created_at"] == 3600


async def test_who_is_younger_is_led_to_the_desk() -> None:
    await plant_region()
    async with running_app() as browser:
        page = await browser.get("/join/younger?region=kassel")
    assert "tel:+4917139200001" in page.text
