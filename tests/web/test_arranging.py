"""After the yes: who calls whom, how many come, and a number that stays with the desk."""

import httpx
import pytest

from bruecke.store.tables import Match, Opening
from tests.support.pair import (
    AMINAS,
    LEYLAS,
    Cast,
    become,
    let_time_pass,
    plant_cast,
    press,
    say_yes,
    shows,
)
from tests.support.web import running_app
from tests.web.test_matches import approve, number_is_right

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def _theirs(browser: httpx.AsyncClient, cast: Cast) -> list[httpx.Response]:
    """Every page on which the association could read of Amina."""
    await become(browser, cast.leyla)
    home = f"/organisations/{cast.organisation}"
    paths = (home, f"{home}/people", f"{home}/today", f"{home}/team", "/notifications", "/me",
             f"/postings/{cast.posting}", f"/postings/{cast.posting}/edit")  # fmt: skip
    return [await browser.get(path) for path in paths]


async def test_who_calls_itself_never_shows_its_number_to_the_association() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        own = f"/matches/{match}"
        assert "Wer ruft an?" in (await browser.get(own)).text
        answer = await press(browser, own, f"{own}/contact-choice", calls="self", party_size="2")
        assert answer.headers["location"] == f"{own}?done=choice"
        page = (await browser.get(answer.headers["location"])).text
        assert 'value="self" id="calls-self" checked' in page and "Gespeichert." in page
        await let_time_pass()
        await number_is_right(browser, cast)
        desk = await browser.get(f"/desk/matches/{match}")
        assert "Kommt zu zweit" in desk.text and "Meldet sich selbst" in desk.text
        assert shows(desk, AMINAS)
        await approve(browser, cast, match)
        read = await _theirs(browser, cast)
        assert any("Kommt zu zweit" in page.text for page in read)
        confirmed = await press(
            browser, f"/organisations/{cast.organisation}/people", f"{own}/confirmation"
        )
        read.append(await browser.get(confirmed.headers["location"]))
        assert "Die Person meldet sich bei Ihnen." in read[-1].text
        await let_time_pass()
        read += await _theirs(browser, cast)
        assert "Meldet sich selbst" in read[-7].text
        await become(browser, cast.amina)
        page = await browser.get(own)
        assert shows(page, LEYLAS) and "Der Verein sieht nur Ihren Namen." in page.text
        assert "Wer ruft an?" not in page.text
        late = await press(browser, own, f"{own}/contact-choice", calls="both", party_size="1")
        assert late.status_code == 409
        await press(browser, own, f"{own}/meeting")
        await let_time_pass()
        read += await _theirs(browser, cast)
    assert {page.status_code for page in read} == {200}
    assert [page.url for page in read if shows(page, AMINAS)] == []


async def test_company_takes_no_more_places() -> None:
    cast = await plant_cast(places=2)
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        own = f"/matches/{match}"
        await press(browser, own, f"{own}/contact-choice", calls="both", party_size="3")
        await let_time_pass()
        await number_is_right(browser, cast)
        await approve(browser, cast, match)
        people = f"/organisations/{cast.organisation}/people"
        await become(browser, cast.leyla)
        assert "Kommt zu dritt oder mit mehr" in (await browser.get(people)).text
        await press(browser, people, f"{own}/confirmation")
        await let_time_pass()
        assert shows(await browser.get(people), AMINAS)
    assert [row["taken"] for row in await Opening.select(Opening.taken)] == [1]


async def test_a_choice_counts_as_long_as_the_yes_can_be_taken_back() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        own = f"/matches/{match}"
        await let_time_pass()
        await number_is_right(browser, cast)
        await approve(browser, cast, match)
        people = f"/organisations/{cast.organisation}/people"
        await become(browser, cast.leyla)
        await press(browser, people, f"{own}/confirmation")
        await become(browser, cast.amina)
        answer = await press(browser, own, f"{own}/contact-choice", calls="self", party_size="1")
        assert answer.status_code == 303
        await let_time_pass()
        await become(browser, cast.leyla)
        assert not shows(await browser.get(people), AMINAS)


@pytest.mark.parametrize(
    "said",
    [
        {"calls": "nobody", "party_size": "1"},
        {"calls": "self", "party_size": "4"},
        {"calls": "self"},
    ],
)
async def test_nothing_else_can_be_arranged_and_nobody_arranges_for_others(
    said: dict[str, str],
) -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        own = f"/matches/{match}/contact-choice"
        assert (await press(browser, "/matches", own, **said)).status_code in (404, 409)
        for person in (cast.olena, cast.leyla):
            await become(browser, person)
            stranger = await press(browser, "/matches", own, calls="self", party_size="2")
            assert stranger.status_code == 404
    assert await Match.select(Match.calls, Match.party_size) == [{"calls": "", "party_size": 1}]
