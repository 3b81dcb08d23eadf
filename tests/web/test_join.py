"""Joining: poster, three questions, offer live."""

import pytest

from bruecke.store.tables import Consent, Offer, Person
from tests.support.web import plant_region, running_app, token_in

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

ANSWERS = {
    "region": "kassel",
    "source": "poster-12",
    "activities": ["cooking", "learning"],
    "when": ["evenings"],
    "name": "Amina",
    "contact": "0171 3920012",
}


async def test_a_volunteer_joins_and_is_signed_in() -> None:
    await plant_region()
    async with running_app() as browser:
        page = await browser.get("/join?region=kassel&s=poster-12")
        assert page.status_code == 200
        key = token_in(page.text, "idempotency_key")
        answer = await browser.post("/join", data={**ANSWERS, "idempotency_key": key})
        assert answer.status_code == 303, answer.text
        home = await browser.get(answer.headers["location"])
        assert home.status_code == 200
        assert "Amina" in home.text
        assert "Ihr Angebot ist gespeichert" in home.text
    person = await Person.select().first()
    assert person and person["phone"] == "+491713920012"
    assert person["source"] == "poster-12"
    assert await Offer.count() == 1
    assert await Consent.count() == 1
